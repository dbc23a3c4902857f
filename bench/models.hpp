// SPDX-License-Identifier: MIT
#ifndef CRIA_BENCH_MODELS_HPP
#define CRIA_BENCH_MODELS_HPP

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>
#include <vector>

#include "cria/io/mapped_file.hpp"

// The files that benchmarks run on: conformance vocabularies and texts of CRIA_SHARED_DIR where it exists, and
// the model that ships with the project, which is always there. Missing files are left out visibly, by name.

namespace cria_bench {

struct input {
    std::string name;
    std::string path;
};

[[nodiscard]] inline auto exists(const std::string& path) -> bool { return cria::io::native_file::open(path).has_value(); }

/// Those of `wanted` that exist; the others are named on stderr once.
[[nodiscard]] inline auto present(const std::vector<input>& wanted) -> std::vector<input> {
    std::vector<input> found;
    for (const input& one : wanted) {
        if (exists(one.path)) found.push_back(one);
        else std::fprintf(stderr, "SKIPPED: %s is not there\n", one.path.c_str());
    }
    return found;
}

[[nodiscard]] inline auto shared(const char* path) -> std::string { return std::string(CRIA_SHARED_DIR "/") + path; }
[[nodiscard]] inline auto sample_model() -> std::string { return CRIA_MODELS_DIR "/story-2m.gguf"; }

/// Files with a tokenizer.
[[nodiscard]] inline auto vocabularies() -> const std::vector<input>& {
    static const std::vector<input> files = present({
        {"sample", sample_model()},
        {"gpt-2", shared("conformance/vocab/gpt-2.gguf")},
        {"llama-bpe", shared("conformance/vocab/llama-bpe.gguf")},
        {"qwen2", shared("conformance/vocab/qwen2.gguf")},
        {"llama-spm", shared("conformance/vocab/llama-spm.gguf")},
    });
    return files;
}

/// Texts to encode.
[[nodiscard]] inline auto texts() -> const std::vector<input>& {
    static const std::vector<input> files = present({
        {"wikitext", shared("corpora/wikitext-2.test.txt")},
        {"chinese", shared("corpora/mars.chinese.txt")},
        {"russian", shared("corpora/mars.russian.txt")},
        {"card", CRIA_MODELS_DIR "/README.md"},
    });
    return files;
}

}  // namespace cria_bench

#endif  // CRIA_BENCH_MODELS_HPP
