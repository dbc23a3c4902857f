// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_UPLOAD_PLAN_HPP
#define CRIA_LLAMA_UPLOAD_PLAN_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/llama/placement.hpp"
#include "cria/llama/slice.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// Where uploads and GGUF meet: tensors, and parts of tensors, as the byte ranges that a plan is made of; files as the
// sources that it is carried out from. upload::item::file is tensor::shard, which is also the place of its source.

namespace cria::inline v0::llama {

/// One item a tensor, in the table's order: placement i of a plan made from them is that of tensor i.
/// Fails: errc::out_of_memory. Borrows: the tensors' names.
[[nodiscard]] inline auto upload_items(const gguf::tensor_table& tensors, std::uint32_t device = 0) -> result<buffer<upload::item>>;

/// One item an entry of `placement`, in its order; tensors that stay on the host have none. Placement i of a plan made from
/// them is that of entry i, whose number tensor_placement::find tells.
/// Fails: errc::invalid_argument where `placement` is of another number of tensors; errc::out_of_memory. Borrows: the tensors' names.
[[nodiscard]] inline auto upload_items(const gguf::tensor_table& tensors, const tensor_placement& placement) -> result<buffer<upload::item>>;

/// A part of a tensor as one item more, or, where its rows do not follow one another in the file, as an item a row, which
/// together are a group: on the device the rows follow one another. What it gives is the number of the first; the plan's placement of
/// that number is where the slice begins, for a matrix of slice.size_bytes() bytes.
///
///     // One matrix of a device's share of queries, keys and values, in this order:
///     CRIA_TRY(const std::size_t queries, llama::append_items(own.query, "queries", device, 1, items));
///     CRIA_TRY(const std::size_t keys, llama::append_items(own.key, "keys", device, 1, items));
///     CRIA_TRY(const std::size_t values, llama::append_items(own.value, "values", device, 1, items));
///     // and its columns of what is behind them:
///     CRIA_TRY(const std::size_t output, llama::append_items(own.attn_output, "output", device, 2, items));
///
/// `group` may be 0 for a slice that is contiguous. A part that another device has too is an item of its own there.
/// Fails:   errc::invalid_argument where `slice` is nothing, or has rows apart and no group; errc::unsupported_type for a type whose
///          layout is not known; errc::overflow where offsets do not fit 64 bits; errc::out_of_memory. `out` is then as it was.
/// Borrows: `name`.   Cost: O(rows) where they are apart.   Precondition: `slice` lies within its tensor's data, as all made by slice.hpp do.
[[nodiscard]] inline auto append_items(const tensor_slice& slice, std::string_view name, std::uint32_t device, std::uint32_t group, buffer<upload::item>& out)
    -> result<std::size_t>;

/// A plan that puts every tensor of the table on device 0.
///
///     CRIA_TRY(const auto plan, llama::plan_upload(model.files().tensors()));
///
/// Fails: as upload::make_plan.
[[nodiscard]] inline auto plan_upload(const gguf::tensor_table& tensors, const upload::plan_options& options = {}) -> result<upload::plan>;
/// A plan that puts tensors where `placement` says, on as many devices: plan_options::n_devices is not asked.
/// Fails: as upload_items and upload::make_plan.
[[nodiscard]] inline auto plan_upload(const gguf::tensor_table& tensors, const tensor_placement& placement, const upload::plan_options& options = {})
    -> result<upload::plan>;

/// The file as the source of an upload: offsets of its tensors count from the first byte there.
/// Borrows: the file, which may not be moved; its name is the path.
[[nodiscard]] inline auto upload_source(const gguf::file& opened) noexcept -> upload::source;
auto upload_source(gguf::file&& opened) -> upload::source = delete;

/// The sources for a plan of the tensors of `opened`: one a file, in the order of tensor::shard.
///
///     CRIA_TRY(const auto plan, llama::plan_upload(model.files().tensors()));
///     CRIA_TRY(const auto sources, llama::upload_sources(model.files()));
///     CRIA_TRY(const auto resident, upload::execute(runtime, plan, sources.span()));
///
/// Fails:   errc::out_of_memory.
/// Borrows: the files; a `shards`, though not a single file, may be moved meanwhile.
[[nodiscard]] inline auto upload_sources(const gguf::shards& opened) -> result<buffer<upload::source>>;
[[nodiscard]] inline auto upload_sources(const gguf::file& opened) -> result<buffer<upload::source>>;
auto upload_sources(gguf::shards&& opened) -> result<buffer<upload::source>> = delete;
auto upload_sources(gguf::file&& opened) -> result<buffer<upload::source>> = delete;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto upload_items(const gguf::tensor_table& tensors, std::uint32_t device) -> result<buffer<upload::item>> {
    buffer<upload::item> items;
    CRIA_TRY_VOID(items.reserve(tensors.size(), "upload plan"));
    for (const gguf::tensor& tensor : tensors)
        CRIA_TRY_VOID(items.push_back({tensor.name, tensor.shard, tensor.offset_bytes, tensor.size_bytes, device}, "upload plan"));
    return items;
}

inline auto upload_items(const gguf::tensor_table& tensors, const tensor_placement& placement) -> result<buffer<upload::item>> {
    if (placement.n_tensors() != tensors.size())
        return error{errc::invalid_argument, "placement"}
            .because("is of another number of tensors")
            .expecting(std::uint64_t{tensors.size()}, std::uint64_t{placement.n_tensors()});
    buffer<upload::item> items;
    CRIA_TRY_VOID(items.reserve(placement.entries().size(), "upload plan"));
    for (const placed_tensor& entry : placement.entries()) {
        const gguf::tensor& tensor = tensors[entry.tensor];
        CRIA_TRY_VOID(items.push_back({tensor.name, tensor.shard, tensor.offset_bytes, tensor.size_bytes, entry.device}, "upload plan"));
    }
    return items;
}

inline auto append_items(const tensor_slice& slice, std::string_view name, std::uint32_t device, std::uint32_t group, buffer<upload::item>& out)
    -> result<std::size_t> {
    CRIA_TRY_VOID(detail::layout_of(slice));
    const bool is_whole = slice.is_contiguous() || slice.row_bytes == 0;
    if (!is_whole && group == 0) return error{errc::invalid_argument, name}.because("is rows that lie apart, and has no group");
    const std::uint64_t n_items = is_whole ? 1 : slice.n_out;
    const std::uint64_t item_bytes = is_whole ? slice.size_bytes() : slice.row_bytes;
    std::uint64_t first = 0, to_last = 0, last = 0;
    if (!cria::detail::checked_add(slice.tensor->offset_bytes, slice.offset_bytes, first) ||
        !cria::detail::checked_multiply(n_items - 1, slice.stride_bytes, to_last) || !cria::detail::checked_add(first, to_last, last))
        return error{errc::overflow, name}.because("offset and size do not fit 64 bits").finding(slice.offset_bytes);

    const std::size_t number = out.size();
    CRIA_TRY_VOID(out.grow(n_items, "upload plan"));
    for (std::uint64_t i = 0; i < n_items; ++i)
        CRIA_TRY_VOID(out.push_back({name, slice.tensor->shard, first + i * slice.stride_bytes, item_bytes, device, group}, "upload plan"));
    return number;
}

inline auto plan_upload(const gguf::tensor_table& tensors, const upload::plan_options& options) -> result<upload::plan> {
    CRIA_TRY(const auto items, upload_items(tensors));
    return upload::make_plan(items.span(), options);
}

inline auto plan_upload(const gguf::tensor_table& tensors, const tensor_placement& placement, const upload::plan_options& options) -> result<upload::plan> {
    CRIA_TRY(const auto items, upload_items(tensors, placement));
    upload::plan_options own = options;
    own.n_devices = placement.n_devices();
    return upload::make_plan(items.span(), own);
}

inline auto upload_source(const gguf::file& opened) noexcept -> upload::source {
    return {opened.native().path(), opened.mapping(), &opened.native(), opened.base_offset_bytes(), opened.how() == io::access::mapped};
}

inline auto upload_sources(const gguf::shards& opened) -> result<buffer<upload::source>> {
    buffer<upload::source> sources;
    CRIA_TRY_VOID(sources.reserve(opened.size(), "upload sources"));
    for (const gguf::file& file : opened) CRIA_TRY_VOID(sources.push_back(upload_source(file), "upload sources"));
    return sources;
}

inline auto upload_sources(const gguf::file& opened) -> result<buffer<upload::source>> {
    buffer<upload::source> sources;
    CRIA_TRY_VOID(sources.push_back(upload_source(opened), "upload sources"));
    return sources;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_UPLOAD_PLAN_HPP
