// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_PLAN_HPP
#define CRIA_UPLOAD_PLAN_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"

#include <bit>  // has_single_bit
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>  // and input_iterator_tag, for which <iterator> would bring streams and locales

// What goes where: byte ranges of files and the device each belongs to, turned into one arena a device, an
// offset for every item, and the copies that bring the bytes there. A plan is a value: it opens no file and
// knows no device, so it can be printed, compared and tested before a byte moves.
//
// The rules, the same on every machine and for every order of the same items:
//   an arena holds its device's items in the order of (file, offset), each at a multiple of the alignment;
//   equal ranges on one device are stored once, overlapping ones each for themselves;
//   a group is items that lie directly behind one another, in the order in which they were given and each for itself,
//     whatever else holds the same range: queries, keys and values as one matrix, the rows' parts of a share of columns.
//     It is one item to everything around it, and stands where its first-given member would alone; of groups that begin
//     with equal ranges the lower number comes first, and an item outside of groups before them;
//   neighbours become one range where their distance in the file is their distance in the arena, whose
//     padding then receives the file's bytes in between;
//   what is wanted on several devices is fetched for the lowest of them and copied from there to the others, if that is asked
//     for (plan_options::broadcasts): equal ranges outside of groups. On the others they stand behind all that they fetch;
//   chunk k of a device is what lies in the k-th chunk_bytes of its arena: what one transfer writes. A range
//     that goes on into the next chunk is cut at the border.
//
// Chunks are computed when asked for. A plan therefore takes memory for its items and never for its bytes,
// however small the chunks.

namespace cria::inline v0::upload {

/// A range of a file that is to be on a device.
struct item {
    std::string_view name;           ///< what errors call it; the plan does not keep it
    std::uint32_t file = 0;          ///< the caller's number of the file
    std::uint64_t offset_bytes = 0;  ///< in that file
    std::uint64_t size_bytes = 0;    ///< may be 0: then the item has a place and no bytes
    std::uint32_t device = 0;        ///< below plan_options::n_devices
    std::uint32_t group = 0;         ///< items of one device with the same number lie behind one another without padding; 0: alone
};

/// How to lay out and cut. The defaults suit the GPUs of today: memory is allocated in steps of 256 bytes, and
/// transfers of 4 MiB run at the speed of the link, as long as what is on its way stays in the processor's cache.
struct plan_options {
    std::uint64_t alignment_bytes = 256;                          ///< of every item and group in its arena, which starts aligned; a power of two
    std::uint64_t chunk_bytes = 0;  ///< most bytes of one transfer; 0: 4 MiB, 2 for two or three devices, which share the cache, and 1 for more
    std::uint64_t tail_bytes = 0;                                 ///< room behind the last item of each arena, for kernels that read ahead
    std::uint32_t n_devices = 1;                                  ///< at most max_devices
    bool broadcasts = false;                                      ///< ranges that several devices have come from the file once
};

inline constexpr std::uint32_t max_devices = 1024;

/// Where an item is on its device.
struct placement {
    std::uint32_t device = 0;
    std::uint64_t device_offset_bytes = 0;  ///< from the start of the arena

    friend constexpr auto operator==(const placement&, const placement&) noexcept -> bool = default;
};

/// Bytes of a file that go to an arena as they are.
struct copy {
    std::uint32_t file = 0;
    std::uint32_t device = 0;
    std::uint64_t file_offset_bytes = 0;
    std::uint64_t device_offset_bytes = 0;  ///< from the start of the arena
    std::uint64_t size_bytes = 0;

    friend constexpr auto operator==(const copy&, const copy&) noexcept -> bool = default;
};

/// Bytes of a file that an arena has from another one.
struct broadcast {
    copy to;                              ///< where they belong, and what they are
    std::uint32_t from_device = 0;        ///< that has them
    std::uint64_t from_offset_bytes = 0;  ///< in its arena

