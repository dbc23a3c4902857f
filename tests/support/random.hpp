// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_RANDOM_HPP
#define CRIA_TESTS_SUPPORT_RANDOM_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

// Numbers that look random and are the same on every machine, which std:: distributions do not promise.

namespace cria_test {

/// splitmix64 (Steele, Lea and Flood 2014; https://prng.di.unimi.it/splitmix64.c describes it).
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) : state_(seed) {}

    auto next() -> std::uint64_t {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// A number below `limit`, which is not 0.
    auto below(std::uint64_t limit) -> std::uint64_t { return next() % limit; }

private:
    std::uint64_t state_;
};

/// Bytes that repeat nowhere.
[[nodiscard]] inline auto random_bytes(std::size_t size, std::uint64_t seed) -> std::vector<std::byte> {
    random_numbers random(seed);
    std::vector<std::byte> bytes(size);
    for (std::size_t at = 0; at < size; at += 8) {
        const std::uint64_t word = random.next();
        std::memcpy(bytes.data() + at, &word, size - at < 8 ? size - at : 8);
    }
    return bytes;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_RANDOM_HPP
