// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_DIGIT_GROUPS_HPP
#define CRIA_BPE_DIGIT_GROUPS_HPP

#include "cria/bpe/split_steps.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// Steps that cut digits into threes from the right, as people write numbers: 1|234|567. Where a run of digits is
// cut depends on its length, so it is counted to its end before the first cut; what has been counted is
// remembered, or a run of n digits would be counted n / 3 times.

namespace cria::inline v0::bpe::detail {

/// A run of digits from `begin`.
struct digit_run {
    std::size_t end = 0;
    std::size_t n_digits = 0;
    glyph after = {};  // empty at the end of the text
};

template <class Classes, class Set>
[[nodiscard]] constexpr auto count_digits(std::string_view text, std::size_t begin, const Set& digits) noexcept -> digit_run {
    auto at = begin;
    for (std::size_t n = 0;; ++n) {
        const auto here = glyph_or_end<Classes>(text, at);
        if (here.length == 0 || !digits.contains(here)) return {at, n, here};
        at += here.length;
    }
}

/// `n` characters further, which the text is known to have.
[[nodiscard]] constexpr auto skip(std::string_view text, std::size_t at, std::size_t n) noexcept -> std::size_t {
    for (; n > 0; --n) at += utf8::decode(text, at).length;
    return at;
}

/// \w as Oniguruma has it: letters, marks, decimal digits, connectors, whatever else is Alphabetic, and the six numbers
/// of Latin-1.
[[nodiscard]] constexpr auto is_word_character(const glyph& g) noexcept -> bool {
    constexpr auto word_classes = unicode::letters | unicode::marks | unicode::decimal_digits | char_class::connector |
                                  char_class::letter_number | char_class::han_number | char_class::letter_symbol;
    if (g.length == 0) return false;
    const auto is_latin_number = g.kind == char_class::other_number && g.code_point < 0x100;
    return word_classes.contains(g.kind) || is_latin_number;
}

/// What group_digits does with what is not a digit.
enum class digit_rule : std::uint8_t {
    isolate,        // \d{1,3}(?=(?:\d{3})*(?!\d)): it is a piece of its own
    at_boundaries,  // \d{1,3}(?=(?:\d{3})*\b): as before, but digits before a word character are no digits
    glue,           // llama.cpp's scanner: it belongs to the group that follows
};

/// Up to three of `Set::members`, so that all but the first of a run are three. `counted` is where the run ends that is
/// being cut.
template <class Classes, class Set, digit_rule Rule>
[[nodiscard]] constexpr auto group_digits(std::string_view text, std::size_t begin, std::size_t& counted) noexcept -> std::size_t {
    if (begin < counted) return skip(text, begin, 3);
    for (auto at = begin; at < text.size();) {
        at = run_end<Classes>(text, at, Set::members, false);
        if (Rule == digit_rule::isolate && at != begin) return at;
        if (at == text.size()) break;
        const auto run = count_digits<Classes>(text, at, Set::members);
        if (Rule == digit_rule::at_boundaries && is_word_character(run.after)) {
            at = run.end;
            continue;
        }
        if (Rule == digit_rule::at_boundaries && at != begin) return at;
        counted = run.end;
        const auto n_odd = run.n_digits % 3;
        return skip(text, at, n_odd == 0 ? 3 : n_odd);
    }
    return text.size();
}

/// (?=(\d{3})+(?!\d)), where a digit is one of `Set::members`: cuts before each three, and nowhere else. `counted` as above.
template <class Classes, class Set>
[[nodiscard]] constexpr auto cut_before_threes(std::string_view text, std::size_t begin, std::size_t& counted) noexcept -> std::size_t {
    auto at = begin;
    if (begin < counted) {
        at = skip(text, begin, 3);
        if (at < counted) return at;
    }
    while (at < text.size()) {
        at = run_end<Classes>(text, at, Set::members, false);
        const auto run = count_digits<Classes>(text, at, Set::members);
        if (run.n_digits >= 3) {
            counted = run.end;
            auto cut = skip(text, at, run.n_digits % 3);
            if (cut == begin) cut = skip(text, cut, 3);
            if (cut < run.end) return cut;
        }
        at = run.end;
    }
    return text.size();
}

}  // namespace cria::inline v0::bpe::detail

#endif
