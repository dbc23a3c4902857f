// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_STREAM_HPP
#define CRIA_GPU_STREAM_HPP

#include "cria/base/result.hpp"
#include "cria/gpu/check.hpp"

#include <cuda_runtime_api.h>

#include <utility>

// Streams and events of the CUDA runtime. Every call of this library that puts work on a device takes a stream_ref,
// and returns when the work is queued; whoever wants to know that it is done synchronises.

namespace cria::inline v0::gpu {

/// A stream that somebody else owns: a cudaStream_t, whichever library made it. The default is the legacy default stream.
class stream_ref {
public:
    constexpr stream_ref() noexcept = default;
    constexpr stream_ref(cudaStream_t native) noexcept : native_(native) {}  // NOLINT(google-explicit-constructor): it is one
    [[nodiscard]] constexpr auto native() const noexcept -> cudaStream_t { return native_; }

    /// Returns when everything queued so far is done. Fails: errc::device_error, also for work that failed earlier.
    [[nodiscard]] auto synchronize() const -> result<void> { return detail::check(cudaStreamSynchronize(native_), "stream"); }

    friend constexpr auto operator==(stream_ref, stream_ref) noexcept -> bool = default;

private:
    cudaStream_t native_ = nullptr;
};

/// A stream of our own on the device that was current when it was made, which does not wait for the legacy default
/// stream. Move-only; destroying it waits for nothing: queued work still runs.
class stream {
public:
    stream() noexcept = default;
    /// Fails: errc::no_device, out_of_memory, device_error.
    [[nodiscard]] static auto make() -> result<stream> {
        stream made;
        CRIA_TRY_VOID(detail::check(cudaStreamCreateWithFlags(&made.native_, cudaStreamNonBlocking), "stream"));
        return made;
    }
    stream(stream&& other) noexcept : native_(std::exchange(other.native_, nullptr)) {}
    auto operator=(stream&& other) noexcept -> stream& { return std::swap(native_, other.native_), *this; }
    stream(const stream&) = delete;
    auto operator=(const stream&) -> stream& = delete;
    ~stream() {
        if (native_ != nullptr) static_cast<void>(cudaStreamDestroy(native_));
    }

    [[nodiscard]] auto ref() const noexcept -> stream_ref { return native_; }
    operator stream_ref() const noexcept { return native_; }  // NOLINT(google-explicit-constructor)

private:
    cudaStream_t native_ = nullptr;
};

/// A point in a stream, for other streams and the host to wait for. Without a time of its own, which makes it cheap.
class event {
public:
    event() noexcept = default;
    /// Fails: errc::no_device, out_of_memory, device_error.
    [[nodiscard]] static auto make() -> result<event> {
        event made;
        CRIA_TRY_VOID(detail::check(cudaEventCreateWithFlags(&made.native_, cudaEventDisableTiming), "event"));
        return made;
    }
    event(event&& other) noexcept : native_(std::exchange(other.native_, nullptr)) {}
    auto operator=(event&& other) noexcept -> event& { return std::swap(native_, other.native_), *this; }
    event(const event&) = delete;
    auto operator=(const event&) -> event& = delete;
    ~event() {
        if (native_ != nullptr) static_cast<void>(cudaEventDestroy(native_));
    }

    /// The event is now the point behind everything that is in the stream.
    [[nodiscard]] auto record(stream_ref on) const -> result<void> { return detail::check(cudaEventRecord(native_, on.native()), "event"); }
    /// What is queued in `waiting` from now on runs after the event.
    [[nodiscard]] auto make_wait(stream_ref waiting) const -> result<void> { return detail::check(cudaStreamWaitEvent(waiting.native(), native_, 0), "event"); }
    /// Returns when the event has happened.
    [[nodiscard]] auto synchronize() const -> result<void> { return detail::check(cudaEventSynchronize(native_), "event"); }
    [[nodiscard]] auto native() const noexcept -> cudaEvent_t { return native_; }

private:
    cudaEvent_t native_ = nullptr;
};

}  // namespace cria::inline v0::gpu

#endif  // CRIA_GPU_STREAM_HPP
