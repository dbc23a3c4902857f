// SPDX-License-Identifier: MIT
#include "cria/io/output_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
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
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#endif
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria::result;
using cria::detail::as_bytes;
using cria_test::temp_folder;

constexpr io::output_options scratch{.sync = false};
constexpr io::output_options scratch_new{.replace = false, .sync = false};

auto contents(const std::string& path) -> std::string {
    const auto file = io::native_file::open(path);
    if (!file) return cria::name_of(file.error().code);
    std::vector<std::byte> out(static_cast<std::size_t>(file->size_bytes()));
    if (!file->read(0, out)) return "unreadable";
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

/// The names in a folder, sorted, with a blank between.
auto names_in(const std::string& folder) -> std::string {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : " ") + name;
    return all;
}

auto numbered(std::size_t count) -> std::string {
    std::string text(count, '\0');
    for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>(i * 31 + (i >> 8U) + (i >> 16U));
    return text;
}

auto code_of(const result<void>& done) -> std::string { return done ? "done" : cria::name_of(done.error().code); }
auto create_code(const std::string& path, const io::output_options& options = scratch) -> std::string {
    const auto made = io::output_file::create(path, options);
    return made ? "created" : cria::name_of(made.error().code);
}

#if !defined(_WIN32)
/// Runs `body` in a child process and gives its exit status; -1 where a signal ended it.
template <class F>
auto exit_of_child(F&& body) -> int {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(body());
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

auto mode_of(const std::string& path) -> unsigned {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? static_cast<unsigned>(status.st_mode & 07777U) : 0xFFFFU;
}

/// The one temporary file in a folder.
auto temporary_in(const std::string& folder) -> std::string {
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".tmp") return entry.path().string();
    return {};
}
#endif

}  // namespace

TEST_CASE("a file appears when it is committed, whole, and nothing else stays", "[output_file]") {
    for (const bool sync : {true, false}) {
        const temp_folder folder;
        const auto path = folder.path("model.gguf");
        auto file = io::output_file::create(path, {.sync = sync});
        REQUIRE(file);
        CHECK(file->is_open());
        CHECK(file->name().ends_with("model.gguf"));
        CHECK(file->append(as_bytes("0123")));
        CHECK(file->append({}));
        CHECK(file->append_zeros(3));
        CHECK(file->append_zeros(0));
        CHECK(file->append(as_bytes("456789")));
        CHECK(file->size_bytes() == 13);
        CHECK(contents(path) == "file_not_found");
        CHECK(names_in(folder.path()).starts_with(".model.gguf."));
        CHECK(code_of(file->commit()) == "done");
        CHECK(contents(path) == std::string("0123\0\0\0" "456789", 13));
        CHECK(names_in(folder.path()) == "model.gguf");
    }
}

TEST_CASE("an old file is there until the commit, and the new one after it", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "the old file");
    auto file = io::output_file::create(path);
    REQUIRE(file);
    CHECK(file->append(as_bytes("new")));
    CHECK(contents(path) == "the old file");
    CHECK(file->commit());
    CHECK(contents(path) == "new");
    CHECK(names_in(folder.path()) == "f");
}

TEST_CASE("an empty file can be written", "[output_file]") {
    const temp_folder folder;
    auto file = io::output_file::create(folder.path("f"), scratch);
    REQUIRE(file);
    CHECK(file->commit());
    CHECK(contents(folder.path("f")).empty());
}

TEST_CASE("without a commit the old file stays byte for byte, and no temporary file behind", "[output_file]") {
    const temp_folder folder;
    const auto old = numbered(5000);
    const auto path = folder.write("f", old);
    const auto untouched = [&] { return contents(path) == old && names_in(folder.path()) == "f"; };
    {
        auto file = io::output_file::create(path, scratch);
        REQUIRE(file);
        CHECK(file->append(as_bytes("new")));
    }
    CHECK(untouched());
    auto file = io::output_file::create(path, scratch);
    REQUIRE(file);
    CHECK(file->append(as_bytes("new")));
    file->discard();
    CHECK_FALSE(file->is_open());
    CHECK(untouched());
    file->discard();

    file = io::output_file::create(path, scratch);
    REQUIRE(file);
    const auto pulled = file->append_pulled(10, [](std::uint64_t, std::span<std::byte>) -> result<void> { return cria::error{errc::io_error, "source"}; });
    REQUIRE_FALSE(pulled);
    CHECK(pulled.error().subject.view() == "source");
    CHECK(untouched());  // at once, not when the object goes
}

