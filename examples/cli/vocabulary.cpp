// SPDX-License-Identifier: MIT
#include "vocabulary.hpp"

#include <fmt/format.h>

#include "cria/gguf/shards.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "streams.hpp"

namespace cli {

auto open_tokenizer(const std::string& path, const tokenizer_choices& choices) -> cria::result<cria::bpe::tokenizer> {
    cria::bpe::tokenizer_options options;
    options.pre = choices.pre;
    switch (choices.nfc) {
        case nfc_choice::automatic: options.nfc = cria::bpe::nfc_mode::automatic; break;
        case nfc_choice::on: options.nfc = cria::bpe::nfc_mode::on; break;
        case nfc_choice::off: options.nfc = cria::bpe::nfc_mode::off; break;
    }
    switch (choices.compat) {
        case compat_mode::hf: options.mode = cria::bpe::compat::hf; break;
        case compat_mode::llama_cpp: options.mode = cria::bpe::compat::llama_cpp; break;
    }
    CRIA_TRY(const auto model, cria::gguf::shards::open(path));
    return cria::tokenizer_from(model.metadata(), options);
}

void warn_about_ids(const cria::bpe::tokenizer& tokenizer, const tokenize_options& options) {
    using kind = cria::bpe::note::kind;
    for (const auto& note : tokenizer.notes()) {
        const bool always = note.what == kind::missing_pre || note.what == kind::equal_scores || note.what == kind::missing_merges;
        const bool is_asked_for = note.what == kind::missing_bos || note.what == kind::missing_eos;
        if (always || (is_asked_for && options.special == special_mode::add)) say("warning", note.message());
    }
    if (!options.pre.empty() && tokenizer.kind() == cria::bpe::algorithm::sentencepiece)
        say("warning", "--pre changes nothing for a SentencePiece vocabulary");
}

auto parse_special_of(parse_mode mode) -> cria::bpe::parse_special {
    switch (mode) {
        case parse_mode::none: return cria::bpe::parse_special::none;
        case parse_mode::user: break;
        case parse_mode::all: return cria::bpe::parse_special::all;
    }
    return cria::bpe::parse_special::user_defined;
}

auto outside_vocabulary(const cria::bpe::tokenizer& tokenizer, std::string_view id) -> cria::error {
    return cria::error{cria::errc::invalid_token, "token id"}
        .because("is outside the vocabulary")
        .expecting(std::string_view(fmt::format("0 to {}", tokenizer.size() - 1)), id);
}

}  // namespace cli
