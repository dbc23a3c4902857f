// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_DECODING_HPP
#define CRIA_BPE_DECODING_HPP

#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/bpe/byte_alphabet.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <optional>
#include <span>
#include <string_view>

// From ids to bytes: what each token prints, one behind the other, and the few rules about what does not.
//   1. remove_bos_eos leaves out what encode_options::add_special has put in;
//   2. skip_special leaves out CONTROL and UNKNOWN tokens;
//   3. the space that a SentencePiece vocabulary puts in front of a text is taken away again;
//   4. clean_spaces drops spaces in front of punctuation, in whole texts only.
//
// compat::hf takes the space away where it is the first byte that is printed. compat::llama_cpp takes it from the first
// id alone, whether that prints or not, and from none at all behind a BOS that was removed, which leaves " Hi" of
// "<s> Hi". It also prints nothing for UNUSED and UNDEFINED tokens, and notes of its own where a text is empty
// (`[EMPTY_7]`) or a character of a byte-level token stands for no byte (`[UNK_BYTE_0x…]`, with all of the token, for
// each such character). Notes are made while they are printed. They grow with the square of the text, and a hostile
// vocabulary's would fill any memory: one of more than 1 MiB is the token's own bytes, as in compat::hf.
//
// text_stream goes through the same token_printer, so streamed text differs from decoded text by rule 4 alone.

namespace cria::inline v0::bpe {

/// What decoding leaves out.
struct decode_options {
    bool skip_special = false;    ///< CONTROL and UNKNOWN tokens print nothing
    bool remove_bos_eos = false;  ///< a BOS in front, if the model adds one, and an EOS at the end, if it adds one, print nothing
    /// Whether " ." becomes ".", " 's" becomes "'s" and the like, in all of the text: lossy, and what some models'
    /// published tokenizers do. Not set: no in compat::hf; what llama.cpp does for this vocabulary in compat::llama_cpp.
    std::optional<bool> clean_spaces = {};
};

namespace detail {

/// What a token prints, but for the notes of compat::llama_cpp. Precondition: the vocabulary contains `id`. Borrows.
[[nodiscard]] auto piece_of(const tokenizer_tables& tables, token_id id) noexcept -> std::string_view;

/// The length of what compat::llama_cpp prints in place of a token's piece, or 0 where it prints the piece.
/// Cost: O(1) for a token without a note, O(text) otherwise.
[[nodiscard]] auto note_size(const tokenizer_tables& tables, token_id id) noexcept -> std::uint64_t;

/// The ids of a text, one after the other, made into bytes.
class token_printer {
public:
    token_printer(const tokenizer_tables& tables, const decode_options& options) noexcept;

    /// Calls `sink(std::string_view)` with the bytes of the next token: once, or never, or piece by piece for a note.
    /// Precondition: the vocabulary contains `id`. Borrows: pieces live until `sink` returns.
    template <class Sink>
    void print(token_id id, Sink&& sink) {
        if (is_llama_cpp_) print_as_llama_cpp(id, sink);
        else print_as_hf(id, sink);
    }
    /// The same where the compat is known: what print() comes down to, for loops that have to be fast.
    template <class Sink>
    void print_as_hf(token_id id, Sink&& sink);
    template <class Sink>
    void print_as_llama_cpp(token_id id, Sink&& sink);

    /// The next id is a BOS that is left out.
    void pass_bos() noexcept {
        if (is_llama_cpp_) strips_space_ = false;
    }

