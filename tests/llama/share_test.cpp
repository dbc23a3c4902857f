// SPDX-License-Identifier: MIT
#include "cria/llama/share.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "cria/llama/weights.hpp"
#include "llama/binding.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"

// Layers shared out: all shares together are every block of every matrix, once. Only headers are made, no data.

using cria::errc;
using cria::tensor_type;
using cria_test::check_failure;
using cria_test::family_model;
using cria_test::family_parts;
namespace llama = cria::llama;

namespace {

/// A model whose data nobody has.
class header_only {
public:
    explicit header_only(cria_test::gguf_builder built)
        : bytes_(built.without_data().build()), contents_(cria::gguf::parse_prefix(bytes_, std::uint64_t{1} << 40U)), numbers_(llama::hyperparameters_from(contents_->metadata())),
          weights_(llama::weights_from(contents_->tensors(), *numbers_)) {
        INFO((weights_ ? std::string() : weights_.error().message()));
        REQUIRE(weights_.has_value());
    }
    auto share(std::uint32_t layer, std::uint32_t i, std::uint32_t n) const -> cria::result<llama::layer_share> { return llama::share_of(*weights_, *numbers_, layer, i, n); }
    auto numbers() const -> const llama::hyperparameters& { return *numbers_; }
    auto weights() const -> const llama::weights& { return *weights_; }

private:
    cria_test::file_bytes bytes_;
    cria::result<cria::gguf::contents> contents_;
    cria::result<llama::hyperparameters> numbers_;
    cria::result<llama::weights> weights_;
};

/// How often each block of each tensor was handed out.
class ledger {
public:
    void add(const llama::tensor_slice& slice) {
        if (!slice) return;
        const auto layout = *cria::geometry_of(slice.tensor->type);
        const llama::tensor_slice all = llama::slice_of(*slice.tensor);
        const std::uint64_t across = all.n_in / layout.elements_per_block;
        auto& counts = counts_[slice.tensor];
        counts.resize(across * all.n_out);
        REQUIRE(slice.n_in % layout.elements_per_block == 0);
        REQUIRE(slice.row_bytes == slice.n_in / layout.elements_per_block * layout.bytes_per_block);
        for (std::uint64_t row = 0; row < slice.n_out; ++row) {
            const std::uint64_t at = slice.offset_bytes + row * slice.stride_bytes;
            REQUIRE(at % layout.bytes_per_block == 0);
            for (std::uint64_t block = 0; block < slice.n_in / layout.elements_per_block; ++block) ++counts.at(at / layout.bytes_per_block + block);
        }
    }
    /// Whether each block of this tensor was handed out once.
    auto is_whole(const cria::gguf::tensor* tensor) const -> bool {
        const auto found = counts_.find(tensor);
        if (found == counts_.end()) return false;
        for (const unsigned count : found->second)
            if (count != 1) return false;
        return true;
    }

private:
    std::map<const cria::gguf::tensor*, std::vector<unsigned>> counts_;
};

void check_shares(const header_only& model, std::uint32_t n) {
    CAPTURE(n);
    ledger given;
    std::uint32_t next_head = 0, next_head_kv = 0, next_row = 0;
    const llama::layer_weights& layer = model.weights().layers[0];
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto own = model.share(0, i, n);
        INFO((own ? std::string() : own.error().message()));
        REQUIRE(own.has_value());
        for (const auto& part : {own->query, own->key, own->value, own->query_bias, own->key_bias, own->value_bias, own->attn_output, own->gate, own->up, own->gate_bias, own->up_bias, own->ffn_down}) given.add(part);
        CHECK(own->first_head == next_head);
        CHECK(own->first_head_kv == next_head_kv);
        CHECK(own->n_heads == model.numbers().head_count() / n);
        CHECK(own->n_heads_kv == model.numbers().head_count_kv() / n);
        CHECK(own->query.n_out == std::uint64_t{own->n_heads} * model.numbers().key_length);
        CHECK(own->attn_output.n_in == own->query.n_out);
        next_head += own->n_heads;
        next_head_kv += own->n_heads_kv;
        if (!layer.gate) {
            CHECK(own->n_rows == 0);
            CHECK_FALSE(own->gate);
            CHECK_FALSE(own->ffn_down);
            continue;
        }
        CHECK(own->first_row == next_row);
        CHECK(own->gate.n_out == own->n_rows);
        CHECK(own->up.n_out == own->n_rows);
        CHECK(own->ffn_down.n_in == own->n_rows);
        CHECK(own->ffn_down.n_out == model.numbers().embedding_length);
        next_row += own->n_rows;
    }
    CHECK(next_head == model.numbers().head_count());
    CHECK(next_head_kv == model.numbers().head_count_kv());
    for (const cria::gguf::tensor* tensor : {layer.attn_q, layer.attn_k, layer.attn_v, layer.attn_qkv, layer.attn_q_bias, layer.attn_k_bias, layer.attn_v_bias, layer.attn_qkv_bias, layer.attn_output,
                                             layer.ffn_gate, layer.ffn_up, layer.ffn_gate_up, layer.ffn_gate_bias, layer.ffn_up_bias, layer.ffn_down}) {
        if (tensor == nullptr) continue;
        CAPTURE(tensor->name);
        CHECK(given.is_whole(tensor));
    }
    if (layer.gate) CHECK(next_row == model.numbers().feed_forward_length());
}

}  // namespace

