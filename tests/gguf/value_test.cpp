// SPDX-License-Identifier: MIT
#include "cria/gguf/value.hpp"

#include <cmath>
#include <concepts>  // same_as
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::errc;
using cria::gguf::array;
using cria::gguf::string_array;
using cria::gguf::value_type;
using cria_test::gguf_builder;

// Which stored types a C++ type may be had from without a look at the value. One row a C++ type, in the order
// of `stored_names`; written out by hand, so that it is not the library's own rule again.
constexpr std::string_view stored_names[] = {"u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "u64", "i64", "f64"};
template <class T>
constexpr std::string_view allowed = {};
//                                                           u8 i8 u16 i16 u32 i32 f32 bool u64 i64 f64
template <> constexpr std::string_view allowed<bool> =          "0 0 0 0 0 0 0 1 0 0 0";
template <> constexpr std::string_view allowed<std::uint8_t> =  "1 0 0 0 0 0 0 0 0 0 0";
template <> constexpr std::string_view allowed<std::int8_t> =   "0 1 0 0 0 0 0 0 0 0 0";
template <> constexpr std::string_view allowed<std::uint16_t> = "1 0 1 0 0 0 0 0 0 0 0";
template <> constexpr std::string_view allowed<std::int16_t> =  "1 1 0 1 0 0 0 0 0 0 0";
template <> constexpr std::string_view allowed<std::uint32_t> = "1 0 1 0 1 0 0 0 0 0 0";
template <> constexpr std::string_view allowed<std::int32_t> =  "1 1 1 1 0 1 0 0 0 0 0";
template <> constexpr std::string_view allowed<std::uint64_t> = "1 0 1 0 1 0 0 0 1 0 0";
template <> constexpr std::string_view allowed<std::int64_t> =  "1 1 1 1 1 1 0 0 0 1 0";
template <std::same_as<long long> T> constexpr std::string_view allowed<T> = "1 1 1 1 1 1 0 0 0 1 0";  // on some systems std::int64_t itself
template <> constexpr std::string_view allowed<float> =         "0 0 0 0 0 0 1 0 0 0 0";
template <> constexpr std::string_view allowed<double> =        "0 0 0 0 0 0 1 0 0 0 1";

/// A stored number as sign and magnitude, or as a double: what the oracle reasons with.
struct stored_number {
    std::string type;
    bool negative = false;
    std::uint64_t magnitude = 0;
    double real = 0;
    [[nodiscard]] auto is_real() const -> bool { return type[0] == 'f'; }
    [[nodiscard]] auto is_bool() const -> bool { return type == "bool"; }
};

/// A file with every stored type at its corners, and what was stored under each key.
struct every_number {
    std::vector<std::byte> bytes;
    std::vector<stored_number> stored;  // under the keys "0", "1", …
};

auto write_every_number() -> every_number {
    every_number out;
    gguf_builder builder;
    const auto add_integer = [&](auto value, std::string_view type) {
        builder.key(std::to_string(out.stored.size()), value);
        const bool negative = value < 0;
        const auto bits = static_cast<std::uint64_t>(value);
        out.stored.push_back({std::string(type), negative, negative ? 0 - bits : bits, 0});
    };
    const auto add_type = [&]<class T>(T, std::string_view type) {
        for (const std::int64_t wanted : {-2147483649LL, -2147483648LL, -65536LL, -32769LL, -32768LL, -129LL, -128LL, -1LL, 0LL, 1LL, 127LL, 128LL, 255LL, 256LL, 32767LL,
                                          32768LL, 65535LL, 65536LL, 2147483647LL, 2147483648LL, 4294967295LL, 4294967296LL})
            if (static_cast<std::int64_t>(static_cast<T>(wanted)) == wanted && (std::is_signed_v<T> || wanted >= 0)) add_integer(static_cast<T>(wanted), type);
        add_integer((std::numeric_limits<T>::min)(), type);
        add_integer((std::numeric_limits<T>::max)(), type);
    };
    add_type(std::uint8_t{}, "u8");
    add_type(std::int8_t{}, "i8");
    add_type(std::uint16_t{}, "u16");
    add_type(std::int16_t{}, "i16");
    add_type(std::uint32_t{}, "u32");
    add_type(std::int32_t{}, "i32");
    add_type(std::uint64_t{}, "u64");
    add_type(std::int64_t{}, "i64");
    for (const float value : {0.0F, -1.5F, 3.4028234e38F, 1e-45F, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        builder.key(std::to_string(out.stored.size()), value);
        out.stored.push_back({"f32", false, 0, static_cast<double>(value)});
    }
    for (const double value : {0.0, 0.1, -1e300, 3.4028234663852886e38, 3.4028235e38, 1e-300, -std::numeric_limits<double>::infinity()}) {
        builder.key(std::to_string(out.stored.size()), value);
        out.stored.push_back({"f64", false, 0, value});
    }
    for (const bool value : {false, true}) {
        builder.key(std::to_string(out.stored.size()), value);
        out.stored.push_back({"bool", false, value ? 1U : 0U, 0});
    }
    out.bytes = builder.build();
    return out;
}

template <class T>
auto is_allowed(std::string_view stored) -> bool {
    for (std::size_t i = 0; i < std::size(stored_names); ++i)
        if (stored_names[i] == stored) return allowed<T>[2 * i] == '1';
    return false;
}

template <class T>
auto kind_of_type() -> int {
    return std::is_same_v<T, bool> ? 0 : std::is_floating_point_v<T> ? 1 : 2;
}
auto kind_of(const stored_number& stored) -> int { return stored.is_bool() ? 0 : stored.is_real() ? 1 : 2; }

/// Whether the very value fits a T of its kind.
template <class T>
auto fits(const stored_number& stored) -> bool {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double>) return true;
    else if constexpr (std::is_same_v<T, float>) return !std::isfinite(stored.real) || std::fabs(stored.real) <= 3.4028234663852886e38;
    else {
        const auto largest = static_cast<std::uint64_t>((std::numeric_limits<T>::max)());
        if (stored.negative) return std::is_signed_v<T> && stored.magnitude <= largest + 1;
        return stored.magnitude <= largest;
    }
}

template <class T>
auto equals(T read, const stored_number& stored) -> bool {
    if constexpr (std::is_floating_point_v<T>) {
        const auto wanted = static_cast<T>(stored.real);
        return read == wanted || (read != read && wanted != wanted);
    } else if constexpr (std::is_same_v<T, bool>) {
        return read == (stored.magnitude != 0);
    } else {
        const bool negative = read < 0;
        const auto bits = static_cast<std::uint64_t>(read);
        return negative == stored.negative && (negative ? 0 - bits : bits) == stored.magnitude;
    }
}

template <class T>
void check_type(const every_number& file, const cria::gguf::metadata& metadata) {
    for (std::size_t i = 0; i < file.stored.size(); ++i) {
        const stored_number& stored = file.stored[i];
        const std::string key = std::to_string(i);
        CAPTURE(stored.type, stored.negative, stored.magnitude, stored.real, sizeof(T));
        const auto value = metadata.find(key);
        REQUIRE(value);

        const auto got = metadata.get<T>(key);
        CHECK(got.has_value() == is_allowed<T>(stored.type));
        if (got) CHECK(equals(*got, stored));
        else {
            CHECK(got.error().code == errc::wrong_type);
            CHECK(got.error().offset == value->offset_bytes());
            CHECK(got.error().subject.view() == key);
            CHECK(got.error().found.text() == stored.type);
        }
        const auto with_fallback = metadata.get_or<T>(key, T{1});
        CHECK(with_fallback.has_value() == got.has_value());
        if (with_fallback) CHECK(equals(*with_fallback, stored));

        const auto converted = metadata.as<T>(key);
        const bool same_kind = kind_of_type<T>() == kind_of(stored);
        CHECK(converted.has_value() == (same_kind && fits<T>(stored)));
        if (converted) CHECK(equals(*converted, stored));
        else {
            CHECK(converted.error().code == (same_kind ? errc::out_of_range : errc::wrong_type));
            CHECK(converted.error().offset == value->offset_bytes());
            CHECK(converted.error().subject.view() == key);
        }
        CHECK(metadata.as_or<T>(key, T{1}).has_value() == converted.has_value());
        CHECK_FALSE(metadata.get<std::string_view>(key).has_value());
        CHECK_FALSE(metadata.as<array<T>>(key).has_value());
    }
}

}  // namespace

