// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_FEED_FORWARD_HPP
#define CRIA_ENGINE_FEED_FORWARD_HPP

#include "cria/base/result.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "engine/parameters.hpp"
#include "engine/products.hpp"
#include "engine/threads.hpp"
#include "engine/workspace.hpp"

#include <cstddef>
#include <cstdint>

// The second half of a layer, where each token is by itself: a gated network (https://arxiv.org/abs/2002.05202), or a few of
// many such networks, chosen for the token by a router (https://arxiv.org/abs/2401.04088).

namespace engine {

/// How GELU is computed.
enum class gelu_kind : std::uint8_t {
    exact,        ///< to the last bits of a float
    through_f16,  ///< argument and result rounded to half precision, as ggml's CPU code looks them up in a table
};

/// Computes `with.branch`, the feed-forward network of a layer applied to the `n_tokens` rows of `with.normed`.
/// Fails: as `by`.
[[nodiscard]] auto feed_forward(const cria::llama::hyperparameters& numbers, const layer_parameters& of, gelu_kind gelu, std::size_t n_tokens, workspace& with, products& by, team& on)
    -> cria::result<void>;

}  // namespace engine

#endif  // CRIA_ENGINE_FEED_FORWARD_HPP
