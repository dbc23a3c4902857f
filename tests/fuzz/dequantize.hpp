// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_DEQUANTIZE_HPP
#define CRIA_TESTS_FUZZ_DEQUANTIZE_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cria/quant/dequantize.hpp"
#include "cria/quant/dot.hpp"
#include "quant/random_blocks.hpp"

// What has to hold for dequantization whatever the type, the bytes, the range and the room for the output: it is refused
// exactly if it does not fit, and is the definition's values otherwise, on every tier. One body for libFuzzer and for the
// test that replays inputs; the sanitizers watch the memory, this watches the answers.

namespace cria_test {

/// A sentence about the first promise that is broken, or nullptr. The first bytes choose type, tier, range and offset.
[[nodiscard]] inline auto fuzz_dequantize(std::span<const std::byte> input) -> const char* {
    namespace quant = cria::quant;
    if (input.size() < 8) return nullptr;
    const auto chosen = [&](std::size_t i) { return std::to_integer<std::size_t>(input[i]); };
    const auto type = static_cast<cria::tensor_type>(chosen(0) % 48);
    const auto tiers = every_tier();
    const auto with = tiers[chosen(1) % tiers.size()];
    const std::uint64_t first = (chosen(2) | chosen(3) << 8U) % 1031;
    const std::size_t n = (chosen(4) | chosen(5) << 8U) % 1031;
    const placed_bytes placed(input.subspan(8), chosen(6) % 16);
    const auto blocks = placed.view();

    const auto layout = cria::geometry_of(type);
    const std::unique_ptr<float[]> room(new float[n]);
    const std::span<float> out(room.get(), n);
    const auto done = quant::dequantize_range<float>(type, blocks, first, out, with);
    const std::size_t n_elements = layout ? blocks.size() / layout->bytes_per_block * layout->elements_per_block : 0;
    const bool fits = layout && blocks.size() % layout->bytes_per_block == 0 && first + n <= n_elements;
    if (done.has_value() != fits) return "a range is read though it does not fit, or refused though it does";
    if (!fits) return nullptr;
    const auto defined = [&](std::uint64_t i) {
        return quant::element(type, blocks.data() + i / layout->elements_per_block * layout->bytes_per_block, i % layout->elements_per_block);
    };
    for (std::size_t i = 0; i < n; ++i)
        if (!same_value(out[i], defined(first + i))) return "a value is not the definition's";

    std::vector<quant::bf16> halves(n);
    if (!quant::dequantize_range<quant::bf16>(type, blocks, first, halves, with)) return "halves are refused where floats are not";
    for (std::size_t i = 0; i < n; ++i)
        if (!same_value(quant::to_float(halves[i]), quant::to_float(quant::to_bf16(out[i])))) return "a half is not the float, rounded";

    std::vector<float> x(n_elements);
    for (std::size_t i = 0; i < n_elements; ++i) x[i] = static_cast<float>(static_cast<int>(i * 7 % 31) - 15);
    const auto plain = quant::dot(type, blocks, x, quant::tier::plain), fast = quant::dot(type, blocks, x, with);
    if (!plain || !fast) return "a dot product of equal lengths is refused";
    if (!same_value(*plain, *fast)) return "a dot product depends on the tier";
    return nullptr;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_DEQUANTIZE_HPP
