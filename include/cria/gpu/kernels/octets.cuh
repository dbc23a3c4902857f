// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_KERNELS_OCTETS_CUH
#define CRIA_GPU_KERNELS_OCTETS_CUH

// Eight consecutive elements of a block at a time: what one thread of a device does, because eight halves are the sixteen
// bytes that it stores best. quant/blocks.hpp is the definition; here is a struct a type, which says how an octet's codes
// are taken out of a block, four to a word, and what they are multiplied with:
//
//     value = code · scale   or   code · scale − offset
//
// Like the tiles of quant/tile.hpp, and with its reasons why the bits are those of the definition. Everything here is
// also C++ for a plain compiler, so that it is tested where there is no device. On a device no product is joined with a sum
// and no subnormal is flushed, whatever the flags: arithmetic on floats is written as the instructions that are meant.

#if defined(__CUDACC_RTC__)
#define CRIA_DETAIL_ANYWHERE __device__ __forceinline__
#elif defined(__CUDACC__)
#define CRIA_DETAIL_ANYWHERE __host__ __device__ __forceinline__
#else
#define CRIA_DETAIL_ANYWHERE inline
#endif

#if defined(__CUDA_ARCH__)
#define CRIA_DETAIL_UNROLL _Pragma("unroll")
#else
#define CRIA_DETAIL_UNROLL
#endif

#if !defined(__CUDACC_RTC__)
#include "cria/quant/blocks.hpp"

#include <bit>      // bit_cast
#include <cstring>  // memcpy
#endif

#include "cria/quant/codebooks.hpp"

namespace cria::inline v0::gpu::kernels {

using u8 = unsigned char;
using u16 = unsigned short;
using u32 = unsigned int;
using u64 = unsigned long long;

/// The octet's codes and what they are multiplied with. Code i, plus the type's bias, is byte i.
struct octet {
    u32 first, second;
    float scale, offset;
};

struct eight_bytes {
    u32 first, second;
};
struct sixteen_bytes {
    u32 words[4];
};

// What is written differently for a device ------------------------------------------------------------

#if defined(__CUDA_ARCH__)

CRIA_DETAIL_ANYWHERE float multiplied(float a, float b) {
    float c;
    asm("mul.rn.f32 %0, %1, %2;" : "=f"(c) : "f"(a), "f"(b));
    return c;
}
CRIA_DETAIL_ANYWHERE float difference(float a, float b) {
    float c;
    asm("sub.rn.f32 %0, %1, %2;" : "=f"(c) : "f"(a), "f"(b));
    return c;
}
CRIA_DETAIL_ANYWHERE float from_half(u32 bits) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(static_cast<u16>(bits)));
    return value;
}
CRIA_DETAIL_ANYWHERE float from_double(u64 bits) {
    float value;
    asm("cvt.rn.f32.f64 %0, %1;" : "=f"(value) : "d"(__longlong_as_double(static_cast<long long>(bits))));
    return value;
}
/// Two floats, rounded to halves, the first in the lower bits.
CRIA_DETAIL_ANYWHERE u32 to_halves(float first, float second) {
    u32 pair;
    asm("{\n\t.reg .b16 lower, upper;\n\t"
        "cvt.rn.f16.f32 lower, %1;\n\t"
        "cvt.rn.f16.f32 upper, %2;\n\t"
        "mov.b32 %0, {lower, upper};\n\t}"
        : "=r"(pair)
        : "f"(first), "f"(second));
    return pair;
}
CRIA_DETAIL_ANYWHERE float as_float(u32 bits) { return __uint_as_float(bits); }
CRIA_DETAIL_ANYWHERE u32 as_bits(float value) { return __float_as_uint(value); }
/// Byte i of the result is that byte of b·2³² + a whose number is nibble i of `which`, of three bits.
CRIA_DETAIL_ANYWHERE u32 picked(u32 a, u32 b, u32 which) { return __byte_perm(a, b, which); }
CRIA_DETAIL_ANYWHERE u32 parity(u32 bits) { return __popc(bits) & 1; }

