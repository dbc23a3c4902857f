// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_ENCODING_HPP
#define CRIA_BPE_ENCODING_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/character_merging.hpp"
#include "cria/bpe/id_output.hpp"
#include "cria/bpe/piece_batch.hpp"
#include "cria/bpe/piece_cache.hpp"
#include "cria/bpe/piece_merger.hpp"
#include "cria/bpe/pretokenize.hpp"
#include "cria/bpe/rewriting.hpp"
#include "cria/bpe/seam_cutter.hpp"
#include "cria/bpe/special_tokens.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/bpe/word_encoding.hpp"
#include "cria/utf8/validate.hpp"

#include <array>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <utility>

// From text to ids, plainly and exactly:
//   1. special tokens that are written out become themselves; what is between them are fragments;
//   2. a fragment is rewritten (rewriting.hpp): it becomes UTF-8, composed, with U+2581 for spaces, as the model has it;
//   3. byte-level: it is cut into pieces, and each is merged by rank, starting from bytes; character-level: the same
//      from characters; SentencePiece: all of it is merged by score (by rank, if the file has merges), from characters;
//   4. what has no token in the end is spelled: byte-level in single bytes, if they have tokens; otherwise in <0xXX>
//      tokens, or, if one of these is missing, as UNKNOWN: one token a run of such characters.
//
// compat::llama_cpp differs in 3 and 4: a byte that has no token stays between its neighbours instead of going before
// they meet, tokens of all types may come out of text, of what is spelled byte-level bytes other than 21 to 7E are lost,
// and character-level vocabularies have no UNKNOWN. But where text is not to be trusted (parse_special::none, of all of the
// text between two special tokens if of any byte of it), no CONTROL or UNKNOWN token comes out of it there either: what
// merging makes of such text is spelled in the bytes or characters that it was merged from.
//
// White space next to special tokens is dropped when all of them are found. (llama.cpp drops it while it looks for them,
// which is another thing only for special tokens that begin or end with white space, beside others that drop it.)
//
// Segments are one text, except that each has special tokens of its own. An encoding owns all scratch memory and keeps it.
//
// Byte-level, most of 3 is saved. A piece always becomes the same ids, so most pieces are looked up: in a table of the pieces that are
// tokens, which all encoders share, and in a cache of those that this encoder has merged before (encode_batches). Only what neither
// knows is merged, so ids are what merging gives, and encoding with settings.is_plain, which looks nothing up, is what the other is held against.
//
// From characters, the same is done with words: what is between two places that no token lies across (token_seams.hpp). They are cut out of the
// text as it stands; only words that are merged are rewritten (encode_words).

namespace cria::inline v0::bpe {

/// What becomes of bytes that are not UTF-8.
enum class invalid_utf8 : std::uint8_t {
    automatic,  ///< replace in compat::hf, llama_cpp in compat::llama_cpp
    replace,    ///< U+FFFD, one for each maximal subpart
    reject,     ///< errc::invalid_value, with the offset in the text
    llama_cpp,  ///< llama.cpp's reading: U+FFFD for each byte, but overlong forms and surrogates are characters;
                ///< with SentencePiece as many bytes are a character as the first one announces, whatever they are
};

struct encode_options {
    bool add_special = false;  ///< BOS in front and EOS behind, as the model asks for
    parse_special parse = parse_special::user_defined;
    invalid_utf8 on_invalid = invalid_utf8::automatic;
    bool dedup_bos = false;  ///< no BOS is put in front of a text that starts with it
};

/// A part of a text, and how far it is to be trusted.
struct segment {
    std::string_view text;
    parse_special parse = parse_special::user_defined;
};

namespace detail {

/// One text on its way to ids. The results stay until the next run.
class encoding : private id_output {
public:
    /// Fails: errc::out_of_memory; errc::limit_exceeded for a piece of 4 GiB; errc::invalid_value.
    [[nodiscard]] auto run(const tokenizer_tables& tables, std::span<const segment> segments, const encode_options& options,
                           bool with_offsets) -> result<void>;
    /// The same of a part of a text, which begins at byte `begin` of it and was cut where that is certain to change nothing (certain_cuts.hpp): only in front of the first there
    /// is a BOS, or a space that is not in the text. Offsets, and an error's, are those of all of the text. An EOS is put behind the first part alone, whether the text ends there or not.
    [[nodiscard]] auto run_part(const tokenizer_tables& tables, std::string_view part, std::size_t begin, const encode_options& options, bool with_offsets) -> result<void>;
    /// The same into `out`, as far as that goes, and keeps no ids. The number of all of them.
    [[nodiscard]] auto run_to(const tokenizer_tables& tables, std::span<const segment> segments, const encode_options& options,
                              std::span<token_id> out) -> result<std::size_t>;

