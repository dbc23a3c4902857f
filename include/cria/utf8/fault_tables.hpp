// SPDX-License-Identifier: MIT
#ifndef CRIA_UTF8_FAULT_TABLES_HPP
#define CRIA_UTF8_FAULT_TABLES_HPP

#include <cstddef>
#include <cstdint>

// What can be wrong with two neighbouring bytes, as three tables of sixteen: by the first byte's high half, by
// its low half, by the second byte's high half. A pair has a fault if the three entries share a bit. The method
// is that of Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte", Software: Practice
// and Experience 51 (2021); a vector instruction looks up all bytes of a register at once.
//
// All that pairs cannot say is whether a *third* or *fourth* byte is missing, or one too many. So two
// continuation bytes in a row count as a fault here (`extended`), which the kernels take back exactly where a lead two or
// three bytes before asked for them.
//
// The tables are computed from table 3-7 of the Unicode Standard by asking a question for each entry, so there
// is no number in here that has to be believed.

namespace cria::inline v0::utf8::detail {

/// The faults of a pair, a bit each. Several may share a bit where no pair of table entries can mix them up.
namespace fault {
inline constexpr std::uint8_t cut_short = 0x01;        // a lead, then no continuation
inline constexpr std::uint8_t unasked = 0x02;          // ASCII, then a continuation
inline constexpr std::uint8_t overlong_2 = 0x04;       // C0 or C1, then a continuation
inline constexpr std::uint8_t overlong_3 = 0x08;       // E0, then less than A0
inline constexpr std::uint8_t surrogate = 0x10;        // ED, then more than 9F
inline constexpr std::uint8_t too_large = 0x20;        // F4 or more, then more than 8F
inline constexpr std::uint8_t overlong_4 = 0x40;       // F0, then less than 90
inline constexpr std::uint8_t too_large_at_80 = 0x40;  // F5 or more, then less than 90
inline constexpr std::uint8_t extended = 0x80;         // two continuations: the kernels know whether they were asked for
}  // namespace fault

/// The three tables, each of them twice in a row: vectors of 32 bytes look up each half in its own sixteen.
struct fault_tables {
    alignas(32) std::uint8_t by_first_high[32];
    alignas(32) std::uint8_t by_first_low[32];
    alignas(32) std::uint8_t by_second_high[32];
};

// implementation ------------------------------------------------------------------------------------

[[nodiscard]] constexpr auto make_fault_tables() noexcept -> fault_tables {
    fault_tables tables{};
    const auto add = [](std::uint8_t& entry, bool applies, std::uint8_t bits) {
        if (applies) entry = static_cast<std::uint8_t>(entry | bits);
    };
    for (unsigned i = 0; i < 32; ++i) {
        const auto half = i % 16;
        auto& high = tables.by_first_high[i];
        add(high, half < 0x8, fault::unasked);
        add(high, half >= 0x8 && half < 0xC, fault::extended);
        add(high, half >= 0xC, fault::cut_short);
        add(high, half == 0xC, fault::overlong_2);
        add(high, half == 0xE, fault::overlong_3 | fault::surrogate);
        add(high, half == 0xF, fault::too_large | fault::too_large_at_80 | fault::overlong_4);

        auto& low = tables.by_first_low[i];
        add(low, true, fault::cut_short | fault::unasked | fault::extended);  // the high half has said it all
        add(low, half <= 0x1, fault::overlong_2);
        add(low, half == 0x0, fault::overlong_3 | fault::overlong_4);
        add(low, half == 0xD, fault::surrogate);
        add(low, half >= 0x4, fault::too_large);
        add(low, half >= 0x5, fault::too_large_at_80);

        auto& second = tables.by_second_high[i];
        const auto is_continuation = half >= 0x8 && half < 0xC;
        add(second, !is_continuation, fault::cut_short);
        add(second, is_continuation, fault::unasked | fault::extended | fault::overlong_2);
        add(second, half == 0x8, fault::overlong_4 | fault::too_large_at_80);
        add(second, half == 0x8 || half == 0x9, fault::overlong_3);
        add(second, half == 0xA || half == 0xB, fault::surrogate);
        add(second, half >= 0x9 && half < 0xC, fault::too_large);
    }
    return tables;
}

inline constexpr fault_tables pair_faults = make_fault_tables();

/// Where the character starts that byte `at` is in, or `at` itself where the one before is complete. All before
/// `at` is well-formed, but for a character that may have only begun.
[[nodiscard]] constexpr auto start_before(const unsigned char* text, std::size_t at) noexcept -> std::size_t {
    if (at >= 1 && text[at - 1] >= 0xC0) return at - 1;
    if (at >= 2 && text[at - 2] >= 0xE0) return at - 2;
    if (at >= 3 && text[at - 3] >= 0xF0) return at - 3;
    return at;
}

}  // namespace cria::inline v0::utf8::detail

#endif
