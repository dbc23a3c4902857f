// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_NORM_HPP
#define CRIA_ENGINE_NORM_HPP

#include "engine/matmul.hpp"

#include <cmath>  // sqrt, which IEEE 754 fixes to the last bit
#include <cstddef>

// Root mean square normalisation (https://arxiv.org/abs/1910.07467).

namespace engine {

/// out[i] = x[i] / √(mean of x² + epsilon) · weight[i]. `out` may be `x`.
inline void rms_norm(const float* x, const float* weight, float epsilon, std::size_t n, float* out) {
    const float mean = sum_of_squares(x, n) / static_cast<float>(n);
    const float scale = 1.0F / std::sqrt(mean + epsilon);
    for (std::size_t i = 0; i < n; ++i) out[i] = x[i] * scale * weight[i];
}

}  // namespace engine

#endif  // CRIA_ENGINE_NORM_HPP
