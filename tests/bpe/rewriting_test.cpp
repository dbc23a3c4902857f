// SPDX-License-Identifier: MIT
#include "cria/bpe/rewriting.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

using cria::bpe::compat;
using cria::bpe::detail::ill_formed;
using cria::bpe::detail::leading_spaces;
using cria::bpe::detail::rewrite_rules;
using cria::bpe::detail::rewriting;
using cria::bpe::detail::trailing_spaces;

auto rewritten(std::string_view fragment, const rewrite_rules& rules, bool space_in_front = false) -> std::string {
    rewriting made;
    REQUIRE(made.run(fragment, rules, space_in_front, false));
    CHECK(made.text().size() == made.cut_text().size());
    return std::string(made.text());
}

/// Where each byte of the rewritten text comes from, and its end.
auto places(std::string_view fragment, const rewrite_rules& rules, bool space_in_front = false) -> std::vector<std::size_t> {
    rewriting made;
    REQUIRE(made.run(fragment, rules, space_in_front, true));
    std::vector<std::size_t> all;
    for (std::size_t at = 0; at <= made.text().size(); ++at) all.push_back(made.place_of(at));
    return all;
}

using place_list = std::vector<std::size_t>;

}  // namespace

TEST_CASE("a fragment to which no rule applies is not copied") {
    const std::string fragment = "caf\u00E9 au lait";
    rewriting made;
    REQUIRE(made.run(fragment, {.nfc = true}, false, true));
    CHECK(made.text().data() == fragment.data());
    CHECK(made.cut_text().data() == fragment.data());
    CHECK(made.place_of(4) == 4);
    REQUIRE(made.run("au\xFF", {.on_invalid = ill_formed::keep}, false, true));
    CHECK(made.text() == "au\xFF");
    REQUIRE(made.run("", {.nfc = true, .escape_spaces = true}, false, true));
    CHECK(made.text().empty());
    CHECK(made.place_of(0) == 0);
}

TEST_CASE("spaces are escaped, and one goes in front") {
    CHECK(rewritten(" a  b", {.escape_spaces = true}) == "▁a▁▁b");
    CHECK(rewritten("a", {.escape_spaces = true}, true) == "▁a");
    CHECK(rewritten("a", {}, true) == " a");
    CHECK(rewritten("\t\n\u3000", {.escape_spaces = true}) == "\t\n\u3000");
    CHECK(places(" a", {.escape_spaces = true}) == place_list{0, 1, 1, 1, 2});
    CHECK(places("a ", {.escape_spaces = true}, true) == place_list{0, 0, 0, 0, 1, 2, 2, 2});
}

TEST_CASE("each maximal subpart that is not UTF-8 becomes U+FFFD") {
    CHECK(rewritten("a\xE2\x82z\xFF", {}) == "a\uFFFDz\uFFFD");
    CHECK(rewritten("\xED\xA0\x80", {}) == "\uFFFD\uFFFD\uFFFD");
    CHECK(places("a\xE2\x82z", {}) == place_list{0, 1, 2, 3, 3, 4});
    CHECK(places("\xFFz", {}) == place_list{0, 1, 1, 1, 2});
}

