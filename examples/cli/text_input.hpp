// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_TEXT_INPUT_HPP
#define CRIA_CLI_TEXT_INPUT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/io/mapped_file.hpp"
#include "streams.hpp"

// Input in the two shapes commands want it: all of it, or line by line. Texts are bytes; nothing is added,
// stripped or translated. Memory that a large input needs may be refused, and that is errc::out_of_memory.

namespace cli {

/// Everything that is left of `from`.
[[nodiscard]] auto read_all(input& from) -> cria::result<cria::buffer<char>>;
/// Everything in the file at `path`; `-` is standard input.
/// Fails: also as input::open.
[[nodiscard]] auto read_all(const std::string& path) -> cria::result<cria::buffer<char>>;

/// A text of which all is wanted: a large file's is mapped, everything else read. (A mapped file that somebody else makes shorter ends the program.)
class whole_text {
public:
    /// Everything that is left of `from`.
    [[nodiscard]] static auto open(input& from) -> cria::result<whole_text>;
    [[nodiscard]] auto view() const& -> std::string_view;
    auto view() && -> std::string_view = delete;

private:
    std::optional<cria::io::mapped_file> mapped_;
    cria::buffer<char> own_;
};

/// The lines of an input, as they come.
///
/// Before it waits for more input it flushes `out`: whoever feeds lines one by one gets answers one by one.
class lines {
public:
    lines(input& from, output& out) : from_(from), out_(out) {}

    /// The next line without its newline into `line`; false at the end. A last line needs no newline.
    /// Borrows: until the next call.
    [[nodiscard]] auto next(std::string_view& line) -> cria::result<bool>;
    /// Whether next() would give a line without waiting for input.
    [[nodiscard]] auto has_line() -> bool;
    /// The number of the line that next() gave, from 1 on.
    [[nodiscard]] auto number() const -> std::uint64_t { return number_; }
    /// Where that line starts in the input.
    [[nodiscard]] auto offset_bytes() const -> std::uint64_t { return line_offset_; }

private:
    input& from_;
    output& out_;
    cria::buffer<char> bytes_;
    std::size_t begin_ = 0;    // of the next line in bytes_
    std::size_t scanned_ = 0;  // bytes_ holds no newline between begin_ and here
    std::uint64_t number_ = 0;
    std::uint64_t line_offset_ = 0;
    std::uint64_t next_offset_ = 0;
    bool at_end_ = false;
};

}  // namespace cli

#endif  // CRIA_CLI_TEXT_INPUT_HPP
