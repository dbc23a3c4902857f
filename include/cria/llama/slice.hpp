// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_SLICE_HPP
#define CRIA_LLAMA_SLICE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/tensor.hpp"

#include <cassert>
#include <cstdint>
#include <optional>
#include <string_view>

// A part of a matrix without a copy: some of its rows, and of each row some of its blocks. Fused tensors are taken apart
// with it (the keys in attn_qkv, the gate in phi3's ffn_up, one expert of many), and tensors are shared out among devices:
// rows where each device computes some of the outputs, blocks of each row where each has some of the inputs.
//
// A slice says where bytes are in its tensor's data; the data itself is asked of the file (gguf::file::bytes).

namespace cria::inline v0::llama {

/// Some rows of a tensor, and a range of whole blocks in each. A plain value; borrows the tensor.
///
///     CRIA_TRY(const auto bytes, model.files().bytes(*layer.query.tensor));
///     multiply(layer.query.bytes(bytes), layer.query.n_in, layer.query.n_out);
struct tensor_slice {
    const gguf::tensor* tensor = nullptr;  ///< nullptr: there is nothing
    std::uint64_t n_in = 0;                ///< elements of a row
    std::uint64_t n_out = 0;               ///< rows
    std::uint64_t offset_bytes = 0;        ///< of the first row, from the start of the tensor's data
    std::uint64_t row_bytes = 0;           ///< of a row; 0 for a type whose layout is not known, or that a fork lays out in its own way
    std::uint64_t stride_bytes = 0;        ///< from a row to the next

    explicit operator bool() const noexcept { return tensor != nullptr; }
    /// Whether the rows follow one another without a gap.
    [[nodiscard]] auto is_contiguous() const noexcept -> bool { return row_bytes == stride_bytes || n_out <= 1; }
    /// Bytes of all rows, without what lies between them.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return row_bytes * n_out; }
    /// Row `i` in the tensor's data. Preconditions: i < n_out, and `data` is the tensor's.
    [[nodiscard]] auto row(byte_view data, std::uint64_t i) const noexcept -> byte_view {
        assert(i < n_out && offset_bytes + i * stride_bytes + row_bytes <= data.size());
        return data.subspan(static_cast<std::size_t>(offset_bytes + i * stride_bytes), static_cast<std::size_t>(row_bytes));
    }
    /// All rows in the tensor's data. Preconditions: is_contiguous(), and `data` is the tensor's.
    [[nodiscard]] auto bytes(byte_view data) const noexcept -> byte_view {
        assert(is_contiguous());
        if (n_out == 0) return {};  // of columns, what follows the last row begins behind the data
        assert(offset_bytes + size_bytes() <= data.size());
        return data.subspan(static_cast<std::size_t>(offset_bytes), static_cast<std::size_t>(size_bytes()));
    }
};

/// All of a tensor, as rows: what is not the first dimension counts rows.
[[nodiscard]] inline auto slice_of(const gguf::tensor& tensor) noexcept -> tensor_slice;
auto slice_of(gguf::tensor&& tensor) -> tensor_slice = delete;

/// Rows `first` to `first + count - 1` of a slice.
/// Fails: errc::out_of_range where it has not as many; errc::unsupported_type for a type whose layout is not known. The
///        subject is the tensor's name. errc::invalid_argument where `from` is nothing.
[[nodiscard]] inline auto rows_of(const tensor_slice& from, std::uint64_t first, std::uint64_t count) -> result<tensor_slice>;

/// Elements `first` to `first + count - 1` of each row of a slice.
/// Fails: as rows_of; errc::wrong_shape where they begin or end inside a block: `expected` is the elements of a block.
[[nodiscard]] inline auto columns_of(const tensor_slice& from, std::uint64_t first, std::uint64_t count) -> result<tensor_slice>;

/// Expert `e` of a tensor {n_in, n_out, experts}.
/// Fails: as rows_of.
[[nodiscard]] inline auto expert_of(const gguf::tensor& experts, std::uint64_t e) -> result<tensor_slice>;
auto expert_of(gguf::tensor&& experts, std::uint64_t e) -> result<tensor_slice> = delete;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// How the tensor's rows are laid out, if that is known. A caller's own type may have an id of ggml's and other blocks
/// (gguf::policy::types): then its data is of another size.
[[nodiscard]] inline auto layout_of(const gguf::tensor& tensor) noexcept -> std::optional<geometry> {
    const auto layout = geometry_of(tensor.type);
    if (!layout || tensor.shape.elements() / layout->elements_per_block * layout->bytes_per_block != tensor.size_bytes) return std::nullopt;
    return layout;
}

[[nodiscard]] inline auto layout_of(const tensor_slice& slice) -> result<geometry> {
    if (!slice) return error{errc::invalid_argument, "slice"}.because("there is no tensor");
    if (const auto layout = layout_of(*slice.tensor)) return *layout;
    return error{errc::unsupported_type, slice.tensor->name}.finding(std::uint64_t{static_cast<std::uint32_t>(slice.tensor->type)});
}

[[nodiscard]] inline auto check_range(const tensor_slice& slice, std::uint64_t first, std::uint64_t count, std::uint64_t room, const char* sentence) -> result<void> {
    if (first <= room && count <= room - first) return {};
    // Where the range ends, as far as 64 bits can say.
    std::uint64_t end = 0;
    if (!cria::detail::checked_add(first, count, end)) end = ~std::uint64_t{0};
    return error{errc::out_of_range, slice.tensor->name}.because(sentence).expecting(room, end);
}

}  // namespace detail

