// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_HYPERPARAMETERS_HPP
#define CRIA_LLAMA_HYPERPARAMETERS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/math.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/array.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"
#include "cria/llama/family.hpp"
#include "cria/llama/key_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// The numbers that say what a model computes: how wide, how many layers, how attention and rotation go. They
// come from metadata keys called after the architecture ("llama.block_count"); names, defaults and rules are
// llama.cpp's (as of commit 0c1e57098), with errors where it ends the process. What is different from one architecture to
// the next is asked of its row in family.hpp.
//
// Once hyperparameters exist, they agree with one another: nothing is 0 that divides, heads share kv heads evenly,
// floats are finite, and so are reciprocals of those that are above 0. Every count is at most max_count, so the product
// of two fits 64 bits with room for a sum of a few. Whether tensors agree with them is the business of weights.hpp.
//
// What a family does not read has the value that changes nothing (a scale of 1, a cap of 0), so that one forward pass
// serves them all:
//
//   x = embedding · embedding_scale
//   for each layer:
//     h = RMS norm of x; q, k, v; norms and rotation of q and k; q · temperature
//     scores = attention_scale · q·k, then score_cap · tanh(scores / score_cap); the last sliding_window tokens, or all
//     x += residual_scale · [post norm of] attention
//     x += residual_scale · [post norm of] feed-forward(RMS norm of x)
//   logits = output · RMS norm of x / logit_scale, then logit_cap · tanh(logits / logit_cap)

namespace cria::inline v0::llama {

/// The most layers a model may have, as in llama.cpp; it bounds what is allocated for a file.
inline constexpr std::uint32_t max_layers = 512;
/// The most experts, as in llama.cpp.
inline constexpr std::uint32_t max_experts = 1024;

/// What may differ from layer to layer.
struct layer_hyperparameters {
    std::uint32_t head_count = 0;           ///< query heads
    std::uint32_t head_count_kv = 0;        ///< key and value heads; divides head_count
    std::uint32_t feed_forward_length = 0;  ///< inner width of the feed-forward network of a dense model
    bool is_sliding = false;                ///< attends to the last sliding_window tokens only, and rotates by rope_sliding
    bool has_rope = true;                   ///< queries and keys are rotated
};

/// How rotary embeddings are stretched beyond the context the model was trained with.
enum class rope_scaling : std::uint8_t {
    none,      ///< not at all
    linear,    ///< angles divided by scaling_factor
    yarn,      ///< linear for slow rotations, none for fast ones (https://arxiv.org/abs/2309.00071)
    longrope,  ///< linear, and a factor tensor chosen by the context's length
};

/// `none`, `linear`, `yarn`, `longrope`: the values of rope.scaling.type.
[[nodiscard]] constexpr auto name_of(rope_scaling kind) noexcept -> const char*;

/// Rotary position embeddings: which numbers turn, and how fast. rope.hpp makes frequencies of them.
struct rope_hyperparameters {
    std::uint32_t dimension_count = 0;                 ///< numbers of a head that are rotated; even
    rope_pairs pairs = rope_pairs::adjacent;           ///< which two of them belong together
    float freq_base = 10000.0F;                        ///< pair j turns by freq_base^(-2j / dimension_count) a position
    rope_scaling scaling = rope_scaling::none;         ///< `none` too where the factor is 1 and the scaling linear
    float scaling_factor = 1.0F;                       ///< how many times the trained context; 1 for `none`
    std::uint32_t original_context_length = 0;         ///< tokens; the context before stretching
    float attention_factor = 1.0F;                     ///< multiplies cosines and sines
    float yarn_beta_fast = 32.0F;                      ///< YaRN: pairs that turn more often in the original context keep their frequency
    float yarn_beta_slow = 1.0F;                       ///< YaRN: pairs that turn less often are scaled
    float yarn_log_multiplier = 0;                     ///< YaRN: mscale_all_dim; 0: not used
};

/// The numbers of one model. Move-only.
///
/// Borrows: the texts point into the file; family::extra_tensors is the caller's.
struct hyperparameters {
    std::string_view architecture;        ///< general.architecture: the family's name
    std::string_view name;                ///< general.name, or empty
    llama::family family;                 ///< the row that the numbers were read by
    std::uint32_t context_length = 0;     ///< tokens the model was trained to attend to
    std::uint32_t embedding_length = 0;   ///< numbers that stand for a token between the layers
    std::uint32_t block_count = 0;        ///< layers
    std::uint32_t vocabulary_size = 0;    ///< tokens: rows of token_embd.weight
    float rms_epsilon = 0;                ///< added to the mean square before its root is taken

