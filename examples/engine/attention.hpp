// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_ATTENTION_HPP
#define CRIA_ENGINE_ATTENTION_HPP

#include "cria/base/result.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "engine/kv_cache.hpp"
#include "engine/parameters.hpp"
#include "engine/products.hpp"
#include "engine/rotation.hpp"
#include "engine/threads.hpp"
#include "engine/workspace.hpp"

#include <cstddef>
#include <cstdint>

// Grouped-query attention with a cache (https://arxiv.org/abs/2305.13245): every query head compares its query with the keys of
// the tokens before it, and mixes their values accordingly. Some heads share keys and values.

namespace engine {

/// What the tokens of a batch have in common.
struct batch {
    std::uint32_t first_position = 0;
    std::size_t n_tokens = 0;
};

/// Computes `with.branch`, the attention of layer `layer` to `with.normed`, and adds the batch to the cache. `turn` turns
/// queries and keys of this layer.
/// Fails: as `by`.
[[nodiscard]] auto attend(const cria::llama::hyperparameters& numbers, std::uint32_t layer, const layer_parameters& of, const rotation& turn, const batch& tokens, kv_cache& cache,
                          workspace& with, products& by, team& on) -> cria::result<void>;

}  // namespace engine

#endif  // CRIA_ENGINE_ATTENTION_HPP
