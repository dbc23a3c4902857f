// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_HPP
#define CRIA_QUANT_HPP

// Everything about the contents of tensors: blocks as numbers, products with them, whether they can be right, and what the
// values are like. Nothing here needs anything else of the library but base/.

#include "cria/quant/blocks.hpp"
#include "cria/quant/codebooks.hpp"
#include "cria/quant/dequantize.hpp"
#include "cria/quant/dot.hpp"
#include "cria/quant/half.hpp"
#include "cria/quant/kernels.hpp"
#include "cria/quant/statistics.hpp"
#include "cria/quant/tile.hpp"
#include "cria/quant/validate.hpp"

#endif
