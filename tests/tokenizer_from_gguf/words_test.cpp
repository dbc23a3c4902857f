// SPDX-License-Identifier: MIT
// SentencePiece's vocabularies that models have: text encoded word by word, against all of it merged at once.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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

struct words_outcome {
    std::vector<token_id> ids;
    std::vector<bpe::byte_span> spans;
    friend auto operator==(const words_outcome&, const words_outcome&) -> bool = default;
};

auto encode(bpe::encoder& encoder, const std::vector<bpe::segment>& parts, const bpe::encode_options& options) -> words_outcome {
    const auto ids = encoder.encode_with_offsets(parts, options);
    REQUIRE(ids);
    words_outcome made{{ids->begin(), ids->end()}, {encoder.offsets().begin(), encoder.offsets().end()}};
    const auto without = encoder.encode(parts, options);
    REQUIRE(without);
    REQUIRE(std::equal(without->begin(), without->end(), made.ids.begin(), made.ids.end()));
    return made;
}

/// Calls `use(name, fast, plain)` for each vocabulary in both compats.
template <class Use>
void with_each(const Use& use) {
    for (const std::string name : {"conformance/vocab/llama-spm.gguf", "conformance/vocab/phi-3.gguf", "models/aidreams260K.gguf"}) {
        const auto bytes = cria_test::read_whole(cria_test::shared_path(name));
        if (!bytes) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        const auto file = cria::gguf::parse(*bytes);
        REQUIRE(file);
        for (const bpe::compat mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
            const auto fast = cria::tokenizer_from(*file, {.mode = mode});
            const auto plain = cria::tokenizer_from(*file, {.mode = mode, .is_plain = true});
            REQUIRE((fast && plain));
            use(name, *fast, *plain);
        }
    }
}

constexpr std::string_view atoms[] = {
    " ", " ", "  ", "   ", "                 ", "▁", "▁▁", "\n", "\n\n", "\t", "\r\n", "a", "the", " the", "hello", " world", "Hello", ",", ".", "(", ")", "==", "->", "//", "_", "0", "12", "2024", " 3",
    "é", "ü", "п", "рус", " ский", "с ", "中", "文", "中文", "日本", "ไทย", "हिन्दी", "عرب", "한국", "😀", "😀😀", "\xEF\xBB\xBF", "e\xCC\x81", "<s>", "</s>", "<unk>", "<0x0A>", "<|end|>", "<|user|>", "\x01",
    std::string_view("\0", 1), "\xC2\xA0", "\xE3\x80\x80",
};
constexpr std::string_view faults[] = {"\xFF", "\x80", "\xE2", "\xE2\x96", "\x81", "\x96\x81", "\xC0\xA0", "\xED\xA0\x80", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xE2 ", "\xC2"};

auto random_text(random_numbers& random, std::uint64_t most, bool has_faults) -> std::string {
    std::string text;
    for (std::uint64_t n = random.below(most); n != 0; --n) text += has_faults && random.below(8) == 0 ? faults[random.below(std::size(faults))] : atoms[random.below(std::size(atoms))];
    return text;
}

}  // namespace

TEST_CASE("words of models' vocabularies are encoded as they would be in the whole text") {
    with_each([](const std::string& name, const bpe::tokenizer& fast, const bpe::tokenizer& plain) {
        bpe::encoder one(fast), other(plain);
        random_numbers random(71);
        for (int round = 0; round < 1500; ++round) {
            const std::string text = random_text(random, 60, round % 3 == 0);
            const bpe::encode_options options{.add_special = round % 2 == 0, .on_invalid = std::vector{bpe::invalid_utf8::automatic, bpe::invalid_utf8::replace, bpe::invalid_utf8::llama_cpp}[random.below(3)]};
            for (const bpe::parse_special parse : {bpe::parse_special::none, bpe::parse_special::all}) {
                const auto expected = encode(other, {{text, parse}}, options), found = encode(one, {{text, parse}}, options);
                if (found == expected) continue;
                CAPTURE(name, round, text, static_cast<int>(parse));
                REQUIRE(found.ids == expected.ids);
                REQUIRE(found == expected);
            }
        }
    });
}

TEST_CASE("a text of two segments is encoded the same wherever they meet") {
    with_each([](const std::string& name, const bpe::tokenizer& fast, const bpe::tokenizer& plain) {
        bpe::encoder one(fast), other(plain);
        random_numbers random(72);
        for (int round = 0; round < 4; ++round) {
            const std::string text = random_text(random, 60, false);
            for (std::size_t at = 0; at <= text.size(); ++at) {
                const std::vector<bpe::segment> parts = {{std::string_view(text).substr(0, at), bpe::parse_special::all}, {std::string_view(text).substr(at), bpe::parse_special::none}};
                CAPTURE(name, text, at);
                REQUIRE(encode(one, parts, {}) == encode(other, parts, {}));
            }
        }
    });
}

TEST_CASE("articles in many scripts are encoded the same by words, the first time and again") {
    with_each([](const std::string& name, const bpe::tokenizer& fast, const bpe::tokenizer& plain) {
        bpe::encoder one(fast), other(plain);
        for (const std::string corpus : {"mars.english.txt", "mars.chinese.txt", "mars.thai.txt", "mars.arabic.txt", "mars.russian.txt", "mars.korean.txt", "lipsum.emoji.txt"}) {
            const auto content = cria_test::read_whole(cria_test::shared_path("corpora/" + corpus));
            if (!content) return cria_test::skip("no texts under CRIA_SHARED_DIR");
            const std::string text = std::string(reinterpret_cast<const char*>(content->data()), content->size()).substr(0, 60'000);
            const auto expected = encode(other, {{text}}, {});
            CAPTURE(name, corpus);
            for (int pass = 0; pass < 2; ++pass) REQUIRE(encode(one, {{text}}, {}) == expected);
        }
    });
}
