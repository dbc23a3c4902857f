// SPDX-License-Identifier: MIT
#include "cria/llama/family.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cria/llama/model.hpp"
#include "llama/binding.hpp"
#include "llama/opening.hpp"
#include "support/catch.hpp"
#include "support/family_models.hpp"
#include "support/temp_file.hpp"

// What every family reads and refuses, walked through key by key; and what each does differently, by name.

using cria::errc;
using cria_test::bound_file;
using cria_test::check_failure;
using cria_test::family_key;
using cria_test::family_keys;
using cria_test::family_model;
using cria_test::family_parts;
using cria_test::gguf_builder;
using cria_test::key_kind;
using cria_test::keys_of;
using cria_test::parsed_file;
namespace llama = cria::llama;

namespace {

auto read(const parsed_file& file) { return llama::hyperparameters_from(file.contents().metadata()); }

auto family_called(std::string_view architecture) -> const llama::family& {
    const llama::family* const row = llama::find_family(architecture);
    REQUIRE(row != nullptr);
    return *row;
}

/// The numbers of a file that opens.
template <class F>
void check_reads(const gguf_builder& built, F&& look) {
    const parsed_file file(built);
    const auto numbers = read(file);
    INFO((numbers ? std::string() : numbers.error().message()));
    REQUIRE(numbers.has_value());
    look(*numbers);
}

/// A failure that names `key` and says where its value is.
void check_fault(const gguf_builder& built, errc code, const std::string& key, std::uint64_t behind_value = 0) {
    CAPTURE(key);
    const parsed_file file(built);
    check_failure(read(file), code, key, file.value_at(key) + behind_value);
}

auto same_rope(const llama::rope_hyperparameters& a, const llama::rope_hyperparameters& b) -> bool {
    return a.dimension_count == b.dimension_count && a.pairs == b.pairs && a.freq_base == b.freq_base && a.scaling == b.scaling &&
           a.scaling_factor == b.scaling_factor && a.original_context_length == b.original_context_length && a.attention_factor == b.attention_factor &&
           a.yarn_beta_fast == b.yarn_beta_fast && a.yarn_beta_slow == b.yarn_beta_slow && a.yarn_log_multiplier == b.yarn_log_multiplier;
}

/// Whether two models compute the same.
auto same_numbers(const llama::hyperparameters& a, const llama::hyperparameters& b) -> bool {
    const auto whole = [](const llama::hyperparameters& of) {
        return std::vector<std::uint64_t>{of.context_length, of.embedding_length, of.block_count,  of.vocabulary_size,   of.key_length,
                                          of.value_length,   of.sliding_window,   of.expert_count, of.expert_used_count, of.expert_feed_forward_length,
                                          of.shared_expert_feed_forward_length};
    };
    const auto real = [](const llama::hyperparameters& of) {
        return std::vector<float>{of.rms_epsilon, of.attention_scale, of.attention_temperature, of.score_cap, of.embedding_scale, of.residual_scale, of.logit_scale, of.logit_cap};
    };
    if (whole(a) != whole(b) || real(a) != real(b) || a.architecture != b.architecture || a.layers.size() != b.layers.size()) return false;
    for (std::size_t i = 0; i < a.layers.size(); ++i)
        if (a.layers[i].head_count != b.layers[i].head_count || a.layers[i].head_count_kv != b.layers[i].head_count_kv ||
            a.layers[i].feed_forward_length != b.layers[i].feed_forward_length || a.layers[i].is_sliding != b.layers[i].is_sliding ||
            a.layers[i].has_rope != b.layers[i].has_rope)
            return false;
    return same_rope(a.rope, b.rope) && same_rope(a.rope_sliding, b.rope_sliding);
}

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

/// The parts with which a key is read: a model with experts where they are a choice.
const std::vector<family_parts> key_parts = {{}, {.experts = true, .shared_expert = true, .optional_keys = true}};

/// Calls `look(row, parts, key)` for each key that each family reads.
void for_each_key(const std::function<void(const llama::family&, const family_parts&, const family_key&)>& look) {
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : key_parts)
            for (const family_key& key : keys_of(row, parts)) {
                CAPTURE(key.name);
                look(row, parts, key);
            }
}

/// The file with another value under one key.
template <class T>
auto with(const llama::family& row, const family_parts& parts, std::string_view key, const T& value) -> gguf_builder {
    return family_keys(row, parts).without_key(key).key(key, value);
}
template <class T>
auto with_array(const llama::family& row, const family_parts& parts, std::string_view key, const std::vector<T>& values) -> gguf_builder {
    return family_keys(row, parts).without_key(key).array(key, values);
}

/// Some layers, and one key of the family: `key` without the architecture.
template <class T>
auto layers_with(std::string_view architecture, std::uint32_t n_layers, std::string_view key, const T& value) -> gguf_builder {
    return with(family_called(architecture), {.n_layers = n_layers}, std::string(architecture) + "." + std::string(key), value);
}
auto layers_of(std::string_view architecture, std::uint32_t n_layers) -> gguf_builder { return family_keys(family_called(architecture), {.n_layers = n_layers}); }

