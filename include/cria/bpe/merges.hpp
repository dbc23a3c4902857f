// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_MERGES_HPP
#define CRIA_BPE_MERGES_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/merge_engine.hpp"
#include "cria/bpe/text_index.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <utility>

// merges: the list `tokenizer.ggml.merges` as a table from two neighbouring symbols to what they become.
//
// A symbol's number is a token id, or, from size() of the vocabulary on, the number of a *phantom*: a text
// that merges mention and that is no token. Phantoms make merging by number give what merging by text
// would, whatever the file says; one that survives is spelled out in bytes. Sound files have none.
//
// The table is flat with linear probing, sixteen bytes an entry, seeded as every index here is. A merge's
// rank is its place in the list; of equal pairs the last counts, as in Hugging Face's library, or the first, as in
// llama.cpp (no known file has any). The parts of a merge are split at the first space that is not its first
// character. A part that the byte alphabet cannot spell never meets text, so such a merge is left out.
//
// Merges are looked up in groups, so that the memory of a group is waited for once; that is two thirds of the
// time it takes to load a vocabulary.

namespace cria::inline v0::bpe {

/// Why entries of a merge list were left out, and what it refers to outside the vocabulary.
struct merge_statistics {
    std::uint64_t malformed = 0;    ///< without two parts
    std::uint64_t unreachable = 0;  ///< with characters that stand for no byte
    std::uint64_t duplicate = 0;    ///< of a pair that stands earlier in the list as well
    std::uint64_t phantoms = 0;     ///< texts that are no tokens
};

/// Which of several merges of one pair counts.
enum class counting_merge : std::uint8_t { first, last };

/// Merge rules by rank. Filled once, then read only.
/// Threads: const functions may run in many threads at once.
class merge_table {
public:
    explicit merge_table(counting_merge counts = counting_merge::last) noexcept : counts_(counts) {}

    [[nodiscard]] auto empty() const noexcept -> bool { return n_rules_ == 0; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return n_rules_; }
    [[nodiscard]] auto statistics() const noexcept -> const merge_statistics& { return statistics_; }

    /// What the symbols `left` and `right` become, with the rank as priority. Cost: O(1).
    [[nodiscard]] auto find(std::uint32_t left, std::uint32_t right) const noexcept -> detail::candidate;

    /// The text of one of statistics().phantoms texts that are no tokens. Borrows.
    [[nodiscard]] auto phantom(std::size_t i) const noexcept CRIA_LIFETIME_BOUND -> std::string_view {
        return {phantom_texts_.data() + phantoms_[i].begin, static_cast<std::size_t>(phantoms_[i].size)};
    }

    /// The symbol of a text: a token of whatever type, a phantom, or none. Cost: O(key).
    [[nodiscard]] auto symbol_of(const vocabulary& tokens, std::string_view key) const noexcept -> std::uint32_t;
    static constexpr std::uint32_t none = detail::text_index::none;

    // For builders.

    /// Room for `rules` rules. Fails: errc::out_of_memory; errc::limit_exceeded.
    [[nodiscard]] auto reserve(std::uint64_t rules) -> result<void>;
    /// The next merge of the list, as it stands in the file. `tokens` must be indexed, and the same each time.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above 2^32 - 2 merges or 2^31 - 1 symbols.
    [[nodiscard]] auto add(const vocabulary& tokens, std::string_view text) -> result<void>;
    /// The same merge by the keys of its parts, of which `both` has the left one in its first `left_size` bytes.
    [[nodiscard]] auto add_keys(const vocabulary& tokens, std::string_view both, std::size_t left_size) -> result<void>;
    /// Ends the list: from now on find() knows all of it. Fails: as add().
    [[nodiscard]] auto finish(const vocabulary& tokens) -> result<void>;
    /// Takes back every merge into a token of which `is_text(symbol)` says that text must not become it.
    template <class IsText>
    void forbid_unless(const vocabulary& tokens, const IsText& is_text) noexcept;

private:
    struct rule {
        std::uint32_t left = none;  // none: the slot is free
        std::uint32_t right = 0;
        std::uint32_t rank = 0;
        std::uint32_t result = 0;
    };
    struct range {
        std::uint64_t begin;
        std::uint64_t size;
    };

    /// A merge whose parts lie one after the other in scratch_, as keys.
    struct pending {
        std::size_t begin = 0;
        std::uint32_t left_size = 0, right_size = 0;
        std::uint32_t left_hash = 0, right_hash = 0;
        rule made = {};
    };

