// SPDX-License-Identifier: MIT
#include "cria/utf8/code_point.hpp"

#include "support/catch.hpp"
#include "utf8/table_3_7.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace utf8 = cria::utf8;
namespace table = cria_test::table_3_7;

static_assert(utf8::decode("\xE2\x82\xAC").code_point == 0x20AC, "decoding is constexpr");
static_assert(utf8::encode(0x20AC).length == 3, "encoding is constexpr");

TEST_CASE("encode and decode are inverse for every scalar value") {
    std::size_t n_wrong = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c == 0xD800) c = 0xE000;
        const auto bytes = utf8::encode(c);
        const auto here = utf8::decode(bytes.view());
        const auto expected_length = c < 0x80 ? 1 : c < 0x800 ? 2
                                                : c < 0x10000 ? 3
                                                              : 4;
        const auto fits = here.valid && here.code_point == c && here.length == expected_length &&
                          bytes.length == expected_length && table::first_of(bytes.view()).well_formed;
        n_wrong += fits ? 0U : 1U;
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("encode turns surrogates and numbers above U+10FFFF into U+FFFD") {
    CHECK(utf8::encode(0xD800).view() == utf8::replacement_text);
    CHECK(utf8::encode(0xDFFF).view() == utf8::replacement_text);
    CHECK(utf8::encode(0x110000).view() == utf8::replacement_text);
    CHECK(utf8::encode(0xFFFFFFFF).view() == utf8::replacement_text);
    CHECK(utf8::encode(0xD7FF).view() == "\xED\x9F\xBF");
    CHECK(utf8::encode(0xE000).view() == "\xEE\x80\x80");
}

TEST_CASE("decode takes maximal subparts exactly as table 3-7 has them") {
    // Every pair of bytes, continued by every boundary of the table, with and without a fourth byte.
    const auto boundaries = table::boundary_bytes();
    std::size_t n_wrong = 0;
    const auto compare = [&](std::string_view text) {
        const auto expected = table::first_of(text);
        const auto here = utf8::decode(text);
        const auto same = here.valid == expected.well_formed && here.length == expected.length &&
                          utf8::is_cut_off(text, 0, here) == expected.cut_off &&
                          (here.valid || here.code_point == utf8::replacement_character);
        n_wrong += same ? 0U : 1U;
    };
    char bytes[4] = {};
    for (unsigned first = 0; first < 256; ++first) {
        bytes[0] = static_cast<char>(first);
        compare({bytes, 1});
        for (unsigned second = 0; second < 256; ++second) {
            bytes[1] = static_cast<char>(second);
            compare({bytes, 2});
            if (first < 0xC0) continue;
            for (const auto third : boundaries) {
                bytes[2] = static_cast<char>(third);
                compare({bytes, 3});
                if (first < 0xF0) continue;
                for (const auto fourth : boundaries) {
                    bytes[3] = static_cast<char>(fourth);
                    compare({bytes, 4});
                }
            }
        }
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("decode tells a U+FFFD in the text from one that it makes") {
    CHECK(utf8::decode("\xEF\xBF\xBD").valid);
    CHECK_FALSE(utf8::decode("\xFF").valid);
    CHECK(utf8::decode("\xFF").code_point == 0xFFFD);
}

TEST_CASE("decode past the end steps over nothing") {
    CHECK(utf8::decode("").length == 0);
    CHECK(utf8::decode("ab", 2).length == 0);
    CHECK_FALSE(utf8::decode("ab", 9).valid);
    CHECK_FALSE(utf8::is_cut_off("ab", 9, utf8::decode("ab", 9)));
}
