// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_FAMILY_HPP
#define CRIA_LLAMA_FAMILY_HPP

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

// What sets one architecture of the Llama kind apart from the next, as a table: reading hyper-parameters, binding
// weights and computing ask a row, and never compare names. A column's default is what `llama` does, so a row says
// only what is different. The facts are llama.cpp's, as of commit 0c1e57098 (src/models/*.cpp there).
//
// A new family is a new row, and a column where it does something no family did before. Rows of a caller's own are
// given to open() or hyperparameters_from() by value; one that is called like a row of ours takes its place.

namespace cria::inline v0::llama {

/// Which two numbers of a head a rotation turns.
enum class rope_pairs : std::uint8_t {
    adjacent,  ///< 2j and 2j + 1: how Llama's attention rows are stored in GGUF
    halves,    ///< j and j + dimension_count / 2 (GPT-NeoX)
};

/// Whether a part of a model is there.
enum class part : std::uint8_t { absent, optional, required };

/// Which tensors with a factor for each rotation a family has.
enum class rope_factors : std::uint8_t {
    none,
    by_scaling,    ///< rope_freqs; for LongRoPE rope_factors_long and rope_factors_short instead
    long_or_short, ///< always the latter two
};

/// What the gate of a feed-forward network goes through.
enum class activation : std::uint8_t {
    silu,  ///< x / (1 + e^-x): the network is SwiGLU
    gelu,  ///< x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))): GeGLU
};

/// Where a token's embedding is multiplied before the first layer, by what.
enum class embedding_scaling : std::uint8_t { none, root_of_length, stated };

/// Which matrix turns the last layer's output into logits.
enum class output_matrix : std::uint8_t {
    optional,  ///< output.weight, or token_embd.weight where there is none
    required,  ///< output.weight
    tied,      ///< token_embd.weight
};

/// How tokens are sent to experts.
struct expert_rules {
    part presence = part::optional;   ///< `optional`: where expert_count is above 0. `absent`: the keys are not read
    bool weights_sum_to_one = true;   ///< the weights of the experts that were chosen are divided by their sum
    bool own_length = false;          ///< expert_feed_forward_length is read, feed_forward_length / expert_used_count where absent
    bool gates_optional = true;       ///< without ffn_gate_exps an expert is down(silu(up x))
    part shared = part::absent;       ///< an expert for every token. `optional`: where its length is stated; `required`: by default as long as feed_forward_length
    bool shared_is_gated = false;     ///< ffn_gate_inp_shexp decides how much of it
};

/// Layers that attend to the last tokens only. A family without them has no default_period.
struct sliding_rules {
    std::uint32_t default_period = 0;  ///< the last layer of each so many attends to everything, the others slide
    std::uint32_t default_window = 0;  ///< tokens, with the present one; 0: no layer slides unless the key says so
    float default_freq_base = 0;       ///< of sliding layers, where rope.freq_base_swa is absent; 0: rope.freq_base
    bool scaled = true;                ///< whether rope.scaling applies to sliding layers
};

/// A number that some families read.
struct optional_number {
    bool is_read = false;
    float otherwise = 0;  ///< where it is read and the key is absent; 0: there is none, and the key may be 0 to say so
};

/// What an extent of a tensor is called, and so how large it is in a model.
enum class extent : std::uint8_t {
    none,
    embedding,            ///< embedding_length
    vocabulary,           ///< vocabulary_size
    queries,              ///< head_count · key_length
    keys,                 ///< head_count_kv · key_length
    values,               ///< head_count_kv · value_length
    queries_keys_values,  ///< the three together
    heads_out,            ///< head_count · value_length
    head,                 ///< key_length
    feed_forward,         ///< feed_forward_length
    gate_and_up,          ///< 2 · feed_forward_length
    experts,              ///< expert_count
    expert_forward,       ///< expert_feed_forward_length
    shared_forward,       ///< shared_expert_feed_forward_length
    rope_half,            ///< rope.dimension_count / 2
};

/// A tensor that only a caller's own family has. Binding checks that it is there with its shape; it is then found by name.
struct extra_tensor {
    std::string_view name;             ///< in a layer, what follows "blk.N."
    bool in_each_layer = true;
    bool is_required = true;
    std::array<extent, 3> extents{};   ///< the file's order, fastest dimension first
};

/// One architecture. Plain data, copied freely; the texts and `extra_tensors` are borrowed.
struct family {
    std::string_view architecture = {};  ///< general.architecture, and the first part of its keys; up to 64 bytes

    // Rotary position embeddings
    rope_pairs pairs = rope_pairs::adjacent;
    bool rotates_part_of_head = false;       ///< rope.dimension_count may be below key_length
    rope_factors factors = rope_factors::by_scaling;
    bool reads_yarn = false;                 ///< the keys rope.scaling.yarn_beta_fast, yarn_beta_slow and yarn_log_multiplier
    bool may_have_no_rope = false;           ///< rope.scaling.finetuned = false: no layer rotates
    std::uint32_t plain_layer_period = 0;    ///< the last layer of each so many does not rotate; 0: all do

