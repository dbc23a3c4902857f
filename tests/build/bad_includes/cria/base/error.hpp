// SPDX-License-Identifier: MIT
// expects: circle, or are above one: cria/base/bytes.hpp cria/base/error.hpp
#ifndef CRIA_BASE_ERROR_HPP
#define CRIA_BASE_ERROR_HPP

#include "cria/base/bytes.hpp"

#endif  // CRIA_BASE_ERROR_HPP
