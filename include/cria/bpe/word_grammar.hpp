// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_WORD_GRAMMAR_HPP
#define CRIA_BPE_WORD_GRAMMAR_HPP

#include "cria/bpe/split_steps.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// The step that most families are made of: one expression whose alternatives are contractions, words, numbers,
// punctuation and white space. What sets families apart are the switches of word_grammar. They are read as the text
// is cut: code for each grammar would be no faster and make every program that includes this compile for longer.

namespace cria::inline v0::bpe::detail {

enum class contraction_rule : std::uint8_t {
    none,
    lower_case,  // 's|'t|'re|'ve|'m|'ll|'d
    any_case,    // (?i:…), which folds U+017F to s as well
    ascii_case,  // '[sS]|'[tT]|'[rR][eE]|…
};

enum class word_shape : std::uint8_t {
    run,      // word+
    cased,    // upper* lower+ | upper+ lower*
    phrases,  // (\p{L}\p{M}*(?: \p{L}\p{M}*)*)+
};

enum class newline_rule : std::uint8_t {
    none,
    end_pieces,  // \s*[\r\n]+: white space up to a line break is a piece
    alone,       // [\r\n]
};

/// The alternatives of one expression, tried in this order:
///     contraction | first_run+ | [!-/:-@[-`{-~][A-Za-z]+ if joins_ascii_words | word_prefix? word suffix?
///     | number_prefix? number{1,max_digits} | \x20? punctuation+ punctuation_tail* | newline_rule
///     | \s+(?!\S) | \s+
/// What none of them matches is a gap.
struct word_grammar {
    contraction_rule contractions = contraction_rule::none;
    class_set first_run = {};
    bool joins_ascii_words = false;

    class_set word_prefix = {};
    word_shape shape = word_shape::run;
    class_set word = unicode::letters;
    class_set upper = {}, lower = {};  // of word_shape::cased, which has no `word`
    contraction_rule suffix = contraction_rule::none;

    bool has_numbers = true;
    class_set number_prefix = {};
    std::size_t max_digits = 0;  // 0: no limit

    class_set punctuation = unicode::everything - unicode::whitespace - unicode::letters - unicode::numbers;
    glyph_set punctuation_tail = {};
    bool one_in_tail = false;

    newline_rule newlines = newline_rule::none;
    bool halves_spaces = false;  // \s{512}(?!\S)|\s{256}(?!\S)|…|\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1} for \s+(?!\S)|\s+

