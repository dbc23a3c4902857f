// SPDX-License-Identifier: MIT
#include "cria/base/error.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/catch.hpp"

namespace {

using cria::errc;
using cria::error;

constexpr std::uint16_t n_codes = static_cast<std::uint16_t>(errc::checksum_mismatch) + 1;

}  // namespace

TEST_CASE("an error is a plain value that never allocates", "[error]") {
    static_assert(std::is_trivially_copyable_v<error>);
    static_assert(std::is_nothrow_default_constructible_v<error>);
    static_assert(sizeof(error) <= 320);
    constexpr error why = error{errc::truncated, 24, "tensor count"}.finding(3);
    static_assert(why.code == errc::truncated && why.offset == 24 && why.subject.view() == "tensor count" && why.found.number() == 3);
    CHECK(error{errc::missing_key, "k"}.offset == error::no_offset);
}

TEST_CASE("every code has a name and a phrase of its own", "[error]") {
    std::set<std::string> names;
    std::set<std::string> sentences;
    for (std::uint16_t i = 0; i < n_codes; ++i) {
        const auto code = static_cast<errc>(i);
        names.insert(cria::name_of(code));
        sentences.insert(error{code, "x"}.sentence());
    }
    CHECK(names.size() == n_codes);
    CHECK(sentences.size() == n_codes);
    CHECK(names.count("unknown") == 0);
    CHECK(sentences.count("unknown error") == 0);
    CHECK(cria::name_of(errc::truncated) == std::string_view("truncated"));
    CHECK(cria::name_of(errc::checksum_mismatch) == std::string_view("checksum_mismatch"));
    CHECK(cria::name_of(static_cast<errc>(n_codes)) == std::string_view("unknown"));
    CHECK(error{static_cast<errc>(n_codes), "x"}.message() == "x: unknown error");
}

TEST_CASE("messages read as sentences", "[error]") {
    CHECK(error{errc::truncated, 24, "tensor count"}.message() == "tensor count: file ends at byte 24");
    CHECK(error{errc::truncated, 24, "tensor count"}.sentence() == "file ends at byte 24");
    CHECK(error{errc::missing_key, "llama.block_count"}.message() == "llama.block_count: no such key");
    CHECK(error{errc::data_out_of_bounds, 4096, "blk.3.attn_q.weight"}.expecting(8192, 12288).message() == "blk.3.attn_q.weight: data ends 4096 bytes past the end of the file");
    CHECK(error{errc::data_out_of_bounds, 4096, "w"}.expecting(8, 9).sentence() == "data ends 1 byte past the end of the file");
    CHECK(error{errc::wrong_shape, "output.weight"}.because("has another number of rows").expecting(64, 32).message() ==
          "output.weight: has another number of rows, expected 64, found 32");
    CHECK(error{errc::wrong_type, 99, "k"}.expecting("u32", "array of string").message() == "k: has another type, expected u32, found array of string at byte 99");
    CHECK(error{errc::unsupported_type, "w"}.finding("q4_2").message() == "w: tensor type is not supported: q4_2");
    CHECK(error{errc::io_error, "model.gguf"}.from_system(5).message() == "model.gguf: the operating system reported an error (system error 5)");
    CHECK(error{errc::device_error, "copy to device 0"}.from_system(700).message() == "copy to device 0: the device reported an error (device error 700)");
    CHECK(error{errc::empty_file, ""}.message() == "file is empty");
    CHECK(error{errc::truncated, 7, "x"}.because("string is longer than the rest of the file").message() == "x: string is longer than the rest of the file at byte 7");
    CHECK(error{errc::truncated, "x"}.message() == "x: file ends");
    CHECK(error{errc::overflow, 0, "x"}.finding((std::uint64_t{1} << 63U) + 1).message() == "x: sizes overflow: 9223372036854775809 at byte 0");
}

