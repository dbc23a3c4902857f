// SPDX-License-Identifier: MIT
// What docs/gguf-mmap-io.md says about mappings, by the system's calls and without the library: mapping a window, which errors there are,
// what a file does that becomes shorter, what is in memory. What it prints is Linux's answer.
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// [window]
struct window {
    const std::byte* bytes = nullptr;  // the byte that was asked for
    void* mapped = nullptr;            // where its page begins: this is what is advised about and given back
    std::size_t mapped_bytes = 0;
};

/// `size` bytes of an open file from `offset` on. 0 or the system's number.
auto map_window(int fd, std::uint64_t offset, std::uint64_t size, window& out) -> int {
    struct stat about {};
    if (::fstat(fd, &about) != 0) return errno;
    if (!S_ISREG(about.st_mode)) return EINVAL;
    const auto whole = static_cast<std::uint64_t>(about.st_size);
    if (size == 0 || offset > whole || size > whole - offset) return EINVAL;  // never offset + size: that may overflow
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));    // 4096, 16384, 65536: asked, never written down
    const std::uint64_t lead = offset % page;
    if (size > PTRDIFF_MAX - lead) return EOVERFLOW;  // larger than an address can say
    out.mapped_bytes = static_cast<std::size_t>(lead + size);
    out.mapped = ::mmap(nullptr, out.mapped_bytes, PROT_READ, MAP_SHARED, fd, static_cast<off_t>(offset - lead));
    if (out.mapped == MAP_FAILED) return errno;
    out.bytes = static_cast<const std::byte*>(out.mapped) + lead;
    return 0;
}
// [window]

struct scratch_file {
    std::string path = "/tmp/cria-docs-XXXXXX";
    int fd = -1;
    explicit scratch_file(std::size_t size) {
        fd = ::mkstemp(path.data());
        const std::vector<char> bytes(size, 'x');
        if (fd < 0 || ::write(fd, bytes.data(), size) != static_cast<ssize_t>(size)) std::_Exit(2);
    }
    ~scratch_file() {
        ::close(fd);
        ::unlink(path.c_str());
    }
    scratch_file(const scratch_file&) = delete;
    auto operator=(const scratch_file&) -> scratch_file& = delete;
};

auto name_of(int number) -> const char* {
    switch (number) {
        case 0: return "works";
        case EINVAL: return "EINVAL";
        case EACCES: return "EACCES";
        case ENOMEM: return "ENOMEM";
        case EBADF: return "EBADF";
        case ENODEV: return "ENODEV";
        case EOVERFLOW: return "EOVERFLOW";
        default: return std::strerror(number);
    }
}

auto answer(std::size_t size, int protection, int flags, int fd, off_t offset) -> const char* {
    void* const mapped = ::mmap(nullptr, size, protection, flags, fd, offset);
    if (mapped == MAP_FAILED) return name_of(errno);
    ::munmap(mapped, size);
    return name_of(0);
}

/// What a child dies of that touches a byte; 0 where it does not.
auto dies_of(const std::byte* at) -> int {
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGBUS, SIG_DFL);  // sanitizers have their own
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        std::_Exit(static_cast<int>(*const_cast<const volatile std::byte*>(at)) & 1);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) std::_Exit(2);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

// [resident]
/// How many pages of a mapping are in the page cache now.
auto resident_pages(const window& of) -> std::size_t {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> bits((of.mapped_bytes + page - 1) / page);
    if (::mincore(of.mapped, of.mapped_bytes, bits.data()) != 0) return 0;
    std::size_t n = 0;
    for (const unsigned char each : bits) n += each & 1U;  // the other bits mean nothing
    return n;
}
// [resident]

}  // namespace

