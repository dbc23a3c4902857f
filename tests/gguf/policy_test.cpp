// SPDX-License-Identifier: MIT
#include "cria/gguf/policy.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::gguf::parse;
using cria::gguf::policy;
using cria::gguf::profile;
using cria::gguf::situation;
using cria::gguf::verdict;
using cria_test::gguf_builder;

struct row {
    situation what;
    std::string_view name;
    std::string_view verdicts;  // lenient, standard, strict: o accepts, W warns, x rejects
};

// The table of the format's notes, by hand.
constexpr row table[] = {
    {situation::version_1, "version_1", "oox"},
    {situation::byte_swapped, "byte_swapped", "oox"},
    {situation::nested_array, "nested_array", "oox"},
    {situation::long_key, "long_key", "Wxo"},
    {situation::key_not_utf8, "key_not_utf8", "Wxo"},
    {situation::key_charset, "key_charset", "oWo"},
    {situation::odd_bool, "odd_bool", "WWo"},
    {situation::empty_tensor_name, "empty_tensor_name", "WWo"},
    {situation::long_tensor_name, "long_tensor_name", "WWx"},
    {situation::many_dimensions, "many_dimensions", "WWx"},
    {situation::unknown_type, "unknown_type", "WWx"},
    {situation::removed_type, "removed_type", "Wxx"},
    {situation::small_alignment, "small_alignment", "oWo"},
    {situation::large_alignment, "large_alignment", "Wxo"},
    {situation::scattered_offsets, "scattered_offsets", "oWx"},
    {situation::shared_data, "shared_data", "Wxx"},
    {situation::missing_data, "missing_data", "xxo"},
    {situation::missing_header_padding, "missing_header_padding", "Wxx"},
    {situation::missing_last_padding, "missing_last_padding", "ooW"},
    {situation::nonzero_padding, "nonzero_padding", "oWo"},
    {situation::trailing_bytes, "trailing_bytes", "oWo"},
    {situation::zero_tail, "zero_tail", "WWW"},
};

auto letter(verdict of) -> char { return of == verdict::accept ? 'o' : of == verdict::warn ? 'W' : 'x'; }

/// A warning as one line: situation, offset, subject.
auto warnings_of(const cria_test::file_bytes& bytes, const policy& rules) -> std::vector<std::string> {
    const auto parsed = parse(bytes, rules);
    if (!parsed) return {"refused: " + parsed.error().message()};
    std::vector<std::string> out;
    for (const auto& warning : parsed->warnings()) out.push_back(std::string(cria::gguf::name_of(warning.what)) + " " + std::to_string(warning.offset_bytes) + " " + std::string(warning.subject));
    if (parsed->n_warnings() != out.size()) out.push_back("and " + std::to_string(parsed->n_warnings() - out.size()) + " more");
    return out;
}

using lines = std::vector<std::string>;
auto line(std::string_view what, std::uint64_t offset, std::string_view subject) -> std::string { return std::string(what) + " " + std::to_string(offset) + " " + std::string(subject); }

}  // namespace

TEST_CASE("the profiles' verdicts are the table's, cell by cell", "[policy]") {
    CHECK(std::size(table) == cria::gguf::n_situations);
    for (std::size_t i = 0; i < std::size(table); ++i) {
        const row& expected = table[i];
        INFO(expected.name);
        CHECK(static_cast<std::size_t>(expected.what) == i);
        CHECK(cria::gguf::name_of(expected.what) == expected.name);
        std::string cells;
        for (const profile rules : {profile::lenient, profile::standard, profile::strict_ggml}) {
            cells += letter(cria::gguf::verdicts(rules)[expected.what]);
            CHECK(letter(policy::of(rules).on[expected.what]) == cells.back());
        }
        CHECK(cells == expected.verdicts);
    }
}

TEST_CASE("a policy is the standard profile until it is told otherwise", "[policy]") {
    const policy plain;
    const policy standard = policy::of(profile::standard);
    for (const row& each : table) CHECK(plain.on[each.what] == standard.on[each.what]);
    CHECK(plain.max_string_bytes == standard.max_string_bytes);
    policy changed;
    changed.on[situation::odd_bool] = verdict::reject;
    CHECK(changed.on[situation::odd_bool] == verdict::reject);
    for (const row& each : table)
        if (each.what != situation::odd_bool) CHECK(changed.on[each.what] == standard.on[each.what]);
    // ggml's own limits on lengths and counts.
    constexpr auto strict = policy::of(profile::strict_ggml);
    static_assert(strict.max_string_bytes == std::uint64_t{1} << 30U && strict.max_array_elements == std::uint64_t{1} << 30U && strict.max_key_bytes == std::uint64_t{1} << 30U);
}

