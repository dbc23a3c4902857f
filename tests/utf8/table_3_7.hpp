// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_UTF8_TABLE_3_7_HPP
#define CRIA_TESTS_UTF8_TABLE_3_7_HPP

// The oracle of the UTF-8 tests: table 3-7 of the Unicode Standard written down as it is printed, and
// questions answered by walking its rows. Slow and plain on purpose; shares no code with the library.

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cria_test::table_3_7 {

struct range {
    unsigned char low, high;
};
struct row {
    std::size_t length;
    range bytes[4];
};

inline constexpr row rows[] = {
    {1, {{0x00, 0x7F}}},
    {2, {{0xC2, 0xDF}, {0x80, 0xBF}}},
    {3, {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}}},
    {3, {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}}},
    {3, {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}}},
    {3, {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}}},
    {4, {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
    {4, {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
    {4, {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}}},
};

/// What stands at the start of `text`: how many bytes, whether they are a character, and whether they
/// are a character's start that the text's end cuts off.
struct subpart {
    std::size_t length = 1;
    bool well_formed = false;
    bool cut_off = false;
};

inline auto first_of(std::string_view text) -> subpart {
    subpart best;
    for (const auto& candidate : rows) {
        std::size_t n = 0;
        while (n < candidate.length && n < text.size()) {
            const auto byte = static_cast<unsigned char>(text[n]);
            if (byte < candidate.bytes[n].low || byte > candidate.bytes[n].high) break;
            ++n;
        }
        if (n == 0 || n < best.length) continue;
        best = {n, n == candidate.length, n < candidate.length && n == text.size()};
    }
    return best;
}

/// The text with U+FFFD for each maximal subpart of an ill-formed sequence.
inline auto sanitised(std::string_view text) -> std::string {
    std::string out;
    while (!text.empty()) {
        const auto here = first_of(text);
        if (here.well_formed) {
            out += text.substr(0, here.length);
        } else {
            out += "\xEF\xBF\xBD";
        }
        text.remove_prefix(here.length);
    }
    return out;
}

/// Where the first ill-formed sequence starts.
inline auto first_invalid(std::string_view text) -> std::size_t {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto here = first_of(text.substr(at));
        if (!here.well_formed) break;
        at += here.length;
    }
    return at;
}

/// Where the character starts that the text's end cuts off; the text's size if none is.
inline auto cut_off_at(std::string_view text) -> std::size_t {
    for (std::size_t at = 0; at < text.size();) {
        const auto here = first_of(text.substr(at));
        if (here.cut_off) return at;
        at += here.length;
    }
    return text.size();
}

/// Both ends of every range of the table, their neighbours, and some bytes between.
inline auto boundary_bytes() -> std::vector<unsigned char> {
    return {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF};
}

/// Text that is valid in places: characters of every length, broken ones, and stray bytes.
inline auto nasty_text(std::mt19937& random, std::size_t n_atoms) -> std::string {
    static const std::vector<std::string> atoms = {
        "a", "hello wor", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBF\xBD",
        "\x80", "\xBF", "\xC0\x80", "\xC1\xA1", "\xC2", "\xE2\x82",
        "\xE0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xED\xB0\x80", "\xF0\x9F\x98", "\xF0\x9F",
        "\xF0\x80", "\xF0", "\xF4\x8F\xBF\xBF", "\xF4\x90\x80", "\xF5", "\xF8\x88\x80\x80\x80",
        "\xFF", "\xED\x9F\xBF", "\xEE\x80\x80", "\xE1", "\xF1\x80\x80", std::string(1, '\0')};
    std::string text;
    for (std::size_t i = 0; i < n_atoms; ++i) text += atoms[random() % atoms.size()];
    return text;
}

}  // namespace cria_test::table_3_7

#endif
