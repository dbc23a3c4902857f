// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_RANDOM_MODELS_HPP
#define CRIA_TESTS_ENGINE_RANDOM_MODELS_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cria/llama/model.hpp"
#include "engine/random_weights.hpp"
#include "engine/transformer.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"
#include "support/temp_file.hpp"

// Tiny models of any family with random weights, opened, and their logits.

namespace cria_test {

/// A model that is open, with what tests ask of it.
class engine_model {
public:
    explicit engine_model(const gguf_builder& built) : file_(built.build()), model_(opened(file_.path())) {}
    [[nodiscard]] auto get() const -> const cria::llama::model& { return model_; }
    [[nodiscard]] auto text(const engine::transformer_options& options = {}) const -> engine::transformer {
        auto made = engine::transformer::make(model_, options);
        INFO((made ? std::string() : made.error().message()));
        REQUIRE(made.has_value());
        return *std::move(made);
    }
    /// Some ids of the vocabulary.
    [[nodiscard]] auto ids(std::size_t n, std::uint64_t seed = 1) const -> std::vector<engine::token_id> {
        random_numbers random(seed);
        std::vector<engine::token_id> made(n);
        for (auto& each : made) each = static_cast<engine::token_id>(random.below(model_.hyperparameters().vocabulary_size));
        return made;
    }

private:
    static auto opened(const std::string& path) -> cria::llama::model {
        auto model = cria::llama::open(path);
        INFO((model ? path : model.error().message()));
        REQUIRE(model.has_value());
        return *std::move(model);
    }
    temp_file file_;
    cria::llama::model model_;
};

/// All logits of `ids`, and what went wrong where something did.
struct evaluated_logits {
    std::vector<float> logits;
    cria::result<void> done;
};
inline auto logits_of(engine::transformer& text, std::span<const engine::token_id> ids) -> evaluated_logits {
    evaluated_logits made;
    made.done = text.evaluate(ids, 0, [&](std::size_t, std::span<const float> logits) { made.logits.insert(made.logits.end(), logits.begin(), logits.end()); });
    return made;
}

/// The same, of a text of its own, where nothing goes wrong.
inline auto logits_of(const engine_model& model, std::span<const engine::token_id> ids, const engine::transformer_options& options = {}) -> std::vector<float> {
    auto text = model.text(options);
    auto made = logits_of(text, ids);
    INFO((made.done ? std::string() : made.done.error().message()));
    REQUIRE(made.done.has_value());
    return std::move(made.logits);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_RANDOM_MODELS_HPP
