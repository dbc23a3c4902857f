// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_THREADS_HPP
#define CRIA_ENGINE_THREADS_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>  // addressof
#include <thread>
#include <type_traits>
#include <vector>

// Threads that wait for work together. A token takes some two hundred dispatches of a few microseconds to milliseconds, so
// a worker first spins for about as long as the gap between two of them, and only then sleeps.
//
// Work is cut into parts, a few for each thread, and whoever is there takes the next: a worker that is late, since the
// machine has other things to do, is not waited for. All that is promised is that every part is worked on once. Which
// thread does it is not, so results must not depend on it.

namespace engine {

/// This thread and workers beside it.
/// Threads: one at a time may call each().
class team {
public:
    /// At most `n_threads` threads, of which the caller of each() is one; 0 counts as 1. Threads that the system does not
    /// give are done without.
    explicit team(unsigned n_threads);
    team(const team&) = delete;
    auto operator=(const team&) -> team& = delete;
    ~team();

    /// Threads that there are, the caller of each() among them.
    [[nodiscard]] auto size() const noexcept -> unsigned { return static_cast<unsigned>(workers_.size()) + 1; }

    /// Calls `f(begin, end)`, or `f(thread, begin, end)` with thread < size(), for contiguous ranges that together are
    /// [0, n), and returns when all calls have. No two calls with the same `thread` run at once.
    /// `f` must not throw, nor call each() of this team.
    template <class F>
    void each(std::size_t n, F&& f);

private:
    using function = void (*)(void* context, unsigned thread, std::size_t begin, std::size_t end);

    void run(std::size_t n, function call, void* context);
    void work(unsigned thread) noexcept;
    void serve(unsigned thread) noexcept;

    // What is to be done. Written while no part is open, read by those who have taken one.
    function call_ = nullptr;
    void* context_ = nullptr;
    std::size_t n_ = 0;
    std::uint32_t n_parts_ = 0;

    std::atomic<std::uint32_t> open_{0};        // parts that nobody has taken
    std::atomic<std::uint32_t> unfinished_{0};  // parts that are not done
    std::atomic<std::uint32_t> round_{0};       // counts dispatches: what sleeping workers watch
    std::atomic<bool> is_over_{false};
    unsigned n_spins_ = 0;
    std::vector<std::thread> workers_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

template <class F>
void team::each(std::size_t n, F&& f) {
    using plain = std::remove_reference_t<F>;
    const auto call = [](void* context, [[maybe_unused]] unsigned thread, std::size_t begin, std::size_t end) {
        plain& own = *static_cast<plain*>(context);
        if constexpr (std::is_invocable_v<plain&, unsigned, std::size_t, std::size_t>) own(thread, begin, end);
        else own(begin, end);
    };
    run(n, call, const_cast<void*>(static_cast<const void*>(std::addressof(f))));
}

}  // namespace engine

#endif  // CRIA_ENGINE_THREADS_HPP
