// SPDX-License-Identifier: MIT
// Validation beside simdjson and simdutf: the medians of runs that take turns, so that whatever else the machine does
// falls on all of them, and what cria's median is of theirs. Each peer is optional (bench/peers/utf8.cmake).
//
//   cria_utf8_peer_bench [--quick]

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cria/utf8.hpp"

#ifdef CRIA_PEER_HAS_SIMDJSON
#include <simdjson.h>
#endif
#ifdef CRIA_PEER_HAS_SIMDUTF
#include <simdutf.h>
#endif

namespace {

struct contender {
    const char* name;
    bool (*is_valid)(std::string_view);
};

const contender contenders[] = {
    {"cria", [](std::string_view text) { return cria::utf8::is_valid(text); }},
#ifdef CRIA_PEER_HAS_SIMDJSON
    {"simdjson", [](std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }},
#endif
#ifdef CRIA_PEER_HAS_SIMDUTF
    {"simdutf", [](std::string_view text) { return simdutf::validate_utf8(text.data(), text.size()); }},
#endif
};
constexpr std::size_t n_contenders = std::size(contenders);

constexpr const char* text_names[] = {"mixed", "ascii", "2-byte", "3-byte", "4-byte", "1 in 200"};

/// Well-formed text of `n_bytes`, of the kind that stands at `kind` in text_names.
auto text_of(unsigned kind, std::size_t n_bytes) -> std::string {
    std::mt19937 random{kind + 1};
    std::string text;
    while (text.size() + 4 <= n_bytes) {
        auto length = kind;
        if (kind == 0) length = 1 + static_cast<unsigned>(random() % 4);
        if (kind == 5) length = random() % 200 == 0 ? 2 + static_cast<unsigned>(random() % 3) : 1;
        const char32_t first[] = {0x20, 0x80, 0x800, 0x10000, 0x110000};
        text += cria::utf8::encode(first[length - 1] + static_cast<char32_t>(random() % (first[length] - first[length - 1]))).view();
    }
    return text.append(n_bytes - text.size(), 'x');
}

/// Gigabytes a second of one run that repeats a small text often enough to be timed; negative if it is refused.
auto rate(const contender& who, std::string_view text, std::size_t n_repeats) -> double {
    auto all_valid = true;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < n_repeats; ++i) {
        auto bytes = text;
        asm volatile("" : "+r"(bytes) : : "memory");
        all_valid = who.is_valid(bytes) && all_valid;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return all_valid ? static_cast<double>(text.size() * n_repeats) / seconds.count() / 1e9 : -1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
    std::printf("%-9s %9s", "text", "bytes");
    for (const auto& who : contenders) std::printf(" %9s", who.name);
    std::printf("   GB/s, medians; cria over");
    for (std::size_t i = 1; i < n_contenders; ++i) std::printf(" %s", contenders[i].name);
    std::printf("\n");
    for (unsigned kind = 0; kind < std::size(text_names); ++kind) {
        for (const std::size_t n_bytes : {64U, 100U, 256U, 1000U, 4096U, 1U << 16U, 1U << 20U, 1U << 24U}) {
            const auto text = text_of(kind, n_bytes);
            const auto n_rounds = is_quick ? 1 : n_bytes > (1U << 20U) ? 25 : 101;
            std::vector<double> rates[n_contenders];
            for (int round = 0; round < n_rounds; ++round) {
                for (std::size_t i = 0; i < n_contenders; ++i) rates[i].push_back(rate(contenders[i], text, std::max<std::size_t>(1, (1U << 17U) / n_bytes)));
            }
            double medians[n_contenders];
            std::printf("%-9s %9zu", text_names[kind], n_bytes);
            for (std::size_t i = 0; i < n_contenders; ++i) {
                std::sort(rates[i].begin(), rates[i].end());
                if (rates[i].front() < 0) return std::printf("\n%s calls this ill-formed\n", contenders[i].name), 1;
                medians[i] = rates[i][rates[i].size() / 2];
                std::printf(" %9.2f", medians[i]);
            }
            std::printf("  ");
            for (std::size_t i = 1; i < n_contenders; ++i) std::printf(" %6.2f", medians[0] / medians[i]);
            std::printf("\n");
        }
    }
    return 0;
}
