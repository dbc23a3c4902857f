// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted function
#include "cria/gguf/parse.hpp"
#include "cria/llama/weights.hpp"

auto take(cria::gguf::contents&& contents, const cria::llama::hyperparameters& numbers) {
#ifdef CRIA_MUST_NOT_COMPILE
    return cria::llama::weights_from(static_cast<cria::gguf::contents&&>(contents), numbers);
#else
    return cria::llama::weights_from(contents, numbers);
#endif
}
