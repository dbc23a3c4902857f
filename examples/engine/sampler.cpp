// SPDX-License-Identifier: MIT
#include "engine/sampler.hpp"

#include <algorithm>  // nth_element, sort, min, max
#include <limits>
#include <utility>  // move

#include "engine/numbers.hpp"

namespace engine {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The order of candidates, in which no two are equal.
constexpr auto is_before = [](const auto& a, const auto& b) { return a.logit > b.logit || (a.logit == b.logit && a.id < b.id); };

/// Candidates, of which a growing number from the first on is in order: mostly few of many are looked at.
template <class Candidate>
class ranking {
public:
    ranking(Candidate* first, std::size_t n) : first_(first), n_(n) {}

    [[nodiscard]] auto size() const -> std::size_t { return n_; }
    [[nodiscard]] auto operator[](std::size_t i) -> const Candidate& {
        if (i >= n_in_order_) order(i + 1);
        return first_[i];
    }
    /// Drops all behind the first `n`.
    void keep(std::size_t n) {
        if (n >= n_) return;
        if (n > n_in_order_) order(n);
        n_ = n;
        n_in_order_ = std::min(n_in_order_, n);
    }

private:
    void order(std::size_t n) {
        const std::size_t wanted = std::min(n_, std::max(n, 4 * n_in_order_ + 64));
        Candidate *const from = first_ + n_in_order_, *const to = first_ + wanted;
        if (wanted < n_) std::nth_element(from, to, first_ + n_, is_before);
        std::sort(from, to, is_before);
        n_in_order_ = wanted;
    }

    Candidate* first_;
    std::size_t n_;
    std::size_t n_in_order_ = 0;
};

/// The lowest id among those of the largest logit. Fails: as pick().
auto find_likeliest(std::span<const float> logits) -> cria::result<token_id> {
    std::size_t likeliest = 0;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        if (!(logits[id] < infinity)) {
            const cria::error bad{cria::errc::invalid_value, "logit"};
            return bad.because("is not a number or is infinite").finding(std::uint64_t{id});
        }
        if (logits[id] > logits[likeliest]) likeliest = id;
    }
    if (logits[likeliest] == -infinity) return cria::error{cria::errc::invalid_value, "logits"}.because("are all -infinity: no token is possible");
    return static_cast<token_id>(likeliest);
}

auto unusable(const char* what, const char* why) -> cria::error { return cria::error{cria::errc::invalid_argument, what}.because(why); }

}  // namespace

auto check(const sampling& how) -> cria::result<void> {
    // Written so that a NaN is refused by each.
    if (!(how.temperature >= 0 && how.temperature < infinity)) return unusable("temperature", "must be a number that is not negative");
    if (!(how.top_p > 0 && how.top_p <= 1)) return unusable("top_p", "must be above 0 and at most 1");
    if (!(how.min_p >= 0 && how.min_p <= 1)) return unusable("min_p", "must be between 0 and 1");
    return {};
}

sampler::sampler(const sampling& how, std::size_t n_vocabulary, cria::buffer<candidate> candidates) noexcept
    : how_(how), n_vocabulary_(n_vocabulary), random_(how.seed), candidates_(std::move(candidates)) {}

auto sampler::make(const sampling& how, std::size_t n_vocabulary) -> cria::result<sampler> {
    CRIA_TRY_VOID(check(how));
    if (n_vocabulary == 0) return unusable("vocabulary", "must have tokens");
    if (n_vocabulary > static_cast<std::size_t>((std::numeric_limits<token_id>::max)())) return unusable("vocabulary", "has more tokens than there are ids");
    CRIA_TRY(auto candidates, cria::buffer<candidate>::make(how.temperature > 0 ? n_vocabulary : 0, "candidates"));
    return sampler(how, n_vocabulary, std::move(candidates));
}

auto sampler::pick(std::span<const float> logits) -> cria::result<token_id> {
    if (logits.size() != n_vocabulary_) {
        return cria::error{cria::errc::wrong_shape, "logits"}.because("there must be one for each token").expecting(
            std::uint64_t{n_vocabulary_}, std::uint64_t{logits.size()});
    }
    CRIA_TRY(const token_id likeliest, find_likeliest(logits));
    if (how_.temperature == 0) return likeliest;

    ranking ranked(candidates_.data(), select(logits));
    const double most = logits[static_cast<std::size_t>(likeliest)];
    // Of the likeliest candidate this is 1.
    const auto weight_at = [&](std::size_t i, double temperature) { return exp((ranked[i].logit - most) / temperature); };
    if (how_.top_p < 1) {
        double total = 0, sum = 0;
        for (std::size_t i = 0; i < ranked.size(); ++i) total += exp(candidates_[i].logit - most);
        std::size_t n = 0;
        while (n < ranked.size() && sum < how_.top_p * total) sum += weight_at(n++, 1);
        ranked.keep(n);
    }
    if (how_.min_p > 0) {
        std::size_t n = 1;  // min_p is at most 1
        while (n < ranked.size() && weight_at(n, 1) >= how_.min_p) ++n;
        ranked.keep(n);
    }
    double total = 0, sum = 0;
    for (std::size_t i = 0; i < ranked.size(); ++i) total += exp((candidates_[i].logit - most) / how_.temperature);
    const double drawn = random_.uniform() * total;
    token_id chosen = likeliest;
    for (std::size_t i = 0; i < ranked.size() && sum <= drawn; ++i) {
        const double weight = weight_at(i, how_.temperature);
        if (weight == 0) break;  // sums in two orders may differ in their last bits; what has no probability is not drawn for that
        sum += weight;
        chosen = ranked[i].id;
    }
    return chosen;
}

/// Writes the candidates that top_k leaves, and returns how many.
auto sampler::select(std::span<const float> logits) noexcept -> std::size_t {
    std::size_t n = 0;
    const auto add = [&](std::size_t id) { candidates_[n++] = {logits[id], static_cast<token_id>(id)}; };
    const std::size_t k = how_.top_k;
    if (k == 0 || k >= logits.size()) {
        for (std::size_t id = 0; id < logits.size(); ++id) add(id);
        return n;
    }
    // Once k are known, only a larger logit than the least of them is of interest, as of equal ones the first stay. That
    // one is brought up to date now and then, so that most logits are looked at once and forgotten.
    const std::size_t room = std::min(logits.size(), 2 * k + 64);
    float least = 0;
    const auto keep_k = [&] {
        std::nth_element(candidates_.begin(), candidates_.begin() + (k - 1), candidates_.begin() + n, is_before);
        least = candidates_[k - 1].logit;
        n = k;
    };
    for (std::size_t id = 0; id < room; ++id) add(id);
    keep_k();
    for (std::size_t id = room; id < logits.size(); ++id) {
        if (!(logits[id] > least)) continue;
        add(id);
        if (n == room) keep_k();
    }
    keep_k();
    std::sort(candidates_.begin(), candidates_.begin() + n, is_before);
    return n;
}

}  // namespace engine
