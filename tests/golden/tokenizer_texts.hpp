// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_GOLDEN_TOKENIZER_TEXTS_HPP
#define CRIA_TESTS_GOLDEN_TOKENIZER_TEXTS_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "cria/utf8/code_point.hpp"
#include "cria/utf8/validate.hpp"
#include "support/random.hpp"

// The texts on which tokenizers are compared: with Hugging Face's and llama.cpp's (tests/conformance/), and with the
// digests of what these gave (tests/golden/). They are made here and nowhere else, the same on every machine, so a
// change of one byte in this file makes every digest stale; the digests of the texts themselves, which stand beside
// those of the ids, tell that apart from wrong ids.
//
// Texts that need a vocabulary take it from the file's arrays and spell tokens on their own: a tokenizer that reads
// its vocabulary wrongly must not choose what it is tested with.

namespace cria_test {

/// What a vocabulary's tokens say.
struct vocabulary_words {
    std::vector<std::string> normal;   // what NORMAL tokens print, by id; some are parts of a character
    std::vector<std::string> special;  // the texts of CONTROL, UNKNOWN and USER_DEFINED tokens
};

/// A named set of texts.
struct text_set {
    std::string_view name;
    bool is_utf8;          // nothing ill-formed in it
    bool takes_tokens;     // depends on the vocabulary
};

inline constexpr text_set text_sets[] = {
    {"alone", true, false},              // every character
    {"contexts", true, false},           // every assigned character twice, and beside a, space and '
    {"packed", true, false},             // every character in all of these contexts, many in one text
    {"fixed", true, false},              // the lists of known traps
    {"runs", true, false},               // one thing many times, at the lengths where tables and blocks end
    {"tokens", true, true},              // every token, alone and with neighbours
    {"specials", true, true},            // special tokens: whole, cut, overlapping, at every place
    {"adversarial", true, true},         // random texts of all of that
    {"bytes", false, false},             // ill-formed UTF-8, each kind in each place
    {"adversarial_bytes", false, true},  // random texts with bytes changed, lost and added
};

/// Null where there is no such set.
[[nodiscard]] inline auto find_text_set(std::string_view name) -> const text_set* {
    for (const text_set& set : text_sets)
        if (set.name == name) return &set;
    return nullptr;
}

/// A digest of a sequence of byte strings or numbers: FNV-1a, which is enough to notice an accident.
class digest {
public:
    void add(std::uint64_t number, int n_bytes) {
        for (int i = 0; i < n_bytes; ++i) {
            state_ = (state_ ^ (number & 0xFFU)) * 0x100000001B3U;
            number >>= 8U;
        }
    }
    void add_text(std::string_view text) {
        add(text.size(), 4);
        for (const char c : text) add(static_cast<unsigned char>(c), 1);
    }
    template <class Ids>
    void add_ids(const Ids& ids) {
        add(ids.size(), 4);
        for (const auto id : ids) add(static_cast<std::uint32_t>(id), 4);
    }
    [[nodiscard]] auto value() const -> std::uint64_t { return state_; }

private:
    std::uint64_t state_ = 0xCBF29CE484222325U;
};

/// The words of the vocabulary in `metadata`; none where it has no tokens.
[[nodiscard]] inline auto words_of(const cria::gguf::metadata& metadata) -> vocabulary_words;

/// Which texts of a set are taken.
struct text_choice {
    std::uint64_t seed = 16;  // of the random sets
    std::size_t n = 0;        // texts of the random sets
    std::size_t step = 1;     // every step-th character of alone, contexts and packed, every step-th token
    std::size_t every = 1;    // every such text of the fixed sets
};

/// Gives the texts of `set` to `sink(std::string_view)`.
template <class Sink>
void make_texts(std::string_view set, const vocabulary_words& words, const text_choice& choice, Sink&& sink);

/// Gives the texts of a file: all of it, its lines, and pieces of 20,000 bytes that end between characters. One in the
/// form of llama.cpp's vocabulary tests (.inp) has the texts in front of its marks instead.
template <class Sink>
void make_file_texts(std::string_view all, Sink&& sink);

// ---------------------------------------------------------------------------------------------------
// implementation

namespace texts {

/// UTF-8 by arithmetic alone: also of surrogates and numbers that are no characters, up to 31 bits.
inline auto spelled(std::uint32_t c) -> std::string {
    if (c < 0x80) return {static_cast<char>(c)};
    int n = c < 0x800 ? 2 : c < 0x10000 ? 3 : c < 0x200000 ? 4 : c < 0x4000000 ? 5 : 6;
    std::string out;
    out += static_cast<char>((0xF00U >> static_cast<unsigned>(n) & 0xFFU) | c >> (6U * static_cast<unsigned>(n - 1)));
    for (int i = n - 2; i >= 0; --i) out += static_cast<char>(0x80U | (c >> (6U * static_cast<unsigned>(i)) & 0x3FU));
    return out;
}

inline auto times(std::string_view unit, std::size_t n) -> std::string {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += unit;
    return out;
}

inline auto is_surrogate(std::uint32_t c) -> bool { return c >= 0xD800 && c <= 0xDFFF; }
/// Whether something may be assigned there: the first four planes as far as they are used, and the tags of plane 14.
inline auto is_dense(std::uint32_t c) -> bool { return !is_surrogate(c) && (c < 0x32400 || (c >= 0xE0000 && c < 0xE0200)); }

using namespace std::string_view_literals;

inline constexpr std::string_view atoms[] = {
    "a"sv, "b"sv, "B"sv, "e"sv, "t"sv, "s"sv, "S"sv, "x"sv, "the"sv, "Hello"sv, " world"sv, "re"sv, "ll"sv, "LL"sv, "ve"sv, "d"sv, "m"sv, "ing"sv, "tion"sv,
    "'"sv, "'"sv, "'"sv, "''"sv, "'s"sv, "'S"sv, "'t"sv, "'T"sv, "'re"sv, "'RE"sv, "'Re"sv, "'ve"sv, "'Ve"sv, "'m"sv, "'M"sv, "'ll"sv, "'Ll"sv, "'LL"sv, "'d"sv, "'D"sv,
    "'l"sv, "'r"sv, "'v"sv, "'\u017F"sv, "\u017F"sv, "'\u212A"sv, "\u2019s"sv, "\uFB06"sv, "\u0149"sv, "\u00DF"sv, "I'M"sv, "x'sy"sv, "don't"sv, "DON'T"sv,
    "0"sv, "1"sv, "12"sv, "123"sv, "4567"sv, "1234567"sv, "1,234.56"sv, "\u0661"sv, "\u0661\u0662\u0663\u0664"sv, "\u00B2"sv, "\u00BD"sv, "\u2167"sv, "\uFF11"sv, "\u3007"sv,
    "!"sv, "?"sv, "."sv, ","sv, "..."sv, "-"sv, "_"sv, "("sv, ")"sv, "/"sv, "//"sv, "!\n/"sv, "#"sv, "&"sv, "*"sv, "$"sv, "+"sv, "<"sv, "="sv, ">"sv, "^"sv, "~"sv, "|"sv, "`"sv,
    "@"sv, "%"sv, "\""sv, "\\"sv, "["sv, "]"sv, "{"sv, "}"sv, ";"sv, ":"sv, "=="sv, "--"sv, "\u2026"sv, "\u3001"sv, "\u3002"sv, "\uFF01"sv, "\uFF0C"sv, "\uFF1A"sv, "\u201C"sv,
    "\u20AC"sv, "\u00D7"sv, "\u2014"sv, "\uFE30"sv, "\u0964"sv, "\u06D4"sv, "\u060C"sv, "\u24B6"sv, "\u2460"sv,
    "\U0001F600"sv, "\U0001F468\u200D\U0001F469\u200D\U0001F467"sv, "\U0001F1E9\U0001F1EA"sv, "\U0001F44D\U0001F3FD"sv, "1\uFE0F\u20E3"sv, "\u2764\uFE0F"sv,
    "\u00E9"sv, "\u00C9"sv, "\u00C9COLE"sv, "e\u0301"sv, "E\u0301"sv, "\u0301"sv, "a\u0323\u0307"sv, "a\u0307\u0323"sv, "\u1E69"sv, "s\u0323\u0307"sv, "\u212B"sv, "A\u030A"sv, "\u0958"sv,
    "\u0915\u093C"sv, "\u1100\u1161"sv, "\u1100\u1161\u11A8"sv, "\uAC00\u11A8"sv, "\uAC00"sv, "\u03D3"sv, "\u0344"sv, "\u0F73"sv, "\uFB1D"sv, "\u2126"sv, "\uF900"sv, "\U0002F800"sv, "\u0D3B"sv,
    "\u1DF6"sv, "\U00011938"sv, "\U00011935\U00011930"sv, "\U000105C9"sv, "\U000105D2\u0307"sv, "\u0340"sv, "\u0374"sv, "\u037E"sv, "\u1FEF"sv, "\u09C7\u09BE"sv, "\u1B06"sv, "\u30AB\u3099"sv,
    "\u0928\u092E\u0938\u094D\u0924\u0947"sv, "\u093E"sv, "\u20DD"sv, "\u01C5"sv, "\u01C5e"sv, "\u02B0"sv, "X\u02B0Y"sv, "\u00AA"sv, "\u4E2D"sv, "\u6587"sv, "\u4E9A\u6D32AV"sv, "\u3042"sv,
    "\u3072\u3089\u304C\u306A"sv, "\u30AB\u30BF"sv, "\uFF71"sv, "\uD55C\uAD6D\uC5B4"sv, "\u3131"sv, "\u3105"sv, "\u0E44\u0E17\u0E22"sv, "\u0E01\u0E33"sv, "\u05E2\u05D1"sv, "\u0645\u0631"sv,
    "\u041F\u0440\u0438"sv, "\u0440\u0438"sv, "FooBar"sv, "getElementById"sv, "HTTPServer"sv, "ABCdef"sv, "\u0301ABC"sv, "\U0001D4D0\U0001D4EC"sv, "\u1C89"sv, "\u1C8A"sv, "\U000105C0"sv,
    "\U00020000"sv, "\U00031350"sv, "\uFA6E"sv, "\uA000"sv, "\u2E80"sv, "\u3005"sv, "\u3005\u4E2D"sv, "\u302A"sv, "\uA9E0"sv, "\uAA60"sv, "\u1780"sv, "\u1000"sv, "\u10A0"sv, "\u13F8"sv, "\uAB70"sv,
    "\uFFFD"sv, "\uE000"sv, "\U000E0100"sv, "\U000E0041"sv, "\u0378"sv, "\uFFFE"sv, "\U0010FFFF"sv, "\U0001CCF0"sv, "\x7F"sv, "\x01"sv, "\x1C"sv, "\x1F"sv, "\0"sv, "\u180E"sv, "\u200B"sv,
    "\uFEFF"sv, "\u200D"sv, "\u200F"sv, "\u0120"sv, "\u010A"sv, "\u0109"sv, "\u2581"sv, "\u2581\u2581"sv, "\u2581the"sv, "\u0120the"sv, "<0x0A>"sv, "<0x41>"sv, "<|"sv, "|>"sv, "<s>"sv, "</s>"sv,
    "<unk>"sv, "<|endoftext|>"sv, "<|im_end|>"sv, "\uB418\uC5C8\uC2B5\uB2C8\uB2E4"sv, "\uCC98\uB9AC\uB418\uC5C8\uC2B5\uB2C8\uB2E4"sv, " Vi\u1EC7t"sv, " Vi\u1EC7tnam"sv, "la\u015Ft\u0131rma"sv,
    " nghi\u00EAng"sv, ".:.:.:"sv, " \u0441\u0447\u0438\u0442\u0430\u0442\u044C"sv, "\u043F\u0440\u0438\u043C\u0435\u043D\u043A\u043E"sv,
};
inline constexpr std::string_view spaces[] = {
    " "sv, " "sv, " "sv, " "sv, " "sv, " "sv, " "sv, " "sv, "  "sv, "   "sv, "    "sv, "\n"sv, "\n"sv, "\n"sv, "\n\n"sv, "\r"sv, "\r\n"sv, "\r\n"sv, "\t"sv, "\t\t"sv, "\v"sv, "\f"sv,
    "\u0085"sv, "\u00A0"sv, "\u1680"sv, "\u2000"sv, "\u2003"sv, "\u2009"sv, "\u2028"sv, "\u2029"sv, "\u202F"sv, "\u205F"sv, "\u3000"sv, " \n"sv, "\n "sv, "\n \n"sv,
};
/// Ill-formed in every way there is.
inline constexpr std::string_view bad_bytes[] = {
    "\x80"sv, "\xBF"sv, "\x80\x80"sv, "\xC2"sv, "\xDF"sv, "\xE2\x80"sv, "\xE2"sv, "\xF0\x9F\x98"sv, "\xF0\x9F"sv, "\xF0"sv, "\xC0\x80"sv, "\xC1\xA1"sv, "\xC0"sv, "\xE0\x80\x80"sv, "\xE0\x9F\xBF"sv,
    "\xED\xA0\x80"sv, "\xED\xB0\x80"sv, "\xED\xA0\xBD\xED\xB8\x80"sv, "\xF0\x80\x80\x80"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x8F\xBF\xC0"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xF7\xBF\xBF\xBF"sv,
    "\xF8\x88\x80\x80\x80"sv, "\xFC\x84\x80\x80\x80\x80"sv, "\xFE"sv, "\xFF"sv, "\xFF\xFF"sv, "\xE2\x28\xA1"sv, "\xE2\x82\x28"sv, "\xF0\x28\x8C\xBC"sv, "\xF0\x90\x28\xBC"sv, "\xC3\x28"sv, "\xE9\xE9"sv, "\xF4"sv, "\xF4\x90"sv,
};

template <std::size_t N>
auto any_of(random_numbers& random, const std::string_view (&list)[N]) -> std::string_view {
    return list[random.below(N)];
}

/// A random character, mostly from where there are some.
inline auto any_character(random_numbers& random) -> std::uint32_t {
    static constexpr std::uint32_t tops[] = {0x80, 0x80, 0x250, 0x600, 0x3000, 0x10000, 0x20000, 0x32400, 0x110000};
    const auto c = static_cast<std::uint32_t>(random.below(tops[random.below(9)]));
    return is_surrogate(c) ? U' ' : c;
}

inline auto any_word(random_numbers& random, const std::vector<std::string>& words) -> std::string {
    return words.empty() ? std::string("word") : words[random.below(words.size())];
}

/// The start or the end of `word`, cut between characters.
inline auto cut(random_numbers& random, std::string word) -> std::string {
    if (word.empty()) return word;
    std::size_t at = random.below(word.size() + 1);
    while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80) ++at;
    return random.below(2) == 0 ? word.substr(0, at) : word.substr(at);
}

inline auto well_formed(std::string word) -> std::string { return cria::utf8::is_valid(word) ? word : std::string("\u00E9"); }

/// A random text. Well-formed.
inline auto adversarial(random_numbers& random, const vocabulary_words& words) -> std::string {
    std::string text;
    const auto kind = random.below(20);
    std::size_t n = 1 + random.below(30);
    if (random.below(100) == 0) n *= 20;
    if (kind < 8) {  // everything
        for (std::size_t i = 0; i < n; ++i) {
            const auto what = random.below(20);
            if (what < 6) text += any_of(random, spaces);
            else if (what < 15) text += any_of(random, atoms);
            else if (what < 18) text += well_formed(any_word(random, words.normal));
            else if (what < 19) text += spelled(any_character(random));
            else text += cut(random, any_word(random, words.special));
        }
    } else if (kind < 10) {  // ASCII
        static constexpr char more[] = {' ', ' ', ' ', ' ', ' ', '\n', '\n', '\r', '\t', '\''};
        for (std::size_t i = 0; i < 2 * n; ++i) {
            const auto c = random.below(0x7F - 0x20 + 10);
            text += c < 10 ? more[c] : static_cast<char>(c - 10 + 0x20);
        }
    } else if (kind < 11) {  // characters of one range
        static constexpr std::uint32_t tops[] = {0x250, 0x3000, 0x10000, 0x20000, 0x32400, 0x110000};
        const auto top = tops[random.below(6)];
        for (std::size_t i = 0; i < n; ++i) {
            const auto c = static_cast<std::uint32_t>(random.below(top));
            text += is_surrogate(c) ? std::string(" ") : spelled(c);
        }
    } else if (kind < 13) {  // neighbours in one block of 64
        const auto base = any_character(random) & ~0x3FU;
        for (std::size_t i = 0; i < n; ++i) {
            const auto c = base + static_cast<std::uint32_t>(random.below(64));
            if (random.below(4) == 0) text += any_of(random, spaces);
            text += is_surrogate(c) ? std::string(" ") : spelled(c);
        }
    } else if (kind < 15) {  // tokens, whole and cut, one after the other
        for (std::size_t i = 0; i < 1 + n / 4; ++i) {
            std::string word = well_formed(any_word(random, words.normal));
            text += random.below(3) == 0 ? cut(random, word) : word;
        }
    } else if (kind < 17) {  // a few things over and over
        std::string few[4];
        for (std::string& one : few) {
            const auto what = random.below(5);
            one = what == 0 ? std::string(any_of(random, spaces)) : what < 4 ? std::string(any_of(random, atoms)) : cut(random, well_formed(any_word(random, words.normal)));
        }
        for (std::size_t i = 0; i < 2 * n; ++i) text += few[random.below(4)];
    } else if (kind < 18) {  // letters and digits whose merges overlap
        const std::string_view alphabet = random.below(2) == 0 ? "aeinorst"sv : "aAbB019 ."sv;
        for (std::size_t i = 0; i < n; ++i) text += alphabet[random.below(alphabet.size())];
    } else {  // special tokens
        for (std::size_t i = 0; i < 1 + n / 3; ++i) {
            const std::string special = well_formed(any_word(random, words.special));
            const auto what = random.below(10);
            if (what < 4) text += special;
            else if (what < 6) text += cut(random, special);
            else if (what < 8) text += any_of(random, spaces);
            else text += any_of(random, atoms);
        }
    }
    return text;
}

inline auto damaged(random_numbers& random, std::string text) -> std::string {
    const auto n = 1 + random.below(4);
    for (std::uint64_t i = 0; i < n; ++i) {
        const auto at = random.below(text.size() + 1);
        switch (random.below(4)) {
            case 0: text.insert(at, any_of(random, bad_bytes)); break;
            case 1: text.insert(at, 1, static_cast<char>(random.below(256))); break;
            case 2: if (at < text.size()) text.erase(at, 1); break;
            default: if (at < text.size()) text[at] = static_cast<char>(random.below(256));
        }
    }
    return text;
}

template <class Sink>
void fixed(Sink&& sink) {
    sink(""sv);
    for (const auto a : atoms) sink(a);
    for (const auto a : spaces) sink(a);
    for (const auto a : spaces)
        for (const auto b : spaces) {
            sink(std::string(a) + std::string(b));
            sink(std::string(a) + std::string(b) + "x");
            sink("x" + std::string(a) + std::string(b));
            sink("!" + std::string(a) + std::string(b) + "1");
            sink("1" + std::string(a) + "\u4E2D" + std::string(b) + "'s");
        }
    for (const auto a : atoms)
        for (const auto b : atoms) sink(std::string(a) + std::string(b));
    for (const auto a : atoms) {
        for (const auto b : {" "sv, "\n"sv, "\u3000"sv, "'"sv, "\u0301"sv, "!"sv, "/"sv, "123"sv}) {
            sink(std::string(a) + std::string(b) + std::string(a));
            sink(std::string(b) + std::string(a) + std::string(b) + std::string(b) + "A");
        }
    }
    for (const std::string_view text : {
             "a\u0085 b"sv, "I'M"sv, "x'sy"sv, "''s"sv, "'s's"sv, " 's"sv, "it'\u017Fabc"sv, "a\u3000b"sv, "x  1"sv, "'RE 'Ll"sv, "abc  1234"sv, "1234a"sv, "a1b22c333d4444"sv, "1\u06623x"sv,
             "!hello"sv, "!!hello"sv, " !hello"sv, "\thello"sv, "\u00A0hello"sv, "(a)"sv, "a-b"sv, "\u2026x"sv, "=\n\n"sv, "//\n/"sv, "...\r\n"sv, "!\r\n\r\nx"sv, "  \n  x"sv, "\t\n\t"sv, "\n \n"sv,
             "\u00C9COLE"sv, "e\u0301COLE\u0301"sv, "Hello World"sv, " Hello, y'all! How are you \U0001F601 ?\u6211\u60F3\u5728apple\u5DE5\u4F5C1314151\u5929\uFF5E"sv,
             "3 33 333 3333 33333 333333 3333333 33333333 3.3 3..3 3...3"sv, "<s>Hi</s>"sv, "x <s> y </s> z"sv, "Cửa Việt"sv})
        sink(text);
    // At every place of a block, and at the very end of one.
    for (std::size_t n = 0; n <= 130; ++n) {
        const std::string pad = times("x", n);
        for (const auto tail : {""sv, "'"sv, "'s"sv, "'\u017F"sv, " "sv, "  y"sv, "\u3000\u3000y"sv, "\u0661\u06621234"sv, "\u00E9t"sv, "\u4E2D\u6587"sv, "\U0001F600!"sv, "\r\n\r\n"sv, "1234567"sv}) {
            sink(pad + std::string(tail));
            sink(times("word ", n / 5) + pad.substr(0, n % 5) + std::string(tail));
        }
    }
}

template <class Sink>
void runs(Sink&& sink) {
    static constexpr std::string_view units[] = {" "sv, "\t"sv, "\n"sv, "\r\n"sv, " \n"sv, "\u3000"sv, "\u00A0"sv, "1"sv, "\u0661"sv, "\u00B2"sv, "A"sv, "a"sv, "aA"sv, "Aa"sv, "a1"sv, "a "sv, " a"sv, "ab"sv,
                                                 "="sv, "-"sv, "."sv, "\""sv, "'"sv, "''s"sv, "!"sv, "/"sv, "#"sv, "\u0301"sv, "e\u0301"sv, "\u0323\u0307"sv, "\u00E9"sv, "\u4E2D"sv, "\u3042"sv, "\uAC00"sv, "\u1100\u1161"sv,
                                                 "\u0645"sv, "\u0E01"sv, "\u02B0"sv, "A\u02B0"sv, "\U0001F600"sv, "\U00020000"sv, "\uFFFD"sv, "\u0378"sv, "_"sv, "\u2581"sv, "</"sv, "0x"sv};
    static constexpr std::size_t lengths[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,   10,  11,  12,  13,  14,  15,  16,  17,  18,  24,  31,   32,   33,  48,
                                              63, 64, 65, 66, 80, 96, 99, 100, 127, 128, 129, 130, 255, 256, 257, 511, 512, 513, 514, 600, 1023, 1025, 4095, 4097};
    for (const auto unit : units)
        for (const auto n : lengths) {
            const std::string run = times(unit, n);
            sink(run);
            sink(run + "x");
            sink("x" + run + "1");
            sink("1" + run + "!");
            if (n < 130) sink(" " + run + " " + run + "\n");
        }
    for (const auto unit : units) sink(times(unit, 65537));
    random_numbers random{1};
    for (std::size_t n = 1; n < 70000; n += n / 2 + 1) {  // nothing repeats
        std::string letters, digits, ascii, han, hex;
        for (std::size_t i = 0; i < n; ++i) {
            letters += static_cast<char>('a' + random.below(26));
            digits += static_cast<char>('0' + random.below(10));
            ascii += static_cast<char>(' ' + random.below(95));
            hex += "0123456789abcdef"[random.below(16)];
            han += spelled(0x4E00 + static_cast<std::uint32_t>(random.below(0x51A6)));
        }
        for (const auto& text : {letters, digits, ascii, han, hex}) sink(text);
    }
}

template <class Sink>
void tokens(const vocabulary_words& words, std::size_t step, Sink&& sink) {
    for (std::size_t i = 0; i < words.normal.size(); i += step) {
        const std::string& word = words.normal[i];
        if (word.empty() || !cria::utf8::is_valid(word)) continue;
        sink(word);
        sink("a" + word);
        sink(word + "a");
        sink(" " + word + word);
        sink(word + "'s\n" + word);
    }
    random_numbers random{2};
    for (std::size_t i = 0; i < words.normal.size(); i += step) {
        std::string text = well_formed(any_word(random, words.normal));
        text += well_formed(any_word(random, words.normal));
        text += cut(random, well_formed(any_word(random, words.normal)));
        sink(text);
    }
}

template <class Sink>
void specials(const vocabulary_words& words, Sink&& sink) {
    random_numbers random{3};
    for (const std::string& word : words.special) {
        if (word.empty() || !cria::utf8::is_valid(word)) continue;
        const std::string other = well_formed(any_word(random, words.special));
        for (const std::string& text : {word, word + word, "a" + word + "a", " " + word + " ", "\n" + word + "\n", word + " \n\t x", "x \n" + word, "\u3000" + word + "\u3000\u00A0x", word + other, other + word,
                                        word + "'s", "'" + word + "s", word + "\u0301", "1" + word + "2", word + "  " + word, "e" + word + "\u0301e\u0301", "Hello" + word + " world" + other + "  !"})
            sink(text);
        sink(word.substr(0, word.size() - 1) + word);
        sink(word + word.substr(1));
        for (std::size_t at = 1; at < word.size() && at < 24; ++at) {
            if ((static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80) continue;
            sink(word.substr(0, at));
            sink(word.substr(at));
            sink(word.substr(0, at) + " " + word.substr(at));
            sink(word.substr(0, at) + word);
            sink(word + word.substr(at));
        }
    }
    if (words.special.empty()) return;
    for (std::size_t n = 0; n <= 130; ++n) {
        const std::string special = well_formed(words.special[n % words.special.size()]);
        sink(times("x", n) + special + "y");
        sink(times(" ", n) + special + times(" ", n));
        sink(times("\u4E2D", n) + special + "'s");
    }
    std::string all, mixed;
    for (std::size_t i = 0; i < 1000; ++i) {
        const std::string special = well_formed(words.special[i * 37 % words.special.size()]);
        all += special;
        mixed += special + (i % 3 == 0 ? " a" : i % 3 == 1 ? "\n" : "");
    }
    sink(all);
    sink(mixed);
}

template <class Sink>
void bytes(Sink&& sink) {
    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::string one{static_cast<char>(byte)};
        for (const std::string& text : {one, one + one, "a" + one, one + "a", " " + one, one + " ", "'" + one, "\u00E9" + one, one + "\u00E9", "1" + one + "2", times(one, 70)}) sink(text);
    }
    for (const auto bad : bad_bytes) {
        const std::string b(bad);
        for (const std::string& text : {b, b + b, "a" + b, b + "a", " " + b + " ", "Hello " + b + "world", "\u4E2D" + b + "\u6587", b + "\n", "'" + b + "s", "12" + b + "34", "\xEF\xBF\xBD" + b, b + "\xEF\xBF\xBD"})
            sink(text);
        for (std::size_t n = 56; n < 68; ++n) sink(times("x", n) + b + "y");
        for (const auto other : bad_bytes) sink(b + std::string(other));
    }
    for (unsigned a = 0xC0; a < 256; ++a)
        for (unsigned b = 0x70; b < 0xC8; b += 8) {
            const std::string two{static_cast<char>(a), static_cast<char>(b)};
            sink(two + "x");
            sink(two + "\x80");
            sink(two + "\x80\x80!");
            sink(two + "\xBF\xBF\xBF");
        }
    sink(times("\xFF", 5000));
    random_numbers random{4};
    for (std::size_t n = 1; n < 5000; n += n / 4 + 1) {
        std::string text;
        for (std::size_t i = 0; i < n; ++i) text += static_cast<char>(random.below(256));
        sink(text);
    }
}

/// Every step-th character below U+110000 that `takes`.
template <class Takes, class Do>
void each_character(std::size_t step, Takes&& takes, Do&& act) {
    for (std::uint32_t c = 0; c < 0x110000; c += static_cast<std::uint32_t>(step))
        if (takes(c)) act(spelled(c));
}

}  // namespace texts

