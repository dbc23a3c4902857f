// SPDX-License-Identifier: MIT
#include "cria/upload/plan.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cria/upload/plan_text.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "upload/random_plans.hpp"

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_copies;
using cria_test::random_items;

namespace {

constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

auto layout_key(const upload::item& of) { return std::make_tuple(of.device, of.file, of.offset_bytes, of.size_bytes); }

}  // namespace

TEST_CASE("a plan brings every byte of every item to its place exactly once, whatever the items and chunks") {
    cria_test::random_numbers random(20240607);
    for (int round = 0; round < 4000; ++round) {
        CAPTURE(round);
        const auto n_devices = static_cast<std::uint32_t>(1 + random.below(3));
        auto items = random_items(random, n_devices);
        if (round % 2 != 0) cria_test::put_into_groups(items, random);
        upload::plan_options options;
        options.n_devices = n_devices;
        options.alignment_bytes = std::uint64_t{1} << random.below(8);
        options.chunk_bytes = 1 + random.below(150);
        options.tail_bytes = random.below(2) * 10;
        const auto made = upload::make_plan(items, options);
        REQUIRE(made.has_value());
        REQUIRE(made->placements().size() == items.size());
        REQUIRE(made->arenas().size() == n_devices);

        bool any_twice = false;
        const auto arenas = cria_test::arenas_by_copies(*made, any_twice);
        REQUIRE_FALSE(any_twice);
        std::vector<std::map<std::uint64_t, cria_test::file_byte>> wanted(n_devices);  // the plain answer: only what items ask for
        for (std::size_t i = 0; i < items.size(); ++i) {
            const upload::placement& place = made->placements()[i];
            REQUIRE(place.device == items[i].device);
            if (items[i].group == 0) REQUIRE(place.device_offset_bytes % options.alignment_bytes == 0);
            REQUIRE(place.device_offset_bytes + items[i].size_bytes <= made->arenas()[place.device].size_bytes);
            for (std::uint64_t byte = 0; byte < items[i].size_bytes; ++byte) {
                const cria_test::file_byte from{items[i].file, items[i].offset_bytes + byte};
                const auto brought = arenas[place.device].find(place.device_offset_bytes + byte);
                REQUIRE(brought != arenas[place.device].end());
                REQUIRE(brought->second == from);
                // No two items share a byte of the arena unless they are the same range, outside of groups.
                const auto [own, is_first] = wanted[place.device].try_emplace(place.device_offset_bytes + byte, from);
                REQUIRE(own->second == from);
                if (items[i].group != 0) REQUIRE(is_first);
            }
        }
        for (std::uint32_t device = 0; device < n_devices; ++device) {
            // What else is copied is padding between two items: a file's bytes between two of its items.
            REQUIRE(made->arenas()[device].data_bytes == wanted[device].size());
            if (!arenas[device].empty()) {
                REQUIRE(arenas[device].begin()->first == wanted[device].begin()->first);
                REQUIRE(arenas[device].rbegin()->first == wanted[device].rbegin()->first);
            }
        }
    }
}

TEST_CASE("no copy crosses the border of a chunk, and a chunk's extent is that of its copies") {
    cria_test::random_numbers random(7);
    for (int round = 0; round < 2000; ++round) {
        CAPTURE(round);
        auto items = random_items(random, 2);
        if (round % 2 != 0) cria_test::put_into_groups(items, random);
        upload::plan_options options;
        options.n_devices = 2;
        options.alignment_bytes = std::uint64_t{1} << random.below(7);
        options.chunk_bytes = 1 + random.below(100);
        const auto made = upload::make_plan(items, options);
        REQUIRE(made.has_value());
        for (std::uint32_t device = 0; device < 2; ++device) {
            std::uint64_t n_copies = 0;
            std::uint64_t behind = 0;
            for (std::uint64_t k = 0; k < made->chunk_count(device); ++k) {
                const upload::chunk part = made->chunk(device, k);
                REQUIRE(part.device == device);
                REQUIRE(part.size_bytes <= options.chunk_bytes);
                n_copies += part.size();
                if (part.empty()) REQUIRE(part.size_bytes == 0);
                if (part.empty()) continue;
                REQUIRE(part[0].device_offset_bytes == part.device_offset_bytes);
                for (const upload::copy& copy : part) {
                    REQUIRE(copy.size_bytes > 0);
                    REQUIRE(copy.device == device);
                    REQUIRE(copy.device_offset_bytes >= behind);  // ascending, over chunks too
                    behind = copy.device_offset_bytes + copy.size_bytes;
                    REQUIRE(copy.device_offset_bytes / options.chunk_bytes == k);
                    REQUIRE((behind - 1) / options.chunk_bytes == k);
                }
                REQUIRE(part.device_offset_bytes + part.size_bytes == behind);
            }
            REQUIRE(n_copies == made->arenas()[device].n_copies);
        }
    }
}

