// SPDX-License-Identifier: MIT
// Seeds: cria_write_corpus <folder>.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/llama_model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const char* const broken = cria_test::fuzz_llama_model({reinterpret_cast<const std::byte*>(data), size})) {
        std::fprintf(stderr, "%s\n", broken);
        std::abort();
    }
    return 0;
}
