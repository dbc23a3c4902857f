// SPDX-License-Identifier: MIT
// gguf::parse_prefix: a header read piece by piece.
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/gguf_odd.hpp"
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

namespace {

/// What parse_prefix() says about every beginning of a file, held against what parse() says about the whole of it.
void check_prefixes(const cria_test::file_bytes& whole, const cria::gguf::policy& rules) {
    const auto verdict = parse(whole, rules);
    for (std::size_t n = 0; n <= whole.size(); ++n) {
        CAPTURE(n);
        const auto parsed = parse_prefix(prefix_of(whole, n), whole.size(), rules);
        if (parsed) {
            REQUIRE(verdict);
            REQUIRE(n >= verdict->header_bytes());
            REQUIRE(parsed->metadata().size() == verdict->metadata().size());
            REQUIRE(parsed->tensors().size() == verdict->tensors().size());
            REQUIRE(parsed->encoding() == verdict->encoding());
            REQUIRE(parsed->has_data() == verdict->has_data());
            // All but padding that is not in hand yet, which is not worth asking for.
            if (n >= verdict->data_offset_bytes() || n == whole.size()) REQUIRE(parsed->n_warnings() == verdict->n_warnings());
            for (std::size_t i = 0; i < verdict->tensors().size(); ++i) {
                REQUIRE(parsed->tensors()[i].offset_bytes == verdict->tensors()[i].offset_bytes);
                REQUIRE(parsed->tensors()[i].size_bytes == verdict->tensors()[i].size_bytes);
            }
        } else if (parsed.error().code == errc::incomplete) {
            // More bytes are needed, of those that there are, and never once the header is whole.
            REQUIRE(n < whole.size());
            REQUIRE(parsed.error().expected.number() > n);
            REQUIRE(parsed.error().expected.number() <= whole.size());
            if (verdict && rules.on[cria::gguf::situation::nonzero_padding] != cria::gguf::verdict::reject) REQUIRE(n < verdict->header_bytes());
        } else {
            // It is known already what the whole file would be refused for.
            REQUIRE_FALSE(verdict);
            REQUIRE(parsed.error().code == verdict.error().code);
            REQUIRE(parsed.error().offset == verdict.error().offset);
            REQUIRE(parsed.error().subject.view() == verdict.error().subject.view());
            // Of a file that is no GGUF the first bytes say that, and more of them may say what it is instead.
            if (parsed.error().code != errc::bad_magic) REQUIRE(parsed.error().message() == verdict.error().message());
        }
    }
}

}  // namespace

TEST_CASE("every prefix of every named file says what the whole file says, or asks for more of it", "[prefix]") {
    for (const auto order : {std::endian::little, std::endian::big}) {
        auto files = cria_test::malformed_files(order);
        for (auto& file : cria_test::odd_files(order)) files.push_back(std::move(file));
        for (const auto& file : files) {
            if (file.bytes.size() > 2000) continue;
            for (const auto profile : cria_test::all_profiles) {
                if (order == std::endian::big && profile != cria::gguf::profile::standard) continue;
                INFO(file.name << " under " << cria::gguf::name_of(profile));
                check_prefixes(file.bytes, cria::gguf::policy::of(profile));
            }
        }
    }
}

TEST_CASE("every prefix of old, big-endian and nested files says what the whole file says", "[prefix]") {
    for (const auto& start : {gguf_builder(1), gguf_builder(1).terminated(), gguf_builder(2).terminated(), gguf_builder(3, std::endian::big)}) {
        const auto inner = start.array_bytes(std::vector<std::string>{"a", "", "bc"});
        const auto bytes = gguf_builder(start)
                               .key("text", "value")
                               .nested("nested", {start.nested_bytes({inner, start.array_bytes(std::vector<std::uint16_t>{1, 2})}), inner})
                               .tensor("w", {2, 3}, cria::tensor_type::f32)
                               .tensor("u", {3}, static_cast<cria::tensor_type>(99), cria_test::file_bytes(5))
                               .build();
        REQUIRE(parse(bytes));
        check_prefixes(bytes, {});
    }
}

TEST_CASE("a prefix whose padding has yet to be looked at is not accepted by a policy that refuses some of it", "[prefix]") {
    cria::gguf::policy rules;
    rules.on[cria::gguf::situation::nonzero_padding] = cria::gguf::verdict::reject;
    for (const auto& builder : {cria_test::one_of_each(), cria_test::one_of_each().padding_byte(std::byte{0xAA}), gguf_builder().key("no", "tensors")}) check_prefixes(builder.build(), rules);
}

TEST_CASE("a string of an array that is above the policy is refused before its bytes are asked for", "[prefix]") {
    const auto whole = gguf_builder().array("t", std::vector<std::string>{"a", std::string(1000, 'x')}).build();
    cria::gguf::policy rules;
    rules.max_string_bytes = 999;
    const std::size_t behind_its_length = whole.size() - 1000;
    const auto refused = parse_prefix(prefix_of(whole, behind_its_length), whole.size(), rules);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::limit_exceeded);
    CHECK(refused.error().offset == behind_its_length - 8);
    CHECK(refused.error().message() == parse(whole, rules).error().message());
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

TEST_CASE("a file size smaller than the prefix is the caller's mistake, and an error", "[prefix]") {
    const auto whole = cria_test::one_of_each().build();
    const auto parsed = cria::gguf::parse_prefix(whole, whole.size() - 1);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == errc::invalid_argument);
    CHECK(parsed.error().found.number() == whole.size() - 1);
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
