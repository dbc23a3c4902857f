// SPDX-License-Identifier: MIT
// Prints where bpe::pretokenize cuts, for pretokenize_hf.py to compare.
//
// usage: pretokenize_dump <family number>. Standard input: texts, each a 4-byte little-endian length and its
// bytes. Standard output: a line for each text, the byte offsets where its pieces end.

#include "cria/bpe/pretokenize.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

auto main(int n_arguments, char** arguments) -> int {
    if (n_arguments != 2) return 2;
    const auto family = static_cast<cria::bpe::pretokenizer_family>(std::atoi(arguments[1]));
    unsigned char length[4] = {};
    std::string text;
    while (std::fread(length, 1, sizeof length, stdin) == sizeof length) {
        text.resize(length[0] | std::size_t{length[1]} << 8 | std::size_t{length[2]} << 16 | std::size_t{length[3]} << 24);
        if (std::fread(text.data(), 1, text.size(), stdin) != text.size()) return 1;
        cria::bpe::pretokenize(family, text, [](std::size_t, std::size_t end) { std::printf("%zu ", end); });
        std::printf("\n");
    }
    return 0;
}
