// SPDX-License-Identifier: MIT
// expects: cannot convert|no viable conversion|cannot initialize
#include "cria/base/tensor_type.hpp"

auto use() -> cria::tensor_type {
#ifdef CRIA_MUST_NOT_COMPILE
    const cria::tensor_type type = 8;
#else
    const cria::tensor_type type{};
#endif
    return type;
}
