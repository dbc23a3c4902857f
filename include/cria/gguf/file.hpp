// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_FILE_HPP
#define CRIA_GGUF_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/foreign.hpp"
#include "cria/gguf/header.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/io/byte_source.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/io/native_file.hpp"

#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <utility>

// A GGUF file on disk, or a part of a file that is one: its bytes held in one of two ways, and the parsed
// contents that point into them.
//
//   access::mapped  The file is mapped; views of data cost nothing. Opening never reads past the mapping. If somebody
//                   shortens the file while it is open, touching a page that is gone raises SIGBUS (an exception on
//                   Windows, which however refuses to shorten mapped files), and so does a disk that fails under it; the
//                   rest of a last page that was cut reads as zeros. No code of this library catches the signal, and
//                   nothing worse can happen: views never reach past the bytes that were there. If somebody writes to
//                   the file, values change under their views, and stay inside the bounds that parse() has checked.
//   access::owned   The header is read into memory, data is read when it is asked for: a file that has become
//                   shorter is errc::file_changed, a disk that fails errc::io_error, at any moment; and nothing the
//                   file does can raise a signal.

namespace cria::inline v0::gguf {

/// How to open a GGUF file.
struct file_options {
    io::access how = io::access::mapped;
    io::advice expect = io::advice::normal;  ///< for a mapping
    policy rules = {};
};

/// An open GGUF file. Move-only; views stay valid when it is moved.
class file {
public:
    /// Opens and parses the file at `path` (UTF-8).
    /// Fails: as io::native_file::open, io::mapped_file::open and gguf::parse.
    /// Cost:  O(header bytes).
    [[nodiscard]] static auto open(std::string_view path, const file_options& options = {}) -> result<file>;
    /// The model in the `size_bytes` bytes from `offset_bytes` on of a file that is open already: a descriptor
    /// (io::native_file::adopt), a model embedded in a program or an archive. Offsets of tensors and errors count from there.
    /// Fails: as open(); errc::out_of_range where the window ends behind the file.
    [[nodiscard]] static auto open_window(io::native_file&& opened, std::uint64_t offset_bytes, std::uint64_t size_bytes, const file_options& options = {})
        -> result<file>;

    [[nodiscard]] auto contents() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::contents& { return contents_; }
    auto contents() && -> const gguf::contents& = delete;
    [[nodiscard]] auto metadata() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::metadata& { return contents_.metadata(); }
    auto metadata() && -> const gguf::metadata& = delete;
    [[nodiscard]] auto tensors() const& noexcept CRIA_LIFETIME_BOUND -> const tensor_table& { return contents_.tensors(); }
    auto tensors() && -> const tensor_table& = delete;
    /// Bytes of the model: the file's, or the window's.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return contents_.file_bytes(); }
    [[nodiscard]] auto how() const noexcept -> io::access { return header_.empty() ? io::access::mapped : io::access::owned; }

    /// A tensor's data as it lies in the file: blocks of its type, row after row, in the file's byte order.
    /// Fails:   errc::not_mapped with access::owned (use read()); errc::out_of_range where `of` reaches past the end of this file.
    /// Borrows: until this object is destroyed.
    [[nodiscard]] auto bytes(const tensor& of) const& noexcept CRIA_LIFETIME_BOUND -> result<byte_view>;
    auto bytes(const tensor& of) && -> result<byte_view> = delete;

    /// Copies a part of a tensor's data, from `first_byte` of it on, into `out`.
    /// Fails: errc::out_of_range; with access::owned also errc::file_changed and errc::io_error.
    /// Threads: const, safe to share.
    [[nodiscard]] auto read(const tensor& of, std::uint64_t first_byte, std::span<std::byte> out) const -> result<void>;
    /// The same of any part of the model, from byte `offset_bytes` of it on.
    [[nodiscard]] auto read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void>;

    /// The open file, for readers with means of their own (direct I/O, asynchronous reads). Borrows.
    [[nodiscard]] auto native() const& noexcept CRIA_LIFETIME_BOUND -> const io::native_file& {
        return header_.empty() ? mapping_.file() : unmapped_;
    }
    auto native() && -> const io::native_file& = delete;
    /// Where in native() the model begins: 0, but for a window. Added to every offset here, it is an offset there.
    [[nodiscard]] auto base_offset_bytes() const noexcept -> std::uint64_t { return base_; }
    /// All bytes of the model; empty with access::owned. Borrows.
    [[nodiscard]] auto mapping() const& noexcept CRIA_LIFETIME_BOUND -> byte_view { return mapping_.bytes(); }
    auto mapping() && -> byte_view = delete;

private:
    file(io::mapped_file&& mapping, std::uint64_t base, gguf::contents&& parsed) noexcept
        : mapping_(std::move(mapping)), base_(base), contents_(std::move(parsed)) {}
    file(io::native_file&& unmapped, std::uint64_t base, buffer<std::byte>&& header, gguf::contents&& parsed) noexcept
        : unmapped_(std::move(unmapped)), header_(std::move(header)), base_(base), contents_(std::move(parsed)) {}

