// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_NFC_HPP
#define CRIA_UTF8_NFC_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/utf8/code_point.hpp"
#include "cria/utf8/nfc_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy: eight bytes at a time, at any alignment
#include <string_view>
#include <type_traits>
#include <utility>  // forward

// Canonical composition (NFC): the one spelling of a text in which accents sit on their letters and marks have their
// order, by the data of Unicode 9.0 (nfc_tables.hpp says why).
//
// Nearly all text is composed already, so everything here is about finding the places that are not. A text falls
// into *stretches*: one character, and those behind it that may change with what is before them (marks, vowel signs,
// jamo). Stretches do not see each other: composing them one by one composes the text. Characters below U+0300
// are passed over eight bytes at a time, others with two loads each; a stretch of several is judged exactly and
// without memory, and what is found to be composed is never copied. Only the other stretches are taken apart.
//
// Text is valid UTF-8. Of other bytes nothing outside of the text is read, and what comes out is unspecified.

namespace cria::inline v0::utf8 {

/// Where the first stretch begins that composition changes; `text.size()` if the text is composed.
/// Cost: O(n), no allocation.
[[nodiscard]] inline auto find_not_nfc(std::string_view text) noexcept -> std::size_t;

/// Composes texts; keeps its memory from one to the next.
///
///     cria::utf8::nfc_normalizer composing;
///     std::string composed;
///     auto done = composing.run("e\u0301t\u00E9", [&](std::size_t, std::size_t, std::string_view part) { composed += part; });
///
/// Threads: one normalizer, one thread.
class nfc_normalizer {
public:
    /// Calls `sink(begin, end, normalized)` for stretches that cover all of `text` one after the other, where the bytes
    /// [begin, end) become `normalized`. That is the text's own bytes where nothing changes, as much as possible at
    /// once; what changes comes in pieces as small as they can be composed alone. No stretch is empty. A `sink` that
    /// returns a result<void> breaks off with its error.
    /// Fails:   errc::out_of_memory.
    /// Borrows: `normalized` lives until `sink` returns, or as long as `text` where it is unchanged.
    /// Cost:    O(n), and memory for the longest stretch that changes (up to thirty times its size).
    template <class Sink>
    [[nodiscard]] auto run(std::string_view text, Sink&& sink) -> result<void>;

private:
    /// A character on its way, with what the tables say about it.
    struct character {
        char32_t code_point;
        std::uint8_t combining_class;
        std::uint8_t kind_number;
    };

    [[nodiscard]] auto compose(std::string_view stretch) -> result<std::string_view>;

    // The steps of it; the last two on characters_.
    [[nodiscard]] static auto decompose(char32_t code_point, character* out) noexcept -> character*;
    [[nodiscard]] auto put_in_order() -> result<void>;
    [[nodiscard]] auto sort_marks(std::size_t begin, std::size_t end) -> result<void>;
    void join() noexcept;

