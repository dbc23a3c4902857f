// SPDX-License-Identifier: MIT
#include "cria/upload/plan_json.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"
#include "upload/random_plans.hpp"

namespace upload = cria::upload;
using cria_test::random_items;
using nlohmann::json;

namespace {

auto of_copy(const upload::copy& of) -> json {
    return {{"file", of.file}, {"device", of.device}, {"file_offset_bytes", of.file_offset_bytes}, {"device_offset_bytes", of.device_offset_bytes}, {"size_bytes", of.size_bytes}};
}

// What the writer is to say, by another library.
auto by_hand(const upload::plan& of, upload::plan_detail how_much) -> json {
    json whole;
    const upload::plan_options& options = of.options();
    whole["options"] = {{"alignment_bytes", options.alignment_bytes}, {"chunk_bytes", options.chunk_bytes}, {"tail_bytes", options.tail_bytes}, {"n_devices", options.n_devices}, {"broadcasts", options.broadcasts ? 1 : 0}};
    whole["arenas"] = json::array();
    for (std::uint32_t device = 0; device < of.arenas().size(); ++device) {
        const upload::arena& own = of.arenas()[device];
        whole["arenas"].push_back({{"device", device},
                                   {"size_bytes", own.size_bytes},
                                   {"data_bytes", own.data_bytes},
                                   {"largest_gap_bytes", own.largest_gap_bytes},
                                   {"n_items", own.n_items},
                                   {"first_range", own.first_range},
                                   {"n_ranges", own.n_ranges},
                                   {"n_copies", own.n_copies},
                                   {"n_chunks", of.chunk_count(device)},
                                   {"first_broadcast", own.first_broadcast},
                                   {"n_broadcasts", own.n_broadcasts},
                                   {"broadcast_bytes", own.broadcast_bytes}});
    }
    if (how_much == upload::plan_detail::summary) return whole;
    whole["placements"] = whole["ranges"] = whole["copies"] = whole["broadcasts"] = json::array();
    for (const upload::placement& place : of.placements()) whole["placements"].push_back({{"device", place.device}, {"device_offset_bytes", place.device_offset_bytes}});
    for (const upload::copy& range : of.ranges()) whole["ranges"].push_back(of_copy(range));
    for (std::uint32_t device = 0; device < of.arenas().size(); ++device)
        for (std::uint64_t k = 0; k < of.chunk_count(device); ++k)
            for (const upload::copy& part : of.chunk(device, k)) {
                json more = of_copy(part);
                more["chunk"] = k;
                whole["copies"].push_back(more);
            }
    for (const upload::broadcast& each : of.broadcasts()) {
        json more = of_copy(each.to);
        more["from_device"] = each.from_device;
        more["from_offset_bytes"] = each.from_offset_bytes;
        whole["broadcasts"].push_back(more);
    }
    return whole;
}

}  // namespace

TEST_CASE("a plan as JSON says what the plan says, whatever the plan") {
    cria_test::random_numbers random(5);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        auto items = random_items(random, 3);
        cria_test::put_into_groups(items, random);
        const auto made = upload::make_plan(items, {.alignment_bytes = 32, .chunk_bytes = 100, .tail_bytes = 7, .n_devices = 3, .broadcasts = round % 2 == 0});
        REQUIRE(made.has_value());
        for (const auto detail : {upload::plan_detail::summary, upload::plan_detail::copies}) {
            const json parsed = json::parse(to_json(*made, detail));
            REQUIRE(parsed == by_hand(*made, detail));
        }
    }
}

TEST_CASE("a plan as JSON is one line, and the same for equal plans") {
    const std::vector<upload::item> items = {{"a \"quoted\" name", 0, 16, 100, 0}, {"b", 3, 0, 20, 0}};
    const auto made = upload::make_plan(items);
    REQUIRE(made.has_value());
    CHECK(to_json(*made) ==
          R"({"options":{"alignment_bytes":256,"chunk_bytes":4194304,"tail_bytes":0,"n_devices":1,"broadcasts":0},)"
          R"("arenas":[{"device":0,"size_bytes":512,"data_bytes":120,"largest_gap_bytes":156,"n_items":2,"first_range":0,"n_ranges":2,"n_copies":2,"n_chunks":1,)"
          R"("first_broadcast":0,"n_broadcasts":0,"broadcast_bytes":0}]})");
    const auto empty = upload::make_plan({});
    REQUIRE(empty.has_value());
    CHECK(json::parse(to_json(*empty, upload::plan_detail::copies))["copies"].empty());
}

TEST_CASE("numbers of 64 bits are integers in JSON") {
    constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();
    const std::vector<upload::item> items = {{"huge", 0, 100, most - 4096, 0}};
    const auto made = upload::make_plan(items, {.chunk_bytes = most});
    REQUIRE(made.has_value());
    const json parsed = json::parse(to_json(*made, upload::plan_detail::copies));
    CHECK(parsed["options"]["chunk_bytes"].get<std::uint64_t>() == most);
    CHECK(parsed["copies"][0]["size_bytes"].is_number_unsigned());
    CHECK(parsed["copies"][0]["size_bytes"].get<std::uint64_t>() == most - 4096);
}
