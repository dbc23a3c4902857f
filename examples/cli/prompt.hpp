// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_PROMPT_HPP
#define CRIA_CLI_PROMPT_HPP

#include <algorithm>  // min
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/model.hpp"
#include "engine/products.hpp"
#include "engine/transformer.hpp"
#include "json.hpp"
#include "options.hpp"
#include "progress.hpp"

// What the commands that compute have in common: a text as ids, a context for them, and the reference engine. All that can
// be said against a prompt is said before memory for the engine is asked for.

namespace cli {

using id_buffer = cria::buffer<cria::bpe::token_id>;
using id_span = std::span<const cria::bpe::token_id>;

/// The ids of a prompt: with special_mode::add a BOS in front where the model adds one, and no second one where the text has
/// it; never an EOS, behind which there is nothing to go on from.
/// Fails: as input::read and tokenizer::encode; errc::invalid_value where there are no ids.
[[nodiscard]] auto read_prompt(const cria::bpe::tokenizer& tokenizer, const prompt_source& source) -> cria::result<id_buffer>;

/// The context that is computed with: what was asked for, or the model's own, but not more than `most`. Warns where it is
/// more than the model was trained with.
[[nodiscard]] auto context_for(const cria::llama::hyperparameters& numbers, std::uint64_t asked, std::uint32_t most) -> std::uint32_t;

/// A cache for more tokens than these has to be asked for.
inline constexpr std::uint32_t usual_context = 4096;

/// Fails: errc::out_of_range where `ids` do not fit `context`.
[[nodiscard]] auto check_fits(id_span ids, std::uint32_t context) -> cria::result<void>;

/// What multiplies beside the CPU.
struct used_device {
    std::uint32_t number = 0;
    std::string name;                                    ///< its maker's, for people
    cria::tensor_type weights = cria::tensor_type::f32;  ///< as which it has them
};

/// The engine for one text.
struct text_engine {
    std::optional<used_device> device;           ///< nothing: all is done by the CPU
    std::unique_ptr<engine::products> products;  ///< the device's
    engine::transformer text;                    ///< which refers to these
};

/// Ctrl-C ends what it evaluates, and before that bringing weights to a device, with errc::cancelled, while an `interruptible` lives.
/// Borrows: the model, which must stay where it is. Fails: as engine::transformer::make; as devices_of and products_on_device.
[[nodiscard]] auto make_engine(const cria::llama::model& model, std::uint32_t context, const engine_choices& choices) -> cria::result<text_engine>;

/// `number`, `name` and `weights`, or null.
[[nodiscard]] auto json_of(const std::optional<used_device>& device) -> json;

/// Evaluates `ids` in steps, with a progress line, and calls sink(i, logits) for those from `first` on. A sink that answers
/// false ends it before the next step.
template <class Sink>
[[nodiscard]] auto evaluate_watched(engine::transformer& text, id_span ids, std::size_t first, Sink sink) -> cria::result<void> {
    constexpr std::size_t step = 128;  // enough tokens for weights to be read seldom
    progress shown(ids.size(), "tokens");
    bool goes_on = true;
    for (std::size_t at = 0; at < ids.size() && goes_on; at += step) {
        const id_span part = ids.subspan(at, std::min(step, ids.size() - at));
        const auto give = [&](std::size_t i, std::span<const float> logits) { goes_on = sink(at + i, logits) && goes_on; };
        CRIA_TRY_VOID(text.evaluate(part, first > at ? first - at : 0, give));
        shown.advance(part.size());
    }
    return {};
}

}  // namespace cli

#endif  // CRIA_CLI_PROMPT_HPP
