// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/pretokenize.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/utf8/code_point.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

#if defined(__unix__)
#include <sys/mman.h>
#include <unistd.h>
#endif

// Pieces by blocks of 64 bytes, against the same pieces cut one by one.

namespace bpe = cria::bpe;
namespace detail = cria::bpe::detail;
using bpe::compat;
using family = bpe::pretokenizer_family;
using cria_test::random_numbers;

namespace {

constexpr family all_families[] = {
    family::gpt2, family::llama3, family::qwen2, family::qwen35, family::seed, family::bailing, family::ufakzeka, family::exaone_moe, family::tekken, family::o200k,
    family::deepseek3, family::jais2, family::falcon, family::deepseek_llm,
};
constexpr bpe::simd_tier all_tiers[] = {bpe::simd_tier::plain, bpe::simd_tier::neon, bpe::simd_tier::avx2, bpe::simd_tier::avx512};

auto ends_by_blocks(const detail::piece_kernels& kernels, const detail::block_cut& how, std::string_view text) -> std::vector<std::size_t> {
    static const detail::piece_table table = [] {
        detail::piece_table made;
        REQUIRE(made.reserve(10, false));
        return made;
    }();
    const auto cut = how.is_older ? kernels.cut_older : kernels.cut_newer;
    std::vector<std::size_t> ends;
    detail::piece_batch batch;
    for (std::size_t at = 0; at < text.size();) {
        batch.clear(at);
        const std::size_t stopped = cut(how, table, text, text, at, batch);
        REQUIRE(stopped > at);
        REQUIRE(batch.size() > 0);
        for (std::size_t i = 0; i < batch.size(); ++i) ends.push_back(batch.end_of(i));
        REQUIRE(ends.back() == stopped);
        at = stopped;
    }
    return ends;
}

auto ends_one_by_one(family of, compat mode, std::string_view text) -> std::vector<std::size_t> {
    std::vector<std::size_t> ends;
    bpe::pretokenize(of, mode, text, [&](std::size_t, std::size_t end) { ends.push_back(end); });
    return ends;
}

/// Everything that grammars tell apart, and characters of two to four bytes of each kind.
constexpr std::string_view atoms[] = {
    "a", "B", "z", "Z", "hello", "WORLD", " ", " ", " ", "  ", "    ", "\t", "\n", "\r\n", "\n\n", "\v", "\f", "'", "'s", "'S", "'re", "'LL", "'d", "'t", "1", "12", "345", "67890",
    "!", "?!", "...", "(", ")", "-", "_", "=", "/", "@", "[", "`", "{", "~", "\x01", "\x7F", std::string_view("\0", 1), "\xC3\xA9", "\xD0\x96", "\xE4\xB8\xAD", "\xE2\x80\x9C",
    "\xE2\x80\x94", "\xF0\x9F\x98\x80", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\xA8", "\xD9\xA1", "\xC2\xB2", "\xE2\x85\xA0", "\xCC\x81", "\xE0\xA4\xBE", "\xC5\xBF", "\xF0\x9D\x9F\x98",
    "\xF3\xA0\x84\x80", "\xEF\xBF\xBD", "\xEA\x9F\x9C",
};

auto random_text(random_numbers& random) -> std::string {
    std::string text;
    const std::uint64_t n = random.below(70);
    const std::size_t n_atoms = random.below(3) == 0 ? 44 : std::size(atoms);  // ASCII alone
    for (std::uint64_t i = 0; i < n; ++i) text += atoms[random.below(n_atoms)];
    if (random.below(8) == 0) text.insert(random.below(2) == 0 ? 0 : text.size(), random.below(300), " a\n1'!\r"[random.below(7)]);
    return text;
}

}  // namespace

TEST_CASE("blocks cut as the grammar does, in every tier, for every family that is cut by them") {
    unsigned n_cut = 0;
    for (const bpe::simd_tier tier : all_tiers) {
        const auto* const kernels = detail::piece_kernels_of(tier);
        if (kernels == nullptr) continue;
        for (const compat mode : {compat::hf, compat::llama_cpp}) {
            for (const family each : all_families) {
                const auto* const grammar = detail::block_grammar_of(each, mode);
                if (grammar == nullptr) continue;
                ++n_cut;
                detail::block_cut how(*grammar, mode == compat::llama_cpp);
                REQUIRE(how.make_rows());
                random_numbers random(17);
                for (int round = 0; round < 4000; ++round) {
                    const std::string text = random_text(random);
                    if (ends_by_blocks(*kernels, how, text) == ends_one_by_one(each, mode, text)) continue;
                    CAPTURE(static_cast<int>(tier), static_cast<int>(mode), static_cast<int>(each), round, text);
                    REQUIRE(ends_by_blocks(*kernels, how, text) == ends_one_by_one(each, mode, text));
                }
            }
        }
    }
    REQUIRE(n_cut >= 10);
}

