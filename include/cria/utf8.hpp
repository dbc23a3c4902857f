// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_HPP
#define CRIA_UTF8_HPP

// Everything about UTF-8: single characters, whole texts, streams. Needs nothing else of the library.

#include "cria/utf8/code_point.hpp"
#include "cria/utf8/decoder.hpp"
#include "cria/utf8/validate.hpp"

#endif
