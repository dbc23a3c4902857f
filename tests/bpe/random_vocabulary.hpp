// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_RANDOM_VOCABULARY_HPP
#define CRIA_TESTS_BPE_RANDOM_VOCABULARY_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/random.hpp"

// Vocabularies of characters that nobody would think of, and texts for them.

namespace cria_test {

inline constexpr std::string_view characters[] = {"a", "b", "c", "▁", "▁", "\n", "0", "1", "é", "с", "中", "文", "€", "(", "\xF0\x9F\x98\x80"};
inline constexpr std::string_view ill_formed[] = {"\xFF", "\xE2", "\xE2\x96", "\x81", "\xC0\xA0", "\xED\xA0\x80", "\xF0\x9F"};

template <std::size_t N>
auto some_of(random_numbers& random, const std::string_view (&of)[N]) -> std::string {
    return std::string(of[random.below(N)]);
}

struct random_vocabulary {
    cria::bpe::tokenizer_settings settings;
    std::vector<token_spec> tokens;
    std::vector<std::string> merges;
};

/// A vocabulary of characters and of what is made of them, with everything in it that is odd somewhere.
inline auto make_vocabulary(random_numbers& random, cria::bpe::algorithm kind, cria::bpe::compat mode) -> random_vocabulary {
    random_vocabulary made;
    made.settings = {.kind = kind, .mode = mode, .pre = *cria::bpe::find_pre(kind == cria::bpe::algorithm::character_level ? (random.below(4) == 0 ? "sarvam-moe" : "gemma4") : "default")};
    made.settings.add_space_prefix = random.below(3) != 0;
    made.settings.prefix = random.below(3) == 0 ? cria::bpe::prefix_space::first : cria::bpe::prefix_space::every_fragment;
    made.settings.nfc = random.below(6) == 0;
    made.tokens = {{"<unk>", token_type::unknown}, {"<s>", token_type::control}};
    if (random.below(6) != 0) made.settings.special.unknown = 0;
    made.settings.special.bos = 1;
    const bool has_bytes = random.below(3) != 0, has_all_bytes = random.below(3) != 0;
    for (unsigned byte = 0; has_bytes && byte < 256; ++byte)
        if (has_all_bytes || random.below(3) != 0) made.tokens.push_back({name_of(byte), token_type::byte});
    // Tokens with a space inside, or behind something, in some vocabularies only.
    const bool has_inner = random.below(2) == 0;
    const bool by_rank = kind == cria::bpe::algorithm::character_level || random.below(3) == 0;
    for (const std::string_view each : characters)
        if (random.below(8) != 0) made.tokens.push_back({std::string(each), token_type::normal, -1000});
    std::vector<std::string> parts(std::begin(characters), std::end(characters));
    for (std::uint64_t n = random.below(60); n != 0; --n) {
        const std::string left = parts[random.below(parts.size())], right = parts[random.below(parts.size())];
        const std::string both = left + right;
        if (both.size() > 40) continue;
        const bool has_space_inside = both.find("▁", 1) != std::string::npos && both.find_first_not_of("\xE2\x96\x81") < both.rfind("▁");
        if (has_space_inside && !has_inner) continue;
        parts.push_back(both);
        token_type type = token_type::normal;
        if (random.below(12) == 0) type = std::vector{token_type::control, token_type::unknown, token_type::user_defined, token_type::unused}[random.below(4)];
        const float score = random.below(20) == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(random.below(9)) - 4;
        if (random.below(10) != 0) made.tokens.push_back({both, type, score});  // otherwise merges go through what is no token
        if (by_rank && random.below(8) != 0) made.merges.push_back(left + " " + right);
    }
    if (random.below(8) == 0) made.tokens.push_back({"\n\n\n"});
    if (random.below(8) == 0) made.tokens.push_back({"a b"});
    for (const char* const each : {"<", "0x", "0A", ">", "<0x", "0A>"})
        if (random.below(4) == 0) made.tokens.push_back({each, token_type::normal, 2});
    if (by_rank) {
        for (std::size_t i = made.merges.size(); i > 1; --i) std::swap(made.merges[i - 1], made.merges[random.below(i)]);
    }
    return made;
}

/// One for each round of a test, from characters in every way and in both compats, that begins and ends its texts.
inline auto make_vocabulary_with_ends(random_numbers& random, int round) -> random_vocabulary {
    const cria::bpe::algorithm kind = round % 4 == 0 ? cria::bpe::algorithm::character_level : cria::bpe::algorithm::sentencepiece;
    random_vocabulary made = make_vocabulary(random, kind, round % 2 == 0 ? cria::bpe::compat::hf : cria::bpe::compat::llama_cpp);
    made.settings.special.eos = 1;
    made.settings.add_bos = made.settings.add_eos = true;
    return made;
}

/// Text of such a vocabulary.
inline auto make_text(random_numbers& random, const random_vocabulary& vocabulary) -> std::string {
    std::string text;
    const bool has_faults = random.below(4) == 0;
    for (std::uint64_t n = random.below(50); n != 0; --n) {
        switch (random.below(10)) {
            case 0: text += vocabulary.tokens[random.below(vocabulary.tokens.size())].text; break;
            case 1: text += std::string(1 + random.below(20), ' '); break;
            case 2: text += std::string(1 + random.below(5), '\n'); break;
            case 3: text += has_faults ? some_of(random, ill_formed) : " "; break;
            case 4: text += random.below(2) == 0 ? "e\xCC\x81" : "z"; break;
            default: text += some_of(random, characters); break;
        }
        if (random.below(3) == 0) text += ' ';
    }
    if (random.below(2) == 0) {  // what the vocabulary writes as U+2581 is a space more often than that
        for (std::size_t at = text.find("▁"); at != std::string::npos; at = text.find("▁", at + 1))
            if (random.below(8) != 0) text.replace(at, 3, " ");
    }
    return text;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_BPE_RANDOM_VOCABULARY_HPP
