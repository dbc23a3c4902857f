// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_CACHE_HPP
#define CRIA_BPE_PIECE_CACHE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/bpe/line_array.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <utility>

// What pieces became that are not one token, or too long to be looked up as one: an encoder's own memory of those that it has met.
// It takes no memory before there is something worth remembering, little until a lot of text has been seen, and never more
// than it says: what is new takes the place of what was older.

namespace cria::inline v0::bpe::detail {

/// Pieces of short_text::most_bytes or less. Threads: one.
class short_piece_cache {
public:
    static constexpr std::size_t most_ids = 4;  // of a piece

    struct entry {
        std::uint64_t low;
        std::uint64_t high;  // its top byte: the length, and above it the number of tokens
        token_id ids[most_ids];

        [[nodiscard]] auto size() const noexcept -> std::size_t { return static_cast<std::size_t>(high >> 60U); }
    };

    [[nodiscard]] auto size() const noexcept -> std::size_t { return entries_.size(); }
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return entries_.size_bytes(); }
    /// Room for `n` pieces, a power of two; forgets what there was. Where there is no memory, nothing changes.
    void make(std::size_t n) noexcept { static_cast<void>(entries_.make(n, "piece cache")); }

    void prefetch(std::uint64_t hash) const noexcept {
        if (!entries_.empty()) cria::detail::prefetch(&entries_[place_of(hash)]);
    }
    /// The tokens of `key`, whose hash is `hash`; nullptr where it is not known.
    [[nodiscard]] auto find(const short_text& key, std::uint64_t hash) const noexcept -> const entry* {
        if (entries_.empty()) return nullptr;
        constexpr std::uint64_t key_mask = (std::uint64_t{1} << 60U) - 1;
        const entry* const pair = &entries_[place_of(hash)];
        if (pair[0].low == key.low && (pair[0].high & key_mask) == key.high) return &pair[0];
        if (pair[1].low == key.low && (pair[1].high & key_mask) == key.high) return &pair[1];
        return nullptr;
    }
    /// Preconditions: 1 to most_ids tokens, and find() has not found it.
    void insert(const short_text& key, std::uint64_t hash, std::span<const token_id> ids) noexcept {
        if (entries_.empty()) return;
        entry* const pair = &entries_[place_of(hash)];
        pair[1] = pair[0];
        pair[0].low = key.low;
        pair[0].high = key.high | static_cast<std::uint64_t>(ids.size()) << 60U;
        for (std::size_t i = 0; i < ids.size(); ++i) pair[0].ids[i] = ids[i];
    }

private:
    /// Two entries are a line; the first is the younger.
    [[nodiscard]] auto place_of(std::uint64_t hash) const noexcept -> std::size_t { return static_cast<std::size_t>(hash) & (entries_.size() - 2); }

    line_array<entry> entries_;  // a power of two of them, or none
};

