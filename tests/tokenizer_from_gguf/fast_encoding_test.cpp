// SPDX-License-Identifier: MIT
// The tables that make encoding fast, against encoding without them: ids, offsets and counts, of every vocabulary.
#if defined(__unix__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/shared_data.hpp"

namespace bpe = cria::bpe;
using bpe::token_id;
using cria_test::random_numbers;

namespace {

auto as_text(const std::vector<std::byte>& bytes) -> std::string { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// Tokens of the vocabulary, words, and bytes that are no text, mixed.
auto random_text(random_numbers& random, const bpe::tokenizer& tokenizer) -> std::string {
    constexpr std::string_view more[] = {" ", "\n", "  ", "'s", "123", "Hello", " world", "!", "\t", "\xE4\xB8\xAD\xE6\x96\x87", "\xF0\x9F\x98\x80", "\xFF", "\xC3", " \xD0\x9F\xD1\x80\xD0\xB8"};
    std::string text;
    const std::uint64_t n = random.below(40);
    for (std::uint64_t i = 0; i < n; ++i) {
        if (random.below(3) == 0) text += more[random.below(std::size(more))];
        else text += tokenizer.bytes(static_cast<token_id>(random.below(tokenizer.size())));
    }
    return text;
}

/// Those of this processor, the plain one first.
auto tiers() -> std::vector<bpe::simd_tier> {
    std::vector<bpe::simd_tier> here;
    for (const bpe::simd_tier each : {bpe::simd_tier::plain, bpe::simd_tier::neon, bpe::simd_tier::avx2, bpe::simd_tier::avx512})
        if (bpe::detail::piece_kernels_of(each) != nullptr) here.push_back(each);
    return here;
}

struct outcome {
    std::vector<token_id> ids;
    std::vector<bpe::byte_span> spans;
    friend auto operator==(const outcome&, const outcome&) -> bool = default;
};

auto encode(bpe::encoder& encoder, std::string_view text, const bpe::encode_options& options) -> outcome {
    const auto ids = encoder.encode_with_offsets(text, options);
    REQUIRE(ids);
    outcome made{{ids->begin(), ids->end()}, {encoder.offsets().begin(), encoder.offsets().end()}};
    const auto plainly = encoder.encode(text, options);
    REQUIRE(plainly);
    REQUIRE(std::equal(plainly->begin(), plainly->end(), made.ids.begin(), made.ids.end()));
    const auto n = encoder.count(text, options);
    REQUIRE(n);
    REQUIRE(*n == made.ids.size());
    std::vector<token_id> some(made.ids.size() / 2);
    const auto written = encoder.encode_to(text, some, options);
    REQUIRE(written.has_value() == (some.size() == made.ids.size()));
    REQUIRE(std::equal(some.begin(), some.end(), made.ids.begin()));
    return made;
}

}  // namespace

TEST_CASE("fast and plain encoding give the same ids and offsets, for every vocabulary") {
    for (const std::string_view name : cria_test::vocabulary_names) {
        const auto bytes = cria_test::read_whole(cria_test::vocabulary_path(name));
        if (!bytes) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        const auto file = cria::gguf::parse(*bytes);
        REQUIRE(file);
        for (const bpe::compat mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
            const auto plain = cria::tokenizer_from(*file, {.mode = mode, .is_plain = true});
            REQUIRE(plain);
            bpe::encoder other(*plain);
            std::vector<bpe::tokenizer> fast;
            fast.reserve(tiers().size());  // encoders borrow them
            std::vector<bpe::encoder> fast_encoders;
            for (const bpe::simd_tier widest : tiers()) {
                auto made = cria::tokenizer_from(*file, {.mode = mode, .widest = widest});
                REQUIRE(made);
                fast.push_back(std::move(*made));
                fast_encoders.emplace_back(fast.back());
            }
            random_numbers random(31);
            for (int round = 0; round < 300; ++round) {
                const std::string text = random_text(random, *plain);
                for (const bpe::parse_special parse : {bpe::parse_special::none, bpe::parse_special::all}) {
                    const bpe::encode_options options{.add_special = round % 2 == 0, .parse = parse};
                    const auto expected = encode(other, text, options);
                    for (std::size_t tier = 0; tier < fast.size(); ++tier) {
                        const auto found = encode(fast_encoders[tier], text, options);
                        if (found == expected) continue;
                        CAPTURE(name, static_cast<int>(mode), round, static_cast<int>(parse), tier, text);
                        REQUIRE(found.ids == expected.ids);
                        REQUIRE(found == expected);
                    }
                }
            }
        }
    }
}

TEST_CASE("ids do not depend on where in memory a text lies, and nothing behind it is read, in every tier") {
    constexpr std::string_view text = "The 12 llamas' names weren't known in 1999: \xC3\xA9l\xC3\xA8ve, \xE4\xB8\xAD\xE6\x96\x87!\n\n  Next l\xC3\xADnea, internationalization\t\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 "
                                      "\xF0\x9F\x98\x80 qwzxv\r\n        return x1_y2 == 3.14159;  \xFF \xC3";
#if defined(__unix__)
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    auto* const memory = static_cast<char*>(::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(memory != MAP_FAILED);
    REQUIRE(::mprotect(memory + page, page, PROT_NONE) == 0);
    char* const end = memory + page;
#else
    std::vector<char> memory(4096);
    char* const end = memory.data() + memory.size();
#endif
    bool is_skipped = false;
    for (const std::string_view name : {"llama-bpe", "gpt-2", "deepseek-llm", "llama-spm"}) {
        const auto bytes = cria_test::read_whole(cria_test::vocabulary_path(name));
        is_skipped = is_skipped || !bytes;
        if (!bytes) continue;
        const auto file = cria::gguf::parse(*bytes);
        REQUIRE(file);
        const auto plain = cria::tokenizer_from(*file, {.is_plain = true});
        REQUIRE(plain);
        bpe::encoder other(*plain);
        for (const bpe::simd_tier widest : tiers()) {
            const auto fast = cria::tokenizer_from(*file, {.widest = widest});
            REQUIRE(fast);
            bpe::encoder known(*fast);
            CAPTURE(name, static_cast<int>(widest));
            for (std::size_t size = 0; size <= text.size(); ++size) {
                char* const last = end - size;
                std::memcpy(last, text.data() + (text.size() - size), size);
                const auto expected = encode(other, {last, size}, {});
                REQUIRE(encode(known, {last, size}, {}) == expected);
                bpe::encoder fresh(*fast);
                REQUIRE(encode(fresh, {last, size}, {}) == expected);
            }
            for (std::size_t offset = 0; offset <= 80; ++offset) {
                std::string moved(offset, '#');
                moved += text;
                REQUIRE(encode(known, std::string_view(moved).substr(offset), {}) == encode(other, text, {}));
                REQUIRE(encode(known, moved, {}) == encode(other, moved, {}));
            }
        }
    }
#if defined(__unix__)
    REQUIRE(::munmap(memory, 2 * page) == 0);
#endif
    if (is_skipped) cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
}

TEST_CASE("fast and plain encoding agree on whole texts in many scripts, the first time and again") {
    for (const std::string_view name : {"llama-bpe", "qwen2", "gpt-2", "deepseek-llm"}) {
        const auto bytes = cria_test::read_whole(cria_test::vocabulary_path(name));
        if (!bytes) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        const auto file = cria::gguf::parse(*bytes);
        REQUIRE(file);
        const auto fast = cria::tokenizer_from(*file);
        const auto plain = cria::tokenizer_from(*file, {.is_plain = true});
        REQUIRE((fast && plain));
        bpe::encoder one(*fast), other(*plain);
        for (const std::string_view corpus : {"mars.english.txt", "mars.chinese.txt", "mars.thai.txt", "mars.arabic.txt", "mars.russian.txt", "lipsum.emoji.txt"}) {
            const auto content = cria_test::read_whole(cria_test::shared_path("corpora/" + std::string(corpus)));
            if (!content) return cria_test::skip("no texts under CRIA_SHARED_DIR");
            const std::string text = as_text(*content).substr(0, 150'000);
            const auto expected = encode(other, text, {});
            CAPTURE(name, corpus);
            for (int pass = 0; pass < 2; ++pass) REQUIRE(encode(one, text, {}) == expected);
        }
    }
}

TEST_CASE("encoders of several threads find out together which tokens are whole") {
    const auto bytes = cria_test::read_whole(cria_test::vocabulary_path("gpt-2"));
    if (!bytes) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
    const auto file = cria::gguf::parse(*bytes);
    REQUIRE(file);
    const auto fast = cria::tokenizer_from(*file);
    const auto plain = cria::tokenizer_from(*file, {.is_plain = true});
    REQUIRE((fast && plain));
    random_numbers random(33);
    std::vector<std::string> texts;
    std::vector<std::vector<token_id>> expected;
    bpe::encoder other(*plain);
    for (int i = 0; i < 200; ++i) {
        texts.push_back(random_text(random, *fast));
        const auto ids = other.encode(texts.back());
        REQUIRE(ids);
        expected.emplace_back(ids->begin(), ids->end());
    }
    std::vector<std::size_t> n_wrong(8);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < n_wrong.size(); ++t) {
        threads.emplace_back([&, t] {
            bpe::encoder own(*fast);
            for (std::size_t i = 0; i < 2 * texts.size(); ++i) {
                const std::size_t k = (i * 7 + t * 13) % texts.size();
                const auto ids = own.encode(texts[k]);
                if (!ids || !std::equal(ids->begin(), ids->end(), expected[k].begin(), expected[k].end())) ++n_wrong[t];
            }
        });
    }
    for (std::thread& each : threads) each.join();
    CHECK(n_wrong == std::vector<std::size_t>(8));
}
