// SPDX-License-Identifier: MIT
// Composes texts with utf8::nfc_normalizer, for nfc_hf.py to compare.
//
// Standard input and output: texts, each a 4-byte little-endian length and its bytes.

#include "cria/utf8/nfc.hpp"

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

auto main() -> int {
    unsigned char length[4] = {};
    std::string text;
    std::string composed;
    cria::utf8::nfc_normalizer composing;
    while (std::fread(length, 1, sizeof length, stdin) == sizeof length) {
        text.resize(length[0] | std::size_t{length[1]} << 8 | std::size_t{length[2]} << 16 | std::size_t{length[3]} << 24);
        if (std::fread(text.data(), 1, text.size(), stdin) != text.size()) return 1;
        composed.clear();
        if (!composing.run(text, [&](std::size_t, std::size_t, std::string_view part) { composed += part; })) return 1;
        if ((cria::utf8::find_not_nfc(text) == text.size()) != (composed == text)) return 1;
        for (unsigned i = 0; i < 4; ++i) length[i] = static_cast<unsigned char>(composed.size() >> (8 * i));
        std::fwrite(length, 1, sizeof length, stdout);
        std::fwrite(composed.data(), 1, composed.size(), stdout);
    }
    return 0;
}
