// SPDX-License-Identifier: MIT
#include "cria/base/version.hpp"

#include <type_traits>

#include "support/catch.hpp"

TEST_CASE("the version is one value, however it is asked for", "[version]") {
    static_assert(cria::version.major_number == CRIA_VERSION_MAJOR);
    static_assert(cria::version.minor_number == CRIA_VERSION_MINOR);
    static_assert(cria::version.patch_number == CRIA_VERSION_PATCH);
    CHECK(cria::version == cria::version_number{CRIA_VERSION_MAJOR, CRIA_VERSION_MINOR, CRIA_VERSION_PATCH});
    CHECK(cria::version_number{1, 2, 3} != cria::version_number{1, 2, 4});
}

TEST_CASE("public names live in the inline namespace of their series", "[version]") {
    static_assert(std::is_same_v<cria::version_number, cria::v0::version_number>);
    static_assert(CRIA_VERSION_MAJOR == 0, "v0 is the series of major version 0");
    CHECK(true);
}