/// Longer pieces, of up to most_bytes, and those of more tokens: texts and tokens one after the other in one piece of memory. When that
/// is full all is forgotten. Threads: one.
class long_piece_cache {
public:
    static constexpr std::size_t most_bytes = 1024;  // of a piece

    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return slots_.size() * sizeof(slot) + words_.size() * sizeof(std::uint32_t); }
    /// Room for some `n_words` words of four bytes; forgets what there was. Where there is no memory, nothing changes.
    void make(std::size_t n_slots, std::size_t n_words) noexcept {
        buffer<slot> places;
        buffer<std::uint32_t> words;
        if (!places.resize(n_slots, "piece cache") || !words.resize(n_words, "piece cache")) return;
        slots_ = std::move(places);
        words_ = std::move(words);
        seed_ = cria::detail::seed_from(slots_.data());
        n_words_ = n_pieces_ = 0;
    }
    [[nodiscard]] auto hash(std::string_view piece) const noexcept -> std::uint64_t { return cria::detail::hash_of(piece, seed_); }

    /// The tokens of `piece`; none where it is not known.
    [[nodiscard]] auto find(std::string_view piece, std::uint64_t hash) const noexcept -> std::span<const token_id> {
        if (slots_.empty()) return {};
        for (std::size_t at = static_cast<std::size_t>(hash) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            const slot here = slots_[at];
            if (here.place == 0) return {};
            if (here.tag != static_cast<std::uint32_t>(hash >> 32U)) continue;
            const std::uint32_t* const record = words_.data() + (here.place - 1);
            if (record[0] != piece.size() || std::memcmp(record + 2, piece.data(), piece.size()) != 0) continue;
            return {reinterpret_cast<const token_id*>(record + 2 + words_of(piece.size())), record[1]};
        }
    }
    /// Preconditions: find() has not found it; at most most_bytes, and no more tokens than bytes.
    void insert(std::string_view piece, std::uint64_t hash, std::span<const token_id> ids) noexcept {
        const std::size_t needed = 2 + words_of(piece.size()) + ids.size();
        if (slots_.empty() || ids.empty() || needed > words_.size()) return;
        if (n_words_ + needed > words_.size() || n_pieces_ >= slots_.size() / 4 * 3) {
            for (slot& each : slots_) each = {};
            n_words_ = n_pieces_ = 0;
        }
        std::uint32_t* const record = words_.data() + n_words_;
        record[0] = static_cast<std::uint32_t>(piece.size());
        record[1] = static_cast<std::uint32_t>(ids.size());
        std::memcpy(record + 2, piece.data(), piece.size());
        std::memcpy(record + 2 + words_of(piece.size()), ids.data(), ids.size() * sizeof(token_id));
        std::size_t at = static_cast<std::size_t>(hash) & (slots_.size() - 1);
        while (slots_[at].place != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = {static_cast<std::uint32_t>(hash >> 32U), static_cast<std::uint32_t>(n_words_ + 1)};
        n_words_ += needed;
        ++n_pieces_;
    }

private:
    struct slot {
        std::uint32_t tag;
        std::uint32_t place;  // in words_, and 1; 0: free
    };
    [[nodiscard]] static constexpr auto words_of(std::size_t n_bytes) noexcept -> std::size_t { return (n_bytes + 3) / 4; }

    buffer<slot> slots_;            // a power of two of them, at most three quarters in use; or none
    buffer<std::uint32_t> words_;   // of each piece its bytes, its number of tokens, its text, its tokens
    std::size_t n_words_ = 0;
    std::size_t n_pieces_ = 0;
    std::uint64_t seed_ = 0;
};

/// Both, as large as is worth it.
struct piece_cache {
    short_piece_cache shorts;
    long_piece_cache longs;

    /// Something was looked for that was not there.
    void note_miss() noexcept {
        if (++n_misses_ != misses_before_first) return;
        shorts.make(first_shorts);
        longs.make(first_slots, first_words);
    }
    /// More text has been seen.
    void note_text(std::size_t size_bytes) noexcept {
        n_bytes_ += size_bytes;
        if (n_bytes_ < bytes_before_most || shorts.size() != first_shorts) return;
        shorts.make(most_shorts);
        longs.make(most_slots, most_words);
    }

private:
    static constexpr std::uint64_t misses_before_first = 64, bytes_before_most = std::uint64_t{1} << 20U;
    static constexpr std::size_t first_shorts = std::size_t{1} << 11U, first_slots = std::size_t{1} << 10U, first_words = std::size_t{1} << 13U;  // 64, 8 and 32 KiB
    static constexpr std::size_t most_shorts = std::size_t{1} << 16U, most_slots = std::size_t{1} << 15U, most_words = std::size_t{3} << 17U;     // 2, 0.25 and 1.5 MiB

    std::uint64_t n_misses_ = 0;
    std::uint64_t n_bytes_ = 0;
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_CACHE_HPP
