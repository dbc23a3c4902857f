// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_WORKERS_HPP
#define CRIA_UPLOAD_WORKERS_HPP

#include "cria/base/result.hpp"
#include "cria/io/page_cache.hpp"
#include "cria/io/pages.hpp"
#include "cria/upload/job.hpp"
#include "cria/upload/staging.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memset

// The loops of the workers. They differ in how bytes get to where the device can read them:
//   staged      a worker copies, or reads, a chunk into a slot of its lane and sends it as one transfer
//   registered  the one worker of a device pins a window of the mapping, sends what lies in it, and unpins it
// (upload/direct.hpp has the third, for reads past the page cache.) A worker returns what stopped it; in its lane
// there is then nothing left on its way.

namespace cria::inline v0::upload::detail {

/// The pages behind a copy leave the page cache. A hint.
inline void forget(const source& from, const copy& part) noexcept {
    if (from.is_mapping) io::give_back(from.bytes.subspan(static_cast<std::size_t>(part.file_offset_bytes), static_cast<std::size_t>(part.size_bytes)));
    if (from.file != nullptr) static_cast<void>(io::drop_cache(*from.file, from.offset_bytes + part.file_offset_bytes, part.size_bytes));
}

/// Chunk `k` as the device shall have it: copies where they belong, zeros between them.
template <runtime R>
[[nodiscard]] auto fill_slot(job<R>& shared, device_job<R>& device, stager& from, std::uint64_t k, std::byte* to) -> result<void> {
    const std::uint64_t begin = shared.begin_of(k);
    std::uint64_t at = begin;
    const chunk all = shared.plan.chunk(device.index, k);
    from.begin_chunk();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const copy part = all[i];
        if (at < part.device_offset_bytes) std::memset(to + (at - begin), 0, static_cast<std::size_t>(part.device_offset_bytes - at));
        CRIA_TRY_VOID(from.fetch(part, to + (part.device_offset_bytes - begin), shared.digest_place(device, k, i)));
        at = part.device_offset_bytes + part.size_bytes;
        if (shared.options.release_page_cache) forget(shared.sources[part.file], part);
    }
    const std::uint64_t end = shared.end_of(device, k);
    if (at < end) std::memset(to + (at - begin), 0, static_cast<std::size_t>(end - at));
    return {};
}

/// A filled slot on its way.
template <runtime R>
[[nodiscard]] auto send_slot(job<R>& shared, device_job<R>& device, lane<R>& mine, slot<R>& one, std::uint64_t k) -> result<void> {
    const std::uint64_t begin = shared.begin_of(k);
    one.payload_bytes = shared.end_of(device, k) - begin;
    CRIA_TRY_VOID(shared.runtime.copy_to_device(device.arena + begin, one.address, one.payload_bytes, mine.stream));
    one.is_sending = true;  // from here on, also if the next call fails: the lane's draining waits for it
    CRIA_TRY_VOID(shared.runtime.record(one.sent, mine.stream));
    shared.announce(device, k);
    return {};
}

template <runtime R>
[[nodiscard]] auto run_staged(job<R>& shared, device_job<R>& device, lane<R>& mine) -> result<void> {
    stager from(shared.sources.span(), shared.chosen.how);
    for (std::size_t turn = 0; !shared.is_over(); ++turn) {
        const std::uint64_t k = device.next_chunk.fetch_add(1, std::memory_order_relaxed);
        if (k >= device.n_chunks) break;
        slot<R>& one = mine.pieces[turn % mine.pieces.size()];
        CRIA_TRY_VOID(finish_sending(shared, one));
        CRIA_TRY_VOID(fill_slot(shared, device, from, k, one.address));
        CRIA_TRY_VOID(send_slot(shared, device, mine, one, k));
    }
    for (slot<R>& one : mine.pieces) CRIA_TRY_VOID(finish_sending(shared, one));
    return {};
}

/// A part of a mapping that is pinned.
struct window {
    static constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20U;

    byte_view pages;

    [[nodiscard]] auto holds(const std::byte* at) const noexcept -> bool { return at >= pages.data() && at < pages.data() + pages.size(); }
    /// Bytes from `at` to its end.
    [[nodiscard]] auto from(const std::byte* at) const noexcept -> std::uint64_t { return static_cast<std::uint64_t>(pages.data() + pages.size() - at); }
};

/// The pages from the one that `at` lies in, as far as a window reaches, the mapping does, and no other window is.
[[nodiscard]] inline auto pages_from(byte_view mapping, const std::byte* at, byte_view taken, std::size_t page) noexcept -> byte_view {
    const auto address = reinterpret_cast<std::uintptr_t>(at);
    const auto begin = address - address % page;
    auto end = reinterpret_cast<std::uintptr_t>(mapping.data()) + mapping.size();
    end += (page - end % page) % page;  // the mapping has whole pages
    if (end - begin > window::most_bytes) end = begin + static_cast<std::uintptr_t>(window::most_bytes);
    const auto other = reinterpret_cast<std::uintptr_t>(taken.data());
    if (!taken.empty() && other > begin && other < end) end = other;
    return {at - (address - begin), static_cast<std::size_t>(end - begin)};
}