auto is_number(key_kind kind) -> bool { return kind == key_kind::positive || kind == key_kind::zero_or_more || kind == key_kind::any_number; }
auto is_count(key_kind kind) -> bool { return kind == key_kind::count || kind == key_kind::count_or_none || kind == key_kind::pattern; }

}  // namespace

TEST_CASE("a model of every family opens, whatever optional parts it has, and each of its tensors has a role") {
    CHECK(llama::families.size() == 13);
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : cria_test::all_parts()) {
            CAPTURE(row.architecture);
            const bound_file file(family_model(row, parts));
            INFO(file.complaint());
            REQUIRE(file.weights().has_value());
            CHECK(file.numbers()->architecture == row.architecture);
            CHECK(file.numbers()->has_experts() == cria_test::has_experts(row, parts));
            CHECK(file.weights()->unused().empty());
            CHECK(file.weights()->tied_output == (file.contents().tensors().find("output.weight") == nullptr));
            for (const auto& tensor : file.contents().tensors()) CHECK_FALSE(llama::role_of(tensor.name).empty());
            const auto problems = llama::inspect_weights(file.contents().tensors(), *file.numbers());
            REQUIRE(problems.has_value());
            CHECK(problems->empty());
        }
}

TEST_CASE("a file of every family opens through the one door, with a tokenizer") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const cria_test::temp_file file(family_model(row, {.optional_keys = true, .tokenizer = true, .n_layers = 1}).build());
        const auto model = llama::open(file.path());
        INFO((model ? std::string() : model.error().message()));
        REQUIRE(model.has_value());
        CHECK(model->hyperparameters().vocabulary_size == model->tokenizer().size());
        CHECK(model->hyperparameters().family.architecture == row.architecture);
    }
}

TEST_CASE("the numbers of every family are what its keys say") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const family_parts parts{.experts = true, .shared_expert = true, .optional_keys = true};
        check_reads(family_keys(row, parts), [&](const llama::hyperparameters& numbers) {
            CHECK(numbers.context_length == parts.context);
            CHECK(numbers.key_length == cria_test::head_of(row, parts));
            CHECK(numbers.value_length == numbers.key_length);
            CHECK(numbers.rope.freq_base == 5000.0F);
            CHECK(numbers.rope.scaling == llama::rope_scaling::linear);
            CHECK(numbers.rope.scaling_factor == 4.0F);
            CHECK(numbers.rope.original_context_length == 64);
            CHECK(numbers.rope.attention_factor == 1.5F);
            CHECK(numbers.rope.yarn_beta_fast == (row.reads_yarn ? 16.0F : 32.0F));
            CHECK(numbers.rope.yarn_beta_slow == (row.reads_yarn ? 2.0F : 1.0F));
            CHECK(numbers.rope.yarn_log_multiplier == (row.reads_yarn ? 0.5F : 0.0F));
            CHECK(numbers.attention_scale == (row.reads_attention_scale ? 0.25F : 1.0F / std::sqrt(static_cast<float>(numbers.key_length))));
            CHECK(numbers.attention_temperature == (row.reads_temperature_scale ? 0.1F : 0.0F));
            CHECK(numbers.score_cap == (row.score_cap.is_read ? 20.0F : 0.0F));
            CHECK(numbers.logit_cap == (row.logit_cap.is_read ? 25.0F : 0.0F));
            CHECK(numbers.residual_scale == (row.reads_residual_scale ? 0.5F : 1.0F));
            CHECK(numbers.logit_scale == (row.divides_logits ? 8.0F : 1.0F));
            CHECK(numbers.sliding_window == (row.sliding.default_period != 0 ? 16 : 0));
            CHECK(numbers.layers[0].is_sliding == (row.sliding.default_period != 0));
            CHECK_FALSE(numbers.layers[1].is_sliding);  // sliding_window_pattern is 2
            CHECK(numbers.rope_sliding.freq_base == (row.sliding.default_period != 0 ? 2000.0F : 5000.0F));
            CHECK(numbers.expert_count == (row.experts.presence == llama::part::absent ? 0 : parts.n_experts));
            CHECK(numbers.expert_used_count == (row.experts.presence == llama::part::absent ? 0 : parts.n_used));
            CHECK(numbers.shared_expert_feed_forward_length == (row.experts.shared == llama::part::absent ? 0 : parts.shared_forward));
            if (numbers.has_experts()) CHECK(numbers.expert_feed_forward_length == (row.experts.own_length ? parts.expert_forward : parts.feed_forward));
        });
    }
}

