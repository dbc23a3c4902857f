// SPDX-License-Identifier: MIT
#include "cria/gguf/array.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::errc;
using cria::gguf::array;
using cria::gguf::string_array;
using cria_test::gguf_builder;

template <class T>
auto all_of(const array<T>& view) -> std::vector<T> {
    std::vector<T> elements;
    for (const T element : view) elements.push_back(element);
    return elements;
}

/// Writes an array of `Stored` and reads it as `Read` behind keys of every length, so at every alignment.
template <class Stored, class Read>
void check_widens(const std::vector<Stored>& elements) {
    for (std::size_t shift = 1; shift <= 8; ++shift) {
        const auto bytes = gguf_builder().array(std::string(shift, 'k'), elements).build();
        const auto parsed = cria::gguf::parse(bytes);
        REQUIRE(parsed);
        const auto view = parsed->metadata().template get<array<Read>>(std::string(shift, 'k'));
        REQUIRE(view);
        REQUIRE(view->size() == elements.size());
        CHECK_FALSE(view->empty());
        for (std::size_t i = 0; i < elements.size(); ++i) CHECK((*view)[i] == static_cast<Read>(elements[i]));
        CHECK(all_of(*view) == std::vector<Read>(elements.begin(), elements.end()));
    }
}

template <class Stored, class Read>
auto refuses() -> bool {
    const auto bytes = gguf_builder().array("a", std::vector<Stored>{Stored{1}}).build();
    const auto parsed = cria::gguf::parse(bytes);
    const auto view = parsed->metadata().template get<array<Read>>("a");
    return !view && view.error().code == errc::wrong_type && view.error().offset == parsed->metadata().find("a")->offset_bytes();
}

}  // namespace

TEST_CASE("an array of numbers reads as any type that holds every element type's value", "[array]") {
    check_widens<std::uint8_t, std::uint8_t>({0, 1, 255});
    check_widens<std::uint8_t, std::int16_t>({0, 1, 255});
    check_widens<std::int8_t, std::int64_t>({-128, -1, 127});
    check_widens<std::int16_t, std::int32_t>({-32768, 32767});
    check_widens<std::uint16_t, std::uint64_t>({0, 65535});
    check_widens<std::uint32_t, std::int64_t>({0, 4294967295});
    check_widens<std::int32_t, std::int32_t>({(std::numeric_limits<std::int32_t>::min)(), -1, 0, (std::numeric_limits<std::int32_t>::max)()});
    check_widens<std::uint64_t, std::uint64_t>({0, (std::numeric_limits<std::uint64_t>::max)()});
    check_widens<std::int64_t, std::int64_t>({(std::numeric_limits<std::int64_t>::min)(), -1});
    check_widens<float, float>({0.5F, -1e38F});
    check_widens<float, double>({0.5F, -1e38F});
    check_widens<double, double>({0.1, 1e300});
    check_widens<bool, bool>({true, false, true});
}

TEST_CASE("an array of numbers reads as nothing else", "[array]") {
    CHECK(refuses<std::uint32_t, std::int32_t>());
    CHECK(refuses<std::uint32_t, std::uint16_t>());
    CHECK(refuses<std::int8_t, std::uint64_t>());
    CHECK(refuses<std::uint64_t, std::int64_t>());
    CHECK(refuses<double, float>());
    CHECK(refuses<std::int32_t, float>());
    CHECK(refuses<float, std::int32_t>());
    CHECK(refuses<bool, std::uint8_t>());
    CHECK(refuses<std::uint8_t, bool>());
    const auto bytes = gguf_builder().array("a", std::vector<std::uint32_t>{1}).key("n", std::uint32_t{1}).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto& metadata = parsed->metadata();
    CHECK(metadata.get<string_array>("a").error().message() == "a: has another type, expected array of string, found array of u32 at byte 49");
    CHECK(metadata.get<std::uint32_t>("a").error().message() == "a: has another type, expected u32, found array of u32 at byte 49");
    CHECK(metadata.as<std::uint32_t>("a").error().code == errc::wrong_type);
    CHECK(metadata.get<std::string_view>("a").error().code == errc::wrong_type);
    CHECK(metadata.get<array<std::uint32_t>>("n").error().code == errc::wrong_type);
    CHECK(metadata.as<array<std::uint32_t>>("a").has_value());
}

