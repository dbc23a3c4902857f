// SPDX-License-Identifier: MIT
#include "cria/base/result.hpp"

#include <array>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

using cria::errc;
using cria::error;
using cria::result;

const error some_error{errc::truncated, 7, "thing"};

/// Counts those of its kind that are alive, and remembers how it came to be.
struct counted {
    static inline int alive = 0;
    int value = 0;
    bool moved_from = false;
    explicit counted(int v) : value(v) { ++alive; }
    counted(const counted& other) : value(other.value) { ++alive; }
    counted(counted&& other) noexcept : value(other.value) {
        ++alive;
        other.moved_from = true;
    }
    auto operator=(const counted&) -> counted& = delete;  // a result never needs it
    auto operator=(counted&&) -> counted& = delete;
    ~counted() { --alive; }
};

auto make_number(int number) -> result<int> {
    if (number < 0) return error{errc::out_of_range, "number"}.finding(static_cast<std::uint64_t>(-number));
    return number;
}

auto make_pointer(int number) -> result<std::unique_ptr<int>> {
    CRIA_TRY(const int made, make_number(number));
    return std::make_unique<int>(made);
}

auto check_number(int number) -> result<void> {
    CRIA_TRY_VOID(make_number(number));
    return {};
}

}  // namespace

TEST_CASE("a result holds a value or an error", "[result]") {
    const result<int> good = 7;
    CHECK(good.has_value());
    CHECK(good);
    CHECK(*good == 7);
    CHECK(good.value() == 7);
    const result<int> bad = some_error;
    CHECK_FALSE(bad.has_value());
    CHECK_FALSE(bad);
    CHECK(bad.error().code == errc::truncated);
    CHECK(bad.error().message() == "thing: file ends at byte 7");
    static_assert(!std::is_default_constructible_v<result<int>>);
    static_assert(!std::is_convertible_v<result<int>, bool>);
    static_assert(!std::is_convertible_v<result<int>, int>);
    static_assert(std::is_same_v<result<int>::value_type, int> && std::is_same_v<result<int>::error_type, error>);
}

TEST_CASE("a result of a pointer to something is dereferenced once", "[result]") {
    struct point {
        int x = 3;
    };
    result<point> good = point{};
    CHECK(good->x == 3);
    good->x = 4;
    CHECK((*std::as_const(good)).x == 4);
    CHECK(std::as_const(good)->x == 4);
}

TEST_CASE("move-only values move in and out", "[result]") {
    auto made = make_pointer(5);
    REQUIRE(made);
    CHECK(**made == 5);
    static_assert(!std::is_copy_constructible_v<result<std::unique_ptr<int>>>);
    static_assert(!std::is_copy_assignable_v<result<std::unique_ptr<int>>>);
    static_assert(std::is_nothrow_move_constructible_v<result<std::unique_ptr<int>>>);
    result<std::unique_ptr<int>> moved = std::move(made);
    CHECK(**moved == 5);
    const std::unique_ptr<int> out = *std::move(moved);
    CHECK(*out == 5);
    CHECK(*make_pointer(6).value() == 6);
    CHECK_FALSE(make_pointer(-1));
}

