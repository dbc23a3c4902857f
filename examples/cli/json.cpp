// SPDX-License-Identifier: MIT
#include "json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>  // strtod

#include "cria/utf8/decoder.hpp"

namespace cli {

auto json_text(std::string_view bytes) -> std::string {
    std::string text;
    text.reserve(bytes.size());
    const auto append = [&](std::string_view piece) { text += piece; };
    cria::utf8::decoder decoder;
    decoder.push(bytes, append);
    decoder.finish(append);
    return text;
}

auto json_number(double number) -> json {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    return number;
}

auto json_number(float number) -> json {
    if (!std::isfinite(number)) return json_number(static_cast<double>(number));
    return std::strtod(fmt::format("{}", number).c_str(), nullptr);
}

auto to_text(const json& document) -> std::string {
    return document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

void append_json_string(std::string& out, std::string_view bytes) {
    out += json(json_text(bytes)).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace cli
