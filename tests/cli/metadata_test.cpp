// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include "cli/program.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

auto one_of_each() -> gguf_builder {
    return gguf_builder()
        .key("a.u64", std::uint64_t{18446744073709551615U})
        .key("a.i64", std::int64_t{-9223372036854775807} - 1)
        .key("a.u8", std::uint8_t{255})
        .key("a.i8", std::int8_t{-128})
        .key("b.f32", 0.1F)
        .key("b.f64", 0.1)
        .key("b.nan", std::numeric_limits<float>::quiet_NaN())
        .key("b.infinity", -std::numeric_limits<double>::infinity())
        .key("c.true", true)
        .key("c.string", "two\nlines \"quoted\" \\ \x1b[31m \xC3\xA9")
        .key("c.bytes", "\xFF\xFE")
        .array("d.u16", std::vector<std::uint16_t>{1, 2, 65535})
        .array("d.strings", std::vector<std::string>{"a", "b\n"})
        .array("d.bools", std::vector<bool>{true, false})
        .array("d.long", std::vector<std::int32_t>(1000, -7))
        .array("d.none", std::vector<float>{})
        .key("e.long", std::string(5000, 'z'));
}

auto value_of(const json& document, const std::string& key) -> json {
    for (const json& entry : document["metadata"])
        if (entry["key"] == key) return entry["value"];
    return "no such key";
}

}  // namespace

TEST_CASE("metadata lists keys in the file's order with types and values") {
    const model_file model(one_of_each());
    const outcome ran = run_cria({"metadata", model.path()});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    const auto lines = lines_of(ran.out);
    REQUIRE(lines.size() == 17);
    CHECK(lines[0] == "a.u64       u64        18446744073709551615");
    CHECK(lines[1] == "a.i64       i64        -9223372036854775808");
    CHECK(lines[3] == "a.i8        i8         -128");
    CHECK(lines[4] == "b.f32       f32        0.1");
    CHECK(lines[8] == "c.true      bool       true");
    CHECK(lines[9] == "c.string    string     \"two\\nlines \\\"quoted\\\" \\\\ \\x1B[31m \xC3\xA9\"");
    CHECK(lines[10] == "c.bytes     string     \"\\xFF\\xFE\"");
    CHECK(lines[11] == "d.u16       u16[3]     [1, 2, 65535]");
    CHECK(lines[12] == "d.strings   string[2]  [\"a\", \"b\\n\"]");
    CHECK(lines[13] == "d.bools     bool[2]    [true, false]");
    CHECK(lines[15] == "d.none      f32[0]     []");
}

TEST_CASE("long arrays and strings are elided, and whole with --full") {
    const model_file model(one_of_each());
    const auto brief = lines_of(run_cria({"metadata", model.path(), "d.long", "e.long"}).out);
    REQUIRE(brief.size() == 2);
    CHECK(contains(brief[0], "-7, … 992 more]"));
    CHECK(contains(brief[1], "zz\" … (5,000 bytes)"));
    CHECK(brief[1].size() < 120);
    const auto full = lines_of(run_cria({"metadata", model.path(), "d.long", "e.long", "--full"}).out);
    REQUIRE(full.size() == 2);
    CHECK(contains(full[1], "\"" + std::string(5000, 'z') + "\""));
    CHECK(full[0].size() > 4000);
    CHECK(!contains(full[0], "more"));
}

