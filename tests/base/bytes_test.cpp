// SPDX-License-Identifier: MIT
#include "cria/base/bytes.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include "support/catch.hpp"

namespace {

using cria::detail::load;
constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();

}  // namespace

TEST_CASE("numbers are loaded in either byte order from any address", "[bytes]") {
    constexpr std::uint8_t raw[8] = {0x01, 0x82, 0x03, 0x84, 0x05, 0x86, 0x07, 0x88};
    alignas(16) std::byte storage[32];
    for (std::size_t shift = 0; shift < 9; ++shift) {
        std::memcpy(storage + shift, raw, sizeof raw);
        const std::byte* const at = storage + shift;
        CHECK(load<std::uint8_t>(at) == 0x01);
        CHECK(load<std::int8_t>(at + 1) == -126);
        CHECK(load<std::uint16_t>(at) == 0x8201);
        CHECK(load<std::uint16_t>(at, std::endian::big) == 0x0182);
        CHECK(load<std::int16_t>(at) == static_cast<std::int16_t>(0x8201));
        CHECK(load<std::uint32_t>(at) == 0x84038201U);
        CHECK(load<std::uint32_t>(at, std::endian::big) == 0x01820384U);
        CHECK(load<std::int32_t>(at) == static_cast<std::int32_t>(0x84038201U));
        CHECK(load<std::uint64_t>(at) == 0x8807860584038201U);
        CHECK(load<std::uint64_t>(at, std::endian::big) == 0x0182038405860788U);
        CHECK(load<std::int64_t>(at) == static_cast<std::int64_t>(0x8807860584038201U));
        CHECK(load<float>(at) == std::bit_cast<float>(0x84038201U));
        CHECK(load<double>(at, std::endian::big) == std::bit_cast<double>(std::uint64_t{0x0182038405860788U}));
    }
}

TEST_CASE("swapping bytes twice changes nothing", "[bytes]") {
    using cria::detail::swapped;
    static_assert(swapped(std::uint8_t{0xAB}) == 0xAB);
    static_assert(swapped(std::uint16_t{0x0102}) == 0x0201);
    static_assert(swapped(std::uint32_t{0x01020304}) == 0x04030201);
    static_assert(swapped(std::uint64_t{0x0102030405060708}) == 0x0807060504030201);
    for (std::uint32_t n = 0; n < 65536; n += 7) CHECK(swapped(swapped(n * 65521U)) == n * 65521U);
}

TEST_CASE("a sum that does not fit says so", "[bytes]") {
    std::uint64_t sum = 0;
    CHECK(cria::detail::checked_add(0, 0, sum));
    CHECK(sum == 0);
    CHECK(cria::detail::checked_add(largest, 0, sum));
    CHECK(sum == largest);
    CHECK(cria::detail::checked_add(largest - 5, 5, sum));
    CHECK(sum == largest);
    CHECK_FALSE(cria::detail::checked_add(largest, 1, sum));
    CHECK_FALSE(cria::detail::checked_add(1, largest, sum));
    CHECK_FALSE(cria::detail::checked_add(largest, largest, sum));
    CHECK_FALSE(cria::detail::checked_add(std::uint64_t{1} << 63U, std::uint64_t{1} << 63U, sum));
}

TEST_CASE("a product that does not fit says so", "[bytes]") {
    using cria::detail::checked_multiply;
    std::uint64_t product = 0;
    const std::uint64_t two_32 = std::uint64_t{1} << 32U;
    CHECK(checked_multiply(0, largest, product));
    CHECK(product == 0);
    CHECK(checked_multiply(largest, 0, product));
    CHECK(product == 0);
    CHECK(checked_multiply(largest, 1, product));
    CHECK(product == largest);
    CHECK(checked_multiply(two_32, two_32 - 1, product));
    CHECK(product == (two_32 - 1) << 32U);
    CHECK_FALSE(checked_multiply(two_32, two_32, product));  // wraps to 0
    CHECK_FALSE(checked_multiply(largest, 2, product));
    CHECK_FALSE(checked_multiply(largest, largest, product));
    CHECK_FALSE(checked_multiply(6148914691236517206U, 3, product));  // wraps to 2
    // Against a division, for factors around every power of two.
    for (unsigned i = 0; i < 64; ++i)
        for (unsigned j = 0; j < 64; ++j)
            for (const std::uint64_t a : {(std::uint64_t{1} << i) - 1, std::uint64_t{1} << i})
                for (const std::uint64_t b : {(std::uint64_t{1} << j) - 1, std::uint64_t{1} << j}) CHECK(checked_multiply(a, b, product) == (b == 0 || a <= largest / b));
}

TEST_CASE("rounding up stays below 2^64 or says so", "[bytes]") {
    using cria::detail::checked_round_up;
    std::uint64_t rounded = 0;
    CHECK(checked_round_up(0, 32, rounded));
    CHECK(rounded == 0);
    CHECK(checked_round_up(1, 32, rounded));
    CHECK(rounded == 32);
    CHECK(checked_round_up(32, 32, rounded));
    CHECK(rounded == 32);
    CHECK(checked_round_up(33, 32, rounded));
    CHECK(rounded == 64);
    CHECK(checked_round_up(7, 1, rounded));
    CHECK(rounded == 7);
    CHECK(checked_round_up(7, 3, rounded));
    CHECK(rounded == 9);
    CHECK(checked_round_up(largest - 31, 32, rounded));
    CHECK(rounded == largest - 31);
    CHECK_FALSE(checked_round_up(largest - 30, 32, rounded));
    CHECK_FALSE(checked_round_up(largest, 2, rounded));
    CHECK(checked_round_up(largest, 1, rounded));
    CHECK(rounded == largest);
    CHECK(checked_round_up(1, largest, rounded));
    CHECK(rounded == largest);
}

TEST_CASE("bytes and text are views of each other", "[bytes]") {
    const std::string_view text("a\0\xFF", 3);
    const cria::byte_view bytes = cria::detail::as_bytes(text);
    CHECK(bytes.size() == 3);
    CHECK(bytes[2] == std::byte{0xFF});
    CHECK(cria::detail::as_text(bytes) == text);
    CHECK(cria::detail::as_text(bytes).data() == text.data());
    CHECK(cria::detail::as_text({}).empty());
}
