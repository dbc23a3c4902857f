// SPDX-License-Identifier: MIT
// cria info: one screen that a person would want before using a model.
#include <algorithm>
#include <bit>  // endian
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/gguf/shards.hpp"
#include "json.hpp"
#include "model_facts.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

auto algorithm_of(const cria::bpe::tokenizer& tokenizer) -> const char* {
    switch (tokenizer.kind()) {
        case cria::bpe::algorithm::byte_level: return "byte-level BPE";
        case cria::bpe::algorithm::sentencepiece: return "SentencePiece BPE";
        case cria::bpe::algorithm::character_level: return "character-level BPE";
    }
    return "";
}

// For people ----------------------------------------------------------------------------------------

constexpr std::size_t label_width = 14;
constexpr std::size_t line_width = 80;
constexpr std::size_t most_types = 6;     // one screen; --json has all
constexpr std::size_t most_warnings = 6;
constexpr std::size_t most_token_bytes = 28;
constexpr std::size_t most_name_bytes = 60;

/// The lines of the screen: a label, then its words, broken where a line is full.
class screen {
public:
    explicit screen(output& out) : out_(out) {}

    /// Items with commas between them, each in one piece.
    void line(std::string_view label, const std::vector<std::string>& items) {
        if (items.empty()) return;
        begin(label);
        for (std::size_t i = 0; i < items.size(); ++i) word(i + 1 < items.size() ? items[i] + "," : items[i]);
        out_.print("{}\n", line_);
    }
    /// A sentence.
    void line(std::string_view label, std::string_view text) {
        begin(label);
        for (std::size_t end = 0; !text.empty(); text.remove_prefix(std::min(text.size(), end + 1))) {
            end = std::min(text.find(' '), text.size());
            word(text.substr(0, end));
        }
        out_.print("{}\n", line_);
    }

private:
    void begin(std::string_view label) {
        line_ = out_.bold(padded(label, label_width));
        column_ = label_width;
    }
    void word(std::string_view text) {
        if (column_ > label_width && column_ + 1 + width_of(text) > line_width) {
            line_ += '\n';
            line_.append(label_width, ' ');
            column_ = label_width;
        } else if (column_ > label_width) {
            line_ += ' ';
            ++column_;
        }
        line_ += text;
        column_ += width_of(text);
    }

    output& out_;
    std::string line_;
    std::size_t column_ = 0;
};

auto text_of(const layer_number& number) -> std::string {
    if (number.least == number.most) return grouped(number.least);
    return fmt::format("{} to {}", grouped(number.least), grouped(number.most));
}

auto text_of(const layer_number& number, std::string_view what) -> std::string {
    if (number.least == number.most) return counted(number.least, what);
    return fmt::format("{} {}s", text_of(number), what);
}

auto quantization_of(const model_facts& facts) -> std::vector<std::string> {
    std::vector<std::string> items;
    for (const type_share& share : facts.types) {
        if (items.size() == most_types) {
            items.push_back(fmt::format("{} more types", facts.types.size() - most_types));
            break;
        }
        const double percent = facts.data_bytes == 0 ? 0 : 100.0 * static_cast<double>(share.bytes) / static_cast<double>(facts.data_bytes);
        items.push_back(fmt::format("{} {:.1f} % ({})", share.type, percent, counted(share.tensors, "tensor")));
    }
    return items;
}

auto layers_of(const model_facts& facts) -> std::vector<std::string> {
    std::vector<std::string> items;
    if (facts.layers) items.push_back(grouped(*facts.layers));
    if (facts.embedding_length) items.push_back("embedding " + grouped(*facts.embedding_length));
    if (facts.feed_forward_length) items.push_back("FFN " + text_of(*facts.feed_forward_length));
    if (facts.experts.value_or(0) > 0) {
        const std::string width = facts.expert_feed_forward_length.value_or(0) > 0 ? " of " + grouped(*facts.expert_feed_forward_length) : "";
        items.push_back(fmt::format("{} experts{}, {} used", *facts.experts, width, facts.experts_used.value_or(0)));
        if (facts.shared_expert_feed_forward_length.value_or(0) > 0) items.push_back("a shared one of " + grouped(*facts.shared_expert_feed_forward_length));
    }
    if (facts.residual_scale != 1) items.push_back(fmt::format("each half scaled by {}", facts.residual_scale));
    return items;
}

