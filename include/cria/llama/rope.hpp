// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_ROPE_HPP
#define CRIA_LLAMA_ROPE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/math.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/family.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/key_reader.hpp"
#include "cria/llama/layer_weights.hpp"
#include "cria/quant/dequantize.hpp"

#include <bit>  // endian
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

// Rotary position embeddings as numbers an engine can upload: how fast each pair of a head turns, with every kind of
// scaling and every factor tensor applied, so that a kernel is told frequencies and never which scaling a model has.
//
// With r = dimension_count, pair j (0 ≤ j < r/2) of a query or key (x, y) at position p becomes
//
//   (x·cos t − y·sin t, x·sin t + y·cos t) · m      t = p · frequencies[j]      m = attention_factor
//
//   θ = base^(−2j/r) / factor[j]                    RoFormer, https://arxiv.org/abs/2104.09864; factors: LongRoPE,
//                                                   https://arxiv.org/abs/2402.13753, and the tensor Llama 3.1's files have
//   frequency = θ                                   no scaling
//             = θ / f                               linear (position interpolation, https://arxiv.org/abs/2306.15595), LongRoPE
//             = θ / f · (1 − w) + θ · w             YaRN, https://arxiv.org/abs/2309.00071
//
// with f = scaling_factor; w falls from 1 to 0 between the pairs that turn beta_fast and beta_slow times in the original
// context. llama.cpp computes the same, but gets angles by repeated multiplication of floats, so that its last ones are
// off by some 10⁻⁶ of themselves; here they are as exact as a double.
//
// Once a `rope` exists its arrays hold finite numbers only, whatever the file said, and so do the tables made from it.

namespace cria::inline v0::llama {

/// How the queries and keys of one kind of layer turn. Made by make_rope or ropes_from. Move-only.
/// Threads: const, safe to share.
struct rope {
    std::uint32_t dimension_count = 0;        ///< numbers of a head that are rotated, the first ones; even. The rest pass through
    rope_pairs pairs = rope_pairs::adjacent;  ///< which two of them are pair j
    buffer<double> frequencies;               ///< {dimension_count / 2}: radians a position; at least 0, and no more than a float can hold
    double attention_factor = 1;              ///< multiplies cosines and sines; above 0, and no more than a float can hold

    /// Writes the frequencies as floats: what other programs call inv_freq.
    ///
    /// The angle of position p is p times one of these, off by p · frequency · 6·10⁻⁸ radians: 0.008 at position 131071. A
    /// kernel that wants the exact angles takes cosines_and_sines, or multiplies in double.
    /// Fails: errc::output_too_small, and errc::invalid_argument where `out` has room for more than dimension_count / 2.
    [[nodiscard]] auto inverse_frequencies(std::span<float> out) const -> result<void>;

    /// Writes attention_factor times the cosine and the sine of every pair's angle, {n_positions, dimension_count / 2}: for
    /// positions first_position, first_position + 1, …, as many as there is room for, all pairs of one after those of the other.
    ///
    ///     std::vector<float> cosines(n_positions * rope.frequencies.size()), sines(cosines.size());
    ///     CRIA_TRY_VOID(rope.cosines_and_sines(0, cosines, sines));
    ///
    /// Angles are computed and reduced in double: they are off by no more than 10⁻¹⁴ · position · frequency radians.
    /// Fails: errc::invalid_argument where the two have not the same size, or it is not a number of whole positions.
    /// Cost:  a sine and a cosine in double for every pair and position. Threads: rows are independent, and may be shared out.
    [[nodiscard]] auto cosines_and_sines(std::uint32_t first_position, std::span<float> cosines, std::span<float> sines) const -> result<void>;
};

/// The rotation that `numbers` describe. `factors` divide each pair's frequency: none, or one a pair.
///
/// attention_factor is numbers.attention_factor; YaRN multiplies it by (1 + 0.1 · ln f) / (1 + 0.1 · L · ln f) where
/// f = scaling_factor is above 1, with L = yarn_log_multiplier. So L = 0 is the paper's, and L = 1 leaves it alone.
/// Fails: errc::out_of_range where a number is not above 0, or infinite, NaN or subnormal, or makes frequencies or an attention
///        factor that no float can hold: the subject is its key (`rope.freq_base`, `rope.scaling.factor`, …), also for a base of 1, whose
///        logarithm YaRN divides by, and a dimension_count that is 0 or odd; or `factors`, with the pair in `found`;
///        errc::wrong_shape where `factors` are not dimension_count / 2; errc::out_of_memory.
/// Cost:  a power for each pair.
[[nodiscard]] inline auto make_rope(const rope_hyperparameters& numbers, std::span<const float> factors = {}) -> result<rope>;

/// The tensor of factors that holds for contexts of `context_length` tokens, or nullptr: rope_freqs where there is one; else
/// rope_factors_long where the context, rounded up to a multiple of 256 as llama.cpp allocates it, is above
/// rope.original_context_length, else rope_factors_short. It depends on how long the context can get, not on how long a
/// text is: keys that are in a cache have been rotated by one or by the other.
/// Borrows: the file's tensor table.
[[nodiscard]] inline auto rope_factors_for(const weights& tensors, const hyperparameters& numbers, std::uint32_t context_length) noexcept -> const gguf::tensor*;

/// The rotations of a model's layers. Move-only.
struct model_ropes {
    rope global;   ///< of layers that attend to everything
    rope sliding;  ///< of layers that attend to a window; the same numbers where a model has none

