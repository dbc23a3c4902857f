// SPDX-License-Identifier: MIT
// expects: cria/mystery/thing.hpp is of module mystery, which is not in the picture
#ifndef CRIA_MYSTERY_THING_HPP
#define CRIA_MYSTERY_THING_HPP

#include "cria/io/mapped_file.hpp"

#endif  // CRIA_MYSTERY_THING_HPP
