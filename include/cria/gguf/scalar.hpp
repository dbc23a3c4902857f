// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_SCALAR_HPP
#define CRIA_GGUF_SCALAR_HPP

#include "cria/base/bytes.hpp"
#include "cria/gguf/types.hpp"

#include <bit>  // bit_cast, endian
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

// One number of the file, and the two ways to hand it to a caller who wants a `T`:
//
//   by type   T can hold every value of the stored type (u8 -> u32, f32 -> double). What get() does:
//             the answer depends on the file's types only, never on the values that happen to be there.
//   by value  T can hold this value (u64 4096 -> u32). What as() does: for keys that writers store in
//             whatever integer their language had at hand.
//
// Integers, floats and booleans never turn into one another.

namespace cria::inline v0::gguf {

/// C++ types a number of the file can be read as.
template <class T>
concept scalar = std::same_as<T, bool> || std::same_as<T, float> || std::same_as<T, double> ||
                 (std::integral<T> && !std::same_as<T, char> && !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t>);

namespace detail {

/// What every stored number fits into without loss, by kind.
struct loaded_scalar {
    enum class kind : std::uint8_t { unsigned_integer, signed_integer, floating, boolean };
    kind what = kind::boolean;
    std::uint64_t bits = 0;  // unsigned_integer and boolean: the value; signed_integer: two's complement
    double number = 0;       // floating
};

/// Precondition: `type` is neither string nor array, and its bytes are at `at`.
[[nodiscard]] inline auto load_scalar(value_type type, const std::byte* at, std::endian order) noexcept -> loaded_scalar {
    using kind = loaded_scalar::kind;
    using cria::detail::load;
    const auto natural = [](std::uint64_t value) { return loaded_scalar{kind::unsigned_integer, value, 0}; };
    const auto integer = [](std::int64_t value) { return loaded_scalar{kind::signed_integer, static_cast<std::uint64_t>(value), 0}; };
    const auto real = [](double value) { return loaded_scalar{kind::floating, 0, value}; };
    switch (type) {
        case value_type::u8: return natural(load<std::uint8_t>(at, order));
        case value_type::u16: return natural(load<std::uint16_t>(at, order));
        case value_type::u32: return natural(load<std::uint32_t>(at, order));
        case value_type::u64: return natural(load<std::uint64_t>(at, order));
        case value_type::i8: return integer(load<std::int8_t>(at, order));
        case value_type::i16: return integer(load<std::int16_t>(at, order));
        case value_type::i32: return integer(load<std::int32_t>(at, order));
        case value_type::i64: return integer(load<std::int64_t>(at, order));
        case value_type::f32: return real(static_cast<double>(load<float>(at, order)));
        case value_type::f64: return real(load<double>(at, order));
        case value_type::boolean: return {kind::boolean, load<std::uint8_t>(at, order) != 0 ? 1U : 0U, 0};  // any non-zero byte is true, as in ggml
        case value_type::string:
        case value_type::array: break;
    }
    return {};
}

/// Whether T holds every value of the stored type.
template <scalar T>
[[nodiscard]] constexpr auto holds_every(value_type stored) noexcept -> bool {
    const unsigned bits = 8 * size_bytes_of(stored);
    switch (stored) {
        case value_type::boolean: return std::is_same_v<T, bool>;
        case value_type::f32: return std::is_floating_point_v<T>;
        case value_type::f64: return std::is_same_v<T, double>;
        case value_type::u8:
        case value_type::u16:
        case value_type::u32:
        case value_type::u64:
            return std::is_integral_v<T> && !std::is_same_v<T, bool> && static_cast<unsigned>(std::numeric_limits<T>::digits) >= bits;
        case value_type::i8:
        case value_type::i16:
        case value_type::i32:
        case value_type::i64:
            return std::is_integral_v<T> && std::is_signed_v<T> && static_cast<unsigned>(std::numeric_limits<T>::digits) + 1 >= bits;
        case value_type::string:
        case value_type::array: break;
    }
    return false;
}

/// Whether a T and the stored type are of one kind: then as() may try, and a failure is about the value.
template <scalar T>
[[nodiscard]] constexpr auto same_kind(value_type stored) noexcept -> bool {
    if (stored == value_type::string || stored == value_type::array) return false;
    if (stored == value_type::boolean) return std::is_same_v<T, bool>;
    if (stored == value_type::f32 || stored == value_type::f64) return std::is_floating_point_v<T>;
    return std::is_integral_v<T> && !std::is_same_v<T, bool>;
}

/// The number as a T; nothing where it does not fit. Doubles round to float, and overflow to infinity does not fit.
template <scalar T>
[[nodiscard]] constexpr auto convert(const loaded_scalar& from) noexcept -> std::optional<T> {
    using kind = loaded_scalar::kind;
    if constexpr (std::is_same_v<T, bool>) {
        if (from.what == kind::boolean) return from.bits != 0;
    } else if constexpr (std::is_floating_point_v<T>) {
        if (from.what != kind::floating) return std::nullopt;
        if constexpr (std::is_same_v<T, float>) {
            // On the bits: a consumer's -ffast-math would fold any test for infinity or NaN, and those fit.
            constexpr auto largest = std::bit_cast<std::uint64_t>(static_cast<double>((std::numeric_limits<float>::max)()));
            constexpr std::uint64_t infinity = 0x7FF0000000000000U;
            const std::uint64_t magnitude = std::bit_cast<std::uint64_t>(from.number) & ~(std::uint64_t{1} << 63U);
            if (magnitude > largest && magnitude < infinity) return std::nullopt;
        }
        return static_cast<T>(from.number);
    } else {
        const auto largest = static_cast<std::uint64_t>((std::numeric_limits<T>::max)());
        if (from.what == kind::unsigned_integer && from.bits <= largest) return static_cast<T>(from.bits);
        if (from.what == kind::signed_integer) {
            const auto value = static_cast<std::int64_t>(from.bits);
            if (value >= 0 && from.bits <= largest) return static_cast<T>(value);
            if (value < 0 && std::is_signed_v<T> && value >= static_cast<std::int64_t>((std::numeric_limits<T>::min)())) return static_cast<T>(value);
        }
    }
    return std::nullopt;
}

/// The name of T among the file's types, for messages.
template <scalar T>
[[nodiscard]] constexpr auto type_name() noexcept -> const char* {
    if constexpr (std::is_same_v<T, bool>) return "bool";
    else if constexpr (std::is_same_v<T, float>) return "f32";
    else if constexpr (std::is_same_v<T, double>) return "f64";
    else if constexpr (std::is_signed_v<T>) return sizeof(T) == 1 ? "i8" : sizeof(T) == 2 ? "i16" : sizeof(T) == 4 ? "i32" : "i64";
    else return sizeof(T) == 1 ? "u8" : sizeof(T) == 2 ? "u16" : sizeof(T) == 4 ? "u32" : "u64";
}

}  // namespace detail

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_SCALAR_HPP
