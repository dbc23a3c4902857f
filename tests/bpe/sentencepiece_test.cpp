// SPDX-License-Identifier: MIT
// Encoding and decoding with SentencePiece vocabularies.
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::parse_special;
using bpe::token_type;
using cria_test::decode;
using cria_test::encode;
using cria_test::id_list;
using cria_test::make;
using cria_test::noted;
using cria_test::operator+;
using cria_test::pieces;
using cria_test::sentencepiece;
using cria_test::token_spec;

/// <unk>, <s>, </s>, then <0x00> to <0xFF>: ids 0 to 258, as in Llama's vocabulary.
auto llama_like() -> std::vector<token_spec> {
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"<s>", token_type::control}, {"</s>", token_type::control}};
    cria_test::add_byte_tokens(tokens);
    return tokens;
}
auto byte_token_id(unsigned char byte) -> bpe::token_id { return 3 + byte; }

auto with_scored_unknown(bool add_space_prefix = false) -> bpe::tokenizer_settings {
    auto settings = sentencepiece(add_space_prefix);
    settings.special.unknown = 0;
    settings.special.bos = 1;
    settings.special.eos = 2;
    return settings;
}

const std::vector<token_spec> llama_words = llama_like() + std::vector<token_spec>{
    {"▁", token_type::normal, -1000}, {"h", token_type::normal, -1001}, {"i", token_type::normal, -1002}, {"▁h", token_type::normal, -1},
    {"hi", token_type::normal, -2},   {"▁hi", token_type::normal, -3},  {"é", token_type::normal, -5}};

}  // namespace

TEST_CASE("the pair with the highest score merges first, then the leftmost") {
    CHECK(pieces(make(with_scored_unknown(true), llama_words), "hi") == "▁hi");
    CHECK(pieces(make(with_scored_unknown(true), llama_words), "hihi") == "▁hi|hi");
    CHECK(pieces(make(with_scored_unknown(), llama_words), "hi hi") == "hi|▁hi");

    const std::vector<token_spec> equal = llama_like() + std::vector<token_spec>{{"a"}, {"aa", token_type::normal, 1}};
    CHECK(pieces(make(with_scored_unknown(), equal), "aaa") == "aa|a");
    const std::vector<token_spec> rivals = llama_like() + std::vector<token_spec>{{"a"}, {"b"}, {"c"}, {"ab", token_type::normal, 1}, {"bc", token_type::normal, 2}};
    CHECK(pieces(make(with_scored_unknown(), rivals), "abc") == "a|bc");
}

TEST_CASE("merging gives what the definition gives, for any scores") {
    cria_test::random_numbers random(13);
    for (int round = 0; round < 300; ++round) {
        const auto word = [&](std::uint64_t shortest, std::uint64_t longest) {
            std::string text(shortest + random.below(longest - shortest + 1), 'a');
            for (char& c : text) c = static_cast<char>('a' + random.below(3));
            return text;
        };
        std::map<std::string, std::pair<bpe::token_id, float>> known;
        std::vector<token_spec> tokens = llama_like();
        for (std::uint64_t i = 0, n = random.below(20); i < n; ++i) {
            const token_spec token{word(1, 5), token_type::normal, static_cast<float>(random.below(5)) - 2};
            known[token.text] = {static_cast<bpe::token_id>(tokens.size()), token.score};
            tokens.push_back(token);
        }
        const auto tokenizer = make(with_scored_unknown(), tokens);
        const std::string text = word(0, round % 2 == 0 ? 20 : 150);

        std::vector<std::string> symbols;
        for (const char c : text) symbols.emplace_back(1, c);
        for (;;) {
            std::size_t where = symbols.size();
            float best = 0;
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
                const auto found = known.find(symbols[i] + symbols[i + 1]);
                if (found == known.end() || (where != symbols.size() && found->second.second <= best)) continue;
                best = found->second.second;
                where = i;
            }
            if (where == symbols.size()) break;
            symbols[where] += symbols[where + 1];
            symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(where) + 1);
        }
        id_list expected;
        for (const std::string& symbol : symbols) {
            const auto found = known.find(symbol);
            expected.push_back(found != known.end() ? found->second.first : byte_token_id(static_cast<unsigned char>(symbol[0])));
        }
        CAPTURE(round, text);
        CHECK(encode(tokenizer, text) == expected);
    }
}

