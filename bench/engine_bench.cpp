// SPDX-License-Identifier: MIT
// What the reference engine's numeric foundation costs: products, attention, activations, sampling, threads.
//
//     cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DCRIA_BUILD_BENCHMARKS=ON
//     cmake --build build/bench --target cria_engine_bench
//     build/bench/bin/cria_engine_bench [--threads N] [--quick]
//
// Each figure is the fastest of several runs: what the machine can do when nothing else is on it.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>
#include <thread>
#include <utility>  // pair
#include <vector>

#include <fmt/core.h>

#include "engine/kernels.hpp"
#include "engine/matmul.hpp"
#include "engine/numbers.hpp"
#include "engine/random.hpp"
#include "engine/sampler.hpp"
#include "engine/threads.hpp"

namespace {

using cria::tensor_type;

struct options {
    unsigned n_threads = std::max(1U, std::thread::hardware_concurrency());
    bool is_quick = false;
};

/// Seconds of one call: the fastest of as many as fit a third of a second.
template <class Work>
auto seconds_of(const options& how, Work work) -> double {
    using clock = std::chrono::steady_clock;
    const auto end = clock::now() + std::chrono::milliseconds(how.is_quick ? 0 : 300);
    double best = 1e9;
    do {
        const auto start = clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(clock::now() - start).count());
    } while (clock::now() < end);
    return best;
}

auto random_floats(std::size_t n) -> std::vector<float> {
    engine::generator random(n);
    std::vector<float> floats(n);
    for (float& each : floats) each = static_cast<float>(random.uniform() * 2 - 1);
    return floats;
}

/// Weights with random codes. Numbers lie between 2⁻¹⁵ and 2, since subnormal ones cost more, which models do not have;
/// scales of blocks are whatever comes that is finite.
struct weights {
    weights(tensor_type type, std::size_t n_in, std::size_t n_out) : view{type, {}, n_in, n_out} {
        const auto layout = *cria::geometry_of(type);
        bytes.resize(n_in * n_out / layout.elements_per_block * layout.bytes_per_block);
        engine::generator random(1);
        for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
            const std::uint64_t some = random.next() & 0xBBBBBBBBBBBBBBBBU;  // no exponent of infinity
            std::memcpy(bytes.data() + i, &some, sizeof some);
        }
        const std::size_t step = layout.bytes_per_block;
        for (std::size_t at = step; layout.elements_per_block == 1 && at <= bytes.size(); at += step) bytes[at - 1] = (bytes[at - 1] & std::byte{0x87}) | std::byte{0x38};
        view.bytes = bytes;
    }
    std::vector<std::byte> bytes;
    engine::matrix view;
};

void time_threads(const options& how, engine::team& on) {
    constexpr int n_dispatches = 1000;
    const double nothing = seconds_of(how, [&] {
        for (int i = 0; i < n_dispatches; ++i) on.each(1000, [](std::size_t, std::size_t) {});
    });
    fmt::print("a dispatch of nothing to {} threads: {:.2f} µs\n\n", on.size(), nothing / n_dispatches * 1e6);
}

/// Matrices of a model that the second-level cache nearly holds, as its layers see them: 10⁹ operations a second.
void time_batches(const options& how, engine::team& on) {
    fmt::print("| products, GFLOP/s | 1 token | 2 | 6 | 32 | 512 |\n|---|---|---|---|---|---|\n");
    struct row {
        tensor_type type;
        std::size_t n_in, n_out;
    };
    for (const auto& [type, n_in, n_out] : {row{tensor_type::f32, 576, 1536}, row{tensor_type::f32, 1536, 576}, row{tensor_type::f32, 2048, 2048}, row{tensor_type::q8_0, 576, 1536},
                                            row{tensor_type::q4_1, 576, 1536}, row{tensor_type::q4_k, 1536, 576}}) {
        const weights w(type, n_in, n_out);
        fmt::print("| {} {} → {} |", cria::geometry_of(type)->name, n_in, n_out);
        for (const std::size_t n_tokens : {1U, 2U, 6U, 32U, 512U}) {
            const auto x = random_floats(n_in * n_tokens);
            std::vector<float> y(n_out * n_tokens);
            const double seconds = seconds_of(how, [&] { engine::multiply(w.view, x.data(), n_tokens, y.data(), on); });
            fmt::print(" {:.0f} |", 2e-9 * static_cast<double>(n_in * n_out * n_tokens) / seconds);
        }
        fmt::print("\n");
        std::fflush(stdout);
    }
    fmt::print("\n");
}

/// Sums up words, which is the least that reading takes.
auto read_only(std::span<const std::byte> bytes) -> std::uint64_t {
    std::uint64_t sums[16] = {};
    for (std::size_t i = 0; i + sizeof sums <= bytes.size(); i += sizeof sums) {
        std::uint64_t words[16];
        std::memcpy(words, bytes.data() + i, sizeof words);
        for (std::size_t k = 0; k < 16; ++k) sums[k] += words[k];
    }
    std::uint64_t sum = 0;
    for (const std::uint64_t each : sums) sum += each;
    return sum;
}