TEST_CASE("metadata --json keeps every number exact and every text Unicode") {
    const model_file model(one_of_each());
    const outcome ran = run_cria({"metadata", model.path(), "--json"});
    CHECK(ran.status == 0);
    const json document = ran.json_out();
    REQUIRE(document.is_object());
    CHECK(value_of(document, "a.u64") == 18446744073709551615U);
    CHECK(value_of(document, "a.i64") == std::numeric_limits<std::int64_t>::min());
    CHECK(value_of(document, "a.i8") == -128);
    CHECK(static_cast<float>(value_of(document, "b.f32").get<double>()) == 0.1F);
    CHECK(contains(ran.out, "\"value\":0.1}"));
    CHECK(value_of(document, "b.nan") == "NaN");
    CHECK(value_of(document, "b.infinity") == "-Infinity");
    CHECK(value_of(document, "c.true") == true);
    CHECK(value_of(document, "c.string") == "two\nlines \"quoted\" \\ \x1b[31m \xC3\xA9");
    CHECK(value_of(document, "c.bytes") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(value_of(document, "d.u16") == json::array({1, 2, 65535}));
    CHECK(value_of(document, "d.strings") == json::array({"a", "b\n"}));
    CHECK(value_of(document, "d.none") == json::array());
    CHECK(value_of(document, "e.long").get<std::string>().size() == 5000);

    const json& first = document["metadata"][0];
    CHECK(first["key"] == "a.u64");
    CHECK(first["type"] == "u64");
    CHECK(first["offset"] == one_of_each().lay_out().keys.at("a.u64").value);
    for (const json& entry : document["metadata"]) CHECK(entry["elided"] == (entry["key"] == "d.long"));
    CHECK(value_of(document, "d.long").size() == 16);
    CHECK(value_of(run_cria({"metadata", model.path(), "--json", "--full"}).json_out(), "d.long").size() == 1000);
}

TEST_CASE("keys and prefixes select, and a key that is not there is status 1") {
    const model_file model(one_of_each());
    const auto keys_of = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"metadata", model.path(), "--json"});
        std::vector<std::string> keys;
        const json document = run_cria(words).json_out();
        for (const json& entry : document["metadata"]) keys.push_back(entry["key"]);
        return keys;
    };
    using names = std::vector<std::string>;
    CHECK(keys_of({"c.true", "a.u8"}) == names{"a.u8", "c.true"});
    CHECK(keys_of({"--prefix", "b.f"}) == names{"b.f32", "b.f64"});
    CHECK(keys_of({"--prefix", "b.f", "c.true"}) == names{"b.f32", "b.f64", "c.true"});
    CHECK(keys_of({"--prefix", "nothing"}).empty());
    const outcome missing = run_cria({"metadata", model.path(), "c.true", "no.such"});
    CHECK(missing.status == 1);
    CHECK(missing.out.empty());
    CHECK(missing.err == "cria: error: no.such: no such key\n");
}

TEST_CASE("a hostile key stays on its line and does not push values away") {
    const model_file model(gguf_builder().key("evil\nkey\x1b[31m", true).key(std::string(5000, 'k'), std::uint8_t{1}).key("good", true));
    const auto lines = lines_of(run_cria({"metadata", model.path()}).out);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].starts_with("evil\\x0Akey\\x1B[31m "));
    CHECK(lines[2].size() < 80);
}

TEST_CASE("arrays of arrays are shown with all their levels, each elided like any array") {
    gguf_builder builder;
    file_bytes elements;
    for (const file_bytes& element : {builder.array_bytes(std::vector<std::int32_t>{1, -2}), builder.array_bytes(std::vector<std::string>{"x", "y\n"}),
                                      builder.array_bytes(std::vector<std::uint8_t>{}), builder.array_bytes(std::vector<std::uint8_t>(40, 7))})
        elements.insert(elements.end(), element.begin(), element.end());
    constexpr std::uint32_t array_type = 9;
    const model_file model(builder.raw_array("a.nested", array_type, 4, elements).key("b.next", true));
    const auto lines = lines_of(run_cria({"metadata", model.path()}).out);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "a.nested  array[4]  [[1, -2], [\"x\", \"y\\n\"], [], [7, 7, 7, 7, 7, 7, 7, 7, … 32 more]]");
    CHECK(lines[1] == "b.next    bool      true");
    const json brief = run_cria({"metadata", model.path(), "--json"}).json_out()["metadata"][0];
    CHECK(brief["type"] == "array");
    CHECK(brief["element_type"] == "array");
    CHECK(brief["count"] == 4);
    CHECK(brief["elided"] == true);
    CHECK(brief["value"][0] == json::array({1, -2}));
    CHECK(brief["value"][1] == json::array({"x", "y\n"}));
    CHECK(brief["value"][3].size() == 16);
    const json full = run_cria({"metadata", model.path(), "--json", "--full"}).json_out()["metadata"][0];
    CHECK(full["elided"] == false);
    CHECK(full["value"][3].size() == 40);
}
