// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_FAMILY_HPP
#define CRIA_LLAMA_FAMILY_HPP

#include <array>
#include <cstdint>
#include <string_view>

// What sets one architecture of the Llama kind apart from the next, as a table: reading hyper-parameters and
// binding weights ask a row, and never compare names. A new family is a new row, and a column where it does
// something no family did before.

namespace cria::inline v0::llama {

/// Which two numbers of a head a rotation turns.
enum class rope_pairs : std::uint8_t {
    adjacent,  ///< 2j and 2j + 1: how Llama's attention rows are stored in GGUF
    halves,    ///< j and j + dimension_count / 2
};

/// One architecture.
struct family {
    std::string_view architecture;                ///< general.architecture, and the first part of its keys
    rope_pairs pairs = rope_pairs::adjacent;
    bool rotates_part_of_head = false;            ///< rope.dimension_count may be below the head size
};

/// The architectures this version knows, one a row.
inline constexpr std::array<family, 1> families = {{
    {.architecture = "llama"},
}};

/// The family called `architecture`, or nullptr.
[[nodiscard]] constexpr auto find_family(std::string_view architecture) noexcept -> const family* {
    for (const family& known : families)
        if (known.architecture == architecture) return &known;
    return nullptr;
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_FAMILY_HPP
