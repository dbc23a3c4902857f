// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_PLACEMENT_HPP
#define CRIA_LLAMA_PLACEMENT_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/fit.hpp"
#include "cria/llama/weights.hpp"
#include "cria/upload/plan.hpp"  // max_devices

#include <bit>  // bit_width
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

// Which tensor goes to which device, as a value: everything to one, by layer, by size, or as a function says. What goes to
// none stays on the host, where the file has it. upload_plan.hpp makes the items of a plan of it.
//
// By layer, a tensor goes with its part of the model as fit.hpp counts them: the embedding (with what belongs to no layer),
// the layers, the output (its norm, its matrix, its bias). Rotation factors go to every device that has layers. A matrix that
// is both embedding and output goes to the devices of both, once where that is one device. Tensors without a role stay on
// the host: the other rules, which ask for no roles, place them too.

namespace cria::inline v0::llama {

namespace detail {
struct placer;
}

/// A tensor on a device.
struct placed_tensor {
    std::size_t tensor = 0;    ///< its number in the table
    std::uint32_t device = 0;

    friend constexpr auto operator==(const placed_tensor&, const placed_tensor&) noexcept -> bool = default;
};

/// The tensors of a table on devices. Move-only.
///
/// Threads: const, safe to share.
class tensor_placement {
public:
    /// In the table's order, and in that of the devices where a tensor is on several. Entry i is item i of upload_items()
    /// and placement i of a plan that is made of these.
    [[nodiscard]] auto entries() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const placed_tensor> { return entries_.span(); }
    auto entries() && -> std::span<const placed_tensor> = delete;
    /// Those of one tensor; none where it stays on the host. Precondition: tensor < n_tensors().
    [[nodiscard]] auto entries_of(std::size_t tensor) const& noexcept CRIA_LIFETIME_BOUND -> std::span<const placed_tensor> {
        assert(tensor < n_tensors());
        const std::size_t end = tensor + 1 < n_tensors() ? first_[tensor + 1] : entries_.size();
        return entries_.span().subspan(first_[tensor], end - first_[tensor]);
    }
    auto entries_of(std::size_t tensor) && -> std::span<const placed_tensor> = delete;
    /// The number of the entry of this tensor on this device, if it is there. Precondition: tensor < n_tensors().
    ///
    ///     const auto at = placement.find(static_cast<std::size_t>(layer.attn_q - tensors.begin()), device);
    ///     if (at) …   // plan.placements()[*at]
    [[nodiscard]] auto find(std::size_t tensor, std::uint32_t device) const noexcept -> std::optional<std::size_t> {
        const auto own = entries_of(tensor);
        for (std::size_t i = 0; i < own.size(); ++i)
            if (own[i].device == device) return first_[tensor] + i;
        return std::nullopt;
    }
    /// Of the table, those on the host included.
    [[nodiscard]] auto n_tensors() const noexcept -> std::size_t { return first_.size(); }
    /// What it was made for, whether or not each has tensors.
    [[nodiscard]] auto n_devices() const noexcept -> std::uint32_t { return n_devices_; }

private:
    friend struct detail::placer;
    explicit tensor_placement(std::uint32_t n_devices) noexcept : n_devices_(n_devices) {}

