// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_FAMILY_MODELS_HPP
#define CRIA_TESTS_SUPPORT_FAMILY_MODELS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cria/llama/family.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/roles.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"
#include "support/tiny_models.hpp"

// A tiny model file of any family, made from the family's row: the keys that it reads, the tensors that it demands, and
// optional parts on request. Tests walk keys_of() and tensors_of() instead of lists written by hand, so a new row is
// tested by being there.
//
//     for (const llama::family& row : llama::families) open(family_model(row, {.biases = true}));
//
// What a column means is said here a second time, on purpose: the reader's own words would agree with themselves.

namespace cria_test {

namespace llama = cria::llama;

/// Which of the optional parts a file has, and how large everything is. No two sizes are equal, so that no matrix can be
/// mistaken for its transpose.
struct family_parts {
    bool biases = false;           ///< every bias that the family may have
    bool fused_attention = false;  ///< attn_qkv instead of attn_q, attn_k and attn_v
    bool experts = false;          ///< where the family may do without
    bool shared_expert = false;    ///< the same
    bool rope_factors = false;     ///< the tensors for what the file says about scaling
    bool longrope = false;         ///< rope.scaling.type
    bool tied_output = false;      ///< no output.weight, where that is optional
    bool optional_keys = false;    ///< every key that the family reads
    bool tokenizer = false;        ///< a vocabulary of some hundred tokens; else 8 rows and no tokens
    bool random_data = false;      ///< of each tensor, by its name; a fused one has the bytes of the parts it stands for
    cria::tensor_type matrices = cria::tensor_type::f32;

