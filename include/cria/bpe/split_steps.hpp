// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SPLIT_STEPS_HPP
#define CRIA_BPE_SPLIT_STEPS_HPP

#include "cria/bpe/unicode_tables.hpp"
#include "cria/utf8/code_point.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// The machinery of bpe/pretokenize.hpp; nothing here is for users. A *step* is a function: where the piece that
// starts at byte `at` of a text ends. It is one regular expression by hand: a match of it, or the gap up to its next
// match. Here are the steps about sets of characters; word_grammar.hpp and digit_groups.hpp have the others. They are
// templates of their sets and of what class a character has, so that families are tables of pointers to them.
//
// What every step keeps: it returns more than `at`, it reads nothing before `at` and nothing outside `text`,
// it does not recurse or allocate, and all its calls together look at a character a fixed number of times. For that
// last some have to know how far they have looked before: `seen` is 0 at the start of a text and theirs while they are
// asked about its pieces, from left to right.

namespace cria::inline v0::bpe::detail {

using unicode::char_class;
using unicode::class_set;
using unicode::code_point_range;

/// Where the piece of `text` that starts at byte `at` ends.
using step = auto (*)(std::string_view text, std::size_t at, std::size_t& seen) noexcept -> std::size_t;

/// One character as the grammars see it.
struct glyph {
    char_class kind = char_class::other;
    std::uint8_t length = 0;   // bytes; 0 past the end of the text
    unsigned char lead = 0;    // the first byte, which is the whole character if it is ASCII
    char32_t code_point = 0;
};

/// The character at byte `at`, which is inside `text`.
template <class Classes>
[[nodiscard]] constexpr auto glyph_at(std::string_view text, std::size_t at) noexcept -> glyph {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {Classes::class_of_ascii(lead), 1, lead, lead};
    const auto here = utf8::decode(text, at);
    return {Classes::class_of(here.code_point), here.length, lead, here.code_point};
}

/// The same, or the empty glyph past the end, which every set of classes but those with `other` lacks.
template <class Classes>
[[nodiscard]] constexpr auto glyph_or_end(std::string_view text, std::size_t at) noexcept -> glyph {
    return at < text.size() ? glyph_at<Classes>(text, at) : glyph{};
}

/// Classes and single ASCII characters: `[\p{P}$+<=>^~|]`.
struct glyph_set {
    class_set classes;
    std::uint64_t ascii[2] = {};

    constexpr glyph_set(class_set in_classes = {}, std::string_view in_ascii = {}) noexcept : classes{in_classes} {  // NOLINT
        for (const char c : in_ascii) ascii[(c >> 6) & 1] |= std::uint64_t{1} << (c & 63);
    }
    [[nodiscard]] constexpr auto contains(const glyph& g) const noexcept -> bool {
        if (classes.contains(g.kind)) return true;
        return g.lead < 0x80 && ((ascii[g.lead >> 6] >> (g.lead & 63U)) & 1U) != 0;
    }
    [[nodiscard]] constexpr auto is_empty() const noexcept -> bool {
        return classes.is_empty() && ascii[0] == 0 && ascii[1] == 0;
    }
};

/// Code points, and what is taken out of them again by class: `[\x{4E00}-\x{9FA5}\x{3040}-\x{30FF}]`.
struct range_set {
    std::span<const code_point_range> ranges;  // sorted
    class_set without = {};                    // of what is not ASCII

