// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_REGEX_ORACLE_HPP
#define CRIA_TESTS_BPE_REGEX_ORACLE_HPP

// The oracle of the pretokenizer tests: a regular-expression matcher in the plainest way there is,
// backtracking over code points, that reads the expressions as they are published. Exponential in bad
// cases and recursive on the text, so it is given short texts only.
//
// It knows what the expressions use: alternation, (…), (?:…), (?i:…), (?=…), (?!…), [...], [^...], [...&&[^\p{…}]],
// ranges, \p{…}, \s, \S, \d, \b, \r, \n, \x{…}, $ at the end, literals, and the quantifiers ? + * {n} {m,n}, greedy,
// or possessive where that is the same (?+ ++).

#include "cria/bpe/unicode_tables.hpp"
#include "cria/utf8/code_point.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cria_test {

/// Whose idea of characters an expression is matched with.
struct regex_reading {
    using class_function = auto (*)(char32_t) -> cria::bpe::unicode::char_class;
    class_function class_of = [](char32_t c) { return cria::bpe::unicode::class_of(c); };
    bool is_llama_cpp = false;  // \d is ASCII, white space outside ASCII is U+000B, Han is some blocks
};

class regex_oracle {
public:
    explicit regex_oracle(std::string_view pattern, regex_reading reading = {}) : reading_{reading} {
        for (std::size_t at = 0; at < pattern.size();) {
            const auto here = cria::utf8::decode(pattern, at);
            pattern_ += here.code_point;
            at += here.length;
        }
        root_ = alternatives(false);
    }

