// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_USAGE_HPP
#define CRIA_CLI_USAGE_HPP

#include <string>
#include <string_view>
#include <vector>

// The command line described as data. arguments.cpp writes it down while it tells the parser the same, and
// help pages and completion scripts are made from it: none of the three can know an option that another does not.

namespace cli {

struct option_usage {
    std::string name;                  ///< `--sort`
    std::string letter;                ///< `-o`, or empty
    std::string value;                 ///< `ORDER`, or empty for a flag
    std::string help;
    std::vector<std::string> choices;  ///< the values it takes; none: anything
    bool is_file = false;
};

struct argument_usage {
    std::string name;  ///< as in the usage line: `MODEL`, `[TEXT]`, `[KEY…]`
    std::string help;
    bool is_file = false;
};

struct command_usage {
    std::string name;
    std::string summary;
    std::vector<argument_usage> arguments;
    std::vector<option_usage> options;
    std::string notes;    ///< more to know, as paragraphs; may be empty
    std::string example;  ///< lines to copy
};

/// The option as a line of help begins with it: `-o, --out FILE`.
[[nodiscard]] auto spelling_of(const option_usage& option) -> std::string;

/// The page of `cria --help`: one screen.
[[nodiscard]] auto help_page(const std::vector<command_usage>& commands) -> std::string;

/// The page of `cria COMMAND --help`; it ends with the example.
[[nodiscard]] auto help_page(const command_usage& command) -> std::string;

/// The completion script for `bash`, `zsh` or `fish`; empty for other shells.
[[nodiscard]] auto completion_script(std::string_view shell, const std::vector<command_usage>& commands) -> std::string;

}  // namespace cli

#endif  // CRIA_CLI_USAGE_HPP
