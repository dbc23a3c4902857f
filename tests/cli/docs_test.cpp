// SPDX-License-Identifier: MIT
// The documents against the program: their examples are run, and no option is missing from docs/cli.md.
#include <algorithm>
#include <filesystem>

#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto manual() -> std::string { return read_text(std::string(CRIA_MODELS_DIR) + "/../../docs/cli.md"); }

struct example {
    std::string command;
    std::string output;
};

/// The lines `$ …` of a document's code blocks, each with the output shown under it; not those of a block that calls itself an illustration.
auto examples_of(const std::string& text) -> std::vector<example> {
    std::vector<example> found;
    bool is_code = false;
    bool is_output = false;
    bool is_illustration = false;
    std::string above;
    for (const std::string& line : lines_of(text)) {
        if (line.starts_with("```")) {
            is_code = !is_code;
            is_output = false;
            is_illustration = is_code && above.starts_with("<!-- illustration:");
        } else if (is_code && !is_illustration && line.starts_with("$ ")) {
            found.push_back({line.substr(2), ""});
            is_output = true;
        } else if (is_output) {
            found.back().output += line + "\n";
        }
        above = line;
    }
    return found;
}

}  // namespace

TEST_CASE("the commands in the documents print what the documents say") {
    CHECK(examples_of(manual()).size() >= 7);
    const auto model = read_whole(std::string(CRIA_MODELS_DIR) + "/story-2m.gguf");
    REQUIRE(model);
    std::vector<std::string> documents;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(CRIA_MODELS_DIR) + "/../../docs"))
        if (entry.path().extension() == ".md") documents.push_back(entry.path().string());
    std::sort(documents.begin(), documents.end());
    for (const std::string& document : documents) {
        CAPTURE(document);
        const temp_folder folder;  // the commands of one document go on from one another
        folder.write("model.gguf", *model);
        folder.write("story.txt", std::string_view("Once upon a time there was a fox.\n\nThe end.\n"));
        for (const auto& [command, output] : examples_of(read_text(document))) {
            CAPTURE(command);
            const outcome ran = shell("cd '" + folder.path() + "'; set -o pipefail; cria() { \"$CRIA\" \"$@\"; }; " + command);
            CHECK(ran.status == 0);
            CHECK(ran.err.empty());
            CHECK((ran.out == output || ran.out + "\n" == output));
        }
    }
}

TEST_CASE("a block that calls itself an illustration is not run, and every other one is") {
    const auto examples = examples_of("<!-- illustration: not here -->\n```console\n$ no\n```\n```console\n$ yes\none\n```\n\n```\n$ too\n```\n");
    REQUIRE(examples.size() == 2);
    CHECK(examples[0].command == "yes");
    CHECK(examples[0].output == "one\n");
    CHECK(examples[1].command == "too");
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
