// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_SYSTEM_HPP
#define CRIA_IO_SYSTEM_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#if defined(_WIN32)
#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
#else
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

// The few calls on which POSIX and Win32 differ, under one set of names: opening, asking what was opened,
// reading and writing at a place, flushing, closing. Each one finishes what it began (interrupted and short
// calls go on) or gives a typed error about `subject`. No state and no policy: those are in the classes.
//
// For this folder's headers alone; nothing here is promised to anybody else.

namespace cria::inline v0::io::detail {

/// What errors call a file: its path, and of a long one the end, where its name is.
using path_text = cria::detail::inline_text<111>;

#if defined(_WIN32)
using native_handle = HANDLE;
using system_number = DWORD;
using path_char = wchar_t;
#else
using native_handle = int;
using system_number = int;
using path_char = char;
#endif

enum class open_for : std::uint8_t { reading, updating };

/// An error from the system's number, in our terms.
[[nodiscard]] inline auto system_error(system_number number, std::string_view subject) -> error;
/// `path` (UTF-8) as the system takes it, with a terminating zero.
[[nodiscard]] inline auto native_path(std::string_view path) -> result<buffer<path_char>>;
/// Opens something that exists; what it is, inspect() says.
[[nodiscard]] inline auto open_existing(std::string_view path, open_for what, std::string_view subject) -> result<native_handle>;
/// The size of the regular file behind `handle`. Fails: is_directory; not_a_file; invalid_argument where nothing is open.
[[nodiscard]] inline auto inspect(native_handle handle, std::string_view subject) -> result<std::uint64_t>;
/// Fails: permission_denied where the handle was not opened for reading and the system can tell.
[[nodiscard]] inline auto check_readable(native_handle handle, std::string_view subject) -> result<void>;
/// Whether both handles have the same file open, under whatever names. Where the system does not say: no.
[[nodiscard]] inline auto is_same_file(native_handle one, native_handle other) noexcept -> bool;
/// A second handle, not inherited by child programs, of what the first one has open.
[[nodiscard]] inline auto duplicate(native_handle handle, std::string_view subject) -> result<native_handle>;
/// Fills `out`. Fails: file_changed where the file ends first, with the offset of its end.
[[nodiscard]] inline auto read_at(native_handle handle, std::uint64_t offset_bytes, std::span<std::byte> out, std::string_view subject) -> result<void>;
/// Writes all of `bytes`. Fails: disk_full; too_large; io_error. A part may have been written then.
[[nodiscard]] inline auto write_at(native_handle handle, std::uint64_t offset_bytes, byte_view bytes, std::string_view subject) -> result<void>;
/// Returns when what was written is on the device.
[[nodiscard]] inline auto flush(native_handle handle, std::string_view subject) -> result<void>;
/// The handle is gone, also where this fails: then an earlier write did not reach the device.
inline auto close_handle(native_handle handle, std::string_view subject) -> result<void>;

/// Whether `size_bytes` from `offset_bytes` on lie inside `whole_bytes`.
[[nodiscard]] constexpr auto is_inside(std::uint64_t offset_bytes, std::uint64_t size_bytes, std::uint64_t whole_bytes) noexcept -> bool {
    return offset_bytes <= whole_bytes && size_bytes <= whole_bytes - offset_bytes;
}

// ---------------------------------------------------------------------------------------------------
// implementation

[[nodiscard]] inline auto ends_too_soon(std::uint64_t offset_bytes, std::string_view subject) -> error {
    return error{errc::file_changed, offset_bytes, subject}.because("file ends before the bytes it had when it was opened");
}

[[nodiscard]] inline auto nothing_open(std::string_view subject) -> error { return error{errc::invalid_argument, subject}.because("is not an open file"); }

/// `path` with a terminating zero, for C interfaces.
[[nodiscard]] inline auto c_path(std::string_view path) -> result<buffer<char>> {
    if (path.empty()) return error{errc::file_not_found, "path"}.because("is empty");
    if (path.find('\0') != std::string_view::npos) return error{errc::invalid_argument, path_text::end_of(path).view()}.because("holds a zero byte");
    buffer<char> text;
    CRIA_TRY_VOID(text.reserve(path.size() + 1, "path"));
    CRIA_TRY_VOID(text.append({path.data(), path.size()}, "path"));
    CRIA_TRY_VOID(text.push_back('\0', "path"));
    return text;
}

inline constexpr std::size_t most_at_once = std::size_t{1} << 30U;  // Linux caps one call at 2 GiB, macOS refuses more

#if defined(_WIN32)

inline constexpr auto last_offset = static_cast<std::uint64_t>((std::numeric_limits<LONGLONG>::max)());

inline auto system_error(system_number number, std::string_view subject) -> error {
    const int native = static_cast<int>(number);
    switch (number) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_NAME:
        case ERROR_BAD_PATHNAME: return error{errc::file_not_found, subject};
        case ERROR_ACCESS_DENIED:
        case ERROR_WRITE_PROTECT:
        case ERROR_SHARING_VIOLATION:
        case ERROR_USER_MAPPED_FILE: return error{errc::permission_denied, subject}.from_system(native);
        case ERROR_NOT_ENOUGH_MEMORY:
        case ERROR_OUTOFMEMORY:
        case ERROR_COMMITMENT_LIMIT: return error{errc::out_of_memory, subject}.from_system(native);
        case ERROR_FILE_EXISTS:
        case ERROR_ALREADY_EXISTS: return error{errc::file_exists, subject};
        case ERROR_DISK_FULL:
        case ERROR_HANDLE_DISK_FULL: return error{errc::disk_full, subject}.from_system(native);
        case ERROR_FILE_TOO_LARGE: return error{errc::too_large, subject}.from_system(native);
        case ERROR_INVALID_HANDLE: return nothing_open(subject).from_system(native);
        default: return error{errc::io_error, subject}.from_system(native);
    }
}

