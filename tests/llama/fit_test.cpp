// SPDX-License-Identifier: MIT
#include "cria/llama/fit.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/gguf/shards.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/weights.hpp"
#include "llama/opening.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/shared_data.hpp"
#include "support/tiny_models.hpp"

namespace llama = cria::llama;
namespace gguf = cria::gguf;
using cria::errc;
using cria::tensor_type;
using cria_test::gguf_builder;
using cria_test::tiny_llama;
using std::uint32_t;
using std::uint64_t;

namespace {

/// What fit() is asked about.
struct model {
    std::string name;
    const gguf::tensor_table* tensors = nullptr;
    llama::hyperparameters numbers;
    llama::weights bound;
    std::shared_ptr<void> file;  // what the above point into
};

auto bound_model(std::string name, std::shared_ptr<void> file, const gguf::metadata& metadata, const gguf::tensor_table& tensors) -> model {
    auto numbers = llama::hyperparameters_from(metadata);
    INFO(name);
    REQUIRE(numbers.has_value());
    auto bound = llama::weights_from(tensors, *numbers);
    REQUIRE(bound.has_value());
    return {std::move(name), &tensors, *std::move(numbers), *std::move(bound), std::move(file)};
}

auto built(const gguf_builder& file) -> model {
    auto parsed = std::make_shared<cria_test::parsed_file>(file);
    return bound_model("built", parsed, parsed->contents().metadata(), parsed->contents().tensors());
}

auto opened(const std::string& path) -> model {
    auto files = gguf::shards::open(path);
    REQUIRE(files.has_value());
    auto held = std::make_shared<gguf::shards>(*std::move(files));
    return bound_model(path, held, held->metadata(), held->tensors());
}

/// A question with memory of its own.
struct question {
    llama::kv_cache_options cache{};
    std::vector<uint64_t> memory_bytes{};
    uint64_t reserve_bytes = 0;
    bool stores_scores = true;
    bool embedding_on_device = false;
};

auto result_of(const model& of, const question& asked) -> cria::result<llama::fit_report> {
    return llama::fit(*of.tensors, of.numbers, of.bound,
                      {.cache = asked.cache,
                       .memory_bytes = asked.memory_bytes,
                       .reserve_bytes = asked.reserve_bytes,
                       .stores_scores = asked.stores_scores,
                       .embedding_on_device = asked.embedding_on_device});
}

auto report_of(const model& of, const question& asked) -> llama::fit_report {
    auto made = result_of(of, asked);
    INFO((made ? std::string() : made.error().message()));
    REQUIRE(made.has_value());
    return *std::move(made);
}

auto with_memory(question asked, std::vector<uint64_t> memory_bytes) -> question {
    asked.memory_bytes = std::move(memory_bytes);
    return asked;
}

// tiny_llama() on paper: f32, 2 layers, d 32, H 4, Hk 2, k 8, F 64, V 279, context 128; every tensor at a multiple of 256.
constexpr uint64_t layer_weights = 37376;  // q and output 4096 each, k and v 2048 each, gate, up and down 8192 each, two norms of 128: 256 each
constexpr uint64_t embedding = 35840;      // 279 · 32 · 4 = 35712, which is 139.5 · 256
constexpr uint64_t output = 36096;         // the same, and a norm
constexpr uint64_t layer_cache = 8192;     // 2 heads · 8 · 2 · 2 bytes · 128 positions
constexpr uint64_t layer_scratch = 425984; // 128 tokens · (3 · 32 + (4 + 4) · 8 + 4 · 8 + 2 · 64 = 320; and 4 heads · 128 positions = 512) = 106496 floats
constexpr uint64_t logit_scratch = 175616; // 128 tokens · (2 · 32 + 279 = 343) = 43904 floats
constexpr uint64_t one_layer = layer_weights + layer_cache + layer_scratch;
constexpr uint64_t everything = 2 * (layer_weights + layer_cache) + output + layer_scratch;
static_assert(everything == 553216);

const question whole_context = {.cache = {.context_length = 128}};

}  // namespace

