// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_KERNELS_X86_HPP
#define CRIA_QUANT_KERNELS_X86_HPP

#include "cria/quant/kernels_plain.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy: vectors from any address

// The second step of dequantization on x86-64, with AVX2 and F16C, and with AVX-512. A kernel is called only after the
// processor has been asked (kernels.hpp); instructions are enabled function by function, so that a program needs no
// compiler flag. The bits are those of kernels_plain.hpp: `whole` keeps a compiler from fusing a product with the sum
// that takes it, which AVX-512 alone would let it do.
//
// Vectors are the compiler's own, with builtins where no operator says what is meant: <immintrin.h> costs more to compile
// than this module. g++ and clang have different builtins for the same instruction, hence `#if` in a few one-liners.
//
// Callers know nothing of a kernel but its declaration (noipa): g++ 12.2 at -O2 found that `avx2::values` writes nothing
// and dropped calls of it.
//
// Left out on Windows under GCC, whose stack is not aligned for vectors wider than 16 bytes (GCC bug 54412).

#if defined(CRIA_DETAIL_QUANT_TILES) && defined(__x86_64__) && !(defined(_WIN32) && !defined(__clang__))
#define CRIA_DETAIL_QUANT_X86 1

namespace cria::inline v0::quant::detail {

#define CRIA_DETAIL_AVX2 [[gnu::target("avx2,f16c")]]
#define CRIA_DETAIL_AVX512 [[gnu::target("avx512f,avx512bw,avx512vl,f16c")]]
#if defined(__clang__)
#define CRIA_DETAIL_KERNEL [[gnu::noinline]]
#else
#define CRIA_DETAIL_KERNEL [[gnu::noipa]]
#endif

using signed_8 [[gnu::vector_size(8)]] = signed char;
using signed_16 [[gnu::vector_size(16)]] = signed char;
using builtin_16 [[gnu::vector_size(16)]] = char;  // what builtins are declared with
using shorts_8 [[gnu::vector_size(16)]] = short;
using shorts_16 [[gnu::vector_size(32)]] = short;
using unsigned_shorts_8 [[gnu::vector_size(16)]] = unsigned short;
using unsigned_shorts_16 [[gnu::vector_size(32)]] = unsigned short;

namespace avx2 {

using ints [[gnu::vector_size(32)]] = int;
using floats [[gnu::vector_size(32)]] = float;

/// The first step, for this processor.
template <unpack_function Unpack>
struct compiled {
    CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL static void unpack(const std::byte* blocks, std::size_t n_blocks, tile& to) noexcept { Unpack(blocks, n_blocks, to); }
};

/// Sixteen floats: a group.
struct group {
    floats low, high;
};

CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto whole(floats value) noexcept -> floats {
    asm("" : "+x"(value));
    return value;
}
CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto load(const float* from) noexcept -> floats {
    floats value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
CRIA_DETAIL_AVX2 [[gnu::always_inline]] inline void store(float* to, floats value) noexcept { std::memcpy(to, &value, sizeof value); }
CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto broadcast(float value) noexcept -> floats {
    return floats{value, value, value, value, value, value, value, value};
}
/// Eight codes as floats.
CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto floats_of(std::uint64_t codes) noexcept -> floats {
#if defined(__clang__)
    return __builtin_convertvector(__builtin_convertvector(std::bit_cast<signed_8>(codes), ints), floats);
#else
    const auto in_front = reinterpret_cast<builtin_16>(words_16{codes, 0});
    return __builtin_convertvector(reinterpret_cast<ints>(__builtin_ia32_pmovsxbd256(in_front)), floats);
#endif
}
CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto looked_up(signed_16 codes, signed_16 book) noexcept -> signed_16 {
    return reinterpret_cast<signed_16>(__builtin_ia32_pshufb128(reinterpret_cast<builtin_16>(book), reinterpret_cast<builtin_16>(codes)));
}

CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto floats_of_halves(const std::uint16_t* from) noexcept -> floats {
    shorts_8 halves;
    std::memcpy(&halves, from, sizeof halves);
    return __builtin_ia32_vcvtph2ps256(halves);
}
CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto float_of_half(std::uint16_t bits) noexcept -> floats {
    const floats first = __builtin_ia32_vcvtph2ps256(shorts_8{static_cast<short>(bits), 0, 0, 0, 0, 0, 0, 0});
    return broadcast(first[0]);
}
CRIA_DETAIL_AVX2 [[gnu::always_inline]] inline void multiply(float* to, const std::int8_t* codes, floats by) noexcept {
    std::uint64_t halves[2];
    std::memcpy(halves, codes, sizeof halves);
    store(to, whole(floats_of(halves[0]) * by));
    store(to + 8, whole(floats_of(halves[1]) * by));
}
CRIA_DETAIL_AVX2 [[gnu::always_inline]] inline void make_scales(const tile& from, const tiling& how, group_scales& to) noexcept {
    if (how.scales == scaling::floats) {
        store(to.scales, load(from.scales));
        store(to.scales + 8, load(from.scales + 8));
    } else if (how.scales == scaling::halves) {
        store(to.scales, floats_of_halves(from.scale_halves));
        store(to.scales + 8, floats_of_halves(from.scale_halves + 8));
        if (how.codes != coding::shifted) return;
        store(to.offsets, floats_of_halves(from.offset_halves));
        store(to.offsets + 8, floats_of_halves(from.offset_halves + 8));
    } else {
        multiply(to.scales, from.scale_codes, float_of_half(from.scale_half) * broadcast(how.factor));
        if (how.codes == coding::shifted) multiply(to.offsets, from.offset_codes, float_of_half(from.offset_half));
    }
}

/// Group `g` of the tile.
template <coding Coding>
CRIA_DETAIL_AVX2 [[nodiscard, gnu::always_inline]] inline auto group_of(const tile& from, const group_scales& by, signed_16 book, std::size_t g) noexcept -> group {
    std::uint64_t codes[2];
    if constexpr (Coding == coding::looked_up) {
        signed_16 indices;
        std::memcpy(&indices, from.codes + 16 * g, sizeof indices);
        indices = looked_up(indices, book);
        std::memcpy(codes, &indices, sizeof codes);
    } else {
        std::memcpy(codes, from.codes + 16 * g, sizeof codes);
    }
    const floats scale = broadcast(by.scales[g]);
    group values{floats_of(codes[0]) * scale, floats_of(codes[1]) * scale};
    if constexpr (Coding == coding::shifted) {
        const floats offset = broadcast(by.offsets[g]);
        values = {whole(values.low) - offset, whole(values.high) - offset};
    }
    return values;
}

template <coding Coding>
CRIA_DETAIL_AVX2 [[gnu::always_inline]] inline void values_as(const tile& from, const group_scales& by, signed_16 book, std::size_t n_groups, float* out) noexcept {
#pragma GCC unroll 2
    for (std::size_t g = 0; g < n_groups; ++g) {
        const group values = group_of<Coding>(from, by, book, g);
        store(out + 16 * g, values.low);
        store(out + 16 * g + 8, values.high);
    }
}

template <coding Coding>
CRIA_DETAIL_AVX2 [[gnu::always_inline]] inline void dot_tile_as(const tile& from, const group_scales& by, signed_16 book, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    floats low = load(lanes), high = load(lanes + 8);
    for (std::size_t g = 0; g < n_groups; ++g) {
        const group values = group_of<Coding>(from, by, book, g);
        low = low + whole(whole(values.low) * load(x + 16 * g));
        high = high + whole(whole(values.high) * load(x + 16 * g + 8));
    }
    store(lanes, low);
    store(lanes + 8, high);
}

[[nodiscard, gnu::always_inline]] inline auto book_of(const tiling& how) noexcept -> signed_16 {
    signed_16 book{};
    if (how.codes == coding::looked_up) std::memcpy(&book, how.codebook, sizeof book);
    return book;
}

CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void values(const tile& from, const tiling& how, std::size_t n_groups, float* out) noexcept {
    const signed_16 book = book_of(how);
    group_scales by;
    make_scales(from, how, by);
    if (how.codes == coding::scaled) values_as<coding::scaled>(from, by, book, n_groups, out);
    else if (how.codes == coding::shifted) values_as<coding::shifted>(from, by, book, n_groups, out);
    else values_as<coding::looked_up>(from, by, book, n_groups, out);
}

CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void dot_tile(const tile& from, const tiling& how, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    const signed_16 book = book_of(how);
    group_scales by;
    make_scales(from, how, by);
    if (how.codes == coding::scaled) dot_tile_as<coding::scaled>(from, by, book, n_groups, x, lanes);
    else if (how.codes == coding::shifted) dot_tile_as<coding::shifted>(from, by, book, n_groups, x, lanes);
    else dot_tile_as<coding::looked_up>(from, by, book, n_groups, x, lanes);
}

CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void dot(const float* w, const float* x, std::size_t n, float (&lanes)[n_lanes]) noexcept {
    floats low = load(lanes), high = load(lanes + 8);
    std::size_t i = 0;
    for (; n - i >= 16; i += 16) {
        low = low + whole(load(w + i) * load(x + i));
        high = high + whole(load(w + i + 8) * load(x + i + 8));
    }
    store(lanes, low);
    store(lanes + 8, high);
    plain::dot(w + i, x + i, n - i, lanes);
}

CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void from_f16(const std::byte* from, std::size_t n, float* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 8; i += 8) {
        shorts_8 halves;
        std::memcpy(&halves, from + 2 * i, sizeof halves);
        store(out + i, __builtin_ia32_vcvtph2ps256(halves));
    }
    plain::from_f16(from + 2 * i, n - i, out + i);
}
CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void from_bf16(const std::byte* from, std::size_t n, float* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 8; i += 8) {
        shorts_8 halves;
        std::memcpy(&halves, from + 2 * i, sizeof halves);
#if defined(__clang__)
        const auto wide = __builtin_convertvector(halves, ints);
#else
        const auto wide = reinterpret_cast<ints>(__builtin_ia32_pmovsxwd256(halves));
#endif
        store(out + i, reinterpret_cast<floats>(wide << 16));
    }
    plain::from_bf16(from + 2 * i, n - i, out + i);
}
CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void to_f16s(const float* from, std::size_t n, f16* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 8; i += 8) {
        const auto halves = __builtin_ia32_vcvtps2ph256(load(from + i), 0);  // to nearest, ties to even
        std::memcpy(static_cast<void*>(out + i), &halves, sizeof halves);
    }
    plain::to_f16s(from + i, n - i, out + i);
}

