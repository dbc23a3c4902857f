// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/llama/model.hpp"
#include "cria/llama/roles.hpp"
#include "cria/llama/weights.hpp"
#include "llama/binding.hpp"
#include "llama/opening.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/temp_file.hpp"

// Which tensors each family demands, and of what shape: every one taken away, turned round and made longer.

using cria::errc;
using cria_test::bound_file;
using cria_test::check_failure;
using cria_test::family_keys;
using cria_test::family_model;
using cria_test::family_parts;
using cria_test::family_tensor;
using cria_test::gguf_builder;
using cria_test::tensors_of;
namespace llama = cria::llama;

namespace {

auto shape_text(const std::vector<std::uint64_t>& extents) -> std::string {
    std::string text = "{";
    for (const std::uint64_t extent : extents) text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
    return text + "}";
}

/// The file with another shape of one tensor, in its place.
auto with_shape(const llama::family& row, const family_parts& parts, std::string_view name, const std::vector<std::uint64_t>& extents) -> gguf_builder {
    gguf_builder built = family_keys(row, parts);
    for (const family_tensor& tensor : tensors_of(row, parts)) built.tensor(tensor.name, tensor.name == name ? extents : tensor.extents, cria::tensor_type::f32);
    return built;
}

/// The tensor that is missed when `name` is gone: without the fused one, its parts are.
auto missed(std::string name) -> std::string {
    const auto at = name.find("attn_qkv.weight");
    return at == std::string::npos ? name : name.replace(at, std::string::npos, "attn_q.weight");
}

auto part_names(const llama::family& row, const family_parts& parts) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const family_tensor& tensor : tensors_of(row, parts)) names.push_back(tensor.name);
    return names;
}

auto has(const std::vector<std::string>& names, std::string_view name) -> bool { return std::find(names.begin(), names.end(), name) != names.end(); }

auto family_called(std::string_view architecture) -> const llama::family& {
    const llama::family* const row = llama::find_family(architecture);
    REQUIRE(row != nullptr);
    return *row;
}

}  // namespace

TEST_CASE("every tensor that a family needs is missed by name, and a model opens without each optional one") {
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : cria_test::all_parts())
            for (const family_tensor& tensor : tensors_of(row, parts)) {
                CAPTURE(row.architecture, tensor.name);
                const bound_file file(family_model(row, parts).without_tensor(tensor.name));
                if (tensor.required) {
                    check_failure(file.weights(), errc::missing_tensor, missed(tensor.name));
                } else {
                    INFO(file.complaint());
                    REQUIRE(file.weights().has_value());
                    CHECK(file.weights()->unused().empty());
                }
            }
}

TEST_CASE("a tensor of any family that is turned round, longer or shorter in any dimension is refused with both shapes") {
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : {family_parts{.biases = true, .rope_factors = true, .n_layers = 1}, family_parts{.fused_attention = true, .experts = true, .shared_expert = true, .n_layers = 1},
                                          family_parts{.biases = true, .fused_attention = true, .n_layers = 1}})
            for (const family_tensor& tensor : tensors_of(row, parts)) {
                CAPTURE(row.architecture, tensor.name);
                const auto refused = [&](const std::vector<std::uint64_t>& extents) {
                    const bound_file file(with_shape(row, parts, tensor.name, extents));
                    check_failure(file.weights(), errc::wrong_shape, tensor.name);
                    CHECK(file.weights().error().expected.text() == shape_text(tensor.extents));
                    CHECK(file.weights().error().found.text() == shape_text(extents));
                };
                auto turned = tensor.extents;
                std::reverse(turned.begin(), turned.end());
                if (turned != tensor.extents) refused(turned);
                for (std::size_t i = 0; i < tensor.extents.size(); ++i) {
                    auto longer = tensor.extents;
                    ++longer[i];
                    refused(longer);
                    auto shorter = tensor.extents;
                    --shorter[i];
                    refused(shorter);
                }
                auto deeper = tensor.extents;
                deeper.push_back(2);
                refused(deeper);
                auto flat = tensor.extents;
                flat.pop_back();
                refused(flat);
            }
}

