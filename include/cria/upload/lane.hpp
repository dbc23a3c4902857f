// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_LANE_HPP
#define CRIA_UPLOAD_LANE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/io/thread.hpp"
#include "cria/upload/runtime.hpp"

#include <cstddef>
#include <cstdint>
#include <new>  // nothrow
#include <utility>

// What one worker of an upload has for itself: a stream of a device, and slots, which are pieces of pinned memory that
// the worker fills and the device empties. With two slots one is filled while the other is on its way. They are small
// on purpose: bytes that were just written are read by the device from the processor's cache, which is what makes
// staging as fast as the link; and pinning memory takes time.
//
// A ring keeps the lanes of one upload for the next, for who loads models again and again.

namespace cria::inline v0::upload {

namespace detail {

/// Pinned memory, and the point in the lane's stream behind which it may be written again.
template <runtime R>
struct slot {
    std::byte* address = nullptr;  ///< of the lane's pinned memory
    typename R::event sent;
    bool is_sending = false;
    std::uint64_t payload_bytes = 0;  ///< of what is being sent, for progress
};

/// A stream and slots on one device. Made, used and closed by one thread at a time, with the device in use.
template <runtime R>
class lane {
public:
    explicit lane(R& r, std::uint32_t on) noexcept : device(on), runtime_(&r) {}
    lane(const lane&) = delete;
    auto operator=(const lane&) -> lane& = delete;
    ~lane() { static_cast<void>(close()); }

    /// Where pinned memory ends early there is one slot: a slow lane is better than none, and two that took each other's
    /// last memory would otherwise both fail.
    /// Fails: as the runtime. What was made until then is there, and goes with close().
    [[nodiscard]] auto open(std::size_t n_slots, std::size_t slot_bytes) -> result<void> {
        CRIA_TRY(stream, runtime_->make_stream());
        has_stream_ = true;
        n_wanted_ = n_slots;
        CRIA_TRY_VOID(pieces.reserve(n_slots, "pinned slots"));
        if (slot_bytes > (~std::size_t{0}) / (n_slots == 0 ? 1 : n_slots)) return error{errc::out_of_memory, "pinned slots"}.finding(std::uint64_t{slot_bytes});
        if (slot_bytes > 0) {  // all of it at once: drivers pin for one thread at a time, and take their time for every call
            auto made = runtime_->allocate_pinned(n_slots * slot_bytes);
            if (!made && n_slots > 1) made = runtime_->allocate_pinned((n_slots = 1) * slot_bytes);
            if (!made) return made.error();
            memory_ = *made;
        }
        for (std::size_t i = 0; i < n_slots; ++i) {
            slot<R> made;
            made.address = slot_bytes > 0 ? memory_.address + i * slot_bytes : nullptr;
            CRIA_TRY(made.sent, runtime_->make_event());
            CRIA_TRY_VOID(pieces.push_back(made, "pinned slots"));  // cannot fail: reserved
        }
        slot_bytes_ = slot_bytes;
        return {};
    }

    /// Returns when the device has read all slots. Fails: as the runtime; then nobody knows whether it still reads.
    [[nodiscard]] auto drain() -> result<void> {
        if (!has_stream_) return {};
        auto drained = runtime_->synchronize(stream);
        if (!drained) drained = runtime_->synchronize(stream);  // an earlier error is reported once by some calls
        if (!drained) return drained;
        for (slot<R>& each : pieces) each.is_sending = false;
        return {};
    }

    /// Gives everything back. Slots that the device may still read are not: memory that is lost is better than memory
    /// that is overwritten. Fails: the first error; everything else is given back all the same.
    auto close() -> result<void> {
        result<void> first = drain();
        const bool is_idle = first.has_value();
        const auto note = [&](result<void> answer) {
            if (!answer && first) first = answer;
        };
        for (const slot<R>& each : pieces) note(runtime_->destroy(each.sent));
        pieces = {};
        const pinned_memory memory = std::exchange(memory_, {});
        if (memory.size_bytes > 0 && is_idle) note(runtime_->release_pinned(memory));
        if (std::exchange(has_stream_, false)) note(runtime_->destroy(stream));
        return first;
    }

    [[nodiscard]] auto pinned_bytes() const noexcept -> std::uint64_t { return memory_.size_bytes; }
    [[nodiscard]] auto fits(std::uint32_t on, std::size_t n_slots, std::size_t slot_bytes) const noexcept -> bool {
        return device == on && n_wanted_ == n_slots && slot_bytes_ >= slot_bytes && (slot_bytes_ > 0) == (slot_bytes > 0);
    }

    std::uint32_t device;
    typename R::stream stream{};
    buffer<slot<R>> pieces;  // of pinned memory
    lane* next = nullptr;  // in a ring, or a device's list of those that are used

private:
    R* runtime_;
    pinned_memory memory_;
    std::size_t n_wanted_ = 0;  // slots; there may be fewer, and whoever wants as many takes it all the same
    std::size_t slot_bytes_ = 0;
    bool has_stream_ = false;
};

}  // namespace detail

/// Streams and pinned slots that stay between uploads. An upload takes from it what fits and leaves it more than it found.
///
///     upload::ring<gpu::cuda_runtime> kept(runtime);
///     for (const auto& each : models) upload::execute(runtime, each.plan, each.sources, {.kept = &kept});
///
/// Borrows: the runtime. Threads: safe to share; uploads at the same time take different lanes.
template <runtime R>
class ring {
public:
    explicit ring(R& r) noexcept : runtime_(&r) {}
    ring(const ring&) = delete;
    auto operator=(const ring&) -> ring& = delete;
    ~ring() { static_cast<void>(clear()); }

    /// Pinned memory that is waiting for the next upload.
    [[nodiscard]] auto idle_bytes() noexcept -> std::uint64_t {
        const io::locked hold(lock_);
        std::uint64_t sum = 0;
        for (detail::lane<R>* at = idle_; at != nullptr; at = at->next) sum += at->pinned_bytes();
        return sum;
    }
    /// Gives all of it back. Which device is in use afterwards is not said.
    /// Fails: the first error; everything else is given back all the same.
    auto clear() -> result<void> {
        result<void> first;
        for (detail::lane<R>* at = take_all(); at != nullptr;) {
            detail::lane<R>* const next = at->next;
            const auto used = runtime_->use(at->device);
            const auto closed = at->close();
            if (first) first = !used ? used : closed;
            delete at;
            at = next;
        }
        return first;
    }

    /// For executors: an idle lane that fits, or null.
    [[nodiscard]] auto take(std::uint32_t device, std::size_t n_slots, std::size_t slot_bytes) noexcept -> detail::lane<R>* {
        const io::locked hold(lock_);
        for (detail::lane<R>** at = &idle_; *at != nullptr; at = &(*at)->next) {
            if (!(*at)->fits(device, n_slots, slot_bytes)) continue;
            detail::lane<R>* const found = *at;
            *at = found->next;
            found->next = nullptr;
            return found;
        }
        return nullptr;
    }
    /// For executors: a lane that is idle now. The ring owns it.
    void give(detail::lane<R>* idle) noexcept {
        const io::locked hold(lock_);
        idle->next = idle_;
        idle_ = idle;
    }

private:
    [[nodiscard]] auto take_all() noexcept -> detail::lane<R>* {
        const io::locked hold(lock_);
        return std::exchange(idle_, nullptr);
    }

    R* runtime_;
    io::monitor lock_;
    detail::lane<R>* idle_ = nullptr;
};

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_LANE_HPP
