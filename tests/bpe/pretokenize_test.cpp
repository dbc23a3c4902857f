// SPDX-License-Identifier: MIT
#include "cria/bpe/pretokenize.hpp"

#include "bpe/regex_oracle.hpp"
#include "cria/utf8/code_point.hpp"
#include "support/catch.hpp"
#include "support/small_stack.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bpe = cria::bpe;
using bpe::compat;
using family = bpe::pretokenizer_family;
using cria_test::regex_oracle;
using cria_test::regex_reading;

namespace {

const std::string gpt2_regex = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S))";
const std::string any_case = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|)";
const std::string ascii_case = R"((?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|)";
const std::string prefix = R"([^\r\n\p{L}\p{N}]?)";
const std::string signs = R"( ?[^\s\p{L}\p{N}]+[\r\n]*|)";
const std::string signs_and_slashes = R"( ?[^\s\p{L}\p{N}]+[\r\n/]*|)";
const std::string line_rules = R"(\s*[\r\n]+|\s+(?!\S)|\s+)";

auto llama3_head(const std::string& contractions) { return contractions + prefix + R"(\p{L}+|\p{N}{1,3}|)" + signs; }
auto qwen2(const std::string& contractions) { return contractions + prefix + R"(\p{L}+|\p{N}|)" + signs + line_rules; }
auto qwen35(const std::string& contractions) {
    return contractions + prefix + R"([\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|)" + line_rules;
}
auto seed(const std::string& contractions) {
    return contractions + prefix + R"(\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|)" + line_rules;
}
auto exaone_moe(const std::string& contractions) {
    return contractions + prefix + R"((?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]?|\s*[\r\n]|\s+(?!\S)|\s+)";
}
auto minicpm5(const std::string& contractions) { return contractions + prefix + R"(\p{L}+|\p{N}+|)" + signs + line_rules; }
auto jais2(const std::string& contractions) {
    // The oracle recurses on its text, so the longest runs are left to the conformance tests and to hand.
    return llama3_head(contractions) + R"(\s*[\r\n]+|\s{16}(?!\S)|\s{8}(?!\S)|\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1})";
}

/// Cased words: `upper`* `lower`+ and `upper`+ `lower`*, then numbers, punctuation and white space.
auto cased(const std::string& upper, const std::string& lower, const std::string& suffix, const std::string& numbers,
           const std::string& punctuation = signs_and_slashes) {
    return prefix + upper + "*" + lower + "+" + suffix + "|" + prefix + upper + "+" + lower + "*" + suffix + "|" + numbers + "|" +
           punctuation + line_rules;
}
const std::string upper = R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])", lower = R"([\p{Ll}\p{Lm}\p{Lo}\p{M}])";
const std::string upper_not_han = R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]])";
const std::string lower_not_han = R"([\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]])";
const std::string ascii_upper = R"(((?=[\p{L}])([^a-z])))", ascii_lower = R"(((?=[\p{L}])([^A-Z])))";
const std::string ascii_upper_or_mark = R"(((?=[\p{L}\p{M}])([^a-z])))", ascii_lower_or_mark = R"(((?=[\p{L}\p{M}])([^A-Z])))";
const std::string any_letter_or_mark = R"([\p{L}\p{M}])";
const std::string any_suffix = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
const std::string ascii_suffix = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?";

const std::string cjk = R"([\x{4E00}-\x{9FA5}\x{3040}-\x{309F}\x{30A0}-\x{30FF}]+)";
const std::string deepseek_asian = R"([\x{4E00}-\x{9FA5}\x{0800}-\x{4E00}\x{AC00}-\x{D7FF}]+)";
const std::string ascii_words = R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|)";
const std::string deepseek3 = ascii_words + R"([^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|)" + line_rules;
const std::string spark = ascii_words + R"([^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+|[\r\n]|\s+(?!\S)|\s+)";
const std::string bloom = R"( ?[^(\s|.,!?\x{2026}\x{3002}\x{FF0C}\x{3001}\x{0964}\x{06D4}\x{060C})]+)";
const std::string youtu_scripts =
    R"([\x{AC00}-\x{D7A3}\x{3131}-\x{318E}]+|[\x{FF01}\x{2026}\x{201C}\x{201D}\x{2018}\x{2019}\x{2014}\x{FF1A}\x{FF1B}\x{FF0C})"
    R"(\x{3001}-\x{303F}\x{FE30}-\x{FE4F}]+|[\x{3105}-\x{312F}]+|)" + cjk;