    /// The rotation of a layer. A layer without has_rope does not rotate at all, which is the caller's to ask.
    ///
    ///     for (const auto& layer : numbers.layers) if (layer.has_rope) use(ropes.of(layer));
    [[nodiscard]] auto of(const layer_hyperparameters& layer) const& noexcept CRIA_LIFETIME_BOUND -> const rope& { return layer.is_sliding ? sliding : global; }
    auto of(const layer_hyperparameters& layer) && -> const rope& = delete;
};

/// The rotations of a model for contexts of up to `context_length` tokens, with the factors that rope_factors_for chooses.
///
///     CRIA_TRY(const auto ropes, llama::ropes_from(model.files(), model.hyperparameters(), model.weights(), 8192));
///
/// Sliding layers turn by hyperparameters::rope_sliding, and by the same factors unless sliding_rules::scaled is false (no
/// family in llama::families has both). The factors may be of any type that can be dequantized, in mapped and owned files alike.
/// Fails: as make_rope, where keys are called after the architecture (`llama.rope.freq_base`; `rope.freq_base_swa` of sliding
///        layers) and factors after their tensor; as gguf::shards::read; errc::unsupported_type for such a tensor;
///        errc::wrong_shape where it has not one element a pair; errc::unsupported_feature where there are factors
///        and the file is in another byte order than this machine's.
[[nodiscard]] inline auto ropes_from(const gguf::shards& files, const hyperparameters& numbers, const weights& tensors, std::uint32_t context_length) -> result<model_ropes>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// What a frequency and an attention factor may be at most.
inline constexpr double most_float = double{(std::numeric_limits<float>::max)()};

[[nodiscard]] inline auto check_rope(const rope_hyperparameters& numbers) -> result<void> {
    const auto check = [](float number, std::string_view key) -> result<void> {
        if (is_normal_above_zero(number)) return {};
        return error{errc::out_of_range, key}.because("is not a normal number above 0");
    };
    if (numbers.dimension_count == 0 || numbers.dimension_count % 2 != 0)
        return error{errc::out_of_range, "rope.dimension_count"}.because("is not an even number above 0").finding(std::uint64_t{numbers.dimension_count});
    CRIA_TRY_VOID(check(numbers.freq_base, "rope.freq_base"));
    CRIA_TRY_VOID(check(numbers.attention_factor, "rope.scaling.attn_factor"));
    if (numbers.scaling == rope_scaling::none) return {};
    CRIA_TRY_VOID(check(numbers.scaling_factor, "rope.scaling.factor"));
    if (numbers.scaling != rope_scaling::yarn) return {};
    CRIA_TRY_VOID(check(numbers.yarn_beta_fast, "rope.scaling.yarn_beta_fast"));
    CRIA_TRY_VOID(check(numbers.yarn_beta_slow, "rope.scaling.yarn_beta_slow"));
    if (!is_zero(numbers.yarn_log_multiplier)) CRIA_TRY_VOID(check(numbers.yarn_log_multiplier, "rope.scaling.yarn_log_multiplier"));
    if (numbers.original_context_length == 0) return error{errc::out_of_range, "rope.scaling.original_context_length"}.because("is 0");
    if (numbers.freq_base == 1.0F) return error{errc::out_of_range, "rope.freq_base"}.because("is 1, and YaRN divides by its logarithm");
    return {};
}

/// YaRN: how much of a pair's frequency is left as it was trained.
class yarn_ramp {
public:
    yarn_ramp() noexcept = default;
    /// Precondition: check_rope. All of it is finite then: no logarithm here is beyond ±130, and none that divides within ±10⁻⁸.
    explicit yarn_ramp(const rope_hyperparameters& numbers) noexcept {
        const double last = numbers.dimension_count - 1.0;
        low_ = cria::detail::math::floor(pair_that_turns(numbers.yarn_beta_fast, numbers));
        high_ = cria::detail::math::ceil(pair_that_turns(numbers.yarn_beta_slow, numbers));
        if (!(low_ > 0)) low_ = 0;
        if (high_ > last) high_ = last;
    }
    [[nodiscard]] auto operator()(double pair) const noexcept -> double {
        const double width = high_ - low_ > 0.001 ? high_ - low_ : 0.001;
        const double at = (pair - low_) / width;
        return at < 0 ? 1 : at > 1 ? 0 : 1 - at;
    }

private:
    /// The pair, a fraction, that turns `times` times in the original context: base^(−2j/r) · context = 2π · times, solved for j.
    [[nodiscard]] static auto pair_that_turns(double times, const rope_hyperparameters& numbers) noexcept -> double {
        constexpr double two_pi = 6.283185307179586476925;
        return numbers.dimension_count * cria::detail::math::log(numbers.original_context_length / (two_pi * times)) / (2 * cria::detail::math::log(double{numbers.freq_base}));
    }

