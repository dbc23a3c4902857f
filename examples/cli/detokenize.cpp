// SPDX-License-Identifier: MIT
// cria detokenize: the text of ids. Exactly the bytes that the tokens print, and no newline behind them; with
// --stream what a person would be shown while a model speaks: whole characters, as early as they are whole.
#include <string>
#include <string_view>

#include "commands.hpp"
#include "cria/bpe/text_stream.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/utf8/validate.hpp"
#include "id_input.hpp"
#include "json.hpp"
#include "progress.hpp"
#include "text_input.hpp"
#include "vocabulary.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;
using id_buffer = cria::buffer<bpe::token_id>;

/// The ids of the command line; an argument may hold several.
auto ids_of_arguments(const detokenize_options& options, const bpe::tokenizer& tokenizer) -> cria::result<id_buffer> {
    const auto not_a_number = cria::error{cria::errc::invalid_argument, "IDS"}.because("is not a token id");
    id_buffer ids;
    for (const std::string& argument : options.ids) {
        std::string_view rest = argument;
        while (!rest.empty()) {
            const std::string_view word = rest.substr(0, rest.find_first_of(" ,\t\r\n"));
            if (!word.empty()) {
                CRIA_TRY(const bpe::token_id id, parse_id(word, tokenizer, not_a_number));
                CRIA_TRY_VOID(ids.push_back(id, "token ids"));
            }
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        }
    }
    return ids;
}

/// All ids of an input.
auto read_ids(input& from, bool binary, const bpe::tokenizer& tokenizer, output& out) -> cria::result<id_buffer> {
    id_buffer ids;
    progress shown(from.expected_bytes());
    id_input source(from, binary, tokenizer, out);
    bpe::token_id id = 0;
    while (true) {
        CRIA_TRY(const bool has_id, source.next(id));
        if (!has_id) return ids;
        CRIA_TRY_VOID(ids.push_back(id, "token ids"));
        shown.at(source.offset_bytes());
    }
}

/// The ids of a line such as `[1, 2, 3]`.
auto ids_of_line(std::string_view line, const lines& all, const bpe::tokenizer& tokenizer) -> cria::result<id_buffer> {
    const auto here = [&](cria::error why) {
        why.offset = all.offset_bytes();
        why.subject = std::string_view(fmt::format("line {}", all.number()));
        return why;
    };
    const auto wrong = cria::error{cria::errc::invalid_value, ""}.because("is not a JSON array of token ids");
    const auto parsed = nlohmann::json::parse(line, nullptr, false);
    if (!parsed.is_array()) return here(wrong);
    id_buffer ids;
    for (const auto& element : parsed) {
        if (!element.is_number_integer()) return here(wrong);
        const auto id = parse_id(element.dump(), tokenizer, wrong);
        if (!id) return here(id.error());
        CRIA_TRY_VOID(ids.push_back(*id, "token ids"));
    }
    return ids;
}

auto detokenize_lines(input& from, const bpe::tokenizer& tokenizer, const bpe::decode_options& how, output& out) -> cria::result<void> {
    progress shown(from.expected_bytes());
    lines all(from, out);
    std::string_view line;
    std::string text;
    while (true) {
        CRIA_TRY(const bool has_line, all.next(line));
        if (!has_line || out.broken()) return {};
        CRIA_TRY(const id_buffer ids, ids_of_line(line, all, tokenizer));
        CRIA_TRY(const auto bytes, tokenizer.decode(ids.span(), how));
        text.clear();
        append_json_string(text, bytes.view());
        text += '\n';
        out.write(text);
        shown.at(all.offset_bytes());
    }
}

/// Text as it becomes known: what can be shown is shown before more ids are waited for.
template <class NextId>
auto stream_text(const bpe::tokenizer& tokenizer, const bpe::decode_options& how, output& out, NextId next) -> cria::result<void> {
    bpe::text_stream stream(tokenizer, how);
    const auto print = [&](std::string_view piece) { out.write(piece); };
    bpe::token_id id = 0;
    while (true) {
        CRIA_TRY(const bool has_id, next(id));
        if (!has_id || out.broken()) break;
        CRIA_TRY_VOID(stream.push(id, print));
    }
    stream.finish(print);
    return {};
}

auto print_text(const id_buffer& ids, const bpe::tokenizer& tokenizer, const bpe::decode_options& how, bool as_json, output& out)
    -> cria::result<void> {
    CRIA_TRY(const auto text, tokenizer.decode(ids.span(), how));
    if (!as_json) {
        out.write(text.view());
        return {};
    }
    json document;
    document["count"] = ids.size();
    document["bytes"] = text.size();
    document["valid_utf8"] = cria::utf8::is_valid(text.view());
    document["text"] = json_text(text.view());
    out.write(to_text(document));
    return {};
}

}  // namespace

auto run(const detokenize_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const bpe::tokenizer tokenizer, open_tokenizer(options.model, {.compat = options.compat}));
    const bpe::decode_options how{.skip_special = options.skip_special};
    if (!options.ids.empty()) {
        CRIA_TRY(const id_buffer ids, ids_of_arguments(options, tokenizer));
        if (!options.stream) return print_text(ids, tokenizer, how, options.json, out);
        const bpe::token_id* at = ids.begin();
        return stream_text(tokenizer, how, out, [&](bpe::token_id& id) -> cria::result<bool> {
            if (at == ids.end()) return false;
            id = *at++;
            return true;
        });
    }
    CRIA_TRY(input from, input::open(options.file));
    if (options.jsonl) return detokenize_lines(from, tokenizer, how, out);
    if (options.stream) {
        id_input source(from, options.binary, tokenizer, out);
        return stream_text(tokenizer, how, out, [&](bpe::token_id& id) { return source.next(id); });
    }
    CRIA_TRY(const id_buffer ids, read_ids(from, options.binary, tokenizer, out));
    return print_text(ids, tokenizer, how, options.json, out);
}

}  // namespace cli
