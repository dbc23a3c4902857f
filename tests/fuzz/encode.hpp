// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_ENCODE_HPP
#define CRIA_TESTS_FUZZ_ENCODE_HPP

#include <algorithm>  // sort
#include <cstddef>
#include <iterator>  // size
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpe/plain_encoder.hpp"
#include "cria/bpe/text_stream.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/bpe/tokenizer_builder.hpp"
#include "cria/utf8/code_point.hpp"
#include "fuzz/text_stream.hpp"  // repaired

// What has to hold for encoding whatever the vocabulary and the text: the ids are the plain twin's, all ways to ask for
// them agree, text that is not trusted does not know where it was cut, and decoding gives back what nothing was replaced
// in. One body for libFuzzer and for the test that replays inputs.

namespace cria_test {

/// All that decides about ids: a vocabulary, what it does to text, the text, and how it is asked for.
struct encode_case {
    cria::bpe::tokenizer_settings settings;
    std::vector<plain_token> tokens;
    std::vector<std::string> merges;
    std::vector<text_part> parts;
    cria::bpe::encode_options options;  // without `parse`, which the parts have
    bool has_all_texts = false;         // byte-level: each byte is a token, and all that text becomes prints that text
};

namespace detail {

using encoded_ids = plain_encoder::id_list;

/// What the ways to ask for the ids of `text` say, where they differ; `text` is a string_view or segments.
template <class Text>
[[nodiscard]] auto broken_by_ways_to_ask(cria::bpe::encoder& encoder, const Text& text, std::size_t n_bytes, const cria::bpe::encode_options& options,
                                         const encoded_ids& expected) -> const char* {
    const std::size_t n = expected.size();
    const auto ids = encoder.encode(text, options);
    if (!ids) return "a text is refused";
    if (encoded_ids(ids->begin(), ids->end()) != expected) return "ids are not the plain twin's";
    if (!encoder.offsets().empty()) return "offsets that nobody asked for";
    if (encoder.count(text, options).value_or(n + 1) != n) return "count is not the number of ids";
    // Every room for up to two dozen ids; of more some sizes, and those around the right one.
    for (std::size_t room = 0; room <= n + 1; room += room + n / 24 + 1 < n ? n / 24 + 1 : 1) {
        encoded_ids out(room, -1);
        const auto written = encoder.encode_to(text, out, options);
        if (written.has_value() != (room >= n)) return "encode_to is wrong about the room";
        if (written && *written != n) return "encode_to has written another number of ids";
        if (!written && (written.error().code != cria::errc::output_too_small || written.error().expected.number() != n)) return "encode_to asks for other room";
        for (std::size_t i = 0; i < room; ++i)
            if (out[i] != (i < n ? expected[i] : -1)) return "encode_to has not written the first ids";
    }
    const auto again = encoder.encode_with_offsets(text, options);
    if (!again) return "a text is refused when offsets are asked for";
    if (encoded_ids(again->begin(), again->end()) != expected) return "ids with offsets are others";
    if (encoder.offsets().size() != n) return "there are not as many offsets as ids";
    std::size_t at = 0;
    for (const cria::bpe::byte_span& span : encoder.offsets()) {
        if (span.begin < at || span.end < span.begin || span.end > n_bytes) return "offsets overlap, are out of order or leave the text";
        at = span.end;
    }
    return nullptr;
}

/// Whether decode, decode_to and text_stream agree about ids.
[[nodiscard]] inline auto broken_by_decoding(const cria::bpe::tokenizer& tokenizer, const encoded_ids& ids) -> const char* {
    const cria::bpe::decode_options options = {.clean_spaces = false};
    const auto text = tokenizer.decode(ids, options);
    if (!text) return "ids of an encoder are refused";
    std::string exact(text->size(), '\0');
    const auto written = tokenizer.decode_to(ids, exact, options);
    if (!written || *written != exact.size() || exact != text->view()) return "decode_to differs from decode";
    cria::bpe::text_stream stream(tokenizer, options);
    std::string streamed;
    const auto take = [&](std::string_view piece) { streamed += piece; };
    for (const cria::bpe::token_id id : ids)
        if (!stream.push(id, take)) return "an id of an encoder is refused";
    stream.finish(take);
    return streamed == repaired(text->view()) ? nullptr : "streamed text differs from decoded text";
}

/// Whether a text comes back from its ids, and each token's bytes from its offsets, where that has to be so. White space
/// next to special tokens may be dropped.
[[nodiscard]] inline auto broken_by_round_trip(const cria::bpe::tokenizer& tokenizer, cria::bpe::encoder& encoder, std::string_view text,
                                               cria::bpe::parse_special parse) -> const char* {
    const auto ids = encoder.encode_with_offsets(text, {.parse = parse});
    if (!ids) return "a text is refused";
    const bool drops_spaces = tokenizer.settings().strips_after_special || !tokenizer.settings().strips_before.empty();
    std::size_t at = 0;
    for (std::size_t i = 0; i < ids->size(); ++i) {
        const auto [begin, end] = encoder.offsets()[i];
        if (begin != at && !drops_spaces) return "offsets leave bytes of the text out";
        if (text.substr(begin, end - begin) != tokenizer.bytes((*ids)[i])) return "offsets are not those of the token's bytes";
        at = end;
    }
    const auto decoded = tokenizer.decode(*ids, {.clean_spaces = false});
    if (!decoded || (decoded->view() != text && !drops_spaces)) return "a text does not come back from its ids";
    return nullptr;
}

}  // namespace detail

/// A sentence about the first promise broken, or nullptr.
[[nodiscard]] inline auto broken_by_encoding(const encode_case& of) -> const char* {
    namespace bpe = cria::bpe;
    bpe::tokenizer_builder builder(of.settings);
    for (const plain_token& token : of.tokens)
        if (!builder.add_token(token.text, token.type, token.score)) return "a token is refused";
    for (const std::string& merge : of.merges)
        if (!builder.add_merge(merge)) return "a merge is refused";
    const auto tokenizer = std::move(builder).build();
    if (!tokenizer) return "no tokenizer is made";
    const plain_encoder twin(of.settings, of.tokens, of.merges);
    bpe::encoder encoder(*tokenizer);

    std::string text;
    std::vector<bpe::segment> segments, untrusted;
    for (const text_part& part : of.parts) {
        segments.push_back({part.text, part.parse});
        untrusted.push_back({part.text, bpe::parse_special::none});
        text += part.text;
    }
    std::size_t fault = 0;
    for (auto here = cria::utf8::decode(text); here.valid; here = cria::utf8::decode(text, fault)) fault += here.length;
    const bool is_valid = fault == text.size();
    if (of.options.on_invalid == bpe::invalid_utf8::reject && !is_valid) {
        const auto refused = encoder.encode(segments, of.options);
        if (refused) return "a text that is not UTF-8 is not refused";
        const bool is_named = refused.error().code == cria::errc::invalid_value && refused.error().offset == fault;
        return is_named ? nullptr : "a text that is not UTF-8 is refused for another reason, or at another place";
    }

    const auto expected = twin.encode(of.parts, of.options);
    if (const char* const broken = detail::broken_by_ways_to_ask(encoder, segments, text.size(), of.options, expected)) return broken;
    if (const char* const broken = detail::broken_by_decoding(*tokenizer, expected)) return broken;

    // Text that is not trusted does not know where it was cut.
    bpe::encode_options none = of.options;
    none.parse = bpe::parse_special::none;
    const auto whole = twin.encode({{text, none.parse}}, none);
    if (const char* const broken = detail::broken_by_ways_to_ask(encoder, std::string_view(text), text.size(), none, whole)) return broken;
    const std::vector<bpe::byte_span> spans(encoder.offsets().begin(), encoder.offsets().end());
    const auto cut = encoder.encode_with_offsets(untrusted, of.options);
    if (!cut || detail::encoded_ids(cut->begin(), cut->end()) != whole) return "segments have other ids than the text they make";
    if (std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) != spans) return "segments have other offsets than the text they make";

