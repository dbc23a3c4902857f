// SPDX-License-Identifier: MIT
#include "../../examples/cli/parallel.hpp"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#include "support/catch.hpp"

namespace {

/// How many allocations of this thread are still granted; below zero all of them are.
thread_local int n_granted = -1;

}  // namespace

// For the whole program; not inlined, since GCC then takes the malloc inside for a mismatch. Arrays come through these, too.
[[gnu::noinline]] auto operator new(std::size_t size) -> void* {
    if (n_granted == 0) throw std::bad_alloc();
    if (n_granted > 0) --n_granted;
    if (void* const made = std::malloc(size == 0 ? 1 : size)) return made;
    throw std::bad_alloc();
}
[[gnu::noinline]] auto operator new(std::size_t size, const std::nothrow_t&) noexcept -> void* {
    return n_granted == 0 ? nullptr : std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* gone) noexcept { std::free(gone); }
[[gnu::noinline]] void operator delete(void* gone, std::size_t) noexcept { std::free(gone); }

TEST_CASE("work is done once for each index, also where memory does not suffice for all threads") {
    for (int granted = -1; granted < 8; ++granted) {
        constexpr std::size_t n = 1000;
        std::vector<std::atomic<int>> done(n);
        n_granted = granted;
        cli::for_each_index(n, 4, [&](std::size_t worker, std::size_t i) {
            if (worker < 4) ++done[i];
        });
        n_granted = -1;
        std::size_t n_once = 0;
        for (const auto& times : done) n_once += times == 1 ? 1 : 0;
        CAPTURE(granted);
        CHECK(n_once == n);
    }
}