TEST_CASE("leniently, each byte becomes U+FFFD, but overlong forms and surrogates are characters") {
    const rewrite_rules lenient = {.on_invalid = ill_formed::lenient};
    CHECK(rewritten("a\xE2\x82z", lenient) == "a\uFFFD\uFFFDz");
    CHECK(rewritten("\x80\xF8\x88\x80", lenient) == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(rewritten("\xC0\x80", lenient) == std::string(1, '\0'));
    CHECK(rewritten("\xC1\xA1\xE0\x81\xA1\xF0\x80\x81\xA1", lenient) == "aaa");
    CHECK(rewritten("\xED\xA0\x80x", lenient) == "\xED\xA0\x80x");
    CHECK(rewritten("\xF0\x8D\xA0\x80", lenient) == "\xED\xA0\x80");  // an overlong surrogate
    CHECK(rewritten("\xF4\x90\x80\x80", lenient) == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(rewritten("\xF7\xBF\xBF\xBF", lenient) == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(rewritten("\xC0\xA0", lenient) == " ");
    CHECK(rewritten("\xC0\xA0", {.on_invalid = ill_formed::lenient, .escape_spaces = true}) == "\uFFFD\uFFFD");
    CHECK(places("\xC1\xA1z", lenient) == place_list{0, 2, 3});
}

TEST_CASE("what is cut has a private character for each surrogate, where what is merged has the surrogate") {
    rewriting made;
    REQUIRE(made.run("a\xED\xBF\xBF\xFFz", {.on_invalid = ill_formed::lenient}, false, false));
    CHECK(made.text() == "a\xED\xBF\xBF\uFFFDz");
    CHECK(made.cut_text() == "a\uE000\uFFFDz");
    REQUIRE(made.run("a\xFF", {.on_invalid = ill_formed::lenient}, false, false));
    CHECK(made.cut_text().data() == made.text().data());
}

TEST_CASE("kept bytes stay as they are, whatever else is rewritten") {
    CHECK(rewritten("\xE2\x82 \xFF", {.on_invalid = ill_formed::keep, .escape_spaces = true}) == "\xE2\x82▁\xFF");
    CHECK(rewritten("\xFF\u0065\u0301\xE2\x82", {.on_invalid = ill_formed::keep, .nfc = true}) == "\xFF\u00E9\xE2\x82");
}

TEST_CASE("well-formed stretches are composed, and places lead back through it") {
    const rewrite_rules composing = {.nfc = true};
    CHECK(rewritten("ne\u0301e", composing) == "n\u00E9e");
    CHECK(rewritten("e\u0301\xFF\u0301e\u0301", composing) == "\u00E9\uFFFD\u0301\u00E9");
    CHECK(places("ne\u0301e", composing) == place_list{0, 1, 2, 4, 5});
    CHECK(rewritten("e\u0301 e\u0301", {.nfc = true, .escape_spaces = true}, true) == "▁\u00E9▁\u00E9");
    // The accents change places, and so the space before them is in the stretch that is rewritten.
    CHECK(rewritten(" \u0301\u0323", {.nfc = true, .escape_spaces = true}) == "▁\u0323\u0301");
}

TEST_CASE("places rise, begin at 0 and end at the end, for any text and any rules") {
    cria_test::random_numbers random(29);
    const std::string_view units[] = {" ", "a", "e\u0301", "\u0323\u0301", "\u00E9", "\u1100\u1161\u11A8", "\xFF", "\xE2\x82", "\xED\xA0\x80", "\xC0\x80", "\u212B"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint64_t n = random.below(9); n-- > 0;) text += units[random.below(std::size(units))];
        const rewrite_rules rules = {.on_invalid = static_cast<ill_formed>(random.below(3)), .nfc = random.below(2) == 0, .escape_spaces = random.below(2) == 0};
        CAPTURE(round, text, static_cast<int>(rules.on_invalid), rules.nfc, rules.escape_spaces);
        const auto all = places(text, rules, random.below(2) == 0);
        CHECK(all.front() == 0);
        CHECK(all.back() == text.size());
        for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1] <= all[i]);
    }
}

TEST_CASE("white space at the ends is Unicode's, or C's for llama.cpp") {
    const std::string_view text = "\u3000 \n\u00A0x \u0085\u2003\t";
    CHECK(leading_spaces(text, compat::hf) == 7);
    CHECK(leading_spaces(text, compat::llama_cpp) == 0);
    CHECK(leading_spaces("\t\n\v\f\r x", compat::llama_cpp) == 6);
    CHECK(trailing_spaces(text, compat::hf) == 7);
    CHECK(trailing_spaces(text, compat::llama_cpp) == 1);
    for (const auto mode : {compat::hf, compat::llama_cpp}) {
        CHECK(leading_spaces("", mode) == 0);
        CHECK(trailing_spaces("", mode) == 0);
        CHECK(leading_spaces("  ", mode) == 2);
        CHECK(trailing_spaces("  ", mode) == 2);
        CHECK(trailing_spaces("x\x80\x80", mode) == 0);
        CHECK(trailing_spaces("\x80\x80\x80\x80\x80", mode) == 0);
        CHECK(trailing_spaces("\u200B", mode) == 0);
    }
}