TEST_CASE("assignment changes value to error and back, and destroys what was there", "[result]") {
    counted::alive = 0;
    {
        result<counted> a = counted(1);
        result<counted> b = counted(2);
        result<counted> bad = some_error;
        CHECK(counted::alive == 2);
        a = b;
        CHECK(a->value == 2);
        CHECK(counted::alive == 2);
        a = bad;
        CHECK_FALSE(a);
        CHECK(a.error().message() == some_error.message());
        CHECK(counted::alive == 1);
        a = std::move(b);
        CHECK(a->value == 2);
        CHECK(b->moved_from);
        CHECK(counted::alive == 2);
        bad = a;
        CHECK(bad->value == 2);
        CHECK(counted::alive == 3);
        a = result<counted>(some_error);
        CHECK(counted::alive == 2);
        a = error{errc::overflow, "other"};
        CHECK(a.error().code == errc::overflow);
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("assigning a result to itself changes nothing", "[result]") {
    counted::alive = 0;
    {
        result<counted> good = counted(1);
        const result<counted>& same_good = good;
        good = same_good;
        CHECK(good->value == 1);
        result<counted>& also_good = good;
        good = std::move(also_good);
        CHECK(good->value == 1);
        CHECK_FALSE(good->moved_from);
        CHECK(counted::alive == 1);
        result<counted> bad = some_error;
        const result<counted>& same_bad = bad;
        bad = same_bad;
        CHECK(bad.error().code == errc::truncated);
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("copies are as alive as the original", "[result]") {
    counted::alive = 0;
    {
        const result<counted> good = counted(3);
        const result<counted> copy = good;  // NOLINT(performance-unnecessary-copy-initialization): the copy is the point
        CHECK(copy->value == 3);
        CHECK(counted::alive == 2);
        const result<counted> bad = some_error;
        const result<counted> bad_copy = bad;  // NOLINT(performance-unnecessary-copy-initialization)
        CHECK(bad_copy.error().offset == 7);
    }
    CHECK(counted::alive == 0);
    const result<std::string> text = std::string(100, 'x');
    const auto text_copy = text;  // NOLINT(performance-unnecessary-copy-initialization)
    CHECK(*text_copy == *text);
    CHECK(text_copy->data() != text->data());
}

TEST_CASE("value_or gives the value, or the other", "[result]") {
    CHECK(make_number(3).value_or(9) == 3);
    CHECK(make_number(-3).value_or(9) == 9);
    const auto bad = make_number(-3);
    CHECK(bad.value_or(9) == 9);
    CHECK(*make_pointer(-1).value_or(std::make_unique<int>(8)) == 8);
    const result<std::string> text = std::string("text");
    CHECK(text.value_or("other") == "text");
    CHECK(*text == "text");
}

TEST_CASE("and_then goes on with the value, or stays with the error", "[result]") {
    const auto twice = [](int n) -> result<int> { return 2 * n; };
    CHECK(*make_number(3).and_then(twice) == 6);
    CHECK(make_number(-3).and_then(twice).error().found.number() == 3);
    CHECK(make_number(3).and_then([](int n) { return make_number(n - 10); }).error().found.number() == 7);
    CHECK(*make_number(3).and_then([](int n) -> result<std::string> { return std::string(static_cast<std::size_t>(n), 'x'); }) == "xxx");
    CHECK(make_number(3).and_then(check_number));
    CHECK(*make_pointer(4).and_then([](std::unique_ptr<int> p) -> result<int> { return *p; }) == 4);
    auto kept = make_number(3);
    CHECK(kept.and_then([](int& n) -> result<void> { return n = 5, result<void>(); }));
    CHECK(*kept == 5);
    const auto constant = make_number(3);
    CHECK(*constant.and_then(twice) == 6);
    CHECK(*check_number(1).and_then([] { return make_number(8); }) == 8);
    CHECK(check_number(-1).and_then([] { return make_number(8); }).error().code == errc::out_of_range);
}

TEST_CASE("transform wraps what the function gives", "[result]") {
    CHECK(*make_number(3).transform([](int n) { return n + 0.5; }) == 3.5);
    CHECK(make_number(-3).transform([](int n) { return n + 0.5; }).error().code == errc::out_of_range);
    const auto pointer = make_number(3).transform([](int n) { return std::make_unique<int>(n); });
    CHECK(**pointer == 3);
    int seen = 0;
    const result<void> nothing = make_number(3).transform([&](int n) { seen = n; });
    CHECK(nothing);
    CHECK(seen == 3);
    CHECK_FALSE(make_number(-4).transform([&](int n) { seen = n; }));
    CHECK(seen == 3);
    CHECK(*check_number(1).transform([] { return 4; }) == 4);
    CHECK_FALSE(check_number(-1).transform([] { return 4; }));
    CHECK(check_number(1).transform([&] { seen = 9; }));
    CHECK(seen == 9);
    auto kept = make_number(1);
    CHECK(*kept.transform([](int& n) { return ++n; }) == 2);
    CHECK(*kept == 2);
}

TEST_CASE("or_else is another try, or a better error", "[result]") {
    CHECK(*make_number(-3).or_else([](const error& why) { return make_number(static_cast<int>(why.found.number())); }) == 3);
    CHECK(*make_number(4).or_else([](const error&) { return make_number(0); }) == 4);
    CHECK(make_number(-3).or_else([](const error& why) -> result<int> { return why.because("no luck"); }).error().message() == "number: no luck: 3");
    CHECK(*make_pointer(4).or_else([](const error& why) -> result<std::unique_ptr<int>> { return why; }).value() == 4);
}

TEST_CASE("result<void> is success or an error", "[result]") {
    const result<void> good;
    CHECK(good);
    CHECK(good.has_value());
    const result<void> bad = some_error;
    CHECK_FALSE(bad);
    CHECK(bad.error().subject.view() == "thing");
    static_assert(std::is_trivially_destructible_v<result<void>>);
    result<> assigned;
    assigned = bad;
    CHECK_FALSE(assigned);
    assigned = good;
    CHECK(assigned);
}

TEST_CASE("CRIA_TRY binds a value or returns the error", "[result]") {
    SECTION("to a new name, to a constant, to a part of something") {
        const auto f = [](int n) -> result<int> {
            std::array<int, 2> both{};
            CRIA_TRY(auto first, make_number(n));
            CRIA_TRY(const auto second, make_number(n + 1));
            CRIA_TRY(both[0], make_number(n + 2));
            CRIA_TRY(both[1], make_number(n + 3));
            ++first;
            return first * 1000 + second * 100 + both[0] * 10 + both[1];
        };
        CHECK(*f(1) == 2234);
        CHECK(f(-1).error().found.number() == 1);
    }
    SECTION("from an expression that holds commas, for a structure to be taken apart") {
        const auto f = [](int n) -> result<int> {
            CRIA_TRY(const auto both, result<std::pair<int, int>>(std::pair<int, int>(n, 2)));
            const auto [a, b] = both;
            return a + b;
        };
        CHECK(*f(1) == 3);
    }
    SECTION("as one structured name") {
        struct point {
            int x = 0;
        };
        const auto f = [](int n) -> result<int> {
            CRIA_TRY(const auto [x], result<point>(point{n}));
            return x;
        };
        CHECK(*f(4) == 4);
    }
    SECTION("in nested scopes and loops, twice on the same names") {
        const auto f = [](int n) -> result<int> {
            int sum = 0;
            for (int i = 0; i < n; ++i) {
                CRIA_TRY(const int x, make_number(i));
                if (x > 0) {
                    CRIA_TRY(const int y, make_number(2 - x));
                    CRIA_TRY_VOID(check_number(y));
                    sum += y;
                }
                sum += x;
            }
            return sum;
        };
        CHECK(*f(3) == 4);
        CHECK(f(4).error().found.number() == 1);
    }
    SECTION("moving what can only be moved") {
        const auto f = [](int n) -> result<int> {
            CRIA_TRY(auto pointer, make_pointer(n));
            return *pointer;
        };
        CHECK(*f(3) == 3);
        CHECK_FALSE(f(-3));
    }
    SECTION("CRIA_TRY_VOID is one statement") {
        const auto f = [](int n) -> result<void> {
            if (n > 0) CRIA_TRY_VOID(make_number(-n));
            else CRIA_TRY_VOID(make_number(n));
            return {};
        };
        CHECK(f(0));
        CHECK(f(5).error().found.number() == 5);
        CHECK(f(-6).error().found.number() == 6);
    }
}

TEST_CASE("a result converts from what its value converts from", "[result]") {
    const result<std::string> text = "literal";
    CHECK(*text == "literal");
    const result<std::vector<int>> list = std::vector<int>{1, 2};
    CHECK(list->size() == 2);
    const result<bool> yes = true;
    CHECK(yes.has_value());
    CHECK(*yes);
    const result<bool> no = false;
    CHECK(no.has_value());
    CHECK_FALSE(*no);
}

TEST_CASE("the value of a temporary result outlives the statement that names it") {
    const auto made = []() -> cria::result<std::string> { return std::string(100, 'x'); };
    std::size_t length = 0;
    for (const char c : *made()) length += c == 'x' ? 1U : 0U;  // with a reference for a value, this loop would dangle
    CHECK(length == 100);
    const auto& kept = *made();
    CHECK(kept.size() == 100);
}
