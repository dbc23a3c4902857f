// SPDX-License-Identifier: MIT
// Where compat::llama_cpp gives other ids than compat::hf, rule by rule. tests/conformance compares whole vocabularies
// with llama.cpp itself.
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

auto in(compat mode, bpe::tokenizer_settings settings) -> bpe::tokenizer_settings {
    settings.mode = mode;
    return settings;
}
auto hf(const bpe::tokenizer_settings& settings) -> bpe::tokenizer_settings { return in(compat::hf, settings); }
auto llama_cpp(const bpe::tokenizer_settings& settings) -> bpe::tokenizer_settings { return in(compat::llama_cpp, settings); }

auto with_unknown() -> bpe::tokenizer_settings {
    auto settings = sentencepiece();
    settings.special.unknown = 0;
    return settings;
}

}  // namespace

TEST_CASE("text is cut as llama.cpp cuts it") {
    const auto tokens = all_bytes() + std::vector<token_spec>{{"oB"}, {"ob"}};
    CHECK(pieces(make(hf(byte_level("kimi-k2")), tokens, {"o B"}), "FooBar") == "F|o|o|B|a|r");
    CHECK(pieces(make(llama_cpp(byte_level("kimi-k2")), tokens, {"o B"}), "FooBar") == "F|o|oB|a|r");
    // A family of the caller's choice is cut in the compat of its own.
    auto settings = llama_cpp(byte_level("kimi-k2"));
    settings.split = bpe::pretokenizer{bpe::pretokenizer_family::kimi, compat::hf};
    CHECK(pieces(make(settings, tokens, {"o B"}), "FooBar") == "F|o|o|B|a|r");
}

TEST_CASE("of merges listed twice the first counts there, and the last otherwise") {
    const std::vector<token_spec> tokens = {{"a"}, {"b"}, {"c"}, {"ab"}, {"bc"}};
    const std::vector<std::string> merges = {"a b", "b c", "a b"};
    CHECK(pieces(make(llama_cpp(byte_level()), tokens, merges), "abc") == "ab|c");
    CHECK(pieces(make(hf(byte_level()), tokens, merges), "abc") == "a|bc");
}

TEST_CASE("a byte without a token keeps its neighbours apart there, and goes before they meet otherwise") {
    const std::vector<token_spec> tokens = {{"a"}, {"b"}, {"ab"}};
    CHECK(encode(make(llama_cpp(byte_level()), tokens, {"a b"}), "axb") == id_list{0, 1});
    CHECK(encode(make(hf(byte_level()), tokens, {"a b"}), "axb") == id_list{2});
}

TEST_CASE("what merges into no token is spelled in bytes, there only in those that the byte alphabet leaves alone") {
    const std::vector<token_spec> tokens = {{"a"}, {"Ġ"}, {"Ã"}, {"©"}, {"Ãa"}};
    const std::vector<std::string> merges = {"Ġ a", "Ã ©"};
    CHECK(encode(make(hf(byte_level()), tokens, merges), " a") == id_list{1, 0});
    CHECK(encode(make(llama_cpp(byte_level()), tokens, merges), " a") == id_list{0});
    CHECK(encode(make(hf(byte_level()), tokens, merges), "é") == id_list{2, 3});
    CHECK(encode(make(llama_cpp(byte_level()), tokens, merges), "é").empty());
    CHECK(encode(make(llama_cpp(byte_level()), tokens, merges), "\u00C3") == encode(make(hf(byte_level()), tokens, merges), "\u00C3"));
}

namespace {

/// Tokens that spell `</s>` by score, and some that text does not become everywhere.
const std::vector<token_spec> by_score = {{"<unk>", token_type::unknown}, {"<"}, {"/"}, {"s"}, {">"}, {"</", token_type::normal, 1}, {"</s", token_type::normal, 2},
                                          {"</s>", token_type::control, 3}, {"<0x41>", token_type::byte}, {"A", token_type::byte}, {"</s>>", token_type::normal, 4}};

}  // namespace