TEST_CASE("a model fits a device exactly, and not one byte less") {
    const model tiny = built(tiny_llama());
    const auto exact = report_of(tiny, with_memory(whole_context, {everything}));
    CHECK(exact.fits);
    CHECK(exact.n_layers_on_devices == 2);
    CHECK(exact.missing_bytes == 0);
    CHECK(exact.longest_context == 128);
    REQUIRE(exact.devices.size() == 1);
    const llama::fit_device& device = exact.devices[0];
    CHECK(device.first_layer == 0);
    CHECK(device.n_layers == 2);
    CHECK(device.has_output);
    CHECK_FALSE(device.has_embedding);
    CHECK(device.weights_bytes == 110848);  // 2 · 37376 + 36096
    CHECK(device.cache_bytes == 16384);
    CHECK(device.scratch_bytes == 425984);
    CHECK(device.free_bytes == 0);
    CHECK(static_cast<const llama::fit_share&>(device) == exact.all);
    CHECK(exact.host == llama::fit_share{.has_embedding = true, .weights_bytes = embedding});

    const auto short_of_one = report_of(tiny, with_memory(whole_context, {everything - 1}));
    CHECK_FALSE(short_of_one.fits);
    CHECK(short_of_one.missing_bytes == 1);
    CHECK(short_of_one.n_layers_on_devices == 2);
    CHECK_FALSE(short_of_one.devices[0].has_output);
    CHECK(short_of_one.devices[0].free_bytes == output - 1);
    CHECK(short_of_one.host.has_output);
    CHECK(short_of_one.host.weights_bytes == embedding + output);
    CHECK(short_of_one.host.scratch_bytes == logit_scratch);
    // A position less is less cache, smaller scores and a batch of fewer tokens: 127 · (320 + 4 · 127) floats.
    CHECK(short_of_one.longest_context == 127);

    const auto one_layer_only = report_of(tiny, with_memory(whole_context, {one_layer}));
    CHECK(one_layer_only.n_layers_on_devices == 1);
    CHECK(one_layer_only.host.first_layer == 1);
    CHECK(one_layer_only.host.n_layers == 1);
    CHECK(one_layer_only.missing_bytes == everything - one_layer);
    CHECK(report_of(tiny, with_memory(whole_context, {one_layer - 1})).n_layers_on_devices == 0);
}

TEST_CASE("layers are split over devices in order, and the output goes with the last of them or behind it") {
    const model tiny = built(tiny_llama());
    constexpr uint64_t second = layer_weights + layer_cache + output + layer_scratch;
    const auto two = report_of(tiny, with_memory(whole_context, {one_layer + 100, second}));
    CHECK(two.fits);
    CHECK(two.devices[0].n_layers == 1);
    CHECK(two.devices[0].free_bytes == 100);
    CHECK(two.devices[1].first_layer == 1);
    CHECK(two.devices[1].n_layers == 1);
    CHECK(two.devices[1].has_output);
    CHECK(two.devices[1].free_bytes == 0);

    CHECK(report_of(tiny, with_memory(whole_context, {one_layer, second - 1})).missing_bytes == 1);
    const auto three = report_of(tiny, with_memory(whole_context, {one_layer, second - 1, output + logit_scratch}));
    CHECK(three.fits);
    CHECK_FALSE(three.devices[1].has_output);
    CHECK(three.devices[2].n_layers == 0);
    CHECK(three.devices[2].has_output);
    CHECK(three.devices[2].used_bytes() == output + logit_scratch);
    CHECK(report_of(tiny, with_memory(whole_context, {one_layer, second - 1, output + logit_scratch - 1})).missing_bytes == 1);

    const auto skips = report_of(tiny, with_memory(whole_context, {10, everything}));  // the first one is of no use
    CHECK(skips.fits);
    CHECK(skips.devices[0].n_layers == 0);
    CHECK(skips.devices[0].free_bytes == 10);
}

