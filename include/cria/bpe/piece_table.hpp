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
// never gives. So entries are in doubt at first. Finding out is done when a token is met for the first time, by whichever thread
// meets it, and takes the doubt away for all: one bit of the entry, which is part of what a piece is compared with, so that doubt costs nothing.

#if defined(__SANITIZE_THREAD__)
#define CRIA_DETAIL_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CRIA_DETAIL_THREAD_SANITIZER 1
#endif
#endif

namespace cria::inline v0::bpe::detail {

/// A text of up to 15 bytes as two words: its bytes, zeros, and its length in the last byte.
struct short_text {
    static constexpr std::size_t most_bytes = 15;

    // Not zeros by themselves: an encoder has a thousand of them, and the system brings in each page that is written to.
    std::uint64_t low;
    std::uint64_t high;

    /// What stands for a longer text, and equals none.
    [[nodiscard]] static constexpr auto of_longer() noexcept -> short_text { return {0, std::uint64_t{0xFF} << 56U}; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return static_cast<std::size_t>(high >> 56U); }
    friend auto operator==(const short_text&, const short_text&) noexcept -> bool = default;
};

/// What makes a short text of sixteen bytes, by its length: which of them count, and what is added. The last is of all longer texts.
struct short_text_masks {
    short_text counting[17], size[17];
};
inline constexpr short_text_masks masks_by_length = [] {
    short_text_masks made{};
    for (unsigned n = 0; n < 16; ++n) {
        made.counting[n].low = n >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * n)) - 1;
        made.counting[n].high = (n <= 8 ? 0 : (std::uint64_t{1} << (8 * (n - 8))) - 1);
        made.size[n].high = std::uint64_t{n} << 56U;
    }
    made.size[16] = short_text::of_longer();
    return made;
}();

/// The first `size` of the sixteen bytes at `from`, all of which can be read; of_longer(), if it is more than most_bytes.
[[nodiscard]] inline auto load_short_text(const char* from, std::size_t size) noexcept -> short_text {
    short_text made;
    std::memcpy(&made.low, from, 8);
    std::memcpy(&made.high, from + 8, 8);
    const std::size_t row = size < 16 ? size : 16;
    made.low &= masks_by_length.counting[row].low;
    made.high = (made.high & masks_by_length.counting[row].high) | masks_by_length.size[row].high;
    return made;
}
/// The same of a text that may end anywhere.
[[nodiscard]] inline auto copy_short_text(std::string_view text) noexcept -> short_text {
    if (text.size() > short_text::most_bytes) return short_text::of_longer();
    char padded[16] = {};
    std::memcpy(padded, text.data(), text.size());
    return load_short_text(padded, text.size());
}

/// What short texts are hashed with: four secret numbers. Each half of a half of the text is added to one, and the sums are multiplied in
/// pairs: NH, which whoever does not know the numbers cannot make collide (Black, Halevi, Krawczyk, Krovetz, Rogaway, UMAC, CRYPTO 1999,
/// section 4). Products of 32 bits are what vectors have.
struct short_text_hash {
    std::uint32_t keys[4];

    static constexpr std::uint32_t multiplier = 0x9E3779B1U;  // the golden ratio, odd

    explicit short_text_hash(std::uint64_t seed) noexcept {
        const std::uint64_t first = cria::detail::hash_of(std::uint64_t{1}, seed), second = cria::detail::hash_of(std::uint64_t{2}, seed);
        keys[0] = static_cast<std::uint32_t>(first);
        keys[1] = static_cast<std::uint32_t>(first >> 32U);
        keys[2] = static_cast<std::uint32_t>(second);
        keys[3] = static_cast<std::uint32_t>(second >> 32U);
    }
    /// The lower half of what it gives is spread evenly; the upper one is below the multiplier.
    [[nodiscard]] auto operator()(const short_text& text) const noexcept -> std::uint64_t {
        const auto product = [](std::uint64_t half, std::uint32_t first, std::uint32_t second) {
            return std::uint64_t{static_cast<std::uint32_t>(half) + first} * (static_cast<std::uint32_t>(half >> 32U) + second);
        };
        const std::uint64_t sum = product(text.low, keys[0], keys[1]) + product(text.high, keys[2], keys[3]);
        return std::uint64_t{static_cast<std::uint32_t>(sum ^ sum >> 32U)} * multiplier;
    }
};

