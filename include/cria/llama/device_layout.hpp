// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_DEVICE_LAYOUT_HPP
#define CRIA_LLAMA_DEVICE_LAYOUT_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/placement.hpp"
#include "cria/llama/slice.hpp"
#include "cria/upload/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

// A model on devices, before it is there: of every placed tensor the type that its numbers will have, its place in the
// device's arena, and how the bytes come. Nothing is allocated and no device is asked; device_model.hpp carries it out.
//
// An arena begins with the tensors that stay as they are, in the order of the file: one upload plan brings them. Behind them
// are those whose numbers change their type (Q4_K in the file, f16 on the device), in the file's order, too. Their blocks go
// to scratch memory of the device, a window after the other, and are converted from there: a link that carries four and a
// half bits a weight is three times as fast as one that carries sixteen. Scratch has two halves, so that a window is uploaded
// while the one before it is being converted. What does not fit the rest of a window goes on in the next one; a tensor is
// cut at whole blocks of every type, 256 elements or a multiple.
//
// What a window has is computed when it is asked for: a layout takes memory for its tensors and never for their bytes,
// however little scratch there is.

namespace cria::inline v0::llama {

/// What type a tensor's numbers have on a device.
enum class number_type : std::uint8_t {
    as_stored,  ///< the file's, byte for byte
    f32,
    f16,        ///< rounded to nearest, ties to even
    bf16,       ///< the same
};

/// What becomes of tensors on their way to a device. By default nothing does.
///
/// Tensors of integers (i8 to i64) are numbers of things and not weights: they stay as they are, whatever is wanted.
struct conversion {
    number_type matrices = number_type::as_stored;          ///< tensors of more than one row
    std::optional<number_type> vectors = std::nullopt;      ///< of one row (norms, biases, factors); nothing: f32 where matrices are converted, else as stored
    bool keeps_unknown = false;                             ///< a type that has no dequantizer (a fork's own) stays as it is, where it otherwise is an error
};

/// How to lay out a model. The defaults keep everything as it is in the file.
struct layout_options {
    conversion convert = {};
    std::uint64_t scratch_bytes = std::uint64_t{1} << 30U;  ///< most that conversion takes of a device's memory meanwhile; at least least_scratch_bytes
    upload::plan_options plan = {};                         ///< alignment, chunks, tail, broadcasts; plan_options::n_devices is not asked
};

/// Two halves of 256 elements of the widest type.
inline constexpr std::uint64_t least_scratch_bytes = 4096;

/// A tensor's place on a device.
struct device_entry {
    std::size_t tensor = 0;          ///< its number in the table
    std::uint32_t device = 0;        ///< the placement's number
    tensor_type type{};              ///< of the numbers there
    bool is_converted = false;       ///< the file has another type
    std::uint64_t offset_bytes = 0;  ///< in the device's arena
    std::uint64_t size_bytes = 0;    ///< there

    friend constexpr auto operator==(const device_entry&, const device_entry&) noexcept -> bool = default;
};

/// What a device holds.
struct device_share {
    std::uint64_t arena_bytes = 0;      ///< to allocate: tensors, padding, tail
    std::uint64_t stored_bytes = 0;     ///< of it, from the start: tensors as they are in the file, with their padding
    std::uint64_t half_bytes = 0;       ///< of scratch: the most that one window has
    std::uint64_t scratch_bytes = 0;    ///< one half where there is one window, two where there are more; 0 where nothing is converted
    std::uint64_t n_windows = 0;
    std::size_t n_entries = 0;
};

/// Elements of a tensor that are converted at once.
struct conversion_piece {
    std::size_t entry = 0;            ///< number in device_layout::entries()
    std::uint64_t first_element = 0;
    std::uint64_t n_elements = 0;
    std::uint64_t offset_bytes = 0;   ///< of the blocks, in the tensor's data
    std::uint64_t size_bytes = 0;     ///< of the blocks

    friend constexpr auto operator==(const conversion_piece&, const conversion_piece&) noexcept -> bool = default;
};

namespace detail {

struct layout_maker;

/// How a tensor that is converted lies in its device's windows, one piece in each from the first to the last.
struct windowed_tensor {
    std::size_t entry = 0;
    std::uint64_t n_elements = 0;
    std::uint64_t first_elements = 0;  // in its first window
    std::uint64_t next_elements = 0;   // in those that follow, but the last, which has the rest
    std::uint64_t first_window = 0, last_window = 0;
    std::uint32_t elements_per_block = 0, bytes_per_block = 0;

