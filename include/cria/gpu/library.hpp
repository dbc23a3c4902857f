// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_LIBRARY_HPP
#define CRIA_GPU_LIBRARY_HPP

#include "cria/base/result.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/stream.hpp"

#include <cuda_runtime_api.h>

#include <string_view>
#include <utility>

// Kernels from PTX text: how programs that no CUDA compiler has seen get at them. The driver compiles the text for a
// device when a kernel is first used there, and keeps what it made in its cache for the next process.

namespace cria::inline v0::gpu {

/// A loaded PTX text; move-only. It belongs to the process, not to a device.
class library {
public:
    library() noexcept = default;
    /// `ptx` ends in a zero byte. Fails: errc::unsupported_feature where the driver is too old for it; no_device; device_error.
    [[nodiscard]] static auto load(const char* ptx, std::string_view name) -> result<library> {
        library made;
        const cudaError_t answer = cudaLibraryLoadData(&made.native_, ptx, nullptr, nullptr, 0, nullptr, nullptr, 0);
        if (answer == cudaErrorUnsupportedPtxVersion || answer == cudaErrorNoKernelImageForDevice) {
            return detail::cuda_error(cudaErrorNotSupported, name).because("this driver is too old for the kernels' PTX");
        }
        CRIA_TRY_VOID(detail::check(answer, name));
        return made;
    }
    library(library&& other) noexcept : native_(std::exchange(other.native_, nullptr)) {}
    auto operator=(library&& other) noexcept -> library& { return std::swap(native_, other.native_), *this; }
    library(const library&) = delete;
    auto operator=(const library&) -> library& = delete;
    ~library() {
        if (native_ != nullptr) static_cast<void>(cudaLibraryUnload(native_));
    }

    [[nodiscard]] auto is_loaded() const noexcept -> bool { return native_ != nullptr; }
    /// Fails: errc::device_error where there is none of this name, which has a terminating zero.
    [[nodiscard]] auto kernel(const char* name) const -> result<cudaKernel_t> {
        cudaKernel_t found = nullptr;
        CRIA_TRY_VOID(detail::check(cudaLibraryGetKernel(&found, native_, name), name));
        return found;
    }

private:
    cudaLibrary_t native_ = nullptr;
};

namespace detail {

/// Queues a kernel. `arguments` point to its parameters. Fails: errc::device_error.
[[nodiscard]] inline auto launch(cudaKernel_t kernel, unsigned n_blocks, unsigned n_threads, void** arguments, stream_ref on, std::string_view name) -> result<void> {
    return check(cudaLaunchKernel(reinterpret_cast<const void*>(kernel), dim3{n_blocks, 1, 1}, dim3{n_threads, 1, 1}, arguments, 0, on.native()), name);
}

}  // namespace detail

}  // namespace cria::inline v0::gpu

#endif  // CRIA_GPU_LIBRARY_HPP
