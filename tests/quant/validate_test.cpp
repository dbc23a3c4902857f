// SPDX-License-Identifier: MIT
// Payload checks: what each finds, what it must not find, and that looking fast finds the same.
#include "cria/quant/validate.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "quant/ggml_values.hpp"
#include "quant/random_blocks.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace quant = cria::quant;
using cria::tensor_type;
using blocks = std::vector<std::byte>;

/// Bytes that are put somewhere into a block.
struct patch {
    std::size_t offset_bytes;
    std::vector<unsigned> bytes;
};

/// A block of zeros with something in it that no quantizer writes.
struct wrong_block {
    tensor_type type;
    std::vector<patch> patches;
    std::string_view reason;
};

constexpr std::string_view scale = "scale is not finite", minimum = "minimum is not finite", nan = "value is not a number", infinite = "value is infinite";
const std::vector<unsigned> half_infinity = {0x00, 0x7C}, half_minus_infinity = {0x00, 0xFC}, half_nan = {0x01, 0x7C}, half_minus_nan = {0xFF, 0xFF};

const std::vector<wrong_block> wrong_blocks = {
    {tensor_type::f32, {{0, {0x00, 0x00, 0x80, 0x7F}}}, infinite},
    {tensor_type::f32, {{0, {0x00, 0x00, 0x80, 0xFF}}}, infinite},
    {tensor_type::f32, {{0, {0x01, 0x00, 0x80, 0x7F}}}, nan},
    {tensor_type::f32, {{0, {0x00, 0x00, 0xC0, 0xFF}}}, nan},
    {tensor_type::f16, {{0, half_infinity}}, infinite},
    {tensor_type::f16, {{0, half_minus_infinity}}, infinite},
    {tensor_type::f16, {{0, half_nan}}, nan},
    {tensor_type::f16, {{0, half_minus_nan}}, nan},
    {tensor_type::bf16, {{0, {0x80, 0x7F}}}, infinite},
    {tensor_type::bf16, {{0, {0x80, 0xFF}}}, infinite},
    {tensor_type::bf16, {{0, {0x81, 0x7F}}}, nan},
    {tensor_type::bf16, {{0, {0xFF, 0xFF}}}, nan},
    {tensor_type::f64, {{0, {0, 0, 0, 0, 0, 0, 0xF0, 0x7F}}}, infinite},
    {tensor_type::f64, {{0, {0, 0, 0, 0, 0, 0, 0xF0, 0xFF}}}, infinite},
    {tensor_type::f64, {{0, {1, 0, 0, 0, 0, 0, 0xF0, 0x7F}}}, nan},
    {tensor_type::f64, {{0, {0, 0, 0, 0xF0, 0xFF, 0xFF, 0xEF, 0x47}}}, "value is beyond the range of a float"},
    {tensor_type::f64, {{0, {0, 0, 0, 0xF0, 0xFF, 0xFF, 0xEF, 0xC7}}}, "value is beyond the range of a float"},
    {tensor_type::q4_0, {{0, half_infinity}}, scale},
    {tensor_type::q4_0, {{0, half_minus_infinity}}, scale},
    {tensor_type::q4_0, {{0, half_nan}}, scale},
    {tensor_type::q4_1, {{0, half_infinity}}, scale},
    {tensor_type::q4_1, {{2, half_nan}}, minimum},
    {tensor_type::q5_0, {{0, half_nan}}, scale},
    {tensor_type::q5_1, {{0, half_nan}}, scale},
    {tensor_type::q5_1, {{2, half_infinity}}, minimum},
    {tensor_type::q8_0, {{0, half_infinity}}, scale},
    {tensor_type::q8_1, {{0, half_infinity}}, scale},
    {tensor_type::q8_1, {{2, half_minus_infinity}}, "sum is not finite"},
    {tensor_type::q2_k, {{80, half_infinity}}, scale},
    {tensor_type::q2_k, {{82, half_nan}}, minimum},
    {tensor_type::q3_k, {{108, half_nan}}, scale},
    {tensor_type::q4_k, {{0, half_infinity}}, scale},
    {tensor_type::q4_k, {{2, half_infinity}}, minimum},
    {tensor_type::q5_k, {{0, half_nan}}, scale},
    {tensor_type::q5_k, {{2, half_minus_nan}}, minimum},
    {tensor_type::q6_k, {{208, half_infinity}}, scale},
    {tensor_type::q8_k, {{0, {0x00, 0x00, 0x80, 0x7F}}}, scale},
    {tensor_type::q8_k, {{0, {0x01, 0x00, 0x80, 0xFF}}}, scale},
    {tensor_type::q8_k, {{0, {0x00, 0x00, 0x80, 0x3F}}, {4, {1}}}, "sums are not those of the codes"},
    {tensor_type::q8_k, {{0, {0x00, 0x00, 0x80, 0x3F}}, {259, {0xFF}}}, "sums are not those of the codes"},
    {tensor_type::q8_k, {{0, {0x01, 0x00, 0x00, 0x00}}, {291, {1}}}, "sums are not those of the codes"},
    {tensor_type::iq2_xxs, {{0, half_infinity}}, scale},
    {tensor_type::iq2_xs, {{0, half_nan}}, scale},
    {tensor_type::iq2_s, {{0, half_nan}}, scale},
    {tensor_type::iq3_xxs, {{0, half_nan}}, scale},
    {tensor_type::iq3_s, {{0, half_nan}}, scale},
    {tensor_type::iq1_s, {{0, half_minus_nan}}, scale},
    {tensor_type::iq1_m, {{52, {0x00, 0xC0, 0x00, 0x70}}}, scale},                          // infinity
    {tensor_type::iq1_m, {{48, {0x00, 0x10}}, {52, {0x00, 0xC0, 0x00, 0xF0}}}, scale},      // a NaN
    {tensor_type::iq4_nl, {{0, half_nan}}, scale},
    {tensor_type::iq4_xs, {{0, half_infinity}}, scale},
    {tensor_type::tq1_0, {{52, half_infinity}}, scale},
    {tensor_type::tq1_0, {{0, {0x01}}}, "byte is no number of five ternary digits"},
    {tensor_type::tq1_0, {{47, {0xED}}}, "byte is no number of five ternary digits"},
    {tensor_type::tq1_0, {{48, {0xED}}}, "byte is no number of five ternary digits"},
    {tensor_type::tq1_0, {{48, {0x02}}}, "byte of four ternary digits has a fifth"},
    {tensor_type::tq1_0, {{51, {0x03}}}, "byte of four ternary digits has a fifth"},
    {tensor_type::tq2_0, {{64, half_nan}}, scale},
    {tensor_type::tq2_0, {{0, {0x03}}}, "ternary code is 3"},
    {tensor_type::tq2_0, {{31, {0x30}}}, "ternary code is 3"},
    {tensor_type::tq2_0, {{63, {0xC0}}}, "ternary code is 3"},
    {tensor_type::mxfp4, {{0, {0xFF}}}, "scale is the NaN of E8M0"},
    {tensor_type::nvfp4, {{0, {0x7F}}}, "scale is the NaN of E4M3"},
    {tensor_type::nvfp4, {{3, {0x7F}}}, "scale is the NaN of E4M3"},
    {tensor_type::nvfp4, {{0, {0x80}}}, "unsigned scale has a sign"},
    {tensor_type::nvfp4, {{2, {0xFF}}}, "unsigned scale has a sign"},
    {tensor_type::q1_0, {{0, half_infinity}}, scale},
    {tensor_type::q2_0, {{0, half_nan}}, scale},
};

