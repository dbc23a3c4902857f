// SPDX-License-Identifier: MIT
#include "cria/upload/digest.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <vector>

#include "golden/upload_digests.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace upload = cria::upload;
namespace detail = cria::upload::detail;
using cria_test::random_bytes;
using upload::digest_of;

namespace {

/// The formula, word by word, with nothing of the code's but the formula.
auto by_definition(cria::byte_view bytes) -> std::uint64_t {
    const auto mix = [](std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    };
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U;
    std::uint64_t total = 0;
    for (std::size_t block = 0; block * 4096 < bytes.size(); ++block) {
        std::uint64_t sum = 0;
        for (std::size_t j = 0; j < 512; ++j) {
            std::uint64_t word = 0;
            for (std::size_t i = 0; i < 8; ++i) {
                const std::size_t at = block * 4096 + j * 8 + i;
                if (at < bytes.size()) word |= static_cast<std::uint64_t>(bytes[at]) << (8 * i);
            }
            const std::uint64_t key = mix((j + 1) * golden);
            const std::uint64_t low = ((word & 0xFFFFFFFFU) + (key & 0xFFFFFFFFU)) & 0xFFFFFFFFU;
            const std::uint64_t high = ((word >> 32U) + (key >> 32U)) & 0xFFFFFFFFU;
            sum += low * high;
        }
        total += mix(sum + (block + 1) * golden);
    }
    return mix(total + bytes.size());
}

}  // namespace

TEST_CASE("digests are those of the formula, computed elsewhere") {
    for (const auto& each : cria_test::upload_digests::all) {
        CAPTURE(each.what, each.size_bytes);
        std::vector<std::byte> bytes(each.size_bytes);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (each.what == "ones") bytes[i] = std::byte{0xFF};
            if (each.what == "numbered") bytes[i] = static_cast<std::byte>(i * 151 + i / 256 * 7);
        }
        CHECK(digest_of(bytes) == each.digest);
        CHECK(by_definition(bytes) == each.digest);
    }
}

TEST_CASE("a digest is the same at every address and for every size as by its definition") {
    const auto bytes = random_bytes(20'000, 1);
    cria_test::random_numbers random(2);
    for (std::size_t size = 0; size < 40; ++size) REQUIRE(digest_of(std::span(bytes).first(size)) == by_definition(std::span(bytes).first(size)));
    for (int i = 0; i < 200; ++i) {
        const auto at = static_cast<std::size_t>(random.below(4096));
        const auto size = static_cast<std::size_t>(random.below(bytes.size() - at));
        CAPTURE(at, size);
        REQUIRE(digest_of(std::span(bytes).subspan(at, size)) == by_definition(std::span(bytes).subspan(at, size)));
    }
    for (const std::size_t size : {4095U, 4096U, 4097U, 8191U, 8192U, 8193U}) REQUIRE(digest_of(std::span(bytes).first(size)) == by_definition(std::span(bytes).first(size)));
}

TEST_CASE("the sum of a block is the same by vectors as by words") {
#if defined(CRIA_DETAIL_DIGEST_AVX2)
    if (__builtin_cpu_supports("avx2") == 0) return cria_test::skip("this processor has no AVX2");
    const auto bytes = random_bytes(3 * detail::digest_block_bytes, 3);
    for (std::size_t at = 0; at < 2 * detail::digest_block_bytes; at += 13) {
        REQUIRE(detail::digest_sum_avx2(bytes.data() + at) == detail::digest_sum_plain(bytes.data() + at));
    }
    for (const int filling : {0, 0xFF, 0x80, 0x7F}) {
        const std::vector<std::byte> block(detail::digest_block_bytes, static_cast<std::byte>(filling));
        REQUIRE(detail::digest_sum_avx2(block.data()) == detail::digest_sum_plain(block.data()));
    }
#else
    cria_test::skip("there is no vector code for this processor");
#endif
}

TEST_CASE("bytes that come in pieces have the digest of the whole") {
    cria_test::random_numbers random(4);
    const auto bytes = random_bytes(100'000, 5);
    for (int round = 0; round < 200; ++round) {
        const auto size = static_cast<std::size_t>(random.below(bytes.size()));
        const auto whole = std::span<const std::byte>(bytes).first(size);
        detail::digest_state state;
        for (std::size_t at = 0; at < size;) {
            const auto n = (std::min)(size - at, static_cast<std::size_t>(random.below(5)) * detail::digest_block_bytes);
            state.add(whole.subspan(at, n));
            at += n;
        }
        CAPTURE(size);
        REQUIRE(state.value() == digest_of(whole));
    }
}

TEST_CASE("one bit that is another, anywhere, is another digest") {
    auto bytes = random_bytes(3 * 4096 + 100, 6);
    const std::uint64_t digest = digest_of(bytes);
    std::set<std::uint64_t> seen{digest};
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const std::byte flipped{static_cast<unsigned char>(1U << (at % 8))};
        bytes[at] ^= flipped;
        REQUIRE(seen.insert(digest_of(bytes)).second);
        bytes[at] ^= flipped;
    }
    REQUIRE(digest_of(bytes) == digest);
    for (std::size_t bit = 0; bit < 64; ++bit) {  // of one word
        bytes[4096 + bit / 8] ^= std::byte{static_cast<unsigned char>(1U << (bit % 8))};
        REQUIRE(digest_of(bytes) != digest);
        bytes[4096 + bit / 8] ^= std::byte{static_cast<unsigned char>(1U << (bit % 8))};
    }
}

TEST_CASE("blocks, words and halves that changed places are another digest") {
    const auto bytes = random_bytes(8 * 4096, 7);
    const std::uint64_t digest = digest_of(bytes);
    const auto swapped = [&](std::size_t a, std::size_t b, std::size_t size) {
        auto copy = bytes;
        std::swap_ranges(copy.begin() + static_cast<std::ptrdiff_t>(a), copy.begin() + static_cast<std::ptrdiff_t>(a + size), copy.begin() + static_cast<std::ptrdiff_t>(b));
        return digest_of(copy);
    };
    for (std::size_t a = 0; a < 8; ++a) {
        for (std::size_t b = a + 1; b < 8; ++b) REQUIRE(swapped(a * 4096, b * 4096, 4096) != digest);
    }
    for (std::size_t at = 0; at + 16 <= 4096; at += 8) REQUIRE(swapped(at, at + 8, 8) != digest);
    for (std::size_t at = 0; at + 8 <= 4096; at += 8) REQUIRE(swapped(at, at + 4, 4) != digest);  // a word's halves
    REQUIRE(swapped(8, 4096 + 8, 8) != digest);                                                 // the same place of two blocks
}

TEST_CASE("bytes that are moved, cut or longer by zeros are another digest") {
    const auto bytes = random_bytes(4 * 4096, 8);
    std::set<std::uint64_t> seen;
    for (std::size_t at = 0; at <= 64; ++at) REQUIRE(seen.insert(digest_of(std::span(bytes).subspan(at, 3 * 4096))).second);  // 8 among them
    for (const std::size_t at : {512U, 4096U}) REQUIRE(seen.insert(digest_of(std::span(bytes).subspan(at, 3 * 4096))).second);
    seen.clear();
    for (std::size_t size = 0; size < 9000; size += 7) REQUIRE(seen.insert(digest_of(std::span(bytes).first(size))).second);
    seen.clear();
    const std::vector<std::byte> zeros(9000);
    for (std::size_t size = 0; size < 9000; size += 3) REQUIRE(seen.insert(digest_of(std::span(zeros).first(size))).second);
}
