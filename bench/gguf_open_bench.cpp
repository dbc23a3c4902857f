// SPDX-License-Identifier: MIT
// What it costs to open a GGUF file, beside ggml's own reader: time, lookups, heap.
//
//     bench/peers/llama_cpp.sh                        # once: builds ggml under build/peers
//     cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DCRIA_BUILD_BENCHMARKS=ON -DCRIA_PEER_LLAMA_CPP=$PWD/build/peers
//     cmake --build build/bench --target cria_gguf_peer_bench
//     build/bin/cria_gguf_peer_bench [--check] [--rounds N] [--quick] [FILE…]
//
// Every round runs each contender once, in an order drawn anew, so that whatever else the machine does hits all of them
// alike; the tables show medians over the rounds of processor time, the system's included. The page cache is warm. Both
// readers get the same file, and ggml is asked for the header alone (no_alloc, no context), which is all that
// gguf::file::open does either. Beside them stands a walk that trusts the file: the memory traffic that any reader of
// the format has to pay.
//
// --check: exit status 1 where a target of ours is missed. --quick: few rounds and small files, to see that it runs.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>  // clock_gettime
#include <filesystem>
#include <functional>
#include <numeric>  // iota
#include <random>
#include <string>
#include <string_view>
#include <utility>  // exchange
#include <vector>

#include <fmt/core.h>
#include <ggml.h>
#include <gguf.h>

#include "cria/gguf/file.hpp"
#include "cria/io/mapped_file.hpp"

#if defined(CRIA_PEER_HAS_LLAMA)
#include <llama.h>

#include "cria/tokenizer_from_gguf.hpp"
#endif

#if defined(__GLIBC__)
#include <malloc.h>  // malloc_usable_size
#endif

// --- the heap, counted ---
//
// This program's malloc is glibc's with a counter in front, which is idle while anything is timed. It sees every
// allocation of both readers, of the C++ library too, and counts what the allocator hands out, not what was asked for.

namespace heap {

std::int64_t now = 0;
std::int64_t most = 0;
std::int64_t allocations = 0;
bool counting = false;

void add(std::size_t bytes) {
    now += static_cast<std::int64_t>(bytes);
    most = std::max(most, now);
    ++allocations;
}

}  // namespace heap

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) {
    void* const at = __libc_malloc(size);
    if (heap::counting && at != nullptr) heap::add(malloc_usable_size(at));
    return at;
}
void* calloc(std::size_t count, std::size_t size) {
    void* const at = __libc_calloc(count, size);
    if (heap::counting && at != nullptr) heap::add(malloc_usable_size(at));
    return at;
}
void* realloc(void* old, std::size_t size) {
    const std::size_t before = heap::counting && old != nullptr ? malloc_usable_size(old) : 0;
    void* const at = __libc_realloc(old, size);
    if (heap::counting && at != nullptr) {
        heap::add(malloc_usable_size(at));  // first: both blocks exist while one is copied into the other
        heap::now -= static_cast<std::int64_t>(before);
    }
    return at;
}
void* memalign(std::size_t alignment, std::size_t size) {
    void* const at = __libc_memalign(alignment, size);
    if (heap::counting && at != nullptr) heap::add(malloc_usable_size(at));
    return at;
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = memalign(alignment, size);
    return *out != nullptr ? 0 : 12;  // ENOMEM
}
void free(void* at) {
    if (heap::counting && at != nullptr) heap::now -= static_cast<std::int64_t>(malloc_usable_size(at));
    __libc_free(at);
}
}
constexpr bool heap_is_counted = true;
#else
constexpr bool heap_is_counted = false;
#endif

