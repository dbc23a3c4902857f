// SPDX-License-Identifier: MIT
#include "engine/sampler.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <vector>

using cria::errc;
using engine::sampler;
using engine::sampling;
using engine::token_id;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// What is drawn in many draws, and how often.
auto drawn(const sampling& how, const std::vector<float>& logits, int n_draws = 2000) -> std::map<token_id, int> {
    auto from = sampler::make(how, logits.size());
    REQUIRE(from);
    std::map<token_id, int> counts;
    for (int i = 0; i < n_draws; ++i) ++counts[from->pick(logits).value()];
    return counts;
}

auto ids_of(const std::map<token_id, int>& counts) -> std::vector<token_id> {
    std::vector<token_id> ids;
    for (const auto& [id, count] : counts) ids.push_back(id);
    return ids;
}

using ids = std::vector<token_id>;

/// log(p), as logits have probabilities.
auto logits_of(std::initializer_list<double> probabilities) -> std::vector<float> {
    std::vector<float> logits;
    for (const double p : probabilities) logits.push_back(static_cast<float>(std::log(p)));
    return logits;
}

auto random_logits(std::size_t n, unsigned seed) -> std::vector<float> {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, 3);
    std::vector<float> logits(n);
    for (float& each : logits) each = normal(random);
    return logits;
}

/// The sum of squared deviations from what is expected, in units of what chance makes of them.
auto chi_square(const std::map<token_id, int>& counts, const std::vector<double>& probabilities, int n_draws) -> double {
    double sum = 0;
    for (std::size_t id = 0; id < probabilities.size(); ++id) {
        const double expected = probabilities[id] * n_draws;
        const auto found = counts.find(static_cast<token_id>(id));
        const double deviation = (found == counts.end() ? 0 : found->second) - expected;
        sum += deviation * deviation / expected;
    }
    return sum;
}

}  // namespace

TEST_CASE("the generator is SplitMix64") {
    engine::generator random(1234567);  // its reference implementation's numbers for this seed
    for (const std::uint64_t wanted : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U, 16408922859458223821U}) {
        CHECK(random.next() == wanted);
    }
    engine::generator again(1234567);
    CHECK(again.uniform() == static_cast<double>(6457827717110365317U >> 11U) / 0x1p53);
}

TEST_CASE("temperature 0 picks the largest logit, and of equal ones the lowest id") {
    CHECK(ids_of(drawn({}, {1, 3, 2}, 3)) == ids{1});
    CHECK(ids_of(drawn({}, {-5, -1, -1, -1}, 3)) == ids{1});
    CHECK(ids_of(drawn({}, {-infinity, -infinity, -100}, 3)) == ids{2});
    CHECK(ids_of(drawn({.temperature = 0, .top_k = 2, .top_p = 0.1, .min_p = 1}, {0.0F, -0.0F}, 3)) == ids{0});
}

