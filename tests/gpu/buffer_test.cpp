// SPDX-License-Identifier: MIT
#include "cria/gpu/buffer.hpp"

#include <cuda_runtime_api.h>

#include <cstdint>
#include <thread>
#include <type_traits>
#include <utility>

#include "device.hpp"
#include "support/catch.hpp"

namespace {

using cria::errc;
using cria::gpu::device_buffer;
using cria::gpu::pinned_buffer;
using cria_test::skips_without_devices;

static_assert(std::is_nothrow_move_constructible_v<device_buffer> && std::is_nothrow_move_assignable_v<device_buffer> && !std::is_copy_constructible_v<device_buffer>);
static_assert(std::is_nothrow_move_constructible_v<pinned_buffer> && std::is_nothrow_move_assignable_v<pinned_buffer> && !std::is_copy_constructible_v<pinned_buffer>);

auto current_device() -> int {
    int device = -1;
    REQUIRE(cudaGetDevice(&device) == cudaSuccess);
    return device;
}

/// What the runtime says of an address.
auto kind_of(const void* address) -> cudaMemoryType {
    cudaPointerAttributes about{};
    REQUIRE(cudaPointerGetAttributes(&about, address) == cudaSuccess);
    return about.type;
}

auto free_bytes() -> std::size_t {
    std::size_t free = 0, total = 0;
    REQUIRE(cudaMemGetInfo(&free, &total) == cudaSuccess);
    return free;
}

}  // namespace

TEST_CASE("without a device, buffers say so") {
    if (cria_test::device_count() > 0) return cria_test::skip("there is a CUDA device");
    CHECK(device_buffer::make(0, 64).error().code == errc::no_device);
    CHECK(pinned_buffer::make(64).error().code == errc::no_device);
    CHECK(cria::gpu::stream::make().error().code == errc::no_device);
    CHECK(cria::gpu::event::make().error().code == errc::no_device);
    const device_buffer nothing;
    CHECK(nothing.address() == nullptr);
    const pinned_buffer no_memory;
    CHECK(no_memory.bytes().empty());
}

TEST_CASE("a device buffer is aligned memory of its device, until it is released") {
    if (skips_without_devices()) return;
    auto made = device_buffer::make(0, 1000);
    REQUIRE(made);
    CHECK(made->size_bytes() == 1000);
    CHECK(made->device() == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(made->address()) % 256 == 0);
    CHECK(kind_of(made->address()) == cudaMemoryTypeDevice);
    const auto bytes = cria_test::random_bytes(1000, 1);
    cria_test::write_device(made->address(), bytes);
    CHECK(cria_test::read_device(made->address(), 1000) == bytes);

    CHECK(made->release());
    CHECK(made->address() == nullptr);
    CHECK(made->size_bytes() == 0);
    CHECK(made->release());  // of nothing
}

TEST_CASE("a device buffer gives its memory back when it dies") {
    if (skips_without_devices()) return;
    constexpr std::uint64_t size = std::uint64_t{1} << 30U;
    const std::size_t before = free_bytes();
    {
        const auto made = device_buffer::make(0, size);
        REQUIRE(made);
        CHECK(free_bytes() + size <= before + (std::size_t{64} << 20U));
    }
    CHECK(free_bytes() + (std::size_t{64} << 20U) >= before);
}

TEST_CASE("moving a device buffer moves the memory, and frees what was there") {
    if (skips_without_devices()) return;
    auto one = device_buffer::make(0, 4096);
    auto two = device_buffer::make(0, 8192);
    REQUIRE(one);
    REQUIRE(two);
    std::byte* const first = one->address();
    device_buffer moved(std::move(*one));
    CHECK(moved.address() == first);
    CHECK(one->address() == nullptr);
    CHECK(one->size_bytes() == 0);
    *two = std::move(moved);
    CHECK(two->address() == first);
    CHECK(two->size_bytes() == 4096);
    CHECK(moved.address() == nullptr);
    auto& self = *two;
    *two = std::move(self);
    CHECK(two->address() == first);
}

TEST_CASE("no bytes are no address, on a device as on the host") {
    if (skips_without_devices()) return;
    const auto device = device_buffer::make(0, 0);
    REQUIRE(device);
    CHECK(device->address() == nullptr);
    const auto pinned = pinned_buffer::make(0);
    REQUIRE(pinned);
    CHECK(pinned->bytes().empty());
}

TEST_CASE("memory that does not exist is out_of_memory, and the next buffer is made as ever") {
    if (skips_without_devices()) return;
    for (const std::uint64_t size : {std::uint64_t{1} << 50U, ~std::uint64_t{0}}) {
        const auto made = device_buffer::make(0, size);
        REQUIRE_FALSE(made);
        CHECK(made.error().code == errc::out_of_memory);
        CHECK(made.error().found.number() == size);
        CHECK(cudaPeekAtLastError() == cudaSuccess);
    }
    CHECK(device_buffer::make(0, 4096));
}

TEST_CASE("a device that is not there is no_device, and the current device stays") {
    if (skips_without_devices()) return;
    const int before = current_device();
    for (const std::uint32_t device : {static_cast<std::uint32_t>(cria_test::device_count()), std::uint32_t{0x7FFFFFFF}, ~std::uint32_t{0}}) {
        CHECK(device_buffer::make(device, 64).error().code == errc::no_device);
        CHECK(device_buffer::make(device, 0).error().code == errc::no_device);
        CHECK(current_device() == before);
    }
    CHECK(cudaPeekAtLastError() == cudaSuccess);
}

TEST_CASE("a device buffer lives on its own device, and the current device stays") {
    if (skips_without_devices(2)) return;
    REQUIRE(cudaSetDevice(0) == cudaSuccess);
    {
        const auto made = device_buffer::make(1, 4096);
        REQUIRE(made);
        CHECK(current_device() == 0);
        cudaPointerAttributes about{};
        REQUIRE(cudaPointerGetAttributes(&about, made->address()) == cudaSuccess);
        CHECK(about.device == 1);
    }
    CHECK(current_device() == 0);
}

TEST_CASE("a device buffer may die on any thread") {
    if (skips_without_devices()) return;
    auto made = device_buffer::make(0, 4096);
    REQUIRE(made);
    bool went_well = false;
    std::thread([&, taken = std::move(*made)]() mutable { went_well = taken.release().has_value(); }).join();
    CHECK(went_well);
}

TEST_CASE("a pinned buffer is host memory that devices know") {
    if (skips_without_devices()) return;
    auto made = pinned_buffer::make(1000);
    REQUIRE(made);
    CHECK(made->size_bytes() == 1000);
    CHECK(made->bytes().size() == 1000);
    CHECK(kind_of(made->address()) == cudaMemoryTypeHost);
    made->bytes()[999] = std::byte{7};
    pinned_buffer moved(std::move(*made));
    CHECK(made->address() == nullptr);
    CHECK(moved.bytes()[999] == std::byte{7});
    CHECK(moved.release());
    CHECK(moved.address() == nullptr);
    CHECK(moved.release());
}
