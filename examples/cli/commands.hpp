// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_COMMANDS_HPP
#define CRIA_CLI_COMMANDS_HPP

#include "cria/base/result.hpp"
#include "failure.hpp"
#include "options.hpp"
#include "streams.hpp"

// One function a command: options in, results to `out`, notes to standard error. Each is in the file of its name.
// An error that comes back has not been shown yet.

namespace cli {

[[nodiscard]] auto run(const info_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const metadata_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const tensors_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const tokenize_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const detokenize_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const dequantize_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const perplexity_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const logits_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const bench_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const upload_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const edit_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const split_options& options, output& out) -> cria::result<void>;
[[nodiscard]] auto run(const merge_options& options, output& out) -> cria::result<void>;
// These answer by their status as well: status_input where something is wrong, not the same, or does not fit.
[[nodiscard]] auto run(const check_options& options, output& out) -> cria::result<status>;
[[nodiscard]] auto run(const diff_options& options, output& out) -> cria::result<status>;
[[nodiscard]] auto run(const fit_options& options, output& out) -> cria::result<status>;
/// status_interrupted where Ctrl-C ended the text.
[[nodiscard]] auto run(const generate_options& options, output& out) -> cria::result<status>;

}  // namespace cli

#endif  // CRIA_CLI_COMMANDS_HPP
