// SPDX-License-Identifier: MIT
#include "cria/llama/weights.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/llama/upload_plan.hpp"
#include "llama/opening.hpp"
#include "support/catch.hpp"
#include "support/tiny_models.hpp"

namespace llama = cria::llama;
using cria::errc;
using cria::tensor_type;
using cria_test::gguf_builder;
using cria_test::parsed_file;
using cria_test::tiny_llama;

namespace {

auto bind(const parsed_file& file) -> cria::result<llama::weights> {
    const auto numbers = llama::hyperparameters_from(file.contents().metadata());
    if (!numbers) return numbers.error();
    return llama::weights_from(file.contents().tensors(), *numbers);
}

template <class F>
void check_binds(const gguf_builder& built, F&& look) {
    const parsed_file file(built);
    const auto bound = bind(file);
    INFO((bound ? std::string() : bound.error().message()));
    REQUIRE(bound.has_value());
    look(*bound, file.contents().tensors());
}

void check_fault(const gguf_builder& built, errc code, std::string_view tensor) {
    CAPTURE(tensor);
    const parsed_file file(built);
    const auto bound = bind(file);
    REQUIRE_FALSE(bound.has_value());
    INFO(bound.error().message());
    CHECK(cria::name_of(bound.error().code) == std::string_view(cria::name_of(code)));
    CHECK(bound.error().subject.view() == tensor);
}

/// The tiny model with one tensor of another shape.
auto with_shape(std::string_view name, std::vector<std::uint64_t> extents) -> gguf_builder {
    return tiny_llama().without_tensor(name).tensor(name, std::move(extents), tensor_type::f32);
}

constexpr std::uint64_t d = 32, heads = 4, kv_heads = 2, head = 8, ff = 64, n_experts = 3;

/// The tiny model with experts instead of a feed-forward network in each layer.
auto tiny_mixture() -> gguf_builder {
    gguf_builder built = tiny_llama();
    built.key("llama.expert_count", std::uint32_t{n_experts}).key("llama.expert_used_count", 2U);
    for (const std::string block : {"blk.0.", "blk.1."}) {
        for (const char* dense : {"ffn_gate.weight", "ffn_up.weight", "ffn_down.weight"}) built.without_tensor(block + dense);
        built.tensor(block + "ffn_gate_inp.weight", {d, n_experts}, tensor_type::f32);
        built.tensor(block + "ffn_gate_exps.weight", {d, ff, n_experts}, tensor_type::f32);
        built.tensor(block + "ffn_up_exps.weight", {d, ff, n_experts}, tensor_type::f32);
        built.tensor(block + "ffn_down_exps.weight", {ff, d, n_experts}, tensor_type::f32);
    }
    return built;
}

/// The tiny model with one matrix for queries, keys and values.
auto tiny_fused() -> gguf_builder {
    gguf_builder built = tiny_llama();
    for (const std::string block : {"blk.0.", "blk.1."}) {
        for (const char* split : {"attn_q.weight", "attn_k.weight", "attn_v.weight"}) built.without_tensor(block + split);
        built.tensor(block + "attn_qkv.weight", {d, heads * head + 2 * kv_heads * head}, tensor_type::f32);
    }
    return built;
}

}  // namespace

TEST_CASE("every tensor has its role") {
    check_binds(tiny_llama(), [](const llama::weights& bound, const cria::gguf::tensor_table& table) {
        CHECK(bound.token_embd == table.find("token_embd.weight"));
        CHECK(bound.output_norm == table.find("output_norm.weight"));
        CHECK(bound.output == table.find("output.weight"));
        CHECK_FALSE(bound.tied_output);
        CHECK(bound.rope_freqs == nullptr);
        REQUIRE(bound.layers.size() == 2);
        for (std::size_t layer = 0; layer < 2; ++layer) {
            const std::string block = "blk." + std::to_string(layer) + ".";
            const llama::layer_weights& own = bound.layers[layer];
            CHECK(own.attn_norm == table.find(block + "attn_norm.weight"));
            CHECK(own.attn_q == table.find(block + "attn_q.weight"));
            CHECK(own.attn_k == table.find(block + "attn_k.weight"));
            CHECK(own.attn_v == table.find(block + "attn_v.weight"));
            CHECK(own.attn_output == table.find(block + "attn_output.weight"));
            CHECK(own.ffn_norm == table.find(block + "ffn_norm.weight"));
            CHECK(own.ffn_gate == table.find(block + "ffn_gate.weight"));
            CHECK(own.ffn_up == table.find(block + "ffn_up.weight"));
            CHECK(own.ffn_down == table.find(block + "ffn_down.weight"));
            CHECK(own.attn_q != nullptr);
            CHECK(own.attn_qkv == nullptr);
            CHECK(own.attn_q_bias == nullptr);
            CHECK(own.ffn_up_exps == nullptr);
        }
        CHECK(bound.unused().empty());
    });
}

