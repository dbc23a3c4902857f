// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PARALLEL_HPP
#define CRIA_BPE_PARALLEL_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/bpe/certain_cuts.hpp"
#include "cria/bpe/encoding.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/io/processors.hpp"
#include "cria/io/thread.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <new>      // nothrow
#include <span>
#include <string_view>
#include <utility>

// Encoding on several threads, with the ids that one thread gives.
//
// Many texts are handed out one after the other. One text is cut into parts, where that is certain to change nothing (certain_cuts.hpp); one of a tokenizer for
// which there are no such places is encoded on the calling thread.
//
// The parts of one text are given back in order: a thread that is done with its part waits until those before it have told how many ids they
// have, and then puts its own in their place, while they are in its cache. Or it hands them to the caller, and no ids are kept.

namespace cria::inline v0::bpe {

struct parallel_options {
    unsigned n_threads = 0;                           ///< the calling one counted; 0: as many as there are processors to use
    std::size_t part_bytes = std::size_t{1} << 18U;   ///< one text is cut into parts of about this many bytes
};

/// The ids of several texts.
class id_lists {
public:
    [[nodiscard]] auto size() const noexcept -> std::size_t { return lists_.size(); }
    /// The ids of text `i`. Precondition: i < size().
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> std::span<const token_id> { return lists_[i]; }

private:
    friend class parallel_encoder;
    explicit id_lists(std::span<const std::span<const token_id>> lists) noexcept : lists_(lists) {}
    std::span<const std::span<const token_id>> lists_;
};

/// A part of a text that has been encoded. Borrows: ids and offsets until it has been passed on.
struct encoded_part {
    std::string_view text;
    std::span<const token_id> ids;  ///< of which the first part's begin with BOS, and the last one's end with EOS, where they are asked for
    std::span<const byte_span> offsets;  ///< of each id in all of the text, where they were asked for
    unsigned thread = 0;                 ///< whose it is: less than parallel_encoder::n_threads()
};

/// Encoders on several threads, which begin with a call and end with it; the memory is kept.
///
///     CRIA_TRY(auto encoder, bpe::parallel_encoder::make(tokenizer));
///     CRIA_TRY(const auto ids, encoder.encode_each(prompts, {.add_special = true}));
///
/// Where a pretokenizer of the caller's cuts text it is called on the calling thread alone, since it may throw.
/// Borrows: the tokenizer, which must stay where it is. Threads: one parallel_encoder, one call at a time.
class parallel_encoder {
public:
    /// Fails: errc::out_of_memory.
    [[nodiscard]] static auto make(const tokenizer& with CRIA_LIFETIME_BOUND, const parallel_options& options = {}) -> result<parallel_encoder>;
    static auto make(const tokenizer&&, const parallel_options& = {}) -> result<parallel_encoder> = delete;

    /// The ids of `text`, as encoder::encode gives them. Borrows: until the next call. Fails: as that.
    [[nodiscard]] auto encode(std::string_view text, const encode_options& options = {}) CRIA_LIFETIME_BOUND -> result<std::span<const token_id>>;
    /// The same, and offsets() says where each token comes from.
    [[nodiscard]] auto encode_with_offsets(std::string_view text, const encode_options& options = {}) CRIA_LIFETIME_BOUND -> result<std::span<const token_id>>;
    /// As encoder::offsets. Borrows: until the next call.
    [[nodiscard]] auto offsets() const noexcept CRIA_LIFETIME_BOUND -> std::span<const byte_span> { return offsets_; }

