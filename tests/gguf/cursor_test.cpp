// SPDX-License-Identifier: MIT
#include "cria/gguf/cursor.hpp"

#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::errc;
using cria::gguf::detail::cursor;
using cria_test::file_bytes;

auto strings(std::initializer_list<std::string_view> texts) -> file_bytes {
    file_bytes out;
    for (const auto text : texts) cria_test::gguf_encoding().text(out, text);
    return out;
}

}  // namespace

TEST_CASE("a cursor reads up to the last byte and says where the file ends", "[cursor]") {
    const file_bytes bytes = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}, std::byte{5}};
    cursor in(bytes, bytes.size(), {});
    CHECK(in.left() == 5);
    CHECK(*in.read<std::uint32_t>("number") == 0x04030201);
    CHECK(in.offset() == 4);
    const auto more = in.read<std::uint16_t>("other");
    REQUIRE_FALSE(more);
    CHECK(more.error().message() == "other: file ends at byte 5");
    CHECK(in.offset() == 4);  // a read that fails moves nothing
    CHECK(*in.read<std::uint8_t>("last") == 5);
    CHECK(in.left() == 0);
    CHECK(in.take(0, "nothing")->empty());
    CHECK(in.take(1, "something").error().code == errc::truncated);
    CHECK(in.need(~std::uint64_t{0}, "everything").error().code == errc::truncated);
}

TEST_CASE("a cursor reads the byte order it is told", "[cursor]") {
    const file_bytes bytes = {std::byte{1}, std::byte{2}};
    CHECK(*cursor(bytes, 2, cria::gguf::encoding{std::endian::big}).read<std::uint16_t>("n") == 0x0102);
}

TEST_CASE("bytes that are not in hand yet are incomplete, those of no file are truncated", "[cursor]") {
    const file_bytes bytes(10);
    cursor in(bytes, 100, {});
    CHECK(in.need(10, "n"));
    const auto more = in.need(11, "n");
    REQUIRE_FALSE(more);
    CHECK(more.error().code == errc::incomplete);
    CHECK(more.error().offset == 0);
    CHECK(more.error().expected.number() == 11);
    CHECK(more.error().found.number() == 10);
    REQUIRE(in.take(8, "n"));
    CHECK(in.need(92, "n").error().code == errc::incomplete);
    CHECK(in.need(92, "n").error().expected.number() == 100);
    CHECK(in.need(93, "n").error().code == errc::truncated);
    CHECK(in.need(93, "n").error().offset == 100);
}

TEST_CASE("a string longer than the file is known from its length alone", "[cursor]") {
    file_bytes bytes = strings({"abc"});
    cursor in(bytes, bytes.size(), {});
    CHECK(*in.read_string("s") == "abc");
    bytes[0] = std::byte{4};
    cursor again(bytes, bytes.size(), {});
    const auto refused = again.read_string("s");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message() == "s: string is longer than the rest of the file, expected 3, found 4 at byte 0");
    cursor longer(bytes, bytes.size() + 1, {});
    CHECK(longer.read_string("s").error().expected.number() == 12);
}

TEST_CASE("skipping strings checks each of them", "[cursor]") {
    const file_bytes bytes = strings({"", "abc", "", "d"});
    cursor in(bytes, bytes.size(), {});
    REQUIRE(in.skip_strings(4, "texts"));
    CHECK(in.left() == 0);
    for (std::uint64_t n = 0; n <= 4; ++n) {
        cursor some(bytes, bytes.size(), {});
        REQUIRE(some.skip_strings(n, "texts"));
    }
    cursor too_many(bytes, bytes.size(), {});
    CHECK(too_many.skip_strings(5, "texts").error().message() == "texts: file ends at byte 36");

    for (std::size_t n = 0; n < bytes.size(); ++n) {
        CAPTURE(n);
        const auto prefix = cria::byte_view(bytes).first(n);
        const auto cut = cursor(prefix, n, {}).skip_strings(4, "texts");
        REQUIRE_FALSE(cut);
        CHECK(cut.error().code == errc::truncated);
        const auto begun = cursor(prefix, bytes.size(), {}).skip_strings(4, "texts");
        REQUIRE_FALSE(begun);
        CHECK(begun.error().code == errc::incomplete);
        CHECK(begun.error().expected.number() > n);
        CHECK(begun.error().expected.number() <= bytes.size());
    }
}

