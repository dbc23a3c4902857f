// SPDX-License-Identifier: MIT
// A forward pass in plain loops, for a dense model of the llama family: docs/llama-architecture-variants.md shows its parts and what
// it prints. It is for reading; examples/engine is for running.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "cria/cria.hpp"

namespace {

namespace llama = cria::llama;
using floats = std::vector<float>;

/// All numbers of a tensor or of some rows of one, as floats.
auto read(const llama::model& model, const llama::tensor_slice& part) -> cria::result<floats> {
    floats out(part.n_in * part.n_out);
    CRIA_TRY(const auto bytes, model.files().bytes(*part.tensor));
    CRIA_TRY_VOID(cria::quant::dequantize<float>(part.tensor->type, part.bytes(bytes), out));
    return out;
}
auto read(const llama::model& model, const cria::gguf::tensor& whole) -> cria::result<floats> { return read(model, llama::slice_of(whole)); }

// [product]
/// A matrix {n_in, n_out} lies as n_out rows of n_in numbers: y[o] = Σ w[o · n_in + i] · x[i].
auto product(const floats& w, const floats& x) -> floats {
    floats y(w.size() / x.size());
    for (std::size_t o = 0; o < y.size(); ++o) {
        double sum = 0;  // floats will do; here no compiler is to have a say in what the model writes
        for (std::size_t i = 0; i < x.size(); ++i) sum += double{w[o * x.size() + i]} * x[i];
        y[o] = static_cast<float>(sum);
    }
    return y;
}
// [product]

// [norm]
auto rms_norm(const floats& x, const floats& weight, float epsilon) -> floats {
    double squares = 0;  // floats do as well: all terms are of one sign, so nothing cancels. Halves overflow from 256² on
    for (const float number : x) squares += double{number} * number;
    const float scale = 1.0F / std::sqrt(static_cast<float>(squares / static_cast<double>(x.size())) + epsilon);
    floats out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) out[i] = x[i] * scale * weight[i];
    return out;
}
// [norm]

// [rotate]
/// Turns every head's first 2 · n_pairs numbers. `step` and `other` are all there is to the two ways to pair.
void rotate(floats& heads, std::size_t head_length, std::span<const float> cosines, std::span<const float> sines, llama::rope_pairs pairs) {
    const std::size_t n_pairs = cosines.size();
    const bool is_adjacent = pairs == llama::rope_pairs::adjacent;
    const std::size_t step = is_adjacent ? 2 : 1, other = is_adjacent ? 1 : n_pairs;
    for (std::size_t head = 0; head < heads.size(); head += head_length) {
        for (std::size_t j = 0; j < n_pairs; ++j) {
            float& x = heads[head + j * step];
            float& y = heads[head + j * step + other];
            const float turned = x * cosines[j] - y * sines[j];
            y = x * sines[j] + y * cosines[j];
            x = turned;
        }
    }
}
// [rotate]

// [swiglu]
/// down(silu(gate x) · up x)
auto swiglu(const floats& gate, const floats& up, const floats& down, const floats& x) -> floats {
    floats inner = product(gate, x);
    const floats ups = product(up, x);
    for (std::size_t i = 0; i < inner.size(); ++i) inner[i] = inner[i] / (1.0F + std::exp(-inner[i])) * ups[i];
    return product(down, inner);
}
// [swiglu]

// [attend]
/// One query head over `n` past tokens, whose keys and values lie one behind the other. One pass: the largest score so far, the sum
/// of e^(score − largest), and the same sum of values. A larger score shrinks what has been summed.
void attend(const float* query, const float* keys, const float* values, std::size_t n, std::size_t k, float scale, float* out) {
    float largest = -INFINITY, sum = 0;
    std::fill_n(out, k, 0.0F);
    for (std::size_t t = 0; t < n; ++t) {
        float score = 0;
        for (std::size_t i = 0; i < k; ++i) score += query[i] * keys[t * k + i];
        score *= scale;
        const float now = std::max(largest, score);
        const float shrink = std::exp(largest - now), weight = std::exp(score - now);  // the first time: e^−∞ = 0
        for (std::size_t i = 0; i < k; ++i) out[i] = out[i] * shrink + weight * values[t * k + i];
        sum = sum * shrink + weight;
        largest = now;
    }
    for (std::size_t i = 0; i < k; ++i) out[i] /= sum;
}
// [attend]

struct layer {
    floats attn_norm, q, k, v, o, ffn_norm, gate, up, down;
    std::vector<floats> keys, values;  // the cache: for each key and value head, {token, k}
};

