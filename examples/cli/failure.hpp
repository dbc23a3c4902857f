// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_FAILURE_HPP
#define CRIA_CLI_FAILURE_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cria/base/error.hpp"

// Why the program ends with another status than 0, in the form that both readers get it: a person as one
// line on standard error, a program as a JSON document. Commands speak the library's cria::error; only the
// arguments, whose complaints are of any length, make failures of their own.

namespace cli {

/// What the exit status says.
enum status : int {
    status_done = 0,
    status_input = 1,        ///< the input is at fault: file rejected, text invalid
    status_usage = 2,        ///< the command line is at fault
    status_environment = 3,  ///< the machine is at fault: out of memory, no device, cannot write
    status_interrupted = 130,
};

/// One error, ready to be shown.
struct failure {
    int status = status_input;
    std::string code;                     ///< cria::errc's name
    std::optional<std::uint64_t> offset;  ///< byte offset in the input
    std::string subject;                  ///< what the sentence is about
    std::string message;                  ///< subject and sentence, one line
};

/// The exit status for an error of this kind.
[[nodiscard]] auto status_of(cria::errc code) -> int;

/// An error of what was being written. That a file to be read is not there is the input's fault; of a file to be
/// written it is the machine that cannot.
[[nodiscard]] auto about_output(const cria::error& why) -> cria::error;

/// An error of what the machine was asked to do in one certain way. That a file has a feature which is not supported is
/// the input's fault; here it is the machine that does not have it.
[[nodiscard]] auto about_machine(const cria::error& why) -> cria::error;

/// A library error as a failure.
[[nodiscard]] auto failure_of(const cria::error& why) -> failure;

/// A complaint about the command line, with any bytes in it made printable.
[[nodiscard]] auto usage_failure(std::string_view subject, std::string_view sentence) -> failure;

/// The document that goes to standard output under --json.
[[nodiscard]] auto json_document(const failure& why) -> std::string;

}  // namespace cli

#endif  // CRIA_CLI_FAILURE_HPP