TEST_CASE("every key that a family needs is missed by name, and every other may be absent") {
    for_each_key([](const llama::family& row, const family_parts& parts, const family_key& key) {
        if (!key.written) return;
        const parsed_file file(family_keys(row, parts).without_key(key.name));
        const auto numbers = read(file);
        if (key.required) return check_failure(numbers, errc::missing_key, key.name);
        // Two that need each other: experts, and how many are used; and a head of another size than the embedding gives.
        if (key.name.ends_with(".expert_used_count")) return check_failure(numbers, errc::contradictory_keys, key.name);
        if (key.name.ends_with(".expert_count")) return check_failure(numbers, errc::contradictory_keys, std::string(row.architecture) + ".expert_used_count", file.value_at(std::string(row.architecture) + ".expert_used_count"));
        const bool is_half_a_head = key.name.ends_with(".key_length") || key.name.ends_with(".value_length");
        if (is_half_a_head && !row.heads_fill_embedding) {
            const std::string other = std::string(row.architecture) + (key.name.ends_with(".key_length") ? ".attention.value_length" : ".attention.key_length");
            return check_failure(numbers, errc::contradictory_keys, other, file.value_at(other));
        }
        INFO((numbers ? std::string() : numbers.error().message()));
        CHECK(numbers.has_value());
    });
    for (const char* key : {"general.architecture", "llama.vocab_size"}) {
        const parsed_file file(family_keys(llama::families[0]).without_key(key));
        check_failure(read(file), errc::missing_key, std::string_view(key).starts_with("general") ? key : "tokenizer.ggml.tokens");
    }
}

TEST_CASE("counts beyond their limits, and values of another type, are refused under every key of every family") {
    for_each_key([](const llama::family& row, const family_parts& parts, const family_key& key) {
        const auto refused = [&](errc code, const auto& value, std::uint64_t behind = 0) { check_fault(with(row, parts, key.name, value), code, key.name, behind); };
        if (!is_count(key.kind)) return;
        refused(errc::out_of_range, std::numeric_limits<std::uint64_t>::max());
        refused(errc::out_of_range, static_cast<std::uint64_t>(key.most + 1));
        for (const std::int64_t negative : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()}) refused(errc::out_of_range, negative);
        refused(errc::out_of_range, std::int8_t{-1});
        for (const float number : {0.0F, 1.0F, not_a_number}) refused(errc::wrong_type, number);
        refused(errc::wrong_type, true);
        refused(errc::wrong_type, "2", 8);
        check_fault(with_array(row, parts, key.name, std::vector<std::string>{"2", "2"}), errc::wrong_type, key.name, 12);
        if (key.per_layer) {
            check_fault(with_array(row, parts, key.name, std::vector<std::uint32_t>{2, 2, 2}), errc::contradictory_keys, key.name, 12);
            check_fault(with_array(row, parts, key.name, std::vector<bool>{true, true}), errc::wrong_type, key.name, 12);
            check_fault(with_array(row, parts, key.name, std::vector<std::int64_t>{-1, 2}), errc::out_of_range, key.name, 12);
            check_fault(with_array(row, parts, key.name, std::vector<std::uint16_t>{2, 0}), errc::out_of_range, key.name, 14);
        } else if (key.kind != key_kind::pattern) {
            check_fault(with_array(row, parts, key.name, std::vector<std::uint32_t>{2, 2}), errc::wrong_type, key.name, 12);
        }
        if (key.kind == key_kind::count && !key.zero_is_default) {
            refused(errc::out_of_range, std::uint8_t{0});
            refused(errc::out_of_range, std::int64_t{0});
        }
    });
}

