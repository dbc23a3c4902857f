// SPDX-License-Identifier: MIT
// The blocks of docs/gpu-interop.md. Compiled where the CUDA Toolkit is, and not run: they need a device, and the other process.
#include <array>
#include <cstddef>
#include <cstdint>

#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/dequantize.hpp"
#include "cria/gpu/ipc.hpp"
#include "cria/llama/device_model.hpp"

using cria::result;
namespace gpu = cria::gpu;
namespace llama = cria::llama;

namespace {

auto product(const char* path, void (*multiply)(const std::byte*, std::uint64_t, std::uint64_t, std::uint64_t)) -> result<void> {
    // [whole model]
    CRIA_TRY(const auto model, llama::open(path));
    gpu::cuda_runtime cuda;
    gpu::dequantizer dequantizer;
    CRIA_TRY(const auto weights, llama::upload_model(model, cuda, dequantizer, {.convert = {.matrices = llama::number_type::f16}}));
    const auto query = weights.find(model.weights().layers[0].query);  // also where it is rows of attn_qkv
    multiply(query->address, query->n_in, query->n_out, query->stride_bytes);
    // [whole model]
    return {};
}

template <class Send>
auto hand_out(std::byte* address, std::size_t size_bytes, Send send) -> result<void> {
    // [send]
    CRIA_TRY(const auto handle, gpu::ipc_handle::make(address, size_bytes));  // anywhere inside an arena
    send(handle.to_bytes());                                                  // ipc_handle::bytes_size bytes, by any means
    // [send]
    return {};
}

template <class Received, class Use>
auto take(const Received& received, Use use) -> result<void> {
    // [receive]
    CRIA_TRY(const auto handle, gpu::ipc_handle::from_bytes(received));
    CRIA_TRY(const auto mapped, gpu::ipc_memory::open(handle));
    use(mapped.address(), mapped.size_bytes(), mapped.device());
    // [receive]
    return {};
}

}  // namespace

auto main(int argc, char** argv) -> int {
    if (argc < 2) return 0;
    const auto done = product(argv[1], [](const std::byte*, std::uint64_t, std::uint64_t, std::uint64_t) {});
    const auto sent = hand_out(nullptr, 0, [](const auto&) {});
    const auto taken = take(std::array<std::byte, gpu::ipc_handle::bytes_size>{}, [](const std::byte*, std::uint64_t, std::uint32_t) {});
    return done && sent && taken ? 0 : 1;
}
