// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_RANDOM_HPP
#define CRIA_ENGINE_RANDOM_HPP

#include <cstdint>

// The generator behind sampling: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
// Number k of a seed, counted from 1, is mix(seed + k · 0x9E3779B97F4A7C15) in arithmetic modulo 2⁶⁴, where
//
//     mix(z):  z ← (z ⊕ z >> 30) · 0xBF58476D1CE4E5B9
//              z ← (z ⊕ z >> 27) · 0x94D049BB133111EB
//              z ⊕ z >> 31
//
// It is written down here, and not taken from <random>, because what a seed generates is promised: the standard fixes
// its engines, but not what its distributions make of them.

namespace engine {

/// A stream of random numbers, the same for a seed on every machine.
/// Threads: a plain value, one a thread.
class generator {
public:
    explicit constexpr generator(std::uint64_t seed) noexcept : state_(seed) {}

    /// 64 random bits.
    [[nodiscard]] constexpr auto next() noexcept -> std::uint64_t {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
        return z ^ z >> 31U;
    }

    /// A multiple of 2⁻⁵³ in [0, 1): the top 53 bits of next().
    [[nodiscard]] constexpr auto uniform() noexcept -> double { return static_cast<double>(next() >> 11U) * 0x1p-53; }

private:
    std::uint64_t state_;
};

}  // namespace engine

#endif  // CRIA_ENGINE_RANDOM_HPP