TEST_CASE("an array of strings is walked in the file's order, again and again", "[array]") {
    const std::vector<std::string> texts = {"", "a", std::string(300, 'b'), std::string("\0\xFF", 2), ""};
    const auto bytes = gguf_builder().array("t", texts).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto view = parsed->metadata().get<string_array>("t");
    REQUIRE(view);
    CHECK(view->size() == texts.size());
    CHECK(view->size_bytes() == 5 * 8 + 0 + 1 + 300 + 2 + 0);
    for (int round = 0; round < 2; ++round) {
        std::vector<std::string> read;
        for (const std::string_view text : *view) {
            read.emplace_back(text);
            // Each is a view into the file.
            if (!text.empty()) CHECK((reinterpret_cast<const std::byte*>(text.data()) >= bytes.data() && reinterpret_cast<const std::byte*>(text.data()) < bytes.data() + bytes.size()));
        }
        CHECK(read == texts);
    }
    auto it = view->begin();
    const auto first = it++;
    CHECK(*first == "");
    CHECK(*it == "a");
    CHECK(first != it);
    CHECK(first == view->begin());
}

TEST_CASE("an array view outlives the contents it came from, not the bytes", "[array]") {
    const auto bytes = gguf_builder().array("a", std::vector<std::uint16_t>{1, 2}).array("t", std::vector<std::string>{"x", "y"}).build();
    array<std::uint16_t> numbers;
    string_array texts;
    CHECK(numbers.empty());
    CHECK(numbers.begin() == numbers.end());
    CHECK(texts.empty());
    CHECK(texts.begin() == texts.end());
    {
        const auto parsed = cria::gguf::parse(bytes);
        REQUIRE(parsed);
        numbers = parsed->metadata().get<array<std::uint16_t>>("a").value();
        texts = parsed->metadata().get<string_array>("t").value();
    }
    CHECK(all_of(numbers) == std::vector<std::uint16_t>{1, 2});
    CHECK(*++texts.begin() == "y");
}

TEST_CASE("an iterator of numbers can be stepped and compared", "[array]") {
    const auto bytes = gguf_builder().array("a", std::vector<std::int8_t>{-1, 5}).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto view = parsed->metadata().get<array<std::int32_t>>("a");
    REQUIRE(view);
    auto it = view->begin();
    CHECK(*it++ == -1);
    CHECK(*it == 5);
    CHECK(++it == view->end());
}

TEST_CASE("iterators outlive the view they came from", "[array]") {
    const auto bytes = gguf_builder().array("n", std::vector<std::uint32_t>{7, 8}).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto first = [&] { return parsed->metadata().get<array<std::uint64_t>>("n")->begin(); }();
    CHECK(*first == 7);
}

TEST_CASE("strings whose lengths are overwritten after parsing are read inside their array", "[array]") {
    auto bytes = gguf_builder().array("s", std::vector<std::string>{"one", "two", "three"}).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto strings = *parsed->metadata().get<string_array>("s");
    const auto* const begin = bytes.data() + parsed->metadata().find("s")->offset_bytes();
    const auto* const end = begin + strings.size_bytes();
    auto* const length = bytes.data() + (begin - bytes.data());
    for (int i = 0; i < 8; ++i) length[i] = std::byte{0xFF};
    std::size_t n = 0;
    for (const std::string_view text : strings) {
        CHECK(reinterpret_cast<const std::byte*>(text.data()) >= begin);
        CHECK(reinterpret_cast<const std::byte*>(text.data()) + text.size() <= end);
        ++n;
    }
    CHECK(n == 1);
}
