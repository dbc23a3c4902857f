// SPDX-License-Identifier: MIT
#include "cria/llama/rope.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "cria/llama/model.hpp"
#include "golden/rope_tables.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/shared_data.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

namespace llama = cria::llama;
namespace golden = cria_test::rope_tables;
using cria::errc;
using cria_test::gguf_builder;
using cria_test::temp_file;
using cria_test::tiny_llama;
using llama::rope_scaling;

namespace {

using numbers = llama::rope_hyperparameters;

/// What each table of golden/rope_tables.hpp was computed for, once more and by name: the two files check each other.
struct model_numbers {
    std::string_view name;
    numbers how;
    bool has_factors = false;
};

constexpr float phi3_attention_factor = 1.1902380714238083F;  // sqrt(1 + ln(32) / ln(4096))

const std::vector<model_numbers> models = {
    {"Llama 2", {.dimension_count = 128}},
    {"Phi-4-mini, three quarters of a head", {.dimension_count = 96}},
    {"Gemma 3, global layers", {.dimension_count = 256, .freq_base = 1e6F, .scaling = rope_scaling::linear, .scaling_factor = 8}},
    {"Gemma 3, sliding layers", {.dimension_count = 256}},
    {"Qwen2.5, YaRN", {.dimension_count = 128, .freq_base = 1e6F, .scaling = rope_scaling::yarn, .scaling_factor = 4, .original_context_length = 32768}},
    {"Ministral 3, YaRN with a log multiplier",
     {.dimension_count = 128, .freq_base = 1e6F, .scaling = rope_scaling::yarn, .scaling_factor = 16, .original_context_length = 16384, .yarn_log_multiplier = 1}},
    {"YaRN, every number its own",
     {.dimension_count = 64, .freq_base = 5e5F, .scaling = rope_scaling::yarn, .scaling_factor = 12.5F, .original_context_length = 8192, .attention_factor = 0.875F,
      .yarn_beta_fast = 4, .yarn_beta_slow = 0.5F, .yarn_log_multiplier = 0.707F}},
    {"YaRN, factor below 1", {.dimension_count = 64, .scaling = rope_scaling::yarn, .scaling_factor = 0.5F, .original_context_length = 4096}},
    {"YaRN, a ramp that would begin before the first pair", {.dimension_count = 64, .scaling = rope_scaling::yarn, .scaling_factor = 4, .original_context_length = 128}},
    {"YaRN, a ramp that would end behind a head",
     {.dimension_count = 64, .freq_base = 100, .scaling = rope_scaling::yarn, .scaling_factor = 4, .original_context_length = 1000000, .yarn_beta_fast = 10000}},
    {"Llama 3.1", {.dimension_count = 128, .freq_base = 5e5F}, true},
    {"Phi-3, long", {.dimension_count = 96, .original_context_length = 4096, .attention_factor = phi3_attention_factor}, true},
    {"Phi-3, short", {.dimension_count = 96, .original_context_length = 4096, .attention_factor = phi3_attention_factor}, true},
    {"LongRoPE with a factor",
     {.dimension_count = 32, .scaling = rope_scaling::longrope, .scaling_factor = 2.5F, .original_context_length = 2048, .attention_factor = 1.25F}, true},
};

auto table_of(std::string_view name) -> const golden::table& {
    const auto* const found = std::find_if(std::begin(golden::tables), std::end(golden::tables), [&](const golden::table& table) { return table.name == name; });
    REQUIRE(found != std::end(golden::tables));
    return *found;
}

auto made(const numbers& how, std::span<const float> factors = {}) -> llama::rope {
    auto rope = llama::make_rope(how, factors);
    INFO((rope ? std::string() : rope.error().message()));
    REQUIRE(rope.has_value());
    return *std::move(rope);
}

auto message(const numbers& how, std::span<const float> factors = {}) -> std::string {
    const auto rope = llama::make_rope(how, factors);
    if (rope) return "made";
    CHECK(rope.error().code == errc::out_of_range);
    return rope.error().message();
}

auto relative_error(double found, double expected) -> double { return std::abs(found / expected - 1); }

/// The largest relative error of a rope's frequencies; infinite where they are not as many.
auto frequency_error(const llama::rope& rope, std::span<const double> expected) -> double {
    if (rope.frequencies.size() != expected.size()) return std::numeric_limits<double>::infinity();
    double worst = 0;
    for (std::size_t pair = 0; pair < expected.size(); ++pair) worst = (std::max)(worst, relative_error(rope.frequencies[pair], expected[pair]));
    return worst;
}

struct turns {
    std::vector<float> cosines, sines;
};

auto turns_of(const llama::rope& rope, std::uint32_t first_position, std::size_t n_positions) -> turns {
    turns out{std::vector<float>(n_positions * rope.frequencies.size()), std::vector<float>(n_positions * rope.frequencies.size())};
    REQUIRE(rope.cosines_and_sines(first_position, out.cosines, out.sines).has_value());
    return out;
}

auto opened(const temp_file& file, const llama::open_options& options = {}) -> llama::model {
    auto model = llama::open(file.path(), options);
    INFO((model ? std::string() : model.error().message()));
    REQUIRE(model.has_value());
    return *std::move(model);
}

auto ropes_of(const llama::model& model, std::uint32_t context_length = 128) -> cria::result<llama::model_ropes> {
    return llama::ropes_from(model.files(), model.hyperparameters(), model.weights(), context_length);
}

/// The tiny model with one key more, or another value for it.
template <class T>
auto with(gguf_builder built, std::string_view key, const T& value) -> gguf_builder {
    return built.without_key(key).key(key, value);
}

const std::vector<float> four_factors = {1, 2, 4, 8};

}  // namespace

