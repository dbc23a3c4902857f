// SPDX-License-Identifier: MIT
// expects: no matching (member )?function|constraints not satisfied
#include "cria/gguf/metadata.hpp"

struct point {
    int x;
};

auto use(const cria::gguf::metadata& metadata) -> bool {
#ifdef CRIA_MUST_NOT_COMPILE
    return metadata.get<point>("key").has_value();
#else
    return metadata.get<std::int32_t>("key").has_value();
#endif
}
