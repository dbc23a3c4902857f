// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_CHECK_HPP
#define CRIA_GPU_CHECK_HPP

#include "cria/base/result.hpp"

#include <cuda_runtime_api.h>

#include <string_view>

// What the CUDA runtime answers, in our terms. The runtime keeps the last error of a thread, and hands it to whoever
// asks next: an error that has been made a value here is taken from it, so that nobody meets it twice. (An error that
// broke the context is reported by every later call all the same.)

namespace cria::inline v0::gpu::detail {

/// An error from the runtime's number: errc::out_of_memory, no_device, unsupported_feature, or device_error with the
/// runtime's own sentence. `subject` is what was to be done, or to what.
[[nodiscard]] inline auto cuda_error(cudaError_t number, std::string_view subject) -> error {
    static_cast<void>(cudaGetLastError());
    const error why{errc::device_error, subject};
    switch (number) {
        case cudaErrorMemoryAllocation: return error{errc::out_of_memory, subject}.from_system(number);
        case cudaErrorNoDevice:
        case cudaErrorInvalidDevice:
        case cudaErrorInsufficientDriver: return error{errc::no_device, subject}.because(cudaGetErrorString(number)).from_system(number);
        case cudaErrorNotSupported: return error{errc::unsupported_feature, subject}.because("is not supported by this device or driver").from_system(number);
        default: return why.because(cudaGetErrorString(number)).from_system(number);
    }
}

/// Nothing, or the error.
[[nodiscard]] inline auto check(cudaError_t number, std::string_view subject) -> result<void> {
    if (number == cudaSuccess) return {};
    return cuda_error(number, subject);
}

}  // namespace cria::inline v0::gpu::detail

#endif  // CRIA_GPU_CHECK_HPP
