// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_MATMUL_HPP
#define CRIA_ENGINE_MATMUL_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "engine/threads.hpp"

#include <cstddef>
#include <cstdint>

// Sums of products: matrices of weights times activations, and what attention and normalisation need.
//
// Weights stay in the file's type. A tile of rows is turned into floats where it is needed, into memory that stays in the
// cache, and multiplied with all tokens while it is there. Rows of native floats are used where they lie.
//
// Every sum over a row is taken in one order, which is that of cria::quant::dot:
//
//     Element i belongs to lane i mod 16. A lane starts at 0 and adds its products one after the other, each rounded before
//     it is added. In the end lane l takes up lane l + 8, then l + 4, then l + 2, then l + 1.
//
// So a result is the same bits for any number of tokens and threads, on any processor, by any compiler.

namespace engine {

/// Weights as they lie in a file: `n_out` rows of `n_in` elements, in blocks along the row, row after row.
/// Borrows: `bytes`, which need no alignment.
struct matrix {
    cria::tensor_type type{};
    cria::byte_view bytes;
    std::uint64_t n_in = 0;
    std::uint64_t n_out = 0;
};

/// Whether `w` is what multiply() takes for granted. An engine asks once, when it is made.
/// Fails: errc::unsupported_type; errc::wrong_shape where rows are not whole blocks, or `bytes` not so many rows;
///        errc::overflow.
[[nodiscard]] auto check(const matrix& w) -> cria::result<void>;

/// y[t · n_out + o] = Σ w[o][i] · x[t · n_in + i], for every token t below `n_tokens` and every row o.
/// Precondition: check(w); `x`, `y` and the weights do not overlap.
/// Cost: each weight is read once from memory, whatever n_tokens is (once per 48 tokens for rows longer than 2048). No
///       allocation; some 180 KiB of stack on each thread.
auto multiply(const matrix& w, const float* x, std::size_t n_tokens, float* y, team& on) -> void;

/// Σ a[i] · b[i] in the order given above.
[[nodiscard]] auto dot(const float* a, const float* b, std::size_t n) -> float;

/// Σ x[i]² in the order given above.
[[nodiscard]] auto sum_of_squares(const float* x, std::size_t n) -> float;

/// y[i] += scale · x[i].
void add_scaled(float* y, const float* x, float scale, std::size_t n);

/// The scores of one query: out[k] = dot(q, keys + k · stride, n) · scale, for each k below `n_keys`.
void dots(const float* q, const float* keys, std::size_t stride, std::size_t n_keys, std::size_t n, float scale, float* out);

/// out[i] = Σ weights[v] · values[v · stride + i] for each i below `n`: starting at 0, products added one after the other by
/// ascending v, each rounded before it is added.
void weighted_sum(const float* weights, const float* values, std::size_t stride, std::size_t n_values, std::size_t n, float* out);

}  // namespace engine

#endif  // CRIA_ENGINE_MATMUL_HPP
