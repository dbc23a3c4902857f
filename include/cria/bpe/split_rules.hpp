// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SPLIT_RULES_HPP
#define CRIA_BPE_SPLIT_RULES_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/byte_alphabet.hpp"
#include "cria/bpe/merges.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <bit>  // countr_zero
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy, memset
#include <string_view>

// split_rules: a byte-level merge list as what it says about each token: between which of its bytes it may be put together.
// That is a bit a merge, set by comparing the merge's text with the token's, with no look-up at all; a table from pairs of
// symbols (merges.hpp) takes eight times as long to make and thirty times as much memory. To merge two neighbours, the text that both are is
// looked up among the tokens' keys, and the bit asked for.
//
// Ranks are not kept: what a merge gives is its priority, the lower id the sooner. That is the order of the list where each merge gives a token, no
// token twice the same text, and the list is sorted by the ids that come out, as every list is whose vocabulary was numbered by its making.
// Several merges of one token need no order among one another, since two of them never wait at the same time: if the parts of one ever lie side
// by side, merging the token's own text gets there as well (nothing that crosses the two ends comes before it, or they would not have come to
// lie there), and that has one course. A list that is otherwise goes into a merge_table, including all that was taken before.

namespace cria::inline v0::bpe::detail {

/// Threads: const functions may run in many threads at once.
class split_rules {
public:
    static constexpr std::uint32_t none = vocabulary::none;

    /// Begins a list. `tokens` must be indexed, without duplicates, and the same in each call. Fails: errc::out_of_memory.
    [[nodiscard]] auto begin(const vocabulary& tokens) -> result<void>;
    [[nodiscard]] auto has_begun() const noexcept -> bool { return !masks_.empty(); }
    /// The next merge of the list, as it stands in the file. False: no list with this merge can be here, and it was not taken. Fails: errc::out_of_memory.
    [[nodiscard]] auto add(const vocabulary& tokens, std::string_view text) -> result<bool>;
    /// The same of most merges, faster, where memory can be read up to `end`; false says nothing.
    [[nodiscard]] auto add_usual(const vocabulary& tokens, std::string_view text, const char* end) noexcept -> bool {
        if (text.size() < 4 || text.size() > short_text::most_bytes || static_cast<std::size_t>(end - text.data()) < sizeof(short_text)) return false;
        const short_text merge = load_short_text(text.data(), text.size());
        std::size_t left_size = left_size_in(merge, last_);
        if (left_size == 0) {
            if (!tokens.contains(last_.id + 1)) return false;
            const compared next = compared_with(tokens, last_.id + 1);
            left_size = left_size_in(merge, next);
            if (left_size == 0) return false;
            last_ = next;
        }
        // Which pairs of bytes there are is listed, and a part of one byte may be no token.
        if (last_.key_size <= 2 || (!are_all_tokens_ && (left_size == 1 || left_size + 1 == last_.key_size))) return false;
        std::uint16_t& mask = masks_[static_cast<std::size_t>(last_.id)];
        const unsigned bit = 1U << (left_size - 1);
        n_duplicates_ += (mask & bit) != 0 ? 1U : 0U;
        mask = static_cast<std::uint16_t>(mask | bit);
        return true;
    }
    /// How many merges were met again.
    [[nodiscard]] auto n_duplicates() const noexcept -> std::uint64_t { return n_duplicates_; }
    /// All merges that were taken, to a table; none are left here. Fails: as merge_table::add().
    [[nodiscard]] auto move_to(merge_table& table, const vocabulary& tokens) -> result<void>;

    /// Takes back all merges into a token.
    void forbid(const vocabulary& tokens, token_id id) noexcept;
    /// Ends the list. Fails: errc::out_of_memory.
    [[nodiscard]] auto finish(const vocabulary& tokens) -> result<void>;

