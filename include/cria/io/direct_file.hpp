// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_DIRECT_FILE_HPP
#define CRIA_IO_DIRECT_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#if defined(__linux__)
#include <sys/syscall.h>  // statx, whose structure is younger than its name in the C library
#endif

// A file read past the page cache: the device writes into the caller's memory, and no processor copies. For files that
// are not in memory yet, and will not be wanted there.
//
// The price is alignment: offsets, sizes and addresses are whole sectors, so whoever wants bytes 5 to 9 reads the sector
// around them. Only the end of the file may come short. Many systems and file systems cannot do it, and some say so at
// the first read and not before: open() makes that read, so that an open direct_file is one that works.
//
// On file systems that live in memory (tmpfs) the reads succeed where the kernel lets them, and pass nothing.

namespace cria::inline v0::io {

/// A second handle on an open file, for reads past the page cache; move-only, closed by the destructor.
class direct_file {
public:
    using handle_type = detail::native_handle;

    direct_file() noexcept = default;
    /// The file that `same` has open, by whatever name, or none any more; `same` may be closed afterwards.
    /// Fails: unsupported_feature where the system, or the file system, cannot; permission_denied where a file that was
    ///        handed over open may not be opened anew; invalid_argument where nothing is open; io_error.
    /// Cost:  one read of one sector.
    [[nodiscard]] static auto open(const native_file& same) -> result<direct_file>;

    direct_file(direct_file&& other) noexcept
        : handle_(std::exchange(other.handle_, native_file::no_handle())), alignment_(other.alignment_), name_(other.name_) {}
    auto operator=(direct_file&& other) noexcept -> direct_file& {
        if (this != &other) {
            close();
            handle_ = std::exchange(other.handle_, native_file::no_handle());
            alignment_ = other.alignment_;
            name_ = other.name_;
        }
        return *this;
    }
    direct_file(const direct_file&) = delete;
    auto operator=(const direct_file&) -> direct_file& = delete;
    ~direct_file() { close(); }

    [[nodiscard]] auto is_open() const noexcept -> bool { return handle_ != native_file::no_handle(); }
    /// What offsets, sizes and addresses of reads are multiples of: a power of two.
    [[nodiscard]] auto alignment_bytes() const noexcept -> std::size_t { return alignment_; }
    /// What errors call the file: as native_file::name.
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return name_.view(); }
    /// For calls this class does not make, such as read_queue::submit. Borrows.
    [[nodiscard]] auto native_handle() const noexcept -> handle_type { return handle_; }

    /// Reads from `offset_bytes` on; gives how many bytes, which are fewer than `out` has only where the file ends.
    /// What is behind them in `out` is unspecified. Precondition: is_open(); the offset, and address and size of `out`,
    /// are multiples of alignment_bytes().
    /// Fails:   out_of_range for an offset that no file has; io_error.
    /// Threads: const, safe to share.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<std::size_t>;

private:
    void close() noexcept;

