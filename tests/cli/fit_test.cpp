// SPDX-License-Identifier: MIT
#include <filesystem>

#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

// What tests/llama/fit_test.cpp has on paper for tiny_llama(), whose context is 128 tokens.
constexpr int layer_weights = 37376, output_weights = 36096, embedding = 35840, layer_cache = 8192, scratch = 425984;
constexpr int everything = 2 * (layer_weights + layer_cache) + output_weights + scratch;

auto fit_json(std::vector<std::string> arguments, int status) -> json {
    arguments.insert(arguments.begin(), "fit");
    arguments.emplace_back("--json");
    const outcome ran = run_cria(arguments, {}, without_devices);
    CHECK(ran.status == status);
    CHECK(ran.err.empty());
    const json found = ran.json_out();
    REQUIRE(found.is_object());
    return found;
}

}  // namespace

TEST_CASE("fit without --memory and devices says what a device and what the host alone would need") {
    const model_file model(tiny_llama());
    const json found = fit_json({model.path()}, 0);
    CHECK(found["model"] == model.path());
    CHECK(found["context"] == 128);
    CHECK(found["sequences"] == 1);
    CHECK(found["batch"] == 512);
    CHECK(found["kv_type"] == "f16");
    CHECK(found["kv_cache_bytes_per_token"] == 128);  // 2 layers, 2 heads, 8 numbers, keys and values, 2 bytes
    CHECK(found["needs"] == json{{"bytes", everything}, {"weights_bytes", 2 * layer_weights + output_weights}, {"kv_cache_bytes", 2 * layer_cache}, {"scratch_bytes", scratch}});
    CHECK(found["devices"] == json::array());
    CHECK(found["host"]["weights_bytes"] == 2 * layer_weights + output_weights + embedding);
    CHECK(found["host"]["layers"] == 2);
    CHECK(found["layers"] == 2);
    CHECK(found["layers_on_devices"] == 0);
    for (const char* key : {"fits", "missing_bytes", "longest_context", "fits_with_q8_0_cache"}) CHECK(found[key].is_null());

    const outcome text = run_cria({"fit", model.path()}, {}, without_devices);
    CHECK(text.status == 0);
    CHECK(contains(text.out, "asked     1 sequence, 128 tokens, batches of 512, KV cache in f16, 128 bytes a token\n"));
    CHECK(contains(text.out, "needs     540 KiB on devices: weights 108 KiB, KV cache 16.0 KiB, scratch 416 KiB\n"));
    CHECK(contains(text.out, "          575 KiB on the host alone: weights 143 KiB, "));
    CHECK(!contains(text.out, "fits"));
}

TEST_CASE("fit is status 0 where a model fits to the byte, and 1 with a byte less") {
    const model_file model(tiny_llama());
    const json fits = fit_json({model.path(), "--memory", std::to_string(everything), "--reserve", "0"}, 0);
    CHECK(fits["fits"] == true);
    CHECK(fits["missing_bytes"] == 0);
    CHECK(fits["longest_context"] == 128);
    CHECK(fits["reserve_bytes"] == 0);
    CHECK(fits["devices"] == json::array({{{"name", nullptr},
                                           {"first_layer", 0},
                                           {"layers", 2},
                                           {"embedding", false},
                                           {"output", true},
                                           {"weights_bytes", 2 * layer_weights + output_weights},
                                           {"kv_cache_bytes", 2 * layer_cache},
                                           {"scratch_bytes", scratch},
                                           {"memory_bytes", everything},
                                           {"free_bytes", 0}}}));
    CHECK(fits["host"]["first_layer"].is_null());

    const json short_of_one = fit_json({model.path(), "--memory", std::to_string(everything - 1), "--reserve", "0"}, 1);
    CHECK(short_of_one["fits"] == false);
    CHECK(short_of_one["missing_bytes"] == 1);
    CHECK(short_of_one["longest_context"] == 127);
    CHECK(short_of_one["layers_on_devices"] == 2);
    CHECK(short_of_one["host"]["output"] == true);
    CHECK(short_of_one["fits_with_q8_0_cache"] == false);  // heads of 8

    CHECK(fit_json({model.path(), "--memory", std::to_string(everything + 1024 * 1024 * 1024)}, 0)["devices"][0]["free_bytes"] == 0);  // the usual reserve
}

TEST_CASE("fit splits layers over devices and says where each is") {
    const model_file model(tiny_llama());
    const std::string one = std::to_string(layer_weights + layer_cache + scratch);
    const outcome ran = run_cria({"fit", model.path(), "--memory", one + "," + "1MiB", "--reserve", "0"});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, "\ndevice 0  layer 0\n"));
    CHECK(contains(ran.out, "\n          0 bytes of 460 KiB free, beside a reserve of 0 bytes\n"));
    CHECK(contains(ran.out, "\ndevice 1  layer 1, output\n"));
    CHECK(contains(ran.out, "\nhost      token embedding\n"));
    CHECK(contains(ran.out, "\nfits      yes, up to 128 tokens of context\n"));

    const outcome too_small = run_cria({"fit", model.path(), "--memory", one, "--reserve", "0"});
    CHECK(too_small.status == 1);
    CHECK(too_small.err.empty());
    CHECK(contains(too_small.out, "\nhost      token embedding, layer 1, output\n"));
    CHECK(contains(too_small.out, "\nfits      no: 1 of 2 layers would; 79.8 KiB are missing\n"));
    for (const auto& line : lines_of(too_small.out)) CHECK(line.size() <= 110);
}

