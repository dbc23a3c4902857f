// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_JOB_HPP
#define CRIA_UPLOAD_JOB_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/io/direct_file.hpp"
#include "cria/io/thread.hpp"
#include "cria/upload/choose.hpp"
#include "cria/upload/lane.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/runtime.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

// What the workers of one upload share. Each takes the next chunk of its device, brings its bytes, and says when they
// are queued and when they are there. The first error ends it for all: whoever is next to look finds `stops` set.

namespace cria::inline v0::upload::detail {

/// A device's part of an upload.
template <runtime R>
struct device_job {
    std::uint32_t index = 0;    // the plan's number of it
    std::uint32_t number = 0;   // the runtime's
    std::byte* arena = nullptr;
    std::uint64_t arena_bytes = 0;
    std::uint64_t n_chunks = 0;
    std::atomic<std::uint64_t> next_chunk{0};
    error lane_failure;                            // guarded; why a worker had no lane
    double copy_seconds = 0;                       // guarded
    lane<R>* lanes = nullptr;                      // that are being used; guarded
    // What comes before all copies: the filling with zeros, and what the caller's stream had.
    typename R::stream first{};
    bool has_first = false;
    typename R::event started{};                   // its end
    bool has_started = false;
    buffer<std::uint8_t> is_queued;                // a chunk; guarded
    buffer<std::uint64_t> first_piece;             // the number of a chunk's first copy among all of the device's; with digests only
    buffer<std::uint64_t> digests;                 // of the host, a copy; each written by one worker
    std::uint64_t n_prefix = 0;                    // chunks from the first on that are queued, as far as the digest pass has looked
};

template <runtime R>
struct job {
    job(R& r, const upload::plan& p, const upload::options<R>& o) noexcept : runtime(r), plan(p), options(o) {}

    R& runtime;
    const upload::plan& plan;
    upload::options<R> options;
    choice chosen;
    buffer<source> sources;
    std::span<device_job<R>> devices;
    std::span<const io::direct_file> direct_files;  // one a source, with source_mode::direct
    std::size_t direct_alignment = 512;             // of all reads of these: what any of them needs, since copies of several share a slot

    std::atomic<bool> stops{false};
    io::monitor lock;  // guards what follows, and what says so
    bool has_failed = false;
    error failure;
    unsigned n_running = 0;       // workers
    unsigned n_lanes = 0;
    bool fell_back = false;       // what could not be registered was staged
    std::uint64_t done_bytes = 0;
    std::uint64_t pinned_bytes = 0;
    std::uint64_t most_pinned_bytes = 0;

    [[nodiscard]] auto is_over() const noexcept -> bool {
        return stops.load(std::memory_order_relaxed) || (options.cancel != nullptr && options.cancel->load(std::memory_order_relaxed));
    }
    /// The first error is the upload's.
    void fail(const error& why) noexcept {
        const io::locked hold(lock);
        if (!has_failed) failure = why;
        has_failed = true;
        stops.store(true, std::memory_order_relaxed);
        lock.notify();
    }
    void add_pinned(std::uint64_t size_bytes) noexcept {
        const io::locked hold(lock);
        pinned_bytes += size_bytes;
        if (pinned_bytes > most_pinned_bytes) most_pinned_bytes = pinned_bytes;
    }
    void remove_pinned(std::uint64_t size_bytes) noexcept {
        const io::locked hold(lock);
        pinned_bytes -= size_bytes;
    }
    void add_done(std::uint64_t size_bytes) noexcept {
        const io::locked hold(lock);
        done_bytes += size_bytes;
    }

    /// Where a chunk is in its arena, and how far it reaches: to the next one, or the end of the arena's last chunk.
    [[nodiscard]] auto begin_of(std::uint64_t k) const noexcept -> std::uint64_t { return k * plan.options().chunk_bytes; }
    [[nodiscard]] auto end_of(const device_job<R>& device, std::uint64_t k) const noexcept -> std::uint64_t {
        const std::uint64_t begin = begin_of(k);
        const std::uint64_t left = device.arena_bytes - begin;
        return begin + (left < plan.options().chunk_bytes ? left : plan.options().chunk_bytes);
    }
    /// Where the digest of copy `i` of chunk `k` belongs; null without digests.
    [[nodiscard]] auto digest_place(device_job<R>& device, std::uint64_t k, std::size_t i) const noexcept -> std::uint64_t* {
        if (device.digests.empty()) return nullptr;
        return device.digests.data() + device.first_piece[static_cast<std::size_t>(k)] + i;
    }

