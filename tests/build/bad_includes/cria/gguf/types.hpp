// SPDX-License-Identifier: MIT
// expects: cria/gguf/types.hpp includes "value.hpp": project headers are named from cria/ on
#ifndef CRIA_GGUF_TYPES_HPP
#define CRIA_GGUF_TYPES_HPP

#include "value.hpp"

#endif  // CRIA_GGUF_TYPES_HPP
