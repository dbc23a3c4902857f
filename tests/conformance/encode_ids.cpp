// SPDX-License-Identifier: MIT
// Makes the texts of a tokenizer comparison, and holds cria's ids against another implementation's. encode_conformance.py
// runs it.
//
// usage: cria_encode_ids texts [--model FILE] [--seed N] [--n N] [--step N] [--every N] (SET | --file FILE)... >TEXTS
//        cria_encode_ids check --model FILE [--pre NAME] [--mode hf|llama_cpp] [--parse none|user_defined|all]
//                              [--nfc auto|on|off] [--add-special] [--show N] TEXTS IDS
//        cria_encode_ids facts --model FILE [--pre NAME] [--mode hf|llama_cpp]
//
// TEXTS: for each text its length, 4 bytes little-endian, and its bytes. IDS: for each text the number of its ids and the
// ids, 4 bytes each; instead of the number 0xFFFFFFFF and one number more, the reason, where there are none. `check` prints
// the texts that differ, in the last line but one the numbers of the texts without an answer, and at last: texts, differences, texts without an answer, and the digests of the texts and of
// the expected ids. It ends with 1 if there is a difference, which is also a text whose ids come out otherwise with offsets, whose
// count is another, or that a byte-level vocabulary with all bytes does not give back.

#include "cria/gguf/file.hpp"
#include "cria/tokenizer_from_gguf.hpp"

#include "golden/tokenizer_texts.hpp"

#include <algorithm>  // min
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace bpe = cria::bpe;

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "cria_encode_ids: %s\n", what.c_str());
    std::exit(2);
}

auto open_file(const std::string& path) -> cria::gguf::file {
    auto opened = cria::gguf::file::open(path);
    if (!opened) fail(path + ": " + std::string(opened.error().message()));
    return std::move(*opened);
}

auto read_file(const std::string& path) -> std::string {
    std::FILE* const in = std::fopen(path.c_str(), "rb");
    if (in == nullptr) fail(path + " cannot be read");
    std::string all;
    char piece[1 << 16];
    while (const std::size_t got = std::fread(piece, 1, sizeof piece, in)) all.append(piece, got);
    std::fclose(in);
    return all;
}

struct arguments {
    std::string model, pre, mode = "hf", parse = "user_defined", nfc = "auto";
    cria_test::text_choice choice;
    std::size_t show = 5;
    bool add_special = false;
    std::vector<std::string> files, rest;
};

auto read_arguments(std::span<char* const> given) -> arguments {
    arguments a;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string_view name = given[i];
        const auto value = [&]() -> std::string {
            if (i + 1 == given.size()) fail(std::string(name) + " needs a value");
            return given[++i];
        };
        if (name == "--model") a.model = value();
        else if (name == "--pre") a.pre = value();
        else if (name == "--mode") a.mode = value();
        else if (name == "--parse") a.parse = value();
        else if (name == "--nfc") a.nfc = value();
        else if (name == "--seed") a.choice.seed = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--n") a.choice.n = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--step") a.choice.step = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--every") a.choice.every = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--show") a.show = std::strtoull(value().c_str(), nullptr, 10);
        else if (name == "--add-special") a.add_special = true;
        else if (name == "--file") a.files.push_back(value());
        else if (name.starts_with("--")) fail("no such option: " + std::string(name));
        else a.rest.emplace_back(name);
    }
    return a;
}

void put_number(std::uint32_t number) {
    for (int i = 0; i < 4; ++i) std::putchar(static_cast<int>(number >> (8 * i) & 0xFFU));
}

auto write_texts(const arguments& a) -> int {
    cria_test::vocabulary_words words;
    if (!a.model.empty()) {
        const cria::gguf::file file = open_file(a.model);
        words = cria_test::words_of(file.metadata());
    }
    const auto sink = [](std::string_view text) {
        put_number(static_cast<std::uint32_t>(text.size()));
        std::fwrite(text.data(), 1, text.size(), stdout);
    };
    for (const std::string& set : a.rest) {
        if (cria_test::find_text_set(set) == nullptr) fail("no such set of texts: " + set);
        cria_test::make_texts(set, words, a.choice, sink);
    }
    for (const std::string& path : a.files) cria_test::make_file_texts(read_file(path), sink);
    return std::fflush(stdout) == 0 ? 0 : 2;
}

