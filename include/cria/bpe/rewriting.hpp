// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_REWRITING_HPP
#define CRIA_BPE_REWRITING_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/unicode_tables.hpp"
#include "cria/bpe/vocabulary.hpp"
#include "cria/utf8/code_point.hpp"
#include "cria/utf8/nfc.hpp"
#include "cria/utf8/validate.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// What happens to a fragment (the text between two special tokens) before it is cut and merged:
//   1. white space next to some special tokens is dropped (leading_spaces, trailing_spaces);
//   2. what is not UTF-8 is replaced;
//   3. each well-formed stretch is put into Normalization Form C, where the model's tokenizer does that;
//   4. a space goes in front, and spaces become U+2581, where the vocabulary writes them so.
// A fragment to which nothing of this applies, which is nearly every one, is not copied.
//
// Where offsets are wanted, a list of edits leads from the rewritten text back to the fragment.

namespace cria::inline v0::bpe::detail {

/// What becomes of an ill-formed sequence.
enum class ill_formed : std::uint8_t {
    replace,  // U+FFFD for each maximal subpart
    lenient,  // llama.cpp's decoder, see decode_leniently
    keep,     // its bytes
};

struct rewrite_rules {
    ill_formed on_invalid = ill_formed::replace;
    bool nfc = false;
    bool escape_spaces = false;
};

/// Bytes of white space that `text` starts with: Unicode's in compat::hf, C's six characters in compat::llama_cpp.
[[nodiscard]] auto leading_spaces(std::string_view text, compat mode) noexcept -> std::size_t;
/// The same at its end.
[[nodiscard]] auto trailing_spaces(std::string_view text, compat mode) noexcept -> std::size_t;

/// The character at byte `at` as llama.cpp decodes it: any lead with as many continuation bytes as it announces is
/// one, overlong or a surrogate or not; anything else is one byte that becomes U+FFFD. What it decodes to more than
/// U+10FFFF makes it end the process; here that is ill-formed.
[[nodiscard]] constexpr auto decode_leniently(std::string_view text, std::size_t at) noexcept -> utf8::step;

/// One fragment on its way to being cut; keeps its memory.
class rewriting {
public:
    /// Rewrites `fragment`; with_places: so that place_of() can be asked.
    /// Borrows: the fragment, until the next run.
    /// Fails:   errc::out_of_memory.
    /// Cost:    O(n); a pass over the fragment where there is nothing to do.
    [[nodiscard]] auto run(std::string_view fragment, const rewrite_rules& rules, bool space_in_front, bool with_places) -> result<void>;

    /// What is to be merged. UTF-8, but for surrogates (lenient) and what was kept.
    [[nodiscard]] auto text() const noexcept -> std::string_view { return text_; }
    /// What is to be cut, of the same length: each surrogate, which pretokenizers would read as three bytes, is a
    /// private character there, of the same class.
    [[nodiscard]] auto cut_text() const noexcept -> std::string_view { return cut_text_; }
    /// The place in the fragment that byte `at` of the text comes from. A stretch that was rewritten counts byte by
    /// byte up to its length, then all its bytes are past.
    /// Precondition: with_places; `at` is not before the last one asked about.
    [[nodiscard]] auto place_of(std::size_t at) noexcept -> std::size_t;

private:
    static constexpr std::string_view what = "text";

    /// A stretch of the fragment that became another one.
    struct edit {
        std::size_t from, to;              // where they begin, in the fragment and in the text
        std::size_t from_size, to_size;
    };
    struct part {
        std::size_t begin, end;  // of the fragment
    };

    [[nodiscard]] auto put_well_formed(part of) -> result<void>;
    [[nodiscard]] auto put_unchanged(part of) -> result<void>;
    [[nodiscard]] auto put_changed(part from, std::string_view text) -> result<void>;
    [[nodiscard]] auto put_leniently(std::size_t at) -> result<std::size_t>;
    [[nodiscard]] auto put_surrogate(part from, char32_t code_point) -> result<void>;
    [[nodiscard]] auto replace_surrogates() -> result<void>;
    [[nodiscard]] auto record(part from, std::size_t to) -> result<void>;

