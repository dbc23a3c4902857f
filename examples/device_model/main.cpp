// SPDX-License-Identifier: MIT
// Puts a model on device 0 with its matrices as f32, or as f16, whatever the file has them in, and multiplies the first layer's queries
// by a vector with cuBLAS. The product is compared with the reference engine's, which reads the file's own blocks.
//
//     cria_device_model                      the sample model, f32
//     cria_device_model --f16 model.gguf
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>

#include "cria/base/buffer.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/dequantize.hpp"
#include "cria/llama/device_model.hpp"
#include "cria/llama/model.hpp"
#include "cria/quant/half.hpp"
#include "cublas_weight/cublas.hpp"
#include "engine/matmul.hpp"
#include "engine/threads.hpp"

namespace {

using cria::buffer;
using cria::errc;
using cria::error;
using cria::result;
using cria::quant::f16;
namespace gpu = cria::gpu;
namespace llama = cria::llama;

/// The product as the reference engine computes it, from the bytes of the file.
auto multiply_here(const llama::model& model, const llama::tensor_slice& weight, std::span<const float> x, std::span<float> y) -> result<void> {
    CRIA_TRY(const auto data, model.files().bytes(*weight.tensor));
    const engine::matrix w{weight.tensor->type, weight.bytes(data), weight.n_in, weight.n_out};
    CRIA_TRY_VOID(engine::check(w));
    engine::team alone(1);
    engine::multiply(w, x.data(), 1, y.data(), alone);
    return {};
}

/// The same on the device.
auto multiply_there(const llama::device_tensor& weight, std::span<const float> x, std::span<float> y) -> result<void> {
    const bool is_f16 = weight.type == cria::tensor_type::f16;
    blas::weight w{weight.address, is_f16 ? CUDA_R_16F : CUDA_R_32F, static_cast<int>(weight.n_in), static_cast<int>(weight.n_out)};
    w.stride = static_cast<int>(weight.stride_bytes / (is_f16 ? sizeof(f16) : sizeof(float)));
    if (!is_f16) return blas::multiply(w, std::as_bytes(x), y, CUBLAS_COMPUTE_32F_PEDANTIC);  // without TF32
    CRIA_TRY(auto halves, buffer<f16>::make(x.size(), "x"));
    for (std::size_t i = 0; i < x.size(); ++i) halves[i] = cria::quant::to_f16(x[i]);
    return blas::multiply(w, std::as_bytes(halves.span()), y, CUBLAS_COMPUTE_32F);
}

auto run(const char* path, bool is_f16) -> result<void> {
    CRIA_TRY(const auto model, llama::open(path));
    gpu::cuda_runtime cuda;
    gpu::dequantizer dequantizer;
    CRIA_TRY(const auto weights, llama::upload_model(model, cuda, dequantizer, {.convert = {.matrices = is_f16 ? llama::number_type::f16 : llama::number_type::f32}}));

    const llama::tensor_slice& query = model.weights().layers[0].query;  // attn_q, or rows of attn_qkv
    const auto there = weights.find(query);
    if (!there) return error{errc::missing_tensor, query.tensor->name};
    if (there->n_in > INT_MAX || there->n_out > INT_MAX) return error{errc::limit_exceeded, query.tensor->name};
    CRIA_TRY(auto x, buffer<float>::make(query.n_in, "x"));
    CRIA_TRY(auto found, buffer<float>::make(query.n_out, "y"));
    CRIA_TRY(auto wanted, buffer<float>::make(query.n_out, "y"));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * 7919 % 2003) / 1001.0F - 1.0F;
    CRIA_TRY_VOID(multiply_here(model, query, x.span(), {wanted.data(), wanted.size()}));
    CRIA_TRY_VOID(multiply_there(*there, x.span(), {found.data(), found.size()}));

    double largest = 0, difference = 0;
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        if (std::abs(wanted[row]) > largest) largest = std::abs(double{wanted[row]});
        const double apart = std::abs(double{found[row]} - double{wanted[row]});
        if (apart > difference || std::isnan(apart)) difference = apart;
        if (std::isnan(difference)) break;
    }
    const double relative = largest > 0 ? difference / largest : difference;
    const llama::device_model_report& report = weights.report();
    std::printf("%llu bytes of the file are %llu on device 0, %llu of them converted by way of %llu bytes of scratch\n", static_cast<unsigned long long>(report.upload_bytes),
                static_cast<unsigned long long>(report.resident_bytes), static_cast<unsigned long long>(report.converted_bytes), static_cast<unsigned long long>(report.scratch_bytes));
    const auto name_of = [](cria::tensor_type type) { return cria::geometry_of(type)->name; };
    const std::string_view name = query.tensor->name, stored = name_of(query.tensor->type), now = name_of(there->type);
    std::printf("%.*s: %llu x %llu, %.*s in the file, %.*s at %p\n", static_cast<int>(name.size()), name.data(), static_cast<unsigned long long>(there->n_out),
                static_cast<unsigned long long>(there->n_in), static_cast<int>(stored.size()), stored.data(), static_cast<int>(now.size()), now.data(), static_cast<const void*>(there->address));
    std::printf("largest difference from the engine's product, of its largest result: %g\n", relative);
    if (!(relative <= (is_f16 ? 1e-2 : 1e-5))) return error{errc::invalid_value, name}.because("products are not the engine's");
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_f16 = argc > 1 && std::string_view(argv[1]) == "--f16";
    const int at = is_f16 ? 2 : 1;
    if (argc > at + 1 || (argc > at && argv[at][0] == '-')) return std::fprintf(stderr, "usage: cria_device_model [--f16] [MODEL]\n"), 2;
    const auto answer = run(argc > at ? argv[at] : CRIA_SAMPLE_MODEL, is_f16);
    if (!answer) return std::fprintf(stderr, "cria_device_model: error: %s\n", answer.error().message().c_str()), 1;
    return 0;
}
