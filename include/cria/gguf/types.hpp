// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_TYPES_HPP
#define CRIA_GGUF_TYPES_HPP

#include <cstdint>

// The types a GGUF metadata value can have, as numbered in the file
// (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).

namespace cria::inline v0::gguf {

/// The type of a metadata value, or of an array's elements. The numbers are those in the file.
enum class value_type : std::uint32_t {
    u8 = 0, i8 = 1, u16 = 2, i16 = 3, u32 = 4, i32 = 5, f32 = 6, boolean = 7,
    string = 8, array = 9, u64 = 10, i64 = 11, f64 = 12,
};

/// Types in the file are below this number.
inline constexpr std::uint32_t value_type_count = 13;

/// `u32`, `string`, …; `unknown` for numbers that are no type.
[[nodiscard]] constexpr auto name_of(value_type type) noexcept -> const char* {
    switch (type) {
        case value_type::u8: return "u8";
        case value_type::i8: return "i8";
        case value_type::u16: return "u16";
        case value_type::i16: return "i16";
        case value_type::u32: return "u32";
        case value_type::i32: return "i32";
        case value_type::f32: return "f32";
        case value_type::boolean: return "bool";
        case value_type::string: return "string";
        case value_type::array: return "array";
        case value_type::u64: return "u64";
        case value_type::i64: return "i64";
        case value_type::f64: return "f64";
    }
    return "unknown";
}

/// Bytes a value of this type takes in the file; 0 for strings and arrays, which say so themselves.
[[nodiscard]] constexpr auto size_bytes_of(value_type type) noexcept -> std::uint32_t {
    switch (type) {
        case value_type::u8:
        case value_type::i8:
        case value_type::boolean: return 1;
        case value_type::u16:
        case value_type::i16: return 2;
        case value_type::u32:
        case value_type::i32:
        case value_type::f32: return 4;
        case value_type::u64:
        case value_type::i64:
        case value_type::f64: return 8;
        case value_type::string:
        case value_type::array: return 0;
    }
    return 0;
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_TYPES_HPP
