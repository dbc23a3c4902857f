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
        case cria::errc::file_exists:  // these two are about what is written
        case cria::errc::disk_full:
        case cria::errc::io_error:
        case cria::errc::no_device:
        case cria::errc::device_error:
        case cria::errc::not_resident:
        case cria::errc::checksum_mismatch: return status_environment;  // bytes that were read well, and did not arrive
        default: return status_input;
    }
}

auto about_output(const cria::error& why) -> cria::error {
    using cria::errc;
    const auto cannot_be_written = [&](const char* sentence) {
        cria::error copy = why.because(why.reason != nullptr ? why.reason : sentence);
        copy.code = errc::io_error;
        return copy;
    };
    switch (why.code) {
        case errc::file_not_found: return cannot_be_written("no such folder");
        case errc::permission_denied: return cannot_be_written("permission denied");
        case errc::is_directory: return cannot_be_written("is a directory");
        case errc::not_a_file: return cannot_be_written("is not a regular file");
        case errc::too_large: return cannot_be_written("is too large to be written");
        default: return why;
    }
}

auto about_machine(const cria::error& why) -> cria::error {
    if (why.code != cria::errc::unsupported_feature) return why;
    cria::error copy = why;
    copy.code = cria::errc::device_error;
    return copy;
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
