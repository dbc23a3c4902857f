// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_KERNELS_NEON_HPP
#define CRIA_QUANT_KERNELS_NEON_HPP

#include "cria/quant/kernels_plain.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy: vectors from any address

// The second step of dequantization on 64-bit Arm, where NEON is always there. The bits are those of
// kernels_plain.hpp: `whole` keeps a compiler from fusing a product with the sum that takes it.
//
// Vectors are the compiler's own; instructions that no operator names are written out, since compilers do not agree on
// builtins, and <arm_neon.h> costs more to compile than this module.

#if defined(CRIA_DETAIL_QUANT_TILES) && defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define CRIA_DETAIL_QUANT_NEON 1

namespace cria::inline v0::quant::detail::neon {

using floats [[gnu::vector_size(16)]] = float;
using ints [[gnu::vector_size(16)]] = int;
using shorts [[gnu::vector_size(16)]] = short;

/// Sixteen floats: a group.
struct group {
    floats part[4];
};

[[nodiscard, gnu::always_inline]] inline auto whole(floats value) noexcept -> floats {
    asm("" : "+w"(value));
    return value;
}
[[nodiscard, gnu::always_inline]] inline auto load(const float* from) noexcept -> floats {
    floats value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
[[gnu::always_inline]] inline void store(float* to, floats value) noexcept { std::memcpy(to, &value, sizeof value); }
[[nodiscard, gnu::always_inline]] inline auto broadcast(float value) noexcept -> floats { return floats{value, value, value, value}; }

[[nodiscard, gnu::always_inline]] inline auto low_shorts(bytes_16 codes) noexcept -> shorts {
    shorts wide;
    asm("sxtl %0.8h, %1.8b" : "=w"(wide) : "w"(codes));
    return wide;
}
[[nodiscard, gnu::always_inline]] inline auto high_shorts(bytes_16 codes) noexcept -> shorts {
    shorts wide;
    asm("sxtl2 %0.8h, %1.16b" : "=w"(wide) : "w"(codes));
    return wide;
}
[[nodiscard, gnu::always_inline]] inline auto low_floats(shorts numbers) noexcept -> floats {
    ints wide;
    asm("sxtl %0.4s, %1.4h" : "=w"(wide) : "w"(numbers));
    return __builtin_convertvector(wide, floats);
}
[[nodiscard, gnu::always_inline]] inline auto high_floats(shorts numbers) noexcept -> floats {
    ints wide;
    asm("sxtl2 %0.4s, %1.8h" : "=w"(wide) : "w"(numbers));
    return __builtin_convertvector(wide, floats);
}
[[nodiscard, gnu::always_inline]] inline auto looked_up(bytes_16 codes, bytes_16 book) noexcept -> bytes_16 {
    bytes_16 found;
    asm("tbl %0.16b, {%1.16b}, %2.16b" : "=w"(found) : "w"(book), "w"(codes));
    return found;
}

/// Eight floats.
[[gnu::always_inline]] inline void store_halves(float* to, const std::uint16_t* from) noexcept {
    shorts halves;
    std::memcpy(&halves, from, sizeof halves);
    floats low, high;
    asm("fcvtl %0.4s, %1.4h" : "=w"(low) : "w"(halves));
    asm("fcvtl2 %0.4s, %1.8h" : "=w"(high) : "w"(halves));
    store(to, low);
    store(to + 4, high);
}
[[gnu::always_inline]] inline void multiply(float* to, const std::int8_t* codes, float by) noexcept {
    bytes_16 numbers;
    std::memcpy(&numbers, codes, sizeof numbers);
    const shorts low = low_shorts(numbers), high = high_shorts(numbers);
    store(to, whole(low_floats(low) * broadcast(by)));
    store(to + 4, whole(high_floats(low) * broadcast(by)));
    store(to + 8, whole(low_floats(high) * broadcast(by)));
    store(to + 12, whole(high_floats(high) * broadcast(by)));
}
[[gnu::always_inline]] inline void make_scales(const tile& from, const tiling& how, group_scales& to) noexcept {
    const bool is_shifted = how.codes == coding::shifted;
    if (how.scales == scaling::floats) {
        std::memcpy(to.scales, from.scales, sizeof to.scales);
    } else if (how.scales == scaling::halves) {
        store_halves(to.scales, from.scale_halves);
        store_halves(to.scales + 8, from.scale_halves + 8);
        if (!is_shifted) return;
        store_halves(to.offsets, from.offset_halves);
        store_halves(to.offsets + 8, from.offset_halves + 8);
    } else {
        multiply(to.scales, from.scale_codes, to_float(f16{from.scale_half}) * how.factor);
        if (is_shifted) multiply(to.offsets, from.offset_codes, to_float(f16{from.offset_half}));
    }
}

template <coding Coding>
[[nodiscard, gnu::always_inline]] inline auto group_of(const tile& from, const group_scales& by, bytes_16 book, std::size_t g) noexcept -> group {
    bytes_16 codes;
    std::memcpy(&codes, from.codes + 16 * g, sizeof codes);
    if constexpr (Coding == coding::looked_up) codes = looked_up(codes, book);
    const shorts low = low_shorts(codes), high = high_shorts(codes);
    const floats scale = broadcast(by.scales[g]);
    group values{{low_floats(low) * scale, high_floats(low) * scale, low_floats(high) * scale, high_floats(high) * scale}};
    if constexpr (Coding == coding::shifted) {
        const floats offset = broadcast(by.offsets[g]);
        for (floats& part : values.part) part = whole(part) - offset;
    }
    return values;
}

template <coding Coding>
[[gnu::always_inline]] inline void values_as(const tile& from, const group_scales& by, bytes_16 book, std::size_t n_groups, float* out) noexcept {
    for (std::size_t g = 0; g < n_groups; ++g) {
        const group values = group_of<Coding>(from, by, book, g);
        for (std::size_t k = 0; k < 4; ++k) store(out + 16 * g + 4 * k, values.part[k]);
    }
}

template <coding Coding>
[[gnu::always_inline]] inline void dot_tile_as(const tile& from, const group_scales& by, bytes_16 book, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    floats sums[4] = {load(lanes), load(lanes + 4), load(lanes + 8), load(lanes + 12)};
    for (std::size_t g = 0; g < n_groups; ++g) {
        const group values = group_of<Coding>(from, by, book, g);
        for (std::size_t k = 0; k < 4; ++k) sums[k] = sums[k] + whole(whole(values.part[k]) * load(x + 16 * g + 4 * k));
    }
    for (std::size_t k = 0; k < 4; ++k) store(lanes + 4 * k, sums[k]);
}

[[nodiscard, gnu::always_inline]] inline auto book_of(const tiling& how) noexcept -> bytes_16 {
    bytes_16 book{};
    if (how.codes == coding::looked_up) std::memcpy(&book, how.codebook, sizeof book);
    return book;
}

inline void values(const tile& from, const tiling& how, std::size_t n_groups, float* out) noexcept {
    const bytes_16 book = book_of(how);
    group_scales by;
    make_scales(from, how, by);
    if (how.codes == coding::scaled) values_as<coding::scaled>(from, by, book, n_groups, out);
    else if (how.codes == coding::shifted) values_as<coding::shifted>(from, by, book, n_groups, out);
    else values_as<coding::looked_up>(from, by, book, n_groups, out);
}

inline void dot_tile(const tile& from, const tiling& how, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    const bytes_16 book = book_of(how);
    group_scales by;
    make_scales(from, how, by);
    if (how.codes == coding::scaled) dot_tile_as<coding::scaled>(from, by, book, n_groups, x, lanes);
    else if (how.codes == coding::shifted) dot_tile_as<coding::shifted>(from, by, book, n_groups, x, lanes);
    else dot_tile_as<coding::looked_up>(from, by, book, n_groups, x, lanes);
}

inline void dot(const float* w, const float* x, std::size_t n, float (&lanes)[n_lanes]) noexcept {
    floats sums[4] = {load(lanes), load(lanes + 4), load(lanes + 8), load(lanes + 12)};
    std::size_t i = 0;
    for (; n - i >= 16; i += 16)
        for (std::size_t k = 0; k < 4; ++k) sums[k] = sums[k] + whole(load(w + i + 4 * k) * load(x + i + 4 * k));
    for (std::size_t k = 0; k < 4; ++k) store(lanes + 4 * k, sums[k]);
    plain::dot(w + i, x + i, n - i, lanes);
}

inline void from_f16(const std::byte* from, std::size_t n, float* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 8; i += 8) {
        std::uint16_t halves[8];
        std::memcpy(halves, from + 2 * i, sizeof halves);
        store_halves(out + i, halves);
    }
    plain::from_f16(from + 2 * i, n - i, out + i);
}

inline void to_f16s(const float* from, std::size_t n, f16* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 8; i += 8) {
        const floats low = load(from + i), high = load(from + i + 4);
        shorts halves;
        asm("fcvtn %0.4h, %1.4s\n\tfcvtn2 %0.8h, %2.4s" : "=&w"(halves) : "w"(low), "w"(high));
        std::memcpy(static_cast<void*>(out + i), &halves, sizeof halves);
    }
    plain::to_f16s(from + i, n - i, out + i);
}

}  // namespace cria::inline v0::quant::detail::neon

#endif

#endif  // CRIA_QUANT_KERNELS_NEON_HPP
