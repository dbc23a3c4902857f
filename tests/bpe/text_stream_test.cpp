// SPDX-License-Identifier: MIT
#include "cria/bpe/text_stream.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "fuzz/text_stream.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::byte_level;
using cria_test::decode;
using cria_test::id_list;
using cria_test::make;
using cria_test::repaired;
using cria_test::operator+;
using cria_test::sentencepiece;
using cria_test::token_spec;

auto streamed(bpe::text_stream& stream, const id_list& ids) -> std::string {
    std::string text;
    const auto collect = [&](std::string_view piece) {
        CHECK(!piece.empty());
        CHECK(cria::utf8::is_valid(piece));
        text += piece;
    };
    for (const bpe::token_id id : ids) REQUIRE(stream.push(id, collect));
    stream.finish(collect);
    return text;
}

auto stops_of(const cria_test::stop_list& texts) -> bpe::stop_strings {
    auto made = bpe::stop_strings::make(std::vector<std::string_view>(texts.begin(), texts.end()));
    if (!made) FAIL(made.error().message());
    return *std::move(made);
}

/// What a stream has given after each id, with `|` between.
auto in_steps(bpe::text_stream& stream, const id_list& ids) -> std::string {
    std::string text;
    const auto collect = [&](std::string_view piece) { text += piece; };
    for (const bpe::token_id id : ids) {
        REQUIRE(stream.push(id, collect));
        text += '|';
    }
    return text;
}

auto ids_in(std::string_view text) -> id_list {
    id_list ids;
    for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
    return ids;
}

static_assert(!std::is_constructible_v<bpe::text_stream, const bpe::tokenizer&, bpe::decode_options, bpe::stop_strings>,
              "a stream must not borrow temporary stops");

}  // namespace

TEST_CASE("a character that tokens cut is held back until it is whole") {
    const auto tokenizer = make(byte_level(), all_bytes());
    bpe::text_stream stream(tokenizer);
    std::string text;
    const auto collect = [&](std::string_view piece) { text += piece; };
    REQUIRE(stream.push(0xE2, collect));
    REQUIRE(stream.push(0x82, collect));
    CHECK(text.empty());
    CHECK(stream.pending() == 2);
    REQUIRE(stream.push(0xAC, collect));
    CHECK(text == "€");
    CHECK(stream.pending() == 0);
    REQUIRE(stream.push(0xE2, collect));
    stream.finish(collect);
    CHECK(text == "€\xEF\xBF\xBD");
}

TEST_CASE("streaming gives what decoding all ids gives, for any ids") {
    const std::vector<token_spec> extra = {{"<c>", token_type::control}, {"<?>", token_type::unknown}, {" u", token_type::user_defined},
                                           {cria_test::in_byte_alphabet(" \xE2\x82")}, {"x", token_type::unused}, {""}};
    std::vector<token_spec> spm = {{"<?>", token_type::unknown}, {"▁"}, {"▁a"}, {"é"}, {" ", token_type::user_defined}, {"<c>", token_type::control}, {""}};
    for (const char* byte : {"<0xE2>", "<0x82>", "<0xAC>", "<0xF0>", "<0x9F>", "<0x20>"}) spm.push_back({byte, token_type::byte});
    const auto first = make(byte_level(), all_bytes() + extra), second = make(sentencepiece(true), spm);

    cria_test::random_numbers random(19);
    for (int round = 0; round < 3000; ++round) {
        const auto& tokenizer = round % 2 == 0 ? first : second;
        const bpe::decode_options options = {.skip_special = round % 4 < 2};
        bpe::text_stream stream(tokenizer, options);
        id_list ids(random.below(12));
        for (auto& id : ids) {
            // Mostly from the end, where tokens are special or parts of characters.
            const std::uint64_t any = random.below(tokenizer.size()), late = tokenizer.size() - 1 - random.below(13);
            id = static_cast<bpe::token_id>(random.below(3) == 0 ? any : late);
        }
        CAPTURE(round, ids);
        const std::string expected = repaired(decode(tokenizer, ids, options));
        CHECK(streamed(stream, ids) == expected);
        CHECK(streamed(stream, ids) == expected);  // finish() has made it ready for the next text
    }
}

TEST_CASE("an id outside the vocabulary is refused, counted from the start, and leaves the stream as it was") {
    const auto tokenizer = make(byte_level(), all_bytes());
    bpe::text_stream stream(tokenizer);
    std::string text;
    const auto collect = [&](std::string_view piece) { text += piece; };
    REQUIRE(stream.push('a', collect));
    REQUIRE(stream.push(0xC3, collect));
    for (const bpe::token_id bad : {256, -1}) {
        const auto refused = stream.push(bad, collect);
        REQUIRE(!refused);
        CHECK(refused.error().code == cria::errc::invalid_token);
        CHECK(refused.error().subject.view() == "ids[2]");
    }
    REQUIRE(stream.push(0xA9, collect));
    CHECK(text == "aé");
}

TEST_CASE("reset forgets what was held back and where the text began") {
    const auto tokenizer = make(sentencepiece(true), {{"▁a"}, {"<0xE2>", token_type::byte}});
    bpe::text_stream stream(tokenizer);
    std::string text;
    const auto collect = [&](std::string_view piece) { text += piece; };
    REQUIRE(stream.push(0, collect));
    REQUIRE(stream.push(0, collect));
    REQUIRE(stream.push(1, collect));
    stream.reset();
    REQUIRE(stream.push(0, collect));
    stream.finish(collect);
    CHECK(text == "a aa");
}

