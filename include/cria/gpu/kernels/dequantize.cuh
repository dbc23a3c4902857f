// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_KERNELS_DEQUANTIZE_CUH
#define CRIA_GPU_KERNELS_DEQUANTIZE_CUH

#if !defined(__CUDACC_RTC__)
#include "cria/base/tensor_type.hpp"
#endif
#include "cria/gpu/kernels/dequantize_launch.hpp"
#include "cria/gpu/kernels/octets.cuh"

// Dequantization in a device's memory: one kernel a type, which writes floats, halves or bfloat16s.
//
//     cria_dequantize_<type>(const void* blocks, u64 n_elements, void* out, u32 out_type)
//
// is the entry of each in PTX (dequantize_ptx.hpp), for programs that no CUDA compiler sees: any grid of blocks of 256
// threads. Programs that nvcc compiles call gpu::launch_dequantize instead. `blocks` may lie at any address and
// `out` at any that suits its elements; addresses that are multiples of 16 are the fast ones.
//
// A block of threads takes one tile after the other: it copies a run of the type's blocks to shared memory, sixteen bytes a
// thread, where they can be taken apart at whatever place, and every thread decodes octets of it and stores sixteen bytes
// beside its neighbour's. Loads are in flight because several such blocks share a processor.
//
// The bits are those of quant::dequantize, f16 and bf16 being the floats rounded to nearest, ties to even. A NaN comes out
// as a NaN; which one is not said.

