// SPDX-License-Identifier: MIT
#include "cria/gpu/dequantize.hpp"

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cria/gpu/buffer.hpp"
#include "cria/quant/dequantize.hpp"
#include "device.hpp"
#include "quant/random_blocks.hpp"
#include "support/catch.hpp"

namespace {

using cria::tensor_type;
using cria::gpu::device_buffer;
using cria::gpu::dequantizer;
namespace quant = cria::quant;

static_assert(std::is_nothrow_move_constructible_v<dequantizer> && !std::is_copy_constructible_v<dequantizer>);

template <class T>
constexpr tensor_type type_of = std::is_same_v<T, float> ? tensor_type::f32 : std::is_same_v<T, quant::f16> ? tensor_type::f16 : tensor_type::bf16;

auto same(float a, float b) -> bool { return cria_test::same_value(a, b); }
template <class Half>
auto same(Half a, Half b) -> bool {
    return a == b || same(quant::to_float(a), quant::to_float(b));
}

/// Where elements lie, beside an address that is a multiple of 256.
struct place {
    std::size_t n_elements, blocks_bytes, out_elements;
};

constexpr std::size_t guard_bytes = 64;

/// Dequantizes there and here; the first element that differs, and whether bytes beside the output were written.
template <class T>
void compare(dequantizer& with, tensor_type type, std::span<const std::byte> blocks, const place& where, device_buffer& from, device_buffer& to) {
    CAPTURE(cria_test::name_of(type), cria_test::name_of(type_of<T>), where.n_elements, where.blocks_bytes, where.out_elements);
    std::vector<T> expected(where.n_elements), found(where.n_elements);
    REQUIRE(quant::dequantize<T>(type, blocks, std::span<T>(expected)));

    std::byte* const there = from.address() + where.blocks_bytes;
    const std::size_t out_begin = guard_bytes + where.out_elements * sizeof(T), out_bytes = where.n_elements * sizeof(T);
    REQUIRE(cudaMemcpy(there, blocks.data(), blocks.size(), cudaMemcpyHostToDevice) == cudaSuccess);
    REQUIRE(cudaMemset(to.address(), 0xA5, out_begin + out_bytes + guard_bytes) == cudaSuccess);
    REQUIRE(with.dequantize(type, there, where.n_elements, type_of<T>, to.address() + out_begin, {}));
    const auto bytes = cria_test::read_device(to.address(), out_begin + out_bytes + guard_bytes);

    std::memcpy(found.data(), bytes.data() + out_begin, out_bytes);
    std::size_t first = 0;
    while (first < found.size() && same(found[first], expected[first])) ++first;
    CHECK(first == found.size());
    bool is_kept = true;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (i < out_begin || i >= out_begin + out_bytes) is_kept = is_kept && bytes[i] == std::byte{0xA5};
    CHECK(is_kept);
}

auto to_host(tensor_type type, const std::byte* blocks, std::uint64_t n_elements) -> std::vector<float> {
    std::vector<float> values(n_elements);
    const auto bytes = cria_test::read_device(blocks, static_cast<std::size_t>(*cria::bytes_of(*cria::geometry_of(type), n_elements)));
    REQUIRE(quant::dequantize<float>(type, bytes, std::span(values)));
    return values;
}

}  // namespace

