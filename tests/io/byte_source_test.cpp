// SPDX-License-Identifier: MIT
#include "cria/io/byte_source.hpp"

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if !defined(_WIN32)
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria::result;
using cria_test::temp_folder;

constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();

/// What a read gives: the text, or the name of its error.
template <io::byte_source S>
auto text_at(const S& source, std::uint64_t offset, std::size_t size) -> std::string {
    std::vector<std::byte> out(size);
    const auto read = source.read(offset, out);
    if (!read) return cria::name_of(read.error().code);
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

/// The promises every source makes, of one that holds "0123456789".
template <io::byte_source S>
void check_source(const S& source, std::string_view past_the_end = "out_of_range") {
    CHECK(source.size_bytes() == 10);
    CHECK(text_at(source, 0, 10) == "0123456789");
    CHECK(text_at(source, 3, 4) == "3456");
    CHECK(text_at(source, 9, 1) == "9");
    CHECK(text_at(source, 0, 1) == "0");
    CHECK(text_at(source, 0, 0).empty());
    CHECK(text_at(source, 10, 0).empty());
    CHECK(text_at(source, 10, 1) == past_the_end);
    CHECK(text_at(source, 9, 2) == past_the_end);
    CHECK(text_at(source, 0, 11) == past_the_end);
    CHECK(text_at(source, largest, 1) == "out_of_range");
    std::byte out[4] = {};
    CHECK(source.read(8, out).error().subject.view() == source.name());
}

struct not_a_source {
    [[nodiscard]] auto size_bytes() const -> int { return 0; }
    [[nodiscard]] auto read(std::uint64_t, std::span<std::byte>) const -> bool { return true; }
};
struct reads_only_when_mutable {
    [[nodiscard]] auto size_bytes() const -> std::uint64_t { return 0; }
    [[nodiscard]] auto read(std::uint64_t, std::span<std::byte>) -> result<void> { return {}; }
    [[nodiscard]] auto name() const -> std::string_view { return ""; }
};
template <class File>
concept makes_a_window = requires(File&& file) { io::file_window::make(std::forward<File>(file), 0, 0); };
static_assert(!io::byte_source<not_a_source> && !io::byte_source<reads_only_when_mutable> && !io::byte_source<int>);

}  // namespace

TEST_CASE("a file is a source of its bytes", "[byte_source]") {
    const temp_folder folder;
    const auto file = io::native_file::open(folder.write("f", "0123456789"));
    REQUIRE(file);
    check_source(*file, "file_changed");
    CHECK(file->name() == file->path());
}

TEST_CASE("memory is a source of its bytes, under the name it was given", "[byte_source]") {
    const std::string text = "0123456789";
    const io::memory_source source(cria::detail::as_bytes(text), std::string("a name that is a ") + "temporary");
    check_source(source);
    CHECK(source.name() == "a name that is a temporary");
    CHECK(source.bytes().data() == cria::detail::as_bytes(text).data());
    const io::memory_source nothing({}, "nothing");
    CHECK(nothing.size_bytes() == 0);
    CHECK(text_at(nothing, 0, 0).empty());
    CHECK(text_at(nothing, 0, 1) == "out_of_range");
}

TEST_CASE("a window of a file shows nothing of what lies around it", "[byte_source]") {
    const temp_folder folder;
    const auto file = io::native_file::open(folder.write("f", "before0123456789behind"));
    REQUIRE(file);
    const auto window = io::file_window::make(*file, 6, 10);
    REQUIRE(window);
    check_source(*window);
    CHECK(window->offset_bytes() == 6);
    CHECK(window->name() == file->name());
    CHECK(&window->file() == &*file);

    CHECK(io::file_window::make(*file, 0, 22).has_value());
    CHECK(io::file_window::make(*file, 22, 0)->size_bytes() == 0);
    for (const auto& [offset, size] : {std::pair{std::uint64_t{0}, std::uint64_t{23}}, {22U, 1U}, {23U, 0U}, {largest, 1U}, {1U, largest}, {largest, largest}}) {
        CAPTURE(offset, size);
        const auto refused = io::file_window::make(*file, offset, size);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::out_of_range);
        CHECK(refused.error().found.number() == 22);
    }
    static_assert(makes_a_window<io::native_file&> && makes_a_window<const io::native_file&>);
    static_assert(!makes_a_window<io::native_file>, "a window of a temporary file would dangle");
}

TEST_CASE("a function is a source, asked only for bytes that are there", "[byte_source]") {
    const std::string text = "0123456789";
    int calls = 0;
    const auto source = io::make_callback_source(
        text.size(),
        [&](std::uint64_t offset, std::span<std::byte> out) -> result<void> {
            ++calls;
            CHECK(!out.empty());
            CHECK(offset + out.size() <= text.size());
            std::memcpy(out.data(), text.data() + offset, out.size());
            return {};
        },
        "callback");
    check_source(source);
    CHECK(source.name() == "callback");
    calls = 0;
    CHECK(text_at(source, 10, 0).empty());
    CHECK(text_at(source, 5, 6) == "out_of_range");
    CHECK(calls == 0);
}

TEST_CASE("a function's own error comes through, and it is kept by value", "[byte_source]") {
    const auto make = [] {
        const auto read = [bytes = std::string("0123456789")](std::uint64_t offset, std::span<std::byte> out) -> result<void> {
            if (offset == 5) return cria::error{errc::io_error, offset, "archive"}.because("checksum differs");
            std::memcpy(out.data(), bytes.data() + offset, out.size());
            return {};
        };
        return io::make_callback_source(10, read, "kept");
    };
    auto source = make();
    check_source(source);
    std::byte out[2];
    CHECK(source.read(5, out).error().message() == "archive: checksum differs at byte 5");
    const auto moved = std::move(source);
    check_source(moved);
    static_assert(!io::read_function<int> && !io::read_function<decltype([](std::uint64_t, std::span<std::byte>) { return 1.5; })>);
}

#if !defined(_WIN32)

TEST_CASE("a window of a file that shrinks is file_changed, at the file's end", "[byte_source]") {
    const temp_folder folder;
    const auto path = folder.write("f", "before0123456789behind");
    const auto file = io::native_file::open(path);
    REQUIRE(file);
    const auto window = io::file_window::make(*file, 6, 10);
    REQUIRE(window);
    REQUIRE(::truncate(path.c_str(), 11) == 0);
    CHECK(text_at(*window, 0, 5) == "01234");
    std::byte out[6];
    const auto read = window->read(0, out);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::file_changed);
    CHECK(read.error().offset == 11);
}

#else

TEST_CASE("a byte source under POSIX: a file that shrinks", "[byte_source]") { cria_test::skip("this system is not POSIX"); }

#endif
