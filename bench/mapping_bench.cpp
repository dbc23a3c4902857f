// SPDX-License-Identifier: MIT
// What a pass over a file costs by the ways of getting at it: read or mapped, advised or not, cold or in the page cache. Times are the
// machine's; faults, and bytes that came from the disk, are the kernel's and repeat.
//
//     g++ -std=c++20 -O3 -Iinclude bench/mapping_bench.cpp -o mapping_bench
//     ./mapping_bench --file PATH [--mib 256] [--rounds 5] [--only advice|folios]
//
// Linux only: it asks /proc. The file is made of random bytes if it is not there, and has to lie on a disk. One CSV on standard output.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cria/io/native_file.hpp"
#include "cria/io/page_cache.hpp"

#if !defined(MADV_POPULATE_READ)
#define MADV_POPULATE_READ 22
#endif

namespace {

namespace io = cria::io;
constexpr std::size_t mib = std::size_t{1} << 20U;
constexpr std::size_t tensor_bytes = 128U << 10U;

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "mapping_bench: %s\n", why.c_str());
    std::exit(1);
}

[[noreturn]] void cannot(const std::string& what) {  // on this file system, or by this kernel: a test that is skipped
    std::fprintf(stderr, "mapping_bench: %s\n", what.c_str());
    std::exit(77);
}

auto now() -> double { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Bytes that this process had the disk read.
auto disk_bytes() -> std::uint64_t {
    std::uint64_t bytes = 0;
    if (std::FILE* const io_of_us = std::fopen("/proc/self/io", "r")) {
        char line[128];
        while (std::fgets(line, sizeof line, io_of_us) != nullptr)
            if (std::strncmp(line, "read_bytes: ", 12) == 0) bytes = std::strtoull(line + 12, nullptr, 10);
        std::fclose(io_of_us);
    }
    return bytes;
}

volatile std::uint64_t kept = 0;  // so that sums are computed

auto sum(const std::byte* bytes, std::size_t size) -> std::uint64_t {
    std::uint64_t total = 0;
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, 8);
        total += word;
    }
    return total;
}

struct measured {
    double ms = 0;
    std::uint64_t major = 0, minor = 0, disk = 0;
};

struct test_file {
    std::string path;
    std::size_t size = 0;
    std::vector<std::size_t> some_tensors;  // offsets, in no order

    [[nodiscard]] auto open(int flags = 0) const -> int {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
        if (fd < 0) cannot("cannot open " + path + " in this way");
        return fd;
    }
    void drop() const {
        auto file = io::native_file::open(path);
        if (!file) die("cannot open " + path);
        for (int tries = 0; tries < 100; ++tries) {  // pages that somebody is looking at stay
            if (!io::drop_cache(*file, 0, size)) cannot("cannot drop the cache");
            if (resident() < size / 100) return;
            ::usleep(20'000);
        }
        cannot("the page cache keeps the file");
    }
    [[nodiscard]] auto resident() const -> std::uint64_t {
        auto file = io::native_file::open(path);
        const auto state = io::cache_state_of(*file, 0, size);
        return state ? state->resident_bytes : 0;
    }
    void warm() const {
        const int fd = open();
        std::vector<std::byte> buffer(mib);
        while (::read(fd, buffer.data(), buffer.size()) > 0) {}
        ::close(fd);
    }
};

struct mapping {
    std::byte* first = nullptr;
    std::size_t size = 0;
    int fd = -1;
    mapping(const test_file& file, int flags, int advice, bool advise) : size(file.size), fd(file.open()) {
        void* const address = ::mmap(nullptr, size, PROT_READ, flags, fd, 0);
        if (address == MAP_FAILED) die("mmap failed");
        first = static_cast<std::byte*>(address);
        if (advise && ::madvise(address, size, advice) != 0) cannot("madvise refused " + std::to_string(advice));
    }
    mapping(const mapping&) = delete;
    auto operator=(const mapping&) -> mapping& = delete;
    ~mapping() {
        ::munmap(first, size);
        ::close(fd);
    }
};

/// Bytes of a mapping that the processor's page tables have as entries of 2 MiB.
auto mapped_by_large_entries(const mapping& of) -> std::uint64_t {
    std::uint64_t bytes = 0;
    bool is_ours = false;
    char line[512], start[32];
    std::snprintf(start, sizeof start, "%llx-", static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(of.first)));
    if (std::FILE* const maps = std::fopen("/proc/self/smaps", "r")) {
        while (std::fgets(line, sizeof line, maps) != nullptr) {
            if (std::strncmp(line, start, std::strlen(start)) == 0) is_ours = true;
            else if (is_ours && std::strncmp(line, "FilePmdMapped:", 14) == 0) {
                bytes = std::strtoull(line + 14, nullptr, 10) << 10U;
                break;
            }
        }
        std::fclose(maps);
    }
    return bytes;
}

