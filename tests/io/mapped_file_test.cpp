// SPDX-License-Identifier: MIT
#include "cria/io/mapped_file.hpp"

#include <cstdint>
#include <cstdio>
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
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_file;
using cria_test::temp_folder;

auto numbered_bytes(std::size_t count) -> std::vector<std::byte> {
    std::vector<std::byte> bytes(count);
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(i * 31 + (i >> 8U));
    return bytes;
}

auto same(cria::byte_view a, cria::byte_view b) -> bool { return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0); }

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
[[maybe_unused]] constexpr bool sanitized = true;
#elif defined(__has_feature)
[[maybe_unused]] constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
[[maybe_unused]] constexpr bool sanitized = false;
#endif

}  // namespace

TEST_CASE("mapped and owned give the same bytes", "[mapped_file]") {
    // Around the size of a page, where a mapping ends in the middle of one.
    for (const std::size_t size : {std::size_t{1}, std::size_t{4095}, std::size_t{4096}, std::size_t{4097}, std::size_t{3000000}}) {
        const auto bytes = numbered_bytes(size);
        const temp_file on_disk(bytes);
        const auto mapped = io::mapped_file::open(on_disk.path());
        const auto owned = io::mapped_file::open(on_disk.path(), {.how = io::access::owned});
        REQUIRE(mapped);
        REQUIRE(owned);
        CHECK(mapped->how() == io::access::mapped);
        CHECK(owned->how() == io::access::owned);
        CHECK(mapped->size_bytes() == size);
        CHECK(same(mapped->bytes(), bytes));
        CHECK(same(owned->bytes(), bytes));
        CHECK(mapped->file().is_open());
        CHECK(mapped->file().size_bytes() == size);
    }
}

TEST_CASE("an empty file has no bytes to give", "[mapped_file]") {
    const temp_file empty(cria::byte_view{});
    for (const auto how : {io::access::mapped, io::access::owned}) {
        const auto opened = io::mapped_file::open(empty.path(), {.how = how});
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == errc::empty_file);
        CHECK(opened.error().sentence() == "file is empty");
    }
}

TEST_CASE("a file above the caller's limit is refused, at the limit it is not", "[mapped_file]") {
    const temp_file on_disk(numbered_bytes(1000));
    for (const auto how : {io::access::mapped, io::access::owned}) {
        CHECK(io::mapped_file::open(on_disk.path(), {.how = how, .max_bytes = 1000}).has_value());
        const auto refused = io::mapped_file::open(on_disk.path(), {.how = how, .max_bytes = 999});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::too_large);
        CHECK(refused.error().expected.number() == 999);
        CHECK(refused.error().found.number() == 1000);
    }
}

TEST_CASE("moving keeps every view valid", "[mapped_file]") {
    const auto bytes = numbered_bytes(10000);
    const temp_file on_disk(bytes);
    for (const auto how : {io::access::mapped, io::access::owned}) {
        auto opened = io::mapped_file::open(on_disk.path(), {.how = how});
        REQUIRE(opened);
        const cria::byte_view view = opened->bytes();
        io::mapped_file moved = *std::move(opened);
        CHECK(moved.bytes().data() == view.data());
        CHECK(same(view, bytes));
        CHECK(moved.how() == how);
        io::mapped_file assigned;
        CHECK(assigned.bytes().empty());
        assigned = std::move(moved);
        CHECK(moved.bytes().empty());  // NOLINT(bugprone-use-after-move): that is what is promised
        CHECK(same(view, bytes));
        auto& self = assigned;
        assigned = std::move(self);
        CHECK(same(view, bytes));
        // Another file takes its place: the first one's bytes are given back, which the sanitizers watch.
        auto again = io::mapped_file::open(on_disk.path(), {.how = how == io::access::mapped ? io::access::owned : io::access::mapped});
        REQUIRE(again);
        assigned = *std::move(again);
        CHECK(assigned.how() != how);
        CHECK(same(assigned.bytes(), bytes));
    }
    static_assert(!std::is_copy_constructible_v<io::mapped_file> && std::is_nothrow_move_constructible_v<io::mapped_file>);
}

