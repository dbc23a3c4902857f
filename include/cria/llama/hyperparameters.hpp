// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_HYPERPARAMETERS_HPP
#define CRIA_LLAMA_HYPERPARAMETERS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/array.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"
#include "cria/llama/family.hpp"

#include <bit>  // bit_cast
#include <cassert>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <optional>
#include <string_view>

// The numbers that say what a model computes: how wide, how many layers, how attention and rotation go. They
// come from metadata keys called after the architecture ("llama.block_count"); names, defaults and rules are
// llama.cpp's (as of commit 0c1e57098), with errors where it ends the process.
//
// Once hyperparameters exist, they agree with one another: nothing is 0 that divides, heads share kv heads
// evenly, floats are finite. Every count is at most max_count, so the product of two fits 64 bits with room
// for a sum of a few. Whether tensors agree with them is the business of weights.hpp.

namespace cria::inline v0::llama {

/// The largest number any count may have: what a 32-bit signed index can count.
inline constexpr std::uint32_t max_count = 0x7FFFFFFF;
/// The most layers a model may have, as in llama.cpp; it bounds what is allocated for a file.
inline constexpr std::uint32_t max_layers = 512;
/// The most experts, as in llama.cpp.
inline constexpr std::uint32_t max_experts = 1024;

/// What may differ from layer to layer.
struct layer_hyperparameters {
    std::uint32_t head_count = 0;           ///< query heads
    std::uint32_t head_count_kv = 0;        ///< key and value heads; divides head_count
    std::uint32_t feed_forward_length = 0;  ///< inner width of the feed-forward network, or of one expert's
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

/// Rotary position embeddings: which numbers turn, and how fast.
struct rope_hyperparameters {
    std::uint32_t dimension_count = 0;                 ///< numbers of a head that are rotated; even
    rope_pairs pairs = rope_pairs::adjacent;           ///< which two of them belong together
    float freq_base = 10000.0F;                        ///< pair j turns by freq_base^(-2j / dimension_count) a position
    rope_scaling scaling = rope_scaling::none;         ///< `none` too where the factor is 1 and the scaling linear
    float scaling_factor = 1.0F;                       ///< how many times the trained context; 1 for `none`
    std::uint32_t original_context_length = 0;         ///< tokens; the context before stretching
    float attention_factor = 1.0F;                     ///< multiplies cosines and sines
};

/// The numbers of one model. Move-only.
///
/// Borrows: the texts point into the file.
struct hyperparameters {
    std::string_view architecture;        ///< general.architecture: the family's name
    std::string_view name;                ///< general.name, or empty
    std::uint32_t context_length = 0;     ///< tokens the model was trained to attend to
    std::uint32_t embedding_length = 0;   ///< numbers that stand for a token between the layers
    std::uint32_t block_count = 0;        ///< layers
    std::uint32_t vocabulary_size = 0;    ///< tokens: rows of token_embd.weight
    float rms_epsilon = 0;                ///< added to the mean square before its root is taken
    std::uint32_t key_length = 0;         ///< numbers of a head in queries and keys
    std::uint32_t value_length = 0;       ///< numbers of a head in values
    std::uint32_t expert_count = 0;       ///< experts a layer; 0 for a dense model
    std::uint32_t expert_used_count = 0;  ///< experts a token is sent to
    rope_hyperparameters rope;
    buffer<layer_hyperparameters> layers;  ///< block_count of them

    /// Query heads of a layer. Precondition (of these three): layer < block_count.
    [[nodiscard]] auto head_count(std::uint32_t layer = 0) const noexcept -> std::uint32_t { return layers[layer].head_count; }
    /// Key and value heads of a layer.
    [[nodiscard]] auto head_count_kv(std::uint32_t layer = 0) const noexcept -> std::uint32_t { return layers[layer].head_count_kv; }
    /// Inner width of a layer's feed-forward network, or of one of its experts.
    [[nodiscard]] auto feed_forward_length(std::uint32_t layer = 0) const noexcept -> std::uint32_t { return layers[layer].feed_forward_length; }
    /// Whether all layers have the same numbers, so that layer 0 speaks for all.
    [[nodiscard]] auto is_uniform() const noexcept -> bool;
    /// Whether tokens are sent to experts.
    [[nodiscard]] auto has_experts() const noexcept -> bool { return expert_count > 0; }
};

/// The hyper-parameters a file states.
/// Fails:   errc::unsupported_architecture (subject general.architecture, found: its value); missing_key, wrong_type,
///          out_of_range, invalid_value for a key by itself; contradictory_keys for two that cannot both be true;
///          out_of_memory. The subject is the key, the offset that of its value.
/// Borrows: the file's bytes, for the two texts.
/// Cost:    O(layers).
[[nodiscard]] inline auto hyperparameters_from(const gguf::metadata& metadata) -> result<hyperparameters>;

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
            layer.feed_forward_length != layers[0].feed_forward_length)
            return false;
    return true;
}

