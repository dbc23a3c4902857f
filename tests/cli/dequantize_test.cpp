// SPDX-License-Identifier: MIT
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "cli/shard_set.hpp"
#include "support/catch.hpp"

using namespace cria_test;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity(), not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Two blocks of Q8_0 a row, three rows a matrix, two matrices: code c in block b is (c − 16) · 2^−b.
auto q8_0_data() -> file_bytes {
    file_bytes data;
    for (unsigned block = 0; block < 12; ++block) {
        const unsigned half = (15 - block) << 10U;
        data.push_back(static_cast<std::byte>(half & 0xFFU));
        data.push_back(static_cast<std::byte>(half >> 8U));
        for (int code = -16; code < 16; ++code) data.push_back(static_cast<std::byte>(code));
    }
    return data;
}

auto some_model() -> gguf_builder {
    return gguf_builder()
        .tensor("cube", {64, 3, 2}, ::cria::tensor_type::q8_0, q8_0_data())
        .tensor("odd", {4, 2}, std::vector<float>{0.1F, -1e-5F, 1, 16777216, infinity, -infinity, not_a_number, -0.0F})
        .tensor("row", {3}, std::vector<float>{1, 2, 3})
        .tensor("scalar", {}, std::vector<float>{7})
        .tensor("empty", {0, 5}, ::cria::tensor_type::f32)
        .tensor("whole", {5}, std::vector<std::int32_t>{-2, -1, 0, 1, 2});
}

auto value_of_cube(std::size_t i) -> float { return std::ldexp(static_cast<float>(static_cast<int>(i % 32) - 16), -static_cast<int>(i / 32)); }

/// What numpy.load would say of a file.
struct npy {
    std::string header;
    std::vector<float> values;
};

auto read_npy(const std::string& path) -> npy {
    const std::string bytes = read_text(path);
    REQUIRE(bytes.size() >= 10);
    CHECK(bytes.substr(0, 8) == std::string("\x93NUMPY\x01\x00", 8));
    const std::size_t length = static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    CHECK((10 + length) % 64 == 0);
    REQUIRE(bytes.size() >= 10 + length);
    npy made;
    made.header = bytes.substr(10, length);
    CHECK(made.header.back() == '\n');
    made.header.erase(made.header.find_last_not_of(" \n") + 1);
    for (std::size_t at = 10 + length; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 4; ++i) bits |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << 8 * i;
        made.values.push_back(std::bit_cast<float>(bits));
    }
    CHECK((bytes.size() - 10 - length) % 4 == 0);
    return made;
}

auto header_of(const std::string& shape) -> std::string { return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }"; }

}  // namespace

TEST_CASE("dequantize prints a line a row, in decimals that read back as the same floats") {
    const model_file model(some_model());
    const outcome cube = run_cria({"dequantize", model.path(), "cube"});
    CHECK(cube.status == 0);
    CHECK(cube.err.empty());
    const auto lines = lines_of(cube.out);
    REQUIRE(lines.size() == 6);
    for (std::size_t row = 0; row < 6; ++row) {
        const char* at = lines[row].c_str();
        for (std::size_t column = 0; column < 64; ++column) {
            char* end = nullptr;
            CHECK(std::strtof(at, &end) == value_of_cube(64 * row + column));
            at = end;
        }
        CHECK(*at == '\0');
    }
    CHECK(run_cria({"dequantize", model.path(), "odd"}).out == "0.1 -1e-05 1 16777216\ninf -inf nan -0\n");
    CHECK(run_cria({"dequantize", model.path(), "row"}).out == "1 2 3\n");
    CHECK(run_cria({"dequantize", model.path(), "scalar"}).out == "7\n");
    CHECK(run_cria({"dequantize", model.path(), "empty"}).out.empty());
    CHECK(run_cria({"dequantize", model.path(), "whole"}).out == "-2 -1 0 1 2\n");
}

TEST_CASE("--rows takes rows through all dimensions, either end left out") {
    const model_file model(some_model());
    const auto all = lines_of(run_cria({"dequantize", model.path(), "cube"}).out);
    const auto rows = [&](const std::string& range) { return lines_of(run_cria({"dequantize", model.path(), "cube", "--rows", range}).out); };
    CHECK(rows("2:4") == std::vector<std::string>{all[2], all[3]});
    CHECK(rows("5:") == std::vector<std::string>{all[5]});
    CHECK(rows(":1") == std::vector<std::string>{all[0]});
    CHECK(rows("0:6") == all);
    CHECK(run_cria({"dequantize", model.path(), "row", "--rows", "0:1"}).out == "1 2 3\n");
}