TEST_CASE("after a commit, a failure or nothing at all, a file takes no more", "[output_file]") {
    const temp_folder folder;
    const auto other = io::native_file::open(folder.write("other", "0123456789"));
    REQUIRE(other);
    const auto refuses_all = [&](io::output_file& file) {
        CHECK_FALSE(file.is_open());
        CHECK(code_of(file.append(as_bytes("x"))) == "invalid_argument");
        CHECK(code_of(file.append({})) == "invalid_argument");
        CHECK(code_of(file.append_zeros(1)) == "invalid_argument");
        CHECK(code_of(file.append_from(*other, 0, 1)) == "invalid_argument");
        CHECK(code_of(file.append_pulled(1, [](std::uint64_t, std::span<std::byte>) -> result<void> { return {}; })) == "invalid_argument");
        CHECK(code_of(file.commit()) == "invalid_argument");
    };
    io::output_file none;
    refuses_all(none);
    auto committed = io::output_file::create(folder.path("committed"), scratch);
    REQUIRE(committed);
    REQUIRE(committed->append(as_bytes("text")));
    REQUIRE(committed->commit());
    refuses_all(*committed);
    CHECK(contents(folder.path("committed")) == "text");
    auto failed = io::output_file::create(folder.path("failed"), scratch);
    REQUIRE(failed);
    REQUIRE_FALSE(failed->append_from(*other, 5, 6));
    refuses_all(*failed);
    CHECK(names_in(folder.path()) == "committed other");
}

TEST_CASE("moving passes the file on, and gives up the one that was there", "[output_file]") {
    const temp_folder folder;
    auto first = io::output_file::create(folder.path("first"), scratch);
    auto second = io::output_file::create(folder.path("second"), scratch);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(second->append(as_bytes("22")));
    *first = *std::move(second);
    CHECK_FALSE(second->is_open());
    CHECK(first->size_bytes() == 2);
    auto& self = *first;
    *first = std::move(self);
    io::output_file moved = *std::move(first);
    CHECK(moved.append(as_bytes("2")));
    CHECK(moved.commit());
    CHECK(names_in(folder.path()) == "second");
    CHECK(contents(folder.path("second")) == "222");
    static_assert(!std::is_copy_constructible_v<io::output_file> && std::is_nothrow_move_constructible_v<io::output_file>);
}

TEST_CASE("without replace, a target that exists stays: told at once, and at the commit", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    CHECK(create_code(path, scratch_new) == "file_exists");
    CHECK(io::output_file::create(path, scratch_new).error().sentence() == "exists already");
    auto file = io::output_file::create(folder.path("late"), scratch_new);
    REQUIRE(file);
    REQUIRE(file->append(as_bytes("mine")));
    folder.write("late", "theirs");
    CHECK(code_of(file->commit()) == "file_exists");
    CHECK(contents(folder.path("late")) == "theirs");
    CHECK(names_in(folder.path()) == "f late");
    file = io::output_file::create(folder.path("free"), scratch_new);
    REQUIRE(file);
    CHECK(code_of(file->commit()) == "done");
    CHECK(names_in(folder.path()) == "f free late");
}

TEST_CASE("a folder that has taken the name stays, and no temporary file behind", "[output_file]") {
    for (const bool replace : {true, false}) {
        const temp_folder folder;
        auto file = io::output_file::create(folder.path("name"), {.replace = replace, .sync = false});
        REQUIRE(file);
        REQUIRE(file->append(as_bytes("x")));
        std::filesystem::create_directory(folder.path("name"));
        CHECK(code_of(file->commit()) == (replace ? "is_directory" : "file_exists"));
        CHECK(names_in(folder.path()) == "name");
        CHECK(std::filesystem::is_directory(folder.path("name")));
    }
}