CRIA_DETAIL_ANYWHERE u32 load_2(const u8* at) { return *reinterpret_cast<const u16*>(at); }
/// Words whose address is a multiple of `Alignment`.
template <u32 Alignment>
CRIA_DETAIL_ANYWHERE u32 load_4(const u8* at) {
    if constexpr (Alignment >= 4) return *reinterpret_cast<const u32*>(at);
    else if constexpr (Alignment == 2) return load_2(at) | load_2(at + 2) << 16;
    else return at[0] | at[1] << 8 | at[2] << 16 | static_cast<u32>(at[3]) << 24;
}
template <u32 Alignment>
CRIA_DETAIL_ANYWHERE eight_bytes load_8(const u8* at) {
    if constexpr (Alignment >= 8) {
        const uint2 words = *reinterpret_cast<const uint2*>(at);
        return {words.x, words.y};
    } else if constexpr (Alignment >= 2) {
        return {load_4<Alignment>(at), load_4<Alignment>(at + 4)};
    } else {  // three words around them; blocks lie in memory that begins and ends with a whole word
        const u32 beyond = static_cast<u32>(reinterpret_cast<u64>(at)) % 4;
        const u32* const words = reinterpret_cast<const u32*>(at - beyond);
        return {__funnelshift_r(words[0], words[1], 8 * beyond), __funnelshift_r(words[1], words[2], 8 * beyond)};
    }
}

/// The address is a multiple of 16.
CRIA_DETAIL_ANYWHERE sixteen_bytes load_16(const u8* at) {
    const uint4 words = *reinterpret_cast<const uint4*>(at);
    return {{words.x, words.y, words.z, words.w}};
}

#elif !defined(__CUDACC_RTC__)

CRIA_DETAIL_ANYWHERE float multiplied(float a, float b) { return quant::detail::rounded(a * b); }
CRIA_DETAIL_ANYWHERE float difference(float a, float b) { return quant::detail::rounded(a - b); }
CRIA_DETAIL_ANYWHERE float from_half(u32 bits) { return quant::to_float(quant::f16{static_cast<u16>(bits)}); }
CRIA_DETAIL_ANYWHERE float from_double(u64 bits) { return static_cast<float>(std::bit_cast<double>(bits)); }
CRIA_DETAIL_ANYWHERE u32 to_halves(float first, float second) {
    return static_cast<u32>(quant::to_f16(first).bits) | static_cast<u32>(quant::to_f16(second).bits) << 16U;
}
CRIA_DETAIL_ANYWHERE float as_float(u32 bits) { return std::bit_cast<float>(bits); }
CRIA_DETAIL_ANYWHERE u32 as_bits(float value) { return std::bit_cast<u32>(value); }
CRIA_DETAIL_ANYWHERE u32 picked(u32 a, u32 b, u32 which) {
    const u64 both = static_cast<u64>(b) << 32U | a;
    u32 bytes = 0;
    for (u32 i = 0; i < 4; ++i) bytes |= static_cast<u32>(both >> 8 * (which >> 4 * i & 7U) & 0xFFU) << 8 * i;
    return bytes;
}
CRIA_DETAIL_ANYWHERE u32 parity(u32 bits) { return static_cast<u32>(std::popcount(bits)) & 1U; }

CRIA_DETAIL_ANYWHERE u32 load_2(const u8* at) { return quant::detail::u16(reinterpret_cast<const std::byte*>(at)); }
template <u32 Alignment>
CRIA_DETAIL_ANYWHERE u32 load_4(const u8* at) { return quant::detail::u32(reinterpret_cast<const std::byte*>(at)); }
template <u32 Alignment>
CRIA_DETAIL_ANYWHERE eight_bytes load_8(const u8* at) { return {load_4<1>(at), load_4<1>(at + 4)}; }
CRIA_DETAIL_ANYWHERE sixteen_bytes load_16(const u8* at) { return {{load_4<1>(at), load_4<1>(at + 4), load_4<1>(at + 8), load_4<1>(at + 12)}}; }

