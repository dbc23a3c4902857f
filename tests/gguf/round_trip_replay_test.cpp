// SPDX-License-Identifier: MIT
// The body of the fuzzer (tests/fuzz) on the named files, and on what a few thousand random changes make of them.
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/gguf_round_trip.hpp"
#include "support/catch.hpp"
#include "support/gguf_malformed.hpp"
#include "support/gguf_odd.hpp"
#include "support/random.hpp"
#include "support/tiny_models.hpp"

namespace {

auto verdict(cria::byte_view bytes) -> std::string {
    const char* const broken = cria_test::fuzz_gguf_round_trip(bytes);
    return broken == nullptr ? "kept" : broken;
}

auto corpus() -> std::vector<cria_test::named_file> {
    std::vector<cria_test::named_file> files = cria_test::odd_files();
    for (auto& file : cria_test::malformed_files()) files.push_back(std::move(file));
    files.push_back({"tiny_llama", cria_test::tiny_llama().build()});
    files.push_back({"tiny_llama_spm", cria_test::tiny_llama_spm().build()});
    return files;
}

}  // namespace

TEST_CASE("what the parser takes of the named files, the writer writes again", "[fuzz]") {
    std::size_t accepted = 0;
    for (const auto& file : corpus()) {
        INFO(file.name);
        CHECK(verdict(file.bytes) == "kept");
        if (cria::gguf::parse(file.bytes)) ++accepted;
    }
    CHECK(accepted > 20);
}

TEST_CASE("named files with random changes are written again where they are taken", "[fuzz]") {
    cria_test::random_numbers random(5);
    for (const auto& file : corpus()) {
        if (file.bytes.size() < 40 || file.bytes.size() > 4096) continue;
        INFO(file.name);
        for (int round = 0; round < 20; ++round) {
            CAPTURE(round);
            cria_test::file_bytes bytes = file.bytes;
            for (std::uint64_t change = 1 + random.below(3); change-- > 0;) bytes[random.below(bytes.size())] = static_cast<std::byte>(random.next());
            REQUIRE(verdict(bytes) == "kept");
        }
    }
}