TEST_CASE("what no file can be written to is told apart", "[output_file]") {
    const temp_folder folder;
    const auto file = folder.write("file", "x");
    CHECK(create_code(folder.path()) == "is_directory");
    CHECK(create_code(folder.path() + "/") == "is_directory");
    CHECK(create_code(folder.path("missing/file")) == "file_not_found");
    CHECK(create_code("") == "file_not_found");
    CHECK(create_code(file + std::string("\0x", 2)) == "invalid_argument");
#if !defined(_WIN32)
    CHECK(create_code(folder.path(".")) == "is_directory");
    CHECK(create_code(folder.path("..")) == "is_directory");
    CHECK(create_code("/") == "is_directory");
    CHECK(create_code("/dev/null") == "not_a_file");  // or root would lose it
    CHECK(create_code(file + "/below a file") == "file_not_found");
    REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0600) == 0);
    CHECK(create_code(folder.path("pipe")) == "not_a_file");
    CHECK(names_in(folder.path()) == "file pipe");
#endif
}

TEST_CASE("many writers of one target do not meet, and the last commit stays", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.path("f");
    std::vector<io::output_file> files;
    for (int i = 0; i < 50; ++i) {
        auto file = io::output_file::create(path, scratch);
        REQUIRE(file);
        REQUIRE(file->append(as_bytes(std::to_string(i))));
        files.push_back(*std::move(file));
    }
    for (auto& file : files) REQUIRE(file.commit());
    CHECK(contents(path) == "49");
    CHECK(names_in(folder.path()) == "f");
}

TEST_CASE("a name of any length that a file can have can be written", "[output_file]") {
    const temp_folder folder;
    std::string name;
    while (name.size() + 2 <= 200) name += "\xC3\xA9";
#if defined(_WIN32)
    name = std::string(120, 'n');
#endif
    for (const std::size_t skipped : {std::size_t{0}, std::size_t{1}}) {
        const std::string shifted = std::string(skipped, 'n') + name;  // the cut falls inside a character for one of them
        auto file = io::output_file::create(folder.path(shifted), scratch);
        REQUIRE(file);
#if !defined(_WIN32)
        CHECK(cria::detail::is_well_formed(temporary_in(folder.path())));
#endif
        CHECK(file->commit());
    }
    CHECK(create_code(folder.path(std::string(300, 'n'))) != "done");
}

TEST_CASE("zeros of any number are zeros", "[output_file]") {
    const temp_folder folder;
    for (const std::size_t count : {std::size_t{1}, std::size_t{4095}, std::size_t{4096}, std::size_t{4097}, std::size_t{100000}}) {
        auto file = io::output_file::create(folder.path("f"), scratch);
        REQUIRE(file);
        CHECK(file->append(as_bytes("a")));
        CHECK(file->append_zeros(count));
        CHECK(file->append(as_bytes("b")));
        CHECK(file->commit());
        CHECK(contents(folder.path("f")) == "a" + std::string(count, '\0') + "b");
    }
}

TEST_CASE("pulled bytes come in order, in pieces of at most 1 MiB", "[output_file]") {
    const temp_folder folder;
    const auto bytes = numbered(2500001);
    auto file = io::output_file::create(folder.path("f"), scratch);
    REQUIRE(file);
    const auto pull_all = [&](std::string_view from) {
        std::uint64_t expected = 0;
        CHECK(file->append_pulled(from.size(), [&](std::uint64_t offset, std::span<std::byte> out) -> result<void> {
            CHECK(offset == expected);
            CHECK(!out.empty());
            CHECK(out.size() <= std::size_t{1} << 20U);
            std::memcpy(out.data(), from.data() + offset, out.size());
            expected += out.size();
            return {};
        }));
        CHECK(expected == from.size());
    };
    pull_all("short");
    pull_all(bytes);
    pull_all("");
    pull_all("end");
    CHECK(file->commit());
    CHECK((contents(folder.path("f")) == "short" + bytes + "end"));
}

TEST_CASE("bytes of another file are copied, whichever way they go", "[output_file]") {
    const temp_folder folder;
    const auto bytes = numbered(3000001);
    const auto source = io::native_file::open(folder.write("source", bytes));
    REQUIRE(source);
    auto file = io::output_file::create(folder.path("f"), scratch);
    REQUIRE(file);
    io::copy_report report;
    CHECK(file->append(as_bytes("head")));
    CHECK(file->append_from(*source, 0, 3000001, &report));
    CHECK(file->append_from(*source, 1234567, 1000, &report));
    CHECK(file->append_from(*source, 3000000, 1));
    CHECK(file->append_from(*source, 3000001, 0, &report));
    CHECK(file->size_bytes() == 4 + 3000001 + 1000 + 1);
    CHECK(report.in_kernel_bytes + report.through_memory_bytes == 3001001);
    CHECK(file->commit());
    CHECK((contents(folder.path("f")) == "head" + bytes + bytes.substr(1234567, 1000) + bytes.back()));
}

