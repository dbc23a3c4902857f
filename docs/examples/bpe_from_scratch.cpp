// SPDX-License-Identifier: MIT
// Byte-level BPE in plain loops, from what a GGUF file holds, and held against the library: docs/gguf-bpe-tokenizer.md shows what this prints.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/cria.hpp"

namespace {

// [alphabet]
/// The character that stands for each byte, in UTF-8: itself where it is one that prints, else one from U+0100 on.
auto byte_alphabet() -> std::vector<std::string> {
    std::vector<std::string> made;
    unsigned next = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool prints = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
        const unsigned code = prints ? byte : next++;
        made.push_back(code < 0x80 ? std::string(1, static_cast<char>(code))
                                   : std::string{static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))});
    }
    return made;
}
// [alphabet]

// [rules]
using rank = std::size_t;
struct rules {
    std::map<std::string, std::int32_t, std::less<>> ids;        // what a token's text is, to its id
    std::map<std::pair<std::string, std::string>, rank> merges;  // of two symbols side by side: how soon they become one
};

auto read_rules(const cria::gguf::metadata& metadata) -> cria::result<rules> {
    rules made;
    CRIA_TRY(const auto tokens, metadata.get<cria::gguf::string_array>("tokenizer.ggml.tokens"));
    CRIA_TRY(const auto merges, metadata.get<cria::gguf::string_array>("tokenizer.ggml.merges"));
    for (const std::string_view token : tokens) made.ids.emplace(token, static_cast<std::int32_t>(made.ids.size()));
    for (const std::string_view merge : merges) {
        const std::size_t space = merge.find(' ', 1);  // a space of the text is written Ġ, so this one is between the two
        made.merges.emplace(std::pair{std::string(merge.substr(0, space)), std::string(merge.substr(space + 1))}, made.merges.size());
    }
    return made;
}
// [rules]

// [merge]
/// Merges what a piece of text consists of, in the vocabulary's spelling. `step` sees the symbols each time, and which one was made last.
template <class Step>
auto merge(const rules& by, std::vector<std::string> symbols, const Step& step) -> std::vector<std::string> {
    for (;;) {
        rank best = by.merges.size();
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto found = by.merges.find({symbols[i], symbols[i + 1]});
            if (found != by.merges.end() && found->second < best) best = found->second, at = i;  // of equals the leftmost
        }
        if (best == by.merges.size()) return symbols;
        symbols[at] += symbols[at + 1];
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        step(symbols, at, best);
    }
}
// [merge]

// [greedy]
/// What a trie of all tokens gives: each time the longest token that stands there.
auto longest_first(const rules& by, const std::vector<std::string>& bytes) -> std::vector<std::string> {
    std::vector<std::string> symbols;
    for (std::size_t at = 0; at < bytes.size();) {
        std::string text, longest;
        std::size_t end = at + 1;
        for (std::size_t i = at; i < bytes.size(); ++i) {
            text += bytes[i];
            if (by.ids.contains(text)) longest = text, end = i + 1;
        }
        symbols.push_back(longest);
        at = end;
    }
    return symbols;
}
// [greedy]

auto spelled(std::string_view piece) -> std::vector<std::string> {
    static const std::vector<std::string> alphabet = byte_alphabet();
    std::vector<std::string> symbols;
    for (const char byte : piece) symbols.push_back(alphabet[static_cast<unsigned char>(byte)]);
    return symbols;
}
auto joined(const std::vector<std::string>& symbols, std::string_view between = " ") -> std::string {
    std::string text;
    for (const std::string& symbol : symbols) text += (text.empty() ? "" : std::string(between)) + symbol;
    return text;
}
auto merged(const rules& by, std::string_view piece) -> std::vector<std::string> {
    return merge(by, spelled(piece), [](const auto&, std::size_t, rank) {});
}

/// Whether the ids of a piece, merged as above, are the library's.
auto agrees(const rules& by, const cria::bpe::tokenizer& tokenizer, std::string_view piece) -> bool {
    const auto symbols = merged(by, piece);
    const auto ids = tokenizer.encode(piece, {.parse = cria::bpe::parse_special::none});
    if (!ids || ids->size() != symbols.size()) return false;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        const auto found = by.ids.find(symbols[i]);
        if (found == by.ids.end() || found->second != ids->span()[i]) return false;
    }
    return true;
}

void show_steps(const rules& by, std::string_view piece) {
    std::printf("%5s  %s\n", "rank", joined(spelled(piece)).c_str());
    const auto last = merge(by, spelled(piece), [](const std::vector<std::string>& symbols, std::size_t at, rank best) {
        std::string text;
        for (std::size_t i = 0; i < symbols.size(); ++i) text += (i == 0 ? "" : " ") + (i == at ? "[" + symbols[i] + "]" : symbols[i]);
        std::printf("%5zu  %s\n", best, text.c_str());
    });
    std::string ids;
    for (const std::string& symbol : last) ids += " " + std::to_string(by.ids.find(symbol)->second);
    std::printf("%5s %s\n", "ids", ids.c_str());
}

