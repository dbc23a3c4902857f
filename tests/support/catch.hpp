// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_CATCH_HPP
#define CRIA_TESTS_SUPPORT_CATCH_HPP

// Catch2 as the tests use it: TEST_CASE, SECTION, CHECK, REQUIRE, INFO, CAPTURE, from 2.13 or 3.x.
//
// Tags that mean something to the build (cmake/discover_tests.cmake makes them CTest labels):
//   [slow]         left out by scripts/test
//   [conformance]  reads CRIA_SHARED_DIR, and skips where that is absent

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <cstdio>
#include <string_view>

namespace cria_test {

/// Reports the running test case to CTest as skipped; the test then returns.
///
///     if (!exists(path)) return cria_test::skip("no vocab data under CRIA_SHARED_DIR");
///
/// Catch2 2.x has no SKIP, so it is this line on standard output that CTest looks for
/// (SKIP_REGULAR_EXPRESSION).
inline void skip(std::string_view why) {
    std::printf("SKIPPED: %.*s\n", static_cast<int>(why.size()), why.data());
    std::fflush(stdout);
    SUCCEED();
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_CATCH_HPP