    friend constexpr auto operator==(const broadcast&, const broadcast&) noexcept -> bool = default;
};

/// One device's share of a plan.
struct arena {
    std::uint64_t size_bytes = 0;         ///< to allocate: data, padding and tail
    std::uint64_t data_bytes = 0;         ///< of the items; equal ranges outside of groups count once
    std::uint64_t largest_gap_bytes = 0;  ///< the most padding in front of an item
    std::uint64_t n_items = 0;            ///< equal ranges and empty items included
    std::size_t first_range = 0;          ///< in plan::ranges()
    std::size_t n_ranges = 0;
    std::uint64_t n_copies = 0;           ///< pieces of ranges in all chunks
    std::size_t first_broadcast = 0;      ///< in plan::broadcasts()
    std::size_t n_broadcasts = 0;         ///< to this device
    std::uint64_t broadcast_bytes = 0;    ///< of data_bytes, from other devices
};

/// What one transfer writes: an extent of an arena, and the copies that fill it, in ascending order. Bytes of
/// the extent that no copy fills are padding. An alignment above the chunk size can leave a chunk without copies.
///
///     for (const upload::copy& part : plan.chunk(device, k)) …
///
/// Borrows: the plan. Threads: a plain value.
class chunk {
public:
    std::uint32_t device = 0;
    std::uint64_t device_offset_bytes = 0;  ///< of the first copy
    std::uint64_t size_bytes = 0;           ///< up to the end of the last copy; 0 without copies

    [[nodiscard]] auto empty() const noexcept -> bool { return ranges_.empty(); }
    /// How many copies fill it.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return ranges_.size(); }
    /// Copy `i` of them. Precondition: i < size().
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> copy;

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;  // copies are values, not references
        using value_type = copy;
        using difference_type = std::ptrdiff_t;
        using pointer = const copy*;
        using reference = copy;

        iterator() noexcept = default;
        [[nodiscard]] auto operator*() const noexcept -> copy { return (*chunk_)[at_]; }
        auto operator++() noexcept -> iterator& { return ++at_, *this; }
        auto operator++(int) noexcept -> iterator {
            const iterator before = *this;
            ++at_;
            return before;
        }
        friend auto operator==(const iterator& a, const iterator& b) noexcept -> bool { return a.at_ == b.at_; }

    private:
        friend class chunk;
        iterator(const chunk* whole, std::size_t at) noexcept : chunk_(whole), at_(at) {}
        const chunk* chunk_ = nullptr;
        std::size_t at_ = 0;
    };
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> iterator { return {this, 0}; }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> iterator { return {this, size()}; }

private:
    friend class plan;
    std::span<const copy> ranges_;  // those that reach into the chunk, whole
    std::uint64_t begin_ = 0;       // the chunk's share of the arena
    std::uint64_t end_ = 0;
};

namespace detail {
struct item_run;
}

/// Arenas, places and copies for a set of items. Move-only.
///
/// Threads: const, safe to share.
class plan {
public:
    /// One a device, in the order of their numbers.
    [[nodiscard]] auto arenas() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const arena> { return arenas_.span(); }
    auto arenas() && -> std::span<const arena> = delete;
    /// One an item, in the order in which they were given.
    [[nodiscard]] auto placements() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const placement> { return placements_.span(); }
    auto placements() && -> std::span<const placement> = delete;
    /// The coalesced ranges of all devices, by device and then by arena offset; of any length, none empty.
    [[nodiscard]] auto ranges() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const copy> { return ranges_.span(); }
    auto ranges() && -> std::span<const copy> = delete;
    /// What devices have from others, by receiving device and then by its arena's offset; none empty. No other range and no
    /// other broadcast holds a byte of them there.
    [[nodiscard]] auto broadcasts() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const broadcast> { return broadcasts_.span(); }
    auto broadcasts() && -> std::span<const broadcast> = delete;

    /// Chunks of a device. Precondition: device < arenas().size().
    [[nodiscard]] auto chunk_count(std::uint32_t device) const noexcept -> std::uint64_t;
    /// Chunk `index` of a device. Precondition: index < chunk_count(device). Cost: O(log ranges), no allocation.
    [[nodiscard]] auto chunk(std::uint32_t device, std::uint64_t index) const& noexcept CRIA_LIFETIME_BOUND -> upload::chunk;
    auto chunk(std::uint32_t device, std::uint64_t index) && -> upload::chunk = delete;

