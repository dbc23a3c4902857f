// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include <fmt/format.h>

#include <string>

#include "streams.hpp"
#include "text.hpp"

namespace cli {

progress::progress(std::uint64_t total_bytes) : total_(total_bytes), seen_(errors_are_seen()) {}

void progress::look(std::uint64_t done_bytes) {
    using namespace std::chrono_literals;
    constexpr std::uint64_t step = 1U << 16U;
    next_ = done_bytes + step;
    const auto now = clock::now();
    if (now - started_ < 1s || now - drawn_ < 200ms) return;
    drawn_ = now;
    is_drawn_ = true;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double rate = static_cast<double>(done_bytes) / seconds;
    std::string line = fmt::format("cria: {} ", human_bytes(done_bytes));
    if (total_ > done_bytes) line += fmt::format("of {} ", human_bytes(total_));
    line += fmt::format("({}/s)", human_bytes(static_cast<std::uint64_t>(rate)));
    if (total_ > done_bytes && rate > 0) line += fmt::format(", {:.0f} s left", static_cast<double>(total_ - done_bytes) / rate);
    draw_progress(line);
}

void progress::finish() {
    if (is_drawn_) draw_progress("");
    is_drawn_ = false;
}

}  // namespace cli
