// SPDX-License-Identifier: MIT
// Uploads beside the link's own speed, P: every way, by cores; peers that only copy; cold files beside the disk's speed, D;
// small models; cancelling. One process, contenders in an order drawn anew each round, medians and the least and the most.
//
//     g++ -std=c++20 -O2 -Iinclude -I/usr/local/cuda/include bench/upload_bench.cpp -o upload_bench -L/usr/local/cuda/lib64 -lcudart
//     ./upload_bench [--file PATH] [--gib 16] [--rounds 7] [--only link,warm,slots,cold,small,cancel,leaks,devices] [--csv PATH]
//
// It needs nothing but the CUDA runtime, so that it builds on a bare machine. The file is made of random bytes, if it is
// not there, in writes of 4 MiB; its items are the tensors of an 8B model's layers in Q8_0, over and over.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cria/gpu/cuda_runtime.hpp"
#include "cria/io/direct_file.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/io/page_cache.hpp"
#include "cria/io/read_queue.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/plan.hpp"
#include "device_bench.hpp"

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "upload_bench: %s\n", why.c_str());
    std::exit(1);
}

namespace {

namespace upload = cria::upload;
namespace io = cria::io;
using cria::gpu::cuda_runtime;

constexpr double giga = 1e9;
constexpr std::uint64_t mib = std::uint64_t{1} << 20U;

struct spread {
    std::vector<double> values;
    void add(double value) { values.push_back(value); }
    [[nodiscard]] auto sorted() const { auto copy = values; return std::sort(copy.begin(), copy.end()), copy; }
    [[nodiscard]] auto median() const -> double { return values.empty() ? 0 : sorted()[values.size() / 2]; }
    [[nodiscard]] auto least() const -> double { return values.empty() ? 0 : sorted().front(); }
    [[nodiscard]] auto most() const -> double { return values.empty() ? 0 : sorted().back(); }
};

struct settings {
    std::string file = "/tmp/cria-upload-bench.bin";
    std::string csv;
    std::uint64_t gib = 16;
    unsigned rounds = 7;
    std::string only;
    [[nodiscard]] auto wants(const char* what) const -> bool { return only.empty() || ("," + only + ",").find("," + std::string(what) + ",") != std::string::npos; }
} set;

std::FILE* csv = nullptr;
/// kind,name,cores,slot_bytes,GB/s median,least,most,share of P
void row(const char* kind, const char* name, unsigned cores, std::uint64_t slot, const spread& rate, double link) {
    std::printf("  %-34s %5u %7.1f MiB   %6.2f  (%6.2f .. %6.2f)   %5.3f P\n", name, cores, static_cast<double>(slot) / static_cast<double>(mib), rate.median(), rate.least(), rate.most(), rate.median() / link);
    std::fflush(stdout);
    if (csv != nullptr) std::fprintf(csv, "%s,\"%s\",%u,%llu,%.3f,%.3f,%.3f,%.4f\n", kind, name, cores, static_cast<unsigned long long>(slot), rate.median(), rate.least(), rate.most(), rate.median() / link);
}

// The machine

auto all_cores() -> cpu_set_t {
    static const cpu_set_t known = [] {
        cpu_set_t mask;
        CPU_ZERO(&mask);
        sched_getaffinity(0, sizeof mask, &mask);
        return mask;
    }();
    return known;
}
auto n_cores() -> unsigned {
    const cpu_set_t all = all_cores();
    return static_cast<unsigned>(CPU_COUNT(&all));
}
/// As taskset would: the first n.
void restrict_to(unsigned n) {
    const cpu_set_t all = all_cores();
    cpu_set_t some;
    CPU_ZERO(&some);
    for (int i = 0; i < CPU_SETSIZE && n > 0; ++i) {
        if (!CPU_ISSET(i, &all)) continue;
        CPU_SET(i, &some);
        --n;
    }
    sched_setaffinity(0, sizeof some, &some);
}

void make_file(const std::string& path, std::uint64_t size) {
    std::error_code ignored;
    if (std::filesystem::file_size(path, ignored) == size && !ignored) return;
    std::printf("making %s, %llu GiB\n", path.c_str(), static_cast<unsigned long long>(size >> 30U));
    std::fflush(stdout);
    const int fd = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644);
    if (fd < 0) die("cannot write " + path);
    std::vector<std::uint64_t> block(4 * mib / 8);
    std::mt19937_64 random(7);
    for (auto& word : block) word = random();
    for (std::uint64_t at = 0; at < size; at += 4 * mib) {
        for (std::size_t i = 0; i < block.size(); i += 8) block[i] += at + i * 0x9E3779B97F4A7C15U;  // no two blocks alike
        if (::write(fd, block.data(), 4 * mib) != static_cast<ssize_t>(4 * mib)) die("cannot write all of " + path);
    }
    ::fsync(fd);
    ::close(fd);
}

