// SPDX-License-Identifier: MIT
// How files write numbers, lengths and texts: versions 1 to 3, both byte orders.
#include "cria/gguf/encoding.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/tiny_models.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;
using cria::gguf::array;
using cria::gguf::encoding;
using cria::gguf::parse;
using cria::gguf::string_array;
using cria_test::gguf_builder;

auto bytes_of(std::initializer_list<int> values) -> cria_test::file_bytes {
    cria_test::file_bytes out;
    for (const int value : values) out.push_back(static_cast<std::byte>(value));
    return out;
}

auto texts_of(const cria::gguf::contents& file, std::string_view key) -> std::vector<std::string> {
    std::vector<std::string> out;
    for (const std::string_view text : *file.metadata().get<string_array>(key)) out.emplace_back(text);
    return out;
}

/// The keys and tensors that check_content() looks for, as far as the version has their types.
auto with_content(gguf_builder file, bool has_64_bits) -> gguf_builder {
    file.key("text", "llama")
        .key("empty", "")
        .key("u8", std::uint8_t{200})
        .key("i8", std::int8_t{-100})
        .key("u16", std::uint16_t{0x1234})
        .key("i16", std::int16_t{-0x1234})
        .key("u32", std::uint32_t{0x12345678})
        .key("i32", std::int32_t{-0x12345678})
        .key("f32", 1.5F)
        .key("bool", true)
        .array("texts", std::vector<std::string>{"a", "", "bc"})
        .array("numbers", std::vector<std::int16_t>{1, -2, 0x0102})
        .array("floats", std::vector<float>{0.25F, -3})
        .nested("nested", {file.array_bytes(std::vector<std::uint32_t>{1, 0x01020304}), file.array_bytes(std::vector<std::string>{"x", ""})});
    if (has_64_bits)
        file.key("u64", std::uint64_t{0x123456789ABCDEF0}).key("i64", std::int64_t{-0x123456789ABCDEF0}).key("f64", 0.1).array("wide", std::vector<std::uint64_t>{1, 0x0102030405060708});
    return file.tensor("w", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}).tensor("v", {32}, cria::tensor_type::q8_0);
}

void check_content(const cria_test::file_bytes& bytes, std::uint32_t version, std::endian order, bool has_64_bits) {
    const auto parsed = parse(bytes);
    INFO((parsed ? std::string() : parsed.error().message()));
    REQUIRE(parsed);
    CHECK(parsed->n_warnings() == 0);
    CHECK(parsed->version() == version);
    CHECK(parsed->byte_order() == order);
    CHECK(parsed->encoding().order == order);
    CHECK(parsed->encoding().length_bytes == (version == 1 ? 4 : 8));
    const auto& metadata = parsed->metadata();
    CHECK(metadata.get<std::string_view>("text").value() == "llama");
    CHECK(metadata.get<std::string_view>("empty").value().empty());
    CHECK(metadata.get<std::uint8_t>("u8").value() == 200);
    CHECK(metadata.get<std::int8_t>("i8").value() == -100);
    CHECK(metadata.get<std::uint16_t>("u16").value() == 0x1234);
    CHECK(metadata.get<std::int16_t>("i16").value() == -0x1234);
    CHECK(metadata.get<std::uint32_t>("u32").value() == 0x12345678);
    CHECK(metadata.get<std::int32_t>("i32").value() == -0x12345678);
    CHECK(metadata.get<float>("f32").value() == 1.5F);
    CHECK(metadata.get<bool>("bool").value());
    CHECK(texts_of(*parsed, "texts") == std::vector<std::string>{"a", "", "bc"});
    const auto numbers = metadata.get<array<std::int16_t>>("numbers").value();
    CHECK(std::vector<std::int16_t>(numbers.begin(), numbers.end()) == std::vector<std::int16_t>{1, -2, 0x0102});
    CHECK(numbers[2] == 0x0102);
    const auto floats = metadata.get<array<double>>("floats").value();
    CHECK(floats[0] == 0.25);
    CHECK(floats[1] == -3.0);
    std::size_t n_rows = 0;
    for (const auto& row : metadata.get<cria::gguf::nested_array>("nested").value()) {
        if (n_rows++ == 0) {
            CHECK((*row.get<array<std::uint32_t>>())[1] == 0x01020304);
            continue;
        }
        std::vector<std::string> inner;
        const auto strings = row.get<string_array>().value();
        for (const std::string_view text : strings) inner.emplace_back(text);
        CHECK(inner == std::vector<std::string>{"x", ""});
    }
    CHECK(n_rows == 2);
    CHECK(metadata.contains("u64") == has_64_bits);
    if (has_64_bits) {
        CHECK(metadata.get<std::uint64_t>("u64").value() == 0x123456789ABCDEF0);
        CHECK(metadata.get<std::int64_t>("i64").value() == -0x123456789ABCDEF0);
        CHECK(metadata.get<double>("f64").value() == 0.1);
        CHECK((*metadata.get<array<std::uint64_t>>("wide"))[1] == 0x0102030405060708);
    }
    REQUIRE(parsed->tensors().size() == 2);
    const auto* const w = parsed->tensors().find("w");
    REQUIRE(w != nullptr);
    CHECK(w->shape == cria::gguf::shape{{2, 3}, 2});
    CHECK(w->size_bytes == 24);
    CHECK(cria::detail::load<float>(bytes.data() + w->offset_bytes + 20, order) == 6);
    CHECK(parsed->tensors().find("v")->offset_bytes == w->offset_bytes + 32);
    CHECK(cria_test::walk(*parsed, bytes).contradictions == 0);
}

}  // namespace

