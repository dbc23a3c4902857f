// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>

#include "engine/family_logits.hpp"
#include "engine/random_models.hpp"
#include "golden/family_logits.hpp"
#include "support/catch.hpp"

// What the engine takes from the library and does itself, beside llama.cpp: every family of the table, with everything that its files may have.

using namespace cria_test;

TEST_CASE("logits of every row of the table of families are llama.cpp's, with each part and key that a file of it may have") {
    const auto cases = family_cases();
    REQUIRE(cases.size() == std::size(all_golden_family_logits));
    for (std::size_t at = 0; at < cases.size(); ++at) {
        const golden_family_logits& golden = all_golden_family_logits[at];
        CAPTURE(cases[at].name);
        REQUIRE(cases[at].name == golden.name);
        const engine_model model(cases[at].model);
        const std::uint32_t n_tokens = model.get().hyperparameters().vocabulary_size;
        const auto ids = family_ids(n_tokens);
        const auto all = logits_of(model, ids, {.context_length = family_context});
        double largest = 0, off = 0;
        for (std::size_t i = 0; i < family_positions.size(); ++i) {
            const float* const ours = all.data() + family_positions[i] * n_tokens;
            for (std::uint32_t token = 0; token < n_tokens; ++token) largest = std::max(largest, std::abs(double{ours[token]}));
            for (std::size_t j = 0; j < n_family_logits; ++j) {
                const double apart = std::abs(double{ours[family_token(j, n_tokens)]} - double{golden.logits[i * n_family_logits + j]});
                off = apart <= off ? off : apart;  // a NaN stays
            }
        }
        CAPTURE(off, golden.largest);
        const bool has_gelu = golden.name.starts_with("gemma");  // which ggml looks up in a table of halves
        const double allowed = (has_gelu ? 2e-4 : 1e-6) * double{golden.largest};
        CHECK(off <= allowed);
        CHECK(std::abs(largest - double{golden.largest}) <= allowed);
    }
}
