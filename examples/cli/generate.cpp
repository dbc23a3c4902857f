// SPDX-License-Identifier: MIT
// cria generate: a text, continued by the reference engine. Every piece is written as soon as it is known, in whole
// characters; what may still become a stop string is held back.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>  // random_device
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "cria/bpe/stop_strings.hpp"
#include "cria/bpe/text_stream.hpp"
#include "cria/fmt.hpp"
#include "cria/llama/model.hpp"
#include "engine/generation.hpp"
#include "engine/sampler.hpp"
#include "engine/transformer.hpp"
#include "json.hpp"
#include "prompt.hpp"
#include "streams.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;
using clock = std::chrono::steady_clock;

/// Text on its way to whoever reads: nothing of a stop string, nor of what may become one. Stops are looked for in what the
/// model writes alone, so the stream that makes text of ids, which goes on from the prompt, cannot do it.
class stop_filter {
public:
    explicit stop_filter(const bpe::stop_strings& stops) : stops_(stops) {}

    template <class Sink>
    void push(std::string_view piece, Sink&& sink) {
        if (stop_) return;
        held_ += piece;
        if (const auto found = stops_.find(held_)) {
            stop_ = found->index;
            held_.resize(found->begin);
            return finish(sink);
        }
        const std::size_t n_free = held_.size() - may_become_stop();
        if (n_free > 0) sink(std::string_view(held_).substr(0, n_free));
        held_.erase(0, n_free);
    }
    template <class Sink>
    void finish(Sink&& sink) {
        if (!held_.empty()) sink(std::string_view(held_));
        held_.clear();
    }
    [[nodiscard]] auto stop() const -> std::optional<std::size_t> { return stop_; }

private:
    /// Bytes at the end that a stop begins with.
    [[nodiscard]] auto may_become_stop() const -> std::size_t {
        std::size_t most = 0;
        for (std::size_t i = 0; i < stops_.size(); ++i)
            for (std::size_t n = std::min(stops_[i].size() - 1, held_.size()); n > most; --n)
                if (std::string_view(held_).ends_with(stops_[i].substr(0, n))) most = n;
        return most;
    }

    const bpe::stop_strings& stops_;
    std::string held_;
    std::optional<std::size_t> stop_;
};

/// What a model writes may hold anything: on a terminal, characters that control it are shown as escapes.
auto for_terminal(std::string_view text) -> std::string {
    std::string shown;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("\n\t");
        shown += printable(text.substr(0, end));
        if (end == std::string_view::npos) break;
        shown += text[end];
        text.remove_prefix(end + 1);
    }
    return shown;
}

/// The text as it is written, ending with a line.
class written_text {
public:
    explicit written_text(output& out) : out_(out) {}

    void write(std::string_view piece) {
        if (piece.empty()) return;
        ends_line_ = piece.back() == '\n';
        out_.write(out_.is_terminal() ? for_terminal(piece) : std::string(piece));
        out_.flush();
    }
    [[nodiscard]] auto is_closed() const -> bool { return out_.broken(); }
    void end_line() {
        if (!ends_line_) out_.write("\n");
        ends_line_ = true;
        out_.flush();
    }

private:
    output& out_;
    bool ends_line_ = true;
};

struct continuation {
    std::vector<bpe::token_id> ids;
    std::string text;
    const char* ending = "";
    std::optional<std::size_t> stop;
    double prompt_seconds = 0, decode_seconds = 0;
};

auto ending_of(engine::ending why, bool is_stop) -> const char* {
    switch (why) {
        case engine::ending::end_of_text: return "end_of_text";
        case engine::ending::length: return "length";
        case engine::ending::context_full: return "context_full";
        case engine::ending::stopped: return is_stop ? "stop_string" : "closed";
    }
    return "";
}

auto seconds_between(clock::time_point from, clock::time_point to) -> double { return std::chrono::duration<double>(to - from).count(); }

/// `count` in `seconds`, or null where nothing was done.
auto rate_of(std::size_t count, double seconds) -> json { return count == 0 || seconds <= 0 ? json() : json(static_cast<double>(count) / seconds); }

auto make_stops(const std::vector<std::string>& texts) -> cria::result<bpe::stop_strings> {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    auto made = bpe::stop_strings::make(views);
    if (made || made.error().code == cria::errc::out_of_memory) return made;
    cria::error why = made.error();
    why.code = cria::errc::invalid_argument;
    why.subject = std::string_view("--stop");
    return why;
}

auto sampling_of(const generate_options& options) -> engine::sampling {
    std::uint64_t seed = 0;
    if (options.seed) seed = *options.seed;
    else if (options.temperature > 0) seed = std::random_device{}();
    return {.temperature = options.temperature, .top_k = static_cast<std::uint32_t>(options.top_k), .top_p = options.top_p, .min_p = options.min_p, .seed = seed};
}

