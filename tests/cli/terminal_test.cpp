// SPDX-License-Identifier: MIT
// How the program behaves on a terminal, when it is interrupted, and while its input is still open.
#include "cli/terminal.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

using streams = running_program::streams;

auto on_terminal(std::vector<std::string> arguments, const std::vector<std::string>& extra) -> std::string {
    arguments.insert(arguments.begin(), CRIA_CLI);
    running_program program(arguments, streams::terminal, extra);
    REQUIRE(program.started());
    program.close_input();
    std::string said = program.read_all();
    CHECK(program.wait() >= 0);
    return said;
}

}  // namespace

TEST_CASE("colours appear on a terminal, and not under NO_COLOR, on a dumb terminal or in a pipe") {
    if (!has_terminals()) return skip("no pseudo-terminals on this system");
    const model_file model(tiny_llama());
    const std::vector<std::string> info = {"info", model.path()};
    const std::vector<std::string> wrong = {"info", model.path() + ".none"};
    CHECK(contains(on_terminal(info, {"TERM=xterm", "NO_COLOR="}), "\x1b["));
    CHECK(contains(on_terminal(wrong, {"TERM=xterm", "NO_COLOR="}), "\x1b["));
    CHECK(!contains(on_terminal(info, {"TERM=xterm", "NO_COLOR=1"}), "\x1b"));
    CHECK(!contains(on_terminal(wrong, {"TERM=xterm", "NO_COLOR=1"}), "\x1b"));
    CHECK(!contains(on_terminal(info, {"TERM=dumb", "NO_COLOR="}), "\x1b"));
    CHECK(!contains(run_cria(info, "", {"TERM=xterm", "NO_COLOR="}).out, "\x1b"));
    CHECK(!contains(run_cria(wrong, "", {"TERM=xterm", "NO_COLOR="}).err, "\x1b"));
}

TEST_CASE("Ctrl-C ends the program with status 130") {
    const model_file model(tiny_llama());
    running_program program({CRIA_CLI, "tokenize", model.path(), "--jsonl"}, streams::pipes);
    REQUIRE(program.started());
    program.write("\"hello\"\n");
    CHECK(program.read_until("\n") == "[259]\n");  // it is up and waits for the next line
    program.interrupt();
    CHECK(program.wait() == 130);
}

TEST_CASE("whoever feeds lines one by one gets answers one by one") {
    const model_file model(tiny_llama());
    running_program tokenize({CRIA_CLI, "tokenize", model.path(), "--jsonl"}, streams::pipes);
    REQUIRE(tokenize.started());
    for (int i = 0; i < 3; ++i) {
        tokenize.write("\"hello\"\n");
        CHECK(tokenize.read_until("\n") == "[259]\n");
    }
    tokenize.close_input();
    CHECK(tokenize.wait() == 0);
}

TEST_CASE("--stream shows a character as soon as its last byte is there, and not before") {
    const model_file model(tiny_llama());
    running_program program({CRIA_CLI, "detokenize", model.path(), "--stream"}, streams::pipes);
    REQUIRE(program.started());
    program.write("259 ");
    CHECK(program.read_until("o") == "hello");
    program.write("195 169 ");  // the two bytes of an e with an acute accent
    CHECK(program.read_until("\xA9") == "\xC3\xA9");
    program.write("195 ");
    program.close_input();
    CHECK(program.read_all() == "\xEF\xBF\xBD");  // cut off for good
    CHECK(program.wait() == 0);
}

TEST_CASE("work over one second shows a progress line on a terminal, and takes it away again") {
    if (!has_terminals()) return skip("no pseudo-terminals on this system");
    const model_file model(tiny_llama());
    running_program program({CRIA_CLI, "tokenize", model.path(), "--jsonl"}, streams::terminal, {"TERM=xterm", "NO_COLOR="});
    REQUIRE(program.started());
    program.write("\"hello\"\n");
    CHECK(!contains(program.read_until("[259]"), "/s)"));
    ::usleep(1300000);
    // The clock is looked at every 64 KiB.
    const std::string line = "\"" + std::string(40000, 'x') + "\"\n";
    for (int i = 0; i < 3; ++i) program.write(line);
    program.close_input();
    const std::string said = program.read_all();
    CHECK(contains(said, "cria: "));
    CHECK(contains(said, "/s)"));
    const std::size_t last = said.rfind("cria: ");
    CHECK(contains(said.substr(last), "\r\x1b[K"));
    CHECK(program.wait() == 0);
}

TEST_CASE("no progress line goes to a standard error that is no terminal") {
    const model_file model(tiny_llama());
    const outcome ran = shell("{ sleep 1.2; head -c 300000 /dev/zero | tr '\\0' x; } | \"$CRIA\" tokenize \"$MODEL\" --count", model.path());
    CHECK(ran.status == 0);
    CHECK(ran.out == "300000\n");
    CHECK(ran.err.empty());
}

TEST_CASE("Ctrl-C while a file is written leaves what was there, and nothing else") {
    // Two gigabytes of a hole: enough to be in the middle of.
    const temp_folder folder;
    const std::string model = folder.write("model.gguf", gguf_builder().tensor("large", {std::uint64_t{1} << 29U}, ::cria::tensor_type::f32).build());
    std::error_code failed;
    std::filesystem::resize_file(model, (std::uint64_t{1} << 31U) + std::filesystem::file_size(model), failed);
    if (failed) return skip("no files with holes on this system");
    const std::string out = folder.write("out.gguf", std::string_view("old"));
    const auto n_files = [&] { return std::distance(std::filesystem::directory_iterator(folder.path()), {}); };
    for (const std::vector<std::string>& words : {std::vector<std::string>{"edit", model, out, "--set", "a.key=u8:1"}, {"merge", model, out, "--force"},
                                                  {"split", model, folder.path("part"), "--max-tensors", "1"}}) {
        CAPTURE(words[0]);
        std::vector<std::string> line = words;
        line.insert(line.begin(), CRIA_CLI);
        running_program program(line, streams::pipes);
        REQUIRE(program.started());
        for (int i = 0; i < 1000 && n_files() == 2; ++i) ::usleep(1000);
        CHECK(n_files() == 3);  // the temporary file
        program.interrupt();
        CHECK(program.wait() == 130);
        CHECK(program.read_all().empty());
        CHECK(read_text(out) == "old");
        CHECK(n_files() == 2);
    }
}
