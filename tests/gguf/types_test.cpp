// SPDX-License-Identifier: MIT
#include "cria/gguf/types.hpp"

#include <cstdint>
#include <string_view>

#include "support/catch.hpp"

TEST_CASE("value types have the names and sizes of the format's table", "[types]") {
    using cria::gguf::value_type;
    struct row {
        std::uint32_t id;
        std::string_view name;
        std::uint32_t bytes;
    };
    constexpr row table[] = {{0, "u8", 1}, {1, "i8", 1}, {2, "u16", 2}, {3, "i16", 2}, {4, "u32", 4}, {5, "i32", 4}, {6, "f32", 4},
                             {7, "bool", 1}, {8, "string", 0}, {9, "array", 0}, {10, "u64", 8}, {11, "i64", 8}, {12, "f64", 8}};
    CHECK(std::size(table) == cria::gguf::value_type_count);
    for (const row& expected : table) {
        CHECK(cria::gguf::name_of(static_cast<value_type>(expected.id)) == expected.name);
        CHECK(cria::gguf::size_bytes_of(static_cast<value_type>(expected.id)) == expected.bytes);
    }
    CHECK(cria::gguf::name_of(static_cast<value_type>(13)) == std::string_view("unknown"));
    CHECK(cria::gguf::size_bytes_of(static_cast<value_type>(13)) == 0);
}
