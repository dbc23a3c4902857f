// SPDX-License-Identifier: MIT
// Uses the library across its whole width: a typed error must come back from a file that is not there.
#include "cria/cria.hpp"

int main() {
    const auto model = cria::llama::open("/nowhere/at/all.gguf");
    return !model && model.error().code == cria::errc::file_not_found ? 0 : 1;
}
