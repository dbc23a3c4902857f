// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_TYPED_VALUE_HPP
#define CRIA_CLI_TYPED_VALUE_HPP

#include <string_view>

#include "cria/gguf/encoded_value.hpp"

// Metadata values as they are written on a command line. Nothing is guessed: the type is stated, and a number that
// it cannot hold exactly as an integer, or at all, is an error.

namespace cli {

/// `KEY=TYPE:VALUE`, taken apart. Borrows.
struct assignment {
    std::string_view key;
    std::string_view type;  ///< `u32`, `string[]`
    std::string_view value;
};

/// Fails: errc::invalid_argument.
[[nodiscard]] auto parse_assignment(std::string_view text) -> cria::result<assignment>;

/// The value: a number, `true` or `false`, a text as it stands; or for a type with `[]` a JSON array, of arrays with `[][]`.
/// Fails: errc::invalid_argument, naming the key.
[[nodiscard]] auto encode(const assignment& from) -> cria::result<cria::gguf::encoded_value>;

}  // namespace cli

#endif  // CRIA_CLI_TYPED_VALUE_HPP
