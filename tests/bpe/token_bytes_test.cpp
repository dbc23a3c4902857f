// SPDX-License-Identifier: MIT
#include "cria/bpe/token_bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::byte_level;
using cria_test::id_list;
using cria_test::make;
using cria_test::sentencepiece;

auto table_of(const bpe::tokenizer& tokenizer) -> bpe::token_bytes {
    auto made = bpe::token_bytes::make(tokenizer);
    if (!made) FAIL(made.error().message());
    return *std::move(made);
}

auto sorted(const bpe::token_bytes& table) -> id_list {
    const auto ids = table.sorted();
    REQUIRE(ids);
    return {ids->begin(), ids->end()};
}

}  // namespace

TEST_CASE("the table has every token's bytes, raw, whatever kind of token it is") {
    const auto tokenizer = make(sentencepiece(true), {{"<unk>", token_type::unknown}, {"<s>", token_type::control}, {"<0xE2>", token_type::byte},
                                                      {"▁▁x"}, {"▁ u", token_type::user_defined}, {""}});
    const auto table = table_of(tokenizer);
    REQUIRE(table.size() == 6);
    const std::string_view expected[] = {"<unk>", "<s>", "\xE2", "  x", "▁ u", ""};
    for (bpe::token_id id = 0; id < 6; ++id) {
        CAPTURE(id);
        CHECK(table[id] == expected[id]);
        CHECK(table[id] == tokenizer.bytes(id));
        CHECK(table.is_special(id) == (id < 2));
    }
    CHECK(std::vector<bpe::token_id>(table.specials().begin(), table.specials().end()) == id_list{0, 1});
    CHECK(!table.contains(6));
    CHECK(!table.contains(-1));
}

TEST_CASE("the bytes lie one behind the other in the order of ids") {
    const auto table = table_of(make(byte_level(), {{"a"}, {"", token_type::normal}, {"Ġbc"}, {"d", token_type::unused}, {"ef"}}));
    CHECK(table.bytes() == "a bcdef");
    CHECK(std::vector<std::uint32_t>(table.begins().begin(), table.begins().end()) == std::vector<std::uint32_t>{0, 1, 1, 4, 5, 7});
    CHECK(std::vector<std::uint32_t>(table.lengths().begin(), table.lengths().end()) == std::vector<std::uint32_t>{1, 0, 3, 1, 2});
}

TEST_CASE("the table outlives the tokenizer") {
    std::optional<bpe::tokenizer> tokenizer = make(byte_level(), {{"ab"}, {"cd"}});
    const auto table = table_of(*tokenizer);
    tokenizer.reset();
    CHECK(table[1] == "cd");
}

TEST_CASE("sorted gives the tokens that are text by their bytes, as unsigned numbers") {
    const auto table = table_of(make(sentencepiece(), {{"b"}, {"<s>", token_type::control}, {"é"}, {"ab"}, {"a"}, {""}, {"b", token_type::user_defined}, {"<0xC3>", token_type::byte}}));
    CHECK(sorted(table) == id_list{4, 3, 0, 6, 7, 2});
}

TEST_CASE("an empty table has no tokens") {
    const bpe::token_bytes none;
    CHECK(none.size() == 0);
    CHECK(none.bytes().empty());
    CHECK(sorted(none).empty());
}

TEST_CASE("in llama.cpp's way a token that prints nothing has no bytes") {
    auto with = sentencepiece();
    with.mode = bpe::compat::llama_cpp;
    const auto table = table_of(make(with, {{"a"}, {"b", token_type::unused}, {"c", token_type::undefined}}));
    CHECK(table.bytes() == "a");
}
