// SPDX-License-Identifier: MIT
#include "cria/bpe/growing_encoder.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bpe/cut_texts.hpp"
#include "bpe/random_vocabulary.hpp"
#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::id_list;
using cria_test::random_text;
using cria_test::token_spec;
using cria_test::tokenizer_with;

/// The ids of all of the text, without the EOS.
auto whole(const bpe::tokenizer& tokenizer, std::string_view text, const bpe::encode_options& options) -> id_list {
    id_list ids = cria_test::encode(tokenizer, text, options);
    if (options.add_special) ids.pop_back();
    return ids;
}

}  // namespace

TEST_CASE("a growing text always has the ids of all of it, and what is said to be the same is") {
    cria_test::random_numbers random(8);
    for (const std::string_view pre : {"gpt-2", "llama-bpe", "qwen2", "deepseek-llm", "deepseek-coder", "falcon", "starcoder"}) {
        for (const std::vector<token_spec>& special : {std::vector<token_spec>{}, {{"a b", token_type::user_defined}}, {{"x\na", token_type::control}, {"b", token_type::user_defined}}}) {
            const bpe::tokenizer tokenizer = tokenizer_with(pre, special);
            for (int round = 0; round < 20; ++round) {
                const std::string text = random_text(random, random.below(1500));
                const bpe::encode_options options{.add_special = random.below(2) == 0, .parse = random.below(2) == 0 ? bpe::parse_special::all : bpe::parse_special::user_defined, .dedup_bos = random.below(2) == 0};
                bpe::growing_encoder growing(tokenizer, options);
                id_list before;
                for (std::size_t at = 0; at < text.size();) {
                    const std::size_t n = std::min<std::size_t>(random.below(4) == 0 ? random.below(200) : random.below(8), text.size() - at);
                    const auto n_same = growing.append(std::string_view(text).substr(at, n));
                    at += n;
                    REQUIRE(n_same);
                    const id_list now(growing.ids().begin(), growing.ids().end());
                    CAPTURE(pre, text, at);
                    CHECK(now == whole(tokenizer, std::string_view(text).substr(0, at), options));
                    REQUIRE(*n_same <= before.size());
                    REQUIRE(*n_same <= now.size());
                    CHECK(std::equal(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(*n_same), before.begin()));
                    CHECK((*n_same == before.size() || *n_same == now.size() || before[*n_same] != now[*n_same]));
                    CHECK(growing.size_bytes() == at);
                    before = now;
                }
                growing.clear();
                CHECK(growing.ids().empty());
                REQUIRE(growing.append("ab"));
                CHECK(id_list(growing.ids().begin(), growing.ids().end()) == whole(tokenizer, "ab", options));
            }
        }
    }
}

TEST_CASE("so has a growing text of characters, for any vocabulary") {
    cria_test::random_numbers random(9);
    for (int round = 0; round < 80; ++round) {
        const auto vocabulary = cria_test::make_vocabulary_with_ends(random, round);
        const bpe::tokenizer tokenizer = cria_test::make(vocabulary.settings, vocabulary.tokens, vocabulary.merges);
        for (int i = 0; i < 4; ++i) {
            const bpe::encode_options options{.add_special = random.below(2) == 0, .parse = random.below(2) == 0 ? bpe::parse_special::all : bpe::parse_special::none};
            const std::string text = cria_test::make_text(random, vocabulary) + random_text(random, random.below(200));
            bpe::growing_encoder growing(tokenizer, options);
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t n = std::min<std::size_t>(random.below(30), text.size() - at);
                REQUIRE(growing.append(std::string_view(text).substr(at, n)));
                at += n;
                CAPTURE(round, text, at);
                REQUIRE(id_list(growing.ids().begin(), growing.ids().end()) == whole(tokenizer, std::string_view(text).substr(0, at), options));
            }
        }
    }
}

TEST_CASE("what was settled stays, however long the text") {
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"▁"}, {"a"}, {"b"}, {"▁a", token_type::normal, 1}, {"ab", token_type::normal, 2}};
    cria_test::add_byte_tokens(tokens);
    const bpe::tokenizer each[] = {tokenizer_with("llama-bpe", {}), cria_test::make(cria_test::sentencepiece(true), tokens)};
    for (const bpe::tokenizer& tokenizer : each) {
        bpe::growing_encoder growing(tokenizer);
        std::size_t n_before = 0;
        for (int turn = 0; turn < 2000; ++turn) {
            const auto n_same = growing.append(" ab ab cab\nab 12 ab");
            REQUIRE(n_same);
            CHECK(*n_same + 2 >= n_before);
            n_before = growing.ids().size();
        }
    }
}

TEST_CASE("text that is refused leaves a growing text as it was, and names its place in all of it") {
    const bpe::tokenizer tokenizer = tokenizer_with("gpt-2", {});
    bpe::growing_encoder growing(tokenizer, {.on_invalid = bpe::invalid_utf8::reject});
    const std::string good = "ab ab ab ab";
    REQUIRE(growing.append(good));
    const id_list before(growing.ids().begin(), growing.ids().end());
    const auto refused = growing.append("a b\xFF");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().offset == good.size() + 3);
    CHECK(growing.size_bytes() == good.size());
    CHECK(id_list(growing.ids().begin(), growing.ids().end()) == before);
    REQUIRE(growing.append("a b"));
    CHECK(id_list(growing.ids().begin(), growing.ids().end()) == cria_test::encode(tokenizer, good + "a b"));
}