enum class order { whole, tensors };

auto pass_over(const test_file& file, order what, const std::byte* bytes) -> std::uint64_t {
    if (what == order::whole) return sum(bytes, file.size);
    std::uint64_t total = 0;
    for (const std::size_t at : file.some_tensors) total += sum(bytes + at, tensor_bytes);
    return total;
}

void read_pass(const test_file& file, order what, int flags, std::size_t at_once) {
    const int fd = file.open(flags);
    void* memory = nullptr;
    if (::posix_memalign(&memory, 4096, at_once) != 0) die("no memory");
    auto* const buffer = static_cast<std::byte*>(memory);
    std::uint64_t total = 0;
    const auto fetch = [&](std::size_t at, std::size_t size) {
        if (::pread(fd, buffer, size, static_cast<off_t>(at)) != static_cast<ssize_t>(size)) die("a read came short");
        total += sum(buffer, size);
    };
    if (what == order::whole) {
        for (std::size_t at = 0; at < file.size; at += at_once) fetch(at, std::min(at_once, file.size - at));
    } else {
        for (const std::size_t at : file.some_tensors) fetch(at, tensor_bytes);
    }
    kept = kept + total;
    std::free(memory);
    ::close(fd);
}

auto take(const std::function<void()>& run) -> measured {
    rusage before{}, after{};
    const std::uint64_t disk = disk_bytes();
    ::getrusage(RUSAGE_SELF, &before);
    const double begin = now();
    run();
    const double end = now();
    ::getrusage(RUSAGE_SELF, &after);
    return {1e3 * (end - begin), static_cast<std::uint64_t>(after.ru_majflt - before.ru_majflt), static_cast<std::uint64_t>(after.ru_minflt - before.ru_minflt),
            disk_bytes() - disk};
}

}  // namespace

