// SPDX-License-Identifier: MIT
#include "cria/base/buffer.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.hpp"

namespace {

using cria::buffer;
using cria::errc;

constexpr std::uint64_t largest = (std::numeric_limits<std::uint64_t>::max)();
constexpr auto most_bytes = static_cast<std::uint64_t>((std::numeric_limits<std::ptrdiff_t>::max)());

auto filled(std::initializer_list<int> numbers) -> buffer<int> {
    buffer<int> made;
    REQUIRE(made.append({numbers.begin(), numbers.size()}, "numbers"));
    return made;
}

}  // namespace

TEST_CASE("a buffer grows by one element at a time and keeps what it has", "[buffer]") {
    buffer<std::uint64_t> numbers;
    CHECK(numbers.empty());
    CHECK(numbers.begin() == numbers.end());
    std::size_t n_growths = 0;
    for (std::uint64_t i = 0; i < 100000; ++i) {
        const auto before = numbers.capacity();
        REQUIRE(numbers.push_back(i * i, "numbers"));
        n_growths += numbers.capacity() != before ? 1U : 0U;
    }
    CHECK(numbers.size() == 100000);
    CHECK(n_growths < 40);  // geometric: otherwise a hundred thousand
    bool same = true;
    for (std::uint64_t i = 0; i < 100000; ++i) same = same && numbers[i] == i * i;
    CHECK(same);
}

TEST_CASE("a buffer of any count or a refusal, never an exception or a wrapped size", "[buffer]") {
    for (const std::uint64_t count : {largest, largest / 2, largest / 8 + 2, most_bytes / 8 + 1, most_bytes / 8}) {
        CAPTURE(count);
        const auto made = buffer<std::uint64_t>::make(count, "table");
        REQUIRE_FALSE(made);
        CHECK(made.error().code == errc::out_of_memory);
        CHECK(made.error().subject.view() == "table");
        CHECK(made.error().found.number() == count);
        CHECK(made.error().message() == "table: out of memory for this many elements: " + std::to_string(count));
    }
    const auto none = buffer<int>::make(0, "nothing");
    REQUIRE(none);
    CHECK(none->empty());
}

TEST_CASE("a refused growth leaves the contents as they were", "[buffer]") {
    auto numbers = filled({1, 2, 3});
    const int* const before = numbers.data();
    CHECK(numbers.reserve(largest, "n").error().code == errc::out_of_memory);
    CHECK(numbers.resize(largest, "n").error().code == errc::out_of_memory);
    CHECK(numbers.grow(largest, "n").error().code == errc::out_of_memory);
    CHECK(numbers.grow(largest - 2, "n").error().code == errc::out_of_memory);
    CHECK(numbers.extend(largest / 4, "n").error().code == errc::out_of_memory);
    CHECK(numbers.size() == 3);
    CHECK(numbers.data() == before);
    CHECK(numbers[2] == 3);
    REQUIRE(numbers.push_back(4, "n"));
    CHECK(numbers.back() == 4);
}

TEST_CASE("make and resize give zeros, reserve gives room only", "[buffer]") {
    auto made = buffer<int>::make(1000, "numbers");
    REQUIRE(made);
    CHECK(made->size() == 1000);
    bool zeros = true;
    for (const int n : *made) zeros = zeros && n == 0;
    CHECK(zeros);
    buffer<int> numbers;
    REQUIRE(numbers.reserve(10, "numbers"));
    CHECK(numbers.empty());
    CHECK(numbers.capacity() == 10);
    const int* const at = numbers.data();
    REQUIRE(numbers.resize(10, "numbers"));
    CHECK(numbers.data() == at);
    numbers[9] = 5;
    REQUIRE(numbers.resize(3, "numbers"));
    REQUIRE(numbers.resize(10, "numbers"));
    CHECK(numbers[9] == 0);
    CHECK(numbers.data() == at);
}

TEST_CASE("appending an element of the buffer itself is fine while it grows", "[buffer]") {
    auto numbers = filled({42});
    for (int i = 0; i < 1000; ++i) REQUIRE(numbers.push_back(numbers[0], "numbers"));
    bool same = true;
    for (const int n : numbers) same = same && n == 42;
    CHECK(same);
}

TEST_CASE("append and extend put elements behind the others", "[buffer]") {
    auto numbers = filled({1, 2});
    REQUIRE(numbers.append({}, "numbers"));
    const int more[] = {3, 4, 5};
    REQUIRE(numbers.append(more, "numbers"));
    const auto first = numbers.extend(2, "numbers");
    REQUIRE(first);
    (*first)[0] = 6;
    (*first)[1] = 7;
    CHECK(numbers.size() == 7);
    for (std::size_t i = 0; i < 7; ++i) CHECK(numbers[i] == static_cast<int>(i) + 1);
    CHECK(numbers.span().size() == 7);
    CHECK(numbers.end() - numbers.begin() == 7);
    numbers.pop_back();
    CHECK(numbers.back() == 6);
    numbers.truncate(2);
    CHECK(numbers.size() == 2);
    numbers.truncate(2);
    numbers.clear();
    CHECK(numbers.empty());
    CHECK(numbers.capacity() >= 7);
    REQUIRE(buffer<int>().append({}, "nothing"));
}

TEST_CASE("moving a buffer moves its storage", "[buffer]") {
    auto numbers = filled({1, 2, 3});
    const int* const at = numbers.data();
    buffer<int> moved = std::move(numbers);
    CHECK(moved.data() == at);
    CHECK(numbers.empty());           // NOLINT(bugprone-use-after-move): that is what is promised
    CHECK(numbers.capacity() == 0);
    CHECK(numbers.data() == nullptr);
    REQUIRE(numbers.push_back(9, "n"));
    moved = std::move(numbers);
    CHECK(moved.size() == 1);
    CHECK(moved[0] == 9);
    auto& self = moved;
    moved = std::move(self);
    CHECK(moved.size() == 1);
    CHECK(moved[0] == 9);
    static_assert(!std::is_copy_constructible_v<buffer<int>> && !std::is_copy_assignable_v<buffer<int>>);
    static_assert(std::is_nothrow_move_constructible_v<buffer<int>> && std::is_nothrow_move_assignable_v<buffer<int>>);
}

TEST_CASE("a buffer of characters is text", "[buffer]") {
    buffer<char> text;
    CHECK(text.view().empty());
    REQUIRE(text.append({"hello", 5}, "text"));
    REQUIRE(text.push_back('!', "text"));
    CHECK(text.view() == "hello!");
    const std::string_view converted = text;
    CHECK(converted == "hello!");
}
