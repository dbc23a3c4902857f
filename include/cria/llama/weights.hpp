// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_WEIGHTS_HPP
#define CRIA_LLAMA_WEIGHTS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/hyperparameters.hpp"

#include <array>
#include <cstdint>
#include <cstring>  // memcpy
#include <optional>
#include <span>
#include <string>  // role_of
#include <string_view>

// Which tensor is which: every tensor of a Llama model by its role, with the shape that the hyper-parameters
// demand. Binding walks a table of roles, one row a tensor name; a family that has another tensor gets a row.
//
// Shapes are in the file's order, fastest dimension first: a matrix {n_in, n_out} holds n_out rows of n_in
// numbers and maps n_in numbers to n_out. Below, d is embedding_length, V vocabulary_size, H and Hk a layer's
// head_count and head_count_kv, k key_length, v value_length, F feed_forward_length, E expert_count, r
// rope.dimension_count.
//
// A tensor that no role claims is no error (the file may have been made for a reader that uses it), but it is
// on the list of unused(). Element types are not judged here: what can be computed with is the engine's business.

namespace cria::inline v0::llama {

/// The tensors of one layer; nullptr where the file has none.
///
/// Either attn_q, attn_k and attn_v are there, or attn_qkv. Either ffn_gate, ffn_up and ffn_down are there (a dense
/// layer), or the router ffn_gate_inp with ffn_up_exps and ffn_down_exps (experts). Biases are optional.
struct layer_weights {
    const gguf::tensor* attn_norm = nullptr;         // {d}
    const gguf::tensor* attn_q = nullptr;            // {d, H k}
    const gguf::tensor* attn_k = nullptr;            // {d, Hk k}
    const gguf::tensor* attn_v = nullptr;            // {d, Hk v}
    const gguf::tensor* attn_qkv = nullptr;          // {d, H k + Hk k + Hk v}: rows of q, then k, then v
    const gguf::tensor* attn_output = nullptr;       // {H v, d}
    const gguf::tensor* attn_q_bias = nullptr;       // {H k}
    const gguf::tensor* attn_k_bias = nullptr;       // {Hk k}
    const gguf::tensor* attn_v_bias = nullptr;       // {Hk v}
    const gguf::tensor* attn_qkv_bias = nullptr;     // {H k + Hk k + Hk v}
    const gguf::tensor* attn_output_bias = nullptr;  // {d}

    const gguf::tensor* ffn_norm = nullptr;       // {d}
    const gguf::tensor* ffn_gate = nullptr;       // {d, F}
    const gguf::tensor* ffn_up = nullptr;         // {d, F}
    const gguf::tensor* ffn_down = nullptr;       // {F, d}
    const gguf::tensor* ffn_gate_bias = nullptr;  // {F}
    const gguf::tensor* ffn_up_bias = nullptr;    // {F}
    const gguf::tensor* ffn_down_bias = nullptr;  // {d}

    const gguf::tensor* ffn_gate_inp = nullptr;   // {d, E}
    const gguf::tensor* ffn_gate_exps = nullptr;  // {d, F, E}; optional
    const gguf::tensor* ffn_up_exps = nullptr;    // {d, F, E}
    const gguf::tensor* ffn_down_exps = nullptr;  // {F, d, E}
};

/// All tensors of a model by role. Move-only.
///
/// Borrows: the tensor table of the file they were taken from. Threads: const, safe to share.
class weights {
public:
    const gguf::tensor* token_embd = nullptr;          // {d, V}
    const gguf::tensor* output_norm = nullptr;         // {d}
    const gguf::tensor* output = nullptr;              // {d, V}; token_embd where the file has none of its own
    const gguf::tensor* rope_freqs = nullptr;          // {r / 2}: divides the rotation of each pair; not with LongRoPE
    const gguf::tensor* rope_factors_long = nullptr;   // {r / 2}: the same for long contexts; LongRoPE only
    const gguf::tensor* rope_factors_short = nullptr;  // {r / 2}: and for short ones
    bool tied_output = false;                          ///< output is token_embd
    buffer<layer_weights> layers;                      ///< block_count of them

