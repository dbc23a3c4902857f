// SPDX-License-Identifier: MIT
// expects: circle, or are above one: cria/base/bytes.hpp cria/base/error.hpp
#ifndef CRIA_BASE_BYTES_HPP
#define CRIA_BASE_BYTES_HPP

#include "cria/base/error.hpp"

#endif  // CRIA_BASE_BYTES_HPP
