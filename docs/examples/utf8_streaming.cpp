// SPDX-License-Identifier: MIT
// Tokens that cut characters, and the streams that put them together: docs/utf8-streaming-safety.md shows what this prints.
#include <cstdio>
#include <string>
#include <string_view>

#include "cria/cria.hpp"

namespace {

auto hex(std::string_view bytes) -> std::string {
    std::string text;
    for (const char byte : bytes) {
        char two[4];
        std::snprintf(two, sizeof two, " %02X", static_cast<unsigned char>(byte));
        text += two;
    }
    return text;
}

auto show_tokens(const cria::bpe::tokenizer& tokenizer, std::string_view text) -> cria::result<void> {
    CRIA_TRY(const auto ids, tokenizer.encode(text));
    cria::bpe::text_stream stream(tokenizer);
    for (const auto id : ids) {
        CRIA_TRY(const auto bytes, tokenizer.decode({&id, 1}));
        std::string shown;
        CRIA_TRY_VOID(stream.push(id, [&](std::string_view piece) { shown += piece; }));
        std::printf("%6d %-14s shown: “%s”, held back: %zu\n", id, hex(bytes).c_str(), shown.c_str(), stream.pending());
    }
    return {};
}

auto show_stops(const cria::bpe::tokenizer& tokenizer) -> cria::result<void> {
    // [stops]
    CRIA_TRY(const auto stops, cria::bpe::stop_strings::make({"</s>", "🦙!"}));
    cria::bpe::text_stream stream(tokenizer, {}, stops);
    CRIA_TRY(const auto ids, tokenizer.encode("a < b, 🦙? 🦙! and more"));
    for (const auto id : ids) {
        std::string shown;
        CRIA_TRY_VOID(stream.push(id, [&](std::string_view piece) { shown += piece; }));
        if (stream.stopped()) break;
        std::printf("[%s]", shown.c_str());
    }
    // [stops]
    std::printf("\nstopped by stop %zu, counted from 0\n", stream.stop().value_or(9));
    return {};
}

auto show_characters(std::string_view name, std::string_view text) -> void {
    std::printf("%-24s %2zu bytes:", std::string(name).c_str(), text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto here = cria::utf8::decode(text, at);
        std::printf(" U+%04X", static_cast<unsigned>(here.code_point));
        at += here.length;
    }
    std::printf("\n");
}

}  // namespace

auto main(int argc, char** argv) -> int {
    const auto model = cria::llama::open(argc > 1 ? argv[1] : "model.gguf");
    if (!model) return std::puts(model.error().message().c_str()), 1;
    std::printf("# [tokens]\n");
    if (!show_tokens(model->tokenizer(), "né 🦙 火")) return 1;
    std::printf("# [tokens]\n# [stops]\n");
    if (!show_stops(model->tokenizer())) return 1;
    std::printf("# [stops]\n# [characters]\n");
    show_characters("e with an accent, NFC", "\u00E9");
    show_characters("the same, NFD", "e\u0301");
    show_characters("a llama", "\U0001F999");
    show_characters("Germany's flag", "\U0001F1E9\U0001F1EA");
    show_characters("a family of four", "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466");
    show_characters("a waving hand, dark", "\U0001F44B\U0001F3FF");
    show_characters("Mars, in Chinese", "火星");
    show_characters("namaste, in Hindi", "नमस्ते");
    std::printf("# [characters]\n");
    return 0;
}
