// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_KV_CACHE_HPP
#define CRIA_LLAMA_KV_CACHE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/llama/hyperparameters.hpp"

#include <bit>  // has_single_bit
#include <cassert>
#include <cstdint>
#include <string_view>

// Where the keys and values of past tokens are kept, as numbers: how many bytes, and at which of them a head's key of a
// position lies. The memory itself is the engine's, one range of size_bytes on whatever device.
//
// A layer's keys are {sequence, kv head, slot, key_length}, outermost first, and so are its values:
//
//     layer 0 keys │ layer 0 values │ layer 1 keys │ layer 1 values │ …
//                    └ sequence 0: head 0: [slot 0][slot 1][slot 2] … │ head 1: [slot 0] …
//
// Attention reads, for one head at a time, all positions of it. Here they follow one another without a gap, so that this is
// one stream, the query heads of a group share it, and a tile of keys is one contiguous range. Between positions of one head
// there would otherwise lie those of all others. What is paid is that a token's new keys go to as many places as there are
// heads, once, where reading happens for every token that follows. Values are stored as keys are, not transposed: rows
// are what is appended and what quantized blocks lie along.
//
// A sliding layer is a ring: position p has slot p % n_positions, and the tokens of a batch are written over the oldest, which
// no token of the batch still sees. A layer without a window has as many slots as the context has positions, so the same
// rule holds there.

namespace cria::inline v0::llama {

/// What a cache is to hold.
struct kv_cache_options {
    std::uint32_t context_length = 0;              ///< positions of each sequence; above 0
    std::uint32_t sequences = 1;                   ///< texts that are continued side by side, each with a context of its own
    tensor_type key_type = tensor_type::f16;       ///< f32, f16, bf16, q8_0 or q4_0
    tensor_type value_type = tensor_type::f16;     ///< the same
    std::uint32_t batch_length = 512;              ///< most tokens of a sequence that are evaluated at once: a sliding layer keeps window + batch - 1 positions, so that the first token of a batch still sees its window when all have been written
    std::uint64_t alignment_bytes = 256;           ///< of every head's keys and values of a sequence, and so of each layer's; a power of two
};

/// Where one layer keeps its keys and values. Offsets count from the start of the cache; a plain value.
struct kv_cache_layer {
    std::uint32_t n_positions = 0;                 ///< slots of a sequence; fewer than the context where the layer slides
    std::uint32_t head_count_kv = 0;

    std::uint64_t key_offset_bytes = 0;            ///< of all keys; also where the layer begins
    std::uint64_t key_row_bytes = 0;               ///< of one position of one head: key_length numbers
    std::uint64_t key_head_stride_bytes = 0;       ///< from a head to the next: n_positions rows, rounded up to the alignment
    std::uint64_t key_sequence_stride_bytes = 0;   ///< from a sequence to the next: head_count_kv heads

    std::uint64_t value_offset_bytes = 0;          ///< of all values, which follow the keys
    std::uint64_t value_row_bytes = 0;
    std::uint64_t value_head_stride_bytes = 0;
    std::uint64_t value_sequence_stride_bytes = 0;

    std::uint64_t size_bytes = 0;                  ///< of keys and values, a multiple of the alignment; the next layer follows

    /// Where a position is kept. It is there until position + n_positions is written.
    [[nodiscard]] constexpr auto slot_of(std::uint64_t position) const noexcept -> std::uint64_t { return position % n_positions; }
    /// The key of a position. Preconditions (of both): sequence below kv_cache_options::sequences, head < head_count_kv.
    [[nodiscard]] constexpr auto key_offset(std::uint64_t sequence, std::uint64_t head, std::uint64_t position) const noexcept -> std::uint64_t {
        assert(head < head_count_kv);
        return key_offset_bytes + sequence * key_sequence_stride_bytes + head * key_head_stride_bytes + slot_of(position) * key_row_bytes;
    }
    /// The value of a position.
    [[nodiscard]] constexpr auto value_offset(std::uint64_t sequence, std::uint64_t head, std::uint64_t position) const noexcept -> std::uint64_t {
        assert(head < head_count_kv);
        return value_offset_bytes + sequence * value_sequence_stride_bytes + head * value_head_stride_bytes + slot_of(position) * value_row_bytes;
    }

