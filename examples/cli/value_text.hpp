// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_VALUE_TEXT_HPP
#define CRIA_CLI_VALUE_TEXT_HPP

#include <string>

#include "cria/gguf/value.hpp"
#include "json.hpp"

// A metadata value as a person reads it and as a program does. Vocabularies have a hundred thousand elements, so
// both are cut unless everything is asked for.

namespace cli {

/// `u32`, `string[2560]`, `array[3]` for an array of arrays.
[[nodiscard]] auto type_text(const cria::gguf::value& value) -> std::string;

/// The value on one line; unless `full`, long strings and arrays say how much is left out.
[[nodiscard]] auto value_text(const cria::gguf::value& value, bool full) -> std::string;

/// Appends `type` (for arrays also `element_type` and `count`), `offset`, `elided` and `value`. Strings are whole;
/// unless `full`, arrays have their first 16 elements at each level, and `elided` says whether that left any out.
void append_value(json& out, const cria::gguf::value& value, bool full);

}  // namespace cli

#endif  // CRIA_CLI_VALUE_TEXT_HPP
