// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_TEXT_HPP
#define CRIA_BASE_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Text that comes from files and goes into errors: a copy that fits its holder, and a way to print it that
// keeps a hostile name on its line. Tokenizers use cria::utf8, which is complete and fast; this is small.

namespace cria::inline v0::detail {

/// Bytes of the well-formed UTF-8 character at the start of `text` (Unicode 16.0, Table 3-7); 0 where there is none.
[[nodiscard]] constexpr auto well_formed_length(std::string_view text) noexcept -> std::size_t {
    const auto byte = [&](std::size_t i) -> unsigned { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (text.empty()) return 0;
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead <= 0xDF) return tail(1) ? 2 : 0;
    if (lead <= 0xEF) {
        const bool ok = tail(1) && tail(2) && !(lead == 0xE0 && byte(1) < 0xA0) && !(lead == 0xED && byte(1) > 0x9F);
        return ok ? 3 : 0;
    }
    if (lead <= 0xF4) {
        const bool ok = tail(1) && tail(2) && tail(3) && !(lead == 0xF0 && byte(1) < 0x90) && !(lead == 0xF4 && byte(1) > 0x8F);
        return ok ? 4 : 0;
    }
    return 0;
}

[[nodiscard]] constexpr auto is_well_formed(std::string_view text) noexcept -> bool {
    while (!text.empty()) {
        const std::size_t length = well_formed_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// As well_formed_length, and 0 too for what would move a terminal's cursor or rearrange its line: control
/// characters, line and paragraph separators, and the bidirectional overrides and isolates.
[[nodiscard]] constexpr auto printable_length(std::string_view text) noexcept -> std::size_t {
    const std::size_t length = well_formed_length(text);
    const auto byte = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(text[i]); };
    if (length == 1) return byte(0) >= 0x20 && byte(0) != 0x7F ? 1 : 0;
    if (length == 2 && byte(0) == 0xC2 && byte(1) < 0xA0) return 0;  // U+0080-009F
    if (length == 3 && byte(0) == 0xE2) {
        if (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) return 0;  // U+2028-202E
        if (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9) return 0;  // U+2066-2069
    }
    return length;
}

/// Appends `text` with every byte that is not printable text as \xNN.
inline void append_printable(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    while (!text.empty()) {
        std::size_t length = printable_length(text);
        if (length == 0) {
            const auto byte = static_cast<unsigned char>(text[0]);
            const char escaped[] = {'\\', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
            out.append(escaped, sizeof escaped);
            length = 1;
        } else {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length);
    }
}

/// A number in decimal digits, without an allocation.
class decimal {
public:
    explicit constexpr decimal(std::uint64_t number, bool negative = false) noexcept {
        do digits_[--first_] = static_cast<char>('0' + number % 10);
        while ((number /= 10) != 0);
        if (negative) digits_[--first_] = '-';
    }
    [[nodiscard]] constexpr auto view() const noexcept -> std::string_view { return {digits_ + first_, sizeof digits_ - first_}; }

private:
    char digits_[48] = {};  // 21 would do, but GCC 12 then warns of what an error_value would read of a longer text
    std::size_t first_ = sizeof digits_;
};

/// Text inside the object that holds it; longer text is cut before a character and ends in three dots.
template <std::size_t Capacity>
class inline_text {
public:
    constexpr inline_text() noexcept = default;
    constexpr inline_text(std::string_view text) noexcept {  // NOLINT(google-explicit-constructor): a string is what it stands for
        std::size_t kept = text.size();
        if (kept > Capacity) {
            kept = Capacity - 3;
            // A character has at most three bytes behind its first; more than that is no text, and cut where it is.
            std::size_t start = kept;
            while (kept - start < 3 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) --start;
            if ((static_cast<unsigned char>(text[start]) & 0xC0U) != 0x80U) kept = start;
        }
        for (std::size_t i = 0; i < kept; ++i) bytes_[i] = text[i];
        size_ = static_cast<std::uint8_t>(kept);
        if (kept < text.size())
            for (int i = 0; i < 3; ++i) bytes_[size_++] = '.';
    }

    /// The other end of `text`: three dots and what stands last, for paths.
    [[nodiscard]] static constexpr auto end_of(std::string_view text) noexcept -> inline_text {
        if (text.size() <= Capacity) return text;
        inline_text cut("...");
        text.remove_prefix(text.size() - (Capacity - cut.size_));
        for (int i = 0; i < 3 && (static_cast<unsigned char>(text[0]) & 0xC0U) == 0x80U; ++i) text.remove_prefix(1);
        for (const char byte : text) cut.bytes_[cut.size_++] = byte;
        return cut;
    }

    [[nodiscard]] constexpr auto view() const noexcept -> std::string_view { return {bytes_, size_}; }
    [[nodiscard]] constexpr auto empty() const noexcept -> bool { return size_ == 0; }

private:
    static_assert(Capacity > 8 && Capacity < 256);
    char bytes_[Capacity] = {};
    std::uint8_t size_ = 0;
};

}  // namespace cria::inline v0::detail

#endif  // CRIA_BASE_TEXT_HPP
