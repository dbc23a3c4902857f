// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_KERNELS_DIGEST_CUH
#define CRIA_GPU_KERNELS_DIGEST_CUH

// The digest of upload/digest.hpp, which has the formula, of ranges of a device's memory. A block of threads takes a
// range after the other; a warp takes 4096 bytes of it at a time, of which each lane has the same sixteen words every time: so
// their keys stay in registers, and every load of the warp is 512 bytes in a row.

namespace cria_digest {

using u32 = unsigned int;
using u64 = unsigned long long;

struct range {  // as upload::device_range
    const void* address;
    u64 size_bytes;
};

inline constexpr u32 threads_per_block = 256;
inline constexpr u64 golden = 0x9E3779B97F4A7C15ULL;
inline constexpr u64 block_bytes = 4096;

__device__ __forceinline__ u64 mix(u64 z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// One word's part of a block's sum.
__device__ __forceinline__ u64 product(u64 word, u64 key) {
    const u32 low = static_cast<u32>(word) + static_cast<u32>(key);
    const u32 high = static_cast<u32>(word >> 32) + static_cast<u32>(key >> 32);
    return static_cast<u64>(low) * high;
}

/// The word at byte `at` of a range whose bytes may lie anywhere, and end anywhere: what is behind them counts as zeros.
__device__ __forceinline__ u64 word_at(const unsigned char* bytes, u64 at, u64 size_bytes) {
    u64 word = 0;
    for (u32 i = 0; i < 8 && at + i < size_bytes; ++i) word |= static_cast<u64>(bytes[at + i]) << (8 * i);
    return word;
}

__device__ __forceinline__ u64 sum_of_warp(u64 value) {
    for (int step = 16; step > 0; step /= 2) value += __shfl_xor_sync(0xFFFFFFFFu, value, step);
    return value;
}

}  // namespace cria_digest

/// out[i] becomes the digest of ranges[i]. Any number of blocks, of cria_digest::threads_per_block threads.
extern "C" __global__ void __launch_bounds__(256) cria_digest_ranges(const cria_digest::range* ranges, cria_digest::u64 n_ranges, cria_digest::u64* out) {
    using namespace cria_digest;
    constexpr u32 n_warps = threads_per_block / 32;
    constexpr u32 n_loads = block_bytes / 512;
    const u32 lane = threadIdx.x % 32;
    const u32 warp = threadIdx.x / 32;
    __shared__ u64 sums[n_warps];

    u64 keys[n_loads][2];  // of words 64 · i + 2 · lane and the next
#pragma unroll
    for (u32 i = 0; i < n_loads; ++i) {
        keys[i][0] = mix((64 * i + 2 * lane + 1) * golden);
        keys[i][1] = mix((64 * i + 2 * lane + 2) * golden);
    }

    for (u64 r = blockIdx.x; r < n_ranges; r += gridDim.x) {
        const auto* const bytes = static_cast<const unsigned char*>(ranges[r].address);
        const u64 size_bytes = ranges[r].size_bytes;
        const u64 n_blocks = (size_bytes + block_bytes - 1) / block_bytes;
        const bool is_aligned = reinterpret_cast<u64>(bytes) % 16 == 0;
        u64 sum = 0;
        for (u64 b = warp; b < n_blocks; b += n_warps) {
            u64 own = 0;
            const u64 begin = b * block_bytes;
            if (is_aligned && size_bytes - begin >= block_bytes) {
                const auto* const at = reinterpret_cast<const ulonglong2*>(bytes + begin) + lane;
                ulonglong2 words[n_loads];
#pragma unroll
                for (u32 i = 0; i < n_loads; ++i) words[i] = __ldcs(at + 32 * i);
#pragma unroll
                for (u32 i = 0; i < n_loads; ++i) own += product(words[i].x, keys[i][0]) + product(words[i].y, keys[i][1]);
            } else {
#pragma unroll
                for (u32 i = 0; i < n_loads; ++i) {
                    const u64 at = begin + 512 * i + 16 * lane;
                    own += product(word_at(bytes, at, size_bytes), keys[i][0]) + product(word_at(bytes, at + 8, size_bytes), keys[i][1]);
                }
            }
            sum += mix(sum_of_warp(own) + (b + 1) * golden);
        }
        if (lane == 0) sums[warp] = sum;
        __syncthreads();
        if (threadIdx.x == 0) {
            u64 all = 0;
            for (u32 w = 0; w < n_warps; ++w) all += sums[w];
            out[r] = mix(all + size_bytes);
        }
        __syncthreads();
    }
}

#endif  // CRIA_GPU_KERNELS_DIGEST_CUH
