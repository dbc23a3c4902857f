// SPDX-License-Identifier: MIT
#include "cria/bpe/window_merger.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace detail = cria::bpe::detail;
using detail::candidate;
using detail::symbol;

/// Pairs of texts that merge, by priority: whatever they are, several may give one text, and equal ones may have any priority.
struct rules {
    std::map<std::pair<std::string, std::string>, std::uint32_t> priorities;

    rules(cria_test::random_numbers& random, std::string_view letters, std::size_t n) {
        std::vector<std::string> texts;
        for (const char letter : letters) texts.emplace_back(1, letter);
        for (std::size_t i = 0; i < n; ++i) {
            const std::string left = texts[random.below(texts.size())], right = texts[random.below(texts.size())];
            priorities.insert({{left, right}, static_cast<std::uint32_t>(random.below(n))});
            if (left.size() + right.size() < 300) texts.push_back(left + right);
        }
    }
};

/// Merges parts of one text, and counts how many bytes it was given.
struct engine_of_text {
    std::string_view text;
    const rules* with;
    detail::merge_engine engine = {};
    std::size_t n_bytes = 0;

    auto operator()(std::size_t begin, std::size_t size) -> cria::result<std::span<const symbol>> {
        n_bytes += size;
        const std::string_view part = text.substr(begin, size);
        CRIA_TRY(const auto symbols, engine.start(size));
        for (std::uint32_t i = 0; i < size; ++i) symbols[i] = {i, 1, 0};
        return engine.run([&](const symbol& left, const symbol& right) -> candidate {
            const auto found = with->priorities.find({std::string(part.substr(left.begin, left.size)), std::string(part.substr(right.begin, right.size))});
            return found == with->priorities.end() ? candidate{} : candidate{found->second, 0};
        });
    }
};

auto places_of(std::span<const symbol> symbols) -> std::vector<std::pair<std::uint32_t, std::uint32_t>> {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
    for (const symbol& s : symbols) places.emplace_back(s.begin, s.size);
    return places;
}

}  // namespace

TEST_CASE("windows give what merging the whole text gives, for any priorities and any text") {
    cria_test::random_numbers random(5);
    detail::window_merger windows;
    for (int round = 0; round < 1500; ++round) {
        const std::string_view letters = round % 3 == 0 ? "a" : round % 3 == 1 ? "ab" : "abcd";
        const rules with(random, letters, 1 + random.below(40));
        std::string text;
        const std::size_t n = 1 + random.below(round % 10 == 0 ? 3000 : 300), period = random.below(2) == 0 ? 1 + random.below(40) : n;
        for (std::size_t i = 0; i < n; ++i) text += i < period ? letters[random.below(letters.size())] : text[i - period];
        engine_of_text whole{text, &with}, parts{text, &with};
        const auto wanted = whole(0, text.size());
        REQUIRE(wanted);
        const std::size_t window = 16 + random.below(60);
        const auto found = windows.run(text, window, [&](std::size_t begin, std::size_t size) { return parts(begin, size); });
        REQUIRE(found);
        CAPTURE(round, text, window);
        CHECK(places_of(*found) == places_of(*wanted));
    }
}

TEST_CASE("a text that repeats is merged once, and one that needs long windows gets them") {
    // Pairs of equal runs, so that a window shorter than the longest of them knows nothing.
    rules with = [] {
        cria_test::random_numbers random(0);
        return rules(random, "a", 0);
    }();
    std::string run = "a";
    for (std::uint32_t i = 0; i < 8; ++i, run += run) with.priorities.insert({{run, run}, i});
    const std::string text(100'000, 'a');
    engine_of_text whole{text, &with}, parts{text, &with};
    const auto wanted = whole(0, text.size());
    REQUIRE(wanted);
    detail::window_merger windows;
    const auto found = windows.run(text, 16, [&](std::size_t begin, std::size_t size) { return parts(begin, size); });
    REQUIRE(found);
    CHECK(places_of(*found) == places_of(*wanted));
    CHECK(found->front().size == 256);
    CHECK(parts.n_bytes < text.size() / 4);
}

TEST_CASE("where windows never agree the whole text is merged in the end, at a few times its cost") {
    // Each merge waits for the one to its left: what a text becomes depends on where it begins.
    rules with = [] {
        cria_test::random_numbers random(0);
        return rules(random, "a", 0);
    }();
    std::string left = "a";
    for (std::uint32_t i = 0; i < 299; ++i, left += 'a') with.priorities.insert({{left, "a"}, 0});
    const std::string text(5'000, 'a');
    engine_of_text whole{text, &with}, parts{text, &with};
    const auto wanted = whole(0, text.size());
    REQUIRE(wanted);
    detail::window_merger windows;
    const auto found = windows.run(text, 16, [&](std::size_t begin, std::size_t size) { return parts(begin, size); });
    REQUIRE(found);
    CHECK(places_of(*found) == places_of(*wanted));
    CHECK(parts.n_bytes < 20 * text.size());
}

TEST_CASE("a window that cannot be merged is the run's error") {
    detail::window_merger windows;
    const auto failed = windows.run("some text", 16, [](std::size_t, std::size_t) -> cria::result<std::span<const symbol>> { return cria::error{cria::errc::out_of_memory, "test"}; });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().subject.view() == "test");
}
