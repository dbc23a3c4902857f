// SPDX-License-Identifier: MIT
#include "engine/threads.hpp"

#include <algorithm>  // min, max
#include <exception>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>  // _mm_pause
#endif

namespace engine {

namespace {

/// Tells the processor that this thread waits for another.
void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    _mm_pause();
#elif defined(__aarch64__) && defined(__GNUC__)
    asm volatile("yield");
#endif
}

/// Parts for each thread: a thread that is late by a quarter of its work costs nothing, and taking a part is one exchange.
constexpr std::size_t parts_per_thread = 4;

/// Some 20 µs: longer than what an engine does between two dispatches.
constexpr unsigned most_spins = 1500;

}  // namespace

team::team(unsigned n_threads) {
    // Where threads share a core, one that spins keeps another from working.
    n_spins_ = n_threads <= std::thread::hardware_concurrency() ? most_spins : 0;
    try {
        workers_.reserve(std::max(n_threads, 1U) - 1);
        while (workers_.size() + 1 < n_threads) {
            const auto thread = static_cast<unsigned>(workers_.size()) + 1;
            workers_.emplace_back([this, thread] { work(thread); });
        }
    } catch (const std::exception&) {  // too many threads or no memory for them: those that there are will do
    }
}

team::~team() {
    is_over_ = true;
    ++round_;
    round_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

void team::run(std::size_t n, function call, void* context) {
    const std::size_t n_parts = size() == 1 ? std::min<std::size_t>(n, 1) : std::min(n, size() * parts_per_thread);
    if (n_parts <= 1) {
        if (n_parts == 1) call(context, 0, 0, n);
        return;
    }
    call_ = call;
    context_ = context;
    n_ = n;
    n_parts_ = static_cast<std::uint32_t>(n_parts);
    unfinished_.store(n_parts_, std::memory_order_relaxed);
    open_.store(n_parts_, std::memory_order_release);  // whoever takes a part sees all of the above
    ++round_;
    round_.notify_all();
    serve(0);
    for (unsigned spins = 0; spins < n_spins_ && unfinished_.load(std::memory_order_relaxed) != 0; ++spins) pause();
    while (const std::uint32_t left = unfinished_.load(std::memory_order_acquire)) unfinished_.wait(left);
}

/// Takes parts as long as there are any. A thread that looked at one dispatch's parts, and comes to take one when the next
/// is on, takes one of the next: `open_` is all that it goes by, and what the work is it reads afterwards.
void team::serve(unsigned thread) noexcept {
    std::uint32_t open = open_.load(std::memory_order_relaxed);
    while (open != 0) {
        if (!open_.compare_exchange_weak(open, open - 1, std::memory_order_acquire, std::memory_order_relaxed)) continue;
        const std::size_t part = n_parts_ - open, each = n_ / n_parts_, more = n_ % n_parts_;
        const std::size_t begin = part * each + std::min(part, more);
        call_(context_, thread, begin, begin + each + (part < more ? 1 : 0));
        if (--unfinished_ == 0) unfinished_.notify_one();
        open = open_.load(std::memory_order_relaxed);
    }
}

void team::work(unsigned thread) noexcept {
    for (;;) {
        // Looked at before the parts are: a dispatch that comes in between changes it, and there is no sleep.
        const std::uint32_t round = round_;
        serve(thread);
        if (is_over_) return;
        for (unsigned spins = 0; spins < n_spins_ && round_.load(std::memory_order_relaxed) == round; ++spins) pause();
        round_.wait(round);
    }
}

}  // namespace engine
