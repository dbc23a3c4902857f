// SPDX-License-Identifier: MIT
#include "cria/utf8/decoder.hpp"

#include "support/catch.hpp"
#include "utf8/table_3_7.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace utf8 = cria::utf8;
namespace table = cria_test::table_3_7;

namespace {

/// What a decoder makes of the chunks; every piece is checked on its way.
auto streamed(const std::vector<std::string_view>& chunks) -> std::string {
    std::string out;
    auto pieces_are_good = true;
    const auto sink = [&](std::string_view piece) {
        pieces_are_good = pieces_are_good && !piece.empty() && table::first_invalid(piece) == piece.size();
        out += piece;
    };
    utf8::decoder decoder;
    for (const auto chunk : chunks) {
        decoder.push(chunk, sink);
        pieces_are_good = pieces_are_good && decoder.pending() <= 3;
    }
    decoder.finish(sink);
    if (!pieces_are_good) out += "[a piece was empty or ill-formed]";
    return out;
}

auto bytewise(std::string_view text) -> std::string {
    std::vector<std::string_view> chunks;
    for (std::size_t i = 0; i < text.size(); ++i) chunks.push_back(text.substr(i, 1));
    return streamed(chunks);
}

/// How many chunkings of `text` come out other than `expected`: whole, bytewise, and cut at every two places.
auto wrong_chunkings(std::string_view text, std::string_view expected) -> std::size_t {
    std::size_t n_wrong = streamed({text}) == expected ? 0 : 1;
    n_wrong += bytewise(text) == expected ? 0U : 1U;
    for (std::size_t a = 0; a <= text.size(); ++a) {
        for (std::size_t b = a; b <= text.size(); ++b) {
            const auto out = streamed({text.substr(0, a), text.substr(a, b - a), text.substr(b)});
            n_wrong += out == expected ? 0U : 1U;
        }
    }
    return n_wrong;
}

const std::string bad = "\xEF\xBF\xBD";

}  // namespace

TEST_CASE("the decoder makes one U+FFFD of each maximal subpart, however the bytes are chunked") {
    struct example {
        std::string bytes, text;
    };
    // The first is the example of the Unicode Standard, table 3-8.
    const std::vector<example> examples = {
        {"a\xF1\x80\x80\xE1\x80\xC2"
         "b\x80"
         "c\x80\xBF"
         "d",
         "a" + bad + bad + bad + "b" + bad + "c" + bad + bad + "d"},
        {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", bad + bad + bad + bad + bad + bad + bad + bad + "A"},
        {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", bad + bad + bad + bad + bad + bad + bad + bad + "A"},
        {"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", bad + bad + bad + bad + bad + "A" + bad + bad + "B"},
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", bad + bad + bad + bad + "A"},
        {"", ""},
        {"\xF0\x9F\x98\x80 caf\xC3\xA9 \xE2\x82\xAC", "\xF0\x9F\x98\x80 caf\xC3\xA9 \xE2\x82\xAC"},
        {"\xE2\x82\x20", bad + " "},
        {"x\xF0\x9F\x98", "x" + bad},
        {"x\xE2\x82", "x" + bad},
        {"\xF0\x80\x80\x80", bad + bad + bad + bad},
        {"\xED\xA0\x80\xED\xB0\x80", bad + bad + bad + bad + bad + bad},
        {"\xEF\xBF\xBD", bad},
        {"\xFF\xFE\xFD", bad + bad + bad},
        {std::string("a\0b", 3), std::string("a\0b", 3)},
    };
    for (const auto& [bytes, text] : examples) {
        CAPTURE(bytes);
        CHECK(table::sanitised(bytes) == text);
        CHECK(wrong_chunkings(bytes, text) == 0);
    }
}

TEST_CASE("any chunking of any bytes gives the text that table 3-7 gives") {
    std::mt19937 random{12};
    for (int i = 0; i < 300; ++i) {
        const auto text = table::nasty_text(random, 7);
        CAPTURE(text);
        CHECK(wrong_chunkings(text, table::sanitised(text)) == 0);
    }
    for (int i = 0; i < 300; ++i) {
        std::string text;
        for (int n = 0; n < 200; ++n) text += static_cast<char>(random() & 0xFFU);
        std::vector<std::string_view> chunks;
        for (std::size_t at = 0; at < text.size();) {
            const auto size = random() % 6;  // 0 too: an empty push changes nothing
            chunks.push_back(std::string_view{text}.substr(at, size));
            at += size;
        }
        CHECK(streamed(chunks) == table::sanitised(text));
    }
}

TEST_CASE("every pair of bytes continued by every boundary byte decodes the same whole and bytewise") {
    const auto boundaries = table::boundary_bytes();
    std::size_t n_wrong = 0;
    for (unsigned first = 0x80; first < 256; ++first) {
        for (unsigned second = 0; second < 256; ++second) {
            for (const auto third : boundaries) {
                const char bytes[] = {static_cast<char>(first), static_cast<char>(second), static_cast<char>(third)};
                const auto text = std::string_view{bytes, sizeof bytes};
                const auto expected = table::sanitised(text);
                n_wrong += streamed({text}) == expected && bytewise(text) == expected ? 0U : 1U;
            }
        }
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("the decoder shows a text as early as complete_prefix allows") {
    std::mt19937 random{3};
    for (int i = 0; i < 300; ++i) {
        const auto text = table::nasty_text(random, 6);
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const auto head = text.substr(0, size);
            std::string out;
            utf8::decoder decoder;
            decoder.push(head, [&](std::string_view piece) { out += piece; });
            const auto shown = utf8::complete_prefix(head);
            CHECK(decoder.pending() == size - shown);
            CHECK(out == table::sanitised(head.substr(0, shown)));
        }
    }
}

TEST_CASE("runs of good text are borrowed from the input, whole") {
    const std::string text = "hello \xE2\x82\xAC wor\xFFld";
    std::vector<std::string_view> pieces;
    utf8::decoder decoder;
    decoder.push(text, [&](std::string_view piece) { pieces.push_back(piece); });
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].data() == text.data());
    CHECK(pieces[0] == "hello \xE2\x82\xAC wor");
    CHECK(pieces[1] == bad);
    CHECK(pieces[2].data() == text.data() + text.size() - 2);
}

TEST_CASE("finish flushes a cut-off character once and leaves the decoder ready") {
    std::string out;
    const auto sink = [&](std::string_view piece) { out += piece; };
    utf8::decoder decoder;
    decoder.push("\xF0\x9F\x98", sink);
    CHECK(out.empty());
    CHECK(decoder.pending() == 3);
    decoder.finish(sink);
    CHECK(out == bad);
    CHECK(decoder.pending() == 0);
    decoder.finish(sink);
    decoder.push("\x80", sink);  // would have completed it
    CHECK(out == bad + bad);
}

TEST_CASE("reset forgets what is held back") {
    std::string out;
    const auto sink = [&](std::string_view piece) { out += piece; };
    utf8::decoder decoder;
    decoder.push("\xE2\x82", sink);
    decoder.reset();
    CHECK(decoder.pending() == 0);
    decoder.push("ok", sink);
    decoder.finish(sink);
    CHECK(out == "ok");
}
