// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_UTF8_NFC_HPP
#define CRIA_TESTS_FUZZ_UTF8_NFC_HPP

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "cria/utf8/code_point.hpp"
#include "cria/utf8/decoder.hpp"
#include "cria/utf8/nfc.hpp"
#include "utf8/nfc_texts.hpp"

// What has to hold for composition whatever the text: the answers are the plain twin's, and bytes that are no text
// are survived. One body for libFuzzer and for the test that replays texts.

namespace cria_test {

/// Two bytes a character, so that mutations make other characters and not broken ones.
[[nodiscard]] inline auto text_of_pairs(std::string_view bytes) -> std::string {
    std::string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto& range = nfc_ranges[static_cast<unsigned char>(bytes[i]) % n_nfc_ranges];
        text += cria::utf8::encode(range[0] + static_cast<unsigned char>(bytes[i + 1]) % range[1]).view();
    }
    return text;
}

/// A sentence about the first promise that `bytes` breaks, or nullptr.
[[nodiscard]] inline auto fuzz_utf8_nfc(std::string_view bytes) -> const char* {
    cria::utf8::nfc_normalizer composing;
    {
        // As they are, in an allocation that ends where they end: no promise but this one.
        const std::unique_ptr<char[]> exact(new char[bytes.size()]);
        if (!bytes.empty()) std::memcpy(exact.get(), bytes.data(), bytes.size());
        std::size_t at = 0;
        const auto done = composing.run({exact.get(), bytes.size()}, [&](std::size_t begin, std::size_t end, std::string_view) { at = begin == at ? end : at; });
        if (!done || at != bytes.size()) return "stretches do not cover bytes that are no text";
    }
    std::string repaired;
    cria::utf8::decoder decoder;
    const auto append = [&](std::string_view piece) { repaired += piece; };
    decoder.push(bytes, append);
    decoder.finish(append);
    if (const char* const broken = broken_by_nfc(composing, repaired)) return broken;
    return broken_by_nfc(composing, text_of_pairs(bytes));
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_UTF8_NFC_HPP
