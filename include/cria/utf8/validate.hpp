// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_VALIDATE_HPP
#define CRIA_UTF8_VALIDATE_HPP

#include "cria/utf8/code_point.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy: eight bytes at a time, at any alignment
#include <string_view>

// Questions about a whole text: is it UTF-8, where does it stop being so, how much of a stream may be
// shown now. None of them changes or copies the text; utf8::decoder does the repairing.

namespace cria::inline v0::utf8 {

/// Whether every byte of `text` belongs to a well-formed character.
/// Cost: O(n), eight bytes at a time where the text is ASCII.
[[nodiscard]] inline auto is_valid(std::string_view text) noexcept -> bool;

/// The offset of the first ill-formed sequence at or after byte `from`; `text.size()` if there is none.
/// `from` must be where a character starts.
[[nodiscard]] inline auto find_invalid(std::string_view text, std::size_t from = 0) noexcept -> std::size_t;

/// How many bytes of a stream's text may be shown now: all of them, or all but a last character that is
/// still cut off. Ill-formed bytes count as showable, since no later byte can mend them.
/// Cost: O(1), looks at the last three bytes.
[[nodiscard]] constexpr auto complete_prefix(std::string_view text) noexcept -> std::size_t;

// implementation ------------------------------------------------------------------------------------

namespace detail {

/// find_invalid without the ASCII skip: the plain twin that tests hold against it.
[[nodiscard]] constexpr auto find_invalid_plain(std::string_view text, std::size_t from) noexcept -> std::size_t {
    while (from < text.size()) {
        const auto here = decode(text, from);
        if (!here.valid) return from;
        from += here.length;
    }
    return text.size();
}

/// The first byte at or after `from` that is not ASCII, or up to seven bytes before it.
[[nodiscard]] inline auto skip_ascii(std::string_view text, std::size_t from) noexcept -> std::size_t {
    while (text.size() - from >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + from, sizeof word);
        if ((word & 0x8080808080808080U) != 0) break;
        from += 8;
    }
    return from;
}

}  // namespace detail

inline auto find_invalid(std::string_view text, std::size_t from) noexcept -> std::size_t {
    while (from < text.size()) {
        const auto here = decode(text, from);
        if (!here.valid) return from;
        from += here.length;
        // Only behind an ASCII character: in other scripts the eight-byte probe would rarely pay.
        if (here.length == 1) from = detail::skip_ascii(text, from);
    }
    return text.size();
}

inline auto is_valid(std::string_view text) noexcept -> bool { return find_invalid(text) == text.size(); }

constexpr auto complete_prefix(std::string_view text) noexcept -> std::size_t {
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto at = text.size() - back;
        const auto is_continuation = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
        if (is_continuation) continue;
        return is_cut_off(text, at, decode(text, at)) ? at : text.size();
    }
    return text.size();
}

}  // namespace cria::inline v0::utf8

#endif