    /// Encodes a text of which nobody wants all ids at once, such as a large file: they are handed over part by part and not kept.
    ///
    ///     const auto done = encoder.encode_parts(text, {},
    ///         [&](const bpe::encoded_part& part) { return pages[part.thread].print(part.ids); },
    ///         [&](const bpe::encoded_part& part) { return pages[part.thread].write_to(file); });
    ///
    /// `use(part)` is called for each part, on any thread and many at a time; `pass_on(part)` afterwards on the same one, but one at a time and in the text's
    /// order, before that thread has another part. Both give a result<void> and let no exception out. There is at least one part.
    /// Fails: as encoder::encode, or with what a function of the two failed with, which is called no more then; parts before that have been passed on.
    template <class Use, class PassOn>
    [[nodiscard]] auto encode_parts(std::string_view text, const encode_options& options, Use&& use, PassOn&& pass_on) -> result<void> {
        functions<Use, PassOn> both{use, pass_on};
        return hand_over(text, options, false, both.as_user());
    }
    /// The same with encoded_part::offsets.
    template <class Use, class PassOn>
    [[nodiscard]] auto encode_parts_with_offsets(std::string_view text, const encode_options& options, Use&& use, PassOn&& pass_on) -> result<void> {
        functions<Use, PassOn> both{use, pass_on};
        return hand_over(text, options, true, both.as_user());
    }

    /// How many threads there may be at work, the calling one counted.
    [[nodiscard]] auto n_threads() const noexcept -> unsigned { return static_cast<unsigned>(n_workers_); }

    /// The ids of each text. Borrows: until the next call. Fails: as encoder::encode for the first text for which it does, named `texts[<number>]`.
    [[nodiscard]] auto encode_each(std::span<const std::string_view> texts, const encode_options& options = {}) CRIA_LIFETIME_BOUND -> result<id_lists>;

    parallel_encoder(parallel_encoder&& other) noexcept
        : tables_(other.tables_), options_(other.options_), n_workers_(std::exchange(other.n_workers_, 0)), workers_(std::exchange(other.workers_, nullptr)),
          certain_(other.certain_), ids_(std::move(other.ids_)), spans_(std::move(other.spans_)), offsets_(std::exchange(other.offsets_, {})), cuts_(std::move(other.cuts_)), placed_(std::move(other.placed_)), lists_(std::move(other.lists_)) {}
    auto operator=(parallel_encoder&&) -> parallel_encoder& = delete;
    ~parallel_encoder() { delete[] workers_; }

private:
    static constexpr std::string_view what = "token ids";

    struct worker {
        detail::encoding encoding;
        buffer<token_id> ids;  // of all its texts
        io::thread thread;
    };
    /// Where the ids of a text are.
    struct place {
        std::uint32_t worker = 0;
        std::size_t begin = 0, n = 0;
    };
    /// Who is given the parts of a text.
    struct part_user {
        void* both;
        result<void> (*use)(void*, const encoded_part&);
        result<void> (*pass_on)(void*, const encoded_part&);
    };
    template <class Use, class PassOn>
    struct functions {
        Use& use;
        PassOn& pass_on;

        [[nodiscard]] auto as_user() noexcept -> part_user {
            return {this, [](void* raw, const encoded_part& part) -> result<void> { return static_cast<functions*>(raw)->use(part); },
                    [](void* raw, const encoded_part& part) -> result<void> { return static_cast<functions*>(raw)->pass_on(part); }};
        }
    };

    /// Many texts or the parts of one, on their way.
    struct job {
        parallel_encoder* of;
        const encode_options* options;
        bool are_texts;
        std::span<const std::string_view> texts;
        std::string_view text;
        std::size_t n;  // texts or parts
        bool with_offsets = false;        // parts
        const part_user* user = nullptr;  // or nobody: all ids are kept

        io::monitor lock;
        std::size_t next = 0;       // to be handed out
        std::size_t committed = 0;  // parts whose ids have their place
        bool has_no_room = false;   // for the ids of a part: somebody has to begin again
        std::size_t failed_at;      // the first text that failed
        result<void> outcome;
    };
    struct call {
        job* of = nullptr;
        std::uint32_t number = 0;
    };