namespace detail {

/// "<architecture>.<key>", without an allocation.
class architecture_key {
public:
    architecture_key(std::string_view architecture, std::string_view key) noexcept {
        assert(architecture.size() + 1 + key.size() <= sizeof text_);  // both are the library's own words
        append(architecture);
        append(".");
        append(key);
    }
    operator std::string_view() const noexcept { return {text_, size_}; }  // NOLINT(google-explicit-constructor): a key is a string

private:
    void append(std::string_view part) noexcept {
        std::memcpy(text_ + size_, part.data(), part.size());
        size_ += part.size();
    }
    char text_[128];  // more than any key of ours, and than an error keeps of a subject
    std::size_t size_ = 0;
};

/// Reads the keys of one architecture; every failure names the key, and says where its value is.
struct key_reader {
    const gguf::metadata& from;
    std::string_view architecture;

    [[nodiscard]] auto find(std::string_view key) const noexcept -> std::optional<gguf::value> { return from.find(architecture_key(architecture, key)); }

    /// An error about `key`, at its value if the file has one.
    [[nodiscard]] auto fault(errc code, std::string_view key) const -> error {
        const auto value = find(key);
        return error{code, value.has_value() ? value->offset_bytes() : error::no_offset, architecture_key(architecture, key)};
    }

    /// A number from 1 to `most`.
    [[nodiscard]] auto count(std::string_view key, std::uint32_t most = max_count) const -> result<std::uint32_t> {
        CRIA_TRY(const auto number, from.as<std::uint64_t>(architecture_key(architecture, key)));
        return checked(key, number, most);
    }
    [[nodiscard]] auto count_or(std::string_view key, std::uint32_t fallback) const -> result<std::uint32_t> {
        return find(key).has_value() ? count(key) : result<std::uint32_t>(fallback);
    }
    /// A number from 0 to `most`; 0 where there is no such key.
    [[nodiscard]] auto count_or_none(std::string_view key, std::uint32_t most) const -> result<std::uint32_t> {
        CRIA_TRY(const auto number, from.as_or<std::uint64_t>(architecture_key(architecture, key), 0));
        if (number > most) return checked(key, number, most);
        return static_cast<std::uint32_t>(number);
    }

    /// A finite number above 0. Zero stands for `zero_means` where that is not 0.
    [[nodiscard]] auto positive(std::string_view key, float zero_means = 0) const -> result<float> {
        CRIA_TRY(const auto number, from.as<float>(architecture_key(architecture, key)));
        if (number == 0 && zero_means != 0) return zero_means;
        // On the bits, which stand in the order of the numbers: a consumer's -ffast-math would fold a test for infinity or NaN.
        constexpr std::uint32_t infinity = 0x7F800000U;
        if (std::bit_cast<std::uint32_t>(number) - 1U >= infinity - 1U) return fault(errc::out_of_range, key).because("is not a finite number above 0");
        return number;
    }
    [[nodiscard]] auto positive_or(std::string_view key, float fallback, float zero_means = 0) const -> result<float> {
        return find(key).has_value() ? positive(key, zero_means) : result<float>(fallback);
    }

    /// One number for every layer, or an array of one a layer.
    [[nodiscard]] auto per_layer(std::string_view key, std::span<layer_hyperparameters> layers, std::uint32_t layer_hyperparameters::*field) const -> result<void> {
        const auto value = find(key);
        if (!value || value->type() != gguf::value_type::array) {
            CRIA_TRY(const auto number, count(key));
            for (layer_hyperparameters& layer : layers) layer.*field = number;
            return {};
        }
        if (value->count() != layers.size())
            return fault(errc::contradictory_keys, key).because("has not one element a layer").expecting(std::uint64_t{layers.size()}, value->count());
        const auto set = [&](std::size_t i, std::uint64_t number) -> result<void> {
            const auto fits = checked(key, number, max_count);
            if (fits) return layers[i].*field = *fits, result<void>{};
            return at_element(fits.error(), *value, i);
        };
        // Writers store i32 as happily as u32.
        if (const auto numbers = value->get<gguf::array<std::uint64_t>>()) {
            for (std::size_t i = 0; i < layers.size(); ++i) CRIA_TRY_VOID(set(i, (*numbers)[i]));
            return {};
        }
        CRIA_TRY(const auto numbers, value->get<gguf::array<std::int64_t>>(architecture_key(architecture, key)));
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (numbers[i] < 0) return at_element(fault(errc::out_of_range, key).because("has a negative element"), *value, i);
            CRIA_TRY_VOID(set(i, static_cast<std::uint64_t>(numbers[i])));
        }
        return {};
    }

private:
    /// The same error, at element `i` of an array.
    [[nodiscard]] static auto at_element(error why, const gguf::value& array, std::size_t i) -> error {
        why.offset = array.offset_bytes() + i * gguf::size_bytes_of(array.element_type());
        return why;
    }
    [[nodiscard]] auto checked(std::string_view key, std::uint64_t number, std::uint32_t most) const -> result<std::uint32_t> {
        if (number == 0) return fault(errc::out_of_range, key).because("is 0");
        if (number > most) return fault(errc::out_of_range, key).because("is above the limit").expecting(std::uint64_t{most}, number);
        return static_cast<std::uint32_t>(number);
    }
};

