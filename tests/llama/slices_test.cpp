// SPDX-License-Identifier: MIT
#include "cria/llama/slice.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cria/llama/weights.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"

// Rows and blocks of tensors: what is fused taken apart, byte for byte, and every edge of every range.

using cria::errc;
using cria::tensor_type;
using cria_test::bound_file;
using cria_test::check_failure;
using cria_test::family_model;
using cria_test::family_parts;
using cria_test::gguf_builder;
using cria_test::parsed_file;
namespace llama = cria::llama;

namespace {

constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();

/// The bytes of all rows of a slice.
auto bytes_of(const bound_file& file, const llama::tensor_slice& slice) -> std::vector<std::byte> {
    std::vector<std::byte> bytes;
    const cria::byte_view data = file.data(*slice.tensor);
    for (std::uint64_t i = 0; i < slice.n_out; ++i) {
        const auto row = slice.row(data, i);
        bytes.insert(bytes.end(), row.begin(), row.end());
    }
    if (slice.is_contiguous()) {
        const auto whole = slice.bytes(data);
        CHECK(std::equal(whole.begin(), whole.end(), bytes.begin(), bytes.end()));
    }
    CHECK(slice.size_bytes() == bytes.size());
    return bytes;
}

/// A tensor of these extents, with the bytes that a file would have.
auto tensor_of(std::vector<std::uint64_t> extents, tensor_type type) -> gguf_builder { return gguf_builder().tensor("it.weight", std::move(extents), type); }

/// Calls `look(tensor, file)` for a tensor in a file of its own.
template <class F>
void with_tensor(const std::vector<std::uint64_t>& extents, tensor_type type, F&& look) {
    const parsed_file file(tensor_of(extents, type));
    look(file.contents().tensors()[0]);
}

/// Rows of the fused tensors and of the split ones.
void check_same(const bound_file& fused, const bound_file& split) {
    INFO(fused.complaint() + split.complaint());
    REQUIRE(fused.weights().has_value());
    REQUIRE(split.weights().has_value());
    CHECK(fused.weights()->unused().empty());
    CHECK(split.weights()->unused().empty());
    for (std::size_t layer = 0; layer < split.weights()->layers.size(); ++layer) {
        const llama::layer_weights &one = fused.weights()->layers[layer], &many = split.weights()->layers[layer];
        CHECK(one.attn_qkv != nullptr);
        CHECK(one.attn_q == nullptr);
        CHECK(many.attn_qkv == nullptr);
        for (const auto member : {&llama::layer_weights::query, &llama::layer_weights::key, &llama::layer_weights::value, &llama::layer_weights::query_bias, &llama::layer_weights::key_bias,
                                  &llama::layer_weights::value_bias, &llama::layer_weights::gate, &llama::layer_weights::up}) {
            const llama::tensor_slice &a = one.*member, &b = many.*member;
            REQUIRE(static_cast<bool>(a) == static_cast<bool>(b));
            if (!a) continue;
            CAPTURE(a.tensor->name, b.tensor->name);
            CHECK(a.n_in == b.n_in);
            CHECK(a.n_out == b.n_out);
            CHECK(b.offset_bytes == 0);
            CHECK(bytes_of(fused, a) == bytes_of(split, b));
        }
    }
}

}  // namespace

TEST_CASE("fused tensors taken apart are the split ones, byte for byte, in every family and every kind of block") {
    for (const llama::family& known : llama::families)
        for (const tensor_type type : {tensor_type::f32, tensor_type::q8_0, tensor_type::q4_k}) {
            CAPTURE(known.architecture, static_cast<int>(type));
            llama::family one = known, many = known;
            one.gate_and_up_are_one = true;
            many.gate_and_up_are_one = false;
            family_parts parts{.biases = true, .fused_attention = true, .random_data = true, .matrices = type, .embedding = 64, .head = 24, .feed_forward = 96, .expert_forward = 32, .shared_forward = 32};
            if (type == tensor_type::q4_k) {
                parts.n_layers = 1;
                parts.embedding = parts.feed_forward = parts.expert_forward = parts.shared_forward = 256;
                parts.head = 64;
            }
            const bound_file fused(family_model(one, parts), {&one, 1});
            parts.fused_attention = false;
            const bound_file split(family_model(many, parts), {&many, 1});
            check_same(fused, split);
            if (!split.numbers()->has_experts()) CHECK(split.weights()->layers[0].gate);
        }
}

TEST_CASE("a whole tensor is rows of its first dimension") {
    with_tensor({96, 5, 3}, tensor_type::q8_0, [](const cria::gguf::tensor& tensor) {
        const auto all = llama::slice_of(tensor);
        CHECK(all.n_in == 96);
        CHECK(all.n_out == 15);
        CHECK(all.row_bytes == 3 * 34);
        CHECK(all.stride_bytes == all.row_bytes);
        CHECK(all.is_contiguous());
        CHECK(all.size_bytes() == tensor.size_bytes);
    });
    with_tensor({7}, tensor_type::f32, [](const cria::gguf::tensor& tensor) {
        CHECK(llama::slice_of(tensor).n_out == 1);
        CHECK(llama::slice_of(tensor).size_bytes() == 28);
    });
    with_tensor({}, tensor_type::f32, [](const cria::gguf::tensor& tensor) {
        CHECK(llama::slice_of(tensor).n_in == 1);
        CHECK(llama::slice_of(tensor).size_bytes() == 4);
    });
    with_tensor({0, 4}, tensor_type::f32, [](const cria::gguf::tensor& tensor) {
        CHECK(llama::slice_of(tensor).n_out == 4);
        CHECK(llama::slice_of(tensor).size_bytes() == 0);
    });
}

