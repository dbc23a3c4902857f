// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_OUTPUT_FILE_HPP
#define CRIA_IO_OUTPUT_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#if !defined(_WIN32)
#include <cstdio>   // rename
#include <cstdlib>  // realpath, free
#include <ctime>    // clock_gettime
#if defined(__linux__)
#include <sys/syscall.h>
#endif
#endif

// Writing a file that appears whole or not at all. The bytes go to a temporary file beside the target
// (`.name.<16 hex digits>.tmp`); commit() makes it durable and gives it the target's name in one step, so that
// whoever opens the target finds all of the old file or all of the new one. Anything else (an error, a destructor
// without a commit) removes the temporary file and leaves the target as it was. Only a process or machine that is
// killed can leave a temporary file behind.
//
// The target is what a path leads to: of a symbolic link, the file it points to is replaced and the link stays
// (a model in a download cache is one). A file that is replaced hands on its permission bits and, as far as the
// system lets us, owner and group; where the group cannot be kept, it gets no more than others get. Not kept:
// access control lists, extended attributes, further hard links (those keep the old contents). That the old file
// itself is read-only prevents nothing on POSIX: names belong to their folder. Windows refuses then, and while
// somebody has the old file open or mapped: a file that is rewritten from itself has to be closed before the commit.
//
// A process with a limit on file sizes should ignore SIGXFSZ: the error is errc::too_large then, and not its end.

namespace cria::inline v0::io {

/// How to write a file.
struct output_options {
    bool replace = true;  ///< false: a target that exists is errc::file_exists, and stays
    bool sync = true;     ///< commit() returns when the file is on the device; false for files that a power cut may take
    bool owner_only = false;  ///< nobody else may read the file, whatever the umask and an old file say; on Windows, the folder decides
    /// Called as watch(watcher, bytes) between pieces of the file, of at most 16 MiB where they come from files or functions,
    /// with the bytes that are written: for progress, and for giving up. An error it returns is that of the append.
    auto (*watch)(void* watcher, std::uint64_t written_bytes) -> result<void> = nullptr;
    void* watcher = nullptr;
};

/// Which way bytes went that were copied from a file to a file.
struct copy_report {
    std::uint64_t in_kernel_bytes = 0;       ///< by the system itself, which may let both files share blocks
    std::uint64_t through_memory_bytes = 0;  ///< read and written
};

/// What output_file::append_pulled takes: called as `result<void>(offset_bytes, out)`, it fills all of `out`.
template <class F>
concept pull_function = std::is_invocable_r_v<result<void>, F&, std::uint64_t, std::span<std::byte>>;

/// A file being written, from its first byte to its last; move-only.
///
///     CRIA_TRY(auto file, io::output_file::create("model.gguf"));
///     CRIA_TRY_VOID(file.append(header));
///     CRIA_TRY_VOID(file.append_from(old, data_offset, data_size));
///     CRIA_TRY_VOID(file.commit());
///
/// Any operation that fails gives the file up: the temporary file is removed at once, and what follows is
/// errc::invalid_argument, as it is after a commit.
class output_file {
public:
    output_file() noexcept = default;
    /// Starts a file that is to become `path` (UTF-8).
    /// Fails: file_not_found (the folder), permission_denied (the folder may not be written), is_directory, not_a_file
    ///        (the target is a device, pipe or socket), file_exists (without replace), invalid_argument, disk_full, io_error.
    [[nodiscard]] static auto create(std::string_view path, const output_options& options = {}) -> result<output_file>;