TEST_CASE("one tensor too many is listed as unused by every family") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const bound_file file(family_model(row).tensor("blk.0.attn_sinks.weight", {4}, cria::tensor_type::f32).tensor("blk.2.attn_norm.weight", {32}, cria::tensor_type::f32));
        INFO(file.complaint());
        REQUIRE(file.weights().has_value());
        REQUIRE(file.weights()->unused().size() == 2);
        CHECK(file.weights()->unused()[0]->name == "blk.0.attn_sinks.weight");
        CHECK(file.weights()->unused()[1]->name == "blk.2.attn_norm.weight");
    }
}

TEST_CASE("tensors that only other families have are unused, and of any shape") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const family_parts parts{.biases = true, .rope_factors = true};
        const auto own = part_names(row, parts);
        std::vector<std::string> foreign;
        for (const llama::family& other : llama::families)
            for (const auto& name : part_names(other, parts))
                if (!has(own, name) && !has(foreign, name) && name != "blk.0.ffn_gate.weight") foreign.push_back(name);
        auto built = family_model(row, parts);
        for (const auto& name : foreign) built.tensor(name, {3}, cria::tensor_type::f32);
        const bound_file file(built);
        INFO(file.complaint());
        REQUIRE(file.weights().has_value());
        CHECK(file.weights()->unused().size() == foreign.size());
    }
}

TEST_CASE("what each family has and others lack") {
    // The walks above go by the table; these are llama.cpp's facts.
    const family_parts rich{.biases = true, .rope_factors = true};
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const std::string_view name = row.architecture;
        const bool like_llama = name == "llama" || name == "mistral3" || name == "granite" || name == "granitemoe";
        const bool moe = name == "qwen2moe" || name == "qwen3moe", phi3 = name == "phi3";
        const auto names = part_names(row, rich), long_names = part_names(row, {.rope_factors = true, .longrope = true});
        CHECK(has(names, "output.weight") == (name != "gemma" && name != "gemma2"));
        CHECK(has(part_names(row, {.tied_output = true}), "output.weight") == (name == "qwen2moe"));
        CHECK(has(names, "output.bias") == (name == "qwen2"));
        CHECK(has(names, "rope_freqs.weight") == like_llama);
        CHECK(has(long_names, "rope_freqs.weight") == false);
        CHECK(has(names, "rope_factors_long.weight") == phi3);
        CHECK(has(long_names, "rope_factors_long.weight") == (like_llama || phi3));
        CHECK(has(long_names, "rope_factors_short.weight") == (like_llama || phi3));
        CHECK(has(names, "blk.0.attn_q.bias"));
        CHECK(has(names, "blk.0.attn_output.bias") == like_llama);
        CHECK(has(names, "blk.0.ffn_down.bias") == like_llama);
        CHECK(has(names, "blk.0.attn_q_norm.weight") == (name == "qwen3" || name == "qwen3moe" || name == "gemma3"));
        CHECK(has(names, "blk.1.post_ffw_norm.weight") == (name == "gemma2" || name == "gemma3"));
        CHECK(has(names, "blk.1.post_attention_norm.weight") == (name == "gemma2" || name == "gemma3"));
        CHECK(has(names, "blk.0.ffn_gate.weight") == (!phi3 && !moe));
        CHECK(has(names, "blk.0.ffn_gate_exps.weight") == moe);
        CHECK(has(names, "blk.0.ffn_gate_inp_shexp.weight") == (name == "qwen2moe"));
        CHECK(has(part_names(row, {.experts = true}), "blk.0.ffn_gate_inp.weight") == (moe || like_llama));
        CHECK(has(part_names(row, {.shared_expert = true}), "blk.0.ffn_up_shexp.weight") == (name == "granite" || name == "granitemoe" || name == "qwen2moe"));
    }
}

