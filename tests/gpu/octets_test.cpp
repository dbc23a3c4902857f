// SPDX-License-Identifier: MIT
// What a device's threads compute, computed here: octets.cuh is C++ too.
#include "cria/gpu/kernels/octets.cuh"

#include "cria/quant/dequantize.hpp"

#include "quant/random_blocks.hpp"
#include "support/catch.hpp"

#include <cstring>
#include <random>
#include <type_traits>
#include <vector>

namespace {

namespace kernels = cria::gpu::kernels;
using cria::tensor_type;

constexpr std::size_t n_blocks = 2000;

template <class Format>
auto grid_of() -> const typename Format::grid_entry* {
    namespace detail = cria::quant::detail;
    namespace format = kernels::format;
    const void* grid = nullptr;
    if constexpr (std::is_same_v<Format, format::iq2_xxs>) grid = detail::iq2_xxs.data();
    if constexpr (std::is_same_v<Format, format::iq2_xs>) grid = detail::iq2_xs.data();
    if constexpr (std::is_same_v<Format, format::iq2_s>) grid = detail::iq2_s.data();
    if constexpr (std::is_same_v<Format, format::iq3_xxs>) grid = detail::iq3_xxs.data();
    if constexpr (std::is_same_v<Format, format::iq3_s>) grid = detail::iq3_s.data();
    if constexpr (std::is_same_v<Format, format::iq1_s> || std::is_same_v<Format, format::iq1_m>) grid = detail::iq1_s.data();
    return static_cast<const typename Format::grid_entry*>(grid);
}

template <class Format>
void decode_all(tensor_type type, std::size_t& n_types) {
    const auto layout = cria::geometry_of(type);
    REQUIRE(layout);
    CAPTURE(layout->name);
    ++n_types;
    CHECK(Format::block_elements * layout->bytes_per_block == Format::block_bytes * layout->elements_per_block);

    std::mt19937_64 random(20);
    const auto bytes = cria_test::random_bytes(random, n_blocks * Format::block_bytes);
    std::vector<float> expected(n_blocks * Format::block_elements), decoded(expected.size());
    REQUIRE(cria::quant::dequantize<float>(type, bytes, expected));
    for (std::size_t octet = 0; octet < decoded.size() / 8; ++octet) {
        constexpr std::size_t a_block = Format::block_elements / 8;
        const auto* const block = reinterpret_cast<const kernels::u8*>(bytes.data()) + octet / a_block * Format::block_bytes;
        float values[8];
        Format::decode(block, static_cast<kernels::u32>(octet % a_block), grid_of<Format>(), values);
        std::memcpy(decoded.data() + 8 * octet, values, sizeof values);
    }
    CHECK(cria_test::first_difference(decoded, expected) == expected.size());
}

TEST_CASE("a device's decoding of octets is dequantize's, bit for bit, of every type") {
    std::size_t n_types = 0;
#define CRIA_TEST_FORMAT(name) decode_all<kernels::format::name>(tensor_type::name, n_types);
    CRIA_DETAIL_GPU_FORMATS(CRIA_TEST_FORMAT)
#undef CRIA_TEST_FORMAT
    CHECK(n_types == cria_test::every_type().size());
}

}  // namespace