    std::string_view fragment_, text_, cut_text_;
    rewrite_rules rules_;
    bool with_places_ = false;
    buffer<char> work_, cut_work_;
    buffer<edit> edits_;
    std::size_t next_edit_ = 0;  // that place_of() has not passed
    buffer<std::size_t> surrogates_;  // in work_
    utf8::nfc_normalizer normalizer_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

/// What isspace() says in the "C" locale.
[[nodiscard]] constexpr auto is_c_space(char byte) noexcept -> bool { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

inline auto leading_spaces(std::string_view text, compat mode) noexcept -> std::size_t {
    std::size_t at = 0;
    if (mode == compat::llama_cpp) {
        while (at < text.size() && is_c_space(text[at])) ++at;
        return at;
    }
    for (auto here = utf8::decode(text, 0); here.valid && unicode::is_whitespace(here.code_point); here = utf8::decode(text, at)) at += here.length;
    return at;
}

inline auto trailing_spaces(std::string_view text, compat mode) noexcept -> std::size_t {
    std::size_t end = text.size();
    if (mode == compat::llama_cpp) {
        while (end > 0 && is_c_space(text[end - 1])) --end;
        return text.size() - end;
    }
    while (end > 0) {
        std::size_t begin = end - 1;
        while (begin > 0 && end - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
        const auto last = utf8::decode(text.substr(0, end), begin);
        if (!last.valid || begin + last.length != end || !unicode::is_whitespace(last.code_point)) break;
        end = begin;
    }
    return text.size() - end;
}

constexpr auto decode_leniently(std::string_view text, std::size_t at) noexcept -> utf8::step {
    constexpr utf8::step ill{utf8::replacement_character, 1, false};
    if (at >= text.size()) return {utf8::replacement_character, 0, false};
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1, true};
    if (lead < 0xC0 || lead >= 0xF8) return ill;
    const std::uint8_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() - at < length) return ill;
    auto code_point = static_cast<char32_t>(lead & (0x7FU >> length));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80) return ill;
        code_point = code_point << 6U | (byte & 0x3FU);
    }
    return code_point > 0x10FFFF ? ill : utf8::step{code_point, length, true};
}

inline auto rewriting::run(std::string_view fragment, const rewrite_rules& rules, bool space_in_front, bool with_places) -> result<void> {
    fragment_ = text_ = cut_text_ = fragment;
    rules_ = rules;
    with_places_ = with_places;
    edits_.clear();
    surrogates_.clear();
    next_edit_ = 0;
    // Composing needs to know where text is well-formed, even if the rest is kept.
    const bool looks_for_faults = rules.on_invalid != ill_formed::keep || rules.nfc;
    std::size_t fault = looks_for_faults ? utf8::find_invalid(fragment) : fragment.size();
    const bool has_spaces = rules.escape_spaces && fragment.find(' ') != std::string_view::npos;
    const bool is_plain = fault == fragment.size() && !space_in_front && !has_spaces;
    if (is_plain && (!rules.nfc || utf8::find_not_nfc(fragment) == fragment.size())) return {};

    work_.clear();
    CRIA_TRY_VOID(work_.reserve(std::uint64_t{fragment.size()} + escaped_space.size(), what));
    if (space_in_front) CRIA_TRY_VOID(put_changed({0, 0}, rules.escape_spaces ? escaped_space : " "));
    for (std::size_t at = 0;;) {
        CRIA_TRY_VOID(put_well_formed({at, fault}));
        if (fault == fragment.size()) break;
        if (rules.on_invalid == ill_formed::lenient) {
            CRIA_TRY(at, put_leniently(fault));
        } else {
            at = fault + utf8::decode(fragment, fault).length;
            if (rules.on_invalid == ill_formed::keep) CRIA_TRY_VOID(put_unchanged({fault, at}));
            else CRIA_TRY_VOID(put_changed({fault, at}, utf8::replacement_text));
        }
        fault = utf8::find_invalid(fragment, at);
    }
    text_ = cut_text_ = work_.view();
    return surrogates_.empty() ? result<void>{} : replace_surrogates();
}

