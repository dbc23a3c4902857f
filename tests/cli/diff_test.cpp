// SPDX-License-Identifier: MIT
#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

/// Both documents of a comparison: what it says in words, and in JSON.
struct comparison {
    outcome text;
    json document;
};

auto diff(const std::string& a, const std::string& b, std::vector<std::string> words = {}) -> comparison {
    words.insert(words.begin(), {"diff", a, b});
    comparison made{run_cria(words), {}};
    words.emplace_back("--json");
    const outcome ran = run_cria(words);
    CHECK(ran.status == made.text.status);
    CHECK(ran.err.empty());
    CHECK(made.text.err.empty());
    made.document = ran.json_out();
    REQUIRE(made.document.is_object());
    CHECK(made.text.status == (made.document["same"] == true ? 0 : 1));
    return made;
}

auto diff(const gguf_builder& a, const gguf_builder& b, const std::vector<std::string>& words = {}) -> comparison {
    const model_file left(a);
    const model_file right(b);
    return diff(left.path(), right.path(), words);
}

}  // namespace

TEST_CASE("a model is the same as itself, and diff says whether it looked at the data") {
    const auto plain = diff(tiny_llama(), tiny_llama());
    CHECK(plain.text.status == 0);
    CHECK(contains(plain.text.out, "the same: "));
    CHECK(contains(plain.text.out, "21 tensors; data is not compared without --hash\n"));
    CHECK(plain.document["hash"].is_null());
    const auto hashed = diff(tiny_llama(), tiny_llama(), {"--hash"});
    CHECK(contains(hashed.text.out, "21 tensors, data included\n"));
    CHECK(hashed.document["hash"] == "xxh3_128");
    for (const char* what : {"keys", "tensors"})
        for (const char* side : {"only_a", "only_b", "different"}) CHECK(hashed.document[what][side] == json::array());
}

TEST_CASE("diff names the keys that one side lacks and those that differ in type or value") {
    const auto made = diff(gguf_builder().key("a.gone", true).key("b.number", std::uint32_t{7}).key("c.type", std::uint32_t{1}).key("d.same", 0.5F),
                           gguf_builder().key("d.same", 0.5F).key("b.number", std::uint32_t{8}).key("c.type", std::int32_t{1}).key("e.new", "x"));
    CHECK(made.text.status == 1);
    CHECK(made.document["keys"]["only_a"] == json::array({"a.gone"}));
    CHECK(made.document["keys"]["only_b"] == json::array({"e.new"}));
    const json& different = made.document["keys"]["different"];
    REQUIRE(different.size() == 2);
    CHECK(different[0]["name"] == "b.number");
    CHECK(different[0]["a"]["value"] == 7);
    CHECK(different[0]["b"]["value"] == 8);
    CHECK(different[1]["name"] == "c.type");
    CHECK(different[1]["a"]["type"] == "u32");
    CHECK(different[1]["b"]["type"] == "i32");
    const auto lines = lines_of(made.text.out);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0] == "- a.gone: bool true");
    CHECK(lines[1] == "~ b.number: u32 7 -> u32 8");
    CHECK(lines[2] == "~ c.type: u32 1 -> i32 1");
    CHECK(lines[3] == "+ e.new: string \"x\"");
    CHECK(lines[4] == "4 keys and 0 tensors differ; data is not compared without --hash");
}

TEST_CASE("long values are elided in a difference") {
    const auto made = diff(gguf_builder().array("n", std::vector<std::int32_t>(1000, 1)), gguf_builder().array("n", std::vector<std::int32_t>(1000, 2)));
    CHECK(lines_of(made.text.out)[0].size() < 160);
    const json& row = made.document["keys"]["different"][0];
    CHECK(row["a"]["elided"] == true);
    CHECK(row["a"]["count"] == 1000);
    CHECK(row["b"]["value"].size() == 16);
}

TEST_CASE("diff names the tensors that one side lacks and those of another type or shape") {
    const auto made = diff(gguf_builder().tensor("gone", {2}, ::cria::tensor_type::f32).tensor("shape", {4, 2}, ::cria::tensor_type::f32).tensor("type", {32}, ::cria::tensor_type::f16),
                           gguf_builder().tensor("type", {32}, ::cria::tensor_type::bf16).tensor("shape", {2, 4}, ::cria::tensor_type::f32).tensor("new", {2}, ::cria::tensor_type::f32));
    CHECK(made.document["tensors"]["only_a"] == json::array({"gone"}));
    CHECK(made.document["tensors"]["only_b"] == json::array({"new"}));
    const json& different = made.document["tensors"]["different"];
    REQUIRE(different.size() == 2);
    CHECK(different[0]["name"] == "shape");
    CHECK(different[0]["a"]["shape"] == json::array({4, 2}));
    CHECK(different[1]["a"]["type"] == "f16");
    CHECK(different[1]["b"]["type"] == "bf16");
    CHECK(contains(made.text.out, "~ shape: f32 {4, 2}, 32 bytes -> f32 {2, 4}, 32 bytes\n"));
}

TEST_CASE("data that differs is found with --hash, and only there") {
    const auto with = [](float last) { return gguf_builder().tensor("w", {3}, std::vector<float>{1, 2, last}).tensor("v", {1}, std::vector<float>{0}); };
    CHECK(diff(with(3), with(4)).text.status == 0);
    const auto made = diff(with(3), with(4), {"--hash"});
    CHECK(made.text.status == 1);
    const json& different = made.document["tensors"]["different"];
    REQUIRE(different.size() == 1);
    CHECK(different[0]["name"] == "w");
    CHECK(different[0]["a"]["hash"].get<std::string>().size() == 32);
    CHECK(different[0]["a"]["hash"] != different[0]["b"]["hash"]);
    CHECK(contains(made.text.out, "~ w: " + different[0]["a"]["hash"].get<std::string>() + " -> "));
}

TEST_CASE("where data lies, and how numbers are written, is no difference") {
    CHECK(diff(gguf_builder(2).key("a.n", std::uint32_t{7}).tensor("w", {1}, std::vector<float>{1}),
               gguf_builder(3).key("a.n", std::uint32_t{7}).tensor("w", {1}, std::vector<float>{1}), {"--hash"})
              .text.status == 0);
    CHECK(diff(gguf_builder().key("a.n", std::uint32_t{7}).array("a.t", std::vector<std::string>{"x", ""}),
               gguf_builder(3, std::endian::big).key("a.n", std::uint32_t{7}).array("a.t", std::vector<std::string>{"x", ""}))
              .text.status == 0);
}

TEST_CASE("a set is the same as the one file it was") {
    const shard_set set;
    CHECK(diff(set.whole(), set.first(), {"--hash"}).text.status == 0);
    CHECK(diff(set.second(), set.whole(), {"--hash"}).text.status == 0);
}

TEST_CASE("diff says which of the two files it cannot open") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string text = folder.write("text.gguf", std::string_view("This is not a model, only a text."));
    const outcome second = run_cria({"diff", model.path(), text});
    CHECK(second.status == 1);
    CHECK(second.out.empty());
    CHECK(contains(second.err, "cria: error: text.gguf: "));
    const outcome first = run_cria({"diff", folder.path("none.gguf"), text, "--json"});
    CHECK(first.json_out()["error"]["code"] == "file_not_found");
    CHECK(contains(first.err, "none.gguf: no such file"));
}
