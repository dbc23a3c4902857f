// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_MODEL_FACTS_HPP
#define CRIA_CLI_MODEL_FACTS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/tokenizer.hpp"
#include "cria/gguf/shards.hpp"

// What `cria info` has to say about a model, gathered before anything is printed. A file can be half understood:
// of an architecture that cria::llama does not read, or whose numbers contradict one another, everything that
// the metadata states is still here, and a warning says what is missing and why.

namespace cli {

/// Tensors of one type.
struct type_share {
    std::string type;
    std::uint64_t tensors = 0;
    std::uint64_t elements = 0;
    std::uint64_t bytes = 0;
};

/// A number that may differ between layers: the least and the largest.
struct layer_number {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

struct rope_facts {
    std::optional<std::uint64_t> dimension_count;
    std::optional<float> freq_base;
    std::string scaling;  ///< none, linear, yarn, longrope; empty where nothing is said
    std::optional<float> scaling_factor;
    std::optional<std::uint64_t> original_context_length;
    std::optional<float> freq_base_sliding;  ///< of sliding layers, where it is another one
    bool has_factors = false;                ///< tensors with a factor for each pair's angle
    std::uint64_t plain_layers = 0;          ///< that do not rotate
};

/// A token with a role: `bos`, 1, `<s>`.
struct special_token {
    const char* role;
    std::int32_t id;
    std::string_view text;  ///< borrows the tokenizer
};

struct model_facts {
    std::string name;          ///< general.name; empty where the file has none
    std::string architecture;  ///< empty where the file has none
    bool supported = false;    ///< cria::llama opens it: hyper-parameters and weights are whole
    std::uint64_t chat_template_bytes = 0;

    std::uint64_t parameters = 0;  ///< elements of all tensors
    std::uint64_t data_bytes = 0;  ///< of all tensors
    std::vector<type_share> types; ///< largest first

    std::optional<std::uint64_t> context_length;
    std::optional<std::uint64_t> embedding_length;
    std::optional<std::uint64_t> layers;
    std::optional<layer_number> heads;
    std::optional<layer_number> kv_heads;
    std::optional<layer_number> feed_forward_length;
    std::optional<std::uint64_t> key_length;
    std::optional<std::uint64_t> value_length;
    std::optional<std::uint64_t> experts;
    std::optional<std::uint64_t> experts_used;
    std::optional<std::uint64_t> expert_feed_forward_length;
    std::optional<std::uint64_t> shared_expert_feed_forward_length;  ///< 0: no shared expert

    // What cria::llama alone knows of a family, so nothing where it does not open the file.
    std::uint64_t sliding_window = 0;  ///< tokens; 0: all layers see everything
    std::uint64_t sliding_layers = 0;
    std::optional<float> attention_scale;  ///< where it is not 1 / sqrt(key_length)
    float score_cap = 0;                   ///< 0: none
    float logit_cap = 0;                   ///< 0: none
    float embedding_scale = 1, residual_scale = 1, logit_scale = 1;
    bool has_head_norms = false;           ///< queries and keys are normed
    bool has_tied_output = false;          ///< the output matrix is the embedding
    rope_facts rope;
    std::optional<std::uint64_t> kv_cache_bytes;  ///< f16, one sequence of context_length tokens

    std::string tokenizer_model;  ///< tokenizer.ggml.model
    std::optional<cria::bpe::tokenizer> tokenizer;

    std::vector<std::string> warnings;

    [[nodiscard]] auto bits_per_weight() const -> double {
        return parameters == 0 ? 0 : 8.0 * static_cast<double>(data_bytes) / static_cast<double>(parameters);
    }
};

/// Everything that can be told about a model.
[[nodiscard]] auto facts_of(const cria::gguf::shards& model) -> model_facts;

/// The tokens of a vocabulary that have a role, in the order people expect.
[[nodiscard]] auto special_tokens_of(const cria::bpe::tokenizer& tokenizer) -> std::vector<special_token>;

}  // namespace cli

#endif  // CRIA_CLI_MODEL_FACTS_HPP
