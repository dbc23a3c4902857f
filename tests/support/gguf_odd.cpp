// SPDX-License-Identifier: MIT
#include "support/gguf_odd.hpp"

#include <bit>  // endian
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cria_test {

namespace {

using cria::errc;
using cria::tensor_type;
using cria::gguf::profile;
using cria::gguf::situation;

struct file_list {
    std::vector<named_file> files;
    std::endian order;

    [[nodiscard]] auto builder(std::uint32_t version = 3) const -> gguf_builder { return gguf_builder(version, order); }
    /// A file that every profile opens without a word, until it is told otherwise.
    auto add(std::string rows, std::string name, file_bytes bytes) -> named_file& { return files.emplace_back(named_file{std::move(name), std::move(bytes), std::move(rows)}); }
};

/// One key and one tensor.
auto plain(gguf_builder file) -> gguf_builder { return file.key("general.architecture", "llama").tensor("w", {2}, std::vector<float>{1, -2}); }

void add_versions(file_list& out) {
    out.add("4.4/c", "version_2", plain(out.builder(2)).build());
    out.add("4.4/c", "version_2_terminated", plain(out.builder(2).terminated()).array("texts", std::vector<std::string>{"a", "", "bc"}).build());
    if (out.order == std::endian::big) return;
    // One format, two writers: the C program stored a zero byte with each text, the Python script did not.
    const auto version_1 = [&](std::string name, const gguf_builder& file) {
        out.add("4.4/c 1.8/version_1", std::move(name), file.build()).refused_by(profile::strict_ggml, errc::unsupported_version, 4, "version");
    };
    version_1("version_1", plain(gguf_builder(1)));
    version_1("version_1_terminated", plain(gguf_builder(1).terminated()));
    version_1("version_1_empty", gguf_builder(1));
    version_1("version_1_of_each", one_of_each(1));
    version_1("version_1_nested", gguf_builder(1).nested("rows", {gguf_builder(1).array_bytes(std::vector<std::uint8_t>{1, 2}), gguf_builder(1).array_bytes(std::vector<std::string>{"a", ""})}));
    const auto swapped = [&](std::string name, const gguf_builder& file) { expect_byte_swapped(out.add("4.4/t 4.3/6 1.8/byte_swapped", std::move(name), file.build())); };
    swapped("big_endian", plain(gguf_builder(3, std::endian::big)));
    swapped("big_endian_version_2", plain(gguf_builder(2, std::endian::big)));
}

void add_metadata(file_list& out) {
    out.add("4.4/a", "nothing_in_it", out.builder().build());
    out.add("4.4/b", "keys_only_unpadded", out.builder().key("general.type", "adapter").build());
    out.add("4.4/k", "empty_strings_and_arrays", out.builder()
                                                     .key("text", "")
                                                     .array("texts", std::vector<std::string>{})
                                                     .array("numbers", std::vector<float>{})
                                                     .array("bools", std::vector<bool>{})
                                                     .array("three_empty_texts", std::vector<std::string>{"", "", ""})
                                                     .build());
    out.add("4.4/l", "floats_not_finite", out.builder()
                                              .key("nan", std::numeric_limits<float>::quiet_NaN())
                                              .key("infinity", -std::numeric_limits<double>::infinity())
                                              .array("both", std::vector<float>{std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()})
                                              .build());
    out.add("4.4/m 1.8/key_charset", "keys_of_any_spelling", out.builder()
                                                                 .key("Command-R.Block_Count", std::uint32_t{1})
                                                                 .key("comfy.gguf.orig_shape.first.weight", std::int32_t{1})
                                                                 .key("..", true)
                                                                 .key("schl\xC3\xBCssel", "\xE2\x82\xAC")
                                                                 .key("a key with spaces", std::uint8_t{1})
                                                                 .build())
        .warned_by(profile::standard, std::vector<situation>(4, situation::key_charset));
    out.add("4.4/m 1.8/key_charset", "key_with_a_dash", out.builder().key("command-r.block_count", std::uint32_t{40}).build()).warned_by(profile::standard, {situation::key_charset});
    out.add("4.4/m", "key_of_65535_bytes", out.builder().key(std::string(65535, 'k'), std::uint8_t{1}).build());
    {
        const auto inner = out.builder().array_bytes(std::vector<std::uint8_t>{1, 2});
        const auto nested = [&](std::string name, const gguf_builder& builder) {
            const auto file = builder.lay_out();
            out.add("4.4/o 1.8/nested_array", std::move(name), file.bytes).refused_by(profile::strict_ggml, errc::unsupported_feature, file.keys.at("nested").value, "nested");
        };
        nested("nested_arrays", out.builder().nested("nested", {inner, inner}));
        nested("nested_arrays_none", out.builder().nested("nested", {}));
        file_bytes deep = inner;
        for (int depth = 2; depth <= 8; ++depth) deep = out.builder().nested_bytes({deep});
        nested("nested_arrays_8_deep", out.builder().raw_key("nested", 9, deep));
        nested("nested_arrays_of_each_type", out.builder().nested("nested", {out.builder().array_bytes(std::vector<std::string>{"a", ""}), out.builder().array_bytes(std::vector<double>{0.5}),
                                                                             out.builder().array_bytes(std::vector<bool>{true}), out.builder().nested_bytes({inner, inner}), inner}));
    }
    for (const std::uint16_t count : {std::uint16_t{0}, std::uint16_t{1}})
        out.add("4.4/q", "split_count_" + std::to_string(count), plain(out.builder()).key("split.no", std::uint16_t{0}).key("split.count", count).build());
    out.add("4.4/q", "first_shard_without_tensors", out.builder()
                                                        .key("general.architecture", "llama")
                                                        .key("split.no", std::uint16_t{0})
                                                        .key("split.count", std::uint16_t{2})
                                                        .key("split.tensors.count", std::int32_t{1})
                                                        .build());
    out.add("4.4/s", "texts_twice_and_not_utf8",
            out.builder().array("tokenizer.ggml.tokens", std::vector<std::string>{"a", "a", "\xFF", "\xC3", std::string(1, '\0'), "a"}).build());
}

void add_tensors(file_list& out) {
    out.add("4.4/d", "scalar_tensor", out.builder().tensor("w", {}, std::vector<float>{7}).build());
    out.add("4.4/e", "trailing_extents_of_1", out.builder().tensor("w", {2, 1, 1, 1}, std::vector<float>{1, -2}).build());
    out.add("4.4/f", "empty_tensors_share_offsets", out.builder()
                                                        .tensor("empty", {0}, tensor_type::f32)
                                                        .tensor("empty_too", {4, 0, 3}, tensor_type::f32)
                                                        .tensor("w", {2}, std::vector<float>{1, -2})
                                                        .tensor("empty_at_the_end", {0}, tensor_type::q8_0)
                                                        .build());
    out.add("4.4/f", "empty_tensor_of_huge_extents", out.builder().tensor("w", {std::uint64_t{1} << 62U, 0}, tensor_type::f32).build());
    out.add("4.4/n", "tensor_name_of_63_bytes", out.builder().tensor(std::string(63, 't'), {1}, std::vector<float>{1}).build());
    for (const std::size_t length : {std::size_t{64}, std::size_t{65}, std::size_t{127}, std::size_t{65535}}) {
        const std::string name(length, 't');
        const auto file = out.builder().tensor(name, {1}, std::vector<float>{1}).lay_out();
        out.add("4.4/n 1.8/long_tensor_name", "tensor_name_of_" + std::to_string(length) + "_bytes", file.bytes)
            .warned_by(profile::lenient, {situation::long_tensor_name})
            .warned_by(profile::standard, {situation::long_tensor_name})
            .refused_by(profile::strict_ggml, errc::limit_exceeded, file.tensors.at(name).name, name);
    }
    for (std::uint64_t n = 5; n <= 8; ++n) {
        std::vector<std::uint64_t> extents(n, 1);
        extents[1] = 2;
        extents.back() = 3;
        const auto file = out.builder().tensor("w", extents, tensor_type::f32).lay_out();
        out.add("1.8/many_dimensions", n == 8 ? "extents_up_to_8" : "extents_up_to_" + std::to_string(n), file.bytes)
            .warned_by(profile::lenient, {situation::many_dimensions})
            .warned_by(profile::standard, {situation::many_dimensions})
            .refused_by(profile::strict_ggml, errc::limit_exceeded, file.tensors.at("w").n_dimensions, "w");
    }
    {
        gguf_builder every = out.builder();
        for (std::uint32_t id = 0; id < 43; ++id)
            if (const auto layout = cria::geometry_of(static_cast<tensor_type>(id)))
                every.tensor("type_" + std::string(layout->name), {layout->elements_per_block, 2}, static_cast<tensor_type>(id));
        out.add("4.4/r", "every_tensor_type", every.build());
    }
    {
        const auto type_of_a_fork = [&](std::string name, const gguf_builder& builder, std::size_t n_warnings, const std::string& first) {
            const auto file = builder.lay_out();
            out.add("1.8/unknown_type", std::move(name), file.bytes)
                .warned_by(profile::lenient, std::vector<situation>(n_warnings, situation::unknown_type))
                .warned_by(profile::standard, std::vector<situation>(n_warnings, situation::unknown_type))
                .refused_by(profile::strict_ggml, errc::unsupported_type, file.tensors.at(first).type, first);
        };
        const auto unknown = static_cast<tensor_type>(200);
        type_of_a_fork("unknown_type_last", out.builder().tensor("w", {2}, std::vector<float>{1, -2}).tensor("u", {7}, unknown, file_bytes(5)), 1, "u");
        type_of_a_fork("unknown_types_only", out.builder().tensor("u", {7}, unknown, file_bytes(5)).tensor("v", {7, 3}, unknown, file_bytes(40)), 2, "u");
    }
}

void add_layouts(file_list& out) {
    out.add("4.4/g 1.8/missing_last_padding", "no_final_padding", plain(out.builder()).without_final_padding().build()).warned_by(profile::strict_ggml, {situation::missing_last_padding});
    out.add("4.4/h 1.8/trailing_bytes", "trailing_bytes", plain(out.builder()).trailing("appended by a download tool").build()).warned_by(profile::standard, {situation::trailing_bytes});
    out.add("4.4/h 1.8/trailing_bytes", "trailing_bytes_without_tensors", out.builder().key("k", true).trailing(std::string(64, 'x')).build())
        .warned_by(profile::standard, {situation::trailing_bytes});
    out.add("4.4/i 1.8/nonzero_padding", "padding_not_zero", plain(out.builder()).padding_byte(std::byte{0xAA}).build()).warned_by(profile::standard, {situation::nonzero_padding});
    for (const std::uint32_t alignment : {1U, 2U, 4U, 8U, 16U, 64U, 128U, 256U, 512U, 1024U, 2048U, 4096U}) {
        const auto with = [&](gguf_builder file, const char* where) {
            auto& added = out.add(alignment < 8 ? "4.4/j 1.8/small_alignment" : "4.4/j", "alignment_" + std::to_string(alignment) + where,
                                  file.tensor("v", {3}, std::vector<std::int8_t>{1, 2, 3}).tensor("w", {2}, std::vector<float>{1, -2}).build());
            if (alignment < 8) added.warned_by(profile::standard, {situation::small_alignment});
        };
        with(out.builder().alignment(alignment).key("general.architecture", "llama"), "_first");
        with(out.builder().key("general.architecture", "llama").alignment(alignment), "_last");
    }
    {
        const auto file = out.builder().tensor({.name = "a", .extents = {8}, .offset = 256}).tensor({.name = "b", .extents = {8}, .offset = 0}).tensor({.name = "c", .extents = {8}, .offset = 96}).lay_out();
        out.add("4.4/p 1.8/scattered_offsets", "offsets_out_of_order_and_gapped", file.bytes)
            .warned_by(profile::standard, {situation::scattered_offsets})
            .refused_by(profile::strict_ggml, errc::misaligned, file.tensors.at("a").data, "a");
    }
    {  // Several things at once, in the order a reader meets them.
        auto file = out.builder().key("A-b", std::uint8_t{1}).raw_key("b", 7, {std::byte{9}}).alignment(4).tensor("", {3}, tensor_type::i8).tensor({.name = "w", .extents = {1, 1, 1, 1, 1}, .offset = 8});
        const auto made = file.trailing("!").lay_out();
        out.add("4.4/m 4.4/j 4.4/h", "many_oddities", made.bytes)
            .warned_by(profile::lenient, {situation::odd_bool, situation::empty_tensor_name, situation::many_dimensions})
            .warned_by(profile::standard, {situation::key_charset, situation::odd_bool, situation::small_alignment, situation::empty_tensor_name, situation::many_dimensions,
                                           situation::scattered_offsets, situation::trailing_bytes})
            .refused_by(profile::strict_ggml, errc::limit_exceeded, made.tensors.at("w").n_dimensions, "w");
    }
}

}  // namespace

auto odd_files(std::endian order) -> std::vector<named_file> {
    file_list list{{}, order};
    add_versions(list);
    add_metadata(list);
    add_tensors(list);
    add_layouts(list);
    if (order == std::endian::big)
        for (named_file& file : list.files) expect_byte_swapped(file);
    return std::move(list.files);
}

}  // namespace cria_test
