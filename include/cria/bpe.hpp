// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_HPP
#define CRIA_BPE_HPP

// Tokenizers: text to ids and back. Knows no file format; cria/tokenizer_from_gguf.hpp makes one from GGUF.

#include "cria/bpe/byte_alphabet.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/decoding.hpp"
#include "cria/bpe/encoding.hpp"
#include "cria/bpe/growing_encoder.hpp"
#include "cria/bpe/merge_engine.hpp"
#include "cria/bpe/merges.hpp"
#include "cria/bpe/parallel.hpp"
#include "cria/bpe/pre_rules.hpp"
#include "cria/bpe/pretokenize.hpp"
#include "cria/bpe/rendered_text.hpp"
#include "cria/bpe/rewriting.hpp"
#include "cria/bpe/special_roles.hpp"
#include "cria/bpe/special_tokens.hpp"
#include "cria/bpe/split_steps.hpp"
#include "cria/bpe/stop_strings.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/bpe/text_index.hpp"
#include "cria/bpe/text_stream.hpp"
#include "cria/bpe/token_bytes.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/bpe/tokenizer_builder.hpp"
#include "cria/bpe/unicode_tables.hpp"
#include "cria/bpe/vocabulary.hpp"

#endif  // CRIA_BPE_HPP
