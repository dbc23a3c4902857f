// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_STATISTICS_HPP
#define CRIA_QUANT_STATISTICS_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/math.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/quant/dequantize.hpp"

#include <array>
#include <bit>  // bit_cast
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

// What the values of a tensor are like, in one pass.
//
// Sums are exact while they are being made: values of one binary exponent are whole multiples of one unit, so for each
// exponent there is a sum of integers, and one of their squares. Integers can be added in any order. So however a tensor is
// cut, in whatever order the parts are put together, on every processor and tier: the result is the same to the last bit.
// Rounding begins in mean() and rms(), which add up what the exponents have in a fixed order, as doubles.

namespace cria::inline v0::quant {

/// Count, range, mean, root mean square and magnitudes of some values. 8 KiB; a plain value.
///
///     quant::statistics whole;
///     for (const auto& part : parts) whole.add(part);     // in any order
///     print("{} ± {}", whole.mean(), whole.rms());
///
/// Holds for up to 2³⁹ values, which are 2 TiB of floats.
class statistics {
public:
    /// Takes up more values. Cost: O(values), no allocation.
    void add(std::span<const float> values) noexcept;
    /// Takes up what `other` has, as if its values had been added here.
    void add(const statistics& other) noexcept;

    /// All values, with those that are not finite.
    [[nodiscard]] auto count() const noexcept -> std::uint64_t;
    [[nodiscard]] auto zeros() const noexcept -> std::uint64_t { return zeros_; }  ///< of either sign
    [[nodiscard]] auto nans() const noexcept -> std::uint64_t { return nans_; }
    [[nodiscard]] auto infinities() const noexcept -> std::uint64_t { return counts_[255] - nans_; }  ///< of either sign

    // Of the finite values; NaN where there are none. −0 is below 0.

    [[nodiscard]] auto (min)() const noexcept -> float { return has_finite() ? value_at(least_) : no_float; }
    [[nodiscard]] auto (max)() const noexcept -> float { return has_finite() ? value_at(greatest_) : no_float; }
    /// Off by at most 2⁻⁴⁴ of the mean magnitude.
    [[nodiscard]] auto mean() const noexcept -> double;
    /// The square root of the mean square, to 44 bits.
    [[nodiscard]] auto rms() const noexcept -> double;

    /// Bins of histogram().
    static constexpr std::size_t n_bins = 32;
    /// The magnitude at which bin `i` begins: 2^(i − 24), and 0 for the first. It ends where the next one begins; the last,
    /// which begins at 128, has no end.
    [[nodiscard]] static constexpr auto bin_begin(std::size_t i) noexcept -> float { return i == 0 ? 0 : std::bit_cast<float>(static_cast<std::uint32_t>(i + first_exponent) << 23U); }
    /// How many finite values other than zero have a magnitude in each bin.
    [[nodiscard]] auto histogram() const noexcept -> std::array<std::uint64_t, n_bins>;

private:
    static constexpr float no_float = std::numeric_limits<float>::quiet_NaN();
    static constexpr std::size_t n_exponents = 256, not_finite = 255;
    static constexpr std::size_t first_exponent = 127 - 24;  // of the first bin, with all that are smaller

    /// The values' order as integers: a negative float's bits grow downwards.
    [[nodiscard]] static auto order_of(std::uint32_t bits) noexcept -> std::int32_t {
        const auto number = static_cast<std::int32_t>(bits);
        return number < 0 ? number ^ 0x7FFFFFFF : number;
    }
    [[nodiscard]] static auto value_at(std::int32_t order) noexcept -> float {
        return std::bit_cast<float>(static_cast<std::uint32_t>(order < 0 ? order ^ 0x7FFFFFFF : order));
    }
    [[nodiscard]] auto n_finite() const noexcept -> std::uint64_t { return count() - counts_[not_finite]; }
    [[nodiscard]] auto has_finite() const noexcept -> bool { return least_ <= greatest_; }

    // By the exponent of a float: values are integers below 2²⁴, times 2^(exponent − 150); those of exponent 0 too, with the
    // unit of 1.
    std::array<std::uint64_t, n_exponents> counts_{};
    std::array<std::uint64_t, n_exponents> sums_{};  // signed, in two's complement
    std::array<std::uint64_t, n_exponents> squares_low_{}, squares_high_{};  // numbers of 128 bits
    std::uint64_t zeros_ = 0, nans_ = 0;
    std::int32_t least_ = (std::numeric_limits<std::int32_t>::max)(), greatest_ = (std::numeric_limits<std::int32_t>::min)();
};

/// The statistics of `n` elements of `blocks`, from element `first` on, as floats.
/// Fails: as dequantize_range.
/// Cost:  O(n), no allocation. Threads: no state; cut a tensor anywhere (fastest at multiples of 256) and add the parts.
[[nodiscard]] inline auto statistics_of(tensor_type type, byte_view blocks, std::uint64_t first, std::uint64_t n, tier with = fastest_tier()) -> result<statistics>;
/// Of all elements.
[[nodiscard]] inline auto statistics_of(tensor_type type, byte_view blocks, tier with = fastest_tier()) -> result<statistics>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

[[nodiscard]] inline auto power_of_two(int exponent) noexcept -> double {
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52U);
}
/// The unit that values of a float's exponent are multiples of, as an exponent of two.
[[nodiscard]] constexpr auto unit_of(std::size_t exponent) noexcept -> int { return static_cast<int>(exponent == 0 ? 1 : exponent) - 150; }

}  // namespace detail

