// SPDX-License-Identifier: MIT
// Fast encoding against plain encoding, as many random texts as one likes, in as many threads:
//
//     cria_fast_encoding <vocabulary.gguf> [texts] [threads] [seed]
//
// Texts are tokens, pieces of tokens, words, numbers, white space, characters of all scripts, and bytes that are none. A thread has
// an encoder for each tier of instructions, which go on from text to text and so have seen most pieces before, one that is new every so often,
// and the plain one. Prints how many texts were the same; ends with 1 and the text where one is not.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "cria/gguf/file.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "support/random.hpp"

namespace bpe = cria::bpe;
using bpe::token_id;
using cria_test::random_numbers;

namespace {

void add_character(random_numbers& random, std::string& text) {
    constexpr std::uint32_t firsts[] = {0x20, 0xA0, 0x370, 0x400, 0x590, 0x600, 0x900, 0xE00, 0x1100, 0x2000, 0x2460, 0x3040, 0x4E00, 0xAC00, 0xFE00, 0x1F300, 0x1F600, 0x20000};
    const auto code = static_cast<std::uint32_t>(firsts[random.below(std::size(firsts))] + random.below(96));
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) return add(code);
    const auto six_bits = [&](unsigned shift) { add(0x80 | (code >> shift & 0x3FU)); };
    if (code < 0x800) {
        add(0xC0 | code >> 6U);
    } else if (code < 0x10000) {
        add(0xE0 | code >> 12U);
        six_bits(6);
    } else {
        add(0xF0 | code >> 18U);
        six_bits(12);
        six_bits(6);
    }
    six_bits(0);
}

void make_text(random_numbers& random, const bpe::tokenizer& tokenizer, std::string& text) {
    constexpr std::string_view more[] = {" ", "\n", "\r\n", "\t", "  ", "\n\n", " \n ", "'s", "'LL", "'", "don't", "1", "23", "456", "7890", "...", "!?", "=", "//", "\xC2\xA0", "\xE3\x80\x80", "e\xCC\x81"};
    const auto token = [&] { return tokenizer.bytes(static_cast<token_id>(random.below(tokenizer.size()))); };
    text.clear();
    const std::uint64_t size = random.below(8) == 0 ? 1 + random.below(600) : 1 + random.below(60);
    while (text.size() < size) {
        switch (random.below(8)) {
            case 0: text += more[random.below(std::size(more))]; break;
            case 1: add_character(random, text); break;
            case 2: {
                const std::string_view part = token();
                text += part.substr(0, random.below(part.size() + 1));
                break;
            }
            case 3: {
                const std::string_view part = token();
                text += part.substr(random.below(part.size() + 1));
                break;
            }
            case 4:
                for (std::uint64_t n = 1 + random.below(20), first = random.below(2) != 0 ? 'a' : 'A'; n > 0; --n) text += static_cast<char>(first + random.below(26));
                break;
            case 5:
                if (random.below(6) == 0) text += static_cast<char>(static_cast<unsigned char>(random.below(256)));
                else text += std::string(1 + random.below(20), "a \n=0"[random.below(5)]);
                break;
            default: text += token();
        }
    }
}

struct counts {
    std::atomic<std::uint64_t> done = 0, differ = 0;
};

void compare(const std::vector<bpe::tokenizer>& fast, const bpe::tokenizer& plain, std::uint64_t n, std::uint64_t seed, counts& all) {
    random_numbers random(seed);
    std::vector<bpe::encoder> encoders;
    for (const bpe::tokenizer& each : fast) encoders.emplace_back(each);
    bpe::encoder other(plain);
    std::string text;
    std::vector<token_id> expected(4096), ids(4096);
    for (std::uint64_t i = 0; i < n && all.differ.load(std::memory_order_relaxed) == 0; ++i) {
        make_text(random, plain, text);
        const std::uint64_t which = random.below(encoders.size());
        if (random.below(1000) == 0) encoders[which] = bpe::encoder(fast[which]);
        const bpe::encode_options options{.add_special = random.below(8) == 0, .parse = random.below(8) == 0 ? bpe::parse_special::all : bpe::parse_special::none};
        const auto wanted = other.encode_to(text, expected, options);
        const auto found = encoders[which].encode_to(text, ids, options);
        const bool is_equal = wanted && found && *wanted == *found && std::equal(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(*found), expected.begin());
        all.done.fetch_add(1, std::memory_order_relaxed);
        if (is_equal) continue;
        if (all.differ.fetch_add(1) != 0) return;
        std::printf("tier %d, seed %llu, text %llu:", static_cast<int>(which), static_cast<unsigned long long>(seed), static_cast<unsigned long long>(i));
        for (const char each : text) std::printf(" %02X", static_cast<unsigned>(static_cast<unsigned char>(each)));
        std::printf("\n");
    }
}

auto number(int argc, char** argv, int i, std::uint64_t otherwise) -> std::uint64_t { return argc > i ? std::strtoull(argv[i], nullptr, 10) : otherwise; }

}  // namespace

auto main(int argc, char** argv) -> int {
    if (argc < 2) return std::fprintf(stderr, "usage: cria_fast_encoding <vocabulary.gguf> [texts] [threads] [seed]\n"), 2;
    const std::uint64_t n = number(argc, argv, 2, 1'000'000), n_threads = number(argc, argv, 3, 1), seed = number(argc, argv, 4, 1);
    const auto file = cria::gguf::file::open(argv[1]);
    if (!file) return std::fprintf(stderr, "%s cannot be opened\n", argv[1]), 2;
    std::vector<bpe::tokenizer> fast;
    fast.reserve(4);  // encoders borrow them
    for (const bpe::simd_tier widest : {bpe::simd_tier::plain, bpe::simd_tier::neon, bpe::simd_tier::avx2, bpe::simd_tier::avx512}) {
        if (bpe::detail::piece_kernels_of(widest) == nullptr) continue;  // not of this processor
        auto made = cria::tokenizer_from(file->metadata(), {.widest = widest});
        if (!made) return std::fprintf(stderr, "%s has no tokenizer\n", argv[1]), 2;
        fast.push_back(std::move(*made));
    }
    const auto plain = cria::tokenizer_from(file->metadata(), {.is_plain = true});
    if (!plain) return 2;
    counts all;
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < n_threads; ++t) threads.emplace_back([&, t] { compare(fast, *plain, n / n_threads, seed + 1000 * t, all); });
    for (std::thread& each : threads) each.join();
    std::printf("%llu texts, %llu differ\n", static_cast<unsigned long long>(all.done.load()), static_cast<unsigned long long>(all.differ.load()));
    return all.differ.load() == 0 ? 0 : 1;
}
