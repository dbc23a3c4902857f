// SPDX-License-Identifier: MIT
#include "engine/attention.hpp"

#include <algorithm>
#include <cstring>  // memcpy

#include "engine/matmul.hpp"
#include "engine/norm.hpp"
#include "engine/numbers.hpp"

namespace engine {
namespace {

/// What happens to each head of a token's queries or keys before they meet: its norm, and its turn.
struct preparation {
    const float* norm;
    float epsilon;
    const rotation* turn;  // nullptr: this layer does not turn

    void operator()(std::size_t token, float* heads, std::size_t n_heads, std::size_t length) const {
        if (norm != nullptr)
            for (std::size_t head = 0; head < n_heads; ++head) rms_norm(heads + head * length, norm, epsilon, length, heads + head * length);
        if (turn != nullptr) turn->apply(token, heads, n_heads, length);
    }
};

/// Models trained for long contexts sharpen the attention of late positions.
auto temperature_at(const cria::llama::hyperparameters& numbers, std::uint32_t position) -> float {
    if (numbers.attention_temperature == 0) return 1.0F;
    const double n_contexts = 1 + static_cast<double>(position / numbers.rope.original_context_length);
    return 1.0F + numbers.attention_temperature * static_cast<float>(log(n_contexts));
}

/// The past as one head sees it at one position: two runs of slots, since the slots of a sliding layer are a ring.
struct sight {
    std::uint64_t first_slot, n_first, n_second;
};

auto sight_at(const cria::llama::hyperparameters& numbers, std::uint32_t layer, std::uint32_t position, std::uint64_t n_slots) -> sight {
    std::uint64_t oldest = 0;
    if (numbers.layers[layer].is_sliding && position >= numbers.sliding_window) oldest = position - numbers.sliding_window + 1;
    const std::uint64_t n = position - oldest + 1, first_slot = oldest % n_slots;
    const std::uint64_t n_first = std::min(n, n_slots - first_slot);
    return {first_slot, n_first, n - n_first};
}

/// One query head of one token.
void attend_head(const cria::llama::hyperparameters& numbers, const sight& past, const float* query, const float* keys, const float* values, float* scores, float* out) {
    const std::size_t k = numbers.key_length;
    const auto n_first = static_cast<std::size_t>(past.n_first), n = n_first + static_cast<std::size_t>(past.n_second);
    const float* const first_key = keys + past.first_slot * k;
    const float* const first_value = values + past.first_slot * k;
    dots(query, first_key, k, n_first, k, numbers.attention_scale, scores);
    dots(query, keys, k, n - n_first, k, numbers.attention_scale, scores + n_first);
    soft_cap(scores, numbers.score_cap, n);
    softmax(scores, n);
    weighted_sum(scores, first_value, k, n_first, k, out);
    for (std::size_t i = n_first; i < n; ++i) add_scaled(out, values + (i - n_first) * k, scores[i], k);
}

}  // namespace

auto attend(const cria::llama::hyperparameters& numbers, std::uint32_t layer, const layer_parameters& of, const rotation& turn, const batch& tokens, kv_cache& cache,
            workspace& with, products& by, team& on) -> cria::result<void> {
    const std::size_t n_heads = numbers.head_count(layer), n_kv_heads = numbers.head_count_kv(layer), k = numbers.key_length;
    CRIA_TRY_VOID(project(by, of.query, of.query_bias, with.normed.data(), tokens.n_tokens, with.query.data()));
    CRIA_TRY_VOID(project(by, of.key, of.key_bias, with.normed.data(), tokens.n_tokens, with.key.data()));
    CRIA_TRY_VOID(project(by, of.value, of.value_bias, with.normed.data(), tokens.n_tokens, with.value.data()));

    const rotation* const turned = numbers.layers[layer].has_rope ? &turn : nullptr;
    const preparation prepare_query{of.query_norm, numbers.rms_epsilon, turned}, prepare_key{of.key_norm, numbers.rms_epsilon, turned};
    const std::uint64_t n_slots = cache.n_slots(layer);
    on.each(tokens.n_tokens, [&](std::size_t begin, std::size_t end) {
        for (std::size_t t = begin; t < end; ++t) {
            const auto position = static_cast<std::uint32_t>(tokens.first_position + t);
            float* const query = with.query.data() + t * n_heads * k;
            prepare_query(t, query, n_heads, k);
            if (const float temperature = temperature_at(numbers, position); temperature != 1.0F)
                for (std::size_t i = 0; i < n_heads * k; ++i) query[i] *= temperature;
            float* const key = with.key.data() + t * n_kv_heads * k;
            prepare_key(t, key, n_kv_heads, k);
            for (std::size_t head = 0; head < n_kv_heads; ++head) {
                std::memcpy(cache.key(layer, head, position % n_slots), key + head * k, k * sizeof(float));
                std::memcpy(cache.value(layer, head, position % n_slots), with.value.data() + (t * n_kv_heads + head) * k, k * sizeof(float));
            }
        }
    });

    // A head after the other, all tokens of each, so that its keys and values stay in the cache of the processor.
    const std::size_t n_scores = with.scores.size() / on.size();
    on.each(n_heads * tokens.n_tokens, [&](unsigned thread, std::size_t begin, std::size_t end) {
        for (std::size_t item = begin; item < end; ++item) {
            const std::size_t head = item / tokens.n_tokens, t = item % tokens.n_tokens, kv_head = head / (n_heads / n_kv_heads);
            const sight past = sight_at(numbers, layer, static_cast<std::uint32_t>(tokens.first_position + t), n_slots);
            const std::size_t at = (t * n_heads + head) * k;
            attend_head(numbers, past, with.query.data() + at, cache.key(layer, kv_head, 0), cache.value(layer, kv_head, 0), with.scores.data() + thread * n_scores,
                        with.attended.data() + at);
        }
    });
    return project(by, of.attention_output, of.attention_output_bias, with.attended.data(), tokens.n_tokens, with.branch.data());
}

}  // namespace engine
