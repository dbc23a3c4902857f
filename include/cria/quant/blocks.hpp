// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_BLOCKS_HPP
#define CRIA_QUANT_BLOCKS_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/quant/codebooks.hpp"
#include "cria/quant/half.hpp"

#include <bit>  // popcount
#include <cassert>
#include <cstddef>
#include <cstdint>

// What every bit of a block means: one function a type gives the value of one element, written like the format's
// definition and in the order in which its arithmetic is defined. This is the plain twin that everything faster in this
// module is held against, and the text to read when a block has to be understood.
//
// Source: ggml-quants.c and ggml-common.h of ggml 0.25.3. All arithmetic is that of float: each product and each sum is
// rounded by itself, from the left to the right. `rounded` keeps compilers from making one operation of two, which some
// flags of a program that includes this allow them to.

namespace cria::inline v0::quant {

/// The value of element `i` of the block at `block`, as a float: what ggml's to_float gives, bit for bit (NaNs but for
/// their payload). Integers and f64 are rounded to the nearest float.
/// Precondition: the type has a geometry (geometry_of); `block` has its bytes_per_block; i < elements_per_block.
/// Cost: a few operations, and the block's scales each time. dequantize() is for more than an element or two.
[[nodiscard]] inline auto element(tensor_type type, const std::byte* block, std::size_t i) noexcept -> float;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// The value itself, which has been stored as a float by now.
[[nodiscard]] inline auto rounded(float value) noexcept -> float {
#if defined(__GNUC__) && defined(__SSE2__)
    asm("" : "+x"(value));
#elif defined(__GNUC__)
    auto bits = std::bit_cast<std::uint32_t>(value);
    asm("" : "+r"(bits));
    value = std::bit_cast<float>(bits);
#endif
    return value;
}

[[nodiscard]] inline auto u8(const std::byte* at) noexcept -> unsigned { return std::to_integer<unsigned>(*at); }
[[nodiscard]] inline auto i8(const std::byte* at) noexcept -> int { return static_cast<std::int8_t>(std::to_integer<std::uint8_t>(*at)); }
[[nodiscard]] inline auto u16(const std::byte* at) noexcept -> unsigned { return cria::detail::load<std::uint16_t>(at); }
[[nodiscard]] inline auto u32(const std::byte* at) noexcept -> std::uint32_t { return cria::detail::load<std::uint32_t>(at); }
/// The scale stored as a half.
[[nodiscard]] inline auto half(const std::byte* at) noexcept -> float { return to_float(f16{cria::detail::load<std::uint16_t>(at)}); }
/// The low (0) or high (1) nibble.
[[nodiscard]] inline auto nibble(const std::byte* at, std::size_t which) noexcept -> unsigned { return u8(at) >> 4 * which & 15U; }
[[nodiscard]] constexpr auto number(unsigned value) noexcept -> float { return static_cast<float>(value); }
[[nodiscard]] constexpr auto number(int value) noexcept -> float { return static_cast<float>(value); }

/// a·b + c and a·b − c, in two operations.
[[nodiscard]] inline auto product_plus(float a, float b, float c) noexcept -> float { return rounded(a * b) + c; }
[[nodiscard]] inline auto product_minus(float a, float b, float c) noexcept -> float { return rounded(a * b) - c; }

/// Half of the E8M0 scale 2^(e−127), since the values are doubled.
[[nodiscard]] constexpr auto e8m0_half(unsigned e) noexcept -> float {
    return std::bit_cast<float>(e < 2 ? std::uint32_t{0x00200000} << e : std::uint32_t{e - 1} << 23U);
}
/// Half of the unsigned E4M3 scale. The top bit changes nothing, except that 7F alone is 0.
[[nodiscard]] constexpr auto ue4m3_half(unsigned c) noexcept -> float {
    const unsigned exponent = c >> 3U & 15U, fraction = c & 7U;
    if (c == 0x7F) return 0;
    if (exponent == 0) return number(fraction) * 0x1p-10F;
    return std::bit_cast<float>((exponent + 119) << 23U | fraction << 20U);
}
/// scale · (½ + code) · factor.
[[nodiscard]] inline auto half_odd(float scale, unsigned code, float factor) noexcept -> float {
    return rounded(rounded(scale * (0.5F + number(code))) * factor);
}

namespace block {

// Blocks of 32 with one scale, and perhaps a value that is added.

[[nodiscard]] inline auto q4_0(const std::byte* b, std::size_t i) noexcept -> float {
    return number(static_cast<int>(nibble(b + 2 + i % 16, i / 16)) - 8) * half(b);
}
[[nodiscard]] inline auto q4_1(const std::byte* b, std::size_t i) noexcept -> float {
    return product_plus(number(nibble(b + 4 + i % 16, i / 16)), half(b), half(b + 2));
}
[[nodiscard]] inline auto q5_0(const std::byte* b, std::size_t i) noexcept -> float {
    const unsigned code = nibble(b + 6 + i % 16, i / 16) | (u32(b + 2) >> i & 1U) << 4U;
    return number(static_cast<int>(code) - 16) * half(b);
}
[[nodiscard]] inline auto q5_1(const std::byte* b, std::size_t i) noexcept -> float {
    const unsigned code = nibble(b + 8 + i % 16, i / 16) | (u32(b + 4) >> i & 1U) << 4U;
    return product_plus(number(code), half(b), half(b + 2));
}
[[nodiscard]] inline auto q8_0(const std::byte* b, std::size_t i) noexcept -> float { return number(i8(b + 2 + i)) * half(b); }
// The half at byte 2 is the sum of the codes times the scale, for products with other blocks.
[[nodiscard]] inline auto q8_1(const std::byte* b, std::size_t i) noexcept -> float { return number(i8(b + 4 + i)) * half(b); }
// Behind the codes there are sums of sixteen of them.
[[nodiscard]] inline auto q8_k(const std::byte* b, std::size_t i) noexcept -> float {
    return cria::detail::load<float>(b) * number(i8(b + 4 + i));
}
[[nodiscard]] inline auto q1_0(const std::byte* b, std::size_t i) noexcept -> float {
    const float scale = half(b);
    return (u8(b + 2 + i / 8) >> i % 8 & 1U) != 0 ? scale : -scale;
}
[[nodiscard]] inline auto q2_0(const std::byte* b, std::size_t i) noexcept -> float {
    const unsigned code = u8(b + 2 + i / 4) >> 2 * (i % 4) & 3U;
    return number(static_cast<int>(code) - 1) * half(b);
}

// Super-blocks of 256 whose parts have scales of their own: K quants.

/// Where element `i` lies in codes of two bits: byte `at`, shifted by `shift`. Half a block takes 32 bytes.
struct two_bits {
    explicit two_bits(std::size_t i) noexcept : at(32 * (i / 128) + i % 32), shift(static_cast<unsigned>(2 * (i % 128 / 32))) {}
    std::size_t at;
    unsigned shift;
};

[[nodiscard]] inline auto q2_k(const std::byte* b, std::size_t i) noexcept -> float {
    const two_bits place(i);
    const unsigned code = u8(b + 16 + place.at) >> place.shift & 3U, scales = u8(b + i / 16);
    return product_minus(rounded(half(b + 80) * number(scales & 15U)), number(code), half(b + 82) * number(scales >> 4U));
}

[[nodiscard]] inline auto q3_k(const std::byte* b, std::size_t i) noexcept -> float {
    const two_bits place(i);
    const std::byte* const scales = b + 96;
    const unsigned low = u8(b + 32 + place.at) >> place.shift & 3U;
    const bool is_high = (u8(b + i % 32) >> i / 32 & 1U) != 0;
    const std::size_t k = i / 16;
    const unsigned scale = nibble(scales + k % 8, k / 8) | (u8(scales + 8 + k % 4) >> 2 * (k / 4) & 3U) << 4U;
    return rounded(half(b + 108) * number(static_cast<int>(scale) - 32)) * number(static_cast<int>(low) - (is_high ? 0 : 4));
}

struct scale_and_min {
    unsigned scale, min;
};
/// Scale and minimum of six bits each of part `j` of eight, from twelve bytes.
[[nodiscard]] inline auto six_bits(const std::byte* s, std::size_t j) noexcept -> scale_and_min {
    if (j < 4) return {u8(s + j) & 63U, u8(s + j + 4) & 63U};
    return {nibble(s + j + 4, 0) | u8(s + j - 4) >> 6U << 4U, nibble(s + j + 4, 1) | u8(s + j) >> 6U << 4U};
}

[[nodiscard]] inline auto q4_k(const std::byte* b, std::size_t i) noexcept -> float {
    const auto [scale, min] = six_bits(b + 4, i / 32);
    const unsigned code = nibble(b + 16 + 32 * (i / 64) + i % 32, i / 32 % 2);
    return product_minus(rounded(half(b) * number(scale)), number(code), half(b + 2) * number(min));
}

[[nodiscard]] inline auto q5_k(const std::byte* b, std::size_t i) noexcept -> float {
    const auto [scale, min] = six_bits(b + 4, i / 32);
    const unsigned code = nibble(b + 48 + 32 * (i / 64) + i % 32, i / 32 % 2) | (u8(b + 16 + i % 32) >> i / 32 & 1U) << 4U;
    return product_minus(rounded(half(b) * number(scale)), number(code), half(b + 2) * number(min));
}

[[nodiscard]] inline auto q6_k(const std::byte* b, std::size_t i) noexcept -> float {
    const two_bits place(i);
    const std::size_t quarter = i % 128 / 32;
    const unsigned low = nibble(b + 64 * (i / 128) + 32 * (quarter % 2) + i % 32, quarter / 2);
    const unsigned code = low | (u8(b + 128 + place.at) >> place.shift & 3U) << 4U;
    return rounded(half(b + 208) * number(i8(b + 192 + i / 16))) * number(static_cast<int>(code) - 32);
}

// Ternary.

/// Five digits to base 3 are one byte, as a fraction: times 3ⁿ, modulo 1, times 3, is digit n.
[[nodiscard]] inline auto tq1_0(const std::byte* b, std::size_t i) noexcept -> float {
    constexpr unsigned power[] = {1, 3, 9, 27, 81};
    const std::size_t at = i < 160 ? i % 32 : i < 240 ? 32 + (i - 160) % 16 : 48 + (i - 240) % 4;
    const std::size_t n = i < 160 ? i / 32 : i < 240 ? (i - 160) / 16 : (i - 240) / 4;
    const unsigned digit = (u8(b + at) * power[n] & 0xFFU) * 3 >> 8U;
    return number(static_cast<int>(digit) - 1) * half(b + 52);
}
[[nodiscard]] inline auto tq2_0(const std::byte* b, std::size_t i) noexcept -> float {
    const two_bits place(i);
    const unsigned code = u8(b + place.at) >> place.shift & 3U;
    return number(static_cast<int>(code) - 1) * half(b + 64);
}

// Nibbles with a codebook.

[[nodiscard]] inline auto iq4_nl(const std::byte* b, std::size_t i) noexcept -> float {
    return half(b) * number(int{iq4_values[nibble(b + 2 + i % 16, i / 16)]});
}
[[nodiscard]] inline auto iq4_xs(const std::byte* b, std::size_t i) noexcept -> float {
    const std::size_t g = i / 32;
    const unsigned scale = nibble(b + 4 + g / 2, g % 2) | (u16(b + 2) >> 2 * g & 3U) << 4U;
    const int value = iq4_values[nibble(b + 8 + 16 * g + i % 16, i % 32 / 16)];
    return rounded(half(b) * number(static_cast<int>(scale) - 32)) * number(value);
}

[[nodiscard]] inline auto mxfp4(const std::byte* b, std::size_t i) noexcept -> float {
    return number(int{fp4_values[nibble(b + 1 + i % 16, i / 16)]}) * e8m0_half(u8(b));
}

[[nodiscard]] inline auto nvfp4(const std::byte* b, std::size_t i) noexcept -> float {
    const std::size_t part = i / 16;
    return number(int{fp4_values[nibble(b + 4 + 8 * part + i % 8, i % 16 / 8)]}) * ue4m3_half(u8(b + part));
}

// Grids: an index is eight elements, or four, and signs are bits beside it.

/// The value of element `j` of a grid's entry.
template <class Grid>
[[nodiscard]] inline auto grid_value(Grid entry, std::size_t j) noexcept -> int {
    return std::bit_cast<std::array<std::int8_t, sizeof(Grid)>>(entry)[j];
}
/// Eight signs from seven bits: the number of negative ones is even.
[[nodiscard]] inline auto even_signs(unsigned code) noexcept -> unsigned {
    return code | static_cast<unsigned>(std::popcount(code) & 1) << 7U;
}
[[nodiscard]] inline auto with_sign(int value, unsigned signs, std::size_t j) noexcept -> float {
    return number((signs >> j & 1U) != 0 ? -value : value);
}

[[nodiscard]] inline auto iq2_xxs(const std::byte* b, std::size_t i) noexcept -> float {
    const std::byte* const group = b + 2 + 8 * (i / 32);
    const std::size_t l = i % 32 / 8;
    const std::uint32_t bits = u32(group + 4);
    const float scale = half_odd(half(b), bits >> 28U, 0.25F);
    return scale * with_sign(grid_value(detail::iq2_xxs[u8(group + l)], i % 8), even_signs(bits >> 7 * l & 127U), i % 8);
}
[[nodiscard]] inline auto iq2_xs(const std::byte* b, std::size_t i) noexcept -> float {
    const unsigned code = u16(b + 2 + 2 * (i / 8));
    const float scale = half_odd(half(b), nibble(b + 66 + i / 32, i % 32 / 16), 0.25F);
    return scale * with_sign(grid_value(detail::iq2_xs[code & 511U], i % 8), even_signs(code >> 9U), i % 8);
}
[[nodiscard]] inline auto iq2_s(const std::byte* b, std::size_t i) noexcept -> float {
    const std::size_t g = i / 32, octet = i / 8;
    const unsigned index = u8(b + 2 + octet) | (u8(b + 66 + g) >> 2 * (octet % 4) & 3U) << 8U;
    const float scale = half_odd(half(b), nibble(b + 74 + g, i % 32 / 16), 0.25F);
    return scale * with_sign(grid_value(detail::iq2_s[index], i % 8), u8(b + 34 + octet), i % 8);
}
[[nodiscard]] inline auto iq3_xxs(const std::byte* b, std::size_t i) noexcept -> float {
    const std::uint32_t bits = u32(b + 66 + 4 * (i / 32));
    const float scale = half_odd(half(b), bits >> 28U, 0.5F);
    return scale * with_sign(grid_value(detail::iq3_xxs[u8(b + 2 + i / 4)], i % 4), even_signs(bits >> 7 * (i % 32 / 8) & 127U), i % 8);
}
[[nodiscard]] inline auto iq3_s(const std::byte* b, std::size_t i) noexcept -> float {
    const std::size_t g = i / 32;
    const unsigned index = u8(b + 2 + i / 4) | (u8(b + 66 + g) >> i % 32 / 4 & 1U) << 8U;
    const float scale = rounded(half(b) * number(1 + 2 * nibble(b + 106 + g / 2, g % 2)));
    return scale * with_sign(grid_value(detail::iq3_s[index], i % 4), u8(b + 74 + i / 8), i % 8);
}

/// scale · (2·code + 1) · (grid ± ⅛); the grid holds eight times its values.
[[nodiscard]] inline auto iq1(float scale, unsigned code, unsigned index, std::size_t j, bool is_down) noexcept -> float {
    const int eighths = grid_value(detail::iq1_s[index], j) + (is_down ? -1 : 1);
    return rounded(scale * number(2 * code + 1)) * (number(eighths) * 0.125F);
}
[[nodiscard]] inline auto iq1_s(const std::byte* b, std::size_t i) noexcept -> float {
    const unsigned bits = u16(b + 34 + 2 * (i / 32));
    const unsigned index = u8(b + 2 + i / 8) | (bits >> 3 * (i % 32 / 8) & 7U) << 8U;
    return iq1(half(b), bits >> 12U & 7U, index, i % 8, (bits & 0x8000U) != 0);
}
[[nodiscard]] inline auto iq1_m(const std::byte* b, std::size_t i) noexcept -> float {
    const std::byte* const words = b + 48;  // a nibble of the scale is on top of each
    unsigned scale = 0;
    for (unsigned k = 0; k < 4; ++k) scale |= u16(words + 2 * k) >> 12U << 4 * k;
    const std::size_t g = i / 32, octet = i / 8, pair = octet % 4 / 2;
    const unsigned code = u16(words + 2 * (g / 2)) >> (6 * (g % 2) + 3 * pair) & 7U;
    const unsigned high = nibble(b + 32 + octet / 2, octet % 2);
    const unsigned index = u8(b + octet) | (high & 7U) << 8U;
    return iq1(to_float(f16{static_cast<std::uint16_t>(scale)}), code, index, i % 8, (high & 8U) != 0);
}

}  // namespace block
}  // namespace detail