    std::uint32_t key_length = 0;         ///< numbers of a head in queries and keys
    std::uint32_t value_length = 0;       ///< numbers of a head in values
    float attention_scale = 0;            ///< multiplies scores
    float attention_temperature = 0;      ///< τ: queries at position p are multiplied by 1 + τ · ln(1 + ⌊p / rope.original_context_length⌋)
    float score_cap = 0;                  ///< c: scores become c · tanh(score / c); 0: they stay
    std::uint32_t sliding_window = 0;     ///< tokens, with the present one, that sliding layers attend to; 0: no layer slides

    std::uint32_t expert_count = 0;       ///< experts a layer; 0 for a dense model
    std::uint32_t expert_used_count = 0;  ///< experts a token is sent to
    std::uint32_t expert_feed_forward_length = 0;         ///< inner width of an expert's network
    std::uint32_t shared_expert_feed_forward_length = 0;  ///< of the network that every token goes through beside them; 0: there is none

    float embedding_scale = 1.0F;         ///< multiplies embeddings
    float residual_scale = 1.0F;          ///< multiplies what attention and feed-forward add
    float logit_scale = 1.0F;             ///< divides logits
    float logit_cap = 0;                  ///< c: logits become c · tanh(logit / c); 0: they stay

    rope_hyperparameters rope;
    rope_hyperparameters rope_sliding;     ///< of sliding layers
    buffer<layer_hyperparameters> layers;  ///< block_count of them

