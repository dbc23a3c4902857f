// SPDX-License-Identifier: MIT
// expects: static assertion failed|static_assert failed
#include "cria/base/result.hpp"

#ifdef CRIA_MUST_NOT_COMPILE
template class cria::result<cria::error>;
#else
template class cria::result<int>;
#endif