    output_file(output_file&& other) noexcept
        : handle_(std::exchange(other.handle_, native_file::no_handle())),
          size_(std::exchange(other.size_, 0)),
          options_(other.options_),
          name_(other.name_),
          target_(std::move(other.target_)),
          temporary_(std::move(other.temporary_)),
          piece_(std::move(other.piece_)) {}
    auto operator=(output_file&& other) noexcept -> output_file& {
        if (this != &other) {
            discard();
            handle_ = std::exchange(other.handle_, native_file::no_handle());
            size_ = std::exchange(other.size_, 0);
            options_ = other.options_;
            name_ = other.name_;
            target_ = std::move(other.target_);
            temporary_ = std::move(other.temporary_);
            piece_ = std::move(other.piece_);
        }
        return *this;
    }
    output_file(const output_file&) = delete;
    auto operator=(const output_file&) -> output_file& = delete;
    ~output_file() { discard(); }

    /// Bytes written so far: the offset of what is appended next.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_; }
    /// The target's path, cut to fit: the subject of errors.
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return name_.view(); }
    /// Whether there is something to append to: not after a commit or a failure.
    [[nodiscard]] auto is_open() const noexcept -> bool { return handle_ != native_file::no_handle(); }

    // What the following append is behind what is there already.
    // Fails: disk_full; too_large; io_error; invalid_argument where the file is not open any more.

    [[nodiscard]] auto append(byte_view bytes) -> result<void>;
    [[nodiscard]] auto append_zeros(std::uint64_t size_bytes) -> result<void>;
    /// Bytes of an open file. On Linux the system copies them itself where it can, and file systems that share blocks
    /// between files (btrfs, XFS) then copy nothing; everywhere else they go through memory, 1 MiB at a time.
    /// `report`, where given, is added to.
    /// Fails: also out_of_range (past the size `from` had when it was opened), file_changed where it has become too
    ///        short, out_of_memory.
    [[nodiscard]] auto append_from(const native_file& from, std::uint64_t offset_bytes, std::uint64_t size_bytes, copy_report* report = nullptr)
        -> result<void>;
    /// `size_bytes` bytes that `pull` writes, in pieces of at most 1 MiB; its offsets count from 0 and go up. `pull` must not
    /// call anything of this output_file: what it fills is a part of it.
    /// Fails: also as `pull`; out_of_memory.
    template <pull_function F>
    [[nodiscard]] auto append_pulled(std::uint64_t size_bytes, F&& pull) -> result<void>;

    /// Gives the file its name. Everything before can be undone; this cannot.
    /// Fails: file_exists (without replace), is_directory where a folder has taken the name, permission_denied,
    ///        disk_full, io_error: the target is what it was. One exception, which error::reason names: with `sync`,
    ///        the new file is in place, and the system could not say that its name is on the device.
    [[nodiscard]] auto commit() -> result<void>;
    /// Gives the file up: the target stays as it is.
    void discard() noexcept;

private:
    [[nodiscard]] auto check_open() const -> result<void>;
    /// That this many more bytes are written, which the watcher may answer with an error.
    [[nodiscard]] auto count(std::uint64_t more_bytes) -> result<void>;
    [[nodiscard]] auto piece_for(std::uint64_t left) -> result<std::span<std::byte>>;
    /// `why`, with the file given up.
    [[nodiscard]] auto give_up(const error& why) -> error;

    native_file::handle_type handle_ = native_file::no_handle();
    std::uint64_t size_ = 0;
    output_options options_;
    detail::path_text name_;
    // Whole paths, with their zeros, so that a change of the current folder changes nothing.
    buffer<detail::path_char> target_;
    buffer<detail::path_char> temporary_;
    buffer<std::byte> piece_;  // what goes through memory
};

/// Takes the file at `path` (UTF-8) away; of a symbolic link, the link. With `sync`, it returns when that is on the device,
/// as far as the system lets us ask.
/// Fails: file_not_found, is_directory, permission_denied, io_error. One exception, as of commit(): the file is gone,
///        and the system could not say that its folder is on the device.
[[nodiscard]] inline auto remove_file(std::string_view path, bool sync = true) -> result<void>;