TEST_CASE("a tensor that the model needs and the file lacks is named") {
    for (const char* name : {"token_embd.weight", "output_norm.weight", "blk.0.attn_norm.weight", "blk.0.attn_q.weight", "blk.1.attn_k.weight",
                             "blk.0.attn_v.weight", "blk.0.attn_output.weight", "blk.1.ffn_norm.weight", "blk.0.ffn_gate.weight",
                             "blk.1.ffn_up.weight", "blk.0.ffn_down.weight"})
        check_fault(tiny_llama().without_tensor(name), errc::missing_tensor, name);
    for (const char* name : {"blk.0.ffn_gate_inp.weight", "blk.1.ffn_up_exps.weight", "blk.0.ffn_down_exps.weight"})
        check_fault(tiny_mixture().without_tensor(name), errc::missing_tensor, name);
    const auto three = tiny_llama().without_key("llama.block_count").key("llama.block_count", 3U);
    check_fault(three, errc::missing_tensor, "blk.2.attn_norm.weight");
}

TEST_CASE("a tensor of another shape is refused with both shapes") {
    const parsed_file file(with_shape("blk.1.ffn_up.weight", {64, 32}));
    const auto bound = bind(file);
    REQUIRE_FALSE(bound.has_value());
    CHECK(bound.error().code == errc::wrong_shape);
    CHECK(bound.error().message() == "blk.1.ffn_up.weight: has another shape, expected {32, 64}, found {64, 32}");

    check_fault(with_shape("token_embd.weight", {d, 5}), errc::wrong_shape, "token_embd.weight");
    check_fault(with_shape("output.weight", {5, d}), errc::wrong_shape, "output.weight");
    check_fault(with_shape("output_norm.weight", {d, 2}), errc::wrong_shape, "output_norm.weight");
    check_fault(with_shape("output_norm.weight", {}), errc::wrong_shape, "output_norm.weight");
    check_fault(with_shape("blk.0.attn_q.weight", {d, d, 2}), errc::wrong_shape, "blk.0.attn_q.weight");
    check_fault(with_shape("blk.0.attn_k.weight", {d, heads * head}), errc::wrong_shape, "blk.0.attn_k.weight");
    check_fault(with_shape("blk.0.attn_v.weight", {d, 0}), errc::wrong_shape, "blk.0.attn_v.weight");
    check_fault(with_shape("blk.0.attn_output.weight", {d, 1}), errc::wrong_shape, "blk.0.attn_output.weight");
    check_fault(tiny_llama().tensor("blk.1.attn_k.bias", {heads * head}, tensor_type::f32), errc::wrong_shape, "blk.1.attn_k.bias");
    check_fault(tiny_llama().tensor("rope_freqs.weight", {head}, tensor_type::f32), errc::wrong_shape, "rope_freqs.weight");
}

TEST_CASE("extents of one at the end do not count") {
    check_binds(with_shape("output_norm.weight", {d, 1}), [](const llama::weights& bound, const auto&) { CHECK(bound.output_norm != nullptr); });
}

TEST_CASE("a shape of eight huge extents fits its error") {
    // The longest numbers a table can hold: product 0, since parse() checks it.
    const std::uint64_t huge = std::uint64_t{1} << 62U;
    check_fault(with_shape("output_norm.weight", {huge, 0, 1, 1, 1, 1, 1, 0}), errc::wrong_shape, "output_norm.weight");
}

TEST_CASE("a file without an output matrix uses the token embedding") {
    check_binds(tiny_llama({.tied_output = true}), [](const llama::weights& bound, const auto&) {
        CHECK(bound.tied_output);
        CHECK(bound.output == bound.token_embd);
        CHECK(bound.unused().empty());
    });
}