TEST_CASE("advice is taken for any range of the file, and refused beyond it", "[mapped_file]") {
    const auto bytes = numbered_bytes(20000);
    const temp_file on_disk(bytes);
    const auto opened = io::mapped_file::open(on_disk.path(), {.expect = io::advice::sequential});
    REQUIRE(opened);
    constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
    for (const auto advice : {io::advice::normal, io::advice::sequential, io::advice::random, io::advice::will_need, io::advice::dont_need}) {
        for (const auto& [offset, size] : {std::pair{0U, 20000U}, std::pair{1U, 1U}, std::pair{4095U, 2U}, std::pair{4097U, 10000U}, std::pair{19999U, 1U}, std::pair{20000U, 0U}, std::pair{0U, 0U}}) {
            CAPTURE(offset, size);
            const auto taken = opened->advise(offset, size, advice);
#if defined(_WIN32)
            CHECK((taken || taken.error().code == errc::unsupported_feature));
#else
            INFO((taken ? std::string() : taken.error().message()));
            CHECK(taken.has_value());
#endif
        }
        CHECK(opened->advise(20001, 0, advice).error().code == errc::out_of_range);
        CHECK(opened->advise(0, 20001, advice).error().code == errc::out_of_range);
        CHECK(opened->advise(19999, 2, advice).error().code == errc::out_of_range);
        CHECK(opened->advise(largest, 1, advice).error().code == errc::out_of_range);
        CHECK(opened->advise(1, largest, advice).error().code == errc::out_of_range);
    }
    CHECK(same(opened->bytes(), bytes));  // whatever was advised

    const auto owned = io::mapped_file::open(on_disk.path(), {.how = io::access::owned, .expect = io::advice::random});
    REQUIRE(owned);
    CHECK(owned->advise(0, 100, io::advice::will_need).error().code == errc::unsupported_feature);
    CHECK(owned->advise(0, 20001, io::advice::will_need).error().code == errc::out_of_range);
}

TEST_CASE("a window is its bytes of the file, wherever it starts and ends", "[mapped_file]") {
    const auto bytes = numbered_bytes(200000);
    const temp_file on_disk(bytes);
    // Around pages, and around the 64 KiB that Windows maps in.
    for (const std::uint64_t offset : {0U, 1U, 4095U, 4096U, 4097U, 65535U, 65536U, 65537U, 131071U, 199999U}) {
        for (const std::uint64_t size : {1U, 2U, 4096U, 70000U, 200000U}) {
            if (offset + size > bytes.size()) continue;
            for (const auto how : {io::access::mapped, io::access::owned}) {
                CAPTURE(offset, size, how == io::access::owned);
                auto file = io::native_file::open(on_disk.path());
                REQUIRE(file);
                auto window = io::mapped_file::open_window(*std::move(file), offset, size, {.how = how, .expect = io::advice::will_need, .max_bytes = size});
                REQUIRE(window);
                CHECK_FALSE(file->is_open());
                CHECK(window->how() == how);
                CHECK(window->size_bytes() == size);
                CHECK(window->offset_bytes() == offset);
                CHECK(window->file().size_bytes() == bytes.size());
                const auto expected = cria::byte_view(bytes).subspan(offset, size);
                CHECK(same(window->bytes(), expected));
                const cria::byte_view view = window->bytes();
                io::mapped_file moved = *std::move(window);
                io::mapped_file assigned;
                assigned = std::move(moved);
                CHECK(assigned.offset_bytes() == offset);
                CHECK(same(view, expected));
            }
        }
    }
}

TEST_CASE("a window's mapping is given back whole, a thousand times over", "[mapped_file]") {
    const temp_file on_disk(numbered_bytes(200000));
    const auto mappings = [] {
        std::size_t lines = 0;
        if (std::FILE* const maps = std::fopen("/proc/self/maps", "r")) {
            for (int c = 0; (c = std::fgetc(maps)) != EOF;) lines += c == '\n';
            std::fclose(maps);
        }
        return lines;
    };
    const std::size_t before = mappings();
    for (int i = 0; i < 1000; ++i) {
        auto file = io::native_file::open(on_disk.path());
        REQUIRE(file);
        REQUIRE(io::mapped_file::open_window(*std::move(file), 70001, 70000));
    }
    CHECK(mappings() < before + 50);  // 0 where there is no such file to ask
}

