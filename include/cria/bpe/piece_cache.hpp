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
//
// A line of the processor's cache has two pieces. A piece belongs into the line that its hash says; where that is full, the older of the
// two there moves to a second line, which its hash says as well (cuckoo hashing). So two lines at most have to be read, mostly one, and
// nearly all of the memory is in use before anything has to be forgotten.
//
// Texts that are too long for that, and tokens that are too many, are records in another memory, which is written round and round: a record is
// there until as much has been written behind it.

namespace cria::inline v0::bpe::detail {

/// A piece as it is looked for: its short text, or of_longer(), and its hash, both as in the batch.
struct cache_key {
    std::string_view piece;
    short_text text{};
    std::uint64_t hash = 0;

    [[nodiscard]] auto is_short() const noexcept -> bool { return piece.size() <= short_text::most_bytes; }
};

/// Tokens by pieces of up to most_bytes. Threads: one.
class piece_cache {
public:
    static constexpr std::size_t most_bytes = 1024;  // of a piece
    static constexpr std::size_t most_within = 8;    // tokens of a piece that lie beside it, if two bytes are enough for all ids; otherwise half as many
    static constexpr std::size_t most_narrow = std::size_t{1} << 16U;  // tokens of a vocabulary for which they are

    struct entry {
        std::uint64_t low;   // a short text's; a longer one's hash
        std::uint64_t high;  // a short text's, and in the uppermost bits the number of tokens; of a longer one its place and its size, and the same
        token_id ids[most_within / 2];  // or twice as many of two bytes; or, if there are more, the first says where they are
    };

    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return entries_.size_bytes() + words_.size() * sizeof(std::uint32_t); }
    void prefetch(std::uint64_t hash) const noexcept {
        if (!entries_.empty()) cria::detail::prefetch(line_of(hash));
    }
    /// What may be the piece in one of its lines: it is, if the piece is short; of a longer one it has hash and size.
    struct candidate {
        const entry* found = nullptr;
        bool may_be_second = false;  // nothing was found, and it may be in the second line
    };
    /// In the first line. What is wanted next is asked for: the second line, or the text of a longer piece.
    /// Borrows: until the next insert() or note_…(). Precondition: size_bytes() != 0.
    [[nodiscard]] auto probable(const cache_key& wanted) const noexcept -> candidate {
        const wanted_bits bits(wanted);
        const entry* const line = line_of(wanted.hash);
        const entry* const found = bits.in(line);
        const bool is_found = bits.are(*found);
        // Whether it is there cannot be foretold.
        const void* const text = wanted.is_short() ? static_cast<const void*>(line) : record(place_of(*found));
        cria::detail::prefetch(is_found ? text : second_line_of(wanted.hash));
        return {is_found ? found : nullptr, !is_found && line[1].high != 0};  // otherwise nothing had to move from here
    }
    /// In the second one; nullptr: nothing.
    [[nodiscard]] auto probable_second(const cache_key& wanted) const noexcept -> const entry* {
        const wanted_bits bits(wanted);
        const entry* const found = bits.in(second_line_of(wanted.hash));
        return bits.are(*found) ? found : nullptr;
    }

