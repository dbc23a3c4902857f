// SPDX-License-Identifier: MIT
#include "cria/bpe/text_stream.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
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

/// The whole text at once, made UTF-8.
auto repaired(std::string_view bytes) -> std::string {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto here = cria::utf8::decode(bytes, at);
        text += here.valid ? bytes.substr(at, here.length) : cria::utf8::replacement_text;
        at += here.length;
    }
    return text;
}

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
