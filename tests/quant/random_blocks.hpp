// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_QUANT_RANDOM_BLOCKS_HPP
#define CRIA_TESTS_QUANT_RANDOM_BLOCKS_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "cria/quant/kernels.hpp"

// What the tests of cria::quant share: every type, every tier of this processor, bytes at any address, and what equal means.

namespace cria_test {

[[nodiscard]] inline auto every_type() -> std::vector<cria::tensor_type> {
    std::vector<cria::tensor_type> types;
    for (std::uint32_t id = 0; id < 64; ++id)
        if (cria::geometry_of(static_cast<cria::tensor_type>(id))) types.push_back(static_cast<cria::tensor_type>(id));
    return types;
}

[[nodiscard]] inline auto name_of(cria::tensor_type type) -> std::string { return std::string(cria::geometry_of(type)->name); }

[[nodiscard]] inline auto every_tier() -> std::vector<cria::quant::tier> {
    using cria::quant::tier;
    std::vector<tier> tiers;
    for (const tier each : {tier::plain, tier::neon, tier::avx2, tier::avx512})
        if (cria::quant::is_available(each)) tiers.push_back(each);
    return tiers;
}

[[nodiscard]] inline auto random_bytes(std::mt19937_64& random, std::size_t n) -> std::vector<std::byte> {
    std::vector<std::byte> bytes(n);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
    return bytes;
}

/// Equal bits, or both not a number: a NaN's payload and sign may differ.
[[nodiscard]] inline auto same_value(float a, float b) -> bool {
    const auto x = std::bit_cast<std::uint32_t>(a), y = std::bit_cast<std::uint32_t>(b);
    const auto is_nan = [](std::uint32_t bits) { return (bits & 0x7FFFFFFFU) > 0x7F800000U; };
    return x == y || (is_nan(x) && is_nan(y));
}

/// The first place where two ranges differ, or their size.
[[nodiscard]] inline auto first_difference(std::span<const float> a, std::span<const float> b) -> std::size_t {
    std::size_t i = 0;
    while (i < a.size() && same_value(a[i], b[i])) ++i;
    return i;
}

/// The bytes in an allocation of their own, which they fill to the end, `offset` bytes after an aligned address.
class placed_bytes {
public:
    placed_bytes(std::span<const std::byte> bytes, std::size_t offset)
        : memory_(new std::byte[offset + bytes.size()]), view_(memory_.get() + offset, bytes.size()) {
        if (!bytes.empty()) std::memcpy(memory_.get() + offset, bytes.data(), bytes.size());
    }
    [[nodiscard]] auto view() const -> std::span<const std::byte> { return view_; }

private:
    std::unique_ptr<std::byte[]> memory_;
    std::span<const std::byte> view_;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_QUANT_RANDOM_BLOCKS_HPP
