// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PRETOKENIZER_FAMILIES_HPP
#define CRIA_BPE_PRETOKENIZER_FAMILIES_HPP

#include "cria/bpe/digit_groups.hpp"
#include "cria/bpe/pre_rules.hpp"
#include "cria/bpe/split_steps.hpp"
#include "cria/bpe/unicode_tables.hpp"
#include "cria/bpe/word_grammar.hpp"

#include <cstddef>
#include <span>  // and std::size

// The families of bpe/pretokenize.hpp: what each is made of, beside the expressions that it stands for. Nothing here
// is for users. A new family is a few constants and a line in `published`; if llama.cpp reads its expressions in
// another way than Hugging Face's tokenizers do, it is a line in `llama_cpp` too.
//
// What llama.cpp does differently (src/unicode.cpp, read at commit 0c1e57098): some expressions it knows by their
// text and scans by hand; those with \p{…} it matches on text in which each character outside ASCII is replaced
// by one that stands for its category, so that case is known of ASCII letters only; the others it matches on text in
// which white space outside ASCII is U+000B. Its contractions fold the case of ASCII letters only.

namespace cria::inline v0::bpe::detail {

// Character classes ------------------------------------------------------------------------------------

/// The classes of unicode_tables.hpp as the steps ask for them.
struct unicode_classes {
    static constexpr auto class_of(char32_t code_point) noexcept -> char_class { return unicode::class_of(code_point); }
    static constexpr auto class_of_ascii(unsigned char byte) noexcept -> char_class { return unicode::class_of_ascii(byte); }
};

/// llama.cpp's, which are those of an older Unicode.
struct older_classes {
    static constexpr auto class_of(char32_t code_point) noexcept -> char_class { return unicode::older_class_of(code_point); }
    static constexpr auto class_of_ascii(unsigned char byte) noexcept -> char_class { return unicode::class_of_ascii(byte); }
};

/// No case outside ASCII.
template <class Classes>
struct ascii_cased : Classes {
    static constexpr auto class_of(char32_t code_point) noexcept -> char_class {
        const auto known = Classes::class_of(code_point);
        return unicode::letters.contains(known) ? char_class::other_letter : known;
    }
};

/// Han is the ideographs of some blocks: without radicals, signs and numbers, but with what these blocks leave free.
template <class Classes>
struct narrow_han : Classes {
    static constexpr code_point_range blocks[] = {
        {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2EBEF}, {0x2F800, 0x2FA1F},
    };
    static constexpr auto class_of(char32_t code_point) noexcept -> char_class {
        const auto known = Classes::class_of(code_point);
        if (unicode::is_within(blocks, std::size(blocks), code_point)) {
            return unicode::letters.contains(known) ? char_class::han_letter : char_class::han_symbol;
        }
        switch (known) {
            case char_class::han_letter:
            case char_class::han_modifier: return char_class::other_letter;
            case char_class::han_number: return char_class::other_number;
            case char_class::han_mark: return char_class::mark;
            case char_class::han_punctuation: return char_class::punctuation;
            case char_class::han_symbol: return char_class::symbol;
            default: return known;
        }
    }
};

// Grammars ---------------------------------------------------------------------------------------------

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
        .newlines = newline_rule::end_pieces,
    };
};

/// llama3_grammar with \s{512}(?!\S)|\s{256}(?!\S)|…|\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1} for \s+(?!\S)|\s+.
struct jais2_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = llama3_grammar::rules;
        changed.halves_spaces = true;
        return changed;
    }();
};

/// llama3_grammar with \p{N} for \p{N}{1,3}. The same with \s*[\r\n] for \s*[\r\n]+, which ends at the last line
/// break of a run as well, and with possessive quantifiers.
struct qwen2_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = llama3_grammar::rules;
        changed.max_digits = 1;
        return changed;
    }();
};

/// qwen2_grammar with \p{N}+.
struct minicpm5_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = qwen2_grammar::rules;
        changed.max_digits = 0;
        return changed;
    }();
};

