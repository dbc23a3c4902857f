// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_COMPARE_HPP
#define CRIA_GGUF_COMPARE_HPP

#include "cria/base/bytes.hpp"
#include "cria/gguf/value.hpp"

#include <cstddef>

// Whether two metadata values say the same, in whatever byte order and version of the format they are written.

namespace cria::inline v0::gguf {

/// Whether `a` and `b` have the same types and the same content. Numbers are compared by their bits: a NaN equals itself,
/// and 0 is not -0. A bool is compared as true or false.
/// Cost: O(bytes) times the depth of nested arrays.
[[nodiscard]] inline auto same_value(const value& a, const value& b) noexcept -> bool;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// Numbers of one type, element by element.
[[nodiscard]] inline auto same_numbers(const value& a, const value& b, std::size_t width) noexcept -> bool {
    const bool is_bool = a.element_type() == value_type::boolean;
    const std::byte* left = a.bytes().data();
    const std::byte* right = b.bytes().data();
    const bool swapped = a.encoding().order != b.encoding().order;
    for (std::size_t at = 0; at < a.bytes().size(); at += width)
        for (std::size_t i = 0; i < width; ++i) {
            const std::byte x = left[at + i];
            const std::byte y = right[at + (swapped ? width - 1 - i : i)];
            if (is_bool ? (x == std::byte{0}) != (y == std::byte{0}) : x != y) return false;
        }
    return true;
}

}  // namespace detail

inline auto same_value(const value& a, const value& b) noexcept -> bool {
    if (a.type() != b.type() || a.element_type() != b.element_type() || a.count() != b.count()) return false;
    if (a.type() == value_type::string) return *a.get<std::string_view>() == *b.get<std::string_view>();
    if (a.type() == value_type::array && a.element_type() == value_type::string) {
        const string_array left = *a.get<string_array>();
        const string_array right = *b.get<string_array>();
        auto at = right.begin();
        for (const std::string_view text : left) {
            if (at == right.end() || text != *at) return false;
            ++at;
        }
        return at == right.end();
    }
    if (a.type() == value_type::array && a.element_type() == value_type::array) {
        const nested_array left = *a.get<nested_array>();
        const nested_array right = *b.get<nested_array>();
        auto at = right.begin();
        for (const value element : left) {
            if (at == right.end() || !same_value(element, *at)) return false;  // as deep as parse() lets arrays nest
            ++at;
        }
        return at == right.end();
    }
    if (a.bytes().size() != b.bytes().size()) return false;
    return detail::same_numbers(a, b, size_bytes_of(a.element_type()));
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_COMPARE_HPP
