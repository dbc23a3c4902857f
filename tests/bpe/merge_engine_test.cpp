// SPDX-License-Identifier: MIT
#include "cria/bpe/merge_engine.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

using cria::bpe::detail::candidate;
using cria::bpe::detail::merge_engine;
using cria::bpe::detail::symbol;

using rules = std::map<std::pair<std::uint32_t, std::uint32_t>, candidate>;

/// Symbols of one byte each.
auto run(merge_engine& engine, const std::vector<std::uint32_t>& ids, const rules& by_pair) -> std::vector<symbol> {
    const auto symbols = engine.start(ids.size());
    REQUIRE(symbols);
    for (std::size_t i = 0; i < ids.size(); ++i) (*symbols)[i] = {static_cast<std::uint32_t>(i), 1, ids[i]};
    const auto merged = engine.run([&](const symbol& left, const symbol& right) -> candidate {
        const auto found = by_pair.find({left.id, right.id});
        return found == by_pair.end() ? candidate{} : found->second;
    });
    REQUIRE(merged);
    return {merged->begin(), merged->end()};
}

/// The definition, word by word.
auto merge_plainly(const std::vector<std::uint32_t>& ids, const rules& by_pair) -> std::vector<symbol> {
    std::vector<symbol> symbols;
    for (std::size_t i = 0; i < ids.size(); ++i) symbols.push_back({static_cast<std::uint32_t>(i), 1, ids[i]});
    for (;;) {
        candidate best;
        std::size_t where = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto found = by_pair.find({symbols[i].id, symbols[i + 1].id});
            if (found == by_pair.end() || found->second.priority >= best.priority) continue;
            best = found->second;
            where = i;
        }
        if (best.priority == candidate::never) return symbols;
        symbols[where].size += symbols[where + 1].size;
        symbols[where].id = best.result;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(where) + 1);
    }
}

auto same(const std::vector<symbol>& a, const std::vector<symbol>& b) -> bool {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].begin != b[i].begin || a[i].size != b[i].size || a[i].id != b[i].id) return false;
    return true;
}

}  // namespace

TEST_CASE("the lowest priority merges first, the leftmost of equals") {
    merge_engine engine;
    const rules by_pair = {{{1, 2}, {5, 12}}, {{2, 3}, {4, 23}}};
    CHECK(same(run(engine, {1, 2, 3}, by_pair), {{0, 1, 1}, {1, 2, 23}}));
    const rules one_pair = {{{1, 1}, {0, 2}}};
    CHECK(same(run(engine, {1, 1, 1}, one_pair), {{0, 2, 2}, {2, 1, 1}}));
}

TEST_CASE("no symbols and one symbol stay as they are") {
    merge_engine engine;
    CHECK(run(engine, {}, {}).empty());
    CHECK(same(run(engine, {7}, {{{7, 7}, {0, 8}}}), {{0, 1, 7}}));
}

TEST_CASE("a merge may give a symbol that merges on, also with itself") {
    merge_engine engine;
    const rules doubling = {{{1, 1}, {0, 2}}, {{2, 2}, {1, 4}}, {{4, 4}, {2, 8}}, {{8, 8}, {3, 16}}};
    for (const std::size_t n : {16U, 64U}) {  // by scanning, and by the heap
        const auto merged = run(engine, std::vector<std::uint32_t>(n, 1), doubling);
        REQUIRE(merged.size() == n / 16);
        for (std::size_t i = 0; i < merged.size(); ++i) CHECK((merged[i].begin == 16 * i && merged[i].size == 16 && merged[i].id == 16));
    }
}

TEST_CASE("scanning and the heap give what the definition gives, for any rules and lengths") {
    cria_test::random_numbers random(3);
    merge_engine engine;
    for (int round = 0; round < 400; ++round) {
        // Symbols 0 to 9, of which the first three are given; equal priorities are common.
        rules by_pair;
        for (std::uint64_t i = 0, n = random.below(30); i < n; ++i) {
            const std::pair<std::uint32_t, std::uint32_t> pair = {static_cast<std::uint32_t>(random.below(10)), static_cast<std::uint32_t>(random.below(10))};
            by_pair[pair] = {static_cast<std::uint32_t>(random.below(8)), static_cast<std::uint32_t>(random.below(10))};
        }
        std::vector<std::uint32_t> ids(random.below(round % 2 == 0 ? merge_engine::few + 3 : 300));
        for (auto& id : ids) id = static_cast<std::uint32_t>(random.below(3));
        CAPTURE(round, ids.size());
        CHECK(same(run(engine, ids, by_pair), merge_plainly(ids, by_pair)));
    }
}

TEST_CASE("symbols behind keep() are forgotten") {
    merge_engine engine;
    const auto symbols = engine.start(3);
    REQUIRE(symbols);
    for (std::uint32_t i = 0; i < 3; ++i) (*symbols)[i] = {i, 1, 1};
    engine.keep(1);
    const auto merged = engine.run([](const symbol&, const symbol&) -> candidate { return {0, 2}; });
    REQUIRE(merged);
    CHECK(merged->size() == 1);
}

TEST_CASE("many equal symbols and a long ladder end") {
    // Quadratic work would take minutes at this size.
    constexpr std::size_t n = std::size_t{1} << 18U;
    merge_engine engine;
    rules by_pair;
    for (std::uint32_t i = 1; i < n / 2; i *= 2) by_pair[{i, i}] = {i, 2 * i};
    CHECK(run(engine, std::vector<std::uint32_t>(n, 1), by_pair).size() == 2);

    // A ladder: whatever merges becomes the left neighbour of the next one.
    std::vector<std::uint32_t> ids(n, 1);
    ids[0] = 0;
    CHECK(run(engine, ids, {{{0, 1}, {0, 0}}}).size() == 1);
}
