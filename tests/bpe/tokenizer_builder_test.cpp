// SPDX-License-Identifier: MIT
// What a tokenizer is made of: roles of special tokens, notes, and parts that contradict one another.
#include "cria/bpe/tokenizer_builder.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::parse_special;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::byte_level;
using cria_test::encode;
using cria_test::id_list;
using cria_test::make;
using cria_test::noted;
using cria_test::operator+;
using cria_test::pieces;
using cria_test::sentencepiece;
using cria_test::token_spec;
using cria_test::try_to_make;

static_assert(!std::is_copy_constructible_v<bpe::tokenizer> && std::is_nothrow_move_constructible_v<bpe::tokenizer>);
static_assert(!std::is_constructible_v<bpe::encoder, bpe::tokenizer>, "an encoder must not borrow a temporary");
static_assert(!std::is_constructible_v<bpe::text_stream, bpe::tokenizer>, "a stream must not borrow a temporary");

}  // namespace

TEST_CASE("a vocabulary needs a token") {
    const auto refused = try_to_make(byte_level(), {});
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::invalid_vocabulary);
    CHECK(refused.error().message() == "vocabulary: has no tokens");
}

TEST_CASE("a tokenizer that was moved works as before") {
    auto first = make(byte_level(), all_bytes() + std::vector<token_spec>{{"ab"}, {"<c>", token_type::control}}, {"a b"});
    const bpe::tokenizer second = std::move(first);
    CHECK(pieces(second, "ab<c>", {.parse = parse_special::all}) == "ab|<c>");
    CHECK(second.find("ab") == 256);
}

TEST_CASE("roles that are not given are found by text, the best text first") {
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{"<|endoftext|>", token_type::control},
                                                                                    {"<|im_end|>", token_type::control},
                                                                                    {"<|fim_prefix|>", token_type::control},
                                                                                    {"<｜fim▁hole｜>", token_type::control}});
    const bpe::special_ids& special = tokenizer.special();
    CHECK(special.eot == 257);
    CHECK(special.fim_prefix == 258);
    CHECK(special.fim_suffix == 259);
    CHECK(!special.bos);
    CHECK(!special.eom);
    CHECK(tokenizer.ends_generation(256));
    CHECK(tokenizer.ends_generation(257));
    CHECK(!tokenizer.ends_generation(258));
    CHECK(tokenizer.endings().size() == 2);
}

TEST_CASE("roles that are given stay, and their tokens end generation") {
    auto settings = byte_level();
    settings.special.eot = 'a';
    settings.special.eos = 'b';
    const auto tokenizer = make(settings, all_bytes() + std::vector<token_spec>{{"<|eot_id|>", token_type::control}});
    CHECK(tokenizer.special().eot == 'a');
    CHECK(tokenizer.ends_generation('a'));
    CHECK(tokenizer.ends_generation('b'));
    CHECK(tokenizer.ends_generation(256));
    CHECK(tokenizer.type('a') == token_type::normal);  // a role by id says nothing about the type
}

TEST_CASE("a token that has a role by its text is a CONTROL token after all, whatever it was") {
    const auto tokens = all_bytes() + std::vector<token_spec>{{"</s>"}, {"<|eom_id|>", token_type::user_defined}};
    const auto tokenizer = make(byte_level(), tokens);
    CHECK(tokenizer.is_control(256));
    CHECK(encode(tokenizer, "</s>", {.parse = parse_special::all}) == id_list{256});
    CHECK(encode(tokenizer, "</s>").size() == 4);
    CHECK(tokenizer.is_control(257));
    CHECK(tokenizer.special().eom == 257);
    CHECK(tokenizer.endings().size() == 2);
}

TEST_CASE("where there are finer endings <|end|> and </s> end nothing") {
    const auto control = [](std::vector<const char*> texts) {
        std::vector<token_spec> tokens;
        for (const char* text : texts) tokens.push_back({text, token_type::control});
        return make(byte_level(), tokens);
    };
    CHECK(control({"<|end|>", "<|return|>"}).ends_generation(0));
    CHECK(!control({"<|end|>", "<|return|>", "<|call|>"}).ends_generation(0));
    CHECK(!control({"<|end|>", "<|flush|>", "<|calls|>"}).ends_generation(0));
    CHECK(control({"</s>", "<|return|>", "<|call|>"}).ends_generation(0));
    CHECK(!control({"</s>", "<|tool_response>"}).ends_generation(0));
}

TEST_CASE("special ids outside the vocabulary are dropped with a note that names them") {
    auto settings = byte_level();
    settings.special.bos = 256;
    settings.special.mask = -1;
    settings.special.padding = 255;
    settings.add_bos = true;
    const auto tokenizer = make(settings, all_bytes());
    CHECK(!tokenizer.special().bos);
    CHECK(!tokenizer.special().mask);
    CHECK(tokenizer.special().padding == 255);
    std::vector<std::string> messages;
    for (const bpe::note& note : tokenizer.notes()) messages.push_back(note.message());
    CHECK(messages == std::vector<std::string>{"bos: id is outside the vocabulary, ignored", "mask: id is outside the vocabulary, ignored",
                                               "BOS is to be added, and the vocabulary has none"});
}

