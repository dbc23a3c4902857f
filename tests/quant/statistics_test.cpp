// SPDX-License-Identifier: MIT
// What the values of a tensor are like: against sums taken plainly, and the same bits however a tensor is cut.
#include "cria/quant/statistics.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "quant/random_blocks.hpp"
#include "support/catch.hpp"

namespace {

namespace quant = cria::quant;
using cria::tensor_type;
using quant::statistics;

constexpr float infinity = std::numeric_limits<float>::infinity(), not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float largest = std::numeric_limits<float>::max(), smallest = std::numeric_limits<float>::denorm_min();

auto of(const std::vector<float>& values) -> statistics {
    statistics made;
    made.add(values);
    return made;
}

/// Everything that can be asked, as bits.
auto everything(const statistics& of) -> std::vector<std::uint64_t> {
    const auto bits = [](auto number) { return static_cast<std::uint64_t>(std::bit_cast<std::conditional_t<sizeof number == 4, std::uint32_t, std::uint64_t>>(number)); };
    std::vector<std::uint64_t> all = {of.count(), of.zeros(), of.nans(), of.infinities(), bits(of.min()), bits(of.max()), bits(of.mean()), bits(of.rms())};
    for (const std::uint64_t each : of.histogram()) all.push_back(each);
    return all;
}

/// Normal numbers of many sizes, with everything else that a float can be among them.
auto mixed_values(std::size_t n, std::uint64_t seed) -> std::vector<float> {
    std::mt19937_64 random(seed);
    std::vector<float> values(n);
    for (float& value : values) {
        value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (random() % 4 != 0) value = std::ldexp(static_cast<float>(static_cast<std::int32_t>(random())), static_cast<int>(random() % 20) - 50);
        if (random() % 64 == 0) value = random() % 2 == 0 ? 0.0F : -0.0F;
    }
    return values;
}

auto close(double a, double b, double tolerance) -> bool { return std::abs(a - b) <= tolerance; }

}  // namespace

TEST_CASE("counts, range, mean and root mean square are those of the finite values") {
    const statistics some = of({1, -3, 0, -0.0F, 2.5F, infinity, not_a_number, -infinity, -not_a_number, 4});
    CHECK(some.count() == 10);
    CHECK(some.zeros() == 2);
    CHECK(some.nans() == 2);
    CHECK(some.infinities() == 2);
    CHECK(some.min() == -3);
    CHECK(some.max() == 4);
    CHECK(some.mean() == 4.5 / 6);
    CHECK(some.rms() == std::sqrt((1 + 9 + 6.25 + 16) / 6));
}

TEST_CASE("where nothing is finite, range and means are NaN, and counts are right") {
    for (const statistics& none : {statistics(), of({infinity, not_a_number})}) {
        CHECK(std::isnan(none.min()));
        CHECK(std::isnan(none.max()));
        CHECK(std::isnan(none.mean()));
        CHECK(std::isnan(none.rms()));
        CHECK(none.zeros() == 0);
        CHECK(none.nans() + none.infinities() == none.count());
    }
}

TEST_CASE("the ends of a float's range neither overflow nor vanish") {
    const statistics wide = of({largest, -largest, smallest, largest});
    CHECK(wide.max() == largest);
    CHECK(wide.min() == -largest);
    CHECK(wide.mean() == (static_cast<double>(smallest) + largest) / 4);
    CHECK(close(wide.rms() / largest, std::sqrt(0.75), 1e-15));
    const statistics tiny = of({smallest, -smallest, smallest, smallest});
    CHECK(tiny.mean() == static_cast<double>(smallest) / 2);
    CHECK(tiny.rms() == smallest);
    CHECK(tiny.min() == -smallest);
    const statistics small = of({0x1p-126F, 0x1p-127F});
    CHECK(small.mean() == 0x1.8p-127);
    CHECK(small.min() == 0x1p-127F);
}

TEST_CASE("what cancels is exactly zero, in whatever order it came") {
    CHECK(of({1e30F, 1e-30F, -1e30F, -1e-30F}).mean() == 0);
    CHECK(of({1e30F, 0x1p-100F, -1e30F}).mean() == 0x1p-100 / 3);
}

TEST_CASE("negative zero is below zero") {
    const auto sign_of = [](float value) { return std::signbit(value); };
    CHECK(sign_of(of({0.0F, -0.0F}).min()));
    CHECK(!sign_of(of({-0.0F, 0.0F}).max()));
    CHECK(sign_of(of({-0.0F}).max()));
    CHECK(!sign_of(of({0.0F}).min()));
}

TEST_CASE("squares are summed in 128 bits") {
    // 2^18 squares of 48 bits are more than 64 bits hold.
    const float almost_two = std::bit_cast<float>(0x3FFFFFFFU);
    statistics many;
    for (int i = 0; i < 64; ++i) many.add(std::vector<float>(1U << 12U, almost_two));
    CHECK(close(many.rms(), almost_two, 1e-15));
    statistics doubled = many;
    doubled.add(many);
    CHECK(close(doubled.rms(), almost_two, 1e-15));
    CHECK(doubled.mean() == almost_two);
}

