// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_CHARACTER_MERGING_HPP
#define CRIA_BPE_CHARACTER_MERGING_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/merge_engine.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/bpe/token_seams.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>

// Merging from characters, as SentencePiece and its character-level kin do it, and what its symbols are written as.
//
// Text is merged as the vocabulary writes it, with U+2581 (merge_characters), or, a word at a time and by score, with spaces (word_merger):
// then tokens are looked up where words are, in tables.pieces, whose keys have spaces as well. One is the other's twin.

namespace cria::inline v0::bpe::detail {

/// Whether text is merged by rank, and not by score.
[[nodiscard]] inline auto merges_by_rank(const tokenizer_tables& tables) noexcept -> bool {
    return tables.settings.kind == algorithm::character_level || !tables.merges.empty();
}

/// The symbols of a text as the vocabulary writes it.
/// Fails: errc::out_of_memory; errc::limit_exceeded for 4 GiB.
[[nodiscard]] inline auto merge_characters(const tokenizer_tables& tables, std::string_view text, merge_engine& engine) -> result<std::span<const symbol>> {
    // Symbols hold 32-bit offsets, and their number is checked by the engine only.
    if (text.size() >= vocabulary::none) return error{errc::limit_exceeded, "text"}.because("is too long to be one piece").finding(text.size());
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size(); i += character_length(text, i)) ++n;
    CRIA_TRY(const auto symbols, engine.start(n));
    const bool by_rank = merges_by_rank(tables);
    std::size_t begin = 0;
    for (symbol& s : symbols) {
        const auto length = character_length(text, begin);
        s = {static_cast<std::uint32_t>(begin), length, vocabulary::none};
        if (by_rank) s.id = tables.merges.symbol_of(tables.tokens, text.substr(begin, length));
        begin += length;
    }
    if (by_rank) return engine.run([&](const symbol& left, const symbol& right) { return tables.merges.find(left.id, right.id); });
    return engine.run([&](const symbol& left, const symbol& right) -> candidate {
        if (std::uint64_t{left.size} + right.size > most_merged_bytes) return {};  // before reading the text that both are
        const std::uint32_t id = tables.tokens.find_key(text.substr(left.begin, std::size_t{left.size} + right.size));
        if (id == vocabulary::none) return {};
        return {tables.urgency[id], id};
    });
}

/// How many bytes of text, as the vocabulary writes it, a token was made from: one, if it spells a byte. Of tokens that text may both become and be spelled in
/// (compat::llama_cpp) it is a guess.
[[nodiscard]] inline auto written_size(const tokenizer_tables& tables, std::uint32_t id) noexcept -> std::size_t {
    const auto token = static_cast<token_id>(id);
    return tables.tokens.type(token) == token_type::byte ? 1 : tables.tokens.key(token).size();
}

/// The token that the table has for a word, or none.
[[nodiscard]] inline auto find_word(const tokenizer_tables& tables, const short_text& word) noexcept -> std::uint32_t {
    return tables.pieces.find_first(word, tables.pieces.hash(word));
}

/// What symbols are written as: each as its token, or, where text must not become that or there is none, in characters, in <0xXX> tokens, or as UNKNOWN.
class symbol_writer {
public:
    symbol_writer(const tokenizer_tables& tables, std::uint8_t bars) noexcept : tables_(tables), bars_(bars) {}

