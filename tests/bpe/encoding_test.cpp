// SPDX-License-Identifier: MIT
// What can be chosen for a text or a tokenizer, whatever the algorithm: segments, counting, bytes that are not UTF-8,
// composing, a pretokenizer of the caller's, white space and special tokens.
#include "cria/bpe/encoding.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::invalid_utf8;
using bpe::parse_special;
using bpe::segment;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::byte_level;
using cria_test::decode;
using cria_test::encode;
using cria_test::id_list;
using cria_test::make;
using cria_test::noted;
using cria_test::operator+;
using cria_test::pieces;
using cria_test::token_spec;
using spans = std::vector<bpe::byte_span>;

constexpr bpe::token_id bos = 256, eos = 257, user = 258, ab = 259;

/// Bytes, <s>, </s>, <|user|> and `ab`.
auto chat(bpe::tokenizer_settings settings = byte_level()) -> bpe::tokenizer {
    settings.add_bos = true;
    settings.special.bos = bos;
    settings.special.eos = eos;
    const auto tokens = all_bytes() + std::vector<token_spec>{
        {"<s>", token_type::control}, {"</s>", token_type::control}, {"<|user|>", token_type::control}, {"ab"}, {"<u>", token_type::user_defined}};
    return make(settings, tokens, {"a b"});
}

auto encode_segments(bpe::encoder& encoder, const std::vector<segment>& text, const bpe::encode_options& options = {}) -> id_list {
    const auto ids = encoder.encode(text, options);
    if (!ids) FAIL(ids.error().message());
    return {ids->begin(), ids->end()};
}

auto offsets_of(bpe::encoder& encoder, std::string_view text, const bpe::encode_options& options = {}) -> spans {
    REQUIRE(encoder.encode_with_offsets(text, options));
    return {encoder.offsets().begin(), encoder.offsets().end()};
}

}  // namespace

TEST_CASE("a special token is found within a segment, as far as that segment is trusted") {
    const auto tokenizer = chat();
    bpe::encoder encoder(tokenizer);
    CHECK(encode_segments(encoder, {{"<|user|>", parse_special::all}, {"<|user|>x", parse_special::none}}) ==
          id_list{user, '<', '|', 'u', 's', 'e', 'r', '|', '>', 'x'});
    CHECK(encode_segments(encoder, {{"<|us", parse_special::all}, {"er|>", parse_special::all}}).size() == 8);
    CHECK(encode_segments(encoder, {{"<u>"}, {"<u>", parse_special::none}}) == id_list{260, '<', 'u', '>'});
    CHECK(encode_segments(encoder, {{"<s>"}}, {.parse = parse_special::all}) == id_list{'<', 's', '>'});  // the segment says how
}

TEST_CASE("text goes on across segments: it merges, and characters are put together") {
    const auto tokenizer = chat();
    bpe::encoder encoder(tokenizer);
    CHECK(encode_segments(encoder, {{"a", parse_special::all}, {"b", parse_special::none}}) == id_list{ab});
    CHECK(encode_segments(encoder, {{"\xE2\x82"}, {"\xAC"}}) == id_list{0xE2, 0x82, 0xAC});
    CHECK(encode_segments(encoder, {{""}, {"a"}, {""}, {"b"}, {""}}) == id_list{ab});
    CHECK(encode_segments(encoder, {}).empty());
    CHECK(encode_segments(encoder, {}, {.add_special = true}) == id_list{bos});
}

TEST_CASE("segments that are all alike are the text they make, unless a border cuts a special token") {
    const auto tokenizer = chat();
    bpe::encoder encoder(tokenizer);
    cria_test::random_numbers random(5);
    const std::string_view units[] = {"ab", "a", "b", " ", "<|user|>", "<u>", "</s>", "é", "\xFF", "\n"};
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> parts(random.below(5));
        for (std::string& part : parts)
            for (std::uint64_t n = random.below(4); n-- > 0;) part += units[random.below(std::size(units))];
        std::vector<segment> segments;
        std::string whole;
        for (const std::string& part : parts) {
            segments.push_back({part, parse_special::all});
            whole += part;
        }
        const auto ids = encoder.encode_with_offsets(whole, {.add_special = true, .parse = parse_special::all});
        REQUIRE(ids);
        const id_list expected(ids->begin(), ids->end());
        const spans expected_spans(encoder.offsets().begin(), encoder.offsets().end());
        CAPTURE(round, parts);
        const auto in_parts = encoder.encode_with_offsets(segments, {.add_special = true});
        REQUIRE(in_parts);
        CHECK(id_list(in_parts->begin(), in_parts->end()) == expected);
        CHECK(spans(encoder.offsets().begin(), encoder.offsets().end()) == expected_spans);
        CHECK(encoder.count(segments, {.add_special = true}).value_or(0U) == expected.size());
    }
}

