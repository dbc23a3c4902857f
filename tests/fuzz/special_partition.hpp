// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_SPECIAL_PARTITION_HPP
#define CRIA_TESTS_FUZZ_SPECIAL_PARTITION_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/bpe/special_tokens.hpp"

// What has to hold for the search for special tokens whatever the vocabulary and the text: it finds what the plain
// twins below find, which do what the definitions say, token by token and place by place. One body for libFuzzer and
// for the test that replays inputs.

namespace cria_test {

struct special_spec {
    std::string text;
    cria::bpe::token_type type;
};

/// Where a special token was found, and which; ids count in the list of specs.
using found_specials = std::vector<std::pair<std::size_t, cria::bpe::token_id>>;

/// The ids that may be found: of wanted types, with a text, which is UTF-8; of several with one text the last.
[[nodiscard]] inline auto candidates(const std::vector<special_spec>& tokens, cria::bpe::parse_special wanted) -> std::vector<std::size_t> {
    using cria::bpe::parse_special;
    using cria::bpe::token_type;
    std::vector<std::size_t> ids;
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        const token_type type = tokens[id].type;
        const bool is_steering = type == token_type::control || type == token_type::unknown;
        if (wanted == parse_special::none || (!is_steering && type != token_type::user_defined)) continue;
        if (wanted == parse_special::user_defined && is_steering) continue;
        if (tokens[id].text.empty() || !cria::utf8::is_valid(tokens[id].text)) continue;
        std::erase_if(ids, [&](std::size_t earlier) { return tokens[earlier].text == tokens[id].text; });
        ids.push_back(id);
    }
    return ids;
}

/// leftmost_longest by its definition: at each place from the left the longest token that starts there.
[[nodiscard]] inline auto find_leftmost_plainly(const std::vector<special_spec>& tokens, std::string_view text, cria::bpe::parse_special wanted)
    -> found_specials {
    const auto ids = candidates(tokens, wanted);
    found_specials found;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t longest = 0, best = 0;
        for (const std::size_t id : ids) {
            const std::string& candidate = tokens[id].text;
            if (candidate.size() <= longest || text.substr(at, candidate.size()) != candidate) continue;
            longest = candidate.size();
            best = id;
        }
        if (longest != 0) found.emplace_back(at, static_cast<cria::bpe::token_id>(best));
        at += longest != 0 ? longest : 1;
    }
    return found;
}

/// longest_first by its definition: one token after the other cuts up the fragments that are still text.
[[nodiscard]] inline auto find_longest_first_plainly(const std::vector<special_spec>& tokens, std::string_view text, cria::bpe::parse_special wanted)
    -> found_specials {
    auto ids = candidates(tokens, wanted);
    const auto goes_first = [&](std::size_t a, std::size_t b) {
        const std::size_t size_a = tokens[a].text.size(), size_b = tokens[b].text.size();
        return size_a != size_b ? size_a > size_b : a < b;
    };
    std::sort(ids.begin(), ids.end(), goes_first);
    struct fragment {
        std::size_t begin, end;
    };
    std::vector<fragment> fragments{{0, text.size()}};
    found_specials found;
    for (const std::size_t id : ids) {
        const std::string& token = tokens[id].text;
        std::vector<fragment> left_over;
        for (fragment rest : fragments) {
            for (;;) {
                const std::size_t at = text.substr(0, rest.end).find(token, rest.begin);
                if (at == std::string_view::npos) break;
                found.emplace_back(at, static_cast<cria::bpe::token_id>(id));
                if (at != rest.begin) left_over.push_back({rest.begin, at});
                rest.begin = at + token.size();
            }
            if (rest.begin != rest.end) left_over.push_back(rest);
        }
        fragments = std::move(left_over);
    }
    std::sort(found.begin(), found.end());
    return found;
}

[[nodiscard]] inline auto find_plainly(const std::vector<special_spec>& tokens, std::string_view text, cria::bpe::parse_special wanted,
                                       cria::bpe::special_order order) -> found_specials {
    return order == cria::bpe::special_order::longest_first ? find_longest_first_plainly(tokens, text, wanted)
                                                            : find_leftmost_plainly(tokens, text, wanted);
}

[[nodiscard]] inline auto matcher_of(const std::vector<special_spec>& tokens) -> cria::result<cria::bpe::detail::special_matcher> {
    cria::bpe::vocabulary made(cria::bpe::algorithm::byte_level);
    for (const special_spec& token : tokens) CRIA_TRY_VOID(made.add(token.text, token.type, 0));
    return cria::bpe::detail::special_matcher::make(made);
}

/// A sentence about the first promise that `matcher`, made of `tokens`, breaks with `text`; or nullptr.
[[nodiscard]] inline auto broken_by_specials(const std::vector<special_spec>& tokens, const cria::bpe::detail::special_matcher& matcher,
                                             std::string_view text) -> const char* {
    using cria::bpe::parse_special;
    using cria::bpe::special_order;
    cria::buffer<cria::bpe::detail::special_match> matches;
    for (const auto order : {special_order::leftmost_longest, special_order::longest_first}) {
        for (const auto wanted : {parse_special::none, parse_special::user_defined, parse_special::all}) {
            if (!matcher.find_all(text, wanted, order, matches)) return "a search fails";
            found_specials found;
            for (const auto& match : matches) {
                found.emplace_back(match.begin, match.id);
                if (match.size != tokens[static_cast<std::size_t>(match.id)].text.size()) return "a match has the size of another token";
            }
            if (found == find_plainly(tokens, text, wanted, order)) continue;
            return order == special_order::longest_first ? "longest_first is not the plain twin" : "leftmost_longest is not the plain twin";
        }
    }
    return nullptr;
}

/// A sentence about the first promise that an input breaks, or nullptr. Inputs are parts with a zero byte between:
/// special tokens, each with a byte for its type in front, and the text.
[[nodiscard]] inline auto fuzz_special_partition(std::string_view input) -> const char* {
    using cria::bpe::token_type;
    constexpr token_type types[] = {token_type::control, token_type::user_defined, token_type::unknown, token_type::normal};
    constexpr std::size_t most_text = 4096;  // the twins are quadratic
    if (input.size() > most_text) return nullptr;
    std::vector<special_spec> tokens;
    for (std::size_t end = input.find('\0'); end != std::string_view::npos; end = input.find('\0')) {
        if (end != 0) tokens.push_back({std::string(input.substr(1, end - 1)), types[static_cast<unsigned char>(input[0]) % 4]});
        input.remove_prefix(end + 1);
    }
    const auto matcher = matcher_of(tokens);
    if (!matcher) return "no matcher is made";
    return broken_by_specials(tokens, *matcher, input);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_SPECIAL_PARTITION_HPP
