// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_FIT_HPP
#define CRIA_LLAMA_FIT_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/kv_cache.hpp"
#include "cria/llama/roles.hpp"
#include "cria/llama/weights.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Whether a model fits: weights, KV cache and scratch against the memory of devices, as a value. Nothing is opened or
// allocated, and no device is asked; whoever knows the devices passes their numbers on.
//
// Layers go to devices whole and in order, each device taking as many as it has room for; what is left computes on the
// host. The matrix that makes logits goes with the last layer, or to the next device that has room for it. The token
// embedding stays on the host, of which a token reads one row; a model that computes its logits with that same matrix has it
// twice then, as in llama.cpp. A tensor that every layer needs (rope_freqs) is on every device that has one. Tensors begin at
// multiples of the alignment, as in an upload plan; tensors without a role are not counted.
//
// Scratch is what a step writes before the next one reads it. In floats, for T tokens at once, with the letters of
// layer_weights.hpp and n for the positions of a sequence that the layer's cache holds:
//
//     a layer     T · (3 d + (H + 2 Hk) k + H v + 2 F)  +  H · T · n      the residual, its norm, what is added to it; queries,
//                                                                         keys, values; heads' outputs; gate and up; scores
//       experts   2 F becomes E + 2 (experts used · Fe + Fs)
//     the logits  T · (2 d + V)
//
// Steps follow one another, so a device needs the most of its layers and the logits, not their sum. T is batch_length, or
// less where the context is shorter, and no less than the number of sequences. It is what a plain engine writes: one whose
// attention never stores scores sets stores_scores to false, one that keeps more has to add it.

namespace cria::inline v0::llama {

/// What is to fit, and into what.
struct fit_options {
    kv_cache_options cache;                        ///< the context to have room for, and the batch that scratch is for
    std::span<const std::uint64_t> memory_bytes{}; ///< of each device, in the order in which they compute; borrowed during the call
    /// Of each device, left alone: what driver and libraries take. On an H100 (CUDA 13.0) a context has 527 MiB and one with cuBLAS
    /// 595, beside 480 MiB that nvidia-smi counts and no program is given.
    std::uint64_t reserve_bytes = std::uint64_t{1} << 30U;
    bool stores_scores = true;                     ///< attention writes H · T · n scores; false: none (flash attention)
    bool embedding_on_device = false;              ///< token_embd goes in front of layer 0 instead of the host
};

/// What one place holds.
struct fit_share {
    std::uint32_t first_layer = 0;
    std::uint32_t n_layers = 0;
    bool has_embedding = false;
    bool has_output = false;                       ///< output_norm and the matrix behind it
    std::uint64_t weights_bytes = 0;
    std::uint64_t cache_bytes = 0;
    std::uint64_t scratch_bytes = 0;

    /// All three together, which fit_report has found to fit 64 bits.
    [[nodiscard]] constexpr auto used_bytes() const noexcept -> std::uint64_t { return weights_bytes + cache_bytes + scratch_bytes; }
    friend constexpr auto operator==(const fit_share&, const fit_share&) noexcept -> bool = default;
};

/// One device's share.
struct fit_device : fit_share {
    std::uint64_t memory_bytes = 0;
    std::uint64_t free_bytes = 0;                  ///< what is left of memory_bytes without the reserve

    friend constexpr auto operator==(const fit_device&, const fit_device&) noexcept -> bool = default;
};

/// What goes where, and what would have to give. Move-only.
struct fit_report {
    bool fits = false;                             ///< every layer and the output are on a device
    fit_share all;                                 ///< what one device would hold that had room for all that devices are to hold
    buffer<fit_device> devices;                    ///< one for each number in fit_options::memory_bytes
    fit_share host;                                ///< the rest, the embedding included
    std::uint32_t n_layers_on_devices = 0;

