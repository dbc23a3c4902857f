// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_TILE_HPP
#define CRIA_QUANT_TILE_HPP

#include "cria/quant/blocks.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy

// Dequantization in two steps. Whatever the type, up to 256 elements become a *tile*: a code of one byte for each, and a
// scale for each group of sixteen. What is left is the same for all types and done by kernels for the processor at hand
// (kernels.hpp): a code becomes a float and is multiplied, perhaps after it was looked up, and perhaps something is subtracted.
//
//     value = code · scale,   code · scale − offset   or   codebook[code] · scale
//
// The first step is in this file, a function a type: it takes bits apart, sixteen bytes at a time, and does no arithmetic on
// floats. Scales stay what the block has: halves, or one half and small integers. Their products are exact (eleven bits
// times eight at most), so it does not matter in which order they are taken. blocks.hpp is the definition, and the twin.
//
// Vectors are the compiler's own (vector_size). Those of 32 bytes are two of 16 where the processor has no larger ones, so
// that every function here compiles for every processor; kernels_x86.hpp compiles them once more, with AVX2.

#if defined(__GNUC__)
#define CRIA_DETAIL_QUANT_TILES 1

namespace cria::inline v0::quant::detail {

/// Elements of one block of 256, or of as many smaller ones.
struct tile {
    static constexpr std::size_t max_elements = 256;
    static constexpr std::size_t group_elements = 16;
    static constexpr std::size_t max_groups = max_elements / group_elements;

    alignas(64) std::int8_t codes[max_elements];