    /// What the plan was made with, chunk_bytes as chosen.
    [[nodiscard]] auto options() const noexcept -> const plan_options& { return options_; }

private:
    friend auto make_plan(std::span<const item> items, const plan_options& options) -> result<plan>;
    plan() noexcept = default;
    [[nodiscard]] auto place(std::span<const item> items, std::span<const detail::item_run> order, std::span<const std::size_t> origins) -> result<void>;
    [[nodiscard]] auto place_those(std::span<const item> items, std::span<const detail::item_run> order, std::span<const std::size_t> origins, bool are_broadcast)
        -> result<void>;
    void add_bytes(const item& next, std::uint64_t begin) noexcept;
    [[nodiscard]] auto add_range(const item& next, std::uint64_t begin) -> result<void>;
    [[nodiscard]] auto add_broadcast(const item& next, std::uint64_t begin, const placement& from) -> result<void>;
    void count_copies() noexcept;
    [[nodiscard]] auto ranges_of(std::uint32_t device) const noexcept -> std::span<const copy> {
        return ranges_.span().subspan(arenas_[device].first_range, arenas_[device].n_ranges);
    }

    plan_options options_;
    buffer<arena> arenas_;
    buffer<placement> placements_;
    buffer<copy> ranges_;
    buffer<broadcast> broadcasts_;
};

/// A plan for `items`.
/// Fails: errc::invalid_argument (an alignment that is no power of two, a number of devices or an item's device out of
///        range); errc::overflow where offsets or an arena do not fit 64 bits; errc::out_of_memory.
///        The subject is the item's name or the option's.
/// Cost:  O(n log n) in the items, whatever their sizes; members of a group that were given one behind the other count as one.
[[nodiscard]] inline auto make_plan(std::span<const item> items, const plan_options& options = {}) -> result<plan>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

[[nodiscard]] inline auto check(const plan_options& options) -> result<void> {
    if (!std::has_single_bit(options.alignment_bytes))
        return error{errc::invalid_argument, "alignment_bytes"}.because("is not a power of two").finding(options.alignment_bytes);
    if (options.n_devices == 0 || options.n_devices > max_devices)
        return error{errc::invalid_argument, "n_devices"}
            .because("number of devices is out of range")
            .expecting(std::uint64_t{max_devices}, std::uint64_t{options.n_devices});
    return {};
}

[[nodiscard]] inline auto check(const item& wanted, const plan_options& options) -> result<void> {
    if (wanted.device >= options.n_devices)
        return error{errc::invalid_argument, wanted.name}
            .because("device number is not below the number of devices")
            .expecting(std::uint64_t{options.n_devices}, std::uint64_t{wanted.device});
    std::uint64_t end = 0;
    if (!cria::detail::checked_add(wanted.offset_bytes, wanted.size_bytes, end))
        return error{errc::overflow, wanted.offset_bytes, wanted.name}
            .because("offset and size do not fit 64 bits")
            .finding(wanted.size_bytes);
    return {};
}

/// Items that were given one behind the other and are placed so: one without a group, or members of one group.
struct item_run {
    std::size_t first = 0;
    std::size_t count = 0;
    std::size_t leader = 0;  ///< the first-given member of the whole group, which may have been given in several runs
};

[[nodiscard]] inline auto same_range(const item& a, const item& b) noexcept -> bool {
    return a.device == b.device && a.file == b.file && a.offset_bytes == b.offset_bytes && a.size_bytes == b.size_bytes;
}

/// By device and group, and then as given.
[[nodiscard]] inline auto before_in_groups(const item& a, std::size_t a_at, const item& b, std::size_t b_at) noexcept -> bool {
    if (a.device != b.device) return a.device < b.device;
    if (a.group != b.group) return a.group < b.group;
    return a_at < b_at;
}

