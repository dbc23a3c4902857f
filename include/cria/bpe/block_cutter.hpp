// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_BLOCK_CUTTER_HPP
#define CRIA_BPE_BLOCK_CUTTER_HPP

#include "cria/bpe/block_masks.hpp"
#include "cria/bpe/word_grammar.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Where the pieces of a word grammar begin, 64 bytes at a time: arithmetic on the masks of block_masks.hpp.
//
// No alternative of a word grammar looks back. So what stands at the start of a piece is cut as if the text began there, and a
// block can begin at any start of a piece: there is nothing to carry from block to block. A block says the starts that
// are certain whatever follows it; the next block begins at the last of them, whose piece has not ended yet. A piece for
// which that is no progress, being longer than a block, is cut by the plain word_cutter.
//
// Of grammars it knows those with `shape` run and without first_run, joins_ascii_words, suffix, halves_spaces or orphans: GPT-2's, Llama
// 3's, Qwen's and their like. can_cut_by_blocks() says so.

namespace cria::inline v0::bpe::detail {

/// Whether block_cutter knows all that this grammar asks for.
[[nodiscard]] constexpr auto can_cut_by_blocks(const word_grammar& rules) noexcept -> bool {
    const class_set inner_space = unicode::whitespace - unicode::newlines;
    const class_set punctuation = unicode::everything - unicode::whitespace - rules.word - unicode::numbers;
    const class_set wide_prefix = unicode::everything - unicode::newlines - unicode::letters - unicode::numbers;
    const bool knows_prefix = rules.word_prefix == class_set{char_class::ascii_space} || rules.word_prefix == wide_prefix ||
                              (rules.word_prefix - rules.word) == (wide_prefix - rules.word) || rules.word_prefix.is_empty() || rules.word_prefix == inner_space;
    const bool knows_numbers = rules.has_numbers && (rules.number_prefix.is_empty() || (rules.number_prefix == class_set{char_class::ascii_space} && rules.max_digits == 0)) &&
                               (rules.max_digits == 0 || rules.max_digits == 1 || rules.max_digits == 3);
    const glyph_set newlines = unicode::newlines;
    const bool knows_tail = !rules.one_in_tail && rules.punctuation_tail.ascii[0] == 0 && rules.punctuation_tail.ascii[1] == 0 &&
                            (rules.punctuation_tail.classes.is_empty() || rules.punctuation_tail.classes == newlines.classes);
    return rules.shape == word_shape::run && rules.first_run.is_empty() && !rules.joins_ascii_words && rules.suffix == contraction_rule::none &&
           !rules.halves_spaces && rules.newlines != newline_rule::alone && knows_prefix && knows_numbers && knows_tail && rules.punctuation == punctuation &&
           rules.orphans().is_empty();
}

/// The switches of a grammar as masks need them.
struct block_rules {
    contraction_rule contractions = contraction_rule::none;
    bool spaces_lead_words = false;        // U+0020 before a word belongs to it
    bool other_spaces_lead_words = false;  // so does other white space but newlines
    bool signs_lead_words = false;         // so does a single punctuation character
    bool spaces_lead_numbers = false;
    std::size_t max_digits = 0;
    bool newlines_end_signs = false;       // newlines behind punctuation belong to it
    bool newlines_end_pieces = false;      // white space up to the last newline of a run is a piece

    constexpr explicit block_rules(const word_grammar& rules) noexcept
        : contractions(rules.contractions),
          spaces_lead_words(rules.word_prefix.contains(char_class::ascii_space)),
          other_spaces_lead_words(rules.word_prefix.contains(char_class::other_space)),
          signs_lead_words(rules.word_prefix.contains(char_class::punctuation)),
          spaces_lead_numbers(rules.number_prefix.contains(char_class::ascii_space)),
          max_digits(rules.max_digits),
          newlines_end_signs(!rules.punctuation_tail.is_empty()),
          newlines_end_pieces(rules.newlines == newline_rule::end_pieces) {}
};

/// The starts of pieces in a block whose first byte starts one. `text` is where the block begins, up to the end of the text.
/// Bit 0 is set; where it is the only one, and the block does not reach the end of the text, nothing is known.
[[nodiscard]] inline auto piece_starts(const block_rules& rules, const block_masks& block, std::string_view text) noexcept -> std::uint64_t {
    const bool is_end = block.size == text.size();
    const std::uint64_t known = block.size == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << block.size) - 1;
    const std::uint64_t words = block.words, numbers = block.numbers, newlines = block.newlines, spaces = block.spaces, leads = block.leads;
    const std::uint64_t signs = known & ~(words | numbers | block.whitespace);

