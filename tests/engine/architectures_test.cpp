// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "cria/llama/model.hpp"
#include "engine/transformer.hpp"
#include "support/catch.hpp"
#include "support/shared_data.hpp"

// Tiny models of every family with random weights, and the logits that llama.cpp 0.3.36 computed for them (F32 cache, no
// flash attention; shared/README.md): whatever the engine takes from the library or does itself has to be right for these to
// agree.

namespace {

constexpr std::array<std::size_t, 6> positions = {0, 1, 7, 15, 31, 47};
constexpr std::size_t n_vocabulary = 512;

auto folder() -> std::string { return cria_test::shared_path("conformance/architectures"); }

auto prompt() -> std::vector<engine::token_id> {
    std::ifstream file(folder() + "/prompt.ids");
    std::vector<engine::token_id> ids;
    for (std::int64_t id = 0; file >> id;) ids.push_back(static_cast<engine::token_id>(id));
    return ids;
}

auto reference_of(const std::string& name) -> std::vector<float> {
    std::vector<float> logits(positions.size() * n_vocabulary);
    std::ifstream file(folder() + "/" + name + ".logits.f32", std::ios::binary);
    file.read(reinterpret_cast<char*>(logits.data()), static_cast<std::streamsize>(logits.size() * sizeof(float)));
    REQUIRE(file.gcount() == static_cast<std::streamsize>(logits.size() * sizeof(float)));
    return logits;
}

/// Logits of all positions of the prompt.
auto logits_of(const std::string& name, const engine::transformer_options& options, std::size_t n_at_once = 1000) -> std::vector<std::vector<float>> {
    auto model = cria::llama::open(folder() + "/" + name + ".gguf");
    INFO((model ? name : model.error().message()));
    REQUIRE(model.has_value());
    auto made = engine::transformer::make(*model, options);
    INFO((made ? name : made.error().message()));
    REQUIRE(made.has_value());
    std::vector<std::vector<float>> all;
    const auto ids = prompt();
    for (std::size_t at = 0; at < ids.size(); at += n_at_once) {
        const std::size_t n = std::min(n_at_once, ids.size() - at);
        const auto done = made->evaluate({ids.data() + at, n}, 0, [&](std::size_t, std::span<const float> logits) { all.emplace_back(logits.begin(), logits.end()); });
        REQUIRE(done.has_value());
    }
    REQUIRE(all.size() == ids.size());
    return all;
}

/// The largest difference, as a part of the largest logit.
auto difference(const std::vector<std::vector<float>>& ours, const std::vector<float>& theirs) -> double {
    double largest = 0, off = 0;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        for (std::size_t id = 0; id < n_vocabulary; ++id) {
            const double reference = theirs[i * n_vocabulary + id];
            largest = std::max(largest, std::abs(reference));
            const double apart = std::abs(ours[positions[i]][id] - reference);
            off = apart <= off ? off : apart;  // a NaN stays
        }
    }
    return off / largest;
}

auto greedy(const float* logits) -> std::size_t { return static_cast<std::size_t>(std::max_element(logits, logits + n_vocabulary) - logits); }

auto names() -> std::vector<std::string> {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.path().extension() == ".gguf") found.push_back(entry.path().stem().string());
    std::sort(found.begin(), found.end());
    return found;
}

auto is_there() -> bool { return std::filesystem::exists(folder() + "/prompt.ids"); }

}  // namespace

TEST_CASE("logits of every family are llama.cpp's, and so is the greedy choice", "[conformance]") {
    if (!is_there()) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    REQUIRE(names().size() == 19);
    for (const std::string& name : names()) {
        CAPTURE(name);
        const auto theirs = reference_of(name);
        const auto ours = logits_of(name, {.context_length = 1024});
        const double off = difference(ours, theirs);
        CAPTURE(off);
        const bool has_gelu = name.starts_with("gemma");
        CHECK(off <= (has_gelu ? 1e-3 : 2e-6));
        for (std::size_t i = 0; i < positions.size(); ++i) CHECK(greedy(ours[positions[i]].data()) == greedy(theirs.data() + i * n_vocabulary));
    }
}

TEST_CASE("with GELU through half precision, as ggml has it, Gemma's logits agree ten times closer", "[conformance]") {
    if (!is_there()) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    for (const std::string name : {"gemma", "gemma2", "gemma3"}) {
        CAPTURE(name);
        const double off = difference(logits_of(name, {.context_length = 1024, .gelu = engine::gelu_kind::through_f16}), reference_of(name));
        CAPTURE(off);
        CHECK(off <= 2e-4);
    }
}

TEST_CASE("logits are the same bits however a text is cut into calls and batches, and for any number of threads", "[conformance]") {
    if (!is_there()) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    for (const std::string& name : names()) {  // sliding windows, experts and rotations among them
        CAPTURE(name);
        const auto whole = logits_of(name, {.context_length = 1024});
        CHECK(logits_of(name, {.context_length = 1024}, 1) == whole);
        CHECK(logits_of(name, {.context_length = 1024, .batch_length = 5, .n_threads = 3}, 17) == whole);
    }
}

TEST_CASE("LongRoPE goes by the length of the context", "[conformance]") {
    if (!is_there()) return cria_test::skip("no conformance/architectures under CRIA_SHARED_DIR");
    const auto theirs = reference_of("phi3-longrope-long");  // trained with 256, run with 1024
    CHECK(difference(logits_of("phi3-longrope-long", {.context_length = 1024}), theirs) <= 2e-4);
    CHECK(difference(logits_of("phi3-longrope-long", {.context_length = 257}), theirs) <= 2e-4);
    CHECK(difference(logits_of("phi3-longrope-long", {.context_length = 256}), theirs) > 1e-2);
}
