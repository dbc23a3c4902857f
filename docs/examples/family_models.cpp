// SPDX-License-Identifier: MIT
// What published models are like, and what follows from it: parameters, and bytes of keys and values. The sources of the numbers
// are named in docs/llama-architecture-variants.md, which shows what this prints.
#include <cstdint>
#include <cstdio>
#include <string>

#include "cria/cria.hpp"

namespace {

namespace llama = cria::llama;

struct published {
    const char* family;
    const char* name;
    std::uint32_t layers, d, heads, heads_kv, head, feed_forward, vocabulary;
    double base;                                   // 0: not known to us
    std::uint32_t context;
    const char* epsilon;
    bool tied;                                     // no output.weight
    std::uint32_t experts = 0, used = 0, shared = 0;  // feed_forward is an expert's, then
    std::uint32_t window = 0, period = 1;          // the last layer of each period does not slide
};

constexpr published models[] = {
    {"llama", "Llama 2 7B", 32, 4096, 32, 32, 128, 11008, 32000, 1e4, 4096, "1e-5", false},
    {"llama", "Llama 2 13B", 40, 5120, 40, 40, 128, 13824, 32000, 1e4, 4096, "1e-5", false},
    {"llama", "Llama 2 70B", 80, 8192, 64, 8, 128, 28672, 32000, 1e4, 4096, "1e-5", false},
    {"llama", "Llama 3 8B", 32, 4096, 32, 8, 128, 14336, 128256, 5e5, 8192, "1e-5", false},
    {"llama", "Llama 3.1 8B", 32, 4096, 32, 8, 128, 14336, 128256, 5e5, 131072, "1e-5", false},
    {"llama", "Llama 3.1 70B", 80, 8192, 64, 8, 128, 28672, 128256, 5e5, 131072, "1e-5", false},
    {"llama", "Llama 3.1 405B", 126, 16384, 128, 8, 128, 53248, 128256, 5e5, 131072, "1e-5", false},
    {"llama", "Llama 3.2 1B", 16, 2048, 32, 8, 64, 8192, 128256, 5e5, 131072, "1e-5", true},
    {"llama", "Llama 3.2 3B", 28, 3072, 24, 8, 128, 8192, 128256, 5e5, 131072, "1e-5", true},
    {"llama", "Mistral 7B v0.3", 32, 4096, 32, 8, 128, 14336, 32768, 1e6, 32768, "1e-5", false},
    {"llama", "Mixtral 8x7B", 32, 4096, 32, 8, 128, 14336, 32000, 1e6, 32768, "1e-5", false, 8, 2},
    {"llama", "TinyLlama 1.1B", 22, 2048, 32, 4, 64, 5632, 32000, 1e4, 2048, "1e-5", false},
    {"llama", "SmolLM2 135M", 30, 576, 9, 3, 64, 1536, 49152, 1e5, 8192, "1e-5", true},
    {"mistral3", "Ministral 3 8B", 34, 4096, 32, 8, 128, 14336, 131072, 1e6, 262144, "1e-5", false},
    {"qwen2", "Qwen2.5 0.5B", 24, 896, 14, 2, 64, 4864, 151936, 1e6, 32768, "1e-6", true},
    {"qwen2", "Qwen2.5 7B", 28, 3584, 28, 4, 128, 18944, 152064, 1e6, 131072, "1e-6", false},
    {"qwen2", "Qwen2.5 14B", 48, 5120, 40, 8, 128, 13824, 152064, 1e6, 131072, "1e-5", false},
    {"qwen2", "Qwen2.5 72B", 80, 8192, 64, 8, 128, 29568, 152064, 1e6, 131072, "1e-5", false},
    {"qwen2moe", "Qwen1.5-MoE A2.7B", 24, 2048, 16, 16, 128, 1408, 151936, 0, 32768, "1e-6", false, 60, 4, 5632},
    {"qwen3", "Qwen3 0.6B", 28, 1024, 16, 8, 128, 3072, 151936, 1e6, 40960, "1e-6", true},
    {"qwen3", "Qwen3 8B", 36, 4096, 32, 8, 128, 12288, 151936, 1e6, 40960, "1e-6", false},
    {"qwen3", "Qwen3 32B", 64, 5120, 64, 8, 128, 25600, 151936, 1e6, 40960, "1e-6", false},
    {"qwen3moe", "Qwen3 30B-A3B", 48, 2048, 32, 4, 128, 768, 151936, 1e6, 40960, "1e-6", false, 128, 8},
    {"phi3", "Phi-3-mini", 32, 3072, 32, 32, 96, 8192, 32064, 1e4, 4096, "1e-5", false},
    {"phi3", "Phi-4", 40, 5120, 40, 10, 128, 17920, 100352, 2.5e5, 16384, "1e-5", false},
    {"phi3", "Phi-4-mini", 32, 3072, 24, 8, 128, 8192, 200064, 1e4, 131072, "1e-5", true},
    {"granite", "Granite 3.0 8B", 40, 4096, 32, 8, 128, 12800, 49155, 1e4, 8192, "1e-5", true},
    {"granitemoe", "Granite 3.0 1B-A400M", 24, 1024, 16, 8, 64, 512, 49152, 1e4, 4096, "1e-6", true, 32, 8},
    {"gemma", "Gemma 2B", 18, 2048, 8, 1, 256, 16384, 256000, 1e4, 8192, "1e-6", true},
    {"gemma", "Gemma 7B", 28, 3072, 16, 16, 256, 24576, 256000, 1e4, 8192, "1e-6", true},
    {"gemma2", "Gemma 2 9B", 42, 3584, 16, 8, 256, 14336, 256000, 1e4, 8192, "1e-6", true, 0, 0, 0, 4096, 2},
    {"gemma2", "Gemma 2 27B", 46, 4608, 32, 16, 128, 36864, 256000, 1e4, 8192, "1e-6", true, 0, 0, 0, 4096, 2},
    {"gemma3", "Gemma 3 4B", 34, 2560, 8, 4, 256, 10240, 262144, 1e6, 131072, "1e-6", true, 0, 0, 0, 1024, 6},
    {"gemma3", "Gemma 3 27B", 62, 5376, 32, 16, 128, 21504, 262144, 1e6, 131072, "1e-6", true, 0, 0, 0, 1024, 6},
    {"smollm3", "SmolLM3 3B", 36, 2048, 16, 4, 128, 11008, 128256, 5e6, 65536, "1e-6", true},
};

// [parameters]
/// Weights of a model: every tensor's product of extents.
auto parameters(const published& of, const llama::family& row) -> std::uint64_t {
    const std::uint64_t d = of.d, queries = std::uint64_t{of.heads} * of.head, keys = std::uint64_t{of.heads_kv} * of.head;
    std::uint64_t layer = d * queries + 2 * d * keys + queries * d;                          // q, k and v, output
    layer += 2 * d;                                                                          // attn_norm, ffn_norm
    if (row.head_norms != llama::part::absent) layer += 2 * std::uint64_t{of.head};
    if (row.post_norms != llama::part::absent) layer += 2 * d;
    if (row.architecture == "qwen2" || row.architecture == "qwen2moe") layer += queries + 2 * keys;  // biases
    const std::uint64_t network = 3 * d * of.feed_forward;                                   // gate, up, down
    layer += of.experts == 0 ? network : of.experts * network + d * of.experts;              // with the router
    if (of.shared != 0) layer += 3 * d * of.shared + d;
    return of.layers * layer + d + (of.tied ? 1 : 2) * d * of.vocabulary;                    // output_norm, both ends
}
// [parameters]

// [cache]
/// Bytes of a cache of halves for one text of `context` tokens, evaluated up to 512 at a time.
auto cache_bytes(const published& of, std::uint32_t heads_kv, std::uint32_t context, std::uint64_t* per_token) -> cria::result<std::uint64_t> {
    llama::hyperparameters numbers;
    numbers.key_length = numbers.value_length = of.head;
    numbers.sliding_window = of.window;
    CRIA_TRY_VOID(numbers.layers.resize(of.layers, "layers"));
    for (std::uint32_t i = 0; i < of.layers; ++i) numbers.layers[i] = {.head_count = of.heads, .head_count_kv = heads_kv, .is_sliding = i % of.period + 1 < of.period};
    CRIA_TRY(const auto cache, llama::make_kv_cache_layout(numbers, {.context_length = context}));
    if (per_token != nullptr) *per_token = cache.bytes_per_token;
    return cache.size_bytes;
}
// [cache]

}  // namespace

