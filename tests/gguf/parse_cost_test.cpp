// SPDX-License-Identifier: MIT
// What opening costs: time linear in the entries, and memory by the entry, never by a number that the file states.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/name_index.hpp"
#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"

// The library allocates through malloc and realloc alone. glibc lets a program put its own in front of them; the
// sanitizers have done so already.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && !__has_feature(memory_sanitizer)
#define CRIA_TEST_COUNTS_HEAP 1
#endif
#else
#define CRIA_TEST_COUNTS_HEAP 1
#endif
#endif

#if defined(CRIA_TEST_COUNTS_HEAP)
#include <malloc.h>  // malloc_usable_size

namespace {
bool is_counting = false;
std::size_t live_bytes = 0;
std::size_t peak_bytes = 0;

void count(void* gained) {
    if (!is_counting || gained == nullptr) return;
    live_bytes += malloc_usable_size(gained);
    if (live_bytes > peak_bytes) peak_bytes = live_bytes;
}
void discount(void* lost) {
    if (!is_counting || lost == nullptr) return;
    const std::size_t size = malloc_usable_size(lost);
    live_bytes -= size < live_bytes ? size : live_bytes;
}
}  // namespace

extern "C" {
auto __libc_malloc(std::size_t size) -> void*;
auto __libc_realloc(void* old, std::size_t size) -> void*;
void __libc_free(void* gone);

auto malloc(std::size_t size) noexcept -> void* {
    void* const made = __libc_malloc(size);
    count(made);
    return made;
}
auto realloc(void* old, std::size_t size) noexcept -> void* {
    const std::size_t before = is_counting && old != nullptr ? malloc_usable_size(old) : 0;
    void* const made = __libc_realloc(old, size);
    count(made);  // old and new at once: a realloc may have to copy
    if (made != nullptr) live_bytes -= before < live_bytes ? before : live_bytes;
    return made;
}
void free(void* gone) noexcept {
    discount(gone);
    __libc_free(gone);
}
}
#endif

namespace {

using cria::gguf::parse;
using cria_test::file_bytes;
using cria_test::gguf_builder;

/// The most heap in use while `bytes` are parsed, and what of it the contents keep.
struct heap_use {
    std::size_t peak = 0;
    std::size_t kept = 0;
    bool opened = false;
};

#if defined(CRIA_TEST_COUNTS_HEAP)
auto heap_of(cria::byte_view bytes, const cria::gguf::policy& rules = {}) -> heap_use {
    live_bytes = peak_bytes = 0;
    is_counting = true;
    heap_use used;
    {
        const auto parsed = parse(bytes, rules);
        used.kept = live_bytes;
        used.opened = parsed.has_value();
    }
    is_counting = false;
    used.peak = peak_bytes;
    return used;
}
#endif

auto many_keys(std::uint32_t n) -> file_bytes {
    gguf_builder builder;
    for (std::uint32_t i = 0; i < n; ++i) builder.key("key." + std::to_string(i), static_cast<std::uint8_t>(i));
    return builder.build();
}

auto many_tensors(std::uint32_t n, bool backwards) -> file_bytes {
    gguf_builder builder;
    for (std::uint32_t i = 0; i < n; ++i) builder.tensor({.name = "t." + std::to_string(i), .extents = {1}, .offset = std::uint64_t{backwards ? n - 1 - i : i} * 32});
    return builder.build();
}

/// Seconds of the fastest of a few parses.
auto seconds_of(cria::byte_view bytes) -> double {
    double fastest = 1e9;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const bool opened = parse(bytes).has_value();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        if (!opened) return 1e9;
        if (taken.count() < fastest) fastest = taken.count();
    }
    return fastest;
}

}  // namespace

