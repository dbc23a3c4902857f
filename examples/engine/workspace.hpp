// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_WORKSPACE_HPP
#define CRIA_ENGINE_WORKSPACE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/llama/hyperparameters.hpp"

#include <cstddef>
#include <cstdint>

// Memory for what is computed on the way through the layers, for a whole batch. Allocated once, when the engine is made.

namespace engine {

/// d is embedding_length, H and Hk query and kv heads, k the size of a head, F the widest feed-forward network, K the experts
/// a token is sent to. All have a row for each token of a batch.
struct workspace {
    cria::buffer<float> stream;     // {d}: what flows from layer to layer, and each adds to
    cria::buffer<float> normed;     // {d}
    cria::buffer<float> query;      // {H k}
    cria::buffer<float> key;        // {Hk k}
    cria::buffer<float> value;      // {Hk k}
    cria::buffer<float> attended;   // {H k}
    cria::buffer<float> branch;     // {d}: what attention or feed-forward is going to add
    cria::buffer<float> gate, up;   // {F}
    cria::buffer<float> scores;     // {context}, for each thread

    // Experts
    cria::buffer<float> routes;     // {experts}: the router's logits, then probabilities
    cria::buffer<std::uint32_t> chosen;  // {K}
    cria::buffer<float> weights;    // {K}
    cria::buffer<float> gathered;   // {d}: the tokens that go to one expert
    cria::buffer<float> expert_out; // {d}: what it makes of them
    cria::buffer<std::uint32_t> places;  // {1}: which choices of which tokens these are, as token · K + choice
    cria::buffer<float> expert_sums;     // {K, d}: all experts' results, in the order of choices

    [[nodiscard]] static auto make(const cria::llama::hyperparameters& numbers, std::size_t batch, std::uint32_t context, unsigned n_threads) -> cria::result<workspace>;
};

}  // namespace engine

#endif  // CRIA_ENGINE_WORKSPACE_HPP
