// SPDX-License-Identifier: MIT
#include "cria/gguf/header.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "cria/io/stdio_source.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"
#include "support/walk.hpp"

namespace {

namespace gguf = cria::gguf;
namespace io = cria::io;
using cria::errc;
using cria_test::file_bytes;

/// A source that counts what is read of it, and fails from a byte on.
struct counted_reads {
    const file_bytes& bytes;
    std::uint64_t& total;
    std::uint64_t fails_from = ~std::uint64_t{0};

    auto operator()(std::uint64_t at, std::span<std::byte> out) const -> cria::result<void> {
        if (at + out.size() > fails_from) return cria::error{errc::io_error, at, "remote"}.from_system(5);
        total += out.size();
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), out.size(), out.begin());
        return {};
    }
};

/// A header of about `size` bytes before the data of one tensor.
auto with_header_of(std::size_t size) -> file_bytes {
    return cria_test::gguf_builder().key("text", std::string(size, 'x')).tensor("w", {1U << 20U}, cria::tensor_type::f32).build();
}

}  // namespace

TEST_CASE("a header is read from memory, a C stream and a function alike", "[header]") {
    const auto bytes = cria_test::tiny_llama().build();
    const auto direct = gguf::parse(bytes);
    REQUIRE(direct);
    const auto check = [&](const cria::result<gguf::header>& read) {
        INFO((read ? std::string() : read.error().message()));
        REQUIRE(read);
        CHECK(read->contents().header_bytes() == direct->header_bytes());
        CHECK(read->contents().tensors().size() == direct->tensors().size());
        CHECK(cria_test::walk(read->contents()).sum == cria_test::walk(*direct).sum);
        CHECK(cria_test::walk(read->contents()).contradictions == 0);
    };
    check(gguf::read_header(io::memory_source(bytes, "memory")));

    const cria_test::temp_file on_disk(bytes);
    std::FILE* const stream = std::fopen(on_disk.path().c_str(), "rb");
    REQUIRE(stream != nullptr);
    {
        const auto source = io::stdio_source::make(stream, io::stdio_start::beginning, "stream");
        REQUIRE(source);
        check(gguf::read_header(*source));
        // Data comes through the same source, at the offsets the tensors state.
        const auto header = gguf::read_header(*source);
        const auto& tensor = header->contents().tensors()[0];
        file_bytes data(tensor.size_bytes);
        REQUIRE(source->read(tensor.offset_bytes, data));
        CHECK(std::equal(data.begin(), data.end(), bytes.begin() + static_cast<std::ptrdiff_t>(tensor.offset_bytes)));
    }
    std::fclose(stream);

    std::uint64_t total = 0;
    check(gguf::read_header(io::make_callback_source(bytes.size(), counted_reads{bytes, total}, "function")));
    CHECK(total <= bytes.size());
}

TEST_CASE("no byte is read twice, and of the data hardly any", "[header]") {
    for (const std::size_t size : {std::size_t{100}, (std::size_t{1} << 20U) - 200, std::size_t{1} << 20U, std::size_t{3} << 20U}) {
        const auto bytes = with_header_of(size);
        std::uint64_t total = 0;
        const auto read = gguf::read_header(io::make_callback_source(bytes.size(), counted_reads{bytes, total}, "function"));
        REQUIRE(read);
        CHECK(total == read->bytes().size());
        CHECK(total >= read->contents().header_bytes());
        CHECK(total <= 2 * read->contents().header_bytes() + (std::uint64_t{1} << 20U));
    }
}

TEST_CASE("a source that fails gives its own error", "[header]") {
    const auto bytes = with_header_of(std::size_t{3} << 20U);
    std::uint64_t total = 0;
    for (const std::uint64_t good : {std::uint64_t{0}, std::uint64_t{1} << 20U}) {
        const auto read = gguf::read_header(io::make_callback_source(bytes.size(), counted_reads{bytes, total, good}, "function"));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errc::io_error);
        CHECK(read.error().native == 5);
        CHECK(read.error().offset == good);
    }
    CHECK(gguf::read_header(io::memory_source({}, "nothing")).error().code == errc::empty_file);
}

TEST_CASE("malformed files are refused through a source as they are in memory", "[header]") {
    for (const auto& malformed : cria_test::malformed_files()) {
        if (malformed.bytes.empty() || malformed.bytes.size() > 100000) continue;
        INFO(malformed.name);
        const auto parsed = gguf::parse(malformed.bytes);
        const auto read = gguf::read_header(io::memory_source(malformed.bytes, "memory"));
        REQUIRE(read.has_value() == parsed.has_value());
        if (!read) CHECK(read.error().message() == parsed.error().message());
    }
}

TEST_CASE("a header keeps its views when it is moved", "[header]") {
    const auto bytes = cria_test::tiny_llama().build();
    auto read = gguf::read_header(io::memory_source(bytes, "memory"));
    REQUIRE(read);
    const auto* const tensor = read->contents().tensors().find("output_norm.weight");
    const gguf::header moved = *std::move(read);
    CHECK(moved.contents().tensors().find("output_norm.weight") == tensor);
    CHECK(cria_test::walk(moved.contents()).contradictions == 0);
}