auto main() -> int {
    std::printf("family,model,layers,d,H,Hk,k,F,V,base,context,ε,experts,weights (millions),KiB a token,at 8192 (MiB),at its context (MiB),with Hk = H (MiB)\n");
    for (const published& of : models) {
        const llama::family* const row = llama::find_family(of.family);
        std::uint64_t per_token = 0;
        const auto small = cache_bytes(of, of.heads_kv, 8192, &per_token), full = cache_bytes(of, of.heads_kv, of.context, nullptr);
        const auto ungrouped = cache_bytes(of, of.heads, of.context, nullptr);
        if (row == nullptr || !small || !full || !ungrouped) return std::printf("%s: no such family, or no such cache\n", of.name), 1;
        char experts[48] = "–";
        if (of.experts != 0) std::snprintf(experts, sizeof experts, "%u of %u%s", of.used, of.experts, of.shared != 0 ? ", 1 shared" : "");
        char base[16] = "–";
        if (of.base != 0) std::snprintf(base, sizeof base, "%.0f", of.base);
        const auto mib = [](std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20U); };
        std::printf("`%s`,%s,%u,%u,%u,%u,%u,%u,%u,%s,%u,%s,\"%s\",%.1f,%.1f,%.0f,%.0f,%.0f\n", of.family, of.name, of.layers, of.d, of.heads, of.heads_kv, of.head,
                    of.feed_forward, of.vocabulary, base, of.context, of.epsilon, experts, static_cast<double>(parameters(of, *row)) / 1e6,
                    static_cast<double>(per_token) / 1024, mib(*small), mib(*full), mib(*ungrouped));
    }
    return 0;
}
