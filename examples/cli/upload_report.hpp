// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_UPLOAD_REPORT_HPP
#define CRIA_CLI_UPLOAD_REPORT_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cria/upload/options.hpp"
#include "cria/upload/report.hpp"
#include "device.hpp"
#include "json.hpp"
#include "weights_plan.hpp"

// What an upload was, for people and for programs: of values alone, whatever made them.

namespace cli {

/// Of one upload. Borrows.
struct upload_facts {
    std::string model;                           ///< the path
    const placed_weights& weights;
    const cria::upload::report& report;
    std::span<const known_device> devices;       ///< one a device of the plan
    std::span<const double> links;               ///< bytes that each one's link moves in a second; 0 where that was not measured
    std::optional<double> cached_share;          ///< of the files, in the page cache beforehand; nothing where the system does not tell
};

/// Lines of a label, which may be empty, and a text.
[[nodiscard]] auto lines_of(const upload_facts& of) -> std::vector<std::pair<std::string, std::string>>;
/// The document of `cria upload --json`.
[[nodiscard]] auto json_of(const upload_facts& of) -> json;

/// A way by the name that --source gives it: `mmap`.
[[nodiscard]] auto name_of(cria::upload::source_mode how) -> const char*;
/// By the name that --verify gives it.
[[nodiscard]] auto name_of(cria::upload::verification level) -> const char*;

}  // namespace cli

#endif  // CRIA_CLI_UPLOAD_REPORT_HPP
