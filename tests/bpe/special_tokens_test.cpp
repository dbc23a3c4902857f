// SPDX-License-Identifier: MIT
#include "cria/bpe/special_tokens.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/special_partition.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

using cria::bpe::parse_special;
using cria::bpe::special_order;
using cria::bpe::token_type;
using cria::bpe::detail::special_match;
using cria::bpe::detail::special_matcher;
using cria_test::find_plainly;
using cria_test::matcher_of;
using cria_test::special_spec;
using found = cria_test::found_specials;

constexpr special_order orders[] = {special_order::leftmost_longest, special_order::longest_first};

auto find(const special_matcher& matcher, std::string_view text, parse_special wanted, special_order order = special_order::leftmost_longest) -> found {
    cria::buffer<special_match> matches;
    REQUIRE(matcher.find_all(text, wanted, order, matches));
    found pairs;
    for (const special_match& match : matches) pairs.emplace_back(match.begin, match.id);
    return pairs;
}

auto controls(const std::vector<std::string>& texts) -> std::vector<special_spec> {
    std::vector<special_spec> tokens;
    for (const std::string& text : texts) tokens.push_back({text, token_type::control});
    return tokens;
}

auto letters(std::uint64_t n, char letter = 'a') -> std::string { return std::string(static_cast<std::size_t>(n), letter); }

}  // namespace

TEST_CASE("of overlapping special tokens the leftmost is found, and of those the longest") {
    const auto matcher = matcher_of(controls({"ab", "bcd", "cd", "cdefg"}));
    REQUIRE(matcher);
    CHECK(find(*matcher, "xabcdx", parse_special::all) == found{{1, 0}, {3, 2}});
    CHECK(find(*matcher, "abcdefg", parse_special::all) == found{{0, 0}, {2, 3}});
    CHECK(find(*matcher, "abcdef", parse_special::all) == found{{0, 0}, {2, 2}});
}

TEST_CASE("longest_first: the longest special token takes its places first, then the next longest what is left") {
    const auto matcher = matcher_of(controls({"ab", "bcd", "cd", "cdefg"}));
    REQUIRE(matcher);
    CHECK(find(*matcher, "xabcdx", parse_special::all, special_order::longest_first) == found{{2, 1}});
    CHECK(find(*matcher, "abcdefg", parse_special::all, special_order::longest_first) == found{{0, 0}, {2, 3}});
    CHECK(find(*matcher, "abcdef", parse_special::all, special_order::longest_first) == found{{1, 1}});
    CHECK(find(*matcher, "abcd abcdefg cd", parse_special::all, special_order::longest_first) == found{{1, 1}, {5, 0}, {7, 3}, {13, 2}});
}

TEST_CASE("longest_first: a token that has lost its place leaves it to a shorter one that starts there") {
    // abcd goes to the longer cdefg, abc too; ab still has room.
    const auto matcher = matcher_of(controls({"abcd", "abc", "ab", "a", "cdefg"}));
    REQUIRE(matcher);
    CHECK(find(*matcher, "abcdefg", parse_special::all, special_order::longest_first) == found{{0, 2}, {2, 4}});
    CHECK(find(*matcher, "abcdef", parse_special::all, special_order::longest_first) == found{{0, 0}});
}

TEST_CASE("longest_first: of tokens with one length the lower id goes first, and one token goes from left to right") {
    const auto matcher = matcher_of(controls({"bab", "aba"}));
    const auto other = matcher_of(controls({"aba", "bab"}));
    REQUIRE((matcher && other));
    CHECK(find(*matcher, "abab", parse_special::all, special_order::longest_first) == found{{1, 0}});
    CHECK(find(*other, "abab", parse_special::all, special_order::longest_first) == found{{0, 0}});
    CHECK(find(*other, "ababa", parse_special::all, special_order::longest_first) == found{{0, 0}});
    CHECK(find(*matcher, "babab", parse_special::all, special_order::longest_first) == found{{0, 0}});
}

