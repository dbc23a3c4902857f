// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_STDIO_SOURCE_HPP
#define CRIA_IO_STDIO_SOURCE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/byte_source.hpp"
#include "cria/io/system.hpp"

#include <cstdint>
#include <cstdio>
#include <limits>
#include <span>
#include <string_view>

#if defined(_WIN32)
#include <io.h>      // _get_osfhandle
#include <stdlib.h>  // _doserrno
#endif

// A std::FILE* as a source of bytes, for programs that have one and no path: a stream handed over by a host
// application, tmpfile(), or one that stands in the middle of a file where a model begins.
//
// Every read seeks, so the stream's position is this source's to move while it is in use; the stream stays the
// caller's, who closes it. On Windows it has to be open in binary mode ("rb"), or the C library would leave out
// bytes; a read then ends too soon and says so.

namespace cria::inline v0::io {

/// Where a stdio_source starts.
enum class stdio_start : std::uint8_t {
    beginning,         ///< at the file's first byte
    current_position,  ///< where the stream stands now
};

/// The bytes of a C stream. Borrows: the stream.   Threads: none shared: reads move the stream's position.
class stdio_source {
public:
    /// The bytes of `stream` from `start` to the end it has now. The position is put back.
    /// Fails: invalid_argument (no stream), not_a_file (pipes, terminals, devices: nothing to seek in), is_directory,
    ///        out_of_range where the stream stands behind its end, io_error.
    [[nodiscard]] static auto make(std::FILE* stream, stdio_start start, std::string_view name) -> result<stdio_source>;

    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_; }
    /// Where in the stream the source's byte 0 is.
    [[nodiscard]] auto offset_bytes() const noexcept -> std::uint64_t { return offset_; }
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return name_.view(); }
    /// Fails: out_of_range; file_changed where the stream ends before the bytes it had; io_error. What a failed read
    ///        has left in the stream's indicators is cleared.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void>;

private:
    std::FILE* stream_ = nullptr;
    std::uint64_t offset_ = 0;
    std::uint64_t size_ = 0;
    detail::path_text name_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

#if defined(_WIN32)

[[nodiscard]] inline auto stream_seek(std::FILE* stream, std::int64_t offset_bytes, int origin) noexcept -> bool { return ::_fseeki64(stream, offset_bytes, origin) == 0; }
[[nodiscard]] inline auto stream_position(std::FILE* stream) noexcept -> std::int64_t { return ::_ftelli64(stream); }

/// What the C library's last failure was to the system.
[[nodiscard]] inline auto stream_error(std::string_view subject) -> error {
    return system_error(_doserrno, subject);
}

/// Seeking "succeeds" on pipes here, so what the stream is has to be asked.
[[nodiscard]] inline auto check_stream(std::FILE* stream, std::string_view subject) -> result<void> {
    const int descriptor = ::_fileno(stream);
    if (descriptor < 0) return error{errc::not_a_file, subject};
    CRIA_TRY_VOID(inspect(reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor)), subject));
    return {};
}

#else

[[nodiscard]] inline auto stream_seek(std::FILE* stream, std::int64_t offset_bytes, int origin) noexcept -> bool {
    if (offset_bytes > static_cast<std::int64_t>((std::numeric_limits<off_t>::max)())) return errno = EOVERFLOW, false;
    return ::fseeko(stream, static_cast<off_t>(offset_bytes), origin) == 0;
}
[[nodiscard]] inline auto stream_position(std::FILE* stream) noexcept -> std::int64_t { return ::ftello(stream); }

[[nodiscard]] inline auto stream_error(std::string_view subject) -> error {
    if (errno == ESPIPE) return error{errc::not_a_file, subject};
    return system_error(errno, subject);
}

/// Directories and devices have ends to seek to, which mean nothing.
[[nodiscard]] inline auto check_stream(std::FILE* stream, std::string_view subject) -> result<void> {
    const int descriptor = ::fileno(stream);
    if (descriptor < 0) return {};  // a stream over memory, or over functions: seeking tells
    CRIA_TRY_VOID(inspect(descriptor, subject));
    return {};
}

#endif

}  // namespace detail

inline auto stdio_source::make(std::FILE* stream, stdio_start start, std::string_view name) -> result<stdio_source> {
    stdio_source source;
    source.stream_ = stream;
    source.name_ = detail::path_text::end_of(name);
    if (stream == nullptr) return detail::nothing_open(source.name());
    CRIA_TRY_VOID(detail::check_stream(stream, source.name()));
    const std::int64_t now = detail::stream_position(stream);
    if (now < 0 || !detail::stream_seek(stream, 0, SEEK_END)) return detail::stream_error(source.name());
    const std::int64_t end = detail::stream_position(stream);
    const error why = end < 0 ? detail::stream_error(source.name()) : error();
    const bool back = detail::stream_seek(stream, now, SEEK_SET);
    if (end < 0) return why;
    if (!back) return detail::stream_error(source.name());
    const auto size = static_cast<std::uint64_t>(end);
    source.offset_ = start == stdio_start::current_position ? static_cast<std::uint64_t>(now) : 0;
    if (source.offset_ > size)
        return error{errc::out_of_range, source.offset_, source.name()}.because("stream stands behind its end, which is at byte").finding(size);
    source.size_ = size - source.offset_;
    return source;
}

inline auto stdio_source::read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
    CRIA_TRY_VOID(detail::check_read(offset_bytes, out.size(), size_, name()));
    if (out.empty()) return {};
    const std::uint64_t at = offset_ + offset_bytes;  // not above the end that ftell could say
    if (!detail::stream_seek(stream_, static_cast<std::int64_t>(at), SEEK_SET)) return detail::stream_error(name());
    const std::size_t got = std::fread(out.data(), 1, out.size(), stream_);
    if (got == out.size()) return {};
    // The seek has cleared the end-of-file indicator, so where it stands now, this read has met the end. The error
    // indicator may be an old one.
    const error why = std::feof(stream_) != 0 ? detail::ends_too_soon(at + got, name()) : detail::stream_error(name());
    std::clearerr(stream_);
    return why;
}

static_assert(byte_source<stdio_source>);

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_STDIO_SOURCE_HPP