/// The two windows of one worker, over the two slots of its lane, which have no memory of their own: while the device
/// reads one, the next is pinned.
template <runtime R>
class windows {
public:
    windows(job<R>& shared, lane<R>& mine) noexcept : shared_(shared), mine_(mine) {}
    windows(const windows&) = delete;
    auto operator=(const windows&) -> windows& = delete;
    /// Where the device may still be reading, pages stay pinned: nobody knows until when.
    ~windows() {
        if (!mine_.drain()) return;
        for (std::size_t i = 0; i < both_.size(); ++i) {
            shared_.add_done(mine_.pieces[i].payload_bytes);  // whole chunks, of an upload that may go on in another way
            mine_.pieces[i].payload_bytes = 0;
            static_cast<void>(unpin(both_[i]));
        }
    }

    /// The window that `at`, of `mapping`, lies in, pinned. Fails: as the runtime; `could_not_pin` says that it was the pinning.
    [[nodiscard]] auto over(byte_view mapping, const std::byte* at, bool& could_not_pin) -> result<const window*> {
        if (both_[now_].holds(at)) return &both_[now_];
        const std::size_t other = 1 - now_;
        if (mine_.pieces[now_].is_sending) {  // all that was sent from it is behind this point
            CRIA_TRY_VOID(shared_.runtime.record(mine_.pieces[now_].sent, mine_.stream));
        }
        if (!both_[other].holds(at)) {
            CRIA_TRY_VOID(retire(other));
            const byte_view pages = pages_from(mapping, at, both_[now_].pages, io::page_bytes());
            if (auto pinned = shared_.runtime.pin_read_only(pages); !pinned) {
                could_not_pin = true;
                return pinned.error();
            }
            both_[other].pages = pages;
            shared_.add_pinned(pages.size());
        }
        now_ = other;
        return &both_[now_];
    }
    /// Something was queued that reads from the last window.
    void note_copy() noexcept { mine_.pieces[now_].is_sending = true; }
    /// A chunk is queued.
    [[nodiscard]] auto end_chunk(device_job<R>& device, std::uint64_t k) -> result<void> {
        slot<R>& one = mine_.pieces[now_];
        one.payload_bytes += shared_.end_of(device, k) - shared_.begin_of(k);
        one.is_sending = true;
        CRIA_TRY_VOID(shared_.runtime.record(one.sent, mine_.stream));
        shared_.announce(device, k);
        return {};
    }
    /// Returns when all is on the device and nothing is pinned.
    [[nodiscard]] auto end() -> result<void> {
        for (std::size_t i = 0; i < both_.size(); ++i) CRIA_TRY_VOID(retire(i));
        return {};
    }

private:
    [[nodiscard]] auto retire(std::size_t i) -> result<void> {
        CRIA_TRY_VOID(finish_sending(shared_, mine_.pieces[i]));
        mine_.pieces[i].payload_bytes = 0;
        return unpin(both_[i]);
    }
    [[nodiscard]] auto unpin(window& one) -> result<void> {
        if (one.pages.empty()) return {};
        shared_.remove_pinned(one.pages.size());
        const byte_view pages = one.pages;
        one.pages = {};
        return shared_.runtime.unpin(pages.data());
    }

    job<R>& shared_;
    lane<R>& mine_;
    std::array<window, 2> both_;
    std::size_t now_ = 0;
};

/// Fails as the others; where pinning was what failed, `could_not_pin` is set and chunks from device.next_chunk on are undone.
template <runtime R>
[[nodiscard]] auto run_registered(job<R>& shared, device_job<R>& device, lane<R>& mine, bool& could_not_pin) -> result<void> {
    windows<R> pinned(shared, mine);
    stager from(shared.sources.span(), source_mode::registered);
    for (; !shared.is_over(); device.next_chunk.fetch_add(1, std::memory_order_relaxed)) {
        const std::uint64_t k = device.next_chunk.load(std::memory_order_relaxed);
        if (k >= device.n_chunks) break;
        const chunk all = shared.plan.chunk(device.index, k);
        from.begin_chunk();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const copy part = all[i];
            CRIA_TRY_VOID(from.look_at(part, shared.digest_place(device, k, i)));
            const byte_view mapping = shared.sources[part.file].bytes;
            for (std::uint64_t at = 0; at < part.size_bytes;) {
                const std::byte* const first = mapping.data() + part.file_offset_bytes + at;
                CRIA_TRY(const window* const now, pinned.over(mapping, first, could_not_pin));
                const std::uint64_t n = part.size_bytes - at < now->from(first) ? part.size_bytes - at : now->from(first);
                CRIA_TRY_VOID(shared.runtime.copy_to_device(device.arena + part.device_offset_bytes + at, first, n, mine.stream));
                pinned.note_copy();
                at += n;
            }
        }
        CRIA_TRY_VOID(pinned.end_chunk(device, k));
    }
    CRIA_TRY_VOID(pinned.end());
    if (shared.options.release_page_cache) {
        for (const copy& range : shared.plan.ranges()) {
            if (range.device == device.index) forget(shared.sources[range.file], range);
        }
    }
    return {};
}

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_WORKERS_HPP