    parallel_encoder(const detail::tokenizer_tables& tables, const parallel_options& options) noexcept : tables_(&tables), options_(options), certain_(tables) {}
    [[nodiscard]] auto run(job& now, std::size_t n_threads) -> result<void>;
    void work(job& now, std::uint32_t number);
    [[nodiscard]] auto encode_text(job& now, worker& mine, std::uint32_t number, std::size_t i) -> result<void>;
    [[nodiscard]] auto encode_part(job& now, worker& mine, std::uint32_t number, std::size_t i) -> result<void>;
    /// The ids of a part, as they are in those of the text.
    [[nodiscard]] auto make_part(const job& now, worker& mine, std::size_t i) -> result<void>;
    /// Waits until those before part `i` are done with. Gives false if they failed, or have no room.
    [[nodiscard]] static auto wait_for_turn(job& now, std::size_t i) noexcept -> bool;
    [[nodiscard]] auto hand_over(job& now, worker& mine, std::uint32_t number, std::size_t i, const result<void>& made) -> result<void>;
    [[nodiscard]] auto keep(job& now, worker& mine, std::size_t i, const result<void>& made) -> result<void>;
    [[nodiscard]] auto encode_all(std::string_view text, const encode_options& options, bool with_offsets) -> result<std::span<const token_id>>;
    [[nodiscard]] auto hand_over(std::string_view text, const encode_options& options, bool with_offsets, const part_user& user) -> result<void>;
    /// Room in ids_ and spans_ for all that there may be, as far as there is memory. Gives whether there is any.
    [[nodiscard]] auto has_room(std::size_t n_bytes, bool with_offsets) -> bool;
    [[nodiscard]] auto part(const job& now, std::size_t i) const noexcept -> std::string_view {
        const std::size_t begin = i == 0 ? 0 : cuts_[i - 1], end = i + 1 == now.n ? now.text.size() : cuts_[i];
        return now.text.substr(begin, end - begin);
    }
    /// Fills cuts_.
    [[nodiscard]] auto cut(std::string_view text) -> result<void>;

