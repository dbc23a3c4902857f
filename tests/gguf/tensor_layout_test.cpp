// SPDX-License-Identifier: MIT
// Where parse() finds tensors' data, and how much of it: types that are not known, those of forks, shapes.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::errc;
using cria::tensor_type;
using cria::gguf::parse;
using cria::gguf::policy;
using cria::gguf::profile;
using cria::gguf::situation;
using cria::gguf::verdict;
using cria_test::file_bytes;
using cria_test::gguf_builder;

constexpr auto unknown = static_cast<tensor_type>(200);

auto message_of(const cria::result<cria::gguf::contents>& parsed) -> std::string { return parsed ? "opened" : parsed.error().message(); }

/// The one row of a file with user types.
auto with_types(std::span<const cria::user_type> types, profile rules = profile::standard) -> policy {
    policy out = policy::of(rules);
    out.types = types;
    return out;
}

}  // namespace

TEST_CASE("a tensor of unknown type reaches to the next tensor's data, or to the end of the file", "[layout]") {
    const auto bytes = gguf_builder()
                           .tensor("a", {2}, std::vector<float>{1, -2})
                           .tensor("u", {7, 3}, unknown, file_bytes(40))
                           .tensor("b", {2}, std::vector<float>{1, -2})
                           .tensor("v", {5}, unknown, file_bytes(3))
                           .without_final_padding()
                           .build();
    const auto parsed = parse(bytes);
    REQUIRE(parsed);
    const auto* const u = parsed->tensors().find("u");
    CHECK(u->type == unknown);
    CHECK(u->shape == cria::gguf::shape{{7, 3}, 2});
    CHECK(u->offset_bytes == parsed->data_offset_bytes() + 32);
    CHECK(u->size_bytes == 64);  // 40 bytes and padding: nobody can tell them apart
    CHECK(parsed->tensors().find("v")->size_bytes == 3);
    CHECK(parsed->n_warnings() == 2);
    CHECK(message_of(parse(bytes, policy::of(profile::strict_ggml))).find("tensor type is not known: 200") != std::string::npos);
}

TEST_CASE("the next tensor is the next in the data, wherever it stands in the file", "[layout]") {
    const auto bytes = gguf_builder()
                           .tensor({.name = "b", .extents = {8}, .offset = 96})
                           .tensor({.name = "u", .extents = {1}, .type = unknown, .data = file_bytes(64), .offset = 32})
                           .tensor({.name = "a", .extents = {8}, .offset = 0})
                           .build();
    const auto parsed = parse(bytes, policy::of(profile::lenient));
    REQUIRE(parsed);
    CHECK(parsed->tensors().find("u")->size_bytes == 64);
    CHECK(parsed->tensors().find("u")->offset_bytes == parsed->data_offset_bytes() + 32);
}

TEST_CASE("unknown types at one offset share the bytes up to the next, or to the end", "[layout]") {
    for (const bool is_last : {false, true}) {
        CAPTURE(is_last);
        gguf_builder builder;
        builder.tensor({.name = "u", .extents = {1}, .type = unknown, .data = file_bytes(32), .offset = 0});
        builder.tensor({.name = "v", .extents = {1}, .type = unknown, .data = file_bytes(32), .offset = 0});
        builder.tensor({.name = "w", .extents = {1}, .type = unknown, .data = file_bytes(32), .offset = 0});
        if (!is_last) builder.tensor({.name = "b", .extents = {2}, .offset = 32});
        const auto bytes = builder.build();
        const auto parsed = parse(bytes, policy::of(profile::lenient));
        REQUIRE(parsed);
        for (const char* name : {"u", "v", "w"}) {
            CHECK(parsed->tensors().find(name)->offset_bytes == parsed->data_offset_bytes());
            CHECK(parsed->tensors().find(name)->size_bytes == 32);
        }
        CHECK(parsed->n_warnings() == 5);  // three unknown types, two that share
        CHECK(parse(bytes).error().code == errc::data_overlap);
    }
}

