// SPDX-License-Identifier: MIT
#include "support/gguf_malformed.hpp"

#include <algorithm>  // copy
#include <bit>  // endian
#include <cstdint>
#include <cstdio>  // snprintf
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cria_test {

namespace {

using cria::errc;
using cria::gguf::profile;
using cria::gguf::situation;

auto numbered(std::string_view prefix, std::uint64_t number) -> std::string { return std::string(prefix) + std::to_string(number); }

constexpr std::uint64_t huge = std::uint64_t{1} << 63U;
constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
constexpr std::uint64_t header_end = 24;  // of version 2 and 3

auto joined(file_bytes a, const file_bytes& b) -> file_bytes {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// The list being made, and the byte order it is made in.
struct file_list {
    std::vector<named_file> files;
    std::endian order;

    [[nodiscard]] auto builder(std::uint32_t version = 3) const -> gguf_builder { return gguf_builder(version, order); }
    template <class T>
    [[nodiscard]] auto number(T value) const -> file_bytes {
        file_bytes bytes;
        gguf_encoding{3, order}.number(bytes, value);
        return bytes;
    }
    /// A file that every profile opens without a word, until it is told otherwise.
    auto add(std::string rows, std::string name, file_bytes bytes) -> named_file& { return files.emplace_back(named_file{std::move(name), std::move(bytes), std::move(rows)}); }
    auto refused(std::string rows, std::string name, file_bytes bytes, errc code, std::uint64_t offset, std::string_view subject) -> named_file& {
        return add(std::move(rows), std::move(name), std::move(bytes)).refused_by_all(code, offset, subject);
    }
};

void add_bad_headers(file_list& out) {
    const auto zeros = [](std::size_t n) { return std::string(n, '\0'); };
    const file_bytes whole = out.builder().key("k", std::uint32_t{1}).build();
    for (std::size_t n = 0; n < header_end; ++n)
        out.refused(n < 4 ? "4.3/1" : "4.3/3", numbered("ends_in_header_at_byte_", n), first_bytes(whole, n), errc::truncated, n,
                    n < 4 ? "magic" : n < 8 ? "version" : n < 16 ? "tensor count" : "key count");
    const std::pair<const char*, const char*> magics[] = {{"FUGG", "byte_swapped"}, {"gguf", "lower_case"}, {"GGML", "ggml"}, {"lmgg", "ggml_little_endian"},
                                                          {"tjgg", "ggjt"}, {"PK\3\4", "zip"}, {"vers", "git_lfs_pointer"}, {"<!DO", "html"}};
    for (const auto& [magic, name] : magics) out.refused("4.3/2", std::string("magic_") + name, out.builder().magic(magic).build(), errc::bad_magic, 0, "magic");
    out.refused("4.3/2", "magic_safetensors", bytes_of_text({"\x08\0\0\0\0\0\0\0{\"a\":{} ", 16}), errc::bad_magic, 0, "magic");
    out.refused("4.3/2", "magic_all_zero", file_bytes(64), errc::bad_magic, 0, "magic");

    for (const std::uint32_t version : {0U, 4U, 5U, 0xFFFFFFFFU, 0x05000000U, 0x00010000U, 0x03000003U})
        out.refused(version == 0 ? "4.3/4" : version == 0x05000000U ? "4.3/6" : "4.3/5", numbered("version_", version),
                    out.builder(version).key("k", std::uint32_t{1}).build(), errc::unsupported_version, 4, "version");
    for (const std::uint64_t count : {huge, largest}) {
        out.refused("4.3/7", numbered("tensor_count_", count), out.builder().stated_tensors(count).build(), errc::limit_exceeded, 8, "tensor count");
        out.refused("4.3/8", numbered("key_count_", count), out.builder().stated_keys(count).build(), errc::limit_exceeded, 16, "key count");
    }
    out.refused("4.3/9", "key_count_beyond_policy", out.builder().stated_keys(std::uint64_t{1} << 40U).trailing(zeros(76)).build(), errc::limit_exceeded, 16, "key count");
    out.refused("4.3/10", "tensor_count_beyond_policy", out.builder().stated_tensors(std::uint64_t{1} << 40U).trailing(zeros(76)).build(), errc::limit_exceeded, 8, "tensor count");
    out.refused("4.3/9", "key_count_beyond_file", out.builder().stated_keys(1000).trailing(zeros(76)).build(), errc::truncated, 16, "key count");
    out.refused("4.3/10", "tensor_count_beyond_file", out.builder().stated_tensors(1000).trailing(zeros(76)).build(), errc::truncated, 8, "tensor count");
    // One more than the bytes can pay for; with the last one they can, and the items themselves are no good.
    out.refused("4.3/9", "key_count_one_too_many", out.builder().stated_keys(6).trailing(zeros(5 * 14)).build(), errc::truncated, 16, "key count");
    out.refused("4.3/9", "key_count_just_payable", out.builder().stated_keys(5).trailing(zeros(5 * 14)).build(), errc::invalid_value, header_end, "metadata key");
    out.refused("4.3/10", "tensor_count_one_too_many", out.builder().stated_tensors(4).trailing(zeros(3 * 24)).build(), errc::truncated, 8, "tensor count");
    // Payable when the header is read, and no longer so behind the metadata.
    out.refused("4.3/10", "tensor_count_beyond_what_metadata_leaves", out.builder().key("k", std::string(240, 'x')).stated_tensors(4).build(), errc::truncated, 8, "tensor count");
    out.refused("4.3/9", "one_key_more_than_there_are", out.builder().key("k", std::string(64, 'x')).stated_keys(2).build(), errc::truncated, 24 + 9 + 4 + 8 + 64, "metadata key");
}

/// A file with one more key, whose value is `value`, said to be of type `type`.
auto add_bad_value(file_list& out, std::string rows, std::string name, std::uint32_t type, const file_bytes& value, errc code, std::uint64_t offset_in_value) -> named_file& {
    const auto file = out.builder().key("before", std::uint8_t{1}).raw_key("bad", type, value).lay_out();
    const std::uint64_t at = offset_in_value == largest ? file.bytes.size() : file.keys.at("bad").value + offset_in_value;
    return out.refused(std::move(rows), std::move(name), file.bytes, code, at, "bad");
}

void add_bad_keys(file_list& out) {
    // All begin at byte 24, behind the header.
    for (const std::uint64_t length : {huge, largest, largest - 7, std::uint64_t{1000}}) {
        auto file = out.builder().key("general.name", "tiny").build();
        const auto stated = out.number(length);
        std::copy(stated.begin(), stated.end(), file.begin() + header_end);
        out.refused(length == 1000 ? "4.3/12" : "4.3/11", numbered("key_length_", length), file, errc::truncated, header_end, "metadata key");
    }
    out.refused("4.3/13", "key_empty", out.builder().key("", std::uint32_t{1}).build(), errc::invalid_value, header_end, "metadata key");
    {
        const auto file = out.builder().key("twice", std::uint32_t{1}).key("between", true).key("twice", std::uint32_t{1}).lay_out();
        out.refused("4.3/14", "key_twice", file.bytes, errc::duplicate_name, file.keys.at("twice").key, "twice");
    }
    {
        const auto file = out.builder().alignment(32).key("general.alignment", std::uint32_t{64}).lay_out();
        out.refused("4.3/14", "alignment_twice", file.bytes, errc::duplicate_name, file.keys.at("general.alignment").key, "general.alignment");
    }
    const std::string with_zero("general.alignment\0x", 19);
    out.refused("4.3/15", "key_with_zero_byte", out.builder().key(with_zero, std::uint32_t{64}).build(), errc::invalid_value, header_end, with_zero);
    out.refused("4.3/15", "key_with_zero_byte_at_the_end", out.builder().key(std::string("key\0", 4), std::uint32_t{64}).build(), errc::invalid_value, header_end, std::string("key\0", 4));
    out.refused("4.3/15", "key_of_one_zero_byte", out.builder().key(std::string(1, '\0'), std::uint32_t{64}).build(), errc::invalid_value, header_end, std::string(1, '\0'));
    for (const char* bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "general.\xC3"})
        out.refused("4.3/16 1.8/key_not_utf8", "key_not_utf8_" + std::to_string(std::string_view(bad).size()) + "_" + std::to_string(static_cast<unsigned char>(bad[0])),
                    out.builder().key(bad, std::uint32_t{1}).build(), errc::invalid_value, header_end, bad)
            .warned_by(profile::lenient, {situation::key_not_utf8})
            .opened_by(profile::strict_ggml);
    out.refused("4.3/17 1.8/long_key", "key_too_long", out.builder().key(std::string(65536, 'k'), std::uint32_t{1}).build(), errc::limit_exceeded, header_end, "metadata key")
        .warned_by(profile::lenient, {situation::long_key})
        .opened_by(profile::strict_ggml);
    out.refused("4.3/17", "key_of_more_than_a_mebibyte", out.builder().key(std::string((1U << 20U) + 1, 'k'), std::uint32_t{1}).build(), errc::limit_exceeded, header_end, "metadata key")
        .opened_by(profile::strict_ggml);
}

void add_bad_values(file_list& out) {
    const auto number = [&](auto value) { return out.number(value); };
    // Value types: the offset is that of the type, four bytes before the value.
    for (const std::uint32_t type : {13U, 255U, 0x0C000000U, 0xFFFFFFFFU}) {
        const auto file = out.builder().raw_key("bad", type, number(std::uint64_t{0})).lay_out();
        out.refused("4.3/18", numbered("value_type_", type), file.bytes, errc::invalid_value, file.keys.at("bad").type, "bad");
        add_bad_value(out, "4.3/22", numbered("array_element_type_", type), 9, joined(number(type), joined(number(std::uint64_t{1}), number(std::uint64_t{0}))), errc::invalid_value, 0);
        add_bad_value(out, "4.3/22", numbered("array_element_type_empty_array_", type), 9, joined(number(type), number(std::uint64_t{0})), errc::invalid_value, 0);
    }
    // Values the file has no bytes for.
    add_bad_value(out, "4.3/19", "value_truncated_u64_with_2_bytes", 10, file_bytes(2), errc::truncated, largest);
    add_bad_value(out, "4.3/19", "value_truncated_u8_with_0_bytes", 0, {}, errc::truncated, largest);
    add_bad_value(out, "4.3/20", "string_length_truncated", 8, file_bytes(7), errc::truncated, largest);
    for (const std::uint64_t length : {std::uint64_t{4}, std::uint64_t{1} << 32U, huge, largest, largest - 7})
        add_bad_value(out, "4.3/20", numbered("string_length_", length), 8, joined(number(length), file_bytes(3)), errc::truncated, 0);
    // The count is at byte 4 of an array, behind the element type.
    const auto array = [&](std::uint32_t element_type, std::uint64_t count, file_bytes elements) { return joined(joined(number(element_type), number(count)), elements); };
    add_bad_value(out, "4.3/24", "array_count_truncated", 9, joined(number(std::uint32_t{4}), file_bytes(7)), errc::truncated, largest);
    add_bad_value(out, "4.3/23", "array_count_product_wraps", 9, array(4, std::uint64_t{1} << 62U, file_bytes(16)), errc::truncated, 4);
    add_bad_value(out, "4.3/23", "array_count_2_61_of_u32", 9, array(4, std::uint64_t{1} << 61U, file_bytes(16)), errc::truncated, 4);
    add_bad_value(out, "4.3/24", "array_count_largest_of_u8", 9, array(0, largest, file_bytes(16)), errc::truncated, 4);
    add_bad_value(out, "4.3/24", "array_one_element_short", 9, array(4, 5, file_bytes(19)), errc::truncated, 4);
    add_bad_value(out, "4.3/25", "string_array_count_beyond_file", 9, array(8, 4, file_bytes(31)), errc::truncated, 4);
    add_bad_value(out, "4.3/25", "string_array_count_wraps", 9, array(8, std::uint64_t{1} << 61U, file_bytes(24)), errc::truncated, 4);
    for (const std::uint64_t length : {std::uint64_t{9}, huge, largest, largest - 7, largest - 15})
        add_bad_value(out, "4.3/25", numbered("string_array_element_length_", length), 9,
                      array(8, 2, joined(joined(number(std::uint64_t{0}), number(length)), file_bytes(8))), errc::truncated, 4 + 8 + 8);
    // The first string eats the bytes that the second one's length should have.
    add_bad_value(out, "4.3/25", "string_array_element_eats_the_next", 9, array(8, 2, joined(number(std::uint64_t{8}), file_bytes(8))), errc::truncated, largest);

    // Arrays of arrays; the profile that refuses them all says so at the outermost element type.
    const auto add_nested = [&](std::string rows, std::string name, const file_bytes& value, errc code, std::uint64_t offset_in_value) {
        auto& file = add_bad_value(out, std::move(rows), std::move(name), 9, value, code, offset_in_value);
        const std::uint64_t outermost = out.builder().key("before", std::uint8_t{1}).raw_key("bad", 9, value).lay_out().keys.at("bad").value;
        file.refused_by(profile::strict_ggml, errc::unsupported_feature, outermost, "bad");
    };
    const auto nested = [&](int depth) {  // heads of `depth` arrays in one another, the innermost of no numbers
        file_bytes heads;
        for (int i = 1; i < depth; ++i) heads = joined(std::move(heads), array(9, 1, {}));
        return joined(std::move(heads), array(4, 0, {}));
    };
    add_nested("4.3/26", "array_nested_9_deep", nested(9), errc::limit_exceeded, 8 * 12);
    add_nested("4.3/26", "array_nested_20000_deep", nested(20000), errc::limit_exceeded, 8 * 12);
    add_nested("4.3/27", "array_nested_inner_count_beyond_file", array(9, 1, array(4, std::uint64_t{1} << 60U, {})), errc::truncated, 12 + 4);
    add_bad_value(out, "4.3/27", "array_nested_count_beyond_file", 9, array(9, 3, array(4, 0, array(4, 0, file_bytes(11)))), errc::truncated, 4);
    add_nested("4.3/27", "array_nested_inner_strings_beyond_file", array(9, 1, array(8, 1, number(std::uint64_t{1}))), errc::truncated, 12 + 12);
    add_nested("4.3/22", "array_nested_element_type_13", array(9, 1, array(13, 0, {})), errc::invalid_value, 12);
    add_nested("4.3/27", "array_nested_inner_head_missing", array(9, 2, array(0, 12, file_bytes(12))), errc::truncated, largest);

    // What no profile refuses, since too many files in use have it.
    out.add("4.3/21", "string_value_not_utf8", out.builder().key("general.name", "\xFF\xFE").build());
    for (const unsigned byte : {2U, 255U})
        out.add("4.3/28 1.8/odd_bool", numbered("bool_byte_", byte), out.builder().raw_key("b", 7, {static_cast<std::byte>(byte)}).build())
            .warned_by(profile::lenient, {situation::odd_bool})
            .warned_by(profile::standard, {situation::odd_bool});
    out.add("4.3/28 1.8/odd_bool", "bool_bytes_in_arrays", out.builder().raw_array("b", 7, 3, {std::byte{1}, std::byte{3}, std::byte{4}}).build())
        .warned_by(profile::lenient, {situation::odd_bool})
        .warned_by(profile::standard, {situation::odd_bool});
}

void add_bad_alignments(file_list& out) {
    const auto bad = [&](std::string row, std::string name, gguf_builder file, errc code, std::uint64_t behind_type) -> named_file& {
        const auto made = file.key("after", "text").tensor("w", {2}, std::vector<float>{1, -2}).lay_out();
        return out.refused(std::move(row), std::move(name), made.bytes, code, made.keys.at("general.alignment").value + behind_type, "general.alignment");
    };
    for (const std::uint32_t value : {0U, 3U, 13U, 24U, 33U, 0xFFFFFFFFU})
        bad(value == 0 ? "4.3/29" : "4.3/30", numbered("alignment_", value), out.builder().key("general.alignment", value), errc::invalid_value, 0);
    // Where such an alignment is let pass, the file ends before the data section would begin.
    for (const unsigned power : {21U, 31U}) {
        auto& file = bad("4.3/32", numbered("alignment_2_", power), out.builder().key("general.alignment", std::uint32_t{1} << power), errc::limit_exceeded, 0);
        for (const auto rules : {profile::lenient, profile::strict_ggml}) file.refused_by(rules, errc::data_out_of_bounds, std::uint64_t{1} << power, "w");
        const auto alone = out.builder().key("general.alignment", std::uint32_t{1} << power).lay_out();
        out.add("4.3/32 1.8/large_alignment", numbered("alignment_without_tensors_2_", power), alone.bytes)
            .warned_by(profile::lenient, {situation::large_alignment})
            .refused_by(profile::standard, errc::limit_exceeded, alone.keys.at("general.alignment").value, "general.alignment");
    }
    bad("4.3/31", "alignment_u64", out.builder().key("general.alignment", std::uint64_t{32}), errc::wrong_type, 0);
    bad("4.3/31", "alignment_i32", out.builder().key("general.alignment", std::int32_t{32}), errc::wrong_type, 0);
    bad("4.3/31", "alignment_u16", out.builder().key("general.alignment", std::uint16_t{32}), errc::wrong_type, 0);
    bad("4.3/31", "alignment_f32", out.builder().key("general.alignment", 32.0F), errc::wrong_type, 0);
    bad("4.3/31", "alignment_bool", out.builder().key("general.alignment", true), errc::wrong_type, 0);
    bad("4.3/31", "alignment_string", out.builder().key("general.alignment", "32"), errc::wrong_type, 8);
    bad("4.3/31", "alignment_array", out.builder().array("general.alignment", std::vector<std::uint32_t>{32}), errc::wrong_type, 12);
}

enum class tensor_field { name, n_dimensions, extents, type, offset, data, nowhere };

/// Two good tensors with a bad one between them.
auto add_bad_tensor(file_list& out, std::string rows, std::string name, tensor_spec spec, errc code, tensor_field field, std::uint64_t more = 0, std::string_view subject = "bad")
    -> named_file& {
    const std::string bad = spec.name;
    const auto file = out.builder().tensor("first", {2}, std::vector<float>{1, -2}).tensor(std::move(spec)).tensor("last", {1}, std::vector<float>{3}).lay_out();
    const tensor_place& place = file.tensors.at(bad);
    std::uint64_t at = cria::error::no_offset;
    switch (field) {
        case tensor_field::name: at = place.name; break;
        case tensor_field::n_dimensions: at = place.n_dimensions; break;
        case tensor_field::extents: at = place.extents; break;
        case tensor_field::type: at = place.type; break;
        case tensor_field::offset: at = place.offset; break;
        case tensor_field::data: at = place.data; break;
        case tensor_field::nowhere: break;
    }
    if (field != tensor_field::nowhere) at += more;
    return out.refused(std::move(rows), std::move(name), file.bytes, code, at, subject);
}

void add_bad_tensor_infos(file_list& out) {
    using cria::tensor_type;
    using field = tensor_field;
    const std::uint64_t two_32 = std::uint64_t{1} << 32U;
    const std::uint64_t two_62 = std::uint64_t{1} << 62U;

    {
        const auto file = out.builder().tensor("twice", {2}, tensor_type::f32).tensor("between", {2}, tensor_type::f32).tensor("twice", {2}, tensor_type::f32).lay_out();
        out.refused("4.3/35", "tensor_twice", file.bytes, errc::duplicate_name, file.tensors.at("twice").name, "twice");
    }
    add_bad_tensor(out, "4.3/34", "tensor_name_too_long", {.name = std::string(65536, 't'), .extents = {1}}, errc::limit_exceeded, field::name, 0, "tensor name");
    const std::string with_zero("a\0b", 3);
    add_bad_tensor(out, "4.3/34", "tensor_name_with_zero_byte", {.name = with_zero, .extents = {1}}, errc::invalid_value, field::name, 0, with_zero);
    for (const std::uint64_t length : {huge, largest, largest - 7}) {
        auto file = out.builder().tensor("w", {2}, tensor_type::f32).lay_out();
        const file_bytes stated = out.number(length);
        std::copy(stated.begin(), stated.end(), file.bytes.begin() + static_cast<std::ptrdiff_t>(file.tensors.at("w").name));
        out.refused("4.3/33", numbered("tensor_name_length_", length), file.bytes, errc::truncated, file.tensors.at("w").name, "tensor name");
    }

    for (const std::uint32_t count : {9U, 0x80000000U, 0xFFFFFFFFU})
        add_bad_tensor(out, "4.3/36", numbered("dimensions_", count), {.name = "bad", .extents = {2, 2}, .n_dimensions = count}, errc::limit_exceeded, field::n_dimensions);
    add_bad_tensor(out, "4.3/37", "extent_2_63", {.name = "bad", .extents = {huge}, .type = tensor_type::i8}, errc::overflow, field::extents);
    add_bad_tensor(out, "4.3/37", "extent_largest", {.name = "bad", .extents = {1, largest}, .type = tensor_type::i8}, errc::overflow, field::extents, 8);
    add_bad_tensor(out, "4.3/38", "extents_wrap_to_zero", {.name = "bad", .extents = {two_32, two_32}}, errc::overflow, field::extents, 8);
    add_bad_tensor(out, "4.3/39", "extents_wrap_to_negative", {.name = "bad", .extents = {huge - 1, 2}, .type = tensor_type::i8}, errc::overflow, field::extents, 8);
    const std::uint64_t a_little_over_2_22 = (std::uint64_t{1} << 22U) + 1;
    add_bad_tensor(out, "4.3/38", "extents_wrap_to_small", {.name = "bad", .extents = {a_little_over_2_22, a_little_over_2_22, a_little_over_2_22}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "4.3/44", "extents_zero_before_overflow", {.name = "bad", .extents = {two_62, 0, 8}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "4.3/44", "extents_zero_between_overflow", {.name = "bad", .extents = {std::uint64_t{1} << 40U, 0, std::uint64_t{1} << 40U}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "4.3/44", "extents_zero_first", {.name = "bad", .extents = {0, two_62, 8}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "4.3/40", "bytes_overflow_f32_2_62", {.name = "bad", .extents = {two_62}}, errc::overflow, field::type);
    add_bad_tensor(out, "4.3/40", "bytes_overflow_i64_2_61", {.name = "bad", .extents = {std::uint64_t{1} << 61U}, .type = tensor_type::i64}, errc::overflow, field::type);

    for (const std::uint32_t id : {43U, 97U, 200U, 999U, 0x80000000U, 0xFFFFFFFFU})
        add_bad_tensor(out, "4.3/45 1.8/unknown_type", numbered("tensor_type_", id), {.name = "bad", .extents = {256}, .type = static_cast<tensor_type>(id), .data = file_bytes(34)},
                       errc::unsupported_type, field::type)
            .warned_by(profile::lenient, {situation::unknown_type})
            .warned_by(profile::standard, {situation::unknown_type});
    for (const std::uint32_t id : {4U, 5U, 31U, 32U, 33U, 36U, 37U, 38U})
        add_bad_tensor(out, "4.3/46 1.8/removed_type", numbered("tensor_type_removed_", id), {.name = "bad", .extents = {256}, .type = static_cast<tensor_type>(id), .data = file_bytes(34)},
                       errc::unsupported_type, field::type)
            .warned_by(profile::lenient, {situation::removed_type});
    add_bad_tensor(out, "4.3/47", "row_of_31_in_q4_0", {.name = "bad", .extents = {31}, .type = tensor_type::q4_0}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "4.3/47", "row_of_128_in_q4_k", {.name = "bad", .extents = {128}, .type = tensor_type::q4_k}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "4.3/48", "row_of_16_in_q4_0_total_divisible", {.name = "bad", .extents = {16, 2}, .type = tensor_type::q4_0}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "4.3/47", "scalar_in_q8_0", {.name = "bad", .extents = {}, .type = tensor_type::q8_0}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "4.3/49", "offset_not_aligned", {.name = "bad", .extents = {1}, .offset = 40}, errc::misaligned, field::offset);
    add_bad_tensor(out, "4.3/49", "offset_largest", {.name = "bad", .extents = {1}, .offset = largest}, errc::misaligned, field::offset);
    add_bad_tensor(out, "4.3/50", "offset_wraps", {.name = "bad", .extents = {1}, .offset = largest - 31}, errc::overflow, field::nowhere);
    add_bad_tensor(out, "4.3/50", "offset_wraps_with_size", {.name = "bad", .extents = {1U << 10U}, .offset = largest - 31 - 1024}, errc::overflow, field::nowhere);

    // What some profiles let pass.
    out.add("4.3/34 1.8/empty_tensor_name", "tensor_name_empty", out.builder().tensor("", {1}, tensor_type::f32).build())
        .warned_by(profile::lenient, {situation::empty_tensor_name})
        .warned_by(profile::standard, {situation::empty_tensor_name});
    {
        const auto file = out.builder().tensor("w", {1, 2, 1, 2, 3}, tensor_type::f32).lay_out();
        out.add("4.3/36 1.8/many_dimensions", "dimensions_5", file.bytes)
            .warned_by(profile::lenient, {situation::many_dimensions})
            .warned_by(profile::standard, {situation::many_dimensions})
            .refused_by(profile::strict_ggml, errc::limit_exceeded, file.tensors.at("w").n_dimensions, "w");
    }
}

void add_bad_placement(file_list& out) {
    using cria::tensor_type;
    using field = tensor_field;
    const std::uint64_t two_62 = std::uint64_t{1} << 62U;
    const auto scattered = [](named_file& file, std::uint64_t at, std::string_view subject) { file.refused_by(profile::strict_ggml, errc::misaligned, at, subject); };

    {  // Behind such a tensor ggml looks for the next one far away, and so says that one is in the wrong place.
        auto& file = add_bad_tensor(out, "4.3/41", "bytes_beyond_file_f32_2_61", {.name = "bad", .extents = {std::uint64_t{1} << 61U}}, errc::data_out_of_bounds, field::data);
        scattered(file, file.under(profile::standard).refusal->offset, "last");
        const auto last = out.builder().tensor("bad", {std::uint64_t{1} << 61U}, tensor_type::f32).trailing("some").lay_out();
        out.refused("4.3/41", "bytes_beyond_file_f32_2_61_last", last.bytes, errc::data_out_of_bounds, last.data_offset, "bad");
    }
    add_bad_tensor(out, "4.3/42", "bytes_and_padding_wrap_f32_2_62_less_1", {.name = "bad", .extents = {two_62 - 1}}, errc::overflow, field::nowhere);
    {
        const auto file = out.builder()
                              .tensor({.name = "a", .extents = {huge - 32}, .type = tensor_type::i8, .offset = 0})
                              .tensor({.name = "b", .extents = {huge - 32}, .type = tensor_type::i8, .offset = huge})
                              .trailing(std::string(64, '\0'))
                              .lay_out();
        out.refused("4.3/43", "sum_of_bytes_wraps", file.bytes, errc::overflow, cria::error::no_offset, "b");
        const auto small = out.builder()
                               .tensor({.name = "a", .extents = {huge - 1024}, .type = tensor_type::i8, .offset = 0})
                               .tensor({.name = "b", .extents = {huge - 1024}, .type = tensor_type::i8, .offset = huge - 1024})
                               .trailing(std::string(64, '\0'))
                               .lay_out();
        out.refused("4.3/43", "sum_of_bytes_just_fits", small.bytes, errc::data_out_of_bounds, small.data_offset, "a");
    }
    {
        auto& file = add_bad_tensor(out, "4.3/51", "offset_beyond_file", {.name = "bad", .extents = {1}, .offset = std::uint64_t{1} << 40U}, errc::data_out_of_bounds, field::data);
        scattered(file, file.under(profile::standard).refusal->offset, "bad");
    }
    {
        auto file = out.builder().key("k", true).tensor("first", {2}, std::vector<float>{1, -2}).tensor("bad", {8}, std::vector<float>(8, 1.0F)).lay_out();
        file.bytes.resize(file.tensors.at("bad").data + 31);
        out.refused("4.3/52", "data_one_byte_short", file.bytes, errc::data_out_of_bounds, file.tensors.at("bad").data, "bad");
        file.bytes.resize(file.data_offset + 1);
        out.refused("4.3/52", "data_all_but_one_byte_missing", file.bytes, errc::data_out_of_bounds, file.data_offset, "first");
        file.bytes.resize(file.data_offset);
        out.refused("4.3/54 1.8/missing_data", "data_missing_behind_padding", file.bytes, errc::data_out_of_bounds, file.data_offset, "first").opened_by(profile::strict_ggml);
        file.bytes.resize(file.header_bytes);
        out.refused("4.3/54 1.8/missing_header_padding", "data_missing", file.bytes, errc::data_out_of_bounds, file.data_offset, "first");
    }
    {
        const auto file = out.builder().tensor("bad", {0, 4}, tensor_type::f32).without_data().lay_out();
        out.refused("4.3/55", "padding_before_data_missing", file.bytes, errc::data_out_of_bounds, file.data_offset, "bad");
    }
    {
        const auto file = out.builder().alignment(1U << 20U).tensor("bad", {1}, std::vector<float>{1}).without_data().trailing(std::string(4096, '\0')).lay_out();
        out.refused("4.3/55 1.8/missing_header_padding", "padding_before_data_reaches_past_the_end", file.bytes, errc::data_out_of_bounds, file.data_offset, "bad");
    }
    const auto overlap = [&](std::string rows, std::string name, std::uint64_t first_offset, std::uint64_t second_offset, const std::string& subject) -> named_file& {
        const auto file = out.builder()
                              .tensor({.name = "a", .extents = {16}, .offset = first_offset})
                              .tensor({.name = "b", .extents = {16}, .offset = second_offset})
                              .lay_out();
        auto& added = out.refused(std::move(rows), std::move(name), file.bytes, errc::data_overlap, file.tensors.at(subject).data, subject);
        scattered(added, file.tensors.at(subject).data, subject);
        return added;
    };
    overlap("4.3/53 1.8/shared_data", "data_same_bytes", 0, 0, "b").warned_by(profile::lenient, {situation::shared_data});
    overlap("4.3/53", "data_overlaps_partly", 0, 32, "b");
    overlap("4.3/53", "data_overlaps_out_of_order", 32, 0, "a");
    for (const bool shorter_first : {false, true}) {  // two that begin together share their bytes only if they end together
        const std::uint64_t n = shorter_first ? 8 : 16;
        const auto file = out.builder().tensor({.name = "a", .extents = {n}, .offset = 0}).tensor({.name = "b", .extents = {24 - n}, .offset = 0}).lay_out();
        scattered(out.refused("4.3/53", shorter_first ? "data_begins_together_shorter_first" : "data_begins_together", file.bytes, errc::data_overlap, file.tensors.at("b").data, "b"),
                  file.tensors.at("b").data, "b");
    }
    {
        // An empty tensor between them does not hide the overlap.
        const auto file = out.builder()
                              .tensor({.name = "a", .extents = {16}, .offset = 0})
                              .tensor({.name = "empty", .extents = {0}, .offset = 32})
                              .tensor({.name = "b", .extents = {8}, .offset = 32})
                              .lay_out();
        scattered(out.refused("4.3/53", "data_overlaps_across_an_empty_tensor", file.bytes, errc::data_overlap, file.tensors.at("b").data, "b"), file.tensors.at("empty").data, "empty");
    }
    {
        const auto file = out.builder()
                              .tensor({.name = "all", .extents = {32}, .offset = 0})
                              .tensor({.name = "inner", .extents = {8}, .offset = 32})
                              .tensor({.name = "behind", .extents = {8}, .offset = 128})
                              .lay_out();
        scattered(out.refused("4.3/53", "data_inside_another", file.bytes, errc::data_overlap, file.tensors.at("inner").data, "inner"), file.tensors.at("inner").data, "inner");
    }
    {  // Two with the same bytes do not hide a third one that begins inside them.
        const auto file = out.builder()
                              .tensor({.name = "a", .extents = {32}, .offset = 0})
                              .tensor({.name = "b", .extents = {32}, .offset = 0})
                              .tensor({.name = "c", .extents = {8}, .offset = 64})
                              .lay_out();
        auto& added = out.refused("4.3/53", "data_overlaps_shared_data", file.bytes, errc::data_overlap, file.tensors.at("b").data, "b");
        added.refused_by(profile::lenient, errc::data_overlap, file.tensors.at("c").data, "c");
        scattered(added, file.tensors.at("b").data, "b");
    }
    const auto apart = [&](std::string name, std::vector<tensor_spec> specs, const std::string& subject) {
        auto builder = out.builder();
        for (auto& spec : specs) builder.tensor(std::move(spec));
        const auto file = builder.lay_out();
        scattered(out.add("4.3/56 4.4/p 1.8/scattered_offsets", std::move(name), file.bytes).warned_by(profile::standard, {situation::scattered_offsets}), file.tensors.at(subject).data, subject);
    };
    apart("offsets_out_of_order", {{.name = "a", .extents = {8}, .offset = 32}, {.name = "b", .extents = {8}, .offset = 0}}, "a");
    apart("offsets_with_gap", {{.name = "a", .extents = {8}, .offset = 64}}, "a");
    apart("offset_of_an_empty_tensor_elsewhere", {{.name = "a", .extents = {8}}, {.name = "empty", .extents = {0}, .offset = 0}, {.name = "b", .extents = {8}, .offset = 32}}, "empty");

    // What only whoever decodes the data can see: an E8M0 exponent of 0xFF, and half-precision scales of infinity and NaN.
    out.add("4.3/66", "payload_mxfp4_scale_nan", out.builder().tensor("w", {32}, tensor_type::mxfp4, file_bytes(17, std::byte{0xFF})).build());
    for (const unsigned scale : {0x7C00U, 0x7E00U}) {
        file_bytes block(34);
        const auto stored = out.number(static_cast<std::uint16_t>(scale));
        std::copy(stored.begin(), stored.end(), block.begin());
        out.add("4.3/66", numbered("payload_q8_0_scale_", scale), out.builder().tensor("w", {32}, tensor_type::q8_0, block).build());
    }
}

/// Version 1, which was little-endian only. It has 16 bytes of header: tensor count at 8, key count at 12.
void add_bad_version_1(file_list& out) {
    const auto added = [&](std::string row, std::string name, const gguf_builder& file) -> named_file& {
        return out.add(std::move(row), std::move(name), file.build()).refused_by(profile::strict_ggml, errc::unsupported_version, 4, "version");
    };
    const auto refused = [&](std::string row, std::string name, const gguf_builder& file, errc code, std::uint64_t offset, std::string_view subject) {
        auto& made = added(std::move(row), std::move(name), file);
        for (const auto rules : {profile::lenient, profile::standard}) made.refused_by(rules, code, offset, subject);
    };
    const auto v1 = [] { return gguf_builder(1); };
    const auto u32 = [&](std::uint32_t value) { return out.number(value); };
    refused("4.3/63", "v1_key_count_beyond_file", v1().stated_keys(0xFFFFFFFFU), errc::limit_exceeded, 12, "key count");
    refused("4.3/63", "v1_tensor_count_beyond_file", v1().stated_tensors(0xFFFFFFFFU), errc::limit_exceeded, 8, "tensor count");
    refused("4.3/63", "v1_key_count_one_too_many", v1().stated_keys(3).trailing(std::string(29, '\0')), errc::truncated, 12, "key count");
    refused("4.3/63", "v1_tensor_count_one_too_many", v1().stated_tensors(2).trailing(std::string(39, '\0')), errc::truncated, 8, "tensor count");
    refused("4.3/63", "v1_key_length_beyond_file", v1().stated_keys(1).trailing("\x7F\0\0\0key\0\0\0\0"), errc::truncated, 12, "key count");
    refused("4.3/63", "v1_string_beyond_file", v1().raw_key("k", 8, file_bytes(4, std::byte{0xFF})), errc::truncated, 16 + 5 + 4, "k");
    refused("4.3/63", "v1_string_one_byte_short", v1().raw_key("k", 8, joined(u32(3), file_bytes(2))), errc::truncated, 16 + 5 + 4, "k");
    refused("4.3/63", "v1_array_count_beyond_file", v1().raw_key("k", 9, joined(u32(4), joined(u32(0x40000000U), file_bytes(8)))), errc::truncated, 16 + 5 + 4 + 4, "k");
    refused("4.3/63", "v1_string_array_one_short", v1().raw_key("k", 9, joined(u32(8), joined(u32(3), file_bytes(11)))), errc::truncated, 16 + 5 + 4 + 4, "k");
    refused("4.3/63", "v1_array_of_arrays_one_short", v1().raw_key("k", 9, joined(u32(9), joined(u32(2), file_bytes(15)))), errc::truncated, 16 + 5 + 4 + 4, "k");
    added("4.3/63", "v1_string_of_length_0", v1().key("k", ""));
    added("4.3/63", "v1_string_of_one_zero_byte", v1().key("k", std::string(1, '\0')));
    refused("4.3/63", "v1_key_of_one_zero_byte", v1().key(std::string(1, '\0'), std::uint32_t{1}), errc::invalid_value, 16, "metadata key");
    refused("4.3/63", "v1_key_empty", v1().key("", std::uint32_t{1}), errc::invalid_value, 16, "metadata key");
    refused("4.3/63", "v1_key_with_two_zero_bytes", v1().key(std::string("k\0\0", 3), std::uint32_t{1}), errc::invalid_value, 16, std::string("k\0", 2));
    refused("4.3/63", "v1_key_twice_with_and_without_zero_byte", v1().key("k", std::uint32_t{1}).key(std::string("k\0", 2), std::uint32_t{1}), errc::duplicate_name, 16 + 5 + 8, "k");
    refused("4.3/64", "v1_value_type_u64", v1().key("k", std::uint64_t{1}), errc::invalid_value, 16 + 5, "k");
    refused("4.3/64", "v1_value_type_i64", v1().key("k", std::int64_t{1}), errc::invalid_value, 16 + 5, "k");
    refused("4.3/64", "v1_value_type_f64", v1().key("k", 1.0), errc::invalid_value, 16 + 5, "k");
    refused("4.3/64", "v1_array_of_u64", v1().array("k", std::vector<std::uint64_t>{1}), errc::invalid_value, 16 + 5 + 4, "k");
    refused("4.3/63", "v1_data_out_of_bounds", v1().tensor({.name = "w", .extents = {8}, .data = file_bytes(4)}).without_final_padding(), errc::data_out_of_bounds, 64, "w");
}

/// Files that are about the byte order itself.
void add_bad_big_endian(file_list& out) {
    const auto big = [] { return gguf_builder(3, std::endian::big); };
    const auto add = [&](std::string row, std::string name, const gguf_builder& file) -> named_file& { return out.add(std::move(row), std::move(name), file.build()); };
    const auto refused = [&](std::string row, std::string name, const gguf_builder& file, errc code, std::uint64_t offset, std::string_view subject) {
        expect_byte_swapped(add(std::move(row), std::move(name), file).refused_by_all(code, offset, subject));
    };
    expect_byte_swapped(add("4.3/65", "big_endian_i_quant", big().tensor("w", {256}, cria::tensor_type::iq2_xxs)));
    refused("4.3/9", "big_endian_key_count_beyond_file", big().stated_keys(std::uint64_t{1} << 40U), errc::limit_exceeded, 16, "key count");
    refused("4.3/20", "big_endian_string_beyond_file", big().raw_key("k", 8, file_bytes(8, std::byte{0x7F})), errc::truncated, 24 + 9 + 4, "k");
    // Little-endian version 1 read the other way round, and the other way round again: never legal.
    refused("4.3/6", "big_endian_version_1", gguf_builder(1, std::endian::big).key("k", std::uint32_t{1}), errc::unsupported_version, 4, "version");
    refused("4.3/6", "big_endian_version_4", gguf_builder(4, std::endian::big).key("k", std::uint32_t{1}), errc::unsupported_version, 4, "version");
}

/// Cut at every byte: the version that opens is the whole file.
void add_cut(file_list& out) {
    const auto whole = one_of_each(3, out.order).lay_out();
    for (std::size_t n = header_end; n < whole.bytes.size(); ++n) {
        // A file that ends behind the last tensor's last byte lacks its padding and nothing else.
        if (n >= whole.tensors.at("v").data + 68) continue;
        auto& cut = out.add(n < whole.header_bytes ? "4.3/33" : "4.3/52", numbered("cut_at_byte_", n), first_bytes(whole.bytes, n));
        for (const auto rules : all_profiles)
            cut.under(rules).refusal = expected_refusal{.code = n < whole.header_bytes ? errc::truncated : errc::data_out_of_bounds, .subject = {}, .only_code = true};
        if (n == whole.data_offset) cut.opened_by(profile::strict_ggml);
    }
}

/// What is left to say about the files of a list: the twins in the other byte order.
auto finished(file_list list) -> std::vector<named_file> {
    if (list.order == std::endian::big)
        for (named_file& file : list.files) expect_byte_swapped(file);
    return std::move(list.files);
}

}  // namespace

void expect_byte_swapped(named_file& twin) {
    const auto& otherwise = twin.under(profile::standard).refusal;
    // What is said before the byte order is known, or because it is none.
    if (otherwise && (otherwise->code == errc::bad_magic || otherwise->code == errc::unsupported_version || (otherwise->code == errc::truncated && !otherwise->only_code && otherwise->offset < 8))) return;
    twin.refused_by(profile::strict_ggml, errc::unsupported_feature, 4, "version");
}

auto text_of(const expected_verdict& verdict) -> std::string {
    if (verdict.refusal) {
        std::string text = std::string("refuses: ") + cria::name_of(verdict.refusal->code);
        if (verdict.refusal->only_code) return text;
        if (verdict.refusal->offset != cria::error::no_offset) text += " at " + std::to_string(verdict.refusal->offset);
        text += " (";
        cria::detail::append_printable(text, cria::error(verdict.refusal->code, verdict.refusal->subject).subject.view());  // cut to fit
        return text + ")";
    }
    if (verdict.warned.empty()) return "opens";
    std::string text = "warns:";
    for (const situation what : verdict.warned) text += std::string(" ") + cria::gguf::name_of(what);
    return text;
}

auto malformed_files(std::endian order) -> std::vector<named_file> {
    file_list list{{}, order};
    add_bad_headers(list);
    add_bad_keys(list);
    add_bad_values(list);
    add_bad_alignments(list);
    add_bad_tensor_infos(list);
    add_bad_placement(list);
    if (order == std::endian::little) {
        add_bad_version_1(list);
        add_bad_big_endian(list);
    }
    return finished(std::move(list));
}

auto cut_files(std::endian order) -> std::vector<named_file> {
    file_list list{{}, order};
    add_cut(list);
    return finished(std::move(list));
}

auto malformed_shard_sets() -> std::vector<named_shards> {
    const auto name = [](int number, int count) {
        char text[40];
        std::snprintf(text, sizeof text, "set-%05d-of-%05d.gguf", number, count);
        return std::string(text);
    };
    const auto shard = [](std::uint16_t no, std::uint16_t count, std::int32_t n_tensors, std::string_view tensor, std::string_view architecture = "llama", std::uint32_t version = 3) {
        gguf_builder file(version);
        if (no == 0 || architecture != "llama") file.key("general.architecture", architecture);
        file.key("split.no", no).key("split.count", count).key("split.tensors.count", n_tensors);
        return file.tensor(tensor, {2}, std::vector<float>{1, -2}).build();
    };
    return {
        {"shard_number_not_below_count", {{name(1, 2), shard(2, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "b")}}, "4.3/57"},
        {"shard_number_swapped", {{name(1, 2), shard(1, 2, 2, "b")}, {name(2, 2), shard(0, 2, 2, "a")}}, "4.3/58"},
        {"shard_number_twice", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(0, 2, 2, "b")}}, "4.3/58"},
        {"shard_missing", {{name(1, 3), shard(0, 3, 3, "a")}, {name(3, 3), shard(2, 3, 3, "c")}}, "4.3/59"},
        {"shard_counts_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 3, 2, "b")}}, "4.3/60"},
        {"shard_tensor_counts_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 5, "b")}}, "4.3/60"},
        {"shard_tensor_sum_differs", {{name(1, 2), shard(0, 2, 3, "a")}, {name(2, 2), shard(1, 2, 3, "b")}}, "4.3/61"},
        {"shard_tensor_count_negative", {{name(1, 2), shard(0, 2, -2, "a")}, {name(2, 2), shard(1, 2, -2, "b")}}, "4.3/61"},
        {"shard_tensor_twice", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "a")}}, "4.3/62"},
        {"shard_architectures_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "b", "qwen2")}}, "4.3/62"},
        {"shard_versions_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "b", "llama", 2)}}, "4.3/62"},
    };
}

}  // namespace cria_test