namespace {

struct heap_use {
    std::int64_t kept = 0;  ///< bytes that stay while the file is open
    std::int64_t most = 0;  ///< at any moment of opening it
    std::int64_t allocations = 0;
};

template <class Open>
auto heap_of(Open&& open) -> heap_use {
    heap::now = heap::most = heap::allocations = 0;
    heap::counting = true;
    auto opened = open();
    const heap_use use{heap::now, heap::most, heap::allocations};
    heap::counting = false;
    return use;
}

volatile std::uint64_t sink = 0;  // what is computed for its cost only

[[noreturn]] void fail(const std::string& why) {
    fmt::print(stderr, "{}\n", why);
    std::exit(2);
}

// --- the contenders ---

auto open_with_cria(const std::string& path) -> cria::gguf::file {
    auto file = cria::gguf::file::open(path);
    if (!file) fail(file.error().message());
    return *std::move(file);
}

struct ggml_file {
    gguf_context* context = nullptr;
    explicit ggml_file(gguf_context* made) : context(made) {
        if (context == nullptr) fail("ggml does not open the file");
    }
    ggml_file(ggml_file&& other) noexcept : context(std::exchange(other.context, nullptr)) {}
    ggml_file& operator=(ggml_file&&) = delete;
    ~ggml_file() { gguf_free(context); }
};

constexpr gguf_init_params header_only{/*no_alloc*/ true, /*ctx*/ nullptr};

auto open_with_ggml(const std::string& path) -> ggml_file { return ggml_file(gguf_init_from_file(path.c_str(), header_only)); }

void keep(const cria::gguf::file& file) { sink = sink + file.metadata().size(); }
void keep(const ggml_file& file) { sink = sink + static_cast<std::uint64_t>(gguf_get_n_kv(file.context)); }

/// Steps over a little-endian file of version 2 or 3 that it believes every word of.
struct trusting_walk {
    struct entry {
        std::string_view key;
        std::uint32_t type = 0;
        std::uint32_t element_type = 0;  // of an array
        std::uint64_t count = 0;         // of an array
        std::string_view payload;        // behind the type; an array's elements
    };

    const char* first;
    const char* at;

    explicit trusting_walk(cria::byte_view bytes) : first(reinterpret_cast<const char*>(bytes.data())), at(first + 8) {}

    template <class T>
    auto number() -> T {
        T value;
        std::memcpy(&value, at, sizeof value);
        at += sizeof value;
        return value;
    }
    auto text() -> std::string_view {
        const auto length = number<std::uint64_t>();
        const std::string_view view(at, length);
        at += length;
        return view;
    }
    static auto size_of(std::uint32_t type) -> std::uint64_t {
        constexpr std::uint64_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        return sizes[type];
    }
    auto next() -> entry {
        entry out;
        out.key = text();
        out.type = number<std::uint32_t>();
        const char* begin = at;
        if (out.type == 8) {
            text();
        } else if (out.type == 9) {
            out.element_type = number<std::uint32_t>();
            out.count = number<std::uint64_t>();
            begin = at;
            if (out.element_type != 8) at += out.count * size_of(out.element_type);
            else
                for (std::uint64_t i = 0; i < out.count; ++i) text();
        } else {
            at += size_of(out.type);
        }
        out.payload = {begin, static_cast<std::size_t>(at - begin)};
        return out;
    }
    /// Everything up to the data section; the bytes it takes.
    auto whole_header() -> std::uint64_t {
        const auto n_tensors = number<std::uint64_t>();
        const auto n_keys = number<std::uint64_t>();
        for (std::uint64_t i = 0; i < n_keys; ++i) next();
        for (std::uint64_t i = 0; i < n_tensors; ++i) {
            text();
            at += number<std::uint32_t>() * 8 + 12;
        }
        return static_cast<std::uint64_t>(at - first);
    }
};

// --- timing ---

struct contender {
    std::string name;
    std::function<void()> run;
    std::vector<double> seconds{};

