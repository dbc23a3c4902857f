// SPDX-License-Identifier: MIT
#include "usage.hpp"

#include <fmt/format.h>

#include "text.hpp"

namespace cli {
namespace {

constexpr std::size_t line_width = 79;

/// `text` from column `at` on, broken between words, with later lines indented by `indent`.
void append_wrapped(std::string& out, std::string_view text, std::size_t at, std::size_t indent) {
    std::size_t column = at;
    bool first = true;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        if (!first && column + 1 + width_of(word) > line_width) {
            out += '\n';
            out.append(indent, ' ');
            column = indent;
            first = true;
        }
        if (!first) {
            out += ' ';
            ++column;
        }
        out += word;
        column += width_of(word);
        first = false;
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    }
    out += '\n';
}

/// A term and its explanation, the explanation in a column of its own.
void append_entry(std::string& out, const std::string& term, const std::string& help) {
    constexpr std::size_t column = 24;
    std::string head = "  " + term;
    if (width_of(head) + 2 > column) {
        out += head + "\n";
        head.clear();
    }
    out += padded(head, column);
    append_wrapped(out, help, column, column);
}

}  // namespace

auto spelling_of(const option_usage& option) -> std::string {
    return (option.letter.empty() ? "" : option.letter + ", ") + option.name + (option.value.empty() ? "" : " " + option.value);
}

auto help_page(const std::vector<command_usage>& commands) -> std::string {
    std::string out =
        "  cria info model.gguf                         # what it is, on one screen\n"
        "  cria tokenize model.gguf \"Hello\" --pieces    # a text as tokens\n"
        "  cria generate model.gguf \"Once upon a time\"  # what the model goes on with\n"
        "\n"
        "Usage: cria COMMAND MODEL [ARGUMENTS] [OPTIONS]; cria COMMAND --help says more\n";
    for (const command_usage& command : commands) append_entry(out, command.name, command.summary);
    out += "Also: --version, --completions bash|zsh|fish; --json with most commands\n"
           "Status: 0 done, 1 bad input, 2 bad usage, 3 the machine cannot.\n";
    return out;
}

auto help_page(const command_usage& command) -> std::string {
    std::string usage = "Usage: cria " + command.name;
    for (const argument_usage& argument : command.arguments) usage += " " + argument.name;
    std::string out = command.summary + "\n" + usage + " [OPTIONS]\n\nArguments\n";
    for (const argument_usage& argument : command.arguments) append_entry(out, argument.name, argument.help);
    out += "\nOptions\n";
    for (const option_usage& option : command.options)
        append_entry(out, spelling_of(option), option.help);
    append_entry(out, "-h, --help", "this page");
    if (!command.notes.empty()) {
        out += '\n';
        append_wrapped(out, command.notes, 0, 0);
    }
    out += "\nExample\n  " + command.example + "\n";
    return out;
}

}  // namespace cli