TEST_CASE("a file with tied output uses the token embedding, though it may bring a matrix that the family has no use for") {
    const bound_file gemma(family_model(family_called("gemma")).tensor("output.weight", {32, 8}, cria::tensor_type::f32));
    REQUIRE(gemma.weights().has_value());
    CHECK(gemma.weights()->tied_output);
    CHECK(gemma.weights()->output == gemma.weights()->token_embd);
    CHECK(gemma.weights()->unused().size() == 1);
    const bound_file needs(family_model(family_called("qwen2moe")).without_tensor("output.weight"));
    check_failure(needs.weights(), errc::missing_tensor, "output.weight");
}

TEST_CASE("a bias of the fused matrix stands for the split ones, which are then unused") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const family_parts parts{.biases = true, .fused_attention = true, .n_layers = 1};
        const auto split = [&](gguf_builder built) {
            for (const auto& [part, which] : {std::pair{"q", llama::extent::queries}, std::pair{"k", llama::extent::keys}, std::pair{"v", llama::extent::values}})
                built.tensor(std::string("blk.0.attn_") + part + ".bias", {cria_test::extent_of(which, row, parts)}, cria::tensor_type::f32);
            return built;
        };
        const bound_file both(split(family_model(row, parts)));
        INFO(both.complaint());
        REQUIRE(both.weights().has_value());
        const auto& at = both.weights()->layers[0];
        CHECK(at.query_bias.tensor == at.attn_qkv_bias);
        CHECK(at.key_bias.tensor == at.attn_qkv_bias);
        CHECK(at.value_bias.tensor == at.attn_qkv_bias);
        CHECK(at.attn_q_bias == nullptr);
        CHECK(both.weights()->unused().size() == 3);
        // Without it, the split ones go with the fused matrix.
        const bound_file mixed(split(family_model(row, {.fused_attention = true, .n_layers = 1})));
        REQUIRE(mixed.weights().has_value());
        CHECK(mixed.weights()->layers[0].query.tensor->name == "blk.0.attn_qkv.weight");
        CHECK(mixed.weights()->layers[0].query_bias.tensor->name == "blk.0.attn_q.bias");
        CHECK(mixed.weights()->unused().empty());
    }
}

TEST_CASE("inspecting lists everything that is wrong, in the order of roles, and begins with what binding fails by") {
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : {family_parts{.biases = true}, family_parts{.fused_attention = true, .experts = true, .shared_expert = true}}) {
            CAPTURE(row.architecture);
            // Every third tensor is gone, every third one too long.
            const auto tensors = tensors_of(row, parts);
            gguf_builder built = family_keys(row, parts);
            std::vector<std::pair<errc, std::string>> wanted;
            for (std::size_t i = 0; i < tensors.size(); ++i) {
                const family_tensor& tensor = tensors[i];
                if (i % 3 == 0 && tensor.required) {
                    wanted.emplace_back(errc::missing_tensor, tensor.name);
                    if (tensor.name.ends_with("attn_qkv.weight")) {
                        wanted.pop_back();
                        for (const std::string& part : tensor.stands_for) wanted.emplace_back(errc::missing_tensor, part);
                    }
                    continue;
                }
                auto extents = tensor.extents;
                if (i % 3 == 1) {
                    ++extents.back();
                    wanted.emplace_back(errc::wrong_shape, tensor.name);
                }
                built.tensor(tensor.name, extents, cria::tensor_type::f32);
            }
            const bound_file file(built);
            const auto problems = llama::inspect_weights(file.contents().tensors(), *file.numbers());
            REQUIRE(problems.has_value());
            REQUIRE(problems->size() == wanted.size());
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                CHECK((*problems)[i].code == wanted[i].first);
                CHECK((*problems)[i].subject.view() == wanted[i].second);
            }
            REQUIRE_FALSE(file.weights().has_value());
            CHECK(file.weights().error().message() == (*problems)[0].message());
        }
}

