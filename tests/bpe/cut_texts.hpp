// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_CUT_TEXTS_HPP
#define CRIA_TESTS_BPE_CUT_TEXTS_HPP

#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/random.hpp"

// Tokenizers and texts for what cuts texts and encodes the parts.

namespace cria_test {

/// Bytes, a few merges across what parts are cut at, and special tokens that stand where they are cut.
inline auto tokenizer_with(std::string_view pre, const std::vector<token_spec>& special) -> cria::bpe::tokenizer {
    auto settings = byte_level(pre);
    std::vector<token_spec> tokens = all_bytes();
    std::vector<std::string> merges;
    for (const auto& [left, right] : {std::pair{"Ġ", "a"}, {"a", "b"}, {"Ċ", "Ċ"}, {"1", "2"}, {"Ġa", "b"}, {"c", "Ġ"}}) {
        merges.push_back(std::string(left) + ' ' + right);
        tokens.push_back({std::string(left) + right});
    }
    settings.special.bos = static_cast<cria::bpe::token_id>(tokens.size());
    tokens.push_back({"<s>", token_type::control});
    settings.special.eos = static_cast<cria::bpe::token_id>(tokens.size());
    tokens.push_back({"</s>", token_type::control});
    settings.add_bos = settings.add_eos = true;
    for (const token_spec& one : special) tokens.push_back(one);
    return make(settings, tokens, merges);
}

/// Text with many places where it may be cut, and some where it only looks like that.
inline auto random_text(random_numbers& random, std::size_t n) -> std::string {
    constexpr std::string_view words[] = {"ab", " ab", "\n", "\n\n", " ", "  ", "12", "345 6", "c a", "don't", "x\na", "x\n\na", "\n a", "(a)", "日本", "é", "\xFF", "\xE6\x97", "<s>", "</s>", "a b", "stop", ".\nab", "\r\n", "e\xCC\x81"};
    std::string text;
    while (text.size() < n) text += words[random.below(std::size(words))];
    return text;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_BPE_CUT_TEXTS_HPP