#endif

// Bytes, four to a word -------------------------------------------------------------------------------

/// Both words' nibbles: the low ones (0) or the high ones (1).
CRIA_DETAIL_ANYWHERE eight_bytes nibbles(eight_bytes of, u32 which) {
    return {of.first >> 4 * which & 0x0F0F0F0FU, of.second >> 4 * which & 0x0F0F0F0FU};
}
CRIA_DETAIL_ANYWHERE eight_bytes bits_at(eight_bytes of, u32 shift, u32 mask) { return {of.first >> shift & mask, of.second >> shift & mask}; }
/// Four bits, each the lowest of a byte of its own, times 2^Shift.
template <u32 Shift = 0>
CRIA_DETAIL_ANYWHERE u32 spread_1(u32 bits) { return (bits & 15U) * (0x00204081U << Shift) & 0x01010101U << Shift; }
/// Four codes of two bits.
CRIA_DETAIL_ANYWHERE u32 spread_2(u32 bits) {
    bits = (bits & 0x0FU) | (bits & 0xF0U) << 12U;
    return (bits & 0x00030003U) | (bits & 0x000C000CU) << 6U;
}
/// The bytes, negative where a bit is set; none of them is 0. Plus 128.
CRIA_DETAIL_ANYWHERE u32 negated(u32 bytes, u32 signs) {
    const u32 ones = spread_1(signs);
    return ((bytes ^ ones * 0xFFU) + ones) ^ 0x80808080U;
}
/// Eight signs from seven bits: the number of negative ones is even.
CRIA_DETAIL_ANYWHERE u32 even_signs(u32 code) { return code | parity(code) << 7U; }

/// Sixteen signed bytes, plus 128, as words.
struct codebook {
    u32 words[4];
};
template <class Values>
[[nodiscard]] constexpr codebook biased(const Values& values) {
    codebook made{};
    for (u32 i = 0; i < 16; ++i) made.words[i / 4] |= static_cast<u32>(values[i] + 128) << 8 * (i % 4);
    return made;
}
inline constexpr codebook iq4_book = biased(quant::detail::iq4_values);
inline constexpr codebook fp4_book = biased(quant::detail::fp4_values);

/// The value of each of four codes below 16.
template <codebook In>
CRIA_DETAIL_ANYWHERE u32 looked_up(u32 codes) {
    constexpr u32 words[] = {In.words[0], In.words[1], In.words[2], In.words[3]};
    const u32 packed = picked(codes | codes >> 4U, 0, 0x4420);  // a nibble each
    const u32 low = picked(words[0], words[1], packed & 0x7777U), high = picked(words[2], words[3], packed & 0x7777U);
    return picked(low, high, 0x3210U | (packed & 0x8888U) >> 1U);
}

/// Byte `i` of `bytes`, as a number, less `bias`.
template <u32 Bias>
CRIA_DETAIL_ANYWHERE float number_of_byte(u32 bytes, u32 i) {
    return difference(as_float(picked(bytes, 0x4B000000U, 0x7650U + i)), 8388608.0F + static_cast<float>(Bias));  // 2²³ + byte, without its 2²³
}
/// A number, or what is left of one that had something taken from it.
CRIA_DETAIL_ANYWHERE float number(u32 value) { return static_cast<float>(static_cast<int>(value)); }
CRIA_DETAIL_ANYWHERE float negative(float value) { return as_float(as_bits(value) ^ 0x80000000U); }
/// scale · (½ + code) · factor.
CRIA_DETAIL_ANYWHERE float half_odd(float scale, u32 code, float factor) { return multiplied(multiplied(scale, 0.5F + number(code)), factor); }

// The types -------------------------------------------------------------------------------------------

namespace format {

/// What most types have in common. `codes` is what the type adds: octet `o` of the block at `b`.
template <class Type, u32 Elements, u32 Bytes, u32 Bias, bool IsShifted = false>
struct coded {
    static constexpr u32 block_elements = Elements, block_bytes = Bytes, grid_size = 0;
    using grid_entry = u32;