    friend constexpr auto operator==(const kv_cache_layer&, const kv_cache_layer&) noexcept -> bool = default;
};

/// The cache of a whole model. Move-only.
///
/// A device that has layers a to b of a model needs from layers[a].key_offset_bytes to the end of layer b, and subtracts
/// the former from all offsets.
struct kv_cache_layout {
    buffer<kv_cache_layer> layers;                 ///< block_count of them
    std::uint64_t size_bytes = 0;                  ///< to allocate, at a multiple of the alignment
    std::uint64_t bytes_per_token = 0;             ///< of one position in all layers that do not slide: what a longer context costs, once the windows are full
};

/// Where everything is in a cache for a model with these numbers.
///
///     CRIA_TRY(const auto cache, llama::make_kv_cache_layout(model.hyperparameters(), {.context_length = 4096}));
///     std::byte* key = memory + cache.layers[layer].key_offset(sequence, head / group, position);
///
/// Fails: errc::invalid_argument (a context, number of sequences or batch of 0, an alignment that is no power of two);
///        errc::unsupported_type for types other than the five; errc::wrong_shape where a head's numbers do not fill whole
///        blocks (`expected`: a block's elements); errc::overflow where the cache does not fit 64 bits; errc::out_of_memory.
///        The subject is the option, or key_length, value_length or "KV cache".
/// Cost:  O(layers).
[[nodiscard]] inline auto make_kv_cache_layout(const hyperparameters& numbers, const kv_cache_options& options) -> result<kv_cache_layout>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

[[nodiscard]] inline auto check(const kv_cache_options& options) -> result<void> {
    if (options.context_length == 0) return error{errc::invalid_argument, "context_length"}.because("is 0");
    if (options.sequences == 0) return error{errc::invalid_argument, "sequences"}.because("is 0");
    if (options.batch_length == 0) return error{errc::invalid_argument, "batch_length"}.because("is 0");
    if (!std::has_single_bit(options.alignment_bytes))
        return error{errc::invalid_argument, "alignment_bytes"}.because("is not a power of two").finding(options.alignment_bytes);
    return {};
}

[[nodiscard]] constexpr auto can_be_cached(tensor_type type) noexcept -> bool {
    switch (type) {
        case tensor_type::f32:
        case tensor_type::f16:
        case tensor_type::bf16:
        case tensor_type::q8_0:
        case tensor_type::q4_0: return true;
        default: return false;
    }
}

/// Bytes of a head's numbers for one position.
[[nodiscard]] inline auto cache_row_bytes(tensor_type type, std::string_view option, std::uint32_t length, std::string_view extent) -> result<std::uint64_t> {
    const auto layout = geometry_of(type);
    if (!layout || !can_be_cached(type)) {
        const error refused = error{errc::unsupported_type, option}.because("is no type for a KV cache, which takes f32, f16, bf16, q8_0 or q4_0");
        return layout ? refused.finding(layout->name) : refused.finding(std::uint64_t{static_cast<std::uint32_t>(type)});
    }
    const auto bytes = bytes_of(*layout, length);
    if (!bytes)
        return error{errc::wrong_shape, extent}
            .because("does not fill whole blocks of the KV cache's type")
            .expecting(std::uint64_t{layout->elements_per_block}, std::uint64_t{length});
    return *bytes;
}

/// Slots of a sequence in a layer.
[[nodiscard]] constexpr auto cache_positions(const layer_hyperparameters& layer, std::uint32_t window, const kv_cache_options& options) noexcept -> std::uint32_t {
    if (!layer.is_sliding || window == 0) return options.context_length;
    const std::uint64_t kept = std::uint64_t{window} + options.batch_length - 1;
    return kept < options.context_length ? static_cast<std::uint32_t>(kept) : options.context_length;
}

/// Places one layer's keys, or its values, at `end` and moves it past them; false where that does not fit 64 bits.
[[nodiscard]] constexpr auto place_rows(std::uint64_t row_bytes, const kv_cache_layer& layer, const kv_cache_options& options, std::uint64_t& head_stride_bytes,
                                        std::uint64_t& sequence_stride_bytes, std::uint64_t& end) noexcept -> bool {
    std::uint64_t all = 0;
    return cria::detail::checked_multiply(row_bytes, layer.n_positions, head_stride_bytes) &&
           cria::detail::checked_round_up(head_stride_bytes, options.alignment_bytes, head_stride_bytes) &&
           cria::detail::checked_multiply(head_stride_bytes, layer.head_count_kv, sequence_stride_bytes) &&
           cria::detail::checked_multiply(sequence_stride_bytes, options.sequences, all) && cria::detail::checked_add(end, all, end);
}

}  // namespace detail

inline auto make_kv_cache_layout(const hyperparameters& numbers, const kv_cache_options& options) -> result<kv_cache_layout> {
    CRIA_TRY_VOID(detail::check(options));
    CRIA_TRY(const std::uint64_t key_row, detail::cache_row_bytes(options.key_type, "key_type", numbers.key_length, "key_length"));
    CRIA_TRY(const std::uint64_t value_row, detail::cache_row_bytes(options.value_type, "value_type", numbers.value_length, "value_length"));

    kv_cache_layout made;
    CRIA_TRY_VOID(made.layers.reserve(numbers.layers.size(), "KV cache"));
    for (const layer_hyperparameters& of : numbers.layers) {
        kv_cache_layer layer;
        layer.n_positions = detail::cache_positions(of, numbers.sliding_window, options);
        layer.head_count_kv = of.head_count_kv;
        layer.key_row_bytes = key_row;
        layer.value_row_bytes = value_row;
        layer.key_offset_bytes = made.size_bytes;
        bool fits = detail::place_rows(key_row, layer, options, layer.key_head_stride_bytes, layer.key_sequence_stride_bytes, made.size_bytes);
        layer.value_offset_bytes = made.size_bytes;
        fits = fits && detail::place_rows(value_row, layer, options, layer.value_head_stride_bytes, layer.value_sequence_stride_bytes, made.size_bytes);
        if (!fits) return error{errc::overflow, "KV cache"}.because("does not fit 64 bits");
        layer.size_bytes = made.size_bytes - layer.key_offset_bytes;
        // No more than the layer's size, so this fits as well.
        if (!of.is_sliding || numbers.sliding_window == 0) made.bytes_per_token += of.head_count_kv * (key_row + value_row);
        CRIA_TRY_VOID(made.layers.push_back(layer, "KV cache"));
    }
    return made;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_KV_CACHE_HPP
