// SPDX-License-Identifier: MIT
// Completion scripts, made from the same description as the help pages. Words in it are ours: letters, digits,
// dots and dashes, so that only help texts need quoting.
#include <fmt/format.h>

#include "usage.hpp"

namespace cli {
namespace {

auto words_of(const std::vector<std::string>& words) -> std::string {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

auto options_of(const command_usage& command) -> std::string {
    std::string out;
    for (const option_usage& option : command.options) out += (option.letter.empty() ? "" : option.letter + " ") + option.name + " ";
    return out + "--help";
}

auto names_of(const std::vector<command_usage>& commands) -> std::string {
    std::string out;
    for (const command_usage& command : commands) out += (out.empty() ? "" : " ") + command.name;
    return out;
}

/// `text` as it stands between single quotes, for every shell here; `special` characters get a backslash first.
auto inside_quotes(const std::string& text, std::string_view special = "") -> std::string {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
            continue;
        }
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

auto bash_script(const std::vector<command_usage>& commands) -> std::string {
    std::string values;
    std::string options;
    for (const command_usage& command : commands) {
        for (const option_usage& option : command.options) {
            if (option.value.empty()) continue;
            // An option whose value is free text or a file falls through to the shell's own completion.
            const std::string letter = option.letter.empty() ? "" : fmt::format("'{} {}'|", command.name, option.letter);
            values += fmt::format("        {}'{} {}') COMPREPLY=($(compgen -W '{}' -- \"$current\")); return ;;\n", letter, command.name, option.name,
                                  words_of(option.choices));
        }
        options += fmt::format("        {}) words='{}' ;;\n", command.name, options_of(command));
    }
    return fmt::format(R"(# bash completion for cria: source it, or save it as
# ~/.local/share/bash-completion/completions/cria
_cria() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words=
    COMPREPLY=()
    case "$previous" in
        --completions) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$current")); return ;;
    esac
    if (( COMP_CWORD == 1 )); then
        COMPREPLY=($(compgen -W '{} --help --version --completions' -- "$current"))
        return
    fi
    case "$command $previous" in
{}    esac
    [[ $current == -* ]] || return
    case "$command" in
{}    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o bashdefault -o default -F _cria cria
)",
                       names_of(commands), values, options);
}

auto zsh_argument(const argument_usage& argument, std::size_t place) -> std::string {
    if (argument.is_file) return fmt::format("'{}:{}:_files'", place, argument.name);
    return fmt::format("'*:{}: '", argument.name.substr(1, argument.name.size() - 2));
}

auto zsh_option(const option_usage& option) -> std::string {
    const std::string names = option.letter.empty() ? "'" + option.name : fmt::format("'({0} {1})'{{{0},{1}}}'", option.letter, option.name);
    const std::string help = inside_quotes(option.help, ":[]\\");
    if (option.value.empty()) return fmt::format("{}[{}]'", names, help);
    const std::string values = option.is_file ? "_files" : option.choices.empty() ? " " : fmt::format("({})", words_of(option.choices));
    return fmt::format("{}[{}]:{}:{}'", names, help, inside_quotes(option.value, ":\\"), values);
}

auto zsh_script(const std::vector<command_usage>& commands) -> std::string {
    std::string names;
    std::string cases;
    for (const command_usage& command : commands) {
        names += fmt::format("        '{}:{}'\n", command.name, inside_quotes(command.summary));
        std::string specs;
        for (const option_usage& option : command.options) specs += " \\\n                " + zsh_option(option);
        for (std::size_t i = 0; i < command.arguments.size(); ++i) specs += " \\\n                " + zsh_argument(command.arguments[i], i + 1);
        cases += fmt::format("        {})\n            _arguments -S{} ;;\n", command.name, specs);
    }
    return fmt::format(R"(#compdef cria
# zsh completion for cria: save it as _cria in a folder of $fpath
_cria() {{
    local -a commands
    commands=(
{}    )
    if (( CURRENT == 2 )); then
        _describe command commands
        _arguments '--help[this page]' '--version[the version]' '--completions[a completion script]:shell:(bash zsh fish)'
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{}    esac
}}
_cria "$@"
)",
                       names, cases);
}

auto fish_script(const std::vector<command_usage>& commands) -> std::string {
    std::string out = "# fish completion for cria: save it as ~/.config/fish/completions/cria.fish\n"
                      "complete -c cria -n __fish_use_subcommand -l help -d 'this page'\n"
                      "complete -c cria -n __fish_use_subcommand -l version -d 'the version'\n"
                      "complete -c cria -n __fish_use_subcommand -l completions -x -a 'bash zsh fish' -d 'a completion script'\n";
    for (const command_usage& command : commands) {
        out += fmt::format("complete -c cria -n __fish_use_subcommand -f -a {} -d '{}'\n", command.name, inside_quotes(command.summary, "\\"));
        for (const option_usage& option : command.options) {
            std::string value;
            if (option.is_file) value = " -r -F";
            else if (!option.choices.empty()) value = " -x -a '" + words_of(option.choices) + "'";
            else if (!option.value.empty()) value = " -x";
            const std::string letter = option.letter.empty() ? "" : " -s " + option.letter.substr(1);
            out += fmt::format("complete -c cria -n '__fish_seen_subcommand_from {}'{} -l {}{} -d '{}'\n", command.name, letter, option.name.substr(2),
                               value, inside_quotes(option.help, "\\"));
        }
    }
    return out;
}

}  // namespace

auto completion_script(std::string_view shell, const std::vector<command_usage>& commands) -> std::string {
    if (shell == "bash") return bash_script(commands);
    if (shell == "zsh") return zsh_script(commands);
    if (shell == "fish") return fish_script(commands);
    return {};
}

}  // namespace cli
