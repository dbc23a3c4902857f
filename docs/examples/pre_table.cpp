// SPDX-License-Identifier: MIT
// The values of tokenizer.ggml.pre and what follows from each, from the library's own table: docs/gguf-bpe-tokenizer.md shows what this prints.
#include <cstdio>
#include <iterator>  // size
#include <string>
#include <vector>

#include "cria/bpe/pre_rules.hpp"

namespace {

namespace bpe = cria::bpe;
using enum bpe::pretokenizer_family;

auto name_of(bpe::pretokenizer_family family) -> const char* {
    constexpr const char* names[] = {"gpt2",   "llama3", "qwen2",      "qwen35", "seed",   "digit1", "falcon",   "default", "newline",  "tekken",    "o200k", "o200k_marks",    "kimi",         "afmoe",   "aya",
                                     "youtu",  "bailing", "exaone_moe", "bloom",  "viking", "jais2",  "minicpm5", "laguna",  "superbpe", "deepseek3", "spark", "deepseek_coder", "deepseek_llm", "ufakzeka"};
    static_assert(std::size(names) == static_cast<std::size_t>(ufakzeka) + 1);
    return names[static_cast<std::size_t>(family)];
}

auto switches_of(const bpe::pre_rule& rule) -> std::string {
    std::string text;
    const auto add = [&](bool is_so, const char* what) {
        if (is_so) text += (text.empty() ? "" : ", ") + std::string(what);
    };
    add(rule.ignore_merges, "whole pieces first");
    add(rule.forces_bos, "BOS always");
    add(rule.add_bos && !rule.forces_bos, "BOS");
    add(!rule.has_default_bos, "no default BOS");
    add(rule.add_sep, "SEP");
    add(rule.clean_spaces, "cleans spaces");
    add(rule.nfc, "NFC");
    add(!rule.needs_merges, "merges may be missing");
    add(!rule.byte_encode, "from characters");
    add(rule.escape_whitespaces, "U+2581 for spaces");
    add(rule.whole_newlines, "line feeds whole");
    return text.empty() ? "–" : text;
}

}  // namespace

auto main() -> int {
    // A row for all names of a family with the same switches, in the order of the table.
    struct row {
        bpe::pretokenizer_family family;
        std::string switches, names;
    };
    std::vector<row> rows;
    for (const bpe::pre_rule& rule : bpe::pre_rules()) {
        const std::string switches = switches_of(rule);
        row* found = nullptr;
        for (row& each : rows)
            if (each.family == rule.family && each.switches == switches) found = &each;
        if (found == nullptr) found = &rows.emplace_back(row{rule.family, switches, ""});
        found->names += (found->names.empty() ? "`" : ", `") + std::string(rule.name) + "`";
    }
    std::printf("family,names,what else follows\n");
    for (const row& each : rows) std::printf("`%s`,\"%s\",\"%s\"\n", name_of(each.family), each.names.c_str(), each.switches.c_str());
    return 0;
}
