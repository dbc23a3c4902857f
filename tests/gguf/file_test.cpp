// SPDX-License-Identifier: MIT
#include "cria/gguf/file.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"
#include "support/walk.hpp"

#if !defined(_WIN32)
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria::gguf::file;
using cria_test::file_bytes;
using cria_test::gguf_builder;
using cria_test::temp_file;
using cria_test::temp_folder;

auto read_tensor(const file& from, const cria::gguf::tensor& tensor) -> file_bytes {
    file_bytes data(tensor.size_bytes);
    const auto read = from.read(tensor, 0, data);
    INFO((read ? std::string() : read.error().message()));
    REQUIRE(read);
    return data;
}

auto same(cria::byte_view a, cria::byte_view b) -> bool { return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0); }

/// Opens the file both ways and compares everything they say.
void check_modes_agree(const std::string& path, const file_bytes& bytes) {
    const auto mapped = file::open(path, {.how = io::access::mapped});
    const auto owned = file::open(path, {.how = io::access::owned});
    REQUIRE(mapped.has_value() == owned.has_value());
    if (!mapped) {
        CHECK(mapped.error().message() == owned.error().message());
        return;
    }
    CHECK(mapped->how() == io::access::mapped);
    CHECK(owned->how() == io::access::owned);
    CHECK(mapped->size_bytes() == bytes.size());
    CHECK(owned->size_bytes() == bytes.size());
    CHECK(same(mapped->mapping(), bytes));
    CHECK(owned->mapping().empty());
    CHECK(mapped->native().is_open());
    CHECK(owned->native().is_open());
    CHECK(mapped->contents().header_bytes() == owned->contents().header_bytes());
    CHECK(cria_test::walk(mapped->contents(), bytes).contradictions == 0);
    CHECK(cria_test::walk(owned->contents(), bytes).contradictions == 0);
    CHECK(cria_test::walk(mapped->contents(), bytes).sum == cria_test::walk(owned->contents(), bytes).sum);
    REQUIRE(mapped->tensors().size() == owned->tensors().size());
    for (const auto& tensor : mapped->tensors()) {
        const auto view = mapped->bytes(tensor);
        REQUIRE(view);
        CHECK(same(*view, cria::byte_view(bytes).subspan(tensor.offset_bytes, tensor.size_bytes)));
        const auto* const twin = owned->tensors().find(tensor.name);
        REQUIRE(twin != nullptr);
        CHECK(owned->bytes(*twin).error().code == errc::not_mapped);
        CHECK(same(read_tensor(*owned, *twin), *view));
        CHECK(same(read_tensor(*mapped, tensor), *view));
    }
}

}  // namespace

TEST_CASE("a file that was moved from answers, and does not crash", "[file]") {
    const auto made = cria_test::tiny_llama().build();
    const temp_file stored(made);
    for (const auto how : {io::access::mapped, io::access::owned}) {
        auto first = file::open(stored.path(), {.how = how});
        REQUIRE(first);
        const auto tensor = first->tensors()[0];
        const file second = *std::move(first);
        file_bytes data(tensor.size_bytes);
        CHECK_FALSE(first->read(tensor, 0, data));
        CHECK_FALSE(first->bytes(tensor));
        CHECK(second.read(tensor, 0, data));
        // A range past the data says where it ends.
        data.resize(tensor.size_bytes + 5);
        CHECK(second.read(tensor, 0, data).error().found.number() == tensor.size_bytes + 5);
    }
}

TEST_CASE("a file says the same mapped and owned", "[file]") {
    for (const auto& builder : {cria_test::tiny_llama(), cria_test::tiny_llama_spm(), cria_test::one_of_each(), gguf_builder()}) {
        const auto bytes = builder.build();
        const temp_file on_disk(bytes);
        REQUIRE_FALSE(on_disk.path().empty());
        check_modes_agree(on_disk.path(), bytes);
    }
}

