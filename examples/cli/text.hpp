// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_TEXT_HPP
#define CRIA_CLI_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Words and numbers for people. Names and values come from files that anybody may have written: whatever
// would move the cursor, change colours or reorder a line is shown as an escape.

namespace cli {

/// `bytes` with everything that is not printable text as \xNN: one line, whatever it holds.
[[nodiscard]] auto printable(std::string_view bytes) -> std::string;

/// `bytes` so that they can be told apart exactly: as printable(), with \n, \t, \r and \\ by name.
[[nodiscard]] auto escaped(std::string_view bytes) -> std::string;

/// escaped() in double quotes, with \" for those inside. Beyond `limit_bytes` of the original it is cut before a character, and says so: `"Once" … (812 bytes)`.
[[nodiscard]] auto quoted(std::string_view bytes, std::size_t limit_bytes = static_cast<std::size_t>(-1)) -> std::string;

/// printable(), cut before a character where the original has more than `limit_bytes`, with `…` for the rest.
[[nodiscard]] auto shortened(std::string_view bytes, std::size_t limit_bytes) -> std::string;

/// A path without its folder, as printable text.
[[nodiscard]] auto file_name_of(std::string_view path) -> std::string;

/// `1 head`, `4 heads`
[[nodiscard]] auto counted(std::uint64_t count, std::string_view what) -> std::string;

/// Columns of a terminal that `text` takes, counting one for each character.
[[nodiscard]] auto width_of(std::string_view text) -> std::size_t;

/// `text` with spaces up to `width`; longer text stays as it is.
[[nodiscard]] auto padded(std::string_view text, std::size_t width) -> std::string;

/// `words` with `between` between them.
[[nodiscard]] auto joined(const std::vector<std::string>& words, std::string_view between) -> std::string;

/// `1,234,567`
[[nodiscard]] auto grouped(std::uint64_t number) -> std::string;

/// `1.35 GiB`; bytes below 1 KiB as they are: `812 bytes`.
[[nodiscard]] auto human_bytes(std::uint64_t bytes) -> std::string;

/// The other way round: `2GiB`, `500 MB`, `812`. KiB, MiB, GiB and TiB are powers of 1024, KB, MB, GB and TB of 1000.
[[nodiscard]] auto bytes_in(std::string_view text) -> std::optional<std::uint64_t>;

/// `8.03 B`, `260 K`: a count of parameters.
[[nodiscard]] auto human_count(std::uint64_t count) -> std::string;

}  // namespace cli

#endif  // CRIA_CLI_TEXT_HPP
