// SPDX-License-Identifier: MIT
// expects: cria/cria.hpp does not hold: cria/base/bytes.hpp
#ifndef CRIA_CRIA_HPP
#define CRIA_CRIA_HPP

#include "cria/bpe.hpp"

#endif  // CRIA_CRIA_HPP