TEST_CASE("frequencies and attention factors are those of the papers' formulas to 13 digits") {
    REQUIRE(models.size() == std::size(golden::tables));
    for (const auto& [name, how, has_factors] : models) {
        CAPTURE(name);
        const golden::table& table = table_of(name);
        CHECK(table.dimension_count == how.dimension_count);
        CHECK(table.scaling == llama::name_of(how.scaling));
        CHECK(table.freq_base == how.freq_base);
        CHECK(table.scaling_factor == how.scaling_factor);
        CHECK(table.attention_factor_stored == how.attention_factor);
        CHECK(table.original_context_length == how.original_context_length);
        CHECK(table.beta_fast == how.yarn_beta_fast);
        CHECK(table.beta_slow == how.yarn_beta_slow);
        CHECK(table.log_multiplier == how.yarn_log_multiplier);
        CHECK(table.factors.empty() != has_factors);

        const llama::rope rope = made(how, table.factors);
        CHECK(rope.dimension_count == how.dimension_count);
        CHECK(rope.pairs == how.pairs);
        CHECK(frequency_error(rope, table.frequencies) < 1e-13);
        CHECK(relative_error(rope.attention_factor, table.attention_factor) < 1e-13);
    }
}

TEST_CASE("cosines and sines are the formulas' to 7 digits behind the point, up to position 131071") {
    REQUIRE(std::vector<std::uint32_t>(std::begin(golden::positions), std::end(golden::positions)) == std::vector<std::uint32_t>{0, 1, 4095, 131071});
    for (const auto& [name, how, has_factors] : models) {
        CAPTURE(name);
        const golden::table& table = table_of(name);
        const llama::rope rope = made(how, table.factors);
        REQUIRE(table.cosines.size() == std::size(golden::positions) * table.checked.size());
        for (std::size_t i = 0; i < table.cosines.size(); ++i) {
            const std::uint32_t position = golden::positions[i / table.checked.size()], pair = table.checked[i % table.checked.size()];
            CAPTURE(position, pair);
            const turns at = turns_of(rope, position, 1);
            CHECK(std::abs(at.cosines[pair] - table.cosines[i]) < 1e-7);
            CHECK(std::abs(at.sines[pair] - table.sines[i]) < 1e-7);
        }
    }
}

TEST_CASE("Llama 3.1's factors, as converters store them, give the frequencies its makers define") {
    const golden::table& table = table_of("Llama 3.1");
    REQUIRE(table.intended.size() == 64);
    CHECK(table.factors.front() == 1);
    CHECK(table.factors.back() == 8);
    CHECK(frequency_error(made({.dimension_count = 128, .freq_base = 5e5F}, table.factors), table.intended) < 6e-8);  // a float's half unit
}

