// SPDX-License-Identifier: MIT
#include "cria/bpe/unicode_tables.hpp"

#include "support/catch.hpp"

#include <cstddef>
#include <set>
#include <string>

namespace unicode = cria::bpe::unicode;
using unicode::char_class;
using namespace std::string_literals;

static_assert(unicode::is_letter(U'a') && !unicode::is_letter(U'1'), "lookups are constexpr");

namespace {

auto count(unicode::class_set wanted) -> std::size_t {
    std::size_t n = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) n += wanted.contains(unicode::class_of(c)) ? 1U : 0U;
    return n;
}

// A function and no lambda: a lambda is constexpr unasked, and g++ then counted at compile time, for a minute.
auto count_older(unicode::class_set wanted) -> std::size_t {
    std::size_t n = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) n += wanted.contains(unicode::older_class_of(c)) ? 1U : 0U;
    return n;
}

}  // namespace

TEST_CASE("the classes have as many members as Unicode 16.0 says") {
    CHECK(unicode::version == "16.0.0");
    CHECK(count(unicode::letters) == 141'028);
    CHECK(count(unicode::numbers) == 1'911);
    CHECK(count(unicode::punctuation) == 855);
    CHECK(count(unicode::symbols) == 8'514);
    CHECK(count(unicode::marks) == 2'501);
    CHECK(count(unicode::whitespace) == 25);
    CHECK(count(unicode::han) == 99'030);
    CHECK(count(unicode::decimal_digits) == 760);
    CHECK(count(char_class::uppercase) == 1'858);
    CHECK(count(char_class::lowercase) == 2'258);
    CHECK(count(char_class::titlecase) == 31);
    CHECK(count(char_class::modifier | char_class::han_modifier) == 404);
    CHECK(count(char_class::other_letter | char_class::han_letter) == 136'477);
    CHECK(count(char_class::connector) == 10);
    CHECK(count(unicode::everything) == 0x110000);
}

TEST_CASE("no character is in two of letters, numbers, marks, punctuation, symbols and white space") {
    const unicode::class_set sets[] = {unicode::letters, unicode::numbers, unicode::marks,
                                       unicode::punctuation, unicode::symbols, unicode::whitespace};
    for (const auto& a : sets) {
        CHECK_FALSE(a.is_empty());
        for (const auto& b : sets) {
            if (&a != &b) CHECK(a - b == a);
        }
    }
}

TEST_CASE("white space is the 25 code points of White_Space and no look-alike") {
    std::set<char32_t> expected = {0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
    for (char32_t c = 0x09; c <= 0x0D; ++c) expected.insert(c);
    for (char32_t c = 0x2000; c <= 0x200A; ++c) expected.insert(c);
    std::set<char32_t> found;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (unicode::is_whitespace(c)) found.insert(c);
    }
    CHECK(found == expected);
    for (const auto c : U"\x1C\x1D\x1E\x1F\u180E\u200B\u2060\uFEFF"s) {
        CHECK(unicode::class_of(c) == char_class::other);
    }
    CHECK(unicode::class_of(' ') == char_class::ascii_space);
    CHECK(unicode::class_of('\n') == char_class::newline);
    CHECK(unicode::class_of('\r') == char_class::newline);
    CHECK(unicode::class_of(0x85) == char_class::other_space);
    CHECK(unicode::class_of(0x2028) == char_class::other_space);
}

TEST_CASE("characters have the class that the database gives them") {
    struct sample {
        char32_t code_point;
        char_class expected;
    };
    const sample samples[] = {
        {U'A', char_class::uppercase},
        {U'z', char_class::lowercase},
        {U'\u00C9', char_class::uppercase},
        {U'\u017F', char_class::lowercase},     // long s
        {U'\u01C5', char_class::titlecase},     // Dž
        {U'\u02B0', char_class::modifier},      // modifier h
        {U'\u00AA', char_class::other_letter},  // feminine ordinal
        {U'\u05D0', char_class::other_letter},  // alef
        {U'\u0928', char_class::other_letter},  // na
        {U'\u093E', char_class::mark},          // Devanagari vowel sign, Mc
        {U'\u0301', char_class::mark},          // combining acute, Mn
        {U'\u20DD', char_class::mark},          // enclosing circle, Me
        {U'0', char_class::decimal_digit},
        {U'\u0661', char_class::decimal_digit},  // Arabic-Indic one
        {U'\u00B2', char_class::other_number},   // superscript two
        {U'\u00BD', char_class::other_number},   // one half
        {U'\u2167', char_class::letter_number},  // Roman eight
        {U'\u24B6', char_class::letter_symbol},  // circled A
        {U'\U0001F189', char_class::letter_symbol},
        {U'\U0001F18A', char_class::symbol},
        {U'\u3007', char_class::han_number},     // ideographic zero
        {U'_', char_class::connector},
        {U'!', char_class::punctuation},
        {U'\u2019', char_class::punctuation},  // right quote
        {U'\u3001', char_class::punctuation},  // ideographic comma: script Common
        {U'$', char_class::symbol},
        {U'+', char_class::symbol},
        {U'^', char_class::symbol},
        {U'`', char_class::symbol},
        {U'|', char_class::symbol},
        {U'~', char_class::symbol},
        {U'\uFFFD', char_class::symbol},
        {U'\U0001F600', char_class::symbol},  // emoji
        {U'\u4E00', char_class::han_letter},
        {U'\u9FFF', char_class::han_letter},
        {U'\uF900', char_class::han_letter},
        {U'\U00020000', char_class::han_letter},
        {U'\U000323AF', char_class::han_letter},  // the last of extension H
        {U'\u3005', char_class::han_modifier},    // iteration mark
        {U'\u2E80', char_class::han_symbol},      // radical
        {U'\u3042', char_class::other_letter},    // hiragana
        {U'\uAC00', char_class::other_letter},    // hangul
        {0xE0100, char_class::mark},              // variation selectors, above the table
        {0xE01EF, char_class::mark},
        {0xE01F0, char_class::other},
        {0xE00FF, char_class::other},
        {0xE0041, char_class::other},  // tag
        {0x323B0, char_class::other},  // behind the last ideograph
        {0x323FF, char_class::other},  // the table's last
        {0x32400, char_class::other},
        {0x00, char_class::other},
        {0xAD, char_class::other},  // soft hyphen
        {0xD800, char_class::other},
        {0xE000, char_class::other},
        {0x378, char_class::other},  // unassigned
        {0x10FFFF, char_class::other},
        {0x110000, char_class::other},  // no code points
        {0xFFFFFFFF, char_class::other},
    };
    for (const auto& [code_point, expected] : samples) {
        CAPTURE(static_cast<unsigned>(code_point));
        CHECK(unicode::class_of(code_point) == expected);
    }
}

TEST_CASE("the tables are those of 16.0, not of 15.1") {
    CHECK(unicode::class_of(0x1C89) == char_class::uppercase);       // Cyrillic capital TJE
    CHECK(unicode::class_of(0x1C8A) == char_class::lowercase);       //
    CHECK(unicode::class_of(0x105C0) == char_class::other_letter);   // Todhri
    CHECK(unicode::class_of(0x1CCF0) == char_class::decimal_digit);  // outlined digit
    CHECK(unicode::class_of(0x1FAE9) == char_class::symbol);         // face with bags under eyes
}

TEST_CASE("the older classes are those of 15.1, and differ only in what it did not assign") {
    CHECK(unicode::older_version == "15.1.0");
    CHECK(count_older(unicode::letters) == 136'726);
    CHECK(count_older(unicode::numbers) == 1'831);
    CHECK(count_older(unicode::punctuation) == 842);
    CHECK(count_older(unicode::symbols) == 7'775);
    CHECK(count_older(unicode::marks) == 2'450);
    CHECK(count_older(unicode::whitespace) == 25);
    std::size_t n_changed = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (unicode::older_class_of(c) == unicode::class_of(c)) continue;
        ++n_changed;
        if (unicode::older_class_of(c) != char_class::other) FAIL("an assigned code point has another class");
    }
    CHECK(n_changed == 5'185);
    CHECK(unicode::older_class_of(0x1C89) == char_class::other);
    CHECK(unicode::older_class_of(0x1C88) == char_class::lowercase);
    CHECK(unicode::older_class_of(0x1FBEF) == char_class::other);  // the last
    CHECK(unicode::older_class_of(0x897) == char_class::other);    // the first
    CHECK(unicode::older_class_of(0x898) == char_class::mark);
}

TEST_CASE("predicates are their sets") {
    CHECK(unicode::is_letter(0x3005));
    CHECK(unicode::is_number(0x3007));
    CHECK_FALSE(unicode::is_letter(0x3007));
    CHECK(unicode::is_mark(0x0301));
    CHECK(unicode::is_punctuation('_'));
    CHECK(unicode::is_symbol(0x2E80));
    CHECK_FALSE(unicode::is_punctuation('~'));
    CHECK(unicode::is_han(0x3007));
    CHECK_FALSE(unicode::is_han(0x3042));
    CHECK_FALSE(unicode::is_whitespace(0x200B));
}

TEST_CASE("class_of_ascii is class_of for ASCII") {
    for (unsigned char byte = 0; byte < 0x80; ++byte) {
        CHECK(unicode::class_of_ascii(byte) == unicode::class_of(byte));
    }
}