/// Copies past the caches: who writes far more than they hold would only push out what is there, and each line would be
/// read before it is written. Needs `stop_streaming` before anybody else reads.
CRIA_DETAIL_AVX2 CRIA_DETAIL_KERNEL inline void stream(const float* from, std::size_t n, float* to) noexcept {
    std::size_t i = 0;
    for (; i < n && reinterpret_cast<std::uintptr_t>(to + i) % 64 != 0; ++i) to[i] = from[i];
    for (; n - i >= 16; i += 16) {
#if defined(__clang__)
        __builtin_nontemporal_store(load(from + i), reinterpret_cast<floats*>(to + i));
        __builtin_nontemporal_store(load(from + i + 8), reinterpret_cast<floats*>(to + i + 8));
#else
        __builtin_ia32_movntps256(to + i, load(from + i));
        __builtin_ia32_movntps256(to + i + 8, load(from + i + 8));
#endif
    }
    for (; i < n; ++i) to[i] = from[i];
}
inline void stop_streaming() noexcept { __builtin_ia32_sfence(); }

}  // namespace avx2

namespace avx512 {

using ints [[gnu::vector_size(64)]] = int;
using floats [[gnu::vector_size(64)]] = float;

CRIA_DETAIL_AVX512 [[nodiscard, gnu::always_inline]] inline auto whole(floats value) noexcept -> floats {
    asm("" : "+v"(value));
    return value;
}
CRIA_DETAIL_AVX512 [[nodiscard, gnu::always_inline]] inline auto load(const float* from) noexcept -> floats {
    floats value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
CRIA_DETAIL_AVX512 [[gnu::always_inline]] inline void store(float* to, floats value) noexcept { std::memcpy(to, &value, sizeof value); }
CRIA_DETAIL_AVX512 [[nodiscard, gnu::always_inline]] inline auto broadcast(float v) noexcept -> floats {
    return floats{v, v, v, v, v, v, v, v, v, v, v, v, v, v, v, v};
}
CRIA_DETAIL_AVX512 [[nodiscard, gnu::always_inline]] inline auto floats_of(signed_16 codes) noexcept -> floats {
#if defined(__clang__)
    return __builtin_convertvector(__builtin_convertvector(codes, ints), floats);
#else
    const auto wide = __builtin_ia32_pmovsxbd512_mask(reinterpret_cast<builtin_16>(codes), ints{}, static_cast<unsigned short>(-1));
    return __builtin_convertvector(wide, floats);
#endif
}

CRIA_DETAIL_AVX512 [[gnu::always_inline]] inline void multiply(float* to, const std::int8_t* codes, std::uint16_t half_bits, float factor) noexcept {
    signed_16 numbers;
    std::memcpy(&numbers, codes, sizeof numbers);
    store(to, whole(floats_of(numbers) * broadcast(avx2::float_of_half(half_bits)[0] * factor)));
}
CRIA_DETAIL_AVX512 [[gnu::always_inline]] inline void make_scales(const tile& from, const tiling& how, group_scales& to) noexcept {
    if (how.scales != scaling::coded) {
        avx2::make_scales(from, how, to);
    } else {
        multiply(to.scales, from.scale_codes, from.scale_half, how.factor);
        if (how.codes == coding::shifted) multiply(to.offsets, from.offset_codes, from.offset_half, 1);
    }
}

/// Group `g` of the tile.
template <coding Coding>
CRIA_DETAIL_AVX512 [[nodiscard, gnu::always_inline]] inline auto group_of(const tile& from, const group_scales& by, signed_16 book, std::size_t g) noexcept
    -> floats {
    signed_16 codes;
    std::memcpy(&codes, from.codes + 16 * g, sizeof codes);
    if constexpr (Coding == coding::looked_up) codes = avx2::looked_up(codes, book);
    const floats values = floats_of(codes) * broadcast(by.scales[g]);
    if constexpr (Coding == coding::shifted) return whole(values) - broadcast(by.offsets[g]);
    else return values;
}

template <coding Coding>
CRIA_DETAIL_AVX512 [[gnu::always_inline]] inline void values_as(const tile& from, const group_scales& by, signed_16 book, std::size_t n_groups, float* out) noexcept {
#pragma GCC unroll 2
    for (std::size_t g = 0; g < n_groups; ++g) store(out + 16 * g, group_of<Coding>(from, by, book, g));
}

template <coding Coding>
CRIA_DETAIL_AVX512 [[gnu::always_inline]] inline void dot_tile_as(const tile& from, const group_scales& by, signed_16 book, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    floats sums = load(lanes);
    for (std::size_t g = 0; g < n_groups; ++g) sums = sums + whole(whole(group_of<Coding>(from, by, book, g)) * load(x + 16 * g));
    store(lanes, sums);
}

CRIA_DETAIL_AVX512 CRIA_DETAIL_KERNEL inline void values(const tile& from, const tiling& how, std::size_t n_groups, float* out) noexcept {
    group_scales by;
    make_scales(from, how, by);
    const signed_16 book = avx2::book_of(how);
    if (how.codes == coding::scaled) values_as<coding::scaled>(from, by, book, n_groups, out);
    else if (how.codes == coding::shifted) values_as<coding::shifted>(from, by, book, n_groups, out);
    else values_as<coding::looked_up>(from, by, book, n_groups, out);
}

CRIA_DETAIL_AVX512 CRIA_DETAIL_KERNEL inline void dot_tile(const tile& from, const tiling& how, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    group_scales by;
    make_scales(from, how, by);
    const signed_16 book = avx2::book_of(how);
    if (how.codes == coding::scaled) dot_tile_as<coding::scaled>(from, by, book, n_groups, x, lanes);
    else if (how.codes == coding::shifted) dot_tile_as<coding::shifted>(from, by, book, n_groups, x, lanes);
    else dot_tile_as<coding::looked_up>(from, by, book, n_groups, x, lanes);
}

CRIA_DETAIL_AVX512 CRIA_DETAIL_KERNEL inline void dot(const float* w, const float* x, std::size_t n, float (&lanes)[n_lanes]) noexcept {
    floats sums = load(lanes);
    std::size_t i = 0;
    for (; n - i >= 16; i += 16) sums = sums + whole(load(w + i) * load(x + i));
    store(lanes, sums);
    plain::dot(w + i, x + i, n - i, lanes);
}

CRIA_DETAIL_AVX512 CRIA_DETAIL_KERNEL inline void from_f16(const std::byte* from, std::size_t n, float* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 16; i += 16) {
        shorts_16 halves;
        std::memcpy(&halves, from + 2 * i, sizeof halves);
        store(out + i, __builtin_ia32_vcvtph2ps512_mask(halves, floats{}, static_cast<unsigned short>(-1), 4));  // 4: as the rounding mode is
    }
    plain::from_f16(from + 2 * i, n - i, out + i);
}
CRIA_DETAIL_AVX512 CRIA_DETAIL_KERNEL inline void from_bf16(const std::byte* from, std::size_t n, float* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 16; i += 16) {
        shorts_16 halves;
        std::memcpy(&halves, from + 2 * i, sizeof halves);
#if defined(__clang__)
        const auto wide = __builtin_convertvector(halves, ints);
#else
        const auto wide = __builtin_ia32_pmovsxwd512_mask(halves, ints{}, static_cast<unsigned short>(-1));
#endif
        store(out + i, reinterpret_cast<floats>(wide << 16));
    }
    plain::from_bf16(from + 2 * i, n - i, out + i);
}
CRIA_DETAIL_AVX512 CRIA_DETAIL_KERNEL inline void to_f16s(const float* from, std::size_t n, f16* out) noexcept {
    std::size_t i = 0;
    for (; n - i >= 16; i += 16) {
        const auto halves = __builtin_ia32_vcvtps2ph512_mask(load(from + i), 0, shorts_16{}, static_cast<unsigned short>(-1));
        std::memcpy(static_cast<void*>(out + i), &halves, sizeof halves);
    }
    plain::to_f16s(from + i, n - i, out + i);
}

}  // namespace avx512

#undef CRIA_DETAIL_AVX2
#undef CRIA_DETAIL_AVX512
#undef CRIA_DETAIL_KERNEL

}  // namespace cria::inline v0::quant::detail

#endif

#endif  // CRIA_QUANT_KERNELS_X86_HPP
