// SPDX-License-Identifier: MIT
// Arrays of arrays (gguf/value.hpp, gguf/array_walk.hpp).
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;
using cria::gguf::array;
using cria::gguf::nested_array;
using cria::gguf::parse;
using cria::gguf::policy;
using cria::gguf::string_array;
using cria::gguf::value;
using cria::gguf::value_type;
using cria_test::file_bytes;
using cria_test::gguf_builder;

/// Arrays in one another, `depth` of them, the innermost of two numbers.
auto deep(const gguf_builder& as, int depth) -> file_bytes {
    file_bytes made = as.array_bytes(std::vector<std::uint16_t>{7, 0x0102});
    for (int i = 1; i < depth; ++i) made = as.nested_bytes({made});
    return made;
}

/// The sum of all numbers in it, by recursion, and how many arrays were met.
auto sum_of(const value& of, std::size_t& n_arrays) -> std::uint64_t {
    ++n_arrays;
    std::uint64_t sum = 0;
    if (of.element_type() == value_type::array) {
        const auto inner = of.get<nested_array>().value();
        for (const value element : inner) sum += sum_of(element, n_arrays);
    } else {
        const auto numbers = of.get<array<std::uint64_t>>().value();
        for (const std::uint64_t number : numbers) sum += number;
    }
    return sum;
}

/// Every view an array gives lies in `bounds`.
void check_inside(const value& of, cria::byte_view bounds, int depth, std::size_t& budget) {
    const auto inside = [&](cria::byte_view bytes) { return bytes.data() >= bounds.data() && bytes.data() + bytes.size() <= bounds.data() + bounds.size(); };
    REQUIRE(inside(of.bytes()));
    if (depth == 0 || budget == 0) return;
    if (const auto inner = of.get<nested_array>()) {
        for (const value element : *inner) {
            if (budget == 0 || --budget == 0) return;
            check_inside(element, of.bytes(), depth - 1, budget);
        }
    } else if (const auto strings = of.get<string_array>()) {
        for (const std::string_view text : *strings) {
            if (budget == 0 || --budget == 0) return;
            REQUIRE(inside(cria::detail::as_bytes(text)));
        }
    } else if (const auto numbers = of.get<array<std::uint64_t>>()) {
        std::uint64_t sum = 0;
        for (const std::uint64_t number : *numbers) sum += number;
        CHECK(numbers->size() <= of.bytes().size());
        static_cast<void>(sum);
    }
}

}  // namespace

TEST_CASE("arrays nest 8 deep and no deeper", "[nested]") {
    for (const auto& as : {gguf_builder(), gguf_builder(3, std::endian::big), gguf_builder(1)})
        for (int depth = 1; depth <= 10; ++depth) {
            CAPTURE(depth);
            const auto file = gguf_builder(as).raw_key("a", 9, deep(as, depth)).lay_out();
            const auto parsed = parse(file.bytes);
            if (depth <= 8) {
                REQUIRE(parsed);
                std::size_t n_arrays = 0;
                CHECK(sum_of(*parsed->metadata().find("a"), n_arrays) == 7 + 0x0102);
                CHECK(n_arrays == static_cast<std::size_t>(depth));
                continue;
            }
            REQUIRE_FALSE(parsed);
            CHECK(parsed.error().code == errc::limit_exceeded);
            CHECK(parsed.error().offset == file.keys.at("a").value + 8 * (4 + (as.encoding().version == 1 ? 4U : 8U)));
            CHECK(parsed.error().expected.number() == 8);
            CHECK(parsed.error().found.number() == 9);
        }
}

TEST_CASE("a policy sets the depth, up to 16", "[nested]") {
    const gguf_builder as;
    const auto opens = [&](int depth, std::uint32_t most) {
        policy rules;
        rules.max_array_depth = most;
        return parse(gguf_builder().raw_key("a", 9, deep(as, depth)).build(), rules).has_value();
    };
    CHECK(opens(1, 1));
    CHECK_FALSE(opens(2, 1));
    CHECK(opens(2, 2));
    CHECK(opens(16, 16));
    CHECK_FALSE(opens(17, 17));
    CHECK_FALSE(opens(17, 0xFFFFFFFF));
    CHECK(opens(1, 0));  // an array of numbers is no nesting
}