    /// Tensors of the file that no role claims, in the file's order.
    [[nodiscard]] auto unused() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const gguf::tensor* const> { return unclaimed_.span(); }
    auto unused() && -> std::span<const gguf::tensor* const> = delete;

private:
    friend auto weights_from(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<weights>;
    buffer<const gguf::tensor*> unclaimed_;
};

/// The tensors of a file by role, each with the shape that `numbers` demands.
/// Fails:   errc::missing_tensor; errc::wrong_shape, expected and found as `{64, 32}`; errc::out_of_memory. The subject is the tensor's name.
/// Borrows: the file's tensor table.
/// Cost:    O(layers + tensors).   Precondition: `numbers` come from hyperparameters_from.
[[nodiscard]] inline auto weights_from(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<weights>;
auto weights_from(gguf::tensor_table&& tensors, const hyperparameters& numbers) -> result<weights> = delete;

/// What a tensor of this name does in a Llama model: `attention query, layer 3`; empty for names without a role.
/// It goes by the name alone, and knows tensors of optional parts whether or not a file has them.
[[nodiscard]] inline auto role_of(std::string_view tensor_name) -> std::string;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// The extents a role can have, computed once a layer.
enum class extent : std::uint8_t { none, embedding, vocabulary, queries, keys, values, queries_keys_values, heads_out, feed_forward, experts, rope_half };

/// When a tensor has to be there, and when it may.
enum class presence : std::uint8_t {
    required,
    optional,
    split_attention,  ///< unless attn_qkv is there
    fused_attention,  ///< instead of attn_q, attn_k and attn_v
    dense,            ///< without experts
    dense_optional,
    experts,  ///< with experts
    experts_optional,
    rope_factors,      ///< optional, without LongRoPE
    longrope_factors,  ///< optional, with it
};

template <class Owner>
struct role {
    std::string_view name;  ///< in a layer, what follows "blk.N."
    std::string_view meaning;
    std::array<extent, 3> extents;  ///< the file's order
    presence when;
    const gguf::tensor* Owner::*member;
};

inline constexpr std::array<role<weights>, 6> model_roles = {{
    {"token_embd.weight", "token embedding", {extent::embedding, extent::vocabulary}, presence::required, &weights::token_embd},
    {"output_norm.weight", "output norm", {extent::embedding}, presence::required, &weights::output_norm},
    {"output.weight", "output", {extent::embedding, extent::vocabulary}, presence::optional, &weights::output},
    {"rope_freqs.weight", "rotation frequency factors", {extent::rope_half}, presence::rope_factors, &weights::rope_freqs},
    {"rope_factors_long.weight", "rotation factors for long contexts", {extent::rope_half}, presence::longrope_factors, &weights::rope_factors_long},
    {"rope_factors_short.weight", "rotation factors for short contexts", {extent::rope_half}, presence::longrope_factors, &weights::rope_factors_short},
}};

inline constexpr std::array<role<layer_weights>, 22> layer_roles = {{
    {"attn_norm.weight", "attention norm", {extent::embedding}, presence::required, &layer_weights::attn_norm},
    {"attn_q.weight", "attention query", {extent::embedding, extent::queries}, presence::split_attention, &layer_weights::attn_q},
    {"attn_k.weight", "attention key", {extent::embedding, extent::keys}, presence::split_attention, &layer_weights::attn_k},
    {"attn_v.weight", "attention value", {extent::embedding, extent::values}, presence::split_attention, &layer_weights::attn_v},
    {"attn_qkv.weight", "attention query, key and value", {extent::embedding, extent::queries_keys_values}, presence::fused_attention, &layer_weights::attn_qkv},
    {"attn_output.weight", "attention output", {extent::heads_out, extent::embedding}, presence::required, &layer_weights::attn_output},
    {"attn_q.bias", "attention query bias", {extent::queries}, presence::optional, &layer_weights::attn_q_bias},
    {"attn_k.bias", "attention key bias", {extent::keys}, presence::optional, &layer_weights::attn_k_bias},
    {"attn_v.bias", "attention value bias", {extent::values}, presence::optional, &layer_weights::attn_v_bias},
    {"attn_qkv.bias", "attention query, key and value bias", {extent::queries_keys_values}, presence::fused_attention, &layer_weights::attn_qkv_bias},
    {"attn_output.bias", "attention output bias", {extent::embedding}, presence::optional, &layer_weights::attn_output_bias},
    {"ffn_norm.weight", "feed-forward norm", {extent::embedding}, presence::required, &layer_weights::ffn_norm},
    {"ffn_gate.weight", "feed-forward gate", {extent::embedding, extent::feed_forward}, presence::dense, &layer_weights::ffn_gate},
    {"ffn_up.weight", "feed-forward up", {extent::embedding, extent::feed_forward}, presence::dense, &layer_weights::ffn_up},
    {"ffn_down.weight", "feed-forward down", {extent::feed_forward, extent::embedding}, presence::dense, &layer_weights::ffn_down},
    {"ffn_gate.bias", "feed-forward gate bias", {extent::feed_forward}, presence::dense_optional, &layer_weights::ffn_gate_bias},
    {"ffn_up.bias", "feed-forward up bias", {extent::feed_forward}, presence::dense_optional, &layer_weights::ffn_up_bias},
    {"ffn_down.bias", "feed-forward down bias", {extent::embedding}, presence::dense_optional, &layer_weights::ffn_down_bias},
    {"ffn_gate_inp.weight", "expert router", {extent::embedding, extent::experts}, presence::experts, &layer_weights::ffn_gate_inp},
    {"ffn_gate_exps.weight", "expert gates", {extent::embedding, extent::feed_forward, extent::experts}, presence::experts_optional, &layer_weights::ffn_gate_exps},
    {"ffn_up_exps.weight", "expert ups", {extent::embedding, extent::feed_forward, extent::experts}, presence::experts, &layer_weights::ffn_up_exps},
    {"ffn_down_exps.weight", "expert downs", {extent::feed_forward, extent::embedding, extent::experts}, presence::experts, &layer_weights::ffn_down_exps},
}};

inline constexpr std::string_view layer_prefix = "blk.";

/// A tensor name, built without an allocation: "blk.511.attn_q.weight" at most, or a role's own name.
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

private:
    void append(std::string_view part) noexcept {
        std::memcpy(text_ + size_, part.data(), part.size());  // every role's name fits: role_names_fit
        size_ += part.size();
    }
    char text_[64];
    std::size_t size_ = 0;
};

consteval auto role_names_fit() -> bool {
    for (const auto& known : model_roles)
        if (known.name.size() > 64) return false;
    for (const auto& known : layer_roles)
        if (layer_prefix.size() + 10 + 1 + known.name.size() > 64) return false;
    return true;
}
static_assert(role_names_fit());

/// `{64, 32}`; an error keeps what fits.
class shape_text {
public:
    explicit shape_text(const gguf::shape& shape) noexcept {
        append("{");
        for (std::size_t i = 0; i < shape.n_dimensions; ++i) {
            if (i != 0) append(", ");
            append(cria::detail::decimal(shape.extents[i]).view());
        }
        append("}");
    }
    [[nodiscard]] auto view() const noexcept -> std::string_view { return {text_, size_}; }

private:
    void append(std::string_view part) noexcept { size_ += part.copy(text_ + size_, sizeof text_ - size_); }
    char text_[2 + gguf::shape::max_dimensions * 22];
    std::size_t size_ = 0;
};

/// Finds tensors by role, checks their shapes and remembers which were claimed.
struct binder {
    const gguf::tensor_table& tensors;
    const hyperparameters& numbers;
    buffer<bool> claimed;