TEST_CASE("tables are position after position, all pairs of one together") {
    const llama::rope rope = made({.dimension_count = 16, .scaling = rope_scaling::yarn, .scaling_factor = 4, .original_context_length = 64});
    const turns together = turns_of(rope, 4094, 3);
    for (std::uint32_t row = 0; row < 3; ++row) {
        const turns alone = turns_of(rope, 4094 + row, 1);
        CHECK(std::equal(alone.cosines.begin(), alone.cosines.end(), together.cosines.begin() + row * 8));
        CHECK(std::equal(alone.sines.begin(), alone.sines.end(), together.sines.begin() + row * 8));
    }
    CHECK(turns_of(rope, 0, 1).sines == std::vector<float>(8, 0.0F));
    CHECK(turns_of(rope, 0, 1).cosines == std::vector<float>(8, static_cast<float>(rope.attention_factor)));
    CHECK(turns_of(rope, 7, 0).cosines.empty());

    // Behind the last position that 32 bits can count comes the next one, not the first.
    const turns last = turns_of(rope, 0xFFFFFFFFU, 2);
    CHECK(last.sines[8] == static_cast<float>(std::sin(4294967296.0 * rope.frequencies[0]) * rope.attention_factor));
}

TEST_CASE("inverse frequencies are the frequencies as floats") {
    const llama::rope rope = made({.dimension_count = 128});
    std::vector<float> out(64);
    REQUIRE(rope.inverse_frequencies(out).has_value());
    for (std::size_t pair = 0; pair < 64; ++pair) CHECK(out[pair] == static_cast<float>(rope.frequencies[pair]));
}

TEST_CASE("output of another size is refused, and not written") {
    const llama::rope rope = made({.dimension_count = 16});
    std::vector<float> floats(24, 7.0F);
    const std::span<float> all(floats);
    CHECK(rope.inverse_frequencies(all.first(7)).error().code == errc::output_too_small);
    CHECK(rope.inverse_frequencies(all.first(9)).error().code == errc::invalid_argument);
    CHECK(rope.cosines_and_sines(0, all.first(8), all.first(16)).error().message() == "cosines and sines: are not equally many, expected 8, found 16");
    CHECK(rope.cosines_and_sines(0, all.first(12), all.last(12)).error().message() == "cosines and sines: output is not whole positions, expected 8, found 12");
    CHECK(llama::rope().cosines_and_sines(0, all.first(8), all.last(8)).error().code == errc::invalid_argument);
    CHECK(floats == std::vector<float>(24, 7.0F));
}

TEST_CASE("factors are one a pair, each a normal number above 0") {
    const numbers how{.dimension_count = 8};
    for (const std::size_t count : {1U, 3U, 5U, 8U}) {
        const auto rope = llama::make_rope(how, std::vector<float>(count, 1.0F));
        REQUIRE_FALSE(rope.has_value());
        CHECK(rope.error().code == errc::wrong_shape);
        CHECK(rope.error().expected.number() == 4);
        CHECK(rope.error().found.number() == count);
    }
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    for (const float bad : {0.0F, -0.0F, 1e-45F, 1.1e-38F, -1.0F, infinity, -infinity, nan, -nan}) {
        CAPTURE(bad);
        for (std::size_t i = 0; i < 4; ++i) {
            std::vector<float> factors(4, 1.0F);
            factors[i] = bad;
            CHECK(message(how, factors) == "factors: has an element that is not a normal number above 0, of pair: " + std::to_string(i));
        }
    }
    CHECK(message({.dimension_count = 8, .freq_base = 1e-4F}, std::vector<float>{1, 1, 2e-38F, 1}) == "factors: has an element that makes a frequency no float can hold, of pair: 2");
    CHECK(made(how, std::vector<float>{1, 1, 1, 3e38F}).frequencies[3] > 0);
}