auto attention_of(const model_facts& facts) -> std::vector<std::string> {
    std::vector<std::string> items;
    if (facts.heads) items.push_back(text_of(*facts.heads, "head"));
    if (facts.kv_heads) items.push_back(text_of(*facts.kv_heads, "KV head"));
    if (facts.key_length && facts.value_length == facts.key_length) items.push_back("head size " + grouped(*facts.key_length));
    else if (facts.key_length && facts.value_length) items.push_back(fmt::format("head size {} (values {})", *facts.key_length, *facts.value_length));
    if (facts.has_head_norms) items.emplace_back("normed heads");
    if (facts.attention_scale) items.push_back(fmt::format("scaled by {}", *facts.attention_scale));
    if (facts.score_cap != 0) items.push_back(fmt::format("scores capped at {}", facts.score_cap));
    if (facts.sliding_layers > 0)
        items.push_back(fmt::format("a window of {} in {} layers", counted(facts.sliding_window, "token"), facts.sliding_layers == facts.layers ? "all" : grouped(facts.sliding_layers)));
    return items;
}

auto output_of(const model_facts& facts) -> std::vector<std::string> {
    std::vector<std::string> items;
    if (facts.has_tied_output) items.emplace_back("tied to the embedding");
    if (facts.embedding_scale != 1) items.push_back(fmt::format("embedding scaled by {}", facts.embedding_scale));
    if (facts.logit_scale != 1) items.push_back(fmt::format("logits divided by {}", facts.logit_scale));
    if (facts.logit_cap != 0) items.push_back(fmt::format("logits capped at {}", facts.logit_cap));
    return items;
}

auto rope_of(const rope_facts& rope) -> std::vector<std::string> {
    std::vector<std::string> items;
    if (rope.dimension_count) items.push_back(fmt::format("{} dimensions", *rope.dimension_count));
    if (rope.freq_base) items.push_back(fmt::format("base {}", *rope.freq_base));
    if (rope.scaling == "none") items.emplace_back("no scaling");
    else if (!rope.scaling.empty()) items.push_back(shortened(rope.scaling, most_token_bytes) + " scaling");
    if (rope.scaling_factor && rope.scaling != "none" && !rope.scaling.empty()) items.push_back(fmt::format("factor {}", *rope.scaling_factor));
    if (rope.original_context_length && rope.scaling != "none" && !rope.scaling.empty())
        items.push_back(fmt::format("trained at {}", grouped(*rope.original_context_length)));
    if (rope.has_factors) items.emplace_back("a factor for each pair");
    if (rope.freq_base_sliding) items.push_back(fmt::format("base {} within the window", *rope.freq_base_sliding));
    if (rope.plain_layers > 0) items.push_back(fmt::format("none in {}", counted(rope.plain_layers, "layer")));
    return items;
}

auto vocabulary_of(const model_facts& facts) -> std::vector<std::string> {
    if (!facts.tokenizer) return {facts.tokenizer_model.empty() ? "no tokenizer" : shortened(facts.tokenizer_model, most_name_bytes) + ": not usable, see below"};
    std::vector<std::string> items = {counted(facts.tokenizer->size(), "token"), algorithm_of(*facts.tokenizer)};
    if (!facts.tokenizer->pre().empty()) items.push_back("cut as " + std::string(facts.tokenizer->pre()));
    if (facts.tokenizer->adds_bos()) items.emplace_back("adds BOS");
    if (facts.tokenizer->adds_eos()) items.emplace_back("adds EOS");
    return items;
}

auto special_of(const model_facts& facts) -> std::vector<std::string> {
    std::vector<std::string> items;
    if (!facts.tokenizer) return items;
    for (const special_token& token : special_tokens_of(*facts.tokenizer))
        items.push_back(fmt::format("{} {} {}", token.role, token.id, shortened(token.text, most_token_bytes)));
    return items;
}

