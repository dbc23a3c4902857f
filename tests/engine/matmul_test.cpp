// SPDX-License-Identifier: MIT
#include "engine/matmul.hpp"

#include "cria/quant/dot.hpp"
#include "engine/multiply_rows.hpp"
#include "engine/tiers.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace quant = cria::quant;
using cria::errc;
using cria::tensor_type;
using engine::matrix;

namespace {

/// Random weights whose values are finite and of moderate size, at an address that is a multiple of nothing.
class random_matrix {
public:
    random_matrix(tensor_type type, std::size_t n_in, std::size_t n_out, std::mt19937_64& random, std::size_t offset = 1)
        : bytes_(made(type, n_in * n_out, random), offset), view_{type, bytes_.view(), n_in, n_out} {}

    [[nodiscard]] auto view() const -> const matrix& { return view_; }

private:
    static auto made(tensor_type type, std::size_t n_elements, std::mt19937_64& random) -> std::vector<std::byte> {
        const auto layout = *cria::geometry_of(type);
        std::vector<std::byte> bytes;
        for (std::size_t done = 0; done < n_elements;) {
            const auto block = cria_test::random_bytes(random, layout.bytes_per_block);
            bool is_usable = true;
            for (std::size_t i = 0; i < layout.elements_per_block; ++i) is_usable = is_usable && std::abs(quant::element(type, block.data(), i)) < 1e6F;
            // Bytes that are integers are always too large.
            const bool is_integer = type == tensor_type::i32 || type == tensor_type::i64;
            if (!is_usable && !is_integer) continue;
            bytes.insert(bytes.end(), block.begin(), block.end());
            done += layout.elements_per_block;
        }
        return bytes;
    }

    cria_test::placed_bytes bytes_;
    matrix view_;
};

auto random_floats(std::size_t n, std::mt19937_64& random) -> std::vector<float> {
    std::normal_distribution<float> normal;
    std::vector<float> floats(n);
    for (float& each : floats) each = normal(random);
    return floats;
}

/// One sum in the documented order, an element at a time.
auto defined_dot(const float* a, const float* b, std::size_t n) -> float {
    volatile float lanes[16] = {};
    for (std::size_t i = 0; i < n; ++i) {
        volatile float product = a[i] * b[i];
        lanes[i % 16] = lanes[i % 16] + product;
    }
    for (std::size_t width = 8; width > 0; width /= 2)
        for (std::size_t l = 0; l < width; ++l) lanes[l] = lanes[l] + lanes[l + width];
    return lanes[0];
}

/// A product by cria::quant::dot, which takes its sums in the same order.
auto product_by_dot(const matrix& w, const std::vector<float>& x, std::size_t n_tokens) -> std::vector<float> {
    std::vector<float> y(n_tokens * w.n_out);
    const std::size_t row_bytes = w.bytes.size() / w.n_out;
    for (std::size_t t = 0; t < n_tokens; ++t)
        for (std::size_t o = 0; o < w.n_out; ++o) {
            y[t * w.n_out + o] = quant::dot(w.type, w.bytes.subspan(o * row_bytes, row_bytes), std::span(x).subspan(t * w.n_in, w.n_in)).value();
        }
    return y;
}

auto product(const matrix& w, const std::vector<float>& x, std::size_t n_tokens, engine::team& on) -> std::vector<float> {
    std::vector<float> y(n_tokens * w.n_out, -1.0F);
    engine::multiply(w, x.data(), n_tokens, y.data(), on);
    return y;
}

}  // namespace

TEST_CASE("a product of any type has the bits of quant::dot, for every number of tokens and threads") {
    std::mt19937_64 random(1);
    engine::team one(1), two(2), three(3);
    for (const tensor_type type : cria_test::every_type()) {
        const std::size_t per_block = cria::geometry_of(type)->elements_per_block;
        const std::size_t n_in = per_block == 1 ? 37 : (70 / per_block + 1) * per_block, n_out = 23;
        const random_matrix w(type, n_in, n_out, random);
        REQUIRE(engine::check(w.view()));
        const auto x = random_floats(70 * n_in, random);
        const auto wanted = product_by_dot(w.view(), x, 70);
        for (const std::size_t n_tokens : {0U, 1U, 2U, 3U, 5U, 6U, 7U, 13U, 70U}) {
            for (engine::team* const on : {&one, &two, &three}) {
                INFO(cria_test::name_of(type) << ", " << n_tokens << " tokens, " << on->size() << " threads");
                CHECK(cria_test::first_difference(product(w.view(), x, n_tokens, *on), std::span(wanted).first(n_tokens * n_out)) == n_tokens * n_out);
            }
        }
    }
}

