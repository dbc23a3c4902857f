// SPDX-License-Identifier: MIT
// The digest of the engine's numbers on every tier, as a program that is compiled in several ways.
#include <cstdio>

#include "engine/digest.hpp"

auto main() -> int {
    int n_others = 0;
    for (const auto tier : {engine::tier::baseline, engine::tier::avx2, engine::tier::avx512}) {
        if (!engine::is_available(tier)) continue;
        const std::uint64_t digest = cria_test::engine_digest(tier);
        if (digest == cria_test::golden_digest) continue;
        std::printf("tier %d: 0x%016llX, and 0x%016llX is expected\n", static_cast<int>(tier), static_cast<unsigned long long>(digest),
                    static_cast<unsigned long long>(cria_test::golden_digest));
        ++n_others;
    }
    return n_others;
}
