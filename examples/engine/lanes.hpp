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
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"  // about just that
#endif
#else
#define CRIA_ENGINE_INLINE inline
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

/// All lanes of a sum as one vector.
using lanes = vector<64>::floats;
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
    return number - Floats{};  // minus 0 changes nothing, not even a zero's sign
}

/// The sum of all lanes, in the order of matmul.hpp.
[[nodiscard]] inline auto sum_of_lanes(const float* lanes_16) noexcept -> float {
    float sums[n_lanes];
    std::memcpy(sums, lanes_16, sizeof sums);
    for (std::size_t width = n_lanes / 2; width > 0; width /= 2)
        for (std::size_t l = 0; l < width; ++l) sums[l] += sums[l + width];
    return sums[0];
}

}  // namespace engine

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif  // CRIA_ENGINE_LANES_HPP
