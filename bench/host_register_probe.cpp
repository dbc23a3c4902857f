// SPDX-License-Identifier: MIT
// Which memory a CUDA driver pins for a device: mappings of a file, shared and private, read-only and not, whole pages and parts of them.
//
//     g++ -std=c++20 -O2 -I/usr/local/cuda/include bench/host_register_probe.cpp -o host_register_probe -L/usr/local/cuda/lib64 -lcudart
//     ./host_register_probe FILE      which has 1 MiB at least
#include <cstddef>
#include <cstdio>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cuda_runtime_api.h>

namespace {

constexpr std::size_t size = std::size_t{1} << 20U;

void say(const char* what, cudaError_t answer) {
    std::printf("\"%s\",%s\n", what, answer == cudaSuccess ? "pinned" : cudaGetErrorName(answer));
    static_cast<void>(cudaGetLastError());
}

void try_one(const char* what, void* memory, std::size_t bytes, unsigned flags) {
    if (memory == MAP_FAILED) {
        std::printf("\"%s\",no such mapping\n", what);
        return;
    }
    const cudaError_t answer = cudaHostRegister(memory, bytes, flags);
    say(what, answer);
    if (answer == cudaSuccess) static_cast<void>(cudaHostUnregister(memory));
}

}  // namespace

auto main(int n_arguments, char** arguments) -> int {
    if (n_arguments < 2 || cudaSetDevice(0) != cudaSuccess) return 2;
    const int reading = ::open(arguments[1], O_RDONLY | O_CLOEXEC);
    const int updating = ::open(arguments[1], O_RDWR | O_CLOEXEC);
    const auto map = [](int fd, int protection, int flags) { return ::mmap(nullptr, size, protection, flags, fd, 0); };
    constexpr unsigned read_only = cudaHostRegisterReadOnly;
    std::printf("what was to be pinned,answer\n");
    void* const shared = map(reading, PROT_READ, MAP_SHARED);
    try_one("a shared read-only mapping, cudaHostRegisterReadOnly", shared, size, read_only);
    try_one("the same, flag left out", shared, size, cudaHostRegisterDefault);
    try_one("the same, from a byte that begins no page", static_cast<std::byte*>(shared) + 32, 65536, read_only);
    try_one("a private read-only mapping, cudaHostRegisterReadOnly", map(reading, PROT_READ, MAP_PRIVATE), size, read_only);
    try_one("the same, flag left out", map(reading, PROT_READ, MAP_PRIVATE), size, cudaHostRegisterDefault);
    try_one("a private writable mapping, flag left out", map(reading, PROT_READ | PROT_WRITE, MAP_PRIVATE), size, cudaHostRegisterDefault);
    try_one("a shared writable mapping, flag left out", map(updating, PROT_READ | PROT_WRITE, MAP_SHARED), size, cudaHostRegisterDefault);
    try_one("memory of no file", map(-1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS), size, cudaHostRegisterPortable);
    say("pages that are pinned already", [&] {
        static_cast<void>(cudaHostRegister(shared, size, read_only));
        const cudaError_t answer = cudaHostRegister(static_cast<std::byte*>(shared) + size / 2, size / 2, read_only);
        static_cast<void>(cudaHostUnregister(shared));
        return answer;
    }());
    say("unpinning by another byte than the first", [&] {
        static_cast<void>(cudaHostRegister(shared, size, read_only));
        const cudaError_t answer = cudaHostUnregister(static_cast<std::byte*>(shared) + 4096);
        static_cast<void>(cudaHostUnregister(shared));
        return answer;
    }());
    return 0;
}