TEST_CASE("a fused tensor of a type whose layout is not known is one problem, and no slice is made of it") {
    const llama::family& phi3 = family_called("phi3");
    const family_parts parts{.biases = true, .fused_attention = true, .n_layers = 1};
    constexpr auto unknown = static_cast<cria::tensor_type>(77);
    for (const char* name : {"blk.0.attn_qkv.weight", "blk.0.ffn_up.weight", "blk.0.attn_qkv.bias"}) {
        CAPTURE(name);
        gguf_builder built = family_keys(phi3, parts);
        for (const family_tensor& tensor : tensors_of(phi3, parts)) {
            if (tensor.name == name) built.tensor(tensor.name, tensor.extents, unknown, cria_test::file_bytes(64));
            else built.tensor(tensor.name, tensor.extents, cria::tensor_type::f32);
        }
        const auto bytes = built.build();
        const auto contents = cria::gguf::parse(bytes);
        INFO((contents ? std::string() : contents.error().message()));
        REQUIRE(contents.has_value());
        const auto numbers = llama::hyperparameters_from(contents->metadata());
        REQUIRE(numbers.has_value());
        check_failure(llama::weights_from(contents->tensors(), *numbers), errc::unsupported_type, name);
        const auto problems = llama::inspect_weights(contents->tensors(), *numbers);
        REQUIRE(problems.has_value());
        CHECK(problems->size() == 1);
    }
}

TEST_CASE("a fused bias of blocks that queries do not fill is refused, once") {
    const llama::family& row = family_called("llama");
    const family_parts parts{.fused_attention = true, .n_layers = 1};  // 48 queries, 24 keys, 24 values: 96 are three blocks
    const bound_file file(family_model(row, parts).tensor("blk.0.attn_qkv.bias", {96}, cria::tensor_type::q8_0));
    check_failure(file.weights(), errc::wrong_shape, "blk.0.attn_qkv.bias");
    const auto problems = llama::inspect_weights(file.contents().tensors(), *file.numbers());
    REQUIRE(problems.has_value());
    CHECK(problems->size() == 1);
}

TEST_CASE("the largest counts give extents that do not wrap") {
    // 2^31 heads of 2^31 values: three products of which each is below 2^62.
    constexpr std::uint32_t most = llama::max_count - 1;
    const llama::family& row = family_called("llama");
    const family_parts parts{.fused_attention = true, .n_layers = 1};
    auto built = family_model(row, parts);
    for (const char* key : {"llama.attention.head_count", "llama.attention.head_count_kv", "llama.attention.key_length", "llama.attention.value_length"}) built.without_key(key).key(key, most);
    const bound_file file(built);
    check_failure(file.weights(), errc::wrong_shape, "blk.0.attn_qkv.weight");
    CHECK(file.weights().error().expected.text() == "{32, " + std::to_string(3 * (std::uint64_t{most} * most)) + "}");
    auto moe = family_model(family_called("granite"), {.experts = true, .shared_expert = true, .n_layers = 1});
    for (const char* key : {"granite.feed_forward_length", "granite.expert_shared_feed_forward_length"}) moe.without_key(key).key(key, llama::max_count);
    const bound_file experts(moe);
    check_failure(experts.weights(), errc::wrong_shape, "blk.0.ffn_gate_exps.weight");
    CHECK(experts.weights().error().expected.text() == "{32, 2147483647, 3}");
}

TEST_CASE("512 layers of 1024 experts are missed quickly, one by one") {
    const llama::family& row = family_called("qwen2moe");
    const family_parts parts{.n_layers = 512, .n_experts = 1024};
    const bound_file file(family_keys(row, parts).tensor("token_embd.weight", {32, 8}, cria::tensor_type::f32));
    const auto problems = llama::inspect_weights(file.contents().tensors(), *file.numbers());
    REQUIRE(problems.has_value());
    std::size_t required = 0;
    for (const family_tensor& tensor : tensors_of(row, parts)) required += tensor.required ? 1U : 0U;
    CHECK(problems->size() == required - 1);
}

// --- what is no model ---