    std::uint64_t missing_bytes = 0;               ///< by so much the last device is too small (without devices: what one would need, with the reserve); 0 where it fits
    std::uint32_t longest_context = 0;             ///< with which everything fits, up to the model's own or the one asked for, whichever is longer; 0: none
    bool fits_with_q8_0_cache = false;             ///< whether it fits with keys and values in q8_0; false also where heads do not fill blocks of 32
};

/// Where the parts of a model go on devices of this size.
///
///     const std::uint64_t memory[] = {24ULL << 30U, 24ULL << 30U};
///     CRIA_TRY(const auto report, llama::fit(model.files().tensors(), model.hyperparameters(), model.weights(),
///                                            {.cache = {.context_length = 8192}, .memory_bytes = memory}));
///     if (!report.fits) …   // report.missing_bytes, longest_context, n_layers_on_devices say what to do
///
/// Fails: as make_kv_cache_layout; errc::overflow where a sum does not fit 64 bits.
/// Cost:  O(tensors + 32 · layers).   Precondition: `bound` is what weights_from made of the other two.
[[nodiscard]] inline auto fit(const gguf::tensor_table& tensors, const hyperparameters& numbers, const weights& bound, const fit_options& options) -> result<fit_report>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// A sum of products that remembers whether it fits 64 bits.
class checked_bytes {
public:
    void add(std::uint64_t bytes) noexcept { fits_ = cria::detail::checked_add(sum_, bytes, sum_) && fits_; }
    void add_product(std::uint64_t a, std::uint64_t b) noexcept {
        std::uint64_t product = 0;
        fits_ = cria::detail::checked_multiply(a, b, product) && fits_;
        add(product);
    }
    [[nodiscard]] auto value() const -> result<std::uint64_t> {
        if (fits_) return sum_;
        return error{errc::overflow, "memory of the model"}.because("does not fit 64 bits");
    }

private:
    std::uint64_t sum_ = 0;
    bool fits_ = true;
};

/// Which part of a model a tensor belongs to: 0 is the embedding, with what else belongs to no layer; then a number each layer,
/// and the output. Precondition: the tensor has a role, which unused() tells.
[[nodiscard]] inline auto fit_item_of(const gguf::tensor& tensor, const weights& bound) noexcept -> std::size_t {
    std::string_view rest_of_name = tensor.name;
    const auto layer = take_layer(rest_of_name);
    if (layer && *layer < bound.layers.size()) return std::size_t{*layer} + 1;
    if (&tensor == bound.token_embd) return 0;  // and the output too, where they are tied
    return &tensor == bound.output || &tensor == bound.output_norm || &tensor == bound.output_bias ? bound.layers.size() + 1 : 0;
}

/// Whether every place that has layers needs the tensor.
[[nodiscard]] inline auto is_for_every_layer(const gguf::tensor& tensor, const weights& bound) noexcept -> bool {
    return &tensor == bound.rope_freqs || &tensor == bound.rope_factors_long || &tensor == bound.rope_factors_short;
}

/// What can only be on one device: the embedding, a layer, the output.
struct fit_item {
    std::uint64_t weights_bytes = 0;
    std::uint64_t cache_bytes = 0;
    std::uint64_t scratch_bytes = 0;
};

/// A model as the parts that are placed: the embedding, the layers in order, the output.
class fit_planner {
public:
    fit_planner(const hyperparameters& numbers, const fit_options& options) noexcept : numbers_(numbers), options_(options) {}

    [[nodiscard]] auto take_weights(const gguf::tensor_table& tensors, const weights& bound) -> result<void>;
    /// Cache and scratch for these options.
    [[nodiscard]] auto take_cache(const kv_cache_options& cache) -> result<void>;
    [[nodiscard]] auto make_report() -> result<fit_report>;

    /// Whether everything fits with this cache. What cannot even be counted does not.
    [[nodiscard]] auto would_fit(const kv_cache_options& cache) -> result<bool>;

private:
    [[nodiscard]] auto output_item() const noexcept -> std::size_t { return items_.size() - 1; }
    [[nodiscard]] auto first_item() const noexcept -> std::size_t { return options_.embedding_on_device ? 0 : 1; }
    [[nodiscard]] auto budget_of(std::uint64_t memory_bytes) const noexcept -> std::uint64_t {
        return memory_bytes > options_.reserve_bytes ? memory_bytes - options_.reserve_bytes : 0;
    }
    /// A share with one item more.
    [[nodiscard]] auto with(fit_share share, std::size_t item) const -> result<fit_share>;
    /// As many items from `next` on as there is room for, which moves `next` behind them.
    [[nodiscard]] auto fill(std::uint64_t budget_bytes, std::size_t& next) const -> result<fit_share>;
    /// All items from `next` on.
    [[nodiscard]] auto rest(fit_share share, std::size_t next) const -> result<fit_share>;
    [[nodiscard]] auto find_longest_context() -> result<std::uint32_t>;

