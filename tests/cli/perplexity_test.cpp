// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto perplexity_json(std::vector<std::string> words) -> json {
    words.insert(words.begin(), "perplexity");
    words.emplace_back("--json");
    const outcome ran = run_cria(words);
    CHECK(ran.status == 0);
    json document = ran.json_out();
    REQUIRE(document.is_object());
    return document;
}

}  // namespace

TEST_CASE("perplexity of a trained model is llama.cpp's", "[conformance]") {
    const std::string model = shared_path("models/aidreams260K.gguf"), text = shared_path("corpora/wikitext-2.test.txt");
    if (!std::filesystem::exists(model) || !std::filesystem::exists(text)) return skip("no models/aidreams260K.gguf or corpora/wikitext-2.test.txt under CRIA_SHARED_DIR");
    const temp_folder folder;
    const std::string part = folder.write("text", std::string_view(read_text(text)).substr(0, 20000));  // more than eight windows
    const json document = perplexity_json({model, part, "--context", "256", "--chunks", "8", "--threads", "2"});
    CHECK(std::abs(document["perplexity"].get<double>() / 441.226625 - 1) <= 1e-4);
    CHECK(std::abs(document["standard_error"].get<double>() / 38.052808 - 1) <= 1e-3);
    CHECK(document["scored_tokens"] == 1016);
    CHECK(document["windows"] == 8);
    CHECK(document["context"] == 256);
}

TEST_CASE("a model that knows nothing has the perplexity of its vocabulary") {
    const model_file model(tiny_llama({.weights = ::cria::tensor_type::q8_0}));  // all zeros
    const temp_folder folder;
    const std::string text = folder.write("text", std::string(300, 'x'));
    const outcome ran = run_cria({"perplexity", model.path(), text, "--context", "64"});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out == "perplexity  279.0000 ± 0.0000\nscored      124 tokens in 4 windows of 64\n");
    const json document = perplexity_json({model.path(), text, "--context", "64", "--chunks", "3", "--threads", "1"});
    CHECK(std::abs(document["perplexity"].get<double>() - 279) < 1e-9);
    CHECK(document["windows"] == 3);
    CHECK(document["scored_tokens"] == 93);
    CHECK(document["threads"] == 1);
    for (const char* const key : {"standard_error", "text_tokens", "seconds"}) CHECK(document[key].is_number());
    // A window of 512, but not more than the context of the model.
    CHECK(perplexity_json({model.path(), text})["context"] == 128);
}

TEST_CASE("a text of less than a window is status 1 and names both") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string text = folder.write("text", std::string(30, 'x'));
    const outcome ran = run_cria({"perplexity", model.path(), text});
    CHECK(ran.status == 1);
    CHECK(ran.out.empty());
    CHECK(contains(ran.err, ": has fewer tokens than one window, expected 128, found 31\n"));
    CHECK(run_cria({"perplexity", model.path(), folder.path("none")}).err == "cria: error: " + folder.path("none") + ": no such file\n");
    CHECK(run_cria({"perplexity", model.path(), "-", "--context", "16"}, std::string(40, 'x')).status == 0);
}

TEST_CASE("weights that are no numbers have no perplexity") {
    gguf_builder bad = tiny_llama().without_tensor("output_norm.weight");
    bad.tensor("output_norm.weight", {32}, std::vector<float>(32, std::nanf("")));
    const model_file model(bad);
    const outcome ran = run_cria({"perplexity", model.path(), "-", "--context", "16"}, std::string(40, 'x'));
    CHECK(ran.status == 1);
    CHECK(contains(ran.err, "logits: are not numbers"));
}

TEST_CASE("Ctrl-C ends perplexity with status 130 and nothing on standard output") {
    const model_file model(tiny_llama({.n_context = 4096}));
    const temp_folder folder;
    const std::string text = folder.write("text", std::string(1000000, 'x'));
    running_program program({CRIA_CLI, "perplexity", model.path(), text, "--context", "4096", "--threads", "1"}, running_program::streams::pipes);
    REQUIRE(program.started());
    program.close_input();
    ::usleep(400000);
    program.interrupt();
    CHECK(program.read_all().empty());
    CHECK(program.wait() == 130);
}

TEST_CASE("perplexity shows its figure so far on a terminal") {
    if (!has_terminals()) return skip("no pseudo-terminals on this system");
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string text = folder.write("text", std::string(2000000, 'x'));
    running_program program({CRIA_CLI, "perplexity", model.path(), text, "--context", "64", "--threads", "1"}, running_program::streams::terminal, {"TERM=xterm", "NO_COLOR="});
    REQUIRE(program.started());
    program.close_input();
    CHECK(contains(program.read_until("perplexity "), " tokens ("));
    program.interrupt();
    CHECK(!contains(program.read_all(), "scored"));
    CHECK(program.wait() == 130);
}