    buffer<placed_tensor> entries_;
    buffer<std::size_t> first_;  // entry of each tensor
    std::uint32_t n_devices_;
};

// Below, `tensors` is the table that `bound` was made of. Fails, all of them: errc::invalid_argument for a number of devices
// or a device that is out of range; errc::out_of_memory.

/// Every tensor on one device, of as many as it takes to have it.
[[nodiscard]] inline auto place_on(const gguf::tensor_table& tensors, std::uint32_t device) -> result<tensor_placement>;

/// Layers where fit() has found room for them; the embedding in front of layer 0 or on the host, as fit_options says. Where
/// the model does not fit, the rest of the layers, and the output, stay on the host.
///
///     CRIA_TRY(const auto report, llama::fit(tensors, numbers, bound, {.memory_bytes = memory, .embedding_on_device = true}));
///     CRIA_TRY(const auto placement, llama::place_by_layer(tensors, bound, report));
///     CRIA_TRY(const auto plan, llama::plan_upload(tensors, placement));
///
/// Fails: also errc::invalid_argument for a report of another model.   Cost: O(tensors · devices) at most.
[[nodiscard]] inline auto place_by_layer(const gguf::tensor_table& tensors, const weights& bound, const fit_report& report) -> result<tensor_placement>;

/// All layers, in order, in these proportions of their bytes, such as the devices' memory or speed: a layer goes to the device
/// in whose part of the bytes its middle lies. The embedding is with the first layer, the output with the last. A device
/// whose share is 0 gets nothing. Whether it fits is not asked.
/// Fails: also errc::invalid_argument where the shares are all 0; errc::overflow where a sum does not fit 64 bits.
[[nodiscard]] inline auto place_by_layer(const gguf::tensor_table& tensors, const weights& bound, std::span<const std::uint64_t> shares) -> result<tensor_placement>;

/// Every tensor on the device that has the fewest bytes so far, from the largest tensor down: devices with much the same number
/// of bytes, whatever the tensors are for. Of equal tensors the first in the table, of equal devices the first is taken.
/// Cost: O(n log n + n · devices).
[[nodiscard]] inline auto place_by_size(const gguf::tensor_table& tensors, std::uint32_t n_devices) -> result<tensor_placement>;

/// Every tensor where `device_of` says: a device below `n_devices`, or std::nullopt for the host.
///
///     llama::place_by(tensors, 2, [](const gguf::tensor& t) -> std::optional<std::uint32_t> {
///         return t.name.find("_exps") == t.name.npos ? std::optional{0U} : std::nullopt; });
///
/// It is called once for each tensor, in the table's order. Fails: the subject of a device out of range is the tensor's name.
template <class F>
    requires std::is_invocable_r_v<std::optional<std::uint32_t>, F&, const gguf::tensor&>
[[nodiscard]] auto place_by(const gguf::tensor_table& tensors, std::uint32_t n_devices, F&& device_of) -> result<tensor_placement>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

inline constexpr std::uint32_t on_host = ~std::uint32_t{0};

/// Makes a placement, a tensor after the other.
struct placer {
    tensor_placement made;

