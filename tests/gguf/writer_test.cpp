// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/gguf/compare.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/gguf/writer.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/shared_data.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

#if !defined(_WIN32)
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace gguf = cria::gguf;
namespace io = cria::io;
using cria::errc;
using cria::tensor_type;
using gguf::tensor_data;

namespace {

constexpr io::output_options scratch{.replace = true, .sync = false};

auto shape_of(std::vector<std::uint64_t> extents) -> gguf::shape {
    gguf::shape made;
    made.n_dimensions = static_cast<std::uint32_t>(extents.size());
    std::copy(extents.begin(), extents.end(), made.extents.begin());
    return made;
}

/// Bytes that are not all alike.
auto some_bytes(std::size_t size) -> std::vector<std::byte> {
    std::vector<std::byte> bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 256 + 1);
    return bytes;
}

auto file_of(const gguf::writer& from) -> std::vector<std::byte> {
    const auto bytes = from.bytes();
    REQUIRE(bytes);
    return {bytes->begin(), bytes->end()};
}

auto same(cria::byte_view a, cria::byte_view b) -> bool { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

auto code_of(const cria::result<void>& outcome) -> errc { return outcome ? errc{} : outcome.error().code; }

auto error_of(const cria::result<void>& outcome) -> std::string { return outcome ? "" : outcome.error().message(); }

/// What a folder holds.
auto names_in(const std::string& folder) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const auto& each : std::filesystem::directory_iterator(folder)) names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

constexpr std::array all_types = {
    tensor_type::f32, tensor_type::f16, tensor_type::q4_0, tensor_type::q4_1, tensor_type::q5_0, tensor_type::q5_1, tensor_type::q8_0, tensor_type::q8_1,
    tensor_type::q2_k, tensor_type::q3_k, tensor_type::q4_k, tensor_type::q5_k, tensor_type::q6_k, tensor_type::q8_k, tensor_type::iq2_xxs, tensor_type::iq2_xs,
    tensor_type::iq3_xxs, tensor_type::iq1_s, tensor_type::iq4_nl, tensor_type::iq3_s, tensor_type::iq2_s, tensor_type::iq4_xs, tensor_type::i8, tensor_type::i16,
    tensor_type::i32, tensor_type::i64, tensor_type::f64, tensor_type::iq1_m, tensor_type::bf16, tensor_type::tq1_0, tensor_type::tq2_0, tensor_type::mxfp4,
    tensor_type::nvfp4, tensor_type::q1_0, tensor_type::q2_0,
};

}  // namespace

TEST_CASE("an empty writer writes the smallest file there is, padded") {
    const auto bytes = file_of(gguf::writer());
    CHECK(bytes.size() == 32);
    CHECK(gguf::parse(bytes));
    gguf::writer_options options;
    options.final_padding = false;
    CHECK(file_of(gguf::writer(options)).size() == 24);
}

TEST_CASE("the writer writes what the test's own builder writes") {
    for (const std::endian order : {std::endian::little, std::endian::big})
        for (const std::uint32_t version : {2U, 3U}) {
            CAPTURE(version, order == std::endian::big);
            const auto data = some_bytes(64);
            cria_test::gguf_builder builder(version, order);
            builder.key("general.architecture", "llama").key("a.u8", std::uint8_t{1}).key("a.i8", std::int8_t{-1}).key("a.u16", std::uint16_t{2});
            builder.key("a.i16", std::int16_t{-2}).key("a.u32", std::uint32_t{3}).key("a.i32", std::int32_t{-3}).key("a.u64", std::uint64_t{4});
            builder.key("a.i64", std::int64_t{-4}).key("a.f32", 0.5F).key("a.f64", 0.1).key("a.bool", true);
            builder.array("b.i32", std::vector<std::int32_t>{1, -2, 3}).array("b.text", std::vector<std::string>{"x", "", "zz"}).array("b.none", std::vector<float>{});
            builder.tensor("t.a", {5}, tensor_type::i8, {data.begin(), data.begin() + 5}).tensor("t.b", {4, 4}, tensor_type::f32, data);
            const auto expected = builder.build();

            gguf::writer_options options;
            options.version = version;
            options.order = order;
            gguf::writer out(options);
            CHECK(out.set("general.architecture", "llama"));
            CHECK(out.set("a.u8", std::uint8_t{1}));
            CHECK(out.set("a.i8", std::int8_t{-1}));
            CHECK(out.set("a.u16", std::uint16_t{2}));
            CHECK(out.set("a.i16", std::int16_t{-2}));
            CHECK(out.set("a.u32", std::uint32_t{3}));
            CHECK(out.set("a.i32", std::int32_t{-3}));
            CHECK(out.set("a.u64", std::uint64_t{4}));
            CHECK(out.set("a.i64", std::int64_t{-4}));
            CHECK(out.set("a.f32", 0.5F));
            CHECK(out.set("a.f64", 0.1));
            CHECK(out.set("a.bool", true));
            CHECK(out.set("b.i32", std::vector<std::int32_t>{1, -2, 3}));
            CHECK(out.set("b.text", std::vector<std::string>{"x", "", "zz"}));
            CHECK(out.set("b.none", std::vector<float>{}));
            CHECK(out.add_tensor("t.a", shape_of({5}), tensor_type::i8, tensor_data::from_memory(cria::byte_view(data).first(5))));
            CHECK(out.add_tensor("t.b", shape_of({4, 4}), tensor_type::f32, tensor_data::from_memory(data)));
            const auto written = file_of(out);
            // The builder leaves the last padding to whoever wants it.
            CHECK(written.size() >= expected.size());
            CHECK(same(cria::byte_view(written).first(expected.size()), expected));
            const auto parsed = gguf::parse(written);
            REQUIRE(parsed);
            CHECK(parsed->version() == version);
            CHECK(parsed->byte_order() == order);
            CHECK(parsed->n_warnings() == 0);
        }
}

