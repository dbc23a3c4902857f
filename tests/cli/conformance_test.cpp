// SPDX-License-Identifier: MIT
// The vocabularies of real models, through the program.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

/// The texts of an .inp file: whatever stands between lines `__ggml_vocab_test__`, without the newline before that line.
auto texts_of(const std::string& input) -> std::vector<std::string> {
    constexpr std::string_view separator = "\n__ggml_vocab_test__\n";
    std::vector<std::string> texts;
    std::string_view rest = input;
    while (true) {
        const std::size_t end = rest.find(separator);
        if (end == std::string_view::npos) break;
        texts.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end + separator.size());
    }
    return texts;
}

/// `1 2 3` from ` 1 2 3` or `[1,2,3]`.
auto plain_ids(std::string line) -> std::string {
    for (char& c : line)
        if (c == '[' || c == ']' || c == ',') c = ' ';
    std::string out;
    for (const char c : line)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    while (!out.empty() && (out.back() == ' ' || out.back() == '\r')) out.pop_back();
    return out;
}

}  // namespace

TEST_CASE("tokenize --jsonl gives the reference ids of real vocabularies, and detokenize --jsonl the texts", "[conformance]") {
    for (const std::string_view name : {"llama-bpe", "qwen2", "gpt-2", "llama-spm", "phi-3", "falcon", "starcoder"}) {
        CAPTURE(name);
        const std::string model = vocabulary_path(name);
        if (!std::filesystem::exists(model)) return skip("no vocabularies under CRIA_SHARED_DIR");
        const auto texts = texts_of(read_text(model + ".inp"));
        const auto expected = lines_of(read_text(model + ".out"));
        REQUIRE(texts.size() > 30);
        REQUIRE(texts.size() == expected.size());

        std::string input;
        for (const std::string& text : texts) input += json(text).dump() + "\n";
        const outcome tokenized = run_cria({"tokenize", model, "--jsonl"}, input);
        CHECK(tokenized.status == 0);
        const auto lines = lines_of(tokenized.out);
        REQUIRE(lines.size() == texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            CAPTURE(texts[i]);
            CHECK(plain_ids(lines[i]) == plain_ids(expected[i]));
        }

        const outcome back = run_cria({"detokenize", model, "--jsonl"}, tokenized.out);
        CHECK(back.status == 0);
        const auto decoded = lines_of(back.out);
        REQUIRE(decoded.size() == texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) CHECK(json::parse(decoded[i]) == json(texts[i]));
    }
}

TEST_CASE("real texts survive tokenize --binary | detokenize --binary", "[conformance]") {
    for (const std::string_view name : {"llama-bpe", "qwen2", "llama-spm"}) {
        for (const std::string_view corpus : {"mars.chinese.txt", "mars.english.txt", "lipsum.emoji.txt"}) {
            CAPTURE(name, corpus);
            const std::string text = shared_path("corpora/" + std::string(corpus));
            const std::string model = vocabulary_path(name);
            if (!std::filesystem::exists(text) || !std::filesystem::exists(model)) return skip("no vocabularies or texts under CRIA_SHARED_DIR");
            const outcome ran = shell("\"$CRIA\" tokenize \"$MODEL\" --binary --file '" + text +
                                          "' | \"$CRIA\" detokenize \"$MODEL\" --binary | cmp - '" + text + "'",
                                      model);
            CHECK(ran.status == 0);
            CHECK(ran.out.empty());
        }
    }
}
