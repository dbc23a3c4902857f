// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted member function
#include "cria/io/mapped_file.hpp"

auto opened() -> cria::io::mapped_file;

auto use() -> std::size_t {
#ifdef CRIA_MUST_NOT_COMPILE
    const cria::byte_view bytes = opened().bytes();
#else
    const cria::io::mapped_file file = opened();
    const cria::byte_view bytes = file.bytes();
#endif
    return bytes.size();
}
