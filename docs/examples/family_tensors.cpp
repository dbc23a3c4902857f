// SPDX-License-Identifier: MIT
// Which tensors a family has, and of what shape, asked of what binds them: docs/llama-architecture-variants.md shows what this
// prints. A file that has every tensor in a shape that cannot be right is told which of them are wrong, so which count; an empty
// one, which are missed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cria/cria.hpp"

namespace {

namespace llama = cria::llama;
using llama::extent;

struct tensor_name {
    std::string name, meaning;
    std::vector<extent> shape;
};

/// All names that the library knows. (`detail` is for who works on the library, and may change.)
auto names() -> std::vector<tensor_name> {
    std::vector<tensor_name> all;
    const auto add = [&](const char* prefix, const auto& roles) {
        for (const auto& role : roles) {
            all.push_back({prefix + std::string(role.name), std::string(role.meaning), {}});
            for (const extent each : role.extents)
                if (each != extent::none) all.back().shape.push_back(each);
        }
    };
    add("", llama::detail::model_roles);
    add("blk.0.", llama::detail::layer_roles);
    return all;
}

struct size {
    const char* letters;
    std::uint64_t number;
};

/// Every extent has a number of its own, so that none can stand for another.
auto size_of(extent is) -> size {
    switch (is) {
        case extent::none: break;
        case extent::embedding: return {"d", 64};
        case extent::vocabulary: return {"V", 1000};
        case extent::queries: return {"H·k", 8 * 6};
        case extent::keys: return {"Hk·k", 2 * 6};
        case extent::values: return {"Hk·v", 2 * 6};
        case extent::queries_keys_values: return {"H·k + Hk·k + Hk·v", 48 + 12 + 12};
        case extent::heads_out: return {"H·v", 8 * 6};
        case extent::head: return {"k", 6};
        case extent::feed_forward: return {"F", 100};
        case extent::gate_and_up: return {"2·F", 200};
        case extent::experts: return {"E", 5};
        case extent::expert_forward: return {"Fe", 70};
        case extent::shared_forward: return {"Fs", 90};
        case extent::rope_half: return {"r/2", 3};
    }
    return {"", 0};
}

auto shape_text(const std::vector<extent>& shape, bool in_letters) -> std::string {
    std::string text = "{";
    for (const extent each : shape) text += (text.size() > 1 ? ", " : "") + (in_letters ? std::string(size_of(each).letters) : std::to_string(size_of(each).number));
    return text + "}";
}

/// A file of tensors of one number each.
auto file_of(const std::vector<std::string>& tensors) -> std::string {
    std::string bytes = "GGUF";
    const auto put = [&](std::uint64_t number, int n_bytes) {
        for (int i = 0; i < n_bytes; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
    };
    put(3, 4);
    put(tensors.size(), 8);
    put(0, 8);
    std::uint64_t offset = 0;
    for (const std::string& name : tensors) {
        put(name.size(), 8);
        bytes += name;
        put(1, 4);  // dimension
        put(1, 8);
        put(0, 4);  // f32
        put(offset, 8);
        offset += 32;
    }
    bytes.resize((bytes.size() + 31) / 32 * 32 + offset);
    return bytes;
}

/// What is said of such a file: the subjects of all errors, with the shape that was expected.
auto problems(const std::string& file, const llama::hyperparameters& numbers) -> std::string {
    const auto contents = cria::gguf::parse(std::as_bytes(std::span(file.data(), file.size())));
    if (!contents) return contents.error().message();
    const auto found = llama::inspect_weights(contents->tensors(), numbers);
    if (!found) return found.error().message();
    std::string said;
    for (const cria::error& each : *found) said += "|" + std::string(each.subject.view()) + (each.code == cria::errc::wrong_shape ? std::string(each.expected.text()) : std::string()) + "|";
    return said;
}

/// The model whose sizes are those of size_of. Gives false where the family has no such variant.
auto numbers_of(const llama::family& row, unsigned variant, llama::hyperparameters& numbers) -> bool {
    const bool has_experts = (variant & 1U) != 0, has_shared = (variant & 2U) != 0;
    const llama::expert_rules& rules = row.experts;
    if (has_experts ? rules.presence == llama::part::absent : rules.presence == llama::part::required) return false;
    if (has_shared ? !has_experts || rules.shared == llama::part::absent : has_experts && rules.shared == llama::part::required) return false;
    numbers.family = row;
    numbers.block_count = 1;
    numbers.embedding_length = 64;
    numbers.vocabulary_size = 1000;
    numbers.key_length = numbers.value_length = numbers.rope.dimension_count = 6;
    numbers.expert_count = has_experts ? 5 : 0;
    numbers.expert_feed_forward_length = 70;
    numbers.shared_expert_feed_forward_length = has_shared ? 90 : 0;
    numbers.rope.scaling = (variant & 4U) != 0 ? llama::rope_scaling::longrope : llama::rope_scaling::none;
    if (!numbers.layers.resize(1, "layers")) return false;
    numbers.layers[0] = {.head_count = 8, .head_count_kv = 2, .feed_forward_length = 100};
    return true;
}

}  // namespace

auto main() -> int {
    const auto all = names();
    std::vector<std::string> every, fused;
    for (const auto& tensor : all) {
        if (!every.empty() && every.back() == tensor.name) continue;
        if (tensor.name == "blk.0.ffn_up.weight" && std::find(every.begin(), every.end(), tensor.name) != every.end()) continue;
        every.push_back(tensor.name);
        if (tensor.name != "blk.0.attn_q.weight") fused.push_back(tensor.name);
    }
    std::printf("tensor,shape,what it is");
    for (const llama::family& row : llama::families) std::printf(",`%s`", std::string(row.architecture).c_str());
    std::printf("\n");
    for (const auto& tensor : all) {
        const std::string shown = tensor.name.starts_with("blk.0.") ? "blk.N." + tensor.name.substr(6) : tensor.name;
        std::printf("`%s`,\"%s\",%s", shown.c_str(), shape_text(tensor.shape, true).c_str(), ("\"" + tensor.meaning + "\"").c_str());
        for (const llama::family& row : llama::families) {
            bool is_wanted = false, is_needed = true;
            for (unsigned variant = 0; variant < 8; ++variant) {
                llama::hyperparameters numbers;
                if (!numbers_of(row, variant, numbers)) continue;
                const std::string wrong = "|" + tensor.name + shape_text(tensor.shape, false) + "|";
                const bool here = problems(file_of(every), numbers).find(wrong) != std::string::npos;
                is_wanted = is_wanted || here || problems(file_of(fused), numbers).find(wrong) != std::string::npos;
                if (here) is_needed = is_needed && problems(file_of({}), numbers).find("|" + tensor.name + "|") != std::string::npos;
                else is_needed = is_needed && tensor.name != "blk.0.attn_qkv.weight" && tensor.name != "blk.0.attn_qkv.bias";
            }
            std::printf(",%s", !is_wanted ? "–" : is_needed ? "●" : "○");
        }
        std::printf("\n");
    }
    return 0;
}
