// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_ENCODED_VALUE_HPP
#define CRIA_GGUF_ENCODED_VALUE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/array_walk.hpp"
#include "cria/gguf/encoder.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/scalar.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"

#include <bit>  // endian
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// A metadata value that is not in a file yet: made from C++ numbers and texts, or copied from a file of any version
// and byte order into one form, the one of a little-endian file of version 3. Which type it has in the file is the C++
// type's: an `int` is i32, a `std::uint64_t` is u64. Nothing is narrowed, guessed or converted.

namespace cria::inline v0::gguf {

namespace detail {
/// The element type of whatever std::span can be made of.
template <class R>
using element_of = std::remove_cv_t<typename decltype(std::span(std::declval<const R&>()))::element_type>;
}  // namespace detail

class encoded_value;

/// C++ types that one metadata value can be made of.
template <class T>
concept encodable_scalar = scalar<T> || std::convertible_to<const T&, std::string_view>;

/// Contiguous ranges a metadata array can be made of: of numbers, bools, texts, or of arrays.
template <class R>
concept encodable_range = !encodable_scalar<R> && requires { typename detail::element_of<R>; } &&
                          (encodable_scalar<detail::element_of<R>> || std::same_as<detail::element_of<R>, encoded_value>);

/// What a number of type T is in a file.
template <scalar T>
[[nodiscard]] constexpr auto value_type_of() noexcept -> value_type;

/// A metadata value as it is going to stand in a file: little-endian, lengths of 64 bits. Move-only; owns its bytes.
///
///     CRIA_TRY(auto row, gguf::encoded_value::array_of(std::array{1, 2, 3}));     // array of i32
///     CRIA_TRY_VOID(writer.set("some.table", row));
class encoded_value {
public:
    /// Arrays within arrays, the outer one counted: what readers take by default.
    static constexpr std::uint32_t max_depth = policy{}.max_array_depth;

    /// A number, a bool or a text. Texts may hold any bytes: tokens do.
    /// Fails: errc::out_of_memory, as everything here.
    template <encodable_scalar T>
    [[nodiscard]] static auto of(const T& value) -> result<encoded_value>;
    /// An array with an element for each of `values`. Of arrays, each may have a type and length of its own; they nest
    /// at most max_depth deep, and ggml reads none of them.
    /// Fails: errc::invalid_argument for an array of values that are no arrays; errc::limit_exceeded where they nest too deep.
    template <encodable_range R>
    [[nodiscard]] static auto array_of(const R& values) -> result<encoded_value>;
    /// An array without elements, which has a type all the same.
    /// Fails: errc::invalid_argument for a type that does not exist.
    [[nodiscard]] static auto empty_array(value_type element) -> result<encoded_value>;
    /// The same value as one in a file, whatever that is written like. A bool stored as another byte than 0 or 1 becomes 1.
    /// Fails: errc::limit_exceeded for arrays nested too deep; errc::file_changed where a mapped file was written to meanwhile.
    [[nodiscard]] static auto copy_of(const value& from) -> result<encoded_value>;

    /// Reads like any metadata value. Borrows: this object's bytes, which stay where they are when it is moved.
    [[nodiscard]] auto view() const& noexcept CRIA_LIFETIME_BOUND -> value { return view_of(type_, element_type_, count_, payload_.span()); }
    auto view() && -> value = delete;
    [[nodiscard]] auto type() const noexcept -> value_type { return type_; }

    /// What was moved from is an array without elements.
    encoded_value(encoded_value&& other) noexcept
        : payload_(std::move(other.payload_)), count_(std::exchange(other.count_, 0)), type_(std::exchange(other.type_, value_type::array)),
          element_type_(std::exchange(other.element_type_, value_type::u8)) {}
    auto operator=(encoded_value&& other) noexcept -> encoded_value& {
        if (this == &other) return *this;
        payload_ = std::move(other.payload_);
        count_ = std::exchange(other.count_, 0);
        type_ = std::exchange(other.type_, value_type::array);
        element_type_ = std::exchange(other.element_type_, value_type::u8);
        return *this;
    }

private:
    friend class writer;
    encoded_value(value_type type, value_type element, std::uint64_t count) noexcept : count_(count), type_(type), element_type_(element) {}

