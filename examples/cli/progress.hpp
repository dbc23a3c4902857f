// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_PROGRESS_HPP
#define CRIA_CLI_PROGRESS_HPP

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>  // move

// A line for people who wait: how far, how fast, how long still. It appears after the first second, on
// standard error, and only if that is a terminal; it is gone when the work is.

namespace cli {

class progress {
public:
    /// Work on `total_bytes` bytes; 0 where nobody knows how many there will be.
    explicit progress(std::uint64_t total_bytes) : progress(total_bytes, "") {}
    /// Work on so many things of another kind: `tokens`.
    progress(std::uint64_t total, std::string_view unit);
    progress(const progress&) = delete;
    auto operator=(const progress&) -> progress& = delete;
    ~progress() { finish(); }

    /// `done_bytes` of them are done. Cheap: of bytes, looks at the clock once every 64 KiB.
    void at(std::uint64_t done_bytes) {
        done_ = done_bytes;
        if (seen_ && done_bytes >= next_) look(done_bytes);
    }
    /// This many more of them are done.
    void advance(std::uint64_t more_bytes) { at(done_ + more_bytes); }
    /// What the line says beside that, from the next time it is drawn on.
    void tell(std::string more) { more_ = std::move(more); }
    /// Takes the line away.
    void finish();

private:
    using clock = std::chrono::steady_clock;
    void look(std::uint64_t done_bytes);

    std::uint64_t total_;
    std::uint64_t done_ = 0;
    std::uint64_t next_ = 0;
    clock::time_point started_ = clock::now();
    clock::time_point drawn_ = started_;
    bool seen_;
    bool is_drawn_ = false;
    std::string_view unit_;  // empty: bytes
    std::string more_;
};

}  // namespace cli

#endif  // CRIA_CLI_PROGRESS_HPP
