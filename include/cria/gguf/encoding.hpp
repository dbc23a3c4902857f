// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_ENCODING_HPP
#define CRIA_GGUF_ENCODING_HPP

#include "cria/base/bytes.hpp"
#include "cria/gguf/types.hpp"

#include <bit>  // endian
#include <cstdint>
#include <string_view>

// How one file writes numbers, lengths and texts. The three versions of the format differ in nothing else:
//
//   version 1  lengths, counts and extents are u32; texts are stored with their terminating zero byte
//   version 2  they are u64; files of the first hours still have the zero byte (their keys show it)
//   version 3  as 2, and the whole file may be big-endian
//
// A small value, handed to everything that reads a file's bytes later.

namespace cria::inline v0::gguf {

/// How a file's numbers, lengths and texts are written.
struct encoding {
    std::endian order = std::endian::little;
    std::uint8_t length_bytes = 8;  ///< of a text's length, an array's count, a tensor's extent
    bool terminated = false;        ///< texts end with a zero byte that does not belong to them

    /// The length or count stored at `at`. Precondition: length_bytes bytes are there.
    [[nodiscard]] auto length_at(const std::byte* at) const noexcept -> std::uint64_t {
        return length_bytes == 8 ? cria::detail::load<std::uint64_t>(at, order) : cria::detail::load<std::uint32_t>(at, order);
    }
    /// A text's stored bytes without the terminating zero byte, if this file writes one. Borrows.
    [[nodiscard]] auto text_in(byte_view stored) const noexcept -> std::string_view {
        std::string_view text = cria::detail::as_text(stored);
        if (terminated && !text.empty() && text.back() == '\0') text.remove_suffix(1);
        return text;
    }
    /// Value types in this file are below this number: version 1 had no 64-bit ones.
    [[nodiscard]] auto n_value_types() const noexcept -> std::uint32_t { return length_bytes == 8 ? value_type_count : 10; }
    friend auto operator==(const encoding&, const encoding&) -> bool = default;
};

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_ENCODING_HPP
