// SPDX-License-Identifier: MIT
#include "cria/io/native_file.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if !defined(_WIN32)
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_file;
using cria_test::temp_folder;

auto code_of(const std::string& path) -> std::string {
    const auto opened = io::native_file::open(path);
    return opened ? "opened" : cria::name_of(opened.error().code);
}

auto text_at(const io::native_file& file, std::uint64_t offset, std::size_t size) -> std::string {
    std::vector<std::byte> out(size);
    const auto read = file.read(offset, out);
    if (!read) return cria::name_of(read.error().code);
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

}  // namespace

TEST_CASE("a file is read at any place, all or nothing", "[native_file]") {
    const temp_folder folder;
    const auto opened = io::native_file::open(folder.write("f", "0123456789"));
    REQUIRE(opened);
    CHECK(opened->is_open());
    CHECK(opened->size_bytes() == 10);
    CHECK(text_at(*opened, 0, 10) == "0123456789");
    CHECK(text_at(*opened, 3, 4) == "3456");
    CHECK(text_at(*opened, 9, 1) == "9");
    CHECK(text_at(*opened, 0, 2) == "01");  // the order of reads does not matter
    CHECK(text_at(*opened, 10, 0).empty());
    CHECK(text_at(*opened, 10, 1) == "file_changed");
    CHECK(text_at(*opened, 9, 2) == "file_changed");
    CHECK(text_at(*opened, 1000, 1) == "file_changed");
    CHECK(text_at(*opened, (std::numeric_limits<std::uint64_t>::max)(), 1) == "out_of_range");
    const std::string at_the_last_offset = text_at(*opened, (std::numeric_limits<std::int64_t>::max)(), 1);
    CHECK((at_the_last_offset == "file_changed" || at_the_last_offset == "io_error"));
    std::byte out[1];
    CHECK(opened->read(10, out).error().offset == 10);
}

TEST_CASE("an empty file opens: it has a size, which is 0", "[native_file]") {
    const temp_file empty(std::span<const std::byte>{});
    const auto opened = io::native_file::open(empty.path());
    REQUIRE(opened);
    CHECK(opened->size_bytes() == 0);
}

TEST_CASE("what is wrong with a path is told apart", "[native_file]") {
    const temp_folder folder;
    const auto file = folder.write("file", "x");
    CHECK(code_of(file) == "opened");
    CHECK(code_of(folder.path("missing")) == "file_not_found");
    CHECK(code_of(folder.path("missing/file")) == "file_not_found");
    CHECK(code_of(file + "/below a file") == "file_not_found");
    CHECK(code_of(folder.path()) == "is_directory");
    CHECK(code_of("") == "file_not_found");
    CHECK(io::native_file::open("").error().message() == "path: is empty");
    const std::string with_zero = file + std::string("\0.gguf", 6);
    CHECK(code_of(with_zero) == "invalid_argument");  // not: the file before the zero
    CHECK(io::native_file::open(with_zero).error().sentence() == "holds a zero byte");
}

TEST_CASE("a path of any length is an error or a file, never a cut one", "[native_file]") {
    const temp_folder folder;
    const std::string name(200, 'n');
    CHECK(code_of(folder.write(name, "x")) == "opened");
    CHECK(code_of(folder.path(name.substr(1))) == "file_not_found");
    for (const std::size_t length : {std::size_t{300}, std::size_t{5000}, std::size_t{1000000}}) {
        const auto refused = io::native_file::open(folder.path(std::string(length, 'n')));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::file_not_found);
        CHECK(refused.error().subject.view().size() <= 111);
        CHECK(refused.error().message().size() < 300);
#if !defined(_WIN32)
        CHECK(refused.error().sentence() == "no file can have a path this long");
#endif
    }
}

TEST_CASE("paths are UTF-8", "[native_file]") {
    const temp_folder folder;
#if defined(_WIN32)
    CHECK(code_of("\xFF") == "invalid_argument");
#else
    const std::string name = "schl\xC3\xBCssel \xE2\x82\xAC.gguf";
    CHECK(code_of(folder.write(name, "x")) == "opened");
    CHECK(io::native_file::open(folder.path("\x1B[31m")).error().message().find('\x1B') == std::string::npos);
#endif
}

