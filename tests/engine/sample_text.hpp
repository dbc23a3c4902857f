// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_SAMPLE_TEXT_HPP
#define CRIA_TESTS_ENGINE_SAMPLE_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cria/llama/model.hpp"
#include "engine/digest.hpp"
#include "engine/generation.hpp"
#include "engine/sampler.hpp"
#include "engine/transformer.hpp"

// What the sample model, examples/models/story-2m.gguf, goes on with by a seed: everything that the engine does, from a file
// to ids, and all logits behind them, since another last bit of those is seldom another id. It is the same with any number of
// threads, for any processor, with every compiler and whatever its flags. golden_test.cpp compares it, and so does a program
// that tests/build compiles in several ways.

namespace cria_test {

struct sample_text {
    std::uint64_t seed = 0;
    std::vector<engine::token_id> ids;  ///< 64 that follow "Once upon a time"
    std::uint64_t logits_digest = 0;    ///< of the logits after each token of prompt and ids
    friend auto operator==(const sample_text&, const sample_text&) -> bool = default;
};

/// As the engine wrote them on x86-64; where other weights take the model's place, what the failing test prints takes theirs.
[[nodiscard]] inline auto golden_texts() -> std::vector<sample_text> {
    return {{1,
             {11, 258, 752, 1458, 492, 1060, 386, 325, 258, 1307, 1594, 891, 262, 1501, 13, 422, 276, 506, 220, 21, 1340, 418,
              11, 372, 319, 276, 497, 1619, 13, 695, 1480, 11, 319, 1726, 290, 1722, 2368, 1517, 290, 262, 1727, 13, 272, 1695,
              517, 11, 311, 621, 1016, 2167, 343, 810, 1060, 323, 2434, 797, 312, 258, 554, 703, 277, 1047, 290, 262},
             0x0B60338E41A92D5AU},
            {2,
             {11, 258, 1772, 1410, 492, 1240, 386, 325, 258, 1219, 1635, 891, 262, 1501, 323, 446, 276, 258, 560, 1488, 11, 277,
              262, 1617, 276, 340, 700, 340, 258, 1269, 13, 1734, 442, 432, 11, 319, 276, 1287, 383, 258, 1583, 1543, 13, 1830,
              11, 319, 955, 258, 2007, 1545, 11, 277, 1828, 492, 11, 272, 1292, 343, 427, 276, 800, 11, 258, 1238},
             0x95C9361EDCCF8DBCU}};
}

/// The text that the engine writes by `seed`.
[[nodiscard]] inline auto write_sample(const cria::llama::model& model, std::uint64_t seed, unsigned n_threads) -> cria::result<sample_text> {
    sample_text made;
    made.seed = seed;
    CRIA_TRY(const auto prompt, model.tokenizer().encode("Once upon a time", {.add_special = true}));
    CRIA_TRY(auto next, engine::sampler::make({.temperature = 1, .top_k = 40, .top_p = 0.95, .min_p = 0.05, .seed = seed}, model.hyperparameters().vocabulary_size));
    CRIA_TRY(auto text, engine::transformer::make(model, {.n_threads = n_threads}));
    CRIA_TRY_VOID(engine::generate(text, next, model.tokenizer(), prompt.span(), {.n_tokens = 64, .ignores_end_of_text = true}, [&](engine::token_id id) {
        made.ids.push_back(id);
        return true;
    }));
    std::vector<engine::token_id> whole(prompt.begin(), prompt.end());
    whole.insert(whole.end(), made.ids.begin(), made.ids.end());
    text.clear();
    digest all;
    CRIA_TRY_VOID(text.evaluate(whole, 0, [&](std::size_t, std::span<const float> logits) {
        for (const float logit : logits) all.add(logit);
    }));
    made.logits_digest = all.value();
    return made;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_SAMPLE_TEXT_HPP
