// SPDX-License-Identifier: MIT
#include "cria/gpu/cuda_runtime.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cria/gpu/buffer.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/upload/digest.hpp"
#include "cria/upload/digest_pass.hpp"
#include "device.hpp"
#include "support/catch.hpp"
#include "support/temp_file.hpp"

namespace {

using cria::errc;
using cria::gpu::cuda_runtime;
using cria::gpu::device_buffer;
using cria::upload::device_range;
using cria_test::skips_without_devices;

/// The device's digests of `ranges`, queued `step` at a time.
auto digests_of(cuda_runtime& cuda, std::span<const device_range> ranges, std::size_t step) -> std::vector<std::uint64_t> {
    cria::upload::detail::digest_pass<cuda_runtime> pass;
    const auto opened = pass.open(cuda, ranges.size());
    if (!opened) return {};
    for (std::size_t i = 0; i < ranges.size(); ++i) pass.ranges()[i] = ranges[i];
    for (std::size_t end = step; end < ranges.size() + step; end += step) {
        const auto queued = pass.queue((std::min)(end, ranges.size()));
        if (!queued) return {};
    }
    const auto done = pass.synchronize();
    if (!done) return {};
    return {pass.digests().begin(), pass.digests().end()};
}
auto digest_of_range(cuda_runtime& cuda, const device_range& range) -> std::uint64_t {
    const auto all = digests_of(cuda, {&range, 1}, 1);
    REQUIRE(all.size() == 1);
    return all[0];
}

}  // namespace

TEST_CASE("without a device, the runtime says so") {
    if (cria_test::device_count() > 0) return cria_test::skip("there is a CUDA device");
    cuda_runtime cuda;
    CHECK(cuda.device_count().error().code == errc::no_device);
    CHECK(cuda.use(0).error().code == errc::no_device);
    CHECK(cuda.facts(0).error().code == errc::no_device);
    CHECK(cuda.allocate(64).error().code == errc::no_device);
    CHECK(cuda.allocate_pinned(4096).error().code == errc::no_device);
    CHECK(cuda.make_stream().error().code == errc::no_device);
    CHECK(cuda.make_event().error().code == errc::no_device);
    CHECK(cuda.prepare_digests().error().code == errc::no_device);
}

TEST_CASE("the runtime knows its devices") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    const auto n = cuda.device_count();
    REQUIRE(n);
    CHECK(static_cast<int>(*n) == cria_test::device_count());
    for (std::uint32_t device = 0; device < *n; ++device) {
        REQUIRE(cuda.use(device));
        const auto facts = cuda.facts(device);
        REQUIRE(facts);
        CHECK(facts->total_bytes > 0);
        CHECK(facts->free_bytes <= facts->total_bytes);
        CHECK(facts->host_node >= -1);
    }
    CHECK(cuda.use(*n).error().code == errc::no_device);
    CHECK(cuda.use(0));
}

TEST_CASE("the runtime tells device memory from host memory") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    const auto memory = cuda.allocate(4096);
    REQUIRE(memory);
    CHECK(reinterpret_cast<std::uintptr_t>(*memory) % 256 == 0);
    for (const std::size_t offset : {0, 1, 4095}) {
        const auto where = cuda.locate(static_cast<std::byte*>(*memory) + offset);
        REQUIRE(where);
        CHECK(where->is_device_memory);
        CHECK(where->device == 0);
    }
    const auto pinned = cuda.allocate_pinned(8192);
    REQUIRE(pinned);
    REQUIRE(cuda.locate(pinned->address));
    CHECK_FALSE(cuda.locate(pinned->address)->is_device_memory);
    const int on_the_stack = 0;
    REQUIRE(cuda.locate(&on_the_stack));
    CHECK_FALSE(cuda.locate(&on_the_stack)->is_device_memory);
    void* managed = nullptr;
    if (cudaMallocManaged(&managed, 4096, cudaMemAttachGlobal) == cudaSuccess) {
        REQUIRE(cuda.locate(managed));
        CHECK_FALSE(cuda.locate(managed)->is_device_memory);  // it goes where it is used
        REQUIRE(cudaFree(managed) == cudaSuccess);
    }
    CHECK(cuda.release_pinned(*pinned));
    CHECK(cuda.release(*memory));
    static_cast<void>(cudaGetLastError());
}

