// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_UNICODE_TABLES_HPP
#define CRIA_BPE_UNICODE_TABLES_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>  // and std::size

// What pretokenizers need to know about a character, in one byte: its class. Every regular-expression
// property they use (\p{L}, \p{Lu}, \p{N}, \d, \p{P}, \p{S}, \p{M}, \p{Han}, \s, [\r\n]) is a set of
// classes, and a set is 32 bits, so a test is one table load and one shift, and a new grammar is a new
// constant.
//
// The classes come from the Unicode Character Database in the version named below: General_Category,
// White_Space (25 code points) and Script=Han. The version matters: a newer one assigns more letters and
// would cut other pieces than the training tokenizer did. So there is an older one as well, for programs that
// still have it; it differs in unassigned code points only. The tables are written by
// tools/unicode/generate_tables.py between the two marks; everything else here is written by hand.
// Deliberately absent: normalisation, case mapping, other scripts.

namespace cria::inline v0::bpe::unicode {

/// The version of the Unicode Character Database that the classes are taken from.
inline constexpr std::string_view version = "16.0.0";
/// The version of older_class_of().
inline constexpr std::string_view older_version = "15.1.0";

/// The class of a code point. A value's low five bits are its number, so that the table can be read:
/// 'u' is an upper-case letter there too.
enum class char_class : std::uint8_t {
    uppercase = 'u',        // Lu
    lowercase = 'l',        // Ll
    titlecase = 't',        // Lt
    modifier = 'm',         // Lm
    other_letter = 'o',     // Lo
    decimal_digit = 'd',    // Nd
    letter_number = 'e',    // Nl
    other_number = 'n',     // No
    mark = 'k',             // Mn, Mc, Me
    connector = 'c',        // Pc
    punctuation = 'p',      // P but Pc
    symbol = 's',           // Sm, Sc, Sk, So but the next
    letter_symbol = 'g',    // So that is Alphabetic: circled and squared letters
    han_letter = 'h',       // Lo in script Han, and so on
    han_modifier = 'i',     //
    han_number = 'j',       //
    han_mark = 'v',         //
    han_punctuation = 'w',  //
    han_symbol = 'y',       //
    ascii_space = 'b',      // U+0020, which grammars treat apart
    newline = 'r',          // U+000A and U+000D
    other_space = 'a',      // the other 22 White_Space
    other = 'x',            // Cc, Cf, Co, Cs, Cn that are no white space
};

/// A set of classes.
struct class_set {
    std::uint32_t bits = 0;

    constexpr class_set() noexcept = default;
    constexpr class_set(char_class one) noexcept : bits{1U << (static_cast<unsigned>(one) & 31U)} {}  // NOLINT

    [[nodiscard]] constexpr auto contains(char_class one) const noexcept -> bool {
        return ((bits >> (static_cast<unsigned>(one) & 31U)) & 1U) != 0;
    }
    [[nodiscard]] constexpr auto is_empty() const noexcept -> bool { return bits == 0; }

