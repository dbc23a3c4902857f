// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_DEQUANTIZE_HPP
#define CRIA_QUANT_DEQUANTIZE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/quant/blocks.hpp"
#include "cria/quant/kernels.hpp"
#include "cria/quant/tile.hpp"

#include <concepts>  // same_as
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>

// From blocks to numbers, for every type of ggml's: all of a tensor, some of its rows, or any range of elements, into
// memory of the caller's as float, f16 or bf16. What comes out is ggml's to_float, bit for bit (NaNs but for their
// payload), whatever the tier, the compiler or its flags; f16 and bf16 are these floats, rounded to the nearest.
//
// A tensor's elements are numbered in the order of memory, the first dimension fastest, so a row of a tensor with more
// than two dimensions has a number too: row r of expert e is row e · rows_per_expert + r.
//
// Nothing here allocates, keeps state or starts a thread. Rows are independent: threads may share a tensor out among them.

namespace cria::inline v0::quant {

/// What elements can be written as.
template <class T>
concept output = std::same_as<T, float> || std::same_as<T, f16> || std::same_as<T, bf16>;

/// Writes all elements of `blocks`.
///
///     std::vector<float> values(tensor.shape.elements());
///     CRIA_TRY(const auto bytes, file.bytes(tensor));
///     CRIA_TRY_VOID(quant::dequantize<float>(tensor.type, bytes, values));
///
/// `blocks` needs no alignment and must not overlap `out`.
/// Fails:   errc::unsupported_type; errc::wrong_shape where `blocks` is not a number of whole blocks;
///          errc::output_too_small, and errc::invalid_argument where `out` has room for more than there is;
///          errc::invalid_argument for a tier that is not available.
/// Cost:    O(elements). Threads: no state.
template <output T>
[[nodiscard]] auto dequantize(tensor_type type, byte_view blocks, std::span<T> out, tier with = fastest_tier()) -> result<void>;

/// Writes elements `first` to `first + out.size() - 1` of `blocks`; they may begin and end inside a block.
/// Fails: as dequantize; errc::out_of_range where there are not as many.
/// Cost:  O(out), and at most a block at each end.
template <output T>
[[nodiscard]] auto dequantize_range(tensor_type type, byte_view blocks, std::uint64_t first, std::span<T> out, tier with = fastest_tier()) -> result<void>;

/// Writes whole rows of `elements_per_row`, from row `first_row` on, as many as `out` has room for.
/// Fails: as dequantize_range; errc::wrong_shape where a row is not whole blocks, or `blocks` not whole rows;
///        errc::invalid_argument where `out` is not whole rows.
template <output T>
[[nodiscard]] auto dequantize_rows(tensor_type type, byte_view blocks, std::uint64_t elements_per_row, std::uint64_t first_row, std::span<T> out,
                                   tier with = fastest_tier()) -> result<void>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// No block is larger, and every block's size divides it.
inline constexpr std::size_t most_block_elements = 256;

/// A type that can be read, and blocks of it. What it says has been checked.
struct checked_blocks {
    tensor_type type{};
    geometry layout;
    const std::byte* begin = nullptr;
    std::uint64_t n_elements = 0;
};

[[nodiscard]] inline auto check_blocks(tensor_type type, byte_view blocks) -> result<checked_blocks> {
    const auto layout = geometry_of(type);
    if (!layout) {
        const error unsupported{errc::unsupported_type, "blocks"};
        const std::string_view removed = removed_type_name(type);
        return removed.empty() ? unsupported.finding(std::uint64_t{static_cast<std::uint32_t>(type)}) : unsupported.finding(removed);
    }
    if (blocks.size() % layout->bytes_per_block != 0) {
        return error{errc::wrong_shape, layout->name}.because("these bytes are not whole blocks").expecting(
            std::uint64_t{layout->bytes_per_block}, std::uint64_t{blocks.size()});
    }
    std::uint64_t n_elements = 0;
    if (!cria::detail::checked_multiply(blocks.size() / layout->bytes_per_block, layout->elements_per_block, n_elements)) {
        return error{errc::overflow, layout->name};
    }
    return checked_blocks{type, *layout, blocks.data(), n_elements};
}

[[nodiscard]] inline auto check_tier(tier with) -> result<void> {
    if (is_available(with)) return {};
    return error{errc::invalid_argument, "tier"}.because("is not available on this processor").finding(std::uint64_t{static_cast<std::uint8_t>(with)});
}

/// Elements of a type whose elements are numbers by themselves.
inline void read_numbers(tensor_type type, const std::byte* from, std::size_t n, const kernels& with, float* out) noexcept {
    if (type == tensor_type::f16) return with.from_f16(from, n, out);
    if (type == tensor_type::bf16) return with.from_bf16(from, n, out);
    if (type == tensor_type::f32 && std::endian::native == std::endian::little) {
        if (n != 0) std::memcpy(out, from, n * sizeof(float));
        return;
    }
    const auto convert = [&]<class Number>(Number) {
        for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<float>(cria::detail::load<Number>(from + i * sizeof(Number)));
    };
    switch (type) {
        case tensor_type::f64: return convert(double{});
        case tensor_type::i8: return convert(std::int8_t{});
        case tensor_type::i16: return convert(std::int16_t{});
        case tensor_type::i32: return convert(std::int32_t{});
        case tensor_type::i64: return convert(std::int64_t{});
        default: return convert(float{});
    }
}

#if defined(CRIA_DETAIL_QUANT_TILES)
/// Blocks become tiles, as many at a time as a tile holds. use(tile, tiling, first element, n elements).
/// Each tile is used after the next one was made: what has just been stored is slow to load again as another vector.
template <class Use>
void for_each_tile(const checked_blocks& from, const kernels& with, std::uint64_t first_block, std::size_t n_blocks, Use use) {
    if (n_blocks == 0) return;
    const tiling how = with.tiling_of(from.type);
    const std::size_t per_block = from.layout.elements_per_block, per_tile = tile::max_elements / per_block;
    const std::size_t n_bytes = per_tile * from.layout.bytes_per_block;
    const std::byte* at = from.begin + first_block * from.layout.bytes_per_block;
    tile tiles[2] = {};  // kernels read scales of groups that a short tile has not
    std::size_t left = n_blocks, n = left < per_tile ? left : per_tile, done = 0;
    how.unpack(at, n, tiles[0]);
    for (std::size_t k = 0; (left -= n) != 0; k ^= 1U) {
        const std::size_t n_next = left < per_tile ? left : per_tile;
        at += n_bytes;
        how.unpack(at, n_next, tiles[k ^ 1U]);
        use(tiles[k], how, done, n * per_block);
        done += n * per_block;
        n = n_next;
    }
    use(tiles[(n_blocks - 1) / per_tile % 2], how, done, n * per_block);
}
#endif

/// Whole blocks.
inline void read_blocks(const checked_blocks& from, std::uint64_t first_block, std::size_t n_blocks, const kernels& with, float* out) noexcept {
#if defined(CRIA_DETAIL_QUANT_TILES)
    for_each_tile(from, with, first_block, n_blocks, [&](const tile& next, const tiling& how, std::size_t at, std::size_t n) {
        with.values(next, how, n / tile::group_elements, out + at);
    });
#else
    static_cast<void>(with);
    const std::size_t per_block = from.layout.elements_per_block;
    const std::byte* at = from.begin + first_block * from.layout.bytes_per_block;
    for (std::size_t k = 0; k < n_blocks; ++k, at += from.layout.bytes_per_block)
        for (std::size_t i = 0; i < per_block; ++i) out[k * per_block + i] = element(from.type, at, i);
#endif
}

/// Elements `first` and on. Precondition: there are `n` of them.
inline void read_elements(const checked_blocks& from, std::uint64_t first, std::size_t n, const kernels& with, float* out) noexcept {
    const std::size_t per_block = from.layout.elements_per_block;
    if (per_block == 1) return read_numbers(from.type, from.begin + first * from.layout.bytes_per_block, n, with, out);
    const auto read_part = [&](std::uint64_t block, std::size_t begin, std::size_t count) {
        float whole[most_block_elements];
        read_blocks(from, block, 1, with, whole);
        std::memcpy(out, whole + begin, count * sizeof(float));
        out += count;
        n -= count;
    };
    std::uint64_t block = first / per_block;
    if (const std::size_t begin = first % per_block; begin != 0 && n != 0) {
        read_part(block, begin, n < per_block - begin ? n : per_block - begin);
        ++block;
    }
    const std::size_t n_whole = n / per_block;
    read_blocks(from, block, n_whole, with, out);
    out += n_whole * per_block;
    n -= n_whole * per_block;
    if (n != 0) read_part(block + n_whole, 0, n);
}

/// From here on an output is larger than what caches keep of it.
inline constexpr std::size_t streamed_from = std::size_t{8} << 20U;  // floats

inline void read_elements(const checked_blocks& from, std::uint64_t first, std::span<float> out, const kernels& with) noexcept {
    if (out.size() < streamed_from || with.stream == nullptr) return read_elements(from, first, out.size(), with, out.data());
    constexpr std::size_t step = 8 * most_block_elements;
    alignas(64) float floats[step];
    std::size_t n = step - static_cast<std::size_t>(first % most_block_elements);  // then none of the blocks is read twice
    for (std::size_t at = 0; at < out.size(); at += n, n = step) {
        if (n > out.size() - at) n = out.size() - at;
        read_elements(from, first + at, n, with, floats);
        with.stream(floats, n, out.data() + at);
    }
    with.stop_streaming();
}
/// Through floats, a few at a time.
template <class Half>
void read_halves(const checked_blocks& from, std::uint64_t first, std::span<Half> out, const kernels& with,
                 void (*narrow)(const float*, std::size_t, Half*) noexcept) noexcept {
    constexpr std::size_t step = 4 * most_block_elements;
    float floats[step];
    // The first step ends at a border of blocks, so that none is read twice.
    std::size_t n = step - static_cast<std::size_t>(first % most_block_elements);
    for (std::size_t at = 0; at < out.size(); at += n, n = step) {
        if (n > out.size() - at) n = out.size() - at;
        read_elements(from, first + at, n, with, floats);
        narrow(floats, n, out.data() + at);
    }
}
inline void read_elements(const checked_blocks& from, std::uint64_t first, std::span<f16> out, const kernels& with) noexcept {
    read_halves(from, first, out, with, with.to_f16s);
}
inline void read_elements(const checked_blocks& from, std::uint64_t first, std::span<bf16> out, const kernels& with) noexcept {
    read_halves(from, first, out, with, with.to_bf16s);
}

/// Fails: errc::out_of_range.
[[nodiscard]] inline auto check_range(const checked_blocks& from, std::uint64_t first, std::uint64_t n) -> result<void> {
    if (first <= from.n_elements && n <= from.n_elements - first) return {};
    return error{errc::out_of_range, "elements"}.because("the tensor has fewer elements").expecting(
        from.n_elements, first <= ~std::uint64_t{0} - n ? first + n : ~std::uint64_t{0});
}

}  // namespace detail

