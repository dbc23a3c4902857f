// SPDX-License-Identifier: MIT
#include "engine/digest.hpp"

#include "engine/tiers.hpp"
#include "support/catch.hpp"

TEST_CASE("the engine's numbers are what they always were, on every tier") {
    for (const auto tier : cria_test::every_engine_tier()) {
        INFO(static_cast<int>(tier) << " gives " << std::hex << cria_test::engine_digest(tier));
        CHECK(cria_test::engine_digest(tier) == cria_test::golden_digest);
    }
}