/// Which stands first in its arena, by itself or for its group. Where neither does they are equal ranges outside of groups, or
/// one group.
[[nodiscard]] inline auto before(const item& a, const item& b) noexcept -> bool {
    if (a.device != b.device) return a.device < b.device;
    if (a.file != b.file) return a.file < b.file;
    if (a.offset_bytes != b.offset_bytes) return a.offset_bytes < b.offset_bytes;
    if (a.size_bytes != b.size_bytes) return a.size_bytes < b.size_bytes;
    return a.group < b.group;
}

/// All items in the order of their places.
[[nodiscard]] inline auto order_of(std::span<const item> items) -> result<buffer<item_run>> {
    buffer<item_run> runs;
    bool has_groups = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const item& next = items[i];
        has_groups = has_groups || next.group != 0;
        const bool goes_on = next.group != 0 && i > 0 && items[i - 1].group == next.group && items[i - 1].device == next.device;
        if (goes_on) ++runs.back().count;
        else CRIA_TRY_VOID(runs.push_back({i, 1, i}, "upload plan"));
    }
    if (has_groups) {
        cria::detail::sort(runs.data(), runs.size(),
                           [&](const item_run& a, const item_run& b) { return before_in_groups(items[a.first], a.first, items[b.first], b.first); });
        for (std::size_t i = 1; i < runs.size(); ++i) {
            const item& here = items[runs[i].first];
            const item& leader = items[runs[i - 1].leader];
            if (here.group != 0 && here.group == leader.group && here.device == leader.device) runs[i].leader = runs[i - 1].leader;
        }
    }
    cria::detail::sort(runs.data(), runs.size(), [&](const item_run& a, const item_run& b) {
        if (before(items[a.leader], items[b.leader])) return true;
        return !before(items[b.leader], items[a.leader]) && a.first < b.first;
    });
    return runs;
}

/// For every item the one that has its range on the lowest device; itself where there is no lower one.
[[nodiscard]] inline auto origins_of(std::span<const item> items) -> result<buffer<std::size_t>> {
    buffer<std::size_t> origins, alone;
    CRIA_TRY_VOID(origins.resize(items.size(), "upload plan"));
    CRIA_TRY_VOID(alone.reserve(items.size(), "upload plan"));
    for (std::size_t i = 0; i < items.size(); ++i) {
        origins[i] = i;
        if (items[i].group == 0 && items[i].size_bytes > 0) CRIA_TRY_VOID(alone.push_back(i, "upload plan"));
    }
    const auto same_bytes = [](const item& a, const item& b) { return a.file == b.file && a.offset_bytes == b.offset_bytes && a.size_bytes == b.size_bytes; };
    cria::detail::sort(alone.data(), alone.size(), [&](std::size_t i, std::size_t j) {
        const item &a = items[i], &b = items[j];
        if (a.file != b.file) return a.file < b.file;
        if (a.offset_bytes != b.offset_bytes) return a.offset_bytes < b.offset_bytes;
        if (a.size_bytes != b.size_bytes) return a.size_bytes < b.size_bytes;
        return a.device != b.device ? a.device < b.device : i < j;
    });
    std::size_t first = 0;  // of equal bytes
    for (std::size_t at = 1; at < alone.size(); ++at) {
        if (!same_bytes(items[alone[first]], items[alone[at]])) first = at;
        else if (items[alone[at]].device != items[alone[first]].device) origins[alone[at]] = alone[first];
    }
    return origins;
}

/// How many of `ranges` stand before the first that `holds` is true of, as it is of all behind that one.
template <class F>
[[nodiscard]] auto count_until(std::span<const copy> ranges, const F& holds) noexcept -> std::size_t {
    std::size_t first = 0;
    for (std::size_t left = ranges.size(); left > 0;) {
        const std::size_t half = left / 2;
        if (holds(ranges[first + half])) {
            left = half;
        } else {
            first += half + 1;
            left -= half + 1;
        }
    }
    return first;
}

}  // namespace detail