TEST_CASE("pinned memory is zeros, whole, and copies from it do not wait") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    for (const std::size_t size : {std::size_t{1}, std::size_t{4096}, (std::size_t{8} << 20U) + 4096}) {
        CAPTURE(size);
        const auto pinned = cuda.allocate_pinned(size);
        REQUIRE(pinned);
        CHECK(pinned->size_bytes == size);
        const auto memory = cuda.allocate(size);
        REQUIRE(memory);
        const auto bytes = cria_test::random_bytes(size, size);
        std::memcpy(pinned->address, bytes.data(), size);
        const auto stream = cuda.make_stream();
        REQUIRE(stream);
        cria_test::gate gate;
        gate.hold(*stream);
        REQUIRE(cuda.copy_to_device(*memory, pinned->address, size, *stream));  // returns, although the stream stands still
        gate.open();
        REQUIRE(cuda.synchronize(*stream));
        CHECK(cria_test::read_device(*memory, size) == bytes);
        CHECK(cuda.destroy(*stream));
        CHECK(cuda.release(*memory));
        CHECK(cuda.release_pinned(*pinned));
    }
}

TEST_CASE("an event is done when what was queued before it is, and not before") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    const auto stream = cuda.make_stream(), other = cuda.make_stream();
    const auto event = cuda.make_event(), end = cuda.make_event();
    REQUIRE(stream);
    REQUIRE(other);
    REQUIRE(event);
    REQUIRE(end);
    REQUIRE(cuda.is_done(*event));
    CHECK(*cuda.is_done(*event));  // never recorded
    {
        cria_test::gate gate;
        gate.hold(*stream);
        REQUIRE(cuda.record(*event, *stream));
        REQUIRE(cuda.wait(*other, *event));
        REQUIRE(cuda.record(*end, *other));
        REQUIRE(cuda.is_done(*event));
        CHECK_FALSE(*cuda.is_done(*event));
        CHECK_FALSE(*cuda.is_done(*end));
        gate.open();
        REQUIRE(cuda.synchronize(*end));
        CHECK(*cuda.is_done(*event));
        CHECK(*cuda.is_done(*end));
    }
    CHECK(cudaPeekAtLastError() == cudaSuccess);  // that it was not ready yet is no error
    CHECK(cuda.destroy(*event));
    CHECK(cuda.destroy(*end));
    CHECK(cuda.destroy(*stream));
    CHECK(cuda.destroy(*other));
}

TEST_CASE("the runtime copies, fills, and copies between devices") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    constexpr std::size_t size = 100'003;
    const auto one = device_buffer::make(0, size), two = device_buffer::make(static_cast<std::uint32_t>(cria_test::device_count() - 1), size);
    REQUIRE(one);
    REQUIRE(two);
    const auto bytes = cria_test::random_bytes(size, 4);
    std::vector<std::byte> back(size);
    const auto stream = cuda.make_stream();
    REQUIRE(stream);
    REQUIRE(cuda.copy_to_device(one->address(), bytes.data(), size, *stream));
    REQUIRE(cuda.copy_to_peer(two->address(), two->device(), one->address(), 0, size, *stream));
    REQUIRE(cuda.fill_with_zeros(one->address() + 1, size - 2, *stream));
    REQUIRE(cuda.copy_to_host(back.data(), two->address(), size, *stream));
    REQUIRE(cuda.synchronize(*stream));
    CHECK(back == bytes);
    REQUIRE(cuda.copy_to_host(back.data(), one->address(), size, *stream));
    REQUIRE(cuda.synchronize(*stream));
    CHECK(back.front() == bytes.front());
    CHECK(back.back() == bytes.back());
    CHECK(std::all_of(back.begin() + 1, back.end() - 1, [](std::byte each) { return each == std::byte{0}; }));
    CHECK(cuda.destroy(*stream));
}

TEST_CASE("more memory than there is, is out_of_memory") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    CHECK(cuda.allocate(std::uint64_t{1} << 50U).error().code == errc::out_of_memory);
    CHECK(cuda.allocate_pinned(std::size_t{1} << 60U).error().code == errc::out_of_memory);
    CHECK(cudaPeekAtLastError() == cudaSuccess);
    const auto memory = cuda.allocate(64);
    REQUIRE(memory);
    CHECK(cuda.release(*memory));
}

TEST_CASE("a device reads a mapping of a file that has been pinned") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    const auto facts = cuda.facts(0);
    REQUIRE(facts);
    if (!facts->pins_read_only) return cria_test::skip("the device does not read mappings of files");
    const auto bytes = cria_test::random_bytes(std::size_t{1} << 20U, 5);
    const cria_test::temp_file file(bytes);
    const auto mapped = cria::io::mapped_file::open(file.path());
    REQUIRE(mapped);
    REQUIRE(mapped->bytes().size() == bytes.size());
    const auto there = device_buffer::make(0, bytes.size());
    REQUIRE(there);
    const auto answer = cuda.pin_read_only(mapped->bytes());
    if (!answer && answer.error().code == errc::unsupported_feature) return cria_test::skip("the system does not pin mappings of files");
    CAPTURE(answer ? std::string() : answer.error().message());
    REQUIRE(answer);
    const auto stream = cuda.make_stream();
    REQUIRE(stream);
    REQUIRE(cuda.copy_to_device(there->address(), mapped->bytes().data(), bytes.size(), *stream));
    REQUIRE(cuda.synchronize(*stream));
    CHECK(cria_test::read_device(there->address(), bytes.size()) == bytes);
    CHECK(cuda.unpin(mapped->bytes().data()));
    CHECK(cuda.destroy(*stream));
}

