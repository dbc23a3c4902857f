// SPDX-License-Identifier: MIT
// What ggml, and cria under each of its profiles, say about the GGUF files of a folder.
//
//     cria_gguf_verdicts [--markdown] [--llama] [--differences FILE] FOLDER
//
// Each file is opened in child processes of this one, since a reader may end its process: by ggml for the header
// alone (no_alloc, no context), with a context of empty tensors (no_alloc), and with all data; by cria in the profiles
// lenient, standard and strict_ggml. The answer is one JSON object a file, or a table with --markdown, in which files
// that differ in numbers of their names only and fare alike share a row:
//
//     {"file": "…", "bytes": 96, "ggml": {"header": {"verdict": "accept"}, "context": …, "alloc": …},
//      "cria": {"lenient": {"verdict": "warn", "said": "…"}, …}}
//
// Verdicts are accept, warn (cria), reject, abort (the process ended itself) and hang (20 seconds without an answer);
// `said` is the first line of ggml's log, the last one before an abort, cria's error, or its first warning. --llama adds
// what llama_model_load_from_file says, which looks at shard sets: it never gets far with files of this kind, and how
// far it gets is the answer.
//
// --differences: the promise of strict_ggml, checked. It accepts what ggml accepts with a context of empty tensors, and
// nothing else, but for the files that FILE names, one a line, with a reason behind a colon; `name*` stands for all that
// begin so, of which one at least has to differ. Exit status 1 where that does not hold, where a file is named for
// nothing, or where cria aborts.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>
#include <ggml.h>
#include <gguf.h>
#if defined(CRIA_PEER_HAS_LLAMA)
#include <llama.h>
#endif
#include <nlohmann/json.hpp>

#include "cria/gguf/parse.hpp"

