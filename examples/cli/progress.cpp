// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include <fmt/format.h>

#include <string>

#include "streams.hpp"
#include "text.hpp"

namespace cli {

progress::progress(std::uint64_t total, std::string_view unit) : total_(total), seen_(errors_are_seen()), unit_(unit) {}

void progress::look(std::uint64_t done_bytes) {
    using namespace std::chrono_literals;
    constexpr std::uint64_t step = 1U << 16U;
    next_ = done_bytes + (unit_.empty() ? step : 1);
    const auto now = clock::now();
    if (now - started_ < 1s || now - drawn_ < 200ms) return;
    drawn_ = now;
    is_drawn_ = true;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double rate = static_cast<double>(done_bytes) / seconds;
    const auto amount = [&](std::uint64_t n) { return unit_.empty() ? human_bytes(n) : grouped(n); };
    std::string line = fmt::format("cria: {} ", amount(done_bytes));
    if (total_ > done_bytes) line += fmt::format("of {} ", amount(total_));
    if (!unit_.empty()) line += fmt::format("{} ", unit_);
    line += fmt::format("({}/s)", amount(static_cast<std::uint64_t>(rate)));
    if (!more_.empty()) line += ", " + more_;
    if (total_ > done_bytes && rate > 0) line += fmt::format(", {:.0f} s left", static_cast<double>(total_ - done_bytes) / rate);
    draw_progress(line);
}

void progress::finish() {
    if (is_drawn_) draw_progress("");
    is_drawn_ = false;
}

}  // namespace cli
