// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_BLOCK_MASKS_HPP
#define CRIA_BPE_BLOCK_MASKS_HPP

#include "cria/bpe/word_grammar.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// What 64 bytes of text consist of, as a word grammar sees it: a bit a byte. Of ASCII a vector instruction or two say it
// all; longer characters are looked up one by one, and all their bytes get the bit.

namespace cria::inline v0::bpe::detail {

/// A bit of each set for byte i of a block.
struct block_masks {
    std::uint64_t words = 0;        // word characters
    std::uint64_t numbers = 0;
    std::uint64_t whitespace = 0;
    std::uint64_t newlines = 0;     // of the white space
    std::uint64_t spaces = 0;       // U+0020, of the white space
    std::uint64_t apostrophes = 0;  // of what is left: punctuation
    std::uint64_t leads = 0;        // where characters begin
    std::size_t size = 0;           // bytes that are known; the last character is whole
    bool is_plain = true;           // no number and no white space of more than one byte
};

/// The sets that a character is in, as bits: in the order in which the kernels ask for them, from the sign down.
enum block_class : std::uint8_t {
    in_words = 0x80,
    in_numbers = 0x40,
    in_whitespace = 0x20,
    in_newlines = 0x10,
    in_spaces = 0x08,
    in_apostrophes = 0x04,
};

/// What a grammar makes of characters.
struct block_classes_of {
    std::array<std::uint8_t, 128> ascii{};
    class_set words, numbers;

    constexpr explicit block_classes_of(const word_grammar& rules) noexcept : words(rules.word), numbers(unicode::numbers) {
        for (unsigned byte = 0; byte < 128; ++byte) {
            const auto kind = unicode::class_of_ascii(static_cast<unsigned char>(byte));
            std::uint8_t bits = 0;
            if (words.contains(kind)) bits |= in_words;
            if (numbers.contains(kind)) bits |= in_numbers;
            if (unicode::whitespace.contains(kind)) bits |= in_whitespace;
            if (unicode::newlines.contains(kind)) bits |= in_newlines;
            if (byte == ' ') bits |= in_spaces;
            if (byte == '\'') bits |= in_apostrophes;
            ascii[byte] = bits;
        }
    }
};

/// The masks of ASCII in `n` bytes, at most 64, and which are not ASCII: the plain twin of the kernels.
inline void ascii_masks(const block_classes_of& classes, const char* text, std::size_t n, std::uint64_t& high, block_masks& made) noexcept {
    made = {};
    high = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (byte >= 0x80) {
            high |= bit;
            continue;
        }
        const std::uint8_t in = classes.ascii[byte];
        if ((in & in_words) != 0) made.words |= bit;
        if ((in & in_numbers) != 0) made.numbers |= bit;
        if ((in & in_whitespace) != 0) made.whitespace |= bit;
        if ((in & in_newlines) != 0) made.newlines |= bit;
        if ((in & in_spaces) != 0) made.spaces |= bit;
        if ((in & in_apostrophes) != 0) made.apostrophes |= bit;
    }
}

/// A well-formed character of more than one byte, by its lead. Cheaper than utf8::decode, which may trust nothing.
struct long_character {
    char32_t code_point = 0;
    unsigned length = 0;
};
[[nodiscard]] inline auto decode_well_formed(const char* at) noexcept -> long_character {
    const auto byte = [at](int i) { return static_cast<char32_t>(static_cast<unsigned char>(at[i])); };
    const char32_t lead = byte(0);
    if (lead < 0xE0) return {(lead & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
    if (lead < 0xF0) return {(lead & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    return {(lead & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU), 4};
}

/// Adds what is not ASCII to `made`, whose first byte begins a character. Text that is not whole within the n bytes is cut off.
template <class Classes>
inline void add_long_characters(const block_classes_of& classes, const char* text, std::size_t n, std::uint64_t high, block_masks& made) noexcept {
    std::uint64_t words = 0, leads = ~high;
    for (std::uint64_t left = high; left != 0;) {
        const auto at = static_cast<unsigned>(std::countr_zero(left));
        const auto lead = static_cast<unsigned char>(text[at]);
        const unsigned length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > n) {
            made.size = at;
            break;
        }
        const long_character here = decode_well_formed(text + at);
        const std::uint64_t bits = ((std::uint64_t{1} << length) - 1) << at;
        const auto kind = Classes::class_of(here.code_point);
        leads |= std::uint64_t{1} << at;
        if (classes.words.contains(kind)) words |= bits;
        else if (classes.numbers.contains(kind) || unicode::whitespace.contains(kind)) made.is_plain = false;
        left &= ~bits;
    }
    const std::uint64_t known = made.size == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << made.size) - 1;
    made.words = (made.words | words) & known;
    made.numbers &= known;
    made.whitespace &= known;
    made.newlines &= known;
    made.spaces &= known;
    made.apostrophes &= known;
    made.leads = leads & known;
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_BLOCK_MASKS_HPP
