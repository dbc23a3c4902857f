// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_QUANT_GGML_VALUES_HPP
#define CRIA_TESTS_QUANT_GGML_VALUES_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "support/shared_data.hpp"

// CRIA_SHARED_DIR/conformance/dequant/dequant.bin: blocks of 27 types and what ggml's to_float makes of them. Little-endian.

namespace cria_test {

/// Blocks of one type with their values. Borrows from the file's bytes.
struct ggml_values {
    cria::tensor_type type{};
    std::size_t n_realistic = 0;  // the first of the blocks were quantized from normal numbers, the others are random bytes
    std::size_t n_blocks = 0;
    std::span<const std::byte> blocks;
    std::vector<float> values;
};

/// Nothing where the file is absent.
[[nodiscard]] inline auto read_ggml_values(const std::vector<std::byte>& file) -> std::vector<ggml_values> {
    std::vector<ggml_values> all;
    for (std::size_t at = 4; at + 36 <= file.size();) {
        std::uint32_t header[5];
        for (std::size_t i = 0; i < 5; ++i) header[i] = cria::detail::load<std::uint32_t>(file.data() + at + 4 * i);
        const auto [type, per_block, block_bytes, n_realistic, n_blocks] = header;
        at += 36;
        ggml_values next{static_cast<cria::tensor_type>(type), n_realistic, n_blocks, {file.data() + at, std::size_t{n_blocks} * block_bytes}, {}};
        at += next.blocks.size();
        for (std::size_t i = 0; i < std::size_t{n_blocks} * per_block; ++i) next.values.push_back(cria::detail::load<float>(file.data() + at + 4 * i));
        at += 4 * next.values.size();
        all.push_back(std::move(next));
    }
    return all;
}

[[nodiscard]] inline auto ggml_values_file() -> std::optional<std::vector<std::byte>> {
    return read_whole(shared_path("conformance/dequant/dequant.bin"));
}

}  // namespace cria_test

#endif  // CRIA_TESTS_QUANT_GGML_VALUES_HPP
