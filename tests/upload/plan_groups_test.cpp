// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "cria/upload/plan.hpp"
#include "cria/upload/plan_text.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "upload/random_plans.hpp"

// Items that are to lie behind one another without padding.

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_copies;
using cria_test::random_items;

namespace {

constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

auto round_up(std::uint64_t n, std::uint64_t step) -> std::uint64_t { return (n + step - 1) / step * step; }

// The rules once more, as plain as can be: what stands together is a list in a map that is sorted by them.
auto places_by_hand(const std::vector<upload::item>& items, const upload::plan_options& options) -> std::vector<upload::placement> {
    using group_key = std::pair<std::uint32_t, std::uint32_t>;
    std::map<group_key, const upload::item*> leaders;
    for (const upload::item& each : items)
        if (each.group != 0) leaders.try_emplace({each.device, each.group}, &each);
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint64_t, std::uint64_t, std::uint32_t>, std::vector<std::size_t>> together;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const upload::item& leader = items[i].group == 0 ? items[i] : *leaders[{items[i].device, items[i].group}];
        together[{leader.device, leader.file, leader.offset_bytes, leader.size_bytes, leader.group}].push_back(i);
    }
    std::vector<upload::placement> places(items.size());
    std::vector<std::uint64_t> ends(options.n_devices);
    for (const auto& [key, members] : together) {
        const std::uint32_t device = std::get<0>(key);
        const bool is_group = std::get<4>(key) != 0;
        std::uint64_t at = round_up(ends[device], options.alignment_bytes);
        for (const std::size_t i : members) {
            places[i] = {device, at};
            if (items[i].size_bytes > 0) ends[device] = at + items[i].size_bytes;
            if (is_group) at += items[i].size_bytes;
        }
    }
    return places;
}

}  // namespace

TEST_CASE("items of a plan stand where the rules say, in groups and outside of them") {
    cria_test::random_numbers random(4711);
    for (int round = 0; round < 5000; ++round) {
        CAPTURE(round);
        const auto n_devices = static_cast<std::uint32_t>(1 + random.below(3));
        auto items = random_items(random, n_devices);
        cria_test::put_into_groups(items, random);
        upload::plan_options options;
        options.n_devices = n_devices;
        options.alignment_bytes = std::uint64_t{1} << random.below(8);
        const auto made = upload::make_plan(items, options);
        REQUIRE(made.has_value());
        const auto places = places_by_hand(items, options);
        for (std::size_t i = 0; i < items.size(); ++i) {
            CAPTURE(i);
            REQUIRE(made->placements()[i] == places[i]);
        }
        // Ranges ascend, never touch another, and none could have been one with the next.
        for (std::size_t i = 1; i < made->ranges().size(); ++i) {
            const upload::copy& last = made->ranges()[i - 1];
            const upload::copy& next = made->ranges()[i];
            if (last.device != next.device) continue;
            REQUIRE(last.device_offset_bytes + last.size_bytes <= next.device_offset_bytes);
            const bool agrees = last.file == next.file && next.file_offset_bytes >= last.file_offset_bytes &&
                                next.file_offset_bytes - last.file_offset_bytes == next.device_offset_bytes - last.device_offset_bytes;
            REQUIRE_FALSE(agrees);
        }
    }
}

