// SPDX-License-Identifier: MIT
// expects: nothing
#ifndef CRIA_IO_MAPPED_FILE_HPP
#define CRIA_IO_MAPPED_FILE_HPP

#include <unistd.h>

#endif  // CRIA_IO_MAPPED_FILE_HPP