TEST_CASE("only the types that are asked for are found") {
    const auto matcher = matcher_of({{"<c>", token_type::control},
                                     {"<u>", token_type::user_defined},
                                     {"<k>", token_type::unknown},
                                     {"<n>", token_type::normal},
                                     {"<b>", token_type::byte},
                                     {"<x>", token_type::unused},
                                     {"<d>", token_type::undefined}});
    REQUIRE(matcher);
    const std::string_view text = "<c><u><k><n><b><x><d>";
    for (const special_order order : orders) {
        CHECK(find(*matcher, text, parse_special::none, order).empty());
        CHECK(find(*matcher, text, parse_special::user_defined, order) == found{{3, 1}});
        CHECK(find(*matcher, text, parse_special::all, order) == found{{0, 0}, {3, 1}, {6, 2}});
    }
}

TEST_CASE("a shorter USER_DEFINED token is found inside a CONTROL token that is not asked for") {
    const auto matcher = matcher_of({{"<|im_start|>", token_type::control}, {"im", token_type::user_defined}});
    REQUIRE(matcher);
    for (const special_order order : orders) {
        CHECK(find(*matcher, "<|im_start|>", parse_special::user_defined, order) == found{{2, 1}});
        CHECK(find(*matcher, "<|im_start|>", parse_special::all, order) == found{{0, 0}});
    }
}

TEST_CASE("special tokens of one text: the last of the wanted type is found") {
    const auto matcher = matcher_of({{"<s>", token_type::user_defined}, {"<s>", token_type::user_defined}, {"<s>", token_type::control}});
    REQUIRE(matcher);
    for (const special_order order : orders) {
        CHECK(find(*matcher, "<s>", parse_special::user_defined, order) == found{{0, 1}});
        CHECK(find(*matcher, "<s>", parse_special::all, order) == found{{0, 2}});
    }
}

TEST_CASE("an empty special token never matches, nor does a part of a character, and no special tokens is fine") {
    const auto matcher = matcher_of({{"", token_type::control}, {"a", token_type::normal}, {"\xC3", token_type::control}});
    REQUIRE(matcher);
    for (const special_order order : orders) {
        CHECK(find(*matcher, "aaa", parse_special::all, order).empty());
        CHECK(find(*matcher, "\xC3\xA9", parse_special::all, order).empty());
        CHECK(find(*matcher, "", parse_special::all, order).empty());
    }
}

TEST_CASE("special tokens are found as the definitions find them, whatever their texts") {
    cria_test::random_numbers random(5);
    constexpr token_type types[] = {token_type::control, token_type::user_defined, token_type::unknown, token_type::normal};
    std::size_t n_differing = 0;
    for (int round = 0; round < 12'000; ++round) {
        const std::uint64_t n_letters = 1 + random.below(3);
        const auto word = [&](std::uint64_t longest) {
            std::string text = letters(random.below(longest + 1));
            for (char& c : text) c = static_cast<char>('a' + random.below(n_letters));
            return text;
        };
        std::vector<special_spec> tokens;
        const std::uint64_t longest = random.below(3) == 0 ? 24 : 6;
        for (std::uint64_t i = 0, n = 1 + random.below(14); i < n; ++i) tokens.push_back({word(longest), types[random.below(4)]});
        const auto matcher = matcher_of(tokens);
        REQUIRE(matcher);
        for (int i = 0; i < 10; ++i) {
            const std::string text = word(i == 0 ? 200 : 50);
            const char* const broken = cria_test::broken_by_specials(tokens, *matcher, text);
            CAPTURE(round, text);
            if (broken != nullptr) FAIL(broken);
        }
        const std::string text = word(50);
        if (find(*matcher, text, parse_special::all, orders[0]) != find(*matcher, text, parse_special::all, orders[1])) ++n_differing;
    }
    CHECK(n_differing > 1000);  // or the two rules were never told apart
}

