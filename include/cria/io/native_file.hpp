// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_NATIVE_FILE_HPP
#define CRIA_IO_NATIVE_FILE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/system.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

// An open regular file, for reading: its handle, its size when it was opened, and positioned reads that
// either deliver every byte asked for or say why not. Everything that can be wrong with a path, or with a
// handle that somebody else opened, is told apart here, once.

namespace cria::inline v0::io {

/// A regular file opened for reading; move-only, closed by the destructor.
class native_file {
public:
    /// A descriptor (POSIX) or HANDLE (Windows).
    using handle_type = detail::native_handle;
#if defined(_WIN32)
    [[nodiscard]] static auto no_handle() noexcept -> handle_type { return INVALID_HANDLE_VALUE; }
#else
    [[nodiscard]] static constexpr auto no_handle() noexcept -> handle_type { return -1; }
#endif

    native_file() noexcept = default;
    /// Opens `path` (UTF-8).
    /// Fails: file_not_found, permission_denied, is_directory, not_a_file (devices, pipes, sockets), invalid_argument
    ///        (a NUL in the path; on Windows, ill-formed UTF-8), io_error with the system's number.
    [[nodiscard]] static auto open(std::string_view path) -> result<native_file>;
    /// Takes over a file that is open already; errors call it `name`. Where its position stands makes no difference.
    /// The handle is this object's from the call on: it is closed also where this fails.
    /// Fails: is_directory, not_a_file, permission_denied (not opened for reading), invalid_argument (not an open
    ///        file), io_error. Windows tells only at the first read that a handle is not for reading.
    [[nodiscard]] static auto adopt(handle_type handle, std::string_view name) -> result<native_file>;
    /// The same through a handle of its own, which child programs do not inherit; the caller keeps his, and closes it
    /// when he likes. The two share one position: on Windows, where every read moves it, the caller's moves too.
    /// Fails: as adopt.
    [[nodiscard]] static auto duplicate(handle_type handle, std::string_view name) -> result<native_file>;

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

    /// Bytes the file had when it was opened, or taken over.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_; }
    /// The path it was opened by, or the name it was taken over with, cut to fit: the subject of errors about this file.
    [[nodiscard]] auto path() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return path_.view(); }
    /// The same, as sources of bytes call it (see byte_source.hpp).
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return path_.view(); }
    [[nodiscard]] auto is_open() const noexcept -> bool { return handle_ != no_handle(); }

    /// Whether both are one file, by whatever paths, links and hard links they were opened. False where one is not open, and
    /// where the system cannot say.
    [[nodiscard]] auto is_same_file(const native_file& other) const noexcept -> bool {
        return is_open() && other.is_open() && detail::is_same_file(handle_, other.handle_);
    }

    /// Fills `out` with the bytes from `offset_bytes` on.
    /// Fails:   file_changed where the file has become too short; io_error.
    /// Threads: const, safe to share; the file position is not used.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
        return detail::read_at(handle_, offset_bytes, out, path());
    }

    /// For calls this class does not make. Borrows.
    [[nodiscard]] auto native_handle() const noexcept -> handle_type { return handle_; }

private:
    void close() noexcept;

    handle_type handle_ = no_handle();
    std::uint64_t size_ = 0;
    detail::path_text path_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto native_file::open(std::string_view path) -> result<native_file> {
    native_file file;
    file.path_ = detail::path_text::end_of(path);
    CRIA_TRY(file.handle_, detail::open_existing(path, detail::open_for::reading, file.path()));
    CRIA_TRY(file.size_, detail::inspect(file.handle_, file.path()));
    return file;
}

inline auto native_file::adopt(handle_type handle, std::string_view name) -> result<native_file> {
    native_file file;  // closes the handle on every way out
    file.path_ = detail::path_text::end_of(name);
    file.handle_ = handle;
    CRIA_TRY(file.size_, detail::inspect(handle, file.path()));
    CRIA_TRY_VOID(detail::check_readable(handle, file.path()));
    return file;
}

inline auto native_file::duplicate(handle_type handle, std::string_view name) -> result<native_file> {
    CRIA_TRY(const handle_type copy, detail::duplicate(handle, detail::path_text::end_of(name).view()));
    return adopt(copy, name);
}

inline void native_file::close() noexcept {
    if (is_open()) static_cast<void>(detail::close_handle(handle_, path()));  // nothing was written, so nothing can be lost
    handle_ = no_handle();
}

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_NATIVE_FILE_HPP
