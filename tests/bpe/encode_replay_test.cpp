// SPDX-License-Identifier: MIT
// Encoding beside its plain twin: the body of the fuzzer, on random bytes and on cases that these would seldom make.
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/encode.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::algorithm;
using bpe::compat;
using bpe::parse_special;
using bpe::token_type;
using cria_test::encode_case;
using cria_test::name_of_byte;
using cria_test::plain_token;
using cria_test::text_part;
using cria_test::written_bytes;
using cria_test::written_in_bytes;

/// Both compats, with offsets, counts and all the rest.
void check_all(encode_case of) {
    for (const auto mode : {compat::hf, compat::llama_cpp}) {
        of.settings.mode = mode;
        const char* const broken = cria_test::broken_by_encoding(of);
        CAPTURE(mode == compat::hf, of.merges, of.parts.empty() ? "" : of.parts[0].text);
        CHECK(std::string(broken == nullptr ? "kept" : broken) == "kept");
    }
}

auto byte_level_case(std::string_view pre = "gpt-2") -> encode_case {
    encode_case made;
    made.settings.pre = *bpe::find_pre(pre);
    for (const std::string& text : written_bytes()) made.tokens.push_back({text});
    return made;
}
/// <unk>, <s>, then <0x00> to <0xFF>.
auto spelled_in_bytes(algorithm kind) -> encode_case {
    encode_case made;
    made.settings.kind = kind;
    if (kind == algorithm::character_level) made.settings.pre = *bpe::find_pre("gemma4");
    made.settings.special.unknown = 0;
    made.settings.special.bos = 1;
    made.tokens = {{"<unk>", token_type::unknown}, {"<s>", token_type::control}};
    for (unsigned byte = 0; byte < 256; ++byte) made.tokens.push_back({name_of_byte(static_cast<unsigned char>(byte)), token_type::byte});
    return made;
}
auto run_of(std::size_t n, char letter = 'a') -> std::string { return std::string(n, letter); }

/// A merge and what it makes.
void add_merge(encode_case& to, const std::string& left, const std::string& right, float score = 0) {
    to.merges.push_back(left + ' ' + right);
    to.tokens.push_back({left + right, token_type::normal, score});
}

}  // namespace

TEST_CASE("ids are the plain twin's, however they are asked for, for any vocabulary and text", "[fuzz]") {
    cria_test::random_numbers random(31);
    for (int round = 0; round < 3'000; ++round) {
        std::string data(random.below(250), '\0');
        for (char& byte : data) byte = static_cast<char>(static_cast<unsigned char>(random.below(256)));
        CAPTURE(round, data);
        const char* const broken = cria_test::fuzz_encode(data);
        CHECK(std::string(broken == nullptr ? "kept" : broken) == "kept");
    }
}

TEST_CASE("ids are the plain twin's: one letter, as many as are merged in either way, of which equal pairs overlap") {
    for (const auto kind : {algorithm::byte_level, algorithm::sentencepiece, algorithm::character_level}) {
        encode_case made = kind == algorithm::byte_level ? byte_level_case() : spelled_in_bytes(kind);
        made.has_all_texts = kind == algorithm::byte_level;
        if (kind != algorithm::byte_level) made.tokens.push_back({"a"});
        add_merge(made, "a", "a", 1);
        add_merge(made, "aa", "a", 1);
        add_merge(made, "aa", "aa", 2);
        for (const std::size_t n : {1U, 2U, 3U, 7U, 31U, 32U, 33U, 34U, 63U, 64U, 65U, 100U}) {
            made.parts = {{run_of(n)}};
            check_all(made);
            made.parts = {{run_of(n / 2), parse_special::all}, {run_of(n - n / 2) + "\xC3"}, {"\xA9" + run_of(n % 5)}};
            check_all(made);
        }
    }
}