    CRIA_DETAIL_ANYWHERE static void decode(const u8* b, u32 o, const grid_entry*, float (&to)[8]) { values(Type::codes(b, o), to); }
    CRIA_DETAIL_ANYWHERE static void values(const octet& of, float (&to)[8]) {
        CRIA_DETAIL_UNROLL
        for (u32 i = 0; i < 8; ++i) {
            to[i] = multiplied(number_of_byte<Bias>(i < 4 ? of.first : of.second, i % 4), of.scale);
            if constexpr (IsShifted) to[i] = difference(to[i], of.offset);
        }
    }
};
/// The same with a grid, a table that is handed in: its entry for an index is four or eight codes.
template <class Type, u32 Bytes, class Entry, u32 GridSize>
struct coded_by_grid : coded<Type, 256, Bytes, 128> {
    static constexpr u32 grid_size = GridSize;
    using grid_entry = Entry;

    CRIA_DETAIL_ANYWHERE static void decode(const u8* b, u32 o, const Entry* grid, float (&to)[8]) {
        coded<Type, 256, Bytes, 128>::values(Type::codes(b, o, grid), to);
    }
};

// Blocks of 32 with one scale, and perhaps a value that is added.

struct q4_0 : coded<q4_0, 32, 18, 8> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<2>(b + 2 + 8 * (o % 2)), o / 2);
        return {low.first, low.second, from_half(load_2(b)), 0};
    }
};
struct q4_1 : coded<q4_1, 32, 20, 0, true> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<4>(b + 4 + 8 * (o % 2)), o / 2);
        const u32 halves = load_4<4>(b);
        return {low.first, low.second, from_half(halves & 0xFFFFU), negative(from_half(halves >> 16U))};
    }
};
struct q5_0 : coded<q5_0, 32, 22, 16> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<2>(b + 6 + 8 * (o % 2)), o / 2);
        const u32 high = b[2 + o];
        return {low.first | spread_1<4>(high), low.second | spread_1<4>(high >> 4U), from_half(load_2(b)), 0};
    }
};
struct q5_1 : coded<q5_1, 32, 24, 0, true> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<8>(b + 8 + 8 * (o % 2)), o / 2);
        const eight_bytes head = load_8<8>(b);
        const u32 high = head.second >> 8 * o;
        return {low.first | spread_1<4>(high), low.second | spread_1<4>(high >> 4U), from_half(head.first & 0xFFFFU), negative(from_half(head.first >> 16U))};
    }
};
struct q8_0 : coded<q8_0, 32, 34, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes bytes = load_8<2>(b + 2 + 8 * o);
        return {bytes.first ^ 0x80808080U, bytes.second ^ 0x80808080U, from_half(load_2(b)), 0};
    }
};
struct q8_1 : coded<q8_1, 32, 36, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes bytes = load_8<4>(b + 4 + 8 * o);
        return {bytes.first ^ 0x80808080U, bytes.second ^ 0x80808080U, from_half(load_2(b)), 0};
    }
};
struct iq4_nl : coded<iq4_nl, 32, 18, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<2>(b + 2 + 8 * (o % 2)), o / 2);
        return {looked_up<iq4_book>(low.first), looked_up<iq4_book>(low.second), from_half(load_2(b)), 0};
    }
};
struct mxfp4 : coded<mxfp4, 32, 17, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<1>(b + 1 + 8 * (o % 2)), o / 2);
        const u32 e = b[0];  // half of the scale 2^(e−127), since the values are doubled
        return {looked_up<fp4_book>(low.first), looked_up<fp4_book>(low.second), as_float(e < 2 ? 0x00200000U << e : (e - 1) << 23U), 0};
    }
};

// Blocks of 64 and 128.

