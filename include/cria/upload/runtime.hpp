// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_RUNTIME_HPP
#define CRIA_UPLOAD_RUNTIME_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

// What an upload asks of whatever drives the devices: some twenty calls that every GPU interface has. gpu::cuda_runtime
// makes them on CUDA; a second model in host memory, where any call can be made to fail, is what the tests use. Nothing
// here knows either.
//
// Devices are numbered from 0. A call works on the device that its thread chose last by use(). All calls may be made
// from several threads at once. Copies, fills, records and waits are queued on a stream and return before they are done;
// what is queued on one stream is done in its order, on several in any.

namespace cria::inline v0::upload {

/// What an upload wants to know of a device beforehand.
struct device_facts {
    std::uint64_t free_bytes = 0;      ///< memory that nobody has taken
    std::uint64_t total_bytes = 0;
    int host_node = -1;                ///< the NUMA node that is nearest to the device; -1 where nobody says
    bool pins_read_only = false;       ///< pin_read_only works on mappings of files
    bool shares_host_memory = false;   ///< an integrated device: its memory is the host's
};

/// What an address belongs to.
struct pointer_facts {
    bool is_device_memory = false;  ///< memory of a device, not the host's, and not moved between the two
    std::uint32_t device = 0;
};

/// A range of a device's memory.
struct device_range {
    const void* address = nullptr;
    std::uint64_t size_bytes = 0;
};

/// Host memory that a device may read and write by itself.
struct pinned_memory {
    std::byte* address = nullptr;
    std::size_t size_bytes = 0;
    std::uint64_t how = 0;  ///< the runtime's own, to free it
};

/// A thing that drives devices. See above for threads and order.
template <class R>
concept runtime = requires(R& r, std::uint32_t device, std::uint64_t size_bytes, void* to, const void* from, const pinned_memory& pinned,
                           typename R::stream stream, typename R::event event, const device_range* ranges, std::size_t n_ranges, std::uint64_t* digests) {
    requires std::is_trivially_copyable_v<typename R::stream> && std::is_trivially_copyable_v<typename R::event>;  // handles
    { r.device_count() } -> std::same_as<result<std::uint32_t>>;
    { r.use(device) } -> std::same_as<result<void>>;
    { r.facts(device) } -> std::same_as<result<device_facts>>;
    { r.locate(from) } -> std::same_as<result<pointer_facts>>;

    // Memory. What is released is gone also where releasing fails.
    { r.allocate(size_bytes) } -> std::same_as<result<void*>>;                  // on the device; at least 256-aligned
    { r.release(to) } -> std::same_as<result<void>>;
    { r.allocate_pinned(std::size_t{}) } -> std::same_as<result<pinned_memory>>;  // near the calling thread; page-aligned
    { r.release_pinned(pinned) } -> std::same_as<result<void>>;
    { r.pin_read_only(byte_view{}) } -> std::same_as<result<void>>;              // whole pages of a shared read-only mapping of a file
    { r.unpin(from) } -> std::same_as<result<void>>;                             // by their first byte

    // Streams and events
    { r.make_stream() } -> std::same_as<result<typename R::stream>>;
    { r.destroy(stream) } -> std::same_as<result<void>>;
    { r.make_event() } -> std::same_as<result<typename R::event>>;
    { r.destroy(event) } -> std::same_as<result<void>>;
    { r.record(event, stream) } -> std::same_as<result<void>>;
    { r.wait(stream, event) } -> std::same_as<result<void>>;          // the stream goes on when the event's last record has happened, on whichever device
    { r.synchronize(event) } -> std::same_as<result<void>>;           // the calling thread does
    { r.synchronize(stream) } -> std::same_as<result<void>>;          // when all that is queued on it is done
    { r.is_done(event) } -> std::same_as<result<bool>>;

    // Bytes
    { r.copy_to_device(to, from, size_bytes, stream) } -> std::same_as<result<void>>;
    { r.copy_to_host(to, from, size_bytes, stream) } -> std::same_as<result<void>>;
    { r.copy_to_peer(to, device, from, device, size_bytes, stream) } -> std::same_as<result<void>>;  // memory, its device, from where
    { r.connect(device, device) } -> std::same_as<result<void>>;  // a hint: the first will copy from the memory of the second
    { r.fill_with_zeros(to, size_bytes, stream) } -> std::same_as<result<void>>;

    // The digests (upload/digest.hpp) of ranges of the device in use, computed by the device from its memory, one a range:
    // queued. It reads `ranges` and writes `digests` where they are, which is pinned memory that stays until then.
    // prepare_digests() does beforehand what its first call would do first.
    { r.prepare_digests() } -> std::same_as<result<void>>;
    { r.digest(ranges, n_ranges, digests, stream) } -> std::same_as<result<void>>;
};

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_RUNTIME_HPP
