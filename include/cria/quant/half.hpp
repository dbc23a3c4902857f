// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_HALF_HPP
#define CRIA_QUANT_HALF_HPP

#include <bit>  // bit_cast
#include <cstdint>

// Floats of 16 bits, as memory: IEEE 754's binary16, which scales are stored in, and bfloat16, the upper half of a
// float. Conversions are integer arithmetic on bits, so that they are the same under every compiler flag (flush to
// zero, -ffast-math) and on every processor. To 16 bits they round to nearest, ties to even; a NaN stays one, quiet.

namespace cria::inline v0::quant {

/// A binary16 number, as it lies in memory.
struct f16 {
    std::uint16_t bits = 0;
    friend constexpr auto operator==(f16, f16) -> bool = default;  ///< of bits: a NaN equals itself, −0 is not 0
};

/// A bfloat16 number, as it lies in memory.
struct bf16 {
    std::uint16_t bits = 0;
    friend constexpr auto operator==(bf16, bf16) -> bool = default;  ///< of bits
};

/// Its value; exact.
[[nodiscard]] constexpr auto to_float(f16 half) noexcept -> float;
[[nodiscard]] constexpr auto to_float(bf16 half) noexcept -> float;
/// The nearest number of 16 bits; infinity above the largest.
[[nodiscard]] constexpr auto to_f16(float value) noexcept -> f16;
[[nodiscard]] constexpr auto to_bf16(float value) noexcept -> bf16;

// ---------------------------------------------------------------------------------------------------
// implementation

constexpr auto to_float(f16 half) noexcept -> float {
    const std::uint32_t sign = static_cast<std::uint32_t>(half.bits & 0x8000U) << 16U;
    const std::uint32_t exponent = half.bits >> 10U & 0x1FU, fraction = half.bits & 0x3FFU;
    if (exponent == 0) {  // fraction × 2⁻²⁴, of which a float holds all
        if (fraction == 0) return std::bit_cast<float>(sign);
        const auto shift = static_cast<std::uint32_t>(std::countl_zero(fraction)) - 21;  // brings the leading bit to bit 10
        return std::bit_cast<float>(sign | (113 - shift) << 23U | (fraction << shift & 0x3FFU) << 13U);
    }
    const std::uint32_t rebased = exponent == 0x1F ? 0xFF : exponent + 112;
    const std::uint32_t quiet = exponent == 0x1F && fraction != 0 ? 0x400000U : 0;
    return std::bit_cast<float>(sign | rebased << 23U | fraction << 13U | quiet);
}

constexpr auto to_float(bf16 half) noexcept -> float { return std::bit_cast<float>(static_cast<std::uint32_t>(half.bits) << 16U); }

constexpr auto to_f16(float value) noexcept -> f16 {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>(bits >> 16U & 0x8000U);
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    const auto signed_bits = [&](std::uint32_t half) { return f16{static_cast<std::uint16_t>(sign | half)}; };
    if (magnitude > 0x7F800000U) return signed_bits(0x7E00U | (magnitude >> 13U & 0x3FFU));
    if (magnitude >= 0x47800000U) return signed_bits(0x7C00U);  // 2¹⁶ and above
    // Below 2⁻¹⁴ the unit is 2⁻²⁴, above it depends on the exponent; in both cases a shift, rounded.
    const std::uint32_t exponent = magnitude >> 23U;
    const bool is_small = exponent < 113;
    if (is_small && exponent < 102) return signed_bits(0);  // below half of the smallest
    const std::uint32_t shift = is_small ? 126 - exponent : 13;
    const std::uint32_t whole = is_small ? (magnitude & 0x7FFFFFU) | 0x800000U : magnitude - (112U << 23U);
    const std::uint32_t kept = whole >> shift, rest = whole & ((1U << shift) - 1), half = 1U << (shift - 1);
    return signed_bits(kept + (rest > half || (rest == half && (kept & 1U) != 0) ? 1U : 0U));  // a carry goes up to infinity, rightly
}

constexpr auto to_bf16(float value) noexcept -> bf16 {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7FFFFFFFU) > 0x7F800000U) return {static_cast<std::uint16_t>(bits >> 16U | 0x40U)};
    return {static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16U & 1U)) >> 16U)};
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_HALF_HPP
