// SPDX-License-Identifier: MIT
// A kernel that reads every byte once (the digest of upload/digest.hpp), over the same bytes in the device's memory, in pinned memory of the
// host, and in a mapping of a file that was pinned: what it costs to leave weights where they are, and after how many passes a copy is cheaper.
//
//     g++ -std=c++20 -O2 -Iinclude -I/usr/local/cuda/include bench/zero_copy_bench.cpp -o zero_copy_bench -L/usr/local/cuda/lib64 -lcudart
//     ./zero_copy_bench --file PATH [--mib 1024] [--rounds 7]
//
// It needs nothing but the CUDA runtime. The file is made if it is not there. One CSV on standard output.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "cria/gpu/cuda_runtime.hpp"
#include "cria/io/mapped_file.hpp"
#include "device_bench.hpp"

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "zero_copy_bench: %s\n", why.c_str());
    std::exit(1);
}

namespace {

namespace io = cria::io;
namespace upload = cria::upload;
constexpr std::size_t mib = std::size_t{1} << 20U;

auto median(std::vector<double> of) -> double {
    std::sort(of.begin(), of.end());
    return of[of.size() / 2];
}

}  // namespace

auto main(int n_arguments, char** arguments) -> int {
    std::string path;
    std::size_t size = 1024 * mib;
    int n_rounds = 7;
    for (int i = 1; i + 1 < n_arguments; i += 2) {
        const std::string option = arguments[i];
        if (option == "--file") path = arguments[i + 1];
        else if (option == "--mib") size = std::strtoul(arguments[i + 1], nullptr, 10) * mib;
        else if (option == "--rounds") n_rounds = std::atoi(arguments[i + 1]);
        else die("what is " + option + "?");
    }
    if (path.empty()) die("--file PATH [--mib 1024] [--rounds 7]");
    if (::access(path.c_str(), R_OK) != 0) {
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        std::vector<std::uint64_t> block(mib / 8);
        for (std::size_t at = 0; at < size; at += mib) {
            for (std::size_t i = 0; i < block.size(); ++i) block[i] = (at + i) * 0x9E3779B97F4A7C15U;
            if (::write(fd, block.data(), mib) != static_cast<ssize_t>(mib)) die("cannot write the file");
        }
        ::close(fd);
    }
    cria::gpu::cuda_runtime runtime;
    need(runtime.use(0));
    need(runtime.prepare_digests());
    const auto stream = need(runtime.make_stream());
    int pageable = 0, by_host_tables = 0, managed = 0, is_integrated = 0, read_only = 0;
    cuda(cudaDeviceGetAttribute(&pageable, cudaDevAttrPageableMemoryAccess, 0));
    cuda(cudaDeviceGetAttribute(&by_host_tables, cudaDevAttrPageableMemoryAccessUsesHostPageTables, 0));
    cuda(cudaDeviceGetAttribute(&managed, cudaDevAttrConcurrentManagedAccess, 0));
    cuda(cudaDeviceGetAttribute(&is_integrated, cudaDevAttrIntegrated, 0));
    cuda(cudaDeviceGetAttribute(&read_only, cudaDevAttrHostRegisterReadOnlySupported, 0));
    std::printf("# pageableMemoryAccess %d, by the host's page tables %d, concurrentManagedAccess %d, integrated %d, hostRegisterReadOnly %d\n", pageable, by_host_tables, managed,
                is_integrated, read_only);

    auto mapped = need(io::mapped_file::open(path));
    size = std::min(size, static_cast<std::size_t>(mapped.size_bytes()));
    const cria::byte_view file = mapped.bytes().first(size);
    std::uint64_t touched = 0;
    for (std::size_t at = 0; at < size; at += 4096) touched += std::to_integer<unsigned>(file[at]);

    // Pieces of 64 KiB, so that every processor of the device has some.
    constexpr std::size_t piece = 64U << 10U;
    const std::size_t n = size / piece;
    const auto ranges_memory = need(runtime.allocate_pinned(n * sizeof(upload::device_range)));
    const auto digests_memory = need(runtime.allocate_pinned(n * sizeof(std::uint64_t)));
    auto* const ranges = reinterpret_cast<upload::device_range*>(ranges_memory.address);
    auto* const digests = reinterpret_cast<std::uint64_t*>(digests_memory.address);
    const auto pass = [&](const void* base) {
        for (std::size_t i = 0; i < n; ++i) ranges[i] = {static_cast<const std::byte*>(base) + i * piece, piece};
        const double begin = now();
        need(runtime.digest(ranges, n, digests, stream));
        need(runtime.synchronize(stream));
        return now() - begin;
    };
    const auto time_passes = [&](const void* base) {
        static_cast<void>(pass(base));
        std::vector<double> all;
        for (int i = 0; i < n_rounds; ++i) all.push_back(pass(base));
        return median(all);
    };
    const auto timed = [&](const std::function<void()>& run) {
        const double begin = now();
        run();
        return now() - begin;
    };
    const auto sum = [&] {
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < n; ++i) all = all * 31 + digests[i];
        return all;
    };

    // The device's memory, filled from pinned memory, and from the mapping as it is.
    void* const there = need(runtime.allocate(size));
    const auto pinned = need(runtime.allocate_pinned(size));
    std::memcpy(pinned.address, file.data(), size);
    std::vector<double> copies, pageable_copies;
    for (int i = 0; i < n_rounds; ++i) {
        copies.push_back(timed([&] {
            need(runtime.copy_to_device(there, pinned.address, size, stream));
            need(runtime.synchronize(stream));
        }));
        pageable_copies.push_back(timed([&] { cuda(cudaMemcpy(there, file.data(), size, cudaMemcpyHostToDevice)); }));
    }
    const double in_device = time_passes(there);
    const std::uint64_t wanted = sum();

    void* pinned_there = nullptr;
    cuda(cudaHostGetDevicePointer(&pinned_there, pinned.address, 0));
    const double in_pinned = time_passes(pinned_there);
    if (sum() != wanted) die("pinned memory reads as other bytes");

    double pin = 0, unpin = 0, in_mapping = 0, from_registered = 0;
    std::vector<double> pins, unpins;
    if (read_only != 0) {
        for (int i = 0; i < 3; ++i) {
            pins.push_back(timed([&] { need(runtime.pin_read_only(file)); }));
            void* mapping_there = nullptr;
            cuda(cudaHostGetDevicePointer(&mapping_there, const_cast<std::byte*>(file.data()), 0));
            if (i == 0) {
                in_mapping = time_passes(mapping_there);
                if (sum() != wanted) die("the mapping reads as other bytes");
                from_registered = timed([&] {
                    need(runtime.copy_to_device(there, file.data(), size, stream));
                    need(runtime.synchronize(stream));
                });
            }
            unpins.push_back(timed([&] { need(runtime.unpin(file.data())); }));
        }
        pin = median(pins);
        unpin = median(unpins);
    }

    const double bytes = static_cast<double>(size);
    const auto row = [&](const char* what, double seconds) { std::printf("\"%s\",%.2f,%.1f\n", what, 1e3 * seconds, bytes / seconds / 1e9); };
    std::printf("what,ms,GB/s\n");
    row("a pass over the device's memory", in_device);
    row("a pass over pinned memory of the host", in_pinned);
    if (read_only != 0) {
        row("a pass over the pinned mapping", in_mapping);
        row("pinning the mapping (its pages are in memory)", pin);
        row("unpinning it", unpin);
        row("copying the pinned mapping to the device", from_registered);
    }
    row("copying pinned memory to the device", median(copies));
    row("cudaMemcpy from the mapping as it is", median(pageable_copies));
    std::printf("# %llu\n", static_cast<unsigned long long>(touched & 1U));
    return 0;
}
