// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_KERNELS_HPP
#define CRIA_QUANT_KERNELS_HPP

#include "cria/quant/kernels_neon.hpp"
#include "cria/quant/kernels_plain.hpp"
#include "cria/quant/kernels_x86.hpp"

#include <cstddef>
#include <cstdint>

// Which instructions turn codes into floats on this processor. All tiers give the same bits, so that a tier is a matter
// of speed alone; who wants to compare names one. What the processor can do is asked at every call (a few loads and
// tests for thousands of elements), so there is no state.

namespace cria::inline v0::quant {

/// Ways to dequantize, each faster than the one before where both are available.
enum class tier : std::uint8_t {
    plain,   ///< no processor's own instructions: everywhere
    neon,    ///< 64-bit Arm
    avx2,    ///< x86-64 with AVX2 and F16C
    avx512,  ///< x86-64 with AVX-512 F, BW and VL
};

/// Whether this program, on this processor, can use `which`.
[[nodiscard]] inline auto is_available(tier which) noexcept -> bool;

/// The fastest tier that is available.
[[nodiscard]] inline auto fastest_tier() noexcept -> tier;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// One tier's kernels, by the contracts of kernels_plain.hpp.
struct kernels {
#if defined(CRIA_DETAIL_QUANT_TILES)
    tiling (*tiling_of)(tensor_type) noexcept = detail::tiling_of<plain::compiled>;
    void (*values)(const tile&, const tiling&, std::size_t n_groups, float* out) noexcept = plain::values;
    void (*dot_tile)(const tile&, const tiling&, std::size_t n_groups, const float* x, float (&lanes)[n_lanes]) noexcept = plain::dot_tile;
#endif
    void (*dot)(const float* w, const float* x, std::size_t n, float (&lanes)[n_lanes]) noexcept = plain::dot;
    void (*from_f16)(const std::byte* from, std::size_t n, float* out) noexcept = plain::from_f16;
    void (*from_bf16)(const std::byte* from, std::size_t n, float* out) noexcept = plain::from_bf16;
    void (*to_f16s)(const float* from, std::size_t n, f16* out) noexcept = plain::to_f16s;
    void (*to_bf16s)(const float* from, std::size_t n, bf16* out) noexcept = plain::to_bf16s;
    // Both or neither.
    void (*stream)(const float* from, std::size_t n, float* to) noexcept = nullptr;
    void (*stop_streaming)() noexcept = nullptr;
};

/// The kernels of `which`, which must be available.
[[nodiscard]] inline auto kernels_of([[maybe_unused]] tier which) noexcept -> kernels {
    kernels those;
#if defined(CRIA_DETAIL_QUANT_X86)
    if (which == tier::avx2) those = {detail::tiling_of<avx2::compiled>, avx2::values, avx2::dot_tile, avx2::dot, avx2::from_f16, avx2::from_bf16, avx2::to_f16s, plain::to_bf16s, avx2::stream, avx2::stop_streaming};
    if (which == tier::avx512) those = {detail::tiling_of<avx2::compiled>, avx512::values, avx512::dot_tile, avx512::dot, avx512::from_f16, avx512::from_bf16, avx512::to_f16s, plain::to_bf16s, avx2::stream, avx2::stop_streaming};
#elif defined(CRIA_DETAIL_QUANT_NEON)
    if (which == tier::neon) those = {detail::tiling_of<plain::compiled>, neon::values, neon::dot_tile, neon::dot, neon::from_f16, plain::from_bf16, neon::to_f16s};
#endif
    return those;
}

}  // namespace detail

inline auto is_available(tier which) noexcept -> bool {
#if defined(CRIA_DETAIL_QUANT_X86)
    // F16C is older than AVX2 and in every processor that has it; clang 14 does not know its name.
    if (which == tier::avx2) return __builtin_cpu_supports("avx2") != 0;
    if (which == tier::avx512) {
        return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    }
#elif defined(CRIA_DETAIL_QUANT_NEON)
    if (which == tier::neon) return true;
#endif
    return which == tier::plain;
}

inline auto fastest_tier() noexcept -> tier {
    if (is_available(tier::avx512)) return tier::avx512;
    if (is_available(tier::avx2)) return tier::avx2;
    if (is_available(tier::neon)) return tier::neon;
    return tier::plain;
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_KERNELS_HPP
