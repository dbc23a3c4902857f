// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_READ_QUEUE_HPP
#define CRIA_IO_READ_QUEUE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <cassert>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#if defined(__linux__)
#include <cstring>  // memset
#include <sys/mman.h>
#include <sys/syscall.h>
#endif

// Many reads in flight from one thread, which fast disks and distant file systems want: io_uring, by its system calls.
//
// A read is submitted with a tag and done at some time, in whatever order the device likes; wait() and poll() give the
// tag back with what became of it. From submit() until then the memory belongs to the system, so the destructor waits.
//
// The layout of what is shared with the kernel is written down here, not taken from <linux/io_uring.h>: it is fixed, and
// that header brings macros (BLOCK_SIZE) to everybody who includes it. A test compares the two.
//
// Linux from 5.6 on. Containers often forbid io_uring: make() says unsupported_feature, and threads are the way then.

namespace cria::inline v0::io {

/// Reads of files in flight; move-only. Not for a child process after fork().
/// Threads: one at a time.
class read_queue {
public:
    /// What became of a read.
    struct completion {
        std::uint64_t tag = 0;
        std::int64_t result = 0;  ///< bytes that were read, or the system's error number, negative
    };
    /// More entries than this no queue has.
    static constexpr unsigned most_entries = 32768;

    read_queue() noexcept = default;
    /// A queue for up to `n_entries` reads in flight.
    /// Fails: invalid_argument for 0 and for more than most_entries; unsupported_feature where the system has no such
    ///        queue or does not let this process have one; out_of_memory; io_error (too many open files).
    [[nodiscard]] static auto make(unsigned n_entries) -> result<read_queue>;

    read_queue(read_queue&& other) noexcept { swap(other); }
    auto operator=(read_queue&& other) noexcept -> read_queue& {
        read_queue taken(std::move(other));
        swap(taken);  // what was here waits for its reads in taken's destructor
        return *this;
    }
    read_queue(const read_queue&) = delete;
    auto operator=(const read_queue&) -> read_queue& = delete;
    /// Waits for the reads in flight.
    ~read_queue() { close(); }

    /// Starts a read into `out` from `offset_bytes` on. The file stays open and `out` untouched until it is done.
    /// What the file demands of offsets, sizes and addresses (direct_file.hpp) holds here too.
    /// Precondition: in_flight() < capacity().
    /// Fails: out_of_range for an offset no file has; out_of_memory where the system can take no more just now;
    ///        io_error. Nothing was started then, and the queue works on. What is wrong with the file comes as completion.
    [[nodiscard]] auto submit(native_file::handle_type file, std::uint64_t offset_bytes, std::span<std::byte> out, std::uint64_t tag) -> result<void>;

    /// The next read that is done, waiting for one. Fewer bytes than asked for are the end of the file, or a read that
    /// the system cut short (at 2^30 bytes always): asking for the rest tells. Precondition: in_flight() > 0.
    /// Fails: io_error where the system will not wait.
    [[nodiscard]] auto wait() -> result<completion>;
    /// The next read that is done, if there is one now.
    [[nodiscard]] auto poll() -> std::optional<completion>;

    /// Reads that were submitted and not given back by wait() or poll().
    [[nodiscard]] auto in_flight() const noexcept -> unsigned { return n_in_flight_; }
    [[nodiscard]] auto capacity() const noexcept -> unsigned { return static_cast<unsigned>(reads_.size()); }

private:
    // A read, kept until it is done so that it can be submitted again.
    struct entry {
        std::byte* to = nullptr;
        std::uint64_t offset_bytes = 0;
        std::uint64_t tag = 0;
        native_file::handle_type file{};
        std::uint32_t size_bytes = 0;
        std::uint32_t next_free = 0;
        bool is_repeated = false;
    };

