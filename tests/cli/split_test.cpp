// SPDX-License-Identifier: MIT
// split and merge: one model as several files, and back.
#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto n_files(const temp_folder& folder) -> std::ptrdiff_t { return std::distance(std::filesystem::directory_iterator(folder.path()), {}); }

}  // namespace

TEST_CASE("a model that is split and merged again is the same file, byte for byte") {
    const temp_folder folder;
    for (const auto& builder : {tiny_llama(), tiny_llama_spm(), tiny_llama().alignment(64), tiny_llama().without_final_padding()}) {
        const std::string model = folder.write("model.gguf", builder.build());
        const outcome split = run_cria({"split", model, folder.path("part"), "--max-tensors", "7", "--force"});
        CHECK(split.status == 0);
        CHECK(split.err.empty());
        const auto lines = lines_of(split.out);
        REQUIRE(lines.size() == 3);
        CHECK(lines[1].starts_with(folder.path("part-00002-of-00003.gguf") + ": 7 tensors, "));
        CHECK(run_cria({"diff", model, folder.path("part-00003-of-00003.gguf"), "--hash"}).status == 0);
        CHECK(run_cria({"check", folder.path("part-00002-of-00003.gguf")}).status == 0);
        const outcome merged = run_cria({"merge", folder.path("part-00002-of-00003.gguf"), folder.path("whole.gguf"), "--force"});
        CHECK(merged.status == 0);
        CHECK(contains(merged.out, "whole.gguf: 21 tensors of 3 shards, "));
        CHECK(read_text(folder.path("whole.gguf")) == read_text(model));
    }
}

TEST_CASE("split --json lists the files, merge --json says what was written") {
    const temp_folder folder;
    const std::string model = folder.write("model.gguf", tiny_llama().build());
    const json document = run_cria({"split", model, folder.path("part"), "--max-tensors", "20", "--json"}).json_out();
    REQUIRE(document["files"].size() == 2);
    std::uint64_t bytes = 0;
    for (const json& file : document["files"]) {
        CHECK(file["bytes"] == std::filesystem::file_size(file["path"].get<std::string>()));
        bytes += file["bytes"].get<std::uint64_t>();
    }
    CHECK(document["bytes"] == bytes);
    CHECK(document["files"][0]["tensors"] == 20);
    CHECK(document["files"][1]["tensors"] == 1);
    const std::string shard = document["files"][1]["path"];
    const json merged = run_cria({"merge", shard, folder.path("whole.gguf"), "--json"}).json_out();
    CHECK(merged["path"] == folder.path("whole.gguf"));
    CHECK(merged["bytes"] == std::filesystem::file_size(model));
    CHECK(merged["tensors"] == 21);
    CHECK(merged["shards"] == 2);
}

TEST_CASE("--max-size counts in the unit that is written") {
    const temp_folder folder;
    // Eight tensors of 1008 bytes each: four of them are between 4 KB and 4 KiB, with or without their padding.
    gguf_builder builder;
    for (int i = 0; i < 8; ++i) builder.tensor("t" + std::to_string(i), {252}, ::cria::tensor_type::f32);
    const std::string model = folder.write("model.gguf", builder.build());
    const auto n_shards = [&](const std::string& size) {
        const json document = run_cria({"split", model, folder.path("p" + size), "--max-size", size, "--json"}).json_out();
        return document.contains("files") ? document["files"].size() : 0;
    };
    CHECK(n_shards("1MiB") == 1);
    CHECK(n_shards("1TB") == 1);
    CHECK(n_shards("4500") == 2);
    CHECK(n_shards("4500B") == 2);
    CHECK(n_shards("4 KiB") == 2);
    CHECK(n_shards("4KB") == 3);
    CHECK(n_shards("1") == 8);  // a tensor is never cut
    CHECK(run_cria({"split", model, folder.path("both"), "--max-size", "1MiB", "--max-tensors", "3", "--json"}).json_out()["files"].size() == 3);
}

TEST_CASE("files that exist are not replaced without --force, by neither") {
    const temp_folder folder;
    const std::string model = folder.write("model.gguf", tiny_llama().build());
    const std::string taken = folder.write("part-00003-of-00003.gguf", std::string_view("mine"));
    const outcome split = run_cria({"split", model, folder.path("part"), "--max-tensors", "7", "--json"});
    CHECK(split.status == 3);
    CHECK(split.json_out()["error"]["code"] == "file_exists");
    CHECK(read_text(taken) == "mine");
    CHECK(n_files(folder) == 2);
    CHECK(run_cria({"split", model, folder.path("part"), "--max-tensors", "7", "--force"}).status == 0);

    const std::string whole = folder.write("whole.gguf", std::string_view("mine"));
    const outcome merged = run_cria({"merge", taken, whole});
    CHECK(merged.status == 3);
    CHECK(contains(merged.err, "whole.gguf: exists already"));
    CHECK(read_text(whole) == "mine");
    CHECK(run_cria({"merge", taken, whole, "--force"}).status == 0);
    CHECK(read_text(whole) == read_text(model));
}

TEST_CASE("neither writes over a file that it reads") {
    const shard_set set;
    const std::string before = read_text(set.first());
    const outcome merged = run_cria({"merge", set.second(), set.first(), "--force"});
    CHECK(merged.status == 2);
    CHECK(contains(merged.err, "is one of the files that are to be merged"));
    const outcome split = run_cria({"split", set.first(), set.folder().path("tiny"), "--max-tensors", "19", "--force"});
    CHECK(split.status == 2);
    CHECK(read_text(set.first()) == before);
    CHECK(n_files(set.folder()) == 3);
}

TEST_CASE("a set can be split anew, from any shard, and one file be merged into one") {
    const shard_set set;
    const json files = run_cria({"split", set.second(), set.folder().path("new"), "--max-tensors", "6", "--json"}).json_out()["files"];
    CHECK(files.size() == 4);
    CHECK(run_cria({"diff", set.whole(), files[0]["path"].get<std::string>(), "--hash"}).status == 0);
    CHECK(run_cria({"merge", set.whole(), set.folder().path("copy.gguf")}).status == 0);
    CHECK(read_text(set.folder().path("copy.gguf")) == read_text(set.whole()));
}

TEST_CASE("a set with a missing shard is not merged") {
    const shard_set set;
    std::filesystem::remove(set.second());
    const outcome ran = run_cria({"merge", set.first(), set.folder().path("out.gguf"), "--json"});
    CHECK(ran.status == 1);
    CHECK(ran.json_out()["error"]["code"] == "missing_shard");
    CHECK(n_files(set.folder()) == 2);
}

TEST_CASE("files that cannot be written are status 3, and nothing is left of them") {
    const temp_folder folder;
    const std::string model = folder.write("model.gguf", tiny_llama().build());
    CHECK(run_cria({"split", model, folder.path("no/such/part"), "--max-tensors", "7"}).status == 3);
    CHECK(run_cria({"merge", model, folder.path()}).status == 3);
    CHECK(run_cria({"merge", model, folder.path(), "--force"}).status == 3);
    const outcome full = shell("ulimit -f 50; trap '' XFSZ; \"$CRIA\" merge \"$MODEL\" \"$MODEL.whole\"", model);
    CHECK(full.status == 3);
    CHECK(n_files(folder) == 1);
}