/// qwen2_grammar without contractions.
struct ufakzeka_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = qwen2_grammar::rules;
        changed.contractions = contraction_rule::none;
        return changed;
    }();
};

/// qwen2_grammar with [\p{L}\p{M}] for \p{L}, but not in [^\r\n\p{L}\p{N}]. (A mark that could be a prefix
/// is a word character as well, so both readings end at the same place.)
struct qwen35_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = qwen2_grammar::rules;
        changed.word = unicode::letters | unicode::marks;
        changed.punctuation = changed.punctuation - unicode::marks;
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

/// qwen2_grammar with (?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+ for \p{L}+, [\r\n/]? for [\r\n]* and \s*[\r\n] for \s*[\r\n]+.
struct exaone_moe_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = qwen2_grammar::rules;
        changed.shape = word_shape::phrases;
        changed.punctuation_tail = {unicode::newlines, "/"};
        changed.one_in_tail = true;
        return changed;
    }();
};

/// [^\r\n\p{L}\p{N}]?U*W+|[^\r\n\p{L}\p{N}]?U+W*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// where U is [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}] and W is [\p{Ll}\p{Lm}\p{Lo}\p{M}]
struct tekken_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = ufakzeka_grammar::rules;
        changed.shape = word_shape::cased;
        changed.upper = (unicode::letters | unicode::marks) - char_class::lowercase;
        changed.lower = (unicode::letters | unicode::marks) - (char_class::uppercase | char_class::titlecase);
        changed.punctuation_tail = {unicode::newlines, "/"};
        return changed;
    }();
};

/// tekken_grammar with (?i:'s|'t|'re|'ve|'m|'ll|'d)? behind its two kinds of words, and \p{N}{1,3}.
struct o200k_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = tekken_grammar::rules;
        changed.suffix = contraction_rule::any_case;
        changed.max_digits = 3;
        return changed;
    }();
};

/// o200k_grammar with \p{N}.
struct youtu_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = o200k_grammar::rules;
        changed.max_digits = 1;
        return changed;
    }();
};

/// [\p{Han}]+ first, then o200k_grammar with [U&&[^\p{Han}]], [W&&[^\p{Han}]] and [\r\n]* for [\r\n/]*.
struct kimi_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = o200k_grammar::rules;
        changed.first_run = unicode::han;
        changed.upper = changed.upper - unicode::han;
        changed.lower = changed.lower - unicode::han;
        changed.punctuation_tail = unicode::newlines;
        return changed;
    }();
};

/// [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*
/// |\s*[\r\n]+|\s+(?!\S)|\s+
struct deepseek3_grammar {
    static constexpr word_grammar rules = {
        .joins_ascii_words = true,
        .word_prefix = unicode::everything - unicode::newlines - unicode::letters - unicode::punctuation - unicode::symbols,
        .word = unicode::letters | unicode::marks,
        .has_numbers = false,
        .punctuation = unicode::punctuation | unicode::symbols,
        .punctuation_tail = unicode::newlines,
        .newlines = newline_rule::end_pieces,
    };
};

/// deepseek3_grammar with |[\r\n] for [\r\n]*|\s*[\r\n]+.
struct spark_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = deepseek3_grammar::rules;
        changed.punctuation_tail = {};
        changed.newlines = newline_rule::alone;
        return changed;
    }();
};

/// `Grammar` with '[sS]|'[tT]|… for (?i:'s|'t|…).
template <class Grammar>
struct ascii_contractions {
    static constexpr word_grammar rules = [] {
        constexpr auto without_long_s = [](contraction_rule rule) {
            return rule == contraction_rule::any_case ? contraction_rule::ascii_case : rule;
        };
        auto changed = Grammar::rules;
        changed.contractions = without_long_s(changed.contractions);
        changed.suffix = without_long_s(changed.suffix);
        return changed;
    }();
};

