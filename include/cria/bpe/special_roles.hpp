// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SPECIAL_ROLES_HPP
#define CRIA_BPE_SPECIAL_ROLES_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>

// Which tokens play a part in a conversation: where a text begins, where a turn ends, what surrounds the
// middle that a model is to fill in. Files name some of them by id; others are known only by their text.
// The texts, and which of them end generation, are those of llama.cpp (src/llama-vocab.cpp, read at commit
// 0c1e57098 of 2026-10-01). Where several texts of a role are in a vocabulary the first of the list is
// taken, so the answer does not depend on the order of a hash table.
//
// A token that has a role by its text is a CONTROL token even where the file calls it NORMAL: converters
// have written such files, and as NORMAL text it could neither be parsed from a prompt nor be skipped.

namespace cria::inline v0::bpe {

/// Tokens by what they are for. Empty where a vocabulary has none.
struct special_ids {
    std::optional<token_id> bos;        ///< begins a sequence
    std::optional<token_id> eos;        ///< ends a sequence
    std::optional<token_id> eot;        ///< ends a turn
    std::optional<token_id> eom;        ///< ends a message, with a tool's answer to come
    std::optional<token_id> unknown;
    std::optional<token_id> padding;
    std::optional<token_id> separator;
    std::optional<token_id> mask;
    std::optional<token_id> fim_prefix;     ///< fill in the middle: the text before …
    std::optional<token_id> fim_suffix;     ///< … the text behind …
    std::optional<token_id> fim_middle;     ///< … and here it is to be
    std::optional<token_id> fim_pad;
    std::optional<token_id> fim_repo;       ///< the name of a repository follows
    std::optional<token_id> fim_separator;  ///< the next file follows
};

namespace detail {

/// A role and the texts it goes by, best first.
struct special_role {
    std::optional<token_id> special_ids::*id;
    std::array<std::string_view, 11> texts;  // empty: no more
};

inline constexpr special_role roles_by_text[] = {
    {&special_ids::eot,
     {"<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>", "<EOT>", "_<EOT>", "[EOT]",
      "<｜end▁of▁sentence｜>", "<end_of_utterance>"}},
    {&special_ids::eom, {"<|eom_id|>"}},
    {&special_ids::fim_prefix,
     {"<|fim_prefix|>", "<fim-prefix>", "<fim_prefix>", "<｜fim▁begin｜>", "<PRE>", "▁<PRE>", "<|code_prefix|>", "<|prefix|>"}},
    {&special_ids::fim_suffix,
     {"<|fim_suffix|>", "<fim-suffix>", "<fim_suffix>", "<｜fim▁hole｜>", "<SUF>", "▁<SUF>", "<|code_suffix|>", "<|suffix|>"}},
    {&special_ids::fim_middle,
     {"<|fim_middle|>", "<fim-middle>", "<fim_middle>", "<｜fim▁end｜>", "<MID>", "▁<MID>", "<|code_middle|>", "<|middle|>"}},
    {&special_ids::fim_pad, {"<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"}},
    {&special_ids::fim_repo, {"<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"}},
    {&special_ids::fim_separator, {"<|file_sep|>"}},
};

/// Texts after which a model has nothing more to say.
inline constexpr std::string_view ending_texts[] = {
    "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<|flush|>", "<|calls|>", "<end_of_turn>",
    "<|endoftext|>", "</s>", "<|eom_id|>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]", "<|end_of_text|>",
    "<end_of_utterance>", "<eos>", "<turn|>", "<|tool_response>", "<｜end▁of▁sentence｜>", "[e~[",
};

inline auto make_control_if_normal(vocabulary& tokens, token_id id) noexcept -> void {
    if (tokens.type(id) == token_type::normal) tokens.make_control(id);
}

/// Fills the roles that are still empty, by text.
inline void find_roles(vocabulary& tokens, special_ids& special) noexcept {
    for (const special_role& role : roles_by_text) {
        for (const std::string_view text : role.texts) {
            if (special.*role.id || text.empty()) break;
            special.*role.id = tokens.find(text);
            if (special.*role.id) make_control_if_normal(tokens, *(special.*role.id));
        }
    }
}

/// The tokens that end generation, each once. Fails: errc::out_of_memory.
[[nodiscard]] inline auto find_endings(vocabulary& tokens, const special_ids& special) -> result<buffer<token_id>> {
    buffer<token_id> endings;
    const auto add = [&](std::optional<token_id> id) -> result<void> {
        if (!id) return {};
        for (const token_id known : endings)
            if (known == *id) return {};
        return endings.push_back(*id, "tokens that end generation");
    };
    for (const std::string_view text : ending_texts) {
        const auto id = tokens.find(text);
        if (id) make_control_if_normal(tokens, *id);
        CRIA_TRY_VOID(add(id));
    }
    for (const auto id : {special.eos, special.eot, special.eom, special.fim_pad, special.fim_repo, special.fim_separator}) {
        CRIA_TRY_VOID(add(id));
    }

    // Where a vocabulary has finer endings, these two end only a part of an answer: a channel of the harmony
    // format (<|return|>, <|call|> or <|flush|> end the answer), and nothing at all next to <|tool_response>.
    const auto has = [&](std::string_view text) { return tokens.find(text).has_value(); };
    const auto drop = [&](std::string_view text) {
        const auto id = tokens.find(text);
        std::size_t kept = 0;
        for (const token_id ending : endings)
            if (ending != id) endings[kept++] = ending;
        endings.truncate(kept);
    };
    const bool has_call = has("<|call|>") || has("<|calls|>");
    if (has_call && (has("<|return|>") || has("<|flush|>"))) drop("<|end|>");
    if (has("<|tool_response>") || has("<|plamo:eos|>")) drop("</s>");
    return endings;
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_SPECIAL_ROLES_HPP
