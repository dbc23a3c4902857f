// SPDX-License-Identifier: MIT
#ifndef CRIA_BENCH_DEVICE_BENCH_HPP
#define CRIA_BENCH_DEVICE_BENCH_HPP

#include <chrono>
#include <string>
#include <type_traits>
#include <utility>

#include "cria/gpu/cuda_runtime.hpp"

// What programs that measure devices have in common: where something fails, they end.

/// Says why, in the program's own form, and ends it. Each program defines it.
[[noreturn]] void die(const std::string& why);

template <class T>
auto need(cria::result<T>&& made) -> T {
    if (!made) die(made.error().message());
    if constexpr (!std::is_void_v<T>) return *std::move(made);
}
inline void cuda(cudaError_t answer) {
    if (answer != cudaSuccess) die(cudaGetErrorString(answer));
}
/// Seconds, of a clock that only goes forward.
inline auto now() -> double { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

#endif  // CRIA_BENCH_DEVICE_BENCH_HPP
