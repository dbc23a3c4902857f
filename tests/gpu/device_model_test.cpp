// SPDX-License-Identifier: MIT
#include "cria/llama/device_model.hpp"

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "cria/gpu/cuda_runtime.hpp"
#include "cria/gpu/dequantize.hpp"
#include "cria/llama/share.hpp"
#include "device.hpp"
#include "support/catch.hpp"
#include "support/device_models.hpp"

// Whole models on CUDA devices: what is there, read back, is what the file has, or what quant::dequantize makes of it, bit for bit.

using cria::errc;
using cria::gpu::cuda_runtime;
using cria::llama::number_type;
using cria_test::skips_without_devices;
namespace gguf = cria::gguf;
namespace gpu = cria::gpu;
namespace llama = cria::llama;
namespace upload = cria::upload;

namespace {

using options_there = llama::device_options<cuda_runtime>;
using model_there = llama::device_model<cuda_runtime>;

auto sample_model() -> llama::model {
    auto opened = llama::open(CRIA_MODELS_DIR "/story-2m.gguf");
    INFO((opened ? std::string() : opened.error().message()));
    REQUIRE(opened.has_value());
    return *std::move(opened);
}

[[nodiscard]] auto free_bytes(int device) -> std::size_t {
    std::size_t n = 0, total = 0;
    REQUIRE(cudaSetDevice(device) == cudaSuccess);
    REQUIRE(cudaMemGetInfo(&n, &total) == cudaSuccess);
    return n;
}

void check_device_arenas(const model_there& there, const gguf::shards& files) {
    const auto wanted = cria_test::expected_arenas(there.layout(), files);
    REQUIRE(there.arenas().size() == wanted.size());
    for (std::size_t d = 0; d < wanted.size(); ++d) {
        CAPTURE(d);
        REQUIRE(there.arenas()[d].size_bytes == wanted[d].size());
        if (wanted[d].empty()) continue;
        REQUIRE(cudaSetDevice(static_cast<int>(there.arenas()[d].device)) == cudaSuccess);
        const bool are_equal = cria_test::read_device(there.arenas()[d].address, wanted[d].size()) == wanted[d];
        REQUIRE(are_equal);
    }
}

/// Fails at one of its calls.
struct failing_dequantizer {
    gpu::dequantizer with;
    std::uint64_t n_calls = 0, fail_at = 0;

    auto dequantize(cria::tensor_type type, const void* blocks, std::uint64_t n, cria::tensor_type out_type, void* out, cudaStream_t stream) -> cria::result<void> {
        if (++n_calls == fail_at) return cria::error{errc::unsupported_feature, "converter"};
        return with.dequantize(type, blocks, n, out_type, out, stream);
    }
};

}  // namespace

