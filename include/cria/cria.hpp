// SPDX-License-Identifier: MIT
#ifndef CRIA_CRIA_HPP
#define CRIA_CRIA_HPP

// Everything that needs no GPU, no exceptions and no other library: for people, and for a first afternoon. Code
// that is compiled often includes what it uses.

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/error.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/base/text.hpp"
#include "cria/base/version.hpp"
#include "cria/bpe.hpp"
#include "cria/gguf.hpp"
#include "cria/io.hpp"
#include "cria/llama.hpp"
#include "cria/quant.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "cria/upload.hpp"
#include "cria/utf8.hpp"

#endif  // CRIA_CRIA_HPP
