// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_FAKE_MULTIPLIER_HPP
#define CRIA_TESTS_ENGINE_FAKE_MULTIPLIER_HPP

#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/quant/dequantize.hpp"
#include "engine/device_products.hpp"
#include "engine/matmul.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "support/fake_runtime.hpp"

// What multiplies and converts on the fake devices, with the CPU's own arithmetic: with weights of f32 its results are the
// engine's, bit for bit. No test's assertion is in here: the tool with fake devices has it, too.

namespace cria_test {

/// Numbers of a type that has no blocks, or of blocks, as floats.
inline auto floats_of(cria::tensor_type type, const std::byte* from, std::size_t n) -> std::vector<float> {
    const auto layout = *cria::geometry_of(type);
    std::vector<float> made(n);
    const cria::byte_view bytes{from, n / layout.elements_per_block * layout.bytes_per_block};
    if (!cria::quant::dequantize<float>(type, bytes, made)) made.assign(n, -1e30F);
    return made;
}

/// What a fake_multiplier was asked for, and is to fail at.
struct multiplier_log {
    std::uint64_t n_products = 0;
    std::uint64_t most_tokens = 0;  ///< of one product
    int n_open = 0;                 ///< opened and not closed
    bool fails_to_open = false;
    std::uint64_t fails_at = 0;     ///< product, counted from 1; 0: none
};

/// Its products are computed when their turn in the stream has come, and not before.
class fake_multiplier {
public:
    fake_multiplier(fake_runtime& on, multiplier_log& log) : runtime_(&on), log_(&log) {}

    [[nodiscard]] auto open(fake_runtime::stream on) -> cria::result<void> {
        stream_ = on;
        ++log_->n_open;
        if (log_->fails_to_open) return cria::error{cria::errc::device_error, "opening a multiplier"}.from_system(1);
        return {};
    }
    [[nodiscard]] auto multiply(const engine::device_product& asked) -> cria::result<void> {
        if (++log_->n_products == log_->fails_at) return cria::error{cria::errc::device_error, "multiplying"}.from_system(2);
        if (asked.n_tokens > log_->most_tokens) log_->most_tokens = asked.n_tokens;
        const auto number_bytes = cria::geometry_of(asked.type)->bytes_per_block;
        return runtime_->launch(asked.x, asked.n_tokens * asked.n_in * number_bytes, asked.y, asked.n_tokens * asked.n_out * sizeof(float), stream_, [asked, number_bytes] {
            const auto n_in = static_cast<std::size_t>(asked.n_in);
            for (std::size_t t = 0; t < asked.n_tokens; ++t) {
                const auto x = floats_of(asked.type, asked.x + t * n_in * number_bytes, n_in);
                for (std::size_t o = 0; o < asked.n_out; ++o)
                    asked.y[t * asked.n_out + o] = engine::dot(floats_of(asked.type, asked.weights + o * asked.stride * number_bytes, n_in).data(), x.data(), n_in);
            }
        });
    }
    [[nodiscard]] auto close() -> cria::result<void> {
        --log_->n_open;
        return {};
    }

private:
    fake_runtime* runtime_;
    multiplier_log* log_;
    fake_runtime::stream stream_;
};

/// Writes what quant::dequantize writes.
class plain_converter {
public:
    explicit plain_converter(fake_runtime& on) : runtime_(on) {}

    [[nodiscard]] auto dequantize(cria::tensor_type type, const void* blocks, std::uint64_t n_elements, cria::tensor_type out_type, void* out, fake_runtime::stream on) -> cria::result<void> {
        const auto layout = *cria::geometry_of(type);
        const std::uint64_t from_bytes = n_elements / layout.elements_per_block * layout.bytes_per_block;
        const auto n = static_cast<std::size_t>(n_elements);
        const auto convert = [=](auto number) {
            const cria::byte_view bytes{static_cast<const std::byte*>(blocks), static_cast<std::size_t>(from_bytes)};
            static_cast<void>(cria::quant::dequantize<decltype(number)>(type, bytes, std::span(static_cast<decltype(number)*>(out), n)));
        };
        return runtime_.launch(blocks, from_bytes, out, n_elements * cria::geometry_of(out_type)->bytes_per_block, on, [=] {
            if (out_type == cria::tensor_type::f32) convert(float{});
            if (out_type == cria::tensor_type::f16) convert(cria::quant::f16{});
            if (out_type == cria::tensor_type::bf16) convert(cria::quant::bf16{});
        });
    }

private:
    fake_runtime& runtime_;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_FAKE_MULTIPLIER_HPP
