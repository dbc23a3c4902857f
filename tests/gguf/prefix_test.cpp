// SPDX-License-Identifier: MIT
// gguf::parse_prefix: a header read piece by piece.
#include <cstdint>
#include <string>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/tiny_models.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;
using cria::gguf::parse;
using cria::gguf::parse_prefix;
using cria_test::gguf_builder;

auto prefix_of(const cria_test::file_bytes& whole, std::size_t n) -> cria::byte_view { return cria::byte_view(whole).first(n); }

}  // namespace

TEST_CASE("a prefix is incomplete until the header is whole, and then says all that the file says", "[prefix]") {
    const auto file = cria_test::one_of_each().lay_out();
    const auto& whole = file.bytes;
    for (std::size_t n = 0; n <= whole.size(); ++n) {
        CAPTURE(n);
        const auto parsed = parse_prefix(prefix_of(whole, n), whole.size());
        if (n >= file.header_bytes) {
            REQUIRE(parsed);
            REQUIRE(parsed->file_bytes() == whole.size());
            REQUIRE(parsed->header_bytes() == file.header_bytes);
            REQUIRE(parsed->tensors().size() == 2);
            REQUIRE(parsed->tensors()[0].offset_bytes == file.tensors.at("w").data);
            REQUIRE(cria_test::walk(*parsed).contradictions == 0);
            continue;
        }
        REQUIRE_FALSE(parsed);
        REQUIRE(parsed.error().code == errc::incomplete);
        REQUIRE(parsed.error().expected.is_number());
        REQUIRE(parsed.error().expected.number() > n);
        REQUIRE(parsed.error().expected.number() <= file.header_bytes);  // it never asks for more than the header
        REQUIRE(parsed.error().found.number() == n);
        REQUIRE_FALSE(parsed.error().subject.empty());
    }
}

TEST_CASE("following what a prefix asks for reaches the contents", "[prefix]") {
    const auto whole = cria_test::tiny_llama().build();
    std::uint64_t have = 0;
    std::size_t n_steps = 0;
    while (true) {
        const auto parsed = parse_prefix(prefix_of(whole, have), whole.size());
        if (parsed) {
            CHECK(parsed->metadata().size() == parse(whole)->metadata().size());
            CHECK(have == parsed->header_bytes());  // not a byte more than the header
            break;
        }
        REQUIRE(parsed.error().code == errc::incomplete);
        REQUIRE(parsed.error().expected.number() > have);
        have = parsed.error().expected.number();
        REQUIRE(++n_steps < whole.size());
    }
}

TEST_CASE("a prefix of a malformed file is never taken for a whole one", "[prefix]") {
    for (const auto& file : cria_test::malformed_files()) {
        if (!file.refusal || file.bytes.size() > 4096) continue;
        INFO(file.name);
        const auto verdict = parse(file.bytes);
        REQUIRE_FALSE(verdict);
        for (std::size_t n = 0; n <= file.bytes.size(); ++n) {
            CAPTURE(n);
            const auto parsed = parse_prefix(prefix_of(file.bytes, n), file.bytes.size());
            REQUIRE_FALSE(parsed);
            // Either more bytes are needed, of those that there are; or it is known already what the whole file would be refused for.
            if (parsed.error().code == errc::incomplete) {
                REQUIRE(n < file.bytes.size());
                REQUIRE(parsed.error().expected.number() > n);
                REQUIRE(parsed.error().expected.number() <= file.bytes.size());
            } else {
                REQUIRE(parsed.error().message() == verdict.error().message());
            }
        }
    }
}

TEST_CASE("a prefix knows at once that a count or a length cannot be true", "[prefix]") {
    SECTION("a key count that the whole file cannot pay for") {
        const auto bytes = gguf_builder().stated_keys(100).build();
        const auto parsed = parse_prefix(bytes, 24 + 99 * 14);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errc::truncated);
        CHECK(parsed.error().expected.number() == 99);
        const auto asked = parse_prefix(bytes, 24 + 100 * 14);
        REQUIRE_FALSE(asked);
        CHECK(asked.error().code == errc::incomplete);
        CHECK(asked.error().expected.number() == 24 + 100 * 14);  // what the keys take at least: nothing is reserved before it is in hand
    }
    SECTION("a string that is longer than the whole file") {
        const auto bytes = gguf_builder().raw_key("k", 8, {std::byte{100}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}}).build();
        CHECK(parse_prefix(bytes, bytes.size() + 99).error().code == errc::truncated);
        const auto asked = parse_prefix(bytes, bytes.size() + 100);
        REQUIRE_FALSE(asked);
        CHECK(asked.error().code == errc::incomplete);
        CHECK(asked.error().expected.number() == bytes.size() + 100);
    }
    SECTION("data that the whole file has no room for") {
        const auto file = gguf_builder().tensor("w", {1000}, cria::tensor_type::f32).lay_out();
        const auto header = prefix_of(file.bytes, file.header_bytes);
        CHECK(parse_prefix(header, file.data_offset + 4000).has_value());
        CHECK(parse_prefix(header, file.data_offset + 3999).error().code == errc::data_out_of_bounds);
    }
}

TEST_CASE("a header of a file larger than memory can be read from its prefix", "[prefix]") {
    const std::uint64_t elements = std::uint64_t{1} << 50U;
    const auto file = gguf_builder().tensor({.name = "w", .extents = {elements}, .type = cria::tensor_type::f32}).lay_out();
    const auto parsed = parse_prefix(prefix_of(file.bytes, file.header_bytes), file.data_offset + 4 * elements);
    REQUIRE(parsed);
    CHECK(parsed->tensors()[0].size_bytes == 4 * elements);
}

TEST_CASE("a length above the policy is refused before its bytes are asked for", "[prefix]") {
    // A key of 30 GiB in a file that could hold it, and the first 100 bytes in hand.
    std::vector<std::byte> bytes = gguf_builder().stated_keys(1).build();
    bytes.resize(24);
    for (const int byte : {0x00, 0x00, 0x00, 0x80, 0x07, 0x00, 0x00, 0x00}) bytes.push_back(static_cast<std::byte>(byte));
    bytes.resize(100);
    const auto refused = parse_prefix(bytes, std::uint64_t{1} << 40U);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::limit_exceeded);
    CHECK(refused.error().offset == 24);
}

TEST_CASE("the header as a whole has a limit", "[prefix]") {
    const auto file = gguf_builder().key("text", std::string(1000, 'x')).lay_out();
    cria::gguf::policy rules;
    rules.max_header_bytes = file.header_bytes;
    CHECK(cria::gguf::parse(file.bytes, rules));
    rules.max_header_bytes = file.header_bytes - 1;
    const auto refused = cria::gguf::parse(file.bytes, rules);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::limit_exceeded);
    CHECK(refused.error().subject.view() == "text");
}