auto memory_of(const model_facts& facts) -> std::vector<std::string> {
    std::vector<std::string> items = {"weights " + human_bytes(facts.data_bytes)};
    if (facts.kv_cache_bytes && facts.context_length)
        items.push_back(fmt::format("KV cache {} (f16, {} tokens)", human_bytes(*facts.kv_cache_bytes), grouped(*facts.context_length)));
    return items;
}

void print_screen(const model_facts& facts, const gguf::shards& model, output& out) {
    screen on(out);
    on.line("name", facts.name.empty() ? std::string("not stated") : shortened(facts.name, most_name_bytes));
    std::vector<std::string> size = {human_bytes(model.size_bytes()), fmt::format("GGUF version {}", model.version()),
                                     counted(model.metadata().size(), "key"), counted(model.tensors().size(), "tensor")};
    if (model.size() > 1) size.insert(size.begin(), counted(model.size(), "shard"));
    on.line(model.size() > 1 ? "files" : "file", size);
    on.line("architecture", facts.architecture.empty() ? std::string("not stated") : shortened(facts.architecture, most_name_bytes));
    if (!facts.types.empty()) {
        on.line("parameters", {fmt::format("{} ({})", grouped(facts.parameters), human_count(facts.parameters)),
                               fmt::format("{:.2f} bits each", facts.bits_per_weight())});
    }
    on.line("types", quantization_of(facts));
    if (facts.context_length) on.line("context", grouped(*facts.context_length) + " tokens");
    on.line("layers", layers_of(facts));
    on.line("attention", attention_of(facts));
    on.line("RoPE", rope_of(facts.rope));
    on.line("output", output_of(facts));
    on.line("vocabulary", vocabulary_of(facts));
    on.line("special", special_of(facts));
    if (facts.chat_template_bytes > 0) on.line("chat template", human_bytes(facts.chat_template_bytes));
    if (!facts.types.empty()) on.line("memory", memory_of(facts));
    for (std::size_t i = 0; i < facts.warnings.size() && i < most_warnings; ++i) on.line("warning", facts.warnings[i]);
    if (facts.warnings.size() > most_warnings) on.line("", fmt::format("… {} more; --json has all", facts.warnings.size() - most_warnings));
}

// For programs --------------------------------------------------------------------------------------

template <class T>
auto or_null(const std::optional<T>& value) -> json {
    if (!value) return {};
    if constexpr (std::is_floating_point_v<T>) return json_number(*value);
    else return *value;
}

auto or_null(const std::optional<layer_number>& range) -> json {
    if (!range) return {};
    if (range->least == range->most) return range->least;
    return json::array({range->least, range->most});
}

auto json_of_types(const model_facts& facts) -> json {
    json list = json::array();
    for (const type_share& share : facts.types) {
        json row;
        row["type"] = share.type;
        row["tensors"] = share.tensors;
        row["elements"] = share.elements;
        row["bytes"] = share.bytes;
        list.push_back(std::move(row));
    }
    return list;
}

auto json_of_rope(const rope_facts& rope) -> json {
    json out;
    out["dimension_count"] = or_null(rope.dimension_count);
    out["freq_base"] = or_null(rope.freq_base);
    out["scaling"] = rope.scaling.empty() ? json() : json(json_text(rope.scaling));
    out["scaling_factor"] = or_null(rope.scaling_factor);
    out["original_context_length"] = or_null(rope.original_context_length);
    out["freq_base_sliding"] = or_null(rope.freq_base_sliding);
    out["factors"] = rope.has_factors;
    out["plain_layers"] = rope.plain_layers;
    return out;
}