    /// Whether the chunks that hold these bytes are queued. The lock is held.
    [[nodiscard]] auto are_queued(const device_job<R>& device, std::uint64_t offset_bytes, std::uint64_t size_bytes) const noexcept -> bool {
        const std::uint64_t last = (offset_bytes + (size_bytes - 1)) / plan.options().chunk_bytes;
        for (std::uint64_t k = offset_bytes / plan.options().chunk_bytes; k <= last && k < device.n_chunks; ++k)
            if (device.is_queued[static_cast<std::size_t>(k)] == 0) return false;
        return true;
    }
    /// The number of copies in the first `n_chunks` chunks. With digests only.
    [[nodiscard]] auto end_of_pieces(const device_job<R>& device, std::uint64_t n_chunks) const noexcept -> std::uint64_t {
        return n_chunks < device.n_chunks ? device.first_piece[static_cast<std::size_t>(n_chunks)] : device.digests.size();
    }

    /// All of chunk `k` is queued on the caller's lane.
    void announce(device_job<R>& device, std::uint64_t k) noexcept {
        const io::locked hold(lock);
        device.is_queued[static_cast<std::size_t>(k)] = 1;
        if (n_waiters > 0) lock.notify();
    }
    // transfer::wait_for; guarded
    unsigned n_waiters = 0;  // for chunks
    unsigned n_users = 0;    // of streams and events
    bool has_ended = false;  // these are gone, or about to go
};

/// A lane for one worker: from the caller's ring where it has one that fits. Fails: as the runtime; out_of_memory.
template <runtime R>
[[nodiscard]] auto take_lane(job<R>& shared, device_job<R>& device, std::size_t n_slots, std::size_t slot_bytes) -> result<lane<R>*> {
    lane<R>* mine = shared.options.kept == nullptr ? nullptr : shared.options.kept->take(device.number, n_slots, slot_bytes);
    if (mine == nullptr) {
        mine = new (std::nothrow) lane<R>(shared.runtime, device.number);
        if (mine == nullptr) return error{errc::out_of_memory, "upload lane"};
        auto opened = mine->open(n_slots, slot_bytes);
        if (!opened && shared.options.kept != nullptr && shared.options.kept->idle_bytes() > 0) {  // of lanes that do not fit
            static_cast<void>(mine->close());
            static_cast<void>(shared.options.kept->clear());  // what that leaves is pinned memory: there is none for this lane, then
            opened = shared.runtime.use(device.number);
            if (opened) opened = mine->open(n_slots, slot_bytes);
        }
        if (!opened) {
            delete mine;
            return opened.error();
        }
    }
    for (slot<R>& each : mine->pieces) each.payload_bytes = 0;  // of the upload before
    shared.add_pinned(mine->pinned_bytes());
    result<void> waits;
    {
        const io::locked hold(shared.lock);
        // An upload that is over sends nothing, and `started` may be gone.
        if (!shared.stops.load(std::memory_order_relaxed) && device.has_started) waits = shared.runtime.wait(mine->stream, device.started);
        if (waits) {
            ++shared.n_lanes;
            mine->next = device.lanes;
            device.lanes = mine;
            return mine;
        }
    }
    shared.remove_pinned(mine->pinned_bytes());
    delete mine;
    return waits.error();
}

/// Gives it back; what it still sends is waited for. Where that fails, it is the upload's error, too.
template <runtime R>
void give_lane(job<R>& shared, device_job<R>& device, lane<R>* mine) {
    shared.remove_pinned(mine->pinned_bytes());
    const auto drained = mine->drain();  // before it leaves the list: who waits for bytes looks there for what is on its way
    {
        const io::locked hold(shared.lock);
        lane<R>** at = &device.lanes;
        while (*at != mine) at = &(*at)->next;
        *at = mine->next;
        mine->next = nullptr;
    }
    if (!drained) {
        shared.fail(drained.error());
        delete mine;  // closes, and keeps what may still be read
        return;
    }
    if (shared.options.kept != nullptr) {
        shared.options.kept->give(mine);
        return;
    }
    if (const auto closed = mine->close(); !closed) shared.fail(closed.error());
    delete mine;
}

/// What is queued on `stream` from now on comes behind all that workers have queued for the device by now: the chunks that
/// are announced, and a few of later ones. `mark` is any event of the device, which is in use; the lock is held, so that no
/// lane leaves the list meanwhile. (One that has left has nothing on its way.)  Fails: as the runtime.
template <runtime R>
[[nodiscard]] auto follow_lanes(job<R>& shared, const device_job<R>& device, typename R::stream stream, typename R::event mark) -> result<void> {
    for (const lane<R>* each = device.lanes; each != nullptr; each = each->next) {
        CRIA_TRY_VOID(shared.runtime.record(mark, each->stream));
        CRIA_TRY_VOID(shared.runtime.wait(stream, mark));
    }
    return {};
}

/// Returns when the device has read the slot; its bytes then count as done.
template <runtime R>
[[nodiscard]] auto finish_sending(job<R>& shared, slot<R>& one) -> result<void> {
    if (!one.is_sending) return {};
    CRIA_TRY_VOID(shared.runtime.synchronize(one.sent));
    one.is_sending = false;
    shared.add_done(one.payload_bytes);
    return {};
}

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_JOB_HPP
