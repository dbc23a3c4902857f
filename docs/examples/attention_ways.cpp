// SPDX-License-Identifier: MIT
// Attention in pieces, and fused matrices: shown by docs/llama-architecture-variants.md. Takes the sample model for its matrices.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <tuple>
#include <vector>

#include "cria/cria.hpp"

namespace {

namespace llama = cria::llama;
using floats = std::vector<float>;

// [partial]
/// What is known of one query over some of the tokens: enough to go on, and to be put together with other parts.
struct partial {
    float largest = -INFINITY;  // score
    float sum = 0;              // Σ e^(score − largest)
    floats values;              // Σ e^(score − largest) · value
};

auto together(const partial& a, const partial& b) -> partial {
    partial both{std::max(a.largest, b.largest), 0, floats(a.values.size())};
    if (both.largest == -INFINITY) return both;  // no token was seen: −∞ − −∞ is no number
    const float of_a = std::exp(a.largest - both.largest), of_b = std::exp(b.largest - both.largest);
    both.sum = a.sum * of_a + b.sum * of_b;
    for (std::size_t i = 0; i < both.values.size(); ++i) both.values[i] = a.values[i] * of_a + b.values[i] * of_b;
    return both;
}
// [partial]

struct head {
    std::size_t k;
    floats query, keys, values;
    float scale, cap;
    std::size_t window;  // 0: all

    // [score]
    [[nodiscard]] auto score(std::size_t position, std::size_t t) const -> float {
        if (t > position) return -INFINITY;                              // the future
        if (window != 0 && position - t >= window) return -INFINITY;     // the window counts the present token
        float sum = 0;
        for (std::size_t i = 0; i < k; ++i) sum += query[i] * keys[t * k + i];
        sum *= scale;
        return cap == 0 ? sum : cap * std::tanh(sum / cap);              // before the softmax, so inside of the kernel
    }
    // [score]

    [[nodiscard]] auto over(std::size_t position, std::size_t begin, std::size_t end) const -> partial {
        partial so_far{-INFINITY, 0, floats(k)};
        for (std::size_t t = begin; t < end; ++t) {
            const float s = score(position, t);
            if (s == -INFINITY) continue;
            so_far = together(so_far, {s, 1, floats(values.begin() + static_cast<std::ptrdiff_t>(t * k), values.begin() + static_cast<std::ptrdiff_t>((t + 1) * k))});
        }
        return so_far;
    }

    /// The textbook's way, in double: all scores, their softmax, the sum.
    [[nodiscard]] auto exact(std::size_t position) const -> std::vector<double> {
        std::vector<double> scores, out(k);
        double largest = -INFINITY, sum = 0;
        for (std::size_t t = 0; t <= position; ++t) largest = std::max(largest, double{scores.emplace_back(score(position, t))});
        for (double& s : scores) sum += s = std::exp(s - largest);
        for (std::size_t t = 0; t <= position; ++t)
            for (std::size_t i = 0; i < k; ++i) out[i] += scores[t] / sum * values[t * k + i];
        return out;
    }
};

auto is_near(const partial& found, const std::vector<double>& wanted) -> bool {
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!(std::abs(found.values[i] / found.sum - wanted[i]) < 1e-5)) return false;
    return true;
}

void show_pieces() {
    std::uint64_t state = 7;
    const auto random = [&] { return static_cast<float>((state = state * 6364136223846793005U + 1442695040888963407U) >> 40U) / float{1 << 23U} - 1; };
    head of{64, floats(64), floats(64 * 1000), floats(64 * 1000), 0.5F, 0, 0};
    for (floats* each : {&of.query, &of.keys, &of.values}) std::generate(each->begin(), each->end(), random);
    for (const auto& [name, cap, window] : {std::tuple{"all tokens", 0.0F, std::size_t{0}}, {"a window of 100", 0.0F, 100}, {"scores capped at 5", 5.0F, 0}}) {
        of.cap = cap;
        of.window = window;
        const auto wanted = of.exact(999);
        const partial whole = of.over(999, 0, 1000);
        partial pieces = of.over(999, 0, 64);
        for (std::size_t at = 64; at < 1000; at += 64) pieces = together(pieces, of.over(999, at, std::min<std::size_t>(at + 64, 1000)));
        std::printf("%-19s one pass: %s, tiles of 64: %s\n", name, is_near(whole, wanted) ? "as the textbook" : "off", is_near(pieces, wanted) ? "as the textbook" : "off");
    }
}

/// y[o] of the rows of a matrix that lie in `bytes`.
auto product(const llama::tensor_slice& rows, cria::byte_view bytes, const floats& x) -> cria::result<floats> {
    floats y(rows.n_out);
    for (std::size_t o = 0; o < y.size(); ++o) {
        CRIA_TRY(y[o], cria::quant::dot(rows.tensor->type, rows.row(bytes, o), x));
    }
    return y;
}

auto show_fused(const llama::model& model) -> cria::result<void> {
    const llama::layer_weights& layer = model.weights().layers[0];
    const std::size_t d = model.hyperparameters().embedding_length;
    floats x(d);
    for (std::size_t i = 0; i < d; ++i) x[i] = std::sin(static_cast<float>(i));

    // [fuse]
    // Quantized or not: a row's blocks are all its own, so matrices are put one behind the other as bytes.
    std::vector<std::byte> fused;
    for (const llama::tensor_slice* part : {&layer.query, &layer.key, &layer.value}) {
        CRIA_TRY(const auto all, model.files().bytes(*part->tensor));
        const auto rows = part->bytes(all);
        fused.insert(fused.end(), rows.begin(), rows.end());
    }
    // [fuse]

    bool is_same = true;
    std::size_t first = 0;
    const std::size_t row_bytes = fused.size() / (layer.query.n_out + layer.key.n_out + layer.value.n_out);
    for (const llama::tensor_slice* part : {&layer.query, &layer.key, &layer.value}) {
        CRIA_TRY(const auto all, model.files().bytes(*part->tensor));
        CRIA_TRY(const auto apart, product(*part, all, x));
        for (std::size_t o = 0; o < apart.size(); ++o, ++first) {
            CRIA_TRY(const float y, cria::quant::dot(part->tensor->type, {fused.data() + first * row_bytes, row_bytes}, x));
            is_same = is_same && y == apart[o];
        }
    }
    std::printf("%zu rows of queries, %zu of keys, %zu of values; fused or apart, products are %s\n", static_cast<std::size_t>(layer.query.n_out), static_cast<std::size_t>(layer.key.n_out),
                static_cast<std::size_t>(layer.value.n_out), is_same ? "the same bits" : "different");
    return {};
}

}  // namespace

auto main(int argc, char** argv) -> int {
    std::printf("# [pieces]\n");
    show_pieces();
    std::printf("# [pieces]\n# [fused]\n");
    const auto model = llama::open(argc > 1 ? argv[1] : "model.gguf");
    if (!model) return std::puts(model.error().message().c_str()), 1;
    if (const auto done = show_fused(*model); !done) return std::puts(done.error().message().c_str()), 1;
    std::printf("# [fused]\n");
    return 0;
}
