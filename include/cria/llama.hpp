// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_HPP
#define CRIA_LLAMA_HPP

// Models of the Llama family: open() gives one, whole and checked; the other headers are its parts. What brings one to devices,
// llama/device_model.hpp, is included by itself: it takes upload.hpp with it.

#include "cria/llama/chat_template.hpp"
#include "cria/llama/device_layout.hpp"
#include "cria/llama/family.hpp"
#include "cria/llama/fit.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/kv_cache.hpp"
#include "cria/llama/layer_weights.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/placement.hpp"
#include "cria/llama/roles.hpp"
#include "cria/llama/rope.hpp"
#include "cria/llama/share.hpp"
#include "cria/llama/slice.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/llama/weights.hpp"

#endif  // CRIA_LLAMA_HPP
