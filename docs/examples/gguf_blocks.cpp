// SPDX-License-Identifier: MIT
// Blocks of quantized numbers, read and made without the library and held against it: docs/gguf-research.md shows what this prints.
#include <algorithm>  // min
#include <cmath>      // fabs, round
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>  // memcmp, memcpy
#include <random>
#include <span>

#include "cria/cria.hpp"

namespace {

using byte = unsigned char;

auto half(const byte* at) -> float { return cria::quant::to_float(cria::quant::f16{static_cast<std::uint16_t>(at[0] | at[1] << 8)}); }

// [dequantize]
void q8_0(const byte* block, float* out) {  // 34 bytes: half d, 32 signed codes
    for (int i = 0; i < 32; ++i) out[i] = half(block) * static_cast<signed char>(block[2 + i]);
}

void q4_0(const byte* block, float* out) {  // 18 bytes: half d, 16 bytes of two codes
    for (int i = 0; i < 32; ++i) out[i] = half(block) * static_cast<float>((block[2 + i % 16] >> i / 16 * 4 & 15) - 8);
}

void q4_k(const byte* block, float* out) {  // 144 bytes: halves d and dmin, 12 bytes of scales, 128 bytes of two codes
    const float d = half(block), dmin = half(block + 2);
    const byte *six = block + 4, *codes = block + 16;
    for (int part = 0; part < 8; ++part) {  // 32 elements with a scale and a minimum of six bits each
        const int scale = part < 4 ? six[part] & 63 : (six[part + 4] & 15) | six[part - 4] >> 6 << 4;
        const int least = part < 4 ? six[part + 4] & 63 : six[part + 4] >> 4 | six[part] >> 6 << 4;
        for (int i = 0; i < 32; ++i) {
            const int code = codes[part / 2 * 32 + i] >> part % 2 * 4 & 15;  // low nibbles first, then the high ones
            // 11 bits of d, 6 of the scale, 4 of the code: the products are exact, and one difference is rounded
            out[part * 32 + i] = d * static_cast<float>(scale) * static_cast<float>(code) - dmin * static_cast<float>(least);
        }
    }
}

void q6_k(const byte* block, float* out) {  // 210 bytes: low nibbles, two high bits each, 16 signed scales, half d
    const float d = half(block + 208);
    for (int i = 0; i < 256; ++i) {
        const int quarter = i % 128 / 32, at = i / 128 * 64 + quarter % 2 * 32 + i % 32;
        const int low = block[at] >> quarter / 2 * 4 & 15, high = block[128 + i / 128 * 32 + i % 32] >> quarter * 2 & 3;
        const float scale = d * static_cast<signed char>(block[192 + i / 16]);
        out[i] = scale * static_cast<float>((low | high << 4) - 32);
    }
}
// [dequantize]

// [quantize]
struct made {
    float d;  // before it is rounded to a half
    int codes[32];
};

auto make_q8_0(const float* values) -> made {
    float most = 0;
    for (int i = 0; i < 32; ++i) most = std::fmax(most, std::fabs(values[i]));
    made block{most / 127, {}};
    for (int i = 0; i < 32; ++i) block.codes[i] = block.d == 0 ? 0 : static_cast<int>(std::round(values[i] / block.d));
    return block;
}

auto make_q4_0(const float* values) -> made {
    float extreme = 0;  // with its sign, which becomes the code 0: that has the larger reach, −8
    for (int i = 0; i < 32; ++i)
        if (std::fabs(values[i]) > std::fabs(extreme)) extreme = values[i];
    made block{extreme / -8, {}};
    for (int i = 0; i < 32; ++i) block.codes[i] = block.d == 0 ? 0 : std::min(15, static_cast<int>(values[i] / block.d + 8.5F)) - 8;
    return block;
}
// [quantize]

/// The largest error, in units of d, over blocks of random numbers: the bounds that the document states.
auto largest_error(made (*make)(const float*)) -> double {
    std::mt19937 random(1);
    double largest = 0;
    for (int n = 0; n < 20000; ++n) {
        float values[32];
        for (float& value : values) value = static_cast<float>(static_cast<double>(random()) / 2147483648.0 - 1);  // no distribution: those differ between libraries
        if (n % 4 == 0) values[0] = 1, values[1] = -1;
        const made block = make(values);
        for (int i = 0; i < 32; ++i) largest = std::fmax(largest, std::fabs(values[i] - static_cast<double>(block.d) * block.codes[i]) / std::fabs(block.d));
    }
    return largest;
}

template <std::size_t Bytes, std::size_t Elements>
auto same_as_library(cria::tensor_type type, void (*ours)(const byte*, float*)) -> bool {
    std::mt19937 random(7);
    for (int n = 0; n < 2000; ++n) {
        byte block[Bytes];
        for (byte& at : block) at = static_cast<byte>(random());
        float expected[Elements], out[Elements];
        if (!cria::quant::dequantize<float>(type, std::as_bytes(std::span(block)), std::span<float>(expected))) return false;
        ours(block, out);
        for (std::size_t i = 0; i < Elements; ++i)
            if (out[i] != expected[i] && !(out[i] != out[i] && expected[i] != expected[i])) return false;  // random scales may be NaN
    }
    return true;
}

}  // namespace

auto main(int argc, char** argv) -> int {
    using cria::tensor_type;
    if (!same_as_library<34, 32>(tensor_type::q8_0, q8_0) || !same_as_library<18, 32>(tensor_type::q4_0, q4_0) || !same_as_library<144, 256>(tensor_type::q4_k, q4_k) ||
        !same_as_library<210, 256>(tensor_type::q6_k, q6_k))
        return std::puts("other numbers than the library's"), 1;

    const auto model = cria::gguf::file::open(argc > 1 ? argv[1] : "model.gguf");
    if (!model) return std::puts(model.error().message().c_str()), 1;
    const auto* const tensor = model->tensors().find("blk.0.attn_q.weight");
    if (tensor == nullptr) return 1;
    const auto bytes = model->bytes(*tensor);
    if (!bytes) return 1;
    byte block[34];
    std::memcpy(block, bytes->data(), sizeof block);
    float values[32];
    q8_0(block, values);
    std::printf("# [block]\nblk.0.attn_q.weight, block 0: d = %02x%02x = %.9g\n", block[1], block[0], static_cast<double>(half(block)));
    for (int i = 0; i < 4; ++i) std::printf("code %02x = %4d   value %.9g\n", block[2 + i], static_cast<signed char>(block[2 + i]), static_cast<double>(values[i]));
    std::printf("# [block]\n# [bounds]\nlargest error of Q8_0: %.3f d\nlargest error of Q4_0: %.3f d\n# [bounds]\n", largest_error(make_q8_0), largest_error(make_q4_0));
    return 0;
}