    /// One more place in the list. Fails: as add().
    [[nodiscard]] auto count() -> result<void>;
    /// The next merge is of the keys from scratch_[begin] on. It is looked up with others.
    [[nodiscard]] auto put_off(const vocabulary& tokens, std::size_t begin, std::size_t left_size) -> result<void>;
    [[nodiscard]] auto slot_of(std::uint32_t left, std::uint32_t right) const noexcept -> std::size_t {
        return static_cast<std::size_t>(cria::detail::hash_of(std::uint64_t{left} << 32U | right, seed_)) & (slots_.size() - 1);
    }
    [[nodiscard]] auto position_of(std::uint32_t left, std::uint32_t right) const noexcept -> std::size_t;
    /// The symbol of `key`; a new phantom if it has none.
    [[nodiscard]] auto intern(const vocabulary& tokens, std::string_view key) -> result<std::uint32_t>;
    /// The same for the text that a merge gives.
    [[nodiscard]] auto result_of(const vocabulary& tokens, std::string_view both) -> result<std::uint32_t>;
    [[nodiscard]] auto phantom_key_of(std::size_t n_tokens) const noexcept {
        return [this, n_tokens](std::uint32_t symbol) -> std::string_view {
            const range& r = phantoms_[symbol - n_tokens];
            return {phantom_texts_.data() + r.begin, static_cast<std::size_t>(r.size)};
        };
    }

