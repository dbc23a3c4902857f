// SPDX-License-Identifier: MIT
// Text that is all alike, encoded on a thread with a stack of 64 KiB, or of the least there is: what recursed on text would end the program, and
// quadratic work would take minutes. The slow tests take a megabyte of each, the others a twentieth.
#if defined(__unix__)

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/small_stack.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::algorithm;
using bpe::compat;
using bpe::token_type;
using cria_test::in_byte_alphabet;
using cria_test::operator+;
using cria_test::token_spec;
using cria_test::with_small_stack;

constexpr std::string_view units[] = {
    "a", "A", " ", "\n", "\t", "'", "!", "1", "aA", "a ", "\r\n", "'s", "\u0661", "\u4E2D", "\u3000", "\U0001F600",
    "\u0301", "\u0323\u0301", "e\u0301", "\u1161", "<u>", "<u", "\xFF", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80",
};

/// Of these, one of each kind that pretokenizers tell apart.
constexpr std::string_view few_units[] = {"a", "aA", " ", "\n", "'", "!", "1", "\u4E2D", "\u0301", "\xFF"};

constexpr std::size_t little = 50'000, megabyte = 1'000'000;

auto text_of(std::string_view unit, std::size_t size) -> std::string {
    std::string text;
    while (text.size() < size) text += unit;
    return text;
}

/// A vocabulary in which runs of what the texts are made of merge over and over.
auto doubling(const bpe::tokenizer_settings& settings, bool has_merges) -> bpe::tokenizer {
    const bool is_byte_level = settings.kind == algorithm::byte_level;
    std::vector<token_spec> tokens;
    if (is_byte_level) tokens = cria_test::all_bytes();
    else cria_test::add_byte_tokens(tokens);
    tokens.push_back({"<u>", token_type::user_defined});
    std::vector<std::string> merges;
    for (const std::string_view unit : {"a", "A", " ", "\n", "'", "1", "\u0301", "\u4E2D", "\uFFFD"}) {
        std::string text = unit == " " && !is_byte_level ? "▁" : std::string(unit);
        if (is_byte_level) {  // from bytes to the character
            for (std::size_t n = 1; n < text.size(); ++n) {
                merges.push_back(in_byte_alphabet(text.substr(0, n)) + " " + in_byte_alphabet(text.substr(n, 1)));
                tokens.push_back({in_byte_alphabet(text.substr(0, n + 1))});
            }
            text = in_byte_alphabet(text);
        } else {
            tokens.push_back({text});
        }
        for (int i = 0; i < 5; ++i, text += text) {
            merges.push_back(text + " " + text);
            tokens.push_back({text + text, token_type::normal, static_cast<float>(-i)});
        }
    }
    if (!has_merges) merges.clear();
    return cria_test::make(settings, tokens, merges);
}

/// What went wrong with a text; nullptr: nothing.
auto fault_of(bpe::encoder& encoder, std::string_view text) -> const char* {
    const auto ids = encoder.encode_with_offsets(text);
    if (!ids) return "an error";
    std::size_t last = 0;
    for (const bpe::byte_span& span : encoder.offsets()) {
        if (span.begin < last || span.end < span.begin) return "offsets are not in order";
        last = span.end;
    }
    if (last != text.size()) return "the end of the text is missing";
    const std::size_t n = ids->size();
    if (encoder.count(text).value_or(n + 1) != n) return "another count";
    return nullptr;
}

void check_all(std::size_t size, const bpe::tokenizer_settings& settings, bool has_merges = true, std::span<const std::string_view> of = units) {
    const auto tokenizer = doubling(settings, has_merges);
    bpe::encoder encoder(tokenizer);
    for (const std::string_view unit : of) {
        const std::string text = text_of(unit, size);
        const char* fault = "nothing done";
        with_small_stack([&] { fault = fault_of(encoder, text); });
        CAPTURE(unit, tokenizer.pre(), settings.mode == compat::hf, settings.nfc);
        CHECK(std::string_view(fault == nullptr ? "" : fault) == "");
    }
}

auto byte_level(std::string_view pre, compat mode, bool nfc = false) -> bpe::tokenizer_settings {
    return {.kind = algorithm::byte_level, .mode = mode, .pre = *bpe::find_pre(pre), .nfc = nfc};
}

}  // namespace

TEST_CASE("text of one thing needs no stack and is soon encoded: byte-level") {
    check_all(little, byte_level("llama-bpe", compat::llama_cpp));
    check_all(little, byte_level("qwen2", compat::hf, true));
}

TEST_CASE("text of one thing needs no stack and is soon encoded: SentencePiece, by score and by rank") {
    check_all(little, {.kind = algorithm::sentencepiece, .mode = compat::llama_cpp, .add_space_prefix = true}, false);
    check_all(little, {.kind = algorithm::sentencepiece, .add_space_prefix = true, .nfc = true}, true);
}

TEST_CASE("text of one thing needs no stack and is soon encoded: character-level") {
    check_all(little, {.kind = algorithm::character_level, .pre = *bpe::find_pre("gemma4")});
}

TEST_CASE("a megabyte of one thing needs no stack and is soon encoded: by every family and algorithm", "[slow]") {
    for (const bpe::pre_rule& rule : bpe::pre_rules()) {
        bool is_first = true;
        for (const bpe::pre_rule& before : bpe::pre_rules()) {
            if (&before == &rule) break;
            is_first = is_first && before.family != rule.family;
        }
        if (!is_first || !rule.byte_encode) continue;
        check_all(megabyte, byte_level(rule.name, compat::hf, true), true, few_units);
        check_all(megabyte, byte_level(rule.name, compat::llama_cpp), true, few_units);
    }
    check_all(megabyte, {.kind = algorithm::sentencepiece, .mode = compat::llama_cpp, .add_space_prefix = true}, false);
    check_all(megabyte, {.kind = algorithm::sentencepiece, .add_space_prefix = true, .nfc = true}, true);
    check_all(megabyte, {.kind = algorithm::character_level, .pre = *bpe::find_pre("gemma4")});
}

#endif
