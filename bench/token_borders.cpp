// SPDX-License-Identifier: MIT
// How often a token ends inside a character: for every text and vocabulary, of the tokens that the text becomes, those whose last byte is not
// the last byte of a character. Prints comma-separated values.
//
//   g++ -std=c++20 -O2 -Iinclude bench/token_borders.cpp -o token_borders
//   ./token_borders llama-bpe.gguf qwen2.gguf -- mars.english.txt mars.chinese.txt

#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "cria/bpe/text_stream.hpp"
#include "cria/gguf/file.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "cria/utf8.hpp"

namespace {

/// A path's last part, less its ending.
auto name_of(std::string_view path) -> std::string {
    const auto name = path.substr(path.find_last_of('/') + 1);
    return std::string(name.substr(0, name.find_last_of('.')));
}

}  // namespace

auto main(int argc, char** argv) -> int {
    int n_models = 1;
    while (n_models < argc && std::strcmp(argv[n_models], "--") != 0) ++n_models;
    std::printf("vocabulary,text,characters,bytes a character,tokens,ending inside a character,in a hundred\n");
    for (int m = 1; m < n_models; ++m) {
        const auto file = cria::gguf::file::open(argv[m]);
        if (!file) return std::fprintf(stderr, "%s\n", file.error().message().c_str()), 1;
        const auto tokenizer = cria::tokenizer_from(file->contents());
        if (!tokenizer) return std::fprintf(stderr, "%s\n", tokenizer.error().message().c_str()), 1;
        for (int t = n_models + 1; t < argc; ++t) {
            const auto mapped = cria::io::mapped_file::open(argv[t]);
            if (!mapped) return std::fprintf(stderr, "%s\n", mapped.error().message().c_str()), 1;
            const std::string_view text(reinterpret_cast<const char*>(mapped->bytes().data()), mapped->bytes().size());
            if (!cria::utf8::is_valid(text)) return std::fprintf(stderr, "%s is not UTF-8\n", argv[t]), 1;
            std::size_t n_characters = 0;
            for (const char byte : text) n_characters += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80;
            const auto ids = tokenizer->encode(text);
            if (!ids) return std::fprintf(stderr, "%s\n", ids.error().message().c_str()), 1;

            cria::bpe::text_stream stream(*tokenizer);
            std::size_t n_inside = 0;
            for (const auto id : *ids) {
                if (!stream.push(id, [](std::string_view) {})) return 1;
                n_inside += stream.pending() != 0;
            }
            std::printf("%s,%s,%zu,%.2f,%zu,%zu,%.1f\n", name_of(argv[m]).c_str(), name_of(argv[t]).c_str(), n_characters,
                        static_cast<double>(text.size()) / static_cast<double>(n_characters), ids->size(), n_inside,
                        100.0 * static_cast<double>(n_inside) / static_cast<double>(ids->size()));
        }
    }
    return 0;
}
