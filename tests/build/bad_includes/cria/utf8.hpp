// SPDX-License-Identifier: MIT
// expects: cria/utf8.hpp includes cria/io/mapped_file.hpp, which is not of its folder
#ifndef CRIA_UTF8_HPP
#define CRIA_UTF8_HPP

#include "cria/io/mapped_file.hpp"

#endif  // CRIA_UTF8_HPP