TEST_CASE("a product is the exact one, up to what rounding in sixteen lanes may do") {
    std::mt19937_64 random(2);
    engine::team on(2);
    for (const tensor_type type : {tensor_type::f32, tensor_type::bf16, tensor_type::q4_1, tensor_type::q6_k}) {
        const std::size_t n_in = 512, n_out = 9, n_tokens = 11;
        const random_matrix w(type, n_in, n_out, random);
        std::vector<float> weights(n_in * n_out);
        REQUIRE(quant::dequantize<float>(type, w.view().bytes, weights));
        const auto x = random_floats(n_tokens * n_in, random);
        const auto y = product(w.view(), x, n_tokens, on);
        for (std::size_t t = 0; t < n_tokens; ++t)
            for (std::size_t o = 0; o < n_out; ++o) {
                double exact = 0, magnitude = 0;
                for (std::size_t i = 0; i < n_in; ++i) {
                    const double term = static_cast<double>(weights[o * n_in + i]) * static_cast<double>(x[t * n_in + i]);
                    exact += term;
                    magnitude += std::abs(term);
                }
                INFO(cria_test::name_of(type) << ", token " << t << ", row " << o);
                CHECK(std::abs(static_cast<double>(y[t * n_out + o]) - exact) <= magnitude * (n_in / 16 + 6) * 0x1p-24);
            }
    }
}

TEST_CASE("a product has the same bits on every tier, where rows are cut, and rows and tokens are left over") {
    std::mt19937_64 random(3);
    for (const tensor_type type : {tensor_type::f32, tensor_type::f16, tensor_type::q8_0}) {
        for (const std::size_t n_in : {std::size_t{32}, std::size_t{2048}, std::size_t{2080}, std::size_t{4160}}) {
            const std::size_t n_out = 7, n_tokens = n_in < 4000 ? 9 : 101;  // more than a block of tokens, once
            const random_matrix w(type, n_in, n_out, random);
            const auto x = random_floats(n_tokens * n_in, random);
            const auto wanted = product_by_dot(w.view(), x, n_tokens);
            for (const auto tier : cria_test::every_engine_tier()) {
                INFO(cria_test::name_of(type) << ", rows of " << n_in << ", tier " << static_cast<int>(tier));
                std::vector<float> y(n_tokens * n_out, -1.0F);
                engine::multiply_rows(w.view(), x.data(), n_tokens, y.data(), 0, 4, engine::kernels_of(tier));
                engine::multiply_rows(w.view(), x.data(), n_tokens, y.data(), 4, n_out, engine::kernels_of(tier));
                CHECK(cria_test::first_difference(y, wanted) == y.size());
            }
        }
    }
}

TEST_CASE("floats are used where they lie, and from any address") {
    std::mt19937_64 random(4);
    engine::team on(1);
    for (const std::size_t offset : {0U, 1U, 4U}) {
        const random_matrix w(tensor_type::f32, 50, 6, random, offset);
        const auto x = random_floats(2 * 50, random);
        CHECK(cria_test::first_difference(product(w.view(), x, 2, on), product_by_dot(w.view(), x, 2)) == 12);
    }
}

TEST_CASE("values that are not finite stay in their own results") {
    std::mt19937_64 random(5);
    engine::team on(1);
    const std::size_t n_in = 64, n_out = 5, n_tokens = 7;
    auto weights = random_floats(n_in * n_out, random);
    weights[2 * n_in + 3] = std::numeric_limits<float>::quiet_NaN();
    auto x = random_floats(n_in * n_tokens, random);
    x[4 * n_in + 60] = std::numeric_limits<float>::infinity();
    const auto y = product({tensor_type::f32, std::as_bytes(std::span(weights)), n_in, n_out}, x, n_tokens, on);
    for (std::size_t t = 0; t < n_tokens; ++t)
        for (std::size_t o = 0; o < n_out; ++o) CHECK(std::isfinite(y[t * n_out + o]) == (t != 4 && o != 2));
}

