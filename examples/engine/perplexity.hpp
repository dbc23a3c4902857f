// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_PERPLEXITY_HPP
#define CRIA_ENGINE_PERPLEXITY_HPP

#include "cria/base/result.hpp"
#include "engine/transformer.hpp"

#include <cstddef>
#include <optional>
#include <span>

// How well a model predicts a text: perplexity, e to the mean of -ln of the probabilities that it gave to what came next. As
// llama.cpp computes it: windows of the context's length that do not overlap, each begun anew, of which the second half is
// scored, so that every token that counts has at least half a window before it.

namespace engine {

struct perplexity_report {
    double perplexity = 0;
    double standard_error = 0;    ///< of the perplexity, from the spread of the tokens' own
    std::size_t n_windows = 0;
    std::size_t n_scored = 0;     ///< tokens
};

/// Adds up windows one after the other.
class perplexity_meter {
public:
    /// What one window says: `tokens` are a whole window, which the meter evaluates by `text` after clearing it. Positions
    /// size/2 to size - 2 predict the token that follows each.
    /// Fails: as transformer::evaluate of the whole window; errc::invalid_argument for windows of fewer than 4 tokens; errc::invalid_value where
    ///        logits are not numbers.
    [[nodiscard]] auto add(transformer& text, std::span<const token_id> tokens) -> cria::result<void>;

    /// What all windows so far say. Precondition: there was one.
    [[nodiscard]] auto report() const -> perplexity_report;

private:
    double sum_ = 0;          // of -ln p
    double sum_of_squares_ = 0;
    std::size_t n_scored_ = 0;
    std::size_t n_windows_ = 0;
};

/// -ln of the probability of `id` by softmax of `logits`, in double. Nothing where logits are not numbers. Precondition: `id`
/// has a logit.
[[nodiscard]] auto surprise(std::span<const float> logits, token_id id) -> std::optional<double>;

}  // namespace engine

#endif  // CRIA_ENGINE_PERPLEXITY_HPP
