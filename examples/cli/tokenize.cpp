// SPDX-License-Identifier: MIT
// cria tokenize: the ids of a text. A text is bytes: nothing is added to it, stripped from it or translated.
#include <fmt/ranges.h>

#include <algorithm>  // min
#include <bit>  // endian
#include <cstdint>
#include <iterator>
#include <new>  // bad_alloc
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/bpe/parallel.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "id_text.hpp"
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

/// All of a text as one document, with what tokens print or where they come from.
auto detailed_json(const bpe::tokenizer& tokenizer, std::string_view text, const tokenize_options& options) -> cria::result<json> {
    bpe::encoder encoder(tokenizer);
    const bpe::encode_options how = encode_options_of(options);
    CRIA_TRY(const ids_view ids, options.format == token_format::offsets ? encoder.encode_with_offsets(text, how) : encoder.encode(text, how));
    json document;
    document["count"] = ids.size();
    document["ids"] = json(ids);
    if (options.format == token_format::pieces) {
        json& pieces = document["pieces"] = json::array();
        for (const bpe::token_id id : ids) pieces.push_back(json_text(tokenizer.bytes(id)));
    } else {
        json& spans = document["offsets"] = json::array();
        for (const bpe::byte_span& span : encoder.offsets()) spans.push_back(json::array({span.begin, span.end}));
    }
    return document;
}

/// The lines of a part's tokens: pieces or offsets.
void print_lines(const bpe::tokenizer& tokenizer, const bpe::encoded_part& part, token_format format, fmt::memory_buffer& page) {
    const auto into = std::back_inserter(page);
    for (std::size_t i = 0; i < part.ids.size(); ++i) {
        const bpe::token_id id = part.ids[i];
        if (format == token_format::pieces) fmt::format_to(into, "{}\t{}\n", id, escaped(tokenizer.bytes(id)));
        else fmt::format_to(into, "{}\t{}\t{}\n", id, part.offsets[i].begin, part.offsets[i].end);
    }
}

/// Ids as int32, little-endian.
void write_binary(ids_view ids, output& out) {
    if constexpr (std::endian::native == std::endian::little) {
        out.write({reinterpret_cast<const char*>(ids.data()), ids.size_bytes()});
        return;
    }
    for (const bpe::token_id id : ids) {
        const auto bits = static_cast<std::uint32_t>(id);
        const char bytes[] = {static_cast<char>(bits & 0xFFU), static_cast<char>((bits >> 8U) & 0xFFU), static_cast<char>((bits >> 16U) & 0xFFU), static_cast<char>(bits >> 24U)};
        out.write({bytes, sizeof bytes});
    }
}

/// A text part by part: threads write what their parts become to a page each, and pages are written out in order. So there is never more of it in memory
/// than some parts, but for the ids of a JSON document, in front of which their number stands.
auto tokenize_text(const bpe::tokenizer& tokenizer, std::string_view text, const tokenize_options& options, output& out) -> cria::result<void> {
    constexpr std::size_t part_bytes = std::size_t{1} << 18U;
    const token_format format = options.format == token_format::jsonl ? token_format::ids : options.format;
    if (options.json && (format == token_format::pieces || format == token_format::offsets)) {
        CRIA_TRY(const json document, detailed_json(tokenizer, text, options));
        out.write(to_text(document));
        return {};
    }
    const std::size_t n_threads = std::min<std::size_t>(options.threads != 0 ? options.threads : useful_workers(), text.size() / part_bytes + 1);
    CRIA_TRY(auto encoder, bpe::parallel_encoder::make(tokenizer, {.n_threads = static_cast<unsigned>(n_threads), .part_bytes = part_bytes}));
    CRIA_TRY(const id_text numbers, id_text::make(text.size() > part_bytes ? tokenizer.size() : 0, options.json ? ',' : ' '));
    std::vector<cria::buffer<char>> pages(n_threads);
    std::vector<fmt::memory_buffer> line_pages(n_threads);
    cria::buffer<char> all_ids;
    std::uint64_t count = 0;
    progress shown(text.size());

    const auto use = [&](const bpe::encoded_part& part) -> cria::result<void> {
        pages[part.thread].clear();
        line_pages[part.thread].clear();
        if (format == token_format::ids) return numbers.append(part.ids, pages[part.thread]);
        if (format != token_format::pieces && format != token_format::offsets) return {};
        try {
            print_lines(tokenizer, part, format, line_pages[part.thread]);
        } catch (const std::bad_alloc&) {
            return cria::error{cria::errc::out_of_memory, "output"};
        }
        return {};
    };
    const auto pass_on = [&](const bpe::encoded_part& part) -> cria::result<void> {
        std::string_view page = pages[part.thread];
        if (format == token_format::ids && count == 0 && !page.empty()) page.remove_prefix(1);  // what is between ids
        count += part.ids.size();
        if (options.json) CRIA_TRY_VOID(all_ids.append(page, "token ids"));
        else if (format == token_format::binary) write_binary(part.ids, out);
        else out.write(page);
        out.write({line_pages[part.thread].data(), line_pages[part.thread].size()});
        shown.advance(part.text.size());
        return out.broken() ? cria::error{cria::errc::io_error, "standard output"} : cria::result<void>();
    };
    const bpe::encode_options how = encode_options_of(options);
    const auto done = format == token_format::offsets ? encoder.encode_parts_with_offsets(text, how, use, pass_on) : encoder.encode_parts(text, how, use, pass_on);
    if (out.broken()) return {};  // which its owner knows more about
    if (!done) return done.error();
    if (options.json) {
        out.print("{{\"count\":{}", count);
        if (format == token_format::ids) {
            out.write(",\"ids\":[");
            out.write(all_ids.view());
            out.write("]");
        }
        out.write("}\n");
    } else if (format == token_format::count) {
        out.print("{}\n", count);
    } else if (format == token_format::ids) {
        out.write("\n");
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
    const std::size_t n_threads = options.threads != 0 ? options.threads : 1;
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
    CRIA_TRY(const auto text, whole_text::open(from));
    return tokenize_text(tokenizer, text.view(), options, out);
}

}  // namespace cli
