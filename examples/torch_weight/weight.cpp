// SPDX-License-Identifier: MIT
// A weight of a model file as a DLPack tensor on a device, behind one function that Python can call (weight.py).
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <new>
#include <span>
#include <utility>

#include "cria/gguf/file.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/upload/dlpack.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/plan.hpp"

namespace {

using cria::errc;
using cria::error;
using cria::result;
namespace gguf = cria::gguf;
namespace gpu = cria::gpu;
namespace upload = cria::upload;

/// What the tensor's memory needs to live: weights borrow their runtime.
struct owner {
    gpu::cuda_runtime cuda;
    upload::resident<gpu::cuda_runtime> weights;
};

auto load(const char* path, const char* name, std::uint64_t& offset_bytes, std::uint64_t& size_bytes) -> result<upload::dl_managed_tensor*> {
    CRIA_TRY(const auto file, gguf::file::open(path));
    const gguf::tensor* const weight = file.tensors().find(name);
    if (weight == nullptr) return error{errc::missing_tensor, name};
    offset_bytes = file.base_offset_bytes() + weight->offset_bytes;
    size_bytes = weight->size_bytes;

    std::unique_ptr<owner> owned(new (std::nothrow) owner);
    if (owned == nullptr) return error{errc::out_of_memory, name};
    const upload::item item{weight->name, 0, weight->offset_bytes, weight->size_bytes};
    CRIA_TRY(const auto plan, upload::make_plan({&item, 1}));
    const upload::source source{path, file.mapping(), &file.native(), file.base_offset_bytes(), true};
    CRIA_TRY(owned->weights, upload::execute(owned->cuda, plan, std::span(&source, 1)));

    std::byte* const address = owned->weights.address(plan.placements()[0]);
    // [export]
    CRIA_TRY(const auto view, upload::tensor_at(address, {upload::dl_device_type::cuda, 0}, weight->type, weight->shape.dimensions()));
    CRIA_TRY(auto exported, upload::to_dlpack(view, std::move(owned)));
    return exported.release();
    // [export]
}

}  // namespace

/// The tensor `name` of the file at `path`, on device 0; null where that failed, and `why` says so. Its bytes in the file
/// are `size_bytes` from `offset_bytes` on.
extern "C" auto cria_torch_weight(const char* path, const char* name, std::uint64_t* offset_bytes, std::uint64_t* size_bytes, char* why, std::size_t why_size)
    -> upload::dl_managed_tensor*;
extern "C" auto cria_torch_weight(const char* path, const char* name, std::uint64_t* offset_bytes, std::uint64_t* size_bytes, char* why, std::size_t why_size)
    -> upload::dl_managed_tensor* {
    const auto made = load(path, name, *offset_bytes, *size_bytes);
    if (made) return *made;
    std::snprintf(why, why_size, "%s", made.error().message().c_str());
    return nullptr;
}
