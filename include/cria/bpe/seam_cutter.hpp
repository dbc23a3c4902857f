// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SEAM_CUTTER_HPP
#define CRIA_BPE_SEAM_CUTTER_HPP

#include "cria/bpe/piece_batch.hpp"
#include "cria/bpe/piece_kernels.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/token_seams.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Text of characters cut into words at the seams of its vocabulary (token_seams.hpp), 64 bytes at a time.
//
// Not at all of them, since a word costs as much as a longer one: before the first space of a run, and elsewhere only in words too long to be looked
// up as short ones. That leaves a text without spaces in words of a few characters too. A word does begin wherever a piece of the pretokenizer does.
//
// Characters that are never a part of a longer token are lone: in Llama's vocabulary digits, line feeds and tabs, and of Chinese nearly all. Each
// becomes what it always does, so that a run of them is a word that need not be looked up.
//
// Text is cut as it stands, with spaces and not with U+2581. It must be UTF-8; text that is not is cut by cut_at_all_seams(), the twin.

namespace cria::inline v0::bpe::detail {

/// A vocabulary's seams, as the loop asks for them.
struct seam_rules {
    token_seams seams;
    bool cuts_at_newlines = false;  // a run of line feeds is a piece, and so is what is between two
    bool cuts_spaces = false;       // between two of them
    bool ascii_joins_spaces = false;   // there is ASCII that a space may not be cut from
    std::array<std::uint8_t, 16> lone = {};    // lone ASCII: a bit for the upper half of a byte, by its lower one
    std::array<std::uint32_t, 256> spelled = {};  // the token that spells a byte, whoever wrote it, or vocabulary::none
    buffer<std::uint32_t> ascii_pairs;         // the token that two ASCII characters are, or vocabulary::none; 128 by 128 of them
    buffer<std::uint32_t> lone_ids;            // the token of a lone character, is_spelled, or not_lone; of those below U+10000, and not_lone once more

    static constexpr std::uint32_t not_lone = 0xFFFFFFFDU, is_spelled = 0xFFFFFFFEU;
    static_assert(not_lone != vocabulary::none && is_spelled != vocabulary::none);  // none: no token, and spelled if there are all bytes for it

    /// Preconditions: all has been noted in `seams`; `spelled`; of `lone_ids` each character's token, not_lone if that is not for all texts, or vocabulary::none.
    void prepare() noexcept {
        const bool has_all_bytes = [this] {
            for (unsigned byte = 0x80; byte < 0xF5; ++byte)
                if (spelled[byte] == vocabulary::none && byte != 0xC0 && byte != 0xC1) return false;
            return true;
        }();
        for (std::uint32_t code = 0; code < 0x10000; ++code) {
            const bool is_other = code == ' ' || code == 0x2581 || (cuts_at_newlines && code == '\n');
            if (is_other || !seams.is_lone(code)) lone_ids[code] = not_lone;
            else if (lone_ids[code] == vocabulary::none) lone_ids[code] = (code < 0x80 ? spelled[code] != vocabulary::none : has_all_bytes) ? is_spelled : not_lone;
        }
        lone_ids[0x10000] = not_lone;
        for (unsigned byte = 0; byte < 128; ++byte) {
            if (lone_ids[byte] != not_lone) lone[byte % 16] |= static_cast<std::uint8_t>(1U << (byte / 16));
            if (byte != ' ' && !seams.is_seam({byte, 1}, space.character)) ascii_joins_spaces = true;
        }
        cuts_spaces = seams.is_seam(space.character, space.character);
    }
    [[nodiscard]] auto lone_id_of(packed_character of) const noexcept -> std::uint32_t { return lone_ids[of.code_point()]; }
    /// A character of a text, and what there is to know of it.
    struct place {
        packed_character character;
        std::uint32_t lone_id;
    };
    [[nodiscard]] auto place_at(std::string_view text, std::size_t at) const noexcept -> place {
        const packed_character here = character_at(text, at);
        return {here, lone_id_of(here)};
    }
    /// Whether a word may end before the character `behind`, the one before which is `before`.
    [[nodiscard]] auto is_cut(const place& before, const place& behind) const noexcept -> bool {
        const bool is_lone = before.lone_id != not_lone, goes_on = behind.lone_id != not_lone;
        if (is_lone || goes_on) return is_lone != goes_on;
        if (seams.is_seam(before.character, behind.character)) return true;
        return cuts_at_newlines && (before.character.bytes == '\n') != (behind.character.bytes == '\n');
    }

    static constexpr place space{{' ', 1}, not_lone};
};

/// Writes a token's text as words are, with spaces for U+2581, if that has at most so many bytes. How many there are, or 0: also for a
/// text with a space of its own, which no text becomes.
template <std::size_t Most>
[[nodiscard]] inline auto write_as_word(std::string_view text, char* word) noexcept -> std::size_t {
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') return 0;
        const packed_character here = character_at(text, at);
        const std::size_t length = here.bytes == ' ' ? 1 : here.length;
        if (n + length > Most) return 0;
        if (length == 1) word[n] = static_cast<char>(here.bytes);
        else text.copy(word + n, length, at);
        n += length;
        at += here.length;
    }
    return n;
}

/// Where the word that begins at `at` ends, at the first seam there is.
[[nodiscard]] inline auto word_end_plainly(const seam_rules& rules, std::string_view text, std::size_t at) noexcept -> std::size_t {
    auto before = rules.place_at(text, at);
    for (at += before.character.length; at < text.size(); at += before.character.length) {
        const auto here = rules.place_at(text, at);
        if (rules.is_cut(before, here)) break;
        before = here;
    }
    return at;
}

