// SPDX-License-Identifier: MIT
#include "cria/bpe/character_borders.hpp"

#include <algorithm>  // any_of, find_if
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/merge_lists.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using cria_test::check_same;

auto is_crossed_with(std::string_view token, std::string_view last, std::string_view first) -> bool {
    bpe::detail::character_borders borders;
    REQUIRE(borders.begin());
    borders.note(token);
    return borders.is_crossed(static_cast<unsigned char>(last.back()), static_cast<unsigned char>(first.front()));
}

/// Characters of all lengths, some of which have bytes in common.
const std::vector<std::string> characters = {"a", "b", "é", "è", "с", "中", "丸", "文", "😀"};

/// A text of one piece, or of a few.
auto random_text(cria_test::random_numbers& random) -> std::string {
    std::string text;
    for (std::size_t left = 1 + random.below(random.below(3) == 0 ? 40 : 12); left > 0; --left) {
        if (random.below(20) == 0) text += ' ';
        text += characters[random.below(characters.size())];
    }
    return text;
}

}  // namespace

TEST_CASE("a token that begins or ends inside a character crosses the border at its other end") {
    CHECK(is_crossed_with("\xA9" "a", "é", "a"));
    CHECK(is_crossed_with("\xA9" "aaaa", "é", "a"));
    CHECK(is_crossed_with("\xB8\xAD\xE6", "中", "文"));
    CHECK(is_crossed_with("\x98\x80\xC3\xA9", "😀", "é"));
    CHECK(is_crossed_with("a\xC3", "a", "é"));
    CHECK(is_crossed_with(" a\xE4\xB8", "a", "中"));
    CHECK(is_crossed_with("é\xF0\x9F\x98", "é", "😀"));
    CHECK(is_crossed_with("\xB8\xAD\xC3", "中", "é"));
    CHECK_FALSE(is_crossed_with("\xB8\xAD\xC3", "中", "文"));
}

TEST_CASE("whole characters, and parts of only one, cross nothing") {
    for (const std::string_view token : {"a", "é", "中文", "aé中😀", "\xA9", "\xC3", "\xE4\xB8", "\xB8\xAD", "\xF0\x9F\x98"})
        for (const std::string& last : characters)
            for (const std::string& first : characters) {
                CAPTURE(token, last, first);
                CHECK_FALSE(is_crossed_with(token, last, first));
            }
}

TEST_CASE("merging from characters gives what merging from bytes does, whatever the list") {
    cria_test::random_numbers random(3);
    std::size_t n_odd = 0;  // lists in which something comes before what it is made of
    for (int round = 0; round < 400; ++round) {
        // Single bytes, of which some tokens are made that begin and end inside characters; and in most lists characters first, as in those that were trained.
        std::vector<std::string> parts;
        for (const std::string& character : characters)
            for (const char byte : character) parts.emplace_back(1, byte);
        cria_test::merge_list list(random, parts, random.below(6), 1, 4);
        const auto is_known = [&](const std::string& text) {
            return text.size() == 1 || std::any_of(list.made.begin(), list.made.end(), [&](const auto& each) { return each.text == text; });
        };
        const auto add = [&](const std::string& text, std::size_t left) {
            if (!is_known(text) && is_known(text.substr(0, left)) && is_known(text.substr(left))) list.made.push_back({text, {{text.substr(0, left), text.substr(left)}}});
        };
        for (const std::string& character : characters)
            for (std::size_t n = 2; n <= character.size(); ++n)
                if (random.below(10) != 0) add(character.substr(0, n), n - 1);
        for (std::size_t left = random.below(60); left > 0 && !list.made.empty(); --left) {
            const std::string& first = list.made[random.below(list.made.size())].text;
            const std::string& second = random.below(3) == 0 ? parts[random.below(2)] : list.made[random.below(list.made.size())].text;
            if (first.size() + second.size() <= 24) add(first + second, first.size());
        }
        // The list goes by what it gives; what that is made of may come later.
        for (std::size_t i = 0; round % 2 == 0 && i + 1 < list.made.size(); i += 1 + random.below(8)) std::swap(list.made[i], list.made[i + random.below(list.made.size() - i)]);
        const auto place_of = [&](const std::string& text) {
            return std::find_if(list.made.begin(), list.made.end(), [&](const auto& each) { return each.text == text; }) - list.made.begin();
        };
        const auto comes_later = [&](const std::string& part, const std::string& than) { return part.size() != 1 && place_of(part) > place_of(than); };
        n_odd += std::any_of(list.made.begin(), list.made.end(), [&](const auto& each) {
            return comes_later(each.merges[0].first, each.text) || comes_later(each.merges[0].second, each.text);
        }) ? 1 : 0;
        std::vector<std::string> texts(25);
        for (std::string& text : texts) text = random_text(random);
        check_same(list.tokens(), list.written(), texts, round % 3 == 0 ? bpe::compat::llama_cpp : bpe::compat::hf);
    }
    CHECK(n_odd > 150);
}

TEST_CASE("a character is not whole before what is put together sooner") {
    const auto list_of = [](const std::vector<std::pair<std::string, std::size_t>>& in_order) {
        cria_test::random_numbers none(0);
        cria_test::merge_list list(none, {}, 0, 1, 0);
        for (const auto& [text, left] : in_order) list.made.push_back({text, {{text.substr(0, left), text.substr(left)}}});
        return list;
    };
    // é with a letter comes sooner than é, so in ébb the letters meet first.
    const auto with_letter = list_of({{"éb", 2}, {"bb", 1}, {"é", 1}});
    check_same(with_letter.tokens(), with_letter.written(), {"ébb", "éb", "aébb", "éé"}, bpe::compat::hf);
    // The first two bytes of a character come later than ab, and the character sooner.
    const auto late_start = list_of({{"中", 2}, {"b中", 1}, {"ab", 1}, {"\xE4\xB8", 1}});
    check_same(late_start.tokens(), late_start.written(), {"ab中", "b中", "中ab中", "abab中"}, bpe::compat::hf);
    // Put together from its last two bytes first.
    const auto both_ends = list_of({{"\xC3\xA9", 1}, {"\xB8\xAD", 1}, {"中", 1}, {"é中", 2}, {"中a", 3}});
    check_same(both_ends.tokens(), both_ends.written(), {"é中a", "中a", "é中", "中中a"}, bpe::compat::hf);
}
