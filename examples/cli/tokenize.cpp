// SPDX-License-Identifier: MIT
// cria tokenize: the ids of a text. A text is bytes: nothing is added to it, stripped from it or translated.
#include <fmt/ranges.h>

#include <cstdint>
#include <new>  // bad_alloc
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "json.hpp"
#include "parallel.hpp"
#include "progress.hpp"
#include "text.hpp"
#include "text_input.hpp"
#include "vocabulary.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;
using ids_view = std::span<const bpe::token_id>;

auto encode_options_of(const tokenize_options& options) -> bpe::encode_options {
    bpe::encode_options out;
    out.add_special = options.special == special_mode::add;
    out.parse = parse_special_of(options.parse);
    return out;
}

void print_ids(ids_view ids, output& out) {
    for (std::size_t i = 0; i < ids.size() && !out.broken(); ++i) out.print("{}{}", i == 0 ? "" : " ", ids[i]);
    out.write("\n");
}

void print_binary(ids_view ids, output& out) {
    for (const bpe::token_id id : ids) {
        const auto bits = static_cast<std::uint32_t>(id);
        const char bytes[] = {static_cast<char>(bits & 0xFFU), static_cast<char>((bits >> 8U) & 0xFFU), static_cast<char>((bits >> 16U) & 0xFFU),
                              static_cast<char>(bits >> 24U)};
        out.write({bytes, sizeof bytes});
        if (out.broken()) return;
    }
}

auto json_of(const bpe::tokenizer& tokenizer, ids_view ids, std::span<const bpe::byte_span> offsets, token_format format) -> json {
    json document;
    document["count"] = ids.size();
    if (format == token_format::count) return document;
    document["ids"] = json(ids);
    if (format == token_format::pieces) {
        json& pieces = document["pieces"] = json::array();
        for (const bpe::token_id id : ids) pieces.push_back(json_text(tokenizer.bytes(id)));
    }
    if (format == token_format::offsets) {
        json& spans = document["offsets"] = json::array();
        for (const bpe::byte_span& span : offsets) spans.push_back(json::array({span.begin, span.end}));
    }
    return document;
}

auto tokenize_text(const bpe::tokenizer& tokenizer, std::string_view text, const tokenize_options& options, output& out) -> cria::result<void> {
    bpe::encoder encoder(tokenizer);
    const bpe::encode_options how = encode_options_of(options);
    const bool with_offsets = options.format == token_format::offsets;
    CRIA_TRY(const ids_view ids, with_offsets ? encoder.encode_with_offsets(text, how) : encoder.encode(text, how));
    const std::span<const bpe::byte_span> offsets = encoder.offsets();
    if (options.json) {
        out.write(to_text(json_of(tokenizer, ids, offsets, options.format)));
        return {};
    }
    switch (options.format) {
        case token_format::jsonl:  // has texts of its own
        case token_format::ids: print_ids(ids, out); break;
        case token_format::count: out.print("{}\n", ids.size()); break;
        case token_format::binary: print_binary(ids, out); break;
        case token_format::pieces:
            for (std::size_t i = 0; i < ids.size() && !out.broken(); ++i) out.print("{}\t{}\n", ids[i], escaped(tokenizer.bytes(ids[i])));
            break;
        case token_format::offsets:
            for (std::size_t i = 0; i < ids.size() && !out.broken(); ++i) out.print("{}\t{}\t{}\n", ids[i], offsets[i].begin, offsets[i].end);
            break;
    }
    return {};
}

/// A line of the input, and what becomes of it.
struct line_of_json {
    std::string line;
    std::uint64_t number = 0;
    std::uint64_t offset_bytes = 0;
    cria::result<std::string> answer = std::string();
};

/// The ids of a JSON string as a JSON array and a newline.
auto answer_to(const line_of_json& given, bpe::encoder& encoder, const bpe::encode_options& how) -> cria::result<std::string> {
    // The parser also refuses what no text is: lone surrogates as \ud800, and bytes that are not UTF-8.
    const auto parsed = nlohmann::json::parse(given.line, nullptr, false);
    if (!parsed.is_string())
        return cria::error{cria::errc::invalid_value, given.offset_bytes, fmt::format("line {}", given.number)}.because("is not a JSON string");
    CRIA_TRY(const ids_view ids, encoder.encode(parsed.get_ref<const std::string&>(), how));
    return fmt::format("[{}]\n", fmt::join(ids, ","));
}

auto tokenize_lines(const bpe::tokenizer& tokenizer, input& from, const tokenize_options& options, output& out) -> cria::result<void> {
    const std::size_t n_threads = options.threads;
    std::vector<bpe::encoder> encoders;
    for (std::size_t i = 0; i < n_threads; ++i) encoders.emplace_back(tokenizer);
    const bpe::encode_options how = encode_options_of(options);
    progress shown(from.expected_bytes());
    lines all(from, out);
    std::vector<line_of_json> batch;
    for (bool at_end = false; !at_end && !out.broken();) {
        // As many lines as have arrived, so that nobody waits for lines that others have not sent yet.
        batch.clear();
        do {
            std::string_view line;
            CRIA_TRY(const bool has_line, all.next(line));
            at_end = !has_line;
            if (has_line) batch.push_back({std::string(line), all.number(), all.offset_bytes()});
        } while (!at_end && n_threads > 1 && all.has_line());
        for_each_index(batch.size(), n_threads, [&](std::size_t worker, std::size_t i) {
            try {
                batch[i].answer = answer_to(batch[i], encoders[worker], how);
            } catch (const std::bad_alloc&) {
                batch[i].answer = cria::error{cria::errc::out_of_memory, batch[i].offset_bytes, "line"};
            }
        });
        for (const line_of_json& each : batch) {
            if (!each.answer) return each.answer.error();
            out.write(*each.answer);
        }
        shown.at(all.offset_bytes());
    }
    return {};
}

}  // namespace

auto run(const tokenize_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const bpe::tokenizer tokenizer, open_tokenizer(options.model, {.compat = options.compat, .pre = options.pre, .nfc = options.nfc}));
    warn_about_ids(tokenizer, options);
    if (options.text && *options.text != "-") return tokenize_text(tokenizer, *options.text, options, out);
    CRIA_TRY(input from, input::open(options.file));
    if (options.format == token_format::jsonl) return tokenize_lines(tokenizer, from, options, out);
    CRIA_TRY(const auto text, read_all(from));
    return tokenize_text(tokenizer, text.view(), options, out);
}

}  // namespace cli
