// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_VOCABULARY_HPP
#define CRIA_BPE_VOCABULARY_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/byte_alphabet.hpp"
#include "cria/bpe/character_borders.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/text_index.hpp"

#include <bit>  // bit_cast
#include <cassert>
#include <cstdint>
#include <cstring>  // memcpy, memset
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// vocabulary: what a token is called, what it prints, what kind it is, and which token a text is.
//
// A token has up to three texts, of which two at most are different. They lie in one arena, token by token, what is printed first:
//   text   what stands in the file
//   bytes  what the token prints: the file's text through the byte alphabet, or with U+2581 as a space, or
//          the byte of <0xXX>; special tokens print what stands in the file
//   key    what the encoder looks it up by: raw bytes in a byte-level vocabulary, the file's text in others.
//          A byte-level text with characters outside the byte alphabet has no key, since no text can become
//          it by merging.
// So there are two ways of spelling tokens, byte-level and not, whatever their tokenizer then does with text. Where a token's bytes begin and how many they are
// is one word, which is all that decoding reads, but for the few tokens that are long.
//
// The rules follow what GGUF's converters write and llama.cpp reads (src/llama-vocab.cpp), with these
// decisions where files contradict themselves: of several tokens with one text the last is found (as in the
// JSON objects that vocabularies come from); an empty text is a token that is never found; UNUSED tokens print their text
// like NORMAL ones, since text may become them (compat::llama_cpp prints nothing for them, bpe/decoding.hpp).

namespace cria::inline v0::bpe {

/// A token's number in its vocabulary.
using token_id = std::int32_t;

/// What kind of token it is, numbered as in `tokenizer.ggml.token_type`.
enum class token_type : std::uint8_t {
    undefined = 0,
    normal = 1,
    unknown = 2,       ///< stands for what the vocabulary cannot spell
    control = 3,       ///< steers the model; is not text
    user_defined = 4,  ///< text that is one token wherever it stands
    unused = 5,
    byte = 6,  ///< one byte, called <0xXX>
};

/// How a text becomes tokens.
enum class algorithm : std::uint8_t {
    byte_level,       ///< GPT-2's BPE: pieces of text, merged by rank from single bytes
    sentencepiece,    ///< SentencePiece's BPE: whole text, merged by score from single characters
    character_level,  ///< Gemma 4's BPE: SentencePiece's spelling, in pieces of text that are merged by rank
};

/// The tokens of a tokenizer. Filled once, then read only.
/// Threads: const functions may run in many threads at once.
class vocabulary {
public:
    explicit vocabulary(algorithm kind) noexcept : kind_(kind) {}

    [[nodiscard]] auto kind() const noexcept -> algorithm { return kind_; }
    /// The number of tokens; their ids are 0 to size() - 1.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return kinds_.size(); }
    [[nodiscard]] auto contains(token_id id) const noexcept -> bool { return id >= 0 && static_cast<std::size_t>(id) < size(); }

    // Precondition of the next four: contains(id).

    /// The token as it stands in the file. Borrows.
    [[nodiscard]] auto text(token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return is(id, text_is_printed) ? printed(id) : other(id); }
    /// What the token prints; one token may be a part of a character. Borrows.
    [[nodiscard]] auto bytes(token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return printed(id); }
    [[nodiscard]] auto type(token_id id) const noexcept -> token_type { return static_cast<token_type>(kinds_[index(id)] & type_mask); }
    /// The score, 0 where the file has none.
    [[nodiscard]] auto score(token_id id) const noexcept -> float { return scores_.empty() ? 0 : scores_[index(id)]; }

    /// The token that stands in the file as `text`; the last one, if there are several.
    /// Cost: O(text), no allocation where it is shorter than 256 bytes.
    [[nodiscard]] auto find(std::string_view text) const noexcept -> std::optional<token_id>;

    // For builders. Tokens first, then index(); what is looked up before that is not found.

