// SPDX-License-Identifier: MIT
#include "cria/bpe/special_tokens.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

using cria::bpe::algorithm;
using cria::bpe::parse_special;
using cria::bpe::token_id;
using cria::bpe::token_type;
using cria::bpe::vocabulary;
using cria::bpe::detail::special_match;
using cria::bpe::detail::special_matcher;
using cria_test::token_spec;

auto vocabulary_of(const std::vector<token_spec>& tokens) -> vocabulary {
    vocabulary made(algorithm::byte_level);
    for (const token_spec& token : tokens) REQUIRE(made.add(token.text, token.type, 0));
    REQUIRE(made.build_index());
    return made;
}

auto is_wanted(token_type type, parse_special wanted) -> bool {
    if (wanted == parse_special::none) return false;
    if (type == token_type::user_defined) return true;
    return wanted == parse_special::all && (type == token_type::control || type == token_type::unknown);
}

/// At each place from the left the longest token that starts there; the last of equal ones.
auto find_plainly(const std::vector<token_spec>& tokens, std::string_view text, parse_special wanted) -> std::vector<std::pair<std::size_t, token_id>> {
    std::vector<std::pair<std::size_t, token_id>> found;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t longest = 0, best = 0;
        for (std::size_t id = 0; id < tokens.size(); ++id) {
            const std::string& candidate = tokens[id].text;
            if (!is_wanted(tokens[id].type, wanted) || candidate.size() < longest || candidate.empty()) continue;
            if (text.substr(at, candidate.size()) != candidate) continue;
            longest = candidate.size();
            best = id;
        }
        if (longest != 0) found.emplace_back(at, static_cast<token_id>(best));
        at += longest != 0 ? longest : 1;
    }
    return found;
}

auto find(const special_matcher& matcher, std::string_view text, parse_special wanted) -> std::vector<std::pair<std::size_t, token_id>> {
    cria::buffer<special_match> matches;
    REQUIRE(matcher.find_all(text, wanted, matches));
    std::vector<std::pair<std::size_t, token_id>> found;
    for (const special_match& match : matches) found.emplace_back(match.begin, match.id);
    return found;
}

}  // namespace

TEST_CASE("of overlapping special tokens the leftmost is found, and of those the longest") {
    const std::vector<token_spec> tokens = {
        {"ab", token_type::control}, {"bcd", token_type::control}, {"cd", token_type::control}, {"cdefg", token_type::control}};
    const auto matcher = special_matcher::make(vocabulary_of(tokens));
    REQUIRE(matcher);
    using found = std::vector<std::pair<std::size_t, token_id>>;
    CHECK(find(*matcher, "xabcdx", parse_special::all) == found{{1, 0}, {3, 2}});
    CHECK(find(*matcher, "abcdefg", parse_special::all) == found{{0, 0}, {2, 3}});
    CHECK(find(*matcher, "abcdef", parse_special::all) == found{{0, 0}, {2, 2}});
}

TEST_CASE("only the types that are asked for are found") {
    const std::vector<token_spec> tokens = {{"<c>", token_type::control}, {"<u>", token_type::user_defined}, {"<k>", token_type::unknown},
                                            {"<n>", token_type::normal},  {"<b>", token_type::byte},         {"<x>", token_type::unused},
                                            {"<d>", token_type::undefined}};
    const auto matcher = special_matcher::make(vocabulary_of(tokens));
    REQUIRE(matcher);
    using found = std::vector<std::pair<std::size_t, token_id>>;
    const std::string_view text = "<c><u><k><n><b><x><d>";
    CHECK(find(*matcher, text, parse_special::none).empty());
    CHECK(find(*matcher, text, parse_special::user_defined) == found{{3, 1}});
    CHECK(find(*matcher, text, parse_special::all) == found{{0, 0}, {3, 1}, {6, 2}});
}

