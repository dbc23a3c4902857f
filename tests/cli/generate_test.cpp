// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "cria/utf8/validate.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto aidreams() -> std::string { return shared_path("models/aidreams260K.gguf"); }
auto sample() -> std::string { return std::string(CRIA_MODELS_DIR) + "/story-2m.gguf"; }

auto generate(const std::string& model, std::vector<std::string> words) -> outcome {
    words.insert(words.begin(), {"generate", model});
    return run_cria(words);
}

auto generate_json(const std::string& model, std::vector<std::string> words) -> json {
    words.insert(words.begin(), {"generate", model, "--json"});
    return run_json(words);
}

/// The model whose tokenizer has another end of text.
auto ending_with(std::uint32_t id) -> gguf_builder { return tiny_llama().without_key("tokenizer.ggml.eos_token_id").key("tokenizer.ggml.eos_token_id", id); }

}  // namespace

TEST_CASE("greedy text of a trained model is llama.cpp's, and is written with its prompt", "[conformance]") {
    if (!std::filesystem::exists(aidreams())) return skip("no models/aidreams260K.gguf under CRIA_SHARED_DIR");
    const std::vector<std::string> words = {"Once upon a time", "--temperature", "0", "-n", "24"};
    const json document = generate_json(aidreams(), words);
    CHECK(document["prompt_ids"] == json({1, 429, 491, 433, 295, 429, 444, 445, 265, 262, 263, 342, 430}));
    CHECK(document["ids"] == json({446, 280, 432, 458, 375, 431, 422, 314, 280, 323, 290, 431, 448, 429, 465, 438, 340, 431, 338, 353, 341, 431, 327, 446}));
    CHECK(document["text"] == ", pixels unfolding like petals. Classifications unfold,");
    CHECK(document["ending"] == "length");
    CHECK(document["stop"].is_null());
    CHECK(document["seed"].is_null());
    CHECK(document["context"] == 128);
    const outcome ran = generate(aidreams(), words);
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out == "Once upon a time, pixels unfolding like petals. Classifications unfold,\n");
    std::vector<std::string> alone = words;
    alone.emplace_back("--no-prompt");
    CHECK(generate(aidreams(), alone).out == ", pixels unfolding like petals. Classifications unfold,\n");
}

TEST_CASE("a space that a SentencePiece model adds first is kept") {
    if (!std::filesystem::exists(aidreams())) return skip("no models/aidreams260K.gguf under CRIA_SHARED_DIR");
    const json document = generate_json(aidreams(), {"Once upon a time, pixels unfolding like petals.", "--temperature", "0", "-n", "2"});
    const std::string text = document["text"];
    CHECK(text.starts_with(" "));
}

TEST_CASE("the sample model tells a story, and ends its line") {
    const outcome ran = generate(sample(), {"Once upon a time", "--seed", "1", "-n", "12", "--threads", "2"});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out.starts_with("Once upon a time"));
    CHECK(ran.out.size() > 20);
    CHECK(ran.out.back() == '\n');
    CHECK(::cria::utf8::is_valid(ran.out));
}

TEST_CASE("a seed gives the same text every time, with any number of threads, and another one another text") {
    const model_file model(tiny_llama());
    const std::vector<std::string> words = {"hello", "-n", "24", "--seed", "7", "--temperature", "1", "--ignore-eos"};
    const auto ids_with = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all = words;
        all.insert(all.end(), more.begin(), more.end());
        const json document = generate_json(model.path(), all);
        CHECK(document["seed"] == 7);
        return document["ids"];
    };
    const json first = ids_with({"--threads", "1"});
    CHECK(first.size() == 24);
    for (int i = 0; i < 9; ++i) CHECK(ids_with({"--threads", "2"}) == first);
    std::vector<std::string> other = words;
    other[4] = "8";
    CHECK(generate_json(model.path(), other)["ids"] != first);
}

TEST_CASE("without --seed there is a new one each time, which standard error names, and which gives that text again") {
    const model_file model(tiny_llama());
    const outcome first = generate(model.path(), {"hello", "-n", "16"});
    const outcome second = generate(model.path(), {"hello", "-n", "16"});
    CHECK(first.err.starts_with("cria: note: seed "));
    CHECK(lines_of(first.err).size() == 1);
    CHECK(first.err != second.err);
    const std::string seed = lines_of(first.err)[0].substr(std::string("cria: note: seed ").size());
    const outcome again = generate(model.path(), {"hello", "-n", "16", "--seed", seed});
    CHECK(again.out == first.out);
    CHECK(again.err.empty());
    CHECK(generate_json(model.path(), {"hello", "-n", "1"})["seed"].is_number_unsigned());
}