inline auto element(tensor_type type, const std::byte* block, std::size_t i) noexcept -> float {
    using cria::detail::load;
    switch (type) {
        case tensor_type::f32: return load<float>(block);
        case tensor_type::f16: return detail::half(block);
        case tensor_type::bf16: return to_float(bf16{load<std::uint16_t>(block)});
        case tensor_type::f64: return static_cast<float>(load<double>(block));
        case tensor_type::i8: return static_cast<float>(load<std::int8_t>(block));
        case tensor_type::i16: return static_cast<float>(load<std::int16_t>(block));
        case tensor_type::i32: return static_cast<float>(load<std::int32_t>(block));
        case tensor_type::i64: return static_cast<float>(load<std::int64_t>(block));
        case tensor_type::q4_0: return detail::block::q4_0(block, i);
        case tensor_type::q4_1: return detail::block::q4_1(block, i);
        case tensor_type::q5_0: return detail::block::q5_0(block, i);
        case tensor_type::q5_1: return detail::block::q5_1(block, i);
        case tensor_type::q8_0: return detail::block::q8_0(block, i);
        case tensor_type::q8_1: return detail::block::q8_1(block, i);
        case tensor_type::q2_k: return detail::block::q2_k(block, i);
        case tensor_type::q3_k: return detail::block::q3_k(block, i);
        case tensor_type::q4_k: return detail::block::q4_k(block, i);
        case tensor_type::q5_k: return detail::block::q5_k(block, i);
        case tensor_type::q6_k: return detail::block::q6_k(block, i);
        case tensor_type::q8_k: return detail::block::q8_k(block, i);
        case tensor_type::iq2_xxs: return detail::block::iq2_xxs(block, i);
        case tensor_type::iq2_xs: return detail::block::iq2_xs(block, i);
        case tensor_type::iq2_s: return detail::block::iq2_s(block, i);
        case tensor_type::iq3_xxs: return detail::block::iq3_xxs(block, i);
        case tensor_type::iq3_s: return detail::block::iq3_s(block, i);
        case tensor_type::iq1_s: return detail::block::iq1_s(block, i);
        case tensor_type::iq1_m: return detail::block::iq1_m(block, i);
        case tensor_type::iq4_nl: return detail::block::iq4_nl(block, i);
        case tensor_type::iq4_xs: return detail::block::iq4_xs(block, i);
        case tensor_type::tq1_0: return detail::block::tq1_0(block, i);
        case tensor_type::tq2_0: return detail::block::tq2_0(block, i);
        case tensor_type::mxfp4: return detail::block::mxfp4(block, i);
        case tensor_type::nvfp4: return detail::block::nvfp4(block, i);
        case tensor_type::q1_0: return detail::block::q1_0(block, i);
        case tensor_type::q2_0: return detail::block::q2_0(block, i);
    }
    assert(false && "a type without geometry has no elements");
    return 0;
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_BLOCKS_HPP
