// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_DEVICE_PRODUCTS_HPP
#define CRIA_ENGINE_DEVICE_PRODUCTS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/llama/device_layout.hpp"
#include "cria/llama/device_model.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/placement.hpp"
#include "cria/llama/slice.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/quant/half.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/runtime.hpp"
#include "engine/matmul.hpp"
#include "engine/products.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>  // less
#include <memory>
#include <new>  // nothrow
#include <optional>
#include <span>
#include <utility>

// The engine's products on a device: weights are brought there once, as floats of 32 or 16 bits; what they are multiplied
// with goes there for every product, and the results come back. Neither CUDA nor a library of products is named here: the
// tool has cuBLAS for it, and the tests have devices in host memory.
//
// On the device is every tensor that the engine multiplies. The embedding is not, unless it is the output as well: its rows
// are looked up on the CPU, in the file. So there is no product that the CPU would have to do.

namespace engine {

/// y[t · n_out + o] = Σ w[o][i] · x[t · n_in + i], all of it in the memory of one device. Rows of `w` may lie apart.
struct device_product {
    const std::byte* weights = nullptr;  ///< {n_out, n_in}
    cria::tensor_type type{};            ///< of weights and x: f32, f16 or bf16
    std::uint64_t n_in = 0, n_out = 0;
    std::uint64_t stride = 0;            ///< numbers from a row of weights to the next
    const std::byte* x = nullptr;        ///< {n_tokens, n_in}
    std::uint64_t n_tokens = 0;          ///< none of these four is 0
    float* y = nullptr;                  ///< {n_tokens, n_out}
};

/// What multiplies on a device. All calls are made with the device in use, on one thread. open() comes first, and once: from
/// then on products are queued on that stream, where they are summed in floats of 32 bits. close() comes last, also where
/// open() has failed, and when nothing is queued.
template <class M, class R>
concept multiplier_for = cria::upload::runtime<R> && std::move_constructible<M> && requires(M& m, const device_product& asked, typename R::stream on) {
    { m.open(on) } -> std::same_as<cria::result<void>>;
    { m.multiply(asked) } -> std::same_as<cria::result<void>>;
    { m.close() } -> std::same_as<cria::result<void>>;
};

/// How to keep a model on a device.
struct device_products_options {
    std::uint32_t device = 0;                                ///< the runtime's number
    cria::tensor_type weights = cria::tensor_type::f32;      ///< f32, f16 or bf16; what they are multiplied with is rounded to the same
    std::size_t batch_length = 512;                          ///< tokens that are multiplied at once, where `most_bytes` allows it
    std::uint64_t most_bytes = std::uint64_t{64} << 20U;     ///< of what is multiplied, and again of results, unless one token has more
    cria::upload::progress_callback on_progress = {};        ///< of the upload; false cancels
};

namespace detail {

/// The power of two that brings the largest of `x` to 2¹⁴ or above, but below 2¹⁵: nothing is too large for 16 bits then, and
/// as little as possible is too small. 0 where there is none, and where something is infinite.
[[nodiscard]] inline auto exponent_for_f16(std::span<const float> x) -> int {
    float largest = 0;
    for (const float each : x)
        if (std::fabs(each) > largest) largest = std::fabs(each);
    if (largest == 0 || std::isinf(largest)) return 0;
    int exponent = 0;
    static_cast<void>(std::frexp(largest, &exponent));
    return std::clamp(15 - exponent, -126, 126);  // whose powers of two are floats, and with the other sign, too
}

}  // namespace detail

/// A model's weights on a device, and their products.
///
/// Borrows: the model, whose file must be mapped, and the runtime. Threads: one at a time.
template <cria::upload::runtime R, multiplier_for<R> M>
class device_products final : public products {
public:
    /// Brings the weights there, which is most of what it takes.
    /// Fails: errc::invalid_argument for another type of weights; errc::no_device; errc::out_of_memory before a byte moves where the device's
    ///        free memory is less than all of it will take: error::expected and found are these two; as the multiplier,
    ///        gguf::shards::bytes and llama::upload_layout; errc::cancelled. Everything is given back.
    template <cria::llama::converter_for<R> C>
    [[nodiscard]] static auto make(const cria::llama::model& model, R& runtime, C& converter, M multiplier, const device_products_options& options = {})
        -> cria::result<std::unique_ptr<device_products>> {
        std::unique_ptr<device_products> made(new (std::nothrow) device_products(runtime, std::move(multiplier), options));
        if (!made) return cria::error{cria::errc::out_of_memory, "products on a device"};
        CRIA_TRY_VOID(made->open(model, converter, options));
        return made;
    }
    device_products(const device_products&) = delete;
    auto operator=(const device_products&) -> device_products& = delete;
    ~device_products() override { close(); }