TEST_CASE("a copy of more than the source had is out_of_range", "[output_file]") {
    const temp_folder folder;
    const auto source = io::native_file::open(folder.write("source", "0123456789"));
    REQUIRE(source);
    constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
    for (const auto& [offset, size] : {std::pair{std::uint64_t{0}, std::uint64_t{11}}, {10U, 1U}, {11U, 0U}, {largest, 1U}, {1U, largest}}) {
        auto file = io::output_file::create(folder.path("f"), scratch);
        REQUIRE(file);
        const auto refused = file->append_from(*source, offset, size);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::out_of_range);
        CHECK(refused.error().subject.view() == source->name());
        CHECK(names_in(folder.path()) == "source");
    }
}

TEST_CASE("a file can be rewritten from itself", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    {
        auto source = io::native_file::open(path);
        REQUIRE(source);
        auto file = io::output_file::create(path, scratch);
        REQUIRE(file);
        CHECK(file->append_from(*source, 5, 5));
        CHECK(file->append_from(*source, 0, 5));
#if defined(_WIN32)
        *source = io::native_file();  // as documented
#endif
        CHECK(code_of(file->commit()) == "done");
    }
    CHECK(contents(path) == "5678901234");
}

#if defined(_WIN32)

TEST_CASE("an old file that is open stays, and no temporary file behind", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    const auto reader = io::native_file::open(path);
    REQUIRE(reader);
    auto file = io::output_file::create(path, scratch);
    REQUIRE(file);
    REQUIRE(file->append(as_bytes("new")));
    const auto committed = code_of(file->commit());
    // Newer systems replace it all the same.
    CHECK((committed == "permission_denied" || committed == "done"));
    CHECK(contents(path) == (committed == "done" ? "new" : "old"));
    CHECK(names_in(folder.path()) == "f");
}

#endif

#if !defined(_WIN32)

TEST_CASE("a source that shrinks under a copy is file_changed, and the target stays", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("source", numbered(100000));
    const auto target = folder.write("f", "old");
    const auto source = io::native_file::open(path);
    REQUIRE(source);
    REQUIRE(::truncate(path.c_str(), 60000) == 0);
    auto file = io::output_file::create(target, scratch);
    REQUIRE(file);
    io::copy_report report;
    const auto copied = file->append_from(*source, 10000, 90000, &report);
    REQUIRE_FALSE(copied);
    CHECK(copied.error().code == errc::file_changed);
    CHECK(copied.error().offset == 60000);
    CHECK(report.in_kernel_bytes + report.through_memory_bytes == 0);
    CHECK(contents(target) == "old");
    CHECK(names_in(folder.path()) == "f source");
}

TEST_CASE("a copy from another file system has the same bytes", "[output_file]") {
    const temp_folder folder;
    struct stat here {};
    struct stat shared {};
    if (::stat(folder.path().c_str(), &here) != 0 || ::stat("/dev/shm", &shared) != 0 || here.st_dev == shared.st_dev || ::access("/dev/shm", W_OK) != 0)
        return cria_test::skip("no second file system to write to");
    const std::string elsewhere = "/dev/shm/cria_test_" + std::to_string(::getpid());
    const auto bytes = numbered(3000001);
    for (const bool outward : {true, false}) {
        const std::string from = outward ? folder.path("from") : elsewhere;
        const std::string to = outward ? elsewhere : folder.path("to");
        std::FILE* const out = std::fopen(from.c_str(), "wb");
        REQUIRE(out != nullptr);
        CHECK(std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size());
        std::fclose(out);
        const auto source = io::native_file::open(from);
        REQUIRE(source);
        auto file = io::output_file::create(to, scratch);
        REQUIRE(file);
        io::copy_report report;
        CHECK(file->append_from(*source, 0, bytes.size(), &report));
        CHECK(report.in_kernel_bytes + report.through_memory_bytes == bytes.size());
        CHECK(file->commit());
        CHECK((contents(to) == bytes));
        ::unlink(elsewhere.c_str());
    }
}