namespace {

using json = nlohmann::ordered_json;

struct answer {
    std::string verdict;
    std::string said;
};

// --- in the child ---

int log_to = -1;  // where the child's words go

void say(std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = write(log_to, text.data(), text.size());
        if (n <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
}

void log_line(ggml_log_level level, const char* text, void*) {
    if (level == GGML_LOG_LEVEL_ERROR || level == GGML_LOG_LEVEL_WARN || level == GGML_LOG_LEVEL_CONT) say(text);
}

constexpr int accepted = 0;
constexpr int warned = 3;
constexpr int rejected = 4;

auto open_with_ggml(const std::string& path, bool with_context, bool no_alloc) -> int {
    ggml_log_set(log_line, nullptr);
    ggml_context* tensors = nullptr;
    gguf_context* const opened = gguf_init_from_file(path.c_str(), {no_alloc, with_context ? &tensors : nullptr});
    return opened != nullptr ? accepted : rejected;
}

#if defined(CRIA_PEER_HAS_LLAMA)
auto open_with_llama(const std::string& path) -> int {
    llama_log_set(log_line, nullptr);
    return llama_model_load_from_file(path.c_str(), llama_model_default_params()) != nullptr ? accepted : rejected;
}
#endif

auto open_with_cria(const std::string& path, cria::gguf::profile profile) -> int {
    // Bytes in a file of no length cannot be mapped; they are still a file to have an opinion about.
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto parsed = cria::gguf::parse({reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()}, cria::gguf::policy::of(profile));
    if (!parsed) return say(parsed.error().message()), rejected;
    if (parsed->n_warnings() == 0) return accepted;
    return say(parsed->warnings().empty() ? std::string("(no warnings kept)") : parsed->warnings()[0].message()), warned;
}

// --- in the parent ---

/// What became of `work` in a process of its own.
auto ask(const std::function<int()>& work) -> answer {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        log_to = ends[1];
        dup2(ends[1], STDERR_FILENO);  // an abort's last words do not go through the log
        const rlimit no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        const rlimit memory{rlim_t{16} << 30U, rlim_t{16} << 30U};  // for files that ask for 2^61 bytes and may get them
        setrlimit(RLIMIT_AS, &memory);
        setenv("GGML_NO_BACKTRACE", "1", 1);
        alarm(20);
        _exit(work());
    }
    close(ends[1]);
    std::string log;
    char piece[4096];
    for (ssize_t n = 0; (n = read(ends[0], piece, sizeof piece)) > 0;) log.append(piece, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);

    while (!log.empty() && log.back() == '\n') log.pop_back();
    const bool died = !WIFEXITED(status);
    const std::size_t cut = died ? log.rfind('\n') : log.find('\n');
    std::string line = cut == std::string::npos ? log : died ? log.substr(cut + 1) : log.substr(0, cut);
    for (const std::string_view function : {"gguf_init_from_reader: ", "gguf_init_from_file_ptr: ", "gguf_init_from_file: "})
        if (line.starts_with(function)) line.erase(0, function.size());
    // Assertions name the source file by its path on the machine that compiled it.
    if (const auto sources = line.find("/llama.cpp/"); died && sources != std::string::npos) line.erase(0, sources + std::strlen("/llama.cpp/"));

    if (died) return {WTERMSIG(status) == SIGALRM ? "hang" : "abort", line};
    switch (WEXITSTATUS(status)) {
        case accepted: return {"accept", ""};
        case warned: return {"warn", line};
        case rejected: return {"reject", line};
        default: return {"abort", line};
    }
}

struct opinions {
    std::string file;
    std::uintmax_t bytes = 0;
    answer header, context, alloc;
    answer lenient, standard, strict;
    answer llama;
};

auto opinions_about(const std::filesystem::path& path, bool with_llama) -> opinions {
    using cria::gguf::profile;
    const std::string name = path.string();
    opinions out{path.filename().string(), std::filesystem::file_size(path), {}, {}, {}, {}, {}, {}, {}};
    out.header = ask([&] { return open_with_ggml(name, false, true); });
    out.context = ask([&] { return open_with_ggml(name, true, true); });
    out.alloc = ask([&] { return open_with_ggml(name, true, false); });
    out.lenient = ask([&] { return open_with_cria(name, profile::lenient); });
    out.standard = ask([&] { return open_with_cria(name, profile::standard); });
    out.strict = ask([&] { return open_with_cria(name, profile::strict_ggml); });
#if defined(CRIA_PEER_HAS_LLAMA)
    if (with_llama) out.llama = ask([&] { return open_with_llama(name); });
#else
    if (with_llama) out.llama.said = "not built";
#endif
    return out;
}

auto as_json(const answer& one) -> json {
    json out{{"verdict", one.verdict}};
    if (!one.said.empty()) out["said"] = one.said;
    return out;
}

void print_json(const std::vector<opinions>& all, bool with_llama) {
    const auto print = [](const json& line) { fmt::print("{}\n", line.dump(-1, ' ', true, json::error_handler_t::replace)); };
    print({{"ggml", ggml_version()}, {"release", "llama-cpp-python " CRIA_PEER_RELEASE}, {"files", all.size()}});
    for (const auto& one : all) {
        json line{{"file", one.file},
                  {"bytes", one.bytes},
                  {"ggml", {{"header", as_json(one.header)}, {"context", as_json(one.context)}, {"alloc", as_json(one.alloc)}}},
                  {"cria", {{"lenient", as_json(one.lenient)}, {"standard", as_json(one.standard)}, {"strict_ggml", as_json(one.strict)}}}};
        if (with_llama) line["llama"] = as_json(one.llama);
        print(line);
    }
}

/// `text` with every number replaced by #.
auto without_numbers(std::string_view text) -> std::string {
    std::string out;
    for (const char c : text) {
        if (c < '0' || c > '9') out += c;
        else if (!out.ends_with('#')) out += '#';
    }
    return out;
}

auto cell(const answer& one) -> std::string {
    std::string out = one.verdict;
    if (one.said.empty()) return out;
    out += ": ";
    for (const char c : one.said) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out.size() > 160 ? out.substr(0, 157) + "…" : out;
}

void print_markdown(const std::vector<opinions>& all) {
    fmt::print("ggml {} of llama-cpp-python {}, {} files\n\n| file | header | context | alloc | ggml says | lenient | standard | strict_ggml |\n|---|---|---|---|---|---|---|---|\n",
               ggml_version(), CRIA_PEER_RELEASE, all.size());
    const auto key_of = [](const opinions& one) {
        return without_numbers(one.file) + one.header.verdict + one.context.verdict + one.alloc.verdict + one.lenient.verdict + one.standard.verdict + one.strict.verdict +
               without_numbers(one.header.said);
    };
    std::map<std::string, std::size_t> count;
    for (const auto& one : all) ++count[key_of(one)];
    std::set<std::string> printed;
    for (const auto& one : all) {
        const std::string key = key_of(one);
        if (!printed.insert(key).second) continue;
        const auto n = count[key];
        const answer& spoken = one.header.verdict != "accept" ? one.header : one.context.verdict != "accept" ? one.context : one.alloc;
        fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n", n == 1 ? one.file : fmt::format("{} ({} such)", without_numbers(one.file), n), one.header.verdict, one.context.verdict,
                   one.alloc.verdict, spoken.said, cell(one.lenient), cell(one.standard), cell(one.strict));
    }
}

