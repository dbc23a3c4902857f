// SPDX-License-Identifier: MIT
// Uploads one weight of a model file and multiplies it by a vector with cuBLAS, which takes its address as it is. The
// product is compared with the processor's. A weight that is not f16 is made so on the way.
//
//     cria_cublas_weight model.gguf                         the largest matrix, of f16 where there is one
//     cria_cublas_weight model.gguf blk.0.ffn_down.weight
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>
#include <utility>

#include "cria/base/buffer.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/quant/dequantize.hpp"
#include "cria/quant/half.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/plan.hpp"
#include "cublas.hpp"

namespace {

using cria::errc;
using cria::error;
using cria::result;
using cria::tensor_type;
using cria::quant::f16;
namespace gguf = cria::gguf;
namespace gpu = cria::gpu;
namespace upload = cria::upload;

auto is_matrix(const gguf::tensor& each) -> bool { return each.shape.n_dimensions == 2 && each.shape[0] <= INT_MAX && each.shape[1] <= INT_MAX; }

/// The tensor called `name`, or the largest matrix, of f16 where there is one.
auto find_weight(const gguf::tensor_table& tensors, std::string_view name) -> result<const gguf::tensor*> {
    const gguf::tensor* found = name.empty() ? nullptr : tensors.find(name);
    if (name.empty()) {
        for (const gguf::tensor& each : tensors) {
            if (!is_matrix(each)) continue;
            const bool is_better_type = found != nullptr && each.type == tensor_type::f16 && found->type != tensor_type::f16;
            const bool is_worse_type = found != nullptr && each.type != tensor_type::f16 && found->type == tensor_type::f16;
            if (found == nullptr || is_better_type || (!is_worse_type && each.shape.elements() > found->shape.elements())) found = &each;
        }
    }
    if (found == nullptr) return error{errc::missing_tensor, name.empty() ? "a matrix" : name};
    if (!is_matrix(*found)) return error{errc::wrong_shape, found->name}.because("is not a matrix that cuBLAS can count");
    return found;
}

/// A weight on the host: its bytes, and which of them the upload takes from where.
struct host_weight {
    cria::buffer<f16> values;    // to compare with, and what is uploaded where the file has another type
    upload::source source;
    std::uint64_t offset_bytes = 0;
};

auto read_weight(const gguf::file& file, const gguf::tensor& weight) -> result<host_weight> {
    host_weight made;
    CRIA_TRY(made.values, cria::buffer<f16>::make(weight.shape.elements(), weight.name));
    CRIA_TRY(const auto bytes, file.bytes(weight));
    CRIA_TRY_VOID(cria::quant::dequantize<f16>(weight.type, bytes, {made.values.data(), made.values.size()}));
    if (weight.type == tensor_type::f16) {
        made.source = {weight.name, file.mapping(), &file.native(), file.base_offset_bytes(), true};
        made.offset_bytes = weight.offset_bytes;
    } else {
        made.source = {weight.name, std::as_bytes(made.values.span()), nullptr, 0, false};
    }
    return made;
}

auto run(const char* path, std::string_view name) -> result<void> {
    CRIA_TRY(const auto file, gguf::file::open(path));
    CRIA_TRY(const gguf::tensor* const weight, find_weight(file.tensors(), name));
    CRIA_TRY(const auto host, read_weight(file, *weight));
    const auto n_in = static_cast<int>(weight->shape[0]), n_out = static_cast<int>(weight->shape[1]);

    const upload::item item{weight->name, 0, host.offset_bytes, std::as_bytes(host.values.span()).size()};
    CRIA_TRY(const auto plan, upload::make_plan({&item, 1}));
    gpu::cuda_runtime cuda;
    CRIA_TRY(const auto resident, upload::execute(cuda, plan, std::span(&host.source, 1)));

    CRIA_TRY(auto x, cria::buffer<f16>::make(weight->shape[0], "x"));
    CRIA_TRY(auto y, cria::buffer<float>::make(weight->shape[1], "y"));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = cria::quant::to_f16(static_cast<float>(i * 7919 % 2003) / 1001.0F - 1.0F);
    const blas::weight there{resident.address(plan.placements()[0]), CUDA_R_16F, n_in, n_out, n_in};
    CRIA_TRY_VOID(blas::multiply(there, std::as_bytes(x.span()), {y.data(), y.size()}, CUBLAS_COMPUTE_32F));

    double largest = 0;
    std::size_t n_wrong = 0;  // farther away than rounding can bring a sum of n_in floats
    for (std::size_t row = 0; row < y.size(); ++row) {
        double sum = 0, magnitude = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double product = double{to_float(host.values[row * x.size() + i])} * double{to_float(x[i])};
            sum += product;
            magnitude += std::abs(product);
        }
        const double difference = std::abs(double{y[row]} - sum);
        if (difference > largest) largest = difference;
        if (!(difference <= n_in * 0x1p-23 * magnitude)) ++n_wrong;  // NaN too
    }
    const auto layout = cria::geometry_of(weight->type);
    std::printf("%.*s: %d x %d, %.*s in the file, on device 0 at %p\n", static_cast<int>(weight->name.size()), weight->name.data(), n_out, n_in,
                static_cast<int>(layout->name.size()), layout->name.data(), static_cast<const void*>(there.address));
    std::printf("largest difference from the processor's product: %g\n", largest);
    if (n_wrong > 0) return error{errc::invalid_value, weight->name}.because("products are not the processor's").finding(std::uint64_t{n_wrong});
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) return std::fprintf(stderr, "usage: cria_cublas_weight MODEL [TENSOR]\n"), 2;
    const auto answer = run(argv[1], argc == 3 ? argv[2] : "");
    if (!answer) return std::fprintf(stderr, "cria_cublas_weight: error: %s\n", answer.error().message().c_str()), 1;
    return 0;
}
