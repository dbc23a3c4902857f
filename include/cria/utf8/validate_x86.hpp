// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_VALIDATE_X86_HPP
#define CRIA_UTF8_VALIDATE_X86_HPP

#include "cria/utf8/fault_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy: vectors from any address

// Validation of long texts on x86-64, with AVX2 and with AVX-512. A kernel is called only after the processor
// has been asked (utf8/validate_kernels.hpp); the instructions are enabled function by function, so that a
// program needs no compiler flag and still runs on any processor.
//
// What a kernel returns is the contract of validate_kernels.hpp: a place where a character starts, before
// which all is well-formed, and from which the plain twin finds the fault, if there is one, within a few steps.
// Kernels read no byte outside of the text.
//
// Vectors are the compiler's own (vector_size) with its builtins for the few instructions that no operator
// names: <immintrin.h> alone costs more to compile than everything else here together. Functions that work on
// vectors are always inlined, since passing them has no stable ABI below AVX.
//
// Left out on Windows under GCC, whose stack is not aligned for vectors wider than 16 bytes (GCC bug 54412).

#if defined(__x86_64__) && defined(__GNUC__) && !(defined(_WIN32) && !defined(__clang__))
#define CRIA_DETAIL_UTF8_X86 1

namespace cria::inline v0::utf8::detail {

/// The kernel for AVX2. Texts below 35 bytes it leaves to the twin.
[[nodiscard, gnu::target("avx2")]] inline auto settled_by_avx2(const unsigned char* text, std::size_t n_bytes) noexcept -> std::size_t;

/// The kernel for AVX-512 with BW and VBMI, of any length.
[[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto settled_by_avx512(const unsigned char* text, std::size_t n_bytes) noexcept
    -> std::size_t;

// implementation ------------------------------------------------------------------------------------

// AVX2: the three lookups of fault_tables.hpp.

using bytes_32 [[gnu::vector_size(32)]] = unsigned char;
using builtin_32 [[gnu::vector_size(32)]] = char;  // what the builtins are declared with

[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto load_32(const unsigned char* from) noexcept -> bytes_32 {
    bytes_32 bytes;
    __builtin_memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/// `table` at every byte of `index`, each of which is below 16.
[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto look_up_32(const std::uint8_t (&table)[32], bytes_32 index) noexcept -> bytes_32 {
    return reinterpret_cast<bytes_32>(__builtin_ia32_pshufb256(reinterpret_cast<builtin_32>(load_32(table)), reinterpret_cast<builtin_32>(index)));
}

[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto is_ascii_32(bytes_32 bytes) noexcept -> bool {
    return __builtin_ia32_pmovmskb256(reinterpret_cast<builtin_32>(bytes)) == 0;
}

/// A bit for each byte that is not zero.
[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto nonzero_32(bytes_32 bytes) noexcept -> std::uint32_t {
    return ~static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<builtin_32>(bytes == bytes_32{})));
}

/// Nonzero where a byte does not fit to the three before it, given as the vectors that end one, two and three
/// bytes earlier.
[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto faults_32(bytes_32 here, bytes_32 back_1, bytes_32 back_2, bytes_32 back_3) noexcept
    -> bytes_32 {
    const auto pair = look_up_32(pair_faults.by_first_high, back_1 >> 4) & look_up_32(pair_faults.by_first_low, back_1 & 0x0F) &
                      look_up_32(pair_faults.by_second_high, here >> 4);
    // The top bit is fault::extended: it has to be there where a lead asked for a third or fourth byte, and only there.
    const bytes_32 third = bytes_32{} + (0xE0 - 0x80);
    const bytes_32 fourth = bytes_32{} + (0xF0 - 0x80);
    const auto is_asked_for = ((back_2 > third ? back_2 : third) - third) | ((back_3 > fourth ? back_3 : fourth) - fourth);
    return pair ^ (is_asked_for & 0x80);
}

[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto faults_at_32(const unsigned char* at) noexcept -> bytes_32 {
    return faults_32(load_32(at), load_32(at - 1), load_32(at - 2), load_32(at - 3));
}

/// faults_at_32 where a text begins: what would be before it is as good as ASCII.
[[nodiscard, gnu::always_inline, gnu::target("avx2")]] inline auto faults_of_first_32(bytes_32 first) noexcept -> bytes_32 {
    const bytes_32 none{};
    const auto back_1 = __builtin_shufflevector(none, first, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53,
                                                54, 55, 56, 57, 58, 59, 60, 61, 62);
    const auto back_2 = __builtin_shufflevector(none, first, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
                                                53, 54, 55, 56, 57, 58, 59, 60, 61);
    const auto back_3 = __builtin_shufflevector(none, first, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
                                                52, 53, 54, 55, 56, 57, 58, 59, 60);
    return faults_32(first, back_1, back_2, back_3);
}

/// The character whose fault is somewhere from `at` on, in a text of 35 bytes or more.
[[nodiscard, gnu::cold, gnu::target("avx2")]] inline auto faulty_from_32(const unsigned char* text, std::size_t at, std::size_t n_bytes) noexcept
    -> std::size_t {
    if (at == 0) {
        const auto faults = nonzero_32(faults_of_first_32(load_32(text)));
        if (faults != 0) return start_before(text, static_cast<unsigned>(__builtin_ctz(faults)));
        at = 32;
    }
    for (; at != n_bytes; at += 32) {
        if (n_bytes - at < 32) at = n_bytes - 32;
        const auto faults = nonzero_32(faults_at_32(text + at));
        if (faults != 0) return start_before(text, at + static_cast<unsigned>(__builtin_ctz(faults)));
    }
    return start_before(text, n_bytes);
}

inline auto settled_by_avx2(const unsigned char* text, std::size_t n_bytes) noexcept -> std::size_t {
    if (n_bytes < 35) return 0;
    const auto first = load_32(text);
    if (!is_ascii_32(first) && nonzero_32(faults_of_first_32(first)) != 0) return faulty_from_32(text, 0, n_bytes);
    std::size_t at = 32;
    while (n_bytes - at >= 64) {
        const auto low = load_32(text + at);
        const auto high = load_32(text + at + 32);
        if (is_ascii_32(low | high)) {
            if (start_before(text, at) != at) return start_before(text, at);
            at += 64;
            while (n_bytes - at >= 128) {
                const auto run = (load_32(text + at) | load_32(text + at + 32)) | (load_32(text + at + 64) | load_32(text + at + 96));
                if (!is_ascii_32(run)) break;
                at += 128;
            }
            continue;
        }
        if (nonzero_32(faults_at_32(text + at) | faults_at_32(text + at + 32)) != 0) return faulty_from_32(text, at, n_bytes);
        at += 64;
    }
    if (n_bytes - at >= 32) {
        if (nonzero_32(faults_at_32(text + at)) != 0) return faulty_from_32(text, at, n_bytes);
        at += 32;
    }
    // The last 32 bytes, some of them for the second time.
    if (at != n_bytes && nonzero_32(faults_at_32(text + n_bytes - 32)) != 0) return faulty_from_32(text, n_bytes - 32, n_bytes);
    return start_before(text, n_bytes);
}

// AVX-512: tables of 64 and 128 entries take in one lookup what takes AVX2 two, and the same is said about pairs.

using bytes_64 [[gnu::vector_size(64)]] = unsigned char;
using builtin_64 [[gnu::vector_size(64)]] = char;

/// What may not follow a byte, and what a byte is, in bits that both tables share: 1 is no continuation, 2 one from
/// 80 on, 4 one from 90 on, 8 one from A0 on; 0x80 is any continuation, which after anything but a lead has to have
/// been asked for.
struct follower_tables {
    alignas(64) std::uint8_t forbidden_after[128];  // by the low seven bits of the first byte, 80 and up
    alignas(64) std::uint8_t kind_of[64];           // by the high six bits of the second byte
    alignas(64) std::uint8_t counting[3 + 64];      // three numbers above 63, then 0, 1, 2, …
};

[[nodiscard]] constexpr auto make_follower_tables() noexcept -> follower_tables {
    follower_tables tables{};
    for (unsigned i = 0; i < 128; ++i) {
        const auto first = 0x80 + i;
        unsigned forbidden = first < 0xC0 ? 0x80 : 1;
        if ((first >= 0xC0 && first < 0xC2) || first > 0xF4) forbidden = 1 | 2 | 4 | 8;  // starts no character
        if (first == 0xE0) forbidden = 1 | 2 | 4;                                        // overlong below A0
        if (first == 0xED) forbidden = 1 | 8;                                            // surrogates from A0 on
        if (first == 0xF0) forbidden = 1 | 2;                                            // overlong below 90
        if (first == 0xF4) forbidden = 1 | 4 | 8;                                        // above U+10FFFF from 90 on
        tables.forbidden_after[i] = static_cast<std::uint8_t>(forbidden);
    }
    for (unsigned i = 0; i < 64; ++i) {
        const auto second = i << 2U;
        unsigned kind = 1;
        if (second >= 0x80 && second < 0x90) kind = 0x80 | 2;
        if (second >= 0x90 && second < 0xA0) kind = 0x80 | 4;
        if (second >= 0xA0 && second < 0xC0) kind = 0x80 | 8;
        tables.kind_of[i] = static_cast<std::uint8_t>(kind);
        tables.counting[3 + i] = static_cast<std::uint8_t>(i);
    }
    for (unsigned i = 0; i < 3; ++i) tables.counting[i] = 64;
    return tables;
}

inline constexpr follower_tables followers = make_follower_tables();

[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto load_64(const unsigned char* from) noexcept -> bytes_64 {
    bytes_64 bytes;
    __builtin_memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/// The bytes that `mask` has a bit for; zero for the others, which are not read.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto load_64(const unsigned char* from, std::uint64_t mask) noexcept
    -> bytes_64 {
#if defined(__clang__)
    return reinterpret_cast<bytes_64>(__builtin_ia32_loaddquqi512_mask(reinterpret_cast<const builtin_64*>(from), builtin_64{}, mask));
#else
    return reinterpret_cast<bytes_64>(__builtin_ia32_loaddquqi512_mask(reinterpret_cast<const char*>(from), builtin_64{}, mask));
#endif
}

/// `entries` at the low six bits of every byte of `index`.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto look_up_64(bytes_64 entries, bytes_64 index) noexcept -> bytes_64 {
#if defined(__clang__)
    return reinterpret_cast<bytes_64>(__builtin_ia32_permvarqi512(reinterpret_cast<builtin_64>(entries), reinterpret_cast<builtin_64>(index)));
#else
    return reinterpret_cast<bytes_64>(
        __builtin_ia32_permvarqi512_mask(reinterpret_cast<builtin_64>(entries), reinterpret_cast<builtin_64>(index), builtin_64{}, ~std::uint64_t{0}));
#endif
}

/// `low` and `high`, one behind the other, at the low seven bits of every byte of `index`.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto look_up_128(bytes_64 low, bytes_64 high, bytes_64 index) noexcept
    -> bytes_64 {
#if defined(__clang__)
    return reinterpret_cast<bytes_64>(
        __builtin_ia32_vpermi2varqi512(reinterpret_cast<builtin_64>(low), reinterpret_cast<builtin_64>(index), reinterpret_cast<builtin_64>(high)));
#else
    return reinterpret_cast<bytes_64>(__builtin_ia32_vpermt2varqi512_mask(reinterpret_cast<builtin_64>(index), reinterpret_cast<builtin_64>(low),
                                                                          reinterpret_cast<builtin_64>(high), ~std::uint64_t{0}));
#endif
}

[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto is_ascii_64(bytes_64 bytes) noexcept -> bool {
    return __builtin_ia32_cvtb2mask512(reinterpret_cast<builtin_64>(bytes)) == 0;
}

/// A bit for each byte that is not zero.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto nonzero_64(bytes_64 bytes) noexcept -> std::uint64_t {
    constexpr int not_equal = 4;
    return __builtin_ia32_ucmpb512_mask(reinterpret_cast<builtin_64>(bytes), builtin_64{}, not_equal, ~std::uint64_t{0});
}

/// Nonzero where a byte does not fit to the three before it, given as the vectors that end one, two and three
/// bytes earlier.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto faults_64(bytes_64 here, bytes_64 back_1, bytes_64 back_2,
                                                                                                    bytes_64 back_3) noexcept -> bytes_64 {
    using words [[gnu::vector_size(64)]] = unsigned short;
    const bytes_64 no_lead = bytes_64{} + 0xBF;  // stands for ASCII too, which has the low seven bits of others
    const auto first = back_1 > no_lead ? back_1 : no_lead;
    const auto forbidden = look_up_128(load_64(followers.forbidden_after), load_64(followers.forbidden_after + 64), first);
    // Shifting words brings bits of the neighbour into the top two bits, which the lookup does not look at.
    const auto kind = look_up_64(load_64(followers.kind_of), reinterpret_cast<bytes_64>(reinterpret_cast<words>(here) >> 2));
    const bytes_64 third = bytes_64{} + (0xE0 - 0x80);
    const bytes_64 fourth = bytes_64{} + (0xF0 - 0x80);
    const auto is_asked_for = ((back_2 > third ? back_2 : third) - third) | ((back_3 > fourth ? back_3 : fourth) - fourth);
    return (forbidden & kind) ^ (is_asked_for & 0x80);
}

[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto faults_at_64(const unsigned char* at) noexcept -> bytes_64 {
    return faults_64(load_64(at), load_64(at - 1), load_64(at - 2), load_64(at - 3));
}

/// `bytes` with `n` zeros in front, at most 3, and less the last `n`.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto moved_back_64(bytes_64 bytes, std::size_t n) noexcept -> bytes_64 {
    return look_up_128(bytes, bytes_64{}, load_64(followers.counting + 3 - n));
}

/// faults_64 for the first 64 bytes of a text: what would be before them is as good as ASCII.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto faults_of_first_64(bytes_64 first) noexcept -> bytes_64 {
    return faults_64(first, moved_back_64(first, 1), moved_back_64(first, 2), moved_back_64(first, 3));
}

/// The character whose fault is somewhere from `at` on, in a text of 67 bytes or more.
[[nodiscard, gnu::cold, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto faulty_from_64(const unsigned char* text, std::size_t at,
                                                                                             std::size_t n_bytes) noexcept -> std::size_t {
    if (at == 0) {
        const auto faults = nonzero_64(faults_of_first_64(load_64(text)));
        if (faults != 0) return start_before(text, static_cast<unsigned>(__builtin_ctzll(faults)));
        at = 64;
    }
    for (; at != n_bytes; at += 64) {
        if (n_bytes - at < 64) at = n_bytes - 64;
        const auto faults = nonzero_64(faults_at_64(text + at));
        if (faults != 0) return start_before(text, at + static_cast<unsigned>(__builtin_ctzll(faults)));
    }
    return start_before(text, n_bytes);
}

/// All of a text of 1 to 66 bytes, but perhaps the last two.
[[nodiscard, gnu::always_inline, gnu::target("avx512f,avx512bw,avx512vbmi")]] inline auto settled_of_short_64(const unsigned char* text,
                                                                                                           std::size_t n_bytes) noexcept -> std::size_t {
    const auto first = n_bytes >= 64 ? load_64(text) : load_64(text, ~std::uint64_t{0} >> (64 - n_bytes));
    if (n_bytes > 64) n_bytes = 64;
    if (is_ascii_64(first)) return n_bytes;
    const auto faults = nonzero_64(faults_of_first_64(first));
    return start_before(text, faults == 0 ? n_bytes : static_cast<unsigned>(__builtin_ctzll(faults)));
}

inline auto settled_by_avx512(const unsigned char* text, std::size_t n_bytes) noexcept -> std::size_t {
    if (n_bytes == 0) return 0;
    if (n_bytes < 67) return settled_of_short_64(text, n_bytes);
    const auto first = load_64(text);
    const auto last = n_bytes - 64;
    std::size_t at = 0;
    if (n_bytes > 256) {
        if (!is_ascii_64(first) && nonzero_64(faults_of_first_64(first)) != 0) return faulty_from_64(text, 0, n_bytes);
        at = 64;
        if (n_bytes >= 1024) {  // then it pays to take some bytes twice and have loads that do not straddle cache lines
            const auto misaligned = reinterpret_cast<std::uintptr_t>(text) % 64;
            if (misaligned <= 61) at -= misaligned;
        }
        while (n_bytes - at >= 256) {
            const auto* const from = text + at;
            if (is_ascii_64((load_64(from) | load_64(from + 64)) | (load_64(from + 128) | load_64(from + 192)))) {
                if (start_before(text, at) != at) return start_before(text, at);
            } else {
                const auto faults = (faults_at_64(from) | faults_at_64(from + 64)) | (faults_at_64(from + 128) | faults_at_64(from + 192));
                if (nonzero_64(faults) != 0) return faulty_from_64(text, at, n_bytes);
            }
            at += 256;
        }
    }

    // At most 256 bytes are left, perhaps all there are; the last 64 of the text, some of them for the second time.
    auto any = load_64(text + last);
    for (auto block = at; block < last; block += 64) any |= load_64(text + block);
    if (is_ascii_64(any)) return start_before(text, at) == at ? n_bytes : start_before(text, at);
    auto faults = faults_at_64(text + last);
    if (at == 0) faults |= faults_of_first_64(first);
    for (auto block = at == 0 ? 64 : at; block < last; block += 64) faults |= faults_at_64(text + block);
    if (nonzero_64(faults) != 0) return faulty_from_64(text, at, n_bytes);
    return start_before(text, n_bytes);
}

}  // namespace cria::inline v0::utf8::detail

#endif
#endif