auto make_tokenizer(const arguments& a) -> bpe::tokenizer {
    const cria::gguf::file file = open_file(a.model);
    bpe::tokenizer_options options;
    options.pre = a.pre;
    if (a.mode == "llama_cpp") options.mode = bpe::compat::llama_cpp;
    else if (a.mode != "hf") fail("no such mode: " + a.mode);
    if (a.nfc == "on") options.nfc = bpe::nfc_mode::on;
    if (a.nfc == "off") options.nfc = bpe::nfc_mode::off;
    auto made = cria::tokenizer_from(file.contents(), options);
    if (!made) fail(a.model + ": " + std::string(made.error().message()));
    return std::move(*made);
}

/// `text` as a literal, at most `most` bytes of it.
auto quoted(std::string_view text, std::size_t most) -> std::string {
    std::string out = "\"";
    for (const char c : text.substr(0, most)) {
        char escape[8];
        const auto byte = static_cast<unsigned char>(c);
        if (byte == '\n') out += "\\n";
        else if (byte == '\r') out += "\\r";
        else if (byte == '\t') out += "\\t";
        else if (byte == '"' || byte == '\\') (out += '\\') += c;
        else if (byte < 0x20 || byte == 0x7F) std::snprintf(escape, sizeof escape, "\\x%02X", byte), out += escape;
        else out += c;
    }
    return out + (text.size() > most ? "\"…" : "\"");
}

/// The bytes of `text` that are not ASCII as numbers too, since they may look like others or like nothing.
auto code_points(std::string_view text) -> std::string {
    std::string out;
    for (std::size_t at = 0, n = 0; at < text.size() && n < 24;) {
        const auto here = cria::utf8::decode(text, at);
        char number[16];
        if (!here.valid) std::snprintf(number, sizeof number, " %02X", static_cast<unsigned char>(text[at])), ++n, out += number;
        else if (here.code_point >= 0x80) std::snprintf(number, sizeof number, " U+%04X", static_cast<unsigned>(here.code_point)), ++n, out += number;
        at += here.length;
    }
    return out;
}

auto shown(const bpe::tokenizer& tokenizer, std::span<const bpe::token_id> ids, std::size_t from) -> std::string {
    std::string out;
    for (std::size_t i = from; i < std::min(ids.size(), from + 8); ++i) {
        out += " " + std::to_string(ids[i]);
        if (tokenizer.contains(ids[i])) out += quoted(tokenizer.text(ids[i]), 60);
    }
    return out.empty() ? " nothing" : out;
}

/// Whether what a tokenizer encodes comes back: byte-level, every byte has a token, and nothing is normalised.
auto gives_back(const bpe::tokenizer& tokenizer) -> bool {
    if (tokenizer.kind() != bpe::algorithm::byte_level || !tokenizer.settings().pre.byte_encode || tokenizer.settings().nfc) return false;
    if (tokenizer.settings().mode != bpe::compat::hf) return false;  // cleans spaces
    std::set<std::string_view> bytes;
    for (std::size_t i = 0; i < tokenizer.size(); ++i) {
        const auto id = static_cast<bpe::token_id>(i);
        if (tokenizer.type(id) == bpe::token_type::normal && tokenizer.bytes(id).size() == 1) bytes.insert(tokenizer.bytes(id));
    }
    return bytes.size() == 256;
}

/// `text` with U+FFFD for each ill-formed part.
auto replaced(std::string_view text) -> std::string {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto here = cria::utf8::decode(text, at);
        out += here.valid ? text.substr(at, here.length) : cria::utf8::replacement_text;
        at += here.length;
    }
    return out;
}