    if (!of.has_all_texts || !is_valid || of.settings.nfc) return nullptr;
    for (const auto parse : {bpe::parse_special::none, bpe::parse_special::all})
        if (const char* const broken = detail::broken_by_round_trip(*tokenizer, encoder, text, parse)) return broken;
    return nullptr;
}

namespace detail {

/// Bytes as choices, one after the other; behind the last one all are 0.
struct choices {
    std::string_view data;
    std::size_t at = 0;

    [[nodiscard]] auto is_over() const -> bool { return at >= data.size(); }
    auto next() -> unsigned { return is_over() ? 0U : static_cast<unsigned char>(data[at++]); }
};

inline constexpr std::string_view letters[] = {
    "a", "b", "c", " ",  // of these alone are words that merge over and over
    "▁", "\n", "1", "é", "日", "<", ">", "s", "u", "A", "'", "\u0301", "e", "0", "x", "4", "\u00A0", "Ġ", "Ã", "<s>", "<u>", "aa",
    "\xFF", "\xE2", "\x82", "\xED\xA0\x80", "\xC0\xA0", "\xF4\x90\x80\x80"};  // and these are not UTF-8

/// What tokens and texts are made of: few letters, all that are UTF-8, or all; of the last kind texts are bytes as they come.
struct letter_choice {
    std::size_t n_letters;
    bool is_raw;

