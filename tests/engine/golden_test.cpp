// SPDX-License-Identifier: MIT
#include <string>

#include "engine/digest.hpp"
#include "engine/sample_text.hpp"
#include "engine/tiers.hpp"
#include "support/catch.hpp"

TEST_CASE("the engine's numbers are what they always were, on every tier") {
    for (const auto tier : cria_test::every_engine_tier()) {
        INFO(static_cast<int>(tier) << " gives " << std::hex << cria_test::engine_digest(tier));
        CHECK(cria_test::engine_digest(tier) == cria_test::golden_digest);
    }
}

TEST_CASE("a seed has the sample model write what it always wrote, with any number of threads, and another seed something else") {
    const auto model = cria::llama::open(CRIA_MODELS_DIR "/story-2m.gguf");
    INFO((model ? std::string() : model.error().message()));
    REQUIRE(model.has_value());
    const auto texts = cria_test::golden_texts();
    for (const auto& expected : texts) {
        for (const unsigned n_threads : {1U, 2U, 5U}) {
            const auto written = cria_test::write_sample(*model, expected.seed, n_threads);
            REQUIRE(written.has_value());
            INFO("seed " << expected.seed << ", threads: " << n_threads);
            CHECK(written->ids == expected.ids);
            CHECK(written->logits_digest == expected.logits_digest);
        }
    }
    CHECK(texts[0].ids != texts[1].ids);
}