/// `Grammar`, of cased words, with (?=[\p{L}])[^a-z] for U and (?=[\p{L}])[^A-Z] for W: with ascii_cased classes these
/// are the same without marks.
template <class Grammar>
struct unmarked {
    static constexpr word_grammar rules = [] {
        auto changed = ascii_contractions<Grammar>::rules;
        changed.upper = changed.upper - unicode::marks;
        changed.lower = changed.lower - unicode::marks;
        return changed;
    }();
};

/// `Grammar`, of cased words, without their case: [\p{L}\p{M}] for U and W.
template <class Grammar>
struct caseless {
    static constexpr word_grammar rules = [] {
        auto changed = ascii_contractions<Grammar>::rules;
        changed.shape = word_shape::run;
        changed.word = unicode::letters | unicode::marks;
        return changed;
    }();
};

/// kimi_grammar with [\p{L}&&[^\p{Han}]]+ for words.
struct greedy_kimi_grammar {
    static constexpr word_grammar rules = [] {
        auto changed = ascii_contractions<kimi_grammar>::rules;
        changed.shape = word_shape::run;
        changed.word = unicode::letters - unicode::han;
        return changed;
    }();
};

// Sets of characters -------------------------------------------------------------------------------------

struct any_number {
    static constexpr glyph_set members = {unicode::numbers};
};
struct any_digit {
    static constexpr glyph_set members = {unicode::decimal_digits};
};
struct ascii_digit {
    static constexpr glyph_set members = {class_set{}, "0123456789"};
};
struct any_letter {
    static constexpr glyph_set members = {unicode::letters};
};
struct any_punctuation {
    static constexpr glyph_set members = {unicode::punctuation};
};
struct any_space {
    static constexpr glyph_set members = {unicode::whitespace};
};
struct line_break {
    static constexpr glyph_set members = {unicode::newlines};
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

/// [一-龥぀-ゟ゠-ヿ]
struct cjk {
    static constexpr code_point_range ranges[] = {{0x3040, 0x30FF}, {0x4E00, 0x9FA5}};
    static constexpr range_set members = {ranges};
};
/// [가-힣ㄱ-ㆎ], [！…“”‘’—：；，、-〿︰-﹏], [ㄅ-ㄯ]
struct youtu_hangul {
    static constexpr code_point_range ranges[] = {{0x3131, 0x318E}, {0xAC00, 0xD7A3}};
    static constexpr range_set members = {ranges};
};
struct youtu_signs {
    static constexpr code_point_range ranges[] = {
        {0x2014, 0x2014}, {0x2018, 0x2019}, {0x201C, 0x201D}, {0x2026, 0x2026}, {0x3001, 0x303F},
        {0xFE30, 0xFE4F}, {0xFF01, 0xFF01}, {0xFF0C, 0xFF0C}, {0xFF1A, 0xFF1B},
    };
    static constexpr range_set members = {ranges};
};
struct bopomofo {
    static constexpr code_point_range ranges[] = {{0x3105, 0x312F}};
    static constexpr range_set members = {ranges};
};
/// [一-鿿㐀-䶿豈-﫿぀-ゟ゠-ヿ･-ﾟ⼀-⿟เ-๿຀-໿ក-៿က-႟ꩠ-ꩿꧠ-꧿가-힯ᄀ-ᇿ]: Han, kana, and scripts without spaces.
struct afmoe_scripts {
    static constexpr code_point_range ranges[] = {
        {0x0E40, 0x0EFF}, {0x1000, 0x109F}, {0x1100, 0x11FF}, {0x1780, 0x17FF}, {0x2F00, 0x2FDF}, {0x3040, 0x30FF}, {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF}, {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}, {0xAC00, 0xD7AF}, {0xF900, 0xFAFF}, {0xFF65, 0xFF9F},
    };
    static constexpr range_set members = {ranges};
};
/// The same with U+8C48 for its canonical twin U+F900: the range from there swallows all between, private use too.
struct afmoe_scripts_from_8c48 {
    static constexpr code_point_range ranges[] = {
        {0x0E40, 0x0EFF}, {0x1000, 0x109F}, {0x1100, 0x11FF}, {0x1780, 0x17FF}, {0x2F00, 0x2FDF},
        {0x3040, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0xFAFF}, {0xFF65, 0xFF9F},
    };
    static constexpr range_set members = {ranges};
};
/// [^(\s|.,!?…。，、।۔،)]
struct bloom_text {
    static constexpr code_point_range ranges[] = {{'!', '!'},       {'(', ')'},       {',', ','},       {'.', '.'},       {'?', '?'},
                                                  {'|', '|'},       {0x060C, 0x060C}, {0x06D4, 0x06D4}, {0x0964, 0x0964}, {0x2026, 0x2026},
                                                  {0x3001, 0x3002}, {0xFF0C, 0xFF0C}};
    struct all_others {
        [[nodiscard]] constexpr auto contains(const glyph& g) const noexcept -> bool {
            return !unicode::whitespace.contains(g.kind) && !unicode::is_within(ranges, std::size(ranges), g.code_point);
        }
    };
    static constexpr all_others members = {};
};
struct one_space {
    static constexpr glyph_set members = {char_class::ascii_space};
};

/// What llama.cpp does not see of a set of code points.
inline constexpr class_set unseen_by_llama_cpp = unicode::whitespace;

/// [一-龥ࠀ-一가-퟿]
template <class_set Unseen = class_set{}>
struct deepseek_asian {
    static constexpr code_point_range ranges[] = {{0x0800, 0x9FA5}, {0xAC00, 0xD7FF}};
    static constexpr range_set members = {ranges, Unseen};
};
/// [!-/:-~！-／：-～‘-‟　-。]
template <class_set Unseen = class_set{}>
struct deepseek_signs {
    static constexpr code_point_range ranges[] = {{'!', '/'},       {':', '~'},       {0x2018, 0x201F},
                                                  {0x3000, 0x3002}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF5E}};
    static constexpr range_set members = {ranges, Unseen};
};
/// [A-Za-zµÀ-ÖØ-öø-ƺ…𑢠-𑣟𞤀-𞥃]: letters with case, as of some time.
struct deepseek_letters {
    static constexpr code_point_range ranges[] = {
        {0x41, 0x5a}, {0x61, 0x7a}, {0xb5, 0xb5}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x1ba}, {0x1bc, 0x1bf},
        {0x1c4, 0x293}, {0x295, 0x2af}, {0x370, 0x373}, {0x376, 0x376}, {0x377, 0x377}, {0x37b, 0x37d}, {0x37f, 0x37f},
        {0x386, 0x386}, {0x388, 0x38a}, {0x38c, 0x38c}, {0x38e, 0x3a1}, {0x3a3, 0x3f5}, {0x3f7, 0x481}, {0x48a, 0x52f},
        {0x531, 0x556}, {0x10a0, 0x10c5}, {0x13a0, 0x13f5}, {0x13f8, 0x13fd}, {0x1c90, 0x1cba}, {0x1cbd, 0x1cbf},
        {0x1d00, 0x1d2b}, {0x1d6b, 0x1d77}, {0x1d79, 0x1d9a}, {0x1e00, 0x1f15}, {0x1f18, 0x1f1d}, {0x1f20, 0x1f45},
        {0x1f48, 0x1f4d}, {0x1f50, 0x1f57}, {0x1f59, 0x1f59}, {0x1f5b, 0x1f5b}, {0x1f5d, 0x1f5d}, {0x1f5f, 0x1f7d},
        {0x1f80, 0x1fb4}, {0x1fb6, 0x1fbc}, {0x1fbe, 0x1fbe}, {0x1fc2, 0x1fc4}, {0x1fc6, 0x1fcc}, {0x1fd0, 0x1fd3},
        {0x1fd6, 0x1fdb}, {0x1fe0, 0x1fec}, {0x1ff2, 0x1ff4}, {0x1ff6, 0x1ffc}, {0x2102, 0x2102}, {0x2107, 0x2107},
        {0x210a, 0x2113}, {0x2115, 0x2115}, {0x2119, 0x211d}, {0x2124, 0x2124}, {0x2126, 0x2126}, {0x2128, 0x2128},
        {0x212a, 0x212d}, {0x212f, 0x2134}, {0x2139, 0x2139}, {0x213c, 0x213f}, {0x2145, 0x2149}, {0x214e, 0x214e},
        {0x2183, 0x2183}, {0x2184, 0x2184}, {0x2c00, 0x2c7b}, {0x2c7e, 0x2ce4}, {0x2ceb, 0x2cee}, {0x2cf2, 0x2cf2},
        {0x2cf3, 0x2cf3}, {0xa640, 0xa66d}, {0xa680, 0xa69b}, {0xa722, 0xa76f}, {0xa771, 0xa787}, {0xa78b, 0xa78e},
        {0xab70, 0xabbf}, {0xfb00, 0xfb06}, {0xfb13, 0xfb17}, {0xff21, 0xff3a}, {0xff41, 0xff5a}, {0x10400, 0x1044f},
        {0x104b0, 0x104d3}, {0x104d8, 0x104fb}, {0x10c80, 0x10cb2}, {0x10cc0, 0x10cf2}, {0x118a0, 0x118df},
        {0x1e900, 0x1e943},
    };
    static constexpr range_set members = {ranges};
};

