// SPDX-License-Identifier: MIT
#include "model_facts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "cria/fmt.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/kv_cache.hpp"
#include "cria/llama/weights.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace llama = cria::llama;

void count_tensors(const gguf::tensor_table& tensors, model_facts& facts) {
    std::map<cria::tensor_type, type_share> by_type;
    for (const gguf::tensor& tensor : tensors) {
        type_share& share = by_type[tensor.type];
        ++share.tensors;
        share.elements += tensor.shape.elements();
        share.bytes += tensor.size_bytes;
    }
    for (auto& [type, share] : by_type) {
        share.type = fmt::format("{}", type);
        facts.parameters += share.elements;
        facts.data_bytes += share.bytes;
        facts.types.push_back(std::move(share));
    }
    std::sort(facts.types.begin(), facts.types.end(),
              [](const auto& a, const auto& b) { return a.bytes != b.bytes ? a.bytes > b.bytes : a.type < b.type; });
}

auto text_under(const gguf::metadata& metadata, std::string_view key) -> std::string {
    return std::string(metadata.get<std::string_view>(key).value_or(std::string_view()));
}

/// The keys of an architecture, taken as they stand: for files whose rules are not known here.
class stated_numbers {
public:
    stated_numbers(const gguf::metadata& metadata, std::string architecture) : metadata_(metadata), prefix_(std::move(architecture) + ".") {}

    [[nodiscard]] auto number(const char* key) const -> std::optional<std::uint64_t> {
        const auto stated = metadata_.as<std::uint64_t>(prefix_ + key);
        return stated ? std::optional(*stated) : std::nullopt;
    }
    [[nodiscard]] auto real(const char* key) const -> std::optional<float> {
        const auto stated = metadata_.as<float>(prefix_ + key);
        return stated ? std::optional(*stated) : std::nullopt;
    }
    [[nodiscard]] auto text(const char* key) const -> std::string { return text_under(metadata_, prefix_ + key); }
    /// One number for all layers, or an array with one each.
    [[nodiscard]] auto per_layer(const char* key) const -> std::optional<layer_number> {
        if (const auto single = number(key)) return layer_number{*single, *single};
        const auto list = metadata_.get<gguf::array<std::int64_t>>(prefix_ + key);
        if (!list || list->empty()) return std::nullopt;
        const auto [least, most] = std::minmax_element(list->begin(), list->end());
        if (*least < 0) return std::nullopt;
        return layer_number{static_cast<std::uint64_t>(*least), static_cast<std::uint64_t>(*most)};
    }

private:
    const gguf::metadata& metadata_;
    std::string prefix_;
};

void take_stated(const gguf::metadata& metadata, model_facts& facts) {
    const stated_numbers stated(metadata, facts.architecture);
    facts.context_length = stated.number("context_length");
    facts.embedding_length = stated.number("embedding_length");
    facts.layers = stated.number("block_count");
    facts.heads = stated.per_layer("attention.head_count");
    facts.kv_heads = stated.per_layer("attention.head_count_kv");
    facts.feed_forward_length = stated.per_layer("feed_forward_length");
    facts.key_length = stated.number("attention.key_length");
    facts.value_length = stated.number("attention.value_length");
    facts.experts = stated.number("expert_count");
    facts.experts_used = stated.number("expert_used_count");
    facts.expert_feed_forward_length = stated.number("expert_feed_forward_length");
    facts.shared_expert_feed_forward_length = stated.number("expert_shared_feed_forward_length");
    facts.rope.dimension_count = stated.number("rope.dimension_count");
    facts.rope.freq_base = stated.real("rope.freq_base");
    facts.rope.scaling = stated.text("rope.scaling.type");
    facts.rope.scaling_factor = stated.real("rope.scaling.factor");
    facts.rope.original_context_length = stated.number("rope.scaling.original_context_length");
}

template <class Get>
auto range_of(const llama::hyperparameters& numbers, Get get) -> layer_number {
    layer_number range{get(numbers.layers[0]), get(numbers.layers[0])};
    for (const auto& layer : numbers.layers) {
        range.least = std::min<std::uint64_t>(range.least, get(layer));
        range.most = std::max<std::uint64_t>(range.most, get(layer));
    }
    return range;
}

