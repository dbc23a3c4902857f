// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_DIGEST_PASS_HPP
#define CRIA_UPLOAD_DIGEST_PASS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/upload/runtime.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

// Digests of a device's memory, computed by the device: of a few ranges after the other, as they arrive, so that
// the pass is done with all but the last when the last one has arrived. Ranges and answers lie in pinned memory, which
// the device reads and writes by itself: nothing is allocated on it, and no copy waits in line behind those of the upload.

namespace cria::inline v0::upload::detail {

/// A pass over ranges of one device. Made, used and closed by one thread at a time, with the device in use.
template <runtime R>
class digest_pass {
public:
    digest_pass() noexcept = default;
    digest_pass(const digest_pass&) = delete;
    auto operator=(const digest_pass&) -> digest_pass& = delete;
    ~digest_pass() { static_cast<void>(close()); }

    /// Room for `n` ranges. Fails: as the runtime; out_of_memory.
    [[nodiscard]] auto open(R& r, std::size_t n) -> result<void> {
        runtime_ = &r;
        n_ = n;
        CRIA_TRY(stream_, r.make_stream());
        has_stream_ = true;
        CRIA_TRY(mark_, r.make_event());
        has_mark_ = true;
        if (n == 0) return {};
        constexpr std::size_t each = sizeof(device_range) + sizeof(std::uint64_t);
        if (n > (~std::size_t{0}) / each) return error{errc::out_of_memory, "upload digests"}.finding(std::uint64_t{n});
        CRIA_TRY(memory_, r.allocate_pinned(n * each));
        return {};
    }
    /// To be written before queue() comes to them.
    [[nodiscard]] auto ranges() noexcept -> std::span<device_range> { return {reinterpret_cast<device_range*>(memory_.address), n_}; }
    /// Those of ranges that were queued, after synchronize().
    [[nodiscard]] auto digests() const noexcept -> std::span<const std::uint64_t> { return {answers(), n_}; }
    /// Where the pass waits for its ranges.
    [[nodiscard]] auto stream() const noexcept -> typename R::stream { return stream_; }
    /// An event of the device, to do so with.
    [[nodiscard]] auto mark() const noexcept -> typename R::event { return mark_; }
    [[nodiscard]] auto pinned_bytes() const noexcept -> std::uint64_t { return memory_.size_bytes; }
    [[nodiscard]] auto n_queued() const noexcept -> std::size_t { return n_queued_; }

    /// Ranges up to number `end` behind what the stream has. Fails: as the runtime.
    [[nodiscard]] auto queue(std::size_t end) -> result<void> {
        if (end <= n_queued_) return {};
        const std::size_t first = std::exchange(n_queued_, end);
        return runtime_->digest(ranges().data() + first, end - first, answers() + first, stream_);
    }
    [[nodiscard]] auto synchronize() -> result<void> { return runtime_->synchronize(stream_); }

    /// Gives everything back; memory that the device may still write to is not.
    auto close() -> result<void> {
        if (!std::exchange(has_stream_, false)) return {};
        auto drained = runtime_->synchronize(stream_);
        if (!drained) drained = runtime_->synchronize(stream_);  // an earlier error is reported once by some calls
        result<void> first = drained;
        const auto note = [&](result<void> answer) {
            if (!answer && first) first = answer;
        };
        const pinned_memory memory = std::exchange(memory_, {});
        if (memory.size_bytes > 0 && drained) note(runtime_->release_pinned(memory));
        if (std::exchange(has_mark_, false)) note(runtime_->destroy(mark_));
        note(runtime_->destroy(stream_));
        return first;
    }

private:
    [[nodiscard]] auto answers() const noexcept -> std::uint64_t* { return reinterpret_cast<std::uint64_t*>(memory_.address + n_ * sizeof(device_range)); }

    R* runtime_ = nullptr;
    pinned_memory memory_;  // the ranges, and behind them their digests
    std::size_t n_ = 0;
    std::size_t n_queued_ = 0;
    typename R::stream stream_{};
    typename R::event mark_{};
    bool has_stream_ = false;
    bool has_mark_ = false;
};

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_DIGEST_PASS_HPP
