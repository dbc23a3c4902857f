// SPDX-License-Identifier: MIT
// What all commands have in common: help, statuses, errors for people and for programs, pipes.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

const std::vector<std::string> command_names = {"info", "metadata", "tensors", "tokenize", "detokenize", "dequantize", "check", "diff", "fit", "upload", "generate", "perplexity", "logits", "bench", "edit", "split", "merge"};

/// A command line that makes this command open the file at `path`.
auto words_for(const std::string& name, const std::string& path) -> std::vector<std::string> {
    if (name == "diff") return {name, path, path};
    if (name == "dequantize") return {name, path, "output.weight"};
    if (name == "perplexity") return {name, path, "/dev/null"};
    if (name == "edit") return {name, path, "/nowhere/new.gguf", "--remove", "general.name"};
    if (name == "split") return {name, path, "/nowhere/part", "--max-tensors", "7"};
    if (name == "merge") return {name, path, "/nowhere/whole.gguf"};
    return {name, path};
}

/// Columns a line takes on a terminal.
auto width_of(std::string_view line) -> std::size_t {
    std::size_t width = 0;
    for (const char c : line) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return width;
}

auto widest(const std::string& text) -> std::size_t {
    std::size_t width = 0;
    for (const std::string& line : lines_of(text)) width = (std::max)(width, width_of(line));
    return width;
}

/// A model that ends inside the description of its last tensor.
auto cut_off_model() -> file_bytes {
    laid_out_file whole = tiny_llama().lay_out();
    whole.bytes.resize(whole.header_bytes - 5);
    return whole.bytes;
}

/// Whether `text` is one line of error and nothing else.
auto is_one_error_line(const std::string& text) -> bool { return text.starts_with("cria: error: ") && lines_of(text).size() == 1 && text.back() == '\n'; }

}  // namespace

TEST_CASE("help fits a screen of 24 lines and 80 columns and starts with three commands to copy") {
    const outcome help = run_cria({"--help"});
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK(help.out == run_cria({"-h"}).out);
    const auto lines = lines_of(help.out);
    REQUIRE(lines.size() > 10);
    CHECK(lines.size() <= 24);
    CHECK(widest(help.out) <= 80);
    for (std::size_t i = 0; i < 3; ++i) CHECK(lines[i].starts_with("  cria "));
    for (const auto& name : command_names) CHECK(contains(help.out, "\n  " + name + " "));
}

TEST_CASE("the first three commands of the help run as they stand") {
    const temp_folder folder;
    folder.write("model.gguf", tiny_llama().build());
    const auto lines = lines_of(run_cria({"--help"}).out);
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(lines[i]);
        const outcome ran = shell("cd '" + folder.path() + "'; cria() { \"$CRIA\" \"$@\"; };" + lines[i]);
        CHECK(ran.status == 0);
        CHECK(!ran.out.empty());
    }
}

TEST_CASE("every command's help is at most 80 columns wide and ends with an example that runs") {
    const temp_folder folder;
    folder.write("model.gguf", tiny_llama().build());
    folder.write("text.txt", std::string(200, 'x'));
    REQUIRE(run_cria({"split", folder.path("model.gguf"), folder.path("part"), "--max-tensors", "7"}).status == 0);  // three shards, for merge
    for (const auto& name : command_names) {
        CAPTURE(name);
        const outcome help = run_cria({name, "--help"});
        CHECK(help.status == 0);
        CHECK(help.err.empty());
        CHECK(widest(help.out) <= 80);
        const auto lines = lines_of(help.out);
        REQUIRE(lines.size() > 3);
        CHECK(lines[lines.size() - 2] == "Example");
        const std::string example = lines.back();
        CHECK(example.starts_with("  cria "));
        CHECK(shell("cd '" + folder.path() + "'; cria() { \"$CRIA\" \"$@\"; };" + example).status == 0);
        CHECK(contains(help.out, "--json"));
    }
}