TEST_CASE("the reserve is left alone on every device") {
    const model tiny = built(tiny_llama());
    question asked = with_memory(whole_context, {everything + 1000});
    asked.reserve_bytes = 1000;
    CHECK(report_of(tiny, asked).fits);
    CHECK(report_of(tiny, asked).devices[0].free_bytes == 0);
    asked.reserve_bytes = 1001;
    CHECK(report_of(tiny, asked).missing_bytes == 1);
    asked.reserve_bytes = everything + 5000;  // more than there is
    CHECK(report_of(tiny, asked).devices[0].free_bytes == 0);
    CHECK(report_of(tiny, asked).missing_bytes == everything + 4000);
    CHECK(llama::fit_options{}.reserve_bytes == 1073741824);
}

TEST_CASE("without devices, all is on the host, and what is missing is what one would need") {
    const model tiny = built(tiny_llama());
    const auto none = report_of(tiny, whole_context);
    CHECK_FALSE(none.fits);
    CHECK(none.devices.empty());
    CHECK(none.missing_bytes == everything);
    CHECK(none.all.used_bytes() == everything);
    CHECK(none.host.used_bytes() == everything + embedding);
    CHECK(none.host.n_layers == 2);
    CHECK(none.longest_context == 0);
    CHECK_FALSE(none.fits_with_q8_0_cache);
}

TEST_CASE("a matrix for both ends is there twice, unless both are in one place") {
    const model tied = built(tiny_llama({.tied_output = true}));
    const auto apart = report_of(tied, with_memory(whole_context, {everything}));
    CHECK(apart.fits);
    CHECK(apart.devices[0].weights_bytes == 2 * layer_weights + output);
    CHECK(apart.host.weights_bytes == embedding);

    question asked = with_memory(whole_context, {everything});
    asked.embedding_on_device = true;
    const auto together = report_of(tied, asked);
    CHECK(together.fits);
    CHECK(together.devices[0].has_embedding);
    CHECK(together.devices[0].weights_bytes == 2 * layer_weights + output);
    CHECK(together.host == llama::fit_share{});

    asked.memory_bytes = {embedding + one_layer, everything};
    const auto on_both = report_of(tied, asked);
    CHECK(on_both.fits);
    CHECK(on_both.devices[0].used_bytes() == embedding + one_layer);
    CHECK(on_both.devices[1].used_bytes() == output + one_layer);

    const auto on_host = report_of(tied, whole_context);
    CHECK(on_host.host.weights_bytes == 2 * layer_weights + output);

    const model untied = built(tiny_llama());
    asked.memory_bytes = {everything + embedding};
    CHECK(report_of(untied, asked).fits);
    asked.memory_bytes = {everything + embedding - 1};
    CHECK(report_of(untied, asked).missing_bytes == 1);
}

TEST_CASE("what every layer needs is on every device with layers, and what no role claims on none") {
    const model tiny = built(tiny_llama().tensor("rope_freqs.weight", {4}, std::vector<float>{1, 1, 2, 4}).tensor("blk.0.lost.weight", {4096}, tensor_type::f32).tensor("lost.weight", {4096}, tensor_type::f32));
    REQUIRE(tiny.bound.unused().size() == 2);
    const auto two = report_of(tiny, with_memory(whole_context, {one_layer + 256, layer_weights + layer_cache + output + layer_scratch + 256}));
    CHECK(two.fits);
    CHECK(two.devices[0].weights_bytes == layer_weights + 256);
    CHECK(two.devices[1].weights_bytes == layer_weights + 256 + output);
    CHECK(two.host.weights_bytes == embedding);
    CHECK(two.all.weights_bytes == 2 * layer_weights + 256 + output);
}

