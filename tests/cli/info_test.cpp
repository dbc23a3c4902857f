// SPDX-License-Identifier: MIT
#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

TEST_CASE("info is true of a tiny llama and fits one screen") {
    const model_file model(tiny_llama());
    const outcome info = run_cria({"info", model.path()});
    CHECK(info.status == 0);
    CHECK(info.err.empty());
    CHECK(lines_of(info.out).size() <= 24);
    for (const auto& line : lines_of(info.out)) CHECK(line.size() <= 80);
    for (const std::string part : {"tiny", "llama", "128 tokens", "4 heads", "2 KV heads", "head size 8", "embedding 32", "FFN 64", "f32 100.0 %",
                                   "32.00 bits", "279 tokens", "byte-level BPE", "bos 274 <|begin_of_text|>", "eos 275 <|end_of_text|>"})
        CHECK(contains(info.out, part));
    CHECK(!contains(info.out, "warning"));
}

TEST_CASE("info --json has the numbers as numbers") {
    const model_file model(tiny_llama());
    const outcome ran = run_cria({"info", model.path(), "--json"});
    CHECK(ran.status == 0);
    const json info = ran.json_out();
    REQUIRE(info.is_object());
    // Two layers of q, k, v, output (32 wide, 16 for keys and values), three matrices of 32 x 64 and two norms;
    // a norm, and 279 rows for the embedding and the output.
    const int parameters = 2 * (2 * 32 * 32 + 2 * 32 * 16 + 3 * 32 * 64 + 2 * 32) + 32 + 2 * 279 * 32;
    CHECK(info["parameters"] == parameters);
    CHECK(info["bytes"] == 4 * parameters);
    CHECK(info["bits_per_weight"] == 32.0);
    CHECK(info["name"] == "tiny");
    CHECK(info["architecture"] == "llama");
    CHECK(info["supported"] == true);
    CHECK(info["file"]["bytes"] == std::filesystem::file_size(model.path()));
    CHECK(info["file"]["path"] == model.path());
    CHECK(info["file"]["tensors"] == 21);
    CHECK(info["context_length"] == 128);
    CHECK(info["layers"] == 2);
    CHECK(info["heads"] == 4);
    CHECK(info["kv_heads"] == 2);
    CHECK(info["key_length"] == 8);
    CHECK(info["feed_forward_length"] == 64);
    CHECK(info["rope"]["dimension_count"] == 8);
    CHECK(info["rope"]["freq_base"] == 10000.0);
    CHECK(info["tokenizer"]["tokens"] == 279);
    CHECK(info["tokenizer"]["special"]["bos"]["id"] == 274);
    CHECK(info["tokenizer"]["special"]["bos"]["text"] == "<|begin_of_text|>");
    CHECK(info["memory"]["weights_bytes"] == 4 * parameters);
    CHECK(info["memory"]["kv_cache_bytes"] == 2 * 2 * (8 + 8) * 2 * 128);  // layers, KV heads, key and value, bytes, tokens
    CHECK(info["warnings"].empty());
}

TEST_CASE("info shows what a mix of types is made of") {
    const model_file model(tiny_llama({.weights = ::cria::tensor_type::q8_0}));
    const json info = run_cria({"info", model.path(), "--json"}).json_out();
    REQUIRE(info["types"].size() == 2);
    CHECK(info["types"][0]["type"] == "q8_0");
    CHECK(info["types"][1]["type"] == "f32");
    CHECK(info["types"][1]["tensors"] == 5);
    CHECK(info["types"][1]["bytes"] == 5 * 32 * 4);
    const double bits = info["bits_per_weight"];  // 8.5, and a little for the norms
    CHECK(bits > 8.5);
    CHECK(bits < 8.7);
}

TEST_CASE("info says what it knows of an architecture that is not supported, with status 0") {
    const model_file model(tiny_llama().without_key("general.architecture").key("general.architecture", "falcon").key("falcon.block_count", std::uint32_t{7}));
    const outcome ran = run_cria({"info", model.path()});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, "falcon"));
    CHECK(contains(ran.out, "unsupported architecture"));
    CHECK(contains(ran.out, "byte-level BPE"));
    const json info = run_cria({"info", model.path(), "--json"}).json_out();
    CHECK(info["supported"] == false);
    CHECK(info["layers"] == 7);
    CHECK(info["context_length"].is_null());
    CHECK(info["memory"]["kv_cache_bytes"].is_null());
    CHECK(info["tokenizer"]["tokens"] == 279);
    CHECK(info["warnings"].size() == 1);
}

TEST_CASE("info of a file without an architecture, tensors or tokenizer is no error") {
    const model_file model(gguf_builder().key("some.key", std::uint32_t{1}));
    const outcome ran = run_cria({"info", model.path()});
    CHECK(ran.status == 0);
    const json info = run_cria({"info", model.path(), "--json"}).json_out();
    CHECK(info["architecture"].is_null());
    CHECK(info["tokenizer"].is_null());
    CHECK(info["bits_per_weight"].is_null());
    CHECK(info["warnings"].size() == 2);
}

TEST_CASE("info names the tensor that a llama file lacks") {
    const model_file model(tiny_llama().without_tensor("blk.1.ffn_up.weight"));
    const json info = run_cria({"info", model.path(), "--json"}).json_out();
    CHECK(info["supported"] == false);
    REQUIRE(info["warnings"].size() == 1);
    CHECK(contains(info["warnings"][0].get<std::string>(), "blk.1.ffn_up.weight"));
}