TEST_CASE("draws follow the softmax of the logits over the temperature") {
    const std::vector<float> logits = {0, 1, 2, -1, 0.5F, 1.5F, -2, 3};
    for (const double temperature : {0.5, 1.0, 2.0}) {
        std::vector<double> probabilities;
        double total = 0;
        for (const float logit : logits) total += probabilities.emplace_back(std::exp(static_cast<double>(logit) / temperature));
        for (double& p : probabilities) p /= total;
        const auto counts = drawn({.temperature = temperature, .seed = 11}, logits, 100'000);
        INFO("temperature " << temperature << ", chi square " << chi_square(counts, probabilities, 100'000));
        CHECK(chi_square(counts, probabilities, 100'000) < 24.3);  // of 7 degrees of freedom one in a thousand is larger
        // The test finds what is off: of two other temperatures none passes.
        CHECK(chi_square(drawn({.temperature = temperature * 1.03, .seed = 11}, logits, 100'000), probabilities, 100'000) > 24.3);
    }
}

TEST_CASE("top_k leaves the k largest logits, of equal ones the lowest ids") {
    CHECK(ids_of(drawn({.temperature = 1, .top_k = 2}, {1, 3, 2, 1.5F})) == ids{1, 2});
    CHECK(ids_of(drawn({.temperature = 1, .top_k = 3}, {1, 1, 1, 1, 1.5F})) == ids{0, 1, 4});
    CHECK(ids_of(drawn({.temperature = 5, .top_k = 1}, {1, 3, 2, 3})) == ids{1});
    CHECK(ids_of(drawn({.temperature = 1, .top_k = 4}, {1, 1, 1, 1})) == ids{0, 1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 1, .top_k = 9}, {1, 1, 1, 1})) == ids{0, 1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 1}, {1, 1, 1, 1})) == ids{0, 1, 2, 3});
}

TEST_CASE("top_k of a large vocabulary is that of a sorted one") {
    auto logits = random_logits(5000, 3);
    for (std::size_t i = 0; i < logits.size(); ++i) logits[i] = std::round(logits[i] * 4) / 4;  // many ties
    std::vector<token_id> order(logits.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<token_id>(i);
    std::stable_sort(order.begin(), order.end(), [&](token_id a, token_id b) { return logits[static_cast<std::size_t>(a)] > logits[static_cast<std::size_t>(b)]; });
    for (const std::uint32_t k : {1U, 2U, 7U, 40U, 200U}) {
        INFO(k);
        // So hot that all that are left are as good as equally likely.
        const auto found = drawn({.temperature = 1e9, .top_k = k, .seed = k}, logits, 4000);
        ids wanted(order.begin(), order.begin() + k);
        std::sort(wanted.begin(), wanted.end());
        CHECK(ids_of(found) == wanted);
    }
}

TEST_CASE("top_p leaves the likeliest until their probabilities reach p, and the one that does") {
    const auto logits = logits_of({0.1, 0.4, 0.2, 0.3});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.39}, logits)) == ids{1});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.41}, logits)) == ids{1, 3});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.69}, logits)) == ids{1, 3});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.71}, logits)) == ids{1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.95}, logits)) == ids{0, 1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 1e-300}, logits)) == ids{1});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.5}, {0, 0, 0, 0})) == ids{0, 1});
}

TEST_CASE("min_p leaves what is at least so many times as likely as the likeliest") {
    const auto logits = logits_of({0.1, 0.4, 0.2, 0.3});
    CHECK(ids_of(drawn({.temperature = 1, .min_p = 0.76}, logits)) == ids{1});
    CHECK(ids_of(drawn({.temperature = 1, .min_p = 0.74}, logits)) == ids{1, 3});
    CHECK(ids_of(drawn({.temperature = 1, .min_p = 0.49}, logits)) == ids{1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 1, .min_p = 0.24}, logits)) == ids{0, 1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 1, .min_p = 1}, {2, 1, 2, 2})) == ids{0, 2, 3});
}

TEST_CASE("top_k comes before top_p, top_p before min_p, and temperature last") {
    const auto logits = logits_of({0.1, 0.4, 0.2, 0.3});
    // Of the two that top_k leaves, 0.4 / 0.7 = 0.57 are the first one's: top_p of 0.5 ends there, and of all it would not.
    CHECK(ids_of(drawn({.temperature = 1, .top_k = 2, .top_p = 0.5}, logits)) == ids{1});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.5}, logits)) == ids{1, 3});
    // A temperature that makes all of them likely comes too late to bring any of them back.
    CHECK(ids_of(drawn({.temperature = 100, .top_p = 0.39}, logits)) == ids{1});
    CHECK(ids_of(drawn({.temperature = 100, .top_p = 0.95}, logits)) == ids{0, 1, 2, 3});
    CHECK(ids_of(drawn({.temperature = 100, .min_p = 0.49}, logits)) == ids{1, 2, 3});
    // And one that makes all but one unlikely does not make top_p end sooner.
    CHECK(ids_of(drawn({.temperature = 0.5, .top_p = 0.71}, logits)) == ids{1, 2, 3});
}

