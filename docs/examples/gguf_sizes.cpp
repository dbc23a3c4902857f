// SPDX-License-Identifier: MIT
// How large a file of a mixture is, from the rules of the mixture: docs/gguf-research.md shows what this prints.
#include <cstdint>
#include <cstdio>

#include "cria/cria.hpp"

namespace {

using cria::tensor_type;

struct sum {
    std::uint64_t weights = 0, bytes = 0;
    void add(tensor_type type, std::uint64_t rows, std::uint64_t columns) {  // both a multiple of what their type wants
        const auto layout = *cria::geometry_of(type);
        weights += rows * columns;
        bytes += rows * columns / layout.elements_per_block * layout.bytes_per_block;
    }
};

// [mixture]
/// Llama 3.1 8B as llama-quantize makes Q4_K_M of it: half of the layers have attn_v and ffn_down in Q6_K.
auto llama_3_1_8b_q4_k_m() -> sum {
    constexpr int n_layers = 32;
    const auto is_favoured = [](int layer) { return layer < n_layers / 8 || layer >= 7 * n_layers / 8 || (layer - n_layers / 8) % 3 == 2; };
    sum all;
    all.add(tensor_type::q4_k, 128256, 4096);  // token_embd
    all.add(tensor_type::q6_k, 128256, 4096);  // output
    all.add(tensor_type::f32, 1, 4096);        // output_norm
    for (int layer = 0; layer < n_layers; ++layer) {
        const tensor_type more = is_favoured(layer) ? tensor_type::q6_k : tensor_type::q4_k;
        all.add(tensor_type::q4_k, 4096, 4096);   // attn_q
        all.add(tensor_type::q4_k, 1024, 4096);   // attn_k: 8 heads of 128
        all.add(more, 1024, 4096);                // attn_v
        all.add(tensor_type::q4_k, 4096, 4096);   // attn_output
        all.add(tensor_type::q4_k, 14336, 4096);  // ffn_gate
        all.add(tensor_type::q4_k, 14336, 4096);  // ffn_up
        all.add(more, 4096, 14336);               // ffn_down
        all.add(tensor_type::f32, 2, 4096);       // attn_norm, ffn_norm
    }
    return all;
}
// [mixture]

}  // namespace

auto main() -> int {
    const sum all = llama_3_1_8b_q4_k_m();
    std::printf("%llu weights, %llu bytes of data: %.4f bits a weight, %.2f GiB\n", static_cast<unsigned long long>(all.weights), static_cast<unsigned long long>(all.bytes),
                8.0 * static_cast<double>(all.bytes) / static_cast<double>(all.weights), static_cast<double>(all.bytes) / (1U << 30U));
    return 0;
}