    [[nodiscard]] auto median() const -> double {
        auto sorted = seconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted[sorted.size() / 2];
    }
    [[nodiscard]] auto least() const -> double { return *std::min_element(seconds.begin(), seconds.end()); }
};

/// Seconds of processor time. On a machine that does other things too, the clock on the wall charges whoever takes
/// longer than a time slice for them, which would favour the faster reader.
auto seconds_now() -> double {
#if defined(CLOCK_PROCESS_CPUTIME_ID)
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
#else
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

auto seconds_of(const std::function<void()>& run) -> double {
    const double before = seconds_now();
    run();
    return seconds_now() - before;
}

/// One warming round, then `rounds` that count, each in an order of its own: who follows whom decides whose data is
/// still in the caches.
void compete(std::vector<contender>& contenders, int rounds) {
    std::mt19937 random(7);
    std::vector<std::size_t> order(contenders.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (auto& one : contenders) one.run();
    for (int round = 0; round < rounds; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t i : order) contenders[i].seconds.push_back(seconds_of(contenders[i].run));
    }
}

/// The table of a competition, each against the first.
void print(const std::vector<contender>& contenders) {
    fmt::print("| | median | least | × cria |\n|---|---|---|---|\n");
    for (const auto& one : contenders)
        fmt::print("| {} | {:.3f} ms | {:.3f} ms | {:.2f} |\n", one.name, one.median() * 1e3, one.least() * 1e3, one.median() / contenders[0].median());
    fmt::print("\n");
}

struct settings {
    int rounds = 101;
    bool quick = false;
    bool check = false;
    std::vector<std::string> files;
};

struct goals {
    bool met = true;
    void at_least(std::string_view what, double is, double wanted) { judge(what, is, wanted, is >= wanted, "at least"); }
    void at_most(std::string_view what, double is, double wanted) { judge(what, is, wanted, is <= wanted, "at most"); }

private:
    void judge(std::string_view what, double is, double wanted, bool good, std::string_view relation) {
        fmt::print("{}: {:.1f}, wanted {} {:g}: {}\n\n", what, is, relation, wanted, good ? "met" : "MISSED");
        met = met && good;
    }
};

void opening(const std::string& path, const settings& how, goals& aims) {
    auto mapping = cria::io::mapped_file::open(path);
    if (!mapping) fail(mapping.error().message());
    const cria::byte_view bytes = mapping->bytes();
    const auto file = open_with_cria(path);
    fmt::print("## {}\n{:.2f} MB, {} keys, {} tensors\n\n", std::filesystem::path(path).filename().string(), static_cast<double>(bytes.size()) / 1e6, file.metadata().size(), file.tensors().size());

    std::vector<contender> opens{
        {"cria gguf::file::open, mapped", [&] { keep(open_with_cria(path)); }},
        {"ggml gguf_init_from_file", [&] { keep(open_with_ggml(path)); }},
        {"unchecked walk over a new mapping", [&] {
             const auto again = cria::io::mapped_file::open(path);
             if (again) sink = sink + trusting_walk(again->bytes()).whole_header();
         }},
    };
    compete(opens, how.rounds);
    print(opens);
    std::vector<contender> parses{
        {"cria gguf::parse, bytes in memory", [&] {
             const auto parsed = cria::gguf::parse(bytes);
             sink = sink + (parsed ? parsed->metadata().size() : 0);
         }},
        {"ggml gguf_init_from_buffer", [&] { keep(ggml_file(gguf_init_from_buffer(bytes.data(), bytes.size(), header_only))); }},
        {"unchecked walk", [&] { sink = sink + trusting_walk(bytes).whole_header(); }},
    };
    compete(parses, how.rounds);
    print(parses);
    // Below that, the system's calls are what is measured.
    if (file.contents().header_bytes() >= 1000000) aims.at_least("times as fast as gguf_init_from_file", opens[1].median() / opens[0].median(), 15);

#if defined(CRIA_PEER_HAS_LLAMA)
    auto parameters = llama_model_default_params();
    parameters.vocab_only = true;
    std::vector<contender> loads{
        {"cria open and tokenizer_from", [&] {
             const auto opened = open_with_cria(path);
             if (const auto made = cria::tokenizer_from(opened.contents())) sink = sink + made->size();
         }},
        {"llama_model_load_from_file, vocab_only", [&] {
             llama_model* const model = llama_model_load_from_file(path.c_str(), parameters);
             sink = sink + (model != nullptr ? 1 : 0);
             llama_model_free(model);
         }},
    };
    compete(loads, std::min(how.rounds, 9));
    print(loads);
#endif
}

// --- files made here ---

/// A file under the system's folder for temporary files that goes away with its object.
struct scratch_file {
    std::string path;
    explicit scratch_file(const std::string& bytes) {
        static int made = 0;
        path = (std::filesystem::temp_directory_path() / fmt::format("cria_gguf_bench_{}_{}.gguf", std::chrono::steady_clock::now().time_since_epoch().count(), made++)).string();
        std::FILE* const out = std::fopen(path.c_str(), "wb");
        if (out == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), out) != bytes.size() || std::fclose(out) != 0) fail("cannot write " + path);
    }
    scratch_file(scratch_file&&) = delete;
    ~scratch_file() { std::remove(path.c_str()); }
};

template <class T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
void put_text(std::string& out, std::string_view text) {
    put(out, std::uint64_t{text.size()});
    out += text;
}
auto header(std::uint64_t n_tensors, std::uint64_t n_keys) -> std::string {
    std::string out = "GGUF";
    put(out, std::uint32_t{3});
    put(out, n_tensors);
    put(out, n_keys);
    return out;
}
void pad(std::string& out) { out.resize((out.size() + 31) / 32 * 32); }

