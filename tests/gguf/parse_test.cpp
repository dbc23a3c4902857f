// SPDX-License-Identifier: MIT
#include "cria/gguf/parse.hpp"

#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/gguf_malformed.hpp"
#include "support/gguf_odd.hpp"
#include "support/tiny_models.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;
using cria::tensor_type;
using cria::gguf::parse;
using cria_test::file_bytes;
using cria_test::gguf_builder;

/// A copy that ends where its allocation ends, so that AddressSanitizer sees a read of one byte too many.
class exact_copy {
public:
    explicit exact_copy(const file_bytes& of) : bytes_(new std::byte[of.size()]), size_(of.size()) {
        if (size_ != 0) std::memcpy(bytes_.get(), of.data(), size_);
    }
    [[nodiscard]] auto view() const -> cria::byte_view { return {bytes_.get(), size_}; }
    auto operator[](std::size_t i) -> std::byte& { return bytes_[i]; }

private:
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t size_;
};

auto odd_file(std::string_view name) -> file_bytes {
    for (auto& file : cria_test::odd_files())
        if (file.name == name) return file.bytes;
    FAIL("no odd file is called " << name);
    return {};
}

/// Value or typed error; what comes out as a value must be readable throughout.
auto is_value_or_error(cria::byte_view bytes) -> bool {
    const auto parsed = parse(bytes);
    if (!parsed) return parsed.error().code != errc::incomplete && !parsed.error().message().empty();
    return cria_test::walk(*parsed, bytes).contradictions == 0;
}

}  // namespace

TEST_CASE("the format's smallest complete example reads byte for byte", "[parse]") {
    // One key, one tensor of two numbers, written out by hand from the format's description.
    constexpr std::uint8_t raw[160] = {
        0x47, 0x47, 0x55, 0x46, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x67, 0x65, 0x6e, 0x65, 0x72, 0x61, 0x6c, 0x2e, 0x61, 0x72, 0x63, 0x68, 0x69, 0x74, 0x65, 0x63,
        0x74, 0x75, 0x72, 0x65, 0x08, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x6c, 0x6c, 0x61, 0x6d, 0x61, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x77, 0x01, 0x00,
        0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    };
    const file_bytes bytes(reinterpret_cast<const std::byte*>(raw), reinterpret_cast<const std::byte*>(raw) + sizeof raw);
    CHECK(gguf_builder().key("general.architecture", "llama").tensor("w", {2}, std::vector<float>{1, -2}).build() == bytes);

    const auto parsed = parse(bytes);
    REQUIRE(parsed);
    CHECK(parsed->version() == 3);
    CHECK(parsed->alignment_bytes() == 32);
    CHECK(parsed->header_bytes() == 102);
    CHECK(parsed->data_offset_bytes() == 128);
    CHECK(parsed->file_bytes() == 160);
    REQUIRE(parsed->metadata().size() == 1);
    const auto& entry = parsed->metadata()[0];
    CHECK(entry.key == "general.architecture");
    CHECK(entry.offset_bytes == 24);
    CHECK(entry.value.type() == cria::gguf::value_type::string);
    CHECK(entry.value.element_type() == cria::gguf::value_type::string);
    CHECK(entry.value.count() == 1);
    CHECK(entry.value.offset_bytes() == 0x40);
    CHECK(entry.value.bytes().size() == 5);
    CHECK(parsed->metadata().get<std::string_view>("general.architecture").value() == "llama");
    REQUIRE(parsed->tensors().size() == 1);
    const auto& tensor = parsed->tensors()[0];
    CHECK(tensor.name == "w");
    CHECK(tensor.type == tensor_type::f32);
    CHECK(tensor.shape.n_dimensions == 1);
    CHECK(tensor.shape[0] == 2);
    CHECK(tensor.shape[1] == 1);
    CHECK(tensor.shape.elements() == 2);
    CHECK(tensor.shard == 0);
    CHECK(tensor.offset_bytes == 128);
    CHECK(tensor.size_bytes == 8);

    SECTION("the final padding may be missing, the data may not") {
        CHECK(parse(cria::byte_view(bytes).first(136)).has_value());
        const auto short_of = parse(cria::byte_view(bytes).first(135));
        REQUIRE_FALSE(short_of);
        CHECK(short_of.error().message() == "w: data ends 1 byte past the end of the file");
    }
}