inline void statistics::add(std::span<const float> values) noexcept {
    for (const float value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t magnitude = bits & 0x7FFFFFFFU, exponent = magnitude >> 23U;
        ++counts_[exponent];
        if (exponent == not_finite) {
            nans_ += magnitude > 0x7F800000U ? 1 : 0;
            continue;
        }
        zeros_ += magnitude == 0 ? 1 : 0;
        const std::uint64_t whole = (magnitude & 0x7FFFFFU) | (exponent != 0 ? 0x800000U : 0U), square = whole * whole;
        sums_[exponent] += (bits >> 31U) != 0 ? std::uint64_t{0} - whole : whole;
        squares_low_[exponent] += square;
        squares_high_[exponent] += squares_low_[exponent] < square ? 1 : 0;
        const std::int32_t order = order_of(bits);
        least_ = order < least_ ? order : least_;
        greatest_ = order > greatest_ ? order : greatest_;
    }
}

inline void statistics::add(const statistics& other) noexcept {
    for (std::size_t e = 0; e < n_exponents; ++e) {
        counts_[e] += other.counts_[e];
        sums_[e] += other.sums_[e];
        const std::uint64_t low = squares_low_[e] + other.squares_low_[e];
        squares_high_[e] += other.squares_high_[e] + (low < squares_low_[e] ? 1 : 0);
        squares_low_[e] = low;
    }
    zeros_ += other.zeros_;
    nans_ += other.nans_;
    least_ = other.least_ < least_ ? other.least_ : least_;
    greatest_ = other.greatest_ > greatest_ ? other.greatest_ : greatest_;
}

inline auto statistics::count() const noexcept -> std::uint64_t {
    std::uint64_t all = 0;
    for (const std::uint64_t each : counts_) all += each;
    return all;
}

// Products with powers of two are exact here, so it makes no difference whether a compiler fuses them with the sum.

inline auto statistics::mean() const noexcept -> double {
    if (!has_finite()) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (std::size_t e = 0; e < not_finite; ++e) sum += static_cast<double>(static_cast<std::int64_t>(sums_[e])) * detail::power_of_two(detail::unit_of(e));
    return sum / static_cast<double>(n_finite());
}

inline auto statistics::rms() const noexcept -> double {
    if (!has_finite()) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (std::size_t e = 0; e < not_finite; ++e) {
        const int unit = 2 * detail::unit_of(e);
        sum += static_cast<double>(squares_low_[e]) * detail::power_of_two(unit);
        sum += static_cast<double>(squares_high_[e]) * detail::power_of_two(unit + 64);
    }
    return cria::detail::math::sqrt(sum / static_cast<double>(n_finite()));
}

inline auto statistics::histogram() const noexcept -> std::array<std::uint64_t, n_bins> {
    std::array<std::uint64_t, n_bins> bins{};
    for (std::size_t e = 0; e < not_finite; ++e) {
        const std::size_t bin = e < first_exponent ? 0 : e - first_exponent < n_bins ? e - first_exponent : n_bins - 1;
        bins[bin] += counts_[e];
    }
    bins[0] -= zeros_;
    return bins;
}

inline auto statistics_of(tensor_type type, byte_view blocks, std::uint64_t first, std::uint64_t n, tier with) -> result<statistics> {
    CRIA_TRY_VOID(detail::check_tier(with));
    CRIA_TRY(const auto from, detail::check_blocks(type, blocks));
    CRIA_TRY_VOID(detail::check_range(from, first, n));
    const detail::kernels kernels = detail::kernels_of(with);
    constexpr std::size_t step = 8 * detail::most_block_elements;
    float floats[step];
    statistics found;
    // The first step ends at a border of blocks, so that none is read twice.
    auto now = step - static_cast<std::size_t>(first % detail::most_block_elements);
    for (const std::uint64_t end = first + n; first < end; first += now, now = step) {
        if (now > end - first) now = static_cast<std::size_t>(end - first);
        detail::read_elements(from, first, now, kernels, floats);
        found.add({floats, now});
    }
    return found;
}

inline auto statistics_of(tensor_type type, byte_view blocks, tier with) -> result<statistics> {
    CRIA_TRY(const auto from, detail::check_blocks(type, blocks));
    return statistics_of(type, blocks, 0, from.n_elements, with);
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_STATISTICS_HPP
