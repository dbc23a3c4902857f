// SPDX-License-Identifier: MIT
// expects: cria/bpe.hpp does not hold: cria/bpe/merges.hpp
#ifndef CRIA_BPE_HPP
#define CRIA_BPE_HPP

#endif  // CRIA_BPE_HPP