TEST_CASE("fit follows its options") {
    const model_file model(tiny_llama({.n_embedding = 64, .n_heads = 2}));  // heads of 32
    const auto cache = [&](std::vector<std::string> options) {
        options.insert(options.begin(), model.path());
        return fit_json(options, 0)["needs"]["kv_cache_bytes"].get<int>();
    };
    CHECK(cache({}) == 65536);  // 2 layers, 2 heads, 32 numbers, keys and values, 2 bytes, 128 positions
    CHECK(cache({"--context", "1000", "--sequences", "3"}) == 1536000);
    CHECK(cache({"--kv-type", "f32"}) == 131072);
    CHECK(cache({"--kv-type", "bf16"}) == 65536);
    CHECK(cache({"--kv-type", "q8_0"}) == 34816);  // 34 bytes instead of 64
    CHECK(cache({"--kv-type", "q4_0"}) == 18432);  // 18
    const auto scratch_of = [&](std::vector<std::string> options) {
        options.insert(options.begin(), model.path());
        return fit_json(options, 0)["needs"]["scratch_bytes"].get<int>();
    };
    // A layer for a token: 3 · 64 + (2 + 4) · 32 + 2 · 32 + 2 · 64 = 576, and 2 heads · 128 positions; the logits: 2 · 64 + 279 = 407.
    CHECK(scratch_of({}) == 128 * (576 + 256) * 4);
    CHECK(scratch_of({"--batch", "10"}) == 10 * (576 + 256) * 4);
    CHECK(scratch_of({"--batch", "10", "--flash"}) == 10 * 576 * 4);
}

TEST_CASE("fit suggests a cache in q8_0 where that is enough") {
    const model_file model(tiny_llama({.n_embedding = 64, .n_heads = 2}));
    const json needs = fit_json({model.path(), "--batch", "1"}, 0)["needs"];
    const std::string memory = std::to_string(needs["bytes"].get<int>() - 30720);  // exactly what q8_0 saves: 65536 - 34816
    CHECK(fit_json({model.path(), "--batch", "1", "--reserve", "0", "--memory", memory}, 1)["fits_with_q8_0_cache"] == true);
    CHECK(contains(run_cria({"fit", model.path(), "--batch", "1", "--reserve", "0", "--memory", memory}).out, "; or with a KV cache in q8_0\n"));
}

TEST_CASE("fit refuses what it cannot count by status and name") {
    const model_file model(tiny_llama());
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--context", "0"}, {"--context", "4294967296"}, {"--context", "many"}, {"--sequences", "0"}, {"--batch", "0"},
                                                  {"--kv-type", "q6_k"}, {"--memory", "0"}, {"--memory", "24GiB,"}, {"--memory", ",24GiB"}, {"--memory", "24Gib"}, {"--reserve", "some"}}) {
        CAPTURE(wrong);
        std::vector<std::string> words = {"fit", model.path()};
        words.insert(words.end(), wrong.begin(), wrong.end());
        const outcome ran = run_cria(words);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err.starts_with("cria: error: " + wrong[0] + ": takes "));
    }
    const outcome narrow = run_cria({"fit", model.path(), "--kv-type", "q8_0", "--json"});
    CHECK(narrow.status == 1);
    CHECK(narrow.json_out()["error"]["code"] == "wrong_shape");
    CHECK(narrow.json_out()["error"]["subject"] == "key_length");
    CHECK(run_cria({"fit", model.path(), "--context", "4294967295", "--sequences", "4294967295", "--json"}).json_out()["error"]["code"] == "overflow");
    const outcome other = run_cria({"fit", model_file(tiny_llama().without_tensor("blk.1.attn_q.weight")).path()});
    CHECK(other.status == 1);
    CHECK(contains(other.err, "blk.1.attn_q.weight: no such tensor"));
}

TEST_CASE("fit takes a set of shards as the model that it is") {
    const std::string whole = std::string(CRIA_MODELS_DIR) + "/story-2m.gguf";
    const temp_folder folder;
    REQUIRE(run_cria({"split", whole, folder.path("part"), "--max-tensors", "20"}).status == 0);
    CHECK(fit_json({folder.path("part-00002-of-00003.gguf")}, 0)["needs"] == fit_json({whole}, 0)["needs"]);
}

TEST_CASE("the cache of sliding layers ends with their window, for fit and for info", "[conformance]") {
    const std::string path = shared_path("conformance/architectures/gemma2.gguf");
    if (!std::filesystem::exists(path)) return skip("no conformance/architectures under CRIA_SHARED_DIR");
    // One kv head of 24 in four layers, with 2048 positions in two (2 · 48 bytes each: 196608 a layer), and 8 + 512 - 1 = 519 in
    // the other two, whose keys and values of 519 · 48 = 24912 bytes begin at multiples of 256: 2 · 25088 a layer.
    const json info = run_cria({"info", path, "--json"}).json_out();
    const json fit = fit_json({path}, 0);
    CHECK(info["memory"]["kv_cache_bytes"] == fit["needs"]["kv_cache_bytes"]);
    CHECK(info["memory"]["kv_cache_bytes"] == 2 * 196608 + 2 * 50176);
}