/// The path (UTF-8, absolute, links followed) of the file that an output_file for `path` would write, whether it is there or not.
/// Fails: as output_file::create for what `path` leads to.
[[nodiscard]] inline auto target_of(std::string_view path) -> result<buffer<char>>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// The file that is to be written, links followed, and what has its name already.
struct output_target {
    buffer<path_char> path;  // absolute, with a terminating zero
    bool exists = false;
#if !defined(_WIN32)
    struct stat status {};  // of what exists
#endif
};

/// Where `path` leads. Fails: is_directory, not_a_file.
[[nodiscard]] inline auto resolve_target(std::string_view path, std::string_view subject) -> result<output_target>;
/// A new, empty file, readable by no more people than the one it will replace, or by its owner alone.
/// Fails: file_exists where the name is taken.
[[nodiscard]] inline auto create_new(const buffer<path_char>& path, const output_target& target, bool owner_only, std::string_view subject) -> result<native_handle>;
/// Renames a closed file. Fails: file_exists (without `replace`).
[[nodiscard]] inline auto put_in_place(const buffer<path_char>& from, const buffer<path_char>& to, bool replace, std::string_view subject) -> result<void>;
/// Returns when the entries of the folder that holds `path` are on the device, as far as the system lets us ask.
[[nodiscard]] inline auto flush_folder_of(const buffer<path_char>& path, std::string_view subject) -> result<void>;
inline auto remove_file(const buffer<path_char>& path, std::string_view subject) -> result<void>;
/// A path of the system's, without its zero, in UTF-8.
[[nodiscard]] inline auto utf8_path(const buffer<path_char>& path, std::string_view subject) -> result<buffer<char>>;
/// Copies inside the system; how many bytes that were. Fewer than asked for says nothing about why.
[[nodiscard]] inline auto copy_in_kernel(native_handle from, std::uint64_t from_offset, native_handle to, std::uint64_t to_offset, std::uint64_t size_bytes) noexcept
    -> std::uint64_t;
/// A number that another process, thread or moment is unlikely to come to.
[[nodiscard]] inline auto unlikely_number(const void* here) noexcept -> std::uint64_t;

[[nodiscard]] constexpr auto is_separator(path_char c) noexcept -> bool {
#if defined(_WIN32)
    return c == L'/' || c == L'\\';
#else
    return c == '/';
#endif
}

/// Characters of `path` (with its zero) up to and with its last separator.
[[nodiscard]] inline auto folder_length(const buffer<path_char>& path) noexcept -> std::size_t {
    std::size_t length = path.size() - 1;
    while (length > 0 && !is_separator(path[length - 1])) --length;
    return length;
}

/// A hidden name beside `target`, made of its name and `number`.
[[nodiscard]] inline auto temporary_path(const buffer<path_char>& target, std::uint64_t number) -> result<buffer<path_char>> {
    constexpr std::string_view what = "path";
    constexpr std::size_t most_of_name = 64;  // some file systems take no more than 143 bytes
    const std::size_t folder = folder_length(target);
    std::size_t kept = target.size() - 1 - folder;
    if (kept > most_of_name) {
        kept = most_of_name;  // and not in the middle of a character
        if constexpr (sizeof(path_char) == 1) {
            while (kept > 0 && (static_cast<unsigned char>(target[folder + kept]) & 0xC0U) == 0x80U) --kept;
        } else {
            if ((static_cast<std::uint32_t>(target[folder + kept]) & 0xFC00U) == 0xDC00U) --kept;
        }
    }
    buffer<path_char> path;
    CRIA_TRY_VOID(path.reserve(folder + kept + 24, what));
    CRIA_TRY_VOID(path.append(target.span().first(folder), what));
    CRIA_TRY_VOID(path.push_back('.', what));
    CRIA_TRY_VOID(path.append(target.span().subspan(folder, kept), what));
    CRIA_TRY_VOID(path.push_back('.', what));
    for (unsigned shift = 64; shift > 0; shift -= 4) CRIA_TRY_VOID(path.push_back(static_cast<path_char>("0123456789abcdef"[(number >> (shift - 4)) & 0xFU]), what));
    for (const char c : {'.', 't', 'm', 'p', '\0'}) CRIA_TRY_VOID(path.push_back(static_cast<path_char>(c), what));
    return path;
}