    /// Precondition: it has one in this window.
    [[nodiscard]] auto piece_in(std::uint64_t window) const noexcept -> conversion_piece {
        conversion_piece made{entry, 0, first_elements, 0, 0};
        if (window > first_window) {
            made.first_element = first_elements + (window - first_window - 1) * next_elements;
            made.n_elements = next_elements;
        }
        if (window == last_window) made.n_elements = n_elements - made.first_element;
        made.offset_bytes = made.first_element / elements_per_block * bytes_per_block;
        made.size_bytes = made.n_elements / elements_per_block * bytes_per_block;
        return made;
    }
};

}  // namespace detail

/// Where the tensors of a table are to be on devices, and how they get there. Move-only.
///
/// Threads: const, safe to share.
class device_layout {
public:
    /// In the order of tensor_placement::entries().
    [[nodiscard]] auto entries() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const device_entry> { return entries_.span(); }
    auto entries() && -> std::span<const device_entry> = delete;
    /// The entry of a tensor on a device, by its number in the table, or null. Cost: O(log entries).
    [[nodiscard]] auto find(std::size_t tensor, std::uint32_t device) const noexcept -> const device_entry*;
    /// The same on the lowest device that has the tensor. Cost: the same.
    [[nodiscard]] auto find(std::size_t tensor) const noexcept -> const device_entry*;
    /// One a device of the placement.
    [[nodiscard]] auto devices() const& noexcept CRIA_LIFETIME_BOUND -> std::span<const device_share> { return devices_.span(); }
    auto devices() && -> std::span<const device_share> = delete;
    /// Of every arena's start: the plan's, and no less than numbers that are written several at a time need.
    [[nodiscard]] auto alignment_bytes() const noexcept -> std::uint64_t { return alignment_bytes_; }

    /// The upload of what stays as it is, which begins each arena.
    [[nodiscard]] auto stored() const& noexcept CRIA_LIFETIME_BOUND -> const upload::plan& { return stored_; }
    auto stored() && -> const upload::plan& = delete;
    /// How many windows the devices go through together; window k is every device's k-th, where it has as many.
    [[nodiscard]] auto n_windows() const noexcept -> std::uint64_t { return n_windows_; }
    /// The pieces of a window, device after device and in the order of the file; none of windows that are not there.
    /// Fails: errc::out_of_memory.   Cost: O(pieces + devices · log tensors).
    [[nodiscard]] auto pieces(std::uint64_t window) const -> result<buffer<conversion_piece>>;
    /// The upload of a window's pieces: placement i is that of piece i, in its device's half of scratch.
    /// Fails: as upload::make_plan.   Preconditions: the pieces are this layout's, and `tensors` is the table that it was made of.
    [[nodiscard]] auto plan_pieces(const gguf::tensor_table& tensors, std::span<const conversion_piece> pieces) const -> result<upload::plan>;

    /// Of the table that it was made of.
    [[nodiscard]] auto n_tensors() const noexcept -> std::size_t { return n_tensors_; }
    /// Bytes of the file that all devices get, copies of tensors included.
    [[nodiscard]] auto upload_bytes() const noexcept -> std::uint64_t { return stored_payload_bytes_ + converted_payload_bytes_; }
    /// Those of tensors that are converted.
    [[nodiscard]] auto converted_bytes() const noexcept -> std::uint64_t { return converted_payload_bytes_; }
    /// What it was made with.
    [[nodiscard]] auto options() const noexcept -> const layout_options& { return options_; }

private:
    friend struct detail::layout_maker;
    explicit device_layout(upload::plan&& stored) noexcept : stored_(std::move(stored)) {}

    /// The first entry that is not before this one.
    [[nodiscard]] auto lower_bound(std::size_t tensor, std::uint32_t device) const noexcept -> const device_entry*;

