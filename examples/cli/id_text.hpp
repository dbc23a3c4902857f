// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_ID_TEXT_HPP
#define CRIA_CLI_ID_TEXT_HPP

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <string_view>

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/vocabulary.hpp"

// Ids as decimal numbers, at a rate of which a tokenizer is not ashamed: what an id looks like is written once, and copied from then on, eight bytes at
// a time. (The 24 million ids of 100 MB of English take as long as a tenth of encoding them.)

namespace cli {

class id_text {
public:
    /// Writes `before` in front of each id. Ids below `n_known`, or a million, are fast.
    /// Fails: errc::out_of_memory.
    [[nodiscard]] static auto make(std::size_t n_known, char before) -> cria::result<id_text> {
        id_text made;
        made.before_ = before;
        CRIA_TRY_VOID(made.known_.resize(n_known < most_known ? n_known : most_known, "token ids"));
        for (std::size_t id = 0; id < made.known_.size(); ++id) {
            const fmt::format_int digits(id);
            looks& of = made.known_[id];
            of.text[0] = before;
            std::memcpy(of.text + 1, digits.data(), digits.size());
            of.size = static_cast<std::uint8_t>(1 + digits.size());
        }
        return made;
    }

    /// Puts the ids behind what is in `out`. Fails: errc::out_of_memory.
    [[nodiscard]] auto append(std::span<const cria::bpe::token_id> ids, cria::buffer<char>& out) const -> cria::result<void> {
        const std::size_t begin = out.size();
        CRIA_TRY(char* at, out.extend(std::uint64_t{ids.size()} * most_bytes, "token ids"));
        const char* const first = at;
        for (const cria::bpe::token_id id : ids) {
            const auto number = static_cast<std::uint32_t>(id);
            if (number < known_.size()) {
                const looks& of = known_[number];
                std::memcpy(at, &of, sizeof of);  // more than it has: the next one goes over that
                at += of.size;
            } else {
                const fmt::format_int digits(number);
                *at = before_;
                std::memcpy(at + 1, digits.data(), digits.size());
                at += 1 + digits.size();
            }
        }
        out.truncate(begin + static_cast<std::size_t>(at - first));
        return {};
    }

private:
    struct looks {
        char text[7];
        std::uint8_t size;
    };
    static_assert(sizeof(looks) == 8);
    static constexpr std::size_t most_known = 1'000'000;  // six digits, and what is before them
    static constexpr std::size_t most_bytes = 11;         // of any id, and of what is before it

    cria::buffer<looks> known_;
    char before_ = ' ';
};

}  // namespace cli

#endif  // CRIA_CLI_ID_TEXT_HPP
