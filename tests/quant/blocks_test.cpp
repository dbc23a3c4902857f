// SPDX-License-Identifier: MIT
#include "cria/quant/blocks.hpp"

#include "quant/ggml_values.hpp"
#include "quant/random_blocks.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace quant = cria::quant;
using cria::tensor_type;

TEST_CASE("an element is what ggml makes of it, for every type and block", "[conformance]") {
    const auto file = cria_test::ggml_values_file();
    if (!file) return cria_test::skip("no dequant.bin under CRIA_SHARED_DIR");
    const auto all = cria_test::read_ggml_values(*file);
    CHECK(all.size() == 27);
    for (const auto& of : all) {
        INFO(cria_test::name_of(of.type));
        const auto layout = *cria::geometry_of(of.type);
        REQUIRE(of.values.size() == of.n_blocks * layout.elements_per_block);
        std::size_t n_different = 0;
        for (std::size_t k = 0; k < of.n_blocks; ++k)
            for (std::size_t i = 0; i < layout.elements_per_block; ++i) {
                const float value = quant::element(of.type, of.blocks.data() + k * layout.bytes_per_block, i);
                n_different += cria_test::same_value(value, of.values[k * layout.elements_per_block + i]) ? 0 : 1;
            }
        CHECK(n_different == 0);
    }
}

TEST_CASE("numbers that are no blocks are themselves, rounded to a float") {
    const auto value_of = [](tensor_type type, auto number) {
        std::byte bytes[8];
        auto swapped = cria::detail::load<decltype(number)>(reinterpret_cast<const std::byte*>(&number));  // to little-endian
        std::memcpy(bytes, &swapped, sizeof swapped);
        return quant::element(type, bytes, 0);
    };
    CHECK(value_of(tensor_type::f32, 1.5F) == 1.5F);
    CHECK(value_of(tensor_type::f64, 0.1) == 0.1F);
    CHECK(value_of(tensor_type::f64, 1e300) == std::bit_cast<float>(0x7F800000U));
    CHECK(value_of(tensor_type::i8, std::int8_t{-128}) == -128.0F);
    CHECK(value_of(tensor_type::i16, std::int16_t{-32768}) == -32768.0F);
    CHECK(value_of(tensor_type::i32, std::int32_t{16777217}) == 16777216.0F);
    CHECK(value_of(tensor_type::i64, std::int64_t{-9007199254740993}) == -9007199254740992.0F);
    CHECK(value_of(tensor_type::f16, std::uint16_t{0x3555}) == 0x1.554p-2F);
    CHECK(value_of(tensor_type::bf16, std::uint16_t{0x4049}) == 3.140625F);
}

TEST_CASE("types that only activations have are read too") {
    std::array<std::byte, 292> q8_k{};
    const std::uint32_t half_bits = 0x3F000000;  // 0.5
    for (std::size_t i = 0; i < 4; ++i) q8_k[i] = static_cast<std::byte>(half_bits >> 8 * i);
    q8_k[4 + 255] = std::byte{0x80};
    CHECK(quant::element(tensor_type::q8_k, q8_k.data(), 255) == -64.0F);
    std::array<std::byte, 36> q8_1{};
    q8_1[1] = std::byte{0x3C};
    q8_1[4 + 31] = std::byte{0x7F};
    CHECK(quant::element(tensor_type::q8_1, q8_1.data(), 31) == 127.0F);
}

TEST_CASE("grids are sorted by their codes, without repetition, and hold only their values") {
    const auto bytes_of = [](auto entry) { return std::bit_cast<std::array<std::int8_t, sizeof entry>>(entry); };
    const auto check = [&](const auto& grid, const std::set<int>& values) {
        std::set<decltype(bytes_of(grid[0]))> seen;
        for (const auto entry : grid) {
            CHECK(seen.insert(bytes_of(entry)).second);
            for (const int value : bytes_of(entry)) CHECK(values.contains(value));
        }
    };
    namespace detail = quant::detail;
    check(detail::iq2_xxs, {8, 25, 43});
    check(detail::iq2_xs, {8, 25, 43});
    check(detail::iq2_s, {8, 25, 43});
    check(detail::iq3_xxs, {4, 12, 20, 28, 36, 44, 52, 62});
    check(detail::iq3_s, {1, 3, 5, 7, 9, 11, 13, 15});
    check(detail::iq1_s, {-8, 0, 8});
    // Entries of the format's own tables: first, one in the middle, last.
    const auto is = [&](auto entry, decltype(bytes_of(entry)) wanted) { CHECK(bytes_of(entry) == wanted); };
    is(detail::iq2_xxs[0], {8, 8, 8, 8, 8, 8, 8, 8});
    is(detail::iq2_xxs[1], {43, 8, 8, 8, 8, 8, 8, 8});
    is(detail::iq3_xxs[0], {4, 4, 4, 4});
    is(detail::iq1_s[0], {-8, -8, -8, -8, -8, -8, -8, -8});
}