    handle_type handle_ = native_file::no_handle();
    std::size_t alignment_ = 4096;
    detail::path_text name_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline void direct_file::close() noexcept {
    if (is_open()) static_cast<void>(detail::close_handle(handle_, name()));  // nothing was written, so nothing can be lost
    handle_ = native_file::no_handle();
}

#if defined(__linux__)

namespace detail {

[[nodiscard]] inline auto reads_through_cache(std::string_view subject) -> error {
    return error{errc::unsupported_feature, subject}.because("lies on a file system that cannot read past the page cache");
}

/// What reads past the cache must be multiples of; 4096, which suits every disk sold, where the system does not say.
/// Fails: unsupported_feature where it says that there are no such reads.
[[nodiscard]] inline auto direct_alignment(native_handle handle, std::string_view subject) -> result<std::size_t> {
    // struct statx from Linux 6.1 on.
    struct {
        std::uint32_t mask;
        std::uint32_t unused_before[37];
        std::uint32_t memory_alignment;
        std::uint32_t offset_alignment;
        std::uint32_t unused_behind[24];
    } answer{};
    static_assert(sizeof answer == 256);
    constexpr std::size_t usual = 4096;
#if defined(SYS_statx)
    constexpr int of_the_handle = 0x1000;               // AT_EMPTY_PATH
    constexpr unsigned direct_io_alignment = 0x2000U;  // STATX_DIOALIGN
    if (::syscall(SYS_statx, handle, "", of_the_handle, direct_io_alignment, &answer) != 0) return usual;
    if ((answer.mask & direct_io_alignment) == 0) return usual;
    if (answer.memory_alignment == 0 || answer.offset_alignment == 0) return reads_through_cache(subject);
#else
    static_cast<void>(handle), static_cast<void>(subject);
#endif
    const std::size_t larger = answer.memory_alignment > answer.offset_alignment ? answer.memory_alignment : answer.offset_alignment;
    const bool is_power_of_two = larger != 0 && (larger & (larger - 1)) == 0;
    return is_power_of_two ? larger : usual;
}

}  // namespace detail

inline auto direct_file::open(const native_file& same) -> result<direct_file> {
    if (!same.is_open()) return detail::nothing_open(same.name());
    direct_file file;
    file.name_ = same.name();  // which fits
    constexpr std::string_view folder = "/proc/self/fd/";
    const cria::detail::decimal handle(static_cast<std::uint64_t>(same.native_handle()));
    char path[40] = {};
    folder.copy(path, folder.size());
    handle.view().copy(path + folder.size(), handle.view().size());
    do {
        file.handle_ = ::open(path, O_RDONLY | O_DIRECT | O_CLOEXEC | O_NOCTTY);
    } while (file.handle_ < 0 && errno == EINTR);
    if (!file.is_open()) {
        if (errno == EINVAL || errno == EOPNOTSUPP) return detail::reads_through_cache(file.name()).from_system(errno);
        if (errno == ENOENT || errno == ENOTDIR) return error{errc::unsupported_feature, file.name()}.because("cannot be opened anew without /proc").from_system(errno);
        return detail::system_error(errno, file.name());
    }
    CRIA_TRY(file.alignment_, detail::direct_alignment(file.handle_, file.name()));
    CRIA_TRY(auto memory, buffer<std::byte>::make(2 * file.alignment_, file.name()));
    const std::size_t beyond = reinterpret_cast<std::uintptr_t>(memory.data()) % file.alignment_;
    const auto sector = file.read(0, {memory.data() + (beyond == 0 ? 0 : file.alignment_ - beyond), file.alignment_});
    if (sector) return file;
    const int why = sector.error().native;
    return why == EINVAL || why == EOPNOTSUPP ? detail::reads_through_cache(file.name()).from_system(why) : sector.error();
}

inline auto direct_file::read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<std::size_t> {
    assert(is_open() && offset_bytes % alignment_ == 0 && out.size() % alignment_ == 0);
    assert(reinterpret_cast<std::uintptr_t>(out.data()) % alignment_ == 0);
    std::size_t done = 0;
    while (done < out.size()) {
        // Short of a whole sector is the end of the file, or the system's whim: the sector is asked for again to know.
        const std::size_t from = done - done % alignment_;
        const std::uint64_t at = offset_bytes + from;
        if (at > detail::last_offset || at < offset_bytes) return error{errc::out_of_range, offset_bytes, name()};
        const std::size_t left = out.size() - from;
        const ssize_t got = ::pread(handle_, out.data() + from, left < detail::most_at_once ? left : detail::most_at_once, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return detail::system_error(errno, name());
        if (from + static_cast<std::size_t>(got) <= done) break;
        done = from + static_cast<std::size_t>(got);
    }
    return done;
}

#else

inline auto direct_file::open(const native_file& same) -> result<direct_file> {
    if (!same.is_open()) return detail::nothing_open(same.name());
    return error{errc::unsupported_feature, same.name()}.because("this system's reads past the page cache are not known here");
}

inline auto direct_file::read(std::uint64_t, std::span<std::byte>) const -> result<std::size_t> {
    return detail::nothing_open(name());  // there is no open one here
}

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_DIRECT_FILE_HPP
