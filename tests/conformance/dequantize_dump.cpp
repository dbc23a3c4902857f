// SPDX-License-Identifier: MIT
// Dequantizes blocks from standard input to floats on standard output, for dequantize_gguf.py to compare.
//
//     dequantize_dump TYPE-ID plain|neon|avx2|avx512

#include "cria/quant/dequantize.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

auto main(int argc, char** argv) -> int {
    if (argc != 3) return 2;
    const auto type = static_cast<cria::tensor_type>(std::strtoul(argv[1], nullptr, 10));
    const auto layout = cria::geometry_of(type);
    if (!layout) return 2;
    using cria::quant::tier;
    const std::string_view name = argv[2];
    const tier with = name == "neon" ? tier::neon : name == "avx2" ? tier::avx2 : name == "avx512" ? tier::avx512 : tier::plain;
    if (!cria::quant::is_available(with)) return 77;
    std::vector<std::byte> blocks(4096 * std::size_t{layout->bytes_per_block});
    std::vector<float> values(4096 * std::size_t{layout->elements_per_block});
    while (const std::size_t n = std::fread(blocks.data(), layout->bytes_per_block, 4096, stdin)) {
        const auto out = std::span(values).first(n * layout->elements_per_block);
        if (!cria::quant::dequantize<float>(type, std::span(blocks).first(n * layout->bytes_per_block), out, with)) return 1;
        if (std::fwrite(out.data(), sizeof(float), out.size(), stdout) != out.size()) return 1;
    }
    return 0;
}
