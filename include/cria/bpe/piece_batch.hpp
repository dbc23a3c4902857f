// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_BATCH_HPP
#define CRIA_BPE_PIECE_BATCH_HPP

#include "cria/bpe/piece_table.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <string_view>

// Pieces of a text, some hundreds at a time, each as what it is looked up by: while the memory of one look-up is on its way,
// the next ones are asked for. That, and not any cleverness in merging, is what makes encoding fast.

namespace cria::inline v0::bpe::detail {

class piece_batch {
public:
    static constexpr std::size_t full = 256, most = full + 64;  // it is filled a block of text at a time

    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto is_full() const noexcept -> bool { return size_ >= full; }
    /// What piece i is looked up by.
    [[nodiscard]] auto key_of(std::size_t i) const noexcept -> const short_text& { return keys_[i]; }
    /// Where in the table it is looked up.
    [[nodiscard]] auto line_of(std::size_t i) const noexcept -> std::uint32_t { return lines_[i]; }
    /// The hash of piece i: of the short text that it is, or of all its bytes.
    [[nodiscard]] auto hash_of(std::size_t i) const noexcept -> std::uint64_t { return hashes_[i]; }
    /// Where piece i begins and ends in the text.
    [[nodiscard]] auto begin_of(std::size_t i) const noexcept -> std::size_t { return base_ + begins_[i]; }
    [[nodiscard]] auto end_of(std::size_t i) const noexcept -> std::size_t { return base_ + begins_[i + 1]; }

    /// Begins another batch, with the piece that begins at `base`.
    void clear(std::size_t base) noexcept {
        base_ = base;
        size_ = 0;
        begins_[0] = 0;
    }
    /// The next piece ends at `end` of the text. Preconditions: size() < most; the batch has less than 4 GiB of text.
    void add(std::size_t end) noexcept { begins_[++size_] = static_cast<std::uint32_t>(end - base_); }
    /// Pieces end at the bits of `ends`, counted from `at` of the text. Tier::put_bits writes the numbers of bits.
    /// Precondition: size() < full.
    template <class Tier>
    [[gnu::always_inline]] inline void add_all(std::size_t at, std::uint64_t ends) noexcept {
        Tier::put_bits(begins_.data() + size_ + 1, static_cast<std::uint32_t>(at - base_), ends);
        size_ += static_cast<unsigned>(std::popcount(ends));
    }

    /// Makes what all pieces are looked up by, and asks for the memory that they are looked up in. They are pieces of `text`.
    /// Tier::make_keys, Tier::hash_all: of many pieces at a time (piece_kernels.hpp).
    template <class Tier>
    [[gnu::always_inline]] inline void prepare(const piece_table& table, std::string_view text) noexcept {
        const std::size_t n = size_;
        if (n == 0) return;
        std::size_t n_inner = n;  // pieces at which sixteen bytes can be read
        while (n_inner != 0 && begin_of(n_inner - 1) + 16 > text.size()) --n_inner;
        const std::size_t n_longer = Tier::make_keys(text.data() + base_, begins_.data(), n_inner, keys_.data(), longer_.data());
        if (n_inner != n) {  // the others begin in the last fifteen bytes, which are copied to where more can be read
            char end[48] = {};
            const std::size_t from = text.size() > 32 ? text.size() - 32 : 0;
            if (from != 0) std::memcpy(end, text.data() + from, 32);
            else std::memcpy(end, text.data(), text.size());
            for (std::size_t i = n_inner; i < n; ++i) keys_[i] = load_short_text(end + (begin_of(i) - from), end_of(i) - begin_of(i));
        }
        Tier::hash_all(table, keys_.data(), n, hashes_.data(), lines_.data());
        for (std::size_t k = 0; k < n_longer; ++k) {
            const std::size_t i = longer_[k];
            hashes_[i] = table.hash(text.substr(begin_of(i), end_of(i) - begin_of(i)));
        }
    }

private:
    static constexpr std::size_t rounded = most + 32;  // vectors go beyond the end, and so does what is asked for ahead

    alignas(64) std::array<short_text, rounded> keys_;
    alignas(64) std::array<std::uint64_t, rounded> hashes_;
    alignas(64) std::array<std::uint32_t, rounded> lines_;
    std::array<std::uint32_t, most + 64> begins_;      // from the batch's first byte; one more than there are pieces
    std::array<std::uint16_t, most + 16> longer_;      // than a short text
    std::size_t base_ = 0;
    std::size_t size_ = 0;
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_BATCH_HPP
