// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_LANES_HPP
#define CRIA_ENGINE_LANES_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy

// Vectors as GCC and clang offer them, for code that is written once and compiled for vectors of 16, 32 and 64 bytes; where
// there are none, a vector is one float. All of them compute the same bits: what differs is how many of the sixteen lanes
// of a sum (matmul.hpp) a register holds.
//
// A vector that a function takes or returns goes through other registers in code compiled for other processors, even
// though the type is the same. So whatever handles vectors is inlined, without exception: CRIA_ENGINE_INLINE.

#if defined(__GNUC__)
#define CRIA_ENGINE_INLINE [[gnu::always_inline]] inline
#else
#define CRIA_ENGINE_INLINE inline
#endif

// Loops over the vectors of a block have to disappear, or the vectors live in memory.
#if defined(__clang__)
#define CRIA_ENGINE_UNROLL _Pragma("unroll")
#elif defined(__GNUC__)
#define CRIA_ENGINE_UNROLL _Pragma("GCC unroll 32")
#else
#define CRIA_ENGINE_UNROLL
#endif

namespace engine {

/// The lanes of every sum.
inline constexpr std::size_t n_lanes = 16;

/// A vector's types by its size in bytes: its floats, and their bits.
template <std::size_t Bytes>
struct vector;
template <>
struct vector<4> {
    using floats = float;
    using bits = std::uint32_t;
};
#if defined(__GNUC__)
template <>
struct vector<16> {
    using floats [[gnu::vector_size(16)]] = float;
    using bits [[gnu::vector_size(16)]] = std::uint32_t;
};
template <>
struct vector<32> {
    using floats [[gnu::vector_size(32)]] = float;
    using bits [[gnu::vector_size(32)]] = std::uint32_t;
};
template <>
struct vector<64> {
    using floats [[gnu::vector_size(64)]] = float;
    using bits [[gnu::vector_size(64)]] = std::uint32_t;
};
#endif

/// The bits that belong to a vector of floats.
template <class Floats>
using bits_of = typename vector<sizeof(Floats)>::bits;

/// Floats in a vector.
template <class Floats>
inline constexpr std::size_t width_of = sizeof(Floats) / sizeof(float);

/// The floats at `from`, which needs no alignment.
template <class Floats>
[[nodiscard]] CRIA_ENGINE_INLINE auto load(const float* from) noexcept -> Floats {
    Floats vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

template <class Floats>
CRIA_ENGINE_INLINE void store(float* to, Floats vector) noexcept {
    std::memcpy(to, &vector, sizeof vector);
}

/// The same number in all places.
template <class Floats>
[[nodiscard]] CRIA_ENGINE_INLINE auto all(float number) noexcept -> Floats {
    float each[width_of<Floats>];  // g++ 12 makes one instruction of this, and sixteen of `number - Floats{}`
    for (float& one : each) one = number;
    return load<Floats>(each);
}

/// The sum of all lanes, in the order of matmul.hpp.
[[nodiscard]] inline auto sum_of_lanes(const float* lanes_16) noexcept -> float {
    float sums[n_lanes];
    std::memcpy(sums, lanes_16, sizeof sums);
    for (std::size_t width = n_lanes / 2; width > 0; width /= 2)
        for (std::size_t l = 0; l < width; ++l) sums[l] += sums[l + width];
    return sums[0];
}

/// The same of four sums that lie one after the other.
CRIA_ENGINE_INLINE void sums_of_lanes(const float* lanes_4_16, float* out) noexcept {
#if defined(__GNUC__)
    using four = vector<16>::floats;
    four sums[4];  // of each, after lane l has taken up lanes l + 8 and l + 4
    CRIA_ENGINE_UNROLL
    for (std::size_t r = 0; r < 4; ++r) {
        const float* const from = lanes_4_16 + r * n_lanes;
        sums[r] = (load<four>(from) + load<four>(from + 8)) + (load<four>(from + 4) + load<four>(from + 12));
    }
    // Two lanes of two sums in a vector, and then a lane of each of the four.
    const four a = __builtin_shufflevector(sums[0], sums[1], 0, 1, 4, 5) + __builtin_shufflevector(sums[0], sums[1], 2, 3, 6, 7);
    const four b = __builtin_shufflevector(sums[2], sums[3], 0, 1, 4, 5) + __builtin_shufflevector(sums[2], sums[3], 2, 3, 6, 7);
    store<four>(out, __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7));
#else
    for (std::size_t r = 0; r < 4; ++r) out[r] = sum_of_lanes(lanes_4_16 + r * n_lanes);
#endif
}

}  // namespace engine

#endif  // CRIA_ENGINE_LANES_HPP