    /// Where the tokens of a piece are, and how many; 0 where it is not known. Borrows: until the next insert() or note_…().
    struct known {
        const void* ids = nullptr;
        std::size_t n = 0;
    };
    [[nodiscard]] auto find(const cache_key& wanted) const noexcept -> known {
        if (entries_.empty()) return {};
        const candidate first = probable(wanted);
        return tokens_of(wanted, first.may_be_second ? probable_second(wanted) : first.found);
    }
    /// The same of what probable() or probable_second() gave.
    [[nodiscard]] auto tokens_of(const cache_key& wanted, const entry* found) const noexcept -> known {
        if (found == nullptr) return {};
        const auto n = static_cast<std::size_t>(found->high >> count_shift);
        if (!wanted.is_short() && !(is_there(place_of(*found)) && is_text(record(place_of(*found)), wanted.piece))) return {};
        if (n <= n_within()) return {found->ids, n};
        const auto place = static_cast<std::uint32_t>(found->ids[0]);
        if (!is_there(place)) return {};
        const std::size_t n_text = wanted.is_short() ? 0 : words_of(wanted.piece.size());
        return {record(place) + n_text, wanted.is_short() ? n : static_cast<std::uint32_t>(found->ids[1])};
    }
    /// Writes them, and perhaps some more, to where there is room for most_within more than there are.
    void copy(const known& from, token_id* out) const noexcept {
        if (!is_narrow_) {
            if (from.n <= most_within / 2) std::memcpy(out, from.ids, most_within / 2 * sizeof(token_id));  // they all lie there
            else std::memcpy(out, from.ids, from.n * sizeof(token_id));
            return;
        }
        for (std::size_t done = 0; done < from.n; done += most_within) {
            std::uint16_t narrow[most_within];
            std::memcpy(narrow, static_cast<const unsigned char*>(from.ids) + done * sizeof narrow[0], sizeof narrow);
            for (std::size_t i = 0; i < most_within; ++i) out[done + i] = static_cast<token_id>(narrow[i]);
        }
    }

    /// Preconditions: find() has not found it; at most most_bytes; 1 token or more, and no more than bytes.
    void insert(const cache_key& added, std::span<const token_id> ids) noexcept {
        if (entries_.empty()) return;
        const std::size_t n_text = added.is_short() ? 0 : words_of(added.piece.size()), n_ids = ids.size() <= n_within() ? 0 : words_of_ids(ids.size());
        if (n_text + n_ids > n_words()) return;
        const std::uint32_t place = n_text + n_ids != 0 ? make_room(n_text + n_ids) : 0;
        entry made{added.text.low, added.text.high, {}};
        if (!added.is_short()) {
            std::memcpy(words_.data() + place % n_words(), added.piece.data(), added.piece.size());
            made.low = added.hash;
            made.high = static_cast<std::uint64_t>(added.piece.size()) << size_shift | place;
        }
        if (n_ids == 0) {
            put_ids(made.ids, ids);
        } else {
            put_ids(words_.data() + place % n_words() + n_text, ids);
            made.ids[0] = static_cast<token_id>(place);
            made.ids[1] = static_cast<token_id>(ids.size());
        }
        made.high |= static_cast<std::uint64_t>(ids.size() < most_count ? ids.size() : most_count) << count_shift;
        // Where its record was written over, the piece has an entry still.
        const wanted_bits bits(added);
        for (const entry* const line : {line_of(added.hash), second_line_of(added.hash)}) {
            if (const entry* const before = bits.in(line); bits.are(*before)) {
                *const_cast<entry*>(before) = made;
                return;
            }
        }
        put(made, added.hash);
    }

    /// Something was looked for that was not there, among pieces that become ids of a vocabulary of `n_tokens`. Both are the same in each call.
    void note_miss(const piece_table& hashes, std::size_t n_tokens) noexcept {
        ++n_misses_;
        is_narrow_ = n_tokens <= most_narrow;
        if (entries_.empty() ? n_misses_ >= misses_before_first : n_misses_ > n_lines()) grow(hashes);
    }
    /// More text has been seen.
    void note_text(std::size_t size_bytes) noexcept { n_bytes_ += size_bytes; }

private:
    /// What an entry of a piece has, and in which bits.
    struct wanted_bits {
        std::uint64_t low, high, mask;

        explicit wanted_bits(const cache_key& key) noexcept
            : low(key.is_short() ? key.text.low : key.hash), high(key.is_short() ? key.text.high : static_cast<std::uint64_t>(key.piece.size()) << size_shift),
              mask(key.is_short() ? key_mask : key_mask & ~std::uint64_t{0xFFFFFFFFU}) {}
        [[nodiscard]] auto are(const entry& each) const noexcept -> bool { return ((each.low ^ low) | ((each.high & mask) ^ high)) == 0; }
        /// The entry of a line that it is, or any.
        [[nodiscard]] auto in(const entry* line) const noexcept -> const entry* { return line + (are(line[1]) ? 1 : 0); }
    };