TEST_CASE("ten thousand special tokens that share their ends are found in a megabyte of the same") {
    // The matcher reads backwards, so b, a, a, … is what they all begin with.
    std::vector<special_spec> tokens;
    for (std::uint64_t i = 0; i < 10'000; ++i) tokens.push_back({std::to_string(i) + letters(i % 100) + "b", token_type::control});
    const auto matcher = matcher_of(tokens);
    REQUIRE(matcher);
    std::string text;
    while (text.size() < 1'000'000) text += "7a" + letters(98) + "b";
    for (const special_order order : orders) {
        CHECK(find(*matcher, letters(1'000'000), parse_special::all, order).empty());
        CHECK(find(*matcher, text, parse_special::all, order).empty());
        CHECK(find(*matcher, "77" + letters(77) + "b", parse_special::all, order).size() == 1);
    }
}

TEST_CASE("every length of one letter: a megabyte of it is done at once, though each place has a thousand matches") {
    std::vector<special_spec> tokens;
    for (std::uint64_t size = 1; size <= 1440; ++size) tokens.push_back({letters(size), token_type::control});
    tokens.push_back({letters(700) + "b" + letters(700), token_type::control});  // its places lie across the runs' ends
    const auto matcher = matcher_of(tokens);
    REQUIRE(matcher);
    for (const special_order order : orders) {
        const auto run = find(*matcher, letters(1'000'000), parse_special::all, order);
        REQUIRE(run.size() == 695);
        CHECK(run[693] == std::pair{std::size_t{693 * 1440}, cria::bpe::token_id{1439}});
        CHECK(run[694] == std::pair{std::size_t{694 * 1440}, cria::bpe::token_id{1'000'000 - 694 * 1440 - 1}});
    }
    std::string text;
    while (text.size() < 1'000'000) text += letters(1439) + "b";
    const auto across = find(*matcher, text + letters(1439), parse_special::all, special_order::longest_first);
    CHECK(across[0] == std::pair{std::size_t{0}, cria::bpe::token_id{1438}});  // 1439 letters are longer than 700 + 1 + 700

    // Places whose room is halved again and again.
    std::vector<special_spec> halves;
    for (unsigned power = 0; power < 16; ++power) {
        halves.push_back({letters(std::uint64_t{1} << power), token_type::control});
        halves.push_back({letters((std::uint64_t{1} << power) - 1) + "b", token_type::control});
        halves.push_back({"b" + letters((std::uint64_t{1} << power) - 1), token_type::control});
    }
    const auto halving = matcher_of(halves);
    REQUIRE(halving);
    std::string runs;
    for (std::uint64_t size = 1; runs.size() < 1'000'000; size = size * 3 % 65'537) runs += letters(size) + "b";
    CHECK(find(*halving, runs, parse_special::all, special_order::longest_first).size() > 100);
}

TEST_CASE("a hundred thousand special tokens: numbers in a megabyte of digits") {
    std::vector<special_spec> tokens;
    for (int i = 0; i < 100'000; ++i) tokens.push_back({std::to_string(i), token_type::control});
    const auto matcher = matcher_of(tokens);
    REQUIRE(matcher);
    cria_test::random_numbers random(11);
    std::string digits(1'000'000, '0');
    for (char& digit : digits) digit = static_cast<char>('0' + random.below(10));
    for (const special_order order : orders) {
        const auto numbers = find(*matcher, digits, parse_special::all, order);
        std::size_t end = 0;  // every digit is a token, so nothing is left over
        for (const auto& [begin, id] : numbers) {
            if (begin != end) FAIL("bytes left over before " << begin);
            end = begin + tokens[static_cast<std::size_t>(id)].text.size();
        }
        CHECK(end == digits.size());
    }
}

TEST_CASE("special tokens with more text than the limit are refused by name") {
    std::vector<special_spec> tokens;
    for (char c = 'a'; c < 'r'; ++c) tokens.push_back({letters(std::uint64_t{1} << 20U, c), token_type::control});
    const auto matcher = matcher_of(tokens);
    REQUIRE(!matcher);
    CHECK(matcher.error().code == cria::errc::limit_exceeded);
    CHECK(matcher.error().subject.view() == "special tokens");
}

TEST_CASE("the body of the fuzzer, on inputs of few letters") {
    cria_test::random_numbers random(29);
    constexpr std::string_view bytes("\0\0aabb\xC3\xA9", 8);
    for (int round = 0; round < 5'000; ++round) {
        std::string input = letters(random.below(80));
        for (char& c : input) c = bytes[random.below(bytes.size())];
        const char* const broken = cria_test::fuzz_special_partition(input);
        CAPTURE(round, input);
        if (broken != nullptr) FAIL(broken);
    }
}
