// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_KEY_READER_HPP
#define CRIA_LLAMA_KEY_READER_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/array.hpp"
#include "cria/gguf/metadata.hpp"
#include "cria/gguf/types.hpp"
#include "cria/gguf/value.hpp"

#include <bit>  // bit_cast
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <optional>
#include <span>
#include <string_view>

// How hyper-parameters are read from metadata: keys called after the architecture ("llama.block_count"), counts within
// limits, floats that are finite, and errors that name the key and say where its value is.

namespace cria::inline v0::llama {

/// The largest number any count may have: what a 32-bit signed index can count.
inline constexpr std::uint32_t max_count = 0x7FFFFFFF;

namespace detail {

// Floats are judged by their bits, which stand in the order of the numbers: a consumer's -ffast-math would fold a test for
// infinity or NaN, and makes subnormal numbers 0. What divides has to be normal: 1 / 1e-39F is infinite.

[[nodiscard]] constexpr auto is_zero(float number) noexcept -> bool { return (std::bit_cast<std::uint32_t>(number) & 0x7FFFFFFFU) == 0; }
[[nodiscard]] constexpr auto is_finite(float number) noexcept -> bool { return (std::bit_cast<std::uint32_t>(number) & 0x7FFFFFFFU) < 0x7F800000U; }
/// Above 0, and neither infinite, nor NaN, nor subnormal.
[[nodiscard]] constexpr auto is_normal_above_zero(float number) noexcept -> bool {
    return std::bit_cast<std::uint32_t>(number) - 0x00800000U < 0x7F800000U - 0x00800000U;
}

/// The longest name of an architecture, so that every key fits: a caller may have named one.
inline constexpr std::size_t max_architecture_bytes = 64;

/// "<architecture>.<key>", without an allocation.
class architecture_key {
public:
    architecture_key(std::string_view architecture, std::string_view key) noexcept {
        assert(architecture.size() <= max_architecture_bytes && architecture.size() + 1 + key.size() <= sizeof text_);  // the key is our own word
        append(architecture);
        append(".");
        append(key);
    }
    operator std::string_view() const noexcept { return {text_, size_}; }  // NOLINT(google-explicit-constructor): a key is a string

private:
    void append(std::string_view part) noexcept {
        std::memcpy(text_ + size_, part.data(), part.size());
        size_ += part.size();
    }
    char text_[128];  // more than any key of ours, and than an error keeps of a subject
    std::size_t size_ = 0;
};

/// Reads the keys of one architecture; every failure names the key, and says where its value is.
struct key_reader {
    const gguf::metadata& from;
    std::string_view architecture;

    [[nodiscard]] auto find(std::string_view key) const noexcept -> std::optional<gguf::value> { return from.find(architecture_key(architecture, key)); }

    /// An error about `key`, at its value if the file has one.
    [[nodiscard]] auto fault(errc code, std::string_view key) const -> error {
        const auto value = find(key);
        return error{code, value.has_value() ? value->offset_bytes() : error::no_offset, architecture_key(architecture, key)};
    }

    /// A number from 1 to `most`.
    [[nodiscard]] auto count(std::string_view key, std::uint32_t most = max_count) const -> result<std::uint32_t> {
        CRIA_TRY(const auto number, from.as<std::uint64_t>(architecture_key(architecture, key)));
        return checked(key, number, most);
    }
    [[nodiscard]] auto count_or(std::string_view key, std::uint32_t fallback) const -> result<std::uint32_t> {
        return find(key).has_value() ? count(key) : result<std::uint32_t>(fallback);
    }
    /// A number from 0 to `most`; 0 where there is no such key.
    [[nodiscard]] auto count_or_none(std::string_view key, std::uint32_t most) const -> result<std::uint32_t> {
        CRIA_TRY(const auto number, from.as_or<std::uint64_t>(architecture_key(architecture, key), 0));
        if (number > most) return checked(key, number, most);
        return static_cast<std::uint32_t>(number);
    }