auto name_of_item(std::size_t i) -> std::string { return fmt::format("blk.{}.attn_{}.weight", i / 4, "qkvo"[i % 4]); }

auto file_of_keys(std::size_t count) -> std::string {
    std::string out = header(0, count);
    for (std::size_t i = 0; i < count; ++i) {
        put_text(out, name_of_item(i));
        put(out, std::uint32_t{4});
        put(out, static_cast<std::uint32_t>(i));
    }
    return out;
}

auto file_of_tensors(std::size_t count) -> std::string {
    std::string out = header(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        put_text(out, name_of_item(i));
        put(out, std::uint32_t{2});
        put(out, std::uint64_t{4});
        put(out, std::uint64_t{2});
        put(out, std::uint32_t{0});
        put(out, std::uint64_t{i * 32});
    }
    pad(out);
    out.resize(out.size() + count * 32);
    return out;
}

/// The metadata of a file, each array `times` over.
auto with_longer_arrays(cria::byte_view bytes, std::uint64_t times) -> std::string {
    trusting_walk walk(bytes);
    walk.number<std::uint64_t>();
    const auto n_keys = walk.number<std::uint64_t>();
    std::string out = header(0, n_keys);
    for (std::uint64_t i = 0; i < n_keys; ++i) {
        const auto entry = walk.next();
        put_text(out, entry.key);
        put(out, entry.type);
        if (entry.type == 9) {
            put(out, entry.element_type);
            put(out, entry.count * times);
        }
        for (std::uint64_t time = 0; time < (entry.type == 9 ? times : 1); ++time) out += entry.payload;
    }
    return out;
}

// --- many keys, many tensors ---

/// Finds each of `names` once; lookups a second.
template <class Find>
auto lookups_a_second(const std::vector<std::string>& names, int rounds, Find&& find) -> double {
    std::vector<contender> one{{"", [&] {
                                    std::uint64_t found = 0;
                                    for (const auto& name : names) found += find(name) ? 1U : 0U;
                                    sink = sink + found;
                                }}};
    compete(one, rounds);
    return static_cast<double>(names.size()) / one[0].median();
}

void scaling(const char* what, std::string (*make)(std::size_t), const settings& how, double most_heap_bytes, goals& aims) {
    const bool of_keys = make == file_of_keys;
    fmt::print("## Many {}s\n\n", what);
    fmt::print("| {0}s | cria open | ns a {0} | ggml open | ns a {0} | × cria | cria lookups/s, found | not found | ggml lookups/s | cria heap, bytes a {0} | most | ggml heap | most |\n"
               "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n", what);
    double heap_a_piece = 0;
    double fewest_ns = 0, most_ns = 0;
    for (const std::size_t count : how.quick ? std::vector<std::size_t>{1000, 10000} : std::vector<std::size_t>{1000, 10000, 100000}) {
        const scratch_file written(make(count));
        std::vector<contender> opens{
            {"cria", [&] { keep(open_with_cria(written.path)); }},
            {"ggml", [&] { keep(open_with_ggml(written.path)); }},
        };
        compete(opens, std::max(3, how.rounds / (count > 50000 ? 4 : 1)));

        std::vector<std::string> names, strangers;
        for (std::size_t i = 0; i < count; ++i) {
            names.push_back(name_of_item(i));
            strangers.push_back(name_of_item(i + count));
        }
        std::shuffle(names.begin(), names.end(), std::mt19937(7));
        const std::vector<std::string> some(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, 500)));
        const auto file = open_with_cria(written.path);
        const auto twin = open_with_ggml(written.path);
        const auto with_cria = [&](const std::string& name) { return of_keys ? static_cast<bool>(file.metadata().find(name)) : static_cast<bool>(file.tensors().find(name)); };
        const auto with_ggml = [&](const std::string& name) { return (of_keys ? gguf_find_key(twin.context, name.c_str()) : gguf_find_tensor(twin.context, name.c_str())) >= 0; };
        for (const auto& name : some)
            if (!with_cria(name) || !with_ggml(name) || with_cria(name + "x")) fail("a lookup went wrong: " + name);

        const auto of_cria = heap_of([&] { return open_with_cria(written.path); });
        const auto of_ggml = heap_of([&] { return open_with_ggml(written.path); });
        const auto n = static_cast<double>(count);
        const double ns = opens[0].median() * 1e9 / n;
        fmt::print("| {} | {:.3f} ms | {:.1f} | {:.3f} ms | {:.1f} | {:.1f} | {:.1f} M | {:.1f} M | {:.4f} M | {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", count, opens[0].median() * 1e3, ns,
                   opens[1].median() * 1e3, opens[1].median() * 1e9 / n, opens[1].median() / opens[0].median(), lookups_a_second(names, 5, with_cria) / 1e6,
                   lookups_a_second(strangers, 5, with_cria) / 1e6, lookups_a_second(some, 3, with_ggml) / 1e6, static_cast<double>(of_cria.kept) / n, static_cast<double>(of_cria.most) / n,
                   static_cast<double>(of_ggml.kept) / n, static_cast<double>(of_ggml.most) / n);
        heap_a_piece = std::max(heap_a_piece, static_cast<double>(of_cria.most) / n);
        fewest_ns = fewest_ns == 0 ? ns : std::min(fewest_ns, ns);
        most_ns = std::max(most_ns, ns);
    }
    fmt::print("\n");
    // Past a few thousand items the index outgrows the caches; a quadratic reader would be a hundred times slower.
    aims.at_most(fmt::format("slowest against fastest time a {}", what), most_ns / fewest_ns, 8);
    if (heap_is_counted) aims.at_most(fmt::format("most heap bytes a {}", what), heap_a_piece, most_heap_bytes);
}