    /// Fails: errc::invalid_argument for a matrix that is not of this model, or not whole rows; as the runtime and the multiplier.
    [[nodiscard]] auto multiply(const matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> override;

    /// Where the weights are.
    [[nodiscard]] auto weights() const -> const cria::llama::device_model<R>& { return *weights_; }

private:
    /// A tensor, by where its bytes are in the mapping.
    struct mapped_tensor {
        cria::byte_view bytes;
        const cria::gguf::tensor* tensor = nullptr;
    };

    device_products(R& runtime, M multiplier, const device_products_options& options)
        : runtime_(runtime), multiplier_(std::move(multiplier)), device_(options.device), type_(options.weights) {}

    template <class C>
    [[nodiscard]] auto open(const cria::llama::model& model, C& converter, const device_products_options& options) -> cria::result<void>;
    [[nodiscard]] auto remember(const cria::llama::model& model, const cria::llama::tensor_placement& placement, const device_products_options& options) -> cria::result<void>;
    [[nodiscard]] auto find(const matrix& w) const -> cria::result<cria::llama::device_tensor>;
    [[nodiscard]] auto multiply_at_once(const cria::llama::device_tensor& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void>;
    [[nodiscard]] auto queue(const cria::llama::device_tensor& w, std::size_t n_tokens) -> cria::result<void>;
    void put(const float* x, std::size_t n_in, std::size_t n_tokens);
    void close();

    [[nodiscard]] auto number_bytes() const -> std::size_t { return type_ == cria::tensor_type::f32 ? sizeof(float) : sizeof(cria::quant::f16); }

    R& runtime_;
    M multiplier_;
    std::uint32_t device_;
    cria::tensor_type type_;
    std::optional<cria::llama::device_model<R>> weights_;
    cria::buffer<mapped_tensor> tensors_;  // by address
    std::size_t x_numbers_ = 0, y_numbers_ = 0;  // that there is room for
    cria::buffer<int> exponents_;          // of each token, with f16
    std::optional<typename R::stream> stream_;
    std::byte* x_there_ = nullptr;
    std::byte* y_there_ = nullptr;
    cria::upload::pinned_memory x_here_, y_here_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// What the engine multiplies, on device 0 of a placement; the rest stays in the file.
[[nodiscard]] inline auto place_products(const cria::llama::model& model) -> cria::result<cria::llama::tensor_placement> {
    const cria::llama::weights& bound = model.weights();
    auto unused = bound.unused();  // in the order of the table
    return cria::llama::place_by(model.files().tensors(), 1, [&](const cria::gguf::tensor& tensor) -> std::optional<std::uint32_t> {
        if (!unused.empty() && unused.front() == &tensor) {
            unused = unused.subspan(1);
            return std::nullopt;
        }
        const bool is_looked_up_alone = &tensor == bound.token_embd && !bound.tied_output;
        return is_looked_up_alone ? std::nullopt : std::optional{0U};
    });
}

/// Numbers for a batch of tokens that have `widest` each, or for as many tokens as `most_bytes` hold, but one in any case.
[[nodiscard]] inline auto numbers_for(std::uint64_t widest, std::size_t batch_length, std::uint64_t most_bytes) -> std::uint64_t {
    if (widest == 0) return 1;
    const std::uint64_t n_tokens = std::clamp<std::uint64_t>(most_bytes / sizeof(float) / widest, 1, std::max<std::size_t>(batch_length, 1));
    return n_tokens * widest;
}

}  // namespace detail

template <cria::upload::runtime R, multiplier_for<R> M>
auto device_products<R, M>::remember(const cria::llama::model& model, const cria::llama::tensor_placement& placement, const device_products_options& options) -> cria::result<void> {
    std::uint64_t widest_in = 0, widest_out = 0;
    for (const cria::llama::placed_tensor& placed : placement.entries()) {
        const cria::gguf::tensor& tensor = model.files().tensors()[placed.tensor];
        CRIA_TRY(const auto bytes, model.files().bytes(tensor));
        if (bytes.empty()) continue;
        const cria::llama::tensor_slice whole = cria::llama::slice_of(tensor);
        widest_in = std::max(widest_in, whole.n_in);
        widest_out = std::max(widest_out, whole.n_out);
        CRIA_TRY_VOID(tensors_.push_back({bytes, &tensor}, "products on a device"));
    }
    std::sort(tensors_.begin(), tensors_.end(), [](const mapped_tensor& a, const mapped_tensor& b) { return std::less<>()(a.bytes.data(), b.bytes.data()); });
    x_numbers_ = static_cast<std::size_t>(detail::numbers_for(widest_in, options.batch_length, options.most_bytes));
    y_numbers_ = static_cast<std::size_t>(detail::numbers_for(widest_out, options.batch_length, options.most_bytes));
    return exponents_.resize(std::min(options.batch_length, x_numbers_), "products on a device");
}

template <cria::upload::runtime R, multiplier_for<R> M>
template <class C>
auto device_products<R, M>::open(const cria::llama::model& model, C& converter, const device_products_options& options) -> cria::result<void> {
    namespace llama = cria::llama;
    using cria::tensor_type;
    if (type_ != tensor_type::f32 && type_ != tensor_type::f16 && type_ != tensor_type::bf16)
        return cria::error{cria::errc::invalid_argument, "weights"}.because("are to be neither f32 nor f16 nor bf16").finding(std::uint64_t{static_cast<std::uint32_t>(type_)});
    if (options.batch_length == 0) return cria::error{cria::errc::invalid_argument, "batch_length"}.because("is 0");
    const llama::number_type number = type_ == tensor_type::f32 ? llama::number_type::f32 : type_ == tensor_type::f16 ? llama::number_type::f16 : llama::number_type::bf16;
    CRIA_TRY(const auto placement, detail::place_products(model));
    CRIA_TRY_VOID(remember(model, placement, options));
    // Vectors, too: a matrix of one row looks like one.
    CRIA_TRY(auto layout, llama::make_device_layout(model.files().tensors(), placement, {.convert = {.matrices = number, .vectors = number}}));
    CRIA_TRY(const auto sources, llama::upload_sources(model.files()));

    CRIA_TRY(const std::uint32_t n_devices, runtime_.device_count());
    if (device_ >= n_devices) return cria::error{cria::errc::no_device, "device"}.expecting(std::uint64_t{n_devices}, std::uint64_t{device_});
    CRIA_TRY_VOID(runtime_.use(device_));
    CRIA_TRY(stream_, runtime_.make_stream());
    CRIA_TRY_VOID(multiplier_.open(*stream_));  // takes memory of its own
    const std::uint64_t x_bytes = std::uint64_t{x_numbers_} * number_bytes(), y_bytes = std::uint64_t{y_numbers_} * sizeof(float);
    const llama::device_share& share = layout.devices()[0];
    CRIA_TRY(const auto facts, runtime_.facts(device_));
    const std::uint64_t needed_bytes = share.arena_bytes + share.scratch_bytes + x_bytes + y_bytes;
    if (facts.free_bytes < needed_bytes)
        return cria::error{cria::errc::out_of_memory, "device memory"}.because("is less than weights, their conversion and products need").expecting(needed_bytes, facts.free_bytes);
    const auto allocate = [&](std::uint64_t size_bytes, std::byte*& there, cria::upload::pinned_memory& here) -> cria::result<void> {
        CRIA_TRY(void* const memory, runtime_.allocate(size_bytes));
        there = static_cast<std::byte*>(memory);
        CRIA_TRY(here, runtime_.allocate_pinned(static_cast<std::size_t>(size_bytes)));
        return {};
    };
    CRIA_TRY_VOID(allocate(x_bytes, x_there_, x_here_));
    CRIA_TRY_VOID(allocate(y_bytes, y_there_, y_here_));

    cria::upload::options<R> upload;
    upload.devices = std::span(&device_, 1);
    upload.on_progress = options.on_progress;
    CRIA_TRY(auto there, llama::upload_layout(model.files().tensors(), std::move(layout), sources.span(), runtime_, converter, upload));
    weights_.emplace(std::move(there));
    return {};
}

/// Nobody asks how that went: what the device has is given back in any case, and pinned memory unless the device may still write to it.
template <cria::upload::runtime R, multiplier_for<R> M>
void device_products<R, M>::close() {
    if (!stream_) return;  // which is what is made first
    static_cast<void>(runtime_.use(device_));
    auto drained = runtime_.synchronize(*stream_);
    if (!drained) drained = runtime_.synchronize(*stream_);  // an earlier error is reported once by some calls
    static_cast<void>(multiplier_.close());
    static_cast<void>(runtime_.destroy(*stream_));
    for (std::byte* const memory : {x_there_, y_there_})
        if (memory != nullptr) static_cast<void>(runtime_.release(memory));
    for (const cria::upload::pinned_memory& memory : {x_here_, y_here_})
        if (memory.address != nullptr && drained) static_cast<void>(runtime_.release_pinned(memory));
    weights_.reset();
}

/// The rows, where they are on the device.
template <cria::upload::runtime R, multiplier_for<R> M>
auto device_products<R, M>::find(const matrix& w) const -> cria::result<cria::llama::device_tensor> {
    const auto unknown = cria::error{cria::errc::invalid_argument, "matrix"}.because("is not rows of a tensor that is on the device");
    const auto is_behind = [](const std::byte* address, const mapped_tensor& each) { return std::less<>()(address, each.bytes.data()); };
    const mapped_tensor* const next = std::upper_bound(tensors_.begin(), tensors_.end(), w.bytes.data(), is_behind);
    if (next == tensors_.begin()) return unknown;
    const mapped_tensor& in = *(next - 1);
    cria::llama::tensor_slice rows = cria::llama::slice_of(*in.tensor);
    rows.offset_bytes = reinterpret_cast<std::uintptr_t>(w.bytes.data()) - reinterpret_cast<std::uintptr_t>(in.bytes.data());
    const bool is_within = rows.offset_bytes <= in.bytes.size() && w.bytes.size() <= in.bytes.size() - rows.offset_bytes;
    if (!is_within || w.type != in.tensor->type || w.n_in != rows.n_in || rows.row_bytes == 0 || w.bytes.size() / rows.row_bytes != w.n_out) return unknown;
    rows.n_out = w.n_out;
    const auto there = weights_->find(rows);
    if (!there || rows.offset_bytes % rows.row_bytes != 0) return unknown;
    if (there->type != type_) return cria::error{cria::errc::unsupported_type, in.tensor->name}.finding(std::uint64_t{static_cast<std::uint32_t>(there->type)});  // integers stay what they are
    return *there;
}

template <cria::upload::runtime R, multiplier_for<R> M>
auto device_products<R, M>::multiply(const matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> {
    const auto n_in = static_cast<std::size_t>(w.n_in), n_out = static_cast<std::size_t>(w.n_out);
    if (n_out == 0) return {};
    if (n_in == 0) {
        std::fill_n(y, n_tokens * n_out, 0.0F);
        return {};
    }
    CRIA_TRY(const auto there, find(w));
    CRIA_TRY_VOID(runtime_.use(device_));
    const std::size_t most = std::min({x_numbers_ / n_in, y_numbers_ / n_out, exponents_.size()});  // 1 or more: no tensor has wider rows, or more of them
    for (std::size_t at = 0; at < n_tokens; at += most)
        CRIA_TRY_VOID(multiply_at_once(there, x + at * n_in, std::min(most, n_tokens - at), y + at * n_out));
    return {};
}

template <cria::upload::runtime R, multiplier_for<R> M>
auto device_products<R, M>::multiply_at_once(const cria::llama::device_tensor& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> {
    const auto n_in = static_cast<std::size_t>(w.n_in), n_out = static_cast<std::size_t>(w.n_out);
    put(x, n_in, n_tokens);
    const auto queued = queue(w, n_tokens);
    const auto done = runtime_.synchronize(*stream_);  // where queueing has failed, too: pinned memory is to be written again
    CRIA_TRY_VOID(queued);
    CRIA_TRY_VOID(done);
    std::memcpy(y, y_here_.address, n_tokens * n_out * sizeof(float));
    if (type_ != cria::tensor_type::f16) return {};
    for (std::size_t t = 0; t < n_tokens; ++t) {
        if (exponents_[t] == 0) continue;
        const float back = std::ldexp(1.0F, -exponents_[t]);
        for (std::size_t o = 0; o < n_out; ++o) y[t * n_out + o] *= back;
    }
    return {};
}

template <cria::upload::runtime R, multiplier_for<R> M>
auto device_products<R, M>::queue(const cria::llama::device_tensor& w, std::size_t n_tokens) -> cria::result<void> {
    device_product asked{w.address, type_, w.n_in, w.n_out};
    asked.stride = w.stride_bytes / number_bytes();
    asked.x = x_there_;
    asked.n_tokens = n_tokens;
    asked.y = reinterpret_cast<float*>(y_there_);
    CRIA_TRY_VOID(runtime_.copy_to_device(x_there_, x_here_.address, n_tokens * w.n_in * number_bytes(), *stream_));
    CRIA_TRY_VOID(multiplier_.multiply(asked));
    return runtime_.copy_to_host(y_here_.address, y_there_, n_tokens * w.n_out * sizeof(float), *stream_);
}

/// What is multiplied, as the device is to have it. With f16 each token is brought into the range of that first, by a power
/// of two, which multiply_at_once takes back: activations of real models are larger than 65,504 here and there.
template <cria::upload::runtime R, multiplier_for<R> M>
void device_products<R, M>::put(const float* x, std::size_t n_in, std::size_t n_tokens) {
    std::byte* const to = x_here_.address;
    if (type_ == cria::tensor_type::f32) return void(std::memcpy(to, x, n_tokens * n_in * sizeof(float)));
    for (std::size_t t = 0; t < n_tokens; ++t) {
        const std::span<const float> row(x + t * n_in, n_in);
        std::byte* const out = to + t * n_in * sizeof(std::uint16_t);
        exponents_[t] = type_ == cria::tensor_type::f16 ? detail::exponent_for_f16(row) : 0;
        const float scale = std::ldexp(1.0F, exponents_[t]);
        for (std::size_t i = 0; i < n_in; ++i) {
            const std::uint16_t bits = type_ == cria::tensor_type::f16 ? cria::quant::to_f16(row[i] * scale).bits : cria::quant::to_bf16(row[i]).bits;
            std::memcpy(out + i * sizeof bits, &bits, sizeof bits);
        }
    }
}

}  // namespace engine

#endif  // CRIA_ENGINE_DEVICE_PRODUCTS_HPP