    buffer<character> characters_;
    buffer<character> marks_;  // a long run of marks, being sorted
    buffer<char> bytes_;
};

// implementation ------------------------------------------------------------------------------------

namespace detail::nfc {

/// Part of a text, by the bytes where it begins and ends.
struct stretch {
    std::size_t begin;
    std::size_t end;
};

/// Whether one of eight bytes begins a character above U+02FF, which all have a lead of 0xCC or more.
[[nodiscard]] constexpr auto has_high_lead(std::uint64_t word) noexcept -> bool {
    const auto two_bits = word & (word << 1U);                         // 11......
    const auto or_more = (word << 2U) | (word << 3U);                  // ..1..... or ...1....
    const auto middle = (word << 4U) & (word << 5U);                   // ....11..
    return (two_bits & (or_more | middle) & 0x8080808080808080U) != 0;
}

/// The first character at or after `at`, where one starts, of which there is something to say; the text's end if there is none.
[[nodiscard]] inline auto find_special(std::string_view text, std::size_t at) noexcept -> std::size_t {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    while (at < text.size()) {
        const unsigned lead = byte(at);
        if (lead < 0xCC) {
            ++at;
            // A word may end within a character of two bytes; its second byte is as good as ASCII here.
            for (std::uint64_t word = 0; text.size() - at >= sizeof word; at += sizeof word) {
                std::memcpy(&word, text.data() + at, sizeof word);
                if (has_high_lead(word)) break;
            }
            continue;
        }
        // All but the last byte of a character number its block, the last is its place there.
        const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (text.size() - at < length) return text.size();
        std::size_t block = lead & (0x7FU >> length);
        for (std::size_t i = 1; i + 1 < length; ++i) block = block << 6U | (byte(at + i) & 0x3FU);
        if (kind_number_in(block, byte(at + length - 1) & 0x3FU) != 0) return at;
        at += length;
    }
    return text.size();
}

/// Where the stretch ends that begins with the character at `begin`.
[[nodiscard]] inline auto end_of_stretch(std::string_view text, std::size_t begin) noexcept -> std::size_t {
    auto at = begin + decode(text, begin).length;
    while (at < text.size()) {
        const auto here = decode(text, at);
        if (!kinds[kind_number_of(here.code_point)].has(trait::joins)) break;
        at += here.length;
    }
    return at;
}

/// `starter` without those of its marks that a mark of class `combining_class` behind it would pass on its way to it.
[[nodiscard]] inline auto met_by_mark(char32_t starter, std::uint8_t combining_class) noexcept -> char32_t {
    for (;;) {
        const auto parts = decomposition_of(starter);
        if (parts.second == 0 || kinds[kind_number_of(parts.second)].combining_class <= combining_class) return starter;
        starter = parts.first;
    }
}

/// Whether composition leaves a stretch as it is: its characters all occur in composed text, its marks are in order,
/// and none becomes one with the starter that it reaches.
[[nodiscard]] inline auto is_composed(std::string_view text) noexcept -> bool {
    char32_t starter = 0;  // 0 composes with nothing
    std::uint8_t last_class = 0;
    while (!text.empty()) {
        const auto here = decode(text);
        const auto& its = kinds[kind_number_of(here.code_point)];
        if (its.has(trait::never)) return false;
        const auto is_starter = its.combining_class == 0;
        if (!is_starter && its.combining_class < last_class) return false;
        const auto is_blocked = last_class != 0 && its.combining_class <= last_class;
        if (its.has(trait::composes) && !is_blocked) {
            // A mark may reach past marks that the starter has within it, another starter may not.
            const auto met = is_starter ? starter : met_by_mark(starter, its.combining_class);
            if (composite_of(met, here.code_point, its) != 0) return false;
        }
        if (is_starter) starter = here.code_point;
        last_class = its.combining_class;
        text.remove_prefix(here.length);
    }
    return true;
}

/// The first stretch that composition changes at or after `from`, where one begins; empty and at the text's end if there is none.
[[nodiscard]] inline auto find_changed(std::string_view text, std::size_t from) noexcept -> stretch {
    for (auto at = from;;) {
        const auto special = find_special(text, at);
        if (special == text.size()) return {special, special};
        // What joins belongs to the character before it, of which there was nothing to say.
        auto begin = special;
        if (kinds[kind_number_of(decode(text, special).code_point)].has(trait::joins)) {
            while (begin > at && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80) {}
        }
        const auto end = end_of_stretch(text, begin);
        if (!is_composed({text.data() + begin, end - begin})) return {begin, end};
        at = end;
    }
}

}  // namespace detail::nfc

inline auto find_not_nfc(std::string_view text) noexcept -> std::size_t { return detail::nfc::find_changed(text, 0).begin; }

template <class Sink>
auto nfc_normalizer::run(std::string_view text, Sink&& sink) -> result<void> {
    const auto give = [&](std::size_t begin, std::size_t end, std::string_view normalized) -> result<void> {
        if constexpr (std::is_void_v<decltype(sink(begin, end, normalized))>) {
            sink(begin, end, normalized);
            return {};
        } else {
            return sink(begin, end, normalized);
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto changed = detail::nfc::find_changed(text, at);
        if (changed.begin != at) CRIA_TRY_VOID(give(at, changed.begin, text.substr(at, changed.begin - at)));
        if (changed.begin != changed.end) {
            CRIA_TRY(const auto normalized, compose(text.substr(changed.begin, changed.end - changed.begin)));
            CRIA_TRY_VOID(give(changed.begin, changed.end, normalized));
        }
        at = changed.end;
    }
    return {};
}

inline auto nfc_normalizer::compose(std::string_view stretch) -> result<std::string_view> {
    // At most three characters come out of two bytes, and four out of three.
    characters_.clear();
    CRIA_TRY(character* last, characters_.extend(std::uint64_t{stretch.size()} + stretch.size() / 2 + 1, "characters of a text"));
    while (!stretch.empty()) {
        const auto here = decode(stretch);
        last = decompose(here.code_point, last);
        stretch.remove_prefix(here.length);
    }
    characters_.truncate(static_cast<std::size_t>(last - characters_.data()));
    CRIA_TRY_VOID(put_in_order());
    join();

    bytes_.clear();
    CRIA_TRY(char* out, bytes_.extend(std::uint64_t{4} * characters_.size(), "a text's composed form"));
    for (const auto& one : characters_) {
        const auto bytes = encode(one.code_point);
        std::memcpy(out, bytes.bytes, sizeof bytes.bytes);  // all four, of which the next character overwrites what is none
        out += bytes.length;
    }
    return std::string_view{bytes_.data(), static_cast<std::size_t>(out - bytes_.data())};
}

/// Writes the full decomposition, at most four characters; returns the place behind it.
inline auto nfc_normalizer::decompose(char32_t code_point, character* out) noexcept -> character* {
    char32_t seconds[3];
    std::size_t n_seconds = 0;
    for (;;) {
        const auto parts = detail::nfc::decomposition_of(code_point);
        if (parts.first == 0) break;
        if (parts.second != 0) seconds[n_seconds++] = parts.second;
        code_point = parts.first;
    }
    for (;;) {
        const auto number = detail::nfc::kind_number_of(code_point);
        *out++ = {code_point, detail::nfc::kinds[number].combining_class, number};
        if (n_seconds == 0) return out;
        code_point = seconds[--n_seconds];
    }
}

inline auto nfc_normalizer::put_in_order() -> result<void> {
    for (std::size_t begin = 0; begin < characters_.size();) {
        auto end = begin;
        while (end < characters_.size() && characters_[end].combining_class != 0) ++end;
        if (end - begin > 1) CRIA_TRY_VOID(sort_marks(begin, end));
        begin = end + 1;
    }
    return {};
}

/// Sorts by class; marks of one class keep their order.
inline auto nfc_normalizer::sort_marks(std::size_t begin, std::size_t end) -> result<void> {
    constexpr std::size_t few = 24;
    if (end - begin <= few) {
        for (auto i = begin + 1; i < end; ++i) {
            const auto mark = characters_[i];
            auto place = i;
            for (; place > begin && characters_[place - 1].combining_class > mark.combining_class; --place) characters_[place] = characters_[place - 1];
            characters_[place] = mark;
        }
        return {};
    }
    // More than anybody writes: by counting, so that no text makes this slow.
    std::size_t places[256] = {};
    for (auto i = begin; i < end; ++i) ++places[characters_[i].combining_class];
    std::size_t place = begin;
    for (auto& count : places) place += std::exchange(count, place);
    marks_.clear();
    CRIA_TRY_VOID(marks_.append(characters_.span().subspan(begin, end - begin), "marks of a text"));
    for (const auto& mark : marks_) characters_[places[mark.combining_class]++] = mark;
    return {};
}

/// Makes one of each starter and what composes with it.
inline void nfc_normalizer::join() noexcept {
    std::size_t n_kept = 0;
    std::size_t starter = 0;
    auto has_starter = false;
    std::uint8_t last_class = 0;  // of what has been kept since the starter
    for (const auto here : characters_) {
        const auto& its = detail::nfc::kinds[here.kind_number];
        const auto is_blocked = last_class != 0 && here.combining_class <= last_class;
        if (has_starter && its.has(detail::nfc::trait::composes) && !is_blocked) {
            const auto composite = detail::nfc::composite_of(characters_[starter].code_point, here.code_point, its);
            if (composite != 0) {
                characters_[starter].code_point = composite;
                continue;
            }
        }
        if (here.combining_class == 0) {
            starter = n_kept;
            has_starter = true;
        }
        last_class = here.combining_class;
        characters_[n_kept++] = here;
    }
    characters_.truncate(n_kept);
}

}  // namespace cria::inline v0::utf8

#endif
