// SPDX-License-Identifier: MIT
#include "cria/gguf/metadata.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/tiny_models.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;
using cria_test::gguf_builder;

std::size_t n_allocations = 0;  // by operator new, which is what a std::string would be made with

}  // namespace

// For the whole program; not inlined, since GCC then takes the malloc inside for a mismatch. Arrays come through these, too,
// or keep to the defaults for both new and delete.
[[gnu::noinline]] auto operator new(std::size_t size) -> void* {
    ++n_allocations;
    if (void* const made = std::malloc(size == 0 ? 1 : size)) return made;
    std::abort();
}
[[gnu::noinline]] auto operator new(std::size_t size, const std::nothrow_t&) noexcept -> void* {
    ++n_allocations;
    return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* gone) noexcept { std::free(gone); }
[[gnu::noinline]] void operator delete(void* gone, std::size_t) noexcept { std::free(gone); }

TEST_CASE("metadata lists keys in the file's order and finds each of them", "[metadata]") {
    gguf_builder builder;
    std::vector<std::string> keys;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        keys.push_back("key." + std::to_string((i * 7919) % 1000));
        builder.key(keys.back(), i);
    }
    const auto file = builder.lay_out();
    const auto parsed = cria::gguf::parse(file.bytes);
    REQUIRE(parsed);
    const auto& metadata = parsed->metadata();
    REQUIRE(metadata.size() == keys.size());
    CHECK_FALSE(metadata.empty());
    std::uint32_t i = 0;
    for (const auto& entry : metadata) {
        CHECK(entry.key == keys[i]);
        CHECK(entry.offset_bytes == file.keys.at(keys[i]).key);
        const auto found = metadata.find(entry.key);
        REQUIRE(found);
        CHECK(found->offset_bytes() == entry.value.offset_bytes());
        CHECK(metadata.contains(entry.key));
        CHECK(metadata.get<std::uint32_t>(keys[i]).value() == i);
        CHECK(metadata[i].offset_bytes == entry.offset_bytes);
        ++i;
    }
    CHECK(i == 1000);
    CHECK_FALSE(metadata.find("key.1000"));
    CHECK_FALSE(metadata.find(""));
    CHECK(metadata.find("key.1\0"));
    CHECK_FALSE(metadata.find(std::string_view("key.1\0", 6)));
}

TEST_CASE("a key that is not there is said to be missing, or replaced by the fallback", "[metadata]") {
    const auto bytes = gguf_builder().key("there", std::uint32_t{7}).key("text", "abc").build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto& metadata = parsed->metadata();
    const auto missing = metadata.get<std::uint32_t>("llama.block_count");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == errc::missing_key);
    CHECK(missing.error().message() == "llama.block_count: no such key");
    CHECK(metadata.as<std::uint32_t>("llama.block_count").error().code == errc::missing_key);

    CHECK(metadata.get_or<std::uint32_t>("there", 1).value() == 7);
    CHECK(metadata.get_or<std::uint32_t>("not there", 1).value() == 1);
    CHECK(metadata.as_or<std::uint8_t>("there", 1).value() == 7);
    CHECK(metadata.as_or<std::uint8_t>("not there", 1).value() == 1);
    CHECK(metadata.get_or<std::string_view>("not there", "fallback").value() == "fallback");
    CHECK(metadata.get_or<cria::gguf::string_array>("not there", {}).value().empty());
    // A key of another type is a mistake in the file, not a reason to use the fallback.
    CHECK(metadata.get_or<std::uint32_t>("text", 1).error().code == errc::wrong_type);
    CHECK(metadata.as_or<std::uint32_t>("text", 1).error().code == errc::wrong_type);
}

TEST_CASE("an error outlives the bytes it talks about", "[metadata]") {
    cria::error why;
    {
        auto bytes = gguf_builder().key("some.key", "text").build();
        const auto parsed = cria::gguf::parse(bytes);
        REQUIRE(parsed);
        const std::string key = "some.key";
        why = parsed->metadata().get<std::uint32_t>(key).error();
        bytes.assign(bytes.size(), std::byte{0xEE});
    }
    CHECK(why.message() == "some.key: has another type, expected u32, found string at byte 52");
}

TEST_CASE("keys and texts are views into the file, and nothing of it is copied", "[metadata]") {
    const auto bytes = cria_test::tiny_llama().build();
    const std::size_t before = n_allocations;
    const auto parsed = cria::gguf::parse(bytes);
    const auto total = cria_test::walk(*parsed, bytes);
    const bool found = parsed->metadata().get<std::string_view>("general.architecture").has_value() && parsed->metadata().get<cria::gguf::string_array>("tokenizer.ggml.tokens").has_value();
    CHECK(n_allocations == before);
    CHECK(total.contradictions == 0);
    CHECK(found);

    const auto inside = [&](const void* at) {
        const auto* const byte = static_cast<const std::byte*>(at);
        return byte >= bytes.data() && byte < bytes.data() + bytes.size();
    };
    for (const auto& entry : parsed->metadata()) {
        CHECK(inside(entry.key.data()));
        CHECK(inside(entry.value.bytes().data()));
    }
    for (const auto& tensor : parsed->tensors()) CHECK(inside(tensor.name.data()));
}

TEST_CASE("empty metadata can be asked", "[metadata]") {
    const cria::gguf::metadata nothing;
    CHECK(nothing.empty());
    CHECK(nothing.begin() == nothing.end());
    CHECK_FALSE(nothing.find("general.architecture"));
    CHECK(nothing.get<std::string_view>("general.architecture").error().code == errc::missing_key);
    CHECK(nothing.get_or<bool>("x", true).value());
}
