// SPDX-License-Identifier: MIT
#include "cria/io/read_queue.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if defined(__linux__)
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cria/io/direct_file.hpp"
#if __has_include(<linux/io_uring.h>)
#include <linux/io_uring.h>
#endif
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_folder;

}  // namespace

TEST_CASE("a queue has some entries, and not too many", "[read_queue]") {
    CHECK(io::read_queue::make(0).error().code == errc::invalid_argument);
    CHECK(io::read_queue::make(io::read_queue::most_entries + 1).error().code == errc::invalid_argument);
    CHECK(io::read_queue::make(~0U).error().code == errc::invalid_argument);
    const io::read_queue none;
    CHECK(none.capacity() == 0);
    CHECK(none.in_flight() == 0);
    static_assert(!std::is_copy_constructible_v<io::read_queue> && std::is_nothrow_move_assignable_v<io::read_queue>);
}

#if !defined(__linux__)

TEST_CASE("where the system has no such queue, that is said", "[read_queue]") {
    CHECK(io::read_queue::make(8).error().code == errc::unsupported_feature);
}

#else

namespace {

constexpr const char* no_queue = "this system has no io_uring, or does not allow it";

/// Whether this is a refusal that a system may give; everything else is a failure of the test.
auto is_refused(const cria::result<io::read_queue>& made) -> bool {
    if (made) return false;
    CHECK((made.error().code == errc::unsupported_feature || made.error().code == errc::out_of_memory));
    return true;
}

auto counted(std::size_t size_bytes) -> std::string {
    std::string text(size_bytes, '\0');
    std::uint32_t state = 54321;
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

auto span_of(std::string& text, std::size_t offset, std::size_t size) -> std::span<std::byte> {
    return std::as_writable_bytes(std::span(text.data(), text.size())).subspan(offset, size);
}

/// A file on a disk, none of it in memory as far as the system does as it is told.
auto cold_file(const temp_folder& folder, const std::string& bytes) -> io::native_file {
    const auto path = folder.write("f", bytes);
    const int handle = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(handle >= 0);
    static_cast<void>(::fsync(handle));
    static_cast<void>(::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED));
    REQUIRE(::close(handle) == 0);
    auto file = io::native_file::open(path);
    REQUIRE(file);
    return *std::move(file);
}

}  // namespace

#if __has_include(<linux/io_uring.h>)
TEST_CASE("what is shared with the kernel has the kernel's layout", "[read_queue]") {
    namespace uring = io::detail::uring;
    static_assert(sizeof(uring::order) == sizeof(io_uring_sqe) && sizeof(uring::answer) == sizeof(io_uring_cqe));
    static_assert(sizeof(uring::parameters) == sizeof(io_uring_params));
    static_assert(offsetof(uring::order, what) == offsetof(io_uring_sqe, opcode) && offsetof(uring::order, flags) == offsetof(io_uring_sqe, flags));
    static_assert(offsetof(uring::order, file) == offsetof(io_uring_sqe, fd) && offsetof(uring::order, offset_bytes) == offsetof(io_uring_sqe, off));
    static_assert(offsetof(uring::order, address) == offsetof(io_uring_sqe, addr) && offsetof(uring::order, size_bytes) == offsetof(io_uring_sqe, len));
    static_assert(offsetof(uring::order, read_flags) == offsetof(io_uring_sqe, rw_flags) && offsetof(uring::order, tag) == offsetof(io_uring_sqe, user_data));
    static_assert(offsetof(uring::answer, tag) == offsetof(io_uring_cqe, user_data) && offsetof(uring::answer, result) == offsetof(io_uring_cqe, res));
    static_assert(offsetof(uring::parameters, features) == offsetof(io_uring_params, features));
    static_assert(offsetof(uring::parameters, orders) == offsetof(io_uring_params, sq_off) && offsetof(uring::parameters, answers) == offsetof(io_uring_params, cq_off));
    static_assert(offsetof(uring::order_offsets, tail) == offsetof(io_sqring_offsets, tail) && offsetof(uring::order_offsets, array) == offsetof(io_sqring_offsets, array));
    static_assert(offsetof(uring::answer_offsets, head) == offsetof(io_cqring_offsets, head) && offsetof(uring::answer_offsets, cqes) == offsetof(io_cqring_offsets, cqes));
    CHECK(uring::read == IORING_OP_READ);
    CHECK(uring::by_a_thread == IOSQE_ASYNC);
    CHECK(uring::wait_for_some == IORING_ENTER_GETEVENTS);
    CHECK(uring::one_mapping == IORING_FEAT_SINGLE_MMAP);
    CHECK(uring::reads_plainly == IORING_FEAT_RW_CUR_POS);
    CHECK(uring::orders_at == static_cast<off_t>(IORING_OFF_SQES));
}
#endif

