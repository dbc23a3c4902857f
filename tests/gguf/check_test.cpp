// SPDX-License-Identifier: MIT
#include "cria/gguf/check.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/temp_file.hpp"

namespace {

namespace gguf = cria::gguf;
namespace io = cria::io;
using cria::errc;
using cria_test::file_bytes;
using cria_test::gguf_builder;
using gguf::situation;

/// What check_data says about the file, as name@offset, read both ways.
auto says(const file_bytes& bytes, const gguf::policy& rules = {}) -> std::vector<std::string> {
    const cria_test::temp_file on_disk(bytes);
    std::vector<std::string> out[2];
    int mode = 0;
    for (const auto how : {io::access::mapped, io::access::owned}) {
        const auto opened = gguf::file::open(on_disk.path(), {.how = how});
        REQUIRE(opened);
        const auto found = gguf::check_data(*opened, rules);
        if (!found) out[mode].push_back(std::string("refused@") + std::to_string(found.error().offset));
        else
            for (const auto& warning : *found) out[mode].push_back(std::string(name_of(warning.what)) + "@" + std::to_string(warning.offset_bytes));
        ++mode;
    }
    CHECK(out[0] == out[1]);
    return out[0];
}

auto at(const char* name, std::uint64_t offset) -> std::string { return std::string(name) + "@" + std::to_string(offset); }

}  // namespace

TEST_CASE("padding that is not zero is found between any two tensors", "[check]") {
    auto file = gguf_builder().tensor("a", {3}, std::vector<std::int8_t>{1, 2, 3}).tensor("b", {3}, std::vector<std::int8_t>{4, 5, 6}).tensor("c", {3}, std::vector<std::int8_t>{7, 8, 9}).lay_out();
    CHECK(says(file.bytes).empty());
    const std::uint64_t stray[] = {file.header_bytes, file.tensors.at("a").data + 3, file.tensors.at("b").data + 31, file.tensors.at("c").data + 10};
    for (const std::uint64_t place : stray) {
        auto bytes = file.bytes;
        bytes[place] = std::byte{1};
        CHECK(says(bytes) == std::vector{at("nonzero_padding", place)});
    }
    auto bytes = file.bytes;
    for (const std::uint64_t place : stray) bytes[place] = std::byte{1};
    CHECK(says(bytes).size() == 4);
    CHECK(says(bytes, gguf::policy::of(gguf::profile::lenient)).empty());
    gguf::policy strict;
    strict.on[situation::nonzero_padding] = gguf::verdict::reject;
    CHECK(says(bytes, strict) == std::vector{at("refused", stray[0])});
}

TEST_CASE("a gap wider than padding is not padding", "[check]") {
    auto file = gguf_builder().tensor({.name = "a", .extents = {8}, .offset = 0}).tensor({.name = "b", .extents = {8}, .offset = 8192}).lay_out();
    file.bytes[file.tensors.at("a").data + 4000] = std::byte{1};
    CHECK(says(file.bytes).empty());
}

TEST_CASE("data that ends in zeros is named with the place they begin at", "[check]") {
    const std::size_t size = (std::size_t{2} << 20U) + 40000;
    for (const std::size_t zeros : {std::size_t{4096}, std::size_t{70000}, std::size_t{1} << 20U, (std::size_t{1} << 20U) + 1, size}) {
        INFO(zeros);
        file_bytes data(size, std::byte{7});
        for (std::size_t i = size - zeros; i < size; ++i) data[i] = std::byte{0};
        const auto file = gguf_builder().tensor("head", {64}, cria::tensor_type::i8).tensor("tail", {size}, cria::tensor_type::i8, data).lay_out();
        CHECK(says(file.bytes) == std::vector{at("zero_tail", file.tensors.at("tail").data + size - zeros)});
    }
    file_bytes data(size, std::byte{7});
    for (std::size_t i = size - 4095; i < size; ++i) data[i] = std::byte{0};
    CHECK(says(gguf_builder().tensor("tail", {size}, cria::tensor_type::i8, data).build()).empty());
    CHECK(says(gguf_builder().tensor("bias", {64}, cria::tensor_type::f32).build()).empty());  // a small tensor may well be zero
}

TEST_CASE("zeros are followed back through small tensors to the large one they begin in", "[check]") {
    const std::size_t size = std::size_t{1} << 20U;
    file_bytes data(size, std::byte{7});
    for (std::size_t i = size / 2; i < size; ++i) data[i] = std::byte{0};
    auto file = gguf_builder().tensor("large", {size}, cria::tensor_type::i8, data).tensor("norm", {2048}, cria::tensor_type::f32).tensor("bias", {64}, cria::tensor_type::f32).lay_out();
    CHECK(says(file.bytes) == std::vector{at("zero_tail", file.tensors.at("large").data + size / 2)});
    file.bytes[file.tensors.at("norm").data + 5] = std::byte{1};
    CHECK(says(file.bytes).empty());
}

TEST_CASE("files without tensors or data have nothing to check", "[check]") {
    CHECK(says(gguf_builder().key("k", true).build()).empty());
    CHECK(says(gguf_builder().tensor("empty", {0}, cria::tensor_type::f32).build()).empty());
}