TEST_CASE("odd but valid files have the contents they were written with", "[parse]") {
    SECTION("an empty file has 24 bytes and says nothing") {
        const auto bytes = odd_file("nothing_in_it");
        REQUIRE(bytes.size() == 24);
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->metadata().empty());
        CHECK(parsed->tensors().empty());
        CHECK(parsed->header_bytes() == 24);
        CHECK(parsed->data_offset_bytes() == 32);
        CHECK_FALSE(parsed->metadata().find("general.architecture"));
        CHECK_FALSE(parsed->tensors().find("w"));
    }
    SECTION("version 2 differs from 3 in its number only") {
        const auto bytes = odd_file("version_2");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->version() == 2);
        CHECK(parsed->tensors()[0].name == "w");
    }
    SECTION("a scalar has no dimensions and one element") {
        const auto bytes = odd_file("scalar_tensor");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->tensors()[0].shape.n_dimensions == 0);
        CHECK(parsed->tensors()[0].shape.elements() == 1);
        CHECK(parsed->tensors()[0].size_bytes == 4);
    }
    SECTION("trailing extents of 1 are kept and do not count") {
        const auto bytes = odd_file("trailing_extents_of_1");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->tensors()[0].shape.n_dimensions == 4);
        CHECK(parsed->tensors()[0].shape == cria::gguf::shape{{2}, 1});
    }
    SECTION("empty tensors take no place") {
        const auto bytes = odd_file("empty_tensors_share_offsets");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->tensors().find("empty_too")->size_bytes == 0);
        CHECK(parsed->tensors().find("empty_too")->offset_bytes == parsed->tensors().find("w")->offset_bytes);
        CHECK(parsed->tensors().find("w")->size_bytes == 8);
    }
    SECTION("the alignment counts wherever its key stands") {
        for (const std::uint64_t alignment : {1U, 2U, 4U, 8U, 16U, 64U, 4096U})
            for (const char* where : {"_first", "_last"}) {
                const auto bytes = odd_file("alignment_" + std::to_string(alignment) + where);
                const auto parsed = parse(bytes);
                REQUIRE(parsed);
                CHECK(parsed->alignment_bytes() == alignment);
                CHECK(parsed->data_offset_bytes() == (parsed->header_bytes() + alignment - 1) / alignment * alignment);
                const auto* const w = parsed->tensors().find("w");
                REQUIRE(w != nullptr);
                CHECK(w->offset_bytes == parsed->data_offset_bytes() + (alignment < 4 ? 3 + 3 % alignment : alignment));
                CHECK(cria::detail::load<float>(bytes.data() + w->offset_bytes + 4) == -2.0F);
            }
    }
    SECTION("empty strings and arrays are there and empty") {
        const auto bytes = odd_file("empty_strings_and_arrays");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->metadata().get<std::string_view>("text").value().empty());
        CHECK(parsed->metadata().get<cria::gguf::string_array>("texts").value().empty());
        CHECK(parsed->metadata().get<cria::gguf::array<float>>("numbers").value().empty());
        CHECK(parsed->metadata().get<cria::gguf::array<bool>>("bools").value().empty());
        const auto three = parsed->metadata().get<cria::gguf::string_array>("three_empty_texts");
        REQUIRE(three);
        CHECK(three->size() == 3);
        for (const auto text : *three) CHECK(text.empty());
    }
    SECTION("floats that are no numbers come back as they are") {
        const auto bytes = odd_file("floats_not_finite");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        const float nan = parsed->metadata().get<float>("nan").value();
        CHECK(nan != nan);
        CHECK(parsed->metadata().get<double>("infinity").value() == -std::numeric_limits<double>::infinity());
        CHECK(parsed->metadata().as<float>("infinity").value() == -std::numeric_limits<float>::infinity());
    }
    SECTION("offsets in any order lead to the right bytes") {
        const auto bytes = odd_file("offsets_out_of_order_and_gapped");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        const std::uint64_t data = parsed->data_offset_bytes();
        CHECK(parsed->tensors()[0].offset_bytes == data + 256);
        CHECK(parsed->tensors()[1].offset_bytes == data);
        CHECK(parsed->tensors()[2].offset_bytes == data + 96);
    }
    SECTION("texts of an array may be equal, and need not be UTF-8") {
        const auto bytes = odd_file("texts_twice_and_not_utf8");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        std::vector<std::string> texts;
        const auto array = parsed->metadata().get<cria::gguf::string_array>("tokenizer.ggml.tokens");
        REQUIRE(array);
        for (const auto text : *array) texts.emplace_back(text);
        CHECK(texts == std::vector<std::string>{"a", "a", "\xFF", "\xC3", std::string(1, '\0'), "a"});
    }
    SECTION("every tensor type has its size") {
        const auto bytes = odd_file("every_tensor_type");
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->tensors().size() == 35);
        for (const auto& tensor : parsed->tensors()) CHECK(tensor.size_bytes == 2 * cria::geometry_of(tensor.type)->bytes_per_block);
    }
}

