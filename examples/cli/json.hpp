// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_JSON_HPP
#define CRIA_CLI_JSON_HPP

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

// JSON as this program writes it: keys in the order they were set, numbers exact, text always Unicode.

namespace cli {

using json = nlohmann::ordered_json;

/// Text from a file as JSON can hold it: U+FFFD for each maximal subpart that is not UTF-8.
[[nodiscard]] auto json_text(std::string_view bytes) -> std::string;

/// A number as JSON can hold it: NaN and the infinities, which JSON has no numbers for, become the strings
/// "NaN", "Infinity" and "-Infinity".
[[nodiscard]] auto json_number(double number) -> json;
/// The same for a float: the shortest decimal that reads back as it (1e-05, not 9.999999747378752e-06).
[[nodiscard]] auto json_number(float number) -> json;

/// The document on one line, with its newline.
[[nodiscard]] auto to_text(const json& document) -> std::string;

/// The string as one JSON token, quotes included.
void append_json_string(std::string& out, std::string_view bytes);

}  // namespace cli

#endif  // CRIA_CLI_JSON_HPP