    /// Whether the first id is to go to pass_bos().
    [[nodiscard]] auto removes_first(token_id id) const noexcept -> bool { return removed_first_ == id; }
    /// Whether the next byte is left out, if it is a space.
    [[nodiscard]] auto strips_space() const noexcept -> bool { return strips_space_; }
    /// Whether the last id is to go nowhere.
    [[nodiscard]] auto removes_last(token_id id) const noexcept -> bool { return removed_last_ == id; }

private:
    const tokenizer_tables* tables_;
    token_id removed_first_ = -1;  // or no id
    token_id removed_last_ = -1;
    bool skip_special_;
    bool is_llama_cpp_;
    bool strips_space_;  // from what comes next
};

/// Writes what `ids` print to what `place(n_bytes, count)` gives, a result<std::span<char>> with room for as many or for the count() that there really
/// are, and returns their number. All of it may be written to.
/// Fails: errc::invalid_token; as `place`.
template <class Place>
[[nodiscard]] auto decode_ids(const tokenizer_tables& tables, std::span<const token_id> ids, const decode_options& options, Place&& place)
    -> result<std::size_t>;

/// Drops spaces in place; returns what is left. Cost: O(size).
[[nodiscard]] auto clean_spaces(char* text, std::size_t size, compat mode) noexcept -> std::size_t;

/// The error for an id outside the vocabulary at place `at`.
[[nodiscard]] auto outside_vocabulary(const vocabulary& tokens, token_id id, std::size_t at) noexcept -> error;

}  // namespace detail

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

inline auto outside_vocabulary(const vocabulary& tokens, token_id id, std::size_t at) noexcept -> error {
    // Negative ids read best as the 32 bits they are.
    char place[32] = "ids[";
    const cria::detail::decimal index(at);
    std::size_t length = 4 + index.view().copy(place + 4, 20);
    place[length++] = ']';
    return error{errc::invalid_token, std::string_view(place, length)}.because("is outside the vocabulary").expecting(
        std::uint64_t{tokens.size()}, std::uint64_t{static_cast<std::uint32_t>(id)});
}

/// Every byte once, so that a piece of one byte can be a view.
struct byte_texts {
    char bytes[256] = {};
    constexpr byte_texts() noexcept {
        for (unsigned byte = 0; byte < 256; ++byte) bytes[byte] = static_cast<char>(static_cast<unsigned char>(byte));
    }
};
inline constexpr byte_texts one_byte_texts{};

/// The number that C's strtol reads at the start of two characters, in base 16, as a byte.
[[nodiscard]] constexpr auto hex_as_in_c(std::string_view two) noexcept -> std::uint8_t {
    const auto value_of = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    std::size_t at = 0;
    while (at < two.size() && (two[at] == ' ' || (two[at] >= '\t' && two[at] <= '\r'))) ++at;
    const bool is_negative = at < two.size() && two[at] == '-';
    if (at < two.size() && (is_negative || two[at] == '+')) ++at;
    int number = 0;
    for (; at < two.size() && value_of(two[at]) >= 0; ++at) number = number * 16 + value_of(two[at]);
    return static_cast<std::uint8_t>(is_negative ? -number : number);
}

inline auto piece_of(const tokenizer_tables& tables, token_id id) noexcept -> std::string_view {
    const vocabulary& tokens = tables.tokens;
    if (tables.settings.mode != compat::llama_cpp) return tokens.bytes(id);
    switch (tokens.type(id)) {
        case token_type::unused:
        case token_type::undefined: return {};
        case token_type::byte: {
            // What the digits should be is read without looking, so any text of three bytes or more names a byte.
            const std::string_view text = tokens.text(id);
            if (byte_of_text(text) >= 0 || (text.size() < 3 && !text.empty())) return tokens.bytes(id);
            const std::uint8_t byte = text.empty() ? std::uint8_t{0} : hex_as_in_c(text.substr(3, 2));
            return {one_byte_texts.bytes + byte, 1};
        }
        default: return tokens.bytes(id);
    }
}

/// One character as llama.cpp reads vocabularies: any sequence of the right shape, or U+FFFD for one byte.
struct shaped_character {
    char32_t code_point;
    std::size_t length;
};
[[nodiscard]] constexpr auto read_shaped(std::string_view text, std::size_t at) noexcept -> shaped_character {
    const auto byte = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[at + i]); };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {static_cast<char32_t>(lead), 1};
    const std::size_t length = lead < 0xC0 || lead >= 0xF8 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || text.size() - at < length) return {U'\uFFFD', 1};
    std::uint32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {U'\uFFFD', 1};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    return {static_cast<char32_t>(value), length};
}

/// UTF-8 without asking whether there is such a character.
struct shaped_text {
    char bytes[4] = {};
    std::size_t size = 0;
    constexpr explicit shaped_text(char32_t code_point) noexcept {
        const auto value = static_cast<std::uint32_t>(code_point);
        const auto put = [&](std::uint32_t byte) { bytes[size++] = static_cast<char>(static_cast<unsigned char>(byte)); };
        if (value < 0x80) put(value);
        else if (value < 0x800) put(0xC0U | (value >> 6U));
        else if (value < 0x10000) put(0xE0U | (value >> 12U));
        else put(0xF0U | (value >> 18U));
        if (value >= 0x10000) put(0x80U | ((value >> 12U) & 0x3FU));
        if (value >= 0x800) put(0x80U | ((value >> 6U) & 0x3FU));
        if (value >= 0x80) put(0x80U | (value & 0x3FU));
    }
};