TEST_CASE("a cursor reads lengths and texts as the file writes them", "[cursor]") {
    file_bytes bytes;
    const cria_test::gguf_encoding written{.version = 1, .order = std::endian::little, .terminated = true};
    written.text(bytes, "abc");
    written.text(bytes, "");
    cursor in(bytes, bytes.size(), {.length_bytes = 4, .terminated = true});
    CHECK(*in.read_string("s") == "abc");
    CHECK(in.offset() == 8);
    CHECK(in.read_stored_string("s")->size() == 1);
    CHECK(in.left() == 0);
    CHECK(in.read_length("n").error().code == errc::truncated);

    const file_bytes big = {std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{2}, std::byte{'h'}, std::byte{'i'}};
    cursor other(big, big.size(), {.order = std::endian::big});
    CHECK(*other.read_string("s") == "hi");
    // The encoding may become known while reading.
    cursor later(big, big.size());
    CHECK(*later.read<std::uint32_t>("n") == 0);
    later.set_encoding({.order = std::endian::big, .length_bytes = 4});
    CHECK(*later.read_length("n") == 2);
}

TEST_CASE("a count is held against what is left of the file, and its price against what is in hand", "[cursor]") {
    const file_bytes bytes(20);
    cursor in(bytes, 100, {});
    REQUIRE(in.take(4, "head"));
    CHECK(in.afford(2, 8, 0, "n"));
    CHECK(in.afford(3, 8, 0, "n").error().code == errc::incomplete);
    CHECK(in.afford(12, 8, 0, "n").error().expected.number() == 100);
    const auto refused = in.afford(13, 8, 7, "n");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::truncated);
    CHECK(refused.error().offset == 7);
    CHECK(refused.error().expected.number() == 12);
    CHECK(refused.error().found.number() == 13);
    CHECK(in.afford(~std::uint64_t{0}, 8, 7, "n").error().code == errc::truncated);
    CHECK(in.afford(0, 8, 7, "n"));
}

TEST_CASE("strings of four-byte lengths are skipped like those of eight, in both orders", "[cursor]") {
    for (const auto order : {std::endian::little, std::endian::big})
        for (const std::uint32_t version : {1U, 3U}) {
            file_bytes bytes;
            const cria_test::gguf_encoding written{.version = version, .order = order};
            for (const char* text : {"", "abc", "d"}) written.text(bytes, text);
            const cria::gguf::encoding as{.order = order, .length_bytes = static_cast<std::uint8_t>(version == 1 ? 4 : 8)};
            cursor in(bytes, bytes.size(), as);
            REQUIRE(in.skip_strings(3, "texts"));
            CHECK(in.left() == 0);
            for (std::size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(cursor(cria::byte_view(bytes).first(n), n, as).skip_strings(3, "texts"));
            CHECK(cursor(bytes, bytes.size(), as).skip_strings(3, "texts", 3));
            CHECK(cursor(bytes, bytes.size(), as).skip_strings(3, "texts", 2).error().code == errc::limit_exceeded);
        }
}

TEST_CASE("no item ends behind the limit", "[cursor]") {
    const file_bytes bytes(100);
    cursor in(bytes, bytes.size(), {}, 50);
    CHECK(in.need(50, "n"));
    CHECK(in.need(51, "n").error().code == errc::limit_exceeded);
    REQUIRE(in.take(48, "n"));
    CHECK(in.read<std::uint16_t>("n"));
    CHECK(in.read<std::uint8_t>("n").error().code == errc::limit_exceeded);
    CHECK(in.take(0, "n"));
}