TEST_CASE("floats that are no such number, and values of another type, are refused under every key of every family") {
    for_each_key([](const llama::family& row, const family_parts& parts, const family_key& key) {
        const auto refused = [&](errc code, const auto& value, std::uint64_t behind = 0) { check_fault(with(row, parts, key.name, value), code, key.name, behind); };
        if (!is_number(key.kind)) return;
        for (const float number : {not_a_number, -not_a_number, infinity, -infinity}) refused(errc::out_of_range, number);
        for (const double number : {1e39, -1e300, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) refused(errc::out_of_range, number);
        if (key.kind != key_kind::any_number)  // 1 / 1e-45F is infinite
            for (const float number : {-1.0F, -1e-45F, std::numeric_limits<float>::lowest(), 1e-45F, 1.17e-38F}) refused(errc::out_of_range, number);
        if (key.kind == key_kind::positive && !key.zero_is_default)
            for (const float zero : {0.0F, -0.0F}) refused(errc::out_of_range, zero);
        refused(errc::wrong_type, std::uint32_t{1});
        refused(errc::wrong_type, std::int64_t{-1});
        refused(errc::wrong_type, true);
        refused(errc::wrong_type, "1", 8);
        check_fault(with_array(row, parts, key.name, std::vector<float>{1, 1}), errc::wrong_type, key.name, 12);
    });
}

TEST_CASE("flags, texts and patterns of another type or meaning are refused") {
    for_each_key([](const llama::family& row, const family_parts& parts, const family_key& key) {
        if (key.kind == key_kind::flag)
            for (const std::uint32_t number : {0U, 1U}) check_fault(with(row, parts, key.name, number), errc::wrong_type, key.name);
        if (key.kind == key_kind::text) {
            check_fault(with(row, parts, key.name, 1U), errc::wrong_type, key.name);
            for (const char* text : {"", "YARN", "linear ", "dynamic"}) check_fault(with(row, parts, key.name, text), errc::invalid_value, key.name, 8);
        }
    });
    for (const char* architecture : {"gemma2", "gemma3"}) {
        const llama::family& row = family_called(architecture);
        const family_parts parts{.optional_keys = true};
        const std::string key = std::string(architecture) + ".attention.sliding_window_pattern";
        check_fault(with_array(row, parts, key, std::vector<bool>{true, false, true}), errc::contradictory_keys, key, 12);
        check_fault(with_array(row, parts, key, std::vector<std::uint32_t>{1, 0, 1}), errc::contradictory_keys, key, 12);
        check_fault(with_array(row, parts, key, std::vector<float>{1, 0}), errc::wrong_type, key, 12);
    }
}

TEST_CASE("an integer of any width and sign that fits, and a double that rounds, is taken under every key") {
    for_each_key([](const llama::family& row, const family_parts& parts, const family_key& key) {
        const parsed_file plain(is_count(key.kind) ? with(row, parts, key.name, key.number) : with(row, parts, key.name, key.real));
        const auto same = [&](const gguf_builder& built) {
            const parsed_file file(built);
            const auto numbers = read(file), wanted = read(plain);
            INFO((numbers ? std::string() : numbers.error().message()));
            REQUIRE(numbers.has_value());
            CHECK(same_numbers(*numbers, *wanted));
        };
        if (is_count(key.kind) && (key.number != 0 || key.kind != key_kind::count)) {
            if (key.number < 128) same(with(row, parts, key.name, static_cast<std::int8_t>(key.number)));
            same(with(row, parts, key.name, static_cast<std::uint8_t>(key.number)));
            same(with(row, parts, key.name, static_cast<std::int16_t>(key.number)));
            same(with(row, parts, key.name, static_cast<std::uint16_t>(key.number)));
            same(with(row, parts, key.name, static_cast<std::int32_t>(key.number)));
            same(with(row, parts, key.name, static_cast<std::int64_t>(key.number)));
            same(with(row, parts, key.name, static_cast<std::uint64_t>(key.number)));
            if (key.per_layer) {
                same(with_array(row, parts, key.name, std::vector<std::int16_t>{static_cast<std::int16_t>(key.number), static_cast<std::int16_t>(key.number)}));
                same(with_array(row, parts, key.name, std::vector<std::uint64_t>{key.number, key.number}));
            }
        }
        if (is_number(key.kind)) same(with(row, parts, key.name, static_cast<double>(key.real)));
    });
}

TEST_CASE("a 0 that llama.cpp takes for absence is absence: its own writer stores one") {
    std::set<std::string> tried;
    for_each_key([&](const llama::family& row, const family_parts& parts, const family_key& key) {
        if (!key.zero_is_default) return;
        tried.insert(key.name.substr(row.architecture.size()));
        const parsed_file absent(family_keys(row, parts).without_key(key.name));
        const auto check = [&](const gguf_builder& built) {
            const parsed_file zero(built);
            const auto numbers = read(zero), wanted = read(absent);
            INFO((numbers ? std::string() : numbers.error().message()));
            REQUIRE(numbers.has_value());
            CHECK(same_numbers(*numbers, *wanted));
        };
        if (key.kind == key_kind::count) return check(with(row, parts, key.name, 0U));
        check(with(row, parts, key.name, 0.0F));
        check(with(row, parts, key.name, -0.0F));
    });
    CHECK(tried == std::set<std::string>{".rope.scaling.factor", ".attention.scale", ".embedding_scale", ".residual_scale", ".expert_feed_forward_length",
                                         ".expert_shared_feed_forward_length"});
}

TEST_CASE("keys that a family does not read change nothing, whatever they hold") {
    std::set<std::string> names = {"expert_weights_scale", "expert_weights_norm", "expert_gating_func", "rope.scaling.yarn_ext_factor", "rope.scaling.yarn_attn_factor",
                                   "rope.scaling.alpha", "attention.clamp_kqv", "use_parallel_residual", "tensor_data_layout", "attention.layer_norm_epsilon",
                                   "expert_shared_count", "leading_dense_block_count"};
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : key_parts)
            for (const family_key& key : keys_of(row, parts)) names.insert(key.name.substr(row.architecture.size() + 1));
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : key_parts) {
            std::set<std::string> own = {"rope.scale_linear"};  // read where rope.scaling.factor is absent
            for (const family_key& key : keys_of(row, parts)) own.insert(key.name.substr(row.architecture.size() + 1));
            if (row.experts.shared == llama::part::optional) own.insert("expert_shared_feed_forward_length");
            const parsed_file plain(family_keys(row, parts));
            const auto wanted = read(plain);
            for (const std::string& name : names) {
                if (own.contains(name)) continue;
                const std::string key = std::string(row.architecture) + "." + name;
                CAPTURE(key);
                const auto ignored = [&](const gguf_builder& built) {
                    const parsed_file file(built);
                    const auto numbers = read(file);
                    INFO((numbers ? std::string() : numbers.error().message()));
                    REQUIRE(numbers.has_value());
                    CHECK(same_numbers(*numbers, *wanted));
                };
                ignored(family_keys(row, parts).key(key, 7U));
                ignored(family_keys(row, parts).key(key, not_a_number));
                ignored(family_keys(row, parts).key(key, "x"));
            }
        }
}

