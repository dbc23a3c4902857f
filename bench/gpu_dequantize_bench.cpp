// SPDX-License-Identifier: MIT
// Dequantizing in a device's memory, beside a copy within it: each type's bytes read and written a second, and what part
// that is of the copy's. The copy runs before each of the runs, so that both see the same clocks; medians.
//
//     g++ -std=c++20 -O2 -Iinclude -I/usr/local/cuda/include bench/gpu_dequantize_bench.cpp -o gpu_dequantize_bench -L/usr/local/cuda/lib64 -lcudart
//     ./gpu_dequantize_bench [--out f16] [--mib 1024] [--rounds 9] [--offset 0] [q8_0 q4_k …]
//
// --mib is the output's size, --offset how many bytes behind an aligned address the blocks begin. Blocks are random bytes.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gpu/dequantize.hpp"

namespace {

using cria::tensor_type;

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "gpu_dequantize_bench: %s\n", why.c_str());
    std::exit(1);
}
void cuda(cudaError_t answer) {
    if (answer != cudaSuccess) die(cudaGetErrorString(answer));
}
void need(const cria::result<void>& answer) {
    if (!answer) die(answer.error().message());
}
auto median(std::vector<double> values) -> double {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Seconds that the device takes for what `queue_it` queues.
template <class Queue>
auto seconds(cudaEvent_t begin, cudaEvent_t end, const Queue& queue_it) -> double {
    cuda(cudaEventRecord(begin));
    queue_it();
    cuda(cudaEventRecord(end));
    cuda(cudaEventSynchronize(end));
    float milliseconds = 0;
    cuda(cudaEventElapsedTime(&milliseconds, begin, end));
    return static_cast<double>(milliseconds) * 1e-3;
}

}  // namespace

auto main(int argc, char** argv) -> int {
    tensor_type out_type = tensor_type::f16;
    std::uint64_t out_bytes = std::uint64_t{1024} << 20U, offset = 0;
    std::size_t n_rounds = 9;
    std::vector<tensor_type> types;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const auto value = [&]() -> const char* { return ++i < argc ? argv[i] : ""; };
        const auto type_of = [&](std::string_view name) {
            const auto type = cria::tensor_type_named(name);
            if (!type) die("no type is called " + std::string(name));
            return *type;
        };
        if (word == "--out") out_type = type_of(value());
        else if (word == "--mib") out_bytes = std::strtoull(value(), nullptr, 10) << 20U;
        else if (word == "--rounds") n_rounds = std::max<std::size_t>(1, std::strtoull(value(), nullptr, 10));
        else if (word == "--offset") offset = std::strtoull(value(), nullptr, 10);
        else types.push_back(type_of(word));
    }
    if (types.empty())
        for (const auto& program : cria::gpu::kernels::dequantize_ptx) types.push_back(program.type);

    int n_devices = 0;
    if (cudaGetDeviceCount(&n_devices) != cudaSuccess || n_devices == 0) return std::puts("SKIPPED: there is no CUDA device"), 0;
    cudaDeviceProp about{};
    cuda(cudaGetDeviceProperties(&about, 0));

    const std::uint64_t out_element_bytes = cria::geometry_of(out_type)->bytes_per_block;
    const std::uint64_t n_elements = out_bytes / out_element_bytes / 256 * 256;
    std::uint64_t most_bytes = out_bytes;  // the copy's source too
    for (const tensor_type type : types) most_bytes = std::max(most_bytes, *cria::bytes_of(*cria::geometry_of(type), n_elements));
    std::byte *blocks = nullptr, *out = nullptr;
    cuda(cudaMalloc(reinterpret_cast<void**>(&blocks), most_bytes + offset));
    cuda(cudaMalloc(reinterpret_cast<void**>(&out), out_bytes));

    std::mt19937_64 random(1);
    std::vector<std::uint64_t> some(std::size_t{1} << 23U);
    for (std::uint64_t& word : some) word = random();
    for (std::uint64_t at = 0; at < most_bytes + offset; at += some.size() * 8)
        cuda(cudaMemcpy(blocks + at, some.data(), std::min<std::uint64_t>(some.size() * 8, most_bytes + offset - at), cudaMemcpyHostToDevice));

    cudaEvent_t begin = nullptr, end = nullptr;
    cuda(cudaEventCreate(&begin));
    cuda(cudaEventCreate(&end));
    cria::gpu::dequantizer with;
    std::printf("%s, output %llu MiB of %s, medians of %zu\n", about.name, static_cast<unsigned long long>(out_bytes >> 20U),
                std::string(cria::geometry_of(out_type)->name).c_str(), n_rounds);
    std::printf("%-8s %10s %10s %12s %12s\n", "type", "ms", "GB/s", "copy, GB/s", "of the copy");
    for (const tensor_type type : types) {
        const auto layout = *cria::geometry_of(type);
        const double moved = static_cast<double>(*cria::bytes_of(layout, n_elements) + n_elements * out_element_bytes);
        const auto copy = [&] { cuda(cudaMemcpyAsync(out, blocks, out_bytes, cudaMemcpyDeviceToDevice)); };
        const auto dequantize = [&] { need(with.dequantize(type, blocks + offset, n_elements, out_type, out, {})); };
        need(with.prepare(type));
        copy();
        dequantize();
        std::vector<double> copies, runs;
        for (std::size_t round = 0; round < n_rounds; ++round) {
            copies.push_back(seconds(begin, end, copy));
            runs.push_back(seconds(begin, end, dequantize));
        }
        const double copied = 2 * static_cast<double>(out_bytes) / median(copies), dequantized = moved / median(runs);
        std::printf("%-8s %10.3f %10.0f %12.0f %11.1f%%\n", std::string(layout.name).c_str(), median(runs) * 1e3, dequantized / 1e9, copied / 1e9,
                    100 * dequantized / copied);
    }
    cuda(cudaFree(blocks));
    cuda(cudaFree(out));
    return 0;
}
