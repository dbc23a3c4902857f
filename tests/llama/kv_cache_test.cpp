// SPDX-License-Identifier: MIT
#include "cria/llama/kv_cache.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"

namespace llama = cria::llama;
using cria::errc;
using cria::tensor_type;
using llama::kv_cache_options;

namespace {

/// The numbers that a cache is made of; period P: the last layer of each P does not slide.
auto model_of(std::uint32_t n_layers, std::uint32_t heads, std::uint32_t heads_kv, std::uint32_t head_length, std::uint32_t window = 0, std::uint32_t period = 1) -> llama::hyperparameters {
    llama::hyperparameters numbers;
    numbers.block_count = n_layers;
    numbers.key_length = numbers.value_length = head_length;
    numbers.sliding_window = window;
    REQUIRE(numbers.layers.resize(n_layers, "layers").has_value());
    for (std::uint32_t i = 0; i < n_layers; ++i) {
        numbers.layers[i].head_count = heads;
        numbers.layers[i].head_count_kv = heads_kv;
        numbers.layers[i].is_sliding = i % period < period - 1;
    }
    return numbers;
}

auto layout_of(const llama::hyperparameters& numbers, const kv_cache_options& options) -> llama::kv_cache_layout {
    auto made = llama::make_kv_cache_layout(numbers, options);
    INFO((made ? std::string() : made.error().message()));
    REQUIRE(made.has_value());
    return *std::move(made);
}

auto refusal_of(const llama::hyperparameters& numbers, const kv_cache_options& options) -> cria::error {
    const auto made = llama::make_kv_cache_layout(numbers, options);
    REQUIRE_FALSE(made.has_value());
    return made.error();
}

auto of_type(std::uint32_t context, tensor_type type, std::uint32_t sequences = 1) -> kv_cache_options {
    return {.context_length = context, .sequences = sequences, .key_type = type, .value_type = type};
}

}  // namespace

TEST_CASE("a KV cache is as large as arithmetic on paper says") {
    // layers · kv heads · head length · (keys and values: 2) · bytes an element = bytes a token; · context

    const auto llama_2_7b = model_of(32, 32, 32, 128);
    CHECK(layout_of(llama_2_7b, of_type(4096, tensor_type::f16)).size_bytes == 2147483648);  // 32 · 32 · 128 · 2 · 2 = 524288; · 4096
    CHECK(layout_of(llama_2_7b, of_type(4096, tensor_type::f32)).size_bytes == 4294967296);  // twice that
    CHECK(layout_of(llama_2_7b, of_type(4096, tensor_type::f16)).bytes_per_token == 524288);

    const auto llama_2_70b = model_of(80, 64, 8, 128);
    CHECK(layout_of(llama_2_70b, of_type(4096, tensor_type::f16)).size_bytes == 1342177280);  // 80 · 8 · 128 · 2 · 2 = 327680; · 4096

    const auto llama_3_8b = model_of(32, 32, 8, 128);
    CHECK(layout_of(llama_3_8b, of_type(8192, tensor_type::f16)).size_bytes == 1073741824);   // 32 · 8 · 128 · 2 · 2 = 131072; · 8192
    CHECK(layout_of(llama_3_8b, of_type(8192, tensor_type::bf16)).size_bytes == 1073741824);
    CHECK(layout_of(llama_3_8b, of_type(8192, tensor_type::q8_0)).size_bytes == 570425344);   // 128 numbers are 4 blocks of 34 bytes: 32 · 8 · 2 · 136 = 69632; · 8192
    CHECK(layout_of(llama_3_8b, of_type(8192, tensor_type::f16, 4)).size_bytes == 4294967296);  // four texts

    const auto llama_3_70b = model_of(80, 64, 8, 128);
    CHECK(layout_of(llama_3_70b, of_type(8192, tensor_type::f16)).size_bytes == 2684354560);     // 327680 · 8192
    CHECK(layout_of(llama_3_70b, of_type(131072, tensor_type::f16)).size_bytes == 42949672960);  // 327680 · 131072: 40 GiB

    const auto qwen_2_5_7b = model_of(28, 28, 4, 128);
    CHECK(layout_of(qwen_2_5_7b, of_type(32768, tensor_type::f16)).size_bytes == 1879048192);  // 28 · 4 · 128 · 2 · 2 = 57344; · 32768
    CHECK(layout_of(qwen_2_5_7b, of_type(32768, tensor_type::q4_0)).size_bytes == 528482304);  // 4 blocks of 18 bytes: 28 · 4 · 2 · 72 = 16128; · 32768

    const auto phi_3_mini = model_of(32, 32, 32, 96);
    CHECK(layout_of(phi_3_mini, of_type(4096, tensor_type::f16)).size_bytes == 1610612736);  // 32 · 32 · 96 · 2 · 2 = 393216; · 4096
    CHECK(layout_of(phi_3_mini, of_type(4096, tensor_type::q8_0)).size_bytes == 855638016);  // 3 blocks of 34 bytes: 32 · 32 · 2 · 102 = 208896; · 4096

    auto mixed = of_type(8192, tensor_type::q8_0);
    mixed.value_type = tensor_type::f16;
    CHECK(layout_of(llama_3_8b, mixed).size_bytes == 822083584);  // half of 570425344 and half of 1073741824
}

