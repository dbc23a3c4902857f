// SPDX-License-Identifier: MIT
// expects: cria/bpe/merges.hpp includes cria/gguf/value.hpp: bpe does not see gguf
#ifndef CRIA_BPE_MERGES_HPP
#define CRIA_BPE_MERGES_HPP

#include "cria/gguf/value.hpp"

#endif  // CRIA_BPE_MERGES_HPP