/// The same block with something in it that is the last that may be.
const std::vector<wrong_block> right_blocks = {
    {tensor_type::f32, {{0, {0xFF, 0xFF, 0x7F, 0xFF}}}, ""},
    {tensor_type::f16, {{0, {0xFF, 0xFB}}}, ""},
    {tensor_type::bf16, {{0, {0x7F, 0xFF}}}, ""},
    {tensor_type::f64, {{0, {0xFF, 0xFF, 0xFF, 0xEF, 0xFF, 0xFF, 0xEF, 0xC7}}}, ""},
    {tensor_type::q4_0, {{0, {0xFF, 0x7B}}, {2, {0xFF, 0x7C, 0x00, 0x7C}}}, ""},
    {tensor_type::q4_1, {{0, {0xFF, 0xFB, 0xFF, 0xFB}}, {4, {0x00, 0x7C}}}, ""},
    {tensor_type::q2_k, {{78, {0x00, 0x7C, 0xFF, 0xFB, 0xFF, 0x7B}}}, ""},
    {tensor_type::q3_k, {{106, {0x00, 0x7C, 0xFF, 0xFB}}}, ""},
    {tensor_type::q6_k, {{206, {0x00, 0x7C, 0xFF, 0xFB}}}, ""},
    {tensor_type::q8_1, {{2, {0xFF, 0xFB, 0x00, 0x7C}}}, ""},
    {tensor_type::q8_k, {{0, {0x00, 0x00, 0x80, 0x3F}}, {4, {0x80, 0x80}}, {19, {0x7F}}, {260, {0x7F, 0xFF}}}, ""},
    {tensor_type::q8_k, {{4, {0x80}}, {260, {0x11, 0x22}}}, ""},                          // of zeros: sums that nobody wrote
    {tensor_type::q8_k, {{3, {0x80}}, {4, {0x80}}}, ""},                                  // −0
    {tensor_type::iq1_m, {{48, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBF, 0xFF, 0xFF}}}, ""},  // exponent 1E
    {tensor_type::iq1_m, {{48, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xEF}}}, ""},  // exponent 1B
    {tensor_type::tq1_0, {{0, {0x02, 0x03, 0xFE}}, {48, {0x04, 0xFD}}, {52, {0xFF, 0xFB}}}, ""},
    {tensor_type::tq2_0, {{0, {0xAA, 0x55, 0x69}}, {63, {0xAA, 0xFF, 0xFB}}}, ""},
    {tensor_type::mxfp4, {{0, {0xFE, 0xFF}}}, ""},
    {tensor_type::nvfp4, {{0, {0x7E, 0x7E, 0x7E, 0x7E, 0xFF}}}, ""},
    {tensor_type::q2_0, {{2, {0xFF, 0xFF}}}, ""},  // its code 3 is +2
};

