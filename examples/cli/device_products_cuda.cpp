// SPDX-License-Identifier: MIT
// device_products.hpp on CUDA, by cuBLAS.
#include "device_products.hpp"

#include <memory>
#include <utility>

#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/dequantize.hpp"
#include "cublas.hpp"
#include "engine/device_products.hpp"
#include "products_run.hpp"

namespace cli {
namespace {

namespace gpu = cria::gpu;

/// Products, and the runtime that they refer to.
class cuda_products final : public engine::products {
public:
    [[nodiscard]] auto open(const products_request& asked) -> cria::result<void> {
        CRIA_TRY(const cublas_functions calls, load_cublas());
        gpu::dequantizer dequantizer;
        CRIA_TRY(there_, keep_on_device(runtime_, dequantizer, cublas(calls), asked));
        return {};
    }
    [[nodiscard]] auto multiply(const engine::matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> override {
        return there_->multiply(w, x, n_tokens, y);
    }

private:
    gpu::cuda_runtime runtime_;
    std::unique_ptr<engine::device_products<gpu::cuda_runtime, cublas>> there_;
};

}  // namespace

auto products_on_device(const products_request& asked) -> cria::result<std::unique_ptr<engine::products>> {
    auto made = std::make_unique<cuda_products>();
    CRIA_TRY_VOID(made->open(asked));
    return std::unique_ptr<engine::products>(std::move(made));
}

}  // namespace cli
