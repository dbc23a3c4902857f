// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_DEQUANTIZE_HPP
#define CRIA_GPU_DEQUANTIZE_HPP

#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/kernels/dequantize_launch.hpp"
#include "cria/gpu/kernels/dequantize_ptx.hpp"
#include "cria/gpu/library.hpp"
#include "cria/gpu/stream.hpp"

#include <cuda_runtime_api.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>  // size
#include <string_view>

// Blocks to numbers, both in a device's memory, for every type of ggml's: the floats of quant::dequantize bit for bit, or
// these rounded to f16 or bf16, to nearest, ties to even. (A NaN comes out as a NaN; which one is not said.) The kernels
// are in kernels/dequantize.cuh; here is their PTX, so that no CUDA compiler is needed.

namespace cria::inline v0::gpu {

/// The kernels that have been used so far; move-only. On whichever device is the calling thread's current one.
///
///     gpu::dequantizer dequantizer;
///     CRIA_TRY_VOID(dequantizer.dequantize(tensor.type, there, n_elements, tensor_type::f16, halves, stream));
///
/// Threads: one at a time.
class dequantizer {
public:
    /// Compiles the kernel for `type` on the current device, which takes tens of milliseconds the first time that a machine
    /// does it. dequantize() does so by itself; this is for programs that want to have it behind them.
    /// Fails: errc::unsupported_type; unsupported_feature where the driver is too old; no_device; device_error.
    [[nodiscard]] auto prepare(tensor_type type) -> result<void>;

    /// Queues the writing of `n_elements` elements of `blocks` to `out`, as f32, f16 or bf16. It returns when that is queued.
    /// `blocks` needs no alignment and must not overlap `out`, which needs its elements'; multiples of 16 are faster.
    /// Fails: as prepare; errc::invalid_argument for elements that are not whole blocks, for another `out_type`, and for an
    ///        `out` that is not aligned.
    /// Cost:  what reading and writing that memory takes.
    [[nodiscard]] auto dequantize(tensor_type type, const void* blocks, std::uint64_t n_elements, tensor_type out_type, void* out, stream_ref on) -> result<void>;

private:
    struct loaded {
        library code;
        cudaKernel_t kernel = nullptr;
    };
    auto load(tensor_type type) -> result<cudaKernel_t>;

    std::array<loaded, std::size(kernels::dequantize_ptx)> loaded_;  // in the order of the texts
};

// ---------------------------------------------------------------------------------------------------
// implementation

static_assert(kernels::out_f32 == static_cast<unsigned>(tensor_type::f32) && kernels::out_f16 == static_cast<unsigned>(tensor_type::f16) &&
              kernels::out_bf16 == static_cast<unsigned>(tensor_type::bf16));

namespace detail {

[[nodiscard]] inline auto unsupported_blocks(tensor_type type) -> error {
    const error unsupported{errc::unsupported_type, "blocks"};
    const std::string_view removed = removed_type_name(type);
    return removed.empty() ? unsupported.finding(std::uint64_t{static_cast<std::uint32_t>(type)}) : unsupported.finding(removed);
}

}  // namespace detail

/// Its kernel, of a type that has a geometry.
inline auto dequantizer::load(tensor_type type) -> result<cudaKernel_t> {
    std::size_t at = 0;
    while (at < loaded_.size() && kernels::dequantize_ptx[at].type != type) ++at;
    if (at == loaded_.size()) return detail::unsupported_blocks(type);
    loaded& slot = loaded_[at];
    if (slot.kernel != nullptr) return slot.kernel;
    constexpr std::string_view prefix = "cria_dequantize_";
    const std::string_view type_name = geometry_of(type)->name;
    std::array<char, 32> name{};  // ends in zeros: a type's name has seven letters at most
    prefix.copy(name.data(), prefix.size());
    type_name.copy(name.data() + prefix.size(), name.size() - prefix.size() - 1);
    CRIA_TRY(slot.code, library::load(kernels::dequantize_ptx[at].ptx, "dequantizing kernel"));
    CRIA_TRY(slot.kernel, slot.code.kernel(name.data()));
    return slot.kernel;
}

inline auto dequantizer::prepare(tensor_type type) -> result<void> {
    if (!geometry_of(type)) return detail::unsupported_blocks(type);
    CRIA_TRY(const cudaKernel_t kernel, load(type));
    cudaFuncAttributes about{};  // asking for them is what makes the driver compile
    return detail::check(cudaFuncGetAttributes(&about, reinterpret_cast<const void*>(kernel)), "dequantizing kernel");
}

inline auto dequantizer::dequantize(tensor_type type, const void* blocks, std::uint64_t n_elements, tensor_type out_type, void* out, stream_ref on)
    -> result<void> {
    const auto layout = geometry_of(type);
    if (!layout) return detail::unsupported_blocks(type);
    if (n_elements % layout->elements_per_block != 0) {
        return error{errc::invalid_argument, layout->name}.because("these elements are not whole blocks").expecting(std::uint64_t{layout->elements_per_block}, n_elements);
    }
    if (out_type != tensor_type::f32 && out_type != tensor_type::f16 && out_type != tensor_type::bf16) {
        return error{errc::invalid_argument, "output"}.because("is neither f32 nor f16 nor bf16").finding(std::uint64_t{static_cast<std::uint32_t>(out_type)});
    }
    if (reinterpret_cast<std::uintptr_t>(out) % geometry_of(out_type)->bytes_per_block != 0) {
        return error{errc::invalid_argument, "output"}.because("is not aligned for its elements");
    }
    if (n_elements == 0) return {};
    CRIA_TRY(const cudaKernel_t kernel, load(type));
    int device = 0, n_processors = 1, n_on_each = 1;
    CRIA_TRY_VOID(detail::check(cudaGetDevice(&device), "device"));
    CRIA_TRY_VOID(detail::check(cudaDeviceGetAttribute(&n_processors, cudaDevAttrMultiProcessorCount, device), "device"));
    CRIA_TRY_VOID(detail::check(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&n_on_each, reinterpret_cast<const void*>(kernel), kernels::dequantize_threads, 0),
                                "dequantizing kernel"));
    const unsigned n_blocks = kernels::dequantize_blocks(n_elements, static_cast<unsigned>(n_processors * n_on_each));
    unsigned long long n = n_elements;
    auto as = static_cast<unsigned>(out_type);
    void* arguments[] = {&blocks, &n, &out, &as};
    return detail::launch(kernel, n_blocks, kernels::dequantize_threads, arguments, on, "dequantizing kernel");
}

}  // namespace cria::inline v0::gpu

#endif  // CRIA_GPU_DEQUANTIZE_HPP