TEST_CASE("a sliding layer keeps its window and a batch, not the context") {
    // Like Gemma 2 9B: 42 layers of which every second attends to everything, 8 kv heads of 256, a window of 4096.
    const auto gemma_2 = layout_of(model_of(42, 16, 8, 256, 4096, 2), of_type(8192, tensor_type::f16));
    CHECK(gemma_2.layers[0].n_positions == 4607);  // 4096 + 512 - 1
    CHECK(gemma_2.layers[1].n_positions == 8192);
    // A position of a layer is 8 · 256 · 2 · 2 = 8192 bytes. 21 · 8192 · 8192 = 1409286144, and 21 · 4607 · 8192 = 792551424.
    CHECK(gemma_2.size_bytes == 2201837568);
    CHECK(gemma_2.bytes_per_token == 172032);  // 21 · 8192

    // Like Gemma 3 4B: 34 layers, the sixth, twelfth, … of which are whole: 5; 4 kv heads of 256, a window of 1024.
    const auto gemma_3 = layout_of(model_of(34, 8, 4, 256, 1024, 6), of_type(131072, tensor_type::f16));
    CHECK(gemma_3.layers[4].n_positions == 1535);  // 1024 + 512 - 1
    CHECK(gemma_3.layers[5].n_positions == 131072);
    // A position of a layer is 4 · 256 · 2 · 2 = 4096 bytes. 5 · 131072 · 4096 = 2684354560, and 29 · 1535 · 4096 = 182333440.
    CHECK(gemma_3.size_bytes == 2866688000);

    auto short_context = of_type(1000, tensor_type::f16);
    for (const auto& layer : layout_of(model_of(6, 8, 4, 256, 1024, 6), short_context).layers) CHECK(layer.n_positions == 1000);
    short_context.context_length = 1300;
    short_context.batch_length = 1;
    CHECK(layout_of(model_of(6, 8, 4, 256, 1024, 6), short_context).layers[0].n_positions == 1024);
    short_context.batch_length = 0xFFFFFFFF;  // the window and it are beyond 32 bits
    CHECK(layout_of(model_of(6, 8, 4, 256, 1024, 6), short_context).layers[0].n_positions == 1300);

    auto no_window = model_of(2, 8, 4, 256, 0, 2);  // marked as sliding, and the model has no window
    CHECK(layout_of(no_window, of_type(8192, tensor_type::f16)).layers[0].n_positions == 8192);
}