TEST_CASE("a malformed file is refused alike mapped and owned", "[file]") {
    const temp_folder folder;
    for (const auto& malformed : cria_test::malformed_files()) {
        if (malformed.bytes.size() > 100000) continue;
        INFO(malformed.name);
        const auto path = folder.write("bad.gguf", malformed.bytes);
        REQUIRE_FALSE(path.empty());
        if (malformed.bytes.empty()) {
            CHECK(file::open(path).error().code == errc::empty_file);
            CHECK(file::open(path, {.how = io::access::owned}).error().code == errc::empty_file);
            continue;
        }
        check_modes_agree(path, malformed.bytes);
    }
}

TEST_CASE("a header of many megabytes is read whole when owned", "[file]") {
    // Behind the first MiB there is a string that takes several, and many small ones.
    gguf_builder builder;
    builder.key("first", std::string(1500000, 'a')).key("long", std::string(5000000, 'b'));
    builder.array("texts", std::vector<std::string>(100000, "abc")).array("numbers", std::vector<std::uint64_t>(100000, 7));
    builder.tensor("w", {2}, std::vector<float>{1, -2});
    const auto bytes = builder.build();
    REQUIRE(bytes.size() > 8000000);
    const temp_file on_disk(bytes);
    check_modes_agree(on_disk.path(), bytes);
}

TEST_CASE("a header ending at any place around the first piece that is read is read whole", "[file]") {
    constexpr std::size_t piece = std::size_t{1} << 20U;
    const temp_folder folder;
    for (const std::size_t size : {piece - 1, piece, piece + 1, 2 * piece - 1, 2 * piece, 2 * piece + 1}) {
        const std::size_t fixed = gguf_builder().key("k", "").build().size();
        const auto bytes = gguf_builder().key("k", std::string(size - fixed, 'x')).build();
        REQUIRE(bytes.size() == size);
        check_modes_agree(folder.write("header.gguf", bytes), bytes);
    }
}

TEST_CASE("an open file can be moved and keeps every view", "[file]") {
    const auto bytes = cria_test::tiny_llama().build();
    const temp_file on_disk(bytes);
    for (const auto how : {io::access::mapped, io::access::owned}) {
        auto opened = file::open(on_disk.path(), {.how = how});
        REQUIRE(opened);
        const auto name = opened->metadata().get<std::string_view>("general.name").value();
        const auto* const tensor = opened->tensors().find("output_norm.weight");
        file moved = *std::move(opened);
        CHECK(name == "tiny");
        CHECK(moved.metadata().get<std::string_view>("general.name").value().data() == name.data());
        CHECK(moved.tensors().find("output_norm.weight") == tensor);
        CHECK(read_tensor(moved, *tensor).size() == 128);
        auto another = file::open(on_disk.path(), {.how = how});
        REQUIRE(another);
        *another = std::move(moved);
        CHECK(another->how() == how);
        CHECK(another->metadata().get<std::string_view>("general.name").value().data() == name.data());
        CHECK(read_tensor(*another, *tensor).size() == 128);
    }
}

TEST_CASE("parts of a tensor are read from any byte to any byte, and not one further", "[file]") {
    const auto bytes = gguf_builder().tensor("before", {8}, cria::tensor_type::i8).tensor("w", {4}, std::vector<std::int8_t>{10, 11, 12, 13}).build();
    const temp_file on_disk(bytes);
    for (const auto how : {io::access::mapped, io::access::owned}) {
        const auto opened = file::open(on_disk.path(), {.how = how});
        REQUIRE(opened);
        const auto& tensor = *opened->tensors().find("w");
        for (std::uint64_t first = 0; first <= 5; ++first)
            for (std::size_t count = 0; count <= 6; ++count) {
                CAPTURE(first, count);
                file_bytes out(count, std::byte{0xEE});
                const auto read = opened->read(tensor, first, out);
                CHECK(read.has_value() == (first + count <= 4));
                if (read)
                    for (std::size_t i = 0; i < count; ++i) CHECK(out[i] == static_cast<std::byte>(10 + first + i));
                else {
                    CHECK(read.error().code == errc::out_of_range);
                    CHECK(read.error().subject.view() == "w");
                }
            }
        file_bytes out(1);
        CHECK(opened->read(tensor, ~std::uint64_t{0}, out).error().code == errc::out_of_range);
    }
}

