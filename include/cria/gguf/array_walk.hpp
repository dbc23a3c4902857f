// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_ARRAY_WALK_HPP
#define CRIA_GGUF_ARRAY_WALK_HPP

#include "cria/base/result.hpp"
#include "cria/gguf/cursor.hpp"
#include "cria/gguf/encoding.hpp"
#include "cria/gguf/types.hpp"

#include <array>
#include <cstdint>
#include <string_view>

// How an array lies in a file: a head (element type, count), then the elements. Elements of an array of arrays
// have heads of their own, and nothing but reading them says where they end. The walk over them keeps its own
// small stack: how deep a file nests is the file's choice, and must not be ours to pay for.

namespace cria::inline v0::gguf::detail {

/// Arrays within arrays that a walk can follow, whatever a policy allows.
inline constexpr std::uint32_t deepest_array = 16;

/// The head of an array: what is in it, how many, and where the file says so.
struct array_head {
    value_type element{};
    std::uint64_t count = 0;
    std::uint64_t type_at = 0;
    std::uint64_t count_at = 0;
};

/// Bytes the smallest element of an array takes, so that a count can be compared with what is left.
[[nodiscard]] inline auto least_element_bytes(value_type element, const encoding& written) noexcept -> std::uint64_t {
    if (element == value_type::string) return written.length_bytes;
    if (element == value_type::array) return sizeof(std::uint32_t) + std::uint64_t{written.length_bytes};
    return size_bytes_of(element);
}

/// A value's type. Fails: as cursor::read; errc::invalid_value for one that does not exist.
[[nodiscard]] inline auto read_value_type(cursor& in, std::string_view subject) -> result<value_type> {
    const std::uint64_t at = in.offset();
    CRIA_TRY(const auto number, in.read<std::uint32_t>(subject));
    if (number >= in.encoding().n_value_types())
        return error{errc::invalid_value, at, subject}
            .because(number < value_type_count ? "value type does not exist in version 1" : "value type does not exist")
            .finding(std::uint64_t{number});
    return static_cast<value_type>(number);
}

/// An array's head, with a count that what is left can pay for.
[[nodiscard]] inline auto read_array_head(cursor& in, std::string_view subject) -> result<array_head> {
    array_head head;
    head.type_at = in.offset();
    CRIA_TRY(head.element, read_value_type(in, subject));
    head.count_at = in.offset();
    CRIA_TRY(head.count, in.read_length(subject));
    CRIA_TRY_VOID(in.afford(head.count, least_element_bytes(head.element, in.encoding()), head.count_at, subject));
    return head;
}

/// Moves over the elements of an array that holds no arrays.
[[nodiscard]] inline auto skip_elements(cursor& in, const array_head& of, std::string_view subject) -> result<void> {
    if (of.element == value_type::string) return in.skip_strings(of.count, subject);
    return in.take(of.count * size_bytes_of(of.element), subject).transform([](byte_view) {});  // read_array_head: no overflow
}

/// Moves over the elements of the array of arrays that `outer` is the head of. `at_head(head)` sees each array inside it
/// before its elements are read, `over(head)` moves over the elements of those that hold no arrays.
/// Fails: as they do; errc::limit_exceeded for arrays more than `most_depth` deep, the outer one counted.
template <class AtHead, class Over>
[[nodiscard]] auto walk_nested(cursor& in, const array_head& outer, std::uint32_t most_depth, std::string_view subject, AtHead&& at_head, Over&& over)
    -> result<void> {
    std::array<std::uint64_t, deepest_array> left{};  // elements to come, a level each
    const std::uint32_t most = most_depth < deepest_array ? most_depth : deepest_array;
    std::uint32_t depth = 1;
    left[0] = outer.count;
    while (depth > 0) {
        if (left[depth - 1] == 0) {
            --depth;
            continue;
        }
        --left[depth - 1];
        CRIA_TRY(const auto head, read_array_head(in, subject));
        if (depth >= most)
            return error{errc::limit_exceeded, head.type_at, subject}
                .because("arrays are nested too deeply")
                .expecting(std::uint64_t{most}, std::uint64_t{depth} + 1);
        CRIA_TRY_VOID(at_head(head));
        if (head.element == value_type::array) left[depth++] = head.count;
        else CRIA_TRY_VOID(over(head));
    }
    return {};
}

/// The same for arrays of whatever elements, with nothing to be done on the way.
[[nodiscard]] inline auto skip_array(cursor& in, const array_head& outer, std::uint32_t most_depth, std::string_view subject) -> result<void> {
    if (outer.element != value_type::array) return skip_elements(in, outer, subject);
    return walk_nested(in, outer, most_depth, subject, [](const array_head&) { return result<void>(); }, [&](const array_head& inner) { return skip_elements(in, inner, subject); });
}

}  // namespace cria::inline v0::gguf::detail

#endif  // CRIA_GGUF_ARRAY_WALK_HPP