class text {
public:
    static auto of(const llama::model& model) -> cria::result<text> {
        text made(model);
        const auto& weights = model.weights();
        CRIA_TRY(made.ropes_, llama::ropes_from(model.files(), model.hyperparameters(), weights, model.hyperparameters().context_length));
        CRIA_TRY(made.embedding_, read(model, *weights.token_embd));
        CRIA_TRY(made.output_norm_, read(model, *weights.output_norm));
        CRIA_TRY(made.output_, read(model, *weights.output));  // token_embd itself where the file has none
        for (const llama::layer_weights& from : weights.layers) {
            layer& to = made.layers_.emplace_back();
            CRIA_TRY(to.attn_norm, read(model, *from.attn_norm));
            CRIA_TRY(to.q, read(model, from.query));  // rows of attn_q, or of attn_qkv
            CRIA_TRY(to.k, read(model, from.key));
            CRIA_TRY(to.v, read(model, from.value));
            CRIA_TRY(to.o, read(model, *from.attn_output));
            CRIA_TRY(to.ffn_norm, read(model, *from.ffn_norm));
            CRIA_TRY(to.gate, read(model, from.gate));  // ffn_gate, or the first half of ffn_up
            CRIA_TRY(to.up, read(model, from.up));
            CRIA_TRY(to.down, read(model, *from.ffn_down));
            to.keys.resize(model.hyperparameters().head_count_kv());
            to.values.resize(model.hyperparameters().head_count_kv());
        }
        return made;
    }

    // [forward]
    /// The logits of what follows `id`, the next token of the text.
    auto evaluate(std::int32_t id) -> cria::result<floats> {
        const auto& numbers = model_->hyperparameters();
        const std::size_t d = numbers.embedding_length, k = numbers.key_length, n_heads = numbers.head_count(), n_kv_heads = numbers.head_count_kv();
        floats cosines(numbers.rope.dimension_count / 2), sines(cosines.size());
        CRIA_TRY_VOID(ropes_.global.cosines_and_sines(static_cast<std::uint32_t>(n_tokens_), cosines, sines));

        floats x(embedding_.begin() + id * static_cast<std::ptrdiff_t>(d), embedding_.begin() + (id + 1) * static_cast<std::ptrdiff_t>(d));
        for (layer& at : layers_) {
            const floats normed = rms_norm(x, at.attn_norm, numbers.rms_epsilon);
            floats queries = product(at.q, normed), keys = product(at.k, normed);
            const floats values = product(at.v, normed);
            rotate(queries, k, cosines, sines, numbers.rope.pairs);
            rotate(keys, k, cosines, sines, numbers.rope.pairs);  // once, before they go to the cache
            for (std::size_t head = 0; head < n_kv_heads; ++head) {
                at.keys[head].insert(at.keys[head].end(), &keys[head * k], &keys[head * k] + k);
                at.values[head].insert(at.values[head].end(), &values[head * k], &values[head * k] + k);
            }
            floats attended(n_heads * k);
            for (std::size_t head = 0; head < n_heads; ++head) {
                const std::size_t kv_head = head / (n_heads / n_kv_heads);  // neighbours share
                attend(&queries[head * k], at.keys[kv_head].data(), at.values[kv_head].data(), n_tokens_ + 1, k, numbers.attention_scale, &attended[head * k]);
            }
            add(x, product(at.o, attended));
            add(x, swiglu(at.gate, at.up, at.down, rms_norm(x, at.ffn_norm, numbers.rms_epsilon)));
        }
        ++n_tokens_;
        return product(output_, rms_norm(x, output_norm_, numbers.rms_epsilon));
    }
    // [forward]

private:
    explicit text(const llama::model& model) : model_(&model) {}
    static void add(floats& x, const floats& branch) {
        for (std::size_t i = 0; i < x.size(); ++i) x[i] += branch[i];
    }

    const llama::model* model_;
    llama::model_ropes ropes_;
    floats embedding_, output_norm_, output_;
    std::vector<layer> layers_;
    std::size_t n_tokens_ = 0;
};

auto run(const char* path) -> cria::result<void> {
    CRIA_TRY(const auto model, llama::open(path));
    CRIA_TRY(auto pass, text::of(model));
    CRIA_TRY(auto ids, model.tokenizer().encode("Once upon a time", {.add_special = true}));
    std::vector<std::int32_t> story(ids.begin(), ids.end());
    floats logits;
    int n_chosen = 0, n_close = 0;
    for (std::size_t at = 0; at < 40; ++at) {
        if (at == story.size()) {
            const auto best = std::max_element(logits.begin(), logits.end());
            story.push_back(static_cast<std::int32_t>(best - logits.begin()));
            ++n_chosen;
            n_close += std::count_if(logits.begin(), logits.end(), [&](float logit) { return logit > *best - 0.01F; }) > 1 ? 1 : 0;
        }
        CRIA_TRY(logits, pass.evaluate(story[at]));
    }
    CRIA_TRY(const auto bytes, model.tokenizer().decode(story));
    std::printf("# [story]\n%s\n# [story]\n# [close]\n", std::string(bytes).c_str());
    std::printf("of %d choices, %d were between logits less than 0.01 apart\n# [close]\n", n_chosen, n_close);
    return {};
}

}  // namespace

auto main(int argc, char** argv) -> int {
    const auto done = run(argc > 1 ? argv[1] : "model.gguf");
    if (!done) return std::puts(done.error().message().c_str()), 1;
    return 0;
}
