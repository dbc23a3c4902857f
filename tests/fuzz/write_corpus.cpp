// SPDX-License-Identifier: MIT
// Writes the named GGUF files of the tests into a folder, one file each: seeds for the fuzzers, and samples for
// trying other readers; and corpus.tsv, which says of each file what it stands for and what each profile makes of it.
//
//     cria_write_corpus <folder>
#include <bit>  // endian
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "cria/llama/family.hpp"
#include "support/family_models.hpp"
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

/// The files written so far, a line each.
struct index_file {
    std::string text = "file\trows\tlenient\tstandard\tstrict-ggml\n";

    void add(const std::string& name, const cria_test::named_file& file) {
        text += name + "\t" + file.rows;
        for (const auto rules : cria_test::all_profiles) text += "\t" + cria_test::text_of(file.under(rules));
        text += "\n";
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s <folder>\n", argv[0]);
        return 2;
    }
    const std::string folder = std::string(argv[1]) + "/";
    bool fine = true;
    index_file index;
    const auto write_all = [&](const std::vector<cria_test::named_file>& files, const std::string& prefix) {
        for (const auto& file : files) {
            const std::string name = prefix + file.name + ".gguf";
            fine = write(folder + name, file.bytes) && fine;
            index.add(name, file);
        }
    };
    write_all(cria_test::malformed_files(), "malformed_");
    write_all(cria_test::cut_files(), "");
    write_all(cria_test::odd_files(), "odd_");
    // Their twins in the other byte order.
    write_all(cria_test::malformed_files(std::endian::big), "big_malformed_");
    write_all(cria_test::cut_files(std::endian::big), "big_");
    write_all(cria_test::odd_files(std::endian::big), "big_odd_");
    for (const auto& set : cria_test::malformed_shard_sets())
        for (const auto& [name, bytes] : set.files) fine = write(folder + set.name + "_" + name, bytes) && fine;
    fine = write(folder + "corpus.tsv", cria_test::bytes_of_text(index.text)) && fine;
    fine = write(folder + "tiny_llama.gguf", cria_test::tiny_llama().build()) && fine;
    fine = write(folder + "tiny_llama_spm.gguf", cria_test::tiny_llama_spm().build()) && fine;
    for (const cria::llama::family& row : cria::llama::families) {
        std::size_t n = 0;
        for (const cria_test::family_parts& parts : cria_test::all_parts())
            fine = write(folder + "family_" + std::string(row.architecture) + "_" + std::to_string(n++) + ".gguf", cria_test::family_model(row, parts).build()) && fine;
    }
    if (!fine) std::fprintf(stderr, "some files could not be written to %s\n", folder.c_str());
    return fine ? 0 : 1;
}
