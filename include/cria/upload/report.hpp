// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_REPORT_HPP
#define CRIA_UPLOAD_REPORT_HPP

#include "cria/base/buffer.hpp"
#include "cria/upload/options.hpp"

#include <cstdint>

// What an upload did, and what of it was proven.

namespace cria::inline v0::upload {

struct device_report {
    std::uint32_t device = 0;             ///< the runtime's number
    std::uint64_t size_bytes = 0;         ///< copied from the host, padding included
    std::uint64_t arena_bytes = 0;
    std::uint64_t broadcast_bytes = 0;    ///< copied from other devices
    double copy_seconds = 0;              ///< from the first worker's start to the last byte there
    std::uint64_t free_bytes_before = 0;  ///< before the arena was allocated: with the next a hint of where it is, no more,
    std::uint64_t free_bytes_after = 0;   ///< since others use the device, too
    double digest_seconds = 0;            ///< what was left of the device's pass over its memory when the copies were done; 0 without one
    /// Of the copies.
    [[nodiscard]] auto bytes_per_second() const noexcept -> double { return copy_seconds > 0 ? static_cast<double>(size_bytes) / copy_seconds : 0; }
};

struct report {
    source_mode how = source_mode::mapped;  ///< as chosen, or asked for; `mapped` where pages could not be registered after all
    verification verified = verification::placement;  ///< what has been proven
    unsigned n_workers = 0;                 ///< that had slots, of all devices
    std::uint64_t size_bytes = 0;           ///< copied to all devices, padding included
    std::uint64_t cached_bytes = 0;         ///< of the files that it needed, in the page cache beforehand, from samples; 0 where it was not looked
    std::uint64_t pinned_bytes = 0;         ///< the most at one time: slots and registered windows
    double prepare_seconds = 0;             ///< looking, allocating
    double copy_seconds = 0;                ///< from the first worker's start, which makes its slots, to the last byte on a device
    double verify_seconds = 0;
    double total_seconds = 0;
    std::uint64_t digest = 0;               ///< of the digests of all ranges, in order; 0 unless `verified` is checksum or more
    buffer<device_report> devices;          ///< one a device of the plan
};

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_REPORT_HPP
