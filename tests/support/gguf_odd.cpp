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

auto odd_files() -> std::vector<named_file> {
    using cria::errc;
    using cria::tensor_type;
    const auto refused_yet = [](std::string name, file_bytes bytes, errc code, std::uint64_t offset, std::string_view subject) {
        return named_file{std::move(name), std::move(bytes), expected_refusal{code, offset, std::string(subject)}};
    };
    const auto plain = [](gguf_builder file) { return file.key("general.architecture", "llama").tensor("w", {2}, std::vector<float>{1, -2}); };
    std::vector<named_file> files;

    files.push_back({"nothing_in_it", gguf_builder().build()});
    files.push_back({"keys_only_unpadded", gguf_builder().key("general.type", "adapter").build()});
    files.push_back({"version_2", plain(gguf_builder(2)).build()});
    files.push_back(refused_yet("version_1", plain(gguf_builder(1)).build(), errc::unsupported_version, 4, "version"));
    files.push_back(refused_yet("big_endian", plain(gguf_builder(3, std::endian::big)).build(), errc::unsupported_feature, 4, "version"));
    files.push_back(refused_yet("big_endian_version_2", plain(gguf_builder(2, std::endian::big)).build(), errc::unsupported_feature, 4, "version"));
    files.push_back({"scalar_tensor", gguf_builder().tensor("w", {}, std::vector<float>{7}).build()});
    files.push_back({"trailing_extents_of_1", gguf_builder().tensor("w", {2, 1, 1, 1}, std::vector<float>{1, -2}).build()});
    files.push_back({"empty_tensors_share_offsets", gguf_builder()
                                                         .tensor("empty", {0}, tensor_type::f32)
                                                         .tensor("empty_too", {4, 0, 3}, tensor_type::f32)
                                                         .tensor("w", {2}, std::vector<float>{1, -2})
                                                         .tensor("empty_at_the_end", {0}, tensor_type::q8_0)
                                                         .build()});
    files.push_back({"no_final_padding", plain(gguf_builder()).without_final_padding().build()});
    files.push_back({"trailing_bytes", plain(gguf_builder()).trailing("appended by a download tool").build()});
    files.push_back({"padding_not_zero", plain(gguf_builder()).padding_byte(std::byte{0xAA}).build()});
    for (const std::uint32_t alignment : {1U, 2U, 4U, 8U, 16U, 64U, 128U, 256U, 512U, 1024U, 2048U, 4096U}) {
        auto with = [&](gguf_builder file) { return file.tensor("v", {3}, std::vector<std::int8_t>{1, 2, 3}).tensor("w", {2}, std::vector<float>{1, -2}).build(); };
        files.push_back({"alignment_" + std::to_string(alignment) + "_first", with(gguf_builder().alignment(alignment).key("general.architecture", "llama"))});
        files.push_back({"alignment_" + std::to_string(alignment) + "_last", with(gguf_builder().key("general.architecture", "llama").alignment(alignment))});
    }
    files.push_back({"empty_strings_and_arrays", gguf_builder()
                                                      .key("text", "")
                                                      .array("texts", std::vector<std::string>{})
                                                      .array("numbers", std::vector<float>{})
                                                      .array("bools", std::vector<bool>{})
                                                      .array("three_empty_texts", std::vector<std::string>{"", "", ""})
                                                      .build()});
    files.push_back({"floats_not_finite", gguf_builder()
                                               .key("nan", std::numeric_limits<float>::quiet_NaN())
                                               .key("infinity", -std::numeric_limits<double>::infinity())
                                               .array("both", std::vector<float>{std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()})
                                               .build()});
    files.push_back({"keys_of_any_spelling", gguf_builder()
                                                  .key("Command-R.Block_Count", std::uint32_t{1})
                                                  .key("comfy.gguf.orig_shape.first.weight", std::int32_t{1})
                                                  .key("..", true)
                                                  .key("schl\xC3\xBCssel", "\xE2\x82\xAC")
                                                  .key("a key with spaces", std::uint8_t{1})
                                                  .build()});
    files.push_back({"key_of_65535_bytes", gguf_builder().key(std::string(65535, 'k'), std::uint8_t{1}).build()});
    for (const std::size_t length : {std::size_t{64}, std::size_t{65}, std::size_t{127}, std::size_t{65535}})
        files.push_back({"tensor_name_of_" + std::to_string(length) + "_bytes", gguf_builder().tensor(std::string(length, 't'), {1}, std::vector<float>{1}).build()});
    {
        const auto nested = gguf_builder().array_bytes(std::vector<std::uint8_t>{1, 2});
        file_bytes two = nested;
        two.insert(two.end(), nested.begin(), nested.end());
        const auto file = gguf_builder().raw_array("nested", 9, 2, two).lay_out();
        files.push_back(refused_yet("nested_arrays", file.bytes, errc::unsupported_feature, file.keys.at("nested").value, "nested"));
    }
    files.push_back({"offsets_out_of_order_and_gapped", gguf_builder()
                                                             .tensor({.name = "a", .extents = {8}, .offset = 256})
                                                             .tensor({.name = "b", .extents = {8}, .offset = 0})
                                                             .tensor({.name = "c", .extents = {8}, .offset = 96})
                                                             .build()});
    for (const std::uint16_t count : {std::uint16_t{0}, std::uint16_t{1}})
        files.push_back({"split_count_" + std::to_string(count), plain(gguf_builder()).key("split.no", std::uint16_t{0}).key("split.count", count).build()});
    files.push_back({"first_shard_without_tensors", gguf_builder()
                                                         .key("general.architecture", "llama")
                                                         .key("split.no", std::uint16_t{0})
                                                         .key("split.count", std::uint16_t{2})
                                                         .key("split.tensors.count", std::int32_t{1})
                                                         .build()});
    {
        gguf_builder every;
        for (std::uint32_t id = 0; id < 43; ++id)
            if (const auto layout = cria::geometry_of(static_cast<tensor_type>(id)))
                every.tensor("type_" + std::string(layout->name), {layout->elements_per_block, 2}, static_cast<tensor_type>(id));
        files.push_back({"every_tensor_type", every.build()});
    }
    files.push_back({"texts_twice_and_not_utf8", gguf_builder().array("tokenizer.ggml.tokens", std::vector<std::string>{"a", "a", "\xFF", "\xC3", std::string(1, '\0'), "a"}).build()});
    files.push_back({"extents_up_to_8", gguf_builder().tensor("w", {1, 2, 1, 1, 1, 1, 1, 3}, tensor_type::f32).build()});
    files.push_back({"empty_tensor_of_huge_extents", gguf_builder().tensor("w", {std::uint64_t{1} << 62U, 0}, tensor_type::f32).build()});
    return files;
}

}  // namespace cria_test
