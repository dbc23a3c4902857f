// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SEAM_CUTTER_X86_HPP
#define CRIA_BPE_SEAM_CUTTER_X86_HPP

#include "cria/bpe/piece_kernels_x86.hpp"
#include "cria/bpe/seam_cutter.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// The masks of seam_cutter.hpp with vectors, as piece_kernels_x86.hpp makes those of word grammars.

namespace cria::inline v0::bpe::detail {

#if defined(CRIA_DETAIL_PIECES_X86)

struct avx2_seam_tier : avx2_piece_tier {
    [[gnu::target("avx2")]] static inline void masks(const seam_rules& rules, std::string_view block, seam_masks& made) noexcept {
        constexpr block_32 by_upper = {1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0};
        block_32 by_lower;
        __builtin_memcpy(&by_lower, rules.lone.data(), 16);
        __builtin_memcpy(reinterpret_cast<char*>(&by_lower) + 16, rules.lone.data(), 16);
        const char* text = block.data();
        alignas(32) char padded[64];
        if (block.size() < 64) {
            __builtin_memset(padded, 'a', 64);  // what is set behind the block is dropped
            __builtin_memcpy(padded, text, block.size());
            text = padded;
        }
        for (unsigned at = 0; at < 64; at += 32) {
            const block_32 bytes = load(text + at);
            const block_32 lone = look_up(by_lower, bytes) & look_up(by_upper, (bytes >> 4U) & 15U);
            made.high |= signs(bytes) << at;
            made.spaces |= signs(reinterpret_cast<block_32>(bytes == ' ')) << at;
            made.newlines |= signs(reinterpret_cast<block_32>(bytes == '\n')) << at;
            made.lone |= signs(reinterpret_cast<block_32>(lone != 0)) << at;
        }
    }
};

/// The masks are cheap enough; what the batch makes of them is not.
struct avx512_seam_tier : avx512_piece_tier {
    [[gnu::target("avx2")]] static inline void masks(const seam_rules& rules, std::string_view block, seam_masks& made) noexcept { avx2_seam_tier::masks(rules, block, made); }
};

[[nodiscard, gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten]] inline auto cut_words_avx2(const seam_rules& rules, const piece_table& table, std::string_view text, std::size_t at,
                                                                                    piece_batch& batch) noexcept -> std::size_t {
    return cut_words_with<avx2_seam_tier>(rules, table, text, at, batch);
}
[[nodiscard, gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,popcnt"), gnu::flatten]] inline auto cut_words_avx512(
    const seam_rules& rules, const piece_table& table, std::string_view text, std::size_t at, piece_batch& batch) noexcept -> std::size_t {
    return cut_words_with<avx512_seam_tier>(rules, table, text, at, batch);
}

#endif

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_SEAM_CUTTER_X86_HPP
