// SPDX-License-Identifier: MIT
// Where text of characters is cut into words: never where a token lies, by blocks as one by one.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/tables.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#if defined(__unix__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace detail = cria::bpe::detail;
using cria_test::random_numbers;

namespace {

auto rules_of(const std::vector<std::string>& tokens, bool cuts_at_newlines = false) -> detail::seam_rules {
    detail::seam_rules rules;
    rules.cuts_at_newlines = cuts_at_newlines;
    for (const std::string& token : tokens) rules.seams.count(token);
    REQUIRE(rules.seams.make());
    for (const std::string& token : tokens) rules.seams.note(token);
    rules.lone_ids.resize(0x10001, "lone characters").value();
    for (std::uint32_t& id : rules.lone_ids) id = 1;  // each has a token
    rules.prepare();
    return rules;
}

auto ends_of(detail::word_cut cut, const detail::seam_rules& rules, std::string_view text) -> std::vector<std::size_t> {
    static const detail::piece_table table = [] {
        detail::piece_table made;
        REQUIRE(made.reserve(10, false));
        return made;
    }();
    std::vector<std::size_t> ends;
    detail::piece_batch batch;
    for (std::size_t at = 0; at < text.size();) {
        batch.clear(at);
        const std::size_t stopped = cut(rules, table, text, at, batch);
        REQUIRE(stopped > at);
        REQUIRE(batch.size() > 0);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            REQUIRE(batch.begin_of(i) == (ends.empty() ? 0 : ends.back()));
            ends.push_back(batch.end_of(i));
        }
        REQUIRE(ends.back() == stopped);
        at = stopped;
    }
    return ends;
}

/// Of all tiers that there are here, the plain one first.
auto all_cuts() -> std::vector<detail::word_cut> {
    std::vector<detail::word_cut> cuts;
    for (const auto tier : {cria::bpe::simd_tier::plain, cria::bpe::simd_tier::neon, cria::bpe::simd_tier::avx2, cria::bpe::simd_tier::avx512})
        if (const auto cut = detail::word_cut_of(tier); cut != nullptr) cuts.push_back(cut);
    return cuts;
}

/// A text as the vocabulary writes it, by characters.
auto characters_of(std::string_view text) -> std::vector<std::string> {
    std::vector<std::string> characters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t n = detail::character_length(text, at);
        characters.emplace_back(text.substr(at, n) == " " ? "▁" : text.substr(at, n));
        at += n;
    }
    return characters;
}

constexpr std::string_view atoms[] = {"a", "b", "c", "q", "A", "Q", "!", "(", ")", "0", "1", "\n", "\t", " ", " ", " ", "  ", "▁", "é", "с", "中", "文", "字", "😀", "aaaaaaaaaaaaaaaa", "中文中文中文中文", "\x7F"};

auto random_text(random_numbers& random, std::size_t most) -> std::string {
    std::string text;
    for (std::uint64_t n = random.below(most); n != 0; --n) text += atoms[random.below(std::size(atoms))];
    return text;
}

const std::vector<std::vector<std::string>> vocabularies = {
    {"a", "b", "▁a", "▁▁", "ab", "aa", "中文", "a("},
    {"▁a", "aaaa", "(▁", "é▁b", "с▁"},            // a space that can stand behind something else in a token
    {"▁a", "с▁", "b\n", "\n\n", "中文字", "文字😀"},  // ends in the byte that U+2581 ends in
    {"a▁b▁c", "▁▁▁", "0▁", "1a"},
    {},
};

}  // namespace

TEST_CASE("two characters that no token has side by side are a seam, and all pairs of ASCII are known") {
    const auto rules = rules_of({"ab", "▁▁x", "é▁", "xyz", "q"});
    const auto is_seam = [&](std::string_view before, std::string_view behind) { return rules.seams.is_seam(detail::character_at(before, 0), detail::character_at(behind, 0)); };
    CHECK(!is_seam("a", "b"));
    CHECK(is_seam("b", "a"));
    CHECK(!is_seam(" ", " "));
    CHECK(!is_seam("▁", " "));
    CHECK(!is_seam(" ", "x"));
    CHECK(!is_seam("▁", "x"));
    CHECK(!is_seam("é", " "));
    CHECK(is_seam("a", " "));
    CHECK(!is_seam("y", "z"));
    CHECK(is_seam("x", "z"));
    for (const std::uint32_t code : {0x71U, 0x30U, 0xE8U, 0x4E2DU}) CHECK(rules.seams.is_lone(code));
    for (const std::uint32_t code : {0x61U, 0x62U, 0x78U, 0x79U, 0x7AU, 0x20U, 0xE9U}) CHECK(!rules.seams.is_lone(code));
}

