// SPDX-License-Identifier: MIT
#include "engine/numbers.hpp"

#include "engine/kernels.hpp"
#include "engine/tiers.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr double wide_infinity = std::numeric_limits<double>::infinity();
constexpr double wide_not_a_number = std::numeric_limits<double>::quiet_NaN();

/// What the last bit of a number near `exact` is worth; of subnormal ones, the smallest there is.
template <class Number, class Exact>
auto last_place(Exact exact) -> Exact {
    using limits = std::numeric_limits<Number>;
    const int exponent = std::max(exact == 0 ? limits::min_exponent : std::ilogb(exact) + 1, limits::min_exponent);
    return std::ldexp(Exact{1}, exponent - limits::digits);
}

/// The largest error of `ours`, in units of the last place, over numbers that lie `step` bits apart in [from, to].
template <class Ours, class Exact>
auto largest_error(float from, float to, std::uint32_t step, Ours ours, Exact exact) -> double {
    double worst = 0;
    const auto sweep = [&](float begin, float end) {  // of one sign, away from 0
        for (auto bits = std::bit_cast<std::uint32_t>(begin); bits <= std::bit_cast<std::uint32_t>(end); bits += step) {
            const auto x = std::bit_cast<float>(bits);
            const double wanted = exact(static_cast<double>(x));
            worst = std::max(worst, std::abs(static_cast<double>(ours(x)) - wanted) / last_place<float>(wanted));
        }
    };
    sweep(0.0F, to);
    sweep(-0.0F, from);
    return worst;
}

}  // namespace

TEST_CASE("exp of a float is within 1 unit of the last place") {
    const double worst = largest_error(-87.0F, 88.72F, 1009, [](float x) { return engine::exp(x); }, [](double x) { return std::exp(x); });
    INFO(worst);
    CHECK(worst < 1);
    CHECK(worst > 0.5);  // it is no correctly rounded exp, and the sweep sees that
}

TEST_CASE("exp of a float is within 1 unit of the smallest number where results are subnormal") {
    const double worst = largest_error(-110.0F, 0.0F, 101, [](float x) { return x < -87 ? engine::exp(x) : std::exp(x); }, [](double x) { return std::exp(x); });
    INFO(worst);
    CHECK(worst < 1);
}

TEST_CASE("exp of a float meets its special cases exactly") {
    CHECK(engine::exp(0.0F) == 1);
    CHECK(engine::exp(-0.0F) == 1);
    CHECK(engine::exp(-infinity) == 0);
    CHECK(engine::exp(infinity) == infinity);
    CHECK(engine::exp(88.73F) == infinity);
    CHECK(engine::exp(88.72F) < infinity);
    CHECK(engine::exp(1e30F) == infinity);
    CHECK(engine::exp(-1e30F) == 0);
    CHECK(engine::exp(-104.0F) == 0);
    CHECK(engine::exp(-103.0F) == std::numeric_limits<float>::denorm_min());
    CHECK(std::isnan(engine::exp(not_a_number)));
    CHECK(std::isnan(engine::exp(-not_a_number)));
}

TEST_CASE("exp of a double is within 1 unit of the last place") {
    double worst = 0;
    std::mt19937_64 random(1);
    for (int i = 0; i < 100'000; ++i) {
        const double x = i % 2 == 0 ? std::uniform_real_distribution<>(-708, 709.7)(random) : std::uniform_real_distribution<>(-2, 2)(random);
        const long double exact = std::exp(static_cast<long double>(x));
        worst = std::max(worst, static_cast<double>(std::abs(engine::exp(x) - exact) / last_place<double>(exact)));
    }
    INFO(worst);
    CHECK(worst < 1);
    CHECK(engine::exp(0.0) == 1);
    CHECK(engine::exp(-wide_infinity) == 0);
    CHECK(engine::exp(wide_infinity) == wide_infinity);
    CHECK(engine::exp(709.79) == wide_infinity);
    CHECK(engine::exp(-746.0) == 0);
    CHECK(engine::exp(-745.0) == std::numeric_limits<double>::denorm_min());
    CHECK(std::isnan(engine::exp(wide_not_a_number)));
}