TEST_CASE("a tensor that a caller made up is refused, not followed", "[file]") {
    const auto bytes = gguf_builder().tensor("w", {4}, cria::tensor_type::f32).build();
    const temp_file on_disk(bytes);
    const auto opened = file::open(on_disk.path());
    REQUIRE(opened);
    cria::gguf::tensor made_up = opened->tensors()[0];
    file_bytes out(1);
    for (const auto& [offset, size] : {std::pair{bytes.size(), std::size_t{1}}, std::pair{std::size_t{0}, bytes.size() + 1}, std::pair{~std::size_t{0}, std::size_t{1}},
                                       std::pair{~std::size_t{0}, ~std::size_t{0}}, std::pair{std::size_t{1}, ~std::size_t{0}}}) {
        made_up.offset_bytes = offset;
        made_up.size_bytes = size;
        CHECK(opened->bytes(made_up).error().code == errc::out_of_range);
        CHECK(opened->read(made_up, 0, out).error().code == errc::out_of_range);
    }
    made_up.offset_bytes = bytes.size();
    made_up.size_bytes = 0;
    CHECK(opened->bytes(made_up).value().empty());
}

TEST_CASE("what is no GGUF file is refused with its path or its place", "[file]") {
    const temp_folder folder;
    const auto says = [&](const std::string& path, io::access how) {
        const auto opened = file::open(path, {.how = how});
        return opened ? std::string("opened") : std::string(cria::name_of(opened.error().code));
    };
    for (const auto how : {io::access::mapped, io::access::owned}) {
        CHECK(says(folder.path("missing.gguf"), how) == "file_not_found");
        CHECK(says(folder.path(), how) == "is_directory");
        CHECK(says(folder.write("empty.gguf", std::string_view()), how) == "empty_file");
        CHECK(says(folder.write("text.gguf", "once upon a time"), how) == "bad_magic");
        CHECK(says(folder.write("three.gguf", "GGU"), how) == "truncated");
    }
    const std::string missing = folder.path("missing.gguf");
    if (missing.size() < 100) CHECK(file::open(missing).error().message() == missing + ": no such file");
}

TEST_CASE("a model inside another file opens through a window, and its offsets count from there", "[file]") {
    const auto model = cria_test::tiny_llama().build();
    for (const std::size_t before : {std::size_t{0}, std::size_t{1}, std::size_t{4096}, std::size_t{5003}}) {
        file_bytes archive(before, std::byte{0xEE});
        archive.insert(archive.end(), model.begin(), model.end());
        archive.insert(archive.end(), 777, std::byte{0xDD});
        const temp_file on_disk(archive);
        for (const auto how : {io::access::mapped, io::access::owned}) {
            INFO(before);
            auto native = io::native_file::open(on_disk.path());
            REQUIRE(native);
            const auto opened = file::open_window(*std::move(native), before, model.size(), {.how = how});
            REQUIRE(opened);
            CHECK(opened->base_offset_bytes() == before);
            CHECK(opened->size_bytes() == model.size());
            CHECK(opened->contents().n_warnings() == 0);  // what lies behind the window is none of its bytes
            for (const auto& tensor : opened->tensors()) {
                CHECK(same(read_tensor(*opened, tensor), cria::byte_view(model).subspan(tensor.offset_bytes, tensor.size_bytes)));
                if (how == io::access::mapped) CHECK(same(opened->bytes(tensor).value(), cria::byte_view(model).subspan(tensor.offset_bytes, tensor.size_bytes)));
                file_bytes raw(tensor.size_bytes);
                REQUIRE(opened->native().read(opened->base_offset_bytes() + tensor.offset_bytes, raw));
                CHECK(same(raw, read_tensor(*opened, tensor)));
            }
            file_bytes last(1);
            CHECK(opened->read(model.size() - 1, last));
            CHECK(opened->read(model.size(), last).error().code == errc::out_of_range);
        }
        for (const auto how : {io::access::mapped, io::access::owned}) {
            auto native = io::native_file::open(on_disk.path());
            CHECK(file::open_window(*std::move(native), before, archive.size() - before + 1, {.how = how}).error().code == errc::out_of_range);
        }
    }
}

