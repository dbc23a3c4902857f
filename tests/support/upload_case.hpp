// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_UPLOAD_CASE_HPP
#define CRIA_TESTS_SUPPORT_UPLOAD_CASE_HPP

#include "cria/io/mapped_file.hpp"
#include "cria/io/native_file.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/resident.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/random.hpp"
#include "support/temp_file.hpp"

// What uploads are tested with: files of bytes that repeat nowhere, plans of their ranges, and what the devices shall hold.

namespace cria_test {

namespace upload = cria::upload;

/// Where a test's sources have their bytes.
enum class held : std::uint8_t {
    mapped,  ///< in a mapping, the file open beside it
    owned,   ///< in memory, the file open beside it
    alone,   ///< in memory, and there is no file
    in_file, ///< in the file only
};

/// Files, and ranges of them.
class upload_case {
public:
    /// A file more; its number.
    auto add_file(std::size_t size) -> std::uint32_t { return add_file(random_bytes(size, 1000 + contents_.size())); }
    auto add_file(std::vector<std::byte> bytes) -> std::uint32_t {
        const auto number = static_cast<std::uint32_t>(contents_.size());
        contents_.push_back(std::move(bytes));
        paths_.push_back(folder_.write("file" + std::to_string(number), contents_.back()));
        auto mapped = cria::io::mapped_file::open(paths_.back());
        REQUIRE(mapped.has_value());
        mapped_.push_back(*std::move(mapped));
        return number;
    }
    void add(std::uint32_t file, std::uint64_t offset_bytes, std::uint64_t size_bytes, std::uint32_t device = 0) {
        items.push_back({"item", file, offset_bytes, size_bytes, device});
    }
    /// Items of all files that lie behind one another, with gaps, duplicates, overlaps, empty ones and groups between them.
    void add_random_items(random_numbers& random, std::size_t n, std::uint64_t most_bytes, std::uint32_t n_devices) {
        std::vector<std::uint64_t> at(contents_.size());
        for (std::size_t i = 0; i < n; ++i) {
            const auto file = static_cast<std::uint32_t>(random.below(contents_.size()));
            const std::uint64_t end = contents_[file].size();
            upload::item next{"item", file, at[file], random.below(8) == 0 ? 0 : 1 + random.below(most_bytes), static_cast<std::uint32_t>(random.below(n_devices))};
            if (random.below(8) == 0) next.offset_bytes = random.below(end);
            if (next.offset_bytes > end) next.offset_bytes = end;
            if (next.size_bytes > end - next.offset_bytes) next.size_bytes = end - next.offset_bytes;
            at[file] = next.offset_bytes + next.size_bytes + (random.below(3) == 0 ? random.below(500) : 0);
            if (random.below(4) == 0) next.group = static_cast<std::uint32_t>(1 + random.below(3));
            items.push_back(next);
            if (random.below(8) == 0) items.push_back(next);
        }
    }

    [[nodiscard]] auto plan(const upload::plan_options& options = {}) const -> upload::plan {
        auto made = upload::make_plan(items, options);
        REQUIRE(made.has_value());
        return *std::move(made);
    }
    [[nodiscard]] auto sources(held how = held::mapped) const -> std::vector<upload::source> {
        std::vector<upload::source> all;
        for (std::size_t i = 0; i < mapped_.size(); ++i) {
            upload::source one = upload::source_of(mapped_[i]);
            if (how == held::in_file) one = upload::source_of(mapped_[i].file());
            if (how == held::owned || how == held::alone) {
                one.bytes = contents_[i];
                one.is_mapping = false;
            }
            if (how == held::alone) one.file = nullptr;
            all.push_back(one);
        }
        return all;
    }
    [[nodiscard]] auto path(std::uint32_t file) const -> const std::string& { return paths_[file]; }
    [[nodiscard]] auto mapping(std::uint32_t file) const -> const cria::io::mapped_file& { return mapped_[file]; }
    [[nodiscard]] auto contents(std::uint32_t file) const -> cria::byte_view { return contents_[file]; }

    /// Arenas as the plan promises them: ranges of files, and zeros around them.
    [[nodiscard]] auto expected(const upload::plan& of) const -> std::vector<std::vector<std::byte>> {
        std::vector<std::vector<std::byte>> all;
        for (const upload::arena& arena : of.arenas()) all.emplace_back(static_cast<std::size_t>(arena.size_bytes));
        for (const upload::copy& range : of.ranges())
            put(all, range);
        for (const upload::broadcast& each : of.broadcasts()) put(all, each.to);
        return all;
    }
    /// The device's arenas are what is expected, and every item is where it was placed.
    void check(const upload::plan& of, std::span<const upload::resident_arena> arenas) const {
        const auto wanted = expected(of);
        REQUIRE(arenas.size() == wanted.size());
        for (std::size_t d = 0; d < wanted.size(); ++d) {
            CAPTURE(d);
            REQUIRE(arenas[d].size_bytes == wanted[d].size());
            if (wanted[d].empty()) continue;
            std::size_t first = 0;
            while (first < wanted[d].size() && arenas[d].address[first] == wanted[d][first]) ++first;
            const bool are_equal = first == wanted[d].size();
            CAPTURE(first, wanted[d].size());
            REQUIRE(are_equal);
        }
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].size_bytes == 0) continue;
            const upload::placement& place = of.placements()[i];
            const bool is_there = std::memcmp(arenas[place.device].address + place.device_offset_bytes, contents_[items[i].file].data() + items[i].offset_bytes,
                                              static_cast<std::size_t>(items[i].size_bytes)) == 0;
            CAPTURE(i);
            REQUIRE(is_there);
        }
    }

    std::vector<upload::item> items;

private:
    void put(std::vector<std::vector<std::byte>>& arenas, const upload::copy& range) const {
        std::memcpy(arenas[range.device].data() + range.device_offset_bytes, contents_[range.file].data() + range.file_offset_bytes, static_cast<std::size_t>(range.size_bytes));
    }

    temp_folder folder_;
    std::deque<std::vector<std::byte>> contents_;
    std::vector<std::string> paths_;
    std::deque<cria::io::mapped_file> mapped_;
};

/// Eight chunks on each of `n_devices` devices, with padding in places, of a file that is added.
[[nodiscard]] inline auto fill_chunks(upload_case& files, std::uint32_t n_devices) -> upload::plan {
    const std::uint32_t file = files.add_file(40'000 * std::size_t{n_devices});
    for (std::uint32_t d = 0; d < n_devices; ++d) {
        for (std::uint64_t i = 0; i < 5; ++i) files.add(file, d * 40'000 + i * 6000, 5900, d);
    }
    return files.plan({256, 4352, 300, n_devices});
}

/// Twenty chunks of 8 KiB on one device, with padding in places, of a file that is added; and how to plan for them.
inline void fill_twenty_chunks(upload_case& files) {
    const std::uint32_t file = files.add_file(170'000);
    for (std::uint64_t at = 0; at + 9'000 < 165'000; at += 9'001) files.add(file, at, 8'900);
}
inline constexpr upload::plan_options eight_kib{256, 8192, 300, 1};

/// Nothing is left of an upload, and nothing was done that may not be.
inline void check_clean(fake_runtime& device) {
    REQUIRE(device.faults() == "");
    REQUIRE(device.leaks() == "");
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_UPLOAD_CASE_HPP