TEST_CASE("numbers that make no rotation are errors that name their key") {
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    const numbers good{.dimension_count = 8, .scaling = rope_scaling::yarn, .scaling_factor = 4, .original_context_length = 64};
    REQUIRE(message(good) == "made");
    for (const std::uint32_t count : {0U, 1U, 7U}) {
        numbers bad = good;
        bad.dimension_count = count;
        CHECK(message(bad) == "rope.dimension_count: is not an even number above 0: " + std::to_string(count));
    }
    const std::pair<float numbers::*, std::string> floats[] = {
        {&numbers::freq_base, "rope.freq_base"},
        {&numbers::scaling_factor, "rope.scaling.factor"},
        {&numbers::attention_factor, "rope.scaling.attn_factor"},
        {&numbers::yarn_beta_fast, "rope.scaling.yarn_beta_fast"},
        {&numbers::yarn_beta_slow, "rope.scaling.yarn_beta_slow"},
        {&numbers::yarn_log_multiplier, "rope.scaling.yarn_log_multiplier"},
    };
    for (const auto& [member, key] : floats) {
        for (const float value : {0.0F, -0.0F, 1e-45F, -1.0F, infinity, -infinity, nan}) {
            CAPTURE(key, value);
            numbers bad = good;
            bad.*member = value;
            const bool may_be_zero = member == &numbers::yarn_log_multiplier && (std::bit_cast<std::uint32_t>(value) & 0x7FFFFFFFU) == 0;
            CHECK(message(bad) == (may_be_zero ? "made" : key + ": is not a normal number above 0"));
        }
    }
    numbers bad = good;
    bad.original_context_length = 0;
    CHECK(message(bad) == "rope.scaling.original_context_length: is 0");
    bad = good;
    bad.freq_base = 1;
    CHECK(message(bad) == "rope.freq_base: is 1, and YaRN divides by its logarithm");
    bad.scaling = rope_scaling::linear;
    CHECK(made(bad).frequencies[3] == 0.25);
    CHECK(message({.dimension_count = 64, .freq_base = 1.2e-38F}) == "made");  // not even the smallest base makes too much of itself
    CHECK(message({.dimension_count = 8, .freq_base = 1e-4F, .scaling = rope_scaling::linear, .scaling_factor = 1.2e-38F}) ==
          "rope.scaling.factor: makes a frequency that no float can hold");
    bad = good;
    bad.attention_factor = 3.4e38F;
    CHECK(message(bad) == "rope.scaling.attn_factor: makes cosines that no float can hold");

    // What a kind of scaling does not use cannot be wrong.
    CHECK(message({.dimension_count = 8, .scaling_factor = nan, .yarn_beta_fast = nan}) == "made");
}

TEST_CASE("whatever the numbers, there is an error that names one of them, or every array is finite") {
    constexpr float tiny = std::numeric_limits<float>::denorm_min(), least = (std::numeric_limits<float>::min)(), huge = (std::numeric_limits<float>::max)();
    const std::vector<float> floats = {tiny, least, 1e-6F, 0.5F, std::nextafter(1.0F, 0.0F), 1.0F, std::nextafter(1.0F, 2.0F), 4.0F, 1e4F, 1e30F, huge, 0.0F, -2.0F,
                                       std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()};
    const std::vector<std::uint32_t> lengths = {0, 1, 2, 7, 4096, 0x7FFFFFFF, 0xFFFFFFFF};
    cria_test::random_numbers random(3);
    const auto any = [&] { return floats[random.below(random.below(4) == 0 ? floats.size() : 11)]; };
    std::size_t n_made = 0, n_refused = 0, n_wrong = 0;
    for (int i = 0; i < 40000; ++i) {
        numbers how;
        how.dimension_count = random.below(50) == 0 ? 3 : static_cast<std::uint32_t>(2 + 2 * random.below(5));
        how.scaling = static_cast<rope_scaling>(random.below(4));
        how.freq_base = any();
        how.scaling_factor = any();
        how.original_context_length = lengths[random.below(lengths.size())];
        if (random.below(2) == 0) how.attention_factor = any();
        if (random.below(2) == 0) how.yarn_beta_fast = any();
        if (random.below(2) == 0) how.yarn_beta_slow = any();
        if (random.below(2) == 0) how.yarn_log_multiplier = any();
        std::vector<float> factors;
        if (random.below(2) == 0)
            for (std::uint32_t pair = 0; pair < how.dimension_count / 2; ++pair) factors.push_back(any());
        const auto rope = llama::make_rope(how, factors);
        if (!rope) {
            ++n_refused;
            const auto subject = rope.error().subject.view();
            if (rope.error().code != errc::out_of_range || (subject != "factors" && !subject.starts_with("rope."))) ++n_wrong;
            continue;
        }
        ++n_made;
        const auto fine = [](double number) { return (std::bit_cast<std::uint64_t>(number) >> 52U & 0x7FFU) != 0x7FFU; };
        for (const double frequency : rope->frequencies)
            if (!fine(frequency) || frequency < 0) ++n_wrong;
        if (!fine(rope->attention_factor) || !(rope->attention_factor > 0)) ++n_wrong;
        std::vector<float> inverse(rope->frequencies.size());
        if (!rope->inverse_frequencies(inverse) || !std::all_of(inverse.begin(), inverse.end(), fine)) ++n_wrong;
        for (const std::uint32_t position : {0U, 1U, 131071U, 0xFFFFFFFFU}) {
            const turns at = turns_of(*rope, position, 1);
            if (!std::all_of(at.cosines.begin(), at.cosines.end(), fine) || !std::all_of(at.sines.begin(), at.sines.end(), fine)) ++n_wrong;
        }
    }
    CHECK(n_wrong == 0);
    CHECK(n_made > 10000);
    CHECK(n_refused > 10000);
}

