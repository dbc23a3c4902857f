// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_CHARACTER_BORDERS_HPP
#define CRIA_BPE_CHARACTER_BORDERS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Where byte-level merging can begin with characters instead of bytes.
//
// Merging puts the bytes of most characters together before anything else happens to them. If it is certain that it does, so much is saved: two merges of
// three bytes, and what they would have to be looked up for. It is certain of a character, when
//   - nothing is put together across its two ends before the character is whole: no token has a part of the character and something beyond that end;
//   - its bytes alone become one token;
//   - everything that it is put together with gives a token with a higher id than its own, which is how soon a merge comes (split_rules.hpp).
// Then the merges of its bytes wait for nobody, and whenever another one can come that has to do with the character, they have come. So it changes nothing to have
// all of them first. The first condition is here: as pairs of bytes, the last one of a character and the first one of the next, that are side by side in a token which
// has only a part of one of the two. The second is asked for character by character, and the last one of each token that is found while merging.

namespace cria::inline v0::bpe::detail {

/// How many bytes a character has that begins with this one, by its form; 1 of ASCII and of bytes that begin none.
[[nodiscard]] constexpr auto announced_size(unsigned char first) noexcept -> unsigned { return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }
[[nodiscard]] constexpr auto is_continuation(unsigned char byte) noexcept -> bool { return (byte & 0xC0U) == 0x80; }

/// Ends of characters that a token lies across with a part of a character. Filled once, then read only.
class character_borders {
public:
    /// Before any token has been noted. Fails: errc::out_of_memory.
    [[nodiscard]] auto begin() -> result<void> {
        CRIA_TRY(crossed_, buffer<row>::make_zeros(256, "borders of characters"));
        return {};
    }
    /// One more token. Precondition: it is not empty.
    void note(std::string_view token) noexcept {
        const auto byte = [token](std::size_t i) { return static_cast<unsigned char>(token[i]); };
        if (is_continuation(byte(0))) {
            for (std::size_t i = 1; i < token.size() && i <= 3; ++i) {
                cross(byte(i - 1), byte(i));
                if (!is_continuation(byte(i))) break;
            }
        }
        if (byte(token.size() - 1) < 0x80) return;
        std::size_t last = token.size() - 1;  // where the last character begins
        while (last != 0 && token.size() - last < 4 && is_continuation(byte(last))) --last;
        if (last != 0 && token.size() - last < announced_size(byte(last))) cross(byte(last - 1), byte(last));
    }
    /// Whether characters of which the first ends with `last`, and the other begins with `first`, may be put together before both are whole.
    [[nodiscard]] auto is_crossed(unsigned char last, unsigned char first) const noexcept -> bool { return ((crossed_[last][first / 64] >> (first % 64)) & 1U) != 0; }

private:
    using row = std::array<std::uint64_t, 4>;

    void cross(unsigned char last, unsigned char first) noexcept { crossed_[last][first / 64] |= std::uint64_t{1} << (first % 64); }

    buffer<row> crossed_;  // by the last byte; a bit for each first one
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_CHARACTER_BORDERS_HPP