inline auto native_path(std::string_view path) -> result<buffer<wchar_t>> {
    CRIA_TRY(const auto narrow, c_path(path));
    const int length = path.size() < 0x7FFFFFFF ? MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, narrow.data(), -1, nullptr, 0) : 0;
    if (length <= 0) return error{errc::invalid_argument, path_text::end_of(path).view()}.because("is not UTF-8");
    CRIA_TRY(auto wide, buffer<wchar_t>::make(static_cast<std::uint64_t>(length), "path"));
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, narrow.data(), -1, wide.data(), length);
    return wide;
}

inline auto open_existing(std::string_view path, open_for what, std::string_view subject) -> result<native_handle> {
    CRIA_TRY(const auto wide, native_path(path));
    const DWORD attributes = GetFileAttributesW(wide.data());
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return error{errc::is_directory, subject};
    const DWORD wanted = what == open_for::reading ? GENERIC_READ : GENERIC_READ | GENERIC_WRITE;
    const HANDLE handle = CreateFileW(wide.data(), wanted, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) return system_error(GetLastError(), subject);
    return handle;
}

inline auto inspect(native_handle handle, std::string_view subject) -> result<std::uint64_t> {
    if (handle == INVALID_HANDLE_VALUE || handle == nullptr) return nothing_open(subject);
    SetLastError(NO_ERROR);
    const DWORD type = GetFileType(handle);
    if (type == FILE_TYPE_UNKNOWN && GetLastError() != NO_ERROR) return system_error(GetLastError(), subject);
    if (type != FILE_TYPE_DISK) return error{errc::not_a_file, subject};
    BY_HANDLE_FILE_INFORMATION about{};
    if (GetFileInformationByHandle(handle, &about) != 0 && (about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return error{errc::is_directory, subject};
    LARGE_INTEGER size{};
    if (GetFileSizeEx(handle, &size) == 0) return system_error(GetLastError(), subject);
    return static_cast<std::uint64_t>(size.QuadPart);
}

inline auto check_readable(native_handle, std::string_view) -> result<void> { return {}; }

inline auto is_same_file(native_handle one, native_handle other) noexcept -> bool {
    BY_HANDLE_FILE_INFORMATION a{};
    BY_HANDLE_FILE_INFORMATION b{};
    if (GetFileInformationByHandle(one, &a) == 0 || GetFileInformationByHandle(other, &b) == 0) return false;
    return a.dwVolumeSerialNumber == b.dwVolumeSerialNumber && a.nFileIndexHigh == b.nFileIndexHigh && a.nFileIndexLow == b.nFileIndexLow;
}

inline auto duplicate(native_handle handle, std::string_view subject) -> result<native_handle> {
    // -1 is the process itself, of which there would be a duplicate.
    if (handle == INVALID_HANDLE_VALUE || handle == nullptr) return nothing_open(subject);
    HANDLE copy = nullptr;
    const BOOL made = DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS);
    if (made == 0) return system_error(GetLastError(), subject);
    return copy;
}

/// One ReadFile or WriteFile at a place. A handle that somebody opened for overlapped I/O is waited for: the call
/// must not return while the system still writes through `at`.
template <class Call>
[[nodiscard]] inline auto transfer(native_handle handle, std::uint64_t offset_bytes, std::size_t size_bytes, DWORD& moved, Call&& call) -> DWORD {
    OVERLAPPED at{};
    at.Offset = static_cast<DWORD>(offset_bytes);
    at.OffsetHigh = static_cast<DWORD>(offset_bytes >> 32U);
    moved = 0;
    if (call(static_cast<DWORD>(size_bytes < most_at_once ? size_bytes : most_at_once), &moved, &at) != 0) return NO_ERROR;
    DWORD number = GetLastError();
    while (number == ERROR_IO_PENDING || number == ERROR_IO_INCOMPLETE) {
        number = GetOverlappedResult(handle, &at, &moved, TRUE) != 0 ? NO_ERROR : GetLastError();
    }
    return number;
}

inline auto read_at(native_handle handle, std::uint64_t offset_bytes, std::span<std::byte> out, std::string_view subject) -> result<void> {
    while (!out.empty()) {
        if (offset_bytes > last_offset) return error{errc::out_of_range, offset_bytes, subject};
        DWORD got = 0;
        const DWORD number = transfer(handle, offset_bytes, out.size(), got, [&](DWORD wanted, DWORD* moved, OVERLAPPED* at) {
            return ReadFile(handle, out.data(), wanted, moved, at);
        });
        if (number != NO_ERROR && number != ERROR_HANDLE_EOF) return system_error(number, subject);
        if (got == 0 || number == ERROR_HANDLE_EOF) return ends_too_soon(offset_bytes, subject);
        offset_bytes += got;
        out = out.subspan(got);
    }
    return {};
}

inline auto write_at(native_handle handle, std::uint64_t offset_bytes, byte_view bytes, std::string_view subject) -> result<void> {
    while (!bytes.empty()) {
        if (offset_bytes > last_offset) return error{errc::too_large, offset_bytes, subject};
        DWORD put = 0;
        const DWORD number = transfer(handle, offset_bytes, bytes.size(), put, [&](DWORD wanted, DWORD* moved, OVERLAPPED* at) {
            return WriteFile(handle, bytes.data(), wanted, moved, at);
        });
        if (number != NO_ERROR) return system_error(number, subject);
        if (put == 0) return error{errc::io_error, offset_bytes, subject}.because("the system takes no more bytes");
        offset_bytes += put;
        bytes = bytes.subspan(put);
    }
    return {};
}

inline auto flush(native_handle handle, std::string_view subject) -> result<void> {
    if (FlushFileBuffers(handle) == 0) return system_error(GetLastError(), subject);
    return {};
}

inline auto close_handle(native_handle handle, std::string_view subject) -> result<void> {
    if (CloseHandle(handle) == 0) return system_error(GetLastError(), subject);
    return {};
}

#else  // POSIX

inline constexpr auto last_offset = static_cast<std::uint64_t>((std::numeric_limits<off_t>::max)());

inline auto system_error(system_number number, std::string_view subject) -> error {
    switch (number) {
        case ENOENT:
        case ENOTDIR: return error{errc::file_not_found, subject};
        case ENAMETOOLONG: return error{errc::file_not_found, subject}.because("no file can have a path this long");
        case EACCES:
        case EPERM: return error{errc::permission_denied, subject};
        case EROFS: return error{errc::permission_denied, subject}.because("lies on a file system that is read-only");
        case EISDIR: return error{errc::is_directory, subject};
        case ENXIO: return error{errc::not_a_file, subject};  // a socket, or a pipe nobody writes to
        case ENOMEM: return error{errc::out_of_memory, subject}.from_system(number);
        case EOVERFLOW:
        case EFBIG: return error{errc::too_large, subject}.from_system(number);
        case EEXIST: return error{errc::file_exists, subject};
        case ENOSPC:
        case EDQUOT: return error{errc::disk_full, subject}.from_system(number);
        case EBADF: return nothing_open(subject).from_system(number);
        default: return error{errc::io_error, subject}.from_system(number);
    }
}

inline auto native_path(std::string_view path) -> result<buffer<char>> { return c_path(path); }

inline auto open_existing(std::string_view path, open_for what, std::string_view subject) -> result<native_handle> {
    CRIA_TRY(const auto text, native_path(path));
    int handle = -1;
    do {
        // Non-blocking: opening a pipe must not wait for a writer. No controlling terminal: opening one must not adopt it.
        // Neither changes anything for regular files.
        handle = ::open(text.data(), (what == open_for::reading ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0) return system_error(errno, subject);
    return handle;
}

inline auto inspect(native_handle handle, std::string_view subject) -> result<std::uint64_t> {
    struct stat status {};
    if (::fstat(handle, &status) != 0) return system_error(errno, subject);
    if (S_ISDIR(status.st_mode)) return error{errc::is_directory, subject};
    if (!S_ISREG(status.st_mode)) return error{errc::not_a_file, subject};
    return static_cast<std::uint64_t>(status.st_size);
}

inline auto is_same_file(native_handle one, native_handle other) noexcept -> bool {
    struct stat a {};
    struct stat b {};
    return ::fstat(one, &a) == 0 && ::fstat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

inline auto check_readable(native_handle handle, std::string_view subject) -> result<void> {
    const int flags = ::fcntl(handle, F_GETFL);
    if (flags < 0) return system_error(errno, subject);
    bool readable = (flags & O_ACCMODE) != O_WRONLY;
#if defined(O_PATH)
    if ((flags & O_PATH) != 0) readable = false;  // a place in the tree, not an open file
#endif
    if (!readable) return error{errc::permission_denied, subject}.because("was not opened for reading");
    return {};
}

inline auto duplicate(native_handle handle, std::string_view subject) -> result<native_handle> {
    const int copy = ::fcntl(handle, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return system_error(errno, subject);
    return copy;
}

inline auto read_at(native_handle handle, std::uint64_t offset_bytes, std::span<std::byte> out, std::string_view subject) -> result<void> {
    while (!out.empty()) {
        if (offset_bytes > last_offset) return error{errc::out_of_range, offset_bytes, subject};
        const ssize_t got = ::pread(handle, out.data(), out.size() < most_at_once ? out.size() : most_at_once, static_cast<off_t>(offset_bytes));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(errno, subject);
        if (got == 0) return ends_too_soon(offset_bytes, subject);
        offset_bytes += static_cast<std::uint64_t>(got);
        out = out.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

inline auto write_at(native_handle handle, std::uint64_t offset_bytes, byte_view bytes, std::string_view subject) -> result<void> {
    while (!bytes.empty()) {
        if (offset_bytes > last_offset) return error{errc::too_large, offset_bytes, subject};
        const ssize_t put = ::pwrite(handle, bytes.data(), bytes.size() < most_at_once ? bytes.size() : most_at_once, static_cast<off_t>(offset_bytes));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return system_error(errno, subject);
        if (put == 0) return error{errc::io_error, offset_bytes, subject}.because("the system takes no more bytes");
        offset_bytes += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

inline auto flush(native_handle handle, std::string_view subject) -> result<void> {
#if defined(F_FULLFSYNC)
    if (::fcntl(handle, F_FULLFSYNC) == 0) return {};  // macOS, whose fsync stops at the drive's cache; not every file system has it
#endif
    while (::fsync(handle) != 0) {
        if (errno != EINTR) return system_error(errno, subject);
    }
    return {};
}

inline auto close_handle(native_handle handle, std::string_view subject) -> result<void> {
    // Interrupted or not, the descriptor is gone: a second close might hit one that another thread has just opened.
    if (::close(handle) != 0 && errno != EINTR) return system_error(errno, subject);
    return {};
}

#endif

}  // namespace cria::inline v0::io::detail

#endif  // CRIA_IO_SYSTEM_HPP