    /// Calls put(id, begin, end) for each token of a symbol of `text`, and put_unknown(begin, end) for each character that is none.
    template <class Put, class PutUnknown>
    [[nodiscard]] auto write(std::string_view text, symbol s, const Put& put, const PutUnknown& put_unknown) -> result<void> {
        if (is_text(s.id, bars_)) return put(s.id, std::size_t{s.begin}, std::size_t{s.begin} + s.size);
        const bool is_barred = s.id < tables_.tokens.size();
        const bool spells_bytes_only = tables_.settings.mode == compat::llama_cpp && !is_barred;
        for (std::size_t i = s.begin, end = i + s.size; i < end;) {
            const auto length = character_length(text.substr(0, end), i);
            const std::string_view character = text.substr(i, length);
            const std::uint32_t id = spells_bytes_only && length != s.size ? vocabulary::none : tables_.tokens.find_key(character);
            if (is_text(id, bars_)) CRIA_TRY_VOID(put(id, i, i + length));
            else CRIA_TRY_VOID(spell(character, i, put, put_unknown));
            i += length;
        }
        return {};
    }
    /// Whether what has been written would be the same whatever text is trusted.
    [[nodiscard]] auto is_same_for_all() const noexcept -> bool { return (met_ & bars_untrusted_text) == 0; }

private:
    [[nodiscard]] auto is_text(std::uint32_t symbol, std::uint8_t counting) noexcept -> bool {
        if (symbol < tables_.bars.size()) met_ |= tables_.bars[symbol];
        return tables_.is_text(symbol, counting);
    }
    template <class Put, class PutUnknown>
    [[nodiscard]] auto spell(std::string_view character, std::size_t at, const Put& put, const PutUnknown& put_unknown) -> result<void> {
        const auto token_of = [&](char byte) {
            const std::uint32_t id = tables_.byte_tokens[static_cast<unsigned char>(byte)];
            return is_text(id, bars_ & bars_untrusted_text) ? id : vocabulary::none;
        };
        bool has_all = true;
        for (const char byte : character) has_all = (token_of(byte) != vocabulary::none) && has_all;
        const bool drops_unknown = tables_.settings.mode == compat::llama_cpp && tables_.settings.kind == algorithm::character_level;
        if (!has_all && !drops_unknown) return put_unknown(at, at + character.size());
        for (std::size_t i = 0; i < character.size(); ++i) {
            const std::uint32_t id = token_of(character[i]);
            if (id != vocabulary::none) CRIA_TRY_VOID(put(id, at + i, at + i + 1));
        }
        return {};
    }

    const tokenizer_tables& tables_;
    std::uint8_t bars_;
    std::uint8_t met_ = 0;  // bars of all tokens that were thought of
};

/// The words of a text merged one by one, by score.
class word_merger {
public:
    static constexpr std::size_t most_short = 32;  // bytes

    /// The symbols of a word with spaces for U+2581, as offsets in text(). Fails: as merge_characters().
    [[nodiscard]] auto run(const tokenizer_tables& tables, std::string_view word, merge_engine& engine) -> result<std::span<const symbol>> {
        if (word.size() >= vocabulary::none) return error{errc::limit_exceeded, "text"}.because("is too long to be one piece").finding(word.size());
        padded_.clear();
        CRIA_TRY(char* const text, padded_.extend(word.size() + padding, "text"));
        std::memset(text + word.size(), 0, padding);
        CRIA_TRY(const auto symbols, engine.start(word.size()));
        std::size_t n = 0, size = 0;
        for (std::size_t at = 0; at < word.size();) {
            const packed_character here = character_at(word, at);
            const bool is_space = here.bytes == ' ';
            const std::uint32_t length = is_space ? 1 : here.length;
            if (is_space) text[size] = ' ';
            else std::memcpy(text + size, word.data() + at, length);
            symbols[n++] = {static_cast<std::uint32_t>(size), length, vocabulary::none};
            size += length;
            at += here.length;
        }
        engine.keep(n);
        size_ = size;
        return engine.run([&](const symbol& left, const symbol& right) -> candidate {
            const std::uint32_t id = find(tables, text + left.begin, std::size_t{left.size} + right.size);
            if (id == vocabulary::none) return {};
            return {tables.urgency[id], id};
        });
    }
    [[nodiscard]] auto text() const noexcept -> std::string_view { return {padded_.data(), size_}; }

    /// The tokens of a word of at most most_short bytes, if each symbol of it is one that any text may become. How many there are, or 0.
    [[nodiscard]] static auto run_short(const tokenizer_tables& tables, std::string_view word, token_id* out) noexcept -> std::size_t;

private:
    static constexpr std::size_t padding = 16;  // so that a short text can be read at every byte

    /// The token that text becomes of which there are `size` bytes, and some more, at `from`; or none.
    [[nodiscard]] static auto find(const tokenizer_tables& tables, const char* from, std::size_t size) noexcept -> std::uint32_t {
        if (size <= piece_table::most_bytes) {
            const short_text key = load_short_text(from, size);
            const std::uint64_t hash = tables.pieces.hash(key);
            const std::uint32_t found = tables.pieces.find_first(key, hash);
            if (found != piece_table::none || !tables.pieces.is_full(hash)) return found;  // the table has all that it had room for
        }
        return find_written(tables, from, size);
    }
    [[nodiscard]] static auto find_written(const tokenizer_tables& tables, const char* from, std::size_t size) noexcept -> std::uint32_t;

