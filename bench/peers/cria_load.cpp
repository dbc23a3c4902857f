// SPDX-License-Identifier: MIT
// Times cria's loading of a model file to the first CUDA device, for bench/peers/upload_peers.py.
//
// A request is a line "WAY VERIFY PATH", the answer a line of JSON. Ways: default, placement (no digest of what is on the
// device), kept (default, with pinned slots kept from load to load), pageable (cudaMemcpy from the mapping, tensor by
// tensor: what the plainest loader does), link (P, in GB/s: the best of pinned copies of 2, 16 and 64 MiB, two in flight).
// "seconds" are those from opening the file to the last byte proven, memory on the device and pinned memory included.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>

#include <sys/resource.h>

#include "cria/gguf/file.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/upload/executor.hpp"
#include "../device_bench.hpp"

[[noreturn]] void die(const std::string& why) {
    std::printf("{\"error\": \"%s\"}\n", why.c_str());
    std::exit(1);
}

namespace {

namespace upload = cria::upload;
using cria::gpu::cuda_runtime;

auto cpu_seconds() -> double {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

auto link_speed() -> double {
    double best = 0;
    for (const std::size_t size : {std::size_t{2} << 20U, std::size_t{16} << 20U, std::size_t{64} << 20U}) {
        void *host = nullptr, *device = nullptr;
        cuda(cudaMallocHost(&host, 2 * size));
        std::memset(host, 1, 2 * size);
        cuda(cudaMalloc(&device, 2 * size));
        cudaStream_t streams[2];
        for (auto& stream : streams) cuda(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
        for (const double seconds : {0.02, 0.4}) {  // the first warms up
            const double began = now();
            std::size_t n = 0;
            for (; now() - began < seconds; ++n) {
                cuda(cudaStreamSynchronize(streams[n % 2]));
                cuda(cudaMemcpyAsync(static_cast<char*>(device) + n % 2 * size, static_cast<char*>(host) + n % 2 * size, size, cudaMemcpyHostToDevice, streams[n % 2]));
            }
            cuda(cudaDeviceSynchronize());
            if (seconds > 0.1) best = std::max(best, static_cast<double>(n * size) / (now() - began) / 1e9);
        }
        for (auto& stream : streams) cuda(cudaStreamDestroy(stream));
        cuda(cudaFree(device));
        cuda(cudaFreeHost(host));
    }
    return best;
}

auto pageable(const std::string& path) -> std::string {
    const double cpu = cpu_seconds(), began = now();
    const auto model = need(cria::gguf::file::open(path));
    const cria::byte_view bytes = model.mapping();
    void* device = nullptr;
    cuda(cudaMalloc(&device, bytes.size()));
    const double copying = now();
    std::uint64_t copied = 0;
    for (const auto& tensor : model.tensors()) {
        cuda(cudaMemcpy(static_cast<char*>(device) + tensor.offset_bytes, bytes.data() + tensor.offset_bytes, tensor.size_bytes, cudaMemcpyHostToDevice));
        copied += tensor.size_bytes;
    }
    cuda(cudaDeviceSynchronize());
    const double ended = now(), used = cpu_seconds() - cpu;
    cuda(cudaFree(device));
    char line[256];
    std::snprintf(line, sizeof line, R"({"seconds": %.6f, "copy_seconds": %.6f, "cpu_seconds": %.3f, "bytes": %llu})", ended - began, ended - copying, used, static_cast<unsigned long long>(copied));
    return line;
}

auto load(cuda_runtime& runtime, const std::string& way, bool verify, const std::string& path, upload::ring<cuda_runtime>& kept) -> std::string {
    upload::options<cuda_runtime> options;
    if (way == "placement") options.verify = upload::verification::placement;
    if (way == "kept") options.kept = &kept;
    if (verify) options.verify = upload::verification::full;
    const double cpu = cpu_seconds(), began = now();
    const auto model = need(cria::gguf::file::open(path));
    const auto plan = need(cria::llama::plan_upload(model.tensors()));
    const upload::source source{model.native().path(), model.mapping(), &model.native(), model.base_offset_bytes(), true};
    auto there = need(upload::execute(runtime, plan, {&source, 1}, options));
    const double ended = now(), used = cpu_seconds() - cpu;
    std::uint64_t bytes = 0;
    for (const auto& tensor : model.tensors()) bytes += tensor.size_bytes;
    const auto& report = there.report();
    char line[512];
    std::snprintf(line, sizeof line,
                  R"({"seconds": %.6f, "copy_seconds": %.6f, "cpu_seconds": %.3f, "bytes": %llu, "verified": %s, "notes": "way %d, %u workers, %.0f MiB pinned, prepare %.1f ms, verify %.1f ms, proven %d"})",
                  ended - began, report.copy_seconds, used, static_cast<unsigned long long>(bytes), verify ? "true" : "false", static_cast<int>(report.how), report.n_workers,
                  static_cast<double>(report.pinned_bytes) / 1048576.0, report.prepare_seconds * 1e3, report.verify_seconds * 1e3, static_cast<int>(report.verified));
    return line;
}

}  // namespace

int main() {
    cuda_runtime runtime;
    cuda(cudaSetDevice(0));
    cuda(cudaFree(nullptr));
    need(runtime.prepare_digests());
    upload::ring<cuda_runtime> kept(runtime);
    std::puts("{}");  // ready
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string way, path;
        int verify = 0;
        words >> way >> verify >> path;
        if (way == "link") std::printf("{\"link\": %.3f}\n", link_speed());
        else if (way == "pageable") std::puts(pageable(path).c_str());
        else std::puts(load(runtime, way, verify != 0, path, kept).c_str());
        std::fflush(stdout);
    }
}
