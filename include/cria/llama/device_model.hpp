// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_DEVICE_MODEL_HPP
#define CRIA_LLAMA_DEVICE_MODEL_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/io/clock.hpp"
#include "cria/llama/device_layout.hpp"
#include "cria/llama/fit.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/placement.hpp"
#include "cria/llama/slice.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/upload/digest.hpp"
#include "cria/upload/dlpack.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/lane.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/report.hpp"
#include "cria/upload/resident.hpp"
#include "cria/upload/runtime.hpp"

#include <atomic>
#include <bit>  // has_single_bit
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

// A model's weights on devices, found by tensor and by slice, in the types that an engine computes with.
//
//     CRIA_TRY(const auto model, llama::open("model.gguf"));
//     gpu::cuda_runtime cuda;
//     gpu::dequantizer dequantizer;
//     CRIA_TRY(const auto weights, llama::upload_model(model, cuda, dequantizer, {.convert = {.matrices = llama::number_type::f16}}));
//     for (const auto& layer : model.weights().layers) {
//         const auto query = weights.find(layer.query);    // also where the file has one matrix of queries, keys and values
//         multiply(query->address, query->n_in, query->n_out, query->stride_bytes, …);
//     }
//
// device_layout.hpp decides where everything goes; this carries it out with the executor of upload/ and any converter. It names neither
// CUDA nor a kernel: both come as arguments, so that it needs no toolkit, and runs on devices in host memory where a test wants that.

namespace cria::inline v0::llama {

/// What converts on a device: gpu::dequantizer, or the caller's own. It is called on one thread, with the device in use, and
/// queues its work on `stream`. A converter may also have `prepare(type)`, which is called beforehand, beside the first upload.
template <class C, class R>
concept converter_for = upload::runtime<R> && requires(C& c, tensor_type type, const void* blocks, std::uint64_t n_elements, void* out, typename R::stream stream) {
    { c.dequantize(type, blocks, n_elements, type, out, stream) } -> std::same_as<result<void>>;
};

/// For uploads that convert nothing.
struct no_converter {
    template <class Stream>
    [[nodiscard]] auto dequantize(tensor_type, const void*, std::uint64_t, tensor_type, void*, Stream) const -> result<void> {
        return error{errc::invalid_argument, "converter"}.because("is needed for tensors that change their type");
    }
};

/// A tensor, or a slice of one, in a device's memory. A plain value; borrows the tensor and the memory.
struct device_tensor {
    const gguf::tensor* tensor = nullptr;
    std::byte* address = nullptr;      ///< of the first row
    tensor_type type{};                ///< of the numbers there
    std::uint64_t n_in = 0;            ///< elements of a row
    std::uint64_t n_out = 0;           ///< rows
    std::uint64_t row_bytes = 0;       ///< of a row; 0 for a type whose layout is not known
    std::uint64_t stride_bytes = 0;    ///< from a row to the next
    std::uint64_t size_bytes = 0;      ///< of all rows, without what lies between them
    std::uint32_t device = 0;          ///< the placement's number
    std::uint32_t runtime_device = 0;  ///< the runtime's, which is another one where upload::options::devices says so

    /// Whether the rows follow one another without a gap.
    [[nodiscard]] auto is_contiguous() const noexcept -> bool { return row_bytes == stride_bytes || n_out <= 1; }
};

/// For upload::to_dlpack: a whole tensor in its own shape, a slice as a matrix {n_in, n_out}. Borrows the memory.
/// Fails: errc::unsupported_feature for rows that lie apart; as upload::tensor_at.
[[nodiscard]] inline auto view_of(const device_tensor& there, upload::dl_device_type kind = upload::dl_device_type::cuda) -> result<upload::tensor_view>;

/// How it went.
struct device_model_report {
    upload::source_mode how = upload::source_mode::mapped;                    ///< most of the bytes came
    upload::verification verified = upload::verification::placement;          ///< of the bytes of the file, on the device and before they were converted
    std::uint64_t upload_bytes = 0;    ///< of the file, copies of tensors included
    std::uint64_t converted_bytes = 0; ///< of these, what changed its type
    std::uint64_t resident_bytes = 0;  ///< all arenas
    std::uint64_t scratch_bytes = 0;   ///< the most that conversion took of one device's memory, and has given back
    std::uint64_t pinned_bytes = 0;    ///< the most at one time, slots that waited for the next window included
    std::uint64_t digest = 0;          ///< one number of all bytes that were uploaded; 0 unless `verified` is checksum or more
    std::uint64_t n_windows = 0;
    double upload_seconds = 0;         ///< copies and their verification, conversions beside them included
    double convert_seconds = 0;        ///< what was left of conversions when that was done
    double total_seconds = 0;
};

/// How to bring a model to devices. The defaults put all tensors on device 0, as they are in the file.
template <upload::runtime R>
struct device_options {
    conversion convert = {};
    // Which tensor goes where: at most one of the three. Borrowed during the call.
    const tensor_placement* placement = nullptr;     ///< of the caller's making
    const fit_report* fit = nullptr;                 ///< layers where fit() has found room for them: as they are in the file, which may be less than they will take
    std::span<const std::uint64_t> shares = {};      ///< all layers, in these proportions of their bytes
    std::uint64_t scratch_bytes = layout_options().scratch_bytes;  ///< as layout_options has it
    upload::plan_options plan = {};                  ///< alignment, chunks, tail, broadcasts; plan_options::n_devices is not asked
    upload::options<R> upload = {};                  ///< of all uploads together; arenas are as large as device_share::arena_bytes says
};

namespace detail {

/// Memory of devices that is released with the object, where it was not the caller's.
template <upload::runtime R>
class device_memory {
public:
    device_memory() noexcept = default;
    explicit device_memory(R& runtime, const upload::memory_resource* from) noexcept : runtime_(&runtime), from_(from) {}
    device_memory(device_memory&& other) noexcept : runtime_(other.runtime_), from_(other.from_), blocks_(std::move(other.blocks_)) {}
    auto operator=(device_memory&& other) noexcept -> device_memory& {
        if (this != &other) {
            static_cast<void>(release());
            runtime_ = other.runtime_;
            from_ = other.from_;
            blocks_ = std::move(other.blocks_);
        }
        return *this;
    }
    device_memory(const device_memory&) = delete;
    auto operator=(const device_memory&) -> device_memory& = delete;
    ~device_memory() { static_cast<void>(release()); }

