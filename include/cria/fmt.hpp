// SPDX-License-Identifier: MIT
#ifndef CRIA_FMT_HPP
#define CRIA_FMT_HPP

#include "cria/base/error.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/base/version.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/gguf/types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>  // join, since fmt 11

#include <string>
#include <string_view>

// The library's value types as arguments of fmt::format (target cria::fmt, https://fmt.dev): an error is its
// message, a type its name, a shape `{64, 32}`. They take the format specifications of strings (`{:>12}`).
// A leaf: nothing in the library includes this.

template <>
struct fmt::formatter<cria::error> : fmt::formatter<std::string_view> {
    auto format(const cria::error& why, fmt::format_context& context) const -> decltype(context.out()) {
        return fmt::formatter<std::string_view>::format(why.message(), context);
    }
};

template <>
struct fmt::formatter<cria::errc> : fmt::formatter<std::string_view> {
    auto format(cria::errc code, fmt::format_context& context) const -> decltype(context.out()) {
        return fmt::formatter<std::string_view>::format(cria::name_of(code), context);
    }
};

template <>
struct fmt::formatter<cria::version_number> : fmt::formatter<std::string_view> {
    auto format(const cria::version_number& number, fmt::format_context& context) const -> decltype(context.out()) {
        return fmt::formatter<std::string_view>::format(
            fmt::format("{}.{}.{}", number.major_number, number.minor_number, number.patch_number), context);
    }
};

/// `q8_0`; `type 99` for ids without a name.
template <>
struct fmt::formatter<cria::tensor_type> : fmt::formatter<std::string_view> {
    auto format(cria::tensor_type type, fmt::format_context& context) const -> decltype(context.out()) {
        const auto layout = cria::geometry_of(type);
        if (layout) return fmt::formatter<std::string_view>::format(layout->name, context);
        return fmt::formatter<std::string_view>::format(fmt::format("type {}", static_cast<std::uint32_t>(type)), context);
    }
};

template <>
struct fmt::formatter<cria::gguf::value_type> : fmt::formatter<std::string_view> {
    auto format(cria::gguf::value_type type, fmt::format_context& context) const -> decltype(context.out()) {
        return fmt::formatter<std::string_view>::format(cria::gguf::name_of(type), context);
    }
};

/// `{64, 32}`: the file's order, fastest dimension first.
template <>
struct fmt::formatter<cria::gguf::shape> : fmt::formatter<std::string_view> {
    auto format(const cria::gguf::shape& shape, fmt::format_context& context) const -> decltype(context.out()) {
        return fmt::formatter<std::string_view>::format(fmt::format("{{{}}}", fmt::join(shape.dimensions(), ", ")), context);
    }
};

#endif  // CRIA_FMT_HPP