struct nvfp4 : coded<nvfp4, 64, 36, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const u32 part = o / 2;
        const eight_bytes low = nibbles(load_8<4>(b + 4 + 8 * part), o % 2);
        return {looked_up<fp4_book>(low.first), looked_up<fp4_book>(low.second), half_scale(b[part]), 0};
    }
    /// Half of the unsigned E4M3 scale: 7F is 0, and the top bit changes nothing.
    CRIA_DETAIL_ANYWHERE static float half_scale(u32 c) {
        const u32 exponent = c >> 3U & 15U, fraction = c & 7U;
        const float scale = exponent == 0 ? multiplied(number(fraction), 0x1p-10F) : as_float((exponent + 119) << 23U | fraction << 20U);
        return c == 0x7F ? 0.0F : scale;
    }
};
struct q1_0 : coded<q1_0, 128, 18, 1> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const u32 bits = b[2 + o];
        return {spread_1<1>(bits), spread_1<1>(bits >> 4U), from_half(load_2(b)), 0};
    }
};
struct q2_0 : coded<q2_0, 64, 18, 1> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const u32 bits = load_2(b + 2 + 2 * o);
        return {spread_2(bits), spread_2(bits >> 8U), from_half(load_2(b)), 0};
    }
};

// Blocks of 256 whose parts have scales of their own. Codes of two bits: half a block takes 32 bytes.

CRIA_DETAIL_ANYWHERE u32 two_bits_at(u32 o) { return 32 * (o / 16) + 8 * (o % 4); }
CRIA_DETAIL_ANYWHERE u32 two_bits_shift(u32 o) { return 2 * (o % 16 / 4); }

struct q2_k : coded<q2_k, 256, 84, 0, true> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = bits_at(load_8<4>(b + 16 + two_bits_at(o)), two_bits_shift(o), 0x03030303U);
        const u32 scales = b[o / 2], halves = load_4<4>(b + 80);
        return {low.first, low.second, multiplied(from_half(halves & 0xFFFFU), number(scales & 15U)), multiplied(from_half(halves >> 16U), number(scales >> 4U))};
    }
};
struct q3_k : coded<q3_k, 256, 110, 4> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = bits_at(load_8<2>(b + 32 + two_bits_at(o)), two_bits_shift(o), 0x03030303U);
        const eight_bytes high = bits_at(load_8<2>(b + 8 * (o % 4)), o / 4, 0x01010101U);
        const u8* const scales = b + 96;
        const u32 k = o / 2;
        const u32 scale = (scales[k % 8] >> 4 * (k / 8) & 15U) | (scales[8 + k % 4] >> 2 * (k / 4) & 3U) << 4U;
        return {low.first | high.first << 2U, low.second | high.second << 2U, multiplied(from_half(load_2(b + 108)), number(scale - 32)), 0};
    }
};