    std::uint32_t n_layers = 2;
    std::uint32_t embedding = 32;
    std::uint32_t heads = 4;
    std::uint32_t heads_kv = 2;
    std::uint32_t head = 12;  ///< embedding / heads where the heads fill the embedding
    std::uint32_t feed_forward = 48;
    std::uint32_t context = 128;
    std::uint32_t n_experts = 3;
    std::uint32_t n_used = 2;
    std::uint32_t expert_forward = 20;  ///< feed_forward in families without a key for it
    std::uint32_t shared_forward = 40;
};

[[nodiscard]] inline auto head_of(const llama::family& row, const family_parts& parts) -> std::uint32_t {
    return row.heads_fill_embedding ? parts.embedding / parts.heads : parts.head;
}
[[nodiscard]] inline auto has_experts(const llama::family& row, const family_parts& parts) -> bool {
    return row.experts.presence == llama::part::required || (row.experts.presence == llama::part::optional && (parts.experts || parts.shared_expert));
}
[[nodiscard]] inline auto has_shared_expert(const llama::family& row, const family_parts& parts) -> bool {
    return has_experts(row, parts) && (row.experts.shared == llama::part::required || (row.experts.shared == llama::part::optional && parts.shared_expert));
}
[[nodiscard]] inline auto rows_of_vocabulary(const family_parts& parts) -> std::uint32_t {
    return parts.tokenizer ? static_cast<std::uint32_t>(tiny_byte_level_vocabulary().tokens.size()) : 8;
}

// --- keys ---

/// What a key's value may be.
enum class key_kind : std::uint8_t {
    count,         ///< 1 to `most`
    count_or_none, ///< 0 to `most`
    positive,      ///< finite, above 0
    zero_or_more,  ///< finite, 0 or above
    any_number,    ///< finite
    flag,
    text,
    pattern,       ///< a count or none, or an array of bools
};

struct family_key {
    std::string name;  ///< whole: "llama.block_count"
    key_kind kind;
    bool required = false;    ///< for this file: without it, it does not open
    bool written = false;     ///< this file has it
    bool per_layer = false;   ///< may be an array
    std::uint64_t most = llama::max_count;
    bool zero_is_default = false;  ///< 0 is taken, and means what the key's absence means
    std::uint32_t number = 0;      ///< what the file says, of a count
    float real = 0;                ///< of a float
};

/// Every key below the architecture's name that a model of this family reads.
[[nodiscard]] inline auto keys_of(const llama::family& row, const family_parts& parts = {}) -> std::vector<family_key> {
    std::vector<family_key> keys;
    const auto named = [&](std::string_view key) { return std::string(row.architecture) + "." + std::string(key); };
    const auto count = [&](std::string_view key, std::uint32_t number, bool required, bool written) -> family_key& {
        keys.push_back({.name = named(key), .kind = key_kind::count, .required = required, .written = required || written || parts.optional_keys, .number = number});
        return keys.back();
    };
    const auto real = [&](std::string_view key, float number, bool required = false, key_kind kind = key_kind::positive) -> family_key& {
        keys.push_back({.name = named(key), .kind = kind, .required = required, .written = required || parts.optional_keys, .real = number});
        return keys.back();
    };
    const std::uint32_t head = head_of(row, parts);
    const bool own_head = head * parts.heads != parts.embedding;
    count("context_length", parts.context, true, true);
    count("embedding_length", parts.embedding, true, true);
    count("block_count", parts.n_layers, true, true).most = llama::max_layers;
    count("feed_forward_length", parts.feed_forward, true, true).per_layer = true;
    count("attention.head_count", parts.heads, true, true).per_layer = true;
    count("attention.head_count_kv", parts.heads_kv, false, true).per_layer = true;
    count("attention.key_length", head, false, own_head);
    count("attention.value_length", head, false, own_head);
    real("attention.layer_norm_rms_epsilon", 1e-5F, true);
    count("rope.dimension_count", head, false, false);
    real("rope.freq_base", 5000.0F);
    keys.push_back({.name = named("rope.scaling.type"), .kind = key_kind::text, .written = parts.optional_keys || parts.longrope});
    real("rope.scaling.factor", 4.0F).zero_is_default = true;
    count("rope.scaling.original_context_length", 64, false, false);
    real("rope.scaling.attn_factor", 1.5F);
    if (row.reads_yarn) {
        real("rope.scaling.yarn_beta_fast", 16.0F);
        real("rope.scaling.yarn_beta_slow", 2.0F);
        real("rope.scaling.yarn_log_multiplier", 0.5F, false, key_kind::zero_or_more);
    }
    if (row.may_have_no_rope) keys.push_back({.name = named("rope.scaling.finetuned"), .kind = key_kind::flag, .written = parts.optional_keys});
    if (row.reads_attention_scale) real("attention.scale", 0.25F).zero_is_default = true;
    if (row.reads_temperature_scale) real("attention.temperature_scale", 0.1F, false, key_kind::any_number);
    const auto cap = [](const llama::optional_number& of) { return of.otherwise == 0 ? key_kind::zero_or_more : key_kind::positive; };
    if (row.score_cap.is_read) real("attn_logit_softcapping", 20.0F, false, cap(row.score_cap));
    if (row.sliding.default_period != 0) {
        count("attention.sliding_window", 16, false, false).kind = key_kind::count_or_none;
        if (row.sliding.default_window != 0 || parts.optional_keys) {  // else no layer slides, and nobody asks how
            count("attention.sliding_window_pattern", 2, false, false).kind = key_kind::pattern;
            real("rope.freq_base_swa", 2000.0F);
        }
    }
    const bool experts = has_experts(row, parts);
    if (row.experts.presence != llama::part::absent) {
        const bool required = row.experts.presence == llama::part::required;
        auto& all = count("expert_count", experts ? parts.n_experts : 0, required, experts);
        all.most = llama::max_experts;
        if (!required) all.kind = key_kind::count_or_none;
        count("expert_used_count", experts ? parts.n_used : 0, false, experts).kind = key_kind::count_or_none;
        if (row.experts.own_length) count("expert_feed_forward_length", parts.expert_forward, false, true).zero_is_default = true;
    }
    if (row.experts.shared == llama::part::required) count("expert_shared_feed_forward_length", parts.shared_forward, false, true).zero_is_default = true;
    if (row.experts.shared == llama::part::optional && experts)  // read by models with experts alone
        count("expert_shared_feed_forward_length", parts.shared_expert ? parts.shared_forward : 0, false, parts.shared_expert).kind = key_kind::count_or_none;
    if (row.embedding == llama::embedding_scaling::stated) real("embedding_scale", 12.0F).zero_is_default = true;
    if (row.reads_residual_scale) real("residual_scale", 0.5F).zero_is_default = true;
    if (row.divides_logits) real("logit_scale", 8.0F, true);
    if (row.logit_cap.is_read) real("final_logit_softcapping", 25.0F, false, cap(row.logit_cap));
    return keys;
}

// --- tensors ---

struct family_tensor {
    std::string name = {};
    std::vector<std::uint64_t> extents = {};
    bool required = true;
    std::vector<std::string> stands_for = {};  ///< the names of the tensors whose rows it holds
};

[[nodiscard]] inline auto extent_of(llama::extent which, const llama::family& row, const family_parts& parts) -> std::uint64_t {
    using llama::extent;
    const std::uint64_t head = head_of(row, parts);
    switch (which) {
        case extent::none: return 0;
        case extent::embedding: return parts.embedding;
        case extent::vocabulary: return rows_of_vocabulary(parts);
        case extent::queries: return parts.heads * head;
        case extent::keys: return parts.heads_kv * head;
        case extent::values: return parts.heads_kv * head;
        case extent::queries_keys_values: return (parts.heads + 2 * parts.heads_kv) * head;
        case extent::heads_out: return parts.heads * head;
        case extent::head: return head;
        case extent::feed_forward: return parts.feed_forward;
        case extent::gate_and_up: return 2 * parts.feed_forward;
        case extent::experts: return parts.n_experts;
        case extent::expert_forward: return row.experts.own_length ? parts.expert_forward : parts.feed_forward;
        case extent::shared_forward: return parts.shared_forward;
        case extent::rope_half: return head / 2;
    }
    return 0;
}

enum class demand : std::uint8_t { unknown, optional, required };

/// What a file with these parts has of a role.
[[nodiscard]] inline auto demand_of(llama::detail::presence when, const llama::family& row, const family_parts& parts) -> demand {
    using llama::detail::presence;
    using llama::part;
    const auto only = [](bool is_so, demand then = demand::required) { return is_so ? then : demand::unknown; };
    const auto by = [](part there) { return there == part::absent ? demand::unknown : there == part::optional ? demand::optional : demand::required; };
    const bool experts = has_experts(row, parts), shared = has_shared_expert(row, parts);
    const bool by_context = row.factors == llama::rope_factors::long_or_short || (row.factors == llama::rope_factors::by_scaling && parts.longrope);
    switch (when) {
        case presence::required: return demand::required;
        case presence::optional: return demand::optional;
        case presence::split_attention_bias: return demand::optional;
        case presence::output:
            return row.output == llama::output_matrix::required ? demand::required : row.output == llama::output_matrix::optional ? demand::optional : demand::unknown;
        case presence::output_bias: return by(row.output_bias);
        case presence::rope_freqs: return only(row.factors == llama::rope_factors::by_scaling && !parts.longrope, demand::optional);
        case presence::rope_by_context: return only(by_context, demand::optional);
        case presence::split_attention: return only(!parts.fused_attention);
        case presence::fused_attention: return only(parts.fused_attention);
        case presence::fused_attention_bias: return only(parts.fused_attention, demand::optional);
        case presence::head_norms: return by(row.head_norms);
        case presence::attention_output_bias: return by(row.attention_output_bias);
        case presence::post_norms: return by(row.post_norms);
        case presence::dense: return only(!experts);
        case presence::separate_gate: return only(!experts && !row.gate_and_up_are_one);
        case presence::fused_gate: return only(!experts && row.gate_and_up_are_one);
        case presence::feed_forward_biases: return experts ? demand::unknown : by(row.feed_forward_biases);
        case presence::experts: return only(experts);
        case presence::expert_gates: return only(experts, row.experts.gates_optional ? demand::optional : demand::required);
        case presence::shared_expert: return only(shared);
        case presence::shared_expert_gate: return only(shared && row.experts.shared_is_gated);
    }
    return demand::unknown;
}

/// The tensors of a file with these parts, in the order of roles: each layer's behind the model's.
[[nodiscard]] inline auto tensors_of(const llama::family& row, const family_parts& parts = {}) -> std::vector<family_tensor> {
    std::vector<family_tensor> tensors;
    const auto add = [&](const auto& role, const std::string& before) {
        const demand wanted = demand_of(role.when, row, parts);
        if (wanted == demand::unknown) return;
        const std::string_view name = role.name;
        if (wanted == demand::optional) {
            const bool is_bias = name.ends_with(".bias");
            if (is_bias && !parts.biases) return;
            if (is_bias && parts.fused_attention && (name == "attn_q.bias" || name == "attn_k.bias" || name == "attn_v.bias")) return;
            if (name.starts_with("rope_") && !parts.rope_factors) return;
            if (name == "output.weight" && parts.tied_output) return;
        }
        family_tensor made{.name = before + std::string(name), .required = wanted == demand::required};
        for (const llama::extent which : role.extents)
            if (which != llama::extent::none) made.extents.push_back(extent_of(which, row, parts));
        const std::string suffix = name.ends_with(".bias") ? ".bias" : ".weight";
        if (role.when == llama::detail::presence::fused_gate) made.stands_for = {before + "ffn_gate" + suffix, before + "ffn_up" + suffix};
        if (name.starts_with("attn_qkv")) made.stands_for = {before + "attn_q" + suffix, before + "attn_k" + suffix, before + "attn_v" + suffix};
        tensors.push_back(std::move(made));
    };
    for (const auto& role : llama::detail::model_roles) add(role, "");
    for (std::uint32_t layer = 0; layer < parts.n_layers; ++layer)
        for (const auto& role : llama::detail::layer_roles) add(role, "blk." + std::to_string(layer) + ".");
    return tensors;
}

// --- files ---

/// The bytes that a tensor of this name has in every file.
[[nodiscard]] inline auto named_bytes(std::string_view name, std::uint64_t size) -> file_bytes {
    std::uint64_t seed = 0;
    for (const char c : name) seed = seed * 131 + static_cast<unsigned char>(c);
    random_numbers random(seed);
    file_bytes bytes(size);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.next());
    return bytes;
}

