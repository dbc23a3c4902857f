// SPDX-License-Identifier: MIT
#include "cria/gpu/ipc.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cria/gpu/buffer.hpp"
#include "cria/upload/digest.hpp"
#include "device.hpp"
#include "support/catch.hpp"

#if !defined(_WIN32)
#include <spawn.h>
#include <sys/wait.h>
extern "C" char** environ;
#endif

namespace {

using cria::errc;
using cria::gpu::device_buffer;
using cria::gpu::ipc_handle;
using cria::gpu::ipc_memory;
using cria_test::skips_without_devices;

static_assert(std::is_nothrow_move_constructible_v<ipc_memory> && !std::is_copy_constructible_v<ipc_memory>);

constexpr const char* child_test = "as another process: maps the memory whose handle is in CRIA_TEST_IPC";

auto hex_of(cria::byte_view bytes) -> std::string {
    std::string text;
    for (const std::byte each : bytes) {
        text += "0123456789abcdef"[static_cast<unsigned>(each) >> 4U];
        text += "0123456789abcdef"[static_cast<unsigned>(each) & 0xFU];
    }
    return text;
}

auto bytes_of_hex(const std::string& text) -> std::vector<std::byte> {
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) bytes.push_back(static_cast<std::byte>(std::stoul(text.substr(i, 2), nullptr, 16)));
    return bytes;
}

/// Every bit turned round: what the other process writes.
auto turned_round(std::vector<std::byte> bytes) -> std::vector<std::byte> {
    for (std::byte& each : bytes) each = ~each;
    return bytes;
}

/// Runs the test below in a process of its own, with more of an environment, and gives its exit status.
auto run_child(const ipc_handle& handle, std::uint64_t digest, const std::vector<std::string>& more = {}) -> int {
#if defined(_WIN32)
    static_cast<void>(handle), static_cast<void>(digest), static_cast<void>(more);
    return -1;
#else
    std::vector<std::string> variables;
    for (char** each = environ; *each != nullptr; ++each) variables.emplace_back(*each);
    variables.push_back("CRIA_TEST_IPC=" + hex_of(handle.to_bytes()));
    variables.push_back("CRIA_TEST_IPC_DIGEST=" + std::to_string(digest));
    std::vector<char*> environment;
    for (std::string& each : variables) environment.push_back(each.data());
    std::vector<std::string> last(more);
    for (std::string& each : last) environment.insert(environment.begin(), each.data());  // the first of a name counts
    environment.push_back(nullptr);
    std::array<std::string, 2> words = {"test", child_test};
    std::array<char*, 3> arguments = {words[0].data(), words[1].data(), nullptr};
    pid_t child = 0;
    REQUIRE(posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments.data(), environment.data()) == 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
#endif
}

auto made_up_handle() -> ipc_handle {
    ipc_handle made;
    for (std::size_t i = 0; i < made.native.size(); ++i) made.native[i] = static_cast<std::byte>(i * 7);
    for (std::size_t i = 0; i < made.device_uuid.size(); ++i) made.device_uuid[i] = static_cast<std::byte>(200 + i);
    made.allocation_address = 0x7F12'3400'0000U;
    made.allocation_bytes = std::uint64_t{1} << 40U;
    made.offset_bytes = 0x1'2345'6789U;
    made.size_bytes = 0x98'7654'3210U;
    return made;
}

}  // namespace