TEST_CASE("profiles and verdicts have names", "[policy]") {
    CHECK(cria::gguf::name_of(profile::lenient) == std::string_view("lenient"));
    CHECK(cria::gguf::name_of(profile::standard) == std::string_view("standard"));
    CHECK(cria::gguf::name_of(profile::strict_ggml) == std::string_view("strict-ggml"));
    CHECK(cria::gguf::name_of(verdict::accept) == std::string_view("accept"));
    CHECK(cria::gguf::name_of(verdict::warn) == std::string_view("warn"));
    CHECK(cria::gguf::name_of(verdict::reject) == std::string_view("reject"));
}

TEST_CASE("a warning reads as a sentence, on one line whatever the file calls things", "[policy]") {
    CHECK(cria::gguf::warning{situation::key_charset, 24, "a\nb\x01"}.message() == "a\\x0Ab\\x01: key is not dotted lower_snake_case at byte 24");
    CHECK(cria::gguf::warning{situation::trailing_bytes, 160, {}}.message() == "bytes follow the last tensor at byte 160");
    for (const row& each : table) {
        INFO(each.name);
        const std::string_view sentence = cria::gguf::warning{each.what, 0, "x"}.sentence();
        CHECK(sentence.size() > 10);
        CHECK(sentence.find('\n') == std::string_view::npos);
        CHECK(sentence.back() != '.');
    }
}

TEST_CASE("warnings say where and about what, in the order of the file", "[policy]") {
    policy every = policy::of(profile::standard);
    for (const row& each : table) every.on[each.what] = verdict::warn;
    SECTION("metadata") {
        const std::string long_key(65537, 'K');  // too long, and not of the charset
        const auto file = gguf_builder()
                              .key("Upper", std::uint8_t{1})
                              .key("\xFF", std::uint8_t{1})
                              .key(long_key, std::uint8_t{1})
                              .raw_key("b", 7, {std::byte{2}})
                              .raw_array("bs", 7, 4, {std::byte{1}, std::byte{0}, std::byte{7}, std::byte{8}})
                              .nested("n", {gguf_builder().array_bytes(std::vector<bool>{true})})
                              .alignment(4)
                              .lay_out();
        CHECK(warnings_of(file.bytes, every) == lines{line("key_charset", file.keys.at("Upper").key, "Upper"), line("key_not_utf8", file.keys.at("\xFF").key, "\xFF"),
                                                      line("long_key", file.keys.at(long_key).key, long_key), line("key_charset", file.keys.at(long_key).key, long_key),
                                                      line("odd_bool", file.keys.at("b").value, "b"), line("odd_bool", file.keys.at("bs").value + 12 + 2, "bs"),
                                                      line("nested_array", file.keys.at("n").value, "n"), line("small_alignment", file.keys.at("general.alignment").value, "general.alignment")});
    }
    SECTION("bools inside nested arrays") {
        auto inner = gguf_builder().array_bytes(std::vector<bool>{true, true});
        inner.back() = std::byte{3};
        const auto file = gguf_builder().nested("n", {inner}).lay_out();
        CHECK(warnings_of(file.bytes, every) == lines{line("nested_array", file.keys.at("n").value, "n"), line("odd_bool", file.bytes.size() - 1, "n")});
    }
    SECTION("the header and a large alignment") {
        const auto big = gguf_builder(2, std::endian::big).key("general.alignment", std::uint32_t{1} << 21U).lay_out();
        CHECK(warnings_of(big.bytes, every) == lines{line("byte_swapped", 4, "version"), line("large_alignment", big.keys.at("general.alignment").value, "general.alignment")});
        CHECK(warnings_of(gguf_builder(1).build(), every) == lines{line("version_1", 4, "version")});
    }
    SECTION("tensors") {
        const std::string long_name(64, 't');
        const auto file = gguf_builder()
                              .tensor("", {1}, std::vector<float>{1})
                              .tensor(long_name, {1, 1, 1, 1, 1}, cria::tensor_type::f32)
                              .tensor("unknown", {5}, static_cast<cria::tensor_type>(99), cria_test::file_bytes(40))
                              .tensor("removed", {5}, static_cast<cria::tensor_type>(4), cria_test::file_bytes(40))
                              .padding_byte(std::byte{1})
                              .lay_out();
        CHECK(warnings_of(file.bytes, every) == lines{line("empty_tensor_name", file.tensors.at("").name, "tensor without a name"), line("long_tensor_name", file.tensors.at(long_name).name, long_name),
                                                      line("many_dimensions", file.tensors.at(long_name).n_dimensions, long_name), line("unknown_type", file.tensors.at("unknown").type, "unknown"),
                                                      line("removed_type", file.tensors.at("removed").type, "removed"), line("nonzero_padding", file.header_bytes, "padding")});
    }
    SECTION("placement") {
        const auto file = gguf_builder()
                              .tensor({.name = "a", .extents = {8}, .offset = 64})
                              .tensor({.name = "b", .extents = {8}, .offset = 64})
                              .tensor({.name = "c", .extents = {8}, .offset = 64})
                              .trailing("xyz")
                              .lay_out();
        // One gap moves everything behind it, so that it is said once.
        CHECK(warnings_of(file.bytes, every) == lines{line("scattered_offsets", file.tensors.at("a").data, "a"), line("shared_data", file.tensors.at("b").data, "b"),
                                                      line("shared_data", file.tensors.at("c").data, "c"), line("trailing_bytes", file.bytes.size() - 3, "end of file")});
        const auto cut = gguf_builder().tensor("w", {3}, cria::tensor_type::i8).without_final_padding().build();
        CHECK(warnings_of(cut, every) == lines{line("missing_last_padding", cut.size(), "end of file")});
    }
    SECTION("no data") {
        const auto file = gguf_builder().tensor("w", {3}, cria::tensor_type::i8).without_data().lay_out();
        REQUIRE(file.data_offset != file.header_bytes);
        CHECK(warnings_of(file.bytes, every) == lines{line("missing_header_padding", file.data_offset, "w"), line("missing_data", file.data_offset, "w")});
    }
}

