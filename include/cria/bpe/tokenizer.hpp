// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TOKENIZER_HPP
#define CRIA_BPE_TOKENIZER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/decoding.hpp"
#include "cria/bpe/encoding.hpp"
#include "cria/bpe/tables.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// tokenizer: text to ids and back, as the model was trained to see it. encoder: the scratch memory for it.
//
// A tokenizer is immutable and owns all it needs, so the file it came from may be closed and any number of
// threads may use it without locks. What encoding needs beside it lives in an encoder; each thread has its
// own. decode() gives the bytes that ids stand for, which may begin or end inside a character; text_stream
// (bpe/text_stream.hpp) makes whole characters of them as they arrive.
//
// Tokenizers are made by tokenizer_builder, or from a GGUF file by tokenizer_from.

namespace cria::inline v0::bpe {

/// A vocabulary with its rules. Move-only; encoders and streams that use it must not outlive it, nor use it
/// again after it was moved from.
///
///     auto ids = tokenizer.encode("Once upon a time");
///     if (!ids) return ids.error();
///     auto text = tokenizer.decode(ids->span());
///
/// Threads: safe to share.
class tokenizer {
public:
    [[nodiscard]] auto kind() const noexcept -> algorithm { return tables_.settings.kind; }
    /// The name of the pre-tokenizer, as in `tokenizer.ggml.pre`; empty for SentencePiece.
    [[nodiscard]] auto pre() const noexcept -> std::string_view {
        return kind() == algorithm::sentencepiece ? std::string_view{} : tables_.settings.pre.name;
    }

    /// The number of tokens; ids are 0 to size() - 1.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return tables_.tokens.size(); }
    [[nodiscard]] auto contains(token_id id) const noexcept -> bool { return tables_.tokens.contains(id); }

    // Precondition of these: contains(id).

    /// The token as it stands in the file. Borrows.
    [[nodiscard]] auto text(token_id id) const& noexcept CRIA_LIFETIME_BOUND -> std::string_view { return tables_.tokens.text(id); }
    auto text(token_id id) && -> std::string_view = delete;
    /// What the token prints, raw: possibly a part of a character. (Of a note that compat::llama_cpp prints in its place
    /// it has the token's own bytes; decode() of the one id gives the note.) Borrows.
    [[nodiscard]] auto bytes(token_id id) const& noexcept CRIA_LIFETIME_BOUND -> std::string_view { return detail::piece_of(tables_, id); }
    auto bytes(token_id id) && -> std::string_view = delete;
    [[nodiscard]] auto type(token_id id) const noexcept -> token_type { return tables_.tokens.type(id); }
    /// The score, 0 where the file has none.
    [[nodiscard]] auto score(token_id id) const noexcept -> float { return tables_.tokens.score(id); }
    [[nodiscard]] auto is_control(token_id id) const noexcept -> bool { return type(id) == token_type::control; }
    /// Whether decode_options::skip_special drops it: CONTROL or UNKNOWN.
    [[nodiscard]] auto is_special(token_id id) const noexcept -> bool { return is_control(id) || type(id) == token_type::unknown; }
    /// Whether a model that gives this token has nothing more to say: EOS, the end of a turn, and the like.
    [[nodiscard]] auto ends_generation(token_id id) const noexcept -> bool;

    /// The token that stands in the file as `text`; the last one, if there are several.
    [[nodiscard]] auto find(std::string_view text) const noexcept -> std::optional<token_id> { return tables_.tokens.find(text); }

    [[nodiscard]] auto special() const& noexcept CRIA_LIFETIME_BOUND -> const special_ids& { return tables_.settings.special; }
    [[nodiscard]] auto special() && noexcept -> special_ids { return tables_.settings.special; }
    /// Every token for which ends_generation() is true. Borrows.
    [[nodiscard]] auto endings() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const token_id> { return tables_.endings.span(); }
    auto endings() && -> std::span<const token_id> = delete;
    /// Whether encode_options::add_special puts BOS in front.
    [[nodiscard]] auto adds_bos() const noexcept -> bool { return tables_.settings.add_bos && special().bos; }
    /// Whether encode_options::add_special puts EOS behind.
    [[nodiscard]] auto adds_eos() const noexcept -> bool { return tables_.settings.add_eos && special().eos; }
    [[nodiscard]] auto settings() const& noexcept CRIA_LIFETIME_BOUND -> const tokenizer_settings& { return tables_.settings; }
    auto settings() && -> const tokenizer_settings& = delete;
    /// What is unusual about this vocabulary. Borrows.
    [[nodiscard]] auto notes() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const note> { return tables_.notes.span(); }
    auto notes() && -> std::span<const note> = delete;

