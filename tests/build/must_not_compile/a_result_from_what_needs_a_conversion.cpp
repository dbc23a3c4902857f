// SPDX-License-Identifier: MIT
// expects: could not convert|no viable conversion|conversion from
#include "cria/base/result.hpp"

#include <vector>

auto sizes() -> cria::result<std::vector<int>> {
#ifdef CRIA_MUST_NOT_COMPILE
    return 5;  // five zeros? std::vector's constructor is explicit for a reason
#else
    return std::vector<int>(5);
#endif
}
