// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_KERNELS_HPP
#define CRIA_ENGINE_KERNELS_HPP

#include <cstddef>
#include <cstdint>

// The loops that arithmetic is done in, compiled for several processors (kernels.cpp) from one text (kernel_bodies.hpp). All
// tiers give the same bits, so that a tier is a matter of speed alone. For the engine's own sources and its tests; others
// call numbers.hpp and matmul.hpp, which choose.

namespace engine {

/// Instructions to compute with, each faster than the one before.
enum class tier : std::uint8_t {
    baseline,  ///< what the program was compiled for
    avx2,      ///< x86-64 with AVX2
    avx512,    ///< x86-64 with AVX-512 F
};

/// Rows of weights that a kernel multiplies at once.
inline constexpr std::size_t rows_at_once = 4;
/// Tokens that a kernel multiplies them with, at most.
inline constexpr std::size_t most_tokens_at_once = 6;

/// One tier's loops. Arrays may have any length and need no alignment beyond that of a float.
struct kernels {
    /// Adds up products of four rows with tokens: lane l of row r and token t is sums[(t · 4 + r) · 16 + l], and takes up
    /// rows[r][i] · x[t · stride + i] for i = l, l + 16, … below n. By number of tokens, from 1; those above
    /// `n_tokens_at_once` are not there, since their sums would not fit the registers.
    void (*accumulate[most_tokens_at_once])(const float* const* rows, const float* x, std::size_t stride, std::size_t n, float* sums);
    std::size_t n_tokens_at_once;

    // As matmul.hpp and numbers.hpp have them.
    float (*dot)(const float* a, const float* b, std::size_t n);
    void (*dots)(const float* q, const float* keys, std::size_t stride, std::size_t n_keys, std::size_t n, float scale, float* out);
    void (*add_scaled)(float* y, const float* x, float scale, std::size_t n);
    void (*weighted_sum)(const float* weights, const float* values, std::size_t stride, std::size_t n_values, std::size_t n, float* out);
    void (*silu_times)(const float* gate, const float* up, float* out, std::size_t n);
    void (*gelu_times)(const float* gate, const float* up, float* out, std::size_t n);
    void (*softmax)(float* scores, std::size_t n);
};

/// Whether this program, on this processor, can use `which`.
[[nodiscard]] auto is_available(tier which) noexcept -> bool;

/// The fastest tier that is available.
[[nodiscard]] auto fastest_tier() noexcept -> tier;

/// The loops of `which`, which must be available.
[[nodiscard]] auto kernels_of(tier which = fastest_tier()) noexcept -> const kernels&;

}  // namespace engine

#endif  // CRIA_ENGINE_KERNELS_HPP
