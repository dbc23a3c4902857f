// SPDX-License-Identifier: MIT
#include "cli/cublas.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/quant/half.hpp"
#include "engine/device_products.hpp"
#include "gpu/device.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

// What cuBLAS is asked for, without a device: its functions are the test's, and gemm is what the BLAS says that it is.

namespace {

using cria::errc;
using cria::tensor_type;

/// The library that the functions below are of.
struct {
    std::vector<std::string> calls;
    std::string fails;  // the call that does
    cublasStatus_t status = CUBLAS_STATUS_SUCCESS;
    int n_handles = 0;
    cudaStream_t stream = nullptr;
    int mode = -1;
    cublasComputeType_t how{};
} library;

auto answer(const char* call) -> cublasStatus_t {
    library.calls.emplace_back(call);
    return library.fails == call ? library.status : CUBLAS_STATUS_SUCCESS;
}

auto the_handle() -> cublasHandle_t { return reinterpret_cast<cublasHandle_t>(&library); }

auto create(cublasHandle_t* handle) -> cublasStatus_t {
    const cublasStatus_t said = answer("create");
    if (said != CUBLAS_STATUS_SUCCESS) return said;
    *handle = the_handle();
    ++library.n_handles;
    return said;
}

auto destroy(cublasHandle_t handle) -> cublasStatus_t {
    REQUIRE(handle == the_handle());
    --library.n_handles;
    return answer("destroy");
}

auto set_stream(cublasHandle_t handle, cudaStream_t stream) -> cublasStatus_t {
    REQUIRE(handle == the_handle());
    library.stream = stream;
    return answer("set_stream");
}

auto set_math_mode(cublasHandle_t handle, cublasMath_t mode) -> cublasStatus_t {
    REQUIRE(handle == the_handle());
    library.mode = static_cast<int>(mode);
    return answer("set_math_mode");
}

auto number_at(const void* numbers, cudaDataType type, std::ptrdiff_t i) -> float {
    const auto bits = [&] {
        std::uint16_t read = 0;
        std::memcpy(&read, static_cast<const std::byte*>(numbers) + i * 2, sizeof read);
        return read;
    };
    if (type == CUDA_R_16F) return to_float(cria::quant::f16{bits()});
    if (type == CUDA_R_16BF) return to_float(cria::quant::bf16{bits()});
    REQUIRE(type == CUDA_R_32F);
    return static_cast<const float*>(numbers)[i];
}

/// C = alpha · op(A) · op(B) + beta · C, matrices stored column after column, columns `ld` numbers apart; op(A) is m × k, op(B) is
/// k × n, C is m × n. Where beta is 0, C is not read.
auto gemm(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b, std::int64_t m, std::int64_t n, std::int64_t k, const void* alpha, const void* a, cudaDataType a_type,
          std::int64_t lda, const void* b, cudaDataType b_type, std::int64_t ldb, const void* beta, void* c, cudaDataType c_type, std::int64_t ldc, cublasComputeType_t how, cublasGemmAlgo_t) -> cublasStatus_t {
    REQUIRE(handle == the_handle());
    REQUIRE(lda >= (op_a == CUBLAS_OP_N ? m : k));
    REQUIRE(ldb >= (op_b == CUBLAS_OP_N ? k : n));
    REQUIRE(ldc >= m);
    REQUIRE(c_type == CUDA_R_32F);
    library.how = how;
    const float by = *static_cast<const float*>(alpha), kept = *static_cast<const float*>(beta);
    auto* const out = static_cast<float*>(c);
    for (std::ptrdiff_t row = 0; row < m; ++row) {
        for (std::ptrdiff_t column = 0; column < n; ++column) {
            float sum = 0;
            for (std::ptrdiff_t i = 0; i < k; ++i)
                sum += number_at(a, a_type, op_a == CUBLAS_OP_N ? row + i * lda : i + row * lda) * number_at(b, b_type, op_b == CUBLAS_OP_N ? i + column * ldb : column + i * ldb);
            float& each = out[row + column * ldc];
            each = by * sum + (kept == 0 ? 0.0F : kept * each);
        }
    }
    return answer("gemm");
}

auto status_text(cublasStatus_t) -> const char* { return "was told to fail"; }

constexpr cli::cublas_functions functions{create, destroy, set_stream, set_math_mode, gemm, status_text};

/// Bytes of numbers of a type.
auto bytes_of(tensor_type type, const std::vector<float>& numbers) -> std::vector<std::byte> {
    std::vector<std::byte> made;
    const auto add = [&](const auto& number) {
        const auto* const first = reinterpret_cast<const std::byte*>(&number);
        made.insert(made.end(), first, first + sizeof number);
    };
    for (const float each : numbers) {
        if (type == tensor_type::f32) add(each);
        if (type == tensor_type::f16) add(cria::quant::to_f16(each));
        if (type == tensor_type::bf16) add(cria::quant::to_bf16(each));
    }
    return made;
}

/// Small whole numbers, which every type has, and whose sums are exact.
auto whole_numbers(std::size_t n, std::uint64_t seed) -> std::vector<float> {
    cria_test::random_numbers random(seed);
    std::vector<float> made(n);
    for (float& each : made) each = static_cast<float>(random.below(17)) - 8.0F;
    return made;
}

}  // namespace