    double low_ = 0;
    double high_ = 0;
};

/// What YaRN makes of cosines and sines. llama.cpp divides by 1 + 0.1 · ln f what its kernel multiplies by that; the rest is this.
[[nodiscard]] inline auto yarn_attention(const rope_hyperparameters& numbers) noexcept -> double {
    if (!(numbers.scaling_factor > 1)) return 1;
    const double log_factor = cria::detail::math::log(double{numbers.scaling_factor});
    return (1 + 0.1 * log_factor) / (1 + 0.1 * double{numbers.yarn_log_multiplier} * log_factor);
}

/// The factors that a tensor holds.
[[nodiscard]] inline auto read_rope_factors(const gguf::shards& files, const gguf::tensor& from, std::uint32_t count) -> result<buffer<float>> {
    if (files.byte_order() != std::endian::native) return error{errc::unsupported_feature, from.name}.because("is in another byte order than this machine's");
    if (from.shape.elements() != count) return error{errc::wrong_shape, from.name}.because("has not one element a pair").expecting(std::uint64_t{count}, from.shape.elements());
    if (!geometry_of(from.type)) return error{errc::unsupported_type, from.name}.finding(std::uint64_t{static_cast<std::uint32_t>(from.type)});
    CRIA_TRY(auto blocks, buffer<std::byte>::make(from.size_bytes, from.name));
    CRIA_TRY_VOID(files.read(from, 0, std::span(blocks.data(), blocks.size())));
    CRIA_TRY(auto factors, buffer<float>::make(count, from.name));
    const auto done = quant::dequantize<float>(from.type, blocks.span(), std::span(factors.data(), factors.size()));
    if (done) return factors;
    error why = done.error();
    why.subject = error{why.code, from.name}.subject;
    return why;
}

/// An error of make_rope's in the words of the file.
[[nodiscard]] inline auto in_file(error why, const hyperparameters& numbers, const gguf::tensor* factors, bool is_sliding) -> error {
    const std::string_view subject = why.subject.view();
    if (subject == "factors" && factors != nullptr) {
        why.subject = error{why.code, factors->name}.subject;
    } else if (subject.starts_with("rope.")) {
        const bool has_own_key = is_sliding && subject == "rope.freq_base";
        why.subject = error{why.code, architecture_key(numbers.architecture, has_own_key ? "rope.freq_base_swa" : subject)}.subject;
    }
    return why;
}

}  // namespace detail

inline auto rope::inverse_frequencies(std::span<float> out) const -> result<void> {
    if (out.size() != frequencies.size())
        return error{out.size() < frequencies.size() ? errc::output_too_small : errc::invalid_argument, "inverse frequencies"}
            .because("output has not one element a pair")
            .expecting(std::uint64_t{frequencies.size()}, std::uint64_t{out.size()});
    for (std::size_t pair = 0; pair < out.size(); ++pair) out[pair] = static_cast<float>(frequencies[pair]);
    return {};
}