TEST_CASE("count is the number of ids, and encode_to writes the first ones where there is no room for all") {
    const auto tokenizer = chat();
    bpe::encoder encoder(tokenizer);
    const std::string_view text = "<s>abc<u>é\xFF";
    const bpe::encode_options options = {.add_special = true, .parse = parse_special::all};
    const id_list all = encode(tokenizer, text, options);
    CHECK(encoder.count(text, options).value_or(0U) == all.size());
    CHECK(encoder.count("").value_or(9U) == 0);
    for (std::size_t room = 0; room <= all.size() + 1; ++room) {
        id_list out(room, -1);
        const auto written = encoder.encode_to(text, out, options);
        CHECK(written.has_value() == (room >= all.size()));
        if (!written) CHECK(written.error().expected.number() == all.size());
        for (std::size_t i = 0; i < room; ++i) CHECK(out[i] == (i < all.size() ? all[i] : -1));
    }
    CHECK(encode(tokenizer, text, options) == all);  // the encoder of another call
    const auto kept = encoder.encode(text, options);
    REQUIRE(kept);
    CHECK(id_list(kept->begin(), kept->end()) == all);
}

TEST_CASE("a doubled BOS is told, and left out if that is asked for") {
    const auto tokenizer = chat();
    bpe::encoder encoder(tokenizer);
    const auto ids_of = [&](std::string_view text, const bpe::encode_options& options) {
        const auto ids = encoder.encode(text, options);
        REQUIRE(ids);
        return id_list(ids->begin(), ids->end());
    };
    const bpe::encode_options twice = {.add_special = true, .parse = parse_special::all}, once = {.add_special = true, .parse = parse_special::all, .dedup_bos = true};
    CHECK(ids_of("<s>x", twice) == id_list{bos, bos, 'x'});
    CHECK(encoder.has_doubled_bos());
    CHECK(encoder.count("<s>x", twice).value_or(0U) == 3);
    CHECK(encoder.has_doubled_bos());
    CHECK(ids_of("<s>x", once) == id_list{bos, 'x'});
    CHECK(!encoder.has_doubled_bos());
    CHECK(ids_of("x", once) == id_list{bos, 'x'});
    CHECK(ids_of(" <s>", once) == id_list{bos, ' ', bos});
    CHECK(!encoder.has_doubled_bos());
    CHECK(ids_of("<s><s>", once) == id_list{bos, bos});
    CHECK(ids_of("<s>", {.parse = parse_special::all, .dedup_bos = true}) == id_list{bos});
    CHECK(ids_of("<s>", {.add_special = true, .parse = parse_special::none, .dedup_bos = true}) == id_list{bos, '<', 's', '>'});
}

TEST_CASE("what is not UTF-8 is replaced, read as llama.cpp does, or refused, and the usual thing depends on the compat") {
    auto settings = byte_level();
    const auto hf = make(settings, all_bytes());
    settings.mode = bpe::compat::llama_cpp;
    const auto llama_cpp = make(settings, all_bytes());
    const auto n_bytes = [](const bpe::tokenizer& tokenizer, std::string_view text, invalid_utf8 how) {
        return encode(tokenizer, text, {.on_invalid = how}).size();
    };
    for (const auto* tokenizer : {&hf, &llama_cpp}) {
        CHECK(n_bytes(*tokenizer, "\xE2\x82", invalid_utf8::replace) == 3);
        CHECK(n_bytes(*tokenizer, "\xE2\x82", invalid_utf8::llama_cpp) == 6);
        CHECK(n_bytes(*tokenizer, "\xED\xA0\x80", invalid_utf8::replace) == 9);
        CHECK(n_bytes(*tokenizer, "\xED\xA0\x80", invalid_utf8::llama_cpp) == 3);
        CHECK(!tokenizer->encode("\xE2\x82", {.on_invalid = invalid_utf8::reject}));
    }
    CHECK(n_bytes(hf, "\xE2\x82", invalid_utf8::automatic) == 3);
    CHECK(n_bytes(llama_cpp, "\xE2\x82", invalid_utf8::automatic) == 6);
}

TEST_CASE("rejected bytes are named by their offset in all segments together") {
    const auto tokenizer = chat();
    bpe::encoder encoder(tokenizer);
    const segment text[] = {{"ab"}, {"c\xFF"}};
    const auto refused = encoder.encode(text, {.on_invalid = invalid_utf8::reject});
    REQUIRE(!refused);
    CHECK(refused.error().offset == 3);
}

