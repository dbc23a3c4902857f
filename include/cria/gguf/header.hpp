// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_HEADER_HPP
#define CRIA_GGUF_HEADER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/io/byte_source.hpp"

#include <cstdint>
#include <span>
#include <utility>

// A model's header from anything that can be read at an offset: a file, a FILE*, a range request over a network,
// a decompressor. The header is read piece by piece until it is whole, and kept; tensor data stays where it is
// and is read through the same source, at the offsets the tensors state.
//
//     auto remote = io::make_callback_source(size, [&](std::uint64_t at, std::span<std::byte> out) { return fetch(url, at, out); }, "remote model");
//     CRIA_TRY(auto header, gguf::read_header(remote));
//     for (const auto& tensor : header.contents().tensors()) …
//
// Whoever gets bytes in another way (asynchronously, say) uses parse_prefix(): it says how many more are needed.

namespace cria::inline v0::gguf {

class header;

/// The header at the start of `from`.
/// Fails: as parse() and as the source's read; errc::empty_file.
/// Cost:  reads no byte twice, and less than twice the header, or 1 MiB; parses at most twice as many.
template <io::byte_source Source>
[[nodiscard]] auto read_header(const Source& from, const policy& rules = {}) -> result<header>;

/// Contents together with the bytes they point into. Move-only; views stay valid when it is moved.
class header {
public:
    header() noexcept = delete;
    [[nodiscard]] auto contents() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::contents& { return contents_; }
    auto contents() && -> const gguf::contents& = delete;
    /// The bytes that were read: all of the header, and what was read behind it.
    [[nodiscard]] auto bytes() const& noexcept CRIA_LIFETIME_BOUND -> byte_view { return bytes_.span(); }
    auto bytes() && -> byte_view = delete;

private:
    friend class editor;
    friend class file;
    template <io::byte_source Source>
    friend auto read_header(const Source& from, const policy& rules) -> result<header>;
    header(buffer<std::byte>&& bytes, gguf::contents&& parsed) noexcept : bytes_(std::move(bytes)), contents_(std::move(parsed)) {}

    buffer<std::byte> bytes_;
    gguf::contents contents_;  // points into bytes_, whose storage does not move with it
};

// ---------------------------------------------------------------------------------------------------
// implementation

template <io::byte_source Source>
auto read_header(const Source& from, const policy& rules) -> result<header> {
    const std::uint64_t file_bytes = from.size_bytes();
    if (file_bytes == 0) return error{errc::empty_file, from.name()};
    // Headers are a few KiB, or a few MiB with a vocabulary.
    std::uint64_t wanted = std::uint64_t{1} << 20U;
    buffer<std::byte> bytes;
    while (true) {
        if (wanted > file_bytes) wanted = file_bytes;
        const std::uint64_t have = bytes.size();
        CRIA_TRY_VOID(bytes.reserve(wanted, from.name()));
        CRIA_TRY(std::byte* const fresh, bytes.extend(wanted - have, from.name()));
        CRIA_TRY_VOID(from.read(have, std::span(fresh, static_cast<std::size_t>(wanted - have))));
        auto parsed = parse_prefix(bytes.span(), file_bytes, rules);
        if (parsed) return header(std::move(bytes), *std::move(parsed));
        if (parsed.error().code != errc::incomplete) return parsed.error();
        const std::uint64_t asked = parsed.error().expected.number();
        wanted = asked > 2 * wanted ? asked : 2 * wanted;
    }
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_HEADER_HPP
