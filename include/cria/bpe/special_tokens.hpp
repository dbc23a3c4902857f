// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_SPECIAL_TOKENS_HPP
#define CRIA_BPE_SPECIAL_TOKENS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/hash.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/vocabulary.hpp"
#include "cria/utf8/validate.hpp"

#include <array>
#include <bit>  // countl_zero, endian
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>
#include <utility>  // exchange, swap

// special_matcher: finds special tokens written out in a text, before anything else looks at it.
//
// Texts are compared byte by byte, without normalisation; what the tokens' neighbours are does not matter. Where
// matches overlap, either the leftmost is taken, and of those that start at one place the longest, as Hugging Face's
// tokenizers match added tokens: with the tokens `ab` and `bcd`, `xabcdx` is x ab c d x. Or the longest token in the
// vocabulary takes all the places it can have, from left to right, then the next longest those that are left, as in
// llama.cpp (tokenizer_st_partition; of tokens with the same length the one with the lower id is first here, any one
// there): x a bcd x.
//
// The matcher is an Aho-Corasick automaton over the texts *read backwards*, run over the text from its end. When it
// has read byte i, its state names the longest special token that starts at i, so a walk over the recorded places
// from left to right is the first rule, and never looks back. Linear in the text and in the vocabulary, however the
// texts overlap. (A. V. Aho, M. J. Corasick: Efficient string matching, CACM 18 (1975) 333-340.)
//
// The second rule is a queue of these places, best token first. Listing every token that starts at a place would be
// quadratic (a, aa, aaa, …), so each place waits with one, and where that has become impossible it looks up the
// longest of its prefixes for which there still is room. It rarely does: to fail again, a token must have been taken
// that is at least as long and lies within that room, so each time less than half of the room is left. A place is
// queued O(log longest token) times at most. Matches that overlap no other never see the queue.

namespace cria::inline v0::bpe {

/// Which special tokens, written out in a text, become themselves.
enum class parse_special : std::uint8_t {
    none,          ///< none: all of the text is just text, and merges into no CONTROL or UNKNOWN token either; for text that
                   ///< is not to be trusted
    user_defined,  ///< those of type USER_DEFINED: they are text, only never cut up. Some of them have roles in a
                   ///< conversation (<|start|> and others of the harmony format), so this is for text that may write them
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
    /// 100 KB; each byte costs the automaton up to 130, and about a microsecond.
    static constexpr std::uint64_t most_text = std::uint64_t{1} << 20U;

    /// The matcher of the tokens of type CONTROL, UNKNOWN and USER_DEFINED. Later tokens hide earlier ones of
    /// the same text and an empty text never matches, nor in compat::hf one that is not UTF-8 (llama.cpp compares bytes).
    /// Fails: errc::out_of_memory; errc::limit_exceeded above most_text.
    /// Cost:  linear in the vocabulary.
    [[nodiscard]] static auto make(const vocabulary& tokens, compat mode = compat::hf) -> result<special_matcher>;

    /// Writes the matches in `text` to `found`, in order; they do not overlap.
    /// Fails: errc::out_of_memory.
    /// Cost:  O(text), where matches overlap and the longest goes first O(text log text log longest token) for the
    ///        worst of texts; nearly nothing where no special token's last byte occurs, nothing where there is no
    ///        special token of the wanted types.
    [[nodiscard]] auto find_all(std::string_view text, parse_special wanted, special_order order, buffer<special_match>& found) const
        -> result<void>;

private:
    static constexpr std::uint32_t root = 0;
    static constexpr std::uint32_t nothing = 0;  // the special token of no bytes, which all others begin with

    /// One of the two sets that can be asked for.
    enum set : std::uint8_t { of_user_defined, of_all };
    static constexpr set sets[] = {of_user_defined, of_all};

