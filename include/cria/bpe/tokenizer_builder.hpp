// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TOKENIZER_BUILDER_HPP
#define CRIA_BPE_TOKENIZER_BUILDER_HPP

#include "cria/base/result.hpp"
#include "cria/bpe/character_merging.hpp"
#include "cria/bpe/seam_cutter.hpp"
#include "cria/bpe/tables.hpp"
#include "cria/bpe/tokenizer.hpp"

#include <array>
#include <cassert>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

// tokenizer_builder: a tokenizer from its parts, pushed one by one, so that texts go from wherever they lie
// (a mapped file) into the tokenizer's own tables and nowhere in between. It knows no file format.
//
// First all tokens, then all merges, then build(). Whatever the parts are, the outcome is a tokenizer or an
// error; what is odd but usable becomes a note. Each part costs O(its bytes).

namespace cria::inline v0::bpe {

/// Makes one tokenizer.
///
///     bpe::tokenizer_builder builder({.kind = bpe::algorithm::byte_level, .pre = *bpe::find_pre("gpt-2")});
///     for (auto text : texts) CRIA_TRY_VOID(builder.add_token(text));
///     for (auto text : merges) CRIA_TRY_VOID(builder.add_merge(text));       // "Ġt he"
///     CRIA_TRY(auto tokenizer, std::move(builder).build());
class tokenizer_builder {
public:
    /// What `settings` leave open is as usual in their mode.
    explicit tokenizer_builder(const tokenizer_settings& settings) noexcept;

    /// Room for this many parts, and for token texts of `text_bytes` bytes together. Only saves time.
    /// Fails: errc::out_of_memory; errc::limit_exceeded.
    [[nodiscard]] auto reserve(std::uint64_t tokens, std::uint64_t merges, std::uint64_t text_bytes) -> result<void>;

    /// The next token; ids count from 0. A number that is no token_type is UNDEFINED.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above 2^31 - 1 tokens or 4 GiB of text.
    /// Precondition: no merge has been added.
    [[nodiscard]] auto add_token(std::string_view text, token_type type = token_type::normal, float score = 0) -> result<void>;

    /// The next merge, as files have it: two parts with a space between. SentencePiece vocabularies with
    /// merges are merged by their rank; without, by score. In compat::llama_cpp always by score, and a merge is
    /// nothing to them.
    /// Fails: errc::out_of_memory; errc::limit_exceeded above 2^32 - 2 merges.
    [[nodiscard]] auto add_merge(std::string_view text) -> result<void> { return add_merge(text, text.data() + text.size()); }
    /// The same, faster, of a text that lies in memory which can be read up to `end`.
    [[nodiscard]] auto add_merge(std::string_view text, const char* end) -> result<void> {
        if (tables_.splits.has_begun() && tables_.splits.add_usual(tables_.tokens, text, end)) return {};
        return add_any_merge(text);
    }

    /// Something that the caller has noticed about the parts.
    /// Fails: errc::out_of_memory.
    [[nodiscard]] auto add_note(const note& about) -> result<void> { return tables_.notes.push_back(about, "notes"); }

    /// The tokenizer. Special ids outside the vocabulary are dropped with a note; those that are not given
    /// are looked for by text.
    /// Fails: errc::invalid_vocabulary without tokens; errc::invalid_argument for a pretokenizer of the caller's with
    ///        SentencePiece, which cuts nothing; errc::out_of_memory; errc::limit_exceeded where special tokens have
    ///        more than 1 MiB of text. Whatever add_token or add_merge failed with, again.
    [[nodiscard]] auto build() && -> result<tokenizer>;

private:
    /// Remembers a failure: tables that were filled halfway can only be thrown away.
    [[nodiscard]] auto kept(const result<void>& outcome) -> result<void> {
        if (!outcome) failure_ = outcome.error();
        return outcome;
    }
    [[nodiscard]] auto add_any_merge(std::string_view text) -> result<void>;
    [[nodiscard]] auto index() -> result<void>;
    [[nodiscard]] auto check_special_ids() -> result<void>;
    /// Finds what tokens are for, and what text must not become.
    [[nodiscard]] auto find_specials() -> result<void>;
    [[nodiscard]] auto make_byte_tables() -> result<void>;
    [[nodiscard]] auto make_pieces() -> result<void>;
    [[nodiscard]] auto make_words() -> result<void>;
    [[nodiscard]] auto make_urgency() -> result<void>;
    [[nodiscard]] auto note_if(note::kind what, std::uint64_t count) -> result<void> {
        return count != 0 ? add_note({what, count}) : result<void>{};
    }

