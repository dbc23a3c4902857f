// SPDX-License-Identifier: MIT
// Writes the ids that llama.cpp gives for texts; encode_conformance.py runs it.
//
// usage: cria_encode_llama_cpp --model FILE [--pre NAME] [--parse none|user_defined|all] [--add-special] TEXTS IDS [TEXTS IDS]...
//        cria_encode_llama_cpp --model FILE [--pre NAME] --facts
//
// TEXTS and IDS as in encode_ids.cpp. llama.cpp cannot match no special token at all: `none` is `user_defined`.
//
// A process of its own answers and leaves the ids in memory that both share. Where it dies (llama.cpp overflows the stack,
// asserts and runs for hours on some texts) the text gets the signal's number as the reason for no answer, where it
// throws 1000, and another process goes on behind that text.

#include "llama.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::uint32_t no_answer = 0xFFFFFFFFU;
constexpr std::uint32_t thrown = 1000;
constexpr unsigned most_seconds = 60;  // for one text

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "cria_encode_llama_cpp: %s\n", what.c_str());
    std::exit(2);
}

auto read_file(const std::string& path) -> std::string {
    std::FILE* const in = std::fopen(path.c_str(), "rb");
    if (in == nullptr) fail(path + " cannot be read");
    std::string all;
    char piece[1 << 16];
    while (const std::size_t got = std::fread(piece, 1, sizeof piece, in)) all.append(piece, got);
    std::fclose(in);
    return all;
}

auto split_texts(std::string_view all) -> std::vector<std::string_view> {
    std::vector<std::string_view> texts;
    while (!all.empty()) {
        if (all.size() < 4) fail("the texts end too early");
        std::uint32_t size = 0;
        for (unsigned i = 0; i < 4; ++i) size |= std::uint32_t{static_cast<unsigned char>(all[i])} << (8 * i);
        texts.push_back(all.substr(4, size));
        all.remove_prefix(4 + std::size_t{size});
    }
    return texts;
}

/// What the answering process leaves behind.
struct answers {
    std::size_t n_texts = 0;    // answered
    std::size_t n_numbers = 0;  // of the numbers behind this
};
constexpr std::size_t room = std::size_t{1} << 28U;  // numbers; the kernel gives pages as they are touched

struct settings {
    bool parse = false;
    bool add_special = false;
};

/// Answers texts from `first` on until `shared` is full or they end.
void answer(const llama_vocab* vocab, std::span<const std::string_view> texts, std::size_t first, settings how, answers* shared) {
    auto* const numbers = reinterpret_cast<std::uint32_t*>(shared + 1);
    std::vector<llama_token> ids(1 << 16);
    std::set<std::string> said;
    for (std::size_t i = first; i < texts.size(); ++i) {
        const std::string_view text = texts[i];
        if (shared->n_numbers + 2 * text.size() + 64 > room) return;
        if (ids.size() < 2 * text.size() + 64) ids.resize(2 * text.size() + 64);
        alarm(most_seconds);
        std::uint32_t* out = numbers + shared->n_numbers;
        try {
            std::int32_t n = llama_tokenize(vocab, text.data(), static_cast<std::int32_t>(text.size()), ids.data(), static_cast<std::int32_t>(ids.size()), how.add_special, how.parse);
            if (n < 0) {
                ids.resize(static_cast<std::size_t>(-std::int64_t{n}));
                n = llama_tokenize(vocab, text.data(), static_cast<std::int32_t>(text.size()), ids.data(), static_cast<std::int32_t>(ids.size()), how.add_special, how.parse);
            }
            *out++ = static_cast<std::uint32_t>(n);
            std::memcpy(out, ids.data(), 4 * static_cast<std::size_t>(n));
            out += n;
        } catch (const std::exception& thrown_one) {
            if (said.insert(thrown_one.what()).second) std::fprintf(stderr, "  llama.cpp throws: %s\n", thrown_one.what());
            *out++ = no_answer;
            *out++ = thrown;
        }
        shared->n_numbers = static_cast<std::size_t>(out - numbers);
        shared->n_texts = i + 1;
    }
}

void answer_all(const llama_vocab* vocab, const std::string& texts_path, const std::string& ids_path, settings how) {
    const std::string all = read_file(texts_path);
    const auto texts = split_texts(all);
    const std::string partial = ids_path + ".part";
    std::FILE* const out = std::fopen(partial.c_str(), "wb");
    if (out == nullptr) fail(partial + " cannot be written");
    std::size_t done = 0;
    while (done < texts.size()) {
        const std::size_t n_bytes = sizeof(answers) + 4 * room;
        void* const memory = mmap(nullptr, n_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory == MAP_FAILED) fail("no memory");
        auto* const shared = new (memory) answers;
        const pid_t child = fork();
        if (child < 0) fail("cannot fork");
        if (child == 0) {
            answer(vocab, texts, done, how, shared);
            _exit(0);
        }
        int status = 0;
        while (waitpid(child, &status, 0) < 0) {}
        std::fwrite(shared + 1, 4, shared->n_numbers, out);
        if (shared->n_texts > done) done = shared->n_texts;
        if (WIFSIGNALED(status)) {
            const std::uint32_t reason[] = {no_answer, static_cast<std::uint32_t>(WTERMSIG(status))};
            std::fwrite(reason, 4, 2, out);
            ++done;
        }
        munmap(memory, n_bytes);
    }
    if (std::fclose(out) != 0 || std::rename(partial.c_str(), ids_path.c_str()) != 0) fail(ids_path + " cannot be written");
}

