// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_PAGE_CACHE_HPP
#define CRIA_IO_PAGE_CACHE_HPP

#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <cstdint>

#if !defined(_WIN32)
#include <fcntl.h>  // posix_fadvise
#endif
#if defined(__linux__)
#include <sys/mman.h>     // mincore
#include <sys/syscall.h>  // cachestat, which is younger than the headers of Debian 12
#endif

// What the operating system holds of a file in memory: how much of a window is there now, and that it may go.
//
// Who loads a file asks first, since the two ways differ: what is held is copied fastest through the cache, what is not
// is read fastest past it (direct_file.hpp). The answer is about a moment, and counts whole pages: other programs read
// and write the same cache. Nothing here changes what a read gives.
//
// Linux does not tell what it holds of a file that the asking user neither owns nor may write, since that would tell
// what other users do. cachestat() refuses then; mincore() answers as if all of it were there, so it is not asked.

namespace cria::inline v0::io {

/// How much of a window of a file is in memory.
struct cache_state {
    std::uint64_t resident_bytes = 0;  ///< at most size_bytes
    std::uint64_t size_bytes = 0;      ///< of the window asked about
};

/// What the system holds now of the `size_bytes` bytes from `offset_bytes` on.
/// Fails: out_of_range where the window reaches past the size the file had when it was opened; permission_denied where
///        the system does not tell this user; unsupported_feature where it tells nobody; io_error.
/// Cost:  Linux 6.5 and later: one call, some milliseconds for a GiB held in small pages, nothing to speak of otherwise.
///        Earlier ones: a few times that.
/// Threads: safe.
[[nodiscard]] inline auto cache_state_of(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<cache_state>;

/// The same from windows spread evenly over this one, for who needs the share and not the number: what is asked of the
/// system does not grow with the file. `size_bytes` is of what was looked at, which is all of 64 MiB or less.
/// Fails: as cache_state_of. Cost: some ten microseconds a GiB, up to 256 calls.
[[nodiscard]] inline auto sample_cache_state(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<cache_state>;

/// Tells the system that it need not hold the window any longer. A hint: pages that were written and are not on the
/// device yet stay, as do pages that somebody has mapped and pages of which the window has a part only.
/// Fails: out_of_range, as above; unsupported_feature where there is no such hint; io_error.
/// Threads: safe.
[[nodiscard]] inline auto drop_cache(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<void>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

[[nodiscard]] inline auto check_window(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<void> {
    if (!file.is_open()) return nothing_open(file.path());
    if (!is_inside(offset_bytes, size_bytes, file.size_bytes()))
        return error{errc::out_of_range, offset_bytes, file.path()}
            .because("window reaches past the end of the file, which has this many bytes")
            .finding(file.size_bytes());
    return {};
}

#if defined(__linux__)

[[nodiscard]] inline auto page_size() noexcept -> std::uint64_t {
    const long reported = ::sysconf(_SC_PAGESIZE);
    return reported > 0 ? static_cast<std::uint64_t>(reported) : 4096;
}

[[nodiscard]] inline auto tells_nobody_else(std::string_view subject) -> error {
    return error{errc::permission_denied, subject}.because("the system does not tell this user what it holds of the file");
}

/// By cachestat(2). Fails: unsupported_feature where the system has no such call, or it is not let through.
[[nodiscard]] inline auto resident_by_cachestat(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<std::uint64_t> {
#if defined(SYS_cachestat)
    constexpr long number = SYS_cachestat;
#elif defined(__x86_64__) || defined(__i386__) || defined(__aarch64__) || defined(__arm__) || defined(__riscv) || defined(__powerpc__) || defined(__s390__)
    constexpr long number = 451;
#else
    constexpr long number = -1;  // answered with ENOSYS
#endif
    struct {
        std::uint64_t offset_bytes, size_bytes;  // a size of 0: to the end of the file
    } const range{offset_bytes, size_bytes};
    struct {
        std::uint64_t n_cached, n_dirty, n_in_writeback, n_evicted, n_recently_evicted;  // pages
    } answer{};
    if (size_bytes == 0) return std::uint64_t{0};
    if (::syscall(number, file.native_handle(), &range, &answer, 0U) == 0) return answer.n_cached * page_size();
    const int why = errno;
    // A system-call filter that does not know the call answers with EPERM too: whoever owns the file was not refused for that.
    struct stat status {};
    const bool is_owner = ::fstat(file.native_handle(), &status) == 0 && (status.st_uid == ::geteuid() || ::geteuid() == 0);
    if (why == ENOSYS || why == EOPNOTSUPP || why == EINVAL || (why == EPERM && is_owner)) return error{errc::unsupported_feature, file.path()}.from_system(why);
    if (why == EPERM || why == EACCES) return tells_nobody_else(file.path());
    return system_error(why, file.path());
}

/// By mincore(2), over windows of bounded size.
[[nodiscard]] inline auto resident_by_mincore(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<std::uint64_t> {
    struct stat status {};
    if (::fstat(file.native_handle(), &status) != 0) return system_error(errno, file.path());
    if (status.st_uid != ::geteuid() && ::geteuid() != 0) {
        constexpr std::string_view folder = "/proc/self/fd/";
        const cria::detail::decimal handle(static_cast<std::uint64_t>(file.native_handle()));
        char path[40] = {};
        folder.copy(path, folder.size());
        handle.view().copy(path + folder.size(), handle.view().size());
        if (::access(path, W_OK) != 0) return tells_nobody_else(file.path());
    }
    constexpr std::size_t most_pages = 8192;
    unsigned char pages[most_pages];
    const std::uint64_t page = page_size();
    const std::uint64_t end = offset_bytes + size_bytes;  // inside the file, so there is no overflow
    std::uint64_t n_resident = 0;
    for (std::uint64_t at = offset_bytes - offset_bytes % page; at < end; at += most_pages * page) {
        const std::uint64_t left = end - at;
        const auto length = static_cast<std::size_t>(left < most_pages * page ? left : most_pages * page);
        void* const address = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, file.native_handle(), static_cast<off_t>(at));
        if (address == MAP_FAILED) return errno == ENODEV ? error{errc::unsupported_feature, file.path()}.from_system(ENODEV) : system_error(errno, file.path());
        const bool is_answered = ::mincore(address, length, pages) == 0;
        const int why = errno;
        ::munmap(address, length);
        if (!is_answered) return why == ENOSYS ? error{errc::unsupported_feature, file.path()}.from_system(why) : system_error(why, file.path());
        const std::size_t n_pages = static_cast<std::size_t>((length + page - 1) / page);
        for (std::size_t i = 0; i < n_pages; ++i) n_resident += pages[i] & 1U;
    }
    return n_resident * page;
}

#endif

}  // namespace detail

inline auto cache_state_of(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<cache_state> {
    CRIA_TRY_VOID(detail::check_window(file, offset_bytes, size_bytes));
#if defined(__linux__)
    auto resident = detail::resident_by_cachestat(file, offset_bytes, size_bytes);
    if (!resident && resident.error().code == errc::unsupported_feature) resident = detail::resident_by_mincore(file, offset_bytes, size_bytes);
    if (!resident) return resident.error();
    return cache_state{*resident < size_bytes ? *resident : size_bytes, size_bytes};  // of the outermost pages, a part is asked about
#else
    return error{errc::unsupported_feature, file.path()}.because("this system does not tell what it holds of a file");
#endif
}

inline auto sample_cache_state(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<cache_state> {
    constexpr std::uint64_t n_windows = 256, window_bytes = std::uint64_t{256} << 10U;
    if (size_bytes <= n_windows * window_bytes) return cache_state_of(file, offset_bytes, size_bytes);
    CRIA_TRY_VOID(detail::check_window(file, offset_bytes, size_bytes));
    const std::uint64_t step = (size_bytes - window_bytes) / (n_windows - 1);  // the last window ends where this one does, or nearly
    cache_state sum;
    for (std::uint64_t i = 0; i < n_windows; ++i) {
        CRIA_TRY(const cache_state one, cache_state_of(file, offset_bytes + i * step, window_bytes));
        sum.resident_bytes += one.resident_bytes;
        sum.size_bytes += one.size_bytes;
    }
    return sum;
}

inline auto drop_cache(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<void> {
    CRIA_TRY_VOID(detail::check_window(file, offset_bytes, size_bytes));
#if defined(POSIX_FADV_DONTNEED)
    if (size_bytes == 0) return {};  // which the system would take for all the rest
    const int number = ::posix_fadvise(file.native_handle(), static_cast<off_t>(offset_bytes), static_cast<off_t>(size_bytes), POSIX_FADV_DONTNEED);
    if (number == ENOSYS || number == EOPNOTSUPP) return error{errc::unsupported_feature, file.path()}.from_system(number);
    if (number != 0) return detail::system_error(number, file.path());
    return {};
#else
    return error{errc::unsupported_feature, file.path()}.because("this system takes no such advice");
#endif
}

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_PAGE_CACHE_HPP
