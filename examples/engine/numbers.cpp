// SPDX-License-Identifier: MIT
#include "engine/numbers.hpp"

#include "engine/kernels.hpp"

namespace engine {

void silu_times(const float* gate, const float* up, float* out, std::size_t n) { kernels_of().silu_times(gate, up, out, n); }
void gelu_times(const float* gate, const float* up, float* out, std::size_t n) { kernels_of().gelu_times(gate, up, out, n); }
void softmax(float* scores, std::size_t n) { kernels_of().softmax(scores, n); }

}  // namespace engine