    /// The special tokens that another one begins with, as a list that can be searched by length in O(log n):
    /// E. W. Myers, An applicative random-access stack, Information Processing Letters 17 (1983) 241-248.
    struct prefixes {
        std::uint32_t longest = nothing;
        std::uint32_t jump = nothing;  // one some way down the list
        std::uint32_t count = 0;
    };
    /// They are numbered from 1, the longest first, those of one length by id: in the order of longest_first.
    struct special {
        token_id id = 0;
        std::uint32_t size = 0;
        prefixes shorter[2];  // by set
    };
    struct ending {
        std::uint32_t longest[2] = {nothing, nothing};  // by set: the longest special token that ends (backwards) in this state
    };
    static constexpr std::uint32_t no_edge = 0xFFFFFFFFU;
    struct edge {
        std::uint32_t from = no_edge;  // state and byte, or no_edge: the slot is free
        std::uint32_t to = 0;
    };
    struct state {
        std::uint32_t fallback = root;  // the longest proper suffix of this state that is a state
        std::uint32_t parent = root;
        std::uint32_t depth = 0;
        unsigned char byte = 0;  // the last byte read on the way here
    };

    /// How the special tokens of a set end: what is read backwards begins like this.
    struct endings_of_set {
        static constexpr unsigned most_listed = 8;

        // Of a last byte: which may stand one, two and three places before it, by their lower six bits; zeros: no token ends with it.
        static constexpr std::size_t n_before = 3;
        using before_last = std::array<std::uint64_t, n_before>;
        std::array<before_last, 256> before{};
        std::array<unsigned char, most_listed> listed{};  // the last bytes, if there are not more
        unsigned n = 0;  // of last bytes; 0: there are no tokens

        void add(std::string_view token) noexcept;
        /// Where the last token may end of which all is in the first `end` bytes of `text`, or 0.
        [[nodiscard]] auto find_last(std::string_view text, std::size_t end) const noexcept -> std::size_t;
    };

    /// What longest_first needs beside the matches, kept from one group of overlapping matches to the next.
    struct scratch {
        buffer<std::uint64_t> queue;  // a heap of special token << place_bits | match; the least is on top
        buffer<std::uint32_t> taken;  // of each byte how far into its special token it is, from 1; 0: still free
    };
    static constexpr unsigned place_bits = 42;  // enough for 4 TiB of matches
    static_assert(most_text < std::uint64_t{1} << (64 - place_bits));

    [[nodiscard]] static constexpr auto edge_key(std::uint32_t from, unsigned char byte) noexcept -> std::uint32_t {
        static_assert(most_text < std::uint64_t{1} << 24U);  // there are not more states than bytes, and the root
        return from << 8U | byte;
    }
    [[nodiscard]] auto position_of(std::uint32_t key) const noexcept -> std::size_t;
    /// The state that `byte` leads to from `from`, in the tree; root where there is none.
    [[nodiscard]] auto child(std::uint32_t from, unsigned char byte) const noexcept -> std::uint32_t;
    /// The state after `byte`, in the automaton.
    [[nodiscard]] auto next(std::uint32_t from, unsigned char byte) const noexcept -> std::uint32_t;
    [[nodiscard]] auto collect(const vocabulary& tokens, compat mode) -> result<std::uint64_t>;
    [[nodiscard]] auto insert(const vocabulary& tokens, std::uint32_t number) -> result<void>;
    [[nodiscard]] auto link() -> result<void>;
    void set_shorter(std::uint32_t number, std::uint32_t longest, set among) noexcept;

    // In the matches that these work on, `id` is a special token's number.

    /// At each place where a special token starts the longest, from left to right.
    [[nodiscard]] auto find_longest(std::string_view text, set among, buffer<special_match>& found) const -> result<void>;
    [[nodiscard]] auto take_longest_first(set among, std::span<special_match> found) const -> result<void>;
    /// The same for matches that overlap one another, up to byte `end`. Those that are not taken become nothing.
    [[nodiscard]] auto settle(set among, std::span<special_match> group, std::size_t end, scratch& work) const -> result<void>;
    /// The longest special token with which `number` begins that has at most `room` bytes.
    [[nodiscard]] auto prefix_within(set among, std::uint32_t number, std::uint32_t room) const noexcept -> std::uint32_t;
    static void sift_down(std::span<std::uint64_t> heap, std::size_t at) noexcept;

