// SPDX-License-Identifier: MIT
// Compares bpe::pretokenize in the way of llama.cpp with llama.cpp; pretokenize_llama_cpp.sh builds it.
//
// usage: <program> [texts per family] [seed] [number of the first family]

#include "cria/bpe/pretokenize.hpp"

#include "llama-vocab.h"
#include "unicode.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include EXPRESSIONS  // expressions_of()

namespace {

namespace bpe = cria::bpe;
using family = bpe::pretokenizer_family;

struct pair {
    family ours;
    llama_vocab_pre_type theirs;
    const char* name;
};
const pair pairs[] = {
    {family::gpt2, LLAMA_VOCAB_PRE_TYPE_GPT2, "gpt2"},
    {family::llama3, LLAMA_VOCAB_PRE_TYPE_LLAMA3, "llama3"},
    {family::qwen2, LLAMA_VOCAB_PRE_TYPE_QWEN2, "qwen2"},
    {family::qwen35, LLAMA_VOCAB_PRE_TYPE_QWEN35, "qwen35"},
    {family::seed, LLAMA_VOCAB_PRE_TYPE_SEED_CODER, "seed"},
    {family::digit1, LLAMA_VOCAB_PRE_TYPE_STARCODER, "digit1"},
    {family::falcon, LLAMA_VOCAB_PRE_TYPE_FALCON, "falcon"},
    {family::default_, LLAMA_VOCAB_PRE_TYPE_DEFAULT, "default"},
    {family::newline, LLAMA_VOCAB_PRE_TYPE_GEMMA4, "newline"},
    {family::tekken, LLAMA_VOCAB_PRE_TYPE_TEKKEN, "tekken"},
    {family::o200k, LLAMA_VOCAB_PRE_TYPE_GPT4O, "o200k"},
    {family::o200k_marks, LLAMA_VOCAB_PRE_TYPE_GRANITE_EMB_MULTI, "o200k_marks"},
    {family::kimi, LLAMA_VOCAB_PRE_TYPE_KIMI_K2, "kimi"},
    {family::afmoe, LLAMA_VOCAB_PRE_TYPE_AFMOE, "afmoe"},
    {family::aya, LLAMA_VOCAB_PRE_TYPE_TINY_AYA, "aya"},
    {family::youtu, LLAMA_VOCAB_PRE_TYPE_YOUTU, "youtu"},
    {family::bailing, LLAMA_VOCAB_PRE_TYPE_BAILINGMOE, "bailing"},
    {family::exaone_moe, LLAMA_VOCAB_PRE_TYPE_EXAONE_MOE, "exaone_moe"},
    {family::bloom, LLAMA_VOCAB_PRE_TYPE_BLOOM, "bloom"},
    {family::viking, LLAMA_VOCAB_PRE_TYPE_VIKING, "viking"},
    {family::jais2, LLAMA_VOCAB_PRE_TYPE_JAIS2, "jais2"},
    {family::minicpm5, LLAMA_VOCAB_PRE_TYPE_MINICPM5, "minicpm5"},
    {family::laguna, LLAMA_VOCAB_PRE_TYPE_LAGUNA, "laguna"},
    {family::superbpe, LLAMA_VOCAB_PRE_TYPE_SUPERBPE, "superbpe"},
    {family::deepseek3, LLAMA_VOCAB_PRE_TYPE_DEEPSEEK3_LLM, "deepseek3"},
    {family::spark, LLAMA_VOCAB_PRE_TYPE_SPARK2_5, "spark"},
    {family::deepseek_coder, LLAMA_VOCAB_PRE_TYPE_DEEPSEEK_CODER, "deepseek_coder"},
    {family::deepseek_llm, LLAMA_VOCAB_PRE_TYPE_DEEPSEEK_LLM, "deepseek_llm"},
    {family::ufakzeka, LLAMA_VOCAB_PRE_TYPE_UFAKZEKA, "ufakzeka"},
};

const std::vector<std::string_view> atoms = {
    "a", "B", "Hello", "the", "s", "t", "S", "re", "ll", "LL", "ve", "d", "m", "'", "'", "'s", "'S", "'t", "'re", "'RE", "'Ve", "'ll", "'Ll",
    "'d", "'D", "'M", "'l", "'r", "''", "'\u017F", "\u017F", "'\u212A", "\u2019s", " ", " ", " ", " ", " ", "  ", "   ", "\n", "\n", "\r",
    "\r\n", "\t", "\v", "\f", "\u0085", "\u00A0", "\u1680", "\u2003", "\u2009", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\u3000",
    "\x1C", "\x1F", "\u180E", "\u200B", "\uFEFF", "0", "1", "12", "123", "4567", "1234567", "\u0661", "\u0661\u0662\u0663\u0664", "\u00B2",
    "\u00BD", "\u2167", "\uFF11", "\u3007", "\U0001CCF0", "!", "?", ".", ",", "...", "-", "_", "(", ")", "/", "//", "!\n/", "#", "&", "*", "$",
    "+", "<", "=", ">", "^", "~", "|", "`", "@", "%", "\u2026", "\u3001", "\u3002", "\uFF01", "\uFF0C", "\u20AC", "\u00D7", "\U0001F600",
    "\U0001F468\u200D\U0001F469", "\uFE0F", "\u00E9", "\u00C9", "\u00C9COLE", "FooBar", "HTTPServer", "e\u0301", "\u0301", "\u0301ABC",
    "\u0928\u092E\u0938\u094D\u0924\u0947", "\u093E", "\u20DD", "\u01C5", "\u02B0", "\u00AA", "\u4E2D", "\u6587", "\u3042", "\u30AB", "\uAC00",
    "\u1100", "\u3131", "\u3105", "\u0E01\u0E33", "\u05D0", "\u0645", "\u060C", "\u06D4", "\u0964", "\u1C89", "\U000105C0", "\U00020000",
    "\U00031350", "\uFA6E", "\uF900", "\uA000", "\u2E80", "\u3005", "\u302A", "\U0001D400", "\uFFFD", "\uE000", "\U000E0100", "\U000E0041",
    "\u0378", "\uFFFE", "\U0010FFFF", "\x7F", "\x01"};

auto utf8(char32_t c) -> std::string { return std::string{cria::utf8::encode(c).view()}; }

auto random_text(std::mt19937& random) -> std::string {
    std::string text;
    const auto kind = random() % 10;
    const auto n = 1 + random() % 40;
    const char32_t tops[] = {0x80, 0x250, 0x3000, 0x10000, 0x20000, 0x32400, 0x110000};
    const auto top = tops[random() % std::size(tops)];
    for (unsigned i = 0; i < n; ++i) {
        if (kind < 7) {
            text += atoms[random() % atoms.size()];
        } else {
            const auto c = static_cast<char32_t>(random() % top);
            text += c >= 0xD800 && c <= 0xDFFF ? " " : utf8(c);
        }
    }
    return text;
}

/// Every code point between neighbours that tell its class, many in one text: their regexes are compiled for each.
auto fixed_texts() -> std::vector<std::string> {
    std::vector<std::string> texts;
    const auto add = [&](char32_t first, char32_t end, char32_t step, const std::vector<std::string>& frame) {
        std::string text;
        unsigned n = 0;
        for (auto c = first; c < end; c += step) {
            if (c >= 0xD800 && c <= 0xDFFF) continue;
            for (const auto& part : frame) text += part == "?" ? utf8(c) : part;
            if (++n % 64 != 0) continue;
            texts.push_back(text);
            text.clear();
        }
        texts.push_back(text);
    };
    const std::vector<std::vector<std::string>> frames = {
        {"?", "a ", "?", "1", "?", "?", "\n"}, {" ", "?", "A'"}, {"'", "?", " \u3000", "?"}, {"1", "?", "1234", "?", "/\n"}, {"\u0301", "?", "B"}, {"\u4E2D", "?", "!"}};
    for (const auto& frame : frames) {
        add(0, 0x32400, 1, frame);
        add(0xE0000, 0xE0200, 1, frame);
        add(0x32400, 0x110000, 997, frame);
    }
    for (const auto* unit : {" ", "\t", "\u3000", "1", "\u0661", "A", "a", "\u0301", "'", "\n", "\r\n", " \n", "!", "\u4E2D", "Aa"}) {
        for (const auto n : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, 16U, 17U, 31U, 64U, 65U, 127U, 128U, 129U, 256U, 257U, 511U, 512U, 513U, 600U, 1025U}) {
            std::string run;
            for (unsigned i = 0; i < n; ++i) run += unit;
            texts.push_back(run);
            texts.push_back("x" + run + "x");
            texts.push_back("1" + run + "1");
            texts.push_back("!" + run + "!");
        }
    }
    return texts;
}

