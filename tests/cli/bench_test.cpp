// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto bench_json(std::vector<std::string> words) -> json {
    words.insert(words.begin(), "bench");
    words.insert(words.end(), {"--repeat", "1", "--json"});
    return run_json(words, without_devices);
}

auto is_above_zero(const json& figure) -> bool { return figure.is_number() && figure.get<double>() > 0; }

}  // namespace

TEST_CASE("bench has a figure for everything that the manual names") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    std::string words;
    for (int i = 0; i < 500; ++i) words += "hello world, the thing ";
    const json found = bench_json({model.path(), "--text", folder.write("text", words), "--threads", "2"});
    for (const char* const key : {"open_ms", "vocabulary_ms", "first_token_us", "decode_Mtokens_per_s"}) CHECK(is_above_zero(found[key]));
    CHECK(found["vocabulary_ms"].get<double>() > 0);
    CHECK(found["encode"]["bytes"] == words.size());
    CHECK(found["encode"]["tokens"] == json::parse(run_cria({"tokenize", model.path(), words, "--count"}).out));
    for (const char* const key : {"first_MBps", "warm_MBps", "threads", "threads_MBps", "new4k_us"}) CHECK(is_above_zero(found["encode"][key]));
    REQUIRE(found["dequantize"].size() == 1);
    CHECK(is_above_zero(found["dequantize"]["f32"]["GBps_cache"]));
    CHECK(is_above_zero(found["dequantize"]["f32"]["GBps_memory"]));
    CHECK(!found.contains("upload"));
    CHECK(!found.contains("engine"));
}

TEST_CASE("--only times one thing alone, the engine too") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string text = folder.write("text", std::string_view("hello world"));
    const std::vector<std::pair<std::string, std::string>> parts = {{"open", "open_ms"},     {"vocabulary", "vocabulary_ms"},     {"first_token", "first_token_us"},
                                                                    {"encode", "encode"},    {"decode", "decode_Mtokens_per_s"}, {"dequantize", "dequantize"},
                                                                    {"engine", "engine"}};
    for (const auto& [part, key] : parts) {
        CAPTURE(part);
        const json found = bench_json({model.path(), "--only", part, "--text", text});
        CHECK(found.size() == 1);
        CHECK(found.contains(key));
        const outcome shown = run_cria({"bench", model.path(), "--only", part, "--text", text, "--repeat", "2"});
        CHECK(shown.status == 0);
        CHECK(lines_of(shown.out).size() == (part == "encode" ? 2 : 1));
    }
    const json engine = bench_json({model.path(), "--only", "engine", "--threads", "1"});
    CHECK(is_above_zero(engine["engine"]["prefill_tokens_per_s"]));
    CHECK(is_above_zero(engine["engine"]["decode_tokens_per_s"]));
}

TEST_CASE("uploads need a device, which is status 3, and encoding a text, which is status 2") {
    const model_file model(tiny_llama());
    const outcome upload = run_cria({"bench", model.path(), "--only", "upload"}, {}, without_devices);
    CHECK(upload.status == 3);
    CHECK(upload.out.empty());
    CHECK(upload.err.starts_with("cria: error: device: "));
    CHECK(run_cria({"bench", model.path(), "--only", "encode"}).status == 2);
    CHECK(run_cria({"bench", model.path(), "--text", "/nowhere/text"}).status == 1);
}

TEST_CASE("bench takes what has no weights or another architecture for what it has") {
    const model_file other(tiny_llama().without_key("general.architecture").key("general.architecture", "falcon"));
    CHECK(bench_json({other.path()}).contains("first_token_us"));
    CHECK(run_cria({"bench", other.path(), "--only", "engine"}).status == 1);
    const model_file bare(gguf_builder().key("some.key", std::uint32_t{1}));
    const json found = bench_json({bare.path()});
    CHECK(found.contains("open_ms"));
    CHECK(!found.contains("vocabulary_ms"));
    CHECK(run_cria({"bench", bare.path(), "--only", "vocabulary"}).status == 1);
}
