// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_CUBLAS_HPP
#define CRIA_CLI_CUBLAS_HPP

#include <cublas_v2.h>
#include <cuda_runtime_api.h>
#include <dlfcn.h>

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "engine/device_products.hpp"

// cuBLAS, as what multiplies on a device. It is loaded when it is first wanted, and not linked: with the shared library the
// program would not start where that is missing, though all else that it does needs no CUDA, and the static one makes a
// program of a gigabyte. What is called is a table of six functions, which is also how tests see every argument.

namespace cli {

/// The functions of cuBLAS that are called.
struct cublas_functions {
    decltype(&::cublasCreate_v2) create = nullptr;
    decltype(&::cublasDestroy_v2) destroy = nullptr;
    decltype(&::cublasSetStream_v2) set_stream = nullptr;
    decltype(&::cublasSetMathMode) set_math_mode = nullptr;
    decltype(&::cublasGemmEx_64) gemm = nullptr;
    decltype(&::cublasGetStatusString) status_text = nullptr;
};

/// Those of this machine's library: of CUDA 13, or of CUDA 12, whose functions these are as well. A library stays loaded, since
/// errors hold its texts.
/// Fails: errc::device_error where there is none, or another library of its name.
[[nodiscard]] inline auto load_cublas() -> cria::result<cublas_functions>;

/// Products by cuBLAS on the device in use; move-only. Weights of f32 are multiplied in floats of 32 bits, never in TF32 or in
/// parts of 16; of f16 and bf16 products are summed in 32 bits.
class cublas {
public:
    explicit cublas(const cublas_functions& calls) noexcept : calls_(calls) {}
    cublas(cublas&& other) noexcept : calls_(other.calls_), handle_(std::exchange(other.handle_, nullptr)) {}
    auto operator=(cublas&&) -> cublas& = delete;
    cublas(const cublas&) = delete;
    auto operator=(const cublas&) -> cublas& = delete;
    ~cublas() { static_cast<void>(close()); }

    // The docstrings of these are engine::multiplier_for's.
    [[nodiscard]] auto open(cudaStream_t on) -> cria::result<void>;
    [[nodiscard]] auto multiply(const engine::device_product& asked) -> cria::result<void>;
    [[nodiscard]] auto close() -> cria::result<void>;

private:
    /// Fails: errc::out_of_memory; errc::device_error with the library's own sentence. The subject is the call.
    [[nodiscard]] auto check(cublasStatus_t status, std::string_view call) const -> cria::result<void> {
        if (status == CUBLAS_STATUS_SUCCESS) return {};
        if (status == CUBLAS_STATUS_ALLOC_FAILED) return cria::error{cria::errc::out_of_memory, call};
        return cria::error{cria::errc::device_error, call}.because(calls_.status_text(status)).from_system(status);
    }

    cublas_functions calls_;
    cublasHandle_t handle_ = nullptr;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto load_cublas() -> cria::result<cublas_functions> {
    const cria::error why{cria::errc::device_error, "cuBLAS"};
    void* library = nullptr;
    for (const char* const name : {"libcublas.so.13", "libcublas.so.12"}) {
        library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
        if (library != nullptr) break;
    }
    if (library == nullptr) return why.because("neither libcublas.so.13 nor libcublas.so.12 can be loaded; LD_LIBRARY_PATH is where they are looked for, too");
    cublas_functions found;
    const auto look_up = [&](auto& function, const char* name) -> cria::result<void> {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
        if (function == nullptr) return why.because("the library lacks a function").finding(name);
        return {};
    };
    CRIA_TRY_VOID(look_up(found.create, "cublasCreate_v2"));
    CRIA_TRY_VOID(look_up(found.destroy, "cublasDestroy_v2"));
    CRIA_TRY_VOID(look_up(found.set_stream, "cublasSetStream_v2"));
    CRIA_TRY_VOID(look_up(found.set_math_mode, "cublasSetMathMode"));
    CRIA_TRY_VOID(look_up(found.gemm, "cublasGemmEx_64"));
    CRIA_TRY_VOID(look_up(found.status_text, "cublasGetStatusString"));
    return found;
}

inline auto cublas::open(cudaStream_t on) -> cria::result<void> {
    CRIA_TRY_VOID(check(calls_.create(&handle_), "cublasCreate"));
    CRIA_TRY_VOID(check(calls_.set_stream(handle_, on), "cublasSetStream"));
    // Nor may parts of a sum that was shared out be added up in 16 bits.
    const auto mode = static_cast<cublasMath_t>(CUBLAS_DEFAULT_MATH | CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION);
    return check(calls_.set_math_mode(handle_, mode), "cublasSetMathMode");
}

/// cuBLAS thinks in columns. Rows of `stride` numbers are columns to it, so weights are the transpose of what is wanted, tokens
/// are columns of x and of y as they should be, and y = w · x is y = transpose(weights) · x.
inline auto cublas::multiply(const engine::device_product& asked) -> cria::result<void> {
    const auto n_in = static_cast<std::int64_t>(asked.n_in), n_out = static_cast<std::int64_t>(asked.n_out);
    const auto stride = static_cast<std::int64_t>(asked.stride), n_tokens = static_cast<std::int64_t>(asked.n_tokens);
    const bool is_f32 = asked.type == cria::tensor_type::f32;
    const cudaDataType_t type = is_f32 ? CUDA_R_32F : asked.type == cria::tensor_type::f16 ? CUDA_R_16F : CUDA_R_16BF;
    const cublasComputeType_t how = is_f32 ? CUBLAS_COMPUTE_32F_PEDANTIC : CUBLAS_COMPUTE_32F;
    const float one = 1, zero = 0;
    return check(calls_.gemm(handle_, CUBLAS_OP_T, CUBLAS_OP_N, n_out, n_tokens, n_in, &one, asked.weights, type, stride, asked.x, type, n_in, &zero, asked.y, CUDA_R_32F, n_out, how,
                             CUBLAS_GEMM_DEFAULT),
                 "cublasGemmEx_64");
}

inline auto cublas::close() -> cria::result<void> {
    const cublasHandle_t gone = std::exchange(handle_, nullptr);
    return gone == nullptr ? cria::result<void>() : check(calls_.destroy(gone), "cublasDestroy");
}

}  // namespace cli

#endif  // CRIA_CLI_CUBLAS_HPP