auto afmoe_scripts(const std::string& compatible) {
    return R"([\x{4E00}-\x{9FFF}\x{3400}-\x{4DBF}\x{)" + compatible + R"(}-\x{FAFF}\x{3040}-\x{309F}\x{30A0}-\x{30FF}\x{FF65}-\x{FF9F})" +
           R"(\x{2F00}-\x{2FDF}\x{0E40}-\x{0E7F}\x{0E80}-\x{0EFF}\x{1780}-\x{17FF}\x{1000}-\x{109F}\x{AA60}-\x{AA7F})" +
           R"(\x{A9E0}-\x{A9FF}\x{AC00}-\x{D7AF}\x{1100}-\x{11FF}]+)";
}
const std::string deepseek_letters =
    R"(\s?[)"
    R"(\x{41}-\x{5A}\x{61}-\x{7A}\x{B5}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1BA}\x{1BC}-\x{1BF}\x{1C4}-\x{293}\x{295}-)"
    R"(\x{2AF}\x{370}-\x{373}\x{376}\x{377}\x{37B}-\x{37D}\x{37F}\x{386}\x{388}-\x{38A}\x{38C}\x{38E}-\x{3A1}\x{3A3}-)"
    R"(\x{3F5}\x{3F7}-\x{481}\x{48A}-\x{52F}\x{531}-\x{556}\x{10A0}-\x{10C5}\x{13A0}-\x{13F5}\x{13F8}-)"
    R"(\x{13FD}\x{1C90}-\x{1CBA}\x{1CBD}-\x{1CBF}\x{1D00}-\x{1D2B}\x{1D6B}-\x{1D77}\x{1D79}-\x{1D9A}\x{1E00}-)"
    R"(\x{1F15}\x{1F18}-\x{1F1D}\x{1F20}-\x{1F45}\x{1F48}-\x{1F4D}\x{1F50}-\x{1F57}\x{1F59}\x{1F5B}\x{1F5D}\x{1F5F}-)"
    R"(\x{1F7D}\x{1F80}-\x{1FB4}\x{1FB6}-\x{1FBC}\x{1FBE}\x{1FC2}-\x{1FC4}\x{1FC6}-\x{1FCC}\x{1FD0}-\x{1FD3}\x{1FD6}-)"
    R"(\x{1FDB}\x{1FE0}-\x{1FEC}\x{1FF2}-\x{1FF4}\x{1FF6}-\x{1FFC}\x{2102}\x{2107}\x{210A}-\x{2113}\x{2115}\x{2119}-)"
    R"(\x{211D}\x{2124}\x{2126}\x{2128}\x{212A}-\x{212D}\x{212F}-\x{2134}\x{2139}\x{213C}-\x{213F}\x{2145}-)"
    R"(\x{2149}\x{214E}\x{2183}\x{2184}\x{2C00}-\x{2C7B}\x{2C7E}-\x{2CE4}\x{2CEB}-\x{2CEE}\x{2CF2}\x{2CF3}\x{A640}-)"
    R"(\x{A66D}\x{A680}-\x{A69B}\x{A722}-\x{A76F}\x{A771}-\x{A787}\x{A78B}-\x{A78E}\x{AB70}-\x{ABBF}\x{FB00}-)"
    R"(\x{FB06}\x{FB13}-\x{FB17}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{10400}-\x{1044F}\x{104B0}-\x{104D3}\x{104D8}-)"
    R"(\x{104FB}\x{10C80}-\x{10CB2}\x{10CC0}-\x{10CF2}\x{118A0}-\x{118DF}\x{1E900}-\x{1E943})"
    R"(]+)";
const std::string deepseek_signs =
    R"(\s?[!-/:-~\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF5E}\x{2018}-\x{201F}\x{3000}-\x{3002}]+)";
// What llama.cpp's scanner does: text in front of digits is part of their first group.
const std::string glued_digits = R"([^\p{N}]*\p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N})))";

struct published {
    family in;
    const char* name;
    std::vector<std::string> regexes;        // isolating splits, one after the other
    std::vector<std::string> llama_cpp = {};  // what llama.cpp makes of them, if it is not the same
};

