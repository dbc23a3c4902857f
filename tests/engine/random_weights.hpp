// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_RANDOM_WEIGHTS_HPP
#define CRIA_TESTS_ENGINE_RANDOM_WEIGHTS_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "cria/llama/family.hpp"
#include "cria/quant/half.hpp"
#include "support/family_models.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"

// The file of a tiny model of any family whose weights are numbers of moderate size, so that what comes out of its layers depends on
// all of them and is never infinite. Here is no test framework, since programs that ask other engines make the same files.

namespace cria_test {

/// Numbers from -1 to 1.
inline auto random_weights(std::size_t n, std::uint64_t seed) -> std::vector<float> {
    random_numbers random(seed);
    std::vector<float> made(n);
    for (float& each : made) each = static_cast<float>(random.below(1U << 20U)) / static_cast<float>(1U << 19U) - 1.0F;
    return made;
}

/// Of f32, f16, bf16 or q8_0.
inline auto weight_bytes(cria::tensor_type type, std::span<const float> values) -> file_bytes {
    file_bytes bytes;
    const auto add = [&bytes](const auto& value) {
        const auto at = bytes.size();
        bytes.resize(at + sizeof value);
        std::memcpy(bytes.data() + at, &value, sizeof value);
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (type == cria::tensor_type::f32) add(values[i]);
        if (type == cria::tensor_type::f16) add(cria::quant::to_f16(values[i]));
        if (type == cria::tensor_type::bf16) add(cria::quant::to_bf16(values[i]));
        if (type == cria::tensor_type::q8_0 && i % 32 == 0) add(cria::quant::to_f16(1.0F / 127));
        if (type == cria::tensor_type::q8_0) add(static_cast<std::int8_t>(values[i] * 127));
    }
    return bytes;
}

/// With a vocabulary, and rows that are whole blocks of every type above.
inline auto random_model(const cria::llama::family& row, family_parts parts) -> gguf_builder {
    parts.tokenizer = true;
    parts.head = 16;
    parts.feed_forward = 64;
    parts.expert_forward = 32;
    parts.shared_forward = 96;
    gguf_builder file = family_keys(row, parts);
    std::uint64_t seed = 0;
    for (const family_tensor& tensor : tensors_of(row, parts)) {
        std::size_t n = 1;
        for (const std::uint64_t extent : tensor.extents) n *= static_cast<std::size_t>(extent);
        std::vector<float> values = random_weights(n, ++seed);
        // Around 1 are what multiplies, norms and factors. Embeddings are larger than the rest, so that tokens remain different, and go
        // to different experts.
        const bool is_factor = tensor.extents.size() < 2 && !tensor.name.ends_with(".bias");
        const float scale = tensor.name == "token_embd.weight" ? 1.0F : 0.25F;
        for (float& each : values) each = (is_factor ? 1.0F : 0.0F) + scale * each;
        const cria::tensor_type type = type_of(tensor, parts);
        file.tensor(tensor.name, tensor.extents, type, weight_bytes(type, values));
    }
    return file;
}

/// What files may have that changes which matrices there are, and where they lie.
inline auto part_choices() -> std::vector<family_parts> {
    return {{}, {.biases = true, .fused_attention = true}, {.experts = true, .tied_output = true}, {.shared_expert = true, .optional_keys = true}};
}

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_RANDOM_WEIGHTS_HPP
