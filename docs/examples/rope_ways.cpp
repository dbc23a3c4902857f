// SPDX-License-Identifier: MIT
// Rotations: which numbers are pairs and what converters do about it, how exact an angle has to be, what a base reaches. Shown by
// docs/llama-architecture-variants.md.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "cria/llama/rope.hpp"

namespace {

namespace llama = cria::llama;
using floats = std::vector<float>;

constexpr double pi = 3.14159265358979323846;

auto made(const llama::rope_hyperparameters& numbers, const floats& factors = {}) -> llama::rope {
    auto rope = llama::make_rope(numbers, factors);
    if (!rope) std::puts(rope.error().message().c_str());
    return rope ? *std::move(rope) : llama::rope();
}

// --- pairs ---

void rotate(floats& head, const llama::rope& how, std::uint32_t position, llama::rope_pairs pairs) {
    const std::size_t n = how.frequencies.size();
    for (std::size_t j = 0; j < n; ++j) {
        float& x = head[pairs == llama::rope_pairs::adjacent ? 2 * j : j];
        float& y = head[pairs == llama::rope_pairs::adjacent ? 2 * j + 1 : j + n];
        const double t = position * how.frequencies[j];
        const double turned = x * std::cos(t) - y * std::sin(t);
        y = static_cast<float>(x * std::sin(t) + y * std::cos(t));
        x = static_cast<float>(turned);
    }
}

// [permute]
/// The rows of one head of W_q or W_k, from the order that pairs halves to the order that pairs neighbours: what converters do to
/// Llama's. Row 2j of the result is row j, row 2j + 1 is row j + n/2.
auto from_halves_to_neighbours(const std::vector<floats>& rows) -> std::vector<floats> {
    std::vector<floats> out;
    for (std::size_t j = 0; j < rows.size() / 2; ++j) {
        out.push_back(rows[j]);
        out.push_back(rows[j + rows.size() / 2]);
    }
    return out;
}
// [permute]

auto product(const std::vector<floats>& rows, const floats& x) -> floats {
    floats y;
    for (const floats& row : rows) {
        float sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) sum += row[i] * x[i];
        y.push_back(sum);
    }
    return y;
}

auto score(std::vector<floats> q, std::vector<floats> k, llama::rope_pairs pairs, const floats& now, const floats& then) -> double {
    const llama::rope how = made({.dimension_count = static_cast<std::uint32_t>(q.size())});
    floats query = product(q, now), key = product(k, then);
    rotate(query, how, 1000, pairs);
    rotate(key, how, 990, pairs);
    double sum = 0;
    for (std::size_t i = 0; i < query.size(); ++i) sum += double{query[i]} * key[i];
    return sum;
}

void show_pairs() {
    std::uint64_t state = 1;
    const auto random = [&] { return static_cast<float>((state = state * 6364136223846793005U + 1442695040888963407U) >> 40U) / float{1 << 23U} - 1; };
    const auto fill = [&](floats of) { return std::generate(of.begin(), of.end(), random), of; };
    std::vector<floats> q(16), k(16);
    for (std::size_t i = 0; i < 16; ++i) q[i] = fill(floats(24)), k[i] = fill(floats(24));
    const floats now = fill(floats(24)), then = fill(floats(24));
    const auto neighbours_q = from_halves_to_neighbours(q), neighbours_k = from_halves_to_neighbours(k);
    using pairs = llama::rope_pairs;
    std::printf("rows as trained, halves turned:         %8.4f\n", score(q, k, pairs::halves, now, then));
    std::printf("rows permuted, neighbours turned:       %8.4f\n", score(neighbours_q, neighbours_k, pairs::adjacent, now, then));
    std::printf("rows as trained, neighbours turned:     %8.4f  wrong\n", score(q, k, pairs::adjacent, now, then));
    std::printf("queries permuted, keys not:             %8.4f  wrong\n", score(neighbours_q, k, pairs::adjacent, now, then));
}

// --- angles ---

