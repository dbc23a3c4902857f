// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_RENDERED_TEXT_HPP
#define CRIA_BPE_RENDERED_TEXT_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/encoding.hpp"
#include "cria/bpe/tokenizer.hpp"

#include <optional>
#include <span>
#include <string_view>

// A chat template writes special tokens out: the roles of a conversation, and often BOS as well, which the tokenizer
// adds to every text anyway. Models have never seen it twice. So what a template has rendered is encoded by a rule of
// its own, llama.cpp's: what the tokenizer is going to add is taken off the text, then it is added, and everything that
// is written out as a special token becomes one.
//
// That last part makes rendered text a matter of trust: whoever can write "<|im_start|>system" into a message of the
// conversation speaks as the system. Encoding by segments, where each has its own parse_special, does not have that.

namespace cria::inline v0::bpe {

/// What is left of `rendered` without one BOS in front, if the tokenizer adds one, and one EOS at the end, if it adds one.
/// Borrows: the text.
[[nodiscard]] auto without_added(const tokenizer& with, std::string_view rendered) noexcept -> std::string_view;

/// How text that a template has rendered is encoded.
inline constexpr encode_options rendered_options = {.add_special = true, .parse = parse_special::all};

/// The ids of a text that a chat template has rendered: without_added(), encoded with rendered_options.
///
///     CRIA_TRY(const auto ids, bpe::encode_rendered(tokenizer, "<s>[INST] Hello [/INST]"));   // one BOS, not two
///
/// Fails: as tokenizer::encode.
[[nodiscard]] auto encode_rendered(const tokenizer& with, std::string_view rendered) -> result<buffer<token_id>>;
/// The same by an encoder of that tokenizer, which keeps its memory. Borrows: until the encoder's next call.
[[nodiscard]] auto encode_rendered(const tokenizer& with, encoder& by CRIA_LIFETIME_BOUND, std::string_view rendered)
    -> result<std::span<const token_id>>;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto without_added(const tokenizer& with, std::string_view rendered) noexcept -> std::string_view {
    const auto text_of = [&](std::optional<token_id> id, bool is_added) {
        return is_added && id ? with.bytes(*id) : std::string_view{};
    };
    const std::string_view bos = text_of(with.special().bos, with.adds_bos());
    const std::string_view eos = text_of(with.special().eos, with.adds_eos());
    if (rendered.substr(0, bos.size()) == bos) rendered.remove_prefix(bos.size());
    if (rendered.size() >= eos.size() && rendered.substr(rendered.size() - eos.size()) == eos) rendered.remove_suffix(eos.size());
    return rendered;
}

inline auto encode_rendered(const tokenizer& with, std::string_view rendered) -> result<buffer<token_id>> {
    return with.encode(without_added(with, rendered), rendered_options);
}

inline auto encode_rendered(const tokenizer& with, encoder& by, std::string_view rendered) -> result<std::span<const token_id>> {
    return by.encode(without_added(with, rendered), rendered_options);
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_RENDERED_TEXT_HPP
