// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_KERNELS_DEQUANTIZE_LAUNCH_HPP
#define CRIA_GPU_KERNELS_DEQUANTIZE_LAUNCH_HPP

// What the kernels of dequantize.cuh and those who launch them agree on. No headers: NVRTC reads this too.

namespace cria::inline v0::gpu::kernels {

inline constexpr unsigned dequantize_threads = 256;                   ///< of every block
inline constexpr unsigned out_f32 = 0, out_f16 = 1, out_bf16 = 30;  ///< the last argument, as tensor_type

/// Blocks for `n_elements`, of which there is one at least, where the device runs `n_at_once` of them at a time. Any number
/// would do; with these, each takes as many tiles as the others.
[[nodiscard]] constexpr auto dequantize_blocks(unsigned long long n_elements, unsigned n_at_once) -> unsigned {
    const unsigned long long useful = (n_elements - 1) / 2048 + 1;  // no tile has fewer elements
    return useful < n_at_once ? static_cast<unsigned>(useful) : n_at_once;
}

}  // namespace cria::inline v0::gpu::kernels

#endif  // CRIA_GPU_KERNELS_DEQUANTIZE_LAUNCH_HPP
