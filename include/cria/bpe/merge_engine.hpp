// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_MERGE_ENGINE_HPP
#define CRIA_BPE_MERGE_ENGINE_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

// merge_engine: byte-pair encoding itself. Given symbols in a row and a rule that says which neighbours may
// become one and how urgently, it merges the most urgent pair, the leftmost of equals, until none is left.
//
// What a symbol is and where urgency comes from (merge ranks, SentencePiece scores) is the rule's business.
// A few symbols are scanned for the minimum again after every merge, which beats any structure; many go
// through a heap and a linked list, so the cost is O(n log n) for the worst text too. Nothing recurses.
// The scratch memory belongs to the engine and is kept for the next run.

namespace cria::inline v0::bpe::detail {

/// A run of a text that is one unit of merging.
struct symbol {
    std::uint32_t begin = 0;  // byte offset in the text that is being merged
    std::uint32_t size = 0;   // bytes
    std::uint32_t id = 0;     // what the rule knows it by
};

/// What a rule says about two neighbours: how urgent their merge is (less is sooner) and what it gives.
struct candidate {
    static constexpr std::uint32_t never = 0xFFFFFFFFU;
    std::uint32_t priority = never;
    std::uint32_t result = 0;
};

/// Merges symbols; keeps its scratch memory.
/// Threads: one run, one engine.
class merge_engine {
public:
    /// `n` symbols for the caller to write, each beginning where the last one ends. Borrows: until run().
    /// Fails: errc::out_of_memory; errc::limit_exceeded for 2^32 - 1 symbols and more.
    [[nodiscard]] auto start(std::size_t n) -> result<std::span<symbol>>;

    /// Forgets all symbols behind the first `n`. Precondition: n is at most what start() was asked for.
    void keep(std::size_t n) noexcept { symbols_.truncate(n); }

    /// The symbols that are left when `rule(const symbol& left, const symbol& right) -> candidate` has been
    /// obeyed everywhere. The rule must give the same answer to the same question.
    /// Borrows: until the next start().
    /// Fails:   errc::out_of_memory.
    /// Cost:    O(n log n), with n the symbols at the start.
    template <class Rule>
    [[nodiscard]] auto run(const Rule& rule) CRIA_LIFETIME_BOUND -> result<std::span<const symbol>>;

    /// Up to this many symbols are merged by scanning.
    static constexpr std::size_t few = 32;

private:
    static constexpr std::uint32_t nobody = 0xFFFFFFFFU;
    static constexpr std::string_view what = "merge scratch";

    struct neighbours {
        std::uint32_t left;
        std::uint32_t right;
    };
    /// A merge that was possible when it was pushed. Since neighbours only grow, it still is exactly if the
    /// left symbol lives and both together have the same size.
    struct waiting {
        std::uint64_t order;  // priority, then the left symbol's place
        std::uint32_t size;   // of both symbols together
        std::uint32_t result;
    };

    template <class Rule>
    void run_few(const Rule& rule) noexcept;
    template <class Rule>
    [[nodiscard]] auto run_many(const Rule& rule) -> result<void>;
    template <class Rule>
    [[nodiscard]] auto consider(const Rule& rule, std::uint32_t left) -> result<void>;
    void absorb_right(std::uint32_t left, std::uint32_t id) noexcept;
    void sift_up(std::size_t at) noexcept;
    void sift_down(std::size_t at) noexcept;
    void pop_first() noexcept;

