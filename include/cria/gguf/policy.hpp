// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_POLICY_HPP
#define CRIA_GGUF_POLICY_HPP

#include "cria/base/tensor_type.hpp"
#include "cria/base/text.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>  // warning::message()
#include <string_view>

// What a reader does about files that are odd. Everything a GGUF file can do that readers disagree about has a
// name here and, for each profile, a verdict; what no reader should accept has none and is always an error.
//
//   lenient      whatever can be read without guessing: for tools that look at files
//   standard     the format's specification, as the mainstream writers understand it: the default
//   strict_ggml  what ggml's own reader accepts (as of ggml 0.25.3), which decides whether llama.cpp loads a file; a header
//                without its data passes there, and llama.cpp refuses it later
//
// A policy is a plain value: start from a profile, then change verdicts and limits one by one.
//
//     auto rules = gguf::policy::of(gguf::profile::standard);
//     rules.on[gguf::situation::missing_data] = gguf::verdict::warn;            // a header without its data will do,
//     rules.on[gguf::situation::missing_header_padding] = gguf::verdict::warn;  // however it was cut off
//
// (Of a file cut within its data, parse_prefix() reads the header: it is told the size the file should have.)

namespace cria::inline v0::gguf {

/// Whose rules a file is read by.
enum class profile : std::uint8_t { lenient, standard, strict_ggml };

/// What a policy says about a situation.
enum class verdict : std::uint8_t { accept, warn, reject };

/// What a file can do that some readers accept and others do not.
enum class situation : std::uint8_t {
    version_1,               ///< the format of August 2023
    byte_swapped,            ///< a big-endian file
    nested_array,            ///< arrays whose elements are arrays
    long_key,                ///< a key over 65,535 bytes, the specification's limit
    key_not_utf8,            ///< a key that is no UTF-8
    key_charset,             ///< a key outside the specification's dotted lower_snake_case
    odd_bool,                ///< a bool stored as another byte than 0 or 1; it reads as true
    empty_tensor_name,       ///< a tensor called ""
    long_tensor_name,        ///< a tensor name of 64 bytes or more, which ggml cannot hold
    many_dimensions,         ///< a tensor of more than 4 dimensions
    unknown_type,            ///< a tensor type of unknown layout; its bytes reach to the next tensor's
    removed_type,            ///< a tensor type that was taken out of the format; its bytes as of an unknown one
    small_alignment,         ///< general.alignment of 1, 2 or 4
    large_alignment,         ///< general.alignment above policy::max_alignment
    scattered_offsets,       ///< tensor data out of order, or with gaps wider than padding
    shared_data,             ///< tensors with exactly the same bytes
    missing_data,            ///< tensor infos, and not one byte of data
    missing_header_padding,  ///< missing data, and the file ends before the data section would begin
    missing_last_padding,    ///< the last tensor's padding is not there
    nonzero_padding,         ///< bytes of padding that are not 0 (between header and data; check_data() looks at all of it)
    trailing_bytes,          ///< bytes behind the last tensor's padding
    zero_tail,               ///< data that ends in a run of zero bytes, as an unfinished download does (only check_data() looks)
};

inline constexpr std::size_t n_situations = 22;

/// The situation's name as it stands in `situation`, for logs and JSON: `"trailing_bytes"`.
[[nodiscard]] constexpr auto name_of(situation what) noexcept -> const char*;
/// `lenient`, `standard` or `strict-ggml`.
[[nodiscard]] constexpr auto name_of(profile rules) noexcept -> const char*;
/// `accept`, `warn` or `reject`.
[[nodiscard]] constexpr auto name_of(verdict what) noexcept -> const char*;

/// One verdict a situation.
class verdicts {
public:
    /// Those of `rules`.
    constexpr explicit verdicts(profile rules = profile::standard) noexcept;
    [[nodiscard]] constexpr auto operator[](situation what) const noexcept -> verdict { return of_[static_cast<std::size_t>(what)]; }
    [[nodiscard]] constexpr auto operator[](situation what) noexcept CRIA_LIFETIME_BOUND -> verdict& { return of_[static_cast<std::size_t>(what)]; }

private:
    std::array<verdict, n_situations> of_{};
};

/// How files are read: verdicts, and what a file may ask for before it is refused. The limits are far above every model in use.
struct policy {
    verdicts on{};
    std::uint64_t max_keys = std::uint64_t{1} << 20U;
    std::uint64_t max_tensors = std::uint64_t{1} << 22U;
    std::uint64_t max_key_bytes = std::uint64_t{1} << 20U;  ///< whatever the verdict about long_key
    std::uint64_t max_name_bytes = 65535;                   ///< of a tensor
    std::uint64_t max_string_bytes = ~std::uint64_t{0};     ///< of a metadata string
    std::uint64_t max_array_elements = ~std::uint64_t{0};   ///< of one metadata array
    std::uint32_t max_array_depth = 8;                      ///< arrays of arrays; 1: none that holds another. At most 16
    std::uint32_t max_dimensions = 8;                       ///< of a tensor; at most shape::max_dimensions
    std::uint64_t max_alignment = std::uint64_t{1} << 20U;  ///< more is the situation large_alignment, 2^31 the end
    std::uint64_t max_header_bytes = std::uint64_t{1} << 30U;  ///< metadata and tensor infos together; reading them piece by piece may fetch up to twice as much, and 1 MiB at least
    std::uint32_t max_warnings = 64;                           ///< kept as values; all are counted
    /// Tensor types of a fork: known like ggml's own, and before them where they share an id. Borrowed while parsing.
    std::span<const user_type> types = {};