    // Attention
    bool heads_fill_embedding = false;       ///< head_count · key_length is embedding_length
    std::uint32_t wide_scale_block_count = 0;   ///< with so many layers, scores are scaled by 1/√(embedding_length / head_count)
    bool reads_attention_scale = false;      ///< attention.scale instead of 1/√key_length, unless 0
    bool reads_temperature_scale = false;    ///< attention.temperature_scale
    part head_norms = part::absent;          ///< attn_q_norm, attn_k_norm
    optional_number score_cap{};               ///< attn_logit_softcapping
    sliding_rules sliding{};
    part attention_output_bias = part::optional;

    // Feed-forward
    activation gate = activation::silu;
    bool gate_and_up_are_one = false;        ///< ffn_up holds the rows of the gate, then those of up
    part feed_forward_biases = part::optional;
    expert_rules experts{};

    // Around the layers
    embedding_scaling embedding = embedding_scaling::none;
    bool reads_residual_scale = false;       ///< residual_scale multiplies what each half of a layer adds
    part post_norms = part::absent;          ///< post_attention_norm, post_ffw_norm
    output_matrix output = output_matrix::optional;
    part output_bias = part::absent;
    bool divides_logits = false;             ///< by logit_scale, which is required
    optional_number logit_cap{};               ///< final_logit_softcapping

    std::span<const extra_tensor> extra_tensors{};
};

namespace detail {

inline constexpr expert_rules no_experts = {.presence = part::absent};

/// What the Qwen families share.
constexpr auto qwen(std::string_view architecture) -> family {
    return {.architecture = architecture,
            .pairs = rope_pairs::halves,
            .factors = rope_factors::none,
            .attention_output_bias = part::absent,
            .feed_forward_biases = part::absent,
            .experts = no_experts};
}

/// What the Gemma families share.
constexpr auto gemma(std::string_view architecture) -> family {
    family row = qwen(architecture);
    row.rotates_part_of_head = true;
    row.gate = activation::gelu;
    row.embedding = embedding_scaling::root_of_length;
    row.output = output_matrix::tied;
    return row;
}

constexpr auto mistral3() -> family {
    family row{.architecture = "mistral3"};
    row.reads_yarn = true;
    row.reads_temperature_scale = true;
    return row;
}

constexpr auto qwen2() -> family {
    family row = qwen("qwen2");
    row.heads_fill_embedding = true;
    row.output_bias = part::optional;
    return row;
}

constexpr auto qwen2moe() -> family {
    family row = qwen("qwen2moe");
    row.heads_fill_embedding = true;
    row.output = output_matrix::required;
    row.experts = {.presence = part::required, .weights_sum_to_one = false, .own_length = true, .gates_optional = false, .shared = part::required, .shared_is_gated = true};
    return row;
}

constexpr auto qwen3() -> family {
    family row = qwen("qwen3");
    row.head_norms = part::required;
    return row;
}

constexpr auto qwen3moe() -> family {
    family row = qwen3();
    row.architecture = "qwen3moe";
    row.experts = {.presence = part::required, .own_length = true, .gates_optional = false};
    return row;
}

constexpr auto phi3() -> family {
    family row = qwen("phi3");
    row.rotates_part_of_head = true;
    row.factors = rope_factors::long_or_short;
    row.heads_fill_embedding = true;
    row.gate_and_up_are_one = true;
    return row;
}

constexpr auto granite(std::string_view architecture, bool may_have_no_rope) -> family {
    family row{.architecture = architecture};
    row.may_have_no_rope = may_have_no_rope;
    row.reads_attention_scale = true;
    row.embedding = embedding_scaling::stated;
    row.reads_residual_scale = true;
    row.divides_logits = true;
    row.experts.shared = part::optional;
    return row;
}

constexpr auto gemma2() -> family {
    family row = gemma("gemma2");
    row.post_norms = part::required;
    row.wide_scale_block_count = 46;
    row.score_cap = {true, 50.0F};
    row.logit_cap = {true, 30.0F};
    row.sliding = {.default_period = 2, .default_window = 4096};
    return row;
}

constexpr auto gemma3() -> family {
    family row = gemma("gemma3");
    row.output = output_matrix::optional;
    row.head_norms = part::required;
    row.post_norms = part::required;
    row.wide_scale_block_count = 62;
    row.logit_cap = {true, 0.0F};
    row.sliding = {.default_period = 6, .default_freq_base = 10000.0F, .scaled = false};
    return row;
}

constexpr auto smollm3() -> family {
    family row = qwen("smollm3");
    row.pairs = rope_pairs::adjacent;
    row.plain_layer_period = 4;
    return row;
}

}  // namespace detail

/// The architectures this version knows, one a row.
inline constexpr std::array<family, 13> families = {{
    {.architecture = "llama"},  // 1, 2, 3.x; Mistral, Mixtral, TinyLlama, SmolLM 1 and 2
    detail::mistral3(),
    detail::qwen2(),
    detail::qwen2moe(),
    detail::qwen3(),
    detail::qwen3moe(),
    detail::phi3(),
    detail::granite("granite", true),
    detail::granite("granitemoe", false),
    detail::gemma("gemma"),
    detail::gemma2(),
    detail::gemma3(),
    detail::smollm3(),
}};

/// The family called `architecture`, of `own` if it is there, else of `families`; nullptr where neither has it.
[[nodiscard]] constexpr auto find_family(std::string_view architecture, std::span<const family> own = {}) noexcept -> const family* {
    for (const family& row : own)
        if (row.architecture == architecture) return &row;
    for (const family& row : families)
        if (row.architecture == architecture) return &row;
    return nullptr;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_FAMILY_HPP