void long_arrays(const std::string& path, const settings& how, goals& aims) {
    auto mapping = cria::io::mapped_file::open(path);
    if (!mapping) fail(mapping.error().message());
    const scratch_file once(with_longer_arrays(mapping->bytes(), 1));
    const scratch_file longer(with_longer_arrays(mapping->bytes(), how.quick ? 2 : 10));
    fmt::print("## Heap against the length of arrays\nThe metadata of {}, and the same with each array {} times as long.\n\n| | file | kept | most | allocations |\n|---|---|---|---|---|\n",
               std::filesystem::path(path).filename().string(), how.quick ? 2 : 10);
    const auto row = [&](std::string_view who, const std::string& of, const heap_use& use) {
        fmt::print("| {} | {:.2f} MB | {} | {} | {} |\n", who, static_cast<double>(std::filesystem::file_size(of)) / 1e6, use.kept, use.most, use.allocations);
    };
    const auto short_use = heap_of([&] { return open_with_cria(once.path); });
    const auto long_use = heap_of([&] { return open_with_cria(longer.path); });
    row("cria", once.path, short_use);
    row("cria", longer.path, long_use);
    row("ggml", once.path, heap_of([&] { return open_with_ggml(once.path); }));
    row("ggml", longer.path, heap_of([&] { return open_with_ggml(longer.path); }));
    fmt::print("\n");
    if (heap_is_counted) aims.at_most("heap for long arrays against short ones", static_cast<double>(long_use.most) / static_cast<double>(short_use.most), 1.01);
}

auto settings_from(int argc, char** argv) -> settings {
    settings how;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--check") how.check = true;
        else if (word == "--quick") how.quick = true;
        else if (word == "--rounds" && i + 1 < argc) how.rounds = std::max(1, std::atoi(argv[++i]));
        else if (word.starts_with("-")) fail(fmt::format("usage: {} [--check] [--rounds N] [--quick] [FILE...]", argv[0]));
        else how.files.emplace_back(word);
    }
    if (how.quick) how.rounds = std::min(how.rounds, 5);
    if (how.files.empty()) {
        const std::string vocabulary = CRIA_SHARED_DIR "/conformance/vocab/llama-bpe.gguf";
        how.files = {std::filesystem::exists(vocabulary) ? vocabulary : std::string(CRIA_MODELS_DIR "/story-2m.gguf")};
    }
    return how;
}

}  // namespace

int main(int argc, char** argv) {
    const settings how = settings_from(argc, argv);
    ggml_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
#if defined(CRIA_PEER_HAS_LLAMA)
    llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
#endif
    fmt::print("cria against ggml {} of llama-cpp-python {}; {} rounds, processor time, page cache warm\n\n", ggml_version(), CRIA_PEER_RELEASE, how.rounds);
    goals aims;
    for (const auto& file : how.files) opening(file, how, aims);
    scaling("key", file_of_keys, how, 64, aims);
    scaling("tensor", file_of_tensors, how, 160, aims);
    long_arrays(how.files[0], how, aims);
    return how.check && !aims.met ? 1 : 0;
}