TEST_CASE("ids are the plain twin's: merges and tokens listed twice, and parts that are no tokens") {
    encode_case made = byte_level_case("smaug-bpe");
    for (const char* merge : {"a b", "b c", "a b", "ab c", "bc d", " x", "x", "", "Ġ a", "a  b", "日 a", "Ġa bc", "ab c"}) made.merges.emplace_back(merge);
    made.tokens.insert(made.tokens.end(), {{"ab"}, {"bc"}, {"ab"}, {""}, {"abc", token_type::control}, {"Ġabc"}, {"日"}});
    for (const char* text : {"abcabcd", "abc", " abc", "bcd ab", "日a日", ""}) {
        made.parts = {{text, parse_special::none}};
        check_all(made);
        made.parts.push_back({text, parse_special::all});
        check_all(made);
    }
    made.parts.clear();
    check_all(made);
}

TEST_CASE("ids are the plain twin's: bytes that neither tokens nor merges know, or that only merges know") {
    encode_case made;
    made.settings.pre = *bpe::find_pre("llama-bpe");
    made.tokens = {{"a"}, {"b"}, {"ab"}, {"Ġ"}, {"Ġa", token_type::unused}, {"x", token_type::control}, {"ax"}, {"Ã"}};
    made.merges = {"a b", "y b", "Ġ y", "a x", "Ã ©"};
    for (const char* text : {"axb", "azb", "ayb", " yb", " a", "é", "éa", "z", "zazazb"}) {
        made.parts = {{text, parse_special::none}};
        check_all(made);
    }
}

TEST_CASE("ids are the plain twin's: equal scores, zeros of either sign, and scores that are not a number") {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    constexpr float scores[] = {0.0F, -0.0F, nan, -nan, -infinity, infinity, 1e-45F, -1e-45F, 3e38F};
    for (const float ab : scores) {
        for (const float bc : scores) {
            encode_case made = spelled_in_bytes(algorithm::sentencepiece);
            made.tokens.insert(made.tokens.end(), {{"a"}, {"b"}, {"ab", token_type::normal, ab}, {"bc", token_type::normal, bc}, {"cc", token_type::normal, nan}});
            made.parts = {{"abcabc" + run_of(30, 'c') + "abc"}};
            check_all(made);
            made.tokens.push_back({"abc", token_type::normal, nan});
            check_all(made);
            made.merges = {" x", "x", ""};  // none of which is one
            check_all(made);
        }
    }
    // One merge makes two pairs with one score, of which the left one goes first.
    encode_case made = spelled_in_bytes(algorithm::sentencepiece);
    made.tokens.insert(made.tokens.end(), {{"bc", token_type::normal, 2}, {"abc", token_type::normal, 1}, {"bcd", token_type::normal, 1}});
    for (const std::size_t n_others : {0U, 40U}) {
        made.parts = {{run_of(n_others, 'x') + "abcd"}};
        check_all(made);
    }
}

TEST_CASE("ids are the plain twin's: text that spells a BYTE, UNKNOWN or CONTROL token's name") {
    for (const auto kind : {algorithm::sentencepiece, algorithm::character_level}) {
        encode_case made = spelled_in_bytes(kind);
        for (const char* text : {"<", "0", "x", "4", "1", ">", "u", "n", "k", "s", "<0", "<0x", "<0x4", "<0x41", "<u", "<un", "<unk", "<s", "\x82", "▁"})
            made.tokens.push_back({text, token_type::normal, static_cast<float>(std::string_view(text).size())});
        for (const std::string_view text : {"<0x41>", "<unk>", "<s>", "<0x41", "€<unk>€", "<s> <s>"}) {
            made.parts = {{std::string(text), parse_special::none}, {std::string(text), parse_special::all}};
            made.merges.clear();
            check_all(made);
            made.merges = {"< u", "<u n", "<un k", "<unk >", "< s", "<s >", "< 0", "<0 x", "<0x 4", "<0x4 1", "<0x41 >"};
            check_all(made);
        }
    }
}

