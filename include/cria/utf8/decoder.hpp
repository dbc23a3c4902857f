// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_DECODER_HPP
#define CRIA_UTF8_DECODER_HPP

#include "cria/utf8/code_point.hpp"
#include "cria/utf8/validate.hpp"

#include <cstddef>
#include <cstring>  // memcpy
#include <string_view>

// Bytes in, valid UTF-8 out, as early as possible. A model's tokens cut characters anywhere; the decoder
// holds back the at most three bytes of a character that has begun and passes everything else on at once.
//
// The invariant: held_ is a proper start of a well-formed sequence, so by itself it is exactly one
// maximal subpart. That is why any chunking of the same bytes gives the same text, and why breaking off
// costs exactly one U+FFFD. It does not allocate and does not own a sink.
//
// Good text is not copied: a run of it, however long, is validated at the speed of find_invalid and handed on as
// the part of the input that it is.

namespace cria::inline v0::utf8 {

/// A stream of bytes made into a stream of valid UTF-8.
///
///     cria::utf8::decoder decoder;
///     auto print = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
///     decoder.push("\xF0\x9F", print);    // nothing yet
///     decoder.push("\x98\x80!", print);   // the character, then "!"
///     decoder.finish(print);              // nothing was cut off
///
/// Threads: one stream, one decoder; no state is shared.
class decoder {
public:
    /// Takes the next bytes of the stream and calls `sink(std::string_view)` with pieces of valid UTF-8,
    /// in order, none of them empty: runs of the input, characters that these bytes complete, and U+FFFD
    /// for each maximal subpart of an ill-formed sequence.
    /// Borrows: a piece lives until `sink` returns; `sink` must leave the decoder alone.
    /// Cost:    O(bytes), no allocation; calls to `sink` at most two for each ill-formed sequence, plus two.
    template <class Sink>
    void push(std::string_view bytes, Sink&& sink);

    /// Ends the stream: a character that is still cut off becomes one U+FFFD. Ready for the next stream.
    template <class Sink>
    void finish(Sink&& sink);

    /// The bytes held back because they only begin a character: 0 to 3.
    [[nodiscard]] constexpr auto pending() const noexcept -> std::size_t { return n_held_; }

    /// Forgets what is held back.
    constexpr void reset() noexcept { n_held_ = 0; }

private:
    /// find_invalid behind a fault, where the next one is often near: in text of another encoding, above all.
    [[nodiscard]] static auto find_next_invalid(std::string_view bytes) noexcept -> std::size_t;

    /// Completes or gives up the held character; returns how many of `bytes` went into it.
    template <class Sink>
    auto resume(std::string_view bytes, Sink& sink) -> std::size_t;

    char held_[4] = {};
    std::size_t n_held_ = 0;
};

// implementation ------------------------------------------------------------------------------------

inline auto decoder::find_next_invalid(std::string_view bytes) noexcept -> std::size_t {
    constexpr std::size_t n_nearby = 32;  // for fewer bytes than that the vectors do not pay
    if (bytes.size() <= n_nearby) return detail::find_invalid_by_words(bytes, 0);
    const auto at = detail::find_invalid_by_words({bytes.data(), n_nearby}, 0);
    if (at + 3 < n_nearby) return at;  // not for the lack of bytes behind it
    return find_invalid(bytes, at);
}

template <class Sink>
auto decoder::resume(std::string_view bytes, Sink& sink) -> std::size_t {
    for (std::size_t used = 0; used < bytes.size(); ++used) {
        held_[n_held_] = bytes[used];
        const auto candidate = std::string_view{held_, n_held_ + 1};
        const auto first = decode(candidate);
        if (is_cut_off(candidate, 0, first)) {
            ++n_held_;
            continue;
        }
        n_held_ = 0;
        if (first.valid) {
            sink(candidate);
            return used + 1;
        }
        sink(replacement_text);  // the byte belongs to what follows
        return used;
    }
    return bytes.size();
}

template <class Sink>
void decoder::push(std::string_view bytes, Sink&& sink) {
    if (n_held_ != 0) bytes.remove_prefix(resume(bytes, sink));
    for (auto is_dirty = false; !bytes.empty(); is_dirty = true) {
        const auto good = is_dirty ? find_next_invalid(bytes) : find_invalid(bytes);
        const auto bad = decode(bytes, good);
        const auto run = std::string_view{bytes.data(), good};
        const auto is_begun = is_cut_off(bytes, good, bad);
        if (is_begun) {
            n_held_ = bad.length & 3U;  // never more: a character that is cut off lacks a byte
            std::memcpy(held_, bytes.data() + good, n_held_);
        }
        bytes.remove_prefix(good + bad.length);
        if (!run.empty()) sink(run);
        if (!is_begun && bad.length != 0) sink(replacement_text);
    }
}

template <class Sink>
void decoder::finish(Sink&& sink) {
    const auto was_cut_off = n_held_ != 0;
    n_held_ = 0;
    if (was_cut_off) sink(replacement_text);
}

}  // namespace cria::inline v0::utf8

#endif