inline auto slice_of(const gguf::tensor& tensor) noexcept -> tensor_slice {
    tensor_slice whole{.tensor = &tensor, .n_in = tensor.shape[0], .n_out = 1};
    for (std::size_t i = 1; i < tensor.shape.n_dimensions; ++i) whole.n_out *= tensor.shape[i];
    if (const auto layout = detail::layout_of(tensor)) whole.row_bytes = whole.n_in / layout->elements_per_block * layout->bytes_per_block;
    whole.stride_bytes = whole.row_bytes;
    return whole;
}

inline auto rows_of(const tensor_slice& from, std::uint64_t first, std::uint64_t count) -> result<tensor_slice> {
    CRIA_TRY_VOID(detail::layout_of(from));
    CRIA_TRY_VOID(detail::check_range(from, first, count, from.n_out, "has not as many rows"));
    tensor_slice rows = from;
    rows.offset_bytes += first * from.stride_bytes;
    rows.n_out = count;
    return rows;
}

inline auto columns_of(const tensor_slice& from, std::uint64_t first, std::uint64_t count) -> result<tensor_slice> {
    CRIA_TRY(const auto layout, detail::layout_of(from));
    CRIA_TRY_VOID(detail::check_range(from, first, count, from.n_in, "has not as many elements in a row"));
    const std::uint64_t per_block = layout.elements_per_block;
    for (const std::uint64_t edge : {first, first + count})
        if (edge % per_block != 0)
            return error{errc::wrong_shape, from.tensor->name}.because("a slice of its rows would begin or end inside a block").expecting(per_block, edge);
    tensor_slice columns = from;
    columns.offset_bytes += first / per_block * layout.bytes_per_block;
    columns.n_in = count;
    columns.row_bytes = count / per_block * layout.bytes_per_block;
    return columns;
}

inline auto expert_of(const gguf::tensor& experts, std::uint64_t e) -> result<tensor_slice> {
    const tensor_slice all = slice_of(experts);
    const std::uint64_t n_rows = experts.shape[1];
    if (e >= experts.shape[2]) return error{errc::out_of_range, experts.name}.because("has not as many experts").expecting(experts.shape[2], e);
    return rows_of(all, e * n_rows, n_rows);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_SLICE_HPP