    // One short text has two or three; whoever comes with a second one may come again.
    static constexpr std::uint64_t misses_before_first = 4, bytes_before_more = std::uint64_t{1} << 20U;
    static constexpr std::size_t first_lines = 96, lines_before_more = first_lines << 4U, most_lines = std::size_t{3} << 14U;  // 6 KiB, 96 KiB and 3 MiB
    static constexpr std::size_t words_of_a_line = 4;                                       // a quarter more
    static constexpr std::size_t padding = 4;                                               // as many words can be read behind the last one as most_within tokens have
    static constexpr std::uint32_t most_places = 0xFFFFFFFFU;
    static constexpr unsigned size_shift = 32, count_shift = 60, short_size_shift = 56;
    static constexpr std::uint64_t key_mask = (std::uint64_t{1} << count_shift) - 1, most_count = 15;

    [[nodiscard]] static constexpr auto words_of(std::size_t n_bytes) noexcept -> std::size_t { return (n_bytes + 3) / 4; }
    /// Places are counted on from one round to the next.
    [[nodiscard]] static auto place_of(const entry& of) noexcept -> std::uint32_t { return static_cast<std::uint32_t>(of.high); }
    [[nodiscard]] auto words_of_ids(std::size_t n) const noexcept -> std::size_t { return is_narrow_ ? words_of(n * sizeof(std::uint16_t)) : n; }
    [[nodiscard]] auto n_words() const noexcept -> std::uint32_t { return static_cast<std::uint32_t>(words_.size() - padding); }
    [[nodiscard]] auto record(std::uint32_t place) const noexcept -> const std::uint32_t* { return words_.data() + place % n_words(); }
    [[nodiscard]] auto is_there(std::uint32_t place) const noexcept -> bool { return end_ - place <= n_words(); }
    /// How many tokens lie beside a piece at most.
    [[nodiscard]] auto n_within() const noexcept -> std::size_t { return is_narrow_ ? most_within : most_within / 2; }
    void put_ids(void* out, std::span<const token_id> ids) const noexcept {
        auto* to = static_cast<unsigned char*>(out);
        for (const token_id id : ids) {
            const auto narrow = static_cast<std::uint16_t>(id);
            if (is_narrow_) std::memcpy(to, &narrow, sizeof narrow);
            else std::memcpy(to, &id, sizeof id);
            to += is_narrow_ ? sizeof narrow : sizeof id;
        }
    }
    /// The place of a record of `n` words, at most n_words(). It does not go over the end.
    [[nodiscard]] auto make_room(std::size_t n) noexcept -> std::uint32_t {
        if (end_ > most_places - 2 * n_words()) clear();
        const std::uint32_t at = end_ % n_words();
        if (n_words() - at < n) end_ += n_words() - at;
        const std::uint32_t place = end_;
        end_ += static_cast<std::uint32_t>(n);
        return place;
    }
    [[nodiscard]] auto number_of_line(std::uint32_t hash) const noexcept -> std::size_t { return static_cast<std::size_t>((hash * std::uint64_t{entries_.size() / 2}) >> 32U); }
    /// Where a piece belongs, and where it goes if there is no room. The table is looked up in by the other half of the hash.
    [[nodiscard]] auto line_of(std::uint64_t hash) const noexcept -> const entry* { return &entries_[2 * number_of_line(static_cast<std::uint32_t>(hash))]; }
    [[nodiscard]] auto second_line_of(std::uint64_t hash) const noexcept -> const entry* {
        return &entries_[2 * number_of_line(static_cast<std::uint32_t>(hash * 0x9E3779B97F4A7C15U >> 32U))];
    }

