// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_HPP
#define CRIA_UPLOAD_HPP

// Weights to devices: make_plan() says what goes where, to_text() says it to people, execute() does it.

#include "cria/upload/dlpack.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/plan_text.hpp"

#endif  // CRIA_UPLOAD_HPP
