// SPDX-License-Identifier: MIT
// What quantization takes away: real weights through ggml's quantizer and back.
//
//     cria_quantization_loss matrix FILE COLUMNS          FILE: floats, row after row. A row of CSV for each type
//     cria_quantization_loss model MODEL TYPE OUT         MODEL with its matrices quantized and dequantized, as F32
//
// A model's matrices are quantized as one long row each, so that types whose blocks are longer than its rows can be
// compared with the others: a block may lie across the end of a row. Types that ggml quantizes with an importance matrix
// only get one of ones. What comes back is what every reader makes of the blocks: cria::quant::dequantize.
#include <algorithm>  // max
#include <cmath>      // sqrt, fabs
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <ggml.h>

#include "cria/cria.hpp"

namespace {

using cria::tensor_type;

auto quantized(tensor_type type, const std::vector<float>& values, std::size_t row) -> std::vector<std::byte> {
    const auto ggml = static_cast<ggml_type>(type);
    std::vector<std::byte> blocks(ggml_row_size(ggml, static_cast<std::int64_t>(row)) * (values.size() / row));
    const std::vector<float> ones(ggml_quantize_requires_imatrix(ggml) ? row : 0, 1.0F);
    ggml_quantize_chunk(ggml, values.data(), blocks.data(), 0, static_cast<std::int64_t>(values.size() / row), static_cast<std::int64_t>(row),
                        ones.empty() ? nullptr : ones.data());
    return blocks;
}

auto there_and_back(tensor_type type, const std::vector<float>& values, std::size_t row) -> cria::result<std::vector<float>> {
    const auto blocks = quantized(type, values, row);
    std::vector<float> back(values.size());
    CRIA_TRY_VOID(cria::quant::dequantize<float>(type, blocks, back));
    return back;
}

auto measure(const std::vector<float>& values, std::size_t row) -> cria::result<void> {
    double weights = 0;
    for (const float value : values) weights += double{value} * value;
    const double rms = std::sqrt(weights / static_cast<double>(values.size()));
    std::printf("type,block,bytes,bits per weight,error in %%,largest error,of a product in %%\n");
    for (std::uint32_t id = 0; id < 64; ++id) {
        const auto type = static_cast<tensor_type>(id);
        const auto layout = cria::geometry_of(type);
        const auto is = [&](std::string_view name) { return layout->name == name; };
        if (!layout || is("i8") || is("i16") || is("i32") || is("i64") || is("f64") || is("q8_1") || is("q8_k")) continue;  // not for weights
        CRIA_TRY(const auto back, there_and_back(type, values, row));
        double errors = 0, largest = 0, products = 0, product_errors = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double error = double{back[i]} - values[i];
            errors += error * error;
            largest = (std::max)(largest, std::fabs(error));
        }
        // The same vector for every type: what normalised activations are like, by a generator of ours.
        std::uint64_t state = 1;
        std::vector<double> x(row);
        for (double& at : x) {
            at = 0;
            for (int k = 0; k < 12; ++k) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                at += static_cast<double>(state >> 40U) / (1U << 24U) - 0.5;
            }
        }
        for (std::size_t r = 0; r < values.size() / row; ++r) {
            double exact = 0, error = 0;
            for (std::size_t i = 0; i < row; ++i) exact += x[i] * values[r * row + i], error += x[i] * (double{back[r * row + i]} - values[r * row + i]);
            products += exact * exact;
            product_errors += error * error;
        }
        std::printf("%.*s,%u,%u,%.4g,%.3g,%.3g,%.3g\n", static_cast<int>(layout->name.size()), layout->name.data(), layout->elements_per_block, layout->bytes_per_block,
                    layout->bits_per_element(), 100 * std::sqrt(errors / weights), largest / rms, 100 * std::sqrt(product_errors / products));
    }
    return {};
}

auto requantize(const char* from, std::string_view name, const char* to) -> cria::result<void> {
    CRIA_TRY(const auto file, cria::gguf::file::open(from));
    const auto type = cria::tensor_type_named(name);
    if (!type) return cria::error{cria::errc::unsupported_type, "type"};
    cria::gguf::writer out;
    for (const auto& entry : file.metadata()) CRIA_TRY_VOID(out.set(entry.key, entry.value));
    std::vector<std::vector<float>> kept(file.tensors().size());  // until the file is written
    for (std::size_t t = 0; t < file.tensors().size(); ++t) {
        const auto& tensor = file.tensors()[t];
        std::vector<float>& values = kept[t];
        values.resize(tensor.shape.elements());
        CRIA_TRY(const auto bytes, file.bytes(tensor));
        CRIA_TRY_VOID(cria::quant::dequantize<float>(tensor.type, bytes, values));
        if (tensor.shape.n_dimensions > 1) {
            CRIA_TRY(auto back, there_and_back(*type, values, values.size()));
            values = std::move(back);
        }
        CRIA_TRY_VOID(out.add_tensor(tensor.name, tensor.shape, tensor_type::f32, cria::gguf::tensor_data::from_memory(std::as_bytes(std::span(values)))));
    }
    CRIA_TRY_VOID(out.write(to));
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    cria::result<void> done;
    if (what == "matrix" && argc == 4) {
        std::FILE* const in = std::fopen(argv[2], "rb");
        if (in == nullptr) return std::perror(argv[2]), 1;
        std::vector<float> values;
        float part[4096];
        for (std::size_t n = 0; (n = std::fread(part, sizeof(float), 4096, in)) != 0;) values.insert(values.end(), part, part + n);
        std::fclose(in);
        done = measure(values, std::strtoul(argv[3], nullptr, 10));
    } else if (what == "model" && argc == 5) {
        done = requantize(argv[2], argv[3], argv[4]);
    } else {
        std::fprintf(stderr, "usage: %s matrix FILE COLUMNS | model MODEL TYPE OUT\n", argv[0]);
        return 2;
    }
    if (!done) return std::puts(done.error().message().c_str()), 1;
    return 0;
}