    /// `size_bytes` more on `device`, which is in use; none where that is 0. Fails: as the runtime, or the resource; errc::misaligned.
    [[nodiscard]] auto add(std::uint32_t device, std::uint64_t size_bytes, std::uint64_t alignment_bytes, const upload::arena_memory* given = nullptr) -> result<void> {
        CRIA_TRY_VOID(blocks_.push_back({nullptr, size_bytes, device, false}, "device memory"));
        upload::resident_arena& made = blocks_.back();
        if (size_bytes == 0) return {};
        void* address = given == nullptr ? nullptr : given->address;
        if (given == nullptr && from_ != nullptr) {
            CRIA_TRY(address, from_->allocate(from_->context, device, size_bytes, alignment_bytes));
        } else if (given == nullptr) {
            CRIA_TRY(address, runtime_->allocate(size_bytes));
        }
        made.address = static_cast<std::byte*>(address);
        made.is_owned = given == nullptr;
        if (reinterpret_cast<std::uintptr_t>(address) % alignment_bytes != 0)
            return error{errc::misaligned, "arena"}.because("memory is not aligned as the plan demands").expecting(alignment_bytes, {});
        return {};
    }
    [[nodiscard]] auto blocks() const noexcept -> std::span<const upload::resident_arena> { return blocks_.span(); }

    /// Fails: the first error; all is gone all the same.
    auto release() -> result<void> {
        result<void> first;
        for (upload::resident_arena& each : blocks_) {
            if (!std::exchange(each.is_owned, false)) continue;
            auto answer = runtime_->use(each.device);
            if (from_ != nullptr) {
                from_->release(from_->context, each.device, each.address, each.size_bytes);
            } else if (auto released = runtime_->release(each.address); !released) {
                answer = released;
            }
            if (!answer && first) first = answer;
        }
        blocks_ = {};
        return first;
    }

private:
    R* runtime_ = nullptr;
    const upload::memory_resource* from_ = nullptr;
    buffer<upload::resident_arena> blocks_;
};

template <upload::runtime R, class C>
class device_loader;

}  // namespace detail

/// A model's weights on devices; move-only. Their memory is released by the destructor, unless it is the caller's; which device is in use
/// afterwards is not said, here and in release().
///
/// Borrows: the runtime, the memory resource, the tensor table (a llama::model or gguf::shards that is moved keeps it where it is).
/// Threads: const, safe to share.
template <upload::runtime R>
class device_model {
public:
    /// A tensor of the table on `device` (the placement's number), if it is there. Cost: O(log tensors).
    [[nodiscard]] auto find(const gguf::tensor& tensor, std::uint32_t device) const noexcept -> std::optional<device_tensor> {
        return locate(slice_of(tensor), number_of(tensor), device);
    }
    /// On the lowest device that has it.
    [[nodiscard]] auto find(const gguf::tensor& tensor) const noexcept -> std::optional<device_tensor> { return locate(slice_of(tensor), number_of(tensor), {}); }
    /// A role that the file may not fill: nothing for null.
    [[nodiscard]] auto find(const gguf::tensor* tensor, std::uint32_t device) const noexcept -> std::optional<device_tensor> {
        return tensor == nullptr ? std::nullopt : find(*tensor, device);
    }
    [[nodiscard]] auto find(const gguf::tensor* tensor) const noexcept -> std::optional<device_tensor> { return tensor == nullptr ? std::nullopt : find(*tensor); }
    /// A part of a tensor: rows, columns, an expert, a share, as slice.hpp and share.hpp make them of the table's tensors. Where the
    /// tensor was converted, the part is of the numbers that it has now. Nothing for no slice, and for one that is not of the tensor's rows.
    [[nodiscard]] auto find(const tensor_slice& slice, std::uint32_t device) const noexcept -> std::optional<device_tensor> {
        return !slice ? std::nullopt : locate(slice, number_of(*slice.tensor), device);
    }
    [[nodiscard]] auto find(const tensor_slice& slice) const noexcept -> std::optional<device_tensor> {
        return !slice ? std::nullopt : locate(slice, number_of(*slice.tensor), {});
    }

