// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_TEXT_STREAM_HPP
#define CRIA_BPE_TEXT_STREAM_HPP

#include "cria/base/result.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/utf8/decoder.hpp"

#include <cstddef>
#include <string_view>

// text_stream: ids in, one at a time as a model gives them; whole characters out, as early as they are whole.
// All pieces together are exactly what tokenizer::decode gives for all the ids, with U+FFFD for each maximal
// subpart that is not UTF-8.

namespace cria::inline v0::bpe {

/// A stream of ids made into a stream of valid UTF-8.
///
///     bpe::text_stream stream(tokenizer, {.skip_special = true});
///     auto print = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
///     for (bpe::token_id id : generated) if (auto ok = stream.push(id, print); !ok) return ok.error();
///     stream.finish(print);
///
/// Borrows: the tokenizer, which must stay where it is. Threads: one stream, one thread.
class text_stream {
public:
    explicit text_stream(const tokenizer& with CRIA_LIFETIME_BOUND, const decode_options& options = {}) noexcept
        : tokenizer_(&with), options_(options) {}
    explicit text_stream(const tokenizer&&, const decode_options& = {}) = delete;

    /// Takes the next id and calls `sink(std::string_view)` with what can be shown now: nothing, or pieces of
    /// valid UTF-8, none of them empty.
    /// Fails:   errc::invalid_token; its subject says how many ids were pushed before: `ids[3]`. The stream is as it was.
    /// Borrows: a piece lives until `sink` returns.
    template <class Sink>
    [[nodiscard]] auto push(token_id id, Sink&& sink) -> result<void>;

    /// Ends the text: a character that is still cut off becomes U+FFFD. Ready for the next text.
    template <class Sink>
    void finish(Sink&& sink);

    /// Bytes held back because they only begin a character: 0 to 3.
    [[nodiscard]] auto pending() const noexcept -> std::size_t { return decoder_.pending(); }

    /// Forgets the text so far. Ready for the next text.
    void reset() noexcept {
        decoder_.reset();
        has_begun_ = false;
        n_pushed_ = 0;
    }

private:
    const tokenizer* tokenizer_;
    decode_options options_;
    utf8::decoder decoder_;
    bool has_begun_ = false;  // a byte has been printed
    std::size_t n_pushed_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

template <class Sink>
auto text_stream::push(token_id id, Sink&& sink) -> result<void> {
    if (!tokenizer_->contains(id)) return tokenizer_->outside(id, n_pushed_);
    ++n_pushed_;
    if (options_.skip_special && tokenizer_->is_special(id)) return {};
    std::string_view piece = tokenizer_->bytes(id);
    if (piece.empty()) return {};
    if (!has_begun_ && tokenizer_->strips_first_space() && piece.front() == ' ') piece.remove_prefix(1);
    has_begun_ = true;
    decoder_.push(piece, sink);
    return {};
}

template <class Sink>
void text_stream::finish(Sink&& sink) {
    decoder_.finish(sink);
    reset();
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_TEXT_STREAM_HPP
