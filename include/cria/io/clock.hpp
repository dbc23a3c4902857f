// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_CLOCK_HPP
#define CRIA_IO_CLOCK_HPP

#include "cria/io/system.hpp"

#if !defined(_WIN32)
#include <time.h>  // clock_gettime: <chrono> alone would be a fifth of what cria.hpp costs to include
#endif

namespace cria::inline v0::io {

/// Seconds of a clock that never goes back, from some moment on.
[[nodiscard]] inline auto seconds_now() noexcept -> double {
#if defined(_WIN32)
    LARGE_INTEGER now{}, a_second{};
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&a_second);
    return static_cast<double>(now.QuadPart) / static_cast<double>(a_second.QuadPart);
#else
    timespec now{};
    static_cast<void>(::clock_gettime(CLOCK_MONOTONIC, &now));
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
#endif
}

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_CLOCK_HPP
