// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_TEXT_STREAM_HPP
#define CRIA_TESTS_FUZZ_TEXT_STREAM_HPP

#include <algorithm>  // max
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/stop_strings.hpp"
#include "cria/bpe/text_stream.hpp"
#include "cria/bpe/tokenizer_builder.hpp"
#include "cria/utf8/code_point.hpp"
#include "cria/utf8/validate.hpp"

// What has to hold for text_stream whatever the ids, the options and the stop strings: it gives what decoding all ids
// at once gives, made UTF-8 and cut before the first stop; each piece is valid text; and after each id everything has
// been given that can be. One body for libFuzzer and for the tests. The twins here are the definitions, in the
// simplest code that there is for them.

namespace cria_test {

using stop_list = std::vector<std::string>;

/// U+FFFD for each maximal subpart that is not UTF-8.
[[nodiscard]] inline auto repaired(std::string_view bytes) -> std::string {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto here = cria::utf8::decode(bytes, at);
        text += here.valid ? bytes.substr(at, here.length) : cria::utf8::replacement_text;
        at += here.length;
    }
    return text;
}

/// The stop that is complete first; of those that are complete together the longest, and the first of the list.
[[nodiscard]] inline auto find_stop_plainly(std::string_view text, const stop_list& stops) -> std::optional<cria::bpe::stop_match> {
    for (std::size_t end = 1; end <= text.size(); ++end) {
        std::optional<cria::bpe::stop_match> best;
        for (std::size_t i = 0; i < stops.size(); ++i) {
            const std::size_t size = stops[i].size();
            if (size > end || text.substr(end - size, size) != stops[i]) continue;
            if (!best || size > best->end - best->begin) best = cria::bpe::stop_match{i, end - size, end};
        }
        if (best) return best;
    }
    return std::nullopt;
}

/// How much of the end of a text without a stop may become the one that is found.
[[nodiscard]] inline auto held_plainly(std::string_view text, const stop_list& stops) -> std::size_t {
    std::size_t most = 0;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const auto found = find_stop_plainly(stops[i], stops);
        if (found->end != stops[i].size()) continue;  // another one always comes before it
        for (std::size_t size = 1; size < stops[i].size() && size <= text.size(); ++size)
            if (text.substr(text.size() - size) == std::string_view(stops[i]).substr(0, size)) most = std::max(most, size);
    }
    return most;
}

/// Tokens that cut characters, print more than one, or print nothing; three of them special.
[[nodiscard]] inline auto make_stream_tokenizer(bool is_byte_level, cria::bpe::compat mode) -> cria::bpe::tokenizer {
    namespace bpe = cria::bpe;
    using bpe::token_type;
    bpe::tokenizer_settings settings;
    settings.kind = is_byte_level ? bpe::algorithm::byte_level : bpe::algorithm::sentencepiece;
    settings.mode = mode;
    settings.pre = *bpe::find_pre("gpt-2");
    settings.add_bos = settings.add_eos = true;
    settings.add_space_prefix = !is_byte_level;
    settings.special.bos = 0;
    settings.special.eos = 1;
    bpe::tokenizer_builder builder(settings);
    const auto add = [&](std::string_view text, token_type type = token_type::normal) { static_cast<void>(builder.add_token(text, type)); };
    add("<s>", token_type::control);
    add("</s>", token_type::control);
    add("<?>", token_type::unknown);
    add("b<", token_type::user_defined);
    add("", token_type::user_defined);
    add("c", token_type::unused);
    for (const char* text : {"a", "b", "ab", "aab", "abc", "ba"}) add(text);
    for (const char* text : {"Ġ", "Ġa", "▁", "▁b", "日", "日a"}) add(text);
    for (const unsigned byte : {0xE2U, 0x82U, 0xACU, 0xF0U, 0x9FU, 0xC3U, 0xA9U, 0x20U, 0xFFU}) {
        constexpr char digits[] = "0123456789ABCDEF";
        const char named[] = {'<', '0', 'x', digits[byte >> 4U], digits[byte & 0xFU], '>'};
        add({named, sizeof named}, token_type::byte);
    }
    auto made = std::move(builder).build();
    return *std::move(made);
}