TEST_CASE("scratch follows its formula") {
    const model tiny = built(tiny_llama());
    const auto scratch_of = [&](const model& of, question asked) { return report_of(of, asked).all.scratch_bytes; };
    question asked = whole_context;
    asked.stores_scores = false;
    CHECK(scratch_of(tiny, asked) == 175616);  // a layer takes 128 · 320 · 4 = 163840, less than the logits
    asked.cache.batch_length = 10;
    CHECK(scratch_of(tiny, asked) == 13720);   // 10 · 343 · 4
    asked.stores_scores = true;
    CHECK(scratch_of(tiny, asked) == 33280);   // 10 · (320 + 4 · 128) · 4
    asked.cache.sequences = 16;                // one token each is more than a batch
    CHECK(scratch_of(tiny, asked) == 53248);   // 16 · 832 · 4

    // Two experts of four in use, one for all, and a window: by hand, since no tensor has to be there.
    model made{"by hand", nullptr, {}, {}, nullptr};
    const gguf::tensor_table no_tensors;
    made.tensors = &no_tensors;
    made.numbers.context_length = 100;
    made.numbers.embedding_length = 16;
    made.numbers.vocabulary_size = 7;
    made.numbers.key_length = made.numbers.value_length = 4;
    made.numbers.expert_count = 4;
    made.numbers.expert_used_count = 2;
    made.numbers.expert_feed_forward_length = 24;
    made.numbers.shared_expert_feed_forward_length = 40;
    made.numbers.sliding_window = 5;
    REQUIRE(made.numbers.layers.resize(1, "layers").has_value());
    made.numbers.layers[0] = {.head_count = 4, .head_count_kv = 2, .feed_forward_length = 999, .is_sliding = true};
    made.numbers.block_count = 1;
    // 3 · 16 + (4 + 4) · 4 + 4 · 4 + 4 + 2 · (2 · 24 + 40) = 276, and 4 heads · (5 + 10 - 1) positions = 56; 10 tokens, 4 bytes
    CHECK(scratch_of(made, {.cache = {.context_length = 100, .batch_length = 10}}) == 13280);
}

TEST_CASE("what would have to give is said: a shorter context, or a smaller cache") {
    // d 64, 2 heads of 32: a row of keys is 64 bytes in f16, 34 in q8_0. A token at a time, so that scratch is small.
    const model wide = built(tiny_llama({.n_embedding = 64, .n_heads = 2, .n_kv_heads = 2, .n_context = 4096}));
    question asked = {.cache = {.context_length = 4096, .batch_length = 1}, .stores_scores = false};
    const auto all = report_of(wide, asked).all;
    CHECK(all.cache_bytes == 2097152);  // 2 layers · 2 heads · 2 · 64 bytes · 4096: 512 a token
    // Layers do without 1 MiB of it: half the context. In q8_0 it is 34 / 64 of 2 MiB, 64 KiB too many.
    const auto half = report_of(wide, with_memory(asked, {all.used_bytes() - 1048576}));
    CHECK_FALSE(half.fits);
    CHECK(half.missing_bytes == 1048576);
    CHECK(half.longest_context == 2048);
    CHECK_FALSE(half.fits_with_q8_0_cache);
    const auto more = report_of(wide, with_memory(asked, {all.used_bytes() - 1048576 + 65536}));
    CHECK_FALSE(more.fits);
    CHECK(more.longest_context == 2176);  // 128 more for 64 KiB
    CHECK(more.fits_with_q8_0_cache);
    CHECK_FALSE(report_of(wide, with_memory(asked, {all.used_bytes() - 1048576 + 65535})).fits_with_q8_0_cache);

    const auto hopeless = report_of(wide, with_memory(asked, {all.weights_bytes}));
    CHECK(hopeless.longest_context == 0);

    asked.cache.context_length = 100;  // the answer goes up to the model's own context
    CHECK(report_of(wide, with_memory(asked, {all.used_bytes()})).longest_context == 4096);
    asked.cache.context_length = 5000;  // or to the one asked for
    CHECK(report_of(wide, with_memory(asked, {all.used_bytes() * 2})).longest_context == 5000);

    const model narrow = built(tiny_llama());  // heads of 8
    CHECK_FALSE(report_of(narrow, with_memory(whole_context, {everything})).fits_with_q8_0_cache);
}

