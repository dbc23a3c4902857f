// SPDX-License-Identifier: MIT
#include "cria/io/page_cache.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if defined(__linux__)
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_folder;

auto code_of(const cria::result<io::cache_state>& answer) -> std::string { return answer ? "told" : cria::name_of(answer.error().code); }

}  // namespace

TEST_CASE("a window past the end of the file is out_of_range, whatever its sum comes to", "[page_cache]") {
    const temp_folder folder;
    const auto file = io::native_file::open(folder.write("f", std::string(10, 'x')));
    REQUIRE(file);
    constexpr auto most = (std::numeric_limits<std::uint64_t>::max)();
    for (const auto& [offset, size] : {std::pair<std::uint64_t, std::uint64_t>{0, 11}, {10, 1}, {11, 0}, {5, most}, {most, 1}, {most, 5}}) {
        CAPTURE(offset, size);
        CHECK(code_of(io::cache_state_of(*file, offset, size)) == "out_of_range");
        CHECK(io::drop_cache(*file, offset, size).error().code == errc::out_of_range);
    }
}

TEST_CASE("a file that is not open has no cache to ask about", "[page_cache]") {
    const io::native_file none;
    CHECK(code_of(io::cache_state_of(none, 0, 0)) == "invalid_argument");
    CHECK(io::drop_cache(none, 0, 0).error().code == errc::invalid_argument);
}

#if defined(__linux__)

namespace {

constexpr std::size_t mib = std::size_t{1} << 20U;

/// A file whose bytes are on the device, so that its pages can be dropped.
auto written(const temp_folder& folder, std::size_t size_bytes) -> io::native_file {
    const auto path = folder.write("f", std::string(size_bytes, 'x'));
    const int handle = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(handle >= 0);
    REQUIRE(::fsync(handle) == 0);
    REQUIRE(::close(handle) == 0);
    auto file = io::native_file::open(path);
    REQUIRE(file);
    return *std::move(file);
}

auto resident(const io::native_file& file, std::uint64_t offset, std::uint64_t size) -> std::uint64_t {
    const auto state = io::cache_state_of(file, offset, size);
    REQUIRE(state);
    CHECK(state->size_bytes == size);
    CHECK(state->resident_bytes <= size);
    return state->resident_bytes;
}

void read_all(const io::native_file& file, std::uint64_t offset, std::size_t size) {
    std::vector<std::byte> out(size);
    REQUIRE(file.read(offset, out));
}

}  // namespace

TEST_CASE("what was read is held, what was dropped is not", "[page_cache]") {
    const temp_folder folder;
    const io::native_file file = written(folder, 8 * mib + 100);
    const auto size = file.size_bytes();
    read_all(file, 0, static_cast<std::size_t>(size));
    CHECK(resident(file, 0, size) == size);
    CHECK(resident(file, 5, 1) == 1);
    CHECK(resident(file, size - 1, 1) == 1);
    CHECK(resident(file, 0, 0) == 0);

    REQUIRE(io::drop_cache(file, 0, 0));
    CHECK(resident(file, 0, size) == size);  // nothing was asked to go, least of all everything

    REQUIRE(io::drop_cache(file, 0, size));
    if (resident(file, 0, size) > size / 2) return cria_test::skip("this file system keeps what it was told to drop");
    CHECK(resident(file, 0, size) == 0);
    CHECK(resident(file, size - 1, 1) == 0);

    read_all(file, 4 * mib, 4096);
    CHECK(resident(file, 4 * mib, 4096) == 4096);
    CHECK(resident(file, 0, size) < size);  // read ahead or not, not all of it
    CHECK(resident(file, 0, mib) == 0);
}

TEST_CASE("a part of a file is dropped alone", "[page_cache]") {
    const temp_folder folder;
    const io::native_file file = written(folder, 16 * mib);
    read_all(file, 0, 16 * mib);
    REQUIRE(io::drop_cache(file, 8 * mib, 8 * mib));
    if (resident(file, 8 * mib, 8 * mib) != 0) return cria_test::skip("this file system keeps what it was told to drop");
    CHECK(resident(file, 0, 8 * mib) == 8 * mib);
    CHECK(resident(file, 4 * mib, 8 * mib) == 4 * mib);
}