/// Scale and offset of six bits each, of part `j` of eight, for Q4_K and Q5_K.
struct six_bits {
    float scale, offset;
    CRIA_DETAIL_ANYWHERE static six_bits of(const u8* b, u32 j) {
        const sixteen_bytes head = load_16(b);
        const u32 shift = 8 * (j % 4);
        const u32 halves = head.words[0], first = head.words[1] >> shift, second = head.words[2] >> shift, third = head.words[3] >> shift;
        const u32 scale = j < 4 ? first & 63U : (third & 15U) | (first >> 2U & 48U);
        const u32 min = j < 4 ? second & 63U : (third >> 4U & 15U) | (second >> 2U & 48U);
        return {multiplied(from_half(halves & 0xFFFFU), number(scale)), multiplied(from_half(halves >> 16U), number(min))};
    }
};
struct q4_k : coded<q4_k, 256, 144, 0, true> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<8>(b + 16 + 32 * (o / 8) + 8 * (o % 4)), o / 4 % 2);
        const six_bits by = six_bits::of(b, o / 4);
        return {low.first, low.second, by.scale, by.offset};
    }
};
struct q5_k : coded<q5_k, 256, 176, 0, true> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = nibbles(load_8<8>(b + 48 + 32 * (o / 8) + 8 * (o % 4)), o / 4 % 2);
        const eight_bytes high = bits_at(load_8<8>(b + 16 + 8 * (o % 4)), o / 4, 0x01010101U);
        const six_bits by = six_bits::of(b, o / 4);
        return {low.first | high.first << 4U, low.second | high.second << 4U, by.scale, by.offset};
    }
};
struct q6_k : coded<q6_k, 256, 210, 32> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const u32 quarter = o % 16 / 4;
        const eight_bytes low = nibbles(load_8<2>(b + 64 * (o / 16) + 32 * (quarter % 2) + 8 * (o % 4)), quarter / 2);
        const eight_bytes high = bits_at(load_8<2>(b + 128 + two_bits_at(o)), two_bits_shift(o), 0x03030303U);
        const float scale = static_cast<float>(static_cast<signed char>(b[192 + o / 2]));
        return {low.first | high.first << 4U, low.second | high.second << 4U, multiplied(from_half(load_2(b + 208)), scale), 0};
    }
};
struct q8_k : coded<q8_k, 256, 292, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes bytes = load_8<4>(b + 4 + 8 * o);
        return {bytes.first ^ 0x80808080U, bytes.second ^ 0x80808080U, as_float(load_4<4>(b)), 0};
    }
};
struct iq4_xs : coded<iq4_xs, 256, 136, 128> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const u32 g = o / 4;
        const eight_bytes low = nibbles(load_8<8>(b + 8 + 16 * g + 8 * (o % 2)), o % 4 / 2);
        const eight_bytes head = load_8<8>(b);
        const u32 scale = (head.second >> 4 * g & 15U) | (head.first >> (16 + 2 * g) & 3U) << 4U;
        return {looked_up<iq4_book>(low.first), looked_up<iq4_book>(low.second), multiplied(from_half(head.first & 0xFFFFU), number(scale - 32)), 0};
    }
};

// Ternary.

struct tq1_0 : coded<tq1_0, 256, 54, 1> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        // Five digits are one byte; of the last four bytes there are four, so the last two octets have each of them twice.
        const bool is_last = o >= 30;
        const u32 at = o < 20 ? 8 * (o % 4) : is_last ? 48 : 32 + 8 * (o % 2), n = o < 20 ? o / 4 : is_last ? 2 * (o - 30) : (o - 20) / 2;
        return {digits(load_4<2>(b + at), n), digits(load_4<2>(b + (is_last ? at : at + 4)), is_last ? n + 1 : n), from_half(load_2(b + 52)), 0};
    }
    /// Digit n of each of four bytes, which are fractions: times 3ⁿ, modulo 1, times 3.
    CRIA_DETAIL_ANYWHERE static u32 digits(u32 bytes, u32 n) {
        const u32 power = static_cast<u32>(0x511B090301ULL >> 8 * n) & 0xFFU;
        const u32 even = ((bytes & 0x00FF00FFU) * power & 0x00FF00FFU) * 3, odd = ((bytes >> 8U & 0x00FF00FFU) * power & 0x00FF00FFU) * 3;
        return (even >> 8U & 0x00030003U) | (odd & 0x03000300U);
    }
};
struct tq2_0 : coded<tq2_0, 256, 66, 1> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o) {
        const eight_bytes low = bits_at(load_8<2>(b + two_bits_at(o)), two_bits_shift(o), 0x03030303U);
        return {low.first, low.second, from_half(load_2(b + 64)), 0};
    }
};

// Grids.

CRIA_DETAIL_ANYWHERE octet signed_octet(u64 entry, u32 signs, float scale) {
    return {negated(static_cast<u32>(entry), signs), negated(static_cast<u32>(entry >> 32U), signs >> 4U), scale, 0};
}
CRIA_DETAIL_ANYWHERE octet signed_octet(u32 first, u32 second, u32 signs, float scale) { return {negated(first, signs), negated(second, signs >> 4U), scale, 0}; }

