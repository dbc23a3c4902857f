// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_THROWING_HPP
#define CRIA_BASE_THROWING_HPP

#include "cria/base/result.hpp"

#include <exception>
#include <string>
#include <utility>

// For programs that prefer exceptions: must(result) is the value, or throws the error. The only `throw` of
// the library, in a header that nothing else of it includes.

namespace cria::inline v0 {

/// What must() throws: the error, with its message as what().
class failure : public std::exception {
public:
    explicit failure(const cria::error& why) : error_(why), message_(why.message()) {}
    [[nodiscard]] auto error() const noexcept -> const cria::error& { return error_; }
    [[nodiscard]] auto what() const noexcept -> const char* override { return message_.c_str(); }

private:
    cria::error error_;
    std::string message_;
};

/// The value of `r`; throws cria::failure where there is none.
///
///     auto model = cria::must(cria::llama::open(path));
template <class T>
auto must(result<T>&& r) -> T {
    if (!r) throw failure(r.error());
    if constexpr (!std::is_void_v<T>) return *std::move(r);
}

}  // namespace cria::inline v0

#endif  // CRIA_BASE_THROWING_HPP