TEST_CASE("a window past the end of the file, or of no bytes, is refused", "[mapped_file]") {
    const temp_file on_disk(numbered_bytes(10000));
    constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
    const auto refused = [&](std::uint64_t offset, std::uint64_t size, io::open_options options = {}) {
        auto file = io::native_file::open(on_disk.path());
        const auto window = io::mapped_file::open_window(*std::move(file), offset, size, options);
        return window ? cria::error{} : window.error();
    };
    for (const auto how : {io::access::mapped, io::access::owned}) {
        for (const auto& [offset, size] : {std::pair{std::uint64_t{0}, std::uint64_t{10001}}, {9999U, 2U}, {10000U, 1U}, {10001U, 0U}, {largest, 1U}, {1U, largest}, {largest, largest}}) {
            CAPTURE(offset, size);
            const auto why = refused(offset, size, {.how = how});
            CHECK(why.code == errc::out_of_range);
            CHECK(why.offset == offset);
            CHECK(why.found.number() == 10000);
        }
        CHECK(refused(0, 0, {.how = how}).code == errc::empty_file);
        CHECK(refused(5000, 0, {.how = how}).sentence() == "window is empty");
        CHECK(refused(10000, 0, {.how = how}).code == errc::empty_file);
        CHECK(refused(10, 101, {.how = how, .max_bytes = 100}).code == errc::too_large);  // the window counts, not the file
    }
}

TEST_CASE("advice about a window counts from its start", "[mapped_file]") {
    const auto bytes = numbered_bytes(200000);
    const temp_file on_disk(bytes);
    auto file = io::native_file::open(on_disk.path());
    REQUIRE(file);
    const auto window = io::mapped_file::open_window(*std::move(file), 70001, 50000);
    REQUIRE(window);
    for (const auto advice : {io::advice::normal, io::advice::sequential, io::advice::random, io::advice::will_need, io::advice::dont_need}) {
        for (const auto& [offset, size] : {std::pair{0U, 50000U}, std::pair{0U, 1U}, std::pair{1U, 4096U}, std::pair{49999U, 1U}, std::pair{50000U, 0U}}) {
            CAPTURE(offset, size);
            const auto taken = window->advise(offset, size, advice);
            CHECK((taken || taken.error().code == errc::unsupported_feature));
        }
        CHECK(window->advise(0, 50001, advice).error().code == errc::out_of_range);
        CHECK(window->advise(70001, 1, advice).error().code == errc::out_of_range);
    }
    CHECK(same(window->bytes(), cria::byte_view(bytes).subspan(70001, 50000)));
}

#if !defined(_WIN32)

TEST_CASE("a window far inside a file is read alone", "[mapped_file]") {
    const temp_folder folder;
    const auto path = folder.write("sparse", "first");
    constexpr std::uint64_t size = std::uint64_t{8} << 30U;
    if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) return cria_test::skip("this file system has no room for a sparse file");
    for (const auto how : {io::access::mapped, io::access::owned}) {
        auto file = io::native_file::open(path);
        REQUIRE(file);
        const auto window = io::mapped_file::open_window(*std::move(file), size - 100001, 100001, {.how = how, .max_bytes = 100001});
        REQUIRE(window);
        CHECK(window->bytes().back() == std::byte{0});
    }
}

TEST_CASE("a file that shrinks before its window is read is file_changed", "[mapped_file]") {
    const temp_file on_disk(numbered_bytes(100000));
    auto file = io::native_file::open(on_disk.path());
    REQUIRE(file);
    REQUIRE(::truncate(on_disk.path().c_str(), 60000) == 0);
    const auto window = io::mapped_file::open_window(*std::move(file), 50001, 20000, {.how = io::access::owned});
    REQUIRE_FALSE(window);
    CHECK(window.error().code == errc::file_changed);
    CHECK(window.error().offset == 60000);
}

TEST_CASE("a mapped window: pages that are gone raise SIGBUS, the page with the end reads as zeros behind it", "[mapped_file]") {
    const auto bytes = numbered_bytes(1000000);
    const temp_file on_disk(bytes);
    auto file = io::native_file::open(on_disk.path());
    REQUIRE(file);
    const auto window = io::mapped_file::open_window(*std::move(file), 5001, 900000);
    REQUIRE(window);
    const auto dies_of = [&](std::size_t at) {
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGBUS, SIG_DFL);
            const rlimit no_core{0, 0};
            ::setrlimit(RLIMIT_CORE, &no_core);
            const volatile std::byte* const touched = window->bytes().data() + at;
            ::_exit(*touched == std::byte{0} ? 0 : 1);
        }
        int status = 0;
        if (child < 0 || ::waitpid(child, &status, 0) != child) return -1;
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    };
    // To behind the window's end: it has lost nothing.
    REQUIRE(::truncate(on_disk.path().c_str(), 905001) == 0);
    CHECK(same(window->bytes(), cria::byte_view(bytes).subspan(5001, 900000)));
    REQUIRE(::truncate(on_disk.path().c_str(), 8193) == 0);
    CHECK(window->bytes()[0] == bytes[5001]);
    CHECK(window->bytes()[8192 - 5001] == bytes[8192]);
    CHECK(window->bytes()[8193 - 5001] == std::byte{0});
    CHECK(dies_of(500000) == SIGBUS);
    CHECK(dies_of(0) == 0);
}

