// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_ENCODING_HPP
#define CRIA_BPE_ENCODING_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/merge_engine.hpp"
#include "cria/bpe/pretokenize.hpp"
#include "cria/bpe/special_tokens.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/utf8/code_point.hpp"
#include "cria/utf8/validate.hpp"

#include <cstdint>
#include <span>
#include <string_view>

// From text to ids, plainly and exactly:
//   1. special tokens that are written out become themselves; what is between them are fragments;
//   2. a fragment's ill-formed UTF-8 becomes U+FFFD, one for each maximal subpart;
//   3. byte-level: the fragment is cut into pieces, and each is merged by rank, starting from bytes.
//      SentencePiece: a space goes in front, spaces become U+2581, and all of it is merged by score (by
//      rank, if the file has merges), starting from characters.
//      Bytes that neither a token nor a merge knows are dropped before.
//   4. what has no token in the end is spelled: byte-level in single bytes, if they have tokens;
//      SentencePiece in <0xXX> tokens, or, if one of these is missing, as UNKNOWN: one token a run of such characters.
//
// This is the oracle that anything faster is held against. An encoding owns all scratch memory and keeps it.

namespace cria::inline v0::bpe {

/// What becomes of bytes that are not UTF-8.
enum class invalid_utf8 : std::uint8_t {
    replace,  ///< U+FFFD, one for each maximal subpart
    reject,   ///< errc::invalid_value, with the offset in the text
};

struct encode_options {
    bool add_special = false;  ///< BOS in front and EOS behind, as the model asks for
    parse_special parse = parse_special::user_defined;
    invalid_utf8 on_invalid = invalid_utf8::replace;
};

/// A range of bytes of a text.
struct byte_span {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend constexpr auto operator==(const byte_span&, const byte_span&) -> bool = default;
};

namespace detail {

/// One text on its way to ids. The results stay until the next run.
class encoding {
public:
    /// Fails: errc::out_of_memory; errc::limit_exceeded for a piece of 4 GiB; errc::invalid_value.
    [[nodiscard]] auto run(const tokenizer_tables& tables, std::string_view text, const encode_options& options, bool with_offsets)
        -> result<void>;

    [[nodiscard]] auto ids() const noexcept -> const buffer<token_id>& { return ids_; }
    [[nodiscard]] auto ids() noexcept -> buffer<token_id>& { return ids_; }
    /// Of each id, if asked for.
    [[nodiscard]] auto spans() const noexcept -> std::span<const byte_span> { return spans_.span(); }

private:
    static constexpr std::string_view what = "token ids";
    static constexpr std::uint32_t no_token = vocabulary::none;

    [[nodiscard]] auto give(std::uint32_t id, std::size_t begin, std::size_t end) -> result<void>;
    /// The fragment that starts at `base` of the whole text.
    [[nodiscard]] auto encode_fragment(const tokenizer_tables& tables, std::string_view fragment, std::size_t base) -> result<void>;
    /// Writes to work_ what is really encoded; false if that is the fragment as it is.
    [[nodiscard]] auto rewrite(std::string_view fragment, bool escape_spaces, bool prefix_space) -> result<bool>;
    [[nodiscard]] auto encode_pieces(const tokenizer_tables& tables, std::string_view text) -> result<void>;
    [[nodiscard]] auto encode_piece(const tokenizer_tables& tables, std::string_view piece, std::size_t at) -> result<void>;
    [[nodiscard]] auto encode_whole(const tokenizer_tables& tables, std::string_view text) -> result<void>;
    [[nodiscard]] auto emit_byte_level(const tokenizer_tables& tables, std::string_view piece, std::size_t at, symbol s) -> result<void>;
    [[nodiscard]] auto emit_sentencepiece(const tokenizer_tables& tables, std::string_view text, symbol s) -> result<void>;

    buffer<token_id> ids_;
    buffer<byte_span> spans_;
    bool with_offsets_ = false;
    std::size_t fragment_begin_ = 0;  // in ids_
    buffer<special_match> matches_;
    buffer<char> work_;
    merge_engine engine_;
};

/// Goes through a fragment and its rewritten form at once and says which original byte a rewritten one comes
/// from. A character that was rewritten counts byte by byte up to its length, then all its bytes are past.
class origin {
public:
    origin(std::string_view fragment, bool escape_spaces, bool prefix_space) noexcept
        : fragment_(fragment), escape_spaces_(escape_spaces) {
        if (prefix_space) to_ = escaped_space.size();
        else step();
    }
    /// The place in the fragment of byte `at` of the rewritten text. Precondition: at is not before the last one.
    [[nodiscard]] auto of(std::size_t at) noexcept -> std::size_t {
        while (at >= work_ + to_ && to_ != 0) {
            work_ += to_;
            here_ += from_;
            step();
        }
        const std::size_t inside = at - work_;
        return here_ + (inside < from_ ? inside : from_);
    }

private:
    void step() noexcept {
        const auto next = utf8::decode(fragment_, here_);
        from_ = to_ = next.length;  // 0 at the end
        if (!next.valid && next.length != 0) to_ = utf8::replacement_text.size();
        if (escape_spaces_ && next.code_point == ' ') to_ = escaped_space.size();
    }