namespace {

/// The formulas once more, for any model, one place at a time.
struct by_hand {
    const model& of;
    const question& asked;
    llama::kv_cache_layout layout;

    by_hand(const model& which, const question& what) : of(which), asked(what) {
        auto made = llama::make_kv_cache_layout(of.numbers, asked.cache);
        REQUIRE(made.has_value());
        layout = *std::move(made);
    }
    static auto padded(uint64_t bytes) -> uint64_t { return (bytes + 255) / 256 * 256; }
    [[nodiscard]] auto tokens() const -> uint64_t {
        return (std::max)(uint64_t{(std::min)(asked.cache.batch_length, asked.cache.context_length)}, uint64_t{asked.cache.sequences});
    }
    [[nodiscard]] auto layer_scratch(uint32_t i) const -> uint64_t {
        const auto& n = of.numbers;
        const uint64_t d = n.embedding_length, h = n.head_count(i), hk = n.head_count_kv(i);
        const uint64_t forward = n.has_experts() ? n.expert_count + 2 * (uint64_t{n.expert_used_count} * n.expert_feed_forward_length + n.shared_expert_feed_forward_length)
                                                 : 2 * uint64_t{n.feed_forward_length(i)};
        return 4 * tokens() * (3 * d + (h + 2 * hk) * n.key_length + h * n.value_length + forward + (asked.stores_scores ? h * layout.layers[i].n_positions : 0));
    }
    /// What a share with these parts has to weigh, counted tensor by tensor.
    [[nodiscard]] auto expected(llama::fit_share share) const -> llama::fit_share {
        const auto holds_layer = [&](uint64_t i) { return i >= share.first_layer && i < uint64_t{share.first_layer} + share.n_layers; };
        share.weights_bytes = share.cache_bytes = share.scratch_bytes = 0;
        for (const gguf::tensor& tensor : *of.tensors) {
            bool is_here = false;
            if (tensor.name.starts_with("blk.")) is_here = holds_layer(std::stoull(std::string(tensor.name.substr(4))));
            else if (tensor.name.starts_with("rope_")) is_here = share.n_layers > 0;
            else if (tensor.name == "token_embd.weight") is_here = share.has_embedding || (share.has_output && of.bound.tied_output);
            else is_here = share.has_output;
            if (is_here) share.weights_bytes += padded(tensor.size_bytes);
        }
        for (uint32_t i = 0; i < of.numbers.block_count; ++i) {
            if (!holds_layer(i)) continue;
            share.cache_bytes += layout.layers[i].size_bytes;
            share.scratch_bytes = (std::max)(share.scratch_bytes, layer_scratch(i));
        }
        if (share.has_output) share.scratch_bytes = (std::max)(share.scratch_bytes, 4 * tokens() * (2 * uint64_t{of.numbers.embedding_length} + of.numbers.vocabulary_size));
        return share;
    }
};

/// Checks everything that has to be true of an answer.
void check_answer(const model& of, const question& asked) {
    CAPTURE(of.name, asked.memory_bytes, asked.cache.context_length, asked.reserve_bytes);
    const auto report = report_of(of, asked);
    const by_hand own(of, asked);
    const uint32_t n_layers = of.numbers.block_count;
    REQUIRE(report.devices.size() == asked.memory_bytes.size());

    uint32_t layers = 0;
    bool has_embedding = false, has_output = false;
    uint64_t cache_bytes = report.host.cache_bytes;
    for (std::size_t i = 0; i < report.devices.size(); ++i) {
        const llama::fit_device& device = report.devices[i];
        if (device.n_layers > 0) CHECK(device.first_layer == layers);
        layers += device.n_layers;
        cache_bytes += device.cache_bytes;
        CHECK(static_cast<const llama::fit_share&>(device) == own.expected(device));
        CHECK(device.memory_bytes == asked.memory_bytes[i]);
        const uint64_t budget = device.memory_bytes > asked.reserve_bytes ? device.memory_bytes - asked.reserve_bytes : 0;
        CHECK(device.used_bytes() + device.free_bytes == budget);

        // The next part would not have fitted.
        has_embedding = has_embedding || device.has_embedding;
        has_output = has_output || device.has_output;
        llama::fit_share larger = device;
        if (asked.embedding_on_device && !has_embedding) larger.has_embedding = true;
        else if (layers < n_layers) {
            if (larger.n_layers++ == 0) larger.first_layer = layers;
        } else if (!has_output) larger.has_output = true;
        else continue;
        CHECK(own.expected(larger).used_bytes() > budget);
    }
    CHECK(layers == report.n_layers_on_devices);
    CHECK(report.host.n_layers == n_layers - layers);
    if (report.host.n_layers > 0) CHECK(report.host.first_layer == layers);
    CHECK(report.host.has_embedding != has_embedding);
    CHECK(report.host.has_output != has_output);
    CHECK(report.host == own.expected(report.host));
    CHECK(cache_bytes == own.layout.size_bytes);
    CHECK(report.fits == (layers == n_layers && has_output && (has_embedding || !asked.embedding_on_device)));
    CHECK(report.all == own.expected({.n_layers = n_layers, .has_embedding = asked.embedding_on_device, .has_output = true}));

    if (asked.memory_bytes.empty()) return;
    CHECK((report.missing_bytes == 0) == report.fits);
    if (!report.fits) {
        question enough = asked;
        enough.memory_bytes.back() += report.missing_bytes;
        CHECK(report_of(of, enough).fits);
        --enough.memory_bytes.back();
        CHECK_FALSE(report_of(of, enough).fits);
    }
    question larger = asked;  // more memory anywhere never takes a layer away
    larger.memory_bytes.front() += 20000;
    CHECK(report_of(of, larger).n_layers_on_devices >= layers);

    const uint32_t longest = report.longest_context;
    const uint32_t limit = (std::max)(of.numbers.context_length, asked.cache.context_length);
    CHECK(longest <= limit);
    CHECK(report.fits == (asked.cache.context_length <= longest));
    question other = asked;
    const auto fits_with = [&](uint32_t context) {
        other.cache.context_length = context;
        return report_of(of, other).fits;
    };
    if (longest > 0) CHECK(fits_with(longest));
    if (longest > 1) CHECK(fits_with(longest / 2 + 1));
    if (longest < limit) CHECK_FALSE(fits_with(longest + 1));

    if (of.numbers.key_length % 32 != 0) {
        CHECK_FALSE(report.fits_with_q8_0_cache);
        return;
    }
    other = asked;
    other.cache.key_type = other.cache.value_type = tensor_type::q8_0;
    CHECK(report.fits_with_q8_0_cache == report_of(of, other).fits);
}

/// Questions about a model whose answers differ: devices between too small for anything and large enough for all.
void ask_at_random(const model& of, uint64_t seed, int n_questions) {
    cria_test::random_numbers random(seed);
    for (int round = 0; round < n_questions; ++round) {
        question asked;
        asked.cache.context_length = static_cast<uint32_t>(1 + random.below(2 * uint64_t{of.numbers.context_length}));
        asked.cache.sequences = static_cast<uint32_t>(1 + random.below(3));
        asked.cache.batch_length = static_cast<uint32_t>(1 + random.below(64));
        if (random.below(3) == 0) asked.cache.key_type = tensor_type::f32;
        asked.stores_scores = random.below(2) == 0;
        asked.embedding_on_device = random.below(3) == 0;
        asked.reserve_bytes = random.below(3) == 0 ? random.below(10000) : 0;
        const uint64_t whole = report_of(of, asked).all.used_bytes();
        for (uint64_t n = random.below(5); n > 0; --n) asked.memory_bytes.push_back(random.below(whole + whole / 4));
        check_answer(of, asked);
    }
}

}  // namespace

