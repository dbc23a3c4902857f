// SPDX-License-Identifier: MIT
#include "cria/llama/model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
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

/// The same model as a set of shards: all keys in the first file, tensors dealt out evenly.
auto shards_of(const gguf_builder& whole, std::uint16_t count) -> std::vector<cria_test::file_bytes> {
    const auto bytes = whole.build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed.has_value());
    const auto& tensors = parsed->tensors();
    gguf_builder keys = whole;
    for (const auto& of : tensors) keys.without_tensor(of.name);
    std::vector<cria_test::file_bytes> files;
    for (std::uint16_t number = 0; number < count; ++number) {
        gguf_builder file = number == 0 ? keys : gguf_builder();
        file.key("split.no", number).key("split.count", count).key("split.tensors.count", static_cast<std::int32_t>(tensors.size()));
        for (std::size_t i = number * tensors.size() / count; i < (number + 1U) * tensors.size() / count; ++i) {
            const auto extents = tensors[i].shape.dimensions();
            const auto data = bytes.begin() + static_cast<std::ptrdiff_t>(tensors[i].offset_bytes);
            file.tensor(tensors[i].name, {extents.begin(), extents.end()}, tensors[i].type, {data, data + static_cast<std::ptrdiff_t>(tensors[i].size_bytes)});
        }
        files.push_back(file.build());
    }
    return files;
}

/// Every byte of a tensor.
auto data_of(const llama::model& model, const cria::gguf::tensor& of) -> std::vector<std::byte> {
    std::vector<std::byte> data(of.size_bytes);
    REQUIRE(model.files().read(of, 0, data).has_value());
    return data;
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
            CHECK(model->files().how() == how);
            CHECK(model->hyperparameters().name == "tiny");
            CHECK(model->tokenizer().size() == model->hyperparameters().vocabulary_size);
            CHECK(model->weights().token_embd->shape[1] == model->tokenizer().size());
            CHECK(round_trip(*model, "hello world") == "hello world");
            std::vector<std::byte> numbers(model->weights().output_norm->size_bytes);
            CHECK(model->files().read(*model->weights().output_norm, 0, numbers).has_value());
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
        const auto layers = opened->files().metadata().find("llama.block_count");

        std::vector<llama::model> home;
        home.push_back(*std::move(opened));
        home.reserve(10);  // moves it again
        const llama::model& model = home[0];
        CHECK(name == "tiny");
        CHECK(model.hyperparameters().name.data() == name.data());
        CHECK(query->name == "blk.1.attn_q.weight");
        CHECK(model.weights().layers[1].attn_q == query);
        CHECK(model.files().tensors().find("blk.1.attn_q.weight") == query);
        CHECK(layers->get<std::uint32_t>().value() == 2);
        CHECK(round_trip(model, "the thing") == "the thing");
        std::vector<std::byte> data(query->size_bytes);
        CHECK(model.files().read(*query, 0, data).has_value());

        llama::model assigned = *llama::open(file.path());
        assigned = std::move(home[0]);
        CHECK(assigned.weights().layers[1].attn_q == query);
        CHECK(round_trip(assigned, "hello") == "hello");
    }
}

TEST_CASE("a set of shards is the model that one file would be, from whichever shard it is opened") {
    const temp_file single(tiny_llama().build());
    const auto whole = llama::open(single.path());
    REQUIRE(whole.has_value());
    const cria_test::temp_folder folder;
    std::vector<std::string> paths;
    std::vector<std::string> hashes;
    for (const auto& file : shards_of(tiny_llama(), 3)) {
        const auto number = static_cast<std::uint32_t>(paths.size());
        paths.push_back(folder.write(cria::gguf::shard_name("tiny", number, 3)->view(), file));
        hashes.push_back(folder.write("blob" + std::to_string(9 - number), file));
    }
    const auto check = [&](const cria::result<llama::model>& set) {
        INFO((set ? std::string() : set.error().message()));
        REQUIRE(set.has_value());
        CHECK(set->files().size() == 3);
        CHECK(set->hyperparameters().name == whole->hyperparameters().name);
        CHECK(set->tokenizer().size() == whole->tokenizer().size());
        CHECK(round_trip(*set, "hello world") == "hello world");
        CHECK(set->weights().unused().empty());
        REQUIRE(set->files().tensors().size() == whole->files().tensors().size());
        for (std::size_t i = 0; i < set->files().tensors().size(); ++i) {
            const auto& of = set->files().tensors()[i];
            const auto& twin = whole->files().tensors()[i];
            CAPTURE(of.name);
            CHECK(of.name == twin.name);
            CHECK(of.shape == twin.shape);
            CHECK(of.type == twin.type);
            CHECK(data_of(*set, of) == data_of(*whole, twin));
        }
        const auto& query = *set->weights().layers[1].attn_q;
        CHECK(query.name == "blk.1.attn_q.weight");
        CHECK(query.shard > 0);
        CHECK(data_of(*set, query) == data_of(*whole, *whole->weights().layers[1].attn_q));
    };
    for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
        for (const auto& path : paths) check(llama::open(path, {.how = how}));
        const std::string_view list[] = {hashes[2], hashes[0], hashes[1]};
        check(llama::open(std::span(list), {.how = how}));
    }
    auto opened = llama::open(paths[1]);
    const llama::model moved = *std::move(opened);
    CHECK(moved.weights().layers[1].attn_q == moved.files().tensors().find("blk.1.attn_q.weight"));
}

TEST_CASE("a model of which a shard is missing says which") {
    const cria_test::temp_folder folder;
    const auto files = shards_of(tiny_llama(), 3);
    const auto first = folder.write("tiny-00001-of-00003.gguf", files[0]);
    folder.write("tiny-00003-of-00003.gguf", files[2]);
    CHECK(llama::open(first).error().message() == "tiny-00002-of-00003.gguf: shard is missing");
    auto single = cria::gguf::file::open(first);
    REQUIRE(single.has_value());
    CHECK(llama::model::from(*std::move(single)).error().code == errc::missing_shard);
}

TEST_CASE("a model whose weights are in the other byte order is refused, and its parts can be had") {
    const temp_file file(tiny_llama({}, std::endian::native == std::endian::little ? std::endian::big : std::endian::little).build());
    const auto model = llama::open(file.path());
    REQUIRE_FALSE(model);
    CHECK(model.error().code == cria::errc::unsupported_feature);
    CHECK(model.error().offset == 4);
    const auto parts = cria::gguf::file::open(file.path());
    REQUIRE(parts);
    const auto numbers = llama::hyperparameters_from(parts->metadata());
    REQUIRE(numbers);
    CHECK(llama::weights_from(parts->tensors(), *numbers));
    CHECK(cria::tokenizer_from(parts->metadata()));
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