/// Words of two tokens each, and what the two ways make of them.
auto compare(const rules& by, const cria::bpe::tokenizer& tokenizer) -> bool {
    std::vector<std::string> words;  // tokens of lower-case letters
    for (const auto& [text, id] : by.ids) {
        bool is_word = text.size() > 1;
        for (const char c : text) is_word = is_word && c >= 'a' && c <= 'z';
        if (is_word) words.push_back(text);
    }
    std::size_t n = 0, n_same = 0, n_more = 0, n_fewer = 0, n_unstable = 0;
    std::string example, unstable;
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (std::size_t k = i % 7; k < words.size(); k += 7) {
            const std::string word = words[i] + words[k];
            const auto right = merged(by, word), greedy = longest_first(by, spelled(word));
            if (k % 49 == i % 7 && !agrees(by, tokenizer, word)) return std::printf("%s: the library's ids are others\n", word.c_str()), false;
            ++n;
            n_same += right == greedy;
            n_more += greedy.size() > right.size();
            n_fewer += greedy.size() < right.size();
            if (right != greedy && word.size() == 7 && example.empty()) example = word;
            // Without its last letter: is the first token another one, though two others stand between it and the end?
            const auto shorter = merged(by, std::string_view(word).substr(0, word.size() - 1));
            if (right.size() > 2 && shorter.size() > 2 && right[0] != shorter[0]) {
                ++n_unstable;
                if (unstable.empty() || word.size() < unstable.size()) unstable = word;
            }
        }
    }
    std::printf("# [greedy]\n%zu words of two tokens: the longest tokens from the left are what merging gives in %zu, and others in %zu\n", n, n_same, n - n_same);
    std::printf("(of which more of them in %zu, fewer in %zu)\n", n_more, n_fewer);
    std::printf("%s  merged: %s  longest first: %s\n# [greedy]\n", example.c_str(), joined(merged(by, example)).c_str(), joined(longest_first(by, spelled(example))).c_str());
    std::printf("# [unstable]\none letter more changed the first of three tokens or more in %zu of them\n", n_unstable);
    for (std::size_t size = unstable.size() - 1; size <= unstable.size(); ++size)
        std::printf("%-9s %s\n", unstable.substr(0, size).c_str(), joined(merged(by, std::string_view(unstable).substr(0, size))).c_str());
    std::printf("# [unstable]\n");
    return true;
}

/// The worked examples of a well-known description of BPE, whose tokens are numbered by their rank: two symbols merge if their text is a token.
void show_tokens_as_ranks(const std::map<std::string, rank>& ranks, std::initializer_list<std::string_view> words) {
    constexpr rank nothing = 100;
    for (const std::string_view word : words) {
        auto symbols = spelled(word);
        for (bool found = true; found;) {
            rank best = nothing;
            std::size_t at = 0;
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
                const auto one = ranks.find(symbols[i] + symbols[i + 1]);
                if (one != ranks.end() && one->second < best) best = one->second, at = i;
            }
            found = best != nothing;
            if (!found) break;
            symbols[at] += symbols[at + 1];
            symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        }
        std::printf("%-6s %s\n", std::string(word).c_str(), joined(symbols).c_str());
    }
}

}  // namespace

auto main(int argc, char** argv) -> int {
    const auto file = cria::gguf::file::open(argc > 1 ? argv[1] : "model.gguf");
    if (!file) return std::puts(file.error().message().c_str()), 1;
    const auto by = read_rules(file->metadata());
    if (!by) return std::puts(by.error().message().c_str()), 1;
    const auto tokenizer = cria::tokenizer_from(file->metadata());
    if (!tokenizer) return std::puts(tokenizer.error().message().c_str()), 1;

    const auto alphabet = byte_alphabet();
    std::printf("# [alphabet]\n41 %s   20 %s   0A %s   C3 %s   A9 %s   AD %s   FF %s\n# [alphabet]\n", alphabet[0x41].c_str(), alphabet[0x20].c_str(), alphabet[0x0A].c_str(),
                alphabet[0xC3].c_str(), alphabet[0xA9].c_str(), alphabet[0xAD].c_str(), alphabet[0xFF].c_str());
    std::printf("# [steps]\n");
    show_steps(*by, " unbelievable");
    std::printf("# [steps]\n");
    for (const std::string_view piece : {" unbelievable", "Tokenization", " llama", "né", "🦙", "   ", "aaaaaaaaaaaaaaaaaaaaaaaa", "\n\n"})
        if (!agrees(*by, *tokenizer, piece)) return std::printf("%s: the library's ids are others\n", std::string(piece).c_str()), 1;
    if (!compare(*by, *tokenizer)) return 1;
    std::printf("# [ranks]\n");
    show_tokens_as_ranks({{"ab", 2}, {"ba", 3}, {"bc", 4}, {"abc", 5}, {"babc", 6}, {"ababc", 7}}, {"abab", "ababc"});
    show_tokens_as_ranks({{"ab", 3}, {"cb", 4}, {"ac", 5}, {"bb", 6}, {"cbb", 7}, {"acbb", 8}}, {"abacb", "abacbb"});
    std::printf("# [ranks]\n");
    return 0;
}
