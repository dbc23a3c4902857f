// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted member function
#include "cria/gguf/parse.hpp"

auto parsed() -> cria::gguf::contents;

auto use() -> std::size_t {
#ifdef CRIA_MUST_NOT_COMPILE
    const cria::gguf::metadata& metadata = parsed().metadata();
#else
    const cria::gguf::contents contents = parsed();
    const cria::gguf::metadata& metadata = contents.metadata();
#endif
    return metadata.size();
}
