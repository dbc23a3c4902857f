// SPDX-License-Identifier: MIT
#include "cria/io/direct_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if defined(__linux__)
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_folder;

}  // namespace

TEST_CASE("there is no second handle on a file that is not open", "[direct_file]") {
    CHECK(io::direct_file::open(io::native_file()).error().code == errc::invalid_argument);
    CHECK_FALSE(io::direct_file().is_open());
    static_assert(!std::is_copy_constructible_v<io::direct_file> && std::is_nothrow_move_assignable_v<io::direct_file>);
}

#if !defined(__linux__)

TEST_CASE("where the system has no such reads, that is said", "[direct_file]") {
    const temp_folder folder;
    const auto file = io::native_file::open(folder.write("f", "x"));
    REQUIRE(file);
    CHECK(io::direct_file::open(*file).error().code == errc::unsupported_feature);
}

#else

namespace {

/// Memory at a multiple of a page, and of any disk's sector.
class aligned_memory {
public:
    explicit aligned_memory(std::size_t size_bytes)
        : first_(static_cast<std::byte*>(std::aligned_alloc(65536, (size_bytes + 65535) / 65536 * 65536))), size_(size_bytes) {
        REQUIRE(first_ != nullptr);
        std::memset(first_, 0xEE, size_);
    }
    aligned_memory(const aligned_memory&) = delete;
    auto operator=(const aligned_memory&) -> aligned_memory& = delete;
    ~aligned_memory() { std::free(first_); }
    [[nodiscard]] auto span() const -> std::span<std::byte> { return {first_, size_}; }
    [[nodiscard]] auto text(std::size_t n) const -> std::string { return {reinterpret_cast<const char*>(first_), n}; }

private:
    std::byte* first_;
    std::size_t size_;
};

auto counted(std::size_t size_bytes) -> std::string {
    std::string text(size_bytes, '\0');
    std::uint32_t state = 12345;
    for (char& byte : text) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24U);
    return text;
}

auto n_open_files() -> int {
    DIR* const folder = ::opendir("/proc/self/fd");
    REQUIRE(folder != nullptr);
    int n = 0;
    while (::readdir(folder) != nullptr) ++n;
    ::closedir(folder);
    return n;
}

/// Whether this is a refusal that a file system may give; everything else is a failure of the test.
auto is_refused(const cria::result<io::direct_file>& opened) -> bool {
    if (opened) return false;
    CHECK(opened.error().code == errc::unsupported_feature);
    return true;
}

}  // namespace

TEST_CASE("sectors are read past the cache, and the last one as far as the file goes", "[direct_file]") {
    const temp_folder folder;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{512}, std::size_t{4095}, std::size_t{4096}, std::size_t{4097},
                                   std::size_t{65536}, std::size_t{1000003}}) {
        CAPTURE(size);
        const std::string bytes = counted(size);
        const auto file = io::native_file::open(folder.write("f", bytes));
        REQUIRE(file);
        const auto direct = io::direct_file::open(*file);
        if (is_refused(direct)) return cria_test::skip("the folder for temporary files cannot be read past the cache");
        CHECK(direct->is_open());
        CHECK(direct->native_handle() != file->native_handle());
        CHECK((::fcntl(direct->native_handle(), F_GETFD) & FD_CLOEXEC) != 0);
        CHECK(direct->name() == file->name());
        const std::size_t step = direct->alignment_bytes();
        REQUIRE(step >= 1);
        REQUIRE(step <= 65536);
        REQUIRE((step & (step - 1)) == 0);
        const std::size_t rounded = (size + step - 1) / step * step;
        const aligned_memory memory(rounded + 2 * step);
        const auto all = direct->read(0, memory.span());
        REQUIRE(all);
        CHECK(*all == size);
        CHECK((memory.text(*all) == bytes));
        for (std::size_t at = 0; at < rounded; at += (rounded / 3 / step + 1) * step) {
            const auto one = direct->read(at, memory.span().first(step));
            REQUIRE(one);
            CHECK(*one == (size - at < step ? size - at : step));
            CHECK((memory.text(*one) == bytes.substr(at, *one)));
        }
        CHECK(*direct->read(rounded, memory.span()) == 0);
        CHECK(*direct->read(rounded + 16 * step, memory.span()) == 0);
        CHECK(*direct->read(0, memory.span().first(0)) == 0);
    }
}

