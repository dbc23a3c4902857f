// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_GLOB_HPP
#define CRIA_CLI_GLOB_HPP

#include <string_view>

namespace cli {

/// Whether all of `text` matches `pattern`, where `*` is any bytes, `?` any one byte, `[a-z]` and `[!a-z]`
/// one byte of (or outside) a set, and every other byte itself. A `[` that is never closed is itself.
/// Cost: O(pattern * text) at worst, no recursion: a star never has to be reconsidered once a later one has matched.
[[nodiscard]] auto glob_matches(std::string_view pattern, std::string_view text) -> bool;

}  // namespace cli

#endif  // CRIA_CLI_GLOB_HPP
