// SPDX-License-Identifier: MIT
#include "cria/io/stdio_source.hpp"

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if !defined(_WIN32)
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_folder;

/// A C stream that closes itself.
class stream {
public:
    explicit stream(std::FILE* file) : file_(file) {}
    stream(const stream&) = delete;
    auto operator=(const stream&) -> stream& = delete;
    ~stream() {
        if (file_ != nullptr) std::fclose(file_);
    }
    [[nodiscard]] auto get() const -> std::FILE* { return file_; }

private:
    std::FILE* file_;
};

auto text_at(const io::stdio_source& source, std::uint64_t offset, std::size_t size) -> std::string {
    std::vector<std::byte> out(size);
    const auto read = source.read(offset, out);
    if (!read) return cria::name_of(read.error().code);
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

auto code_of(std::FILE* file, io::stdio_start start = io::stdio_start::beginning) -> std::string {
    const auto source = io::stdio_source::make(file, start, "stream");
    return source ? "made" : cria::name_of(source.error().code);
}

}  // namespace

TEST_CASE("a C stream is read at any place, all or nothing", "[stdio_source]") {
    const temp_folder folder;
    const stream file(std::fopen(folder.write("f", "0123456789").c_str(), "rb"));
    REQUIRE(file.get() != nullptr);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::beginning, "stream");
    REQUIRE(source);
    CHECK(source->size_bytes() == 10);
    CHECK(source->offset_bytes() == 0);
    CHECK(source->name() == "stream");
    CHECK(text_at(*source, 3, 4) == "3456");
    CHECK(text_at(*source, 0, 10) == "0123456789");
    CHECK(text_at(*source, 9, 1) == "9");
    CHECK(text_at(*source, 0, 2) == "01");
    CHECK(text_at(*source, 10, 0).empty());
    CHECK(text_at(*source, 10, 1) == "out_of_range");
    CHECK(text_at(*source, 5, 6) == "out_of_range");
    CHECK(text_at(*source, (std::numeric_limits<std::uint64_t>::max)(), 1) == "out_of_range");
    CHECK(text_at(*source, 0, 2) == "01");
}

TEST_CASE("a C stream can start where it stands, and stands there afterwards", "[stdio_source]") {
    const temp_folder folder;
    const stream file(std::fopen(folder.write("f", "before0123456789").c_str(), "rb"));
    REQUIRE(file.get() != nullptr);
    for (int i = 0; i < 6; ++i) REQUIRE(std::fgetc(file.get()) != EOF);
    const auto here = io::stdio_source::make(file.get(), io::stdio_start::current_position, "stream");
    REQUIRE(here);
    CHECK(std::ftell(file.get()) == 6);
    CHECK(here->size_bytes() == 10);
    CHECK(here->offset_bytes() == 6);
    const auto whole = io::stdio_source::make(file.get(), io::stdio_start::beginning, "stream");
    REQUIRE(whole);
    CHECK(std::ftell(file.get()) == 6);
    CHECK(whole->size_bytes() == 16);
    CHECK(text_at(*here, 0, 4) == "0123");
    CHECK(text_at(*whole, 0, 7) == "before0");
    CHECK(text_at(*here, 9, 1) == "9");
    CHECK(text_at(*here, 9, 2) == "out_of_range");

    REQUIRE(std::fseek(file.get(), 0, SEEK_END) == 0);
    const auto rest = io::stdio_source::make(file.get(), io::stdio_start::current_position, "stream");
    REQUIRE(rest);
    CHECK(rest->size_bytes() == 0);
    REQUIRE(std::fseek(file.get(), 100, SEEK_SET) == 0);
    CHECK(code_of(file.get(), io::stdio_start::current_position) == "out_of_range");
    CHECK(code_of(file.get()) == "made");
}

TEST_CASE("what a stream has met before is no error of a source's", "[stdio_source]") {
    const temp_folder folder;
    const stream file(std::fopen(folder.write("f", "0123456789").c_str(), "rb"));
    REQUIRE(file.get() != nullptr);
    while (std::fgetc(file.get()) != EOF) {}
    REQUIRE(std::feof(file.get()) != 0);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::beginning, "stream");
    REQUIRE(source);
    CHECK(text_at(*source, 0, 10) == "0123456789");
}

