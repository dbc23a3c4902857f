// SPDX-License-Identifier: MIT
#include "engine/products.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cria/llama/family.hpp"
#include "engine/perplexity.hpp"
#include "engine/random_models.hpp"
#include "engine/threads.hpp"
#include "engine/transformer.hpp"
#include "support/catch.hpp"

// The engine with products of somebody else's: that they get all the weights there are, and what becomes of a text when
// one of them fails.

namespace {

using cria::errc;
using cria_test::engine_model;
using cria_test::family_parts;
using cria_test::logits_of;
using cria_test::part_choices;
using cria_test::random_model;
namespace llama = cria::llama;

/// The CPU's, which are watched, and fail when they are told to.
class watched_products final : public engine::products {
public:
    [[nodiscard]] auto multiply(const engine::matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> override {
        if (++n_calls == fails_at) {
            for (std::size_t i = 0; i < n_tokens * w.n_out; ++i) y[i] = -1e30F;  // nobody may look at it
            return cria::error{errc::device_error, "product"}.from_system(static_cast<int>(n_calls));
        }
        rows.insert(w.bytes.data());
        if (seen) seen(w);
        return cpu_.multiply(w, x, n_tokens, y);
    }

    std::size_t n_calls = 0;
    std::size_t fails_at = 0;  // counted from 1; 0: none does
    std::set<const std::byte*> rows;  // where what was multiplied begins
    std::function<void(const engine::matrix&)> seen;

private:
    engine::team alone_{1};
    engine::host_products cpu_{alone_};
};

/// A model with windows, which keep past keys in rings.
auto sliding_model() -> engine_model { return engine_model(random_model(*llama::find_family("gemma3"), {.optional_keys = true})); }

}  // namespace

TEST_CASE("every weight but vectors and the embedding goes through the caller's products, and logits are the CPU's") {
    for (const llama::family& row : llama::families) {
        for (const family_parts& parts : part_choices()) {
            const engine_model model(random_model(row, parts));
            CAPTURE(row.architecture, parts.experts, parts.shared_expert, parts.fused_attention, parts.optional_keys);
            const auto ids = model.ids(120);
            watched_products products;
            products.seen = [](const engine::matrix& w) { REQUIRE(engine::check(w)); };
            CHECK(logits_of(model, ids, {.products = &products}) == logits_of(model, ids));

            // A matrix was multiplied whose rows begin within the tensor: with experts every one of them.
            for (const auto& tensor : model.get().files().tensors()) {
                const bool is_embedding_alone = &tensor == model.get().weights().token_embd && !model.get().weights().tied_output;
                const auto bytes = *model.get().files().bytes(tensor);
                const auto first = products.rows.lower_bound(bytes.data());
                const bool is_multiplied = first != products.rows.end() && *first < bytes.data() + bytes.size();
                CAPTURE(tensor.name.data());
                CHECK(is_multiplied == (tensor.shape.n_dimensions > 1 && !is_embedding_alone));
                if (tensor.shape.n_dimensions != 3) continue;
                for (std::uint64_t expert = 0; expert < tensor.shape[2]; ++expert)
                    CHECK(products.rows.contains(bytes.data() + expert * (bytes.size() / static_cast<std::size_t>(tensor.shape[2]))));
            }
        }
    }
}

TEST_CASE("where any product fails, evaluation ends with its error, and goes on from the last whole batch as if nothing had been") {
    constexpr std::uint32_t batch = 16;
    const engine_model models[] = {sliding_model(), engine_model(random_model(*llama::find_family("qwen3moe"), {})), engine_model(cria_test::tiny_llama())};
    for (const engine_model& model : models) {
        const auto ids = model.ids(2 * batch + 3);
        const std::size_t n_vocabulary = model.get().hyperparameters().vocabulary_size;
        watched_products all;
        const auto expected = logits_of(model, ids, {.batch_length = batch, .products = &all});
        REQUIRE(all.n_calls > 40);
        for (std::size_t k = 1; k <= all.n_calls; ++k) {
            CAPTURE(model.get().hyperparameters().family.architecture, k, all.n_calls);
            watched_products products;
            products.fails_at = k;
            auto text = model.text({.batch_length = batch, .products = &products});
            const auto before = logits_of(text, ids);
            REQUIRE_FALSE(before.done.has_value());
            CHECK(before.done.error().code == errc::device_error);
            CHECK(before.done.error().subject.view() == "product");
            CHECK(before.done.error().native == static_cast<int>(k));
            CHECK(products.n_calls == k);

            const std::size_t n = text.size();
            CHECK(n % batch == 0);
            CHECK(n < ids.size());
            CHECK(before.logits.size() == n * n_vocabulary);  // 16 rows are computed at once
            CHECK(std::equal(before.logits.begin(), before.logits.end(), expected.begin()));
            const auto after = logits_of(text, std::span(ids).subspan(n));
            REQUIRE(after.done.has_value());
            CHECK(std::vector<float>(expected.begin() + static_cast<std::ptrdiff_t>(n * n_vocabulary), expected.end()) == after.logits);
            CHECK(text.size() == ids.size());
        }
    }
}

TEST_CASE("a batch of which some logits were given does not count where the rest of them fail") {
    const engine_model model(cria_test::tiny_llama());
    const auto ids = model.ids(100);  // four products of logits
    watched_products all;
    const auto expected = logits_of(model, ids, {.products = &all});
    watched_products products;
    products.fails_at = all.n_calls - 1;
    auto text = model.text({.products = &products});
    const auto before = logits_of(text, ids);
    REQUIRE_FALSE(before.done.has_value());
    CHECK(text.size() == 0);
    const std::size_t n_vocabulary = model.get().hyperparameters().vocabulary_size;
    CHECK(before.logits == std::vector<float>(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(64 * n_vocabulary)));
    const auto again = logits_of(text, ids);
    REQUIRE(again.done.has_value());
    CHECK(again.logits == expected);
}

TEST_CASE("perplexity ends with the error of a product") {
    const engine_model model(cria_test::tiny_llama());
    watched_products products;
    auto text = model.text({.products = &products});
    products.fails_at = 10;
    engine::perplexity_meter meter;
    const auto added = meter.add(text, model.ids(12));
    REQUIRE_FALSE(added.has_value());
    CHECK(added.error().code == errc::device_error);
}