TEST_CASE("moving passes the open file on, and closes what was there", "[native_file]") {
    const temp_folder folder;
    auto first = io::native_file::open(folder.write("first", "1"));
    auto second = io::native_file::open(folder.write("second", "22"));
    REQUIRE(first);
    REQUIRE(second);
    const auto handle = second->native_handle();
    const auto replaced = first->native_handle();
    *first = *std::move(second);
    CHECK(first->native_handle() == handle);
    CHECK_FALSE(second->is_open());
    CHECK(second->size_bytes() == 0);
    CHECK(first->size_bytes() == 2);
    CHECK(first->path().size() == folder.path("second").size());
    CHECK(text_at(*first, 0, 2) == "22");
#if !defined(_WIN32)
    CHECK(::fcntl(replaced, F_GETFD) == -1);
    CHECK((::fcntl(handle, F_GETFD) & FD_CLOEXEC) != 0);
#else
    static_cast<void>(replaced);
#endif
    {
        const io::native_file moved = *std::move(first);
        CHECK(moved.is_open());
        CHECK_FALSE(first->is_open());
    }
#if !defined(_WIN32)
    CHECK(::fcntl(handle, F_GETFD) == -1);
#endif
    CHECK_FALSE(io::native_file().is_open());
    static_assert(!std::is_copy_constructible_v<io::native_file> && std::is_nothrow_move_assignable_v<io::native_file>);
}

#if defined(_WIN32)

