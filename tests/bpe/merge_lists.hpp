// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_MERGE_LISTS_HPP
#define CRIA_TESTS_BPE_MERGE_LISTS_HPP

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "cria/bpe/tables.hpp"  // piece_kernels_of
#include "support/catch.hpp"
#include "support/random.hpp"

// Byte-level merge lists that nobody would train, and whether encoding goes by them in every tier as it does plainly.

namespace cria_test {

/// A token and the merges that give it: its text's two parts, in bytes.
struct merged_token {
    std::string text;
    std::vector<std::pair<std::string, std::string>> merges;
};

/// A merge list in which each token has merges of its own.
struct merge_list {
    std::vector<merged_token> made;  // in the order of the list

    /// Up to `n` tokens of what is put together from `parts`, each with up to `most_splits` merges of texts of earlier tokens.
    merge_list(random_numbers& random, const std::vector<std::string>& parts, std::size_t n, std::size_t most_splits, std::size_t most_bytes) {
        std::vector<std::string> texts = parts;
        std::set<std::string> known(texts.begin(), texts.end());
        for (std::size_t i = 0; i < n; ++i) {
            const std::string& left = texts[random.below(texts.size())];
            const std::string& right = texts[random.below(texts.size())];
            const std::string both = left + right;
            if (both.size() > most_bytes || !known.insert(both).second) continue;
            std::vector<std::pair<std::string, std::string>> splits = {{left, right}};
            for (std::size_t k = 1; k < both.size(); ++k)
                if (k != left.size() && known.count(both.substr(0, k)) != 0 && known.count(both.substr(k)) != 0 && splits.size() < most_splits) splits.emplace_back(both.substr(0, k), both.substr(k));
            std::swap(splits[0], splits[random.below(splits.size())]);
            texts.push_back(both);
            made.push_back({both, splits});
        }
    }
    /// All bytes, and behind them what the list gives.
    [[nodiscard]] auto tokens() const -> std::vector<token_spec> {
        std::vector<token_spec> all = all_bytes();
        for (const merged_token& each : made) all.push_back({in_byte_alphabet(each.text)});
        return all;
    }
    /// The merges as a file has them.
    [[nodiscard]] auto written() const -> std::vector<std::string> {
        std::vector<std::string> lines;
        for (const merged_token& each : made)
            for (const auto& [left, right] : each.merges) lines.push_back(in_byte_alphabet(left) + ' ' + in_byte_alphabet(right));
        return lines;
    }
};

/// The same ids, offsets and notes with merges as bits as with a table of them, in every tier.
inline void check_same(const std::vector<token_spec>& tokens, const std::vector<std::string>& merges, const std::vector<std::string>& texts, cria::bpe::compat mode) {
    auto settings = byte_level();
    settings.mode = mode;
    settings.is_plain = true;
    const cria::bpe::tokenizer plain = make(settings, tokens, merges);
    settings.is_plain = false;
    for (const cria::bpe::simd_tier tier : {cria::bpe::simd_tier::plain, cria::bpe::simd_tier::neon, cria::bpe::simd_tier::avx2, cria::bpe::simd_tier::avx512}) {
        if (cria::bpe::detail::piece_kernels_of(tier) == nullptr) continue;  // not of this processor
        settings.widest = tier;
        const cria::bpe::tokenizer fast = make(settings, tokens, merges);
        REQUIRE(fast.notes().size() == plain.notes().size());
        for (std::size_t i = 0; i < fast.notes().size(); ++i) CHECK(fast.notes()[i].message() == plain.notes()[i].message());
        for (const std::string& text : texts) {
            CAPTURE(static_cast<int>(tier), text, merges);
            CHECK(encode(fast, text) == encode(plain, text));
        }
    }
}

}  // namespace cria_test

#endif  // CRIA_TESTS_BPE_MERGE_LISTS_HPP