    void close() noexcept;
    void swap(read_queue& other) noexcept {
        std::swap(ring_, other.ring_);
        std::swap(shared_, other.shared_);
        std::swap(shared_bytes_, other.shared_bytes_);
        std::swap(orders_, other.orders_);
        std::swap(orders_bytes_, other.orders_bytes_);
        std::swap(order_tail_, other.order_tail_);
        std::swap(order_index_, other.order_index_);
        std::swap(order_mask_, other.order_mask_);
        std::swap(done_head_, other.done_head_);
        std::swap(done_tail_, other.done_tail_);
        std::swap(done_, other.done_);
        std::swap(done_mask_, other.done_mask_);
        std::swap(reads_, other.reads_);
        std::swap(first_free_, other.first_free_);
        std::swap(n_in_flight_, other.n_in_flight_);
    }
    /// Hands entry `index` to the system: an error number, or 0.
    [[nodiscard]] auto start(std::uint32_t index) noexcept -> int;

    int ring_ = -1;
    void* shared_ = nullptr;  // both rings of numbers
    std::size_t shared_bytes_ = 0;
    void* orders_ = nullptr;  // what is submitted
    std::size_t orders_bytes_ = 0;
    std::uint32_t* order_tail_ = nullptr;
    std::uint32_t* order_index_ = nullptr;
    std::uint32_t order_mask_ = 0;
    std::uint32_t* done_head_ = nullptr;
    std::uint32_t* done_tail_ = nullptr;
    void* done_ = nullptr;
    std::uint32_t done_mask_ = 0;
    buffer<entry> reads_;
    std::uint32_t first_free_ = 0;
    unsigned n_in_flight_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

#if defined(__linux__)

// What the kernel and a process share: include/uapi/linux/io_uring.h, as of Linux 5.6.
namespace detail::uring {

inline constexpr std::uint8_t read = 22;                  // IORING_OP_READ
inline constexpr std::uint8_t by_a_thread = 1U << 4U;     // IOSQE_ASYNC
inline constexpr unsigned wait_for_some = 1U << 0U;       // IORING_ENTER_GETEVENTS
inline constexpr std::uint32_t one_mapping = 1U << 0U;    // IORING_FEAT_SINGLE_MMAP, Linux 5.4
inline constexpr std::uint32_t reads_plainly = 1U << 3U;  // IORING_FEAT_RW_CUR_POS, which came with IORING_OP_READ
inline constexpr off_t orders_at = 0x10000000;            // IORING_OFF_SQES

struct order {  // io_uring_sqe
    std::uint8_t what;
    std::uint8_t flags;
    std::uint16_t priority;
    std::int32_t file;
    std::uint64_t offset_bytes;
    std::uint64_t address;
    std::uint32_t size_bytes;
    std::uint32_t read_flags;
    std::uint64_t tag;
    std::uint64_t unused[3];
};
static_assert(sizeof(order) == 64);

struct answer {  // io_uring_cqe
    std::uint64_t tag;
    std::int32_t result;
    std::uint32_t flags;
};
static_assert(sizeof(answer) == 16);

struct order_offsets {  // io_sqring_offsets
    std::uint32_t head, tail, ring_mask, ring_entries, flags, dropped, array, unused;
    std::uint64_t address;
};
struct answer_offsets {  // io_cqring_offsets
    std::uint32_t head, tail, ring_mask, ring_entries, overflow, cqes, flags, unused;
    std::uint64_t address;
};
struct parameters {  // io_uring_params
    std::uint32_t n_orders, n_answers, flags, cpu, idle, features, workers, unused[3];
    order_offsets orders;
    answer_offsets answers;
};
static_assert(sizeof(parameters) == 120);

#if defined(SYS_io_uring_setup) && defined(SYS_io_uring_enter)
inline constexpr long setup_number = SYS_io_uring_setup;
inline constexpr long enter_number = SYS_io_uring_enter;
#else
inline constexpr long setup_number = -1;  // answered with ENOSYS
inline constexpr long enter_number = -1;
#endif

/// Submits and waits; an error number, or 0.
[[nodiscard]] inline auto enter(int ring, unsigned n_to_submit, unsigned n_to_wait_for) noexcept -> int {
    const unsigned flags = n_to_wait_for > 0 ? wait_for_some : 0;
    return ::syscall(enter_number, ring, n_to_submit, n_to_wait_for, flags, nullptr, std::size_t{0}) < 0 ? errno : 0;
}

[[nodiscard]] inline auto at(void* base, std::uint32_t offset_bytes) noexcept -> std::uint32_t* {
    return static_cast<std::uint32_t*>(static_cast<void*>(static_cast<std::byte*>(base) + offset_bytes));
}

}  // namespace detail::uring

inline auto read_queue::make(unsigned n_entries) -> result<read_queue> {
    namespace uring = detail::uring;
    if (n_entries == 0 || n_entries > most_entries)
        return error{errc::invalid_argument, "read queue"}.because("has no such number of entries").finding(std::uint64_t{n_entries});
    read_queue queue;
    uring::parameters about{};
    queue.ring_ = static_cast<int>(::syscall(uring::setup_number, n_entries, &about));  // closed when a program is started
    if (queue.ring_ < 0) {
        if (errno == ENOSYS || errno == EPERM || errno == EACCES || errno == EINVAL)
            return error{errc::unsupported_feature, "read queue"}.because("io_uring is not there, or not allowed here").from_system(errno);
        return detail::system_error(errno, "read queue");
    }
    if ((about.features & uring::one_mapping) == 0 || (about.features & uring::reads_plainly) == 0)
        return error{errc::unsupported_feature, "read queue"}.because("this kernel's io_uring is too old");
    const std::size_t numbers = about.orders.array + about.n_orders * sizeof(std::uint32_t);
    const std::size_t answers = about.answers.cqes + about.n_answers * sizeof(uring::answer);
    const auto map = [&](std::size_t size_bytes, off_t offset_bytes, void*& to) -> result<void> {
        void* const address = ::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, queue.ring_, offset_bytes);
        if (address == MAP_FAILED) return detail::system_error(errno, "read queue");
        to = address;
        return {};
    };
    queue.shared_bytes_ = numbers > answers ? numbers : answers;
    CRIA_TRY_VOID(map(queue.shared_bytes_, 0, queue.shared_));
    queue.orders_bytes_ = about.n_orders * sizeof(uring::order);
    CRIA_TRY_VOID(map(queue.orders_bytes_, uring::orders_at, queue.orders_));
    queue.order_tail_ = uring::at(queue.shared_, about.orders.tail);
    queue.order_index_ = uring::at(queue.shared_, about.orders.array);
    queue.order_mask_ = *uring::at(queue.shared_, about.orders.ring_mask);
    queue.done_head_ = uring::at(queue.shared_, about.answers.head);
    queue.done_tail_ = uring::at(queue.shared_, about.answers.tail);
    queue.done_mask_ = *uring::at(queue.shared_, about.answers.ring_mask);
    queue.done_ = static_cast<std::byte*>(queue.shared_) + about.answers.cqes;
    CRIA_TRY_VOID(queue.reads_.resize(n_entries, "read queue"));
    for (std::uint32_t i = 0; i < n_entries; ++i) queue.reads_[i].next_free = i + 1;
    return queue;
}

inline void read_queue::close() noexcept {
    while (n_in_flight_ > 0) {
        if (!wait()) break;  // the ring is gone, which only somebody who closed it can have done
    }
    if (orders_ != nullptr) ::munmap(orders_, orders_bytes_);
    if (shared_ != nullptr) ::munmap(shared_, shared_bytes_);
    if (ring_ >= 0) static_cast<void>(detail::close_handle(ring_, "read queue"));
    orders_ = shared_ = nullptr;
    ring_ = -1;
}

inline auto read_queue::start(std::uint32_t index) noexcept -> int {
    namespace uring = detail::uring;
    const entry& read = reads_[index];
    const std::uint32_t tail = *order_tail_;  // written by this thread alone
    uring::order& order = static_cast<uring::order*>(orders_)[tail & order_mask_];
    std::memset(&order, 0, sizeof order);
    order.what = uring::read;
    order.flags = read.is_repeated ? uring::by_a_thread : std::uint8_t{0};
    order.file = read.file;
    order.offset_bytes = read.offset_bytes;
    order.address = reinterpret_cast<std::uintptr_t>(read.to);
    order.size_bytes = read.size_bytes;
    order.tag = index;
    order_index_[tail & order_mask_] = tail & order_mask_;
    __atomic_store_n(order_tail_, tail + 1, __ATOMIC_RELEASE);
    int why = 0;
    do why = uring::enter(ring_, 1, 0);
    while (why == EINTR);
    if (why != 0) __atomic_store_n(order_tail_, tail, __ATOMIC_RELEASE);  // the system looks at it in enter() alone: it was not taken
    return why;
}

inline auto read_queue::submit(native_file::handle_type file, std::uint64_t offset_bytes, std::span<std::byte> out, std::uint64_t tag) -> result<void> {
    assert(in_flight() < capacity());
    if (offset_bytes > detail::last_offset) return error{errc::out_of_range, offset_bytes, "read queue"};
    const std::uint32_t index = first_free_;
    entry& read = reads_[index];
    read.to = out.data();
    read.offset_bytes = offset_bytes;
    read.tag = tag;
    read.file = file;
    read.size_bytes = static_cast<std::uint32_t>(out.size() < detail::most_at_once ? out.size() : detail::most_at_once);
    read.is_repeated = false;
    const int why = start(index);
    if (why == EAGAIN || why == EBUSY || why == ENOMEM)
        return error{errc::out_of_memory, "read queue"}.because("the system can take no more reads just now").from_system(why);
    if (why != 0) return detail::system_error(why, "read queue");
    first_free_ = read.next_free;
    ++n_in_flight_;
    return {};
}

inline auto read_queue::poll() -> std::optional<completion> {
    while (n_in_flight_ > 0) {
        const std::uint32_t head = *done_head_;  // written by this thread alone
        if (head == __atomic_load_n(done_tail_, __ATOMIC_ACQUIRE)) break;
        const detail::uring::answer answer = static_cast<const detail::uring::answer*>(done_)[head & done_mask_];
        __atomic_store_n(done_head_, head + 1, __ATOMIC_RELEASE);
        const auto index = static_cast<std::uint32_t>(answer.tag);
        entry& read = reads_[index];
        // Not now, or interrupted: once more, by a thread of the kernel's that may wait. Files opened with O_NONBLOCK, on
        // file systems that cannot read without waiting, give the first where the bytes are not in memory.
        if ((answer.result == -EAGAIN || answer.result == -EINTR) && !read.is_repeated) {
            read.is_repeated = true;
            if (start(index) == 0) continue;
        }
        read.next_free = first_free_;
        first_free_ = index;
        --n_in_flight_;
        return completion{read.tag, answer.result};
    }
    return std::nullopt;
}

inline auto read_queue::wait() -> result<completion> {
    assert(in_flight() > 0);
    while (true) {
        if (const auto done = poll()) return *done;
        const int why = detail::uring::enter(ring_, 0, 1);
        if (why != 0 && why != EINTR && why != EAGAIN && why != EBUSY) return detail::system_error(why, "read queue");
    }
}

#else

inline auto read_queue::make(unsigned n_entries) -> result<read_queue> {
    if (n_entries == 0 || n_entries > most_entries)
        return error{errc::invalid_argument, "read queue"}.because("has no such number of entries").finding(std::uint64_t{n_entries});
    return error{errc::unsupported_feature, "read queue"}.because("this system has no io_uring");
}

// There is no queue here of which anybody could ask this.
inline void read_queue::close() noexcept {}
inline auto read_queue::start(std::uint32_t) noexcept -> int { return 0; }
inline auto read_queue::submit(native_file::handle_type, std::uint64_t, std::span<std::byte>, std::uint64_t) -> result<void> {
    return error{errc::unsupported_feature, "read queue"};
}
inline auto read_queue::poll() -> std::optional<completion> { return std::nullopt; }
inline auto read_queue::wait() -> result<completion> { return error{errc::unsupported_feature, "read queue"}; }

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_READ_QUEUE_HPP
