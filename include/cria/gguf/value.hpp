// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_VALUE_HPP
#define CRIA_GGUF_VALUE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/gguf/array.hpp"
#include "cria/gguf/array_walk.hpp"
#include "cria/gguf/cursor.hpp"
#include "cria/gguf/encoding.hpp"
#include "cria/gguf/scalar.hpp"
#include "cria/gguf/types.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>  // and input_iterator_tag, for which <iterator> would bring streams and locales
#include <type_traits>

// One metadata value, read where it lies in the file. A value knows its type, its place and its bytes; it
// copies nothing. Values are made by parse(), after it has checked that the bytes are there, and by encoded_value.

namespace cria::inline v0::gguf {

namespace detail {
template <class T>
inline constexpr bool is_array = false;
template <class E>
inline constexpr bool is_array<array<E>> = scalar<E> || std::is_same_v<E, std::string_view>;
struct builder;  // parse()'s way in
}  // namespace detail

class nested_array;

/// What a value can be read as: numbers, bool, std::string_view, array<number>, array<std::string_view>, nested_array.
template <class T>
concept readable = scalar<T> || std::same_as<T, std::string_view> || std::same_as<T, nested_array> || detail::is_array<T>;

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
    /// Where the value starts in the file: behind its type (strings and arrays: behind their length or count too).
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

    /// How those bytes are written.
    [[nodiscard]] auto encoding() const noexcept -> const gguf::encoding& { return written_; }

private:
    friend struct detail::builder;
    friend class encoded_value;
    friend class metadata;
    friend class nested_array;
    value(value_type type, value_type element_type, std::uint64_t count, std::uint64_t offset, byte_view bytes, const gguf::encoding& written) noexcept
        : bytes_(bytes), count_(count), offset_(offset), type_(type), element_type_(element_type), written_(written) {}

    [[nodiscard]] auto mismatch(std::string_view subject, std::string_view wanted) const -> error;
    [[nodiscard]] auto out_of_range(std::string_view subject, std::string_view wanted) const -> error;

    byte_view bytes_;
    std::uint64_t count_;
    std::uint64_t offset_;
    value_type type_;
    value_type element_type_;
    gguf::encoding written_;
};

/// A metadata array whose elements are arrays, each a value of its own: forward only.
///
///     for (const gguf::value& row : *model.metadata().get<gguf::nested_array>("some.table"))
///         auto numbers = row.get<gguf::array<std::int32_t>>();
///
/// Borrows: the bytes given to parse(). Threads: a plain value.
/// Cost: a step passes over the element's bytes; a walk over all levels costs the bytes times the depth.
class nested_array {
public:
    using value_type = value;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return static_cast<std::size_t>(whole_.count()); }
    [[nodiscard]] auto empty() const noexcept -> bool { return size() == 0; }

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;  // elements are values, not references
        using value_type = value;
        using difference_type = std::ptrdiff_t;
        using pointer = const value*;
        using reference = value;

        [[nodiscard]] auto operator*() const noexcept -> value { return current_; }
        auto operator++() noexcept -> iterator& {
            --left_;
            read();
            return *this;
        }
        void operator++(int) noexcept { ++*this; }
        friend auto operator==(const iterator& a, const iterator& b) noexcept -> bool { return a.left_ == b.left_; }

    private:
        friend class nested_array;
        iterator(const value& whole, std::uint64_t left) noexcept
            : in_(whole.bytes(), whole.bytes().size(), whole.encoding()), current_(whole), base_(whole.offset_bytes()), left_(left) {
            read();
        }
        void read() noexcept;

        detail::cursor in_;
        value current_;
        std::uint64_t base_;  // of in_'s offsets, in the file
        std::uint64_t left_;  // elements, the current one counted
    };
    [[nodiscard]] auto begin() const noexcept -> iterator { return {whole_, whole_.count()}; }
    [[nodiscard]] auto end() const noexcept -> iterator { return {whole_, 0}; }

private:
    friend class value;
    explicit nested_array(const value& whole) noexcept : whole_(whole) {}

    value whole_;
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
    const auto stored = detail::load_scalar(type_, bytes_.data(), written_.order);
    if (stored.what == detail::loaded_scalar::kind::floating) return why.expecting(wanted, name_of(type_));
    if (stored.what != detail::loaded_scalar::kind::signed_integer || static_cast<std::int64_t>(stored.bits) >= 0) return why.expecting(wanted, stored.bits);
    // An error's numbers are unsigned, so a negative one is told as text.
    return why.expecting(wanted, cria::detail::decimal(0 - stored.bits, true).view());
}

inline void nested_array::iterator::read() noexcept {
    if (left_ == 0) return;
    // parse() has walked here without an error. A mapped file may have been written to since: then the array ends early.
    const auto head = detail::read_array_head(in_, "element");
    const std::uint64_t begin = in_.offset();
    if (!head || !detail::skip_array(in_, *head, detail::deepest_array, "element")) {
        left_ = 0;
        return;
    }
    const byte_view bytes = in_.available().subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(in_.offset() - begin));
    current_ = value(gguf::value_type::array, head->element, head->count, base_ + begin, bytes, in_.encoding());
}

template <readable T>
auto value::get(std::string_view subject) const -> result<T> {
    if constexpr (std::is_same_v<T, std::string_view>) {
        if (type_ != value_type::string) return mismatch(subject, "string");
        return written_.text_in(bytes_);
    } else if constexpr (std::is_same_v<T, string_array>) {
        if (type_ != value_type::array || element_type_ != value_type::string) return mismatch(subject, "array of string");
        return string_array(bytes_, static_cast<std::size_t>(count_), written_);
    } else if constexpr (std::is_same_v<T, nested_array>) {
        if (type_ != value_type::array || element_type_ != value_type::array) return mismatch(subject, "array of array");
        return nested_array(*this);
    } else if constexpr (detail::is_array<T>) {
        using element = typename T::value_type;
        if (type_ != value_type::array || !detail::holds_every<element>(element_type_)) return mismatch(subject, "array of numbers that fit");
        return T(bytes_.data(), static_cast<std::size_t>(count_), element_type_, written_.order);
    } else {
        if (!detail::holds_every<T>(type_)) return mismatch(subject, detail::type_name<T>());
        return *detail::convert<T>(detail::load_scalar(type_, bytes_.data(), written_.order));
    }
}

template <readable T>
auto value::as(std::string_view subject) const -> result<T> {
    if constexpr (scalar<T>) {
        if (!detail::same_kind<T>(type_)) return mismatch(subject, detail::type_name<T>());
        const auto converted = detail::convert<T>(detail::load_scalar(type_, bytes_.data(), written_.order));
        if (!converted) return out_of_range(subject, detail::type_name<T>());
        return *converted;
    } else {
        return get<T>(subject);
    }
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_VALUE_HPP