TEST_CASE("the factors are the long ones where the context, in steps of 256, is above the original one") {
    cria::gguf::tensor freqs, longer, shorter;
    llama::weights tensors;
    llama::hyperparameters how;
    how.rope.original_context_length = 4096;
    const auto chosen = [&](std::uint32_t context) { return llama::rope_factors_for(tensors, how, context); };
    CHECK(chosen(1) == nullptr);
    CHECK(chosen(100000) == nullptr);

    tensors.rope_factors_long = &longer;
    tensors.rope_factors_short = &shorter;
    for (const std::uint32_t context : {0U, 1U, 255U, 256U, 3840U, 3841U, 4095U, 4096U}) CHECK(chosen(context) == &shorter);
    for (const std::uint32_t context : {4097U, 4352U, 131072U, 0xFFFFFFFFU}) CHECK(chosen(context) == &longer);
    how.rope.original_context_length = 4000;  // between two steps: a context below it is allocated above it
    for (const std::uint32_t context : {3839U, 3840U}) CHECK(chosen(context) == &shorter);
    for (const std::uint32_t context : {3841U, 3999U, 4000U, 4001U, 4096U}) CHECK(chosen(context) == &longer);
    how.rope.original_context_length = 0x7FFFFFFF;
    CHECK(chosen(0x7FFFFF00) == &shorter);
    CHECK(chosen(0x7FFFFF01) == &longer);

    tensors.rope_factors_long = nullptr;
    CHECK(chosen(0xFFFFFFFFU) == nullptr);
    tensors.rope_freqs = &freqs;
    for (const std::uint32_t context : {1U, 0xFFFFFFFFU}) CHECK(chosen(context) == &freqs);
}

TEST_CASE("a model's factors are read, of any type, mapped and owned, and divide its frequencies") {
    const cria_test::tiny_sizes sizes{.n_embedding = 256, .n_heads = 4, .weights = cria::tensor_type::q8_0};
    std::vector<float> factors(32);
    for (std::size_t pair = 0; pair < 32; ++pair) factors[pair] = static_cast<float>(pair + 1);
    cria_test::file_bytes halves, brains, blocks;
    const auto put = [](cria_test::file_bytes& out, std::uint16_t bits) { cria_test::gguf_encoding().number(out, bits); };
    put(blocks, 0x3C00);  // a scale of 1
    for (const float factor : factors) {
        put(halves, cria::quant::to_f16(factor).bits);
        put(brains, cria::quant::to_bf16(factor).bits);
        blocks.push_back(static_cast<std::byte>(factor));
    }
    std::vector<gguf_builder> files;
    files.push_back(tiny_llama(sizes).tensor("rope_freqs.weight", {32}, factors));
    files.push_back(tiny_llama(sizes).tensor("rope_freqs.weight", {32}, std::vector<double>(factors.begin(), factors.end())));
    files.push_back(tiny_llama(sizes).tensor("rope_freqs.weight", {32}, cria::tensor_type::f16, halves));
    files.push_back(tiny_llama(sizes).tensor("rope_freqs.weight", {32}, cria::tensor_type::bf16, brains));
    files.push_back(tiny_llama(sizes).tensor("rope_freqs.weight", {32}, cria::tensor_type::q8_0, blocks));
    const llama::rope plain = made({.dimension_count = 64});
    std::vector<double> expected;
    for (std::size_t pair = 0; pair < 32; ++pair) expected.push_back(plain.frequencies[pair] / factors[pair]);
    for (std::size_t i = 0; i < files.size(); ++i) {
        CAPTURE(i);
        const temp_file file(files[i].build());
        for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
            const llama::model model = opened(file, {.how = how});
            const auto ropes = ropes_of(model);
            INFO((ropes ? std::string() : ropes.error().message()));
            REQUIRE(ropes.has_value());
            CHECK(frequency_error(ropes->global, expected) < 1e-15);
            CHECK(frequency_error(ropes->sliding, expected) < 1e-15);
        }
    }
}