const std::vector<published> families = {
    {family::gpt2, "gpt2", {gpt2_regex}},
    {family::llama3, "llama3", {llama3_head(any_case) + line_rules}, {llama3_head(ascii_case) + line_rules}},
    {family::qwen2, "qwen2", {qwen2(any_case)}, {qwen2(ascii_case)}},
    {family::qwen35, "qwen35", {qwen35(any_case)}, {qwen35(ascii_case)}},
    {family::seed, "seed", {seed(any_case)}, {seed(ascii_case)}},
    {family::digit1, "digit1", {R"(\p{N})", gpt2_regex}},
    {family::falcon, "falcon", {R"([\p{P}\$\+<=>\^~\|`]+)", gpt2_regex, "[0-9][0-9][0-9]"}},
    {family::default_, "default", {R"([\p{P}\$\+<=>\^~\|]+)", gpt2_regex, R"(\p{N}+)", "[0-9][0-9][0-9]"}},
    {family::newline, "newline", {R"([^\n]+|[\n]+)"}},
    {family::tekken, "tekken", {cased(upper, lower, "", R"(\p{N})")}, {cased(ascii_upper, ascii_lower, "", R"(\p{N})")}},
    {family::o200k,
     "o200k",
     {cased(upper, lower, any_suffix, R"(\p{N}{1,3})")},
     {cased(ascii_upper, ascii_lower, ascii_suffix, R"(\p{N}{1,3})")}},
    {family::o200k_marks,
     "o200k_marks",
     {cased(upper, lower, any_suffix, R"(\p{N}{1,3})")},
     {cased(ascii_upper_or_mark, ascii_lower_or_mark, ascii_suffix, R"(\p{N}{1,3})")}},
    {family::kimi,
     "kimi",
     {R"([\p{Han}]+|)" + cased(upper_not_han, lower_not_han, any_suffix, R"(\p{N}{1,3})", signs)},
     {R"([\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{L}&&[^\p{Han}]]+)" + ascii_suffix + R"(|\p{N}{1,3}|)" + signs + line_rules}},
    {family::afmoe,
     "afmoe",
     {R"(\p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N})))", afmoe_scripts("F900"), deepseek3},
     {glued_digits, afmoe_scripts("8C48"), deepseek3}},
    {family::aya,
     "aya",
     {R"(\d{1,3}(?=(?:\d{3})*\b))", cased(upper, lower, any_suffix, R"(\p{N}{1,3})")},
     {glued_digits, cased(any_letter_or_mark, any_letter_or_mark, ascii_suffix, R"(\p{N}{1,3})")}},
    {family::youtu,
     "youtu",
     {youtu_scripts, cased(upper, lower, any_suffix, R"(\p{N})")},
     {youtu_scripts, cased(any_letter_or_mark, any_letter_or_mark, ascii_suffix, R"(\p{N})")}},
    {family::bailing,
     "bailing",
     {R"('(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)"},
     {R"('(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+)"}},
    {family::exaone_moe, "exaone_moe", {exaone_moe(any_case)}, {exaone_moe(ascii_case)}},
    {family::bloom, "bloom", {bloom}},
    {family::viking, "viking", {bloom, R"(\p{N})"}},
    {family::jais2, "jais2", {jais2(any_case)}, {jais2(ascii_case)}},
    {family::minicpm5, "minicpm5", {R"(\p{N}{1,3})", minicpm5(any_case)}, {R"(\p{N}{1,3})", minicpm5(ascii_case)}},
    {family::laguna, "laguna", {R"([^\n]+|[\n]+)", qwen2(any_case)}, {R"([^\n]+|[\n]+)", qwen2(ascii_case)}},
    {family::superbpe, "superbpe", {R"(\p{N}+)", R"((?=(\d{3})+(?!\d)))"}},
    {family::deepseek3, "deepseek3", {R"(\p{N}{1,3})", cjk, deepseek3}},
    {family::spark, "spark", {R"(\p{N}{1,3})", cjk, spark, R"(\p{N})"}},
    {family::deepseek_coder, "deepseek_coder", {R"([\r\n])", R"(\s?\p{L}+)", R"(\s?\p{P}+)", deepseek_asian, R"(\p{N})"}},
    {family::deepseek_llm,
     "deepseek_llm",
     {R"([\r\n])", deepseek_letters, deepseek_signs, R"(\s+$)", deepseek_asian, R"(\p{N}+)"}},
    {family::ufakzeka, "ufakzeka", {qwen2("")}},
};

constexpr compat both[] = {compat::hf, compat::llama_cpp};

auto oracle_of(const published& f, compat mode) -> std::vector<regex_oracle> {
    const auto is_llama_cpp = mode == compat::llama_cpp;
    regex_reading reading;
    if (is_llama_cpp) reading = {[](char32_t c) { return bpe::unicode::older_class_of(c); }, true};
    std::vector<regex_oracle> steps;
    for (const auto& regex : is_llama_cpp && !f.llama_cpp.empty() ? f.llama_cpp : f.regexes) steps.emplace_back(regex, reading);
    return steps;
}

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

