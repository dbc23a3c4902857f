// SPDX-License-Identifier: MIT
// The body of the fuzzer (tests/fuzz) on the named files, and on what a few thousand random changes make of them.
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/gguf_parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_malformed.hpp"
#include "support/gguf_odd.hpp"
#include "support/random.hpp"
#include "support/tiny_models.hpp"

namespace {

auto verdict(cria::byte_view bytes) -> std::string {
    const char* const broken = cria_test::fuzz_gguf_parse(bytes);
    return broken == nullptr ? "kept" : broken;
}

auto corpus() -> std::vector<cria_test::named_file> {
    std::vector<cria_test::named_file> files;
    const auto add = [&](std::vector<cria_test::named_file> more) {
        for (auto& file : more) files.push_back(std::move(file));
    };
    for (const auto order : {std::endian::little, std::endian::big}) {
        add(cria_test::malformed_files(order));
        add(cria_test::odd_files(order));
        add(cria_test::cut_files(order));
    }
    files.push_back({"tiny_llama", cria_test::tiny_llama().build()});
    files.push_back({"tiny_llama_spm", cria_test::tiny_llama_spm().build()});
    for (auto& set : cria_test::malformed_shard_sets())
        for (auto& [name, bytes] : set.files) files.push_back({set.name + " " + name, std::move(bytes)});
    return files;
}

}  // namespace

TEST_CASE("every named file keeps the parser's promises", "[fuzz]") {
    for (const auto& file : corpus()) {
        INFO(file.name);
        CHECK(verdict(file.bytes) == "kept");
    }
}

TEST_CASE("files of a shard set are each well-formed", "[fuzz]") {
    for (const auto& set : cria_test::malformed_shard_sets())
        for (const auto& [name, bytes] : set.files) {
            INFO(set.name << " " << name);
            CHECK(cria::gguf::parse(bytes).has_value());
        }
}

TEST_CASE("named files with random changes keep the parser's promises", "[fuzz]") {
    cria_test::random_numbers random(3);
    for (const auto& file : corpus()) {
        if (file.bytes.empty() || file.bytes.size() > 4096) continue;
        INFO(file.name);
        for (int round = 0; round < 20; ++round) {
            CAPTURE(round);
            cria_test::file_bytes bytes = file.bytes;
            for (std::uint64_t change = random.below(4); change-- > 0;) bytes[random.below(bytes.size())] = static_cast<std::byte>(random.next());
            // A length, count or offset replaced by a number from where arithmetic breaks.
            if (bytes.size() > 40 && random.below(2) == 0) {
                const std::uint64_t numbers[] = {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, std::uint64_t{1} << 62U, std::uint64_t{1} << 63U, ~std::uint64_t{0}, ~std::uint64_t{0} - 7, bytes.size()};
                const std::uint64_t number = numbers[random.below(std::size(numbers))];
                const std::size_t at = 8 + random.below(bytes.size() - 16);
                for (unsigned i = 0; i < 8; ++i) bytes[at + i] = static_cast<std::byte>(number >> (8 * i));
            }
            REQUIRE(verdict(bytes) == "kept");
        }
    }
}