TEST_CASE("LongRoPE's factors go by the context that is asked for") {
    gguf_builder built = with(with(tiny_llama(), "llama.rope.scaling.type", std::string("longrope")), "llama.rope.scaling.original_context_length", 256U);
    built.key("llama.rope.scaling.attn_factor", 1.25F).tensor("rope_factors_long.weight", {4}, four_factors).tensor("rope_factors_short.weight", {4}, std::vector<float>{1, 1, 1, 2});
    const temp_file file(built.build());
    const llama::model model = opened(file);
    const llama::rope plain = made({.dimension_count = 8});
    const auto shorter = ropes_of(model, 256), longer = ropes_of(model, 257);
    REQUIRE(shorter.has_value());
    REQUIRE(longer.has_value());
    CHECK(shorter->global.frequencies[3] == plain.frequencies[3] / 2);
    CHECK(longer->global.frequencies[3] == plain.frequencies[3] / 8);
    CHECK(longer->global.attention_factor == 1.25);
}

TEST_CASE("what is wrong with a model's rotation is said in the words of its file") {
    const auto fault = [](const gguf_builder& built, const llama::open_options& options = {}) {
        const temp_file file(built.build());
        const llama::model model = opened(file, options);
        const auto ropes = ropes_of(model);
        return ropes ? std::string("made") : ropes.error().message();
    };
    CHECK(fault(tiny_llama()) == "made");
    CHECK(fault(tiny_llama().tensor("rope_freqs.weight", {4}, std::vector<float>{1, 1, 0, 1})) ==
          "rope_freqs.weight: has an element that is not a normal number above 0, of pair: 2");
    CHECK(fault(with(tiny_llama(), "llama.rope.freq_base", 1.0F).key("llama.rope.scaling.type", "yarn").key("llama.rope.scaling.factor", 2.0F)) ==
          "llama.rope.freq_base: is 1, and YaRN divides by its logarithm");
    CHECK(fault(with(with(tiny_llama(), "llama.rope.freq_base", 1e-4F), "llama.rope.scaling.factor", 1.2e-38F)) ==
          "llama.rope.scaling.factor: makes a frequency that no float can hold");
    CHECK(fault(tiny_llama().tensor("rope_freqs.weight", {4}, static_cast<cria::tensor_type>(999), cria_test::file_bytes(16))) ==
          "rope_freqs.weight: tensor type is not supported: 999");

    llama::family sliding{.architecture = "llama"};
    sliding.sliding.default_period = 2;
    const gguf_builder slides = tiny_llama().key("llama.attention.sliding_window", 16U).key("llama.rope.freq_base_swa", 1.0F).key("llama.rope.scaling.type", "yarn");
    CHECK(fault(slides, {.families = {&sliding, 1}}) == "llama.rope.freq_base_swa: is 1, and YaRN divides by its logarithm");
}

