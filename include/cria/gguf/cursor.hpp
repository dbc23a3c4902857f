// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_CURSOR_HPP
#define CRIA_GGUF_CURSOR_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"

#include <bit>  // endian
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
    cursor(byte_view available, std::uint64_t total_bytes, std::endian order, std::uint64_t most_bytes = ~std::uint64_t{0}) noexcept
        : available_(available), total_(total_bytes), most_(most_bytes), order_(order) {
        assert(available.size() <= total_bytes);
    }

    [[nodiscard]] auto offset() const noexcept -> std::uint64_t { return at_; }
    [[nodiscard]] auto order() const noexcept -> std::endian { return order_; }
    [[nodiscard]] auto total_bytes() const noexcept -> std::uint64_t { return total_; }
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

    template <class T>
    [[nodiscard]] auto read(std::string_view subject) -> result<T> {
        CRIA_TRY_VOID(need(sizeof(T), subject));
        const T number = cria::detail::load<T>(available_.data() + at_, order_);
        at_ += sizeof(T);
        return number;
    }

    /// `count` bytes, as they are. Borrows.
    [[nodiscard]] auto take(std::uint64_t count, std::string_view subject) -> result<byte_view> {
        CRIA_TRY_VOID(need(count, subject));
        const byte_view taken = available_.subspan(static_cast<std::size_t>(at_), static_cast<std::size_t>(count));
        at_ += count;
        return taken;
    }

    /// A string: u64 length, then that many bytes. A length no file of this size can hold is said to be just that.
    /// So is one above `most_length`, before its bytes are asked for.
    [[nodiscard]] auto read_string(std::string_view subject, std::uint64_t most_length = ~std::uint64_t{0}) -> result<std::string_view> {
        const std::uint64_t length_at = at_;
        CRIA_TRY(const auto length, read<std::uint64_t>(subject));
        if (length > left()) return too_long(length, length_at, subject);
        if (length > most_length) return error{errc::limit_exceeded, length_at, subject}.because("is too long").expecting(most_length, length);
        CRIA_TRY(const byte_view bytes, take(length, subject));
        return cria::detail::as_text(bytes);
    }

    /// Moves over `count` strings, checking each. Cost: one load a string.
    [[nodiscard]] auto skip_strings(std::uint64_t count, std::string_view subject) -> result<void> {
        for (std::uint64_t i = 0; i < count; ++i) {
            // The two checks of read_string, kept apart from its error building: vocabularies have a hundred thousand strings.
            if (available_.size() - at_ < sizeof(std::uint64_t)) return need(sizeof(std::uint64_t), subject);
            const auto length = cria::detail::load<std::uint64_t>(available_.data() + at_, order_);
            if (length > available_.size() - at_ - sizeof length) {
                if (length > left() - sizeof length) return too_long(length, at_, subject);
                return need(sizeof length + length, subject);
            }
            at_ += sizeof length + length;
        }
        return need(0, subject);  // the limit on the whole
    }

private:
    [[nodiscard]] auto too_long(std::uint64_t length, std::uint64_t length_at, std::string_view subject) const -> error {
        return error{errc::truncated, length_at, subject}
            .because("string is longer than the rest of the file")
            .expecting(total_ - length_at - sizeof length, length);
    }

    byte_view available_;
    std::uint64_t total_;
    std::uint64_t most_;
    std::uint64_t at_ = 0;
    std::endian order_;
};

}  // namespace cria::inline v0::gguf::detail

#endif  // CRIA_GGUF_CURSOR_HPP