    detail::tokenizer_tables tables_;
    bool is_indexed_ = false;
    std::optional<error> failure_;
    std::uint64_t n_malformed_bytes_ = 0;
    std::uint64_t n_retyped_ = 0;
    std::uint64_t n_invalid_types_ = 0;
    std::uint64_t n_empty_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline tokenizer_builder::tokenizer_builder(const tokenizer_settings& settings) noexcept : tables_(settings) {
    tokenizer_settings& s = tables_.settings;
    const bool is_llama_cpp = s.mode == compat::llama_cpp;
    if (!s.split) s.split = pretokenizer{s.pre.family, s.mode};
    if (!s.order) s.order = is_llama_cpp ? special_order::longest_first : special_order::leftmost_longest;
}

inline auto tokenizer_builder::reserve(std::uint64_t tokens, std::uint64_t merges, std::uint64_t text_bytes) -> result<void> {
    // What tokens print is stored beside their texts where it differs, and is never longer.
    CRIA_TRY_VOID(tables_.tokens.reserve(tokens, text_bytes + text_bytes / 2));
    // Byte-level lists are seldom such that they go there.
    return tables_.settings.kind == algorithm::byte_level && !tables_.settings.is_plain ? result<void>{} : tables_.merges.reserve(merges);
}

inline auto tokenizer_builder::add_token(std::string_view text, token_type type, float score) -> result<void> {
    assert(!is_indexed_);
    if (failure_) return *failure_;
    if (static_cast<std::uint8_t>(type) > static_cast<std::uint8_t>(token_type::byte)) {
        type = token_type::undefined;
        ++n_invalid_types_;
    }
    if (text.empty()) ++n_empty_;
    const bool names_byte = byte_of_text(text) >= 0;
    if (type == token_type::byte && !names_byte) ++n_malformed_bytes_;
    // Files without types have all tokens NORMAL. There is no other use for these texts.
    const bool spells_in_bytes = tables_.settings.kind != algorithm::byte_level && tables_.settings.mode != compat::llama_cpp;
    if (type == token_type::normal && names_byte && spells_in_bytes) {
        type = token_type::byte;
        ++n_retyped_;
    }
    return kept(tables_.tokens.add(text, type, score));
}

inline auto tokenizer_builder::add_any_merge(std::string_view text) -> result<void> {
    if (failure_) return *failure_;
    if (tables_.settings.kind == algorithm::sentencepiece && tables_.settings.mode == compat::llama_cpp) return {};
    CRIA_TRY_VOID(index());
    if (tables_.splits.has_begun()) {
        const auto is_taken = tables_.splits.add(tables_.tokens, text);
        if (!is_taken) return kept(is_taken.error());
        if (*is_taken) return {};
        CRIA_TRY_VOID(kept(tables_.splits.move_to(tables_.merges, tables_.tokens)));
    }
    return kept(tables_.merges.add(tables_.tokens, text));
}

inline auto tokenizer_builder::index() -> result<void> {
    if (is_indexed_) return {};
    is_indexed_ = true;
    const vocabulary& tokens = tables_.tokens;
    CRIA_TRY_VOID(kept(tables_.tokens.build_index(!tables_.settings.pre.ignore_merges)));
    if (tables_.settings.is_plain || tokens.pieces().empty() || tokens.n_duplicates() != 0) return {};
    return kept(tables_.splits.begin(tokens));
}

inline auto tokenizer_builder::check_special_ids() -> result<void> {
    struct named {
        std::optional<token_id> special_ids::*id;
        std::string_view name;
    };
    constexpr named all[] = {
        {&special_ids::bos, "bos"}, {&special_ids::eos, "eos"}, {&special_ids::eot, "eot"}, {&special_ids::eom, "eom"},
        {&special_ids::unknown, "unknown"}, {&special_ids::padding, "padding"}, {&special_ids::separator, "separator"},
        {&special_ids::mask, "mask"}, {&special_ids::fim_prefix, "fim_prefix"}, {&special_ids::fim_suffix, "fim_suffix"},
        {&special_ids::fim_middle, "fim_middle"}, {&special_ids::fim_pad, "fim_pad"}, {&special_ids::fim_repo, "fim_repo"},
        {&special_ids::fim_separator, "fim_separator"},
    };
    special_ids& special = tables_.settings.special;
    for (const named& role : all) {
        if (!(special.*role.id) || tables_.tokens.contains(*(special.*role.id))) continue;
        special.*role.id = std::nullopt;
        CRIA_TRY_VOID(add_note({note::kind::id_out_of_range, 1, role.name}));
    }
    return {};
}

inline auto tokenizer_builder::find_specials() -> result<void> {
    const vocabulary& tokens = tables_.tokens;
    const bool is_llama_cpp = tables_.settings.mode == compat::llama_cpp;
    CRIA_TRY(tables_.bars, buffer<std::uint8_t>::make(tokens.size(), "token types"));
    const auto bar_by_type = [&] {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const token_type type = tokens.type(static_cast<token_id>(i));
            if (type == token_type::normal) continue;
            const bool is_special = detail::is_special_type(type);
            if (is_special) tables_.bars[i] |= detail::bars_untrusted_text;
            if (!is_llama_cpp && (is_special || type == token_type::byte)) tables_.bars[i] |= detail::bars_text;
        }
    };
    // Roles change types, in both directions: what the file calls CONTROL stays closed, and what is CONTROL by its text is, too.
    bar_by_type();
    detail::find_roles(tables_.tokens, tables_.settings.special);
    CRIA_TRY(tables_.endings, detail::find_endings(tables_.tokens, tables_.settings.special));
    bar_by_type();
    if (!is_llama_cpp) tables_.merges.forbid_unless(tokens, [this](std::uint32_t symbol) { return tables_.is_text(symbol); });
    if (tables_.splits.has_begun()) {
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (!tables_.is_text(static_cast<std::uint32_t>(i))) tables_.splits.forbid(tokens, static_cast<token_id>(i));
        CRIA_TRY_VOID(tables_.splits.finish(tokens));
    }
    CRIA_TRY(tables_.specials, detail::special_matcher::make(tokens, tables_.settings.mode));
    return {};
}

inline auto tokenizer_builder::make_byte_tables() -> result<void> {
    std::uint64_t n_missing = 0;
    const tokenizer_settings& settings = tables_.settings;
    const bool is_byte_level = settings.kind == algorithm::byte_level;
    const bool is_llama_cpp = settings.mode == compat::llama_cpp;
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        constexpr char digits[] = "0123456789ABCDEF";
        const char raw = static_cast<char>(static_cast<unsigned char>(byte));
        const char named[6] = {'<', '0', 'x', digits[byte >> 4U], digits[byte & 0xFU], '>'};
        const std::string_view itself{&raw, 1};
        std::uint32_t found = tables_.tokens.find_key(is_byte_level ? itself : std::string_view{named, sizeof named});
        if (is_llama_cpp && settings.kind == algorithm::sentencepiece && found == vocabulary::none) found = tables_.tokens.find_key(itself);
        const bool is_byte = found != vocabulary::none && tables_.tokens.type(static_cast<token_id>(found)) == token_type::byte;
        const bool is_open = found != vocabulary::none && (tables_.bars[found] & detail::bars_untrusted_text) == 0;
        // llama.cpp spells what it has written in the byte alphabet, where these bytes alone are still themselves.
        const bool spells = is_llama_cpp ? !is_byte_level || (byte >= 0x21 && byte <= 0x7E)
                                         : is_byte_level ? is_open : is_byte;
        tables_.byte_tokens[byte] = spells ? found : vocabulary::none;
        if (is_byte_level) tables_.byte_symbols[byte] = tables_.merges.symbol_of(tables_.tokens, itself);
        if (is_byte_level && !is_llama_cpp && tables_.byte_symbols[byte] == merge_table::none) tables_.drops_bytes = true;
        // C0, C1 and F5 to FF never occur in text, which is UTF-8 when it gets here.
        const bool occurs = byte < 0xF5 && byte != 0xC0 && byte != 0xC1;
        const bool has_other = !is_byte_level && settings.special.unknown;
        const bool is_missing = found == vocabulary::none || (!is_llama_cpp && !spells);
        if (occurs && !has_other && is_missing) ++n_missing;
    }
    return note_if(note::kind::missing_bytes, n_missing);
}