// Families -----------------------------------------------------------------------------------------------

/// The steps of each family as Hugging Face's tokenizers takes them from the published expressions.
template <class Classes>
struct published {
    using C = Classes;

    static constexpr step gpt2[] = {words<C, gpt2_grammar>};
    static constexpr step llama3[] = {words<C, llama3_grammar>};
    static constexpr step qwen2[] = {words<C, qwen2_grammar>};
    static constexpr step qwen35[] = {words<C, qwen35_grammar>};
    static constexpr step seed[] = {words<C, seed_grammar>};
    // \p{N}, then GPT-2's
    static constexpr step digit1[] = {singles<C, any_number>, words<C, gpt2_grammar>};
    // [\p{P}$+<=>^~|`]+, then GPT-2's, then [0-9][0-9][0-9]
    static constexpr step falcon[] = {runs<C, falcon_punctuation>, words<C, gpt2_grammar>, ascii_digit_triples};
    // [\p{P}$+<=>^~|]+, then GPT-2's, then \p{N}+, then [0-9][0-9][0-9]
    static constexpr step default_[] = {runs<C, default_punctuation>, words<C, gpt2_grammar>, runs<C, any_number>, ascii_digit_triples};
    // [^\n]+|[\n]+
    static constexpr step newline[] = {runs<C, line_feed>};
    static constexpr step tekken[] = {words<C, tekken_grammar>};
    static constexpr step o200k[] = {words<C, o200k_grammar>};
    static constexpr step kimi[] = {words<C, kimi_grammar>};
    // \p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N})), then scripts, then DeepSeek's
    static constexpr step afmoe[] = {group_digits<C, any_number, digit_rule::isolate>, runs<C, afmoe_scripts>, words<C, deepseek3_grammar>};
    // \d{1,3}(?=(?:\d{3})*\b), then o200k's
    static constexpr step aya[] = {group_digits<C, any_digit, digit_rule::at_boundaries>, words<C, o200k_grammar>};
    // [가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥぀-ゟ゠-ヿ]+, then the grammar
    static constexpr step youtu[] = {runs_of_each<C, youtu_hangul, youtu_signs, bopomofo, cjk>, words<C, youtu_grammar>};
    static constexpr step exaone_moe[] = {words<C, exaone_moe_grammar>};
    //  ?[^(\s|.,!?…。，、।۔،)]+
    static constexpr step bloom[] = {prefixed_runs<C, one_space, bloom_text>};
    // bloom's, then \p{N}
    static constexpr step viking[] = {prefixed_runs<C, one_space, bloom_text>, singles<C, any_number>};
    static constexpr step jais2[] = {words<C, jais2_grammar>};
    // \p{N}{1,3}, then Qwen's with \p{N}+
    static constexpr step minicpm5[] = {threes<C, any_number>, words<C, minicpm5_grammar>};
    // [^\n]+|[\n]+, then Qwen's
    static constexpr step laguna[] = {runs<C, line_feed>, words<C, qwen2_grammar>};
    // \p{N}+, then (?=(\d{3})+(?!\d))
    static constexpr step superbpe[] = {runs<C, any_number>, cut_before_threes<C, any_digit>};
    // \p{N}{1,3}, then [一-龥぀-ゟ゠-ヿ]+, then the grammar
    static constexpr step deepseek3[] = {threes<C, any_number>, runs<C, cjk>, words<C, deepseek3_grammar>};
    // the same with its own grammar, then \p{N}
    static constexpr step spark[] = {threes<C, any_number>, runs<C, cjk>, words<C, spark_grammar>, singles<C, any_number>};
    // [\r\n], then \s?\p{L}+, then \s?\p{P}+, then [一-龥ࠀ-一가-퟿]+, then \p{N}
    static constexpr step deepseek_coder[] = {
        singles<C, line_break>,
        prefixed_runs<C, any_space, any_letter>,
        prefixed_runs<C, any_space, any_punctuation>,
        runs<C, deepseek_asian<>>,
        singles<C, any_number>,
    };
    // [\r\n], then \s?[A-Za-zµ…]+, then \s?[!-/:-~…]+, then \s+$, then [一-龥ࠀ-一가-퟿]+, then \p{N}+
    static constexpr step deepseek_llm[] = {
        singles<C, line_break>,
        prefixed_runs<C, any_space, deepseek_letters>,
        prefixed_runs<C, any_space, deepseek_signs<>>,
        trailing_run<C, any_space>,
        runs<C, deepseek_asian<>>,
        runs<C, any_number>,
    };
    static constexpr step ufakzeka[] = {words<C, ufakzeka_grammar>};

