// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_DIGEST_HPP
#define CRIA_UPLOAD_DIGEST_HPP

#include "cria/base/bytes.hpp"

#include <array>
#include <bit>  // endian
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy

// A digest that the host computes of the bytes it sends, and a device of those it has. It is made for both: the words
// of a block may be summed in any order, by as many lanes as there are, and each needs one multiplication of 32 bits.
//
//   The bytes are cut into blocks of 4096, the last one filled up with zeros. A block is 512 words of 64 bits,
//   little-endian; word j has the key k(j) = mix((j + 1) · golden), whose halves, like the word's, are lo and hi:
//       sum(block) = Σ_j ((lo(w_j) + lo(k_j)) mod 2³²) · ((hi(w_j) + hi(k_j)) mod 2³²)              mod 2⁶⁴
//       digest     = mix(Σ_b mix(sum(block_b) + (b + 1) · golden) + size in bytes)                  mod 2⁶⁴
//
// The sum is NH, the universal hash under UMAC (Black, Halevi, Krawczyk, Krovetz, Rogaway: "UMAC: Fast and Secure
// Message Authentication", CRYPTO 1999): for keys drawn at random, two different blocks have one sum with a probability
// of 2⁻³². Ours are fixed: what is to be found are wrong offsets, overwritten buffers and lost transfers, not forgers.
// mix is the finaliser of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).

namespace cria::inline v0::upload {

/// The digest of `bytes`. Cost: one pass, some 30 to 60 GB/s a core where the bytes are in its cache.
[[nodiscard]] inline auto digest_of(byte_view bytes) noexcept -> std::uint64_t;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

inline constexpr std::size_t digest_block_bytes = 4096;
inline constexpr std::size_t digest_block_words = digest_block_bytes / 8;
inline constexpr std::uint64_t digest_golden = 0x9E3779B97F4A7C15U;

[[nodiscard]] constexpr auto digest_mix(std::uint64_t z) noexcept -> std::uint64_t {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

inline constexpr auto digest_keys = [] {
    std::array<std::uint64_t, digest_block_words> keys{};
    for (std::size_t j = 0; j < keys.size(); ++j) keys[j] = digest_mix((j + 1) * digest_golden);
    return keys;
}();

/// The sum of one block, as the formula says.
[[nodiscard]] inline auto digest_sum_plain(const std::byte* block) noexcept -> std::uint64_t {
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < digest_block_words; ++j) {
        const auto word = cria::detail::load<std::uint64_t>(block + j * 8);
        const auto low = static_cast<std::uint32_t>(word) + static_cast<std::uint32_t>(digest_keys[j]);
        const auto high = static_cast<std::uint32_t>(word >> 32U) + static_cast<std::uint32_t>(digest_keys[j] >> 32U);
        sum += std::uint64_t{low} * high;
    }
    return sum;
}

#if defined(__x86_64__) && defined(__GNUC__) && !(defined(_WIN32) && !defined(__clang__))  // Windows: GCC bug 54412
#define CRIA_DETAIL_DIGEST_AVX2 1
using digest_lanes = std::uint64_t __attribute__((vector_size(32)));
using digest_halves = std::uint32_t __attribute__((vector_size(32)));
using digest_signed = int __attribute__((vector_size(32)));

/// The same with AVX2: four words a step.
[[nodiscard, gnu::target("avx2")]] inline auto digest_sum_avx2(const std::byte* block) noexcept -> std::uint64_t {
    digest_lanes sums[2] = {};
    for (std::size_t j = 0; j < digest_block_words; j += 8) {
        for (std::size_t half = 0; half < 2; ++half) {
            digest_halves words, keys;
            std::memcpy(&words, block + (j + half * 4) * 8, sizeof words);
            std::memcpy(&keys, digest_keys.data() + j + half * 4, sizeof keys);
            const digest_halves low = words + keys;
            const auto high = reinterpret_cast<digest_lanes>(low) >> 32U;
            sums[half] += reinterpret_cast<digest_lanes>(__builtin_ia32_pmuludq256(reinterpret_cast<digest_signed>(low), reinterpret_cast<digest_signed>(high)));
        }
    }
    const digest_lanes sum = sums[0] + sums[1];
    return sum[0] + sum[1] + sum[2] + sum[3];
}
#endif

/// The sum of one block, the fastest way there is here.
[[nodiscard]] inline auto digest_sum(const std::byte* block) noexcept -> std::uint64_t {
#if defined(CRIA_DETAIL_DIGEST_AVX2)
    if (__builtin_cpu_supports("avx2") != 0) return digest_sum_avx2(block);
#endif
    return digest_sum_plain(block);
}

/// A digest of bytes that come in pieces. All but the last are multiples of digest_block_bytes.
class digest_state {
public:
    void add(byte_view bytes) noexcept {
        size_ += bytes.size();
        std::size_t at = 0;
        for (; bytes.size() - at >= digest_block_bytes; at += digest_block_bytes) add_block(bytes.data() + at);
        if (at == bytes.size()) return;
        std::array<std::byte, digest_block_bytes> last{};
        std::memcpy(last.data(), bytes.data() + at, bytes.size() - at);
        add_block(last.data());
    }
    [[nodiscard]] auto value() const noexcept -> std::uint64_t { return digest_mix(sum_ + size_); }

private:
    void add_block(const std::byte* block) noexcept { sum_ += digest_mix(digest_sum(block) + ++n_blocks_ * digest_golden); }

    std::uint64_t sum_ = 0;
    std::uint64_t n_blocks_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace detail

inline auto digest_of(byte_view bytes) noexcept -> std::uint64_t {
    detail::digest_state state;
    state.add(bytes);
    return state.value();
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_DIGEST_HPP
