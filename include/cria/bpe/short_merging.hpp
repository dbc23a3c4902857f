// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SHORT_MERGING_HPP
#define CRIA_BPE_SHORT_MERGING_HPP

#include "cria/bpe/character_borders.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/split_rules.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <bit>  // countl_zero, countr_zero
#include <cstddef>
#include <cstdint>

// A byte-level piece of a few bytes, merged by rank: nearly all pieces that are merged at all. Nearly every text that a merge could give is a short text, so
// it is read with two loads, hashed without a loop, and compared with a line of the piece table at once; which symbols there are is a word, and what each
// gives with its neighbour a vector, or four. merge_engine does the same from a table of merges, and is what this is compared with, in every tier.

namespace cria::inline v0::bpe::detail {

/// What merging goes by.
struct short_merge_rules {
    const vocabulary& tokens;  // whose pieces() are not empty
    const split_rules& splits;
    const std::uint32_t* byte_symbols;
};

/// The symbols of a piece: one begins at each bit of `begins`, which has one more bit where the piece ends. ids[i]: of the symbol that begins at i.
struct short_symbols {
    static constexpr unsigned most_bytes = 63;

    std::uint64_t begins;
    std::array<std::uint32_t, most_bytes> ids;

    /// Where the symbol behind the one at `i` begins, or the piece ends.
    [[nodiscard]] auto behind(unsigned i) const noexcept -> unsigned { return i + 1 + static_cast<unsigned>(std::countr_zero(begins >> (i + 1U))); }
};

/// What the texts [left, right) and [right, end), each of a symbol, become, or none. Sixteen bytes more can be read than there are.
/// With branches: most pairs give nothing, and the processor goes on without the answer.
template <class Tier>
[[nodiscard, gnu::always_inline]] inline auto find_merge(const short_merge_rules& rules, const char* text, unsigned left, unsigned right, unsigned end) noexcept -> std::uint32_t {
    const piece_table& table = rules.tokens.pieces();
    const unsigned size = end - left;
    std::uint32_t id = split_rules::none;
    if (size <= piece_table::most_bytes) [[likely]] {
        const short_text key = load_short_text(text + left, size);
        const std::uint64_t hash = table.hash(key);
        const piece_table::bucket& line = table.line(hash);
        const unsigned place = Tier::equal_entry(line, key, piece_table::text_mask);
        if (place < piece_table::bucket::most) id = line.id_or_next(place);
        else if (table.is_full(hash)) id = rules.tokens.find_crowded(key, hash, text + left);
    } else {
        id = rules.tokens.find_long_key({text + left, size});
    }
    return id != split_rules::none && rules.splits.allows(id, size, right - left) ? id : split_rules::none;
}

/// The token of the character of two or three bytes at `at`, if there is one that it certainly becomes before anything else happens to its bytes
/// (character_borders.hpp has why), or none.
template <class Tier>
[[nodiscard, gnu::always_inline]] inline auto certain_character(const short_merge_rules& rules, const char* text, unsigned n, unsigned at) noexcept -> std::uint32_t {
    const auto byte = [text](unsigned i) { return static_cast<unsigned char>(text[i]); };
    const character_borders& borders = rules.tokens.borders();
    const unsigned size = announced_size(byte(at)), end = at + size;
    if ((size != 2 && size != 3) || end > n) return split_rules::none;
    if ((at != 0 && borders.is_crossed(byte(at - 1), byte(at))) || (end != n && borders.is_crossed(byte(end - 1), byte(end)))) return split_rules::none;
    if (!is_continuation(byte(at + 1)) || !is_continuation(byte(end - 1))) return split_rules::none;
    const std::uint32_t first = rules.splits.find_pair(byte(at), byte(at + 1));
    if (size == 2) return first;
    const std::uint32_t second = rules.splits.find_pair(byte(at + 1), byte(at + 2)), sooner = first < second ? first : second;
    if (sooner == split_rules::none) return sooner;
    const std::uint32_t id = find_merge<Tier>(rules, text, at, first <= second ? at + 2 : at + 1, end);
    return id > sooner ? id : split_rules::none;
}

/// Merges the `n` bytes at `text`, of which sixteen more can be read. Tier::sixteen, …: piece_kernels.hpp; there are n_groups of them.
/// From characters, where they are certain: false, if it has not been merged because tokens turned out to be lower than what they are made of.
/// Precondition: 1 <= n < 16 * n_groups.
template <class Tier, unsigned n_groups>
[[nodiscard, gnu::always_inline]] inline auto merge_few_with(const short_merge_rules& rules, const char* text, unsigned n, bool from_characters, short_symbols& made) noexcept -> bool {
    // next[i]: if a symbol begins at i, the token that it would make with the one behind it, and i in the lowest bits, so that the least is the one to
    // merge: the lowest token, of equals the leftmost.
    constexpr std::uint32_t never = 0xFFFFFFFFU;
    constexpr unsigned place_bits = 6;
    static_assert((n_groups == 1 || n_groups == 4) && piece_table::most_ids <= std::uint64_t{1} << (32U - place_bits));
    alignas(64) std::array<std::uint32_t, 16 * n_groups> pairs;
    for (std::uint32_t& each : pairs) each = never;
    const auto pair_of_bytes = [&](unsigned right) __attribute__((always_inline)) -> std::uint32_t {
        const std::uint32_t id = rules.splits.find_pair(static_cast<unsigned char>(text[right - 1]), static_cast<unsigned char>(text[right]));
        return id == split_rules::none ? never : id << place_bits | (right - 1);
    };
    bool is_ordered = true;
    const auto both = [&](unsigned left, unsigned right, unsigned end) __attribute__((always_inline)) -> std::uint32_t {
        const std::uint32_t id = find_merge<Tier>(rules, text, left, right, end);
        if (id == split_rules::none) return never;
        is_ordered = is_ordered && id > made.ids[left] && id > made.ids[right];
        return id << place_bits | left;
    };
    std::uint64_t begins = (std::uint64_t{2} << n) - 1;
    if (!from_characters) {
        made.ids[0] = rules.byte_symbols[static_cast<unsigned char>(text[0])];
        for (unsigned i = 1; i < n; ++i) {
            made.ids[i] = rules.byte_symbols[static_cast<unsigned char>(text[i])];
            pairs[i - 1] = pair_of_bytes(i);
        }
    } else {
        for (unsigned at = 0, before = 0, size = 1; at < n; before = at, at += size) {
            const std::uint32_t id = certain_character<Tier>(rules, text, n, at);
            size = id != split_rules::none ? announced_size(static_cast<unsigned char>(text[at])) : 1;
            begins &= ~(((std::uint64_t{1} << size) - 2) << at);
            made.ids[at] = id != split_rules::none ? id : rules.byte_symbols[static_cast<unsigned char>(text[at])];
            if (at != 0) pairs[before] = at + size - before == 2 ? pair_of_bytes(at) : both(before, at, at + size);
        }
    }
    std::array<typename Tier::sixteen, n_groups> next;
    for (unsigned group = 0; group < n_groups; ++group) Tier::load(next[group], pairs.data() + 16 * group);
    const auto set = [&](unsigned i, std::uint32_t number) __attribute__((always_inline)) { Tier::set(next[n_groups == 1 ? 0 : i / 16], i % 16, number); };
    const auto behind = [&](unsigned i) __attribute__((always_inline)) { return i + 1 + static_cast<unsigned>(std::countr_zero(begins >> (i + 1U))); };
    for (;;) {
        std::uint32_t least = never;
        if constexpr (n_groups == 1) least = Tier::least(next[0]);
        else least = Tier::least(next[0], next[1], next[2], next[3]);
        if (least == never) break;
        const unsigned left = least & ((1U << place_bits) - 1), right = behind(left);
        made.ids[left] = least >> place_bits;
        begins &= ~(std::uint64_t{1} << right);
        set(right, never);
        const unsigned end = behind(left);
        set(left, end == n ? never : both(left, end, behind(end)));
        if (left > 0) {
            const auto before = 63 - static_cast<unsigned>(std::countl_zero(begins & ((std::uint64_t{1} << left) - 1)));
            set(before, both(before, left, end));
        }
    }
    made.begins = begins;
    return is_ordered || !from_characters;
}

template <class Tier>
[[gnu::always_inline]] inline void merge_short_with(const short_merge_rules& rules, const char* text, unsigned n, short_symbols& made) noexcept {
    unsigned all = 0;
    for (unsigned i = 0; i < n; ++i) all |= static_cast<unsigned char>(text[i]);
    bool from_characters = all >= 0x80;
    while (!(n < 16 ? merge_few_with<Tier, 1>(rules, text, n, from_characters, made) : merge_few_with<Tier, 4>(rules, text, n, from_characters, made))) from_characters = false;
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_SHORT_MERGING_HPP
