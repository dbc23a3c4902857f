// SPDX-License-Identifier: MIT
// Text of characters encoded word by word, against all of it merged at once: any vocabulary, any text, the same ids and offsets.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/random_vocabulary.hpp"
#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::algorithm;
using bpe::compat;
using bpe::parse_special;
using bpe::token_type;
using cria_test::id_list;
using cria_test::make_text;
using cria_test::make_vocabulary;
using cria_test::random_numbers;
using cria_test::token_spec;

struct outcome {
    id_list ids;
    std::vector<bpe::byte_span> spans;
    friend auto operator==(const outcome&, const outcome&) -> bool = default;
};

auto encode(bpe::encoder& encoder, const std::vector<bpe::segment>& parts, const bpe::encode_options& options) -> outcome {
    const auto ids = encoder.encode_with_offsets(parts, options);
    REQUIRE(ids);
    outcome made{{ids->begin(), ids->end()}, {encoder.offsets().begin(), encoder.offsets().end()}};
    const auto without = encoder.encode(parts, options);
    REQUIRE(without);
    REQUIRE(std::equal(without->begin(), without->end(), made.ids.begin(), made.ids.end()));
    return made;
}

/// The same vocabulary twice.
struct pair_of_tokenizers {
    bpe::tokenizer fast, plain;

    static auto make(bpe::tokenizer_settings settings, const std::vector<token_spec>& tokens, const std::vector<std::string>& merges = {}) -> pair_of_tokenizers {
        bpe::tokenizer first = cria_test::make(settings, tokens, merges);
        settings.is_plain = true;
        return {std::move(first), cria_test::make(settings, tokens, merges)};
    }
};

}  // namespace

TEST_CASE("words are encoded as they would be in the whole text, for any vocabulary") {
    random_numbers random(61);
    for (int round = 0; round < 240; ++round) {
        const algorithm kind = round % 3 == 0 ? algorithm::character_level : algorithm::sentencepiece;
        const compat mode = round % 2 == 0 ? compat::hf : compat::llama_cpp;
        const auto vocabulary = make_vocabulary(random, kind, mode);
        const auto both = pair_of_tokenizers::make(vocabulary.settings, vocabulary.tokens, vocabulary.merges);
        bpe::encoder fast(both.fast), plain(both.plain);
        for (int i = 0; i < 60; ++i) {
            const std::string text = make_text(random, vocabulary);
            const bpe::encode_options options{.add_special = random.below(2) == 0,
                                              .on_invalid = std::vector{bpe::invalid_utf8::automatic, bpe::invalid_utf8::replace, bpe::invalid_utf8::llama_cpp}[random.below(3)]};
            std::vector<bpe::segment> parts;
            const auto trust = [&] { return std::vector{parse_special::none, parse_special::user_defined, parse_special::all}[random.below(3)]; };
            const std::size_t cut = random.below(text.size() + 1);
            if (random.below(3) == 0) parts = {{std::string_view(text).substr(0, cut), trust()}, {std::string_view(text).substr(cut), trust()}};
            else parts = {{text, trust()}};
            const auto expected = encode(plain, parts, options), found = encode(fast, parts, options);
            if (found == expected) continue;
            CAPTURE(round, i, text, parts.size());
            REQUIRE(found.ids == expected.ids);
            REQUIRE(found == expected);
        }
    }
}

TEST_CASE("a text is encoded the same however long it is, with a space in front or without") {
    random_numbers random(62);
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}};
    cria_test::add_byte_tokens(tokens);
    for (const char* const each : {"▁", "a", "b", "▁a", "▁▁", "▁▁▁▁", "ab", "aab", "▁aab", "ba", "中", "中中", "с", "с▁"})
        tokens.push_back({each, token_type::normal, -static_cast<float>(tokens.size())});
    for (const bool add_space_prefix : {false, true}) {
        auto settings = cria_test::sentencepiece(add_space_prefix);
        settings.special.unknown = 0;
        const auto both = pair_of_tokenizers::make(settings, tokens);
        bpe::encoder fast(both.fast), plain(both.plain);
        for (const std::size_t size : {1U, 2U, 15U, 16U, 17U, 63U, 64U, 65U, 255U, 1023U, 1024U, 1025U, 1026U, 5000U, 70000U}) {
            for (const std::string_view alphabet : {"ab ", "aaab", " ", "a", "b\n", "ab  \n", "0123456789", "10\n", "a7 "}) {
                std::string text(size, ' ');
                for (char& c : text) c = alphabet[random.below(alphabet.size())];
                const std::string more = text + "中中中" + text + "сс  с";
                for (const std::string& each : {text, more}) {
                    CAPTURE(size, alphabet, add_space_prefix);
                    for (int pass = 0; pass < 2; ++pass) REQUIRE(encode(fast, {{each}}, {}) == encode(plain, {{each}}, {}));
                }
            }
        }
    }
}

