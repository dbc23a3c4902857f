// SPDX-License-Identifier: MIT
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/gguf/compare.hpp"
#include "cria/gguf/encoded_value.hpp"
#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace gguf = cria::gguf;
using cria::errc;
using gguf::encoded_value;
using gguf::value_type;

namespace {

template <class T>
void number_keeps_its_type_and_value(T number, value_type type) {
    const auto made = encoded_value::of(number);
    REQUIRE(made);
    CHECK(made->view().type() == type);
    CHECK(made->view().element_type() == type);
    CHECK(made->view().count() == 1);
    CHECK(made->view().bytes().size() == gguf::size_bytes_of(type));
    const auto read = made->view().template get<T>();
    REQUIRE(read);
    CHECK(*read == number);

    const std::vector<T> three{number, T{}, number};
    const auto array = encoded_value::array_of(three);
    REQUIRE(array);
    CHECK(array->type() == value_type::array);
    CHECK(array->view().element_type() == type);
    const auto elements = array->view().template get<gguf::array<T>>();
    REQUIRE(elements);
    REQUIRE(elements->size() == 3);
    CHECK((*elements)[0] == number);
    CHECK((*elements)[1] == T{});
    CHECK((*elements)[2] == number);
}

/// An array around `inner`, which is taken.
auto wrapped(encoded_value&& inner) -> cria::result<encoded_value> {
    std::vector<encoded_value> one;
    one.push_back(std::move(inner));
    return encoded_value::array_of(one);
}

}  // namespace

TEST_CASE("a number is stored as what its C++ type is in the file, alone and in arrays") {
    number_keeps_its_type_and_value(std::uint8_t{200}, value_type::u8);
    number_keeps_its_type_and_value(std::int8_t{-100}, value_type::i8);
    number_keeps_its_type_and_value(std::uint16_t{60000}, value_type::u16);
    number_keeps_its_type_and_value(std::int16_t{-30000}, value_type::i16);
    number_keeps_its_type_and_value(std::uint32_t{4000000000U}, value_type::u32);
    number_keeps_its_type_and_value(std::int32_t{-2000000000}, value_type::i32);
    number_keeps_its_type_and_value(~std::uint64_t{0}, value_type::u64);
    number_keeps_its_type_and_value((std::numeric_limits<std::int64_t>::min)(), value_type::i64);
    number_keeps_its_type_and_value(0.1F, value_type::f32);
    number_keeps_its_type_and_value(0.1, value_type::f64);
    CHECK(gguf::value_type_of<long long>() == value_type::i64);
}

TEST_CASE("numbers are stored little-endian") {
    const auto made = encoded_value::of(std::uint32_t{0x01020304});
    REQUIRE(made);
    const auto bytes = made->view().bytes();
    CHECK(bytes[0] == std::byte{4});
    CHECK(bytes[3] == std::byte{1});
}

TEST_CASE("bools are stored as 0 and 1") {
    const std::array<bool, 3> bools{true, false, true};
    const auto one = encoded_value::of(true);
    const auto array = encoded_value::array_of(bools);
    REQUIRE(one);
    REQUIRE(array);
    CHECK(one->view().type() == value_type::boolean);
    CHECK(one->view().get<bool>().value_or(false));
    CHECK(array->view().element_type() == value_type::boolean);
    REQUIRE(array->view().bytes().size() == 3);
    CHECK(array->view().bytes()[0] == std::byte{1});
    CHECK(array->view().bytes()[1] == std::byte{0});
}

TEST_CASE("texts keep every byte, whatever they are handed in as") {
    const std::string odd("a\0\xFF", 3);
    for (const auto& made : {encoded_value::of(odd), encoded_value::of(std::string_view(odd))}) {
        REQUIRE(made);
        CHECK(made->view().type() == value_type::string);
        CHECK(made->view().get<std::string_view>().value_or("") == odd);
    }
    const auto literal = encoded_value::of("text");
    REQUIRE(literal);
    CHECK(literal->view().get<std::string_view>().value_or("") == "text");
    const auto none = encoded_value::of("");
    REQUIRE(none);
    CHECK(none->view().get<std::string_view>().value_or("x").empty());

    const std::vector<std::string> owned{"a", "", odd};
    const std::array<std::string_view, 3> views{"a", "", odd};
    const auto from_owned = encoded_value::array_of(owned);
    const auto from_views = encoded_value::array_of(views);
    REQUIRE(from_owned);
    REQUIRE(from_views);
    CHECK(gguf::same_value(from_owned->view(), from_views->view()));
    std::size_t i = 0;
    for (const std::string_view text : *from_owned->view().get<gguf::string_array>()) CHECK(text == owned[i++]);
    CHECK(i == 3);
}

