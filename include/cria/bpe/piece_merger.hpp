// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_MERGER_HPP
#define CRIA_BPE_PIECE_MERGER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/merge_engine.hpp"
#include "cria/bpe/split_rules.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/bpe/window_merger.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy, memset
#include <span>
#include <string_view>

// piece_merger: a byte-level piece of text as the symbols that merging by rank gives. What is most often merged has a few bytes:
// up to 63 of them are a kernel's (short_merging.hpp), and longer pieces are merged by windows of as many. Where the list of merges is a table
// (split_rules.hpp says when), and for windows that have to be longer, merge_engine does it.

namespace cria::inline v0::bpe::detail {

/// Merges pieces; keeps its scratch memory. Threads: one run, one merger.
class piece_merger {
public:
    /// The symbols of a piece, in memory that can be read up to `end`. A byte that has no symbol is, in compat::hf, dropped before its neighbours
    /// meet, and counts to the symbol before it.
    /// Borrows: until the next call. Fails: errc::out_of_memory; errc::limit_exceeded for a piece of 4 GiB.
    [[nodiscard]] auto run(const tokenizer_tables& tables, std::string_view piece, const char* end) CRIA_LIFETIME_BOUND -> result<std::span<const symbol>>;
    /// Whether nothing was dropped in the last run.
    [[nodiscard]] auto is_whole() const noexcept -> bool { return is_whole_; }

private:
    static constexpr std::size_t few = short_symbols::most_bytes;
    static constexpr std::size_t window = 60, engine_window = 1024;  // of splits, and of tables

    [[nodiscard]] auto run_short(const tokenizer_tables& tables, std::string_view piece, const char* end) noexcept -> std::span<const symbol>;
    [[nodiscard]] auto run_many(const tokenizer_tables& tables, std::string_view piece, const char* end) -> result<std::span<const symbol>>;
    [[nodiscard]] auto run_engine(const tokenizer_tables& tables, std::string_view piece, const char* end) -> result<std::span<const symbol>>;
    /// The symbols of a piece from which bytes have been dropped, as ranges of the piece that it was.
    [[nodiscard]] auto run_without_unknown(const tokenizer_tables& tables, std::string_view piece) -> result<std::span<const symbol>>;

    merge_engine engine_;
    window_merger windows_;
    std::array<symbol, few> symbols_;
    buffer<char> kept_;             // bytes that have symbols
    buffer<std::uint32_t> places_;  // of these in the piece
    buffer<symbol> moved_;
    bool is_whole_ = true;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto piece_merger::run(const tokenizer_tables& tables, std::string_view piece, const char* end) -> result<std::span<const symbol>> {
    is_whole_ = true;
    if (tables.drops_bytes) {
        for (const char byte : piece)
            if (tables.byte_symbols[static_cast<unsigned char>(byte)] == merge_table::none) return run_without_unknown(tables, piece);
    }
    return run_many(tables, piece, end);
}

inline auto piece_merger::run_without_unknown(const tokenizer_tables& tables, std::string_view piece) -> result<std::span<const symbol>> {
    constexpr std::string_view what = "merge scratch";
    if (piece.size() >= merge_table::none) return error{errc::limit_exceeded, what}.finding(std::uint64_t{piece.size()});
    kept_.clear();
    places_.clear();
    for (std::size_t i = 0; i < piece.size(); ++i) {
        if (tables.byte_symbols[static_cast<unsigned char>(piece[i])] == merge_table::none) continue;
        CRIA_TRY_VOID(kept_.push_back(piece[i], what));
        CRIA_TRY_VOID(places_.push_back(static_cast<std::uint32_t>(i), what));
    }
    CRIA_TRY_VOID(places_.push_back(static_cast<std::uint32_t>(piece.size()), what));
    const char* const end = kept_.data() + kept_.size();
    CRIA_TRY(const auto merged, run_many(tables, kept_.view(), end));
    is_whole_ = false;
    moved_.clear();
    for (const symbol& s : merged) {
        const std::uint32_t from = places_[s.begin], to = places_[std::size_t{s.begin} + s.size];
        CRIA_TRY_VOID(moved_.push_back({from, to - from, s.id}, what));
    }
    return moved_.span();
}

inline auto piece_merger::run_short(const tokenizer_tables& tables, std::string_view piece, const char* end) noexcept -> std::span<const symbol> {
    const auto n = static_cast<unsigned>(piece.size());
    char copied[few + 1 + sizeof(short_text)];
    const char* text = piece.data();
    if (static_cast<std::size_t>(end - text) < n + sizeof(short_text)) {
        std::memset(copied + n, 0, sizeof(short_text));
        std::memcpy(copied, text, n);
        text = copied;
    }
    short_symbols made;
    tables.kernels->merge({tables.tokens, tables.splits, tables.byte_symbols.data()}, text, n, made);
    std::size_t n_symbols = 0;
    for (unsigned i = 0; i < n;) {
        const unsigned next = made.behind(i);
        symbols_[n_symbols++] = {i, next - i, made.ids[i]};
        i = next;
    }
    return {symbols_.data(), n_symbols};
}

inline auto piece_merger::run_many(const tokenizer_tables& tables, std::string_view piece, const char* end) -> result<std::span<const symbol>> {
    if (piece.empty()) return std::span<const symbol>{};
    const bool has_splits = tables.splits.has_begun();
    const auto merge = [&](std::size_t begin, std::size_t size) -> result<std::span<const symbol>> {
        const std::string_view part = piece.substr(begin, size);
        if (has_splits && size <= few) return run_short(tables, part, end);
        return run_engine(tables, part, end);
    };
    if (piece.size() <= (has_splits ? few : engine_window) || tables.settings.is_plain) return merge(0, piece.size());
    if (piece.size() >= merge_table::none) return error{errc::limit_exceeded, "merge scratch"}.finding(std::uint64_t{piece.size()});
    return windows_.run(piece, has_splits ? window : engine_window, merge);
}

inline auto piece_merger::run_engine(const tokenizer_tables& tables, std::string_view piece, const char* end) -> result<std::span<const symbol>> {
    CRIA_TRY(const auto symbols, engine_.start(piece.size()));
    for (std::uint32_t i = 0; i < symbols.size(); ++i) symbols[i] = {i, 1, tables.byte_symbols[static_cast<unsigned char>(piece[i])]};
    if (!tables.splits.has_begun()) return engine_.run([&](const symbol& left, const symbol& right) { return tables.merges.find(left.id, right.id); });
    return engine_.run([&](const symbol& left, const symbol& right) -> candidate {
        if (left.size + right.size == 2) {
            const std::uint32_t id = tables.splits.find_pair(static_cast<unsigned char>(piece[left.begin]), static_cast<unsigned char>(piece[right.begin]));
            return {id, id};  // none is candidate::never
        }
        const std::uint32_t id = tables.splits.find(tables.tokens, piece.substr(left.begin, std::size_t{left.size} + right.size), left.size, end);
        return {id, id};
    });
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_MERGER_HPP
