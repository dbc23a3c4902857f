// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_TRANSFORMER_HPP
#define CRIA_ENGINE_TRANSFORMER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/vocabulary.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/rope.hpp"
#include "engine/feed_forward.hpp"
#include "engine/kv_cache.hpp"
#include "engine/parameters.hpp"
#include "engine/products.hpp"
#include "engine/rotation.hpp"
#include "engine/threads.hpp"
#include "engine/workspace.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

// The reference engine: every family that cria::llama knows, computed in the order of the papers, in float, on the CPU. It is
// there to prove that hyper-parameters, weights, rotations and tokenizer are right, and to be read.

namespace engine {

using token_id = cria::bpe::token_id;

struct transformer_options {
    std::uint32_t context_length = 0;  ///< most tokens of a text; 0: what the model was trained with
    std::uint32_t batch_length = 512;  ///< most tokens that go through the layers together
    unsigned n_threads = 1;
    gelu_kind gelu = gelu_kind::exact;
    bool (*is_cancelled)() = nullptr;  ///< asked before every layer; true ends evaluation
    engine::products* products = nullptr;  ///< who multiplies the weights of this model; nullptr: the CPU, with these threads
};

/// A text on its way through a model. Move-only.
///
/// Logits depend on the tokens alone: neither on how they were cut into calls and batches, nor on the number of threads, nor
/// on the processor. With products of the caller's that is theirs to promise.
/// Borrows: the model, which must stay where it is, and the caller's products. Threads: one at a time.
class transformer {
public:
    /// Fails: as parameters::from, ropes_from, rotation::make and kv_cache::make; errc::invalid_argument for a batch of 0; errc::out_of_memory.
    [[nodiscard]] static auto make(const cria::llama::model& model, const transformer_options& options = {}) -> cria::result<transformer>;

    /// Evaluates `tokens`, which follow those of earlier calls, and calls `sink(i, logits)` for each i from `first` on, with
    /// the logits of what follows tokens[i]: a number for each id of the vocabulary. They live until the sink returns.
    /// Fails: errc::invalid_argument where there are no tokens; errc::out_of_range where the context has no room for them;
    ///        errc::invalid_token for an id outside of the vocabulary; the text is then as it was before. errc::cancelled, and as
    ///        the caller's products: it ends with the last whole batch, which size() tells, and can be gone on with from there.
    ///        The sink may have had some logits of the next batch, and gets them again.
    template <class Sink>
    [[nodiscard]] auto evaluate(std::span<const token_id> tokens, std::size_t first, Sink&& sink) -> cria::result<void>;
    /// Evaluates `tokens` and gives the logits of what follows the last one.
    /// Borrows: until the next call. Fails: as above.
    [[nodiscard]] auto evaluate(std::span<const token_id> tokens) -> cria::result<std::span<const float>>;

    /// Whether evaluate() would take these tokens now. Fails: as evaluate(), but for what happens on the way.
    [[nodiscard]] auto check(std::span<const token_id> tokens) const -> cria::result<void>;

    /// Tokens of the text so far.
    [[nodiscard]] auto size() const -> std::uint32_t { return n_evaluated_; }
    /// Most tokens that it can have.
    [[nodiscard]] auto context_length() const -> std::uint32_t { return options_.context_length; }
    [[nodiscard]] auto n_threads() const -> unsigned { return team_->size(); }
    /// Begins another text.
    void clear() { n_evaluated_ = 0; }

private:
    using logits_function = void (*)(void* context, std::size_t index, std::span<const float> logits);

    transformer() = default;
    [[nodiscard]] auto run(std::span<const token_id> tokens, std::size_t first, logits_function sink, void* context) -> cria::result<void>;
    [[nodiscard]] auto run_layers(std::span<const token_id> tokens) -> cria::result<void>;
    [[nodiscard]] auto embed(std::span<const token_id> tokens) -> cria::result<void>;
    void norm_rows(const float* from, const float* weight, std::size_t n_tokens, float* to);
    void add_branch(const float* post_norm, std::size_t n_tokens);
    [[nodiscard]] auto compute_logits(std::size_t first_row, std::size_t n_rows) -> cria::result<void>;
    [[nodiscard]] auto by() -> engine::products& { return options_.products != nullptr ? *options_.products : *host_; }

    /// Rows of logits that are computed at a time: enough for the output matrix to be read seldom.
    static constexpr std::size_t logit_rows = 32;

    const cria::llama::model* model_ = nullptr;
    transformer_options options_;
    parameters weights_;
    std::unique_ptr<cria::llama::model_ropes> ropes_;  // where they stay: rotations point at them
    rotation global_turn_, sliding_turn_;
    kv_cache cache_;
    workspace work_;
    cria::buffer<float> logits_;  // {logit_rows, vocabulary}
    std::unique_ptr<team> team_;
    std::unique_ptr<host_products> host_;  // which refers to it
    std::uint32_t n_evaluated_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

template <class Sink>
auto transformer::evaluate(std::span<const token_id> tokens, std::size_t first, Sink&& sink) -> cria::result<void> {
    const auto call = [](void* context, std::size_t index, std::span<const float> logits) { (*static_cast<std::remove_reference_t<Sink>*>(context))(index, logits); };
    return run(tokens, first, call, const_cast<void*>(static_cast<const void*>(std::addressof(sink))));
}

}  // namespace engine

#endif  // CRIA_ENGINE_TRANSFORMER_HPP
