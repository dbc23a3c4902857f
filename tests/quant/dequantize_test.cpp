// SPDX-License-Identifier: MIT
#include "cria/quant/dequantize.hpp"

#include "quant/ggml_values.hpp"
#include "quant/random_blocks.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace quant = cria::quant;
using cria::errc;
using cria::tensor_type;
using quant::tier;

namespace {

/// Element by element, by the definition.
auto defined_values(tensor_type type, std::span<const std::byte> blocks) -> std::vector<float> {
    const auto layout = *cria::geometry_of(type);
    std::vector<float> values;
    for (std::size_t at = 0; at < blocks.size(); at += layout.bytes_per_block)
        for (std::size_t i = 0; i < layout.elements_per_block; ++i) values.push_back(quant::element(type, blocks.data() + at, i));
    return values;
}

/// The number of random blocks of `type` whose values are not those of the definition.
auto count_differences(tensor_type type, tier with, std::mt19937_64& random, std::size_t n_blocks) -> std::size_t {
    const auto layout = *cria::geometry_of(type);
    const auto bytes = cria_test::random_bytes(random, n_blocks * layout.bytes_per_block);
    std::vector<float> values(n_blocks * layout.elements_per_block);
    REQUIRE(quant::dequantize<float>(type, bytes, values, with));
    std::size_t n_different = 0;
    for (std::size_t k = 0; k < n_blocks; ++k) {
        bool is_same = true;
        for (std::size_t i = 0; i < layout.elements_per_block; ++i) {
            const float value = quant::element(type, bytes.data() + k * layout.bytes_per_block, i);
            is_same = is_same && cria_test::same_value(value, values[k * layout.elements_per_block + i]);
        }
        n_different += is_same ? 0 : 1;
    }
    return n_different;
}

}  // namespace

TEST_CASE("blocks become ggml's floats, on every tier, from any address", "[conformance]") {
    const auto file = cria_test::ggml_values_file();
    if (!file) return cria_test::skip("no dequant.bin under CRIA_SHARED_DIR");
    for (const auto& of : cria_test::read_ggml_values(*file))
        for (const tier with : cria_test::every_tier())
            for (const std::size_t offset : {0, 1, 3, 7, 17}) {
                INFO(cria_test::name_of(of.type) << ", tier " << static_cast<int>(with) << ", offset " << offset);
                const cria_test::placed_bytes bytes(of.blocks, offset);
                std::vector<float> values(of.values.size() + 1);
                REQUIRE(quant::dequantize<float>(of.type, bytes.view(), std::span(values).subspan(offset % 2, of.values.size()), with));
                CHECK(cria_test::first_difference(of.values, std::span(values).subspan(offset % 2, of.values.size())) == of.values.size());
            }
}

TEST_CASE("every part of a block can be read alone, on every tier", "[conformance]") {
    const auto file = cria_test::ggml_values_file();
    if (!file) return cria_test::skip("no dequant.bin under CRIA_SHARED_DIR");
    for (const auto& of : cria_test::read_ggml_values(*file)) {
        const auto layout = *cria::geometry_of(of.type);
        const std::size_t per_block = layout.elements_per_block;
        // The first block's every range; then ranges that begin in it and end in one of the next two.
        const auto three = of.blocks.first(3 * layout.bytes_per_block);
        for (const tier with : cria_test::every_tier()) {
            std::size_t n_different = 0;
            std::vector<float> values(3 * per_block);
            const auto compare = [&](std::size_t begin, std::size_t end) {
                const auto out = std::span(values).first(end - begin);
                REQUIRE(quant::dequantize_range<float>(of.type, three, begin, out, with));
                const auto wanted = std::span(of.values).subspan(begin, end - begin);
                n_different += cria_test::first_difference(wanted, out) == out.size() ? 0 : 1;
            };
            for (std::size_t begin = 0; begin <= per_block; ++begin)
                for (std::size_t end = begin; end <= per_block; ++end) compare(begin, end);
            for (std::size_t begin = 0; begin < per_block; begin += 7)
                for (std::size_t end = per_block; end <= 3 * per_block; end += 11) compare(begin, end);
            INFO(cria_test::name_of(of.type) << ", tier " << static_cast<int>(with));
            CHECK(n_different == 0);
        }
    }
}