    layout_options options_;
    upload::plan stored_;
    buffer<device_entry> entries_;
    buffer<device_share> devices_;
    buffer<detail::windowed_tensor> windowed_;  // by device, and then in the order of files
    buffer<std::size_t> first_windowed_;        // of each device, and behind the last
    std::uint64_t n_windows_ = 0;
    std::size_t n_tensors_ = 0;
    std::uint64_t alignment_bytes_ = 0;
    std::uint64_t stored_payload_bytes_ = 0;
    std::uint64_t converted_payload_bytes_ = 0;
};

/// The type that a tensor's numbers have on a device.
/// Fails: errc::unsupported_type for a type that cannot be read and is to be converted; the subject is the tensor's name.
[[nodiscard]] inline auto type_on_device(const gguf::tensor& tensor, const conversion& convert) -> result<tensor_type>;

/// The layout of tensors where `placement` has them.
///
///     CRIA_TRY(const auto placement, llama::place_on(tensors, 0));
///     CRIA_TRY(const auto layout, llama::make_device_layout(tensors, placement, {.convert = {.matrices = llama::number_type::f16}}));
///     layout.devices()[0].arena_bytes + layout.devices()[0].scratch_bytes;   // what the device must have free
///
/// Fails: errc::invalid_argument where `placement` is of another number of tensors, or too little scratch is allowed; as type_on_device;
///        errc::overflow where a tensor's new size, or an arena, does not fit 64 bits; as upload::make_plan. The subject is the
///        tensor's name or the option's.
/// Cost:  O(n log n) in the entries, whatever their sizes.
[[nodiscard]] inline auto make_device_layout(const gguf::tensor_table& tensors, const tensor_placement& placement, const layout_options& options = {})
    -> result<device_layout>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

[[nodiscard]] constexpr auto is_integer(tensor_type type) noexcept -> bool {
    return type == tensor_type::i8 || type == tensor_type::i16 || type == tensor_type::i32 || type == tensor_type::i64;
}

[[nodiscard]] constexpr auto type_of(number_type wanted, tensor_type stored) noexcept -> tensor_type {
    switch (wanted) {
        case number_type::as_stored: return stored;
        case number_type::f32: return tensor_type::f32;
        case number_type::f16: return tensor_type::f16;
        case number_type::bf16: return tensor_type::bf16;
    }
    return stored;
}

/// Blocks are cut from their tensor in multiples of this: every type's block has a number of elements that divides it.
inline constexpr std::uint64_t elements_per_cut = 256;
inline constexpr std::uint64_t scratch_alignment = 256;
static_assert([] {
    for (std::uint32_t id = 0; id < cria::detail::tensor_geometries.size(); ++id) {
        const auto layout = geometry_of(static_cast<tensor_type>(id));
        if (!layout) continue;
        const bool is_cut_whole = elements_per_cut % layout->elements_per_block == 0;
        if (!is_cut_whole || elements_per_cut / layout->elements_per_block * layout->bytes_per_block > least_scratch_bytes / 2) return false;
    }
    return true;
}());

struct layout_maker {
    const gguf::tensor_table& tensors;
    const tensor_placement& placement;
    const layout_options& options;
    buffer<device_entry> entries{};
    buffer<std::size_t> converted{};  // their entries, by device and then in the order of files
    buffer<device_share> devices{};
    std::uint64_t alignment_bytes = 0;

    [[nodiscard]] auto make() -> result<device_layout>;

private:
    /// Up to where a device's windows are taken.
    struct cursor {
        std::uint64_t window = 0;
        std::uint64_t used_bytes = 0;  // of that window; a multiple of scratch_alignment
    };