[[nodiscard]] inline auto read_attention(const key_reader& keys, hyperparameters& out) -> result<void> {
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
    return {};
}

[[nodiscard]] inline auto read_scaling_type(const key_reader& keys) -> result<rope_scaling> {
    constexpr std::string_view key = "rope.scaling.type";
    CRIA_TRY(const auto name, keys.from.as_or<std::string_view>(architecture_key(keys.architecture, key), "linear"));
    for (const auto kind : {rope_scaling::none, rope_scaling::linear, rope_scaling::yarn, rope_scaling::longrope})
        if (name == name_of(kind)) return kind;
    return keys.fault(errc::invalid_value, key).because("is no known way to scale").finding(name);
}

[[nodiscard]] inline auto read_rope(const key_reader& keys, const family& rules, hyperparameters& out) -> result<void> {
    rope_hyperparameters& rope = out.rope;
    rope.pairs = rules.pairs;
    CRIA_TRY(rope.dimension_count, keys.count_or("rope.dimension_count", out.key_length));
    if (rope.dimension_count > out.key_length || (!rules.rotates_part_of_head && rope.dimension_count != out.key_length))
        return keys.fault(errc::contradictory_keys, "rope.dimension_count")
            .because("is not the size of a head")
            .expecting(std::uint64_t{out.key_length}, std::uint64_t{rope.dimension_count});
    if (rope.dimension_count % 2 != 0)
        return keys.fault(errc::out_of_range, keys.find("rope.dimension_count").has_value() ? "rope.dimension_count" : "attention.key_length").because("is odd, and numbers are rotated in pairs").finding(std::uint64_t{rope.dimension_count});
    CRIA_TRY(rope.freq_base, keys.positive_or("rope.freq_base", 10000.0F));

    CRIA_TRY(rope.scaling, read_scaling_type(keys));
    const bool has_factor = keys.find("rope.scaling.factor").has_value();
    CRIA_TRY(rope.scaling_factor, keys.positive_or(has_factor ? "rope.scaling.factor" : "rope.scale_linear", 1.0F, 1.0F));
    if (rope.scaling == rope_scaling::none) rope.scaling_factor = 1.0F;
    if (rope.scaling == rope_scaling::linear && rope.scaling_factor == 1.0F) rope.scaling = rope_scaling::none;
    CRIA_TRY(rope.original_context_length, keys.count_or("rope.scaling.original_context_length", out.context_length));
    CRIA_TRY(rope.attention_factor, keys.positive_or("rope.scaling.attn_factor", 1.0F));
    return {};
}

[[nodiscard]] inline auto read_experts(const key_reader& keys, hyperparameters& out) -> result<void> {
    CRIA_TRY(out.expert_count, keys.count_or_none("expert_count", max_experts));
    CRIA_TRY(out.expert_used_count, keys.count_or_none("expert_used_count", max_count));
    if (out.expert_used_count > out.expert_count)
        return keys.fault(errc::contradictory_keys, "expert_used_count")
            .because("is above expert_count")
            .expecting(std::uint64_t{out.expert_count}, std::uint64_t{out.expert_used_count});
    if (out.expert_count > 0 && out.expert_used_count == 0)
        return keys.fault(errc::contradictory_keys, "expert_used_count").because("is 0 or missing, and there are experts");
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

}  // namespace detail

inline auto hyperparameters_from(const gguf::metadata& metadata) -> result<hyperparameters> {
    constexpr std::string_view architecture_name = "general.architecture";
    hyperparameters out;
    CRIA_TRY(out.architecture, metadata.get<std::string_view>(architecture_name));
    const family* const rules = find_family(out.architecture);
    if (rules == nullptr)
        return error{errc::unsupported_architecture, metadata.find(architecture_name)->offset_bytes(), architecture_name}.finding(out.architecture);
    CRIA_TRY(out.name, metadata.get_or<std::string_view>("general.name", {}));

    const detail::key_reader keys{metadata, rules->architecture};
    CRIA_TRY(out.context_length, keys.count("context_length"));
    CRIA_TRY(out.embedding_length, keys.count("embedding_length"));
    CRIA_TRY(out.block_count, keys.count("block_count", max_layers));
    CRIA_TRY(out.rms_epsilon, keys.positive("attention.layer_norm_rms_epsilon"));
    CRIA_TRY_VOID(out.layers.resize(out.block_count, "layers"));
    CRIA_TRY_VOID(keys.per_layer("feed_forward_length", {out.layers.data(), out.layers.size()}, &layer_hyperparameters::feed_forward_length));
    CRIA_TRY_VOID(detail::read_attention(keys, out));
    CRIA_TRY_VOID(detail::read_rope(keys, *rules, out));
    CRIA_TRY_VOID(detail::read_experts(keys, out));
    CRIA_TRY(out.vocabulary_size, detail::read_vocabulary_size(keys));
    return out;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_HYPERPARAMETERS_HPP
