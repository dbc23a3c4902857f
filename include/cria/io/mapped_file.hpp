// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_MAPPED_FILE_HPP
#define CRIA_IO_MAPPED_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#if !defined(_WIN32)
#include <sys/mman.h>
#endif

// All bytes of a file as one view: mapped read-only (the default: nothing is copied, pages come when they
// are touched and may be dropped again) or owned (read into memory once).
//
// What each promises when somebody else shortens the file while it is open:
//   mapped  Touching a page that is no longer there raises SIGBUS (POSIX) or EXCEPTION_IN_PAGE_ERROR
//           (Windows). No library can turn that into an error without taking over the process's signals.
//           Windows refuses to shorten a file that is mapped; POSIX does not.
//   A mapped file that is written to changes under its views; whoever cannot rule that out opens it owned.
//   owned   Nothing: the bytes are ours. Costs the file's size in memory and one pass of reading.
//
// A POSIX mapping is MAP_SHARED: a private one reads the same bytes, but cannot be registered with a GPU driver.

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
    advice expect = advice::normal;                                       ///< for the whole file; ignored when owned
    std::uint64_t max_bytes = (std::numeric_limits<std::uint64_t>::max)();  ///< larger files are refused: errc::too_large
};

/// A whole file as read-only bytes; move-only. Moving keeps every view valid.
class mapped_file {
public:
    mapped_file() noexcept = default;
    /// The bytes of the file at `path` (UTF-8).
    /// Fails: as native_file::open; empty_file; too_large (above max_bytes, or the address space); out_of_memory.
    /// Cost:  mapped: O(1). owned: one read of the file.
    [[nodiscard]] static auto open(std::string_view path, const open_options& options = {}) -> result<mapped_file>;

    mapped_file(mapped_file&& other) noexcept
        : file_(std::move(other.file_)), bytes_(std::exchange(other.bytes_, {})), owned_(std::move(other.owned_)) {}
    auto operator=(mapped_file&& other) noexcept -> mapped_file& {
        if (this != &other) {
            unmap();
            file_ = std::move(other.file_);
            bytes_ = std::exchange(other.bytes_, {});
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
    [[nodiscard]] auto how() const noexcept -> access { return owned_.empty() ? access::mapped : access::owned; }
    /// The open file behind the bytes, for reads that must not fault. Borrows.
    [[nodiscard]] auto file() const& noexcept CRIA_LIFETIME_BOUND -> const native_file& { return file_; }
    auto file() && -> const native_file& = delete;

    /// Tells the operating system what will be done with a range. A hint: it changes speed, never contents.
    /// Fails: out_of_range; unsupported_feature where the system has no such hint, or the bytes are owned; io_error.
    [[nodiscard]] auto advise(std::uint64_t offset_bytes, std::uint64_t size_bytes, advice expect) const -> result<void>;

private:
    void unmap() noexcept;
    [[nodiscard]] auto map() -> result<void>;

    native_file file_;
    byte_view bytes_;
    buffer<std::byte> owned_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto mapped_file::open(std::string_view path, const open_options& options) -> result<mapped_file> {
    mapped_file opened;
    CRIA_TRY(opened.file_, native_file::open(path));
    const std::uint64_t size = opened.file_.size_bytes();
    const std::string_view subject = opened.file_.path();
    if (size == 0) return error{errc::empty_file, subject};
    if (size > options.max_bytes) return error{errc::too_large, subject}.because("is larger than the caller allows").expecting(options.max_bytes, size);
    constexpr auto address_space = static_cast<std::uint64_t>((std::numeric_limits<std::ptrdiff_t>::max)());
    if (size > address_space) return error{errc::too_large, subject}.because("is larger than the address space").finding(size);
    if (options.how == access::owned) {
        CRIA_TRY_VOID(opened.owned_.reserve(size, subject));
        CRIA_TRY(std::byte* const first, opened.owned_.extend(size, subject));
        CRIA_TRY_VOID(opened.file_.read(0, {first, static_cast<std::size_t>(size)}));
        opened.bytes_ = opened.owned_.span();
        return opened;
    }
    CRIA_TRY_VOID(opened.map());
    // A refused hint is not a reason to refuse the file.
    if (options.expect != advice::normal) static_cast<void>(opened.advise(0, size, options.expect));
    return opened;
}

#if defined(_WIN32)

inline auto mapped_file::map() -> result<void> {
    const HANDLE mapping = CreateFileMappingW(file_.native_handle(), nullptr, PAGE_READONLY, 0, 0, nullptr);
    if (mapping == nullptr) return detail::system_error(GetLastError(), file_.path());
    const void* const address = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, static_cast<SIZE_T>(file_.size_bytes()));  // fails if it has shrunk
    const DWORD number = GetLastError();
    CloseHandle(mapping);  // the view keeps it alive
    if (address == nullptr) return detail::system_error(number, file_.path());
    bytes_ = {static_cast<const std::byte*>(address), static_cast<std::size_t>(file_.size_bytes())};
    return {};
}

inline void mapped_file::unmap() noexcept {
    if (owned_.empty() && !bytes_.empty()) UnmapViewOfFile(bytes_.data());
    bytes_ = {};
}

inline auto mapped_file::advise(std::uint64_t offset_bytes, std::uint64_t size_bytes, advice expect) const -> result<void> {
    if (offset_bytes > bytes_.size() || size_bytes > bytes_.size() - offset_bytes) return error{errc::out_of_range, offset_bytes, file_.path()};
    if (how() == access::owned) return error{errc::unsupported_feature, file_.path()}.because("owned bytes take no advice");
    if (expect == advice::normal) return {};
    // Windows 8 has PrefetchVirtualMemory for will_need; the others have no counterpart for mapped views.
    return error{errc::unsupported_feature, file_.path()}.because("this system takes no such advice");
}

#else  // POSIX

inline auto mapped_file::map() -> result<void> {
    const auto size = static_cast<std::size_t>(file_.size_bytes());
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file_.native_handle(), 0);
    if (address == MAP_FAILED) return detail::system_error(errno, file_.path());
    bytes_ = {static_cast<const std::byte*>(address), size};
    return {};
}

inline void mapped_file::unmap() noexcept {
    if (owned_.empty() && !bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
    bytes_ = {};
}

inline auto mapped_file::advise(std::uint64_t offset_bytes, std::uint64_t size_bytes, advice expect) const -> result<void> {
    if (offset_bytes > bytes_.size() || size_bytes > bytes_.size() - offset_bytes) return error{errc::out_of_range, offset_bytes, file_.path()};
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
    const long reported = ::sysconf(_SC_PAGESIZE);
    const auto page = static_cast<std::uint64_t>(reported > 0 ? reported : 4096);
    const std::uint64_t start = offset_bytes / page * page;
#if defined(__linux__)
    // glibc's posix_madvise ignores this one. The mapping is shared and read-only, so dropping its pages loses nothing.
    if (expect == advice::dont_need) {
        const bool dropped = ::madvise(const_cast<std::byte*>(bytes_.data()) + start, static_cast<std::size_t>(size_bytes + (offset_bytes - start)), MADV_DONTNEED) == 0;
        return dropped ? result<void>() : detail::system_error(errno, file_.path());
    }
#endif
    const int number = ::posix_madvise(const_cast<std::byte*>(bytes_.data()) + start,
                                       static_cast<std::size_t>(size_bytes + (offset_bytes - start)), native);
    if (number != 0) return detail::system_error(number, file_.path());
    return {};
}

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_MAPPED_FILE_HPP