TEST_CASE("get converts by type and as by value, for every stored type and every C++ type", "[value]") {
    const every_number file = write_every_number();
    const auto parsed = cria::gguf::parse(file.bytes);
    REQUIRE(parsed);
    check_type<bool>(file, parsed->metadata());
    check_type<std::uint8_t>(file, parsed->metadata());
    check_type<std::int8_t>(file, parsed->metadata());
    check_type<std::uint16_t>(file, parsed->metadata());
    check_type<std::int16_t>(file, parsed->metadata());
    check_type<std::uint32_t>(file, parsed->metadata());
    check_type<std::int32_t>(file, parsed->metadata());
    check_type<std::uint64_t>(file, parsed->metadata());
    check_type<std::int64_t>(file, parsed->metadata());
    check_type<long long>(file, parsed->metadata());
    check_type<float>(file, parsed->metadata());
    check_type<double>(file, parsed->metadata());
}

TEST_CASE("get refuses to narrow u64 to u32, even where the number is small", "[value]") {
    const auto bytes = gguf_builder().key("n", std::uint64_t{7}).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto got = parsed->metadata().get<std::uint32_t>("n");
    REQUIRE_FALSE(got);
    CHECK(got.error().message() == "n: has another type, expected u32, found u64 at byte 37");
    CHECK(parsed->metadata().as<std::uint32_t>("n").value() == 7);
}