/// What else is wrong with the answer to `text`; empty: nothing.
auto inconsistent(const bpe::tokenizer& tokenizer, bpe::encoder& encoder, std::string_view text, const bpe::encode_options& options, std::span<const bpe::token_id> expected,
                  bool comes_back) -> std::string {
    const auto n = encoder.count(text, options);
    if (!n || *n != expected.size()) return "count() gives another number";
    const auto with = encoder.encode_with_offsets(text, options);
    if (!with || !std::equal(with->begin(), with->end(), expected.begin(), expected.end())) return "other ids with offsets";
    const auto offsets = encoder.offsets();
    if (offsets.size() != expected.size()) return "as many offsets as ids are missing";
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        if (offsets[i].begin > offsets[i].end || offsets[i].end > text.size()) return "an offset outside the text";
        if (i > 0 && (offsets[i].begin < offsets[i - 1].begin || offsets[i].end < offsets[i - 1].end)) return "offsets out of order";
    }
    if (!comes_back || options.add_special) return {};
    const auto back = tokenizer.decode(expected);
    const bool is_utf8 = cria::utf8::is_valid(text);
    if (!back || std::string_view(back->data(), back->size()) != (is_utf8 ? std::string(text) : replaced(text))) return "does not come back";
    return {};
}

/// Why there is no answer, as encode_llama_cpp.cpp numbers it.
auto reason_text(std::uint32_t reason) -> std::string {
    switch (reason) {
        case 6: return "aborts";
        case 11: return "overflows the stack";
        case 14: return "takes more than a minute";
        case 1000: return "throws";
        default: return "signal " + std::to_string(reason);
    }
}

auto check(const arguments& a) -> int {
    if (a.rest.size() != 2) fail("check needs TEXTS and IDS");
    const bpe::tokenizer tokenizer = make_tokenizer(a);
    bpe::encoder encoder(tokenizer);
    bpe::encode_options options;
    options.add_special = a.add_special;
    options.parse = a.parse == "none" ? bpe::parse_special::none : a.parse == "all" ? bpe::parse_special::all : bpe::parse_special::user_defined;

    const bool comes_back = gives_back(tokenizer);
    const std::string texts = read_file(a.rest[0]);
    const std::string answers = read_file(a.rest[1]);
    std::size_t text_at = 0, answer_at = 0;
    const auto number = [](const std::string& from, std::size_t& at) {
        if (from.size() - at < 4) fail("a file ends too early");
        std::uint32_t n = 0;
        for (unsigned i = 0; i < 4; ++i) n |= std::uint32_t{static_cast<unsigned char>(from[at++])} << (8 * i);
        return n;
    };
    std::size_t n_texts = 0, n_different = 0, n_silent = 0;
    cria_test::digest text_digest, id_digest;
    std::string silent;  // the numbers of texts without an answer
    std::map<std::uint32_t, std::size_t> silent_for;
    std::vector<bpe::token_id> expected;
    for (; text_at < texts.size(); ++n_texts) {
        const std::size_t size = number(texts, text_at);
        const std::string_view text = std::string_view(texts).substr(text_at, size);
        text_at += size;
        text_digest.add_text(text);
        const auto n_ids = number(answers, answer_at);
        if (n_ids == 0xFFFFFFFFU) {
            const auto reason = number(answers, answer_at);
            ++n_silent;
            silent += " " + std::to_string(n_texts);
            silent_for[reason] += 1;
            if (silent_for[reason] <= 1) std::printf("  no answer (%s) for text %zu of %zu bytes: %s%s\n", reason_text(reason).c_str(), n_texts, size, quoted(text, 60).c_str(), code_points(text).c_str());
            if (const auto own = encoder.encode(text, options); !own) fail(std::string(own.error().message()));
            continue;
        }
        if ((answers.size() - answer_at) / 4 < n_ids) fail("the ids end too early");
        expected.resize(n_ids);
        for (auto& id : expected) id = static_cast<bpe::token_id>(number(answers, answer_at));
        id_digest.add_ids(expected);

        const auto got = encoder.encode(text, options);
        if (!got) fail(std::string(got.error().message()));
        const std::span<const bpe::token_id> found = *got;
        if (std::equal(found.begin(), found.end(), expected.begin(), expected.end())) {
            const std::string why = inconsistent(tokenizer, encoder, text, options, expected, comes_back);
            if (!why.empty() && ++n_different <= a.show) std::printf("  text %zu: %s: %s%s\n", n_texts, why.c_str(), quoted(text, 160).c_str(), code_points(text).c_str());
            continue;
        }
        if (++n_different > a.show) continue;
        std::size_t at = 0;
        while (at < std::min(found.size(), expected.size()) && found[at] == expected[at]) ++at;
        // The text from shortly before the first wrong id.
        std::size_t begin = 0;
        if (const auto with = encoder.encode_with_offsets(text, options); with && at < encoder.offsets().size()) begin = encoder.offsets()[at].begin;
        begin = begin > 40 ? begin - 40 : 0;
        while (begin < size && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) ++begin;
        const auto around = text.substr(begin);
        const std::size_t from = at > 2 ? at - 2 : 0;
        std::printf("  text %zu from byte %zu: %s%s\n    id %zu expected%s\n    found%s\n", n_texts, begin, quoted(around, 160).c_str(), code_points(around).c_str(), at,
                    shown(tokenizer, expected, from).c_str(), shown(tokenizer, *encoder.encode(text, options), from).c_str());
    }
    for (const auto& [reason, n] : silent_for) std::printf("  no answer: %zu times %s\n", n, reason_text(reason).c_str());
    std::printf("without%s\n", silent.c_str());
    std::printf("texts %zu different %zu no-answer %zu text-digest %016llx id-digest %016llx\n", n_texts, n_different, n_silent,
                static_cast<unsigned long long>(text_digest.value()), static_cast<unsigned long long>(id_digest.value()));
    return n_different == 0 ? 0 : 1;
}

