// SPDX-License-Identifier: MIT
#include <algorithm>

#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto rows_of(const std::string& model, std::vector<std::string> words) -> json {
    words.insert(words.begin(), {"tensors", model, "--json"});
    return run_cria(words).json_out()["tensors"];
}

auto column(const json& rows, const char* key) -> std::vector<json> {
    std::vector<json> values;
    for (const json& row : rows) values.push_back(row[key]);
    return values;
}

auto names_that_match(const std::string& model, const std::string& glob) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const json& name : column(rows_of(model, {"--filter", glob}), "name")) names.push_back(name);
    return names;
}

}  // namespace

TEST_CASE("tensors lists name, type, shape, bytes, offset and role") {
    const model_file model(tiny_llama());
    const outcome ran = run_cria({"tensors", model.path()});
    CHECK(ran.status == 0);
    const auto lines = lines_of(ran.out);
    REQUIRE(lines.size() == 1 + 21 + 1);
    CHECK(lines[0].starts_with("name"));
    const std::uint64_t at = tiny_llama().lay_out().tensors.at("blk.1.attn_k.weight").data;
    const auto row = std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("blk.1.attn_k.weight"); });
    REQUIRE(row != lines.end());
    for (const std::string& part : {std::string("f32"), std::string("{32, 16}"), std::string("2,048"), std::to_string(at), std::string("layer 1")})
        CHECK(contains(*row, part));
    CHECK(contains(lines.back(), "21 tensors"));
}

TEST_CASE("tensors --json has shapes as lists and bytes as numbers") {
    const model_file model(tiny_llama());
    const json rows = rows_of(model.path(), {});
    REQUIRE(rows.size() == 21);
    CHECK(rows[0]["name"] == "token_embd.weight");
    CHECK(rows[0]["type"] == "f32");
    CHECK(rows[0]["shape"] == json::array({32, 279}));
    CHECK(rows[0]["elements"] == 32 * 279);
    CHECK(rows[0]["bytes"] == 4 * 32 * 279);
    CHECK(rows[0]["offset"] == tiny_llama().lay_out().data_offset);
    CHECK(rows[0]["role"] == "token embedding");
    const json other = rows_of(model_file(gguf_builder().tensor("mine", {2}, std::vector<float>{1, 2})).path(), {});
    CHECK(other[0]["role"].is_null());
}

TEST_CASE("--sort orders by name, size, offset and type, and keeps the file's order among equals") {
    const model_file model(gguf_builder()
                               .tensor("b", {8}, ::cria::tensor_type::f32)
                               .tensor("c", {64}, ::cria::tensor_type::f16)
                               .tensor({.name = "a", .extents = {2}, .type = ::cria::tensor_type::f32, .offset = 4096})
                               .tensor("d", {8}, ::cria::tensor_type::f32));
    const auto order = [&](const std::vector<std::string>& words) {
        std::string names;
        for (const json& name : column(rows_of(model.path(), words), "name")) names += name.get<std::string>();
        return names;
    };
    CHECK(order({}) == "bcad");
    CHECK(order({"--sort", "name"}) == "abcd");
    CHECK(order({"--sort", "size"}) == "cbda");
    CHECK(order({"--sort", "offset"}) == "bcad");
    CHECK(order({"--sort", "type"}) == "cbad");
}

TEST_CASE("--filter takes *, ? and sets") {
    const model_file model(tiny_llama());
    using names = std::vector<std::string>;
    CHECK(names_that_match(model.path(), "*").size() == 21);
    CHECK(names_that_match(model.path(), "output*") == names{"output_norm.weight", "output.weight"});
    CHECK(names_that_match(model.path(), "output.weight") == names{"output.weight"});
    CHECK(names_that_match(model.path(), "output").empty());
    CHECK(names_that_match(model.path(), "*.attn_?.*").size() == 6);
    CHECK(names_that_match(model.path(), "blk.[1-9].attn_[qk].weight") == names{"blk.1.attn_q.weight", "blk.1.attn_k.weight"});
    CHECK(names_that_match(model.path(), "blk.[!0].attn_[qk].weight") == names{"blk.1.attn_q.weight", "blk.1.attn_k.weight"});
    CHECK(names_that_match(model.path(), "*q*k*").empty());
    CHECK(names_that_match(model.path(), "*k*q*.weight").size() == 2);
    CHECK(names_that_match(model.path(), "[").empty());
}