TEST_CASE("a value that does not fit is said with the value", "[value]") {
    const auto bytes = gguf_builder().key("n", std::uint32_t{300}).key("m", std::int32_t{-1}).key("least", (std::numeric_limits<std::int64_t>::min)()).key("d", 1e300).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    CHECK(parsed->metadata().as<std::uint8_t>("n").error().message() == "n: does not fit the type asked for, expected u8, found 300 at byte 37");
    CHECK(parsed->metadata().as<std::uint32_t>("m").error().message() == "m: does not fit the type asked for, expected u32, found -1 at byte 54");
    CHECK(parsed->metadata().as<std::int8_t>("least").error().found.text() == "-9223372036854775808");
    CHECK(parsed->metadata().as<float>("d").error().found.text() == "f64");
}

TEST_CASE("any byte but zero is true", "[value]") {
    const auto bytes = gguf_builder().raw_key("b", 7, {std::byte{2}}).raw_array("bs", 7, 3, {std::byte{0}, std::byte{1}, std::byte{255}}).build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    CHECK(parsed->metadata().get<bool>("b").value());
    const auto array_of_bool = parsed->metadata().get<array<bool>>("bs");
    REQUIRE(array_of_bool);
    CHECK_FALSE((*array_of_bool)[0]);
    CHECK((*array_of_bool)[1]);
    CHECK((*array_of_bool)[2]);
}

TEST_CASE("strings are views of their bytes, whatever these are", "[value]") {
    const std::string odd("\0\xFF\n", 3);
    const auto bytes = gguf_builder().key("s", odd).key("empty", "").build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto text = parsed->metadata().get<std::string_view>("s");
    REQUIRE(text);
    CHECK(*text == odd);
    CHECK(reinterpret_cast<const std::byte*>(text->data()) == bytes.data() + parsed->metadata().find("s")->offset_bytes());
    CHECK(parsed->metadata().get<std::string_view>("empty").value().empty());
    CHECK(parsed->metadata().get<string_array>("s").error().message() == "s: has another type, expected array of string, found string at byte 45");
    CHECK(parsed->metadata().get<std::uint32_t>("s").error().code == errc::wrong_type);
    CHECK(parsed->metadata().as<std::uint32_t>("s").error().code == errc::wrong_type);
    CHECK(parsed->metadata().as<bool>("s").error().code == errc::wrong_type);
    CHECK(parsed->metadata().as<double>("s").error().code == errc::wrong_type);
}

TEST_CASE("a value says where it is, of what type, and how many", "[value]") {
    const auto file = gguf_builder().key("n", std::uint16_t{1}).key("s", "abc").array("a", std::vector<float>{1, 2, 3}).array("t", std::vector<std::string>{"x", "yz"}).lay_out();
    const auto parsed = cria::gguf::parse(file.bytes);
    REQUIRE(parsed);
    const auto& metadata = parsed->metadata();
    const auto is_at = [&](const char* key, std::uint64_t behind_type, std::size_t size) {
        const auto value = metadata.find(key);
        const std::uint64_t at = file.keys.at(key).value + behind_type;
        return value && value->offset_bytes() == at && value->bytes().data() == file.bytes.data() + at && value->bytes().size() == size;
    };
    CHECK(is_at("n", 0, 2));
    CHECK(is_at("s", 8, 3));
    CHECK(is_at("a", 12, 12));
    CHECK(is_at("t", 12, 8 + 1 + 8 + 2));
    CHECK(metadata.find("n")->type() == value_type::u16);
    CHECK(metadata.find("n")->element_type() == value_type::u16);
    CHECK(metadata.find("n")->count() == 1);
    CHECK(metadata.find("a")->type() == value_type::array);
    CHECK(metadata.find("a")->element_type() == value_type::f32);
    CHECK(metadata.find("a")->count() == 3);
    CHECK(metadata.find("t")->element_type() == value_type::string);
    CHECK(metadata.find("t")->count() == 2);
}
