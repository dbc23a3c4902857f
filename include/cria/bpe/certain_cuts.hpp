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
// space that a letter follows, and behind a line feed by itself, before a letter. (What is behind a cut must be encoded as a text that goes on.)
//
// Byte-level: there all word grammars that are cut by blocks (block_cutter.hpp), and a few others, begin a piece; no such grammar looks back; and what ends there would end so at
// the end of a text as well. Both sides of the cut are ASCII, so it is no matter what becomes of bytes that are not UTF-8, and nothing is composed across it.
//
// From characters: where no token has the two side by side (token_seams.hpp). What is around must be ASCII: no lead byte in front may claim the
// left one as a part of its character, as compat::llama_cpp lets it, and no accent behind be composed with the right one. And what is behind must not begin
// with UNKNOWN, of which a run is one token.
//
// No special token may be cut, nor stand beside a cut, where it could take white space with it.

namespace cria::inline v0::bpe::detail {

/// The places of one tokenizer's texts. A value. Threads: const functions may run in many threads at once.
class certain_cuts {
public:
    explicit certain_cuts(const tokenizer_tables& tables) noexcept : are_there_(tables.blocks || tables.words || is_known_otherwise(*tables.settings.split)), are_of_characters_(tables.words.has_value()) {
        for (token_id id = 0, n = static_cast<token_id>(tables.tokens.size()); are_there_ && id < n; ++id)
            if (prints_verbatim(tables.tokens.type(id))) note(tables.tokens.text(id));
        if (are_of_characters_) note_joined(tables);
    }

    /// Whether there are any: not for pretokenizers that are not known well enough.
    [[nodiscard]] auto are_there() const noexcept -> bool { return are_there_; }
    /// Whether text can be cut in front of byte `at`.
    [[nodiscard]] auto allow(std::string_view text, std::size_t at) const noexcept -> bool {
        if (!are_there_ || at < 2 || at + 1 >= text.size()) return false;
        const char before = text[at - 1], here = text[at];
        const bool ends_word = (is_letter(before) || is_digit(before)) && here == ' ' && is_letter(text[at + 1]);
        const bool ends_line = text[at - 2] > ' ' && text[at - 2] <= '~' && before == '\n' && is_letter(here);
        if (!ends_word && !ends_line) return false;
        if (are_of_characters_ && (at < 4 || !are_ascii(text.substr(at - 4, 6)))) return false;
        return !is_barred(static_cast<unsigned char>(before), static_cast<unsigned char>(here));
    }

private:
    /// Rules by which a piece begins at these places, too, though they are not cut by blocks: expressions one after the other, in all of which a word takes the space before
    /// it along, or that cut more than that.
    [[nodiscard]] static auto is_known_otherwise(const pretokenizer& split) noexcept -> bool {
        if (split.is_custom()) return false;
        using enum pretokenizer_family;
        const pretokenizer_family family = split.family();
        return family == digit1 || family == falcon || family == deepseek_llm || family == deepseek_coder;
    }
    [[nodiscard]] static constexpr auto is_letter(char c) noexcept -> bool { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    [[nodiscard]] static constexpr auto is_digit(char c) noexcept -> bool { return c >= '0' && c <= '9'; }
    [[nodiscard]] static constexpr auto are_ascii(std::string_view text) noexcept -> bool {
        for (const char byte : text)
            if (static_cast<unsigned char>(byte) >= 0x80) return false;
        return true;
    }

    void note(std::string_view special) noexcept {
        if (special.empty()) return;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(special[i]); };
        begins_[byte(0)] = ends_[byte(special.size() - 1)] = true;
        for (std::size_t i = 1; i < special.size(); ++i) bar(byte(i - 1), byte(i));
    }
    void bar(unsigned left, unsigned right) noexcept { pairs_[(left << 8U | right) / 64] |= std::uint64_t{1} << (right % 64); }
    /// What ASCII characters text made of characters cannot be cut between.
    void note_joined(const tokenizer_tables& tables) noexcept {
        const seam_rules& rules = *tables.words;
        // Tokens that merges mention and the vocabulary does not have are spelled in bytes alone there, whatever characters they begin with.
        const bool spells_bytes_only = tables.settings.mode == compat::llama_cpp && tables.merges.statistics().phantoms != 0;
        for (unsigned right = 0; right < 128; ++right) {
            const char itself = static_cast<char>(right);
            const std::string_view written = itself == ' ' ? escaped_space : std::string_view(&itself, 1);
            const std::uint32_t id = tables.tokens.find_key(written);
            bool is_known = true;
            for (const char byte : written) is_known = is_known && rules.spelled[static_cast<unsigned char>(byte)] != vocabulary::none;
            is_known = is_known || (!spells_bytes_only && id < tables.bars.size() && tables.bars[id] == 0);
            if (!is_known) begins_[right] = true;
            for (unsigned left = 0; left < 128; ++left)
                if (!rules.seams.is_seam({left, 1}, {right, 1})) bar(left, right);
        }
    }
    /// Whether a special token may end with `left`, begin with `right`, or have both side by side, or a token of text has.
    [[nodiscard]] auto is_barred(unsigned char left, unsigned char right) const noexcept -> bool {
        const unsigned pair = unsigned{left} << 8U | right;
        return ends_[left] || begins_[right] || ((pairs_[pair / 64] >> (pair % 64)) & 1U) != 0;
    }

    bool are_there_, are_of_characters_;
    std::array<bool, 256> begins_{}, ends_{};
    std::array<std::uint64_t, 1024> pairs_{};
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_CERTAIN_CUTS_HPP