TEST_CASE("--version is one line with the version") {
    const outcome version = run_cria({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out == "cria 0.1.0\n");
}

TEST_CASE("a wrong command line is status 2, one line on standard error, and nothing else") {
    const model_file model(tiny_llama());
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"frobnicate"},
        {"info"},
        {"info", model.path(), "more"},
        {"info", model.path(), "--frobnicate"},
        {"tensors", model.path(), "--sort", "colour"},
        {"tensors", model.path(), "--sort"},
        {"tokenize"},
        {"tokenize", model.path(), "text", "more"},
        {"tokenize", model.path(), "text", "--file", "f"},
        {"tokenize", model.path(), "text", "--ids", "--pieces"},
        {"tokenize", model.path(), "text", "--count", "--binary"},
        {"tokenize", model.path(), "text", "--jsonl"},
        {"tokenize", model.path(), "text", "--json", "--binary"},
        {"tokenize", model.path(), "text", "--special", "maybe"},
        {"tokenize", model.path(), "text", "--parse", "some"},
        {"tokenize", model.path(), "text", "--compat", "tiktoken"},
        {"detokenize", model.path(), "1", "--compat", "tiktoken"},
        {"tokenize", model.path(), "text", "--pre", "no-such-rule"},
        {"detokenize", model.path(), "seven"},
        {"detokenize", model.path(), "1", "2x"},
        {"detokenize", model.path(), "1", "--binary"},
        {"detokenize", model.path(), "1", "--jsonl"},
        {"detokenize", model.path(), "--jsonl", "--binary"},
        {"detokenize", model.path(), "--stream", "--json"},
        {"--completions", "tcsh"},
        {"check"},
        {"check", model.path(), "--profile", "strict"},
        {"check", model.path(), "--payload", "yes"},
        {"dequantize", model.path()},
        {"dequantize", model.path(), "output.weight", "--rows", "2:1"},
        {"dequantize", model.path(), "output.weight", "-o"},
        {"diff", model.path()},
        {"diff", model.path(), model.path(), model.path()},
        {"generate"},
        {"generate", model.path(), "text", "more"},
        {"generate", model.path(), "text", "--file", "f"},
        {"generate", model.path(), "text", "-n", "-2"},
        {"generate", model.path(), "text", "-n", "many"},
        {"generate", model.path(), "text", "--context", "0"},
        {"generate", model.path(), "text", "--temperature", "-1"},
        {"generate", model.path(), "text", "--temperature", "nan"},
        {"generate", model.path(), "text", "--top-k", "-1"},
        {"generate", model.path(), "text", "--top-p", "0"},
        {"generate", model.path(), "text", "--top-p", "1.5"},
        {"generate", model.path(), "text", "--min-p", "2"},
        {"generate", model.path(), "text", "--seed", "18446744073709551616"},
        {"generate", model.path(), "text", "--threads", "0"},
        {"generate", model.path(), "text", "--special", "maybe"},
        {"generate", model.path(), "text", "--stop"},
        {"perplexity", model.path()},
        {"perplexity", model.path(), "file", "--context", "3"},
        {"perplexity", model.path(), "file", "--chunks", "0"},
        {"logits", model.path(), "text", "--ids", "1"},
        {"logits", model.path(), "text", "--positions", ""},
        {"logits", model.path(), "text", "--positions", "1,1"},
        {"logits", model.path(), "text", "--top", "0"},
        {"bench", model.path(), "--only", "everything"},
        {"bench", model.path(), "--only", "decode"},
        {"bench", model.path(), "--repeat", "0"},
        {"edit", model.path(), "out"},
        {"edit", model.path(), "--remove", "general.name"},
        {"edit", model.path(), "out", "--in-place", "--remove", "general.name"},
        {"edit", model.path(), "out", "--set"},
        {"edit", model.path(), "out", "--set", "general.name"},
        {"edit", model.path(), "out", "--set", "general.name=Tiny"},
        {"edit", model.path(), "out", "--set", "=u8:1"},
        {"edit", model.path(), "out", "--set", "a=u7:1"},
        {"edit", model.path(), "out", "--rename", "general.name"},
        {"split", model.path(), "part"},
        {"split", model.path(), "--max-tensors", "7"},
        {"split", model.path(), "part", "--max-tensors", "0"},
        {"split", model.path(), "part", "--max-tensors", "-1"},
        {"split", model.path(), "part", "--max-tensors", "7x"},
        {"split", model.path(), "part", "--max-size", "2XB"},
        {"split", model.path(), "part", "--max-size", "0"},
        {"split", model.path(), "part", "--max-size", "99999999999999999999"},
        {"split", model.path(), "part", "--max-size", "99999999TiB"},
        {"merge", model.path()},
    };
    for (const auto& words : wrong) {
        std::string line;
        for (const auto& word : words) line += " " + word;
        CAPTURE(line);
        const outcome ran = run_cria(words);
        CHECK(ran.status == 2);
        CHECK(is_one_error_line(ran.err));
        if (!contains(line, "--json ")) {
            const bool json_wanted = contains(line + " ", "--json ");
            CHECK(ran.out.empty() != json_wanted);
        }
    }
}

TEST_CASE("--compat and --pre say which values there are") {
    const model_file model(tiny_llama());
    CHECK(run_cria({"tokenize", model.path(), "x", "--compat", "tiktoken"}).err == "cria: error: --compat: takes hf, llama_cpp; found tiktoken\n");
    CHECK(contains(run_cria({"tokenize", "--help"}).out, "llama-bpe"));
}

