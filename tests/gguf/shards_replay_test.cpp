// SPDX-License-Identifier: MIT
// The body of the fuzzer (tests/fuzz) on named sets, and on what a few thousand random changes make of them.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/gguf_shards.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/random.hpp"

namespace {

using cria_test::file_bytes;
using cria_test::gguf_builder;

auto shard(std::uint16_t number, std::uint16_t count, std::int32_t n_tensors, std::string_view tensor) -> file_bytes {
    gguf_builder file;
    if (number == 0) file.key("general.architecture", "llama");
    return file.key("split.no", number).key("split.count", count).key("split.tensors.count", n_tensors).tensor(tensor, {2}, std::vector<float>{1, 2}).build();
}

/// Sets that are whole.
auto good_sets() -> std::vector<std::vector<file_bytes>> {
    return {
        {shard(0, 1, 1, "a")},
        {gguf_builder().tensor("a", {1}, cria::tensor_type::f32).build()},
        {shard(1, 2, 2, "b"), shard(0, 2, 2, "a")},
        {shard(2, 4, 4, "c"), shard(0, 4, 4, "a"), shard(3, 4, 4, "d"), shard(1, 4, 4, "b")},
    };
}

auto verdict(cria::byte_view bytes) -> std::string {
    const char* const broken = cria_test::fuzz_gguf_shards(bytes);
    return broken == nullptr ? "kept" : broken;
}

auto corpus() -> std::vector<std::vector<std::byte>> {
    std::vector<std::vector<std::byte>> packed;
    for (const auto& set : good_sets()) packed.push_back(cria_test::pack_files(set));
    for (const auto& set : cria_test::malformed_shard_sets()) {
        std::vector<file_bytes> files;
        for (const auto& [name, bytes] : set.files)
            if (files.size() < 4) files.push_back(bytes);
        packed.push_back(cria_test::pack_files(files));
    }
    return packed;
}

}  // namespace

TEST_CASE("sets that are whole are joined by the fuzzer's body, so that it has something to look at", "[fuzz]") {
    for (const auto& set : good_sets()) {
        std::vector<cria::gguf::contents> parsed;
        for (const auto& bytes : set) parsed.push_back(*cria::gguf::parse(bytes));
        std::vector<const cria::gguf::contents*> files;
        for (const auto& one : parsed) files.push_back(&one);
        CHECK(cria::gguf::shards::join(files).has_value());
    }
}

TEST_CASE("every named set keeps the promises about shards", "[fuzz]") {
    for (const auto& bytes : corpus()) CHECK(verdict(bytes) == "kept");
}

TEST_CASE("named sets with random changes keep the promises about shards", "[fuzz]") {
    cria_test::random_numbers random(11);
    for (const auto& whole : corpus())
        for (int round = 0; round < 200; ++round) {
            CAPTURE(round);
            std::vector<std::byte> bytes = whole;
            // Half of the changes go to where split keys have their values: small numbers.
            for (std::uint64_t change = random.below(4); change-- > 0;) {
                const std::size_t at = random.below(bytes.size());
                bytes[at] = static_cast<std::byte>(random.below(2) == 0 ? random.next() : random.below(5));
            }
            if (random.below(8) == 0) bytes.resize(random.below(bytes.size()) + 1);
            REQUIRE(verdict(bytes) == "kept");
        }
}
