// SPDX-License-Identifier: MIT
#include "cria/bpe/pretokenize.hpp"

#include "bpe/regex_oracle.hpp"
#include "cria/utf8/code_point.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bpe = cria::bpe;
using family = bpe::pretokenizer_family;
using cria_test::regex_oracle;

namespace {

const std::string gpt2_regex = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S))";
const std::string any_case = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|)";
const std::string line_rules = R"(\s*[\r\n]+|\s+(?!\S)|\s+)";

struct published {
    family in;
    const char* name;
    std::vector<std::string> regexes;
};

/// The families as they are published: isolating splits, one after the other.
const std::vector<published> families = {
    {family::gpt2, "gpt2", {gpt2_regex}},
    {family::llama3, "llama3", {any_case + R"([^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|)" + line_rules}},
    {family::qwen2, "qwen2", {any_case + R"([^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|)" + line_rules}},
    {family::qwen35,
     "qwen35",
     {any_case + R"([^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|)" + line_rules}},
    {family::seed, "seed", {any_case + R"([^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|)" + line_rules}},
    {family::digit1, "digit1", {R"(\p{N})", gpt2_regex}},
    {family::falcon, "falcon", {R"([\p{P}\$\+<=>\^~\|`]+)", gpt2_regex, "[0-9][0-9][0-9]"}},
    {family::default_, "default", {R"([\p{P}\$\+<=>\^~\|]+)", gpt2_regex, R"(\p{N}+)", "[0-9][0-9][0-9]"}},
    {family::newline, "newline", {R"([^\n]+|[\n]+)"}},
};

/// What has broken pretokenizers: every class in one, two, three and four bytes, look-alikes, and the
/// strings that the alternatives compete for.
const std::vector<std::string_view> atoms = {
    "a", "B", "Hello", "the", "s", "t", "S", "re", "ll", "LL", "ve", "d", "m", "'", "'", "'s", "'S", "'t", "'re", "'RE",
    "'Ve", "'ll", "'Ll", "'d", "'D", "'M", "'l", "'r", "''", "'\u017F", "\u017F", "'\u212A", "\u2019s", " ", " ", " ", "  ",
    "   ", "\n", "\n", "\r", "\r\n", "\t", "\v", "\f", "\u0085", "\u00A0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202F", "\u205F",
    "\u3000", "\x1C", "\x1F", "\u180E", "\u200B", "\uFEFF", "0", "1", "12", "123", "4567", "\u0661", "\u00B2", "\u00BD", "\u2167",
    "\uFF11", "\u3007", "\U0001CCF0", "!", "?", ".", ",", "...", "-", "_", "(", ")", "/", "//", "#", "&", "*", "$", "+", "<", "=",
    ">", "^", "~", "|", "`", "@", "%", "\u2026", "\u3001", "\u20AC", "\u00D7", "\U0001F600", "\U0001F468\u200D\U0001F469", "\uFE0F",
    "\u00E9", "\u00C9", "e\u0301", "\u0301", "\u0928\u092E\u0938\u094D\u0924\u0947", "\u093E", "\u20DD", "\u01C5", "\u02B0", "\u00AA",
    "\u4E2D", "\u6587", "\u3042", "\u30AB", "\uAC00", "\u1100", "\u0E01\u0E33", "\u05D0", "\u0645", "\u1C89", "\U000105C0",
    "\U00020000", "\U0001D400", "\uFFFD", "\uE000", "\U000E0100", "\U000E0041", "\u0378", "\uFFFE", "\U0010FFFF", "\x7F", "\x01"};

auto random_text(std::mt19937& random, std::size_t n_atoms) -> std::string {
    std::string text;
    for (std::size_t i = 0; i < n_atoms; ++i) text += atoms[random() % atoms.size()];
    return text;
}

auto pieces_of(family in, std::string_view text) -> std::vector<std::string> {
    std::vector<std::string> pieces;
    std::size_t covered = 0;
    auto in_order = true;
    bpe::pretokenize(in, text, [&](std::size_t begin, std::size_t end) {
        in_order = in_order && begin == covered && end > begin && end <= text.size();
        if (in_order) pieces.emplace_back(text.substr(begin, end - begin));
        covered = end;
    });
    if (!in_order || covered != text.size()) return {"[the pieces do not cover the text]"};
    return pieces;
}

/// The pieces with "|" between them, so that a test can be read.
auto cut(family in, std::string_view text) -> std::string {
    std::string out;
    for (const auto& piece : pieces_of(in, text)) out += (out.empty() ? "" : "|") + piece;
    return out;
}

auto code_points(std::string_view text) -> std::u32string {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto here = cria::utf8::decode(text, at);
        out += here.code_point;
        at += here.length;
    }
    return out;
}

