// SPDX-License-Identifier: MIT
#include "cria/bpe/split_rules.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/merge_lists.hpp"
#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
namespace detail = cria::bpe::detail;
using bpe::vocabulary;
using cria_test::all_bytes;
using cria_test::check_same;
using cria_test::in_byte_alphabet;
using cria_test::token_spec;

/// Bytes of one or two characters' length in the byte alphabet, and one that is a character's beginning.
const std::vector<std::string> letters = {"a", "b", "\xE4", " "};

auto vocabulary_of(const std::vector<token_spec>& tokens) -> vocabulary {
    vocabulary made(bpe::algorithm::byte_level);
    for (const token_spec& token : tokens) REQUIRE(made.add(token.text, token.type, token.score));
    REQUIRE(made.build_index());
    return made;
}

/// Whether all of these are merges for split_rules.
auto are_taken(const vocabulary& tokens, const std::vector<std::string>& merges) -> bool {
    detail::split_rules rules;
    REQUIRE(rules.begin(tokens));
    return std::all_of(merges.begin(), merges.end(), [&](const std::string& merge) {
        const auto is_taken = rules.add(tokens, merge);
        REQUIRE(is_taken);
        return *is_taken;
    });
}

auto random_texts(cria_test::random_numbers& random, std::size_t n) -> std::vector<std::string> {
    std::vector<std::string> texts(n);
    for (std::string& text : texts) {
        const bool is_one_piece = random.below(4) == 0;  // of any size that merges as a short one, and some more
        for (std::size_t left = is_one_piece ? random.below(80) : random.below(4) == 0 ? random.below(300) : random.below(40); left > 0; --left)
            text += letters[random.below(is_one_piece ? 2 : letters.size())];
    }
    return texts;
}

}  // namespace

TEST_CASE("a list that is sorted by what it gives is bits of the tokens, and merges as a table of it does") {
    cria_test::random_numbers random(1);
    std::size_t n_several = 0;
    for (int round = 0; round < 150; ++round) {
        const cria_test::merge_list list(random, letters, 3 + random.below(60), 1 + random.below(6), round % 3 == 0 ? 80 : 20);
        if (list.written().size() > list.made.size()) ++n_several;
        REQUIRE(are_taken(vocabulary_of(list.tokens()), list.written()));
        check_same(list.tokens(), list.written(), random_texts(random, 20), round % 2 == 0 ? bpe::compat::hf : bpe::compat::llama_cpp);
    }
    CHECK(n_several > 50);
}

TEST_CASE("of any other list nothing is lost: it goes into the table, with what was taken before") {
    cria_test::random_numbers random(2);
    int n_odd = 0;
    for (int round = 0; round < 300; ++round) {
        const cria_test::merge_list list(random, letters, 3 + random.below(40), 1 + random.below(4), 30);
        if (list.made.empty()) continue;
        auto written = list.written();
        auto tokens = list.tokens();
        const std::size_t at = random.below(written.size());
        switch (round % 8) {
            case 0: std::swap(written[at], written[random.below(written.size())]); break;
            case 1: written.insert(written.begin() + static_cast<std::ptrdiff_t>(at), written[random.below(written.size())]); break;  // once more
            case 2: tokens.erase(tokens.begin() + 256 + static_cast<std::ptrdiff_t>(random.below(tokens.size() - 256))); break;        // a merge gives no token
            case 3: tokens.erase(tokens.begin() + 'a'); break;                                                                           // nor is what it begins with
            case 4: tokens.push_back(tokens[random.below(tokens.size())]); break;                                                        // two of one text
            case 5: written.insert(written.begin() + static_cast<std::ptrdiff_t>(at), random.below(2) == 0 ? "nospace" : " leading"); break;
            case 6: written[at] = "\xEF\xBD\x9C " + written[at]; break;  // no character of the byte alphabet, and a second space
            default: tokens[256 + random.below(tokens.size() - 256)].type = bpe::token_type::control; break;
        }
        if (!are_taken(vocabulary_of(tokens), written)) ++n_odd;
        for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) check_same(tokens, written, random_texts(random, 10), mode);
    }
    CHECK(n_odd > 150);
}

TEST_CASE("a merge is taken wherever its text lies, and only where a space is all that it has more than a token") {
    const std::vector<std::string> texts = {"aa", "aaa", "a\xE4", "abcdefgh", "abcdefghijklmn", "abcdefghijklmno", "abcdefghijklmnop", std::string(17, 'x'), std::string(18, 'y'), std::string(70, 'z')};
    std::vector<token_spec> tokens = all_bytes();
    for (const std::string& text : texts) tokens.push_back({in_byte_alphabet(text)});
    const vocabulary vocabulary = vocabulary_of(tokens);
    std::string memory(200, '#');
    for (std::size_t t = 0; t < texts.size(); ++t) {
        for (std::size_t k = 1; k < texts[t].size(); ++k) {
            const std::string merge = in_byte_alphabet(texts[t].substr(0, k)) + ' ' + in_byte_alphabet(texts[t].substr(k));
            for (const std::size_t behind : {std::size_t{0}, std::size_t{15}, std::size_t{16}, std::size_t{60}}) {
                CAPTURE(merge, behind);
                detail::split_rules rules;
                REQUIRE(rules.begin(vocabulary));
                for (std::size_t before = 0; before < t; ++before) {  // so that the token is the one that follows
                    const std::string other = in_byte_alphabet(texts[before].substr(0, 1)) + ' ' + in_byte_alphabet(texts[before].substr(1));
                    REQUIRE(rules.add(vocabulary, other).value());
                }
                memory.replace(0, merge.size(), merge);
                const std::string_view there{memory.data(), merge.size()};
                if (!rules.add_usual(vocabulary, there, memory.data() + merge.size() + behind)) {
                    const bool is_usual = detail::piece_table::is_supported && behind >= 16 && merge.size() <= 15 && texts[t].size() > 2;
                    CHECK_FALSE(is_usual);
                    CHECK(rules.add(vocabulary, there).value());
                }
                REQUIRE(rules.finish(vocabulary));
                const char* const end = texts[t].data() + texts[t].size();
                for (std::size_t left = 1; left < texts[t].size(); ++left) {
                    const std::uint32_t found = rules.find(vocabulary, texts[t], left, end);
                    CHECK((found == 256 + t) == (left == k));
                }
                if (texts[t].size() == 2) CHECK(rules.find_pair(static_cast<unsigned char>(texts[t][0]), static_cast<unsigned char>(texts[t][1])) == 256 + t);
            }
        }
    }
    detail::split_rules rules;
    REQUIRE(rules.begin(vocabulary));
    for (const std::string merge : {"", " ", "a", "a ", " a", "aa", "a  a", "a b", " aa", "aa ", "a a ", "a\xC3\xA4", "a\xC3 \xA4", "abcdefgh ", " abcdefgh", "abcd efgi"}) {
        CAPTURE(merge);
        const std::string padded = merge + std::string(20, ' ');
        CHECK_FALSE(rules.add_usual(vocabulary, {padded.data(), merge.size()}, padded.data() + padded.size()));
        const auto is_taken = rules.add(vocabulary, merge);
        REQUIRE(is_taken);
        CHECK_FALSE(*is_taken);
    }
}