#if defined(_WIN32)

inline auto resolve_target(std::string_view path, std::string_view subject) -> result<output_target> {
    CRIA_TRY(const auto wide, native_path(path));
    output_target target;
    constexpr DWORD everybody = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    const HANDLE there = CreateFileW(wide.data(), 0, everybody, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (there != INVALID_HANDLE_VALUE) {
        target.exists = true;
        const auto is_file = inspect(there, subject);
        // Links followed. Network drives without the call have no such links either.
        const DWORD length = is_file ? GetFinalPathNameByHandleW(there, nullptr, 0, FILE_NAME_NORMALIZED) : 0;
        auto reserved = target.path.resize(length, "path");
        DWORD written = 0;
        if (reserved && length > 0) written = GetFinalPathNameByHandleW(there, target.path.data(), length, FILE_NAME_NORMALIZED);
        CloseHandle(there);
        if (!is_file) return is_file.error();
        if (!reserved) return reserved.error();
        if (written > 0 && written < length) {
            target.path.truncate(written + std::size_t{1});
            return target;
        }
    } else {
        const DWORD number = GetLastError();
        if (number != ERROR_FILE_NOT_FOUND && number != ERROR_PATH_NOT_FOUND) return system_error(number, subject);
    }
    const DWORD length = GetFullPathNameW(wide.data(), 0, nullptr, nullptr);
    if (length == 0) return system_error(GetLastError(), subject);
    CRIA_TRY_VOID(target.path.resize(length, "path"));
    const DWORD written = GetFullPathNameW(wide.data(), length, target.path.data(), nullptr);
    if (written == 0 || written >= length) return system_error(GetLastError(), subject);
    target.path.truncate(written + std::size_t{1});
    if (folder_length(target.path) == written) return error{errc::is_directory, subject};
    return target;
}

inline auto create_new(const buffer<path_char>& path, const output_target&, bool, std::string_view subject) -> result<native_handle> {
    const HANDLE handle = CreateFileW(path.data(), GENERIC_WRITE, FILE_SHARE_READ, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) return system_error(GetLastError(), subject);
    return handle;
}

inline auto put_in_place(const buffer<path_char>& from, const buffer<path_char>& to, bool replace, std::string_view subject) -> result<void> {
    if (MoveFileExW(from.data(), to.data(), MOVEFILE_WRITE_THROUGH | (replace ? MOVEFILE_REPLACE_EXISTING : 0U)) != 0) return {};
    const DWORD number = GetLastError();
    const DWORD attributes = GetFileAttributesW(to.data());
    const bool taken = attributes != INVALID_FILE_ATTRIBUTES;
    if (taken && !replace) return error{errc::file_exists, subject};
    if (taken && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return error{errc::is_directory, subject};
    return system_error(number, subject);
}

inline auto flush_folder_of(const buffer<path_char>&, std::string_view) -> result<void> { return {}; }  // the move was written through

inline auto remove_file(const buffer<path_char>& path, std::string_view subject) -> result<void> {
    if (DeleteFileW(path.data()) != 0) return {};
    const DWORD number = GetLastError();
    const DWORD attributes = GetFileAttributesW(path.data());
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return error{errc::is_directory, subject};
    return system_error(number, subject);
}

inline auto utf8_path(const buffer<path_char>& path, std::string_view subject) -> result<buffer<char>> {
    const int length = path.size() < 0x7FFFFFFF ? WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, path.data(), -1, nullptr, 0, nullptr, nullptr) : 0;
    if (length <= 0) return error{errc::invalid_argument, subject}.because("has no name in UTF-8");
    CRIA_TRY(auto narrow, buffer<char>::make(static_cast<std::uint64_t>(length), "path"));
    WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, path.data(), -1, narrow.data(), length, nullptr, nullptr);
    narrow.pop_back();
    return narrow;
}