    /// What is where, and of which type.
    [[nodiscard]] auto layout() const& noexcept CRIA_LIFETIME_BOUND -> const device_layout& { return layout_; }
    auto layout() && -> const device_layout& = delete;
    /// One a device of the placement.
    [[nodiscard]] auto arenas() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const upload::resident_arena> { return memory_.blocks(); }
    auto arenas() && -> std::span<const upload::resident_arena> = delete;
    [[nodiscard]] auto report() const& noexcept CRIA_LIFETIME_BOUND -> const device_model_report& { return report_; }
    auto report() && -> const device_model_report& = delete;

    /// Releases what is owned, as the destructor does, and says how that went; nothing is found any more.
    /// Fails: the first error; all is gone all the same.
    auto release() -> result<void> { return memory_.release(); }

private:
    template <upload::runtime, class>
    friend class detail::device_loader;
    device_model(device_layout&& layout, const gguf::tensor_table& tensors) noexcept : layout_(std::move(layout)), first_(tensors.begin()) {}

    /// The tensor's place in the table; one that no table has where it is not of this one.
    [[nodiscard]] auto number_of(const gguf::tensor& tensor) const noexcept -> std::size_t {
        const std::uintptr_t distance = reinterpret_cast<std::uintptr_t>(&tensor) - reinterpret_cast<std::uintptr_t>(first_);  // of others it wraps, or is too large
        return distance % sizeof tensor == 0 ? static_cast<std::size_t>(distance / sizeof tensor) : layout_.n_tensors();
    }
    [[nodiscard]] auto locate(const tensor_slice& slice, std::size_t number, std::optional<std::uint32_t> device) const noexcept -> std::optional<device_tensor>;

