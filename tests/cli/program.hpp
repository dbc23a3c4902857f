// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_CLI_PROGRAM_HPP
#define CRIA_TESTS_CLI_PROGRAM_HPP

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>  // setenv for the children
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/shared_data.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

// The command-line tool as its users meet it: a program that is started with arguments and an input, and
// that leaves two streams and a status. CRIA_CLI is its path.

extern char** environ;

namespace cria_test {

using json = nlohmann::json;

/// What a program left behind.
struct outcome {
    int status = -1;  ///< its exit status; minus the signal's number where a signal ended it
    std::string out;
    std::string err;

    [[nodiscard]] auto json_out() const -> json { return json::parse(out, nullptr, false); }
};

/// A file's bytes as text; empty where it cannot be read.
inline auto read_text(const std::string& path) -> std::string {
    const auto bytes = read_whole(path);
    if (!bytes) return {};
    return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

inline auto status_of(int waited) -> int {
    if (WIFEXITED(waited)) return WEXITSTATUS(waited);
    return WIFSIGNALED(waited) ? -WTERMSIG(waited) : -1;
}

/// Runs `words` with `input` as standard input, in an environment with `extra` ("NAME=value") in it.
inline auto run_program(const std::vector<std::string>& words, std::string_view input = {}, const std::vector<std::string>& extra = {})
    -> outcome {
    const temp_folder folder;
    const std::string in = folder.write("in", input);
    const std::string out = folder.path("out");
    const std::string err = folder.path("err");

    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::vector<char*> environment;
    for (const std::string& each : extra) environment.push_back(const_cast<char*>(each.c_str()));
    for (char** each = environ; *each != nullptr; ++each) environment.push_back(*each);
    environment.push_back(nullptr);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, in.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return {};
    int waited = 0;
    ::waitpid(child, &waited, 0);
    return {status_of(waited), read_text(out), read_text(err)};
}

/// Runs the tool with these arguments.
inline auto run_cria(std::vector<std::string> arguments, std::string_view input = {}, const std::vector<std::string>& extra = {}) -> outcome {
    arguments.insert(arguments.begin(), CRIA_CLI);
    return run_program(arguments, input, extra);
}

/// For run_cria and shell: a machine without devices, whatever it has. CUDA shows no device then.
inline const std::vector<std::string> without_devices = {"CUDA_VISIBLE_DEVICES="};

/// The JSON document that the tool writes for these arguments, and nothing else: no other status than 0, no word on standard error.
inline auto run_json(const std::vector<std::string>& arguments, const std::vector<std::string>& extra = {}) -> json {
    const outcome ran = run_cria(arguments, {}, extra);
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    json document = ran.json_out();
    REQUIRE(document.is_object());
    return document;
}

/// Runs a line of the shell in which $CRIA is the tool and $MODEL is `model`.
inline auto shell(const std::string& line, const std::string& model = {}, std::string_view input = {}) -> outcome {
    return run_program({"bash", "-c", line}, input, {std::string("CRIA=") + CRIA_CLI, "MODEL=" + model});
}

/// A model file of a test's own.
class model_file {
public:
    explicit model_file(const gguf_builder& builder) : file_(builder.build()) {}
    [[nodiscard]] auto path() const -> const std::string& { return file_.path(); }

private:
    temp_file file_;
};

inline auto lines_of(std::string_view text) -> std::vector<std::string> {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

inline auto contains(std::string_view text, std::string_view part) -> bool { return text.find(part) != std::string_view::npos; }

}  // namespace cria_test

#endif  // CRIA_TESTS_CLI_PROGRAM_HPP