    [[nodiscard]] constexpr auto word_classes() const noexcept -> class_set {
        return shape == word_shape::cased ? upper | lower : word;
    }
    /// What no alternative starts with, unless as the prefix of a word.
    [[nodiscard]] constexpr auto orphans() const noexcept -> class_set {
        const auto numbers = has_numbers ? unicode::numbers : class_set{};
        return unicode::everything - first_run - word_classes() - numbers - punctuation - unicode::whitespace;
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
        return rule != contraction_rule::lower_case && is_upper ? static_cast<char>(c + ('a' - 'A')) : c;
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

/// One text, and where the pieces end that `rules` cut it into.
template <class Classes>
struct word_cutter {
    const word_grammar& rules;
    std::string_view text;

    /// `seen`: white space that is going on does so up to there, without a line break.
    [[nodiscard]] constexpr auto piece_end(std::size_t at, std::size_t& seen) const noexcept -> std::size_t {
        const auto first = glyph_at<Classes>(text, at);
        if (first.lead == '\'') {
            const auto length = contraction_length(text, at, rules.contractions);
            if (length != 0) return at + length;
        }
        if (rules.first_run.contains(first.kind)) return run_end<Classes>(text, at, rules.first_run);

        const auto next = at + first.length;
        const auto has_second = next < text.size();
        const auto second = glyph_or_end<Classes>(text, next);
        if (rules.joins_ascii_words) {
            const auto is_sign = first.lead < 0x80 && (unicode::punctuation | unicode::symbols).contains(first.kind);
            if (is_sign && has_second && ascii_letters.contains(second)) return run_end<Classes>(text, next, ascii_letters);
        }

        const auto after_word = word_end(at, first, second);
        if (after_word != at) return with_suffix(after_word);

        const auto leads = [&](class_set prefix, class_set body) {
            return has_second && prefix.contains(first.kind) && body.contains(second.kind);
        };
        if (rules.has_numbers) {
            if (unicode::numbers.contains(first.kind)) return number_end(at);
            if (leads(rules.number_prefix, unicode::numbers)) return number_end(next);
        }
        if (rules.punctuation.contains(first.kind)) return punctuation_end(next);
        if (leads(char_class::ascii_space, rules.punctuation)) return punctuation_end(next);
        if (unicode::whitespace.contains(first.kind)) return whitespace_end(at, seen);
        return gap_end(next);
    }

private:
    static constexpr glyph_set ascii_letters = {class_set{}, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"};

    /// Of the word that starts at `at`, with or without a prefix; `at` if there is none.
    [[nodiscard]] constexpr auto word_end(std::size_t at, const glyph& first, const glyph& second) const noexcept -> std::size_t {
        const auto next = at + first.length;
        const auto may_be_prefix = rules.word_prefix.contains(first.kind) && second.length != 0;
        if (rules.shape == word_shape::cased) {
            const auto with_prefix = may_be_prefix ? cased_word(next) : word_ends{};
            if (with_prefix.lower != 0) return with_prefix.lower;
            const auto is_word = rules.word_classes().contains(first.kind);
            const auto without = is_word ? cased_word(at) : word_ends{};
            if (without.lower != 0) return without.lower;
            if (with_prefix.upper != 0) return with_prefix.upper;
            return without.upper != 0 ? without.upper : at;
        }
        // A prefix that is a word character as well gives the same word.
        if (rules.word.contains(first.kind)) return body_end(next);
        if (may_be_prefix && rules.word.contains(second.kind)) return body_end(next + second.length);
        return at;
    }

    [[nodiscard]] constexpr auto body_end(std::size_t at) const noexcept -> std::size_t {
        if (rules.shape == word_shape::run) return run_end<Classes>(text, at, rules.word);
        for (;;) {
            at = run_end<Classes>(text, at, unicode::letters | unicode::marks);
            const auto has_space = at < text.size() && text[at] == ' ';
            const auto after = has_space ? glyph_or_end<Classes>(text, at + 1) : glyph{};
            if (!unicode::letters.contains(after.kind)) return at;
            at += std::size_t{1} + after.length;
        }
    }

    /// Where the two alternatives of a cased word end; 0 for one that does not match.
    struct word_ends {
        std::size_t lower = 0;  // upper* lower+
        std::size_t upper = 0;  // upper+, which is upper+ lower* where the first one fails
    };
    [[nodiscard]] constexpr auto cased_word(std::size_t begin) const noexcept -> word_ends {
        word_ends ends;
        auto at = begin;
        while (at < text.size()) {
            const auto here = glyph_at<Classes>(text, at);
            const auto is_lower = rules.lower.contains(here.kind);
            if (!rules.upper.contains(here.kind)) {
                if (is_lower) ends.lower = run_end<Classes>(text, at, rules.lower);
                break;
            }
            at += here.length;
            // lower+ can have the last of upper* that is both.
            if (is_lower) ends.lower = at;
        }
        if (at != begin) ends.upper = at;
        return ends;
    }

    [[nodiscard]] constexpr auto with_suffix(std::size_t at) const noexcept -> std::size_t {
        if (rules.suffix == contraction_rule::none) return at;
        const auto has_apostrophe = at < text.size() && text[at] == '\'';
        return has_apostrophe ? at + contraction_length(text, at, rules.suffix) : at;
    }

    [[nodiscard]] constexpr auto number_end(std::size_t at) const noexcept -> std::size_t {
        if (rules.max_digits == 0) return run_end<Classes>(text, at, unicode::numbers);
        for (std::size_t n = 0; n < rules.max_digits && at < text.size(); ++n) {
            const auto here = glyph_at<Classes>(text, at);
            if (!unicode::numbers.contains(here.kind)) break;
            at += here.length;
        }
        return at;
    }

    [[nodiscard]] constexpr auto punctuation_end(std::size_t at) const noexcept -> std::size_t {
        at = run_end<Classes>(text, at, rules.punctuation);
        if (rules.punctuation_tail.is_empty()) return at;
        if (!rules.one_in_tail) return run_end<Classes>(text, at, rules.punctuation_tail);
        const auto here = glyph_or_end<Classes>(text, at);
        return here.length != 0 && rules.punctuation_tail.contains(here) ? at + here.length : at;
    }

    /// At a white space: up to the run's last line break, if these end pieces; else all of the run but the space that
    /// the next piece may want; at the end of the text all of it.
    [[nodiscard]] constexpr auto whitespace_end(std::size_t begin, std::size_t& seen) const noexcept -> std::size_t {
        if (rules.newlines == newline_rule::alone && (text[begin] == '\n' || text[begin] == '\r')) return begin + 1;
        if (rules.halves_spaces && begin < seen) return halved_end(begin);

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
        if (rules.newlines == newline_rule::end_pieces && after_newline != 0) return after_newline;
        if (rules.halves_spaces) {
            seen = at;
            return halved_end(begin);
        }
        return at == text.size() || last == begin ? at : last;
    }

    [[nodiscard]] constexpr auto halved_end(std::size_t begin) const noexcept -> std::size_t {
        constexpr std::size_t largest = 512;
        std::size_t n_ahead = 0;  // white space from here on, as far as it matters
        for (auto at = begin; at < text.size() && n_ahead <= largest; ++n_ahead) {
            const auto here = glyph_at<Classes>(text, at);
            if (!unicode::whitespace.contains(here.kind)) {
                --n_ahead;  // (?!\S) takes one away
                break;
            }
            at += here.length;
        }
        auto n = largest;
        while (n > n_ahead && n > 1) n /= 2;
        auto at = begin;
        for (; n > 0; --n) at += glyph_at<Classes>(text, at).length;
        return at;
    }

    /// After an orphan: up to what something starts with, be it an orphan before a word.
    [[nodiscard]] constexpr auto gap_end(std::size_t at) const noexcept -> std::size_t {
        const auto orphans = rules.orphans();
        auto here = glyph_or_end<Classes>(text, at);
        while (here.length != 0 && orphans.contains(here.kind)) {
            const auto next = glyph_or_end<Classes>(text, at + here.length);
            const auto starts_word = next.length != 0 && rules.word_classes().contains(next.kind);
            if (starts_word && rules.word_prefix.contains(here.kind)) break;
            at += here.length;
            here = next;
        }
        return at;
    }
};

/// The step that follows `Grammar::rules`.
template <class Classes, class Grammar>
[[nodiscard]] constexpr auto words(std::string_view text, std::size_t at, std::size_t& seen) noexcept -> std::size_t {
    return word_cutter<Classes>{Grammar::rules, text}.piece_end(at, seen);
}

}  // namespace cria::inline v0::bpe::detail

#endif