void print_facts(const llama_vocab* vocab) {
    const auto print = [](const char* name, int value) { std::printf("%s %d\n", name, value); };
    const int n = llama_vocab_n_tokens(vocab);
    print("tokens", n);
    print("adds_bos", llama_vocab_get_add_bos(vocab) && llama_vocab_bos(vocab) >= 0);
    print("adds_eos", llama_vocab_get_add_eos(vocab) && llama_vocab_eos(vocab) >= 0);
    print("bos", llama_vocab_bos(vocab));
    print("eos", llama_vocab_eos(vocab));
    print("eot", llama_vocab_eot(vocab));
    print("separator", llama_vocab_sep(vocab));
    print("padding", llama_vocab_pad(vocab));
    print("mask", llama_vocab_mask(vocab));
    print("fim_prefix", llama_vocab_fim_pre(vocab));
    print("fim_suffix", llama_vocab_fim_suf(vocab));
    print("fim_middle", llama_vocab_fim_mid(vocab));
    print("fim_pad", llama_vocab_fim_pad(vocab));
    print("fim_repo", llama_vocab_fim_rep(vocab));
    print("fim_separator", llama_vocab_fim_sep(vocab));
    for (int id = 0; id < n; ++id) {
        const auto attribute = static_cast<unsigned>(llama_vocab_get_attr(vocab, id));
        const auto has = [&](unsigned bit) { return (attribute & bit) != 0; };
        const int type = has(LLAMA_TOKEN_ATTR_CONTROL)        ? 3
                         : has(LLAMA_TOKEN_ATTR_UNKNOWN)      ? 2
                         : has(LLAMA_TOKEN_ATTR_USER_DEFINED) ? 4
                         : has(LLAMA_TOKEN_ATTR_UNUSED)       ? 5
                         : has(LLAMA_TOKEN_ATTR_BYTE)         ? 6
                         : has(LLAMA_TOKEN_ATTR_NORMAL)       ? 1
                                                              : 0;
        const bool ends = llama_vocab_is_eog(vocab, id);
        if (type != 1 || ends) std::printf("token %d type %d ends %d\n", id, type, ends ? 1 : 0);
    }
}

}  // namespace

auto main(int n_arguments, char** given) -> int {
    std::string model, pre;
    settings how;
    bool facts = false;
    std::vector<std::string> files;
    for (int i = 1; i < n_arguments; ++i) {
        const std::string_view name = given[i];
        const auto value = [&]() -> std::string {
            if (i + 1 == n_arguments) fail(std::string(name) + " needs a value");
            return given[++i];
        };
        if (name == "--model") model = value();
        else if (name == "--pre") pre = value();
        else if (name == "--parse") how.parse = value() == "all";
        else if (name == "--add-special") how.add_special = true;
        else if (name == "--facts") facts = true;
        else if (name.starts_with("--")) fail("no such option: " + std::string(name));
        else files.emplace_back(name);
    }
    if (files.size() % 2 != 0) fail("TEXTS and IDS come in pairs");

    setenv("GGML_NO_BACKTRACE", "1", 1);  // which would start a debugger for each assertion
    llama_log_set([](ggml_log_level level, const char* text, void*) { if (level == GGML_LOG_LEVEL_ERROR) std::fputs(text, stderr); }, nullptr);
    llama_backend_init();
    llama_model_params parameters = llama_model_default_params();
    parameters.vocab_only = true;
    llama_model_kv_override overrides[2] = {};
    if (!pre.empty()) {
        overrides[0].tag = LLAMA_KV_OVERRIDE_TYPE_STR;
        std::snprintf(overrides[0].key, sizeof overrides[0].key, "tokenizer.ggml.pre");
        std::snprintf(overrides[0].val_str, sizeof overrides[0].val_str, "%s", pre.c_str());
        parameters.kv_overrides = overrides;
    }
    const llama_model* const loaded = llama_model_load_from_file(model.c_str(), parameters);
    if (loaded == nullptr) fail(model + " cannot be loaded");
    const llama_vocab* const vocab = llama_model_get_vocab(loaded);
    if (facts) print_facts(vocab);
    for (std::size_t i = 0; i < files.size(); i += 2) answer_all(vocab, files[i], files[i + 1], how);
    std::fflush(stdout);
    _exit(0);  // its destructors do nothing that we need
}
