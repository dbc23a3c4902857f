// SPDX-License-Identifier: MIT
#include "cria/bpe/parallel.hpp"

#include <atomic>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/cut_texts.hpp"
#include "bpe/random_vocabulary.hpp"
#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::id_list;
using cria_test::random_text;
using cria_test::token_spec;
using cria_test::tokenizer_with;

auto serial(const bpe::tokenizer& tokenizer, std::string_view text, const bpe::encode_options& options) -> cria::result<id_list> {
    CRIA_TRY(const auto ids, tokenizer.encode(text, options));
    return id_list(ids.begin(), ids.end());
}

struct outcome {
    id_list ids;
    std::vector<bpe::byte_span> spans;
    friend auto operator==(const outcome&, const outcome&) -> bool = default;
};

auto on_one_thread(const bpe::tokenizer& tokenizer, std::string_view text, const bpe::encode_options& options) -> outcome {
    bpe::encoder encoder(tokenizer);
    const auto ids = encoder.encode_with_offsets(text, options);
    REQUIRE(ids);
    return {{ids->begin(), ids->end()}, {encoder.offsets().begin(), encoder.offsets().end()}};
}

auto with_offsets(bpe::parallel_encoder& encoder, std::string_view text, const bpe::encode_options& options) -> outcome {
    const auto ids = encoder.encode_with_offsets(text, options);
    REQUIRE(ids);
    return {{ids->begin(), ids->end()}, {encoder.offsets().begin(), encoder.offsets().end()}};
}

/// What encode_parts_with_offsets hands over, put together again.
auto in_parts(bpe::parallel_encoder& encoder, std::string_view text, const bpe::encode_options& options, std::size_t* n_parts = nullptr) -> outcome {
    outcome all;
    std::string read;
    std::vector<outcome> waiting(encoder.n_threads());
    const auto done = encoder.encode_parts_with_offsets(
        text, options,
        [&](const bpe::encoded_part& part) -> cria::result<void> {
            waiting[part.thread] = {{part.ids.begin(), part.ids.end()}, {part.offsets.begin(), part.offsets.end()}};
            return {};
        },
        [&](const bpe::encoded_part& part) -> cria::result<void> {
            const outcome& own = waiting[part.thread];
            read += part.text;
            if (n_parts != nullptr) ++*n_parts;
            all.ids.insert(all.ids.end(), own.ids.begin(), own.ids.end());
            all.spans.insert(all.spans.end(), own.spans.begin(), own.spans.end());
            return {};
        });
    REQUIRE(done);
    CHECK((read == text));
    return all;
}

}  // namespace

TEST_CASE("one text on several threads has the ids that one thread gives, wherever it is cut") {
    cria_test::random_numbers random(3);
    for (const std::string_view pre : {"gpt-2", "llama-bpe", "qwen2", "deepseek-llm", "deepseek-coder", "falcon", "starcoder"}) {
        for (const std::vector<token_spec>& special : {std::vector<token_spec>{}, {{"a b", token_type::user_defined}}, {{"x\na", token_type::control}, {"b", token_type::user_defined}}}) {
            const bpe::tokenizer tokenizer = tokenizer_with(pre, special);
            for (int round = 0; round < 40; ++round) {
                const std::string text = random_text(random, random.below(3000));
                auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 1 + static_cast<unsigned>(random.below(4)), .part_bytes = 1 + random.below(300)});
                REQUIRE(encoder);
                const bpe::encode_options options{.add_special = random.below(2) == 0, .parse = random.below(2) == 0 ? bpe::parse_special::all : bpe::parse_special::user_defined, .dedup_bos = random.below(2) == 0};
                for (const std::string_view part : {std::string_view(text), std::string_view(text).substr(0, text.size() / 3)}) {  // memory is kept
                    const auto wanted = serial(tokenizer, part, options);
                    const auto found = encoder->encode(part, options);
                    REQUIRE(wanted);
                    REQUIRE(found);
                    CAPTURE(pre, part);
                    CHECK(id_list(found->begin(), found->end()) == *wanted);
                    CHECK(encoder->offsets().empty());
                    const outcome alone = on_one_thread(tokenizer, part, options);
                    CHECK(with_offsets(*encoder, part, options) == alone);
                    CHECK(in_parts(*encoder, part, options) == alone);
                }
            }
        }
    }
}

