// SPDX-License-Identifier: MIT
#include "cria/bpe/vocabulary.hpp"

#include <string>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"

namespace {

using cria::bpe::algorithm;
using cria::bpe::token_type;
using cria::bpe::vocabulary;
using cria_test::token_spec;

auto vocabulary_of(algorithm kind, const std::vector<token_spec>& tokens) -> vocabulary {
    vocabulary made(kind);
    for (const token_spec& token : tokens) REQUIRE(made.add(token.text, token.type, token.score));
    REQUIRE(made.build_index());
    return made;
}

}  // namespace

TEST_CASE("byte_of_text reads <0xXX> in upper-case digits and nothing else") {
    using cria::bpe::byte_of_text;
    CHECK(byte_of_text("<0x00>") == 0);
    CHECK(byte_of_text("<0x0A>") == 10);
    CHECK(byte_of_text("<0xFF>") == 255);
    for (const char* text : {"", "<0x0a>", "<0X0A>", "<0x0A", "0x0A>", "<0x0AA>", "<0xG0>", "<0x:0>", "<0x@0>", " <0x0A>"}) CHECK(byte_of_text(text) == -1);
}

TEST_CASE("a byte-level token prints its text through the byte alphabet, special ones as it stands") {
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, {{"Ġhi"}, {"Ċ"}, {"Ġc", token_type::control}, {"Ġu", token_type::user_defined},
                                                                   {"Ġk", token_type::unknown}, {"Ġx", token_type::unused}, {"Ġd", token_type::undefined},
                                                                   {"<0x0A>", token_type::byte}, {"<0x0A>"}, {"nope", token_type::byte}});
    CHECK(tokens.bytes(0) == " hi");
    CHECK(tokens.bytes(1) == "\n");
    CHECK(tokens.bytes(2) == "Ġc");
    CHECK(tokens.bytes(3) == "Ġu");
    CHECK(tokens.bytes(4) == "Ġk");
    CHECK(tokens.bytes(5) == " x");
    CHECK(tokens.bytes(6) == " d");
    CHECK(tokens.bytes(7) == "\n");
    CHECK(tokens.bytes(8) == "<0x0A>");
    CHECK(tokens.bytes(9) == "nope");
    CHECK(tokens.text(0) == "Ġhi");
    CHECK(tokens.type(5) == token_type::unused);
}

TEST_CASE("byte-level: what is no byte in a token's text is printed as it stands") {
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, {{"a｜Ġ"}, {"Ġ\xFF\xE2\x82"}});
    CHECK(tokens.bytes(0) == "a｜ ");
    CHECK(tokens.bytes(1) == std::string(" \xFF\xE2\x82"));
    CHECK(tokens.key(0).empty());
    CHECK(tokens.find_key("a｜ ") == vocabulary::none);
    CHECK(tokens.find("a｜Ġ") == 0);
}

TEST_CASE("byte-level: keys are bytes, of tokens of every type") {
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, {{"Ġhi"}, {"Ġc", token_type::control}, {"é"}, {" hi"}});
    CHECK(tokens.find_key(" hi") == 0);
    CHECK(tokens.find_key(" c") == 1);
    CHECK(tokens.find_key("\xE9") == 2);
    CHECK(tokens.find_key("Ġhi") == vocabulary::none);
    CHECK(tokens.find_key("") == vocabulary::none);
    // A text with a real space spells no bytes; it is found by its text alone.
    CHECK(tokens.find(" hi") == 3);
    CHECK(tokens.find("Ġhi") == 0);
}

TEST_CASE("find works for texts of every length") {
    std::vector<token_spec> texts;
    for (const std::size_t n : {1U, 7U, 8U, 255U, 256U, 257U, 5000U}) texts.push_back({std::string(n, 'a')});
    for (const std::size_t n : {1U, 85U, 86U, 2000U}) {
        std::string bars;
        for (std::size_t i = 0; i < n; ++i) bars += "｜";
        texts.push_back({bars});
    }
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, texts);
    for (std::size_t i = 0; i < texts.size(); ++i) CHECK(tokens.find(texts[i].text) == static_cast<cria::bpe::token_id>(i));
    CHECK(!tokens.find(std::string(300, 'a')));
    CHECK(!tokens.find(std::string(9000, 'a')));
}

TEST_CASE("a SentencePiece token prints U+2581 as a space, BYTE tokens their byte, special ones as they stand") {
    const vocabulary tokens = vocabulary_of(
        algorithm::sentencepiece, {{"▁hi▁"}, {"<0xE2>", token_type::byte}, {"▁c", token_type::control}, {"▁u", token_type::user_defined},
                                   {"▁x", token_type::unused}, {"<0x>", token_type::byte}, {"▁"}, {"\xE2\x96"}});
    CHECK(tokens.bytes(0) == " hi ");
    CHECK(tokens.bytes(1) == "\xE2");
    CHECK(tokens.bytes(2) == "▁c");
    CHECK(tokens.bytes(3) == "▁u");
    CHECK(tokens.bytes(4) == " x");
    CHECK(tokens.bytes(5) == "<0x>");
    CHECK(tokens.bytes(6) == " ");
    CHECK(tokens.bytes(7) == "\xE2\x96");
    CHECK(tokens.find_key("▁hi▁") == 0);
    CHECK(tokens.find("▁hi▁") == 0);
    CHECK(!tokens.find(" hi "));
}

TEST_CASE("of tokens with one text the last is found, and they are counted") {
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, {{"a"}, {"b"}, {"a"}, {"｜"}, {"｜"}, {"a", token_type::control}});
    CHECK(tokens.find("a") == 5);
    CHECK(tokens.find_key("a") == 5);
    CHECK(tokens.find("b") == 1);
    CHECK(tokens.find("｜") == 4);
    CHECK(tokens.n_duplicates() == 3);
}

TEST_CASE("an empty text is a token that prints nothing and is never found") {
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, {{""}, {"a"}, {""}});
    CHECK(tokens.size() == 3);
    CHECK(tokens.text(0).empty());
    CHECK(tokens.bytes(2).empty());
    CHECK(!tokens.find(""));
    CHECK(tokens.n_duplicates() == 0);
}

TEST_CASE("contains says which numbers are ids") {
    const vocabulary tokens = vocabulary_of(algorithm::byte_level, {{"a"}, {"b"}});
    CHECK(tokens.contains(0));
    CHECK(tokens.contains(1));
    CHECK(!tokens.contains(2));
    CHECK(!tokens.contains(-1));
}