TEST_CASE("every token of a batch finds its whole window in a sliding layer's ring, and a longer batch would not") {
    constexpr std::uint32_t window = 7, batch = 5, context = 64;
    auto options = of_type(context, tensor_type::f16);
    options.batch_length = batch;
    const auto cache = layout_of(model_of(2, 4, 2, 16, window, 2), options);
    const auto& layer = cache.layers[0];
    REQUIRE(layer.n_positions == 11);
    const auto loses_something = [&](std::uint32_t at_once) {
        std::vector<std::uint64_t> held(layer.n_positions, ~std::uint64_t{0});
        bool lost = false;
        for (std::uint64_t first = 0; first + at_once <= context; first += at_once) {
            for (std::uint64_t p = first; p < first + at_once; ++p) held[layer.slot_of(p)] = p;
            for (std::uint64_t p = first; p < first + at_once; ++p)
                for (std::uint64_t seen = p + 1 > window ? p + 1 - window : 0; seen <= p; ++seen) lost = lost || held[layer.slot_of(seen)] != seen;
        }
        return lost;
    };
    CHECK_FALSE(loses_something(1));
    CHECK_FALSE(loses_something(3));
    CHECK_FALSE(loses_something(batch));
    CHECK(loses_something(batch + 1));
    for (std::uint64_t p = 0; p < context; ++p) CHECK(cache.layers[1].slot_of(p) == p);
}

TEST_CASE("positions of one head follow one another, heads and sequences have places of their own, all aligned and inside") {
    cria_test::random_numbers random(20260);
    constexpr tensor_type types[] = {tensor_type::f32, tensor_type::f16, tensor_type::bf16, tensor_type::q8_0, tensor_type::q4_0};
    for (int round = 0; round < 60; ++round) {
        auto numbers = model_of(static_cast<std::uint32_t>(1 + random.below(4)), 4, 4, static_cast<std::uint32_t>(32 * (1 + random.below(2))), static_cast<std::uint32_t>(random.below(9)), 2);
        for (auto& layer : numbers.layers) layer.head_count_kv = static_cast<std::uint32_t>(1 + random.below(4));
        const kv_cache_options options = {.context_length = static_cast<std::uint32_t>(1 + random.below(20)),
                                          .sequences = static_cast<std::uint32_t>(1 + random.below(3)),
                                          .key_type = types[random.below(5)],
                                          .value_type = types[random.below(5)],
                                          .batch_length = static_cast<std::uint32_t>(1 + random.below(6)),
                                          .alignment_bytes = std::uint64_t{1} << random.below(12)};
        CAPTURE(round, options.context_length, options.alignment_bytes);
        const auto cache = layout_of(numbers, options);
        REQUIRE(cache.layers.size() == numbers.layers.size());
        std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;  // first byte and end
        std::uint64_t layers_end = 0;
        for (const auto& layer : cache.layers) {
            CHECK(layer.key_offset_bytes == layers_end);
            layers_end += layer.size_bytes;
            for (const std::uint64_t aligned : {layer.key_offset_bytes, layer.value_offset_bytes, layer.key_head_stride_bytes, layer.value_head_stride_bytes, layer.size_bytes})
                CHECK(aligned % options.alignment_bytes == 0);
            for (std::uint64_t sequence = 0; sequence < options.sequences; ++sequence)
                for (std::uint64_t head = 0; head < layer.head_count_kv; ++head)
                    for (std::uint64_t slot = 0; slot < layer.n_positions; ++slot) {
                        const std::uint64_t key = layer.key_offset(sequence, head, slot), value = layer.value_offset(sequence, head, slot);
                        CHECK(key == layer.key_offset(sequence, head, 0) + slot * layer.key_row_bytes);
                        CHECK(value == layer.value_offset(sequence, head, 0) + slot * layer.value_row_bytes);
                        CHECK(layer.key_offset(sequence, head, slot + 3 * std::uint64_t{layer.n_positions}) == key);
                        ranges.emplace_back(key, key + layer.key_row_bytes);
                        ranges.emplace_back(value, value + layer.value_row_bytes);
                    }
        }
        CHECK(layers_end == cache.size_bytes);
        std::sort(ranges.begin(), ranges.end());
        CHECK(ranges.back().second <= cache.size_bytes);
        for (std::size_t i = 1; i < ranges.size(); ++i)
            if (ranges[i].first < ranges[i - 1].second) FAIL("two rows share bytes");
    }
}