    [[nodiscard]] static auto of(const gguf::tensor_table& tensors, std::uint64_t n_devices) -> result<placer> {
        if (n_devices == 0 || n_devices > upload::max_devices)
            return error{errc::invalid_argument, "n_devices"}.because("number of devices is out of range").expecting(std::uint64_t{upload::max_devices}, n_devices);
        placer own{tensor_placement(static_cast<std::uint32_t>(n_devices))};
        CRIA_TRY_VOID(own.made.first_.reserve(tensors.size(), "placement"));
        CRIA_TRY_VOID(own.made.entries_.reserve(tensors.size(), "placement"));
        return own;
    }
    /// What is added from here on is of the next tensor.
    [[nodiscard]] auto next() -> result<void> { return made.first_.push_back(made.entries_.size(), "placement"); }
    [[nodiscard]] auto add(std::uint32_t device) -> result<void> { return made.entries_.push_back({made.first_.size() - 1, device}, "placement"); }
};

/// The device of every part of a model, in fit_item_of's numbers, or on_host.
[[nodiscard]] inline auto place_parts(const gguf::tensor_table& tensors, const weights& bound, const buffer<std::uint32_t>& devices, std::uint64_t n_devices) -> result<tensor_placement> {
    CRIA_TRY(auto own, placer::of(tensors, n_devices));
    buffer<bool> has_layers;
    CRIA_TRY_VOID(has_layers.resize(n_devices, "placement"));
    for (std::size_t layer = 0; layer < bound.layers.size(); ++layer)
        if (devices[layer + 1] != on_host) has_layers[devices[layer + 1]] = true;

    auto unused = bound.unused();
    for (const gguf::tensor& tensor : tensors) {
        CRIA_TRY_VOID(own.next());
        if (!unused.empty() && unused.front() == &tensor) {  // both are in the file's order
            unused = unused.subspan(1);
            continue;
        }
        if (is_for_every_layer(tensor, bound)) {
            for (std::uint32_t device = 0; device < n_devices; ++device)
                if (has_layers[device]) CRIA_TRY_VOID(own.add(device));
            continue;
        }
        const std::uint32_t device = devices[fit_item_of(tensor, bound)];
        const bool is_tied = bound.tied_output && &tensor == bound.token_embd;
        const std::uint32_t other = is_tied ? devices[bound.layers.size() + 1] : device;
        const std::uint32_t lower = device < other ? device : other, upper = device < other ? other : device;  // on_host is above all
        if (lower != on_host) CRIA_TRY_VOID(own.add(lower));
        if (upper != on_host && upper != lower) CRIA_TRY_VOID(own.add(upper));
    }
    return std::move(own.made);
}

/// `whole` * `part` / `of`, rounded down, for part <= of < 2^32.
[[nodiscard]] constexpr auto scaled(std::uint64_t whole, std::uint64_t part, std::uint64_t of) noexcept -> std::uint64_t {
    return whole / of * part + whole % of * part / of;
}

/// Bytes that layers bring with them: their own, of the first the embedding's and of the last the output's.
[[nodiscard]] inline auto bytes_by_layer(const gguf::tensor_table& tensors, const weights& bound) -> result<buffer<std::uint64_t>> {
    const std::size_t n_layers = bound.layers.size();
    buffer<std::uint64_t> bytes;
    CRIA_TRY_VOID(bytes.resize(n_layers, "placement"));
    checked_bytes all;  // fits, so every part of it does
    auto unused = bound.unused();
    for (const gguf::tensor& tensor : tensors) {
        if (!unused.empty() && unused.front() == &tensor) {
            unused = unused.subspan(1);
            continue;
        }
        if (is_for_every_layer(tensor, bound)) continue;
        const std::size_t item = fit_item_of(tensor, bound);
        bytes[item == 0 ? 0 : item > n_layers ? n_layers - 1 : item - 1] += tensor.size_bytes;
        all.add(tensor.size_bytes);
        if (bound.tied_output && &tensor == bound.token_embd) {
            bytes[n_layers - 1] += tensor.size_bytes;
            all.add(tensor.size_bytes);
        }
    }
    CRIA_TRY_VOID(all.value());
    return bytes;
}

}  // namespace detail

inline auto place_on(const gguf::tensor_table& tensors, std::uint32_t device) -> result<tensor_placement> {
    CRIA_TRY(auto own, detail::placer::of(tensors, std::uint64_t{device} + 1));
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CRIA_TRY_VOID(own.next());
        CRIA_TRY_VOID(own.add(device));
    }
    return std::move(own.made);
}

inline auto place_by_layer(const gguf::tensor_table& tensors, const weights& bound, const fit_report& report) -> result<tensor_placement> {
    const std::size_t n_layers = bound.layers.size();
    buffer<std::uint32_t> devices;
    CRIA_TRY_VOID(devices.resize(n_layers + 2, "placement"));
    for (std::uint32_t& device : devices) device = detail::on_host;
    for (std::uint32_t d = 0; d < report.devices.size(); ++d) {
        const fit_device& share = report.devices[d];
        if (share.first_layer > n_layers || share.n_layers > n_layers - share.first_layer)
            return error{errc::invalid_argument, "report"}
                .because("is of a model with more layers")
                .expecting(std::uint64_t{n_layers}, std::uint64_t{share.first_layer} + share.n_layers);
        if (share.has_embedding) devices[0] = d;
        for (std::size_t layer = share.first_layer; layer < std::size_t{share.first_layer} + share.n_layers; ++layer) devices[layer + 1] = d;
        if (share.has_output) devices[n_layers + 1] = d;
    }
    return detail::place_parts(tensors, bound, devices, report.devices.size());
}

