// SPDX-License-Identifier: MIT
// The body of the fuzzer (tests/fuzz) on a model of every family with every optional part, and on what random changes make
// of them.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "cria/llama/family.hpp"
#include "fuzz/llama_model.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/random.hpp"

namespace {

auto verdict(cria::byte_view bytes) -> std::string {
    const char* const broken = cria_test::fuzz_llama_model(bytes);
    return broken == nullptr ? "kept" : broken;
}

/// A file with a few bytes changed, some of them a number from where arithmetic breaks. The changes are before the tensors'
/// data, which says nothing here.
auto changed(cria_test::file_bytes bytes, std::size_t n_header, cria_test::random_numbers& random) -> cria_test::file_bytes {
    const std::uint32_t numbers[] = {0, 1, 2, 3, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7F800000, 0x7FC00000, 0x00000001, 0x7F7FFFFF, 0x10000, 255, 1024, 512};
    for (std::uint64_t change = 1 + random.below(3); change-- > 0;) {
        const std::size_t at = 24 + random.below(n_header - 32);
        if (random.below(3) == 0) {
            bytes[at] = static_cast<std::byte>(random.next());
            continue;
        }
        const std::uint32_t number = numbers[random.below(std::size(numbers))];
        for (unsigned i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(number >> (8 * i));
    }
    return bytes;
}

}  // namespace

TEST_CASE("models of every family keep the promises about models", "[fuzz]") {
    for (const cria::llama::family& row : cria::llama::families)
        for (const cria_test::family_parts& parts : cria_test::all_parts()) {
            CAPTURE(row.architecture);
            CHECK(verdict(cria_test::family_model(row, parts).build()) == "kept");
        }
}

TEST_CASE("models of every family with random changes keep the promises about models", "[fuzz]") {
    cria_test::random_numbers random(7);
    for (const cria::llama::family& row : cria::llama::families)
        for (const cria_test::family_parts& parts : cria_test::all_parts()) {
            CAPTURE(row.architecture);
            const auto whole = cria_test::family_model(row, parts).build();
            const auto parsed = cria::gguf::parse(whole);
            REQUIRE(parsed.has_value());
            for (int round = 0; round < 40; ++round) {
                CAPTURE(round);
                REQUIRE(verdict(changed(whole, static_cast<std::size_t>(parsed->header_bytes()), random)) == "kept");
            }
        }
}