auto pieces_of(family in, std::string_view text, compat mode = compat::hf) -> std::vector<std::string> {
    std::vector<std::string> pieces;
    std::size_t covered = 0;
    auto in_order = true;
    bpe::pretokenize(in, mode, text, [&](std::size_t begin, std::size_t end) {
        in_order = in_order && begin == covered && end > begin && end <= text.size();
        if (in_order) pieces.emplace_back(text.substr(begin, end - begin));
        covered = end;
    });
    if (!in_order || covered != text.size()) return {"[the pieces do not cover the text]"};
    return pieces;
}

/// The pieces with "|" between them, so that a test can be read.
auto cut(family in, std::string_view text, compat mode = compat::hf) -> std::string {
    std::string out;
    for (const auto& piece : pieces_of(in, text, mode)) out += (out.empty() ? "" : "|") + piece;
    return out;
}
auto llama_cpp_cut(family in, std::string_view text) -> std::string { return cut(in, text, compat::llama_cpp); }

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
static_assert(n_pieces(family::o200k, "FooBar's") == 2);

}  // namespace

TEST_CASE("every family cuts as its published expressions do, by an independent matcher") {
    for (const auto& f : families) {
        for (const auto mode : both) {
            const auto steps = oracle_of(f, mode);
            std::mt19937 random{42};
            CAPTURE(f.name);
            CAPTURE(mode == compat::hf);
            for (int i = 0; i < 2'500; ++i) {
                const auto text = random_text(random, 1 + random() % 9);
                const auto expected = bytes_of(oracle_pieces(steps, code_points(text)));
                if (pieces_of(f.in, text, mode) == expected) continue;
                CAPTURE(text);
                CHECK(pieces_of(f.in, text, mode) == expected);
            }
            SUCCEED();
        }
    }
}

TEST_CASE("every ASCII text of three characters is cut as the published expressions do") {
    // Characters that stand for what the expressions can tell apart.
    const std::string_view alphabet = "a'st1 \n\t!`$SA/_";
    for (const auto& f : families) {
        for (const auto mode : both) {
            const auto steps = oracle_of(f, mode);
            std::size_t n_wrong = 0;
            for (const char a : alphabet) {
                for (const char b : alphabet) {
                    for (const char c : alphabet) {
                        const std::string text = {a, b, c};
                        const auto expected = bytes_of(oracle_pieces(steps, code_points(text)));
                        n_wrong += pieces_of(f.in, text, mode) == expected ? 0U : 1U;
                    }
                }
            }
            CAPTURE(f.name);
            CHECK(n_wrong == 0);
        }
    }
}

namespace {

/// Whether `f` cuts each of `code_points`, alone and among neighbours that tell what it is taken for, as its
/// expressions do.
auto count_wrong(const published& f, compat mode, const std::u32string& code_points, std::size_t n_frames) -> std::size_t {
    const std::u32string_view frames[] = {U"?a ?1?", U"?", U"?a? ?1?", U"'?A\u0301?!??\n"};
    const auto steps = oracle_of(f, mode);
    std::size_t n_wrong = 0;
    for (const auto c : code_points) {
        for (std::size_t i = 0; i < n_frames; ++i) {
            std::u32string text{frames[i]};
            std::string bytes;
            for (auto& each : text) {
                if (each == U'?') each = c;
                bytes += cria::utf8::encode(each).view();
            }
            n_wrong += pieces_of(f.in, bytes, mode) == bytes_of(oracle_pieces(steps, text)) ? 0U : 1U;
        }
    }
    return n_wrong;
}

}  // namespace

TEST_CASE("every family takes code points for what they are, wherever that changes") {
    // Between two changes all code points have one class in both versions of Unicode, and no expression names one of
    // them: what holds for the first holds for all. Only every eleventh change of class is tried here.
    std::u32string changes;
    std::size_t n_changes = 0;
    for (char32_t c = 1; c < 0xE0200; ++c) {
        const auto is_same = bpe::unicode::class_of(c) == bpe::unicode::class_of(c - 1) &&
                             bpe::unicode::older_class_of(c) == bpe::unicode::older_class_of(c - 1);
        if (!is_same && n_changes++ % 11 == 0 && (c < 0xD800 || c > 0xDFFF)) changes += c;
    }
    for (const auto& f : families) {
        for (const auto mode : both) {
            auto all = changes;
            for (const auto& step : oracle_of(f, mode)) all += step.edges();
            CAPTURE(f.name);
            CAPTURE(mode == compat::hf);
            CHECK(count_wrong(f, mode, all, 4) == 0);
        }
    }
}

TEST_CASE("every family takes every code point for what it is", "[slow]") {
    std::u32string all;
    for (char32_t c = 0; c < 0x32400; ++c) {
        if (c < 0xD800 || c > 0xDFFF) all += c;
    }
    for (char32_t c = 0xE0000; c < 0xE0200; ++c) all += c;
    for (const auto& f : families) {
        for (const auto mode : both) {
            CAPTURE(f.name);
            CHECK(count_wrong(f, mode, all, 1) == 0);
        }
    }
}

