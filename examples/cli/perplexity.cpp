// SPDX-License-Identifier: MIT
// cria perplexity: how well a model predicts a text, as llama.cpp computes it (engine/perplexity.hpp).
#include <algorithm>  // min
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "commands.hpp"
#include "cria/fmt.hpp"
#include "cria/llama/model.hpp"
#include "engine/perplexity.hpp"
#include "engine/transformer.hpp"
#include "json.hpp"
#include "progress.hpp"
#include "prompt.hpp"
#include "text.hpp"
#include "text_input.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;

/// All of a text, with BOS and EOS as the model asks.
auto read_tokens(const bpe::tokenizer& tokenizer, const std::string& path) -> cria::result<id_buffer> {
    CRIA_TRY(const auto text, read_all(path));
    return tokenizer.encode(text.view(), {.add_special = true});
}

auto measure(const bpe::tokenizer& tokenizer, id_span ids, std::size_t n_windows, engine::transformer& text) -> cria::result<engine::perplexity_report> {
    const std::size_t length = text.context_length();
    progress shown(n_windows * length, "tokens");
    engine::perplexity_meter meter;
    std::vector<bpe::token_id> window;
    for (std::size_t i = 0; i < n_windows; ++i) {
        const id_span tokens = ids.subspan(i * length, length);
        window.assign(tokens.begin(), tokens.end());
        if (tokenizer.adds_bos()) window[0] = *tokenizer.special().bos;
        CRIA_TRY_VOID(meter.add(text, window));
        shown.tell(fmt::format("perplexity {:.4f}", meter.report().perplexity));
        shown.advance(length);
    }
    return meter.report();
}

}  // namespace

auto run(const perplexity_options& options, output& out) -> cria::result<void> {
    constexpr std::uint32_t usual_window = 512;
    CRIA_TRY(const auto model, cria::llama::open(options.model));
    const std::uint32_t context = context_for(model.hyperparameters(), options.engine.context, usual_window);
    CRIA_TRY(const id_buffer ids, read_tokens(model.tokenizer(), options.file));
    std::size_t n_windows = ids.size() / context;
    if (n_windows == 0)
        return cria::error{cria::errc::out_of_range, options.file}.because("has fewer tokens than one window").expecting(std::uint64_t{context}, std::uint64_t{ids.size()});
    if (options.chunks != 0) n_windows = std::min<std::size_t>(n_windows, options.chunks);

    const interruptible asking;
    CRIA_TRY(auto with, make_engine(model, context, options.engine));
    const auto started = std::chrono::steady_clock::now();
    CRIA_TRY(const engine::perplexity_report found, measure(model.tokenizer(), ids.span(), n_windows, with.text));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (!options.json) {
        out.print("perplexity  {:.4f} ± {:.4f}\n", found.perplexity, found.standard_error);
        out.print("scored      {} in {} of {}\n", counted(found.n_scored, "token"), counted(found.n_windows, "window"), grouped(context));
        return {};
    }
    json document;
    document["perplexity"] = json_number(found.perplexity);
    document["standard_error"] = json_number(found.standard_error);
    document["context"] = context;
    document["windows"] = found.n_windows;
    document["scored_tokens"] = found.n_scored;
    document["text_tokens"] = ids.size();
    document["threads"] = with.text.n_threads();
    document["device"] = json_of(with.device);
    document["seconds"] = seconds;
    out.write(to_text(document));
    return {};
}

}  // namespace cli