    /// Precondition: the piece is not short.
    [[nodiscard]] static auto is_text(const std::uint32_t* kept, std::string_view piece) noexcept -> bool {
        static_assert(short_text::most_bytes >= 8);
        const auto* const bytes = reinterpret_cast<const char*>(kept);
        const auto differs = [&](std::size_t at) {
            std::uint64_t one = 0, other = 0;
            std::memcpy(&one, bytes + at, 8);
            std::memcpy(&other, piece.data() + at, 8);
            return one ^ other;
        };
        std::uint64_t all = differs(piece.size() - 8);
        for (std::size_t at = 0; at + 8 < piece.size(); at += 8) all |= differs(at);
        return all == 0;
    }

    /// Puts an entry into its line, in front. Who has to leave there goes to the other line that its hash says, where somebody else may have
    /// to leave; who has none after a few moves is forgotten.
    void put(entry moving, std::uint64_t hash) noexcept {
        auto* line = const_cast<entry*>(line_of(hash));
        for (int moves = 0; moves < 5; ++moves) {
            const entry leaving = std::exchange(line[1], line[0]);
            line[0] = moving;
            if (leaving.high == 0) return;
            hash = hash_of(leaving);
            const entry* const other = line_of(hash) == line ? second_line_of(hash) : line_of(hash);
            line = const_cast<entry*>(other);
            moving = leaving;
        }
    }
    [[nodiscard]] auto hash_of(const entry& of) const noexcept -> std::uint64_t {
        const short_text text{of.low, of.high & key_mask};
        return text.size() != 0 ? hashes_->hash(text) : of.low;
    }

    void clear() noexcept {
        for (std::size_t i = 0; i < entries_.size(); ++i) entries_[i] = {};
        end_ = 0;
    }
    [[nodiscard]] auto n_lines() const noexcept -> std::size_t { return entries_.size() / 2; }
    /// Takes four times as much memory; for a lot of it there must have been a lot of text. What was there stays. Where there is no memory, nothing changes.
    void grow(const piece_table& hashes) noexcept {
        std::size_t wanted = first_lines;
        if (!entries_.empty()) {
            if (n_lines() == most_lines || (n_lines() >= lines_before_more && n_bytes_ < bytes_before_more)) return;
            wanted = 4 * n_lines() < most_lines ? 4 * n_lines() : most_lines;
        }
        n_misses_ = 0;
        line_array<entry> entries;
        const std::uint32_t n_before = words_.empty() ? 0 : n_words(), end_before = end_;
        if (!entries.make(2 * wanted, "piece cache") || !words_.extend(words_of_a_line * wanted + padding - words_.size(), "piece cache")) return;
        hashes_ = &hashes;
        std::swap(entries, entries_);
        // Where records lie stays; they are counted anew, as written in the first round.
        end_ = end_before < n_before ? end_before : n_before;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            entry& moved = entries[i];
            if (moved.high == 0) continue;
            const bool is_short = (moved.high & key_mask) >> short_size_shift != 0, has_ids = (moved.high >> count_shift) > n_within();
            if (has_ids || !is_short) {
                const std::uint32_t place = has_ids ? static_cast<std::uint32_t>(moved.ids[0]) : place_of(moved);
                if (end_before - place > n_before) continue;
                if (!is_short) moved.high = (moved.high & ~std::uint64_t{0xFFFFFFFFU}) | place % n_before;
                if (has_ids) moved.ids[0] = static_cast<token_id>(place % n_before);
            }
            put(moved, hash_of(moved));
        }
    }

    line_array<entry> entries_;
    buffer<std::uint32_t> words_;  // texts of longer pieces, tokens of which there are many
    std::uint32_t end_ = 0;        // the place behind the last record
    std::uint64_t n_misses_ = 0;  // since it grew
    std::uint64_t n_bytes_ = 0;
    bool is_narrow_ = false;
    const piece_table* hashes_ = nullptr;  // who knows the hash of a short text
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_CACHE_HPP