TEST_CASE("keys that say what no family here computes are refused, unless they say that it is not to be computed") {
    for (const llama::family& row : llama::families)
        for (const family_parts& parts : key_parts) {
            CAPTURE(row.architecture);
            const parsed_file plain(family_keys(row, parts));
            const auto wanted = read(plain);
            REQUIRE(wanted.has_value());
            const auto refused = [&](std::string_view key, errc code, const auto& value) {
                const std::string whole = std::string(row.architecture) + "." + std::string(key);
                check_fault(family_keys(row, parts).key(whole, value), code, whole);
            };
            const auto ignored = [&](std::string_view key, const auto& value) {
                const parsed_file file(family_keys(row, parts).key(std::string(row.architecture) + "." + std::string(key), value));
                const auto numbers = read(file);
                INFO((numbers ? std::string() : numbers.error().message()));
                REQUIRE(numbers.has_value());
                CHECK(same_numbers(*numbers, *wanted));
            };
            refused("attention.causal", errc::unsupported_feature, false);
            refused("attention.causal", errc::wrong_type, 0U);
            ignored("attention.causal", true);
            refused("nextn_predict_layers", errc::unsupported_feature, 1U);
            refused("nextn_predict_layers", errc::out_of_range, -1);
            ignored("nextn_predict_layers", 0U);
            if (wanted->has_experts()) {
                refused("expert_group_count", errc::unsupported_feature, 2U);
                refused("expert_group_count", errc::wrong_type, 2.0F);
                for (const std::uint32_t groups : {0U, 1U}) ignored("expert_group_count", groups);
            } else {
                ignored("expert_group_count", 2U);
            }
            const std::pair<const char*, std::uint32_t> of_sliding_layers[] = {{"attention.key_length_swa", wanted->key_length},
                                                                               {"attention.value_length_swa", wanted->value_length},
                                                                               {"rope.dimension_count_swa", wanted->rope.dimension_count}};
            for (const auto& [key, length] : of_sliding_layers) {
                ignored(key, length);
                if (wanted->sliding_window == 0) {
                    ignored(key, length + 2);
                } else {
                    refused(key, errc::unsupported_feature, length + 2);
                    refused(key, errc::out_of_range, 0U);
                }
            }
        }
}

TEST_CASE("what is famous for being ignored is ignored") {
    // The walk above goes by the table; these are llama.cpp's facts.
    const auto reads = [](std::string_view architecture, std::string_view key) {
        for (const family_parts& parts : key_parts)
            for (const family_key& known : keys_of(family_called(architecture), parts))
                if (known.name == std::string(architecture) + "." + std::string(key)) return true;
        return false;
    };
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const std::string_view name = row.architecture;
        const bool granite = name == "granite" || name == "granitemoe", moe = name == "qwen2moe" || name == "qwen3moe";
        CHECK(reads(name, "attention.sliding_window") == (name == "gemma2" || name == "gemma3"));
        CHECK(reads(name, "rope.freq_base_swa") == (name == "gemma2" || name == "gemma3"));
        CHECK(reads(name, "rope.scaling.yarn_beta_fast") == (name == "mistral3"));
        CHECK(reads(name, "rope.scaling.yarn_log_multiplier") == (name == "mistral3"));
        CHECK(reads(name, "attention.temperature_scale") == (name == "mistral3"));
        CHECK(reads(name, "rope.scaling.finetuned") == (name == "granite"));
        CHECK(reads(name, "logit_scale") == granite);
        CHECK(reads(name, "attention.scale") == granite);
        CHECK(reads(name, "embedding_scale") == granite);
        CHECK(reads(name, "residual_scale") == granite);
        CHECK(reads(name, "attn_logit_softcapping") == (name == "gemma2"));
        CHECK(reads(name, "final_logit_softcapping") == (name == "gemma2" || name == "gemma3"));
        CHECK(reads(name, "expert_count") == (name == "llama" || name == "mistral3" || granite || moe));
        CHECK(reads(name, "expert_feed_forward_length") == moe);
        CHECK(reads(name, "expert_shared_feed_forward_length") == (granite || name == "qwen2moe"));
    }
}