/// Tokens by the short texts that they stand for. Filled once, then read only. A line of the cache that is full takes no more: four entries of five are in
/// use, so one text in ten goes to a second line, which those who look up many texts at a time do not read, and hardly one in a hundred, which has no room
/// there either, has to be found otherwise. Vocabularies have their rarest tokens last.
/// Threads: const functions may run in many threads at once.
class piece_table {
public:
    static constexpr std::uint32_t most_ids = std::uint32_t{1} << 24U;
    static constexpr std::size_t most_bytes = 12;  // of a text in it; longer ones can be looked up, and are not found
    static constexpr bool is_supported = std::endian::native == std::endian::little;
    static constexpr std::uint32_t none = 0xFFFFFFFFU;

    static constexpr unsigned id_shift = 32;
    // Of `high`. The length, at most 12, leaves this bit of its byte free.
    static constexpr std::uint64_t in_doubt = std::uint64_t{1} << 63U;    // whether a piece that is called like the token becomes it
    static constexpr std::uint64_t certain_mask = ~(std::uint64_t{most_ids - 1} << id_shift);  // equal only where there is no doubt
    static constexpr std::uint64_t text_mask = certain_mask & ~in_doubt;

    /// A line of the cache. Of each of its texts one half, the other with the token in the 24 bits for which it has no bytes; zeros: free.
    struct bucket {
        static constexpr unsigned most = 4;

        std::uint64_t low[most];
        std::uint64_t high[most];