TEST_CASE("what is left is drawn by its own probabilities") {
    const auto counts = drawn({.temperature = 1, .top_k = 3, .top_p = 0.99, .min_p = 0.3, .seed = 5}, logits_of({0.1, 0.4, 0.2, 0.3}), 90'000);
    CHECK(chi_square(counts, {1e-9, 4.0 / 9, 2.0 / 9, 3.0 / 9}, 90'000) < 13.8);  // of 2 degrees of freedom one in a thousand is larger
}

TEST_CASE("a token without probability is never drawn") {
    CHECK(ids_of(drawn({.temperature = 1}, {-infinity, 1, -infinity, 1})) == ids{1, 3});
    CHECK(ids_of(drawn({.temperature = 1, .top_k = 3}, {-infinity, 1, -infinity, 1})) == ids{1, 3});
    CHECK(ids_of(drawn({.temperature = 1e-300}, {1, 2, 1.9999F})) == ids{1});
    CHECK(ids_of(drawn({.temperature = 1, .top_p = 0.9999999999}, {-infinity, 1, -3e38F, 1})) == ids{1, 3});
}

TEST_CASE("a seed gives the same ids again, and another seed others") {
    const auto logits = random_logits(1000, 9);
    const auto ids_from = [&](std::uint64_t seed) {
        auto from = sampler::make({.temperature = 1.5, .top_k = 100, .top_p = 0.95, .min_p = 0.01, .seed = seed}, logits.size());
        std::vector<token_id> found;
        for (int i = 0; i < 50; ++i) found.push_back(from->pick(logits).value());
        return found;
    };
    CHECK(ids_from(1) == ids_from(1));
    CHECK(ids_from(1) != ids_from(2));
}

TEST_CASE("top_k of all is as without it") {
    const auto logits = random_logits(300, 10);
    auto with = sampler::make({.temperature = 1, .top_k = 300, .seed = 4}, 300), without = sampler::make({.temperature = 1, .seed = 4}, 300);
    for (int i = 0; i < 100; ++i) CHECK(with->pick(logits).value() == without->pick(logits).value());
}

TEST_CASE("logits that are no distribution are refused, whatever the temperature") {
    for (const double temperature : {0.0, 1.0}) {
        auto from = sampler::make({.temperature = temperature}, 3);
        const auto code_of = [&](std::vector<float> logits) { return from->pick(logits).error().code; };
        CHECK(code_of({1, 2, not_a_number}) == errc::invalid_value);
        CHECK(code_of({not_a_number, 2, 1}) == errc::invalid_value);
        CHECK(code_of({1, infinity, 2}) == errc::invalid_value);
        CHECK(code_of({-infinity, -infinity, -infinity}) == errc::invalid_value);
        CHECK(code_of({1, 2}) == errc::wrong_shape);
        CHECK(code_of({1, 2, 3, 4}) == errc::wrong_shape);
        CHECK(from->pick(std::vector<float>{1, 2, not_a_number}).error().found.number() == 2);
    }
}

TEST_CASE("refused logits do not advance the generator") {
    const std::vector<float> logits(50, 1.0F);
    auto undisturbed = sampler::make({.temperature = 1, .seed = 3}, 50), disturbed = sampler::make({.temperature = 1, .seed = 3}, 50);
    for (int i = 0; i < 20; ++i) {
        CHECK_FALSE(disturbed->pick(std::vector<float>(50, not_a_number)));
        CHECK(disturbed->pick(logits).value() == undisturbed->pick(logits).value());
    }
}

TEST_CASE("a sampling that nobody can draw by is refused by name") {
    const auto subject_of = [](const sampling& how) {
        const auto checked = engine::check(how);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == errc::invalid_argument);
        CHECK_FALSE(sampler::make(how, 10));
        return std::string(checked.error().subject.view());
    };
    const double wide_not_a_number = std::numeric_limits<double>::quiet_NaN(), wide_infinity = std::numeric_limits<double>::infinity();
    for (const double bad : {-1.0, -0.001, wide_infinity, wide_not_a_number}) CHECK(subject_of({.temperature = bad}) == "temperature");
    for (const double bad : {0.0, -0.5, 1.001, wide_infinity, wide_not_a_number}) CHECK(subject_of({.top_p = bad}) == "top_p");
    for (const double bad : {-0.001, 1.001, wide_infinity, wide_not_a_number}) CHECK(subject_of({.min_p = bad}) == "min_p");
    CHECK(engine::check({}));
    CHECK(engine::check({.temperature = 0.8, .top_k = 40, .top_p = 0.95, .min_p = 0.05}));
    CHECK(sampler::make({}, 0).error().code == errc::invalid_argument);
    CHECK(sampler::make({}, std::size_t{1} << 32U).error().code == errc::invalid_argument);
}
