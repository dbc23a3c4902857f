// SPDX-License-Identifier: MIT
#include "cria/bpe/byte_alphabet.hpp"

#include "cria/utf8/code_point.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace bpe = cria::bpe;

static_assert(bpe::byte_to_code_point(' ') == 0x120);
static_assert(bpe::code_point_to_byte(0x10A) == '\n');

namespace {

struct decoded {
    std::string bytes;
    bool exact = false;
};

auto decode(std::string_view text) -> decoded {
    std::string out(text.size(), '?');
    const auto written = bpe::decode_byte_text(text, out.data());
    REQUIRE(written.size <= text.size());
    out.resize(written.size);
    return {out, written.exact};
}

}  // namespace

TEST_CASE("every byte has its own character, and the character leads back") {
    std::set<char32_t> seen;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const auto c = bpe::byte_to_code_point(static_cast<std::uint8_t>(byte));
        seen.insert(c);
        CHECK(bpe::code_point_to_byte(c) == static_cast<int>(byte));
    }
    CHECK(seen.size() == 256);
    CHECK(*seen.rbegin() == 0x143);
}

TEST_CASE("the alphabet is GPT-2's") {
    CHECK(bpe::byte_to_code_point(0x00) == 0x100);
    CHECK(bpe::byte_to_code_point('\t') == 0x109);
    CHECK(bpe::byte_to_code_point('\n') == 0x10A);
    CHECK(bpe::byte_to_code_point(' ') == 0x120);
    CHECK(bpe::byte_to_code_point('!') == '!');
    CHECK(bpe::byte_to_code_point('~') == '~');
    CHECK(bpe::byte_to_code_point(0x7F) == 0x121);
    CHECK(bpe::byte_to_code_point(0x80) == 0x122);
    CHECK(bpe::byte_to_code_point(0xA0) == 0x142);
    CHECK(bpe::byte_to_code_point(0xA1) == 0xA1);
    CHECK(bpe::byte_to_code_point(0xAD) == 0x143);
    CHECK(bpe::byte_to_code_point(0xFF) == 0xFF);
}

TEST_CASE("characters outside the alphabet stand for no byte") {
    std::size_t n_inside = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) n_inside += bpe::code_point_to_byte(c) >= 0 ? 1U : 0U;
    CHECK(n_inside == 256);
    for (const char32_t c : {U' ', U'\n', U'\x7F', U'\x80', U'\xA0', U'\xAD', U'\u0144', U'\u2581', char32_t{0xFFFFFFFF}}) {
        CHECK(bpe::code_point_to_byte(c) == -1);
    }
}

TEST_CASE("decode_byte_text undoes the alphabet for every byte") {
    std::string bytes;
    std::string text;
    for (unsigned byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
        text += cria::utf8::encode(bpe::byte_to_code_point(static_cast<std::uint8_t>(byte))).view();
    }
    const auto out = decode(text);
    CHECK(out.bytes == bytes);
    CHECK(out.exact);
    CHECK(decode("").bytes.empty());
    CHECK(decode("").exact);
    CHECK(decode("\xC4\xA0hello\xC4\x8A").bytes == " hello\n");  // Ġhello, then the line feed's character
}

TEST_CASE("decode_byte_text copies what is outside the alphabet and says so") {
    for (const auto* text : {" ", "a b", "\xE2\x96\x81x",
                             "<\xEF\xBD\x9C"
                             "fim>",
                             "\xC2\xA0", "a\xFF", "\xE2\x82", "\xC4"}) {
        CAPTURE(text);
        const auto out = decode(text);
        CHECK(out.bytes == text);
        CHECK_FALSE(out.exact);
    }
    const auto mixed = decode("\xC4\xA0\xE2\x96\x81\xC4\xA0");
    CHECK(mixed.bytes == " \xE2\x96\x81 ");
    CHECK_FALSE(mixed.exact);
}
