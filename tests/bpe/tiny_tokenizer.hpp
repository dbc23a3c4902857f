// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_TINY_TOKENIZER_HPP
#define CRIA_TESTS_BPE_TINY_TOKENIZER_HPP

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/bpe.hpp"
#include "support/catch.hpp"

// Tokenizers of a handful of tokens, made for the one rule that a test is about.

namespace cria_test {

using cria::bpe::token_id;
using cria::bpe::token_type;
using id_list = std::vector<token_id>;

struct token_spec {
    std::string text;
    token_type type = token_type::normal;
    float score = 0;
};

/// What BYTE tokens are called.
inline auto name_of(unsigned byte) -> std::string {
    constexpr char digits[] = "0123456789ABCDEF";
    return std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">";
}
/// A token of each byte behind those that there are.
inline void add_byte_tokens(std::vector<token_spec>& tokens) {
    for (unsigned byte = 0; byte < 256; ++byte) tokens.push_back({name_of(byte), token_type::byte});
}

/// How byte-level vocabularies write `bytes`, by the definition: printable Latin-1 stands for itself, the
/// rest in ascending order is U+0100 and up.
inline auto in_byte_alphabet(std::string_view bytes) -> std::string {
    const auto is_printable = [](unsigned b) { return (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE; };
    std::string text;
    for (const char c : bytes) {
        const unsigned byte = static_cast<unsigned char>(c);
        unsigned code_point = byte;
        if (!is_printable(byte)) {
            code_point = 0x100;
            for (unsigned b = 0; b < byte; ++b) code_point += is_printable(b) ? 0 : 1;
        }
        if (code_point < 0x80) {
            text += static_cast<char>(code_point);
        } else {
            text += static_cast<char>(0xC0U | (code_point >> 6U));
            text += static_cast<char>(0x80U | (code_point & 0x3FU));
        }
    }
    return text;
}

/// A token for each byte; its id is the byte.
inline auto all_bytes() -> std::vector<token_spec> {
    std::vector<token_spec> tokens;
    for (unsigned byte = 0; byte < 256; ++byte) tokens.push_back({in_byte_alphabet(std::string(1, static_cast<char>(byte)))});
    return tokens;
}

inline auto operator+(std::vector<token_spec> a, const std::vector<token_spec>& b) -> std::vector<token_spec> {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// Byte-level settings with the pre-tokenizer of that name.
inline auto byte_level(std::string_view pre = "gpt-2") -> cria::bpe::tokenizer_settings {
    return {.kind = cria::bpe::algorithm::byte_level, .pre = *cria::bpe::find_pre(pre)};
}
inline auto sentencepiece(bool add_space_prefix = false) -> cria::bpe::tokenizer_settings {
    return {.kind = cria::bpe::algorithm::sentencepiece, .add_space_prefix = add_space_prefix};
}

inline auto try_to_make(const cria::bpe::tokenizer_settings& settings, const std::vector<token_spec>& tokens,
                        const std::vector<std::string>& merges = {}) -> cria::result<cria::bpe::tokenizer> {
    cria::bpe::tokenizer_builder builder(settings);
    for (const token_spec& token : tokens) CRIA_TRY_VOID(builder.add_token(token.text, token.type, token.score));
    for (const std::string& merge : merges) CRIA_TRY_VOID(builder.add_merge(merge));
    return std::move(builder).build();
}

inline auto make(const cria::bpe::tokenizer_settings& settings, const std::vector<token_spec>& tokens,
                 const std::vector<std::string>& merges = {}) -> cria::bpe::tokenizer {
    auto made = try_to_make(settings, tokens, merges);
    if (!made) FAIL(made.error().message());
    return *std::move(made);
}

inline auto encode(const cria::bpe::tokenizer& tokenizer, std::string_view text, const cria::bpe::encode_options& options = {}) -> id_list {
    const auto ids = tokenizer.encode(text, options);
    if (!ids) FAIL(ids.error().message());
    return {ids->begin(), ids->end()};
}

/// The tokens of a text as the file has them, with `|` between.
inline auto pieces(const cria::bpe::tokenizer& tokenizer, std::string_view text, const cria::bpe::encode_options& options = {}) -> std::string {
    std::string joined;
    for (const token_id id : encode(tokenizer, text, options)) {
        if (!joined.empty()) joined += '|';
        joined += tokenizer.text(id);
    }
    return joined;
}

inline auto decode(const cria::bpe::tokenizer& tokenizer, const id_list& ids, const cria::bpe::decode_options& options = {}) -> std::string {
    const auto text = tokenizer.decode(ids, options);
    if (!text) FAIL(text.error().message());
    return std::string(text->view());
}

/// How often the tokenizer notes this; 0 if it does not.
inline auto noted(const cria::bpe::tokenizer& tokenizer, cria::bpe::note::kind what) -> std::uint64_t {
    for (const cria::bpe::note& n : tokenizer.notes())
        if (n.what == what) return n.count;
    return 0;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_BPE_TINY_TOKENIZER_HPP