TEST_CASE("what the system will not copy by itself is 0 bytes, and left to the plain road", "[output_file]") {
    const temp_folder folder;
    const auto bytes = numbered(2500000);
    const auto source = io::native_file::open(folder.write("source", bytes));
    REQUIRE(source);
    // No kernel copies into a file that is open for appending.
    const auto target = folder.write("f", "");
    const int appending = ::open(target.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    REQUIRE(appending >= 0);
    CHECK(io::detail::copy_in_kernel(source->native_handle(), 0, appending, 0, bytes.size()) == 0);
    ::close(appending);
    CHECK(io::detail::copy_in_kernel(source->native_handle(), 0, -1, 0, bytes.size()) == 0);
}

TEST_CASE("permissions of the old file are kept; a new one has what the umask leaves", "[output_file]") {
    const temp_folder folder;
    const mode_t old_mask = ::umask(027);
    for (const unsigned mode : {0600U, 0644U, 0666U, 0640U, 0755U, 0444U, 0400U}) {
        CAPTURE(mode);
        const auto path = folder.write("f", "old");
        REQUIRE(::chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
        auto file = io::output_file::create(path, scratch);
        CHECK(file);
        if (!file) break;
        CHECK(mode_of(temporary_in(folder.path())) == mode);  // not open to more people while it is written
        CHECK(file->append(as_bytes("new")));
        CHECK(file->commit());
        CHECK(mode_of(path) == mode);
        ::unlink(path.c_str());
    }
    auto fresh = io::output_file::create(folder.path("fresh"), scratch);
    CHECK((fresh && fresh->commit()));
    CHECK(mode_of(folder.path("fresh")) == 0640);
    ::umask(old_mask);
}

TEST_CASE("the group of the old file is kept, or gets nothing more than others", "[output_file]") {
    if (::geteuid() != 0) return cria_test::skip("only root can make the files that this test is about");
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    REQUIRE(::chown(path.c_str(), 1234, 2345) == 0);
    REQUIRE(::chmod(path.c_str(), 0640) == 0);
    {
        auto file = io::output_file::create(path, scratch);
        REQUIRE(file);
        REQUIRE(file->commit());
    }
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK(status.st_uid == 1234);
    CHECK(status.st_gid == 2345);
    CHECK((status.st_mode & 0777U) == 0640);

    REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
    REQUIRE(::chmod(path.c_str(), 0664) == 0);
    const int ended = exit_of_child([&] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 || ::setuid(65534) != 0) return 2;
        auto file = io::output_file::create(path, scratch);
        return file && file->commit() ? 0 : 1;
    });
    if (ended == 2) return cria_test::skip("cannot become another user");
    CHECK(ended == 0);
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK(status.st_gid == 65534);
    CHECK((status.st_mode & 0777U) == 0644);
}

TEST_CASE("a symbolic link stays, and what it points to is written", "[output_file]") {
    const temp_folder folder;
    std::filesystem::create_directory(folder.path("blobs"));
    std::filesystem::create_directory(folder.path("snapshot"));
    const auto blob = folder.write("blobs/1234", "old");
    REQUIRE(::symlink("../blobs/1234", folder.path("snapshot/model.gguf").c_str()) == 0);
    REQUIRE(::symlink(folder.path("snapshot/model.gguf").c_str(), folder.path("chain").c_str()) == 0);
    auto file = io::output_file::create(folder.path("chain"), scratch);
    REQUIRE(file);
    CHECK(file->append(as_bytes("new")));
    CHECK(names_in(folder.path("snapshot")) == "model.gguf");  // the temporary file lies beside the blob
    CHECK(file->commit());
    CHECK(contents(blob) == "new");
    CHECK(std::filesystem::is_symlink(folder.path("chain")));
    CHECK(std::filesystem::is_symlink(folder.path("snapshot/model.gguf")));
    CHECK(names_in(folder.path("blobs")) == "1234");

    REQUIRE(::symlink("blobs/not yet", folder.path("dangling").c_str()) == 0);
    file = io::output_file::create(folder.path("dangling"), scratch_new);
    REQUIRE(file);
    CHECK(file->append(as_bytes("there")));
    CHECK(file->commit());
    CHECK(std::filesystem::is_symlink(folder.path("dangling")));
    CHECK(contents(folder.path("blobs/not yet")) == "there");

    REQUIRE(::symlink("no folder/file", folder.path("nowhere").c_str()) == 0);
    CHECK(create_code(folder.path("nowhere")) == "file_not_found");
    REQUIRE(::symlink("loop", folder.path("loop").c_str()) == 0);
    CHECK(create_code(folder.path("loop")) == "io_error");
    REQUIRE(::symlink("blobs", folder.path("to a folder").c_str()) == 0);
    CHECK(create_code(folder.path("to a folder")) == "is_directory");
    REQUIRE(::symlink("/dev/null", folder.path("to a device").c_str()) == 0);
    CHECK(create_code(folder.path("to a device")) == "not_a_file");
}