TEST_CASE("a device dequantizes as dequantize does, bit for bit: every type and output, any number of blocks, at any address") {
    if (cria_test::skips_without_devices()) return;
    constexpr std::size_t most = 40000;
    auto from = device_buffer::make(0, 8 * most + 1024), to = device_buffer::make(0, 4 * most + 1024);
    REQUIRE(from);
    REQUIRE(to);
    std::mt19937_64 random(5);
    dequantizer with;
    for (const tensor_type type : cria_test::every_type()) {
        const auto layout = *cria::geometry_of(type);
        const std::size_t a_block = layout.elements_per_block;
        const auto whole = [&](std::size_t n) { return (n + a_block - 1) / a_block * a_block; };  // the next number of whole blocks
        const place places[] = {
            {whole(1), 0, 0},           {whole(1), 1, 1},          {whole(9), 2, 0},           {2048, 0, 0},
            {8192, 0, 0},               {8192, 16, 8},             {8192, 0, 1},               {8192, 3, 0},
            {8192 + whole(1), 4, 0},    {8192 - a_block, 0, 0},    {3 * 8192 + whole(13), 0, 0}, {3 * 8192 + whole(13), 6, 3},
            {4 * 8192 + whole(300), 13, 0}, {4 * 8192 + whole(301), 48, 4},
        };
        for (const place& where : places) {
            const auto blocks = cria_test::random_bytes(random, static_cast<std::size_t>(*cria::bytes_of(layout, where.n_elements)));
            compare<float>(with, type, blocks, where, *from, *to);
            compare<quant::f16>(with, type, blocks, where, *from, *to);
            compare<quant::bf16>(with, type, blocks, where, *from, *to);
        }
    }
}

TEST_CASE("every half, and scales from the smallest to the largest, come out of a device as dequantize has them") {
    if (cria_test::skips_without_devices()) return;
    std::vector<std::byte> halves(2 * 65536), floats(4 * 65536), scaled(34 * 65536), powers(17 * 256);
    for (std::uint32_t bits = 0; bits < 65536; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        std::memcpy(halves.data() + 2 * bits, &half, 2);
        const std::uint32_t single = bits << 16U | (bits * 40503U & 0xFFFFU);
        std::memcpy(floats.data() + 4 * bits, &single, 4);
        std::memcpy(scaled.data() + 34 * bits, &half, 2);
        for (std::uint32_t i = 0; i < 32; ++i) scaled[34 * bits + 2 + i] = static_cast<std::byte>(bits * 7 + i * 8 + bits % 8);
    }
    for (std::size_t e = 0; e < 256; ++e) {
        powers[17 * e] = static_cast<std::byte>(e);
        for (std::size_t i = 0; i < 16; ++i) powers[17 * e + 1 + i] = static_cast<std::byte>(i * 17);
    }
    auto from = device_buffer::make(0, scaled.size() + 1024), to = device_buffer::make(0, std::size_t{4} * 32 * 65536 + 1024);
    REQUIRE(from);
    REQUIRE(to);
    dequantizer with;
    const auto all = [&](tensor_type type, const std::vector<std::byte>& blocks, std::size_t n_elements) {
        compare<float>(with, type, blocks, {n_elements, 0, 0}, *from, *to);
        compare<quant::f16>(with, type, blocks, {n_elements, 0, 0}, *from, *to);
        compare<quant::bf16>(with, type, blocks, {n_elements, 0, 0}, *from, *to);
    };
    all(tensor_type::f16, halves, 65536);
    all(tensor_type::bf16, halves, 65536);
    all(tensor_type::f32, floats, 65536);
    all(tensor_type::q8_0, scaled, std::size_t{32} * 65536);
    all(tensor_type::mxfp4, powers, std::size_t{32} * 256);
}

