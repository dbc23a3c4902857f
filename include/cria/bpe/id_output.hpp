// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_ID_OUTPUT_HPP
#define CRIA_BPE_ID_OUTPUT_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/piece_batch.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <utility>  // exchange

// Where the ids of a text go: into memory of its own, or into the caller's as far as that goes. Either one by one, or into a block, which is
// passed on when it is full: what is looked up comes in many small lots, of which each would ask for room.
//
// Order is the user's affair: what is in the block comes out with flush(), so that goes before give().

namespace cria::inline v0::bpe {

/// A range of bytes of a text.
struct byte_span {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend constexpr auto operator==(const byte_span&, const byte_span&) -> bool = default;
};

namespace detail {

/// The ids of one text, and where they come from, if that is asked for.
class id_output {
public:
    [[nodiscard]] auto ids() const noexcept -> const buffer<token_id>& { return ids_; }
    [[nodiscard]] auto ids() noexcept -> buffer<token_id>& { return ids_; }
    /// Of each id, if asked for.
    [[nodiscard]] auto spans() const noexcept -> std::span<const byte_span> { return spans_.span(); }
    [[nodiscard]] auto with_offsets() const noexcept -> bool { return with_offsets_; }

    /// One id. Precondition: nothing is in the block. Fails: errc::out_of_memory.
    [[nodiscard]] auto give(std::uint32_t id, std::size_t begin, std::size_t end) -> result<void>;

    /// Drops the last id. Preconditions: there is one, they are kept, and nothing is in the block.
    void take_back() noexcept {
        ids_.truncate(--n_ids_);
        if (with_offsets_) spans_.pop_back();
    }
    /// The text is a part of a longer one, which begins so many bytes before it.
    void move_spans(std::size_t by) noexcept {
        for (byte_span& span : spans_) span = {span.begin + by, span.end + by};
    }

    // The block. The spans of what is put into it are noted at once.

    /// For how many ids it has room.
    [[nodiscard]] auto room() const noexcept -> std::size_t { return block_size - n_block_; }
    /// So that it has room for `n`, of which there are fewer than it has at most. Fails: errc::out_of_memory.
    [[nodiscard]] auto make_room(std::size_t n) -> result<void> { return room() < n ? flush() : result<void>{}; }
    /// Precondition: there is room. Fails: errc::out_of_memory.
    [[nodiscard]] auto put(std::uint32_t id, std::size_t begin, std::size_t end) -> result<void> {
        assert(room() != 0);
        block_[n_block_++] = static_cast<token_id>(id);
        return with_offsets_ ? note_span(begin, end) : result<void>{};
    }
    [[nodiscard]] auto note_span(std::size_t begin, std::size_t end) -> result<void> { return spans_.push_back({begin, end}, "token offsets"); }
    /// Where the next ids go that are written without spans; then note how many. Precondition: there is room for them.
    [[nodiscard]] auto next() noexcept -> token_id* { return block_ + n_block_; }
    void note_written(std::size_t n) noexcept { n_block_ += n; }
    /// What is in the block goes where ids go. Fails: errc::out_of_memory.
    [[nodiscard]] auto flush() -> result<void>;

    /// How much there is, to go back to as long as the block has not been flushed.
    struct mark {
        std::size_t n_block, n_spans;
    };
    [[nodiscard]] auto here() const noexcept -> mark { return {n_block_, spans_.size()}; }
    [[nodiscard]] auto since(mark from) const noexcept -> std::size_t { return n_block_ - from.n_block; }
    void go_back(mark to) noexcept {
        n_block_ = to.n_block;
        spans_.truncate(to.n_spans);
    }

    /// A piece begins: no run of one id goes on across its border.
    void begin_piece() noexcept { piece_begin_ = n_ids_ + n_block_; }
    /// Gives an id of which a run within a piece is only one. Precondition: nothing is in the block. Fails: errc::out_of_memory.
    [[nodiscard]] auto give_run(std::uint32_t id, std::size_t begin, std::size_t end) -> result<void> {
        if (n_ids_ <= piece_begin_ || last_id_ != id) return give(id, begin, end);
        if (with_offsets_) spans_.back().end = end;
        return {};
    }

protected:
    static constexpr std::string_view what = "token ids";
    static constexpr std::size_t block_size = 4 * piece_batch::full;

    void start() noexcept {
        ids_.clear();
        spans_.clear();
        n_ids_ = n_block_ = piece_begin_ = 0;
        block_ = own_block_.data();  // here, since this may have been moved
    }
    /// Nothing more comes: ids() are what there is. Precondition: nothing is in the block.
    void end_block() noexcept {
        if (keeps_ids_) ids_.truncate(n_ids_);
        block_ = own_block_.data();
    }

    buffer<token_id> ids_;
    buffer<byte_span> spans_;
    std::span<token_id> out_;
    bool keeps_ids_ = false;  // in ids_, otherwise they go to out_
    bool with_offsets_ = false;
    std::size_t n_ids_ = 0;
    std::uint32_t last_id_ = 0;
    std::uint32_t second_id_ = 0;
    token_id* block_ = nullptr;  // where ids go in the end, if there is room for a whole block; otherwise our own
    std::size_t n_block_ = 0;

private:
    std::array<token_id, block_size> own_block_;
    std::size_t piece_begin_ = 0;  // in the ids
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto id_output::give(std::uint32_t id, std::size_t begin, std::size_t end) -> result<void> {
    end_block();
    if (keeps_ids_) CRIA_TRY_VOID(ids_.push_back(static_cast<token_id>(id), what));
    else if (n_ids_ < out_.size()) out_[n_ids_] = static_cast<token_id>(id);
    if (n_ids_ == 1) second_id_ = id;
    ++n_ids_;
    last_id_ = id;
    return with_offsets_ ? note_span(begin, end) : result<void>{};
}

inline auto id_output::flush() -> result<void> {
    const std::size_t n = std::exchange(n_block_, 0);
    if (n == 0) return {};
    if (n_ids_ <= 1 && n_ids_ + n > 1) second_id_ = static_cast<std::uint32_t>(block_[1 - n_ids_]);
    last_id_ = static_cast<std::uint32_t>(block_[n - 1]);
    const bool is_own = block_ == own_block_.data();
    const std::size_t begin = std::exchange(n_ids_, n_ids_ + n);
    if (keeps_ids_) {
        if (is_own) CRIA_TRY_VOID(ids_.append({block_, n}, what));
        ids_.truncate(n_ids_);
        block_ = own_block_.data();
        if (n_ids_ >= block_size) {  // a short text's ids take no more memory than they need
            CRIA_TRY(block_, ids_.extend(block_size, what));
        }
        return {};
    }
    if (is_own && begin < out_.size()) {
        const std::size_t left = out_.size() - begin;
        std::memcpy(out_.data() + begin, block_, (n < left ? n : left) * sizeof(token_id));
    }
    block_ = n_ids_ < out_.size() && out_.size() - n_ids_ >= block_size ? out_.data() + n_ids_ : own_block_.data();
    return {};
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_ID_OUTPUT_HPP
