// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_LLAMA_MODEL_HPP
#define CRIA_TESTS_FUZZ_LLAMA_MODEL_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

#include "cria/gguf/parse.hpp"
#include "cria/llama/fit.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/kv_cache.hpp"
#include "cria/llama/rope.hpp"
#include "cria/llama/share.hpp"
#include "cria/llama/weights.hpp"

// What has to hold for hyper-parameters and everything that is made of them, whatever the file: no number that a formula cannot
// take, no slice that leaves its tensor, no layout that leaves its memory, no error that cannot be printed. One body for
// libFuzzer and for the test that replays families' models with other bytes in them.

namespace cria_test {

namespace detail {

namespace llama = cria::llama;

[[nodiscard]] inline auto is_finite(double number) -> bool { return (std::bit_cast<std::uint64_t>(number) >> 52U & 0x7FFU) != 0x7FFU; }

[[nodiscard]] inline auto judged(const cria::error& why) -> const char* {
    const std::string message = why.message();
    if (message.empty() || message.size() > 1024) return "the message is empty or endless";
    for (const char c : message)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "the message is not one printable line";
    return why.subject.view().empty() ? "an error about nothing" : nullptr;
}

[[nodiscard]] inline auto fuzz_numbers(const llama::hyperparameters& numbers) -> const char* {
    if (numbers.layers.size() != numbers.block_count || numbers.block_count == 0 || numbers.block_count > llama::max_layers) return "layers are miscounted";
    if (numbers.key_length == 0 || numbers.key_length != numbers.value_length) return "heads of two sizes";
    if (numbers.rope.dimension_count == 0 || numbers.rope.dimension_count % 2 != 0 || numbers.rope.dimension_count > numbers.key_length) return "a rotation that no head has";
    for (const auto& layer : numbers.layers) {
        if (layer.head_count_kv == 0 || layer.head_count % layer.head_count_kv != 0) return "heads that cannot be grouped";
        if (layer.is_sliding && numbers.sliding_window == 0) return "a layer slides over nothing";
        if (numbers.family.heads_fill_embedding && std::uint64_t{layer.head_count} * numbers.key_length != numbers.embedding_length) return "heads do not fill the embedding";
    }
    for (const float number : {numbers.rms_epsilon, numbers.attention_scale, numbers.attention_temperature, numbers.score_cap, numbers.embedding_scale, numbers.residual_scale,
                               numbers.logit_scale, numbers.logit_cap})
        if (!is_finite(number)) return "a scale that is not finite";
    if (numbers.logit_scale <= 0 || numbers.attention_scale <= 0 || numbers.rms_epsilon <= 0) return "a divisor that is not above 0";
    for (const float divisor : {numbers.logit_scale, numbers.score_cap, numbers.logit_cap})
        if (divisor != 0 && !is_finite(1.0F / divisor)) return "a divisor with an infinite reciprocal";
    if (numbers.expert_used_count > numbers.expert_count || (numbers.expert_count != 0 && numbers.expert_used_count == 0)) return "experts are miscounted";
    if (numbers.has_experts() && numbers.expert_feed_forward_length == 0) return "experts without a network";
    return nullptr;
}

[[nodiscard]] inline auto is_inside(const llama::tensor_slice& slice) -> bool {
    if (!slice || slice.n_out == 0 || slice.row_bytes == 0) return true;
    return slice.offset_bytes + (slice.n_out - 1) * slice.stride_bytes + slice.row_bytes <= slice.tensor->size_bytes;
}

[[nodiscard]] inline auto fuzz_weights(const llama::weights& bound, const llama::hyperparameters& numbers) -> const char* {
    for (std::uint32_t layer = 0; layer < numbers.block_count; ++layer) {
        const llama::layer_weights& of = bound.layers[layer];
        if (!of.query || !of.key || !of.value || of.attn_output == nullptr || of.attn_norm == nullptr || of.ffn_norm == nullptr) return "a layer is not whole";
        if (numbers.has_experts() ? of.ffn_up_exps == nullptr || of.ffn_gate_inp == nullptr : !of.gate || !of.up || of.ffn_down == nullptr) return "a network is not whole";
        for (const auto& slice : {of.query, of.key, of.value, of.query_bias, of.key_bias, of.value_bias, of.gate, of.up})
            if (!is_inside(slice)) return "a slice leaves its tensor";
        for (const std::uint32_t n : {1U, 2U, 3U}) {
            std::uint64_t heads = 0, rows = 0;
            bool all = true;
            for (std::uint32_t i = 0; i < n && all; ++i) {
                const auto share = llama::share_of(bound, numbers, layer, i, n);
                all = share.has_value();
                if (!share) {
                    if (const char* const broken = judged(share.error())) return broken;
                    continue;
                }
                heads += share->n_heads;
                rows += share->n_rows;
                for (const auto& slice : {share->query, share->key, share->value, share->attn_output, share->gate, share->up, share->ffn_down, share->query_bias})
                    if (!is_inside(slice)) return "a share leaves its tensor";
            }
            if (all && (heads != numbers.head_count(layer) || (of.gate && rows != numbers.feed_forward_length(layer)))) return "shares are not the whole";
        }
        if (of.ffn_up_exps != nullptr) {
            const auto last = llama::expert_of(*of.ffn_up_exps, numbers.expert_count - 1);
            if (last && !is_inside(*last)) return "an expert leaves its tensor";
        }
    }
    return nullptr;
}

[[nodiscard]] inline auto fuzz_rope(const llama::rope_hyperparameters& numbers) -> const char* {
    const auto made = llama::make_rope(numbers);
    if (!made) return judged(made.error());
    if (!is_finite(made->attention_factor)) return "an attention factor that is not finite";
    for (const double frequency : made->frequencies)
        if (!is_finite(frequency) || frequency < 0) return "a frequency that is not a number";
    return nullptr;
}

[[nodiscard]] inline auto fuzz_cache(const llama::hyperparameters& numbers) -> const char* {
    const auto made = llama::make_kv_cache_layout(numbers, {.context_length = numbers.context_length, .sequences = 3});
    if (!made) return judged(made.error());
    std::uint64_t end = 0;
    for (const auto& layer : made->layers) {
        if (layer.key_offset_bytes != end) return "layers of the cache have a gap or overlap";
        end = layer.key_offset_bytes + layer.size_bytes;
        if (layer.n_positions == 0 || layer.n_positions > numbers.context_length) return "slots are miscounted";
        if (layer.value_offset(2, layer.head_count_kv - 1, layer.n_positions - 1) + layer.value_row_bytes > end) return "a value lies outside of its layer";
        if (layer.key_offset(2, layer.head_count_kv - 1, layer.n_positions - 1) + layer.key_row_bytes > layer.value_offset_bytes) return "keys reach into values";
    }
    return end == made->size_bytes ? nullptr : "the cache has another size than its layers";
}

[[nodiscard]] inline auto fuzz_fit(const cria::gguf::tensor_table& tensors, const llama::hyperparameters& numbers, const llama::weights& bound) -> const char* {
    const std::uint64_t memory[] = {std::uint64_t{600} << 20U, std::uint64_t{513} << 20U};
    const auto report = llama::fit(tensors, numbers, bound, {.cache = {.context_length = std::min(numbers.context_length, 4096U)}, .memory_bytes = memory});
    if (!report) return judged(report.error());
    std::uint32_t n_layers = 0;
    for (const auto& device : report->devices) {
        if (device.n_layers > 0 && device.used_bytes() + device.free_bytes > device.memory_bytes) return "a device holds more than it has";
        n_layers += device.n_layers;
    }
    if (n_layers != report->n_layers_on_devices || n_layers > numbers.block_count) return "layers on devices are miscounted";
    return report->fits == (report->missing_bytes == 0) ? nullptr : "it fits and bytes are missing";
}

}  // namespace detail

/// A sentence about the first promise that a file of these bytes breaks, or nullptr.
[[nodiscard]] inline auto fuzz_llama_model(cria::byte_view bytes) -> const char* {
    namespace llama = cria::llama;
    const auto contents = cria::gguf::parse(bytes);
    if (!contents) return nullptr;  // gguf_parse_fuzz's
    const auto numbers = llama::hyperparameters_from(contents->metadata());
    if (!numbers) return detail::judged(numbers.error());
    if (const char* const broken = detail::fuzz_numbers(*numbers)) return broken;
    for (const auto& rope : {numbers->rope, numbers->rope_sliding})
        if (const char* const broken = detail::fuzz_rope(rope)) return broken;
    if (const char* const broken = detail::fuzz_cache(*numbers)) return broken;

    const auto problems = llama::inspect_weights(contents->tensors(), *numbers);
    const auto bound = llama::weights_from(contents->tensors(), *numbers);
    if (!problems) return "a list of problems that cannot be made";
    if (bound.has_value() != problems->empty()) return "weights are bound and have problems, or neither";
    if (!bound) return bound.error().message() == (*problems)[0].message() ? detail::judged(bound.error()) : "the first problem is another one";
    if (bound->unused().size() > contents->tensors().size()) return "more tensors are unused than there are";
    if (const char* const broken = detail::fuzz_weights(*bound, *numbers)) return broken;
    return detail::fuzz_fit(contents->tensors(), *numbers, *bound);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_LLAMA_MODEL_HPP