TEST_CASE("words with case end where a new one starts, and keep their marks and contractions") {
    for (const auto in : {family::tekken, family::o200k, family::o200k_marks, family::aya, family::youtu, family::kimi}) {
        CHECK(cut(in, "\u00C9COLE \u00C9cole") == "\u00C9COLE| \u00C9cole");
        CHECK(cut(in, "\u0928\u092E\u0938\u094D\u0924\u0947") == "\u0928\u092E\u0938\u094D\u0924\u0947");
        CHECK(cut(in, "FooBar getElementById HTTPServer") == "Foo|Bar| get|Element|By|Id| HTTPServer");
        CHECK(cut(in, "ABC\u02B0AB") == "ABC\u02B0|AB");  // a modifier is both, so it can end what upper case began
        CHECK(cut(in, "\u0301ABC") == "\u0301|ABC");
        CHECK(cut(in, "!\u0301a") == "!\u0301a");
        CHECK(cut(in, "a\u3000b") == "a|\u3000b");
    }
    CHECK(cut(family::o200k, "it'\u017Fabc don'T've") == "it'\u017F|abc| don'T|'ve");
    CHECK(cut(family::tekken, "it's") == "it|'s");
    CHECK(cut(family::o200k, "1234 a//\n/b") == "123|4| a|//\n/|b");
    CHECK(cut(family::tekken, "123") == "1|2|3");
    CHECK(cut(family::kimi, "a//\n/b") == "a|//\n|/b");
    CHECK(cut(family::kimi, "\u4E2D\u6587A\u3005\u3007b \u4E2D 1\u3007") == "\u4E2D\u6587|A|\u3005\u3007|b| |\u4E2D| |1\u3007");
}

TEST_CASE("llama.cpp knows the case of ASCII only, or none, and Kimi's marks not at all") {
    for (const auto in : {family::tekken, family::o200k}) {
        CHECK(llama_cpp_cut(in, "\u00C9COLE") == "\u00C9|COLE");
        CHECK(llama_cpp_cut(in, "\u0928\u092E\u0938\u094D\u0924\u0947") == "\u0928\u092E\u0938|\u094D\u0924|\u0947");
        CHECK(llama_cpp_cut(in, "FooBar") == "Foo|Bar");
    }
    CHECK(llama_cpp_cut(family::o200k_marks, "\u00C9COLE") == "\u00C9|COLE");
    CHECK(llama_cpp_cut(family::o200k_marks, "\u0928\u092E\u0938\u094D\u0924\u0947") == "\u0928\u092E\u0938\u094D\u0924\u0947");
    for (const auto in : {family::aya, family::youtu, family::kimi}) CHECK(llama_cpp_cut(in, "getElementById") == "getElementById");
    CHECK(llama_cpp_cut(family::kimi, "\u0928\u092E\u0938\u094D\u0924\u0947") == "\u0928\u092E\u0938|\u094D\u0924|\u0947");
    CHECK(llama_cpp_cut(family::kimi, "\u3005\u4E2D\U00031350") == "\u3005|\u4E2D|\U00031350");
    CHECK(cut(family::kimi, "\u3005\u4E2D\U00031350") == "\u3005\u4E2D\U00031350");
    for (const auto in : {family::llama3, family::qwen2, family::qwen35, family::seed, family::bailing}) {
        CHECK(llama_cpp_cut(in, "it'\u017Fabc") == "it|'\u017Fabc");
        CHECK(cut(in, "it'\u017Fabc") == "it|'\u017F|abc");
    }
}

TEST_CASE("Han in llama.cpp's Kimi is whole blocks, their unassigned ends too") {
    struct block {
        char32_t first, last;
    };
    for (const auto& [first, last] : {block{0x3400, 0x4DBF}, block{0x4E00, 0x9FFF}, block{0xF900, 0xFAFF}, block{0x20000, 0x2A6DF},
                                      block{0x2A700, 0x2EBEF}, block{0x2F800, 0x2FA1F}}) {
        const auto n = [](char32_t c) {
            return pieces_of(family::kimi, std::string{cria::utf8::encode(c).view()} + "a", compat::llama_cpp).size();
        };
        CAPTURE(static_cast<unsigned>(first));
        CHECK(n(first - 1) == 1);  // a letter, or the prefix of one
        CHECK(n(first) == 2);
        CHECK(n(last) == 2);
        CHECK(n(last + 1) == 1);
    }
}

