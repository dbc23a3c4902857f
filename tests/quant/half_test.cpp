// SPDX-License-Identifier: MIT
#include "cria/quant/half.hpp"

#include "support/catch.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

namespace quant = cria::quant;
using quant::bf16;
using quant::f16;

namespace {

auto f16_of(std::uint16_t bits) -> float { return quant::to_float(f16{bits}); }

/// By the definition: sign, exponent and fraction, in doubles.
auto defined_value(std::uint16_t bits) -> double {
    const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
    const int exponent = bits >> 10U & 0x1F, fraction = bits & 0x3FF;
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

auto is_nan_bits(std::uint16_t bits) -> bool { return (bits & 0x7FFFU) > 0x7C00U; }

}  // namespace

TEST_CASE("every binary16 number has the value of its definition") {
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float value = f16_of(half);
        if ((half & 0x7C00U) == 0x7C00U) {
            CHECK((half & 0x3FFU ? std::isnan(value) : std::isinf(value)));
            CHECK(std::signbit(value) == ((half & 0x8000U) != 0));
            continue;
        }
        if (static_cast<double>(value) != defined_value(half) || std::signbit(value) != ((half & 0x8000U) != 0)) FAIL(bits);
    }
    CHECK(f16_of(0x3C00) == 1.0F);
    CHECK(f16_of(0x7BFF) == 65504.0F);
    CHECK(f16_of(0x0001) == 0x1p-24F);
}

TEST_CASE("a number of 16 bits comes back as itself") {
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const auto quiet_f16 = static_cast<std::uint16_t>(is_nan_bits(half) ? half | 0x200U : half);
        const auto quiet_bf16 = static_cast<std::uint16_t>((half & 0x7FFFU) > 0x7F80U ? half | 0x40U : half);
        if (quant::to_f16(f16_of(half)).bits != quiet_f16) FAIL(bits);
        if (quant::to_bf16(quant::to_float(bf16{half})).bits != quiet_bf16) FAIL(bits);
    }
}

TEST_CASE("to 16 bits is to the nearest, and to the even one of two") {
    // Between every two neighbours: their middle, and a little to both sides.
    for (std::uint16_t half = 0; half < 0x7C00; ++half) {
        const auto above = static_cast<std::uint16_t>(half + 1);
        const double low = defined_value(half), high = above == 0x7C00 ? 65536.0 : defined_value(above);
        const auto middle = static_cast<float>((low + high) / 2);  // exact: one more bit
        const std::uint16_t even = (half & 1U) == 0 ? half : above;
        for (const std::uint16_t sign : {std::uint16_t{0}, std::uint16_t{0x8000}}) {
            const auto signed_value = [&](float value) { return sign != 0 ? -value : value; };
            const auto bits_of = [&](float value) { return static_cast<std::uint16_t>(quant::to_f16(signed_value(value)).bits ^ sign); };
            if (bits_of(middle) != even) FAIL(half);
            if (bits_of(std::nextafter(middle, 0.0F)) != half) FAIL(half);
            if (bits_of(std::nextafter(middle, 1e9F)) != above) FAIL(half);
        }
    }
    CHECK(quant::to_f16(65519.0F).bits == 0x7BFF);
    CHECK(quant::to_f16(65520.0F).bits == 0x7C00);
    CHECK(quant::to_f16(3.4e38F).bits == 0x7C00);
    CHECK(quant::to_f16(0x1p-26F).bits == 0);
    CHECK(quant::to_f16(std::bit_cast<float>(0x7FC00001U)).bits == 0x7E00);
    CHECK(quant::to_f16(std::bit_cast<float>(0xFF800001U)).bits == 0xFE00);

    CHECK(quant::to_bf16(1.0F).bits == 0x3F80);
    CHECK(quant::to_bf16(std::bit_cast<float>(0x3F808000U)).bits == 0x3F80);
    CHECK(quant::to_bf16(std::bit_cast<float>(0x3F818000U)).bits == 0x3F82);
    CHECK(quant::to_bf16(std::bit_cast<float>(0x3F808001U)).bits == 0x3F81);
    CHECK(quant::to_bf16(std::bit_cast<float>(0x7F7FFFFFU)).bits == 0x7F80);
    CHECK(quant::to_bf16(std::bit_cast<float>(0x7F800001U)).bits == 0x7FC0);
}

TEST_CASE("halves are what the compiler knows at compile time") {
    static_assert(quant::to_float(f16{0xC000}) == -2.0F);
    static_assert(quant::to_f16(0.5F) == f16{0x3800});
    static_assert(quant::to_bf16(-1.0F) == bf16{0xBF80});
}
