// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_KERNELS_PLAIN_HPP
#define CRIA_QUANT_KERNELS_PLAIN_HPP

#include "cria/quant/tile.hpp"

#include <cstddef>
#include <cstdint>

// The second step of dequantization (tile.hpp says which) without any processor's own instructions, and sums of products
// in the order that all kernels keep:
//
//     Element i of a row belongs to lane i mod 16. A lane adds its products one after the other, each rounded before it is
//     added. In the end lane l takes up lane l + 8, then l + 4, then l + 2, then l + 1.
//
// So every kernel gives the same bits, whatever the width of its vectors.

namespace cria::inline v0::quant::detail {

inline constexpr std::size_t n_lanes = 16;

/// The sum of all lanes, in the order given above.
[[nodiscard]] inline auto sum_of_lanes(const float (&lanes)[n_lanes]) noexcept -> float {
    float sums[n_lanes];
    for (std::size_t l = 0; l < n_lanes; ++l) sums[l] = lanes[l];
    for (std::size_t width = n_lanes / 2; width > 0; width /= 2)
        for (std::size_t l = 0; l < width; ++l) sums[l] = rounded(sums[l] + sums[l + width]);
    return sums[0];
}

#if defined(CRIA_DETAIL_QUANT_TILES)
/// The floats that multiply codes, and those that are subtracted.
struct group_scales {
    alignas(64) float scales[tile::max_groups];
    alignas(64) float offsets[tile::max_groups];
};
#endif

namespace plain {

#if defined(CRIA_DETAIL_QUANT_TILES)
/// The first step, for any processor.
template <unpack_function Unpack>
struct compiled {
    static void unpack(const std::byte* blocks, std::size_t n_blocks, tile& to) noexcept { Unpack(blocks, n_blocks, to); }
};

[[nodiscard]] inline auto scales_of(const tile& from, const tiling& how, std::size_t n_groups) noexcept -> group_scales {
    group_scales made;
    const auto widened = [](std::uint16_t bits) { return to_float(f16{bits}); };
    const float scale = how.scales == scaling::coded ? widened(from.scale_half) * how.factor : 0;
    const bool is_shifted = how.codes == coding::shifted;
    const float offset = how.scales == scaling::coded && is_shifted ? widened(from.offset_half) : 0;
    for (std::size_t g = 0; g < n_groups; ++g) {
        if (how.scales == scaling::floats) made.scales[g] = from.scales[g];
        else if (how.scales == scaling::halves) made.scales[g] = widened(from.scale_halves[g]);
        else made.scales[g] = rounded(scale * number(int{from.scale_codes[g]}));
        if (!is_shifted) continue;
        if (how.scales == scaling::halves) made.offsets[g] = widened(from.offset_halves[g]);
        else made.offsets[g] = rounded(offset * number(int{from.offset_codes[g]}));
    }
    return made;
}

[[nodiscard]] inline auto value_of(const tile& from, const tiling& how, const group_scales& by, std::size_t i) noexcept -> float {
    const std::size_t g = i / tile::group_elements;
    const std::int8_t code = how.codes == coding::looked_up ? how.codebook[from.codes[i]] : from.codes[i];
    const float value = rounded(static_cast<float>(code) * by.scales[g]);
    return how.codes == coding::shifted ? value - by.offsets[g] : value;
}

inline void values(const tile& from, const tiling& how, std::size_t n_groups, float* out) noexcept {
    const group_scales by = scales_of(from, how, n_groups);
    for (std::size_t i = 0; i < n_groups * tile::group_elements; ++i) out[i] = value_of(from, how, by, i);
}

inline void dot_tile(const tile& from, const tiling& how, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept {
    const group_scales by = scales_of(from, how, n_groups);
    for (std::size_t i = 0; i < n_groups * tile::group_elements; ++i) {
        lanes[i % n_lanes] = rounded(lanes[i % n_lanes] + rounded(value_of(from, how, by, i) * x[i]));
    }
}
#endif

inline void dot(const float* w, const float* x, std::size_t n, float (&lanes)[n_lanes]) noexcept {
    for (std::size_t i = 0; i < n; ++i) lanes[i % n_lanes] = rounded(lanes[i % n_lanes] + rounded(w[i] * x[i]));
}

inline void from_f16(const std::byte* from, std::size_t n, float* out) noexcept {
    for (std::size_t i = 0; i < n; ++i) out[i] = half(from + 2 * i);
}
inline void from_bf16(const std::byte* from, std::size_t n, float* out) noexcept {
    for (std::size_t i = 0; i < n; ++i) out[i] = to_float(bf16{cria::detail::load<std::uint16_t>(from + 2 * i)});
}
inline void to_f16s(const float* from, std::size_t n, f16* out) noexcept {
    for (std::size_t i = 0; i < n; ++i) out[i] = to_f16(from[i]);
}
inline void to_bf16s(const float* from, std::size_t n, bf16* out) noexcept {
    for (std::size_t i = 0; i < n; ++i) out[i] = to_bf16(from[i]);
}

}  // namespace plain
}  // namespace cria::inline v0::quant::detail

#endif  // CRIA_QUANT_KERNELS_PLAIN_HPP
