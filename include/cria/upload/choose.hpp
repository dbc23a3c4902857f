// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_CHOOSE_HPP
#define CRIA_UPLOAD_CHOOSE_HPP

#include "cria/upload/options.hpp"

#include <cstdint>

// Which way the bytes go, from what is known of the machine: a pure function, so that it can be tested on any.
//
// Measured on an H100 and an H200 with 16 cores each (docs/benchmarks.md), P being the link's own speed:
//   staging     one core copies 8 to 10 GB/s from the page cache into a slot, 0.16 P; so cores are what decides, and from
//               eight on, with slots of 4 MiB, the link is full (0.94 to 1.00 P). Nothing copies faster than memcpy.
//   registering 0.40 to 0.47 P by one thread, whatever the cores: the driver pins one window at a time. More than two
//               cores stage faster, and both ways at once disturb each other.
//   direct      the disk's speed, with many reads in flight, and hardly any processor.

namespace cria::inline v0::upload {

/// What decides.
struct machine_facts {
    unsigned n_processors = 1;     ///< that this process may use
    bool has_mapping = false;      ///< all files are mapped
    bool has_file = false;         ///< all files are open
    bool has_memory = false;       ///< all files are in memory, mapped or not
    double cached_share = 1;       ///< of the bytes, in the page cache
    bool pins_read_only = false;   ///< all devices can pin a file's mapping
    bool reads_past_cache = false; ///< the file system can
    bool keeps_slots = false;      ///< pinned memory need not be made
};

/// What was decided.
struct choice {
    source_mode how = source_mode::mapped;
    unsigned n_workers = 1;  ///< of one device
    verification verify = verification::placement;

    friend constexpr auto operator==(const choice&, const choice&) noexcept -> bool = default;
};

/// Workers and ways for `size_bytes` on each of `n_devices` devices; what was asked for by name is taken.
[[nodiscard]] constexpr auto choose(const machine_facts& machine, std::uint64_t size_bytes, std::uint32_t n_devices, source_mode how, unsigned n_workers,
                                    verification verify) noexcept -> choice;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {
inline constexpr unsigned most_staging_workers = 12;                          // of a device: on a quiet machine eight fill its link
inline constexpr unsigned direct_depth = 16;                                  // slots that one thread keeps reading into
// A worker's slots of 8 MiB take 1.1 ms to pin, one worker after the other, and n of them copy 8 n GB/s: with n² · 9 MB of
// bytes, one more costs what it brings. Where slots are kept, it is as much as keeps a worker busy.
inline constexpr std::uint64_t worth_a_worker = std::uint64_t{9} << 20U;
inline constexpr std::uint64_t worth_a_kept_worker = std::uint64_t{12} << 20U;
inline constexpr std::uint64_t worth_registering = std::uint64_t{64} << 20U;  // one window
}  // namespace detail

constexpr auto choose(const machine_facts& machine, std::uint64_t size_bytes, std::uint32_t n_devices, source_mode how, unsigned n_workers,
                      verification verify) noexcept -> choice {
    choice made;
    made.how = how;
    const std::uint32_t devices = n_devices == 0 ? 1 : n_devices;
    if (how == source_mode::automatic) {
        const bool is_cold = machine.has_file && machine.reads_past_cache && machine.cached_share < 0.5;
        const bool is_short_of_cores = machine.n_processors <= 2 && n_workers <= 2;
        if (is_cold) made.how = source_mode::direct;
        else if (is_short_of_cores && machine.has_mapping && machine.pins_read_only && size_bytes >= detail::worth_registering) made.how = source_mode::registered;
        else made.how = machine.has_memory ? source_mode::mapped : source_mode::read;
    }

    made.verify = verify;
    if (verify == verification::automatic) {
        // The digest costs a staging core a third of its speed: nothing where the link is full anyway.
        const bool has_cores_to_spare = machine.n_processors / devices >= detail::most_staging_workers || made.how == source_mode::direct;
        made.verify = has_cores_to_spare && made.how != source_mode::registered ? verification::checksum : verification::placement;
    }

    const unsigned wanted = n_workers == 0 ? machine.n_processors : n_workers;
    unsigned workers = wanted / devices;
    if (n_workers == 0) {
        if (workers > detail::most_staging_workers) workers = detail::most_staging_workers;
        const std::uint64_t own_bytes = size_bytes / devices;
        while (workers > 1 && own_bytes < workers * (machine.keeps_slots ? detail::worth_a_kept_worker : workers * detail::worth_a_worker)) --workers;
        if (made.how == source_mode::direct) workers = 1;
    }
    if (made.how == source_mode::registered) workers = 1;  // whatever was asked for: windows of two would overlap
    made.n_workers = workers == 0 ? 1 : workers > max_workers ? max_workers : workers;
    return made;
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_CHOOSE_HPP