inline auto copy_in_kernel(native_handle, std::uint64_t, native_handle, std::uint64_t, std::uint64_t) noexcept -> std::uint64_t { return 0; }

inline auto unlikely_number(const void* here) noexcept -> std::uint64_t {
    LARGE_INTEGER now{};
    QueryPerformanceCounter(&now);
    const std::uint64_t who = static_cast<std::uint64_t>(GetCurrentProcessId()) << 32U | GetCurrentThreadId();
    return cria::detail::hash_of(static_cast<std::uint64_t>(now.QuadPart), cria::detail::seed_from(here) ^ who);
}

#else  // POSIX

/// What the link at `path` says, without a zero.
[[nodiscard]] inline auto read_link(const char* path, std::string_view subject) -> result<buffer<char>> {
    buffer<char> text;
    for (std::uint64_t room = 256;; room *= 2) {
        CRIA_TRY_VOID(text.resize(room, "path"));
        const ssize_t length = ::readlink(path, text.data(), text.size());
        if (length < 0) return system_error(errno, subject);
        if (static_cast<std::size_t>(length) == text.size()) continue;  // perhaps cut
        text.truncate(static_cast<std::size_t>(length));
        return text;
    }
}

inline auto resolve_target(std::string_view path, std::string_view subject) -> result<output_target> {
    constexpr std::string_view what = "path";
    // The folder by realpath, the name by hand: the last thing on the way may be missing, and a link to it may not.
    CRIA_TRY(buffer<char> asked, native_path(path));
    for (int links = 0; links < 40; ++links) {
        const std::string_view text = asked.view().substr(0, asked.size() - 1);
        const std::size_t folder_end = folder_length(asked);
        const std::string_view name = text.substr(folder_end);
        if (name.empty() || name == "." || name == "..") return error{errc::is_directory, subject};
        CRIA_TRY(const auto folder, native_path(folder_end == 0 ? std::string_view(".") : text.substr(0, folder_end)));
        char* const real = ::realpath(folder.data(), nullptr);
        if (real == nullptr) return system_error(errno, subject);
        output_target target;
        const std::string_view real_text(real);
        const auto copied = target.path.append({real_text.data(), real_text.size()}, what);
        std::free(real);
        CRIA_TRY_VOID(copied);
        if (target.path.back() != '/') CRIA_TRY_VOID(target.path.push_back('/', what));
        const std::size_t real_folder = target.path.size();
        CRIA_TRY_VOID(target.path.append({name.data(), name.size()}, what));
        CRIA_TRY_VOID(target.path.push_back('\0', what));

        if (::lstat(target.path.data(), &target.status) != 0) {
            if (errno != ENOENT) return system_error(errno, subject);
            return target;
        }
        if (!S_ISLNK(target.status.st_mode)) {
            if (S_ISDIR(target.status.st_mode)) return error{errc::is_directory, subject};
            if (!S_ISREG(target.status.st_mode)) return error{errc::not_a_file, subject};
            target.exists = true;
            return target;
        }
        CRIA_TRY(const auto link, read_link(target.path.data(), subject));
        buffer<char> next;
        if (link.empty() || link[0] != '/') CRIA_TRY_VOID(next.append(target.path.span().first(real_folder), what));
        CRIA_TRY_VOID(next.append(link.span(), what));
        CRIA_TRY_VOID(next.push_back('\0', what));
        asked = std::move(next);
    }
    return system_error(ELOOP, subject);
}

