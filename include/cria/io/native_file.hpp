// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_NATIVE_FILE_HPP
#define CRIA_IO_NATIVE_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

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

// An open regular file, for reading: its handle, its size when it was opened, and positioned reads that
// either deliver every byte asked for or say why not. Everything that can be wrong with a path is told apart
// here, once. Together with mapped_file.hpp this is all of the library that knows an operating system.

namespace cria::inline v0::io {

namespace detail {
/// What errors call a file: its path, and of a long one the end, where its name is.
using path_text = cria::detail::inline_text<111>;
}  // namespace detail

/// A regular file opened for reading; move-only, closed by the destructor.
class native_file {
public:
    native_file() noexcept = default;
    /// Opens `path` (UTF-8).
    /// Fails: file_not_found, permission_denied, is_directory, not_a_file (devices, pipes, sockets), invalid_argument
    ///        (a NUL in the path; on Windows, ill-formed UTF-8), io_error with the system's number.
    [[nodiscard]] static auto open(std::string_view path) -> result<native_file>;

    native_file(native_file&& other) noexcept
        : handle_(std::exchange(other.handle_, no_handle())), size_(std::exchange(other.size_, 0)), path_(other.path_) {}
    auto operator=(native_file&& other) noexcept -> native_file& {
        if (this != &other) {
            close();
            handle_ = std::exchange(other.handle_, no_handle());
            size_ = std::exchange(other.size_, 0);
            path_ = other.path_;
        }
        return *this;
    }
    native_file(const native_file&) = delete;
    auto operator=(const native_file&) -> native_file& = delete;
    ~native_file() { close(); }

    /// Bytes the file had when it was opened.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_; }
    /// The path it was opened by, cut to fit: the subject of errors about this file.
    [[nodiscard]] auto path() const noexcept -> std::string_view { return path_.view(); }
    [[nodiscard]] auto is_open() const noexcept -> bool { return handle_ != no_handle(); }

    /// Fills `out` with the bytes from `offset_bytes` on.
    /// Fails:   file_changed where the file has become too short; io_error.
    /// Threads: const, safe to share; the file position is not used.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void>;

    /// The descriptor (POSIX) or HANDLE (Windows), for calls this class does not make. Borrows.
#if defined(_WIN32)
    using handle_type = HANDLE;
    [[nodiscard]] static auto no_handle() noexcept -> handle_type { return INVALID_HANDLE_VALUE; }
#else
    using handle_type = int;
    [[nodiscard]] static constexpr auto no_handle() noexcept -> handle_type { return -1; }
#endif
    [[nodiscard]] auto native_handle() const noexcept -> handle_type { return handle_; }

private:
    void close() noexcept;

    handle_type handle_ = no_handle();
    std::uint64_t size_ = 0;
    detail::path_text path_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

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

}  // namespace detail

#if defined(_WIN32)

namespace detail {

[[nodiscard]] inline auto system_error(DWORD number, std::string_view subject) -> error {
    switch (number) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_NAME:
        case ERROR_BAD_PATHNAME: return error{errc::file_not_found, subject};
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION: return error{errc::permission_denied, subject}.from_system(static_cast<int>(number));
        case ERROR_NOT_ENOUGH_MEMORY:
        case ERROR_OUTOFMEMORY:
        case ERROR_COMMITMENT_LIMIT: return error{errc::out_of_memory, subject}.from_system(static_cast<int>(number));
        default: return error{errc::io_error, subject}.from_system(static_cast<int>(number));
    }
}

[[nodiscard]] inline auto wide_path(std::string_view path) -> result<buffer<wchar_t>> {
    CRIA_TRY(const auto narrow, c_path(path));
    const int length = path.size() < 0x7FFFFFFF ? MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, narrow.data(), -1, nullptr, 0) : 0;
    if (length <= 0) return error{errc::invalid_argument, path_text::end_of(path).view()}.because("is not UTF-8");
    CRIA_TRY(auto wide, buffer<wchar_t>::make(static_cast<std::uint64_t>(length), "path"));
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, narrow.data(), -1, wide.data(), length);
    return wide;
}

}  // namespace detail