    /// What the two bytes become, or none.
    [[nodiscard]] auto find_pair(unsigned char left, unsigned char right) const noexcept -> std::uint32_t {
        const pairs& row = pairs_[left][right / 64];
        const std::uint64_t bit = std::uint64_t{1} << (right % 64);
        if ((row.bits & bit) == 0) return none;
        return pair_ids_[row.first + n_bits(row.bits & (bit - 1))];
    }
    /// What the first `left_size` bytes of `both` and the others become, of which either is a token's text; or none. Memory can be read up to `end`.
    /// It is also how soon. Cost: O(size).
    [[nodiscard]] auto find(const vocabulary& tokens, std::string_view both, std::size_t left_size, const char* end) const noexcept -> std::uint32_t {
        const std::uint32_t id = tokens.find_key(both, end);
        return id != none && allows(id, both.size(), left_size) ? id : none;
    }
    /// Whether merging the first `left_size` bytes of a token's key, which has `size`, with the others gives it.
    [[nodiscard]] auto allows(std::uint32_t id, std::size_t size, std::size_t left_size) const noexcept -> bool {
        if (size <= most_bits + 1) return ((unsigned{masks_[id]} >> (left_size - 1)) & 1U) != 0;
        const long_key* const found = long_of(id);
        const std::uint64_t bit = found != nullptr ? found->first + left_size - 1 : 0;
        return found != nullptr && ((long_masks_[static_cast<std::size_t>(bit / 8)] >> (bit % 8)) & 1U) != 0;
    }
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t {
        return masks_.size() * sizeof(std::uint16_t) + pair_ids_.size() * sizeof(std::uint32_t) + pairs_.size() * sizeof(pair_row) + long_keys_.size() * sizeof(long_key) + long_masks_.size();
    }

private:
    static constexpr std::size_t most_bits = 16;  // of masks_: keys of up to 17 bytes

    /// Of 64 pairs with the same first byte which there are, and where their tokens are.
    struct pairs {
        std::uint64_t bits;
        std::uint64_t first;
    };
    using pair_row = std::array<pairs, 4>;
    struct long_key {
        std::uint32_t id;
        std::uint32_t size;
        std::uint64_t first;  // bit
    };

