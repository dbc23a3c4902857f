// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_GROWING_ENCODER_HPP
#define CRIA_BPE_GROWING_ENCODER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/certain_cuts.hpp"
#include "cria/bpe/encoding.hpp"
#include "cria/bpe/tokenizer.hpp"

#include <cstddef>
#include <cstring>  // memmove
#include <span>
#include <string_view>

// growing_encoder: the ids of a text that grows at its end, such as a chat, turn by turn.
//
// What is new may change what was last: words grow on, special tokens become whole. Nothing changes in front of the last place where the text can be cut for certain
// (certain_cuts.hpp), so only what is behind it is kept as text, and encoded once more.

namespace cria::inline v0::bpe {

/// Encodes a growing text. BOS is put in front, if options.add_special is set and the model asks for it; EOS is not put behind, since the text goes on.
///
///     bpe::growing_encoder chat(tokenizer, {.add_special = true, .parse = bpe::parse_special::all});
///     CRIA_TRY(const std::size_t n_same, chat.append(turn));   // keep that much of the KV cache, compute chat.ids() from there
///
/// Borrows: the tokenizer, which must stay where it is. Threads: one growing_encoder, one thread.
class growing_encoder {
public:
    explicit growing_encoder(const tokenizer& with CRIA_LIFETIME_BOUND, const encode_options& options = {}) noexcept
        : tables_(&with.tables_), options_(options), cuts_(with.tables_) {}
    explicit growing_encoder(const tokenizer&&, const encode_options& = {}) = delete;

    /// Puts `more` behind the text. Gives how many of the ids before are still the same, which are the first: at most ids().size() before and after.
    /// Fails: as encoder::encode; an offset counts from the beginning of the text. Then ids and text are as they were.
    /// Cost:  O(more), and what is behind the last certain cut; all of the text for tokenizers without such cuts (with a pretokenizer of the caller's, say).
    [[nodiscard]] auto append(std::string_view more) -> result<std::size_t>;
    /// The ids of the text so far: those that encoder::encode gives for all of it, without an EOS.
    /// Borrows: until the next call of a function that is not const.
    [[nodiscard]] auto ids() const noexcept CRIA_LIFETIME_BOUND -> std::span<const token_id> { return ids_.span(); }
    /// Bytes of text so far.
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return n_settled_bytes_ + tail_.size(); }
    /// Begins a new text.
    void clear() noexcept {
        ids_.clear();
        tail_.clear();
        n_settled_ = n_settled_bytes_ = 0;
    }

private:
    static constexpr std::string_view what = "token ids";

    /// The ids of a part of the tail, in new_ids_, behind those that are there.
    [[nodiscard]] auto encode(std::string_view part, std::size_t begin) -> result<void>;

    const detail::tokenizer_tables* tables_;
    encode_options options_;
    detail::certain_cuts cuts_;
    detail::encoding encoding_;
    buffer<token_id> ids_, new_ids_;
    std::size_t n_settled_ = 0;        // ids that no longer change, and the bytes that they are of
    std::size_t n_settled_bytes_ = 0;
    buffer<char> tail_;                // the text behind these
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto growing_encoder::encode(std::string_view part, std::size_t begin) -> result<void> {
    CRIA_TRY_VOID(encoding_.run_part(*tables_, part, begin, options_, false));
    std::span<const token_id> ids = encoding_.ids().span();
    const bool has_eos = begin == 0 && options_.add_special && tables_->settings.add_eos && tables_->settings.special.eos;
    if (has_eos) ids = ids.first(ids.size() - 1);
    return new_ids_.append(ids, what);
}

inline auto growing_encoder::append(std::string_view more) -> result<std::size_t> {
    const std::size_t n_before = tail_.size();
    CRIA_TRY_VOID(tail_.append(more, "text"));
    const std::string_view tail = tail_.view();
    std::size_t settled = tail.size();
    while (settled > 0 && !cuts_.allow(tail, settled)) --settled;

    new_ids_.clear();
    const auto encode_both = [&]() -> result<std::size_t> {
        if (settled > 0) CRIA_TRY_VOID(encode(tail.substr(0, settled), n_settled_bytes_));
        const std::size_t n = new_ids_.size();
        CRIA_TRY_VOID(encode(tail.substr(settled), n_settled_bytes_ + settled));
        CRIA_TRY_VOID(ids_.reserve(std::uint64_t{n_settled_} + new_ids_.size(), what));
        return n;
    };
    const auto n_new_settled = encode_both();
    if (!n_new_settled) {
        tail_.truncate(n_before);
        return n_new_settled.error();
    }
    std::size_t n_same = 0;
    while (n_settled_ + n_same < ids_.size() && n_same < new_ids_.size() && ids_[n_settled_ + n_same] == new_ids_[n_same]) ++n_same;
    n_same += n_settled_;
    ids_.truncate(n_settled_);
    CRIA_TRY_VOID(ids_.append(new_ids_.span(), what));
    n_settled_ += *n_new_settled;
    n_settled_bytes_ += settled;
    if (settled > 0) std::memmove(tail_.data(), tail_.data() + settled, tail_.size() - settled);
    tail_.truncate(tail_.size() - settled);
    return n_same;
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_GROWING_ENCODER_HPP
