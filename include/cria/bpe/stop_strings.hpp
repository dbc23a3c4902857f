// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_STOP_STRINGS_HPP
#define CRIA_BPE_STOP_STRINGS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/base/sort.hpp"
#include "cria/base/text.hpp"
#include "cria/utf8/validate.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// stop_strings: texts at which a generated text is to end, all looked for at once while the text arrives.
//
// The stop that is complete first wins, since behind it nothing more is needed; of those that are complete with the
// same byte the longest, since the text ends where it begins. So the answer does not depend on how the text is cut.
//
// It is the automaton of Aho and Corasick ("Efficient string matching", CACM 18, 1975) over bytes. A stop that another
// one always comes before ("</s>!" beside "</s>") is not in it, which makes two things simple: every stop is a leaf,
// and the bytes of the current node are exactly those that have to be held back, each needed: some continuation makes
// them the beginning of the stop that is found. They are the beginning of a stop, so nobody has to store them.
//
// Stops are valid UTF-8 and looked for in valid UTF-8, so a match begins and ends with a character.

namespace cria::inline v0::bpe {

/// Where a stop string is in a text.
struct stop_match {
    std::size_t index = 0;  ///< of the stop, in the order in which they were given
    std::size_t begin = 0;  ///< its first byte
    std::size_t end = 0;    ///< behind its last byte
    friend constexpr auto operator==(const stop_match&, const stop_match&) -> bool = default;
};

/// A set of stop strings. Move-only; streams that use it must not outlive it.
///
///     CRIA_TRY(const auto stops, bpe::stop_strings::make({"\nUser:", "</answer>"}));
///     bpe::text_stream stream(tokenizer, {.skip_special = true}, stops);
///
/// Threads: safe to share.
class stop_strings {
public:
    /// No stops: nothing is ever found.
    stop_strings() noexcept = default;

    /// Fails: errc::invalid_argument for an empty one, errc::invalid_value for one that is not UTF-8 (error::offset is
    ///        where in it), both with its place as the subject: `stops[2]`; errc::limit_exceeded above 1 MiB
    ///        together; errc::out_of_memory.
    /// Cost:  O(n log n) for n bytes; about 20 bytes of memory for each.
    [[nodiscard]] static auto make(std::span<const std::string_view> texts) -> result<stop_strings>;
    [[nodiscard]] static auto make(std::initializer_list<std::string_view> texts) -> result<stop_strings> {
        return make(std::span<const std::string_view>(texts.begin(), texts.size()));
    }

    /// How many were given.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return texts_.size(); }
    [[nodiscard]] auto empty() const noexcept -> bool { return texts_.empty(); }
    /// Stop `index`. Precondition: index < size(). Borrows.
    [[nodiscard]] auto operator[](std::size_t index) const noexcept CRIA_LIFETIME_BOUND -> std::string_view {
        assert(index < size());
        return {arena_.data() + texts_[index].begin, texts_[index].size};
    }

    /// The stop at which `text` ends. Cost: O(text), whatever the stops.
    [[nodiscard]] auto find(std::string_view text) const noexcept -> std::optional<stop_match>;

    static constexpr std::uint64_t most_bytes = 1U << 20U;

private:
    friend class text_stream;
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::string_view what = "stop strings";

    struct range {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    /// A beginning of stops. Nodes are in the order of their length, those with one parent in the order of their
    /// bytes; the root is node 0.
    struct node {
        std::uint32_t first_child = 0;
        std::uint32_t fall_back = 0;  // the longest proper end of it that is a node
        std::uint32_t length = 0;
        std::uint32_t stop = none;    // one that begins with it; of a leaf the one that it is
        std::uint16_t n_children = 0;
        std::uint8_t byte = 0;        // its last one
    };
    using numbers = buffer<std::uint32_t>;

    /// The automaton of the stops in `which`, sorted by text and each but once.
    [[nodiscard]] auto build(const numbers& which) -> result<void>;
    /// Those of `which` before whose end no other one is complete.
    [[nodiscard]] auto reachable(const numbers& which) const -> result<numbers>;
    [[nodiscard]] auto child(std::uint32_t of, std::uint8_t byte) const noexcept -> std::uint32_t;

