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

/// How text is cut into pieces before BPE; bpe/pretokenizer_families.hpp has the expressions of each.
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
    tekken,
    o200k,
    o200k_marks,  // as published the same as o200k; llama.cpp's differs
    kimi,
    afmoe,
    aya,
    youtu,
    bailing,
    exaone_moe,
    bloom,
    viking,
    jais2,
    minicpm5,
    laguna,
    superbpe,
    deepseek3,
    spark,
    deepseek_coder,
    deepseek_llm,
    ufakzeka,
};

/// What one value of `tokenizer.ggml.pre` implies for a BPE vocabulary. The booleans are defaults: the metadata
/// key `add_bos_token` wins over add_bos, unless forces_bos. add_sep is recorded for callers; encoding does not do it.
struct pre_rule {
    std::string_view name;
    pretokenizer_family family = pretokenizer_family::gpt2;
    bool ignore_merges = false;       // a piece that is a vocabulary entry is that token, whatever the merges say
    bool add_bos = false;             // a sequence starts with BOS
    bool forces_bos = false;          // … even if the file says that it does not
    bool add_sep = false;             // segments are joined by SEP
    bool clean_spaces = true;         // llama.cpp drops spaces before punctuation when it detokenizes
    bool has_default_bos = true;      // without `bos_token_id`, BOS is id 11
    bool byte_encode = true;          // tokens are spelled in GPT-2's alphabet of bytes; otherwise in UTF-8
    bool whole_newlines = false;      // a piece of line feeds that is a vocabulary entry is that token
    bool escape_whitespaces = false;  // U+2581 stands for each space, in text and tokens
    bool needs_merges = true;         // a file without merges is malformed
    bool nfc = false;                 // the published tokenizer normalises text (Normalization Form C)
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

    // Qwen's published tokenizers have a normalizer "NFC", and no others that were looked at: those of Llama 3, GPT-4o
    // and DeepSeek-V3 have none. Files with the other names of this family were not, so nothing is done to their text.
    {.name = "qwen2", .family = qwen2, .clean_spaces = false, .nfc = true},
    {.name = "deepseek-r1-qwen", .family = qwen2, .clean_spaces = false},
    {.name = "kormo", .family = qwen2, .clean_spaces = false},
    {.name = "f2llmv2", .family = qwen2, .clean_spaces = false},
    {.name = "megrez", .family = qwen2},
    {.name = "stablelm2", .family = qwen2},
    {.name = "hunyuan", .family = qwen2, .clean_spaces = false},
    {.name = "solar-open", .family = qwen2, .clean_spaces = false},
    {.name = "grok-2", .family = qwen2, .clean_spaces = false},

    {.name = "qwen35", .family = qwen35, .clean_spaces = false, .nfc = true},
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

    {.name = "tekken", .family = tekken, .ignore_merges = true, .add_bos = true, .clean_spaces = false},

    {.name = "gpt-4o", .family = o200k, .clean_spaces = false},
    {.name = "llama4", .family = o200k, .clean_spaces = false},
    {.name = "kanana2", .family = o200k, .clean_spaces = false},
    {.name = "talkie", .family = o200k, .clean_spaces = false},
    {.name = "minimax-m2", .family = o200k, .clean_spaces = false},
    {.name = "granite-embed-multi-97m", .family = o200k_marks, .ignore_merges = true, .clean_spaces = false},

    {.name = "kimi-k2", .family = kimi, .clean_spaces = false, .needs_merges = false},
    {.name = "afmoe", .family = afmoe, .clean_spaces = false},
    {.name = "tiny_aya", .family = aya, .clean_spaces = false},
    {.name = "cohere2moe", .family = aya, .clean_spaces = false},
    {.name = "youtu", .family = youtu, .ignore_merges = true, .clean_spaces = false},
    {.name = "bailingmoe", .family = bailing, .clean_spaces = false},
    {.name = "bailingmoe2", .family = bailing, .clean_spaces = false},
    {.name = "llada-moe", .family = bailing, .clean_spaces = false},
    {.name = "exaone-moe", .family = exaone_moe},
    {.name = "minicpm5", .family = minicpm5, .ignore_merges = true},
    {.name = "laguna", .family = laguna, .clean_spaces = false},
    {.name = "jais-2", .family = jais2},
    {.name = "superbpe", .family = superbpe, .clean_spaces = false},
    {.name = "ufakzeka", .family = ufakzeka, .clean_spaces = false},

    {.name = "bloom", .family = bloom},
    {.name = "gpt3-finnish", .family = bloom},
    {.name = "poro-chat", .family = bloom, .clean_spaces = false},
    {.name = "viking", .family = viking, .clean_spaces = false},

    {.name = "deepseek-llm", .family = deepseek_llm, .clean_spaces = false},
    {.name = "deepseek-coder", .family = deepseek_coder, .clean_spaces = false},
    {.name = "deepseek-v3", .family = deepseek3, .clean_spaces = false},
    {.name = "hunyuan-dense", .family = deepseek3, .clean_spaces = false},
    {.name = "joyai-llm", .family = deepseek3, .clean_spaces = false},
    {.name = "hy_v4", .family = deepseek3, .clean_spaces = false},
    {.name = "spark2_5", .family = spark, .clean_spaces = false},

    // Not byte-level.
    {.name = "gemma4", .family = newline, .add_bos = true, .forces_bos = true, .byte_encode = false,
     .whole_newlines = true, .escape_whitespaces = true},
    {.name = "granite-embed-multi-311m", .family = newline, .add_bos = true, .forces_bos = true, .byte_encode = false,
     .whole_newlines = true, .escape_whitespaces = true},
    {.name = "sarvam-moe", .family = newline, .clean_spaces = false, .byte_encode = false, .escape_whitespaces = true},
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
