// SPDX-License-Identifier: MIT
// Dequantization beside ggml's to_float, for every type that both can read, on one thread.
//
//     bench/peers/llama_cpp.sh                        # once: builds ggml under build/peers
//     cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DCRIA_BUILD_BENCHMARKS=ON -DCRIA_PEER_LLAMA_CPP=$PWD/build/peers
//     cmake --build build/bench --target cria_dequantize_peer_bench
//     build/bench/bin/cria_dequantize_peer_bench [--rounds N] [--tier plain|neon|avx2|avx512] [--quick] [TYPE…]
//
// First all values are compared, and a type whose bits differ is not timed. Then each round runs each contender once, in an
// order drawn anew, so that whatever else the machine does hits all of them alike; the tables show medians over the
// rounds, in 10⁹ bytes of floats written a second. Two sizes: blocks and floats within the second-level cache, and floats
// far larger than the last-level cache. Beside each stands a loop that does nothing but store as many floats with
// vectors of 32 bytes: what cache and memory let a thread write.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>  // iota
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>
#include <ggml.h>

#include "cria/quant/dequantize.hpp"

namespace {

namespace quant = cria::quant;

struct options {
    int rounds = 31;
    bool quick = false;
    quant::tier with = quant::fastest_tier();
    std::vector<std::string_view> types;
};

/// Memory at the start of a page, touched.
class pages {
public:
    explicit pages(std::size_t n_bytes) : bytes_(static_cast<std::byte*>(std::aligned_alloc(4096, (n_bytes + 4095) / 4096 * 4096))) {
        if (bytes_ == nullptr) std::abort();
        std::memset(bytes_.get(), 0, n_bytes);
    }
    [[nodiscard]] auto data() const -> std::byte* { return bytes_.get(); }
    [[nodiscard]] auto floats() const -> float* { return reinterpret_cast<float*>(bytes_.get()); }

private:
    struct release {
        void operator()(std::byte* bytes) const { std::free(bytes); }
    };
    std::unique_ptr<std::byte, release> bytes_;
};

/// Random codes, and scales as models have them: a scale that is not a number costs nobody the same.
void fill(std::byte* blocks, std::size_t n_bytes, std::mt19937_64& random) {
    for (std::size_t i = 0; i < n_bytes; ++i) blocks[i] = static_cast<std::byte>(random());
}

#if defined(__GNUC__)
using vector_32 [[gnu::vector_size(32)]] = float;
#endif

/// The least that writing takes.
[[gnu::noinline]] void store_only(float* to, std::size_t n) {
#if defined(__GNUC__)
    vector_32 value{};
    for (std::size_t i = 0; i + 8 <= n; i += 8) {
        asm volatile("" : : "r"(to) : "memory");  // stays a loop: the compiler would call memset
        std::memcpy(to + i, &value, sizeof value);
    }
#else
    std::fill(to, to + n, 0.0F);
#endif
}

/// Seconds of one call, the mean of as many as fill a few milliseconds.
template <class Work>
auto seconds_of(Work work, std::size_t n_calls) -> double {
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < n_calls; ++i) work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / static_cast<double>(n_calls);
}

auto median(std::vector<double> numbers) -> double {
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

/// Bits differ, NaNs apart.
auto count_differences(const float* a, const float* b, std::size_t n) -> std::size_t {
    std::size_t n_different = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const bool same = std::memcmp(a + i, b + i, sizeof(float)) == 0 || (std::isnan(a[i]) && std::isnan(b[i]));
        n_different += same ? 0 : 1;
    }
    return n_different;
}

struct rates {
    double cria = 0, ggml = 0, store = 0;  // 10⁹ bytes a second
};

auto measure(cria::tensor_type type, std::size_t n, const pages& blocks, const pages& ours, const pages& theirs, const options& how) -> rates {
    const auto layout = *cria::geometry_of(type);
    const auto to_float = ggml_get_type_traits(static_cast<ggml_type>(type))->to_float;
    const cria::byte_view bytes{blocks.data(), n / layout.elements_per_block * layout.bytes_per_block};
    const auto run_cria = [&] {
        if (!quant::dequantize<float>(type, bytes, std::span(ours.floats(), n), how.with)) std::abort();
    };
    const auto run_ggml = [&] { to_float(blocks.data(), theirs.floats(), static_cast<std::int64_t>(n)); };
    const auto run_store = [&] { store_only(ours.floats(), n); };

    const std::size_t n_calls = std::max<std::size_t>(1, (how.quick ? 1U << 16U : 1U << 22U) / n);
    std::vector<double> seconds[3];
    std::mt19937 random(1);
    std::vector<int> order(3);
    std::iota(order.begin(), order.end(), 0);
    for (int round = 0; round < how.rounds; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        for (const int who : order) {
            const double taken = who == 0 ? seconds_of(run_cria, n_calls) : who == 1 ? seconds_of(run_ggml, n_calls) : seconds_of(run_store, n_calls);
            seconds[who].push_back(taken);
        }
    }
    const auto rate = [&](int who) { return static_cast<double>(n) * 4e-9 / median(seconds[who]); };
    return {rate(0), rate(1), rate(2)};
}

