// SPDX-License-Identifier: MIT
#include "cria/base/tensor_type.hpp"

#include <cstdint>
#include <iterator>
#include <limits>
#include <set>
#include <string_view>

#include "support/catch.hpp"

namespace {

using cria::bytes_of;
using cria::geometry_of;
using cria::tensor_type;

struct row {
    std::uint32_t id;
    std::string_view name;
    std::uint32_t elements;
    std::uint32_t bytes;
    double bits;
};

// ggml's enum ggml_type with the sizes of its block structs; bits are scales included.
constexpr row table[] = {
    {0, "f32", 1, 4, 32}, {1, "f16", 1, 2, 16}, {2, "q4_0", 32, 18, 4.5}, {3, "q4_1", 32, 20, 5},
    {6, "q5_0", 32, 22, 5.5}, {7, "q5_1", 32, 24, 6}, {8, "q8_0", 32, 34, 8.5}, {9, "q8_1", 32, 36, 9},
    {10, "q2_k", 256, 84, 2.625}, {11, "q3_k", 256, 110, 3.4375}, {12, "q4_k", 256, 144, 4.5}, {13, "q5_k", 256, 176, 5.5},
    {14, "q6_k", 256, 210, 6.5625}, {15, "q8_k", 256, 292, 9.125}, {16, "iq2_xxs", 256, 66, 2.0625}, {17, "iq2_xs", 256, 74, 2.3125},
    {18, "iq3_xxs", 256, 98, 3.0625}, {19, "iq1_s", 256, 50, 1.5625}, {20, "iq4_nl", 32, 18, 4.5}, {21, "iq3_s", 256, 110, 3.4375},
    {22, "iq2_s", 256, 82, 2.5625}, {23, "iq4_xs", 256, 136, 4.25}, {24, "i8", 1, 1, 8}, {25, "i16", 1, 2, 16},
    {26, "i32", 1, 4, 32}, {27, "i64", 1, 8, 64}, {28, "f64", 1, 8, 64}, {29, "iq1_m", 256, 56, 1.75}, {30, "bf16", 1, 2, 16},
    {34, "tq1_0", 256, 54, 1.6875}, {35, "tq2_0", 256, 66, 2.0625}, {39, "mxfp4", 32, 17, 4.25}, {40, "nvfp4", 64, 36, 4.5},
    {41, "q1_0", 128, 18, 1.125}, {42, "q2_0", 64, 18, 2.25},
};

}  // namespace

TEST_CASE("every type has the block of the format's table", "[tensor_type]") {
    std::set<std::uint32_t> known;
    for (const row& expected : table) {
        CAPTURE(expected.name);
        const auto type = static_cast<tensor_type>(expected.id);
        const auto layout = geometry_of(type);
        REQUIRE(layout);
        CHECK(layout->name == expected.name);
        CHECK(layout->elements_per_block == expected.elements);
        CHECK(layout->bytes_per_block == expected.bytes);
        CHECK(layout->bits_per_element() == expected.bits);
        CHECK(cria::tensor_type_named(expected.name) == type);
        CHECK(cria::removed_type_name(type).empty());
        known.insert(expected.id);
    }
    for (std::uint32_t id = 0; id < 1000; ++id)
        if (known.count(id) == 0) CHECK_FALSE(geometry_of(static_cast<tensor_type>(id)));
    CHECK_FALSE(geometry_of(static_cast<tensor_type>(0x80000000U)));
    CHECK_FALSE(geometry_of(static_cast<tensor_type>(0xFFFFFFFFU)));
    CHECK(std::size(table) == 35);
}

