// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_PARAMETERS_HPP
#define CRIA_ENGINE_PARAMETERS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/llama/model.hpp"
#include "engine/matmul.hpp"

// A model's weights the way the engine computes with them: matrices stay in the file, in the file's type; norms and biases,
// which are small, become floats.

namespace engine {

/// One layer. Pointers are nullptr, and matrices empty, where the model has no such part.
struct layer_parameters {
    const float* attention_norm = nullptr;  // {d}
    matrix query, key, value;               // d -> H k, Hk k, Hk v
    const float* query_bias = nullptr;
    const float* key_bias = nullptr;
    const float* value_bias = nullptr;
    const float* query_norm = nullptr;      // {k}
    const float* key_norm = nullptr;        // {k}
    matrix attention_output;                // H v -> d
    const float* attention_output_bias = nullptr;
    const float* post_attention_norm = nullptr;  // {d}

    const float* feed_forward_norm = nullptr;    // {d}
    matrix gate, up, down;                  // d -> F, d -> F, F -> d
    const float* gate_bias = nullptr;
    const float* up_bias = nullptr;
    const float* down_bias = nullptr;
    matrix router;                          // d -> experts
    matrix expert_gates, expert_ups, expert_downs;  // of all experts, one after the other
    matrix shared_gate, shared_up, shared_down;
    const float* shared_router = nullptr;   // {d}
    const float* post_feed_forward_norm = nullptr;  // {d}
};

/// All weights. Move-only. Borrows: the model, whose file must be mapped.
struct parameters {
    matrix token_embedding;           // a row a token
    cria::buffer<layer_parameters> layers;
    const float* output_norm = nullptr;
    matrix output;                    // d -> vocabulary
    const float* output_bias = nullptr;

    /// The weights of `model`.
    /// Fails: as gguf::shards::bytes (errc::not_mapped for a model opened with access::owned); errc::unsupported_type;
    ///        errc::out_of_memory.
    [[nodiscard]] static auto from(const cria::llama::model& model) -> cria::result<parameters>;

private:
    cria::buffer<float> vectors_;  // what the pointers point into
};

/// Rows `first` to `first + count - 1` of a matrix. Precondition: it has as many.
[[nodiscard]] auto rows_of(const matrix& all, std::uint64_t first, std::uint64_t count) -> matrix;

}  // namespace engine

#endif  // CRIA_ENGINE_PARAMETERS_HPP
