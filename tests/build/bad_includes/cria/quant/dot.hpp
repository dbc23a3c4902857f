// SPDX-License-Identifier: MIT
// expects: cria/quant/dot.hpp includes cria/base/absent.hpp, which does not exist
#ifndef CRIA_QUANT_DOT_HPP
#define CRIA_QUANT_DOT_HPP

#include "cria/base/absent.hpp"

#endif  // CRIA_QUANT_DOT_HPP
