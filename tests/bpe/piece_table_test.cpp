// SPDX-License-Identifier: MIT
#include "cria/bpe/piece_table.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/piece_cache.hpp"
#include "cria/bpe/tables.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace bpe = cria::bpe;
namespace detail = cria::bpe::detail;
using bpe::token_id;
using cria_test::random_numbers;

namespace {

auto random_key(random_numbers& random, std::size_t most) -> std::string {
    std::string key(1 + random.below(most), ' ');
    for (char& each : key) each = "abAB01 \xC3\xA9\xFF"[random.below(10)];
    if (random.below(4) == 0) key.back() = '\0';
    return key;
}

}  // namespace

TEST_CASE("short texts are their bytes and their length, wherever they lie") {
    random_numbers random(21);
    for (int round = 0; round < 2000; ++round) {
        const std::string text = random_key(random, 15), behind = text + random_key(random, 15) + std::string(16, 'x');
        const auto made = detail::load_short_text(behind.data(), text.size());
        REQUIRE(made == detail::copy_short_text(text));
        REQUIRE(made.size() == text.size());
        const std::string other = random_key(random, 15);
        REQUIRE((detail::copy_short_text(other) == made) == (other == text));
    }
}

TEST_CASE("what is found in a piece table is what was put there, in every tier") {
    random_numbers random(22);
    for (const std::size_t n : {std::size_t{1}, std::size_t{30}, std::size_t{20'000}}) {
        std::map<std::string, token_id> all;
        while (all.size() < n) all.emplace(random_key(random, detail::table_key::most_bytes), static_cast<token_id>(all.size()));
        detail::piece_table table;
        REQUIRE(table.reserve(n));
        for (const auto& [key, id] : all) table.insert(detail::copy_short_text(key), static_cast<std::uint32_t>(id));
        detail::whole_tokens whole;

        std::string text;
        std::vector<std::string> pieces;
        for (int i = 0; i < 4000; ++i) {
            pieces.push_back(random.below(3) == 0 ? random_key(random, 20) : std::next(all.begin(), static_cast<std::ptrdiff_t>(random.below(all.size())))->first);
            text += pieces.back();
        }
        for (const detail::piece_tier tier : {detail::piece_tier::plain, detail::piece_tier::avx2, detail::piece_tier::avx512}) {
            const auto* const kernels = detail::piece_kernels_of(tier);
            if (kernels == nullptr) continue;
            CAPTURE(n, static_cast<int>(tier));
            std::size_t n_found = 0, n_missed = 0, begin = 0;
            detail::piece_batch batch;
            for (std::size_t first = 0; first < pieces.size(); first += detail::piece_batch::full) {
                batch.clear(begin);
                for (std::size_t i = first; i < pieces.size() && i < first + detail::piece_batch::full; ++i) batch.add(begin += pieces[i].size());
                batch.prepare(table, text);
                std::vector<token_id> out(batch.size());
                for (std::size_t i = 0; i < batch.size(); ++i) {
                    const std::size_t from = i;
                    i = kernels->find(table, whole, batch, from, out.data());
                    for (std::size_t j = from; j < i; ++j) {
                        REQUIRE(all.count(pieces[first + j]) == 1);
                        REQUIRE(out[j - from] == all.at(pieces[first + j]));
                        ++n_found;
                    }
                    if (i == batch.size()) break;
                    n_missed += all.count(pieces[first + i]);  // for want of room in its line
                }
            }
            REQUIRE(n_found > 2000);
            REQUIRE(n_missed < n_found / 8);
        }
    }
}

TEST_CASE("tokens that are not known to be whole are not given") {
    detail::piece_table table;
    REQUIRE(table.reserve(10));
    table.insert(detail::copy_short_text("one"), 1);
    table.insert(detail::copy_short_text("two"), 2);
    detail::whole_tokens whole;
    CHECK(whole.are_all());
    REQUIRE(whole.make(3));
    CHECK_FALSE(whole.are_all());
    whole.remember(1);
    detail::piece_batch batch;
    batch.clear(0);
    batch.add(3);
    batch.add(6);
    batch.prepare(table, "onetwo");
    for (const detail::piece_tier tier : {detail::piece_tier::plain, detail::piece_tier::avx2, detail::piece_tier::avx512}) {
        const auto* const kernels = detail::piece_kernels_of(tier);
        if (kernels == nullptr) continue;
        token_id out[2] = {};
        CHECK(kernels->find(table, whole, batch, 0, out) == 1);
        CHECK(out[0] == 1);
        CHECK(kernels->find(table, whole, batch, 1, out) == 1);
    }
}

TEST_CASE("a cache gives what was put there last, or nothing, and keeps to its size") {
    random_numbers random(23);
    detail::piece_cache cache;
    std::map<std::string, std::vector<token_id>> all;
    CHECK(cache.shorts.size_bytes() + cache.longs.size_bytes() == 0);
    CHECK(cache.shorts.find(detail::copy_short_text("a"), 1) == nullptr);
    CHECK(cache.longs.find("a", 1).empty());
    for (int i = 0; i < 64; ++i) cache.note_miss();
    CHECK(cache.shorts.size_bytes() + cache.longs.size_bytes() > 0);
    CHECK(cache.shorts.size_bytes() + cache.longs.size_bytes() <= std::size_t{110} << 10U);
    detail::piece_table table;
    REQUIRE(table.reserve(10));
    for (int size = 0; size < 2; ++size) {
        std::size_t n_short = 0, n_long = 0;
        for (int round = 0; round < 60'000; ++round) {
            const std::string key = random_key(random, round % 3 == 0 ? 200 : 15);
            const bool is_short = key.size() <= detail::short_text::most_bytes;
            const std::uint64_t hash = is_short ? table.hash(detail::copy_short_text(key)) : cache.longs.hash(key);
            const auto known = all.find(key);
            if (is_short) {
                if (const auto* const found = cache.shorts.find(detail::copy_short_text(key), hash); found != nullptr) {
                    REQUIRE(known != all.end());
                    REQUIRE(std::vector<token_id>(found->ids, found->ids + found->size()) == known->second);
                    ++n_short;
                    continue;
                }
            } else if (const auto found = cache.longs.find(key, hash); !found.empty()) {
                REQUIRE(known != all.end());
                REQUIRE(std::vector<token_id>(found.begin(), found.end()) == known->second);
                ++n_long;
                continue;
            }
            std::vector<token_id> ids(1 + random.below(is_short ? detail::short_piece_cache::most_ids : key.size()));
            for (token_id& each : ids) each = static_cast<token_id>(random.below(1'000'000));
            if (known == all.end()) all.emplace(key, ids);
            else ids = known->second;
            if (is_short) cache.shorts.insert(detail::copy_short_text(key), hash, ids);
            else cache.longs.insert(key, hash, ids);
        }
        CHECK(n_short > 1000);
        if (size == 0) {
            cache.note_text(std::size_t{1} << 20U);
            CHECK(cache.shorts.size_bytes() + cache.longs.size_bytes() > std::size_t{1} << 20U);
            CHECK(cache.shorts.size_bytes() + cache.longs.size_bytes() <= std::size_t{4} << 20U);
        }
    }
    // Long ones are found again at once.
    const std::string text(700, 'q');
    const std::vector<token_id> ids(700, 7);
    cache.longs.insert(text, cache.longs.hash(text), ids);
    CHECK(cache.longs.find(text, cache.longs.hash(text)).size() == 700);
}