TEST_CASE("rows are had within what there is, at every edge, and refused beyond it") {
    for (const tensor_type type : {tensor_type::f32, tensor_type::q8_0, tensor_type::q4_k})
        with_tensor({256, 6}, type, [](const cria::gguf::tensor& tensor) {
            const auto all = llama::slice_of(tensor);
            for (std::uint64_t first = 0; first <= 8; ++first)
                for (std::uint64_t count = 0; count <= 8; ++count) {
                    CAPTURE(first, count);
                    const auto rows = llama::rows_of(all, first, count);
                    if (first + count <= 6) {
                        REQUIRE(rows.has_value());
                        CHECK(rows->n_out == count);
                        CHECK(rows->n_in == 256);
                        CHECK(rows->offset_bytes == first * all.row_bytes);
                        CHECK(rows->is_contiguous());
                        CHECK(rows->offset_bytes + rows->size_bytes() <= tensor.size_bytes);
                    } else {
                        check_failure(rows, errc::out_of_range, "it.weight");
                        CHECK(rows.error().expected.number() == 6);
                        CHECK(rows.error().found.number() > 6);
                    }
                }
            // Rows of rows.
            const auto middle = llama::rows_of(all, 2, 3);
            CHECK(llama::rows_of(*middle, 2, 1)->offset_bytes == 4 * all.row_bytes);
            check_failure(llama::rows_of(*middle, 2, 2), errc::out_of_range, "it.weight");
        });
}

TEST_CASE("columns are had where they begin and end with a block, at every edge, and refused elsewhere") {
    for (const auto& [type, block] : {std::pair{tensor_type::f32, 1U}, std::pair{tensor_type::q8_0, 32U}, std::pair{tensor_type::q4_k, 256U}}) {
        const std::uint64_t n_in = block == 1 ? 5 : block * 3;
        with_tensor({n_in, 4}, type, [&, b = block](const cria::gguf::tensor& tensor) {
            const auto all = llama::slice_of(tensor);
            const std::uint64_t step = b == 256 ? 32 : 1;
            for (std::uint64_t first = 0; first <= n_in + 2 * step; first += step)
                for (std::uint64_t count = 0; count <= n_in + 2 * step; count += step) {
                    const auto columns = llama::columns_of(all, first, count);
                    if (first + count > n_in) {
                        REQUIRE_FALSE(columns.has_value());
                        REQUIRE(columns.error().code == errc::out_of_range);
                        REQUIRE(columns.error().expected.number() == n_in);
                        REQUIRE(columns.error().found.number() > n_in);
                    } else if (first % b != 0 || count % b != 0) {
                        REQUIRE_FALSE(columns.has_value());
                        REQUIRE(columns.error().code == errc::wrong_shape);
                        REQUIRE(columns.error().expected.number() == b);
                        REQUIRE(columns.error().found.number() % b != 0);
                    } else {
                        REQUIRE(columns.has_value());
                        REQUIRE(columns->n_in == count);
                        REQUIRE(columns->n_out == 4);
                        REQUIRE(columns->stride_bytes == all.row_bytes);
                        REQUIRE(columns->row_bytes == all.row_bytes / (n_in / b) * (count / b));
                        REQUIRE(columns->offset_bytes == all.row_bytes / (n_in / b) * (first / b));
                        REQUIRE(columns->is_contiguous() == (count == n_in));
                    }
                }
            check_failure(llama::columns_of(all, 0, n_in + b), errc::out_of_range, "it.weight");
        });
    }
}

TEST_CASE("columns of rows are rows of columns") {
    const bound_file file(family_model(llama::families[0], {.random_data = true, .matrices = tensor_type::q8_0, .embedding = 96, .head = 32, .feed_forward = 64}));
    REQUIRE(file.weights().has_value());
    const auto all = file.weights()->layers[1].up;
    const auto a = llama::columns_of(*llama::rows_of(all, 5, 9), 32, 64), b = llama::rows_of(*llama::columns_of(all, 32, 64), 5, 9);
    CHECK(a->offset_bytes == b->offset_bytes);
    CHECK(bytes_of(file, *a) == bytes_of(file, *b));
    const auto data = file.data(*all.tensor);
    const auto row = llama::rows_of(*a, 3, 1)->row(data, 0);
    CHECK(row.data() == data.data() + 8 * 3 * 34 + 34);
    CHECK(row.size() == 2 * 34);
    CHECK(llama::rows_of(*a, 3, 1)->is_contiguous());
    CHECK_FALSE(a->is_contiguous());
}