TEST_CASE("the messages of a broken file read as sentences", "[parse]") {
    const auto says = [](std::string_view name) -> std::string {
        for (const auto& file : cria_test::malformed_files())
            if (file.name == name) {
                const auto parsed = parse(file.bytes);
                return parsed ? "opened" : parsed.error().message();
            }
        return "no such file";
    };
    CHECK(says("ends_in_header_at_byte_13") == "tensor count: file ends at byte 13");
    CHECK(says("magic_lower_case") == "magic: has the magic in lower case, which no writer of GGUF makes, expected GGUF, found gguf at byte 0");
    CHECK(says("magic_zip") == "magic: is a zip archive, as PyTorch checkpoints are; convert the model to GGUF, expected GGUF, found PK\\x03\\x04 at byte 0");
    CHECK(says("version_4") == "version: unsupported GGUF version, expected 1, 2 or 3, found 4 at byte 4");
    CHECK(says("key_empty") == "metadata key: is empty at byte 24");
    CHECK(says("key_with_zero_byte") == "general.alignment\\x00x: key holds a zero byte at byte 24");
    CHECK(says("tensor_type_removed_4") == "bad: tensor type was removed from the format; quantize the model anew: q4_2 at byte 84");
    CHECK(says("data_one_byte_short") == "bad: data ends 1 byte past the end of the file");
}

TEST_CASE("small files cut at any byte give a value or a typed error", "[parse]") {
    const gguf_builder builders[] = {
        cria_test::one_of_each(),
        gguf_builder(2).alignment(64).key("k", "v").tensor("a", {3}, tensor_type::i8).tensor("b", {256}, tensor_type::q4_k),
        gguf_builder().array("deep", std::vector<std::string>(20, "text")).tensor("scalar", {}, tensor_type::f64).without_final_padding(),
        gguf_builder().array("bools", std::vector<bool>{true, false}).tensor("empty", {0}, tensor_type::f32).tensor("w", {1}, tensor_type::f32),
    };
    for (const auto& builder : builders) {
        const file_bytes whole = builder.build();
        for (std::size_t n = 0; n <= whole.size(); ++n) {
            INFO("cut at byte " << n);
            REQUIRE(is_value_or_error(exact_copy(cria_test::first_bytes(whole, n)).view()));
        }
    }
}

TEST_CASE("a small file with any one byte changed gives a value or a typed error", "[parse]") {
    exact_copy bytes(gguf_builder()
                         .key("general.alignment", std::uint32_t{32})
                         .array("t", std::vector<std::string>{"ab", ""})
                         .array("n", std::vector<std::int16_t>{1, 2})
                         .tensor("w", {2}, std::vector<float>{1, -2})
                         .tensor("v", {32, 1}, tensor_type::q8_0)
                         .build());
    std::size_t n_opened = 0;
    for (std::size_t at = 0; at < bytes.view().size(); ++at) {
        const std::byte before = bytes[at];
        for (unsigned change = 1; change < 256; ++change) {
            bytes[at] = before ^ static_cast<std::byte>(change);
            if (!is_value_or_error(bytes.view())) {
                CAPTURE(at, change);
                FAIL("neither a value nor a typed error");
            }
            n_opened += parse(bytes.view()).has_value() ? 1U : 0U;
        }
        bytes[at] = before;
    }
    // Values, names and data may change freely; structure may not.
    CHECK(n_opened > 1000);
    CHECK(n_opened < bytes.view().size() * 255);
}

TEST_CASE("a hundred thousand keys or tensors with long common beginnings parse", "[parse]") {
    // Quadratic work would show as a hang here: ten billion comparisons of names.
    constexpr std::uint32_t n = 100000;
    const std::string prefix(64, 'x');
    SECTION("keys") {
        gguf_builder builder;
        for (std::uint32_t i = 0; i < n; ++i) builder.key(prefix + std::to_string(i), i);
        const auto bytes = builder.build();
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        REQUIRE(parsed->metadata().size() == n);
        bool all_found = true;
        for (std::uint32_t i = 0; i < n; ++i) {
            const auto found = parsed->metadata().get<std::uint32_t>(prefix + std::to_string(i));
            all_found = all_found && found && *found == i;
        }
        CHECK(all_found);
        CHECK_FALSE(parsed->metadata().contains(prefix));
        CHECK_FALSE(parsed->metadata().contains(prefix + std::to_string(n)));
    }
    SECTION("tensors, in the file's order backwards in the data") {
        gguf_builder builder;
        for (std::uint32_t i = 0; i < n; ++i) builder.tensor({.name = prefix + std::to_string(i), .extents = {1}, .offset = std::uint64_t{n - 1 - i} * 32});
        const auto bytes = builder.build();
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        REQUIRE(parsed->tensors().size() == n);
        CHECK(parsed->tensors().find(prefix + "99999")->offset_bytes == parsed->data_offset_bytes());
        bool all_found = true;
        for (const auto& tensor : parsed->tensors()) all_found = all_found && parsed->tensors().find(tensor.name) == &tensor;
        CHECK(all_found);
    }
    SECTION("strings of an array, empty ones: the most a byte can buy") {
        const auto bytes = gguf_builder().raw_array("t", 8, 1000000, file_bytes(8000000)).build();
        const auto parsed = parse(bytes);
        REQUIRE(parsed);
        CHECK(parsed->metadata().get<cria::gguf::string_array>("t").value().size() == 1000000);
    }
}