TEST_CASE("keys that contradict one another are told apart in every family") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const std::string name(row.architecture);
        const auto changed = [&](std::string_view key, std::uint32_t number) { return with(row, {}, name + "." + std::string(key), number); };
        check_fault(changed("attention.head_count_kv", 3), errc::contradictory_keys, name + ".attention.head_count_kv");
        check_fault(changed("attention.head_count_kv", 8), errc::contradictory_keys, name + ".attention.head_count_kv");
        const auto two_lengths = changed("attention.value_length", 16).without_key(name + ".attention.key_length").key(name + ".attention.key_length", 14U);
        check_fault(two_lengths, errc::contradictory_keys, name + ".attention.value_length");
        // The rotated part of a head.
        const std::uint32_t head = cria_test::head_of(row, {});
        check_fault(changed("rope.dimension_count", head + 2), errc::contradictory_keys, name + ".rope.dimension_count");
        check_fault(changed("rope.dimension_count", head - 1), row.rotates_part_of_head ? errc::out_of_range : errc::contradictory_keys, name + ".rope.dimension_count");
        const parsed_file part_of_head(changed("rope.dimension_count", head - 2));
        CHECK(read(part_of_head).has_value() == (name == "phi3" || name.starts_with("gemma")));
        // Heads of a size of their own.
        auto wide = changed("attention.value_length", 16).without_key(name + ".attention.key_length").key(name + ".attention.key_length", 16U);
        if (name == "qwen2" || name == "qwen2moe" || name == "phi3") {
            check_fault(wide, errc::contradictory_keys, name + ".attention.key_length");
            const auto uneven = with_array(row, {}, name + ".attention.head_count", std::vector<std::uint32_t>{4, 2});
            check_fault(uneven, errc::contradictory_keys, name + ".attention.head_count", 12);
        } else {
            check_reads(wide, [](const llama::hyperparameters& numbers) { CHECK(numbers.key_length == 16); });
        }
        // Heads that do not divide the embedding, where no key says how large they are.
        auto thirds = family_keys(row).without_key(name + ".attention.key_length").without_key(name + ".attention.value_length").without_key(name + ".attention.head_count_kv").without_key(name + ".attention.head_count");
        check_fault(thirds.key(name + ".attention.head_count", 3U), errc::contradictory_keys, name + ".embedding_length");
    }
}

TEST_CASE("an odd number of values to rotate is the fault of the key that it came from") {
    auto odd = family_keys(family_called("llama"), {.embedding = 28, .head = 7});
    odd.without_key("llama.attention.key_length").without_key("llama.attention.value_length");
    check_fault(odd, errc::out_of_range, "llama.embedding_length");
    odd.key("llama.attention.key_length", 7U).key("llama.attention.value_length", 7U);
    check_fault(odd, errc::out_of_range, "llama.attention.key_length");
    check_fault(odd.key("llama.rope.dimension_count", 7U), errc::out_of_range, "llama.rope.dimension_count");
}

TEST_CASE("experts that are used are experts that exist, in every family that has any") {
    for (const llama::family& row : llama::families) {
        if (row.experts.presence == llama::part::absent) continue;
        CAPTURE(row.architecture);
        const std::string count = std::string(row.architecture) + ".expert_count", used = std::string(row.architecture) + ".expert_used_count";
        const family_parts parts{.experts = true};
        check_fault(with(row, parts, used, 4U), errc::contradictory_keys, used);
        check_fault(with(row, parts, used, 0U), errc::contradictory_keys, used);
        check_reads(with(row, parts, used, 3U), [](const llama::hyperparameters& numbers) { CHECK(numbers.expert_used_count == 3); });
        if (row.experts.presence == llama::part::required) {
            check_fault(with(row, parts, count, 0U), errc::out_of_range, count);
            const parsed_file without(family_keys(row, parts).without_key(count).without_key(used));
            check_failure(read(without), errc::missing_key, count);
        } else {
            check_fault(with(row, parts, count, 0U), errc::contradictory_keys, used);
        }
    }
}

// --- what each family does where a file says nothing (llama.cpp's defaults) ---

TEST_CASE("an expert is as long as its family says where no key does") {
    for (const char* name : {"qwen2moe", "qwen3moe"}) {
        const std::string key = std::string(name) + ".expert_feed_forward_length";
        auto silent = family_keys(family_called(name), {.feed_forward = 49}).without_key(key);
        check_reads(silent, [](const llama::hyperparameters& numbers) { CHECK(numbers.expert_feed_forward_length == 24); });  // 49 / 2
        const std::string forward = std::string(name) + ".feed_forward_length";
        check_fault(silent.without_key(forward).key(forward, 1U), errc::contradictory_keys, forward);
        silent.key(key, 5U);
        check_reads(silent, [](const llama::hyperparameters& numbers) { CHECK(numbers.expert_feed_forward_length == 5); });
    }
    check_reads(family_keys(family_called("qwen2moe")).without_key("qwen2moe.expert_shared_feed_forward_length"),
                [](const llama::hyperparameters& numbers) { CHECK(numbers.shared_expert_feed_forward_length == 48); });
    for (const char* name : {"llama", "mistral3", "granite", "granitemoe"})
        check_reads(family_keys(family_called(name), {.experts = true}), [](const llama::hyperparameters& numbers) {
            CHECK(numbers.expert_feed_forward_length == 48);
            CHECK(numbers.shared_expert_feed_forward_length == 0);
        });
}

