// SPDX-License-Identifier: MIT
#include "weights_plan.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/llama/weights.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;

/// Fails: also where the file is not of an architecture whose layers are known.
auto place_layers(const gguf::shards& model, std::uint32_t n_devices) -> cria::result<llama::tensor_placement> {
    CRIA_TRY(const auto numbers, llama::hyperparameters_from(model.metadata()));
    CRIA_TRY(const auto weights, llama::weights_from(model.tensors(), numbers));
    const std::vector<std::uint64_t> equal_shares(n_devices, 1);
    return llama::place_by_layer(model.tensors(), weights, equal_shares);
}

}  // namespace

auto name_of(placed_by how) -> const char* {
    switch (how) {
        case placed_by::layer: return "layer";
        case placed_by::size: return "size";
        default: return "model";
    }
}

auto place_weights(const gguf::shards& model, std::uint32_t n_devices, const cria::upload::plan_options& cut) -> cria::result<placed_weights> {
    const gguf::tensor_table& tensors = model.tensors();
    if (tensors.empty()) return cria::error{cria::errc::missing_tensor, "tensors"}.because("there are none: a vocabulary, not a model");
    placed_by how = n_devices == 1 ? placed_by::model : placed_by::layer;
    auto placement = n_devices == 1 ? llama::place_on(tensors, 0) : place_layers(model, n_devices);
    if (!placement && placement.error().code != cria::errc::out_of_memory) {
        how = placed_by::size;
        placement = llama::place_by_size(tensors, n_devices);
    }
    if (!placement) return placement.error();
    CRIA_TRY(auto plan, llama::plan_upload(tensors, *placement, cut));
    placed_weights made{how, *std::move(placement), std::move(plan)};
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (!made.placement.entries_of(i).empty()) {
            ++made.n_on_devices;
            continue;
        }
        ++made.n_on_host;
        made.on_host_bytes += tensors[i].size_bytes;
    }
    return made;
}

}  // namespace cli
