// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_HPP
#define CRIA_UTF8_HPP

// Everything about UTF-8: single characters, whole texts, streams, and the composed form of a text. Only nfc.hpp needs
// anything else of the library, which is base/.

#include "cria/utf8/code_point.hpp"
#include "cria/utf8/decoder.hpp"
#include "cria/utf8/nfc.hpp"
#include "cria/utf8/validate.hpp"

#endif