inline auto tokenizer_builder::make_pieces() -> result<void> {
    const tokenizer_settings& settings = tables_.settings;
    const vocabulary& tokens = tables_.tokens;
    if (settings.is_plain || tokens.pieces().empty()) return {};
    tables_.looks_up = true;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (tables_.bars[i] != 0) CRIA_TRY_VOID(tables_.tokens.withdraw(static_cast<token_id>(i)));
    tables_.kernels = detail::fastest_piece_kernels(settings.widest);
    const pretokenizer& split = *settings.split;
    if (split.is_custom()) return {};
    if (const detail::word_grammar* const grammar = detail::block_grammar_of(split.family(), split.mode()); grammar != nullptr) {
        tables_.blocks.emplace(*grammar, split.mode() == compat::llama_cpp);
        CRIA_TRY_VOID(tables_.blocks->make_rows());
    }
    return {};
}

inline auto tokenizer_builder::make_words() -> result<void> {
    const tokenizer_settings& settings = tables_.settings;
    const vocabulary& tokens = tables_.tokens;
    if (settings.is_plain || settings.kind == algorithm::byte_level || !detail::piece_table::is_supported || tokens.size() > detail::piece_table::most_ids) return {};
    detail::seam_rules rules;
    if (settings.kind == algorithm::character_level) {
        // The only pieces whose borders are known from two characters, and the only words in which a space is U+2581.
        const bool has_lines = !settings.split->is_custom() && settings.split->family() == pretokenizer_family::newline;
        if (!has_lines || !settings.pre.escape_whitespaces) return {};
        rules.cuts_at_newlines = true;
    }
    const auto each_text = [&](const auto& use) {
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (tables_.is_text(static_cast<std::uint32_t>(i))) use(tokens.key(static_cast<token_id>(i)));
        for (std::size_t i = 0; i < tables_.merges.statistics().phantoms; ++i) use(tables_.merges.phantom(i));
    };
    each_text([&](std::string_view text) { rules.seams.count(text); });
    CRIA_TRY_VOID(rules.seams.make());
    each_text([&](std::string_view text) { rules.seams.note(text); });

    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::uint32_t id = tables_.byte_tokens[byte];
        const bool is_plain = id != vocabulary::none && (tables_.bars[id] & detail::bars_untrusted_text) == 0 && detail::written_size(tables_, id) == 1;
        rules.spelled[byte] = is_plain ? id : vocabulary::none;
    }
    CRIA_TRY(std::uint32_t* const pairs, rules.ascii_pairs.extend(128 * 128, "token seams"));
    for (std::size_t i = 0; i < 128 * 128; ++i) pairs[i] = vocabulary::none;
    CRIA_TRY(std::uint32_t* const lone, rules.lone_ids.extend(0x10001, "token seams"));
    for (std::size_t i = 0; i < 0x10001; ++i) lone[i] = vocabulary::none;
    CRIA_TRY_VOID(tables_.pieces.reserve(tokens.size() + tokens.size() / 2, true));  // half empty: what finds no room is merged
    // Bytes that are spelled, such as line feeds, and characters come first: lines of the table that are full take no more.
    for (unsigned byte = 0; byte < 0x80; ++byte) {
        const char raw = static_cast<char>(byte);
        const std::uint32_t id = tables_.byte_tokens[byte], itself = tokens.find_key({&raw, 1});
        if (raw == ' ' || id == vocabulary::none || tables_.is_text(id) || tables_.is_text(itself)) continue;
        tables_.pieces.insert(detail::copy_short_text({&raw, 1}), id);
    }
    struct entry {
        detail::short_text word{};
        std::uint32_t id;
    };
    std::array<entry, 32> group;  // whose lines of the table are on their way
    std::size_t n_group = 0;
    const auto insert_group = [&] {
        for (std::size_t i = 0; i < n_group; ++i) tables_.pieces.insert(group[i].word, group[i].id);
        n_group = 0;
    };
    for (const bool takes_characters : {true, false}) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const auto id = static_cast<std::uint32_t>(i);
            const std::string_view key = tokens.key(static_cast<token_id>(i));
            if (key.empty() || (detail::character_length(key, 0) == key.size()) != takes_characters) continue;
            if (tokens.n_duplicates() != 0 && tokens.find_key(key) != i) continue;
            const bool is_text = tables_.is_text(id);
            if (takes_characters) {
                const bool is_plain = tables_.bars[i] == 0 && detail::written_size(tables_, id) == key.size();
                lone[detail::character_at(key, 0).code_point()] = !is_text ? vocabulary::none : is_plain ? id : detail::seam_rules::not_lone;
            }
            if (!is_text) continue;
            char word[16] = {};
            const std::size_t n = detail::write_as_word<detail::piece_table::most_bytes>(key, word);
            if (n == 0) continue;
            const detail::short_text text = detail::load_short_text(word, n);
            detail::prefetch(&tables_.pieces[tables_.pieces.bucket_of(tables_.pieces.hash(text))]);
            group[n_group++] = {text, id};
            if (n_group == group.size()) insert_group();
            if (n == 2 && static_cast<unsigned char>(word[0] | word[1]) < 0x80) pairs[static_cast<unsigned char>(word[0]) * 128U + static_cast<unsigned char>(word[1])] = id;
        }
    }
    insert_group();
    rules.prepare();
    tables_.kernels = detail::fastest_piece_kernels(settings.widest);
    tables_.cut_words = detail::fastest_word_cut(settings.widest);
    tables_.words = std::move(rules);
    return {};
}