    [[nodiscard]] static auto open_mapped(io::native_file&& opened, std::uint64_t offset, std::uint64_t size, const file_options& options) -> result<file>;
    [[nodiscard]] static auto open_owned(io::native_file&& opened, std::uint64_t offset, std::uint64_t size, const policy& rules) -> result<file>;
    [[nodiscard]] auto check(const tensor& of, std::uint64_t first_byte, std::uint64_t size_bytes) const noexcept -> result<void>;

    io::mapped_file mapping_;   // access::mapped
    io::native_file unmapped_;  // access::owned, with the header's bytes
    buffer<std::byte> header_;
    std::uint64_t base_ = 0;
    gguf::contents contents_;  // points into mapping_ or header_, whose storage does not move with them
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto file::open(std::string_view path, const file_options& options) -> result<file> {
    CRIA_TRY(auto opened, io::native_file::open(path));
    const std::uint64_t size = opened.size_bytes();
    if (size == 0) return error{errc::empty_file, opened.path()};
    auto whole = open_window(std::move(opened), 0, size, options);
    if (whole || !is_named_unfinished(path)) return whole;
    const errc code = whole.error().code;
    if (code != errc::truncated && code != errc::data_out_of_bounds && code != errc::bad_magic) return whole;
    if (code != errc::truncated && whole.error().reason != nullptr) return whole;  // it says already what the file is
    return whole.error().because("does not fit the file, whose name is that of an unfinished download");
}

inline auto file::open_window(io::native_file&& opened, std::uint64_t offset_bytes, std::uint64_t size_bytes, const file_options& options) -> result<file> {
    return options.how == io::access::owned ? open_owned(std::move(opened), offset_bytes, size_bytes, options.rules)
                                            : open_mapped(std::move(opened), offset_bytes, size_bytes, options);
}

inline auto file::open_mapped(io::native_file&& opened, std::uint64_t offset, std::uint64_t size, const file_options& options) -> result<file> {
    CRIA_TRY(auto mapping, io::mapped_file::open_window(std::move(opened), offset, size, {.how = io::access::mapped, .expect = options.expect}));
    CRIA_TRY(auto parsed, parse(mapping.bytes(), options.rules));
    return file(std::move(mapping), offset, std::move(parsed));
}

inline auto file::open_owned(io::native_file&& opened, std::uint64_t offset, std::uint64_t size, const policy& rules) -> result<file> {
    CRIA_TRY(const auto window, io::file_window::make(opened, offset, size));
    CRIA_TRY(auto read, read_header(window, rules));
    return file(std::move(opened), offset, std::move(read.bytes_), std::move(read.contents_));
}

inline auto file::check(const tensor& of, std::uint64_t first_byte, std::uint64_t size_bytes) const noexcept -> result<void> {
    // A tensor is a plain struct that a caller may have filled in; one from this file's table passes both tests. A file that was
    // moved from holds no bytes, whatever its contents say.
    const std::uint64_t held = native().is_open() ? contents_.file_bytes() : 0;
    if (of.offset_bytes > held || of.size_bytes > held - of.offset_bytes)
        return error{errc::out_of_range, of.offset_bytes, of.name}.because("reaches past the end of this file");
    std::uint64_t end = 0;
    if (!cria::detail::checked_add(first_byte, size_bytes, end)) end = ~std::uint64_t{0};
    if (end > of.size_bytes) return error{errc::out_of_range, of.name}.because("range ends behind the tensor's data").expecting(of.size_bytes, end);
    return {};
}

inline auto file::bytes(const tensor& of) const& noexcept -> result<byte_view> {
    if (how() == io::access::owned) return error{errc::not_mapped, of.name};
    CRIA_TRY_VOID(check(of, 0, of.size_bytes));
    return mapping_.bytes().subspan(static_cast<std::size_t>(of.offset_bytes), static_cast<std::size_t>(of.size_bytes));
}

inline auto file::read(const tensor& of, std::uint64_t first_byte, std::span<std::byte> out) const -> result<void> {
    CRIA_TRY_VOID(check(of, first_byte, out.size()));
    return read(of.offset_bytes + first_byte, out);
}

inline auto file::read(std::uint64_t offset_bytes, std::span<std::byte> out) const -> result<void> {
    const std::uint64_t held = native().is_open() ? contents_.file_bytes() : 0;
    if (offset_bytes > held || out.size() > held - offset_bytes) return error{errc::out_of_range, offset_bytes, native().path()};
    if (how() == io::access::owned) return native().read(base_ + offset_bytes, out);
    if (!out.empty()) std::memcpy(out.data(), mapping_.bytes().data() + offset_bytes, out.size());
    return {};
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_FILE_HPP
