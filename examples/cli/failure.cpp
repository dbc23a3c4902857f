// SPDX-License-Identifier: MIT
#include "failure.hpp"

#include <utility>

#include "json.hpp"
#include "text.hpp"

namespace cli {

auto status_of(cria::errc code) -> int {
    switch (code) {
        case cria::errc::invalid_argument: return status_usage;
        case cria::errc::out_of_memory:
        case cria::errc::io_error: return status_environment;
        default: return status_input;
    }
}

auto failure_of(const cria::error& why) -> failure {
    failure made{status_of(why.code), cria::name_of(why.code), std::nullopt, printable(why.subject.view()), why.message()};
    if (why.offset != cria::error::no_offset) made.offset = why.offset;
    return made;
}

auto usage_failure(std::string_view subject, std::string_view sentence) -> failure {
    std::string about = printable(subject);
    std::string message = about + ": " + printable(sentence);
    return {status_usage, cria::name_of(cria::errc::invalid_argument), std::nullopt, std::move(about), std::move(message)};
}

auto json_document(const failure& why) -> std::string {
    json error;
    error["code"] = why.code;
    error["offset"] = why.offset ? json(*why.offset) : json();
    error["subject"] = json_text(why.subject);
    error["message"] = json_text(why.message);
    json document;
    document["error"] = std::move(error);
    return to_text(document);
}

}  // namespace cli