inline auto native_file::open(std::string_view path) -> result<native_file> {
    CRIA_TRY(const auto wide, detail::wide_path(path));
    const DWORD attributes = GetFileAttributesW(wide.data());
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return error{errc::is_directory, detail::path_text::end_of(path).view()};
    native_file file;
    file.path_ = detail::path_text::end_of(path);
    file.handle_ = CreateFileW(wide.data(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                               FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file.handle_ == INVALID_HANDLE_VALUE) return detail::system_error(GetLastError(), file.path());
    if (GetFileType(file.handle_) != FILE_TYPE_DISK) return error{errc::not_a_file, file.path()};
    LARGE_INTEGER size{};
    if (GetFileSizeEx(file.handle_, &size) == 0) return detail::system_error(GetLastError(), file.path());
    file.size_ = static_cast<std::uint64_t>(size.QuadPart);
    return file;
}

inline auto native_file::read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
    while (!out.empty()) {
        OVERLAPPED at{};
        at.Offset = static_cast<DWORD>(offset_bytes);
        at.OffsetHigh = static_cast<DWORD>(offset_bytes >> 32U);
        const auto wanted = static_cast<DWORD>(out.size() < (1U << 30U) ? out.size() : (1U << 30U));
        DWORD got = 0;
        if (ReadFile(handle_, out.data(), wanted, &got, &at) == 0) {
            const DWORD number = GetLastError();
            if (number != ERROR_HANDLE_EOF) return detail::system_error(number, path());
            got = 0;
        }
        if (got == 0) return error{errc::file_changed, offset_bytes, path()}.because("file ends before the bytes it had when it was opened");
        offset_bytes += got;
        out = out.subspan(got);
    }
    return {};
}

inline void native_file::close() noexcept {
    if (is_open()) CloseHandle(handle_);
    handle_ = no_handle();
}

#else  // POSIX

namespace detail {

[[nodiscard]] inline auto system_error(int number, std::string_view subject) -> error {
    switch (number) {
        case ENOENT:
        case ENOTDIR: return error{errc::file_not_found, subject};
        case ENAMETOOLONG: return error{errc::file_not_found, subject}.because("no file can have a path this long");
        case EACCES:
        case EPERM: return error{errc::permission_denied, subject};
        case EISDIR: return error{errc::is_directory, subject};
        case ENXIO: return error{errc::not_a_file, subject};  // a socket, or a pipe nobody writes to
        case ENOMEM: return error{errc::out_of_memory, subject}.from_system(number);
        case EOVERFLOW:
        case EFBIG: return error{errc::too_large, subject}.from_system(number);
        default: return error{errc::io_error, subject}.from_system(number);
    }
}

}  // namespace detail

inline auto native_file::open(std::string_view path) -> result<native_file> {
    CRIA_TRY(const auto text, detail::c_path(path));
    native_file file;
    file.path_ = detail::path_text::end_of(path);
    do {
        // Non-blocking: opening a pipe must not wait for a writer. No controlling terminal: opening one must not adopt it.
        // Neither changes anything for regular files.
        file.handle_ = ::open(text.data(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (file.handle_ < 0 && errno == EINTR);
    if (file.handle_ < 0) return detail::system_error(errno, file.path());
    struct stat status {};
    if (::fstat(file.handle_, &status) != 0) return detail::system_error(errno, file.path());
    if (S_ISDIR(status.st_mode)) return error{errc::is_directory, file.path()};
    if (!S_ISREG(status.st_mode)) return error{errc::not_a_file, file.path()};
    file.size_ = static_cast<std::uint64_t>(status.st_size);
    return file;
}

inline auto native_file::read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
    constexpr auto last_offset = static_cast<std::uint64_t>((std::numeric_limits<off_t>::max)());
    while (!out.empty()) {
        if (offset_bytes > last_offset) return error{errc::out_of_range, offset_bytes, path()};
        constexpr std::size_t at_once = std::size_t{1} << 30U;  // Linux caps one read at 2 GiB, macOS refuses more
        const ssize_t got = ::pread(handle_, out.data(), out.size() < at_once ? out.size() : at_once, static_cast<off_t>(offset_bytes));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return detail::system_error(errno, path());
        if (got == 0) return error{errc::file_changed, offset_bytes, path()}.because("file ends before the bytes it had when it was opened");
        offset_bytes += static_cast<std::uint64_t>(got);
        out = out.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

inline void native_file::close() noexcept {
    if (is_open()) ::close(handle_);
    handle_ = no_handle();
}

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_NATIVE_FILE_HPP