TEST_CASE("llama.cpp has the characters of Unicode 15.1") {
    CHECK(cut(family::llama3, "a\u1C89b\U000105C0c") == "a\u1C89b\U000105C0c");
    CHECK(llama_cpp_cut(family::llama3, "a\u1C89b\U000105C0c") == "a|\u1C89b|\U000105C0c");
    CHECK(cut(family::qwen2, "1\U0001CCF0") == "1|\U0001CCF0");
    CHECK(llama_cpp_cut(family::llama3, "1\U0001CCF0") == "1|\U0001CCF0");
    CHECK(cut(family::llama3, "1\U0001CCF0") == "1\U0001CCF0");
}

TEST_CASE("digits are grouped from the right, where a family asks for it") {
    CHECK(cut(family::aya, "x  1 12 123 1234 12345 123456 1234567") ==
          "x|  |1| |12| |123| |1|234| |12|345| |123|456| |1|234|567");
    CHECK(cut(family::aya, "1234a 1234_ 1234. 1234\u00BD 1234\u2163") == "123|4|a| |123|4|_| |1|234|.| |123|4\u00BD| |123|4\u2163");
    CHECK(llama_cpp_cut(family::aya, "abc  1234a") == "abc| | |1|234|a");
    CHECK(llama_cpp_cut(family::aya, "123456") == "123|456");
    CHECK(cut(family::afmoe, "abc  1234a") == "abc|  |1|234|a");
    CHECK(llama_cpp_cut(family::afmoe, "abc  1234a") == "abc| | |1|234|a");
    CHECK(cut(family::superbpe, "to be 1234567, or 12\u00B23456\u00B2 12") == "to be |1|234|567|, or |12\u00B23|456\u00B2| |12");
    CHECK(cut(family::superbpe, "\u0661\u0662\u0663\u0664") == "\u0661|\u0662\u0663\u0664");
    CHECK(llama_cpp_cut(family::superbpe, "\u0661\u0662\u0663\u0664") == "\u0661\u0662\u0663\u0664");
    CHECK(cut(family::minicpm5, "a 12345") == "a| |123|45");
    CHECK(cut(family::spark, "a 12345") == "a| |1|2|3|4|5");
}

TEST_CASE("deepseek's families isolate scripts, and join a sign with the ASCII word behind it") {
    CHECK(cut(family::deepseek3, "a.b !c \u4E2D\u6587a 1234") == "a|.b| !|c| |\u4E2D\u6587|a| |123|4");
    CHECK(cut(family::deepseek3, "\x01\x01" "a\u200B\u200B!") == "\x01|\x01" "a|\u200B\u200B|!");
    CHECK(cut(family::deepseek3, "it's 'RE 'Ll") == "it|'s| '|RE| '|Ll");
    CHECK(cut(family::spark, "a\r\n\r\n b!\n") == "a|\r|\n|\r|\n| b|!|\n");
    CHECK(cut(family::deepseek_coder, "a\u3000b\u3000\u4E2D\u2009\u2009!") == "a|\u3000|b|\u3000\u4E2D|\u2009|\u2009|!");
    CHECK(llama_cpp_cut(family::deepseek_coder, "a\u3000b") == "a|\u3000b");
    CHECK(cut(family::deepseek_llm, "a b12  \n\u3000\u3000!  ") == "a| b|12|  |\n|\u3000\u3000|!|  ");
    CHECK(llama_cpp_cut(family::deepseek_llm, "\u3000\u3000!") == "\u3000|\u3000!");
    CHECK(cut(family::deepseek_coder, "1\u2009\u20092") == "1|\u2009\u2009|2");
    CHECK(llama_cpp_cut(family::deepseek_coder, "\u4E2D\u2009\u2009\u0E01\u0E33") == "\u4E2D|\u2009|\u2009|\u0E01\u0E33");
    CHECK(cut(family::deepseek_coder, "\u4E2D\u2009\u2009\u0E01\u0E33") == "\u4E2D|\u2009|\u2009\u0E01\u0E33");
    CHECK(cut(family::afmoe, "a\u3042\u0E40 a\uA000") == "a|\u3042\u0E40| a\uA000");
    CHECK(llama_cpp_cut(family::afmoe, "a\u3042\u0E40 a\uA000") == "a|\u3042\u0E40| a|\uA000");
}

