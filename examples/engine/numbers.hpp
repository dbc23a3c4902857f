// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_NUMBERS_HPP
#define CRIA_ENGINE_NUMBERS_HPP

#include "engine/lanes.hpp"

#include <bit>  // bit_cast
#include <cstddef>
#include <cstdint>
#include <limits>

// Elementary functions of our own. The C library's differ from system to system in their last bits, which in the end is
// another token; these are sums and products that IEEE 754 fixes, in an order that is written down, and so the same bits
// everywhere. The file is compiled without contraction to fused operations (CMakeLists.txt).
//
// All of them first reduce their argument to a small range, and there take the Taylor series: its terms are known without
// a table, and where it ends the rest is below what a number can hold. The errors given below are in units of the last
// place of the result (ULP), in parentheses the largest that was found; tests/engine/numbers_test.cpp measures them against
// the C library's double and long double.
//
// Functions of float are templates over a vector type beneath (`detail`), so that arrays are computed several numbers at a
// time and get the very bits that the scalar function gives.

namespace engine {

/// eˣ. Below 1 ULP (float 0.90, double 0.94), where the result is subnormal, too. exp(-∞) = 0, overflow is ∞, NaN stays NaN.
[[nodiscard]] inline auto exp(float x) noexcept -> float;
[[nodiscard]] inline auto exp(double x) noexcept -> double;

/// The natural logarithm. Below 1 ULP (0.70). log(0) = -∞, log(∞) = ∞, NaN for numbers below 0.
[[nodiscard]] inline auto log(double x) noexcept -> double;

struct sine_cosine {
    double sin = 0;
    double cos = 0;
};

/// Sine and cosine of an angle of at most 2²⁴ radians, which is more than a position times a frequency of rotary embeddings
/// gets. Absolute error below 2⁻⁵² (1.6 · 2⁻⁵³). Both are NaN for larger angles and NaN.
[[nodiscard]] inline auto sin_cos(double angle) noexcept -> sine_cosine;

/// The hyperbolic tangent. Below 3 ULP (2.3).
[[nodiscard]] inline auto tanh(float x) noexcept -> float;

/// x · σ(x) = x / (1 + e⁻ˣ). Below 3 ULP (2.3). silu(-∞) is NaN, as by the formula.
[[nodiscard]] inline auto silu(float x) noexcept -> float;

/// The tanh form of x · Φ(x): x/2 · (1 + tanh z), z = √(2/π) · (x + 0.044715 x³). Computed as x / (1 + e⁻²ᶻ), which is the
/// same function and cancels nothing. Error below 2⁻²² · |x| (half of that). gelu(-∞) is NaN, as by the formula.
[[nodiscard]] inline auto gelu(float x) noexcept -> float;

// Arrays. Each element gets the bits that the scalar function gives it.

/// out[i] = silu(gate[i]) · up[i]. `out` may be `gate` or `up`.
void silu_times(const float* gate, const float* up, float* out, std::size_t n);

/// out[i] = gelu(gate[i]) · up[i]. `out` may be `gate` or `up`.
void gelu_times(const float* gate, const float* up, float* out, std::size_t n);

/// Scores become probabilities: x[i] ← e^(x[i] - max) / Σ e^(x[j] - max), the sum taken in the sixteen lanes of matmul.hpp.
/// A score of -∞ has probability 0; where a score is NaN or +∞, or all are -∞, all become NaN.
void softmax(float* scores, std::size_t n);

/// Numbers are kept within ±cap: x[i] ← cap · tanh(x[i] / cap). A cap of 0 leaves them as they are.
inline void soft_cap(float* x, float cap, std::size_t n) noexcept;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// 2ⁿ. Precondition: -126 <= n <= 127, as the bits of an int.
template <class F>
[[nodiscard]] CRIA_ENGINE_INLINE auto power_of_two(bits_of<F> n) noexcept -> F {
    return __builtin_bit_cast(F, static_cast<bits_of<F>>((n + 127U) << 23U));
}

/// x = n · ln 2 + r, where |r| <= ln 2 / 2: gives n, as the bits of an int, and eʳ - 1. Precondition: |x| < 2¹⁵.
template <class F>
CRIA_ENGINE_INLINE void reduce(F x, bits_of<F>& n, F& grown) noexcept {
    // Adding 1.5 · 2²³ rounds to whole numbers, and leaves them in the lowest bits.
    const F shifted = x * 0x1.715476p+0F + 12582912.0F;
    n = __builtin_bit_cast(bits_of<F>, shifted) - 0x4B400000U;
    const F whole = shifted - 12582912.0F;
    // ln 2 in two parts: the first has 15 bits, so that n times it is exact.
    const F r = (x - whole * 0x1.62e4p-1F) - whole * 0x1.7f7d1cp-20F;
    F sum = r * (1.0F / 40320) + 1.0F / 5040;
    sum = sum * r + 1.0F / 720;
    sum = sum * r + 1.0F / 120;
    sum = sum * r + 1.0F / 24;
    sum = sum * r + 1.0F / 6;
    sum = sum * r + 0.5F;
    grown = r + r * r * sum;
}

template <class F>
[[nodiscard]] CRIA_ENGINE_INLINE auto exp_of(F x) noexcept -> F {
    // Beyond these lie 0 and ∞. A NaN is neither above nor below, and stays.
    x = x > 89.0F ? all<F>(89.0F) : x;
    x = x < -104.0F ? all<F>(-104.0F) : x;
    bits_of<F> n;
    F grown;
    reduce(x, n, grown);
    // 2ⁿ in two factors: the result may be subnormal, or above what one power of two reaches. Shifted while positive.
    const bits_of<F> half = ((n + 300U) >> 1U) - 150U;
    return (grown + 1.0F) * power_of_two<F>(half) * power_of_two<F>(n - half);
}

/// By u = e^(2|x|) - 1: tanh |x| = u / (u + 2), in which nothing cancels.
template <class F>
[[nodiscard]] CRIA_ENGINE_INLINE auto tanh_of(F x) noexcept -> F {
    using bits = bits_of<F>;
    const bits own = __builtin_bit_cast(bits, x);
    F doubled = 2.0F * __builtin_bit_cast(F, static_cast<bits>(own & 0x7FFFFFFFU));
    doubled = doubled > 20.0F ? all<F>(20.0F) : doubled;  // from 18.1 on it rounds to 1
    bits n;
    F grown;
    reduce(doubled, n, grown);
    const F power = power_of_two<F>(n);
    const F u = grown * power + (power - 1.0F);
    const F positive = u / (u + 2.0F);
    return __builtin_bit_cast(F, static_cast<bits>(__builtin_bit_cast(bits, positive) | (own & 0x80000000U)));
}

template <class F>
[[nodiscard]] CRIA_ENGINE_INLINE auto silu_of(F x) noexcept -> F {
    return x / (exp_of<F>(-x) + 1.0F);
}

template <class F>
[[nodiscard]] CRIA_ENGINE_INLINE auto gelu_of(F x) noexcept -> F {
    const F z = (x * x * x * 0.044715F + x) * 1.5957691216F;  // 2 · √(2/π)
    return x / (exp_of<F>(-z) + 1.0F);
}

/// c[0] + c[1] · x + c[2] · x² + …, from the last on.
template <std::size_t N>
[[nodiscard]] constexpr auto polynomial(double x, const double (&c)[N]) noexcept -> double {
    double sum = c[N - 1];
    for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

// Adding 1.5 · 2⁵² to a double rounds it to a whole number, and leaves that in the lowest bits.
inline constexpr double rounding_shift = 0x1.8p52;

// ln 2: the first part has 32 bits, so that an exponent times it is exact.
inline constexpr double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;

/// 2ⁿ. Precondition: -1022 <= n <= 1023, as the bits of an int64.
[[nodiscard]] inline auto power_of_two_64(std::uint64_t n) noexcept -> double { return std::bit_cast<double>((n + 1023U) << 52U); }

}  // namespace detail

inline auto exp(float x) noexcept -> float { return detail::exp_of<float>(x); }
inline auto tanh(float x) noexcept -> float { return detail::tanh_of<float>(x); }
inline void soft_cap(float* x, float cap, std::size_t n) noexcept {
    if (cap == 0) return;
    for (std::size_t i = 0; i < n; ++i) x[i] = cap * tanh(x[i] / cap);
}
inline auto silu(float x) noexcept -> float { return detail::silu_of<float>(x); }
inline auto gelu(float x) noexcept -> float { return detail::gelu_of<float>(x); }

inline auto exp(double x) noexcept -> double {
    // The same as for float, with more terms.
    constexpr double inverse_factorials[] = {1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
                                             1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
    x = x > 710 ? 710 : x;
    x = x < -746 ? -746 : x;
    const double shifted = x * 0x1.71547652b82fep+0 + detail::rounding_shift;
    const std::uint64_t n = std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(detail::rounding_shift);
    const double whole = shifted - detail::rounding_shift;
    const double r = (x - whole * detail::ln2_high) - whole * detail::ln2_low;
    const double grown = r + r * r * detail::polynomial(r, inverse_factorials);
    const std::uint64_t half = ((n + 2000U) >> 1U) - 1000U;
    return (grown + 1) * detail::power_of_two_64(half) * detail::power_of_two_64(n - half);
}

inline auto log(double x) noexcept -> double {
    using limits = std::numeric_limits<double>;
    if (!(x > 0)) return x == 0 ? -limits::infinity() : limits::quiet_NaN();
    if (x == limits::infinity()) return x;
    double exponent = 0;
    if (x < (limits::min)()) {  // subnormal
        x *= 0x1p54;
        exponent = -54;
    }
    // x = 2ᵉ · (1 + f) with 1 + f in [√½, √2).
    constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCDU, one = 0x3FF0000000000000U;
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t moved = bits + (one - root_half);
    exponent += static_cast<double>(moved >> 52U) - 1023;
    const double f = std::bit_cast<double>((moved & 0x000FFFFFFFFFFFFFU) + root_half) - 1;
    // log(1 + f) = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = f / (2 + f). The first term is taken apart as f - s · f, and
    // that by f = f²/2 + …, so that what is rounded is small beside f.
    constexpr double odd[] = {2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23};
    const double s = f / (2 + f), z = s * s, half_square = 0.5 * f * f;
    const double rest = z * detail::polynomial(z, odd);
    return exponent * detail::ln2_high - ((half_square - (s * (half_square + rest) + exponent * detail::ln2_low)) - f);
}

inline auto sin_cos(double angle) noexcept -> sine_cosine {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (!(angle >= -0x1p24 && angle <= 0x1p24)) return {nan, nan};
    // angle = n · π/2 + r with |r| <= π/4. π/2 in three parts: the first two have 29 bits, so that n, of at most 24, times
    // them is exact (Cody and Waite).
    const double shifted = angle * 0x1.45f306dc9c883p-1 + detail::rounding_shift;
    const std::uint64_t quadrant = std::bit_cast<std::uint64_t>(shifted) & 3U;
    const double n = shifted - detail::rounding_shift;
    const double r = ((angle - n * 0x1.921fb54p+0) - n * 0x1.10b461p-30) - n * 0x1.a62633145c06ep-58;
    constexpr double for_sin[] = {-1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000};
    constexpr double for_cos[] = {1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800, 1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000};
    const double z = r * r;
    const double sin = r + r * z * detail::polynomial(z, for_sin);
    const double cos = 1 - (0.5 * z - z * z * detail::polynomial(z, for_cos));
    switch (quadrant) {
        case 0: return {sin, cos};
        case 1: return {cos, -sin};
        case 2: return {-sin, -cos};
        default: return {-cos, sin};
    }
}

}  // namespace engine

#endif  // CRIA_ENGINE_NUMBERS_HPP