TEST_CASE("the histogram counts magnitudes by powers of two, zeros and what is not finite left out") {
    CHECK(statistics::bin_begin(0) == 0);
    CHECK(statistics::bin_begin(1) == 0x1p-23F);
    CHECK(statistics::bin_begin(24) == 1);
    CHECK(statistics::bin_begin(31) == 128);
    const std::vector<float> values = mixed_values(20000, 3);
    std::array<std::uint64_t, statistics::n_bins> wanted{};
    for (const float value : values) {
        if (value == 0 || !std::isfinite(value)) continue;
        std::size_t bin = statistics::n_bins - 1;
        while (bin > 0 && std::abs(value) < statistics::bin_begin(bin)) --bin;
        ++wanted[bin];
    }
    CHECK(of(values).histogram() == wanted);
    CHECK(*std::min_element(wanted.begin(), wanted.end()) > 0);
    const auto border = of({1, -1, std::nextafter(1.0F, 0.0F), 0, smallest, largest}).histogram();
    CHECK(border[24] == 2);
    CHECK(border[23] == 1);
    CHECK(border[0] == 1);
    CHECK(border[31] == 1);
}

TEST_CASE("mean and root mean square agree with sums of long doubles") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        std::vector<float> values;
        long double sum = 0, magnitudes = 0, squares = 0;
        for (const float value : mixed_values(50000, seed)) {
            if (!std::isfinite(value) || std::abs(value) > 1e6F) continue;  // sums of their own would be lost beside those
            values.push_back(value);
            sum += value;
            magnitudes += std::abs(static_cast<long double>(value));
            squares += static_cast<long double>(value) * value;
        }
        const auto n = static_cast<long double>(values.size());
        const statistics some = of(values);
        CHECK(close(some.mean(), static_cast<double>(sum / n), static_cast<double>(magnitudes / n) * 0x1p-44));
        CHECK(close(some.rms(), static_cast<double>(std::sqrt(squares / n)), static_cast<double>(std::sqrt(squares / n)) * 0x1p-44));
    }
}

TEST_CASE("however values are cut and in whatever order the parts are added, the bits are the same") {
    const std::vector<float> values = mixed_values(10000, 7);
    const auto whole = everything(of(values));
    std::mt19937_64 random(8);
    for (int round = 0; round < 50; ++round) {
        std::vector<statistics> parts;
        for (std::size_t at = 0; at < values.size();) {
            const std::size_t n = std::min<std::size_t>(values.size() - at, 1 + random() % (round < 25 ? 300 : 5000));
            parts.emplace_back().add(std::span(values).subspan(at, n));
            at += n;
        }
        std::shuffle(parts.begin(), parts.end(), random);
        while (parts.size() > 1) {  // a tree of any shape
            const std::size_t i = random() % (parts.size() - 1);
            parts[i].add(parts.back());
            parts.pop_back();
        }
        REQUIRE(everything(parts[0]) == whole);
    }
}

TEST_CASE("statistics of blocks are those of their floats, for every type, range and tier") {
    std::mt19937_64 random(9);
    for (const tensor_type type : cria_test::every_type()) {
        CAPTURE(cria_test::name_of(type));
        const auto layout = *cria::geometry_of(type);
        const std::size_t n = 256 * 20;
        const auto bytes = cria_test::random_bytes(random, n / layout.elements_per_block * layout.bytes_per_block);
        std::vector<float> values(n);
        REQUIRE(quant::dequantize<float>(type, bytes, values));
        const auto whole = everything(of(values));
        for (const quant::tier with : cria_test::every_tier()) {
            const auto found = quant::statistics_of(type, bytes, with);
            REQUIRE(found);
            CHECK(everything(*found) == whole);
            for (int round = 0; round < 20; ++round) {
                const std::size_t first = random() % (n + 1), count = random() % (n - first + 1);
                const auto part = quant::statistics_of(type, bytes, first, count, with);
                REQUIRE(part);
                REQUIRE(everything(*part) == everything(of({values.begin() + static_cast<std::ptrdiff_t>(first), values.begin() + static_cast<std::ptrdiff_t>(first + count)})));
            }
        }
    }
}

TEST_CASE("statistics of what cannot be read are typed errors") {
    const std::vector<std::byte> bytes(36);
    const auto code_of = [](const cria::result<statistics>& found) { return found ? std::string("none") : std::string(name_of(found.error().code)); };
    CHECK(code_of(quant::statistics_of(static_cast<tensor_type>(4), bytes)) == "unsupported_type");
    CHECK(code_of(quant::statistics_of(tensor_type::q4_0, std::span(bytes).first(35))) == "wrong_shape");
    CHECK(code_of(quant::statistics_of(tensor_type::q4_0, bytes, 60, 5)) == "out_of_range");
    CHECK(code_of(quant::statistics_of(tensor_type::q4_0, bytes, 65, 0)) == "out_of_range");
    CHECK(code_of(quant::statistics_of(tensor_type::q4_0, bytes, 1, ~std::uint64_t{0})) == "out_of_range");
    CHECK(code_of(quant::statistics_of(tensor_type::q4_0, bytes, 64, 0)) == "none");
    CHECK(code_of(quant::statistics_of(tensor_type::q4_0, bytes, static_cast<quant::tier>(99))) == "invalid_argument");
}