TEST_CASE("answers add up, no device is over its memory, and no part more would have fitted") {
    for (const bool tied : {false, true})
        for (const uint32_t n_layers : {1U, 2U, 5U, 9U}) {
            ask_at_random(built(tiny_llama({.n_layers = n_layers, .tied_output = tied})), n_layers, 25);
            ask_at_random(built(tiny_llama({.n_layers = n_layers, .n_embedding = 64, .n_heads = 2, .tied_output = tied, .weights = tensor_type::q8_0})), n_layers + 100, 25);
        }
}

TEST_CASE("the same question has the same answer") {
    const model tiny = built(tiny_llama({.n_layers = 7}));
    const question asked = with_memory(whole_context, {one_layer + 60000, one_layer});
    const auto first = report_of(tiny, asked), second = report_of(tiny, asked);
    CHECK(std::equal(first.devices.begin(), first.devices.end(), second.devices.begin(), second.devices.end()));
    CHECK(first.host == second.host);
    CHECK(first.longest_context == second.longest_context);
}

TEST_CASE("answers about the sample model add up") { ask_at_random(opened(std::string(CRIA_MODELS_DIR) + "/story-2m.gguf"), 7, 40); }

TEST_CASE("answers about every family of the conformance set add up", "[conformance]") {
    const std::string folder = cria_test::shared_path("conformance/architectures");
    if (!std::filesystem::exists(folder)) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    int n_models = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".gguf") continue;
        ask_at_random(opened(entry.path().string()), 11, 12);
        ++n_models;
    }
    CHECK(n_models >= 15);
}

