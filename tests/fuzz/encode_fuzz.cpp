// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/encode.hpp"

// Run it with -len_control=0 -max_len=400: a vocabulary takes dozens of bytes before the text begins, and libFuzzer would
// spend hours on inputs that are too short to have one.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const char* const broken = cria_test::fuzz_encode({reinterpret_cast<const char*>(data), size})) {
        std::fprintf(stderr, "%s\n", broken);
        std::abort();
    }
    return 0;
}
