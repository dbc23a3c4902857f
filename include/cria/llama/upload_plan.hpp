// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_UPLOAD_PLAN_HPP
#define CRIA_LLAMA_UPLOAD_PLAN_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/upload/plan.hpp"

#include <cstdint>

// Where upload plans and GGUF meet: a tensor table as the byte ranges that a plan is made of.

namespace cria::inline v0::llama {

/// One item a tensor, in the table's order: placement i of a plan made from them is that of tensor i.
/// Fails: errc::out_of_memory. Borrows: the tensors' names.
[[nodiscard]] inline auto upload_items(const gguf::tensor_table& tensors, std::uint32_t device = 0) -> result<buffer<upload::item>>;

/// A plan that puts every tensor of the table on device 0.
///
///     CRIA_TRY(const auto plan, llama::plan_upload(model.files().tensors()));
///
/// For more devices, change the items' devices and call upload::make_plan.
/// Fails: as upload::make_plan.
[[nodiscard]] inline auto plan_upload(const gguf::tensor_table& tensors, const upload::plan_options& options = {}) -> result<upload::plan>;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto upload_items(const gguf::tensor_table& tensors, std::uint32_t device) -> result<buffer<upload::item>> {
    buffer<upload::item> items;
    CRIA_TRY_VOID(items.reserve(tensors.size(), "upload plan"));
    for (const gguf::tensor& tensor : tensors)
        CRIA_TRY_VOID(items.push_back({tensor.name, tensor.shard, tensor.offset_bytes, tensor.size_bytes, device}, "upload plan"));
    return items;
}

inline auto plan_upload(const gguf::tensor_table& tensors, const upload::plan_options& options) -> result<upload::plan> {
    CRIA_TRY(const auto items, upload_items(tensors));
    return upload::make_plan(items.span(), options);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_UPLOAD_PLAN_HPP
