// SPDX-License-Identifier: MIT
#include "cria/upload/dlpack.hpp"

#include <cuda_runtime_api.h>

#include <array>
#include <cstdint>
#include <thread>
#include <utility>

#include "cria/gpu/buffer.hpp"
#include "device.hpp"
#include "support/catch.hpp"

namespace {
using cria::tensor_type;
namespace gpu = cria::gpu;
namespace upload = cria::upload;
}  // namespace

TEST_CASE("a device buffer that DLPack owns is there until the deleter is called, on whatever thread") {
    if (cria_test::skips_without_devices()) return;
    constexpr std::uint64_t size = std::uint64_t{256} << 20U;
    const std::array<std::uint64_t, 2> dimensions{1024, size / 2 / 1024};
    std::size_t before = 0, during = 0, after = 0, total = 0;
    REQUIRE(cudaFree(nullptr) == cudaSuccess);  // the context's own memory is not to be counted
    REQUIRE(cudaMemGetInfo(&before, &total) == cudaSuccess);

    auto made = gpu::device_buffer::make(0, size);
    REQUIRE(made);
    const auto bytes = cria_test::random_bytes(4096, 3);
    cria_test::write_device(made->address() + size - 4096, bytes);
    const auto view = upload::tensor_at(made->address(), {upload::dl_device_type::cuda, 0}, tensor_type::f16, dimensions);
    REQUIRE(view);
    auto exported = upload::to_dlpack_versioned(*view, std::move(*made));
    REQUIRE(exported);
    CHECK(made->address() == nullptr);

    const auto seen = upload::from_dlpack(**exported);
    REQUIRE(seen);
    CHECK(seen->device == upload::dl_device{upload::dl_device_type::cuda, 0});
    CHECK(cria_test::read_device(static_cast<std::byte*>(seen->address) + size - 4096, 4096) == bytes);

    upload::dl_managed_tensor_versioned* const taken = exported->release();
    REQUIRE(cudaMemGetInfo(&during, &total) == cudaSuccess);
    std::thread([taken] { taken->deleter(taken); }).join();
    REQUIRE(cudaMemGetInfo(&after, &total) == cudaSuccess);
    CHECK(during + size / 2 < before);
    CHECK(after > during + size / 2);
}
