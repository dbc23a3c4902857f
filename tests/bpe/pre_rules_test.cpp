// SPDX-License-Identifier: MIT
#include "cria/bpe/pre_rules.hpp"

#include "support/catch.hpp"

#include <string_view>

namespace bpe = cria::bpe;
using family = bpe::pretokenizer_family;

static_assert(bpe::find_pre("llama-bpe")->family == family::llama3, "the rules are constants");

TEST_CASE("no two rules have one name") {
    for (const auto& rule : bpe::pre_rules()) {
        CHECK(bpe::find_pre(rule.name) == &rule);
        CHECK_FALSE(rule.name.empty());
    }
}

TEST_CASE("find_pre refuses names whose rules it does not have") {
    for (const auto* name : {"whitespace", "chameleon", "kimi-k25", "llama", "LLAMA-BPE", "llama-bpe ", "qwen", "x"}) {
        CAPTURE(name);
        CHECK(bpe::find_pre(name) == nullptr);
    }
    CHECK(bpe::find_pre(std::string_view{"gpt-2\0", 6}) == nullptr);
}

TEST_CASE("an empty name is the rule default") {
    REQUIRE(bpe::find_pre("") != nullptr);
    CHECK(bpe::find_pre("") == bpe::find_pre("default"));
    CHECK(bpe::find_pre("")->family == family::default_);
}

TEST_CASE("the names of one family differ in what they switch") {
    struct expected {
        std::string_view name;
        family in;
        bool ignore_merges, add_bos, add_sep, clean_spaces, has_default_bos;
    };
    const expected rows[] = {
        {"llama-bpe", family::llama3, true, true, false, true, true},
        {"falcon3", family::llama3, true, true, false, true, true},
        {"lfm2", family::llama3, true, true, false, true, true},
        {"smaug-bpe", family::llama3, false, false, false, true, true},
        {"dbrx", family::llama3, false, false, false, true, true},
        {"glm4", family::llama3, true, false, false, true, false},
        {"chatglm-bpe", family::llama3, false, false, false, true, false},
        {"qwen2", family::qwen2, false, false, false, false, true},
        {"deepseek-r1-qwen", family::qwen2, false, false, false, false, true},
        {"stablelm2", family::qwen2, false, false, false, true, true},
        {"qwen35", family::qwen35, false, false, false, false, true},
        {"seed-coder", family::seed, false, false, false, false, true},
        {"smollm", family::digit1, false, false, false, false, true},
        {"command-r", family::digit1, false, false, false, false, true},
        {"starcoder", family::digit1, false, false, false, true, true},
        {"refact", family::digit1, false, false, false, true, true},
        {"gpt-2", family::gpt2, false, false, false, true, true},
        {"mpt", family::gpt2, false, false, false, true, true},
        {"roberta-bpe", family::gpt2, false, false, true, true, true},
        {"granite-docling", family::gpt2, false, false, false, false, true},
        {"falcon", family::falcon, false, false, false, true, true},
        {"default", family::default_, false, false, false, true, true},
        {"tekken", family::tekken, true, true, false, false, true},
        {"gpt-4o", family::o200k, false, false, false, false, true},
        {"llama4", family::o200k, false, false, false, false, true},
        {"granite-embed-multi-97m", family::o200k_marks, true, false, false, false, true},
        {"kimi-k2", family::kimi, false, false, false, false, true},
        {"afmoe", family::afmoe, false, false, false, false, true},
        {"tiny_aya", family::aya, false, false, false, false, true},
        {"youtu", family::youtu, true, false, false, false, true},
        {"bailingmoe2", family::bailing, false, false, false, false, true},
        {"exaone-moe", family::exaone_moe, false, false, false, true, true},
        {"minicpm5", family::minicpm5, true, false, false, true, true},
        {"laguna", family::laguna, false, false, false, false, true},
        {"jais-2", family::jais2, false, false, false, true, true},
        {"superbpe", family::superbpe, false, false, false, false, true},
        {"ufakzeka", family::ufakzeka, false, false, false, false, true},
        {"bloom", family::bloom, false, false, false, true, true},
        {"poro-chat", family::bloom, false, false, false, false, true},
        {"viking", family::viking, false, false, false, false, true},
        {"deepseek-llm", family::deepseek_llm, false, false, false, false, true},
        {"deepseek-coder", family::deepseek_coder, false, false, false, false, true},
        {"deepseek-v3", family::deepseek3, false, false, false, false, true},
        {"hunyuan-dense", family::deepseek3, false, false, false, false, true},
        {"spark2_5", family::spark, false, false, false, false, true},
        {"gemma4", family::newline, false, true, false, true, true},
        {"sarvam-moe", family::newline, false, false, false, false, true},
    };
    for (const auto& row : rows) {
        CAPTURE(row.name);
        const auto* rule = bpe::find_pre(row.name);
        REQUIRE(rule != nullptr);
        CHECK(rule->family == row.in);
        CHECK(rule->ignore_merges == row.ignore_merges);
        CHECK(rule->add_bos == row.add_bos);
        CHECK(rule->add_sep == row.add_sep);
        CHECK(rule->clean_spaces == row.clean_spaces);
        CHECK(rule->has_default_bos == row.has_default_bos);
    }
}

TEST_CASE("vocabularies that are not byte-level say so, and only they") {
    for (const auto& rule : bpe::pre_rules()) {
        CAPTURE(rule.name);
        const auto is_gemma = rule.name == "gemma4" || rule.name == "granite-embed-multi-311m";
        const auto is_plain = is_gemma || rule.name == "sarvam-moe";
        CHECK(rule.byte_encode == !is_plain);
        CHECK(rule.escape_whitespaces == is_plain);
        CHECK(rule.forces_bos == is_gemma);
        CHECK(rule.whole_newlines == is_gemma);
        CHECK(rule.needs_merges == (rule.name != "kimi-k2"));
        CHECK(rule.nfc == (rule.name == "qwen2" || rule.name == "qwen35"));
    }
    CHECK(bpe::pre_rules().size() == 89);  // llama.cpp's 91 without chameleon and whitespace
}