    [[nodiscard]] auto operator[](unsigned number) const -> std::string_view { return letters[number % n_letters]; }
};
inline constexpr letter_choice letter_choices[] = {{4, false}, {std::size(letters) - 6, false}, {std::size(letters), false}, {std::size(letters), true}};

/// Settings of any kind of vocabulary.
inline void choose_settings(choices& from, bool may_compose, cria::bpe::tokenizer_settings& settings) {
    namespace bpe = cria::bpe;
    static constexpr bpe::algorithm kinds[] = {bpe::algorithm::byte_level, bpe::algorithm::sentencepiece, bpe::algorithm::sentencepiece, bpe::algorithm::character_level};
    const unsigned shape = from.next(), rule = from.next(), more = from.next();
    settings.kind = kinds[shape & 3U];
    settings.mode = (shape & 4U) != 0 ? bpe::compat::llama_cpp : bpe::compat::hf;
    settings.nfc = may_compose && (shape & 8U) != 0;
    if ((shape & 16U) != 0) settings.order = (shape & 32U) != 0 ? bpe::special_order::longest_first : bpe::special_order::leftmost_longest;
    std::vector<const bpe::pre_rule*> rules;
    for (const bpe::pre_rule& candidate : bpe::pre_rules())
        if (candidate.byte_encode == (settings.kind == bpe::algorithm::byte_level)) rules.push_back(&candidate);
    if (settings.kind != bpe::algorithm::sentencepiece) settings.pre = *rules[rule % rules.size()];
    settings.add_bos = (more & 1U) != 0;
    settings.add_eos = (more & 2U) != 0;
    settings.add_space_prefix = settings.kind == bpe::algorithm::sentencepiece && (more & 4U) != 0;
    settings.prefix = static_cast<bpe::prefix_space>((more >> 3U & 3U) % 3);
    settings.strips_after_special = (more & 96U) == 96U;
    settings.strips_before = (more & 96U) == 96U ? "<u>" : "";
    if ((more & 128U) == 0) settings.special.unknown = 0;
    settings.special.bos = 1;
    settings.special.eos = 2;
}

/// Special tokens, tokens for none, some or all bytes, tokens of a few letters, and merges.
inline void choose_vocabulary(choices& from, const letter_choice& letter, encode_case& made) {
    using cria::bpe::token_type;
    static constexpr token_type types[] = {token_type::normal, token_type::normal, token_type::normal, token_type::user_defined, token_type::control,
                                           token_type::unused, token_type::byte, token_type::unknown};
    static constexpr float scores[] = {0, -0.0F, 1, -1, 2, -1000, std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()};
    const bool is_byte_level = made.settings.kind == cria::bpe::algorithm::byte_level, is_hf = made.settings.mode == cria::bpe::compat::hf;
    const unsigned shape = from.next(), numbers = from.next();
    const bool has_some_bytes = (shape & 1U) != 0, has_all_bytes = (shape & 2U) != 0, are_normal = (shape & 4U) != 0;
    const bool has_merges = (shape & 8U) != 0 || is_byte_level;
    made.has_all_texts = is_byte_level && has_all_bytes && are_normal;

    made.tokens = {{"<unk>", token_type::unknown}, {"<s>", token_type::control}, {"<e>", token_type::control}, {"<u>", token_type::user_defined}};
    for (unsigned number = 0; number < 256; ++number) {
        const auto byte = static_cast<unsigned char>(number);
        if (!has_all_bytes && !(has_some_bytes && (byte % 4 != 0 || byte == '\n'))) continue;
        // Of what is called <0xXX> some are not of type BYTE: NORMAL ones count as if they were, others do not.
        const token_type type = byte % 8 == 1 ? token_type::normal : byte == 'e' ? token_type::control : byte == 0x97 ? token_type::unused : token_type::byte;
        if (is_byte_level) made.tokens.push_back({written_bytes()[byte]});
        else made.tokens.push_back({name_of_byte(byte), type});
    }
    const std::size_t first_text = made.tokens.size();
    const auto add = [&](std::string text, unsigned about) {
        made.tokens.push_back({std::move(text), are_normal ? token_type::normal : types[about >> 4U & 7U], scores[about >> 5U]});
    };
    const auto written = [&](std::string_view bytes) { return is_byte_level ? written_in_bytes(bytes) : std::string(bytes); };
    for (unsigned i = 0; i < numbers % 16; ++i) {
        const unsigned about = from.next();
        std::string text;
        for (unsigned n = 0; n < about % 8 % 5; ++n) text += letter[from.next()];
        add((about & 8U) != 0 ? text : written(text), about);
    }
    if (!has_merges) return;
    // Their parts are letters (byte-level: bytes of them) or texts of tokens; what they make is a token, mostly.
    const auto part = [&]() -> std::string {
        const unsigned which = from.next();
        const std::size_t n_texts = made.tokens.size() - first_text;
        if (which >= 96 && n_texts != 0) return made.tokens[first_text + which % n_texts].text;
        const std::string_view text = letter[which];
        return written(is_byte_level ? text.substr(which / 32 % text.size(), 1) : text);
    };
    for (unsigned i = 0; i < numbers / 16 * 2; ++i) {
        const unsigned about = from.next();
        const std::string left = part(), right = part();
        made.merges.push_back(left + ' ' + right);
        // What llama.cpp cannot spell it drops, so that the text would not come back.
        if (about % 4 != 0 || (are_normal && !is_hf)) add(left + right, about);
    }
}

}  // namespace detail

