// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SPECIAL_TOKENS_HPP
#define CRIA_BPE_SPECIAL_TOKENS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/vocabulary.hpp"
#include "cria/utf8/validate.hpp"

#include <array>
#include <cstdint>
#include <string_view>

// special_matcher: finds special tokens written out in a text, before anything else looks at it.
//
// Matches are leftmost, and of those that start at one place the longest, as Hugging Face's tokenizers
// match added tokens: with the tokens `ab` and `bcd`, `xabcdx` is x ab c d x. Texts are compared byte by
// byte, without normalisation; what the tokens' neighbours are does not matter.
//
// The matcher is an Aho-Corasick automaton over the texts *read backwards*, run over the text from its end.
// When it has read byte i, its state names the longest special token that starts at i, so a walk over the
// recorded places from left to right is exactly the rule above and never looks back. Linear in the text and
// in the vocabulary, however the texts overlap. (A. V. Aho, M. J. Corasick: Efficient string matching,
// CACM 18 (1975) 333-340.)

namespace cria::inline v0::bpe {

/// Which special tokens, written out in a text, become themselves.
enum class parse_special : std::uint8_t {
    none,          ///< none: all of the text is just text; for text that is not to be trusted
    user_defined,  ///< those of type USER_DEFINED: they are text, only never cut up
    all,           ///< those of type CONTROL and UNKNOWN as well: for prompts that a template has made
};

namespace detail {

/// A special token found in a text.
struct special_match {
    std::size_t begin = 0;  // byte offset
    std::uint32_t size = 0;
    token_id id = 0;
};

/// Finds the special tokens of one vocabulary.
/// Threads: const functions may run in many threads at once.
class special_matcher {
public:
    /// The limit on the bytes that all special tokens' texts have together. Known vocabularies stay below
    /// 100 KB; each byte costs the automaton up to 90, and about a microsecond.
    static constexpr std::uint64_t most_text = std::uint64_t{1} << 20U;

    /// The matcher of the tokens of type CONTROL, UNKNOWN and USER_DEFINED. Later tokens hide earlier ones of
    /// the same text and an empty text never matches.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above most_text.
    /// Cost:  linear in the vocabulary.
    [[nodiscard]] static auto make(const vocabulary& tokens) -> result<special_matcher>;

    /// Writes the matches in `text` to `found`, in order; they do not overlap.
    /// Fails: errc::out_of_memory.
    /// Cost:  O(text); nearly nothing where no special token's last byte occurs, nothing where there is no
    ///        special token of the wanted types.
    [[nodiscard]] auto find_all(std::string_view text, parse_special wanted, buffer<special_match>& found) const -> result<void>;

private:
    static constexpr std::uint32_t root = 0;
    static constexpr std::uint32_t none = 0xFFFFFFFFU;

    struct ending {
        std::uint32_t all = none;  // the longest special token that ends (backwards) in this state
        std::uint32_t user_defined = none;
    };
    struct edge {
        std::uint64_t from = ~std::uint64_t{0};  // state and byte; all ones: the slot is free
        std::uint32_t to = 0;
    };
    struct state {
        std::uint32_t fallback = root;  // the longest proper suffix of this state that is a state
        std::uint32_t parent = root;
        std::uint32_t depth = 0;
        unsigned char byte = 0;  // the last byte read on the way here
    };

    [[nodiscard]] static constexpr auto edge_key(std::uint32_t from, unsigned char byte) noexcept -> std::uint64_t {
        return std::uint64_t{from} << 8U | byte;
    }
    [[nodiscard]] auto position_of(std::uint64_t key) const noexcept -> std::size_t;
    /// The state that `byte` leads to from `from`, in the tree; root where there is none.
    [[nodiscard]] auto child(std::uint32_t from, unsigned char byte) const noexcept -> std::uint32_t;
    /// The state after `byte`, in the automaton.
    [[nodiscard]] auto next(std::uint32_t from, unsigned char byte) const noexcept -> std::uint32_t;
    [[nodiscard]] auto insert(const vocabulary& tokens, std::uint32_t special) -> result<void>;
    [[nodiscard]] auto link() -> result<void>;

