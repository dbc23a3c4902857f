// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_SHARED_DATA_HPP
#define CRIA_TESTS_SUPPORT_SHARED_DATA_HPP

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Files under CRIA_SHARED_DIR, which is not part of the repository: conformance vocabularies, models, texts.
// Tests that need one skip visibly where it is absent.

namespace cria_test {

/// The path of a file under CRIA_SHARED_DIR.
[[nodiscard]] inline auto shared_path(std::string_view name) -> std::string { return std::string(CRIA_SHARED_DIR) + "/" + std::string(name); }

/// All bytes of a file, or nothing where it cannot be read.
[[nodiscard]] inline auto read_whole(const std::string& path) -> std::optional<std::vector<std::byte>> {
    std::FILE* const in = std::fopen(path.c_str(), "rb");
    if (in == nullptr) return std::nullopt;
    std::vector<std::byte> bytes;
    std::byte piece[1 << 16];
    while (const std::size_t got = std::fread(piece, 1, sizeof piece, in)) bytes.insert(bytes.end(), piece, piece + got);
    const bool failed = std::ferror(in) != 0;
    std::fclose(in);
    if (failed) return std::nullopt;
    return bytes;
}

/// The vocabularies under conformance/vocab, without ".gguf".
inline constexpr std::string_view vocabulary_names[] = {
    "deepseek-coder", "deepseek-llm", "falcon", "gpt-2", "llama-bpe", "llama-spm", "mpt", "phi-3", "qwen2", "refact", "starcoder",
};

[[nodiscard]] inline auto vocabulary_path(std::string_view name) -> std::string {
    return shared_path("conformance/vocab/" + std::string(name) + ".gguf");
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_SHARED_DATA_HPP
