// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_KERNELS_X86_HPP
#define CRIA_BPE_PIECE_KERNELS_X86_HPP

#include "cria/bpe/piece_kernels.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The loops of piece_kernels.hpp with vectors. 64 bytes of text become masks: every byte becomes the sets that it is in, and the sign bits
// of all bytes are a mask; then the next set moves up to the sign. A line of the table is compared as a whole.
//
// Instructions are enabled function by function; a loop and what it calls are one function (flatten), since a function without
// them may not be inlined into by one that has them.

#if defined(__x86_64__) && defined(__GNUC__) && !(defined(_WIN32) && !defined(__clang__))
#define CRIA_DETAIL_PIECES_X86 1

namespace cria::inline v0::bpe::detail {

using block_64 [[gnu::vector_size(64)]] = unsigned char;
using block_builtin_64 [[gnu::vector_size(64)]] = char;
using words_64 [[gnu::vector_size(64)]] = long long;
using words_16 [[gnu::vector_size(16)]] = long long;
using block_32 [[gnu::vector_size(32)]] = unsigned char;
using block_builtin_32 [[gnu::vector_size(32)]] = char;
using words_32 [[gnu::vector_size(32)]] = long long;
using doubles_32 [[gnu::vector_size(32)]] = double;

struct avx2_piece_tier {
    [[nodiscard, gnu::target("avx2")]] static inline auto load(const void* from) noexcept -> block_32 {
        block_32 bytes;
        __builtin_memcpy(&bytes, from, sizeof bytes);
        return bytes;
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto signs(block_32 bytes) noexcept -> std::uint64_t {
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<block_builtin_32>(bytes)));
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto look_up(block_32 in, block_32 index) noexcept -> block_32 {
        return reinterpret_cast<block_32>(__builtin_ia32_pshufb256(reinterpret_cast<block_builtin_32>(in), reinterpret_cast<block_builtin_32>(index)));
    }
    /// A character is in a set if both halves of its byte say so. Letters take two sets: A to O and P to Z have other lower halves.
    [[gnu::target("avx2")]] static inline void ascii_masks(const block_classes_of&, const char* text, std::size_t n, std::uint64_t& high, block_masks& made) noexcept {
        constexpr unsigned char a_to_o = 0x80, p_to_z = 0x40, digits = 0x20, controls = 0x10, newlines = 0x08, space = 0x04, apostrophe = 0x02;
        constexpr unsigned char l = a_to_o, p = p_to_z, d = digits;
        constexpr block_32 by_lower = {p | d | space, l | p | d,  l | p | d, l | p | d, l | p | d, l | p | d, l | p | d, l | p | d | apostrophe,
                                       l | p | d,     l | p | d | controls, l | p | controls | newlines, l | controls, l | controls, l | controls | newlines, l, l,
                                       p | d | space, l | p | d,  l | p | d, l | p | d, l | p | d, l | p | d, l | p | d, l | p | d | apostrophe,
                                       l | p | d,     l | p | d | controls, l | p | controls | newlines, l | controls, l | controls, l | controls | newlines, l, l};
        constexpr block_32 by_upper = {controls | newlines, 0, space | apostrophe, digits, a_to_o, p_to_z, a_to_o, p_to_z, 0, 0, 0, 0, 0, 0, 0, 0,
                                       controls | newlines, 0, space | apostrophe, digits, a_to_o, p_to_z, a_to_o, p_to_z, 0, 0, 0, 0, 0, 0, 0, 0};
        alignas(32) char padded[64];
        if (n < 64) {
            __builtin_memset(padded, 0, 64);  // which is in no set
            __builtin_memcpy(padded, text, n);
            text = padded;
        }
        made.words = made.numbers = made.whitespace = made.newlines = made.spaces = made.apostrophes = high = 0;
        for (unsigned half = 0; half < 2; ++half) {
            const block_32 bytes = load(text + 32 * half);
            // Bytes from 80 on give 0 in the first look-up, and so nothing at all.
            const block_32 upper = (bytes >> 4U) & 15U;
            block_32 in = look_up(by_lower, bytes) & look_up(by_upper, upper);
            const unsigned at = 32 * half;
            high |= signs(bytes) << at;
            std::uint64_t letters = signs(in);
            in += in;
            letters |= signs(in);
            made.words |= letters << at;
            in += in;
            made.numbers |= signs(in) << at;
            in += in;
            std::uint64_t spaces = signs(in);
            in += in;
            made.newlines |= signs(in) << at;
            in += in;
            const std::uint64_t space_bits = signs(in);
            spaces |= space_bits;
            made.spaces |= space_bits << at;
            made.whitespace |= spaces << at;
            in += in;
            made.apostrophes |= signs(in) << at;
        }
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto equal_entry(const piece_table::bucket& here, const batched_piece& piece) noexcept -> unsigned {
        words_32 first, second;
        words_16 key;
        __builtin_memcpy(&first, &here.entries[0], sizeof first);
        __builtin_memcpy(&second, &here.entries[2], sizeof second);
        __builtin_memcpy(&key, &piece.low, sizeof key);
#if defined(__clang__)
        const words_32 wanted = __builtin_shufflevector(key, key, 0, 1, 0, 1);
#else
        const words_32 wanted = __builtin_ia32_vbroadcastsi256(key);
#endif
        constexpr auto tail = static_cast<long long>(piece_table::tail_mask);
        constexpr words_32 mask{-1, tail, -1, tail};
        const auto is_zero = [](words_32 differs) __attribute__((target("avx2"))) {
            return static_cast<unsigned>(__builtin_ia32_movmskpd256(reinterpret_cast<doubles_32>(differs == words_32{})));
        };
        const unsigned equal = is_zero((first ^ wanted) & mask) | is_zero((second ^ wanted) & mask) << 4U;
        return static_cast<unsigned>(std::countr_zero((equal & (equal >> 1U) & 0x55U) | 0x100U)) / 2;
    }
};

struct avx512_piece_tier {
    [[nodiscard, gnu::target("avx512f,avx512bw")]] static inline auto signs(block_64 bytes) noexcept -> std::uint64_t {
        return static_cast<std::uint64_t>(__builtin_ia32_cvtb2mask512(reinterpret_cast<block_builtin_64>(bytes)));
    }
    /// The table of ASCII is two registers.
    [[gnu::target("avx512f,avx512bw,avx512vbmi")]] static inline void ascii_masks(const block_classes_of& classes, const char* text, std::size_t n, std::uint64_t& high,
                                                                                  block_masks& made) noexcept {
        const std::uint64_t known = n == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
#if defined(__clang__)
        const auto bytes = reinterpret_cast<block_64>(__builtin_ia32_loaddquqi512_mask(reinterpret_cast<const block_builtin_64*>(text), block_builtin_64{}, known));
#else
        const auto bytes = reinterpret_cast<block_64>(__builtin_ia32_loaddquqi512_mask(text, block_builtin_64{}, known));
#endif
        block_64 low_half, high_half;
        __builtin_memcpy(&low_half, classes.ascii.data(), 64);
        __builtin_memcpy(&high_half, classes.ascii.data() + 64, 64);
        const auto index = reinterpret_cast<block_builtin_64>(bytes), low_table = reinterpret_cast<block_builtin_64>(low_half),
                   high_table = reinterpret_cast<block_builtin_64>(high_half);
#if defined(__clang__)
        auto in = reinterpret_cast<block_64>(__builtin_ia32_vpermi2varqi512(low_table, index, high_table));
#else
        auto in = reinterpret_cast<block_64>(__builtin_ia32_vpermt2varqi512_mask(index, low_table, high_table, ~std::uint64_t{0}));
#endif
        high = signs(bytes);
        const std::uint64_t ascii = known & ~high;
        made.words = signs(in) & ascii;
        in += in;
        made.numbers = signs(in) & ascii;
        in += in;
        made.whitespace = signs(in) & ascii;
        in += in;
        made.newlines = signs(in) & ascii;
        in += in;
        made.spaces = signs(in) & ascii;
        in += in;
        made.apostrophes = signs(in) & ascii;
    }
    [[nodiscard, gnu::target("avx512f,avx512bw,avx512dq")]] static inline auto equal_entry(const piece_table::bucket& here, const batched_piece& piece) noexcept -> unsigned {
        words_64 line;
        words_16 key;
        __builtin_memcpy(&line, &here, sizeof line);
        __builtin_memcpy(&key, &piece.low, sizeof key);
#if defined(__clang__)
        const words_64 wanted = __builtin_shufflevector(key, key, 0, 1, 0, 1, 0, 1, 0, 1);
#else
        const words_64 wanted = __builtin_ia32_broadcasti64x2_512_mask(key, words_64{}, static_cast<unsigned char>(0xFF));
#endif
        constexpr auto mask = static_cast<long long>(piece_table::tail_mask);
        const words_64 differs = (line ^ wanted) & words_64{-1, mask, -1, mask, -1, mask, -1, mask};
        constexpr int is_equal = 0;
        const auto equal = static_cast<unsigned>(__builtin_ia32_ucmpq512_mask(differs, words_64{}, is_equal, static_cast<unsigned char>(0xFF)));
        return static_cast<unsigned>(std::countr_zero((equal & (equal >> 1U) & 0x55U) | 0x100U)) / 2;
    }
};

template <class Classes>
[[nodiscard, gnu::target("avx2,bmi,bmi2"), gnu::flatten]] inline auto cut_blocks_avx2(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys,
                                                                                     std::size_t at, piece_batch& batch) noexcept -> std::size_t {
    return cut_blocks_with<avx2_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard, gnu::target("avx2,bmi,bmi2"), gnu::flatten]] inline auto look_up_avx2(const piece_table& table, const whole_tokens& whole, const piece_batch& batch, std::size_t from,
                                                                                  token_id* out) noexcept -> std::size_t {
    return look_up_with<avx2_piece_tier>(table, whole, batch, from, out);
}
inline constexpr piece_kernels avx2_piece_kernels = {&cut_blocks_avx2<unicode_classes>, &cut_blocks_avx2<older_classes>, &look_up_avx2};

template <class Classes>
[[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi,avx512dq,bmi,bmi2"), gnu::flatten]] inline auto cut_blocks_avx512(const block_cut& how, const piece_table& table, std::string_view text,
                                                                                                 std::string_view keys, std::size_t at, piece_batch& batch) noexcept
    -> std::size_t {
    return cut_blocks_with<avx512_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi,avx512dq,bmi,bmi2"), gnu::flatten]] inline auto look_up_avx512(const piece_table& table, const whole_tokens& whole,
                                                                                                      const piece_batch& batch, std::size_t from, token_id* out) noexcept
    -> std::size_t {
    return look_up_with<avx512_piece_tier>(table, whole, batch, from, out);
}
inline constexpr piece_kernels avx512_piece_kernels = {&cut_blocks_avx512<unicode_classes>, &cut_blocks_avx512<older_classes>, &look_up_avx512};

}  // namespace cria::inline v0::bpe::detail

#endif

#endif  // CRIA_BPE_PIECE_KERNELS_X86_HPP