TEST_CASE("an encoding reads lengths of its width and order", "[encoding]") {
    const auto bytes = bytes_of({1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(encoding{}.length_at(bytes.data()) == 0x0807060504030201);
    CHECK(encoding{.order = std::endian::big}.length_at(bytes.data()) == 0x0102030405060708);
    CHECK(encoding{.length_bytes = 4}.length_at(bytes.data()) == 0x04030201);
    CHECK(encoding{.order = std::endian::big, .length_bytes = 4}.length_at(bytes.data()) == 0x01020304);
}

TEST_CASE("a terminated text loses one zero byte, if it has one", "[encoding]") {
    const encoding plain;
    const encoding terminated{.terminated = true};
    const auto text = [](const encoding& written, std::string_view stored) { return written.text_in(cria::detail::as_bytes(stored)); };
    using namespace std::string_view_literals;
    CHECK(text(plain, "a\0"sv) == "a\0"sv);
    CHECK(text(terminated, "a\0"sv) == "a");
    CHECK(text(terminated, "a"sv) == "a");
    CHECK(text(terminated, "a\0\0"sv) == "a\0"sv);
    CHECK(text(terminated, "\0"sv).empty());
    CHECK(text(terminated, ""sv).empty());
}

TEST_CASE("version 1 had no types of 64 bits", "[encoding]") {
    CHECK(encoding{}.n_value_types() == 13);
    CHECK(encoding{.length_bytes = 4}.n_value_types() == 10);
}

TEST_CASE("the same content reads alike from every version, order and writer", "[encoding]") {
    using std::endian;
    for (const bool terminated : {false, true}) {
        CAPTURE(terminated);
        const auto start = [&](std::uint32_t version, endian order) {
            gguf_builder file(version, order);
            return terminated ? file.terminated() : file;
        };
        check_content(with_content(start(1, endian::little), false).build(), 1, endian::little, false);
        check_content(with_content(start(2, endian::little), true).build(), 2, endian::little, true);
        check_content(with_content(start(2, endian::big), true).build(), 2, endian::big, true);
    }
    check_content(with_content(gguf_builder(3), true).build(), 3, endian::little, true);
    check_content(with_content(gguf_builder(3, endian::big), true).build(), 3, endian::big, true);
}

TEST_CASE("a version 1 file written out by hand reads byte for byte", "[encoding]") {
    const auto bytes = bytes_of({
        'G', 'G', 'U', 'F', 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0,                    // one tensor, two keys
        2, 0, 0, 0, 'k', 0, 8, 0, 0, 0, 3, 0, 0, 0, 'h', 'i', 0,                   // k = "hi", both with the zero byte that counts
        1, 0, 0, 0, 'n', 9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0xFF, 5,              // n = i8 {-1, 5}, without
        2, 0, 0, 0, 'w', 0, 1, 0, 0, 0, 3, 0, 0, 0, 24, 0, 0, 0,                   // w: i8 {3}
        0, 0, 0, 0, 0, 0, 0, 0,                                                    // at 0
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,                      // padding to 96
        7, 8, 9,
    });
    const auto parsed = parse(bytes);
    REQUIRE(parsed);
    CHECK(parsed->version() == 1);
    CHECK(parsed->header_bytes() == 78);
    CHECK(parsed->data_offset_bytes() == 96);
    REQUIRE(parsed->metadata().size() == 2);
    CHECK(parsed->metadata()[0].key == "k");
    CHECK(parsed->metadata()[0].offset_bytes == 16);
    CHECK(parsed->metadata().get<std::string_view>("k").value() == "hi");
    CHECK(parsed->metadata().find("k")->offset_bytes() == 30);
    CHECK(parsed->metadata().find("k")->bytes().size() == 3);  // as stored
    CHECK((*parsed->metadata().get<array<int>>("n"))[0] == -1);
    CHECK(parsed->tensors()[0].name == "w");
    CHECK(parsed->tensors()[0].offset_bytes == 96);
    CHECK(parsed->tensors()[0].size_bytes == 3);
    CHECK_FALSE(parse(bytes, cria::gguf::policy::of(cria::gguf::profile::strict_ggml)));
}

TEST_CASE("version 2 is terminated where its first key is, and version 3 never", "[encoding]") {
    const std::string key("first\0", 6);
    const auto second = parse(gguf_builder(2).key(key, std::string("text\0", 5)).build());
    REQUIRE(second);
    const auto old = gguf_builder(2).key(key, std::string("text\0", 5)).key("plain", "as it is").build();
    const auto parsed = parse(old);
    REQUIRE(parsed);
    CHECK(parsed->encoding().terminated);
    CHECK(parsed->metadata()[0].key == "first");
    CHECK(parsed->metadata().get<std::string_view>("first").value() == "text");
    CHECK(parsed->metadata().get<std::string_view>("plain").value() == "as it is");  // at most one zero byte goes

    // Later texts alone do not make a file terminated: there the zero byte is a part of the text, and of a key an error.
    const auto newer = gguf_builder(2).key("first", std::string("text\0", 5)).build();
    REQUIRE(parse(newer));
    CHECK_FALSE(parse(newer)->encoding().terminated);
    CHECK(parse(newer)->metadata().get<std::string_view>("first").value() == std::string_view("text\0", 5));
    CHECK(parse(gguf_builder(2).key("first", true).key(std::string("second\0", 7), true).build()).error().code == errc::invalid_value);
    CHECK(parse(gguf_builder(2).key(std::string(1, '\0'), true).build()).error().code == errc::invalid_value);
    CHECK(parse(gguf_builder(3).key(key, true).build()).error().code == errc::invalid_value);
    // Two zero bytes are one too many.
    CHECK(parse(gguf_builder(2).key(std::string("first\0\0", 7), true).build()).error().code == errc::invalid_value);
    CHECK(parse(gguf_builder(2).key(key, true).key("first", true).build()).error().code == errc::duplicate_name);
}

TEST_CASE("a big-endian model says the same as its little-endian twin", "[encoding]") {
    const auto build = [](std::endian order) { return with_content(gguf_builder(3, order).alignment(64), true).build(); };
    const auto little = build(std::endian::little);
    const auto big = build(std::endian::big);
    REQUIRE(little.size() == big.size());
    CHECK(little != big);
    const auto a = parse(little);
    const auto b = parse(big);
    REQUIRE(a);
    REQUIRE(b);
    CHECK(a->header_bytes() == b->header_bytes());
    CHECK(b->alignment_bytes() == 64);
    REQUIRE(a->metadata().size() == b->metadata().size());
    for (std::size_t i = 0; i < a->metadata().size(); ++i) {
        CHECK(a->metadata()[i].key == b->metadata()[i].key);
        CHECK(a->metadata()[i].offset_bytes == b->metadata()[i].offset_bytes);
        CHECK(a->metadata()[i].value.offset_bytes() == b->metadata()[i].value.offset_bytes());
        CHECK(a->metadata()[i].value.type() == b->metadata()[i].value.type());
        CHECK(a->metadata()[i].value.count() == b->metadata()[i].value.count());
    }
    for (std::size_t i = 0; i < a->tensors().size(); ++i) {
        CHECK(a->tensors()[i].offset_bytes == b->tensors()[i].offset_bytes);
        CHECK(a->tensors()[i].shape == b->tensors()[i].shape);
    }
}

TEST_CASE("the version field decides the byte order, and 1 and 4 have none but little", "[encoding]") {
    for (const std::uint32_t version : {1U, 4U, 0x10000U}) {
        const auto parsed = parse(gguf_builder(version, std::endian::big).build());
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errc::unsupported_version);
        CHECK(parsed.error().offset == 4);
    }
}
