// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_NAME_INDEX_HPP
#define CRIA_GGUF_NAME_INDEX_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"

#include <cstdint>
#include <string_view>

// Names to positions: the index behind metadata and the tensor table. It stores positions only; the names
// stay where they are, and whoever owns them says how to get the name at a position.

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
        return slots_.empty() ? nowhere : slots_[slot_of(name, name_at)];
    }

    /// Stores `position` under `name`; the position already there if the name is taken, else `nowhere`.
    template <class NameAt>
    [[nodiscard]] auto insert(std::string_view name, std::uint32_t position, NameAt&& name_at) noexcept -> std::uint32_t {
        const std::size_t slot = slot_of(name, name_at);
        const std::uint32_t taken = slots_[slot];
        if (taken == nowhere) slots_[slot] = position;
        return taken;
    }

    /// Takes `name` out, if it is there: what was put behind it for want of room moves up, so that no search gets longer.
    template <class NameAt>
    void erase(std::string_view name, NameAt&& name_at) noexcept {
        if (slots_.empty()) return;
        const std::size_t mask = slots_.size() - 1;
        std::size_t hole = slot_of(name, name_at);
        for (std::size_t next = (hole + 1) & mask; slots_[hole] != nowhere && slots_[next] != nowhere; next = (next + 1) & mask) {
            const std::size_t home = static_cast<std::size_t>(cria::detail::hash_of(name_at(slots_[next]), seed_)) & mask;
            if (((next - home) & mask) < ((next - hole) & mask)) continue;  // its home lies behind the hole
            slots_[hole] = slots_[next];
            hole = next;
        }
        slots_[hole] = nowhere;
    }
    /// Names there may be: 0 for an index that was moved from.
    [[nodiscard]] auto room() const noexcept -> std::uint64_t { return slots_.size() / 2; }

private:
    template <class NameAt>
    [[nodiscard]] auto slot_of(std::string_view name, NameAt&& name_at) const noexcept -> std::size_t {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = static_cast<std::size_t>(cria::detail::hash_of(name, seed_)) & mask;
        while (slots_[slot] != nowhere && name_at(slots_[slot]) != name) slot = (slot + 1) & mask;
        return slot;
    }

    buffer<std::uint32_t> slots_;
    std::uint64_t seed_ = 0;
};

}  // namespace cria::inline v0::gguf::detail

#endif  // CRIA_GGUF_NAME_INDEX_HPP