/// A matrix that no cache holds, times one token: what generation is made of.
void time_one_token(const options& how, engine::team& on) {
    const std::size_t n_in = 2048, n_out = how.is_quick ? 256 : 32768;
    const auto x = random_floats(n_in);
    std::vector<float> y(n_out);
    fmt::print("| one token, {} → {} | ms | GB/s of weights | a plain read, GB/s |\n|---|---|---|---|\n", n_in, n_out);
    for (const tensor_type type : {tensor_type::f32, tensor_type::f16, tensor_type::bf16, tensor_type::q8_0, tensor_type::q4_0, tensor_type::q4_1, tensor_type::q4_k, tensor_type::q6_k}) {
        const weights w(type, n_in, n_out);
        const double seconds = seconds_of(how, [&] { engine::multiply(w.view, x.data(), 1, y.data(), on); });
        std::atomic<std::uint64_t> sum = 0;
        const double plain = seconds_of(how, [&] {
            on.each(n_out, [&](std::size_t begin, std::size_t end) {
                const std::size_t row_bytes = w.bytes.size() / n_out;
                sum += read_only(std::span(w.bytes).subspan(begin * row_bytes, (end - begin) * row_bytes));
            });
        });
        const double gigabytes = 1e-9 * static_cast<double>(w.bytes.size());
        fmt::print("| {} | {:.2f} | {:.1f} | {:.1f} |\n", cria::geometry_of(type)->name, seconds * 1e3, gigabytes / seconds, gigabytes / plain);
        std::fflush(stdout);
    }
    fmt::print("\n");
}

/// One head's past of a length that caches hold, and a feed-forward layer's activations, on each tier.
void time_loops(const options& how) {
    constexpr std::size_t n_keys = 512, n = 64, width = 1536;
    constexpr int n_times = 100;
    const auto q = random_floats(n), keys = random_floats(n_keys * n), gate = random_floats(width), up = random_floats(width);
    std::vector<float> scores(n_keys), out(width);
    fmt::print("| one thread | dots, ns a key of 64 | weighted_sum, ns a value of 64 | softmax, ns a score | silu_times, ns | gelu_times, ns |\n|---|---|---|---|---|---|\n");
    for (const auto& [tier, name] : {std::pair{engine::tier::baseline, "baseline"}, std::pair{engine::tier::avx2, "avx2"}, std::pair{engine::tier::avx512, "avx512"}}) {
        if (!engine::is_available(tier)) continue;
        const engine::kernels& with = engine::kernels_of(tier);
        const auto nanoseconds = [&](std::size_t n_items, auto work) {
            return seconds_of(how, [&] { for (int i = 0; i < n_times; ++i) work(); }) * 1e9 / n_times / static_cast<double>(n_items);
        };
        fmt::print("| {} |", name);
        fmt::print(" {:.2f} |", nanoseconds(n_keys, [&] { with.dots(q.data(), keys.data(), n, n_keys, n, 0.125F, scores.data()); }));
        fmt::print(" {:.2f} |", nanoseconds(n_keys, [&] { with.weighted_sum(scores.data(), keys.data(), n, n_keys, n, out.data()); }));
        fmt::print(" {:.2f} |", nanoseconds(n_keys, [&] { with.softmax(scores.data(), n_keys); }));
        fmt::print(" {:.2f} |", nanoseconds(width, [&] { with.silu_times(gate.data(), up.data(), out.data(), width); }));
        fmt::print(" {:.2f} |\n", nanoseconds(width, [&] { with.gelu_times(gate.data(), up.data(), out.data(), width); }));
    }
    fmt::print("\n");
}

void time_sampling(const options& how) {
    const std::size_t n = how.is_quick ? 1000 : 128 * 1024;
    auto logits = random_floats(n);
    for (float& each : logits) each *= 10;
    fmt::print("| sampling from {} logits | ms |\n|---|---|\n", n);
    struct row {
        const char* name;
        engine::sampling how;
    };
    for (const auto& [name, by] : {row{"largest", {}}, row{"top_k 40, top_p 0.95, min_p 0.05", {.temperature = 0.8, .top_k = 40, .top_p = 0.95, .min_p = 0.05}},
                                   row{"top_p 0.95", {.temperature = 0.8, .top_p = 0.95}}, row{"temperature alone", {.temperature = 0.8}}}) {
        auto from = engine::sampler::make(by, n);
        if (!from) std::abort();
        const double seconds = seconds_of(how, [&] {
            if (!from->pick(logits)) std::abort();
        });
        fmt::print("| {} | {:.3f} |\n", name, seconds * 1e3);
    }
}

}  // namespace

auto main(int argc, char** argv) -> int {
    options how;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--quick") {
            how.is_quick = true;
        } else if (argument == "--threads" && i + 1 < argc) {
            how.n_threads = static_cast<unsigned>(std::max(1, std::atoi(argv[++i])));
        } else {
            fmt::print(stderr, "usage: cria_engine_bench [--threads N] [--quick]\n");
            return 2;
        }
    }
    engine::team on(how.n_threads);
    time_threads(how, on);
    time_batches(how, on);
    time_one_token(how, on);
    time_loops(how);
    time_sampling(how);
    return 0;
}
