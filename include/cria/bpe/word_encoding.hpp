// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_WORD_ENCODING_HPP
#define CRIA_BPE_WORD_ENCODING_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/character_merging.hpp"
#include "cria/bpe/id_output.hpp"
#include "cria/bpe/merge_engine.hpp"
#include "cria/bpe/rewriting.hpp"
#include "cria/bpe/seam_cutter.hpp"
#include "cria/bpe/tables.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>  // exchange

// From one word of characters to its ids, where no table knows them. encoding.hpp cuts text into words and looks these up.
//
// A word is a piece of text between two seams (token_seams.hpp), as it stands: with spaces for U+2581. It is merged as the vocabulary writes it only where
// the short ways do not do: lone characters one by one, a word of a few bytes by word_merger::run_short.
//
// A whole text is encoded here as well, plainly: nothing is looked up and all is merged at once. That is what words are held against.

namespace cria::inline v0::bpe::detail {

class word_encoder {
public:
    /// The ids of a whole piece as the vocabulary writes it. `bars` are those that count for it. Fails: as merge_characters().
    [[nodiscard]] auto encode_piece(const tokenizer_tables& tables, std::string_view piece, std::size_t at, std::uint8_t bars, id_output& out) -> result<void>;

    // Of words, which are views of one text; `at` is where a word begins in it.

    /// The text that words are cut from until the next one, and whether it goes on with a piece that has begun before it.
    void start(std::string_view text, bool goes_on) noexcept {
        text_ = text;
        goes_on_ = goes_on;
    }
    /// Gives false if the word is not one of lone characters.
    [[nodiscard]] auto encode_lone(const tokenizer_tables& tables, std::string_view word, std::size_t at, id_output& out) -> result<bool>;
    /// Gives true where the word's ids are now the last in the block, and are what it becomes wherever it stands and whoever wrote it, and their
    /// bytes are its bytes. Fails: as merge_characters().
    [[nodiscard]] auto encode(const tokenizer_tables& tables, std::string_view word, std::size_t at, std::uint8_t bars, id_output& out) -> result<bool>;
    /// The spans of ids that encode() gave true for.
    [[nodiscard]] auto note_spans(const tokenizer_tables& tables, std::span<const token_id> ids, std::size_t at, id_output& out) const -> result<void>;

    /// A word may be as long as a text, and then merging it takes many times its memory, which is not kept. Gives whether that was so since the last call.
    auto forget_long() noexcept -> bool;
    void note_size(std::size_t bytes) noexcept {
        if (bytes > longest_) longest_ = bytes;
    }

private:
    static constexpr rewrite_rules as_written = {.on_invalid = ill_formed::keep, .escape_spaces = true};

    [[nodiscard]] auto merge(const tokenizer_tables& tables, std::string_view word, std::uint8_t bars, bool with_places) -> result<bool>;