TEST_CASE("a HANDLE is taken over or duplicated; what is no file is refused", "[native_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    auto opened = io::native_file::open(path);
    REQUIRE(opened);
    const auto twin = io::native_file::duplicate(opened->native_handle(), "twin");
    REQUIRE(twin);
    CHECK(twin->native_handle() != opened->native_handle());
    *opened = io::native_file();
    CHECK(text_at(*twin, 3, 4) == "3456");
    CHECK(twin->name() == "twin");

    const HANDLE overlapped = CreateFileA(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr);
    const auto adopted = io::native_file::adopt(overlapped, "overlapped");
    REQUIRE(adopted);
    CHECK(text_at(*adopted, 3, 4) == "3456");
    CHECK(text_at(*adopted, 9, 2) == "file_changed");

    const HANDLE directory = CreateFileA(folder.path().c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    CHECK(io::native_file::adopt(directory, "directory").error().code == errc::is_directory);
    for (const HANDLE none : {INVALID_HANDLE_VALUE, HANDLE{nullptr}}) {
        CHECK(io::native_file::adopt(none, "none").error().code == errc::invalid_argument);
        CHECK(io::native_file::duplicate(none, "none").error().code == errc::invalid_argument);
    }
}

#else

TEST_CASE("a file that is open already is taken over, wherever its position stands", "[native_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(handle >= 0);
    REQUIRE(::lseek(handle, 7, SEEK_SET) == 7);
    {
        const auto file = io::native_file::adopt(handle, "from outside");
        REQUIRE(file);
        CHECK(file->native_handle() == handle);
        CHECK(file->size_bytes() == 10);
        CHECK(file->name() == "from outside");
        CHECK(file->path() == "from outside");
        CHECK(text_at(*file, 0, 10) == "0123456789");
        CHECK(::lseek(handle, 0, SEEK_CUR) == 7);
        std::byte out[1];
        CHECK(file->read(10, out).error().subject.view() == "from outside");
    }
    CHECK(::fcntl(handle, F_GETFD) == -1);  // closed with its owner
}

TEST_CASE("a duplicate leaves the caller his handle, and children none", "[native_file]") {
    const temp_folder folder;
    const int handle = ::open(folder.write("f", "0123456789").c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(handle >= 0);
    {
        const auto file = io::native_file::duplicate(handle, "twin");
        REQUIRE(file);
        CHECK(file->native_handle() != handle);
        CHECK((::fcntl(file->native_handle(), F_GETFD) & FD_CLOEXEC) != 0);
        CHECK(text_at(*file, 3, 4) == "3456");
    }
    CHECK(::fcntl(handle, F_GETFD) != -1);
    auto outlives = io::native_file::duplicate(handle, "twin");
    REQUIRE(outlives);
    REQUIRE(::close(handle) == 0);
    CHECK(text_at(*outlives, 3, 4) == "3456");
}

TEST_CASE("what is no readable regular file is refused as a handle, and closed where it was handed over", "[native_file]") {
    const temp_folder folder;
    const auto file = folder.write("f", "x");
    struct wrong {
        const char* what;
        int handle;
        errc code;
    };
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const wrong all[] = {
        {"a directory", ::open(folder.path().c_str(), O_RDONLY), errc::is_directory},
        {"a pipe", pipe[0], errc::not_a_file},
        {"a device", ::open("/dev/null", O_RDONLY), errc::not_a_file},
        {"for writing alone", ::open(file.c_str(), O_WRONLY), errc::permission_denied},
#if defined(O_PATH)
        {"a place in the tree", ::open(file.c_str(), O_PATH), errc::permission_denied},
#endif
    };
    for (const auto& [what, handle, code] : all) {
        CAPTURE(what);
        REQUIRE(handle >= 0);
        const auto copied = io::native_file::duplicate(handle, "handle");
        REQUIRE_FALSE(copied);
        CHECK(copied.error().code == code);
        CHECK(copied.error().subject.view() == "handle");
        CHECK(::fcntl(handle, F_GETFD) != -1);
        const auto adopted = io::native_file::adopt(handle, "handle");
        REQUIRE_FALSE(adopted);
        CHECK(adopted.error().code == code);
        CHECK(::fcntl(handle, F_GETFD) == -1);
    }
    ::close(pipe[1]);
    for (const int closed : {-1, pipe[1]}) {
        CHECK(io::native_file::adopt(closed, "handle").error().code == errc::invalid_argument);
        CHECK(io::native_file::duplicate(closed, "handle").error().code == errc::invalid_argument);
    }
}

TEST_CASE("pipes, sockets and devices are no files, and opening them does not wait", "[native_file]") {
    const temp_folder folder;
    const auto pipe = folder.path("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(code_of(pipe) == "not_a_file");  // nobody writes to it
    CHECK(code_of("/dev/null") == "not_a_file");
    CHECK(code_of("/dev/zero") == "not_a_file");
    const auto link = folder.path("link");
    REQUIRE(::symlink("/dev/null", link.c_str()) == 0);
    CHECK(code_of(link) == "not_a_file");

    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = folder.path("socket");
    if (name.size() < sizeof address.sun_path) {
        name.copy(address.sun_path, name.size());
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        REQUIRE(socket >= 0);
        REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        CHECK(code_of(name) == "not_a_file");
        ::close(socket);
    }
}

TEST_CASE("a link to a file is that file; a link to itself or to nothing is none", "[native_file]") {
    const temp_folder folder;
    const auto file = folder.write("file", "text");
    const auto link = folder.path("link");
    REQUIRE(::symlink(file.c_str(), link.c_str()) == 0);
    CHECK(io::native_file::open(link)->size_bytes() == 4);
    REQUIRE(::symlink("nothing", folder.path("broken").c_str()) == 0);
    CHECK(code_of(folder.path("broken")) == "file_not_found");
    REQUIRE(::symlink("loop", folder.path("loop").c_str()) == 0);
    const auto loop = io::native_file::open(folder.path("loop"));
    REQUIRE_FALSE(loop);
    CHECK(loop.error().code == errc::io_error);
    CHECK(loop.error().native == ELOOP);
}

TEST_CASE("a file that may not be read is permission_denied", "[native_file]") {
    const temp_folder folder;
    const auto secret = folder.write("secret", "x");
    const auto closed = folder.path("closed");
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(::chmod(secret.c_str(), 0) == 0);
    REQUIRE(::mkdir(closed.c_str(), 0) == 0);
    // root may read everything, so a child process becomes somebody else and reports by its exit status.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(2);
        if (::access(folder.path().c_str(), X_OK) != 0) ::_exit(2);
        ::_exit(code_of(secret) == "permission_denied" && code_of(closed + "/file") == "permission_denied" ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(::chmod(closed.c_str(), 0700) == 0);  // or it could not be removed
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 2) return cria_test::skip("this user may read every file and cannot become another");
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a file that shrinks is file_changed, one that grows keeps the size it was opened with", "[native_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    const auto opened = io::native_file::open(path);
    REQUIRE(opened);
    REQUIRE(::truncate(path.c_str(), 4) == 0);
    CHECK(text_at(*opened, 0, 4) == "0123");
    std::byte out[5];
    const auto read = opened->read(0, out);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::file_changed);
    CHECK(read.error().offset == 4);
    CHECK(read.error().sentence() == "file ends before the bytes it had when it was opened at byte 4");
    REQUIRE(::truncate(path.c_str(), 20) == 0);
    CHECK(opened->size_bytes() == 10);
    CHECK(text_at(*opened, 0, 4) == "0123");
}

#endif