    // Scales of the groups, in the one of three ways that the tiling names; offsets too, where it has any.
    alignas(64) float scales[max_groups];
    alignas(32) std::uint16_t scale_halves[max_groups], offset_halves[max_groups];
    alignas(16) std::int8_t scale_codes[max_groups], offset_codes[max_groups];
    std::uint16_t scale_half, offset_half;
};

/// What a code is.
enum class coding : std::uint8_t {
    scaled,     // code · scale
    shifted,    // code · scale − offset
    looked_up,  // codebook[code] · scale
};

/// What a scale is.
enum class scaling : std::uint8_t {
    floats,  // scales[g]
    halves,  // scale_halves[g], and for offsets offset_halves[g]
    coded,   // scale_codes[g] · scale_half · factor, and for offsets offset_codes[g] · offset_half
};

using unpack_function = void (*)(const std::byte* blocks, std::size_t n_blocks, tile& to) noexcept;

/// How blocks of a type become tiles.
struct tiling {
    coding codes = coding::scaled;
    scaling scales = scaling::floats;
    float factor = 1;                      // a power of two
    const std::int8_t* codebook = nullptr;  // of sixteen values
    /// Puts `n_blocks` blocks (of at most 256 elements) at the start of a tile.
    unpack_function unpack = nullptr;
};

/// The tiling of `type`; none for types whose elements are numbers by themselves. `Compiled<F>::unpack` is what stands for
/// function F of this file.
template <template <unpack_function> class Compiled>
[[nodiscard]] auto tiling_of(tensor_type type) noexcept -> tiling;

// implementation ------------------------------------------------------------------------------------

using bytes_16 [[gnu::vector_size(16)]] = std::uint8_t;
using bytes_32 [[gnu::vector_size(32)]] = std::uint8_t;
using signed_bytes_16 [[gnu::vector_size(16)]] = std::int8_t;
using signed_bytes_32 [[gnu::vector_size(32)]] = std::int8_t;
using words_16 [[gnu::vector_size(16)]] = std::uint64_t;
using words_4 [[gnu::vector_size(16)]] = std::uint32_t;

[[nodiscard, gnu::always_inline]] inline auto load_16(const std::byte* from) noexcept -> bytes_16 {
    bytes_16 bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
}
template <class Bytes>  // a vector of any length, or eight bytes as one number
[[gnu::always_inline]] inline void store(std::int8_t* to, const Bytes& bytes) noexcept {
    std::memcpy(to, &bytes, sizeof bytes);
}
[[nodiscard, gnu::always_inline]] inline auto both(std::uint64_t first, std::uint64_t second) noexcept -> bytes_16 {
    return reinterpret_cast<bytes_16>(words_16{first, second});
}

/// Eight bytes for each byte: FF where a bit is set.
inline constexpr auto sign_bytes = [] {
    std::array<std::uint64_t, 256> bytes{};
    for (std::uint64_t code = 0; code < 256; ++code) {
        std::uint64_t ones = 0;
        for (unsigned bit = 0; bit < 8; ++bit) ones |= (code >> bit & 1U) << 8 * bit;
        bytes[code] = in_memory_order(ones * 0xFF);
    }
    return bytes;
}();
/// Seven signs and the eighth that makes the number of negative ones even.
inline constexpr auto even_sign_bytes = [] {
    std::array<std::uint64_t, 128> bytes{};
    for (unsigned code = 0; code < 128; ++code) bytes[code] = sign_bytes[code | static_cast<unsigned>(std::popcount(code) & 1) << 7U];
    return bytes;
}();

/// The bytes, negative where `signs` is FF. No byte is 0, so nothing is carried into the next.
[[nodiscard, gnu::always_inline]] inline auto negated(std::uint64_t bytes, std::uint64_t signs) noexcept -> std::uint64_t {
    return (bytes ^ signs) + (signs & 0x0101010101010101);
}
[[nodiscard, gnu::always_inline]] inline auto pair_of(grid_4 first, grid_4 second) noexcept -> std::uint64_t {
    return in_memory_order(std::uint64_t{in_memory_order(second)} << 32U | in_memory_order(first));
}

/// Halves of E4M3 scales, which are exact in binary16.
inline constexpr auto ue4m3_bits = [] {
    std::array<std::uint16_t, 256> halves{};
    for (unsigned c = 0; c < 256; ++c) halves[c] = to_f16(ue4m3_half(c)).bits;
    return halves;
}();

namespace unpacking {

// Blocks of 32 (two groups), one scale.

// What is read as one vector is written as one, where it can be: a processor hands a store on to a load only as a whole,
// and makes the load wait for the cache otherwise.

using halves_8 [[gnu::vector_size(16)]] = std::uint16_t;

/// The bits of the half at `from`.
[[nodiscard, gnu::always_inline]] inline auto bits(const std::byte* from) noexcept -> std::uint16_t { return cria::detail::load<std::uint16_t>(from); }
/// The same half for all groups.
[[gnu::always_inline]] inline void fill(std::uint16_t (&to)[tile::max_groups], std::uint16_t half) noexcept {
    const halves_8 same = {half, half, half, half, half, half, half, half};
    std::memcpy(to, &same, sizeof same);
    std::memcpy(to + 8, &same, sizeof same);
}
/// A half for each block, for both of its groups. `flip` is exclusive-ored.
template <std::size_t BlockBytes>
[[gnu::always_inline]] inline void pair_up(std::uint16_t (&to)[tile::max_groups], const std::byte* halves, std::size_t n, std::uint16_t flip = 0) noexcept {
    if (n != 8) {
        for (std::size_t k = 0; k < n; ++k) to[2 * k] = to[2 * k + 1] = static_cast<std::uint16_t>(bits(halves + BlockBytes * k) ^ flip);
        return;
    }
    const auto of = [&](std::size_t k) { return bits(halves + BlockBytes * k); };
    const halves_8 all = halves_8{of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7)} ^ flip;
    const halves_8 first = __builtin_shufflevector(all, all, 0, 0, 1, 1, 2, 2, 3, 3), second = __builtin_shufflevector(all, all, 4, 4, 5, 5, 6, 6, 7, 7);
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + 8, &second, sizeof second);
}
/// Thirty-two nibbles, the low ones first, less `bias`.
[[gnu::always_inline]] inline void nibbles(const std::byte* from, std::int8_t* to, std::uint8_t bias) noexcept {
    const bytes_16 bytes = load_16(from);
    store(to, (bytes & 15) - bias);
    store(to + 16, (bytes >> 4) - bias);
}
/// FF where the bit is set, of the 32 bits at `from`.
struct masks_of_32 {
    bytes_32 value;
    [[gnu::always_inline]] explicit masks_of_32(const std::byte* from) noexcept {
        constexpr bytes_32 powers = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
        std::uint32_t word = 0;
        std::memcpy(&word, from, sizeof word);
        const auto bits = reinterpret_cast<bytes_16>(words_4{word, 0, 0, 0});
        value = __builtin_shufflevector(bits, bits, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
        value = reinterpret_cast<bytes_32>((value & powers) == powers);
    }
};
/// The same with a fifth bit from each of the 32 bits at `high`.
[[gnu::always_inline]] inline void five_bits(const std::byte* from, const std::byte* high, std::int8_t* to, std::uint8_t bias) noexcept {
    const bytes_16 bytes = load_16(from), low = bytes & 15, upper = bytes >> 4;
    const bytes_32 codes = __builtin_shufflevector(low, upper, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
                                                   24, 25, 26, 27, 28, 29, 30, 31);
    store(to, (codes | (masks_of_32(high).value & 16)) - bias);
}

[[gnu::always_inline]] inline void q4_0(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<18>(to.scale_halves, b, n);
    for (std::size_t k = 0; k < n; ++k, b += 18) {
        nibbles(b + 2, to.codes + 32 * k, 8);
    }
}
[[gnu::always_inline]] inline void q4_1(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<20>(to.scale_halves, b, n);
    pair_up<20>(to.offset_halves, b + 2, n, 0x8000);
    for (std::size_t k = 0; k < n; ++k, b += 20) {
        nibbles(b + 4, to.codes + 32 * k, 0);
    }
}
[[gnu::always_inline]] inline void q5_0(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<22>(to.scale_halves, b, n);
    for (std::size_t k = 0; k < n; ++k, b += 22) {
        five_bits(b + 6, b + 2, to.codes + 32 * k, 16);
    }
}
[[gnu::always_inline]] inline void q5_1(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<24>(to.scale_halves, b, n);
    pair_up<24>(to.offset_halves, b + 2, n, 0x8000);
    for (std::size_t k = 0; k < n; ++k, b += 24) {
        five_bits(b + 8, b + 4, to.codes + 32 * k, 0);
    }
}
[[gnu::always_inline]] inline void q8_0(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<34>(to.scale_halves, b, n);
    for (std::size_t k = 0; k < n; ++k, b += 34) {
        std::memcpy(to.codes + 32 * k, b + 2, 32);
    }
}
[[gnu::always_inline]] inline void q8_1(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<36>(to.scale_halves, b, n);
    for (std::size_t k = 0; k < n; ++k, b += 36) {
        std::memcpy(to.codes + 32 * k, b + 4, 32);
    }
}
[[gnu::always_inline]] inline void iq4_nl(const std::byte* b, std::size_t n, tile& to) noexcept {
    pair_up<18>(to.scale_halves, b, n);
    for (std::size_t k = 0; k < n; ++k, b += 18) {
        nibbles(b + 2, to.codes + 32 * k, 0);
    }
}
[[gnu::always_inline]] inline void mxfp4(const std::byte* b, std::size_t n, tile& to) noexcept {
    for (std::size_t k = 0; k < n; ++k, b += 17) {
        nibbles(b + 1, to.codes + 32 * k, 0);
        to.scales[2 * k] = to.scales[2 * k + 1] = e8m0_half(u8(b));
    }
}

// Blocks of 64 and 128.

[[gnu::always_inline]] inline void nvfp4(const std::byte* b, std::size_t n, tile& to) noexcept {
    for (std::size_t k = 0; k < n; ++k, b += 36) {
        for (std::size_t pair = 0; pair < 2; ++pair) {  // of parts, of eight bytes each
            const bytes_16 bytes = load_16(b + 4 + 16 * pair);
            const auto low = reinterpret_cast<words_16>(bytes & 15), high = reinterpret_cast<words_16>(bytes >> 4);
            std::int8_t* const codes = to.codes + 64 * k + 32 * pair;
            store(codes, reinterpret_cast<bytes_16>(words_16{low[0], high[0]}));
            store(codes + 16, reinterpret_cast<bytes_16>(words_16{low[1], high[1]}));
        }
        for (std::size_t part = 0; part < 4; ++part) to.scale_halves[4 * k + part] = ue4m3_bits[u8(b + part)];
    }
}
[[gnu::always_inline]] inline void q2_0(const std::byte* b, std::size_t n, tile& to) noexcept {
    for (std::size_t k = 0; k < n; ++k, b += 18) {
        for (std::size_t i = 0; i < 8; ++i) {
            const std::uint64_t codes = in_memory_order(spread_2(static_cast<std::uint16_t>(u16(b + 2 + 2 * i))));
            store(to.codes + 64 * k + 8 * i, ((codes | 0x8080808080808080) - 0x0101010101010101) ^ 0x8080808080808080);
        }
        const std::uint64_t half = std::uint64_t{bits(b)} * 0x0001000100010001;
        std::memcpy(to.scale_halves + 4 * k, &half, sizeof half);
    }
}
[[gnu::always_inline]] inline void q1_0(const std::byte* b, std::size_t n, tile& to) noexcept {
    for (std::size_t k = 0; k < n; ++k, b += 18) {
        for (std::size_t i = 0; i < 4; ++i) store(to.codes + 128 * k + 32 * i, (masks_of_32(b + 2 + 4 * i).value & 2) - 1);
        const halves_8 same = halves_8{} + bits(b);
        std::memcpy(to.scale_halves + 8 * k, &same, sizeof same);
    }
}

// Blocks of 256.

/// Eight codes, from the lowest byte up, of pairs of groups: each twice.
[[gnu::always_inline]] inline void store_twice(std::int8_t* to, std::uint64_t codes, std::uint8_t bias = 0) noexcept {
    const bytes_16 once = both(in_memory_order(codes), 0);
    store(to, __builtin_shufflevector(once, once, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7) - bias);
}

[[gnu::always_inline]] inline void q8_k(const std::byte* b, std::size_t, tile& to) noexcept {
    std::memcpy(to.codes, b + 4, 256);
    const float scale = cria::detail::load<float>(b);
    for (float& each : to.scales) each = scale;
}

/// Blocks of 256 keep what belongs to elements 32 apart in one byte, so that 32 bytes are a vector throughout.
struct bytes_of_32 {
    bytes_32 value;
    [[gnu::always_inline]] explicit bytes_of_32(const std::byte* from) noexcept { std::memcpy(&value, from, sizeof value); }
};

/// Codes of two bits: four times 32.
[[gnu::always_inline]] inline void two_bits_each(const std::byte* from, std::int8_t* to, std::uint8_t bias) noexcept {
    const bytes_of_32 bytes(from);
    store(to, (bytes.value & 3) - bias);
    store(to + 32, (bytes.value >> 2 & 3) - bias);
    store(to + 64, (bytes.value >> 4 & 3) - bias);
    store(to + 96, (bytes.value >> 6) - bias);
}

[[gnu::always_inline]] inline void q2_k(const std::byte* b, std::size_t, tile& to) noexcept {
    two_bits_each(b + 16, to.codes, 0);
    two_bits_each(b + 48, to.codes + 128, 0);
    const bytes_16 scales = load_16(b);
    store(to.scale_codes, scales & 15);
    store(to.offset_codes, scales >> 4);
    to.scale_half = bits(b + 80);
    to.offset_half = bits(b + 82);
}

[[gnu::always_inline]] inline void q3_k(const std::byte* b, std::size_t, tile& to) noexcept {
    const bytes_of_32 high(b), first(b + 32), second(b + 64);
    store(to.codes, ((first.value & 3) | (high.value << 2 & 4)) - 4);
    store(to.codes + 32, ((first.value >> 2 & 3) | (high.value << 1 & 4)) - 4);
    store(to.codes + 64, ((first.value >> 4 & 3) | (high.value & 4)) - 4);
    store(to.codes + 96, ((first.value >> 6) | (high.value >> 1 & 4)) - 4);
    store(to.codes + 128, ((second.value & 3) | (high.value >> 2 & 4)) - 4);
    store(to.codes + 160, ((second.value >> 2 & 3) | (high.value >> 3 & 4)) - 4);
    store(to.codes + 192, ((second.value >> 4 & 3) | (high.value >> 4 & 4)) - 4);
    store(to.codes + 224, ((second.value >> 6) | (high.value >> 5 & 4)) - 4);
    const std::uint32_t low = u32(b + 96), middle = u32(b + 100), tops = u32(b + 104);
    const auto four = [](std::uint32_t nibbles, std::uint32_t top) { return (nibbles & 0x0F0F0F0F) | (top & 0x03030303) << 4U; };
    const std::uint64_t lower = std::uint64_t{four(middle, tops >> 2U)} << 32U | four(low, tops);
    const std::uint64_t upper = std::uint64_t{four(middle >> 4U, tops >> 6U)} << 32U | four(low >> 4U, tops >> 4U);
    store(to.scale_codes, both(in_memory_order(lower), in_memory_order(upper)) - 32);
    to.scale_half = bits(b + 108);
}

/// Scales and minimums of six bits of Q4_K and Q5_K.
[[gnu::always_inline]] inline void six_bit_scales(const std::byte* b, tile& to) noexcept {
    const std::uint64_t first = u32(b + 4), second = u32(b + 8), third = u32(b + 12);
    store_twice(to.scale_codes, (first & 0x3F3F3F3F) | ((third & 0x0F0F0F0F) | (first >> 6U & 0x03030303) << 4U) << 32U);
    store_twice(to.offset_codes, (second & 0x3F3F3F3F) | ((third >> 4U & 0x0F0F0F0F) | (second >> 6U & 0x03030303) << 4U) << 32U);
    to.scale_half = bits(b);
    to.offset_half = bits(b + 2);
}

[[gnu::always_inline]] inline void q4_k(const std::byte* b, std::size_t, tile& to) noexcept {
#pragma GCC unroll 4
    for (std::size_t k = 0; k < 4; ++k) {
        const bytes_of_32 bytes(b + 16 + 32 * k);
        store(to.codes + 64 * k, bytes.value & 15);
        store(to.codes + 64 * k + 32, bytes.value >> 4);
    }
    six_bit_scales(b, to);
}

[[gnu::always_inline]] inline void q5_k(const std::byte* b, std::size_t, tile& to) noexcept {
    const bytes_of_32 high(b + 16), first(b + 48), second(b + 80), third(b + 112), fourth(b + 144);
    store(to.codes, (first.value & 15) | (high.value << 4 & 16));
    store(to.codes + 32, (first.value >> 4) | (high.value << 3 & 16));
    store(to.codes + 64, (second.value & 15) | (high.value << 2 & 16));
    store(to.codes + 96, (second.value >> 4) | (high.value << 1 & 16));
    store(to.codes + 128, (third.value & 15) | (high.value & 16));
    store(to.codes + 160, (third.value >> 4) | (high.value >> 1 & 16));
    store(to.codes + 192, (fourth.value & 15) | (high.value >> 2 & 16));
    store(to.codes + 224, (fourth.value >> 4) | (high.value >> 3 & 16));
    six_bit_scales(b, to);
}

[[gnu::always_inline]] inline void q6_k(const std::byte* b, std::size_t, tile& to) noexcept {
#pragma GCC unroll 2
    for (std::size_t k = 0; k < 2; ++k) {
        const bytes_of_32 first(b + 64 * k), second(b + 64 * k + 32), high(b + 128 + 32 * k);
        std::int8_t* const codes = to.codes + 128 * k;
        store(codes, ((first.value & 15) | (high.value << 4 & 48)) - 32);
        store(codes + 32, ((second.value & 15) | (high.value << 2 & 48)) - 32);
        store(codes + 64, ((first.value >> 4) | (high.value & 48)) - 32);
        store(codes + 96, ((second.value >> 4) | (high.value >> 2 & 48)) - 32);
    }
    std::memcpy(to.scale_codes, b + 192, 16);
    to.scale_half = bits(b + 208);
}

/// Five digits 0, 1, 2 to base 3, less 1, of each byte, which is a fraction of 256: its whole thirds are the first
/// digit, and three times it, modulo 256, has the others.
template <class Signed, class Bytes>
[[gnu::always_inline]] inline void five_digits(Bytes& fractions, std::int8_t* to, std::size_t step) noexcept {
#pragma GCC unroll 5
    for (std::size_t n = 0; n < 5; ++n) {
        const auto centred = reinterpret_cast<Signed>(fractions ^ 0x80);  // processors compare signed bytes
        const auto one = reinterpret_cast<Bytes>(centred > 85 - 128), two = reinterpret_cast<Bytes>(centred > 170 - 128);  // FF where true
        store(to + step * n, 0xFF - one - two);
        fractions = fractions + fractions + fractions;
    }
}
[[gnu::always_inline]] inline void tq1_0(const std::byte* b, std::size_t, tile& to) noexcept {
    bytes_of_32 first(b);
    five_digits<signed_bytes_32>(first.value, to.codes, 32);
    bytes_16 second = load_16(b + 32);
    five_digits<signed_bytes_16>(second, to.codes + 160, 16);
    // The last four bytes have four digits each: as one vector, times a power of three each.
    std::uint32_t last = 0;
    std::memcpy(&last, b + 48, sizeof last);
    constexpr bytes_16 powers = {1, 1, 1, 1, 3, 3, 3, 3, 9, 9, 9, 9, 27, 27, 27, 27};
    const auto centred = reinterpret_cast<signed_bytes_16>((reinterpret_cast<bytes_16>(words_4{last, last, last, last}) * powers) ^ 0x80);
    store(to.codes + 240, 0xFF - reinterpret_cast<bytes_16>(centred > 85 - 128) - reinterpret_cast<bytes_16>(centred > 170 - 128));
    fill(to.scale_halves, bits(b + 52));
}
[[gnu::always_inline]] inline void tq2_0(const std::byte* b, std::size_t, tile& to) noexcept {
    two_bits_each(b, to.codes, 1);
    two_bits_each(b + 32, to.codes + 128, 1);
    fill(to.scale_halves, bits(b + 64));
}

[[gnu::always_inline]] inline void iq4_xs(const std::byte* b, std::size_t, tile& to) noexcept {
    for (std::size_t g = 0; g < 8; ++g) nibbles(b + 8 + 16 * g, to.codes + 32 * g, 0);
    std::uint64_t scales = 0;
    const std::uint64_t low = u32(b + 4), high = u16(b + 2);
    for (unsigned g = 0; g < 8; ++g) scales |= ((low >> 4 * g & 15U) | (high >> 2 * g & 3U) << 4U) << 8 * g;
    store_twice(to.scale_codes, scales, 32);
    to.scale_half = bits(b);
}

/// Eight codes of up to seven bits, each 2 · code + 1: twice ½ + code.
[[nodiscard, gnu::always_inline]] inline auto odd(std::uint64_t codes) noexcept -> std::uint64_t { return codes + codes + 0x0101010101010101; }
/// Sixteen of them from nibbles.
[[gnu::always_inline]] inline void store_odd_nibbles(std::int8_t* to, const std::byte* from) noexcept {
    std::uint64_t nibbles = 0;
    std::memcpy(&nibbles, from, sizeof nibbles);
    const bytes_16 low = both(nibbles & 0x0F0F0F0F0F0F0F0F, 0), high = both(nibbles >> 4U & 0x0F0F0F0F0F0F0F0F, 0);
    const bytes_16 codes = __builtin_shufflevector(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    store(to, codes + codes + 1);
}

[[gnu::always_inline]] inline void iq2_xxs(const std::byte* b, std::size_t, tile& to) noexcept {
    std::uint64_t scales = 0;
    for (std::size_t g = 0; g < 8; ++g) {
        const std::byte* const group = b + 2 + 8 * g;
        const std::uint64_t word = u32(group + 4);
        const auto octet = [&](std::size_t l) { return negated(detail::iq2_xxs[u8(group + l)], even_sign_bytes[word >> 7 * l & 127U]); };
        store(to.codes + 32 * g, both(octet(0), octet(1)));
        store(to.codes + 32 * g + 16, both(octet(2), octet(3)));
        scales |= word >> 28U << 8 * g;
    }
    store_twice(to.scale_codes, odd(scales));
    to.scale_half = bits(b);
}
[[gnu::always_inline]] inline void iq2_xs(const std::byte* b, std::size_t, tile& to) noexcept {
    const auto octet = [&](std::size_t k) {
        const unsigned code = u16(b + 2 + 2 * k);
        return negated(detail::iq2_xs[code & 511U], even_sign_bytes[code >> 9U]);
    };
    for (std::size_t k = 0; k < 32; k += 2) store(to.codes + 8 * k, both(octet(k), octet(k + 1)));
    store_odd_nibbles(to.scale_codes, b + 66);
    to.scale_half = bits(b);
}
[[gnu::always_inline]] inline void iq2_s(const std::byte* b, std::size_t, tile& to) noexcept {
    for (std::size_t g = 0; g < 8; ++g) {
        const unsigned high = u8(b + 66 + g) << 8U;
        const auto octet = [&](std::size_t l) {
            const std::byte* const at = b + 2 + 4 * g + l;
            return negated(detail::iq2_s[u8(at) | (high >> 2 * l & 0x300U)], sign_bytes[u8(at + 32)]);
        };
        store(to.codes + 32 * g, both(octet(0), octet(1)));
        store(to.codes + 32 * g + 16, both(octet(2), octet(3)));
    }
    store_odd_nibbles(to.scale_codes, b + 74);
    to.scale_half = bits(b);
}
[[gnu::always_inline]] inline void iq3_xxs(const std::byte* b, std::size_t, tile& to) noexcept {
    std::uint64_t scales = 0;
    for (std::size_t g = 0; g < 8; ++g) {
        const std::uint64_t word = u32(b + 66 + 4 * g);
        const std::byte* const indices = b + 2 + 8 * g;
        const auto octet = [&](std::size_t l) {
            const std::uint64_t grid = pair_of(detail::iq3_xxs[u8(indices + 2 * l)], detail::iq3_xxs[u8(indices + 2 * l + 1)]);
            return negated(grid, even_sign_bytes[word >> 7 * l & 127U]);
        };
        store(to.codes + 32 * g, both(octet(0), octet(1)));
        store(to.codes + 32 * g + 16, both(octet(2), octet(3)));
        scales |= word >> 28U << 8 * g;
    }
    store_twice(to.scale_codes, odd(scales));
    to.scale_half = bits(b);
}
[[gnu::always_inline]] inline void iq3_s(const std::byte* b, std::size_t, tile& to) noexcept {
    std::uint64_t scales = 0;
    for (std::size_t g = 0; g < 8; ++g) {
        const std::byte* const indices = b + 2 + 8 * g;
        const unsigned high = u8(b + 66 + g) << 8U;
        const auto octet = [&](std::size_t l) {
            const std::uint64_t grid = pair_of(detail::iq3_s[u8(indices + 2 * l) | (high >> 2 * l & 256U)],
                                               detail::iq3_s[u8(indices + 2 * l + 1) | (high >> (2 * l + 1) & 256U)]);
            return negated(grid, sign_bytes[u8(b + 74 + 4 * g + l)]);
        };
        store(to.codes + 32 * g, both(octet(0), octet(1)));
        store(to.codes + 32 * g + 16, both(octet(2), octet(3)));
        scales |= std::uint64_t{nibble(b + 106 + g / 2, g % 2)} << 8 * g;
    }
    store_twice(to.scale_codes, odd(scales));
    to.scale_half = bits(b);
}

/// Eighths of grid ± ⅛: the grid's bytes −8, 0, 8, one up or down. The sum stays within its byte.
[[nodiscard, gnu::always_inline]] inline auto one_off(grid_8 first, bool first_is_down, grid_8 second, bool second_is_down) noexcept -> bytes_16 {
    constexpr std::uint64_t up = 0x0101010101010101, down = 0xFFFFFFFFFFFFFFFF;
    return both(first, second) + both(first_is_down ? down : up, second_is_down ? down : up);
}
[[gnu::always_inline]] inline void iq1_s(const std::byte* b, std::size_t, tile& to) noexcept {
    std::uint64_t scales = 0;
    for (std::size_t g = 0; g < 8; ++g) {
        const std::uint64_t word = u16(b + 34 + 2 * g);
        const bool is_down = (word & 0x8000U) != 0;
        const auto octet = [&](std::size_t l) { return detail::iq1_s[u8(b + 2 + 4 * g + l) | (word >> 3 * l & 7U) << 8U]; };
        store(to.codes + 32 * g, one_off(octet(0), is_down, octet(1), is_down));
        store(to.codes + 32 * g + 16, one_off(octet(2), is_down, octet(3), is_down));
        scales |= (word >> 12U & 7U) << 8 * g;
    }
    store_twice(to.scale_codes, odd(scales));
    to.scale_half = bits(b);
}
[[gnu::always_inline]] inline void iq1_m(const std::byte* b, std::size_t, tile& to) noexcept {
    for (std::size_t k = 0; k < 32; k += 2) {
        const unsigned high = u8(b + 32 + k / 2);
        store(to.codes + 8 * k, one_off(detail::iq1_s[u8(b + k) | (high & 0x7U) << 8U], (high & 0x8U) != 0,
                                        detail::iq1_s[u8(b + k + 1) | (high & 0x70U) << 4U], (high & 0x80U) != 0));
    }
    unsigned half = 0;
    std::uint64_t scales[2] = {0, 0};
    for (unsigned w = 0; w < 4; ++w) {  // twelve bits are four codes, four are a part of the scale
        const std::uint64_t word = u16(b + 48 + 2 * w);
        half |= static_cast<unsigned>(word >> 12U) << 4 * w;
        scales[w / 2] |= ((word & 7U) | (word & 0x38U) << 5U | (word & 0x1C0U) << 10U | (word & 0xE00U) << 15U) << 32 * (w % 2);
    }
    store(to.scale_codes, both(in_memory_order(odd(scales[0])), in_memory_order(odd(scales[1]))));
    to.scale_half = static_cast<std::uint16_t>(half);
}

}  // namespace unpacking

template <template <unpack_function> class Compiled>
auto tiling_of(tensor_type type) noexcept -> tiling {
    using enum coding;
    using enum scaling;
    switch (type) {
        case tensor_type::q4_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::q4_0>::unpack};
        case tensor_type::q4_1: return {shifted, halves, 1, nullptr, Compiled<unpacking::q4_1>::unpack};
        case tensor_type::q5_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::q5_0>::unpack};
        case tensor_type::q5_1: return {shifted, halves, 1, nullptr, Compiled<unpacking::q5_1>::unpack};
        case tensor_type::q8_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::q8_0>::unpack};
        case tensor_type::q8_1: return {scaled, halves, 1, nullptr, Compiled<unpacking::q8_1>::unpack};
        case tensor_type::q2_k: return {shifted, coded, 1, nullptr, Compiled<unpacking::q2_k>::unpack};
        case tensor_type::q3_k: return {scaled, coded, 1, nullptr, Compiled<unpacking::q3_k>::unpack};
        case tensor_type::q4_k: return {shifted, coded, 1, nullptr, Compiled<unpacking::q4_k>::unpack};
        case tensor_type::q5_k: return {shifted, coded, 1, nullptr, Compiled<unpacking::q5_k>::unpack};
        case tensor_type::q6_k: return {scaled, coded, 1, nullptr, Compiled<unpacking::q6_k>::unpack};
        case tensor_type::q8_k: return {scaled, floats, 1, nullptr, Compiled<unpacking::q8_k>::unpack};
        case tensor_type::iq2_xxs: return {scaled, coded, 0.125F, nullptr, Compiled<unpacking::iq2_xxs>::unpack};
        case tensor_type::iq2_xs: return {scaled, coded, 0.125F, nullptr, Compiled<unpacking::iq2_xs>::unpack};
        case tensor_type::iq2_s: return {scaled, coded, 0.125F, nullptr, Compiled<unpacking::iq2_s>::unpack};
        case tensor_type::iq3_xxs: return {scaled, coded, 0.25F, nullptr, Compiled<unpacking::iq3_xxs>::unpack};
        case tensor_type::iq3_s: return {scaled, coded, 1, nullptr, Compiled<unpacking::iq3_s>::unpack};
        case tensor_type::iq1_s: return {scaled, coded, 0.125F, nullptr, Compiled<unpacking::iq1_s>::unpack};
        case tensor_type::iq1_m: return {scaled, coded, 0.125F, nullptr, Compiled<unpacking::iq1_m>::unpack};
        case tensor_type::iq4_nl: return {looked_up, halves, 1, iq4_values.data(), Compiled<unpacking::iq4_nl>::unpack};
        case tensor_type::iq4_xs: return {looked_up, coded, 1, iq4_values.data(), Compiled<unpacking::iq4_xs>::unpack};
        case tensor_type::mxfp4: return {looked_up, floats, 1, fp4_values.data(), Compiled<unpacking::mxfp4>::unpack};
        case tensor_type::nvfp4: return {looked_up, halves, 1, fp4_values.data(), Compiled<unpacking::nvfp4>::unpack};
        case tensor_type::tq1_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::tq1_0>::unpack};
        case tensor_type::tq2_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::tq2_0>::unpack};
        case tensor_type::q1_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::q1_0>::unpack};
        case tensor_type::q2_0: return {scaled, halves, 1, nullptr, Compiled<unpacking::q2_0>::unpack};
        default: return {};
    }
}

}  // namespace cria::inline v0::quant::detail

#endif  // __GNUC__

#endif  // CRIA_QUANT_TILE_HPP
