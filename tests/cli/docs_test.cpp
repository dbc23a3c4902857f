// SPDX-License-Identifier: MIT
// docs/cli.md against the program: its examples are run, and no option is missing.
#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto manual() -> std::string { return read_text(std::string(CRIA_MODELS_DIR) + "/../../docs/cli.md"); }

struct example {
    std::string command;
    std::string output;
};

/// The lines `$ cria …` of the manual's code blocks, each with the output shown under it.
auto examples_of(const std::string& text) -> std::vector<example> {
    std::vector<example> found;
    bool is_code = false;
    bool is_output = false;
    for (const std::string& line : lines_of(text)) {
        if (line.starts_with("```")) {
            is_code = !is_code;
            is_output = false;
        } else if (is_code && line.starts_with("$ ")) {
            found.push_back({line.substr(2), ""});
            is_output = true;
        } else if (is_output) {
            found.back().output += line + "\n";
        }
    }
    return found;
}

}  // namespace

TEST_CASE("the manual's examples print what the manual says") {
    const temp_folder folder;
    const auto model = read_whole(std::string(CRIA_MODELS_DIR) + "/story-2m.gguf");
    REQUIRE(model);
    folder.write("model.gguf", *model);
    folder.write("story.txt", std::string_view("Once upon a time there was a fox.\n\nThe end.\n"));
    const auto examples = examples_of(manual());
    CHECK(examples.size() >= 7);
    for (const auto& [command, output] : examples) {
        CAPTURE(command);
        const outcome ran = shell("cd '" + folder.path() + "'; set -o pipefail; cria() { \"$CRIA\" \"$@\"; }; " + command);
        CHECK(ran.status == 0);
        CHECK(ran.err.empty());
        CHECK((ran.out == output || ran.out + "\n" == output));
    }
}

TEST_CASE("the manual names every option that the help pages name, and the other way round") {
    const std::string text = manual();
    for (const std::string name : {"info", "metadata", "tensors", "tokenize", "detokenize", "dequantize", "check", "diff", "fit", "upload", "generate", "perplexity", "logits", "bench", "edit", "split", "merge"}) {
        CAPTURE(name);
        const std::size_t begin = text.find("## `cria " + name + " ");
        REQUIRE(begin != std::string::npos);
        const std::string section = text.substr(begin, text.find("\n## ", begin) - begin);
        const std::string help = run_cria({name, "--help"}).out;
        for (const std::string& line : lines_of(help)) {
            const std::size_t dashes = line.starts_with("  --") ? 2 : line.starts_with("  -") ? line.find("--") : std::string::npos;  // `-o, --out`
            if (dashes == std::string::npos || line.starts_with("  -h,")) continue;
            const std::string option = line.substr(dashes, line.find(' ', dashes) - dashes);
            CAPTURE(option);
            CHECK(contains(section, "`" + option));
        }
        for (std::size_t at = section.find("`--"); at != std::string::npos; at = section.find("`--", at + 1)) {
            const std::string option = section.substr(at + 1, section.find_first_of(" `|", at + 1) - at - 1);
            CAPTURE(option);
            CHECK(contains(help, " " + option));
        }
    }
}