inline auto place_by_layer(const gguf::tensor_table& tensors, const weights& bound, std::span<const std::uint64_t> shares) -> result<tensor_placement> {
    const std::size_t n_layers = bound.layers.size();
    assert(n_layers > 0);  // hyperparameters_from has checked this
    if (shares.size() > upload::max_devices)
        return error{errc::invalid_argument, "shares"}.because("number of devices is out of range").expecting(std::uint64_t{upload::max_devices}, std::uint64_t{shares.size()});
    detail::checked_bytes sum;
    std::uint32_t last = 0;  // that gets anything
    for (std::uint32_t d = 0; d < shares.size(); ++d) {
        sum.add(shares[d]);
        if (shares[d] != 0) last = d;
    }
    CRIA_TRY(const std::uint64_t whole, sum.value());
    if (whole == 0) return error{errc::invalid_argument, "shares"}.because("are all 0");

    CRIA_TRY(const auto bytes, detail::bytes_by_layer(tensors, bound));
    std::uint64_t total = 0;
    for (const std::uint64_t of_layer : bytes) total += of_layer;
    // 32 bits of the shares are enough for what whole layers can follow.
    const int surplus = static_cast<int>(std::bit_width(whole)) - 32;
    const auto shift = static_cast<unsigned>(surplus > 0 ? surplus : 0);

    buffer<std::uint32_t> devices;
    CRIA_TRY_VOID(devices.resize(n_layers + 2, "placement"));
    std::uint32_t device = 0;
    std::uint64_t shares_so_far = shares[0];  // up to and with `device`'s
    std::uint64_t before = 0;
    for (std::size_t layer = 0; layer < n_layers; ++layer) {
        const std::uint64_t middle = before + bytes[layer] / 2;
        while (device < last && detail::scaled(total, shares_so_far >> shift, whole >> shift) <= middle) shares_so_far += shares[++device];
        devices[layer + 1] = device;
        before += bytes[layer];
    }
    devices[0] = devices[1];
    devices[n_layers + 1] = devices[n_layers];
    return detail::place_parts(tensors, bound, devices, shares.size());
}

inline auto place_by_size(const gguf::tensor_table& tensors, std::uint32_t n_devices) -> result<tensor_placement> {
    CRIA_TRY(auto own, detail::placer::of(tensors, n_devices));
    buffer<std::size_t> order;
    buffer<std::uint32_t> devices;
    buffer<std::uint64_t> loads;
    CRIA_TRY_VOID(order.resize(tensors.size(), "placement"));
    CRIA_TRY_VOID(devices.resize(tensors.size(), "placement"));
    CRIA_TRY_VOID(loads.resize(n_devices, "placement"));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    cria::detail::sort(order.data(), order.size(), [&](std::size_t a, std::size_t b) {
        return tensors[a].size_bytes != tensors[b].size_bytes ? tensors[a].size_bytes > tensors[b].size_bytes : a < b;
    });
    for (const std::size_t at : order) {
        std::uint32_t least = 0;
        for (std::uint32_t device = 1; device < n_devices; ++device)
            if (loads[device] < loads[least]) least = device;
        devices[at] = least;
        if (!cria::detail::checked_add(loads[least], tensors[at].size_bytes, loads[least]))
            return error{errc::overflow, tensors[at].name}.because("bytes of a device do not fit 64 bits").finding(tensors[at].size_bytes);
    }
    for (const std::uint32_t device : devices) {
        CRIA_TRY_VOID(own.next());
        CRIA_TRY_VOID(own.add(device));
    }
    return std::move(own.made);
}

template <class F>
    requires std::is_invocable_r_v<std::optional<std::uint32_t>, F&, const gguf::tensor&>
auto place_by(const gguf::tensor_table& tensors, std::uint32_t n_devices, F&& device_of) -> result<tensor_placement> {
    CRIA_TRY(auto own, detail::placer::of(tensors, n_devices));
    for (const gguf::tensor& tensor : tensors) {
        CRIA_TRY_VOID(own.next());
        const std::optional<std::uint32_t> device = device_of(tensor);
        if (!device) continue;
        if (*device >= n_devices)
            return error{errc::invalid_argument, tensor.name}
                .because("device number is not below the number of devices")
                .expecting(std::uint64_t{n_devices}, std::uint64_t{*device});
        CRIA_TRY_VOID(own.add(*device));
    }
    return std::move(own.made);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_PLACEMENT_HPP
