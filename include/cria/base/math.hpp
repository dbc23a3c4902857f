// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_MATH_HPP
#define CRIA_BASE_MATH_HPP

#if !defined(__GNUC__)
#include <cmath>
#endif

// Elementary functions of double and float, as <cmath> has them. That header brings with it the special functions of C++17, some 8,000 lines that whoever
// includes cria would compile, so where a compiler has the functions built in it is not included.

namespace cria::inline v0::detail::math {

#if defined(__GNUC__)
[[nodiscard]] inline auto sqrt(float x) noexcept -> float { return __builtin_sqrtf(x); }
[[nodiscard]] inline auto sqrt(double x) noexcept -> double { return __builtin_sqrt(x); }
[[nodiscard]] inline auto floor(double x) noexcept -> double { return __builtin_floor(x); }
[[nodiscard]] inline auto ceil(double x) noexcept -> double { return __builtin_ceil(x); }
[[nodiscard]] inline auto log(double x) noexcept -> double { return __builtin_log(x); }
[[nodiscard]] inline auto pow(double x, double y) noexcept -> double { return __builtin_pow(x, y); }
[[nodiscard]] inline auto cos(double x) noexcept -> double { return __builtin_cos(x); }
[[nodiscard]] inline auto sin(double x) noexcept -> double { return __builtin_sin(x); }
#else
using std::ceil, std::cos, std::floor, std::log, std::pow, std::sin, std::sqrt;
#endif

}  // namespace cria::inline v0::detail::math

#endif  // CRIA_BASE_MATH_HPP