TEST_CASE("text becomes tokens of all types there, by merging and as a whole piece") {
    const std::vector<token_spec> tokens = all_bytes() + std::vector<token_spec>{{"ST", token_type::control}, {"OP", token_type::unused}};
    CHECK(encode(make(llama_cpp(byte_level()), tokens, {"S T"}), "STOP") == id_list{256, 'O', 'P'});
    CHECK(encode(make(hf(byte_level()), tokens, {"S T"}), "STOP") == id_list{'S', 'T', 'O', 'P'});
    CHECK(encode(make(llama_cpp(byte_level("llama-bpe")), tokens), "ST") == id_list{256});
    CHECK(encode(make(hf(byte_level("llama-bpe")), tokens), "ST") == id_list{'S', 'T'});

    CHECK(encode(make(llama_cpp(with_unknown()), by_score), "</s>") == id_list{7});
    CHECK(encode(make(hf(with_unknown()), by_score), "</s>") == id_list{6, 4});
    CHECK(encode(make(llama_cpp(with_unknown()), by_score), "A") == id_list{9});
    CHECK(encode(make(hf(with_unknown()), by_score), "A") == id_list{8});
}

TEST_CASE("with parse_special::none no CONTROL or UNKNOWN token comes out of text there either: it is spelled") {
    const bpe::encode_options none = {.parse = parse_special::none};
    // Bytes that the byte alphabet does not leave alone are spelled, too: nothing is lost.
    const std::vector<token_spec> tokens = all_bytes() + std::vector<token_spec>{
        {"ST", token_type::control}, {"OP", token_type::unknown}, {"STOP"}, {"ĠÃ©", token_type::control}, {"Ã©"}};
    const std::vector<std::string> merges = {"S T", "O P", "ST OP", "Ã ©", "Ġ Ã©"};
    const auto bytes = make(llama_cpp(byte_level()), tokens, merges);
    CHECK(encode(bytes, "ST OP", none) == id_list{'S', 'T', ' ', 'O', 'P'});
    CHECK(encode(bytes, "STOP", none) == id_list{258});  // merging goes on over what is not to come out
    CHECK(encode(bytes, " é") == id_list{259});
    CHECK(encode(bytes, " é", none) == id_list{' ', 0xC3, 0xA9});
    const auto whole = make(llama_cpp(byte_level("llama-bpe")), tokens);
    CHECK(encode(whole, "ST", none) == id_list{'S', 'T'});
    CHECK(encode(whole, "ST") == id_list{256});

    const auto pieces_by_score = make(llama_cpp(with_unknown()), by_score);
    CHECK(pieces(pieces_by_score, "</s>", none) == "<|/|s|>");
    CHECK(pieces(pieces_by_score, "</s>>", none) == "</s>>");
    // What spells a byte must not be such a token either.
    CHECK(pieces(make(llama_cpp(with_unknown()), {{"<unk>", token_type::unknown}, {"<0x41>", token_type::control}, {"B"}}), "AB", none) == "<unk>|B");
}

TEST_CASE("a piece of text there is spelled if any of it is of a segment that is not trusted") {
    const auto tokenizer = make(llama_cpp(with_unknown()), by_score);
    bpe::encoder encoder(tokenizer);
    const auto ids_of = [&](const std::vector<bpe::segment>& text) {
        const auto ids = encoder.encode(text);
        REQUIRE(ids);
        return id_list(ids->begin(), ids->end());
    };
    const auto ask = parse_special::user_defined, none = parse_special::none, all = parse_special::all;
    const id_list spelled = {1, 2, 3, 4};
    CHECK(ids_of({{"</", ask}, {"s>", ask}}) == id_list{7});
    CHECK(ids_of({{"</", ask}, {"s>", none}}) == spelled);
    CHECK(ids_of({{"</", none}, {"s>", all}}) == spelled);
    CHECK(ids_of({{"<", all}, {"", none}, {"/s>", all}}) == id_list{7});
    CHECK(ids_of({{"<", all}, {"/", none}, {"s>", all}}) == spelled);
    // A special token that is parsed ends what is one text.
    CHECK(ids_of({{"</", ask}, {"s>", ask}, {"</s>", all}, {"</s>", none}, {"</s>", all}, {"</", ask}, {"s>", ask}}) == id_list{7, 7, 1, 2, 3, 4, 7, 7});
}