TEST_CASE("no rows are no bytes, also behind the last row of some columns") {
    const cria_test::file_bytes data(64 * 3 * 4);
    const cria::gguf::tensor tensor{.name = "w", .shape = {.extents = {64, 3}, .n_dimensions = 2}, .type = tensor_type::f32, .size_bytes = data.size()};
    const auto columns = llama::columns_of(llama::slice_of(tensor), 32, 32);
    REQUIRE(columns.has_value());
    for (const std::uint64_t first : {0U, 1U, 3U}) {
        const auto none = llama::rows_of(*columns, first, 0);
        REQUIRE(none.has_value());
        CHECK(none->bytes(data).empty());
    }
}

TEST_CASE("an expert is its rows of the three-dimensional tensor") {
    for (const tensor_type type : {tensor_type::f32, tensor_type::q8_0}) {
        const bound_file file(family_model(*llama::find_family("qwen3moe"), {.random_data = true, .matrices = type, .head = 16, .expert_forward = 32}));
        INFO(file.complaint());
        REQUIRE(file.weights().has_value());
        for (const cria::gguf::tensor* experts : {file.weights()->layers[1].ffn_gate_exps, file.weights()->layers[1].ffn_down_exps}) {
            std::vector<std::byte> together;
            for (std::uint64_t e = 0; e < 3; ++e) {
                const auto expert = llama::expert_of(*experts, e);
                REQUIRE(expert.has_value());
                CHECK(expert->n_in == experts->shape[0]);
                CHECK(expert->n_out == experts->shape[1]);
                const auto bytes = bytes_of(file, *expert);
                together.insert(together.end(), bytes.begin(), bytes.end());
            }
            const auto whole = file.data(*experts);
            CHECK(std::equal(whole.begin(), whole.end(), together.begin(), together.end()));
            for (const std::uint64_t e : {std::uint64_t{3}, std::uint64_t{1} << 62U, huge}) {
                const auto beyond = llama::expert_of(*experts, e);
                check_failure(beyond, errc::out_of_range, experts->name);
                CHECK(beyond.error().expected.number() == 3);
                CHECK(beyond.error().found.number() == e);
            }
        }
    }
    with_tensor({8, 4}, tensor_type::f32, [](const cria::gguf::tensor& tensor) {  // a matrix is one expert
        CHECK(llama::expert_of(tensor, 0)->n_out == 4);
        check_failure(llama::expert_of(tensor, 1), errc::out_of_range, "it.weight");
    });
}

TEST_CASE("numbers near the end of 64 bits are refused, and the error does not wrap either") {
    with_tensor({64, 6}, tensor_type::q8_0, [](const cria::gguf::tensor& tensor) {
        const auto all = llama::slice_of(tensor);
        for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{6}, std::uint64_t{32}, std::uint64_t{1} << 63U, huge - 31, huge - 1, huge})
            for (const std::uint64_t count : {std::uint64_t{1} << 63U, huge - 63, huge - 31, huge - 1, huge}) {
                CAPTURE(first, count);
                for (const auto& part : {llama::rows_of(all, first, count), llama::rows_of(all, count, first), llama::columns_of(all, first, count), llama::columns_of(all, count, first)}) {
                    check_failure(part, errc::out_of_range, "it.weight");
                    CHECK(part.error().found.number() > part.error().expected.number());
                }
            }
    });
    // Extents whose product is 0 may be as large as they like.
    with_tensor({0, std::uint64_t{1} << 60U, 4}, tensor_type::f32, [](const cria::gguf::tensor& tensor) {
        for (const std::uint64_t e : {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{4}, huge}) {
            const auto expert = llama::expert_of(tensor, e);
            if (expert) CHECK(expert->size_bytes() == 0);
            else CHECK(expert.error().code == errc::out_of_range);
        }
    });
}

TEST_CASE("nothing has no rows") {
    check_failure(llama::rows_of({}, 0, 0), errc::invalid_argument, "slice");
    check_failure(llama::columns_of({}, 0, 0), errc::invalid_argument, "slice");
}

TEST_CASE("a type of a fork that has one of ggml's ids is not taken apart by ggml's layout") {
    const cria::user_type mine{.id = tensor_type::q8_0, .layout = {.name = "mine", .elements_per_block = 32, .bytes_per_block = 20}};
    cria::gguf::policy rules;
    rules.types = {&mine, 1};
    const auto bytes = gguf_builder().tensor("it.weight", {64, 6}, tensor_type::q8_0, cria_test::file_bytes(6 * 40)).build();
    const auto contents = cria::gguf::parse(bytes, rules);
    REQUIRE(contents.has_value());
    const auto& tensor = contents->tensors()[0];
    CHECK(tensor.size_bytes == 240);
    CHECK(llama::slice_of(tensor).row_bytes == 0);
    check_failure(llama::rows_of(llama::slice_of(tensor), 0, 1), errc::unsupported_type, "it.weight");
    check_failure(llama::columns_of(llama::slice_of(tensor), 0, 32), errc::unsupported_type, "it.weight");
    check_failure(llama::expert_of(tensor, 0), errc::unsupported_type, "it.weight");
}