TEST_CASE("the order of the items changes nothing but the order of the placements") {
    cria_test::random_numbers random(99);
    for (int round = 0; round < 500; ++round) {
        CAPTURE(round);
        const auto items = random_items(random, 2);
        auto shuffled = items;
        for (std::size_t i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[random.below(i)]);
        const upload::plan_options options{.alignment_bytes = 64, .chunk_bytes = 50, .n_devices = 2};
        const auto first = upload::make_plan(items, options);
        const auto again = upload::make_plan(items, options);
        const auto other = upload::make_plan(shuffled, options);
        REQUIRE(first.has_value());
        REQUIRE(again.has_value());
        REQUIRE(other.has_value());
        REQUIRE(all_copies(*first) == all_copies(*again));
        REQUIRE(all_copies(*first) == all_copies(*other));
        REQUIRE(to_text(*first, upload::plan_detail::copies) == to_text(*other, upload::plan_detail::copies));
        std::map<decltype(layout_key(items[0])), upload::placement> places;
        for (std::size_t i = 0; i < items.size(); ++i) places[layout_key(items[i])] = first->placements()[i];
        for (std::size_t i = 0; i < items.size(); ++i) REQUIRE(other->placements()[i] == places[layout_key(shuffled[i])]);
    }
}

TEST_CASE("neighbours whose distance is the same in file and arena become one range") {
    // Sizes that are multiples of the alignment, one behind the other: one copy for all.
    const std::vector<upload::item> dense = {{"a", 0, 1024, 256, 0}, {"b", 0, 1280, 512, 0}, {"c", 0, 1792, 256, 0}};
    const auto one = upload::make_plan(dense);
    REQUIRE(one.has_value());
    REQUIRE(one->ranges().size() == 1);
    CHECK(one->ranges()[0] == upload::copy{0, 0, 1024, 0, 1024});
    CHECK(one->arenas()[0].largest_gap_bytes == 0);

    SECTION("and padding of the same length goes along") {
        const std::vector<upload::item> padded = {{"a", 0, 0, 100, 0}, {"b", 0, 256, 100, 0}};
        const auto made = upload::make_plan(padded);
        REQUIRE(made.has_value());
        REQUIRE(made->ranges().size() == 1);
        CHECK(made->ranges()[0] == upload::copy{0, 0, 0, 0, 356});
        CHECK(made->arenas()[0].largest_gap_bytes == 156);
        CHECK(made->arenas()[0].data_bytes == 200);
        CHECK(made->arenas()[0].size_bytes == 512);
    }
    SECTION("but not over padding of another length") {
        const std::vector<upload::item> narrow = {{"a", 0, 0, 100, 0}, {"b", 0, 128, 100, 0}};
        const auto made = upload::make_plan(narrow);
        REQUIRE(made.has_value());
        REQUIRE(made->ranges().size() == 2);
        CHECK(made->ranges()[1] == upload::copy{0, 0, 128, 256, 100});
    }
    SECTION("nor over the end of a file") {
        const std::vector<upload::item> files = {{"a", 0, 0, 256, 0}, {"b", 1, 256, 256, 0}};
        const auto made = upload::make_plan(files);
        REQUIRE(made.has_value());
        CHECK(made->ranges().size() == 2);
    }
    SECTION("nor from one device to the next") {
        const std::vector<upload::item> devices = {{"a", 0, 0, 256, 0}, {"b", 0, 256, 256, 1}};
        const auto made = upload::make_plan(devices, {.n_devices = 2});
        REQUIRE(made.has_value());
        REQUIRE(made->ranges().size() == 2);
        CHECK(made->ranges()[1] == upload::copy{0, 1, 256, 0, 256});
    }
}

