// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_PRODUCTS_RUN_HPP
#define CRIA_CLI_PRODUCTS_RUN_HPP

#include <memory>
#include <utility>

#include "cria/base/result.hpp"
#include "cria/llama/device_model.hpp"
#include "cria/upload/runtime.hpp"
#include "device_products.hpp"
#include "engine/device_products.hpp"
#include "streams.hpp"
#include "upload_run.hpp"

// Weights on their way to where they are multiplied, as a command brings them there: watched by a progress line, ended by
// Ctrl-C. A template, as upload_run.hpp is.

namespace cli {

/// Fails: as engine::device_products::make.
template <cria::upload::runtime R, cria::llama::converter_for<R> C, engine::multiplier_for<R> M>
[[nodiscard]] auto keep_on_device(R& runtime, C& converter, M multiplier, const products_request& asked) -> cria::result<std::unique_ptr<engine::device_products<R, M>>> {
    upload_watch watch;
    if (interrupted()) return cria::error{cria::errc::cancelled, "upload"};
    return engine::device_products<R, M>::make(asked.model, runtime, converter, std::move(multiplier), {.device = asked.device, .weights = asked.weights, .on_progress = watch});
}

}  // namespace cli

#endif  // CRIA_CLI_PRODUCTS_RUN_HPP