inline auto create_new(const buffer<path_char>& path, const output_target& target, bool owner_only, std::string_view subject) -> result<native_handle> {
    int handle = -1;
    do {
        // In the place of an old file: for the owner alone until it is settled who else may read it. Opening looks at
        // the permissions, reading does not.
        handle = ::open(path.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, target.exists || owner_only ? mode_t{0600} : mode_t{0666});
    } while (handle < 0 && errno == EINTR);
    if (handle < 0) return system_error(errno, subject);
    if (!target.exists || owner_only) return handle;

    auto mode = static_cast<mode_t>(target.status.st_mode & 0777U);
    struct stat made {};
    const bool known = ::fstat(handle, &made) == 0;
    if ((!known || made.st_gid != target.status.st_gid) && ::fchown(handle, static_cast<uid_t>(-1), target.status.st_gid) != 0) {
        mode = static_cast<mode_t>((mode & ~070U) | (mode & (mode & 07U) << 3U));  // what was meant for one group must not go to another
    }
    static_cast<void>(::fchmod(handle, mode));  // file systems without permissions refuse
    if (!known || made.st_uid != target.status.st_uid) {
        [[maybe_unused]] const int given = ::fchown(handle, target.status.st_uid, static_cast<gid_t>(-1));  // mostly not ours to give
    }
    return handle;
}

/// Gives a file a second name, which nothing may have yet, and takes the first one away.
[[nodiscard]] inline auto move_by_link(const buffer<path_char>& from, const buffer<path_char>& to, std::string_view subject) -> result<void> {
    if (::link(from.data(), to.data()) != 0) return system_error(errno, subject);
    static_cast<void>(remove_file(from, subject));
    return {};
}

inline auto put_in_place(const buffer<path_char>& from, const buffer<path_char>& to, bool replace, std::string_view subject) -> result<void> {
    if (replace) {
        if (::rename(from.data(), to.data()) != 0) return system_error(errno, subject);
        return {};
    }
#if defined(SYS_renameat2)
    constexpr unsigned no_replace = 1;  // RENAME_NOREPLACE, which not every C library names
    if (::syscall(SYS_renameat2, AT_FDCWD, from.data(), AT_FDCWD, to.data(), no_replace) == 0) return {};
    if (errno == EEXIST) return system_error(errno, subject);
    // Otherwise: a kernel or file system without it, or an error that the next call will have as well.
#endif
    return move_by_link(from, to, subject);
}