TEST_CASE("a space goes in front of the text and behind every special token, never between two of them") {
    const auto tokenizer = make(with_scored_unknown(true), llama_words);
    CHECK(pieces(tokenizer, "hi</s>hi<s></s>hi", {.parse = parse_special::all}) == "▁hi|</s>|▁hi|<s>|</s>|▁hi");
    CHECK(pieces(tokenizer, "</s>", {.parse = parse_special::all}) == "</s>");
    CHECK(encode(tokenizer, "").empty());
    CHECK(pieces(tokenizer, " hi") == "▁|▁hi");
    CHECK(pieces(make(with_scored_unknown(false), llama_words), "hi</s>hi", {.parse = parse_special::all}) == "hi|</s>|hi");
}

TEST_CASE("CONTROL, UNKNOWN and BYTE tokens are never produced by merging") {
    auto tokens = llama_like() + std::vector<token_spec>{{"<s", token_type::normal, 1}, {"<", token_type::normal}, {"s"}, {">"}, {"<0x0A", token_type::normal, 1}};
    for (const char* part : {"0", "x", "A", "<0", "<0x", "<0x0", "u", "n", "k", "<u", "<un", "<unk"}) tokens.push_back({part, token_type::normal, 1});
    const auto tokenizer = make(with_scored_unknown(), tokens);
    CHECK(pieces(tokenizer, "<s>") == "<s|>");
    CHECK(pieces(tokenizer, "<unk>") == "<unk|>");
    CHECK(pieces(tokenizer, "<0x0A>") == "<0x0A|>");
    const auto by_rank = make(with_scored_unknown(), tokens, {"< s", "<s >"});
    CHECK(pieces(by_rank, "<s>") == "<s|>");
    const auto single = make(with_scored_unknown(), llama_like() + std::vector<token_spec>{{"x", token_type::control}});
    CHECK(encode(single, "x", {.parse = parse_special::none}) == id_list{byte_token_id('x')});
}

TEST_CASE("an UNUSED token comes out of merging, and is not taken apart again as SentencePiece itself does") {
    const std::vector<token_spec> tokens = llama_like() + std::vector<token_spec>{{"a"}, {"b"}, {"c"}, {"ab", token_type::unused, 2}, {"abc", token_type::normal, 1}};
    for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
        auto settings = with_scored_unknown();
        settings.mode = mode;
        CHECK(pieces(make(settings, tokens), "ab") == "ab");
        CHECK(pieces(make(settings, tokens), "abc") == "abc");
        CHECK(pieces(make(settings, tokens), "abb") == "ab|b");
    }
}

TEST_CASE("merging by rank gives no CONTROL, UNKNOWN or BYTE token either") {
    std::vector<token_spec> tokens = llama_like() + std::vector<token_spec>{{"un", token_type::control}};
    for (const char* part : {"<", "0", "x", "A", ">", "<0", "<0x", "<0x0", "A>", "u", "n"}) tokens.push_back({part});
    const auto tokenizer = make(with_scored_unknown(), tokens, {"< 0", "<0 x", "<0x 0", "A >", "<0x0 A>", "u n"});
    CHECK(pieces(tokenizer, "<0x0A>") == "<0x0|A>");
    CHECK(decode(tokenizer, encode(tokenizer, "<0x0A>")) == "<0x0A>");
    CHECK(pieces(tokenizer, "un", {.parse = parse_special::none}) == "u|n");
}