TEST_CASE("log is within 1 unit of the last place") {
    double worst = 0;
    std::mt19937_64 random(2);
    for (int i = 0; i < 100'000; ++i) {
        // Every exponent, and the surroundings of 1, where the result is small.
        const double x = i % 2 == 0 ? std::bit_cast<double>(random() % 0x7FF0000000000000U) : 1 + std::uniform_real_distribution<>(-0.4, 0.6)(random) * std::exp2(-i % 50);
        if (x == 1) continue;
        const long double exact = std::log(static_cast<long double>(x));
        worst = std::max(worst, static_cast<double>(std::abs(engine::log(x) - exact) / last_place<double>(exact)));
    }
    INFO(worst);
    CHECK(worst < 1);
    CHECK(engine::log(1.0) == 0);
    CHECK(engine::log(0.0) == -wide_infinity);
    CHECK(engine::log(wide_infinity) == wide_infinity);
    CHECK(std::isnan(engine::log(-1.0)));
    CHECK(std::isnan(engine::log(wide_not_a_number)));
}

TEST_CASE("sine and cosine are within 2^-52 for angles up to 2^24") {
    long double worst = 0;
    std::mt19937_64 random(3);
    for (int i = 0; i < 200'000; ++i) {
        const double most = std::exp2(24 - i % 40);
        double angle = std::uniform_real_distribution<>(-most, most)(random);
        if (i % 3 == 0) angle = std::nearbyint(angle) * 1.57079632679489661923;  // next to where one of them is 0
        if (std::abs(angle) > 0x1p24) continue;
        const auto [sin, cos] = engine::sin_cos(angle);
        const auto wide = static_cast<long double>(angle);
        worst = std::max({worst, std::abs(sin - std::sin(wide)), std::abs(cos - std::cos(wide))});
    }
    INFO(static_cast<double>(worst) * 0x1p53 << " x 2^-53");
    CHECK(worst < 0x1p-52L);
    CHECK(engine::sin_cos(0).sin == 0);
    CHECK(engine::sin_cos(0).cos == 1);
    CHECK(engine::sin_cos(-1).sin == -engine::sin_cos(1).sin);
    CHECK(engine::sin_cos(-1).cos == engine::sin_cos(1).cos);
}

TEST_CASE("sine and cosine of what is no position's angle are not numbers") {
    for (const double angle : {0x1.0000001p24, -0x1.0000001p24, 1e300, wide_infinity, -wide_infinity, wide_not_a_number}) {
        CHECK(std::isnan(engine::sin_cos(angle).sin));
        CHECK(std::isnan(engine::sin_cos(angle).cos));
    }
}

TEST_CASE("tanh is within 3 units of the last place") {
    const double worst = largest_error(-12.0F, 12.0F, 1009, [](float x) { return engine::tanh(x); }, [](double x) { return std::tanh(x); });
    INFO(worst);
    CHECK(worst < 3);
    CHECK(engine::tanh(infinity) == 1);
    CHECK(engine::tanh(-infinity) == -1);
    CHECK(engine::tanh(1e-30F) == 1e-30F);
    CHECK(std::signbit(engine::tanh(-0.0F)));
    CHECK(std::isnan(engine::tanh(not_a_number)));
}

TEST_CASE("silu is its definition, within 3 units of the last place") {
    const double worst = largest_error(-80.0F, 80.0F, 1009, [](float x) { return engine::silu(x); }, [](double x) { return x / (1 + std::exp(-x)); });
    INFO(worst);
    CHECK(worst < 3);
    CHECK(engine::silu(0.0F) == 0);
    CHECK(engine::silu(1e4F) == 1e4F);
    CHECK(engine::silu(-1e4F) == 0);
    CHECK(std::isnan(engine::silu(not_a_number)));
}