void run(const options& how) {
    // Within a second-level cache of half a mebibyte; 256 MiB, which is more than a last-level cache that one thread gets.
    const std::size_t n_cached = std::size_t{1} << 16U, n_large = how.quick ? n_cached * 4 : std::size_t{1} << 26U;
    const pages blocks(n_large * 8), ours(n_large * 4), theirs(n_large * 4);
    std::mt19937_64 random(2);
    fill(blocks.data(), n_large * 8, random);

    fmt::print("| type | cria, in cache | ggml | ratio | of a plain store | cria, in memory | ggml | ratio | of a plain store |\n|---|---|---|---|---|---|---|---|---|\n");
    double log_sum = 0;
    int n_types = 0;
    for (std::uint32_t id = 0; id < GGML_TYPE_COUNT; ++id) {
        const auto type = static_cast<cria::tensor_type>(id);
        const auto layout = cria::geometry_of(type);
        if (!layout || ggml_get_type_traits(static_cast<ggml_type>(id))->to_float == nullptr) continue;
        if (!how.types.empty() && std::find(how.types.begin(), how.types.end(), layout->name) == how.types.end()) continue;

        const cria::byte_view some{blocks.data(), n_cached / layout->elements_per_block * layout->bytes_per_block};
        if (!quant::dequantize<float>(type, some, std::span(ours.floats(), n_cached), how.with)) std::abort();
        ggml_get_type_traits(static_cast<ggml_type>(id))->to_float(blocks.data(), theirs.floats(), static_cast<std::int64_t>(n_cached));
        if (const std::size_t n_different = count_differences(ours.floats(), theirs.floats(), n_cached); n_different != 0) {
            fmt::print("| {} | {} values differ |\n", layout->name, n_different);
            continue;
        }
        const rates cached = measure(type, n_cached, blocks, ours, theirs, how);
        options fewer = how;
        fewer.rounds = std::max(1, how.rounds / 4);
        const rates large = measure(type, n_large, blocks, ours, theirs, fewer);
        fmt::print("| {} | {:.1f} | {:.1f} | {:.2f} | {:.2f} | {:.1f} | {:.1f} | {:.2f} | {:.2f} |\n", layout->name, cached.cria, cached.ggml,
                   cached.cria / cached.ggml, cached.cria / cached.store, large.cria, large.ggml, large.cria / large.ggml, large.cria / large.store);
        std::fflush(stdout);
        if (layout->elements_per_block == 1) continue;
        log_sum += std::log(cached.cria / cached.ggml);
        ++n_types;
    }
    if (n_types != 0) fmt::print("\nblock types in cache, geometric mean of the ratios: {:.2f}\n", std::exp(log_sum / n_types));
}

}  // namespace

auto main(int argc, char** argv) -> int {
    options how;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--quick") {
            how.quick = true;
            how.rounds = 3;
        } else if (argument == "--rounds" && i + 1 < argc) {
            how.rounds = std::max(1, std::atoi(argv[++i]));
        } else if (argument == "--tier" && i + 1 < argc) {
            const std::string_view name = argv[++i];
            how.with = name == "neon" ? quant::tier::neon : name == "avx2" ? quant::tier::avx2 : name == "avx512" ? quant::tier::avx512 : quant::tier::plain;
        } else if (argument.starts_with("--")) {
            fmt::print(stderr, "usage: cria_dequantize_peer_bench [--rounds N] [--tier plain|neon|avx2|avx512] [--quick] [TYPE…]\n");
            return 2;
        } else {
            how.types.push_back(argument);
        }
    }
    if (!quant::is_available(how.with)) {
        fmt::print(stderr, "this processor does not have that tier\n");
        return 2;
    }
    run(how);
    return 0;
}