    // For streams.

    [[nodiscard]] auto step(std::uint32_t at, char byte) const noexcept -> std::uint32_t;
    /// Whether a stop is complete there. Precondition of the next four: nodes_ is not empty.
    [[nodiscard]] auto is_stop(std::uint32_t at) const noexcept -> bool { return at != 0 && nodes_[at].n_children == 0; }
    [[nodiscard]] auto stop_at(std::uint32_t at) const noexcept -> std::uint32_t { return nodes_[at].stop; }
    [[nodiscard]] auto length_at(std::uint32_t at) const noexcept -> std::size_t { return nodes_[at].length; }
    /// The bytes that lead there. Borrows.
    [[nodiscard]] auto text_at(std::uint32_t at) const noexcept -> std::string_view {
        return at == 0 ? std::string_view{} : (*this)[nodes_[at].stop].substr(0, nodes_[at].length);
    }

    buffer<char> arena_;
    buffer<range> texts_;
    buffer<node> nodes_;                      // empty: no stops
    std::array<std::uint32_t, 256> first_{};  // the root's children, by byte; 0: none
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto stop_strings::make(std::span<const std::string_view> texts) -> result<stop_strings> {
    stop_strings made;
    std::uint64_t n_bytes = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto wrong = [&](errc code) {
            char place[32] = "stops[";
            const cria::detail::decimal index(i);
            std::size_t length = 6 + index.view().copy(place + 6, 20);
            place[length++] = ']';
            return error{code, std::string_view(place, length)};
        };
        if (texts[i].empty()) return wrong(errc::invalid_argument).because("is empty");
        n_bytes += texts[i].size();
        if (n_bytes > most_bytes) return error{errc::limit_exceeded, what}.expecting(most_bytes, n_bytes);
        if (const std::size_t at = utf8::find_invalid(texts[i]); at != texts[i].size()) {
            error why = wrong(errc::invalid_value).because("is not UTF-8");
            why.offset = at;
            return why;
        }
        CRIA_TRY_VOID(made.texts_.push_back({static_cast<std::uint32_t>(made.arena_.size()), static_cast<std::uint32_t>(texts[i].size())}, what));
        CRIA_TRY_VOID(made.arena_.append(texts[i], what));
    }
    if (made.empty()) return made;

    CRIA_TRY(auto order, numbers::make(texts.size(), what));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    cria::detail::sort(order.data(), order.size(), [&](std::uint32_t a, std::uint32_t b) {
        const int compared = made[a].compare(made[b]);
        return compared != 0 ? compared < 0 : a < b;
    });
    std::size_t n_different = 1;
    for (std::size_t i = 1; i < order.size(); ++i)
        if (made[order[i]] != made[order[n_different - 1]]) order[n_different++] = order[i];
    order.truncate(n_different);

