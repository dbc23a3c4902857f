// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_VOCABULARY_HPP
#define CRIA_BPE_VOCABULARY_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/byte_alphabet.hpp"
#include "cria/bpe/text_index.hpp"

#include <cassert>
#include <cstdint>
#include <optional>
#include <string_view>

// vocabulary: what a token is called, what it prints, what kind it is, and which token a text is.
//
// A token has up to three texts, all of them ranges of one arena, and one range where they are the same:
//   text   what stands in the file
//   bytes  what the token prints: the file's text through the byte alphabet, or with U+2581 as a space, or
//          the byte of <0xXX>; special tokens print what stands in the file
//   key    what the encoder looks it up by: raw bytes in a byte-level vocabulary, the file's text in others.
//          A byte-level text with characters outside the byte alphabet has no key, since no text can become
//          it by merging.
// So there are two ways of spelling tokens, byte-level and not, whatever their tokenizer then does with text.
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
    [[nodiscard]] auto size() const noexcept -> std::size_t { return texts_.size(); }
    [[nodiscard]] auto contains(token_id id) const noexcept -> bool { return id >= 0 && static_cast<std::size_t>(id) < size(); }

    // Precondition of the next four: contains(id).

    /// The token as it stands in the file. Borrows.
    [[nodiscard]] auto text(token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return view(texts_[index(id)]); }
    /// What the token prints; one token may be a part of a character. Borrows.
    [[nodiscard]] auto bytes(token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return view(prints_[index(id)]); }
    [[nodiscard]] auto type(token_id id) const noexcept -> token_type { return types_[index(id)]; }
    /// The score, 0 where the file has none.
    [[nodiscard]] auto score(token_id id) const noexcept -> float { return scores_[index(id)]; }

    /// The token that stands in the file as `text`; the last one, if there are several.
    /// Cost: O(text), no allocation where it is shorter than 256 bytes.
    [[nodiscard]] auto find(std::string_view text) const noexcept -> std::optional<token_id>;

    // For builders. Tokens first, then index(); what is looked up before that is not found.

    /// Room for `tokens` tokens whose texts have `text_bytes` bytes together. Fails: errc::out_of_memory.
    [[nodiscard]] auto reserve(std::uint64_t tokens, std::uint64_t text_bytes) -> result<void>;
    /// One more token, whose id is the size() before.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above 2^31 - 1 tokens or 4 GiB of text.
    [[nodiscard]] auto add(std::string_view text, token_type type, float score) -> result<void>;
    /// Makes all texts findable. Fails: errc::out_of_memory.
    [[nodiscard]] auto build_index() -> result<void>;
    /// Makes a token one of another type after all. Precondition: contains(id); the text spells itself (no spaces, no
    /// characters of the byte alphabet that stand for others), or the type is one that prints it as it stands.
    void set_type(token_id id, token_type type) noexcept;
    /// set_type(id, CONTROL).
    void make_control(token_id id) noexcept { set_type(id, token_type::control); }
    /// How many tokens have the text of a later one.
    [[nodiscard]] auto n_duplicates() const noexcept -> std::size_t { return n_duplicates_; }

    // For encoders.

    static constexpr std::uint32_t none = detail::text_index::none;
    /// The token whose key is `key`, of whatever type, or none.
    /// Cost: O(key), no allocation; O(1) for what is longer than any token.
    [[nodiscard]] auto find_key(std::string_view key) const noexcept -> std::uint32_t {
        if (key.size() > longest_key_) return none;
        return by_key_.find(key, key_of());
    }
    // The same for many keys at a time, in four rounds: each waits for all of its memory at once.
    [[nodiscard]] auto hash_key(std::string_view key) const noexcept -> std::uint32_t {
        const std::uint32_t hash = by_key_.hash(key);
        by_key_.prefetch_slot(hash);
        return hash;
    }
    void prefetch_range(std::uint32_t hash) const noexcept {
        if (const std::uint32_t id = by_key_.probable(hash); id != none) detail::prefetch(keys_.data() + id);
    }
    void prefetch_text(std::uint32_t hash) const noexcept {
        if (const std::uint32_t id = by_key_.probable(hash); id != none) detail::prefetch(arena_.data() + keys_[id].begin);
    }
    [[nodiscard]] auto find_key(std::string_view key, std::uint32_t hash) const noexcept -> std::uint32_t {
        if (key.size() > longest_key_) return none;
        return by_key_.find(key, hash, key_of());
    }
    /// A token's key; empty if it has none. Precondition: contains(id).
    [[nodiscard]] auto key(token_id id) const noexcept CRIA_LIFETIME_BOUND -> std::string_view { return view(keys_[index(id)]); }

private:
    struct range {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    struct text_of_number {
        const char* arena;
        const range* ranges;
        auto operator()(std::uint32_t id) const noexcept -> std::string_view { return {arena + ranges[id].begin, ranges[id].size}; }
    };

    [[nodiscard]] auto index(token_id id) const noexcept -> std::size_t { return assert(contains(id)), static_cast<std::size_t>(id); }
    [[nodiscard]] auto view(range r) const noexcept -> std::string_view { return {arena_.data() + r.begin, r.size}; }
    [[nodiscard]] auto key_of() const noexcept -> text_of_number { return {arena_.data(), keys_.data()}; }
    [[nodiscard]] auto text_of() const noexcept -> text_of_number { return {arena_.data(), texts_.data()}; }
    /// The end of the arena from `begin` on, made from `original` by replacing longer texts with shorter ones,
    /// as a range; or `original`, and the end is dropped, if nothing was replaced.
    [[nodiscard]] auto settle(std::size_t begin, range original) noexcept -> range;
    [[nodiscard]] auto add_byte_level(range text, token_type type) -> result<void>;
    [[nodiscard]] auto add_spelled_in_text(range text, token_type type) -> result<void>;

    algorithm kind_;
    buffer<char> arena_;
    buffer<range> texts_, prints_, keys_;
    buffer<token_type> types_;
    buffer<float> scores_;
    detail::text_index by_key_;
    detail::text_index by_text_;  // those without a key
    std::size_t longest_key_ = 0;
    std::size_t n_duplicates_ = 0;
};

