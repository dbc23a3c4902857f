// SPDX-License-Identifier: MIT
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/file.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "support/catch.hpp"
#include "support/shared_data.hpp"

// Real files: tiny random-weight models made by llama.cpp's own tools, one a variant of the family, a trained
// one, and vocabularies without weights.

namespace llama = cria::llama;
using cria::errc;

namespace {

auto architecture_path(std::string_view name) -> std::string {
    return cria_test::shared_path("conformance/architectures/" + std::string(name) + ".gguf");
}

auto opened(const std::string& path) -> llama::model {
    auto model = llama::open(path);
    INFO((model ? path : model.error().message()));
    REQUIRE(model.has_value());
    return *std::move(model);
}

auto is_there(const std::string& path) -> bool { return std::filesystem::exists(path); }

}  // namespace

TEST_CASE("every Llama model of the conformance set opens, and each of its tensors has a role", "[conformance]") {
    if (!is_there(architecture_path("llama-mha"))) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    for (const char* name : {"llama-bias", "llama-gqa-tied", "llama-linear", "llama-mha", "llama-moe", "llama-yarn", "llama3-rope-factors"}) {
        CAPTURE(name);
        const llama::model model = opened(architecture_path(name));
        const auto& numbers = model.hyperparameters();
        CHECK(numbers.name == name);
        CHECK(numbers.context_length == 2048);
        CHECK(numbers.embedding_length == 48);
        CHECK(numbers.block_count == 2);
        CHECK(numbers.head_count() == 3);
        CHECK(numbers.key_length == 16);
        CHECK(numbers.feed_forward_length() == 80);
        CHECK(numbers.vocabulary_size == 512);
        CHECK(model.tokenizer().size() == 512);
        CHECK(model.weights().unused().empty());
        for (const auto& tensor : model.files().tensors()) CHECK_FALSE(llama::role_of(tensor.name).empty());
        const auto plan = llama::plan_upload(model.files().tensors());
        REQUIRE(plan.has_value());
        CHECK(plan->placements().size() == model.files().tensors().size());
    }
}

TEST_CASE("the variants of the conformance set are told apart", "[conformance]") {
    if (!is_there(architecture_path("llama-mha"))) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    const llama::model heads = opened(architecture_path("llama-mha"));
    CHECK(heads.hyperparameters().head_count_kv() == 3);
    const llama::model tied = opened(architecture_path("llama-gqa-tied"));
    CHECK(tied.hyperparameters().head_count_kv() == 1);
    CHECK(tied.hyperparameters().rope.freq_base == 500000.0F);
    CHECK(tied.weights().tied_output);
    const llama::model linear = opened(architecture_path("llama-linear"));
    CHECK(linear.hyperparameters().rope.scaling == llama::rope_scaling::linear);
    CHECK(linear.hyperparameters().rope.scaling_factor == 4.0F);
    const llama::model yarn = opened(architecture_path("llama-yarn"));
    CHECK(yarn.hyperparameters().rope.scaling == llama::rope_scaling::yarn);
    CHECK(yarn.hyperparameters().rope.scaling_factor == 8.0F);
    CHECK(yarn.hyperparameters().rope.original_context_length == 64);
    const llama::model mixture = opened(architecture_path("llama-moe"));
    CHECK(mixture.hyperparameters().expert_count == 4);
    CHECK(mixture.hyperparameters().expert_used_count == 2);
    CHECK(mixture.weights().layers[1].ffn_up_exps->shape[2] == 4);
    const llama::model biased = opened(architecture_path("llama-bias"));
    CHECK(biased.weights().layers[0].attn_q_bias != nullptr);
    const llama::model stretched = opened(architecture_path("llama3-rope-factors"));
    CHECK(stretched.weights().rope_freqs != nullptr);
}

TEST_CASE("a trained model opens with the numbers of its card", "[conformance]") {
    const std::string path = cria_test::shared_path("models/aidreams260K.gguf");
    if (!is_there(path)) return cria_test::skip("no models/aidreams260K.gguf under CRIA_SHARED_DIR");
    const llama::model model = opened(path);
    const auto& numbers = model.hyperparameters();
    CHECK(numbers.context_length == 128);
    CHECK(numbers.embedding_length == 64);
    CHECK(numbers.block_count == 4);
    CHECK(numbers.head_count() == 4);
    CHECK(numbers.head_count_kv() == 4);
    CHECK(numbers.feed_forward_length() == 172);
    CHECK(numbers.vocabulary_size == 512);
    CHECK(numbers.rope.dimension_count == 16);
    CHECK(numbers.rope.scaling == llama::rope_scaling::none);
    CHECK_FALSE(model.weights().tied_output);
    CHECK(model.weights().unused().empty());
    const auto ids = model.tokenizer().encode("Once upon a time");
    REQUIRE(ids.has_value());
    const auto text = model.tokenizer().decode(ids->span());
    REQUIRE(text.has_value());
    CHECK(text->view() == "Once upon a time");
}

TEST_CASE("every family of the conformance set opens, and each of its tensors has a role", "[conformance]") {
    if (!is_there(architecture_path("qwen2"))) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    std::size_t n_models = 0;
    for (const auto& entry : std::filesystem::directory_iterator(cria_test::shared_path("conformance/architectures"))) {
        if (entry.path().extension() != ".gguf") continue;
        CAPTURE(entry.path());
        ++n_models;
        const llama::model model = opened(entry.path().string());
        CHECK(model.weights().unused().empty());
        for (const auto& tensor : model.files().tensors()) CHECK_FALSE(llama::role_of(tensor.name).empty());
        for (const auto& layer : model.weights().layers) {
            CHECK(layer.query);
            CHECK(layer.key);
            CHECK(layer.value);
            CHECK((layer.ffn_gate_inp != nullptr) == model.hyperparameters().has_experts());
            CHECK((layer.gate && layer.up) != model.hyperparameters().has_experts());
        }
    }
    CHECK(n_models == 19);
}

TEST_CASE("a vocabulary without weights is an error that says what is missing, and its tokenizer can be had", "[conformance]") {
    if (!is_there(cria_test::vocabulary_path("llama-bpe"))) return cria_test::skip("no conformance/vocab under CRIA_SHARED_DIR");
    for (const std::string_view name : cria_test::vocabulary_names) {
        CAPTURE(name);
        const auto file = cria::gguf::file::open(cria_test::vocabulary_path(name));
        REQUIRE(file.has_value());
        const auto architecture = file->metadata().get<std::string_view>("general.architecture");
        REQUIRE(architecture.has_value());
        const auto model = llama::open(cria_test::vocabulary_path(name));
        REQUIRE_FALSE(model.has_value());
        INFO(model.error().message());
        if (llama::find_family(*architecture) != nullptr) {
            CHECK((model.error().code == errc::missing_key || model.error().code == errc::missing_tensor));
            CHECK_FALSE(model.error().subject.empty());
        } else {
            CHECK(model.error().code == errc::unsupported_architecture);
            CHECK(model.error().found.text() == *architecture);
        }
        const auto tokenizer = cria::tokenizer_from(file->contents());
        CHECK((tokenizer || tokenizer.error().code == errc::unsupported_pretokenizer));
        if (name == "falcon" || name == "starcoder") CHECK(tokenizer.has_value());
    }
}