inline auto tokenizer_builder::make_urgency() -> result<void> {
    if (tables_.settings.kind != algorithm::sentencepiece) return {};
    const std::size_t n = tables_.tokens.size();
    CRIA_TRY(tables_.urgency, buffer<std::uint32_t>::make(n, "token scores"));
    std::uint64_t n_invalid = 0, n_long = 0;
    bool are_equal = true;
    std::optional<std::uint32_t> first;
    for (std::size_t i = 0; i < n; ++i) {
        const auto id = static_cast<token_id>(i);
        const token_type type = tables_.tokens.type(id);
        const float score = tables_.tokens.score(id);
        const bool is_text = tables_.is_text(static_cast<std::uint32_t>(i));
        tables_.urgency[i] = is_text ? detail::urgency_of(score) : detail::candidate::never;
        if (!is_text) continue;
        if (tables_.tokens.text(id).size() > detail::most_merged_bytes && tables_.merges.empty()) ++n_long;
        if (detail::is_nan(score)) ++n_invalid;
        if (type != token_type::normal) continue;
        if (first && *first != tables_.urgency[i]) are_equal = false;
        first = tables_.urgency[i];
    }
    CRIA_TRY_VOID(note_if(note::kind::invalid_score, n_invalid));
    CRIA_TRY_VOID(note_if(note::kind::unmergeable_token, n_long));
    return note_if(note::kind::equal_scores, first && are_equal && tables_.merges.empty() ? 1 : 0);
}

