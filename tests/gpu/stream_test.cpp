// SPDX-License-Identifier: MIT
#include "cria/gpu/stream.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#include "cria/gpu/buffer.hpp"
#include "device.hpp"
#include "support/catch.hpp"

namespace {

using cria::gpu::device_buffer;
using cria::gpu::event;
using cria::gpu::pinned_buffer;
using cria::gpu::stream;
using cria::gpu::stream_ref;
using cria_test::skips_without_devices;

static_assert(std::is_nothrow_move_constructible_v<stream> && !std::is_copy_constructible_v<stream>);
static_assert(std::is_nothrow_move_constructible_v<event> && !std::is_copy_constructible_v<event>);
static_assert(std::is_trivially_copyable_v<stream_ref>);

}  // namespace

TEST_CASE("a stream_ref is any library's stream, the default stream at first") {
    CHECK(stream_ref().native() == nullptr);
    CHECK(stream_ref(cudaStreamPerThread).native() == cudaStreamPerThread);
    CHECK(stream_ref() != stream_ref(cudaStreamPerThread));
}

TEST_CASE("copies on a stream are done when it has been synchronised") {
    if (skips_without_devices()) return;
    constexpr std::size_t size = (std::size_t{1} << 20U) + 3;
    const auto queue = stream::make();
    REQUIRE(queue);
    const auto there = device_buffer::make(0, size);
    const auto from = pinned_buffer::make(size), back = pinned_buffer::make(size);
    REQUIRE(there);
    REQUIRE(from);
    REQUIRE(back);
    const auto bytes = cria_test::random_bytes(size, 2);
    std::copy(bytes.begin(), bytes.end(), from->bytes().begin());
    REQUIRE(cudaMemcpyAsync(there->address(), from->address(), size, cudaMemcpyHostToDevice, queue->ref().native()) == cudaSuccess);
    REQUIRE(cudaMemcpyAsync(back->address(), there->address(), size, cudaMemcpyDeviceToHost, queue->ref().native()) == cudaSuccess);
    REQUIRE(queue->ref().synchronize());
    CHECK(std::vector<std::byte>(back->bytes().begin(), back->bytes().end()) == bytes);
}

TEST_CASE("a stream that waits for an event goes on when it has happened, and not before") {
    if (skips_without_devices()) return;
    auto first = stream::make(), second = stream::make();
    auto point = event::make(), end = event::make();
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(point);
    REQUIRE(end);
    const auto there = device_buffer::make(0, 4096);
    const auto back = pinned_buffer::make(4096);
    REQUIRE(there);
    REQUIRE(back);
    REQUIRE(cudaMemset(there->address(), 1, 4096) == cudaSuccess);
    REQUIRE(cudaDeviceSynchronize() == cudaSuccess);

    cria_test::gate gate;
    gate.hold(*first);
    REQUIRE(cudaMemsetAsync(there->address(), 2, 4096, first->ref().native()) == cudaSuccess);
    REQUIRE(point->record(*first));
    REQUIRE(point->make_wait(*second));
    REQUIRE(cudaMemcpyAsync(back->address(), there->address(), 4096, cudaMemcpyDeviceToHost, second->ref().native()) == cudaSuccess);
    REQUIRE(end->record(*second));
    CHECK(cudaEventQuery(end->native()) == cudaErrorNotReady);
    static_cast<void>(cudaGetLastError());
    gate.open();
    REQUIRE(end->synchronize());
    CHECK(back->bytes()[0] == std::byte{2});
    CHECK(back->bytes()[4095] == std::byte{2});
}

TEST_CASE("a stream of ours does not wait for the default stream") {
    if (skips_without_devices()) return;
    auto queue = stream::make();
    REQUIRE(queue);
    cria_test::gate gate;
    gate.hold(stream_ref());
    CHECK(queue->ref().synchronize());  // returns, although the default stream stands still
    gate.open();
    CHECK(stream_ref().synchronize());
}

TEST_CASE("an event that was never recorded has happened") {
    if (skips_without_devices()) return;
    auto queue = stream::make();
    auto point = event::make();
    REQUIRE(queue);
    REQUIRE(point);
    CHECK(point->make_wait(*queue));
    CHECK(point->synchronize());
    CHECK(queue->ref().synchronize());
}

TEST_CASE("moving streams and events moves the handle, and work goes on") {
    if (skips_without_devices()) return;
    auto queue = stream::make();
    auto point = event::make();
    REQUIRE(queue);
    REQUIRE(point);
    const auto native = queue->ref().native();
    stream moved(std::move(*queue));
    CHECK(moved.ref().native() == native);
    CHECK(queue->ref() == stream_ref());
    event moved_point(std::move(*point));
    CHECK(point->native() == nullptr);
    CHECK(moved_point.record(moved));
    stream other;
    other = std::move(moved);
    CHECK(other.ref().native() == native);
    CHECK(moved_point.synchronize());
}