    device_layout layout_;
    const gguf::tensor* first_;
    detail::device_memory<R> memory_;
    device_model_report report_;
};

/// Brings tensors to devices as `layout` says, whatever they are tensors of.
///
///     CRIA_TRY(auto layout, llama::make_device_layout(files.tensors(), placement, {.convert = {.matrices = llama::number_type::bf16}}));
///     CRIA_TRY(const auto sources, llama::upload_sources(files));
///     CRIA_TRY(const auto weights, llama::upload_layout(files.tensors(), std::move(layout), sources.span(), cuda, dequantizer));
///
/// Each of the options means all uploads together: progress counts the bytes of the file, `arenas` and `memory` are for the arenas (scratch
/// comes from `memory`, too, or the runtime), `after` comes before anything is written. Which device is in use afterwards is not said.
///
/// Fails: errc::invalid_argument where the layout is of another number of tensors, and as upload::execute; errc::out_of_memory before a byte moves where a
///        device's free memory cannot hold arena and scratch; the converter's errors; errc::cancelled. Everything is given back.
/// Preconditions: `tensors` is the table that the layout was made of, and numbers are in this machine's byte order where they are converted.
template <upload::runtime R, converter_for<R> C>
[[nodiscard]] auto upload_layout(const gguf::tensor_table& tensors, device_layout&& layout, std::span<const upload::source> sources, R& runtime, C& converter,
                                 const upload::options<R>& options = {}) -> result<device_model<R>>;

/// Brings a model to devices, in the types that it is to have there.
///
/// Fails: errc::invalid_argument for more than one kind of placement; as place_by_layer, make_device_layout and upload_layout.
/// Borrows: the model (which may be moved), the runtime; the converter and what the options point to during the call.
template <upload::runtime R, converter_for<R> C>
[[nodiscard]] auto upload_model(const model& opened, R& runtime, C& converter, const device_options<R>& options = {}) -> result<device_model<R>>;
/// The same as it is in the file.
/// Fails: also errc::invalid_argument where something is to be converted.
template <upload::runtime R>
[[nodiscard]] auto upload_model(const model& opened, R& runtime, const device_options<R>& options = {}) -> result<device_model<R>> {
    no_converter none;
    return upload_model(opened, runtime, none, options);
}
template <upload::runtime R, converter_for<R> C>
auto upload_model(model&& opened, R& runtime, C& converter, const device_options<R>& options = {}) -> result<device_model<R>> = delete;
template <upload::runtime R>
auto upload_model(model&& opened, R& runtime, const device_options<R>& options = {}) -> result<device_model<R>> = delete;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto view_of(const device_tensor& there, upload::dl_device_type kind) -> result<upload::tensor_view> {
    if (there.tensor == nullptr) return error{errc::invalid_argument, "tensor"}.because("there is none");
    if (!there.is_contiguous()) return error{errc::unsupported_feature, there.tensor->name}.because("has rows that lie apart");
    const upload::dl_device device{kind, kind == upload::dl_device_type::cpu ? 0 : static_cast<std::int32_t>(there.runtime_device)};
    const bool is_whole = there.n_in == there.tensor->shape[0] && there.n_out == slice_of(*there.tensor).n_out;
    if (is_whole) return upload::tensor_at(there.address, device, there.type, there.tensor->shape.dimensions());
    const std::uint64_t extents[] = {there.n_in, there.n_out};
    return upload::tensor_at(there.address, device, there.type, extents);
}

template <upload::runtime R>
auto device_model<R>::locate(const tensor_slice& slice, std::size_t number, std::optional<std::uint32_t> device) const noexcept -> std::optional<device_tensor> {
    if (number >= layout_.n_tensors() || memory_.blocks().empty()) return std::nullopt;
    const device_entry* const entry = device ? layout_.find(number, *device) : layout_.find(number);
    if (entry == nullptr) return std::nullopt;
    const upload::resident_arena& arena = memory_.blocks()[entry->device];
    const gguf::tensor& tensor = *slice.tensor;
    const tensor_slice whole = slice_of(tensor);

    device_tensor found{&tensor, nullptr, entry->type, slice.n_in, slice.n_out, slice.row_bytes, slice.stride_bytes, 0, entry->device, arena.device};
    std::uint64_t offset_bytes = slice.offset_bytes;
    found.size_bytes = slice.size_bytes();
    if (whole.row_bytes == 0) {  // a type that is not known, or rows of nothing
        if (slice.n_in != whole.n_in || slice.n_out != whole.n_out || slice.offset_bytes != 0) return std::nullopt;
        found.size_bytes = entry->size_bytes;
    } else {
        // Rows and columns, from bytes of the file's type.
        const geometry stored = *geometry_of(tensor.type), there = *geometry_of(entry->type);
        const auto bytes = [](const geometry& layout, std::uint64_t elements) { return elements / layout.elements_per_block * layout.bytes_per_block; };  // fits: the tensor does
        if (slice.n_in > whole.n_in || slice.n_in % stored.elements_per_block != 0 || slice.row_bytes != bytes(stored, slice.n_in)) return std::nullopt;
        found.row_bytes = bytes(there, slice.n_in);
        found.stride_bytes = bytes(there, whole.n_in);
        found.size_bytes = 0;
        offset_bytes = 0;
        if (slice.n_out > 0 && slice.row_bytes > 0) {  // else there are no elements, wherever they are
            const std::uint64_t first_row = slice.offset_bytes / whole.row_bytes, before_bytes = slice.offset_bytes % whole.row_bytes;
            const std::uint64_t rows_apart = slice.n_out == 1 ? 1 : slice.stride_bytes / whole.row_bytes;
            const bool is_of_columns = before_bytes % stored.bytes_per_block == 0 && slice.row_bytes <= whole.row_bytes - before_bytes;
            const bool is_of_rows = first_row < whole.n_out && (slice.n_out == 1 || (rows_apart > 0 && slice.stride_bytes % whole.row_bytes == 0 &&
                                                                                     slice.n_out - 1 <= (whole.n_out - 1 - first_row) / rows_apart));
            if (!is_of_columns || !is_of_rows) return std::nullopt;
            offset_bytes = first_row * bytes(there, whole.n_in) + bytes(there, before_bytes / stored.bytes_per_block * stored.elements_per_block);
            found.stride_bytes = rows_apart * bytes(there, whole.n_in);
            found.size_bytes = found.row_bytes * found.n_out;
        }
    }
    if (arena.address != nullptr) found.address = arena.address + entry->offset_bytes + offset_bytes;
    return found;
}

namespace detail {

/// Carries out a layout: the upload of what stays as it is, then window after window.
template <upload::runtime R, class C>
class device_loader {
public:
    device_loader(const gguf::tensor_table& tensors, std::span<const upload::source> sources, R& runtime, C& converter, const upload::options<R>& options) noexcept
        : tensors_(tensors), sources_(sources), runtime_(runtime), converter_(converter), options_(options), started_at_(io::seconds_now()), scratch_(runtime, options.memory), slots_(runtime) {}
    device_loader(const device_loader&) = delete;
    auto operator=(const device_loader&) -> device_loader& = delete;
    ~device_loader() { static_cast<void>(close()); }