        /// How many texts it has; they are the first.
        [[nodiscard]] auto size() const noexcept -> unsigned {
            unsigned n = 0;
            for (unsigned i = 0; i < most; ++i) n += word(i) != 0 ? 1U : 0U;
            return n;
        }
        /// high[i], from which another thread may take the doubt meanwhile.
        [[nodiscard]] auto word(unsigned i) const noexcept -> std::uint64_t { return std::atomic_ref<std::uint64_t>(const_cast<std::uint64_t&>(high[i])).load(std::memory_order_relaxed); }
        /// All of `high` at once: processors read each word of a vector as a whole.
        void copy_high(void* to) const noexcept {
#if defined(CRIA_DETAIL_THREAD_SANITIZER)  // it cannot know that
            std::uint64_t words[most];
            for (unsigned i = 0; i < most; ++i) words[i] = word(i);
            std::memcpy(to, words, sizeof words);
#else
            std::memcpy(to, high, sizeof high);
#endif
        }
        [[nodiscard]] auto is(unsigned i, const short_text& text, std::uint64_t mask) const noexcept -> bool { return low[i] == text.low && ((word(i) ^ text.high) & mask) == 0; }
        [[nodiscard]] auto id(unsigned i) const noexcept -> std::uint32_t { return static_cast<std::uint32_t>(word(i) >> id_shift) & (most_ids - 1); }
        /// Which of its texts this is, or `most`.
        [[nodiscard]] auto place_of(const short_text& text, std::uint64_t mask = text_mask) const noexcept -> unsigned {
            unsigned i = 0;
            while (i < most && !is(i, text, mask)) ++i;
            return i;
        }
        [[nodiscard]] auto find(const short_text& text) const noexcept -> std::uint32_t {
            const unsigned i = place_of(text);
            return i < most ? id(i) : none;
        }
        /// The same as id(), and for i == most something that is no token of this text.
        [[nodiscard]] auto id_or_next(unsigned i) const noexcept -> std::uint32_t {
#if defined(CRIA_DETAIL_THREAD_SANITIZER)
            return i < most ? id(i) : 0;
#else
            std::uint64_t read = 0;
            std::memcpy(&read, reinterpret_cast<const unsigned char*>(this) + sizeof low + i * sizeof read, sizeof read);
            return static_cast<std::uint32_t>(read >> id_shift) & (most_ids - 1);
#endif
        }
    };
    [[nodiscard]] auto empty() const noexcept -> bool { return buckets_.empty(); }
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return buckets_.size_bytes() + is_full_.size(); }

    /// Room for most of `n` texts, all of which are in doubt or none. Fails: errc::out_of_memory.
    [[nodiscard]] auto reserve(std::uint64_t n, bool are_in_doubt) -> result<void> {
        CRIA_TRY_VOID(buckets_.make(n / 10 * 3 + 2, "piece table"));
        CRIA_TRY(is_full_, buffer<std::uint8_t>::make_zeros(n_buckets(), "piece table"));
        seed_ = cria::detail::seed_from(&buckets_[0]);
        hash_ = short_text_hash(seed_);
        doubt_ = are_in_doubt ? in_doubt : 0;
        return {};
    }
    [[nodiscard]] auto hash(const short_text& text) const noexcept -> std::uint64_t { return hash_(text); }
    [[nodiscard]] auto short_hash() const noexcept -> const short_text_hash& { return hash_; }
    /// Of a longer text. Cost: O(size).
    [[nodiscard]] auto hash(std::string_view text) const noexcept -> std::uint64_t { return cria::detail::hash_of(text, seed_); }
    [[nodiscard]] auto bucket_of(std::uint64_t hash) const noexcept -> std::uint32_t {
        return static_cast<std::uint32_t>((std::uint64_t{static_cast<std::uint32_t>(hash)} * n_buckets()) >> 32U);
    }
    [[nodiscard]] auto n_buckets() const noexcept -> std::uint32_t { return static_cast<std::uint32_t>(buckets_.size() - 1); }
    [[nodiscard]] auto operator[](std::uint32_t at) const noexcept -> const bucket& { return buckets_[at]; }
    /// All of it. Behind the last bucket there is one more, so that what reads on from there reads zeros.
    [[nodiscard]] auto data() const noexcept -> const bucket* { return &buckets_[0]; }

    /// The line where a text of this hash belongs.
    [[nodiscard]] auto line(std::uint64_t hash) const noexcept -> const bucket& { return buckets_[bucket_of(hash)]; }
    /// The token of a text that is in that line, or none.
    [[nodiscard]] auto find_first(const short_text& text, std::uint64_t hash) const noexcept -> std::uint32_t { return line(hash).find(text); }
    /// The token of a text that is in it, or none.
    [[nodiscard]] auto find(const short_text& text, std::uint64_t hash) const noexcept -> std::uint32_t {
        const std::uint32_t found = find_first(text, hash);
        return found != none || !is_full(hash) ? found : find_second(text, hash);
    }
    /// The same of one for which there was no room in its line.
    [[nodiscard]] auto find_second(const short_text& text, std::uint64_t hash) const noexcept -> std::uint32_t { return buckets_[second_bucket_of(hash)].find(text); }
    /// Whether texts of this hash may have found no room in their line.
    [[nodiscard]] auto is_full(std::uint64_t hash) const noexcept -> bool { return is_full_at(bucket_of(hash), hash); }
    /// The same, where its bucket is known.
    [[nodiscard]] auto is_full_at(std::size_t at, std::uint64_t hash) const noexcept -> bool { return (is_full_[at] & filter_of(hash)) != 0; }
    /// Whether they may have found no room at all.
    [[nodiscard]] auto has_no_room(std::uint64_t hash) const noexcept -> bool { return is_full(hash) && is_full_at(second_bucket_of(hash), hash); }
    void prefetch(std::uint64_t hash) const noexcept { cria::detail::prefetch(&buckets_[bucket_of(hash)]); }
    void prefetch_second(std::uint64_t hash) const noexcept { cria::detail::prefetch(&buckets_[second_bucket_of(hash)]); }

    /// Puts a text into its line, if there is room for it: the answer is whether there was.
    /// Preconditions: `id` is below most_ids, the text has 1 to most_bytes bytes and is not in it, `hash` is its hash.
    auto insert(const short_text& text, std::uint64_t hash, std::uint32_t id) noexcept -> bool { return insert_at(bucket_of(hash), text, hash, id); }
    auto insert(const short_text& text, std::uint32_t id) noexcept -> bool { return insert(text, hash(text), id); }
    /// Puts a text for which there was no room there into another line. That is best done when all texts have been in theirs.
    auto insert_second(const short_text& text, std::uint64_t hash, std::uint32_t id) noexcept -> bool {
        return n_buckets() > 1 && insert_at(second_bucket_of(hash), text, hash, id);
    }
    /// Makes a text that is in it lead to another token.
    void replace(const short_text& text, std::uint64_t hash, std::uint32_t id) noexcept {
        for (bucket* here : {&buckets_[bucket_of(hash)], &buckets_[second_bucket_of(hash)]})
            if (const unsigned i = here->place_of(text); i < bucket::most) here->high[i] = (text.high & text_mask) | static_cast<std::uint64_t>(id) << id_shift | doubt_;
    }
    /// Takes the doubt from a text, if it is in its line with this token: the answer is whether it was.
    auto settle(const short_text& text, std::uint64_t hash, std::uint32_t id) const noexcept -> bool {
        const bucket& here = line(hash);
        const unsigned i = here.place_of(text);
        if (i == bucket::most || here.id(i) != id) return false;
        std::atomic_ref<std::uint64_t>(const_cast<std::uint64_t&>(here.high[i])).store(here.word(i) & ~in_doubt, std::memory_order_relaxed);
        return true;
    }
    /// Takes a text out of its line as if there had been no room for it; the answer is whether it was there.
    auto withdraw(const short_text& text, std::uint64_t hash) noexcept -> bool {
        bucket& here = buckets_[bucket_of(hash)];
        const unsigned n = here.size(), at = here.place_of(text);
        if (at == bucket::most) return false;
        here.low[at] = here.low[n - 1];
        here.high[at] = here.high[n - 1];
        here.low[n - 1] = here.high[n - 1] = 0;
        is_full_[bucket_of(hash)] |= filter_of(hash);
        return true;
    }