inline auto flush_folder_of(const buffer<path_char>& path, std::string_view subject) -> result<void> {
    buffer<char> folder;
    CRIA_TRY_VOID(folder.append(path.span().first(folder_length(path)), "path"));
    if (folder.empty()) CRIA_TRY_VOID(folder.push_back('.', "path"));
    CRIA_TRY_VOID(folder.push_back('\0', "path"));
    int handle = -1;
    do {
        handle = ::open(folder.data(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0 && (errno == EACCES || errno == EPERM)) return {};  // a folder may be writable and not readable
    if (handle < 0) return system_error(errno, subject);
    const auto flushed = flush(handle, subject);
    ::close(handle);
    if (!flushed && flushed.error().native == EINVAL) return {};  // file systems that have nothing to flush there
    return flushed;
}

inline auto remove_file(const buffer<path_char>& path, std::string_view subject) -> result<void> {
    if (::unlink(path.data()) == 0) return {};
    const int number = errno;
    struct stat there {};
    if (number == EPERM && ::lstat(path.data(), &there) == 0 && S_ISDIR(there.st_mode)) return error{errc::is_directory, subject};  // what POSIX says of folders
    return system_error(number, subject);
}

inline auto utf8_path(const buffer<path_char>& path, std::string_view) -> result<buffer<char>> {
    buffer<char> text;
    CRIA_TRY_VOID(text.append(path.span().first(path.size() - 1), "path"));
    return text;
}

inline auto copy_in_kernel([[maybe_unused]] native_handle from, [[maybe_unused]] std::uint64_t from_offset, [[maybe_unused]] native_handle to,
                           [[maybe_unused]] std::uint64_t to_offset, [[maybe_unused]] std::uint64_t size_bytes) noexcept -> std::uint64_t {
    std::uint64_t copied = 0;
#if defined(SYS_copy_file_range)
    auto source = static_cast<std::int64_t>(from_offset);
    auto destination = static_cast<std::int64_t>(to_offset);
    while (copied < size_bytes) {
        const std::uint64_t left = size_bytes - copied;
        const auto wanted = static_cast<std::size_t>(left < most_at_once ? left : most_at_once);
        const auto done = ::syscall(SYS_copy_file_range, from, &source, to, &destination, wanted, 0U);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) break;
        copied += static_cast<std::uint64_t>(done);
    }
#endif
    return copied;
}

inline auto unlikely_number(const void* here) noexcept -> std::uint64_t {
    struct timespec now {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const std::uint64_t when = static_cast<std::uint64_t>(now.tv_sec) << 30U ^ static_cast<std::uint64_t>(now.tv_nsec);
    return cria::detail::hash_of(when, cria::detail::seed_from(here) ^ static_cast<std::uint64_t>(::getpid()));
}

#endif

}  // namespace detail

inline auto output_file::create(std::string_view path, const output_options& options) -> result<output_file> {
    output_file file;
    file.options_ = options;
    file.name_ = detail::path_text::end_of(path);
    CRIA_TRY(auto target, detail::resolve_target(path, file.name()));
    // Asked again when it counts; but nobody wants to write for an hour to hear this.
    if (target.exists && !options.replace) return error{errc::file_exists, file.name()};
    const std::uint64_t start = detail::unlikely_number(&file);
    for (std::uint64_t attempt = 0;; ++attempt) {
        CRIA_TRY(file.temporary_, detail::temporary_path(target.path, start + attempt));
        const auto created = detail::create_new(file.temporary_, target, options.owner_only, file.name());
        if (!created && created.error().code == errc::file_exists && attempt < 100) continue;
        if (!created) return created.error();
        file.handle_ = *created;
        file.target_ = std::move(target.path);
        return file;
    }
}

inline auto output_file::check_open() const -> result<void> {
    if (is_open()) return {};
    return error{errc::invalid_argument, name()}.because("is not being written: it was committed, given up, or never created");
}

inline auto output_file::give_up(const error& why) -> error {
    discard();
    return why;
}

inline auto output_file::count(std::uint64_t more_bytes) -> result<void> {
    size_ += more_bytes;
    if (options_.watch == nullptr) return {};
    const auto go_on = options_.watch(options_.watcher, size_);
    return go_on ? go_on : give_up(go_on.error());
}

inline auto output_file::append(byte_view bytes) -> result<void> {
    CRIA_TRY_VOID(check_open());
    if (const auto written = detail::write_at(handle_, size_, bytes, name()); !written) return give_up(written.error());
    return count(bytes.size());
}

inline auto output_file::append_zeros(std::uint64_t size_bytes) -> result<void> {
    static constexpr std::byte zeros[4096] = {};
    CRIA_TRY_VOID(check_open());
    while (size_bytes > 0) {
        const std::uint64_t now = size_bytes < sizeof zeros ? size_bytes : sizeof zeros;
        CRIA_TRY_VOID(append({zeros, static_cast<std::size_t>(now)}));
        size_bytes -= now;
    }
    return {};
}

inline auto output_file::piece_for(std::uint64_t left) -> result<std::span<std::byte>> {
    constexpr std::uint64_t most = std::uint64_t{1} << 20U;
    const std::uint64_t wanted = left < most ? left : most;
    if (wanted > piece_.size()) {
        piece_.clear();
        CRIA_TRY_VOID(piece_.reserve(wanted, name()));
        CRIA_TRY(std::byte* const unused, piece_.extend(wanted, name()));
        static_cast<void>(unused);
    }
    return std::span<std::byte>(piece_.data(), static_cast<std::size_t>(wanted));
}

template <pull_function F>
auto output_file::append_pulled(std::uint64_t size_bytes, F&& pull) -> result<void> {
    CRIA_TRY_VOID(check_open());
    for (std::uint64_t done = 0; done < size_bytes;) {
        const auto piece = piece_for(size_bytes - done);
        if (!piece) return give_up(piece.error());
        if (const result<void> pulled = pull(done, *piece); !pulled) return give_up(pulled.error());
        CRIA_TRY_VOID(append(*piece));
        done += piece->size();
    }
    return {};
}

inline auto output_file::append_from(const native_file& from, std::uint64_t offset_bytes, std::uint64_t size_bytes, copy_report* report) -> result<void> {
    CRIA_TRY_VOID(check_open());
    if (!detail::is_inside(offset_bytes, size_bytes, from.size_bytes()))
        return give_up(error{errc::out_of_range, offset_bytes, from.name()}
                           .because("copy reaches past the end of the file, which has this many bytes")
                           .finding(from.size_bytes()));
    // Other file systems, old kernels, sandboxes, a source that has shrunk: whatever stopped it, the plain road has the
    // last word, and finds out where something is wrong.
    std::uint64_t in_kernel = 0;
    while (in_kernel < size_bytes) {
        constexpr std::uint64_t most_unwatched = std::uint64_t{1} << 24U;
        const std::uint64_t left = size_bytes - in_kernel;
        const std::uint64_t wanted = options_.watch == nullptr || left < most_unwatched ? left : most_unwatched;
        const std::uint64_t copied = detail::copy_in_kernel(from.native_handle(), offset_bytes + in_kernel, handle_, size_, wanted);
        in_kernel += copied;
        CRIA_TRY_VOID(count(copied));
        if (copied < wanted) break;
    }
    const std::uint64_t left = size_bytes - in_kernel;
    CRIA_TRY_VOID(append_pulled(left, [&](std::uint64_t done, std::span<std::byte> out) { return from.read(offset_bytes + in_kernel + done, out); }));
    if (report != nullptr) {
        report->in_kernel_bytes += in_kernel;
        report->through_memory_bytes += left;
    }
    return {};
}

inline auto output_file::commit() -> result<void> {
    CRIA_TRY_VOID(check_open());
    if (options_.sync) {
        if (const auto flushed = detail::flush(handle_, name()); !flushed) return give_up(flushed.error());
    }
    // Closed first: network file systems report some failed writes only now, and Windows renames no open file.
    const auto closed = detail::close_handle(std::exchange(handle_, native_file::no_handle()), name());
    auto placed = closed;
    if (closed) placed = detail::put_in_place(temporary_, target_, options_.replace, name());
    if (!placed) {
        static_cast<void>(detail::remove_file(temporary_, name()));
        return placed.error();
    }
    if (options_.sync) {
        if (const auto flushed = detail::flush_folder_of(target_, name()); !flushed)
            return flushed.error().because("is written and in place, but its folder could not be flushed to the device");
    }
    return {};
}

inline void output_file::discard() noexcept {
    if (!is_open()) return;
    static_cast<void>(detail::close_handle(std::exchange(handle_, native_file::no_handle()), name()));
    static_cast<void>(detail::remove_file(temporary_, name()));
}

inline auto remove_file(std::string_view path, bool sync) -> result<void> {
    const auto subject = detail::path_text::end_of(path);
    CRIA_TRY(const auto native, detail::native_path(path));
    CRIA_TRY_VOID(detail::remove_file(native, subject.view()));
    if (sync) {
        if (const auto flushed = detail::flush_folder_of(native, subject.view()); !flushed)
            return flushed.error().because("is removed, but its folder could not be flushed to the device");
    }
    return {};
}

inline auto target_of(std::string_view path) -> result<buffer<char>> {
    const auto subject = detail::path_text::end_of(path);
    CRIA_TRY(const auto target, detail::resolve_target(path, subject.view()));
    return detail::utf8_path(target.path, subject.view());
}

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_OUTPUT_FILE_HPP
