// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PRETOKENIZE_HPP
#define CRIA_BPE_PRETOKENIZE_HPP

#include "cria/bpe/pre_rules.hpp"
#include "cria/bpe/split_steps.hpp"
#include "cria/bpe/unicode_tables.hpp"

#include <cstddef>
#include <string_view>

// Cuts text into the pieces that BPE never merges across. Models define the cut by regular expressions;
// here each family is a list of *steps*, every one of which says where the piece that starts at a given
// place ends. Step k runs inside each piece of step k-1, so it never looks past that piece, and what a
// step's expression does not match is a piece too (an isolating split).
//
// Two kinds of steps cover the families: word grammars (letters, numbers, punctuation, white space with a
// handful of switches) and runs of a character set. A new family is a new constant and a line in
// pretokenize(). The expressions are quoted beside the constants; they are matched as Hugging Face's
// tokenizers matches them (Oniguruma), with the classes of unicode_tables.hpp.
//
// Everything is iterative, allocates nothing and is linear: a step reads a character at most four times.
// Ill-formed UTF-8 is read as U+FFFD, one for each maximal subpart, so any bytes have pieces.

namespace cria::inline v0::bpe {

/// Calls `yield(begin, end)` with the byte range of each piece of `text`, in order. The pieces are not
/// empty and cover every byte exactly once; text without bytes has no pieces.
///
///     bpe::pretokenize(bpe::pretokenizer_family::llama3, "I'll see 1234", [&](auto begin, auto end) { … });
///     // I|'ll| see| |123|4
///
/// `Classes` says which character has which class: a type with the static functions class_of(char32_t)
/// and class_of_ascii(unsigned char).
/// Cost: O(n), no allocation.   Threads: no state.
template <class Classes, class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield);

/// The same with the Unicode version of unicode_tables.hpp.
template <class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield);

// implementation ------------------------------------------------------------------------------------

namespace detail {

/// The classes of unicode_tables.hpp as the steps ask for them.
struct unicode_classes {
    static constexpr auto class_of(char32_t code_point) noexcept -> char_class { return unicode::class_of(code_point); }
    static constexpr auto class_of_ascii(unsigned char byte) noexcept -> char_class {
        return unicode::class_of_ascii(byte);
    }
};

/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
struct gpt2_grammar {
    static constexpr word_grammar rules = {
        .contractions = contraction_rule::lower_case,
        .word_prefix = char_class::ascii_space,
        .number_prefix = char_class::ascii_space,
    };
};

/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
/// |\s*[\r\n]+|\s+(?!\S)|\s+
struct llama3_grammar {
    static constexpr word_grammar rules = {
        .contractions = contraction_rule::any_case,
        .word_prefix = unicode::everything - unicode::newlines - unicode::letters - unicode::numbers,
        .max_digits = 3,
        .punctuation_tail = unicode::newlines,
        .newlines_end_pieces = true,
    };
};

/// llama3_grammar with \p{N} for \p{N}{1,3}.
struct qwen2_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = llama3_grammar::rules;
        changed.max_digits = 1;
        return changed;
    }();
};

/// qwen2_grammar with [\p{L}\p{M}] for \p{L}, but not in [^\r\n\p{L}\p{N}]. (A mark that could be a prefix
/// is a word character as well, so both readings end at the same place.)
struct qwen35_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = qwen2_grammar::rules;
        changed.word = unicode::letters | unicode::marks;
        return changed;
    }();
};

/// qwen2_grammar without the line breaks after punctuation.
struct seed_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = qwen2_grammar::rules;
        changed.punctuation_tail = {};
        return changed;
    }();
};

struct any_number {
    static constexpr glyph_set members = {unicode::numbers};
};
struct line_feed {
    static constexpr glyph_set members = {class_set{}, "\n"};
};
struct default_punctuation {
    static constexpr glyph_set members = {unicode::punctuation, "$+<=>^~|"};
};
struct falcon_punctuation {
    static constexpr glyph_set members = {unicode::punctuation, "$+<=>^~|`"};
};

}  // namespace detail

template <class Classes, class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield) {
    using namespace detail;  // NOLINT: the table below is easier to read without the qualifier
    switch (family) {
        case pretokenizer_family::gpt2: return split<Classes, words<gpt2_grammar>>(text, 0, yield);
        case pretokenizer_family::llama3: return split<Classes, words<llama3_grammar>>(text, 0, yield);
        case pretokenizer_family::qwen2: return split<Classes, words<qwen2_grammar>>(text, 0, yield);
        case pretokenizer_family::qwen35: return split<Classes, words<qwen35_grammar>>(text, 0, yield);
        case pretokenizer_family::seed: return split<Classes, words<seed_grammar>>(text, 0, yield);
        // \p{N}, then GPT-2's
        case pretokenizer_family::digit1:
            return split<Classes, singles<any_number>, words<gpt2_grammar>>(text, 0, yield);
        // [\p{P}$+<=>^~|`]+, then GPT-2's, then [0-9][0-9][0-9]
        case pretokenizer_family::falcon:
            return split<Classes, runs<falcon_punctuation>, words<gpt2_grammar>, ascii_digit_triples>(text, 0, yield);
        // [\p{P}$+<=>^~|]+, then GPT-2's, then \p{N}+, then [0-9][0-9][0-9]
        case pretokenizer_family::default_:
            return split<Classes, runs<default_punctuation>, words<gpt2_grammar>, runs<any_number>,
                         ascii_digit_triples>(text, 0, yield);
        // [^\n]+|[\n]+
        case pretokenizer_family::newline: return split<Classes, runs<line_feed>>(text, 0, yield);
    }
}

template <class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield) {
    pretokenize<detail::unicode_classes>(family, text, yield);
}

}  // namespace cria::inline v0::bpe

#endif
