// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_PARALLEL_HPP
#define CRIA_CLI_PARALLEL_HPP

#include <algorithm>  // min
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <thread>
#include <vector>

#include "progress.hpp"

// Work on many things at once, by threads that end with it.

namespace cli {

/// Calls `work(worker, i)` once for each i below `n`, in up to `n_workers` threads of which this one is the first.
/// Threads that the system or its memory does not give are done without. `work` must not throw.
template <class Work>
void for_each_index(std::size_t n, std::size_t n_workers, Work&& work) {
    std::atomic<std::size_t> next = 0;
    const auto run = [&](std::size_t worker) {
        for (std::size_t i = next++; i < n; i = next++) work(worker, i);
    };
    std::vector<std::thread> others;
    try {
        others.reserve(std::min(n, n_workers));
        while (others.size() + 1 < std::min(n, n_workers)) others.emplace_back(run, others.size() + 1);
    } catch (const std::exception&) {  // too many threads or no memory for them: those that there are will do
    }
    run(0);
    for (std::thread& other : others) other.join();
}

/// As many workers as this machine has use for.
[[nodiscard]] inline auto useful_workers() -> std::size_t {
    constexpr std::size_t most = 64;
    return std::min<std::size_t>(most, std::max(1U, std::thread::hardware_concurrency()));
}

/// Work of several threads on one progress line, which only the first of them draws.
class shared_progress {
public:
    explicit shared_progress(std::uint64_t total_bytes) : shown_(total_bytes) {}

    /// `worker` has done this many more bytes.
    void advance(std::size_t worker, std::uint64_t more_bytes) {
        const std::uint64_t done = done_ += more_bytes;
        if (worker == 0) shown_.at(done);
    }

private:
    std::atomic<std::uint64_t> done_ = 0;
    progress shown_;
};

}  // namespace cli

#endif  // CRIA_CLI_PARALLEL_HPP
