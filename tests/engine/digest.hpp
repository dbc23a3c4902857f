// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_DIGEST_HPP
#define CRIA_TESTS_ENGINE_DIGEST_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cria/base/tensor_type.hpp"
#include "engine/kernels.hpp"
#include "engine/multiply_rows.hpp"
#include "engine/numbers.hpp"
#include "engine/random.hpp"
#include "engine/sampler.hpp"

// Everything that the engine computes with, in one number: it is the same on every tier, with every compiler and whatever
// its flags. golden_test.cpp compares it, and so does a program that tests/build compiles in several ways.

namespace cria_test {

/// FNV-1a, a number at a time.
class digest {
public:
    void add(std::uint64_t bits) { state_ = (state_ ^ bits) * 0x100000001B3U; }
    void add(float value) {
        // One NaN is as good as another: processors do not agree on their bits.
        add(value == value ? std::uint64_t{std::bit_cast<std::uint32_t>(value)} : std::uint64_t{0x7FC00000U});
    }
    void add(double value) { add(value == value ? std::bit_cast<std::uint64_t>(value) : std::uint64_t{0x7FF8000000000000U}); }
    void add(const std::vector<float>& values) {
        for (const float each : values) add(each);
    }
    [[nodiscard]] auto value() const -> std::uint64_t { return state_; }

private:
    std::uint64_t state_ = 0xCBF29CE484222325U;
};

/// What the digest is.
inline constexpr std::uint64_t golden_digest = 0x278A1145FDA21795U;

/// Between -1 and 1.
[[nodiscard]] inline auto digest_floats(std::size_t n, engine::generator& random) -> std::vector<float> {
    std::vector<float> floats(n);
    for (float& each : floats) each = static_cast<float>(random.uniform() * 2 - 1);
    return floats;
}

/// Blocks of random codes, whose scales are all small numbers.
[[nodiscard]] inline auto digest_blocks(cria::tensor_type type, std::size_t n_elements, engine::generator& random) -> std::vector<std::byte> {
    using cria::tensor_type;
    const auto layout = *cria::geometry_of(type);
    std::vector<std::byte> blocks(n_elements / layout.elements_per_block * layout.bytes_per_block);
    for (std::byte& each : blocks) each = static_cast<std::byte>(random.next());
    const std::size_t n_scales = type == tensor_type::q8_0 ? 1 : 2;  // halves at the start of a block
    for (std::size_t at = 0; at < blocks.size(); at += layout.bytes_per_block) {
        if (layout.elements_per_block == 1) blocks[at + layout.bytes_per_block - 1] &= std::byte{0xBB};  // of floats, the exponent
        else for (std::size_t k = 0; k < n_scales; ++k) blocks[at + 2 * k + 1] = std::byte{0x2C};
    }
    return blocks;
}

inline void add_functions(digest& all) {
    for (float x = -110; x < 95; x += 0.37F) {
        all.add(engine::exp(x));
        all.add(engine::tanh(x * 0.1F));
        all.add(engine::silu(x));
        all.add(engine::gelu(x * 0.1F));
    }
    for (double x = -750; x < 715; x += 1.37) {
        all.add(engine::exp(x));
        all.add(engine::log(engine::exp(x * 0.1)));
        const auto [sin, cos] = engine::sin_cos(x * x * x * 0.01);
        all.add(sin);
        all.add(cos);
    }
}

inline void add_arrays(digest& all, const engine::kernels& with) {
    engine::generator random(1);
    for (const std::size_t n : {std::size_t{5}, std::size_t{64}, std::size_t{203}}) {
        const auto a = digest_floats(n, random), b = digest_floats(9 * n, random);
        std::vector<float> out(n), scores(9);
        with.silu_times(a.data(), b.data(), out.data(), n);
        all.add(out);
        with.gelu_times(a.data(), b.data(), out.data(), n);
        all.add(out);
        with.softmax(out.data(), n);
        all.add(out);
        with.dots(a.data(), b.data(), n, 9, n, 0.3F, scores.data());
        all.add(scores);
        with.weighted_sum(scores.data(), b.data(), n, 9, n, out.data());
        all.add(out);
        with.add_scaled(out.data(), a.data(), 0.7F, n);
        all.add(out);
        all.add(with.dot(a.data(), out.data(), n));
    }
}

inline void add_products(digest& all, const engine::kernels& with) {
    using cria::tensor_type;
    engine::generator random(2);
    for (const tensor_type type : {tensor_type::f32, tensor_type::f16, tensor_type::bf16, tensor_type::q8_0, tensor_type::q4_1, tensor_type::q4_k}) {
        const std::size_t n_in = type == tensor_type::q8_0 ? 2080 : 512, n_out = 19;
        const auto blocks = digest_blocks(type, n_in * n_out, random);
        const engine::matrix w = {type, blocks, n_in, n_out};
        for (const std::size_t n_tokens : {std::size_t{1}, std::size_t{8}}) {
            const auto x = digest_floats(n_in * n_tokens, random);
            std::vector<float> y(n_tokens * n_out);
            engine::multiply_rows(w, x.data(), n_tokens, y.data(), 0, n_out, with);
            all.add(y);
        }
    }
}

inline void add_draws(digest& all) {
    engine::generator random(3);
    const auto logits = digest_floats(700, random);
    for (const engine::sampling& how : {engine::sampling{}, engine::sampling{.temperature = 0.2, .seed = 1}, engine::sampling{.temperature = 0.1, .top_k = 40, .top_p = 0.95, .min_p = 0.05, .seed = 2},
                                        engine::sampling{.temperature = 1.3, .top_p = 0.5, .seed = 3}, engine::sampling{.temperature = 1, .min_p = 0.3, .seed = 4}}) {
        auto from = engine::sampler::make(how, logits.size());
        for (int i = 0; i < 20; ++i) all.add(static_cast<std::uint64_t>(*from->pick(logits)));
    }
}

[[nodiscard]] inline auto engine_digest(engine::tier tier) -> std::uint64_t {
    digest all;
    add_functions(all);
    add_arrays(all, engine::kernels_of(tier));
    add_products(all, engine::kernels_of(tier));
    add_draws(all);
    return all.value();
}

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_DIGEST_HPP
