// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted constructor
#include "cria/io/mapped_file.hpp"

auto copy(cria::io::mapped_file& file) -> cria::io::mapped_file {
#ifdef CRIA_MUST_NOT_COMPILE
    return file;
#else
    return static_cast<cria::io::mapped_file&&>(file);
#endif
}
