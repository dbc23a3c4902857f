// SPDX-License-Identifier: MIT
#include "engine/parameters.hpp"

#include <cstdint>
#include <span>
#include <string_view>

#include "cria/gguf/shards.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/layer_weights.hpp"
#include "cria/llama/slice.hpp"
#include "cria/quant/dequantize.hpp"

namespace engine {
namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;

/// Reads tensors of one model. Vectors are counted in a first round and read in a second, so that they lie in one piece.
class reader {
public:
    reader(const gguf::shards& files, float* room) : files_(files), next_(room) {}

    [[nodiscard]] auto matrix_of(const llama::tensor_slice& slice) -> cria::result<matrix> {
        if (!slice) return matrix{};
        CRIA_TRY(const auto data, files_.bytes(*slice.tensor));
        if (slice.row_bytes == 0 || !slice.is_contiguous()) return cria::error{cria::errc::unsupported_type, slice.tensor->name};
        const matrix read{slice.tensor->type, slice.bytes(data), slice.n_in, slice.n_out};
        CRIA_TRY_VOID(named(check(read), *slice.tensor));
        return read;
    }
    [[nodiscard]] auto matrix_of(const gguf::tensor* tensor) -> cria::result<matrix> { return tensor == nullptr ? matrix{} : matrix_of(llama::slice_of(*tensor)); }

    /// The elements of the only row of a slice.
    [[nodiscard]] auto vector_of(const llama::tensor_slice& slice) -> cria::result<const float*> {
        constexpr const float* nothing = nullptr;
        if (!slice) return nothing;
        n_floats_ += slice.n_in;
        if (next_ == nullptr) return nothing;
        CRIA_TRY(const auto data, files_.bytes(*slice.tensor));
        if (slice.row_bytes == 0) return cria::error{cria::errc::unsupported_type, slice.tensor->name};
        float* const out = next_;
        next_ += slice.n_in;
        CRIA_TRY_VOID(named(cria::quant::dequantize<float>(slice.tensor->type, slice.row(data, 0), std::span(out, static_cast<std::size_t>(slice.n_in))), *slice.tensor));
        return static_cast<const float*>(out);
    }
    [[nodiscard]] auto vector_of(const gguf::tensor* tensor) -> cria::result<const float*> {
        return tensor == nullptr ? cria::result<const float*>(nullptr) : vector_of(llama::slice_of(*tensor));
    }

    [[nodiscard]] auto layer_of(const llama::layer_weights& from) -> cria::result<layer_parameters> {
        layer_parameters to;
        CRIA_TRY(to.attention_norm, vector_of(from.attn_norm));
        CRIA_TRY(to.query, matrix_of(from.query));
        CRIA_TRY(to.key, matrix_of(from.key));
        CRIA_TRY(to.value, matrix_of(from.value));
        CRIA_TRY(to.query_bias, vector_of(from.query_bias));
        CRIA_TRY(to.key_bias, vector_of(from.key_bias));
        CRIA_TRY(to.value_bias, vector_of(from.value_bias));
        CRIA_TRY(to.query_norm, vector_of(from.attn_q_norm));
        CRIA_TRY(to.key_norm, vector_of(from.attn_k_norm));
        CRIA_TRY(to.attention_output, matrix_of(from.attn_output));
        CRIA_TRY(to.attention_output_bias, vector_of(from.attn_output_bias));
        CRIA_TRY(to.post_attention_norm, vector_of(from.post_attention_norm));
        CRIA_TRY(to.feed_forward_norm, vector_of(from.ffn_norm));
        CRIA_TRY(to.gate, matrix_of(from.gate));
        CRIA_TRY(to.up, matrix_of(from.up));
        CRIA_TRY(to.down, matrix_of(from.ffn_down));
        CRIA_TRY(to.gate_bias, vector_of(from.ffn_gate_bias));
        CRIA_TRY(to.up_bias, vector_of(from.ffn_up_bias));
        CRIA_TRY(to.down_bias, vector_of(from.ffn_down_bias));
        CRIA_TRY(to.router, matrix_of(from.ffn_gate_inp));
        CRIA_TRY(to.expert_gates, matrix_of(from.ffn_gate_exps));
        CRIA_TRY(to.expert_ups, matrix_of(from.ffn_up_exps));
        CRIA_TRY(to.expert_downs, matrix_of(from.ffn_down_exps));
        CRIA_TRY(to.shared_gate, matrix_of(from.ffn_gate_shexp));
        CRIA_TRY(to.shared_up, matrix_of(from.ffn_up_shexp));
        CRIA_TRY(to.shared_down, matrix_of(from.ffn_down_shexp));
        CRIA_TRY(to.shared_router, vector_of(from.ffn_gate_inp_shexp));
        CRIA_TRY(to.post_feed_forward_norm, vector_of(from.post_ffw_norm));
        return to;
    }

    [[nodiscard]] auto read(const llama::weights& from, parameters& to) -> cria::result<void> {
        CRIA_TRY(to.token_embedding, matrix_of(from.token_embd));
        CRIA_TRY(to.output_norm, vector_of(from.output_norm));
        CRIA_TRY(to.output, matrix_of(from.output));
        CRIA_TRY(to.output_bias, vector_of(from.output_bias));
        to.layers.clear();
        for (const llama::layer_weights& layer : from.layers) {
            CRIA_TRY(const auto read_layer, layer_of(layer));
            CRIA_TRY_VOID(to.layers.push_back(read_layer, "layers"));
        }
        return {};
    }

    [[nodiscard]] auto n_floats() const -> std::uint64_t { return n_floats_; }

private:
    /// What fails about a tensor's data names the tensor.
    [[nodiscard]] static auto named(const cria::result<void>& done, const gguf::tensor& tensor) -> cria::result<void> {
        if (done) return {};
        cria::error why = done.error();
        why.subject = tensor.name;
        return why;
    }

    const gguf::shards& files_;
    float* next_;
    std::uint64_t n_floats_ = 0;
};

}  // namespace

auto parameters::from(const llama::model& model) -> cria::result<parameters> {
    parameters made;
    reader counting(model.files(), nullptr);
    CRIA_TRY_VOID(counting.read(model.weights(), made));
    CRIA_TRY_VOID(made.vectors_.resize(counting.n_floats(), "norms and biases"));
    reader reading(model.files(), made.vectors_.data());
    CRIA_TRY_VOID(reading.read(model.weights(), made));
    return made;
}

auto rows_of(const matrix& all, std::uint64_t first, std::uint64_t count) -> matrix {
    const std::size_t row_bytes = all.bytes.size() / static_cast<std::size_t>(all.n_out);
    return {all.type, all.bytes.subspan(static_cast<std::size_t>(first) * row_bytes, static_cast<std::size_t>(count) * row_bytes), all.n_in, count};
}

}  // namespace engine