    /// Room for `tokens` tokens whose texts have `text_bytes` bytes together. Fails: errc::out_of_memory.
    [[nodiscard]] auto reserve(std::uint64_t tokens, std::uint64_t text_bytes) -> result<void>;
    /// One more token, whose id is the size() before.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above 2^31 - 1 tokens or 128 MiB of text and what is printed.
    [[nodiscard]] auto add(std::string_view text, token_type type, float score) -> result<void>;
    /// Makes all texts findable; pieces() are in doubt or not. Fails: errc::out_of_memory.
    [[nodiscard]] auto build_index(bool are_in_doubt = false) -> result<void>;
    /// Makes a token one of another type after all. Precondition: contains(id); the text spells itself (no spaces, no
    /// characters of the byte alphabet that stand for others), or the type is one that prints it as it stands.
    void set_type(token_id id, token_type type) noexcept;
    /// set_type(id, CONTROL).
    void make_control(token_id id) noexcept { set_type(id, token_type::control); }
    /// How many tokens have the text of a later one.
    [[nodiscard]] auto n_duplicates() const noexcept -> std::size_t { return n_duplicates_; }

    // For decoders. The index must have been built.

    /// Of tokens one after the other.
    struct printed_size {
        std::uint64_t n_bytes = 0;  ///< or more than most_printed
        bool are_tokens = true;     ///< otherwise one of the ids is none
    };
    static constexpr std::uint64_t most_printed = std::uint64_t{1} << 62U;
    [[nodiscard]] auto size_of(std::span<const token_id> ids) const noexcept -> printed_size {
        printed_size sum;
        if (size() == 0) return {0, ids.empty()};
        const auto n = static_cast<std::uint32_t>(size());
        constexpr std::size_t block = std::size_t{1} << 20U;
        while (!ids.empty() && sum.n_bytes <= most_printed) {
            const auto some = ids.first(ids.size() < block ? ids.size() : block);
            std::size_t n_others = 0;
            for (const token_id id : some) {
                const auto number = static_cast<std::uint32_t>(id);
                n_others += number < n ? 0 : 1;
                sum.n_bytes += printed_size_of(number < n ? number : 0);
            }
            sum.are_tokens = sum.are_tokens && n_others == 0;
            ids = ids.subspan(some.size());
        }
        return sum;
    }
    /// Writes what tokens print and gives the end of it; what lies from there to `end` may be written to as well.
    /// Preconditions: size_of(ids).are_tokens, and there is room.
    [[nodiscard]] auto print(std::span<const token_id> ids, char* out, const char* end) const noexcept -> char* {
        constexpr std::size_t step = sizeof(detail::short_text);  // most tokens are shorter, and a size that is known is copied at once
        const char* const arena = arena_.data();
        const place* const places = places_.data();
        for (const token_id id : ids) {
            const place at = places[static_cast<std::size_t>(id)];
            const char* const from = arena + at.begin();
            std::size_t n = at.size();
            if (n <= step && static_cast<std::size_t>(end - out) >= step) {
                std::memcpy(out, from, step);
            } else {
                n = printed_size_of(static_cast<std::uint32_t>(id));
                std::memcpy(out, from, n);
            }
            out += n;
        }
        return out;
    }

    // For encoders.