    using id_output::give;
    using id_output::ids;
    using id_output::spans;
    using id_output::take_back;
    /// Whether a BOS was put in front of another one.
    [[nodiscard]] auto has_doubled_bos() const noexcept -> bool { return has_doubled_bos_; }

private:
    static constexpr std::uint32_t no_token = vocabulary::none;

    [[nodiscard]] auto encode_all(const tokenizer_tables& tables, std::span<const segment> segments, const encode_options& options)
        -> result<void>;
    /// Makes one text of the segments, and fills matches_.
    [[nodiscard]] auto find_specials(const tokenizer_tables& tables, std::span<const segment> segments) -> result<std::string_view>;
    /// Whether bytes [begin, end) of the whole text have one of a segment that is not to be trusted. Segments that end
    /// before `begin` are passed for good.
    [[nodiscard]] auto holds_untrusted(std::span<const segment> segments, std::size_t begin, std::size_t end) noexcept -> bool;
    /// The fragment that starts at `base` of the whole text.
    [[nodiscard]] auto encode_fragment(const tokenizer_tables& tables, std::string_view fragment, std::size_t base) -> result<void>;

    // Offsets are in what the fragment was rewritten to; `at` is where the piece starts in it.
    [[nodiscard]] auto encode_pieces(const tokenizer_tables& tables) -> result<void>;
    [[nodiscard]] auto encode_bytes(const tokenizer_tables& tables, std::string_view piece, std::size_t at) -> result<void>;
    [[nodiscard]] auto emit_bytes(const tokenizer_tables& tables, std::string_view piece, std::size_t at, symbol s) -> result<void>;

    // The same, fast: pieces are looked up a batch at a time, and only those that are not found are merged.
    [[nodiscard]] auto encode_batches(const tokenizer_tables& tables) -> result<void>;
    void start_batches() noexcept;
    [[nodiscard]] auto pass_batch(const tokenizer_tables& tables, std::string_view text) -> result<void>;
    [[nodiscard]] auto finish_batches(const tokenizer_tables& tables, std::string_view text) -> result<void>;
    [[nodiscard]] auto encode_batch(const tokenizer_tables& tables, std::string_view text) -> result<void>;
    void look_in_cache(std::string_view text) noexcept;
    [[nodiscard]] auto note_hits(std::size_t first, std::size_t last) -> result<void>;
    [[nodiscard]] auto put_known(const tokenizer_tables& tables, const piece_cache::known& ids, std::size_t at) -> result<void>;
    [[nodiscard]] auto encode_missed(const tokenizer_tables& tables, const cache_key& key, std::size_t at) -> result<void>;
    [[nodiscard]] auto key_of(std::size_t i, std::string_view text) const noexcept -> cache_key {
        const piece_batch& batch = *looked_up_;
        return {text.substr(batch.begin_of(i), batch.end_of(i) - batch.begin_of(i)), batch.key_of(i), batch.hash_of(i)};
    }
    [[nodiscard]] auto merge_to_block(const tokenizer_tables& tables, const cache_key& key, std::size_t at) -> result<bool>;
    [[nodiscard]] auto note_spans(const tokenizer_tables& tables, std::span<const token_id> ids, std::size_t at) -> result<void>;