TEST_CASE("granite multiplies by 1 and rotates unless its file says otherwise") {
    for (const char* name : {"granite", "granitemoe"}) {
        check_reads(family_keys(family_called(name)), [](const llama::hyperparameters& numbers) {
            CHECK(numbers.embedding_scale == 1.0F);
            CHECK(numbers.residual_scale == 1.0F);
            CHECK(numbers.attention_scale == 1.0F / std::sqrt(12.0F));
            CHECK(numbers.logit_scale == 8.0F);
            CHECK(numbers.layers[0].has_rope);
            CHECK(numbers.layers[1].has_rope);
        });
        const bool stays = std::string_view(name) == "granitemoe";
        check_reads(family_keys(family_called(name)).key(std::string(name) + ".rope.scaling.finetuned", false), [&](const llama::hyperparameters& numbers) {
            CHECK(numbers.layers[0].has_rope == stays);
            CHECK(numbers.layers[1].has_rope == stays);
            CHECK(numbers.is_uniform());
        });
    }
}

TEST_CASE("every fourth layer of smollm3 does not rotate") {
    check_reads(layers_of("smollm3", 9), [](const llama::hyperparameters& numbers) {
        for (std::uint32_t layer = 0; layer < 9; ++layer) CHECK(numbers.layers[layer].has_rope == ((layer + 1) % 4 != 0));
        CHECK_FALSE(numbers.is_uniform());
        CHECK(numbers.rope.pairs == llama::rope_pairs::adjacent);
    });
}

TEST_CASE("gemma multiplies embeddings by the root of their length") {
    for (const char* name : {"gemma", "gemma2", "gemma3"})
        check_reads(family_keys(family_called(name)), [](const llama::hyperparameters& numbers) { CHECK(numbers.embedding_scale == std::sqrt(32.0F)); });
}

TEST_CASE("gemma2 caps scores and logits, and slides in every second layer, unless its file says otherwise") {
    check_reads(layers_of("gemma2", 5), [](const llama::hyperparameters& numbers) {
        CHECK(numbers.score_cap == 50.0F);
        CHECK(numbers.logit_cap == 30.0F);
        CHECK(numbers.sliding_window == 4096);
        for (std::uint32_t layer = 0; layer < 5; ++layer) CHECK(numbers.layers[layer].is_sliding == (layer % 2 == 0));
        CHECK(same_rope(numbers.rope, numbers.rope_sliding));
    });
    check_reads(layers_with("gemma2", 2, "attention.sliding_window", 0U), [](const llama::hyperparameters& numbers) {
        CHECK(numbers.sliding_window == 0);
        CHECK_FALSE(numbers.layers[0].is_sliding);
    });
    // Scaling goes for all of its layers, and a frequency of sliding ones is theirs alone.
    check_reads(layers_with("gemma2", 2, "rope.scaling.factor", 4.0F).key("gemma2.rope.freq_base", 5.0F).key("gemma2.rope.freq_base_swa", 7.0F),
                [](const llama::hyperparameters& numbers) {
                    CHECK(numbers.rope.freq_base == 5.0F);
                    CHECK(numbers.rope_sliding.freq_base == 7.0F);
                    CHECK(numbers.rope_sliding.scaling_factor == 4.0F);
                    CHECK(&numbers.rope_of(0) == &numbers.rope_sliding);
                    CHECK(&numbers.rope_of(1) == &numbers.rope);
                });
}

TEST_CASE("gemma3 slides in five of six layers where a window is given, by a frequency of its own and unscaled") {
    check_reads(layers_of("gemma3", 13), [](const llama::hyperparameters& numbers) {
        CHECK(numbers.score_cap == 0.0F);
        CHECK(numbers.logit_cap == 0.0F);
        CHECK(numbers.sliding_window == 0);
        for (const auto& layer : numbers.layers) CHECK_FALSE(layer.is_sliding);
    });
    check_reads(layers_with("gemma3", 13, "attention.sliding_window", 512U).key("gemma3.rope.freq_base", 1e6F).key("gemma3.rope.scaling.factor", 8.0F),
                [](const llama::hyperparameters& numbers) {
                    CHECK(numbers.sliding_window == 512);
                    for (std::uint32_t layer = 0; layer < 13; ++layer) CHECK(numbers.layers[layer].is_sliding == (layer % 6 < 5));
                    CHECK(numbers.rope.freq_base == 1e6F);
                    CHECK(numbers.rope.scaling_factor == 8.0F);
                    CHECK(numbers.rope_sliding.freq_base == 10000.0F);
                    CHECK(numbers.rope_sliding.scaling == llama::rope_scaling::none);
                    CHECK(numbers.rope_sliding.scaling_factor == 1.0F);
                });
    check_reads(layers_with("gemma3", 2, "final_logit_softcapping", 0.0F), [](const llama::hyperparameters& numbers) { CHECK(numbers.logit_cap == 0.0F); });
}

