// SPDX-License-Identifier: MIT
// Encoding and decoding with vocabularies like Gemma 4's: spelled as SentencePiece does, merged by rank in pieces.
#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::compat;
using bpe::parse_special;
using bpe::token_type;
using cria_test::decode;
using cria_test::encode;
using cria_test::id_list;
using cria_test::make;
using cria_test::noted;
using cria_test::operator+;
using cria_test::pieces;
using cria_test::token_spec;

/// <unk>, <bos>, then <0x00> to <0xFF>: ids 0 to 257.
auto gemma_like() -> std::vector<token_spec> {
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"<bos>", token_type::control}};
    cria_test::add_byte_tokens(tokens);
    return tokens;
}
auto byte_id(unsigned char byte) -> bpe::token_id { return 2 + byte; }

auto character_level(std::string_view pre = "gemma4", compat mode = compat::hf) -> bpe::tokenizer_settings {
    bpe::tokenizer_settings settings = {.kind = bpe::algorithm::character_level, .mode = mode, .pre = *bpe::find_pre(pre)};
    settings.special.unknown = 0;
    settings.special.bos = 1;
    return settings;
}

const std::vector<token_spec> gemma_words = gemma_like() + std::vector<token_spec>{{"▁"}, {"h"}, {"i"}, {"▁h"}, {"▁hi"}, {"hi"}, {"\n"}, {"\n\n"}, {"\n\n\n"}, {"é"}};
const std::vector<std::string> merges = {"▁ h", "h i", "▁h i"};

}  // namespace

TEST_CASE("character-level: characters are merged by rank, with U+2581 for spaces and none in front") {
    for (const auto mode : {compat::hf, compat::llama_cpp}) {
        const auto tokenizer = make(character_level("gemma4", mode), gemma_words, merges);
        CHECK(pieces(tokenizer, "hi hi") == "hi|▁hi");
        CHECK(pieces(tokenizer, "hé  hi") == "h|é|▁|▁hi");
        CHECK(pieces(tokenizer, "▁hi") == "▁hi");  // the character is the space
        CHECK(encode(tokenizer, "").empty());
        CHECK(tokenizer.pre() == "gemma4");
        CHECK(tokenizer.kind() == bpe::algorithm::character_level);
        CHECK(tokenizer.find("▁hi") == 262);
        CHECK(tokenizer.bytes(262) == " hi");
    }
}

TEST_CASE("character-level: a run of line feeds that is a token is one, without merges, where the rule says so") {
    CHECK(pieces(make(character_level(), gemma_words, merges), "hi\n\n\nhi\n") == "hi|\n\n\n|hi|\n");
    CHECK(encode(make(character_level(), gemma_words, merges), "\n\n\n\n") == id_list{264, 264, 264, 264});
    CHECK(encode(make(character_level("sarvam-moe"), gemma_words, merges), "\n\n") == id_list{264, 264});
    auto control = gemma_words;
    control[265].type = token_type::control;
    const bpe::encode_options none = {.parse = parse_special::none};
    CHECK(encode(make(character_level(), control), "\n\n", none) == id_list{264, 264});
    CHECK(encode(make(character_level("gemma4", compat::llama_cpp), control), "\n\n", none) == id_list{264, 264});
    CHECK(encode(make(character_level("gemma4", compat::llama_cpp), control), "\n\n") == id_list{265});
}

TEST_CASE("character-level: merging by rank gives no BYTE token") {
    std::vector<token_spec> tokens = gemma_like();
    for (const char* part : {"<", "0", "x", "A", ">", "<0", "<0x", "<0x0", "A>"}) tokens.push_back({part});
    const std::vector<std::string> into_a_byte = {"< 0", "<0 x", "<0x 0", "A >", "<0x0 A>"};
    CHECK(pieces(make(character_level(), tokens, into_a_byte), "<0x0A>") == "<0x0|A>");
    CHECK(pieces(make(character_level("gemma4", compat::llama_cpp), tokens, into_a_byte), "<0x0A>") == "<0x0A>");
}

TEST_CASE("character-level: line feeds end pieces, so nothing merges across them") {
    const auto tokens = gemma_words + std::vector<token_spec>{{"i\n"}};
    CHECK(pieces(make(character_level(), tokens, {"i \n", "h i"}), "hi\n") == "hi|\n");
}

TEST_CASE("character-level: what has no token is spelled in <0xXX>, and decodes again") {
    const auto tokenizer = make(character_level(), gemma_words, merges);
    CHECK(encode(tokenizer, "€") == id_list{byte_id(0xE2), byte_id(0x82), byte_id(0xAC)});
    CHECK(encode(tokenizer, "\t\xFF") == id_list{byte_id('\t'), byte_id(0xEF), byte_id(0xBF), byte_id(0xBD)});
    for (const std::string_view text : {" hi", "hi €\t\n\né", "  "}) CHECK(decode(tokenizer, encode(tokenizer, text)) == text);
}

TEST_CASE("character-level: without all bytes a character is UNKNOWN; llama.cpp gives the bytes there are, and nothing else") {
    const std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"a"}, {"<0xE2>", token_type::byte}, {"<0x82>", token_type::byte}};
    CHECK(encode(make(character_level(), tokens), "a€€xa\nx") == id_list{1, 0, 1, 0, 0});  // a run within a piece
    CHECK(encode(make(character_level("gemma4", compat::llama_cpp), tokens), "a€xa") == id_list{1, 2, 3, 1});
}

TEST_CASE("character-level: a merged text that is no token is spelled in characters, by llama.cpp in bytes") {
    const auto tokens = gemma_like() + std::vector<token_spec>{{"a"}, {"b"}};
    CHECK(pieces(make(character_level(), tokens, {"a b"}), "ab") == "a|b");
    CHECK(encode(make(character_level("gemma4", compat::llama_cpp), tokens, {"a b"}), "ab") == id_list{byte_id('a'), byte_id('b')});
}

TEST_CASE("character-level: a pretokenizer of the caller's may end a piece inside a character") {
    const auto singly = [](std::string_view text, bpe::piece_ends end_at) {
        for (std::size_t i = 0; i < text.size(); ++i) end_at(i + 1);
    };
    auto settings = character_level();
    settings.split = bpe::pretokenizer::by(singly);
    CHECK(encode(make(settings, gemma_words, merges), "hé") == id_list{259, byte_id(0xC3), byte_id(0xA9)});
}

TEST_CASE("character-level: NORMAL tokens called <0xXX> are BYTE tokens, and that is noted") {
    auto tokens = gemma_words;
    for (token_spec& token : tokens)
        if (token.type == token_type::byte) token.type = token_type::normal;
    const auto tokenizer = make(character_level(), tokens, merges);
    CHECK(decode(tokenizer, encode(tokenizer, "€ <0x41>")) == "€ <0x41>");
    CHECK(noted(tokenizer, bpe::note::kind::retyped_byte_token) == 256);
}