TEST_CASE("shares are every row and every block, once, for each type of block and one to eight devices") {
    std::size_t n_types = 0;
    for (std::uint32_t id = 0; id < cria::detail::tensor_geometries.size(); ++id) {
        const auto type = static_cast<tensor_type>(id);
        const auto layout = cria::geometry_of(type);
        if (!layout) continue;
        ++n_types;
        const std::uint32_t block = layout->elements_per_block;
        CAPTURE(layout->name);
        for (std::uint32_t n = 1; n <= 8; ++n) {
            if (block == 256 && n % 2 == 0 && n != 8) continue;  // the same arithmetic by larger numbers
            family_parts parts{.biases = true, .matrices = type, .n_layers = 1};
            parts.head = block == 1 ? 2 : block;
            parts.embedding = block;
            parts.heads_kv = n;
            parts.heads = 2 * n;
            parts.feed_forward = block == 1 ? 13 : 5 * block;  // shares of different lengths, and of none
            check_shares(header_only(family_model(llama::families[0], parts)), n);
        }
    }
    CHECK(n_types > 30);
}

TEST_CASE("shares of every family are whole, whether its tensors are fused or not, and experts are left as they are") {
    for (const llama::family& row : llama::families)
        for (const bool fused : {false, true})
            for (const bool experts : {false, true}) {
                CAPTURE(row.architecture, fused, experts);
                const family_parts parts{.biases = true, .fused_attention = fused, .experts = experts, .matrices = tensor_type::q8_0, .n_layers = 1, .embedding = 256, .heads = 8, .heads_kv = 4, .head = 64,
                                         .feed_forward = 160, .expert_forward = 32, .shared_forward = 32};
                const header_only model(family_model(row, parts));
                for (const std::uint32_t n : {1U, 2U, 4U}) check_shares(model, n);
            }
}

TEST_CASE("an early share of the feed-forward network is never smaller than a later one, and begins with a block") {
    for (const std::uint64_t block : {1U, 32U, 256U})
        for (std::uint64_t length = 1; length < 5 * block; length += block == 1 ? 1 : block / 4 + 1)
            for (std::uint64_t n = 1; n <= 8; ++n) {
                std::uint64_t before = length;
                for (std::uint64_t i = 0; i < n; ++i) {
                    const std::uint64_t first = llama::detail::share_start(length, block, i, n), end = llama::detail::share_start(length, block, i + 1, n);
                    REQUIRE(first <= end);
                    REQUIRE((first % block == 0 || first == length));
                    REQUIRE(end - first <= before);
                    before = end - first;
                }
                REQUIRE(llama::detail::share_start(length, block, 0, n) == 0);
                REQUIRE(llama::detail::share_start(length, block, n, n) == length);
            }
}

TEST_CASE("shares that cannot be had are refused, whatever the numbers") {
    constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    const header_only model(family_model(llama::families[0], {.n_layers = 2, .heads = 8, .heads_kv = 4}));
    for (const auto& [i, n] : {std::pair{0U, 0U}, std::pair{1U, 0U}, std::pair{2U, 2U}, std::pair{most, 2U}, std::pair{most, most}}) check_failure(model.share(0, i, n), errc::invalid_argument, "share");
    for (const std::uint32_t n : {3U, 8U, 5U, most}) {
        const auto uneven = model.share(0, 0, n);
        check_failure(uneven, errc::invalid_argument, "shares");
        CHECK(uneven.error().expected.number() == 4);
    }
    for (const std::uint32_t layer : {2U, most}) {
        const auto beyond = model.share(layer, 0, 1);
        check_failure(beyond, errc::invalid_argument, "layer");
        CHECK(beyond.error().expected.number() == 2);
        CHECK(beyond.error().found.number() == layer);
    }
    CHECK(model.share(1, 3, 4).has_value());
}

TEST_CASE("a share whose heads end inside a block names the matrix behind attention") {
    const header_only model(family_model(llama::families[0], {.matrices = tensor_type::q8_0, .n_layers = 1, .heads = 4, .heads_kv = 2, .head = 8, .feed_forward = 64}));
    CHECK(model.share(0, 0, 1).has_value());
    const auto cut = model.share(0, 1, 2);  // 2 heads of 8
    check_failure(cut, errc::wrong_shape, "blk.0.attn_output.weight");
    CHECK(cut.error().expected.number() == 32);
    CHECK(cut.error().found.number() == 16);
}

TEST_CASE("a share of a tensor of unknown layout is refused by its name") {
    for (const char* name : {"blk.0.attn_q.weight", "blk.0.attn_output.weight", "blk.0.ffn_down.weight"}) {
        const family_parts parts{.n_layers = 1};
        auto built = cria_test::family_keys(llama::families[0], parts);
        for (const auto& tensor : cria_test::tensors_of(llama::families[0], parts)) {
            if (tensor.name == name) built.tensor(tensor.name, tensor.extents, static_cast<tensor_type>(77), cria_test::file_bytes(64));
            else built.tensor(tensor.name, tensor.extents, tensor_type::f32);
        }
        check_failure(header_only(std::move(built)).share(0, 0, 2), errc::unsupported_type, name);
    }
}
