// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

struct array {
    std::string header;
    std::vector<float> values;
};

/// A NumPy array of float32, its header checked for what readers rely on.
auto read_npy(const std::string& path) -> array {
    const std::string bytes = read_text(path);
    REQUIRE(bytes.size() > 10);
    CHECK(bytes.substr(0, 8) == std::string("\x93NUMPY\x01\x00", 8));
    const std::size_t size = static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    CHECK((10 + size) % 64 == 0);
    array out{bytes.substr(10, size), std::vector<float>((bytes.size() - 10 - size) / sizeof(float))};
    std::memcpy(out.values.data(), bytes.data() + 10 + size, out.values.size() * sizeof(float));
    return out;
}

auto logits_json(std::vector<std::string> words) -> json {
    words.insert(words.begin(), "logits");
    words.emplace_back("--json");
    return run_json(words);
}

}  // namespace

TEST_CASE("logits of a family as a NumPy array are llama.cpp's", "[conformance]") {
    const std::string folder_of_models = shared_path("conformance/architectures");
    if (!std::filesystem::exists(folder_of_models)) return skip("no conformance/architectures under CRIA_SHARED_DIR");
    const temp_folder folder;
    const std::string ids = read_text(folder_of_models + "/prompt.ids"), out = folder.path("logits.npy");
    for (const std::string name : {"qwen3", "phi3-longrope-long"}) {
        CAPTURE(name);
        const outcome ran = run_cria({"logits", folder_of_models + "/" + name + ".gguf", "--ids", ids, "--context", "1024", "--positions", "0,1,7,15,31,47", "-o", out, "--threads", "2"});
        CHECK(ran.status == 0);
        CHECK(ran.out == out + ": float32 (6, 512), 12.1 KiB\n");
        const array ours = read_npy(out);
        CHECK(contains(ours.header, "'descr': '<f4', 'fortran_order': False, 'shape': (6, 512)"));
        const std::string bytes = read_text(folder_of_models + "/" + name + ".logits.f32");
        std::vector<float> theirs(bytes.size() / sizeof(float));
        std::memcpy(theirs.data(), bytes.data(), bytes.size());
        REQUIRE(ours.values.size() == theirs.size());
        double largest = 0, off = 0;
        for (std::size_t i = 0; i < theirs.size(); ++i) {
            largest = (std::max)(largest, std::abs(double{theirs[i]}));
            off = (std::max)(off, std::abs(double{ours.values[i]} - theirs[i]));
        }
        CHECK(off <= 2e-4 * largest);
    }
}

TEST_CASE("the most probable tokens are listed after each token, with logit, probability and text") {
    const model_file model(tiny_llama().key("tokenizer.ggml.add_bos_token", true));
    const json document = logits_json({model.path(), "hello world", "--top", "4"});
    CHECK(document["ids"] == json({274, 259, 264}));
    CHECK(document["context"] == 128);
    REQUIRE(document["positions"].size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const json& row = document["positions"][i];
        CHECK(row["position"] == i);
        CHECK(row["id"] == document["ids"][i]);
        REQUIRE(row["top"].size() == 4);
        for (std::size_t k = 0; k < 4; ++k) {
            CHECK(row["top"][k]["text"].is_string());
            CHECK(row["top"][k]["probability"] > 0);
            if (k > 0) CHECK(row["top"][k]["logit"] <= row["top"][k - 1]["logit"]);
        }
    }
    // Without a BOS; a whole vocabulary's probabilities are 1 together.
    const json all = logits_json({model.path(), "hello", "--special", "none", "--top", "1000"});
    CHECK(all["ids"] == json({259}));
    REQUIRE(all["positions"][0]["top"].size() == 279);
    double sum = 0;
    for (const json& token : all["positions"][0]["top"]) sum += token["probability"].get<double>();
    CHECK(std::abs(sum - 1) < 1e-9);

    const outcome text = run_cria({"logits", model.path(), "hello world", "--top", "2", "--positions", "1,2"});
    CHECK(text.status == 0);
    REQUIRE(lines_of(text.out).size() == 6);
    CHECK(lines_of(text.out)[0] == "position 1, after 259 \"hello\"");
    CHECK(lines_of(text.out)[3] == "position 2, after 264 \" world\"");
}

TEST_CASE("ids and the text that they are give the same logits, whatever the positions asked for") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const json text = logits_json({model.path(), "hello world", "--special", "none"});
    CHECK(logits_json({model.path(), "--ids", "259, 264"}) == text);
    const std::string whole = folder.path("whole.npy"), last = folder.path("last.npy");
    CHECK(run_cria({"logits", model.path(), "hello world", "-o", whole, "--threads", "2"}).status == 0);
    const json written = logits_json({model.path(), "hello world", "--positions", "2", "-o", last, "--threads", "1"});
    CHECK(written["shape"] == json({1, 279}));
    CHECK(written["path"] == last);
    CHECK(written["bytes"] == std::filesystem::file_size(last));
    const array all = read_npy(whole), one = read_npy(last);
    REQUIRE(all.values.size() == std::size_t{3} * 279);
    CHECK(std::equal(one.values.begin(), one.values.end(), all.values.begin() + 2 * 279));
}

TEST_CASE("logits that cannot be computed or written are errors with the right status") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const auto error_of = [&](std::vector<std::string> words, int status) {
        words.insert(words.begin(), {"logits", model.path()});
        const outcome ran = run_cria(words);
        CHECK(ran.status == status);
        CHECK(ran.out.empty());
        CHECK(lines_of(ran.err).size() == 1);
        return ran.err;
    };
    CHECK(contains(error_of({"--ids", "1 two"}, 2), "--ids: is not a token id: two"));
    CHECK(contains(error_of({"--ids", " "}, 2), "holds no token ids"));
    CHECK(contains(error_of({"--ids", "1 279"}, 1), "outside the vocabulary"));
    CHECK(contains(error_of({"hello", "--positions", "2"}, 1), "--positions: is not in the text, expected at most 1, found 2"));
    CHECK(contains(error_of({"hello", "--positions", "1,0"}, 2), "ascending"));
    CHECK(contains(error_of({"hello", "--ids", "1"}, 2), "--ids"));
    CHECK(contains(error_of({"hello world", "--context", "2"}, 1), "has more tokens than the context, expected at most 2, found 3"));
    CHECK(contains(error_of({"hello", "-o", "/nowhere/logits.npy"}, 3), "no such folder"));
    CHECK(contains(error_of({"hello", "-o", model.path()}, 2), "is a file of the model itself"));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 0);
}
