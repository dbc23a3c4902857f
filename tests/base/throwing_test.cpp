// SPDX-License-Identifier: MIT
#include "cria/base/throwing.hpp"

#include <exception>
#include <memory>
#include <string>
#include <type_traits>

#include "support/catch.hpp"

namespace {

auto find_key(bool there) -> cria::result<int> {
    if (!there) return cria::error{cria::errc::missing_key, "llama.block_count"};
    return 2;
}

}  // namespace

TEST_CASE("must gives the value, or throws the error with its message", "[throwing]") {
    CHECK(cria::must(find_key(true)) == 2);
    CHECK_THROWS_AS(cria::must(find_key(false)), cria::failure);
    try {
        static_cast<void>(cria::must(find_key(false)));
        FAIL("did not throw");
    } catch (const std::exception& caught) {
        CHECK(std::string(caught.what()) == "llama.block_count: no such key");
        const auto* const failure = dynamic_cast<const cria::failure*>(&caught);
        REQUIRE(failure != nullptr);
        CHECK(failure->error().code == cria::errc::missing_key);
    }
}

TEST_CASE("must moves values that can only be moved, and returns nothing for nothing", "[throwing]") {
    CHECK(*cria::must(cria::result<std::unique_ptr<int>>(std::make_unique<int>(7))) == 7);
    static_assert(std::is_void_v<decltype(cria::must(cria::result<void>()))>);
    CHECK_NOTHROW(cria::must(cria::result<void>()));
    CHECK_THROWS_AS(cria::must(cria::result<void>(cria::error{cria::errc::io_error, "x"})), cria::failure);
}