    std::array<std::uint32_t, 256> from_root_{};
    buffer<edge> edges_;  // of all other states; a power of two of them
    std::uint64_t seed_ = 0;
    buffer<state> states_;
    buffer<ending> endings_;    // of each state
    buffer<special> specials_;  // by number; the first is nothing
    std::array<endings_of_set, 2> ends_;  // by set
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto special_matcher::position_of(std::uint32_t key) const noexcept -> std::size_t {
    const std::size_t mask = edges_.size() - 1;
    std::size_t at = static_cast<std::size_t>(cria::detail::hash_of(std::uint64_t{key}, seed_)) & mask;
    while (edges_[at].from != key && edges_[at].from != no_edge) at = (at + 1) & mask;
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

inline auto special_matcher::make(const vocabulary& tokens, compat mode) -> result<special_matcher> {
    constexpr std::string_view what = "special tokens";
    special_matcher made;
    CRIA_TRY(const std::uint64_t n_bytes, made.collect(tokens, mode));
    if (n_bytes == 0) return made;

    std::uint64_t n_slots = 16;
    while (n_slots / 4 * 3 < n_bytes) n_slots *= 2;
    CRIA_TRY(made.edges_, buffer<edge>::make(n_slots, what));
    made.seed_ = cria::detail::seed_from(made.edges_.data());
    CRIA_TRY_VOID(made.states_.push_back({}, what));
    CRIA_TRY_VOID(made.endings_.push_back({}, what));
    for (std::uint32_t number = 1; number < made.specials_.size(); ++number) CRIA_TRY_VOID(made.insert(tokens, number));
    CRIA_TRY_VOID(made.link());
    return made;
}

/// Numbers the special tokens and gives how many bytes their texts have together.
inline auto special_matcher::collect(const vocabulary& tokens, compat mode) -> result<std::uint64_t> {
    constexpr std::string_view what = "special tokens";
    buffer<token_id> ids;
    buffer<std::uint32_t> n_longer;  // by size; before they are added up, how many have that size
    std::uint64_t n_bytes = 0, n_read = 0;
    for (token_id id = 0, n = static_cast<token_id>(tokens.size()); id < n; ++id) {
        if (!prints_verbatim(tokens.type(id))) continue;
        const std::string_view text = tokens.text(id);
        n_read += text.size();
        if (n_read > most_text) return error{errc::limit_exceeded, what}.expecting(most_text, n_read);
        if (text.empty()) continue;
        if (mode == compat::hf && !utf8::is_valid(text)) continue;  // part of a character would cut one apart
        n_bytes += text.size();
        CRIA_TRY_VOID(ids.push_back(id, what));
        if (text.size() >= n_longer.size()) CRIA_TRY_VOID(n_longer.resize(text.size() + 1, what));
        ++n_longer[text.size()];
    }

    std::uint32_t n_before = 1;  // nothing
    for (std::size_t size = n_longer.size(); size-- > 0;) {
        const std::uint32_t n = n_longer[size];
        n_longer[size] = n_before;
        n_before += n;
    }
    CRIA_TRY_VOID(specials_.resize(n_before, what));
    for (const token_id id : ids) {
        const auto size = static_cast<std::uint32_t>(tokens.text(id).size());
        specials_[n_longer[size]++] = {.id = id, .size = size, .shorter = {}};
    }
    return n_bytes;
}

inline auto special_matcher::insert(const vocabulary& tokens, std::uint32_t number) -> result<void> {
    constexpr std::string_view what = "special tokens";
    const std::string_view text = tokens.text(specials_[number].id);
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
    endings_[at].longest[of_all] = number;
    ends_[of_all].add(text);
    if (tokens.type(specials_[number].id) == token_type::user_defined) {
        endings_[at].longest[of_user_defined] = number;
        ends_[of_user_defined].add(text);
    }
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
        for (const set among : sets) {
            std::uint32_t& longest = endings_[at].longest[among];
            const std::uint32_t shorter = endings_[here.fallback].longest[among];
            if (longest == nothing) longest = shorter;
            else set_shorter(longest, shorter, among);
        }
    }
    return {};
}

inline void special_matcher::set_shorter(std::uint32_t number, std::uint32_t longest, set among) noexcept {
    const prefixes& rest = specials_[longest].shorter[among];
    const prefixes& beyond = specials_[rest.jump].shorter[among];
    const bool are_equal_jumps = rest.count - beyond.count == beyond.count - specials_[beyond.jump].shorter[among].count;
    specials_[number].shorter[among] = {longest, are_equal_jumps ? beyond.jump : longest, rest.count + 1};
}

inline auto special_matcher::prefix_within(set among, std::uint32_t number, std::uint32_t room) const noexcept -> std::uint32_t {
    while (specials_[number].size > room) {
        const prefixes& shorter = specials_[number].shorter[among];
        number = specials_[shorter.jump].size > room ? shorter.jump : shorter.longest;
    }
    return number;
}

inline auto special_matcher::find_all(std::string_view text, parse_special wanted, special_order order,
                                      buffer<special_match>& found) const -> result<void> {
    found.clear();
    const set among = wanted == parse_special::all ? of_all : of_user_defined;
    if (wanted == parse_special::none || ends_[among].n == 0) return {};
    CRIA_TRY_VOID(find_longest(text, among, found));
    if (order == special_order::longest_first) CRIA_TRY_VOID(take_longest_first(among, {found.data(), found.size()}));

    std::size_t kept = 0, free_from = 0;
    for (special_match match : found) {
        const auto number = static_cast<std::uint32_t>(match.id);
        if (match.begin < free_from || number == nothing) continue;
        free_from = match.begin + match.size;
        match.id = specials_[number].id;
        found[kept++] = match;
    }
    found.truncate(kept);
    return {};
}

inline auto special_matcher::find_longest(std::string_view text, set among, buffer<special_match>& found) const -> result<void> {
    std::uint32_t at = root;
    for (std::size_t i = text.size();;) {
        // Nearly all of a text is what no special token ends like.
        if (at == root) i = ends_[among].find_last(text, i);
        if (i == 0) break;
        at = next(at, static_cast<unsigned char>(text[--i]));
        const std::uint32_t number = endings_[at].longest[among];
        if (number == nothing) continue;
        CRIA_TRY_VOID(found.push_back({i, specials_[number].size, static_cast<token_id>(number)}, "special tokens in the text"));
    }
    for (std::size_t i = 0, n = found.size(); i < n / 2; ++i) std::swap(found[i], found[n - 1 - i]);
    return {};
}

inline void special_matcher::endings_of_set::add(std::string_view token) noexcept {
    const auto last = static_cast<unsigned char>(token.back());
    before_last& bits = before[last];
    if (bits[0] == 0) {
        if (n < most_listed) listed[n] = last;
        ++n;
    }
    for (std::size_t i = 0; i < n_before; ++i) {
        const bool is_all = i + 2 > token.size();
        bits[i] |= is_all ? ~std::uint64_t{0} : std::uint64_t{1} << (static_cast<unsigned char>(token[token.size() - 2 - i]) & 63U);
    }
}

inline auto special_matcher::endings_of_set::find_last(std::string_view text, std::size_t end) const noexcept -> std::size_t {
    using some_bytes [[gnu::vector_size(16)]] = unsigned char;
    using some_words [[gnu::vector_size(16)]] = std::uint64_t;
    some_bytes wanted[most_listed];
    for (unsigned i = 0; i < n && i < most_listed; ++i) wanted[i] = some_bytes{} + listed[i];
    while (end != 0) {
        if (n <= most_listed && end >= sizeof(some_bytes)) {
            some_bytes some, are_equal{};
            std::memcpy(&some, text.data() + end - sizeof some, sizeof some);
            for (unsigned i = 0; i < n; ++i) are_equal |= reinterpret_cast<some_bytes>(some == wanted[i]);
            const auto words = reinterpret_cast<some_words>(are_equal);
            if ((words[0] | words[1]) == 0) {
                end -= sizeof some;
                continue;
            }
            if (std::endian::native == std::endian::little) end -= static_cast<std::size_t>(std::countl_zero(words[1] != 0 ? words[1] : words[0])) / 8 + (words[1] != 0 ? 0 : 8);
        }
        const before_last& bits = before[static_cast<unsigned char>(text[end - 1])];
        std::size_t i = 0;
        while (i < n_before && i + 2 <= end && ((bits[i] >> (static_cast<unsigned char>(text[end - 2 - i]) & 63U)) & 1U) != 0) ++i;
        if (bits[0] != 0 && (i == n_before || i + 2 > end)) return end;
        --end;
    }
    return 0;
}

inline auto special_matcher::take_longest_first(set among, std::span<special_match> found) const -> result<void> {
    scratch work;
    for (std::size_t first = 0, last = 0; first < found.size(); first = last) {
        const std::size_t end_of_first = found[first].begin + found[first].size;
        std::size_t end = end_of_first;
        for (last = first + 1; last < found.size() && found[last].begin < end; ++last) {
            const std::size_t end_of_last = found[last].begin + found[last].size;
            if (end_of_last > end) end = end_of_last;
        }
        // Alone, or all others lie inside: the first is the longest, too.
        if (end == end_of_first) continue;
        CRIA_TRY_VOID(settle(among, found.subspan(first, last - first), end, work));
    }
    return {};
}

inline auto special_matcher::settle(set among, std::span<special_match> group, std::size_t end, scratch& work) const -> result<void> {
    constexpr std::string_view what = "special tokens in the text";
    const std::size_t base = group.front().begin;
    work.taken.clear();
    CRIA_TRY_VOID(work.taken.resize(end - base, what));
    work.queue.clear();
    CRIA_TRY(std::uint64_t* const places, work.queue.extend(group.size(), what));
    for (std::size_t i = 0; i < group.size(); ++i) {
        places[i] = std::uint64_t{static_cast<std::uint32_t>(group[i].id)} << place_bits | i;
        group[i].id = nothing;
    }
    std::span<std::uint64_t> queue(places, group.size());
    for (std::size_t i = queue.size() / 2; i-- > 0;) sift_down(queue, i);

    while (!queue.empty()) {
        const auto number = static_cast<std::uint32_t>(queue[0] >> place_bits);
        const std::uint64_t place = queue[0] & ((std::uint64_t{1} << place_bits) - 1);
        special_match& match = group[static_cast<std::size_t>(place)];
        std::uint32_t* const bytes = work.taken.data() + (match.begin - base);
        const std::uint32_t size = specials_[number].size;
        // What has been taken is at least as long, so it cannot lie between the two ends.
        std::uint32_t retry = nothing;
        if (bytes[0] == 0 && bytes[size - 1] == 0) {
            match.id = static_cast<token_id>(number);
            match.size = size;
            for (std::uint32_t i = 0; i < size; ++i) bytes[i] = i + 1;
        } else if (bytes[0] == 0) {
            retry = prefix_within(among, number, size - bytes[size - 1]);
        }
        if (retry != nothing) {
            queue[0] = std::uint64_t{retry} << place_bits | place;
        } else {
            queue[0] = queue.back();
            queue = queue.first(queue.size() - 1);
        }
        sift_down(queue, 0);
    }
    return {};
}

inline void special_matcher::sift_down(std::span<std::uint64_t> heap, std::size_t at) noexcept {
    if (heap.empty()) return;
    const std::uint64_t moving = heap[at];
    for (std::size_t child = 2 * at + 1; child < heap.size(); child = 2 * at + 1) {
        if (child + 1 < heap.size() && heap[child + 1] < heap[child]) ++child;
        if (moving <= heap[child]) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_SPECIAL_TOKENS_HPP
