// SPDX-License-Identifier: MIT
#include "cria/utf8/validate.hpp"

#include "support/catch.hpp"
#include "utf8/table_3_7.hpp"

#include <cstddef>
#include <random>
#include <string>

namespace utf8 = cria::utf8;
namespace table = cria_test::table_3_7;

TEST_CASE("is_valid accepts the first and last character of each row of table 3-7") {
    for (const auto& row : table::rows) {
        std::string first;
        std::string last;
        for (std::size_t i = 0; i < row.length; ++i) {
            first += static_cast<char>(row.bytes[i].low);
            last += static_cast<char>(row.bytes[i].high);
        }
        CHECK(utf8::is_valid(first));
        CHECK(utf8::is_valid(last));
        CHECK(utf8::is_valid(first + last));
    }
    CHECK(utf8::is_valid(""));
}

TEST_CASE("is_valid refuses overlong forms, surrogates, numbers above U+10FFFF and stray bytes") {
    for (const auto* text : {"\xC0\x80", "\xC1\xA1", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
                             "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xBF",
                             "\xC2", "\xE2\x82", "\xF0\x9F\x98", "\xF8\x88\x80\x80\x80", "\xFF", "abc\xC3", "\xC3(", "a\xE2\x28\xA1"}) {
        CAPTURE(text);
        CHECK_FALSE(utf8::is_valid(text));
    }
}

TEST_CASE("find_invalid finds a bad byte at every offset of an ASCII text") {
    for (std::size_t size = 0; size < 40; ++size) {
        const std::string good(size, 'a');
        CHECK(utf8::find_invalid(good) == size);
        for (std::size_t at = 0; at < size; ++at) {
            auto bad = good;
            bad[at] = '\xFF';
            CHECK(utf8::find_invalid(bad) == at);
            CHECK(utf8::find_invalid(bad, at + 1) == size);
        }
    }
}

TEST_CASE("find_invalid agrees with its plain twin and with table 3-7 on mixed texts") {
    std::mt19937 random{20160};
    for (int i = 0; i < 4000; ++i) {
        // Good text in front, so that the first bad byte lies behind some ASCII.
        const auto text = std::string(random() % 20, 'x') + "\xE2\x82\xAC" + table::nasty_text(random, random() % 6);
        CAPTURE(text);
        CHECK(utf8::find_invalid(text) == table::first_invalid(text));
        CHECK(utf8::find_invalid(text) == utf8::detail::find_invalid_plain(text, 0));
        CHECK(utf8::is_valid(text) == (table::first_invalid(text) == text.size()));
    }
}

TEST_CASE("complete_prefix cuts off a begun character and nothing else") {
    CHECK(utf8::complete_prefix("") == 0);
    CHECK(utf8::complete_prefix("abc") == 3);
    CHECK(utf8::complete_prefix("abc\xC3") == 3);
    CHECK(utf8::complete_prefix("abc\xC3\xA9") == 5);
    CHECK(utf8::complete_prefix("\xE2\x82") == 0);
    CHECK(utf8::complete_prefix("a\xF0\x9F\x98") == 1);
    CHECK(utf8::complete_prefix("a\xF0\x9F\x98\x80") == 5);
    CHECK(utf8::complete_prefix("\xE2\xE2\x82") == 1);      // the first E2 is beyond repair
    CHECK(utf8::complete_prefix("\xF0\x80\x80") == 3);      // overlong: three bad bytes, none of them a start
    CHECK(utf8::complete_prefix("\xED\xA0") == 2);          // half a surrogate
    CHECK(utf8::complete_prefix("\x80\x80\x80\x80") == 4);  // no lead in sight
    CHECK(utf8::complete_prefix("\xF5") == 1);
}

TEST_CASE("complete_prefix agrees with table 3-7 at every end of mixed texts") {
    std::mt19937 random{7};
    for (int i = 0; i < 500; ++i) {
        const auto text = table::nasty_text(random, 8);
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const auto head = text.substr(0, size);
            CAPTURE(head);
            CHECK(utf8::complete_prefix(head) == table::cut_off_at(head));
        }
    }
}