    [[nodiscard]] auto run(device_layout&& layout) -> result<device_model<R>>;

private:
    /// A device's streams: one each half of scratch. What is queued there comes behind what the caller's stream had.
    struct device_queues {
        typename R::stream halves[2]{};
        typename R::event mark{};
        std::uint32_t n_streams = 0;
        bool has_mark = false;
    };

    [[nodiscard]] auto number_of(std::size_t device) const noexcept -> std::uint32_t {
        return options_.devices.empty() ? static_cast<std::uint32_t>(device) : options_.devices[device];
    }
    [[nodiscard]] auto check(const device_layout& layout) const -> result<void>;
    [[nodiscard]] auto prepare(device_model<R>& made) -> result<void>;
    [[nodiscard]] auto open_queues(std::size_t device, const device_share& share, std::byte* arena) -> result<void>;
    [[nodiscard]] auto upload_stored(const device_model<R>& made) -> result<void>;
    [[nodiscard]] auto upload_window(const device_model<R>& made, std::uint64_t window) -> result<void>;
    [[nodiscard]] auto convert(const device_model<R>& made, std::size_t half, std::span<const conversion_piece> pieces, std::span<const upload::placement> places) -> result<void>;
    [[nodiscard]] auto prepare_converter(const device_layout& layout) -> result<void>;
    [[nodiscard]] auto run_part(const device_layout& layout, const upload::plan& plan, upload::options<R>& how, std::uint64_t payload_bytes) -> result<void>;
    [[nodiscard]] auto finish(const device_model<R>& made) -> result<void>;
    [[nodiscard]] auto is_cancelled() const noexcept -> bool { return stops_ || (options_.cancel != nullptr && options_.cancel->load(std::memory_order_relaxed)); }
    auto close() -> result<void>;

    /// Tells the caller about a part of the whole.
    auto tell(const upload::progress& of_part, std::uint64_t payload_bytes, bool is_last) -> bool {
        double share = of_part.total_bytes == 0 ? 0 : static_cast<double>(of_part.done_bytes) / static_cast<double>(of_part.total_bytes);
        if (share > 1) share = 1;
        upload::progress all;
        all.at = of_part.at >= upload::phase::verifying && is_last ? upload::phase::verifying : upload::phase::copying;
        all.done_bytes = done_bytes_ + static_cast<std::uint64_t>(static_cast<double>(payload_bytes) * share);
        if (all.done_bytes > done_bytes_ + payload_bytes) all.done_bytes = done_bytes_ + payload_bytes;
        all.total_bytes = report_.upload_bytes;
        all.seconds = io::seconds_now() - started_at_;
        if (!options_.on_progress(all)) stops_ = true;
        return !stops_;
    }