    /// The ids of `text`. For more than a text or two use an encoder, which keeps its memory.
    /// Fails: errc::out_of_memory; errc::limit_exceeded; with invalid_utf8::reject errc::invalid_value, whose
    ///        offset is where `text` stops being UTF-8, and with a pretokenizer of the caller's where that breaks its promise.
    /// Cost:  O(n log n); a merge by score also reads the text it gives, which is no longer than the longest token.
    [[nodiscard]] auto encode(std::string_view text, const encode_options& options = {}) const -> result<buffer<token_id>>;

    /// The bytes that `ids` print, one after the other. A SentencePiece vocabulary that puts a space in front
    /// of text loses it again here, if it is the very first byte (compat::llama_cpp: if the first id begins with it).
    /// Fails: errc::invalid_token, whose subject is the id's place: `ids[3]`; errc::out_of_memory.
    /// Cost:  O(ids + bytes).
    [[nodiscard]] auto decode(std::span<const token_id> ids, const decode_options& options = {}) const -> result<buffer<char>>;

    /// Writes the same bytes to `out` and gives their number. What else there is in `out` may be written to as well.
    /// Fails: errc::invalid_token; errc::output_too_small, with the number needed as error::expected: that of the bytes
    ///        before spaces are cleaned.
    [[nodiscard]] auto decode_to(std::span<const token_id> ids, std::span<char> out, const decode_options& options = {}) const
        -> result<std::size_t>;

private:
    friend class tokenizer_builder;
    friend class encoder;
    friend class text_stream;
    friend class parallel_encoder;
    friend class growing_encoder;
    explicit tokenizer(detail::tokenizer_tables&& tables) noexcept : tables_(std::move(tables)) {}

    detail::tokenizer_tables tables_;
};

/// The memory that encoding needs, kept from one text to the next.
///
///     bpe::encoder encoder(tokenizer);
///     auto ids = encoder.encode(prompt, {.add_special = true, .parse = bpe::parse_special::all});
///
/// Borrows: the tokenizer, which must stay where it is. Threads: one encoder, one thread.
class encoder {
public:
    explicit encoder(const tokenizer& with CRIA_LIFETIME_BOUND) noexcept : tables_(&with.tables_) {}
    explicit encoder(const tokenizer&&) = delete;

    /// The ids of `text`.
    /// Fails:   as tokenizer::encode.
    /// Borrows: until the next call.
    [[nodiscard]] auto encode(std::string_view text, const encode_options& options = {}) CRIA_LIFETIME_BOUND
        -> result<std::span<const token_id>>;

    /// The same, and offsets() says where each token comes from.
    [[nodiscard]] auto encode_with_offsets(std::string_view text, const encode_options& options = {}) CRIA_LIFETIME_BOUND
        -> result<std::span<const token_id>>;

    /// For each id of the last encode_with_offsets its bytes in the text that was given; empty after encode().
    /// They do not overlap and are in order. Tokens of which several spell one character share its bytes (where it was
    /// replaced by a longer one, the last ones are empty);
    /// BOS, EOS and a token that is only the space in front of a text are empty.
    /// Borrows: until the next call.
    [[nodiscard]] auto offsets() const noexcept CRIA_LIFETIME_BOUND -> std::span<const byte_span> { return encoding_.spans(); }

    /// Writes the ids of `text` to `out` and gives their number. In `out`, behind them, anything may have been written.
    /// Fails: as tokenizer::encode; errc::output_too_small, with the number needed as error::expected. What `out` holds
    ///        then are the first ids.
    [[nodiscard]] auto encode_to(std::string_view text, std::span<token_id> out, const encode_options& options = {}) -> result<std::size_t>;

    /// The number of ids of `text`; stores none.
    /// Fails: as tokenizer::encode.
    [[nodiscard]] auto count(std::string_view text, const encode_options& options = {}) -> result<std::size_t>;

    // The same for a text in segments that are trusted differently, as a prompt of a template's own text and users'
    // messages: the ids of all of it, where a special token is found within one segment only, if that segment's
    // `parse` allows it (options.parse is not used). Other text goes on across segments. Offsets count in all
    // segments together.
    //
    //     const bpe::segment prompt[] = {{"<|user|>", bpe::parse_special::all}, {message, bpe::parse_special::none}};
    //     auto ids = encoder.encode(prompt, {.add_special = true});