TEST_CASE("a prompt comes from the command line, a file or standard input, byte for byte") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::vector<std::string> how = {"--temperature", "0", "-n", "4", "--json"};
    const auto with = [&](std::vector<std::string> words, std::string_view input = {}) {
        words.insert(words.begin(), {"generate", model.path()});
        words.insert(words.end(), how.begin(), how.end());
        json document = run_cria(words, input).json_out();
        REQUIRE(document.is_object());
        document.erase("timings");
        return document;
    };
    const json expected = with({"hello world\n"});
    CHECK(with({"--file", folder.write("prompt", std::string_view("hello world\n"))}) == expected);
    CHECK(with({}, "hello world\n") == expected);
    CHECK(with({"-"}, "hello world\n") == expected);
    CHECK(with({"++"})["prompt_ids"].size() == 3);  // a BOS and two bytes
}

TEST_CASE("BOS is in front once, EOS never behind, and special tokens in a prompt are what --parse says") {
    const model_file model(tiny_llama().key("tokenizer.ggml.add_bos_token", true).key("tokenizer.ggml.add_eos_token", true));
    const auto ids = [&](std::vector<std::string> words) {
        words.insert(words.end(), {"--temperature", "0", "-n", "1"});
        return generate_json(model.path(), words)["prompt_ids"];
    };
    CHECK(ids({"hello"}) == json({274, 259}));
    CHECK(ids({"hello", "--special", "none"}) == json({259}));
    CHECK(ids({""}) == json({274}));
    CHECK(ids({"<|begin_of_text|>hello", "--parse", "all"}) == json({274, 259}));
    CHECK(ids({"<|user|>"}) == json({274, 277}));
    CHECK(ids({"<|user|>", "--parse", "none"}).size() == 9);
    CHECK(ids({"<|begin_of_text|><|user|>", "--parse", "all"}) == json({274, 277}));  // nothing but special tokens
}

TEST_CASE("a prompt without a token is status 1, and says so") {
    const model_file model(tiny_llama().key("tokenizer.ggml.add_bos_token", false));
    const outcome ran = generate(model.path(), {""});
    CHECK(ran.status == 1);
    CHECK(ran.out.empty());
    CHECK(ran.err == "cria: error: prompt: has no tokens, and the model adds no BOS: there is nothing to go on from\n");
    const model_file other(tiny_llama().key("tokenizer.ggml.add_bos_token", true));
    CHECK(contains(generate(other.path(), {"", "--special", "none"}).err, "--special add would give it a BOS"));
}

TEST_CASE("a prompt that is longer than the context is status 1, naming both, and nothing is computed") {
    const model_file model(tiny_llama());
    const temp_folder folder;
    const std::string file = folder.write("long", std::string(100 * 1024, 'x'));
    const outcome ran = generate(model.path(), {"--file", file});
    CHECK(ran.status == 1);
    CHECK(ran.out.empty());
    CHECK(ran.err == "cria: error: prompt: has more tokens than the context, expected at most 128, found 102401\n");
    const json error = run_cria({"generate", model.path(), "--file", file, "--json"}).json_out()["error"];
    CHECK(error["code"] == "out_of_range");
    CHECK(generate(model.path(), {"hello world", "--context", "2"}).status == 1);
}

TEST_CASE("a context that is filled ends the text with a note, and its last token is given") {
    const model_file model(tiny_llama());
    const outcome ran = generate(model.path(), {"hello", "--seed", "1", "-n", "-1", "--context", "8", "--ignore-eos"});
    CHECK(ran.status == 0);
    CHECK(ran.err == "cria: note: context is full: 8 tokens; --context N makes it longer\n");
    CHECK(ran.out.back() == '\n');
    const json document = generate_json(model.path(), {"hello", "--seed", "1", "-n", "-1", "--context", "8", "--ignore-eos"});
    CHECK(document["ending"] == "context_full");
    CHECK(document["prompt_ids"].size() + document["ids"].size() == 9);  // the last one is not evaluated
}