    buffer<symbol> symbols_;
    buffer<neighbours> links_;
    buffer<waiting> heap_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto merge_engine::start(std::size_t n) -> result<std::span<symbol>> {
    if (n >= nobody) return error{errc::limit_exceeded, what}.finding(std::uint64_t{n});
    symbols_.clear();
    CRIA_TRY(symbol* const first, symbols_.extend(n, what));
    return std::span<symbol>{first, n};
}

template <class Rule>
auto merge_engine::run(const Rule& rule) -> result<std::span<const symbol>> {
    if (symbols_.size() <= few) run_few(rule);
    else CRIA_TRY_VOID(run_many(rule));
    return symbols_.span();
}

template <class Rule>
void merge_engine::run_few(const Rule& rule) noexcept {
    std::size_t n = symbols_.size();
    if (n < 2) return;
    symbol* const symbols = symbols_.data();
    std::array<candidate, few> pairs;  // pairs[i]: symbols i and i + 1
    for (std::size_t i = 0; i + 1 < n; ++i) pairs[i] = rule(symbols[i], symbols[i + 1]);

    while (n > 1) {
        std::size_t best = 0;
        for (std::size_t i = 1; i + 1 < n; ++i)
            if (pairs[i].priority < pairs[best].priority) best = i;
        if (pairs[best].priority == candidate::never) break;

        symbols[best].size += symbols[best + 1].size;
        symbols[best].id = pairs[best].result;
        --n;
        for (std::size_t i = best + 1; i < n; ++i) symbols[i] = symbols[i + 1];
        for (std::size_t i = best + 1; i + 1 < n; ++i) pairs[i] = pairs[i + 1];
        if (best + 1 < n) pairs[best] = rule(symbols[best], symbols[best + 1]);
        if (best > 0) pairs[best - 1] = rule(symbols[best - 1], symbols[best]);
    }
    symbols_.truncate(n);
}

template <class Rule>
auto merge_engine::run_many(const Rule& rule) -> result<void> {
    const auto n = static_cast<std::uint32_t>(symbols_.size());
    links_.clear();
    heap_.clear();
    CRIA_TRY(neighbours* const links, links_.extend(n, what));
    for (std::uint32_t i = 0; i < n; ++i) links[i] = {i == 0 ? nobody : i - 1, i + 1 == n ? nobody : i + 1};

    for (std::uint32_t i = 0; i + 1 < n; ++i) {
        const candidate merge = rule(symbols_[i], symbols_[i + 1]);
        if (merge.priority == candidate::never) continue;
        const std::uint32_t size = symbols_[i].size + symbols_[i + 1].size;
        CRIA_TRY_VOID(heap_.push_back({std::uint64_t{merge.priority} << 32U | i, size, merge.result}, what));
    }
    for (std::size_t i = heap_.size() / 2; i-- > 0;) sift_down(i);

    while (!heap_.empty()) {
        const waiting first = heap_[0];
        pop_first();
        const auto left = static_cast<std::uint32_t>(first.order);
        const std::uint32_t right = links_[left].right;
        const bool is_alive = symbols_[left].size != 0 && right != nobody;
        if (!is_alive || symbols_[left].size + symbols_[right].size != first.size) continue;
        absorb_right(left, first.result);
        CRIA_TRY_VOID(consider(rule, left));
        if (links_[left].left != nobody) CRIA_TRY_VOID(consider(rule, links_[left].left));
    }

    std::size_t kept = 0;
    for (std::size_t i = 0; i < n; ++i)
        if (symbols_[i].size != 0) symbols_[kept++] = symbols_[i];
    symbols_.truncate(kept);
    return {};
}

template <class Rule>
auto merge_engine::consider(const Rule& rule, std::uint32_t left) -> result<void> {
    const std::uint32_t right = links_[left].right;
    if (right == nobody) return {};
    const candidate merge = rule(symbols_[left], symbols_[right]);
    if (merge.priority == candidate::never) return {};
    const std::uint32_t size = symbols_[left].size + symbols_[right].size;
    CRIA_TRY_VOID(heap_.push_back({std::uint64_t{merge.priority} << 32U | left, size, merge.result}, what));
    sift_up(heap_.size() - 1);
    return {};
}

inline void merge_engine::absorb_right(std::uint32_t left, std::uint32_t id) noexcept {
    const std::uint32_t right = links_[left].right;
    symbols_[left].size += symbols_[right].size;
    symbols_[left].id = id;
    symbols_[right].size = 0;  // dead
    links_[left].right = links_[right].right;
    if (links_[right].right != nobody) links_[links_[right].right].left = left;
}

inline void merge_engine::sift_up(std::size_t at) noexcept {
    const waiting moving = heap_[at];
    while (at > 0 && moving.order < heap_[(at - 1) / 2].order) {
        heap_[at] = heap_[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap_[at] = moving;
}

inline void merge_engine::sift_down(std::size_t at) noexcept {
    const waiting moving = heap_[at];
    const std::size_t n = heap_.size();
    for (std::size_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && heap_[child + 1].order < heap_[child].order) ++child;
        if (moving.order <= heap_[child].order) break;
        heap_[at] = heap_[child];
        at = child;
    }
    heap_[at] = moving;
}

inline void merge_engine::pop_first() noexcept {
    heap_[0] = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(0);
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_MERGE_ENGINE_HPP
