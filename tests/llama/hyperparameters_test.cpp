// SPDX-License-Identifier: MIT
#include "cria/llama/hyperparameters.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "llama/opening.hpp"
#include "support/catch.hpp"
#include "support/tiny_models.hpp"

namespace llama = cria::llama;
using cria::errc;
using cria_test::gguf_builder;
using cria_test::parsed_file;
using cria_test::tiny_llama;

namespace {

/// The tiny model with another value under one key.
template <class T>
auto with(std::string_view key, const T& value) -> gguf_builder {
    return tiny_llama().without_key(key).key(key, value);
}
template <class T>
auto with_array(std::string_view key, const std::vector<T>& values) -> gguf_builder {
    return tiny_llama().without_key(key).array(key, values);
}

/// Expects a failure that names `key` and says where its value is.
void check_fault(const gguf_builder& built, errc code, const std::string& key, std::uint64_t behind_value = 0) {
    CAPTURE(key);
    const parsed_file file(built);
    const auto read = llama::hyperparameters_from(file.contents().metadata());
    REQUIRE_FALSE(read.has_value());
    INFO(read.error().message());
    CHECK(cria::name_of(read.error().code) == std::string_view(cria::name_of(code)));
    CHECK(read.error().subject.view() == key);
    CHECK(read.error().offset == file.value_at(key) + behind_value);
}

/// Expects a failure about a key that the file does not have.
void check_absent(const gguf_builder& built, errc code, std::string_view key) {
    CAPTURE(key);
    const parsed_file file(built);
    const auto read = llama::hyperparameters_from(file.contents().metadata());
    REQUIRE_FALSE(read.has_value());
    CHECK(cria::name_of(read.error().code) == std::string_view(cria::name_of(code)));
    CHECK(read.error().subject.view() == key);
    CHECK(read.error().offset == cria::error::no_offset);
}

/// What a file that opens says.
template <class F>
void check_reads(const gguf_builder& built, F&& look) {
    const parsed_file file(built);
    const auto read = llama::hyperparameters_from(file.contents().metadata());
    INFO((read ? std::string() : read.error().message()));
    REQUIRE(read.has_value());
    look(*read);
}

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE("hyper-parameters are what the file says") {
    check_reads(tiny_llama(), [](const llama::hyperparameters& read) {
        CHECK(read.architecture == "llama");
        CHECK(read.name == "tiny");
        CHECK(read.context_length == 128);
        CHECK(read.embedding_length == 32);
        CHECK(read.block_count == 2);
        CHECK(read.vocabulary_size == cria_test::tiny_byte_level_vocabulary().tokens.size());
        CHECK(read.rms_epsilon == 1e-5F);
        CHECK(read.layers.size() == 2);
        CHECK(read.head_count() == 4);
        CHECK(read.head_count_kv(1) == 2);
        CHECK(read.feed_forward_length(1) == 64);
        CHECK(read.is_uniform());
        CHECK_FALSE(read.has_experts());
    });
}

TEST_CASE("keys that are not there have llama.cpp's defaults") {
    check_reads(tiny_llama()
                    .without_key("general.name")
                    .without_key("llama.attention.head_count_kv")
                    .without_key("llama.rope.dimension_count")
                    .without_key("llama.rope.freq_base")
                    .without_key("llama.vocab_size"),
                [](const llama::hyperparameters& read) {
                    CHECK(read.name.empty());
                    CHECK(read.head_count_kv() == 4);  // head_count
                    CHECK(read.key_length == 8);       // embedding_length / head_count
                    CHECK(read.value_length == 8);
                    CHECK(read.rope.dimension_count == 8);  // key_length
                    CHECK(read.rope.pairs == llama::rope_pairs::adjacent);
                    CHECK(read.rope.freq_base == 10000.0F);
                    CHECK(read.rope.scaling == llama::rope_scaling::none);
                    CHECK(read.rope.scaling_factor == 1.0F);
                    CHECK(read.rope.original_context_length == 128);  // context_length
                    CHECK(read.rope.attention_factor == 1.0F);
                    CHECK(read.expert_count == 0);
                    CHECK(read.expert_used_count == 0);
                });
}

TEST_CASE("integers of any width and sign are read by value") {
    const auto is_2_layers = [](const llama::hyperparameters& read) { CHECK(read.block_count == 2); };
    check_reads(with("llama.block_count", std::uint8_t{2}), is_2_layers);
    check_reads(with("llama.block_count", std::int8_t{2}), is_2_layers);
    check_reads(with("llama.block_count", std::uint16_t{2}), is_2_layers);
    check_reads(with("llama.block_count", std::int32_t{2}), is_2_layers);
    check_reads(with("llama.block_count", std::uint64_t{2}), is_2_layers);
    check_reads(with("llama.block_count", std::int64_t{2}), is_2_layers);
    check_reads(with("llama.attention.layer_norm_rms_epsilon", 1e-6), [](const llama::hyperparameters& read) { CHECK(read.rms_epsilon == 1e-6F); });
}

TEST_CASE("a required key that is missing is named") {
    for (const char* key : {"llama.context_length", "llama.embedding_length", "llama.block_count", "llama.feed_forward_length",
                            "llama.attention.head_count", "llama.attention.layer_norm_rms_epsilon"})
        check_absent(tiny_llama().without_key(key), errc::missing_key, key);
    check_absent(tiny_llama().without_key("general.architecture"), errc::missing_key, "general.architecture");
}

TEST_CASE("counts of 0 or beyond what can be counted are out of range, at the value's place") {
    for (const char* key : {"llama.context_length", "llama.embedding_length", "llama.block_count", "llama.feed_forward_length",
                            "llama.attention.head_count", "llama.attention.head_count_kv", "llama.attention.key_length",
                            "llama.attention.value_length", "llama.rope.dimension_count", "llama.rope.scaling.original_context_length"}) {
        check_fault(with(key, std::uint32_t{0}), errc::out_of_range, key);
        check_fault(with(key, std::uint32_t{0x80000000}), errc::out_of_range, key);
        check_fault(with(key, std::numeric_limits<std::uint64_t>::max()), errc::out_of_range, key);
        check_fault(with(key, std::int32_t{-1}), errc::out_of_range, key);
        check_fault(with(key, 2.0F), errc::wrong_type, key);
        check_fault(with(key, true), errc::wrong_type, key);
    }
    check_fault(with("llama.block_count", llama::max_layers + 1), errc::out_of_range, "llama.block_count");
    check_fault(with("llama.expert_count", llama::max_experts + 1), errc::out_of_range, "llama.expert_count");
    check_reads(with("llama.block_count", llama::max_layers), [](const llama::hyperparameters& read) { CHECK(read.layers.size() == llama::max_layers); });
}

TEST_CASE("floats that are no normal number above 0 are out of range") {
    for (const char* key : {"llama.attention.layer_norm_rms_epsilon", "llama.rope.freq_base", "llama.rope.scaling.factor",
                            "llama.rope.scale_linear", "llama.rope.scaling.attn_factor"}) {
        for (const float number : {not_a_number, -not_a_number, infinity, -infinity, -1.0F, -1e-45F, 1e-45F}) check_fault(with(key, number), errc::out_of_range, key);
        check_fault(with(key, 1e300), errc::out_of_range, key);  // no float
        check_fault(with(key, std::uint32_t{1}), errc::wrong_type, key);
    }
    for (const char* key : {"llama.attention.layer_norm_rms_epsilon", "llama.rope.freq_base", "llama.rope.scaling.attn_factor"})
        check_fault(with(key, 0.0F), errc::out_of_range, key);
}

TEST_CASE("a factor of 0 stands for 1, as in llama.cpp") {
    check_reads(with("llama.rope.scaling.factor", 0.0F), [](const llama::hyperparameters& read) { CHECK(read.rope.scaling_factor == 1.0F); });
    check_reads(with("llama.rope.scale_linear", -0.0F), [](const llama::hyperparameters& read) { CHECK(read.rope.scaling_factor == 1.0F); });
}

TEST_CASE("an architecture that is not in the table is unsupported, and named") {
    for (const std::string_view name : {"qwen", "Llama", "llama2", "", "starcoder"}) {
        const parsed_file file(with("general.architecture", name));
        const auto read = llama::hyperparameters_from(file.contents().metadata());
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == errc::unsupported_architecture);
        CHECK(read.error().subject.view() == "general.architecture");
        CHECK(read.error().found.text() == name);
        CHECK(read.error().offset == file.value_at("general.architecture") + 8);
    }
    check_fault(with("general.architecture", std::uint32_t{1}), errc::wrong_type, "general.architecture");
    check_fault(with("general.name", 1.0F), errc::wrong_type, "general.name");
}

