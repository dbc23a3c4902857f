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

/// The commands of a document that do not print what stands under them, fail or complain. They go on from one another.
auto wrong_examples(const std::string& text) -> std::vector<std::string> {
    const auto model = read_whole(std::string(CRIA_MODELS_DIR) + "/story-2m.gguf");
    REQUIRE(model);
    const temp_folder folder;
    folder.write("model.gguf", *model);
    folder.write("story.txt", std::string_view("Once upon a time there was a fox.\n\nThe end.\n"));
    std::vector<std::string> wrong;
    for (const auto& [command, output] : examples_of(text)) {
        const outcome ran = shell("cd '" + folder.path() + "'; set -o pipefail; cria() { \"$CRIA\" \"$@\"; }; " + command);
        const bool is_right = ran.status == 0 && ran.err.empty() && (ran.out == output || ran.out + "\n" == output);
        if (!is_right) wrong.push_back(command + "\n" + ran.out + ran.err + "status " + std::to_string(ran.status));
    }
    return wrong;
}

}  // namespace

TEST_CASE("the commands in the documents print what the documents say") {
    CHECK(examples_of(manual()).size() >= 7);
    std::vector<std::string> documents;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(CRIA_MODELS_DIR) + "/../../docs"))
        if (entry.path().extension() == ".md") documents.push_back(entry.path().string());
    std::sort(documents.begin(), documents.end());
    for (const std::string& document : documents) {
        CAPTURE(document);
        for (const std::string& example : wrong_examples(read_text(document))) FAIL_CHECK(example);
    }
}

TEST_CASE("what a document shows of a command is compared to the last digit, and so is that it succeeds in silence") {
    const std::string right = "```console\n$ cria tokenize model.gguf \"Once upon a time\"\n598 597 258 498\n$ cria tokenize model.gguf Once --count\n1\n```\n";
    CHECK(wrong_examples(right).empty());
    const auto n_wrong_with = [&](const std::string& other, const std::string& old) {
        REQUIRE(contains(right, old));
        return wrong_examples(std::string(right).replace(right.find(old), old.size(), other)).size();
    };
    CHECK(n_wrong_with("259", "258") == 1);
    CHECK(n_wrong_with("258\n", "258 498\n") == 1);
    CHECK(n_wrong_with("1\n2\n```", "1\n```") == 1);
    CHECK(n_wrong_with("upon the", "upon a") == 1);
    CHECK(n_wrong_with("--count; echo >&2 oh", "--count") == 1);
    CHECK(n_wrong_with("--count; false", "--count") == 1);
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
