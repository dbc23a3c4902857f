// SPDX-License-Identifier: MIT
// The command-line tool `cria`: what a GGUF model is, and its tokenizer, for people and for scripts.
// docs/cli.md describes it; every command is a function in the file of its name.

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <variant>

#include "arguments.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "streams.hpp"

namespace {

using cli::failure;

/// Whether the command line asks for JSON, told without parsing it: a bad command line has to be answered too.
auto wants_json(int argc, char** argv) -> bool {
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i)
        if (std::string_view(argv[i]) == "--json") return true;
    return false;
}

/// What a command that did its work says about its input: most say nothing.
auto answer_of(const cria::result<void>& done) -> cria::result<cli::status> {
    if (!done) return done.error();
    return cli::status_done;
}
auto answer_of(const cria::result<cli::status>& done) -> cria::result<cli::status> { return done; }

/// Does what the command line says. A failure that comes back has not been shown yet.
auto run(int argc, char** argv, cli::output& out) -> std::variant<cli::status, failure> {
    const cli::arguments arguments = cli::parse_arguments(argc, argv);
    if (const auto* const wrong = std::get_if<failure>(&arguments)) return *wrong;
    if (const auto* const text = std::get_if<std::string>(&arguments)) {
        out.write(*text);
        return cli::status_done;
    }
    const auto done = std::visit([&](const auto& options) { return answer_of(cli::run(options, out)); }, std::get<cli::command>(arguments));
    if (!done) return cli::failure_of(done.error());
    return *done;
}

auto run_and_report(int argc, char** argv) -> int {
    cli::output out;
    const auto ended = run(argc, argv, out);
    const auto* const failed = std::get_if<failure>(&ended);
    if (failed != nullptr && cli::interrupted()) return cli::status_interrupted;
    if (failed != nullptr) {
        cli::say("error", failed->message);
        if (wants_json(argc, argv)) out.write(cli::json_document(*failed));
    }
    const auto written = out.finish();
    if (failed != nullptr) return failed->status;
    if (written) return std::get<cli::status>(ended);
    const failure unwritten = cli::failure_of(written.error());
    cli::say("error", unwritten.message);
    return unwritten.status;
}

}  // namespace

auto main(int argc, char** argv) -> int {
    cli::take_over_signals();
    try {
        return run_and_report(argc, argv);
    } catch (const std::bad_alloc&) {  // the library reports refused allocations as values; our own strings do not
        std::fputs("cria: error: out of memory\n", stderr);
        return cli::status_environment;
    } catch (const std::exception& unexpected) {  // a mistake of ours, but still one line and a status
        std::fprintf(stderr, "cria: error: %s\n", unexpected.what());
        return cli::status_environment;
    }
}
