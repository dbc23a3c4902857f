// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_CODE_POINT_HPP
#define CRIA_UTF8_CODE_POINT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

// One character at a time: the two functions that everything else about UTF-8 is built on.
//
// Well-formed means table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing above
// U+10FFFF. What is ill-formed becomes U+FFFD, one for each *maximal subpart* (the longest start of a
// well-formed sequence, or else one byte), as the Standard recommends in section 3.9 and as the WHATWG
// decoder, Python and Rust do it. So decoding is total: any bytes are a text.

namespace cria::inline v0::utf8 {

/// U+FFFD, what stands for bytes that are no character, and its three bytes.
inline constexpr char32_t replacement_character = 0xFFFD;
inline constexpr std::string_view replacement_text = "\xEF\xBF\xBD";

/// What stands at one place of a text: a character, or a maximal subpart of an ill-formed sequence.
struct step {
    char32_t code_point;  // U+FFFD where the bytes are ill-formed
    std::uint8_t length;  // bytes to step over: 1 to 4 (ill-formed: 1 to 3), 0 only past the end
    bool valid;           // false tells an ill-formed sequence from a U+FFFD that the text really holds
};

/// The bytes of one character.
struct encoded {
    char bytes[4];
    std::uint8_t length;
    [[nodiscard]] constexpr auto view() const noexcept -> std::string_view { return {bytes, length}; }
};

/// The character at byte `at`.
/// Cost: O(1); never reads past the end of `text`.
[[nodiscard]] constexpr auto decode(std::string_view text, std::size_t at = 0) noexcept -> step;

/// The UTF-8 bytes of `code_point`; those of U+FFFD for a surrogate or a number above U+10FFFF.
[[nodiscard]] constexpr auto encode(char32_t code_point) noexcept -> encoded;

/// The bytes that a character starting with `lead` has: 1 to 4, or 0 if no character starts so.
[[nodiscard]] constexpr auto sequence_length(unsigned char lead) noexcept -> std::uint8_t;

/// Whether `at_end`, decoded at byte `at` of `text`, is ill-formed only because the text ends there:
/// more bytes could still make it a character.
[[nodiscard]] constexpr auto is_cut_off(std::string_view text, std::size_t at, step at_end) noexcept -> bool;

// implementation ------------------------------------------------------------------------------------

constexpr auto sequence_length(unsigned char lead) noexcept -> std::uint8_t {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;  // continuation bytes; C0 and C1 could only start overlong forms
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) return 3;
    if (lead < 0xF5) return 4;
    return 0;
}

constexpr auto decode(std::string_view text, std::size_t at) noexcept -> step {
    if (at >= text.size()) return {replacement_character, 0, false};
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1, true};
    const auto length = sequence_length(lead);
    if (length == 0) return {replacement_character, 1, false};

    // Only the second byte's range depends on the lead: E0 and F0 exclude overlong forms, ED the
    // surrogates, F4 what lies above U+10FFFF.
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF4) high = 0x8F;
    auto code_point = static_cast<char32_t>(lead & (0x7FU >> length));
    const auto available = text.size() - at;
    for (std::uint8_t i = 1; i < length; ++i) {
        if (i == available) return {replacement_character, i, false};
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if (byte < low || byte > high) return {replacement_character, i, false};
        code_point = (code_point << 6U) | (byte & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return {code_point, length, true};
}

constexpr auto encode(char32_t code_point) noexcept -> encoded {
    const auto lead = [&](unsigned mark, unsigned shift) { return static_cast<char>(mark | (code_point >> shift)); };
    const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)); };
    const auto is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point > 0x10FFFF || is_surrogate) code_point = replacement_character;
    if (code_point < 0x80) return {{lead(0, 0)}, 1};
    if (code_point < 0x800) return {{lead(0xC0, 6), tail(0)}, 2};
    if (code_point < 0x10000) return {{lead(0xE0, 12), tail(6), tail(0)}, 3};
    return {{lead(0xF0, 18), tail(12), tail(6), tail(0)}, 4};
}

constexpr auto is_cut_off(std::string_view text, std::size_t at, step at_end) noexcept -> bool {
    // A subpart that touches the end was stopped by the end, or else it is one byte that starts nothing.
    if (at_end.valid || at >= text.size() || at + at_end.length != text.size()) return false;
    return sequence_length(static_cast<unsigned char>(text[at])) > at_end.length;
}

}  // namespace cria::inline v0::utf8

#endif