inline auto tokenizer_builder::build() && -> result<tokenizer> {
    if (failure_) return *failure_;
    if (tables_.tokens.size() == 0) return error{errc::invalid_vocabulary, "vocabulary"}.because("has no tokens");
    if (tables_.settings.split->is_custom() && tables_.settings.kind == algorithm::sentencepiece) {
        return error{errc::invalid_argument, "pretokenizer"}.because("SentencePiece does not cut text");
    }
    CRIA_TRY_VOID(index());
    CRIA_TRY_VOID(tables_.merges.finish(tables_.tokens));
    CRIA_TRY_VOID(check_special_ids());
    CRIA_TRY_VOID(find_specials());
    CRIA_TRY_VOID(make_byte_tables());
    CRIA_TRY_VOID(make_pieces());
    CRIA_TRY_VOID(make_words());
    CRIA_TRY_VOID(make_urgency());

    const tokenizer_settings& settings = tables_.settings;
    const merge_statistics& merges = tables_.merges.statistics();
    CRIA_TRY_VOID(note_if(note::kind::missing_bos, settings.add_bos && !settings.special.bos ? 1 : 0));
    CRIA_TRY_VOID(note_if(note::kind::missing_eos, settings.add_eos && !settings.special.eos ? 1 : 0));
    CRIA_TRY_VOID(note_if(note::kind::empty_text, n_empty_));
    CRIA_TRY_VOID(note_if(note::kind::duplicate_text, tables_.tokens.n_duplicates()));
    CRIA_TRY_VOID(note_if(note::kind::malformed_byte_token, n_malformed_bytes_));
    CRIA_TRY_VOID(note_if(note::kind::retyped_byte_token, n_retyped_));
    CRIA_TRY_VOID(note_if(note::kind::invalid_type, n_invalid_types_));
    CRIA_TRY_VOID(note_if(note::kind::malformed_merge, merges.malformed));
    CRIA_TRY_VOID(note_if(note::kind::unreachable_merge, merges.unreachable));
    CRIA_TRY_VOID(note_if(note::kind::duplicate_merge, merges.duplicate + tables_.splits.n_duplicates()));
    CRIA_TRY_VOID(note_if(note::kind::merge_outside_vocabulary, merges.phantoms));
    return tokenizer(std::move(tables_));
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_TOKENIZER_BUILDER_HPP