inline auto make_plan(std::span<const item> items, const plan_options& options) -> result<plan> {
    CRIA_TRY_VOID(detail::check(options));
    for (const item& wanted : items) CRIA_TRY_VOID(detail::check(wanted, options));

    CRIA_TRY(const auto order, detail::order_of(items));
    plan made;
    made.options_ = options;
    if (options.chunk_bytes == 0) made.options_.chunk_bytes = (std::uint64_t{4} << 20U) >> (options.n_devices == 1 ? 0U : options.n_devices < 4 ? 1U : 2U);
    CRIA_TRY_VOID(made.arenas_.resize(options.n_devices, "upload plan"));
    CRIA_TRY_VOID(made.placements_.resize(items.size(), "upload plan"));
    buffer<std::size_t> origins;
    if (options.broadcasts && options.n_devices > 1) {
        CRIA_TRY(origins, detail::origins_of(items));
    }
    CRIA_TRY_VOID(made.place(items, order.span(), origins.span()));
    made.count_copies();
    return made;
}

inline auto plan::place(std::span<const item> items, std::span<const detail::item_run> order, std::span<const std::size_t> origins) -> result<void> {
    CRIA_TRY_VOID(place_those(items, order, origins, false));
    if (!origins.empty()) CRIA_TRY_VOID(place_those(items, order, origins, true));
    for (arena& own : arenas_) {
        if (own.n_items == 0) continue;  // no arena, no tail
        if (!cria::detail::checked_round_up(own.size_bytes, options_.alignment_bytes, own.size_bytes) ||
            !cria::detail::checked_add(own.size_bytes, options_.tail_bytes, own.size_bytes))
            return error{errc::overflow, "tail_bytes"}.because("arena does not fit 64 bits").finding(options_.tail_bytes);
    }
    return {};
}

/// The items that come from files, or those that come from other devices. Neither equal ranges nor a group have both.
inline auto plan::place_those(std::span<const item> items, std::span<const detail::item_run> order, std::span<const std::size_t> origins, bool are_broadcast)
    -> result<void> {
    const detail::item_run* before = nullptr;
    std::uint64_t group_end = 0;  // of the group that `before` is of
    for (const detail::item_run& run : order) {
        if (!origins.empty() && (origins[run.first] != run.first) != are_broadcast) continue;
        const item& leader = items[run.leader];
        arena& own = arenas_[leader.device];
        own.n_items += run.count;
        if (before != nullptr && leader.group == 0 && detail::same_range(items[before->leader], leader)) {  // groups stand behind their equals
            placements_[run.first] = placements_[before->first];
            continue;
        }
        const bool goes_on = before != nullptr && before->leader == run.leader;
        before = &run;

        // While an arena is being filled, size_bytes is the end of its last item.
        std::uint64_t begin = group_end;
        if (!goes_on && !cria::detail::checked_round_up(own.size_bytes, options_.alignment_bytes, begin))
            return error{errc::overflow, leader.name}.because("arena does not fit 64 bits").finding(leader.size_bytes);
        for (std::size_t at = run.first; at < run.first + run.count; ++at) {
            const item& next = items[at];
            placements_[at] = {next.device, begin};
            std::uint64_t end = 0;
            if (!cria::detail::checked_add(begin, next.size_bytes, end))
                return error{errc::overflow, next.name}.because("arena does not fit 64 bits").finding(next.size_bytes);
            if (next.size_bytes > 0) CRIA_TRY_VOID(are_broadcast ? add_broadcast(next, begin, placements_[origins[at]]) : add_range(next, begin));
            begin = end;
        }
        group_end = begin;
    }
    return {};
}

/// An item with bytes, behind everything else in its arena.
inline void plan::add_bytes(const item& next, std::uint64_t begin) noexcept {
    arena& own = arenas_[next.device];
    const std::uint64_t gap = begin - own.size_bytes;
    if (gap > own.largest_gap_bytes) own.largest_gap_bytes = gap;
    own.size_bytes = begin + next.size_bytes;  // fits, as place_those() has checked
    own.data_bytes += next.size_bytes;
}

