// SPDX-License-Identifier: MIT
#include "cria/gguf/manifest.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "cria/gguf/file.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/temp_file.hpp"

namespace {

namespace gguf = cria::gguf;
namespace io = cria::io;
using cria_test::file_bytes;
using cria_test::gguf_builder;

/// FNV-1a, which sees every byte and its place.
struct fnv1a {
    std::uint64_t state = 0xCBF29CE484222325U;
    void update(cria::byte_view bytes) {
        for (const std::byte b : bytes) state = (state ^ std::to_integer<std::uint64_t>(b)) * 0x100000001B3U;
    }
    [[nodiscard]] auto digest() const -> std::uint64_t { return state; }
};

auto digest_of(cria::byte_view bytes) -> std::uint64_t {
    fnv1a hash;
    hash.update(bytes);
    return hash.digest();
}

}  // namespace

TEST_CASE("a manifest has every tensor's hash, whatever pieces it was read in", "[manifest]") {
    file_bytes large((std::size_t{2} << 20U) + 5);
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<std::byte>(i * 7 + i / 251);
    const file_bytes small{std::byte{1}, std::byte{2}, std::byte{3}};
    const auto bytes = gguf_builder()
                           .tensor("small", {3}, cria::tensor_type::i8, small)
                           .tensor("large", {large.size()}, cria::tensor_type::i8, large)
                           .tensor("none", {0}, cria::tensor_type::f32)
                           .build();
    const cria_test::temp_file on_disk(bytes);
    for (const auto how : {io::access::mapped, io::access::owned}) {
        const auto opened = gguf::file::open(on_disk.path(), {.how = how});
        REQUIRE(opened);
        const auto manifest = gguf::make_manifest<fnv1a>(*opened);
        REQUIRE(manifest);
        REQUIRE(manifest->size() == 3);
        CHECK((*manifest)[0].name == "small");
        CHECK((*manifest)[0].digest == digest_of(small));  // padding excluded
        CHECK((*manifest)[1].digest == digest_of(large));
        CHECK((*manifest)[1].size_bytes == large.size());
        CHECK((*manifest)[2].digest == digest_of({}));
    }
}

TEST_CASE("a tensor that cannot be read has no hash", "[manifest]") {
    const cria_test::temp_file on_disk(gguf_builder().tensor("w", {8}, cria::tensor_type::f32).build());
    const auto opened = gguf::file::open(on_disk.path());
    REQUIRE(opened);
    gguf::tensor beyond = opened->tensors()[0];
    beyond.offset_bytes += 1000;
    CHECK(gguf::hash_of<fnv1a>(*opened, beyond).error().code == cria::errc::out_of_range);
}