TEST_CASE("a sparse file of 8 GiB maps at once and without memory", "[mapped_file]") {
    const temp_folder folder;
    const auto path = folder.write("sparse", "first");
    constexpr std::uint64_t size = std::uint64_t{8} << 30U;
    if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) return cria_test::skip("this file system has no room for a sparse file");
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    const auto mapped = io::mapped_file::open(path);
    REQUIRE(mapped);
    REQUIRE(mapped->size_bytes() == size);
    CHECK(cria::detail::as_text(mapped->bytes().first(5)) == "first");
    CHECK(mapped->bytes()[size - 1] == std::byte{0});
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    CHECK(after.ru_maxrss - before.ru_maxrss < 64 * 1024);  // KiB; two pages were touched
    const auto refused = io::mapped_file::open(path, {.how = io::access::owned, .max_bytes = std::uint64_t{1} << 30U});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::too_large);
}

TEST_CASE("a file that cannot fit memory is out of memory, not a crash", "[mapped_file]") {
    if (sanitized) return cria_test::skip("a sanitizer's runtime does not survive a limit on the address space");
    const temp_folder folder;
    const auto path = folder.write("huge", "x");
    if (::truncate(path.c_str(), off_t{1} << 40U) != 0) return cria_test::skip("this file system has no room for a sparse file");
    // A child process whose address space ends soon behind what it has; it reports by its exit status.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit little{std::uint64_t{1} << 32U, std::uint64_t{1} << 32U};
        if (::setrlimit(RLIMIT_AS, &little) != 0) ::_exit(9);
        const auto mapped = io::mapped_file::open(path);
        if (mapped || mapped.error().code != errc::out_of_memory) ::_exit(1);
        const auto owned = io::mapped_file::open(path, {.how = io::access::owned});
        if (owned || owned.error().code != errc::out_of_memory) ::_exit(2);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("owned bytes stay when the file shrinks", "[mapped_file]") {
    const auto bytes = numbered_bytes(100000);
    const temp_file on_disk(bytes);
    const auto owned = io::mapped_file::open(on_disk.path(), {.how = io::access::owned});
    REQUIRE(owned);
    REQUIRE(::truncate(on_disk.path().c_str(), 0) == 0);
    CHECK(same(owned->bytes(), bytes));
}

TEST_CASE("touching a mapped page that is gone raises SIGBUS, as documented", "[mapped_file]") {
    const temp_file on_disk(numbered_bytes(100000));
    const auto mapped = io::mapped_file::open(on_disk.path());
    REQUIRE(mapped);
    REQUIRE(::truncate(on_disk.path().c_str(), 4096) == 0);
    CHECK(mapped->bytes()[4095] == numbered_bytes(4096)[4095]);  // what is left can be read
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        // No handlers of a test framework or sanitizer: the signal itself is what is looked for.
        std::signal(SIGBUS, SIG_DFL);
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        const volatile std::byte* const gone = mapped->bytes().data() + 50000;
        const std::byte touched = *gone;
        ::_exit(touched == std::byte{0} ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    if (WIFSIGNALED(status)) CHECK(WTERMSIG(status) == SIGBUS);
    // The open file can be asked without that danger.
    std::byte out[10];
    CHECK(mapped->file().read(50000, out).error().code == errc::file_changed);
}

TEST_CASE("a mapped file outlives its name", "[mapped_file]") {
    const auto bytes = numbered_bytes(10000);
    const temp_file on_disk(bytes);
    const auto mapped = io::mapped_file::open(on_disk.path());
    REQUIRE(mapped);
    REQUIRE(::unlink(on_disk.path().c_str()) == 0);
    CHECK(same(mapped->bytes(), bytes));
}

#else

TEST_CASE("a mapped file under POSIX: sparse, too big, shortened, unlinked", "[mapped_file]") { cria_test::skip("this system is not POSIX"); }

#endif