/// Norms and biases are floats in every file.
[[nodiscard]] inline auto type_of(const family_tensor& tensor, const family_parts& parts) -> cria::tensor_type {
    return tensor.extents.size() < 2 ? cria::tensor_type::f32 : parts.matrices;
}

inline void write_tensor(gguf_builder& file, const family_tensor& tensor, const llama::family& row, const family_parts& parts) {
    const cria::tensor_type type = type_of(tensor, parts);
    if (!parts.random_data) {
        file.tensor(tensor.name, tensor.extents, type);
        return;
    }
    const auto layout = *cria::geometry_of(type);
    const auto bytes_of = [&](std::uint64_t elements) { return elements / layout.elements_per_block * layout.bytes_per_block; };
    std::uint64_t elements = 1;
    for (const std::uint64_t extent : tensor.extents) elements *= extent;
    file_bytes data;
    if (tensor.stands_for.empty()) data = named_bytes(tensor.name, bytes_of(elements));
    const std::uint64_t n_in = tensor.extents.size() < 2 ? 1 : tensor.extents[0];
    for (const std::string& part : tensor.stands_for) {
        const bool is_query = part.find("attn_q.") != std::string::npos, is_attention = part.find("attn_") != std::string::npos;
        const std::uint64_t n_out = extent_of(is_query ? llama::extent::queries : is_attention ? llama::extent::keys : llama::extent::feed_forward, row, parts);
        const file_bytes more = named_bytes(part, bytes_of(n_in * n_out));
        data.insert(data.end(), more.begin(), more.end());
    }
    file.tensor(tensor.name, tensor.extents, type, data);
}

