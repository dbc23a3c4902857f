// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SPLIT_STEPS_HPP
#define CRIA_BPE_SPLIT_STEPS_HPP

#include "cria/bpe/unicode_tables.hpp"
#include "cria/utf8/code_point.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// The machinery of bpe/pretokenize.hpp; nothing here is for users. A *step* is a type with one function,
// piece_end<Classes>(text, at): where the piece that starts at byte `at` ends. It is one regular expression
// by hand: a match of it, or the gap up to its next match. There are two kinds, word grammars (letters,
// numbers, punctuation, white space, with a handful of switches) and runs of a character set.
//
// What every step keeps: it returns more than `at`, it reads nothing before `at` and nothing outside `text`,
// it does not recurse or allocate, and all its calls together look at a character at most four times.

namespace cria::inline v0::bpe::detail {

using unicode::char_class;
using unicode::class_set;

/// One character as the grammars see it.
struct glyph {
    char_class kind;
    std::uint8_t length;  // bytes
    unsigned char lead;   // the first byte, which is the whole character if it is ASCII
};

/// The character at byte `at`, which is inside `text`.
template <class Classes>
[[nodiscard]] constexpr auto glyph_at(std::string_view text, std::size_t at) noexcept -> glyph {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {Classes::class_of_ascii(lead), 1, lead};
    const auto here = utf8::decode(text, at);
    return {Classes::class_of(here.code_point), here.length, lead};
}

/// Classes and single ASCII characters: `[\p{P}$+<=>^~|]`.
struct glyph_set {
    class_set classes;
    std::uint64_t ascii[2] = {};

    constexpr glyph_set(class_set in_classes, std::string_view in_ascii = {}) noexcept : classes{in_classes} {  // NOLINT
        for (const char c : in_ascii) ascii[(c >> 6) & 1] |= std::uint64_t{1} << (c & 63);
    }
    [[nodiscard]] constexpr auto contains(glyph g) const noexcept -> bool {
        if (classes.contains(g.kind)) return true;
        return g.lead < 0x80 && ((ascii[g.lead >> 6] >> (g.lead & 63U)) & 1U) != 0;
    }
};

/// The end of the run of characters that starts at `at` and that are in `set` (or, with `wanted` false, are not).
template <class Classes>
[[nodiscard]] constexpr auto run_end(std::string_view text, std::size_t at, const glyph_set& set,
                                     bool wanted = true) noexcept -> std::size_t {
    while (at < text.size()) {
        const auto here = glyph_at<Classes>(text, at);
        if (set.contains(here) != wanted) break;
        at += here.length;
    }
    return at;
}

// Word grammars ---------------------------------------------------------------------------------------

enum class contraction_rule : std::uint8_t {
    none,
    lower_case,  // 's|'t|'re|'ve|'m|'ll|'d
    any_case,    // (?i:…), which folds U+017F to s as well
};

/// The alternatives of one expression, tried in this order:
///     contraction | word_prefix? word+ | number_prefix? number{1,max_digits}
///     | \x20? punctuation+ punctuation_tail* | \s*[\r\n]+ if newlines_end_pieces | \s+(?!\S) | \s
/// where punctuation is what is no word, number or white space.
struct word_grammar {
    contraction_rule contractions = contraction_rule::none;
    class_set word_prefix = {};
    class_set word = unicode::letters;
    class_set number_prefix = {};
    std::size_t max_digits = 0;  // 0: no limit
    class_set punctuation_tail = {};
    bool newlines_end_pieces = false;

    [[nodiscard]] constexpr auto punctuation() const noexcept -> class_set {
        return unicode::everything - unicode::whitespace - word - unicode::numbers;
    }
};

/// The length of the contraction that follows the apostrophe at byte `at`, apostrophe included; 0 if none does.
[[nodiscard]] constexpr auto contraction_length(std::string_view text, std::size_t at, contraction_rule rule) noexcept
    -> std::size_t {
    const auto left = text.size() - at;
    if (rule == contraction_rule::none || left < 2) return 0;
    const auto letter = [&](std::size_t i) {
        const char c = text[at + i];
        const auto is_upper = c >= 'A' && c <= 'Z';
        return rule == contraction_rule::any_case && is_upper ? static_cast<char>(c + ('a' - 'A')) : c;
    };
    const auto first = letter(1);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return 2;
    if (left < 3) return 0;
    // U+017F is C5 BF, and the only letter outside ASCII that folds into a contraction.
    if (rule == contraction_rule::any_case && first == '\xC5' && text[at + 2] == '\xBF') return 3;
    const auto second = letter(2);
    if ((first == 'r' || first == 'v') && second == 'e') return 3;
    if (first == 'l' && second == 'l') return 3;
    return 0;
}

/// `\s*[\r\n]+ | \s+(?!\S) | \s` at a white space: up to the run's last line break; else all of the run but
/// the space that the next piece may want; at the end of the text all of it.
template <class Classes>
[[nodiscard]] constexpr auto whitespace_end(std::string_view text, std::size_t begin, bool newlines_end_pieces) noexcept
    -> std::size_t {
    auto at = begin;
    auto last = begin;              // where the run's last character starts
    std::size_t after_newline = 0;  // where the run's last line break ends
    while (at < text.size()) {
        const auto here = glyph_at<Classes>(text, at);
        if (!unicode::whitespace.contains(here.kind)) break;
        last = at;
        at += here.length;
        if (here.kind == char_class::newline) after_newline = at;
    }
    if (newlines_end_pieces && after_newline != 0) return after_newline;
    return at == text.size() || last == begin ? at : last;
}

/// A step that follows `Grammar::rules`; the expression of such a step matches everywhere.
template <class Grammar>
struct words {
    static constexpr word_grammar rules = Grammar::rules;
    static constexpr class_set punctuation = rules.punctuation();