    /// The policy called `rules`.
    [[nodiscard]] static constexpr auto of(profile rules) noexcept -> policy;
};

/// Something odd that the policy lets pass, and wants said.
///
/// Borrows: `subject` points into the bytes given to parse().
struct warning {
    situation what{};
    std::uint64_t offset_bytes = 0;  ///< where in the file
    std::string_view subject;        ///< key, tensor or item

    /// What is odd: `key is not dotted lower_snake_case`. Static storage.
    [[nodiscard]] constexpr auto sentence() const noexcept -> const char*;
    /// Subject, sentence and place on one line, with control bytes escaped.
    [[nodiscard]] auto message() const -> std::string;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

struct situation_row {
    situation what;
    const char* name;
    const char* sentence;
    std::array<verdict, 3> by_profile;  // lenient, standard, strict_ggml
};

// The one table: names, sentences and verdicts.
inline constexpr auto situation_rows = [] {
    constexpr auto o = verdict::accept;
    constexpr auto w = verdict::warn;
    constexpr auto x = verdict::reject;
    using enum situation;
    return std::array<situation_row, n_situations>{{
        {version_1, "version_1", "GGUF version 1, which most readers have given up", {o, o, x}},
        {byte_swapped, "byte_swapped", "file is big-endian", {o, o, x}},
        {nested_array, "nested_array", "array of arrays", {o, o, x}},
        {long_key, "long_key", "key is longer than 65535 bytes", {w, x, o}},
        {key_not_utf8, "key_not_utf8", "key is not UTF-8", {w, x, o}},
        {key_charset, "key_charset", "key is not dotted lower_snake_case", {o, w, o}},
        {odd_bool, "odd_bool", "bool is stored as another byte than 0 or 1 and reads as true", {w, w, o}},
        {empty_tensor_name, "empty_tensor_name", "tensor has no name", {w, w, o}},
        {long_tensor_name, "long_tensor_name", "tensor name has 64 bytes or more, which ggml cannot hold", {w, w, x}},
        {many_dimensions, "many_dimensions", "has more than 4 dimensions, which ggml cannot hold", {w, w, x}},
        {unknown_type, "unknown_type", "tensor type is not known; its bytes are taken to reach to the next tensor's", {w, w, x}},
        {removed_type, "removed_type", "tensor type was removed from the format; quantize the model anew", {w, x, x}},
        {small_alignment, "small_alignment", "alignment is below 8 bytes", {o, w, o}},
        {large_alignment, "large_alignment", "alignment is above the limit", {w, x, o}},
        {scattered_offsets, "scattered_offsets", "data is not where the tensor before it ends", {o, w, x}},
        {shared_data, "shared_data", "has the same bytes as another tensor", {w, x, x}},
        {missing_data, "missing_data", "file has no tensor data at all", {x, x, o}},
        {missing_header_padding, "missing_header_padding", "file ends before the data section begins", {w, x, x}},
        {missing_last_padding, "missing_last_padding", "the last tensor's padding is missing", {o, o, w}},
        {nonzero_padding, "nonzero_padding", "padding is not zero", {o, w, o}},
        {trailing_bytes, "trailing_bytes", "bytes follow the last tensor", {o, w, o}},
        {zero_tail, "zero_tail", "nothing but zero bytes from here to the end, as in a download that was not finished", {w, w, w}},
    }};
}();

constexpr auto rows_are_in_order() noexcept -> bool {
    for (std::size_t i = 0; i < n_situations; ++i)
        if (static_cast<std::size_t>(situation_rows[i].what) != i) return false;
    return true;
}
static_assert(rows_are_in_order());

[[nodiscard]] constexpr auto row_of(situation what) noexcept -> const situation_row& { return situation_rows[static_cast<std::size_t>(what)]; }

}  // namespace detail

constexpr auto name_of(situation what) noexcept -> const char* { return detail::row_of(what).name; }

constexpr auto name_of(profile rules) noexcept -> const char* {
    return rules == profile::lenient ? "lenient" : rules == profile::strict_ggml ? "strict-ggml" : "standard";
}

constexpr auto name_of(verdict what) noexcept -> const char* {
    return what == verdict::accept ? "accept" : what == verdict::warn ? "warn" : "reject";
}

constexpr verdicts::verdicts(profile rules) noexcept {
    for (std::size_t i = 0; i < n_situations; ++i) of_[i] = detail::situation_rows[i].by_profile[static_cast<std::size_t>(rules)];
}

constexpr auto policy::of(profile rules) noexcept -> policy {
    policy out;
    out.on = verdicts(rules);
    if (rules == profile::strict_ggml) {  // GGUF_MAX_STRING_LENGTH and GGUF_MAX_ARRAY_ELEMENTS
        out.max_key_bytes = out.max_string_bytes = out.max_array_elements = std::uint64_t{1} << 30U;
        out.max_keys = out.max_tensors = 0xFFFF'FFFFU;  // as many as it has memory for
        out.max_header_bytes = ~std::uint64_t{0};
    }
    return out;
}

constexpr auto warning::sentence() const noexcept -> const char* { return detail::row_of(what).sentence; }

inline auto warning::message() const -> std::string {
    std::string out;
    cria::detail::append_printable(out, subject);
    if (!out.empty()) out += ": ";
    out += sentence();
    out += " at byte ";
    out += cria::detail::decimal(offset_bytes).view();
    return out;
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_POLICY_HPP
