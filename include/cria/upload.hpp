// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_HPP
#define CRIA_UPLOAD_HPP

// Weights to devices: make_plan() says what goes where, to_text() says it to people, execute() does it.

#include "cria/upload/broadcasting.hpp"
#include "cria/upload/choose.hpp"
#include "cria/upload/digest.hpp"
#include "cria/upload/digest_pass.hpp"
#include "cria/upload/direct.hpp"
#include "cria/upload/dlpack.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/job.hpp"
#include "cria/upload/lane.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/plan_json.hpp"
#include "cria/upload/plan_text.hpp"
#include "cria/upload/report.hpp"
#include "cria/upload/resident.hpp"
#include "cria/upload/runtime.hpp"
#include "cria/upload/staging.hpp"
#include "cria/upload/verify.hpp"
#include "cria/upload/workers.hpp"

#endif  // CRIA_UPLOAD_HPP
