// SPDX-License-Identifier: MIT
// expects: use of deleted function|call to deleted function
#include "cria/gguf/tensor.hpp"
#include "cria/llama/weights.hpp"

auto take(cria::gguf::tensor_table&& tensors, const cria::llama::hyperparameters& numbers) {
#ifdef CRIA_MUST_NOT_COMPILE
    return cria::llama::weights_from(static_cast<cria::gguf::tensor_table&&>(tensors), numbers);
#else
    return cria::llama::weights_from(tensors, numbers);
#endif
}
