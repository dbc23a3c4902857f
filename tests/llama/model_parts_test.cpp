// SPDX-License-Identifier: MIT
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "cria/gguf/shards.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/share.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/temp_file.hpp"

// A model as its parts: each alone, all from several threads, and what stays where it is when the whole is moved.

namespace llama = cria::llama;
using cria_test::family_model;
using cria_test::family_parts;
using cria_test::temp_file;

namespace {

const family_parts everything{.biases = true, .fused_attention = true, .experts = true, .shared_expert = true, .rope_factors = true, .optional_keys = true, .tokenizer = true, .random_data = true};

/// A number that depends on all that a reader asks a model for.
auto read_all(const llama::model& model) -> std::uint64_t {
    std::uint64_t sum = 0;
    const auto add = [&](std::uint64_t number) { sum = sum * 1099511628211U + number; };
    const auto& numbers = model.hyperparameters();
    for (std::uint32_t layer = 0; layer < numbers.block_count; ++layer) {
        add(numbers.head_count(layer) + numbers.rope_of(layer).dimension_count + (numbers.layers[layer].is_sliding ? 1U : 0U));
        const llama::layer_weights& at = model.weights().layers[layer];
        for (const auto& slice : {at.query, at.key, at.value, at.query_bias, at.gate, at.up}) {
            if (!slice) continue;
            std::vector<std::byte> data(slice.tensor->size_bytes);
            if (!model.files().read(*slice.tensor, 0, data)) return 0;
            for (const std::byte byte : slice.row(data, slice.n_out - 1)) add(static_cast<std::uint64_t>(byte));
        }
        if (const auto share = llama::share_of(model.weights(), numbers, layer, 1, 2)) add(share->query.offset_bytes + share->n_rows);
    }
    for (const auto& entry : model.files().metadata()) add(entry.key.size() + entry.value.offset_bytes());
    for (const auto& tensor : model.files().tensors()) add(llama::role_of(tensor.name).size());
    const auto ids = model.tokenizer().encode("hello world, the thing");
    if (!ids) return 0;
    for (const auto id : *ids) add(static_cast<std::uint64_t>(id));
    const auto problems = llama::inspect_weights(model.files().tensors(), numbers);
    add(problems ? problems->size() : 99U);
    return sum;
}

}  // namespace

TEST_CASE("four threads read one model and find the same") {
    for (const char* name : {"gemma3", "granite", "phi3"})
        for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
            CAPTURE(name);
            const temp_file file(family_model(*llama::find_family(name), everything).build());
            const auto model = llama::open(file.path(), {.how = how});
            INFO((model ? std::string() : model.error().message()));
            REQUIRE(model.has_value());
            const std::uint64_t alone = read_all(*model);
            CHECK(alone != 0);
            std::atomic<int> agree{0};
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] {
                    for (int again = 0; again < 5; ++again) agree += read_all(*model) == alone ? 1 : 0;
                });
            for (std::thread& thread : threads) thread.join();
            CHECK(agree == 20);
        }
}

TEST_CASE("slices and texts of a model stay valid when it is moved") {
    const temp_file file(family_model(*llama::find_family("phi3"), everything).build());
    auto opened = llama::open(file.path());
    REQUIRE(opened.has_value());
    const std::uint64_t before = read_all(*opened);
    const llama::tensor_slice up = opened->weights().layers[1].up, key = opened->weights().layers[1].key;
    const std::string_view architecture = opened->hyperparameters().family.architecture;
    const auto data = opened->files().bytes(*up.tensor);
    REQUIRE(data.has_value());
    const std::byte last = up.row(*data, up.n_out - 1).back();

    std::vector<llama::model> home;
    home.push_back(*std::move(opened));
    for (std::size_t room : {2U, 20U, 200U}) home.reserve(room);  // moves it again
    llama::model model = std::move(home[0]);
    home.clear();
    CHECK(read_all(model) == before);
    CHECK(architecture == "phi3");
    CHECK(model.weights().layers[1].up.tensor == up.tensor);
    CHECK(key.tensor->name == "blk.1.attn_qkv.weight");
    CHECK(model.files().bytes(*up.tensor)->data() == data->data());
    CHECK(up.row(*data, up.n_out - 1).back() == last);
}

TEST_CASE("each part of a model is reached alone, and what is made of it is the same") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const temp_file file(family_model(row, everything).build());
        const auto model = llama::open(file.path());
        INFO((model ? std::string() : model.error().message()));
        REQUIRE(model.has_value());
        const auto files = cria::gguf::shards::open(file.path());
        REQUIRE(files.has_value());
        const auto numbers = llama::hyperparameters_from(files->metadata());
        REQUIRE(numbers.has_value());
        const auto bound = llama::weights_from(files->tensors(), *numbers);
        REQUIRE(bound.has_value());
        const auto tokenizer = cria::tokenizer_from(files->metadata());
        REQUIRE(tokenizer.has_value());
        CHECK(numbers->embedding_length == model->hyperparameters().embedding_length);
        CHECK(bound->layers.size() == model->weights().layers.size());
        CHECK(bound->layers[1].query.offset_bytes == model->weights().layers[1].query.offset_bytes);
        CHECK(bound->layers[1].value.offset_bytes == model->weights().layers[1].value.offset_bytes);
        CHECK(tokenizer->size() == model->tokenizer().size());
    }
}