/// The byte that a text of the form <0xXX> (upper-case digits) names, or -1.
[[nodiscard]] constexpr auto byte_of_text(std::string_view text) noexcept -> int;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

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
    CRIA_TRY_VOID(texts_.reserve(tokens, what));
    CRIA_TRY_VOID(prints_.reserve(tokens, what));
    CRIA_TRY_VOID(keys_.reserve(tokens, what));
    CRIA_TRY_VOID(types_.reserve(tokens, what));
    CRIA_TRY_VOID(scores_.reserve(tokens, what));
    return arena_.reserve(text_bytes, what);
}

inline auto vocabulary::add(std::string_view text, token_type type, float score) -> result<void> {
    constexpr std::string_view what = "vocabulary";
    constexpr std::uint64_t most_tokens = 0x7FFFFFFF, most_bytes = 0xFFFFFFFF;
    // The text, what it spells and a byte are in the arena together for a moment, so they have to fit.
    const bool fits = text.size() <= most_bytes && arena_.size() + 2 * std::uint64_t{text.size()} + 1 <= most_bytes;
    if (size() >= most_tokens || !fits) return error{errc::limit_exceeded, what}.finding(std::uint64_t{size()});
    const range stands{static_cast<std::uint32_t>(arena_.size()), static_cast<std::uint32_t>(text.size())};
    CRIA_TRY_VOID(arena_.append(text, what));
    CRIA_TRY_VOID(texts_.push_back(stands, what));
    CRIA_TRY_VOID(types_.push_back(type, what));
    CRIA_TRY_VOID(scores_.push_back(score, what));
    return kind_ == algorithm::byte_level ? add_byte_level(stands, type) : add_spelled_in_text(stands, type);
}

inline auto vocabulary::settle(std::size_t begin, range original) noexcept -> range {
    const range written{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(arena_.size() - begin)};
    if (written.size != original.size) return written;
    arena_.truncate(begin);
    return original;
}

inline auto vocabulary::add_byte_level(range text, token_type type) -> result<void> {
    constexpr std::string_view what = "vocabulary";
    const std::size_t begin = arena_.size();
    CRIA_TRY(char* const raw, arena_.extend(text.size, what));
    const auto decoded = decode_byte_text(view(text), raw);
    arena_.truncate(begin + decoded.size);
    const range spelled = settle(begin, text);

    range prints = detail::prints_verbatim(type) ? text : spelled;
    if (const int byte = byte_of_text(view(text)); type == token_type::byte && byte >= 0) {
        prints = {static_cast<std::uint32_t>(arena_.size()), 1};
        CRIA_TRY_VOID(arena_.push_back(static_cast<char>(static_cast<unsigned char>(byte)), what));
    }
    CRIA_TRY_VOID(prints_.push_back(prints, what));
    return keys_.push_back(decoded.exact ? spelled : range{}, what);
}

inline auto vocabulary::add_spelled_in_text(range text, token_type type) -> result<void> {
    constexpr std::string_view what = "vocabulary";
    range prints = text;
    const int byte = byte_of_text(view(text));
    if (type == token_type::byte && byte >= 0) {
        prints = {static_cast<std::uint32_t>(arena_.size()), 1};
        CRIA_TRY_VOID(arena_.push_back(static_cast<char>(static_cast<unsigned char>(byte)), what));
    } else if (!detail::prints_verbatim(type)) {
        const std::size_t begin = arena_.size();
        CRIA_TRY(char* out, arena_.extend(text.size, what));
        const std::string_view from = view(text);
        for (std::size_t at = 0; at < from.size();) {
            const bool is_space = from.substr(at, 3) == detail::escaped_space;
            *out++ = is_space ? ' ' : from[at];
            at += is_space ? 3 : 1;
        }
        arena_.truncate(static_cast<std::size_t>(out - arena_.data()));
        prints = settle(begin, text);
    }
    CRIA_TRY_VOID(prints_.push_back(prints, what));
    return keys_.push_back(text, what);
}

inline auto vocabulary::build_index() -> result<void> {
    CRIA_TRY_VOID(by_key_.reserve(size()));
    constexpr std::size_t group = 32;
    std::uint32_t hashes[group];
    for (std::size_t first = 0; first < size(); first += group) {
        const std::size_t n = size() - first < group ? size() - first : group;
        for (std::size_t i = 0; i < n; ++i) hashes[i] = hash_key(view(keys_[first + i]));
        for (std::size_t i = 0; i < n; ++i) {
            const auto id = static_cast<std::uint32_t>(first + i);
            if (texts_[id].size == 0) continue;
            std::uint32_t before = none;
            if (keys_[id].size != 0) {
                if (keys_[id].size > longest_key_) longest_key_ = keys_[id].size;
                before = by_key_.insert(view(keys_[id]), hashes[i], id, key_of());
            } else {
                CRIA_TRY(before, by_text_.insert(view(texts_[id]), id, text_of()));
            }
            if (before != none) ++n_duplicates_;
        }
    }
    return {};
}

inline void vocabulary::set_type(token_id id, token_type type) noexcept {
    types_[index(id)] = type;
    prints_[index(id)] = texts_[index(id)];
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_VOCABULARY_HPP
