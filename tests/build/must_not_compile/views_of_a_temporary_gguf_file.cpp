// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted member function
#include "cria/gguf/file.hpp"

auto opened() -> cria::gguf::file;

auto use() -> std::size_t {
#ifdef CRIA_MUST_NOT_COMPILE
    const cria::gguf::tensor_table& tensors = opened().tensors();
#else
    const cria::gguf::file file = opened();
    const cria::gguf::tensor_table& tensors = file.tensors();
#endif
    return tensors.size();
}