TEST_CASE("a file named like an unfinished download says so when it is too short", "[file]") {
    const temp_folder folder;
    auto bytes = cria_test::tiny_llama().build();
    const auto whole = folder.write("whole.gguf.part", bytes);
    CHECK(file::open(whole));  // a name alone is no fault
    bytes.resize(bytes.size() - 100);
    const auto says = [&](std::string_view name) { return file::open(folder.write(name, bytes)).error(); };
    CHECK(says("model.gguf").message().find("unfinished") == std::string::npos);
    for (const std::string_view name : {"model.gguf.part", "model.gguf.crdownload", "model.gguf.incomplete"}) {
        const auto error = says(name);
        CHECK(error.code == errc::data_out_of_bounds);
        CHECK(error.message().find("unfinished download") != std::string::npos);
        CHECK(error.expected.number() == bytes.size());
    }
    // What the file is goes before what it is called.
    const auto page = file::open(folder.write("model.gguf.part", "<!DOCTYPE html><html>not found</html>"));
    REQUIRE_FALSE(page);
    CHECK(page.error().message().find("HTML") != std::string::npos);
}

TEST_CASE("a header without its data lists tensors and has no bytes for them", "[file]") {
    auto bytes = gguf_builder().tensor("w", {1024}, cria::tensor_type::f32).without_data().build();
    const temp_file on_disk(bytes);
    auto rules = cria::gguf::policy::of(cria::gguf::profile::lenient);
    rules.on[cria::gguf::situation::missing_data] = cria::gguf::verdict::warn;
    for (const auto how : {io::access::mapped, io::access::owned}) {
        CHECK(file::open(on_disk.path(), {.how = how}).error().code == errc::data_out_of_bounds);
        const auto opened = file::open(on_disk.path(), {.how = how, .rules = rules});
        REQUIRE(opened);
        CHECK_FALSE(opened->contents().has_data());
        REQUIRE(opened->tensors().size() == 1);
        const auto& tensor = opened->tensors()[0];
        CHECK(tensor.size_bytes == 4096);
        file_bytes out(4096);
        CHECK(opened->read(tensor, 0, out).error().code == errc::out_of_range);
        CHECK_FALSE(opened->bytes(tensor));
    }
}

TEST_CASE("the policy reaches the parser in both modes", "[file]") {
    const temp_file on_disk(gguf_builder().key("a", true).key("b", true).build());
    for (const auto how : {io::access::mapped, io::access::owned}) CHECK(file::open(on_disk.path(), {.how = how, .rules = {.max_keys = 1}}).error().code == errc::limit_exceeded);
}

#if !defined(_WIN32)
TEST_CASE("a file that is shortened while it is open and owned says so when data is read", "[file]") {
    const auto bytes = gguf_builder().tensor("w", {1024}, cria::tensor_type::f32).build();
    const temp_file on_disk(bytes);
    const auto opened = file::open(on_disk.path(), {.how = io::access::owned});
    REQUIRE(opened);
    REQUIRE(::truncate(on_disk.path().c_str(), static_cast<off_t>(opened->contents().data_offset_bytes()) + 100) == 0);
    const auto& tensor = opened->tensors()[0];
    file_bytes out(100);
    CHECK(opened->read(tensor, 0, out).has_value());
    out.resize(101);
    const auto read = opened->read(tensor, 0, out);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::file_changed);
    CHECK(read.error().offset == opened->contents().data_offset_bytes() + 100);
    // The header is in memory, whatever becomes of the file.
    REQUIRE(::truncate(on_disk.path().c_str(), 0) == 0);
    CHECK(opened->tensors().find("w") == &tensor);
}
#else
TEST_CASE("a file under POSIX that is shortened while it is open and owned", "[file]") { cria_test::skip("this system is not POSIX"); }
#endif
