// SPDX-License-Identifier: MIT
// expects: cria/gguf/value.hpp includes <regex>, which has no place there
#ifndef CRIA_GGUF_VALUE_HPP
#define CRIA_GGUF_VALUE_HPP

#include <regex>

#endif  // CRIA_GGUF_VALUE_HPP