TEST_CASE("a model whose layers differ has a cache whose layers differ") {
    auto numbers = model_of(3, 8, 8, 64);
    numbers.layers[1].head_count_kv = 2;
    const auto cache = layout_of(numbers, of_type(256, tensor_type::f16));
    CHECK(cache.layers[0].size_bytes == 524288);  // 8 · 64 · 2 · 2 · 256
    CHECK(cache.layers[1].size_bytes == 131072);  // 2 · 64 · 2 · 2 · 256
    CHECK(cache.layers[2].key_offset_bytes == 655360);
    CHECK(cache.bytes_per_token == 4608);  // (8 + 2 + 8) · 64 · 2 · 2
}

TEST_CASE("a cache that makes no sense is refused by name") {
    const auto numbers = model_of(2, 4, 2, 64);
    const auto is_invalid = [&](kv_cache_options options, std::string_view subject) {
        const auto why = refusal_of(numbers, options);
        CHECK(why.code == errc::invalid_argument);
        CHECK(why.subject.view() == subject);
    };
    is_invalid({}, "context_length");
    is_invalid({.context_length = 8, .sequences = 0}, "sequences");
    is_invalid({.context_length = 8, .batch_length = 0}, "batch_length");
    is_invalid({.context_length = 8, .alignment_bytes = 0}, "alignment_bytes");
    is_invalid({.context_length = 8, .alignment_bytes = 48}, "alignment_bytes");

    CHECK(refusal_of(numbers, {.context_length = 8, .key_type = tensor_type::q4_k}).message() ==
          "key_type: is no type for a KV cache, which takes f32, f16, bf16, q8_0 or q4_0: q4_k");
    const auto unknown = refusal_of(numbers, {.context_length = 8, .value_type = static_cast<tensor_type>(4711)});
    CHECK(unknown.code == errc::unsupported_type);
    CHECK(unknown.subject.view() == "value_type");
    CHECK(unknown.found.number() == 4711);

    const auto narrow = refusal_of(model_of(2, 4, 2, 80), of_type(8, tensor_type::q8_0));  // as Phi-2's heads
    CHECK(narrow.code == errc::wrong_shape);
    CHECK(narrow.message() == "key_length: does not fill whole blocks of the KV cache's type, expected 32, found 80");
    CHECK(refusal_of(model_of(2, 4, 2, 80), {.context_length = 8, .value_type = tensor_type::q4_0}).subject.view() == "value_length");
}

TEST_CASE("sizes that do not fit 64 bits are refused, wherever they stop fitting") {
    constexpr std::uint32_t most = (std::numeric_limits<std::uint32_t>::max)();
    const auto overflows = [](const llama::hyperparameters& numbers, const kv_cache_options& options) { return refusal_of(numbers, options).code == errc::overflow; };
    CHECK(overflows(model_of(1, 1, 1, 0x7FFFFFFF), of_type(most, tensor_type::f32)));                     // a head: 2^31 · 4 · 2^32
    CHECK(overflows(model_of(1, 1, 0x7FFFFFFF, 128), of_type(1U << 28U, tensor_type::f16)));              // a sequence
    CHECK(overflows(model_of(1, 1, 1U << 20U, 128), of_type(1U << 20U, tensor_type::f16, 1U << 20U)));    // all sequences
    CHECK(overflows(model_of(512, 1, 1U << 20U, 128), of_type(1U << 27U, tensor_type::f16)));             // all layers: 2^9 · 2^20 · 2^8 · 2^27
    auto aligned = of_type(8, tensor_type::f16);
    aligned.alignment_bytes = std::uint64_t{1} << 63U;
    CHECK(overflows(model_of(1, 1, 1, 128), aligned));  // keys take all there is
    CHECK(layout_of(model_of(1, 1, 0, 128), aligned).size_bytes == 0);
    CHECK(layout_of(model_of(256, 1, 1U << 18U, 128), of_type(1U << 27U, tensor_type::f16)).size_bytes == std::uint64_t{1} << 62U);  // 2^8 · 2^18 · 2^8 · 2 · 2^27
}