    std::array<std::uint32_t, 256> from_root_{};
    buffer<edge> edges_;  // of all other states; a power of two of them
    std::uint64_t seed_ = 0;
    buffer<state> states_;
    buffer<ending> endings_;
    buffer<std::uint32_t> sizes_;  // of the text of each special token, by its number in ids_
    buffer<token_id> ids_;
    bool has_user_defined_ = false;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto special_matcher::position_of(std::uint64_t key) const noexcept -> std::size_t {
    const std::size_t mask = edges_.size() - 1;
    std::size_t at = static_cast<std::size_t>(cria::detail::hash_of(key, seed_)) & mask;
    while (edges_[at].from != key && edges_[at].from != ~std::uint64_t{0}) at = (at + 1) & mask;
    return at;
}

inline auto special_matcher::child(std::uint32_t from, unsigned char byte) const noexcept -> std::uint32_t {
    if (from == root) return from_root_[byte];
    const edge& found = edges_[position_of(edge_key(from, byte))];
    return found.to;  // root in a free slot
}

inline auto special_matcher::next(std::uint32_t from, unsigned char byte) const noexcept -> std::uint32_t {
    for (;;) {
        const std::uint32_t to = child(from, byte);
        if (to != root || from == root) return to;
        from = states_[from].fallback;
    }
}

inline auto special_matcher::make(const vocabulary& tokens) -> result<special_matcher> {
    constexpr std::string_view what = "special tokens";
    special_matcher made;
    const auto n_tokens = static_cast<token_id>(tokens.size());
    std::uint64_t n_bytes = 0;
    for (token_id id = 0; id < n_tokens; ++id) {
        if (!prints_verbatim(tokens.type(id))) continue;
        n_bytes += tokens.text(id).size();
        if (n_bytes > most_text) return error{errc::limit_exceeded, what}.expecting(most_text, n_bytes);
        if (tokens.text(id).empty() || !utf8::is_valid(tokens.text(id))) continue;  // part of a character would cut one apart
        CRIA_TRY_VOID(made.ids_.push_back(id, what));
        CRIA_TRY_VOID(made.sizes_.push_back(static_cast<std::uint32_t>(tokens.text(id).size()), what));
        if (tokens.type(id) == token_type::user_defined) made.has_user_defined_ = true;
    }
    if (made.ids_.empty()) return made;

    std::uint64_t n_slots = 16;
    while (n_slots / 4 * 3 < n_bytes) n_slots *= 2;
    CRIA_TRY(made.edges_, buffer<edge>::make(n_slots, what));
    made.seed_ = cria::detail::seed_from(made.edges_.data());
    CRIA_TRY_VOID(made.states_.push_back({}, what));
    CRIA_TRY_VOID(made.endings_.push_back({}, what));
    for (std::size_t i = 0; i < made.ids_.size(); ++i) CRIA_TRY_VOID(made.insert(tokens, static_cast<std::uint32_t>(i)));
    CRIA_TRY_VOID(made.link());
    return made;
}

inline auto special_matcher::insert(const vocabulary& tokens, std::uint32_t special) -> result<void> {
    constexpr std::string_view what = "special tokens";
    const std::string_view text = tokens.text(ids_[special]);
    std::uint32_t at = root;
    for (std::size_t i = text.size(); i-- > 0;) {
        const auto byte = static_cast<unsigned char>(text[i]);
        std::uint32_t to = child(at, byte);
        if (to == root) {
            to = static_cast<std::uint32_t>(states_.size());
            const state added{.parent = at, .depth = static_cast<std::uint32_t>(text.size() - i), .byte = byte};
            CRIA_TRY_VOID(states_.push_back(added, what));
            CRIA_TRY_VOID(endings_.push_back({}, what));
            if (at == root) from_root_[byte] = to;
            else edges_[position_of(edge_key(at, byte))] = {edge_key(at, byte), to};
        }
        at = to;
    }
    endings_[at].all = special;
    if (tokens.type(ids_[special]) == token_type::user_defined) endings_[at].user_defined = special;
    return {};
}

inline auto special_matcher::link() -> result<void> {
    constexpr std::string_view what = "special tokens";
    // Fallbacks are shorter than what falls back, so states are linked in the order of their depth.
    const std::size_t n = states_.size();
    std::uint32_t deepest = 0;
    for (const state& s : states_) deepest = s.depth > deepest ? s.depth : deepest;
    CRIA_TRY(auto starts, buffer<std::uint32_t>::make(std::uint64_t{deepest} + 2, what));
    for (const state& s : states_) ++starts[s.depth + 1];
    for (std::size_t depth = 1; depth < starts.size(); ++depth) starts[depth] += starts[depth - 1];
    CRIA_TRY(auto by_depth, buffer<std::uint32_t>::make(n, what));
    for (std::uint32_t i = 0; i < n; ++i) by_depth[starts[states_[i].depth]++] = i;

    for (const std::uint32_t at : by_depth) {
        state& here = states_[at];
        if (here.depth > 1) here.fallback = next(states_[here.parent].fallback, here.byte);
        const ending& shorter = endings_[here.fallback];
        if (endings_[at].all == none) endings_[at].all = shorter.all;
        if (endings_[at].user_defined == none) endings_[at].user_defined = shorter.user_defined;
    }
    return {};
}

inline auto special_matcher::find_all(std::string_view text, parse_special wanted, buffer<special_match>& found) const
    -> result<void> {
    found.clear();
    const bool any = wanted == parse_special::all;
    if (wanted == parse_special::none || ids_.empty() || (!any && !has_user_defined_)) return {};

    std::uint32_t at = root;
    for (std::size_t i = text.size(); i-- > 0;) {
        at = next(at, static_cast<unsigned char>(text[i]));
        if (at == root) continue;
        const std::uint32_t special = any ? endings_[at].all : endings_[at].user_defined;
        if (special == none) continue;
        CRIA_TRY_VOID(found.push_back({i, sizes_[special], ids_[special]}, "special tokens in the text"));
    }

    for (std::size_t i = 0, n = found.size(); i < n / 2; ++i) std::swap(found[i], found[n - 1 - i]);
    std::size_t kept = 0, free_from = 0;
    for (const special_match& match : found) {
        if (match.begin < free_from) continue;
        free_from = match.begin + match.size;
        found[kept++] = match;
    }
    found.truncate(kept);
    return {};
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_SPECIAL_TOKENS_HPP
