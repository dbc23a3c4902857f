// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_STREAMS_HPP
#define CRIA_CLI_STREAMS_HPP

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cria/base/result.hpp"
#include "cria/io/mapped_file.hpp"

// The three standard streams, as bytes. Standard output carries results and nothing else; standard error
// carries what is about them: errors, warnings, progress. Everything that differs between operating systems
// (descriptors, terminals, signals) is in streams.cpp.

namespace cli {

/// Makes a closed pipe an ordinary write error, and Ctrl-C an exit with status 130 that leaves no half-drawn
/// progress line. Call once, first.
void take_over_signals();

/// While one of these lives, Ctrl-C does not end the program at once: work asks interrupted() between its steps, and
/// undoes what it has begun. A second Ctrl-C does not wait.
class interruptible {
public:
    interruptible();
    interruptible(const interruptible&) = delete;
    auto operator=(const interruptible&) -> interruptible& = delete;
    ~interruptible();
};

/// Whether Ctrl-C was pressed while somebody was there to ask.
[[nodiscard]] auto interrupted() -> bool;

/// Standard output, buffered. A failed write is remembered and everything after it dropped: a long loop asks
/// broken() now and then, finish() says what it was.
class output {
public:
    output();
    output(const output&) = delete;
    auto operator=(const output&) -> output& = delete;

    void write(std::string_view bytes);
    template <class... Values>
    void print(fmt::format_string<Values...> format, Values&&... values) {
        fmt::format_to(std::back_inserter(pending_), format, std::forward<Values>(values)...);
        if (pending_.size() >= flush_at) flush();
    }
    /// Hands everything written so far to whoever reads.
    void flush();
    [[nodiscard]] auto broken() const -> bool { return broken_; }
    [[nodiscard]] auto is_terminal() const -> bool { return is_terminal_; }
    /// Flushes. A reader that has gone away (`| head -1`) is no error.
    /// Fails: errc::io_error, with the system's reason.
    [[nodiscard]] auto finish() -> cria::result<void>;

    /// `text` in bold, where standard output is a terminal that wants colours.
    [[nodiscard]] auto bold(std::string_view text) const -> std::string;
    [[nodiscard]] auto dim(std::string_view text) const -> std::string;

private:
    static constexpr std::size_t flush_at = std::size_t{1} << 16U;

    void write_now(std::string_view rest);

    std::string pending_;
    std::optional<cria::error> failed_;
    bool broken_ = false;
    bool colours_ = false;
    bool is_terminal_ = false;
};

/// A file, pipe or standard input, read in order.
class input {
public:
    /// The file at `path`; `-` is standard input.
    /// Fails: file_not_found, permission_denied, is_directory, io_error.
    [[nodiscard]] static auto open(const std::string& path) -> cria::result<input>;
    input(input&& other) noexcept;
    input(const input&) = delete;
    auto operator=(const input&) -> input& = delete;
    auto operator=(input&&) -> input& = delete;
    ~input();

    /// The next bytes: as many as there are now, at most `size`; 0 at the end. Waits until there are some.
    [[nodiscard]] auto read(char* into, std::size_t size) -> cria::result<std::size_t>;
    /// All that is left as a mapping, which is then behind us; nothing where this is no regular file, has nothing left, or cannot be mapped.
    [[nodiscard]] auto map() -> std::optional<cria::io::mapped_file>;
    /// What errors call it.
    [[nodiscard]] auto name() const -> const std::string& { return name_; }
    /// Bytes left, where that can be known (a regular file); 0 otherwise.
    [[nodiscard]] auto expected_bytes() const -> std::uint64_t { return expected_bytes_; }

private:
    input(int descriptor, std::string name);

    int descriptor_;
    std::string name_;
    std::uint64_t expected_bytes_ = 0;
};

/// One line to standard error, in one write: `cria: error: …` (or `warning`, `note`).
void say(std::string_view kind, std::string_view text);

/// Whether standard error is a terminal.
[[nodiscard]] auto errors_are_seen() -> bool;

/// Draws `text` over the progress line on standard error; empty text takes the line away.
void draw_progress(std::string_view text);

}  // namespace cli

#endif  // CRIA_CLI_STREAMS_HPP