TEST_CASE("a relative path means the folder where the file was begun", "[output_file]") {
    const temp_folder folder;
    CHECK(exit_of_child([&] {
              if (::chdir(folder.path().c_str()) != 0) return 1;
              auto file = io::output_file::create("f", scratch);
              if (!file || !file->append(as_bytes("text"))) return 2;
              if (::chdir("/") != 0) return 3;
              return file->commit() ? 0 : 4;
          }) == 0);
    CHECK(contents(folder.path("f")) == "text");
    CHECK(names_in(folder.path()) == "f");
}

TEST_CASE("an old file that is open, or mapped by another name, keeps its bytes", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    const auto reader = io::native_file::open(path);
    REQUIRE(reader);
    REQUIRE(::link(path.c_str(), folder.path("second name").c_str()) == 0);
    auto file = io::output_file::create(path, scratch);
    REQUIRE(file);
    CHECK(file->append(as_bytes("brand new")));
    CHECK(file->commit());
    std::byte out[3];
    REQUIRE(reader->read(0, out));
    CHECK(cria::detail::as_text(out) == "old");
    CHECK(contents(folder.path("second name")) == "old");
    CHECK(contents(path) == "brand new");
}

TEST_CASE("without replace, file systems without a rename for it have a link", "[output_file]") {
    const temp_folder folder;
    const auto from = folder.write("from", "text");
    const auto taken = folder.write("taken", "x");
    const auto from_path = io::detail::native_path(from);
    const auto taken_path = io::detail::native_path(taken);
    const auto free_path = io::detail::native_path(folder.path("free"));
    CHECK(code_of(io::detail::move_by_link(*from_path, *taken_path, "f")) == "file_exists");
    CHECK(contents(taken) == "x");
    CHECK(names_in(folder.path()) == "from taken");
    CHECK(code_of(io::detail::move_by_link(*from_path, *free_path, "f")) == "done");
    CHECK(names_in(folder.path()) == "free taken");
    CHECK(contents(folder.path("free")) == "text");
}

TEST_CASE("a folder that may not be written is permission_denied", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
    const int ended = exit_of_child([&] {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 2;
        if (contents(path) != "old") return 2;
        return create_code(path) == "permission_denied" && create_code(folder.path("new")) == "permission_denied" ? 0 : 1;
    });
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    if (ended == 2) return cria_test::skip("this user may write everywhere and cannot become another");
    CHECK(ended == 0);
    CHECK(contents(path) == "old");
    CHECK(names_in(folder.path()) == "f");
}