    CRIA_TRY_VOID(made.build(order));
    CRIA_TRY(const auto kept, made.reachable(order));
    if (kept.size() != order.size()) CRIA_TRY_VOID(made.build(kept));
    for (std::uint32_t at = 1; at <= made.nodes_[0].n_children; ++at) made.first_[made.nodes_[at].byte] = at;
    return made;
}

inline auto stop_strings::build(const numbers& which) -> result<void> {
    // First as the sorted texts have it, one path after the other, each node linked to the next one of its length.
    // All of a level have their parents in the same order, so that a level's list is already in the final order.
    struct draft {
        std::uint32_t parent = 0;
        std::uint32_t next = none;
        std::uint32_t stop = none;
        std::uint32_t number = 0;  // in nodes_
        std::uint8_t byte = 0;
    };
    struct level {
        std::uint32_t first = none, last = none;
    };
    buffer<draft> drafts;
    buffer<level> levels;
    numbers path;  // of the text before
    CRIA_TRY_VOID(drafts.push_back({}, what));
    CRIA_TRY_VOID(levels.push_back({0, 0}, what));
    CRIA_TRY_VOID(path.push_back(0, what));
    std::string_view before;
    for (const std::uint32_t stop : which) {
        const std::string_view text = (*this)[stop];
        std::size_t shared = 0;
        while (shared < text.size() && shared < before.size() && text[shared] == before[shared]) ++shared;
        path.truncate(shared + 1);
        for (std::size_t at = shared; at < text.size(); ++at) {
            const auto number = static_cast<std::uint32_t>(drafts.size());
            CRIA_TRY_VOID(drafts.push_back({.parent = path.back(), .stop = stop, .byte = static_cast<std::uint8_t>(text[at])}, what));
            CRIA_TRY_VOID(path.push_back(number, what));
            if (levels.size() == at + 1) CRIA_TRY_VOID(levels.push_back({}, what));
            level& of = levels[at + 1];
            (of.last == none ? of.first : drafts[of.last].next) = number;
            of.last = number;
        }
        before = text;
    }

    nodes_.clear();
    CRIA_TRY_VOID(nodes_.reserve(drafts.size(), what));
    for (std::size_t length = 0; length < levels.size(); ++length) {
        for (std::uint32_t from = levels[length].first; from != none; from = drafts[from].next) {
            draft& was = drafts[from];
            was.number = static_cast<std::uint32_t>(nodes_.size());
            CRIA_TRY_VOID(nodes_.push_back({.length = static_cast<std::uint32_t>(length), .stop = was.stop, .byte = was.byte}, what));
            if (length == 0) continue;
            const std::uint32_t above = drafts[was.parent].number;
            node& parent = nodes_[above];
            if (parent.n_children++ == 0) parent.first_child = was.number;
            // Where the longest end of the parent goes on with this byte. Shorter nodes are finished.
            std::uint32_t end = parent.fall_back;
            std::uint32_t to = length == 1 ? none : child(end, was.byte);
            while (to == none && end != 0) {
                end = nodes_[end].fall_back;
                to = child(end, was.byte);
            }
            nodes_.back().fall_back = length == 1 || to == none ? 0 : to;
        }
    }
    return {};
}

inline auto stop_strings::reachable(const numbers& which) const -> result<numbers> {
    // In the automaton of all stops one may be the beginning, the middle or the end of another.
    CRIA_TRY(auto ends, buffer<bool>::make(nodes_.size(), what));  // a stop is complete at this node
    for (const std::uint32_t stop : which) {
        std::uint32_t at = 0;
        for (const char byte : (*this)[stop]) at = child(at, static_cast<std::uint8_t>(byte));
        ends[at] = true;
    }
    for (std::size_t at = 1; at < nodes_.size(); ++at) ends[at] = ends[at] || ends[nodes_[at].fall_back];

    numbers kept;
    for (const std::uint32_t stop : which) {
        const std::string_view text = (*this)[stop];
        std::uint32_t at = 0;
        bool is_late = false;
        for (const char byte : text.substr(0, text.size() - 1)) {
            at = child(at, static_cast<std::uint8_t>(byte));
            is_late = is_late || ends[at];
        }
        if (!is_late) CRIA_TRY_VOID(kept.push_back(stop, what));
    }
    return kept;
}

inline auto stop_strings::child(std::uint32_t of, std::uint8_t byte) const noexcept -> std::uint32_t {
    const node& parent = nodes_[of];
    std::uint32_t begin = parent.first_child, end = begin + parent.n_children;
    while (begin < end) {
        const std::uint32_t middle = begin + (end - begin) / 2;
        if (nodes_[middle].byte == byte) return middle;
        if (nodes_[middle].byte < byte) begin = middle + 1;
        else end = middle;
    }
    return none;
}

inline auto stop_strings::step(std::uint32_t at, char byte) const noexcept -> std::uint32_t {
    const auto wanted = static_cast<std::uint8_t>(byte);
    while (at != 0) {
        if (const std::uint32_t to = child(at, wanted); to != none) return to;
        at = nodes_[at].fall_back;
    }
    return first_[wanted];
}

inline auto stop_strings::find(std::string_view text) const noexcept -> std::optional<stop_match> {
    if (empty()) return std::nullopt;
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        at = step(at, text[i]);
        if (is_stop(at)) return stop_match{nodes_[at].stop, i + 1 - nodes_[at].length, i + 1};
    }
    return std::nullopt;
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_STOP_STRINGS_HPP
