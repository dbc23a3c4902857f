// SPDX-License-Identifier: MIT
// What sets the families apart, from the library's own table: docs/llama-architecture-variants.md shows what this prints.
#include <cstdio>
#include <string>

#include "cria/llama/family.hpp"

namespace {

namespace llama = cria::llama;

auto yes(bool is_so) -> std::string { return is_so ? "yes" : "–"; }
auto presence(llama::part is) -> std::string { return is == llama::part::required ? "yes" : is == llama::part::optional ? "may be" : "–"; }
auto number(double x) -> std::string {
    char text[32];
    std::snprintf(text, sizeof text, "%g", x);
    return text;
}
auto cap(const llama::optional_number& is) -> std::string { return !is.is_read ? "–" : is.otherwise == 0 ? "where the key says so" : number(is.otherwise); }

}  // namespace

auto main() -> int {
    std::printf("family,pairs,rotates,factor tensors,YaRN keys,layers that do not rotate,heads fill the embedding,scores times,score cap,q and k norms,sliding layers,"
                "window,their base,output bias,gate,gate and up,ffn biases,experts,weights sum to 1,shared expert,embedding times,post norms,residual times,"
                "logits from,logit bias,logits over,logit cap\n");
    for (const llama::family& row : llama::families) {
        const std::string name(row.architecture);
        std::printf("`%s`,%s,%s,", name.c_str(), row.pairs == llama::rope_pairs::adjacent ? "adjacent" : "halves", row.rotates_part_of_head ? "all or a part" : "all");
        std::printf("%s,", row.factors == llama::rope_factors::none ? "–" : row.factors == llama::rope_factors::by_scaling ? "`rope_freqs` or long and short" : "long and short");
        std::printf("%s,", yes(row.reads_yarn).c_str());
        if (row.may_have_no_rope) std::printf("all or none,");
        else if (row.plain_layer_period != 0) std::printf("the last of each %u,", row.plain_layer_period);
        else std::printf("none,");
        std::printf("%s,", yes(row.heads_fill_embedding).c_str());
        if (row.wide_scale_block_count != 0) std::printf("1/√k; of %u layers: 1/√(d/H),", row.wide_scale_block_count);
        else std::printf("%s,", row.reads_attention_scale ? "`attention.scale`" : row.reads_temperature_scale ? "1/√k · temperature" : "1/√k");
        std::printf("%s,%s,", cap(row.score_cap).c_str(), presence(row.head_norms).c_str());
        if (row.sliding.default_period == 0) {
            std::printf("none,–,–,");
        } else {
            std::printf("%u of %u,", row.sliding.default_period - 1, row.sliding.default_period);
            std::printf("%s,", row.sliding.default_window == 0 ? "by key" : number(row.sliding.default_window).c_str());
            std::printf("%s,", row.sliding.default_freq_base == 0 ? "as the others" : number(row.sliding.default_freq_base).c_str());
        }
        std::printf("%s,", presence(row.attention_output_bias).c_str());
        std::printf("%s,%s,%s,", row.gate == llama::activation::silu ? "SiLU" : "GELU", row.gate_and_up_are_one ? "one tensor" : "two", presence(row.feed_forward_biases).c_str());
        const llama::expert_rules& experts = row.experts;
        const bool any = experts.presence != llama::part::absent;
        std::printf("%s,%s,", presence(experts.presence).c_str(), any ? yes(experts.weights_sum_to_one).c_str() : "–");
        std::printf("%s,", !any ? "–" : (presence(experts.shared) + (experts.shared_is_gated ? " (gated)" : "")).c_str());
        std::printf("%s,", row.embedding == llama::embedding_scaling::none ? "1" : row.embedding == llama::embedding_scaling::stated ? "`embedding_scale`" : "√d");
        std::printf("%s,%s,", presence(row.post_norms).c_str(), row.reads_residual_scale ? "`residual_scale`" : "1");
        std::printf("%s,", row.output == llama::output_matrix::tied ? "`token_embd`" : row.output == llama::output_matrix::required ? "`output`" : "`output` or else `token_embd`");
        std::printf("%s,%s,%s\n", presence(row.output_bias).c_str(), row.divides_logits ? "`logit_scale`" : "1", cap(row.logit_cap).c_str());
    }
    return 0;
}
