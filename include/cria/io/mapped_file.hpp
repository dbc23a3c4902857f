// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_MAPPED_FILE_HPP
#define CRIA_IO_MAPPED_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#if !defined(_WIN32)
#include <sys/mman.h>
#endif

// The bytes of a file, or of a window of it, as one view: mapped read-only (the default: nothing is copied, pages
// come when they are touched and may be dropped again) or owned (read into memory once).
//
// What each promises when somebody else shortens the file while it is open, to before the view's end:
//   mapped  Touching a page that is no longer there raises SIGBUS (POSIX) or EXCEPTION_IN_PAGE_ERROR
//           (Windows); on the page where the file now ends, bytes behind the end read as zeros. No library can
//           turn that into an error without taking over the process's signals. A file that shrank between
//           opening and mapping is the same case. Windows refuses to shorten a file that is mapped; POSIX does not.
//   A mapped file that is written to changes under its views; whoever cannot rule that out opens it owned.
//   owned   Nothing: the bytes are ours. Costs the file's size in memory and one pass of reading.
//
// A window may start at any byte. Systems map whole pages, so the page below it is mapped from its start; those
// bytes are never shown, and every offset here counts from the window's first byte.
//
// A POSIX mapping is MAP_SHARED: whether a private one shows what others write is unspecified. Drivers pin both.

namespace cria::inline v0::io {

/// How a file's bytes are held.
enum class access : std::uint8_t {
    mapped,  ///< views point into a read-only mapping of the file
    owned,   ///< bytes are read into memory; a shrinking file can do nothing to them
};

/// What is going to be done with a range of a mapping; a hint to the operating system.
enum class advice : std::uint8_t { normal, sequential, random, will_need, dont_need };

/// How to open a file.
struct open_options {
    access how = access::mapped;
    advice expect = advice::normal;                                       ///< for all of the bytes; ignored when owned
    std::uint64_t max_bytes = (std::numeric_limits<std::uint64_t>::max)();  ///< larger files, or windows, are refused: errc::too_large
};

/// A whole file, or a window of one, as read-only bytes; move-only. Moving keeps every view valid.
class mapped_file {
public:
    mapped_file() noexcept = default;
    /// The bytes of the file at `path` (UTF-8).
    /// Fails: as native_file::open; empty_file; too_large (above max_bytes, or the address space); out_of_memory.
    /// Cost:  mapped: O(1). owned: one read of the file.
    [[nodiscard]] static auto open(std::string_view path, const open_options& options = {}) -> result<mapped_file>;
    /// `size_bytes` bytes from `offset_bytes` of an open file on: a model inside another file, or a file that came
    /// as a handle. The file is taken over, also where this fails.
    /// Fails: out_of_range where the window reaches past the size the file had when it was opened; empty_file for a
    ///        window of no bytes; too_large; out_of_memory; owned: as native_file::read.
    /// Cost:  mapped: O(1). owned: one read of the window, and of nothing else.
    [[nodiscard]] static auto open_window(native_file&& file, std::uint64_t offset_bytes, std::uint64_t size_bytes, const open_options& options = {})
        -> result<mapped_file>;

    mapped_file(mapped_file&& other) noexcept
        : file_(std::move(other.file_)),
          bytes_(std::exchange(other.bytes_, {})),
          offset_(std::exchange(other.offset_, 0)),
          lead_(std::exchange(other.lead_, 0)),
          owned_(std::move(other.owned_)) {}
    auto operator=(mapped_file&& other) noexcept -> mapped_file& {
        if (this != &other) {
            unmap();
            file_ = std::move(other.file_);
            bytes_ = std::exchange(other.bytes_, {});
            offset_ = std::exchange(other.offset_, 0);
            lead_ = std::exchange(other.lead_, 0);
            owned_ = std::move(other.owned_);
        }
        return *this;
    }
    mapped_file(const mapped_file&) = delete;
    auto operator=(const mapped_file&) -> mapped_file& = delete;
    ~mapped_file() { unmap(); }

