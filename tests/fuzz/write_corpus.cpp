// SPDX-License-Identifier: MIT
// Writes the named GGUF files of the tests into a folder, one file each: seeds for the fuzzers, and samples for
// trying other readers.
//
//     cria_write_corpus <folder>
#include <cstdio>
#include <string>

#include "support/gguf_malformed.hpp"
#include "support/gguf_odd.hpp"
#include "support/tiny_models.hpp"

namespace {

auto write(const std::string& path, const cria_test::file_bytes& bytes) -> bool {
    std::FILE* const out = std::fopen(path.c_str(), "wb");
    if (out == nullptr) return false;
    const bool written = bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
    return std::fclose(out) == 0 && written;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s <folder>\n", argv[0]);
        return 2;
    }
    const std::string folder = std::string(argv[1]) + "/";
    bool fine = true;
    for (const auto& file : cria_test::malformed_files()) fine = write(folder + "malformed_" + file.name + ".gguf", file.bytes) && fine;
    for (const auto& file : cria_test::cut_files()) fine = write(folder + file.name + ".gguf", file.bytes) && fine;
    for (const auto& file : cria_test::odd_files()) fine = write(folder + "odd_" + file.name + ".gguf", file.bytes) && fine;
    for (const auto& set : cria_test::malformed_shard_sets())
        for (const auto& [name, bytes] : set.files) fine = write(folder + set.name + "_" + name, bytes) && fine;
    fine = write(folder + "tiny_llama.gguf", cria_test::tiny_llama().build()) && fine;
    fine = write(folder + "tiny_llama_spm.gguf", cria_test::tiny_llama_spm().build()) && fine;
    if (!fine) std::fprintf(stderr, "some files could not be written to %s\n", folder.c_str());
    return fine ? 0 : 1;
}