using text_pieces = std::vector<std::string>;

auto ours(family in, std::string_view text) -> text_pieces {
    text_pieces pieces;
    bpe::pretokenize(in, bpe::compat::llama_cpp, text,
                     [&](std::size_t begin, std::size_t end) { pieces.emplace_back(text.substr(begin, end - begin)); });
    return pieces;
}

auto theirs(const std::vector<std::string>& expressions, const std::string& text) -> text_pieces {
    text_pieces pieces;
    for (auto& piece : unicode_regex_split(text, expressions, false)) {
        if (!piece.empty()) pieces.push_back(std::move(piece));
    }
    return pieces;
}

void print(const char* who, const text_pieces& pieces) {
    std::printf("  %-6s", who);
    for (const auto& piece : pieces) std::printf("[%s]", piece.c_str());
    std::printf("\n");
}

}  // namespace

auto main(int n_arguments, char** arguments) -> int {
    const auto number = [&](int i, unsigned long fallback) {
        return i < n_arguments ? std::strtoul(arguments[i], nullptr, 10) : fallback;
    };
    const auto n_texts = number(1, 10'000);
    const auto seed = static_cast<unsigned>(number(2, 16));
    const auto first = number(3, 0);
    const auto fixed = fixed_texts();

    std::size_t n_all = 0;
    for (const auto& [mine, other, name] : pairs) {
        if (static_cast<unsigned long>(mine) < first) continue;
        const auto expressions = expressions_of(other);
        std::mt19937 random{seed};
        std::size_t n_different = 0;
        for (std::size_t i = 0; i < fixed.size() + n_texts; ++i) {
            const auto text = i < fixed.size() ? fixed[i] : random_text(random);
            if (text.empty()) continue;  // its Kimi throws
            const auto found = ours(mine, text);
            const auto expected = theirs(expressions, text);
            if (found == expected) continue;
            if (++n_different > 3) continue;
            std::printf("%s: %s\n", name, text.c_str());
            print("ours", found);
            print("theirs", expected);
        }
        std::printf("%s: %zu texts, %zu different\n", name, fixed.size() + n_texts, n_different);
        std::fflush(stdout);
        n_all += n_different;
    }
    return n_all == 0 ? 0 : 1;
}