TEST_CASE("arrays 100000 deep are refused as soon as they are too deep", "[nested]") {
    const gguf_builder as;
    file_bytes heads;
    for (int i = 0; i < 100000; ++i) {
        as.encoding().number(heads, std::uint32_t{9});
        as.encoding().length(heads, 1);
    }
    const auto bytes = gguf_builder().raw_key("a", 9, heads).build();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) REQUIRE(parse(bytes).error().code == errc::limit_exceeded);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));  // a thousand walks to the end would take longer
}

TEST_CASE("iteration gives each element with its type, count and place", "[nested]") {
    for (const auto order : {std::endian::little, std::endian::big}) {
        const gguf_builder as(3, order);
        const auto numbers = as.array_bytes(std::vector<std::int32_t>{-1, 2});
        const auto texts = as.array_bytes(std::vector<std::string>{"a", "", "bc"});
        const auto none = as.array_bytes(std::vector<double>{});
        const auto inner = as.nested_bytes({numbers, none});
        const auto file = gguf_builder(3, order).key("before", "x").nested("a", {numbers, texts, none, inner, numbers}).key("after", "y").lay_out();
        const auto parsed = parse(file.bytes);
        REQUIRE(parsed);
        const auto whole = parsed->metadata().find("a");
        REQUIRE(whole);
        CHECK(whole->type() == value_type::array);
        CHECK(whole->element_type() == value_type::array);
        CHECK(whole->count() == 5);
        CHECK(whole->offset_bytes() == file.keys.at("a").value + 12);
        CHECK(whole->bytes().size() == 2 * numbers.size() + texts.size() + none.size() + inner.size());
        CHECK(parsed->metadata().get<std::string_view>("after").value() == "y");

        const auto rows = parsed->metadata().get<nested_array>("a").value();
        CHECK(rows.size() == 5);
        CHECK_FALSE(rows.empty());
        std::vector<value> elements;
        for (const value row : rows) elements.push_back(row);
        REQUIRE(elements.size() == 5);
        std::uint64_t at = whole->offset_bytes();
        for (std::size_t i = 0; i < 5; ++i) {
            const auto& stored = i == 0 || i == 4 ? numbers : i == 1 ? texts : i == 2 ? none : inner;
            CHECK(elements[i].type() == value_type::array);
            CHECK(elements[i].offset_bytes() == at + 12);
            CHECK(elements[i].bytes().data() == file.bytes.data() + at + 12);
            CHECK(elements[i].bytes().size() == stored.size() - 12);
            at += stored.size();
        }
        CHECK((*elements[4].get<array<std::int32_t>>())[0] == -1);
        CHECK(elements[1].get<string_array>()->size() == 3);
        CHECK(elements[1].element_type() == value_type::string);
        CHECK(elements[2].get<array<double>>()->empty());
        CHECK(elements[3].count() == 2);
        // An element says what it is when asked for something else.
        const auto wrong = elements[1].get<array<std::int32_t>>("a[1]");
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().code == errc::wrong_type);
        CHECK(wrong.error().offset == elements[1].offset_bytes());
        CHECK(elements[3].get<string_array>().error().found.text() == "array of array");
        CHECK(cria_test::walk(*parsed).contradictions == 0);
    }
}

TEST_CASE("an array of no arrays is empty, and so are arrays of empty arrays", "[nested]") {
    const gguf_builder as;
    const auto none = as.nested_bytes({});
    const auto bytes = gguf_builder().raw_key("none", 9, none).nested("of_none", {none, none, none}).build();
    const auto parsed = parse(bytes);
    REQUIRE(parsed);
    const auto empty = parsed->metadata().get<nested_array>("none").value();
    CHECK(empty.empty());
    CHECK(empty.begin() == empty.end());
    std::size_t n = 0;
    for (const value inner : parsed->metadata().get<nested_array>("of_none").value()) {
        CHECK(inner.count() == 0);
        CHECK(inner.element_type() == value_type::array);
        ++n;
    }
    CHECK(n == 3);
}

