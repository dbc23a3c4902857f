// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_NPY_HPP
#define CRIA_CLI_NPY_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "cria/base/result.hpp"
#include "cria/gguf/shards.hpp"

// NumPy arrays of float32 in C order: a header, and behind it the values as they lie in memory.

namespace cli {

/// What comes before the values of an array of this shape, outermost dimension first.
[[nodiscard]] auto npy_header(const std::vector<std::uint64_t>& shape) -> std::string;

/// That the array does not take the place of the model.
/// Fails: errc::invalid_argument where `path` is one of its files.
[[nodiscard]] auto check_is_apart(const cria::gguf::shards& model, const std::string& path) -> cria::result<void>;

}  // namespace cli

#endif  // CRIA_CLI_NPY_HPP