TEST_CASE("expected and found are a number, a text, or nothing", "[error]") {
    const error why = error{errc::wrong_type, "k"}.expecting("u32", std::uint64_t{0});
    CHECK(why.expected.has_value());
    CHECK_FALSE(why.expected.is_number());
    CHECK(why.expected.text() == "u32");
    CHECK(why.found.has_value());
    CHECK(why.found.is_number());
    CHECK(why.found.number() == 0);
    CHECK_FALSE(error{errc::wrong_type, "k"}.found.has_value());
    // An empty text is something that was found, too.
    CHECK(error{errc::bad_magic, "magic"}.finding("").found.has_value());
}

TEST_CASE("refining an error leaves the original as it was", "[error]") {
    const error plain{errc::overflow, 3, "k"};
    const error refined = plain.because("because").expecting(1, 2).from_system(4);
    CHECK(plain.reason == nullptr);
    CHECK_FALSE(plain.expected.has_value());
    CHECK(plain.native == 0);
    CHECK(refined.code == errc::overflow);
    CHECK(refined.offset == 3);
    CHECK(refined.subject.view() == "k");
    CHECK(refined.native == 4);
}

TEST_CASE("a message is one printable line, whatever the bytes", "[error]") {
    CHECK(error{errc::missing_key, "a\nb\x1B[31mc"}.message() == "a\\x0Ab\\x1B[31mc: no such key");
    CHECK(error{errc::missing_key, std::string_view("a\0b", 3)}.message() == "a\\x00b: no such key");
    CHECK(error{errc::missing_key, "\xFF\xC3"}.message() == "\\xFF\\xC3: no such key");
    CHECK(error{errc::missing_key, "schl\xC3\xBCssel \xE2\x82\xAC \xF0\x9F\xA6\x99"}.message() == "schl\xC3\xBCssel \xE2\x82\xAC \xF0\x9F\xA6\x99: no such key");
    CHECK(error{errc::missing_key, "\xE2\x80\xAE" "evil"}.message() == "\\xE2\\x80\\xAE" "evil: no such key");  // right-to-left override
    CHECK(error{errc::wrong_type, "k"}.expecting("a\rb", "\x7F").message() == "k: has another type, expected a\\x0Db, found \\x7F");
    for (unsigned byte = 0; byte < 256; ++byte) {
        const char text[2] = {static_cast<char>(byte), 'x'};
        const std::string message = error{errc::missing_key, std::string_view(text, 2)}.expecting(std::string_view(text, 2), std::string_view(text, 2)).message();
        for (const char c : message) CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
    }
}

TEST_CASE("a subject is owned, and cut before a character", "[error]") {
    error why;
    {
        std::string gone = "gone soon";
        why = error{errc::missing_key, gone};
        gone.assign(gone.size(), '!');
    }
    CHECK(why.subject.view() == "gone soon");

    const std::string fits(111, 'a');
    CHECK(error{errc::missing_key, fits}.subject.view() == fits);
    CHECK(error{errc::missing_key, fits + "b"}.subject.view() == std::string(108, 'a') + "...");
    // Two-, three- and four-byte characters across the place of the cut.
    for (const std::string_view character : {"\xC3\xBC", "\xE2\x82\xAC", "\xF0\x9F\xA6\x99"})
        for (std::size_t before = 100; before <= 112; ++before) {
            std::string long_text(before, 'a');
            while (long_text.size() < 200) long_text += character;
            const std::string subject(error{errc::missing_key, long_text}.subject.view());
            CHECK(subject.size() <= 111);
            CHECK(subject.size() > 104);
            CHECK(subject.substr(subject.size() - 3) == "...");
            CHECK(cria::detail::is_well_formed(subject));
            CHECK(long_text.compare(0, subject.size() - 3, subject, 0, subject.size() - 3) == 0);
        }
}

TEST_CASE("a long subject that is no text is cut near the end, not to nothing", "[error]") {
    const std::string no_text(200, '\x80');
    const std::string subject(error{errc::missing_key, no_text}.subject.view());
    CHECK(subject.size() > 100);
    CHECK(subject.size() <= 111);
}