TEST_CASE("the order of other items changes nothing for a group") {
    cria_test::random_numbers random(31);
    for (int round = 0; round < 1000; ++round) {
        CAPTURE(round);
        auto items = random_items(random, 2);
        cria_test::put_into_groups(items, random);
        // Any order in which members of one group follow one another as before.
        std::vector<std::size_t> order(items.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        for (std::size_t step = 0; step < 5 * order.size(); ++step) {
            const std::size_t at = 1 + random.below(order.size());
            if (at == order.size()) continue;
            const upload::item &a = items[order[at - 1]], &b = items[order[at]];
            if (a.group == 0 || a.group != b.group || a.device != b.device) std::swap(order[at - 1], order[at]);
        }
        std::vector<upload::item> shuffled;
        for (const std::size_t i : order) shuffled.push_back(items[i]);
        const upload::plan_options options{.alignment_bytes = 64, .chunk_bytes = 50, .n_devices = 2};
        const auto first = upload::make_plan(items, options);
        const auto other = upload::make_plan(shuffled, options);
        REQUIRE(first.has_value());
        REQUIRE(other.has_value());
        REQUIRE(all_copies(*first) == all_copies(*other));
        REQUIRE(to_text(*first, upload::plan_detail::copies) == to_text(*other, upload::plan_detail::copies));
        for (std::size_t i = 0; i < order.size(); ++i) REQUIRE(other->placements()[i] == first->placements()[order[i]]);
    }
}

TEST_CASE("queries, keys and values become one matrix in the order in which they were given") {
    // In the file keys come first, as names are sorted, and something lies between.
    const std::vector<upload::item> items = {{"q", 0, 1100, 100, 0, 7}, {"between", 0, 1040, 60, 0}, {"k", 0, 1000, 40, 0, 7}, {"v", 0, 1200, 40, 0, 7}, {"behind", 0, 1240, 10, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    CHECK(made->placements()[1].device_offset_bytes == 0);
    CHECK(made->placements()[0].device_offset_bytes == 256);  // the group stands where q would
    CHECK(made->placements()[2].device_offset_bytes == 356);
    CHECK(made->placements()[3].device_offset_bytes == 396);
    CHECK(made->placements()[4].device_offset_bytes == 512);
    REQUIRE(made->ranges().size() == 5);
    CHECK(made->ranges()[2] == upload::copy{0, 0, 1000, 356, 40});
    CHECK(made->arenas()[0].data_bytes == 250);
    CHECK(made->arenas()[0].largest_gap_bytes == 196);
}

TEST_CASE("members that go on in the file are one range, and so is what follows the group at the same distance") {
    const std::vector<upload::item> items = {{"gate", 0, 512, 100, 0, 1}, {"up", 0, 612, 156, 0, 1}, {"next", 0, 768, 10, 0}, {"before", 0, 256, 256, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    REQUIRE(made->ranges().size() == 1);
    CHECK(made->ranges()[0] == upload::copy{0, 0, 256, 0, 522});
    CHECK(made->placements()[1].device_offset_bytes == 356);

    SECTION("but not where the second member comes first in the file") {
        const std::vector<upload::item> swapped = {{"up", 0, 612, 156, 0, 1}, {"gate", 0, 512, 100, 0, 1}};
        const auto other = upload::make_plan(swapped);
        REQUIRE(other.has_value());
        REQUIRE(other->ranges().size() == 2);
        CHECK(other->ranges()[1] == upload::copy{0, 0, 512, 156, 100});
    }
    SECTION("nor in another file") {
        const std::vector<upload::item> files = {{"gate", 0, 512, 100, 0, 1}, {"up", 1, 612, 156, 0, 1}};
        const auto other = upload::make_plan(files);
        REQUIRE(other.has_value());
        CHECK(other->ranges().size() == 2);
    }
    SECTION("nor over a gap in the file") {
        const std::vector<upload::item> gap = {{"gate", 0, 512, 100, 0, 1}, {"up", 0, 768, 156, 0, 1}};
        const auto other = upload::make_plan(gap);
        REQUIRE(other.has_value());
        CHECK(other->ranges().size() == 2);
        CHECK(other->placements()[1].device_offset_bytes == 100);
    }
}

TEST_CASE("an offset that goes back is no continuation, not even modulo 2^64") {
    // From the last member to what follows the group: 246 bytes in the arena, and from 2^64 - 47 to 2^64 + 199 in the file.
    const std::vector<upload::item> items = {{"first", 0, 0, 10, 0, 1}, {"last of the file", 0, most - 46, 46, 0, 1}, {"early", 0, 199, 5, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    REQUIRE(made->ranges().size() == 3);
    CHECK(made->ranges()[1] == upload::copy{0, 0, most - 46, 10, 46});
    CHECK(made->ranges()[2] == upload::copy{0, 0, 199, 256, 5});
}

TEST_CASE("a member of a group is stored for itself, whatever else holds the same range") {
    const std::vector<upload::item> items = {{"alone", 0, 256, 256, 0}, {"member", 0, 256, 256, 0, 1}, {"again", 0, 256, 256, 0, 1}, {"other group", 0, 256, 256, 0, 2}, {"alone too", 0, 256, 256, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    CHECK(made->placements()[0].device_offset_bytes == 0);
    CHECK(made->placements()[4] == made->placements()[0]);
    CHECK(made->placements()[1].device_offset_bytes == 256);
    CHECK(made->placements()[2].device_offset_bytes == 512);
    CHECK(made->placements()[3].device_offset_bytes == 768);
    CHECK(made->arenas()[0].data_bytes == 1024);
    CHECK(made->arenas()[0].n_items == 5);
    CHECK(made->ranges().size() == 4);
}

TEST_CASE("one number on two devices is two groups") {
    const std::vector<upload::item> items = {{"a", 0, 0, 100, 0, 5}, {"b", 0, 100, 100, 1, 5}, {"c", 0, 200, 100, 0, 5}, {"d", 0, 300, 100, 1, 5}};
    const auto made = upload::make_plan(items, {.n_devices = 2});
    REQUIRE(made.has_value());
    CHECK(made->placements()[1] == upload::placement{1, 0});
    CHECK(made->placements()[2] == upload::placement{0, 100});
    CHECK(made->placements()[3] == upload::placement{1, 100});
}

TEST_CASE("empty members have a place in their group and no copy") {
    const std::vector<upload::item> items = {{"before", 0, 0, 10, 0}, {"empty", 0, 32, 0, 0, 1}, {"data", 0, 32, 10, 0, 1}, {"middle", 1, 0, 0, 0, 1}, {"more", 0, 42, 10, 0, 1}, {"last", 0, 52, 0, 0, 1},
                                             {"nothing", 0, 99, 0, 0, 2}, {"at all", 0, 98, 0, 0, 2}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    const std::vector<std::uint64_t> wanted = {0, 256, 256, 266, 266, 276, 512, 512};
    for (std::size_t i = 0; i < items.size(); ++i) {
        CAPTURE(items[i].name);
        CHECK(made->placements()[i].device_offset_bytes == wanted[i]);
    }
    CHECK(made->ranges().size() == 2);  // data and more are one
    CHECK(made->arenas()[0].size_bytes == 512);
}

TEST_CASE("a group that does not fit 64 bits is an overflow that names its member") {
    const std::vector<upload::item> items = {{"first", 0, 0, most / 2 + 1, 0, 1}, {"second", 1, 0, most / 2 + 1, 0, 1}};
    const auto made = upload::make_plan(items);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().code == errc::overflow);
    CHECK(made.error().subject.view() == "second");
    const std::vector<upload::item> no_start = {{"first", 0, 0, most - 100, 0, 1}, {"second", 1, 0, 1, 0, 2}};
    const auto other = upload::make_plan(no_start);
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().code == errc::overflow);
    CHECK(other.error().subject.view() == "second");
}

TEST_CASE("a group of many rows is planned as fast as an item, and cut into chunks like one") {
    constexpr std::uint64_t n_rows = 200000, row = 80, stride = 160;
    std::vector<upload::item> items;
    for (std::uint64_t i = 0; i < n_rows; ++i)
        for (std::uint32_t device = 0; device < 2; ++device) items.push_back({"columns", 0, i * stride + device * row, row, device, 1});
    const auto made = upload::make_plan(items, {.chunk_bytes = 1000, .n_devices = 2});
    REQUIRE(made.has_value());
    CHECK(made->arenas()[1].data_bytes == n_rows * row);
    CHECK(made->arenas()[1].n_ranges == n_rows);
    CHECK(made->chunk_count(1) == n_rows * row / 1000);
    const upload::chunk second = made->chunk(1, 1);  // rows 12 (its second half) to 24
    REQUIRE(second.size() == 13);
    CHECK(second[0] == upload::copy{0, 1, 12 * stride + row + 40, 1000, 40});
    CHECK(second[12] == upload::copy{0, 1, 24 * stride + row, 1920, 80});
    CHECK(second.size_bytes == 1000);
}