TEST_CASE("the same of a text of characters, for any vocabulary") {
    cria_test::random_numbers random(71);
    std::size_t n_parts = 0;
    for (int round = 0; round < 200; ++round) {
        const auto vocabulary = cria_test::make_vocabulary_with_ends(random, round);
        const bpe::tokenizer tokenizer = cria_test::make(vocabulary.settings, vocabulary.tokens, vocabulary.merges);
        for (int i = 0; i < 8; ++i) {
            std::string text;
            for (std::uint64_t n = random.below(8); n != 0; --n) text += random.below(2) == 0 ? cria_test::make_text(random, vocabulary) : random_text(random, random.below(200));
            auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 1 + static_cast<unsigned>(random.below(4)), .part_bytes = 1 + random.below(30)});
            REQUIRE(encoder);
            const bpe::parse_special trust[] = {bpe::parse_special::none, bpe::parse_special::user_defined, bpe::parse_special::all};
            const bpe::encode_options options{.add_special = random.below(2) == 0, .parse = trust[random.below(3)], .on_invalid = random.below(3) == 0 ? bpe::invalid_utf8::llama_cpp : bpe::invalid_utf8::automatic};
            const outcome wanted = on_one_thread(tokenizer, text, options);
            const auto found = encoder->encode(text, options);
            REQUIRE(found);
            CAPTURE(round, i, text);
            REQUIRE(id_list(found->begin(), found->end()) == wanted.ids);
            REQUIRE(with_offsets(*encoder, text, options) == wanted);
            REQUIRE(in_parts(*encoder, text, options, &n_parts) == wanted);
        }
    }
    CHECK(n_parts > 5'000);
}

TEST_CASE("a long text is cut into parts, and ids come in order") {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += i % 11 == 0 ? "\nab" : " ab";
    std::vector<token_spec> tokens = {{"<unk>", token_type::unknown}, {"▁"}, {"a"}, {"b"}, {"▁a", token_type::normal, 1}, {"ab", token_type::normal, 2}};
    cria_test::add_byte_tokens(tokens);
    const bpe::tokenizer each[] = {tokenizer_with("llama-bpe", {}), cria_test::make(cria_test::sentencepiece(true), tokens)};
    for (const bpe::tokenizer& tokenizer : each) {
        for (const unsigned n_threads : {1U, 3U}) {
            auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = n_threads, .part_bytes = 4096});
            REQUIRE(encoder);
            const auto wanted = serial(tokenizer, text, {.add_special = true});
            const auto found = encoder->encode(text, {.add_special = true});
            REQUIRE(wanted);
            REQUIRE(found);
            CHECK((id_list(found->begin(), found->end()) == *wanted));
            std::size_t n_parts = 0;
            CHECK((in_parts(*encoder, text, {.add_special = true}, &n_parts).ids == *wanted));
            CHECK(n_parts > text.size() / 4200);
        }
    }
}

TEST_CASE("parts are passed on one at a time, until somebody fails, and that is the error") {
    const bpe::tokenizer tokenizer = tokenizer_with("llama-bpe", {});
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += " ab";
    auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 4, .part_bytes = 1000});
    REQUIRE(encoder);
    for (const bool is_using : {true, false}) {
        std::atomic<int> n_inside = 0, n_used = 0;
        std::atomic<bool> had_offsets = false, was_together = false;  // assertions are for this thread alone
        int n_passed = 0;
        const auto done = encoder->encode_parts(
            text, {},
            [&](const bpe::encoded_part& part) -> cria::result<void> {
                if (!part.offsets.empty()) had_offsets = true;
                if (is_using && n_used++ == 40) return cria::error{cria::errc::io_error, "use"};
                return {};
            },
            [&](const bpe::encoded_part&) -> cria::result<void> {
                if (++n_inside != 1) was_together = true;
                if (!is_using && n_passed == 20) return --n_inside, cria::error{cria::errc::io_error, "pass on"};
                ++n_passed;
                --n_inside;
                return {};
            });
        REQUIRE_FALSE(done);
        CHECK(done.error().subject.view() == (is_using ? "use" : "pass on"));
        CHECK_FALSE(had_offsets);
        CHECK_FALSE(was_together);
        CHECK(n_passed <= 43);
        CHECK((is_using || n_passed == 20));
    }
    std::size_t n_parts = 0;
    CHECK(in_parts(*encoder, "", {}, &n_parts).ids.empty());
    CHECK(n_parts == 1);
}