TEST_CASE("a copy of a file in use is that file, byte for byte", "[conformance]") {
    std::vector<std::string> paths;
    for (const char* const folder : {"conformance/vocab", "conformance/architectures", "models"}) {
        std::error_code none;
        for (const auto& each : std::filesystem::directory_iterator(cria_test::shared_path(folder), none))
            if (each.path().extension() == ".gguf") paths.push_back(each.path().string());
    }
    if (paths.empty()) return cria_test::skip("no models under CRIA_SHARED_DIR");
    for (const auto& path : paths) {
        INFO(path);
        const auto file = cria_test::read_whole(path);
        REQUIRE(file);
        const auto parsed = gguf::parse(*file);
        REQUIRE(parsed);
        const auto copy = gguf::writer::copy_of(*parsed, *file);
        REQUIRE(copy);
        const auto bytes = copy->bytes();
        REQUIRE(bytes);
        CHECK(same(bytes->span(), *file));
    }
}

TEST_CASE("a copy of the sample model is the sample model") {
    const std::string path = std::string(CRIA_MODELS_DIR) + "/story-2m.gguf";
    const auto opened = gguf::file::open(path);
    REQUIRE(opened);
    const auto copy = gguf::writer::copy_of(opened->contents(), opened->native());
    REQUIRE(copy);
    const cria_test::temp_folder folder;
    const auto done = copy->write(folder.path("copy.gguf"), scratch);
    REQUIRE(done);
    CHECK(done->bytes == opened->size_bytes());
    CHECK(done->data_offset_bytes == opened->contents().data_offset_bytes());
    CHECK(*cria_test::read_whole(folder.path("copy.gguf")) == *cria_test::read_whole(path));
    CHECK(file_of(*copy) == *cria_test::read_whole(path));
}

TEST_CASE("every tensor type is written with the size the reader expects") {
    gguf::writer out;
    const auto data = some_bytes(2048 * 8);
    for (const tensor_type type : all_types) {
        const auto known = cria::geometry_of(type);
        REQUIRE(known);
        const std::uint64_t row = known->elements_per_block;
        const auto size = *cria::bytes_of(*known, 3 * row);
        REQUIRE(out.add_tensor(known->name, shape_of({row, 3}), type, tensor_data::from_memory(cria::byte_view(data).first(static_cast<std::size_t>(size)))));
    }
    const auto file = file_of(out);
    for (const auto rules : {gguf::profile::standard, gguf::profile::strict_ggml}) {
        const auto parsed = gguf::parse(file, gguf::policy::of(rules));
        REQUIRE(parsed);
        CHECK(parsed->n_warnings() == 0);
        REQUIRE(parsed->tensors().size() == all_types.size());
        for (const auto& tensor : parsed->tensors()) {
            INFO(tensor.name);
            CHECK(same(cria::byte_view(file).subspan(static_cast<std::size_t>(tensor.offset_bytes), static_cast<std::size_t>(tensor.size_bytes)),
                       cria::byte_view(data).first(static_cast<std::size_t>(tensor.size_bytes))));
        }
    }
}

TEST_CASE("the layout follows general.alignment, also where the key comes after the tensors") {
    const auto data = some_bytes(5);
    for (std::uint32_t alignment = 1; alignment <= 4096; alignment *= 2) {
        CAPTURE(alignment);
        gguf::writer out;
        for (const char* const name : {"a", "b", "c"}) CHECK(out.add_tensor(name, shape_of({5}), tensor_type::i8, tensor_data::from_memory(data)));
        CHECK(out.set("general.alignment", alignment));
        const auto plan = out.plan();
        REQUIRE(plan);
        CHECK(plan->alignment_bytes == alignment);
        CHECK(plan->offsets[1] == std::max(alignment, (5 + alignment - 1) / alignment * alignment));
        const auto file = file_of(out);
        CHECK(file.size() == plan->file_bytes);
        const auto parsed = gguf::parse(file, gguf::policy::of(gguf::profile::strict_ggml));
        REQUIRE(parsed);
        CHECK(parsed->alignment_bytes() == alignment);
        CHECK(parsed->data_offset_bytes() == plan->data_offset_bytes);
        CHECK(parsed->header_bytes() == plan->header_bytes);
        for (std::size_t i = 0; i < 3; ++i) CHECK(parsed->tensors()[i].offset_bytes == plan->data_offset_bytes + plan->offsets[i]);
        for (std::size_t i = static_cast<std::size_t>(parsed->header_bytes()); i < parsed->data_offset_bytes(); ++i) CHECK(file[i] == std::byte{0});
    }
}

