// SPDX-License-Identifier: MIT
#include "cria/base/hash.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace {

using cria::detail::hash_of;

constexpr std::uint64_t seeds[] = {0, 1, 0x243F6A8885A308D3U, 0x0123456789ABCDEFU, ~std::uint64_t{0}};

}  // namespace

TEST_CASE("multiplying and folding gives the low half xor the high half", "[hash]") {
    using cria::detail::fold_multiply;
    static_assert(fold_multiply(0, 12345) == 0);
    static_assert(fold_multiply(1, 12345) == 12345);
    static_assert(fold_multiply(std::uint64_t{1} << 32U, std::uint64_t{1} << 32U) == 1);
    // (2^64 - 1)^2 = (2^64 - 2) * 2^64 + 1
    static_assert(fold_multiply(~std::uint64_t{0}, ~std::uint64_t{0}) == ((~std::uint64_t{0} - 1) ^ 1U));
    // 0x0123456789ABCDEF * 0xFEDCBA9876543210 = 0x0121FA00AD77D7422236D88FE5618CF0
    static_assert(fold_multiply(0x0123456789ABCDEFU, 0xFEDCBA9876543210U) == (0x0121FA00AD77D742U ^ 0x2236D88FE5618CF0U));
    CHECK(true);
}

TEST_CASE("equal texts have equal hashes, wherever they lie", "[hash]") {
    const std::string text = "blk.17.attn_output.weight and some more";
    std::vector<char> shifted(text.size() + 8);
    for (const std::uint64_t seed : seeds)
        for (std::size_t size = 0; size <= text.size(); ++size)
            for (std::size_t shift = 0; shift < 8; ++shift) {
                text.copy(shifted.data() + shift, size);
                CHECK(hash_of(std::string_view(shifted.data() + shift, size), seed) == hash_of(std::string_view(text).substr(0, size), seed));
            }
}

TEST_CASE("texts that differ in a byte, in their length or in trailing zeros differ in their hash", "[hash]") {
    for (const std::uint64_t seed : seeds) {
        std::set<std::uint64_t> hashes;
        std::size_t n_texts = 0;
        const auto add = [&](std::string_view text) {
            hashes.insert(hash_of(text, seed));
            ++n_texts;
        };
        for (std::size_t zeros = 0; zeros < 40; ++zeros) add(std::string(zeros, '\0'));
        const std::string text(37, 'x');
        for (std::size_t at = 0; at < text.size(); ++at)
            for (unsigned byte = 0; byte < 256; ++byte) {
                std::string changed = text;
                changed[at] = static_cast<char>(byte);
                if (changed != text) add(changed);
            }
        for (std::uint32_t i = 0; i < 100000; ++i) add("blk." + std::to_string(i) + ".ffn_down.weight");
        CHECK(hashes.size() == n_texts);
    }
}

TEST_CASE("the low bits of the hash spread over a table", "[hash]") {
    // What an index uses: 65536 names into as many slots leave about 1/e of them empty, never many more.
    for (const std::uint64_t seed : seeds) {
        std::vector<bool> taken(65536);
        for (std::uint32_t i = 0; i < 65536; ++i) taken[hash_of("token_" + std::to_string(i), seed) & 0xFFFFU] = true;
        std::size_t n_taken = 0;
        for (const bool slot : taken) n_taken += slot ? 1U : 0U;
        CHECK(n_taken > 40000);
    }
}

TEST_CASE("numbers that count up in some of their bits do not crowd a table", "[hash]") {
    // Pairs of token ids are such numbers, and a file chooses them. The seeds are ordinary ones under which a
    // single multiplication leaves hundreds of probes a number.
    for (const std::uint64_t seed : {std::uint64_t{0xEE5C524DC8742A1D}, std::uint64_t{0x1966ECE652CD8A2E}, std::uint64_t{0x16B811983BEC76EA}, std::uint64_t{0x6ADEEBB70C55CB40}})
        for (const unsigned shift : {0U, 8U, 16U, 24U, 32U, 40U, 48U}) {
            constexpr std::size_t n_slots = 131072;
            std::vector<bool> taken(n_slots);
            std::uint64_t n_probes = 0;
            for (std::uint64_t i = 0; i < 65536; ++i) {
                std::size_t slot = hash_of((i << shift) ^ 0x5500U, seed) & (n_slots - 1);
                for (; taken[slot]; slot = (slot + 1) & (n_slots - 1)) ++n_probes;
                taken[slot] = true;
            }
            CAPTURE(seed, shift);
            CHECK(n_probes < 10 * 65536);  // half a probe each is what random places cost
        }
}

TEST_CASE("the seed changes every hash, and which texts share a slot", "[hash]") {
    CHECK(hash_of("text", 1) != hash_of("text", 2));
    CHECK(hash_of("", 1) != hash_of("", 2));
    CHECK(hash_of(std::uint64_t{7}, 1) != hash_of(std::uint64_t{7}, 2));
    // Names that fall into one slot of 1024 under one seed are scattered under another.
    std::vector<std::string> together;
    for (std::uint32_t i = 0; together.size() < 100; ++i) {
        const std::string name = "name_" + std::to_string(i);
        if ((hash_of(name, 1) & 1023U) == 0) together.push_back(name);
    }
    std::set<std::uint64_t> slots;
    for (const auto& name : together) slots.insert(hash_of(name, 2) & 1023U);
    CHECK(slots.size() > 50);
}

TEST_CASE("tables at different places have different seeds", "[hash]") {
    const int places[2] = {};
    CHECK(cria::detail::seed_from(&places[0]) != cria::detail::seed_from(&places[1]));
    CHECK(cria::detail::seed_from(nullptr) != 0);
}