TEST_CASE("warnings beyond the limit are counted, not kept", "[policy]") {
    gguf_builder builder;
    for (int i = 0; i < 1000; ++i) builder.key("Key" + std::to_string(i), true);
    const auto bytes = builder.build();
    for (const std::uint32_t most : {0U, 1U, 64U, 999U, 1000U, 5000U}) {
        policy rules;
        rules.max_warnings = most;
        const auto parsed = parse(bytes, rules);
        REQUIRE(parsed);
        CHECK(parsed->n_warnings() == 1000);
        CHECK(parsed->warnings().size() == (most < 1000 ? most : 1000));
        for (std::size_t i = 0; i < parsed->warnings().size(); ++i) CHECK(parsed->warnings()[i].subject == "Key" + std::to_string(i));
    }
    CHECK(parse(bytes)->warnings().size() == 64);
    CHECK(parse(bytes, policy::of(profile::lenient))->n_warnings() == 0);
}

TEST_CASE("subjects of warnings are views into the file", "[policy]") {
    const auto bytes = gguf_builder().key("Upper", true).build();
    const auto parsed = parse(bytes);
    REQUIRE(parsed);
    REQUIRE(parsed->warnings().size() == 1);
    CHECK(reinterpret_cast<const std::byte*>(parsed->warnings()[0].subject.data()) == bytes.data() + 24 + 8);
}

TEST_CASE("a policy's limits hold for texts and arrays at every depth, to the last value", "[policy]") {
    const auto says = [](const cria_test::file_bytes& bytes, const policy& rules) {
        const auto parsed = parse(bytes, rules);
        return parsed ? std::string("opened") : std::string(cria::name_of(parsed.error().code)) + " " + std::to_string(parsed.error().offset) + " " + std::string(parsed.error().subject.view());
    };
    const auto limits = [](std::uint64_t text, std::uint64_t elements, std::uint32_t depth = 8) {
        policy rules;
        rules.max_string_bytes = text;
        rules.max_array_elements = elements;
        rules.max_array_depth = depth;
        return rules;
    };
    const auto text = gguf_builder().key("t", "abcd").lay_out();
    CHECK(says(text.bytes, limits(4, 0)) == "opened");
    CHECK(says(text.bytes, limits(3, 0)) == "limit_exceeded " + std::to_string(text.keys.at("t").value) + " t");
    const auto texts = gguf_builder().array("t", std::vector<std::string>{"a", "abcd"}).lay_out();
    CHECK(says(texts.bytes, limits(4, 2)) == "opened");
    CHECK(says(texts.bytes, limits(3, 2)) == "limit_exceeded " + std::to_string(texts.keys.at("t").value + 12 + 9) + " t");
    CHECK(says(texts.bytes, limits(4, 1)) == "limit_exceeded " + std::to_string(texts.keys.at("t").value + 4) + " t");
    const auto inner = gguf_builder().array_bytes(std::vector<std::string>{"abcd", "", ""});
    const auto nested = gguf_builder().nested("n", {inner, inner}).lay_out();
    const std::uint64_t at = nested.keys.at("n").value;
    CHECK(says(nested.bytes, limits(4, 3, 2)) == "opened");
    CHECK(says(nested.bytes, limits(3, 3, 2)) == "limit_exceeded " + std::to_string(at + 12 + 12) + " n");
    CHECK(says(nested.bytes, limits(4, 2, 2)) == "limit_exceeded " + std::to_string(at + 12 + 4) + " n");
    CHECK(says(nested.bytes, limits(4, 1, 2)) == "limit_exceeded " + std::to_string(at + 4) + " n");
    CHECK(says(nested.bytes, limits(4, 3, 1)) == "limit_exceeded " + std::to_string(at + 12) + " n");
    CHECK(says(nested.bytes, limits(4, 3, 0)) == "limit_exceeded " + std::to_string(at + 12) + " n");
}

