// SPDX-License-Identifier: MIT
#include "glob.hpp"

#include <cstddef>

namespace cli {
namespace {

/// One element of a pattern, and whether it takes a byte.
struct element {
    std::size_t length;  // bytes of the pattern
    bool matches;
};

auto match_set(std::string_view pattern, char byte) -> element {
    std::size_t at = 1;
    const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
    if (negated) ++at;
    const std::size_t first = at;
    bool found = false;
    for (; at < pattern.size() && (pattern[at] != ']' || at == first); ++at) {  // a ] that comes first is a member
        const auto low = static_cast<unsigned char>(pattern[at]);
        auto high = low;
        if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
            high = static_cast<unsigned char>(pattern[at + 2]);
            at += 2;
        }
        const auto value = static_cast<unsigned char>(byte);
        found = found || (low <= value && value <= high);
    }
    if (at == pattern.size()) return {1, byte == '['};
    return {at + 1, found != negated};
}

auto match_element(std::string_view pattern, char byte) -> element {
    if (pattern[0] == '?') return {1, true};
    if (pattern[0] == '[') return match_set(pattern, byte);
    return {1, pattern[0] == byte};
}

}  // namespace

auto glob_matches(std::string_view pattern, std::string_view text) -> bool {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t after_star = std::string_view::npos;  // where to go on in the pattern…
    std::size_t star_ends = 0;                        // …after the star has taken one byte more than up to here
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            after_star = ++p;
            star_ends = t;
            continue;
        }
        if (p < pattern.size()) {
            const element here = match_element(pattern.substr(p), text[t]);
            if (here.matches) {
                p += here.length;
                ++t;
                continue;
            }
        }
        if (after_star == std::string_view::npos) return false;
        p = after_star;
        t = ++star_ends;
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace cli