TEST_CASE("many reads in any order put every byte where it belongs, and give every tag once", "[read_queue]") {
    const temp_folder folder;
    constexpr std::size_t piece = 10007;  // no sector, no page
    constexpr std::size_t n_pieces = 403;
    const std::string bytes = counted(piece * n_pieces - 5000);
    for (const unsigned n_entries : {1U, 3U, 64U, 65U}) {
        CAPTURE(n_entries);
        const io::native_file file = cold_file(folder, bytes);
        auto queue = io::read_queue::make(n_entries);
        if (is_refused(queue)) return cria_test::skip(no_queue);
        CHECK(queue->capacity() == n_entries);
        CHECK_FALSE(queue->poll());
        std::string out(piece * n_pieces, '\0');
        std::vector<int> n_seen(n_pieces, 0);
        std::size_t total = 0;
        const auto take = [&](const io::read_queue::completion& done) {
            REQUIRE(done.tag >= 1000000);
            REQUIRE(done.tag < 1000000 + n_pieces);
            ++n_seen[done.tag - 1000000];
            const bool is_last = done.tag - 1000000 == n_pieces - 1;
            CHECK(done.result == static_cast<std::int64_t>(is_last ? piece - 5000 : piece));
            total += static_cast<std::size_t>(done.result);
        };
        for (std::size_t i = 0; i < n_pieces; ++i) {
            const std::size_t k = i * 211 % n_pieces;  // 403 = 13 * 31
            while (queue->in_flight() == queue->capacity()) {
                const auto done = queue->wait();
                REQUIRE(done);
                take(*done);
            }
            REQUIRE(queue->submit(file.native_handle(), k * piece, span_of(out, k * piece, piece), 1000000 + k));
            if (i % 3 == 0) {
                if (const auto done = queue->poll()) take(*done);
            }
        }
        while (queue->in_flight() > 0) {
            const auto done = queue->wait();
            REQUIRE(done);
            take(*done);
        }
        CHECK(total == bytes.size());
        CHECK((out.substr(0, bytes.size()) == bytes));
        for (const int n : n_seen) CHECK(n == 1);
        CHECK_FALSE(queue->poll());
    }
}

TEST_CASE("poll gives in time what is in flight", "[read_queue]") {
    const temp_folder folder;
    const io::native_file file = cold_file(folder, counted(100000));
    auto queue = io::read_queue::make(4);
    if (is_refused(queue)) return cria_test::skip(no_queue);
    std::string out(100000, '\0');
    REQUIRE(queue->submit(file.native_handle(), 0, span_of(out, 0, out.size()), 7));
    CHECK(queue->in_flight() == 1);
    std::optional<io::read_queue::completion> done;
    for (int i = 0; i < 10000 && !done; ++i) {
        done = queue->poll();
        if (!done) ::usleep(1000);
    }
    REQUIRE(done);
    CHECK(done->tag == 7);
    CHECK(done->result == 100000);
    CHECK((out == counted(100000)));
    CHECK(queue->in_flight() == 0);
}