    static constexpr std::uint32_t none = detail::text_index::none;
    /// The token whose key is `key`, of whatever type, or none.
    /// Cost: O(key), no allocation; O(1) for what is longer than any token.
    [[nodiscard]] auto find_key(std::string_view key) const noexcept -> std::uint32_t {
        return is_short(key.size()) ? find_short(detail::copy_short_text(key), key.data()) : find_long_key(key);
    }
    /// The same of a key that ends before `end`, up to which memory can be read: a short one is read as a whole.
    [[nodiscard]] auto find_key(std::string_view key, const char* end) const noexcept -> std::uint32_t {
        if (!is_short(key.size())) return find_long_key(key);
        const bool has_room = static_cast<std::size_t>(end - key.data()) >= sizeof(detail::short_text);
        return find_short(has_room ? detail::load_short_text(key.data(), key.size()) : detail::copy_short_text(key), key.data());
    }
    /// The same of a key too long for pieces().
    [[nodiscard]] auto find_long_key(std::string_view key) const noexcept -> std::uint32_t { return key.size() <= longest_key_ ? by_key_.find(key, key_of()) : none; }
    /// The same of a key that is not in its line of pieces(), or is called like a token that is not what it becomes; its short text and its hash there are known.
    [[nodiscard]] auto find_missed_key(std::string_view key, const detail::short_text& text, std::uint64_t hash) const noexcept -> std::uint32_t {
        return is_short(key.size()) ? find_short(text, hash, key.data()) : find_long_key(key);
    }
    /// The same of a short key, which begins at `text`, has this hash in pieces(), and is not in its line there.
    [[nodiscard]] auto find_crowded(const detail::short_text& key, std::uint64_t hash, const char* text) const noexcept -> std::uint32_t {
        const std::uint32_t found = pieces_.find_second(key, hash);
        return found != none || !pieces_.has_no_room(hash) ? found : by_key_.find({text, key.size()}, key_of());
    }
    // The same for many keys at a time, in four rounds: each waits for all of its memory at once.
    [[nodiscard]] auto hash_key(std::string_view key) const noexcept -> std::uint32_t {
        const std::uint32_t hash = by_key_.hash(key);
        by_key_.prefetch_slot(hash);
        return hash;
    }
    void prefetch_range(std::uint32_t hash) const noexcept {
        if (const std::uint32_t id = by_key_.probable(hash); id != none) detail::prefetch(places_.data() + id);
    }
    void prefetch_text(std::uint32_t hash) const noexcept {
        if (const std::uint32_t id = by_key_.probable(hash); id != none) detail::prefetch(arena_.data() + places_[id].begin());
    }
    [[nodiscard]] auto find_key(std::string_view key, std::uint32_t hash) const noexcept -> std::uint32_t {
        if (key.size() > longest_key_) return none;
        return is_short(key.size()) ? find_key(key) : by_key_.find(key, hash, key_of());
    }
    /// The bytes of the longest key.
    [[nodiscard]] auto longest_key() const noexcept -> std::size_t { return longest_key_; }
    /// Most of the byte-level tokens with short keys, by these; empty where there is no such table.
    [[nodiscard]] auto pieces() const noexcept -> const detail::piece_table& { return pieces_; }
    /// Which ends of characters keys lie across with a part of a character. Precondition: pieces() are not empty.
    [[nodiscard]] auto borders() const noexcept -> const detail::character_borders& { return borders_; }
    /// Takes a token out of pieces(); find_key() still finds it. Precondition: contains(id). Fails: errc::out_of_memory.
    [[nodiscard]] auto withdraw(token_id id) -> result<void>;
    /// A token's key; empty if it has none. Precondition: contains(id).
    [[nodiscard]] auto key(token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view {
        if (is(id, has_no_key)) return {};
        return is(id, key_is_other) ? other(id) : printed(id);
    }

private:
    /// Where in the arena a token begins, and how many bytes it prints, which are its first; another text, if there is one, goes from there to the next token.
    struct place {
        static constexpr unsigned size_bits = 5;
        static constexpr std::uint32_t many = (std::uint32_t{1} << size_bits) - 1;  // bytes, or more

        std::uint32_t word;

        [[nodiscard]] static constexpr auto of(std::size_t begin, std::size_t size) noexcept -> place {
            return {static_cast<std::uint32_t>(begin) << size_bits | (size < many ? static_cast<std::uint32_t>(size) : many)};
        }
        [[nodiscard]] auto begin() const noexcept -> std::size_t { return word >> size_bits; }
        [[nodiscard]] auto size() const noexcept -> std::uint32_t { return word & many; }
    };
    static constexpr std::uint64_t most_arena = std::uint64_t{1} << (32U - place::size_bits);
    /// A token of two texts one of which is long, and how many bytes it prints.
    struct long_token {
        std::uint32_t id;
        std::uint32_t size;
    };
    // kinds_: a token_type, and which text is which.
    static constexpr std::uint8_t type_mask = 7, has_no_key = 8, key_is_other = 16, text_is_printed = 32, has_other = 64;

    struct text_of_token {
        const vocabulary* of;
        auto operator()(std::uint32_t id) const noexcept -> std::string_view { return of->text(static_cast<token_id>(id)); }
    };
    struct key_of_token {
        const vocabulary* of;
        auto operator()(std::uint32_t id) const noexcept -> std::string_view { return of->key(static_cast<token_id>(id)); }
    };

    [[nodiscard]] auto index(token_id id) const noexcept -> std::size_t { return assert(contains(id)), static_cast<std::size_t>(id); }
    [[nodiscard]] auto is(token_id id, std::uint8_t kind) const noexcept -> bool { return (kinds_[index(id)] & kind) != 0; }
    [[nodiscard]] auto printed_size_of(std::uint32_t id) const noexcept -> std::size_t {
        const std::uint32_t size = places_[id].size();
        return size != place::many ? size : long_size_of(id);
    }
    [[nodiscard]] auto long_size_of(std::uint32_t id) const noexcept -> std::size_t {
        if ((kinds_[id] & has_other) == 0) return places_[id + 1].begin() - places_[id].begin();
        return long_tokens_[long_place_of(id)].size;
    }
    /// Precondition: it is one of long_tokens_.
    [[nodiscard]] auto long_place_of(std::uint32_t id) const noexcept -> std::size_t;
    [[nodiscard]] auto printed(token_id id) const noexcept -> std::string_view {
        return {arena_.data() + places_[index(id)].begin(), printed_size_of(static_cast<std::uint32_t>(id))};
    }
    /// The other of two, or the only one.
    [[nodiscard]] auto other(token_id id) const noexcept -> std::string_view {
        const std::size_t i = index(id), end = places_[i + 1].begin();
        const std::size_t begin = places_[i].begin() + (is(id, has_other) ? printed_size_of(static_cast<std::uint32_t>(id)) : 0);
        return {arena_.data() + begin, end - begin};
    }
    [[nodiscard]] auto key_of() const noexcept -> key_of_token { return {this}; }
    [[nodiscard]] auto text_of() const noexcept -> text_of_token { return {this}; }
    [[nodiscard]] auto is_short(std::size_t size) const noexcept -> bool { return size <= detail::piece_table::most_bytes && size != 0 && !pieces_.empty(); }
    [[nodiscard]] auto find_short(const detail::short_text& key, const char* text) const noexcept -> std::uint32_t {
        return find_short(key, pieces_.hash(key), text);
    }
    [[nodiscard]] auto find_short(const detail::short_text& key, std::uint64_t hash, const char* text) const noexcept -> std::uint32_t {
        const std::uint32_t found = pieces_.find_first(key, hash);
        return found != none || !pieces_.is_full(hash) ? found : find_crowded(key, hash, text);
    }
    void swap_texts(token_id id) noexcept;
    /// Puts a short key elsewhere than into its line of pieces_, and gives the token that it led to, or none. Fails: errc::out_of_memory.
    [[nodiscard]] auto insert_crowded(std::string_view key, const detail::short_text& text, std::uint32_t id) -> result<std::uint32_t>;

    algorithm kind_;
    buffer<char> arena_;
    buffer<place> places_;            // and one more: where the next token would begin
    buffer<long_token> long_tokens_;  // by id
    buffer<std::uint8_t> kinds_;
    buffer<float> scores_;  // empty: all are 0
    detail::piece_table pieces_;
    detail::character_borders borders_;  // with pieces_
    detail::text_index by_key_;   // those that are not in pieces_
    detail::text_index by_text_;  // those without a key
    std::size_t longest_key_ = 0;
    std::size_t n_long_keys_ = 0;  // too long for pieces_
    std::size_t n_duplicates_ = 0;
};

/// The byte that a text of the form <0xXX> (upper-case digits) names, or -1.
[[nodiscard]] constexpr auto byte_of_text(std::string_view text) noexcept -> int;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// decode_byte_text(), faster for what begins with at most one space, goes on with characters that stand for themselves, and has 15 of them or fewer. Room
/// is needed for 17 bytes more to read behind the text, and to write.
[[nodiscard]] inline auto decode_usual_byte_text(std::string_view text, char* out) noexcept -> decoded_text {
    const bool has_space = text.size() >= 2 && text[0] == '\xC4' && text[1] == '\xA0';
    const std::size_t n_space = has_space ? 2 : 0, n = text.size() - n_space;
    if (n > short_text::most_bytes || std::endian::native != std::endian::little) return decode_byte_text(text, out);
    // 21 to 7E: with 5F the highest bit is set, with 1 it is not. What is behind the end counts as one of them.
    constexpr std::uint64_t ones = 0x0101010101010101U, high = ones * 0x80;
    std::uint64_t low_word = 0, high_word = 0;
    std::memcpy(&low_word, text.data() + n_space, 8);
    std::memcpy(&high_word, text.data() + n_space + 8, 8);
    *out = ' ';
    char* const to = out + n_space / 2;
    std::memcpy(to, &low_word, 8);
    std::memcpy(to + 8, &high_word, 8);
    const short_text& counting = masks_by_length.counting[n];
    low_word = (low_word & counting.low) | (~counting.low & ones * 0x30);
    high_word = (high_word & counting.high) | (~counting.high & ones * 0x30);
    const bool is_usual = ((low_word | high_word | (low_word + ones) | (high_word + ones)) & high) == 0 && ((low_word + ones * 0x5F) & (high_word + ones * 0x5F) & high) == high;
    if (!is_usual) return decode_byte_text(text, out);
    return {n + n_space / 2, true};
}

/// What SentencePiece writes for a space: U+2581.
inline constexpr std::string_view escaped_space = "\xE2\x96\x81";

/// Types that no text becomes by itself: only where it is allowed to be written out (parse_special).
[[nodiscard]] constexpr auto is_special_type(token_type type) noexcept -> bool { return type == token_type::control || type == token_type::unknown; }

/// Types that print what stands in the file.
[[nodiscard]] constexpr auto prints_verbatim(token_type type) noexcept -> bool {
    return type == token_type::control || type == token_type::unknown || type == token_type::user_defined;
}

}  // namespace detail

constexpr auto byte_of_text(std::string_view text) noexcept -> int {
    if (text.size() != 6 || text.substr(0, 3) != "<0x" || text[5] != '>') return -1;
    int byte = 0;
    for (const char digit : text.substr(3, 2)) {
        if (digit >= '0' && digit <= '9') byte = byte * 16 + (digit - '0');
        else if (digit >= 'A' && digit <= 'F') byte = byte * 16 + (digit - 'A' + 10);
        else return -1;
    }
    return byte;
}

inline auto vocabulary::find(std::string_view text) const noexcept -> std::optional<token_id> {
    std::uint32_t found = none;
    if (kind_ != algorithm::byte_level) {
        found = find_key(text);
    } else if (text.size() < 256) {
        char raw[256];
        const auto decoded = decode_byte_text(text, raw);
        found = decoded.exact ? find_key({raw, decoded.size}) : by_text_.find(text, text_of());
    } else {
        buffer<char> raw;
        const auto room = raw.extend(text.size(), "token text");
        if (!room) return std::nullopt;  // no vocabulary has a text that memory cannot hold twice
        const auto decoded = decode_byte_text(text, *room);
        found = decoded.exact ? find_key({raw.data(), decoded.size}) : by_text_.find(text, text_of());
    }
    if (found == none) return std::nullopt;
    return static_cast<token_id>(found);
}

inline auto vocabulary::reserve(std::uint64_t tokens, std::uint64_t text_bytes) -> result<void> {
    constexpr std::string_view what = "vocabulary";
    if (tokens == ~std::uint64_t{0}) return error{errc::out_of_memory, what}.finding(tokens);
    CRIA_TRY_VOID(places_.reserve(tokens + 1, what));
    CRIA_TRY_VOID(kinds_.reserve(tokens, what));
    return arena_.reserve(text_bytes, what);
}

inline auto vocabulary::add(std::string_view text, token_type type, float score) -> result<void> {
    constexpr std::string_view what = "vocabulary";
    constexpr std::uint64_t most_tokens = 0x7FFFFFFF;
    // What is printed, the text, and a copy of it are in the arena together for a moment, with room so that whole words can be read and written.
    constexpr std::size_t room = 2 * sizeof(detail::short_text);
    const std::size_t begin = arena_.size(), n = text.size();
    if (size() >= most_tokens || n > most_arena || begin + 2 * std::uint64_t{n} + 1 > most_arena) return error{errc::limit_exceeded, what}.finding(std::uint64_t{size()});
    CRIA_TRY(char* const first, arena_.extend(2 * n + 2 * room, what));
    char* const copy = first + n + room;
    if (n != 0) std::memcpy(copy, text.data(), n);
    const std::string_view copied{copy, n};
    std::size_t n_first = n, n_other = 0;  // bytes
    std::uint8_t kind = static_cast<std::uint8_t>(type);
    if (const int byte = type == token_type::byte ? byte_of_text(text) : -1; byte >= 0) {
        *first = static_cast<char>(static_cast<unsigned char>(byte));
        n_first = 1;
        n_other = n;
        kind |= key_is_other;  // a byte-level key, too: these are characters that stand for themselves
    } else if (kind_ == algorithm::byte_level) {
        const auto decoded = detail::decode_usual_byte_text(copied, first);
        if (!decoded.exact) kind |= has_no_key;
        if (!detail::prints_verbatim(type)) {
            n_first = decoded.size;
            n_other = decoded.size == n ? 0 : n;  // what was replaced by something shorter is not the same; what has the same size is
        } else if (decoded.exact && decoded.size != n) {
            n_other = decoded.size;
            kind |= key_is_other | text_is_printed;
        } else if (n != 0) {
            std::memcpy(first, text.data(), n);
        }
    } else {
        kind |= key_is_other;
        char* out = first;
        for (std::size_t at = 0; at < n;) {
            const bool is_space = copied[at] == detail::escaped_space[0] && copied.substr(at, 3) == detail::escaped_space && !detail::prints_verbatim(type);
            *out++ = is_space ? ' ' : copied[at];
            at += is_space ? 3 : 1;
        }
        n_first = static_cast<std::size_t>(out - first);
        n_other = n_first == n ? 0 : n;
    }
    if (n_other != 0) {
        if ((kind & text_is_printed) != 0) {
            std::memmove(first + n, first, n_other);
            std::memcpy(first, text.data(), n);
        } else if (n <= sizeof(detail::short_text)) {
            std::memcpy(first + n_first, copy, sizeof(detail::short_text));
        } else {
            std::memcpy(first + n_first, text.data(), n);
        }
        kind |= has_other;
        if (n_first >= place::many || n_other >= place::many)
            CRIA_TRY_VOID(long_tokens_.push_back({static_cast<std::uint32_t>(size()), static_cast<std::uint32_t>(n_first)}, what));
    }
    arena_.truncate(begin + n_first + n_other);
    if (places_.empty()) CRIA_TRY_VOID(places_.push_back({}, what));
    places_.back() = place::of(begin, n_first);
    if (!scores_.empty() || std::bit_cast<std::uint32_t>(score) != 0) {
        if (scores_.empty()) CRIA_TRY_VOID(scores_.resize(size(), what));
        CRIA_TRY_VOID(scores_.push_back(score, what));
    }
    CRIA_TRY_VOID(kinds_.push_back(kind, what));
    CRIA_TRY_VOID(places_.push_back(place::of(arena_.size(), 0), what));
    const std::size_t n_key = (kind & has_no_key) != 0 ? 0 : (kind & key_is_other) != 0 && n_other != 0 ? n_other : n_first;
    if (n_key > detail::piece_table::most_bytes) ++n_long_keys_;
    return {};
}

inline auto vocabulary::long_place_of(std::uint32_t id) const noexcept -> std::size_t {
    std::size_t from = 0;
    for (std::size_t n = long_tokens_.size(); n > 1;) {
        const std::size_t half = n / 2;
        if (long_tokens_[from + half].id <= id) from += half;
        n -= half;
    }
    assert(long_tokens_[from].id == id);
    return from;
}

/// What is printed becomes the other text. Precondition: there are two.
inline void vocabulary::swap_texts(token_id id) noexcept {
    const std::string_view first = printed(id), second = other(id);
    char* const begin = arena_.data() + places_[index(id)].begin();
    const std::size_t end = first.size() + second.size(), middle = first.size();
    const auto reverse = [begin](std::size_t from, std::size_t to) {
        while (from + 1 < to) std::swap(begin[from++], begin[--to]);
    };
    reverse(0, middle);
    reverse(middle, end);
    reverse(0, end);
    places_[index(id)] = place::of(static_cast<std::size_t>(begin - arena_.data()), second.size());
    if (middle < place::many && second.size() < place::many) return;
    long_tokens_[long_place_of(static_cast<std::uint32_t>(id))].size = static_cast<std::uint32_t>(second.size());
}

inline auto vocabulary::build_index(bool are_in_doubt) -> result<void> {
    constexpr std::string_view what = "vocabulary";
    const bool has_pieces = kind_ == algorithm::byte_level && detail::piece_table::is_supported && size() != 0 && size() <= detail::piece_table::most_ids;
    CRIA_TRY(char* const padding, arena_.extend(sizeof(detail::short_text), what));  // so that short texts can be read as a whole
    std::memset(padding, 0, sizeof(detail::short_text));
    if (has_pieces) {
        CRIA_TRY_VOID(pieces_.reserve(size() - n_long_keys_, are_in_doubt));
        CRIA_TRY_VOID(borders_.begin());
        CRIA_TRY_VOID(by_key_.reserve(std::uint64_t{n_long_keys_} + size() / 32));  // with those that find no room
    } else {
        CRIA_TRY_VOID(by_key_.reserve(size()));
    }
    constexpr std::size_t group = 32;
    std::string_view keys[group];
    detail::short_text texts[group];
    std::uint64_t hashes[group];
    buffer<std::uint32_t> crowded;  // ids for which there was no room in their line of pieces_
    for (std::size_t begin = 0; begin < size(); begin += group) {
        const std::size_t n = size() - begin < group ? size() - begin : group;
        for (std::size_t i = 0; i < n; ++i) {
            keys[i] = key(static_cast<token_id>(begin + i));
            const std::size_t n_key = keys[i].size();
            if (n_key > longest_key_) longest_key_ = n_key;
            if (n_key == 0) continue;
            if (has_pieces) borders_.note(keys[i]);
            if (has_pieces && n_key <= detail::piece_table::most_bytes) {
                texts[i] = detail::load_short_text(keys[i].data(), n_key);
                hashes[i] = pieces_.hash(texts[i]);
                pieces_.prefetch(hashes[i]);
            } else {
                hashes[i] = hash_key(keys[i]);
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            const auto id = static_cast<std::uint32_t>(begin + i);
            const std::size_t n_key = keys[i].size();
            std::uint32_t before = none;
            if (n_key == 0) {
                const std::string_view written = text(static_cast<token_id>(id));
                if (written.empty()) continue;
                CRIA_TRY(before, by_text_.insert(written, id, text_of()));
            } else if (has_pieces && n_key <= detail::piece_table::most_bytes) {
                before = pieces_.find_first(texts[i], hashes[i]);
                if (before != none) pieces_.replace(texts[i], hashes[i], id);
                else if (!pieces_.insert(texts[i], hashes[i], id)) CRIA_TRY_VOID(crowded.push_back(id, what));
            } else {
                CRIA_TRY_VOID(by_key_.make_room());
                before = by_key_.insert(keys[i], static_cast<std::uint32_t>(hashes[i]), id, key_of());
            }
            if (before != none) ++n_duplicates_;
        }
    }
    for (std::size_t i = 0; i < crowded.size(); ++i) {
        constexpr std::size_t ahead = 8;
        const auto next = static_cast<token_id>(crowded[i + ahead < crowded.size() ? i + ahead : i]);
        pieces_.prefetch_second(pieces_.hash(detail::load_short_text(key(next).data(), key(next).size())));
        const std::string_view crowded_key = key(static_cast<token_id>(crowded[i]));
        CRIA_TRY(const std::uint32_t before, insert_crowded(crowded_key, detail::load_short_text(crowded_key.data(), crowded_key.size()), crowded[i]));
        if (before != none) ++n_duplicates_;
    }
    return {};
}

inline auto vocabulary::insert_crowded(std::string_view key, const detail::short_text& text, std::uint32_t id) -> result<std::uint32_t> {
    const std::uint64_t hash = pieces_.hash(text);
    const std::uint32_t before = pieces_.find(text, hash);
    if (before != none) pieces_.replace(text, hash, id);
    else if (!pieces_.insert_second(text, hash, id)) return by_key_.insert(key, id, key_of());
    return before;
}

inline auto vocabulary::withdraw(token_id id) -> result<void> {
    const std::string_view withdrawn = key(id);
    if (!is_short(withdrawn.size())) return {};
    const auto short_key = detail::copy_short_text(withdrawn);
    const std::uint64_t hash = pieces_.hash(short_key);
    if (pieces_.find_first(short_key, hash) != static_cast<std::uint32_t>(id)) return {};
    CRIA_TRY_VOID(by_key_.make_room());  // before anything has changed
    pieces_.withdraw(short_key, hash);
    CRIA_TRY([[maybe_unused]] const std::uint32_t before, insert_crowded(withdrawn, short_key, static_cast<std::uint32_t>(id)));
    return {};
}

inline void vocabulary::set_type(token_id id, token_type type) noexcept {
    std::uint8_t& kind = kinds_[index(id)];
    kind = static_cast<std::uint8_t>((kind & ~type_mask) | static_cast<std::uint8_t>(type));
    if ((kind & has_other) == 0 || (kind & text_is_printed) != 0) return;
    swap_texts(id);
    kind = static_cast<std::uint8_t>((kind ^ key_is_other) | text_is_printed);
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_VOCABULARY_HPP
