// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_NAME_INDEX_HPP
#define CRIA_GGUF_NAME_INDEX_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"

#include <cstdint>
#include <string_view>

// Names to positions: the index behind metadata and the tensor table. The names stay where they are, and whoever
// owns them says how to get the name at a position.
//
// A slot is 32 bits: the position in as many low bits as positions need, above them bits of the name's hash, which
// keep most names that only share a slot from being read. All ones is a free slot; no position is.

namespace cria::inline v0::gguf::detail {

class name_index {
public:
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    name_index() noexcept = default;
    /// An index with room for `count` names, at most half full.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above 2^32 - 1 names.
    [[nodiscard]] static auto make(std::uint64_t count, std::string_view what) -> result<name_index> {
        if (count > nowhere) return error{errc::limit_exceeded, what}.expecting(std::uint64_t{nowhere}, count);
        std::uint64_t n_slots = 8;
        while (n_slots < 2 * count) n_slots *= 2;
        name_index index;
        CRIA_TRY_VOID(index.slots_.reserve(n_slots, what));
        CRIA_TRY(std::uint32_t* const first, index.slots_.extend(n_slots, what));
        for (std::uint64_t i = 0; i < n_slots; ++i) first[i] = nowhere;
        index.seed_ = cria::detail::seed_from(first);
        return index;
    }

    /// The position of `name`, or `nowhere`. `name_at(position)` gives a stored name.
    template <class NameAt>
    [[nodiscard]] auto find(std::string_view name, NameAt&& name_at) const noexcept -> std::uint32_t {
        return slots_.empty() ? nowhere : position_in(slots_[slot_of(name, cria::detail::hash_of(name, seed_), name_at)]);
    }

    /// Stores `position` under `name`; the position already there if the name is taken, else `nowhere`.
    /// Precondition: position < room().
    template <class NameAt>
    [[nodiscard]] auto insert(std::string_view name, std::uint32_t position, NameAt&& name_at) noexcept -> std::uint32_t {
        return insert(name, cria::detail::hash_of(name, seed_), position, name_at);
    }

    static constexpr std::uint32_t group_size = 16;
    /// Stores the positions from `begin` to `end`, at most group_size of them, under the names that they have; the first one
    /// whose name is taken, and then none behind it are stored, or `nowhere`. In an index too large for the cache this
    /// waits once for memory where one by one would wait for each.
    template <class NameAt>
    [[nodiscard]] auto insert_group(std::uint32_t begin, std::uint32_t end, NameAt&& name_at) noexcept -> std::uint32_t {
        std::uint64_t hashes[group_size];
        for (std::uint32_t at = begin; at < end; ++at) {
            hashes[at - begin] = cria::detail::hash_of(name_at(at), seed_);
            cria::detail::prefetch(slots_.data() + home_of(hashes[at - begin]));
        }
        for (std::uint32_t at = begin; at < end; ++at)
            if (insert(name_at(at), hashes[at - begin], at, name_at) != nowhere) return at;
        return nowhere;
    }

    /// Takes `name` out, if it is there: what was put behind it for want of room moves up, so that no search gets longer.
    template <class NameAt>
    void erase(std::string_view name, NameAt&& name_at) noexcept {
        if (slots_.empty()) return;
        const std::size_t mask = slots_.size() - 1;
        std::size_t hole = slot_of(name, cria::detail::hash_of(name, seed_), name_at);
        for (std::size_t next = (hole + 1) & mask; slots_[hole] != nowhere && slots_[next] != nowhere; next = (next + 1) & mask) {
            const std::size_t home = home_of(cria::detail::hash_of(name_at(position_in(slots_[next])), seed_));
            if (((next - home) & mask) < ((next - hole) & mask)) continue;  // its home lies behind the hole
            slots_[hole] = slots_[next];
            hole = next;
        }
        slots_[hole] = nowhere;
    }
    /// Names there may be: 0 for an index that was moved from.
    [[nodiscard]] auto room() const noexcept -> std::uint64_t { return slots_.size() / 2; }

private:
    /// The bits of a slot that hold a position: as many as number the slots, which are at least two for each position.
    [[nodiscard]] auto position_mask() const noexcept -> std::uint32_t { return static_cast<std::uint32_t>(slots_.size() - 1); }
    [[nodiscard]] auto position_in(std::uint32_t slot) const noexcept -> std::uint32_t { return slot == nowhere ? nowhere : slot & position_mask(); }
    [[nodiscard]] auto tag_of(std::uint64_t hash) const noexcept -> std::uint32_t { return static_cast<std::uint32_t>(hash >> 32U) & ~position_mask(); }
    [[nodiscard]] auto home_of(std::uint64_t hash) const noexcept -> std::size_t { return static_cast<std::size_t>(hash) & (slots_.size() - 1); }

    template <class NameAt>
    [[nodiscard]] auto insert(std::string_view name, std::uint64_t hash, std::uint32_t position, NameAt&& name_at) noexcept -> std::uint32_t {
        const std::size_t slot = slot_of(name, hash, name_at);
        const std::uint32_t taken = position_in(slots_[slot]);
        if (taken == nowhere) slots_[slot] = tag_of(hash) | position;
        return taken;
    }
    template <class NameAt>
    [[nodiscard]] auto slot_of(std::string_view name, std::uint64_t hash, NameAt&& name_at) const noexcept -> std::size_t {
        const std::uint32_t tag = tag_of(hash), mask = position_mask();
        std::size_t slot = home_of(hash);
        while (slots_[slot] != nowhere) {
            const std::uint32_t stored = slots_[slot];
            if ((stored & ~mask) == tag && name_at(stored & mask) == name) break;
            slot = (slot + 1) & (slots_.size() - 1);
        }
        return slot;
    }

    buffer<std::uint32_t> slots_;
    std::uint64_t seed_ = 0;
};

}  // namespace cria::inline v0::gguf::detail

#endif  // CRIA_GGUF_NAME_INDEX_HPP