    [[nodiscard]] static constexpr auto steps_of(pretokenizer_family family) noexcept -> std::span<const step> {
        switch (family) {
            case pretokenizer_family::gpt2: return gpt2;
            case pretokenizer_family::llama3: return llama3;
            case pretokenizer_family::qwen2:
            case pretokenizer_family::bailing: return qwen2;
            case pretokenizer_family::qwen35: return qwen35;
            case pretokenizer_family::seed: return seed;
            case pretokenizer_family::digit1: return digit1;
            case pretokenizer_family::falcon: return falcon;
            case pretokenizer_family::default_: return default_;
            case pretokenizer_family::newline: return newline;
            case pretokenizer_family::tekken: return tekken;
            case pretokenizer_family::o200k:
            case pretokenizer_family::o200k_marks: return o200k;
            case pretokenizer_family::kimi: return kimi;
            case pretokenizer_family::afmoe: return afmoe;
            case pretokenizer_family::aya: return aya;
            case pretokenizer_family::youtu: return youtu;
            case pretokenizer_family::exaone_moe: return exaone_moe;
            case pretokenizer_family::bloom: return bloom;
            case pretokenizer_family::viking: return viking;
            case pretokenizer_family::jais2: return jais2;
            case pretokenizer_family::minicpm5: return minicpm5;
            case pretokenizer_family::laguna: return laguna;
            case pretokenizer_family::superbpe: return superbpe;
            case pretokenizer_family::deepseek3: return deepseek3;
            case pretokenizer_family::spark: return spark;
            case pretokenizer_family::deepseek_coder: return deepseek_coder;
            case pretokenizer_family::deepseek_llm: return deepseek_llm;
            case pretokenizer_family::ufakzeka: return ufakzeka;
        }
        return gpt2;  // no value of the enumeration
    }
};

