// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_CERTAIN_CUTS_HPP
#define CRIA_BPE_CERTAIN_CUTS_HPP

#include "cria/bpe/tables.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Where a text can be cut so that its parts have the ids that they have together, whatever else is before and behind: between a letter or digit and a
// space that a letter follows, and behind a line feed by itself, before a letter.
//
// There all word grammars that are cut by blocks (block_cutter.hpp) begin a piece; no such grammar looks back; and what ends there would end so at
// the end of a text as well. Both sides of the cut are ASCII, so it is no matter what becomes of bytes that are not UTF-8, and nothing is composed across it.
// No special token may be cut, nor stand beside a cut, where it could take white space with it.

namespace cria::inline v0::bpe::detail {

/// The places of one tokenizer's texts. A value. Threads: const functions may run in many threads at once.
class certain_cuts {
public:
    explicit certain_cuts(const tokenizer_tables& tables) noexcept : are_there_(tables.blocks.has_value()) {
        for (token_id id = 0, n = static_cast<token_id>(tables.tokens.size()); are_there_ && id < n; ++id)
            if (prints_verbatim(tables.tokens.type(id))) note(tables.tokens.text(id));
    }

    /// Whether there are any: not for pretokenizers that are not known well enough.
    [[nodiscard]] auto are_there() const noexcept -> bool { return are_there_; }
    /// Whether text can be cut in front of byte `at`.
    [[nodiscard]] auto allow(std::string_view text, std::size_t at) const noexcept -> bool {
        if (!are_there_ || at < 2 || at + 1 >= text.size()) return false;
        const char before = text[at - 1], here = text[at];
        const bool ends_word = (is_letter(before) || is_digit(before)) && here == ' ' && is_letter(text[at + 1]);
        const bool ends_line = text[at - 2] > ' ' && text[at - 2] <= '~' && before == '\n' && is_letter(here);
        return (ends_word || ends_line) && !is_special(static_cast<unsigned char>(before), static_cast<unsigned char>(here));
    }

private:
    [[nodiscard]] static constexpr auto is_letter(char c) noexcept -> bool { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    [[nodiscard]] static constexpr auto is_digit(char c) noexcept -> bool { return c >= '0' && c <= '9'; }

    void note(std::string_view special) noexcept {
        if (special.empty()) return;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(special[i]); };
        begins_[byte(0)] = ends_[byte(special.size() - 1)] = true;
        for (std::size_t i = 1; i < special.size(); ++i) {
            const unsigned pair = unsigned{byte(i - 1)} << 8U | byte(i);
            pairs_[pair / 64] |= std::uint64_t{1} << (pair % 64);
        }
    }
    /// Whether a special token may end with `left`, begin with `right`, or have both side by side.
    [[nodiscard]] auto is_special(unsigned char left, unsigned char right) const noexcept -> bool {
        const unsigned pair = unsigned{left} << 8U | right;
        return ends_[left] || begins_[right] || ((pairs_[pair / 64] >> (pair % 64)) & 1U) != 0;
    }

    bool are_there_;
    std::array<bool, 256> begins_{}, ends_{};
    std::array<std::uint64_t, 1024> pairs_{};
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_CERTAIN_CUTS_HPP
