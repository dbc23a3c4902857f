// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_FAMILY_LOGITS_HPP
#define CRIA_TESTS_ENGINE_FAMILY_LOGITS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cria/llama/family.hpp"
#include "engine/random_weights.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"

// What llama.cpp is asked about every family, each with all that its files may have: the models, the ids, and which of the logits are
// kept in tests/golden/family_logits.hpp.

namespace cria_test {

/// A model, and what is particular about it.
struct family_case {
    std::string name;
    gguf_builder model;
};

/// Every family as its files mostly are, with each part that they may have, with every key that it reads, and with each way to stretch a context.
inline auto family_cases() -> std::vector<family_case> {
    std::vector<family_case> cases;
    for (const llama::family& row : llama::families) {
        const std::string name(row.architecture);
        const auto add = [&](const char* what, family_parts parts) -> gguf_builder& {
            cases.push_back({name + what, random_model(row, std::move(parts))});
            return cases.back().model;
        };
        add("", {});
        add(", biases and fused attention", {.biases = true, .fused_attention = true});
        if (row.experts.presence == llama::part::optional) add(", experts", {.experts = true});
        add(", every key", {.shared_expert = true, .tied_output = true, .optional_keys = true});
        add(", YaRN", {.optional_keys = true}).without_key(name + ".rope.scaling.type").key(name + ".rope.scaling.type", "yarn");
        if (row.factors == llama::rope_factors::by_scaling) add(", factors", {.rope_factors = true});
        if (row.factors != llama::rope_factors::none) add(", LongRoPE", {.rope_factors = true, .longrope = true, .optional_keys = true});
    }
    return cases;
}

/// As long as all of a context but its end; the original one ends in the middle (64), windows do so earlier (16).
inline constexpr std::size_t n_family_ids = 100;
inline constexpr std::uint32_t family_context = 128;

/// A text of ids of a vocabulary of `n_tokens`.
inline auto family_ids(std::uint32_t n_tokens) -> std::vector<std::int32_t> {
    random_numbers random(7);
    std::vector<std::int32_t> ids(n_family_ids);
    for (std::int32_t& id : ids) id = static_cast<std::int32_t>(random.below(n_tokens));
    return ids;
}

/// Behind which ids logits are kept, …
inline constexpr std::array<std::size_t, 5> family_positions = {0, 1, 16, 64, 99};
/// … and of which tokens: all depend on every weight but the rows of the output.
inline constexpr std::size_t n_family_logits = 6;
inline auto family_token(std::size_t i, std::uint32_t n_tokens) -> std::size_t { return i * 41 % n_tokens; }

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_FAMILY_LOGITS_HPP
