// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_UPLOAD_RANDOM_PLANS_HPP
#define CRIA_TESTS_UPLOAD_RANDOM_PLANS_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "cria/upload/plan.hpp"
#include "support/random.hpp"

// Items at random, and what the copies of a plan bring, byte by byte.

namespace cria_test {

namespace upload = cria::upload;

[[nodiscard]] inline auto all_copies(const upload::plan& of) -> std::vector<upload::copy> {
    std::vector<upload::copy> copies;
    for (std::uint32_t device = 0; device < of.arenas().size(); ++device)
        for (std::uint64_t k = 0; k < of.chunk_count(device); ++k)
            for (const upload::copy& part : of.chunk(device, k)) copies.push_back(part);
    return copies;
}

/// One byte of an arena: the file and offset it is copied from.
using file_byte = std::pair<std::uint32_t, std::uint64_t>;

/// Every arena byte by brute force: what the copies bring there.
[[nodiscard]] inline auto arenas_by_copies(const upload::plan& of, bool& any_twice) -> std::vector<std::map<std::uint64_t, file_byte>> {
    std::vector<std::map<std::uint64_t, file_byte>> arenas(of.arenas().size());
    any_twice = false;
    for (const upload::copy& part : all_copies(of))
        for (std::uint64_t i = 0; i < part.size_bytes; ++i)
            any_twice = !arenas[part.device].try_emplace(part.device_offset_bytes + i, part.file, part.file_offset_bytes + i).second || any_twice;
    return arenas;
}

/// A few items, mostly one behind the other, sometimes equal, overlapping or empty; some of them on several devices.
[[nodiscard]] inline auto random_items(cria_test::random_numbers& random, std::uint32_t n_devices) -> std::vector<upload::item> {
    std::vector<upload::item> items;
    std::uint64_t at = 0;
    const bool files_aligned = random.below(2) == 0;
    const std::uint64_t n_items = random.below(14);
    for (std::uint64_t i = 0; i < n_items; ++i) {
        upload::item next;
        next.name = "item";
        next.file = static_cast<std::uint32_t>(random.below(3));
        next.device = static_cast<std::uint32_t>(random.below(n_devices));
        next.size_bytes = random.below(6) == 0 ? 0 : random.below(100);
        next.offset_bytes = random.below(8) == 0 ? random.below(200) : at;  // mostly one behind the other, sometimes overlapping
        if (files_aligned) next.offset_bytes = (next.offset_bytes + 31) / 32 * 32;
        at = next.offset_bytes + next.size_bytes + (random.below(3) == 0 ? random.below(40) : 0);
        items.push_back(next);
        if (random.below(10) == 0) items.push_back(next);
        if (random.below(6) == 0) {  // what several devices want
            next.device = static_cast<std::uint32_t>(random.below(n_devices));
            items.push_back(next);
        }
    }
    return items;
}

/// Some of the items in one of three groups: members that lie side by side and apart, in any order of offsets, on any device.
inline void put_into_groups(std::vector<upload::item>& items, random_numbers& random) {
    std::uint32_t group = 0;
    for (upload::item& each : items) {
        if (random.below(2) == 0) group = static_cast<std::uint32_t>(random.below(4));
        each.group = group;
    }
    for (std::size_t i = items.size(); i > 1; --i)
        if (random.below(3) == 0) std::swap(items[i - 1], items[random.below(i)]);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_UPLOAD_RANDOM_PLANS_HPP