    /// Query heads of a layer. Precondition (of these four): layer < block_count.
    [[nodiscard]] auto head_count(std::uint32_t layer = 0) const noexcept -> std::uint32_t { return layers[layer].head_count; }
    /// Key and value heads of a layer.
    [[nodiscard]] auto head_count_kv(std::uint32_t layer = 0) const noexcept -> std::uint32_t { return layers[layer].head_count_kv; }
    /// Inner width of a layer's feed-forward network.
    [[nodiscard]] auto feed_forward_length(std::uint32_t layer = 0) const noexcept -> std::uint32_t { return layers[layer].feed_forward_length; }
    /// How a layer rotates, if it does.
    [[nodiscard]] auto rope_of(std::uint32_t layer) const noexcept -> const rope_hyperparameters& { return layers[layer].is_sliding ? rope_sliding : rope; }
    /// Whether all layers have the same numbers, so that layer 0 speaks for all.
    [[nodiscard]] auto is_uniform() const noexcept -> bool;
    /// Whether tokens are sent to experts.
    [[nodiscard]] auto has_experts() const noexcept -> bool { return expert_count > 0; }
};

/// The hyper-parameters a file states, read by the row of its architecture in `own` or in llama::families.
/// Fails:   errc::unsupported_architecture (subject general.architecture, found: its value); missing_key, wrong_type,
///          out_of_range, invalid_value for a key by itself; contradictory_keys for two that cannot both be true;
///          unsupported_feature for a LoRA adapter, an importance matrix or another file whose general.type is not `model`, and
///          for what llama.cpp computes of any architecture and no family here does: attention to later tokens
///          (attention.causal), layers for multi-token prediction (nextn_predict_layers), experts chosen by groups
///          (expert_group_count), heads of another size in sliding layers (attention.key_length_swa, …);
///          invalid_argument for a family of the caller's with a name of more than 64 bytes; out_of_memory.
///          The subject is the key, the offset that of its value.
/// Borrows: the file's bytes, for the two texts; what `own` borrows, but not `own`.
/// Cost:    O(layers).
[[nodiscard]] inline auto hyperparameters_from(const gguf::metadata& metadata, std::span<const family> own = {}) -> result<hyperparameters>;

// ---------------------------------------------------------------------------------------------------
// implementation

constexpr auto name_of(rope_scaling kind) noexcept -> const char* {
    switch (kind) {
        case rope_scaling::none: return "none";
        case rope_scaling::linear: return "linear";
        case rope_scaling::yarn: return "yarn";
        case rope_scaling::longrope: return "longrope";
    }
    return "unknown";
}

inline auto hyperparameters::is_uniform() const noexcept -> bool {
    for (const layer_hyperparameters& layer : layers)
        if (layer.head_count != layers[0].head_count || layer.head_count_kv != layers[0].head_count_kv ||
            layer.feed_forward_length != layers[0].feed_forward_length || layer.is_sliding != layers[0].is_sliding || layer.has_rope != layers[0].has_rope)
            return false;
    return true;
}

namespace detail {

[[nodiscard]] inline auto read_heads(const key_reader& keys, hyperparameters& out) -> result<void> {
    const std::span<layer_hyperparameters> layers(out.layers.data(), out.layers.size());
    CRIA_TRY_VOID(keys.per_layer("attention.head_count", layers, &layer_hyperparameters::head_count));
    for (layer_hyperparameters& layer : layers) layer.head_count_kv = layer.head_count;
    if (keys.find("attention.head_count_kv").has_value())
        CRIA_TRY_VOID(keys.per_layer("attention.head_count_kv", layers, &layer_hyperparameters::head_count_kv));
    for (const layer_hyperparameters& layer : layers)
        if (layer.head_count % layer.head_count_kv != 0)
            return keys.fault(errc::contradictory_keys, "attention.head_count_kv")
                .because("does not divide attention.head_count")
                .expecting(std::uint64_t{layer.head_count}, std::uint64_t{layer.head_count_kv});

    // Layer 0 stands for the model, as in llama.cpp: a head's size is one number.
    const std::uint32_t heads = out.layers[0].head_count;
    const bool stated = keys.find("attention.key_length").has_value() && keys.find("attention.value_length").has_value();
    if (!stated && out.embedding_length % heads != 0)
        return keys.fault(errc::contradictory_keys, "embedding_length")
            .because("is not a multiple of attention.head_count, and no key states the size of a head")
            .expecting(std::uint64_t{heads}, std::uint64_t{out.embedding_length});
    CRIA_TRY(out.key_length, keys.count_or("attention.key_length", out.embedding_length / heads));
    CRIA_TRY(out.value_length, keys.count_or("attention.value_length", out.embedding_length / heads));
    if (out.key_length != out.value_length)
        return keys.fault(errc::contradictory_keys, keys.find("attention.value_length").has_value() ? "attention.value_length" : "attention.key_length")
            .because("attention.key_length and attention.value_length are not equal")
            .expecting(std::uint64_t{out.key_length}, std::uint64_t{out.value_length});
    if (!out.family.heads_fill_embedding) return {};
    for (const layer_hyperparameters& layer : layers)
        if (const std::uint64_t together = std::uint64_t{layer.head_count} * out.key_length; together != out.embedding_length)
            return keys.fault(errc::contradictory_keys, keys.find("attention.key_length").has_value() ? "attention.key_length" : "attention.head_count")
                .because("the heads together are not as long as the embedding")
                .expecting(std::uint64_t{out.embedding_length}, together);
    return {};
}

/// The limit that tanh keeps numbers within. Where a family may do without, a 0 in the file says so too.
[[nodiscard]] inline auto read_cap(const key_reader& keys, std::string_view key, const optional_number& cap) -> result<float> {
    if (!cap.is_read) return 0.0F;
    return cap.otherwise == 0 ? keys.at_least_zero_or(key, 0) : keys.positive_or(key, cap.otherwise);
}

/// What becomes of scores. llama.cpp goes by the number of layers where Gemma's largest models scale otherwise.
[[nodiscard]] inline auto read_scores(const key_reader& keys, hyperparameters& out) -> result<void> {
    const family& rules = out.family;
    const bool is_wide = rules.wide_scale_block_count != 0 && out.block_count == rules.wide_scale_block_count;
    if (is_wide && out.head_count() > out.embedding_length)
        return keys.fault(errc::contradictory_keys, "attention.head_count")
            .because("is above embedding_length, and their quotient scales scores")
            .expecting(std::uint64_t{out.embedding_length}, std::uint64_t{out.head_count()});
    out.attention_scale = 1.0F / cria::detail::math::sqrt(static_cast<float>(is_wide ? out.embedding_length / out.head_count() : out.key_length));
    if (rules.reads_attention_scale) {
        CRIA_TRY(out.attention_scale, keys.positive_or("attention.scale", out.attention_scale, out.attention_scale));
    }
    if (rules.reads_temperature_scale) {
        CRIA_TRY(out.attention_temperature, keys.finite_or_zero("attention.temperature_scale"));
    }
    CRIA_TRY(out.score_cap, read_cap(keys, "attn_logit_softcapping", rules.score_cap));
    return {};
}

[[nodiscard]] inline auto read_scaling_type(const key_reader& keys) -> result<rope_scaling> {
    constexpr std::string_view key = "rope.scaling.type";
    CRIA_TRY(const auto name, keys.from.as_or<std::string_view>(architecture_key(keys.architecture, key), "linear"));
    for (const auto kind : {rope_scaling::none, rope_scaling::linear, rope_scaling::yarn, rope_scaling::longrope})
        if (name == name_of(kind)) return kind;
    return keys.fault(errc::invalid_value, key).because("is no known way to scale").finding(name);
}

[[nodiscard]] inline auto read_rope(const key_reader& keys, hyperparameters& out) -> result<void> {
    const family& rules = out.family;
    rope_hyperparameters& rope = out.rope;
    rope.pairs = rules.pairs;
    CRIA_TRY(rope.dimension_count, keys.count_or("rope.dimension_count", out.key_length));
    if (rope.dimension_count > out.key_length || (!rules.rotates_part_of_head && rope.dimension_count != out.key_length))
        return keys.fault(errc::contradictory_keys, "rope.dimension_count")
            .because(rules.rotates_part_of_head ? "is above the size of a head" : "is not the size of a head")
            .expecting(std::uint64_t{out.key_length}, std::uint64_t{rope.dimension_count});
    if (rope.dimension_count % 2 != 0)
        return keys.fault(errc::out_of_range, keys.find("rope.dimension_count") ? "rope.dimension_count" : keys.find("attention.key_length") ? "attention.key_length" : "embedding_length")
            .because("makes an odd number of values of a head, which are rotated in pairs")
            .finding(std::uint64_t{rope.dimension_count});
    CRIA_TRY(rope.freq_base, keys.positive_or("rope.freq_base", 10000.0F));

    CRIA_TRY(rope.scaling, read_scaling_type(keys));
    const bool has_factor = keys.find("rope.scaling.factor").has_value();
    CRIA_TRY(rope.scaling_factor, keys.positive_or(has_factor ? "rope.scaling.factor" : "rope.scale_linear", 1.0F, 1.0F));
    if (rope.scaling == rope_scaling::none) rope.scaling_factor = 1.0F;
    if (rope.scaling == rope_scaling::linear && rope.scaling_factor == 1.0F) rope.scaling = rope_scaling::none;
    CRIA_TRY(rope.original_context_length, keys.count_or("rope.scaling.original_context_length", out.context_length));
    CRIA_TRY(rope.attention_factor, keys.positive_or("rope.scaling.attn_factor", 1.0F));
    if (rules.reads_yarn) {
        CRIA_TRY(rope.yarn_beta_fast, keys.positive_or("rope.scaling.yarn_beta_fast", rope.yarn_beta_fast));
        CRIA_TRY(rope.yarn_beta_slow, keys.positive_or("rope.scaling.yarn_beta_slow", rope.yarn_beta_slow));
        CRIA_TRY(rope.yarn_log_multiplier, keys.at_least_zero_or("rope.scaling.yarn_log_multiplier", 0));
    }

    // Granite writes "was trained further with scaling" to say whether there is any rotation.
    bool rotates = true;
    if (rules.may_have_no_rope) {
        CRIA_TRY(rotates, keys.from.get_or<bool>(architecture_key(keys.architecture, "rope.scaling.finetuned"), true));
    }
    for (std::uint32_t layer = 0; layer < out.block_count; ++layer)
        out.layers[layer].has_rope = rotates && (rules.plain_layer_period == 0 || (layer + 1) % rules.plain_layer_period != 0);
    return {};
}

/// Which layers slide: one number P, where every layer but the last of P does, or a bool a layer (llama.cpp itself writes
/// integers); layers beyond the list's end do not.
[[nodiscard]] inline auto read_sliding_pattern(const key_reader& keys, hyperparameters& out) -> result<void> {
    constexpr std::string_view key = "attention.sliding_window_pattern";
    const auto value = keys.find(key);
    if (value && value->type() == gguf::value_type::array) {
        const auto take = [&](const auto& slides) -> result<void> {
            if (slides.size() > out.layers.size())
                return keys.fault(errc::contradictory_keys, key).because("has more elements than there are layers").expecting(std::uint64_t{out.layers.size()}, std::uint64_t{slides.size()});
            for (std::size_t i = 0; i < slides.size(); ++i) out.layers[i].is_sliding = static_cast<bool>(slides[i]);
            return {};
        };
        if (const auto flags = value->get<gguf::array<bool>>()) return take(*flags);
        if (const auto numbers = value->get<gguf::array<std::uint64_t>>()) return take(*numbers);
        CRIA_TRY(const auto numbers, value->get<gguf::array<std::int64_t>>(architecture_key(keys.architecture, key)));
        return take(numbers);
    }
    std::uint32_t period = out.family.sliding.default_period;
    if (value) {
        CRIA_TRY(period, keys.count_or_none(key, max_count));
    }
    for (std::uint32_t layer = 0; layer < out.block_count; ++layer) out.layers[layer].is_sliding = period == 0 || layer % period < period - 1;
    return {};
}

/// Keys for which llama.cpp computes something else than the pass above, in whatever architecture.
[[nodiscard]] inline auto check_is_decoder(const key_reader& keys) -> result<void> {
    CRIA_TRY(const bool is_causal, keys.from.get_or<bool>(architecture_key(keys.architecture, "attention.causal"), true));
    if (!is_causal) return keys.fault(errc::unsupported_feature, "attention.causal").because("is false, and attention to later tokens is not supported");
    CRIA_TRY(const std::uint32_t n_predicting, keys.count_or_none("nextn_predict_layers", max_count));
    if (n_predicting == 0) return {};
    return keys.fault(errc::unsupported_feature, "nextn_predict_layers").because("has layers for multi-token prediction, which are not supported").finding(std::uint64_t{n_predicting});
}

/// Sliding layers might have heads of their own size.
[[nodiscard]] inline auto check_sliding_heads(const key_reader& keys, const hyperparameters& numbers) -> result<void> {
    const auto check = [&](std::string_view key, std::uint32_t length) -> result<void> {
        CRIA_TRY(const std::uint32_t sliding, keys.count_or(key, length));
        if (sliding == length) return {};
        return keys.fault(errc::unsupported_feature, key)
            .because("is not as in the other layers, which is not supported")
            .expecting(std::uint64_t{length}, std::uint64_t{sliding});
    };
    CRIA_TRY_VOID(check("attention.key_length_swa", numbers.key_length));
    CRIA_TRY_VOID(check("attention.value_length_swa", numbers.value_length));
    return check("rope.dimension_count_swa", numbers.rope.dimension_count);
}

/// Precondition: rope has been read.
[[nodiscard]] inline auto read_sliding(const key_reader& keys, hyperparameters& out) -> result<void> {
    const sliding_rules& rules = out.family.sliding;
    out.rope_sliding = out.rope;
    if (rules.default_period == 0) return {};
    out.sliding_window = rules.default_window;
    if (keys.find("attention.sliding_window")) {
        CRIA_TRY(out.sliding_window, keys.count_or_none("attention.sliding_window", max_count));
    }
    if (out.sliding_window == 0) return {};
    CRIA_TRY_VOID(check_sliding_heads(keys, out));
    CRIA_TRY_VOID(read_sliding_pattern(keys, out));
    rope_hyperparameters& rope = out.rope_sliding;
    CRIA_TRY(rope.freq_base, keys.positive_or("rope.freq_base_swa", rules.default_freq_base == 0 ? out.rope.freq_base : rules.default_freq_base));
    if (!rules.scaled) {
        rope.scaling = rope_scaling::none;
        rope.scaling_factor = 1.0F;
    }
    return {};
}

[[nodiscard]] inline auto read_experts(const key_reader& keys, hyperparameters& out) -> result<void> {
    const expert_rules& rules = out.family.experts;
    if (rules.presence == part::absent) return {};
    CRIA_TRY(out.expert_count, keys.count_or_none("expert_count", max_experts));
    CRIA_TRY(out.expert_used_count, keys.count_or_none("expert_used_count", max_count));
    if (rules.presence == part::required && out.expert_count == 0) {
        CRIA_TRY(out.expert_count, keys.count("expert_count", max_experts));
    }
    if (out.expert_used_count > out.expert_count)
        return keys.fault(errc::contradictory_keys, "expert_used_count")
            .because("is above expert_count")
            .expecting(std::uint64_t{out.expert_count}, std::uint64_t{out.expert_used_count});
    if (out.expert_count == 0) return {};
    if (out.expert_used_count == 0)
        return keys.fault(errc::contradictory_keys, "expert_used_count").because("is 0 or missing, and there are experts");
    CRIA_TRY(const std::uint32_t n_groups, keys.count_or_none("expert_group_count", max_count));
    if (n_groups > 1)
        return keys.fault(errc::unsupported_feature, "expert_group_count").because("has experts chosen by groups, which is not supported").finding(std::uint64_t{n_groups});

    const std::uint32_t dense = out.feed_forward_length();
    out.expert_feed_forward_length = dense;
    // llama.cpp stores a 0 where its own file had no key.
    if (rules.own_length) {
        CRIA_TRY(out.expert_feed_forward_length, keys.nonzero_or("expert_feed_forward_length", dense / out.expert_used_count));
        if (out.expert_feed_forward_length == 0)
            return keys.fault(errc::contradictory_keys, "feed_forward_length").because("is below expert_used_count, and no key states the length of an expert");
    }
    if (rules.shared == part::required) {
        CRIA_TRY(out.shared_expert_feed_forward_length, keys.nonzero_or("expert_shared_feed_forward_length", dense));
    }
    if (rules.shared == part::optional) {
        CRIA_TRY(out.shared_expert_feed_forward_length, keys.count_or_none("expert_shared_feed_forward_length", max_count));
    }
    return {};
}

/// What is multiplied before, between and behind the layers.
[[nodiscard]] inline auto read_scales(const key_reader& keys, hyperparameters& out) -> result<void> {
    const family& rules = out.family;
    if (rules.embedding == embedding_scaling::root_of_length) out.embedding_scale = cria::detail::math::sqrt(static_cast<float>(out.embedding_length));
    if (rules.embedding == embedding_scaling::stated) {
        CRIA_TRY(out.embedding_scale, keys.positive_or("embedding_scale", 1.0F, 1.0F));
    }
    if (rules.reads_residual_scale) {
        CRIA_TRY(out.residual_scale, keys.positive_or("residual_scale", 1.0F, 1.0F));
    }
    if (rules.divides_logits) {
        CRIA_TRY(out.logit_scale, keys.positive("logit_scale"));
    }
    CRIA_TRY(out.logit_cap, read_cap(keys, "final_logit_softcapping", rules.logit_cap));
    return {};
}

/// The tokens of the tokenizer, if there is one: writers pad that list to the embedding's rows, and the key may be older.
[[nodiscard]] inline auto read_vocabulary_size(const key_reader& keys) -> result<std::uint32_t> {
    constexpr std::string_view tokens = "tokenizer.ggml.tokens";
    const auto value = keys.from.find(tokens);
    if (!value) {
        if (!keys.find("vocab_size")) return error{errc::missing_key, tokens};
        return keys.count("vocab_size");
    }
    CRIA_TRY(const auto list, value->get<gguf::string_array>(tokens));
    if (list.empty() || list.size() > max_count)
        return error{errc::out_of_range, value->offset_bytes(), tokens}.because("number of tokens is out of range").finding(std::uint64_t{list.size()});
    return static_cast<std::uint32_t>(list.size());
}

inline constexpr const char* adapter_sentence = "this is of a LoRA adapter: what is added to a model's weights, and no model; open the model that it was made for";

/// A file may be something else than a model, though it is called after the architecture it belongs to.
[[nodiscard]] inline auto check_is_model(const gguf::metadata& metadata) -> result<void> {
    constexpr std::string_view key = "general.type", adapter_key = "adapter.type";
    const auto value = metadata.find(key);
    if (!value) {
        const auto adapter = metadata.find(adapter_key);
        if (adapter) return error{errc::unsupported_feature, adapter->offset_bytes(), adapter_key}.because(adapter_sentence);
        return {};
    }
    const auto type = value->get<std::string_view>(key);
    if (!type || *type == "model") return {};
    const error not_a_model{errc::unsupported_feature, value->offset_bytes(), key};
    if (*type == "adapter") return not_a_model.because(adapter_sentence);
    if (*type == "imatrix") return not_a_model.because("this is an importance matrix: what tools that quantize go by, and no model");
    if (*type == "mmproj") return not_a_model.because("this is a projector: what makes embeddings of images or sound, and no model; open the model that it belongs to");
    return not_a_model.because("is not a model").finding(*type);
}

}  // namespace detail

inline auto hyperparameters_from(const gguf::metadata& metadata, std::span<const family> own) -> result<hyperparameters> {
    constexpr std::string_view architecture_name = "general.architecture";
    hyperparameters out;
    CRIA_TRY_VOID(detail::check_is_model(metadata));  // first: an importance matrix has no architecture
    CRIA_TRY(out.architecture, metadata.get<std::string_view>(architecture_name));
    const family* const rules = find_family(out.architecture, own);
    const auto unusable = [&](errc code) { return error{code, metadata.find(architecture_name)->offset_bytes(), architecture_name}; };
    if (rules == nullptr) return unusable(errc::unsupported_architecture).finding(out.architecture);
    if (out.architecture.size() > detail::max_architecture_bytes)
        return unusable(errc::invalid_argument).because("names a family by more bytes than one may have").expecting(std::uint64_t{detail::max_architecture_bytes}, std::uint64_t{out.architecture.size()});
    out.family = *rules;
    out.family.architecture = out.architecture;  // a row of the caller's may be gone before the file is
    CRIA_TRY(out.name, metadata.get_or<std::string_view>("general.name", {}));

    const detail::key_reader keys{metadata, out.architecture};
    CRIA_TRY_VOID(detail::check_is_decoder(keys));
    CRIA_TRY(out.context_length, keys.count("context_length"));
    CRIA_TRY(out.embedding_length, keys.count("embedding_length"));
    CRIA_TRY(out.block_count, keys.count("block_count", max_layers));
    CRIA_TRY(out.rms_epsilon, keys.positive("attention.layer_norm_rms_epsilon"));
    CRIA_TRY_VOID(out.layers.resize(out.block_count, "layers"));
    CRIA_TRY_VOID(keys.per_layer("feed_forward_length", std::span(out.layers.data(), out.layers.size()), &layer_hyperparameters::feed_forward_length));
    CRIA_TRY_VOID(detail::read_heads(keys, out));
    CRIA_TRY_VOID(detail::read_scores(keys, out));
    CRIA_TRY_VOID(detail::read_rope(keys, out));
    CRIA_TRY_VOID(detail::read_sliding(keys, out));
    CRIA_TRY_VOID(detail::read_experts(keys, out));
    CRIA_TRY_VOID(detail::read_scales(keys, out));
    CRIA_TRY(out.vocabulary_size, detail::read_vocabulary_size(keys));
    return out;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_HYPERPARAMETERS_HPP