    std::string_view fragment_;
    bool escape_spaces_;
    std::size_t here_ = 0, from_ = 0;  // the character at hand, in the fragment
    std::size_t work_ = 0, to_ = 0;    // and in the rewritten text
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto encoding::give(std::uint32_t id, std::size_t begin, std::size_t end) -> result<void> {
    CRIA_TRY_VOID(ids_.push_back(static_cast<token_id>(id), what));
    if (with_offsets_) CRIA_TRY_VOID(spans_.push_back({begin, end}, "token offsets"));
    return {};
}

inline auto encoding::run(const tokenizer_tables& tables, std::string_view text, const encode_options& options, bool with_offsets)
    -> result<void> {
    ids_.clear();
    spans_.clear();
    with_offsets_ = with_offsets;
    if (options.on_invalid == invalid_utf8::reject) {
        const std::size_t bad = utf8::find_invalid(text);
        if (bad != text.size()) return error{errc::invalid_value, bad, "text"}.because("is not UTF-8");
    }
    CRIA_TRY_VOID(tables.specials.find_all(text, options.parse, matches_));

    const tokenizer_settings& settings = tables.settings;
    const bool add_bos = options.add_special && settings.add_bos && settings.special.bos;
    const bool add_eos = options.add_special && settings.add_eos && settings.special.eos;
    if (add_bos) CRIA_TRY_VOID(give(static_cast<std::uint32_t>(*settings.special.bos), 0, 0));
    std::size_t at = 0;
    for (const special_match& match : matches_) {
        CRIA_TRY_VOID(encode_fragment(tables, text.substr(at, match.begin - at), at));
        at = match.begin + match.size;
        CRIA_TRY_VOID(give(static_cast<std::uint32_t>(match.id), match.begin, at));
    }
    CRIA_TRY_VOID(encode_fragment(tables, text.substr(at), at));
    if (add_eos) CRIA_TRY_VOID(give(static_cast<std::uint32_t>(*settings.special.eos), text.size(), text.size()));
    return {};
}

inline auto encoding::encode_fragment(const tokenizer_tables& tables, std::string_view fragment, std::size_t base) -> result<void> {
    if (fragment.empty()) return {};
    const bool is_sentencepiece = tables.settings.kind == algorithm::sentencepiece;
    // A fragment is what stands at the start or behind a special token: just where the space goes.
    const bool prefix_space = is_sentencepiece && tables.settings.add_space_prefix;
    const std::size_t first_span = spans_.size();
    fragment_begin_ = ids_.size();

    CRIA_TRY(const bool is_rewritten, rewrite(fragment, is_sentencepiece, prefix_space));
    const std::string_view text = is_rewritten ? work_.view() : fragment;
    CRIA_TRY_VOID(is_sentencepiece ? encode_whole(tables, text) : encode_pieces(tables, text));

    origin from(fragment, is_sentencepiece, prefix_space);
    for (std::size_t i = first_span; i < spans_.size(); ++i) {
        byte_span& span = spans_[i];
        if (is_rewritten) span.begin = from.of(span.begin);
        if (is_rewritten) span.end = from.of(span.end);
        span.begin += base;
        span.end += base;
    }
    return {};
}

inline auto encoding::rewrite(std::string_view fragment, bool escape_spaces, bool prefix_space) -> result<bool> {
    const bool is_plain = !prefix_space && !(escape_spaces && fragment.find(' ') != std::string_view::npos);
    if (is_plain && utf8::is_valid(fragment)) return false;

    const auto written_as = [&](std::size_t at) -> std::string_view {
        const auto here = utf8::decode(fragment, at);
        if (!here.valid) return utf8::replacement_text;
        if (escape_spaces && here.code_point == ' ') return escaped_space;
        return fragment.substr(at, here.length);
    };
    std::size_t n_bytes = prefix_space ? escaped_space.size() : 0;
    for (std::size_t at = 0; at < fragment.size(); at += utf8::decode(fragment, at).length) n_bytes += written_as(at).size();

    work_.clear();
    CRIA_TRY_VOID(work_.reserve(n_bytes, "text"));
    if (prefix_space) CRIA_TRY_VOID(work_.append(escaped_space, "text"));
    for (std::size_t at = 0; at < fragment.size(); at += utf8::decode(fragment, at).length) {
        CRIA_TRY_VOID(work_.append(written_as(at), "text"));
    }
    return true;
}

inline auto encoding::encode_pieces(const tokenizer_tables& tables, std::string_view text) -> result<void> {
    result<void> outcome;
    pretokenize(tables.settings.pre.family, text, [&](std::size_t begin, std::size_t end) {
        if (outcome) outcome = encode_piece(tables, text.substr(begin, end - begin), begin);
    });
    return outcome;
}

inline auto encoding::encode_piece(const tokenizer_tables& tables, std::string_view piece, std::size_t at) -> result<void> {
    if (tables.settings.pre.ignore_merges) {
        const std::uint32_t id = tables.tokens.find_key(piece);
        if (id != no_token && !is_special_type(tables.tokens.type(static_cast<token_id>(id)))) return give(id, at, at + piece.size());
    }
    CRIA_TRY(const auto symbols, engine_.start(piece.size()));
    std::size_t n = 0;
    for (std::uint32_t i = 0; i < symbols.size(); ++i) {
        const std::uint32_t id = tables.byte_symbols[static_cast<unsigned char>(piece[i])];
        // A byte that the vocabulary does not know is dropped first, so that its neighbours meet: that is what
        // Hugging Face does. It counts to the symbol before it.
        if (id != merge_table::none) symbols[n++] = {i, 1, id};
        else if (n > 0) ++symbols[n - 1].size;
    }
    engine_.keep(n);
    CRIA_TRY(const auto merged, engine_.run([&](const symbol& left, const symbol& right) { return tables.merges.find(left.id, right.id); }));
    for (const symbol& s : merged) CRIA_TRY_VOID(emit_byte_level(tables, piece, at, s));
    return {};
}

inline auto encoding::emit_byte_level(const tokenizer_tables& tables, std::string_view piece, std::size_t at, symbol s) -> result<void> {
    if (s.id < tables.tokens.size() && !is_special_type(tables.tokens.type(static_cast<token_id>(s.id))))
        return give(s.id, at + s.begin, at + s.begin + s.size);
    for (std::size_t i = s.begin; i < std::size_t{s.begin} + s.size; ++i) {
        const std::uint32_t id = tables.byte_tokens[static_cast<unsigned char>(piece[i])];
        if (id != no_token) CRIA_TRY_VOID(give(id, at + i, at + i + 1));
    }
    return {};
}

inline auto encoding::encode_whole(const tokenizer_tables& tables, std::string_view text) -> result<void> {
    // Symbols hold 32-bit offsets, and their number is checked by the engine only.
    if (text.size() >= vocabulary::none) return error{errc::limit_exceeded, "text"}.because("is too long to be one piece").finding(text.size());
    std::size_t n = 0;
    for (const char byte : text) n += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80 ? 1 : 0;

    const bool by_rank = !tables.merges.empty();
    CRIA_TRY(const auto symbols, engine_.start(n));
    std::size_t at = 0;
    for (symbol& s : symbols) {
        const auto length = utf8::sequence_length(static_cast<unsigned char>(text[at]));  // rewrite() has made it valid
        s = {static_cast<std::uint32_t>(at), length, no_token};
        if (by_rank) s.id = tables.merges.symbol_of(tables.tokens, text.substr(at, length));
        at += length;
    }

    const auto rank_rule = [&](const symbol& left, const symbol& right) { return tables.merges.find(left.id, right.id); };
    const auto score_rule = [&](const symbol& left, const symbol& right) -> candidate {
        if (std::uint64_t{left.size} + right.size > most_merged_bytes) return {};  // before reading the text that both are
        const std::uint32_t id = tables.tokens.find_key(text.substr(left.begin, std::size_t{left.size} + right.size));
        if (id == no_token) return {};
        return {tables.urgency[id], id};
    };
    CRIA_TRY(const auto merged, by_rank ? engine_.run(rank_rule) : engine_.run(score_rule));
    for (const symbol& s : merged) CRIA_TRY_VOID(emit_sentencepiece(tables, text, s));
    return {};
}

inline auto encoding::emit_sentencepiece(const tokenizer_tables& tables, std::string_view text, symbol s) -> result<void> {
    const auto is_text = [&](std::uint32_t id) { return id < tables.tokens.size() && tables.urgency[id] != candidate::never; };
    if (is_text(s.id)) return give(s.id, s.begin, s.begin + s.size);

    for (std::size_t at = s.begin, end = at + s.size; at < end;) {
        const std::size_t next = at + utf8::sequence_length(static_cast<unsigned char>(text[at]));
        const std::uint32_t id = tables.tokens.find_key(text.substr(at, next - at));
        bool has_bytes = true;
        for (std::size_t i = at; i < next; ++i) has_bytes = has_bytes && tables.byte_tokens[static_cast<unsigned char>(text[i])] != no_token;
        if (is_text(id)) {
            CRIA_TRY_VOID(give(id, at, next));
        } else if (has_bytes) {
            for (std::size_t i = at; i < next; ++i) CRIA_TRY_VOID(give(tables.byte_tokens[static_cast<unsigned char>(text[i])], i, i + 1));
        } else if (const auto unknown = tables.settings.special.unknown) {
            // A run of unknown characters is one token, as SentencePiece and its Hugging Face twin (fuse_unk) have it.
            const bool goes_on = ids_.size() > fragment_begin_ && ids_.back() == *unknown;
            if (!goes_on) CRIA_TRY_VOID(give(static_cast<std::uint32_t>(*unknown), at, next));
            else if (with_offsets_) spans_.back().end = next;
        }
        at = next;
    }
    return {};
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_ENCODING_HPP