TEST_CASE("both ways of asking agree, and the older one over more than one of its windows", "[page_cache]") {
    const temp_folder folder;
    const io::native_file file = written(folder, 40 * mib + 1);
    const auto size = file.size_bytes();
    read_all(file, 0, static_cast<std::size_t>(size));
    REQUIRE(io::drop_cache(file, 4 * mib, 20 * mib));
    struct window {
        std::uint64_t offset, size;
    };
    for (const auto& [offset, wanted] : {window{0, size}, {1, size - 1}, {5 * mib, 30 * mib}, {30 * mib, 4097}, {size - 1, 1}, {0, 0}}) {
        CAPTURE(offset, wanted);
        const auto by_mincore = io::detail::resident_by_mincore(file, offset, wanted);
        REQUIRE(by_mincore);
        const auto by_cachestat = io::detail::resident_by_cachestat(file, offset, wanted);
        if (!by_cachestat && by_cachestat.error().code == errc::unsupported_feature) return cria_test::skip("this kernel has no cachestat(2)");
        REQUIRE(by_cachestat);
        CHECK(*by_mincore == *by_cachestat);
    }
}

TEST_CASE("samples of a file tell the share of it that is held", "[page_cache]") {
    const temp_folder folder;
    constexpr std::size_t size = 200 * mib + 12'345;
    const auto file = written(folder, size);
    std::vector<std::byte> all(size);
    REQUIRE(file.read(0, all));
    const auto whole = io::sample_cache_state(file, 0, size);
    if (!whole || whole->resident_bytes < whole->size_bytes) return cria_test::skip("the system keeps nothing of the file, or does not tell");
    CHECK(whole->size_bytes == 64 * mib);
    REQUIRE(io::drop_cache(file, 100 * mib, size - 100 * mib));
    const auto half = io::sample_cache_state(file, 0, size);
    const auto exact = io::cache_state_of(file, 0, size);
    REQUIRE((half && exact));
    CHECK(half->size_bytes == 64 * mib);
    const double share = static_cast<double>(half->resident_bytes) / static_cast<double>(half->size_bytes);
    const double expected = static_cast<double>(exact->resident_bytes) / static_cast<double>(exact->size_bytes);
    CHECK(share > expected - 0.02);
    CHECK(share < expected + 0.02);

    const auto few = io::sample_cache_state(file, 5, 10 * mib);  // all of it
    REQUIRE(few);
    CHECK(few->size_bytes == 10 * mib);
    CHECK(code_of(io::sample_cache_state(file, 1, size)) == "out_of_range");
    CHECK(code_of(io::sample_cache_state(file, size, ~std::uint64_t{0})) == "out_of_range");
}

TEST_CASE("a file that became shorter still has an answer", "[page_cache]") {
    const temp_folder folder;
    const io::native_file file = written(folder, 2 * mib);
    REQUIRE(::truncate(folder.path("f").c_str(), 4096) == 0);
    CHECK(resident(file, 0, 2 * mib) <= 4096);
    CHECK(resident(file, mib, mib) == 0);
    CHECK(*io::detail::resident_by_mincore(file, 0, 2 * mib) <= 4096);
}

TEST_CASE("of another user's file, the answer is the truth or permission_denied", "[page_cache]") {
    if (::geteuid() != 0) return cria_test::skip("only root can become another user");
    const temp_folder folder;
    const io::native_file file = written(folder, 4 * mib);
    REQUIRE(::chmod(folder.path("f").c_str(), 0444) == 0);
    REQUIRE(io::drop_cache(file, 0, 4 * mib));
    if (resident(file, 0, 4 * mib) != 0) return cria_test::skip("this file system keeps what it was told to drop");
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(2);
        const auto honest = [](const auto& answer, std::uint64_t told) { return answer ? told == 0 : answer.error().code == errc::permission_denied; };
        const auto state = io::cache_state_of(file, 0, 4 * mib);
        const auto older = io::detail::resident_by_mincore(file, 0, 4 * mib);
        ::_exit(honest(state, state ? state->resident_bytes : 0) && honest(older, older ? *older : 0) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 2) return cria_test::skip("this user cannot become another");
    CHECK(WEXITSTATUS(status) == 0);
}

#endif