/// The steps of each family as llama.cpp has them, where they are not the published ones with other classes.
template <class Classes>
struct llama_cpp {
    using C = Classes;

    static constexpr step llama3[] = {words<C, ascii_contractions<llama3_grammar>>};
    static constexpr step qwen2[] = {words<C, ascii_contractions<qwen2_grammar>>};
    static constexpr step qwen35[] = {words<C, ascii_contractions<qwen35_grammar>>};
    static constexpr step seed[] = {words<C, ascii_contractions<seed_grammar>>};
    static constexpr step exaone_moe[] = {words<C, ascii_contractions<exaone_moe_grammar>>};
    static constexpr step jais2[] = {words<C, ascii_contractions<jais2_grammar>>};
    static constexpr step minicpm5[] = {threes<C, any_number>, words<C, ascii_contractions<minicpm5_grammar>>};
    static constexpr step laguna[] = {runs<C, line_feed>, words<C, ascii_contractions<qwen2_grammar>>};
    static constexpr step tekken[] = {words<ascii_cased<C>, unmarked<tekken_grammar>>};
    static constexpr step o200k[] = {words<ascii_cased<C>, unmarked<o200k_grammar>>};
    static constexpr step o200k_marks[] = {words<ascii_cased<C>, ascii_contractions<o200k_grammar>>};
    static constexpr step kimi[] = {words<narrow_han<C>, greedy_kimi_grammar>};
    static constexpr step afmoe[] = {
        group_digits<C, any_number, digit_rule::glue>, runs<C, afmoe_scripts_from_8c48>, words<C, deepseek3_grammar>,
    };
    static constexpr step aya[] = {group_digits<C, any_number, digit_rule::glue>, words<C, caseless<o200k_grammar>>};
    static constexpr step youtu[] = {runs_of_each<C, youtu_hangul, youtu_signs, bopomofo, cjk>, words<C, caseless<youtu_grammar>>};
    static constexpr step superbpe[] = {runs<C, any_number>, cut_before_threes<C, ascii_digit>};
    static constexpr step deepseek_coder[] = {
        singles<C, line_break>,
        prefixed_runs<C, any_space, any_letter>,
        prefixed_runs<C, any_space, any_punctuation>,
        runs<C, deepseek_asian<unseen_by_llama_cpp>>,
        singles<C, any_number>,
    };
    static constexpr step deepseek_llm[] = {
        singles<C, line_break>,
        prefixed_runs<C, any_space, deepseek_letters>,
        prefixed_runs<C, any_space, deepseek_signs<unseen_by_llama_cpp>>,
        trailing_run<C, any_space>,
        runs<C, deepseek_asian<unseen_by_llama_cpp>>,
        runs<C, any_number>,
    };