TEST_CASE("a run of unknown characters is one token across words, and two across lines of character-level text") {
    const std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"a"}, {"\n"}, {"aa"}};
    for (const algorithm kind : {algorithm::sentencepiece, algorithm::character_level}) {
        bpe::tokenizer_settings settings = {.kind = kind, .pre = *bpe::find_pre("gemma4")};
        settings.special.unknown = 0;
        const auto both = pair_of_tokenizers::make(settings, tokens, {"a a"});
        bpe::encoder fast(both.fast), plain(both.plain);
        for (const std::string_view text : {"x y z", "a x y\nz", "x\n\ny", "中 中a中  中", "xxxxxxxxxxxxxxxxxxxxxxxxxxxx yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", "aa a\n x"}) {
            CAPTURE(static_cast<int>(kind), text);
            for (int pass = 0; pass < 100; ++pass) REQUIRE(encode(fast, {{text}}, {}) == encode(plain, {{text}}, {}));  // long enough to be remembered
        }
        CHECK(cria_test::encode(both.fast, "x y z") == id_list{0});
        const auto two_lines = cria_test::encode(both.fast, "x\t\ny");
        CHECK(two_lines == id_list{0, 2, 0});
    }
    // Without a token for it, what is between two lines is unknown as well, and is a piece of its own.
    bpe::tokenizer_settings settings = {.kind = algorithm::character_level, .pre = *bpe::find_pre("gemma4")};
    settings.special.unknown = 0;
    CHECK(cria_test::encode(cria_test::make(settings, {{"<unk>", token_type::unknown}, {"a"}}), "x\n\ny") == id_list{0, 0, 0});
}

TEST_CASE("what a word becomes is remembered for trusted and for other text only where that is the same") {
    const std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"▁a", token_type::normal, 2}, {"▁"}, {"a"}, {"b"}, {"▁ab", token_type::control, 3}, {"ab", token_type::control, 1}};
    for (const compat mode : {compat::hf, compat::llama_cpp}) {
        auto settings = cria_test::sentencepiece(true);
        settings.mode = mode;
        settings.special.unknown = 0;
        const auto both = pair_of_tokenizers::make(settings, tokens);
        bpe::encoder fast(both.fast), plain(both.plain);
        std::string text;
        for (int i = 0; i < 200; ++i) text += " ab b" + std::string(static_cast<std::size_t>(i), 'b');
        for (int pass = 0; pass < 3; ++pass) {
            for (const parse_special parse : {parse_special::all, parse_special::none, parse_special::user_defined}) {
                REQUIRE(encode(fast, {{text, parse}}, {}) == encode(plain, {{text, parse}}, {}));
                REQUIRE(encode(fast, {{"ab", parse}}, {}) == encode(plain, {{"ab", parse}}, {}));
            }
        }
    }
}

TEST_CASE("a character that has a token for trusted text only, or none, is spelled where it has to be, though no token is longer") {
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"a", token_type::control}, {"b", token_type::unknown}, {"中", token_type::control}, {"é", token_type::unused}};
    cria_test::add_byte_tokens(tokens);
    for (const compat mode : {compat::hf, compat::llama_cpp}) {
        auto settings = cria_test::sentencepiece(false);
        settings.mode = mode;
        settings.special.unknown = 0;
        const auto both = pair_of_tokenizers::make(settings, tokens);
        bpe::encoder fast(both.fast), plain(both.plain);
        for (const std::string_view text : {"a", "b", "ab", "中", "x中é a\nb", "c文c"}) {
            for (const parse_special parse : {parse_special::all, parse_special::none, parse_special::user_defined}) {
                CAPTURE(text, mode == compat::hf);
                for (int pass = 0; pass < 3; ++pass) REQUIRE(encode(fast, {{text, parse}}, {}) == encode(plain, {{text, parse}}, {}));
            }
        }
    }
}
