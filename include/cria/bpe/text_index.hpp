// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TEXT_INDEX_HPP
#define CRIA_BPE_TEXT_INDEX_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"

#include <cassert>
#include <cstdint>
#include <string_view>
#include <utility>

// text_index: from a text to a 32-bit number, in one flat array of eight-byte slots.
//
// The index holds no texts. It keeps 32 bits of each text's hash beside the number, and asks the caller for
// the text of a number when those bits agree; so a vocabulary's texts exist once, in its arena. Open
// addressing with linear probing; the hash is seeded with the storage's address (base/hash.hpp), so texts
// from a hostile file cannot be made to collide.

namespace cria::inline v0::bpe::detail {

using cria::detail::prefetch;

/// A growing hash index of texts. `key_of(number) -> std::string_view` gives the text of a number that was
/// inserted, and must always give the same.
/// Threads: find() may run in many threads at once.
class text_index {
public:
    /// What find and insert say where there is no number. It cannot be inserted itself.
    static constexpr std::uint32_t none = 0xFFFFFFFFU;

    /// Room for `count` texts in all, so that inserting them allocates no more.
    /// Fails: errc::out_of_memory.
    [[nodiscard]] auto reserve(std::uint64_t count) -> result<void>;

    /// The number of `key`, or none.
    /// Cost: O(key), no allocation.
    template <class KeyOf>
    [[nodiscard]] auto find(std::string_view key, const KeyOf& key_of) const noexcept -> std::uint32_t;

    /// Makes `key` lead to `number`; gives the number it led to before, or none.
    /// Fails: errc::out_of_memory, and the index is as it was.
    template <class KeyOf>
    [[nodiscard]] auto insert(std::string_view key, std::uint32_t number, const KeyOf& key_of) -> result<std::uint32_t>;

    /// Room for one more text. Fails: errc::out_of_memory.
    [[nodiscard]] auto make_room() -> result<void> {
        return size_ >= slots_.size() / 4 * 3 ? reserve(std::uint64_t{size_} + size_ / 2 + 1) : result<void>{};
    }

    // Looking up many texts costs mostly waiting for memory, which look-ups in groups can do at once: hash()
    // and prefetch_slot() for each of a group, then probable() for each to fetch what lies behind the slot, then
    // find() or insert() with the hash for each. Hashes are good from the first reserve() on; growing keeps them.

    [[nodiscard]] auto hash(std::string_view key) const noexcept -> std::uint32_t {
        return static_cast<std::uint32_t>(cria::detail::hash_of(key, seed_));
    }
    void prefetch_slot(std::uint32_t hash) const noexcept {
        if (!slots_.empty()) prefetch(slots_.data() + (hash & (slots_.size() - 1)));
    }
    /// The number that find() will look at first, or none.
    [[nodiscard]] auto probable(std::uint32_t hash) const noexcept -> std::uint32_t {
        return slots_.empty() ? none : slots_[hash & (slots_.size() - 1)].number;
    }
    template <class KeyOf>
    [[nodiscard]] auto find(std::string_view key, std::uint32_t hash, const KeyOf& key_of) const noexcept -> std::uint32_t;
    /// Precondition: reserve() has made room for it.
    template <class KeyOf>
    auto insert(std::string_view key, std::uint32_t hash, std::uint32_t number, const KeyOf& key_of) noexcept -> std::uint32_t;

    /// How many different texts it holds.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }

private:
    struct slot {
        std::uint32_t tag = 0;
        std::uint32_t number = none;  // none: the slot is free
    };

    /// The slot that holds `key`, or the free one where it belongs.
    template <class KeyOf>
    [[nodiscard]] auto position_of(std::string_view key, std::uint32_t tag, const KeyOf& key_of) const noexcept -> std::size_t;

    buffer<slot> slots_;  // a power of two of them, at most three quarters in use; or none
    std::size_t size_ = 0;
    std::uint64_t seed_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto text_index::reserve(std::uint64_t count) -> result<void> {
    constexpr std::string_view what = "text index";
    constexpr std::uint64_t most_slots = std::uint64_t{1} << 32U;  // a tag has 32 bits
    std::uint64_t wanted = 16;
    while (wanted <= most_slots && wanted / 4 * 3 < count) wanted *= 2;
    if (wanted > most_slots) return error{errc::limit_exceeded, what}.finding(count);
    if (wanted <= slots_.size()) return {};

    CRIA_TRY(auto bigger, buffer<slot>::make(wanted, what));
    if (slots_.empty()) seed_ = cria::detail::seed_from(bigger.data());
    for (const slot& old : slots_) {  // the seed stays, and with it every tag
        if (old.number == none) continue;
        std::size_t at = old.tag & (bigger.size() - 1);
        while (bigger[at].number != none) at = (at + 1) & (bigger.size() - 1);
        bigger[at] = old;
    }
    slots_ = std::move(bigger);
    return {};
}

template <class KeyOf>
auto text_index::position_of(std::string_view key, std::uint32_t tag, const KeyOf& key_of) const noexcept -> std::size_t {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = tag & mask;
    while (slots_[at].number != none) {  // ends: a quarter of the slots is free
        if (slots_[at].tag == tag && key_of(slots_[at].number) == key) break;
        at = (at + 1) & mask;
    }
    return at;
}

template <class KeyOf>
auto text_index::find(std::string_view key, std::uint32_t hash, const KeyOf& key_of) const noexcept -> std::uint32_t {
    if (slots_.empty()) return none;
    return slots_[position_of(key, hash, key_of)].number;
}

template <class KeyOf>
auto text_index::find(std::string_view key, const KeyOf& key_of) const noexcept -> std::uint32_t {
    if (slots_.empty()) return none;
    return find(key, hash(key), key_of);
}

template <class KeyOf>
auto text_index::insert(std::string_view key, std::uint32_t hash, std::uint32_t number, const KeyOf& key_of) noexcept -> std::uint32_t {
    assert(number != none && size_ < slots_.size() / 4 * 3);
    slot& place = slots_[position_of(key, hash, key_of)];
    const std::uint32_t before = place.number;
    if (before == none) ++size_;
    place = {hash, number};
    return before;
}

template <class KeyOf>
auto text_index::insert(std::string_view key, std::uint32_t number, const KeyOf& key_of) -> result<std::uint32_t> {
    CRIA_TRY_VOID(make_room());
    return insert(key, hash(key), number, key_of);
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_TEXT_INDEX_HPP