    const gguf::tensor_table& tensors_;
    std::span<const upload::source> sources_;
    R& runtime_;
    C& converter_;
    const upload::options<R>& options_;
    double started_at_;
    device_memory<R> scratch_;
    upload::ring<R> slots_;  // the caller's is better
    buffer<device_queues> queues_;
    device_model_report report_;
    std::uint64_t done_bytes_ = 0;
    std::uint64_t largest_part_bytes_ = 0;
    bool has_prepared_ = false;
    bool stops_ = false;
};

template <upload::runtime R, class C>
auto device_loader<R, C>::check(const device_layout& layout) const -> result<void> {
    const std::uint64_t n = layout.devices().size();
    if (layout.n_tensors() != tensors_.size())
        return error{errc::invalid_argument, "layout"}.because("is of another number of tensors").expecting(std::uint64_t{tensors_.size()}, std::uint64_t{layout.n_tensors()});
    if constexpr (std::same_as<C, no_converter>) {
        if (layout.n_windows() > 0) return converter_.dequantize({}, nullptr, 0, {}, nullptr, 0);
    }
    const auto count = [&](std::string_view name, std::size_t given) -> result<void> {
        if (given == 0 || given == n) return {};
        return error{errc::invalid_argument, name}.because("are not one a device of the placement").expecting(n, std::uint64_t{given});
    };
    CRIA_TRY_VOID(count("arenas", options_.arenas.size()));
    CRIA_TRY_VOID(count("after", options_.after.size()));
    CRIA_TRY_VOID(count("devices", options_.devices.size()));
    for (std::size_t d = 0; d < options_.arenas.size(); ++d) {
        const std::uint64_t wanted = layout.devices()[d].arena_bytes;
        const upload::arena_memory& given = options_.arenas[d];
        if (wanted > 0 && (given.address == nullptr || given.size_bytes < wanted))
            return error{errc::invalid_argument, "arenas"}.because("one is smaller than the layout's").expecting(wanted, given.size_bytes);
        if (reinterpret_cast<std::uintptr_t>(given.address) % layout.alignment_bytes() != 0)
            return error{errc::invalid_argument, "arenas"}.because("one is not aligned as the layout demands").expecting(layout.alignment_bytes(), {});
    }
    for (const device_entry& entry : layout.entries())
        if (tensors_[entry.tensor].shard >= sources_.size())
            return error{errc::invalid_argument, "sources"}.because("tensors are in more files").expecting(std::uint64_t{tensors_[entry.tensor].shard} + 1, std::uint64_t{sources_.size()});
    return {};
}

template <upload::runtime R, class C>
auto device_loader<R, C>::prepare(device_model<R>& made) -> result<void> {
    const auto shares = made.layout_.devices();
    CRIA_TRY(const std::uint32_t n_devices, runtime_.device_count());
    CRIA_TRY_VOID(queues_.resize(shares.size(), "device model"));
    const std::uint64_t alignment = made.layout_.alignment_bytes();
    for (std::size_t d = 0; d < shares.size(); ++d) {
        const device_share& share = shares[d];
        const upload::arena_memory* const given = options_.arenas.empty() ? nullptr : &options_.arenas[d];
        if (share.arena_bytes > 0) {
            if (number_of(d) >= n_devices) return error{errc::no_device, "device"}.expecting(n_devices, std::uint64_t{number_of(d)});
            CRIA_TRY_VOID(runtime_.use(number_of(d)));
            CRIA_TRY(const upload::device_facts facts, runtime_.facts(number_of(d)));
            const std::uint64_t of_arena = given == nullptr ? share.arena_bytes : 0;
            std::uint64_t needed_bytes = 0;
            if (!cria::detail::checked_add(of_arena, share.scratch_bytes, needed_bytes)) needed_bytes = ~std::uint64_t{0};
            if (options_.memory == nullptr && facts.free_bytes < needed_bytes)
                return error{errc::out_of_memory, "device memory"}.because("is less than arena and scratch need").expecting(needed_bytes, facts.free_bytes);
        }
        CRIA_TRY_VOID(made.memory_.add(number_of(d), share.arena_bytes, alignment, given));
        CRIA_TRY_VOID(scratch_.add(number_of(d), share.scratch_bytes, scratch_alignment));
        report_.resident_bytes += share.arena_bytes;
        if (share.scratch_bytes > report_.scratch_bytes) report_.scratch_bytes = share.scratch_bytes;
        CRIA_TRY_VOID(open_queues(d, share, made.memory_.blocks()[d].address));
    }
    return {};
}

/// Also fills what the stored tensors leave of the arena with zeros: gaps and tail keep them. That is queued for the first half, and done
/// when the first window has arrived, whose upload waits for it: before anything is queued for the second half.
template <upload::runtime R, class C>
auto device_loader<R, C>::open_queues(std::size_t device, const device_share& share, std::byte* arena) -> result<void> {
    if (share.arena_bytes == share.stored_bytes) return {};
    device_queues& own = queues_[device];
    const std::uint32_t n_streams = share.n_windows > 1 ? 2 : 1;
    while (own.n_streams < n_streams) {
        CRIA_TRY(own.halves[own.n_streams], runtime_.make_stream());
        ++own.n_streams;
    }
    if (!options_.after.empty()) {
        CRIA_TRY(own.mark, runtime_.make_event());
        own.has_mark = true;
        CRIA_TRY_VOID(runtime_.record(own.mark, options_.after[device]));
        CRIA_TRY_VOID(runtime_.wait(own.halves[0], own.mark));
    }
    return runtime_.fill_with_zeros(arena + share.stored_bytes, share.arena_bytes - share.stored_bytes, own.halves[0]);
}

template <upload::runtime R, class C>
auto device_loader<R, C>::prepare_converter(const device_layout& layout) -> result<void> {
    if constexpr (requires(tensor_type type) { { converter_.prepare(type) } -> std::same_as<result<void>>; }) {
        buffer<device_entry> seen;  // of each device and type one
        for (const device_entry& entry : layout.entries()) {
            if (!entry.is_converted) continue;
            bool is_known = false;
            for (const device_entry& other : seen)
                is_known = is_known || (other.device == entry.device && tensors_[other.tensor].type == tensors_[entry.tensor].type);
            if (is_known) continue;
            CRIA_TRY_VOID(seen.push_back(entry, "device model"));
            CRIA_TRY_VOID(runtime_.use(number_of(entry.device)));
            CRIA_TRY_VOID(converter_.prepare(tensors_[entry.tensor].type));
        }
    }
    return {};
}

/// One upload of several.
template <upload::runtime R, class C>
auto device_loader<R, C>::run_part(const device_layout& layout, const upload::plan& plan, upload::options<R>& how, std::uint64_t payload_bytes) -> result<void> {
    const double began_at = io::seconds_now();
    const bool is_last = done_bytes_ + payload_bytes == report_.upload_bytes;
    auto teller = [&](const upload::progress& now) { return tell(now, payload_bytes, is_last); };
    if (options_.on_progress) how.on_progress = upload::progress_callback(teller);
    if (how.kept == nullptr && layout.n_windows() > 0) how.kept = &slots_;
    CRIA_TRY(auto running, upload::transfer<R>::start(runtime_, plan, sources_, how));
    if (!std::exchange(has_prepared_, true)) CRIA_TRY_VOID(prepare_converter(layout));  // compiles kernels, while workers copy
    CRIA_TRY(const auto done, running.finish());

    const upload::report& about = done.report();
    done_bytes_ += payload_bytes;
    if (largest_part_bytes_ == 0 || about.verified < report_.verified) report_.verified = about.verified;
    if (largest_part_bytes_ == 0 || about.size_bytes > largest_part_bytes_) {
        report_.how = about.how;
        largest_part_bytes_ = about.size_bytes;
    }
    for (const std::uint64_t pinned_bytes : {about.pinned_bytes, slots_.idle_bytes()})
        if (pinned_bytes > report_.pinned_bytes) report_.pinned_bytes = pinned_bytes;
    report_.digest = upload::detail::digest_mix(report_.digest + upload::detail::digest_golden) + about.digest;
    report_.upload_seconds += io::seconds_now() - began_at;
    return {};
}

template <upload::runtime R, class C>
auto device_loader<R, C>::upload_stored(const device_model<R>& made) -> result<void> {
    const std::uint64_t payload_bytes = made.layout_.upload_bytes() - made.layout_.converted_bytes();
    if (payload_bytes == 0) return {};
    buffer<upload::arena_memory> arenas;
    for (std::size_t d = 0; d < queues_.size(); ++d) CRIA_TRY_VOID(arenas.push_back({made.memory_.blocks()[d].address, made.layout_.devices()[d].stored_bytes}, "device model"));
    upload::options<R> how = options_;
    how.arenas = arenas.span();
    how.memory = nullptr;
    return run_part(made.layout_, made.layout_.stored(), how, payload_bytes);
}

template <upload::runtime R, class C>
auto device_loader<R, C>::upload_window(const device_model<R>& made, std::uint64_t window) -> result<void> {
    CRIA_TRY(const auto pieces, made.layout_.pieces(window));
    CRIA_TRY(const auto plan, made.layout_.plan_pieces(tensors_, pieces.span()));
    std::uint64_t payload_bytes = 0;
    for (const conversion_piece& piece : pieces) payload_bytes += piece.size_bytes;
    const std::size_t half = window % 2;
    buffer<upload::arena_memory> arenas;
    buffer<typename R::stream> after;  // the half's last conversion comes before what overwrites its blocks
    for (std::size_t d = 0; d < queues_.size(); ++d) {
        const device_share& share = made.layout_.devices()[d];
        const bool takes_part = window < share.n_windows;
        CRIA_TRY_VOID(arenas.push_back(takes_part ? upload::arena_memory{scratch_.blocks()[d].address + half * share.half_bytes, share.half_bytes} : upload::arena_memory{}, "device model"));
        CRIA_TRY_VOID(after.push_back(queues_[d].halves[half], "device model"));
    }
    upload::options<R> how = options_;
    how.arenas = arenas.span();
    how.after = after.span();
    how.memory = nullptr;
    CRIA_TRY_VOID(run_part(made.layout_, plan, how, payload_bytes));
    return convert(made, half, pieces.span(), plan.placements());
}

/// Queues the conversion of a window that is there.
template <upload::runtime R, class C>
auto device_loader<R, C>::convert(const device_model<R>& made, std::size_t half, std::span<const conversion_piece> pieces, std::span<const upload::placement> places)
    -> result<void> {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const device_entry& entry = made.layout_.entries()[pieces[i].entry];
        const std::size_t d = entry.device;
        const std::byte* const blocks = scratch_.blocks()[d].address + half * made.layout_.devices()[d].half_bytes + places[i].device_offset_bytes;
        std::byte* const out = made.memory_.blocks()[d].address + entry.offset_bytes + pieces[i].first_element * geometry_of(entry.type)->bytes_per_block;
        if (i == 0 || places[i].device != places[i - 1].device) CRIA_TRY_VOID(runtime_.use(number_of(d)));
        CRIA_TRY_VOID(converter_.dequantize(tensors_[entry.tensor].type, blocks, pieces[i].n_elements, entry.type, out, queues_[d].halves[half]));
    }
    return {};
}

/// Conversions are done, and arenas are where they should be.
template <upload::runtime R, class C>
auto device_loader<R, C>::finish(const device_model<R>& made) -> result<void> {
    const double began_at = io::seconds_now();
    for (std::size_t d = 0; d < queues_.size(); ++d) {
        const upload::resident_arena& arena = made.memory_.blocks()[d];
        if (arena.size_bytes == 0) continue;
        CRIA_TRY_VOID(runtime_.use(number_of(d)));
        for (std::uint32_t i = 0; i < queues_[d].n_streams; ++i) CRIA_TRY_VOID(runtime_.synchronize(queues_[d].halves[i]));
        for (const std::uint64_t at : {std::uint64_t{0}, arena.size_bytes - 1}) {
            CRIA_TRY(const upload::pointer_facts facts, runtime_.locate(arena.address + at));
            if (!facts.is_device_memory) return error{errc::not_resident, at, "arena"};
            if (facts.device != arena.device) return error{errc::not_resident, at, "arena"}.because("is on another device").expecting(arena.device, facts.device);
        }
    }
    report_.convert_seconds = io::seconds_now() - began_at;
    return {};
}

template <upload::runtime R, class C>
auto device_loader<R, C>::close() -> result<void> {
    result<void> first;
    const auto note = [&](const result<void>& answer) {
        if (!answer && first) first = answer;
    };
    for (std::size_t d = 0; d < queues_.size(); ++d) {
        device_queues& own = queues_[d];
        if (own.n_streams == 0) continue;
        note(runtime_.use(number_of(d)));
        for (; own.n_streams > 0; --own.n_streams) {
            const typename R::stream gone = own.halves[own.n_streams - 1];
            auto drained = runtime_.synchronize(gone);
            if (!drained) drained = runtime_.synchronize(gone);  // an earlier error is reported once by some calls
            note(drained);
            note(runtime_.destroy(gone));
        }
        if (std::exchange(own.has_mark, false)) note(runtime_.destroy(own.mark));
    }
    note(scratch_.release());
    note(slots_.clear());
    return first;
}

template <upload::runtime R, class C>
auto device_loader<R, C>::run(device_layout&& layout) -> result<device_model<R>> {
    CRIA_TRY_VOID(check(layout));
    device_model<R> made(std::move(layout), tensors_);
    made.memory_ = device_memory<R>(runtime_, options_.memory);
    report_.upload_bytes = made.layout_.upload_bytes();
    report_.converted_bytes = made.layout_.converted_bytes();
    report_.n_windows = made.layout_.n_windows();
    // Before the arenas go: conversions may still be writing to them. The caller's callback may throw through all of this.
    struct closing {
        device_loader& of;
        ~closing() { static_cast<void>(of.close()); }
    } const in_any_case{*this};
    const auto carry_out = [&]() -> result<void> {
        CRIA_TRY_VOID(prepare(made));
        CRIA_TRY_VOID(upload_stored(made));
        for (std::uint64_t window = 0; window < made.layout_.n_windows(); ++window) {
            if (is_cancelled()) return error{errc::cancelled, "upload"};
            CRIA_TRY_VOID(upload_window(made, window));
        }
        return finish(made);
    };
    const auto answer = carry_out();
    const auto closed = close();
    if (!answer) return answer.error();
    if (!closed) return closed.error();
    if (report_.verified < upload::verification::checksum) report_.digest = 0;
    report_.total_seconds = io::seconds_now() - started_at_;
    made.report_ = report_;
    if (options_.on_progress) static_cast<void>(options_.on_progress({upload::phase::done, report_.upload_bytes, report_.upload_bytes, report_.total_seconds}));
    return made;
}

}  // namespace detail