TEST_CASE("what has no token is spelled in <0xXX> tokens, tabs and line feeds too") {
    const auto tokenizer = make(with_scored_unknown(true), llama_words);
    CHECK(encode(tokenizer, "€") == id_list{259, byte_token_id(0xE2), byte_token_id(0x82), byte_token_id(0xAC)});
    CHECK(encode(tokenizer, "\n\t") == id_list{259, byte_token_id('\n'), byte_token_id('\t')});
    CHECK(decode(tokenizer, encode(tokenizer, "€\n\té hi")) == "€\n\té hi");
}

TEST_CASE("without all of a character's bytes a run of them is one UNKNOWN token, without that it is dropped") {
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"a"}, {"<0xE2>", token_type::byte}, {"<0x82>", token_type::byte}};
    const auto tokenizer = make(with_scored_unknown(), tokens);
    CHECK(encode(tokenizer, "a€€a€") == id_list{1, 0, 1, 0});
    CHECK(noted(tokenizer, bpe::note::kind::missing_bytes) == 0);
    const auto without = make(sentencepiece(), tokens);
    CHECK(encode(without, "a€€a") == id_list{1, 1});
    CHECK(noted(without, bpe::note::kind::missing_bytes) == 256 - 13 - 2);

    bpe::encoder encoder(tokenizer);
    REQUIRE(encoder.encode_with_offsets("a€€a"));
    const std::vector<bpe::byte_span> expected = {{0, 1}, {1, 7}, {7, 8}};
    CHECK(std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) == expected);
}

TEST_CASE("offsets are those of the given text, whatever was put in or replaced") {
    const auto tokenizer = make(with_scored_unknown(true), llama_words);
    bpe::encoder encoder(tokenizer);
    const auto offsets_of = [&](std::string_view text, const bpe::encode_options& options = {}) {
        REQUIRE(encoder.encode_with_offsets(text, options));
        return std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end());
    };
    using spans = std::vector<bpe::byte_span>;
    CHECK(offsets_of("hi hi") == spans{{0, 2}, {2, 5}});
    CHECK(offsets_of("é") == spans{{0, 0}, {0, 2}});                        // ▁ é
    CHECK(offsets_of("  hi") == spans{{0, 0}, {0, 1}, {1, 4}});             // ▁ ▁ ▁hi
    CHECK(offsets_of("€") == spans{{0, 0}, {0, 1}, {1, 2}, {2, 3}});        // ▁ and three bytes
    CHECK(offsets_of("\xFFhi") == spans{{0, 0}, {0, 1}, {1, 1}, {1, 1}, {1, 3}});
    CHECK(offsets_of("hi</s>hi", {.parse = parse_special::all}) == spans{{0, 2}, {2, 6}, {6, 8}});
}

TEST_CASE("decode drops the space in front again, and only the very first byte") {
    const auto tokenizer = make(with_scored_unknown(true), llama_words);
    CHECK(decode(tokenizer, encode(tokenizer, "hi")) == "hi");
    CHECK(decode(tokenizer, encode(tokenizer, " hi")) == " hi");
    CHECK(decode(tokenizer, {259, 259}) == " ");
    CHECK(decode(tokenizer, {1, 264}) == "<s> hi");
    CHECK(decode(tokenizer, {1, 264}, {.skip_special = true}) == "hi");
    CHECK(decode(tokenizer, {263, 264}) == "hi hi");
    CHECK(decode(make(with_scored_unknown(false), llama_words), {264}) == " hi");
}

TEST_CASE("scores that are not a number are the worst, and minus zero is zero") {
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    const std::vector<token_spec> base = llama_like() + std::vector<token_spec>{{"a"}, {"b"}, {"c"}};
    const auto with = [&](float ab, float bc) {
        return make(with_scored_unknown(), base + std::vector<token_spec>{{"ab", token_type::normal, ab}, {"bc", token_type::normal, bc}});
    };
    CHECK(pieces(with(nan, -infinity), "abc") == "a|bc");
    CHECK(pieces(with(-infinity, -3e38F), "abc") == "a|bc");
    CHECK(pieces(with(3e38F, infinity), "abc") == "a|bc");
    CHECK(pieces(with(-1, 1e-45F), "abc") == "a|bc");
    CHECK(pieces(with(-0.0F, 0.0F), "abc") == "ab|c");
    CHECK(pieces(with(0.0F, -0.0F), "abc") == "ab|c");
    CHECK(pieces(with(nan, nan), "abc") == "ab|c");
    CHECK(noted(with(nan, -nan), bpe::note::kind::invalid_score) == 2);
}