TEST_CASE("biases are bound where they are") {
    auto built = tiny_llama();
    const std::vector<std::pair<std::string, std::uint64_t>> biases = {
        {"blk.1.attn_q.bias", heads * head}, {"blk.1.attn_k.bias", kv_heads * head}, {"blk.1.attn_v.bias", kv_heads * head}, {"blk.1.attn_output.bias", d},
        {"blk.1.ffn_gate.bias", ff},         {"blk.1.ffn_up.bias", ff},              {"blk.1.ffn_down.bias", d}};
    for (const auto& [name, extent] : biases) built.tensor(name, {extent}, tensor_type::f32);
    check_binds(built, [](const llama::weights& bound, const cria::gguf::tensor_table& table) {
        const llama::layer_weights& own = bound.layers[1];
        CHECK(own.attn_q_bias == table.find("blk.1.attn_q.bias"));
        CHECK(own.attn_k_bias == table.find("blk.1.attn_k.bias"));
        CHECK(own.attn_v_bias == table.find("blk.1.attn_v.bias"));
        CHECK(own.attn_output_bias == table.find("blk.1.attn_output.bias"));
        CHECK(own.ffn_gate_bias == table.find("blk.1.ffn_gate.bias"));
        CHECK(own.ffn_up_bias == table.find("blk.1.ffn_up.bias"));
        CHECK(own.ffn_down_bias == table.find("blk.1.ffn_down.bias"));
        CHECK(own.ffn_down_bias != nullptr);
        CHECK(bound.layers[0].attn_q_bias == nullptr);
        CHECK(bound.unused().empty());
    });
}

TEST_CASE("experts take the place of the feed-forward network") {
    check_binds(tiny_mixture(), [](const llama::weights& bound, const cria::gguf::tensor_table& table) {
        const llama::layer_weights& own = bound.layers[1];
        CHECK(own.ffn_gate_inp == table.find("blk.1.ffn_gate_inp.weight"));
        CHECK(own.ffn_gate_exps == table.find("blk.1.ffn_gate_exps.weight"));
        CHECK(own.ffn_up_exps == table.find("blk.1.ffn_up_exps.weight"));
        CHECK(own.ffn_down_exps == table.find("blk.1.ffn_down_exps.weight"));
        CHECK(own.ffn_gate_inp != nullptr);
        CHECK(own.ffn_up == nullptr);
        CHECK(bound.unused().empty());
    });
    check_binds(tiny_mixture().without_tensor("blk.0.ffn_gate_exps.weight"),
                [](const llama::weights& bound, const auto&) { CHECK(bound.layers[0].ffn_gate_exps == nullptr); });
    check_fault(tiny_mixture().without_tensor("blk.0.ffn_up_exps.weight").tensor("blk.0.ffn_up_exps.weight", {d, ff, n_experts + 1}, tensor_type::f32),
                errc::wrong_shape, "blk.0.ffn_up_exps.weight");
}

TEST_CASE("queries, keys and values may share one matrix") {
    check_binds(tiny_fused(), [](const llama::weights& bound, const cria::gguf::tensor_table& table) {
        CHECK(bound.layers[0].attn_qkv == table.find("blk.0.attn_qkv.weight"));
        CHECK(bound.layers[0].attn_q == nullptr);
        CHECK(bound.unused().empty());
    });
    check_fault(tiny_fused().without_tensor("blk.1.attn_qkv.weight"), errc::missing_tensor, "blk.1.attn_q.weight");
    check_fault(tiny_fused().without_tensor("blk.1.attn_qkv.weight").tensor("blk.1.attn_qkv.weight", {d, 3 * d}, tensor_type::f32), errc::wrong_shape,
                "blk.1.attn_qkv.weight");
    // Next to split matrices it is one tensor too many, and no reason to refuse.
    check_binds(tiny_llama().tensor("blk.0.attn_qkv.weight", {d, d}, tensor_type::f32), [](const llama::weights& bound, const auto&) {
        CHECK(bound.layers[0].attn_q != nullptr);
        CHECK(bound.layers[0].attn_qkv == nullptr);
        CHECK(bound.unused().size() == 1);
    });
}

TEST_CASE("rotation factors belong to the scaling that uses them") {
    auto built = tiny_llama();
    for (const char* name : {"rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight"}) built.tensor(name, {head / 2}, tensor_type::f32);
    check_binds(built, [](const llama::weights& bound, const cria::gguf::tensor_table& table) {
        CHECK(bound.rope_freqs == table.find("rope_freqs.weight"));
        CHECK(bound.rope_factors_long == nullptr);
        CHECK(bound.unused().size() == 2);
    });
    check_binds(built.key("llama.rope.scaling.type", "longrope"), [](const llama::weights& bound, const cria::gguf::tensor_table& table) {
        CHECK(bound.rope_freqs == nullptr);
        CHECK(bound.rope_factors_long == table.find("rope_factors_long.weight"));
        CHECK(bound.rope_factors_short == table.find("rope_factors_short.weight"));
        CHECK(bound.unused().size() == 1);
    });
}

