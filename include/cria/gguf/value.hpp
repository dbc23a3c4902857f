// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_VALUE_HPP
#define CRIA_GGUF_VALUE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/array.hpp"
#include "cria/gguf/scalar.hpp"
#include "cria/gguf/types.hpp"

#include <bit>  // endian
#include <cstdint>
#include <string_view>
#include <type_traits>

// One metadata value, read where it lies in the file. A value knows its type, its place and its bytes; it
// copies nothing. Only parse() makes values, after it has checked that the bytes are there.

namespace cria::inline v0::gguf {

namespace detail {
template <class T>
inline constexpr bool is_array = false;
template <class E>
inline constexpr bool is_array<array<E>> = scalar<E> || std::is_same_v<E, std::string_view>;
struct builder;  // parse()'s way in
}  // namespace detail

/// What a value can be read as: numbers, bool, std::string_view, array<number>, array<std::string_view>.
template <class T>
concept readable = scalar<T> || std::same_as<T, std::string_view> || detail::is_array<T>;

/// A typed view of one metadata value.
///
/// Borrows: the bytes given to parse(). Threads: a plain value.
class value {
public:
    [[nodiscard]] auto type() const noexcept -> value_type { return type_; }
    /// The type of the elements where type() is array; otherwise type() itself.
    [[nodiscard]] auto element_type() const noexcept -> value_type { return element_type_; }
    /// Elements of an array; 1 for everything else.
    [[nodiscard]] auto count() const noexcept -> std::uint64_t { return count_; }
    /// Where the value starts in the file: behind its type (strings and arrays: behind their length too).
    [[nodiscard]] auto offset_bytes() const noexcept -> std::uint64_t { return offset_; }
    /// The value's bytes as they are in the file, in the file's byte order: a string's characters, an array's elements.
    [[nodiscard]] auto bytes() const noexcept -> byte_view { return bytes_; }

    /// The value as a `T` that holds every value of the stored type: integers widen (u8 -> u32) but never narrow
    /// or change sign; f32 widens to double; strings come as std::string_view, arrays as array<E>.
    /// Fails: errc::wrong_type, with the value's byte offset; `subject` is what the message calls it.
    template <readable T>
    [[nodiscard]] auto get(std::string_view subject = "value") const -> result<T>;

    /// The value as a `T` if this very value fits: any integer type to any other, double to float with rounding.
    /// Strings and arrays as get().
    /// Fails: errc::wrong_type where the kinds differ (a string is no integer), errc::out_of_range where the value does not fit.
    template <readable T>
    [[nodiscard]] auto as(std::string_view subject = "value") const -> result<T>;

private:
    friend struct detail::builder;
    value(value_type type, value_type element_type, std::uint64_t count, std::uint64_t offset, byte_view bytes, std::endian order) noexcept
        : bytes_(bytes), count_(count), offset_(offset), type_(type), element_type_(element_type), order_(order) {}

    [[nodiscard]] auto mismatch(std::string_view subject, std::string_view wanted) const -> error;
    [[nodiscard]] auto out_of_range(std::string_view subject, std::string_view wanted) const -> error;

    byte_view bytes_;
    std::uint64_t count_;
    std::uint64_t offset_;
    value_type type_;
    value_type element_type_;
    std::endian order_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto value::mismatch(std::string_view subject, std::string_view wanted) const -> error {
    const error why = error{errc::wrong_type, offset_, subject};
    if (type_ != value_type::array) return why.expecting(wanted, name_of(type_));
    // Two words and a space always fit; a message may not allocate here.
    char text[24] = "array of ";
    std::string_view element = name_of(element_type_);
    element.copy(text + 9, sizeof text - 9);
    return why.expecting(wanted, std::string_view(text, 9 + element.size()));
}

inline auto value::out_of_range(std::string_view subject, std::string_view wanted) const -> error {
    const error why = error{errc::out_of_range, offset_, subject}.because("does not fit the type asked for");
    const auto stored = detail::load_scalar(type_, bytes_.data(), order_);
    if (stored.what == detail::loaded_scalar::kind::floating) return why.expecting(wanted, name_of(type_));
    if (stored.what != detail::loaded_scalar::kind::signed_integer || static_cast<std::int64_t>(stored.bits) >= 0) return why.expecting(wanted, stored.bits);
    // An error's numbers are unsigned, so a negative one is told as text.
    return why.expecting(wanted, cria::detail::decimal(0 - stored.bits, true).view());
}

template <readable T>
auto value::get(std::string_view subject) const -> result<T> {
    if constexpr (std::is_same_v<T, std::string_view>) {
        if (type_ != value_type::string) return mismatch(subject, "string");
        return cria::detail::as_text(bytes_);
    } else if constexpr (std::is_same_v<T, string_array>) {
        if (type_ != value_type::array || element_type_ != value_type::string) return mismatch(subject, "array of string");
        return string_array(bytes_, static_cast<std::size_t>(count_), order_);
    } else if constexpr (detail::is_array<T>) {
        using element = typename T::value_type;
        if (type_ != value_type::array || !detail::holds_every<element>(element_type_)) return mismatch(subject, "array of numbers that fit");
        return T(bytes_.data(), static_cast<std::size_t>(count_), element_type_, order_);
    } else {
        if (!detail::holds_every<T>(type_)) return mismatch(subject, detail::type_name<T>());
        return *detail::convert<T>(detail::load_scalar(type_, bytes_.data(), order_));
    }
}

template <readable T>
auto value::as(std::string_view subject) const -> result<T> {
    if constexpr (scalar<T>) {
        if (!detail::same_kind<T>(type_)) return mismatch(subject, detail::type_name<T>());
        const auto converted = detail::convert<T>(detail::load_scalar(type_, bytes_.data(), order_));
        if (!converted) return out_of_range(subject, detail::type_name<T>());
        return *converted;
    } else {
        return get<T>(subject);
    }
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_VALUE_HPP
