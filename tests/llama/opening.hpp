// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_LLAMA_OPENING_HPP
#define CRIA_TESTS_LLAMA_OPENING_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "cria/base/bytes.hpp"
#include "cria/gguf/parse.hpp"
#include "support/gguf_builder.hpp"

// A built file and what gguf::parse makes of it, held together since one points into the other.

namespace cria_test {

class parsed_file {
public:
    explicit parsed_file(const gguf_builder& built) : laid_out_(built.lay_out()), contents_(cria::gguf::parse(laid_out_.bytes)) {
        if (contents_) return;
        std::printf("a file of the test's own does not parse: %s\n", contents_.error().message().c_str());
        std::abort();
    }
    parsed_file(const parsed_file&) = delete;
    auto operator=(const parsed_file&) -> parsed_file& = delete;

    [[nodiscard]] auto contents() const -> const cria::gguf::contents& { return *contents_; }
    /// Where the builder put a key's value: behind its type.
    [[nodiscard]] auto value_at(const std::string& key) const -> std::uint64_t { return laid_out_.keys.at(key).value; }
    /// A tensor's bytes.
    [[nodiscard]] auto data(const cria::gguf::tensor& of) const -> cria::byte_view {
        return cria::byte_view(laid_out_.bytes).subspan(static_cast<std::size_t>(of.offset_bytes), static_cast<std::size_t>(of.size_bytes));
    }

private:
    laid_out_file laid_out_;
    cria::result<cria::gguf::contents> contents_;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_LLAMA_OPENING_HPP