TEST_CASE("a device's digest is the host's, for every size and alignment") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    constexpr std::size_t whole = std::size_t{3} << 20U;
    const auto bytes = cria_test::random_bytes(whole, 6);
    const auto there = device_buffer::make(0, whole);
    REQUIRE(there);
    cria_test::write_device(there->address(), bytes);

    std::vector<std::pair<std::size_t, std::size_t>> places;  // offset, size
    for (std::size_t offset = 0; offset < 17; ++offset)
        for (std::size_t size = 0; size < 41; ++size) places.emplace_back(offset, size);
    for (const std::size_t size : {4095, 4096, 4097, 8191, 8192, 8193, 12'288, 65'536, 65'537, 1'000'003, 2'097'152, 3'000'000})
        for (const std::size_t offset : {0, 1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 255, 256, 4095, 4097}) places.emplace_back(offset, size);
    cria_test::random_numbers numbers(7);
    for (int i = 0; i < 500; ++i) {
        const std::size_t offset = numbers.below(whole);
        places.emplace_back(offset, numbers.below((std::min)(whole - offset + 1, std::size_t{40'000})));
    }
    places.emplace_back(0, whole);

    std::vector<device_range> ranges;
    for (const auto& [offset, size] : places) ranges.push_back({there->address() + offset, size});
    const auto digests = digests_of(cuda, ranges, ranges.size());  // in one call
    REQUIRE(digests.size() == ranges.size());
    std::size_t n_wrong = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto expected = cria::upload::digest_of(std::span(bytes).subspan(places[i].first, places[i].second));
        if (digests[i] == expected) continue;
        CAPTURE(places[i].first, places[i].second);
        if (++n_wrong < 5) CHECK(digests[i] == expected);
    }
    CHECK(n_wrong == 0);

    for (const std::size_t step : {1, 7, 1000}) CHECK(digests_of(cuda, ranges, step) == digests);  // and few a call
    CHECK(digests_of(cuda, {}, 1).empty());
    CHECK(digest_of_range(cuda, {nullptr, 0}) == cria::upload::digest_of({}));
}

TEST_CASE("a device's digest sees every bit") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    REQUIRE(cuda.use(0));
    auto bytes = cria_test::random_bytes(10'001, 8);
    const auto there = device_buffer::make(0, bytes.size());
    REQUIRE(there);
    const device_range range{there->address(), bytes.size()};
    cria_test::write_device(there->address(), bytes);
    const std::uint64_t before = digest_of_range(cuda, range);
    for (const std::size_t at : {0, 1, 7, 4095, 4096, 8191, 8192, 9999, 10'000}) {
        CAPTURE(at);
        const std::byte changed = bytes[at] ^ std::byte{0x40};
        REQUIRE(cudaMemcpy(there->address() + at, &changed, 1, cudaMemcpyHostToDevice) == cudaSuccess);
        CHECK(digest_of_range(cuda, range) != before);
        REQUIRE(cudaMemcpy(there->address() + at, &bytes[at], 1, cudaMemcpyHostToDevice) == cudaSuccess);
    }
    CHECK(digest_of_range(cuda, range) == before);
}

TEST_CASE("threads may ask one runtime for digests") {
    if (skips_without_devices()) return;
    cuda_runtime cuda;
    const auto bytes = cria_test::random_bytes(100'000, 9);
    const auto there = device_buffer::make(0, bytes.size());
    REQUIRE(there);
    cria_test::write_device(there->address(), bytes);
    std::array<std::uint64_t, 8> digests{};
    std::array<bool, 8> went_well{};
    {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < digests.size(); ++i) {
            threads.emplace_back([&, i] {
                const device_range range{there->address() + i, bytes.size() - i};
                const auto all = cuda.use(0) ? digests_of(cuda, {&range, 1}, 1) : std::vector<std::uint64_t>{};
                went_well[i] = all.size() == 1;
                if (went_well[i]) digests[i] = all[0];
            });
        }
        for (std::thread& each : threads) each.join();
    }
    for (std::size_t i = 0; i < digests.size(); ++i) {
        CHECK(went_well[i]);
        CHECK(digests[i] == cria::upload::digest_of(std::span(bytes).subspan(i)));
    }
}