auto main(int n_arguments, char** arguments) -> int {
    if (n_arguments < 2) return 2;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

    // A model's tensor data, which begins where the header ends and not on a page.
    const int model = ::open(arguments[1], O_RDONLY | O_CLOEXEC);
    window tensors;
    if (map_window(model, 32, 1000, tensors) != 0) return 1;
    char direct[1000];
    if (::pread(model, direct, sizeof direct, 32) != static_cast<ssize_t>(sizeof direct) || std::memcmp(direct, tensors.bytes, sizeof direct) != 0) return 1;
    ::munmap(tensors.mapped, tensors.mapped_bytes);
    ::close(model);

    scratch_file file(3 * page + 100);
    const int reading = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
    const int writing = ::open(file.path.c_str(), O_WRONLY | O_CLOEXEC);
    const int place = ::open(file.path.c_str(), O_PATH | O_CLOEXEC);
    const int folder = ::open("/tmp", O_RDONLY | O_CLOEXEC);
    int pipes[2];
    if (::pipe(pipes) != 0) return 1;
    const auto far = static_cast<off_t>(INT64_MAX - INT64_MAX % static_cast<std::int64_t>(page) - static_cast<std::int64_t>(page));
    std::printf("# [errors]\n");
    std::printf("a file's bytes, read only                      %s\n", answer(page, PROT_READ, MAP_SHARED, reading, 0));
    std::printf("no bytes, which is what an empty file has      %s\n", answer(0, PROT_READ, MAP_SHARED, reading, 0));
    std::printf("an offset that is no multiple of a page        %s\n", answer(page, PROT_READ, MAP_SHARED, reading, 32));
    std::printf("neither MAP_SHARED nor MAP_PRIVATE             %s\n", answer(page, PROT_READ, 0, reading, 0));
    std::printf("a file that was opened for writing alone       %s\n", answer(page, PROT_READ, MAP_SHARED, writing, 0));
    std::printf("writable and shared, opened for reading        %s\n", answer(page, PROT_READ | PROT_WRITE, MAP_SHARED, reading, 0));
    std::printf("writable and private, opened for reading       %s\n", answer(page, PROT_READ | PROT_WRITE, MAP_PRIVATE, reading, 0));
    std::printf("nothing open                                   %s\n", answer(page, PROT_READ, MAP_SHARED, -1, 0));
    std::printf("a place in the tree (O_PATH)                   %s\n", answer(page, PROT_READ, MAP_SHARED, place, 0));
    std::printf("a folder                                       %s\n", answer(page, PROT_READ, MAP_SHARED, folder, 0));
    std::printf("a pipe                                         %s\n", answer(page, PROT_READ, MAP_SHARED, pipes[0], 0));
    std::printf("more bytes than there are addresses            %s\n", answer(SIZE_MAX / 2, PROT_READ, MAP_SHARED, reading, 0));
    std::printf("an offset that no file can have                %s\n", answer(8 * page, PROT_READ, MAP_SHARED, reading, far));
    std::printf("a page behind the end of the file              %s\n", answer(page, PROT_READ, MAP_SHARED, reading, static_cast<off_t>(8 * page)));
    std::printf("# [errors]\n");

    window all;
    if (map_window(reading, 0, 3 * page + 100, all) != 0) return 1;
    const auto touched = [&](std::size_t at) {
        const int signal = dies_of(all.bytes + at);
        return signal == SIGBUS ? "SIGBUS" : signal != 0 ? "another signal" : all.bytes[at] == std::byte{0} ? "0" : "its byte";
    };
    std::printf("# [shrinks]\n");
    // [shrinks]
    std::printf("behind the end, on the last page               %s\n", touched(3 * page + 200));
    if (::ftruncate(file.fd, static_cast<off_t>(page + 10)) != 0) return 1;  // what somebody else may do at any time
    std::printf("the file is cut: a byte that it kept           %s\n", touched(page + 9));
    std::printf("a byte that it lost, on the page with its end  %s\n", touched(page + 10));
    std::printf("a byte on a page that is gone                  %s\n", touched(2 * page));
    if (::ftruncate(file.fd, static_cast<off_t>(3 * page)) != 0) return 1;
    std::printf("the file is long again                         %s\n", touched(2 * page));
    char byte = 1;
    std::printf("read, instead, where it is cut                 %zd bytes\n", ::pread(reading, &byte, 1, static_cast<off_t>(4 * page)));
    // [shrinks]
    std::printf("# [shrinks]\n");

    std::printf("pages in memory of the four                    %s\n", resident_pages(all) > 0 ? "some" : "none");
    ::munmap(all.mapped, all.mapped_bytes);
    for (const int fd : {reading, writing, place, folder, pipes[0], pipes[1]}) ::close(fd);
    return 0;
}