TEST_CASE("as another process: maps the memory whose handle is in CRIA_TEST_IPC", "[.]") {
    const char* const sent = std::getenv("CRIA_TEST_IPC");
    const char* const digest = std::getenv("CRIA_TEST_IPC_DIGEST");
    REQUIRE(sent != nullptr);
    REQUIRE(digest != nullptr);
    const auto handle = ipc_handle::from_bytes(bytes_of_hex(sent));
    REQUIRE(handle);
    auto mapped = ipc_memory::open(*handle);
    if (std::getenv("CRIA_TEST_IPC_SEES_NOTHING") != nullptr) {
        REQUIRE_FALSE(mapped);
        CAPTURE(mapped.error().message());
        CHECK(mapped.error().code == errc::no_device);
        return;
    }
    CAPTURE(mapped ? std::string() : mapped.error().message());
    REQUIRE(mapped);
    CHECK(mapped->size_bytes() == handle->size_bytes);
    const auto bytes = cria_test::read_device(mapped->address(), handle->size_bytes);
    CHECK(std::to_string(cria::upload::digest_of(bytes)) == digest);

    const auto again = ipc_memory::open(*handle);  // twice in one process
    REQUIRE(again);
    ipc_memory moved(std::move(*mapped));
    CHECK(mapped->address() == nullptr);
    CHECK(moved.release());
    CHECK(moved.address() == nullptr);
    cria_test::write_device(again->address(), turned_round(bytes));
    CHECK(cudaDeviceSynchronize() == cudaSuccess);
}

TEST_CASE("a handle as bytes is the handle again") {
    const ipc_handle handle = made_up_handle();
    const auto bytes = handle.to_bytes();
    const auto back = ipc_handle::from_bytes(bytes);
    REQUIRE(back);
    CHECK(back->native == handle.native);
    CHECK(back->device_uuid == handle.device_uuid);
    CHECK(back->allocation_address == handle.allocation_address);
    CHECK(back->allocation_bytes == handle.allocation_bytes);
    CHECK(back->offset_bytes == handle.offset_bytes);
    CHECK(back->size_bytes == handle.size_bytes);
    CHECK(hex_of(std::span(bytes).first(8)) == "6372696149504331");  // criaIPC1
}

TEST_CASE("bytes that are no handle are refused") {
    auto bytes = made_up_handle().to_bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] ^= std::byte{0x10};
        CHECK(ipc_handle::from_bytes(bytes).error().code == errc::invalid_value);
        bytes[i] ^= std::byte{0x10};
    }
    CHECK(ipc_handle::from_bytes(bytes));
    CHECK(ipc_handle::from_bytes({}).error().code == errc::invalid_value);
    CHECK(ipc_handle::from_bytes(std::span(bytes).first(bytes.size() - 1)).error().code == errc::invalid_value);
    const std::vector<std::byte> longer(bytes.size() + 1);
    CHECK(ipc_handle::from_bytes(longer).error().code == errc::invalid_value);

    // Bytes that are whole and contradict themselves
    auto handle = made_up_handle();
    const auto is_refused = [](const ipc_handle& each) {
        return ipc_handle::from_bytes(each.to_bytes()).error().code == errc::invalid_value && ipc_memory::open(each).error().code == errc::invalid_value;
    };
    handle.size_bytes = 0;
    CHECK(is_refused(handle));
    handle = made_up_handle();
    handle.size_bytes = handle.allocation_bytes - handle.offset_bytes + 1;
    CHECK(is_refused(handle));
    handle.offset_bytes = ~std::uint64_t{0};
    CHECK(is_refused(handle));
}

TEST_CASE("a handle of a device that is not seen is refused") {
    CHECK(ipc_memory::open(made_up_handle()).error().code == errc::no_device);  // with or without other devices
}

TEST_CASE("another process reads and writes the memory that a handle says") {
    if (skips_without_devices()) return;
    const auto arena = device_buffer::make(0, std::uint64_t{16} << 20U);
    REQUIRE(arena);
    struct range {
        std::uint64_t offset, size;
    };
    for (const range& each : {range{0, std::uint64_t{16} << 20U}, {4096 + 256, (std::uint64_t{1} << 20U) + 13}, {(std::uint64_t{16} << 20U) - 1, 1}, {12345, 54321}}) {
        CAPTURE(each.offset, each.size);
        auto expected = cria_test::random_bytes(std::size_t{16} << 20U, each.size);
        cria_test::write_device(arena->address(), expected);
        const auto handle = ipc_handle::make(arena->address() + each.offset, each.size);
        CAPTURE(handle ? std::string() : handle.error().message());
        REQUIRE(handle);
        CHECK(handle->offset_bytes == each.offset);
        CHECK(handle->size_bytes == each.size);
        CHECK(handle->allocation_bytes == arena->size_bytes());
        const auto first = expected.begin() + static_cast<std::ptrdiff_t>(each.offset), last = first + static_cast<std::ptrdiff_t>(each.size);
        const std::vector<std::byte> part(first, last);
        REQUIRE(run_child(*handle, cria::upload::digest_of(part)) == 0);
        const auto turned = turned_round(part);
        std::copy(turned.begin(), turned.end(), first);
        CHECK(cria_test::read_device(arena->address(), expected.size()) == expected);  // and nothing beside it
    }
}

