// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_VOCABULARY_HPP
#define CRIA_CLI_VOCABULARY_HPP

#include <string>
#include <string_view>

#include "cria/bpe/tokenizer.hpp"
#include "options.hpp"

namespace cli {

/// What the command line says about the tokenizer itself.
struct tokenizer_choices {
    compat_mode compat = compat_mode::hf;
    std::string_view pre = {};
    nfc_choice nfc = nfc_choice::automatic;
};

/// The tokenizer of the model at `path`, whatever its architecture; its files are closed again.
/// Fails: as gguf::shards::open and tokenizer_from.
[[nodiscard]] auto open_tokenizer(const std::string& path, const tokenizer_choices& choices) -> cria::result<cria::bpe::tokenizer>;

/// Says on standard error what makes ids other than a person expects. (`cria info` shows all that is odd.)
void warn_about_ids(const cria::bpe::tokenizer& tokenizer, const tokenize_options& options);

/// Which special tokens written in a text are taken for themselves.
[[nodiscard]] auto parse_special_of(parse_mode mode) -> cria::bpe::parse_special;

/// The error for an id that the vocabulary does not have.
[[nodiscard]] auto outside_vocabulary(const cria::bpe::tokenizer& tokenizer, std::string_view id) -> cria::error;

}  // namespace cli

#endif  // CRIA_CLI_VOCABULARY_HPP
