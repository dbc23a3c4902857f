// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_SAMPLER_HPP
#define CRIA_ENGINE_SAMPLER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/vocabulary.hpp"  // token_id
#include "engine/random.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

// From logits to the next token. The steps and their order are llama.cpp's defaults:
//
//     top_k        the k largest logits stay
//     top_p        of these, the most probable ones whose probabilities sum up to p stay, the one that reaches p among them
//     min_p        of these, those at least min_p times as probable as the most probable one stay
//     temperature  logits are divided by it, and one of the rest is drawn by the probabilities that follow
//
// Candidates are ordered by logit, the largest first, and where logits are equal by id, the lowest first: a total order, in
// which they are cut and drawn. Probabilities are doubles from our own exp; drawn is the first candidate at which the sum of
// probabilities exceeds uniform(). Totals are taken in the same order, or by id as long as nothing has been cut. So the
// same logits and seed give the same ids everywhere.

namespace engine {

using token_id = cria::bpe::token_id;

/// How to choose the next token. As it stands: the largest logit.
struct sampling {
    double temperature = 0;   ///< 0: the largest logit, and none of what follows matters
    std::uint32_t top_k = 0;  ///< 0: all
    double top_p = 1;         ///< in (0, 1]; 1: all
    double min_p = 0;         ///< in [0, 1]; 0: all
    std::uint64_t seed = 0;
};

/// Whether `how` can be sampled by.
/// Fails: errc::invalid_argument naming the number: one that is not a number or infinite, negative, or outside of its range.
[[nodiscard]] auto check(const sampling& how) -> cria::result<void>;

/// Chooses tokens. Move-only; it owns room for a vocabulary of candidates.
class sampler {
public:
    /// Fails: as check(how); errc::invalid_argument where the vocabulary is empty or larger than ids are; errc::out_of_memory.
    [[nodiscard]] static auto make(const sampling& how, std::size_t n_vocabulary) -> cria::result<sampler>;

    /// The next token: with temperature 0 the lowest id among those with the largest logit, and else one drawn.
    /// Fails: errc::wrong_shape where there are not as many logits as the vocabulary has tokens; errc::invalid_value where a
    ///        logit is not a number or +∞ (error::found is its id), or all are -∞. The generator does not advance then.
    /// Cost:  O(vocabulary), plus sorting those candidates that matter; no allocation.
    [[nodiscard]] auto pick(std::span<const float> logits) -> cria::result<token_id>;

private:
    struct candidate {
        float logit;
        token_id id;
    };
    sampler(const sampling& how, std::size_t n_vocabulary, cria::buffer<candidate> candidates) noexcept;
    [[nodiscard]] auto select(std::span<const float> logits) noexcept -> std::size_t;

    sampling how_;
    std::size_t n_vocabulary_;
    generator random_;
    cria::buffer<candidate> candidates_;
};

}  // namespace engine

#endif  // CRIA_ENGINE_SAMPLER_HPP