TEST_CASE("the other families have their own idea of words and white space") {
    CHECK(cut(family::exaone_moe, "to be or  not!/\n\n1") == "to be or| | not|!/\n|\n|1");
    CHECK(cut(family::bloom, "Hello, (big) world\u3002 ok \n\nx") == "Hello|, (|big|)| world|\u3002| ok| \n\n|x");
    CHECK(cut(family::viking, "a12 b") == "a|1|2| b");
    CHECK(cut(family::laguna, "a \n\n b") == "a| |\n\n| b");
    CHECK(cut(family::qwen2, "a \n\n b") == "a| \n\n| b");
    CHECK(cut(family::ufakzeka, "Ankara'da don't") == "Ankara|'da| don|'t");
    CHECK(cut(family::ufakzeka, "x'sy") == "x|'sy");
    CHECK(cut(family::bailing, "x \n \n y 12") == "x| \n \n| y| |1|2");
    CHECK(cut(family::youtu, "\uAC00\u3131a\u3001\u3002\u2026\u3105\u4E2D 12") == "\uAC00\u3131|a|\u3001\u3002\u2026|\u3105|\u4E2D| |1|2");
}

TEST_CASE("jais2 halves white space that is followed by something") {
    const auto sizes = [](std::size_t n, std::string_view behind) {
        std::vector<std::size_t> out;
        for (const auto& piece : pieces_of(family::jais2, "x" + std::string(n, ' ') + std::string{behind})) out.push_back(piece.size());
        return out;
    };
    CHECK(sizes(1, "1") == std::vector<std::size_t>{1, 1, 1});
    CHECK(sizes(8, "1") == std::vector<std::size_t>{1, 4, 2, 1, 1, 1});
    CHECK(sizes(8, "") == std::vector<std::size_t>{1, 8});
    CHECK(sizes(9, "y") == std::vector<std::size_t>{1, 8, 2});
    CHECK(sizes(7, "") == std::vector<std::size_t>{1, 4, 2, 1});
    CHECK(sizes(512, "1") == std::vector<std::size_t>{1, 256, 128, 64, 32, 16, 8, 4, 2, 1, 1, 1});
    CHECK(sizes(1'025, "1") == std::vector<std::size_t>{1, 512, 512, 1, 1});
    CHECK(sizes(1'536, "") == std::vector<std::size_t>{1, 512, 512, 512});
    CHECK(sizes(600, "\n  y") == std::vector<std::size_t>{1, 601, 1, 2});
}

TEST_CASE("CRLF runs, and 100,000 letters, are one piece where the expressions say so") {
    for (const auto in : {family::llama3, family::qwen2, family::qwen35, family::o200k, family::tekken, family::kimi, family::deepseek3}) {
        CHECK(cut(in, "a\r\n\r\n\r\nb") == "a|\r\n\r\n\r\n|b");
        CHECK(cut(in, "a.\r\n\r\nb") == "a|.\r\n\r\n|b");
    }
    for (const auto& f : families) {
        for (const auto mode : both) CHECK(pieces_of(f.in, std::string(100'000, 'A'), mode).size() == 1);
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
    for (const auto& f : families) {
        for (const auto mode : both) {
            CAPTURE(f.name);
            const auto is_covered = [&](std::string_view text) {
                return pieces_of(f.in, text, mode).front() != "[the pieces do not cover the text]";
            };
            for (int i = 0; i < 150; ++i) {
                std::string text;
                for (int n = 0; n < 40; ++n) {
                    text += random() % 3 == 0 ? std::string(1, static_cast<char>(random() & 0xFFU)) : random_text(random, 1);
                }
                CHECK(is_covered(text));
            }
            CHECK(is_covered(std::string(100, '\xFF')));
            CHECK(is_covered("a\xF0\x9F"));
            CHECK(pieces_of(f.in, "", mode).empty());
        }
    }
}

namespace {

/// Real classes, counted. The count is the work: every step of a family looks at text through it.
std::size_t n_looked_at = 0;
template <auto ClassOf>
struct counting_classes {
    static auto class_of(char32_t c) -> bpe::unicode::char_class {
        ++n_looked_at;
        return ClassOf(c);
    }
    static auto class_of_ascii(unsigned char byte) -> bpe::unicode::char_class {
        ++n_looked_at;
        return bpe::unicode::class_of_ascii(byte);
    }
};
using counting_newer = counting_classes<bpe::unicode::class_of>;
using counting_older = counting_classes<bpe::unicode::older_class_of>;

}  // namespace

TEST_CASE("no family looks at a character more than a fixed number of times, whatever runs come") {
    constexpr std::size_t n_repeats = 2'000;
    std::vector<std::string> units = {" \n", "\n ", "a ", " a", "aA", "a1", "'s", "'r", "1 ", " '", "!\n", "\r\n", "ab ", "!a", "\xFF",
                                      "A\u0301", "\u0301A", "AAAA\u02B0", "a1234", "1234_", "\u00B2123", "\x01", "\x01\x02" "a"};
    for (const auto atom : atoms) units.emplace_back(atom);
    for (const auto& f : families) {
        for (const auto& unit : units) {
            std::string text;
            for (std::size_t i = 0; i < n_repeats; ++i) text += unit;
            text += 'x';  // so that runs of white space do not end with the text
            const auto n_characters = code_points(text).size();
            for (const auto mode : both) {
                n_looked_at = 0;
                std::size_t covered = 0;
                const auto count = [&](std::size_t begin, std::size_t end) { covered += end - begin; };
                if (mode == compat::hf) bpe::pretokenize<counting_newer>(f.in, mode, text, count);
                else bpe::pretokenize<counting_older>(f.in, mode, text, count);
                CAPTURE(f.name);
                CAPTURE(unit);
                CHECK(covered == text.size());
                CHECK(n_looked_at <= 5 * f.regexes.size() * n_characters + 2'000);
            }
        }
    }
}

#if defined(__unix__)

TEST_CASE("a megabyte of one character needs no stack and is soon cut, by every family") {
    const std::string_view units[] = {"a", "A",      " ",      "\n",     "\t",     "'",    "!",    "1",
                                      "\u0661", "\u0301", "\u4E2D", "\u3000", "\xFF", "\x01", "\r\n", "aA"};
    for (const auto unit : units) {
        std::string text;
        while (text.size() < 1'000'000) text += unit;
        for (const auto& f : families) {
            for (const auto mode : both) {
                std::size_t covered = 0;
                cria_test::with_small_stack([&] {
                    bpe::pretokenize(f.in, mode, text, [&](std::size_t begin, std::size_t end) { covered += end - begin; });
                });
                CAPTURE(f.name);
                CAPTURE(unit);
                CHECK(covered == text.size());
            }
        }
    }
}

#endif

namespace {

/// What a pretokenizer did: its pieces with "|" between them, then the error's text.
auto outcome_of(const bpe::pretokenizer& how, std::string_view text) -> std::string {
    std::string out;
    const auto done = bpe::pretokenize(how, text, [&](std::size_t begin, std::size_t end) {
        out += (out.empty() ? "" : "|") + std::string{text.substr(begin, end - begin)};
    });
    if (done) return out;
    CHECK(done.error().code == cria::errc::invalid_value);
    return out + " @" + std::to_string(done.error().offset);
}

}  // namespace

TEST_CASE("a pretokenizer is a family or a callable of one's own") {
    CHECK(outcome_of({}, "it's 12") == "it|'s| 12");
    CHECK(outcome_of(family::llama3, "it'S") == "it|'S");
    CHECK(outcome_of({family::aya, compat::llama_cpp}, "a 1234") == "a| |1|234");

    const auto by_size = [](std::size_t size) {
        return [size](std::string_view text, bpe::piece_ends ends) {
            for (std::size_t at = size; at < text.size(); at += size) ends(at);
            if (!text.empty()) ends(text.size());
        };
    };
    const auto by_twos = by_size(2);
    const auto how = bpe::pretokenizer::by(by_twos);
    CHECK(how.is_custom());
    CHECK_FALSE(bpe::pretokenizer{family::gpt2}.is_custom());
    CHECK(outcome_of(how, "abcde") == "ab|cd|e");
    CHECK(outcome_of(how, "") == "");
    CHECK(how == bpe::pretokenizer::by(by_twos));

    // One that captures nothing may be made in place.
    const auto whole = bpe::pretokenizer::by([](std::string_view text, bpe::piece_ends ends) {
        if (!text.empty()) ends(text.size());
    });
    CHECK(outcome_of(whole, "a b") == "a b");
}

TEST_CASE("a callable that breaks its promise is an error, and no piece that is not one gets out") {
    const auto outcome = [](std::vector<std::size_t> at) {
        const auto reports = [at](std::string_view, bpe::piece_ends ends) {
            for (const auto end : at) ends(end);
        };
        return outcome_of(bpe::pretokenizer::by(reports), "abcdef");
    };
    CHECK(outcome({2, 6}) == "ab|cdef");
    CHECK(outcome({2}) == "ab @2");             // leaves text
    CHECK(outcome({}) == " @0");                //
    CHECK(outcome({0, 6}) == " @0");            // empty pieces
    CHECK(outcome({2, 2, 6}) == "ab @2");       //
    CHECK(outcome({4, 2, 6}) == "abcd @4");     // goes back
    CHECK(outcome({2, 7, 6}) == "ab @2");       // goes past the end
    CHECK(outcome({6, 8}) == "abcdef @6");      //
}