template <upload::runtime R, converter_for<R> C>
auto upload_layout(const gguf::tensor_table& tensors, device_layout&& layout, std::span<const upload::source> sources, R& runtime, C& converter,
                   const upload::options<R>& options) -> result<device_model<R>> {
    return detail::device_loader<R, C>(tensors, sources, runtime, converter, options).run(std::move(layout));
}

template <upload::runtime R, converter_for<R> C>
auto upload_model(const model& opened, R& runtime, C& converter, const device_options<R>& options) -> result<device_model<R>> {
    const gguf::tensor_table& tensors = opened.files().tensors();
    const int n_kinds = (options.placement != nullptr ? 1 : 0) + (options.fit != nullptr ? 1 : 0) + (options.shares.empty() ? 0 : 1);
    if (n_kinds > 1) return error{errc::invalid_argument, "placement"}.because("is said in more than one way");
    const auto place = [&]() -> result<tensor_placement> {
        if (options.fit != nullptr) return place_by_layer(tensors, opened.weights(), *options.fit);
        if (!options.shares.empty()) return place_by_layer(tensors, opened.weights(), options.shares);
        return place_on(tensors, 0);
    };
    const auto lay_out = [&](const tensor_placement& placement) {
        return make_device_layout(tensors, placement, {options.convert, options.scratch_bytes, options.plan});
    };
    const auto make_layout = [&]() -> result<device_layout> {
        if (options.placement != nullptr) return lay_out(*options.placement);
        CRIA_TRY(const auto placement, place());
        return lay_out(placement);
    };
    CRIA_TRY(auto layout, make_layout());
    CRIA_TRY(const auto sources, upload_sources(opened.files()));
    return upload_layout(tensors, std::move(layout), sources.span(), runtime, converter, options.upload);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_DEVICE_MODEL_HPP
