// SPDX-License-Identifier: MIT
#ifndef CRIA_CUBLAS_WEIGHT_CUBLAS_HPP
#define CRIA_CUBLAS_WEIGHT_CUBLAS_HPP

#include <cublas_v2.h>
#include <cuda_runtime_api.h>

#include <cstddef>
#include <span>

#include "cria/base/result.hpp"
#include "cria/gpu/buffer.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/stream.hpp"

// A weight that is in a device's memory, times a vector, by cuBLAS: what the example programs need of it, and no more.

namespace blas {

inline auto check(cublasStatus_t status) -> cria::result<void> {
    if (status == CUBLAS_STATUS_SUCCESS) return {};
    return cria::error{cria::errc::device_error, "cuBLAS"}.because(cublasGetStatusString(status)).from_system(status);
}

struct handle {
    cublasHandle_t native = nullptr;
    handle() = default;
    handle(const handle&) = delete;
    auto operator=(const handle&) -> handle& = delete;
    ~handle() {
        if (native != nullptr) static_cast<void>(cublasDestroy(native));
    }
};

/// A matrix in device 0's memory: `n_out` rows of `n_in` numbers, row after row, which may lie apart.
struct weight {
    const std::byte* address = nullptr;
    cudaDataType_t type = CUDA_R_32F;
    int n_in = 0, n_out = 0;
    int stride = 0;  ///< numbers from a row to the next
};

/// y = w · x, in floats; `x` are n_in numbers of the weight's type. For cuBLAS, which thinks in columns, the matrix is the transpose of what it
/// computes with.
inline auto multiply(const weight& w, std::span<const std::byte> x, std::span<float> y, cublasComputeType_t how) -> cria::result<void> {
    namespace gpu = cria::gpu;
    CRIA_TRY(const auto queue, gpu::stream::make());
    CRIA_TRY(const auto x_there, gpu::device_buffer::make(0, x.size_bytes()));
    CRIA_TRY(const auto y_there, gpu::device_buffer::make(0, y.size_bytes()));
    const auto stream = queue.ref().native();
    handle cublas;
    CRIA_TRY_VOID(check(cublasCreate(&cublas.native)));
    CRIA_TRY_VOID(check(cublasSetStream(cublas.native, stream)));
    CRIA_TRY_VOID(gpu::detail::check(cudaMemcpyAsync(x_there.address(), x.data(), x.size_bytes(), cudaMemcpyHostToDevice, stream), "x"));
    const float one = 1, zero = 0;
    CRIA_TRY_VOID(check(cublasGemmEx(cublas.native, CUBLAS_OP_T, CUBLAS_OP_N, w.n_out, 1, w.n_in, &one, w.address, w.type, w.stride, x_there.address(), w.type, w.n_in, &zero,
                                     y_there.address(), CUDA_R_32F, w.n_out, how, CUBLAS_GEMM_DEFAULT)));
    CRIA_TRY_VOID(gpu::detail::check(cudaMemcpyAsync(y.data(), y_there.address(), y.size_bytes(), cudaMemcpyDeviceToHost, stream), "y"));
    return queue.ref().synchronize();
}

}  // namespace blas

#endif  // CRIA_CUBLAS_WEIGHT_CUBLAS_HPP