TEST_CASE("the enumeration's names are the table's", "[tensor_type]") {
    const auto name = [](tensor_type type) { return geometry_of(type)->name; };
    CHECK(name(tensor_type::f32) == "f32");
    CHECK(name(tensor_type::f16) == "f16");
    CHECK(name(tensor_type::q4_0) == "q4_0");
    CHECK(name(tensor_type::q4_1) == "q4_1");
    CHECK(name(tensor_type::q5_0) == "q5_0");
    CHECK(name(tensor_type::q5_1) == "q5_1");
    CHECK(name(tensor_type::q8_0) == "q8_0");
    CHECK(name(tensor_type::q8_1) == "q8_1");
    CHECK(name(tensor_type::q2_k) == "q2_k");
    CHECK(name(tensor_type::q3_k) == "q3_k");
    CHECK(name(tensor_type::q4_k) == "q4_k");
    CHECK(name(tensor_type::q5_k) == "q5_k");
    CHECK(name(tensor_type::q6_k) == "q6_k");
    CHECK(name(tensor_type::q8_k) == "q8_k");
    CHECK(name(tensor_type::iq2_xxs) == "iq2_xxs");
    CHECK(name(tensor_type::iq2_xs) == "iq2_xs");
    CHECK(name(tensor_type::iq3_xxs) == "iq3_xxs");
    CHECK(name(tensor_type::iq1_s) == "iq1_s");
    CHECK(name(tensor_type::iq4_nl) == "iq4_nl");
    CHECK(name(tensor_type::iq3_s) == "iq3_s");
    CHECK(name(tensor_type::iq2_s) == "iq2_s");
    CHECK(name(tensor_type::iq4_xs) == "iq4_xs");
    CHECK(name(tensor_type::i8) == "i8");
    CHECK(name(tensor_type::i16) == "i16");
    CHECK(name(tensor_type::i32) == "i32");
    CHECK(name(tensor_type::i64) == "i64");
    CHECK(name(tensor_type::f64) == "f64");
    CHECK(name(tensor_type::iq1_m) == "iq1_m");
    CHECK(name(tensor_type::bf16) == "bf16");
    CHECK(name(tensor_type::tq1_0) == "tq1_0");
    CHECK(name(tensor_type::tq2_0) == "tq2_0");
    CHECK(name(tensor_type::mxfp4) == "mxfp4");
    CHECK(name(tensor_type::nvfp4) == "nvfp4");
    CHECK(name(tensor_type::q1_0) == "q1_0");
    CHECK(name(tensor_type::q2_0) == "q2_0");
}

TEST_CASE("removed types keep their names and have no layout", "[tensor_type]") {
    constexpr std::pair<std::uint32_t, std::string_view> removed[] = {
        {4, "q4_2"}, {5, "q4_3"}, {31, "q4_0_4_4"}, {32, "q4_0_4_8"}, {33, "q4_0_8_8"}, {36, "iq4_nl_4_4"}, {37, "iq4_nl_4_8"}, {38, "iq4_nl_8_8"}};
    for (const auto& [id, name] : removed) {
        CHECK(cria::removed_type_name(static_cast<tensor_type>(id)) == name);
        CHECK_FALSE(geometry_of(static_cast<tensor_type>(id)));
        CHECK_FALSE(cria::tensor_type_named(name));
    }
    CHECK(cria::removed_type_name(static_cast<tensor_type>(43)).empty());
}

TEST_CASE("names that are no type's find none", "[tensor_type]") {
    CHECK_FALSE(cria::tensor_type_named(""));
    CHECK_FALSE(cria::tensor_type_named("Q4_K"));
    CHECK_FALSE(cria::tensor_type_named("q4"));
    CHECK_FALSE(cria::tensor_type_named("q4_k_m"));
}

TEST_CASE("bytes are whole blocks, or nothing", "[tensor_type]") {
    const auto q4_0 = *geometry_of(tensor_type::q4_0);
    CHECK(bytes_of(q4_0, 0) == std::uint64_t{0});
    CHECK(bytes_of(q4_0, 32) == std::uint64_t{18});
    CHECK(bytes_of(q4_0, 64) == std::uint64_t{36});
    CHECK_FALSE(bytes_of(q4_0, 31));
    CHECK_FALSE(bytes_of(q4_0, 33));
    const auto f64 = *geometry_of(tensor_type::f64);
    CHECK(bytes_of(f64, (std::uint64_t{1} << 61U) - 1) == (std::numeric_limits<std::uint64_t>::max)() - 7);
    CHECK_FALSE(bytes_of(f64, std::uint64_t{1} << 61U));
    CHECK_FALSE(bytes_of(cria::geometry{}, 32));
    static_assert(bytes_of({"own", 10, 3}, 20) == std::uint64_t{6});
}

TEST_CASE("a caller's type is found by its id, the last one first", "[tensor_type]") {
    constexpr auto own = static_cast<tensor_type>(200);
    static constexpr cria::user_type types[] = {{own, {"first", 32, 18}}, {tensor_type::q2_0, {"q2_0", 128, 34}}, {own, {"last", 64, 34}, 4}};
    static_assert(cria::find_user_type(types, own) == &types[2]);
    static_assert(cria::find_user_type(types, tensor_type::q2_0) == &types[1]);
    static_assert(cria::find_user_type(types, tensor_type::q4_0) == nullptr);
    static_assert(cria::find_user_type({}, own) == nullptr);
    CHECK(cria::find_user_type(types, own)->extra_bytes_per_row == 4);
    CHECK(cria::find_user_type(types, own)->layout.name == "last");
    CHECK(types[0].extra_bytes_per_row == 0);
}