TEST_CASE("the sample model is on a device as it is in the file, or converted, whatever scratch there is, and the memory comes back") {
    if (skips_without_devices()) return;
    const llama::model model = sample_model();
    cuda_runtime cuda;
    gpu::dequantizer dequantizer;
    const auto bring = [&](number_type matrices, std::optional<number_type> vectors, std::uint64_t scratch_bytes, upload::source_mode mode) {
        options_there options{.convert = {matrices, vectors, false}, .scratch_bytes = scratch_bytes, .plan = {.tail_bytes = 512}};
        options.upload.how = mode;
        options.upload.verify = upload::verification::full;
        auto made = llama::upload_model(model, cuda, dequantizer, options);
        INFO((made ? std::string() : made.error().message()));
        REQUIRE(made.has_value());
        return *std::move(made);
    };
    for (const number_type matrices : {number_type::f32, number_type::f16, number_type::bf16}) static_cast<void>(bring(matrices, {}, 1 << 20U, upload::source_mode::mapped));  // warms up
    const std::size_t free_before = free_bytes(0);
    for (const number_type matrices : {number_type::as_stored, number_type::f32, number_type::f16, number_type::bf16}) {
        for (const std::uint64_t scratch_bytes : {std::uint64_t{100'000}, std::uint64_t{1} << 20U, std::uint64_t{1} << 30U}) {
            for (const upload::source_mode mode : {upload::source_mode::mapped, upload::source_mode::read}) {
                CAPTURE(static_cast<int>(matrices), scratch_bytes, static_cast<int>(mode));
                {
                    const auto there = bring(matrices, mode == upload::source_mode::read ? std::optional{matrices} : std::nullopt, scratch_bytes, mode);
                    check_device_arenas(there, model.files());
                    CHECK((there.report().n_windows > 1) == (matrices != number_type::as_stored && scratch_bytes < 2'000'000));
                }
                CHECK(free_bytes(0) == free_before);
            }
        }
    }
}

TEST_CASE("on a device the slices of a model have the numbers that they have in the file") {
    if (skips_without_devices()) return;
    const llama::model model = sample_model();
    cuda_runtime cuda;
    gpu::dequantizer dequantizer;
    const auto there = llama::upload_model(model, cuda, dequantizer, {.convert = {.matrices = number_type::f16}, .scratch_bytes = 200'000});
    REQUIRE(there.has_value());
    for (std::uint32_t layer = 0; layer < model.weights().layers.size(); ++layer) {
        for (std::uint32_t i = 0; i < 2; ++i) {
            const auto share = llama::share_of(model.weights(), model.hyperparameters(), layer, i, 2);
            INFO((share ? std::string() : share.error().message()));
            REQUIRE(share.has_value());
            for (const auto& slice : {share->query, share->key, share->value, share->attn_output, share->gate, share->up, share->ffn_down}) {
                CAPTURE(slice.tensor->name, i);
                const auto found = there->find(slice);
                REQUIRE(found.has_value());
                const auto data = cria_test::bytes_of(model.files(), *slice.tensor);
                for (std::uint64_t row = 0; row < slice.n_out; ++row) {
                    const bool is_equal =
                        cria_test::read_device(found->address + row * found->stride_bytes, found->row_bytes) == cria_test::bytes_there(slice.tensor->type, slice.row(data, row), found->type);
                    REQUIRE(is_equal);
                }
            }
        }
    }
}

TEST_CASE("a model's upload that fails or is cancelled leaves no memory of the device behind") {
    if (skips_without_devices()) return;
    const llama::model model = sample_model();
    cuda_runtime cuda;
    failing_dequantizer converter;
    options_there options{.convert = {.matrices = number_type::f32}, .scratch_bytes = 300'000};
    REQUIRE(llama::upload_model(model, cuda, converter, options).has_value());  // warms up
    const std::uint64_t n_calls = converter.n_calls;
    REQUIRE(n_calls > 10);
    const std::size_t free_before = free_bytes(0);
    for (std::uint64_t k = 1; k <= n_calls; ++k) {
        CAPTURE(k);
        converter.n_calls = 0;
        converter.fail_at = k;
        const auto failed = llama::upload_model(model, cuda, converter, options);
        REQUIRE_FALSE(failed.has_value());
        CHECK(failed.error().code == errc::unsupported_feature);
        CHECK(free_bytes(0) == free_before);
    }
    converter.fail_at = 0;
    std::size_t n_told = 0, stop_at = 1;
    for (bool was_reached = true; was_reached; ++stop_at) {
        CAPTURE(stop_at);
        n_told = 0;
        auto listen = [&](const upload::progress&) { return ++n_told != stop_at; };
        options.upload.on_progress = listen;
        {
            const auto there = llama::upload_model(model, cuda, converter, options);
            was_reached = n_told >= stop_at;
            if (there) check_device_arenas(*there, model.files());
            else CHECK(there.error().code == errc::cancelled);
        }
        CHECK(free_bytes(0) == free_before);
    }
}

TEST_CASE("two devices have their layers of the sample model, converted on each") {
    if (skips_without_devices(2)) return;
    const llama::model model = sample_model();
    cuda_runtime cuda;
    gpu::dequantizer dequantizer;
    const std::uint64_t shares[] = {1, 1};
    for (const number_type matrices : {number_type::as_stored, number_type::f16}) {
        options_there options{.convert = {.matrices = matrices}, .shares = shares, .scratch_bytes = 200'000, .plan = {.broadcasts = true}};
        options.upload.verify = upload::verification::full;
        const auto there = llama::upload_model(model, cuda, dequantizer, options);
        INFO((there ? std::string() : there.error().message()));
        REQUIRE(there.has_value());
        check_device_arenas(*there, model.files());
        CHECK(there->arenas()[1].size_bytes > 0);
    }
}
