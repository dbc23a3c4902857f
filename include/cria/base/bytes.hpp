// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_BYTES_HPP
#define CRIA_BASE_BYTES_HPP

#include <bit>  // endian
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <type_traits>

// Bytes of a file, and the arithmetic on offsets that every reader of files needs: loads that assume no
// alignment, and sums and products that say so when they do not fit. Nothing here knows a format.

#if defined(__clang__)
#define CRIA_LIFETIME_BOUND [[clang::lifetimebound]]
#elif defined(_MSC_VER)
#define CRIA_LIFETIME_BOUND [[msvc::lifetimebound]]
#else
#define CRIA_LIFETIME_BOUND
#endif

namespace cria::inline v0 {

/// A read-only range of bytes that somebody else owns.
using byte_view = std::span<const std::byte>;

namespace detail {

template <class T>
concept loadable = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, long double>;

template <std::size_t Size>
struct unsigned_of_size;
template <>
struct unsigned_of_size<1> { using type = std::uint8_t; };
template <>
struct unsigned_of_size<2> { using type = std::uint16_t; };
template <>
struct unsigned_of_size<4> { using type = std::uint32_t; };
template <>
struct unsigned_of_size<8> { using type = std::uint64_t; };

template <class U>
[[nodiscard]] constexpr auto swapped(U bits) noexcept -> U {
    U reversed = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i) {
        reversed = static_cast<U>(static_cast<U>(reversed << 7U << 1U) | static_cast<U>(bits & 0xFFU));  // two shifts: 8 would be UB for u8
        bits = static_cast<U>(bits >> 7U >> 1U);
    }
    return reversed;
}

/// The number stored at `at` in byte order `order`; `at` needs no alignment.
template <loadable T>
[[nodiscard]] inline auto load(const std::byte* at, std::endian order = std::endian::little) noexcept -> T {
    using bits_type = typename unsigned_of_size<sizeof(T)>::type;
    bits_type bits;
    std::memcpy(&bits, at, sizeof bits);
    if (order != std::endian::native) bits = swapped(bits);
    return std::bit_cast<T>(bits);
}

/// a + b into `sum`; false where it does not fit.
[[nodiscard]] constexpr auto checked_add(std::uint64_t a, std::uint64_t b, std::uint64_t& sum) noexcept -> bool {
    sum = a + b;
    return sum >= a;
}

/// a * b into `product`; false where it does not fit.
[[nodiscard]] constexpr auto checked_multiply(std::uint64_t a, std::uint64_t b, std::uint64_t& product) noexcept -> bool {
    product = a * b;
    return a == 0 || product / a == b;
}

/// The least multiple of `step` (not 0) that is >= n, into `rounded`; false where it does not fit.
[[nodiscard]] constexpr auto checked_round_up(std::uint64_t n, std::uint64_t step, std::uint64_t& rounded) noexcept -> bool {
    const std::uint64_t rest = n % step;
    return checked_add(n, rest == 0 ? 0 : step - rest, rounded);
}

/// The bytes as text. Borrows.
[[nodiscard]] inline auto as_text(byte_view bytes) noexcept -> std::string_view {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The text as bytes. Borrows.
[[nodiscard]] inline auto as_bytes(std::string_view text) noexcept -> byte_view {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

}  // namespace detail

}  // namespace cria::inline v0

#endif  // CRIA_BASE_BYTES_HPP
