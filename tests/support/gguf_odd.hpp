// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_GGUF_ODD_HPP
#define CRIA_TESTS_SUPPORT_GGUF_ODD_HPP

#include <bit>  // endian
#include <vector>

#include "support/gguf_malformed.hpp"  // named_file

// GGUF files that look wrong and are not: each has been written by some program, or follows from the
// format's text, and has to be opened, if with a warning. The profile that reads as ggml does refuses some.

namespace cria_test {

/// All of them, in either byte order. Compiled once, in gguf_odd.cpp.
[[nodiscard]] auto odd_files(std::endian order = std::endian::little) -> std::vector<named_file>;

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_GGUF_ODD_HPP