    const std::uint64_t word_starts = words & ~(words << 1U);
    const std::uint64_t sign_starts = signs & ~(signs << 1U);
    const std::uint64_t after_space = spaces << 1U;

    // Newlines that belong to the punctuation before them: adding their first one carries through all of them.
    std::uint64_t whitespace = block.whitespace;
    if (rules.newlines_end_signs) whitespace &= ~(newlines & ~(newlines + (newlines & (signs << 1U))));

    std::uint64_t starts = 1 | (whitespace & ~(whitespace << 1U));
    // The last of a run of white space, before something else, is a piece or the beginning of one.
    const std::uint64_t last_spaces = whitespace & ((known & ~whitespace) >> 1U);
    starts |= rules.newlines_end_pieces ? last_spaces & ~newlines : last_spaces;
    if (rules.newlines_end_pieces) {
        // White space behind the last newline of a run: what begins behind a newline, and does not go on with another one. How many lines a block has cannot be
        // foretold, so two are done whether they are there or not.
        const std::uint64_t inner = whitespace & ~newlines, other_ends = whitespace | (is_end ? 0 : ~known);
        std::uint64_t left = inner & ((whitespace & newlines) << 1U);
        const auto add_first = [&] {
            const std::uint64_t first = left & (0 - left), end = (inner + first) & ~inner;  // the carry; 0 beyond 64
            const bool ends_here = (end & other_ends) == 0 && (end != 0 || is_end);
            starts |= ends_here ? first : 0;
            left ^= first;
        };
        if (left != 0) {
            add_first();
            add_first();
            while (left != 0) add_first();
        }
    }

    // Words, with what leads them.
    std::uint64_t leaders = 0;
    if (rules.spaces_lead_words) leaders |= spaces;
    if (rules.other_spaces_lead_words) leaders |= whitespace & ~newlines;
    const std::uint64_t free_signs = sign_starts & ~after_space;  // that start a piece
    if (rules.signs_lead_words) {
        std::uint64_t ones = free_signs;  // all bytes of the first character
        const std::uint64_t inner = signs & ~leads;
        if (inner != 0) {
            ones |= (ones << 1U) & inner;
            ones |= (ones << 1U) & inner;
            ones |= (ones << 1U) & inner;
        }
        leaders |= ones;
    }
    starts |= word_starts & ~(leaders << 1U);
    starts |= free_signs;

    // Numbers
    if (numbers != 0) {
        const std::uint64_t number_starts = numbers & ~(numbers << 1U);
        if (rules.max_digits == 0) {
            starts |= rules.spaces_lead_numbers ? number_starts & ~after_space : number_starts;
        } else if (rules.max_digits == 1) {
            starts |= numbers;
        } else {  // every third of a run
            std::uint64_t thirds = number_starts;
            std::uint64_t whole = numbers & (numbers << 1U);
            whole &= whole << 1U;
            whole = (whole << 1U) & numbers;  // with three more before it
            for (unsigned n = 3; n < 64; n *= 2) {
                thirds |= (thirds << n) & whole;
                whole &= whole << n;
            }
            starts |= thirds;
        }
    }

    // Contractions
    if (rules.contractions != contraction_rule::none) {
        for (std::uint64_t left = block.apostrophes & free_signs; left != 0; left &= left - 1) {
            const auto at = static_cast<unsigned>(std::countr_zero(left));
            const std::size_t length = contraction_length(text, at, rules.contractions);
            if (length == 0) continue;
            starts &= ~(((std::uint64_t{1} << length) - 2) << at);
            if (at + length < block.size) starts |= std::uint64_t{1} << (at + length);
        }
    }

    if (is_end) return starts;
    // White space that goes on up to the end of the block may be cut anywhere but at its start.
    const std::uint64_t others = ~whitespace & known, top = std::uint64_t{1} << (block.size - 1);
    const auto run = 63 - static_cast<unsigned>(std::countl_zero(others << 1U | 1U));  // where the last run begins
    starts &= (whitespace & top) != 0 ? (std::uint64_t{2} << run) - 1 : ~std::uint64_t{0};
    return starts;
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_BLOCK_CUTTER_HPP
