// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_ENCODER_HPP
#define CRIA_GGUF_ENCODER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/array.hpp"
#include "cria/gguf/array_walk.hpp"
#include "cria/gguf/cursor.hpp"
#include "cria/gguf/encoding.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"

#include <bit>  // endian
#include <cstdint>
#include <cstring>  // memcpy, memset
#include <string_view>
#include <type_traits>
#include <utility>  // swap

// Numbers, texts and values as bytes of a GGUF file of version 2 or 3: lengths of 64 bits, nothing between one item
// and the next, and the byte order the file is to have. The reader's cursor, turned around.

namespace cria::inline v0::gguf::detail {

/// Appends to a buffer that somebody else owns.
class encoder {
public:
    encoder(buffer<std::byte>& out, std::endian order) noexcept : out_(out), order_(order) {}

    template <class T>
    [[nodiscard]] auto number(T value) -> result<void> {
        static_assert(std::is_integral_v<T> || std::is_floating_point_v<T>);
        CRIA_TRY(std::byte* const at, out_.extend(sizeof(T), what));
        std::memcpy(at, &value, sizeof(T));
        if (order_ != std::endian::native) reverse_each(at, sizeof(T), sizeof(T));
        return {};
    }
    [[nodiscard]] auto bytes(byte_view raw) -> result<void> { return out_.append(raw, what); }
    [[nodiscard]] auto fill(std::uint64_t count, char with) -> result<void> {
        CRIA_TRY(std::byte* const at, out_.extend(count, what));
        if (count != 0) std::memset(at, with, static_cast<std::size_t>(count));
        return {};
    }
    /// A length, then the characters.
    [[nodiscard]] auto text(std::string_view characters) -> result<void> {
        CRIA_TRY_VOID(number(std::uint64_t{characters.size()}));
        return bytes(cria::detail::as_bytes(characters));
    }
    [[nodiscard]] auto type(value_type of) -> result<void> { return number(static_cast<std::uint32_t>(of)); }

    /// What value::bytes() is in a file written this way: without its type, and without its length or count.
    /// Fails: errc::file_changed where a mapped file no longer holds what parse() saw; errc::limit_exceeded for arrays
    ///        nested more than `most_depth` deep; errc::out_of_memory.
    [[nodiscard]] auto payload(const value& of, std::uint32_t most_depth, std::string_view subject) -> result<void> {
        if (of.type() == value_type::string) return bytes(cria::detail::as_bytes(of.encoding().text_in(of.bytes())));
        // Only strings and arrays of them or of arrays have insides to look at.
        if (of.element_type() != value_type::string && of.element_type() != value_type::array) return numbers(of.bytes(), of.element_type(), of.encoding().order);
        cursor in(of.bytes(), of.bytes().size(), of.encoding());
        const array_head outer{of.element_type(), of.count(), 0, 0};
        const auto over = [&](const array_head& head) { return elements(in, head); };
        const auto at_head = [&](const array_head& head) -> result<void> {
            CRIA_TRY_VOID(type(head.element));
            return number(head.count);
        };
        const auto copied = outer.element == value_type::array ? walk_nested(in, outer, most_depth, subject, at_head, over) : over(outer);
        if (copied) return in.left() == 0 ? result<void>() : result<void>(error{errc::file_changed, subject});
        // parse() has walked here without an error.
        const errc code = copied.error().code;
        return code == errc::out_of_memory || code == errc::limit_exceeded ? copied.error() : error{errc::file_changed, subject};
    }

private:
    static constexpr std::string_view what = "header";

    [[nodiscard]] auto elements(cursor& in, const array_head& head) -> result<void> {
        if (head.element != value_type::string) {
            CRIA_TRY(const auto raw, in.take(head.count * size_bytes_of(head.element), what));  // read_array_head has seen that this fits
            return numbers(raw, head.element, in.encoding().order);
        }
        for (std::uint64_t i = 0; i < head.count; ++i) {
            CRIA_TRY(const auto characters, in.read_string(what));
            CRIA_TRY_VOID(text(characters));
        }
        return {};
    }

    [[nodiscard]] auto numbers(byte_view raw, value_type stored, std::endian order) -> result<void> {
        CRIA_TRY(std::byte* const at, out_.extend(raw.size(), what));
        if (raw.empty()) return {};
        std::memcpy(at, raw.data(), raw.size());
        if (stored == value_type::boolean) {  // any other byte than 0 reads as true; we write the one that everybody reads so
            for (std::size_t i = 0; i < raw.size(); ++i) at[i] = at[i] == std::byte{0} ? std::byte{0} : std::byte{1};
        } else if (order != order_) {
            reverse_each(at, raw.size(), size_bytes_of(stored));
        }
        return {};
    }

    static void reverse_each(std::byte* at, std::size_t size, std::size_t width) noexcept {
        for (std::size_t first = 0; first < size; first += width)
            for (std::size_t i = 0; i < width / 2; ++i) std::swap(at[first + i], at[first + width - 1 - i]);
    }

    buffer<std::byte>& out_;
    std::endian order_;
};

}  // namespace cria::inline v0::gguf::detail

#endif  // CRIA_GGUF_ENCODER_HPP