TEST_CASE("inner counts that the file cannot pay for are refused where they stand", "[nested]") {
    const gguf_builder as;
    const auto head = [&](std::uint32_t type, std::uint64_t count) {
        file_bytes out;
        as.encoding().number(out, type);
        as.encoding().length(out, count);
        return out;
    };
    const auto refusal = [&](std::vector<file_bytes> parts) {
        file_bytes all;
        for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
        const auto file = gguf_builder().raw_key("a", 9, all).lay_out();
        const auto parsed = parse(file.bytes);
        return parsed ? std::string("opened") : std::string(cria::name_of(parsed.error().code)) + " " + std::to_string(parsed.error().offset - file.keys.at("a").value);
    };
    CHECK(refusal({head(9, 1), head(0, 4), file_bytes(4)}) == "opened");
    CHECK(refusal({head(9, 1), head(0, 5), file_bytes(4)}) == "truncated 16");
    CHECK(refusal({head(9, 1), head(12, std::uint64_t{1} << 61U), file_bytes(64)}) == "truncated 16");
    CHECK(refusal({head(9, 1), head(9, ~std::uint64_t{0}), file_bytes(64)}) == "truncated 16");
    CHECK(refusal({head(9, 2), head(9, 1), head(8, 2), file_bytes(8 + 8 - 1)}) == "truncated 28");
    CHECK(refusal({head(9, 2), head(9, 1), head(8, 2), file_bytes(8 + 8)}) == "truncated 52");  // nothing left for the second
    CHECK(refusal({head(9, std::uint64_t{1} << 60U), head(0, 0)}) == "truncated 4");
    CHECK(refusal({head(9, 1), head(13, 0)}) == "invalid_value 12");
}

TEST_CASE("nested arrays whose bytes change while they are read are read inside their array", "[nested]") {
    const gguf_builder as;
    const auto numbers = as.array_bytes(std::vector<std::uint32_t>{1, 2, 3});
    const auto texts = as.array_bytes(std::vector<std::string>{"one", "two", ""});
    const auto original = gguf_builder().nested("a", {numbers, as.nested_bytes({texts, numbers, as.nested_bytes({texts})}), texts}).key("behind", std::string(64, 'x')).build();
    // A copy of its own size, so that the sanitizers see a read past its end.
    const std::unique_ptr<std::byte[]> bytes(new std::byte[original.size()]);
    const cria::byte_view whole(bytes.get(), original.size());
    std::memcpy(bytes.get(), original.data(), original.size());
    const auto parsed = parse(whole);
    REQUIRE(parsed);
    const auto of = parsed->metadata().find("a");
    REQUIRE(of);
    const std::uint64_t begin = of->offset_bytes();
    const std::size_t size = of->bytes().size();
    for (std::size_t at = 0; at < size; ++at)
        for (const int stored : {0x00, 0x01, 0x08, 0x09, 0x7F, 0xFF}) {
            std::memcpy(bytes.get(), original.data(), original.size());
            bytes[begin + at] = static_cast<std::byte>(stored);
            std::size_t budget = 10000;
            check_inside(*of, whole, 20, budget);
        }
    cria_test::random_numbers random(5);
    for (int round = 0; round < 500; ++round) {
        std::memcpy(bytes.get(), original.data(), original.size());
        std::size_t budget = 10000;
        // Changed before, and again between the steps.
        for (int i = 0; i < 4; ++i) bytes[begin + random.below(size)] = static_cast<std::byte>(random.next());
        for (const value element : of->get<nested_array>().value()) {
            bytes[begin + random.below(size)] = static_cast<std::byte>(random.below(2) == 0 ? 9 : random.next());
            check_inside(element, of->bytes(), 20, budget);
        }
    }
}

TEST_CASE("wide nests are walked in time linear in their bytes", "[nested]") {
    const gguf_builder as;
    const auto empty = as.array_bytes(std::vector<std::uint8_t>{});
    const auto parsing = [&](std::size_t n) {
        const auto bytes = gguf_builder().nested("a", std::vector<file_bytes>(n, empty)).build();
        const auto start = std::chrono::steady_clock::now();
        const auto parsed = parse(bytes);
        const auto taken = std::chrono::steady_clock::now() - start;
        REQUIRE(parsed);
        std::size_t seen = 0;
        for (const value element : parsed->metadata().get<nested_array>("a").value()) seen += element.count() == 0 ? 1U : 0U;
        CHECK(seen == n);
        return std::chrono::duration<double>(taken).count();
    };
    const double few = parsing(20000);
    const double many = parsing(200000);
    INFO(few << " s for 20000, " << many << " s for 200000");
    CHECK(many < 100 * few + 1);
}