inline constexpr std::string_view byte_note = "[UNK_BYTE_0x", empty_note = "[EMPTY_";

/// Whether a token is of the kind whose characters each stand for a byte, and some of them do not.
[[nodiscard]] inline auto has_byte_notes(const tokenizer_tables& tables, token_id id) noexcept -> bool {
    const bool is_spelled = tables.tokens.kind() == algorithm::byte_level && !tables.settings.pre.escape_whitespaces;
    return is_spelled && tables.tokens.type(id) == token_type::normal && tables.tokens.key(id).empty();
}

inline auto note_size(const tokenizer_tables& tables, token_id id) noexcept -> std::uint64_t {
    if (tables.settings.mode != compat::llama_cpp) return 0;
    const std::string_view text = tables.tokens.text(id);
    const token_type type = tables.tokens.type(id);
    if (text.empty()) {
        const bool prints_text = type != token_type::unused && type != token_type::undefined && type != token_type::byte;
        return prints_text ? empty_note.size() + cria::detail::decimal(static_cast<std::uint64_t>(id)).view().size() + 1 : 0;
    }
    if (!has_byte_notes(tables, id)) return 0;
    constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20U;
    std::uint64_t size = 0;
    for (std::size_t at = 0; at < text.size();) {
        const shaped_character here = read_shaped(text, at);
        if (here.code_point > 0x10FFFF) return 0;  // llama.cpp ends over this one too
        at += here.length;
        if (code_point_to_byte(here.code_point) >= 0) ++size;
        else size += byte_note.size() + 2 * shaped_text(here.code_point).size + text.size() + 1;
        if (size > most_bytes) return 0;
    }
    return size;
}

/// Precondition: note_size() is not 0.
template <class Sink>
void print_note(const tokenizer_tables& tables, token_id id, Sink&& sink) {
    const std::string_view text = tables.tokens.text(id);
    if (text.empty()) {
        sink(empty_note);
        sink(cria::detail::decimal(static_cast<std::uint64_t>(id)).view());
        return sink(std::string_view("]"));
    }
    for (std::size_t at = 0; at < text.size();) {
        const shaped_character here = read_shaped(text, at);
        at += here.length;
        if (const int byte = code_point_to_byte(here.code_point); byte >= 0) {
            sink(std::string_view(one_byte_texts.bytes + byte, 1));
            continue;
        }
        constexpr char digits[] = "0123456789abcdef";
        const shaped_text character(here.code_point);
        char named[8];
        for (std::size_t i = 0; i < character.size; ++i) {
            const auto byte = static_cast<unsigned char>(character.bytes[i]);
            named[2 * i] = digits[byte >> 4U];
            named[2 * i + 1] = digits[byte & 0xFU];
        }
        sink(byte_note);
        sink(std::string_view(named, 2 * character.size));
        sink(text);
        sink(std::string_view("]"));
    }
}

inline token_printer::token_printer(const tokenizer_tables& tables, const decode_options& options) noexcept
    : tables_(&tables), skip_special_(options.skip_special), is_llama_cpp_(tables.settings.mode == compat::llama_cpp) {
    const tokenizer_settings& settings = tables.settings;
    if (options.remove_bos_eos && settings.add_bos) removed_first_ = settings.special.bos.value_or(-1);
    if (options.remove_bos_eos && settings.add_eos) removed_last_ = settings.special.eos.value_or(-1);
    strips_space_ = settings.add_space_prefix && (is_llama_cpp_ || settings.kind == algorithm::sentencepiece);
}

template <class Sink>
void token_printer::print_as_hf(token_id id, Sink&& sink) {
    if (skip_special_ && is_special_type(tables_->tokens.type(id))) return;
    std::string_view piece = tables_->tokens.bytes(id);
    if (piece.empty()) return;
    if (strips_space_) {
        strips_space_ = false;
        if (piece.front() == ' ') piece.remove_prefix(1);
        if (piece.empty()) return;
    }
    sink(piece);
}

