// SPDX-License-Identifier: MIT
#include "cria/fmt.hpp"

int main() { return fmt::format("{}", cria::errc::empty_file) == "empty_file" ? 0 : 1; }
