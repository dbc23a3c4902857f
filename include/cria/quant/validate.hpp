// SPDX-License-Identifier: MIT
#ifndef CRIA_QUANT_VALIDATE_HPP
#define CRIA_QUANT_VALIDATE_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/quant/blocks.hpp"
#include "cria/quant/dequantize.hpp"
#include "cria/quant/tile.hpp"

#include <array>
#include <bit>  // endian
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <optional>

// Whether blocks can be what somebody wrote on purpose. Every block decodes, whatever its bytes, so a damaged file or a
// broken converter shows itself only in what no quantizer writes: scales that are not finite, codes outside a code's
// range, sums that contradict what was added. docs/gguf-research.md lists the checks of each type ("Payload checks"). What
// ggml_validate_row_data of ggml 0.25.3 rejects is rejected here, and a few things that it lets pass.
//
// A fault means that no honest writer wrote these bytes. The converse does not hold: most damage is in codes, and any
// code is as good as another.
//
// fault_of() looks at one block and is the definition. find_fault() goes over many at the speed of memory: it asks first
// whether there is any fault among some KiB, without branches, and looks for it only then.

namespace cria::inline v0::quant {

/// The first block of some that no quantizer can have written.
struct payload_fault {
    std::uint64_t block = 0;         ///< which one, counted from 0; of plain types, which element
    std::uint64_t row = 0;           ///< the row it is in
    std::uint64_t offset_bytes = 0;  ///< where it begins in the bytes that were looked at
    const char* reason = "";         ///< a sentence without its subject: `scale is not finite`
};

/// What is wrong with the one block at `block`; nullptr where nothing is.
/// Precondition: the type has a geometry (geometry_of); `block` has its bytes_per_block.
[[nodiscard]] inline auto fault_of(tensor_type type, const std::byte* block) noexcept -> const char*;

/// The first block of `blocks` with a fault; nothing where there is none.
///
///     CRIA_TRY(const auto bytes, file.bytes(tensor));
///     CRIA_TRY(const auto fault, quant::find_fault(tensor.type, bytes, tensor.shape[0]));
///     if (fault) print("row {}: {} at byte {}", fault->row, fault->reason, tensor.offset_bytes + fault->offset_bytes);
///
/// `blocks` needs no alignment.
/// Fails:   errc::unsupported_type; errc::wrong_shape where `blocks` is not whole blocks, a row not whole blocks, or `blocks`
///          not whole rows.
/// Cost:    O(bytes), no allocation. Threads: no state.
[[nodiscard]] inline auto find_fault(tensor_type type, byte_view blocks, std::uint64_t elements_per_row) -> result<std::optional<payload_fault>>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

// One block, as plainly as it can be said ------------------------------------------------------------

/// Where a block has scales of 16 bits: one, or two beside each other.
struct half_scales {
    std::uint32_t offset_bytes = 0;
    std::uint32_t n_halves = 0;
    const char* second = "";  // what is wrong where the second one is
};

[[nodiscard]] constexpr auto half_scales_of(tensor_type type) noexcept -> half_scales {
    constexpr const char* minimum = "minimum is not finite";
    switch (type) {
        case tensor_type::q4_0:
        case tensor_type::q5_0:
        case tensor_type::q8_0:
        case tensor_type::q1_0:
        case tensor_type::q2_0:
        case tensor_type::iq4_nl:
        case tensor_type::iq4_xs:
        case tensor_type::iq1_s:
        case tensor_type::iq2_xxs:
        case tensor_type::iq2_xs:
        case tensor_type::iq2_s:
        case tensor_type::iq3_xxs:
        case tensor_type::iq3_s: return {0, 1};
        case tensor_type::q3_k: return {108, 1};
        case tensor_type::q6_k: return {208, 1};
        case tensor_type::tq1_0: return {52, 1};
        case tensor_type::tq2_0: return {64, 1};
        case tensor_type::q4_1:
        case tensor_type::q5_1:
        case tensor_type::q4_k:
        case tensor_type::q5_k: return {0, 2, minimum};
        case tensor_type::q2_k: return {80, 2, minimum};
        case tensor_type::q8_1: return {0, 2, "sum is not finite"};
        default: return {};
    }
}

[[nodiscard]] constexpr auto is_finite_half(unsigned bits) noexcept -> bool { return (bits & 0x7C00U) != 0x7C00U; }

/// What is wrong with a number whose magnitude has these bits, where infinity has those.
[[nodiscard]] constexpr auto fault_of_number(std::uint64_t magnitude, std::uint64_t infinity) noexcept -> const char* {
    return magnitude < infinity ? nullptr : magnitude == infinity ? "value is infinite" : "value is not a number";
}

/// The least double that is infinite as a float: halfway between the largest float and the next power of two.
inline constexpr std::uint64_t least_beyond_float = 0x47EFFFFFF0000000;

[[nodiscard]] inline auto fault_of_double(std::uint64_t magnitude) noexcept -> const char* {
    const char* const not_finite = fault_of_number(magnitude, 0x7FF0000000000000);
    return not_finite != nullptr || magnitude < least_beyond_float ? not_finite : "value is beyond the range of a float";
}

/// How many digits to base 3 a byte of TQ1_0 can stand for: 5, or 4 where the last is 0, or none at all.
inline constexpr auto ternary_digits = [] {
    std::array<std::uint8_t, 256> digits{};
    for (unsigned number = 0; number < 243; ++number) digits[(number * 256 + 242) / 243] = number % 3 == 0 ? 4 : 5;
    return digits;
}();

[[nodiscard]] inline auto fault_of_tq1_0(const std::byte* b) noexcept -> const char* {
    for (std::size_t i = 0; i < 52; ++i)
        if (ternary_digits[u8(b + i)] == 0) return "byte is no number of five ternary digits";
    for (std::size_t i = 48; i < 52; ++i)
        if (ternary_digits[u8(b + i)] == 5) return "byte of four ternary digits has a fifth";
    return nullptr;
}

[[nodiscard]] inline auto fault_of_tq2_0(const std::byte* b) noexcept -> const char* {
    for (std::size_t i = 0; i < 64; ++i)
        if ((u8(b + i) & u8(b + i) >> 1U & 0x55U) != 0) return "ternary code is 3";
    return nullptr;
}

[[nodiscard]] inline auto fault_of_nvfp4(const std::byte* b) noexcept -> const char* {
    for (std::size_t part = 0; part < 4; ++part) {
        if (u8(b + part) == 0x7F) return "scale is the NaN of E4M3";
        if (u8(b + part) > 0x7F) return "unsigned scale has a sign";
    }
    return nullptr;
}

[[nodiscard]] inline auto fault_of_q8_k(const std::byte* b) noexcept -> const char* {
    const std::uint32_t magnitude = u32(b) & 0x7FFFFFFFU;
    if (magnitude >= 0x7F800000U) return "scale is not finite";
    if (magnitude == 0) return nullptr;  // ggml does not write the sums of a block of zeros
    for (std::size_t g = 0; g < 16; ++g) {
        int sum = 0;
        for (std::size_t i = 0; i < 16; ++i) sum += i8(b + 4 + 16 * g + i);
        if (sum != static_cast<std::int16_t>(u16(b + 260 + 2 * g))) return "sums are not those of the codes";
    }
    return nullptr;
}

[[nodiscard]] inline auto fault_of_iq1_m(const std::byte* b) noexcept -> const char* {
    // A nibble of the scale is on top of each of four words; the exponent is in the last two.
    const unsigned bits = u16(b + 54) & 0xF000U, next = u16(b + 52) >> 4U & 0x0F00U;
    return is_finite_half(bits | next) ? nullptr : "scale is not finite";
}

// Many blocks, asked for any fault -------------------------------------------------------------------

// A number is not finite if its exponent is all ones, and then adding one to the exponent carries into the sign, which
// was masked away: three operations for as many numbers as a word has, and one branch for thousands of words.

struct carry_test {
    std::uint64_t kept = 0, added = 0, carried = 0;
};
inline constexpr carry_test f32_test{0x7F8000007F800000, 0x0080000000800000, 0x8000000080000000};
inline constexpr carry_test f16_test{0x7C007C007C007C00, 0x0400040004000400, 0x8000800080008000};
inline constexpr carry_test bf16_test{0x7F807F807F807F80, 0x0080008000800080, 0x8000800080008000};
inline constexpr carry_test f64_test{0x7FFFFFFFFFFFFFFF, 0x8000000000000000 - least_beyond_float, 0x8000000000000000};

/// Whether one of the numbers in `n_bytes` bytes does not pass.
[[nodiscard]] inline auto any_number_fails(const std::byte* at, std::size_t n_bytes, const carry_test& by) noexcept -> bool {
    std::uint64_t seen = 0;
#if defined(CRIA_DETAIL_QUANT_TILES)
    if constexpr (std::endian::native == std::endian::little) {
        words_16 sums[4] = {};
        for (; n_bytes >= sizeof sums; n_bytes -= sizeof sums, at += sizeof sums) {
            for (std::size_t k = 0; k < 4; ++k) {
                words_16 words;
                std::memcpy(&words, at + k * sizeof words, sizeof words);
                sums[k] |= (words & by.kept) + by.added;
            }
        }
        const words_16 all = sums[0] | sums[1] | sums[2] | sums[3];
        seen = all[0] | all[1];
    }
#endif
    for (; n_bytes >= 8; n_bytes -= 8, at += 8) seen |= (cria::detail::load<std::uint64_t>(at) & by.kept) + by.added;
    if (n_bytes != 0) {
        std::byte rest[8] = {};  // zeros pass
        std::memcpy(rest, at, n_bytes);
        seen |= (cria::detail::load<std::uint64_t>(rest) & by.kept) + by.added;
    }
    return (seen & by.carried) != 0;
}

/// Whether one of the words at `at`, `at + stride`, … does not pass.
template <class Word>
[[nodiscard]] auto any_word_fails(const std::byte* at, std::size_t n, std::size_t stride, const carry_test& by) noexcept -> bool {
    const auto kept = static_cast<Word>(by.kept), added = static_cast<Word>(by.added);
    Word seen = 0;
    for (std::size_t k = 0; k < n; ++k, at += stride) seen = static_cast<Word>(seen | ((cria::detail::load<Word>(at) & kept) + added));
    return (seen & static_cast<Word>(by.carried)) != 0;
}

[[nodiscard]] inline auto any_half_fails(const half_scales& where, const std::byte* at, std::size_t n, std::size_t stride) noexcept -> bool {
    if (where.n_halves == 1) return any_word_fails<std::uint16_t>(at + where.offset_bytes, n, stride, f16_test);
    return any_word_fails<std::uint32_t>(at + where.offset_bytes, n, stride, f16_test);
}

template <class Fault>
[[nodiscard]] auto any_block_fails(const std::byte* at, std::size_t n, std::size_t stride, Fault fault) noexcept -> bool {
    for (std::size_t k = 0; k < n; ++k, at += stride)
        if (fault(at) != nullptr) return true;
    return false;
}

[[nodiscard]] inline auto any_tq1_0_fails(const std::byte* at, std::size_t n) noexcept -> bool {
#if defined(CRIA_DETAIL_QUANT_TILES)
    // A byte is ⌈256 · number / 243⌉ for some number below 243 if 243 · byte, modulo 256, is below 243. 243 is −13 there,
    // so the others are those with 13 · byte from 1 to 13.
    bytes_16 seen = {};
    unsigned not_four = 0;
    for (std::size_t k = 0; k < n; ++k, at += 54) {
        for (std::size_t part = 0; part < 3; ++part) {
            const bytes_16 once = load_16(at + 16 * part);
            const bytes_16 four_times = once + once + (once + once);
            seen |= reinterpret_cast<bytes_16>(once + four_times + (four_times + four_times) - 1 < 13);
        }
        for (std::size_t i = 48; i < 52; ++i) not_four |= ternary_digits[u8(at + i)] ^ 4U;
    }
    const auto words = reinterpret_cast<words_16>(seen);
    return (words[0] | words[1]) != 0 || not_four != 0;
#else
    return any_block_fails(at, n, 54, fault_of_tq1_0);
#endif
}

[[nodiscard]] inline auto any_tq2_0_fails(const std::byte* at, std::size_t n) noexcept -> bool {
    std::uint64_t seen = 0;
    for (std::size_t k = 0; k < n; ++k, at += 66) {
        for (std::size_t i = 0; i < 64; i += 8) {
            const auto codes = cria::detail::load<std::uint64_t>(at + i);
            seen |= codes & codes >> 1U;
        }
    }
    return (seen & 0x5555555555555555) != 0;
}

[[nodiscard]] inline auto any_nvfp4_fails(const std::byte* at, std::size_t n) noexcept -> bool {
    std::uint32_t seen = 0;
    for (std::size_t k = 0; k < n; ++k, at += 36) {
        const std::uint32_t scales = u32(at);
        seen |= scales | (scales + 0x01010101U);  // 7F carries; what carries further has a sign itself
    }
    return (seen & 0x80808080U) != 0;
}

[[nodiscard]] inline auto any_mxfp4_fails(const std::byte* at, std::size_t n) noexcept -> bool {
    unsigned seen = 0;
    for (std::size_t k = 0; k < n; ++k, at += 17) seen |= u8(at) + 1;
    return seen >= 0x100;
}

[[nodiscard]] inline auto any_iq1_m_fails(const std::byte* at, std::size_t n) noexcept -> bool {
    constexpr std::uint32_t exponent = 0x7000C000;
    bool seen = false;
    for (std::size_t k = 0; k < n; ++k, at += 56) seen |= (u32(at + 52) & exponent) == exponent;
    return seen;
}

/// The sum of sixteen signed codes, modulo 2¹⁶.
[[nodiscard]] inline auto sum_of_codes(const std::byte* codes) noexcept -> unsigned {
    constexpr std::uint64_t signs = 0x8080808080808080, low = 0x00FF00FF00FF00FF;
    const std::uint64_t a = cria::detail::load<std::uint64_t>(codes) ^ signs, b = cria::detail::load<std::uint64_t>(codes + 8) ^ signs;
    const std::uint64_t lanes = (a & low) + (a >> 8U & low) + (b & low) + (b >> 8U & low);  // four, each up to 4 · 255
    return static_cast<unsigned>(lanes * 0x0001000100010001 >> 48U) - 16 * 0x80;
}

[[nodiscard]] inline auto any_q8_k_fails(const std::byte* at, std::size_t n) noexcept -> bool {
    unsigned seen = 0;
    for (std::size_t k = 0; k < n; ++k, at += 292) {
        const std::uint32_t magnitude = u32(at) & 0x7FFFFFFFU;
        unsigned differences = 0;
        for (std::size_t g = 0; g < 16; ++g) differences |= (sum_of_codes(at + 4 + 16 * g) ^ u16(at + 260 + 2 * g)) & 0xFFFFU;
        seen |= magnitude >= 0x7F800000U ? 1U : magnitude != 0 ? differences : 0U;
    }
    return seen != 0;
}

/// Whether fault_of() finds something in one of `n` blocks.
[[nodiscard]] inline auto any_fault(tensor_type type, const geometry& layout, const std::byte* at, std::size_t n) noexcept -> bool {
    const std::size_t stride = layout.bytes_per_block;
    const half_scales halves = half_scales_of(type);
    if (halves.n_halves != 0 && any_half_fails(halves, at, n, stride)) return true;
    switch (type) {
        case tensor_type::f32: return any_number_fails(at, n * stride, f32_test);
        case tensor_type::f16: return any_number_fails(at, n * stride, f16_test);
        case tensor_type::bf16: return any_number_fails(at, n * stride, bf16_test);
        case tensor_type::f64: return any_number_fails(at, n * stride, f64_test);
        case tensor_type::mxfp4: return any_mxfp4_fails(at, n);
        case tensor_type::nvfp4: return any_nvfp4_fails(at, n);
        case tensor_type::tq1_0: return any_tq1_0_fails(at, n);
        case tensor_type::tq2_0: return any_tq2_0_fails(at, n);
        case tensor_type::iq1_m: return any_iq1_m_fails(at, n);
        case tensor_type::q8_k: return any_q8_k_fails(at, n);
        default: return false;
    }
}

/// Whether any bytes will do.
[[nodiscard]] constexpr auto is_integer(tensor_type type) noexcept -> bool {
    return type == tensor_type::i8 || type == tensor_type::i16 || type == tensor_type::i32 || type == tensor_type::i64;
}

}  // namespace detail