inline auto words_of(const cria::gguf::metadata& metadata) -> vocabulary_words {
    vocabulary_words words;
    const auto model = metadata.get<std::string_view>("tokenizer.ggml.model");
    const auto tokens = metadata.get<cria::gguf::string_array>("tokenizer.ggml.tokens");
    const auto types = metadata.get<cria::gguf::array<std::int64_t>>("tokenizer.ggml.token_type");
    if (!model || !tokens) return words;

    // GPT-2's alphabet: the bytes that print stand for themselves, the others follow from U+0100 on.
    std::map<char32_t, char> byte_of;
    for (unsigned byte = 0, next = 0x100; byte < 256; ++byte) {
        const bool prints = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
        byte_of[prints ? byte : next++] = static_cast<char>(byte);
    }
    std::size_t i = 0;
    for (const std::string_view text : *tokens) {
        const auto type = types ? (*types)[i] : 1;
        ++i;
        if (type == 2 || type == 3 || type == 4) words.special.emplace_back(text);
        if (type != 1) continue;
        std::string word;
        for (std::size_t at = 0; at < text.size();) {
            const auto here = cria::utf8::decode(text, at);
            const auto found = byte_of.find(here.code_point);
            if (*model == "gpt2" && found != byte_of.end()) word += found->second;
            else if (*model != "gpt2" && here.code_point == 0x2581) word += ' ';
            else word += text.substr(at, here.length);
            at += here.length;
        }
        words.normal.push_back(std::move(word));
    }
    return words;
}