TEST_CASE("a sound vocabulary has no notes") {
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{"ab"}}, {"a b"});
    CHECK(tokenizer.notes().empty());
}

TEST_CASE("what is odd about the parts is noted and counted") {
    using kind = bpe::note::kind;
    const auto tokens = all_bytes() + std::vector<token_spec>{{"ab"}, {"ab"}, {"x", token_type{200}}, {"<b>", token_type::byte}};
    const auto tokenizer = make(byte_level(), tokens, {"a b", "a b", "nothing", "｜ a", "b c", ""});
    CHECK(noted(tokenizer, kind::duplicate_text) == 2);
    CHECK(noted(tokenizer, kind::invalid_type) == 1);
    CHECK(noted(tokenizer, kind::malformed_byte_token) == 1);
    CHECK(noted(tokenizer, kind::duplicate_merge) == 1);
    CHECK(noted(tokenizer, kind::malformed_merge) == 2);
    CHECK(noted(tokenizer, kind::unreachable_merge) == 1);
    CHECK(noted(tokenizer, kind::merge_outside_vocabulary) == 1);
    CHECK(tokenizer.type(258) == token_type::undefined);
    CHECK(tokenizer.find("ab") == 257);
    CHECK(encode(tokenizer, "ab") == id_list{257});
}

TEST_CASE("tokens without a text are counted in a note") {
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{""}, {"", token_type::unused}, {"", token_type::control}});
    CHECK(noted(tokenizer, bpe::note::kind::empty_text) == 3);
    CHECK(noted(make(byte_level(), all_bytes()), bpe::note::kind::empty_text) == 0);
}

TEST_CASE("every kind of note has a sentence") {
    for (int i = 0; i <= static_cast<int>(bpe::note::kind::merge_outside_vocabulary); ++i) {
        const bpe::note note = {static_cast<bpe::note::kind>(i), 2};
        CHECK(note.message() != "unknown: 2");
        CHECK(note.message().size() > 10);
    }
}

TEST_CASE("a vocabulary of nothing but odd texts encodes any text without failing") {
    const std::vector<token_spec> tokens = {{""}, {""}, {"\xFF\xFE"}, {std::string("\0", 1)}, {"｜", token_type::control}, {"", token_type::user_defined},
                                            {"<0xGG>", token_type::byte}, {std::string(70'000, 'y')}};
    const std::vector<std::string> merges = {"y y", "yy yy", "a a", "a a", "\xFF \xFF", " a", "a ", "a  a"};
    for (const auto& settings : {byte_level(), byte_level("llama-bpe"), byte_level("default"), sentencepiece(true)}) {
        const auto tokenizer = make(settings, tokens, merges);
        for (const std::string& text : {std::string("hello y yy yyyy"), std::string("\0\xFF\xFE｜", 6), std::string(20'000, 'y')}) {
            for (const auto parse : {parse_special::none, parse_special::user_defined, parse_special::all}) {
                const auto ids = tokenizer.encode(text, {.add_special = true, .parse = parse});
                REQUIRE(ids);
                CHECK(tokenizer.decode(*ids));
            }
        }
    }
}

TEST_CASE("merges that lead in circles end, since every merge makes one symbol of two") {
    // No text grows, but the same texts can be reached in many ways, and results feed into earlier rules.
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{"ab"}, {"aba"}, {"abab"}},
                                {"ab ab", "aba b", "a b", "b a", "ab a", "ba b", "a ba"});
    CHECK(pieces(tokenizer, "abab") == "abab");
    CHECK(pieces(tokenizer, "ababa") == "abab|a");
    const auto ids = tokenizer.encode(std::string(50'000, 'a') + std::string(50'000, 'b'));
    REQUIRE(ids);
    CHECK(ids->size() == 99'999);
}

TEST_CASE("a builder that has failed stays failed") {
    bpe::tokenizer_settings settings;
    settings.pre = *bpe::find_pre("gpt-2");
    bpe::tokenizer_builder builder(settings);
    REQUIRE(builder.add_token("a"));
    // No text has so many bytes; the vocabulary refuses it before it reads one.
    const auto refused = builder.add_token(std::string_view("a", std::size_t{1} << 33U));
    REQUIRE_FALSE(refused);
    CHECK(builder.add_token("b").error().code == refused.error().code);
    CHECK(builder.add_merge("a b").error().code == refused.error().code);
    CHECK(std::move(builder).build().error().code == refused.error().code);
}