    [[nodiscard]] auto encode(std::span<const segment> text, const encode_options& options = {}) CRIA_LIFETIME_BOUND
        -> result<std::span<const token_id>>;
    [[nodiscard]] auto encode_with_offsets(std::span<const segment> text, const encode_options& options = {}) CRIA_LIFETIME_BOUND
        -> result<std::span<const token_id>>;
    [[nodiscard]] auto encode_to(std::span<const segment> text, std::span<token_id> out, const encode_options& options = {})
        -> result<std::size_t>;
    [[nodiscard]] auto count(std::span<const segment> text, const encode_options& options = {}) -> result<std::size_t>;

    /// Whether the last text got a BOS in front of another one, which is seldom meant: templates write their own.
    /// encode_options::dedup_bos prevents it.
    [[nodiscard]] auto has_doubled_bos() const noexcept -> bool { return encoding_.has_doubled_bos(); }

private:
    const detail::tokenizer_tables* tables_;
    detail::encoding encoding_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto tokenizer::ends_generation(token_id id) const noexcept -> bool {
    for (const token_id ending : tables_.endings)
        if (ending == id) return true;
    return false;
}

inline auto tokenizer::encode(std::string_view text, const encode_options& options) const -> result<buffer<token_id>> {
    detail::encoding once;
    const segment all{text, options.parse};
    CRIA_TRY_VOID(once.run(tables_, {&all, 1}, options, false));
    return std::move(once.ids());
}

inline auto tokenizer::decode(std::span<const token_id> ids, const decode_options& options) const -> result<buffer<char>> {
    buffer<char> text;
    CRIA_TRY(const std::size_t n_bytes, detail::decode_ids(tables_, ids, options, [&](std::uint64_t most_bytes, auto&&) -> result<std::span<char>> {
                 constexpr std::size_t more = 16;  // to be written to, so that the last tokens are copied as fast as others
                 CRIA_TRY(char* const begin, text.extend(most_bytes + more, "text"));
                 return std::span<char>(begin, text.size());
             }));
    text.truncate(n_bytes);
    return text;
}

inline auto tokenizer::decode_to(std::span<const token_id> ids, std::span<char> out, const decode_options& options) const -> result<std::size_t> {
    return detail::decode_ids(tables_, ids, options, [&](std::uint64_t most_bytes, auto&& count) -> result<std::span<char>> {
        if (most_bytes <= out.size()) return out;
        const std::uint64_t n_bytes = count();
        if (n_bytes <= out.size()) return out;
        return error{errc::output_too_small, "text"}.expecting(n_bytes, std::uint64_t{out.size()});
    });
}

inline auto encoder::encode(std::string_view text, const encode_options& options) -> result<std::span<const token_id>> {
    const segment all{text, options.parse};
    return encode(std::span{&all, 1}, options);
}

inline auto encoder::encode_with_offsets(std::string_view text, const encode_options& options) -> result<std::span<const token_id>> {
    const segment all{text, options.parse};
    return encode_with_offsets(std::span{&all, 1}, options);
}

inline auto encoder::encode_to(std::string_view text, std::span<token_id> out, const encode_options& options) -> result<std::size_t> {
    const segment all{text, options.parse};
    return encode_to(std::span{&all, 1}, out, options);
}

inline auto encoder::count(std::string_view text, const encode_options& options) -> result<std::size_t> {
    const segment all{text, options.parse};
    return count(std::span{&all, 1}, options);
}

inline auto encoder::encode(std::span<const segment> text, const encode_options& options) -> result<std::span<const token_id>> {
    CRIA_TRY_VOID(encoding_.run(*tables_, text, options, false));
    return encoding_.ids().span();
}

inline auto encoder::encode_with_offsets(std::span<const segment> text, const encode_options& options) -> result<std::span<const token_id>> {
    CRIA_TRY_VOID(encoding_.run(*tables_, text, options, true));
    return encoding_.ids().span();
}

inline auto encoder::encode_to(std::span<const segment> text, std::span<token_id> out, const encode_options& options) -> result<std::size_t> {
    CRIA_TRY(const std::size_t n, encoding_.run_to(*tables_, text, options, out));
    if (n > out.size()) return error{errc::output_too_small, "token ids"}.expecting(std::uint64_t{n}, std::uint64_t{out.size()});
    return n;
}

inline auto encoder::count(std::span<const segment> text, const encode_options& options) -> result<std::size_t> {
    return encoding_.run_to(*tables_, text, options, {});
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_TOKENIZER_HPP
