// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_KERNEL_BODIES_HPP
#define CRIA_ENGINE_KERNEL_BODIES_HPP

#include "engine/lanes.hpp"
#include "engine/numbers.hpp"

#include <cstddef>
#include <limits>

// The loops of kernels.hpp, for vectors of any width. Whatever they handle is inlined into a function of kernels.cpp that
// is compiled for a processor, so that none of this exists by itself.

namespace engine::detail {

/// Adds up products of `Rows` rows with `Tokens` tokens (kernels.hpp). A vector holds a part of the sixteen lanes: with
/// narrow ones the parts are done one after the other, over data that is in the first-level cache by then, and so a block
/// takes the same number of registers.
template <class Floats, std::size_t Tokens, std::size_t Rows>
CRIA_ENGINE_INLINE void accumulate_rows(const float* const* rows, const float* x, std::size_t stride, std::size_t n, float* sums) {
    const std::size_t n_whole = n / n_lanes * n_lanes;
    const float* w[Rows];
    CRIA_ENGINE_UNROLL
    for (std::size_t r = 0; r < Rows; ++r) w[r] = rows[r];
    for (std::size_t part = 0; part < n_lanes; part += width_of<Floats>) {
        Floats sum[Tokens][Rows];
        CRIA_ENGINE_UNROLL
        for (std::size_t t = 0; t < Tokens; ++t) {
            CRIA_ENGINE_UNROLL
            for (std::size_t r = 0; r < Rows; ++r) sum[t][r] = load<Floats>(sums + (t * Rows + r) * n_lanes + part);
        }
        for (std::size_t i = part; i < n_whole; i += n_lanes) {
            Floats weights[Rows];
            CRIA_ENGINE_UNROLL
            for (std::size_t r = 0; r < Rows; ++r) weights[r] = load<Floats>(w[r] + i);
            CRIA_ENGINE_UNROLL
            for (std::size_t t = 0; t < Tokens; ++t) {
                const Floats token = load<Floats>(x + t * stride + i);
                CRIA_ENGINE_UNROLL
                for (std::size_t r = 0; r < Rows; ++r) sum[t][r] += weights[r] * token;
            }
        }
        CRIA_ENGINE_UNROLL
        for (std::size_t t = 0; t < Tokens; ++t) {
            CRIA_ENGINE_UNROLL
            for (std::size_t r = 0; r < Rows; ++r) store(sums + (t * Rows + r) * n_lanes + part, sum[t][r]);
        }
    }
    for (std::size_t i = n_whole; i < n; ++i) {
        for (std::size_t t = 0; t < Tokens; ++t)
            for (std::size_t r = 0; r < Rows; ++r) sums[(t * Rows + r) * n_lanes + i % n_lanes] += w[r][i] * x[t * stride + i];
    }
}

template <class Floats, std::size_t Tokens>
CRIA_ENGINE_INLINE void accumulate(const float* const* rows, const float* x, std::size_t stride, std::size_t n, float* sums) {
    accumulate_rows<Floats, Tokens, 4>(rows, x, stride, n, sums);
}

template <class Floats>
CRIA_ENGINE_INLINE auto dot(const float* a, const float* b, std::size_t n) -> float {
    float sums[n_lanes] = {};
    accumulate_rows<Floats, 1, 1>(&a, b, 0, n, sums);
    return sum_of_lanes(sums);
}

template <class Floats>
CRIA_ENGINE_INLINE void dots(const float* q, const float* keys, std::size_t stride, std::size_t n_keys, std::size_t n, float scale, float* out) {
    std::size_t k = 0;
    for (; n_keys - k >= 4; k += 4) {
        const float* const first = keys + k * stride;
        const float* const rows[] = {first, first + stride, first + 2 * stride, first + 3 * stride};
        float sums[4 * n_lanes] = {}, totals[4];
        accumulate_rows<Floats, 1, 4>(rows, q, 0, n, sums);
        sums_of_lanes(sums, totals);
        for (std::size_t r = 0; r < 4; ++r) out[k + r] = totals[r] * scale;
    }
    for (; k < n_keys; ++k) out[k] = dot<Floats>(q, keys + k * stride, n) * scale;
}

template <class Floats>
CRIA_ENGINE_INLINE void add_scaled(float* y, const float* x, float scale, std::size_t n) {
    constexpr std::size_t width = width_of<Floats>;
    const Floats scales = all<Floats>(scale);
    std::size_t i = 0;
    for (; n - i >= width; i += width) store<Floats>(y + i, load<Floats>(y + i) + load<Floats>(x + i) * scales);
    for (; i < n; ++i) y[i] += x[i] * scale;
}

/// Columns `at` to `at + Vectors · width - 1` of weighted_sum.
template <class Floats, std::size_t Vectors>
CRIA_ENGINE_INLINE void weighted_columns(const float* weights, const float* values, std::size_t stride, std::size_t n_values, float* out) {
    constexpr std::size_t width = width_of<Floats>;
    Floats sum[Vectors];
    CRIA_ENGINE_UNROLL
    for (std::size_t c = 0; c < Vectors; ++c) sum[c] = Floats{};
    for (std::size_t v = 0; v < n_values; ++v) {
        const Floats weight = all<Floats>(weights[v]);
        CRIA_ENGINE_UNROLL
        for (std::size_t c = 0; c < Vectors; ++c) sum[c] += load<Floats>(values + v * stride + c * width) * weight;
    }
    CRIA_ENGINE_UNROLL
    for (std::size_t c = 0; c < Vectors; ++c) store(out + c * width, sum[c]);
}

template <class Floats>
CRIA_ENGINE_INLINE void weighted_sum(const float* weights, const float* values, std::size_t stride, std::size_t n_values, std::size_t n, float* out) {
    constexpr std::size_t width = width_of<Floats>;
    std::size_t i = 0;
    for (; n - i >= 8 * width; i += 8 * width) weighted_columns<Floats, 8>(weights, values + i, stride, n_values, out + i);
    for (; n - i >= 4 * width; i += 4 * width) weighted_columns<Floats, 4>(weights, values + i, stride, n_values, out + i);
    for (; n - i >= width; i += width) weighted_columns<Floats, 1>(weights, values + i, stride, n_values, out + i);
    for (; i < n; ++i) weighted_columns<float, 1>(weights, values + i, stride, n_values, out + i);
}

template <class Floats>
CRIA_ENGINE_INLINE void silu_times(const float* gate, const float* up, float* out, std::size_t n) {
    constexpr std::size_t width = width_of<Floats>;
    std::size_t i = 0;
    for (; n - i >= width; i += width) store<Floats>(out + i, silu_of<Floats>(load<Floats>(gate + i)) * load<Floats>(up + i));
    for (; i < n; ++i) out[i] = silu_of<float>(gate[i]) * up[i];
}

template <class Floats>
CRIA_ENGINE_INLINE void gelu_times(const float* gate, const float* up, float* out, std::size_t n) {
    constexpr std::size_t width = width_of<Floats>;
    std::size_t i = 0;
    for (; n - i >= width; i += width) store<Floats>(out + i, gelu_of<Floats>(load<Floats>(gate + i)) * load<Floats>(up + i));
    for (; i < n; ++i) out[i] = gelu_of<float>(gate[i]) * up[i];
}

/// The largest of `n` numbers, NaNs apart; -∞ of none.
template <class Floats>
[[nodiscard]] CRIA_ENGINE_INLINE auto largest(const float* x, std::size_t n) -> float {
    constexpr std::size_t width = width_of<Floats>;
    constexpr float least = -std::numeric_limits<float>::infinity();
    Floats most = all<Floats>(least);
    std::size_t i = 0;
    for (; n - i >= width; i += width) {
        const Floats next = load<Floats>(x + i);
        most = next > most ? next : most;
    }
    float each[width], result = least;
    store(each, most);
    for (std::size_t l = 0; l < width; ++l) result = each[l] > result ? each[l] : result;
    for (; i < n; ++i) result = x[i] > result ? x[i] : result;
    return result;
}

template <class Floats>
CRIA_ENGINE_INLINE void softmax(float* scores, std::size_t n) {
    constexpr std::size_t width = width_of<Floats>, n_parts = n_lanes / width;
    const float most = largest<Floats>(scores, n);
    const Floats mosts = all<Floats>(most);
    Floats sum[n_parts];
    CRIA_ENGINE_UNROLL
    for (std::size_t p = 0; p < n_parts; ++p) sum[p] = Floats{};
    std::size_t i = 0;
    for (; n - i >= n_lanes; i += n_lanes) {
        CRIA_ENGINE_UNROLL
        for (std::size_t p = 0; p < n_parts; ++p) {
            float* const at = scores + i + p * width;
            const Floats grown = exp_of<Floats>(load<Floats>(at) - mosts);
            store(at, grown);
            sum[p] += grown;
        }
    }
    float sums[n_lanes];
    CRIA_ENGINE_UNROLL
    for (std::size_t p = 0; p < n_parts; ++p) store(sums + p * width, sum[p]);
    for (; i < n; ++i) {
        scores[i] = exp_of<float>(scores[i] - most);
        sums[i % n_lanes] += scores[i];
    }
    const float total = sum_of_lanes(sums);
    const Floats totals = all<Floats>(total);
    for (i = 0; n - i >= width; i += width) store<Floats>(scores + i, load<Floats>(scores + i) / totals);
    for (; i < n; ++i) scores[i] /= total;
}

}  // namespace engine::detail

#endif  // CRIA_ENGINE_KERNEL_BODIES_HPP
