// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/dequantize.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const char* const broken = cria_test::fuzz_dequantize({reinterpret_cast<const std::byte*>(data), size})) {
        std::fprintf(stderr, "%s\n", broken);
        std::abort();
    }
    return 0;
}
