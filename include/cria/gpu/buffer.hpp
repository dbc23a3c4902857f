// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_BUFFER_HPP
#define CRIA_GPU_BUFFER_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/current_device.hpp"

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

// Memory that is freed by whoever owns it. Freeing waits until the device is done with all that was queued before, as
// cudaFree and cudaFreeHost do: buffers are for what lives long, not for the inside of a loop.

namespace cria::inline v0::gpu {

/// Memory of a device; move-only, freed by the destructor. The calling thread's current device stays what it was.
/// Threads: const, safe to share.
class device_buffer {
public:
    device_buffer() noexcept = default;
    /// `size_bytes` on device `device`, not initialised, aligned to 256 bytes. Of no bytes there is no address.
    /// Fails: errc::no_device; out_of_memory; device_error.
    [[nodiscard]] static auto make(std::uint32_t device, std::uint64_t size_bytes) -> result<device_buffer> {
        CRIA_TRY(const auto there, detail::current_device::use(device));
        device_buffer made;
        made.device_ = device;
        if (size_bytes == 0) return made;
        if (size_bytes != static_cast<std::size_t>(size_bytes)) return error{errc::out_of_memory, "device memory"}.finding(size_bytes);
        void* memory = nullptr;
        if (const auto answer = detail::check(cudaMalloc(&memory, static_cast<std::size_t>(size_bytes)), "device memory"); !answer)
            return answer.error().finding(size_bytes);
        made.address_ = static_cast<std::byte*>(memory);
        made.size_bytes_ = size_bytes;
        return made;
    }
    device_buffer(device_buffer&& other) noexcept
        : address_(std::exchange(other.address_, nullptr)), size_bytes_(std::exchange(other.size_bytes_, 0)), device_(other.device_) {}
    auto operator=(device_buffer&& other) noexcept -> device_buffer& {
        if (this != &other) {
            static_cast<void>(release());
            address_ = std::exchange(other.address_, nullptr);
            size_bytes_ = std::exchange(other.size_bytes_, 0);
            device_ = other.device_;
        }
        return *this;
    }
    device_buffer(const device_buffer&) = delete;
    auto operator=(const device_buffer&) -> device_buffer& = delete;
    ~device_buffer() { static_cast<void>(release()); }

    /// On the device; the host must not read it.
    [[nodiscard]] auto address() const noexcept -> std::byte* { return address_; }
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_bytes_; }
    [[nodiscard]] auto device() const noexcept -> std::uint32_t { return device_; }

    /// Frees it, as the destructor does, and says how that went. Fails: errc::device_error, also for work that failed
    /// earlier; the memory is gone all the same.
    auto release() -> result<void> {
        size_bytes_ = 0;
        std::byte* const gone = std::exchange(address_, nullptr);
        if (gone == nullptr) return {};
        const auto there = detail::current_device::use(device_);
        const auto answer = detail::check(cudaFree(gone), "device memory");
        if (!there) return there.error();
        return answer;
    }

private:
    std::byte* address_ = nullptr;
    std::uint64_t size_bytes_ = 0;
    std::uint32_t device_ = 0;
};

/// Host memory that every device reads and writes by itself, so that copies run beside the calling thread; move-only.
/// Threads: const, safe to share.
class pinned_buffer {
public:
    pinned_buffer() noexcept = default;
    /// `size_bytes`, not initialised. Of no bytes there is no address.
    /// Fails: errc::no_device; out_of_memory; device_error.
    [[nodiscard]] static auto make(std::size_t size_bytes) -> result<pinned_buffer> {
        pinned_buffer made;
        if (size_bytes == 0) return made;
        void* memory = nullptr;
        if (const auto answer = detail::check(cudaHostAlloc(&memory, size_bytes, cudaHostAllocPortable), "pinned memory"); !answer)
            return answer.error().finding(std::uint64_t{size_bytes});
        made.address_ = static_cast<std::byte*>(memory);
        made.size_bytes_ = size_bytes;
        return made;
    }
    pinned_buffer(pinned_buffer&& other) noexcept : address_(std::exchange(other.address_, nullptr)), size_bytes_(std::exchange(other.size_bytes_, 0)) {}
    auto operator=(pinned_buffer&& other) noexcept -> pinned_buffer& {
        if (this != &other) {
            static_cast<void>(release());
            address_ = std::exchange(other.address_, nullptr);
            size_bytes_ = std::exchange(other.size_bytes_, 0);
        }
        return *this;
    }
    pinned_buffer(const pinned_buffer&) = delete;
    auto operator=(const pinned_buffer&) -> pinned_buffer& = delete;
    ~pinned_buffer() { static_cast<void>(release()); }

    [[nodiscard]] auto address() const noexcept -> std::byte* { return address_; }
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return size_bytes_; }
    [[nodiscard]] auto bytes() const& noexcept CRIA_LIFETIME_BOUND -> std::span<std::byte> { return {address_, size_bytes_}; }
    auto bytes() && -> std::span<std::byte> = delete;

    /// As device_buffer::release.
    auto release() -> result<void> {
        size_bytes_ = 0;
        std::byte* const gone = std::exchange(address_, nullptr);
        if (gone == nullptr) return {};
        return detail::check(cudaFreeHost(gone), "pinned memory");
    }

private:
    std::byte* address_ = nullptr;
    std::size_t size_bytes_ = 0;
};

}  // namespace cria::inline v0::gpu

#endif  // CRIA_GPU_BUFFER_HPP