TEST_CASE("a file that is not there, not a file, not GGUF or cut off is status 1, and the line says which") {
    const temp_folder folder;
    const std::string cut = folder.write("cut.gguf", cut_off_model());
    const std::string text = folder.write("text.gguf", std::string_view("This is not a model, only a text."));
    const std::string empty = folder.write("empty.gguf", std::string_view());
    for (const auto& name : command_names) {
        if (name == "check") continue;  // for which this is a finding
        CAPTURE(name);
        const auto error_of = [&](const std::string& path) {
            const outcome ran = run_cria(words_for(name, path));
            CHECK(ran.status == 1);
            CHECK(ran.out.empty());
            CHECK(is_one_error_line(ran.err));
            return ran.err;
        };
        CHECK(error_of(folder.path("none.gguf")) == "cria: error: " + folder.path("none.gguf") + ": no such file\n");
        CHECK(error_of(folder.path()) == "cria: error: " + folder.path() + ": is a directory\n");
        CHECK(error_of(empty) == "cria: error: " + empty + ": file is empty\n");
        CHECK(contains(error_of(text), "is not a GGUF file"));
        CHECK(contains(error_of(cut), ": file ends at byte " + std::to_string(cut_off_model().size())));
        CHECK(contains(error_of("-"), "-: no such file"));
    }
}

TEST_CASE("--json makes an error a document with code, offset, subject and message") {
    const temp_folder folder;
    const file_bytes bytes = cut_off_model();
    const std::string cut = folder.write("cut.gguf", bytes);
    const auto as_json = [](const std::string& name, const std::string& path) {
        auto words = words_for(name, path);
        words.emplace_back("--json");
        return words;
    };
    for (const auto& name : command_names) {
        if (name == "check") continue;
        CAPTURE(name);
        const outcome ran = run_cria(as_json(name, cut));
        CHECK(ran.status == 1);
        const json document = ran.json_out();
        REQUIRE(document.is_object());
        REQUIRE(document.contains("error"));
        const json& error = document["error"];
        CHECK(error["code"] == "truncated");
        CHECK(error["offset"] == bytes.size());
        CHECK(error["subject"].is_string());
        CHECK(ran.err == "cria: error: " + error["message"].get<std::string>() + "\n");

        const json missing = run_cria(as_json(name, folder.path("none"))).json_out();
        CHECK(missing["error"]["code"] == "file_not_found");
        CHECK(missing["error"]["offset"].is_null());
        CHECK(missing["error"]["subject"] == folder.path("none"));
        const json usage = run_cria({name, cut, "--json", "--frobnicate"}).json_out();
        CHECK(usage["error"]["code"] == "invalid_argument");
    }
}

TEST_CASE("an error line stays one line whatever bytes a file or an argument holds") {
    const model_file model(tiny_llama().key("tokenizer.ggml.model", "x").without_key("tokenizer.ggml.model").key("tokenizer.ggml.model", "evil\n\x1b[31mred"));
    const outcome tokenized = run_cria({"tokenize", model.path(), "text"});
    CHECK(tokenized.status == 1);
    CHECK(is_one_error_line(tokenized.err));
    CHECK(contains(tokenized.err, "evil\\x0A\\x1B[31mred"));
    const outcome usage = run_cria({"info", model.path(), "two\nlines\x1b[31m"});
    CHECK(usage.status == 2);
    CHECK(is_one_error_line(usage.err));
    CHECK(contains(usage.err, "two\\x0Alines\\x1B[31m"));
}

TEST_CASE("a reader that goes away is no error") {
    const model_file model(tiny_llama());
    for (const std::string line : {"tensors \"$MODEL\"", "metadata \"$MODEL\" --full", "check \"$MODEL\"", "diff \"$MODEL\" \"$MODEL\"", "tokenize \"$MODEL\" --pieces < \"$MODEL\"",
                                   "tokenize \"$MODEL\" --binary < \"$MODEL\"", "logits \"$MODEL\" 'hello world' --top 279", "bench \"$MODEL\" --repeat 1", "--help"}) {
        CAPTURE(line);
        const outcome ran = shell("\"$CRIA\" " + line + " | head -c 1 > /dev/null; exit ${PIPESTATUS[0]}", model.path());
        CHECK(ran.status == 0);
        CHECK(ran.err.empty());
    }
    // Here the reader is gone before a byte is written.
    const outcome ran = shell("{ sleep 0.1; \"$CRIA\" tensors \"$MODEL\"; echo $? >&2; } | true", model.path());
    CHECK(ran.err == "0\n");
}