TEST_CASE("a watcher hears of every piece, and its error ends the file without a trace", "[output_file]") {
    struct watched {
        std::uint64_t seen = 0;
        std::uint64_t calls = 0;
        std::uint64_t most = ~std::uint64_t{0};
        static auto look(void* self, std::uint64_t bytes) -> result<void> {
            auto& me = *static_cast<watched*>(self);
            if (bytes < me.seen) return cria::error{errc::invalid_value, "watch"};
            me.seen = bytes;
            ++me.calls;
            if (bytes > me.most) return cria::error{errc::io_error, "given up"};
            return {};
        }
    };
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    const std::uint64_t size = (std::uint64_t{40} << 20U) + 1;
    const auto source_path = folder.write("source", "");
    std::filesystem::resize_file(source_path, size);
    const auto source = io::native_file::open(source_path);
    REQUIRE(source);
    const auto write = [&](watched& watcher) -> result<void> {
        CRIA_TRY(auto file, io::output_file::create(path, {.sync = false, .watch = watched::look, .watcher = &watcher}));
        CRIA_TRY_VOID(file.append(as_bytes(numbered(100))));
        CRIA_TRY_VOID(file.append_from(*source, 0, size));
        CRIA_TRY_VOID(file.append_pulled(std::uint64_t{3} << 20U, [](std::uint64_t, std::span<std::byte> out) -> result<void> {
            for (std::byte& each : out) each = std::byte{1};
            return {};
        }));
        return file.commit();
    };
    watched little;
    little.most = std::uint64_t{20} << 20U;
    CHECK(code_of(write(little)) == "io_error");
    CHECK(little.seen <= (std::uint64_t{33} << 20U));
    CHECK(contents(path) == "old");
    CHECK(names_in(folder.path()) == "f source");
    watched all;
    REQUIRE(write(all));
    CHECK(all.seen == 100 + size + (std::uint64_t{3} << 20U));
    CHECK(all.seen == std::filesystem::file_size(path));
    CHECK(all.calls >= 1 + 3 + 3);
}

TEST_CASE("a limit on the size of files is too_large, and the old file stays", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "old");
    const auto source_path = folder.write("source", numbered(200000));
    const int ended = exit_of_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit little{100000, 100000};
        if (::setrlimit(RLIMIT_FSIZE, &little) != 0) return 9;
        const auto source = io::native_file::open(source_path);
        const auto bytes = numbered(60000);
        auto file = io::output_file::create(path, scratch);
        if (!source || !file || !file->append(as_bytes(bytes))) return 1;
        const auto second = file->append(as_bytes(bytes));  // the system takes 40000 bytes of it
        if (second || second.error().code != errc::too_large || file->is_open() || names_in(folder.path()) != "f source") return 2;
        file = io::output_file::create(path, scratch);
        if (!file || code_of(file->append_from(*source, 0, 200000)) != "too_large" || names_in(folder.path()) != "f source") return 3;
        file = io::output_file::create(path, scratch);
        if (!file || code_of(file->append_zeros(200000)) != "too_large") return 4;
        file = io::output_file::create(path, scratch);
        if (!file || !file->append_from(*source, 0, 100000) || !file->commit()) return 5;  // the limit itself fits
        return 0;
    });
    CHECK(ended == 0);
    CHECK((contents(path) == numbered(200000).substr(0, 100000)));
}

#if defined(__linux__)

TEST_CASE("a full disk is disk_full, and what was there stays", "[output_file]") {
    const temp_folder folder;
    const auto source_path = folder.write("source", numbered(2000000));
    std::filesystem::create_directory(folder.path("disk"));
    const int ended = exit_of_child([&] {
        // A disk of 256 KiB that nobody else sees.
        const std::string disk = folder.path("disk");
        if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0)
            return 99;
        const auto path = folder.write("disk/f", "old");
        const auto source = io::native_file::open(source_path);
        const auto untouched = [&] { return contents(path) == "old" && names_in(disk) == "f"; };
        auto file = io::output_file::create(path);
        if (!source || !file) return 1;
        const auto zeros = file->append_zeros(1000000);
        if (zeros || zeros.error().code != errc::disk_full || zeros.error().native != ENOSPC || !untouched()) return 2;
        file = io::output_file::create(path);
        if (!file || code_of(file->append_from(*source, 0, 2000000)) != "disk_full" || !untouched()) return 3;
        file = io::output_file::create(path);
        if (!file || code_of(file->append(as_bytes(numbered(1000000)))) != "disk_full" || !untouched()) return 4;
        file = io::output_file::create(path);
        if (!file || !file->append(as_bytes(numbered(100000))) || !file->commit()) return 5;  // there is room again
        return contents(path) == numbered(100000) ? 0 : 6;
    });
    if (ended == 99) return cria_test::skip("this user may not mount a small disk");
    CHECK(ended == 0);
}

#endif

#endif