    template <class Classes>
    [[nodiscard]] static constexpr auto number_end(std::string_view text, std::size_t at) noexcept -> std::size_t {
        if constexpr (rules.max_digits == 0) return run_end<Classes>(text, at, unicode::numbers);
        for (std::size_t n = 0; n < rules.max_digits && at < text.size(); ++n) {
            const auto here = glyph_at<Classes>(text, at);
            if (!unicode::numbers.contains(here.kind)) break;
            at += here.length;
        }
        return at;
    }

    template <class Classes>
    [[nodiscard]] static constexpr auto punctuation_end(std::string_view text, std::size_t at) noexcept -> std::size_t {
        at = run_end<Classes>(text, at, punctuation);
        if constexpr (rules.punctuation_tail.is_empty()) return at;
        return run_end<Classes>(text, at, rules.punctuation_tail);
    }

    template <class Classes>
    [[nodiscard]] static constexpr auto piece_end(std::string_view text, std::size_t at) noexcept -> std::size_t {
        const auto first = glyph_at<Classes>(text, at);
        if (first.lead == '\'') {
            const auto length = contraction_length(text, at, rules.contractions);
            if (length != 0) return at + length;
        }

        const auto next = at + first.length;
        if (rules.word.contains(first.kind)) return run_end<Classes>(text, next, rules.word);
        const auto has_second = next < text.size();
        const auto second = has_second ? glyph_at<Classes>(text, next) : glyph{char_class::other, 0, 0};
        const auto leads = [&](class_set prefix, class_set body) {
            return has_second && prefix.contains(first.kind) && body.contains(second.kind);
        };
        if (leads(rules.word_prefix, rules.word)) return run_end<Classes>(text, next + second.length, rules.word);
        if (unicode::numbers.contains(first.kind)) return number_end<Classes>(text, at);
        if (leads(rules.number_prefix, unicode::numbers)) return number_end<Classes>(text, next);
        if (punctuation.contains(first.kind)) return punctuation_end<Classes>(text, next);
        if (leads(char_class::ascii_space, punctuation)) return punctuation_end<Classes>(text, next);
        return whitespace_end<Classes>(text, at, rules.newlines_end_pieces);
    }
};

// Character sets --------------------------------------------------------------------------------------

/// `Set::members`+, and what lies between.
template <class Set>
struct runs {
    template <class Classes>
    [[nodiscard]] static constexpr auto piece_end(std::string_view text, std::size_t at) noexcept -> std::size_t {
        const auto is_member = Set::members.contains(glyph_at<Classes>(text, at));
        return run_end<Classes>(text, at, Set::members, is_member);
    }
};

/// One character of `Set::members`, and what lies between.
template <class Set>
struct singles {
    template <class Classes>
    [[nodiscard]] static constexpr auto piece_end(std::string_view text, std::size_t at) noexcept -> std::size_t {
        const auto first = glyph_at<Classes>(text, at);
        if (Set::members.contains(first)) return at + first.length;
        return run_end<Classes>(text, at, Set::members, false);
    }
};

/// [0-9][0-9][0-9], and what lies between.
struct ascii_digit_triples {
    template <class Classes>
    [[nodiscard]] static constexpr auto piece_end(std::string_view text, std::size_t begin) noexcept -> std::size_t {
        // Digits are never part of a longer character, so bytes will do.
        std::size_t n_digits = 0;
        for (auto at = begin; at < text.size(); ++at) {
            const auto is_digit = text[at] >= '0' && text[at] <= '9';
            n_digits = is_digit ? n_digits + 1 : 0;
            if (n_digits != 3) continue;
            const auto after = at + 1;
            return after - begin == 3 ? after : after - 3;
        }
        return text.size();
    }
};

// Steps in sequence ------------------------------------------------------------------------------------

/// Cuts `text`, which starts at byte `base` of the whole, by the first step and each piece by the rest.
template <class Classes, class Step, class... Rest, class Yield>
constexpr void split(std::string_view text, std::size_t base, Yield& yield) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = Step::template piece_end<Classes>(text, at);
        if constexpr (sizeof...(Rest) == 0) {
            yield(base + at, base + end);
        } else {
            split<Classes, Rest...>(std::string_view{text.data() + at, end - at}, base + at, yield);
        }
        at = end;
    }
}

}  // namespace cria::inline v0::bpe::detail

#endif