TEST_CASE("-o writes an array as NumPy has them, outermost dimension first") {
    const model_file model(some_model());
    const temp_folder folder;
    const std::string path = folder.path("a.npy");
    const auto write = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"dequantize", model.path()});
        words.insert(words.end(), {"-o", path});
        const outcome ran = run_cria(words);
        CHECK(ran.status == 0);
        CHECK(ran.err.empty());
        return ran.out;
    };
    CHECK(write({"cube"}) == path + ": float32 (2, 3, 64), 1.62 KiB\n");
    const npy cube = read_npy(path);
    CHECK(cube.header == header_of("2, 3, 64"));
    REQUIRE(cube.values.size() == 384);
    for (std::size_t i = 0; i < 384; ++i) CHECK(cube.values[i] == value_of_cube(i));

    write({"cube", "--rows", "2:4"});
    const npy part = read_npy(path);
    CHECK(part.header == header_of("2, 64"));
    REQUIRE(part.values.size() == 128);
    for (std::size_t i = 0; i < 128; ++i) CHECK(part.values[i] == value_of_cube(128 + i));

    write({"row"});
    CHECK(read_npy(path).header == header_of("3,"));
    write({"scalar"});
    CHECK(read_npy(path).header == header_of(""));
    CHECK(read_npy(path).values == std::vector<float>{7});
    write({"empty"});
    CHECK(read_npy(path).header == header_of("5, 0"));
    CHECK(read_npy(path).values.empty());
    write({"row", "--rows", ":1"});
    CHECK(read_npy(path).header == header_of("1, 3"));
    CHECK(run_cria({"dequantize", model.path(), "row", "--out", path}).status == 0);
}

