// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_GGUF_MALFORMED_HPP
#define CRIA_TESTS_SUPPORT_GGUF_MALFORMED_HPP

#include <array>
#include <bit>  // endian
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/base/error.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/policy.hpp"
#include "support/gguf_builder.hpp"

// Every way of being a bad GGUF file that we know of, by name, with the complaint it deserves under each profile.
// Most have crashed, hung or fooled some reader in the wild. Parser tests, fuzz corpora and tests of programs share
// them. A file may be bad for one profile and odd for another; what lies beyond the container (a scale that is no
// number) is opened by all.
//
// Each file says which rows of the catalogue of malformations it stands for, so that a test can see that none is
// missing: "4.3/44" and "4.4/f" are numbers of that catalogue, "1.8/odd_bool" is a situation of gguf/policy.hpp.
//
// The tables are compiled once, in gguf_malformed.cpp.

namespace cria_test {

/// What the error has to say.
struct expected_refusal {
    cria::errc code{};
    std::uint64_t offset = cria::error::no_offset;
    std::string subject;
    bool only_code = false;  ///< offset and subject depend on where a file was cut
};

/// What one profile makes of a file: it opens, with these warnings in this order, or it is refused.
struct expected_verdict {
    std::vector<cria::gguf::situation> warned = {};
    std::optional<expected_refusal> refusal = {};
};

inline constexpr std::array<cria::gguf::profile, 3> all_profiles = {cria::gguf::profile::lenient, cria::gguf::profile::standard, cria::gguf::profile::strict_ggml};

/// A file with a name and the verdicts about it.
struct named_file {
    std::string name;
    file_bytes bytes;
    std::string rows = {};                           ///< separated by spaces
    std::array<expected_verdict, 3> verdicts = {};   ///< in the order of gguf::profile

    [[nodiscard]] auto under(cria::gguf::profile rules) const -> const expected_verdict& { return verdicts[static_cast<std::size_t>(rules)]; }
    [[nodiscard]] auto under(cria::gguf::profile rules) -> expected_verdict& { return verdicts[static_cast<std::size_t>(rules)]; }

    // The verdict of one profile, for tables.
    auto refused_by(cria::gguf::profile rules, cria::errc code, std::uint64_t offset, std::string_view subject) -> named_file& {
        under(rules) = {.refusal = expected_refusal{code, offset, std::string(subject)}};
        return *this;
    }
    auto warned_by(cria::gguf::profile rules, std::vector<cria::gguf::situation> what) -> named_file& {
        under(rules) = {.warned = std::move(what)};
        return *this;
    }
    auto opened_by(cria::gguf::profile rules) -> named_file& { return warned_by(rules, {}); }
    auto refused_by_all(cria::errc code, std::uint64_t offset, std::string_view subject) -> named_file& {
        for (const auto rules : all_profiles) refused_by(rules, code, offset, subject);
        return *this;
    }
    /// Whether `row` is among the rows.
    [[nodiscard]] auto stands_for(std::string_view row) const -> bool { return (" " + rows + " ").find(" " + std::string(row) + " ") != std::string::npos; }
};

/// Files of a shard set, of which each is well-formed by itself.
struct named_shards {
    std::string name;
    std::vector<std::pair<std::string, file_bytes>> files;  ///< file name, bytes
    std::string rows = {};
};

/// Every malformed file of one file, in either byte order. Files whose order is what they are about are in both lists.
[[nodiscard]] auto malformed_files(std::endian order = std::endian::little) -> std::vector<named_file>;

/// One small file cut at each byte behind its header. Of the refusals only the code is filled in.
[[nodiscard]] auto cut_files(std::endian order = std::endian::little) -> std::vector<named_file>;

/// Shard sets that do not fit together: each file is fine by itself.
[[nodiscard]] auto malformed_shard_sets() -> std::vector<named_shards>;

/// The verdict as a line of text: `opens`, `warns: odd_bool`, `refuses: truncated at 24 (metadata key)`.
[[nodiscard]] auto text_of(const expected_verdict& verdict) -> std::string;

/// What a profile that refuses big-endian files has to say about the big-endian twin of a file.
void expect_byte_swapped(named_file& twin);

/// The beginning of a file.
inline auto first_bytes(const file_bytes& whole, std::size_t count) -> file_bytes { return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(count)}; }

/// A small file with every kind of field, for cutting at each byte.
inline auto one_of_each(std::uint32_t version = 3, std::endian order = std::endian::little) -> gguf_builder {
    gguf_builder file(version, order);
    file.key("general.architecture", "llama");
    if (version == 1) file.key("n", std::uint32_t{7});
    else file.key("n", std::uint64_t{7});
    return file.array("numbers", std::vector<std::int16_t>{1, 2})
        .array("texts", std::vector<std::string>{"a", "", "bc"})
        .tensor("w", {2}, std::vector<float>{1, -2})
        .tensor("v", {32, 2}, cria::tensor_type::q8_0);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_GGUF_MALFORMED_HPP