TEST_CASE("grammars that blocks do not know are left to the plain cutter") {
    for (const compat mode : {compat::hf, compat::llama_cpp}) {
        for (const family each : {family::gpt2, family::llama3, family::qwen2, family::qwen35, family::seed, family::ufakzeka}) CHECK(detail::block_grammar_of(each, mode) != nullptr);
        for (const family each : {family::tekken, family::o200k, family::deepseek3, family::jais2, family::falcon, family::deepseek_llm, family::exaone_moe})
            CHECK(detail::block_grammar_of(each, mode) == nullptr);
    }
    CHECK_FALSE(detail::can_cut_by_blocks(detail::o200k_grammar::rules));
    CHECK_FALSE(detail::can_cut_by_blocks(detail::jais2_grammar::rules));
    CHECK_FALSE(detail::can_cut_by_blocks(detail::deepseek3_grammar::rules));
    CHECK_FALSE(detail::can_cut_by_blocks(detail::kimi_grammar::rules));
}

TEST_CASE("runs of one character, of every length around a block, are cut as the grammar does") {
    for (const bpe::simd_tier tier : all_tiers) {
        const auto* const kernels = detail::piece_kernels_of(tier);
        if (kernels == nullptr) continue;
        for (const family each : {family::gpt2, family::llama3, family::qwen2}) {
            detail::block_cut how(*detail::block_grammar_of(each, compat::hf), false);
            REQUIRE(how.make_rows());
            for (const std::string_view unit : {"a", " ", "\n", "\t", "1", "!", "'", "\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", " a", "a ", "\n ", " \n", "'s", "1a", "\r\n", "! ", "\xE2\x80\x9C" "a"}) {
                for (std::size_t n = 0; n <= 200; ++n) {
                    for (const std::string_view end : {"", "x", " ", "\n", "'re"}) {
                        std::string text;
                        while (text.size() < n) text += unit;
                        text += end;
                        if (ends_by_blocks(*kernels, how, text) == ends_one_by_one(each, compat::hf, text)) continue;
                        CAPTURE(static_cast<int>(tier), static_cast<int>(each), unit, n, end);
                        REQUIRE(ends_by_blocks(*kernels, how, text) == ends_one_by_one(each, compat::hf, text));
                    }
                }
            }
        }
    }
}

TEST_CASE("every character of more than one byte is cut as the grammar does") {
    for (const bpe::simd_tier tier : all_tiers) {
        const auto* const kernels = detail::piece_kernels_of(tier);
        if (kernels == nullptr) continue;
        for (const compat mode : {compat::hf, compat::llama_cpp}) {
            for (const family each : {family::llama3, family::qwen35}) {
                detail::block_cut how(*detail::block_grammar_of(each, mode), mode == compat::llama_cpp);
                REQUIRE(how.make_rows());
                std::string text;
                for (char32_t code_point = 0x80; code_point < 0x20000; ++code_point) {
                    if (code_point >= 0xD800 && code_point < 0xE000) continue;
                    const auto encoded = cria::utf8::encode(code_point);
                    text += encoded.view();
                    text += code_point % 3 == 0 ? "a" : code_point % 3 == 1 ? " " : "";
                    if (code_point % 1024 != 1023) continue;
                    if (ends_by_blocks(*kernels, how, text) != ends_one_by_one(each, mode, text)) {
                        CAPTURE(static_cast<int>(tier), static_cast<int>(mode), static_cast<int>(each), static_cast<unsigned>(code_point));
                        REQUIRE(ends_by_blocks(*kernels, how, text) == ends_one_by_one(each, mode, text));
                    }
                    text.clear();
                }
            }
        }
    }
}

TEST_CASE("pieces and keys are the same wherever a text lies in memory, and nothing behind it is read") {
    random_numbers random(18);
    detail::block_cut how(*detail::block_grammar_of(family::llama3, compat::hf), false);
    REQUIRE(how.make_rows());
    std::vector<std::string> texts;
    for (int i = 0; i < 60; ++i) texts.push_back(random_text(random));
    for (std::size_t n = 0; n < 90; ++n) texts.push_back(std::string("The 12 llamas' names weren't known: \xC3\xA9l\xC3\xA8ve, \xE4\xB8\xAD\xE6\x96\x87!\n\n  Next line of text, it goes on").substr(0, n));
#if defined(__unix__)
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    auto* const memory = static_cast<char*>(::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(memory != MAP_FAILED);
    REQUIRE(::mprotect(memory + page, page, PROT_NONE) == 0);
#endif
    for (const bpe::simd_tier tier : all_tiers) {
        const auto* const kernels = detail::piece_kernels_of(tier);
        if (kernels == nullptr) continue;
        for (const std::string& text : texts) {
            const auto expected = ends_one_by_one(family::llama3, compat::hf, text);
            for (std::size_t offset = 0; offset <= 80; offset += offset < 8 ? 1 : 9) {
                std::string moved(offset, '#');
                moved += text;
                REQUIRE(ends_by_blocks(*kernels, how, std::string_view(moved).substr(offset)) == expected);
            }
#if defined(__unix__)
            char* const last = memory + page - text.size();
            std::memcpy(last, text.data(), text.size());
            REQUIRE(ends_by_blocks(*kernels, how, {last, text.size()}) == expected);
#endif
        }
    }
#if defined(__unix__)
    REQUIRE(::munmap(memory, 2 * page) == 0);
#endif
}