TEST_CASE("names and tokens of a hostile file cannot write to the terminal or leave the screen") {
    const model_file model(tiny_llama()
                               .without_key("general.name")
                               .key("general.name", "evil\x1b[2J\n\xE2\x80\xAE" + std::string(60000, 'x'))
                               .without_key("general.architecture")
                               .key("general.architecture", std::string(3000, 'y') + "\x07"));
    const outcome info = run_cria({"info", model.path()});
    CHECK(info.status == 0);
    CHECK(!contains(info.out, "\x1b"));
    CHECK(!contains(info.out, "\x07"));
    CHECK(!contains(info.out, "\xE2\x80\xAE"));
    CHECK(contains(info.out, "evil\\x1B[2J\\x0A"));
    CHECK(lines_of(info.out).size() <= 24);
    CHECK(run_cria({"info", model.path(), "--json"}).json_out().is_object());
}

TEST_CASE("info is true of a trained model and fits one screen", "[conformance]") {
    const std::string path = shared_path("models/aidreams260K.gguf");
    if (!std::filesystem::exists(path)) return skip("no models under CRIA_SHARED_DIR");
    const outcome ran = run_cria({"info", path});
    CHECK(ran.status == 0);
    CHECK(lines_of(ran.out).size() <= 24);
    const json info = run_cria({"info", path, "--json"}).json_out();
    CHECK(info["supported"] == true);
    CHECK(info["embedding_length"] == 64);
    CHECK(info["layers"] == 4);
    CHECK(info["heads"] == 4);
    CHECK(info["tokenizer"]["tokens"] == 512);
    CHECK(info["tokenizer"]["algorithm"] == "SentencePiece BPE");
    CHECK(info["bits_per_weight"] == 32.0);
}

TEST_CASE("info of a set is that of the model, from any shard, with the bytes of all files") {
    const shard_set set;
    json whole = run_cria({"info", set.whole(), "--json"}).json_out();
    CHECK(whole["file"]["shards"] == 1);
    for (const std::string& path : {set.first(), set.second()}) {
        const outcome ran = run_cria({"info", path});
        CHECK(ran.status == 0);
        CHECK(contains(ran.out, "files         2 shards, "));
        json cut = run_cria({"info", path, "--json"}).json_out();
        CHECK(cut["file"]["shards"] == 2);
        CHECK(cut["file"]["tensors"] == 21);
        CHECK(cut["file"]["bytes"] == std::filesystem::file_size(set.first()) + std::filesystem::file_size(set.second()));
        cut.erase("file");
        json rest = whole;
        rest.erase("file");
        CHECK(cut == rest);
    }
    const outcome tokenized = run_cria({"tokenize", set.second(), "hello world"});
    CHECK(tokenized.out == run_cria({"tokenize", set.whole(), "hello world"}).out);
    CHECK(run_cria({"detokenize", set.second(), tokenized.out}).out == "hello world");
    CHECK(run_cria({"metadata", set.second(), "general.architecture"}).status == 0);
}

TEST_CASE("what the reader finds odd about a file is among info's warnings") {
    const model_file model(tiny_llama().key("Odd Key", true).trailing("left over"));
    const json warnings = run_cria({"info", model.path(), "--json"}).json_out()["warnings"];
    REQUIRE(warnings.size() == 2);
    CHECK(contains(warnings[0].get<std::string>(), "Odd Key: key is not dotted lower_snake_case at byte "));
    CHECK(contains(warnings[1].get<std::string>(), "bytes follow the last tensor"));
    CHECK(contains(run_cria({"info", model.path()}).out, "warning       Odd Key: "));
}

TEST_CASE("info shows what a family adds, on one screen", "[conformance]") {
    const std::string folder = shared_path("conformance/architectures/");
    if (!std::filesystem::exists(folder)) return skip("no conformance/architectures under CRIA_SHARED_DIR");
    struct expectation {
        const char* model;
        std::vector<std::string> lines;
    };
    const expectation all[] = {
        {"gemma2", {"scores capped at 5", "a window of 8 tokens in 2 layers", "tied to the embedding", "embedding scaled by 6.928203", "logits capped at 3"}},
        {"gemma3", {"normed heads", "a window of 8 tokens in 6 layers", "base 10000 within the window"}},
        {"granite", {"scaled by 0.3", "each half scaled by 0.22", "embedding scaled by 6", "logits divided by 4"}},
        {"llama3-rope-factors", {"a factor for each pair"}},
        {"qwen3-moe", {"4 experts of 48, 2 used", "normed heads"}},
        {"smollm3", {"none in 1 layer"}},
    };
    for (const auto& [model, lines] : all) {
        CAPTURE(model);
        const outcome ran = run_cria({"info", folder + model + ".gguf"});
        CHECK(lines_of(ran.out).size() <= 24);
        for (const std::string& line : lines) CHECK(contains(ran.out, line));
    }
    CHECK(!contains(run_cria({"info", folder + "llama-mha.gguf"}).out, "\noutput "));
    const json gemma = run_cria({"info", folder + "gemma3.gguf", "--json"}).json_out();
    CHECK(gemma["sliding_window"] == 8);
    CHECK(gemma["sliding_layers"] == 6);
    CHECK(gemma["rope"]["freq_base_sliding"] == 10000);
    CHECK(gemma["head_norms"] == true);
    CHECK(gemma["tied_output"] == true);
    CHECK(gemma["attention_scale"].is_null());
    CHECK(run_cria({"info", folder + "qwen3-moe.gguf", "--json"}).json_out()["expert_feed_forward_length"] == 48);
}