struct iq2_xxs : coded_by_grid<iq2_xxs, 66, u64, 256> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u64* grid) {
        const u8* const group = b + 2 + 8 * (o / 4);
        const u32 l = o % 4, bits = load_4<2>(group + 4);
        return signed_octet(grid[group[l]], even_signs(bits >> 7 * l & 127U), half_odd(from_half(load_2(b)), bits >> 28U, 0.25F));
    }
};
struct iq2_xs : coded_by_grid<iq2_xs, 74, u64, 512> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u64* grid) {
        const u32 code = load_2(b + 2 + 2 * o), scale = b[66 + o / 4] >> 4 * (o % 4 / 2) & 15U;
        return signed_octet(grid[code & 511U], even_signs(code >> 9U), half_odd(from_half(load_2(b)), scale, 0.25F));
    }
};
struct iq2_s : coded_by_grid<iq2_s, 82, u64, 1024> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u64* grid) {
        const u32 g = o / 4, index = b[2 + o] | (b[66 + g] >> 2 * (o % 4) & 3U) << 8U, scale = b[74 + g] >> 4 * (o % 4 / 2) & 15U;
        return signed_octet(grid[index], b[34 + o], half_odd(from_half(load_2(b)), scale, 0.25F));
    }
};
struct iq3_xxs : coded_by_grid<iq3_xxs, 98, u32, 256> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u32* grid) {
        const u32 bits = load_4<2>(b + 66 + 4 * (o / 4)), indices = load_2(b + 2 + 2 * o);
        return signed_octet(grid[indices & 255U], grid[indices >> 8U], even_signs(bits >> 7 * (o % 4) & 127U), half_odd(from_half(load_2(b)), bits >> 28U, 0.5F));
    }
};
struct iq3_s : coded_by_grid<iq3_s, 110, u32, 512> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u32* grid) {
        const u32 g = o / 4, high = static_cast<u32>(b[66 + g]) >> 2 * (o % 4), indices = load_2(b + 2 + 2 * o);
        const u32 scale = b[106 + g / 2] >> 4 * (g % 2) & 15U;
        return signed_octet(grid[(indices & 255U) | (high & 1U) << 8U], grid[indices >> 8U | (high & 2U) << 7U], b[74 + o],
                            multiplied(from_half(load_2(b)), number(1 + 2 * scale)));
    }
};

/// scale · (2·code + 1) · (grid ± ⅛); the grid holds eight times its values.
CRIA_DETAIL_ANYWHERE octet one_off(u64 entry, bool is_down, float scale, u32 code) {
    const u32 step = is_down ? 0xFEFEFEFFU : 0x01010101U;  // −1 is a borrow, which is added once
    return {(static_cast<u32>(entry) ^ 0x80808080U) + step, (static_cast<u32>(entry >> 32U) ^ 0x80808080U) + step,
            multiplied(multiplied(scale, number(2 * code + 1)), 0.125F), 0};
}
struct iq1_s : coded_by_grid<iq1_s, 50, u64, 2048> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u64* grid) {
        const u32 bits = load_2(b + 34 + 2 * (o / 4)), index = b[2 + o] | (bits >> 3 * (o % 4) & 7U) << 8U;
        return one_off(grid[index], (bits & 0x8000U) != 0, from_half(load_2(b)), bits >> 12U & 7U);
    }
};
struct iq1_m : coded_by_grid<iq1_m, 56, u64, 2048> {
    CRIA_DETAIL_ANYWHERE static octet codes(const u8* b, u32 o, const u64* grid) {
        const eight_bytes words = load_8<8>(b + 48);  // of sixteen bits: four codes, and a nibble of the scale on top
        const u32 scale = (words.first >> 12U & 0xFU) | (words.first >> 24U & 0xF0U) | (words.second >> 4U & 0xF00U) | (words.second >> 16U & 0xF000U);
        const u32 g = o / 4, word = (g < 4 ? words.first : words.second) >> 16 * (g / 2 % 2);
        const u32 code = word >> (6 * (g % 2) + 3 * (o % 4 / 2)) & 7U;
        const u32 high = static_cast<u32>(b[32 + o / 2]) >> 4 * (o % 2);
        return one_off(grid[b[o] | (high & 7U) << 8U], (high & 8U) != 0, from_half(scale), code);
    }
};