TEST_CASE("what cannot be asked is refused, as the cache refuses it") {
    const model tiny = built(tiny_llama());
    const auto code_of = [&](const question& asked) {
        const auto made = result_of(tiny, asked);
        REQUIRE_FALSE(made.has_value());
        return made.error().code;
    };
    CHECK(code_of({}) == errc::invalid_argument);
    CHECK(code_of({.cache = {.context_length = 8, .batch_length = 0}}) == errc::invalid_argument);
    CHECK(code_of({.cache = {.context_length = 8, .alignment_bytes = 3}}) == errc::invalid_argument);
    CHECK(code_of({.cache = {.context_length = 8, .key_type = tensor_type::q6_k}}) == errc::unsupported_type);
    CHECK(code_of({.cache = {.context_length = 8, .key_type = tensor_type::q8_0}}) == errc::wrong_shape);  // heads of 8
    CHECK(code_of({.cache = {.context_length = 0xFFFFFFFF, .sequences = 0xFFFFFFFF}}) == errc::overflow);
    CHECK(code_of({.cache = {.context_length = 8, .alignment_bytes = uint64_t{1} << 63U}}) == errc::overflow);

    // Only the scratch is too large: 2^32 tokens at once, 4 heads, 2^32 positions.
    CHECK(code_of({.cache = {.context_length = 0xFFFFFFFF, .batch_length = 0xFFFFFFFF}}) == errc::overflow);
    // Only all of it together: a reserve beside what is needed.
    CHECK(code_of({.cache = {.context_length = 8}, .memory_bytes = {1}, .reserve_bytes = ~uint64_t{0}}) == errc::overflow);
}

TEST_CASE("a context of which the memory cannot be counted is one that does not fit") {
    model tiny = built(tiny_llama());
    tiny.numbers.context_length = 0x7FFFFFFF;
    question asked = with_memory(whole_context, {uint64_t{1} << 40U});
    asked.cache.sequences = 1U << 30U;
    asked.cache.batch_length = 1;
    asked.cache.context_length = 1;
    // 2^30 tokens: a layer's scratch is 2^30 · (320 + 4 n) · 4, at n = 1 above 2^40; with 2^31 positions beyond 2^64.
    const auto report = report_of(tiny, asked);
    CHECK_FALSE(report.fits);
    CHECK(report.longest_context == 0);
    asked.memory_bytes = {uint64_t{1} << 43U};
    const uint32_t longest = report_of(tiny, asked).longest_context;
    CHECK(longest > 1);
    CHECK(longest < 1000);
}
