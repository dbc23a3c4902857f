// SPDX-License-Identifier: MIT
// The loop of docs/gguf-mmap-io.md that brings a mapping to a device in chunks, by the CUDA runtime alone. Compiled where the CUDA Toolkit is;
// with a file as its argument it uploads that, reads it back and compares.
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <vector>

#include <cuda_runtime_api.h>

#include "cria/io/mapped_file.hpp"

namespace {

// [slots]
constexpr std::size_t slot_bytes = std::size_t{4} << 20U;

struct slot {
    std::byte* memory = nullptr;  // page-locked: the device reads it by itself
    cudaEvent_t sent{};           // has happened when the device is done with it
};

/// One of each for a thread. Nothing here is made twice for every chunk: pinning memory takes longer than a transfer.
struct lane {
    slot slots[2];
    cudaStream_t stream{};

    auto open() -> cudaError_t {
        cudaError_t answer = cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
        for (slot& each : slots) {
            if (answer == cudaSuccess) answer = cudaHostAlloc(reinterpret_cast<void**>(&each.memory), slot_bytes, cudaHostAllocPortable);
            if (answer == cudaSuccess) answer = cudaEventCreateWithFlags(&each.sent, cudaEventDisableTiming);
        }
        return answer;
    }
    /// Also where open() failed half-way, or an upload did: the device may still be reading, so it is waited for first.
    void close() {
        if (stream != nullptr) cudaStreamSynchronize(stream);
        for (slot& each : slots) {
            if (each.sent != nullptr) cudaEventDestroy(each.sent);
            if (each.memory != nullptr) cudaFreeHost(each.memory);
        }
        if (stream != nullptr) cudaStreamDestroy(stream);
    }
};
// [slots]

// [loop]
auto upload(lane& with, std::byte* to, const std::byte* from, std::size_t size) -> cudaError_t {
    std::size_t turn = 0;
    for (std::size_t at = 0; at < size; at += slot_bytes, ++turn) {
        slot& mine = with.slots[turn % 2];
        const std::size_t n = size - at < slot_bytes ? size - at : slot_bytes;
        if (const auto answer = cudaEventSynchronize(mine.sent); answer != cudaSuccess) return answer;  // done with what it held before
        std::memcpy(mine.memory, from + at, n);                                                         // while the other slot is on its way
        if (const auto answer = cudaMemcpyAsync(to + at, mine.memory, n, cudaMemcpyHostToDevice, with.stream); answer != cudaSuccess) return answer;
        if (const auto answer = cudaEventRecord(mine.sent, with.stream); answer != cudaSuccess) return answer;
    }
    return cudaStreamSynchronize(with.stream);  // not before this may the mapping go, or the bytes be called resident
}
// [loop]

// [resident]
/// Whether `size` bytes at `address` are memory of `device`, and not the host's, nor memory that moves between the two.
auto is_on(int device, const std::byte* address, std::size_t size) -> bool {
    for (const std::byte* const end : {address, address + size - 1}) {
        cudaPointerAttributes about{};
        if (cudaPointerGetAttributes(&about, end) != cudaSuccess) return false;
        if (about.type != cudaMemoryTypeDevice || about.device != device) return false;
    }
    return true;
}
// [resident]

auto fails(const char* what, cudaError_t answer) -> bool {
    if (answer != cudaSuccess) std::fprintf(stderr, "%s: %s\n", what, cudaGetErrorString(answer));
    return answer != cudaSuccess;
}

}  // namespace

auto main(int n_arguments, char** arguments) -> int {
    if (n_arguments < 2) return 2;
    const auto file = cria::io::mapped_file::open(arguments[1]);
    if (!file) return 1;
    const auto size = static_cast<std::size_t>(file->size_bytes());
    lane one;
    void* there = nullptr;
    bool failed = fails("lane", one.open()) || fails("memory", cudaMalloc(&there, size));
    failed = failed || fails("upload", upload(one, static_cast<std::byte*>(there), file->bytes().data(), size));
    std::vector<std::byte> back(size);
    failed = failed || fails("read back", cudaMemcpy(back.data(), there, size, cudaMemcpyDeviceToHost));
    failed = failed || !is_on(0, static_cast<std::byte*>(there), size) || is_on(0, one.slots[0].memory, slot_bytes);
    failed = failed || std::memcmp(back.data(), file->bytes().data(), size) != 0;
    cudaFree(there);
    one.close();
    std::printf("%zu bytes %s\n", size, failed ? "did not arrive" : "arrived");
    return failed ? 1 : 0;
}