inline auto fault_of(tensor_type type, const std::byte* block) noexcept -> const char* {
    const detail::half_scales halves = detail::half_scales_of(type);
    if (halves.n_halves >= 1 && !detail::is_finite_half(detail::u16(block + halves.offset_bytes))) return "scale is not finite";
    if (halves.n_halves == 2 && !detail::is_finite_half(detail::u16(block + halves.offset_bytes + 2))) return halves.second;
    switch (type) {
        case tensor_type::f32: return detail::fault_of_number(detail::u32(block) & 0x7FFFFFFFU, 0x7F800000U);
        case tensor_type::f16: return detail::fault_of_number(detail::u16(block) & 0x7FFFU, 0x7C00U);
        case tensor_type::bf16: return detail::fault_of_number(detail::u16(block) & 0x7FFFU, 0x7F80U);
        case tensor_type::f64: return detail::fault_of_double(cria::detail::load<std::uint64_t>(block) & 0x7FFFFFFFFFFFFFFF);
        case tensor_type::mxfp4: return detail::u8(block) == 0xFF ? "scale is the NaN of E8M0" : nullptr;
        case tensor_type::nvfp4: return detail::fault_of_nvfp4(block);
        case tensor_type::tq1_0: return detail::fault_of_tq1_0(block);
        case tensor_type::tq2_0: return detail::fault_of_tq2_0(block);
        case tensor_type::iq1_m: return detail::fault_of_iq1_m(block);
        case tensor_type::q8_k: return detail::fault_of_q8_k(block);
        default: return nullptr;
    }
}

