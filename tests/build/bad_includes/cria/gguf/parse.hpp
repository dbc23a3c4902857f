// SPDX-License-Identifier: MIT
// expects: cria/gguf/parse.hpp includes cria/io/mapped_file.hpp: gguf does not see io
#ifndef CRIA_GGUF_PARSE_HPP
#define CRIA_GGUF_PARSE_HPP

#include "cria/io/mapped_file.hpp"

#endif  // CRIA_GGUF_PARSE_HPP