TEST_CASE("small allocations, which lie in one block of CUDA's, are told apart") {
    if (skips_without_devices()) return;
    std::array<device_buffer, 5> buffers;
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        auto made = device_buffer::make(0, 1000);
        REQUIRE(made);
        cria_test::write_device(made->address(), cria_test::random_bytes(1000, 10 + i));
        buffers[i] = std::move(*made);
    }
    const auto handle = ipc_handle::make(buffers[3].address() + 100, 500);
    REQUIRE(handle);
    const auto whole = cria_test::random_bytes(1000, 13);
    CHECK(run_child(*handle, cria::upload::digest_of(std::span(whole).subspan(100, 500))) == 0);
}

TEST_CASE("a process that does not see the device says so") {
    if (skips_without_devices()) return;
    const auto arena = device_buffer::make(0, std::uint64_t{4} << 20U);
    REQUIRE(arena);
    const auto handle = ipc_handle::make(arena->address(), arena->size_bytes());
    REQUIRE(handle);
    CHECK(run_child(*handle, 0, {"CUDA_VISIBLE_DEVICES=", "CRIA_TEST_IPC_SEES_NOTHING=1"}) == 0);
}

TEST_CASE("memory that cannot be shared is refused by name") {
    if (skips_without_devices()) return;
    const auto arena = device_buffer::make(0, std::uint64_t{4} << 20U);
    REQUIRE(arena);
    const int on_the_host = 0;
    CHECK(ipc_handle::make(&on_the_host, sizeof on_the_host).error().code == errc::not_resident);
    CHECK(ipc_handle::make(nullptr, 1).error().code == errc::not_resident);
    const auto pinned = cria::gpu::pinned_buffer::make(4096);
    REQUIRE(pinned);
    CHECK(ipc_handle::make(pinned->address(), 4096).error().code == errc::not_resident);
    CHECK(ipc_handle::make(arena->address(), 0).error().code == errc::invalid_argument);
    CHECK(ipc_handle::make(arena->address(), arena->size_bytes() + 1).error().code == errc::out_of_range);
    CHECK(ipc_handle::make(arena->address() + 1, arena->size_bytes()).error().code == errc::out_of_range);
    CHECK(ipc_handle::make(arena->address() + 1, ~std::uint64_t{0}).error().code == errc::out_of_range);

    const auto own = ipc_handle::make(arena->address() + 256, 256);
    REQUIRE(own);
    const auto mapped = ipc_memory::open(*own);
    REQUIRE_FALSE(mapped);
    CHECK(mapped.error().code == errc::unsupported_feature);

    int has_pools = 0;
    REQUIRE(cudaDeviceGetAttribute(&has_pools, cudaDevAttrMemoryPoolsSupported, 0) == cudaSuccess);
    if (has_pools != 0) {
        void* pooled = nullptr;
        REQUIRE(cudaMallocAsync(&pooled, 4096, nullptr) == cudaSuccess);
        REQUIRE(cudaStreamSynchronize(nullptr) == cudaSuccess);
        const auto refused = ipc_handle::make(pooled, 4096);
        REQUIRE_FALSE(refused);
        CAPTURE(refused.error().message());
        CHECK(refused.error().code == errc::unsupported_feature);
        REQUIRE(cudaFreeAsync(pooled, nullptr) == cudaSuccess);
    }
    CHECK(cudaPeekAtLastError() == cudaSuccess);
}