TEST_CASE("unknown types at and past the end of the file", "[layout]") {
    const auto at = [](std::uint64_t offset) {
        return gguf_builder().tensor("a", {8}, std::vector<float>(8, 1)).tensor({.name = "u", .extents = {1}, .type = unknown, .data = file_bytes(), .offset = offset});
    };
    // Where nothing is left for it, the file was cut, as one that has no other tensor is.
    const auto cut = at(32).without_final_padding().build();
    for (const profile rules : {profile::lenient, profile::standard}) {
        const auto parsed = parse(cut, policy::of(rules));
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errc::data_out_of_bounds);
        CHECK(parsed.error().offset == cut.size());
        CHECK(parsed.error().subject.view() == "u");
    }
    // Unless there is nothing in it.
    const auto whole =
        gguf_builder().tensor("a", {8}, std::vector<float>(8, 1)).tensor({.name = "u", .extents = {0}, .type = unknown, .data = file_bytes(), .offset = 32}).without_final_padding().build();
    const auto parsed = parse(whole);
    REQUIRE(parsed);
    CHECK(parsed->tensors().find("u")->size_bytes == 0);
    CHECK(parsed->tensors().find("u")->offset_bytes == whole.size());

    auto file = at(std::uint64_t{1} << 40U).lay_out();
    const auto past = parse(file.bytes);
    REQUIRE_FALSE(past);
    CHECK(past.error().code == errc::data_out_of_bounds);
    CHECK(past.error().offset == file.data_offset + (std::uint64_t{1} << 40U));
    CHECK(past.error().subject.view() == "u");
    CHECK(parse(at(~std::uint64_t{0} - 31).build()).error().code == errc::overflow);
    // Two of them out there: the place of one is no room for the other.
    const auto two = gguf_builder()
                         .tensor("a", {8}, std::vector<float>(8, 1))
                         .tensor({.name = "u", .extents = {1}, .type = unknown, .offset = std::uint64_t{1} << 40U})
                         .tensor({.name = "v", .extents = {1}, .type = unknown, .offset = std::uint64_t{1} << 41U})
                         .build();
    CHECK(parse(two).error().code == errc::data_out_of_bounds);
    CHECK(parse(two, policy::of(profile::lenient)).error().code == errc::data_out_of_bounds);
}

TEST_CASE("an unknown type that begins inside another tensor overlaps it", "[layout]") {
    const auto bytes = gguf_builder().tensor({.name = "a", .extents = {16}, .offset = 0}).tensor({.name = "u", .extents = {1}, .type = unknown, .data = file_bytes(32), .offset = 32}).build();
    for (const profile rules : {profile::lenient, profile::standard}) {
        const auto parsed = parse(bytes, policy::of(rules));
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errc::data_overlap);
        CHECK(parsed.error().subject.view() == "u");
        CHECK(parsed.error().found.text() == "a");
    }
}

TEST_CASE("empty tensors do not end the bytes of an unknown type", "[layout]") {
    const auto bytes = gguf_builder()
                           .tensor({.name = "u", .extents = {1}, .type = unknown, .data = file_bytes(64), .offset = 0})
                           .tensor({.name = "empty", .extents = {0}, .offset = 32})
                           .tensor({.name = "b", .extents = {2}, .offset = 64})
                           .build();
    const auto parsed = parse(bytes);
    REQUIRE(parsed);
    CHECK(parsed->tensors().find("u")->size_bytes == 64);
}

TEST_CASE("unknown types in a header without data have the room between offsets", "[layout]") {
    policy rules;
    rules.on[situation::missing_data] = verdict::warn;
    rules.on[situation::missing_header_padding] = verdict::warn;
    for (const bool only_unknown : {false, true}) {
        gguf_builder builder;
        builder.tensor({.name = "u", .extents = {1}, .type = unknown, .data = file_bytes(64)});
        if (!only_unknown) builder.tensor("b", {2}, tensor_type::f32);
        builder.tensor("v", {1}, unknown, file_bytes(5));
        const auto file = builder.without_data().lay_out();
        const auto refused = parse(file.bytes);
        REQUIRE_FALSE(refused);
        INFO(refused.error().message());
        CHECK(refused.error().code == errc::data_out_of_bounds);
        CHECK(refused.error().message().find(" 0 bytes past") == std::string::npos);
        const auto parsed = parse(file.bytes, rules);
        REQUIRE(parsed);
        CHECK_FALSE(parsed->has_data());
        CHECK(parsed->tensors().find("u")->size_bytes == 64);
    }
    // Where the header ends at the data section, an unknown type alone says nothing about how much is missing.
    auto file = gguf_builder().tensor("u", {1}, unknown, file_bytes(5)).without_data().lay_out();
    file.bytes.resize(file.data_offset);
    CHECK(message_of(parse(file.bytes)).find(" 0 bytes past") == std::string::npos);
    CHECK_FALSE(parse(file.bytes));
}

