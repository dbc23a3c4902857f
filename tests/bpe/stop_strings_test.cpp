// SPDX-License-Identifier: MIT
#include "cria/bpe/stop_strings.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "fuzz/text_stream.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::stop_match;
using bpe::stop_strings;
using cria_test::find_stop_plainly;
using cria_test::stop_list;

auto make(const stop_list& stops) -> stop_strings {
    auto made = stop_strings::make(std::vector<std::string_view>(stops.begin(), stops.end()));
    if (!made) FAIL(made.error().message());
    return *std::move(made);
}

auto failure(const stop_list& stops) -> cria::error {
    const auto made = stop_strings::make(std::vector<std::string_view>(stops.begin(), stops.end()));
    REQUIRE(!made);
    return made.error();
}

static_assert(!std::is_copy_constructible_v<stop_strings> && std::is_nothrow_move_constructible_v<stop_strings>);

}  // namespace

TEST_CASE("the stop that is complete first is found, of those complete together the longest") {
    CHECK(make({"abcd", "bc"}).find("xabcd") == stop_match{1, 2, 4});
    CHECK(make({"bc", "abc"}).find("xabc") == stop_match{1, 1, 4});
    CHECK(make({"c", "abc", "bc"}).find("xabc") == stop_match{1, 1, 4});
    CHECK(make({"ab", "abc"}).find("abc") == stop_match{0, 0, 2});
    CHECK(make({"aab"}).find("aaaab") == stop_match{0, 2, 5});
    CHECK(!make({"abc"}).find("ababab"));
    CHECK(!make({"abc"}).find(""));
}

TEST_CASE("a stop that was given twice is reported as the first of the two") {
    CHECK(make({"x", "ab", "ab"}).find("ab") == stop_match{1, 0, 2});
}

TEST_CASE("without stops nothing is found") {
    CHECK(stop_strings().empty());
    CHECK(!stop_strings().find("text"));
    CHECK(!make({}).find("text"));
}

TEST_CASE("stops are kept as they were given, those that are never found too") {
    const auto stops = make({"b", "abc", "日"});
    REQUIRE(stops.size() == 3);
    CHECK(stops[0] == "b");
    CHECK(stops[1] == "abc");
    CHECK(stops[2] == "日");
    CHECK(stops.find("abc") == stop_match{0, 1, 2});
    const auto same = stop_strings::make({"a", "b"});
    REQUIRE(same);
    CHECK(same->size() == 2);
}

TEST_CASE("an empty stop is an error that says which") {
    const auto why = failure({"a", "", "b"});
    CHECK(why.code == cria::errc::invalid_argument);
    CHECK(why.message() == "stops[1]: is empty");
}

TEST_CASE("a stop that is not UTF-8 is an error that says where: it could cut a character") {
    const auto why = failure({"a", "b", "ab\xE2\x82"});
    CHECK(why.code == cria::errc::invalid_value);
    CHECK(why.subject.view() == "stops[2]");
    CHECK(why.offset == 2);
}

TEST_CASE("stops of more than a MiB together are refused, and a MiB is not") {
    const std::string most(stop_strings::most_bytes, 'a');
    CHECK(make({most}).find(most) == stop_match{0, 0, most.size()});
    CHECK(failure({most, "b"}).code == cria::errc::limit_exceeded);
}

TEST_CASE("stops are found as the plain twin finds them") {
    cria_test::random_numbers random(5);
    for (int round = 0; round < 20000; ++round) {
        const std::uint64_t letters = 1 + random.below(3);
        const auto any = [&](std::uint64_t size) {
            std::string text;
            for (std::uint64_t i = 0; i < size; ++i) text += static_cast<char>('a' + static_cast<char>(random.below(letters)));
            return text;
        };
        stop_list stops(random.below(6));
        for (auto& stop : stops) stop = any(1 + random.below(7));
        const std::string text = any(random.below(40));
        CAPTURE(stops, text);
        CHECK(make(stops).find(text) == find_stop_plainly(text, stops));
    }
}

TEST_CASE("hostile stops cost no more than others") {
    // Each of these makes a search that starts again at every byte quadratic. With that the test takes minutes.
    const std::string repeated((1 << 19) - 2, 'a');
    const auto almost = make({repeated + "b", repeated + "cd"});
    CHECK(!almost.find(std::string(1 << 22, 'a')));
    stop_list nested;  // every end of one is the beginning of another
    for (std::size_t size = 1; size < 1400; ++size) nested.push_back(std::string(size, 'a') + "b");
    CHECK(make(nested).find(std::string(100'000, 'a') + "b") == stop_match{1398, 100'000 - 1399, 100'001});
    stop_list wide;
    for (int a = 0; a < 128; ++a)
        for (int b = 0; b < 128; ++b) wide.push_back({static_cast<char>(a), static_cast<char>(b), 'x'});
    CHECK(!make(wide).find(std::string(1 << 20, 'q')));
}