TEST_CASE("a matrix without rows or columns has an empty product, or zeros") {
    engine::team on(2);
    CHECK(engine::check({tensor_type::f32, {}, 0, 3}));
    CHECK(engine::check({tensor_type::q8_0, {}, 32, 0}));
    CHECK(product({tensor_type::f32, {}, 0, 3}, {}, 2, on) == std::vector<float>(6));
    CHECK(product({tensor_type::q8_0, {}, 32, 0}, std::vector<float>(64), 2, on).empty());
}

TEST_CASE("check refuses matrices that multiply cannot read") {
    const std::vector<std::byte> bytes(34 * 4);
    const auto code_of = [](const matrix& w) { return engine::check(w).error().code; };
    CHECK(engine::check({tensor_type::q8_0, bytes, 64, 2}));
    CHECK(code_of({tensor_type{4}, bytes, 64, 2}) == errc::unsupported_type);
    CHECK(code_of({tensor_type{1000}, bytes, 64, 2}) == errc::unsupported_type);
    CHECK(code_of({tensor_type::q8_0, bytes, 65, 2}) == errc::wrong_shape);
    CHECK(code_of({tensor_type::q8_0, bytes, 64, 3}) == errc::wrong_shape);
    CHECK(code_of({tensor_type::q8_0, cria::byte_view(bytes).first(135), 64, 2}) == errc::wrong_shape);
    CHECK(code_of({tensor_type::f64, bytes, std::uint64_t{1} << 62U, 2}) == errc::wrong_shape);
    CHECK(code_of({tensor_type::f32, {}, std::uint64_t{1} << 32U, std::uint64_t{1} << 30U}) == errc::overflow);
}

TEST_CASE("sums for attention and norms are taken in the documented order, on every tier, at every length") {
    std::mt19937_64 random(6);
    for (std::size_t n = 0; n < 150; n += n < 40 ? 1 : 7) {
        const std::size_t stride = n + 5, n_rows = 11;
        const auto q = random_floats(n, random), rows = random_floats(n_rows * stride, random), weights = random_floats(n_rows, random);
        for (const auto tier : cria_test::every_engine_tier()) {
            INFO(n << " on tier " << static_cast<int>(tier));
            const auto& with = engine::kernels_of(tier);
            std::vector<float> scores(n_rows), sums(n, -1.0F), y = q;
            with.dots(q.data(), rows.data(), stride, n_rows, n, 0.125F, scores.data());
            for (std::size_t r = 0; r < n_rows; ++r) {
                const float wanted = defined_dot(q.data(), rows.data() + r * stride, n);
                CHECK(with.dot(q.data(), rows.data() + r * stride, n) == wanted);
                CHECK(scores[r] == wanted * 0.125F);
            }
            with.weighted_sum(weights.data(), rows.data(), stride, n_rows, n, sums.data());
            with.add_scaled(y.data(), rows.data(), 1.7F, n);
            for (std::size_t i = 0; i < n; ++i) {
                float wanted = 0;
                for (std::size_t r = 0; r < n_rows; ++r) wanted += weights[r] * rows[r * stride + i];
                CHECK(sums[i] == wanted);
                CHECK(y[i] == q[i] + rows[i] * 1.7F);
            }
        }
    }
}

TEST_CASE("what the engine calls is what the tiers compute") {
    std::mt19937_64 random(7);
    const auto a = random_floats(77, random), b = random_floats(77 * 3, random);
    CHECK(engine::dot(a.data(), b.data(), 77) == defined_dot(a.data(), b.data(), 77));
    CHECK(engine::sum_of_squares(a.data(), 77) == defined_dot(a.data(), a.data(), 77));
    std::vector<float> scores(3), sums(77), y(77);
    engine::dots(a.data(), b.data(), 77, 3, 77, 2, scores.data());
    CHECK(scores[2] == 2 * defined_dot(a.data(), b.data() + 2 * 77, 77));
    const float weights[] = {0, 1, 0};
    engine::weighted_sum(weights, b.data(), 77, 3, 77, sums.data());
    CHECK(std::equal(sums.begin(), sums.end(), b.begin() + 77));
    engine::add_scaled(y.data(), a.data(), 1, 77);
    CHECK(y == a);
    engine::weighted_sum(weights, b.data(), 77, 0, 77, sums.data());
    CHECK(sums == std::vector<float>(77));
}