TEST_CASE("tensors without a role are listed and are no error") {
    auto built = tiny_llama();
    for (const char* name : {"blk.2.attn_q.weight", "blk.0.attn_rot_embd", "blk.00.attn_q.weight", "vision.weight", "blk.0.attn_q.weight.scale"})
        built.tensor(name, {4}, tensor_type::f32);
    check_binds(built, [](const llama::weights& bound, const auto&) {
        REQUIRE(bound.unused().size() == 5);
        CHECK(bound.unused()[0]->name == "blk.2.attn_q.weight");
        CHECK(bound.unused()[4]->name == "blk.0.attn_q.weight.scale");
    });
}

TEST_CASE("layers with numbers of their own have shapes of their own") {
    auto built = tiny_llama().without_key("llama.feed_forward_length").array("llama.feed_forward_length", std::vector<std::uint32_t>{64, 96});
    for (const char* name : {"blk.1.ffn_gate.weight", "blk.1.ffn_up.weight", "blk.1.ffn_down.weight"}) built.without_tensor(name);
    built.tensor("blk.1.ffn_gate.weight", {d, 96}, tensor_type::f32).tensor("blk.1.ffn_up.weight", {d, 96}, tensor_type::f32).tensor("blk.1.ffn_down.weight", {96, d}, tensor_type::f32);
    check_binds(built, [](const llama::weights& bound, const auto&) { CHECK(bound.layers[1].ffn_down->shape[0] == 96); });
}

TEST_CASE("role_of reads like a sentence, for every tensor of every model") {
    CHECK(llama::role_of("token_embd.weight") == "token embedding");
    CHECK(llama::role_of("output.weight") == "output");
    CHECK(llama::role_of("blk.3.attn_q.weight") == "attention query, layer 3");
    CHECK(llama::role_of("blk.31.ffn_down_exps.weight") == "expert downs, layer 31");
    CHECK(llama::role_of("blk.0.attn_k.bias") == "attention key bias, layer 0");
    CHECK(llama::role_of("rope_freqs.weight") == "rotation frequency factors");
    for (const gguf_builder& built : {tiny_llama(), tiny_mixture(), tiny_fused()}) {
        const parsed_file file(built);
        for (const auto& tensor : file.contents().tensors()) {
            CAPTURE(tensor.name);
            CHECK_FALSE(llama::role_of(tensor.name).empty());
        }
    }
    for (const char* name : {"", "blk", "blk.", "blk.1", "blk.1.", "blk.x.attn_q.weight", "blk.-1.attn_q.weight", "blk.01.attn_q.weight",
                             "blk.1x.attn_q.weight", "blk.4294967296.attn_q.weight", "blk..attn_q.weight", "attn_q.weight", "blk.1.token_embd.weight",
                             "token_embd", "blk.1.attn_q.weight.", "blk.18446744073709551617.attn_q.weight"}) {
        CAPTURE(name);
        CHECK(llama::role_of(name).empty());
    }
}

TEST_CASE("weights stay usable when they are moved") {
    const parsed_file file(tiny_llama());
    auto bound = bind(file);
    REQUIRE(bound.has_value());
    const llama::weights moved = *std::move(bound);
    CHECK(moved.layers[1].attn_q->name == "blk.1.attn_q.weight");
}

TEST_CASE("an upload plan of a model covers each tensor, in the order of the table") {
    const parsed_file file(tiny_llama());
    const auto& tensors = file.contents().tensors();
    const auto items = llama::upload_items(tensors, 3);
    REQUIRE(items.has_value());
    REQUIRE(items->size() == tensors.size());
    std::uint64_t data_bytes = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CHECK((*items)[i].name == tensors[i].name);
        CHECK((*items)[i].offset_bytes == tensors[i].offset_bytes);
        CHECK((*items)[i].size_bytes == tensors[i].size_bytes);
        CHECK((*items)[i].device == 3);
        data_bytes += tensors[i].size_bytes;
    }
    const auto plan = llama::plan_upload(tensors, {.chunk_bytes = 4096});
    REQUIRE(plan.has_value());
    CHECK(plan->placements().size() == tensors.size());
    CHECK(plan->arenas()[0].data_bytes == data_bytes);
}