TEST_CASE("a sliding pattern is a period, or a list that says it layer by layer and may end early") {
    for (const char* name : {"gemma2", "gemma3"}) {
        const llama::family& row = family_called(name);
        const family_parts parts{.optional_keys = true, .n_layers = 7};
        const std::string key = std::string(name) + ".attention.sliding_window_pattern";
        const auto slides = [&](const gguf_builder& built, const std::vector<bool>& wanted) {
            check_reads(built, [&](const llama::hyperparameters& numbers) {
                for (std::uint32_t layer = 0; layer < 7; ++layer) CHECK(numbers.layers[layer].is_sliding == wanted[layer]);
            });
        };
        slides(with(row, parts, key, 3U), {true, true, false, true, true, false, true});
        slides(with(row, parts, key, 1U), std::vector<bool>(7, false));
        slides(with(row, parts, key, 0U), std::vector<bool>(7, true));
        slides(with(row, parts, key, llama::max_count), std::vector<bool>(7, true));
        slides(with_array(row, parts, key, std::vector<bool>{false, true, true, false, false, true, true}), {false, true, true, false, false, true, true});
        slides(with_array(row, parts, key, std::vector<bool>{false, true}), {false, true, false, false, false, false, false});
        slides(with_array(row, parts, key, std::vector<bool>{}), std::vector<bool>(7, false));
        // What llama.cpp writes when it saves a model.
        slides(with_array(row, parts, key, std::vector<std::uint32_t>{0, 1, 1, 0, 0, 1, 1}), {false, true, true, false, false, true, true});
        slides(with_array(row, parts, key, std::vector<std::int32_t>{1}), {true, false, false, false, false, false, false});
    }
}

TEST_CASE("the largest gemma models scale scores by the width of a share of the embedding") {
    const auto scale = [](std::string_view name, std::uint32_t n_layers) {
        float stated = 0;
        check_reads(layers_of(name, n_layers), [&](const llama::hyperparameters& numbers) { stated = numbers.attention_scale; });
        return stated;
    };
    const float narrow = 1.0F / std::sqrt(12.0F), wide = 1.0F / std::sqrt(8.0F);  // 32 / 4 heads
    CHECK(scale("gemma2", 46) == wide);
    CHECK(scale("gemma2", 45) == narrow);
    CHECK(scale("gemma2", 62) == narrow);
    CHECK(scale("gemma3", 62) == wide);
    CHECK(scale("gemma3", 46) == narrow);
    CHECK(scale("gemma", 46) == narrow);
    CHECK(scale("llama", 62) == narrow);
    // More heads than the embedding is long would give an infinite scale.
    for (const auto& [name, n_layers] : {std::pair{"gemma2", 46U}, std::pair{"gemma3", 62U}}) {
        const std::string heads = std::string(name) + ".attention.head_count";
        auto many = family_keys(family_called(name), {.n_layers = n_layers}).without_key(heads).key(heads, 64U);
        check_fault(many, errc::contradictory_keys, heads);
    }
}

TEST_CASE("which numbers are turned together, and how many, is the family's") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const std::string_view name = row.architecture;
        const bool adjacent = name == "llama" || name == "mistral3" || name == "granite" || name == "granitemoe" || name == "smollm3";
        check_reads(family_keys(row), [&](const llama::hyperparameters& numbers) {
            CHECK(numbers.rope.pairs == (adjacent ? llama::rope_pairs::adjacent : llama::rope_pairs::halves));
            CHECK(numbers.rope.dimension_count == numbers.key_length);
        });
    }
    check_reads(family_keys(family_called("phi3"), {.embedding = 64}).key("phi3.rope.dimension_count", 12U), [](const llama::hyperparameters& numbers) {
        CHECK(numbers.key_length == 16);
        CHECK(numbers.rope.dimension_count == 12);
    });
}

TEST_CASE("the old name of the scaling factor is read where the new one is absent, in every family") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        const std::string name(row.architecture);
        check_reads(with(row, {}, name + ".rope.scale_linear", 3.0F), [](const llama::hyperparameters& numbers) { CHECK(numbers.rope.scaling_factor == 3.0F); });
        check_fault(with(row, {}, name + ".rope.scale_linear", -3.0F), errc::out_of_range, name + ".rope.scale_linear");
        check_reads(with(row, {}, name + ".rope.scale_linear", not_a_number).key(name + ".rope.scaling.factor", 2.0F),
                    [](const llama::hyperparameters& numbers) { CHECK(numbers.rope.scaling_factor == 2.0F); });
    }
}

TEST_CASE("512 layers are read in every family, and 513 are not") {
    for (const llama::family& row : llama::families) {
        CAPTURE(row.architecture);
        check_reads(family_keys(row, {.n_layers = 512}), [](const llama::hyperparameters& numbers) { CHECK(numbers.layers.size() == 512); });
        check_fault(family_keys(row, {.n_layers = 513}), errc::out_of_range, std::string(row.architecture) + ".block_count");
    }
}
