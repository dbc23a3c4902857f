// SPDX-License-Identifier: MIT
#include "support/gguf_malformed.hpp"

#include <algorithm>  // copy
#include <cstdint>
#include <cstdio>  // snprintf
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cria_test {

namespace {

auto refused(std::string name, file_bytes bytes, cria::errc code, std::uint64_t offset, std::string_view subject) -> named_file {
    return {std::move(name), std::move(bytes), expected_refusal{code, offset, std::string(subject)}};
}

auto numbered(std::string_view prefix, std::uint64_t number) -> std::string { return std::string(prefix) + std::to_string(number); }

constexpr std::uint64_t huge = std::uint64_t{1} << 63U;
constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
constexpr std::uint64_t header_end = 24;  // of version 2 and 3

void add_bad_headers(std::vector<named_file>& out) {
    using cria::errc;
    const file_bytes whole = gguf_builder().key("k", std::uint32_t{1}).build();
    for (std::size_t n = 0; n < header_end; ++n)
        out.push_back(refused(numbered("ends_in_header_at_byte_", n), first_bytes(whole, n), errc::truncated, n,
                              n < 4 ? "magic" : n < 8 ? "version" : n < 16 ? "tensor count" : "key count"));
    const std::pair<const char*, const char*> magics[] = {{"FUGG", "byte_swapped"}, {"gguf", "lower_case"}, {"GGML", "ggml"}, {"lmgg", "ggml_little_endian"},
                                                          {"tjgg", "ggjt"}, {"PK\3\4", "zip"}, {"vers", "git_lfs_pointer"}, {"<!DO", "html"}};
    for (const auto& [magic, name] : magics)
        out.push_back(refused(std::string("magic_") + name, gguf_builder().magic(magic).build(), errc::bad_magic, 0, "magic"));
    out.push_back(refused("magic_safetensors", bytes_of_text({"\x08\0\0\0\0\0\0\0{\"a\":{} ", 16}), errc::bad_magic, 0, "magic"));
    out.push_back(refused("magic_all_zero", file_bytes(64), errc::bad_magic, 0, "magic"));

    for (const std::uint32_t version : {0U, 4U, 5U, 0xFFFFFFFFU, 0x05000000U, 0x00010000U, 0x03000003U})
        out.push_back(refused(numbered("version_", version), gguf_builder(version).key("k", std::uint32_t{1}).build(), errc::unsupported_version, 4, "version"));
    for (const std::uint64_t count : {huge, largest}) {
        out.push_back(refused(numbered("tensor_count_", count), gguf_builder().stated_tensors(count).build(), errc::limit_exceeded, 8, "tensor count"));
        out.push_back(refused(numbered("key_count_", count), gguf_builder().stated_keys(count).build(), errc::limit_exceeded, 16, "key count"));
    }
    out.push_back(refused("key_count_beyond_policy", gguf_builder().stated_keys(std::uint64_t{1} << 40U).trailing(std::string(76, '\0')).build(), errc::limit_exceeded, 16, "key count"));
    out.push_back(refused("tensor_count_beyond_policy", gguf_builder().stated_tensors(std::uint64_t{1} << 40U).trailing(std::string(76, '\0')).build(), errc::limit_exceeded, 8, "tensor count"));
    out.push_back(refused("key_count_beyond_file", gguf_builder().stated_keys(1000).trailing(std::string(76, '\0')).build(), errc::truncated, 16, "key count"));
    out.push_back(refused("tensor_count_beyond_file", gguf_builder().stated_tensors(1000).trailing(std::string(76, '\0')).build(), errc::truncated, 8, "tensor count"));
    // Payable when the header is read, and no longer so behind the metadata.
    out.push_back(refused("tensor_count_beyond_what_metadata_leaves", gguf_builder().key("k", std::string(240, 'x')).stated_tensors(4).build(), errc::truncated, 8, "tensor count"));
    out.push_back(refused("one_key_more_than_there_are", gguf_builder().key("k", std::string(64, 'x')).stated_keys(2).build(), errc::truncated, 24 + 9 + 4 + 8 + 64, "metadata key"));
}

/// A file with one more key, whose value is `value`, said to be of type `type`.
void add_bad_value(std::vector<named_file>& out, std::string name, std::uint32_t type, const file_bytes& value, cria::errc code, std::uint64_t offset_in_value) {
    const auto file = gguf_builder().key("before", std::uint8_t{1}).raw_key("bad", type, value).lay_out();
    const std::uint64_t at = offset_in_value == largest ? file.bytes.size() : file.keys.at("bad").value + offset_in_value;
    out.push_back(refused(std::move(name), file.bytes, code, at, "bad"));
}

void add_bad_metadata(std::vector<named_file>& out) {
    using cria::errc;
    const gguf_encoding little;
    const auto number = [&](auto value) {
        file_bytes bytes;
        little.number(bytes, value);
        return bytes;
    };
    const auto joined = [](file_bytes a, const file_bytes& b) {
        a.insert(a.end(), b.begin(), b.end());
        return a;
    };
    // Keys. All begin at byte 24, behind the header.
    for (const std::uint64_t length : {huge, largest, largest - 7, std::uint64_t{1000}}) {
        auto file = gguf_builder().key("general.name", "tiny").build();
        const auto stated = number(length);
        std::copy(stated.begin(), stated.end(), file.begin() + header_end);
        out.push_back(refused(numbered("key_length_", length), file, errc::truncated, header_end, "metadata key"));
    }
    out.push_back(refused("key_empty", gguf_builder().key("", std::uint32_t{1}).build(), errc::invalid_value, header_end, "metadata key"));
    {
        const auto file = gguf_builder().key("twice", std::uint32_t{1}).key("between", true).key("twice", std::uint32_t{1}).lay_out();
        out.push_back(refused("key_twice", file.bytes, errc::duplicate_name, file.keys.at("twice").key, "twice"));
    }
    {
        const auto file = gguf_builder().alignment(32).key("general.alignment", std::uint32_t{64}).lay_out();
        out.push_back(refused("alignment_twice", file.bytes, errc::duplicate_name, file.keys.at("general.alignment").key, "general.alignment"));
    }
    const std::string with_zero("general.alignment\0x", 19);
    out.push_back(refused("key_with_zero_byte", gguf_builder().key(with_zero, std::uint32_t{64}).build(), errc::invalid_value, header_end, with_zero));
    for (const char* bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "general.\xC3"})
        out.push_back(refused("key_not_utf8_" + std::to_string(std::string_view(bad).size()) + "_" + std::to_string(static_cast<unsigned char>(bad[0])),
                              gguf_builder().key(bad, std::uint32_t{1}).build(), errc::invalid_value, header_end, bad));
    out.push_back(refused("key_too_long", gguf_builder().key(std::string(65536, 'k'), std::uint32_t{1}).build(), errc::limit_exceeded, header_end, "metadata key"));

    // Value types: the offset is that of the type, four bytes before the value.
    for (const std::uint32_t type : {13U, 255U, 0x0C000000U, 0xFFFFFFFFU}) {
        const auto file = gguf_builder().raw_key("bad", type, number(std::uint64_t{0})).lay_out();
        out.push_back(refused(numbered("value_type_", type), file.bytes, errc::invalid_value, file.keys.at("bad").type, "bad"));
        add_bad_value(out, numbered("array_element_type_", type), 9, joined(number(type), joined(number(std::uint64_t{1}), number(std::uint64_t{0}))), errc::invalid_value, 0);
        add_bad_value(out, numbered("array_element_type_empty_array_", type), 9, joined(number(type), number(std::uint64_t{0})), errc::invalid_value, 0);
    }
    // Values the file has no bytes for.
    add_bad_value(out, "value_truncated_u64_with_2_bytes", 10, file_bytes(2), errc::truncated, largest);
    add_bad_value(out, "value_truncated_u8_with_0_bytes", 0, {}, errc::truncated, largest);
    add_bad_value(out, "string_length_truncated", 8, file_bytes(7), errc::truncated, largest);
    for (const std::uint64_t length : {std::uint64_t{4}, std::uint64_t{1} << 32U, huge, largest, largest - 7})
        add_bad_value(out, numbered("string_length_", length), 8, joined(number(length), file_bytes(3)), errc::truncated, 0);
    // The count is at byte 4 of an array, behind the element type.
    add_bad_value(out, "array_count_truncated", 9, joined(number(std::uint32_t{4}), file_bytes(7)), errc::truncated, largest);
    add_bad_value(out, "array_count_product_wraps", 9, joined(number(std::uint32_t{4}), joined(number(std::uint64_t{1} << 62U), file_bytes(16))), errc::truncated, 4);
    add_bad_value(out, "array_count_2_61_of_u32", 9, joined(number(std::uint32_t{4}), joined(number(std::uint64_t{1} << 61U), file_bytes(16))), errc::truncated, 4);
    add_bad_value(out, "array_count_largest_of_u8", 9, joined(number(std::uint32_t{0}), joined(number(largest), file_bytes(16))), errc::truncated, 4);
    add_bad_value(out, "array_one_element_short", 9, joined(number(std::uint32_t{4}), joined(number(std::uint64_t{5}), file_bytes(19))), errc::truncated, 4);
    add_bad_value(out, "string_array_count_beyond_file", 9, joined(number(std::uint32_t{8}), joined(number(std::uint64_t{4}), file_bytes(31))), errc::truncated, 4);
    add_bad_value(out, "string_array_count_wraps", 9, joined(number(std::uint32_t{8}), joined(number(std::uint64_t{1} << 61U), file_bytes(24))), errc::truncated, 4);
    for (const std::uint64_t length : {std::uint64_t{9}, huge, largest, largest - 7, largest - 15})
        add_bad_value(out, numbered("string_array_element_length_", length), 9,
                      joined(joined(number(std::uint32_t{8}), number(std::uint64_t{2})), joined(joined(number(std::uint64_t{0}), number(length)), file_bytes(8))), errc::truncated, 4 + 8 + 8);
    {  // The first string eats the bytes that the second one's length should have.
        const auto bytes = joined(joined(number(std::uint32_t{8}), number(std::uint64_t{2})), joined(number(std::uint64_t{8}), file_bytes(8)));
        add_bad_value(out, "string_array_element_eats_the_next", 9, bytes, errc::truncated, largest);
    }
    // Arrays of arrays: legal up to a depth in the format, not read by this version; the element type says so first.
    {
        file_bytes nested;
        for (int depth = 0; depth < 20000; ++depth) {
            little.number(nested, std::uint32_t{9});
            little.number(nested, std::uint64_t{1});
        }
        add_bad_value(out, "array_nested_20000_deep", 9, nested, errc::unsupported_feature, 0);
        add_bad_value(out, "array_nested_inner_count_beyond_file", 9,
                      joined(joined(number(std::uint32_t{9}), number(std::uint64_t{1})), joined(number(std::uint32_t{4}), number(std::uint64_t{1} << 60U))), errc::unsupported_feature, 0);
        add_bad_value(out, "array_nested_empty", 9, joined(number(std::uint32_t{9}), number(std::uint64_t{0})), errc::unsupported_feature, 0);
    }
    // What only a strict policy refuses.
    out.push_back({"string_value_not_utf8", gguf_builder().key("general.name", "\xFF\xFE").build()});
    for (const unsigned byte : {2U, 255U}) out.push_back({numbered("bool_byte_", byte), gguf_builder().raw_key("b", 7, {static_cast<std::byte>(byte)}).build()});
}

void add_bad_alignments(std::vector<named_file>& out) {
    using cria::errc;
    const auto bad = [&](std::string name, gguf_builder file, errc code, std::uint64_t behind_type) {
        const auto made = file.key("after", "text").tensor("w", {2}, std::vector<float>{1, -2}).lay_out();
        out.push_back(refused(std::move(name), made.bytes, code, made.keys.at("general.alignment").value + behind_type, "general.alignment"));
    };
    for (const std::uint32_t value : {0U, 3U, 13U, 24U, 33U, 0xFFFFFFFFU}) bad(numbered("alignment_", value), gguf_builder().key("general.alignment", value), errc::invalid_value, 0);
    for (const unsigned power : {21U, 31U}) bad(numbered("alignment_2_", power), gguf_builder().key("general.alignment", std::uint32_t{1} << power), errc::limit_exceeded, 0);
    bad("alignment_u64", gguf_builder().key("general.alignment", std::uint64_t{32}), errc::wrong_type, 0);
    bad("alignment_i32", gguf_builder().key("general.alignment", std::int32_t{32}), errc::wrong_type, 0);
    bad("alignment_u16", gguf_builder().key("general.alignment", std::uint16_t{32}), errc::wrong_type, 0);
    bad("alignment_f32", gguf_builder().key("general.alignment", 32.0F), errc::wrong_type, 0);
    bad("alignment_bool", gguf_builder().key("general.alignment", true), errc::wrong_type, 0);
    bad("alignment_string", gguf_builder().key("general.alignment", "32"), errc::wrong_type, 8);
    bad("alignment_array", gguf_builder().array("general.alignment", std::vector<std::uint32_t>{32}), errc::wrong_type, 12);
}

enum class tensor_field { name, n_dimensions, extents, type, offset, data, nowhere };

/// Two good tensors with a bad one between them.
void add_bad_tensor(std::vector<named_file>& out, std::string name, tensor_spec spec, cria::errc code, tensor_field field, std::uint64_t more = 0,
                           std::string_view subject = "bad") {
    const std::string bad = spec.name;
    const auto file = gguf_builder().tensor("first", {2}, std::vector<float>{1, -2}).tensor(std::move(spec)).tensor("last", {1}, std::vector<float>{3}).lay_out();
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
    out.push_back(refused(std::move(name), file.bytes, code, at, subject));
}

void add_bad_tensors(std::vector<named_file>& out) {
    using cria::errc;
    using cria::tensor_type;
    using field = tensor_field;
    const std::uint64_t two_32 = std::uint64_t{1} << 32U;
    const std::uint64_t two_62 = std::uint64_t{1} << 62U;

    {
        const auto file = gguf_builder().tensor("twice", {2}, tensor_type::f32).tensor("between", {2}, tensor_type::f32).tensor("twice", {2}, tensor_type::f32).lay_out();
        out.push_back(refused("tensor_twice", file.bytes, errc::duplicate_name, file.tensors.at("twice").name, "twice"));
    }
    add_bad_tensor(out, "tensor_name_too_long", {.name = std::string(65536, 't'), .extents = {1}}, errc::limit_exceeded, field::name, 0, "tensor name");
    const std::string with_zero("a\0b", 3);
    add_bad_tensor(out, "tensor_name_with_zero_byte", {.name = with_zero, .extents = {1}}, errc::invalid_value, field::name, 0, with_zero);
    for (const std::uint64_t length : {huge, largest, largest - 7}) {
        auto file = gguf_builder().tensor("w", {2}, tensor_type::f32).lay_out();
        file_bytes stated;
        gguf_encoding().number(stated, length);
        std::copy(stated.begin(), stated.end(), file.bytes.begin() + static_cast<std::ptrdiff_t>(file.tensors.at("w").name));
        out.push_back(refused(numbered("tensor_name_length_", length), file.bytes, errc::truncated, file.tensors.at("w").name, "tensor name"));
    }

    for (const std::uint32_t count : {9U, 0x80000000U, 0xFFFFFFFFU})
        add_bad_tensor(out, numbered("dimensions_", count), {.name = "bad", .extents = {2, 2}, .n_dimensions = count}, errc::limit_exceeded, field::n_dimensions);
    add_bad_tensor(out, "extent_2_63", {.name = "bad", .extents = {huge}, .type = tensor_type::i8}, errc::overflow, field::extents);
    add_bad_tensor(out, "extent_largest", {.name = "bad", .extents = {1, largest}, .type = tensor_type::i8}, errc::overflow, field::extents, 8);
    add_bad_tensor(out, "extents_wrap_to_zero", {.name = "bad", .extents = {two_32, two_32}}, errc::overflow, field::extents, 8);
    add_bad_tensor(out, "extents_wrap_to_negative", {.name = "bad", .extents = {huge - 1, 2}, .type = tensor_type::i8}, errc::overflow, field::extents, 8);
    const std::uint64_t a_little_over_2_22 = (std::uint64_t{1} << 22U) + 1;
    add_bad_tensor(out, "extents_wrap_to_small", {.name = "bad", .extents = {a_little_over_2_22, a_little_over_2_22, a_little_over_2_22}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "extents_zero_before_overflow", {.name = "bad", .extents = {two_62, 0, 8}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "extents_zero_between_overflow", {.name = "bad", .extents = {std::uint64_t{1} << 40U, 0, std::uint64_t{1} << 40U}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "extents_zero_first", {.name = "bad", .extents = {0, two_62, 8}}, errc::overflow, field::extents, 16);
    add_bad_tensor(out, "bytes_overflow_f32_2_62", {.name = "bad", .extents = {two_62}}, errc::overflow, field::type);
    add_bad_tensor(out, "bytes_overflow_i64_2_61", {.name = "bad", .extents = {std::uint64_t{1} << 61U}, .type = tensor_type::i64}, errc::overflow, field::type);
    add_bad_tensor(out, "bytes_beyond_file_f32_2_61", {.name = "bad", .extents = {std::uint64_t{1} << 61U}}, errc::data_out_of_bounds, field::data);
    add_bad_tensor(out, "bytes_and_padding_wrap_f32_2_62_less_1", {.name = "bad", .extents = {two_62 - 1}}, errc::overflow, field::nowhere);
    {
        const auto file = gguf_builder()
                              .tensor({.name = "a", .extents = {huge - 32}, .type = tensor_type::i8, .offset = 0})
                              .tensor({.name = "b", .extents = {huge - 32}, .type = tensor_type::i8, .offset = huge})
                              .lay_out();
        out.push_back(refused("sum_of_bytes_wraps", file.bytes, errc::data_out_of_bounds, file.tensors.at("a").data, "a"));
    }

    for (const std::uint32_t id : {43U, 97U, 200U, 999U, 0x80000000U, 0xFFFFFFFFU})
        add_bad_tensor(out, numbered("tensor_type_", id), {.name = "bad", .extents = {256}, .type = static_cast<tensor_type>(id)}, errc::unsupported_type, field::type);
    for (const std::uint32_t id : {4U, 5U, 31U, 32U, 33U, 36U, 37U, 38U})
        add_bad_tensor(out, numbered("tensor_type_removed_", id), {.name = "bad", .extents = {256}, .type = static_cast<tensor_type>(id)}, errc::unsupported_type, field::type);
    add_bad_tensor(out, "row_of_31_in_q4_0", {.name = "bad", .extents = {31}, .type = tensor_type::q4_0}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "row_of_128_in_q4_k", {.name = "bad", .extents = {128}, .type = tensor_type::q4_k}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "row_of_16_in_q4_0_total_divisible", {.name = "bad", .extents = {16, 2}, .type = tensor_type::q4_0}, errc::wrong_shape, field::type);
    add_bad_tensor(out, "scalar_in_q8_0", {.name = "bad", .extents = {}, .type = tensor_type::q8_0}, errc::wrong_shape, field::type);

    add_bad_tensor(out, "offset_not_aligned", {.name = "bad", .extents = {1}, .offset = 40}, errc::misaligned, field::offset);
    add_bad_tensor(out, "offset_largest", {.name = "bad", .extents = {1}, .offset = largest}, errc::misaligned, field::offset);
    add_bad_tensor(out, "offset_wraps", {.name = "bad", .extents = {1}, .offset = largest - 31}, errc::overflow, field::nowhere);
    add_bad_tensor(out, "offset_wraps_with_size", {.name = "bad", .extents = {1U << 10U}, .offset = largest - 31 - 1024}, errc::overflow, field::nowhere);
    add_bad_tensor(out, "offset_beyond_file", {.name = "bad", .extents = {1}, .offset = std::uint64_t{1} << 40U}, errc::data_out_of_bounds, field::data);
    {
        auto file = gguf_builder().tensor("first", {2}, std::vector<float>{1, -2}).tensor("bad", {8}, std::vector<float>(8, 1.0F)).lay_out();
        file.bytes.resize(file.tensors.at("bad").data + 31);
        out.push_back(refused("data_one_byte_short", file.bytes, errc::data_out_of_bounds, file.tensors.at("bad").data, "bad"));
        file.bytes.resize(file.header_bytes);
        out.push_back(refused("data_missing", file.bytes, errc::data_out_of_bounds, file.data_offset, "first"));
    }
    {
        const auto file = gguf_builder().tensor("bad", {0, 4}, tensor_type::f32).without_data().lay_out();
        out.push_back(refused("padding_before_data_missing", file.bytes, errc::data_out_of_bounds, file.data_offset, "bad"));
    }
    {
        const auto file = gguf_builder().alignment(1U << 20U).tensor("bad", {1}, std::vector<float>{1}).without_data().trailing(std::string(4096, '\0')).lay_out();
        out.push_back(refused("padding_before_data_reaches_past_the_end", file.bytes, errc::data_out_of_bounds, file.data_offset, "bad"));
    }
    const auto overlap = [&](std::string name, std::uint64_t first_offset, std::uint64_t second_offset, const std::string& subject) {
        const auto file = gguf_builder()
                              .tensor({.name = "a", .extents = {16}, .offset = first_offset})
                              .tensor({.name = "b", .extents = {16}, .offset = second_offset})
                              .lay_out();
        out.push_back(refused(std::move(name), file.bytes, errc::data_overlap, file.tensors.at(subject).data, subject));
    };
    overlap("data_same_bytes", 0, 0, "b");
    overlap("data_overlaps_partly", 0, 32, "b");
    overlap("data_overlaps_out_of_order", 32, 0, "a");
    {
        // An empty tensor between them does not hide the overlap.
        const auto file = gguf_builder()
                              .tensor({.name = "a", .extents = {16}, .offset = 0})
                              .tensor({.name = "empty", .extents = {0}, .offset = 32})
                              .tensor({.name = "b", .extents = {8}, .offset = 32})
                              .lay_out();
        out.push_back(refused("data_overlaps_across_an_empty_tensor", file.bytes, errc::data_overlap, file.tensors.at("b").data, "b"));
    }
    {
        const auto file = gguf_builder()
                              .tensor({.name = "all", .extents = {32}, .offset = 0})
                              .tensor({.name = "inner", .extents = {8}, .offset = 32})
                              .tensor({.name = "behind", .extents = {8}, .offset = 128})
                              .lay_out();
        out.push_back(refused("data_inside_another", file.bytes, errc::data_overlap, file.tensors.at("inner").data, "inner"));
    }

    // What only a strict policy refuses.
    out.push_back({"tensor_name_empty", gguf_builder().tensor("", {1}, tensor_type::f32).build()});
    out.push_back({"dimensions_5", gguf_builder().tensor("w", {1, 2, 1, 2, 3}, tensor_type::f32).build()});
    out.push_back({"offsets_out_of_order", gguf_builder().tensor({.name = "a", .extents = {8}, .offset = 32}).tensor({.name = "b", .extents = {8}, .offset = 0}).build()});
    out.push_back({"offsets_with_gap", gguf_builder().tensor({.name = "a", .extents = {8}, .offset = 64}).build()});
    // What only whoever decodes the data can see: an E8M0 exponent of 0xFF, and half-precision scales of infinity and NaN.
    out.push_back({"payload_mxfp4_scale_nan", gguf_builder().tensor("w", {32}, tensor_type::mxfp4, file_bytes(17, std::byte{0xFF})).build()});
    for (const unsigned scale : {0x7C00U, 0x7E00U}) {
        file_bytes block(34);
        block[0] = static_cast<std::byte>(scale & 0xFFU);
        block[1] = static_cast<std::byte>(scale >> 8U);
        out.push_back({numbered("payload_q8_0_scale_", scale), gguf_builder().tensor("w", {32}, tensor_type::q8_0, block).build()});
    }
}

/// Version 1 and big-endian files are legal; this version of the library reads neither, and says so before anything else.
void add_bad_old_and_swapped(std::vector<named_file>& out) {
    using cria::errc;
    const auto version_1 = [&](std::string name, gguf_builder file) { out.push_back(refused(std::move(name), file.build(), errc::unsupported_version, 4, "version")); };
    version_1("v1_key_count_beyond_file", gguf_builder(1).stated_keys(0xFFFFFFFFU));
    version_1("v1_tensor_count_beyond_file", gguf_builder(1).stated_tensors(0xFFFFFFFFU));
    version_1("v1_string_beyond_file", gguf_builder(1).raw_key("k", 8, file_bytes(4, std::byte{0xFF})));
    version_1("v1_string_of_length_0", gguf_builder(1).key("k", ""));
    version_1("v1_string_of_one_zero_byte", gguf_builder(1).key("k", std::string(1, '\0')));
    version_1("v1_key_of_one_zero_byte", gguf_builder(1).key(std::string(1, '\0'), std::uint32_t{1}));
    version_1("v1_value_type_u64", gguf_builder(1).key("k", std::uint64_t{1}));
    version_1("v1_value_type_f64", gguf_builder(1).key("k", 1.0));
    const auto swapped = [&](std::string name, const gguf_builder& file) { out.push_back(refused(std::move(name), file.build(), errc::unsupported_feature, 4, "version")); };
    swapped("big_endian_i_quant", gguf_builder(3, std::endian::big).tensor("w", {256}, cria::tensor_type::iq2_xxs));
    swapped("big_endian_key_count_beyond_file", gguf_builder(3, std::endian::big).stated_keys(std::uint64_t{1} << 40U));
    swapped("big_endian_string_beyond_file", gguf_builder(3, std::endian::big).raw_key("k", 8, file_bytes(8, std::byte{0x7F})));
}

/// Cut at every byte: the version that opens is the whole file.
void add_cut(std::vector<named_file>& out) {
    const auto whole = one_of_each().lay_out();
    for (std::size_t n = header_end; n < whole.bytes.size(); ++n) {
        // A file that ends behind the last tensor's last byte lacks its padding and nothing else.
        if (n >= whole.tensors.at("v").data + 68) continue;
        named_file cut{numbered("cut_at_byte_", n), first_bytes(whole.bytes, n), expected_refusal{}};
        cut.refusal->code = n < whole.header_bytes ? cria::errc::truncated : cria::errc::data_out_of_bounds;
        out.push_back(std::move(cut));  // what is said depends on the item; the parser's tests look at that
    }
}

}  // namespace

auto malformed_files() -> std::vector<named_file> {
    std::vector<named_file> files;
    add_bad_headers(files);
    add_bad_metadata(files);
    add_bad_alignments(files);
    add_bad_tensors(files);
    add_bad_old_and_swapped(files);
    return files;
}

auto cut_files() -> std::vector<named_file> {
    std::vector<named_file> files;
    add_cut(files);
    return files;
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
        {"shard_number_not_below_count", {{name(1, 2), shard(2, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "b")}}},
        {"shard_number_swapped", {{name(1, 2), shard(1, 2, 2, "b")}, {name(2, 2), shard(0, 2, 2, "a")}}},
        {"shard_number_twice", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(0, 2, 2, "b")}}},
        {"shard_missing", {{name(1, 3), shard(0, 3, 3, "a")}, {name(3, 3), shard(2, 3, 3, "c")}}},
        {"shard_counts_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 3, 2, "b")}}},
        {"shard_tensor_counts_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 5, "b")}}},
        {"shard_tensor_sum_differs", {{name(1, 2), shard(0, 2, 3, "a")}, {name(2, 2), shard(1, 2, 3, "b")}}},
        {"shard_tensor_count_negative", {{name(1, 2), shard(0, 2, -2, "a")}, {name(2, 2), shard(1, 2, -2, "b")}}},
        {"shard_tensor_twice", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "a")}}},
        {"shard_architectures_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "b", "qwen2")}}},
        {"shard_versions_differ", {{name(1, 2), shard(0, 2, 2, "a")}, {name(2, 2), shard(1, 2, 2, "b", "llama", 2)}}},
    };
}

}  // namespace cria_test