TEST_CASE("a device dequantizes more than four thousand million elements") {
    if (cria_test::skips_without_devices()) return;
    constexpr auto type = tensor_type::q1_0;
    constexpr std::uint64_t n_elements = (std::uint64_t{1} << 32U) + 3 * 8192 + 128;
    const std::uint64_t size = *cria::bytes_of(*cria::geometry_of(type), n_elements);
    std::size_t free_bytes = 0, total_bytes = 0;
    REQUIRE(cudaMemGetInfo(&free_bytes, &total_bytes) == cudaSuccess);
    if (free_bytes < size + 2 * n_elements + (std::size_t{1} << 28U)) return cria_test::skip("a device has less than 10 GB free");
    auto from = device_buffer::make(0, size), to = device_buffer::make(0, 2 * n_elements);
    REQUIRE(from);
    REQUIRE(to);
    // Blocks that differ where they are looked at; zeros between.
    REQUIRE(cudaMemset(from->address(), 0, size) == cudaSuccess);
    constexpr std::uint64_t n_looked_at = 3 * 8192 + 128;
    const std::uint64_t looked_at[] = {0, (std::uint64_t{1} << 31U) - 8192, n_elements - n_looked_at};
    std::uint64_t seed = 1;
    for (const std::uint64_t first : looked_at) cria_test::write_device(from->address() + first / 128 * 18, cria_test::random_bytes(n_looked_at / 128 * 18, seed++));

    dequantizer with;
    REQUIRE(with.dequantize(type, from->address(), n_elements, tensor_type::f16, to->address(), {}));
    REQUIRE(cudaDeviceSynchronize() == cudaSuccess);
    for (const std::uint64_t first : looked_at) {
        CAPTURE(first);
        const auto expected = to_host(type, from->address() + first / 128 * 18, n_looked_at);
        const auto found = to_host(tensor_type::f16, to->address() + 2 * first, n_looked_at);
        CHECK(cria_test::first_difference(found, expected) == expected.size());
    }
}

TEST_CASE("dequantizing on a device says what is wrong with its arguments") {
    dequantizer with;
    alignas(16) static std::byte nowhere[64];  // none of it is reached
    const auto code = [&](tensor_type type, std::uint64_t n, tensor_type out_type, std::size_t offset = 0) {
        const auto answer = with.dequantize(type, nowhere, n, out_type, nowhere + offset, {});
        REQUIRE(!answer);
        return answer.error().code;
    };
    CHECK(code(static_cast<tensor_type>(4), 32, tensor_type::f32) == cria::errc::unsupported_type);  // q4_2, which was removed
    CHECK(code(static_cast<tensor_type>(1000), 32, tensor_type::f32) == cria::errc::unsupported_type);
    CHECK(code(tensor_type::q4_0, 33, tensor_type::f32) == cria::errc::invalid_argument);
    CHECK(code(tensor_type::q4_k, 128, tensor_type::f16) == cria::errc::invalid_argument);
    CHECK(code(tensor_type::q4_0, 32, tensor_type::f64) == cria::errc::invalid_argument);
    CHECK(code(tensor_type::q4_0, 32, tensor_type::f32, 2) == cria::errc::invalid_argument);
    CHECK(code(tensor_type::q4_0, 32, tensor_type::f16, 1) == cria::errc::invalid_argument);
    CHECK(with.dequantize(tensor_type::q4_0, nowhere, 0, tensor_type::f16, nowhere, {}));
    CHECK(with.prepare(static_cast<tensor_type>(5)).error().code == cria::errc::unsupported_type);
}

TEST_CASE("a kernel is prepared once, moves with its dequantizer and runs on any stream") {
    if (cria_test::skips_without_devices()) return;
    dequantizer first;
    for (const tensor_type type : cria_test::every_type()) {
        CAPTURE(cria_test::name_of(type));
        CHECK(first.prepare(type));
        CHECK(first.prepare(type));
    }
    dequantizer second = std::move(first);
    const auto queue = cria::gpu::stream::make();
    REQUIRE(queue);
    auto from = device_buffer::make(0, 144), to = device_buffer::make(0, 1024);
    REQUIRE(from);
    REQUIRE(to);
    cria_test::write_device(from->address(), cria_test::random_bytes(144, 9));
    REQUIRE(second.dequantize(tensor_type::q4_k, from->address(), 256, tensor_type::f32, to->address(), *queue));
    REQUIRE(queue->ref().synchronize());
    CHECK(cria_test::first_difference(to_host(tensor_type::f32, to->address(), 256), to_host(tensor_type::q4_k, from->address(), 256)) == 256);
}