TEST_CASE("gelu is its tanh form, to 2^-22 of the number") {
    double worst = 0;
    for (float x = -12; x < 12; x += 0x1p-14F) {
        const double wide = static_cast<double>(x), z = 0.797884560802865356 * (wide + 0.044715 * wide * wide * wide);
        const double exact = 0.5 * wide * (1 + std::tanh(z));
        worst = std::max(worst, std::abs(static_cast<double>(engine::gelu(x)) - exact) / std::max(std::abs(wide), 0x1p-14));
    }
    INFO(worst * 0x1p22);
    CHECK(worst < 0x1p-22);
    CHECK(engine::gelu(0.0F) == 0);
    CHECK(engine::gelu(30.0F) == 30);
    CHECK(engine::gelu(-30.0F) == 0);
    CHECK(engine::gelu(-1e20F) == 0);
    CHECK(std::isnan(engine::gelu(not_a_number)));
}

TEST_CASE("arrays of activations hold the bits of the scalar functions, on every tier, at every length") {
    std::mt19937 random(4);
    std::normal_distribution<float> normal(0, 8);
    for (std::size_t n = 0; n < 70; ++n) {
        std::vector<float> gate(n), up(n), out(n);
        for (float& each : gate) each = normal(random);
        for (float& each : up) each = normal(random);
        if (n > 5) gate[n - 3] = n % 2 == 0 ? not_a_number : -infinity;
        for (const auto tier : cria_test::every_engine_tier()) {
            INFO(n << " on tier " << static_cast<int>(tier));
            engine::kernels_of(tier).silu_times(gate.data(), up.data(), out.data(), n);
            for (std::size_t i = 0; i < n; ++i) CHECK(cria_test::same_value(out[i], engine::silu(gate[i]) * up[i]));
            engine::kernels_of(tier).gelu_times(gate.data(), up.data(), out.data(), n);
            for (std::size_t i = 0; i < n; ++i) CHECK(cria_test::same_value(out[i], engine::gelu(gate[i]) * up[i]));
        }
    }
}

TEST_CASE("softmax is taken in sixteen lanes, on every tier, at every length") {
    std::mt19937 random(5);
    std::normal_distribution<float> normal(0, 4);
    for (std::size_t n = 1; n < 70; ++n) {
        std::vector<float> scores(n), wanted(n);
        for (float& each : scores) each = normal(random);
        if (n > 3) scores[n / 2] = -infinity;
        const float most = *std::max_element(scores.begin(), scores.end());
        float lanes[16] = {};
        for (std::size_t i = 0; i < n; ++i) lanes[i % 16] += wanted[i] = engine::exp(scores[i] - most);
        for (float& each : wanted) each /= engine::sum_of_lanes(lanes);
        for (const auto tier : cria_test::every_engine_tier()) {
            INFO(n << " on tier " << static_cast<int>(tier));
            auto out = scores;
            engine::kernels_of(tier).softmax(out.data(), n);
            CHECK(cria_test::first_difference(out, wanted) == n);
        }
    }
}

TEST_CASE("softmax of scores that are no distribution is not a number, and of one is 1") {
    const std::vector<std::vector<float>> hopeless = {{1, not_a_number}, {not_a_number, 1}, {infinity, 0}, {-infinity, -infinity}, std::vector<float>(20, -infinity)};
    for (const auto tier : cria_test::every_engine_tier()) {
        for (auto scores : hopeless) {
            engine::kernels_of(tier).softmax(scores.data(), scores.size());
            for (const float each : scores) CHECK(std::isnan(each));
        }
        float one = -1e30F;
        engine::kernels_of(tier).softmax(&one, 1);
        CHECK(one == 1);
        engine::kernels_of(tier).softmax(nullptr, 0);
    }
}

TEST_CASE("softmax of large scores neither overflows nor leaves out the rest") {
    std::vector<float> scores(1000, 1e30F);
    scores[7] = -1e30F;
    engine::softmax(scores.data(), scores.size());
    CHECK(scores[7] == 0);
    CHECK(scores[8] == 1.0F / 999);
}