TEST_CASE("words end at seams alone, at every first space that is at one, and where lone characters begin and end") {
    random_numbers random(51);
    for (const auto& tokens : vocabularies) {
        for (const bool cuts_at_newlines : {false, true}) {
            const auto rules = rules_of(tokens, cuts_at_newlines);
            const auto is_inside = [&](const std::string& before, const std::string& behind) {
                for (const std::string& token : tokens) {
                    const auto characters = characters_of(token);
                    for (std::size_t i = 1; i < characters.size(); ++i)
                        if (characters[i - 1] == before && characters[i] == behind) return true;
                }
                return false;
            };
            for (int round = 0; round < 300; ++round) {
                const std::string text = random_text(random, 80);
                CAPTURE(text, cuts_at_newlines);
                const auto plain = ends_of(&detail::cut_at_all_seams, rules, text), blocks = ends_of(&detail::cut_words_plainly, rules, text);
                for (const auto cut : all_cuts()) REQUIRE(ends_of(cut, rules, text) == blocks);
                const auto has = [](const std::vector<std::size_t>& ends, std::size_t at) { return std::find(ends.begin(), ends.end(), at) != ends.end(); };
                const auto is_lone = [&](const std::string& character) {
                    if (character == "▁" || character.size() > 3 || (cuts_at_newlines && character == "\n")) return false;
                    return !std::any_of(tokens.begin(), tokens.end(), [&](const std::string& token) {
                        const auto all = characters_of(token);
                        return all.size() > 1 && std::find(all.begin(), all.end(), character) != all.end();
                    });
                };
                std::size_t word = 0, n_wrong = 0;
                for (std::size_t at = 0; at < text.size();) {
                    const std::string here = characters_of(text.substr(at))[0];
                    const std::size_t end = at + detail::character_length(text, at);
                    if (end == text.size()) break;
                    const std::string next = characters_of(text.substr(end))[0];
                    const bool is_border = cuts_at_newlines && (here == "\n") != (next == "\n");
                    const bool is_seam = !is_inside(here, next) || is_border, are_lone = is_lone(here) && is_lone(next), end_lone = is_lone(here) != is_lone(next);
                    const bool is_ascii = here.size() == 1 && next.size() == 1;
                    if (!is_seam && (has(plain, end) || has(blocks, end))) ++n_wrong;
                    if (are_lone && !is_border && (has(plain, end) || (is_ascii && has(blocks, end)))) ++n_wrong;
                    if (is_seam && !are_lone && (is_ascii || is_border || end_lone) && !has(plain, end)) ++n_wrong;  // others are known by a hash
                    const bool is_first_space = text[end] == ' ' && here != "▁" && has(plain, end);
                    if ((is_border || (end_lone && is_ascii) || is_first_space) && !has(blocks, end)) ++n_wrong;
                    if (has(blocks, end)) word = end;
                    const std::size_t word_end = *std::upper_bound(blocks.begin(), blocks.end(), word);
                    if (!has(blocks, end) && word_end - word > detail::short_text::most_bytes && has(plain, end)) ++n_wrong;  // a long word has no seam
                    at = end;
                }
                REQUIRE(n_wrong == 0);
            }
        }
    }
}

TEST_CASE("words do not depend on where in a block they stand, nor on what lies behind the text") {
    random_numbers random(52);
    const auto cuts = all_cuts();
#if defined(__unix__)
    // The text ends where memory does.
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    void* const two = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(two != MAP_FAILED);
    REQUIRE(mprotect(static_cast<char*>(two) + page, page, PROT_NONE) == 0);
    char* const end = static_cast<char*>(two) + page;
#else
    std::vector<char> room(4096);
    char* const end = room.data() + room.size();
#endif
    for (const auto& tokens : vocabularies) {
        const auto rules = rules_of(tokens);
        for (std::size_t shift = 0; shift < 130; ++shift) {
            std::string text = std::string(shift, 'a') + "\n" + random_text(random, 60);
            text.resize(std::min<std::size_t>(text.size(), 4000));
            while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80) text.pop_back();
            while (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
            std::memcpy(end - text.size(), text.data(), text.size());
            const std::string_view there{end - text.size(), text.size()};
            const auto expected = ends_of(cuts[0], rules, there);
            for (const auto cut : cuts) REQUIRE(ends_of(cut, rules, there) == expected);
            if (shift != 0 && rules.lone_ids['\n'] != rules.not_lone && rules.lone_ids['a'] == rules.not_lone) REQUIRE(std::find(expected.begin(), expected.end(), shift) != expected.end());
        }
    }
#if defined(__unix__)
    munmap(two, 2 * page);
#endif
}

TEST_CASE("a token as a word has spaces for U+2581, and none of its own") {
    char word[12];
    const auto written = [&](std::string_view text) { return std::string(word, detail::write_as_word<sizeof word>(text, word)); };
    CHECK(written("▁hello") == " hello");
    CHECK(written("▁▁▁▁") == "    ");
    CHECK(written("é▁€") == "é €");
    CHECK(written("hello world").empty());
    CHECK(written("▁hello▁world").size() == 12);
    CHECK(written("▁hello▁worlds").empty());
    CHECK(written("").empty());
}

TEST_CASE("the number of a character is that of UTF-8, and of what is not UTF-8 none") {
    const auto code_of = [](std::string_view character) { return detail::character_at(character, 0).code_point(); };
    CHECK(code_of("a") == 'a');
    CHECK(code_of("é") == 0xE9);
    CHECK(code_of("\xDF\xBF") == 0x7FF);
    CHECK(code_of("\xE0\xA0\x80") == 0x800);
    CHECK(code_of("中") == 0x4E2D);
    CHECK(code_of("\xEF\xBF\xBF") == 0xFFFF);
    CHECK(code_of("▁") == ' ');
    for (const std::string_view other : {"😀", "\x80", "\xC1\x81", "\xE0\x80\x80", "\xC3 ", "\xC3\xC3", "\xE4\xB8", "\xE4\xB8z", "\xE4z\xB8", "\xE4", "\xC3", "\xFF"}) CHECK(code_of(other) == 0x10000);
}
