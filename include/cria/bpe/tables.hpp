// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TABLES_HPP
#define CRIA_BPE_TABLES_HPP

#include "cria/base/buffer.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/merges.hpp"
#include "cria/bpe/piece_kernels.hpp"
#include "cria/bpe/piece_kernels_neon.hpp"
#include "cria/bpe/piece_kernels_x86.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/pre_rules.hpp"
#include "cria/bpe/pretokenize.hpp"
#include "cria/bpe/seam_cutter.hpp"
#include "cria/bpe/seam_cutter_neon.hpp"
#include "cria/bpe/seam_cutter_x86.hpp"
#include "cria/bpe/special_roles.hpp"
#include "cria/bpe/special_tokens.hpp"
#include "cria/bpe/split_rules.hpp"
#include "cria/bpe/vocabulary.hpp"

#include <array>
#include <bit>  // bit_cast
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What a tokenizer consists of: its settings, its tables, and what there is to be said about them. Plain
// data; tokenizer_builder fills it in, tokenizer guards it, detail::encoding reads it.

namespace cria::inline v0::bpe {

/// Instructions that encoding is done with, from those that every processor has on. Arm has `neon`, always, and x86 the others.
enum class simd_tier : std::uint8_t { plain, neon, avx2, avx512 };

/// How a tokenizer treats text, beside its tables.
struct tokenizer_settings {
    algorithm kind = algorithm::byte_level;
    compat mode = compat::hf;
    pre_rule pre = {};  ///< not of SentencePiece: what the vocabulary's `pre` implies; its name must have static storage
    /// How text is cut into pieces, if not as pre.family says in `mode`. In a tokenizer it is never empty.
    std::optional<pretokenizer> split = {};
    /// Which special tokens are taken where they overlap, if not as usual in `mode`. In a tokenizer it is never empty.
    std::optional<special_order> order = {};
    bool add_bos = false;           ///< encode_options::add_special puts BOS in front …
    bool add_eos = false;           ///< … and EOS behind
    bool add_space_prefix = false;  ///< SentencePiece: text starts with a space …
    prefix_space prefix = prefix_space::every_fragment;  ///< … at these places
    bool nfc = false;                   ///< text is normalised before it is cut
    bool is_plain = false;              ///< text is encoded without the tables that make it fast: for who wants to compare
    simd_tier widest = simd_tier::avx512;  ///< no wider instructions are used, even where the processor has them: for who wants to compare
    bool strips_after_special = false;  ///< white space behind special tokens is dropped, as in Phi-3
    /// The text of a special token before which white space is dropped, with static storage; empty: none.
    std::string_view strips_before = {};
    special_ids special = {};
};

/// Something about a vocabulary that a person should know: it works, perhaps not as they think.
struct note {
    enum class kind : std::uint8_t {
        missing_pre,             ///< the file does not say how to cut text; `default` is a guess
        id_out_of_range,         ///< a special token's id outside the vocabulary, ignored; `subject` is its key
        forced_bos,              ///< BOS is added although the file says that it is not
        keeps_extra_spaces,      ///< the file asks for runs of white space to be squeezed, which is not done
        merges_whole_pieces,     ///< this `pre` goes by merges alone, and is also given to vocabularies (Llama 3's) that do not; `subject` is its name
        missing_bos,             ///< BOS is to be added, and there is none
        missing_eos,             ///< EOS is to be added, and there is none
        missing_merges,          ///< there are no merges, so all text stays in single bytes or characters, or in whole pieces
        empty_text,              ///< tokens without a text, which no text becomes; llama.cpp calls them [EMPTY_<id>]
        duplicate_text,          ///< tokens hidden by a later one with the same text
        unmergeable_token,       ///< SentencePiece tokens too long to be merged into
        missing_bytes,           ///< bytes that the vocabulary cannot spell; text loses them
        malformed_byte_token,    ///< BYTE tokens that are not called <0xXX>
        retyped_byte_token,      ///< NORMAL tokens called <0xXX>, taken for BYTE tokens
        invalid_type,            ///< token types outside 0 to 6, taken for UNDEFINED
        invalid_score,           ///< scores that are not a number, taken for the worst
        equal_scores,            ///< all scores are equal and there are no merges: ids are unlikely to be right
        malformed_merge,         ///< merges without two parts, ignored
        unreachable_merge,       ///< merges of characters that stand for no byte, ignored
        duplicate_merge,         ///< further merges of a pair; the last counts, in compat::llama_cpp the first
        merge_outside_vocabulary ///< texts in merges that are no tokens
    };
    kind what{};
    std::uint64_t count = 1;    ///< of tokens, bytes or merges that it is about
    std::string_view subject{}; ///< static storage

