// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_GPU_DEVICE_HPP
#define CRIA_TESTS_GPU_DEVICE_HPP

#include "cria/gpu/check.hpp"
#include "cria/gpu/stream.hpp"

#include <cuda_runtime_api.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"

// What tests on a device have in common.

namespace cria_test {

/// How many devices there are. No driver, or one without devices, is none; any other answer is a failure.
inline auto device_count() -> int {
    int n = 0;
    const auto answer = cria::gpu::detail::check(cudaGetDeviceCount(&n), "devices");
    if (answer) return n;
    CAPTURE(answer.error().message());
    REQUIRE(answer.error().code == cria::errc::no_device);
    return 0;
}

/// Whether the running test has been reported as skipped, for want of devices.
///
///     if (skips_without_devices()) return;
inline auto skips_without_devices(int wanted = 1) -> bool {
    if (device_count() >= wanted) return false;
    skip(wanted == 1 ? "there is no CUDA device" : "there are too few CUDA devices");
    return true;
}

/// Bytes to a device and back, done when it returns.
inline void write_device(void* to, const std::vector<std::byte>& bytes) { REQUIRE(cudaMemcpy(to, bytes.data(), bytes.size(), cudaMemcpyHostToDevice) == cudaSuccess); }
inline auto read_device(const void* from, std::size_t size) -> std::vector<std::byte> {
    std::vector<std::byte> bytes(size);
    REQUIRE(cudaMemcpy(bytes.data(), from, size, cudaMemcpyDeviceToHost) == cudaSuccess);
    return bytes;
}

/// A stream stands still from the call of hold() until open(), or the end of the test.
class gate {
public:
    gate() = default;
    gate(const gate&) = delete;
    auto operator=(const gate&) -> gate& = delete;
    ~gate() {
        open();
        while (is_held_.load() && !has_passed_.load()) std::this_thread::yield();  // the callback uses this object
    }
    void hold(cria::gpu::stream_ref stream) {
        is_held_ = true;
        REQUIRE(cudaLaunchHostFunc(stream.native(), &wait, this) == cudaSuccess);
    }
    void open() { is_open_ = true; }

private:
    static void CUDART_CB wait(void* raw) {
        gate& self = *static_cast<gate*>(raw);
        while (!self.is_open_.load()) std::this_thread::sleep_for(std::chrono::microseconds(50));
        self.has_passed_ = true;
    }
    std::atomic<bool> is_held_ = false, is_open_ = false, has_passed_ = false;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_GPU_DEVICE_HPP