    /// Every extent a layer's tensors can have. Counts are at most max_count, so sums of three products fit.
    [[nodiscard]] auto extent_of(extent which, std::uint32_t layer) const noexcept -> std::uint64_t {
        const std::uint64_t queries = std::uint64_t{numbers.head_count(layer)} * numbers.key_length;
        const std::uint64_t keys = std::uint64_t{numbers.head_count_kv(layer)} * numbers.key_length;
        const std::uint64_t values = std::uint64_t{numbers.head_count_kv(layer)} * numbers.value_length;
        switch (which) {
            case extent::none: return 1;
            case extent::embedding: return numbers.embedding_length;
            case extent::vocabulary: return numbers.vocabulary_size;
            case extent::queries: return queries;
            case extent::keys: return keys;
            case extent::values: return values;
            case extent::queries_keys_values: return queries + keys + values;
            case extent::heads_out: return std::uint64_t{numbers.head_count(layer)} * numbers.value_length;
            case extent::feed_forward: return numbers.feed_forward_length(layer);
            case extent::experts: return numbers.expert_count;
            case extent::rope_half: return numbers.rope.dimension_count / 2;
        }
        return 0;
    }

    /// Whether a tensor of this presence belongs to this model, and whether it must.
    struct demand {
        bool wanted;
        bool required;
    };
    [[nodiscard]] auto demand_for(presence when, bool fused) const noexcept -> demand {
        const bool experts = numbers.has_experts();
        const bool longrope = numbers.rope.scaling == rope_scaling::longrope;
        switch (when) {
            case presence::required: return {true, true};
            case presence::optional: return {true, false};
            case presence::split_attention: return {!fused, true};
            case presence::fused_attention: return {fused, false};
            case presence::dense: return {!experts, true};
            case presence::dense_optional: return {!experts, false};
            case presence::experts: return {experts, true};
            case presence::experts_optional: return {experts, false};
            case presence::rope_factors: return {!longrope, false};
            case presence::longrope_factors: return {longrope, false};
        }
        return {false, false};
    }

