// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_BYTE_SOURCE_HPP
#define CRIA_IO_BYTE_SOURCE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"

#include <concepts>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// Where bytes can be read from, whatever they lie in: a size that does not change, and reads at any place that
// give every byte asked for or say why not. A concept and not a base class, so that a source is a plain object
// and reading from memory stays a copy.
//
//   native_file      an open file                             (native_file.hpp)
//   file_window      a part of one: a model inside another file
//   memory_source    bytes in memory
//   callback_source  anything a function can read: an archive, an asset system, a download
//   stdio_source     a std::FILE*                             (stdio_source.hpp, which pays for <cstdio>)
//
// A source of a fixed size has no end to run into: a read that leaves it is a mistake of whoever computed the
// range and an error (out_of_range, or file_changed for a native_file, which asks the system), never a short read.

namespace cria::inline v0::io {

/// Something of a fixed size whose bytes can be read at any place, by a const object.
template <class S>
concept byte_source = requires(const S& source, std::uint64_t offset_bytes, std::span<std::byte> out) {
    { source.size_bytes() } -> std::same_as<std::uint64_t>;
    { source.read(offset_bytes, out) } -> std::same_as<result<void>>;  // all of `out`, or a typed error
    { source.name() } -> std::same_as<std::string_view>;               // the subject of errors
};

namespace detail {
/// Fails: out_of_range where a read of `size_bytes` at `offset_bytes` leaves a source of `whole_bytes`.
[[nodiscard]] inline auto check_read(std::uint64_t offset_bytes, std::uint64_t size_bytes, std::uint64_t whole_bytes, std::string_view subject) -> result<void> {
    if (!is_inside(offset_bytes, size_bytes, whole_bytes))
        return error{errc::out_of_range, offset_bytes, subject}.because("read reaches past the end, which is at byte").finding(whole_bytes);
    return {};
}
}  // namespace detail

/// Bytes in memory. Borrows: the bytes, not the name.   Threads: const, safe to share.
class memory_source {
public:
    memory_source(byte_view bytes CRIA_LIFETIME_BOUND, std::string_view name) noexcept : bytes_(bytes), name_(detail::path_text::end_of(name)) {}

    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return bytes_.size(); }
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return name_.view(); }
    [[nodiscard]] auto bytes() const noexcept -> byte_view { return bytes_; }
    /// Fails: out_of_range.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
        CRIA_TRY_VOID(detail::check_read(offset_bytes, out.size(), bytes_.size(), name()));
        if (!out.empty()) std::memcpy(out.data(), bytes_.data() + offset_bytes, out.size());
        return {};
    }

private:
    byte_view bytes_;
    detail::path_text name_;
};

/// A part of an open file as a source of its own, whose byte 0 is the window's first.   Threads: const, safe to share.
class file_window {
public:
    /// `size_bytes` bytes of `file` from `offset_bytes` on; none at all is a source of size 0.
    /// Fails:   out_of_range where the window reaches past the size the file had when it was opened.
    /// Borrows: the file, at its address: it may not be moved either.
    [[nodiscard]] static auto make(const native_file& file CRIA_LIFETIME_BOUND, std::uint64_t offset_bytes, std::uint64_t size_bytes) -> result<file_window> {
        if (!detail::is_inside(offset_bytes, size_bytes, file.size_bytes()))
            return error{errc::out_of_range, offset_bytes, file.name()}
                .because("window reaches past the end of the file, which has this many bytes")
                .finding(file.size_bytes());
        return file_window(file, offset_bytes, size_bytes);
    }
    static auto make(native_file&&, std::uint64_t, std::uint64_t) -> result<file_window> = delete;

    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_; }
    /// Where in the file the window starts.
    [[nodiscard]] auto offset_bytes() const noexcept -> std::uint64_t { return offset_; }
    [[nodiscard]] auto name() const noexcept -> std::string_view { return file_->name(); }
    [[nodiscard]] auto file() const noexcept -> const native_file& { return *file_; }
    /// Fails: out_of_range (error::offset counts from the window's start); as native_file::read (from the file's).
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
        CRIA_TRY_VOID(detail::check_read(offset_bytes, out.size(), size_, name()));
        return file_->read(offset_ + offset_bytes, out);  // no overflow: make() has checked the whole window
    }

private:
    file_window(const native_file& file, std::uint64_t offset_bytes, std::uint64_t size_bytes) noexcept
        : file_(&file), offset_(offset_bytes), size_(size_bytes) {}

    const native_file* file_;
    std::uint64_t offset_;
    std::uint64_t size_;
};

/// What a callback_source can be made of: called as `result<void>(offset_bytes, out)`, it fills all of `out`.
template <class F>
concept read_function = std::is_invocable_r_v<result<void>, const F&, std::uint64_t, std::span<std::byte>>;

/// A source behind a function, which is kept by value; see make_callback_source.   Threads: as the function.
template <read_function F>
class callback_source {
public:
    callback_source(std::uint64_t size_bytes, F read, std::string_view name)
        : size_(size_bytes), name_(detail::path_text::end_of(name)), read_(std::move(read)) {}

    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_; }
    [[nodiscard]] auto name() const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return name_.view(); }
    /// The function is asked only for bytes inside the source, and never for none.
    /// Fails: out_of_range; as the function.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
        CRIA_TRY_VOID(detail::check_read(offset_bytes, out.size(), size_, name()));
        if (out.empty()) return {};
        return read_(offset_bytes, out);
    }

private:
    std::uint64_t size_;
    detail::path_text name_;
    F read_;
};

/// A source of `size_bytes` bytes that `read` fetches.
///
///     auto source = io::make_callback_source(asset.size(), [&](std::uint64_t at, std::span<std::byte> out) -> cria::result<void> {
///         if (!asset.fetch(at, out.data(), out.size())) return cria::error{cria::errc::io_error, "asset"};
///         return {};
///     }, "model.gguf in assets.pak");
template <class F>
    requires read_function<std::remove_cvref_t<F>>
[[nodiscard]] auto make_callback_source(std::uint64_t size_bytes, F&& read, std::string_view name) -> callback_source<std::remove_cvref_t<F>> {
    return {size_bytes, std::forward<F>(read), name};
}

static_assert(byte_source<native_file> && byte_source<memory_source> && byte_source<file_window>);

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_BYTE_SOURCE_HPP