TEST_CASE("a shorter USER_DEFINED token is found inside a CONTROL token that is not asked for") {
    const auto matcher = special_matcher::make(vocabulary_of({{"<|im_start|>", token_type::control}, {"im", token_type::user_defined}}));
    REQUIRE(matcher);
    using found = std::vector<std::pair<std::size_t, token_id>>;
    CHECK(find(*matcher, "<|im_start|>", parse_special::user_defined) == found{{2, 1}});
    CHECK(find(*matcher, "<|im_start|>", parse_special::all) == found{{0, 0}});
}

TEST_CASE("special tokens of one text: the last of the wanted type is found") {
    const auto matcher = special_matcher::make(vocabulary_of(
        {{"<s>", token_type::user_defined}, {"<s>", token_type::user_defined}, {"<s>", token_type::control}}));
    REQUIRE(matcher);
    using found = std::vector<std::pair<std::size_t, token_id>>;
    CHECK(find(*matcher, "<s>", parse_special::user_defined) == found{{0, 1}});
    CHECK(find(*matcher, "<s>", parse_special::all) == found{{0, 2}});
}

TEST_CASE("an empty special token never matches, and no special tokens is fine") {
    const auto matcher = special_matcher::make(vocabulary_of({{"", token_type::control}, {"a", token_type::normal}}));
    REQUIRE(matcher);
    CHECK(find(*matcher, "aaa", parse_special::all).empty());
    CHECK(find(*matcher, "", parse_special::all).empty());
}

TEST_CASE("special tokens are found as the definition finds them, whatever their texts") {
    cria_test::random_numbers random(5);
    constexpr token_type types[] = {token_type::control, token_type::user_defined, token_type::unknown, token_type::normal};
    for (int round = 0; round < 500; ++round) {
        const std::uint64_t letters = 1 + random.below(3);
        const auto word = [&](std::uint64_t longest) {
            std::string text(random.below(longest + 1), 'a');
            for (char& c : text) c = static_cast<char>('a' + random.below(letters));
            return text;
        };
        std::vector<token_spec> tokens;
        for (std::uint64_t i = 0, n = 1 + random.below(12); i < n; ++i) tokens.push_back({word(6), types[random.below(4)]});
        const auto matcher = special_matcher::make(vocabulary_of(tokens));
        REQUIRE(matcher);
        for (const parse_special wanted : {parse_special::none, parse_special::user_defined, parse_special::all}) {
            const std::string text = word(60);
            CAPTURE(round, text);
            CHECK(find(*matcher, text, wanted) == find_plainly(tokens, text, wanted));
        }
    }
}

TEST_CASE("ten thousand special tokens that share their ends are found in a megabyte of the same") {
    // The matcher reads backwards, so b, a, a, … is what they all begin with.
    std::vector<token_spec> tokens;
    for (int i = 0; i < 10'000; ++i) tokens.push_back({std::to_string(i) + std::string(static_cast<std::size_t>(i % 100), 'a') + "b", token_type::control});
    const auto matcher = special_matcher::make(vocabulary_of(tokens));
    REQUIRE(matcher);
    CHECK(find(*matcher, std::string(1'000'000, 'a'), parse_special::all).empty());
    std::string text;
    while (text.size() < 1'000'000) text += "7a" + std::string(98, 'a') + "b";
    CHECK(find(*matcher, text, parse_special::all).empty());
    CHECK(find(*matcher, "77" + std::string(77, 'a') + "b", parse_special::all).size() == 1);
}

TEST_CASE("special tokens with more text than the limit are refused by name") {
    std::vector<token_spec> tokens;
    for (int i = 0; i < 17; ++i) tokens.push_back({std::string(std::size_t{1} << 20U, static_cast<char>('a' + i)), token_type::control});
    const auto matcher = special_matcher::make(vocabulary_of(tokens));
    REQUIRE(!matcher);
    CHECK(matcher.error().code == cria::errc::limit_exceeded);
    CHECK(matcher.error().subject.view() == "special tokens");
}
