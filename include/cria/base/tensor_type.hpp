// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_TENSOR_TYPE_HPP
#define CRIA_BASE_TENSOR_TYPE_HPP

#include "cria/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// The element types of ggml tensors and how many bytes a block of each takes: the one thing that the
// container, the dequantizer and the upload plan have to agree on. How the bits inside a block are
// laid out is cria::quant's business.
//
// Ids and sizes: ggml's `enum ggml_type` and block structs, as of GGML_TYPE_COUNT = 43 (ggml 0.25.3).
// A quantized row is cut into blocks along the fastest dimension, so a row always holds whole blocks.

namespace cria::inline v0 {

/// A tensor's element type; the numbers are those in the file. Ids without a name here are legal values of
/// the enumeration (forks use them); geometry_of() says what is known about one.
enum class tensor_type : std::uint32_t {
    f32 = 0, f16 = 1, q4_0 = 2, q4_1 = 3, q5_0 = 6, q5_1 = 7, q8_0 = 8, q8_1 = 9,
    q2_k = 10, q3_k = 11, q4_k = 12, q5_k = 13, q6_k = 14, q8_k = 15,
    iq2_xxs = 16, iq2_xs = 17, iq3_xxs = 18, iq1_s = 19, iq4_nl = 20, iq3_s = 21, iq2_s = 22, iq4_xs = 23,
    i8 = 24, i16 = 25, i32 = 26, i64 = 27, f64 = 28, iq1_m = 29, bf16 = 30,
    tq1_0 = 34, tq2_0 = 35, mxfp4 = 39, nvfp4 = 40, q1_0 = 41, q2_0 = 42,
};

/// Name and block size of a type. Elements and bytes are per block; plain types are blocks of one element.
struct geometry {
    std::string_view name;
    std::uint32_t elements_per_block = 0;
    std::uint32_t bytes_per_block = 0;

    /// Bits an element takes on average, scales included.
    [[nodiscard]] constexpr auto bits_per_element() const noexcept -> double {
        return 8.0 * bytes_per_block / elements_per_block;
    }
    friend constexpr auto operator==(const geometry&, const geometry&) -> bool = default;
};

/// What is known about `type`; nothing for ids that are unassigned or were removed from the format.
[[nodiscard]] constexpr auto geometry_of(tensor_type type) noexcept -> std::optional<geometry>;

/// The name the format once gave a removed id (`q4_2`), or empty. Such tensors have to be quantized anew.
[[nodiscard]] constexpr auto removed_type_name(tensor_type type) noexcept -> std::string_view;

/// A tensor type that the format's own list lacks: a fork's, known to the caller. It goes by value to whoever reads files.
struct user_type {
    tensor_type id{};
    geometry layout;
    std::uint32_t extra_bytes_per_row = 0;  ///< a row's own scale, as some forks store it beside the blocks
};

/// The caller's type with this id, or nullptr. The last one wins.
[[nodiscard]] constexpr auto find_user_type(std::span<const user_type> types, tensor_type id) noexcept -> const user_type*;

/// The type called `name` (`q4_k`, `f16`; lower case).
[[nodiscard]] constexpr auto tensor_type_named(std::string_view name) noexcept -> std::optional<tensor_type>;

/// Bytes of `elements` elements in whole blocks; nothing where they do not fill whole blocks or do not fit 64 bits.
[[nodiscard]] constexpr auto bytes_of(const geometry& layout, std::uint64_t elements) noexcept -> std::optional<std::uint64_t>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

inline constexpr std::array<geometry, 43> tensor_geometries = {{
    {"f32", 1, 4},        {"f16", 1, 2},       {"q4_0", 32, 18},    {"q4_1", 32, 20},   {},                   {},
    {"q5_0", 32, 22},     {"q5_1", 32, 24},    {"q8_0", 32, 34},    {"q8_1", 32, 36},   {"q2_k", 256, 84},    {"q3_k", 256, 110},
    {"q4_k", 256, 144},   {"q5_k", 256, 176},  {"q6_k", 256, 210},  {"q8_k", 256, 292}, {"iq2_xxs", 256, 66}, {"iq2_xs", 256, 74},
    {"iq3_xxs", 256, 98}, {"iq1_s", 256, 50},  {"iq4_nl", 32, 18},  {"iq3_s", 256, 110}, {"iq2_s", 256, 82},  {"iq4_xs", 256, 136},
    {"i8", 1, 1},         {"i16", 1, 2},       {"i32", 1, 4},       {"i64", 1, 8},      {"f64", 1, 8},        {"iq1_m", 256, 56},
    {"bf16", 1, 2},       {},                  {},                  {},                 {"tq1_0", 256, 54},   {"tq2_0", 256, 66},
    {},                   {},                  {},                  {"mxfp4", 32, 17},  {"nvfp4", 64, 36},    {"q1_0", 128, 18},
    {"q2_0", 64, 18},
}};

}  // namespace detail

constexpr auto geometry_of(tensor_type type) noexcept -> std::optional<geometry> {
    const auto id = static_cast<std::uint32_t>(type);
    if (id >= detail::tensor_geometries.size() || detail::tensor_geometries[id].elements_per_block == 0) return std::nullopt;
    return detail::tensor_geometries[id];
}

constexpr auto removed_type_name(tensor_type type) noexcept -> std::string_view {
    switch (static_cast<std::uint32_t>(type)) {
        case 4: return "q4_2";
        case 5: return "q4_3";
        case 31: return "q4_0_4_4";
        case 32: return "q4_0_4_8";
        case 33: return "q4_0_8_8";
        case 36: return "iq4_nl_4_4";
        case 37: return "iq4_nl_4_8";
        case 38: return "iq4_nl_8_8";
        default: return {};
    }
}

constexpr auto find_user_type(std::span<const user_type> types, tensor_type id) noexcept -> const user_type* {
    for (std::size_t i = types.size(); i-- > 0;)
        if (types[i].id == id) return &types[i];
    return nullptr;
}

constexpr auto tensor_type_named(std::string_view name) noexcept -> std::optional<tensor_type> {
    for (std::uint32_t id = 0; id < detail::tensor_geometries.size(); ++id)
        if (!name.empty() && detail::tensor_geometries[id].name == name) return static_cast<tensor_type>(id);
    return std::nullopt;
}

constexpr auto bytes_of(const geometry& layout, std::uint64_t elements) noexcept -> std::optional<std::uint64_t> {
    std::uint64_t bytes = 0;
    if (layout.elements_per_block == 0 || elements % layout.elements_per_block != 0) return std::nullopt;
    if (!detail::checked_multiply(elements / layout.elements_per_block, layout.bytes_per_block, bytes)) return std::nullopt;
    return bytes;
}

}  // namespace cria::inline v0

#endif  // CRIA_BASE_TENSOR_TYPE_HPP
