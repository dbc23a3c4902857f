// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_PLAN_JSON_HPP
#define CRIA_UPLOAD_PLAN_JSON_HPP

#include "cria/upload/plan.hpp"
#include "cria/upload/plan_text.hpp"  // plan_detail

#include <cstdint>
#include <string>
#include <string_view>

// A plan for programs: one JSON object, whose keys are the names of the members. Equal plans give equal text.
//
//     {"options": {"alignment_bytes", "chunk_bytes", "tail_bytes", "n_devices", "broadcasts"},
//      "arenas": [{"device", "size_bytes", "data_bytes", "largest_gap_bytes", "n_items", "first_range", "n_ranges", "n_copies", "n_chunks",
//                  "first_broadcast", "n_broadcasts", "broadcast_bytes"}],
//
// and with plan_detail::copies
//
//      "placements": [{"device", "device_offset_bytes"}],
//      "ranges": [{"file", "device", "file_offset_bytes", "device_offset_bytes", "size_bytes"}],
//      "copies": [{"chunk", and those of a range}],
//      "broadcasts": [{"from_device", "from_offset_bytes", and those of a range}]}
//
// options.broadcasts is 0 or 1. Numbers are integers of up to 64 bits, as they are in the plan: a reader that keeps them as doubles rounds those from 2^53 on.

namespace cria::inline v0::upload {

/// The plan as a JSON object, without a line break.
/// Cost: O(devices), or O(items + chunks + copies); it allocates.
[[nodiscard]] inline auto to_json(const plan& of, plan_detail how_much = plan_detail::summary) -> std::string;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Writes objects of numbers, arrays of them, and the names in front; commas by what was written before. Nothing needs an
/// escape: there is no text in a plan.
class json_writer {
public:
    void open(char bracket) {
        separate();
        out_ += bracket;
        is_first_ = true;
    }
    void open(std::string_view key, char bracket) {
        name(key);
        out_ += bracket;
        is_first_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        is_first_ = false;
    }
    void number(std::string_view key, std::uint64_t value) {
        name(key);
        out_ += std::to_string(value);
    }
    void copy_members(const copy& of) {
        number("file", of.file);
        number("device", of.device);
        number("file_offset_bytes", of.file_offset_bytes);
        number("device_offset_bytes", of.device_offset_bytes);
        number("size_bytes", of.size_bytes);
    }
    [[nodiscard]] auto text() && -> std::string { return static_cast<std::string&&>(out_); }

private:
    void separate() {
        if (!is_first_) out_ += ',';
        is_first_ = false;
    }
    void name(std::string_view key) {
        separate();
        out_ += '"';
        out_ += key;
        out_ += "\":";
    }

    std::string out_;
    bool is_first_ = true;
};

}  // namespace detail

inline auto to_json(const plan& of, plan_detail how_much) -> std::string {
    detail::json_writer json;
    json.open('{');
    json.open("options", '{');
    json.number("alignment_bytes", of.options().alignment_bytes);
    json.number("chunk_bytes", of.options().chunk_bytes);
    json.number("tail_bytes", of.options().tail_bytes);
    json.number("n_devices", of.options().n_devices);
    json.number("broadcasts", of.options().broadcasts ? 1 : 0);
    json.close('}');
    json.open("arenas", '[');
    for (std::uint32_t device = 0; device < of.arenas().size(); ++device) {
        const arena& own = of.arenas()[device];
        json.open('{');
        json.number("device", device);
        json.number("size_bytes", own.size_bytes);
        json.number("data_bytes", own.data_bytes);
        json.number("largest_gap_bytes", own.largest_gap_bytes);
        json.number("n_items", own.n_items);
        json.number("first_range", own.first_range);
        json.number("n_ranges", own.n_ranges);
        json.number("n_copies", own.n_copies);
        json.number("n_chunks", of.chunk_count(device));
        json.number("first_broadcast", own.first_broadcast);
        json.number("n_broadcasts", own.n_broadcasts);
        json.number("broadcast_bytes", own.broadcast_bytes);
        json.close('}');
    }
    json.close(']');
    if (how_much == plan_detail::copies) {
        json.open("placements", '[');
        for (const placement& place : of.placements()) {
            json.open('{');
            json.number("device", place.device);
            json.number("device_offset_bytes", place.device_offset_bytes);
            json.close('}');
        }
        json.close(']');
        json.open("ranges", '[');
        for (const copy& range : of.ranges()) {
            json.open('{');
            json.copy_members(range);
            json.close('}');
        }
        json.close(']');
        json.open("copies", '[');
        for (std::uint32_t device = 0; device < of.arenas().size(); ++device) {
            const std::uint64_t n_chunks = of.chunk_count(device);
            for (std::uint64_t k = 0; k < n_chunks; ++k)
                for (const copy& part : of.chunk(device, k)) {
                    json.open('{');
                    json.number("chunk", k);
                    json.copy_members(part);
                    json.close('}');
                }
        }
        json.close(']');
        json.open("broadcasts", '[');
        for (const broadcast& each : of.broadcasts()) {
            json.open('{');
            json.number("from_device", each.from_device);
            json.number("from_offset_bytes", each.from_offset_bytes);
            json.copy_members(each.to);
            json.close('}');
        }
        json.close(']');
    }
    json.close('}');
    return static_cast<detail::json_writer&&>(json).text();
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_PLAN_JSON_HPP
