// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_SHARE_HPP
#define CRIA_LLAMA_SHARE_HPP

#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/layer_weights.hpp"
#include "cria/llama/slice.hpp"

#include <cstdint>

// A layer shared out among devices that compute at the same time, as slices of the tensors of the file.

namespace cria::inline v0::llama {

/// What one of `n` devices computes of a layer, where each has a share of the heads and of the feed-forward network
/// (tensor parallelism): its own rows of the first matrices, its own columns of the ones behind them, whose results the
/// devices add up; attn_output_bias and ffn_down_bias are added to the sum, once. Nothing is copied; a share of columns is no
/// contiguous range of bytes.
struct layer_share {
    std::uint32_t first_head = 0, n_heads = 0;        ///< query heads
    std::uint32_t first_head_kv = 0, n_heads_kv = 0;  ///< key and value heads
    tensor_slice query, key, value, query_bias, key_bias, value_bias;  ///< rows of these heads
    tensor_slice attn_output;                         ///< columns of the query heads
    std::uint32_t first_row = 0, n_rows = 0;          ///< of the feed-forward network; none in a layer with experts, which are shared out whole
    tensor_slice gate, up, gate_bias, up_bias;        ///< these rows
    tensor_slice ffn_down;                            ///< these columns
};

/// Share `i` of `n` of a layer: an equal number of heads each, and rows of the feed-forward network up to a whole block.
/// Fails: errc::invalid_argument where there is no such layer, i >= n, or n does not divide the layer's key and value heads;
///        errc::wrong_shape where a share of attn_output's columns or of a bias would begin or end inside a block, and
///        errc::unsupported_type: the subject of these two is the tensor's name.
/// Precondition: `all` was bound by `numbers`.
[[nodiscard]] inline auto share_of(const weights& all, const hyperparameters& numbers, std::uint32_t layer, std::uint32_t i, std::uint32_t n) -> result<layer_share>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Rows of an optional bias, which is one row.
[[nodiscard]] inline auto share_bias(const tensor_slice& bias, std::uint64_t first, std::uint64_t count) -> result<tensor_slice> {
    if (!bias) return tensor_slice{};
    return columns_of(bias, first, count);
}

/// Where share `i` of `n` of `length` elements begins: at a multiple of `block`, or at the end. The shares cover everything,
/// and an early one is never smaller than a later one; with fewer blocks than shares, the last are empty.
[[nodiscard]] constexpr auto share_start(std::uint64_t length, std::uint64_t block, std::uint64_t i, std::uint64_t n) noexcept -> std::uint64_t {
    const std::uint64_t blocks = (length + block - 1) / block;
    const std::uint64_t start = (blocks / n * i + (blocks % n < i ? blocks % n : i)) * block;
    return start < length ? start : length;
}

}  // namespace detail

inline auto share_of(const weights& all, const hyperparameters& numbers, std::uint32_t layer, std::uint32_t i, std::uint32_t n) -> result<layer_share> {
    if (layer >= all.layers.size()) return error{errc::invalid_argument, "layer"}.because("there are not as many layers").expecting(std::uint64_t{all.layers.size()}, std::uint64_t{layer});
    const layer_weights& from = all.layers[layer];
    const std::uint32_t heads = numbers.head_count(layer), heads_kv = numbers.head_count_kv(layer);
    if (n == 0 || i >= n) return error{errc::invalid_argument, "share"}.because("there are not as many shares").expecting(std::uint64_t{n}, std::uint64_t{i});
    if (heads_kv % n != 0)
        return error{errc::invalid_argument, "shares"}.because("do not divide the key and value heads of the layer").expecting(std::uint64_t{heads_kv}, std::uint64_t{n});

    layer_share own;
    own.n_heads = heads / n;
    own.first_head = i * own.n_heads;
    own.n_heads_kv = heads_kv / n;
    own.first_head_kv = i * own.n_heads_kv;
    const std::uint64_t k = numbers.key_length, v = numbers.value_length;
    CRIA_TRY(own.query, rows_of(from.query, own.first_head * k, own.n_heads * k));
    CRIA_TRY(own.key, rows_of(from.key, own.first_head_kv * k, own.n_heads_kv * k));
    CRIA_TRY(own.value, rows_of(from.value, own.first_head_kv * v, own.n_heads_kv * v));
    CRIA_TRY(own.query_bias, detail::share_bias(from.query_bias, own.first_head * k, own.n_heads * k));
    CRIA_TRY(own.key_bias, detail::share_bias(from.key_bias, own.first_head_kv * k, own.n_heads_kv * k));
    CRIA_TRY(own.value_bias, detail::share_bias(from.value_bias, own.first_head_kv * v, own.n_heads_kv * v));
    CRIA_TRY(own.attn_output, columns_of(slice_of(*from.attn_output), own.first_head * v, own.n_heads * v));
    if (!from.gate) return own;

    CRIA_TRY(const auto layout, detail::layout_of(slice_of(*from.ffn_down)));
    const std::uint64_t length = numbers.feed_forward_length(layer);
    const std::uint64_t first = detail::share_start(length, layout.elements_per_block, i, n), end = detail::share_start(length, layout.elements_per_block, i + 1, n);
    own.first_row = static_cast<std::uint32_t>(first);
    own.n_rows = static_cast<std::uint32_t>(end - first);
    CRIA_TRY(own.gate, rows_of(from.gate, first, end - first));
    CRIA_TRY(own.up, rows_of(from.up, first, end - first));
    const auto whole = [](const gguf::tensor* bias) { return bias == nullptr ? tensor_slice{} : slice_of(*bias); };
    CRIA_TRY(own.gate_bias, detail::share_bias(whole(from.ffn_gate_bias), first, end - first));
    CRIA_TRY(own.up_bias, detail::share_bias(whole(from.ffn_up_bias), first, end - first));
    CRIA_TRY(own.ffn_down, columns_of(slice_of(*from.ffn_down), first, end - first));
    return own;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_SHARE_HPP
