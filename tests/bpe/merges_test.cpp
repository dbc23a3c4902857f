// SPDX-License-Identifier: MIT
#include "cria/bpe/merges.hpp"

#include <string>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"

namespace {

using cria::bpe::algorithm;
using cria::bpe::merge_table;
using cria::bpe::vocabulary;
using cria::bpe::detail::candidate;

auto vocabulary_of(const std::vector<std::string>& texts, algorithm kind = algorithm::byte_level) -> vocabulary {
    vocabulary made(kind);
    for (const std::string& text : texts) REQUIRE(made.add(text, cria::bpe::token_type::normal, 0));
    REQUIRE(made.build_index());
    return made;
}

auto merges_of(const vocabulary& tokens, const std::vector<std::string>& texts,
               cria::bpe::counting_merge counts = cria::bpe::counting_merge::last) -> merge_table {
    merge_table made(counts);
    for (const std::string& text : texts) REQUIRE(made.add(tokens, text));
    REQUIRE(made.finish(tokens));
    return made;
}

}  // namespace

TEST_CASE("a merge's rank is its place in the list, its result the token of both parts") {
    const vocabulary tokens = vocabulary_of({"a", "b", "Ġ", "Ġa", "ab"});
    const merge_table merges = merges_of(tokens, {"Ġ a", "a b"});
    CHECK(merges.size() == 2);
    CHECK(merges.find(2, 0).priority == 0);
    CHECK(merges.find(2, 0).result == 3);
    CHECK(merges.find(0, 1).priority == 1);
    CHECK(merges.find(0, 1).result == 4);
    CHECK(merges.find(1, 0).priority == candidate::never);
}

TEST_CASE("of equal merges the last counts, or the first if so asked for") {
    const vocabulary tokens = vocabulary_of({"a", "b", "c", "ab", "bc"});
    const std::vector<std::string> list = {"a b", "b c", "a b"};
    for (const auto counts : {cria::bpe::counting_merge::last, cria::bpe::counting_merge::first}) {
        const merge_table merges = merges_of(tokens, list, counts);
        CHECK(merges.find(0, 1).priority == (counts == cria::bpe::counting_merge::last ? 2 : 0));
        CHECK(merges.find(0, 1).result == 3);
        CHECK(merges.statistics().duplicate == 1);
        CHECK(merges.size() == 2);
    }
}

TEST_CASE("a merge is split at the first space behind its first character, and needs two parts") {
    SECTION("byte-level: a space in a part spells no byte, so the merge is left out") {
        const vocabulary tokens = vocabulary_of({"a", "b"});
        CHECK(merges_of(tokens, {"a b c"}).statistics().unreachable == 1);
        CHECK(merges_of(tokens, {" a b"}).statistics().unreachable == 1);
        for (const char* text : {"", " ", "  ", "a", "ab", "a ", " a"}) {
            CAPTURE(text);
            const merge_table merges = merges_of(tokens, {text});
            CHECK(merges.statistics().malformed == 1);
            CHECK(merges.empty());
        }
    }
    SECTION("SentencePiece: parts are texts, and may hold spaces") {
        const vocabulary tokens = vocabulary_of({" a", "b", "b c", " ab", " ab c"}, algorithm::sentencepiece);
        CHECK(merges_of(tokens, {" a b"}).find(0, 1).result == 3);
        CHECK(merges_of(tokens, {" a b c"}).find(0, 2).result == 4);
    }
}

TEST_CASE("malformed merges still count for the ranks of those behind them") {
    const vocabulary tokens = vocabulary_of({"a", "b", "ab"});
    CHECK(merges_of(tokens, {"a", "｜ b", "a b"}).find(0, 1).priority == 2);
}

TEST_CASE("texts that are no tokens become symbols of their own, the same one each time") {
    const vocabulary tokens = vocabulary_of({"a", "b", "abab"});
    const merge_table merges = merges_of(tokens, {"a b", "ab ab", "z y"});
    CHECK(merges.statistics().phantoms == 4);  // ab, z, y, zy
    const auto ab = merges.find(0, 1).result;
    CHECK(ab >= tokens.size());
    CHECK(merges.symbol_of(tokens, "ab") == ab);
    CHECK(merges.find(ab, ab).result == 2);
    const auto z = merges.symbol_of(tokens, "z"), y = merges.symbol_of(tokens, "y");
    CHECK(z != merge_table::none);
    CHECK(merges.find(z, y).result == merges.symbol_of(tokens, "zy"));
    CHECK(merges.symbol_of(tokens, "x") == merge_table::none);
}

TEST_CASE("a merge into a duplicate text gives the token that is found by that text") {
    const vocabulary tokens = vocabulary_of({"a", "b", "ab", "c", "ab"});
    CHECK(merges_of(tokens, {"a b"}).find(0, 1).result == 4);
}

TEST_CASE("a table grows and keeps its rules") {
    std::vector<std::string> texts;
    for (int i = 0; i < 200; ++i) texts.push_back(std::to_string(i) + "|");
    const vocabulary tokens = vocabulary_of(texts);
    merge_table merges;
    for (const auto& left : texts)
        for (int i = 0; i < 20; ++i) REQUIRE(merges.add(tokens, left + " " + texts[static_cast<std::size_t>(i)]));
    REQUIRE(merges.finish(tokens));
    CHECK(merges.size() == 4000);
    for (std::uint32_t left = 0; left < 200; ++left)
        for (std::uint32_t right = 0; right < 20; ++right) CHECK(merges.find(left, right).priority == left * 20 + right);
}
