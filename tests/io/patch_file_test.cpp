// SPDX-License-Identifier: MIT
#include "cria/io/patch_file.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "cria/io/mapped_file.hpp"
#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if !defined(_WIN32)
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria::detail::as_bytes;
using cria_test::temp_folder;

auto contents(const std::string& path) -> std::string {
    const auto file = io::native_file::open(path);
    if (!file) return cria::name_of(file.error().code);
    std::vector<std::byte> out(static_cast<std::size_t>(file->size_bytes()));
    if (!file->read(0, out)) return "unreadable";
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

}  // namespace

TEST_CASE("bytes are overwritten in place, and nothing around them", "[patch_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    auto patch = io::patch_file::open_for_update(path);
    REQUIRE(patch);
    CHECK(patch->size_bytes() == 10);
    CHECK(patch->write(3, as_bytes("abc")));
    CHECK(contents(path) == "012abc6789");
    CHECK(patch->write(9, as_bytes("Z")));
    CHECK(patch->write(0, as_bytes("A")));
    CHECK(patch->write(10, {}));
    CHECK(patch->sync());
    CHECK(contents(path) == "A12abc678Z");
    std::byte out[3];
    CHECK(patch->file().read(3, out));
    CHECK(cria::detail::as_text(out) == "abc");
    io::patch_file moved = *std::move(patch);
    CHECK(moved.write(1, as_bytes("B")));
    CHECK(contents(path) == "AB2abc678Z");
}

TEST_CASE("a patch that would make the file longer is refused whole", "[patch_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    auto patch = io::patch_file::open_for_update(path);
    REQUIRE(patch);
    constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
    for (const std::uint64_t offset : {std::uint64_t{9}, std::uint64_t{10}, std::uint64_t{11}, largest}) {
        const auto refused = patch->write(offset, as_bytes("xy"));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::out_of_range);
        CHECK(refused.error().offset == offset);
    }
    CHECK(contents(path) == "0123456789");
}

TEST_CASE("only an existing regular file is opened for update", "[patch_file]") {
    const temp_folder folder;
    CHECK(io::patch_file::open_for_update(folder.path("missing")).error().code == errc::file_not_found);
    CHECK(contents(folder.path("missing")) == "file_not_found");  // and not made
    CHECK(io::patch_file::open_for_update(folder.path()).error().code == errc::is_directory);
#if !defined(_WIN32)
    CHECK(io::patch_file::open_for_update("/dev/null").error().code == errc::not_a_file);
    const auto pipe = folder.path("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(io::patch_file::open_for_update(pipe).error().code == errc::not_a_file);
#endif
}

#if !defined(_WIN32)

TEST_CASE("a mapping of the file sees the patch", "[patch_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    const auto mapped = io::mapped_file::open(path);
    REQUIRE(mapped);
    auto patch = io::patch_file::open_for_update(path);
    REQUIRE(patch);
    REQUIRE(patch->write(3, as_bytes("abc")));
    CHECK(cria::detail::as_text(mapped->bytes()) == "012abc6789");
}

TEST_CASE("a file that may not be written is permission_denied", "[patch_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(::chmod(path.c_str(), 0444) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(2);
        if (contents(path) != "0123456789") ::_exit(2);
        const auto refused = io::patch_file::open_for_update(path);
        ::_exit(!refused && refused.error().code == errc::permission_denied ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 2) return cria_test::skip("this user may write every file and cannot become another");
    CHECK(WEXITSTATUS(status) == 0);
}

#else

TEST_CASE("a patched file under POSIX: mappings and permissions", "[patch_file]") { cria_test::skip("this system is not POSIX"); }

#endif
