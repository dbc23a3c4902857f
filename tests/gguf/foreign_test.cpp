// SPDX-License-Identifier: MIT
#include "cria/gguf/foreign.hpp"

#include <string>
#include <string_view>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

/// What parse() says about a file with these first bytes, if it is refused as no GGUF file.
auto says(std::string_view first, std::size_t size = 0) -> std::string {
    auto bytes = cria_test::bytes_of_text(first);
    if (bytes.size() < size) bytes.resize(size);
    const auto parsed = cria::gguf::parse(bytes);
    if (parsed || parsed.error().code != cria::errc::bad_magic || parsed.error().offset != 0) return "something else";
    return parsed.error().message();
}

auto mentions(const std::string& message, std::string_view word) -> bool { return message.find(word) != std::string::npos; }

using namespace std::string_view_literals;

}  // namespace

TEST_CASE("a file that is no GGUF is refused for what it is", "[foreign]") {
    struct foreign {
        std::string_view first;
        std::string_view word;
    };
    constexpr foreign files[] = {
        {"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 4690000000\n", "Git LFS pointer"},
        {"oid sha256:4d7a", "Git LFS pointer"},
        {"<!DOCTYPE html><html><head><title>404</title>", "HTML page"},
        {"<!doctype HTML>", "HTML page"},
        {"<html lang=en>", "HTML page"},
        {"\r\n  <HTML>", "HTML page"},
        {"\x08\0\0\0\0\0\0\0{\"a\":{}}"sv, "safetensors"},
        {"\x80\x02\0\0\0\0\0\0{\"__metadata__\":{}}"sv, "safetensors"},  // 640 bytes of header: begins like a pickle
        {"{\0\0\0\0\0\0\0{\"a\":{}}"sv, "safetensors"},                  // 123 bytes: begins like JSON
        {"\x1F\x8B\0\0\0\0\0\0{\"a\":{}}"sv, "safetensors"},             // 35615 bytes: begins like gzip
        {"PK\3\4\0\0\x08\x08\0\0"sv, "zip"},
        {"\x80\x02\x8A\x0Al\xFC"sv, "pickle"},
        {"\x80\4\x95\x10\0\0\0"sv, "pickle"},
        {"lmgg\x00\x7D\0\0"sv, "from before GGUF"},
        {"fmgg\1\0\0\0"sv, "from before GGUF"},
        {"tjgg\3\0\0\0\x00\x7D\0\0"sv, "from before GGUF"},
        {"tjgg\1\0\0\0{\x7D\0\0"sv, "from before GGUF"},  // a vocabulary of 32123: byte 8 is a brace
        {"algg\1\0\0\0"sv, "from before GGUF"},
        {"ggml", "from before GGUF"},
        {"ggmf", "from before GGUF"},
        {"ggjt", "from before GGUF"},
        {"ggla", "from before GGUF"},
        {"GGML", "from before GGUF"},
        {"FUGG\0\0\0\3"sv, "big-endian"},
        {"gguf\3\0\0\0"sv, "lower case"},
        {"\x1F\x8B\x08\0\0\0\0\0"sv, "gzip"},
        {"\x28\xB5\x2F\xFD\4"sv, "zstd"},
        {"\xFD"
         "7zXZ\0"sv,
         "xz"},
        {"BZh91AY", "bzip2"},
        {"7z\xBC\xAF\x27\x1C", "7z"},
        {"\x93NUMPY\1\0"sv, "NumPy"},
        {"\x89HDF\r\n", "HDF5"},
        {"\x7F" "ELF\2\1", "program"},
        {"{\"error\":\"Access denied\"}", "JSON"},
        {"<?xml version=\"1.0\"?><Error>", "XML"},
        {"\0\0\0\0"sv, "zero bytes"},
    };
    for (const auto& file : files)
        for (const std::size_t size : {std::size_t{0}, std::size_t{4096}}) {
            INFO(file.word << " in files of " << size << " bytes or more");
            const std::string message = says(file.first, size);
            INFO(message);
            CHECK(mentions(message, file.word));
            CHECK(message.substr(0, 7) == "magic: ");
        }
    std::string tar(512, '\0');
    tar.replace(0, 10, "model.gguf").replace(257, 5, "ustar");
    CHECK(mentions(says(tar), "tar archive"));
}

TEST_CASE("a file that is nothing known is just no GGUF file", "[foreign]") {
    CHECK(says("MZ\x90\0\3"sv) == "magic: is not a GGUF file, expected GGUF, found MZ\\x90\\x00 at byte 0");
    CHECK(says("GGUG") == "magic: is not a GGUF file, expected GGUF, found GGUG at byte 0");
    CHECK(says("<htmx>") == "magic: is not a GGUF file, expected GGUF, found <htm at byte 0");
    CHECK(cria::gguf::recognise_foreign({}) == nullptr);
    CHECK(cria::gguf::recognise_foreign(cria::detail::as_bytes("\0\0\0"sv)) == nullptr);
    CHECK(cria::gguf::recognise_foreign(cria::detail::as_bytes("\0\0\0\1"sv)) == nullptr);
    // Zero bytes that end somewhere are no unfinished download's beginning.
    std::string late(600, '\0');
    late[400] = 'x';
    CHECK(cria::gguf::recognise_foreign(cria::detail::as_bytes(late)) == nullptr);
}

TEST_CASE("any beginning of a foreign file can be looked at", "[foreign]") {
    std::string page = "<!DOCTYPE html><html>";
    page.resize(600, ' ');
    for (std::size_t n = 0; n <= page.size(); ++n) {
        const std::string exact = page.substr(0, n);  // so that a read too far leaves the string
        const char* const what = cria::gguf::recognise_foreign(cria::detail::as_bytes(exact));
        CHECK((what != nullptr) == (n >= 14));
    }
}

TEST_CASE("names of unfinished downloads are known by their endings", "[foreign]") {
    using cria::gguf::is_named_unfinished;
    static_assert(is_named_unfinished("model.gguf.part"));
    static_assert(is_named_unfinished("dir/model.gguf.crdownload"));
    static_assert(is_named_unfinished("model.gguf.incomplete") && is_named_unfinished("m.partial") && is_named_unfinished("m.aria2") && is_named_unfinished("m.tmp"));
    static_assert(!is_named_unfinished("model.gguf"));
    static_assert(!is_named_unfinished(".part"));  // a name of its own
    static_assert(!is_named_unfinished("model.part.gguf"));
    static_assert(!is_named_unfinished("part"));
    static_assert(!is_named_unfinished(""));
    CHECK(is_named_unfinished("model.gguf.!ut"));
}