/// A sentence about the first promise broken, or nullptr.
[[nodiscard]] inline auto broken_by_stream(const cria::bpe::tokenizer& tokenizer, const std::vector<cria::bpe::token_id>& ids,
                                           cria::bpe::decode_options options, const stop_list& stops) -> const char* {
    namespace bpe = cria::bpe;
    const std::vector<std::string_view> views(stops.begin(), stops.end());
    const auto set = bpe::stop_strings::make(views);
    if (!set) return "stop strings are refused";
    options.clean_spaces = false;
    const auto whole = tokenizer.decode(ids, options);
    if (!whole) return "ids are refused";
    const std::string text = repaired(whole->view());
    const auto stop = find_stop_plainly(text, stops);
    if (set->find(text) != stop) return "find is not the plain twin";
    std::string exact(whole->size(), '\0');
    const auto written = tokenizer.decode_to(ids, exact, options);
    if (!written || *written != exact.size() || exact != whole->view()) return "decode_to differs from decode";

    bpe::text_stream stream(tokenizer, options, *set), without(tokenizer, options);
    for (int round = 0; round < 2; ++round) {  // the second time by what finish() has left
        std::string given, known;
        const char* broken = nullptr;
        const auto take = [&](std::string_view piece) {
            if (piece.empty() || !cria::utf8::is_valid(piece)) broken = "a piece is empty or ill-formed";
            given += piece;
        };
        const auto take_known = [&](std::string_view piece) { known += piece; };
        for (const bpe::token_id id : ids) {
            if (!stream.push(id, take) || !without.push(id, take_known)) return "an id is refused";
            if (broken != nullptr) return broken;
            if (!stream.stopped() && find_stop_plainly(known, stops)) return "a stop is missed";
            if (!stream.stopped() && given.size() + held_plainly(known, stops) != known.size()) return "more or less is held back than is needed";
            if (!stream.stopped() && stream.pending() != known.size() - given.size() + without.pending()) return "pending is not what is held back";
            if (stream.stopped() && stream.pending() != 0) return "something is held back behind a stop";
        }
        stream.finish(take);
        without.finish(take_known);
        if (broken != nullptr) return broken;
        if (known != text) return "streamed text differs from decoded text";
        if (stream.stopped() != stop.has_value()) return "stopped is wrong";
        if (stop && *stream.stop() != stop->index) return "another stop is reported";
        if (given != text.substr(0, stop ? stop->begin : text.npos)) return "what is given is not the text before the stop";
    }
    return nullptr;
}

/// The same for what some bytes say: options, then stops, then ids.
[[nodiscard]] inline auto fuzz_text_stream(std::string_view data) -> const char* {
    namespace bpe = cria::bpe;
    static const bpe::tokenizer tokenizers[] = {
        make_stream_tokenizer(true, bpe::compat::hf), make_stream_tokenizer(true, bpe::compat::llama_cpp),
        make_stream_tokenizer(false, bpe::compat::hf), make_stream_tokenizer(false, bpe::compat::llama_cpp)};
    static constexpr std::string_view letters[] = {"a", "b", "c", " ", "€", "é", "\xEF\xBF\xBD", "<", "s", ">", "a", "b", "日", "[", "ab", "ba"};
    std::size_t at = 0;
    const auto next = [&]() -> unsigned { return at < data.size() ? static_cast<unsigned char>(data[at++]) : 0U; };
    const unsigned choice = next();
    const bpe::tokenizer& tokenizer = tokenizers[choice % 4];
    const bpe::decode_options options = {.skip_special = (choice & 4U) != 0, .remove_bos_eos = (choice & 8U) != 0};
    stop_list stops(choice >> 4U & 7U);
    for (std::string& stop : stops) {
        const unsigned shape = next();
        for (unsigned i = 0; i <= shape % 8; ++i) stop += letters[next() % 16];
    }
    std::vector<bpe::token_id> ids;
    while (at < data.size()) ids.push_back(static_cast<bpe::token_id>(next() % tokenizer.size()));
    return broken_by_stream(tokenizer, ids, options, stops);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_TEXT_STREAM_HPP
