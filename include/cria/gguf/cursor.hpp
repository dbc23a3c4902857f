// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_CURSOR_HPP
#define CRIA_GGUF_CURSOR_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/hash.hpp"  // prefetch
#include "cria/base/result.hpp"
#include "cria/gguf/encoding.hpp"

#include <cassert>
#include <cstdint>
#include <string_view>

// A position in bytes that may end anywhere. Nothing is read before it is known to be there, and a length
// that the file states is compared with what is left before it is used for anything.
//
// The bytes in hand may be only the beginning of a longer file (a header fetched from far away, or read
// piece by piece). Then running out of them is errc::incomplete with the number of bytes that are needed,
// and running past the end of the whole file is still errc::truncated.

namespace cria::inline v0::gguf::detail {

class cursor {
public:
    /// `available`: the first bytes of a file that has `total_bytes` in all. Precondition: available.size() <= total_bytes.
    /// No item may end behind `most_bytes`.
    cursor(byte_view available, std::uint64_t total_bytes, gguf::encoding written = {}, std::uint64_t most_bytes = ~std::uint64_t{0}) noexcept
        : available_(available), total_(total_bytes), most_(most_bytes), written_(written) {
        assert(available.size() <= total_bytes);
    }

    [[nodiscard]] auto offset() const noexcept -> std::uint64_t { return at_; }
    [[nodiscard]] auto encoding() const noexcept -> const gguf::encoding& { return written_; }
    void set_encoding(const gguf::encoding& written) noexcept { written_ = written; }
    [[nodiscard]] auto total_bytes() const noexcept -> std::uint64_t { return total_; }
    /// The bytes in hand, from the start of the file.
    [[nodiscard]] auto available() const noexcept -> byte_view { return available_; }
    /// Bytes of the whole file from here on.
    [[nodiscard]] auto left() const noexcept -> std::uint64_t { return total_ - at_; }

    /// Success if the next `count` bytes are in hand. `subject` is what the file is about to say.
    [[nodiscard]] auto need(std::uint64_t count, std::string_view subject) const -> result<void> {
        if (count > left()) return error{errc::truncated, total_, subject};
        if (at_ > most_ || count > most_ - at_)
            return error{errc::limit_exceeded, at_, subject}.because("header is larger than the limit").expecting(most_, at_ + count);
        if (count <= available_.size() - at_) return {};
        return error{errc::incomplete, at_, subject}.expecting(at_ + count, std::uint64_t{available_.size()});
    }

    /// A count the file states at `at`, of items that take `least_item_bytes` or more: success if what is left can pay for them.
    [[nodiscard]] auto afford(std::uint64_t count, std::uint64_t least_item_bytes, std::uint64_t at, std::string_view subject) const -> result<void> {
        const std::uint64_t payable = left() / least_item_bytes;
        if (count > payable) return error{errc::truncated, at, subject}.because("file is too small for this count").expecting(payable, count);
        return need(count * least_item_bytes, subject);  // a prefix pays with the bytes in hand, not with those it promises
    }

    template <class T>
    [[nodiscard]] auto read(std::string_view subject) -> result<T> {
        CRIA_TRY_VOID(need(sizeof(T), subject));
        const T number = cria::detail::load<T>(available_.data() + at_, written_.order);
        at_ += sizeof(T);
        return number;
    }

    /// A length, count or extent, as wide as this file writes them.
    [[nodiscard]] auto read_length(std::string_view subject) -> result<std::uint64_t> {
        CRIA_TRY_VOID(need(written_.length_bytes, subject));
        const std::uint64_t length = written_.length_at(available_.data() + at_);
        at_ += written_.length_bytes;
        return length;
    }

    /// `count` bytes, as they are. Borrows.
    [[nodiscard]] auto take(std::uint64_t count, std::string_view subject) -> result<byte_view> {
        CRIA_TRY_VOID(need(count, subject));
        const byte_view taken = available_.subspan(static_cast<std::size_t>(at_), static_cast<std::size_t>(count));
        at_ += count;
        return taken;
    }

    /// The stored bytes of a string: a length, then that many bytes. A length no file of this size can hold is said to be
    /// just that. So is one above `most_length`, before its bytes are asked for.
    [[nodiscard]] auto read_stored_string(std::string_view subject, std::uint64_t most_length = ~std::uint64_t{0}) -> result<byte_view> {
        const std::uint64_t length_at = at_;
        CRIA_TRY(const auto length, read_length(subject));
        if (length > left()) return too_long(length, length_at, subject);
        if (length > most_length) return error{errc::limit_exceeded, length_at, subject}.because("is too long").expecting(most_length, length);
        return take(length, subject);
    }
    /// The same as text, without the zero byte that old files end it with.
    [[nodiscard]] auto read_string(std::string_view subject, std::uint64_t most_length = ~std::uint64_t{0}) -> result<std::string_view> {
        CRIA_TRY(const byte_view bytes, read_stored_string(subject, most_length));
        return written_.text_in(bytes);
    }

    /// Moves over `count` strings, checking each. Cost: one load a string.
    [[nodiscard]] auto skip_strings(std::uint64_t count, std::string_view subject, std::uint64_t most_length = ~std::uint64_t{0}) -> result<void> {
        // The checks of read_stored_string, kept apart from its error building, and once for each way lengths are
        // written: vocabularies have a hundred thousand strings.
        const bool plain = written_.length_bytes == 8 && written_.order == std::endian::little;
        return plain ? skip_each(count, subject, most_length, [](const std::byte* at) { return cria::detail::load<std::uint64_t>(at); })
                     : skip_each(count, subject, most_length, [this](const std::byte* at) { return written_.length_at(at); });
    }

private:
    template <class LengthAt>
    [[nodiscard]] auto skip_each(std::uint64_t count, std::string_view subject, std::uint64_t most_length, LengthAt length_at) -> result<void> {
        const std::uint64_t width = written_.length_bytes, size = available_.size();
        const std::byte* const from = available_.data();
        const auto address = reinterpret_cast<std::uintptr_t>(from);
        std::uint64_t at = at_;  // not at_: each length is waited for, and a member would be as well
        for (std::uint64_t i = 0; i < count; ++i) {
            const bool has_length = size - at >= width;
            const std::uint64_t length = has_length ? length_at(from + at) : 0;
            if (!has_length || length > size - at - width || length > most_length) {
                at_ = at;
                if (!has_length) return need(width, subject);
                if (length > left() - width) return too_long(length, at, subject);
                if (length <= most_length) return need(width + length, subject);
                return error{errc::limit_exceeded, at, subject}.because("string is too long").expecting(most_length, length);
            }
            at += width + length;
            cria::detail::prefetch(reinterpret_cast<const void*>(address + at + 2048));  // what has not been read yet; otherwise it takes twice as long
        }
        at_ = at;
        return need(0, subject);  // the limit on the whole
    }

    [[nodiscard]] auto too_long(std::uint64_t length, std::uint64_t length_at, std::string_view subject) const -> error {
        return error{errc::truncated, length_at, subject}
            .because("string is longer than the rest of the file")
            .expecting(total_ - length_at - written_.length_bytes, length);
    }

    byte_view available_;
    std::uint64_t total_;
    std::uint64_t most_;
    std::uint64_t at_ = 0;
    gguf::encoding written_;
};

}  // namespace cria::inline v0::gguf::detail

#endif  // CRIA_GGUF_CURSOR_HPP