auto layout_of(tensor_type type) -> cria::geometry { return *cria::geometry_of(type); }

auto zero_blocks(tensor_type type, std::size_t n) -> blocks { return blocks(n * layout_of(type).bytes_per_block); }

void put(blocks& into, tensor_type type, std::size_t block, const std::vector<patch>& patches) {
    for (const auto& [offset, bytes] : patches)
        for (std::size_t i = 0; i < bytes.size(); ++i) into[block * layout_of(type).bytes_per_block + offset + i] = static_cast<std::byte>(bytes[i]);
}

auto find(tensor_type type, const blocks& in, std::size_t blocks_per_row = 1) -> std::optional<quant::payload_fault> {
    const auto found = quant::find_fault(type, in, blocks_per_row * layout_of(type).elements_per_block);
    REQUIRE(found);
    return *found;
}

/// The first fault by the definition.
auto first_by_definition(tensor_type type, cria::byte_view in) -> std::optional<std::uint64_t> {
    const std::size_t size = layout_of(type).bytes_per_block;
    for (std::size_t k = 0; k < in.size() / size; ++k)
        if (quant::fault_of(type, in.data() + k * size) != nullptr) return k;
    return std::nullopt;
}

}  // namespace

TEST_CASE("every check finds its block, first or last of several rows, and says which, where and why") {
    constexpr std::size_t n_rows = 5, blocks_per_row = 3;
    for (const wrong_block& each : wrong_blocks) {
        CAPTURE(layout_of(each.type).name, each.reason, each.patches[0].offset_bytes);
        for (const std::size_t block : {std::size_t{0}, std::size_t{7}, n_rows * blocks_per_row - 1}) {
            blocks tensor = zero_blocks(each.type, n_rows * blocks_per_row);
            CHECK(!find(each.type, tensor, blocks_per_row));
            put(tensor, each.type, block, each.patches);
            const auto found = find(each.type, tensor, blocks_per_row);
            REQUIRE(found);
            CHECK(found->block == block);
            CHECK(found->row == block / blocks_per_row);
            CHECK(found->offset_bytes == block * layout_of(each.type).bytes_per_block);
            CHECK(found->reason == each.reason);
        }
    }
}

TEST_CASE("what is just inside its range is no fault, nor is what only looks like a scale") {
    for (const wrong_block& each : right_blocks) {
        CAPTURE(layout_of(each.type).name, each.patches[0].offset_bytes);
        blocks tensor = zero_blocks(each.type, 3);
        put(tensor, each.type, 2, each.patches);
        CHECK(!find(each.type, tensor));
    }
}

TEST_CASE("a scale, and a byte of ternary digits, is judged right for each of its values") {
    for (unsigned bits = 0; bits < 0x10000; ++bits) {
        const bool is_finite = (bits >> 10U & 0x1FU) != 0x1F;
        for (const auto& [type, at] : {std::pair{tensor_type::q8_0, std::size_t{0}}, std::pair{tensor_type::q6_k, std::size_t{208}}}) {
            blocks one = zero_blocks(type, 1);
            put(one, type, 0, {{at, {bits & 0xFFU, bits >> 8U}}});
            if (find(type, one).has_value() == is_finite) FAIL(bits);
        }
        blocks scattered = zero_blocks(tensor_type::iq1_m, 1);
        for (unsigned k = 0; k < 4; ++k) put(scattered, tensor_type::iq1_m, 0, {{49 + 2 * k, {(bits >> 4 * k & 15U) << 4U}}});
        if (find(tensor_type::iq1_m, scattered).has_value() == is_finite) FAIL(bits);
    }
    std::set<unsigned> five, four;
    for (unsigned number = 0; number < 243; ++number) {
        five.insert((number * 256 + 242) / 243);  // as quantize_row_tq1_0_ref has it
        if (number % 3 == 0) four.insert((number * 256 + 242) / 243);
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        for (std::size_t at = 0; at < 52; ++at) {
            blocks one = zero_blocks(tensor_type::tq1_0, 1);
            put(one, tensor_type::tq1_0, 0, {{at, {byte}}});
            CHECK(find(tensor_type::tq1_0, one).has_value() == !(at < 48 ? five : four).contains(byte));
        }
        blocks one = zero_blocks(tensor_type::nvfp4, 1);
        put(one, tensor_type::nvfp4, 0, {{1, {byte}}});
        CHECK(find(tensor_type::nvfp4, one).has_value() == (byte >= 0x7F));
    }
}

