// SPDX-License-Identifier: MIT
// The body of the fuzzer (tests/fuzz) on random inputs.
#include "fuzz/dequantize.hpp"

#include "support/catch.hpp"

#include <cstddef>
#include <random>
#include <string>

TEST_CASE("whatever the bytes, the range and the output, values are the definition's or the call is refused") {
    std::mt19937_64 random(40);
    std::string broken = "kept";
    std::size_t n_read = 0;
    for (int round = 0; round < 20'000 && broken == "kept"; ++round) {
        auto input = cria_test::random_bytes(random, 8 + random() % 700);
        // Most lengths are no number of blocks: half of the inputs get one that is.
        const auto layout = cria::geometry_of(static_cast<cria::tensor_type>(std::to_integer<unsigned>(input[0]) % 48));
        if (layout && round % 2 == 0) {
            input.resize(8 + (input.size() - 8) / layout->bytes_per_block * layout->bytes_per_block);
            input[3] = input[5] = std::byte{0};  // the range is within the first 512
            ++n_read;
        }
        if (const char* const sentence = cria_test::fuzz_dequantize(input)) broken = sentence;
    }
    CHECK(broken == "kept");
    CHECK(n_read > 5'000);
}
