// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_TABLE_HPP
#define CRIA_BPE_PIECE_TABLE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/line_array.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <string_view>

// From a piece of text to the token that it is: most pieces of most texts are one. Four entries of sixteen bytes are a
// line of the cache, so a look-up is one line, which can be asked for long before it is read.
//
// That a piece is called like a token does not say that merging gives this token; with some vocabularies there are tokens that it
// never gives. Finding that out takes a merge, so it is done when a token is met for the first time, by whichever thread
// meets it, and remembered for all.

namespace cria::inline v0::bpe::detail {

/// A text of up to 15 bytes as two words: its bytes, zeros, and its length in the last byte.
struct short_text {
    static constexpr std::size_t most_bytes = 15;

    std::uint64_t low = 0;
    std::uint64_t high = 0;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return static_cast<std::size_t>(high >> 56U); }
    friend auto operator==(const short_text&, const short_text&) noexcept -> bool = default;
};

struct short_text_mask {
    std::uint64_t low, high;
};
inline constexpr std::array<short_text_mask, 16> short_text_masks = [] {
    std::array<short_text_mask, 16> made{};
    for (unsigned n = 0; n < 16; ++n) {
        made[n].low = n >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * n)) - 1;
        made[n].high = (n <= 8 ? 0 : (std::uint64_t{1} << (8 * (n - 8))) - 1);
    }
    return made;
}();

/// The first `size` of the sixteen bytes at `from`, all of which can be read. Precondition: size <= most_bytes.
[[nodiscard]] inline auto load_short_text(const char* from, std::size_t size) noexcept -> short_text {
    short_text made;
    std::memcpy(&made.low, from, 8);
    std::memcpy(&made.high, from + 8, 8);
    const short_text_mask& mask = short_text_masks[size];
    made.low &= mask.low;
    made.high = (made.high & mask.high) | static_cast<std::uint64_t>(size) << 56U;
    return made;
}
/// The same of a text that may end anywhere.
[[nodiscard]] inline auto copy_short_text(std::string_view text) noexcept -> short_text {
    char padded[16] = {};
    std::memcpy(padded, text.data(), text.size());
    return load_short_text(padded, text.size());
}

/// What a piece of up to most_bytes is looked up by.
struct table_key {
    static constexpr std::size_t most_bytes = 12;

    std::uint64_t low;   // eight bytes
    std::uint64_t tail;  // four more, and the length

    explicit table_key(const short_text& of) noexcept : low(of.low), tail((of.high & 0xFFFFFFFFU) | static_cast<std::uint64_t>(of.size()) << 32U) {}
};

/// Tokens by the short texts that they stand for. Filled once, then read only. It need not have all of them: a line of the cache that is
/// full takes no more, and what is not found here is found otherwise.
/// Threads: const functions may run in many threads at once.
class piece_table {
public:
    static constexpr std::uint32_t most_ids = std::uint32_t{1} << 24U;
    static constexpr bool is_supported = std::endian::native == std::endian::little;

    struct entry {
        std::uint64_t low;   // of the key; all zeros: free
        std::uint64_t high;  // its tail, and the token in the upper 24 bits
    };
    struct bucket {
        entry entries[4];
    };
    static constexpr unsigned id_shift = 40;
    static constexpr std::uint64_t tail_mask = (std::uint64_t{1} << id_shift) - 1;

    [[nodiscard]] auto empty() const noexcept -> bool { return buckets_.empty(); }
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return buckets_.size_bytes(); }

    /// Room for most of `n` texts. Fails: errc::out_of_memory.
    [[nodiscard]] auto reserve(std::uint64_t n) -> result<void> {
        CRIA_TRY_VOID(buckets_.make(n / 2 + 1, "piece table"));  // two entries of four are in use, on average
        seed_ = cria::detail::seed_from(&buckets_[0]);
        return {};
    }
    [[nodiscard]] auto hash(const short_text& key) const noexcept -> std::uint64_t {
        return cria::detail::fold_multiply(key.low ^ seed_, key.high ^ 0x452821E638D01377U);
    }
    [[nodiscard]] auto bucket_of(std::uint64_t hash) const noexcept -> std::uint32_t {
        return static_cast<std::uint32_t>(((hash >> 32U) * buckets_.size()) >> 32U);
    }
    [[nodiscard]] auto operator[](std::uint32_t at) const noexcept -> const bucket& { return buckets_[at]; }
    void prefetch(std::uint32_t at) const noexcept { cria::detail::prefetch(&buckets_[at]); }

    /// Preconditions: `id` is below most_ids, the text has 1 to table_key::most_bytes bytes and is not in it.
    void insert(const short_text& text, std::uint32_t id) noexcept {
        const table_key key(text);
        for (entry& each : buckets_[bucket_of(hash(text))].entries) {
            if (each.high != 0) continue;
            each = {key.low, key.tail | static_cast<std::uint64_t>(id) << id_shift};
            return;
        }
    }

private:
    line_array<bucket> buckets_;
    std::uint64_t seed_ = 0;
};

/// Which tokens are known to be what the piece that is called like them becomes: found out by whichever thread met them first.
class whole_tokens {
public:
    /// Nothing is known of `n` tokens. Fails: errc::out_of_memory.
    [[nodiscard]] auto make(std::size_t n) -> result<void> { return is_whole_.resize(n, "piece table"); }
    /// All are.
    [[nodiscard]] auto are_all() const noexcept -> bool { return is_whole_.empty(); }
    /// Precondition: !are_all().
    [[nodiscard]] auto contains(std::uint32_t id) const noexcept -> bool { return reference(id).load(std::memory_order_relaxed) != 0; }
    void remember(std::uint32_t id) const noexcept { reference(id).store(1, std::memory_order_relaxed); }

private:
    [[nodiscard]] auto reference(std::uint32_t id) const noexcept -> std::atomic_ref<std::uint8_t> { return std::atomic_ref<std::uint8_t>(const_cast<std::uint8_t&>(is_whole_[id])); }

    buffer<std::uint8_t> is_whole_;  // a token; empty: all are
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_TABLE_HPP