TEST_CASE("text is composed where the tokenizer does that, and offsets are those of the given text") {
    auto settings = byte_level();
    settings.nfc = true;
    const auto composing = chat(settings);
    CHECK(encode(composing, "e\u0301") == id_list{0xC3, 0xA9});
    CHECK(encode(composing, "\u212Bx\u1100\u1161") == id_list{0xC3, 0x85, 'x', 0xEA, 0xB0, 0x80});
    CHECK(encode(chat(), "e\u0301") == id_list{'e', 0xCC, 0x81});
    bpe::encoder encoder(composing);
    CHECK(offsets_of(encoder, "ae\u0301b") == spans{{0, 1}, {1, 2}, {2, 4}, {4, 5}});
    CHECK(offsets_of(encoder, "<s>e\u0301<s>ab", {.parse = parse_special::all}) == spans{{0, 3}, {3, 4}, {4, 6}, {6, 9}, {9, 11}});
    // Special tokens are cut out before: their neighbours do not see each other.
    CHECK(encode(composing, "e<u>\u0301") == id_list{'e', 260, 0xCC, 0x81});
}

TEST_CASE("a pretokenizer of the caller's cuts byte-level text, and its errors come through with the place") {
    const auto singly = [](std::string_view text, bpe::piece_ends end_at) {
        for (std::size_t i = 0; i < text.size(); ++i) end_at(i + 1);
    };
    auto settings = byte_level();
    settings.split = bpe::pretokenizer::by(singly);
    CHECK(encode(chat(settings), "ab ab") == id_list{'a', 'b', ' ', 'a', 'b'});

    const auto not_all = [](std::string_view text, bpe::piece_ends end_at) { end_at(text.size() - 1); };
    settings.split = bpe::pretokenizer::by(not_all);
    const auto refused = chat(settings).encode("<u>abc");
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::invalid_value);
    CHECK(refused.error().offset == 5);

    const auto by_a_family = bpe::pretokenizer{bpe::pretokenizer_family::newline};
    settings.split = by_a_family;
    const auto by_lines = chat(settings);
    CHECK(by_lines.settings().split == by_a_family);
}

TEST_CASE("an error of the caller's pretokenizer names a place in the text that was given, whatever that was rewritten to") {
    const auto backwards = [](std::string_view, bpe::piece_ends end_at) {
        end_at(6);
        end_at(0);
    };
    auto settings = byte_level();
    settings.split = bpe::pretokenizer::by(backwards);
    const auto tokenizer = chat(settings);
    bpe::encoder encoder(tokenizer);
    const auto place_in = [&](std::string_view text) {
        const auto refused = encoder.encode(text), with_offsets = encoder.encode_with_offsets(text);
        REQUIRE((!refused && !with_offsets));
        CHECK(refused.error().offset == with_offsets.error().offset);
        return refused.error().offset;
    };
    CHECK(place_in("\xFF\xFF\xFF" "ab") == 2);
    CHECK(place_in("<u>\xFF\xFF\xFF" "ab") == 5);
    CHECK(place_in("abcdefgh") == 6);
    settings.nfc = true;
    const auto composing = chat(settings);
    const auto refused = composing.encode("e\u0301e\u0301abcdef");
    REQUIRE(!refused);
    CHECK(refused.error().offset == 8);
}

TEST_CASE("SentencePiece, which cuts nothing, refuses a pretokenizer of the caller's") {
    const auto anyhow = [](std::string_view text, bpe::piece_ends end_at) { if (!text.empty()) end_at(text.size()); };
    auto settings = cria_test::sentencepiece();
    settings.split = bpe::pretokenizer::by(anyhow);
    const auto refused = cria_test::try_to_make(settings, {{"a"}});
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::invalid_argument);
    CHECK(refused.error().message() == "pretokenizer: SentencePiece does not cut text");
}

TEST_CASE("which of overlapping special tokens wins is leftmost-longest or longest-first, and may be chosen") {
    const auto tokens = all_bytes() + std::vector<token_spec>{{"ab", token_type::user_defined}, {"bcd", token_type::user_defined}};
    auto settings = byte_level();
    CHECK(pieces(make(settings, tokens), "abcd") == "ab|c|d");
    settings.mode = bpe::compat::llama_cpp;
    CHECK(pieces(make(settings, tokens), "abcd") == "a|bcd");
    settings.order = bpe::special_order::leftmost_longest;
    CHECK(pieces(make(settings, tokens), "abcd") == "ab|c|d");
    settings.mode = bpe::compat::hf;
    settings.order = bpe::special_order::longest_first;
    CHECK(pieces(make(settings, tokens), "abcd") == "a|bcd");
}

