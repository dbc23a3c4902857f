// SPDX-License-Identifier: MIT
// Prints tests/golden/family_logits.hpp: what llama.cpp makes of a tiny model of every family, with F32 weights, an F32 cache and without flash
// attention.
//
// usage: cria_family_logits_llama_cpp [--check]
//
// With --check it compares with the numbers that are there instead: another build of llama.cpp may sum in another order.

#include "llama.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/family_logits.hpp"
#include "golden/family_logits.hpp"
#include "support/temp_file.hpp"

namespace {

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "cria_family_logits_llama_cpp: %s\n", what.c_str());
    std::exit(2);
}

struct kept {
    float largest = 0;  // of all logits at these positions
    std::vector<float> logits;
};

auto evaluate(const cria_test::family_case& asked) -> kept {
    const cria_test::temp_file file(asked.model.build());
    llama_model* const model = llama_model_load_from_file(file.path().c_str(), llama_model_default_params());
    if (model == nullptr) fail(asked.name + " does not load");
    llama_context_params how = llama_context_default_params();
    how.n_ctx = cria_test::family_context;
    how.n_batch = how.n_ubatch = cria_test::n_family_ids;
    how.n_threads = how.n_threads_batch = 1;
    how.type_k = how.type_v = GGML_TYPE_F32;
    how.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
    llama_context* const context = llama_init_from_model(model, how);
    if (context == nullptr) fail(asked.name + " gets no context");
    const auto n_tokens = static_cast<std::uint32_t>(llama_vocab_n_tokens(llama_model_get_vocab(model)));
    const auto ids = cria_test::family_ids(n_tokens);
    llama_batch batch = llama_batch_init(static_cast<std::int32_t>(ids.size()), 0, 1);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        batch.token[i] = ids[i];
        batch.pos[i] = static_cast<llama_pos>(i);
        batch.n_seq_id[i] = 1;
        batch.seq_id[i][0] = 0;
        batch.logits[i] = 1;
    }
    batch.n_tokens = static_cast<std::int32_t>(ids.size());
    if (llama_decode(context, batch) != 0) fail(asked.name + " is not evaluated");
    kept made;
    for (const std::size_t position : cria_test::family_positions) {
        const float* const logits = llama_get_logits_ith(context, static_cast<std::int32_t>(position));
        for (std::uint32_t token = 0; token < n_tokens; ++token) made.largest = std::max(made.largest, std::abs(logits[token]));
        for (std::size_t i = 0; i < cria_test::n_family_logits; ++i) made.logits.push_back(logits[cria_test::family_token(i, n_tokens)]);
    }
    llama_batch_free(batch);
    llama_free(context);
    llama_model_free(model);
    return made;
}

void print_golden() {
    std::printf("// SPDX-License-Identifier: MIT\n#ifndef CRIA_TESTS_GOLDEN_FAMILY_LOGITS_HPP\n#define CRIA_TESTS_GOLDEN_FAMILY_LOGITS_HPP\n\n"
                "#include <array>\n#include <string_view>\n\n"
                "// Logits of the models of tests/engine/family_logits.hpp by llama.cpp of llama-cpp-python %s, on a CPU, with an F32 cache and without flash\n"
                "// attention: position after position the tokens that are named there. Printed by tests/conformance/family_logits_llama_cpp.cpp.\n\n"
                "namespace cria_test {\n\n"
                "struct golden_family_logits {\n    std::string_view name;\n    float largest;  ///< of all tokens at these positions\n    std::array<float, %zu> logits;\n};\n\n"
                "// clang-format off\ninline constexpr golden_family_logits all_golden_family_logits[] = {\n",
                CRIA_PEER_RELEASE, cria_test::family_positions.size() * cria_test::n_family_logits);
    for (const auto& asked : cria_test::family_cases()) {
        const kept made = evaluate(asked);
        std::printf("    {\"%s\", %.8eF, {{", asked.name.c_str(), static_cast<double>(made.largest));
        for (std::size_t i = 0; i < made.logits.size(); ++i)  // a position a line
            std::printf("%s%.8eF%s", i % cria_test::n_family_logits == 0 ? "\n        " : " ", static_cast<double>(made.logits[i]), i + 1 == made.logits.size() ? "" : ",");
        std::printf("}}},\n");
    }
    std::printf("};\n// clang-format on\n\n}  // namespace cria_test\n\n#endif  // CRIA_TESTS_GOLDEN_FAMILY_LOGITS_HPP\n");
}

auto check_golden() -> int {
    const auto cases = cria_test::family_cases();
    if (cases.size() != std::size(cria_test::all_golden_family_logits)) fail("the golden file has other cases; print it anew");
    int status = 0;
    for (std::size_t at = 0; at < cases.size(); ++at) {
        const auto& golden = cria_test::all_golden_family_logits[at];
        const kept made = evaluate(cases[at]);
        float off = golden.name == cases[at].name ? 0.0F : INFINITY;
        for (std::size_t i = 0; i < made.logits.size(); ++i) off = std::max(off, std::abs(made.logits[i] - golden.logits[i]));
        if (off <= 1e-5F * golden.largest) continue;
        std::printf("%s: off by %g\n", cases[at].name.c_str(), static_cast<double>(off));
        status = 1;
    }
    return status;
}

}  // namespace

auto main(int argc, char** argv) -> int {
    llama_log_set([](ggml_log_level level, const char* text, void*) { if (level == GGML_LOG_LEVEL_ERROR) std::fputs(text, stderr); }, nullptr);
    if (argc == 2 && std::string_view(argv[1]) == "--check") return check_golden();
    if (argc != 1) fail("usage: cria_family_logits_llama_cpp [--check]");
    print_golden();
    return 0;
}
