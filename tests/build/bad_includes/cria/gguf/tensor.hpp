// SPDX-License-Identifier: MIT
// expects: cria/gguf/tensor.hpp includes <fcntl.h>, which has no place there
#ifndef CRIA_GGUF_TENSOR_HPP
#define CRIA_GGUF_TENSOR_HPP

#include <fcntl.h>

#endif  // CRIA_GGUF_TENSOR_HPP
