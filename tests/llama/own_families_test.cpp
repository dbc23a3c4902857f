// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/file.hpp"
#include "cria/llama/model.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/temp_file.hpp"

// Architectures of the caller's own, given by value: nothing is registered, and nothing is kept that the caller may end.

using cria::errc;
using cria_test::bound_file;
using cria_test::check_failure;
using cria_test::family_model;
using cria_test::gguf_builder;
namespace llama = cria::llama;

namespace {

/// A model of nobody's: qwen3's norms, gemma's GeGLU, an embedding scale, sliding layers, and tensors that only it has.
constexpr std::array<llama::extra_tensor, 4> my_extras = {{
    {.name = "attn_sinks.weight", .extents = {llama::extent::experts}},
    {.name = "attn_gate.weight", .extents = {llama::extent::embedding, llama::extent::queries}},
    {.name = "attn_gate.bias", .is_required = false, .extents = {llama::extent::queries}},
    {.name = "position_embd.weight", .in_each_layer = false, .extents = {llama::extent::embedding, llama::extent::rope_half}},
}};

constexpr auto mytransformer() -> llama::family {
    llama::family row{.architecture = "mytransformer"};
    row.pairs = llama::rope_pairs::halves;
    row.head_norms = llama::part::required;
    row.gate = llama::activation::gelu;
    row.embedding = llama::embedding_scaling::stated;
    row.score_cap = {.is_read = true, .otherwise = 7.0F};
    row.sliding = {.default_period = 3, .default_window = 64, .default_freq_base = 500.0F};
    row.output_bias = llama::part::required;
    row.experts = {.presence = llama::part::required, .weights_sum_to_one = false, .own_length = true, .shared = llama::part::optional};
    row.extra_tensors = my_extras;
    return row;
}

void add_extras(gguf_builder& file, std::uint32_t n_layers, std::string_view without = {}) {
    for (std::uint32_t layer = 0; layer < n_layers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        if (without != block + "attn_sinks.weight") file.tensor(block + "attn_sinks.weight", {3}, cria::tensor_type::f32);
        if (without != block + "attn_gate.weight") file.tensor(block + "attn_gate.weight", {32, 48}, cria::tensor_type::f32);
        if (without != block + "attn_gate.bias") file.tensor(block + "attn_gate.bias", {48}, cria::tensor_type::f32);
    }
    if (without != "position_embd.weight") file.tensor("position_embd.weight", {32, 6}, cria::tensor_type::f32);
}

auto my_model(std::string_view without = {}, bool tokenizer = false) -> gguf_builder {
    constexpr llama::family row = mytransformer();
    gguf_builder built = family_model(row, {.biases = true, .tokenizer = tokenizer});
    add_extras(built, 2, without);
    return built;
}

}  // namespace

TEST_CASE("a family of the caller's own is read by its row, with its own defaults") {
    constexpr llama::family row = mytransformer();
    const bound_file file(my_model(), {&row, 1});
    INFO(file.complaint());
    REQUIRE(file.weights().has_value());
    const auto& numbers = *file.numbers();
    CHECK(numbers.architecture == "mytransformer");
    CHECK(numbers.family.gate == llama::activation::gelu);
    CHECK(numbers.rope.pairs == llama::rope_pairs::halves);
    CHECK(numbers.score_cap == 7.0F);
    CHECK(numbers.embedding_scale == 1.0F);
    CHECK(numbers.sliding_window == 64);
    CHECK(numbers.layers[1].is_sliding);
    CHECK(numbers.rope_sliding.freq_base == 500.0F);
    CHECK(numbers.expert_feed_forward_length == 20);
    CHECK(file.weights()->unused().empty());
    CHECK(file.weights()->output_bias != nullptr);
    CHECK(file.weights()->layers[1].attn_q_norm != nullptr);
    CHECK(file.contents().tensors().find("blk.1.attn_gate.weight")->shape[1] == 48);  // by name, as any tensor
}

TEST_CASE("tensors that only a caller's family has are missed, measured and claimed") {
    constexpr llama::family row = mytransformer();
    for (const char* name : {"blk.0.attn_sinks.weight", "blk.1.attn_gate.weight", "position_embd.weight"})
        check_failure(bound_file(my_model(name), {&row, 1}).weights(), errc::missing_tensor, name);
    CHECK(bound_file(my_model("blk.1.attn_gate.bias"), {&row, 1}).weights().has_value());
    for (const auto& [name, wanted] : {std::pair{"blk.1.attn_gate.weight", "{32, 48}"}, std::pair{"blk.0.attn_gate.bias", "{48}"}, std::pair{"position_embd.weight", "{32, 6}"}}) {
        const bound_file wrong(my_model(name).tensor(name, {5, 3}, cria::tensor_type::f32), {&row, 1});
        check_failure(wrong.weights(), errc::wrong_shape, name);
        CHECK(wrong.weights().error().expected.text() == wanted);
    }
    const bound_file bare(family_model(row), {&row, 1});
    const auto problems = llama::inspect_weights(bare.contents().tensors(), *bare.numbers());
    REQUIRE(problems.has_value());
    CHECK(problems->size() == 5);  // two a layer, and one of the model's
    // Without the extra tensors in the row, they are merely unused.
    llama::family plain = row;
    plain.extra_tensors = {};
    const bound_file unused(my_model(), {&plain, 1});
    REQUIRE(unused.weights().has_value());
    CHECK(unused.weights()->unused().size() == 7);
}

