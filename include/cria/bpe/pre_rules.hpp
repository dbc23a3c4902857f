// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PRE_RULES_HPP
#define CRIA_BPE_PRE_RULES_HPP

#include <cstdint>
#include <span>
#include <string_view>

// What the string `tokenizer.ggml.pre` means. A GGUF file carries neither the pretokenizer's regular
// expression nor most of the tokenizer's switches; it carries this name, and the rest is convention. The
// conventions below are those of llama.cpp (src/llama-vocab.cpp, read at commit 0c1e57098 of 2026-10-01).
//
// A name that is missing here is one whose rules this library does not have: it must be refused, never
// guessed, since a wrong split gives plausible but wrong ids.

namespace cria::inline v0::bpe {

/// How text is cut into pieces before BPE; bpe/pretokenize.hpp has the grammar of each.
enum class pretokenizer_family : std::uint8_t {
    gpt2,
    llama3,
    qwen2,
    qwen35,
    seed,
    digit1,
    falcon,
    default_,
    newline,
};

/// What one value of `tokenizer.ggml.pre` implies for a byte-level BPE vocabulary. The booleans are
/// defaults: the metadata key `add_bos_token` wins over add_bos. add_sep and clean_spaces are recorded for
/// callers; encoding and decoding here do neither.
struct pre_rule {
    std::string_view name;
    pretokenizer_family family = pretokenizer_family::gpt2;
    bool ignore_merges = false;   // a piece that is a vocabulary entry is that token, whatever the merges say
    bool add_bos = false;         // a sequence starts with BOS
    bool add_sep = false;         // segments are joined by SEP
    bool clean_spaces = true;     // llama.cpp drops spaces before punctuation when it detokenizes
    bool has_default_bos = true;  // without `bos_token_id`, BOS is id 11
};

/// Every name that is supported, without duplicates.
[[nodiscard]] constexpr auto pre_rules() noexcept -> std::span<const pre_rule>;

/// The rule of `pre`, or null if the name is not supported. A file without the key, or with an empty
/// value, has the rule `default`; such files are old and their family is a guess worth a warning.
/// Borrows: static storage.   Cost: O(names), no allocation.
[[nodiscard]] constexpr auto find_pre(std::string_view pre) noexcept -> const pre_rule*;

// implementation ------------------------------------------------------------------------------------

namespace detail::pre_rules {

using enum pretokenizer_family;

inline constexpr pre_rule table[] = {
    {.name = "default", .family = default_},

    {.name = "llama3", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "llama-v3", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "llama-bpe", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "falcon3", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "falcon-h1", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "pixtral", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "midm-2.0", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "lfm2", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "jina-v5-nano", .family = llama3, .ignore_merges = true, .add_bos = true},
    {.name = "smaug-bpe", .family = llama3},
    {.name = "dbrx", .family = llama3},
    {.name = "glm4", .family = llama3, .ignore_merges = true, .has_default_bos = false},
    {.name = "glm5", .family = llama3, .ignore_merges = true, .has_default_bos = false},
    {.name = "chatglm-bpe", .family = llama3, .has_default_bos = false},

    {.name = "qwen2", .family = qwen2, .clean_spaces = false},
    {.name = "deepseek-r1-qwen", .family = qwen2, .clean_spaces = false},
    {.name = "kormo", .family = qwen2, .clean_spaces = false},
    {.name = "f2llmv2", .family = qwen2, .clean_spaces = false},
    {.name = "megrez", .family = qwen2},
    {.name = "stablelm2", .family = qwen2},
    {.name = "hunyuan", .family = qwen2, .clean_spaces = false},
    {.name = "solar-open", .family = qwen2, .clean_spaces = false},
    {.name = "grok-2", .family = qwen2, .clean_spaces = false},

    {.name = "qwen35", .family = qwen35, .clean_spaces = false},
    {.name = "seed-coder", .family = seed, .clean_spaces = false},

    {.name = "smollm", .family = digit1, .clean_spaces = false},
    {.name = "command-r", .family = digit1, .clean_spaces = false},
    {.name = "starcoder", .family = digit1},
    {.name = "refact", .family = digit1},
    {.name = "codeshell", .family = digit1},
    {.name = "exaone", .family = digit1},
    {.name = "minerva-7b", .family = digit1},
    {.name = "mellum2", .family = digit1},

    {.name = "gpt-2", .family = gpt2},
    {.name = "phi-2", .family = gpt2},
    {.name = "jina-es", .family = gpt2},
    {.name = "jina-de", .family = gpt2},
    {.name = "jina-v2-es", .family = gpt2},
    {.name = "jina-v2-de", .family = gpt2},
    {.name = "gigachat", .family = gpt2},
    {.name = "a.x-4.0", .family = gpt2},
    {.name = "mellum", .family = gpt2},
    {.name = "modern-bert", .family = gpt2},
    {.name = "exaone4", .family = gpt2},
    {.name = "mpt", .family = gpt2},
    {.name = "olmo", .family = gpt2},
    {.name = "jais", .family = gpt2},
    {.name = "jina-v1-en", .family = gpt2, .add_sep = true},
    {.name = "jina-v2-code", .family = gpt2, .add_sep = true},
    {.name = "roberta-bpe", .family = gpt2, .add_sep = true},
    {.name = "trillion", .family = gpt2, .clean_spaces = false},
    {.name = "granite-docling", .family = gpt2, .clean_spaces = false},

    {.name = "falcon", .family = falcon},
};

}  // namespace detail::pre_rules

constexpr auto pre_rules() noexcept -> std::span<const pre_rule> { return detail::pre_rules::table; }

constexpr auto find_pre(std::string_view pre) noexcept -> const pre_rule* {
    if (pre.empty()) pre = "default";
    for (const auto& rule : detail::pre_rules::table) {
        if (rule.name == pre) return &rule;
    }
    return nullptr;
}

}  // namespace cria::inline v0::bpe

#endif
