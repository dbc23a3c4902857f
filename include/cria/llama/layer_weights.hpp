// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_LAYER_WEIGHTS_HPP
#define CRIA_LLAMA_LAYER_WEIGHTS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/slice.hpp"

#include <span>

// The tensors of a Llama model by what they do. weights_from (weights.hpp) fills these in and checks every shape.
//
// Shapes are in the file's order, fastest dimension first: a matrix {n_in, n_out} holds n_out rows of n_in
// numbers and maps n_in numbers to n_out. Below, d is embedding_length, V vocabulary_size, H and Hk a layer's
// head_count and head_count_kv, k key_length, v value_length, F feed_forward_length, E expert_count, Fe
// expert_feed_forward_length, Fs shared_expert_feed_forward_length, r rope.dimension_count.

namespace cria::inline v0::llama {

namespace detail {
struct binder;
}

/// The tensors of one layer; nothing where the file has none.
///
/// What files store apart or in one tensor is a slice, so that nobody has to ask which: the queries, keys and values are
/// rows of attn_q, attn_k and attn_v, or of attn_qkv; gate and up are ffn_gate and ffn_up, or the two halves of ffn_up.
/// A dense layer has gate, up and down; one with experts has the router ffn_gate_inp with ffn_up_exps and ffn_down_exps.
struct layer_weights {
    const gguf::tensor* attn_norm = nullptr;            // {d}
    tensor_slice query;                                 // {d, H k}
    tensor_slice key;                                   // {d, Hk k}
    tensor_slice value;                                 // {d, Hk v}
    tensor_slice query_bias;                            // {H k}; optional, as all biases
    tensor_slice key_bias;                              // {Hk k}
    tensor_slice value_bias;                            // {Hk v}
    const gguf::tensor* attn_q_norm = nullptr;          // {k}: for each head; only where family::head_norms
    const gguf::tensor* attn_k_norm = nullptr;          // {k}
    const gguf::tensor* attn_output = nullptr;          // {H v, d}
    const gguf::tensor* attn_output_bias = nullptr;     // {d}
    const gguf::tensor* post_attention_norm = nullptr;  // {d}; only where family::post_norms

    const gguf::tensor* ffn_norm = nullptr;             // {d}
    tensor_slice gate;                                  // {d, F}
    tensor_slice up;                                    // {d, F}
    const gguf::tensor* ffn_down = nullptr;             // {F, d}
    const gguf::tensor* ffn_gate_bias = nullptr;        // {F}
    const gguf::tensor* ffn_up_bias = nullptr;          // {F}
    const gguf::tensor* ffn_down_bias = nullptr;        // {d}
    const gguf::tensor* post_ffw_norm = nullptr;        // {d}; only where family::post_norms

    const gguf::tensor* ffn_gate_inp = nullptr;         // {d, E}: the router
    const gguf::tensor* ffn_gate_exps = nullptr;        // {d, Fe, E}; expert_of() takes one out; optional where expert_rules::gates_optional
    const gguf::tensor* ffn_up_exps = nullptr;          // {d, Fe, E}
    const gguf::tensor* ffn_down_exps = nullptr;        // {Fe, d, E}
    const gguf::tensor* ffn_gate_inp_shexp = nullptr;   // {d}: how much of the shared expert; only where expert_rules::shared_is_gated
    const gguf::tensor* ffn_gate_shexp = nullptr;       // {d, Fs}
    const gguf::tensor* ffn_up_shexp = nullptr;         // {d, Fs}
    const gguf::tensor* ffn_down_shexp = nullptr;       // {Fs, d}

    // The tensors behind the slices, for those who ask how the file stores them.
    const gguf::tensor* attn_q = nullptr;         // {d, H k}
    const gguf::tensor* attn_k = nullptr;         // {d, Hk k}
    const gguf::tensor* attn_v = nullptr;         // {d, Hk v}
    const gguf::tensor* attn_qkv = nullptr;       // {d, H k + Hk k + Hk v}: rows of q, then k, then v
    const gguf::tensor* attn_q_bias = nullptr;    // {H k}
    const gguf::tensor* attn_k_bias = nullptr;    // {Hk k}
    const gguf::tensor* attn_v_bias = nullptr;    // {Hk v}
    const gguf::tensor* attn_qkv_bias = nullptr;  // {H k + Hk k + Hk v}
    const gguf::tensor* ffn_gate = nullptr;       // {d, F}
    const gguf::tensor* ffn_up = nullptr;         // {d, F}
    const gguf::tensor* ffn_gate_up = nullptr;    // {d, 2 F}: rows of the gate, then of up; called ffn_up in the file
};

/// All tensors of a model by role. Move-only.
///
/// Borrows: the tensor table, whose entries do not move.
/// Threads: const, safe to share.
class weights {
public:
    const gguf::tensor* token_embd = nullptr;          // {d, V}
    const gguf::tensor* output_norm = nullptr;         // {d}
    const gguf::tensor* output = nullptr;              // {d, V}; token_embd itself where the file has no matrix of its own for it
    const gguf::tensor* output_bias = nullptr;         // {V}
    const gguf::tensor* rope_freqs = nullptr;          // {r / 2}: a factor for each pair's angle (Llama 3.1)
    const gguf::tensor* rope_factors_long = nullptr;   // {r / 2}: the same for long contexts; LongRoPE only
    const gguf::tensor* rope_factors_short = nullptr;  // {r / 2}: and for short ones
    bool tied_output = false;                          ///< output is token_embd
    buffer<layer_weights> layers;                      ///< block_count of them

    /// Tensors of the file that no role claims, in the file's order.
    [[nodiscard]] auto unused() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const gguf::tensor* const> { return unclaimed_.span(); }
    auto unused() && -> std::span<const gguf::tensor* const> = delete;

private:
    friend struct detail::binder;
    buffer<const gguf::tensor*> unclaimed_;
};

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_LAYER_WEIGHTS_HPP
