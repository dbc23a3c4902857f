// SPDX-License-Identifier: MIT
// Validation and streaming of UTF-8: every kernel that this processor has, the plain twin, and the decoder.
//
//   cria_bench --benchmark_filter='^(validate|stream)'

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "cria/utf8.hpp"

namespace {

namespace detail = cria::utf8::detail;

/// Well-formed text of exactly `n_bytes`: characters of `length` bytes each, or of any length where that is 0.
auto text_of(unsigned length, std::size_t n_bytes) -> std::string {
    std::mt19937 random{length + 1};
    std::string text;
    while (text.size() + 4 <= n_bytes) {
        const auto own = length == 0 ? 1 + static_cast<unsigned>(random() % 4) : length;
        const char32_t first[] = {0x20, 0x80, 0x800, 0x10000, 0x110000};
        text += cria::utf8::encode(first[own - 1] + static_cast<char32_t>(random() % (first[own] - first[own - 1]))).view();
    }
    return text.append(n_bytes - text.size(), 'x');
}

void validate(benchmark::State& state, bool (*is_valid)(std::string_view), unsigned length) {
    const auto text = text_of(length, static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        std::string_view bytes = text;
        benchmark::DoNotOptimize(bytes);
        benchmark::DoNotOptimize(is_valid(bytes));
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

template <detail::kernel Which>
auto is_valid_with(std::string_view text) -> bool {
    return detail::find_invalid_with(Which, text, 0) == text.size();
}

auto is_valid_plainly(std::string_view text) -> bool { return detail::find_invalid_plain(text, 0) == text.size(); }

void stream(benchmark::State& state, unsigned length) {
    const auto text = text_of(length, 1U << 16U);
    const auto chunk_bytes = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        std::size_t n_bytes = 0;
        const auto sink = [&](std::string_view piece) {
            n_bytes += piece.size();
            benchmark::DoNotOptimize(piece);
        };
        cria::utf8::decoder decoder;
        for (std::size_t at = 0; at < text.size(); at += chunk_bytes) decoder.push(std::string_view{text}.substr(at, chunk_bytes), sink);
        decoder.finish(sink);
        benchmark::DoNotOptimize(n_bytes);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

const int registered = [] {
    struct way {
        std::string name;
        bool (*is_valid)(std::string_view);
        detail::kernel needs;
    };
    const way ways[] = {{"best", cria::utf8::is_valid, detail::kernel::none},
                        {"plain", is_valid_plainly, detail::kernel::none},
                        {"words", is_valid_with<detail::kernel::none>, detail::kernel::none},
                        {"neon", is_valid_with<detail::kernel::neon>, detail::kernel::neon},
                        {"avx2", is_valid_with<detail::kernel::avx2>, detail::kernel::avx2},
                        {"avx512", is_valid_with<detail::kernel::avx512>, detail::kernel::avx512}};
    const char* const texts[] = {"mixed", "ascii", "2-byte", "3-byte", "4-byte"};
    for (unsigned length = 0; length <= 4; ++length) {
        for (const auto& [name, is_valid, needs] : ways) {
            if (!detail::is_available(needs)) continue;
            benchmark::RegisterBenchmark(("validate/" + name + "/" + texts[length]).c_str(), validate, is_valid, length)->Arg(64)->Arg(1024)->Arg(1 << 16)->Arg(1 << 24);
        }
        benchmark::RegisterBenchmark((std::string("stream/") + texts[length]).c_str(), stream, length)->Arg(4)->Arg(64)->Arg(4096)->Arg(1 << 16);
    }
    return 0;
}();

}  // namespace
