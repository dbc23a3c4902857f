// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_REGEX_ORACLE_HPP
#define CRIA_TESTS_BPE_REGEX_ORACLE_HPP

// The oracle of the pretokenizer tests: a regular-expression matcher in the plainest way there is,
// backtracking over code points, that reads the expressions as they are published. Exponential in bad
// cases and recursive on the text, so it is given short texts only.
//
// It knows what the expressions use: alternation, (?:…), (?i:…), (?!…), [...], [^...], ranges, \p{L}, \p{M},
// \p{N}, \p{P}, \s, \S, \r, \n, literals, and the greedy quantifiers ? + * {n} {m,n}.

#include "cria/bpe/unicode_tables.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cria_test {

class regex_oracle {
public:
    explicit regex_oracle(std::string_view pattern) : pattern_{pattern} { root_ = alternatives(false); }

    /// Where a match that starts at `at` ends; npos if there is none.
    [[nodiscard]] auto match(const std::u32string& text, std::size_t at) const -> std::size_t {
        return run(root_, text, at, [](std::size_t end) { return end; });
    }

    static constexpr auto npos = static_cast<std::size_t>(-1);

private:
    using continuation = std::function<std::size_t(std::size_t)>;

    struct atom;
    struct repeated {
        std::shared_ptr<atom> what;
        std::size_t at_least = 1, at_most = 1;
    };
    using sequence = std::vector<repeated>;
    using choice = std::vector<sequence>;

    struct item {  // one member of a character class
        char32_t first = 0, last = 0;
        char property = 0;  // 's' for \s, 'S' for \S, or the letter of \p{…}
    };
    struct atom {
        bool is_group = false, is_negative_lookahead = false, is_negated = false, ignores_case = false;
        choice group;
        std::vector<item> items;
    };

    std::string_view pattern_;
    std::size_t at_ = 0;
    choice root_;

    // parsing

    [[nodiscard]] auto peek() const -> char { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }
    auto take() -> char { return pattern_[at_++]; }
    auto take_if(std::string_view expected) -> bool {
        if (pattern_.substr(at_, expected.size()) != expected) return false;
        at_ += expected.size();
        return true;
    }
    auto take_number() -> std::size_t {
        std::size_t n = 0;
        while (peek() >= '0' && peek() <= '9') n = n * 10 + static_cast<std::size_t>(take() - '0');
        return n;
    }

    auto alternatives(bool ignore_case) -> choice {
        choice out(1);
        while (at_ < pattern_.size() && peek() != ')') {
            if (take_if("|")) {
                out.emplace_back();
                continue;
            }
            repeated next{std::make_shared<atom>(one_atom(ignore_case))};
            if (take_if("?")) {
                next.at_least = 0;
            } else if (take_if("+")) {
                next.at_most = npos;
            } else if (take_if("*")) {
                next.at_least = 0;
                next.at_most = npos;
            } else if (take_if("{")) {
                next.at_least = next.at_most = take_number();
                if (take_if(",")) next.at_most = take_number();
                take_if("}");
            }
            out.back().push_back(std::move(next));
        }
        return out;
    }

    auto one_atom(bool ignore_case) -> atom {
        atom out;
        out.ignores_case = ignore_case;
        if (take_if("(?:") || take_if("(?i:") || take_if("(?!")) {
            out.is_group = true;
            out.is_negative_lookahead = pattern_[at_ - 1] == '!';
            out.group = alternatives(pattern_[at_ - 2] == 'i');
            take_if(")");
        } else if (take_if("[")) {
            out.is_negated = take_if("^");
            while (!take_if("]")) {
                auto next = one_item();
                if (next.property == 0 && take_if("-")) next.last = one_item().first;
                out.items.push_back(next);
            }
        } else {
            out.items.push_back(one_item());
        }
        return out;
    }