/// A model of `size` bytes: embedding, layers of nine tensors, norms among them.
auto make_items(std::uint64_t size) -> std::vector<upload::item> {
    std::vector<upload::item> items;
    const auto q8 = [](std::uint64_t elements) { return elements / 32 * 34; };
    const std::uint64_t layer[] = {4096 * 4, q8(4096 * 4096), q8(1024 * 4096), q8(1024 * 4096), q8(4096 * 4096), 4096 * 4, q8(14336 * 4096), q8(14336 * 4096), q8(14336 * 4096)};
    std::uint64_t at = 0;
    for (std::size_t i = 0; at < size; ++i) {
        const std::uint64_t wanted = i == 0 ? q8(128256ULL * 4096) : layer[(i - 1) % 9];
        const std::uint64_t n = std::min(wanted, size - at);
        items.push_back({"tensor", 0, at, n, 0});
        at += (n + 31) / 32 * 32;
    }
    return items;
}

// The link

/// P: pinned copies of 2, 16 and 64 MiB, two in flight, each for a third of `seconds`; the best.
auto measure_link(double seconds) -> double {
    double best = 0;
    for (const std::uint64_t size : {2 * mib, 16 * mib, 64 * mib}) {
        void *host = nullptr, *device = nullptr;
        cuda(cudaMallocHost(&host, 2 * size));
        std::memset(host, 1, 2 * size);
        cuda(cudaMalloc(&device, 2 * size));
        cudaStream_t streams[2];
        for (auto& stream : streams) cuda(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
        std::uint64_t n = 0;
        double began = 0;
        for (int pass = 0; pass < 2; ++pass) {  // the first warms up
            began = now();
            for (n = 0; now() - began < (pass == 0 ? 0.02 : seconds / 3); ++n) {
                const auto i = n % 2;
                cuda(cudaStreamSynchronize(streams[i]));
                cuda(cudaMemcpyAsync(static_cast<char*>(device) + i * size, static_cast<char*>(host) + i * size, size, cudaMemcpyHostToDevice, streams[i]));
            }
            cuda(cudaDeviceSynchronize());
        }
        best = std::max(best, static_cast<double>(n * size) / (now() - began) / giga);
        for (auto& stream : streams) cuda(cudaStreamDestroy(stream));
        cuda(cudaFree(device));
        cuda(cudaFreeHost(host));
    }
    return best;
}

/// What the pipeline could reach if staging took no time: 12 lanes of two slots, sent again and again as they are.
auto send_only(std::uint64_t slot, std::uint64_t size) -> double {
    constexpr unsigned n_lanes = 12;
    cuda_runtime runtime;
    void* device = nullptr;
    cuda(cudaMalloc(&device, n_lanes * 2 * slot));
    std::vector<std::unique_ptr<upload::detail::lane<cuda_runtime>>> lanes;
    for (unsigned i = 0; i < n_lanes; ++i) {
        lanes.push_back(std::make_unique<upload::detail::lane<cuda_runtime>>(runtime, 0));
        need(lanes.back()->open(2, slot));
    }
    std::atomic<std::uint64_t> next{0};
    std::vector<std::thread> threads;
    const double began = now();
    for (unsigned t = 0; t < n_lanes; ++t) {
        threads.emplace_back([&, t] {
            need(runtime.use(0));
            auto& lane = *lanes[t];
            for (std::size_t turn = 0; (next += slot) <= size; ++turn) {
                auto& piece = lane.pieces[turn % 2];
                if (turn >= 2) need(runtime.synchronize(piece.sent));
                need(runtime.copy_to_device(static_cast<std::byte*>(device) + (2 * t + turn % 2) * slot, piece.address, slot, lane.stream));
                need(runtime.record(piece.sent, lane.stream));
            }
            need(lane.drain());
        });
    }
    for (auto& thread : threads) thread.join();
    const double rate = static_cast<double>(size) / (now() - began) / giga;
    lanes.clear();
    cuda(cudaFree(device));
    return rate;
}

// Uploads

struct way {
    const char* name;
    upload::source_mode how;
    upload::verification verify;
    unsigned cores;                      // 0: all
    unsigned workers = 0;
    std::uint64_t slot = 4 * mib;
    bool pageable = false;               // cudaMemcpy from the mapping
    spread copy{}, whole{}, verify_ms{}, prepare_ms{}, pinned{}, cpu{};
    unsigned n_workers = 0;
    upload::source_mode chosen{};
};

auto cpu_seconds() -> double {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

void upload_once(cuda_runtime& runtime, const std::string& path, const std::vector<upload::item>& items, way& one, upload::ring<cuda_runtime>* ring = nullptr) {
    if (one.cores != 0) restrict_to(one.cores);
    {
        const auto file = need(io::mapped_file::open(path));
        if (one.pageable) {
            void* device = nullptr;
            const double began = now();
            cuda(cudaMalloc(&device, file.size_bytes()));
            const double copying = now();
            for (const auto& item : items) cuda(cudaMemcpy(static_cast<char*>(device) + item.offset_bytes, file.bytes().data() + item.offset_bytes, item.size_bytes, cudaMemcpyHostToDevice));
            cuda(cudaDeviceSynchronize());
            const auto size = static_cast<double>(items.back().offset_bytes + items.back().size_bytes);
            one.copy.add(size / (now() - copying) / giga);
            one.whole.add(size / (now() - began) / giga);
            cuda(cudaFree(device));
        } else {
            upload::plan_options cut;
            cut.chunk_bytes = one.slot;
            const auto plan = need(upload::make_plan(items, cut));
            const upload::source source = upload::source_of(file);
            const double cpu = cpu_seconds();
            upload::options<cuda_runtime> options;
            options.how = one.how;
            options.verify = one.verify;
            options.n_workers = one.workers;
            options.kept = ring;
            const double began = now();
            auto there = need(upload::execute(runtime, plan, {&source, 1}, options));
            const double seconds = now() - began;
            const auto& report = there.report();
            one.cpu.add(cpu_seconds() - cpu);
            one.copy.add(static_cast<double>(report.size_bytes) / report.copy_seconds / giga);
            one.whole.add(static_cast<double>(report.size_bytes) / seconds / giga);
            one.verify_ms.add(report.verify_seconds * 1e3);
            one.prepare_ms.add(report.prepare_seconds * 1e3);
            one.pinned.add(static_cast<double>(report.pinned_bytes) / static_cast<double>(mib));
            one.n_workers = report.n_workers;
            one.chosen = report.how;
        }
    }
    restrict_to(n_cores());
}

void run(cuda_runtime& runtime, const std::string& path, const std::vector<upload::item>& items, std::vector<way>& ways, unsigned rounds, const std::function<void()>& before = {}) {
    std::mt19937 random(3);
    std::vector<std::size_t> order(ways.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (unsigned r = 0; r <= rounds; ++r) {
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t i : order) {
            if (before) before();
            upload_once(runtime, path, items, ways[i]);
            if (r == 0) {  // a round to warm up
                const way clean{ways[i].name, ways[i].how, ways[i].verify, ways[i].cores, ways[i].workers, ways[i].slot, ways[i].pageable};
                ways[i] = clean;
            }
        }
    }
}

void print(const char* kind, const std::vector<way>& ways, double link) {
    std::printf("  %-34s cores    slot        GB/s   (least .. most)     share\n", "");
    for (const way& one : ways) row(kind, one.name, one.cores == 0 ? n_cores() : one.cores, one.slot, one.copy, link);
    for (const way& one : ways) {
        if (one.pageable) continue;
        std::printf("    %-32s whole %6.2f GB/s (%5.3f P), prepare %5.1f ms, verify %5.1f ms, pinned %5.1f MiB, %u workers, way %d, cpu %5.2f s\n", one.name, one.whole.median(),
                    one.whole.median() / link, one.prepare_ms.median(), one.verify_ms.median(), one.pinned.median(), one.n_workers, static_cast<int>(one.chosen), one.cpu.median());
    }
}

/// Reads past the page cache into memory and nowhere else, `depth` of `step` bytes in flight.
auto read_direct(const io::native_file& file, std::uint64_t size, unsigned depth, std::uint64_t step) -> double {
    auto direct = need(io::direct_file::open(file));
    auto queue = need(io::read_queue::make(depth));
    auto* const memory = need(io::allocate_pages(depth * step));
    const std::uint64_t whole = size / step * step;
    const double began = now();
    std::uint64_t next = 0, done = 0;
    std::vector<unsigned> free;
    for (unsigned i = 0; i < depth; ++i) free.push_back(i);
    while (done < whole) {
        while (!free.empty() && next < whole) {
            const unsigned slot = free.back();
            free.pop_back();
            need(queue.submit(direct.native_handle(), next, {memory + slot * step, step}, slot));
            next += step;
        }
        const auto one = need(queue.wait());
        if (one.result <= 0) die("reading failed");
        done += static_cast<std::uint64_t>(one.result);
        free.push_back(static_cast<unsigned>(one.tag));
    }
    const double rate = static_cast<double>(whole) / (now() - began) / giga;
    io::free_pages(memory, depth * step);
    return rate;
}

/// The same through the page cache, by one thread in order: what the system's own reading ahead makes of it.
auto read_buffered(const io::native_file& file, std::uint64_t size) -> double {
    std::vector<std::byte> block(4 * mib);
    const double began = now();
    for (std::uint64_t at = 0; at + block.size() <= size; at += block.size()) need(file.read(at, block));
    return static_cast<double>(size) / (now() - began) / giga;
}

auto count_folder(const char* path) -> int {
    int n = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(path)) ++n;
    return n;
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i], value = argv[i + 1];
        if (name == "--file") set.file = value;
        else if (name == "--gib") set.gib = std::stoull(value);
        else if (name == "--rounds") set.rounds = static_cast<unsigned>(std::stoul(value));
        else if (name == "--only") set.only = value;
        else if (name == "--csv") set.csv = value;
        else die("unknown option " + name);
    }
    if (!set.csv.empty()) csv = std::fopen(set.csv.c_str(), "w");
    using upload::source_mode;
    using upload::verification;
    static_cast<void>(all_cores());
    cuda_runtime runtime;
    cuda(cudaSetDevice(0));
    const double context_began = now();
    cuda(cudaFree(nullptr));
    std::printf("context %.2f s\n", now() - context_began);
    cudaDeviceProp about{};
    cuda(cudaGetDeviceProperties(&about, 0));
    std::printf("%s, %u cores, file %s of %llu GiB, %u rounds\n", about.name, n_cores(), set.file.c_str(), static_cast<unsigned long long>(set.gib), set.rounds);
    {
        const double began = now();
        need(runtime.prepare_digests());
        std::printf("digest kernel made ready in %.1f ms\n", (now() - began) * 1e3);
    }
    const std::uint64_t size = set.gib << 30U;
    make_file(set.file, size);
    const auto items = make_items(size);
    double link = measure_link(1.5);
    std::printf("P before: %.2f GB/s\n", link);
    std::fflush(stdout);
    const unsigned cores = n_cores();

    if (set.wants("warm")) {
        {  // into the page cache
            const auto file = need(io::native_file::open(set.file));
            std::vector<std::byte> block(8 * mib);
            for (std::uint64_t at = 0; at < size; at += block.size()) need(file.read(at, block));
            const auto state = need(io::cache_state_of(file, 0, size));
            std::printf("in the page cache: %.4f\n", static_cast<double>(state.resident_bytes) / static_cast<double>(size));
        }
        std::vector<way> ways = {
            {"automatic", source_mode::automatic, verification::automatic, 0},
            {"mapped, placement", source_mode::mapped, verification::placement, 0},
            {"mapped, checksum", source_mode::mapped, verification::checksum, 0},
            {"read, placement", source_mode::read, verification::placement, 0},
            {"registered, placement", source_mode::registered, verification::placement, 0},
            {"cudaMemcpy from the mapping", source_mode::mapped, verification::placement, 0, 0, 0, true},
        };
        for (const unsigned n : {12U, 8U, 4U, 2U, 1U}) {
            if (n >= cores) continue;
            ways.push_back({"automatic", source_mode::automatic, verification::automatic, n});
            ways.push_back({"automatic, placement", source_mode::automatic, verification::placement, n});
            if (n >= 4) ways.push_back({"mapped, checksum", source_mode::mapped, verification::checksum, n});
            if (n <= 2) ways.push_back({"mapped, placement", source_mode::mapped, verification::placement, n});
            if (n >= 4) ways.push_back({"read, placement", source_mode::read, verification::placement, n});
        }
        run(runtime, set.file, items, ways, set.rounds);
        link = std::max(link, measure_link(1.5));
        spread ceiling;
        for (int r = 0; r < 5; ++r) ceiling.add(send_only(4 * mib, std::uint64_t{4} << 30U));
        std::printf("\nwarm page cache; P %.2f GB/s\n", link);
        row("ceiling", "slots sent, nothing staged", cores, 4 * mib, ceiling, link);
        print("warm", ways, link);
    }
    if (set.wants("slots")) {
        std::vector<way> ways;
        for (const std::uint64_t slot : {mib / 4, mib / 2, mib, 2 * mib, 4 * mib, 8 * mib, 16 * mib, 64 * mib, 256 * mib}) {
            way one{"mapped, by slot size", source_mode::mapped, verification::placement, 0, std::min(cores, 12U)};
            one.slot = slot;
            ways.push_back(one);
        }
        run(runtime, set.file, items, ways, std::max(3U, set.rounds / 2));
        link = std::max(link, measure_link(1.5));
        std::printf("\nslot sizes; P %.2f GB/s\n", link);
        print("slots", ways, link);
    }
    if (set.wants("small")) {
        const std::string path = set.file + ".100MB";
        make_file(path, 96 * mib);
        const auto few = make_items(96 * mib);
        const auto file = need(io::mapped_file::open(path));
        const auto plan = need(upload::make_plan(few));
        const upload::source source = upload::source_of(file);
        upload::ring<cuda_runtime> ring(runtime);
        for (int kind = 0; kind < 4; ++kind) {
            spread ms, copy_ms;
            for (unsigned r = 0; r < 15; ++r) {
                upload::options<cuda_runtime> options;
                options.verify = kind % 2 == 0 ? verification::placement : verification::checksum;
                if (kind >= 2) options.kept = &ring;
                const double began = now();
                auto there = need(upload::execute(runtime, plan, {&source, 1}, options));
                const double seconds = now() - began;
                if (r >= 3) {
                    ms.add(seconds * 1e3);
                    copy_ms.add(there.report().copy_seconds * 1e3);
                }
            }
            std::printf("96 MiB, %s, %s: %.2f ms whole (%.2f .. %.2f), %.2f ms copying, %.2f ms at P\n", kind % 2 == 0 ? "placement" : "checksum", kind < 2 ? "fresh slots" : "slots kept", ms.median(),
                        ms.least(), ms.most(), copy_ms.median(), 96.0 * static_cast<double>(mib) / link / giga * 1e3);
        }
        std::filesystem::remove(path);
    }
    if (set.wants("cancel")) {
        const auto file = need(io::mapped_file::open(set.file));
        const auto plan = need(upload::make_plan(items));
        const upload::source source = upload::source_of(file);
        {
            way one{"warms up", source_mode::mapped, verification::checksum, 0};  // kernels stay loaded from here on
            upload_once(runtime, set.file, items, one);
        }
        for (const source_mode how : {source_mode::mapped, source_mode::read, source_mode::registered, source_mode::direct}) {
            spread ms;
            for (int r = 0; r < 7; ++r) {
                std::size_t free_before = 0, free_after = 0, total = 0;
                cuda(cudaMemGetInfo(&free_before, &total));
                std::atomic<bool> cancel{false};
                double cancelled_at = 0;
                std::thread other([&] {
                    std::this_thread::sleep_for(std::chrono::milliseconds(60 + 10 * r));
                    cancelled_at = now();
                    cancel = true;
                });
                upload::options<cuda_runtime> options;
                options.how = how;
                options.cancel = &cancel;
                const auto there = upload::execute(runtime, plan, {&source, 1}, options);
                const double ended = now();
                other.join();
                if (there || there.error().code != cria::errc::cancelled) {
                    std::printf("  not cancelled: %s\n", there ? "done" : there.error().message().c_str());
                    continue;
                }
                ms.add((ended - cancelled_at) * 1e3);
                cuda(cudaMemGetInfo(&free_after, &total));
                if (free_before != free_after) std::printf("  device memory is not back: %zu, was %zu\n", free_after, free_before);
            }
            std::printf("cancel, way %d: %.2f ms (%.2f .. %.2f)\n", static_cast<int>(how), ms.median(), ms.least(), ms.most());
        }
    }
    if (set.wants("leaks")) {
        const std::string path = set.file + ".100MB";
        make_file(path, 96 * mib);
        const auto few = make_items(96 * mib);
        way one{"leaks", source_mode::automatic, verification::checksum, 0};
        way two{"leaks", source_mode::registered, verification::placement, 0};
        for (int r = 0; r < 2; ++r) upload_once(runtime, path, few, one), upload_once(runtime, path, few, two);
        std::size_t free_before = 0, free_after = 0, total = 0;
        cuda(cudaMemGetInfo(&free_before, &total));
        const int fds = count_folder("/proc/self/fd"), threads = count_folder("/proc/self/task");
        for (int r = 0; r < 100; ++r) upload_once(runtime, path, few, r % 3 == 2 ? two : one);
        cuda(cudaMemGetInfo(&free_after, &total));
        std::printf("after 100 uploads: device memory %+lld bytes, descriptors %+d, threads %+d\n", static_cast<long long>(free_before) - static_cast<long long>(free_after), count_folder("/proc/self/fd") - fds,
                    count_folder("/proc/self/task") - threads);
        std::filesystem::remove(path);
    }
    if (set.wants("cold")) {
        const std::uint64_t part = std::min(size, std::uint64_t{4} << 30U);
        const auto some = make_items(part);
        const auto file = need(io::native_file::open(set.file));
        struct reader {
            const char* name;
            unsigned depth;
            std::uint64_t step;
            spread rate{};
        };
        std::vector<reader> readers = {{"disk alone, 24 x 4 MiB", 24, 4 * mib}, {"disk alone, 64 x 1 MiB", 64, mib}, {"disk alone, 4 x 4 MiB", 4, 4 * mib}, {"page cache, one thread", 0, 0}};
        std::vector<way> ways = {{"automatic, cold", source_mode::automatic, verification::automatic, 0},
                                 {"direct, 12 threads", source_mode::direct, verification::checksum, 0, 12},
                                 {"read, cold", source_mode::read, verification::placement, 0},
                                 {"cudaMemcpy from the mapping, cold", source_mode::mapped, verification::placement, 0, 0, 0, true}};
        for (unsigned r = 0; r < 5; ++r) {
            for (reader& one : readers) {
                need(io::drop_cache(file, 0, size));
                one.rate.add(one.depth == 0 ? read_buffered(file, part) : read_direct(file, part, one.depth, one.step));
            }
            for (way& one : ways) {
                need(io::drop_cache(file, 0, size));
                const auto state = need(io::cache_state_of(file, 0, part));
                if (state.resident_bytes > part / 100) std::printf("  %llu bytes are still in the page cache\n", static_cast<unsigned long long>(state.resident_bytes));
                upload_once(runtime, set.file, some, one);
            }
        }
        double disk = 0;
        for (const reader& one : readers) disk = std::max(disk, one.depth == 0 ? 0 : one.rate.median());
        std::printf("\ncold; D %.2f GB/s, shares of D\n", disk);
        for (const reader& one : readers) row("cold", one.name, 1, one.step, one.rate, disk);
        print("cold", ways, disk);
    }
    if (set.wants("devices")) {
        int n = 0;
        cuda(cudaGetDeviceCount(&n));
        if (n < 2) {
            std::printf("one device: nothing to compare\n");
        } else {
            const auto file = need(io::mapped_file::open(set.file));
            const upload::source source = upload::source_of(file);
            for (int device = 0; device < 2; ++device) cuda(cudaSetDevice(device)), cuda(cudaFree(nullptr));
            // Halves of the file; and all of it on both, fetched twice or copied from one device to the other.
            struct split {
                const char* name;
                std::uint32_t n_devices;
                bool is_replicated, broadcasts;
                spread rate{}, whole{};
            };
            std::vector<split> splits = {{"one device", 1, false, false}, {"two devices, half each", 2, false, false}, {"two devices, all on both, fetched twice", 2, true, false},
                                         {"two devices, all on both, broadcast", 2, true, true}};
            for (unsigned r = 0; r <= set.rounds; ++r) {
                for (split& way : splits) {
                    std::vector<upload::item> parts;
                    for (const upload::item& each : items) {
                        for (std::uint32_t device = 0; device < way.n_devices; ++device) {
                            if (!way.is_replicated && way.n_devices == 2 && (each.offset_bytes < size / 2 ? 0U : 1U) != device) continue;
                            parts.push_back(each);
                            parts.back().device = device;
                        }
                    }
                    upload::plan_options cut;
                    cut.n_devices = way.n_devices;
                    cut.broadcasts = way.broadcasts;
                    const auto plan = need(upload::make_plan(parts, cut));
                    upload::options<cuda_runtime> options;
                    options.verify = verification::placement;
                    const double began = now();
                    const auto there = need(upload::execute(runtime, plan, {&source, 1}, options));
                    const double seconds = now() - began;
                    if (r == 0) continue;
                    std::uint64_t bytes = 0;
                    for (const upload::arena& each : plan.arenas()) bytes += each.data_bytes;
                    way.rate.add(static_cast<double>(there.report().size_bytes) / there.report().copy_seconds / giga);
                    way.whole.add(static_cast<double>(bytes) / seconds / giga);
                }
            }
            std::printf("\ndevices\n");
            for (const split& way : splits) {
                row("devices", way.name, cores, 4 * mib, way.rate, link);
                std::printf("    %-32s whole, bytes on devices: %6.2f GB/s (%.2fx one device)\n", way.name, way.whole.median(), way.whole.median() / splits[0].whole.median());
            }
            const spread &one = splits[0].rate, &two = splits[1].rate;
            std::printf("one device %.2f GB/s, two %.2f GB/s: %.2fx\n", one.median(), two.median(), two.median() / one.median());
        }
    }
    std::printf("P at the end: %.2f GB/s\n", measure_link(1.5));
    if (csv != nullptr) std::fclose(csv);
    return 0;
}