    [[nodiscard]] static auto view_of(value_type type, value_type element, std::uint64_t count, byte_view payload) noexcept -> value {
        return {type, element, count, 0, payload, gguf::encoding{}};
    }
    [[nodiscard]] auto out() noexcept -> detail::encoder { return {payload_, std::endian::little}; }
    [[nodiscard]] auto append_array(const encoded_value& element) -> result<void>;
    [[nodiscard]] auto check_depth() const -> result<void>;

    buffer<std::byte> payload_;  // as value::bytes()
    std::uint64_t count_;
    value_type type_;
    value_type element_type_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

template <scalar T>
constexpr auto value_type_of() noexcept -> value_type {
    if constexpr (std::is_same_v<T, bool>) return value_type::boolean;
    else if constexpr (std::is_same_v<T, float>) return value_type::f32;
    else if constexpr (std::is_same_v<T, double>) return value_type::f64;
    else if constexpr (std::is_signed_v<T>) return sizeof(T) == 1 ? value_type::i8 : sizeof(T) == 2 ? value_type::i16 : sizeof(T) == 4 ? value_type::i32 : value_type::i64;
    else return sizeof(T) == 1 ? value_type::u8 : sizeof(T) == 2 ? value_type::u16 : sizeof(T) == 4 ? value_type::u32 : value_type::u64;
}

template <encodable_scalar T>
auto encoded_value::of(const T& value) -> result<encoded_value> {
    if constexpr (scalar<T>) {
        encoded_value made(value_type_of<T>(), value_type_of<T>(), 1);
        if constexpr (std::is_same_v<T, bool>) CRIA_TRY_VOID(made.out().number(static_cast<std::uint8_t>(value ? 1 : 0)));
        else CRIA_TRY_VOID(made.out().number(value));
        return made;
    } else {
        encoded_value made(value_type::string, value_type::string, 1);
        CRIA_TRY_VOID(made.out().bytes(cria::detail::as_bytes(std::string_view(value))));
        return made;
    }
}

template <encodable_range R>
auto encoded_value::array_of(const R& values) -> result<encoded_value> {
    using element = detail::element_of<R>;
    const auto span = std::span(values);
    if constexpr (std::is_same_v<element, encoded_value>) {
        encoded_value made(value_type::array, value_type::array, span.size());
        for (const encoded_value& inner : span) CRIA_TRY_VOID(made.append_array(inner));
        CRIA_TRY_VOID(made.check_depth());
        return made;
    } else if constexpr (scalar<element>) {
        encoded_value made(value_type::array, value_type_of<element>(), span.size());
        if constexpr (std::endian::native == std::endian::little && !std::is_same_v<element, bool>) {
            CRIA_TRY_VOID(made.out().bytes(std::as_bytes(span)));
        } else {
            for (const element number : span) {
                if constexpr (std::is_same_v<element, bool>) CRIA_TRY_VOID(made.out().number(static_cast<std::uint8_t>(number ? 1 : 0)));
                else CRIA_TRY_VOID(made.out().number(number));
            }
        }
        return made;
    } else {
        encoded_value made(value_type::array, value_type::string, span.size());
        for (const auto& text : span) CRIA_TRY_VOID(made.out().text(std::string_view(text)));
        return made;
    }
}

inline auto encoded_value::append_array(const encoded_value& element) -> result<void> {
    if (element.type_ != value_type::array)
        return error{errc::invalid_argument, "array of arrays"}.because("has an element that is no array").finding(name_of(element.type_));
    auto to = out();
    CRIA_TRY_VOID(to.type(element.element_type_));
    CRIA_TRY_VOID(to.number(element.count_));
    return to.bytes(element.payload_.span());
}

inline auto encoded_value::check_depth() const -> result<void> {
    detail::cursor in(payload_.span(), payload_.size());
    return detail::skip_array(in, {value_type::array, count_, 0, 0}, max_depth, "array of arrays");
}

inline auto encoded_value::empty_array(value_type element) -> result<encoded_value> {
    if (static_cast<std::uint32_t>(element) >= value_type_count)
        return error{errc::invalid_argument, "array"}.because("value type does not exist").finding(std::uint64_t{static_cast<std::uint32_t>(element)});
    return encoded_value(value_type::array, element, 0);
}

inline auto encoded_value::copy_of(const value& from) -> result<encoded_value> {
    encoded_value made(from.type(), from.element_type(), from.count());
    CRIA_TRY_VOID(made.payload_.reserve(from.bytes().size(), "value"));
    CRIA_TRY_VOID(made.out().payload(from, max_depth, "value"));
    return made;
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_ENCODED_VALUE_HPP