TEST_CASE("kv heads divide the heads") {
    check_fault(with("llama.attention.head_count_kv", std::uint32_t{3}), errc::contradictory_keys, "llama.attention.head_count_kv");
    check_fault(with("llama.attention.head_count_kv", std::uint32_t{8}), errc::contradictory_keys, "llama.attention.head_count_kv");
    check_reads(with("llama.attention.head_count_kv", std::uint32_t{1}), [](const llama::hyperparameters& read) { CHECK(read.head_count_kv() == 1); });
}

TEST_CASE("heads divide the embedding unless the size of a head is stated") {
    auto uneven = with("llama.attention.head_count", std::uint32_t{3}).without_key("llama.attention.head_count_kv").without_key("llama.rope.dimension_count");
    check_fault(uneven, errc::contradictory_keys, "llama.embedding_length");
    check_fault(gguf_builder(uneven).key("llama.attention.key_length", 10U), errc::contradictory_keys, "llama.embedding_length");
    uneven.key("llama.attention.key_length", 10U).key("llama.attention.value_length", 10U);
    check_reads(uneven, [](const llama::hyperparameters& read) {
        CHECK(read.key_length == 10);
        CHECK(read.rope.dimension_count == 10);
    });
}

TEST_CASE("keys and values are of one length") {
    check_fault(with("llama.attention.key_length", 16U), errc::contradictory_keys, "llama.attention.key_length");
    check_fault(with("llama.attention.value_length", 16U), errc::contradictory_keys, "llama.attention.value_length");
    check_fault(with("llama.attention.key_length", 16U).key("llama.attention.value_length", 12U), errc::contradictory_keys, "llama.attention.value_length");
}

