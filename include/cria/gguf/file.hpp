// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_FILE_HPP
#define CRIA_GGUF_FILE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/io/native_file.hpp"

#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>

// A GGUF file on disk: its bytes held in one of two ways, and the parsed contents that point into them.
//
//   access::mapped  the file is mapped; views of data cost nothing. A file that is shortened while it is
//                   open raises SIGBUS when a missing page is touched (see io/mapped_file.hpp).
//   access::owned   the header is read into memory, data is read when it is asked for; a file that is
//                   shortened is errc::file_changed, and nothing can raise SIGBUS.

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
    /// Fails: as io::mapped_file::open and gguf::parse.
    /// Cost:  O(header bytes).
    [[nodiscard]] static auto open(std::string_view path, const file_options& options = {}) -> result<file>;

    [[nodiscard]] auto contents() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::contents& { return contents_; }
    auto contents() && -> const gguf::contents& = delete;
    [[nodiscard]] auto metadata() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::metadata& { return contents_.metadata(); }
    auto metadata() && -> const gguf::metadata& = delete;
    [[nodiscard]] auto tensors() const& noexcept CRIA_LIFETIME_BOUND -> const tensor_table& { return contents_.tensors(); }
    auto tensors() && -> const tensor_table& = delete;
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return contents_.file_bytes(); }
    [[nodiscard]] auto how() const noexcept -> io::access { return header_.empty() ? io::access::mapped : io::access::owned; }

    /// A tensor's data as it lies in the file: blocks of its type, row after row.
    /// Fails:   errc::not_mapped with access::owned (use read()); errc::out_of_range where `of` reaches past the end of this file.
    /// Borrows: until this object is destroyed.
    [[nodiscard]] auto bytes(const tensor& of) const& noexcept CRIA_LIFETIME_BOUND -> result<byte_view>;
    auto bytes(const tensor& of) && -> result<byte_view> = delete;

    /// Copies a part of a tensor's data, from `first_byte` of it on, into `out`.
    /// Fails: errc::out_of_range; with access::owned also errc::file_changed and errc::io_error.
    /// Threads: const, safe to share.
    [[nodiscard]] auto read(const tensor& of, std::uint64_t first_byte, std::span<std::byte> out) const -> result<void>;

    /// The open file, for readers with means of their own (direct I/O, asynchronous reads). Borrows.
    [[nodiscard]] auto native() const& noexcept CRIA_LIFETIME_BOUND -> const io::native_file& {
        return header_.empty() ? mapping_.file() : unmapped_;
    }
    auto native() && -> const io::native_file& = delete;
    /// All bytes of the file; empty with access::owned. Borrows.
    [[nodiscard]] auto mapping() const& noexcept CRIA_LIFETIME_BOUND -> byte_view { return mapping_.bytes(); }
    auto mapping() && -> byte_view = delete;

private:
    file(io::mapped_file&& mapping, gguf::contents&& parsed) noexcept : mapping_(std::move(mapping)), contents_(std::move(parsed)) {}
    file(io::native_file&& unmapped, buffer<std::byte>&& header, gguf::contents&& parsed) noexcept
        : unmapped_(std::move(unmapped)), header_(std::move(header)), contents_(std::move(parsed)) {}

    [[nodiscard]] static auto open_owned(std::string_view path, const policy& rules) -> result<file>;
    [[nodiscard]] auto check(const tensor& of, std::uint64_t first_byte, std::uint64_t size_bytes) const noexcept -> result<void>;

    io::mapped_file mapping_;   // access::mapped
    io::native_file unmapped_;  // access::owned, with the header's bytes
    buffer<std::byte> header_;
    gguf::contents contents_;   // points into mapping_ or header_, whose storage does not move with them
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto file::open(std::string_view path, const file_options& options) -> result<file> {
    if (options.how == io::access::owned) return open_owned(path, options.rules);
    CRIA_TRY(auto mapping, io::mapped_file::open(path, {.how = io::access::mapped, .expect = options.expect}));
    CRIA_TRY(auto parsed, parse(mapping.bytes(), options.rules));
    return file(std::move(mapping), std::move(parsed));
}

inline auto file::open_owned(std::string_view path, const policy& rules) -> result<file> {
    CRIA_TRY(auto opened, io::native_file::open(path));
    const std::uint64_t file_bytes = opened.size_bytes();
    if (file_bytes == 0) return error{errc::empty_file, opened.path()};
    // Headers are a few KiB, or a few MiB with a vocabulary. Doubling reads each byte once and parses at most twice the header.
    std::uint64_t wanted = std::uint64_t{1} << 20U;
    buffer<std::byte> header;
    while (true) {
        if (wanted > file_bytes) wanted = file_bytes;
        const std::uint64_t have = header.size();
        CRIA_TRY_VOID(header.reserve(wanted, opened.path()));
        CRIA_TRY(std::byte* const fresh, header.extend(wanted - have, opened.path()));
        CRIA_TRY_VOID(opened.read(have, {fresh, static_cast<std::size_t>(wanted - have)}));
        auto parsed = parse_prefix(header.span(), file_bytes, rules);
        if (parsed) return file(std::move(opened), std::move(header), *std::move(parsed));
        if (parsed.error().code != errc::incomplete) return parsed.error();
        const std::uint64_t asked = parsed.error().expected.number();
        wanted = asked > 2 * wanted ? asked : 2 * wanted;
    }
}

inline auto file::check(const tensor& of, std::uint64_t first_byte, std::uint64_t size_bytes) const noexcept -> result<void> {
    // A tensor is a plain struct that a caller may have filled in; one from this file's table passes both tests.
    const std::uint64_t file_bytes = how() == io::access::owned ? unmapped_.size_bytes() : mapping_.size_bytes();
    if (of.offset_bytes > file_bytes || of.size_bytes > file_bytes - of.offset_bytes)
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
    const std::uint64_t at = of.offset_bytes + first_byte;
    if (how() == io::access::owned) return unmapped_.read(at, out);
    if (!out.empty()) std::memcpy(out.data(), mapping_.bytes().data() + at, out.size());
    return {};
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_FILE_HPP
