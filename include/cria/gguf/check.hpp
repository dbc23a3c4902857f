// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_CHECK_HPP
#define CRIA_GGUF_CHECK_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/policy.hpp"

#include <cstdint>
#include <span>

// What opening a file leaves out because it would read among the tensors' data: the padding between them, and whether
// the data ends in the zeros of a download that was given its full size and never its bytes. What the data means is
// not looked at.

namespace cria::inline v0::gguf {

/// What is odd about the bytes around and at the end of the tensors' data, by the verdicts of `rules`, in the order of the file.
/// Fails:   the first situation that `rules` rejects; as file::read; errc::out_of_memory.
/// Borrows: warnings point into `of`.
/// Cost:    reads each tensor's padding, and zeros at the end of the data until they stop.
[[nodiscard]] inline auto check_data(const file& of, const policy& rules = {}) -> result<buffer<warning>>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

struct data_checker {
    const file& of;
    const policy& rules;
    buffer<warning> found;

    auto judge(situation what, std::uint64_t at, std::string_view subject) -> result<void> {
        if (rules.on[what] == verdict::reject) return error{errc::invalid_value, at, subject}.because(warning{what, at, subject}.sentence());
        if (rules.on[what] == verdict::accept || found.size() >= rules.max_warnings) return {};
        return found.push_back({what, at, subject}, "warnings");
    }

    /// Padding from `begin` up to the next multiple of the alignment, or `end` if that comes first.
    auto check_padding(std::uint64_t begin, std::uint64_t end, std::string_view subject) -> result<void> {
        std::uint64_t padded = 0;
        if (!cria::detail::checked_round_up(begin, of.contents().alignment_bytes(), padded)) padded = end;
        if (padded < end) end = padded;
        std::byte piece[4096];
        while (begin < end) {
            const auto size = static_cast<std::size_t>(end - begin < sizeof piece ? end - begin : sizeof piece);
            CRIA_TRY_VOID(of.read(begin, {piece, size}));
            for (std::size_t i = 0; i < size; ++i)
                if (piece[i] != std::byte{0}) return judge(situation::nonzero_padding, begin + i, subject);
            begin += size;
        }
        return {};
    }

    static constexpr std::uint64_t page = 4096;

    /// Zeros at the end of the data, from its last tensor back. A small tensor may well be zero, and says nothing by itself.
    auto check_tail(const buffer<std::uint32_t>& order) -> result<void> {
        std::uint64_t from = error::no_offset;
        std::string_view name;
        for (std::size_t i = order.size(); i-- > 0;) {
            const tensor& last = of.tensors()[order[i]];
            CRIA_TRY(const auto zeros, zeros_at_end_of(last));
            if (last.size_bytes >= 4 * page && zeros >= page) {
                from = last.offset_bytes + last.size_bytes - zeros;
                name = last.name;
            }
            if (zeros < last.size_bytes) break;
        }
        return from == error::no_offset ? result<void>() : judge(situation::zero_tail, from, name);
    }

    auto zeros_at_end_of(const tensor& last) -> result<std::uint64_t> {
        buffer<std::byte> piece;
        CRIA_TRY_VOID(piece.resize(std::uint64_t{1} << 20U, "tail"));
        const std::uint64_t end = last.offset_bytes + last.size_bytes;
        std::uint64_t zero_from = end;  // everything from here on is zero
        std::uint64_t size = page;      // one page tells most files
        while (zero_from > last.offset_bytes) {
            if (size > zero_from - last.offset_bytes) size = zero_from - last.offset_bytes;
            const std::span<std::byte> out(piece.data(), static_cast<std::size_t>(size));
            CRIA_TRY_VOID(of.read(zero_from - size, out));
            std::size_t kept = out.size();
            while (kept > 0 && out[kept - 1] == std::byte{0}) --kept;
            zero_from -= out.size() - kept;
            if (kept > 0) break;
            size = piece.size();
        }
        return end - zero_from;
    }

    auto run() -> result<void> {
        const auto& tensors = of.tensors();
        if (tensors.empty() || !of.contents().has_data()) return {};
        buffer<std::uint32_t> order;
        CRIA_TRY_VOID(order.reserve(tensors.size(), "tensor table"));
        for (std::uint32_t i = 0; i < tensors.size(); ++i)
            if (tensors[i].size_bytes != 0) CRIA_TRY_VOID(order.push_back(i, "tensor table"));
        cria::detail::sort(order.data(), order.size(), [&](std::uint32_t a, std::uint32_t b) { return tensors[a].offset_bytes < tensors[b].offset_bytes; });
        CRIA_TRY_VOID(check_padding(of.contents().header_bytes(), of.contents().data_offset_bytes(), "padding behind the header"));
        for (std::size_t i = 0; i < order.size(); ++i) {
            const tensor& current = tensors[order[i]];
            const std::uint64_t next = i + 1 < order.size() ? tensors[order[i + 1]].offset_bytes : of.size_bytes();
            CRIA_TRY_VOID(check_padding(current.offset_bytes + current.size_bytes, next, current.name));
        }
        return check_tail(order);
    }
};

}  // namespace detail

inline auto check_data(const file& of, const policy& rules) -> result<buffer<warning>> {
    detail::data_checker checker{of, rules, {}};
    CRIA_TRY_VOID(checker.run());
    return std::move(checker.found);
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_CHECK_HPP