TEST_CASE("an array without elements has a type all the same") {
    for (std::uint32_t type = 0; type < gguf::value_type_count; ++type) {
        const auto made = encoded_value::empty_array(static_cast<value_type>(type));
        REQUIRE(made);
        CHECK(made->view().type() == value_type::array);
        CHECK(made->view().element_type() == static_cast<value_type>(type));
        CHECK(made->view().count() == 0);
    }
    CHECK(encoded_value::empty_array(static_cast<value_type>(13)).error().code == errc::invalid_argument);
}

TEST_CASE("arrays of arrays read back, each with a type and length of its own") {
    std::vector<encoded_value> rows;
    rows.push_back(*encoded_value::array_of(std::array<std::int32_t, 3>{1, -2, 3}));
    rows.push_back(*encoded_value::array_of(std::array<std::string_view, 2>{"x", "yy"}));
    rows.push_back(*encoded_value::empty_array(value_type::f64));
    const auto table = encoded_value::array_of(rows);
    REQUIRE(table);
    const auto nested = table->view().get<gguf::nested_array>();
    REQUIRE(nested);
    REQUIRE(nested->size() == 3);
    std::size_t i = 0;
    for (const gguf::value row : *nested) CHECK(gguf::same_value(row, rows[i++].view()));
    CHECK(i == 3);
}

TEST_CASE("an array of arrays takes nothing but arrays") {
    std::vector<encoded_value> rows;
    rows.push_back(*encoded_value::of(1));
    const auto table = encoded_value::array_of(rows);
    REQUIRE_FALSE(table);
    CHECK(table.error().code == errc::invalid_argument);
}

TEST_CASE("arrays nest as deep as readers look, and no deeper") {
    auto deep = encoded_value::array_of(std::array{1, 2});
    for (std::uint32_t depth = 1; depth < encoded_value::max_depth; ++depth) {
        REQUIRE(deep);
        deep = wrapped(*std::move(deep));
    }
    REQUIRE(deep);
    CHECK(encoded_value::copy_of(deep->view()).has_value());
    const auto deeper = wrapped(*std::move(deep));
    REQUIRE_FALSE(deeper);
    CHECK(deeper.error().code == errc::limit_exceeded);
}

TEST_CASE("a copy of a value says the same, whatever file it comes from") {
    for (const std::endian order : {std::endian::little, std::endian::big})
        for (const std::uint32_t version : {1U, 2U, 3U}) {
            if (version == 1 && order == std::endian::big) continue;
            CAPTURE(version, order == std::endian::big);
            cria_test::gguf_builder builder(version, order);
            builder.key("a.number", std::uint32_t{0x01020304}).key("a.text", "text").key("a.float", 0.5F).key("a.bool", true);
            builder.array("an.array", std::vector<std::int16_t>{1, -2, 300}).array("some.texts", std::vector<std::string>{"a", "", "ccc"});
            const auto bytes = builder.build();
            const auto parsed = gguf::parse(bytes);
            REQUIRE(parsed);
            for (const auto& entry : parsed->metadata()) {
                CAPTURE(std::string(entry.key));
                const auto copied = encoded_value::copy_of(entry.value);
                REQUIRE(copied);
                CHECK(gguf::same_value(copied->view(), entry.value));
                CHECK(copied->view().encoding() == gguf::encoding{});
            }
        }
}

TEST_CASE("a view survives the move of what it looks into") {
    auto made = encoded_value::of("a text that is long enough to be anywhere");
    REQUIRE(made);
    const gguf::value view = made->view();
    const encoded_value moved = *std::move(made);
    CHECK(view.get<std::string_view>().value_or("") == "a text that is long enough to be anywhere");
    CHECK(moved.view().bytes().data() == view.bytes().data());
}

TEST_CASE("a value that was moved from is an array without elements") {
    const auto check_empty = [](const gguf::encoded_value& moved) {
        CHECK(moved.type() == gguf::value_type::array);
        CHECK(moved.view().count() == 0);
        CHECK(moved.view().bytes().empty());
        const auto copy = gguf::encoded_value::copy_of(moved.view());
        REQUIRE(copy);
        CHECK(copy->view().count() == 0);
    };
    auto number = gguf::encoded_value::of(std::uint64_t{7});
    REQUIRE(number);
    gguf::encoded_value taken = *std::move(number);
    CHECK(*taken.view().get<std::uint64_t>() == 7);
    check_empty(*number);  // NOLINT(bugprone-use-after-move): that is the promise
    auto text = gguf::encoded_value::of("text");
    REQUIRE(text);
    taken = *std::move(text);
    CHECK(*taken.view().get<std::string_view>() == "text");
    check_empty(*text);  // NOLINT(bugprone-use-after-move)
}