    /// In either set; in the first but not in the second.
    friend constexpr auto operator|(class_set a, class_set b) noexcept -> class_set {
        a.bits |= b.bits;
        return a;
    }
    friend constexpr auto operator-(class_set a, class_set b) noexcept -> class_set {
        a.bits &= ~b.bits;
        return a;
    }
    friend constexpr auto operator==(class_set a, class_set b) noexcept -> bool { return a.bits == b.bits; }
};

constexpr auto operator|(char_class a, char_class b) noexcept -> class_set { return class_set{a} | class_set{b}; }

/// The properties as sets: \p{L}, \p{N}, \d, \p{M}, \p{P}, \p{S}, \s, [\r\n], \p{Han}.
inline constexpr class_set letters = char_class::uppercase | char_class::lowercase | char_class::titlecase |
                                     char_class::modifier | char_class::other_letter | char_class::han_letter |
                                     char_class::han_modifier;
inline constexpr class_set decimal_digits = char_class::decimal_digit;
inline constexpr class_set numbers = char_class::decimal_digit | char_class::letter_number | char_class::other_number |
                                     char_class::han_number;
inline constexpr class_set marks = char_class::mark | char_class::han_mark;
inline constexpr class_set punctuation =
    char_class::connector | char_class::punctuation | char_class::han_punctuation;
inline constexpr class_set symbols = char_class::symbol | char_class::letter_symbol | char_class::han_symbol;
inline constexpr class_set newlines = char_class::newline;
inline constexpr class_set whitespace = char_class::ascii_space | char_class::newline | char_class::other_space;
inline constexpr class_set han = char_class::han_letter | char_class::han_modifier | char_class::han_number |
                                 char_class::han_mark | char_class::han_punctuation | char_class::han_symbol;
inline constexpr class_set everything =
    letters | numbers | marks | punctuation | symbols | whitespace | char_class::other;

/// The class of `code_point`; `other` for anything that is no code point.
/// Cost: two dependent loads, none of them for what lies above the assigned planes.
[[nodiscard]] constexpr auto class_of(char32_t code_point) noexcept -> char_class;

/// class_of by the older version: `other` for what that did not assign.
/// Cost: as class_of, and a search in a list of a kilobyte for what is not ASCII and not `other`.
[[nodiscard]] constexpr auto older_class_of(char32_t code_point) noexcept -> char_class;

/// class_of for a byte below 0x80, with one load. A higher byte is taken modulo 128.
[[nodiscard]] constexpr auto class_of_ascii(unsigned char byte) noexcept -> char_class;

[[nodiscard]] constexpr auto is_letter(char32_t c) noexcept -> bool { return letters.contains(class_of(c)); }
[[nodiscard]] constexpr auto is_number(char32_t c) noexcept -> bool { return numbers.contains(class_of(c)); }
[[nodiscard]] constexpr auto is_mark(char32_t c) noexcept -> bool { return marks.contains(class_of(c)); }
[[nodiscard]] constexpr auto is_punctuation(char32_t c) noexcept -> bool { return punctuation.contains(class_of(c)); }
[[nodiscard]] constexpr auto is_symbol(char32_t c) noexcept -> bool { return symbols.contains(class_of(c)); }
[[nodiscard]] constexpr auto is_whitespace(char32_t c) noexcept -> bool { return whitespace.contains(class_of(c)); }
[[nodiscard]] constexpr auto is_han(char32_t c) noexcept -> bool { return han.contains(class_of(c)); }

// implementation ------------------------------------------------------------------------------------

/// Code points from `first` to `last`, which belongs to them.
struct code_point_range {
    char32_t first = 0;
    char32_t last = 0;
};

/// Whether one of `n` ranges, which are sorted and do not overlap, holds `code_point`.
[[nodiscard]] constexpr auto is_within(const code_point_range* ranges, std::size_t n, char32_t code_point) noexcept -> bool {
    while (n > 0) {
        const auto half = n / 2;
        if (code_point > ranges[half].last) {
            ranges += half + 1;
            n -= half + 1;
        } else if (code_point < ranges[half].first) {
            n = half;
        } else {
            return true;
        }
    }
    return false;
}

namespace detail {

// Two stages: block_index[code point / 128] names a block of 128 letters in block_classes. Block 0 is
// ASCII. Data: Unicode Character Database, Copyright (c) Unicode, Inc., Unicode License V3
// (https://www.unicode.org/license.txt).
// clang-format off
// generated: begin
inline constexpr char32_t table_end = 0x32400;
inline constexpr std::uint8_t block_index[1608] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    31, 32, 33, 34, 34, 35, 36, 37, 38, 39, 34, 34, 34, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54,
    55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 64, 65, 64, 66, 67, 64, 64, 64, 64, 68, 69, 64, 64, 64, 70, 64, 64, 71,
    72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 64, 64, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 88, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 89, 34, 34, 34, 34, 34, 34, 34, 34, 90, 34, 34, 91, 92, 93, 94, 95, 96, 97,
    98, 99, 100, 101, 102, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 103, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 87, 87, 105, 106, 107, 108, 34, 34, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118,
    104, 119, 120, 121, 122, 123, 124, 125, 34, 34, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138,
    139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 104, 154, 155, 156, 157, 104, 158, 159,
    160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 104, 170, 171, 172, 34, 34, 34, 34, 34, 34, 34, 173, 174, 34,
    175, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 176, 34,
    34, 34, 34, 34, 34, 34, 34, 177, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 116, 34, 34, 34, 34, 178, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 179, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 34, 34, 34, 34, 180, 181, 182, 183, 104, 104, 184,
    104, 185, 186, 187, 188, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 189, 34, 34,
    34, 34, 34, 34, 34, 34, 34, 190, 191, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 192, 34, 34, 193, 34, 34, 194, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 195, 196, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 64, 197, 64, 64, 64,
    198, 199, 200, 64, 201, 202, 203, 204, 205, 206, 104, 207, 208, 209, 210, 211, 212, 213, 214, 64, 64, 64, 64, 215,
    216, 104, 104, 104, 104, 104, 104, 104, 104, 217, 104, 218, 219, 220, 104, 104, 221, 104, 104, 104, 222, 104, 223,
    104, 104, 104, 224, 34, 225, 226, 104, 104, 104, 104, 104, 227, 228, 229, 104, 230, 231, 104, 104, 232, 233, 234,
    235, 236, 104, 64, 64, 64, 64, 64, 64, 64, 237, 238, 239, 240, 241, 64, 64, 242, 243, 64, 244, 104, 104, 104, 104,
    104, 104, 104, 104, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 245, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 246, 87, 247, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 248, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    249, 87, 87, 87, 87, 250, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104,
    104, 104, 87, 87, 87, 87, 251, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 104, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 252, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87,
    87, 87, 87, 87, 87, 87, 87, 87, 253,
};
inline constexpr char block_classes[32512 + 1] =
    "xxxxxxxxxaraarxxxxxxxxxxxxxxxxxxbpppsppppppsppppddddddddddppsssppuuuuuuuuuuuuuuuuuuuuuuuuuupppscsllllllllllllllllllllllllllpspsx"
    "xxxxxaxxxxxxxxxxxxxxxxxxxxxxxxxxapssssspssopsxssssnnslppsnopnnnpuuuuuuuuuuuuuuuuuuuuuuusuuuuuuullllllllllllllllllllllllsllllllll"
    "ulululululululululululululululululululululululululululullulululululululullulululululululululululululululululululululululuululull"
    "luululuuluuulluuuuluuluuullluuluulululuululluluuluuululuulloulllooooutlutlutlulululululululullululululululululullutluluuulululul"
    "ulululululululululululululululululululululululululullllllluuluulluluuuulululululllllllllllllllllllllllllllllllllllllllllllllllll"
    "llllllllllllllllllllolllllllllllllllllllllllllllmmmmmmmmmmmmmmmmmmssssmmmmmmmmmmmmssssssssssssssmmmmmsssssssmsmsssssssssssssssss"
    "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkululmsulxxmlllpu"
    "xxxxssupuuuxuxuuluuuuuuuuuuuuuuuuuxuuuuuuuuulllllllllllllllllllllllllllllllllllulluuulllululululululululululululllllulsuluulluuu"
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuullllllllllllllllllllllllllllllllllllllllllllllllulululululululululululululululul"
    "ulskkkkkkkulululululululululululululululululululululululululululuululululululullulululululululululululululululululululululululul"
    "ululululululululululululululululululululululululxuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuxxmppppppllllllllllllllllllllllllllllllll"
    "lllllllllppxxsssxkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkpkpkkpkkpkxxxxxxxxoooooooooooooooooooooooooooxxxxooooppxxxxxxxxxxx"
    "xxxxxxsssppsppsskkkkkkkkkkkpxpppoooooooooooooooooooooooooooooooomooooooooookkkkkkkkkkkkkkkkkkkkkddddddddddppppookooooooooooooooo"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooopokkkkkkkxskkkkkkmmkkskkkkooddddddddddooosso"
    "ppppppppppppppxxokooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkkkkkkkkkkxxooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "ooooooooooooooooooooooooooooooooooooookkkkkkkkkkkoxxxxxxxxxxxxxxddddddddddoooooooooooooooooooooooooooooooookkkkkkkkkmmspppmxxkss"
    "ooooooooooooooooooooookkkkmkkkkkkkkkmkkkmkkkkkxxpppppppppppppppxoooooooooooooooooooooooookkkxxpxoooooooooooxxxxxoooooooooooooooo"
    "oooooooosooooooxxxxxxxxkkkkkkkkkooooooooooooooooooooooooooooooooooooooooomkkkkkkkkkkkkkkkkkkkkkkkkxkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
    "kkkkooooooooooooooooooooooooooooooooooooooooooooooooooooookkkokkkkkkkkkkkkkkkkkkokkkkkkkooooooooookkppddddddddddpmoooooooooooooo"
    "okkkxooooooooxxooxxooooooooooooooooooooooxoooooooxoxxxooooxxkokkkkkkkxxkkxxkkkoxxxxxxxxkxxxxooxoookkxxddddddddddoossnnnnnnssopkx"
    "xkkkxooooooxxxxooxxooooooooooooooooooooooxoooooooxooxooxooxxkxkkkkkxxxxkkxxkkkxxxkxxxxxxxooooxoxxxxxxxddddddddddkkoookpxxxxxxxxx"
    "xkkkxoooooooooxoooxooooooooooooooooooooooxoooooooxooxoooooxxkokkkkkkkkxkkkxkkkxxoxxxxxxxxxxxxxxxookkxxddddddddddpsxxxxxxxokkkkkk"
    "xkkkxooooooooxxooxxooooooooooooooooooooooxoooooooxooxoooooxxkokkkkkkkxxkkxxkkkxxxxxxxkkkxxxxooxoookkxxddddddddddsonnnnnnxxxxxxxx"
    "xxkoxooooooxxxoooxooooxxxooxoxooxxxooxxxoooxxxooooooooooooxxxxkkkkkxxxkkkxkkkkxxoxxxxxxkxxxxxxxxxxxxxxddddddddddnnnssssssssxxxxx"
    "kkkkkooooooooxoooxoooooooooooooooooooooooxooooooooooooooooxxkokkkkkkkxkkkxkkkkxxxxxxxkkxoooxxoxxookkxxddddddddddxxxxxxxpnnnnnnns"
    "okkkpooooooooxoooxoooooooooooooooooooooooxooooooooooxoooooxxkokkkkkkkxkkkxkkkkxxxxxxxkkxxxxxxooxookkxxddddddddddxookxxxxxxxxxxxx"
    "kkkkoooooooooxoooxoooooooooooooooooooooooooooooooooooooooookkokkkkkkkxkkkxkkkkosxxxxoooknnnnnnnoookkxxddddddddddnnnnnnnnnsoooooo"
    "xkkkxooooooooooooooooooxxxooooooooooooooooooooooooxoooooooooxoxxoooooooxxxkxxxxkkkkkkxkxkkkkkkkkxxxxxxddddddddddxxkkpxxxxxxxxxxx"
    "xooooooooooooooooooooooooooooooooooooooooooooooookookkkkkkkxxxxsoooooomkkkkkkkkpddddddddddppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xooxoxoooooxooooooooooooooooooooooooxoxooooooooookookkkkkkkkkoxxoooooxmxkkkkkkkxddddddddddxxooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ossspppppppppppppppspssskkssssssddddddddddnnnnnnnnnnskskskppppkkooooooooxooooooooooooooooooooooooooooooooooooxxxxkkkkkkkkkkkkkkk"
    "kkkkkpkkoooookkkkkkkkkkkxkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkxsssssssskssssssxsspppppssssppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkkkoddddddddddppppppooooookkkkooookkkokkkookkkkkkkoookkkkooooooooooo"
    "ookkkkkkkkkkkkokddddddddddkkkkssuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuxuxxxxxuxxlllllllllllllllllllllllllllllllllllllllllllpmlll"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxooooxxoooooooxoxooooxxoooooooooooooooooooooooooooooooo"
    "oooooooooxooooxxoooooooooooooooooooooooooooooooooxooooxxoooooooxoxooooxxoooooooooooooooxoooooooooooooooooooooooooooooooooooooooo"
    "oooooooooooooooooxooooxxoooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxkkkpppppppppnnnnnnnnnnnnnnnnnnnnxxx"
    "oooooooooooooooossssssssssxxxxxxuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuxxllllllxx"
    "pooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooospooooooooooooooooo"
    "aooooooooooooooooooooooooooppxxxooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooopppeeeooooooooxxxxxxx"
    "ooooooooooooooooookkkkxxxxxxxxxoooooooooooooooooookkkppxxxxxxxxxooooooooooooooooookkxxxxxxxxxxxxoooooooooooooxoooxkkxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkpppmpppsokxxddddddddddxxxxxxnnnnnnnnnnxxxxxx"
    "pppppppppppkkkxkddddddddddxxxxxxooooooooooooooooooooooooooooooooooomoooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxx"
    "oooookkooooooooooooooooooooooooooooooooookoxxxxxooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooxkkkkkkkkkkkkxxxxkkkkkkkkkkkkxxxxsxxxppddddddddddooooooooooooooooooooooooooooooxxoooooxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooxxxxooooooooooooooooooooooooooxxxxxxddddddddddnxxxssssssssssssssssssssssssssssssssss"
    "oooooooooooooooooooooookkkkkxxppoooooooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkxkkkkkkkkkkkkkkkkkkkkkkkkkkkkkxxk"
    "ddddddddddxxxxxxddddddddddxxxxxxpppppppmppppppxxkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "kkkkkoooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkooooooooxppddddddddddpppppppsssssssssskkkkkkkkksssssssssppp"
    "kkkooooooooooooooooooooooooooooookkkkkkkkkkkkkooddddddddddooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkxxxxxxxxpppp"
    "ooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkkkxxxpppppddddddddddxxxoooddddddddddoooooooooooooooooooooooooooooommmmmmpp"
    "lllllllllulxxxxxuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuxxuuuppppppppxxxxxxxxkkkpkkkkkkkkkkkkkkkkkkkkkooookooooookookkkoxxxxx"
    "llllllllllllllllllllllllllllllllllllllllllllmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmlllllllllllllmlllllll"
    "lllllllllllllllllllllllllllmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
    "ulululululululululululululululululululululululululululululululululululululululululululululululululululululululululululululululul"
    "ulululululululululululllllllllululululululululululululululululululululululululululululululululululululululululululululululululul"
    "lllllllluuuuuuuullllllxxuuuuuuxxlllllllluuuuuuuulllllllluuuuuuuullllllxxuuuuuuxxllllllllxuxuxuxulllllllluuuuuuuullllllllllllllxx"
    "llllllllttttttttllllllllttttttttllllllllttttttttlllllxlluuuutslssslllxlluuuutsssllllxxlluuuuxssslllllllluuuuusssxxlllxlluuuutssx"
    "aaaaaaaaaaaxxxxxppppppppppppppppppppppppaaxxxxxapppppppppppppppccpppspppppppppppppspcppppppppppaxxxxxxxxxxxxxxxxnmxxnnnnnnsssppm"
    "nnnnnnnnnnsssppxmmmmmmmmmmmmmxxxsssssssssssssssssssssssssssssssssxxxxxxxxxxxxxxxkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkxxxxxxxxxxxxxxx"
    "ssussssussluuulluuulsusssuuuuussssssusususuuuusluuuuloooolsslluusssssullllsssslsnnnnnnnnnnnnnnnneeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
    "eeeuleeeenssxxxxssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "ssssssssppppsssssssssssssssssssssssssssssppsssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "ssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxxxxxxxxxxxxxxsssssssssssxxxxxxxxxxxxxxxxxxxxxnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnssssssssssssssssssssssssssggggggggggggggggggggggggggggggggggggggggggggggggggggnnnnnnnnnnnnnnnnnnnnnn"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssppppppppppppppnnnnnnnnnn"
    "nnnnnnnnnnnnnnnnnnnnsssssssssssssssssssssssssssssssssssssssssssssssssppsssssssssssssssssssssssssssssssppppppppppssssssssssssssss"
    "sssppppppppppppppppppppppsssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssppppssssssssssssssssssssssssssssssssppss"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxssssssssss"
    "ssssssssssssssssssssssxsssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuulllllllllllllllllllllllllllllllllllllllllllllllluluuullulululuuuulullullllllmmuu"
    "ulululululululululululululululululululululululululululululululululululululululululululululululululullssssssululkkkulxxxxxppppnpp"
    "llllllllllllllllllllllllllllllllllllllxlxxxxxlxxooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxmpxxxxxxxxxxxxxxk"
    "oooooooooooooooooooooooxxxxxxxxxoooooooxoooooooxoooooooxoooooooxoooooooxoooooooxoooooooxoooooooxkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
    "pppppppppppppppppppppppppppppppppppppppppppppppmppppppppppppppppppppppppppppppppssppppppppppppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyxyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyxxxxxxxxxxxx"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyxxxxxxxxxxxxxxxxxxxxxxxxxxssssssssssssssss"
    "apppsiojppppppppppssppppppppppppsjjjjjjjjjkkkkkkpmmmmmssjjjiopssxooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "oooooooooooooooooooooooxxkkssmmopoooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooopmmmo"
    "xxxxxoooooooooooooooooooooooooooooooooooooooooooxooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "oooooooooooooooxssnnnnssssssssssoooooooooooooooooooooooooooooooossssssssssssssssssssssssssssssssssssssxxxxxxxxxsoooooooooooooooo"
    "sssssssssssssssssssssssssssssssxnnnnnnnnnnssssssssssssssssssssssssssssssnnnnnnnnsnnnnnnnnnnnnnnnssssssssssssssssssssssssssssssss"
    "nnnnnnnnnnsssssssssssssssssssssssssssssssssssssssnnnnnnnnnnnnnnnssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "ooooooooooooooooooooomoooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "oooooooooooooxxxsssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxoooooooooooooooooooooooooooooooooooooooommmmmmpp"
    "oooooooooooompppooooooooooooooooddddddddddooxxxxxxxxxxxxxxxxxxxxulululululululululululululululululululululululokkkkpkkkkkkkkkkpm"
    "ululululululululululululululmmkkooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooeeeeeeeeeekkppppppxxxxxxxx"
    "sssssssssssssssssssssssmmmmmmmmmssulululululululllulululululululululululululululululululululululululululululululmllllllllululuul"
    "ululululmssululoululllululululululululululuuuuuluuuuululululululululuuuululuulxxulxlxlulululuxxxxxxxxxxxxxxxxxxxxxmmmulommlooooo"
    "ookoookooookoooooooooooooooooooooookkkkksssskxxxnnnnnnssssxxxxxxooooooooooooooooooooooooooooooooooooooooooooooooooooppppxxxxxxxx"
    "kkooooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkxxxxxxxxppddddddddddxxxxxxkkkkkkkkkkkkkkkkkkoooooopppopook"
    "ddddddddddooooooooooooooooooooooooooookkkkkkkkppoooooooooooooooooooooookkkkkkkkkkkkkxxxxxxxxxxxpoooooooooooooooooooooooooooooxxx"
    "kkkkoooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkpppppppppppppxmddddddddddxxxxppoooookmoooooooooddddddddddooooox"
    "oooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkxxxxxxxxxoookooooooookkxxddddddddddxxppppoooooooooooooooomoooooosssokkkoo"
    "ooooooooooooooooooooooooooooooooooooooooooooooookokkkookkoooookkokoxxxxxxxxxxxxxxxxxxxxxxxxoomppoooooooooookkkkkppommkkxxxxxxxxx"
    "xooooooxxooooooxxooooooxxxxxxxxxoooooooxoooooooxlllllllllllllllllllllllllllllllllllllllllllsmmmmlllllllllmssxxxxllllllllllllllll"
    "lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllloooooooooooooooooooooooooooooooooookkkkkkkkpkkxxddddddddddxxxxxx"
    "ooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxoooooooooooooooooooooooxxxxoooooooooooooooooooooooooooooooooooooooooooooooooxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "lllllllxxxxxxxxxxxxlllllxxxxxokoooooooooosoooooooooooooxoooooxoxooxooxoooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
    "oooooooooooooooooooooooooooooooooooooooooooooooooosssssssssssssssssxxxxxxxxxxxxxxxxooooooooooooooooooooooooooooooooooooooooooooo"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooppssssssssssssssssoooooooooooooooooooooooooooooooooooooooooooooooo"
    "ooooooooooooooooxxooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxsxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoooooooooooossss"
    "kkkkkkkkkkkkkkkkppppppppppxxxxxxkkkkkkkkkkkkkkkkpppccppppppppppppppppppppppppcccpppxppppppppppppppspsssxpsppxxxxoooooxoooooooooo"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxx"
    "xpppsppppppsppppddddddddddppsssppuuuuuuuuuuuuuuuuuuuuuuuuuupppscsllllllllllllllllllllllllllpspspppppppoooooooooomooooooooooooooo"
    "oooooooooooooooooooooooooooooommoooooooooooooooooooooooooooooooxxxooooooxxooooooxxooooooxxoooxxxsssssssxsssssssxxxxxxxxxxxxxssxx"
    "ooooooooooooxooooooooooooooooooooooooooxoooooooooooooooooooxooxoooooooooooooooxxooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxx"
    "pppxxxxnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnxxxssssssssseeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeennnnsssssss"
    "ssssssssssnnsssxsssssssssssssxxxsxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxssssssssssssssssssssssssssssssssssssssssssssskxx"
    "oooooooooooooooooooooooooooooxxxoooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxknnnnnnnnnnnnnnnnnnnnnnnnnnnxxxx"
    "oooooooooooooooooooooooooooooooonnnnxxxxxxxxxooooooooooooooooooooeooooooooexxxxxooooooooooooooooooooooooooooooooooooookkkkkxxxxx"
    "ooooooooooooooooooooooooooooooxpooooooooooooooooooooooooooooooooooooxxxxoooooooopeeeeexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuulllllllllllllllllllllllllllllllllllllllloooooooooooooooooooooooooooooooooooooooooooooooo"
    "ooooooooooooooooooooooooooooooxxddddddddddxxxxxxuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuxxxxllllllllllllllllllllllllllllllllllllxxxx"
    "ooooooooooooooooooooooooooooooooooooooooxxxxxxxxooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxpuuuuuuuuuuuxuuuu"
    "uuuuuuuuuuuxuuuuuuuxuuxlllllllllllxlllllllllllllllxlllllllxllxxxooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxooooooooooooooooooooooxxxxxxxxxxooooooooxxxxxxxxxxxxxxxxxxxxxxxx"
    "mmmmmmxmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmxmmmmmmmmmxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooooxxoxooooooooooooooooooooooooooooooooooooooooooooxooxxxoxxoooooooooooooooooooooooxpnnnnnnnnooooooooooooooooooooooossnnnnnnn"
    "oooooooooooooooooooooooooooooooxxxxxxxxnnnnnnnnnxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoooooooooooooooooooxooxxxxxnnnnn"
    "oooooooooooooooooooooonnnnnnxxxpooooooooooooooooooooooooooxxxxxpxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxnnoonnnnnnnnnnnnnnnnxxnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
    "okkkxkkxxxxxkkkkooooxoooxoooooooooooooooooooooooooooooxxkkkxxxxknnnnnnnnnxxxxxxxpppppppppxxxxxxxooooooooooooooooooooooooooooonnp"
    "ooooooooooooooooooooooooooooonnnxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoooooooosooooooooooooooooooooooooooookkxxxxnnnnnpppppppxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxpppppppooooooooooooooooooooooxxnnnnnnnnoooooooooooooooooooxxxxxnnnnnnnn"
    "ooooooooooooooooooxxxxxxxppppxxxxxxxxxxxxnnnnnnnxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuxxxxxxxxxxxxxlllllllllllllllllllllllllllllllllllllllllllllllllllxxxxxxxnnnnnn"
    "ooooooooooooooooooooooooooooooooooookkkkxxxxxxxxddddddddddxxxxxxddddddddddoooomouuuuuuuuuuuuuuuuuuuuuuxxxkkkkkpmllllllllllllllll"
    "llllllxxxxxxxxssxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnx"
    "ooooooooooooooooooooooooooooooooooooooooooxkkpxxooxxxxxxxxxxxxxxxxoooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxkkkk"
    "ooooooooooooooooooooooooooooonnnnnnnnnnoxxxxxxxxooooooooooooooooooooookkkkkkkkkkknnnnpppppxxxxxxxxxxxxxxxxxxxxxxoooooooooooooooo"
    "ookkkkppppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxooooooooooooooooooooonnnnnnnxxxxxxxxxxxxxxxxxxxxoooooooooooooooooooooooxxxxxxxxx"
    "kkkoooooooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkpppppppxxxxnnnnnnnnnnnnnnnnnnnnddddddddddkookkoxxxxxxxxxk"
    "kkkoooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkppxppppkxxxxxxxxxxxxxoooooooooooooooooooooooooxxxxxxxddddddddddxxxxxx"
    "kkkooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkxddddddddddppppokkoxxxxxxxxoooooooooooooooooooooooooooooooooookppoxxxxxxxxx"
    "kkkooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkooooppppkkkkpkkddddddddddopopppxnnnnnnnnnnnnnnnnnnnnxxxxxxxxxxx"
    "ooooooooooooooooooxoooooooooooooooooooooooookkkkkkkkkkkkppppppkookxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooxoxooooxoooooooooooooooxoooooooooopxxxxxxoooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkxxxxxddddddddddxxxxxx"
    "kkkkxooooooooxxooxxooooooooooooooooooooooxoooooooxooxoooooxkkokkkkkkkxxkkxxkkkxxoxxxxxxkxxxxxoooookkxxkkkkkkkxxxkkkkkxxxxxxxxxxx"
    "ooooooooooxoxxoxooooooooooooooooooooooooooooooooooooooxokkkkkkkkkxkxxkxkkkkxkkkkkokoppxppxxxxxxxxkkxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkoooopppppddddddddddppxpkoooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkkkoopoxxxxxxxxddddddddddxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooookkkkkkkxxkkkkkkkkkpppppppppppppppppppppppooookkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkpppoxxxxxxxxxxxddddddddddxxxxxxpppppppppppppxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkopxxxxxxddddddddddxxxxxxddddddddddddddddddddxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooxxkkkkkkkkkkkkkkkxxxxddddddddddnnpppsoooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooookkkkkkkkkkkkkkkpxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuullllllllllllllllllllllllllllllllddddddddddnnnnnnnnnxxxxxxxxxxxxo"
    "oooooooxxoxxooooooooxooxooooooooooooooooooooooookkkkkkxkkxxkkkkokokkpppxxxxxxxxxddddddddddxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxooooooooxxoooooooooooooooooooooooooooooooooooooookkkkkkkxxkkkkkkkopokxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "okkkkkkkkkkooooooooooooooooooooooooooooooooooooooookkkkkkkokkkkppppppppkxxxxxxxxokkkkkkkkkkkoooooooooooooooooooooooooooooooooooo"
    "ooooooooookkkkkkkkkkkkkkkkpppopppppxxxxxxxxxxxxxoooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxx"
    "ppppppppppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxooooooooooooooooooooooooooooooooopxxxxxxxxxxxxxxddddddddddxxxxxx"
    "oooooooooxoooooooooooooooooooooooooooooooooooookkkkkkkkxkkkkkkkkopppppxxxxxxxxxxddddddddddnnnnnnnnnnnnnnnnnnnxxxppoooooooooooooo"
    "ooooooooooooooooxxkkkkkkkkkkkkkkkkkkkkkkxkkkkkkkkkkkkkkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooxooxooooooooooooooooooooooooooooooooooooookkkkkkxxxkxkkxkkkkkkkokxxxxxxxxddddddddddxxxxxxooooooxooxoooooooooooooooooooooo"
    "ooooooooookkkkkxkkxkkkkkoxxxxxxxddddddddddxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoooooooooooooooooookkkkppxxxxxxx"
    "kkokoooooooooooooxooooooooooooooooooooooooooooooooookkkkkkkxxxkkkkkpppppppppppppddddddddddkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoxxxxxxxxxxxxxxxnnnnnnnnnnnnnnnnnnnnnsssssssssssssssssssssssssssssxxxxxxxxxxxxxp"
    "ooooooooooooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeexpppppxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxoooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooppxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxxkooooookkkkkkkkkkkkkkkxxxxxxxxxxoooooooooooooooooooooooooooooooo"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooookkkkkkkkkkkkkkkkkkddddddddddxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxoooooooooooooooooooooooooooooooxddddddddddxxxxppoooooooooooooooo"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxddddddddddxxxxxxooooooooooooooooooooooooooooooxxkkkkkpxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooookkkkkkkpppppssssmmmmpsxxxxxxxxxxddddddddddxnnnnnnnxoooooooooooooooooooooxxxxxooo"
    "ooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxmmmoooooooooooooooooooooooooooooooooooooooommpppddddddddddxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuullllllllllllllllllllllllllllllll"
    "nnnnnnnnnnnnnnnnnnnnnnnppppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxkokkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
    "kkkkkkkkxxxxxxxkkkkmmmmmmmmmmmmmxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxmmwikxxxxxxxxxxxvvxxxxxxxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxx"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxo"
    "oooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxmmmmxmmmmmmmxmmx"
    "oooooooooooooooooooooooooooooooooooxxxxxxxxxxxxxxxoxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoooxxoxxxxxxxxxxxxxxooooxxxxxxxxoooooooooooooooo"
    "ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxxxxoooooooooooooxxx"
    "oooooooooxxxxxxxooooooooooxxskkpxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssddddddddddxxxxxx"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkxxkkkkkkkkkkkkkkkkkkkkkkkxxxxxxxxxssssssssssssssssssssssssssssssssssssssssssssssss"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxx"
    "sssssssssssssssssssssssssssssssssssssssxxsssssssssssssssssssssssssssssssssssssssssssssssssssssssssssskkkkkssskkkkkkxxxxxxxxkkkkk"
    "kkksskkkkkkksssssssssssssssssssssssssssssskkkksssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxxxxxxxxxxxxx"
    "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssskkksxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxnnnnnnnnnnnnnnnnnnnnxxxxxxxxxxxxnnnnnnnnnnnnnnnnnnnnxxxxxxxxxxxx"
    "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxnnnnnnnnnnnnnnnnnnnnnnnnnxxxxxxx"
    "uuuuuuuuuuuuuuuuuuuuuuuuuulllllllllllllllllllllllllluuuuuuuuuuuuuuuuuuuuuuuuuulllllllxlllllllllllllllllluuuuuuuuuuuuuuuuuuuuuuuu"
    "uulllllllllllllllllllllllllluxuuxxuxxuuxxuuuuxuuuuuuuullllxlxlllllllxllllllllllluuuuuuuuuuuuuuuuuuuuuuuuuullllllllllllllllllllll"
    "lllluuxuuuuxxuuuuuuuuxuuuuuuuxlllllllllllllllllllllllllluuxuuuuxuuuuuxuxxxuuuuuuuxlllllllllllllllllllllllllluuuuuuuuuuuuuuuuuuuu"
    "uuuuuulllllllllllllllllllllllllluuuuuuuuuuuuuuuuuuuuuuuuuulllllllllllllllllllllllllluuuuuuuuuuuuuuuuuuuuuuuuuullllllllllllllllll"
    "lllllllluuuuuuuuuuuuuuuuuuuuuuuuuulllllllllllllllllllllllllluuuuuuuuuuuuuuuuuuuuuuuuuulllllllllllllllllllllllllluuuuuuuuuuuuuuuu"
    "uuuuuuuuuullllllllllllllllllllllllllllxxuuuuuuuuuuuuuuuuuuuuuuuuuslllllllllllllllllllllllllslllllluuuuuuuuuuuuuuuuuuuuuuuuusllll"
    "lllllllllllllllllllllslllllluuuuuuuuuuuuuuuuuuuuuuuuuslllllllllllllllllllllllllslllllluuuuuuuuuuuuuuuuuuuuuuuuusllllllllllllllll"
    "lllllllllslllllluuuuuuuuuuuuuuuuuuuuuuuuuslllllllllllllllllllllllllsllllllulxxdddddddddddddddddddddddddddddddddddddddddddddddddd"
    "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkksssskkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkksssssssskssssssssss"
    "ssssksspppppxxxxxxxxxxxxxxxkkkkkxkkkkkkkkkkkkkkkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "llllllllllollllllllllllllllllllxxxxxxllllllxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "kkkkkkkxkkkkkkkkkkkkkkkkkxxkkkkkkkxkkxkkkkkxxxxxmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "oooooooooooooooooooooooooooooooooooooooooooooxxxkkkkkkkmmmmmmmxxddddddddddxxxxosxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxooooooooooooooooooooooooooooookxxxxxxxxxxxxxxxxxooooooooooooooooooooooooooooooooooooooooooookkkkddddddddddxxxxxs"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxooooooooooooooooooooooooooomkkkkddddddddddxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxooooooooooooooooooooooooooooookkoddddddddddxxxxp"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoooooooxooooxooxooooooooooooooox"
    "oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooxxnnnnnnnnnkkkkkkkxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuullllllllllllllllllllllllllllllllllkkkkkkkmxxxxddddddddddxxxxppxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxnnnnnnnnnnnnnnn"
    "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnsnnnsnnnnxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnsnnnnnnnnnnnnnnnxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ooooxoooooooooooooooooooooooooooxooxoxxoxooooooooooxooooxoxoxxxxxxoxxxxoxoxoxoooxooxoxxoxoxoxoxoxooxoxxooooxoooooooxooooxooooxox"
    "ooooooooooxoooooooooooooooooxxxxxoooxoooooxoooooooooooooooooxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxssxxxxxxxxxxxxxx"
    "ssssssssssssssssssssssssssssssssssssssssssssxxxxssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"
    "ssssssssssssssssssssxxxxxxxxxxxxsssssssssssssssxxsssssssssssssssxsssssssssssssssxsssssssssssssssssssssssssssssssssssssxxxxxxxxxx"
    "nnnnnnnnnnnnnsssssssssssssssssssssssssssssssssssggggggggggggggggggggggggggssssssggggggggggggggggggggggggggssssssgggggggggggggggg"
    "ggggggggggssssssssssssssssssssssssssssssssssssxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxssssssssssssssssssssssssss"
    "sssxxxxxxxxxxxxxssssssssssssssssssssssssssssssssssssssssssssxxxxsssssssssxxxxxxxssxxxxxxxxxxxxxxssssssxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxsssssssssssssssssxxxsssssssssssssxxx"
    "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxsssss"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxssssssssssssxxxxsxxxxxxxxxxxxxxx"
    "ssssssssssssxxxxssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxssssssssssxxxxxxssssssssssssssssssssssssssssssss"
    "ssssssssxxxxxxxxssssssssssssssssssssssssssssssxxssssssssssssxxxxssxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxxxxxxssssssssssssssxxsssssssssssssxxx"
    "ssssssssssxxxxxssssssssssssssssssssssssssssssssssssssssssssssssssssssssxxxxxxxsssssssssssssssxxsssssssssssxxxxxxsssssssssxxxxxxx"
    "sssssssssssssssssssxssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssddddddddddxxxxxx"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxxhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
inline constexpr code_point_range added_since_older[47] = {
    {0x897, 0x897}, {0x1b4e, 0x1b4f}, {0x1b7f, 0x1b7f}, {0x1c89, 0x1c8a}, {0x2427, 0x2429}, {0x31e4, 0x31e5},
    {0xa7cb, 0xa7cd}, {0xa7da, 0xa7dc}, {0x105c0, 0x105f3}, {0x10d40, 0x10d65}, {0x10d69, 0x10d85},
    {0x10d8e, 0x10d8f}, {0x10ec2, 0x10ec4}, {0x10efc, 0x10efc}, {0x11380, 0x11389}, {0x1138b, 0x1138b},
    {0x1138e, 0x1138e}, {0x11390, 0x113b5}, {0x113b7, 0x113c0}, {0x113c2, 0x113c2}, {0x113c5, 0x113c5},
    {0x113c7, 0x113ca}, {0x113cc, 0x113d5}, {0x113d7, 0x113d8}, {0x113e1, 0x113e2}, {0x116d0, 0x116e3},
    {0x11bc0, 0x11be1}, {0x11bf0, 0x11bf9}, {0x11f5a, 0x11f5a}, {0x13460, 0x143fa}, {0x16100, 0x16139},
    {0x16d40, 0x16d79}, {0x18cff, 0x18cff}, {0x1cc00, 0x1ccf9}, {0x1cd00, 0x1ceb3}, {0x1e5d0, 0x1e5fa},
    {0x1e5ff, 0x1e5ff}, {0x1f8b2, 0x1f8bb}, {0x1f8c0, 0x1f8c1}, {0x1fa89, 0x1fa89}, {0x1fa8f, 0x1fa8f},
    {0x1fabe, 0x1fabe}, {0x1fac6, 0x1fac6}, {0x1fadc, 0x1fadc}, {0x1fadf, 0x1fadf}, {0x1fae9, 0x1fae9},
    {0x1fbcb, 0x1fbef},
};
// generated: end
// clang-format on

}  // namespace detail

constexpr auto class_of_ascii(unsigned char byte) noexcept -> char_class {
    return static_cast<char_class>(detail::block_classes[byte & 0x7FU]);
}

constexpr auto class_of(char32_t code_point) noexcept -> char_class {
    if (code_point < detail::table_end) {
        const auto block = static_cast<unsigned>(detail::block_index[code_point >> 7U]);
        return static_cast<char_class>(detail::block_classes[(block << 7U) | (code_point & 0x7FU)]);
    }
    // Above the table nothing is assigned but the variation selectors, tags and private use.
    const auto is_variation_selector = code_point >= 0xE0100 && code_point <= 0xE01EF;
    return is_variation_selector ? char_class::mark : char_class::other;
}

constexpr auto older_class_of(char32_t code_point) noexcept -> char_class {
    const auto now = class_of(code_point);
    if (code_point < 0x80 || now == char_class::other) return now;
    return is_within(detail::added_since_older, std::size(detail::added_since_older), code_point) ? char_class::other : now;
}

}  // namespace cria::inline v0::bpe::unicode

#endif
