// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_DEVICE_PRODUCTS_HPP
#define CRIA_CLI_DEVICE_PRODUCTS_HPP

#include <cstdint>
#include <memory>

#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/llama/model.hpp"
#include "engine/products.hpp"

// The engine's products on a device, for the commands that compute. As with device.hpp, *_cuda.cpp has them by CUDA and
// cuBLAS, and *_none.cpp is for programs that were built without one of the two.

namespace cli {

struct products_request {
    const cria::llama::model& model;  ///< borrowed by the products, too
    std::uint32_t device = 0;         ///< known to be there: devices_of
    cria::tensor_type weights = cria::tensor_type::f32;  ///< f32, f16 or bf16: as which the device has them
};

/// Brings a model's weights to a device, where its products are computed from then on. What they take is given back with them.
/// Fails: errc::no_device where this program has no cuBLAS; errc::device_error where the machine has none; errc::out_of_memory;
///        as llama::upload_model; errc::cancelled by Ctrl-C, while an `interruptible` lives.
[[nodiscard]] auto products_on_device(const products_request& asked) -> cria::result<std::unique_ptr<engine::products>>;

}  // namespace cli

#endif  // CRIA_CLI_DEVICE_PRODUCTS_HPP
