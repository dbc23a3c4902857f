// SPDX-License-Identifier: MIT
// expects: ignoring return(ed)? value|ignoring returned value of type
#include "cria/base/result.hpp"

auto work() -> cria::result<int>;

auto use() -> bool {
#ifdef CRIA_MUST_NOT_COMPILE
    work();
#endif
    return work().has_value();
}