TEST_CASE("cuBLAS is asked for the rows of weights times each token, whatever their sizes and wherever rows begin") {
    struct sizes {
        std::size_t n_in, n_out, stride, n_tokens;
    };
    for (const tensor_type type : {tensor_type::f32, tensor_type::f16, tensor_type::bf16}) {
        for (const auto& [n_in, n_out, stride, n_tokens] : {sizes{5, 3, 5, 1}, sizes{5, 3, 5, 4}, sizes{2, 7, 2, 3}, sizes{4, 4, 4, 4}, sizes{3, 5, 8, 2}, sizes{1, 1, 1, 1}, sizes{1, 6, 4, 5}}) {
            CAPTURE(type, n_in, n_out, stride, n_tokens);
            library = {};
            const auto w = whole_numbers(n_out * stride, 1), x = whole_numbers(n_tokens * n_in, 2);
            std::vector<float> wanted(n_tokens * n_out), found(wanted.size(), NAN);
            for (std::size_t t = 0; t < n_tokens; ++t)
                for (std::size_t o = 0; o < n_out; ++o)
                    for (std::size_t i = 0; i < n_in; ++i) wanted[t * n_out + o] += w[o * stride + i] * x[t * n_in + i];
            const auto w_bytes = bytes_of(type, w), x_bytes = bytes_of(type, x);
            cli::cublas blas(functions);
            REQUIRE(blas.open(nullptr));
            REQUIRE(blas.multiply({w_bytes.data(), type, n_in, n_out, stride, x_bytes.data(), n_tokens, found.data()}));
            CHECK(found == wanted);
            CHECK(library.how == (type == tensor_type::f32 ? CUBLAS_COMPUTE_32F_PEDANTIC : CUBLAS_COMPUTE_32F));
        }
    }
}

TEST_CASE("this machine's cuBLAS has every function, and without a device says so by its own sentence") {
    const auto loaded = cli::load_cublas();
    if (!loaded) {
        CHECK(loaded.error().code == errc::device_error);
        CHECK(loaded.error().subject.view() == "cuBLAS");
        return cria_test::skip(loaded.error().message());
    }
    CHECK(std::string_view(loaded->status_text(CUBLAS_STATUS_SUCCESS)) != "");
    if (cria_test::device_count() > 0) return;
    cli::cublas blas(*loaded);
    const auto opened = blas.open(nullptr);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == errc::device_error);
    CHECK(opened.error().subject.view() == "cublasCreate");
    CHECK(opened.error().native != 0);
}

TEST_CASE("cuBLAS is opened on the stream, without TF32 and sums of 16 bits, and is closed once") {
    library = {};
    auto* const stream = reinterpret_cast<cudaStream_t>(&library.calls);
    {
        cli::cublas blas(functions);
        CHECK(library.calls.empty());
        REQUIRE(blas.open(stream));
        cli::cublas moved(std::move(blas));
        CHECK(library.stream == stream);
        CHECK(library.mode == static_cast<int>(CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION));
        REQUIRE(moved.close());
        CHECK(library.n_handles == 0);
        REQUIRE(moved.close());
    }
    CHECK(library.n_handles == 0);
    CHECK(library.calls == std::vector<std::string>{"create", "set_stream", "set_math_mode", "destroy"});
    {
        cli::cublas blas(functions);
        REQUIRE(blas.open(stream));
    }
    CHECK(library.n_handles == 0);
}

TEST_CASE("whichever call of cuBLAS fails is named, with the library's own sentence, and the handle is given back") {
    struct failing {
        const char *call, *name;
    };
    const float one = 1;
    float y = 0;
    const auto* const numbers = reinterpret_cast<const std::byte*>(&one);
    for (const auto& [call, name] : {failing{"create", "cublasCreate"}, failing{"set_stream", "cublasSetStream"}, failing{"set_math_mode", "cublasSetMathMode"}, failing{"gemm", "cublasGemmEx_64"},
                                     failing{"destroy", "cublasDestroy"}}) {
        for (const cublasStatus_t status : {CUBLAS_STATUS_EXECUTION_FAILED, CUBLAS_STATUS_ALLOC_FAILED}) {
            CAPTURE(call, static_cast<int>(status));
            library = {};
            library.fails = call;
            library.status = status;
            const auto use = [&]() -> cria::result<void> {
                cli::cublas blas(functions);
                CRIA_TRY_VOID(blas.open(nullptr));
                CRIA_TRY_VOID(blas.multiply({numbers, tensor_type::f32, 1, 1, 1, numbers, 1, &y}));
                return blas.close();
            };
            const auto done = use();
            REQUIRE_FALSE(done.has_value());
            CHECK(done.error().subject.view() == name);
            CHECK(library.n_handles == 0);
            if (status == CUBLAS_STATUS_ALLOC_FAILED) {
                CHECK(done.error().code == errc::out_of_memory);
            } else {
                CHECK(done.error().code == errc::device_error);
                CHECK(done.error().native == CUBLAS_STATUS_EXECUTION_FAILED);
                CHECK(done.error().message() == std::string(name) + ": was told to fail (device error 13)");
            }
        }
    }
}