TEST_CASE("a policy moves the limits, each to the last value it allows", "[parse]") {
    const auto bytes = gguf_builder()
                           .alignment(64)
                           .key("four", std::uint8_t{1})
                           .tensor("seven77", {1, 1, 3}, tensor_type::f32)
                           .tensor("w", {1}, tensor_type::f32)
                           .build();
    const auto refused = [&](const cria::gguf::policy& rules) {
        const auto parsed = parse(bytes, rules);
        return parsed ? std::string("opened") : std::string(cria::name_of(parsed.error().code)) + " " + std::string(parsed.error().subject.view());
    };
    CHECK(refused({}) == "opened");
    CHECK(refused({.max_keys = 2}) == "opened");
    CHECK(refused({.max_keys = 1}) == "limit_exceeded key count");
    CHECK(refused({.max_tensors = 2}) == "opened");
    CHECK(refused({.max_tensors = 1}) == "limit_exceeded tensor count");
    CHECK(refused({.max_key_bytes = 17}) == "opened");
    CHECK(refused({.max_key_bytes = 16}) == "limit_exceeded metadata key");
    CHECK(refused({.max_name_bytes = 7}) == "opened");
    CHECK(refused({.max_name_bytes = 6}) == "limit_exceeded tensor name");
    CHECK(refused({.max_dimensions = 3}) == "opened");
    CHECK(refused({.max_dimensions = 2}) == "limit_exceeded seven77");
    CHECK(refused({.max_dimensions = 1000}) == "opened");
    CHECK(refused({.max_alignment = 64}) == "opened");
    CHECK(refused({.max_alignment = 32}) == "limit_exceeded general.alignment");

    // More dimensions than a shape can hold are refused whatever the policy says.
    const auto nine = gguf_builder().tensor("nine", {1, 1, 1, 1, 1, 1, 1, 1, 1}, tensor_type::f32).build();
    const auto parsed = parse(nine, {.max_dimensions = 1000});
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().expected.number() == 8);
    CHECK(parsed.error().found.number() == 9);
}

TEST_CASE("an alignment as large as a caller's policy allows cannot overflow", "[parse]") {
    const auto bytes = gguf_builder().key("general.alignment", std::uint32_t{1} << 31U).build();
    const auto parsed = parse(bytes, {.max_alignment = (std::numeric_limits<std::uint64_t>::max)()});
    REQUIRE(parsed);
    CHECK(parsed->data_offset_bytes() == std::uint64_t{1} << 31U);
}

TEST_CASE("contents can be moved and keep every view", "[parse]") {
    const auto bytes = cria_test::tiny_llama().build();
    auto parsed = parse(bytes);
    REQUIRE(parsed);
    const std::string_view key = parsed->metadata()[3].key;
    const auto* const tensor = parsed->tensors().find("output_norm.weight");
    REQUIRE(tensor != nullptr);
    const cria::gguf::contents moved = *std::move(parsed);
    CHECK(moved.metadata()[3].key.data() == key.data());
    CHECK(moved.metadata().contains(key));
    CHECK(moved.tensors().find("output_norm.weight") == tensor);
}

TEST_CASE("bytes in memory may begin at any address", "[parse]") {
    const auto bytes = cria_test::tiny_llama_spm().build();
    file_bytes shifted(bytes.size() + 8);
    for (std::size_t shift = 0; shift < 8; ++shift) {
        std::memcpy(shifted.data() + shift, bytes.data(), bytes.size());
        const auto parsed = parse(cria::byte_view(shifted).subspan(shift, bytes.size()));
        REQUIRE(parsed);
        CHECK(cria_test::walk(*parsed).sum == cria_test::walk(*parse(bytes)).sum);
        CHECK(cria_test::walk(*parsed).contradictions == 0);
    }
}
