// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_MULTIPLY_ROWS_HPP
#define CRIA_ENGINE_MULTIPLY_ROWS_HPP

#include "engine/kernels.hpp"
#include "engine/matmul.hpp"

#include <cstddef>

// What a thread does of a product. For matmul.cpp, and for tests that compare tiers.

namespace engine {

/// multiply() for rows `begin` to `end - 1`, by the loops of `with`. Precondition: w.n_in != 0.
void multiply_rows(const matrix& w, const float* x, std::size_t n_tokens, float* y, std::size_t begin, std::size_t end, const kernels& with);

}  // namespace engine

#endif  // CRIA_ENGINE_MULTIPLY_ROWS_HPP