    [[nodiscard]] static constexpr auto steps_of(pretokenizer_family family) noexcept -> std::span<const step> {
        switch (family) {
            case pretokenizer_family::llama3: return llama3;
            case pretokenizer_family::qwen2:
            case pretokenizer_family::bailing: return qwen2;
            case pretokenizer_family::qwen35: return qwen35;
            case pretokenizer_family::seed: return seed;
            case pretokenizer_family::exaone_moe: return exaone_moe;
            case pretokenizer_family::jais2: return jais2;
            case pretokenizer_family::minicpm5: return minicpm5;
            case pretokenizer_family::laguna: return laguna;
            case pretokenizer_family::tekken: return tekken;
            case pretokenizer_family::o200k: return o200k;
            case pretokenizer_family::o200k_marks: return o200k_marks;
            case pretokenizer_family::kimi: return kimi;
            case pretokenizer_family::afmoe: return afmoe;
            case pretokenizer_family::aya: return aya;
            case pretokenizer_family::youtu: return youtu;
            case pretokenizer_family::superbpe: return superbpe;
            case pretokenizer_family::deepseek_coder: return deepseek_coder;
            case pretokenizer_family::deepseek_llm: return deepseek_llm;
            default: return published<C>::steps_of(family);
        }
    }
};

}  // namespace cria::inline v0::bpe::detail

#endif