    auto one_item() -> item {
        const auto c = static_cast<char32_t>(static_cast<unsigned char>(take()));
        if (c != '\\') return {c, c, 0};
        const char escaped = take();
        if (escaped == 's' || escaped == 'S') return {0, 0, escaped};
        if (escaped == 'r') return {'\r', '\r', 0};
        if (escaped == 'n') return {'\n', '\n', 0};
        if (escaped == 'p') {
            take_if("{");
            const item out{0, 0, take()};
            take_if("}");
            return out;
        }
        const auto literal = static_cast<char32_t>(static_cast<unsigned char>(escaped));
        return {literal, literal, 0};
    }

    // matching

    static auto has(const atom& a, char32_t c) -> bool {
        namespace unicode = cria::bpe::unicode;
        const auto holds = [&](const item& i, char32_t x) {
            switch (i.property) {
                case 's': return unicode::is_whitespace(x);
                case 'S': return !unicode::is_whitespace(x);
                case 'L': return unicode::is_letter(x);
                case 'N': return unicode::is_number(x);
                case 'P': return unicode::is_punctuation(x);
                case 'M': return unicode::is_mark(x);
                default: return x >= i.first && x <= i.last;
            }
        };
        auto found = false;
        for (const auto& i : a.items) {
            found = found || holds(i, c);
            if (!a.ignores_case) continue;
            // Simple case folding, as far as letters of ASCII have partners.
            if (c >= 'A' && c <= 'Z') found = found || holds(i, c + 32);
            if (c == 0x17F) found = found || holds(i, U's');
            if (c == 0x212A) found = found || holds(i, U'k');
        }
        return found != a.is_negated;
    }

    static auto run(const choice& c, const std::u32string& text, std::size_t at, const continuation& next)
        -> std::size_t {
        for (const auto& s : c) {
            const auto end = run(s, 0, text, at, next);
            if (end != npos) return end;
        }
        return npos;
    }

    static auto run(const sequence& s, std::size_t index, const std::u32string& text, std::size_t at,
                    const continuation& next) -> std::size_t {
        if (index == s.size()) return next(at);
        return repeat(s[index], 0, text, at, [&](std::size_t end) { return run(s, index + 1, text, end, next); });
    }

    static auto repeat(const repeated& r, std::size_t n, const std::u32string& text, std::size_t at,
                       const continuation& next) -> std::size_t {
        if (n < r.at_most) {
            const auto end = once(*r.what, text, at, [&](std::size_t after) {
                // A repetition that takes nothing would never end.
                return after == at && n >= r.at_least ? npos : repeat(r, n + 1, text, after, next);
            });
            if (end != npos) return end;
        }
        return n >= r.at_least ? next(at) : npos;
    }

    static auto once(const atom& a, const std::u32string& text, std::size_t at, const continuation& next)
        -> std::size_t {
        if (a.is_negative_lookahead) {
            const auto inside = run(a.group, text, at, [](std::size_t end) { return end; });
            return inside == npos ? next(at) : npos;
        }
        if (a.is_group) return run(a.group, text, at, next);
        return at < text.size() && has(a, text[at]) ? next(at + 1) : npos;
    }
};

/// The pieces of `text` after an isolating split by each expression in turn.
inline auto oracle_pieces(const std::vector<regex_oracle>& steps, const std::u32string& text)
    -> std::vector<std::u32string> {
    std::vector<std::u32string> pieces;
    if (!text.empty()) pieces.push_back(text);
    for (const auto& step : steps) {
        std::vector<std::u32string> finer;
        for (const auto& piece : pieces) {
            std::size_t gap = 0;
            for (std::size_t at = 0; at < piece.size();) {
                const auto end = step.match(piece, at);
                if (end == regex_oracle::npos || end == at) {
                    ++at;
                    continue;
                }
                if (at > gap) finer.push_back(piece.substr(gap, at - gap));
                finer.push_back(piece.substr(at, end - at));
                at = gap = end;
            }
            if (gap < piece.size()) finer.push_back(piece.substr(gap));
        }
        pieces = std::move(finer);
    }
    return pieces;
}

}  // namespace cria_test

#endif
