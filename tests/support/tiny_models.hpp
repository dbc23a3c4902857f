// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_TINY_MODELS_HPP
#define CRIA_TESTS_SUPPORT_TINY_MODELS_HPP

#include <cstddef>
#include <bit>  // endian
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"

// Whole Llama models of a few hundred KiB: everything a reader of real files asks for, small enough to be
// written for each test. Both are builders, so a test takes one and spoils what it is about:
//
//     const auto bytes = tiny_llama().without_key("llama.block_count").build();
//     const auto bytes = tiny_llama().without_tensor("output_norm.weight").build();
//
// The vocabularies are real ones in small: every text encodes, and a few merges are there to be found.

namespace cria_test {

/// The sizes that both models have.
struct tiny_sizes {
    std::uint32_t n_layers = 2;
    std::uint32_t n_embedding = 32;
    std::uint32_t n_heads = 4;
    std::uint32_t n_kv_heads = 2;
    std::uint32_t n_feed_forward = 64;
    std::uint32_t n_context = 128;
    bool tied_output = false;  ///< no output.weight
    cria::tensor_type weights = cria::tensor_type::f32;  ///< of the matrices; other types than f32 are all zeros
};

/// A vocabulary as the keys of tokenizer.ggml describe it.
struct tiny_vocabulary {
    std::vector<std::string> tokens;
    std::vector<std::int32_t> types;
    std::vector<float> scores;
    std::vector<std::string> merges;
    std::uint32_t bos = 0;
    std::uint32_t eos = 0;
    std::uint32_t unknown = 0;
};

inline constexpr std::int32_t normal_token = 1, unknown_token = 2, control_token = 3, user_token = 4, unused_token = 5, byte_token = 6;

/// UTF-8 of a character below U+0800.
inline auto two_byte_utf8(unsigned code_point) -> std::string {
    if (code_point < 0x80) return {static_cast<char>(code_point)};
    return {static_cast<char>(0xC0U | (code_point >> 6U)), static_cast<char>(0x80U | (code_point & 0x3FU))};
}

/// How byte-level BPE writes bytes as characters (GPT-2's table, computed here on its own).
inline auto byte_level_text(std::string_view bytes) -> std::string {
    std::string text;
    for (const char c : bytes) {
        const auto printable = [](unsigned b) { return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE; };
        const unsigned byte = static_cast<unsigned char>(c);
        unsigned code_point = 0x100;
        if (printable(byte)) code_point = byte;
        else
            for (unsigned before = 0; before < byte; ++before) code_point += printable(before) ? 0U : 1U;
        text += two_byte_utf8(code_point);
    }
    return text;
}

/// 256 bytes (the id of a byte is the byte), a few merges (ids 256 on, in merge order), five special tokens.
///
/// The merges build "hello" and " world" among others; "<|begin_of_text|>" is bos, "<|end_of_text|>" is eos,
/// "<|eot_id|>" a control token, "<|user|>" a user-defined one, and one token is unused.
inline auto tiny_byte_level_vocabulary() -> tiny_vocabulary {
    tiny_vocabulary made;
    const auto add = [&](std::string token, std::int32_t type) {
        made.tokens.push_back(std::move(token));
        made.types.push_back(type);
        return static_cast<std::uint32_t>(made.tokens.size() - 1);
    };
    for (unsigned byte = 0; byte < 256; ++byte) {
        const char one = static_cast<char>(byte);
        add(byte_level_text({&one, 1}), normal_token);
    }
    constexpr std::string_view merges[][2] = {
        {"h", "e"}, {"l", "l"}, {"he", "ll"}, {"hell", "o"}, {" ", "w"}, {"o", "r"}, {" w", "or"}, {"l", "d"}, {" wor", "ld"},
        {"t", "h"}, {" t", "h"}, {" ", "t"}, {" t", "he"}, {"i", "n"}, {"in", "g"}, {"\xC3", "\xA9"}, {" ", " "}, {"  ", "  "},
    };
    for (const auto& [left, right] : merges) {
        add(byte_level_text(left) + byte_level_text(right), normal_token);
        made.merges.push_back(byte_level_text(left) + " " + byte_level_text(right));
    }
    made.bos = add("<|begin_of_text|>", control_token);
    made.eos = add("<|end_of_text|>", control_token);
    add("<|eot_id|>", control_token);
    add("<|user|>", user_token);
    add("[unused]", unused_token);
    return made;
}

/// <unk>, <s>, </s>, 256 bytes as <0xNN>, pieces in merge order (scores 0, -1, -2, …), then single characters.
///
/// The pieces build "▁hello" and "▁world" among others.
inline auto tiny_sentencepiece_vocabulary() -> tiny_vocabulary {
    tiny_vocabulary made;
    float next_score = 0;
    const auto add = [&](std::string token, std::int32_t type) {
        made.tokens.push_back(std::move(token));
        made.types.push_back(type);
        made.scores.push_back(type == normal_token ? next_score-- : 0);
    };
    add("<unk>", unknown_token);
    add("<s>", control_token);
    add("</s>", control_token);
    made.bos = 1;
    made.eos = 2;
    for (unsigned byte = 0; byte < 256; ++byte) {
        constexpr char digits[] = "0123456789ABCDEF";
        add(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">", byte_token);
    }
    const std::string space = "\xE2\x96\x81";  // U+2581
    for (const std::string& piece : {space + "t", std::string("he"), std::string("ll"), space + "w", std::string("or"), std::string("ld"), space + "the",
                                     space + "h", std::string("ell"), space + "he", std::string("llo"), space + "hello", space + "wor", space + "world",
                                     std::string("in"), std::string("ing"), space + space, space + space + space + space})
        add(piece, normal_token);
    add(space, normal_token);
    for (char letter = 'a'; letter <= 'z'; ++letter) add({letter}, normal_token);
    for (const char* other : {".", ",", "!", "?", "'", "\xC3\xA9"}) add(other, normal_token);
    return made;
}

namespace detail {

/// What a llama file has besides its tokenizer.
inline void add_tiny_body(gguf_builder& file, const tiny_sizes& sizes, std::uint64_t n_vocabulary) {
    file.key("general.architecture", "llama")
        .key("general.name", "tiny")
        .key("llama.block_count", sizes.n_layers)
        .key("llama.context_length", sizes.n_context)
        .key("llama.embedding_length", sizes.n_embedding)
        .key("llama.feed_forward_length", sizes.n_feed_forward)
        .key("llama.attention.head_count", sizes.n_heads)
        .key("llama.attention.head_count_kv", sizes.n_kv_heads)
        .key("llama.attention.layer_norm_rms_epsilon", 1e-5F)
        .key("llama.rope.dimension_count", sizes.n_embedding / sizes.n_heads)
        .key("llama.rope.freq_base", 10000.0F)
        .key("llama.vocab_size", static_cast<std::uint32_t>(n_vocabulary));

    random_numbers random(1);
    const auto norm = [&](const std::string& name) { file.tensor(name, {sizes.n_embedding}, std::vector<float>(sizes.n_embedding, 1.0F)); };
    const auto matrix = [&](const std::string& name, std::uint64_t n_in, std::uint64_t n_out) {
        if (sizes.weights != cria::tensor_type::f32) {
            file.tensor(name, {n_in, n_out}, sizes.weights);
            return;
        }
        std::vector<float> numbers(n_in * n_out);
        for (float& number : numbers) number = (static_cast<float>(random.below(2001)) - 1000.0F) * 1e-4F;
        file.tensor(name, {n_in, n_out}, numbers);
    };
    const std::uint64_t n_embedding = sizes.n_embedding;
    const std::uint64_t n_kv = n_embedding / sizes.n_heads * sizes.n_kv_heads;
    matrix("token_embd.weight", n_embedding, n_vocabulary);
    for (std::uint32_t layer = 0; layer < sizes.n_layers; ++layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        norm(block + "attn_norm.weight");
        matrix(block + "attn_q.weight", n_embedding, n_embedding);
        matrix(block + "attn_k.weight", n_embedding, n_kv);
        matrix(block + "attn_v.weight", n_embedding, n_kv);
        matrix(block + "attn_output.weight", n_embedding, n_embedding);
        norm(block + "ffn_norm.weight");
        matrix(block + "ffn_gate.weight", n_embedding, sizes.n_feed_forward);
        matrix(block + "ffn_up.weight", n_embedding, sizes.n_feed_forward);
        matrix(block + "ffn_down.weight", sizes.n_feed_forward, n_embedding);
    }
    norm("output_norm.weight");
    if (!sizes.tied_output) matrix("output.weight", n_embedding, n_vocabulary);
}

}  // namespace detail

/// The keys of a byte-level BPE tokenizer.
inline void add_byte_level_tokenizer(gguf_builder& file, const tiny_vocabulary& vocabulary, std::string_view pre = "llama-bpe") {
    file.key("tokenizer.ggml.model", "gpt2")
        .key("tokenizer.ggml.pre", pre)
        .array("tokenizer.ggml.tokens", vocabulary.tokens)
        .array("tokenizer.ggml.token_type", vocabulary.types)
        .array("tokenizer.ggml.merges", vocabulary.merges)
        .key("tokenizer.ggml.bos_token_id", vocabulary.bos)
        .key("tokenizer.ggml.eos_token_id", vocabulary.eos);
}

/// The keys of a SentencePiece BPE tokenizer.
inline void add_sentencepiece_tokenizer(gguf_builder& file, const tiny_vocabulary& vocabulary) {
    file.key("tokenizer.ggml.model", "llama")
        .array("tokenizer.ggml.tokens", vocabulary.tokens)
        .array("tokenizer.ggml.scores", vocabulary.scores)
        .array("tokenizer.ggml.token_type", vocabulary.types)
        .key("tokenizer.ggml.bos_token_id", vocabulary.bos)
        .key("tokenizer.ggml.eos_token_id", vocabulary.eos)
        .key("tokenizer.ggml.unknown_token_id", vocabulary.unknown)
        .key("tokenizer.ggml.add_bos_token", true)
        .key("tokenizer.ggml.add_eos_token", false);
}

/// A llama model with the byte-level vocabulary above.
inline auto tiny_llama(const tiny_sizes& sizes = {}, std::endian order = std::endian::little) -> gguf_builder {
    gguf_builder file(3, order);
    const auto vocabulary = tiny_byte_level_vocabulary();
    detail::add_tiny_body(file, sizes, vocabulary.tokens.size());
    add_byte_level_tokenizer(file, vocabulary);
    return file;
}

/// A llama model with the SentencePiece vocabulary above.
inline auto tiny_llama_spm(const tiny_sizes& sizes = {}) -> gguf_builder {
    gguf_builder file;
    const auto vocabulary = tiny_sentencepiece_vocabulary();
    detail::add_tiny_body(file, sizes, vocabulary.tokens.size());
    add_sentencepiece_tokenizer(file, vocabulary);
    return file;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_TINY_MODELS_HPP