template <class Sink>
void make_texts(std::string_view set, const vocabulary_words& words, const text_choice& choice, Sink&& sink) {
    random_numbers random{choice.seed};
    const auto is_character = [](std::uint32_t c) { return !texts::is_surrogate(c); };
    std::size_t n_made = 0;
    const auto some = [&](std::string_view text) {
        if (n_made++ % choice.every == 0) sink(text);
    };
    if (set == "alone") {
        texts::each_character(choice.step, is_character, [&](const std::string& c) { sink(std::string_view{c}); });
    } else if (set == "contexts") {
        texts::each_character(choice.step, texts::is_dense, [&](const std::string& c) {
            for (const std::string& text : {c + c, "a" + c, c + "a", " " + c, "'" + c}) sink(std::string_view{text});
        });
    } else if (set == "packed") {
        std::string text;
        std::size_t n_packed = 0;
        texts::each_character(choice.step, is_character, [&](const std::string& c) {
            text += c + "a" + c + c + " " + c + "'" + c + "1\n";
            if (++n_packed % 32 != 0) return;
            sink(std::string_view{text});
            text.clear();
        });
        sink(std::string_view{text});
    } else if (set == "fixed") {
        texts::fixed(some);
    } else if (set == "runs") {
        texts::runs(some);
    } else if (set == "tokens") {
        texts::tokens(words, choice.step, some);
    } else if (set == "specials") {
        texts::specials(words, some);
    } else if (set == "bytes") {
        texts::bytes(some);
    } else if (set == "adversarial") {
        for (std::size_t i = 0; i < choice.n; ++i) sink(std::string_view{texts::adversarial(random, words)});
    } else if (set == "adversarial_bytes") {
        for (std::size_t i = 0; i < choice.n; ++i) sink(std::string_view{texts::damaged(random, texts::adversarial(random, words))});
    }
}

template <class Sink>
void make_file_texts(std::string_view all, Sink&& sink) {
    constexpr std::string_view mark = "\n__ggml_vocab_test__\n";
    if (all.find(mark) != std::string_view::npos) {
        for (std::size_t end = all.find(mark); end != std::string_view::npos; end = all.find(mark)) {
            sink(all.substr(0, end));
            all.remove_prefix(end + mark.size());
        }
        return;
    }
    sink(all);
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = all.find('\n', at);
        const std::size_t next = end == std::string_view::npos ? all.size() : end + 1;
        sink(all.substr(at, next - at));
        at = next;
    }
    for (std::size_t at = 0; at < all.size();) {
        std::size_t next = at + 20'000 < all.size() ? at + 20'000 : all.size();
        while (next < all.size() && (static_cast<unsigned char>(all[next]) & 0xC0U) == 0x80) ++next;
        sink(all.substr(at, next - at));
        at = next;
    }
}

}  // namespace cria_test

#endif  // CRIA_TESTS_GOLDEN_TOKENIZER_TEXTS_HPP