    /// The first and the last of the ranges of code points that the expression names, and their neighbours.
    [[nodiscard]] auto edges() const -> const std::u32string& { return edges_; }

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
        std::string property = {};  // "s" for \s, "S" for \S, "d" for \d, or the name in \p{…}
    };
    struct atom {
        bool is_group = false, is_lookahead = false, is_negative_lookahead = false, is_boundary = false, is_end = false;
        bool is_negated = false, ignores_case = false;
        choice group;
        std::vector<item> items;
        std::string without = {};  // the property in &&[^\p{…}]
    };

    regex_reading reading_;
    std::u32string pattern_;
    std::u32string edges_;
    std::size_t at_ = 0;
    choice root_;

    // parsing

    [[nodiscard]] auto peek() const -> char32_t { return at_ < pattern_.size() ? pattern_[at_] : U'\0'; }
    auto take() -> char32_t { return pattern_[at_++]; }
    auto take_if(std::string_view expected) -> bool {
        if (pattern_.compare(at_, expected.size(), std::u32string(expected.begin(), expected.end())) != 0) return false;
        at_ += expected.size();
        return true;
    }
    auto take_name() -> std::string {  // of {…}
        std::string name;
        take_if("{");
        while (peek() != '}') name += static_cast<char>(take());
        take_if("}");
        return name;
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
            take_if("+");
            out.back().push_back(std::move(next));
        }
        return out;
    }

    auto one_atom(bool ignore_case) -> atom {
        atom out;
        out.ignores_case = ignore_case;
        if (take_if("(")) {
            out.is_group = true;
            out.is_lookahead = take_if("?=");
            out.is_negative_lookahead = take_if("?!");
            const auto ignores = take_if("?i:");
            take_if("?:");
            out.group = alternatives(ignore_case || ignores);
            take_if(")");
        } else if (take_if("[")) {
            out.is_negated = take_if("^");
            while (!take_if("]")) {
                if (take_if("&&[^\\p")) {
                    out.without = take_name();
                    take_if("]");
                    continue;
                }
                auto next = one_item();
                if (next.property.empty() && take_if("-")) next.last = one_item().first;
                if (next.last >= 0x80) edges_ += {next.first, next.last, next.first - 1, next.last + 1};
                out.items.push_back(std::move(next));
            }
        } else if (take_if("\\b")) {
            out.is_boundary = true;
        } else if (take_if("$")) {
            out.is_end = true;
        } else {
            out.items.push_back(one_item());
        }
        return out;
    }

    auto one_item() -> item {
        const auto c = take();
        if (c != '\\') return {c, c};
        const auto escaped = take();
        if (escaped == 's' || escaped == 'S' || escaped == 'd') return {0, 0, std::string(1, static_cast<char>(escaped))};
        if (escaped == 'r') return {'\r', '\r'};
        if (escaped == 'n') return {'\n', '\n'};
        if (escaped == 'p') {
            const auto name = take_name();
            return {0, 0, name == "S" ? "S_" : name};  // \S is another one
        }
        if (escaped == 'x') {
            const auto number = static_cast<char32_t>(std::stoul(take_name(), nullptr, 16));
            return {number, number};
        }
        return {escaped, escaped};
    }

    // matching

    [[nodiscard]] auto has_property(const std::string& name, char32_t c) const -> bool {
        namespace unicode = cria::bpe::unicode;
        using unicode::char_class;
        const auto known = reading_.class_of(c);
        const auto is_in = [&](unicode::class_set set) { return set.contains(known); };
        if (name == "s") return is_in(unicode::whitespace);
        if (name == "S") return !is_in(unicode::whitespace);
        if (name == "d") return reading_.is_llama_cpp ? c >= '0' && c <= '9' : is_in(unicode::decimal_digits);
        if (name == "L") return is_in(unicode::letters);
        if (name == "N") return is_in(unicode::numbers);
        if (name == "P") return is_in(unicode::punctuation);
        if (name == "S_") return is_in(unicode::symbols);
        if (name == "M") return is_in(unicode::marks);
        if (name == "Lu") return is_in(char_class::uppercase);
        if (name == "Ll") return is_in(char_class::lowercase);
        if (name == "Lt") return is_in(char_class::titlecase);
        if (name == "Lm") return is_in(char_class::modifier | char_class::han_modifier);
        if (name == "Lo") return is_in(char_class::other_letter | char_class::han_letter);
        if (name == "Han" && !reading_.is_llama_cpp) return is_in(unicode::han);
        if (name == "Han") {
            return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
                   (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2EBEF) || (c >= 0x2F800 && c <= 0x2FA1F);
        }
        return false;
    }

    /// \w of Oniguruma.
    [[nodiscard]] auto is_word(char32_t c) const -> bool {
        using cria::bpe::unicode::char_class;
        const auto known = reading_.class_of(c);
        const auto is_number = known == char_class::decimal_digit || known == char_class::letter_number || known == char_class::han_number;
        const auto is_latin_number = known == char_class::other_number && c < 0x100;
        return has_property("L", c) || has_property("M", c) || is_number || is_latin_number || known == char_class::connector ||
               known == char_class::letter_symbol;
    }

    [[nodiscard]] auto has(const atom& a, char32_t c) const -> bool {
        if (reading_.is_llama_cpp && c >= 0x80 && has_property("s", c)) c = 0x0B;
        const auto holds = [&](const item& i, char32_t x) {
            return i.property.empty() ? x >= i.first && x <= i.last : has_property(i.property, x);
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
        if (!a.without.empty() && has_property(a.without, c)) return false;
        return found != a.is_negated;
    }

    auto run(const choice& c, const std::u32string& text, std::size_t at, const continuation& next) const -> std::size_t {
        for (const auto& s : c) {
            const auto end = run(s, 0, text, at, next);
            if (end != npos) return end;
        }
        return npos;
    }

    auto run(const sequence& s, std::size_t index, const std::u32string& text, std::size_t at, const continuation& next) const
        -> std::size_t {
        if (index == s.size()) return next(at);
        return repeat(s[index], 0, text, at, [&](std::size_t end) { return run(s, index + 1, text, end, next); });
    }

    auto repeat(const repeated& r, std::size_t n, const std::u32string& text, std::size_t at, const continuation& next) const
        -> std::size_t {
        if (n < r.at_most) {
            const auto end = once(*r.what, text, at, [&](std::size_t after) {
                // A repetition that takes nothing would never end.
                return after == at && n >= r.at_least ? npos : repeat(r, n + 1, text, after, next);
            });
            if (end != npos) return end;
        }
        return n >= r.at_least ? next(at) : npos;
    }

    auto once(const atom& a, const std::u32string& text, std::size_t at, const continuation& next) const -> std::size_t {
        if (a.is_lookahead || a.is_negative_lookahead) {
            const auto inside = run(a.group, text, at, [](std::size_t end) { return end; });
            return (inside == npos) == a.is_negative_lookahead ? next(at) : npos;
        }
        if (a.is_boundary) {
            const auto before = at > 0 && is_word(text[at - 1]);
            const auto after = at < text.size() && is_word(text[at]);
            return before != after ? next(at) : npos;
        }
        if (a.is_end) return at == text.size() ? next(at) : npos;
        if (a.is_group) return run(a.group, text, at, next);
        return at < text.size() && has(a, text[at]) ? next(at + 1) : npos;
    }
};

/// The pieces of `text` after an isolating split by each expression in turn. An empty match cuts where it is.
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
                if (end == regex_oracle::npos) {
                    ++at;
                    continue;
                }
                if (at > gap) finer.push_back(piece.substr(gap, at - gap));
                if (end > at) finer.push_back(piece.substr(at, end - at));
                gap = end;
                at = end > at ? end : at + 1;
            }
            if (gap < piece.size()) finer.push_back(piece.substr(gap));
        }
        pieces = std::move(finer);
    }
    return pieces;
}

}  // namespace cria_test

#endif
