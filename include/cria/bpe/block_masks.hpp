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
// all; longer characters are looked up, and all their bytes get the bit. Numbers and white space among them are seldom, and what
// they do to pieces is left to the plain word_cutter: a block ends before them.

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
    bool is_plain = true;           // the first character is no number and no white space of more than one byte
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

/// Two bits of each character below U+10000: rows of 64 characters, which are those that have all bytes but the last in common.
struct character_rows {
    static constexpr std::size_t n_rows = 1024;

    std::uint64_t words[n_rows];   // word characters
    std::uint64_t others[n_rows];  // numbers and white space
    std::uint8_t have_others[n_rows / 8];  // a bit a row: whether it has any of these

    template <class Classes>
    void fill(const block_classes_of& classes) noexcept {
        for (std::size_t row = 0; row < n_rows; ++row) {
            words[row] = others[row] = 0;
            if (row % 8 == 0) have_others[row / 8] = 0;
            for (unsigned i = 0; i < 64; ++i) {
                const auto kind = Classes::class_of(static_cast<char32_t>(row * 64 + i));
                const std::uint64_t bit = std::uint64_t{1} << i;
                if (classes.words.contains(kind)) words[row] |= bit;
                else if (classes.numbers.contains(kind) || unicode::whitespace.contains(kind)) others[row] |= bit;
            }
            if (others[row] != 0) have_others[row / 8] = static_cast<std::uint8_t>(have_others[row / 8] | 1U << (row % 8));
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

/// What a longer character is.
struct long_character {
    unsigned length = 0;
    bool is_word = false;
    bool is_other = false;  // a number or white space
};
/// A well-formed character of more than one byte. Cheaper than utf8::decode, which may trust nothing.
template <class Classes>
[[nodiscard]] inline auto long_character_at(const block_classes_of& classes, const character_rows& rows, const char* at) noexcept -> long_character {
    const auto byte = [at](int i) { return static_cast<unsigned>(static_cast<unsigned char>(at[i])); };
    const auto by_row = [&](unsigned length, std::size_t row) -> long_character {
        const unsigned i = byte(static_cast<int>(length) - 1) & 0x3FU;
        return {length, (rows.words[row] >> i & 1U) != 0, (rows.others[row] >> i & 1U) != 0};
    };
    const unsigned lead = byte(0);
    if (lead < 0xE0) return by_row(2, lead & 0x1FU);
    if (lead < 0xF0) return by_row(3, (lead & 0x0FU) << 6U | (byte(1) & 0x3FU));
    const auto kind = Classes::class_of(static_cast<char32_t>((lead & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU)));
    const bool is_word = classes.words.contains(kind);
    return {4, is_word, !is_word && (classes.numbers.contains(kind) || unicode::whitespace.contains(kind))};
}

/// Adds the characters that begin at the bits of `left`, in order, to `words`. The block ends before one that is not whole within its `n` bytes, and
/// before numbers and white space.
template <class Classes>
inline void add_characters(const block_classes_of& classes, const character_rows& rows, const char* text, std::size_t n, std::uint64_t left, std::uint64_t& words,
                           block_masks& made) noexcept {
    for (; left != 0;) {
        const auto at = static_cast<unsigned>(std::countr_zero(left));
        const auto lead = static_cast<unsigned char>(text[at]);
        const unsigned length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const bool is_whole = at + length <= n;
        const long_character here = is_whole ? long_character_at<Classes>(classes, rows, text + at) : long_character{};
        if (!is_whole || here.is_other) {
            if (at < made.size) made.size = at;
            return;
        }
        const std::uint64_t bits = ((std::uint64_t{1} << length) - 1) << at;
        words |= here.is_word ? bits : 0;
        left &= ~bits;
    }
}

/// Ends a block at its size, now that all of it is known. `words`: those that are not ASCII.
inline void end_block(std::uint64_t words, std::uint64_t leads, block_masks& made) noexcept {
    made.is_plain = made.size != 0;
    const std::uint64_t known = made.size == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << made.size) - 1;
    made.words = (made.words | words) & known;
    made.numbers &= known;
    made.whitespace &= known;
    made.newlines &= known;
    made.spaces &= known;
    made.apostrophes &= known;
    made.leads = leads & known;
}

/// Adds what is not ASCII to `made`, of n bytes, whose first begins a character: the plain twin.
template <class Classes>
inline void add_long_characters(const block_classes_of& classes, const character_rows& rows, const char* text, std::size_t n, std::uint64_t high, block_masks& made) noexcept {
    std::uint64_t words = 0, leads = ~high;
    for (std::size_t i = 0; i < n; ++i)
        if (static_cast<unsigned char>(text[i]) >= 0xC0) leads |= std::uint64_t{1} << i;
    add_characters<Classes>(classes, rows, text, n, leads & high, words, made);
    end_block(words, leads, made);
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_BLOCK_MASKS_HPP