    buffer<char> padded_;
    std::size_t size_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto word_merger::find_written(const tokenizer_tables& tables, const char* from, std::size_t size) noexcept -> std::uint32_t {
    char written[most_merged_bytes];
    std::size_t n = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t more = from[i] == ' ' ? escaped_space.size() : 1;
        if (n + more > most_merged_bytes) return vocabulary::none;
        if (from[i] == ' ') std::memcpy(written + n, escaped_space.data(), more);
        else written[n] = from[i];
        n += more;
    }
    const std::uint32_t id = tables.tokens.find_key({written, n});
    return tables.is_text(id) ? id : vocabulary::none;
}

/// What merge_engine does with a few symbols, with less around it: symbols are a list of the bytes that they begin at.
inline auto word_merger::run_short(const tokenizer_tables& tables, std::string_view word, token_id* out) noexcept -> std::size_t {
    constexpr std::uint64_t never = ~std::uint64_t{0};
    char text[most_short + padding] = {};
    std::uint8_t begins[most_short + 1], before[most_short + 1], behind[most_short + 1];
    std::uint32_t ids[most_short], results[most_short];
    std::uint64_t order[most_short];  // priority and place of a symbol's merge with the one behind it
    const seam_rules& rules = *tables.words;

    std::uint8_t n = 0, size = 0;
    for (std::size_t at = 0; at < word.size();) {
        const packed_character here = character_at(word, at);
        const std::uint32_t length = here.is_ascii() ? 1 : here.length;
        begins[n] = size;
        ids[n++] = vocabulary::none;
        if (length == 1) text[size] = static_cast<char>(here.bytes);
        else word.copy(text + size, length, at);
        size = static_cast<std::uint8_t>(size + length);
        at += here.length;
    }
    begins[n] = size;
    const auto order_of = [&](std::uint32_t id, std::uint8_t i) {
        if (id == vocabulary::none) return never;
        return std::uint64_t{tables.urgency[id]} << 8U | i;
    };
    order[0] = never;  // of a word without symbols
    for (std::uint8_t i = 0; i < n; ++i) {
        before[i] = static_cast<std::uint8_t>(i - 1);
        behind[i] = static_cast<std::uint8_t>(i + 1);
        order[i] = never;
        if (i + 1 == n) break;
        const auto first = static_cast<unsigned char>(text[begins[i]]), second = static_cast<unsigned char>(text[begins[i + 1]]);
        const std::string_view both(text + begins[i], static_cast<std::size_t>(begins[i + 2] - begins[i]));
        if ((first | second) < 0x80) results[i] = rules.ascii_pairs[first * 128U + second];
        else if (rules.seams.is_seam(character_at(both, 0), character_at(both, static_cast<std::size_t>(begins[i + 1] - begins[i])))) results[i] = vocabulary::none;
        else results[i] = find(tables, both.data(), both.size());
        order[i] = order_of(results[i], i);
    }
    for (;;) {
        std::uint64_t best = order[0];
        for (std::uint8_t i = 1; i < n; ++i) best = order[i] < best ? order[i] : best;
        if (best == never) break;
        const auto left = static_cast<std::uint8_t>(best), right = behind[left], next = behind[right];
        ids[left] = results[left];
        behind[left] = next;
        order[right] = order[left] = never;
        if (next < n) {
            before[next] = left;
            results[left] = find(tables, text + begins[left], static_cast<std::size_t>(begins[behind[next]] - begins[left]));
            order[left] = order_of(results[left], left);
        }
        if (left == 0) continue;
        const std::uint8_t last = before[left];
        results[last] = find(tables, text + begins[last], static_cast<std::size_t>(begins[next] - begins[last]));
        order[last] = order_of(results[last], last);
    }
    const bool is_llama_cpp = tables.settings.mode == compat::llama_cpp;
    std::size_t n_out = 0;
    for (std::uint8_t i = 0; i < n; i = behind[i]) {
        const std::size_t length = begins[behind[i]] - std::size_t{begins[i]};
        const std::uint32_t id = ids[i] != vocabulary::none ? ids[i] : find(tables, text + begins[i], length);
        if (id != vocabulary::none) {
            if (tables.bars[id] != 0 || (is_llama_cpp && tables.tokens.type(static_cast<token_id>(id)) == token_type::byte)) return 0;
            out[n_out++] = static_cast<token_id>(id);
            continue;
        }
        if (text[begins[i]] == ' ') return 0;  // it is spelled in three bytes
        for (std::size_t k = begins[i]; k < begins[i] + length; ++k) {
            const std::uint32_t spelled = rules.spelled[static_cast<unsigned char>(text[k])];
            if (spelled == vocabulary::none) return 0;
            out[n_out++] = static_cast<token_id>(spelled);
        }
    }
    return n_out;
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_CHARACTER_MERGING_HPP
