// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_WEIGHTS_PLAN_HPP
#define CRIA_CLI_WEIGHTS_PLAN_HPP

#include <cstdint>

#include "cria/base/result.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/llama/placement.hpp"
#include "cria/upload/plan.hpp"

// Which tensor of a model goes to which device, without any that is known: what `cria upload --plan` prints is what
// `cria upload` does, on every machine.

namespace cli {

enum class placed_by : std::uint8_t {
    model,  ///< all of it to the one device
    layer,  ///< whole layers, in order, about as many bytes to each device
    size,   ///< tensors, about as many bytes to each device: where it takes more than the file says to know layers
};

/// `model`, `layer`, `size`
[[nodiscard]] auto name_of(placed_by how) -> const char*;

struct placed_weights {
    placed_by how;
    cria::llama::tensor_placement placement;
    cria::upload::plan plan;
    std::uint64_t n_on_devices = 0;      ///< tensors of the file that are on one device or more
    std::uint64_t n_on_host = 0;         ///< that are on none: by layer, those without a role in the model
    std::uint64_t on_host_bytes = 0;
};

/// Fails: errc::missing_tensor where the model has none; errc::out_of_memory.
[[nodiscard]] auto place_weights(const cria::gguf::shards& model, std::uint32_t n_devices, const cria::upload::plan_options& cut = {}) -> cria::result<placed_weights>;

}  // namespace cli

#endif  // CRIA_CLI_WEIGHTS_PLAN_HPP
