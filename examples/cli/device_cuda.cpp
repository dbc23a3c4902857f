// SPDX-License-Identifier: MIT
// device.hpp on CUDA.
#include <cuda_runtime_api.h>

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "cria/gpu/check.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "device.hpp"
#include "link.hpp"
#include "upload_run.hpp"

namespace cli {
namespace {

using cria::gpu::detail::check;

/// CUDA's number of a version, such as 13020, as people write it.
auto version_text(int number) -> std::string { return fmt::format("CUDA {}.{}", number / 1000, number % 1000 / 10); }

/// Why there are no devices, which CUDA says in terms of versions where there is no driver at all.
auto why_none(cudaError_t answer) -> cria::error {
    static_cast<void>(cudaGetLastError());
    const cria::error why{cria::errc::no_device, "device"};
    if (answer == cudaErrorNoDevice) return why.because("there is no CUDA device");
    int driver = 0;
    if (cudaDriverGetVersion(&driver) != cudaSuccess || driver == 0) {
        static_cast<void>(cudaGetLastError());
        return why.because("there is no CUDA driver");
    }
    return why.because("the CUDA driver is too old for this program").expecting(std::string_view(version_text(CUDART_VERSION)), std::string_view(version_text(driver)));
}

auto look_at(cria::gpu::cuda_runtime& runtime, std::uint32_t number) -> cria::result<known_device> {
    CRIA_TRY_VOID(runtime.use(number));
    known_device found;
    found.number = number;
    cudaDeviceProp about{};
    CRIA_TRY_VOID(check(cudaGetDeviceProperties(&about, static_cast<int>(number)), "device"));
    found.name = about.name;
    CRIA_TRY(found.facts, runtime.facts(number));
    return found;
}

}  // namespace

auto device_count() -> cria::result<std::uint32_t> {
    int n = 0;
    const cudaError_t answer = cudaGetDeviceCount(&n);
    if (answer == cudaErrorNoDevice || answer == cudaErrorInsufficientDriver) return why_none(answer);
    CRIA_TRY_VOID(check(answer, "device"));
    if (n <= 0) return why_none(cudaErrorNoDevice);
    return static_cast<std::uint32_t>(n);
}

auto devices_of(std::span<const std::uint32_t> numbers) -> cria::result<std::vector<known_device>> {
    CRIA_TRY(const std::uint32_t n, device_count());
    for (const std::uint32_t number : numbers)
        if (number >= n)
            return cria::error{cria::errc::no_device, fmt::format("device {}", number)}.because("there is no such device; number of devices").finding(std::uint64_t{n});
    cria::gpu::cuda_runtime runtime;
    std::vector<known_device> found;
    for (const std::uint32_t number : numbers) {
        CRIA_TRY(auto next, look_at(runtime, number));
        found.push_back(std::move(next));
    }
    return found;
}

auto all_devices() -> cria::result<std::vector<known_device>> {
    CRIA_TRY(const std::uint32_t n, device_count());
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 0; number < n; ++number) numbers.push_back(number);
    return devices_of(numbers);
}

auto link_speed(const known_device& of) -> cria::result<double> {
    cria::gpu::cuda_runtime runtime;
    return measure_link(runtime, of.number, of.facts.host_node);
}

auto upload_weights(const upload_request& asked) -> cria::result<std::shared_ptr<const cria::upload::report>> {
    cria::gpu::cuda_runtime runtime;
    return run_upload(runtime, asked);
}

}  // namespace cli