TEST_CASE("an extra tensor with a name longer than any is missed, and one that is cut like it is not taken for it") {
    const std::string longest(300, 'n');
    for (const bool in_each_layer : {false, true}) {
        const llama::extra_tensor extra{.name = longest, .in_each_layer = in_each_layer, .extents = {llama::extent::embedding}};
        llama::family row{.architecture = "mine"};
        row.extra_tensors = {&extra, 1};
        auto built = family_model(row);
        for (const char* before : {"", "blk.0.", "blk.1."})
            for (std::size_t size = 110; size <= 135; ++size) built.tensor(before + longest.substr(0, size), {32}, cria::tensor_type::f32);
        const bound_file file(built, {&row, 1});
        REQUIRE_FALSE(file.weights().has_value());
        CHECK(file.weights().error().code == errc::missing_tensor);
    }
}

TEST_CASE("a row of the caller's takes the place of the library's") {
    llama::family row = *llama::find_family("llama");
    row.score_cap = {.is_read = true, .otherwise = 5.0F};
    row.output = llama::output_matrix::required;
    CHECK(llama::find_family("llama", {&row, 1}) == &row);
    CHECK(llama::find_family("qwen2", {&row, 1}) == llama::find_family("qwen2"));
    const bound_file file(family_model(row), {&row, 1});
    REQUIRE(file.weights().has_value());
    CHECK(file.numbers()->score_cap == 5.0F);
    check_failure(bound_file(family_model(row).without_tensor("output.weight"), {&row, 1}).weights(), errc::missing_tensor, "output.weight");
    CHECK(bound_file(family_model(row).without_tensor("output.weight")).weights().has_value());  // ours is as it was
}

TEST_CASE("a cap that a family may do without is none where its key is absent or 0, of scores as of logits") {
    llama::family row{.architecture = "mine"};
    row.score_cap = row.logit_cap = {.is_read = true};
    const bound_file absent(family_model(row), {&row, 1});
    CHECK(absent.numbers()->score_cap == 0.0F);
    CHECK(absent.numbers()->logit_cap == 0.0F);
    for (const char* key : {"mine.attn_logit_softcapping", "mine.final_logit_softcapping"}) {
        CHECK(bound_file(family_model(row).key(key, 0.0F), {&row, 1}).numbers().has_value());
        const bound_file negative(family_model(row).key(key, -1.0F), {&row, 1});
        check_failure(negative.numbers(), errc::out_of_range, key, negative.contents().metadata().find(key)->offset_bytes());
    }
}

TEST_CASE("a model outlives the row that it was opened by") {
    const cria_test::temp_file file(my_model({}, true).build());
    auto name = std::make_unique<std::string>("mytransformer");
    auto extras = std::make_unique<std::vector<llama::extra_tensor>>(my_extras.begin(), my_extras.end());
    auto row = std::make_unique<llama::family>(mytransformer());
    row->architecture = *name;
    row->extra_tensors = *extras;
    auto opened = llama::open(file.path(), {.families = {row.get(), 1}});
    row.reset();
    extras.reset();
    name.reset();
    INFO((opened ? std::string() : opened.error().message()));
    REQUIRE(opened.has_value());
    const llama::model model = *std::move(opened);
    CHECK(model.hyperparameters().architecture == "mytransformer");
    CHECK(model.hyperparameters().family.architecture == "mytransformer");
    CHECK(model.hyperparameters().family.extra_tensors.empty());
    CHECK(model.hyperparameters().family.score_cap.otherwise == 7.0F);
    CHECK(model.weights().unused().empty());
    // The same through a file that is open already, and through hyperparameters_from alone.
    constexpr llama::family again = mytransformer();
    auto bytes = cria::gguf::file::open(file.path());
    REQUIRE(bytes.has_value());
    CHECK(llama::model::from(*std::move(bytes), {}, {&again, 1}).has_value());
    CHECK(llama::open(file.path()).error().code == errc::unsupported_architecture);
}

TEST_CASE("of an architecture that nobody knows there are still metadata, tensors and a tokenizer") {
    const cria_test::temp_file file(my_model({}, true).build());
    const auto model = llama::open(file.path());
    REQUIRE_FALSE(model.has_value());
    CHECK(model.error().code == errc::unsupported_architecture);
    CHECK(model.error().subject.view() == "general.architecture");
    CHECK(model.error().found.text() == "mytransformer");
    const auto opened = cria::gguf::file::open(file.path());
    REQUIRE(opened.has_value());
    CHECK(opened->metadata().get<std::uint32_t>("mytransformer.block_count").value() == 2);
    CHECK(opened->tensors().find("blk.1.attn_gate.weight") != nullptr);
    const auto tokenizer = cria::tokenizer_from(opened->contents());
    REQUIRE(tokenizer.has_value());
    CHECK(tokenizer->encode("hello").has_value());
}

TEST_CASE("a family's name may be 64 bytes long, and a longer one is refused before a key is made of it") {
    for (const std::size_t size : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{127}, std::size_t{128}, std::size_t{1000}}) {
        CAPTURE(size);
        const std::string name(size, 'x');
        const llama::family row{.architecture = name};
        const bound_file file(family_model(row, {.experts = true, .optional_keys = true}), {&row, 1});
        if (size <= 64) CHECK(file.weights().has_value());
        else check_failure(file.numbers(), errc::invalid_argument, "general.architecture", file.contents().metadata().find("general.architecture")->offset_bytes());
    }
}