TEST_CASE("a context beyond what the model was trained with is a warning") {
    const model_file model(tiny_llama());
    const outcome ran = generate(model.path(), {"hello", "--temperature", "0", "-n", "2", "--context", "200"});
    CHECK(ran.status == 0);
    CHECK(ran.err == "cria: warning: a context of 200 tokens, and the model was trained with 128\n");
}

TEST_CASE("a token that ends a text ends it and is not printed, unless it is to be ignored") {
    const std::vector<std::string> words = {"hello", "--temperature", "0", "-n", "6"};
    const model_file model(tiny_llama());
    const json whole = generate_json(model.path(), words);
    REQUIRE(whole["ids"].size() == 6);
    // The same model, but what it says first, or at some later time, is the end.
    std::size_t at = 0;
    for (std::size_t i = 1; i < 6 && at == 0; ++i)
        if (whole["ids"][i] != whole["ids"][0]) at = i;
    for (const std::size_t end : {std::size_t{0}, at}) {
        const model_file ending(ending_with(whole["ids"][end].get<std::uint32_t>()));
        const json ended = generate_json(ending.path(), words);
        CHECK(ended["ending"] == "end_of_text");
        CHECK(ended["ids"].size() == end);
        std::vector<std::string> on = words;
        on.emplace_back("--ignore-eos");
        const json ignored = generate_json(ending.path(), on);
        CHECK(ignored["ids"] == whole["ids"]);
        CHECK(ignored["ending"] == "length");
    }
}

TEST_CASE("a stop string ends the text before it, wherever tokens cut it, and may be in the prompt") {
    if (!std::filesystem::exists(aidreams())) return skip("no models/aidreams260K.gguf under CRIA_SHARED_DIR");
    const auto with = [](std::vector<std::string> more) {
        more.insert(more.begin(), {"Once upon a time", "--temperature", "0", "-n", "24"});
        return generate_json(aidreams(), more);
    };
    const json stopped = with({"--stop", "nowhere", "--stop", "olding like p"});
    CHECK(stopped["text"] == ", pixels unf");
    CHECK(stopped["ending"] == "stop_string");
    CHECK(stopped["stop"] == "olding like p");
    CHECK(with({"--stop", "Once"})["ending"] == "length");
    CHECK(with({"--stop", "time,"})["ending"] == "length");  // half of it is prompt
    const json held = with({"--stop", "unfold,and more"});    // begins, and does not go on
    CHECK(held["text"] == ", pixels unfolding like petals. Classifications unfold,");
    const outcome ran = generate(aidreams(), {"Once upon a time", "--temperature", "0", "--stop", "."});
    CHECK(ran.out == "Once upon a time, pixels unfolding like petals\n");
}

TEST_CASE("stop strings that nobody can write are status 2") {
    const model_file model(tiny_llama());
    for (const std::string& stop : {std::string(), std::string("\xFF")}) {
        const outcome ran = generate(model.path(), {"hello", "--stop", stop});
        CHECK(ran.status == 2);
        CHECK(ran.err.starts_with("cria: error: --stop: "));
    }
}

TEST_CASE("what is written is UTF-8, whatever the prompt and the tokens hold") {
    const model_file model(tiny_llama());
    const outcome ran = generate(model.path(), {"a\xFF\xC3", "--seed", "3", "-n", "40", "--ignore-eos", "--temperature", "2", "--top-k", "0", "--top-p", "1", "--min-p", "0"});
    CHECK(ran.status == 0);
    CHECK(ran.out.starts_with("a\xEF\xBF\xBD\xEF\xBF\xBD"));  // a byte that is none, and half a character
    CHECK(::cria::utf8::is_valid(ran.out));
}

TEST_CASE("no tokens are asked for, and the prompt is all there is") {
    const model_file model(tiny_llama());
    CHECK(generate(model.path(), {"hello", "--seed", "1", "-n", "0"}).out == "hello\n");
    const json document = generate_json(model.path(), {"hello", "--tokens", "0"});
    CHECK(document["ids"].empty());
    CHECK(document["text"] == "");
    CHECK(document["timings"]["decode_tokens_per_s"].is_null());
    CHECK(document["timings"]["prompt_tokens_per_s"].is_number());
}

