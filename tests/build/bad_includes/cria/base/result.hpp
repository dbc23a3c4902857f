// SPDX-License-Identifier: MIT
// expects: cria/base/result.hpp includes cria/base/throwing.hpp, which is a leaf
#ifndef CRIA_BASE_RESULT_HPP
#define CRIA_BASE_RESULT_HPP

#include "cria/base/throwing.hpp"

#endif  // CRIA_BASE_RESULT_HPP