    /// All bytes. Borrows: until this object is destroyed; see above for files that shrink.
    [[nodiscard]] auto bytes() const& noexcept CRIA_LIFETIME_BOUND -> byte_view { return bytes_; }
    auto bytes() && -> byte_view = delete;
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return bytes_.size(); }
    /// Where in the file the bytes start; 0 unless it was opened as a window.
    [[nodiscard]] auto offset_bytes() const noexcept -> std::uint64_t { return offset_; }
    [[nodiscard]] auto how() const noexcept -> access { return owned_.empty() ? access::mapped : access::owned; }
    /// The open file behind the bytes, for reads that must not fault; its offsets count from the start of the file.
    /// Borrows.
    [[nodiscard]] auto file() const& noexcept CRIA_LIFETIME_BOUND -> const native_file& { return file_; }
    auto file() && -> const native_file& = delete;

    /// Tells the operating system what will be done with a range of bytes(). A hint: it changes speed, never contents.
    /// Fails: out_of_range; unsupported_feature where the system has no such hint, or the bytes are owned; io_error.
    [[nodiscard]] auto advise(std::uint64_t offset_bytes, std::uint64_t size_bytes, advice expect) const -> result<void>;

private:
    void unmap() noexcept;
    /// Maps bytes_ and the lead_ bytes before it. Precondition: the window is inside the file and not empty.
    [[nodiscard]] auto map(std::size_t size) -> result<void>;
    /// The mapping as the system knows it.
    [[nodiscard]] auto mapping() const noexcept -> byte_view { return {bytes_.data() - lead_, bytes_.size() + lead_}; }

