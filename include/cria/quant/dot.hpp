// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_DOT_HPP
#define CRIA_QUANT_DOT_HPP

#include "cria/quant/dequantize.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

// A row of weights times a vector of activations, without storing the row as floats: what a matrix product on the CPU is
// made of. Blocks are decoded a tile at a time, and a tile's values are multiplied while they are in registers.
//
// The sum is taken in sixteen lanes in a fixed order (kernels_plain.hpp), each operation rounded by itself. Every tier and
// every compiler gives the same bits. With n elements the sum is off by at most n · 2⁻²³ · Σ |w · x|, as long as nothing
// overflows: far less is usual, since errors of sixteen lanes add up instead of n.

namespace cria::inline v0::quant {

/// The sum of w[i] · x[i] over a row `w` of blocks of `type`, for all elements of `x`.
/// Fails: errc::unsupported_type; errc::wrong_shape where `row` is not whole blocks, or not as many elements as `x`;
///        errc::invalid_argument for a tier that is not available.
/// Cost:  O(n), no allocation. Threads: no state.
[[nodiscard]] inline auto dot(tensor_type type, byte_view row, std::span<const float> x, tier with = fastest_tier()) -> result<float>;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto dot(tensor_type type, byte_view row, std::span<const float> x, tier with) -> result<float> {
    CRIA_TRY_VOID(detail::check_tier(with));
    CRIA_TRY(const auto from, detail::check_blocks(type, row));
    if (from.n_elements != x.size()) {
        return error{errc::wrong_shape, "activations"}.because("there must be as many as the row has elements").expecting(
            from.n_elements, std::uint64_t{x.size()});
    }
    const detail::kernels kernels = detail::kernels_of(with);
    alignas(64) float lanes[detail::n_lanes] = {};
#if defined(CRIA_DETAIL_QUANT_TILES)
    if (const std::size_t per_block = from.layout.elements_per_block; per_block != 1) {
        detail::for_each_tile(from, kernels, 0, x.size() / per_block, [&](const detail::tile& next, const detail::tiling& how, std::size_t at, std::size_t n) {
            kernels.dot_tile(next, how, n / detail::tile::group_elements, x.data() + at, lanes);
        });
        return detail::sum_of_lanes(lanes);
    }
#endif
    constexpr std::size_t step = 4 * detail::most_block_elements;
    alignas(64) float floats[step];
    for (std::size_t at = 0; at < x.size(); at += step) {
        const std::size_t n = x.size() - at < step ? x.size() - at : step;
        detail::read_elements(from, at, n, kernels, floats);
        kernels.dot(floats, x.data() + at, n, lanes);
    }
    return detail::sum_of_lanes(lanes);
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_DOT_HPP