/// What some bytes say: letters, settings, a vocabulary, how to ask, and the text, of which the twin gets little: it is cubic.
[[nodiscard]] inline auto encode_case_of(std::string_view data) -> encode_case {
    namespace bpe = cria::bpe;
    constexpr std::size_t most_text = 160;
    detail::choices from{data};
    const unsigned look = from.next(), asked = from.next();
    const detail::letter_choice& letter = detail::letter_choices[look % 4];
    encode_case made;
    detail::choose_settings(from, (look & 4U) != 0, made.settings);
    detail::choose_vocabulary(from, letter, made);
    made.options = {.add_special = (asked & 1U) != 0, .on_invalid = static_cast<bpe::invalid_utf8>(asked >> 2U & 3U), .dedup_bos = (asked & 2U) != 0};

    std::vector<std::size_t> cuts(asked >> 6U & 3U);
    for (std::size_t& cut : cuts) cut = from.next();
    std::sort(cuts.begin(), cuts.end());
    std::string text;
    while (!from.is_over() && text.size() < most_text) {
        const unsigned byte = from.next();
        if (letter.is_raw) text += static_cast<char>(static_cast<unsigned char>(byte));
        else text += letter[byte];
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const std::size_t end = i < cuts.size() ? cuts[i] * text.size() / 255 : text.size();
        made.parts.push_back({text.substr(begin, end - begin), static_cast<bpe::parse_special>(((asked >> 4U & 3U) + i) % 3)});
        begin = end;
    }
    return made;
}

/// The same for what some bytes say.
[[nodiscard]] inline auto fuzz_encode(std::string_view data) -> const char* { return broken_by_encoding(encode_case_of(data)); }

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_ENCODE_HPP
