// SPDX-License-Identifier: MIT
// Vocabularies of real models against ids that llama.cpp's tests expect of them.
#include "cria/tokenizer_from_gguf.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/text_stream.hpp"
#include "support/catch.hpp"
#include "support/shared_data.hpp"

namespace {

namespace bpe = cria::bpe;

auto as_string(const std::vector<std::byte>& bytes) -> std::string {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Texts end with a line break and a line of their own that says so.
auto split_texts(std::string_view all) -> std::vector<std::string> {
    constexpr std::string_view end = "\n__ggml_vocab_test__\n";
    std::vector<std::string> texts;
    for (std::size_t at = all.find(end); at != std::string_view::npos; at = all.find(end)) {
        texts.emplace_back(all.substr(0, at));
        all.remove_prefix(at + end.size());
    }
    CHECK(all.empty());
    return texts;
}

/// One line of numbers a text.
auto split_ids(std::string_view all) -> std::vector<std::vector<bpe::token_id>> {
    std::vector<std::vector<bpe::token_id>> lines(1);
    std::optional<bpe::token_id> number;
    for (const char c : all) {
        if (c >= '0' && c <= '9') {
            number = number.value_or(0) * 10 + (c - '0');
            continue;
        }
        if (number) lines.back().push_back(*number);
        number.reset();
        if (c == '\n') lines.emplace_back();
    }
    lines.pop_back();  // behind the last line break
    return lines;
}

/// The texts are such that both compats give the same ids, even for Qwen: they are composed.
void check_vocabulary(std::string_view name, bpe::compat mode) {
    const auto file = cria_test::read_whole(cria_test::vocabulary_path(name));
    const auto inputs = cria_test::read_whole(cria_test::vocabulary_path(name) + ".inp");
    const auto outputs = cria_test::read_whole(cria_test::vocabulary_path(name) + ".out");
    if (!file || !inputs || !outputs) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");

    const auto contents = cria::gguf::parse({file->data(), file->size()});
    REQUIRE(contents);
    const auto tokenizer = cria::tokenizer_from(*contents, {.mode = mode});
    if (!tokenizer) FAIL(tokenizer.error().message());
    const auto texts = split_texts(as_string(*inputs));
    const auto expected = split_ids(as_string(*outputs));
    REQUIRE(texts.size() > 40);
    REQUIRE(texts.size() == expected.size());

    bpe::encoder encoder(*tokenizer);
    bpe::text_stream stream(*tokenizer);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CAPTURE(i, texts[i]);
        const auto ids = encoder.encode_with_offsets(texts[i]);
        REQUIRE(ids);
        CHECK(std::vector<bpe::token_id>(ids->begin(), ids->end()) == expected[i]);

        const auto decoded = tokenizer->decode(*ids, {.clean_spaces = false});
        REQUIRE(decoded);
        CHECK(decoded->view() == texts[i]);

        std::string streamed;
        const auto collect = [&](std::string_view piece) { streamed += piece; };
        for (const bpe::token_id id : *ids) REQUIRE(stream.push(id, collect));
        stream.finish(collect);
        CHECK(streamed == texts[i]);

        // The spans cover the text without gaps: no vocabulary here drops anything.
        std::size_t covered = 0;
        for (const bpe::byte_span& span : encoder.offsets()) {
            CHECK(span.begin == covered);
            covered = span.end;
        }
        CHECK(covered == texts[i].size());
    }
}

void check_vocabulary(std::string_view name) {
    check_vocabulary(name, bpe::compat::hf);
    check_vocabulary(name, bpe::compat::llama_cpp);
}

}  // namespace

TEST_CASE("llama-bpe: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("llama-bpe"); }
TEST_CASE("qwen2: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("qwen2"); }
TEST_CASE("gpt-2: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("gpt-2"); }
TEST_CASE("llama-spm: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("llama-spm"); }
TEST_CASE("phi-3: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("phi-3"); }
TEST_CASE("falcon: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("falcon"); }
TEST_CASE("starcoder: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("starcoder"); }
TEST_CASE("refact: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("refact"); }
TEST_CASE("mpt: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("mpt"); }
TEST_CASE("deepseek-llm: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("deepseek-llm"); }
TEST_CASE("deepseek-coder: texts encode to the reference ids and decode back", "[conformance]") { check_vocabulary("deepseek-coder"); }
