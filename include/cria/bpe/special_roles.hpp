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
// The texts, which of them end generation, and what becomes of their types are those of llama.cpp
// (src/llama-vocab.cpp, read at commit 0c1e57098 of 2026-10-01), in every compat. Where several texts of a role are
// in a vocabulary the first of the list is taken, so the answer does not depend on the order of a hash table; of
// several tokens with one text the last, as everywhere.
//
// A token that has a role by its text, or ends generation by it, is a CONTROL token whatever the file calls it:
// converters have written such files, and as NORMAL text it could neither be parsed from a prompt nor be skipped, as
// USER_DEFINED text everyone could write it. Some texts are not what they look like, see shown_texts and find_endings:
// these become USER_DEFINED, so everyone can write them unless a text is encoded with parse_special::none.

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
    std::optional<token_id> linefeed;       ///< the token of a line break, whatever its type; padding where there is none
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

/// Texts of the harmony format that surround what is shown to people, so they always print and always match.
inline constexpr std::string_view shown_texts[] = {"<|channel|>", "<|message|>", "<|start|>", "<|constrain|>"};

/// The token of a line break by itself, where that is spelled as a character or as a byte; otherwise that of padding.
[[nodiscard]] inline auto find_linefeed(const vocabulary& tokens, std::optional<token_id> padding) noexcept -> std::optional<token_id> {
    const std::uint32_t character = tokens.find_key("\n");
    const std::uint32_t byte = tokens.kind() == algorithm::byte_level ? vocabulary::none : tokens.find_key("<0x0A>");
    const bool rather_byte = tokens.kind() == algorithm::sentencepiece || character == vocabulary::none;
    const std::uint32_t found = rather_byte && byte != vocabulary::none ? byte : character;
    if (found == vocabulary::none) return padding;
    return static_cast<token_id>(found);
}

/// Fills the roles that are still empty, by text.
inline void find_roles(vocabulary& tokens, special_ids& special) noexcept {
    for (const special_role& role : roles_by_text) {
        for (const std::string_view text : role.texts) {
            if (special.*role.id || text.empty()) break;
            special.*role.id = tokens.find(text);
            if (special.*role.id) tokens.set_type(*(special.*role.id), token_type::control);
        }
    }
    special.linefeed = find_linefeed(tokens, special.padding);
}

/// The tokens that end generation, each once; and the types of tokens that these decide about.
/// Precondition: find_roles has run. Fails: errc::out_of_memory.
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
        if (id) tokens.set_type(*id, token_type::control);
        CRIA_TRY_VOID(add(id));
    }
    for (const std::string_view text : shown_texts) {
        if (const auto id = tokens.find(text)) tokens.set_type(*id, token_type::user_defined);
    }
    for (const auto id : {special.eos, special.eot, special.eom, special.fim_pad, special.fim_repo, special.fim_separator}) {
        CRIA_TRY_VOID(add(id));
    }

    // Where a vocabulary has finer endings, these two end only a part of an answer: a channel of the harmony
    // format (<|return|>, <|call|> or <|flush|> end the answer), and nothing at all next to <|tool_response>.
    const auto ends = [&](std::string_view text) {
        for (const token_id ending : endings)
            if (tokens.text(ending) == text) return true;
        return false;
    };
    const auto demote = [&](std::string_view text, token_type to) {
        std::size_t kept = 0;
        for (const token_id ending : endings) {
            if (tokens.text(ending) != text) endings[kept++] = ending;
            else tokens.set_type(ending, to);
        }
        endings.truncate(kept);
    };
    const bool has_call = ends("<|call|>") || ends("<|calls|>");
    if (has_call && (ends("<|return|>") || ends("<|flush|>"))) demote("<|end|>", token_type::user_defined);
    if (ends("<|tool_response>") || ends("<|plamo:eos|>")) demote("</s>", token_type::normal);
    return endings;
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_SPECIAL_ROLES_HPP