    /// A number from 1 on; `fallback` where it is 0, or there is no such key.
    [[nodiscard]] auto nonzero_or(std::string_view key, std::uint32_t fallback) const -> result<std::uint32_t> {
        CRIA_TRY(const auto number, count_or_none(key, max_count));
        return number == 0 ? fallback : number;
    }

    /// A normal number above 0. Zero stands for `zero_means` where that is not 0.
    [[nodiscard]] auto positive(std::string_view key, float zero_means = 0) const -> result<float> {
        CRIA_TRY(const auto number, from.as<float>(architecture_key(architecture, key)));
        if (is_zero(number) && zero_means != 0) return zero_means;
        if (!is_normal_above_zero(number)) return fault(errc::out_of_range, key).because("is not a normal number above 0");
        return number;
    }
    /// A finite number of any sign; 0 where there is no such key.
    [[nodiscard]] auto finite_or_zero(std::string_view key) const -> result<float> {
        if (!find(key)) return 0.0F;
        CRIA_TRY(const auto number, from.as<float>(architecture_key(architecture, key)));
        if (!is_finite(number)) return fault(errc::out_of_range, key).because("is not a finite number");
        return number;
    }
    /// 0 or a normal number above it; `fallback` where there is no such key.
    [[nodiscard]] auto at_least_zero_or(std::string_view key, float fallback) const -> result<float> {
        if (!find(key)) return fallback;
        CRIA_TRY(const auto number, from.as<float>(architecture_key(architecture, key)));
        if (is_zero(number)) return 0.0F;  // of either sign
        return positive(key);
    }
    [[nodiscard]] auto positive_or(std::string_view key, float fallback, float zero_means = 0) const -> result<float> {
        return find(key).has_value() ? positive(key, zero_means) : result<float>(fallback);
    }

    /// One number for every layer, or an array of one a layer.
    template <class Layer>
    [[nodiscard]] auto per_layer(std::string_view key, std::span<Layer> layers, std::uint32_t Layer::*field) const -> result<void> {
        const auto value = find(key);
        if (!value || value->type() != gguf::value_type::array) {
            CRIA_TRY(const auto number, count(key));
            for (Layer& layer : layers) layer.*field = number;
            return {};
        }
        if (value->count() != layers.size())
            return fault(errc::contradictory_keys, key).because("has not one element a layer").expecting(std::uint64_t{layers.size()}, value->count());
        const auto set = [&](std::size_t i, std::uint64_t number) -> result<void> {
            const auto fits = checked(key, number, max_count);
            if (fits) return layers[i].*field = *fits, result<void>{};
            return at_element(fits.error(), *value, i);
        };
        // Writers store i32 as happily as u32.
        if (const auto numbers = value->get<gguf::array<std::uint64_t>>()) {
            for (std::size_t i = 0; i < layers.size(); ++i) CRIA_TRY_VOID(set(i, (*numbers)[i]));
            return {};
        }
        CRIA_TRY(const auto numbers, value->get<gguf::array<std::int64_t>>(architecture_key(architecture, key)));
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (numbers[i] < 0) return at_element(fault(errc::out_of_range, key).because("has a negative element"), *value, i);
            CRIA_TRY_VOID(set(i, static_cast<std::uint64_t>(numbers[i])));
        }
        return {};
    }

private:
    /// The same error, at element `i` of an array.
    [[nodiscard]] static auto at_element(error why, const gguf::value& array, std::size_t i) -> error {
        why.offset = array.offset_bytes() + i * gguf::size_bytes_of(array.element_type());
        return why;
    }
    [[nodiscard]] auto checked(std::string_view key, std::uint64_t number, std::uint32_t most) const -> result<std::uint32_t> {
        if (number == 0) return fault(errc::out_of_range, key).because("is 0");
        if (number > most) return fault(errc::out_of_range, key).because("is above the limit").expecting(std::uint64_t{most}, number);
        return static_cast<std::uint32_t>(number);
    }
};

}  // namespace detail

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_KEY_READER_HPP
