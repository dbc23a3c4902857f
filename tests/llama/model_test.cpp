// SPDX-License-Identifier: MIT
#include "cria/llama/model.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

namespace llama = cria::llama;
using cria::errc;
using cria_test::gguf_builder;
using cria_test::temp_file;
using cria_test::tiny_llama;
using cria_test::tiny_llama_spm;

namespace {

auto open_error(const gguf_builder& built, const llama::open_options& options = {}) -> cria::error {
    const temp_file file(built.build());
    const auto model = llama::open(file.path(), options);
    REQUIRE_FALSE(model.has_value());
    return model.error();
}

auto round_trip(const llama::model& model, std::string_view text) -> std::string {
    const auto ids = model.tokenizer().encode(text);
    if (!ids) return "encode: " + ids.error().message();
    const auto bytes = model.tokenizer().decode(ids->span());
    if (!bytes) return "decode: " + bytes.error().message();
    return std::string(bytes->view());
}

}  // namespace

TEST_CASE("opening a model gives its file, numbers, tokenizer and weights, in either access mode") {
    for (const gguf_builder& built : {tiny_llama(), tiny_llama_spm()}) {
        const temp_file file(built.build());
        for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
            const auto model = llama::open(file.path(), {.how = how});
            INFO((model ? std::string() : model.error().message()));
            REQUIRE(model.has_value());
            CHECK(model->file().how() == how);
            CHECK(model->hyperparameters().name == "tiny");
            CHECK(model->tokenizer().size() == model->hyperparameters().vocabulary_size);
            CHECK(model->weights().token_embd->shape[1] == model->tokenizer().size());
            CHECK(round_trip(*model, "hello world") == "hello world");
            std::vector<std::byte> numbers(model->weights().output_norm->size_bytes);
            CHECK(model->file().read(*model->weights().output_norm, 0, numbers).has_value());
            CHECK(cria::detail::load<float>(numbers.data()) == 1.0F);
        }
    }
}

TEST_CASE("everything that points into a model stays valid when it is moved") {
    for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
        const temp_file file(tiny_llama().build());
        auto opened = llama::open(file.path(), {.how = how});
        REQUIRE(opened.has_value());
        const std::string_view name = opened->hyperparameters().name;
        const cria::gguf::tensor* const query = opened->weights().layers[1].attn_q;
        const cria::gguf::value* const layers = opened->file().metadata().find("llama.block_count");

        std::vector<llama::model> home;
        home.push_back(*std::move(opened));
        home.reserve(10);  // moves it again
        const llama::model& model = home[0];
        CHECK(name == "tiny");
        CHECK(model.hyperparameters().name.data() == name.data());
        CHECK(query->name == "blk.1.attn_q.weight");
        CHECK(model.weights().layers[1].attn_q == query);
        CHECK(model.file().tensors().find("blk.1.attn_q.weight") == query);
        CHECK(layers->get<std::uint32_t>().value() == 2);
        CHECK(round_trip(model, "the thing") == "the thing");
        std::vector<std::byte> data(query->size_bytes);
        CHECK(model.file().read(*query, 0, data).has_value());

        llama::model assigned = *llama::open(file.path());
        assigned = std::move(home[0]);
        CHECK(assigned.weights().layers[1].attn_q == query);
        CHECK(round_trip(assigned, "hello") == "hello");
    }
}

TEST_CASE("a model is moved without a throw and never copied") {
    CHECK(std::is_nothrow_move_constructible_v<llama::model>);
    CHECK(std::is_nothrow_move_assignable_v<llama::model>);
    CHECK_FALSE(std::is_copy_constructible_v<llama::model>);
}

TEST_CASE("each part of a model that is wrong is the error of opening it") {
    CHECK(llama::open("/no/such/model.gguf").error().code == errc::file_not_found);
    CHECK(open_error(gguf_builder().magic("GGML")).code == errc::bad_magic);
    CHECK(open_error(tiny_llama().without_key("llama.block_count")).message() == "llama.block_count: no such key");
    CHECK(open_error(tiny_llama().without_tensor("output_norm.weight")).message() == "output_norm.weight: no such tensor");
    CHECK(open_error(tiny_llama().without_key("tokenizer.ggml.model")).code == errc::missing_key);
    CHECK(open_error(tiny_llama(), {.rules = {.max_tensors = 3}}).code == errc::limit_exceeded);
    CHECK(open_error(tiny_llama(), {.tokenizer = {.pre = "no-such-rule"}}).code == errc::unsupported_pretokenizer);
}

TEST_CASE("of a model whose architecture is unknown the tokenizer can still be had") {
    const temp_file file(tiny_llama().without_key("general.architecture").key("general.architecture", "starcoder").build());
    CHECK(llama::open(file.path()).error().message().find("general.architecture: unsupported architecture: starcoder") == 0);
    const auto opened = cria::gguf::file::open(file.path());
    REQUIRE(opened.has_value());
    CHECK(cria::tokenizer_from(opened->contents()).has_value());
}

TEST_CASE("a vocabulary without weights names the first thing that it lacks") {
    auto vocabulary = tiny_llama();
    for (const auto& name : {"token_embd", "output_norm", "output"}) vocabulary.without_tensor(std::string(name) + ".weight");
    CHECK(open_error(vocabulary).message() == "token_embd.weight: no such tensor");
}

TEST_CASE("a file that was opened before becomes a model") {
    const temp_file file(tiny_llama().build());
    auto opened = cria::gguf::file::open(file.path());
    REQUIRE(opened.has_value());
    const auto model = llama::model::from(*std::move(opened));
    REQUIRE(model.has_value());
    CHECK(model->hyperparameters().block_count == 2);
}
