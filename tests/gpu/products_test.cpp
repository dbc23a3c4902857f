// SPDX-License-Identifier: MIT
// The engine with its products on a CUDA device, by cuBLAS, beside the engine on the CPU; skipped where there is no device.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/cublas.hpp"
#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/dequantize.hpp"
#include "cria/llama/family.hpp"
#include "engine/device_products.hpp"
#include "engine/random_models.hpp"
#include "engine/transformer.hpp"
#include "gpu/device.hpp"
#include "support/catch.hpp"
#include "support/shared_data.hpp"

namespace {

using cria::tensor_type;
using cria_test::engine_model;
namespace gpu = cria::gpu;
namespace llama = cria::llama;

using cuda_products = engine::device_products<gpu::cuda_runtime, cli::cublas>;

/// Whether the running test has been reported as skipped, for want of a device or of cuBLAS.
auto skips_without_cublas() -> bool {
    if (cria_test::skips_without_devices()) return true;
    const auto loaded = cli::load_cublas();
    if (loaded) return false;
    cria_test::skip(loaded.error().message());
    return true;
}

/// Logits of all positions of `ids`, with products on device 0, or on the CPU where `weights` is nothing.
auto logits_of(const llama::model& model, const std::vector<engine::token_id>& ids, std::optional<tensor_type> weights = {}, std::size_t batch_length = 512) -> std::vector<float> {
    gpu::cuda_runtime runtime;
    std::unique_ptr<cuda_products> products;
    if (weights) {
        const auto loaded = cli::load_cublas();
        REQUIRE(loaded.has_value());
        gpu::dequantizer dequantizer;
        auto made = cuda_products::make(model, runtime, dequantizer, cli::cublas(*loaded), {.weights = *weights, .batch_length = batch_length});
        INFO((made ? std::string() : made.error().message()));
        REQUIRE(made.has_value());
        products = *std::move(made);
    }
    auto text = engine::transformer::make(model, {.products = products.get()});
    INFO((text ? std::string() : text.error().message()));
    REQUIRE(text.has_value());
    auto made = cria_test::logits_of(*text, ids);
    INFO((made.done ? std::string() : made.done.error().message()));
    REQUIRE(made.done.has_value());
    return std::move(made.logits);
}

/// The largest difference, as a part of the largest logit.
auto difference(const std::vector<float>& found, const std::vector<float>& wanted) -> double {
    REQUIRE(found.size() == wanted.size());
    double largest = 0, off = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        largest = std::max(largest, std::abs(double{wanted[i]}));
        const double apart = std::abs(double{found[i]} - double{wanted[i]});
        off = apart <= off ? off : apart;  // a NaN stays
    }
    return off / largest;
}

/// The most probable token after each.
auto greedy(const std::vector<float>& logits, std::size_t n_tokens) -> std::vector<std::ptrdiff_t> {
    const auto n = static_cast<std::ptrdiff_t>(logits.size() / n_tokens);
    std::vector<std::ptrdiff_t> best;
    for (auto row = logits.begin(); row != logits.end(); row += n) best.push_back(std::max_element(row, row + n) - row);
    return best;
}

/// Of 16 bits, what was measured of all these models and a half more; of f32 what single sums in another order may be off.
constexpr double f32_is_off = 1e-4, f16_is_off = 1e-2, bf16_is_off = 8e-2;

/// With weights of every type, as near to the CPU's as they should be.
void check_model(const llama::model& model, const std::vector<engine::token_id>& ids) {
    const auto wanted = logits_of(model, ids);
    const auto with_f32 = logits_of(model, ids, tensor_type::f32);
    const double off_f32 = difference(with_f32, wanted);
    const double off_f16 = difference(logits_of(model, ids, tensor_type::f16), wanted);
    const double off_bf16 = difference(logits_of(model, ids, tensor_type::bf16), wanted);
    UNSCOPED_INFO("off by " << off_f32 << " with f32, " << off_f16 << " with f16, " << off_bf16 << " with bf16");
    CHECK(off_f32 <= f32_is_off);
    CHECK(off_f16 <= f16_is_off);
    CHECK(off_bf16 <= bf16_is_off);
    CHECK(greedy(with_f32, ids.size()) == greedy(wanted, ids.size()));
}

auto open(const std::string& path) -> llama::model {
    auto model = llama::open(path);
    INFO((model ? path : model.error().message()));
    REQUIRE(model.has_value());
    return *std::move(model);
}

/// Some ids of the vocabulary.
auto some_ids(const llama::model& model, std::size_t n) -> std::vector<engine::token_id> {
    cria_test::random_numbers random(1);
    std::vector<engine::token_id> ids(n);
    for (auto& each : ids) each = static_cast<engine::token_id>(random.below(model.hyperparameters().vocabulary_size));
    return ids;
}

}  // namespace

TEST_CASE("with products by cuBLAS logits of the sample model are the CPU's") {
    if (skips_without_cublas()) return;
    const auto model = open(std::string(CRIA_MODELS_DIR) + "/story-2m.gguf");
    const auto ids = model.tokenizer().encode("Once upon a time, a cheerful badger called Ines lived in a wooden cabin behind the school.");
    REQUIRE(ids.has_value());
    check_model(model, {ids->begin(), ids->end()});
}

TEST_CASE("with products by cuBLAS logits of every family are the CPU's, whatever lies where in the file") {
    if (skips_without_cublas()) return;
    for (const llama::family& row : llama::families) {
        for (cria_test::family_parts parts : cria_test::part_choices()) {
            for (const tensor_type matrices : {tensor_type::f32, tensor_type::q8_0}) {
                parts.matrices = matrices;
                const engine_model model(cria_test::random_model(row, parts));
                CAPTURE(row.architecture, parts.experts, parts.shared_expert, parts.fused_attention, parts.tied_output, matrices);
                const auto ids = model.ids(70);
                const auto wanted = logits_of(model.get(), ids);
                CHECK(difference(logits_of(model.get(), ids, tensor_type::f32), wanted) <= f32_is_off);
                CHECK(difference(logits_of(model.get(), ids, tensor_type::f32, 7), wanted) <= f32_is_off);
            }
        }
    }
}

TEST_CASE("with products by cuBLAS logits of llama.cpp's families are the CPU's", "[conformance]") {
    if (skips_without_cublas()) return;
    const std::string folder = cria_test::shared_path("conformance/architectures");
    if (!std::filesystem::exists(folder)) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".gguf") paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    paths.push_back(cria_test::shared_path("models/aidreams260K.gguf"));
    for (const std::string& path : paths) {
        CAPTURE(path);
        const auto model = open(path);
        check_model(model, some_ids(model, 48));
    }
}

TEST_CASE("products by cuBLAS give all of the device's memory back") {
    if (skips_without_cublas()) return;
    const engine_model model(cria_test::random_model(*llama::find_family("qwen3moe"), {.matrices = tensor_type::q8_0}));
    const auto ids = model.ids(20);
    const auto free_bytes = [] {
        std::size_t free = 0, total = 0;
        REQUIRE(cudaDeviceSynchronize() == cudaSuccess);
        REQUIRE(cudaMemGetInfo(&free, &total) == cudaSuccess);
        return free;
    };
    const auto use = [&] {
        for (const tensor_type weights : {tensor_type::f32, tensor_type::f16, tensor_type::bf16}) static_cast<void>(logits_of(model.get(), ids, weights));
    };
    use();  // what libraries keep, they have from here on
    const std::size_t before = free_bytes();
    for (int i = 0; i < 5; ++i) use();
    CHECK(free_bytes() == before);
}
