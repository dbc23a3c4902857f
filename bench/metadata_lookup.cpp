// SPDX-License-Identifier: MIT
// Ways to get at a file's metadata: every value that is no array, by key, from a file that has just been opened.
//
//     cria_metadata_lookup MODEL…
//
// Medians of 31 runs, a row of CSV for each file and way. The walks check nothing but lengths; both parsers check everything
// that they check. The file is in the page cache.
#include <algorithm>  // nth_element
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>  // memcpy
#include <string>
#include <string_view>
#include <vector>

#include <gguf.h>

#include "cria/cria.hpp"

namespace {

/// Steps over values, as every reader without an index has to.
struct walker {
    const char* at;
    const char* end;

    template <class T>
    auto number() -> T {
        T value{};
        if (static_cast<std::size_t>(end - at) < sizeof value) return at = end, value;
        std::memcpy(&value, at, sizeof value);
        at += sizeof value;
        return value;
    }
    void skip(std::uint64_t n) { at = n > static_cast<std::uint64_t>(end - at) ? end : at + n; }
    auto text() -> std::string_view {
        const auto length = number<std::uint64_t>();
        const char* const begin = at;
        skip(length);
        return {begin, static_cast<std::size_t>(at - begin)};
    }
    void value(std::uint32_t type) {
        constexpr std::uint64_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        if (type == 8) text();
        else if (type != 9) skip(sizes[type % 13]);
        else {
            const auto element = number<std::uint32_t>();
            const auto n = number<std::uint64_t>();
            if (element != 8) return skip(n * sizes[element % 13]);
            for (std::uint64_t i = 0; i < n && at != end; ++i) text();
        }
    }
    /// Calls f(key, where its value is) for each key until f says that it is enough.
    template <class F>
    void keys(F&& f) {
        skip(16);
        const auto n = number<std::uint64_t>();
        for (std::uint64_t i = 0; i < n && at != end; ++i) {
            const std::string_view key = text();
            const auto type = number<std::uint32_t>();
            if (!f(key, at)) return;
            value(type);
        }
    }
};

template <class F>
auto milliseconds(F&& f) -> double {
    std::vector<double> times;
    for (int i = 0; i < 31; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        f();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(times.begin(), times.begin() + 15, times.end());
    return times[15];
}

}  // namespace

int main(int argc, char** argv) {
    std::printf("file,keys asked for,way,ms\n");
    std::uint64_t sink = 0;
    for (int a = 1; a < argc; ++a) {
        const char* const path = argv[a];
        const auto file = cria::gguf::file::open(path);
        if (!file) return std::puts(file.error().message().c_str()), 1;
        std::vector<std::string> wanted;
        for (const auto& entry : file->metadata())
            if (entry.value.type() != cria::gguf::value_type::array) wanted.emplace_back(entry.key);
        const auto mapped = file->mapping();
        const walker whole{reinterpret_cast<const char*>(mapped.data()), reinterpret_cast<const char*>(mapped.data()) + mapped.size()};
        std::string_view name = path;
        name.remove_prefix(name.rfind('/') + 1);
        const auto row = [&](const char* way, double ms) { std::printf("%s,%zu,%s,%.3g\n", std::string(name).c_str(), wanted.size(), way, ms); };

        row("a walk for each key from the front", milliseconds([&] {
                for (const std::string& key : wanted) {
                    walker walk = whole;
                    walk.keys([&](std::string_view found, const char* at) { return found != key || (sink += static_cast<std::uint64_t>(*at), false); });
                }
            }));
        row("one walk in which each key is compared with all that are wanted", milliseconds([&] {
                walker walk = whole;
                std::size_t left = wanted.size();
                walk.keys([&](std::string_view found, const char* at) {
                    for (const std::string& key : wanted)
                        if (found == key) sink += static_cast<std::uint64_t>(*at), --left;
                    return left != 0;
                });
            }));
        row("cria: checked and indexed by hash", milliseconds([&] {
                const auto opened = cria::gguf::file::open(path);
                for (const std::string& key : wanted) sink += opened->metadata().find(key)->offset_bytes();
            }));
        row("ggml: checked and arrays copied; linear search", milliseconds([&] {
                gguf_context* const opened = gguf_init_from_file(path, {.no_alloc = true, .ctx = nullptr});
                for (const std::string& key : wanted) sink += static_cast<std::uint64_t>(gguf_find_key(opened, key.c_str()));
                gguf_free(opened);
            }));
    }
    return sink == 42 ? 3 : 0;  // so that nothing is left out for having no effect
}