TEST_CASE("a stop string ends the text wherever tokens cut it, and what is before it is given") {
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{"ab"}, {"bc"}, {"cd"}});
    const auto stops = stops_of({"zzz", "abcd"});
    for (const id_list& ids : {ids_in("xabcdy"), id_list{'x', 256, 258, 'y'}, id_list{'x', 'a', 257, 'd'}}) {
        bpe::text_stream stream(tokenizer, {}, stops);
        CHECK(streamed(stream, ids) == "x");
        CHECK(stream.stopped());
        CHECK(stream.stop() == 1);
    }
}

TEST_CASE("only what may still become a stop is held back, and given as soon as it cannot") {
    const auto tokenizer = make(byte_level(), all_bytes());
    const auto stops = stops_of({"abac", "<|end|>"});
    bpe::text_stream stream(tokenizer, {}, stops);
    CHECK(in_steps(stream, ids_in("ababx<|<b")) == "|||ab|abx|||<||<b|");
    CHECK(stream.pending() == 0);
    stream.reset();
    CHECK(in_steps(stream, ids_in("xababac.")) == "x||||ab||||");
    CHECK(stream.stop() == 0);
}

TEST_CASE("nothing is held back for a stop that another one always comes before") {
    const auto tokenizer = make(byte_level(), all_bytes());
    const auto stops = stops_of({"b", "abc"});
    bpe::text_stream stream(tokenizer, {}, stops);
    CHECK(in_steps(stream, ids_in("aab")) == "a|a||");
    CHECK(stream.stop() == 0);
}

TEST_CASE("a stream that has stopped takes ids and gives nothing, until the next text") {
    const auto tokenizer = make(byte_level(), all_bytes());
    const auto stops = stops_of({"!"});
    bpe::text_stream stream(tokenizer, {}, stops);
    CHECK(in_steps(stream, ids_in("a!bc\xE2")) == "a|||||");
    CHECK(stream.pending() == 0);
    CHECK(!stream.push(256, [](std::string_view) {}));  // but knows what an id is
    std::string rest;
    stream.finish([&](std::string_view piece) { rest += piece; });
    CHECK(rest.empty());
    CHECK(stream.stopped());
    CHECK(streamed(stream, ids_in("xy")) == "xy");
    CHECK(!stream.stopped());
    CHECK(streamed(stream, ids_in("!")).empty());
    stream.reset();
    CHECK(!stream.stopped());
}

TEST_CASE("finish gives what was held back for a stop") {
    const auto tokenizer = make(byte_level(), all_bytes());
    const auto stops = stops_of({"stop now"});
    bpe::text_stream stream(tokenizer, {}, stops);
    std::string text;
    const auto collect = [&](std::string_view piece) { text += piece; };
    for (const bpe::token_id id : ids_in("a stop no")) REQUIRE(stream.push(id, collect));
    CHECK(text == "a ");
    CHECK(stream.pending() == 7);
    REQUIRE(stream.push(0xC3, collect));  // still nothing: it may be the first byte of anything
    CHECK(stream.pending() == 8);
    stream.finish(collect);
    CHECK(text == "a stop no\xEF\xBF\xBD");
    CHECK(stream.pending() == 0);
}

TEST_CASE("stops are looked for in the text as it is shown: whole characters, U+FFFD, and special tokens that print") {
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{"<end>", token_type::control}});
    const auto stops = stops_of({"€", "\xEF\xBF\xBD", "<end>"});
    bpe::text_stream stream(tokenizer, {}, stops), quiet(tokenizer, {.skip_special = true}, stops);
    CHECK(streamed(stream, ids_in("a€b")) == "a");
    CHECK(stream.stop() == 0);
    CHECK(streamed(stream, ids_in("a\xE2\x82")) == "a");  // the stop is complete when the text ends
    CHECK(stream.stop() == 1);
    CHECK(streamed(stream, {'a', 256, 'b'}) == "a");
    CHECK(stream.stop() == 2);
    CHECK(streamed(quiet, {'a', 256, 'b'}) == "ab");
    CHECK(!quiet.stopped());
}

TEST_CASE("an EOS is left out of a stream where it is the last id, and only there") {
    auto with = byte_level();
    with.special.eos = 256;
    with.add_eos = true;
    const auto tokenizer = make(with, all_bytes() + std::vector<token_spec>{{"</s>", token_type::control}});
    const auto stops = stops_of({"s>b"});
    bpe::text_stream stream(tokenizer, {.remove_bos_eos = true}), stopping(tokenizer, {.remove_bos_eos = true}, stops);
    CHECK(streamed(stream, {'a', 256}) == "a");
    CHECK(streamed(stream, {'a', 256, 256}) == "a</s>");
    CHECK(streamed(stream, {'a', 256, 'b'}) == "a</s>b");
    CHECK(streamed(stopping, {'a', 256, 'b'}) == "a</");
    CHECK(streamed(stopping, {'a', 256}) == "a");
}

TEST_CASE("a stream gives llama.cpp's notes, and cleans no spaces") {
    auto with = byte_level();
    with.mode = bpe::compat::llama_cpp;
    const auto tokenizer = make(with, all_bytes() + std::vector<token_spec>{{"日"}, {""}});
    bpe::text_stream stream(tokenizer, {.clean_spaces = true});
    CHECK(streamed(stream, {'a', ' ', '.', 256, 257}) == "a .[UNK_BYTE_0xe697a5日][EMPTY_257]");
}

TEST_CASE("streams keep their promises for any ids, options and stops", "[fuzz]") {
    cria_test::random_numbers random(23);
    for (int round = 0; round < 30000; ++round) {
        std::string data(random.below(40), '\0');
        for (char& byte : data) byte = static_cast<char>(static_cast<unsigned char>(random.below(256)));
        CAPTURE(round, data);
        const char* const broken = cria_test::fuzz_text_stream(data);
        CHECK(std::string(broken == nullptr ? "kept" : broken) == "kept");
    }
}