TEST_CASE("integers have no faults") {
    for (const tensor_type type : {tensor_type::i8, tensor_type::i16, tensor_type::i32, tensor_type::i64}) CHECK(!find(type, blocks(64, std::byte{0xFF})));
}

TEST_CASE("the first fault of many blocks is the one that looking at each would find, from any address") {
    cria_test::random_numbers random(6);
    std::size_t n_faults = 0;
    for (const tensor_type type : cria_test::every_type()) {
        CAPTURE(layout_of(type).name);
        const std::size_t size = layout_of(type).bytes_per_block;
        for (int round = 0; round < 200; ++round) {
            const std::size_t n = 1 + random.below(3 * (1U << 14U) / size), shift = random.below(16);
            blocks memory(shift + n * size);
            const cria::byte_view tensor(memory.data() + shift, n * size);
            for (std::uint64_t k = random.below(4); k > 0; --k) {
                const std::size_t at = shift + random.below(n) * size;  // a block of random bytes, or some of them
                const bool is_whole = random.below(2) == 0;
                const std::size_t begin = is_whole ? 0 : random.below(size), end = is_whole ? size : begin + 1;
                for (std::size_t i = begin; i < end; ++i) memory[at + i] = static_cast<std::byte>(random.next() | (random.next() & random.next()));
            }
            const auto wanted = first_by_definition(type, tensor);
            const auto found = quant::find_fault(type, tensor, layout_of(type).elements_per_block);
            REQUIRE(found);
            REQUIRE((*found ? std::optional((*found)->block) : std::nullopt) == wanted);
            // Nor may it be asked to look twice where there is nothing: that would be right, and slow.
            REQUIRE(quant::detail::any_fault(type, layout_of(type), tensor.data(), n) == wanted.has_value());
            n_faults += wanted ? 1U : 0U;
        }
    }
    CHECK(n_faults > 500);
}

TEST_CASE("what cannot be checked is a typed error: types, half blocks, half rows") {
    const blocks bytes(180);
    const auto code_of = [&](unsigned type, std::size_t n_bytes, std::uint64_t elements_per_row) {
        const auto found = quant::find_fault(static_cast<tensor_type>(type), cria::byte_view(bytes).first(n_bytes), elements_per_row);
        return found ? std::string("none") : std::string(name_of(found.error().code));
    };
    CHECK(code_of(4, 180, 32) == "unsupported_type");
    CHECK(code_of(43, 180, 32) == "unsupported_type");
    CHECK(code_of(2, 17, 32) == "wrong_shape");
    CHECK(code_of(2, 180, 0) == "wrong_shape");
    CHECK(code_of(2, 180, 48) == "wrong_shape");
    CHECK(code_of(2, 180, 96) == "wrong_shape");
    CHECK(code_of(2, 180, 64) == "none");
    CHECK(code_of(2, 0, 64) == "none");
}

TEST_CASE("what ggml's quantizers made of normal data has no fault, whatever the type", "[conformance]") {
    const auto file = cria_test::ggml_values_file();
    if (!file) return cria_test::skip("no conformance/dequant under CRIA_SHARED_DIR");
    const auto all = cria_test::read_ggml_values(*file);
    CHECK(all.size() == 27);
    for (const cria_test::ggml_values& each : all) {
        const std::size_t size = layout_of(each.type).bytes_per_block;
        CAPTURE(layout_of(each.type).name, each.n_realistic);
        CHECK(each.n_realistic > 0);
        const auto found = quant::find_fault(each.type, each.blocks.first(each.n_realistic * size), layout_of(each.type).elements_per_block);
        REQUIRE(found);
        CHECK(!*found);
        for (std::size_t first = each.n_realistic; first < each.n_blocks; ++first) {  // random bytes, which have faults
            const cria::byte_view rest = each.blocks.subspan(first * size);
            const auto fault = quant::find_fault(each.type, rest, layout_of(each.type).elements_per_block);
            REQUIRE(fault);
            REQUIRE((*fault ? std::optional((*fault)->block) : std::nullopt) == first_by_definition(each.type, rest));
        }
    }
}
