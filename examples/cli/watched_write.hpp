// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_WATCHED_WRITE_HPP
#define CRIA_CLI_WATCHED_WRITE_HPP

#include <cstdint>

#include "cria/io/output_file.hpp"
#include "progress.hpp"
#include "streams.hpp"

// Writing models, which takes minutes: a progress line while it lasts, and Ctrl-C that leaves nothing half written.

namespace cli {

/// Hand options() to whatever writes; one file after the other, if there are several.
class watched_write {
public:
    /// About `total_bytes` bytes are going to be written.
    explicit watched_write(std::uint64_t total_bytes) : shown_(total_bytes) {}

    /// Borrows: this object.
    [[nodiscard]] auto options(bool replace) -> cria::io::output_options { return {.replace = replace, .watch = look, .watcher = this}; }

private:
    static auto look(void* self, std::uint64_t written_bytes) -> cria::result<void> {
        auto& me = *static_cast<watched_write*>(self);
        if (interrupted()) return cria::error{cria::errc::io_error, "output"}.because("was interrupted");
        if (written_bytes < me.current_) me.finished_ += me.current_;  // the next file has begun
        me.current_ = written_bytes;
        me.shown_.at(me.finished_ + me.current_);
        return {};
    }

    interruptible asking_;
    progress shown_;
    std::uint64_t finished_ = 0;  // bytes of files that are done
    std::uint64_t current_ = 0;   // of the one that is being written
};

}  // namespace cli

#endif  // CRIA_CLI_WATCHED_WRITE_HPP
