// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_ARGUMENTS_HPP
#define CRIA_CLI_ARGUMENTS_HPP

#include <string>
#include <variant>

#include "failure.hpp"
#include "options.hpp"

namespace cli {

/// What a command line comes to: a command to run, a text to print (help, version, completions), or a mistake in it.
using arguments = std::variant<command, std::string, failure>;

[[nodiscard]] auto parse_arguments(int argc, char** argv) -> arguments;

}  // namespace cli

#endif  // CRIA_CLI_ARGUMENTS_HPP