TEST_CASE("an alignment no reader takes is refused before anything is written") {
    gguf::writer out;
    const auto refused = [&](auto value) {
        CHECK(out.set("general.alignment", value));
        const auto plan = out.plan();
        return plan ? errc{} : plan.error().code;
    };
    CHECK(refused(std::uint64_t{32}) == errc::wrong_type);
    CHECK(refused(std::int32_t{32}) == errc::wrong_type);
    CHECK(refused("32") == errc::wrong_type);
    CHECK(refused(std::vector<std::uint32_t>{32}) == errc::wrong_type);
    CHECK(refused(std::uint32_t{0}) == errc::invalid_value);
    CHECK(refused(std::uint32_t{24}) == errc::invalid_value);
    CHECK(refused(std::uint32_t{1} << 21U) == errc::limit_exceeded);
    CHECK(refused(std::uint32_t{1} << 20U) == errc{});
}

TEST_CASE("versions but 2 and 3 are not written") {
    for (const std::uint32_t version : {0U, 1U, 4U}) {
        gguf::writer_options options;
        options.version = version;
        const auto plan = gguf::writer(options).plan();
        REQUIRE_FALSE(plan);
        CHECK(plan.error().code == errc::invalid_argument);
    }
}

TEST_CASE("setting a key again keeps its place") {
    gguf::writer out;
    for (const char* const key : {"a", "b", "c"}) CHECK(out.set(key, 1));
    CHECK(out.set("b", "a longer value of another type"));
    CHECK(out.size() == 3);
    const auto file = file_of(out);
    const auto parsed = gguf::parse(file);
    REQUIRE(parsed);
    CHECK(parsed->metadata()[1].key == "b");
    CHECK(parsed->metadata()[1].value.get<std::string_view>().value_or("") == "a longer value of another type");
}

TEST_CASE("keys are removed and renamed in their places") {
    gguf::writer out;
    for (const char* const key : {"a", "b", "c", "d"}) CHECK(out.set(key, std::string(key)));
    CHECK(out.remove("b"));
    CHECK_FALSE(out.remove("b"));
    CHECK_FALSE(out.contains("b"));
    CHECK(out.rename("c", "b"));
    CHECK(code_of(out.rename("c", "e")) == errc::missing_key);
    CHECK(code_of(out.rename("a", "d")) == errc::duplicate_name);
    CHECK(out.rename("a", "a"));
    CHECK(out.set("c", "new"));
    CHECK(out.size() == 4);
    std::string all;
    out.for_each_key([&](std::string_view key, const gguf::value& value) { (((all += key) += '=') += value.get<std::string_view>().value_or("?")) += ' '; });
    CHECK(all == "a=a b=c d=d c=new ");
    CHECK(out.find("b")->get<std::string_view>().value_or("") == "c");
    CHECK_FALSE(out.find("e"));
}

TEST_CASE("keys that readers refuse are refused") {
    gguf::writer out;
    CHECK(code_of(out.set("", 1)) == errc::invalid_argument);
    CHECK(code_of(out.set(std::string_view("a\0b", 3), 1)) == errc::invalid_argument);
    CHECK(code_of(out.set("\xFF", 1)) == errc::invalid_argument);
    CHECK(code_of(out.set(std::string(65536, 'a'), 1)) == errc::invalid_argument);
    CHECK(code_of(out.set(gguf::filler_key, 1)) == errc::invalid_argument);
    CHECK(out.set(std::string(65535, 'a'), 1));
    CHECK(out.set("Upper-case and Ümlaut", 1));
    CHECK(code_of(out.rename("Upper-case and Ümlaut", "")) == errc::invalid_argument);
    CHECK(out.size() == 2);
    CHECK(gguf::parse(file_of(out)));
}

TEST_CASE("keys and values may come from the writer itself") {
    gguf::writer out;
    CHECK(out.set("some.prefix.key", "the value"));
    for (int i = 0; i < 100; ++i) {
        const auto before = out.find("some.prefix.key");
        REQUIRE(before);
        REQUIRE(out.set("copy." + std::to_string(i), *before));
    }
    std::string_view key;
    out.for_each_key([&](std::string_view each, const gguf::value&) {
        if (each == "some.prefix.key") key = each;
    });
    CHECK(out.rename(key, key.substr(12)));
    CHECK(out.contains("key"));

    // Again and again, so that some of it happens while the room is moved.
    REQUIRE(out.set(std::string(2000, 'k') + "end", 1));
    for (std::size_t i = 0; i < 2000; ++i) {
        out.for_each_key([&](std::string_view each, const gguf::value&) {
            if (each.ends_with("end")) key = each;
        });
        REQUIRE(key.size() == 2003 - i);
        REQUIRE(out.rename(key, key.substr(1)));
    }
    CHECK(out.contains("end"));
    CHECK(out.find("copy.99")->get<std::string_view>().value_or("") == "the value");
}

