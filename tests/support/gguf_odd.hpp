// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_GGUF_ODD_HPP
#define CRIA_TESTS_SUPPORT_GGUF_ODD_HPP

#include <vector>

#include "support/gguf_malformed.hpp"  // named_file

// GGUF files that look wrong and are not: each has been written by some program, or follows from the
// format's text, and has to be opened. The few that this version of the library does not read yet carry the
// refusal that says so.

namespace cria_test {

/// All of them. Compiled once, in gguf_odd.cpp.
[[nodiscard]] auto odd_files() -> std::vector<named_file>;

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_GGUF_ODD_HPP
