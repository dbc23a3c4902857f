// SPDX-License-Identifier: MIT
// Ids that Hugging Face's tokenizers and llama.cpp have given, as digests. tests/golden/tokenizers/*.txt say of what, when
// and by which version; tests/conformance/encode_conformance.py writes them and compares text by text where one of these
// tests fails.
#include "cria/tokenizer_from_gguf.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "golden/tokenizer_texts.hpp"
#include "support/catch.hpp"
#include "support/shared_data.hpp"

namespace {

namespace bpe = cria::bpe;

struct golden_set {
    std::string parse, name;
    std::size_t n = 0, n_texts = 0;
    std::uint64_t text_digest = 0, id_digest = 0;
    std::set<std::size_t> without;  // numbers of the texts to which there was no answer
};

struct golden_file {
    std::string mode, vocabulary, pre;
    cria_test::text_choice choice;
    std::vector<golden_set> sets;
};

auto read_golden(const std::string& path) -> std::optional<golden_file> {
    std::ifstream in(path);
    if (!in) return std::nullopt;
    golden_file golden;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string key;
        words >> key;
        if (key == "mode") words >> golden.mode;
        if (key == "vocabulary") words >> golden.vocabulary;
        if (key == "pre") words >> golden.pre;
        if (key == "seed") words >> golden.choice.seed;
        if (key == "step") words >> golden.choice.step;
        if (key == "every") words >> golden.choice.every;
        if (key == "without") {
            REQUIRE_FALSE(golden.sets.empty());
            for (std::size_t i = 0; words >> i;) golden.sets.back().without.insert(i);
        }
        if (key != "set") continue;
        golden_set set;
        words >> set.parse >> set.name >> set.n >> set.n_texts >> std::hex >> set.text_digest >> set.id_digest;
        REQUIRE(words);
        golden.sets.push_back(set);
    }
    REQUIRE_FALSE(golden.sets.empty());
    return golden;
}

void check_golden(std::string_view name) {
    const auto golden = read_golden(std::string(CRIA_GOLDEN_DIR) + "/tokenizers/" + std::string(name) + ".txt");
    REQUIRE(golden);

    // Those that the conformance run has made or fetched are in the build folder, if it was ever run.
    auto bytes = cria_test::read_whole(cria_test::vocabulary_path(golden->vocabulary));
    if (!bytes) bytes = cria_test::read_whole(std::string(CRIA_MADE_VOCABULARIES_DIR) + "/" + golden->vocabulary + ".gguf");
    if (!bytes) return cria_test::skip("this vocabulary is neither under CRIA_SHARED_DIR nor made by tests/conformance/encode_conformance.py");
    const auto contents = cria::gguf::parse({bytes->data(), bytes->size()});
    REQUIRE(contents);

    bpe::tokenizer_options options;
    options.mode = golden->mode == "hf" ? bpe::compat::hf : bpe::compat::llama_cpp;
    if (golden->pre != "-") options.pre = golden->pre;
    const auto tokenizer = cria::tokenizer_from(*contents, options);
    if (!tokenizer) FAIL(tokenizer.error().message());
    bpe::encoder encoder(*tokenizer);
    const auto words = cria_test::words_of(contents->metadata());
    const auto inputs = cria_test::read_whole(cria_test::vocabulary_path(golden->vocabulary) + ".inp");

    for (const golden_set& set : golden->sets) {
        CAPTURE(name, set.parse, set.name);
        bpe::encode_options how;
        how.parse = set.parse == "none" ? bpe::parse_special::none : set.parse == "user_defined" ? bpe::parse_special::user_defined : bpe::parse_special::all;
        how.add_special = set.parse == "add_special";
        std::size_t n_texts = 0;
        cria_test::digest text_digest, id_digest;
        std::string failure;
        const auto sink = [&](std::string_view text) {
            text_digest.add_text(text);
            const auto ids = encoder.encode(text, how);  // must go well even where there is nothing to compare with
            if (!ids) failure = ids.error().message();
            else if (!set.without.contains(n_texts)) id_digest.add_ids(*ids);
            ++n_texts;
        };
        if (set.name == "inp") {
            REQUIRE(inputs);
            cria_test::make_file_texts({reinterpret_cast<const char*>(inputs->data()), inputs->size()}, sink);
        } else {
            cria_test::text_choice choice = golden->choice;
            choice.n = set.n;
            cria_test::make_texts(set.name, words, choice, sink);
        }
        CHECK(failure.empty());
        // Other texts: this library is not at fault, the golden files are to be written anew.
        REQUIRE(n_texts == set.n_texts);
        REQUIRE(text_digest.value() == set.text_digest);
        CHECK(id_digest.value() == set.id_digest);
    }
}

}  // namespace

