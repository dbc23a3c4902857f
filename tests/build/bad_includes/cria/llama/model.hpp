// SPDX-License-Identifier: MIT
// expects: cria/llama/model.hpp includes cria/bpe.hpp: umbrellas are for people, code includes narrower
#ifndef CRIA_LLAMA_MODEL_HPP
#define CRIA_LLAMA_MODEL_HPP

#include "cria/bpe.hpp"

#endif  // CRIA_LLAMA_MODEL_HPP