    [[nodiscard]] auto type_entries() -> result<void>;
    [[nodiscard]] auto plan_stored() -> result<upload::plan>;
    [[nodiscard]] auto place_converted() -> result<void>;
    [[nodiscard]] auto cut_windows(device_layout& out) -> result<void>;
    [[nodiscard]] auto cut(std::size_t entry, cursor& at, std::uint64_t& half_bytes) const noexcept -> windowed_tensor;
    [[nodiscard]] auto tensor_of(std::size_t entry) const noexcept -> const gguf::tensor& { return tensors[entries[entry].tensor]; }
    [[nodiscard]] static auto too_large(const gguf::tensor& tensor) -> error {
        return error{errc::overflow, tensor.name}.because("its size on the device, or that of the arena, does not fit 64 bits").finding(tensor.size_bytes);
    }
};

inline auto layout_maker::type_entries() -> result<void> {
    CRIA_TRY_VOID(entries.reserve(placement.entries().size(), "device layout"));
    CRIA_TRY_VOID(devices.resize(placement.n_devices(), "device layout"));
    for (const placed_tensor& placed : placement.entries()) {
        const gguf::tensor& tensor = tensors[placed.tensor];
        device_entry made{placed.tensor, placed.device, tensor.type, false, 0, tensor.size_bytes};
        CRIA_TRY(made.type, type_on_device(tensor, options.convert));
        made.is_converted = made.type != tensor.type;
        if (made.is_converted) {
            if (!cria::detail::checked_multiply(tensor.shape.elements(), geometry_of(made.type)->bytes_per_block, made.size_bytes)) return too_large(tensor);
            CRIA_TRY_VOID(converted.push_back(entries.size(), "device layout"));
        }
        ++devices[placed.device].n_entries;
        CRIA_TRY_VOID(entries.push_back(made, "device layout"));
    }
    return {};
}

inline auto layout_maker::plan_stored() -> result<upload::plan> {
    upload::plan_options how = options.plan;
    how.n_devices = placement.n_devices();
    how.tail_bytes = 0;  // it stands behind what is converted
    buffer<upload::item> items;
    CRIA_TRY_VOID(items.reserve(entries.size() - converted.size(), "device layout"));
    for (const device_entry& entry : entries) {
        const gguf::tensor& tensor = tensors[entry.tensor];
        if (!entry.is_converted) CRIA_TRY_VOID(items.push_back({tensor.name, tensor.shard, tensor.offset_bytes, tensor.size_bytes, entry.device}, "device layout"));
    }
    CRIA_TRY(auto made, upload::make_plan(items.span(), how));
    std::size_t next = 0;
    for (device_entry& entry : entries)
        if (!entry.is_converted) entry.offset_bytes = made.placements()[next++].device_offset_bytes;
    for (std::size_t d = 0; d < devices.size(); ++d) devices[d].arena_bytes = devices[d].stored_bytes = made.arenas()[d].size_bytes;
    return made;
}

inline auto layout_maker::place_converted() -> result<void> {
    cria::detail::sort(converted.data(), converted.size(), [&](std::size_t i, std::size_t j) {
        const device_entry &a = entries[i], &b = entries[j];
        if (a.device != b.device) return a.device < b.device;
        const gguf::tensor &x = tensors[a.tensor], &y = tensors[b.tensor];
        if (x.shard != y.shard) return x.shard < y.shard;
        return x.offset_bytes != y.offset_bytes ? x.offset_bytes < y.offset_bytes : i < j;
    });
    constexpr std::uint64_t least_alignment = 16;  // of numbers that are written several at a time
    alignment_bytes = options.plan.alignment_bytes;
    if (!converted.empty() && alignment_bytes < least_alignment) alignment_bytes = least_alignment;
    for (const std::size_t i : converted) {
        device_entry& entry = entries[i];
        std::uint64_t& end = devices[entry.device].arena_bytes;  // so far
        if (!cria::detail::checked_round_up(end, alignment_bytes, entry.offset_bytes) || !cria::detail::checked_add(entry.offset_bytes, entry.size_bytes, end))
            return too_large(tensor_of(i));
    }
    for (device_share& device : devices) {
        if (device.n_entries == 0) continue;  // no arena, no tail
        if (!cria::detail::checked_round_up(device.arena_bytes, options.plan.alignment_bytes, device.arena_bytes) ||
            !cria::detail::checked_add(device.arena_bytes, options.plan.tail_bytes, device.arena_bytes))
            return error{errc::overflow, "tail_bytes"}.because("arena does not fit 64 bits").finding(options.plan.tail_bytes);
    }
    return {};
}

inline auto layout_maker::cut_windows(device_layout& out) -> result<void> {
    CRIA_TRY_VOID(out.windowed_.reserve(converted.size(), "device layout"));
    CRIA_TRY_VOID(out.first_windowed_.resize(devices.size() + 1, "device layout"));
    std::size_t next = 0;
    for (std::size_t d = 0; d < devices.size(); ++d) {
        device_share& device = devices[d];
        out.first_windowed_[d] = out.windowed_.size();
        cursor at;
        for (; next < converted.size() && entries[converted[next]].device == d; ++next) {
            if (tensor_of(converted[next]).size_bytes == 0) continue;
            const windowed_tensor made = cut(converted[next], at, device.half_bytes);
            CRIA_TRY_VOID(out.windowed_.push_back(made, "device layout"));
            device.n_windows = made.last_window + 1;
        }
        device.scratch_bytes = device.half_bytes * (device.n_windows > 1 ? 2 : device.n_windows);
        if (device.n_windows > out.n_windows_) out.n_windows_ = device.n_windows;
    }
    out.first_windowed_[devices.size()] = out.windowed_.size();
    return {};
}

/// A tensor into the rest of a window, and the next ones. `half_bytes` becomes the most that one has.
inline auto layout_maker::cut(std::size_t entry, cursor& at, std::uint64_t& half_bytes) const noexcept -> windowed_tensor {
    const std::uint64_t room_bytes = options.scratch_bytes / 2 / scratch_alignment * scratch_alignment;
    const gguf::tensor& tensor = tensor_of(entry);
    const geometry layout = *geometry_of(tensor.type);  // type_on_device has checked this
    const std::uint64_t cut_bytes = elements_per_cut / layout.elements_per_block * layout.bytes_per_block;
    const auto use = [&](std::uint64_t size_bytes) {
        at.used_bytes = (at.used_bytes + size_bytes + (scratch_alignment - 1)) / scratch_alignment * scratch_alignment;  // room_bytes is a multiple, too
        if (at.used_bytes > half_bytes) half_bytes = at.used_bytes;
    };
    const auto turn = [&](std::uint64_t n_windows) { at = {at.window + n_windows, 0}; };

    windowed_tensor made{.entry = entry, .n_elements = tensor.shape.elements()};
    made.elements_per_block = layout.elements_per_block;
    made.bytes_per_block = layout.bytes_per_block;
    made.next_elements = room_bytes / cut_bytes * elements_per_cut;
    if (tensor.size_bytes > room_bytes - at.used_bytes && room_bytes - at.used_bytes < cut_bytes) turn(1);
    made.first_window = made.last_window = at.window;
    if (tensor.size_bytes <= room_bytes - at.used_bytes) {
        made.first_elements = made.n_elements;
        use(tensor.size_bytes);
        return made;
    }
    const std::uint64_t first_cuts = (room_bytes - at.used_bytes) / cut_bytes, next_bytes = room_bytes / cut_bytes * cut_bytes;
    made.first_elements = first_cuts * elements_per_cut;
    use(first_cuts * cut_bytes);
    turn(1);
    const std::uint64_t rest_bytes = tensor.size_bytes - first_cuts * cut_bytes;
    const std::uint64_t n_whole = rest_bytes <= room_bytes ? 0 : (rest_bytes - room_bytes - 1) / next_bytes + 1;  // windows that have nothing else, before the last
    if (n_whole > 0) {
        use(next_bytes);
        turn(n_whole);
    }
    made.last_window = at.window;
    use(rest_bytes - n_whole * next_bytes);
    return made;
}

inline auto layout_maker::make() -> result<device_layout> {
    if (placement.n_tensors() != tensors.size())
        return error{errc::invalid_argument, "placement"}
            .because("is of another number of tensors")
            .expecting(std::uint64_t{tensors.size()}, std::uint64_t{placement.n_tensors()});
    CRIA_TRY_VOID(type_entries());
    CRIA_TRY(auto stored, plan_stored());
    device_layout made(std::move(stored));
    made.options_ = options;
    made.n_tensors_ = tensors.size();
    for (const device_entry& entry : entries) {
        std::uint64_t& sum = entry.is_converted ? made.converted_payload_bytes_ : made.stored_payload_bytes_;
        std::uint64_t all = 0;
        const gguf::tensor& tensor = tensors[entry.tensor];
        if (!cria::detail::checked_add(sum, tensor.size_bytes, sum) || !cria::detail::checked_add(made.stored_payload_bytes_, made.converted_payload_bytes_, all))
            return too_large(tensor);
    }
    CRIA_TRY_VOID(place_converted());
    if (!converted.empty()) {
        if (options.scratch_bytes < least_scratch_bytes)
            return error{errc::invalid_argument, "scratch_bytes"}.because("is too little to convert in").expecting(least_scratch_bytes, options.scratch_bytes);
        CRIA_TRY_VOID(cut_windows(made));
    }
    made.alignment_bytes_ = alignment_bytes;
    made.entries_ = std::move(entries);
    made.devices_ = std::move(devices);
    return made;
}

}  // namespace detail