template <output T>
auto dequantize(tensor_type type, byte_view blocks, std::span<T> out, tier with) -> result<void> {
    CRIA_TRY_VOID(detail::check_tier(with));
    CRIA_TRY(const auto from, detail::check_blocks(type, blocks));
    if (out.size() != from.n_elements) {
        const auto code = out.size() < from.n_elements ? errc::output_too_small : errc::invalid_argument;
        const error unequal = error{code, "output"}.expecting(from.n_elements, std::uint64_t{out.size()});
        return code == errc::output_too_small ? unequal : unequal.because("has room for more elements than there are");
    }
    detail::read_elements(from, 0, out, detail::kernels_of(with));
    return {};
}

template <output T>
auto dequantize_range(tensor_type type, byte_view blocks, std::uint64_t first, std::span<T> out, tier with) -> result<void> {
    CRIA_TRY_VOID(detail::check_tier(with));
    CRIA_TRY(const auto from, detail::check_blocks(type, blocks));
    CRIA_TRY_VOID(detail::check_range(from, first, out.size()));
    detail::read_elements(from, first, out, detail::kernels_of(with));
    return {};
}

template <output T>
auto dequantize_rows(tensor_type type, byte_view blocks, std::uint64_t elements_per_row, std::uint64_t first_row, std::span<T> out, tier with)
    -> result<void> {
    CRIA_TRY_VOID(detail::check_tier(with));
    CRIA_TRY(const auto from, detail::check_blocks(type, blocks));
    if (elements_per_row == 0 || elements_per_row % from.layout.elements_per_block != 0 || from.n_elements % elements_per_row != 0) {
        return error{errc::wrong_shape, "rows"}.because("rows must be whole blocks, and the tensor whole rows").finding(elements_per_row);
    }
    if (out.size() % elements_per_row != 0) {
        return error{errc::invalid_argument, "output"}.because("does not hold whole rows").expecting(elements_per_row, std::uint64_t{out.size()});
    }
    const std::uint64_t n_rows = from.n_elements / elements_per_row, n_wanted = out.size() / elements_per_row;
    if (first_row > n_rows || n_wanted > n_rows - first_row) {
        return error{errc::out_of_range, "rows"}.because("the tensor has fewer rows").expecting(
            n_rows, first_row <= ~std::uint64_t{0} - n_wanted ? first_row + n_wanted : ~std::uint64_t{0});
    }
    detail::read_elements(from, first_row * elements_per_row, out, detail::kernels_of(with));
    return {};
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_DEQUANTIZE_HPP