TEST_CASE("special tokens that are not UTF-8 are found there, byte by byte") {
    const std::vector<token_spec> tokens = all_bytes() + std::vector<token_spec>{{"\xE2\x82", token_type::user_defined}, {"x\xFF", token_type::control}};
    CHECK(encode(make(llama_cpp(byte_level()), tokens), "a\xE2\x82") == id_list{'a', 256});
    CHECK(encode(make(llama_cpp(byte_level()), tokens), "x\xFFx", {.parse = parse_special::all}) == id_list{257, 'x'});
    CHECK(encode(make(hf(byte_level()), tokens), "a\xE2\x82") == id_list{'a', 0xEF, 0xBF, 0xBD});
}

TEST_CASE("SentencePiece goes by score there, whatever merges the file has") {
    const std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"a"}, {"b"}, {"c"}, {"ab", token_type::normal, 1}, {"bc", token_type::normal, 2}};
    CHECK(pieces(make(llama_cpp(with_unknown()), tokens, {"a b", "b c"}), "abc") == "a|bc");
    CHECK(pieces(make(hf(with_unknown()), tokens, {"a b", "b c"}), "abc") == "ab|c");
}

TEST_CASE("a byte of SentencePiece is spelled by the character it is, if there is no <0xXX>; UNKNOWN stands where llama.cpp throws") {
    const std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"a"}, {"\x82"}, {"<0xE2>", token_type::normal}, {"<0xAC>", token_type::byte}};
    const auto tokenizer = make(llama_cpp(with_unknown()), tokens);
    CHECK(encode(tokenizer, "€") == id_list{3, 2, 4});
    CHECK(encode(tokenizer, "aéé\x01") == id_list{1, 0});
    CHECK(encode(make(hf(with_unknown()), tokens), "a€") == id_list{1, 0} );
    CHECK(tokenizer.type(3) == token_type::normal);  // and a NORMAL <0xXX> stays one
    CHECK(make(hf(with_unknown()), tokens).type(3) == token_type::byte);
}

TEST_CASE("ill-formed UTF-8 is spelled in its bytes by SentencePiece there, and a lead takes what follows with it") {
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}};
    cria_test::add_byte_tokens(tokens);
    tokens.push_back({"▁"});
    tokens.push_back({"x"});
    const auto tokenizer = make(llama_cpp(with_unknown()), tokens);
    const auto byte_id = [](unsigned char byte) { return bpe::token_id{1} + byte; };
    CHECK(encode(tokenizer, "x \xFF") == id_list{258, 257, byte_id(0xFF)});
    // The lead wants three bytes: the escaped space loses its first one, and is no token any more.
    CHECK(encode(tokenizer, "\xE2\x82 x") == id_list{byte_id(0xE2), byte_id(0x82), byte_id(0xE2), byte_id(0x96), byte_id(0x81), 258});
    CHECK(encode(tokenizer, "\xF8xx") == id_list{byte_id(0xF8), byte_id('x'), byte_id('x')});
    CHECK(encode(tokenizer, "\xED\xA0\x80") == id_list{byte_id(0xED), byte_id(0xA0), byte_id(0x80)});
    bpe::encoder encoder(tokenizer);
    REQUIRE(encoder.encode_with_offsets(" \xE2\x82"));
    const std::vector<bpe::byte_span> expected = {{0, 1}, {1, 2}, {2, 3}};
    CHECK(std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) == expected);
}

TEST_CASE("a surrogate is one character to the pretokenizer there") {
    // As in ‘U+D800 abc’, where one character that is no letter belongs to the word, and three do not.
    const auto tokenizer = make(llama_cpp(byte_level("llama-bpe")), all_bytes() + std::vector<token_spec>{{cria_test::in_byte_alphabet("\x80") + "a"}}, {cria_test::in_byte_alphabet("\x80") + " a"});
    CHECK(encode(tokenizer, "\xED\xA0\x80" "abc") == id_list{0xED, 0xA0, 256, 'b', 'c'});
    CHECK(encode(tokenizer, "\xC1\xA1" "bc") == id_list{'a', 'b', 'c'});  // overlong
    CHECK(encode(tokenizer, "\xF4\x90\x80\x80").size() == 12);           // where llama.cpp ends the process
}

TEST_CASE("long tokens of SentencePiece end the same way in both") {
    CHECK(noted(make(llama_cpp(with_unknown()), {{std::string(2000, 'a')}}), bpe::note::kind::unmergeable_token) == 1);
}