private:
    /// One of eight bits, by a part of the hash that does not choose the bucket.
    [[nodiscard]] static auto filter_of(std::uint64_t hash) noexcept -> std::uint8_t { return static_cast<std::uint8_t>(1U << ((hash >> 40U) & 7U)); }

    /// Another line than the one where a text belongs; of a single line, that one.
    [[nodiscard]] auto second_bucket_of(std::uint64_t hash) const noexcept -> std::uint32_t {
        const std::uint32_t n = n_buckets(), away = 1 + static_cast<std::uint32_t>(((hash >> 32U) * (n - 1)) >> 32U), at = bucket_of(hash);
        return n == 1 ? 0 : at < n - away ? at + away : at - (n - away);
    }
    auto insert_at(std::uint32_t at, const short_text& text, std::uint64_t hash, std::uint32_t id) noexcept -> bool {
        bucket& here = buckets_[at];
        const unsigned n = here.size();
        if (n == bucket::most) {
            is_full_[at] |= filter_of(hash);
            return false;
        }
        here.low[n] = text.low;
        here.high[n] = text.high | static_cast<std::uint64_t>(id) << id_shift | doubt_;
        return true;
    }

    line_array<bucket> buckets_;
    buffer<std::uint8_t> is_full_;  // of each bucket, whether a text that belongs there is elsewhere, by eight groups of texts
    std::uint64_t seed_ = 0;
    std::uint64_t doubt_ = 0;  // in_doubt, if texts that are put in are
    short_text_hash hash_{0};
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_TABLE_HPP
