// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_GENERATION_HPP
#define CRIA_ENGINE_GENERATION_HPP

#include "cria/base/result.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "engine/sampler.hpp"
#include "engine/transformer.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

// Continuing a text: a prompt, and then one token after the other.

namespace engine {

/// Why a text was not continued further.
enum class ending : std::uint8_t {
    end_of_text,   ///< the model said so, by a token that ends generation
    length,        ///< as many tokens as were asked for
    context_full,  ///< as many tokens as the context holds
    stopped,       ///< the sink had enough
};

struct generation_limits {
    std::size_t n_tokens = ~std::size_t{0};  ///< most tokens to add
    bool ignores_end_of_text = false;        ///< goes on behind tokens that end generation
};

/// Evaluates `prompt` behind the text so far and adds tokens that `next` chooses, each of which `sink(id)` is given as soon
/// as it is known; it answers whether to go on. A token that ends generation is not given, unless such are ignored. The last
/// token that fits the context is given without being evaluated.
///
///     auto ended = engine::generate(text, sampler, model.tokenizer(), ids, {.n_tokens = 64}, [&](token_id id) { return stream.push(id, print).has_value(); });
///
/// Fails: as transformer::evaluate and sampler::pick.
template <class Sink>
[[nodiscard]] auto generate(transformer& text, sampler& next, const cria::bpe::tokenizer& tokenizer, std::span<const token_id> prompt, const generation_limits& limits,
                            Sink&& sink) -> cria::result<ending>;

// ---------------------------------------------------------------------------------------------------
// implementation

template <class Sink>
auto generate(transformer& text, sampler& next, const cria::bpe::tokenizer& tokenizer, std::span<const token_id> prompt, const generation_limits& limits, Sink&& sink)
    -> cria::result<ending> {
    token_id newest{};
    for (std::size_t n_added = 0;; ++n_added) {
        CRIA_TRY(const auto logits, text.evaluate(prompt));
        if (n_added == limits.n_tokens) return ending::length;
        CRIA_TRY(newest, next.pick(logits));
        if (!limits.ignores_end_of_text && tokenizer.ends_generation(newest)) return ending::end_of_text;
        if (!sink(std::as_const(newest))) return ending::stopped;
        if (n_added + 1 == limits.n_tokens) return ending::length;
        if (text.size() == text.context_length()) return ending::context_full;
        prompt = {&newest, 1};
    }
}

}  // namespace engine

#endif  // CRIA_ENGINE_GENERATION_HPP