/// The names in a file of lines `name: reason`; # begins a comment.
auto names_in(const std::string& path) -> std::vector<std::string> {
    std::ifstream in(path);
    if (!in) {
        fmt::print(stderr, "cannot read {}\n", path);
        std::exit(2);
    }
    std::vector<std::string> names;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#') names.push_back(line.substr(0, line.find(':')));
    return names;
}

auto matches(std::string_view file, std::string_view pattern) -> bool {
    return pattern.ends_with('*') ? file.starts_with(pattern.substr(0, pattern.size() - 1)) : file == pattern;
}

/// How many promises of strict_ggml do not hold; each is named on stderr.
auto broken_promises(const std::vector<opinions>& all, const std::vector<std::string>& known) -> int {
    int broken = 0;
    std::set<std::string> explained;  // those of `known` that a difference was found for
    for (const auto& one : all) {
        for (const answer* mine : {&one.lenient, &one.standard, &one.strict})
            if (mine->verdict == "abort" || mine->verdict == "hang") {
                fmt::print(stderr, "{}: cria: {}: {}\n", one.file, mine->verdict, mine->said);
                ++broken;
            }
        const bool we_take_it = one.strict.verdict == "accept" || one.strict.verdict == "warn";
        const bool ggml_takes_it = one.context.verdict == "accept";
        if (we_take_it == ggml_takes_it) continue;
        bool is_known = false;
        for (const auto& pattern : known)
            if (matches(one.file, pattern)) {
                explained.insert(pattern);
                is_known = true;
            }
        if (is_known) continue;
        fmt::print(stderr, "{}: ggml: {} {}; strict_ggml: {} {}\n", one.file, one.context.verdict, one.context.said, one.strict.verdict, one.strict.said);
        ++broken;
    }
    for (const auto& pattern : known)
        if (explained.count(pattern) == 0) {
            fmt::print(stderr, "{}: named as a difference, and there is none\n", pattern);
            ++broken;
        }
    return broken;
}

}  // namespace

int main(int argc, char** argv) {
    bool markdown = false;
    bool with_llama = false;
    std::string differences;
    std::string folder;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--markdown") markdown = true;
        else if (word == "--llama") with_llama = true;
        else if (word == "--differences" && i + 1 < argc) differences = argv[++i];
        else folder = word;
    }
    if (folder.empty() || folder[0] == '-') {
        fmt::print(stderr, "usage: {} [--markdown] [--llama] [--differences FILE] FOLDER\n", argv[0]);
        return 2;
    }
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() == ".gguf") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    if (paths.empty()) {
        fmt::print(stderr, "{}: no GGUF files in it\n", folder);
        return 2;
    }

    std::vector<opinions> all;
    std::fflush(stdout);
    for (const auto& path : paths) all.push_back(opinions_about(path, with_llama));

    if (!differences.empty()) {
        const int broken = broken_promises(all, names_in(differences));
        fmt::print("{} files, {} disagreements that nobody has explained\n", all.size(), broken);
        return broken == 0 ? 0 : 1;
    }
    if (markdown) print_markdown(all);
    else print_json(all, with_llama);
    return 0;
}