TEST_CASE("removed types are named, refused by default, and listed by the lenient", "[layout]") {
    for (const std::uint32_t id : {4U, 5U, 31U, 32U, 33U, 36U, 37U, 38U}) {
        const auto bytes = gguf_builder().tensor("old", {32}, static_cast<tensor_type>(id), file_bytes(64)).tensor("b", {1}, tensor_type::f32).build();
        const auto refused = parse(bytes);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::unsupported_type);
        CHECK(refused.error().found.text() == cria::removed_type_name(static_cast<tensor_type>(id)));
        const auto listed = parse(bytes, policy::of(profile::lenient));
        REQUIRE(listed);
        CHECK(listed->tensors()[0].size_bytes == 64);
        REQUIRE(listed->warnings().size() == 1);
        CHECK(listed->warnings()[0].what == situation::removed_type);
    }
}

TEST_CASE("a caller's types are known like ggml's own", "[layout]") {
    const cria::user_type types[] = {
        {.id = unknown, .layout = {"tq3", 32, 14}},
        {.id = static_cast<tensor_type>(337), .layout = {"iq2_ks", 256, 70}, .extra_bytes_per_row = 2},
    };
    const auto bytes = gguf_builder()
                           .tensor("u", {64, 3}, unknown, file_bytes(6 * 14))
                           .tensor("k", {512, 3}, static_cast<tensor_type>(337), file_bytes(3 * (2 * 70 + 2)))
                           .tensor("f", {2}, tensor_type::f32)
                           .build();
    for (const profile rules : {profile::lenient, profile::standard, profile::strict_ggml}) {
        const auto parsed = parse(bytes, with_types(types, rules));
        INFO(message_of(parsed));
        REQUIRE(parsed);
        CHECK(parsed->n_warnings() == 0);
        CHECK(parsed->tensors()[0].size_bytes == 6 * 14);
        CHECK(parsed->tensors()[1].size_bytes == 3 * (2 * 70 + 2));
    }
    const auto ragged = gguf_builder().tensor("u", {33}, unknown, file_bytes(32)).build();
    CHECK(parse(ragged, with_types(types)).error().code == errc::wrong_shape);
    CHECK(parse(ragged).has_value());
}

TEST_CASE("a caller's type goes before ggml's where they share an id, and the last of the caller's wins", "[layout]") {
    const cria::user_type prism[] = {{.id = tensor_type::q2_0, .layout = {"q2_0", 128, 34}}};
    const auto bytes = gguf_builder().tensor("w", {1024, 4}, tensor_type::q2_0, file_bytes(4 * 8 * 34)).tensor("b", {2}, tensor_type::f32).build();
    const auto parsed = parse(bytes, with_types(prism, profile::strict_ggml));
    REQUIRE(parsed);
    CHECK(parsed->tensors()[0].size_bytes == 4 * 8 * 34);
    CHECK_FALSE(parse(bytes));  // ggml's own would take 1152 bytes, and there is room for 1088

    const auto i2_s = static_cast<tensor_type>(36);
    const cria::user_type bitnet[] = {{.id = i2_s, .layout = {"wrong", 1, 1000}}, {.id = i2_s, .layout = {"i2_s", 4, 1}, .extra_bytes_per_row = 32}};
    const auto ternary = gguf_builder().tensor("w", {128}, i2_s, file_bytes(64)).build();
    CHECK(parse(ternary).error().code == errc::unsupported_type);
    const auto known = parse(ternary, with_types(bitnet));
    REQUIRE(known);
    CHECK(known->tensors()[0].size_bytes == 64);
    CHECK(known->n_warnings() == 0);
}

