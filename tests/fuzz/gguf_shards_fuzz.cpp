// SPDX-License-Identifier: MIT
// Seeds: pack_files() of small sets, as tests/gguf/shards_replay_test.cpp makes them.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/gguf_shards.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const char* const broken = cria_test::fuzz_gguf_shards({reinterpret_cast<const std::byte*>(data), size})) {
        std::fprintf(stderr, "%s\n", broken);
        std::abort();
    }
    return 0;
}