    std::string_view text_;
    bool goes_on_ = false;
    rewriting written_;         // a word, as the vocabulary writes it
    merge_engine engine_;
    word_merger merger_;
    buffer<symbol> symbols_;    // what a word was merged to, as offsets in written_
    std::size_t longest_ = 0;   // of the words that these have had to do with
};

/// A run of unknown characters is one token, as SentencePiece and its Hugging Face twin (fuse_unk) have it.
[[nodiscard]] inline auto give_unknown(const tokenizer_tables& tables, std::size_t begin, std::size_t end, id_output& out) -> result<void> {
    const auto unknown = tables.settings.special.unknown;
    return unknown ? out.give_run(static_cast<std::uint32_t>(*unknown), begin, end) : result<void>{};
}

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto word_encoder::encode_piece(const tokenizer_tables& tables, std::string_view piece, std::size_t at, std::uint8_t bars, id_output& out) -> result<void> {
    out.begin_piece();
    if (tables.settings.pre.whole_newlines && piece.find_first_not_of('\n') == std::string_view::npos) {
        const std::uint32_t id = tables.tokens.find_key(piece);
        if (tables.is_text(id, bars)) return out.give(id, at, at + piece.size());
    }
    CRIA_TRY(const auto merged, merge_characters(tables, piece, engine_));
    symbol_writer writer(tables, bars);
    for (const symbol& s : merged) {
        CRIA_TRY_VOID(writer.write(piece, s, [&](std::uint32_t id, std::size_t begin, std::size_t end) { return out.give(id, at + begin, at + end); },
                                   [&](std::size_t begin, std::size_t end) { return give_unknown(tables, at + begin, at + end, out); }));
    }
    return {};
}

inline auto word_encoder::encode_lone(const tokenizer_tables& tables, std::string_view word, std::size_t at, id_output& out) -> result<bool> {
    const seam_rules& rules = *tables.words;
    if (rules.place_at(word, 0).lone_id == seam_rules::not_lone) return false;
    if (word.size() <= short_text::most_bytes) {  // only longer ones are cut everywhere
        for (std::size_t i = 0; i < word.size();) {
            const auto here = rules.place_at(word, i);
            if (here.lone_id == seam_rules::not_lone) return false;
            i += here.character.length;
        }
    }
    std::uint32_t last = vocabulary::none;
    for (std::size_t i = 0; i < word.size();) {
        const auto here = rules.place_at(word, i);
        const std::size_t length = here.character.length, begin = at + i;
        assert(here.lone_id != seam_rules::not_lone);
        CRIA_TRY_VOID(out.make_room(length));
        last = here.lone_id;
        if (last != seam_rules::is_spelled) CRIA_TRY_VOID(out.put(last, begin, begin + length));
        else for (std::size_t k = 0; k < length; ++k) CRIA_TRY_VOID(out.put(last = rules.spelled[static_cast<unsigned char>(word[i + k])], begin + k, begin + k + 1));
        i += length;
    }
    if (word.size() > short_text::most_bytes) return true;
    const short_text text = copy_short_text(word);
    tables.pieces.settle(text, tables.pieces.hash(text), last);  // if it is one token
    return true;
}

/// Merges a word to symbols_. Gives whether it becomes the same whoever wrote it, as far as is known here.
inline auto word_encoder::merge(const tokenizer_tables& tables, std::string_view word, std::uint8_t bars, bool with_places) -> result<bool> {
    CRIA_TRY_VOID(written_.run(word, as_written, false, with_places));
    const std::string_view written = written_.text();
    symbols_.clear();
    bool is_same = true;
    if (tables.settings.pre.whole_newlines && word.find_first_not_of('\n') == std::string_view::npos) {
        const std::uint32_t id = tables.tokens.find_key(word);
        is_same = id == vocabulary::none || (tables.bars[id] & bars_untrusted_text) == 0;
        if (tables.is_text(id, bars)) {
            CRIA_TRY_VOID(symbols_.push_back({0, static_cast<std::uint32_t>(word.size()), id}, "merge scratch"));
            return is_same;
        }
    }
    if (merges_by_rank(tables)) {
        CRIA_TRY(const auto merged, merge_characters(tables, written, engine_));
        CRIA_TRY_VOID(symbols_.append(merged, "merge scratch"));
        return is_same;
    }
    CRIA_TRY(const auto merged, merger_.run(tables, word, engine_));
    std::uint32_t at = 0;
    for (symbol s : merged) {
        std::uint32_t size = s.size;
        for (const char byte : merger_.text().substr(s.begin, s.size)) size += byte == ' ' ? static_cast<std::uint32_t>(escaped_space.size()) - 1 : 0;
        CRIA_TRY_VOID(symbols_.push_back({at, size, s.id}, "merge scratch"));
        at += size;
    }
    return is_same;
}

inline auto word_encoder::encode(const tokenizer_tables& tables, std::string_view word, std::size_t at, std::uint8_t bars, id_output& out) -> result<bool> {
    const bool begins_piece = at == 0 ? !goes_on_ : tables.words->cuts_at_newlines && (word[0] == '\n') != (text_[at - 1] == '\n');
    if (begins_piece) out.begin_piece();
    const bool with_offsets = out.with_offsets();
    if (!with_offsets && word.size() <= word_merger::most_short && !merges_by_rank(tables)) {
        CRIA_TRY_VOID(out.make_room(word.size()));
        const std::size_t n = word_merger::run_short(tables, word, out.next());
        out.note_written(n);
        if (n != 0) return true;
    }
    note_size(word.size());
    CRIA_TRY(bool is_plain, merge(tables, word, bars, with_offsets));
    const id_output::mark before = out.here();
    bool is_whole = true;  // all of it has gone into the block
    std::size_t done = 0;  // of the word as it is written
    symbol_writer writer(tables, bars);
    const auto put = [&](std::uint32_t id, std::size_t begin, std::size_t end) -> result<void> {
        if (out.room() == 0) is_whole = false;
        if (!is_whole) return {};
        is_plain = is_plain && begin == done && end - begin == written_size(tables, id);
        done = end;
        if (!with_offsets) return out.put(id, 0, 0);
        const std::size_t from = at + written_.place_of(begin);
        return out.put(id, from, at + written_.place_of(end));
    };
    const auto put_unknown = [&](std::size_t, std::size_t) -> result<void> {
        is_whole = false;
        return {};
    };
    for (const symbol& s : symbols_) CRIA_TRY_VOID(writer.write(written_.text(), s, put, put_unknown));
    if (is_whole) return is_plain && done == written_.text().size() && writer.is_same_for_all() && out.since(before) <= word.size();

    // UNKNOWN depends on what was before it, and many tokens are no longer in one place.
    out.go_back(before);
    CRIA_TRY_VOID(out.flush());
    if (with_offsets) CRIA_TRY_VOID(written_.run(word, as_written, false, true));  // its places are asked about once more
    const auto place_of = [&](std::size_t in_word) { return with_offsets ? at + written_.place_of(in_word) : 0; };
    for (const symbol& s : symbols_) {
        CRIA_TRY_VOID(writer.write(written_.text(), s,
                                   [&](std::uint32_t id, std::size_t begin, std::size_t end) {
                                       const std::size_t from = place_of(begin);
                                       return out.give(id, from, place_of(end));
                                   },
                                   [&](std::size_t begin, std::size_t end) {
                                       const std::size_t from = place_of(begin);
                                       return give_unknown(tables, from, place_of(end), out);
                                   }));
    }
    return false;
}

inline auto word_encoder::note_spans(const tokenizer_tables& tables, std::span<const token_id> ids, std::size_t at, id_output& out) const -> result<void> {
    std::size_t inside = 0;  // bytes that have been passed of a space, which the vocabulary writes with three
    for (const token_id id : ids) {
        const std::size_t begin = inside == 0 ? at : at + 1;
        for (std::size_t left = written_size(tables, static_cast<std::uint32_t>(id)); left != 0; --left) {
            if (text_[at] == ' ' && ++inside < escaped_space.size()) continue;
            inside = 0;
            ++at;
        }
        CRIA_TRY_VOID(out.note_span(begin, inside == 0 ? at : at + 1));
    }
    return {};
}

inline auto word_encoder::forget_long() noexcept -> bool {
    constexpr std::size_t most_kept = 1024;  // bytes of a word
    if (std::exchange(longest_, 0) <= most_kept) return false;
    engine_ = {};
    merger_ = {};
    symbols_ = {};
    written_ = {};
    return true;
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_WORD_ENCODING_HPP