inline auto rope::cosines_and_sines(std::uint32_t first_position, std::span<float> cosines, std::span<float> sines) const -> result<void> {
    const std::size_t n_pairs = frequencies.size();
    if (cosines.size() != sines.size())
        return error{errc::invalid_argument, "cosines and sines"}.because("are not equally many").expecting(std::uint64_t{cosines.size()}, std::uint64_t{sines.size()});
    if (n_pairs == 0 ? !cosines.empty() : cosines.size() % n_pairs != 0)
        return error{errc::invalid_argument, "cosines and sines"}.because("output is not whole positions").expecting(std::uint64_t{n_pairs}, std::uint64_t{cosines.size()});
    std::uint64_t position = first_position;
    for (std::size_t row = 0; row < cosines.size(); row += n_pairs, ++position) {
        for (std::size_t pair = 0; pair < n_pairs; ++pair) {
            const double angle = static_cast<double>(position) * frequencies[pair];
            cosines[row + pair] = static_cast<float>(cria::detail::math::cos(angle) * attention_factor);
            sines[row + pair] = static_cast<float>(cria::detail::math::sin(angle) * attention_factor);
        }
    }
    return {};
}

inline auto make_rope(const rope_hyperparameters& numbers, std::span<const float> factors) -> result<rope> {
    CRIA_TRY_VOID(detail::check_rope(numbers));
    const std::uint32_t n_pairs = numbers.dimension_count / 2;
    if (!factors.empty() && factors.size() != n_pairs)
        return error{errc::wrong_shape, "factors"}.because("are not one a pair").expecting(std::uint64_t{n_pairs}, std::uint64_t{factors.size()});

    rope out;
    out.dimension_count = numbers.dimension_count;
    out.pairs = numbers.pairs;
    CRIA_TRY(out.frequencies, buffer<double>::make(n_pairs, "rope frequencies"));

    // These floats are between 10⁻³⁸ and 10³⁹, so no quotient or product of a few of them leaves a double's range,
    // and what a float cannot hold is found by plain comparisons.
    const bool is_yarn = numbers.scaling == rope_scaling::yarn;
    const detail::yarn_ramp ramp = is_yarn ? detail::yarn_ramp(numbers) : detail::yarn_ramp();
    const double slower = numbers.scaling == rope_scaling::none ? 1 : 1 / double{numbers.scaling_factor};
    for (std::uint32_t pair = 0; pair < n_pairs; ++pair) {
        double theta = cria::detail::math::pow(double{numbers.freq_base}, -2.0 * pair / numbers.dimension_count);
        if (!factors.empty()) {
            const error bad = error{errc::out_of_range, "factors"}.finding(std::uint64_t{pair});
            if (!detail::is_normal_above_zero(factors[pair])) return bad.because("has an element that is not a normal number above 0, of pair");
            theta /= double{factors[pair]};
            if (theta > detail::most_float) return bad.because("has an element that makes a frequency no float can hold, of pair");
        }
        const double kept = is_yarn ? ramp(pair) : 0;
        const double frequency = slower * theta * (1 - kept) + theta * kept;
        if (frequency > detail::most_float) return error{errc::out_of_range, "rope.scaling.factor"}.because("makes a frequency that no float can hold");
        out.frequencies[pair] = frequency;
    }
    out.attention_factor = double{numbers.attention_factor} * (is_yarn ? detail::yarn_attention(numbers) : 1);
    if (out.attention_factor > detail::most_float)
        return error{errc::out_of_range, "rope.scaling.attn_factor"}.because("makes cosines that no float can hold");
    return out;
}

inline auto rope_factors_for(const weights& tensors, const hyperparameters& numbers, std::uint32_t context_length) noexcept -> const gguf::tensor* {
    if (tensors.rope_freqs != nullptr) return tensors.rope_freqs;
    const std::uint64_t allocated = (std::uint64_t{context_length} + 255) / 256 * 256;
    return allocated > numbers.rope.original_context_length ? tensors.rope_factors_long : tensors.rope_factors_short;
}

inline auto ropes_from(const gguf::shards& files, const hyperparameters& numbers, const weights& tensors, std::uint32_t context_length) -> result<model_ropes> {
    const gguf::tensor* const stored = rope_factors_for(tensors, numbers, context_length);
    buffer<float> factors;
    if (stored != nullptr) {
        CRIA_TRY(factors, detail::read_rope_factors(files, *stored, numbers.rope.dimension_count / 2));
    }
    auto global = make_rope(numbers.rope, factors.span());
    if (!global) return detail::in_file(global.error(), numbers, stored, false);
    auto sliding = make_rope(numbers.rope_sliding, numbers.family.sliding.scaled ? factors.span() : std::span<const float>());
    if (!sliding) return detail::in_file(sliding.error(), numbers, stored, true);
    return model_ropes{*std::move(global), *std::move(sliding)};
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_ROPE_HPP
