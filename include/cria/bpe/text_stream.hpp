// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TEXT_STREAM_HPP
#define CRIA_BPE_TEXT_STREAM_HPP

#include "cria/base/result.hpp"
#include "cria/bpe/decoding.hpp"
#include "cria/bpe/stop_strings.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/utf8/decoder.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>  // exchange

// text_stream: ids in, one at a time as a model gives them; whole characters out, as early as they are whole.
// All pieces together are exactly what tokenizer::decode gives for all the ids without clean_spaces (which looks at
// text that has long been shown, so llama.cpp's streams do without it too), with U+FFFD for each maximal subpart that
// is not UTF-8.
//
// With stop strings the text ends before the first of them, wherever tokens cut it. They are looked for in the valid
// UTF-8 that comes out, so one may hold U+FFFD, or the text of a special token that is not skipped. Held back is only
// what may still become the stop that is found, and it is given as soon as it cannot.
//
// Three stages, each with its own small state, and none allocates: token_printer, utf8::decoder, stop_strings.

namespace cria::inline v0::bpe {

/// A stream of ids made into a stream of valid UTF-8.
///
///     bpe::text_stream stream(tokenizer, {.skip_special = true}, stops);
///     auto print = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
///     while (!stream.stopped()) if (auto ok = stream.push(next_id(), print); !ok) return ok.error();
///     stream.finish(print);
///
/// Borrows: the tokenizer and the stops, which must stay where they are. Threads: one stream, one thread.
class text_stream {
public:
    explicit text_stream(const tokenizer& with CRIA_LIFETIME_BOUND, const decode_options& options = {}) noexcept
        : tables_(&with.tables_), options_(options), printer_(with.tables_, options) {}
    text_stream(const tokenizer& with CRIA_LIFETIME_BOUND, const decode_options& options, const stop_strings& stops CRIA_LIFETIME_BOUND) noexcept
        : text_stream(with, options) {
        if (!stops.empty()) stops_ = &stops;
    }
    explicit text_stream(const tokenizer&&, const decode_options& = {}) = delete;
    text_stream(const tokenizer&&, const decode_options&, const stop_strings&) = delete;
    text_stream(const tokenizer&, const decode_options&, const stop_strings&&) = delete;
    text_stream(const tokenizer&&, const decode_options&, const stop_strings&&) = delete;

    /// Takes the next id and calls `sink(std::string_view)` with what can be shown now: nothing, or pieces of
    /// valid UTF-8, none of them empty. Once stopped() it takes ids and gives nothing.
    /// Fails:   errc::invalid_token; its subject says how many ids were pushed before: `ids[3]`. The stream is as it was.
    /// Borrows: a piece lives until `sink` returns; `sink` must leave the stream alone.
    /// Cost:    O(bytes of the token), over all ids; no allocation.
    template <class Sink>
    [[nodiscard]] auto push(token_id id, Sink&& sink) -> result<void>;

    /// Ends the text: what was held back for a stop string is given, and a character that is still cut off becomes
    /// U+FFFD. Ready for the next text; until its first id, stopped() is the answer for this one.
    template <class Sink>
    void finish(Sink&& sink);

    /// Whether the text has come to a stop string. What was before it has been given, and nothing else will be.
    [[nodiscard]] auto stopped() const noexcept -> bool { return stop_.has_value(); }
    /// The stop string it was, by its place among those given to stop_strings::make.
    [[nodiscard]] auto stop() const noexcept -> std::optional<std::size_t> { return stop_; }

    /// Bytes held back because they only begin a character, 0 to 3, or because they may begin a stop string.
    [[nodiscard]] auto pending() const noexcept -> std::size_t {
        return decoder_.pending() + (stops_ != nullptr ? stops_->length_at(at_) : 0);
    }

    /// Forgets the text so far. Ready for the next text.
    void reset() noexcept {
        begin();
        stop_.reset();
    }

private:
    void begin() noexcept {
        printer_ = detail::token_printer(*tables_, options_);
        decoder_.reset();
        at_ = 0;
        n_pushed_ = 0;
        late_ = -1;
    }
    template <class Sink>
    void print(token_id id, Sink& sink);
    /// Gives a run of text, or what of it comes before a stop, with what was held back before.
    template <class Sink>
    void give(std::string_view run, Sink& sink);

    const detail::tokenizer_tables* tables_;
    const stop_strings* stops_ = nullptr;  // or not empty
    decode_options options_;
    detail::token_printer printer_;
    utf8::decoder decoder_;
    std::uint32_t at_ = 0;            // in the stops' automaton: what is held back for them
    std::optional<std::size_t> stop_;
    token_id late_ = -1;              // an EOS that prints nothing if it turns out to be the last id; or no id
    std::size_t n_pushed_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

template <class Sink>
auto text_stream::push(token_id id, Sink&& sink) -> result<void> {
    if (!tables_->tokens.contains(id)) return detail::outside_vocabulary(tables_->tokens, id, n_pushed_);
    const bool is_first = n_pushed_++ == 0;
    if (is_first) {
        stop_.reset();
        if (printer_.removes_first(id)) {
            printer_.pass_bos();
            return {};
        }
    }
    if (late_ >= 0) print(std::exchange(late_, -1), sink);
    if (printer_.removes_last(id)) late_ = id;
    else print(id, sink);
    return {};
}

template <class Sink>
void text_stream::print(token_id id, Sink& sink) {
    if (stops_ == nullptr) return printer_.print(id, [&](std::string_view piece) { decoder_.push(piece, sink); });
    if (stopped()) return;
    printer_.print(id, [&](std::string_view piece) {
        decoder_.push(piece, [&](std::string_view run) { give(run, sink); });
    });
    if (stopped()) decoder_.reset();
}

template <class Sink>
void text_stream::give(std::string_view run, Sink& sink) {
    if (stopped()) return;
    // The text in hand is what was held back, then the run. All of it is given but what leads to the current node.
    const std::string_view held = stops_->text_at(at_);
    std::size_t used = 0;
    while (used < run.size() && !stops_->is_stop(at_)) at_ = stops_->step(at_, run[used++]);
    const std::size_t n_given = held.size() + used - stops_->length_at(at_);
    if (stops_->is_stop(at_)) {
        stop_ = stops_->stop_at(at_);
        at_ = 0;
    }
    if (const auto part = held.substr(0, n_given); !part.empty()) sink(part);
    if (n_given > held.size()) sink(run.substr(0, n_given - held.size()));
}

template <class Sink>
void text_stream::finish(Sink&& sink) {
    if (stops_ == nullptr) {
        decoder_.finish(sink);
    } else {
        decoder_.finish([&](std::string_view run) { give(run, sink); });
        const auto held = stopped() ? std::string_view{} : stops_->text_at(at_);
        if (!held.empty()) sink(held);
    }
    begin();
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_TEXT_STREAM_HPP