auto bytes_of(const std::vector<std::u32string>& pieces) -> std::vector<std::string> {
    std::vector<std::string> out;
    for (const auto& piece : pieces) {
        out.emplace_back();
        for (const auto c : piece) out.back() += cria::utf8::encode(c).view();
    }
    return out;
}

constexpr auto n_pieces(family in, std::string_view text) -> std::size_t {
    std::size_t n = 0;
    bpe::pretokenize(in, text, [&](std::size_t, std::size_t) { ++n; });
    return n;
}
static_assert(n_pieces(family::llama3, "I'll see 1234") == 6, "pretokenizing is constexpr");

}  // namespace

TEST_CASE("every family cuts as its published expressions do, by an independent matcher") {
    for (const auto& [in, name, regexes] : families) {
        std::vector<regex_oracle> steps;
        for (const auto& regex : regexes) steps.emplace_back(regex);
        std::mt19937 random{42};
        CAPTURE(name);
        for (int i = 0; i < 4000; ++i) {
            const auto text = random_text(random, 1 + random() % 9);
            CAPTURE(text);
            const auto expected = bytes_of(oracle_pieces(steps, code_points(text)));
            if (pieces_of(in, text) != expected) CHECK(pieces_of(in, text) == expected);
        }
        SUCCEED();
    }
}

TEST_CASE("every ASCII text of three characters is cut as the published expressions do") {
    // Characters that stand for what the expressions can tell apart.
    const std::string_view alphabet = "a'st1 \n\t!`$S";
    for (const auto& [in, name, regexes] : families) {
        std::vector<regex_oracle> steps;
        for (const auto& regex : regexes) steps.emplace_back(regex);
        std::size_t n_wrong = 0;
        for (const char a : alphabet) {
            for (const char b : alphabet) {
                for (const char c : alphabet) {
                    const std::string text = {a, b, c};
                    const auto expected = bytes_of(oracle_pieces(steps, code_points(text)));
                    n_wrong += pieces_of(in, text) == expected ? 0U : 1U;
                }
            }
        }
        CAPTURE(name);
        CHECK(n_wrong == 0);
    }
}

TEST_CASE("llama3 takes up to three digits, one prefix character, and line breaks after punctuation") {
    CHECK(cut(family::llama3, "Hello, world!") == "Hello|,| world|!");
    CHECK(cut(family::llama3, "x  1") == "x| | |1");  // no number takes a space, and \s+(?!\S) leaves one anyway
    CHECK(cut(family::llama3, "x  y") == "x| | y");
    CHECK(cut(family::llama3, "12345678") == "123|456|78");
    CHECK(cut(family::llama3, "\u0661\u0662\u0663\u0664") == "\u0661\u0662\u0663|\u0664");
    CHECK(cut(family::llama3, "!hello !!hello\thello") == "!hello| !!|hello|\thello");
    CHECK(cut(family::llama3, "//\n\n x") == "//\n\n| x");
    CHECK(cut(family::llama3, " \n \n  x") == " \n \n| | x");
    CHECK(cut(family::llama3, "a\r\n\r\nb") == "a|\r\n\r\n|b");
    CHECK(cut(family::llama3, "a   ") == "a|   ");
    CHECK(cut(family::llama3, "a\u3000b") == "a|\u3000b");
    CHECK(cut(family::llama3, "\u0928\u092E\u0938\u094D\u0924\u0947") == "\u0928\u092E\u0938|\u094D\u0924|\u0947");
    CHECK(cut(family::llama3, "e\u0301a") == "e|\u0301a");
    CHECK(cut(family::llama3, "") == "");
}

TEST_CASE("contractions fold case in llama3 and qwen2, and only the long s beyond ASCII") {
    for (const auto in : {family::llama3, family::qwen2}) {
        CHECK(cut(in, "I'll don't 'RE 'Ll") == "I|'ll| don|'t| '|RE| '|Ll");
        CHECK(cut(in, "x'RE'Ll'D") == "x|'RE|'Ll|'D");
        CHECK(cut(in, "it'\u017Fabc") == "it|'\u017F|abc");
        CHECK(cut(in, "it'\u212Aabc") == "it|'\u212Aabc");
        CHECK(cut(in, "x'sy") == "x|'s|y");
        CHECK(cut(in, "''s") == "''|s");
        CHECK(cut(in, "x'") == "x|'");
        CHECK(cut(in, "x'l") == "x|'l");
        CHECK(cut(in, "x're") == "x|'re");
        CHECK(cut(in, "x\u2019s") == "x|\u2019s");
    }
    CHECK(cut(family::gpt2, "I'll I'LL it'\u017Fabc") == "I|'ll| I|'|LL| it|'|\u017Fabc");
}

