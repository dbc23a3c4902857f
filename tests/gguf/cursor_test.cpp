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
    cursor in(bytes, bytes.size(), std::endian::little);
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
    CHECK(*cursor(bytes, 2, std::endian::big).read<std::uint16_t>("n") == 0x0102);
}

TEST_CASE("bytes that are not in hand yet are incomplete, those of no file are truncated", "[cursor]") {
    const file_bytes bytes(10);
    cursor in(bytes, 100, std::endian::little);
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
    cursor in(bytes, bytes.size(), std::endian::little);
    CHECK(*in.read_string("s") == "abc");
    bytes[0] = std::byte{4};
    cursor again(bytes, bytes.size(), std::endian::little);
    const auto refused = again.read_string("s");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message() == "s: string is longer than the rest of the file, expected 3, found 4 at byte 0");
    cursor longer(bytes, bytes.size() + 1, std::endian::little);
    CHECK(longer.read_string("s").error().expected.number() == 12);
}

TEST_CASE("skipping strings checks each of them", "[cursor]") {
    const file_bytes bytes = strings({"", "abc", "", "d"});
    cursor in(bytes, bytes.size(), std::endian::little);
    REQUIRE(in.skip_strings(4, "texts"));
    CHECK(in.left() == 0);
    for (std::uint64_t n = 0; n <= 4; ++n) {
        cursor some(bytes, bytes.size(), std::endian::little);
        REQUIRE(some.skip_strings(n, "texts"));
    }
    cursor too_many(bytes, bytes.size(), std::endian::little);
    CHECK(too_many.skip_strings(5, "texts").error().message() == "texts: file ends at byte 36");

    for (std::size_t n = 0; n < bytes.size(); ++n) {
        CAPTURE(n);
        const auto prefix = cria::byte_view(bytes).first(n);
        const auto cut = cursor(prefix, n, std::endian::little).skip_strings(4, "texts");
        REQUIRE_FALSE(cut);
        CHECK(cut.error().code == errc::truncated);
        const auto begun = cursor(prefix, bytes.size(), std::endian::little).skip_strings(4, "texts");
        REQUIRE_FALSE(begun);
        CHECK(begun.error().code == errc::incomplete);
        CHECK(begun.error().expected.number() > n);
        CHECK(begun.error().expected.number() <= bytes.size());
    }
}
