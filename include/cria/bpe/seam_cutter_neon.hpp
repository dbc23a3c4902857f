// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SEAM_CUTTER_NEON_HPP
#define CRIA_BPE_SEAM_CUTTER_NEON_HPP

#include "cria/bpe/piece_kernels_neon.hpp"
#include "cria/bpe/seam_cutter.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// The masks of seam_cutter.hpp on 64-bit Arm, one comparison each, since the upper half of a byte takes all eight sets.

namespace cria::inline v0::bpe::detail {

#if defined(CRIA_DETAIL_PIECES_NEON)

struct neon_seam_tier : neon_piece_tier {
    [[gnu::always_inline]] static inline void masks(const seam_rules& rules, std::string_view text, seam_masks& made) noexcept {
        constexpr bytes_16 by_upper = {1, 2, 4, 8, 16, 32, 64, 128};
        const auto by_lower = load_as<bytes_16>(rules.lone.data());
        const block bytes = load_block(text.data(), text.size(), 'a');  // what is set behind the block is dropped
        made.high = signs(bytes);
        made.spaces = signs(each_part(bytes, [](bytes_16 part) __attribute__((always_inline)) { return reinterpret_cast<bytes_16>(part == ' '); }));
        made.newlines = signs(each_part(bytes, [](bytes_16 part) __attribute__((always_inline)) { return reinterpret_cast<bytes_16>(part == '\n'); }));
        made.lone = signs(each_part(bytes, [=](bytes_16 part) __attribute__((always_inline)) {
            return reinterpret_cast<bytes_16>((look_up(by_lower, part & 15U) & look_up(by_upper, part >> 4U)) != 0);
        }));
    }
};

[[nodiscard, gnu::flatten]] inline auto cut_words_neon(const seam_rules& rules, const piece_table& table, std::string_view text, std::size_t at, piece_batch& batch) noexcept -> std::size_t {
    return cut_words_with<neon_seam_tier>(rules, table, text, at, batch);
}

#endif

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_SEAM_CUTTER_NEON_HPP
