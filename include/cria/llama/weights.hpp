// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_WEIGHTS_HPP
#define CRIA_LLAMA_WEIGHTS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/family.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/layer_weights.hpp"
#include "cria/llama/roles.hpp"
#include "cria/llama/slice.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

// Binding: every tensor of a file to its role, with the shape that the hyper-parameters demand. It walks the table in
// roles.hpp and asks the family's row where tensors differ.
//
// A tensor that no role claims is no error (the file may have been made for a reader that uses it), but it is
// on the list of unused(). Element types are not judged here: what can be computed with is the engine's business.

namespace cria::inline v0::llama {

/// The tensors of a file by role, each with the shape that `numbers` demands.
/// Fails:   errc::missing_tensor; errc::wrong_shape, expected and found as `{64, 32}`; errc::unsupported_type for a fused
///          tensor whose layout is not known; errc::unsupported_feature where these are the tensors of a LoRA adapter;
///          errc::out_of_memory. The subject is the tensor's name.
/// Borrows: the file's tensor table.
/// Cost:    O(layers + tensors).   Precondition: `numbers` come from hyperparameters_from.
[[nodiscard]] inline auto weights_from(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<weights>;
auto weights_from(gguf::tensor_table&& tensors, const hyperparameters& numbers) -> result<weights> = delete;

/// Everything that is wrong with the tensors of a model: each that is missing, each of another shape, in the order of
/// roles. Empty where weights_from succeeds, and its first element is how that fails.
/// Fails: errc::out_of_memory.
[[nodiscard]] inline auto inspect_weights(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<buffer<error>>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

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

/// An adapter whose file does not say that it is one. It may hold whole norms beside its own tensors.
[[nodiscard]] inline auto check_is_no_adapter(const gguf::tensor_table& tensors) -> result<void> {
    if (tensors.find("token_embd.weight") != nullptr) return {};
    for (const gguf::tensor& tensor : tensors)
        if (tensor.name.ends_with(".lora_a") || tensor.name.ends_with(".lora_b")) return error{errc::unsupported_feature, tensor.name}.because(adapter_sentence);
    return {};
}

/// Finds tensors by role, checks their shapes and remembers which were claimed. What is wrong ends it, or goes to a list.
struct binder {
    const gguf::tensor_table& tensors;
    const hyperparameters& numbers;
    buffer<error>* problems = nullptr;
    buffer<bool> claimed{};
    weights out{};

    [[nodiscard]] auto bind_all() -> result<void>;

private:
    /// Whether a tensor belongs to this model, and whether it must.
    struct demand {
        bool wanted;
        bool required;
    };
    static constexpr demand unwanted{false, false}, wanted{true, false}, needed{true, true};
    [[nodiscard]] static constexpr auto by(part presence) noexcept -> demand {
        return presence == part::absent ? unwanted : presence == part::optional ? wanted : needed;
    }
    [[nodiscard]] static constexpr auto where(bool is_so, demand then) noexcept -> demand { return is_so ? then : unwanted; }

    /// How a layer's queries, keys and values are stored, and their biases: together?
    struct fusion {
        bool weights = false, biases = false;
    };

    [[nodiscard]] auto demand_for(presence when, const fusion& attention) const noexcept -> demand;
    [[nodiscard]] auto extent_of(extent which, std::uint32_t layer) const noexcept -> std::uint64_t;
    [[nodiscard]] auto report(const error& why) -> result<void> {
        if (problems == nullptr) return why;
        return problems->push_back(why, "problems");
    }
    /// The tensor of this name, if it has the shape; nullptr where it is missing or was reported.
    [[nodiscard]] auto find(const role_name& name, std::span<const extent, 3> extents, std::uint32_t layer, bool is_required) -> result<const gguf::tensor*>;
    template <class Owner>
    [[nodiscard]] auto bind(const role<Owner>& known, const role_name& name, std::uint32_t layer, const fusion& attention, Owner& into) -> result<void>;
    [[nodiscard]] auto bind_layer(std::uint32_t layer) -> result<void>;
    [[nodiscard]] auto bind_extras() -> result<void>;
    [[nodiscard]] auto cut(std::uint32_t layer) -> result<void>;
    /// A part of a fused tensor: where it goes, and how much of the tensor it is.
    struct piece {
        tensor_slice* into;
        std::uint64_t count;
    };
    using cutter = result<tensor_slice>(const tensor_slice&, std::uint64_t first, std::uint64_t count);
    [[nodiscard]] auto take_apart(const gguf::tensor* fused, cutter* part_of, std::initializer_list<piece> pieces) -> result<void>;
};

/// Counts are at most max_count, so sums of three products fit.
inline auto binder::extent_of(extent which, std::uint32_t layer) const noexcept -> std::uint64_t {
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
        case extent::head: return numbers.key_length;
        case extent::feed_forward: return numbers.feed_forward_length(layer);
        case extent::gate_and_up: return std::uint64_t{2} * numbers.feed_forward_length(layer);
        case extent::experts: return numbers.expert_count;
        case extent::expert_forward: return numbers.expert_feed_forward_length;
        case extent::shared_forward: return numbers.shared_expert_feed_forward_length;
        case extent::rope_half: return numbers.rope.dimension_count / 2;
    }
    return 0;
}

inline auto binder::demand_for(presence when, const fusion& attention) const noexcept -> demand {
    const family& rules = numbers.family;
    const bool experts = numbers.has_experts();
    const bool by_context = rules.factors == rope_factors::long_or_short || (rules.factors == rope_factors::by_scaling && numbers.rope.scaling == rope_scaling::longrope);
    switch (when) {
        case presence::required: return needed;
        case presence::optional: return wanted;
        case presence::output: return rules.output == output_matrix::required ? needed : where(rules.output == output_matrix::optional, wanted);
        case presence::output_bias: return by(rules.output_bias);
        case presence::rope_freqs: return where(rules.factors == rope_factors::by_scaling && !by_context, wanted);
        case presence::rope_by_context: return where(by_context, wanted);
        case presence::split_attention: return where(!attention.weights, needed);
        case presence::fused_attention: return where(attention.weights, needed);
        case presence::fused_attention_bias: return where(attention.weights, wanted);
        case presence::split_attention_bias: return where(!attention.biases, wanted);
        case presence::head_norms: return by(rules.head_norms);
        case presence::attention_output_bias: return by(rules.attention_output_bias);
        case presence::post_norms: return by(rules.post_norms);
        case presence::dense: return where(!experts, needed);
        case presence::separate_gate: return where(!experts && !rules.gate_and_up_are_one, needed);
        case presence::fused_gate: return where(!experts && rules.gate_and_up_are_one, needed);
        case presence::feed_forward_biases: return where(!experts, by(rules.feed_forward_biases));
        case presence::experts: return where(experts, needed);
        case presence::expert_gates: return where(experts, rules.experts.gates_optional ? wanted : needed);
        case presence::shared_expert: return where(experts && numbers.shared_expert_feed_forward_length > 0, needed);
        case presence::shared_expert_gate: return where(experts && numbers.shared_expert_feed_forward_length > 0 && rules.experts.shared_is_gated, needed);
    }
    return unwanted;
}

inline auto binder::find(const role_name& name, std::span<const extent, 3> extents, std::uint32_t layer, bool is_required) -> result<const gguf::tensor*> {
    constexpr const gguf::tensor* nothing = nullptr;
    const gguf::tensor* const found = name.is_whole() ? tensors.find(name.view()) : nullptr;
    if (found == nullptr) {
        if (is_required) CRIA_TRY_VOID(report(error{errc::missing_tensor, name.view()}));
        return nothing;
    }
    claimed[static_cast<std::size_t>(found - tensors.begin())] = true;
    gguf::shape shape;
    for (const extent which : extents)
        if (which != extent::none) shape.extents[shape.n_dimensions++] = extent_of(which, layer);
    if (found->shape == shape) return found;
    CRIA_TRY_VOID(report(error{errc::wrong_shape, name.view()}.expecting(shape_text(shape).view(), shape_text(found->shape).view())));
    return nothing;
}

template <class Owner>
auto binder::bind(const role<Owner>& known, const role_name& name, std::uint32_t layer, const fusion& attention, Owner& into) -> result<void> {
    const demand demanded = demand_for(known.when, attention);
    if (!demanded.wanted) return {};
    CRIA_TRY(into.*known.member, find(name, known.extents, layer, demanded.required));
    return {};
}

/// The pieces follow one another. The first that cannot be had speaks for the tensor.
inline auto binder::take_apart(const gguf::tensor* fused, cutter* part_of, std::initializer_list<piece> pieces) -> result<void> {
    if (fused == nullptr) return {};
    std::uint64_t first = 0;
    for (const piece& each : pieces) {
        const auto part = part_of(slice_of(*fused), first, each.count);
        if (!part) return report(part.error());
        *each.into = *part;
        first += each.count;
    }
    return {};
}

inline auto binder::cut(std::uint32_t layer) -> result<void> {
    layer_weights& at = out.layers[layer];
    const auto whole = [](const gguf::tensor* own) { return own == nullptr ? tensor_slice{} : slice_of(*own); };
    at.query = whole(at.attn_q);
    at.key = whole(at.attn_k);
    at.value = whole(at.attn_v);
    at.query_bias = whole(at.attn_q_bias);
    at.key_bias = whole(at.attn_k_bias);
    at.value_bias = whole(at.attn_v_bias);
    at.gate = whole(at.ffn_gate);
    at.up = whole(at.ffn_up);

    const std::uint64_t queries = extent_of(extent::queries, layer), keys = extent_of(extent::keys, layer), values = extent_of(extent::values, layer);
    const std::uint64_t forward = extent_of(extent::feed_forward, layer);
    CRIA_TRY_VOID(take_apart(at.attn_qkv, rows_of, {{&at.query, queries}, {&at.key, keys}, {&at.value, values}}));
    // Elements of a bias are its only row: the same for columns.
    CRIA_TRY_VOID(take_apart(at.attn_qkv_bias, columns_of, {{&at.query_bias, queries}, {&at.key_bias, keys}, {&at.value_bias, values}}));
    return take_apart(at.ffn_gate_up, rows_of, {{&at.gate, forward}, {&at.up, forward}});
}

inline auto binder::bind_layer(std::uint32_t layer) -> result<void> {
    const auto has = [&](std::string_view name) { return tensors.find(role_name(layer, name).view()) != nullptr; };
    fusion attention;
    attention.weights = has("attn_qkv.weight") && !has("attn_q.weight");
    attention.biases = attention.weights && has("attn_qkv.bias");
    for (const auto& known : layer_roles) CRIA_TRY_VOID(bind(known, role_name(layer, known.name), layer, attention, out.layers[layer]));
    return cut(layer);
}

inline auto binder::bind_extras() -> result<void> {
    for (const extra_tensor& extra : numbers.family.extra_tensors) {
        if (!extra.in_each_layer) CRIA_TRY_VOID(find(role_name(extra.name), extra.extents, 0, extra.is_required));
        else
            for (std::uint32_t layer = 0; layer < numbers.block_count; ++layer)
                CRIA_TRY_VOID(find(role_name(layer, extra.name), extra.extents, layer, extra.is_required));
    }
    return {};
}

inline auto binder::bind_all() -> result<void> {
    CRIA_TRY_VOID(check_is_no_adapter(tensors));
    CRIA_TRY_VOID(claimed.resize(tensors.size(), "tensor table"));
    for (const auto& known : model_roles) CRIA_TRY_VOID(bind(known, role_name(known.name), 0, {}, out));
    out.tied_output = out.output == nullptr;
    if (out.tied_output) out.output = out.token_embd;
    CRIA_TRY_VOID(out.layers.resize(numbers.block_count, "layers"));
    for (std::uint32_t layer = 0; layer < numbers.block_count; ++layer) CRIA_TRY_VOID(bind_layer(layer));
    CRIA_TRY_VOID(bind_extras());
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (!claimed[i]) CRIA_TRY_VOID(out.unclaimed_.push_back(&tensors[i], "unused tensors"));
    return {};
}

}  // namespace detail

inline auto weights_from(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<weights> {
    detail::binder binder{tensors, numbers};
    CRIA_TRY_VOID(binder.bind_all());
    return std::move(binder.out);
}

inline auto inspect_weights(const gguf::tensor_table& tensors, const hyperparameters& numbers) -> result<buffer<error>> {
    buffer<error> problems;
    detail::binder binder{tensors, numbers, &problems};
    const auto done = binder.bind_all();
    if (done) return problems;
    if (done.error().code == errc::out_of_memory) return done.error();
    CRIA_TRY_VOID(problems.push_back(done.error(), "problems"));
    return problems;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_WEIGHTS_HPP