inline auto rewriting::put_well_formed(part of) -> result<void> {
    const std::string_view stretch = fragment_.substr(of.begin, of.end - of.begin);
    if (!rules_.nfc || utf8::find_not_nfc(stretch) == stretch.size()) return put_unchanged(of);
    return normalizer_.run(stretch, [&](std::size_t begin, std::size_t end, std::string_view composed) -> result<void> {
        const part from{of.begin + begin, of.begin + end};
        return composed.data() == stretch.data() + begin ? put_unchanged(from) : put_changed(from, composed);
    });
}

inline auto rewriting::put_unchanged(part of) -> result<void> {
    if (!rules_.escape_spaces) return work_.append(fragment_.substr(of.begin, of.end - of.begin), what);
    for (std::size_t at = of.begin;;) {
        std::size_t space = at;
        while (space < of.end && fragment_[space] != ' ') ++space;
        CRIA_TRY_VOID(work_.append(fragment_.substr(at, space - at), what));
        if (space == of.end) return {};
        CRIA_TRY_VOID(work_.append(escaped_space, what));
        CRIA_TRY_VOID(record({space, space + 1}, work_.size() - escaped_space.size()));
        at = space + 1;
    }
}

inline auto rewriting::put_changed(part from, std::string_view text) -> result<void> {
    const std::size_t to = work_.size();
    for (const char byte : text) {  // a few bytes
        if (rules_.escape_spaces && byte == ' ') CRIA_TRY_VOID(work_.append(escaped_space, what));
        else CRIA_TRY_VOID(work_.push_back(byte, what));
    }
    return record(from, to);
}

inline auto rewriting::put_leniently(std::size_t at) -> result<std::size_t> {
    auto here = decode_leniently(fragment_, at);
    // llama.cpp has escaped the spaces before it decodes, and one that it finds then ends the process.
    if (rules_.escape_spaces && here.code_point == ' ') here = {utf8::replacement_character, 1, false};
    const part from{at, at + here.length};
    const bool is_surrogate = here.code_point >= 0xD800 && here.code_point <= 0xDFFF;
    if (is_surrogate) CRIA_TRY_VOID(put_surrogate(from, here.code_point));
    else CRIA_TRY_VOID(put_changed(from, utf8::encode(here.code_point).view()));
    return from.end;
}

inline auto rewriting::put_surrogate(part from, char32_t code_point) -> result<void> {
    const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | (code_point >> shift & 0x3FU)); };
    const char bytes[] = {'\xED', tail(6), tail(0)};
    CRIA_TRY_VOID(surrogates_.push_back(work_.size(), what));
    return put_changed(from, {bytes, sizeof bytes});
}

inline auto rewriting::replace_surrogates() -> result<void> {
    cut_work_.clear();
    CRIA_TRY_VOID(cut_work_.append(work_.span(), what));
    constexpr std::string_view private_character = "\xEE\x80\x80";  // U+E000: no pretokenizer tells it from a surrogate
    for (const std::size_t at : surrogates_) private_character.copy(cut_work_.data() + at, private_character.size());
    cut_text_ = cut_work_.view();
    return {};
}

inline auto rewriting::record(part from, std::size_t to) -> result<void> {
    if (!with_places_) return {};
    return edits_.push_back({from.begin, to, from.end - from.begin, work_.size() - to}, "token offsets");
}

inline auto rewriting::place_of(std::size_t at) noexcept -> std::size_t {
    while (next_edit_ < edits_.size() && at >= edits_[next_edit_].to + edits_[next_edit_].to_size) ++next_edit_;
    if (next_edit_ < edits_.size() && at > edits_[next_edit_].to) {
        const edit& here = edits_[next_edit_];
        const std::size_t inside = at - here.to;
        return here.from + (inside < here.from_size ? inside : here.from_size);
    }
    if (next_edit_ == 0) return at;
    const edit& before = edits_[next_edit_ - 1];
    return before.from + before.from_size + (at - before.to - before.to_size);
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_REWRITING_HPP