TEST_CASE("tensors that are not what the numbers say are refused by their names") {
    const gguf_builder built = tiny_llama().tensor("rope_freqs.weight", {4}, four_factors);
    const temp_file file(built.build());
    const llama::model model = opened(file);
    llama::weights others;
    others.rope_freqs = model.files().tensors().find("output_norm.weight");
    REQUIRE(others.rope_freqs != nullptr);
    const auto ropes = llama::ropes_from(model.files(), model.hyperparameters(), others, 128);
    REQUIRE_FALSE(ropes.has_value());
    CHECK(ropes.error().code == errc::wrong_shape);
    CHECK(ropes.error().message() == "output_norm.weight: has not one element a pair, expected 4, found 32");

    const auto reversed = tiny_llama({}, std::endian::native == std::endian::little ? std::endian::big : std::endian::little).tensor("rope_freqs.weight", {4}, four_factors);
    const temp_file reversed_file(reversed.build());
    const auto files = cria::gguf::shards::open(reversed_file.path());
    REQUIRE(files.has_value());
    others.rope_freqs = files->tensors().find("rope_freqs.weight");
    const auto other_order = llama::ropes_from(*files, model.hyperparameters(), others, 128);
    REQUIRE_FALSE(other_order.has_value());
    CHECK(other_order.error().code == errc::unsupported_feature);
}

TEST_CASE("sliding layers turn by their own base, and by factors where scaling is theirs too") {
    llama::family family{.architecture = "llama"};
    family.sliding = {.default_period = 2, .default_freq_base = 100.0F, .scaled = false};
    const gguf_builder built = tiny_llama().key("llama.attention.sliding_window", 16U).key("llama.rope.scaling.factor", 8.0F).tensor("rope_freqs.weight", {4}, four_factors);
    const temp_file file(built.build());
    const llama::rope global = made({.dimension_count = 8, .scaling = rope_scaling::linear, .scaling_factor = 8}, four_factors);
    for (const bool scaled : {false, true}) {
        CAPTURE(scaled);
        family.sliding.scaled = scaled;
        const llama::model model = opened(file, {.families = {&family, 1}});
        const auto& layers = model.hyperparameters().layers;
        REQUIRE(layers[0].is_sliding);
        REQUIRE_FALSE(layers[1].is_sliding);
        const auto ropes = ropes_of(model);
        REQUIRE(ropes.has_value());
        CHECK(&ropes->of(layers[0]) == &ropes->sliding);
        CHECK(&ropes->of(layers[1]) == &ropes->global);
        CHECK(frequency_error(ropes->global, global.frequencies.span()) == 0);
        const llama::rope sliding = scaled ? made({.dimension_count = 8, .freq_base = 100, .scaling = rope_scaling::linear, .scaling_factor = 8}, four_factors)
                                           : made({.dimension_count = 8, .freq_base = 100});
        CHECK(frequency_error(ropes->sliding, sliding.frequencies.span()) == 0);
    }
}

TEST_CASE("ropes move and are not copied") {
    static_assert(std::is_nothrow_move_constructible_v<llama::model_ropes> && !std::is_copy_constructible_v<llama::rope>);
    llama::rope first = made({.dimension_count = 8, .pairs = llama::rope_pairs::halves});
    const llama::rope second = std::move(first);
    CHECK(second.pairs == llama::rope_pairs::halves);
    CHECK(second.frequencies.size() == 4);
}

TEST_CASE("every model of the conformance set has rotations", "[conformance]") {
    const std::string folder = cria_test::shared_path("conformance/architectures");
    if (!std::filesystem::exists(folder)) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    std::size_t n_models = 0, n_factors = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".gguf") continue;
        CAPTURE(entry.path());
        ++n_models;
        for (const auto how : {cria::io::access::mapped, cria::io::access::owned}) {
            const auto model = llama::open(entry.path().string(), {.how = how});
            REQUIRE(model.has_value());
            const auto& numbers = model->hyperparameters();
            const auto ropes = ropes_of(*model, numbers.context_length);
            INFO((ropes ? std::string() : ropes.error().message()));
            REQUIRE(ropes.has_value());
            CHECK(ropes->global.frequencies.size() == numbers.rope.dimension_count / 2);
            CHECK(ropes->sliding.frequencies.size() == numbers.rope.dimension_count / 2);
            CHECK(ropes->global.pairs == numbers.family.pairs);
            if (llama::rope_factors_for(model->weights(), numbers, numbers.context_length) != nullptr) {
                ++n_factors;
                CHECK(frequency_error(ropes->global, made(numbers.rope).frequencies.span()) > 0.01);
            }
        }
    }
    CHECK(n_models >= 19);
    CHECK(n_factors >= 6);  // llama3-rope-factors and two of phi3, each twice
}