auto main(int n_arguments, char** arguments) -> int {
    test_file file;
    file.size = 256 * mib;
    int n_rounds = 5;
    std::string only;
    for (int i = 1; i + 1 < n_arguments; i += 2) {
        const std::string option = arguments[i];
        if (option == "--file") file.path = arguments[i + 1];
        else if (option == "--mib") file.size = std::strtoul(arguments[i + 1], nullptr, 10) * mib;
        else if (option == "--rounds") n_rounds = std::atoi(arguments[i + 1]);
        else if (option == "--only") only = arguments[i + 1];
        else die("what is " + option + "?");
    }
    if (file.path.empty()) die("--file PATH [--mib 256] [--rounds 5]");
    std::mt19937_64 random(1);
    if (::access(file.path.c_str(), R_OK) != 0) {
        const int fd = ::open(file.path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        std::vector<std::uint64_t> block(mib / 8);
        for (std::size_t at = 0; at < file.size; at += mib) {
            for (auto& word : block) word = random();
            if (::write(fd, block.data(), mib) != static_cast<ssize_t>(mib)) die("cannot write the file");
        }
        if (::fsync(fd) != 0 || ::close(fd) != 0) die("cannot write the file");
    }
    // An eighth of the file, as an engine would that wants some experts, or a device's share.
    for (std::size_t at = 0; at < file.size; at += tensor_bytes) file.some_tensors.push_back(at);
    std::shuffle(file.some_tensors.begin(), file.some_tensors.end(), random);
    file.some_tensors.resize(file.some_tensors.size() / 8);

    struct way {
        std::string name;
        std::function<void(order)> run;
    };
    const auto mapped = [&](int flags, int advice, bool advise) {
        return [&file, flags, advice, advise](order what) {
            const mapping map(file, flags, advice, advise);
            kept = kept + pass_over(file, what, map.first);
        };
    };
    const auto tell = [&](const mapping& map, order what) {  // no more at once than the system takes at once
        if (what == order::whole)
            for (std::size_t at = 0; at < map.size; at += mib) static_cast<void>(::madvise(map.first + at, mib, MADV_WILLNEED));
        else
            for (const std::size_t at : file.some_tensors) static_cast<void>(::madvise(map.first + at, tensor_bytes, MADV_WILLNEED));
    };
    std::vector<way> ways;
    ways.push_back({"read 1 MiB or a tensor at a time", [&](order what) { read_pass(file, what, 0, mib); }});
    ways.push_back({"read past the cache (O_DIRECT)", [&](order what) { read_pass(file, what, O_DIRECT, mib); }});
    ways.push_back({"mapped", mapped(MAP_SHARED, 0, false)});
    ways.push_back({"mapped privately", mapped(MAP_PRIVATE, 0, false)});
    ways.push_back({"MADV_SEQUENTIAL", mapped(MAP_SHARED, MADV_SEQUENTIAL, true)});
    ways.push_back({"MADV_RANDOM", mapped(MAP_SHARED, MADV_RANDOM, true)});
    ways.push_back({"MADV_WILLNEED for all of it", mapped(MAP_SHARED, MADV_WILLNEED, true)});
    ways.push_back({"MADV_WILLNEED in pieces", [&](order what) {
                        const mapping map(file, MAP_SHARED, 0, false);
                        tell(map, what);
                        kept = kept + pass_over(file, what, map.first);
                    }});
    ways.push_back({"MADV_RANDOM and MADV_WILLNEED in pieces", [&](order what) {
                        const mapping map(file, MAP_SHARED, MADV_RANDOM, true);
                        tell(map, what);
                        kept = kept + pass_over(file, what, map.first);
                    }});
    ways.push_back({"MAP_POPULATE", mapped(MAP_SHARED | MAP_POPULATE, 0, false)});
    ways.push_back({"MADV_POPULATE_READ", mapped(MAP_SHARED, MADV_POPULATE_READ, true)});
    ways.push_back({"MADV_HUGEPAGE", mapped(MAP_SHARED, MADV_HUGEPAGE, true)});

    if (only == "folios") {
        // How much of the mapping the processor reaches by entries of 2 MiB, after a pass over all of it.
        std::printf("pass,MiB mapped by entries of 2 MiB,minor faults\n");
        const auto after = [&](const char* name, bool is_cold, int advice, bool advise) {
            file.drop();
            if (!is_cold) file.warm();
            const mapping map(file, MAP_SHARED, advice, advise);
            const measured faults = take([&] { kept = kept + pass_over(file, order::whole, map.first); });
            std::printf("\"%s\",%llu,%llu\n", name, static_cast<unsigned long long>(mapped_by_large_entries(map) / mib), static_cast<unsigned long long>(faults.minor));
        };
        after("cold as it is", true, 0, false);
        after("cold under MADV_HUGEPAGE", true, MADV_HUGEPAGE, true);
        after("cold under MADV_RANDOM", true, MADV_RANDOM, true);
        after("read into the cache before", false, 0, false);
        return 0;
    }
    if (only == "advice") {
        // What is in the page cache when the system has had the time to do what it was told.
        std::printf("what the system was told of a cold file,MiB in the page cache afterwards\n");
        const auto after = [&](const char* name, const std::function<void(const mapping&)>& say, int flags = MAP_SHARED) {
            file.drop();
            const mapping map(file, flags, 0, false);
            say(map);
            ::usleep(700'000);
            std::printf("\"%s\",%.0f\n", name, static_cast<double>(file.resident()) / static_cast<double>(mib));
        };
        const auto advised = [](int advice) { return [advice](const mapping& map) { static_cast<void>(::madvise(map.first, map.size, advice)); }; };
        after("nothing", [](const mapping&) {});
        after("one byte in the middle was touched", [](const mapping& map) { kept = kept + std::to_integer<unsigned>(map.first[map.size / 2]); });
        after("the same under MADV_RANDOM", [](const mapping& map) {
            static_cast<void>(::madvise(map.first, map.size, MADV_RANDOM));
            kept = kept + std::to_integer<unsigned>(map.first[map.size / 2]);
        });
        after("the same under MADV_SEQUENTIAL", [](const mapping& map) {
            static_cast<void>(::madvise(map.first, map.size, MADV_SEQUENTIAL));
            kept = kept + std::to_integer<unsigned>(map.first[map.size / 2]);
        });
        after("MADV_WILLNEED once for all of it", advised(MADV_WILLNEED));
        after("posix_fadvise with POSIX_FADV_WILLNEED likewise", [](const mapping& map) { static_cast<void>(::posix_fadvise(map.fd, 0, 0, POSIX_FADV_WILLNEED)); });
        after("readahead(2) likewise", [](const mapping& map) { static_cast<void>(::readahead(map.fd, 0, map.size)); });
        after("MADV_WILLNEED in steps of 1 MiB", [](const mapping& map) {
            for (std::size_t at = 0; at < map.size; at += mib) static_cast<void>(::madvise(map.first + at, std::min(mib, map.size - at), MADV_WILLNEED));
        });
        after("MADV_POPULATE_READ", advised(MADV_POPULATE_READ));
        after("MAP_POPULATE", [](const mapping&) {}, MAP_SHARED | MAP_POPULATE);
        return 0;
    }
    std::printf("pass,cache,way,ms,GB/s,major faults,minor faults,MiB from disk\n");
    for (const auto what : {order::whole, order::tensors}) {
        for (const bool is_cold : {true, false}) {
            std::vector<std::vector<measured>> all(ways.size());
            for (int round = 0; round < n_rounds; ++round) {
                std::vector<std::size_t> turns(ways.size());
                for (std::size_t i = 0; i < turns.size(); ++i) turns[i] = i;
                std::shuffle(turns.begin(), turns.end(), random);
                for (const std::size_t i : turns) {
                    if (is_cold) file.drop();
                    else file.warm();
                    all[i].push_back(take([&] { ways[i].run(what); }));
                }
            }
            const double used = static_cast<double>(what == order::whole ? file.size : file.some_tensors.size() * tensor_bytes);
            for (std::size_t i = 0; i < ways.size(); ++i) {
                std::sort(all[i].begin(), all[i].end(), [](const measured& a, const measured& b) { return a.ms < b.ms; });
                const measured& middle = all[i][all[i].size() / 2];
                std::printf("%s,%s,\"%s\",%.1f,%.2f,%llu,%llu,%.0f\n", what == order::whole ? "whole" : "an eighth", is_cold ? "cold" : "warm", ways[i].name.c_str(), middle.ms,
                            used / middle.ms / 1e6, static_cast<unsigned long long>(middle.major), static_cast<unsigned long long>(middle.minor),
                            static_cast<double>(middle.disk) / static_cast<double>(mib));
            }
        }
    }
}
