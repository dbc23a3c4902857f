// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_UTF8_NFC_TEXTS_HPP
#define CRIA_TESTS_UTF8_NFC_TEXTS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/utf8/code_point.hpp"
#include "cria/utf8/nfc.hpp"
#include "cria/utf8/nfc_tables.hpp"
#include "support/random.hpp"

// What the tests of composition share: texts in which there is something to compose, and the plain twin, which
// follows section 3.11 of the Standard to the letter and looks at nothing but classes and decompositions.

namespace cria_test {

/// Where sequences are taken from: first code point and how many; as in tests/conformance/nfc_hf.py.
inline constexpr char32_t nfc_ranges[][2] = {
    {0x41, 0x3A},      {0xC0, 0x190},     {0x300, 0x70},     {0x300, 0x46},    {0x300, 0x14},   {0x323, 6},       {0x391, 0x40},    {0x5B0, 0x50},
    {0x64B, 0x20},     {0x900, 0x500},    {0xF40, 0x80},     {0x1020, 0x20},   {0x1100, 0x100}, {0x1160, 0x18},   {0x11A5, 0x20},   {0x1B00, 0x50},
    {0x1DC0, 0x40},    {0x1E00, 0x200},   {0x20D0, 0x30},    {0x2126, 0x300},  {0x302A, 0xD6},  {0xAC00, 11172},  {0xF900, 0x250},  {0x11080, 0x160},
    {0x11300, 0x90},   {0x114A0, 0x130},  {0x1D150, 0x80},   {0x1E000, 0x960}, {0x2F7F0, 0x240}, {0, 0xD800},     {0xE000, 0x102000}};
inline constexpr std::size_t n_nfc_ranges = sizeof nfc_ranges / sizeof nfc_ranges[0];

/// 1 to 12 characters.
[[nodiscard]] inline auto nfc_sequence(random_numbers& numbers) -> std::string {
    std::string text;
    for (auto n = 1 + numbers.below(12); n > 0; --n) {
        const auto& range = nfc_ranges[numbers.below(n_nfc_ranges)];
        text += cria::utf8::encode(range[0] + static_cast<char32_t>(numbers.below(range[1]))).view();
    }
    return text;
}

/// The canonical composites by their two parts, from all decompositions.
[[nodiscard]] inline auto composites_by_parts() -> const std::map<std::pair<char32_t, char32_t>, char32_t>& {
    static const auto composites = [] {
        std::map<std::pair<char32_t, char32_t>, char32_t> found;
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            const auto parts = cria::utf8::detail::nfc::decomposition_of(c);
            const auto is_excluded = cria::utf8::detail::nfc::kinds[cria::utf8::detail::nfc::kind_number_of(c)].has(cria::utf8::detail::nfc::trait::never);
            if (parts.second != 0 && !is_excluded) found[{parts.first, parts.second}] = c;
        }
        return found;
    }();
    return composites;
}

[[nodiscard]] inline auto combining_class_of(char32_t c) -> unsigned {
    return cria::utf8::detail::nfc::kinds[cria::utf8::detail::nfc::kind_number_of(c)].combining_class;
}

/// The composed form of `text`, by definition.
[[nodiscard]] inline auto composed_plainly(std::string_view text) -> std::string {
    namespace utf8 = cria::utf8;
    // D68: everything is decomposed until nothing decomposes,
    std::u32string decomposed;
    while (!text.empty()) {
        const auto here = utf8::decode(text);
        std::u32string part{here.code_point};
        for (std::size_t i = 0; i < part.size();) {
            const auto parts = utf8::detail::nfc::decomposition_of(part[i]);
            if (parts.first == 0) {
                ++i;
                continue;
            }
            part[i] = parts.first;
            if (parts.second != 0) part.insert(i + 1, 1, parts.second);
        }
        decomposed += part;
        text.remove_prefix(here.length);
    }
    // D109: runs of non-starters sorted by class,
    for (auto begin = decomposed.begin(); begin != decomposed.end();) {
        const auto end = std::find_if(begin, decomposed.end(), [](char32_t c) { return combining_class_of(c) == 0; });
        for (auto at = begin; at != end; ++at) {
            const auto place = std::upper_bound(begin, at, *at, [](char32_t a, char32_t b) { return combining_class_of(a) < combining_class_of(b); });
            std::rotate(place, at, at + 1);
        }
        begin = end == decomposed.end() ? end : end + 1;
    }
    // D117: each character, from the second on, becomes one with the last starter before it unless it is blocked (D115: by
    // a starter or by a character of the same or a higher class between them).
    std::u32string composed;
    for (const char32_t c : decomposed) {
        auto starter = composed.size();
        while (starter > 0 && combining_class_of(composed[starter - 1]) != 0) --starter;
        if (starter > 0) {
            auto is_blocked = false;
            for (auto i = starter; i < composed.size(); ++i) is_blocked |= combining_class_of(composed[i]) >= combining_class_of(c);
            const auto found = composites_by_parts().find({composed[starter - 1], c});
            if (!is_blocked && found != composites_by_parts().end()) {
                composed[starter - 1] = found->second;
                continue;
            }
        }
        composed += c;
    }
    std::string bytes;
    for (const char32_t c : composed) bytes += utf8::encode(c).view();
    return bytes;
}

/// The text that a normalizer makes, and what is wrong with the stretches that it gave, or nullptr.
struct nfc_outcome {
    std::string text;
    const char* broken = nullptr;
};

[[nodiscard]] inline auto compose(cria::utf8::nfc_normalizer& composing, std::string_view text) -> nfc_outcome {
    nfc_outcome outcome;
    std::size_t at = 0;
    auto was_unchanged = false;
    const auto done = composing.run(text, [&](std::size_t begin, std::size_t end, std::string_view normalized) {
        if (begin != at || end <= begin || end > text.size()) outcome.broken = "stretches do not follow each other";
        const auto is_unchanged = normalized.data() == text.data() + begin;
        if (is_unchanged && normalized.size() != end - begin) outcome.broken = "an unchanged stretch has another size";
        if (is_unchanged && was_unchanged) outcome.broken = "two unchanged stretches in a row";
        if (!is_unchanged && normalized == text.substr(begin, end - begin)) outcome.broken = "a stretch is copied for nothing";
        was_unchanged = is_unchanged;
        at = end;
        outcome.text += normalized;
    });
    if (!done) outcome.broken = "composing fails";
    else if (at != text.size()) outcome.broken = "stretches do not cover the text";
    return outcome;
}

/// A sentence about the first promise that `text`, which is valid UTF-8, breaks, or nullptr.
[[nodiscard]] inline auto broken_by_nfc(cria::utf8::nfc_normalizer& composing, std::string_view text) -> const char* {
    const auto [composed, broken] = compose(composing, text);
    if (broken != nullptr) return broken;
    if (composed != composed_plainly(text)) return "composed otherwise than by the plain twin";
    const auto changed = cria::utf8::find_not_nfc(text);
    if ((changed == text.size()) != (composed == text)) return "find_not_nfc is wrong about whether the text is composed";
    if (text.substr(0, changed) != std::string_view(composed).substr(0, changed)) return "find_not_nfc passes over a change";
    if (cria::utf8::find_not_nfc(composed) != composed.size()) return "what has been composed is not composed";
    if (composed != compose(composing, composed).text) return "composing twice changes something";
    return nullptr;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_UTF8_NFC_TEXTS_HPP
