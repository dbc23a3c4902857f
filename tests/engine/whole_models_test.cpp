// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cria/llama/model.hpp"
#include "engine/generation.hpp"
#include "engine/perplexity.hpp"
#include "engine/sampler.hpp"
#include "engine/transformer.hpp"
#include "support/catch.hpp"
#include "support/shared_data.hpp"

// Trained models from prompt to text, beside what llama.cpp 0.3.36 says with all weights and the cache in F32
// (shared/conformance/engine/README.md). SmolLM2 is fetched by the build's target cria_smollm2.

namespace {

using engine::token_id;

constexpr std::string_view smollm2 = CRIA_SMOLLM2;

auto aidreams() -> std::string { return cria_test::shared_path("models/aidreams260K.gguf"); }
auto wikitext() -> std::string { return cria_test::shared_path("corpora/wikitext-2.test.txt"); }
auto is_there(std::string_view path) -> bool { return std::filesystem::exists(path); }
void skip_smollm2() { cria_test::skip("no SmolLM2: build the target cria_smollm2"); }

auto opened(std::string_view path) -> cria::llama::model {
    auto model = cria::llama::open(path);
    INFO((model ? std::string(path) : model.error().message()));
    REQUIRE(model.has_value());
    return *std::move(model);
}

auto engine_for(const cria::llama::model& model, const engine::transformer_options& options) -> engine::transformer {
    auto made = engine::transformer::make(model, options);
    INFO((made ? std::string() : made.error().message()));
    REQUIRE(made.has_value());
    return *std::move(made);
}

struct top_logit {
    token_id id;
    double logit;
};

/// One entry of the reference: prompt, its ids, the eight largest logits behind it, and what follows greedily.
struct reference {
    std::string_view prompt;
    std::vector<token_id> prompt_ids;
    std::vector<top_logit> top;
    std::vector<token_id> ids;
};

void check_greedy(const cria::llama::model& model, const reference& expected) {
    CAPTURE(expected.prompt);
    const auto ids = model.tokenizer().encode(expected.prompt, {.add_special = true});
    REQUIRE(ids.has_value());
    CHECK(std::vector<token_id>(ids->begin(), ids->end()) == expected.prompt_ids);

    auto text = engine_for(model, {.context_length = 512, .n_threads = 2});
    const auto logits = text.evaluate(ids->span());
    REQUIRE(logits.has_value());
    std::vector<token_id> order;
    for (std::size_t id = 0; id < logits->size(); ++id) order.push_back(static_cast<token_id>(id));
    std::stable_sort(order.begin(), order.end(), [&](token_id a, token_id b) { return (*logits)[static_cast<std::size_t>(a)] > (*logits)[static_cast<std::size_t>(b)]; });
    for (std::size_t i = 0; i < expected.top.size(); ++i) {
        CHECK(order[i] == expected.top[i].id);
        CHECK(std::abs((*logits)[static_cast<std::size_t>(order[i])] - expected.top[i].logit) <= 2e-3);
    }

    text.clear();
    auto greedy = engine::sampler::make({}, model.hyperparameters().vocabulary_size);
    REQUIRE(greedy.has_value());
    std::vector<token_id> written;
    const auto ended = engine::generate(text, *greedy, model.tokenizer(), ids->span(), {.n_tokens = expected.ids.size(), .ignores_end_of_text = true}, [&](token_id id) {
        written.push_back(id);
        return true;
    });
    REQUIRE(ended.has_value());
    CHECK(*ended == engine::ending::length);
    CHECK(written == expected.ids);
}

auto perplexity_of(const cria::llama::model& model, std::uint32_t context, std::size_t n_windows) -> engine::perplexity_report {
    std::ifstream file(wikitext(), std::ios::binary);
    const std::string words((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    auto ids = model.tokenizer().encode(words, {.add_special = true});
    REQUIRE(ids.has_value());
    auto text = engine_for(model, {.context_length = context, .n_threads = 2});
    engine::perplexity_meter meter;
    for (std::size_t window = 0; window < n_windows; ++window) {
        std::vector<token_id> tokens(ids->begin() + window * context, ids->begin() + (window + 1) * context);
        if (model.tokenizer().adds_bos()) tokens[0] = *model.tokenizer().special().bos;
        REQUIRE(meter.add(text, tokens).has_value());
    }
    return meter.report();
}

}  // namespace

TEST_CASE("a tiny trained model writes what llama.cpp has it write", "[conformance]") {
    if (!is_there(aidreams())) return cria_test::skip("no models/aidreams260K.gguf under CRIA_SHARED_DIR");
    check_greedy(opened(aidreams()),
                 {"Once upon a time",
                  {1, 429, 491, 433, 295, 429, 444, 445, 265, 262, 263, 342, 430},
                  {{446, 8.46283}, {275, 7.01644}, {281, 5.29029}, {279, 5.22554}, {448, 5.20381}, {429, 4.72146}, {266, 4.60280}, {301, 4.43877}},
                  {446, 280, 432, 458, 375, 431, 422, 314, 280, 323, 290, 431, 448, 429, 465, 438, 340, 431, 338, 353, 341, 431, 327, 446,
                   262, 429, 453, 435, 285, 361, 437, 431, 440, 437, 445, 430, 275, 280, 302, 450, 405, 403, 399, 306, 339, 290, 264, 309,
                   361, 441, 267, 395, 448, 429, 465, 438, 340, 431, 338, 353, 341, 325, 266, 386, 269, 293, 446, 299, 303, 266, 323, 434,
                   285, 362, 262, 263, 428, 434, 436, 451, 275, 429, 464, 448, 464, 464, 464, 464, 464, 464, 464, 448, 429, 465, 438, 340}});
}

TEST_CASE("SmolLM2 writes what llama.cpp has it write", "[conformance]") {
    if (!is_there(smollm2)) return skip_smollm2();
    const auto model = opened(smollm2);
    check_greedy(model, {"The capital of France is",
                         {504, 3575, 282, 4649, 314},
                         {{7042, 17.37126}, {260, 14.88859}, {4528, 13.24498}, {2250, 13.00947}, {1315, 12.95152}, {5145, 12.90495}, {216, 12.71330}, {441, 12.69785}},
                         {7042, 30, 198, 198, 504, 2988, 314, 42, 216, 34, 32, 33, 40, 29, 32, 33, 29, 34, 34, 216, 33, 34, 42, 33, 34, 42, 37, 35, 30}});
    check_greedy(model, {"def fibonacci(n):",
                         {1604, 3987, 46477, 24, 94, 727},
                         {{472, 30.84274}, {198, 26.79891}, {3805, 26.10306}, {1004, 25.79338}, {16390, 25.60937}, {216, 25.57911}, {3136, 25.15908}, {448, 24.84311}},
                         {472, 585, 304, 1758, 216, 32, 42, 448, 1003, 216, 33, 472, 1003, 304, 1672, 3987, 46477, 24, 94, 731, 216, 33, 25, 198,
                          198, 19, 4246, 260, 1517, 198, 3272, 24, 38572, 46477, 24, 33, 32, 1292, 216, 907, 21367, 42, 216, 35, 35, 39, 198, 3272}});
}

TEST_CASE("perplexity of a tiny trained model on WikiText-2 is llama.cpp's", "[conformance]") {
    if (!is_there(aidreams()) || !is_there(wikitext())) return cria_test::skip("no models/aidreams260K.gguf or corpora/wikitext-2.test.txt under CRIA_SHARED_DIR");
    const auto report = perplexity_of(opened(aidreams()), 256, 8);
    CHECK(std::abs(report.perplexity / 441.226625 - 1) <= 1e-4);
    CHECK(std::abs(report.standard_error / 38.052808 - 1) <= 1e-3);
    CHECK(report.n_scored == 1016);
    CHECK(report.n_windows == 8);
}

TEST_CASE("perplexity of SmolLM2 on WikiText-2 is llama.cpp's", "[conformance][slow]") {
    if (!is_there(smollm2)) return skip_smollm2();
    if (!is_there(wikitext())) return cria_test::skip("no corpora/wikitext-2.test.txt under CRIA_SHARED_DIR");
    const auto report = perplexity_of(opened(smollm2), 512, 8);
    CHECK(std::abs(report.perplexity / 21.548462 - 1) <= 1e-4);
    CHECK(std::abs(report.standard_error / 1.432424 - 1) <= 1e-3);
    CHECK(report.n_scored == 2040);
}