    const detail::tokenizer_tables* tables_;
    parallel_options options_;
    std::size_t n_workers_ = 0;
    worker* workers_ = nullptr;
    detail::certain_cuts certain_;
    buffer<token_id> ids_;        // of one text
    buffer<byte_span> spans_;     // of these
    std::span<const byte_span> offsets_;
    buffer<std::size_t> cuts_;    // in it
    buffer<place> placed_;        // of each text
    buffer<std::span<const token_id>> lists_;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto parallel_encoder::make(const tokenizer& with, const parallel_options& options) -> result<parallel_encoder> {
    parallel_encoder made(with.tables_, options);
    made.n_workers_ = options.n_threads != 0 ? options.n_threads : io::usable_processors();
    made.workers_ = new (std::nothrow) worker[made.n_workers_];
    if (made.workers_ == nullptr) return error{errc::out_of_memory, "encoders"}.finding(std::uint64_t{made.n_workers_});
    return made;
}

inline auto parallel_encoder::encode(std::string_view text, const encode_options& options) -> result<std::span<const token_id>> {
    return encode_all(text, options, false);
}

inline auto parallel_encoder::encode_with_offsets(std::string_view text, const encode_options& options) -> result<std::span<const token_id>> {
    return encode_all(text, options, true);
}

inline auto parallel_encoder::has_room(std::size_t n_bytes, bool with_offsets) -> bool {
    // There are never more ids than bytes (and a few that stand for none), mostly far fewer, and memory that is not touched costs nothing.
    ids_.clear();
    spans_.clear();
    const auto reserve = [&](std::uint64_t n) { return ids_.reserve(n, what) && (!with_offsets || spans_.reserve(n, what)); };
    for (std::uint64_t most = std::uint64_t{n_bytes} + 16; most > 16; most /= 2)
        if (reserve(most)) return true;
    return false;
}

inline auto parallel_encoder::encode_all(std::string_view text, const encode_options& options, bool with_offsets) -> result<std::span<const token_id>> {
    offsets_ = {};
    cuts_.clear();
    if (n_workers_ > 1) CRIA_TRY_VOID(cut(text));
    const std::size_t n = cuts_.size() + 1;
    if (n > 1 && has_room(text.size(), with_offsets)) {
        job parts{.of = this, .options = &options, .are_texts = false, .texts = {}, .text = text, .n = n, .with_offsets = with_offsets, .lock = {}, .failed_at = 0, .outcome = {}};
        CRIA_TRY_VOID(run(parts, n));
        if (parts.committed == n) {
            offsets_ = spans_.span();
            return ids_.span();
        }
    }
    worker& mine = workers_[0];
    const segment all{text, options.parse};
    CRIA_TRY_VOID(mine.encoding.run(*tables_, {&all, 1}, options, with_offsets));
    offsets_ = mine.encoding.spans();
    return mine.encoding.ids().span();
}

inline auto parallel_encoder::hand_over(std::string_view text, const encode_options& options, bool with_offsets, const part_user& user) -> result<void> {
    CRIA_TRY_VOID(cut(text));
    job parts{.of = this, .options = &options, .are_texts = false, .texts = {}, .text = text, .n = cuts_.size() + 1, .with_offsets = with_offsets, .user = &user, .lock = {}, .failed_at = 0, .outcome = {}};
    return run(parts, parts.n);
}

inline auto parallel_encoder::encode_each(std::span<const std::string_view> texts, const encode_options& options) -> result<id_lists> {
    placed_.clear();
    lists_.clear();
    CRIA_TRY_VOID(placed_.resize(texts.size(), what));
    CRIA_TRY_VOID(lists_.resize(texts.size(), what));
    for (std::size_t i = 0; i < n_workers_; ++i) workers_[i].ids.clear();
    job each{.of = this, .options = &options, .are_texts = true, .texts = texts, .text = {}, .n = texts.size(), .lock = {}, .failed_at = texts.size(), .outcome = {}};
    CRIA_TRY_VOID(run(each, tables_->settings.split->is_custom() ? 1 : texts.size()));
    for (std::size_t i = 0; i < texts.size(); ++i) lists_[i] = workers_[placed_[i].worker].ids.span().subspan(placed_[i].begin, placed_[i].n);
    return id_lists(lists_.span());
}

/// On this thread, and on others as far as there are any to be had.
inline auto parallel_encoder::run(job& now, std::size_t n_threads) -> result<void> {
    const std::size_t n = n_threads < n_workers_ ? n_threads : n_workers_;
    buffer<call> calls;
    CRIA_TRY_VOID(calls.resize(n, what));
    for (std::size_t i = 1; i < n; ++i) {
        calls[i] = {&now, static_cast<std::uint32_t>(i)};
        const auto begin = [](void* raw) {
            const call& mine = *static_cast<call*>(raw);
            mine.of->of->work(*mine.of, mine.number);
        };
        auto started = io::thread::start(begin, &calls[i]);
        if (!started) break;
        workers_[i].thread = std::move(*started);
    }
    work(now, 0);
    for (std::size_t i = 1; i < n; ++i) workers_[i].thread.join();
    return now.outcome;
}

inline void parallel_encoder::work(job& now, std::uint32_t number) {
    // Of many short texts several at a time, since asking for them takes a lock.
    const bool are_texts = now.are_texts;
    constexpr std::size_t most_bytes = std::size_t{1} << 16U, most_texts = 256;
    for (;;) {
        std::size_t from = 0, to = 0;
        {
            const io::locked held(now.lock);
            if (!now.outcome || now.has_no_room || now.next == now.n) return;
            from = to = now.next;
            for (std::size_t bytes = 0; to < now.n && (to == from || (are_texts && bytes < most_bytes && to - from < most_texts)); ++to) bytes += are_texts ? now.texts[to].size() : 0;
            now.next = to;
        }
        for (std::size_t i = from; i < to; ++i) {
            const auto done = are_texts ? encode_text(now, workers_[number], number, i) : encode_part(now, workers_[number], number, i);
            if (done) continue;
            const io::locked held(now.lock);
            if (are_texts && i < now.failed_at) {
                now.failed_at = i;
                now.outcome = done.error();
            }
            break;
        }
    }
}

inline auto parallel_encoder::encode_text(job& now, worker& mine, std::uint32_t number, std::size_t i) -> result<void> {
    const segment all{now.texts[i], now.options->parse};
    if (auto done = mine.encoding.run(*tables_, {&all, 1}, *now.options, false); !done) {
        error named = done.error();
        char name[40] = "texts[";
        const cria::detail::decimal index(i);
        std::size_t length = 6 + index.view().copy(name + 6, 20);
        name[length++] = ']';
        named.subject = std::string_view(name, length);
        return named;
    }
    placed_[i] = {number, mine.ids.size(), mine.encoding.ids().size()};
    return mine.ids.append(mine.encoding.ids().span(), what);
}

inline auto parallel_encoder::make_part(const job& now, worker& mine, std::size_t i) -> result<void> {
    const tokenizer_settings& settings = tables_->settings;
    const std::size_t begin = i == 0 ? 0 : cuts_[i - 1];
    const bool is_last = i + 1 == now.n;
    CRIA_TRY_VOID(mine.encoding.run_part(*tables_, part(now, i), begin, *now.options, now.with_offsets));
    // The end of the first part is not that of the text.
    const bool adds_eos = now.options->add_special && settings.add_eos && settings.special.eos;
    if (adds_eos && i == 0 && !is_last) mine.encoding.take_back();
    if (adds_eos && i != 0 && is_last) return mine.encoding.give(static_cast<std::uint32_t>(*settings.special.eos), now.text.size(), now.text.size());
    return {};
}

inline auto parallel_encoder::encode_part(job& now, worker& mine, std::uint32_t number, std::size_t i) -> result<void> {
    const result<void> made = make_part(now, mine, i);
    return now.user != nullptr ? hand_over(now, mine, number, i, made) : keep(now, mine, i, made);
}

inline auto parallel_encoder::wait_for_turn(job& now, std::size_t i) noexcept -> bool {
    while (now.outcome && !now.has_no_room && now.committed != i) now.lock.wait();
    return now.outcome && !now.has_no_room;
}

inline auto parallel_encoder::hand_over(job& now, worker& mine, std::uint32_t number, std::size_t i, const result<void>& made) -> result<void> {
    const encoded_part done{part(now, i), mine.encoding.ids().span(), mine.encoding.spans(), number};
    const result<void> used = made ? now.user->use(now.user->both, done) : made;
    {
        const io::locked held(now.lock);
        if (!wait_for_turn(now, i)) return now.outcome;
    }
    // It is this thread's turn until it says that it is not.
    const result<void> passed = used ? now.user->pass_on(now.user->both, done) : used;
    const io::locked held(now.lock);
    if (passed) ++now.committed;
    else now.outcome = passed;
    now.lock.notify();
    return passed;
}

inline auto parallel_encoder::keep(job& now, worker& mine, std::size_t i, const result<void>& made) -> result<void> {
    const std::span<const token_id> ids = mine.encoding.ids().span();
    const std::span<const byte_span> spans = mine.encoding.spans();
    std::size_t begin = 0;
    {
        const io::locked held(now.lock);
        if (!wait_for_turn(now, i)) return now.outcome;
        if (!made) {
            now.outcome = made;
        } else if (ids.size() > ids_.capacity() - ids_.size() || spans.size() > spans_.capacity() - spans_.size()) {
            now.has_no_room = true;
        } else {
            begin = ids_.size();
            static_cast<void>(ids_.extend(ids.size(), what));  // there is room
            static_cast<void>(spans_.extend(spans.size(), what));
            ++now.committed;
        }
        now.lock.notify();
        if (!now.outcome || now.has_no_room) return now.outcome;
    }
    if (!ids.empty()) std::memcpy(ids_.data() + begin, ids.data(), ids.size_bytes());
    if (!spans.empty()) std::memcpy(spans_.data() + begin, spans.data(), spans.size_bytes());
    return {};
}

inline auto parallel_encoder::cut(std::string_view text) -> result<void> {
    cuts_.clear();
    if (!certain_.are_there() || options_.part_bytes == 0) return {};
    for (std::size_t at = options_.part_bytes; at < text.size();) {
        if (!certain_.allow(text, at)) {
            ++at;
            continue;
        }
        CRIA_TRY_VOID(cuts_.push_back(at, what));
        at = text.size() - at > options_.part_bytes ? at + options_.part_bytes : text.size();
    }
    return {};
}

}  // namespace cria::inline v0::bpe

#endif  // CRIA_BPE_PARALLEL_HPP
