// SPDX-License-Identifier: MIT
#include "engine/workspace.hpp"

#include <algorithm>

namespace engine {

auto workspace::make(const cria::llama::hyperparameters& numbers, std::size_t batch, std::uint32_t context, unsigned n_threads) -> cria::result<workspace> {
    std::size_t n_queries = 0, n_keys = 0, n_inner = std::max(numbers.expert_feed_forward_length, numbers.shared_expert_feed_forward_length);
    for (const auto& layer : numbers.layers) {
        n_queries = std::max(n_queries, std::size_t{layer.head_count} * numbers.key_length);
        n_keys = std::max(n_keys, std::size_t{layer.head_count_kv} * numbers.key_length);
        if (!numbers.has_experts()) n_inner = std::max(n_inner, std::size_t{layer.feed_forward_length});
    }
    workspace made;
    const auto rows = [batch]<class T>(cria::buffer<T>& of, std::size_t length) { return of.resize(std::uint64_t{batch} * length, "activations of a batch"); };
    CRIA_TRY_VOID(rows(made.stream, numbers.embedding_length));
    CRIA_TRY_VOID(rows(made.normed, numbers.embedding_length));
    CRIA_TRY_VOID(rows(made.query, n_queries));
    CRIA_TRY_VOID(rows(made.key, n_keys));
    CRIA_TRY_VOID(rows(made.value, n_keys));
    CRIA_TRY_VOID(rows(made.attended, n_queries));
    CRIA_TRY_VOID(rows(made.branch, numbers.embedding_length));
    CRIA_TRY_VOID(rows(made.gate, n_inner));
    CRIA_TRY_VOID(rows(made.up, n_inner));
    CRIA_TRY_VOID(made.scores.resize(std::uint64_t{context} * n_threads, "attention scores"));
    if (!numbers.has_experts()) return made;
    const std::size_t n_used = numbers.expert_used_count;
    CRIA_TRY_VOID(rows(made.routes, numbers.expert_count));
    CRIA_TRY_VOID(rows(made.chosen, n_used));
    CRIA_TRY_VOID(rows(made.weights, n_used));
    CRIA_TRY_VOID(rows(made.gathered, numbers.embedding_length));
    CRIA_TRY_VOID(rows(made.expert_out, numbers.embedding_length));
    CRIA_TRY_VOID(rows(made.places, 1));
    CRIA_TRY_VOID(rows(made.expert_sums, n_used * numbers.embedding_length));
    return made;
}

}  // namespace engine
