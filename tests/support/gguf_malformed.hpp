// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_GGUF_MALFORMED_HPP
#define CRIA_TESTS_SUPPORT_GGUF_MALFORMED_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/base/error.hpp"
#include "cria/base/tensor_type.hpp"
#include "support/gguf_builder.hpp"

// Every way of being a bad GGUF file that we know of, by name, with the complaint it deserves. Most have
// crashed, hung or fooled some reader in the wild. Parser tests, fuzz corpora and tests of programs share them.
//
// `refusal` is what gguf::parse says under its default policy. A file without one is opened today, and is
// here because a stricter policy has to refuse it, or because what is wrong lies beyond the container.
//
// The tables are compiled once, in gguf_malformed.cpp.

namespace cria_test {

/// What the error has to say.
struct expected_refusal {
    cria::errc code{};
    std::uint64_t offset = cria::error::no_offset;
    std::string subject;
};

/// A file with a name and the verdict about it.
struct named_file {
    std::string name;
    file_bytes bytes;
    std::optional<expected_refusal> refusal = {};
};

/// Files of a shard set, of which each is well-formed by itself.
struct named_shards {
    std::string name;
    std::vector<std::pair<std::string, file_bytes>> files;  ///< file name, bytes
};

/// Every malformed file of one file, with the exact complaint.
[[nodiscard]] auto malformed_files() -> std::vector<named_file>;

/// One small file cut at each byte behind its header. Of the refusals only the code is filled in.
[[nodiscard]] auto cut_files() -> std::vector<named_file>;

/// Shard sets that do not fit together: each file is fine by itself.
[[nodiscard]] auto malformed_shard_sets() -> std::vector<named_shards>;

/// The beginning of a file.
inline auto first_bytes(const file_bytes& whole, std::size_t count) -> file_bytes { return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(count)}; }

/// A small file with every kind of field, for cutting at each byte.
inline auto one_of_each() -> gguf_builder {
    return gguf_builder()
        .key("general.architecture", "llama")
        .key("n", std::uint64_t{7})
        .array("numbers", std::vector<std::int16_t>{1, 2})
        .array("texts", std::vector<std::string>{"a", "", "bc"})
        .tensor("w", {2}, std::vector<float>{1, -2})
        .tensor("v", {32, 2}, cria::tensor_type::q8_0);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_GGUF_MALFORMED_HPP