inline void write_key(gguf_builder& file, const family_key& key, const family_parts& parts) {
    switch (key.kind) {
        case key_kind::count:
        case key_kind::count_or_none:
        case key_kind::pattern: file.key(key.name, key.number); return;
        case key_kind::flag: file.key(key.name, true); return;
        case key_kind::text: file.key(key.name, parts.longrope ? "longrope" : "linear"); return;
        case key_kind::positive:
        case key_kind::zero_or_more:
        case key_kind::any_number: file.key(key.name, key.real); return;
    }
}

/// The metadata of such a model; hyperparameters_from asks for no more.
[[nodiscard]] inline auto family_keys(const llama::family& row, const family_parts& parts = {}) -> gguf_builder {
    gguf_builder file;
    file.key("general.architecture", row.architecture).key("general.name", "tiny");
    for (const family_key& key : keys_of(row, parts))
        if (key.written) write_key(file, key, parts);
    if (parts.tokenizer) add_byte_level_tokenizer(file, tiny_byte_level_vocabulary());
    else file.key(std::string(row.architecture) + ".vocab_size", rows_of_vocabulary(parts));
    return file;
}

/// A whole model. llama::open takes those with a tokenizer.
[[nodiscard]] inline auto family_model(const llama::family& row, const family_parts& parts = {}) -> gguf_builder {
    gguf_builder file = family_keys(row, parts);
    for (const family_tensor& tensor : tensors_of(row, parts)) write_tensor(file, tensor, row, parts);
    return file;
}

/// The parts that tests go through: each optional one alone, and together.
[[nodiscard]] inline auto all_parts() -> std::vector<family_parts> {
    return {{},
            {.tied_output = true},
            {.biases = true, .rope_factors = true, .optional_keys = true},
            {.biases = true, .fused_attention = true},
            {.rope_factors = true, .longrope = true},
            {.biases = true, .experts = true},
            {.fused_attention = true, .experts = true, .shared_expert = true, .optional_keys = true}};
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_FAMILY_MODELS_HPP