    const hyperparameters& numbers_;
    const fit_options& options_;
    buffer<fit_item> items_;
    std::uint64_t shared_bytes_ = 0;  // what every place with layers has a copy of
    std::uint64_t tied_bytes_ = 0;    // what the embedding and the output have in common
};

inline auto fit_planner::take_weights(const gguf::tensor_table& tensors, const weights& bound) -> result<void> {
    const std::size_t n_layers = numbers_.layers.size();
    buffer<checked_bytes> sums;
    CRIA_TRY_VOID(sums.resize(n_layers + 2, "memory of the model"));
    checked_bytes shared;
    auto unused = bound.unused();
    for (const gguf::tensor& tensor : tensors) {
        if (!unused.empty() && unused.front() == &tensor) {  // both are in the file's order
            unused = unused.subspan(1);
            continue;
        }
        std::uint64_t bytes = 0;
        if (!cria::detail::checked_round_up(tensor.size_bytes, options_.cache.alignment_bytes, bytes))
            return error{errc::overflow, tensor.name}.because("does not fit 64 bits");
        if (is_for_every_layer(tensor, bound)) shared.add(bytes);
        else sums[fit_item_of(tensor, bound)].add(bytes);
        if (&tensor == bound.token_embd && bound.tied_output) {
            sums[n_layers + 1].add(bytes);
            tied_bytes_ = bytes;
        }
    }
    CRIA_TRY(shared_bytes_, shared.value());
    CRIA_TRY_VOID(items_.resize(n_layers + 2, "memory of the model"));
    for (std::size_t i = 0; i < items_.size(); ++i) {
        CRIA_TRY(items_[i].weights_bytes, sums[i].value());
    }
    return {};
}

inline auto fit_planner::take_cache(const kv_cache_options& cache) -> result<void> {
    CRIA_TRY(const auto layout, make_kv_cache_layout(numbers_, cache));
    std::uint64_t tokens = cache.batch_length < cache.context_length ? cache.batch_length : cache.context_length;
    if (tokens < cache.sequences) tokens = cache.sequences;
    constexpr std::uint64_t float_bytes = 4;
    const std::uint64_t d = numbers_.embedding_length;
    const auto in_bytes = [&](const checked_bytes& floats) -> result<std::uint64_t> {
        CRIA_TRY(const std::uint64_t count, floats.value());
        checked_bytes bytes;
        bytes.add_product(count, float_bytes);
        return bytes.value();
    };
    for (std::size_t i = 0; i < layout.layers.size(); ++i) {
        const layer_hyperparameters& layer = numbers_.layers[i];
        const std::uint64_t heads = layer.head_count;
        checked_bytes a_token;
        a_token.add_product(d, 3);
        a_token.add_product(heads + 2 * std::uint64_t{layer.head_count_kv}, numbers_.key_length);
        a_token.add_product(heads, numbers_.value_length);
        if (numbers_.has_experts()) {
            a_token.add(numbers_.expert_count);
            a_token.add_product(2 * std::uint64_t{numbers_.expert_used_count}, numbers_.expert_feed_forward_length);
            a_token.add_product(numbers_.shared_expert_feed_forward_length, 2);
        } else {
            a_token.add_product(layer.feed_forward_length, 2);
        }
        if (options_.stores_scores) a_token.add_product(heads, layout.layers[i].n_positions);
        CRIA_TRY(const std::uint64_t floats, a_token.value());
        checked_bytes step;
        step.add_product(floats, tokens);
        CRIA_TRY(items_[i + 1].scratch_bytes, in_bytes(step));
        items_[i + 1].cache_bytes = layout.layers[i].size_bytes;
    }
    checked_bytes logits;
    logits.add_product(2 * d + numbers_.vocabulary_size, tokens);
    CRIA_TRY(items_[output_item()].scratch_bytes, in_bytes(logits));
    return {};
}

inline auto fit_planner::with(fit_share share, std::size_t item) const -> result<fit_share> {
    const fit_item& more = items_[item];
    checked_bytes bytes;
    bytes.add(share.weights_bytes);
    bytes.add(more.weights_bytes);
    if (item == 0) {
        share.has_embedding = true;
    } else if (item < output_item()) {
        if (share.n_layers == 0) {
            bytes.add(shared_bytes_);
            share.first_layer = static_cast<std::uint32_t>(item - 1);
        }
        ++share.n_layers;
    } else {
        share.has_output = true;
    }
    CRIA_TRY(share.weights_bytes, bytes.value());
    if (item == output_item() && share.has_embedding) share.weights_bytes -= tied_bytes_;  // once is enough

    if (more.scratch_bytes > share.scratch_bytes) share.scratch_bytes = more.scratch_bytes;
    checked_bytes cache;
    cache.add(share.cache_bytes);
    cache.add(more.cache_bytes);
    CRIA_TRY(share.cache_bytes, cache.value());
    checked_bytes used;
    for (const std::uint64_t part : {share.weights_bytes, share.cache_bytes, share.scratch_bytes}) used.add(part);
    CRIA_TRY_VOID(used.value());
    return share;
}

inline auto fit_planner::fill(std::uint64_t budget_bytes, std::size_t& next) const -> result<fit_share> {
    fit_share share;
    for (; next < items_.size(); ++next) {
        CRIA_TRY(const fit_share larger, with(share, next));
        if (larger.used_bytes() > budget_bytes) break;
        share = larger;
    }
    return share;
}

inline auto fit_planner::rest(fit_share share, std::size_t next) const -> result<fit_share> {
    for (; next < items_.size(); ++next) {
        CRIA_TRY(share, with(share, next));
    }
    return share;
}

inline auto fit_planner::would_fit(const kv_cache_options& cache) -> result<bool> {
    const auto fits = [&]() -> result<bool> {
        CRIA_TRY_VOID(take_cache(cache));
        std::size_t next = first_item();
        for (const std::uint64_t memory : options_.memory_bytes) CRIA_TRY_VOID(fill(budget_of(memory), next));
        return next == items_.size();
    }();
    if (!fits && (fits.error().code == errc::overflow || fits.error().code == errc::wrong_shape)) return false;
    return fits;
}

/// A longer context takes more of every layer, and devices that had room for more have room for less: what fits, fits with
/// every shorter context too.
inline auto fit_planner::find_longest_context() -> result<std::uint32_t> {
    kv_cache_options cache = options_.cache;
    std::uint64_t fits = 0;  // none is the longest that certainly does
    std::uint64_t beyond = std::uint64_t{numbers_.context_length > cache.context_length ? numbers_.context_length : cache.context_length} + 1;
    while (beyond - fits > 1) {
        const std::uint64_t middle = fits + (beyond - fits) / 2;
        cache.context_length = static_cast<std::uint32_t>(middle);
        CRIA_TRY(const bool does, would_fit(cache));
        (does ? fits : beyond) = middle;
    }
    return static_cast<std::uint32_t>(fits);
}

inline auto fit_planner::make_report() -> result<fit_report> {
    CRIA_TRY_VOID(take_cache(options_.cache));
    fit_report report;
    CRIA_TRY(report.all, rest({}, first_item()));

    std::size_t next = first_item();
    std::size_t before_last = next;
    CRIA_TRY_VOID(report.devices.reserve(options_.memory_bytes.size(), "devices"));
    for (const std::uint64_t memory : options_.memory_bytes) {
        before_last = next;
        fit_device device;
        const std::uint64_t budget = budget_of(memory);
        CRIA_TRY(static_cast<fit_share&>(device), fill(budget, next));
        device.memory_bytes = memory;
        device.free_bytes = budget - device.used_bytes();
        report.n_layers_on_devices += device.n_layers;
        CRIA_TRY_VOID(report.devices.push_back(device, "devices"));
    }
    report.fits = next == items_.size();
    if (!options_.embedding_on_device) {
        CRIA_TRY(report.host, with({}, 0));
    }
    CRIA_TRY(report.host, rest(report.host, next));

    if (!report.fits) {
        CRIA_TRY(const fit_share wanted, rest({}, before_last));
        checked_bytes needed;
        needed.add(wanted.used_bytes());
        needed.add(options_.reserve_bytes);
        CRIA_TRY(report.missing_bytes, needed.value());
        if (!report.devices.empty()) report.missing_bytes -= report.devices.back().memory_bytes;
    }
    if (report.devices.empty()) return report;
    CRIA_TRY(report.longest_context, find_longest_context());
    kv_cache_options smaller = options_.cache;
    smaller.key_type = smaller.value_type = tensor_type::q8_0;
    CRIA_TRY(report.fits_with_q8_0_cache, would_fit(smaller));
    return report;
}

}  // namespace detail

inline auto fit(const gguf::tensor_table& tensors, const hyperparameters& numbers, const weights& bound, const fit_options& options) -> result<fit_report> {
    CRIA_TRY_VOID(detail::check(options.cache));
    detail::fit_planner planner(numbers, options);
    CRIA_TRY_VOID(planner.take_weights(tensors, bound));
    return planner.make_report();
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_FIT_HPP
