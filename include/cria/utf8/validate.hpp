// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_VALIDATE_HPP
#define CRIA_UTF8_VALIDATE_HPP

#include "cria/utf8/code_point.hpp"
#include "cria/utf8/validate_kernels.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy: eight bytes at a time, at any alignment
#include <string_view>

// Questions about a whole text: is it UTF-8, where does it stop being so, how much of a stream may be
// shown now. None of them changes or copies the text; utf8::decoder does the repairing.
//
// Long texts are looked through with the widest vectors that the processor has (validate_kernels.hpp), up to the
// first fault; what exactly is wrong there is read character by character, as short texts are altogether.

namespace cria::inline v0::utf8 {

/// Whether every byte of `text` belongs to a well-formed character.
/// Cost: O(n), 32 or 64 bytes at a time where the processor can.
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

/// find_invalid, one character after the other: the plain twin that tests hold against it.
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

/// find_invalid without vectors: passes over ASCII eight bytes at a time.
[[nodiscard]] inline auto find_invalid_by_words(std::string_view text, std::size_t from) noexcept -> std::size_t {
    while (from < text.size()) {
        const auto here = decode(text, from);
        if (!here.valid) return from;
        from += here.length;
        // Only behind an ASCII character: in other scripts the eight-byte probe would rarely pay.
        if (here.length == 1) from = skip_ascii(text, from);
    }
    return text.size();
}

/// Texts below this size are done before the processor has been asked what it can do.
inline constexpr std::size_t min_for_kernels = 16;

/// find_invalid with one kernel, which must be available; `from` is at most the text's size.
[[nodiscard]] inline auto find_invalid_with(kernel which, std::string_view text, std::size_t from) noexcept -> std::size_t {
    from += settled(which, {text.data() + from, text.size() - from});
    return from == text.size() ? from : find_invalid_by_words(text, from);
}

}  // namespace detail

inline auto find_invalid(std::string_view text, std::size_t from) noexcept -> std::size_t {
    if (from > text.size() || text.size() - from < detail::min_for_kernels) return detail::find_invalid_by_words(text, from);
    return detail::find_invalid_with(detail::fastest_kernel(), text, from);
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
