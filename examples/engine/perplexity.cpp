// SPDX-License-Identifier: MIT
#include "engine/perplexity.hpp"

#include <algorithm>
#include <cmath>  // sqrt, isfinite
#include <vector>

#include "engine/numbers.hpp"

namespace engine {

auto surprise(std::span<const float> logits, token_id id) -> std::optional<double> {
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) sum += exp(static_cast<double>(logit) - largest);
    const double answer = log(sum) - (static_cast<double>(logits[static_cast<std::size_t>(id)]) - largest);
    return std::isfinite(answer) ? std::optional(answer) : std::nullopt;
}

auto perplexity_meter::add(transformer& text, std::span<const token_id> tokens) -> cria::result<void> {
    if (tokens.size() < 4) return cria::error{cria::errc::invalid_argument, "context"}.because("is too short to have a second half");
    const std::size_t first = tokens.size() / 2, end = tokens.size() - 1;
    text.clear();
    CRIA_TRY_VOID(text.check(tokens));  // of all of them: the last one is not evaluated, but its logit is looked up
    bool is_lost = false;
    CRIA_TRY_VOID(text.evaluate(tokens.first(end), first, [&](std::size_t i, std::span<const float> logits) {
        const auto bits = surprise(logits, tokens[i + 1]);
        if (!bits) return void(is_lost = true);
        sum_ += *bits;
        sum_of_squares_ += *bits * *bits;
        ++n_scored_;
    }));
    if (is_lost) return cria::error{cria::errc::invalid_value, "logits"}.because("are not numbers: the model's weights hold NaNs or infinities, or make them");
    ++n_windows_;
    return {};
}

auto perplexity_meter::report() const -> perplexity_report {
    const auto n = static_cast<double>(n_scored_);
    const double mean = sum_ / n, variance = std::max(sum_of_squares_ / n - mean * mean, 0.0);
    const double perplexity = exp(mean);
    const double of_mean = n > 1 ? std::sqrt(variance / (n - 1)) : 0;
    return {perplexity, of_mean * perplexity, n_windows_, n_scored_};
}

}  // namespace engine
