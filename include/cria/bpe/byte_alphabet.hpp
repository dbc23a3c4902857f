// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_BYTE_ALPHABET_HPP
#define CRIA_BPE_BYTE_ALPHABET_HPP

#include "cria/utf8/code_point.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// The byte alphabet of byte-level BPE: a byte is written as one printable character, so that vocabularies
// can be stored as text. It was introduced with GPT-2 (bytes_to_unicode in openai/gpt-2, src/encoder.py):
// the bytes 21-7E, A1-AC and AE-FF stand for themselves, the other 68 in ascending order are U+0100 to
// U+0143 (a space is U+0120, a line feed U+010A).
//
// Only vocabularies go through here, once, when they are loaded. Text that is tokenized stays bytes.

namespace cria::inline v0::bpe {

/// The character that stands for `byte` in a vocabulary.
[[nodiscard]] constexpr auto byte_to_code_point(std::uint8_t byte) noexcept -> char32_t;

/// The byte that `code_point` stands for, or -1 if it stands for none.
[[nodiscard]] constexpr auto code_point_to_byte(char32_t code_point) noexcept -> int;

/// What decode_byte_text has written.
struct decoded_text {
    std::size_t size = 0;  // bytes written
    bool exact = true;     // every character stood for a byte; if not, no text can ever encode to this token
};

/// Writes the bytes that the vocabulary text `text` stands for to `out`, which has room for
/// `text.size()` bytes; they are never more. A character outside the alphabet and an ill-formed byte are
/// copied as they are and make the result inexact.
/// Cost: O(n), no allocation.
constexpr auto decode_byte_text(std::string_view text, char* out) noexcept -> decoded_text;

// implementation ------------------------------------------------------------------------------------

namespace detail {

constexpr auto stands_for_itself(unsigned byte) noexcept -> bool {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
}

inline constexpr unsigned n_shifted_bytes = 68;  // the bytes that are written as U+0100 and up

struct byte_alphabet_tables {
    std::uint16_t code_points[256] = {};
    std::uint8_t shifted_bytes[n_shifted_bytes] = {};
    std::int16_t two_bytes[256] = {};  // the byte of U+0080 to U+017F, or -1

    constexpr byte_alphabet_tables() noexcept {
        unsigned n_shifted = 0;
        for (unsigned byte = 0; byte < 256; ++byte) {
            if (stands_for_itself(byte)) {
                code_points[byte] = static_cast<std::uint16_t>(byte);
                continue;
            }
            code_points[byte] = static_cast<std::uint16_t>(0x100 + n_shifted);
            shifted_bytes[n_shifted] = static_cast<std::uint8_t>(byte);
            ++n_shifted;
        }
        for (std::int16_t& byte : two_bytes) byte = -1;
        for (unsigned byte = 0; byte < 256; ++byte)
            if (code_points[byte] >= 0x80) two_bytes[code_points[byte] - 0x80] = static_cast<std::int16_t>(byte);
    }
};

inline constexpr byte_alphabet_tables byte_alphabet{};

}  // namespace detail

constexpr auto byte_to_code_point(std::uint8_t byte) noexcept -> char32_t {
    return detail::byte_alphabet.code_points[byte];
}

constexpr auto code_point_to_byte(char32_t code_point) noexcept -> int {
    if (code_point < 0x100) {
        const auto byte = static_cast<unsigned>(code_point);
        return detail::stands_for_itself(byte) ? static_cast<int>(byte) : -1;
    }
    const auto rank = code_point - 0x100;
    return rank < detail::n_shifted_bytes ? detail::byte_alphabet.shifted_bytes[rank] : -1;
}

constexpr auto decode_byte_text(std::string_view text, char* out) noexcept -> decoded_text {
    decoded_text written;
    for (std::size_t at = 0; at < text.size();) {
        if (const auto lead = static_cast<unsigned char>(text[at]); lead < 0x80 && detail::stands_for_itself(lead)) {  // nearly all are
            out[written.size++] = text[at++];
            continue;
        } else if (lead >= 0xC2 && lead <= 0xC5 && at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xC0U) == 0x80) {
            const int byte = detail::byte_alphabet.two_bytes[(lead - 0xC2U) * 64 + (static_cast<unsigned char>(text[at + 1]) & 0x3FU)];
            if (byte >= 0) {
                out[written.size++] = static_cast<char>(static_cast<unsigned char>(byte));
                at += 2;
                continue;
            }
        }
        const auto here = utf8::decode(text, at);
        const auto byte = here.valid ? code_point_to_byte(here.code_point) : -1;
        if (byte >= 0) {
            out[written.size] = static_cast<char>(static_cast<unsigned char>(byte));
            ++written.size;
        } else {
            for (std::size_t i = 0; i < here.length; ++i) out[written.size + i] = text[at + i];
            written.size += here.length;
            written.exact = false;
        }
        at += here.length;
    }
    return written;
}

}  // namespace cria::inline v0::bpe

#endif
