// SPDX-License-Identifier: MIT
#include <cstdio>

#include "cria/cria.hpp"

int main(int argc, char** argv) {
    const auto model = cria::llama::open(argc > 1 ? argv[1] : "model.gguf");
    if (!model) return std::puts(model.error().message().c_str()), 1;
    const auto ids = model->tokenizer().encode("The young llama ate naïvely in a café.");
    if (!ids) return std::puts(ids.error().message().c_str()), 1;

    cria::bpe::text_stream stream(model->tokenizer());
    const auto print = [](std::string_view text) { std::printf("[%.*s]", static_cast<int>(text.size()), text.data()); };
    for (const auto id : *ids)
        if (const auto ok = stream.push(id, print); !ok) return std::puts(ok.error().message().c_str()), 1;
    stream.finish(print);
}