/// A bit of each set for byte i of a block.
struct seam_masks {
    std::uint64_t spaces = 0;
    std::uint64_t newlines = 0;
    std::uint64_t lone = 0;
    std::uint64_t high = 0;  // not ASCII
};

/// Adds to `starts` the seams in words of a block that are longer than short texts. Its first byte starts a word.
inline auto with_all_seams(const seam_rules& rules, std::string_view block, std::uint64_t starts) noexcept -> std::uint64_t {
    constexpr std::size_t most = short_text::most_bytes;
    const std::uint64_t known = block.size() == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << block.size()) - 1;
    std::uint64_t runs = ~starts & known;  // places where so many bytes begin that start no word
    runs &= runs >> 1U;
    runs &= runs >> 2U;
    runs &= runs >> 4U;
    runs &= runs >> (most - 8);
    static_assert(most == 15);
    while (runs != 0) {
        const auto first = static_cast<unsigned>(std::countr_zero(runs));
        const std::uint64_t behind = starts & ~((std::uint64_t{1} << first) - 1);
        const std::size_t end = behind == 0 ? block.size() : static_cast<std::size_t>(std::countr_zero(behind));
        auto before = rules.place_at(block, first - 1);
        for (std::size_t at = first - 1 + before.character.length; at < end; at += before.character.length) {
            const auto here = rules.place_at(block, at);
            if (rules.is_cut(before, here)) starts |= std::uint64_t{1} << at;
            before = here;
        }
        if (end >= 64) break;
        runs &= ~((std::uint64_t{1} << end) - 1);
    }
    return starts;
}

/// The starts of words in a block whose first byte is one.
[[nodiscard]] inline auto word_starts(const seam_rules& rules, std::string_view block, const seam_masks& masks) noexcept -> std::uint64_t {
    const std::uint64_t first_spaces = masks.spaces & ~(masks.spaces << 1U);
    std::uint64_t starts = 1 | (rules.cuts_spaces ? masks.spaces : first_spaces) | (masks.lone ^ masks.lone << 1U);
    std::uint64_t doubtful = first_spaces & (masks.high << 1U);
    if (rules.ascii_joins_spaces) doubtful = first_spaces & ~std::uint64_t{1};
    for (; doubtful != 0; doubtful &= doubtful - 1) {
        const auto at = static_cast<unsigned>(std::countr_zero(doubtful));
        std::size_t begin = at - 1;
        while ((static_cast<unsigned char>(block[begin]) & 0xC0U) == 0x80) --begin;
        if (!rules.is_cut(rules.place_at(block, begin), seam_rules::space)) starts &= ~(std::uint64_t{1} << at);
    }
    if (rules.cuts_at_newlines) starts |= masks.newlines ^ masks.newlines << 1U;
    if (block.size() < 64) starts &= (std::uint64_t{1} << block.size()) - 1;
    return with_all_seams(rules, block, starts | 1U);
}

/// Fills `batch` with words of `text`, of which the bytes up to `at` have been cut, and gives where it stopped.
template <class Tier>
[[nodiscard, gnu::always_inline]] inline auto cut_words_with(const seam_rules& rules, const piece_table& table, std::string_view text, std::size_t at, piece_batch& batch) noexcept
    -> std::size_t {
    while (!batch.is_full() && at < text.size()) {
        std::string_view block = text.substr(at, 64);
        cria::detail::prefetch_ahead(block.data(), text_ahead);
        const bool is_end = at + block.size() == text.size();
        seam_masks masks;
        Tier::masks(rules, block, masks);
        if (!is_end) {
            while ((static_cast<unsigned char>(text[at + block.size()]) & 0xC0U) == 0x80) block.remove_suffix(1);  // characters are whole
        }
        const std::uint64_t starts = word_starts(rules, block, masks);
        if (starts == 1 && !is_end) {
            at = word_end_plainly(rules, text, at);
            batch.add(at);
            continue;
        }
        batch.add_all<Tier>(at, starts & (starts - 1));
        if (is_end) {
            batch.add(text.size());
            at = text.size();
            break;
        }
        at += 63 - static_cast<std::size_t>(std::countl_zero(starts));
    }
    batch.prepare<Tier>(table, text);
    return at;
}

/// The same of any bytes, at all seams but between lone characters.
[[nodiscard]] inline auto cut_at_all_seams(const seam_rules& rules, const piece_table& table, std::string_view text, std::size_t at, piece_batch& batch) noexcept -> std::size_t {
    while (!batch.is_full() && at < text.size()) {
        at = word_end_plainly(rules, text, at);
        batch.add(at);
    }
    batch.prepare<plain_piece_tier>(table, text);
    return at;
}

struct plain_seam_tier : plain_piece_tier {
    static void masks(const seam_rules& rules, std::string_view block, seam_masks& made) noexcept {
        for (std::size_t i = 0; i < block.size(); ++i) {
            const auto byte = static_cast<unsigned char>(block[i]);
            const std::uint64_t bit = std::uint64_t{1} << i;
            if (byte >= 0x80) made.high |= bit;
            else if (byte == ' ') made.spaces |= bit;
            else if (byte == '\n') made.newlines |= bit;
            if (byte < 0x80 && (rules.lone[byte % 16] >> (byte / 16) & 1U) != 0) made.lone |= bit;
        }
    }
};

using word_cut = auto (*)(const seam_rules&, const piece_table&, std::string_view, std::size_t, piece_batch&) noexcept -> std::size_t;

[[nodiscard]] inline auto cut_words_plainly(const seam_rules& rules, const piece_table& table, std::string_view text, std::size_t at, piece_batch& batch) noexcept -> std::size_t {
    return cut_words_with<plain_seam_tier>(rules, table, text, at, batch);
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_SEAM_CUTTER_HPP