TEST_CASE("white space behind special tokens is dropped where they do that, Unicode's or C's") {
    auto settings = byte_level();
    settings.strips_after_special = true;
    const auto stripping = chat(settings);
    const bpe::encode_options all = {.parse = parse_special::all};
    CHECK(encode(stripping, "<|user|> \n\u3000x", all) == id_list{user, 'x'});
    CHECK(encode(stripping, "<|user|> ", all) == id_list{user});
    CHECK(encode(stripping, "<|user|> <u> <|user|>", all) == id_list{user, 260, user});
    CHECK(encode(stripping, " <s> x", all) == id_list{' ', bos, ' ', 'x'});  // not <s>, <unk> and <|endoftext|>
    CHECK(encode(stripping, " x ", all) == id_list{' ', 'x', ' '});
    bpe::encoder encoder(stripping);
    CHECK(offsets_of(encoder, "<u>  ab", all) == spans{{0, 3}, {5, 7}});

    settings.mode = bpe::compat::llama_cpp;
    CHECK(encode(chat(settings), "<u> \n\u3000x", all) == id_list{260, 0xE3, 0x80, 0x80, 'x'});
    CHECK(encode(chat(), "<u> x", all) == id_list{260, ' ', 'x'});
}

TEST_CASE("white space before one special token is dropped where it does that") {
    auto settings = byte_level();
    settings.strips_before = "<u>";
    const bpe::encode_options all = {.parse = parse_special::all};
    CHECK(encode(chat(settings), " \u00A0<u> <s> <u>", all) == id_list{260, ' ', bos, 260});
    CHECK(encode(chat(settings), "ab\t<u>", all) == id_list{ab, 260});
    settings.mode = bpe::compat::llama_cpp;
    CHECK(encode(chat(settings), "\u00A0 <u>", all) == id_list{0xC2, 0xA0, 260});
}

TEST_CASE("a special token is looked for once, in the text as it was given and not in what that is rewritten to") {
    // Hugging Face's tokenizers look twice: for added tokens that are not normalized, then in normalized text for the others.
    auto settings = byte_level();
    settings.nfc = true;
    const auto composing = make(settings, all_bytes() + std::vector<token_spec>{{"é", token_type::user_defined}});
    CHECK(encode(composing, "é") == id_list{256});
    CHECK(encode(composing, "e\u0301") == id_list{0xC3, 0xA9});
    const auto spaced = make(cria_test::sentencepiece(true), {{"▁", token_type::normal}, {"a"}, {"▁a", token_type::user_defined}, {" ", token_type::user_defined}});
    CHECK(encode(spaced, "▁a") == id_list{2});
    CHECK(pieces(spaced, "a a") == "▁a| |▁a");
}

TEST_CASE("what a file calls CONTROL does not come out of text, though its text makes it USER_DEFINED or NORMAL") {
    std::vector<token_spec> tokens = all_bytes();
    std::vector<std::string> merges;
    const auto add = [&](std::string_view text, token_type type) {  // with merges that lead there
        for (std::size_t n = 2; n < text.size(); ++n) {
            tokens.push_back({std::string(text.substr(0, n))});
            merges.push_back(std::string(text.substr(0, n - 1)) + " " + text[n - 1]);
        }
        merges.push_back(std::string(text.substr(0, text.size() - 1)) + " " + text.back());
        tokens.push_back({std::string(text), type});
    };
    for (const char* shown : {"<|start|>", "<|message|>", "<|channel|>", "<|constrain|>", "<|end|>"}) add(shown, token_type::control);
    for (const char* end : {"<|return|>", "<|call|>", "<|tool_response>"}) tokens.push_back({end, token_type::control});
    add("</s>", token_type::control);
    for (const char* pre : {"gpt-2", "llama-bpe"}) {  // the second one looks whole pieces up
        auto settings = byte_level(pre);
        settings.split = bpe::pretokenizer::by([](std::string_view text, bpe::piece_ends end_at) { end_at(text.size()); });
        for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
            settings.mode = mode;
            const auto tokenizer = make(settings, tokens, merges);
            for (const char* text : {"<|start|>", "<|message|>", "<|channel|>", "<|constrain|>", "<|end|>", "</s>"}) {
                CAPTURE(pre, text);
                const bpe::token_id id = tokenizer.find(text).value_or(-1);
                REQUIRE(!tokenizer.is_special(id));
                const auto untrusted = encode(tokenizer, text, {.parse = parse_special::none});
                CHECK(std::count(untrusted.begin(), untrusted.end(), id) == 0);
                CHECK(decode(tokenizer, untrusted) == text);
                // As they are, whoever has written them.
                if (tokenizer.type(id) == token_type::user_defined) CHECK(encode(tokenizer, text) == id_list{id});
            }
        }
    }
    // A file that calls it NORMAL means it: </s> ends a line through in HTML.
    tokens.back().type = token_type::normal;
    CHECK(pieces(make(byte_level(), tokens, merges), "</s>", {.parse = parse_special::none}) == "</|s|>");
    auto whole = byte_level();
    whole.split = bpe::pretokenizer::by([](std::string_view text, bpe::piece_ends end_at) { end_at(text.size()); });
    CHECK(pieces(make(whole, tokens, merges), "</s>", {.parse = parse_special::none}) == "</s>");
}