TEST_CASE("output that cannot be written is status 3 and says why") {
    if (!std::filesystem::exists("/dev/full")) return skip("no /dev/full on this system");
    const model_file model(tiny_llama());
    for (const std::string line : {"info \"$MODEL\"", "metadata \"$MODEL\"", "tensors \"$MODEL\" --json", "tokenize \"$MODEL\" text",
                                   "tokenize \"$MODEL\" --pieces < \"$MODEL\"", "detokenize \"$MODEL\" 1", "check \"$MODEL\"", "diff \"$MODEL\" \"$MODEL\" --json", "upload \"$MODEL\" --plan", "--help"}) {
        CAPTURE(line);
        const outcome ran = shell("\"$CRIA\" " + line + " > /dev/full", model.path());
        CHECK(ran.status == 3);
        CHECK(ran.err == "cria: error: standard output: no space left on the device\n");
    }
    CHECK(shell("\"$CRIA\" info \"$MODEL\" >&-", model.path()).status == 3);
}

TEST_CASE("an input that is too large for memory is status 3 and a typed error") {
    const model_file model(tiny_llama());
    // A sparse file larger than what the shell lets the program have.
    const temp_folder folder;
    const outcome ran = shell("truncate -s 8G big && ulimit -v 4000000 2>/dev/null && \"$CRIA\" tokenize \"$MODEL\" --file big --count --json; s=$?; rm -f big; exit $s", model.path());
    if (contains(ran.err, "AddressSanitizer") || contains(ran.err, "ulimit") || contains(ran.err, "truncate")) return skip("memory cannot be limited here");
    if (ran.out.empty()) return skip("the program does not start with this little memory");
    CHECK(ran.status == 3);
    CHECK(ran.json_out()["error"]["code"] == "out_of_memory");
}

TEST_CASE("completion scripts know every command and option, and their shells accept them") {
    for (const std::string shell_name : {"bash", "zsh", "fish"}) {
        CAPTURE(shell_name);
        const outcome script = run_cria({"--completions", shell_name});
        CHECK(script.status == 0);
        for (const auto& name : command_names) CHECK(contains(script.out, name));
        for (const std::string option : {"json", "prefix", "sort", "filter", "pieces", "jsonl", "special", "nfc", "threads", "skip-special", "stream", "profile", "format-only", "hash", "set", "in-place", "max-size", "force", "temperature", "stop", "chunks", "positions", "only", "device", "weights", "devices", "workers", "verify", "plan"})
            CHECK(contains(script.out, option));
        CHECK(contains(script.out, "name size offset type"));
        // In zsh a bare colon would end what the value is called, and begin how to complete it.
        if (shell_name == "zsh") CHECK((contains(script.out, "]:A\\:B: '") && contains(script.out, "]:KEY=TYPE\\:VALUE: '")));
        if (shell("command -v " + shell_name).status != 0) continue;  // bash is always there
        const std::string check = shell_name + " -n /dev/stdin";
        const outcome checked = run_program({"bash", "-c", check}, script.out);
        CHECK(checked.status == 0);
        CHECK(checked.err.empty());
    }
}

TEST_CASE("bash completes commands, options and values") {
    const auto completed = [](const std::string& words, int at) {
        const outcome ran = shell("source <(\"$CRIA\" --completions bash) || exit 9; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) +
                                  "; _cria; echo \"${COMPREPLY[*]}\"");
        CHECK(ran.err.empty());
        return ran.out;
    };
    CHECK(completed("cria t", 1) == "tensors tokenize\n");
    CHECK(completed("cria tensors m.gguf --so", 3) == "--sort\n");
    CHECK(completed("cria check m.gguf --profile s", 4) == "standard strict-ggml\n");
    CHECK(completed("cria tensors m.gguf --sort ''", 4) == "name size offset type\n");
    CHECK(completed("cria tokenize m.gguf --pre qwen", 4) == "qwen2 qwen35\n");
    CHECK(completed("cria bench m.gguf --only e", 4) == "encode engine\n");
    CHECK(completed("cria generate m.gguf x -n ''", 5) == "\n");
    CHECK(completed("cria u", 1) == "upload\n");
    CHECK(completed("cria upload m.gguf --source ''", 4) == "auto mmap read direct registered\n");
    CHECK(completed("cria upload m.gguf --verify ''", 4) == "auto placement checksum full\n");
    CHECK(completed("cria upload m.gguf --devices ''", 4) == "\n");
    CHECK(completed("cria g", 1) == "generate\n");
    CHECK(completed("cria info m", 2) == "\n");  // left to the shell's file names
}
