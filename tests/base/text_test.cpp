// SPDX-License-Identifier: MIT
#include "cria/base/text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace {

using cria::detail::inline_text;
using cria::detail::is_well_formed;
using cria::detail::printable_length;
using cria::detail::well_formed_length;

/// UTF-8 by decoding and encoding again: a sequence is well-formed if it is what its character is written as.
auto encode(std::uint32_t c) -> std::string {
    const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0U | (c >> 6U)), tail(0)};
    if (c < 0x10000) return {static_cast<char>(0xE0U | (c >> 12U)), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | (c >> 18U)), tail(12), tail(6), tail(0)};
}

auto oracle_length(std::string_view text) -> std::size_t {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[i]); };
    const std::size_t wanted = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    if (text.size() < wanted) return 0;
    std::uint32_t c = wanted == 1 ? byte(0) : byte(0) & (0xFFU >> (wanted + 1));
    for (std::size_t i = 1; i < wanted; ++i) c = (c << 6U) | (byte(i) & 0x3FU);
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return 0;
    return encode(c) == text.substr(0, wanted) ? wanted : 0;
}

}  // namespace

TEST_CASE("well-formed is what Unicode's table says, for every one and two bytes", "[text]") {
    for (unsigned a = 0; a < 256; ++a) {
        const char one[] = {static_cast<char>(a)};
        CHECK(well_formed_length({one, 1}) == oracle_length({one, 1}));
        bool same = true;
        for (unsigned b = 0; b < 256; ++b) {
            const char two[] = {static_cast<char>(a), static_cast<char>(b)};
            same = same && well_formed_length({two, 2}) == oracle_length({two, 2});
        }
        CAPTURE(a);
        CHECK(same);
    }
    CHECK(well_formed_length({}) == 0);
}

TEST_CASE("well-formed is what Unicode's table says, for three and four bytes at the table's borders", "[text]") {
    constexpr unsigned leads[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFB, 0xFC, 0xFE, 0xFF};
    constexpr unsigned tails[] = {0x00, 0x41, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF};
    std::size_t n_well_formed = 0;
    for (const unsigned a : leads)
        for (const unsigned b : tails)
            for (const unsigned c : tails)
                for (const unsigned d : tails) {
                    const char bytes[] = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c), static_cast<char>(d)};
                    for (std::size_t size = 3; size <= 4; ++size) {
                        CAPTURE(a, b, c, d, size);
                        REQUIRE(well_formed_length({bytes, size}) == oracle_length({bytes, size}));
                        n_well_formed += is_well_formed({bytes, size}) ? 1U : 0U;
                    }
                }
    CHECK(n_well_formed > 100);
}

TEST_CASE("every character is well-formed, no surrogate is, and neither is a part of one", "[text]") {
    bool all = true;
    bool parts = false;
    for (std::uint32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 13) {
        const std::string text = encode(c);
        const bool surrogate = c >= 0xD800 && c < 0xE000;
        all = all && well_formed_length(text) == (surrogate ? 0 : text.size());
        for (std::size_t cut = 1; cut < text.size(); ++cut) parts = parts || well_formed_length(std::string_view(text).substr(0, cut)) != 0;
    }
    CHECK(all);
    CHECK_FALSE(parts);
}

TEST_CASE("text is well-formed if all of it is", "[text]") {
    CHECK(is_well_formed(""));
    CHECK(is_well_formed("plain"));
    CHECK(is_well_formed("\xC3\xBC\xE2\x82\xAC\xF0\x9F\xA6\x99"));
    CHECK(is_well_formed(std::string_view("\0", 1)));
    CHECK_FALSE(is_well_formed("a\xFF"));
    CHECK_FALSE(is_well_formed("\xE2\x82"));
    CHECK_FALSE(is_well_formed("\xE2\x82\xAC\xAC"));
}

TEST_CASE("what moves a cursor or turns a line around is not printable", "[text]") {
    for (unsigned c = 0; c < 0x20; ++c) CHECK(printable_length(std::string(1, static_cast<char>(c))) == 0);
    CHECK(printable_length("\x7F") == 0);
    CHECK(printable_length(" ") == 1);
    CHECK(printable_length("~") == 1);
    for (std::uint32_t c = 0x80; c < 0xA0; ++c) CHECK(printable_length(encode(c)) == 0);
    CHECK(printable_length(encode(0xA0)) == 2);
    for (const std::uint32_t c : {0x2028U, 0x2029U, 0x202AU, 0x202BU, 0x202CU, 0x202DU, 0x202EU, 0x2066U, 0x2067U, 0x2068U, 0x2069U}) CHECK(printable_length(encode(c)) == 0);
    for (const std::uint32_t c : {0x2027U, 0x202FU, 0x2065U, 0x206AU, 0x20ACU, 0x2728U}) CHECK(printable_length(encode(c)) == 3);
    CHECK(printable_length("\xFF") == 0);
    CHECK(printable_length("") == 0);
}

TEST_CASE("printing escapes bytes, one by one, and leaves characters alone", "[text]") {
    const auto printed = [](std::string_view text) {
        std::string out = "<";
        cria::detail::append_printable(out, text);
        return out + ">";
    };
    CHECK(printed("") == "<>");
    CHECK(printed("a b") == "<a b>");
    CHECK(printed("\t\r\n") == "<\\x09\\x0D\\x0A>");
    CHECK(printed("\xC3\xBC\xC3") == "<\xC3\xBC\\xC3>");
    CHECK(printed("\xE2\x80\xA8") == "<\\xE2\\x80\\xA8>");
    CHECK(printed("\xF0\x9F\xA6") == "<\\xF0\\x9F\\xA6>");
}

TEST_CASE("inline text holds what fits and marks what it cuts", "[text]") {
    CHECK(inline_text<9>().view().empty());
    CHECK(inline_text<9>().empty());
    CHECK(inline_text<9>("123456789").view() == "123456789");
    CHECK(inline_text<9>("1234567890").view() == "123456...");
    CHECK(inline_text<9>("12345\xC3\xBC" "890").view() == "12345...");
    CHECK(inline_text<9>("1234\xC3\xBC" "7890").view() == "1234\xC3\xBC...");
    CHECK(inline_text<9>("1\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC").view() == "1\xE2\x82\xAC...");
    static_assert(inline_text<9>("abc").view() == "abc");
    CHECK(inline_text<9>::end_of("123456789").view() == "123456789");
    CHECK(inline_text<9>::end_of("1234567890").view() == "...567890");
    CHECK(inline_text<9>::end_of("123\xE2\x82\xAC" "6789").view() == "...6789");  // not from inside a character
    CHECK(inline_text<9>::end_of(std::string(40, '\x80')).view() == "...\x80\x80\x80");  // no text at all: at most a character is dropped
    static_assert(inline_text<255>().empty());
    CHECK(inline_text<255>(std::string(300, 'x')).view().size() == 255);
}