TEST_CASE("equal ranges on one device are stored once, and on two devices twice") {
    const std::vector<upload::item> items = {{"token_embd", 0, 64, 300, 0}, {"output", 0, 64, 300, 0}, {"output", 0, 64, 300, 1}};
    const auto made = upload::make_plan(items, {.n_devices = 2});
    REQUIRE(made.has_value());
    CHECK(made->placements()[0] == made->placements()[1]);
    CHECK(made->placements()[2] == upload::placement{1, 0});
    CHECK(made->arenas()[0].data_bytes == 300);
    CHECK(made->arenas()[0].n_items == 2);
    CHECK(made->arenas()[1].data_bytes == 300);
}

TEST_CASE("ranges that overlap are stored each for itself") {
    const std::vector<upload::item> items = {{"whole", 0, 0, 512, 0}, {"half", 0, 256, 256, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    CHECK(made->placements()[1].device_offset_bytes == 512);
    CHECK(made->arenas()[0].data_bytes == 768);
    CHECK(made->ranges().size() == 2);
}

TEST_CASE("items without bytes have a place and no copy") {
    const std::vector<upload::item> items = {{"empty", 0, 32, 0, 0}, {"data", 0, 32, 10, 0}, {"last", 0, 42, 0, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    CHECK(made->ranges().size() == 1);
    CHECK(made->placements()[1].device_offset_bytes == 0);
    CHECK(made->placements()[2].device_offset_bytes == 256);
    CHECK(made->arenas()[0].size_bytes == 256);
}

TEST_CASE("an empty plan has arenas of no bytes and no chunks") {
    const auto made = upload::make_plan({}, {.tail_bytes = 64, .n_devices = 2});
    REQUIRE(made.has_value());
    REQUIRE(made->arenas().size() == 2);
    CHECK(made->arenas()[1].size_bytes == 0);
    CHECK(made->chunk_count(0) == 0);
}

TEST_CASE("the tail is room behind the last item, outside of every copy") {
    const std::vector<upload::item> items = {{"data", 0, 0, 1000, 0}};
    const auto made = upload::make_plan(items, {.tail_bytes = 128});
    REQUIRE(made.has_value());
    CHECK(made->arenas()[0].size_bytes == 1024 + 128);
    CHECK(made->chunk_count(0) == 1);
    CHECK(made->chunk(0, 0).size_bytes == 1000);
}

TEST_CASE("a file of terabytes in chunks of one byte is planned in memory for its items only") {
    const std::vector<upload::item> items = {{"huge", 0, 5, std::uint64_t{1} << 45U, 0}};
    const auto made = upload::make_plan(items, {.chunk_bytes = 1});
    REQUIRE(made.has_value());
    CHECK(made->chunk_count(0) == std::uint64_t{1} << 45U);
    const auto last = made->chunk(0, (std::uint64_t{1} << 45U) - 1);
    REQUIRE(last.size() == 1);
    CHECK(last[0] == upload::copy{0, 0, 4 + (std::uint64_t{1} << 45U), (std::uint64_t{1} << 45U) - 1, 1});
}

TEST_CASE("chunks longer than any arena hold it whole") {
    const std::vector<upload::item> items = {{"a", 0, 0, most - 4096, 0}, {"b", 1, 0, 300, 0}};
    const auto made = upload::make_plan(items, {.chunk_bytes = most});
    REQUIRE(made.has_value());
    CHECK(made->chunk_count(0) == 1);
    CHECK(made->chunk(0, 0).size() == 2);
    const auto cut = upload::make_plan(items, {.chunk_bytes = most / 2 + 2});  // the second chunk would end behind 2^64
    REQUIRE(cut.has_value());
    REQUIRE(cut->chunk_count(0) == 2);
    CHECK(cut->chunk(0, 1).size() == 2);
}

TEST_CASE("options and items that cannot be planned are typed errors that name them") {
    const std::vector<upload::item> one = {{"blk.0.attn_q.weight", 0, 0, 10, 0}};
    for (const std::uint64_t alignment : {std::uint64_t{0}, std::uint64_t{24}, most}) {
        const auto made = upload::make_plan(one, {.alignment_bytes = alignment});
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == errc::invalid_argument);
        CHECK(made.error().subject.view() == "alignment_bytes");
        CHECK(made.error().found.number() == alignment);
    }
    // What is left open is chosen: what is on its way to all devices shares a cache.
    for (const auto& [n_devices, mib] : {std::pair{1U, 4U}, {2U, 2U}, {3U, 2U}, {4U, 1U}, {1000U, 1U}})
        CHECK(upload::make_plan(one, {.n_devices = n_devices})->options().chunk_bytes == std::uint64_t{mib} << 20U);
    for (const std::uint32_t n_devices : {0U, upload::max_devices + 1, ~0U}) {
        const auto made = upload::make_plan(one, {.n_devices = n_devices});
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == errc::invalid_argument);
        CHECK(made.error().subject.view() == "n_devices");
    }
    const std::vector<upload::item> elsewhere = {{"blk.0.attn_q.weight", 0, 0, 10, 1}};
    const auto no_device = upload::make_plan(elsewhere);
    REQUIRE_FALSE(no_device.has_value());
    CHECK(no_device.error().code == errc::invalid_argument);
    CHECK(no_device.error().message() == "blk.0.attn_q.weight: device number is not below the number of devices, expected 1, found 1");
    const std::vector<upload::item> beyond = {{"x", 0, most, 2, 0}};
    const auto past = upload::make_plan(beyond);
    REQUIRE_FALSE(past.has_value());
    CHECK(past.error().code == errc::overflow);
    CHECK(past.error().offset == most);
}

TEST_CASE("an arena that does not fit 64 bits is an overflow and nothing else") {
    const auto code_of = [](const std::vector<upload::item>& items, const upload::plan_options& options) {
        const auto made = upload::make_plan(items, options);
        return made ? errc{} : made.error().code;
    };
    CHECK(code_of({{"a", 0, 0, most / 2 + 1, 0}, {"b", 1, 0, most / 2 + 1, 0}}, {}) == errc::overflow);
    CHECK(code_of({{"a", 0, 0, most, 0}}, {}) == errc::overflow);                              // its end cannot be aligned
    CHECK(code_of({{"a", 0, 0, 1, 0}, {"b", 0, 1, 1, 0}}, {.alignment_bytes = most / 2 + 1}) == errc::overflow);
    CHECK(code_of({{"a", 0, 0, 1000, 0}}, {.tail_bytes = most}) == errc::overflow);
}

TEST_CASE("a plan is used after it was moved") {
    const std::vector<upload::item> items = {{"a", 0, 0, 256, 0}, {"b", 0, 256, 100, 0}};
    auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    const upload::plan moved = *std::move(made);
    CHECK(moved.chunk(0, 0).size_bytes == 356);
    CHECK(moved.placements()[1].device_offset_bytes == 256);
}

TEST_CASE("a plan prints as a table with a line a device") {
    const std::vector<upload::item> items = {{"a", 0, 0, 100, 0}, {"b", 0, 128, 1000, 0}, {"c", 1, 4096, 512, 1}};
    const auto made = upload::make_plan(items, {.chunk_bytes = 512, .n_devices = 2});
    REQUIRE(made.has_value());
    const std::string summary =
        "alignment 256 bytes, chunks of at most 512 bytes\n"
        "device      arena bytes       data bytes    items   ranges    copies   chunks  largest gap\n"
        "     0             1280             1100        2        2         4        3          156\n"
        "     1              512              512        1        1         1        1            0\n";
    CHECK(to_text(*made) == summary);
    CHECK(to_text(*made, upload::plan_detail::copies) ==
          summary +
              "device    chunk    device offset   file      file offset        bytes\n"
              "     0        0                0      0                0          100\n"
              "     0        0              256      0              128          256\n"
              "     0        1              512      0              384          512\n"
              "     0        2             1024      0              896          232\n"
              "     1        0                0      1             4096          512\n");
}