TEST_CASE("a LoRA adapter is refused with words, whichever way it says what it is") {
    const auto words = [](const cria::error& why) { return why.message().find("LoRA adapter") != std::string::npos && why.message().find("open the model") != std::string::npos; };
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        // As convert_lora_to_gguf writes it: a few keys, and none of the model's.
        gguf_builder said;
        said.key("general.type", "adapter").key("general.architecture", row.architecture).key("adapter.type", "lora").key("adapter.lora.alpha", 16.0F);
        const bound_file by_type(said);
        check_failure(by_type.numbers(), errc::unsupported_feature, "general.type", by_type.contents().metadata().find("general.type")->offset_bytes());
        CHECK(words(by_type.numbers().error()));
        gguf_builder by_key;
        by_key.key("general.architecture", row.architecture).key("adapter.type", "lora");
        const bound_file keyed(by_key);
        check_failure(keyed.numbers(), errc::unsupported_feature, "adapter.type", keyed.contents().metadata().find("adapter.type")->offset_bytes());
        CHECK(words(keyed.numbers().error()));
        // Only its tensors say so: with all the keys of a model, and with none of them. Norms may stand among them as they are.
        for (gguf_builder bare : {family_keys(row), gguf_builder().key("general.architecture", row.architecture)}) {
            bare.tensor("blk.0.attn_norm.weight", {32}, cria::tensor_type::f32);
            bare.tensor("blk.0.attn_q.weight.lora_a", {32, 4}, cria::tensor_type::f32).tensor("blk.0.attn_q.weight.lora_b", {4, 32}, cria::tensor_type::f32);
            const cria_test::temp_file file(bare.build());
            const auto model = llama::open(file.path());
            check_failure(model, errc::unsupported_feature, "blk.0.attn_q.weight.lora_a");
            CHECK(words(model.error()));
        }
    }
    const bound_file tensors(family_keys(llama::families[0]).tensor("blk.0.attn_q.weight.lora_b", {32, 4}, cria::tensor_type::f32));
    check_failure(tensors.weights(), errc::unsupported_feature, "blk.0.attn_q.weight.lora_b");
    const auto problems = llama::inspect_weights(tensors.contents().tensors(), *tensors.numbers());
    REQUIRE(problems.has_value());
    CHECK(problems->size() == 1);
    // A model that carries one along is a model.
    const bound_file both(family_model(llama::families[0]).tensor("blk.0.attn_q.weight.lora_a", {32, 4}, cria::tensor_type::f32));
    REQUIRE(both.weights().has_value());
    CHECK(both.weights()->unused().size() == 1);
}

TEST_CASE("an importance matrix, a projector and a vocabulary by type are no model, in words") {
    // An importance matrix has no architecture, a projector has one that is none of ours.
    gguf_builder imatrix;
    imatrix.key("general.type", "imatrix").key("imatrix.chunk_count", 10U).tensor("blk.0.attn_q.weight.in_sum2", {32, 1}, cria::tensor_type::f32);
    const bound_file matrix(imatrix);
    check_failure(matrix.numbers(), errc::unsupported_feature, "general.type", matrix.contents().metadata().find("general.type")->offset_bytes());
    CHECK(matrix.numbers().error().message().find("importance matrix") != std::string::npos);
    gguf_builder mmproj;
    mmproj.key("general.type", "mmproj").key("general.architecture", "clip");
    const bound_file projector(mmproj);
    check_failure(projector.numbers(), errc::unsupported_feature, "general.type", projector.contents().metadata().find("general.type")->offset_bytes());
    CHECK(projector.numbers().error().message().find("projector") != std::string::npos);
    const bound_file other(family_model(llama::families[0]).key("general.type", "vocab"));
    CHECK(other.numbers().error().message().find("general.type: is not a model: vocab") == 0);
    // What says that it is a model, and what says it in another way, is one.
    CHECK(bound_file(family_model(llama::families[0]).key("general.type", "model")).weights().has_value());
    CHECK(bound_file(family_model(llama::families[0]).key("general.type", 1U)).weights().has_value());
}