TEST_CASE("an offset that no file has is out_of_range", "[direct_file]") {
    const temp_folder folder;
    const auto file = io::native_file::open(folder.write("f", counted(10000)));
    REQUIRE(file);
    const auto direct = io::direct_file::open(*file);
    if (is_refused(direct)) return cria_test::skip("the folder for temporary files cannot be read past the cache");
    const std::size_t step = direct->alignment_bytes();
    const aligned_memory memory(2 * step);
    const auto most = (std::numeric_limits<std::uint64_t>::max)();
    const auto refused = direct->read(most - (step - 1), memory.span());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::out_of_range);
    CHECK(refused.error().subject.view() == file->name());
}

TEST_CASE("a file that is cut while it is read ends where it ends then", "[direct_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", counted(100000));
    const auto file = io::native_file::open(path);
    REQUIRE(file);
    const auto direct = io::direct_file::open(*file);
    if (is_refused(direct)) return cria_test::skip("the folder for temporary files cannot be read past the cache");
    const aligned_memory memory(131072);
    REQUIRE(::truncate(path.c_str(), 70001) == 0);
    CHECK(*direct->read(0, memory.span()) == 70001);
    CHECK((memory.text(70001) == counted(100000).substr(0, 70001)));
    REQUIRE(::truncate(path.c_str(), 0) == 0);
    CHECK(*direct->read(0, memory.span()) == 0);
}

TEST_CASE("the second handle does not need the first one, nor the file its name", "[direct_file]") {
    const temp_folder folder;
    const auto path = folder.write("f", counted(10000));
    auto file = io::native_file::open(path);
    REQUIRE(file);
    REQUIRE(::unlink(path.c_str()) == 0);
    const auto direct = io::direct_file::open(*file);
    if (is_refused(direct)) return cria_test::skip("the folder for temporary files cannot be read past the cache");
    *file = io::native_file();
    const aligned_memory memory(65536);
    CHECK(*direct->read(0, memory.span()) == 10000);
    CHECK((memory.text(10000) == counted(10000)));
}

TEST_CASE("every handle is given back, by moving too, and by an open() that is refused", "[direct_file]") {
    const temp_folder folder;
    const auto file = io::native_file::open(folder.write("f", counted(10000)));
    REQUIRE(file);
    const int before = n_open_files();
    {
        auto first = io::direct_file::open(*file);
        if (is_refused(first)) {
            CHECK(n_open_files() == before);
            return cria_test::skip("the folder for temporary files cannot be read past the cache");
        }
        auto second = io::direct_file::open(*file);
        REQUIRE(second);
        CHECK(n_open_files() == before + 2);
        const int handle = second->native_handle();
        *first = *std::move(second);
        CHECK(first->native_handle() == handle);
        CHECK_FALSE(second->is_open());
        CHECK(n_open_files() == before + 1);
        const io::direct_file third = *std::move(first);
        CHECK(third.name() == file->name());
        CHECK(n_open_files() == before + 1);
    }
    CHECK(n_open_files() == before);
    for (const char* const name : {"/proc/self/maps", "/proc/self/status"}) {
        const auto odd = io::native_file::open(name);
        if (!odd) continue;
        CHECK(is_refused(io::direct_file::open(*odd)));
        CHECK(n_open_files() == before + 1);
    }
}

TEST_CASE("a file system in memory reads as it is, or says that it cannot", "[direct_file]") {
    const int handle = ::memfd_create("memory", MFD_CLOEXEC);
    if (handle < 0) return cria_test::skip("this kernel has no files without a name");
    const std::string bytes = counted(10000);
    REQUIRE(::write(handle, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    const auto file = io::native_file::adopt(handle, "memory");
    REQUIRE(file);
    const auto direct = io::direct_file::open(*file);
    if (is_refused(direct)) return cria_test::skip("files in memory cannot be opened for reads past the cache");
    const aligned_memory memory(65536);
    CHECK(*direct->read(0, memory.span()) == 10000);
    CHECK((memory.text(10000) == bytes));
}

#endif