inline auto plan::add_range(const item& next, std::uint64_t begin) -> result<void> {
    add_bytes(next, begin);
    arena& own = arenas_[next.device];
    if (own.n_ranges > 0) {
        // In groups, and between them, offsets in the file may go back. Where they do not, the distance in the arena is no less
        // than the last range's length, so ranges that overlap in the file never agree.
        copy& last = ranges_.back();
        if (last.file == next.file && next.offset_bytes >= last.file_offset_bytes &&
            next.offset_bytes - last.file_offset_bytes == begin - last.device_offset_bytes) {
            last.size_bytes = own.size_bytes - last.device_offset_bytes;
            return {};
        }
    } else {
        own.first_range = ranges_.size();
    }
    CRIA_TRY_VOID(ranges_.push_back({next.file, next.device, next.offset_bytes, begin, next.size_bytes}, "upload plan"));
    ++own.n_ranges;
    return {};
}

/// Neighbours become one where they touch in both arenas and in the file.
inline auto plan::add_broadcast(const item& next, std::uint64_t begin, const placement& from) -> result<void> {
    add_bytes(next, begin);
    arena& own = arenas_[next.device];
    own.broadcast_bytes += next.size_bytes;
    if (own.n_broadcasts > 0) {
        broadcast& last = broadcasts_.back();
        if (last.to.file == next.file && last.from_device == from.device && last.to.file_offset_bytes + last.to.size_bytes == next.offset_bytes &&
            last.to.device_offset_bytes + last.to.size_bytes == begin && last.from_offset_bytes + last.to.size_bytes == from.device_offset_bytes) {
            last.to.size_bytes += next.size_bytes;
            return {};
        }
    } else {
        own.first_broadcast = broadcasts_.size();
    }
    CRIA_TRY_VOID(broadcasts_.push_back({{next.file, next.device, next.offset_bytes, begin, next.size_bytes}, from.device, from.device_offset_bytes}, "upload plan"));
    ++own.n_broadcasts;
    return {};
}

inline void plan::count_copies() noexcept {
    for (const copy& range : ranges_) {
        const std::uint64_t last_byte = range.device_offset_bytes + (range.size_bytes - 1);
        arenas_[range.device].n_copies += last_byte / options_.chunk_bytes - range.device_offset_bytes / options_.chunk_bytes + 1;
    }
}

inline auto plan::chunk_count(std::uint32_t device) const noexcept -> std::uint64_t {
    const auto ranges = ranges_of(device);
    if (ranges.empty()) return 0;
    return (ranges.back().device_offset_bytes + (ranges.back().size_bytes - 1)) / options_.chunk_bytes + 1;
}

inline auto plan::chunk(std::uint32_t device, std::uint64_t index) const& noexcept -> upload::chunk {
    assert(index < chunk_count(device));
    constexpr std::uint64_t last = (std::numeric_limits<std::uint64_t>::max)();
    const auto ranges = ranges_of(device);
    upload::chunk made;
    made.device = device;
    made.begin_ = index * options_.chunk_bytes;  // fits: the chunk exists
    made.end_ = options_.chunk_bytes > last - made.begin_ ? last : made.begin_ + options_.chunk_bytes;
    // Ranges ascend and do not overlap, so those that reach into the chunk lie side by side.
    const std::size_t first = detail::count_until(ranges, [&](const copy& range) { return range.device_offset_bytes + range.size_bytes > made.begin_; });
    const std::size_t end = detail::count_until(ranges, [&](const copy& range) { return range.device_offset_bytes >= made.end_; });
    made.ranges_ = ranges.subspan(first, end - first);
    if (made.empty()) {
        made.device_offset_bytes = made.begin_;
        return made;
    }
    made.device_offset_bytes = made[0].device_offset_bytes;
    const copy back = made[made.size() - 1];
    made.size_bytes = back.device_offset_bytes + back.size_bytes - made.device_offset_bytes;
    return made;
}

inline auto chunk::operator[](std::size_t i) const noexcept -> copy {
    copy part = ranges_[i];
    const std::uint64_t end = part.device_offset_bytes + part.size_bytes;
    if (part.device_offset_bytes < begin_) {
        part.file_offset_bytes += begin_ - part.device_offset_bytes;
        part.device_offset_bytes = begin_;
    }
    part.size_bytes = (end < end_ ? end : end_) - part.device_offset_bytes;
    return part;
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_PLAN_HPP
