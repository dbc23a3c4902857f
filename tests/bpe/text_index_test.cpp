// SPDX-License-Identifier: MIT
#include "cria/bpe/text_index.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {
using cria::bpe::detail::text_index;
}

TEST_CASE("an index finds what was inserted and nothing else") {
    std::vector<std::string> texts;
    text_index index;
    const auto text_of = [&](std::uint32_t i) -> std::string_view { return texts[i]; };
    CHECK(index.find("", text_of) == text_index::none);
    for (std::uint32_t i = 0; i < 5000; ++i) {
        texts.push_back(std::to_string(i) + std::string(i % 20, 'x'));
        const auto before = index.insert(texts[i], i, text_of);
        REQUIRE(before);
        CHECK(*before == text_index::none);
    }
    CHECK(index.size() == 5000);
    for (std::uint32_t i = 0; i < 5000; ++i) {
        CHECK(index.find(texts[i], text_of) == i);
        CHECK(index.find(texts[i] + "y", text_of) == text_index::none);
    }
}

TEST_CASE("texts are compared, not only their hashes") {
    // Slots keep 32 bits of the hash, most of which say where the slot is: some of so many texts agree in all of them.
    constexpr std::uint32_t n = 200'000;
    std::vector<std::string> texts;
    text_index index;
    const auto text_of = [&](std::uint32_t i) -> std::string_view { return texts[i]; };
    for (std::uint32_t i = 0; i < n; ++i) texts.push_back(std::to_string(i));
    for (std::uint32_t i = 0; i < n; ++i) REQUIRE(index.insert(texts[i], i, text_of));
    std::uint32_t n_wrong = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        if (index.find(texts[i], text_of) != i) ++n_wrong;
        if (index.find("x" + texts[i], text_of) != text_index::none) ++n_wrong;
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("of equal texts the last number is found, and insert says which it replaces") {
    std::vector<std::string> texts = {"same", "same", ""};
    text_index index;
    const auto text_of = [&](std::uint32_t i) -> std::string_view { return texts[i]; };
    REQUIRE(index.insert("same", 0, text_of));
    const auto before = index.insert("same", 1, text_of);
    REQUIRE(before);
    CHECK(*before == 0);
    CHECK(index.find("same", text_of) == 1);
    CHECK(index.size() == 1);
    CHECK(index.find("", text_of) == text_index::none);
    REQUIRE(index.insert("", 2, text_of));
    CHECK(index.find("", text_of) == 2);
}

TEST_CASE("room for more texts than 32 bits can number is refused, not attempted") {
    text_index index;
    const auto outcome = index.reserve(std::uint64_t{1} << 33U);
    REQUIRE(!outcome);
    CHECK(outcome.error().code == cria::errc::limit_exceeded);
}