TEST_CASE("values that were replaced a thousand times leave nothing behind") {
    gguf::writer out;
    for (int round = 0; round < 1000; ++round) {
        REQUIRE(out.set("a", std::string(1000, static_cast<char>('a' + round % 26))));
        REQUIRE(out.set("k" + std::to_string(round), round));
        if (round > 0) REQUIRE(out.remove("k" + std::to_string(round - 1)));
    }
    CHECK(out.size() == 2);
    gguf::writer fresh;
    CHECK(fresh.set("a", std::string(1000, static_cast<char>('a' + 999 % 26))));
    CHECK(fresh.set("k999", 999));
    CHECK(file_of(out) == file_of(fresh));
}

TEST_CASE("a hundred thousand keys and tensors take the time of as many steps") {
    const auto seconds = [](const auto& work) {
        const auto start = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const auto fill = [](int n) {
        gguf::writer out;
        for (int i = 0; i < n; ++i) {
            if (!out.set("some.key.number." + std::to_string(i), i)) return false;
            if (!out.add_tensor("tensor." + std::to_string(i), shape_of({0}), tensor_type::f32, {})) return false;
        }
        for (int i = 0; i < n; i += 2)
            if (!out.remove("some.key.number." + std::to_string(i))) return false;
        for (int i = 1; i < n; i += 2)
            if (!out.rename("some.key.number." + std::to_string(i), std::to_string(i))) return false;
        return out.size() == static_cast<std::size_t>(n / 2) && out.plan().has_value();
    };
    const double few = seconds([&] { CHECK(fill(10'000)); });
    const double many = seconds([&] { CHECK(fill(100'000)); });
    INFO(few << " s, " << many << " s");
    CHECK(many < 40 * few + 0.5);  // quadratic would be a hundred times as long
}

TEST_CASE("tensors are refused where a reader would refuse them") {
    const auto data = some_bytes(1024);
    gguf::writer out;
    const auto add = [&](std::string_view name, std::vector<std::uint64_t> extents, tensor_type type) {
        return code_of(out.add_tensor(name, shape_of(std::move(extents)), type, {}));
    };
    CHECK(add("t", {4}, tensor_type::f32) == errc{});
    CHECK(add("t", {4}, tensor_type::f32) == errc::duplicate_name);
    CHECK(add(std::string_view("a\0b", 3), {4}, tensor_type::f32) == errc::invalid_argument);
    CHECK(add(std::string(65536, 'n'), {4}, tensor_type::f32) == errc::invalid_argument);
    CHECK(add("row", {31}, tensor_type::q4_0) == errc::wrong_shape);
    CHECK(add("rows", {16, 2}, tensor_type::q4_0) == errc::wrong_shape);
    CHECK(add("unknown", {4}, static_cast<tensor_type>(77)) == errc::unsupported_type);
    CHECK(add("removed", {32}, static_cast<tensor_type>(4)) == errc::unsupported_type);
    CHECK(add("bytes", {std::uint64_t{1} << 62U}, tensor_type::f32) == errc::overflow);
    CHECK(add("elements", {std::uint64_t{1} << 32U, std::uint64_t{1} << 32U}, tensor_type::i8) == errc::overflow);
    CHECK(add("nothing", {std::uint64_t{1} << 62U, 0, 8}, tensor_type::f32) == errc::overflow);
    CHECK(code_of(out.add_tensor("memory", shape_of({4}), tensor_type::f32, tensor_data::from_memory(cria::byte_view(data).first(15)))) == errc::invalid_argument);
    gguf::shape nine;
    nine.n_dimensions = 9;
    CHECK(code_of(out.add_tensor("nine", nine, tensor_type::f32, {})) == errc::limit_exceeded);
    CHECK(out.n_tensors() == 1);
}

TEST_CASE("sizes whose sum fits no file are an error of the plan") {
    gguf::writer out;
    for (const char* const name : {"a", "b", "c", "d"}) CHECK(out.add_tensor(name, shape_of({std::uint64_t{1} << 62U}), tensor_type::i8, {}));
    const auto plan = out.plan();
    REQUIRE_FALSE(plan);
    CHECK(plan.error().code == errc::overflow);
}

TEST_CASE("scalars, empty tensors and tensors without a name are written") {
    const auto data = some_bytes(64);
    for (const bool padded : {true, false}) {
        CAPTURE(padded);
        gguf::writer_options options;
        options.final_padding = padded;
        gguf::writer out(options);
        CHECK(out.add_tensor("scalar", {}, tensor_type::f32, tensor_data::from_memory(cria::byte_view(data).first(4))));
        CHECK(out.add_tensor("empty", shape_of({4, 0}), tensor_type::f32, {}));
        CHECK(out.add_tensor("", shape_of({5}), tensor_type::i8, tensor_data::from_memory(cria::byte_view(data).first(5))));
        CHECK(out.add_tensor("last and empty", shape_of({0}), tensor_type::q4_0, {}));
        const auto file = file_of(out);
        const auto parsed = gguf::parse(file);
        REQUIRE(parsed);
        CHECK(parsed->tensors().find("scalar")->size_bytes == 4);
        CHECK(parsed->tensors().find("scalar")->shape.n_dimensions == 0);
        CHECK(parsed->tensors().find("empty")->offset_bytes == parsed->tensors().find("")->offset_bytes);
    }
}

TEST_CASE("a tensor of an unknown type is read back with its bytes, and with its padding") {
    const auto data = some_bytes(40);
    const auto strange = static_cast<tensor_type>(1000);
    gguf::writer out;
    CHECK(out.add_tensor_of_size("strange", shape_of({7}), strange, 40, tensor_data::from_memory(data)));
    CHECK(out.add_tensor_of_size("nothing", shape_of({0}), strange, 0, {}));
    CHECK(out.add_tensor("after", shape_of({4}), tensor_type::f32, tensor_data::from_memory(cria::byte_view(data).first(16))));
    CHECK(code_of(out.add_tensor_of_size("wrong", shape_of({4}), tensor_type::f32, 15, {})) == errc::wrong_shape);
    CHECK(out.add_tensor_of_size("right", shape_of({4}), tensor_type::f32, 16, tensor_data::from_memory(cria::byte_view(data).first(16))));
    const auto file = file_of(out);
    const auto parsed = gguf::parse(file);
    REQUIRE(parsed);
    const auto* const read = parsed->tensors().find("strange");
    REQUIRE(read != nullptr);
    CHECK(read->type == strange);
    CHECK(read->size_bytes == 64);
    CHECK(same(cria::byte_view(file).subspan(static_cast<std::size_t>(read->offset_bytes), 40), data));
    CHECK(parsed->tensors().find("nothing")->size_bytes == 32);
    // Once it is in a file, a copy keeps it.
    const auto copy = gguf::writer::copy_of(*parsed, file);
    REQUIRE(copy);
    CHECK(file_of(*copy) == file);
}

TEST_CASE("a fork's type is written with the size the fork gives it") {
    const std::array types{cria::user_type{static_cast<tensor_type>(500), {"fork", 64, 20}, 4}, cria::user_type{tensor_type::q2_0, {"q2_0_fork", 128, 34}, 0}};
    const auto data = some_bytes(256);
    gguf::writer out;
    CHECK(out.add_tensor("a", shape_of({128, 2}), types[0].id, tensor_data::from_memory(cria::byte_view(data).first(2 * 40 + 2 * 4)), types));
    CHECK(out.add_tensor("b", shape_of({128}), types[1].id, tensor_data::from_memory(cria::byte_view(data).first(34)), types));
    CHECK(code_of(out.add_tensor("c", shape_of({32}), types[0].id, {}, types)) == errc::wrong_shape);
    const auto file = file_of(out);
    gguf::policy rules;
    rules.types = types;
    const auto parsed = gguf::parse(file, rules);
    REQUIRE(parsed);
    CHECK(parsed->tensors()[0].size_bytes == 88);
    CHECK(parsed->tensors()[1].size_bytes == 34);
    const auto copy = gguf::writer::copy_of(*parsed, file);
    REQUIRE(copy);
    CHECK(file_of(*copy) == file);
}

TEST_CASE("what ggml refuses is written where it is asked for, and only then refused by its rules") {
    const auto file_with = [](const auto& odd) {
        gguf::writer out;
        REQUIRE(out.set("general.architecture", "llama"));
        odd(out);
        return file_of(out);
    };
    const auto check = [](const std::vector<std::byte>& file) {
        CHECK(gguf::parse(file).has_value());
        CHECK_FALSE(gguf::parse(file, gguf::policy::of(gguf::profile::strict_ggml)).has_value());
    };
    check(file_with([](gguf::writer& out) {
        std::vector<gguf::encoded_value> rows;
        rows.push_back(*gguf::encoded_value::array_of(std::array{1, 2}));
        auto table = gguf::encoded_value::array_of(rows);
        REQUIRE(table);
        REQUIRE(out.set("a.table", *std::move(table)));
    }));
    check(file_with([](gguf::writer& out) { REQUIRE(out.add_tensor("five", shape_of({1, 1, 1, 1, 0}), tensor_type::f32, {})); }));
    check(file_with([](gguf::writer& out) { REQUIRE(out.add_tensor(std::string(64, 'n'), shape_of({0}), tensor_type::f32, {})); }));
}

TEST_CASE("copies change version and byte order, but not the byte order of data") {
    for (const std::endian order : {std::endian::little, std::endian::big}) {
        cria_test::gguf_builder builder(2, order);
        builder.key("a.b", std::uint32_t{7}).array("c", std::vector<std::string>{"x", "y"});
        const std::endian other = order == std::endian::little ? std::endian::big : std::endian::little;
        const auto keys_only = builder.build();
        const auto parsed = gguf::parse(keys_only);
        REQUIRE(parsed);
        gguf::writer_options options = gguf::writer::options_of(*parsed);
        CHECK(options.version == 2);
        CHECK(options.order == order);
        options.order = other;
        options.version = 3;
        const auto turned = gguf::writer::copy_of(*parsed, keys_only, options);
        REQUIRE(turned);
        const auto turned_file = file_of(*turned);
        const auto read = gguf::parse(turned_file);
        REQUIRE(read);
        CHECK(read->byte_order() == other);
        CHECK(read->version() == 3);
        CHECK(gguf::same_value(*read->metadata().find("c"), *parsed->metadata().find("c")));

        builder.tensor("t", {4}, tensor_type::f32);
        const auto with_data = builder.build();
        const auto parsed_data = gguf::parse(with_data);
        REQUIRE(parsed_data);
        const auto refused = gguf::writer::copy_of(*parsed_data, with_data, options);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::unsupported_feature);
        CHECK(gguf::writer::copy_of(*parsed_data, with_data).has_value());
    }
}

TEST_CASE("a copy of a version 1 file is one of version 3 with the same content") {
    cria_test::gguf_builder builder(1);
    builder.key("general.architecture", "llama").array("texts", std::vector<std::string>{"a", ""}).tensor("t", {4}, tensor_type::f32);
    const auto file = builder.build();
    const auto parsed = gguf::parse(file);
    REQUIRE(parsed);
    const auto copy = gguf::writer::copy_of(*parsed, file);
    REQUIRE(copy);
    const auto copied = file_of(*copy);
    const auto read = gguf::parse(copied);
    REQUIRE(read);
    CHECK(read->version() == 3);
    for (const auto& entry : parsed->metadata()) CHECK(gguf::same_value(*read->metadata().find(entry.key), entry.value));
    CHECK(read->tensors()[0].size_bytes == 16);
}

TEST_CASE("a copy lays scattered data out in order") {
    cria_test::gguf_builder builder;
    builder.tensor({.name = "a", .extents = {4}, .data = some_bytes(16), .offset = 128}).tensor({.name = "b", .extents = {2}, .data = some_bytes(8), .offset = 0});
    const auto file = builder.build();
    const auto parsed = gguf::parse(file);
    REQUIRE(parsed);
    const auto copy = gguf::writer::copy_of(*parsed, file);
    REQUIRE(copy);
    const auto copied = file_of(*copy);
    const auto read = gguf::parse(copied, gguf::policy::of(gguf::profile::strict_ggml));
    REQUIRE(read);
    for (const auto& before : parsed->tensors()) {
        const auto* const after = read->tensors().find(before.name);
        REQUIRE(after != nullptr);
        CHECK(same(cria::byte_view(file).subspan(static_cast<std::size_t>(before.offset_bytes), static_cast<std::size_t>(before.size_bytes)),
                   cria::byte_view(copied).subspan(static_cast<std::size_t>(after->offset_bytes), static_cast<std::size_t>(after->size_bytes))));
    }
}

TEST_CASE("a header without data has nothing to copy") {
    const auto whole = cria_test::tiny_llama().build();
    const auto parsed = gguf::parse(whole);
    REQUIRE(parsed);
    const auto header = cria::byte_view(whole).first(static_cast<std::size_t>(parsed->data_offset_bytes()));
    gguf::policy rules;
    rules.on[gguf::situation::missing_data] = gguf::verdict::warn;
    const auto header_only = gguf::parse(header, rules);
    REQUIRE(header_only);
    const auto copy = gguf::writer::copy_of(*header_only, header);
    REQUIRE_FALSE(copy);
    CHECK(copy.error().code == errc::data_out_of_bounds);
}

TEST_CASE("a tensor without data can be planned and not written") {
    gguf::writer out;
    CHECK(out.add_tensor("t", shape_of({4}), tensor_type::f32, {}));
    CHECK(out.plan().has_value());
    const auto bytes = out.bytes();
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == errc::data_out_of_bounds);
    CHECK(bytes.error().subject.view() == "t");
}

TEST_CASE("room that is reserved is a filler key at the end of the metadata, which copies leave out") {
    gguf::writer out;
    CHECK(out.set("a", 1));
    const auto plain = file_of(out);
    for (const std::uint64_t reserve : {1U, 32U, 33U, 5000U}) {
        CAPTURE(reserve);
        auto options = out.options();
        options.reserve_bytes = reserve;
        out.set_options(options);
        const auto plan = out.plan();
        REQUIRE(plan);
        const auto file = file_of(out);
        const auto parsed = gguf::parse(file);
        REQUIRE(parsed);
        CHECK(parsed->metadata()[1].key == gguf::filler_key);
        CHECK(parsed->header_bytes() == gguf::parse(plain)->header_bytes() + std::max<std::uint64_t>(reserve, 32));
        const auto copy = gguf::writer::copy_of(*parsed, file);
        REQUIRE(copy);
        CHECK(file_of(*copy) == plain);
    }
}

TEST_CASE("memory, a file, a function: data is the same wherever it comes from") {
    const auto data = some_bytes(3'000'000);
    const cria_test::temp_folder folder;
    std::vector<std::byte> shifted(100);
    shifted.insert(shifted.end(), data.begin(), data.end());
    const auto source = io::native_file::open(folder.write("source", shifted));
    REQUIRE(source);
    std::uint64_t next = 0;
    std::size_t largest = 0;
    auto fill = [&](std::uint64_t offset, std::span<std::byte> out) -> cria::result<void> {
        if (offset != next) return cria::error{errc::invalid_argument, "offsets do not go up"};
        next += out.size();
        largest = std::max(largest, out.size());
        std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
        return {};
    };
    std::vector<std::byte> expected;
    for (const auto& from : {tensor_data::from_memory(data), tensor_data::from_file(*source, 100), tensor_data::pulled(fill)}) {
        CAPTURE(static_cast<int>(from.what()));
        gguf::writer out;
        REQUIRE(out.add_tensor("t", shape_of({3'000'000}), tensor_type::i8, from));
        next = 0;
        const auto bytes = file_of(out);
        if (expected.empty()) expected = bytes;
        CHECK(bytes == expected);
        next = 0;
        const auto done = out.write(folder.path("out.gguf"), scratch);
        REQUIRE(done);
        CHECK(done->bytes == expected.size());
        CHECK(*cria_test::read_whole(folder.path("out.gguf")) == expected);
        if (from.what() == tensor_data::kind::file) CHECK(done->copied.in_kernel_bytes + done->copied.through_memory_bytes == data.size());
    }
    CHECK(largest <= 1U << 20U);
    CHECK(gguf::parse(expected).has_value());
}

TEST_CASE("a file that is too short for its tensor is refused when the tensor is added") {
    const cria_test::temp_folder folder;
    const auto source = io::native_file::open(folder.write("source", some_bytes(100)));
    REQUIRE(source);
    gguf::writer out;
    CHECK(out.add_tensor("fits", shape_of({60}), tensor_type::i8, tensor_data::from_file(*source, 40)));
    CHECK(code_of(out.add_tensor("does not", shape_of({60}), tensor_type::i8, tensor_data::from_file(*source, 41))) == errc::out_of_range);
    CHECK(code_of(out.add_tensor("wraps", shape_of({60}), tensor_type::i8, tensor_data::from_file(*source, ~std::uint64_t{0}))) == errc::out_of_range);
}

TEST_CASE("where data fails to come, the old file is whole and nothing else is there") {
    const cria_test::temp_folder folder;
    const std::string target = folder.write("model.gguf", "the old file");
    const auto data = some_bytes(2'000'000);
    gguf::writer out;

    SECTION("a function that fails in its second piece") {
        auto fill = [&](std::uint64_t offset, std::span<std::byte>) -> cria::result<void> {
            if (offset > 0) return cria::error{errc::io_error, "download"}.because("was interrupted");
            return {};
        };
        REQUIRE(out.add_tensor("t", shape_of({2'000'000}), tensor_type::i8, tensor_data::pulled(fill)));
        const auto done = out.write(target, scratch);
        REQUIRE_FALSE(done);
        CHECK(done.error().message() == "download: was interrupted");
        CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
    }
    SECTION("a file that has shrunk") {
        const std::string path = folder.write("source", data);
        const auto source = io::native_file::open(path);
        REQUIRE(source);
        REQUIRE(out.add_tensor("t", shape_of({2'000'000}), tensor_type::i8, tensor_data::from_file(*source, 0)));
        std::error_code failed;
        std::filesystem::resize_file(path, 1'500'000, failed);
        if (failed) return cria_test::skip("an open file cannot be shortened here");
        const auto done = out.write(target, scratch);
        REQUIRE_FALSE(done);
        CHECK(done.error().code == errc::file_changed);
        CHECK(out.bytes().error().code == errc::file_changed);
        CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf", "source"});
    }
    SECTION("a plan that fails") {
        REQUIRE(out.set("general.alignment", 32));
        CHECK(out.write(target, scratch).error().code == errc::wrong_type);
        CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
    }
    SECTION("a target that is not to be replaced") {
        CHECK(out.write(target, {.replace = false, .sync = false}).error().code == errc::file_exists);
    }
    CHECK(*cria_test::read_whole(target) == cria_test::bytes_of_text("the old file"));
}

#if !defined(_WIN32)
TEST_CASE("a device that takes no more leaves the old file whole and nothing else") {
    const cria_test::temp_folder folder;
    const std::string target = folder.write("model.gguf", "the old file");
    const auto data = some_bytes(2'000'000);
    gguf::writer out;
    REQUIRE(out.add_tensor("t", shape_of({2'000'000}), tensor_type::i8, tensor_data::from_memory(data)));
    const ::pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {  // the limit would hold for all that this process writes
        std::signal(SIGXFSZ, SIG_IGN);
        const ::rlimit limit{1'000'000, 1'000'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto done = out.write(target, scratch);
        ::_exit(!done && done.error().code == errc::too_large ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(*cria_test::read_whole(target) == cria_test::bytes_of_text("the old file"));
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model.gguf"});
}
#endif

TEST_CASE("a sink may stop the writing, and its error is the answer") {
    struct full_sink {
        std::size_t room;
        auto append(cria::byte_view bytes) -> cria::result<void> {
            if (bytes.size() > room) return cria::error{errc::disk_full, "sink"};
            room -= bytes.size();
            return {};
        }
    };
    const auto data = some_bytes(5000);
    gguf::writer out;
    REQUIRE(out.set("a", "b"));
    for (const char* const name : {"t", "u"}) REQUIRE(out.add_tensor(name, shape_of({5000}), tensor_type::i8, tensor_data::from_memory(data)));
    const auto whole = out.plan();
    REQUIRE(whole);
    for (std::size_t room : {std::size_t{0}, std::size_t{200}, std::size_t{5200}, static_cast<std::size_t>(whole->file_bytes - 1)}) {
        full_sink sink{room};
        const auto done = out.write_to(sink);
        REQUIRE_FALSE(done);
        CHECK(done.error().code == errc::disk_full);
    }
    full_sink enough{static_cast<std::size_t>(whole->file_bytes)};
    CHECK(out.write_to(enough).has_value());
    CHECK(enough.room == 0);
}

TEST_CASE("a window inside a larger file is copied from where it begins") {
    const auto model = cria_test::tiny_llama().build();
    std::vector<std::byte> embedded = some_bytes(777);
    embedded.insert(embedded.end(), model.begin(), model.end());
    const cria_test::temp_file file(embedded);
    const auto source = io::native_file::open(file.path());
    REQUIRE(source);
    const auto parsed = gguf::parse(model);
    REQUIRE(parsed);
    const auto copy = gguf::writer::copy_of(*parsed, *source, 777);
    REQUIRE(copy);
    CHECK(same(file_of(*copy), file_of(*gguf::writer::copy_of(*parsed, model))));
    CHECK(gguf::writer::copy_of(*parsed, *source, 778).error().code == errc::out_of_range);
    CHECK(error_of(gguf::writer::copy_of(*parsed, *source, ~std::uint64_t{0}).transform([](const gguf::writer&) {})).find("too small") != std::string::npos);
}

TEST_CASE("one key that is set and removed a hundred thousand times costs as many steps") {
    const auto seconds = [](int n) {
        gguf::writer out;
        bool good = out.set("first", 1).has_value();
        // Room for many keys, so that nothing but removal itself makes room for the next one.
        for (int i = 0; i < n && good; ++i) good = out.set("k" + std::to_string(i), i).has_value();
        for (int i = 0; i < n && good; ++i) good = out.remove("k" + std::to_string(i));
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < n && good; ++i) good = out.set("one", i) && out.remove("one");
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        CHECK(good);
        CHECK(out.size() == 1);
        return took;
    };
    const double few = seconds(10'000);
    const double many = seconds(100'000);
    INFO(few << " s, " << many << " s");
    CHECK(many < 40 * few + 0.5);  // quadratic would be a hundred times as long
}

TEST_CASE("a writer that was moved from is an empty one") {
    gguf::writer first;
    REQUIRE(first.set("a", 1));
    REQUIRE(first.add_tensor("t", shape_of({0}), tensor_type::f32, {}));
    const auto whole = file_of(first);
    gguf::writer second(std::move(first));
    CHECK(file_of(second) == whole);
    const auto check_empty = [](gguf::writer& moved) {
        CHECK(moved.size() == 0);
        CHECK(moved.n_tensors() == 0);
        CHECK_FALSE(moved.contains("a"));
        CHECK_FALSE(moved.contains_tensor("t"));
        CHECK_FALSE(moved.remove("a"));
        CHECK(file_of(moved) == file_of(gguf::writer()));
        CHECK(moved.set("a", 1));
        CHECK(moved.add_tensor("t", shape_of({0}), tensor_type::f32, {}));
    };
    check_empty(first);  // NOLINT(bugprone-use-after-move): that is the promise
    CHECK(file_of(first) == whole);
    gguf::writer third;
    third = std::move(second);
    CHECK(file_of(third) == whole);
    check_empty(second);  // NOLINT(bugprone-use-after-move)
    CHECK(file_of(second) == whole);
}

TEST_CASE("one encoded value may be set under many keys") {
    const auto value = gguf::encoded_value::array_of(std::array{1, 2, 3});
    REQUIRE(value);
    gguf::writer out;
    for (const char* const key : {"a", "b"}) CHECK(out.set(key, *value));
    gguf::writer same_again;
    for (const char* const key : {"a", "b"}) CHECK(same_again.set(key, std::array{1, 2, 3}));
    CHECK(file_of(out) == file_of(same_again));
}

TEST_CASE("a sink that copies from files is let to") {
    struct copying {
        std::vector<std::byte> bytes;
        std::uint64_t copied = 0;
        auto append(cria::byte_view more) -> cria::result<void> {
            bytes.insert(bytes.end(), more.begin(), more.end());
            return {};
        }
        auto append_from(const io::native_file& from, std::uint64_t offset, std::uint64_t size, io::copy_report* report) -> cria::result<void> {
            std::vector<std::byte> piece(static_cast<std::size_t>(size));
            CRIA_TRY_VOID(from.read(offset, piece));
            copied += size;
            report->in_kernel_bytes += size;
            return append(piece);
        }
    };
    const auto data = some_bytes(5000);
    const cria_test::temp_folder folder;
    const auto source = io::native_file::open(folder.write("data", data));
    REQUIRE(source);
    gguf::writer out;
    REQUIRE(out.set("a", "b"));
    REQUIRE(out.add_tensor("t", shape_of({4000}), tensor_type::i8, tensor_data::from_file(*source, 1000)));
    copying sink;
    const auto done = out.write_to(sink);
    REQUIRE(done);
    CHECK(sink.copied == 4000);
    CHECK(done->copied.in_kernel_bytes == 4000);
    CHECK(done->copied.through_memory_bytes == 0);
    CHECK(sink.bytes == file_of(out));

    auto file = io::output_file::create(folder.path("written"), scratch);
    REQUIRE(file);
    REQUIRE(out.write_to(*file));
    REQUIRE(file->commit());
    CHECK(*cria_test::read_whole(folder.path("written")) == file_of(out));
}
