// SPDX-License-Identifier: MIT
#include "cria/gguf/name_index.hpp"

#include <algorithm>  // min
#include <cstdint>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace gguf = cria::gguf;
using gguf::detail::name_index;

namespace {

struct names {
    const std::vector<std::string>* all;
    auto operator()(std::uint32_t at) const -> std::string_view { return (*all)[at]; }
};

}  // namespace

TEST_CASE("gguf: a name index agrees with a map, whatever is put in and taken out") {
    for (const unsigned seed : {1U, 2U, 3U}) {
        for (const std::size_t room : {1U, 2U, 3U, 4U, 5U, 31U, 32U, 1000U}) {
            std::mt19937 random(seed);
            auto index = name_index::make(room, "names");
            REQUIRE(index);
            REQUIRE(index->room() >= room);
            std::vector<std::string> all;
            for (std::size_t i = 0; i < room; ++i) all.push_back("name" + std::to_string(i % 7 == 6 ? i - 1 : i));  // some twice
            std::unordered_map<std::string, std::uint32_t> expected;
            for (int step = 0; step < 4000; ++step) {
                const auto at = static_cast<std::uint32_t>(random() % room);
                const auto known = expected.find(all[at]);
                const std::uint32_t wanted = known == expected.end() ? name_index::nowhere : known->second;
                REQUIRE(index->find(all[at], names{&all}) == wanted);
                if (random() % 3 == 0) {
                    index->erase(all[at], names{&all});
                    expected.erase(all[at]);
                } else {
                    REQUIRE(index->insert(all[at], at, names{&all}) == wanted);
                    expected.emplace(all[at], at);
                }
            }
            for (const auto& [name, at] : expected) REQUIRE(index->find(name, names{&all}) == at);
            REQUIRE(index->find("another", names{&all}) == name_index::nowhere);
        }
    }
}

TEST_CASE("gguf: names put into an index in groups are found, and the first that is there twice is told") {
    for (std::uint32_t twice = 1; twice < 40; ++twice) {
        std::vector<std::string> all;
        for (std::uint32_t i = 0; i < 40; ++i) all.push_back("name" + std::to_string(i == twice ? i / 2 : i));
        auto index = name_index::make(all.size(), "names");
        REQUIRE(index);
        std::uint32_t begin = 0;
        std::uint32_t found = name_index::nowhere;
        while (begin < all.size() && found == name_index::nowhere) {
            const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(all.size(), begin + name_index::group_size));
            found = index->insert_group(begin, end, names{&all});
            begin = end;
        }
        CHECK(found == twice);
        for (std::uint32_t i = 0; i < twice; ++i) CHECK(index->find(all[i], names{&all}) == i);
    }
}

TEST_CASE("gguf: of a key that is there twice and something worse behind it the key is told") {
    for (const int n_between : {0, 3, 14, 15, 16, 17, 40}) {
        cria_test::gguf_builder builder;
        builder.key("a", std::uint32_t{1}).key("a", std::uint32_t{2});
        for (int i = 0; i < n_between; ++i) builder.key("between" + std::to_string(i), true);
        builder.key("", std::uint32_t{3});  // no key may be empty
        const auto parsed = gguf::parse(builder.build());
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == cria::errc::duplicate_name);
    }
    for (const int n_between : {0, 15, 16, 40}) {
        cria_test::gguf_builder builder;
        for (int i = 0; i < n_between; ++i) builder.key("between" + std::to_string(i), true);
        builder.key("", std::uint32_t{3}).key("a", std::uint32_t{1}).key("a", std::uint32_t{2});
        const auto parsed = gguf::parse(builder.build());
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == cria::errc::invalid_value);
    }
}
