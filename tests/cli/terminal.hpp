// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_CLI_TERMINAL_HPP
#define CRIA_TESTS_CLI_TERMINAL_HPP

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"

// What only a running program can be asked: how it talks to a terminal, and how it answers while its input
// is still open.

namespace cria_test {

/// Whether there are pseudo-terminals to run a program on: a bare container may have no /dev/pts.
inline auto has_terminals() -> bool {
    const int opened = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (opened >= 0) ::close(opened);
    return opened >= 0;
}

/// A program with a pipe into it and a pipe (or pseudo-terminals) out of it.
class running_program {
public:
    enum class streams { pipes, terminal };

    running_program(std::vector<std::string> words, streams out_and_err, const std::vector<std::string>& extra = {}) {
        int into[2] = {-1, -1};
        int out_of[2] = {-1, -1};
        if (::pipe(into) != 0) return;
        if (out_and_err == streams::terminal) {
            out_of[0] = ::posix_openpt(O_RDWR | O_NOCTTY);
            if (out_of[0] < 0 || ::grantpt(out_of[0]) != 0 || ::unlockpt(out_of[0]) != 0) return;
            out_of[1] = ::open(::ptsname(out_of[0]), O_RDWR | O_NOCTTY);
        } else if (::pipe(out_of) != 0) {
            return;
        }
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(into[0], 0);
            ::dup2(out_of[1], 1);
            ::dup2(out_of[1], 2);
            for (const int each : {into[0], into[1], out_of[0], out_of[1]}) ::close(each);
            for (const std::string& each : extra) ::putenv(const_cast<char*>(each.c_str()));
            std::vector<char*> arguments;
            for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
            arguments.push_back(nullptr);
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(into[0]);
        ::close(out_of[1]);
        input_ = into[1];
        output_ = out_of[0];
    }
    running_program(const running_program&) = delete;
    auto operator=(const running_program&) -> running_program& = delete;
    ~running_program() {
        close_input();
        if (output_ >= 0) ::close(output_);
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            wait();
        }
    }

    [[nodiscard]] auto started() const -> bool { return child_ > 0; }

    void write(std::string_view text) const {
        while (!text.empty()) {
            const auto written = ::write(input_, text.data(), text.size());
            if (written <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void close_input() {
        if (input_ >= 0) ::close(input_);
        input_ = -1;
    }

    /// What it says until `end` has been said, it falls silent for good, or ten seconds have passed.
    [[nodiscard]] auto read_until(std::string_view end) const -> std::string {
        std::string said;
        while (end.empty() || !contains(said, end)) {
            pollfd waiting = {output_, POLLIN, 0};
            if (::poll(&waiting, 1, 10000) <= 0) break;
            char piece[4096];
            const auto got = ::read(output_, piece, sizeof piece);  // a terminal that has been hung up is an error
            if (got <= 0) break;
            said.append(piece, static_cast<std::size_t>(got));
        }
        return said;
    }
    [[nodiscard]] auto read_all() const -> std::string { return read_until(""); }

    void interrupt() const { ::kill(child_, SIGINT); }

    /// Its exit status, once it has ended.
    auto wait() -> int {
        int waited = 0;
        ::waitpid(child_, &waited, 0);
        child_ = -1;
        return status_of(waited);
    }

private:
    pid_t child_ = -1;
    int input_ = -1;
    int output_ = -1;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_CLI_TERMINAL_HPP