inline auto type_on_device(const gguf::tensor& tensor, const conversion& convert) -> result<tensor_type> {
    const number_type of_vectors = convert.vectors ? *convert.vectors : convert.matrices == number_type::as_stored ? number_type::as_stored : number_type::f32;
    const number_type wanted = slice_of(tensor).n_out == 1 ? of_vectors : convert.matrices;
    if (wanted == number_type::as_stored || detail::is_integer(tensor.type)) return tensor.type;
    if (detail::layout_of(tensor)) return detail::type_of(wanted, tensor.type);
    if (convert.keeps_unknown) return tensor.type;
    return error{errc::unsupported_type, tensor.name}.because("cannot be converted").finding(std::uint64_t{static_cast<std::uint32_t>(tensor.type)});
}

inline auto make_device_layout(const gguf::tensor_table& tensors, const tensor_placement& placement, const layout_options& options) -> result<device_layout> {
    return detail::layout_maker{tensors, placement, options}.make();
}

inline auto device_layout::lower_bound(std::size_t tensor, std::uint32_t device) const noexcept -> const device_entry* {
    std::size_t first = 0;
    for (std::size_t left = entries_.size(); left > 0;) {
        const std::size_t half = left / 2;
        const device_entry& middle = entries_[first + half];
        if (middle.tensor < tensor || (middle.tensor == tensor && middle.device < device)) {
            first += half + 1;
            left -= half + 1;
        } else {
            left = half;
        }
    }
    return entries_.begin() + first;
}

