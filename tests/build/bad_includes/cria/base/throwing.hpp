// SPDX-License-Identifier: MIT
// expects: nothing
#ifndef CRIA_BASE_THROWING_HPP
#define CRIA_BASE_THROWING_HPP

#include <exception>

#endif  // CRIA_BASE_THROWING_HPP