/// Precondition: the prompt fits.
auto continue_text(const cria::llama::model& model, id_span prompt, engine::sampler& next, engine::transformer& text, const bpe::stop_strings& stops,
                   const generate_options& options, written_text& shown) -> cria::result<continuation> {
    const bpe::tokenizer& tokenizer = model.tokenizer();
    continuation made;
    bpe::text_stream stream(tokenizer, {.skip_special = true});
    stop_filter filter(stops);
    const auto print = [&](std::string_view piece) {
        made.text += piece;
        if (!options.json) shown.write(piece);
    };
    const auto take = [&](std::string_view piece) { filter.push(piece, print); };
    const auto echo = [&](std::string_view piece) {
        if (!options.json && !options.no_prompt) shown.write(piece);
    };

    const clock::time_point started = clock::now();
    clock::time_point first = started;
    cria::result<void> streamed;
    // All of the prompt but a last token, which generation begins with: a long prompt takes a while, and has a progress line.
    const auto generated = [&]() -> cria::result<engine::ending> {
        CRIA_TRY_VOID(evaluate_watched(text, prompt.first(prompt.size() - 1), prompt.size(), [](std::size_t, std::span<const float>) { return true; }));
        for (const bpe::token_id id : prompt) CRIA_TRY_VOID(stream.push(id, echo));
        const engine::generation_limits limits{.n_tokens = options.tokens.value_or(~std::size_t{0}), .ignores_end_of_text = options.ignore_eos};
        return engine::generate(text, next, tokenizer, prompt.last(1), limits, [&](bpe::token_id id) {
            if (made.ids.empty()) first = clock::now();
            made.ids.push_back(id);
            streamed = stream.push(id, take);
            return streamed && !filter.stop() && !shown.is_closed() && !interrupted();
        });
    }();
    const clock::time_point ended = clock::now();
    if (made.ids.empty()) first = ended;
    made.prompt_seconds = seconds_between(started, first);
    made.decode_seconds = seconds_between(first, ended);
    stream.finish(take);
    filter.finish(print);
    if (!streamed) return streamed.error();
    made.stop = filter.stop();
    if (interrupted()) made.ending = "interrupted";
    else if (!generated) return generated.error();
    else made.ending = ending_of(*generated, made.stop.has_value());
    return made;
}

auto json_of(const continuation& made, id_span prompt, const bpe::stop_strings& stops, const engine::sampling& how, const text_engine& with) -> json {
    json timings;
    timings["prompt_seconds"] = made.prompt_seconds;
    timings["prompt_tokens_per_s"] = rate_of(prompt.size(), made.prompt_seconds);
    timings["decode_seconds"] = made.decode_seconds;
    timings["decode_tokens_per_s"] = rate_of(made.ids.empty() ? 0 : made.ids.size() - 1, made.decode_seconds);
    json out;
    out["prompt_ids"] = json(prompt);
    out["ids"] = made.ids;
    out["text"] = json_text(made.text);
    out["ending"] = made.ending;
    out["stop"] = made.stop ? json(json_text(stops[*made.stop])) : json();
    out["seed"] = how.temperature > 0 ? json(how.seed) : json();
    out["context"] = with.text.context_length();
    out["threads"] = with.text.n_threads();
    out["device"] = json_of(with.device);
    out["timings"] = std::move(timings);
    return out;
}

}  // namespace

auto run(const generate_options& options, output& out) -> cria::result<status> {
    const engine::sampling how = sampling_of(options);
    CRIA_TRY_VOID(engine::check(how));
    CRIA_TRY(const bpe::stop_strings stops, make_stops(options.stop));
    CRIA_TRY(const auto model, cria::llama::open(options.model));
    CRIA_TRY(const id_buffer prompt, read_prompt(model.tokenizer(), options.prompt));
    const std::uint32_t context = context_for(model.hyperparameters(), options.engine.context, usual_context);
    CRIA_TRY_VOID(check_fits(prompt.span(), context));
    CRIA_TRY(auto next, engine::sampler::make(how, model.hyperparameters().vocabulary_size));
    const interruptible asking;
    CRIA_TRY(auto with, make_engine(model, context, options.engine));
    if (!options.json && !options.seed && how.temperature > 0) say("note", fmt::format("seed {}", how.seed));

    written_text shown(out);
    const auto made = continue_text(model, prompt.span(), next, with.text, stops, options, shown);
    if (!options.json) shown.end_line();
    if (!made) return made.error();
    if (options.json) out.write(to_text(json_of(*made, prompt.span(), stops, how, with)));
    else if (made->ending == std::string_view("context_full")) say("note", fmt::format("context is full: {} tokens; --context N makes it longer", grouped(context)));
    return interrupted() ? status_interrupted : status_done;
}

}  // namespace cli