    template <class Owner>
    [[nodiscard]] auto bind(const role<Owner>& known, const role_name& name, std::uint32_t layer, bool fused, Owner& into) -> result<void> {
        const demand demanded = demand_for(known.when, fused);
        if (!demanded.wanted) return {};
        const gguf::tensor* const found = tensors.find(name.view());
        if (found == nullptr) {
            if (demanded.required) return error{errc::missing_tensor, name.view()};
            return {};
        }
        gguf::shape wanted;
        for (const extent which : known.extents)
            if (which != extent::none) wanted.extents[wanted.n_dimensions++] = extent_of(which, layer);
        if (!(found->shape == wanted))
            return error{errc::wrong_shape, name.view()}.expecting(shape_text(wanted).view(), shape_text(found->shape).view());
        into.*known.member = found;
        claimed[static_cast<std::size_t>(found - tensors.begin())] = true;
        return {};
    }
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

inline auto weights_from(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<weights> {
    weights out;
    detail::binder binder{tensors, numbers, {}};
    CRIA_TRY_VOID(binder.claimed.resize(tensors.size(), "tensor table"));
    for (const auto& known : detail::model_roles) CRIA_TRY_VOID(binder.bind(known, detail::role_name(known.name), 0, false, out));
    out.tied_output = out.output == nullptr;
    if (out.tied_output) out.output = out.token_embd;

    CRIA_TRY_VOID(out.layers.resize(numbers.block_count, "layers"));
    for (std::uint32_t layer = 0; layer < numbers.block_count; ++layer) {
        const bool fused = tensors.find(detail::role_name(layer, "attn_qkv.weight").view()) != nullptr &&
                           tensors.find(detail::role_name(layer, "attn_q.weight").view()) == nullptr;
        for (const auto& known : detail::layer_roles)
            CRIA_TRY_VOID(binder.bind(known, detail::role_name(layer, known.name), layer, fused, out.layers[layer]));
    }

    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (!binder.claimed[i]) CRIA_TRY_VOID(out.unclaimed_.push_back(&tensors[i], "unused tensors"));
    return out;
}

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

#endif  // CRIA_LLAMA_WEIGHTS_HPP