auto facts(const arguments& a) -> int {
    const bpe::tokenizer tokenizer = make_tokenizer(a);
    const auto print = [](const char* name, std::optional<bpe::token_id> id) { std::printf("%s %d\n", name, id ? static_cast<int>(*id) : -1); };
    const bpe::special_ids& special = tokenizer.special();
    std::printf("tokens %zu\nadds_bos %d\nadds_eos %d\n", tokenizer.size(), tokenizer.adds_bos() ? 1 : 0, tokenizer.adds_eos() ? 1 : 0);
    print("bos", special.bos);
    print("eos", special.eos);
    print("eot", special.eot);
    print("separator", special.separator);
    print("padding", special.padding);
    print("mask", special.mask);
    print("fim_prefix", special.fim_prefix);
    print("fim_suffix", special.fim_suffix);
    print("fim_middle", special.fim_middle);
    print("fim_pad", special.fim_pad);
    print("fim_repo", special.fim_repo);
    print("fim_separator", special.fim_separator);
    for (std::size_t i = 0; i < tokenizer.size(); ++i) {
        const auto id = static_cast<bpe::token_id>(i);
        const auto type = tokenizer.type(id);
        if (type != bpe::token_type::normal || tokenizer.ends_generation(id))
            std::printf("token %zu type %d ends %d\n", i, static_cast<int>(type), tokenizer.ends_generation(id) ? 1 : 0);
    }
    return 0;
}

}  // namespace

auto main(int n_arguments, char** given) -> int {
    if (n_arguments < 2) fail("texts, check or facts?");
    const std::string_view command = given[1];
    const arguments a = read_arguments({given + 2, static_cast<std::size_t>(n_arguments) - 2});
    if (command == "texts") return write_texts(a);
    if (command == "check") return check(a);
    if (command == "facts") return facts(a);
    fail("no such command: " + std::string(command));
}