TEST_CASE("the first thing that is wrong with a text is its error, at its place in all of it") {
    const bpe::tokenizer tokenizer = tokenizer_with("gpt-2", {});
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += " ab";
    for (const std::size_t at : {std::size_t{3}, std::size_t{30'000}, text.size() - 1}) {
        std::string broken = text;
        broken[at] = '\xFF';
        broken[text.size() - 1] = '\xFF';
        auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 4, .part_bytes = 1000});
        REQUIRE(encoder);
        const auto found = encoder->encode(broken, {.on_invalid = bpe::invalid_utf8::reject});
        REQUIRE_FALSE(found);
        CHECK(found.error().code == cria::errc::invalid_value);
        CHECK(found.error().offset == at);
    }
}

TEST_CASE("each of many texts has the ids that it has by itself") {
    cria_test::random_numbers random(4);
    const bpe::tokenizer tokenizer = tokenizer_with("llama-bpe", {{"a b", token_type::user_defined}});
    for (int round = 0; round < 20; ++round) {
        std::vector<std::string> texts(random.below(2000));
        for (std::string& text : texts) text = random_text(random, random.below(5) == 0 ? 0 : random.below(200));
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 1 + static_cast<unsigned>(random.below(4))});
        REQUIRE(encoder);
        const bpe::encode_options options{.add_special = round % 2 == 0, .parse = bpe::parse_special::all};
        for (const std::size_t n : {views.size(), views.size() / 2}) {
            const auto found = encoder->encode_each(std::span(views).first(n), options);
            REQUIRE(found);
            REQUIRE(found->size() == n);
            bool are_same = true;
            for (std::size_t i = 0; i < n; ++i) {
                const auto wanted = serial(tokenizer, views[i], options);
                REQUIRE(wanted);
                are_same = are_same && id_list((*found)[i].begin(), (*found)[i].end()) == *wanted;
            }
            CHECK(are_same);
        }
    }
}

TEST_CASE("of many texts the first that is wrong is named") {
    const bpe::tokenizer tokenizer = tokenizer_with("gpt-2", {});
    std::vector<std::string_view> texts(5000, "ab ab");
    texts[1234] = "a\xFF";
    texts[1235] = texts[4999] = "\xFF";
    auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 4});
    REQUIRE(encoder);
    const auto found = encoder->encode_each(texts, {.on_invalid = bpe::invalid_utf8::reject});
    REQUIRE_FALSE(found);
    CHECK(found.error().subject.view() == "texts[1234]");
    CHECK(found.error().offset == 1);
    REQUIRE(encoder->encode_each(std::span(texts).first(1000)));
}

TEST_CASE("a pretokenizer of the caller's is called on the calling thread, and what it throws reaches the caller") {
    struct stopped {};
    int n_calls = 0;
    bool throws = false;
    const auto whole = [&](std::string_view text, bpe::piece_ends end_at) {
        ++n_calls;
        if (throws) throw stopped{};
        end_at(text.size());
    };
    auto settings = cria_test::byte_level();
    settings.split = bpe::pretokenizer::by(whole);
    const bpe::tokenizer tokenizer = cria_test::make(settings, all_bytes());
    const std::vector<std::string_view> texts(1000, "ab");
    auto encoder = bpe::parallel_encoder::make(tokenizer, {.n_threads = 4});
    REQUIRE(encoder);
    REQUIRE(encoder->encode_each(texts));
    CHECK(n_calls == 1000);
    throws = true;
    CHECK_THROWS_AS(static_cast<void>(encoder->encode_each(texts)), stopped);
    throws = false;
    CHECK(encoder->encode_each(texts));
}
