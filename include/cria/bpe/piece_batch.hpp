// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_BATCH_HPP
#define CRIA_BPE_PIECE_BATCH_HPP

#include "cria/bpe/piece_table.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Pieces of a text, some hundreds at a time, each as what it is looked up by: while the memory of one look-up is on its way,
// the next ones are asked for. That, and not any cleverness in merging, is what makes encoding fast.

namespace cria::inline v0::bpe::detail {

/// One piece, which ends where the next one begins.
struct batched_piece {
    static constexpr std::uint32_t no_bucket = 0xFFFFFFFFU;

    std::uint64_t low, tail;  // its table_key
    std::uint32_t bucket;     // in the table; no_bucket: it is too long for that
    std::uint32_t unused[3];  // so that a key lies in one line of the cache
};

class piece_batch {
public:
    static constexpr std::size_t full = 256, most = full + 64;  // it is filled a block of text at a time

    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto is_full() const noexcept -> bool { return size_ >= full; }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> const batched_piece& { return pieces_[i]; }
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
    /// Pieces end at the bits of `ends`, counted from `at` of the text. Their number is what cannot be foretold, so some are written at
    /// once, however many there are. Precondition: size() < full.
    void add_all(std::size_t at, std::uint64_t ends) noexcept {
        const auto first = static_cast<std::uint32_t>(at - base_);
        std::uint32_t* out = begins_.data() + size_ + 1;
        const auto n = static_cast<unsigned>(std::popcount(ends));
        size_ += n;
        for (unsigned done = 0; done < n; done += 8, out += 8) {
            for (unsigned i = 0; i < 8; ++i) {
                out[i] = first + static_cast<std::uint32_t>(std::countr_zero(ends));
                ends &= ends - 1;
            }
        }
    }

    /// Makes the keys of all pieces, which are of `text`, and asks for the memory that they are looked up in.
    void prepare(const piece_table& table, std::string_view text) noexcept {
        const std::size_t n_readable = text.size() < 16 ? 0 : text.size() - 15;  // sixteen bytes can be read before
        for (std::size_t i = 0; i < size_; ++i) {
            batched_piece& made = pieces_[i];
            const std::size_t begin = begin_of(i), n = end_of(i) - begin;
            if (n > table_key::most_bytes) {
                made.bucket = batched_piece::no_bucket;
                continue;
            }
            const short_text key = begin < n_readable ? load_short_text(text.data() + begin, n) : copy_short_text(text.substr(begin, n));
            const table_key wanted(key);
            made.low = wanted.low;
            made.tail = wanted.tail;
            made.bucket = table.bucket_of(table.hash(key));
            table.prefetch(made.bucket);
        }
    }

private:
    alignas(64) std::array<batched_piece, most> pieces_;
    std::array<std::uint32_t, most + 8> begins_;  // from the batch's first byte; one more than there are pieces
    std::size_t base_ = 0;
    std::size_t size_ = 0;
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_BATCH_HPP