// Numbers by themselves: eight are a block, the last of which may be cut short. `value` is what the type adds.

template <class Type, u32 Bytes>
struct plain {
    static constexpr u32 block_elements = 8, block_bytes = 8 * Bytes, grid_size = 0;
    using grid_entry = u32;

    CRIA_DETAIL_ANYWHERE static void decode(const u8* b, u32, const grid_entry*, float (&to)[8]) {
        u32 words[2 * Bytes];
        if constexpr (Bytes == 1) {
            const eight_bytes all = load_8<8>(b);
            words[0] = all.first;
            words[1] = all.second;
        } else {
            CRIA_DETAIL_UNROLL
            for (u32 k = 0; k < Bytes / 2; ++k) {
                const sixteen_bytes some = load_16(b + 16 * k);
                CRIA_DETAIL_UNROLL
                for (u32 i = 0; i < 4; ++i) words[4 * k + i] = some.words[i];
            }
        }
        CRIA_DETAIL_UNROLL
        for (u32 i = 0; i < 8; ++i) {
            if constexpr (Bytes == 8) to[i] = Type::value(static_cast<u64>(words[2 * i + 1]) << 32U | words[2 * i]);
            else to[i] = Type::value(words[i * Bytes / 4] >> 8 * (i * Bytes % 4));
        }
    }
};
struct f32 : plain<f32, 4> {
    CRIA_DETAIL_ANYWHERE static float value(u32 bits) { return as_float(bits); }
};
struct f16 : plain<f16, 2> {
    CRIA_DETAIL_ANYWHERE static float value(u32 bits) { return from_half(bits & 0xFFFFU); }
};
struct bf16 : plain<bf16, 2> {
    CRIA_DETAIL_ANYWHERE static float value(u32 bits) { return as_float(bits << 16U); }
};
struct f64 : plain<f64, 8> {
    CRIA_DETAIL_ANYWHERE static float value(u64 bits) { return from_double(bits); }
};
struct i8 : plain<i8, 1> {
    CRIA_DETAIL_ANYWHERE static float value(u32 bits) { return static_cast<float>(static_cast<signed char>(bits)); }
};
struct i16 : plain<i16, 2> {
    CRIA_DETAIL_ANYWHERE static float value(u32 bits) { return static_cast<float>(static_cast<short>(bits)); }
};
struct i32 : plain<i32, 4> {
    CRIA_DETAIL_ANYWHERE static float value(u32 bits) { return static_cast<float>(static_cast<int>(bits)); }
};
struct i64 : plain<i64, 8> {
    CRIA_DETAIL_ANYWHERE static float value(u64 bits) { return static_cast<float>(static_cast<long long>(bits)); }
};

}  // namespace format

/// Every type that can be decoded, by its name in cria::tensor_type and in `format`.
#define CRIA_DETAIL_GPU_FORMATS(X) \
    X(f32) X(f16) X(bf16) X(f64) X(i8) X(i16) X(i32) X(i64) \
    X(q4_0) X(q4_1) X(q5_0) X(q5_1) X(q8_0) X(q8_1) X(q1_0) X(q2_0) \
    X(q2_k) X(q3_k) X(q4_k) X(q5_k) X(q6_k) X(q8_k) X(tq1_0) X(tq2_0) X(mxfp4) X(nvfp4) \
    X(iq1_s) X(iq1_m) X(iq2_xxs) X(iq2_xs) X(iq2_s) X(iq3_xxs) X(iq3_s) X(iq4_nl) X(iq4_xs)

}  // namespace cria::inline v0::gpu::kernels

#endif  // CRIA_GPU_KERNELS_OCTETS_CUH