void take_checked(const llama::hyperparameters& numbers, model_facts& facts) {
    facts.context_length = numbers.context_length;
    facts.embedding_length = numbers.embedding_length;
    facts.layers = numbers.block_count;
    facts.heads = range_of(numbers, [](const auto& layer) { return layer.head_count; });
    facts.kv_heads = range_of(numbers, [](const auto& layer) { return layer.head_count_kv; });
    facts.feed_forward_length = range_of(numbers, [](const auto& layer) { return layer.feed_forward_length; });
    facts.key_length = numbers.key_length;
    facts.value_length = numbers.value_length;
    facts.experts = numbers.expert_count;
    facts.experts_used = numbers.expert_used_count;
    facts.expert_feed_forward_length = numbers.expert_feed_forward_length;
    facts.shared_expert_feed_forward_length = numbers.shared_expert_feed_forward_length;
    facts.rope.dimension_count = numbers.rope.dimension_count;
    facts.rope.freq_base = numbers.rope.freq_base;
    facts.rope.scaling = llama::name_of(numbers.rope.scaling);
    facts.rope.scaling_factor = numbers.rope.scaling_factor;
    facts.rope.original_context_length = numbers.rope.original_context_length;
    if (numbers.sliding_window != 0 && numbers.rope_sliding.freq_base != numbers.rope.freq_base) facts.rope.freq_base_sliding = numbers.rope_sliding.freq_base;
    for (const auto& layer : numbers.layers) {
        facts.sliding_layers += layer.is_sliding ? 1U : 0U;
        facts.rope.plain_layers += layer.has_rope ? 0U : 1U;
    }
    if (facts.sliding_layers > 0) facts.sliding_window = numbers.sliding_window;
    const float usual_scale = 1.0F / std::sqrt(static_cast<float>(numbers.key_length));
    if (std::abs(numbers.attention_scale - usual_scale) > 1e-6F * usual_scale) facts.attention_scale = numbers.attention_scale;
    facts.score_cap = numbers.score_cap;
    facts.logit_cap = numbers.logit_cap;
    facts.embedding_scale = numbers.embedding_scale;
    facts.residual_scale = numbers.residual_scale;
    facts.logit_scale = numbers.logit_scale;
    if (const auto cache = llama::make_kv_cache_layout(numbers, {.context_length = numbers.context_length})) facts.kv_cache_bytes = cache->size_bytes;
}

void take_model(const gguf::shards& model, model_facts& facts) {
    const auto numbers = llama::hyperparameters_from(model.metadata());
    if (!numbers) return facts.warnings.push_back("cria::llama does not open this file: " + numbers.error().message());
    take_checked(*numbers, facts);
    if (model.tensors().empty()) return void(facts.warnings.emplace_back("holds no tensors: a vocabulary, not a model"));
    const auto weights = llama::weights_from(model.tensors(), *numbers);
    if (!weights) return facts.warnings.push_back("cria::llama does not open this file: " + weights.error().message());
    facts.supported = true;
    facts.has_tied_output = weights->tied_output;
    facts.has_head_norms = weights->layers[0].attn_q_norm != nullptr;
    facts.rope.has_factors = weights->rope_freqs != nullptr || weights->rope_factors_long != nullptr || weights->rope_factors_short != nullptr;
    if (const std::size_t n = weights->unused().size(); n > 0)
        facts.warnings.push_back(fmt::format("{}: no role in a {} model ({} such tensors)", printable(weights->unused()[0]->name), facts.architecture, n));
}

void take_tokenizer(const gguf::metadata& metadata, model_facts& facts) {
    facts.tokenizer_model = text_under(metadata, "tokenizer.ggml.model");
    auto tokenizer = cria::tokenizer_from(metadata);
    if (!tokenizer) return facts.warnings.push_back(tokenizer.error().message());
    for (const auto& note : tokenizer->notes()) facts.warnings.push_back(note.message());
    facts.tokenizer = *std::move(tokenizer);
}

/// What the reader found odd about the files themselves.
void take_warnings(const gguf::shards& model, model_facts& facts) {
    for (const gguf::file& file : model) {
        const gguf::contents& contents = file.contents();
        const std::string where = model.size() > 1 ? file_name_of(file.native().path()) + ": " : "";
        for (const gguf::warning& warning : contents.warnings()) facts.warnings.push_back(where + warning.message());
        if (const std::uint64_t more = contents.n_warnings() - contents.warnings().size(); more > 0)
            facts.warnings.push_back(where + fmt::format("{} more such oddities; `cria check` lists them", grouped(more)));
    }
}

}  // namespace

auto facts_of(const gguf::shards& model) -> model_facts {
    const gguf::metadata& metadata = model.metadata();
    model_facts facts;
    facts.name = text_under(metadata, "general.name");
    facts.architecture = text_under(metadata, "general.architecture");
    facts.chat_template_bytes = text_under(metadata, "tokenizer.chat_template").size();
    count_tensors(model.tensors(), facts);
    take_stated(metadata, facts);
    take_model(model, facts);
    take_tokenizer(metadata, facts);
    take_warnings(model, facts);
    return facts;
}

auto special_tokens_of(const cria::bpe::tokenizer& tokenizer) -> std::vector<special_token> {
    const cria::bpe::special_ids& ids = tokenizer.special();
    const std::pair<const char*, std::optional<cria::bpe::token_id>> roles[] = {
        {"bos", ids.bos},
        {"eos", ids.eos},
        {"eot", ids.eot},
        {"eom", ids.eom},
        {"unknown", ids.unknown},
        {"padding", ids.padding},
        {"separator", ids.separator},
        {"mask", ids.mask},
        {"fim_prefix", ids.fim_prefix},
        {"fim_suffix", ids.fim_suffix},
        {"fim_middle", ids.fim_middle},
        {"fim_pad", ids.fim_pad},
        {"fim_repo", ids.fim_repo},
        {"fim_separator", ids.fim_separator},
    };
    std::vector<special_token> found;
    for (const auto& [role, id] : roles)
        if (id) found.push_back({role, *id, tokenizer.text(*id)});
    return found;
}

}  // namespace cli