TEST_CASE("random blocks have the values of the definition, on every tier") {
    std::mt19937_64 random(20);
    for (const tensor_type type : cria_test::every_type())
        for (const tier with : cria_test::every_tier()) {
            INFO(cria_test::name_of(type) << ", tier " << static_cast<int>(with));
            CHECK(count_differences(type, with, random, 1'000) == 0);
        }
}

TEST_CASE("ten million random blocks of every type have the values of the definition", "[slow]") {
    std::mt19937_64 random(21);
    for (const tensor_type type : cria_test::every_type())
        for (const tier with : cria_test::every_tier()) {
            if (with == tier::plain && cria_test::every_tier().size() > 1) continue;
            INFO(cria_test::name_of(type) << ", tier " << static_cast<int>(with));
            const std::size_t n_rounds = 10'000'000 / (cria_test::every_tier().size() > 2 ? 2 : 1) / 10'000;
            std::size_t n_different = 0;
            for (std::size_t round = 0; round < n_rounds; ++round) n_different += count_differences(type, with, random, 10'000);
            CHECK(n_different == 0);
        }
}

TEST_CASE("halves are the floats, rounded") {
    std::mt19937_64 random(22);
    for (const tensor_type type : cria_test::every_type())
        for (const tier with : cria_test::every_tier()) {
            INFO(cria_test::name_of(type) << ", tier " << static_cast<int>(with));
            const auto layout = *cria::geometry_of(type);
            const std::size_t n_blocks = 3000 / layout.elements_per_block + 1;
            const auto bytes = cria_test::random_bytes(random, n_blocks * layout.bytes_per_block);
            const auto floats = defined_values(type, bytes);
            for (const std::size_t first : {std::size_t{0}, floats.size() / 3}) {
                std::vector<quant::f16> f16s(floats.size() - first);
                std::vector<quant::bf16> bf16s(floats.size() - first);
                REQUIRE(quant::dequantize_range<quant::f16>(type, bytes, first, f16s, with));
                REQUIRE(quant::dequantize_range<quant::bf16>(type, bytes, first, bf16s, with));
                std::size_t n_different = 0;
                for (std::size_t i = 0; i < f16s.size(); ++i) {
                    const float value = floats[first + i];
                    n_different += cria_test::same_value(quant::to_float(f16s[i]), quant::to_float(quant::to_f16(value))) ? 0 : 1;
                    n_different += cria_test::same_value(quant::to_float(bf16s[i]), quant::to_float(quant::to_bf16(value))) ? 0 : 1;
                }
                CHECK(n_different == 0);
            }
        }
}

TEST_CASE("rows are numbered through all dimensions") {
    std::mt19937_64 random(23);
    // Experts of 3 rows of 64 elements: row 1 of expert 2 is row 7.
    const std::size_t per_row = 64, n_rows = 4 * 3;
    const auto bytes = cria_test::random_bytes(random, n_rows * per_row / 32 * 18);
    const auto all = defined_values(tensor_type::q4_0, bytes);
    std::vector<float> rows(2 * per_row);
    REQUIRE(quant::dequantize_rows<float>(tensor_type::q4_0, bytes, per_row, 2 * 3 + 1, rows));
    CHECK(cria_test::first_difference(rows, std::span(all).subspan(7 * per_row, rows.size())) == rows.size());

    REQUIRE(quant::dequantize_rows<float>(tensor_type::q4_0, bytes, per_row, n_rows, std::span<float>{}));
    const auto code_of = [&](std::uint64_t elements_per_row, std::uint64_t first_row, std::span<float> out) {
        const auto done = quant::dequantize_rows<float>(tensor_type::q4_0, bytes, elements_per_row, first_row, out);
        REQUIRE_FALSE(done);
        return done.error().code;
    };
    CHECK(code_of(per_row, n_rows - 1, rows) == errc::out_of_range);
    CHECK(code_of(per_row, ~std::uint64_t{0}, rows) == errc::out_of_range);
    CHECK(code_of(per_row, 0, std::span(rows).first(65)) == errc::invalid_argument);
    CHECK(code_of(0, 0, rows) == errc::wrong_shape);
    CHECK(code_of(48, 0, rows) == errc::wrong_shape);
    CHECK(code_of(32 * 5, 0, rows) == errc::wrong_shape);
}

TEST_CASE("what cannot be read is refused, and says why") {
    std::vector<float> out(64);
    std::vector<std::byte> bytes(36);
    const auto error_of = [&](tensor_type type, std::size_t n_bytes, std::size_t n_out, tier with = tier::plain) {
        const auto done = quant::dequantize<float>(type, std::span(bytes).first(n_bytes), std::span(out).first(n_out), with);
        REQUIRE_FALSE(done);
        return done.error();
    };
    CHECK(error_of(tensor_type{4}, 36, 64).message() == "blocks: tensor type is not supported: q4_2");
    CHECK(error_of(tensor_type{99}, 36, 64).code == errc::unsupported_type);
    CHECK(error_of(tensor_type{99}, 36, 64).found.number() == 99);
    CHECK(error_of(tensor_type::q4_0, 35, 64).code == errc::wrong_shape);
    CHECK(error_of(tensor_type::q4_0, 36, 63).code == errc::output_too_small);
    CHECK(error_of(tensor_type::q4_0, 36, 63).expected.number() == 64);
    CHECK(error_of(tensor_type::q4_0, 18, 64).code == errc::invalid_argument);
    CHECK(error_of(tensor_type::q4_0, 36, 64, static_cast<tier>(77)).code == errc::invalid_argument);

    const auto range = quant::dequantize_range<float>(tensor_type::q4_0, bytes, 1, out);
    REQUIRE_FALSE(range);
    CHECK(range.error().code == errc::out_of_range);
    CHECK_FALSE(quant::dequantize_range<float>(tensor_type::q4_0, bytes, ~std::uint64_t{0}, out));
    CHECK(quant::dequantize_range<float>(tensor_type::q4_0, bytes, 64, std::span<float>{}));
    CHECK(quant::dequantize<float>(tensor_type::q4_0, {}, std::span<float>{}));
}

TEST_CASE("nothing is written behind the output") {
    std::mt19937_64 random(24);
    for (const tensor_type type : cria_test::every_type())
        for (const tier with : cria_test::every_tier()) {
            const auto layout = *cria::geometry_of(type);
            const std::size_t n_blocks = 600 / layout.elements_per_block + 1;
            const auto bytes = cria_test::random_bytes(random, n_blocks * layout.bytes_per_block);
            std::vector<float> out(n_blocks * layout.elements_per_block + 64, 7.0F);
            const std::size_t n = random() % (n_blocks * layout.elements_per_block);
            REQUIRE(quant::dequantize_range<float>(type, bytes, 0, std::span(out).first(n), with));
            CHECK(std::all_of(out.begin() + static_cast<std::ptrdiff_t>(n), out.end(), [](float value) { return value == 7.0F; }));
        }
}
