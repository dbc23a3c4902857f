// SPDX-License-Identifier: MIT
#include "cria/quant/dot.hpp"

#include "quant/random_blocks.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace quant = cria::quant;
using cria::errc;
using cria::tensor_type;
using quant::tier;

namespace {

/// Random blocks whose values are finite: every byte that may be the upper one of a scale is small.
auto finite_row(tensor_type type, std::size_t n_blocks, std::mt19937_64& random) -> std::vector<std::byte> {
    const auto layout = *cria::geometry_of(type);
    for (;;) {
        std::vector<std::byte> bytes;
        while (bytes.size() < n_blocks * layout.bytes_per_block) {
            auto block = cria_test::random_bytes(random, layout.bytes_per_block);
            bool is_finite = true;
            for (std::size_t i = 0; i < layout.elements_per_block; ++i) {
                const float value = quant::element(type, block.data(), i);
                is_finite = is_finite && std::abs(value) < 1e15F;  // false for a NaN, too
            }
            if (is_finite) bytes.insert(bytes.end(), block.begin(), block.end());
        }
        return bytes;
    }
}

/// The sum in the order that the library documents, from the definition of each element.
auto defined_dot(tensor_type type, std::span<const std::byte> row, std::span<const float> x) -> float {
    const auto layout = *cria::geometry_of(type);
    volatile float lanes[16] = {};  // volatile: each operation rounded by itself, whatever this file is compiled with
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::byte* const block = row.data() + i / layout.elements_per_block * layout.bytes_per_block;
        volatile float product = quant::element(type, block, i % layout.elements_per_block) * x[i];
        lanes[i % 16] = lanes[i % 16] + product;
    }
    for (std::size_t width = 8; width > 0; width /= 2)
        for (std::size_t l = 0; l < width; ++l) lanes[l] = lanes[l] + lanes[l + width];
    return lanes[0];
}

}  // namespace

TEST_CASE("a row times a vector is summed in the documented order, on every tier") {
    std::mt19937_64 random(30);
    std::normal_distribution<float> normal;
    for (const tensor_type type : cria_test::every_type()) {
        const std::size_t per_block = cria::geometry_of(type)->elements_per_block;
        for (const std::size_t n_blocks : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{9}, 2500 / per_block + 3}) {
            const auto row = finite_row(type, n_blocks, random);
            std::vector<float> x(n_blocks * per_block);
            for (float& each : x) each = normal(random);
            const float wanted = defined_dot(type, row, x);
            for (const tier with : cria_test::every_tier()) {
                INFO(cria_test::name_of(type) << ", tier " << static_cast<int>(with) << ", blocks " << n_blocks);
                const auto sum = quant::dot(type, row, x, with);
                REQUIRE(sum);
                CHECK(cria_test::same_value(*sum, wanted));
            }
        }
    }
}

TEST_CASE("a dot product is within n · 2⁻²³ · Σ |w · x| of the exact sum") {
    std::mt19937_64 random(31);
    std::normal_distribution<float> normal;
    for (const tensor_type type : cria_test::every_type()) {
        INFO(cria_test::name_of(type));
        const auto layout = *cria::geometry_of(type);
        const std::size_t n_blocks = 4096 / layout.elements_per_block;
        const auto row = finite_row(type, n_blocks, random);
        std::vector<float> x(n_blocks * layout.elements_per_block);
        for (float& each : x) each = normal(random);
        double exact = 0, magnitudes = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::byte* const block = row.data() + i / layout.elements_per_block * layout.bytes_per_block;
            const double product = static_cast<double>(quant::element(type, block, i % layout.elements_per_block)) * static_cast<double>(x[i]);
            exact += product;
            magnitudes += std::abs(product);
        }
        const auto sum = quant::dot(type, row, x);
        REQUIRE(sum);
        CHECK(std::abs(static_cast<double>(*sum) - exact) <= static_cast<double>(x.size()) * 0x1p-23 * magnitudes);
    }
}

TEST_CASE("a dot product of unequal lengths is refused") {
    const std::vector<std::byte> row(36);
    const std::vector<float> x(64);
    const auto code_of = [&](tensor_type type, std::size_t n_bytes, std::size_t n_x, tier with = tier::plain) {
        const auto sum = quant::dot(type, std::span(row).first(n_bytes), std::span(x).first(n_x), with);
        REQUIRE_FALSE(sum);
        return sum.error().code;
    };
    CHECK(code_of(tensor_type::q4_0, 36, 63) == errc::wrong_shape);
    CHECK(code_of(tensor_type::q4_0, 18, 64) == errc::wrong_shape);
    CHECK(code_of(tensor_type::q4_0, 17, 32) == errc::wrong_shape);
    CHECK(code_of(tensor_type{33}, 36, 64) == errc::unsupported_type);
    CHECK(code_of(tensor_type::q4_0, 36, 64, static_cast<tier>(9)) == errc::invalid_argument);
}