TEST_CASE("a reader of generated text that goes away is no error") {
    const model_file model(tiny_llama({.n_context = 4096}));
    const outcome ran = shell("\"$CRIA\" generate \"$MODEL\" hello --seed 1 -n -1 --ignore-eos | head -c 10; exit ${PIPESTATUS[0]}", model.path());
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out.size() == 10);
    if (!std::filesystem::exists("/dev/full")) return skip("no /dev/full on this system");
    const outcome full = shell("\"$CRIA\" generate \"$MODEL\" hello --seed 1 -n 4 > /dev/full", model.path());
    CHECK(full.status == 3);
    CHECK(full.err == "cria: error: standard output: no space left on the device\n");
}

TEST_CASE("Ctrl-C ends a text with its line and status 130") {
    const model_file model(tiny_llama({.n_context = 100000}));
    for (const bool as_json : {false, true}) {
        std::vector<std::string> words = {CRIA_CLI, "generate", model.path(), "hello", "--seed", "1", "-n", "-1", "--context", "100000", "--ignore-eos", "--threads", "1"};
        if (as_json) words.emplace_back("--json");
        running_program program(words, running_program::streams::pipes);
        REQUIRE(program.started());
        program.close_input();
        std::string said;
        if (as_json) ::usleep(500000);  // it says nothing before the end
        else said = program.read_until("hello");
        CHECK((as_json || (contains(said, "hello") && said.size() < 60000)));  // piece by piece, and not once a buffer is full
        program.interrupt();
        said += program.read_all();
        CHECK(program.wait() == 130);
        if (as_json && said.empty()) continue;  // it had not yet begun
        CHECK(said.back() == '\n');
        if (as_json) CHECK(json::parse(said, nullptr, false)["ending"] == "interrupted");
        else CHECK(::cria::utf8::is_valid(said));
    }
}

TEST_CASE("generated text does not control a terminal") {
    if (!has_terminals()) return skip("no pseudo-terminals on this system");
    const model_file model(tiny_llama());
    running_program program({CRIA_CLI, "generate", model.path(), "a\x1b[31mb", "--seed", "3", "-n", "60", "--ignore-eos", "--temperature", "2", "--top-k", "0", "--top-p", "1", "--min-p", "0"},
                            running_program::streams::terminal, {"TERM=xterm", "NO_COLOR=1"});
    REQUIRE(program.started());
    program.close_input();
    const std::string said = program.read_all();
    CHECK(program.wait() == 0);
    CHECK(contains(said, "a\\x1B[31mb"));
    for (const char c : said) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t'));
}

TEST_CASE("no tokens can be chosen from that have no probability together, which is status 2 like any number out of range") {
    const model_file model(tiny_llama());
    for (const char* const none : {"0", "-0.0", "1.5"}) {
        const outcome ran = generate(model.path(), {"hello", "--top-p", none});
        CHECK(ran.status == 2);
        CHECK(ran.err == "cria: error: --top-p: takes a number above 0 and at most 1; found " + std::string(none) + "\n");
    }
}

TEST_CASE("a model that would give logits for more tokens than it has, or for fewer, is status 1") {
    for (const std::uint64_t n_rows : {std::uint64_t{278}, std::uint64_t{280}}) {
        gguf_builder other = tiny_llama({.tied_output = true}).without_tensor("token_embd.weight");
        other.tensor("token_embd.weight", {32, n_rows}, std::vector<float>(32 * n_rows, 1.0F));
        const outcome ran = generate(model_file(other).path(), {"hello"});
        CHECK(ran.status == 1);
        CHECK(contains(ran.err, "token_embd.weight"));
    }
}

TEST_CASE("generate of a model without weights or of another architecture is status 1") {
    const model_file other(tiny_llama().without_key("general.architecture").key("general.architecture", "falcon"));
    CHECK(contains(generate(other.path(), {"hello"}).err, "unsupported architecture"));
    const model_file incomplete(tiny_llama().without_tensor("blk.1.ffn_up.weight"));
    const outcome ran = generate(incomplete.path(), {"hello"});
    CHECK(ran.status == 1);
    CHECK(contains(ran.err, "blk.1.ffn_up.weight"));
}

TEST_CASE("generate's JSON has the keys that the manual names") {
    const model_file model(tiny_llama());
    const json document = generate_json(model.path(), {"hello", "-n", "3", "--seed", "1"});
    for (const char* const key : {"prompt_ids", "ids", "text", "ending", "stop", "seed", "context", "threads", "device", "timings"}) CHECK(document.contains(key));
    for (const char* const key : {"prompt_seconds", "prompt_tokens_per_s", "decode_seconds", "decode_tokens_per_s"}) CHECK(document["timings"][key].is_number());
}
