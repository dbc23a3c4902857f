// SPDX-License-Identifier: MIT
#include "engine/feed_forward.hpp"

#include <algorithm>
#include <cmath>    // fabs, isnan
#include <cstring>  // memcpy
#include <numeric>  // accumulate, iota

#include "cria/quant/half.hpp"
#include "engine/matmul.hpp"
#include "engine/numbers.hpp"

namespace engine {
namespace {

namespace llama = cria::llama;

/// A gated network: down(activation(gate x) · up x). Without a gate: down(activation(up x)).
struct network {
    matrix gate, up, down;
    const float* gate_bias = nullptr;
    const float* up_bias = nullptr;
    const float* down_bias = nullptr;
};

auto rounded_to_f16(float x) -> float { return cria::quant::to_float(cria::quant::to_f16(x)); }

/// ggml's table of GELU is indexed by the argument in half precision, and holds halves; beyond ±10 it is not asked.
auto gelu_through_f16(float x) -> float {
    if (std::fabs(x) >= 10.0F) return x > 0 ? x : 0.0F;
    return rounded_to_f16(gelu(rounded_to_f16(x)));
}

/// gate ← activation(gate) · up, a row.
void activate(llama::activation by, gelu_kind kind, float* gate, const float* up, std::size_t n) {
    if (by == llama::activation::silu) return silu_times(gate, up, gate, n);
    if (kind == gelu_kind::exact) return gelu_times(gate, up, gate, n);
    for (std::size_t i = 0; i < n; ++i) gate[i] = gelu_through_f16(gate[i]) * up[i];
}

auto run(const network& net, llama::activation activation, gelu_kind kind, const float* x, std::size_t n_tokens, float* out, workspace& with, products& by, team& on) -> cria::result<void> {
    const auto n_inner = static_cast<std::size_t>(net.up.n_out);
    float* const up = with.up.data();
    float* const gate = with.gate.data();
    CRIA_TRY_VOID(project(by, net.up, net.up_bias, x, n_tokens, up));
    const bool has_gate = net.gate.n_out != 0;
    if (has_gate) {
        CRIA_TRY_VOID(project(by, net.gate, net.gate_bias, x, n_tokens, gate));
    } else {
        std::memcpy(gate, up, n_tokens * n_inner * sizeof(float));
        std::fill_n(up, n_tokens * n_inner, 1.0F);
    }
    // In short pieces: a single token is to be shared out, too.
    constexpr std::size_t piece = 512;
    const std::size_t n = n_tokens * n_inner;
    on.each((n + piece - 1) / piece, [&](std::size_t begin, std::size_t end) {
        const std::size_t first = begin * piece;
        activate(activation, kind, gate + first, up + first, std::min(n, end * piece) - first);
    });
    return project(by, net.down, net.down_bias, gate, n_tokens, out);
}

/// The experts of one token: those with the largest probabilities, the likeliest first and of equals the first, and how
/// much of each is taken.
void choose(const llama::hyperparameters& numbers, float* probabilities, std::uint32_t* chosen, float* weights) {
    const std::size_t n_experts = numbers.expert_count, n_used = numbers.expert_used_count;
    softmax(probabilities, n_experts);
    if (std::isnan(probabilities[0])) {  // then all are; the token is lost, and its logits will say so
        std::iota(chosen, chosen + n_used, 0U);
        return void(std::fill_n(weights, n_used, probabilities[0]));
    }
    for (std::size_t choice = 0; choice < n_used; ++choice) {
        std::size_t best = 0;
        for (std::size_t e = 1; e < n_experts; ++e)
            if (probabilities[e] > probabilities[best]) best = e;
        chosen[choice] = static_cast<std::uint32_t>(best);
        weights[choice] = probabilities[best];
        probabilities[best] = -1;
    }
    if (!numbers.family.experts.weights_sum_to_one) return;
    const float sum = std::max(std::accumulate(weights, weights + n_used, 0.0F), 0x1p-14F);
    for (std::size_t choice = 0; choice < n_used; ++choice) weights[choice] /= sum;
}

/// All tokens that chose an expert go through it together; results are added up by each token's own order of choices, so
/// that they do not depend on the company.
auto mix_experts(const llama::hyperparameters& numbers, const layer_parameters& of, gelu_kind gelu, std::size_t n_tokens, workspace& with, products& by, team& on) -> cria::result<void> {
    const std::size_t d = numbers.embedding_length, n_experts = numbers.expert_count, n_used = numbers.expert_used_count;
    CRIA_TRY_VOID(by.multiply(of.router, with.normed.data(), n_tokens, with.routes.data()));
    for (std::size_t t = 0; t < n_tokens; ++t)
        choose(numbers, with.routes.data() + t * n_experts, with.chosen.data() + t * n_used, with.weights.data() + t * n_used);

    for (std::uint32_t e = 0; e < n_experts; ++e) {
        std::size_t n = 0;
        for (std::size_t place = 0; place < n_tokens * n_used; ++place) {
            if (with.chosen[place] != e) continue;
            std::memcpy(with.gathered.data() + n * d, with.normed.data() + place / n_used * d, d * sizeof(float));
            with.places[n++] = static_cast<std::uint32_t>(place);
        }
        if (n == 0) continue;
        const std::uint64_t n_inner = numbers.expert_feed_forward_length;
        const network expert{of.expert_gates.n_out != 0 ? rows_of(of.expert_gates, e * n_inner, n_inner) : matrix{}, rows_of(of.expert_ups, e * n_inner, n_inner),
                             rows_of(of.expert_downs, e * d, d)};
        CRIA_TRY_VOID(run(expert, numbers.family.gate, gelu, with.gathered.data(), n, with.expert_out.data(), with, by, on));
        for (std::size_t i = 0; i < n; ++i)
            std::memcpy(with.expert_sums.data() + with.places[i] * d, with.expert_out.data() + i * d, d * sizeof(float));
    }
    for (std::size_t t = 0; t < n_tokens; ++t)
        weighted_sum(with.weights.data() + t * n_used, with.expert_sums.data() + t * n_used * d, d, n_used, d, with.branch.data() + t * d);
    return {};
}

/// The network that every token goes through beside its experts.
auto add_shared_expert(const llama::hyperparameters& numbers, const layer_parameters& of, gelu_kind gelu, std::size_t n_tokens, workspace& with, products& by, team& on)
    -> cria::result<void> {
    const std::size_t d = numbers.embedding_length;
    CRIA_TRY_VOID(run({of.shared_gate, of.shared_up, of.shared_down}, numbers.family.gate, gelu, with.normed.data(), n_tokens, with.expert_out.data(), with, by, on));
    for (std::size_t t = 0; t < n_tokens; ++t) {
        float share = 1;
        if (of.shared_router != nullptr) share = 1 / (1 + exp(-dot(of.shared_router, with.normed.data() + t * d, d)));
        add_scaled(with.branch.data() + t * d, with.expert_out.data() + t * d, share, d);
    }
    return {};
}

}  // namespace

auto feed_forward(const llama::hyperparameters& numbers, const layer_parameters& of, gelu_kind gelu, std::size_t n_tokens, workspace& with, products& by, team& on) -> cria::result<void> {
    if (!numbers.has_experts()) {
        const network dense{of.gate, of.up, of.down, of.gate_bias, of.up_bias, of.down_bias};
        return run(dense, numbers.family.gate, gelu, with.normed.data(), n_tokens, with.branch.data(), with, by, on);
    }
    CRIA_TRY_VOID(mix_experts(numbers, of, gelu, n_tokens, with, by, on));
    if (of.shared_up.n_out == 0) return {};
    return add_shared_expert(numbers, of, gelu, n_tokens, with, by, on);
}

}  // namespace engine
