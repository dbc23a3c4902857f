// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_CURRENT_DEVICE_HPP
#define CRIA_GPU_CURRENT_DEVICE_HPP

#include "cria/base/result.hpp"
#include "cria/gpu/check.hpp"

#include <cuda_runtime_api.h>

#include <cstdint>
#include <utility>

// The runtime keeps a current device for each thread, which its calls work on. It belongs to the caller: who needs
// another one puts back what was there.

namespace cria::inline v0::gpu::detail {

/// A device is the calling thread's current one until this is destroyed, on the same thread; move-only.
class current_device {
public:
    /// Fails: errc::no_device; device_error.
    [[nodiscard]] static auto use(std::uint32_t device) -> result<current_device> {
        const auto wanted = static_cast<int>(device);
        int before = 0;
        CRIA_TRY_VOID(check(cudaGetDevice(&before), "device"));
        // Setting a device makes its context, at some hundred MB of its memory: not without need.
        if (before == wanted) return current_device(-1);
        CRIA_TRY_VOID(check(cudaSetDevice(wanted), "device"));
        return current_device(before);
    }
    current_device(current_device&& other) noexcept : before_(std::exchange(other.before_, -1)) {}
    auto operator=(current_device&&) -> current_device& = delete;
    current_device(const current_device&) = delete;
    auto operator=(const current_device&) -> current_device& = delete;
    ~current_device() {
        if (before_ >= 0) static_cast<void>(check(cudaSetDevice(before_), "device"));
    }

private:
    explicit current_device(int before) noexcept : before_(before) {}
    int before_;  // -1: nothing to put back
};

}  // namespace cria::inline v0::gpu::detail

#endif  // CRIA_GPU_CURRENT_DEVICE_HPP