TEST_CASE("a file is removed, and what is none is told apart", "[output_file]") {
    const temp_folder folder;
    for (const bool sync : {false, true}) {
        const auto path = folder.write("f", "text");
        CHECK(code_of(io::remove_file(path, sync)) == "done");
        CHECK(names_in(folder.path()).empty());
        CHECK(code_of(io::remove_file(path, sync)) == "file_not_found");
    }
    CHECK(code_of(io::remove_file(folder.path())) == "is_directory");
    CHECK(code_of(io::remove_file(folder.path("no/f"))) == "file_not_found");
    CHECK(code_of(io::remove_file(std::string_view("a\0b", 3))) == "invalid_argument");
    const auto missing = io::remove_file(folder.path("gone"));
    CHECK(missing.error().subject.view().ends_with("gone"));
}

TEST_CASE("files are the same by what they are, not by what they are called", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "text");
    const auto one = io::native_file::open(path);
    const auto other = io::native_file::open(path);
    const auto twin = io::native_file::open(folder.write("twin", "text"));
    REQUIRE(one);
    REQUIRE(other);
    REQUIRE(twin);
    CHECK(one->is_same_file(*other));
    CHECK(one->is_same_file(*one));
    CHECK_FALSE(one->is_same_file(*twin));
    CHECK_FALSE(one->is_same_file(io::native_file()));
    CHECK_FALSE(io::native_file().is_same_file(io::native_file()));
    std::error_code failed;
    std::filesystem::create_hard_link(path, folder.path("hard"), failed);
    if (!failed) CHECK(one->is_same_file(*io::native_file::open(folder.path("hard"))));
}

#if !defined(_WIN32)
TEST_CASE("a removed link leaves what it points to, and a relative path means this folder", "[output_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", "text");
    REQUIRE(::symlink("f", folder.path("link").c_str()) == 0);
    CHECK(std::string(io::target_of(folder.path("link"))->view()) == std::string(io::target_of(path)->view()));
    CHECK(io::target_of(folder.path("new"))->view().ends_with("/new"));
    CHECK(code_of(io::remove_file(folder.path("link"))) == "done");
    CHECK(names_in(folder.path()) == "f");
    const int ended = exit_of_child([&] {
        if (::chdir(folder.path().c_str()) != 0) return 2;
        return code_of(io::remove_file("f")) == "done" ? 0 : 1;
    });
    CHECK(ended == 0);
    CHECK(names_in(folder.path()).empty());
}

TEST_CASE("a folder that cannot be opened to be flushed is an error, unless it may not be read", "[output_file]") {
    const temp_folder folder;
    const auto missing = io::detail::native_path(folder.path("no/f"));
    CHECK(code_of(io::detail::flush_folder_of(*missing, "f")) == "file_not_found");
    const auto here = io::detail::native_path("f");
    CHECK(code_of(io::detail::flush_folder_of(*here, "f")) == "done");

    // Without a descriptor for it, nobody knows whether the name is on the device.
    const auto path = folder.path("f");
    const int ended = exit_of_child([&] {
        auto file = io::output_file::create(path);
        if (!file || !file->append(as_bytes("text"))) return 2;
        const ::rlimit none{3, 3};
        if (::setrlimit(RLIMIT_NOFILE, &none) != 0) return 2;
        const auto done = file->commit();
        return !done && done.error().message().find("is written and in place") != std::string::npos ? 0 : 1;
    });
    CHECK(ended == 0);
    CHECK(contents(path) == "text");

    REQUIRE(::chmod(folder.path().c_str(), 0333) == 0);
    const int unreadable = exit_of_child([&] {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 2;
        auto file = io::output_file::create(folder.path("g"));
        return file && file->append(as_bytes("text")) && file->commit() ? 0 : 1;
    });
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    CHECK((unreadable == 0 || unreadable == 2));
}

TEST_CASE("a file for its owner alone is that, new or in the place of another", "[output_file]") {
    const temp_folder folder;
    const auto old = folder.write("old", "x");
    REQUIRE(::chmod(old.c_str(), 0644) == 0);
    const auto mask = ::umask(0);
    for (const auto& path : {folder.path("new"), old}) {
        auto file = io::output_file::create(path, {.sync = false, .owner_only = true});
        REQUIRE(file);
        REQUIRE(file->append(as_bytes("text")));
        CHECK(mode_of(temporary_in(folder.path())) == 0600);
        REQUIRE(file->commit());
        CHECK(mode_of(path) == 0600);
    }
    ::umask(mask);
}
#endif