TEST_CASE("strict reads as ggml does at its limits", "[policy]") {
    const policy strict = policy::of(profile::strict_ggml);
    const auto opens = [&](const gguf_builder& builder) { return parse(builder.build(), strict).has_value(); };
    const auto named = [](std::size_t n) { return gguf_builder().tensor(std::string(n, 'n'), {1}, std::vector<float>{1}); };
    CHECK(opens(named(0)));
    CHECK(opens(named(63)));
    CHECK_FALSE(opens(named(64)));
    CHECK(opens(gguf_builder().tensor("w", {1, 1, 1, 1}, cria::tensor_type::f32)));
    CHECK_FALSE(opens(gguf_builder().tensor("w", {1, 1, 1, 1, 1}, cria::tensor_type::f32)));
    CHECK(opens(gguf_builder().tensor({.name = "a", .extents = {8}}).tensor({.name = "b", .extents = {8}, .offset = 32})));
    CHECK_FALSE(opens(gguf_builder().tensor({.name = "a", .extents = {8}}).tensor({.name = "b", .extents = {8}, .offset = 64})));
    CHECK_FALSE(opens(gguf_builder().tensor({.name = "a", .extents = {8}, .offset = 32}).tensor({.name = "b", .extents = {8}, .offset = 0})));
    CHECK(opens(gguf_builder().alignment(1).tensor({.name = "a", .extents = {3}, .type = cria::tensor_type::i8}).tensor({.name = "b", .extents = {8}, .offset = 3})));
    CHECK(opens(gguf_builder().key("general.alignment", std::uint32_t{1} << 31U)));  // nothing has to be padded
    CHECK_FALSE(opens(gguf_builder().key("general.alignment", std::uint32_t{1} << 31U).tensor("w", {1}, cria::tensor_type::f32)));
    CHECK(opens(gguf_builder().alignment(1U << 21U).tensor("w", {1}, cria::tensor_type::f32)));
    CHECK_FALSE(opens(gguf_builder().array("general.alignment", std::vector<std::uint32_t>{32})));
}

TEST_CASE("a header without its data opens where the policy lets it, and says so", "[policy]") {
    const auto file = gguf_builder().key("k", true).tensor("a", {8}, cria::tensor_type::f32).tensor("b", {8}, cria::tensor_type::f32).without_data().lay_out();
    REQUIRE(file.data_offset != file.header_bytes);
    auto padded = file.bytes;
    padded.resize(file.data_offset);
    for (const profile rules : {profile::lenient, profile::standard}) {
        INFO(cria::gguf::name_of(rules));
        policy header_only = policy::of(rules);
        CHECK_FALSE(parse(padded, header_only));
        header_only.on[situation::missing_data] = verdict::warn;
        const auto parsed = parse(padded, header_only);
        REQUIRE(parsed);
        CHECK_FALSE(parsed->has_data());
        CHECK(parsed->warnings().size() == 1);
        REQUIRE(parsed->tensors().size() == 2);
        CHECK(parsed->tensors()[1].offset_bytes == file.data_offset + 32);
        CHECK(parsed->tensors()[1].size_bytes == 32);
        header_only.on[situation::missing_header_padding] = verdict::accept;
        CHECK(parse(file.bytes, header_only));
        // One byte of data is data, and then all of it has to be there.
        auto begun = padded;
        begun.push_back(std::byte{0});
        CHECK(parse(begun, header_only).error().code == cria::errc::data_out_of_bounds);
    }
    const auto strict = parse(padded, policy::of(profile::strict_ggml));
    REQUIRE(strict);
    CHECK_FALSE(strict->has_data());
    CHECK(strict->n_warnings() == 0);
    CHECK_FALSE(parse(file.bytes, policy::of(profile::strict_ggml)));
    // A file whose tensors have no bytes lacks none.
    const auto empty = gguf_builder().tensor("e", {0}, cria::tensor_type::f32).build();
    REQUIRE(parse(empty));
    CHECK(parse(empty)->has_data());
}
