// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_ROLES_HPP
#define CRIA_LLAMA_ROLES_HPP

#include "cria/base/text.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/family.hpp"
#include "cria/llama/layer_weights.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>  // role_of
#include <string_view>

// The names that tensors of Llama models have, one row a name: what the tensor is for, which shape it has, which models
// have it. Names are those of gguf-py (constants.py, TENSOR_NAMES).

namespace cria::inline v0::llama {

/// What a tensor of this name does in a Llama model: `attention query, layer 3`; empty for names without a role.
/// It goes by the name alone, and knows tensors of optional parts whether or not a file has them.
[[nodiscard]] inline auto role_of(std::string_view tensor_name) -> std::string;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Which models have a tensor, and which must.
enum class presence : std::uint8_t {
    required,
    optional,
    output,                 ///< by family::output
    output_bias,            ///< by family::output_bias
    rope_freqs,             ///< optional, by family::factors
    rope_by_context,        ///< optional, by family::factors
    split_attention,        ///< unless attn_qkv is there
    fused_attention,        ///< instead of attn_q, attn_k and attn_v
    fused_attention_bias,   ///< optional, with it
    split_attention_bias,   ///< optional, unless attn_qkv.bias is there
    head_norms,             ///< by family::head_norms
    attention_output_bias,  ///< by family::attention_output_bias
    post_norms,             ///< by family::post_norms
    dense,                  ///< without experts
    separate_gate,          ///< dense, unless family::gate_and_up_are_one
    fused_gate,             ///< dense, where they are
    feed_forward_biases,    ///< dense, by family::feed_forward_biases
    experts,                ///< with experts
    expert_gates,           ///< with experts; by expert_rules::gates_optional
    shared_expert,          ///< with a shared expert
    shared_expert_gate,     ///< with one that is gated
};

template <class Owner>
struct role {
    std::string_view name;  ///< in a layer, what follows "blk.N."
    std::string_view meaning;
    std::array<extent, 3> extents;  ///< the file's order
    presence when;
    const gguf::tensor* Owner::*member;
};

inline constexpr std::array<role<weights>, 7> model_roles = {{
    {"token_embd.weight", "token embedding", {extent::embedding, extent::vocabulary}, presence::required, &weights::token_embd},
    {"output_norm.weight", "output norm", {extent::embedding}, presence::required, &weights::output_norm},
    {"output.weight", "output", {extent::embedding, extent::vocabulary}, presence::output, &weights::output},
    {"output.bias", "output bias", {extent::vocabulary}, presence::output_bias, &weights::output_bias},
    {"rope_freqs.weight", "rotation frequency factors", {extent::rope_half}, presence::rope_freqs, &weights::rope_freqs},
    {"rope_factors_long.weight", "rotation factors for long contexts", {extent::rope_half}, presence::rope_by_context, &weights::rope_factors_long},
    {"rope_factors_short.weight", "rotation factors for short contexts", {extent::rope_half}, presence::rope_by_context, &weights::rope_factors_short},
}};

inline constexpr std::array<role<layer_weights>, 31> layer_roles = {{
    {"attn_norm.weight", "attention norm", {extent::embedding}, presence::required, &layer_weights::attn_norm},
    {"attn_q.weight", "attention query", {extent::embedding, extent::queries}, presence::split_attention, &layer_weights::attn_q},
    {"attn_k.weight", "attention key", {extent::embedding, extent::keys}, presence::split_attention, &layer_weights::attn_k},
    {"attn_v.weight", "attention value", {extent::embedding, extent::values}, presence::split_attention, &layer_weights::attn_v},
    {"attn_qkv.weight", "attention query, key and value", {extent::embedding, extent::queries_keys_values}, presence::fused_attention, &layer_weights::attn_qkv},
    {"attn_q.bias", "attention query bias", {extent::queries}, presence::split_attention_bias, &layer_weights::attn_q_bias},
    {"attn_k.bias", "attention key bias", {extent::keys}, presence::split_attention_bias, &layer_weights::attn_k_bias},
    {"attn_v.bias", "attention value bias", {extent::values}, presence::split_attention_bias, &layer_weights::attn_v_bias},
    {"attn_qkv.bias", "attention query, key and value bias", {extent::queries_keys_values}, presence::fused_attention_bias, &layer_weights::attn_qkv_bias},
    {"attn_q_norm.weight", "attention query norm", {extent::head}, presence::head_norms, &layer_weights::attn_q_norm},
    {"attn_k_norm.weight", "attention key norm", {extent::head}, presence::head_norms, &layer_weights::attn_k_norm},
    {"attn_output.weight", "attention output", {extent::heads_out, extent::embedding}, presence::required, &layer_weights::attn_output},
    {"attn_output.bias", "attention output bias", {extent::embedding}, presence::attention_output_bias, &layer_weights::attn_output_bias},
    {"post_attention_norm.weight", "norm behind attention", {extent::embedding}, presence::post_norms, &layer_weights::post_attention_norm},
    {"ffn_norm.weight", "feed-forward norm", {extent::embedding}, presence::required, &layer_weights::ffn_norm},
    {"ffn_gate.weight", "feed-forward gate", {extent::embedding, extent::feed_forward}, presence::separate_gate, &layer_weights::ffn_gate},
    {"ffn_up.weight", "feed-forward up", {extent::embedding, extent::feed_forward}, presence::separate_gate, &layer_weights::ffn_up},
    {"ffn_up.weight", "feed-forward gate and up", {extent::embedding, extent::gate_and_up}, presence::fused_gate, &layer_weights::ffn_gate_up},
    {"ffn_down.weight", "feed-forward down", {extent::feed_forward, extent::embedding}, presence::dense, &layer_weights::ffn_down},
    {"ffn_gate.bias", "feed-forward gate bias", {extent::feed_forward}, presence::feed_forward_biases, &layer_weights::ffn_gate_bias},
    {"ffn_up.bias", "feed-forward up bias", {extent::feed_forward}, presence::feed_forward_biases, &layer_weights::ffn_up_bias},
    {"ffn_down.bias", "feed-forward down bias", {extent::embedding}, presence::feed_forward_biases, &layer_weights::ffn_down_bias},
    {"post_ffw_norm.weight", "norm behind feed-forward", {extent::embedding}, presence::post_norms, &layer_weights::post_ffw_norm},
    {"ffn_gate_inp.weight", "expert router", {extent::embedding, extent::experts}, presence::experts, &layer_weights::ffn_gate_inp},
    {"ffn_gate_exps.weight", "expert gates", {extent::embedding, extent::expert_forward, extent::experts}, presence::expert_gates, &layer_weights::ffn_gate_exps},
    {"ffn_up_exps.weight", "expert ups", {extent::embedding, extent::expert_forward, extent::experts}, presence::experts, &layer_weights::ffn_up_exps},
    {"ffn_down_exps.weight", "expert downs", {extent::expert_forward, extent::embedding, extent::experts}, presence::experts, &layer_weights::ffn_down_exps},
    {"ffn_gate_inp_shexp.weight", "how much of the shared expert", {extent::embedding}, presence::shared_expert_gate, &layer_weights::ffn_gate_inp_shexp},
    {"ffn_gate_shexp.weight", "shared expert gate", {extent::embedding, extent::shared_forward}, presence::shared_expert, &layer_weights::ffn_gate_shexp},
    {"ffn_up_shexp.weight", "shared expert up", {extent::embedding, extent::shared_forward}, presence::shared_expert, &layer_weights::ffn_up_shexp},
    {"ffn_down_shexp.weight", "shared expert down", {extent::shared_forward, extent::embedding}, presence::shared_expert, &layer_weights::ffn_down_shexp},
}};

inline constexpr std::string_view layer_prefix = "blk.";

/// A tensor name, built without an allocation: "blk.511.attn_q.weight", or a role's own name. One of a caller's own family that
/// is longer than any file of ggml's can have is cut: good for an error, and not to be looked for.
class role_name {
public:
    explicit role_name(std::string_view name) noexcept { append(name); }
    role_name(std::uint32_t layer, std::string_view name) noexcept {
        append(layer_prefix);
        append(cria::detail::decimal(layer).view());
        append(".");
        append(name);
    }
    [[nodiscard]] auto view() const noexcept -> std::string_view { return {text_, size_}; }
    [[nodiscard]] auto is_whole() const noexcept -> bool { return is_whole_; }

private:
    void append(std::string_view part) noexcept {
        const std::size_t taken = part.copy(text_ + size_, sizeof text_ - size_);
        size_ += taken;
        is_whole_ = is_whole_ && taken == part.size();
    }
    char text_[128];
    std::size_t size_ = 0;
    bool is_whole_ = true;
};

/// The N of "blk.N.rest"; the name's rest is left in `name`.
[[nodiscard]] constexpr auto take_layer(std::string_view& name) noexcept -> std::optional<std::uint32_t> {
    if (!name.starts_with(layer_prefix)) return std::nullopt;
    const std::string_view digits = name.substr(layer_prefix.size(), name.find('.', layer_prefix.size()) - layer_prefix.size());
    if (digits.empty() || digits.size() > 9 || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;  // up to 999999999
    std::uint32_t layer = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        layer = layer * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    const std::size_t taken = layer_prefix.size() + digits.size();
    if (taken == name.size()) return std::nullopt;
    name.remove_prefix(taken + 1);
    return layer;
}

}  // namespace detail

inline auto role_of(std::string_view tensor_name) -> std::string {
    const auto layer = detail::take_layer(tensor_name);
    if (!layer) {
        for (const auto& known : detail::model_roles)
            if (known.name == tensor_name) return std::string(known.meaning);
        return {};
    }
    for (const auto& known : detail::layer_roles)
        if (known.name == tensor_name) return std::string(known.meaning) + ", layer " + std::to_string(*layer);
    return {};
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_ROLES_HPP
