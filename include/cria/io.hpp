// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_HPP
#define CRIA_IO_HPP

// Files as read-only bytes.

#include "cria/io/mapped_file.hpp"
#include "cria/io/native_file.hpp"

#endif  // CRIA_IO_HPP