void show_angles() {
    const llama::rope how = made({.dimension_count = 128, .freq_base = 5e5F});
    std::printf("position   float · float   products of floats   positions as bf16\n");
    for (const std::uint32_t position : {1001U, 8001U, 100001U}) {
        double by_floats = 0, by_products = 0, by_bf16 = 0;
        // [angles]
        const auto step = static_cast<float>(std::pow(5e5, -2.0 / 128));
        float running = static_cast<float>(position);  // multiplied from pair to pair
        int exponent = 0;
        std::frexp(position, &exponent);
        const double as_bf16 = std::ldexp(std::nearbyint(std::ldexp(position, 8 - exponent)), exponent - 8);  // eight bits
        for (std::size_t j = 0; j < 64; ++j, running *= step) {
            const double exact = position * how.frequencies[j];
            by_floats = std::max(by_floats, std::abs(static_cast<float>(position) * static_cast<float>(how.frequencies[j]) - exact));
            by_products = std::max(by_products, std::abs(running - exact));
            by_bf16 = std::max(by_bf16, std::abs(as_bf16 * how.frequencies[j] - exact));
        }
        // [angles]
        std::printf("%8u   %13.4f   %18.4f   %17.0f\n", position, by_floats, by_products, by_bf16);
    }
}

// --- what a base reaches ---

void show_bases() {
    std::printf("      base   slowest pair turns once in   of 64 pairs, turn less than once in 8192   in 131072\n");
    for (const float base : {1e4F, 1e5F, 5e5F, 1e6F, 5e6F, 1e7F}) {
        const llama::rope how = made({.dimension_count = 128, .freq_base = base});
        int in_8192 = 0, in_131072 = 0;
        for (const double frequency : how.frequencies) {
            in_8192 += 8192 * frequency < 2 * pi ? 1 : 0;
            in_131072 += 131072 * frequency < 2 * pi ? 1 : 0;
        }
        std::printf("%10.0f   %20.0f tokens   %41d   %9d\n", double{base}, 2 * pi / how.frequencies[63], in_8192, in_131072);
    }
}

// --- Llama 3.1 ---

// [llama3]
/// What converters store as rope_freqs: a divisor for each pair. Pairs that turn at least `high` times in the old context stay, those
/// that turn at most `low` times are slowed down by `factor`, those between by something between.
auto llama3_factors(std::uint32_t n_dimensions, double base, double factor, double low, double high, double old_context) -> floats {
    floats out;
    for (std::uint32_t i = 0; i < n_dimensions; i += 2) {
        const double turns = old_context * std::pow(base, -static_cast<double>(i) / n_dimensions) / (2 * pi);
        const double smooth = std::clamp((turns - low) / (high - low), 0.0, 1.0);
        out.push_back(static_cast<float>(1 / ((1 - smooth) / factor + smooth)));
    }
    return out;
}
// [llama3]

void show_scaling() {
    const floats llama3 = llama3_factors(128, 5e5, 8, 1, 4, 8192);
    const llama::rope plain = made({.dimension_count = 128, .freq_base = 5e5F}), llama31 = made({.dimension_count = 128, .freq_base = 5e5F}, llama3);
    const llama::rope linear = made({.dimension_count = 128, .freq_base = 5e5F, .scaling = llama::rope_scaling::linear, .scaling_factor = 8});
    const llama::rope yarn = made({.dimension_count = 128, .freq_base = 5e5F, .scaling = llama::rope_scaling::yarn, .scaling_factor = 8, .original_context_length = 8192});
    std::printf("pair   turns in 8192   Llama 3.1   linear, 8   YaRN, 8   (each: slower by)\n");
    for (const std::size_t j : {0U, 16U, 28U, 30U, 32U, 34U, 36U, 40U, 63U})
        std::printf("%4zu   %13.3f   %9.2f   %9.2f   %7.2f\n", j, 8192 * plain.frequencies[j] / (2 * pi), plain.frequencies[j] / llama31.frequencies[j],
                    plain.frequencies[j] / linear.frequencies[j], plain.frequencies[j] / yarn.frequencies[j]);
    std::printf("cosines and sines times: Llama 3.1 %.3f, linear %.3f, YaRN %.3f\n", llama31.attention_factor, linear.attention_factor, yarn.attention_factor);
}

}  // namespace

auto main() -> int {
    std::printf("# [pairs]\n");
    show_pairs();
    std::printf("# [pairs]\n# [angles]\n");
    show_angles();
    std::printf("# [angles]\n# [bases]\n");
    show_bases();
    std::printf("# [bases]\n# [scaling]\n");
    show_scaling();
    std::printf("# [scaling]\n");
    return 0;
}
