// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TOKEN_SEAMS_HPP
#define CRIA_BPE_TOKEN_SEAMS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/character_borders.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Where a text of characters can be cut into words before it is merged, without a change to what it becomes: between two characters that
// no token has side by side. In SentencePiece's vocabularies that is, above all, before the first U+2581 behind anything else.
//
// Why that is exact. A symbol that merging makes is a token, or a text that merges mention; both were given to note(). Each is made of
// whole characters of the text, in a row. So if no noted text has characters a and b side by side, no symbol ever holds both of an ab in the
// text, which means that no merge ever joins a symbol that ends with this a and one that begins with this b. What is left of the place and
// what is right of it never meet. And they do not hurry each other: a merge is done when it is the most urgent, the leftmost of equals, of all
// that are possible; the ones of one side are then done in the order in which they are done when that side is all there is.
//
// Characters are as long as their first byte says, in tokens as in the text (character_length), so this holds for bytes that are
// not UTF-8 too. All pairs of ASCII characters are known exactly. Of others a hash is noted, so that a place may be taken for joined that is not:
// then a word is longer than it has to be.

namespace cria::inline v0::bpe::detail {

/// How many bytes are a character, of which there is at least one at `at`. In UTF-8 it is the character's; other leads
/// announce what llama.cpp takes, whatever follows.
[[nodiscard]] constexpr auto character_length(std::string_view text, std::size_t at) noexcept -> std::uint8_t {
    const auto lead = static_cast<unsigned char>(text[at]);
    const unsigned announced = announced_size(lead);
    return static_cast<std::uint8_t>(text.size() - at < announced ? text.size() - at : announced);
}

/// A character as a number, which is its code where it is ASCII. U+2581 is the space that it stands for.
struct packed_character {
    std::uint32_t bytes = 0;  // the first one lowest
    std::uint32_t length = 0;

    [[nodiscard]] auto is_ascii() const noexcept -> bool { return bytes < 0x80; }
    /// Its code point, if that is below U+10000, and 0x10000 otherwise, or if it is no such character.
    [[nodiscard]] auto code_point() const noexcept -> std::uint32_t {
        constexpr std::uint32_t other = 0x10000;
        if (bytes < 0x80) return bytes;
        const auto bits = [this](unsigned i) { return bytes >> (8 * i) & 0x3FU; };
        if (length == 2) {
            const std::uint32_t code = (bytes & 0x1FU) << 6U | bits(1);
            return (bytes & 0xC0E0U) == 0x80C0U && code >= 0x80 ? code : other;
        }
        if (length != 3) return other;
        const std::uint32_t code = (bytes & 0xFU) << 12U | bits(1) << 6U | bits(2);
        return (bytes & 0xC0C0F0U) == 0x8080E0U && code >= 0x800 ? code : other;
    }
};
[[nodiscard]] inline auto character_at(std::string_view text, std::size_t at) noexcept -> packed_character {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(text[at + i])}; };
    const std::uint32_t lead = byte(0);
    if (lead < 0xC0) return {lead, 1};
    const std::uint32_t length = character_length(text, at);
    if (length == 1) return {lead, 1};
    if (length == 2) return {lead | byte(1) << 8U, 2};
    const std::uint32_t three = lead | byte(1) << 8U | byte(2) << 16U;
    if (length == 4) return {three | byte(3) << 24U, 4};
    return {three == 0x8196E2 ? ' ' : three, 3};
}

/// Filled once, then read only. Threads: const functions may run in many threads at once.
class token_seams {
public:
    // For builders: count() and then note() all that merging may make.

    /// Counts what is not ASCII in a text that is going to be noted.
    void count(std::string_view text) noexcept {
        for (const char byte : text) n_others_ += static_cast<unsigned char>(byte) >= 0xC0 ? 2 : 0;  // a character has two sides
    }
    /// Fails: errc::out_of_memory.
    [[nodiscard]] auto make() -> result<void> {
        std::uint64_t n_bits = 64;
        while (n_bits < most_bits && n_bits < 8 * n_others_) n_bits *= 2;
        CRIA_TRY_VOID(joined_.resize(0x10000 / 64, "token seams"));
        return others_.resize(n_bits / 64, "token seams");
    }
    /// A text that merging may make. Precondition: make().
    void note(std::string_view text) noexcept {
        if (text.empty()) return;
        packed_character before = character_at(text, 0);
        for (std::size_t at = before.length; at < text.size();) {
            const packed_character here = character_at(text, at);
            note(before, here);
            at += here.length;
            before = here;
        }
    }

    /// Whether a text can be cut between these two characters of it.
    [[nodiscard]] auto is_seam(packed_character before, packed_character behind) const noexcept -> bool {
        if ((before.bytes | behind.bytes) < 0x80) return (ascii_[before.bytes][behind.bytes / 64] >> (behind.bytes % 64) & 1U) == 0;
        const std::size_t at = place_of(before, behind);
        return (others_[at / 64] >> (at % 64) & 1U) == 0;
    }
    /// Whether it can be cut on both sides of this character below U+10000, whatever stands there.
    [[nodiscard]] auto is_lone(std::uint32_t code_point) const noexcept -> bool { return (joined_[code_point / 64] >> (code_point % 64) & 1U) == 0; }

    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return others_.size() * sizeof(std::uint64_t); }

private:
    static constexpr std::uint64_t most_bits = std::uint64_t{1} << 23U;  // 1 MiB

    [[nodiscard]] auto place_of(packed_character before, packed_character behind) const noexcept -> std::size_t {
        const std::uint64_t both = std::uint64_t{before.bytes} << 32U | behind.bytes;
        return static_cast<std::size_t>(cria::detail::fold_multiply(both ^ 0x243F6A8885A308D3U, 0x9E3779B97F4A7C15U)) & (others_.size() * 64 - 1);
    }
    void note(packed_character before, packed_character behind) noexcept {
        if ((before.bytes | behind.bytes) < 0x80) {
            joined_[before.bytes / 64] |= std::uint64_t{1} << (before.bytes % 64);
            joined_[behind.bytes / 64] |= std::uint64_t{1} << (behind.bytes % 64);
            ascii_[before.bytes][behind.bytes / 64] |= std::uint64_t{1} << (behind.bytes % 64);
            return;
        }
        for (const packed_character each : {before, behind})
            if (const std::uint32_t code = each.code_point(); code < 0x10000) joined_[code / 64] |= std::uint64_t{1} << (code % 64);
        const std::size_t at = place_of(before, behind);
        others_[at / 64] |= std::uint64_t{1} << (at % 64);
    }

    std::array<std::array<std::uint64_t, 2>, 128> ascii_{};  // which characters stand behind this one
    buffer<std::uint64_t> joined_;                           // a bit for each that has another one at a side
    buffer<std::uint64_t> others_;                           // a bit for each hash of two
    std::uint64_t n_others_ = 0;
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_TOKEN_SEAMS_HPP