TEST_CASE("a character has the bytes that arithmetic gives it, and a number that is none too") {
    CHECK(cria_test::texts::spelled(0x7F) == "\x7F");
    CHECK(cria_test::texts::spelled(0x80) == "\xC2\x80");
    CHECK(cria_test::texts::spelled(0x20AC) == "\u20AC");
    CHECK(cria_test::texts::spelled(0x10FFFF) == "\U0010FFFF");
    CHECK(cria_test::texts::spelled(0x110000) == "\xF4\x90\x80\x80");
}

TEST_CASE("the random texts that are said to be UTF-8 are, and the damaged ones mostly are not") {
    const cria_test::vocabulary_words words{{"abc", "\xC3", " d\u00E9"}, {"<|special|>", "<\uFF5Cend\uFF5C>"}};
    for (const cria_test::text_set& set : cria_test::text_sets) {
        CAPTURE(set.name);
        std::size_t n_texts = 0, n_valid = 0;
        cria_test::make_texts(set.name, words, {.n = 2000, .step = 997}, [&](std::string_view text) {
            ++n_texts;
            if (cria::utf8::is_valid(text)) ++n_valid;
        });
        CHECK(n_texts > 5);
        if (set.is_utf8) CHECK(n_valid == n_texts);
        else CHECK(n_valid < n_texts / 2);
    }
}

