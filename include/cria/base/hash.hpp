// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_HASH_HPP
#define CRIA_BASE_HASH_HPP

#include <bit>  // rotl
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <string_view>

// One hash for every index over names and texts that come from a file.
//
// It is seeded: tables take the address of their own storage as the seed, which address space layout
// randomisation keeps from whoever wrote the file, so that names cannot be crafted to collide and make an
// index quadratic. Values are for one table in one process; they are never stored and never compared
// across tables.
//
// The mixing step multiplies 64 by 64 bits and folds the halves together, as wyhash and its relatives do
// (https://github.com/wangyi-fudan/wyhash describes the idea); the constants are digits of pi, and
// in the seed the golden ratio.

namespace cria::inline v0::detail {

[[nodiscard]] constexpr auto fold_multiply(std::uint64_t a, std::uint64_t b) noexcept -> std::uint64_t {
#if defined(__SIZEOF_INT128__)
    __extension__ using wide = unsigned __int128;
    const wide product = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
#else  // the same by 32-bit halves
    const std::uint64_t a_low = a & 0xFFFFFFFFU, a_high = a >> 32U, b_low = b & 0xFFFFFFFFU, b_high = b >> 32U;
    const std::uint64_t low = a_low * b_low, middle_1 = a_high * b_low, middle_2 = a_low * b_high, high = a_high * b_high;
    const std::uint64_t carry = ((low >> 32U) + (middle_1 & 0xFFFFFFFFU) + (middle_2 & 0xFFFFFFFFU)) >> 32U;
    return (a * b) ^ (high + (middle_1 >> 32U) + (middle_2 >> 32U) + carry);
#endif
}

/// A number's hash under `seed`.
[[nodiscard]] constexpr auto hash_of(std::uint64_t number, std::uint64_t seed) noexcept -> std::uint64_t {
    // Twice: after one multiplication, numbers that count up in some of their bits (pairs of token ids) still crowd
    // into a few slots of a table under one seed in a hundred, which makes linear probing quadratic.
    const std::uint64_t once = fold_multiply(number ^ seed ^ 0x243F6A8885A308D3U, std::rotl(seed, 32) ^ 0x13198A2E03707345U);
    return fold_multiply(once ^ seed, 0x452821E638D01377U);
}

/// A text's hash under `seed`. Cost: O(size), eight bytes a step.
[[nodiscard]] inline auto hash_of(std::string_view text, std::uint64_t seed) noexcept -> std::uint64_t {
    std::uint64_t state = hash_of(text.size(), seed);
    const std::uint64_t key = std::rotl(seed, 17) ^ 0xA4093822299F31D1U;
    while (text.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        state = fold_multiply(state ^ word, key) + std::rotl(state, 23);
        text.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
    return hash_of(state ^ fold_multiply(rest ^ key, 0x082EFA98EC4E6C89U), seed);
}

/// Asks for the memory at `place`, which may be any address, without waiting for it.
inline void prefetch([[maybe_unused]] const void* place) noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(place);
    __asm__ volatile("" : : "r"(place));  // GCC takes functions that only prefetch for functions without effect, and drops calls of them
#endif
}

/// The same of what lies `bytes` further on, in a text or behind it.
inline void prefetch_ahead(const void* place, std::size_t bytes) noexcept { prefetch(reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(place) + bytes)); }

/// The same into the second level of the cache, where there is room for more of it.
inline void prefetch_soon([[maybe_unused]] const void* place) noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(place, 0, 2);
    __asm__ volatile("" : : "r"(place));
#endif
}

/// A seed for a table whose storage is at `storage`.
[[nodiscard]] inline auto seed_from(const void* storage) noexcept -> std::uint64_t {
    return fold_multiply(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(storage)) | 1U, 0x9E3779B97F4A7C15U);
}

}  // namespace cria::inline v0::detail

#endif  // CRIA_BASE_HASH_HPP