    /// One line for people: `further merges of a pair, of which one counts: 3`.
    [[nodiscard]] auto message() const -> std::string;
};

namespace detail {

/// Longer texts are never merged into by score: a look-up costs reading the text, and no known vocabulary has
/// tokens above 200 bytes.
inline constexpr std::uint64_t most_merged_bytes = 1024;

/// What keeps text from becoming a token by itself, by merging or as a whole piece: bits of tokenizer_tables::bars.
/// Some tokens are only there to be written out, and BYTE tokens print something else; llama.cpp lets text become them.
inline constexpr std::uint8_t bars_text = 1,           // this compat lets no text become it
                              bars_untrusted_text = 2;  // text that is not to be trusted (parse_special::none) does not: the
                                                        // token is CONTROL or UNKNOWN, or was until it was given a role

struct tokenizer_tables {
    explicit tokenizer_tables(const tokenizer_settings& with) noexcept
        : settings(with), tokens(with.kind), merges(with.mode == compat::llama_cpp ? counting_merge::first : counting_merge::last) {}

    /// The table that pieces are looked up in; empty where none is.
    [[nodiscard]] auto known_pieces() const noexcept -> const piece_table& { return words ? pieces : tokens.pieces(); }

    /// Whether text may become this symbol, if these bars count for it: a token without one of them.
    [[nodiscard]] auto is_text(std::uint32_t symbol, std::uint8_t counting = bars_text) const noexcept -> bool {
        return symbol < bars.size() && (bars[symbol] & counting) == 0;
    }

    tokenizer_settings settings;
    vocabulary tokens;
    split_rules splits;  // byte-level: the merges, if they have begun
    merge_table merges;  // otherwise
    special_matcher specials;
    buffer<token_id> endings;  // tokens that end generation
    buffer<note> notes;
    buffer<std::uint8_t> bars;  // of each token