namespace cria::inline v0::gpu::kernels {

inline constexpr u32 n_threads = dequantize_threads;

/// Octets that each thread decodes of a tile: four, or as many as make sixteen thousand bytes.
template <class Format>
inline constexpr u32 tile_octets_per_thread = Format::block_elements > 8 || Format::block_bytes <= 16 ? 4 : Format::block_bytes <= 32 ? 2 : 1;
template <class Format>
inline constexpr u32 tile_octets = n_threads * tile_octets_per_thread<Format>;
/// A tile is whole blocks, of any type.
template <class Format>
inline constexpr u32 tile_bytes = 8 * tile_octets<Format> / Format::block_elements * Format::block_bytes;

#if defined(__CUDACC__)

namespace detail {

// The grids of codebooks.hpp, for the device ----------------------------------------------------------

template <class Entry, u32 N>
struct grid_table {
    Entry entries[N];
};
template <u32 N, class Entry, class From>
[[nodiscard]] constexpr grid_table<Entry, N> grid_from(const From& from) {
    grid_table<Entry, N> made{};
    for (u32 i = 0; i < N; ++i) made.entries[i] = from[i];
    return made;
}
template <class Format>
struct grid_of;
#define CRIA_DETAIL_GPU_GRID(name, from)                                                                            \
    static __device__ const auto name##_grid =                                                                      \
        grid_from<format::name::grid_size, format::name::grid_entry>(quant::detail::from);                          \
    template <>                                                                                                     \
    struct grid_of<format::name> {                                                                                  \
        static __device__ __forceinline__ const format::name::grid_entry* entries() { return name##_grid.entries; } \
    };
CRIA_DETAIL_GPU_GRID(iq2_xxs, iq2_xxs)
CRIA_DETAIL_GPU_GRID(iq2_xs, iq2_xs)
CRIA_DETAIL_GPU_GRID(iq2_s, iq2_s)
CRIA_DETAIL_GPU_GRID(iq3_xxs, iq3_xxs)
CRIA_DETAIL_GPU_GRID(iq3_s, iq3_s)
CRIA_DETAIL_GPU_GRID(iq1_s, iq1_s)
CRIA_DETAIL_GPU_GRID(iq1_m, iq1_s)
#undef CRIA_DETAIL_GPU_GRID

// In ---------------------------------------------------------------------------------------------------

/// Copies n_bytes, of at most MostBytes, by all threads. `to` is aligned; `from` need not be.
template <u32 MostBytes>
__device__ __forceinline__ void stage(u8* to, const u8* from, u32 n_bytes) {
    if (reinterpret_cast<u64>(from) % 16 == 0) {
        const uint4* const wide = reinterpret_cast<const uint4*>(from);
        const u32 n_wide = n_bytes / 16;
        constexpr u32 n_loads = (MostBytes / 16 + n_threads - 1) / n_threads;
        uint4 words[n_loads];
#pragma unroll
        for (u32 k = 0; k < n_loads; ++k)
            if (threadIdx.x + k * n_threads < n_wide) words[k] = __ldg(wide + threadIdx.x + k * n_threads);
#pragma unroll
        for (u32 k = 0; k < n_loads; ++k)
            if (threadIdx.x + k * n_threads < n_wide) reinterpret_cast<uint4*>(to)[threadIdx.x + k * n_threads] = words[k];
        if (threadIdx.x < n_bytes % 16) to[16 * n_wide + threadIdx.x] = from[16 * n_wide + threadIdx.x];
        return;
    }
    // A word of it is in two words of memory. The first, and those whose two words are not all inside, go by bytes.
    const u32 beyond = static_cast<u32>(reinterpret_cast<u64>(from)) % 4;
    const u32* const words = reinterpret_cast<const u32*>(from - beyond);
    const u32 end = n_bytes + beyond < 8 ? 1 : (n_bytes + beyond - 4) / 4;
#pragma unroll 4
    for (u32 i = 1 + threadIdx.x; i < end; i += n_threads)
        reinterpret_cast<u32*>(to)[i] = __funnelshift_r(__ldg(words + i), __ldg(words + i + 1), 8 * beyond);
    if (threadIdx.x < 16) {
        const u32 i = threadIdx.x < 4 ? threadIdx.x : 4 * end + threadIdx.x - 4;
        if (i < n_bytes) to[i] = from[i];
    }
}

// Out --------------------------------------------------------------------------------------------------

/// The bits of the nearest bfloat16, in the upper half: quant::to_bf16.
__device__ __forceinline__ u32 rounded_to_bf16(float value) {
    const u32 bits = as_bits(value);
    return (bits & 0x7FFFFFFFU) > 0x7F800000U ? bits | 0x400000U : bits + 0x7FFFU + (bits >> 16U & 1U);
}

/// Stores octet `at` of `out`, or the first `n` elements of it. All threads are here if it `is_fast`: then they store
/// whole octets, at aligned addresses, the even threads beside the odd ones'.
__device__ __forceinline__ void store(u8* out, u32 out_type, u32 at, const float (&values)[8], u32 n, bool is_fast) {
    if (out_type == out_f32) {
        float* const to = reinterpret_cast<float*>(out) + 8 * at;
        if (!is_fast) {
#pragma unroll
            for (u32 i = 0; i < 8; ++i)
                if (i < n) to[i] = values[i];
            return;
        }
        // Two threads have four times sixteen bytes: the first two are stored at once, then the others, so that sectors of
        // 32 bytes are always written as a whole.
        const bool is_odd = threadIdx.x % 2 != 0;
        float first[4], second[4];
#pragma unroll
        for (u32 i = 0; i < 4; ++i) {
            const float received = __shfl_xor_sync(0xFFFFFFFFU, is_odd ? values[i] : values[4 + i], 1);
            first[i] = is_odd ? received : values[i];
            second[i] = is_odd ? values[4 + i] : received;
        }
        float4* const pair = reinterpret_cast<float4*>(to - (is_odd ? 4 : 0));
        pair[0] = make_float4(first[0], first[1], first[2], first[3]);
        pair[2] = make_float4(second[0], second[1], second[2], second[3]);
        return;
    }
    u32 pairs[4];
    if (out_type == out_f16) {
#pragma unroll
        for (u32 i = 0; i < 4; ++i) pairs[i] = to_halves(values[2 * i], values[2 * i + 1]);
    } else {
#pragma unroll
        for (u32 i = 0; i < 4; ++i) pairs[i] = picked(rounded_to_bf16(values[2 * i]), rounded_to_bf16(values[2 * i + 1]), 0x7632);
    }
    u16* const to = reinterpret_cast<u16*>(out) + 8 * at;
    if (is_fast) {
        *reinterpret_cast<uint4*>(to) = make_uint4(pairs[0], pairs[1], pairs[2], pairs[3]);
        return;
    }
#pragma unroll
    for (u32 i = 0; i < 8; ++i)
        if (i < n) to[i] = static_cast<u16>(pairs[i / 2] >> 16 * (i % 2));
}

// All of it --------------------------------------------------------------------------------------------

template <class Format>
__device__ __forceinline__ void dequantize(const u8* blocks, u64 n_elements, u8* out, u32 out_type) {
    constexpr u32 octets = tile_octets<Format>, bytes = tile_bytes<Format>, block_octets = Format::block_elements / 8;
    static_assert(bytes % 16 == 0, "every tile lies like the first");
    using entry = typename Format::grid_entry;
    __shared__ __align__(16) u8 tile[bytes + 16];  // the last octet's words may reach behind it
    __shared__ __align__(16) entry grid[Format::grid_size == 0 ? 1 : Format::grid_size];

    constexpr u32 elements = 8 * octets;
    const u64 n_tiles = n_elements / elements + (n_elements % elements != 0 ? 1 : 0);
    if (blockIdx.x >= n_tiles) return;
    if constexpr (Format::grid_size != 0) {
        for (u32 i = threadIdx.x; i < Format::grid_size; i += n_threads) grid[i] = grid_of<Format>::entries()[i];
    }
    const bool is_aligned = reinterpret_cast<u64>(out) % 16 == 0;
    const u32 element_bytes = out_type == out_f32 ? 4 : 2;

    for (u64 t = blockIdx.x; t < n_tiles; t += gridDim.x) {
        const u64 left = n_elements - t * elements;
        const u32 n = left < elements ? static_cast<u32>(left) : elements;  // elements of this tile
        stage<bytes>(tile, blocks + t * bytes, n * Format::block_bytes / Format::block_elements);
        __syncthreads();
        u8* const to = out + t * elements * element_bytes;
        const bool is_fast = is_aligned && n == elements;
#pragma unroll 1
        for (u32 i = threadIdx.x; 8 * i < n; i += n_threads) {
            float values[8];
            Format::decode(tile + i / block_octets * Format::block_bytes, i % block_octets, grid, values);
            store(to, out_type, i, values, n - 8 * i, is_fast);
        }
        __syncthreads();
    }
}

}  // namespace detail

template <class Format>
__global__ void __launch_bounds__(n_threads) dequantize_kernel(const void* blocks, u64 n_elements, void* out, u32 out_type) {
    detail::dequantize<Format>(static_cast<const u8*>(blocks), n_elements, static_cast<u8*>(out), out_type);
}

#endif  // __CUDACC__

}  // namespace cria::inline v0::gpu::kernels

#if defined(__CUDACC__) && !defined(__CUDACC_RTC__)

namespace cria::inline v0::gpu {

namespace detail {

template <class Format>
cudaError_t launch_dequantize(const void* blocks, kernels::u64 n_elements, kernels::u32 out_type, void* out, cudaStream_t on) {
    const auto kernel = kernels::dequantize_kernel<Format>;
    int device = 0, n_processors = 1, n_on_each = 1;
    cudaError_t answer = cudaGetDevice(&device);
    if (answer == cudaSuccess) answer = cudaDeviceGetAttribute(&n_processors, cudaDevAttrMultiProcessorCount, device);
    if (answer == cudaSuccess) answer = cudaOccupancyMaxActiveBlocksPerMultiprocessor(&n_on_each, kernel, kernels::n_threads, 0);
    if (answer != cudaSuccess) return answer;
    const kernels::u32 n_blocks = kernels::dequantize_blocks(n_elements, static_cast<kernels::u32>(n_processors * n_on_each));
    kernel<<<n_blocks, kernels::n_threads, 0, on>>>(blocks, n_elements, out, out_type);
    return cudaGetLastError();
}

}  // namespace detail

/// Queues the writing of `n_elements` elements of `blocks`, which are whole blocks, to `out` as f32, f16 or bf16.
/// Fails: cudaErrorInvalidValue for another type; what a launch fails with.
inline cudaError_t launch_dequantize(tensor_type type, const void* blocks, kernels::u64 n_elements, tensor_type out_type, void* out, cudaStream_t on) {
    if (out_type != tensor_type::f32 && out_type != tensor_type::f16 && out_type != tensor_type::bf16) return cudaErrorInvalidValue;
    if (n_elements == 0) return cudaSuccess;
    switch (type) {
#define CRIA_DETAIL_GPU_CASE(name) \
    case tensor_type::name: return detail::launch_dequantize<kernels::format::name>(blocks, n_elements, static_cast<kernels::u32>(out_type), out, on);
        CRIA_DETAIL_GPU_FORMATS(CRIA_DETAIL_GPU_CASE)
#undef CRIA_DETAIL_GPU_CASE
    }
    return cudaErrorInvalidValue;
}

}  // namespace cria::inline v0::gpu

#endif

#if defined(__CUDACC_RTC__) && defined(CRIA_GPU_ENTRY)  // the name of one type
#define CRIA_DETAIL_GPU_ENTRY(name) CRIA_DETAIL_GPU_ENTRY_OF(name)
#define CRIA_DETAIL_GPU_ENTRY_OF(name)                                                                                    \
    extern "C" __global__ void __launch_bounds__(256) cria_dequantize_##name(const void* blocks, unsigned long long n_elements, void* out, unsigned out_type) { \
        namespace kernels = cria::gpu::kernels;                                                                           \
        kernels::detail::dequantize<kernels::format::name>(static_cast<const unsigned char*>(blocks), n_elements, static_cast<unsigned char*>(out), out_type); \
    }
CRIA_DETAIL_GPU_ENTRY(CRIA_GPU_ENTRY)
#endif

#endif  // CRIA_GPU_KERNELS_DEQUANTIZE_CUH
