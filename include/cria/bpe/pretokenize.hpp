// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PRETOKENIZE_HPP
#define CRIA_BPE_PRETOKENIZE_HPP

#include "cria/base/result.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/pre_rules.hpp"
#include "cria/bpe/pretokenizer_families.hpp"

#include <concepts>  // the callables of pretokenizer
#include <cstddef>
#include <string_view>
#include <type_traits>

// Cuts text into the pieces that BPE never merges across. Models define the cut by regular expressions;
// here each family is a list of *steps*, every one of which says where the piece that starts at a given
// place ends. Step k runs inside each piece of step k-1, so it never looks past that piece, and what a
// step's expression does not match is a piece too (an isolating split). pretokenizer_families.hpp says what
// the families are; split_steps.hpp, word_grammar.hpp and digit_groups.hpp have the steps.
//
// Everything is iterative, allocates nothing and is linear: a step reads a character a fixed number of times.
// Ill-formed UTF-8 is read as U+FFFD, one for each maximal subpart, so any bytes have pieces.
//
// What there is no family for is cut by a function of the caller's: `pretokenizer` holds either. It is checked,
// since pieces that are not the text would give tokens that are not the text.

namespace cria::inline v0::bpe {

/// Calls `yield(begin, end)` with the byte range of each piece of `text`, in order. The pieces are not
/// empty and cover every byte exactly once; text without bytes has no pieces.
///
///     bpe::pretokenize(bpe::pretokenizer_family::llama3, "I'll see 1234", [&](auto begin, auto end) { … });
///     // I|'ll| see| |123|4
///
/// Cost: O(n), no allocation.   Threads: no state.
template <class Yield>
constexpr void pretokenize(pretokenizer_family family, compat mode, std::string_view text, Yield&& yield);

/// The same as published.
template <class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield);

/// The same with classes of the caller's for characters: `Classes` is a type with the static functions
/// class_of(char32_t) and class_of_ascii(unsigned char).
template <class Classes, class Yield>
constexpr void pretokenize(pretokenizer_family family, compat mode, std::string_view text, Yield&& yield);
template <class Classes, class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield);

/// What a function that cuts text reports to: `piece_ends(end)` for each piece. Valid during the call only.
class piece_ends {
public:
    /// Refers to `sink`, a callable of std::size_t.
    template <std::invocable<std::size_t> Sink>
        requires(!std::same_as<std::remove_cv_t<Sink>, piece_ends>)
    explicit piece_ends(Sink& sink) noexcept
        : sink_(&sink), report_([](void* to, std::size_t end) { (*static_cast<Sink*>(to))(end); }) {}

    void operator()(std::size_t end) const { report_(sink_, end); }

private:
    void* sink_;
    void (*report_)(void* sink, std::size_t end);
};

/// A callable that cuts `text` into pieces and reports where each of them ends, in order. The ends rise strictly and
/// the last is text.size(), so that every byte is in one piece and no piece is empty; text without bytes has
/// none. It may be called from several threads at once. A piece may end inside a character, if the vocabulary is
/// byte-level. A text here is what stands between special tokens.
template <class Cut>
concept text_cutter = std::is_object_v<Cut> && std::invocable<const Cut&, std::string_view, piece_ends>;

namespace detail {
template <class Cut>
inline constexpr bool is_stateless = std::is_empty_v<Cut> && std::is_default_constructible_v<Cut>;
}  // namespace detail

/// How text is cut: by a family, or by a callable of the caller's.
///
///     const auto by_lines = [](std::string_view text, bpe::piece_ends end_at) {
///         for (std::size_t i = 0; i < text.size(); ++i)
///             if (text[i] == '\n' || i + 1 == text.size()) end_at(i + 1);
///     };
///     auto done = bpe::pretokenize(bpe::pretokenizer::by(by_lines), text, [&](auto begin, auto end) { … });
///
/// A small value; copies are the same pretokenizer.   Threads: const, safe to share.
class pretokenizer {
public:
    constexpr pretokenizer() noexcept = default;
    constexpr pretokenizer(pretokenizer_family family, compat mode = compat::hf) noexcept  // NOLINT
        : family_(family), mode_(mode) {}