    std::array<std::uint32_t, 256> byte_tokens{};   // the token that spells this byte of text, or vocabulary::none
    std::array<std::uint32_t, 256> byte_symbols{};  // byte-level: what merging starts from; merge_table::none drops the byte
    bool drops_bytes = false;                       // byte-level: some have no symbol, and are dropped before merging
    bool looks_up = false;                          // pieces are looked up before they are merged
    piece_table pieces;                             // from characters: tokens that words may be, with spaces for U+2581
    const piece_kernels* kernels = &plain_piece_kernels;
    std::optional<block_cut> blocks;                // how pieces are found, if by blocks
    std::optional<seam_rules> words;                // from characters: where text can be cut into words; empty where it is not used
    word_cut cut_words = &cut_words_plainly;
    buffer<std::uint32_t> urgency;                  // SentencePiece: of merging into a token; candidate::never where !is_text()
};

/// By its bits: a consumer's -ffast-math would fold a comparison with itself.
[[nodiscard]] constexpr auto is_nan(float number) noexcept -> bool { return (std::bit_cast<std::uint32_t>(number) & 0x7FFFFFFFU) > 0x7F800000U; }

/// The loops of a tier; nullptr where this processor, or this compiler, does not have it.
[[nodiscard]] inline auto piece_kernels_of(simd_tier which) noexcept -> const piece_kernels* {
#if defined(CRIA_DETAIL_PIECES_X86)
    const bool has_avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_supports("popcnt") != 0;
    const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                            __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("avx512vbmi2") != 0;
    if (which == simd_tier::avx512) return has_avx512 ? &avx512_piece_kernels : nullptr;
    if (which == simd_tier::avx2) return has_avx2 ? &avx2_piece_kernels : nullptr;
#elif defined(CRIA_DETAIL_PIECES_NEON)
    if (which == simd_tier::neon) return &neon_piece_kernels;
#endif
    return which == simd_tier::plain ? &plain_piece_kernels : nullptr;
}
[[nodiscard]] inline auto fastest_piece_kernels(simd_tier widest) noexcept -> const piece_kernels* {
    for (const simd_tier each : {simd_tier::avx512, simd_tier::avx2, simd_tier::neon})
        if (const auto* const found = piece_kernels_of(each); found != nullptr && each <= widest) return found;
    return &plain_piece_kernels;
}

/// The loop that cuts words of a tier; nullptr where there is none.
[[nodiscard]] inline auto word_cut_of(simd_tier which) noexcept -> word_cut {
#if defined(CRIA_DETAIL_PIECES_X86)
    const bool is_here = piece_kernels_of(which) != nullptr;
    if (which == simd_tier::avx512) return is_here ? &cut_words_avx512 : nullptr;
    if (which == simd_tier::avx2) return is_here ? &cut_words_avx2 : nullptr;
#elif defined(CRIA_DETAIL_PIECES_NEON)
    if (which == simd_tier::neon) return &cut_words_neon;
#endif
    return which == simd_tier::plain ? &cut_words_plainly : nullptr;
}
[[nodiscard]] inline auto fastest_word_cut(simd_tier widest) noexcept -> word_cut {
    for (const simd_tier each : {simd_tier::avx512, simd_tier::avx2, simd_tier::neon})
        if (const auto found = word_cut_of(each); found != nullptr && each <= widest) return found;
    return &cut_words_plainly;
}

/// Scores as priorities: the highest first; what is not a number last, so that the order is total.
[[nodiscard]] constexpr auto urgency_of(float score) noexcept -> std::uint32_t {
    if (is_nan(score)) return candidate::never - 1;
    if (score == 0) score = 0;  // -0 and +0 are equal, so their bits must be
    const auto bits = std::bit_cast<std::uint32_t>(score);
    const std::uint32_t ascending = (bits >> 31U) != 0 ? ~bits : bits | 0x80000000U;
    return ~ascending;
}

[[nodiscard]] constexpr auto phrase_of(note::kind what) noexcept -> const char* {
    switch (what) {
        case note::kind::missing_pre: return "the file does not name its pre-tokenizer; `default` is a guess";
        case note::kind::id_out_of_range: return "id is outside the vocabulary, ignored";
        case note::kind::forced_bos: return "BOS is added although the file says that it is not";
        case note::kind::keeps_extra_spaces: return "the file asks for runs of white space to be squeezed, which is not done";
        case note::kind::merges_whole_pieces: return "goes by merges alone; Llama 3's vocabulary has tokens that are not reached like this";
        case note::kind::missing_bos: return "BOS is to be added, and the vocabulary has none";
        case note::kind::missing_eos: return "EOS is to be added, and the vocabulary has none";
        case note::kind::missing_merges: return "there are no merges; text stays in single bytes or characters";
        case note::kind::empty_text: return "tokens without a text, which no text becomes";
        case note::kind::duplicate_text: return "tokens hidden by a later one with the same text";
        case note::kind::unmergeable_token: return "tokens too long to be merged into";
        case note::kind::missing_bytes: return "bytes that the vocabulary cannot spell";
        case note::kind::malformed_byte_token: return "BYTE tokens that are not called <0xXX>";
        case note::kind::retyped_byte_token: return "NORMAL tokens called <0xXX>, taken for BYTE tokens";
        case note::kind::invalid_type: return "token types that do not exist, taken for UNDEFINED";
        case note::kind::invalid_score: return "scores that are not a number, taken for the worst";
        case note::kind::equal_scores: return "all scores are equal and there are no merges; ids are unlikely to be right";
        case note::kind::malformed_merge: return "merges without two parts, ignored";
        case note::kind::unreachable_merge: return "merges of characters that stand for no byte, ignored";
        case note::kind::duplicate_merge: return "further merges of a pair, of which one counts";
        case note::kind::merge_outside_vocabulary: return "texts in merges that are no tokens";
    }
    return "unknown";
}

}  // namespace detail

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto note::message() const -> std::string {
    std::string out{subject};
    if (!subject.empty()) out += ": ";
    out += detail::phrase_of(what);
    if (count != 1) out += ": " + std::to_string(count);
    return out;
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_TABLES_HPP