TEST_CASE("the end of the file, a cut file and a wrong handle come as completions", "[read_queue]") {
    const temp_folder folder;
    const auto path = folder.write("f", "0123456789");
    const auto file = io::native_file::open(path);
    REQUIRE(file);
    auto queue = io::read_queue::make(2);
    if (is_refused(queue)) return cria_test::skip(no_queue);
    std::string out(20, '.');
    const auto read = [&](int handle, std::uint64_t offset, std::size_t size) {
        REQUIRE(queue->submit(handle, offset, span_of(out, 0, size), 1));
        const auto done = queue->wait();
        REQUIRE(done);
        return done->result;
    };
    CHECK(read(file->native_handle(), 0, 20) == 10);
    CHECK(out == "0123456789..........");
    CHECK(read(file->native_handle(), 10, 1) == 0);
    CHECK(read(file->native_handle(), 1000, 1) == 0);
    CHECK(read(file->native_handle(), 3, 0) == 0);
    REQUIRE(::truncate(path.c_str(), 4) == 0);
    CHECK(read(file->native_handle(), 2, 8) == 2);
    CHECK(read(-1, 0, 1) == -EBADF);
    const int folder_handle = ::open(folder.path().c_str(), O_RDONLY | O_CLOEXEC);
    CHECK(read(folder_handle, 0, 1) == -EISDIR);
    ::close(folder_handle);
    REQUIRE(queue->submit(file->native_handle(), 0, {reinterpret_cast<std::byte*>(16), 4}, 2));  // NOLINT: nobody's memory
    CHECK(queue->wait()->result == -EFAULT);
    const auto refused = queue->submit(file->native_handle(), ~std::uint64_t{0}, span_of(out, 0, 1), 3);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::out_of_range);
    CHECK(queue->in_flight() == 0);
    CHECK(read(file->native_handle(), 0, 4) == 4);  // the queue works on
}

TEST_CASE("reads past the cache go through the queue, and their tails too", "[read_queue]") {
    const temp_folder folder;
    const std::string bytes = counted(3 * 65536 + 777);
    const io::native_file file = cold_file(folder, bytes);
    const auto direct = io::direct_file::open(file);
    if (!direct) return cria_test::skip("the folder for temporary files cannot be read past the cache");
    auto queue = io::read_queue::make(4);
    if (is_refused(queue)) return cria_test::skip(no_queue);
    auto* const memory = static_cast<std::byte*>(std::aligned_alloc(65536, 4 * 65536));
    REQUIRE(memory != nullptr);
    for (std::size_t i = 0; i < 4; ++i) REQUIRE(queue->submit(direct->native_handle(), i * 65536, {memory + i * 65536, 65536}, i));
    while (queue->in_flight() > 0) {
        const auto done = queue->wait();
        REQUIRE(done);
        CHECK(done->result == (done->tag == 3 ? 777 : 65536));
    }
    CHECK((bytes == std::string(reinterpret_cast<const char*>(memory), bytes.size())));
    std::free(memory);
}

TEST_CASE("a queue that goes waits for its reads, and gives every handle back", "[read_queue]") {
    const temp_folder folder;
    constexpr std::size_t size = 8U << 20U;
    const std::string bytes = counted(size);
    const int before = n_open_files();
    for (int round = 0; round < 3; ++round) {
        const io::native_file file = cold_file(folder, bytes);
        std::string out(size, '\0');
        {
            auto queue = io::read_queue::make(32);
            if (is_refused(queue)) return cria_test::skip(no_queue);
            CHECK(n_open_files() == before + 2);
            for (std::size_t i = 0; i < 32; ++i) REQUIRE(queue->submit(file.native_handle(), i * (size / 32), span_of(out, i * (size / 32), size / 32), i));
        }
        CHECK((out == bytes));  // all of it is there: nothing writes any more
        CHECK(n_open_files() == before + 1);
    }
    CHECK(n_open_files() == before);
}