// One for each file, so that they run beside one another.
TEST_CASE("ids are Hugging Face's: deepseek-coder", "[conformance]") { check_golden("hf-deepseek-coder"); }
TEST_CASE("ids are Hugging Face's: deepseek-llm", "[conformance]") { check_golden("hf-deepseek-llm"); }
TEST_CASE("ids are Hugging Face's: falcon", "[conformance]") { check_golden("hf-falcon"); }
TEST_CASE("ids are Hugging Face's: gemma4", "[conformance]") { check_golden("hf-gemma4"); }
TEST_CASE("ids are Hugging Face's: gpt-2", "[conformance]") { check_golden("hf-gpt-2"); }
TEST_CASE("ids are Hugging Face's: llama-bpe", "[conformance]") { check_golden("hf-llama-bpe"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre afmoe", "[conformance]") { check_golden("hf-llama-bpe_as_afmoe"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre bailingmoe", "[conformance]") { check_golden("hf-llama-bpe_as_bailingmoe"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre bloom", "[conformance]") { check_golden("hf-llama-bpe_as_bloom"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre deepseek-v3", "[conformance]") { check_golden("hf-llama-bpe_as_deepseek-v3"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre default", "[conformance]") { check_golden("hf-llama-bpe_as_default"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre exaone-moe", "[conformance]") { check_golden("hf-llama-bpe_as_exaone-moe"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre gpt-4o", "[conformance]") { check_golden("hf-llama-bpe_as_gpt-4o"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre granite-embed-multi-97m", "[conformance]") { check_golden("hf-llama-bpe_as_granite-embed-multi-97m"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre jais-2", "[conformance]") { check_golden("hf-llama-bpe_as_jais-2"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre kimi-k2", "[conformance]") { check_golden("hf-llama-bpe_as_kimi-k2"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre laguna", "[conformance]") { check_golden("hf-llama-bpe_as_laguna"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre minicpm5", "[conformance]") { check_golden("hf-llama-bpe_as_minicpm5"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre qwen35", "[conformance]") { check_golden("hf-llama-bpe_as_qwen35"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre seed-coder", "[conformance]") { check_golden("hf-llama-bpe_as_seed-coder"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre smaug-bpe", "[conformance]") { check_golden("hf-llama-bpe_as_smaug-bpe"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre spark2_5", "[conformance]") { check_golden("hf-llama-bpe_as_spark2_5"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre superbpe", "[conformance]") { check_golden("hf-llama-bpe_as_superbpe"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre tiny_aya", "[conformance]") { check_golden("hf-llama-bpe_as_tiny_aya"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre ufakzeka", "[conformance]") { check_golden("hf-llama-bpe_as_ufakzeka"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre viking", "[conformance]") { check_golden("hf-llama-bpe_as_viking"); }
TEST_CASE("ids are Hugging Face's: llama-bpe, pre youtu", "[conformance]") { check_golden("hf-llama-bpe_as_youtu"); }
TEST_CASE("ids are Hugging Face's: llama-spm", "[conformance]") { check_golden("hf-llama-spm"); }
TEST_CASE("ids are Hugging Face's: mpt", "[conformance]") { check_golden("hf-mpt"); }
TEST_CASE("ids are Hugging Face's: phi-3", "[conformance]") { check_golden("hf-phi-3"); }
TEST_CASE("ids are Hugging Face's: qwen2", "[conformance]") { check_golden("hf-qwen2"); }
TEST_CASE("ids are Hugging Face's: refact", "[conformance]") { check_golden("hf-refact"); }
TEST_CASE("ids are Hugging Face's: smollm", "[conformance]") { check_golden("hf-smollm"); }
TEST_CASE("ids are Hugging Face's: starcoder", "[conformance]") { check_golden("hf-starcoder"); }
TEST_CASE("ids are Hugging Face's: tekken", "[conformance]") { check_golden("hf-tekken"); }

TEST_CASE("ids are llama.cpp's: deepseek-coder", "[conformance]") { check_golden("llama_cpp-deepseek-coder"); }
TEST_CASE("ids are llama.cpp's: deepseek-llm", "[conformance]") { check_golden("llama_cpp-deepseek-llm"); }
TEST_CASE("ids are llama.cpp's: falcon", "[conformance]") { check_golden("llama_cpp-falcon"); }
TEST_CASE("ids are llama.cpp's: gemma4", "[conformance]") { check_golden("llama_cpp-gemma4"); }
TEST_CASE("ids are llama.cpp's: gpt-2", "[conformance]") { check_golden("llama_cpp-gpt-2"); }
TEST_CASE("ids are llama.cpp's: llama-bpe", "[conformance]") { check_golden("llama_cpp-llama-bpe"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre afmoe", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_afmoe"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre bailingmoe", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_bailingmoe"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre bloom", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_bloom"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre deepseek-v3", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_deepseek-v3"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre default", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_default"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre exaone-moe", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_exaone-moe"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre gpt-4o", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_gpt-4o"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre granite-embed-multi-97m", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_granite-embed-multi-97m"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre jais-2", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_jais-2"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre kimi-k2", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_kimi-k2"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre laguna", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_laguna"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre minicpm5", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_minicpm5"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre qwen35", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_qwen35"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre seed-coder", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_seed-coder"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre smaug-bpe", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_smaug-bpe"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre spark2_5", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_spark2_5"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre superbpe", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_superbpe"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre tiny_aya", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_tiny_aya"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre ufakzeka", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_ufakzeka"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre viking", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_viking"); }
TEST_CASE("ids are llama.cpp's: llama-bpe, pre youtu", "[conformance]") { check_golden("llama_cpp-llama-bpe_as_youtu"); }
TEST_CASE("ids are llama.cpp's: llama-spm", "[conformance]") { check_golden("llama_cpp-llama-spm"); }
TEST_CASE("ids are llama.cpp's: mpt", "[conformance]") { check_golden("llama_cpp-mpt"); }
TEST_CASE("ids are llama.cpp's: phi-3", "[conformance]") { check_golden("llama_cpp-phi-3"); }
TEST_CASE("ids are llama.cpp's: qwen2", "[conformance]") { check_golden("llama_cpp-qwen2"); }
TEST_CASE("ids are llama.cpp's: refact", "[conformance]") { check_golden("llama_cpp-refact"); }
TEST_CASE("ids are llama.cpp's: smollm", "[conformance]") { check_golden("llama_cpp-smollm"); }
TEST_CASE("ids are llama.cpp's: starcoder", "[conformance]") { check_golden("llama_cpp-starcoder"); }
TEST_CASE("ids are llama.cpp's: tekken", "[conformance]") { check_golden("llama_cpp-tekken"); }
