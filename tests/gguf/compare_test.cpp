// SPDX-License-Identifier: MIT
#include "cria/gguf/compare.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::gguf::parse;
using cria::gguf::same_value;
using cria_test::file_bytes;
using cria_test::gguf_builder;

/// One key of every type, written as the version and the byte order write it.
auto everything(std::uint32_t version, std::endian order) -> file_bytes {
    gguf_builder out(version, order);
    out.key("u8", std::uint8_t{1}).key("i16", std::int16_t{-2}).key("u32", std::uint32_t{0x01020304}).key("f32", 1.5F).key("bool", true).key("text", "abc");
    out.array("numbers", std::vector<std::int32_t>{1, -2, 3}).array("bools", std::vector<bool>{true, false}).array("texts", std::vector<std::string>{"a", "", "bc"});
    out.array("empty", std::vector<float>{});
    file_bytes rows = out.array_bytes(std::vector<std::uint16_t>{1, 2});
    const file_bytes texts = out.array_bytes(std::vector<std::string>{"x", "yz"});
    rows.insert(rows.end(), texts.begin(), texts.end());
    out.raw_array("nested", 9, 2, rows);
    return out.build();
}

}  // namespace

TEST_CASE("a value is the same in every version and byte order, and unlike every other", "[compare]") {
    const auto first = everything(3, std::endian::little);
    const auto a = parse(first);
    REQUIRE(a);
    for (const auto& [version, order] : {std::pair{3U, std::endian::little}, {3U, std::endian::big}, {2U, std::endian::little}, {1U, std::endian::little}}) {
        const auto second = everything(version, order);
        const auto b = parse(second);
        INFO((b ? std::string() : b.error().message()));
        REQUIRE(b);
        REQUIRE(a->metadata().size() == b->metadata().size());
        for (std::size_t i = 0; i < a->metadata().size(); ++i)
            for (std::size_t k = 0; k < b->metadata().size(); ++k) {
                INFO(a->metadata()[i].key << " and " << b->metadata()[k].key);
                CHECK(same_value(a->metadata()[i].value, b->metadata()[k].value) == (i == k));
            }
    }
}

TEST_CASE("one element that differs makes values differ", "[compare]") {
    const auto value_of = [](gguf_builder& file) { return file.build(); };
    const auto differ = [&](gguf_builder a, gguf_builder b) {
        const auto x = value_of(a);
        const auto y = value_of(b);
        const auto left = parse(x);
        const auto right = parse(y);
        REQUIRE(left);
        REQUIRE(right);
        return !same_value(left->metadata()[0].value, right->metadata()[0].value);
    };
    CHECK(differ(gguf_builder().key("k", 0.0F), gguf_builder().key("k", -0.0F)));
    CHECK(differ(gguf_builder().key("k", std::uint32_t{1}), gguf_builder().key("k", std::int32_t{1})));
    CHECK(differ(gguf_builder().key("k", "a"), gguf_builder().key("k", "ab")));
    CHECK(differ(gguf_builder().array("k", std::vector<std::string>{"ab", "c"}), gguf_builder().array("k", std::vector<std::string>{"a", "bc"})));
    CHECK(differ(gguf_builder().array("k", std::vector<std::int32_t>{1, 2}), gguf_builder().array("k", std::vector<std::int32_t>{1, 3})));
    CHECK(differ(gguf_builder().array("k", std::vector<std::int32_t>{1, 2}), gguf_builder(3, std::endian::big).array("k", std::vector<std::int32_t>{2, 1})));
    CHECK(differ(gguf_builder().array("k", std::vector<std::int32_t>{}), gguf_builder().array("k", std::vector<float>{})));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(differ(gguf_builder().key("k", nan), gguf_builder().key("k", nan)));
    CHECK_FALSE(differ(gguf_builder().raw_key("k", 7, {std::byte{1}}), gguf_builder().raw_key("k", 7, {std::byte{2}})));  // both are true
}