TEST_CASE("moving passes reads in flight on, and waits for those that were there", "[read_queue]") {
    const temp_folder folder;
    const std::string bytes = counted(1U << 20U);
    const io::native_file file = cold_file(folder, bytes);
    std::string mine(bytes.size(), '\0');
    std::string replaced(bytes.size(), '\0');
    const int before = n_open_files();
    {
        auto first = io::read_queue::make(2);
        auto second = io::read_queue::make(4);
        if (is_refused(first) || is_refused(second)) return cria_test::skip(no_queue);
        REQUIRE(first->submit(file.native_handle(), 0, span_of(replaced, 0, replaced.size()), 1));
        REQUIRE(second->submit(file.native_handle(), 0, span_of(mine, 0, mine.size()), 2));
        *first = *std::move(second);
        CHECK((replaced == bytes));
        CHECK(first->capacity() == 4);
        CHECK(first->in_flight() == 1);
        CHECK(second->in_flight() == 0);
        CHECK(second->capacity() == 0);
        CHECK(first->wait()->tag == 2);
        CHECK((mine == bytes));
    }
    CHECK(n_open_files() == before);
}

TEST_CASE("signals do not end a wait", "[read_queue]") {
    const temp_folder folder;
    constexpr std::size_t size = 16U << 20U;
    const io::native_file file = cold_file(folder, counted(size));
    auto queue = io::read_queue::make(16);
    if (is_refused(queue)) return cria_test::skip(no_queue);
    struct sigaction quiet {};
    struct sigaction before {};
    quiet.sa_handler = [](int) {};
    REQUIRE(::sigaction(SIGUSR1, &quiet, &before) == 0);
    struct shared {
        pthread_t reader;
        bool is_over = false;
    } all{::pthread_self()};
    pthread_t sender{};
    const auto send = [](void* raw) -> void* {
        auto& what = *static_cast<shared*>(raw);
        while (!__atomic_load_n(&what.is_over, __ATOMIC_ACQUIRE)) {
            ::pthread_kill(what.reader, SIGUSR1);
            ::usleep(100);
        }
        return nullptr;
    };
    REQUIRE(::pthread_create(&sender, nullptr, send, &all) == 0);
    std::string out(size, '\0');
    bool is_right = true;
    for (std::size_t i = 0; i < 16; ++i) is_right = is_right && queue->submit(file.native_handle(), i * (size / 16), span_of(out, i * (size / 16), size / 16), i);
    while (queue->in_flight() > 0) {
        const auto done = queue->wait();
        is_right = is_right && done && done->result == static_cast<std::int64_t>(size / 16);
        if (!done) break;
    }
    __atomic_store_n(&all.is_over, true, __ATOMIC_RELEASE);
    ::pthread_join(sender, nullptr);
    ::sigaction(SIGUSR1, &before, nullptr);
    CHECK(is_right);
    CHECK((out == counted(size)));
}

TEST_CASE("no handle left for a queue is an error, and nothing is lost by it", "[read_queue]") {
    if (is_refused(io::read_queue::make(1))) return cria_test::skip(no_queue);
    const int before = n_open_files();
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    const rlimit none{0, limit.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    const auto refused = io::read_queue::make(1);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::io_error);
    CHECK(refused.error().native == EMFILE);
    CHECK(n_open_files() == before);
}

TEST_CASE("a container that forbids the queue is unsupported_feature", "[read_queue]") {
    for (const unsigned answer : {unsigned{EPERM}, unsigned{ENOSYS}, unsigned{EACCES}}) {
        CAPTURE(answer);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            sock_filter rules[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                                   BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(io::detail::uring::setup_number), 0, 1),
                                   BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | answer), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
            const sock_fprog program{4, rules};
            if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) ::_exit(2);
            const auto refused = io::read_queue::make(4);
            ::_exit(!refused && refused.error().code == errc::unsupported_feature && refused.error().native == static_cast<int>(answer) ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFEXITED(status));
        if (WEXITSTATUS(status) == 2) return cria_test::skip("this process may not filter its own calls");
        CHECK(WEXITSTATUS(status) == 0);
    }
}

#endif
