// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_HPP
#define CRIA_GGUF_HPP

// GGUF files: parse() turns bytes into contents, file holds both.

#include "cria/gguf/array.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"

#endif  // CRIA_GGUF_HPP