TEST_CASE("a tensor of several steps is written and printed whole") {
    std::vector<float> values((1U << 18U) + 1000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
    const model_file model(gguf_builder().tensor("long", {values.size()}, values));
    const temp_folder folder;
    REQUIRE(run_cria({"dequantize", model.path(), "long", "-o", folder.path("a.npy")}).status == 0);
    CHECK(read_npy(folder.path("a.npy")).values == values);
    const std::string text = run_cria({"dequantize", model.path(), "long"}).out;
    std::string wanted;
    for (std::size_t i = 0; i < values.size(); ++i) wanted += std::to_string(i) + (i + 1 < values.size() ? " " : "\n");
    // Floats from 10^16 on have an exponent; these have none.
    CHECK(text == wanted);
}

TEST_CASE("--stats says what the values are like, of rows too, and in JSON with all digits") {
    const model_file model(some_model());
    const json odd = run_cria({"dequantize", model.path(), "odd", "--stats", "--json"}).json_out();
    CHECK(odd["tensor"] == "odd");
    CHECK(odd["type"] == "f32");
    CHECK(odd["shape"] == json({4, 2}));
    CHECK(odd["rows"] == json({0, 2}));
    CHECK(!odd.contains("values"));
    const json& stats = odd["stats"];
    CHECK(stats["count"] == 8);
    CHECK(stats["zeros"] == 1);
    CHECK(stats["nans"] == 1);
    CHECK(stats["infinities"] == 2);
    CHECK(stats["min"] == -1e-05);
    CHECK(stats["max"] == 16777216);
    CHECK(stats["mean"] == (static_cast<double>(0.1F) - static_cast<double>(1e-5F) + 1 + 16777216) / 5);
    CHECK(stats["histogram"].front() == json({{"from", std::ldexp(1.0, -17)}, {"to", std::ldexp(1.0, -16)}, {"count", 1}}));
    CHECK(stats["histogram"].back() == json({{"from", 128.0}, {"to", nullptr}, {"count", 1}}));
    CHECK(stats["histogram"].size() == 25);
    const json second = run_cria({"dequantize", model.path(), "odd", "--rows", "1:2", "--stats", "--json"}).json_out();
    CHECK(second["stats"]["count"] == 4);
    CHECK(second["stats"]["max"] == 0);
    CHECK(second["rows"] == json({1, 2}));
    const json none = run_cria({"dequantize", model.path(), "empty", "--stats", "--json"}).json_out();
    CHECK(none["stats"]["min"] == "NaN");
    CHECK(none["stats"]["histogram"].empty());

    const outcome text = run_cria({"dequantize", model.path(), "cube", "--rows", "0:2", "--stats"});
    CHECK(text.status == 0);
    CHECK(contains(text.out, "tensor      cube, q8_0 {64, 3, 2}, rows 0:2\n"));
    CHECK(contains(text.out, "values      128\n"));
    CHECK(contains(text.out, "min         -16\n"));
    CHECK(contains(text.out, "max         15\n"));
    CHECK(contains(text.out, "zeros       4\n"));
    CHECK(contains(text.out, "from 2^4      0.8 %  "));
}

TEST_CASE("a tensor that threads share has the statistics that one of them would find") {
    std::vector<float> values(3 * (1U << 20U) + 77);
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[i] = static_cast<float>(i % 1000);
    const model_file model(gguf_builder().tensor("long", {values.size()}, values));
    const json stats = run_cria({"dequantize", model.path(), "long", "--stats", "--json"}).json_out()["stats"];
    CHECK(stats["count"] == values.size());
    CHECK(stats["mean"] == sum / static_cast<double>(values.size()));
    CHECK(stats["max"] == 999);
    CHECK(stats["zeros"] == (values.size() + 999) / 1000);
}

TEST_CASE("--json is one document: values by rows, what is no number as a string; with -o the file instead") {
    const model_file model(some_model());
    const outcome ran = run_cria({"dequantize", model.path(), "odd", "--json"});
    CHECK(ran.out.back() == '\n');
    const json odd = ran.json_out();
    CHECK(odd["tensor"] == "odd");
    REQUIRE(odd["values"].size() == 2);
    CHECK(odd["values"][0] == json({0.1, -1e-05, 1, 16777216}));
    CHECK(odd["values"][1] == json({"Infinity", "-Infinity", "NaN", 0}));
    CHECK(run_cria({"dequantize", model.path(), "empty", "--json"}).json_out()["values"] == json::array());
    const temp_folder folder;
    const json file = run_cria({"dequantize", model.path(), "cube", "--json", "--stats", "-o", folder.path("a.npy")}).json_out();
    CHECK(file["path"] == folder.path("a.npy"));
    CHECK(file["bytes"] == std::filesystem::file_size(folder.path("a.npy")));
    CHECK(file["stats"]["count"] == 384);
    CHECK(!file.contains("values"));
}

TEST_CASE("what cannot be dequantized is status 1 and names the tensor; nothing is written") {
    const temp_folder folder;
    const std::string out = folder.path("a.npy");
    const auto code_of = [&](const gguf_builder& builder, std::vector<std::string> words) {
        const model_file model(builder);
        words.insert(words.begin(), {"dequantize", model.path()});
        words.insert(words.end(), {"--json", "-o", out});
        const outcome ran = run_cria(words);
        CHECK(ran.status == 1);
        CHECK(!std::filesystem::exists(out));
        const json document = ran.json_out();
        CHECK(document["error"]["subject"] == words[2]);
        return document["error"]["code"].get<std::string>();
    };
    CHECK(code_of(some_model(), {"none"}) == "missing_tensor");
    CHECK(code_of(some_model(), {"cube", "--rows", "0:7"}) == "out_of_range");
    CHECK(code_of(some_model(), {"cube", "--rows", "6:"}) == "out_of_range");
    CHECK(code_of(some_model(), {"empty", "--rows", "0:1"}) == "out_of_range");
    CHECK(code_of(gguf_builder().tensor({.name = "new", .extents = {32}, .type = static_cast<::cria::tensor_type>(97), .data = file_bytes(32)}), {"new"}) ==
          "unsupported_type");
    CHECK(code_of(gguf_builder(3, std::endian::big).tensor("big", {4}, ::cria::tensor_type::f32), {"big"}) == "unsupported_feature");
}

TEST_CASE("rows that make no sense, and an array in the place of the model, are wrong usage") {
    const model_file model(some_model());
    for (const std::string rows : {"", ":", "1", "a:b", "2:2", "3:1", "-1:2", "1:2:3", "1:99999999999999999999"}) {
        CAPTURE(rows);
        const outcome ran = run_cria({"dequantize", model.path(), "cube", "--rows", rows});
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
    }
    CHECK(run_cria({"dequantize", model.path(), "cube", "-o", model.path()}).status == 2);
    CHECK(run_cria({"dequantize", model.path(), "row"}).out == "1 2 3\n");  // it is still there
    CHECK(run_cria({"dequantize", model.path(), "cube", "-o", "/nowhere/a.npy"}).status == 3);
}

TEST_CASE("dequantize finds a tensor in any shard, whichever is named") {
    const shard_set set;
    const std::string whole = run_cria({"dequantize", set.whole(), "output.weight", "--rows", "1:3"}).out;
    CHECK(lines_of(whole).size() == 2);
    for (const std::string& path : {set.first(), set.second()}) CHECK(run_cria({"dequantize", path, "output.weight", "--rows", "1:3"}).out == whole);
}

TEST_CASE("a reader that goes away in the middle of the values is no error") {
    const model_file model(gguf_builder().tensor("long", {1U << 20U}, ::cria::tensor_type::f32));
    for (const std::string json : {"", " --json"}) {
        const outcome ran = shell("set -o pipefail; \"$CRIA\" dequantize \"$MODEL\" long" + json + " | head -c 10", model.path());
        CHECK(ran.status == 0);
        CHECK(ran.err.empty());
        CHECK(ran.out.size() == 10);
    }
}
