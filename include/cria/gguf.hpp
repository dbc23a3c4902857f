// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_HPP
#define CRIA_GGUF_HPP

// GGUF files: parse() turns bytes into contents, file holds both, shards makes one model of several files; writer and
// editor go the other way.

#include "cria/gguf/array.hpp"
#include "cria/gguf/check.hpp"
#include "cria/gguf/compare.hpp"
#include "cria/gguf/editor.hpp"
#include "cria/gguf/encoded_value.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/header.hpp"
#include "cria/gguf/indexed_strings.hpp"
#include "cria/gguf/manifest.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/split.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"
#include "cria/gguf/writer.hpp"

#endif  // CRIA_GGUF_HPP