auto json_of_tokenizer(const model_facts& facts) -> json {
    if (!facts.tokenizer) return {};
    const cria::bpe::tokenizer& tokenizer = *facts.tokenizer;
    json special = json::object();
    for (const special_token& token : special_tokens_of(tokenizer)) {
        json row;
        row["id"] = token.id;
        row["text"] = json_text(token.text);
        special[token.role] = std::move(row);
    }
    json out;
    out["model"] = json_text(facts.tokenizer_model);
    out["algorithm"] = algorithm_of(tokenizer);
    out["pre"] = tokenizer.pre().empty() ? json() : json(json_text(tokenizer.pre()));
    out["tokens"] = tokenizer.size();
    out["adds_bos"] = tokenizer.adds_bos();
    out["adds_eos"] = tokenizer.adds_eos();
    out["special"] = std::move(special);
    return out;
}

auto json_of(const model_facts& facts, const gguf::shards& model, const std::string& path) -> json {
    std::uint64_t header_bytes = 0;
    for (const gguf::file& file : model) header_bytes += file.contents().header_bytes();
    json about_file;
    about_file["path"] = json_text(path);
    about_file["shards"] = model.size();
    about_file["bytes"] = model.size_bytes();
    about_file["version"] = model.version();
    about_file["byte_order"] = model.byte_order() == std::endian::little ? "little" : "big";
    about_file["keys"] = model.metadata().size();
    about_file["tensors"] = model.tensors().size();
    about_file["header_bytes"] = header_bytes;
    about_file["alignment"] = model[0].contents().alignment_bytes();

    json memory;
    memory["weights_bytes"] = facts.data_bytes;
    memory["kv_cache_bytes"] = or_null(facts.kv_cache_bytes);
    memory["kv_cache_type"] = "f16";

    json out;
    out["name"] = facts.name.empty() ? json() : json(json_text(facts.name));
    out["architecture"] = facts.architecture.empty() ? json() : json(json_text(facts.architecture));
    out["supported"] = facts.supported;
    out["file"] = std::move(about_file);
    out["parameters"] = facts.parameters;
    out["bytes"] = facts.data_bytes;
    out["bits_per_weight"] = facts.parameters == 0 ? json() : json(facts.bits_per_weight());
    out["types"] = json_of_types(facts);
    out["context_length"] = or_null(facts.context_length);
    out["embedding_length"] = or_null(facts.embedding_length);
    out["layers"] = or_null(facts.layers);
    out["heads"] = or_null(facts.heads);
    out["kv_heads"] = or_null(facts.kv_heads);
    out["key_length"] = or_null(facts.key_length);
    out["value_length"] = or_null(facts.value_length);
    out["feed_forward_length"] = or_null(facts.feed_forward_length);
    out["experts"] = or_null(facts.experts);
    out["experts_used"] = or_null(facts.experts_used);
    out["expert_feed_forward_length"] = or_null(facts.expert_feed_forward_length);
    out["shared_expert_feed_forward_length"] = or_null(facts.shared_expert_feed_forward_length);
    out["sliding_window"] = facts.sliding_window;
    out["sliding_layers"] = facts.sliding_layers;
    out["attention_scale"] = or_null(facts.attention_scale);
    out["score_cap"] = json_number(facts.score_cap);
    out["logit_cap"] = json_number(facts.logit_cap);
    out["embedding_scale"] = json_number(facts.embedding_scale);
    out["residual_scale"] = json_number(facts.residual_scale);
    out["logit_scale"] = json_number(facts.logit_scale);
    out["head_norms"] = facts.has_head_norms;
    out["tied_output"] = facts.has_tied_output;
    out["rope"] = json_of_rope(facts.rope);
    out["tokenizer"] = json_of_tokenizer(facts);
    out["chat_template_bytes"] = facts.chat_template_bytes;
    out["memory"] = std::move(memory);
    json& warnings = out["warnings"] = json::array();
    for (const std::string& warning : facts.warnings) warnings.push_back(json_text(warning));
    return out;
}

}  // namespace

auto run(const info_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, gguf::shards::open(options.model));
    const model_facts facts = facts_of(model);
    if (options.json) out.write(to_text(json_of(facts, model, options.model)));
    else print_screen(facts, model, out);
    return {};
}

}  // namespace cli
