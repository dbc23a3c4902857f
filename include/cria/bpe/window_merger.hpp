// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_WINDOW_MERGER_HPP
#define CRIA_BPE_WINDOW_MERGER_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/merge_engine.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcmp
#include <span>
#include <string_view>

// window_merger: merging a long text by merging windows of it, exactly.
//
// Symbols in a row are what merging makes of their text if and only if each two neighbours are what merging makes of the text of these two. For
// let there be a first merge that crosses the border between two of them. Up to then, what was merged within the one and within the other was the
// most urgent (and of equals the leftmost) of the two as well, in the same order, so the two by themselves would have come to the same place, where this merge
// would have been the most urgent one; but they do not merge across their border. So where the symbols of two windows that overlap have one symbol in common, those of
// the first up to it and those of the second from it on are what merging makes of both windows' text: each two neighbours are neighbours in one
// of them. This holds for any priorities of pairs.
//
// Windows begin where a symbol begins, and nearly always the first symbol is the one that they have in common. If none is, the windows were too short to
// know better (a text of one letter, of which long tokens are made), and longer ones are tried, in the worst case the whole text. Since a window advances by
// half of its size at least, the whole is O(n log n) where merging a window is. What repeats is not merged again: a window with the text of the one before it has its symbols.

namespace cria::inline v0::bpe::detail {

/// Merges by windows; keeps its scratch memory. Threads: one run, one merger.
class window_merger {
public:
    /// The symbols of a text. `merge(std::size_t begin, std::size_t size) -> result<std::span<const symbol>>` merges a part of it, and counts places from `begin`.
    /// `window` is the size that suits it best, at least 16.
    /// Borrows: until the next call. Fails: errc::out_of_memory; as `merge`. Precondition: fewer than 4 GiB, and not empty.
    template <class Merge>
    [[nodiscard]] auto run(std::string_view text, std::size_t window, const Merge& merge) CRIA_LIFETIME_BOUND -> result<std::span<const symbol>>;

private:
    static constexpr std::string_view what = "merge scratch";

    /// The symbol from which on the window that begins at `begin` says what there is, with the same one in `done_`, which is looked at from `first` on.
    /// False: they have none in common.
    struct common {
        std::size_t in_done, in_window;
    };
    [[nodiscard]] auto find_common(std::size_t first, std::size_t begin, common& found) const noexcept -> bool;

    buffer<symbol> done_;    // of the text up to somewhere
    buffer<symbol> window_;  // of the last window, with places from where it begins
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto window_merger::find_common(std::size_t first, std::size_t begin, common& found) const noexcept -> bool {
    for (std::size_t i = first, k = 0; i < done_.size() && k < window_.size();) {
        const std::size_t left = done_[i].begin, right = begin + window_[k].begin;
        if (left == right && done_[i].size == window_[k].size) {
            found = {i, k};
            return true;
        }
        if (left <= right) ++i;
        if (right <= left) ++k;
    }
    return false;
}

template <class Merge>
auto window_merger::run(std::string_view text, std::size_t window, const Merge& merge) -> result<std::span<const symbol>> {
    done_.clear();
    window_.clear();
    std::size_t size = window, merged_begin = 0, merged_size = 0;  // of the last window
    std::size_t n_good = 0, patience = 8;                          // after so many windows that were long enough a shorter one is tried
    for (std::size_t covered = 0; covered < text.size();) {
        const std::size_t overlap = size / 4;
        std::size_t first = done_.size();
        while (first > 0 && (first == done_.size() || covered - done_[first].begin < overlap)) --first;
        const std::size_t begin = done_.empty() ? 0 : done_[first].begin;
        const std::size_t left = text.size() - begin, wanted = covered - begin + size / 2 > size ? covered - begin + size / 2 : size;
        const std::size_t n = left < wanted ? left : wanted;

        const bool is_repeated = n == merged_size && std::memcmp(text.data() + begin, text.data() + merged_begin, n) == 0;
        if (!is_repeated) {
            CRIA_TRY(const auto symbols, merge(begin, n));
            window_.clear();
            CRIA_TRY_VOID(window_.append(symbols, what));
        }
        merged_begin = begin;
        merged_size = n;
        common from{0, 0};
        if (first > 0 && !find_common(first, begin, from)) {
            size *= 2;
            n_good = 0;
            patience *= 2;
            continue;
        }
        done_.truncate(from.in_done);
        CRIA_TRY(symbol* const added, done_.extend(window_.size() - from.in_window, what));
        for (std::size_t k = from.in_window; k < window_.size(); ++k) {
            added[k - from.in_window] = window_[k];
            added[k - from.in_window].begin += static_cast<std::uint32_t>(begin);
        }
        covered = begin + n;
        if (++n_good == patience && size > window) {
            size /= 2;
            n_good = 0;
        }
    }
    return done_.span();
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_WINDOW_MERGER_HPP