    // From characters.
    [[nodiscard]] auto encode_words(const tokenizer_tables& tables, std::string_view fragment, std::size_t base, bool space_in_front, bool goes_on) -> result<void>;
    [[nodiscard]] auto encode_words_of(const tokenizer_tables& tables, std::string_view text, word_cut cut, bool continues) -> result<void>;
    /// The token that spells `byte` here, or no_token.
    [[nodiscard]] auto byte_token(const tokenizer_tables& tables, char byte) const noexcept -> std::uint32_t {
        const std::uint32_t id = tables.byte_tokens[static_cast<unsigned char>(byte)];
        return id != no_token && tables.is_text(id, bars_ & bars_untrusted_text) ? id : no_token;
    }

    bool has_doubled_bos_ = false;

    // what it is made from
    rewrite_rules rules_;
    buffer<special_match> matches_, segment_matches_;
    buffer<char> joined_;
    rewriting rewriting_;
    piece_merger merger_;
    std::array<piece_batch, 3> batches_;
    piece_batch* filling_ = nullptr;
    piece_batch* asked_ = nullptr;
    piece_batch* looked_up_ = nullptr;
    piece_cache cache_;
    static constexpr std::size_t step = 24;  // ids that are copied at once: mostly there are fewer between two pieces that the table has not
    std::array<token_id, piece_batch::most + step> hits_;   // of the batch's pieces those that the table has
    std::array<std::uint16_t, piece_batch::most + 1> missed_;  // the numbers of the others
    std::array<const piece_cache::entry*, piece_batch::most> probable_;  // what the cache may have of them
    std::size_t n_missed_ = 0;
    word_encoder words_;
    buffer<char> spaced_;            // text with a space in front
    bool goes_on_ = false;
    std::uint8_t bars_ = bars_text;  // those that count for this fragment
    std::size_t segment_ = 0;        // that holds_untrusted() has not passed
    std::size_t segment_begin_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

/// Whether white space behind this special token is dropped.
[[nodiscard]] inline auto strips_after(const tokenizer_tables& tables, token_id id) noexcept -> bool {
    if (!tables.settings.strips_after_special) return false;
    const std::string_view text = tables.tokens.text(id);
    return text != "<unk>" && text != "<s>" && text != "<|endoftext|>";
}
/// Whether white space before this special token is dropped.
[[nodiscard]] inline auto strips_before(const tokenizer_tables& tables, token_id id) noexcept -> bool {
    const std::string_view text = tables.settings.strips_before;
    return !text.empty() && tables.tokens.text(id) == text;
}

inline auto encoding::run(const tokenizer_tables& tables, std::span<const segment> segments, const encode_options& options,
                          bool with_offsets) -> result<void> {
    keeps_ids_ = true;
    with_offsets_ = with_offsets;
    goes_on_ = false;
    return encode_all(tables, segments, options);
}

inline auto encoding::run_part(const tokenizer_tables& tables, std::string_view part, std::size_t begin, const encode_options& options, bool with_offsets) -> result<void> {
    encode_options own = options;
    own.add_special = options.add_special && begin == 0;
    keeps_ids_ = true;
    with_offsets_ = with_offsets;
    goes_on_ = begin != 0;
    const segment all{part, options.parse};
    if (const auto done = encode_all(tables, {&all, 1}, own); !done) {
        error moved = done.error();
        if (moved.offset != error::no_offset) moved.offset += begin;
        return moved;
    }
    if (begin != 0) move_spans(begin);
    return {};
}

inline auto encoding::run_to(const tokenizer_tables& tables, std::span<const segment> segments, const encode_options& options,
                             std::span<token_id> out) -> result<std::size_t> {
    keeps_ids_ = with_offsets_ = goes_on_ = false;
    out_ = out;
    CRIA_TRY_VOID(encode_all(tables, segments, options));
    return n_ids_;
}

inline auto encoding::encode_all(const tokenizer_tables& tables, std::span<const segment> segments, const encode_options& options)
    -> result<void> {
    const tokenizer_settings& settings = tables.settings;
    const bool is_llama_cpp = settings.mode == compat::llama_cpp;
    const bool is_sentencepiece = settings.kind == algorithm::sentencepiece;
    start();
    has_doubled_bos_ = false;

    CRIA_TRY(const std::string_view text, find_specials(tables, segments));
    if (options.on_invalid == invalid_utf8::reject) {
        const std::size_t bad = utf8::find_invalid(text);
        if (bad != text.size()) return error{errc::invalid_value, bad, "text"}.because("is not UTF-8");
    }
    const bool is_lenient = options.on_invalid == invalid_utf8::llama_cpp || (options.on_invalid == invalid_utf8::automatic && is_llama_cpp);
    rules_.on_invalid = !is_lenient ? ill_formed::replace : is_sentencepiece ? ill_formed::keep : ill_formed::lenient;
    rules_.nfc = settings.nfc;
    rules_.escape_spaces = is_sentencepiece || settings.pre.escape_whitespaces;

    const auto bos = settings.special.bos, eos = settings.special.eos;
    const bool has_bos = !matches_.empty() && matches_[0].begin == 0 && matches_[0].id == bos;
    segment_ = segment_begin_ = 0;
    const bool adds_bos = options.add_special && settings.add_bos && bos && !(has_bos && options.dedup_bos);
    if (adds_bos) CRIA_TRY_VOID(give(static_cast<std::uint32_t>(*bos), 0, 0));
    std::size_t at = 0;
    for (std::size_t i = 0; i <= matches_.size(); ++i) {
        const bool is_last = i == matches_.size();
        std::string_view fragment = text.substr(at, is_last ? std::string_view::npos : matches_[i].begin - at);
        if (i > 0 && strips_after(tables, matches_[i - 1].id)) {
            const std::size_t n_spaces = leading_spaces(fragment, settings.mode);
            fragment.remove_prefix(n_spaces);
            at += n_spaces;
        }
        if (!is_last && strips_before(tables, matches_[i].id)) fragment.remove_suffix(trailing_spaces(fragment, settings.mode));
        const bool is_untrusted = holds_untrusted(segments, at, at + fragment.size());
        bars_ = is_untrusted ? std::uint8_t{bars_text | bars_untrusted_text} : bars_text;
        CRIA_TRY_VOID(encode_fragment(tables, fragment, at));
        if (is_last) break;
        at = matches_[i].begin + matches_[i].size;
        CRIA_TRY_VOID(give(static_cast<std::uint32_t>(matches_[i].id), matches_[i].begin, at));
    }
    has_doubled_bos_ = adds_bos && n_ids_ > 1 && second_id_ == static_cast<std::uint32_t>(*bos);
    if (options.add_special && settings.add_eos && eos) CRIA_TRY_VOID(give(static_cast<std::uint32_t>(*eos), text.size(), text.size()));
    end_block();
    return {};
}

inline auto encoding::find_specials(const tokenizer_tables& tables, std::span<const segment> segments) -> result<std::string_view> {
    matches_.clear();
    if (segments.empty()) return std::string_view{};
    const special_order order = *tables.settings.order;
    if (segments.size() == 1) {
        CRIA_TRY_VOID(tables.specials.find_all(segments[0].text, segments[0].parse, order, matches_));
        return segments[0].text;
    }
    joined_.clear();
    for (const segment& part : segments) {
        CRIA_TRY_VOID(tables.specials.find_all(part.text, part.parse, order, segment_matches_));
        for (special_match match : segment_matches_) {
            match.begin += joined_.size();
            CRIA_TRY_VOID(matches_.push_back(match, "special tokens in the text"));
        }
        CRIA_TRY_VOID(joined_.append(part.text, "text"));
    }
    return joined_.view();
}

inline auto encoding::holds_untrusted(std::span<const segment> segments, std::size_t begin, std::size_t end) noexcept -> bool {
    while (segment_ < segments.size() && segment_begin_ + segments[segment_].text.size() <= begin) segment_begin_ += segments[segment_++].text.size();
    std::size_t at = segment_begin_;
    for (std::size_t i = segment_; i < segments.size() && at < end; at += segments[i++].text.size())
        if (segments[i].parse == parse_special::none && !segments[i].text.empty()) return true;
    return false;
}

inline auto encoding::encode_fragment(const tokenizer_tables& tables, std::string_view fragment, std::size_t base) -> result<void> {
    if (fragment.empty()) return {};
    const tokenizer_settings& settings = tables.settings;
    const bool is_sentencepiece = settings.kind == algorithm::sentencepiece;
    // A fragment is what stands at the start or behind a special token: just where the space goes.
    const bool goes_on = goes_on_ && base == 0;
    bool space_in_front = is_sentencepiece && settings.add_space_prefix && settings.prefix != prefix_space::never && !goes_on;
    if (settings.prefix == prefix_space::first && (base != 0 || fragment.starts_with(' ') || fragment.starts_with(escaped_space))) {
        space_in_front = false;
    }
    if (tables.words) {
        const auto outcome = encode_words(tables, fragment, base, space_in_front, goes_on);
        if (words_.forget_long()) {
            rewriting_ = {};
            spaced_ = {};
        }
        return outcome;
    }
    const std::size_t first_span = spans_.size();
    CRIA_TRY_VOID(rewriting_.run(fragment, rules_, space_in_front, with_offsets_));
    if (is_sentencepiece) {
        CRIA_TRY_VOID(words_.encode_piece(tables, rewriting_.text(), 0, bars_, *this));
    } else if (const auto done = encode_pieces(tables); !done) {
        // A pretokenizer of the caller's names a place of what it was given: the rewritten text, perhaps without places.
        error moved = done.error();
        if (moved.offset == error::no_offset) return moved;
        CRIA_TRY_VOID(rewriting_.run(fragment, rules_, space_in_front, true));
        moved.offset = base + rewriting_.place_of(static_cast<std::size_t>(moved.offset));
        return moved;
    }
    for (std::size_t i = first_span; i < spans_.size(); ++i) {
        spans_[i].begin = base + rewriting_.place_of(spans_[i].begin);
        spans_[i].end = base + rewriting_.place_of(spans_[i].end);
    }
    return {};
}

inline auto encoding::encode_pieces(const tokenizer_tables& tables) -> result<void> {
    if (tables.looks_up) return encode_batches(tables);
    const std::string_view text = rewriting_.text();
    const bool is_byte_level = tables.settings.kind == algorithm::byte_level;
    result<void> outcome;
    const auto cut = pretokenize(*tables.settings.split, rewriting_.cut_text(), [&](std::size_t begin, std::size_t end) {
        if (!outcome) return;
        const std::string_view piece = text.substr(begin, end - begin);
        outcome = is_byte_level ? encode_bytes(tables, piece, begin) : words_.encode_piece(tables, piece, begin, bars_, *this);
    });
    return outcome ? cut : outcome;
}

inline auto encoding::encode_bytes(const tokenizer_tables& tables, std::string_view piece, std::size_t at) -> result<void> {
    if (tables.settings.pre.ignore_merges) {
        const std::uint32_t id = tables.tokens.find_key(piece);
        if (tables.is_text(id, bars_)) return give(id, at, at + piece.size());
    }
    CRIA_TRY(const auto merged, merger_.run(tables, piece, rewriting_.text().data() + rewriting_.text().size()));
    for (const symbol& s : merged) CRIA_TRY_VOID(emit_bytes(tables, piece, at, s));
    return {};
}

inline auto encoding::encode_batches(const tokenizer_tables& tables) -> result<void> {
    const std::string_view text = rewriting_.text(), cut_text = rewriting_.cut_text();
    start_batches();
    if (tables.blocks) {
        const auto cut = tables.blocks->is_older ? tables.kernels->cut_older : tables.kernels->cut_newer;
        for (std::size_t at = 0; at < text.size();) {
            filling_->clear(at);
            at = cut(*tables.blocks, tables.known_pieces(), cut_text, text, at, *filling_);
            CRIA_TRY_VOID(pass_batch(tables, text));
        }
    } else {
        filling_->clear(0);
        result<void> outcome;
        const auto cut = pretokenize(*tables.settings.split, cut_text, [&](std::size_t begin, std::size_t end) {
            if (!outcome) return;
            if (filling_->size() == 0) filling_->clear(begin);
            filling_->add(end);
            if (!filling_->is_full()) return;
            tables.kernels->prepare(*filling_, tables.known_pieces(), text);
            outcome = pass_batch(tables, text);
            filling_->clear(end);
        });
        CRIA_TRY_VOID(outcome);
        CRIA_TRY_VOID(cut);
        tables.kernels->prepare(*filling_, tables.known_pieces(), text);
        CRIA_TRY_VOID(pass_batch(tables, text));
    }
    return finish_batches(tables, text);
}

inline void encoding::start_batches() noexcept {
    filling_ = &batches_[0];  // here, since an encoding may have been moved
    asked_ = &batches_[1];
    asked_->clear(0);
    looked_up_ = &batches_[2];
    looked_up_->clear(0);
    n_missed_ = 0;
}

/// A batch is full. The second one before it is encoded now, and the one before it looked up: while this one was filled, what the cache has of the former and the
/// table of the latter came from memory.
inline auto encoding::pass_batch(const tokenizer_tables& tables, std::string_view text) -> result<void> {
    CRIA_TRY_VOID(encode_batch(tables, text));
    piece_batch* const free = looked_up_;
    looked_up_ = asked_;
    asked_ = filling_;
    filling_ = free;
    n_missed_ = tables.kernels->find(tables.known_pieces(), *looked_up_, hits_.data(), missed_.data());
    for (std::size_t k = 0; k < n_missed_; ++k) cache_.prefetch(looked_up_->hash_of(missed_[k]));
    return {};
}

/// No batch comes after those that are on their way.
inline auto encoding::finish_batches(const tokenizer_tables& tables, std::string_view text) -> result<void> {
    filling_->clear(0);
    CRIA_TRY_VOID(pass_batch(tables, text));
    CRIA_TRY_VOID(encode_batch(tables, text));
    return flush();
}

/// Encodes the batch that has been looked up: the pieces that the table had are known; those between them are looked for in the cache, or merged.
inline auto encoding::encode_batch(const tokenizer_tables& tables, std::string_view text) -> result<void> {
    const piece_batch& batch = *looked_up_;
    const std::size_t n = batch.size();
    if (n == 0) return {};
    look_in_cache(text);
    bool is_changed = false;  // the cache, and where what is where in it
    std::size_t next = 0;
    const token_id* hits = hits_.data();
    const auto put_hits = [&](std::size_t last) __attribute__((always_inline)) -> result<void> {
        const std::size_t n_hits = last - next;
        if (n_hits + step > room()) [[unlikely]] CRIA_TRY_VOID(flush());
        for (std::size_t done = 0; done < n_hits; done += step) std::memcpy(block_ + n_block_ + done, hits + done, step * sizeof(token_id));  // as many as there are, and some
        n_block_ += n_hits;
        hits += n_hits;
        if (with_offsets_) [[unlikely]] CRIA_TRY_VOID(note_hits(next, last));
        next = last + 1;
        return {};
    };
    for (std::size_t k = 0; k < n_missed_; ++k) {
        const std::size_t i = missed_[k];
        CRIA_TRY_VOID(put_hits(i));
        const cache_key key = key_of(i, text);
        if (tables.words) {
            CRIA_TRY(const bool is_done, words_.encode_lone(tables, key.piece, batch.begin_of(i), *this));
            if (is_done) continue;
        }
        const auto known = is_changed ? cache_.find(key) : cache_.tokens_of(key, probable_[k]);
        if (known.n != 0) {
            CRIA_TRY_VOID(put_known(tables, known, batch.begin_of(i)));
        } else {
            is_changed = true;
            CRIA_TRY_VOID(encode_missed(tables, key, batch.begin_of(i)));
        }
    }
    CRIA_TRY_VOID(put_hits(n));
    cache_.note_text(batch.end_of(n - 1) - batch.begin_of(0));
    return {};
}

/// What the cache may have of those pieces that the table has not: of each in its first line, and then of some in the second.
inline void encoding::look_in_cache(std::string_view text) noexcept {
    if (cache_.size_bytes() == 0) {
        for (std::size_t k = 0; k < n_missed_; ++k) probable_[k] = nullptr;
        return;
    }
    std::array<std::uint16_t, piece_batch::most + 1> seconds;
    std::size_t n_seconds = 0;
    for (std::size_t k = 0; k < n_missed_; ++k) {
        const auto first = cache_.probable(key_of(missed_[k], text));
        probable_[k] = first.found;
        seconds[n_seconds] = static_cast<std::uint16_t>(k);
        n_seconds += first.may_be_second ? 1 : 0;
    }
    for (std::size_t i = 0; i < n_seconds; ++i) probable_[seconds[i]] = cache_.probable_second(key_of(missed_[seconds[i]], text));
}

/// Pieces [first, last) of the batch are a token each.
inline auto encoding::note_hits(std::size_t first, std::size_t last) -> result<void> {
    for (std::size_t i = first; i < last; ++i) CRIA_TRY_VOID(note_span(looked_up_->begin_of(i), looked_up_->end_of(i)));
    return {};
}

/// The tokens of a piece that the cache has.
inline auto encoding::put_known(const tokenizer_tables& tables, const piece_cache::known& ids, std::size_t at) -> result<void> {
    CRIA_TRY_VOID(make_room(ids.n + piece_cache::most_within));
    token_id* const first = next();
    cache_.copy(ids, first);
    n_block_ += ids.n;
    return with_offsets_ ? note_spans(tables, {first, ids.n}, at) : result<void>{};
}

/// A piece that neither the table nor the cache has, or of which it is not known whether it is the token that is called like it.
inline auto encoding::encode_missed(const tokenizer_tables& tables, const cache_key& key, std::size_t at) -> result<void> {
    const bool may_be_kept = key.piece.size() <= piece_cache::most_bytes;
    if (may_be_kept) cache_.note_miss(tables.known_pieces(), tables.tokens.size());
    CRIA_TRY_VOID(make_room(may_be_kept ? key.piece.size() : 1));
    const std::size_t begin = n_block_;
    CRIA_TRY(const bool is_plain, tables.words ? words_.encode(tables, key.piece, at, bars_, *this) : merge_to_block(tables, key, at));
    if (!is_plain || !may_be_kept) return {};
    const std::span<const token_id> ids{block_ + begin, n_block_ - begin};
    // Where the table has the token, it answers from now on. Otherwise, or if it is not it, the cache does.
    const bool is_settled = ids.size() == 1 && tables.known_pieces().settle(key.text, key.hash, static_cast<std::uint32_t>(ids[0]));
    if (!is_settled && !ids.empty()) cache_.insert(key, ids);
    return {};
}

/// Encodes a piece. Gives true where its ids are now the last in the block, and are what it becomes wherever it stands and whoever wrote it,
/// and their bytes are its bytes.
inline auto encoding::merge_to_block(const tokenizer_tables& tables, const cache_key& key, std::size_t at) -> result<bool> {
    const std::string_view piece = key.piece;
    if (tables.settings.pre.ignore_merges) {
        const std::uint32_t id = tables.tokens.find_missed_key(piece, key.text, key.hash);
        if (tables.is_text(id, bars_)) {
            block_[n_block_++] = static_cast<token_id>(id);
            if (with_offsets_) CRIA_TRY_VOID(spans_.push_back({at, at + piece.size()}, "token offsets"));
            return tables.bars[id] == 0;
        }
    }
    CRIA_TRY(const auto merged, merger_.run(tables, piece, rewriting_.text().data() + rewriting_.text().size()));
    bool is_plain = merger_.is_whole() && merged.size() <= room();
    for (std::size_t i = 0; is_plain && i < merged.size(); ++i) {
        const std::uint32_t id = merged[i].id;
        is_plain = id < tables.bars.size() && tables.bars[id] == 0;
    }
    if (!is_plain) {
        CRIA_TRY_VOID(flush());
        for (const symbol& s : merged) CRIA_TRY_VOID(emit_bytes(tables, piece, at, s));
        return false;
    }
    for (const symbol& s : merged) {
        block_[n_block_++] = static_cast<token_id>(s.id);
        if (with_offsets_) CRIA_TRY_VOID(spans_.push_back({at + s.begin, at + s.begin + s.size}, "token offsets"));
    }
    return true;
}

/// Ids that are known to be their pieces: each is as long as its token.
inline auto encoding::note_spans(const tokenizer_tables& tables, std::span<const token_id> ids, std::size_t at) -> result<void> {
    if (tables.words) return words_.note_spans(tables, ids, at, *this);
    for (const token_id id : ids) {
        const std::size_t end = at + tables.tokens.key(id).size();
        CRIA_TRY_VOID(spans_.push_back({at, end}, "token offsets"));
        at = end;
    }
    return {};
}

inline auto encoding::emit_bytes(const tokenizer_tables& tables, std::string_view piece, std::size_t at, symbol s) -> result<void> {
    if (tables.is_text(s.id, bars_)) return give(s.id, at + s.begin, at + s.begin + s.size);
    const bool is_barred = s.id < tables.tokens.size();  // a token, so its bytes have been symbols: nothing of it is lost
    for (std::size_t i = s.begin; i < std::size_t{s.begin} + s.size; ++i) {
        const std::uint32_t before = tables.byte_symbols[static_cast<unsigned char>(piece[i])];
        const std::uint32_t id = is_barred && tables.is_text(before, bars_) ? before : byte_token(tables, piece[i]);
        if (id != no_token) CRIA_TRY_VOID(give(id, at + i, at + i + 1));
    }
    return {};
}

/// Encodes a fragment word by word: as it stands, if it is what it would be rewritten to but for its spaces.
inline auto encoding::encode_words(const tokenizer_tables& tables, std::string_view fragment, std::size_t base, bool space_in_front, bool goes_on) -> result<void> {
    constexpr std::size_t most_copied = 1024;  // where one text is worth more than not to copy it
    std::size_t first_span = spans_.size();
    const bool is_rewritten = utf8::find_invalid(fragment) != fragment.size() || (rules_.nfc && utf8::find_not_nfc(fragment) != fragment.size());
    if (is_rewritten) {
        words_.note_size(fragment.size());  // as long as one
        CRIA_TRY_VOID(rewriting_.run(fragment, rules_, space_in_front, with_offsets_));
        CRIA_TRY_VOID(encode_words_of(tables, rewriting_.text(), &cut_at_all_seams, goes_on));
        for (; first_span < spans_.size(); ++first_span) {
            byte_span& span = spans_[first_span];
            span.begin = base + rewriting_.place_of(span.begin);
            span.end = base + rewriting_.place_of(span.end);
        }
        return {};
    }
    std::size_t n_spaced = 0;
    if (space_in_front) {
        n_spaced = fragment.size() <= most_copied ? fragment.size() : word_end_plainly(*tables.words, fragment, 0);
        words_.note_size(n_spaced);
        spaced_.clear();
        CRIA_TRY_VOID(spaced_.push_back(' ', "text"));
        CRIA_TRY_VOID(spaced_.append(fragment.substr(0, n_spaced), "text"));
        CRIA_TRY_VOID(encode_words_of(tables, spaced_.view(), tables.cut_words, false));
        for (; first_span < spans_.size(); ++first_span) {  // the space in front is nowhere in the fragment
            byte_span& span = spans_[first_span];
            span.begin = base + (span.begin == 0 ? 0 : span.begin - 1);
            span.end = base + (span.end == 0 ? 0 : span.end - 1);
        }
    }
    if (n_spaced == fragment.size()) return {};
    CRIA_TRY_VOID(encode_words_of(tables, fragment.substr(n_spaced), tables.cut_words, goes_on || n_spaced != 0));
    for (; first_span < spans_.size(); ++first_span) {
        spans_[first_span].begin += base + n_spaced;
        spans_[first_span].end += base + n_spaced;
    }
    return {};
}

inline auto encoding::encode_words_of(const tokenizer_tables& tables, std::string_view text, word_cut cut, bool continues) -> result<void> {
    words_.start(text, continues);
    begin_piece();
    start_batches();
    for (std::size_t at = 0; at < text.size();) {
        filling_->clear(at);
        at = cut(*tables.words, tables.pieces, text, at, *filling_);
        CRIA_TRY_VOID(pass_batch(tables, text));
    }
    return finish_batches(tables, text);
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_ENCODING_HPP