TEST_CASE("a hundred thousand keys or tensors take some ten times as long as ten thousand", "[cost]") {
    struct measured {
        const char* what;
        file_bytes few;
        file_bytes many;
    };
    const measured rows[] = {
        {"keys", many_keys(10000), many_keys(100000)},
        {"tensors", many_tensors(10000, false), many_tensors(100000, false)},
        {"tensors backwards", many_tensors(10000, true), many_tensors(100000, true)},
    };
    for (const auto& row : rows) {
        const double few = seconds_of(row.few);
        const double many = seconds_of(row.many);
        std::printf("parse, %s: %.2f ms for 10000, %.2f ms for 100000, %.1f times\n", row.what, 1e3 * few, 1e3 * many, many / few);
        INFO(row.what);
        // Quadratic work would be a hundred times as long, and seconds of it; a busy machine is forgiven either alone.
        CHECK((many < 30 * few || many < 2));
    }
}

TEST_CASE("the index behind keys and tensors looks at less than one other name for each, however many there are", "[cost]") {
    // Counted, since time on a busy machine says little: what takes longer with more names is memory, not work.
    for (const std::uint32_t n : {10000U, 65536U, 100000U, 262144U}) {
        CAPTURE(n);
        std::vector<std::string> names;
        for (std::uint32_t i = 0; i < n; ++i) names.push_back("key." + std::to_string(i));
        auto index = cria::gguf::detail::name_index::make(n, "names");
        REQUIRE(index);
        std::uint64_t n_compared = 0;
        for (std::uint32_t i = 0; i < n; ++i)
            REQUIRE(index->insert(names[i], i, [&](std::uint32_t at) -> std::string_view { return ++n_compared, names[at]; }) == cria::gguf::detail::name_index::nowhere);
        CHECK(n_compared < n);
    }
}

TEST_CASE("a key costs at most 64 bytes of heap, a tensor 160", "[cost]") {
#if defined(CRIA_TEST_COUNTS_HEAP)
    constexpr std::size_t beside = 8192;  // what does not grow with the entries: warnings, rounding
    for (const std::uint32_t n : {1000U, 50000U, 65536U, 65537U, 100000U, 131072U}) {
        CAPTURE(n);
        const heap_use keys = heap_of(many_keys(n));
        REQUIRE(keys.opened);
        CHECK(keys.peak <= 64 * std::size_t{n} + beside);
        CHECK(keys.peak > 40 * std::size_t{n});  // the hook works
        for (const bool backwards : {false, true}) {
            const heap_use tensors = heap_of(many_tensors(n, backwards));
            REQUIRE(tensors.opened);
            CHECK(tensors.peak <= 160 * std::size_t{n} + beside);
            CHECK(tensors.kept <= 136 * std::size_t{n} + beside);
        }
    }
    const auto texts = gguf_builder().raw_array("t", 8, 1000000, file_bytes(8000000)).build();
    CHECK(heap_of(texts).peak < beside);  // an array is a view, however long
#else
    cria_test::skip("this program's malloc cannot be counted");
#endif
}

TEST_CASE("no allocation is made for a number that the file merely states", "[cost]") {
#if defined(CRIA_TEST_COUNTS_HEAP)
    for (const auto order : {std::endian::little, std::endian::big}) {
        auto files = cria_test::malformed_files(order);
        for (const auto& file : files)
            for (const auto rules : cria_test::all_profiles) {
                INFO(file.name);
                // Each byte of the file can buy 64 bytes for a key of 14, or 160 for a tensor of 24.
                CHECK(heap_of(file.bytes, cria::gguf::policy::of(rules)).peak <= 8 * file.bytes.size() + 8192);
            }
    }
    // Counts that the policy allows, in files that are far too small.
    for (const std::uint64_t stated : {std::uint64_t{1} << 20U, std::uint64_t{1} << 19U}) {
        CHECK(heap_of(gguf_builder().stated_keys(stated).build()).peak < 1024);
        CHECK(heap_of(gguf_builder().stated_tensors(stated).build()).peak < 1024);
    }
#else
    cria_test::skip("this program's malloc cannot be counted");
#endif
}