    [[nodiscard]] constexpr auto contains(const glyph& g) const noexcept -> bool {
        if (g.lead >= 0x80 && without.contains(g.kind)) return false;
        return unicode::is_within(ranges.data(), ranges.size(), g.code_point);
    }
};

/// The end of the run of characters that starts at `at` and that are in `set` (or, with `wanted` false, are not).
template <class Classes, class Set>
[[nodiscard]] constexpr auto run_end(std::string_view text, std::size_t at, const Set& set, bool wanted = true) noexcept
    -> std::size_t {
    while (at < text.size()) {
        const auto here = glyph_at<Classes>(text, at);
        if (set.contains(here) != wanted) break;
        at += here.length;
    }
    return at;
}

template <class Classes>
[[nodiscard]] constexpr auto run_end(std::string_view text, std::size_t at, class_set set) noexcept -> std::size_t {
    return run_end<Classes>(text, at, glyph_set{set});
}

/// `Set::members`+, and what lies between.
template <class Classes, class Set>
[[nodiscard]] constexpr auto runs(std::string_view text, std::size_t at, std::size_t& /*seen*/) noexcept -> std::size_t {
    const auto is_member = Set::members.contains(glyph_at<Classes>(text, at));
    return run_end<Classes>(text, at, Set::members, is_member);
}

/// `A::members`+ | `B::members`+ | …, and what lies between. The sets have no character in common.
template <class Classes, class... Sets>
[[nodiscard]] constexpr auto runs_of_each(std::string_view text, std::size_t at, std::size_t& /*seen*/) noexcept -> std::size_t {
    // The number of the set that a character is in: 1, 2, …; 0 for none.
    constexpr auto set_of = [](const glyph& g) {
        unsigned number = 0;
        unsigned found = 0;
        ((++number, found = Sets::members.contains(g) ? number : found), ...);
        return found;
    };
    auto here = glyph_at<Classes>(text, at);
    const auto wanted = set_of(here);
    while (at < text.size()) {
        here = glyph_at<Classes>(text, at);
        if (set_of(here) != wanted) break;
        at += here.length;
    }
    return at;
}

/// One character of `Set::members`, and what lies between.
template <class Classes, class Set>
[[nodiscard]] constexpr auto singles(std::string_view text, std::size_t at, std::size_t& /*seen*/) noexcept -> std::size_t {
    const auto first = glyph_at<Classes>(text, at);
    if (Set::members.contains(first)) return at + first.length;
    return run_end<Classes>(text, at, Set::members, false);
}

/// Up to three characters of `Set::members`, and what lies between.
template <class Classes, class Set>
[[nodiscard]] constexpr auto threes(std::string_view text, std::size_t at, std::size_t& /*seen*/) noexcept -> std::size_t {
    auto here = glyph_at<Classes>(text, at);
    if (!Set::members.contains(here)) return run_end<Classes>(text, at, Set::members, false);
    for (int n = 0; n < 3 && Set::members.contains(here); ++n) {
        at += here.length;
        if (at == text.size()) break;
        here = glyph_at<Classes>(text, at);
    }
    return at;
}

/// `Prefix::members`? `Set::members`+, and what lies between.
template <class Classes, class Prefix, class Set>
[[nodiscard]] constexpr auto prefixed_runs(std::string_view text, std::size_t begin, std::size_t& /*seen*/) noexcept -> std::size_t {
    auto here = glyph_at<Classes>(text, begin);
    for (auto at = begin;;) {
        const auto after = at + here.length;
        const auto has_next = after < text.size();
        const auto next = glyph_or_end<Classes>(text, after);
        const auto next_is_member = has_next && Set::members.contains(next);
        const auto starts_match = Set::members.contains(here) || (Prefix::members.contains(here) && next_is_member);
        if (starts_match) {
            if (at != begin) return at;
            return next_is_member ? run_end<Classes>(text, after + next.length, Set::members) : after;
        }
        if (!has_next) return after;
        at = after;
        here = next;
    }
}

/// `Set::members`+$, and what lies before.
template <class Classes, class Set>
[[nodiscard]] constexpr auto trailing_run(std::string_view text, std::size_t begin, std::size_t& /*seen*/) noexcept -> std::size_t {
    auto tail = begin;  // where the members start that go on up to here
    for (auto at = begin; at < text.size();) {
        const auto here = glyph_at<Classes>(text, at);
        at += here.length;
        if (!Set::members.contains(here)) tail = at;
    }
    return tail == begin ? text.size() : tail;
}

/// [0-9][0-9][0-9], and what lies between.
[[nodiscard]] constexpr auto ascii_digit_triples(std::string_view text, std::size_t begin, std::size_t& /*seen*/) noexcept -> std::size_t {
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

/// Cuts `text`, which starts at byte `base` of the whole, by the first step and each piece by the rest. It calls itself
/// as often as there are steps.
template <class Yield>
constexpr void split(std::span<const step> steps, std::string_view text, std::size_t base, Yield& yield) {
    const auto rest = steps.subspan(1);
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = steps.front()(text, at, seen);
        if (rest.empty()) {
            yield(base + at, base + end);
        } else {
            split(rest, std::string_view{text.data() + at, end - at}, base + at, yield);
        }
        at = end;
    }
}

}  // namespace cria::inline v0::bpe::detail

#endif