    /// Without an instruction that not every processor has.
    [[nodiscard]] static constexpr auto n_bits(std::uint64_t word) noexcept -> std::size_t {
        word -= (word >> 1U) & 0x5555555555555555U;
        word = (word & 0x3333333333333333U) + ((word >> 2U) & 0x3333333333333333U);
        return static_cast<std::size_t>((((word + (word >> 4U)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U) >> 56U);
    }
    /// A token that merges of the list give, as it is compared with them.
    struct compared {
        token_id id = -1;
        std::uint32_t key_size = 0;
        short_text text = {};
    };
    [[nodiscard]] static auto compared_with(const vocabulary& tokens, token_id id) noexcept -> compared {
        const std::string_view text = tokens.text(id);
        return {id, static_cast<std::uint32_t>(tokens.key(id).size()), load_short_text(text.data(), text.size())};  // behind the last token's text there is room
    }
    /// Whether `merge` is the token's text with a space somewhere; and how many bytes of the key are in front of it, which are never 0, or 0.
    [[nodiscard]] static auto left_size_in(std::string_view merge, const vocabulary& tokens, token_id id) noexcept -> std::size_t;
    /// Where two texts of `n` bytes first differ, or n.
    [[nodiscard]] static auto first_difference(const char* one, const char* other, std::size_t n) noexcept -> std::size_t;
    /// The same of two short texts, without a branch, since nothing about a merge can be foretold: where the merge first differs it has
    /// one byte more, which is a space. Precondition: the token has a key.
    [[nodiscard]] static auto left_size_in(const short_text& merge, const compared& with) noexcept -> std::size_t {
        constexpr std::uint64_t spaces = 0x2020202020202020U, one_more = std::uint64_t{1} << 56U;
        if (merge.high >> 56U != (with.text.high >> 56U) + 1) return 0;
        const std::uint64_t low = merge.low, high = merge.high & ~(std::uint64_t{0xFF} << 56U), with_high = with.text.high & ~(std::uint64_t{0xFF} << 56U);
        const std::uint64_t differs = low ^ with.text.low, high_differs = (high ^ with_high) | one_more;
        const std::size_t space = differs != 0 ? static_cast<std::size_t>(std::countr_zero(differs)) / 8 : 8 + static_cast<std::size_t>(std::countr_zero(high_differs)) / 8;
        const short_text& before = masks_by_length.counting[space];
        const short_text& up_to = masks_by_length.counting[space + 1];
        const std::uint64_t is_other = ((low ^ spaces) & (up_to.low ^ before.low)) | ((high ^ spaces) & (up_to.high ^ before.high)) |
                                       (((low & before.low) | ((low >> 8U | high << 56U) & ~before.low)) ^ with.text.low) |
                                       (((high & before.high) | (high >> 8U & ~before.high)) ^ with_high);
        const std::size_t left_size = space - n_continuations(low & before.low, high & before.high);
        return is_other == 0 && left_size < with.key_size ? left_size : 0;
    }
    /// How many of the bytes continue a character; the others are as many bytes of a key.
    [[nodiscard]] static constexpr auto n_continuations(std::uint64_t low, std::uint64_t high) noexcept -> std::size_t {
        constexpr std::uint64_t ones = 0x0101010101010101U;
        const std::uint64_t continues = ((low >> 7U) & ~(low >> 6U) & ones) + ((high >> 7U) & ~(high >> 6U) & ones);
        return static_cast<std::size_t>((continues * ones) >> 56U);
    }
    [[nodiscard]] auto long_of(std::uint32_t id) const noexcept -> const long_key*;
    buffer<std::uint16_t> masks_;   // of each token: bit k, if the first k + 1 bytes and the others are merged
    buffer<long_key> long_keys_;    // of tokens too long for that, by id
    buffer<std::uint8_t> long_masks_;
    buffer<pair_row> pairs_;        // by first byte
    buffer<std::uint32_t> pair_ids_;
    buffer<std::uint32_t> made_of_pairs_;  // the tokens, while the list is read
    std::array<bool, 256> is_token_{};     // bytes
    bool are_all_tokens_ = true;
    std::uint64_t n_duplicates_ = 0;
    compared last_;  // what the last merge gave: the next one mostly gives the same, or the next token
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto split_rules::begin(const vocabulary& tokens) -> result<void> {
    constexpr std::string_view what = "merges";
    CRIA_TRY(masks_, buffer<std::uint16_t>::make(tokens.size(), what));
    CRIA_TRY(pairs_, buffer<pair_row>::make_zeros(256, what));
    for (unsigned byte = 0; byte < 256; ++byte) {
        const char raw = static_cast<char>(static_cast<unsigned char>(byte));
        is_token_[byte] = tokens.find_key({&raw, 1}) != none;
        are_all_tokens_ = are_all_tokens_ && is_token_[byte];
    }
    return {};
}

inline auto split_rules::left_size_in(std::string_view merge, const vocabulary& tokens, token_id id) noexcept -> std::size_t {
    const std::string_view text = tokens.text(id);
    const std::size_t n = text.size();
    if (merge.size() != n + 1 || tokens.key(id).empty()) return 0;
    const std::size_t space = first_difference(merge.data(), text.data(), n);
    if (space == n || merge[space] != ' ' || std::memcmp(merge.data() + space + 1, text.data() + space, n - space) != 0) return 0;
    std::size_t left_size = space;
    for (std::size_t at = 0; at < space; at += 8) {
        const std::size_t some = space - at < 8 ? space - at : 8;
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);  // behind the last token's text there is room
        left_size -= n_continuations(word & masks_by_length.counting[some].low, 0);
    }
    return left_size;
}

inline auto split_rules::first_difference(const char* one, const char* other, std::size_t n) noexcept -> std::size_t {
    std::size_t at = 0;
    if (n >= 8 && std::endian::native == std::endian::little) {
        for (;;) {
            std::uint64_t one_word = 0, other_word = 0;
            std::memcpy(&one_word, one + at, 8);
            std::memcpy(&other_word, other + at, 8);
            if (one_word != other_word) return at + static_cast<std::size_t>(std::countr_zero(one_word ^ other_word)) / 8;
            if (at + 8 == n) return n;
            at = at + 16 <= n ? at + 8 : n - 8;
        }
    }
    while (at < n && one[at] == other[at]) ++at;
    return at;
}

inline auto split_rules::add(const vocabulary& tokens, std::string_view text) -> result<bool> {
    constexpr std::string_view what = "merges";
    std::size_t left_size = 0;
    token_id id = last_.id < 0 ? 0 : last_.id;
    for (int tries = 0; tries < 3 && tokens.contains(id); ++tries, ++id) {
        left_size = left_size_in(text, tokens, id);
        if (left_size != 0) break;
    }
    if (left_size == 0) {
        const std::size_t space = text.size() < 3 ? std::string_view::npos : text.find(' ', 1);
        if (space == std::string_view::npos) return false;
        buffer<char> both;
        CRIA_TRY_VOID(both.append(text.substr(0, space), what));
        CRIA_TRY_VOID(both.append(text.substr(space + 1), what));
        const auto found = tokens.find(both.view());
        if (!found || *found < last_.id) return false;
        id = *found;
        left_size = left_size_in(text, tokens, id);
        if (left_size == 0) return false;
    }
    last_ = compared_with(tokens, id);
    const std::size_t key_size = last_.key_size;
    if (left_size >= key_size) return false;
    // A part that is no token makes a merge that never comes, except of what merging starts from.
    if (!are_all_tokens_) {
        const std::string_view key = tokens.key(id);
        const auto is_byte = [&](char raw) { return is_token_[static_cast<unsigned char>(raw)]; };
        if ((left_size == 1 && !is_byte(key.front())) || (left_size + 1 == key_size && !is_byte(key.back()))) return false;
    }

    const auto i = static_cast<std::size_t>(id);
    if (key_size <= most_bits + 1) {
        const auto bit = static_cast<std::uint16_t>(1U << (left_size - 1));
        if ((masks_[i] & bit) != 0) ++n_duplicates_;
        else if (key_size == 2) CRIA_TRY_VOID(made_of_pairs_.push_back(static_cast<std::uint32_t>(id), what));
        masks_[i] = static_cast<std::uint16_t>(masks_[i] | bit);
        return true;
    }
    if (long_keys_.empty() || long_keys_.back().id != static_cast<std::uint32_t>(id)) {
        const std::uint64_t first = std::uint64_t{long_masks_.size()} * 8;
        CRIA_TRY_VOID(long_masks_.resize(long_masks_.size() + (key_size + 6) / 8, what));
        CRIA_TRY_VOID(long_keys_.push_back({static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(key_size), first}, what));
    }
    const std::uint64_t bit = long_keys_.back().first + left_size - 1;
    std::uint8_t& byte = long_masks_[static_cast<std::size_t>(bit / 8)];
    const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
    if ((byte & mask) != 0) ++n_duplicates_;
    byte = static_cast<std::uint8_t>(byte | mask);
    return true;
}

inline auto split_rules::move_to(merge_table& table, const vocabulary& tokens) -> result<void> {
    for (std::size_t i = 0; i < masks_.size(); ++i) {
        const auto id = static_cast<std::uint32_t>(i);
        const std::string_view key = tokens.key(static_cast<token_id>(id));
        const bool has_merges = key.size() <= most_bits + 1 ? masks_[i] != 0 : long_of(id) != nullptr;
        for (std::size_t left_size = 1; has_merges && left_size < key.size(); ++left_size)
            if (allows(id, key.size(), left_size)) CRIA_TRY_VOID(table.add_keys(tokens, key, left_size));
    }
    const std::uint64_t n_duplicates = n_duplicates_;
    *this = {};
    n_duplicates_ = n_duplicates;
    return {};
}

inline auto split_rules::long_of(std::uint32_t id) const noexcept -> const long_key* {
    std::size_t from = 0, n = long_keys_.size();
    while (n > 1) {
        const std::size_t half = n / 2;
        if (long_keys_[from + half].id <= id) from += half;
        n -= half;
    }
    return n == 1 && long_keys_[from].id == id ? &long_keys_[from] : nullptr;
}

inline void split_rules::forbid(const vocabulary& tokens, token_id id) noexcept {
    masks_[static_cast<std::size_t>(id)] = 0;
    if (tokens.key(id).size() <= most_bits + 1) return;
    if (const long_key* const found = long_of(static_cast<std::uint32_t>(id)); found != nullptr)
        std::memset(long_masks_.data() + found->first / 8, 0, (found->size + 6) / 8);
}

inline auto split_rules::finish(const vocabulary& tokens) -> result<void> {
    constexpr std::string_view what = "merges";
    const auto key_of = [&](std::uint32_t id) { return tokens.key(static_cast<token_id>(id)); };
    for (const std::uint32_t id : made_of_pairs_) {
        if (masks_[id] == 0) continue;
        const auto second = static_cast<unsigned char>(key_of(id)[1]);
        pairs_[static_cast<unsigned char>(key_of(id)[0])][second / 64].bits |= std::uint64_t{1} << (second % 64);
    }
    std::uint64_t n = 0;
    for (pair_row& row : pairs_) {
        for (pairs& some : row) {
            some.first = n;
            n += n_bits(some.bits);
        }
    }
    CRIA_TRY(pair_ids_, buffer<std::uint32_t>::make(n, what));
    for (const std::uint32_t id : made_of_pairs_) {
        if (masks_[id] == 0) continue;
        const auto second = static_cast<unsigned char>(key_of(id)[1]);
        const pairs& some = pairs_[static_cast<unsigned char>(key_of(id)[0])][second / 64];
        pair_ids_[static_cast<std::size_t>(some.first) + n_bits(some.bits & ((std::uint64_t{1} << (second % 64)) - 1))] = id;
    }
    made_of_pairs_ = {};
    return {};
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_SPLIT_RULES_HPP