TEST_CASE("equal scores of all NORMAL tokens are noted, unless there are merges to go by") {
    const std::vector<token_spec> tokens = llama_like() + std::vector<token_spec>{{"a", token_type::normal, -1000}, {"aa", token_type::normal, -1000}};
    CHECK(noted(make(with_scored_unknown(), tokens), bpe::note::kind::equal_scores) == 1);
    CHECK(noted(make(with_scored_unknown(), llama_words), bpe::note::kind::equal_scores) == 0);
    CHECK(noted(make(with_scored_unknown(), tokens, {"a a"}), bpe::note::kind::equal_scores) == 0);
}

TEST_CASE("a vocabulary with merges goes by their rank and not by score") {
    const std::vector<token_spec> tokens = llama_like() + std::vector<token_spec>{
        {"▁"}, {"a"}, {"b"}, {"c"}, {"ab", token_type::normal, -9}, {"bc", token_type::normal, 9}, {"▁ab"}, {"x", token_type::control}};
    const auto tokenizer = make(with_scored_unknown(true), tokens, {"a b", "b c", "▁ ab"});
    CHECK(pieces(tokenizer, "abc") == "▁ab|c");
    CHECK(pieces(tokenizer, "bcé") == "▁|bc|<0xC3>|<0xA9>");
    CHECK(encode(tokenizer, "x", {.parse = parse_special::none}) == id_list{259, byte_token_id('x')});
}

TEST_CASE("NORMAL tokens called <0xXX> are BYTE tokens, and that is noted") {
    auto tokens = llama_words;
    for (token_spec& token : tokens)
        if (token.type == token_type::byte) token.type = token_type::normal;
    const auto tokenizer = make(with_scored_unknown(true), tokens);
    CHECK(decode(tokenizer, encode(tokenizer, "€ <0x41>")) == "€ <0x41>");
    CHECK(tokenizer.type(byte_token_id('A')) == token_type::byte);
    CHECK(noted(tokenizer, bpe::note::kind::retyped_byte_token) == 256);
}

TEST_CASE("a megabyte is one piece and ends: one letter, random letters, spaces") {
    auto tokens = llama_words;
    std::string longer = "a";
    for (int i = 0; i < 12; ++i, longer += longer) tokens.push_back({longer, token_type::normal, static_cast<float>(-i)});
    const auto tokenizer = make(with_scored_unknown(true), tokens);
    constexpr std::size_t n = 1'000'000, fewer = 200'000;  // quadratic work would take minutes for these too
    CHECK(decode(tokenizer, encode(tokenizer, std::string(n, 'a'))) == std::string(n, 'a'));
    CHECK(decode(tokenizer, encode(tokenizer, std::string(fewer, ' '))) == std::string(fewer, ' '));
    cria_test::random_numbers random(17);
    std::string text(fewer, 'a');
    for (char& c : text) c = static_cast<char>('a' + random.below(26));
    CHECK(decode(tokenizer, encode(tokenizer, text)) == text);
}

TEST_CASE("a token longer than can be merged into is never produced, and noted") {
    std::vector<token_spec> tokens = llama_like();
    for (std::size_t size = 1; size <= 4096; size *= 2) tokens.push_back({std::string(size, 'a'), token_type::normal, static_cast<float>(size)});
    const auto tokenizer = make(with_scored_unknown(), tokens);
    CHECK(noted(tokenizer, bpe::note::kind::unmergeable_token) == 2);
    const auto ids = encode(tokenizer, std::string(4096, 'a'), {.parse = parse_special::none});
    CHECK(ids.size() == 4);
    for (const auto id : ids) CHECK(tokenizer.text(id).size() == 1024);
}
