#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Compares bpe::pretokenize in the way of llama.cpp with llama.cpp's own code on random mixed-script texts.
#
#     LLAMA_CPP=path/to/llama.cpp tests/conformance/pretokenize_llama_cpp.sh [TEXTS-PER-FAMILY] [SEED]
#
# LLAMA_CPP is a source tree; nothing of it has to be built. Its regular expressions are taken out of
# src/llama-vocab.cpp as they stand there, and matched by its src/unicode.cpp. Exits 1 on any difference.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
peer=${LLAMA_CPP:?a source tree of llama.cpp}
cxx=${CXX:-g++}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The body of the switch that has the expressions, as a function of the pre-tokenizer's type.
{
    echo 'static auto expressions_of(llama_vocab_pre_type type) -> std::vector<std::string> {'
    echo 'std::vector<std::string> regex_exprs; [[maybe_unused]] bool byte_encode = true;'
    echo 'switch (type) {'
    awk '/switch \(vocab.get_pre_type\(\)\)/ { inside = 1; next }
         inside && /std::vector<std::string> regex_exprs;/ { exit }
         inside { print }' "$peer/src/llama-vocab.cpp" >"$scratch/body"
    # What is left over at its end is the constructor's brace.
    sed '$d' "$scratch/body" | awk '{ line[NR] = $0 } END { n = NR; while (line[n] !~ /}/) --n; for (i = 1; i < n; ++i) print line[i] }'
    echo 'return regex_exprs; }'
} >"$scratch/expressions.inc"

for file in unicode unicode-data; do
    "$cxx" -std=c++17 -O2 -I "$peer/src" -c "$peer/src/$file.cpp" -o "$scratch/$file.o"
done
"$cxx" -std=c++20 -O2 -I "$root/include" -I "$peer/src" -I "$peer/include" -I "$peer/ggml/include" \
    -DEXPRESSIONS="\"$scratch/expressions.inc\"" "$here/pretokenize_llama_cpp.cpp" "$scratch"/*.o -o "$scratch/compare"
# std::regex recurses on what it matches.
ulimit -s unlimited 2>/dev/null || true
"$scratch/compare" "$@"
