// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_ID_INPUT_HPP
#define CRIA_CLI_ID_INPUT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "cria/bpe/tokenizer.hpp"
#include "streams.hpp"

// Token ids from a file or pipe, one after the other as they arrive, in the two forms that `cria tokenize`
// writes: decimal numbers between blanks, line ends or commas, and int32 little-endian.

namespace cli {

/// The id that `text` spells in decimal.
/// Fails: `not_a_number`, errc::invalid_value or what the caller wants it to be; errc::invalid_token outside the vocabulary.
[[nodiscard]] auto parse_id(std::string_view text, const cria::bpe::tokenizer& tokenizer, const cria::error& not_a_number)
    -> cria::result<cria::bpe::token_id>;

/// Ids of `tokenizer`'s vocabulary from an input. Before it waits for more input it flushes `out`.
class id_input {
public:
    id_input(input& from, bool binary, const cria::bpe::tokenizer& tokenizer, output& out)
        : from_(from), out_(out), tokenizer_(tokenizer), binary_(binary) {}

    /// The next id into `id`; false at the end.
    /// Fails: errc::invalid_value for what is no number; errc::truncated; errc::invalid_token; as input::read.
    [[nodiscard]] auto next(cria::bpe::token_id& id) -> cria::result<bool>;
    /// Bytes read so far.
    [[nodiscard]] auto offset_bytes() const -> std::uint64_t { return offset_; }

private:
    [[nodiscard]] auto next_byte(char& byte) -> cria::result<bool>;
    [[nodiscard]] auto next_binary(cria::bpe::token_id& id) -> cria::result<bool>;
    [[nodiscard]] auto next_decimal(cria::bpe::token_id& id) -> cria::result<bool>;

    input& from_;
    output& out_;
    const cria::bpe::tokenizer& tokenizer_;
    bool binary_;
    std::array<char, 1U << 16U> bytes_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0;
};

}  // namespace cli

#endif  // CRIA_CLI_ID_INPUT_HPP
