// SPDX-License-Identifier: MIT
// What the sample model, the only argument, writes by a seed: a program that is compiled in several ways.
#include <cstdio>

#include "engine/sample_text.hpp"

auto main(int, char** argv) -> int {
    const auto model = cria::llama::open(argv[1]);
    if (!model) return std::printf("%s\n", model.error().message().c_str());
    int n_others = 0;
    for (const auto& expected : cria_test::golden_texts()) {
        for (const unsigned n_threads : {1U, 2U}) {
            const auto written = cria_test::write_sample(*model, expected.seed, n_threads);
            if (!written) return std::printf("%s\n", written.error().message().c_str());
            if (*written == expected) continue;
            std::printf("seed %d, threads: %u, another text than expected: logits 0x%016llX, ids", static_cast<int>(expected.seed), n_threads,
                        static_cast<unsigned long long>(written->logits_digest));
            for (const engine::token_id id : written->ids) std::printf(" %d", static_cast<int>(id));
            std::printf("\n");
            ++n_others;
        }
    }
    return n_others;
}