    native_file file_;
    byte_view bytes_;
    std::uint64_t offset_ = 0;
    std::size_t lead_ = 0;  // bytes between the mapping's first page and the window
    buffer<std::byte> owned_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {
/// What the start of a mapping must be a multiple of.
[[nodiscard]] inline auto mapping_step() noexcept -> std::uint64_t {
#if defined(_WIN32)
    SYSTEM_INFO about{};
    GetSystemInfo(&about);
    return about.dwAllocationGranularity;
#else
    const long reported = ::sysconf(_SC_PAGESIZE);
    return reported > 0 ? static_cast<std::uint64_t>(reported) : 4096;
#endif
}
}  // namespace detail

inline auto mapped_file::open(std::string_view path, const open_options& options) -> result<mapped_file> {
    CRIA_TRY(auto file, native_file::open(path));
    const std::uint64_t size = file.size_bytes();
    return open_window(std::move(file), 0, size, options);
}

inline auto mapped_file::open_window(native_file&& file, std::uint64_t offset_bytes, std::uint64_t size_bytes, const open_options& options)
    -> result<mapped_file> {
    mapped_file opened;
    opened.file_ = std::move(file);
    opened.offset_ = offset_bytes;
    const std::string_view subject = opened.file_.path();
    const std::uint64_t file_bytes = opened.file_.size_bytes();
    if (!detail::is_inside(offset_bytes, size_bytes, file_bytes))
        return error{errc::out_of_range, offset_bytes, subject}.because("window reaches past the end of the file, which has this many bytes").finding(file_bytes);
    if (size_bytes == 0) {
        const error empty{errc::empty_file, subject};
        return file_bytes == 0 ? empty : empty.because("window is empty");
    }
    if (size_bytes > options.max_bytes)
        return error{errc::too_large, subject}.because("is larger than the caller allows").expecting(options.max_bytes, size_bytes);
    const std::uint64_t lead = offset_bytes % detail::mapping_step();
    const std::uint64_t address_space = static_cast<std::uint64_t>((std::numeric_limits<std::ptrdiff_t>::max)()) - lead;
    if (size_bytes > address_space) return error{errc::too_large, subject}.because("is larger than the address space").finding(size_bytes);
    const auto size = static_cast<std::size_t>(size_bytes);
    if (options.how == access::owned) {
        CRIA_TRY_VOID(opened.owned_.reserve(size_bytes, subject));
        CRIA_TRY(std::byte* const first, opened.owned_.extend(size_bytes, subject));
        CRIA_TRY_VOID(opened.file_.read(offset_bytes, {first, size}));
        opened.bytes_ = opened.owned_.span();
        return opened;
    }
    opened.lead_ = static_cast<std::size_t>(lead);
    CRIA_TRY_VOID(opened.map(size));
    // A refused hint is not a reason to refuse the file.
    if (options.expect != advice::normal) static_cast<void>(opened.advise(0, size_bytes, options.expect));
    return opened;
}

#if defined(_WIN32)

inline auto mapped_file::map(std::size_t size) -> result<void> {
    const HANDLE handle = CreateFileMappingW(file_.native_handle(), nullptr, PAGE_READONLY, 0, 0, nullptr);
    if (handle == nullptr) return detail::system_error(GetLastError(), file_.path());
    const std::uint64_t start = offset_ - lead_;
    const void* const address = MapViewOfFile(handle, FILE_MAP_READ, static_cast<DWORD>(start >> 32U), static_cast<DWORD>(start), lead_ + size);
    const DWORD number = GetLastError();
    CloseHandle(handle);  // the view keeps it alive
    // Reading was allowed a moment ago: what is denied here is a view of more than the file still has.
    if (address == nullptr && number == ERROR_ACCESS_DENIED) return detail::ends_too_soon(offset_, file_.path());
    if (address == nullptr) return detail::system_error(number, file_.path());
    bytes_ = {static_cast<const std::byte*>(address) + lead_, size};
    return {};
}

inline void mapped_file::unmap() noexcept {
    if (owned_.empty() && !bytes_.empty()) UnmapViewOfFile(mapping().data());
    bytes_ = {};
}

inline auto mapped_file::advise(std::uint64_t offset_bytes, std::uint64_t size_bytes, advice expect) const -> result<void> {
    if (!detail::is_inside(offset_bytes, size_bytes, bytes_.size())) return error{errc::out_of_range, offset_bytes, file_.path()};
    if (how() == access::owned) return error{errc::unsupported_feature, file_.path()}.because("owned bytes take no advice");
    if (expect == advice::normal) return {};
    // Windows 8 has PrefetchVirtualMemory for will_need; the others have no counterpart for mapped views.
    return error{errc::unsupported_feature, file_.path()}.because("this system takes no such advice");
}

#else  // POSIX

inline auto mapped_file::map(std::size_t size) -> result<void> {
    void* const address = ::mmap(nullptr, lead_ + size, PROT_READ, MAP_SHARED, file_.native_handle(), static_cast<off_t>(offset_ - lead_));
    if (address == MAP_FAILED) return detail::system_error(errno, file_.path());
    bytes_ = {static_cast<const std::byte*>(address) + lead_, size};
    return {};
}

inline void mapped_file::unmap() noexcept {
    if (owned_.empty() && !bytes_.empty()) ::munmap(const_cast<std::byte*>(mapping().data()), mapping().size());
    bytes_ = {};
}

inline auto mapped_file::advise(std::uint64_t offset_bytes, std::uint64_t size_bytes, advice expect) const -> result<void> {
    if (!detail::is_inside(offset_bytes, size_bytes, bytes_.size())) return error{errc::out_of_range, offset_bytes, file_.path()};
    if (how() == access::owned) return error{errc::unsupported_feature, file_.path()}.because("owned bytes take no advice");
    if (size_bytes == 0) return {};
    int native = POSIX_MADV_NORMAL;
    switch (expect) {
        case advice::normal: break;
        case advice::sequential: native = POSIX_MADV_SEQUENTIAL; break;
        case advice::random: native = POSIX_MADV_RANDOM; break;
        case advice::will_need: native = POSIX_MADV_WILLNEED; break;
        case advice::dont_need: native = POSIX_MADV_DONTNEED; break;
    }
    // The system wants whole pages; the mapping starts on one, so rounding the start down stays inside it.
    const std::uint64_t first = lead_ + offset_bytes;
    const std::uint64_t start = first - first % detail::mapping_step();
    std::byte* const address = const_cast<std::byte*>(mapping().data()) + start;
    const auto length = static_cast<std::size_t>(first - start + size_bytes);
#if defined(__linux__)
    // glibc's posix_madvise ignores this one. The mapping is shared and read-only, so dropping its pages loses nothing.
    if (expect == advice::dont_need) {
        const bool dropped = ::madvise(address, length, MADV_DONTNEED) == 0;
        return dropped ? result<void>() : detail::system_error(errno, file_.path());
    }
#endif
    const int number = ::posix_madvise(address, length, native);
    if (number != 0) return detail::system_error(number, file_.path());
    return {};
}

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_MAPPED_FILE_HPP