    counting_merge counts_;
    buffer<rule> slots_;  // a power of two of them, at most three quarters in use; or none
    std::uint64_t seed_ = 0;
    std::size_t n_rules_ = 0;
    std::uint64_t next_rank_ = 0;
    buffer<char> phantom_texts_;
    buffer<range> phantoms_;
    detail::text_index phantom_index_;
    buffer<char> scratch_;
    std::array<pending, 32> group_ = {};
    std::size_t n_pending_ = 0;
    token_id guess_ = 0;    // merges of one token stand together, and tokens in the order of their merges
    merge_statistics statistics_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto merge_table::position_of(std::uint32_t left, std::uint32_t right) const noexcept -> std::size_t {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot_of(left, right);
    while (slots_[at].left != none && (slots_[at].left != left || slots_[at].right != right)) at = (at + 1) & mask;
    return at;
}

inline auto merge_table::find(std::uint32_t left, std::uint32_t right) const noexcept -> detail::candidate {
    if (slots_.empty()) return {};
    const rule& found = slots_[position_of(left, right)];
    if (found.left == none) return {};
    return {found.rank, found.result};
}

inline auto merge_table::symbol_of(const vocabulary& tokens, std::string_view key) const noexcept -> std::uint32_t {
    const std::uint32_t token = tokens.find_key(key);
    return token != none ? token : phantom_index_.find(key, phantom_key_of(tokens.size()));
}

inline auto merge_table::reserve(std::uint64_t rules) -> result<void> {
    constexpr std::string_view what = "merges";
    constexpr std::uint64_t most_slots = std::uint64_t{1} << 40U;
    std::uint64_t wanted = 16;
    while (wanted <= most_slots && wanted / 4 * 3 < rules) wanted *= 2;
    if (wanted > most_slots) return error{errc::limit_exceeded, what}.finding(rules);
    if (wanted <= slots_.size()) return {};

    CRIA_TRY(auto bigger, buffer<rule>::make(wanted, what));
    std::swap(slots_, bigger);
    seed_ = cria::detail::seed_from(slots_.data());
    for (const rule& old : bigger)
        if (old.left != none) slots_[position_of(old.left, old.right)] = old;
    return {};
}

inline auto merge_table::intern(const vocabulary& tokens, std::string_view key) -> result<std::uint32_t> {
    constexpr std::string_view what = "merges";
    const std::uint32_t known = symbol_of(tokens, key);
    if (known != none) return known;
    const std::uint64_t next = std::uint64_t{tokens.size()} + phantoms_.size();
    if (next > 0x7FFFFFFF) return error{errc::limit_exceeded, what}.finding(next);
    const range place{phantom_texts_.size(), key.size()};
    CRIA_TRY_VOID(phantom_texts_.append(key, what));
    CRIA_TRY_VOID(phantoms_.push_back(place, what));
    const auto symbol = static_cast<std::uint32_t>(next);
    CRIA_TRY_VOID(phantom_index_.insert(key, symbol, phantom_key_of(tokens.size())));
    statistics_.phantoms = phantoms_.size();
    return symbol;
}

inline auto merge_table::add(const vocabulary& tokens, std::string_view text) -> result<void> {
    constexpr std::string_view what = "merges";
    const std::size_t space = text.size() < 2 ? std::string_view::npos : text.find(' ', 1);
    if (space == std::string_view::npos || space + 1 == text.size()) {
        ++statistics_.malformed;
        return count();
    }
    const std::string_view left = text.substr(0, space), right = text.substr(space + 1);
    const std::size_t begin = scratch_.size();
    CRIA_TRY(char* const keys, scratch_.extend(text.size(), what));
    decoded_text first{left.size()}, second{right.size()};
    if (tokens.kind() == algorithm::byte_level) {
        first = decode_byte_text(left, keys);
        second = decode_byte_text(right, keys + first.size);
    } else {
        std::memcpy(keys, left.data(), left.size());
        std::memcpy(keys + left.size(), right.data(), right.size());
    }
    if (!first.exact || !second.exact || first.size + second.size >= none) {  // no token is that long either
        scratch_.truncate(begin);
        ++statistics_.unreachable;
        return count();
    }
    scratch_.truncate(begin + first.size + second.size);
    return put_off(tokens, begin, first.size);
}

inline auto merge_table::add_keys(const vocabulary& tokens, std::string_view both, std::size_t left_size) -> result<void> {
    const std::size_t begin = scratch_.size();
    CRIA_TRY_VOID(scratch_.append(both, "merges"));
    return put_off(tokens, begin, left_size);
}

inline auto merge_table::count() -> result<void> {
    if (next_rank_ >= detail::candidate::never) return error{errc::limit_exceeded, "merges"}.finding(next_rank_);
    ++next_rank_;
    return {};
}

inline auto merge_table::put_off(const vocabulary& tokens, std::size_t begin, std::size_t left_size) -> result<void> {
    const auto rank = static_cast<std::uint32_t>(next_rank_);
    CRIA_TRY_VOID(count());
    const std::string_view both = scratch_.view().substr(begin), left = both.substr(0, left_size), right = both.substr(left_size);
    pending& next = group_[n_pending_++];
    next.begin = begin;
    next.left_size = static_cast<std::uint32_t>(left.size());
    next.right_size = static_cast<std::uint32_t>(right.size());
    next.left_hash = tokens.hash_key(left);
    next.right_hash = tokens.hash_key(right);
    next.made.rank = rank;
    return n_pending_ == group_.size() ? finish(tokens) : result<void>{};
}

inline auto merge_table::finish(const vocabulary& tokens) -> result<void> {
    const std::span<pending> group{group_.data(), std::exchange(n_pending_, 0)};
    for (const pending& p : group) {
        tokens.prefetch_range(p.left_hash);
        tokens.prefetch_range(p.right_hash);
    }
    for (const pending& p : group) {
        tokens.prefetch_text(p.left_hash);
        tokens.prefetch_text(p.right_hash);
    }

    if (n_rules_ + group.size() > slots_.size() / 4 * 3) CRIA_TRY_VOID(reserve(std::uint64_t{n_rules_} + n_rules_ / 2 + group.size()));
    for (pending& p : group) {
        const std::string_view both{scratch_.data() + p.begin, std::size_t{p.left_size} + p.right_size};
        const std::string_view left = both.substr(0, p.left_size), right = both.substr(p.left_size);
        p.made.left = tokens.find_key(left, p.left_hash);
        p.made.right = tokens.find_key(right, p.right_hash);
        if (p.made.left == none) {
            CRIA_TRY(p.made.left, intern(tokens, left));
        }
        if (p.made.right == none) {
            CRIA_TRY(p.made.right, intern(tokens, right));
        }
        CRIA_TRY(p.made.result, result_of(tokens, both));
        detail::prefetch(slots_.data() + slot_of(p.made.left, p.made.right));
    }
    for (const pending& p : group) {
        rule& place = slots_[position_of(p.made.left, p.made.right)];
        if (place.left != none) {
            ++statistics_.duplicate;
            if (counts_ == counting_merge::last) place.rank = p.made.rank;
            continue;
        }
        place = p.made;
        ++n_rules_;
    }
    scratch_.clear();
    return {};
}

template <class IsText>
void merge_table::forbid_unless(const vocabulary& tokens, const IsText& is_text) noexcept {
    for (rule& r : slots_) {
        const bool is_token = r.left != none && r.result < tokens.size();
        if (is_token && !is_text(r.result)) r.rank = detail::candidate::never;
    }
}

inline auto merge_table::result_of(const vocabulary& tokens, std::string_view both) -> result<std::uint32_t> {
    // The guess saves a look-up nearly always; where texts occur twice only the index knows the right one.
    for (int tries = 0; tries < 2 && tokens.contains(guess_) && tokens.key(guess_) != both; ++tries) ++guess_;
    if (tokens.n_duplicates() == 0 && tokens.contains(guess_) && tokens.key(guess_) == both) return static_cast<std::uint32_t>(guess_);
    CRIA_TRY(const std::uint32_t found, intern(tokens, both));
    if (found < tokens.size()) guess_ = static_cast<token_id>(found);
    return found;
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_MERGES_HPP