TEST_CASE("ids are the plain twin's: runs of what has no token, cut by pieces, tokens and special tokens") {
    for (const auto kind : {algorithm::sentencepiece, algorithm::character_level}) {
        for (const bool has_unknown : {false, true}) {
            encode_case made;
            made.settings.kind = kind;
            if (kind == algorithm::character_level) made.settings.pre = *bpe::find_pre("gemma4");
            made.settings.add_space_prefix = kind == algorithm::sentencepiece;
            if (has_unknown) made.settings.special.unknown = 0;
            made.tokens = {{"<unk>", token_type::unknown}, {"a"}, {"ab"}, {"\n"}, {"\n\n"}, {"\xAC"}, {"<0xE2>", token_type::byte}, {"<0x82>"}};
            made.tokens.push_back({"<u>", token_type::user_defined});
            made.merges = {"a b", "b b"};
            for (const char* text : {"a€€a€", "é\né", "é<u>é", "é<unk>é", "\n\n", "\n\n\n", "abb", "bb", "\xE2\x82 \xE2", "\xF4\x90\x80\x80"}) {
                made.parts = {{text, parse_special::all}};
                check_all(made);
            }
        }
    }
}

TEST_CASE("ids are the plain twin's: what is nearly UTF-8, by every way to read it") {
    using bpe::invalid_utf8;
    std::vector<encode_case> cases = {byte_level_case("llama-bpe"), spelled_in_bytes(algorithm::sentencepiece), spelled_in_bytes(algorithm::character_level)};
    for (encode_case& made : cases) {
        for (const char* text : {"▁", "a", "b", "ab"}) made.tokens.push_back({text});
        if (made.settings.kind == algorithm::byte_level) made.tokens.push_back({written_in_bytes("\x80") + "a"});
        made.merges = {written_in_bytes("\x80") + " a", "a b"};
        for (const auto how : {invalid_utf8::automatic, invalid_utf8::replace, invalid_utf8::reject, invalid_utf8::llama_cpp}) {
            for (const bool composes : {false, true}) {
                made.options.on_invalid = how;
                made.settings.nfc = composes;
                for (const char* text : {"\xC0\xA0x", "\xC1\xA1" "b", "\xED\xA0\x80" "ab", "\xE2\x82 ab", "\xE2\x82", "\xF4\x90\x80\x80", "\xF8" "abab",
                                         "\xE0\x80\xA0", "e\u0301\xFF\u0301", "\xC0\xA0 \xED\xBF\xBF ab", "\x80" "ab"}) {
                    made.parts = {{text}};
                    check_all(made);
                    made.parts = {{std::string(text).substr(0, 1)}, {std::string(text).substr(1)}};
                    check_all(made);
                }
            }
        }
    }
}

TEST_CASE("ids are the plain twin's: BOS, white space and the space in front, where special tokens stand") {
    for (const auto kind : {algorithm::byte_level, algorithm::sentencepiece}) {
        for (unsigned choice = 0; choice < 96; ++choice) {  // five switches and where the space in front goes
            encode_case made;
            made.settings.kind = kind;
            if (kind == algorithm::byte_level) made.settings.pre = *bpe::find_pre("gpt-2");
            made.tokens = {{"<s>", token_type::control}, {"<u>", token_type::user_defined}, {"▁"}, {"▁a"}, {"a"}, {"Ġ"}, {"s"}, {"<"}, {"ã"}, {"Ģ"}, {"Â"}};
            made.settings.special.bos = made.settings.special.eos = 0;
            made.settings.add_bos = made.settings.add_eos = (choice & 1U) != 0;
            made.options.add_special = (choice & 2U) != 0;
            made.options.dedup_bos = (choice & 4U) != 0;
            made.settings.strips_after_special = (choice & 8U) != 0;
            made.settings.strips_before = (choice & 16U) != 0 ? "<u>" : "";
            made.settings.add_space_prefix = kind == algorithm::sentencepiece;
            made.settings.prefix = static_cast<bpe::prefix_space>(choice / 32);
            for (const char* text : {"<s>a", "<s><s>", " a<u> a", "a \u3000<u>\u00A0\n a<s> a", "▁a", "<u>", " <u> <u> ", ""}) {
                made.parts = {{text, parse_special::all}};
                check_all(made);
                made.parts = {{text, parse_special::all}, {text}};
                check_all(made);
            }
        }
    }
}
