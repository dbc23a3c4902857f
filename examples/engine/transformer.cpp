// SPDX-License-Identifier: MIT
#include "engine/transformer.hpp"

#include <algorithm>
#include <new>  // nothrow
#include <utility>

#include "cria/quant/dequantize.hpp"
#include "engine/attention.hpp"
#include "engine/norm.hpp"
#include "engine/numbers.hpp"

namespace engine {

namespace llama = cria::llama;
using cria::errc;
using cria::error;

auto transformer::make(const llama::model& model, const transformer_options& options) -> cria::result<transformer> {
    const llama::hyperparameters& numbers = model.hyperparameters();
    transformer made;
    made.model_ = &model;
    made.options_ = options;
    if (options.context_length == 0) made.options_.context_length = numbers.context_length;
    const std::uint32_t context = made.options_.context_length;
    made.options_.batch_length = std::min(options.batch_length, context);
    const std::uint32_t batch = made.options_.batch_length;
    if (batch == 0) return error{errc::invalid_argument, "batch_length"}.because("is 0");

    CRIA_TRY(made.weights_, parameters::from(model));
    CRIA_TRY(auto ropes, llama::ropes_from(model.files(), numbers, model.weights(), context));
    made.ropes_.reset(new (std::nothrow) llama::model_ropes(std::move(ropes)));
    made.team_.reset(new (std::nothrow) team(options.n_threads));
    if (!made.ropes_ || !made.team_) return error{errc::out_of_memory, "engine"};
    made.host_.reset(new (std::nothrow) host_products(*made.team_));
    if (!made.host_) return error{errc::out_of_memory, "engine"};
    CRIA_TRY(made.global_turn_, rotation::make(made.ropes_->global, batch, context));
    CRIA_TRY(made.sliding_turn_, rotation::make(made.ropes_->sliding, batch, context));
    CRIA_TRY(made.cache_, kv_cache::make(numbers, context, batch));
    CRIA_TRY(made.work_, workspace::make(numbers, batch, context, made.team_->size()));
    CRIA_TRY_VOID(made.logits_.resize(std::uint64_t{logit_rows} * numbers.vocabulary_size, "logits"));
    return made;
}

auto transformer::check(std::span<const token_id> tokens) const -> cria::result<void> {
    if (tokens.empty()) return error{errc::invalid_argument, "prompt"}.because("has no tokens: there is nothing to continue");
    const std::uint32_t room = options_.context_length - n_evaluated_;
    if (tokens.size() > room)
        return error{errc::out_of_range, "context"}.because("has no room for so many tokens").expecting(std::uint64_t{room}, std::uint64_t{tokens.size()});
    const std::uint32_t n_vocabulary = model_->hyperparameters().vocabulary_size;
    for (const token_id id : tokens)
        if (static_cast<std::uint64_t>(id) >= n_vocabulary)
            return error{errc::invalid_token, "tokens"}.because("hold an id outside of the vocabulary").expecting(std::uint64_t{n_vocabulary - 1}, static_cast<std::uint64_t>(id));
    return {};
}

auto transformer::evaluate(std::span<const token_id> tokens) -> cria::result<std::span<const float>> {
    std::span<const float> last;
    CRIA_TRY_VOID(evaluate(tokens, tokens.empty() ? 0 : tokens.size() - 1, [&](std::size_t, std::span<const float> logits) { last = logits; }));
    return last;
}

auto transformer::run(std::span<const token_id> tokens, std::size_t first, logits_function sink, void* context) -> cria::result<void> {
    CRIA_TRY_VOID(check(tokens));
    const std::size_t n_vocabulary = model_->hyperparameters().vocabulary_size;
    for (std::size_t at = 0; at < tokens.size(); at += options_.batch_length) {
        const auto part = tokens.subspan(at, std::min<std::size_t>(options_.batch_length, tokens.size() - at));
        CRIA_TRY_VOID(run_layers(part));
        n_evaluated_ += static_cast<std::uint32_t>(part.size());
        for (std::size_t row = std::max(first, at); row < at + part.size(); row += logit_rows) {
            const std::size_t n_rows = std::min(logit_rows, at + part.size() - row);
            if (const auto computed = compute_logits(row - at, n_rows); !computed) {
                n_evaluated_ -= static_cast<std::uint32_t>(part.size());  // a batch without all its logits is not whole
                return computed;
            }
            for (std::size_t i = 0; i < n_rows; ++i) sink(context, row + i, {logits_.data() + i * n_vocabulary, n_vocabulary});
        }
    }
    return {};
}

/// Leaves what comes out of the last layer in work_.stream.
auto transformer::run_layers(std::span<const token_id> tokens) -> cria::result<void> {
    const llama::hyperparameters& numbers = model_->hyperparameters();
    const batch now{n_evaluated_, tokens.size()};
    CRIA_TRY_VOID(embed(tokens));
    global_turn_.prepare(now.first_position, now.n_tokens);
    if (numbers.sliding_window != 0) sliding_turn_.prepare(now.first_position, now.n_tokens);
    for (std::uint32_t layer = 0; layer < numbers.block_count; ++layer) {
        if (options_.is_cancelled != nullptr && options_.is_cancelled()) return error{errc::cancelled, "evaluation"};
        const layer_parameters& of = weights_.layers[layer];
        norm_rows(work_.stream.data(), of.attention_norm, now.n_tokens, work_.normed.data());
        CRIA_TRY_VOID(attend(numbers, layer, of, numbers.layers[layer].is_sliding ? sliding_turn_ : global_turn_, now, cache_, work_, by(), *team_));
        add_branch(of.post_attention_norm, now.n_tokens);
        norm_rows(work_.stream.data(), of.feed_forward_norm, now.n_tokens, work_.normed.data());
        CRIA_TRY_VOID(feed_forward(numbers, of, options_.gelu, now.n_tokens, work_, by(), *team_));
        add_branch(of.post_feed_forward_norm, now.n_tokens);
    }
    return {};
}

auto transformer::embed(std::span<const token_id> tokens) -> cria::result<void> {
    const llama::hyperparameters& numbers = model_->hyperparameters();
    const std::size_t d = numbers.embedding_length;
    const matrix& table = weights_.token_embedding;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        float* const row = work_.stream.data() + t * d;
        CRIA_TRY_VOID(cria::quant::dequantize_rows<float>(table.type, table.bytes, d, static_cast<std::uint64_t>(tokens[t]), std::span(row, d)));
        if (numbers.embedding_scale != 1.0F)
            for (std::size_t i = 0; i < d; ++i) row[i] *= numbers.embedding_scale;
    }
    return {};
}

