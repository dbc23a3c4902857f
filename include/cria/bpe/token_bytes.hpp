// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TOKEN_BYTES_HPP
#define CRIA_BPE_TOKEN_BYTES_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// token_bytes: what every token of a vocabulary prints, as one table, for whatever walks all of it at each step: engines
// that hold a model to a grammar, above all. They want the bytes one behind the other in the order of ids with their
// lengths (llguidance), or as a list (xgrammar), they treat tokens that are not text apart, and build a tree of the
// others, for which they have to be in the order of their bytes.
//
// The bytes are raw: possibly a part of a character, with no space taken away and nothing cleaned. A token that prints
// nothing is empty here, and special tokens have the text that they stand for in the file, by which a grammar names
// them. The table owns everything: the tokenizer may be gone. One token's bytes alone are tokenizer::bytes.

namespace cria::inline v0::bpe {

/// The bytes of every token. Move-only.
///
///     CRIA_TRY(const auto table, bpe::token_bytes::make(tokenizer));
///     for (bpe::token_id id = 0; table.contains(id); ++id)
///         if (!table.is_special(id)) add_to_tree(id, table[id]);
///
/// Threads: const, safe to share.
class token_bytes {
public:
    token_bytes() noexcept = default;
    /// Fails: errc::out_of_memory. Cost: O(tokens + bytes).
    [[nodiscard]] static auto make(const tokenizer& from) -> result<token_bytes>;

    /// The number of tokens; ids are 0 to size() - 1.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return is_special_.size(); }
    [[nodiscard]] auto contains(token_id id) const noexcept -> bool { return id >= 0 && static_cast<std::size_t>(id) < size(); }

    // Precondition of the next two: contains(id).

    /// What the token prints. Borrows.
    [[nodiscard]] auto operator[](token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view {
        assert(contains(id));
        const std::uint32_t* const at = begins_.data() + id;
        return {bytes_.data() + at[0], at[1] - at[0]};
    }
    /// Whether it is a CONTROL or UNKNOWN token: nothing that a text can be made of.
    [[nodiscard]] auto is_special(token_id id) const noexcept -> bool { return is_special_[static_cast<std::size_t>(id)]; }

    /// All bytes, one token's behind the other's, in the order of ids. Borrows.
    [[nodiscard]] auto bytes() const& noexcept CRIA_LIFETIME_BOUND -> std::string_view { return bytes_.view(); }
    auto bytes() && -> std::string_view = delete;
    /// Where each token's begin in bytes(), and, as one more, where they end: size() + 1 numbers. Borrows.
    [[nodiscard]] auto begins() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const std::uint32_t> { return begins_.span(); }
    auto begins() && -> std::span<const std::uint32_t> = delete;
    /// How many each has. Borrows.
    [[nodiscard]] auto lengths() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const std::uint32_t> { return lengths_.span(); }
    auto lengths() && -> std::span<const std::uint32_t> = delete;
    /// The tokens for which is_special() is true, ascending. Borrows.
    [[nodiscard]] auto specials() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const token_id> { return specials_.span(); }
    auto specials() && -> std::span<const token_id> = delete;

    /// The tokens that are text and print something, in the order of their bytes as unsigned numbers; of those that print
    /// the same the lowest id first. What begins alike is together, so one pass over it builds a tree.
    /// Fails: errc::out_of_memory. Cost: O(n log n) comparisons.
    [[nodiscard]] auto sorted() const -> result<buffer<token_id>>;

private:
    buffer<char> bytes_;
    buffer<std::uint32_t> begins_;  // the vocabulary has at most 4 GiB of text
    buffer<std::uint32_t> lengths_;
    buffer<token_id> specials_;
    buffer<bool> is_special_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto token_bytes::make(const tokenizer& from) -> result<token_bytes> {
    constexpr std::string_view what = "bytes of tokens";
    token_bytes made;
    const auto n_tokens = static_cast<token_id>(from.size());
    std::uint64_t n_bytes = 0;
    for (token_id id = 0; id < n_tokens; ++id) n_bytes += from.bytes(id).size();
    CRIA_TRY_VOID(made.bytes_.reserve(n_bytes, what));
    CRIA_TRY_VOID(made.begins_.reserve(from.size() + std::uint64_t{1}, what));
    CRIA_TRY_VOID(made.lengths_.reserve(from.size(), what));
    CRIA_TRY_VOID(made.is_special_.reserve(from.size(), what));
    CRIA_TRY_VOID(made.begins_.push_back(0, what));
    for (token_id id = 0; id < n_tokens; ++id) {
        const std::string_view piece = from.bytes(id);
        CRIA_TRY_VOID(made.bytes_.append(piece, what));
        CRIA_TRY_VOID(made.begins_.push_back(static_cast<std::uint32_t>(made.bytes_.size()), what));
        CRIA_TRY_VOID(made.lengths_.push_back(static_cast<std::uint32_t>(piece.size()), what));
        CRIA_TRY_VOID(made.is_special_.push_back(from.is_special(id), what));
        if (from.is_special(id)) CRIA_TRY_VOID(made.specials_.push_back(id, what));
    }
    return made;
}

inline auto token_bytes::sorted() const -> result<buffer<token_id>> {
    constexpr std::string_view what = "order of tokens";
    buffer<token_id> ids;
    CRIA_TRY_VOID(ids.reserve(size(), what));
    for (token_id id = 0; contains(id); ++id)
        if (!is_special(id) && !(*this)[id].empty()) CRIA_TRY_VOID(ids.push_back(id, what));
    cria::detail::sort(ids.data(), ids.size(), [this](token_id a, token_id b) {
        const int compared = (*this)[a].compare((*this)[b]);  // char_traits<char> compares as unsigned
        return compared != 0 ? compared < 0 : a < b;
    });
    return ids;
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_TOKEN_BYTES_HPP