TEST_CASE("a caller's types that make no sense are errors of the file that uses them, not crashes", "[layout]") {
    const auto bytes = gguf_builder().tensor("u", {4, 0x100000000}, unknown, file_bytes(32)).build();
    const cria::user_type no_block[] = {{.id = unknown, .layout = {"none", 0, 4}}};
    CHECK(parse(bytes, with_types(no_block)).error().code == errc::wrong_shape);
    const cria::user_type huge[] = {{.id = unknown, .layout = {"huge", 1, 0xFFFFFFFF}, .extra_bytes_per_row = 0xFFFFFFFF}};
    CHECK(parse(bytes, with_types(huge)).error().code == errc::overflow);
    const cria::user_type long_rows[] = {{.id = unknown, .layout = {"rows", 4, 1}, .extra_bytes_per_row = 1000}};
    CHECK(parse(bytes, with_types(long_rows)).error().code == errc::data_out_of_bounds);
    const cria::user_type nothing[] = {{.id = unknown, .layout = {"nothing", 1, 0}}};
    CHECK(parse(bytes, with_types(nothing))->tensors()[0].size_bytes == 0);
    // A row of no elements has nothing beside it.
    const auto empty = gguf_builder().tensor("u", {0, 7}, unknown, file_bytes()).tensor("b", {1}, tensor_type::f32).build();
    CHECK(parse(empty, with_types(long_rows))->tensors()[0].size_bytes == 0);
}

TEST_CASE("a fork's q2_0 is guessed from the room it has, and said", "[layout]") {
    constexpr std::string_view hint = "unless its q2_0 is a fork's with blocks of 128 elements";
    const auto has_hint = [&](const gguf_builder& builder, profile rules = profile::standard) {
        const auto parsed = parse(builder.build(), policy::of(rules));
        return !parsed && parsed.error().message().find(hint) != std::string::npos;
    };
    const auto fork = [](std::uint64_t rows) {
        return cria_test::tensor_spec{.name = "w" + std::to_string(rows), .extents = {1024, rows}, .type = tensor_type::q2_0, .data = file_bytes(8 * 34 * rows)};
    };
    CHECK(has_hint(gguf_builder().tensor(fork(4))));                                                          // alone in the file
    CHECK(has_hint(gguf_builder().tensor(fork(4)).without_final_padding()));
    CHECK(has_hint(gguf_builder().tensor(fork(4)).tensor(fork(8)).tensor("b", {1000}, tensor_type::f32)));    // another behind it
    CHECK(has_hint(gguf_builder().tensor(fork(64)).tensor("b", {2}, tensor_type::f32)));                      // a small one behind it, and the end
    CHECK(has_hint(gguf_builder().tensor(fork(64)).tensor("b", {2}, tensor_type::f32), profile::lenient));
    // Not where the data is cut, or really overlaps.
    CHECK_FALSE(has_hint(gguf_builder().tensor({.name = "w", .extents = {1024, 4}, .type = tensor_type::q2_0, .data = file_bytes(100)})));
    CHECK_FALSE(has_hint(gguf_builder().tensor({.name = "w", .extents = {1024, 4}, .type = tensor_type::q2_0, .data = file_bytes(32)}).tensor("b", {2000}, tensor_type::f32)));
    CHECK_FALSE(has_hint(gguf_builder().tensor({.name = "w", .extents = {1024, 4}, .type = tensor_type::q1_0, .data = file_bytes(32)})));
    CHECK_FALSE(has_hint(gguf_builder().tensor({.name = "w", .extents = {64, 4}, .type = tensor_type::q2_0, .data = file_bytes(64)})));  // no whole blocks of 128
}

TEST_CASE("shapes of 5 to 8 dimensions are kept, 9 are not", "[layout]") {
    for (std::uint64_t n = 5; n <= 9; ++n) {
        CAPTURE(n);
        std::vector<std::uint64_t> extents;
        for (std::uint64_t i = 0; i < n; ++i) extents.push_back(1 + i % 3);
        const auto bytes = gguf_builder().tensor("w", extents, tensor_type::f32).build();
        for (const profile rules : {profile::lenient, profile::standard}) {
            const auto parsed = parse(bytes, policy::of(rules));
            if (n == 9) {
                CHECK(parsed.error().code == errc::limit_exceeded);
                continue;
            }
            REQUIRE(parsed);
            CHECK(parsed->tensors()[0].shape.n_dimensions == n);
            for (std::size_t i = 0; i < n; ++i) CHECK(parsed->tensors()[0].shape[i] == extents[i]);
            CHECK(parsed->warnings().size() == 1);
        }
        CHECK_FALSE(parse(bytes, policy::of(profile::strict_ggml)));
    }
}