    /// The pretokenizer that calls `cut`.
    /// Borrows: `cut`, unless its type is empty (a lambda that captures nothing).
    template <text_cutter Cut>
    [[nodiscard]] static auto by(const Cut& cut) noexcept -> pretokenizer;
    template <text_cutter Cut>
        requires(!detail::is_stateless<Cut>)
    static auto by(const Cut&& cut) -> pretokenizer = delete;

    [[nodiscard]] constexpr auto is_custom() const noexcept -> bool { return cut_ != nullptr; }
    /// Of one that is not custom.
    [[nodiscard]] constexpr auto family() const noexcept -> pretokenizer_family { return family_; }
    [[nodiscard]] constexpr auto mode() const noexcept -> compat { return mode_; }

    friend constexpr auto operator==(const pretokenizer&, const pretokenizer&) noexcept -> bool = default;

private:
    template <class Yield>
    friend auto pretokenize(const pretokenizer& how, std::string_view text, Yield&& yield) -> result<void>;

    pretokenizer_family family_ = pretokenizer_family::gpt2;
    compat mode_ = compat::hf;
    const void* state_ = nullptr;  // the callable, where it has state
    void (*cut_)(const void* state, std::string_view text, piece_ends ends) = nullptr;
};

/// Calls `yield(begin, end)` for each piece that `how` cuts `text` into. The pieces are not empty, in order and
/// without gaps, whatever a custom pretokenizer does; if it breaks its promise, the pieces up to there have been
/// yielded, no more come, and that is an error.
/// Fails: errc::invalid_value, of custom pretokenizers only; error::offset is where the piece at fault starts.
template <class Yield>
[[nodiscard]] auto pretokenize(const pretokenizer& how, std::string_view text, Yield&& yield) -> result<void>;

// implementation ------------------------------------------------------------------------------------

template <class Classes, class Yield>
constexpr void pretokenize(pretokenizer_family family, compat mode, std::string_view text, Yield&& yield) {
    const auto is_hf = mode == compat::hf;
    const auto steps = is_hf ? detail::published<Classes>::steps_of(family) : detail::llama_cpp<Classes>::steps_of(family);
    detail::split(steps, text, 0, yield);
}

template <class Yield>
constexpr void pretokenize(pretokenizer_family family, compat mode, std::string_view text, Yield&& yield) {
    using namespace detail;  // NOLINT: the line below is easier to read without the qualifiers
    const auto is_hf = mode == compat::hf;
    const auto steps = is_hf ? published<unicode_classes>::steps_of(family) : llama_cpp<older_classes>::steps_of(family);
    split(steps, text, 0, yield);
}

template <class Classes, class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield) {
    detail::split(detail::published<Classes>::steps_of(family), text, 0, yield);
}

template <class Yield>
constexpr void pretokenize(pretokenizer_family family, std::string_view text, Yield&& yield) {
    detail::split(detail::published<detail::unicode_classes>::steps_of(family), text, 0, yield);
}

template <text_cutter Cut>
auto pretokenizer::by(const Cut& cut) noexcept -> pretokenizer {
    pretokenizer made;
    if constexpr (detail::is_stateless<Cut>) {
        made.cut_ = [](const void*, std::string_view text, piece_ends ends) { Cut{}(text, ends); };
    } else {
        made.state_ = &cut;
        made.cut_ = [](const void* state, std::string_view text, piece_ends ends) { (*static_cast<const Cut*>(state))(text, ends); };
    }
    return made;
}

template <class Yield>
auto pretokenize(const pretokenizer& how, std::string_view text, Yield&& yield) -> result<void> {
    if (!how.is_custom()) {
        pretokenize(how.family_, how.mode_, text, yield);
        return {};
    }
    std::size_t begin = 0;
    std::size_t bad_end = 0;
    bool is_broken = false;
    auto take = [&](std::size_t end) {
        if (is_broken) return;
        if (end <= begin || end > text.size()) {
            is_broken = true;
            bad_end = end;
            return;
        }
        const auto from = begin;
        begin = end;
        yield(from, end);
    };
    how.cut_(how.state_, text, piece_ends{take});
    constexpr std::string_view subject = "pretokenizer";
    if (is_broken) return error{errc::invalid_value, begin, subject}.because("ended a piece outside the rest of the text").finding(bad_end);
    if (begin != text.size()) {
        return error{errc::invalid_value, begin, subject}.because("left text without a piece").expecting(text.size(), begin);
    }
    return {};
}

}  // namespace cria::inline v0::bpe

#endif
