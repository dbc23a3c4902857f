// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_VALIDATE_NEON_HPP
#define CRIA_UTF8_VALIDATE_NEON_HPP

#include "cria/utf8/fault_tables.hpp"

#include <cstddef>
#include <cstdint>

// Validation of long texts on 64-bit Arm, where NEON is always there. The same three lookups as with AVX2, 16
// bytes at a time, under the same contract (utf8/validate_kernels.hpp).
//
// Vectors are the compiler's own (vector_size); the one instruction that has no operator is written out, since
// compilers do not agree on a builtin for it, and <arm_neon.h> costs more to compile than all of utf8.

#if defined(__aarch64__) && defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define CRIA_DETAIL_UTF8_NEON 1

namespace cria::inline v0::utf8::detail {

/// The kernel for NEON. Texts below 19 bytes it leaves to the twin.
[[nodiscard]] inline auto settled_by_neon(const unsigned char* text, std::size_t n_bytes) noexcept -> std::size_t;

// implementation ------------------------------------------------------------------------------------

using bytes_16 [[gnu::vector_size(16)]] = unsigned char;

[[nodiscard, gnu::always_inline]] inline auto load_16(const unsigned char* from) noexcept -> bytes_16 {
    bytes_16 bytes;
    __builtin_memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/// The first half of `table` at every byte of `index`; zero where that is 16 or more.
[[nodiscard, gnu::always_inline]] inline auto look_up_16(const std::uint8_t (&table)[32], bytes_16 index) noexcept -> bytes_16 {
    bytes_16 found;
    asm("tbl %0.16b, {%1.16b}, %2.16b" : "=w"(found) : "w"(load_16(table)), "w"(index));
    return found;
}

struct words_16 {
    std::uint64_t low, high;
};

[[nodiscard, gnu::always_inline]] inline auto words_of_16(bytes_16 bytes) noexcept -> words_16 {
    words_16 words;
    __builtin_memcpy(&words, &bytes, sizeof words);
    return words;
}

[[nodiscard, gnu::always_inline]] inline auto is_ascii_16(bytes_16 bytes) noexcept -> bool {
    const auto words = words_of_16(bytes);
    return ((words.low | words.high) & 0x8080808080808080U) == 0;
}

/// The first byte that is not zero; 16 if all are.
[[nodiscard, gnu::always_inline]] inline auto first_nonzero_16(bytes_16 bytes) noexcept -> unsigned {
    const auto words = words_of_16(bytes);
    if (words.low != 0) return static_cast<unsigned>(__builtin_ctzll(words.low)) / 8;
    if (words.high != 0) return 8 + static_cast<unsigned>(__builtin_ctzll(words.high)) / 8;
    return 16;
}

/// Nonzero where a byte does not fit to the three before it, given as the vectors that end one, two and three
/// bytes earlier.
[[nodiscard, gnu::always_inline]] inline auto faults_16(bytes_16 here, bytes_16 back_1, bytes_16 back_2, bytes_16 back_3) noexcept -> bytes_16 {
    const auto pair = look_up_16(pair_faults.by_first_high, back_1 >> 4) & look_up_16(pair_faults.by_first_low, back_1 & 0x0F) &
                      look_up_16(pair_faults.by_second_high, here >> 4);
    // The top bit is fault::extended: it has to be there where a lead asked for a third or fourth byte, and only there.
    const auto is_asked_for = reinterpret_cast<bytes_16>(back_2 >= 0xE0) | reinterpret_cast<bytes_16>(back_3 >= 0xF0);
    return pair ^ (is_asked_for & 0x80);
}

[[nodiscard, gnu::always_inline]] inline auto faults_at_16(const unsigned char* at) noexcept -> bytes_16 {
    return faults_16(load_16(at), load_16(at - 1), load_16(at - 2), load_16(at - 3));
}

inline auto settled_by_neon(const unsigned char* text, std::size_t n_bytes) noexcept -> std::size_t {
    if (n_bytes < 19) return 0;
    // Before the first byte there is as good as ASCII.
    const bytes_16 none{};
    const auto first = load_16(text);
    const auto back_1 = __builtin_shufflevector(none, first, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    const auto back_2 = __builtin_shufflevector(none, first, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    const auto back_3 = __builtin_shufflevector(none, first, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
    const auto first_fault = first_nonzero_16(faults_16(first, back_1, back_2, back_3));
    if (first_fault != 16) return start_before(text, first_fault);

    std::size_t at = 16;
    while (n_bytes - at >= 64) {
        const auto* const from = text + at;
        if (is_ascii_16((load_16(from) | load_16(from + 16)) | (load_16(from + 32) | load_16(from + 48)))) {
            if (start_before(text, at) != at) return start_before(text, at);
        } else {
            const auto faults = (faults_at_16(from) | faults_at_16(from + 16)) | (faults_at_16(from + 32) | faults_at_16(from + 48));
            if (first_nonzero_16(faults) != 16) break;  // which of the four has it, the loop below finds out
        }
        at += 64;
    }
    while (at != n_bytes) {
        if (n_bytes - at < 16) at = n_bytes - 16;  // the last 16 bytes, some of them for the second time
        const auto fault = first_nonzero_16(faults_at_16(text + at));
        if (fault != 16) return start_before(text, at + fault);
        at += 16;
    }
    return start_before(text, n_bytes);
}

}  // namespace cria::inline v0::utf8::detail

#endif
#endif