TEST_CASE("a filter full of stars ends soon on a name full of near misses") {
    const model_file model(gguf_builder().tensor(std::string(60000, 'a'), {1}, ::cria::tensor_type::f32));
    std::string stars;
    for (int i = 0; i < 30; ++i) stars += "*a";
    CHECK(names_that_match(model.path(), stars + "b").empty());
    CHECK(names_that_match(model.path(), stars).size() == 1);
}

TEST_CASE("a hostile tensor name stays on its line") {
    const model_file model(gguf_builder().tensor("evil\nname\x1b[31m", {1}, ::cria::tensor_type::f32));
    const outcome ran = run_cria({"tensors", model.path()});
    CHECK(lines_of(ran.out).size() == 3);
    CHECK(contains(ran.out, "evil\\x0Aname\\x1B[31m"));
    CHECK(!contains(ran.out, "\x1b"));
}

TEST_CASE("--hash adds the XXH3 hash of each tensor's data, as xxh128sum writes it") {
    // Of nothing at all, of 12 bytes, and of 2 MiB of zeros, which are hashed in pieces.
    const model_file model(gguf_builder()
                               .tensor("none", {0}, ::cria::tensor_type::f32)
                               .tensor("text", {12}, ::cria::tensor_type::i8, bytes_of_text("Hello world!"))
                               .tensor("zeros", {1U << 19U}, ::cria::tensor_type::f32));
    const json document = run_cria({"tensors", model.path(), "--hash", "--json"}).json_out();
    CHECK(document["hash"] == "xxh3_128");
    REQUIRE(document["tensors"].size() == 3);
    CHECK(document["tensors"][0]["hash"] == "99aa06d3014798d86001c324468d497f");
    CHECK(document["tensors"][1]["hash"] == "8b5e24dd3686000de580f57537d47ff7");
    CHECK(document["tensors"][2]["hash"] == "7b3e6abe1456fd0094e26d8e04364852");
    const outcome text = run_cria({"tensors", model.path(), "--hash"});
    CHECK(contains(text.out, "  99aa06d3014798d86001c324468d497f"));
    CHECK(!run_cria({"tensors", model.path(), "--json"}).json_out().contains("hash"));
    CHECK(run_cria({"tensors", model.path(), "--hash", "--json", "--filter", "te*"}).json_out()["tensors"].size() == 1);
}

TEST_CASE("a tensor of unknown type is listed with its number") {
    const model_file model(gguf_builder().tensor({.name = "odd", .extents = {32}, .type = static_cast<::cria::tensor_type>(97), .data = file_bytes(64)}));
    const outcome ran = run_cria({"tensors", model.path()});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, "odd   type 97  {32}      64"));
    CHECK(rows_of(model.path(), {})[0]["type"] == "type 97");
}

TEST_CASE("of a set, tensors lists those of all shards with the shard they are in, from any shard") {
    const shard_set set;
    for (const std::string& path : {set.first(), set.second()}) {
        const json rows = rows_of(path, {});
        REQUIRE(rows.size() == 21);
        CHECK(rows[0]["shard"] == 0);
        CHECK(rows[20]["shard"] == 1);
        const auto lines = lines_of(run_cria({"tensors", path, "--sort", "offset"}).out);
        CHECK(contains(lines[0], "  shard  "));
        CHECK(lines[20].starts_with("output"));
    }
    CHECK(rows_of(set.whole(), {})[20]["shard"] == 0);
    CHECK(!contains(run_cria({"tensors", set.whole()}).out, "shard"));
    // The manifest of a model does not depend on how it is cut.
    CHECK(column(rows_of(set.whole(), {"--hash", "--sort", "name"}), "hash") == column(rows_of(set.first(), {"--hash", "--sort", "name"}), "hash"));
}