void transformer::norm_rows(const float* from, const float* weight, std::size_t n_tokens, float* to) {
    const llama::hyperparameters& numbers = model_->hyperparameters();
    const std::size_t d = numbers.embedding_length;
    team_->each(n_tokens, [&](std::size_t begin, std::size_t end) {
        for (std::size_t t = begin; t < end; ++t) rms_norm(from + t * d, weight, numbers.rms_epsilon, d, to + t * d);
    });
}

/// stream += scale · [post-norm of] branch.
void transformer::add_branch(const float* post_norm, std::size_t n_tokens) {
    const llama::hyperparameters& numbers = model_->hyperparameters();
    const std::size_t d = numbers.embedding_length;
    if (post_norm != nullptr) norm_rows(work_.branch.data(), post_norm, n_tokens, work_.branch.data());
    add_scaled(work_.stream.data(), work_.branch.data(), numbers.residual_scale, n_tokens * d);
}

/// Logits of rows of the batch that went through the layers last.
auto transformer::compute_logits(std::size_t first_row, std::size_t n_rows) -> cria::result<void> {
    const llama::hyperparameters& numbers = model_->hyperparameters();
    const std::size_t d = numbers.embedding_length, n_vocabulary = numbers.vocabulary_size;
    norm_rows(work_.stream.data() + first_row * d, weights_.output_norm, n_rows, work_.normed.data());
    CRIA_TRY_VOID(project(by(), weights_.output, weights_.output_bias, work_.normed.data(), n_rows, logits_.data()));
    team_->each(n_rows, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            float* const logits = logits_.data() + row * n_vocabulary;
            if (numbers.logit_scale != 1.0F)
                for (std::size_t i = 0; i < n_vocabulary; ++i) logits[i] /= numbers.logit_scale;
            soft_cap(logits, numbers.logit_cap, n_vocabulary);
        }
    });
    return {};
}

}  // namespace engine
