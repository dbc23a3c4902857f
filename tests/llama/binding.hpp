// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_LLAMA_BINDING_HPP
#define CRIA_TESTS_LLAMA_BINDING_HPP

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/weights.hpp"
#include "llama/opening.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

// A built file read as far as weights, held together since one points into the other.

namespace cria_test {

class bound_file {
public:
    explicit bound_file(const gguf_builder& built, std::span<const cria::llama::family> own = {})
        : file_(built), numbers_(cria::llama::hyperparameters_from(file_.contents().metadata(), own)), bound_(bind()) {}

    [[nodiscard]] auto numbers() const -> const cria::result<cria::llama::hyperparameters>& { return numbers_; }
    [[nodiscard]] auto weights() const -> const cria::result<cria::llama::weights>& { return bound_; }
    [[nodiscard]] auto contents() const -> const cria::gguf::contents& { return file_.contents(); }
    [[nodiscard]] auto data(const cria::gguf::tensor& of) const -> cria::byte_view { return file_.data(of); }
    /// What went wrong, or an empty text.
    [[nodiscard]] auto complaint() const -> std::string { return bound_ ? std::string() : bound_.error().message(); }

private:
    [[nodiscard]] auto bind() const -> cria::result<cria::llama::weights> {
        if (!numbers_) return numbers_.error();
        return cria::llama::weights_from(file_.contents().tensors(), *numbers_);
    }

    parsed_file file_;
    cria::result<cria::llama::hyperparameters> numbers_;
    cria::result<cria::llama::weights> bound_;
};

/// The code, the subject and the place of a failure, checked one by one.
template <class Result>
void check_failure(const Result& failed, cria::errc code, std::string_view subject, std::uint64_t offset = cria::error::no_offset) {
    INFO((failed.has_value() ? std::string("it was taken") : failed.error().message()));
    REQUIRE_FALSE(failed.has_value());
    CHECK(cria::name_of(failed.error().code) == std::string_view(cria::name_of(code)));
    CHECK(failed.error().subject.view() == subject);
    CHECK(failed.error().offset == offset);
}

}  // namespace cria_test

#endif  // CRIA_TESTS_LLAMA_BINDING_HPP
