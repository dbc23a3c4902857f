// SPDX-License-Identifier: MIT
// SentencePiece's BPE with byte fallback in plain loops, held against the library: docs/gguf-bpe-tokenizer.md shows what this prints.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/cria.hpp"

namespace {

namespace bpe = cria::bpe;

struct token {
    std::string text;
    bpe::token_type type;
    float score;
};

// [vocabulary]
auto vocabulary() -> std::vector<token> {
    std::vector<token> made = {{"<unk>", bpe::token_type::unknown, 0}, {"<s>", bpe::token_type::control, 0}, {"</s>", bpe::token_type::control, 0}};
    for (unsigned byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        made.push_back({name, bpe::token_type::byte, 0});
    }
    float score = 0;  // the higher, the sooner: what was made first has the highest
    for (const char* text : {"▁l", "ma", "▁a", "am", "▁lla", "ll", "la", "▁llama", "▁", "a", "l", "m", "é"}) made.push_back({text, bpe::token_type::normal, score--});
    return made;
}
// [vocabulary]

// [encode]
auto encode(const std::vector<token>& tokens, std::string_view text) -> std::vector<std::int32_t> {
    std::map<std::string, std::int32_t, std::less<>> ids;
    for (const token& each : tokens)
        if (each.type == bpe::token_type::normal) ids.emplace(each.text, static_cast<std::int32_t>(&each - tokens.data()));

    // One symbol a character, with ▁ for each space and one more in front.
    std::vector<std::string> symbols;
    for (const char byte : text.empty() ? std::string() : " " + std::string(text)) {
        if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) symbols.emplace_back();
        symbols.back() += byte == ' ' ? "▁" : std::string(1, byte);
    }
    for (;;) {
        const token* best = nullptr;
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto found = ids.find(symbols[i] + symbols[i + 1]);
            if (found == ids.end()) continue;
            const token& both = tokens[static_cast<std::size_t>(found->second)];
            if (best == nullptr || both.score > best->score) best = &both, at = i;  // of equals the leftmost
        }
        if (best == nullptr) break;
        symbols[at] = best->text;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    std::vector<std::int32_t> made;
    for (const std::string& symbol : symbols) {
        if (const auto found = ids.find(symbol); found != ids.end()) made.push_back(found->second);
        else for (const char byte : symbol) made.push_back(3 + static_cast<unsigned char>(byte));  // <0x00> is token 3 here
    }
    return made;
}
// [encode]

auto make(const std::vector<token>& tokens) -> cria::result<bpe::tokenizer> {
    bpe::tokenizer_builder builder({.kind = bpe::algorithm::sentencepiece, .add_space_prefix = true});
    for (const token& each : tokens) CRIA_TRY_VOID(builder.add_token(each.text, each.type, each.score));
    return std::move(builder).build();
}

auto agrees(const std::vector<token>& tokens, const bpe::tokenizer& tokenizer, std::string_view text) -> bool {
    const auto mine = encode(tokens, text);
    const auto ids = tokenizer.encode(text);
    if (!ids || ids->size() != mine.size()) return std::printf("“%s”: the library's ids are others\n", std::string(text).c_str()), false;
    for (std::size_t i = 0; i < mine.size(); ++i)
        if (mine[i] != ids->span()[i]) return std::printf("“%s”: the library's ids are others\n", std::string(text).c_str()), false;
    return true;
}

}  // namespace

auto main() -> int {
    const auto tokens = vocabulary();
    const auto tokenizer = make(tokens);
    if (!tokenizer) return std::puts(tokenizer.error().message().c_str()), 1;
    std::printf("# [texts]\n");
    for (const std::string_view text : {"llama", "a llama", "allama", "é🦙"}) {
        std::printf("%s:", std::string(text).c_str());
        for (const std::int32_t id : encode(tokens, text)) std::printf(" %s", tokens[static_cast<std::size_t>(id)].text.c_str());
        std::printf("\n");
    }
    std::printf("# [texts]\n");
    // Every text of up to six of these.
    constexpr std::string_view parts[] = {" ", "a", "l", "m", "é", "🦙"};
    std::size_t n = 0;
    std::vector<std::string> texts = {""};
    for (int length = 0; length <= 6; ++length) {
        std::vector<std::string> longer;
        for (const std::string& text : texts) {
            ++n;
            if (!agrees(tokens, *tokenizer, text)) return 1;
            if (length < 6)
                for (const std::string_view part : parts) longer.push_back(text + std::string(part));
        }
        texts = std::move(longer);
    }
    std::printf("# [all]\n%zu texts have the library's ids\n# [all]\n", n);
    return 0;
}