TEST_CASE("what was written through a stream and not flushed is part of it", "[stdio_source]") {
    const stream file(std::tmpfile());
    if (file.get() == nullptr) return cria_test::skip("no temporary stream to be had");
    REQUIRE(std::fputs("0123456789", file.get()) >= 0);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::beginning, "stream");
    REQUIRE(source);
    CHECK(source->size_bytes() == 10);
    CHECK(text_at(*source, 2, 3) == "234");
}

TEST_CASE("no stream is invalid_argument", "[stdio_source]") { CHECK(code_of(nullptr) == "invalid_argument"); }

#if !defined(_WIN32)

TEST_CASE("streams that cannot be sought in are not files", "[stdio_source]") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const stream reader(::fdopen(ends[0], "rb"));
    const stream writer(::fdopen(ends[1], "wb"));
    CHECK(code_of(reader.get()) == "not_a_file");
    const stream zero(std::fopen("/dev/zero", "rb"));
    CHECK(code_of(zero.get()) == "not_a_file");
    const temp_folder folder;
    const stream directory(std::fopen(folder.path().c_str(), "rb"));
    if (directory.get() != nullptr) CHECK(code_of(directory.get()) == "is_directory");
}

TEST_CASE("a stream over memory is a source too", "[stdio_source]") {
    char text[] = "0123456789";
    const stream file(::fmemopen(text, 10, "rb"));
    REQUIRE(file.get() != nullptr);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::beginning, "memory");
    REQUIRE(source);
    CHECK(source->size_bytes() == 10);
    CHECK(text_at(*source, 3, 4) == "3456");
}

TEST_CASE("a stream whose file shrinks is file_changed, and readable again afterwards", "[stdio_source]") {
    const temp_folder folder;
    const auto path = folder.write("f", std::string(100000, 'x'));
    const stream file(std::fopen(path.c_str(), "rb"));
    REQUIRE(file.get() != nullptr);
    REQUIRE(::fseeko(file.get(), 1, SEEK_SET) == 0);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::current_position, "stream");
    REQUIRE(source);
    REQUIRE(::truncate(path.c_str(), 50000) == 0);
    std::vector<std::byte> out(99999);
    const auto read = source->read(0, out);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::file_changed);
    CHECK(read.error().offset == 50000);
    CHECK(std::feof(file.get()) == 0);
    CHECK(text_at(*source, 0, 3) == "xxx");
}

TEST_CASE("a stream that may not be read is an error of the system's", "[stdio_source]") {
    const temp_folder folder;
    const stream file(std::fopen(folder.write("f", "0123456789").c_str(), "ab"));
    REQUIRE(file.get() != nullptr);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::beginning, "stream");
    REQUIRE(source);
    std::byte out[1];
    const auto read = source->read(0, out);
    REQUIRE_FALSE(read);
    CHECK(read.error().native != 0);
    CHECK(std::ferror(file.get()) == 0);
}

TEST_CASE("a stream's offsets have 64 bits", "[stdio_source]") {
    const temp_folder folder;
    const auto path = folder.write("sparse", "first");
    constexpr std::uint64_t size = std::uint64_t{5} << 30U;
    if (sizeof(off_t) < 8 || ::truncate(path.c_str(), static_cast<off_t>(size)) != 0) return cria_test::skip("this file system has no room for a sparse file");
    const stream file(std::fopen(path.c_str(), "rb+"));
    REQUIRE(file.get() != nullptr);
    REQUIRE(::fseeko(file.get(), -4, SEEK_END) == 0);
    REQUIRE(std::fputs("last", file.get()) >= 0);
    const auto source = io::stdio_source::make(file.get(), io::stdio_start::beginning, "stream");
    REQUIRE(source);
    CHECK(source->size_bytes() == size);
    CHECK(text_at(*source, size - 4, 4) == "last");
    CHECK(text_at(*source, 0, 5) == "first");
}

#else

TEST_CASE("a stdio source under POSIX: streams without places, shrinking and large files", "[stdio_source]") { cria_test::skip("this system is not POSIX"); }

#endif
