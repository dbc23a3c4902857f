// SPDX-License-Identifier: MIT
#include "cria/base/sort.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/random.hpp"

using cria::detail::sort;

TEST_CASE("sort puts values of any number and kind into order") {
    cria_test::random_numbers random(1);
    for (std::size_t n = 0; n < 200; ++n)
        for (const std::uint64_t kinds : {std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{1000}}) {
            std::vector<std::uint64_t> values(n);
            for (auto& value : values) value = random.below(kinds);
            auto expected = values;
            std::sort(expected.begin(), expected.end());
            sort(values.data(), values.size(), [](std::uint64_t a, std::uint64_t b) { return a < b; });
            CHECK(values == expected);
        }
}

TEST_CASE("sort asks no more than a heap does, whatever the order of its input") {
    constexpr std::size_t n = 4096;
    for (const int order : {0, 1, 2, 3}) {
        std::vector<std::uint32_t> values(n);
        for (std::uint32_t i = 0; i < n; ++i) values[i] = order == 0 ? i : order == 1 ? n - i : order == 2 ? 7 : i % 64;
        std::size_t asked = 0;
        sort(values.data(), n, [&](std::uint32_t a, std::uint32_t b) { return ++asked, a < b; });
        CHECK(std::is_sorted(values.begin(), values.end()));
        CHECK(asked < 2 * n * 12 + 3 * n);
    }
}

TEST_CASE("sort works while compiling") {
    constexpr bool sorted = [] {
        int values[] = {5, 3, 9, 1, 1};
        sort(values, 5, [](int a, int b) { return a > b; });
        return values[0] == 9 && values[1] == 5 && values[2] == 3 && values[4] == 1;
    }();
    static_assert(sorted);
    CHECK(sorted);
}