inline auto device_layout::find(std::size_t tensor, std::uint32_t device) const noexcept -> const device_entry* {
    const device_entry* const at = lower_bound(tensor, device);
    return at != entries_.end() && at->tensor == tensor && at->device == device ? at : nullptr;
}

inline auto device_layout::find(std::size_t tensor) const noexcept -> const device_entry* {
    const device_entry* const at = lower_bound(tensor, 0);
    return at != entries_.end() && at->tensor == tensor ? at : nullptr;
}

inline auto device_layout::pieces(std::uint64_t window) const -> result<buffer<conversion_piece>> {
    buffer<conversion_piece> made;
    for (std::size_t d = 0; d + 1 < first_windowed_.size(); ++d) {
        std::size_t at = first_windowed_[d];
        const std::size_t end = first_windowed_[d + 1];
        for (std::size_t left = end - at; left > 0;) {  // to the first whose last window this is, or a later one
            const std::size_t half = left / 2;
            if (windowed_[at + half].last_window < window) {
                at += half + 1;
                left -= half + 1;
            } else {
                left = half;
            }
        }
        for (; at < end && windowed_[at].first_window <= window; ++at) CRIA_TRY_VOID(made.push_back(windowed_[at].piece_in(window), "device layout"));
    }
    return made;
}

inline auto device_layout::plan_pieces(const gguf::tensor_table& tensors, std::span<const conversion_piece> pieces) const -> result<upload::plan> {
    upload::plan_options how = options_.plan;
    how.n_devices = static_cast<std::uint32_t>(devices_.size());
    how.alignment_bytes = detail::scratch_alignment;
    how.tail_bytes = 0;
    buffer<upload::item> items;
    CRIA_TRY_VOID(items.reserve(pieces.size(), "device layout"));
    for (const conversion_piece& piece : pieces) {
        const gguf::tensor& tensor = tensors[entries_[piece.entry].tensor];
        CRIA_TRY_VOID(items.push_back({tensor.name, tensor.shard, tensor.offset_bytes + piece.offset_bytes, piece.size_bytes, entries_[piece.entry].device}, "device layout"));
    }
    return upload::make_plan(items.span(), how);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_DEVICE_LAYOUT_HPP