TEST_CASE("a whole head is rotated, in pairs") {
    check_fault(with("llama.rope.dimension_count", 4U), errc::contradictory_keys, "llama.rope.dimension_count");
    check_fault(with("llama.rope.dimension_count", 16U), errc::contradictory_keys, "llama.rope.dimension_count");
    const auto odd = with("llama.attention.key_length", 7U).key("llama.attention.value_length", 7U).without_key("llama.rope.dimension_count");
    check_fault(odd, errc::out_of_range, "llama.attention.key_length");
    check_fault(gguf_builder(odd).key("llama.rope.dimension_count", 7U), errc::out_of_range, "llama.rope.dimension_count");
}

TEST_CASE("the ways to scale a rotation are told apart") {
    const auto scaled = [](std::string_view type, float factor) {
        return tiny_llama().key("llama.rope.scaling.type", type).key("llama.rope.scaling.factor", factor);
    };
    check_reads(scaled("linear", 4), [](const llama::hyperparameters& read) {
        CHECK(read.rope.scaling == llama::rope_scaling::linear);
        CHECK(read.rope.scaling_factor == 4.0F);
    });
    check_reads(scaled("yarn", 8).key("llama.rope.scaling.original_context_length", 64U), [](const llama::hyperparameters& read) {
        CHECK(read.rope.scaling == llama::rope_scaling::yarn);
        CHECK(read.rope.scaling_factor == 8.0F);
        CHECK(read.rope.original_context_length == 64);
    });
    check_reads(scaled("longrope", 1).key("llama.rope.scaling.attn_factor", 1.25F), [](const llama::hyperparameters& read) {
        CHECK(read.rope.scaling == llama::rope_scaling::longrope);
        CHECK(read.rope.attention_factor == 1.25F);
    });
    check_reads(scaled("none", 4), [](const llama::hyperparameters& read) {
        CHECK(read.rope.scaling == llama::rope_scaling::none);
        CHECK(read.rope.scaling_factor == 1.0F);
    });
    check_reads(with("llama.rope.scaling.factor", 4.0F), [](const llama::hyperparameters& read) {
        CHECK(read.rope.scaling == llama::rope_scaling::linear);  // what a factor without a type means
    });
    check_reads(with("llama.rope.scale_linear", 4.0F).key("llama.rope.scaling.factor", 2.0F), [](const llama::hyperparameters& read) {
        CHECK(read.rope.scaling_factor == 2.0F);  // the old name gives way
    });
    check_fault(scaled("su", 4), errc::invalid_value, "llama.rope.scaling.type", 8);
    check_fault(with("llama.rope.scaling.type", 1U), errc::wrong_type, "llama.rope.scaling.type");
}

TEST_CASE("experts that are used are experts that exist") {
    check_reads(with("llama.expert_count", 4U).key("llama.expert_used_count", 2U), [](const llama::hyperparameters& read) {
        CHECK(read.expert_count == 4);
        CHECK(read.expert_used_count == 2);
        CHECK(read.has_experts());
    });
    check_fault(with("llama.expert_count", 4U).key("llama.expert_used_count", 5U), errc::contradictory_keys, "llama.expert_used_count");
    check_fault(with("llama.expert_used_count", 1U), errc::contradictory_keys, "llama.expert_used_count");
    check_fault(with("llama.expert_count", 4U).key("llama.expert_used_count", 0U), errc::contradictory_keys, "llama.expert_used_count");
    check_absent(with("llama.expert_count", 4U), errc::contradictory_keys, "llama.expert_used_count");
    check_reads(with("llama.expert_count", 0U).key("llama.expert_used_count", 0U), [](const llama::hyperparameters& read) { CHECK_FALSE(read.has_experts()); });
}

