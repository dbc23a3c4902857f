// SPDX-License-Identifier: MIT
// expects: cria/utf8/decoder.hpp includes <fmt/core.h>, which has no place there
#ifndef CRIA_UTF8_DECODER_HPP
#define CRIA_UTF8_DECODER_HPP

#include <fmt/core.h>

#endif  // CRIA_UTF8_DECODER_HPP
