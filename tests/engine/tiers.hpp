// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_ENGINE_TIERS_HPP
#define CRIA_TESTS_ENGINE_TIERS_HPP

#include <vector>

#include "engine/kernels.hpp"
#include "quant/random_blocks.hpp"  // same_value, first_difference

// What the tests of the engine's numbers share.

namespace cria_test {

/// The tiers that this processor has.
[[nodiscard]] inline auto every_engine_tier() -> std::vector<engine::tier> {
    std::vector<engine::tier> tiers;
    for (const engine::tier each : {engine::tier::baseline, engine::tier::avx2, engine::tier::avx512})
        if (engine::is_available(each)) tiers.push_back(each);
    return tiers;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_ENGINE_TIERS_HPP