template <class Sink>
void token_printer::print_as_llama_cpp(token_id id, Sink&& sink) {
    bool strips = strips_space_;
    strips_space_ = false;
    if (skip_special_ && is_special_type(tables_->tokens.type(id))) return;
    const auto print_stripped = [&](std::string_view piece) {
        if (strips && !piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
        strips = false;
        if (!piece.empty()) sink(piece);
    };
    if (note_size(*tables_, id) != 0) print_note(*tables_, id, print_stripped);
    else print_stripped(piece_of(*tables_, id));
}

/// Leaves out each space of which `drops(rest)` says, of the text behind it, that it should not be there.
template <class Drops>
[[nodiscard]] auto drop_spaces(char* text, std::size_t size, Drops drops) noexcept -> std::size_t {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < size; ++at) {
        if (text[at] == ' ' && drops(std::string_view(text + at + 1, size - at - 1))) continue;
        text[kept++] = text[at];
    }
    return kept;
}

inline auto clean_spaces(char* text, std::size_t size, compat mode) noexcept -> std::size_t {
    size = drop_spaces(text, size, [](std::string_view rest) {
        return !rest.empty() && (rest[0] == '?' || rest[0] == '!' || rest[0] == '.' || rest[0] == ',');
    });
    // An apostrophe by itself loses both its spaces; one of these is not there for the next apostrophe.
    std::size_t kept = 0;
    for (std::size_t at = 0; at < size; ++at) {
        const bool is_alone = size - at >= 3 && text[at] == ' ' && text[at + 1] == '\'' && text[at + 2] == ' ';
        text[kept++] = is_alone ? '\'' : text[at];
        if (is_alone) at += 2;
    }
    return drop_spaces(text, kept, [mode](std::string_view rest) {
        const auto begins = [rest](std::string_view with) { return rest.substr(0, with.size()) == with; };
        if (begins("n't")) return mode == compat::hf;
        return begins("'s") || begins("'m") || begins("'re") || begins("'ve");
    });
}

template <class Place>
auto decode_ids(const tokenizer_tables& tables, std::span<const token_id> ids, const decode_options& options, Place&& place)
    -> result<std::size_t> {
    const vocabulary& tokens = tables.tokens;
    const compat mode = tables.settings.mode;
    const vocabulary::printed_size printed = tokens.size_of(ids);
    if (!printed.are_tokens) {
        std::size_t first = 0;
        while (tokens.contains(ids[first])) ++first;
        return outside_vocabulary(tokens, ids[first], first);
    }
    std::uint64_t most_bytes = printed.n_bytes;
    for (std::size_t i = 0; mode == compat::llama_cpp && most_bytes <= vocabulary::most_printed && i < ids.size(); ++i)
        most_bytes += note_size(tables, ids[i]) + 1;  // the byte of a BYTE token whose text is empty
    if (most_bytes > vocabulary::most_printed) return error{errc::out_of_memory, "text"}.finding(most_bytes);

    token_printer start(tables, options);
    if (!ids.empty() && start.removes_first(ids.front())) {
        start.pass_bos();
        ids = ids.subspan(1);
    }
    if (!ids.empty() && start.removes_last(ids.back())) ids = ids.first(ids.size() - 1);
    const auto print_all = [&](auto&& sink) {
        token_printer printer = start;
        if (mode == compat::llama_cpp) {
            for (const token_id id : ids) printer.print_as_llama_cpp(id, sink);
        } else {
            for (const token_id id : ids) printer.print_as_hf(id, sink);
        }
    };
    CRIA_TRY(const std::span<char> room, place(most_bytes, [&] {
                 std::uint64_t n_bytes = 0;
                 print_all([&](std::string_view piece) { n_bytes += piece.size(); });
                 return n_bytes;
             }));
    char* const begin = room.data();
    char* at = begin;
    const auto write = [&at](std::string_view piece) {
        std::memcpy(at, piece.data(), piece.size());
        at += piece.size();
    };
    if (mode == compat::llama_cpp || options.skip_special) {
        print_all(write);
    } else {  // what tokens print, but for the first space
        for (; !ids.empty() && start.strips_space(); ids = ids.subspan(1)) start.print_as_hf(ids.front(), write);
        at = tokens.print(ids, at, begin + room.size());
    }
    const auto n_bytes = static_cast<std::size_t>(at - begin);
    const bool by_default = mode == compat::llama_cpp && tables.settings.kind != algorithm::sentencepiece && tables.settings.pre.clean_spaces;
    return options.clean_spaces.value_or(by_default) ? clean_spaces(begin, n_bytes, mode) : n_bytes;
}

}  // namespace detail

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_DECODING_HPP