inline auto find_fault(tensor_type type, byte_view blocks, std::uint64_t elements_per_row) -> result<std::optional<payload_fault>> {
    CRIA_TRY(const auto from, detail::check_blocks(type, blocks));
    const std::uint64_t per_block = from.layout.elements_per_block;
    if (elements_per_row == 0 || elements_per_row % per_block != 0 || from.n_elements % elements_per_row != 0) {
        return error{errc::wrong_shape, "rows"}.because("rows must be whole blocks, and the tensor whole rows").finding(elements_per_row);
    }
    if (detail::is_integer(type)) return std::optional<payload_fault>();
    const std::size_t n_blocks = blocks.size() / from.layout.bytes_per_block, step = (std::size_t{1} << 14U) / from.layout.bytes_per_block;
    for (std::size_t first = 0; first < n_blocks; first += step) {
        const std::size_t n = n_blocks - first < step ? n_blocks - first : step;
        const std::byte* at = from.begin + first * from.layout.bytes_per_block;
        if (!detail::any_fault(type, from.layout, at, n)) continue;
        for (std::uint64_t block = first; block < first + n; ++block, at += from.layout.bytes_per_block)
            if (const char* const reason = fault_of(type, at))
                return std::optional(payload_fault{block, block / (elements_per_row / per_block), block * from.layout.bytes_per_block, reason});
    }
    return std::optional<payload_fault>();
}

}  // namespace cria::inline v0::quant

#endif  // CRIA_QUANT_VALIDATE_HPP