TEST_CASE("qwen2 takes digits one by one, qwen35 keeps marks with their letters, seed lets line breaks go") {
    CHECK(cut(family::qwen2, "a 123") == "a| |1|2|3");
    CHECK(cut(family::qwen35, "\u0928\u092E\u0938\u094D\u0924\u0947") == "\u0928\u092E\u0938\u094D\u0924\u0947");
    CHECK(cut(family::qwen35, "!\u0301x") == "!\u0301x");
    CHECK(cut(family::qwen2, "x!\n\ny") == "x|!\n\n|y");
    CHECK(cut(family::seed, "x!\n\ny") == "x|!|\n\n|y");
}

TEST_CASE("gpt2 gives its space to the next piece and has no rule for line breaks") {
    CHECK(cut(family::gpt2, "Hello, world 123!") == "Hello|,| world| 123|!");
    CHECK(cut(family::gpt2, "a  b") == "a| | b");
    CHECK(cut(family::gpt2, "a\n\nb") == "a|\n|\n|b");
    CHECK(cut(family::gpt2, "a \n b") == "a| \n| b");
    CHECK(cut(family::gpt2, "\thello") == "\t|hello");
    CHECK(cut(family::gpt2, "\u00A0hello") == "\u00A0|hello");
    CHECK(cut(family::gpt2, "a\n") == "a|\n");
}

TEST_CASE("digit1 isolates digits first, so that white space before them ends its piece") {
    CHECK(cut(family::digit1, "a  1 23") == "a|  |1| |2|3");
    CHECK(cut(family::gpt2, "a  1 23") == "a| | 1| 23");
}

TEST_CASE("falcon and default isolate punctuation first and take ASCII digits by threes") {
    CHECK(cut(family::falcon, "don't") == "don|'|t");
    CHECK(cut(family::falcon, "a 12345 1234567") == "a| |123|45| |123|456|7");
    CHECK(cut(family::falcon, "a 12\u00B2") == "a| 12\u00B2");
    CHECK(cut(family::default_, "a 12\u00B2") == "a| |12\u00B2");
    CHECK(cut(family::default_, "a 12345 1234567") == "a| |123|45| |123|456|7");
    CHECK(cut(family::falcon, "a```b") == "a|```|b");
    CHECK(cut(family::default_, "a `\u00D7b") == "a| `\u00D7|b");
    CHECK(cut(family::default_, "a `!") == "a| `|!");
    CHECK(cut(family::falcon, "\u0661\u0662\u0663\u0664") == "\u0661\u0662\u0663\u0664");
}

TEST_CASE("newline cuts before and after runs of line feeds only") {
    CHECK(cut(family::newline, "a b\n\nc\r\nd") == "a b|\n\n|c\r|\n|d");
}

TEST_CASE("any bytes have pieces that cover them in order") {
    std::mt19937 random{99};
    for (const auto& [in, name, regexes] : families) {
        CAPTURE(name);
        for (int i = 0; i < 300; ++i) {
            std::string text;
            for (int n = 0; n < 40; ++n) {
                text += random() % 3 == 0 ? std::string(1, static_cast<char>(random() & 0xFFU)) : random_text(random, 1);
            }
            const auto pieces = pieces_of(in, text);
            CHECK(pieces.front() != "[the pieces do not cover the text]");
        }
        CHECK(pieces_of(in, std::string(100, '\xFF')).front() != "[the pieces do not cover the text]");
        CHECK(pieces_of(in, "a\xF0\x9F").front() != "[the pieces do not cover the text]");
    }
}

namespace {

/// The real classes, counted. The count is the work: every step of a family looks at text through it.
struct counting_classes {
    static inline std::size_t n_looked_at = 0;
    static auto class_of(char32_t c) -> bpe::unicode::char_class {
        ++n_looked_at;
        return bpe::unicode::class_of(c);
    }
    static auto class_of_ascii(unsigned char byte) -> bpe::unicode::char_class {
        ++n_looked_at;
        return bpe::unicode::class_of_ascii(byte);
    }
};

}  // namespace

TEST_CASE("no family looks at a character more than a fixed number of times, whatever runs come") {
    constexpr std::size_t n_repeats = 4'000;
    std::vector<std::string> units = {" \n", "\n ", "a ", " a", "aA", "a1", "'s", "'r", "1 ", " '", "!\n", "\r\n", "ab ", "!a", "\xFF"};
    for (const auto atom : atoms) units.emplace_back(atom);
    for (const auto& [in, name, regexes] : families) {
        for (const auto& unit : units) {
            std::string text;
            for (std::size_t i = 0; i < n_repeats; ++i) text += unit;
            text += 'x';  // so that runs of white space do not end with the text
            const auto n_characters = code_points(text).size();
            counting_classes::n_looked_at = 0;
            std::size_t covered = 0;
            bpe::pretokenize<counting_classes>(in, text, [&](std::size_t begin, std::size_t end) {
                covered += end - begin;
            });
            CAPTURE(name);
            CAPTURE(unit);
            CHECK(covered == text.size());
            CHECK(counting_classes::n_looked_at <= 4 * regexes.size() * n_characters + 16);
        }
    }
}