TEST_CASE("numbers that differ from layer to layer come as arrays") {
    check_reads(with_array("llama.feed_forward_length", std::vector<std::int32_t>{64, 96}), [](const llama::hyperparameters& read) {
        CHECK(read.feed_forward_length(0) == 64);
        CHECK(read.feed_forward_length(1) == 96);
        CHECK_FALSE(read.is_uniform());
    });
    check_reads(with_array("llama.attention.head_count_kv", std::vector<std::uint64_t>{4, 1}), [](const llama::hyperparameters& read) {
        CHECK(read.head_count_kv(0) == 4);
        CHECK(read.head_count_kv(1) == 1);
    });
    check_reads(with_array("llama.attention.head_count", std::vector<std::uint8_t>{4, 2}), [](const llama::hyperparameters& read) {
        CHECK(read.head_count(1) == 2);
        CHECK(read.key_length == 8);  // layer 0 says
    });
    constexpr std::uint64_t behind_length = 12;  // an array's value starts behind its element type and count
    const std::string key = "llama.feed_forward_length";
    check_fault(with_array(key, std::vector<std::uint32_t>{64}), errc::contradictory_keys, key, behind_length);
    check_fault(with_array(key, std::vector<std::uint32_t>{64, 64, 64}), errc::contradictory_keys, key, behind_length);
    check_fault(with_array(key, std::vector<std::uint32_t>{}), errc::contradictory_keys, key, behind_length);
    check_fault(with_array(key, std::vector<std::uint32_t>{64, 0}), errc::out_of_range, key, behind_length + 4);  // the element
    check_fault(with_array(key, std::vector<std::int32_t>{64, -1}), errc::out_of_range, key, behind_length + 4);
    check_fault(with_array(key, std::vector<std::uint64_t>{64, std::uint64_t{1} << 40U}), errc::out_of_range, key, behind_length + 8);
    check_fault(with_array(key, std::vector<float>{64, 64}), errc::wrong_type, key, behind_length);
    check_fault(with_array(key, std::vector<std::string>{"64", "64"}), errc::wrong_type, key, behind_length);
    check_fault(with_array("llama.attention.head_count_kv", std::vector<std::uint32_t>{4, 3}), errc::contradictory_keys, "llama.attention.head_count_kv", behind_length);
}

TEST_CASE("an error about a key reads as a sentence") {
    const auto message = [](const gguf_builder& built) {
        const parsed_file file(built);
        std::string text = llama::hyperparameters_from(file.contents().metadata()).error().message();
        return text.substr(0, text.find(" at byte"));
    };
    CHECK(message(with("llama.block_count", 1000U)) == "llama.block_count: is above the limit, expected 512, found 1000");
    CHECK(message(with("llama.context_length", 0U)) == "llama.context_length: is 0");
    CHECK(message(with("llama.rope.freq_base", not_a_number)) == "llama.rope.freq_base: is not a normal number above 0");
    CHECK(message(with("llama.attention.head_count_kv", 3U)) ==
          "llama.attention.head_count_kv: does not divide attention.head_count, expected 4, found 3");
    CHECK(message(with("llama.rope.scaling.type", "su")) == "llama.rope.scaling.type: is no known way to scale: su");
    CHECK(message(with_array("llama.feed_forward_length", std::vector<std::int32_t>{64, -1})) == "llama.feed_forward_length: has a negative element");
}

TEST_CASE("the vocabulary is as large as the tokenizer's, or as the key says where there is none") {
    check_reads(with("llama.vocab_size", 1U), [](const llama::hyperparameters& read) {
        CHECK(read.vocabulary_size == cria_test::tiny_byte_level_vocabulary().tokens.size());
    });
    check_reads(tiny_llama().without_key("tokenizer.ggml.tokens").without_key("llama.vocab_size").key("llama.vocab_size", 99U),
                [](const llama::hyperparameters& read) { CHECK(read.vocabulary_size == 99); });
    check_absent(tiny_llama().without_key("tokenizer.ggml.tokens").without_key("llama.vocab_size"), errc::missing_key, "tokenizer.ggml.tokens");
    check_fault(with_array("tokenizer.ggml.tokens", std::vector<std::int32_t>{1}), errc::wrong_type, "tokenizer.ggml.tokens", 12);
    check_fault(with_array("tokenizer.ggml.tokens", std::vector<std::string>{}), errc::out_of_range, "tokenizer.ggml.tokens", 12);
}

TEST_CASE("the largest numbers that are allowed give products that fit") {
    constexpr std::uint32_t most = llama::max_count - 1;  // even
    check_reads(with("llama.attention.head_count", most)
                    .without_key("llama.attention.head_count_kv")
                    .without_key("llama.rope.dimension_count")
                    .key("llama.attention.key_length", most)
                    .key("llama.attention.value_length", most),
                [](const llama::hyperparameters& read) {
                    const std::uint64_t product = std::uint64_t{read.head_count()} * read.key_length;
                    CHECK(product / read.key_length == read.head_count());
                    CHECK(product + product + product > product);
                });
}
